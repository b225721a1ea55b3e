//! What a step of the main line adds: signatures with what they rest on, and what later steps may not undo. Each step
//! is judged by the state before it.

use super::additions::added_to;
use super::facts::{AdvocateFacts, Facts, MemberFacts, ProofFact, SignatureFacts, Validity};
use super::file_difference::FileDifference;
use super::fold::{Fold, HistoryState, Read, holds_agreements};
use crate::kind::{Kind, RecordKey};
use crate::ledger::{Leaving, NamedTime, SignatureId, Withdrawer};
use crate::record::value::RecordId;
use crate::source::past::Snapshot;
use crate::source::{File, LedgerPath};
use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};

/// A step of the main line, with what it is compared with.
pub(super) struct Changed<'s> {
    /// The place of the commit.
    pub at: usize,
    pub commit: &'s Snapshot,
    /// The commit before, if there is one.
    pub old: Option<&'s Snapshot>,
    /// Which files differ.
    pub files: &'s FileDifference<'s>,
    /// What stood there.
    pub state: Option<&'s HistoryState>,
}

impl Fold<'_> {
    pub(super) fn keep_step(&mut self, change: &Changed<'_>) {
        self.keep_renames(change.files);
        self.keep_grounds(change);
        self.keep_facts(change);
        self.keep_words(change);
    }

    /// Keeps who got another id.
    fn keep_renames(&mut self, files: &FileDifference<'_>) {
        for (before, now) in renames(&self.read, files) {
            let earlier = self.kept.renames.iter().filter(|(_, to)| *to == before).map(|(from, _)| from.clone());
            let earlier: Vec<RecordKey> = earlier.filter(|from| *from != now).collect();
            self.kept.renames.extend(earlier.into_iter().chain([before]).map(|from| (from, now.clone())));
        }
        for (path, _) in files.added() {
            if let Some(now) = record_key(path) {
                self.kept.records.entry(now).or_default();
            }
        }
    }

    /// Keeps the members and advocates that a commit holds.
    pub(super) fn keep_records(&mut self, commit: &Snapshot, is_newest: bool) {
        for key in commit.files.all().into_iter().filter_map(|(path, _)| record_key(path)) {
            *self.kept.records.entry(key).or_default() |= is_newest;
        }
    }

    /// Keeps which signatures a step adds that could be given by what stood before it, and which proofs it brings together with
    /// their keys.
    fn keep_grounds(&mut self, change: &Changed<'_>) {
        // Before the first commit that holds an agreement, no one could vouch for anything.
        let is_begun = change.old.is_some_and(holds_agreements);
        let comparable = change.commit.whole && is_begun;
        let added = added_to(&self.read, change.files);
        if added.is_empty() {
            return;
        }
        let (before, now) = (members(&self.read, change.old), members(&self.read, Some(change.commit)));
        let kept = &mut self.kept;
        let added: Vec<_> = added.into_iter().map(|(id, proof)| (id, proof, aliases(id, &kept.renames))).collect();
        // What stood there before, or under another id of the same records, is not new.
        let was_held: Vec<bool> =
            added.iter().map(|(.., aliases)| aliases.iter().any(|id| kept.held.contains(id))).collect();
        kept.held.extend(added.iter().map(|(id, ..)| (*id).clone()));
        for ((id, proof, aliases), was_held) in added.into_iter().zip(was_held) {
            if aliases.iter().any(|id| was_named(&before, &now, id)) {
                kept.authorized.insert(id.clone());
            }
            let Some(proof) = proof else {
                if was_held {
                    continue;
                }
                match change.state.and_then(|state| aliases.iter().filter_map(|id| key_on(state, id)).max()) {
                    Some(true) => drop(kept.keyed.insert(id.clone())),
                    Some(false) => drop(kept.late.insert(id.clone())),
                    None => {}
                }
                continue;
            };
            let vouched = !comparable || change.state.is_some_and(|state| vouches(state, proof, &kept.renames));
            let known = kept.self_added.entry(id.clone()).or_insert(Some(change.at));
            if vouched {
                *known = None;
            }
        }
    }

    /// Keeps what the changed files of a step say that later ones may not undo.
    fn keep_facts(&mut self, change: &Changed<'_>) {
        let day = self.line.day(change.at).unwrap_or(change.commit.day);
        for (path, blob) in &change.files.old {
            if let Some(Facts::Member(MemberFacts { left, .. })) = self.read.get(&((*path).clone(), *blob)) {
                let days = self.kept.left.entry(path.stem().to_lowercase()).or_default();
                // A day that was announced and has come stood there all the same.
                for left in left.iter().filter(|left| **left <= day) {
                    days.entry(*left).or_insert(Leaving { since: *left, until: None }).until = Some(day);
                }
            }
        }
        // Who could sign for each member, which few steps ask.
        let named = LazyCell::new(|| members(&self.read, change.old));
        for (member, facts) in members_of(&self.read, &change.files.gone()) {
            for by in &facts.signatories {
                let times = self.kept.named.entry((member.clone(), by.clone())).or_default();
                times.iter_mut().filter(|time| time.until.is_none()).for_each(|time| time.until = Some(day));
            }
        }
        for (member, facts) in members_of(&self.read, &change.files.new) {
            let known = named.get(&member);
            let key = RecordKey::new(Kind::Member, &member);
            let is_renamed = || self.kept.renames.iter().any(|(_, new)| *new == key);
            let from = (known.is_some() || is_renamed()).then_some(day);
            let gone = known.into_iter().flat_map(|known| &known.signatories);
            for by in gone.filter(|by| !facts.signatories.contains(by)) {
                let times = self.kept.named.entry((member.clone(), by.clone())).or_default();
                times.iter_mut().filter(|time| time.until.is_none()).for_each(|time| time.until = Some(day));
            }
            for by in &facts.signatories {
                if known.is_none_or(|known| !known.signatories.contains(by)) {
                    let times = self.kept.named.entry((member.clone(), by.clone())).or_default();
                    times.push(NamedTime { from, until: None });
                }
            }
        }
        for (path, blob) in &change.files.new {
            let facts = match self.read.get(&((*path).clone(), *blob)) {
                Some(Facts::Agreement(facts)) => {
                    for (version, date) in facts.amendments.iter().filter(|(_, date)| *date <= day) {
                        let place = (facts.id.clone(), *version);
                        let earliest = self.kept.in_force.entry(place).or_insert((*date, change.at));
                        if date < &earliest.0 {
                            *earliest = (*date, change.at);
                        }
                    }
                    facts.signatures.as_slice()
                }
                Some(Facts::Signatures(facts)) => facts.as_slice(),
                Some(Facts::Member(facts)) => {
                    let days = self.kept.left.entry(path.stem().to_lowercase()).or_default();
                    for left in facts.left.iter().filter(|left| **left <= day) {
                        days.entry(*left).or_insert(Leaving { since: day, until: None }).until = None;
                    }
                    continue;
                }
                _ => continue,
            };
            for SignatureFacts { id, agreement, withdrawn, .. } in facts {
                let Some((date, entry)) = withdrawn else { continue };
                if let Some(by) = &entry.withdrawn_by
                    && named.get(&id.member).is_some_and(|of| of.signatories.iter().any(|one| one == by.as_str()))
                {
                    let by = by.as_str().to_owned();
                    self.kept.withdrawers.insert(Withdrawer { signature: id.clone(), by, on: *date });
                }
                let place = (agreement.clone(), id.member.clone());
                let days = self.kept.withdrawals.entry(place).or_default();
                days.entry((*date, id.clone())).or_insert_with(|| (entry.clone(), change.at));
            }
        }
    }
}

