//! Walks the commits from the oldest to the newest, compares each with those before it, and keeps what is needed. Reads
//! each file once, however many commits contain it.

use super::facts::{AdvocateFacts, AgreementFacts, Facts, SignatureFacts, Validity, digest_of, facts};
use super::file_difference::FileDifference;
use super::main_line::MainLine;
use super::step::{Changed, renames};
use super::track::Track;
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::ledger::{Leaving, NamedTime, SignatureId, Withdrawer};
use crate::record::agreement::Signature;
use crate::record::value::Digest;
use crate::source::past::{CommitSource, Snapshot, Snapshots};
use crate::source::{Blob, File, LedgerPath};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The terms of an agreement: their version first, so that states sort by it.
pub(super) type VersionedDigest = (u32, Digest);

/// What stood where, up to a commit.
#[derive(Debug, Clone, Default)]
pub(super) struct HistoryState {
    /// By the agreement's id.
    pub words: BTreeMap<String, Track<VersionedDigest>>,
    /// By the advocate's id and the key's fingerprint.
    pub keys: BTreeMap<(String, String), Track<Validity>>,
}

/// The withdrawals of one member from one agreement.
type Withdrawals = BTreeMap<(NaiveDate, SignatureId), (Box<Signature>, usize)>;

/// What is kept of a history.
#[derive(Debug, Default)]
pub(super) struct FoldedHistory {
    /// The commit that first added each signature; `None` if that cannot be known.
    pub added: HashMap<SignatureId, Option<usize>>,
    /// The changes of the main line that added proofs by keys that it did not hold before; `None` if it did.
    pub self_added: HashMap<SignatureId, Option<usize>>,
    /// The signatures that steps of the main line brought.
    pub held: HashSet<SignatureId>,
    /// Signatures that came from someone whom the member had named before.
    pub authorized: HashSet<SignatureId>,
    /// Signatures without a proof that came after a key of whoever signed.
    pub keyed: HashSet<SignatureId>,
    /// Signatures without a proof that came after a key of whoever signed, and bear a day before it.
    pub late: HashSet<SignatureId>,
    /// The commit that first held these words of an agreement, by its id.
    pub words: HashMap<String, HashMap<Digest, usize>>,
    /// The first commit of each agreement.
    pub first: HashMap<String, usize>,
    /// The earliest date of each amendment that was in force, with the commit that held it.
    pub in_force: HashMap<(String, u32), (NaiveDate, usize)>,
    /// The withdrawals of each member by agreement and day, each with its entry and the commit that held it.
    pub withdrawals: HashMap<(String, String), Withdrawals>,
    /// The days on which each member had left.
    pub left: HashMap<String, BTreeMap<NaiveDate, Leaving>>,
    /// The times in which a member named someone as its signatory.
    pub named: HashMap<(String, String), Vec<NamedTime>>,
    /// Those who withdrew a signature of a member that named them as its signatory before.
    pub withdrawers: HashSet<Withdrawer>,
    /// Agreements that came to a ledger that held others.
    pub later: HashSet<String>,
    /// Members and advocates that got another id, by the old one and the new one.
    pub renames: HashSet<(RecordKey, RecordKey)>,
    /// The members and advocates of all commits, and whether the newest one holds them.
    pub records: HashMap<RecordKey, bool>,
    /// Whether the commits held more than was read.
    pub is_too_large: bool,
    /// The days of the commits.
    pub days: Vec<NaiveDate>,
    /// The state at the newest commit.
    pub last: Arc<HistoryState>,
}

pub(super) type Read = HashMap<(LedgerPath, Blob), Facts>;

pub(super) struct Fold<'p> {
    past: &'p dyn CommitSource,
    pub read: Read,
    digests: HashMap<(LedgerPath, Blob, Blob), Option<Digest>>,
    pub kept: FoldedHistory,
    pub line: MainLine,
}

