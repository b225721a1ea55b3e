//! What an import comes to: rows said twice put together, each row read as the record it would be, its identity found, its
//! references resolved, and the whole ledger judged as it would be.

use super::identity::{Fate, Identities};
use super::key::register_key;
use super::outcome::{Import, Outcome};
use super::problem::Problem;
use super::reference::Index;
use super::signatures;
use super::update::edits;
use super::value::shown;
use crate::check::{self, Context, Group, Run, severity_of};
use crate::edit::progress::Progress;
use crate::edit::{ChangeSet, FileChange, draft, record_change};
use crate::error::Error;
use crate::exchange::columns::FOLDER;
use crate::exchange::incoming::Incoming;
use crate::finding::name;
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::ledger::{Ledger, load};
use crate::parse::alike::composed;
use crate::record::value::EXACT;
use crate::source::memory::Memory;
use crate::source::{LedgerPath, ROOT_FILE};
use chrono::NaiveDate;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap, HashSet};

/// How an import is made.
#[derive(Clone, Copy)]
pub struct Options<'o> {
    /// Whether rows change the records that they mean, where those say something else.
    pub update: bool,
    /// Whether organizations that come without a date are identified today.
    pub identified: bool,
    /// Whether records refer to others by id alone, as in a package.
    pub by_id: bool,
    /// The day to judge by.
    pub today: NaiveDate,
    /// Who is told how far it has come.
    pub progress: &'o dyn Progress,
}

/// Computes an import. `found` is what is wrong with the file already; the rows that it is about are judged all the same, so that
/// each hears of all its mistakes at once. Nothing is written.
pub fn plan(ledger: &Ledger, incoming: Vec<Incoming>, found: Vec<Problem>, options: &Options<'_>) -> Import {
    options.progress.begin("reading the records", incoming.len() * 3);
    let (rows, repeated) = once(incoming);
    let untaken: HashSet<String> = found.iter().map(|problem| problem.place.clone()).collect();
    let (said, wrong) = read_back(ledger, &rows);
    options.progress.advance(rows.len());
    let fates = fates(ledger, &rows, &said, options);
    options.progress.advance(rows.len());
    let mut problems = found;
    problems.extend(wrong_in(wrong, &rows, &fates));
    let mut index = Index::new(ledger);
    index.by_id = options.by_id;
    for (row, fate) in rows.iter().zip(&fates) {
        if let Some(id) = fate.id() {
            index.add(row.kind, id, row.fields.get("name").and_then(Value::as_str).unwrap_or_default());
            if let Some(key) = register_key(&row.fields) {
                index.add_key(row.kind, id, key);
            }
        }
    }
    let broken: HashSet<String> = problems.iter().map(|problem| problem.place.clone()).collect();
    let mut outcomes: Vec<Outcome> = Vec::new();
    for (row, fate) in rows.into_iter().zip(fates) {
        let Incoming { place, kind, mut fields, folder, numbers, .. } = row;
        let problem = |column, reason| Problem { place: place.clone(), column, reason };
        match &fate {
            Fate::Refused(reason) if !broken.contains(&place) => problems.push(problem(None, reason.clone())),
            Fate::New(_) | Fate::Update(_) => {
                if options.identified && kind == Kind::Member && matches!(fate, Fate::New(_)) && !has_stage(&fields) {
                    fields.insert("identified".to_owned(), Value::from(options.today.to_string()));
                }
                let told = index.resolve(kind, &mut fields);
                problems.extend(told.into_iter().map(|(field, reason)| problem(Some(field), reason)));
            }
            _ => {}
        }
        if let Some(reason) = folder.as_deref().and_then(unfit) {
            problems.push(problem(Some(FOLDER.to_owned()), reason));
        }
        outcomes.push(Outcome { place, kind, fields, fate, folder, numbers });
    }
    let (mut files, told) = created(ledger, &outcomes);
    problems.extend(told);
    let (changed, told) = updated(ledger, &outcomes);
    files.extend(changed);
    problems.extend(told);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let told: HashSet<String> = problems.iter().map(|problem| problem.place.clone()).collect();
    for (check, problem) in judged(ledger, &outcomes, &files, options.today) {
        // What a row lacks, or leads nowhere in it, may be for a mistake that is told.
        let may_follow = check == name::MISSING_FIELD || check.as_str() == "unresolved-reference";
        let follows = may_follow && told.contains(&problem.place);
        if !follows && !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    outcomes.retain(|outcome| !untaken.contains(&outcome.place));
    problems.sort_by_key(Problem::rank);
    options.progress.finish();
    let records = files.iter().filter(|file| file.path.top() != SIGNATURES).count();
    let changes = ChangeSet { what: format!("import {}", counted(records)), files };
    Import { outcomes, repeated, problems, changes }
}

/// The files of new records, those of their signatures too, and why one cannot be written.
fn created(ledger: &Ledger, outcomes: &[Outcome]) -> (Vec<FileChange>, Vec<Problem>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        let Fate::New(id) = &outcome.fate else { continue };
        let mut fields = outcome.fields.clone();
        let signatures = signatures::take(outcome.kind, &mut fields);
        files.push(FileChange::new_file(outcome.path(id), draft(outcome.kind, &fields)));
        match signatures::changes(ledger, &RecordKey::new(outcome.kind, id), &signatures) {
            Ok(changes) => files.extend(changes),
            Err(refusal) => problems.push(unwritten(outcome, &refusal)),
        }
    }
    (files, problems)
}