/// Members and advocates that got another id between two states, by the old one and the new one: one is gone, one is new, and the
/// new one says that it had the other; or the one that is gone said so, where a rename is taken back.
pub(super) fn renames(read: &Read, files: &FileDifference<'_>) -> Vec<(RecordKey, RecordKey)> {
    let with_ids = |files: Vec<File<'_>>| {
        let record = |(path, blob): File<'_>| {
            let ids = match read.get(&(path.clone(), blob)) {
                Some(
                    Facts::Member(MemberFacts { other_ids, .. }) | Facts::Advocate(AdvocateFacts { other_ids, .. }),
                ) => other_ids.clone(),
                _ => Vec::new(),
            };
            Some((record_key(path)?, ids))
        };
        files.into_iter().filter_map(record).collect::<Vec<_>>()
    };
    let (gone, new) = (with_ids(files.gone()), with_ids(files.added()));
    let says = |record: &(RecordKey, Vec<String>), other: &RecordKey| {
        record.1.iter().any(|id| RecordKey::new(record.0.kind, id) == *other)
    };
    let mut found = Vec::new();
    for after in &new {
        found.extend(
            gone.iter().filter(|before| says(after, &before.0)).map(|before| (before.0.clone(), after.0.clone())),
        );
    }
    for before in gone.iter().filter(|before| !found.iter().any(|(from, _)| *from == before.0)).collect::<Vec<_>>() {
        let back = new.iter().find(|after| says(before, &after.0) && !found.iter().any(|(_, to)| *to == after.0));
        found.extend(back.map(|after| (before.0.clone(), after.0.clone())));
    }
    found
}