/// Goes through a history. Also gives the folders and files of the ledger in which agreements kept their words.
pub(super) fn fold(
    past: &dyn CommitSource,
    snapshots: &Snapshots,
    today: NaiveDate,
) -> (FoldedHistory, BTreeSet<String>) {
    let (read, is_whole) = read_all(past, snapshots);
    let words_in = read.values().filter_map(|facts| match facts {
        Facts::Agreement(AgreementFacts { words_in: Some(words_in), .. }) => Some(words_in.top().to_owned()),
        _ => None,
    });
    let words_in = words_in.collect();
    let line = MainLine::of(snapshots, today);
    let mut fold = Fold { past, read, digests: HashMap::new(), kept: FoldedHistory::default(), line };
    let mut waiting = children(snapshots);
    // A state is given up with the last commit that builds on it, which then may change it in place.
    let mut states: Vec<Option<Arc<HistoryState>>> = Vec::with_capacity(snapshots.commits.len());
    for (at, commit) in snapshots.commits.iter().enumerate() {
        let mut lines: Vec<Arc<HistoryState>> = Vec::with_capacity(commit.parents.len());
        for parent in &commit.parents {
            let (Some(slot), Some(left)) = (states.get_mut(*parent), waiting.get_mut(*parent)) else { continue };
            *left -= 1;
            lines.extend(if *left == 0 { slot.take() } else { slot.clone() });
        }
        let state = fold.step(snapshots, commit, lines, at);
        states.push(Some(state));
    }
    fold.kept.last = states.pop().flatten().unwrap_or_default();
    if let Some(newest) = snapshots.commits.last() {
        fold.keep_records(newest, true);
    }
    fold.kept.is_too_large = !is_whole;
    fold.kept.days = fold.line.into_days();
    (fold.kept, words_in)
}

/// How many commits come right after each.
fn children(snapshots: &Snapshots) -> Vec<usize> {
    let mut children = vec![0; snapshots.commits.len()];
    for parent in snapshots.commits.iter().flat_map(|commit| &commit.parents) {
        if let Some(count) = children.get_mut(*parent) {
            *count += 1;
        }
    }
    children
}

/// Reads every file that some commit holds and none before it, on all cores; and whether all could be read.
fn read_all(past: &dyn CommitSource, snapshots: &Snapshots) -> (Read, bool) {
    let mut wanted: HashSet<(&LedgerPath, Blob)> = HashSet::new();
    for commit in &snapshots.commits {
        let files = match before(snapshots, commit).next() {
            Some(parent) => commit.files.changed_since(&parent.files),
            None => commit.files.all(),
        };
        wanted.extend(files.into_iter().filter(|(path, _)| is_record(path)));
    }
    let bytes = AtomicU64::new(0);
    let read = |(path, blob): (&LedgerPath, Blob)| {
        let is_within = bytes.load(Ordering::Relaxed) <= MOST_BYTES;
        let text = if is_within { past.read(&blob) } else { None };
        bytes.fetch_add(text.as_ref().map_or(0, |text| text.len() as u64), Ordering::Relaxed);
        ((path.clone(), blob), text.map_or(Facts::Nothing, |text| facts(path, &text)))
    };
    let read = wanted.into_par_iter().map(read).collect();
    (read, bytes.into_inner() <= MOST_BYTES)
}

/// How many bytes of records are read of a history: a small object can be at a million places.
const MOST_BYTES: u64 = 4 << 30;

/// The agreement whose signatures a file holds, by its place.
fn signed_agreement(path: &LedgerPath) -> Option<&str> {
    let rest = path.as_str().strip_prefix(SIGNATURES)?.strip_prefix('/')?;
    rest.split_once('/').map(|(agreement, _)| agreement)
}

/// The signatures in some files.
pub(super) fn signatures<'f>(read: &'f Read, files: &[File<'_>]) -> impl Iterator<Item = &'f SignatureFacts> {
    let of_file = |(path, blob): &File<'_>| match read.get(&((*path).clone(), *blob)) {
        Some(Facts::Agreement(facts)) => facts.signatures.as_slice(),
        Some(Facts::Signatures(facts)) => facts.as_slice(),
        _ => &[],
    };
    files.iter().flat_map(of_file)
}

fn is_record(path: &LedgerPath) -> bool {
    path.file_name().to_ascii_lowercase().ends_with(".toml")
}

/// Whether a commit holds agreements.
pub(super) fn holds_agreements(commit: &Snapshot) -> bool {
    commit.holds && commit.files.under(Kind::Agreement.folder()).into_iter().any(|(path, _)| is_record(path))
}

fn before<'s>(snapshots: &'s Snapshots, commit: &'s Snapshot) -> impl Iterator<Item = &'s Snapshot> {
    commit.parents.iter().filter_map(|parent| snapshots.commits.get(*parent))
}