fn unwritten(outcome: &Outcome, refusal: &Error) -> Problem {
    Problem { place: outcome.place.clone(), column: None, reason: refusal.to_string() }
}

/// The changes of records that are there, and why one cannot be changed.
fn updated(ledger: &Ledger, outcomes: &[Outcome]) -> (Vec<FileChange>, Vec<Problem>) {
    let updates: Vec<&Outcome> = outcomes.iter().filter(|outcome| matches!(outcome.fate, Fate::Update(_))).collect();
    let row = |outcome: &&Outcome| Incoming {
        fields: outcome.fields.clone(),
        ..Incoming::new(outcome.place.as_str(), outcome.kind)
    };
    let (said, _) = read_back(ledger, &updates.iter().map(row).collect::<Vec<_>>());
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for (outcome, mut said) in updates.iter().zip(said) {
        let record = outcome.fate.id().and_then(|id| ledger.find(outcome.kind, id));
        let Some(record) = record else { continue };
        let signatures = signatures::take(outcome.kind, &mut said);
        if let (Some(Value::Object(extra)), Some(Value::Object(given))) =
            (said.get_mut("extra"), outcome.fields.get("extra"))
        {
            extra.extend(given.get(EXACT).map(|exact| (EXACT.to_owned(), exact.clone())));
        }
        let edits = edits(ledger, outcome.kind, &record.to_json(), &said, &outcome.numbers);
        let signed = signatures::changes(ledger, record.key(), &signatures);
        match record_change(ledger, record.key(), &edits).and_then(|change| Ok((change, signed?))) {
            Ok((change, signed)) => {
                files.extend(signed);
                // What only got signatures has a record as it was.
                files.extend(Some(change).filter(|change| !change.is_empty()));
            }
            Err(refusal) => problems.push(unwritten(outcome, &refusal)),
        }
    }
    (files, problems)
}

/// Why no file can stand in this folder of a kind.
fn unfit(folder: &str) -> Option<String> {
    let is_plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0']);
    let is_inside = folder.split('/').all(is_plain) && !LedgerPath::new(format!("x/{folder}/x.toml")).is_hidden();
    (!is_inside).then(|| {
        format!("{} is not a folder of a ledger; leave it empty, or write names with / between", shown(folder))
    })
}

/// Whether a member has a date that tells where it stands.
fn has_stage(fields: &Map<String, Value>) -> bool {
    ["identified", "invited", "joined", "declined", "left"].iter().any(|date| fields.contains_key(*date))
}

fn counted(records: usize) -> String {
    if records == 1 { "1 record".to_owned() } else { format!("{records} records") }
}

/// The file of a record.
fn path_of(kind: Kind, id: &str) -> LedgerPath {
    LedgerPath::new(format!("{}/{id}.toml", kind.folder()))
}

/// Rows without those that say in every column what one before them says.
fn once(incoming: Vec<Incoming>) -> (Vec<Incoming>, Vec<(String, String)>) {
    let mut seen: HashMap<(Kind, Option<String>, String), String> = HashMap::new();
    let mut repeated = Vec::new();
    let mut rows = Vec::new();
    for row in incoming {
        // A row with mistakes says more than was taken of it.
        if !row.mistaken.is_empty() {
            rows.push(row);
            continue;
        }
        match seen.entry((row.kind, row.id.clone(), composed(&row.whole))) {
            std::collections::hash_map::Entry::Occupied(first) => repeated.push((row.place, first.get().clone())),
            std::collections::hash_map::Entry::Vacant(vacant) => {
                vacant.insert(row.place.clone());
                rows.push(row);
            }
        }
    }
    (rows, repeated)
}

/// What is wrong with rows, by their places among them, and whether it is that the record lacks something.
type Wrong = Vec<(usize, bool, String)>;

/// What is wrong, given what becomes of the rows: a record that is there has already what its row does not say.
fn wrong_in(wrong: Wrong, rows: &[Incoming], fates: &[Fate]) -> Vec<Problem> {
    let is_there = |at: usize| matches!(fates.get(at), Some(Fate::Unchanged(_) | Fate::Update(_)));
    let left = wrong.into_iter().filter(|(at, lacks, _)| !(*lacks && is_there(*at)));
    left.filter_map(|(at, _, reason)| Some(Problem { place: rows.get(at)?.place.clone(), column: None, reason }))
        .collect()
}