/// The key of a member or an advocate, by the path of its file.
fn record_key(path: &LedgerPath) -> Option<RecordKey> {
    let kind = Kind::of_folder(path.top()).filter(|kind| [Kind::Member, Kind::Advocate].contains(kind))?;
    Some(RecordKey::new(kind, &path.stem().to_lowercase()))
}

/// A signature under the ids that it has, and under those that its member and whoever signed had before or have since: it may be
/// merged after the rename.
fn aliases(id: &SignatureId, renames: &HashSet<(RecordKey, RecordKey)>) -> Vec<SignatureId> {
    let (members, people) = (ids_of(Kind::Member, &id.member, renames), ids_of(Kind::Advocate, &id.by, renames));
    let of_member = |member: String| {
        let with = move |by: &String| SignatureId { member: member.clone(), by: by.clone(), ..id.clone() };
        people.iter().map(with).collect::<Vec<_>>()
    };
    members.into_iter().flat_map(of_member).collect()
}

/// An id, with those that its record had before and has got since.
fn ids_of(kind: Kind, id: &str, renames: &HashSet<(RecordKey, RecordKey)>) -> Vec<String> {
    let key = RecordKey::new(kind, &id.to_lowercase());
    let others =
        renames.iter().filter_map(|(old, now)| if *now == key { Some(old) } else { (*old == key).then_some(now) });
    std::iter::once(id.to_owned()).chain(others.map(|other| other.id.to_string())).collect()
}

/// What the records of members say, by id.
type StepMembers<'r> = HashMap<String, &'r MemberFacts>;

/// Whether the member of a new signature had named who signed as its signatory in the commit before; or has just come
/// with it, so that no one else could be named.
fn was_named(before: &StepMembers<'_>, now: &StepMembers<'_>, id: &SignatureId) -> bool {
    before.get(&id.member).or_else(|| now.get(&id.member)).is_some_and(|facts| facts.signatories.contains(&id.by))
}

/// What the records of members say in a commit.
fn members<'r>(read: &'r Read, commit: Option<&Snapshot>) -> StepMembers<'r> {
    commit.map(|commit| members_of(read, &commit.files.under(Kind::Member.folder()))).unwrap_or_default()
}

fn members_of<'r>(read: &'r Read, files: &[File<'_>]) -> StepMembers<'r> {
    let of_members = files.iter().filter(|(path, _)| path.top() == Kind::Member.folder());
    let facts = of_members.filter_map(|(path, blob)| match read.get(&((*path).clone(), *blob)) {
        Some(Facts::Member(facts)) => Some((path.stem().to_lowercase(), facts)),
        _ => None,
    });
    facts.collect()
}

/// Whether a state holds a key of whoever gave a signature that counts on its day, or only keys that begin later;
/// `None` if it holds neither.
fn key_on(state: &HistoryState, id: &SignatureId) -> Option<bool> {
    let keys = state.keys.range((id.by.clone(), String::new())..);
    let tracks = keys.take_while(|((by, _), _)| *by == id.by).flat_map(|(_, track)| &track.now);
    let begins_later = |validity: &Validity| validity.from.is_some_and(|from| id.date < from);
    tracks
        .filter_map(
            |validity| if validity.holds(id.date) { Some(true) } else { begins_later(validity).then_some(false) },
        )
        .max()
}

/// Whether an earlier state holds the key of a proof as one that counts: with that person, under whatever id of theirs.
fn vouches(state: &HistoryState, proof: &ProofFact, renames: &HashSet<(RecordKey, RecordKey)>) -> bool {
    let held = state.keys.iter().filter(|((_, key), _)| *key == proof.key);
    let counting = held.filter(|(_, track)| track.now.iter().any(|validity| validity.holds(proof.date)));
    let ids = ids_of(Kind::Advocate, &proof.by, renames);
    let mut people = counting.map(|((by, _), _)| by);
    people.any(|by| ids.contains(by))
}