impl Fold<'_> {
    fn step<'s>(
        &mut self,
        snapshots: &'s Snapshots,
        commit: &'s Snapshot,
        lines: Vec<Arc<HistoryState>>,
        at: usize,
    ) -> Arc<HistoryState> {
        let parents: Vec<&Snapshot> = before(snapshots, commit).collect();
        let step = self.line.step(at, commit);
        // The common case: nothing has changed, on one line or on lines that have not parted.
        if let ([parent, ..], [state, others @ ..]) = (parents.as_slice(), lines.as_slice())
            && others.iter().all(|other| Arc::ptr_eq(other, state))
            && parent.files.is_shared_with(&commit.files)
            && !step.is_some_and(|step| step.is_jump)
        {
            let state = Arc::clone(state);
            self.line.remember(at, &state);
            return state;
        }
        let between =
            |parent: Option<&&'s Snapshot>| FileDifference::between(parent.map(|parent| &parent.files), &commit.files);
        let mut differences: Vec<FileDifference<'_>> = parents.iter().map(|parent| between(Some(parent))).collect();
        if parents.is_empty() {
            differences.push(between(None));
        }
        self.keep_additions(commit, &differences, at);
        if let Some(step) = step {
            let state = if step.is_jump {
                let mut before = self.line.states_before(at, step);
                if before.len() > 1 { Some(Arc::new(merge_lines(before))) } else { before.pop() }
            } else {
                lines.first().cloned()
            };
            let old = step.before.and_then(|before| snapshots.commits.get(before));
            let is_first = step.before.is_some() && step.before.as_ref() == commit.parents.first();
            let difference;
            let files = match differences.first().filter(|_| is_first) {
                Some(files) => files,
                None => {
                    difference = between(old.as_ref());
                    &difference
                }
            };
            self.keep_step(&Changed { at, commit, old, files, state: state.as_deref() });
        }
        let mut state = merge_lines(lines);
        let ids = touched_records(commit, &differences);
        let files = if ids.is_empty() { BTreeMap::new() } else { self.agreements_of(commit, &ids) };
        for (id, (words, signed)) in files {
            let (version, _) = &words;
            let outweighs = |past: &VersionedDigest| *version > past.0 || (*version == past.0 && signed);
            state.words.entry(id).or_default().arrive(vec![words.clone()], at, outweighs);
        }
        for difference in differences.iter().take(parents.len()) {
            move_keys(&renames(&self.read, difference), &mut state);
        }
        self.follow_keys(commit, &ids, &mut state, at);
        let state = Arc::new(state);
        self.line.remember(at, &state);
        state
    }

    /// Keeps the words that a step of the main line brings.
    pub(super) fn keep_words(&mut self, changed: &Changed<'_>) {
        let ids = touched_records(changed.commit, std::slice::from_ref(changed.files));
        if ids.is_empty() {
            return;
        }
        let held_others = changed.old.is_some_and(holds_agreements);
        for (id, ((_, digest), _)) in self.agreements_of(changed.commit, &ids) {
            if !self.kept.first.contains_key(&id) {
                self.kept.first.insert(id.clone(), changed.at);
                if held_others {
                    self.kept.later.insert(id.clone());
                }
            }
            self.kept.words.entry(id).or_default().entry(digest).or_insert(changed.at);
        }
    }

    /// The words of touched agreements, and whether someone has signed them.
    fn agreements_of(
        &mut self,
        commit: &Snapshot,
        ids: &BTreeSet<(Kind, String)>,
    ) -> BTreeMap<String, (VersionedDigest, bool)> {
        let mut found = BTreeMap::new();
        if !ids.iter().any(|(kind, _)| *kind == Kind::Agreement) {
            return found;
        }
        for (path, blob) in commit.files.under(Kind::Agreement.folder()) {
            if !is_record(path) || !ids.contains(&(Kind::Agreement, path.stem().to_owned())) {
                continue;
            }
            let key = (path.clone(), blob);
            let Some(Facts::Agreement(facts)) = self.read.get(&key) else { continue };
            let Some(digest) = digest(self.past, &mut self.digests, commit, &key, facts) else { continue };
            let in_record = facts.signatures.iter();
            let files = commit.files.under(&format!("{SIGNATURES}/{}", key.0.stem()));
            let signed = in_record.chain(signatures(&self.read, &files));
            let signed = signed.into_iter().any(|one| one.id.terms == digest);
            found.insert(facts.id.clone(), ((facts.version, digest), signed));
        }
        found
    }

    /// Follows the keys of touched advocates: one that is gone, or that ends earlier, was taken back.
    fn follow_keys(&self, commit: &Snapshot, ids: &BTreeSet<(Kind, String)>, state: &mut HistoryState, at: usize) {
        let mut gone: BTreeSet<&str> =
            ids.iter().filter(|(kind, _)| *kind == Kind::Advocate).map(|(_, id)| id.as_str()).collect();
        if gone.is_empty() {
            return;
        }
        let touched = gone.clone();
        let mut present: BTreeMap<(String, String), Vec<Validity>> = BTreeMap::new();
        let files = commit.files.under(Kind::Advocate.folder()).into_iter();
        for (path, blob) in files.filter(|(path, _)| touched.contains(path.stem())) {
            match self.read.get(&(path.clone(), blob)) {
                Some(Facts::Advocate(AdvocateFacts { id, keys, .. })) => {
                    for (key, validity) in keys {
                        present.entry((id.clone(), key.clone())).or_default().push(*validity);
                    }
                }
                // A file that cannot be read takes no key back.
                _ => drop(gone.remove(path.stem())),
            }
        }
        for (place, track) in &mut state.keys {
            if gone.contains(place.0.as_str()) && !present.contains_key(place) && !track.now.is_empty() {
                track.arrive(Vec::new(), at, |_| true);
            }
        }
        for (place, entries) in present {
            let track = state.keys.entry(place).or_default();
            let shorter = |past: &Validity| entries.iter().all(|entry| entry.ends_before(*past));
            track.arrive(entries.clone(), at, shorter);
        }
    }
}