/// What each row says as a record reads it, and what is wrong with that.
fn read_back(ledger: &Ledger, rows: &[Incoming]) -> (Vec<Map<String, Value>>, Wrong) {
    let mut source = Memory::default();
    source.put(ROOT_FILE, b"name = \"C\"\n");
    for (at, row) in rows.iter().enumerate() {
        source.put(numbered(row.kind, at).as_str(), draft(row.kind, &row.fields).as_bytes());
    }
    // Reading from memory does not fail.
    let Ok(read) = load(&source) else { return (vec![Map::new(); rows.len()], Vec::new()) };
    let mut findings: HashMap<&LedgerPath, Vec<&Finding>> = HashMap::new();
    for finding in read.findings.iter().filter(|finding| is_error(ledger, finding)) {
        findings.entry(&finding.path).or_default().push(finding);
    }
    let mut problems = Vec::new();
    let mut said = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        for finding in findings.get(&numbered(row.kind, at)).into_iter().flatten() {
            // Entries in it have to be whole all the same.
            let noun = finding.message.split_once(' ').map_or("", |(_, noun)| noun);
            let lacks = finding.check == name::MISSING_FIELD && noun.starts_with(&format!("{} needs `", row.kind));
            // What it lacks may be what could not be taken.
            let is_told = |field: &String| finding.message.contains(&format!("`{field}`"));
            if !(finding.check == name::MISSING_FIELD && row.mistaken.iter().any(is_told)) {
                problems.push((at, lacks, told(finding)));
            }
        }
        said.push(read.find(row.kind, &format!("r{at}")).map(|record| record.to_json()).unwrap_or_default());
    }
    (said, problems)
}

fn numbered(kind: Kind, at: usize) -> LedgerPath {
    path_of(kind, &format!("r{at}"))
}

/// A finding as it is told of a row.
fn told(finding: &Finding) -> String {
    if finding.help.is_empty() { finding.message.clone() } else { format!("{}; {}", finding.message, finding.help) }
}

fn is_error(ledger: &Ledger, finding: &Finding) -> bool {
    let severity = check::find(finding.check.as_str()).map_or(Severity::Error, |check| severity_of(ledger, check));
    // A file that a record names may come later, or be there when the record is.
    severity == Severity::Error && !finding.softened && finding.check != name::UNREADABLE_FILE
}

/// What becomes of the rows, kind by kind.
fn fates(ledger: &Ledger, rows: &[Incoming], said: &[Map<String, Value>], options: &Options<'_>) -> Vec<Fate> {
    let mut by_kind: BTreeMap<Kind, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        by_kind.entry(row.kind).or_default().push(at);
    }
    let mut fates: Vec<Option<Fate>> = vec![None; rows.len()];
    for (kind, places) in by_kind {
        let of_kind: Vec<_> = places.iter().filter_map(|at| Some((rows.get(*at)?, said.get(*at)?))).collect();
        for (at, fate) in places.iter().zip(Identities::new(ledger, kind, options.update).fates(&of_kind)) {
            fates[*at] = Some(fate);
        }
    }
    fates.into_iter().map(|fate| fate.unwrap_or_else(|| Fate::Refused(String::new()))).collect()
}

/// What would be wrong with the new records in the ledger as it would be, by row. What the practices ask for is left to
/// `check`: a new member has yet to sign.
fn judged(ledger: &Ledger, outcomes: &[Outcome], files: &[FileChange], today: NaiveDate) -> Vec<(CheckName, Problem)> {
    let places: HashMap<LedgerPath, &str> = outcomes
        .iter()
        .filter(|outcome| matches!(outcome.fate, Fate::New(_)))
        .filter_map(|outcome| Some((outcome.path(outcome.fate.id()?), outcome.place.as_str())))
        .collect();
    if places.is_empty() {
        return Vec::new();
    }
    let mut source = Memory::default();
    for (path, text) in &ledger.texts {
        source.put(path.as_str(), text.as_bytes());
    }
    for file in files {
        source.put(file.path.as_str(), file.after.as_deref().unwrap_or_default().as_bytes());
    }
    let Ok(after) = load(&source) else { return Vec::new() };
    let context = Context::new(&after, today);
    let mut findings = after.findings.clone();
    let asked =
        |check: &&&check::Check| check.group == Group::Structure && severity_of(ledger, check) == Severity::Error;
    for check in check::ALL.iter().filter(asked) {
        if let Run::Ledger(run) = check.run {
            run(&context, &mut findings);
        }
    }
    // The signatures on a new agreement came with its row.
    let agreements: HashMap<&str, &str> = outcomes
        .iter()
        .filter(|outcome| outcome.kind == Kind::Agreement)
        .filter_map(|outcome| Some((outcome.fate.id()?, outcome.place.as_str())))
        .collect();
    let place_of = |path: &LedgerPath| match path.as_str().split('/').collect::<Vec<_>>().as_slice() {
        [SIGNATURES, agreement, _] => agreements.get(agreement).copied(),
        _ => places.get(path).copied(),
    };
    let wrong = findings.iter().filter(|finding| is_error(ledger, finding)).filter_map(|finding| {
        let place = place_of(&finding.path)?;
        Some((finding.check, Problem { place: place.to_owned(), column: None, reason: told(finding) }))
    });
    wrong.collect()
}