/// The records that differ from some commit before.
fn touched_records(commit: &Snapshot, differences: &[FileDifference<'_>]) -> BTreeSet<(Kind, String)> {
    let mut ids = BTreeSet::new();
    let mut touch = |path: &LedgerPath| {
        if let Some(kind) = Kind::of_folder(path.top()) {
            ids.insert((kind, path.stem().to_owned()));
        }
        // With a signature, the words that it is on weigh more.
        if let Some(agreement) = signed_agreement(path) {
            ids.insert((Kind::Agreement, agreement.to_owned()));
        }
    };
    let mut is_of_words = false;
    for path in differences.iter().flat_map(FileDifference::paths) {
        touch(path);
        is_of_words |= !is_record(path);
    }
    if is_of_words {
        // The words of some agreement have changed in a file of their own.
        commit.files.all().into_iter().filter(|(path, _)| is_record(path)).for_each(|(path, _)| touch(path));
    }
    ids
}

/// Keeps what is known of the keys of people who get another id under that id: a rename takes no key back.
fn move_keys(renames: &[(RecordKey, RecordKey)], state: &mut HistoryState) {
    for (from, to) in renames.iter().filter(|(from, _)| from.kind == Kind::Advocate) {
        let keys = state.keys.range((from.id.to_string(), String::new())..);
        let keys = keys.take_while(|((id, _), _)| **id == *from.id).map(|(place, _)| place.clone());
        for place in keys.collect::<Vec<_>>() {
            if let Some(track) = state.keys.remove(&place) {
                state.keys.entry((to.id.to_string(), place.1)).or_default().join(&track);
            }
        }
    }
}

/// The terms digest of an agreement in a commit; the words may be in another file of that commit.
fn digest(
    past: &dyn CommitSource,
    known: &mut HashMap<(LedgerPath, Blob, Blob), Option<Digest>>,
    commit: &Snapshot,
    key: &(LedgerPath, Blob),
    facts: &AgreementFacts,
) -> Option<Digest> {
    let Some(words_in) = &facts.words_in else { return facts.digest.clone() };
    let words = commit.files.get(words_in)?;
    let place = (key.0.clone(), key.1, words);
    let compute = || digest_of(&key.0, &past.read(&key.1)?, words_in, &past.read(&words)?);
    known.entry(place).or_insert_with(compute).clone()
}

/// What the lines of history know that a commit brings together.
fn merge_lines(lines: Vec<Arc<HistoryState>>) -> HistoryState {
    let mut lines = lines.into_iter();
    let mut whole = lines.next().map(Arc::unwrap_or_clone).unwrap_or_default();
    for line in lines {
        for (id, track) in &line.words {
            whole.words.entry(id.clone()).or_default().join(track);
        }
        for (place, track) in &line.keys {
            whole.keys.entry(place.clone()).or_default().join(track);
        }
    }
    whole
}
