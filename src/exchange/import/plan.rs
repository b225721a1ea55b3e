//! What an import comes to: rows said twice put together, each row read as the record it would be, its identity found, its
//! references resolved, and the whole ledger judged as it would be.

use super::identity::{Fate, Identities, are_other_terms, holds, is_another_name};
use super::reference::Index;
use crate::check::{self, Context, Group, Run, level_of};
use crate::edit::progress::Progress;
use crate::edit::{
    ChangeSet, Edit, FileChange, Literal, Step, below, draft, exact_values, file_change, free_value, record_change,
    typed,
};
use crate::error::Error;
use crate::exchange::columns::FOLDER;
use crate::exchange::incoming::{Incoming, Numbers, Problem, quote, source_id};
use crate::finding::{CheckName, Finding, Severity, name};
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::ledger::{Ledger, load};
use crate::parse::alike::composed;
use crate::parse::suggest::is_slug;
use crate::record::agreement::SignatureFile;
use crate::record::field::{Field, Shape};
use crate::record::table::Table;
use crate::record::value::{EXACT, unescape_key};
use crate::record::{AnyRecord, fields_of};
use crate::source::memory::Memory;
use crate::source::{LedgerPath, ROOT_FILE};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};
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
pub fn plan(ledger: &Ledger, incoming: Vec<Incoming>, found: Vec<Problem>, options: &Options<'_>) -> ImportPlan {
    options.progress.begin("reading the records", incoming.len() * 3);
    let (rows, repeated) = drop_repeated(incoming);
    let untaken: HashSet<String> = found.iter().map(|problem| problem.place.clone()).collect();
    let (said, wrong) = read_back(ledger, &rows, &|record| record.to_json());
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
            if let Some(key) = source_id(&row.fields) {
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
        if let Some(reason) = folder.as_deref().and_then(describe_bad_folder) {
            problems.push(problem(Some(FOLDER.to_owned()), reason));
        }
        outcomes.push(Outcome { place, kind, fields, fate, folder, numbers });
    }
    let (mut files, told) = create_files(ledger, &outcomes);
    problems.extend(told);
    let (changed, told) = update_files(ledger, &outcomes);
    files.extend(changed);
    problems.extend(told);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let told: HashSet<String> = problems.iter().map(|problem| problem.place.clone()).collect();
    for (check, problem) in check_result(ledger, &outcomes, &files, options.today) {
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
    let changes = ChangeSet { what: format!("import {}", count_records(records)), files };
    ImportPlan { outcomes, repeated, problems, changes }
}

/// The files of new records, those of their signatures too, and why one cannot be written.
fn create_files(ledger: &Ledger, outcomes: &[Outcome]) -> (Vec<FileChange>, Vec<Problem>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        let Fate::New(id) = &outcome.fate else { continue };
        let mut fields = outcome.fields.clone();
        let signatures = take_signatures(outcome.kind, &mut fields);
        files.push(FileChange::new_file(outcome.path(id), draft(outcome.kind, &fields)));
        match signature_changes(ledger, &RecordKey::new(outcome.kind, id), &signatures) {
            Ok(changes) => files.extend(changes),
            Err(refusal) => problems.push(describe_refusal(outcome, &refusal)),
        }
    }
    (files, problems)
}

fn describe_refusal(outcome: &Outcome, refusal: &Error) -> Problem {
    Problem { place: outcome.place.clone(), column: None, reason: refusal.to_string() }
}

/// The changes of records that are there, and why one cannot be changed.
fn update_files(ledger: &Ledger, outcomes: &[Outcome]) -> (Vec<FileChange>, Vec<Problem>) {
    let updates: Vec<&Outcome> = outcomes.iter().filter(|outcome| matches!(outcome.fate, Fate::Update(_))).collect();
    let row = |outcome: &&Outcome| Incoming {
        fields: outcome.fields.clone(),
        ..Incoming::new(outcome.place.as_str(), outcome.kind)
    };
    let (said, _) = read_back(ledger, &updates.iter().map(row).collect::<Vec<_>>(), &portable);
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for (outcome, mut said) in updates.iter().zip(said) {
        let record = outcome.fate.id().and_then(|id| ledger.find(outcome.kind, id));
        let Some(record) = record else { continue };
        let signatures = take_signatures(outcome.kind, &mut said);
        let edits = record_edits(ledger, outcome.kind, &portable(record), &said, &outcome.numbers);
        let signed = signature_changes(ledger, record.key(), &signatures);
        match record_change(ledger, record.key(), &edits).and_then(|change| Ok((change, signed?))) {
            Ok((change, signed)) => {
                files.extend(signed);
                // What only got signatures has a record as it was.
                files.extend(Some(change).filter(|change| !change.is_empty()));
            }
            Err(refusal) => problems.push(describe_refusal(outcome, &refusal)),
        }
    }
    (files, problems)
}

/// Why no file can stand in this folder of a kind.
fn describe_bad_folder(folder: &str) -> Option<String> {
    let is_plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0']);
    let is_inside = folder.split('/').all(is_plain) && !LedgerPath::new(format!("x/{folder}/x.toml")).is_hidden();
    (!is_inside).then(|| {
        format!("{} is not a folder of a ledger; leave it empty, or write names with / between", quote(folder))
    })
}

/// Whether a member has a date that tells where it stands.
fn has_stage(fields: &Map<String, Value>) -> bool {
    ["identified", "invited", "joined", "declined", "left"].iter().any(|date| fields.contains_key(*date))
}

fn count_records(records: usize) -> String {
    if records == 1 { "1 record".to_owned() } else { format!("{records} records") }
}

/// The file of a record.
fn path_of(kind: Kind, id: &str) -> LedgerPath {
    LedgerPath::new(format!("{}/{id}.toml", kind.folder()))
}

/// Rows without those that say in every column what one before them says.
fn drop_repeated(incoming: Vec<Incoming>) -> (Vec<Incoming>, Vec<(String, String)>) {
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

/// A record as JSON with its table under `extra` in the portable form.
fn portable(record: &dyn AnyRecord) -> Map<String, Value> {
    let mut fields = record.to_json();
    if let (Some(own), Some(extra)) = (&record.common().extra, fields.get_mut("extra")) {
        *extra = Value::Object(own.to_portable());
    }
    fields
}

/// What each row says as a record reads it, as `json` has it, and what is wrong with that.
fn read_back(
    ledger: &Ledger,
    rows: &[Incoming],
    json: &dyn Fn(&dyn AnyRecord) -> Map<String, Value>,
) -> (Vec<Map<String, Value>>, Wrong) {
    let mut source = Memory::default();
    source.put(ROOT_FILE, b"name = \"C\"\n");
    for (at, row) in rows.iter().enumerate() {
        source.put(row_path(row.kind, at).as_str(), draft(row.kind, &row.fields).as_bytes());
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
        for finding in findings.get(&row_path(row.kind, at)).into_iter().flatten() {
            // Entries in it have to be whole all the same.
            let noun = finding.message.split_once(' ').map_or("", |(_, noun)| noun);
            let lacks = finding.check == name::MISSING_FIELD && noun.starts_with(&format!("{} needs `", row.kind));
            // What it lacks may be what could not be taken.
            let is_told = |field: &String| finding.message.contains(&format!("`{field}`"));
            if !(finding.check == name::MISSING_FIELD && row.mistaken.iter().any(is_told)) {
                problems.push((at, lacks, describe(finding)));
            }
        }
        said.push(read.find(row.kind, &format!("r{at}")).map(json).unwrap_or_default());
    }
    (said, problems)
}

fn row_path(kind: Kind, at: usize) -> LedgerPath {
    path_of(kind, &format!("r{at}"))
}

/// A finding as it is told of a row.
fn describe(finding: &Finding) -> String {
    if finding.help.is_empty() { finding.message.clone() } else { format!("{}; {}", finding.message, finding.help) }
}

fn is_error(ledger: &Ledger, finding: &Finding) -> bool {
    let check = check::find(finding.check.as_str());
    let is_error = check.is_none_or(|check| level_of(ledger, check) == Severity::Error);
    // A file that a record names may come later, or be there when the record is.
    is_error && !finding.softened && finding.check != name::UNREADABLE_FILE
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
fn check_result(
    ledger: &Ledger,
    outcomes: &[Outcome],
    files: &[FileChange],
    today: NaiveDate,
) -> Vec<(CheckName, Problem)> {
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
    let asked = |check: &&&check::Check| check.group == Group::Structure && level_of(ledger, check) == Severity::Error;
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
        Some((finding.check, Problem { place: place.to_owned(), column: None, reason: describe(finding) }))
    });
    wrong.collect()
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Where it stands in the import file.
    pub place: String,
    /// The kind of record.
    pub kind: Kind,
    /// Its fields, references as ids.
    pub fields: Map<String, Value>,
    /// What becomes of it.
    pub fate: Fate,
    /// The folder below that of its kind in which its file is to stand, if it is new.
    pub folder: Option<String>,
    /// Where the entries of its lists stand, where the import file says so.
    pub numbers: Numbers,
}

impl Outcome {
    /// The file of the record with this id, where it is new.
    pub fn path(&self, id: &str) -> LedgerPath {
        let folders = self.folder.as_deref().map(|folder| format!("{folder}/")).unwrap_or_default();
        LedgerPath::new(format!("{}/{folders}{id}.toml", self.kind.folder()))
    }

    /// The name of the record.
    pub fn name(&self) -> &str {
        self.fields.get("name").and_then(Value::as_str).unwrap_or_default()
    }
}

/// What an import comes to: what every row becomes, and the files to write if nothing is wrong.
#[derive(Debug, Clone)]
pub struct ImportPlan {
    /// What became of the rows that could be read, in their order.
    pub outcomes: Vec<Outcome>,
    /// Rows that say nothing which another does not say: where they stand, and where the other one does.
    pub repeated: Vec<(String, String)>,
    /// What is wrong. Where something is, nothing may be written.
    pub problems: Vec<Problem>,
    /// The files of new records, and of those that get other values.
    pub changes: ChangeSet,
}

impl ImportPlan {
    /// How many rows have a fate.
    pub fn count(&self, fate: fn(&Fate) -> bool) -> usize {
        self.outcomes.iter().filter(|outcome| fate(&outcome.fate)).count()
    }
}

/// The edits after which a record says all that is said, both with the table under `extra` in its portable form. An entry of a list with
/// a number is the one that stands there.
fn record_edits(
    ledger: &Ledger,
    kind: Kind,
    has: &Map<String, Value>,
    said: &Map<String, Value>,
    numbers: &Numbers,
) -> Vec<Edit> {
    let mut changes = Changes { ledger, numbers, edits: Vec::new() };
    for (key, said) in said {
        // A record that is called so beside its name keeps both.
        let is_kept = key == "name" && is_another_name(has, said);
        if let Some(field) = fields_of(kind).find(|field| field.name == key && !is_kept) {
            let place = vec![Step::Key(key.clone())];
            if has.get(key).is_some_and(|has| are_other_terms(kind, key, has, said)) {
                changes.edits.extend(typed(field, said).map(|value| Edit::Set { place, value }));
                continue;
            }
            changes.add(field, place, has.get(key), said);
        }
    }
    changes.edits
}

struct Changes<'l> {
    ledger: &'l Ledger,
    numbers: &'l Numbers,
    edits: Vec<Edit>,
}

impl Changes<'_> {
    fn add(&mut self, field: &Field, place: Vec<Step>, has: Option<&Value>, said: &Value) {
        let shape = (field.shape)();
        match (has, said) {
            (Some(has), said) if holds(self.ledger, Some(&shape), has, &without_exact(said)) => {}
            (Some(Value::Array(items)), Value::Array(more)) => self.entries(field, &place, items, more),
            (Some(Value::Object(old)), Value::Object(new)) => self.table(field, &place, old, new),
            (_, said) => self.edits.extend(typed(field, said).map(|value| Edit::Set { place, value })),
        }
    }

    /// The entries of a list: each that is numbered is changed where it stands, and the others are added.
    fn entries(&mut self, field: &Field, list: &[Step], items: &[Value], more: &[Value]) {
        let (ledger, shape) = (self.ledger, (field.shape)());
        let says = |has: &Value, said: &Value| holds(ledger, Some(&shape), has, said);
        let path: Vec<&str> = list
            .iter()
            .filter_map(|step| match step {
                Step::Key(key) => Some(key.as_str()),
                Step::At(_) => None,
            })
            .collect();
        let numbers = self.numbers.of(&path, more.len());
        for (at, said) in more.iter().enumerate() {
            if items.iter().any(|has| says(has, said)) {
                continue;
            }
            let position = numbers.and_then(|numbers| numbers.get(at)?.checked_sub(1));
            // An entry that another row repeats whole has moved, and is not the one that is meant.
            let old = position
                .and_then(|position| items.get(position))
                .filter(|old| !more.iter().any(|said| says(old, said)));
            match (position, old, said) {
                (Some(position), Some(Value::Object(old)), Value::Object(new)) => {
                    self.table(field, &with(list, Step::At(position)), old, new);
                }
                (Some(position), Some(_), said) => {
                    let place = with(list, Step::At(position));
                    self.edits.extend(entry(field, said).map(|value| Edit::Set { place, value }));
                }
                _ => self.edits.extend(entry(field, said).map(|value| Edit::Append { list: list.to_vec(), value })),
            }
        }
    }

    fn table(&mut self, field: &Field, place: &[Step], old: &Map<String, Value>, new: &Map<String, Value>) {
        let Shape::Table(table) = (field.shape)() else {
            let plain =
                |table: &Map<String, Value>| table.iter().filter(|(key, _)| *key != EXACT).map(cloned).collect();
            return self.free_table(place, "", &plain(old), &plain(new), exact_values(new));
        };
        for (key, said) in new {
            if let Some(inner) = table.field(key) {
                self.add(inner, with(place, Step::Key(key.clone())), old.get(key), said);
            }
        }
    }

    /// A table with keys of the coalition's own, in its portable form, to which `path` leads: what stands in it and is not said stays.
    fn free_table(
        &mut self,
        place: &[Step],
        path: &str,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        exact: Option<&Map<String, Value>>,
    ) {
        for (key, said) in new {
            let place = with(place, Step::Key(unescape_key(key).to_owned()));
            let path = below(path, key);
            match (old.get(key), said) {
                (Some(has), said) if holds(self.ledger, None, has, said) => {}
                (Some(Value::Object(old)), Value::Object(new)) => self.free_table(&place, &path, old, new, exact),
                (Some(Value::Array(items)), Value::Array(more)) => {
                    for (at, said) in more.iter().enumerate() {
                        if !items.iter().any(|has| holds(self.ledger, None, has, said)) {
                            let value = free_value(said, &below(&path, &at.to_string()), exact);
                            self.edits.extend(value.map(|value| Edit::Append { list: place.clone(), value }));
                        }
                    }
                }
                (_, said) => {
                    self.edits.extend(free_value(said, &path, exact).map(|value| Edit::Set { place, value }));
                }
            }
        }
    }
}

fn cloned((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

/// A table of one's own without the forms in which TOML writes its values.
fn without_exact(said: &Value) -> Value {
    let mut plain = said.clone();
    if let Value::Object(fields) = &mut plain {
        fields.shift_remove(EXACT);
    }
    plain
}

/// One entry of a list as it is written.
fn entry(field: &Field, said: &Value) -> Option<Literal> {
    match typed(field, &json!([said]))? {
        Literal::List(mut values) => values.pop(),
        other => Some(other),
    }
}

fn with(place: &[Step], step: Step) -> Vec<Step> {
    place.iter().cloned().chain([step]).collect()
}

/// The field that the file's place says.
const MEMBER: &str = "member";

/// Takes the signatures out of the fields of a record that can stand in the file of a member. What names no member stays, for the
/// reader of records to report.
fn take_signatures(kind: Kind, fields: &mut Map<String, Value>) -> Vec<Value> {
    if kind != Kind::Agreement {
        return Vec::new();
    }
    let Some(Value::Array(entries)) = fields.get_mut(SIGNATURES) else { return Vec::new() };
    let (taken, left): (Vec<Value>, Vec<Value>) =
        std::mem::take(entries).into_iter().partition(|entry| member_of(entry).is_some());
    if left.is_empty() {
        fields.shift_remove(SIGNATURES);
    } else {
        *entries = left;
    }
    taken
}

fn member_of(entry: &Value) -> Option<&str> {
    entry.as_object()?.get(MEMBER)?.as_str().filter(|member| is_slug(member))
}

/// The files of the members with these signatures on an agreement. What the ledger holds already, wherever it stands, is not
/// written again.
///
/// # Errors
/// A file that cannot be edited.
fn signature_changes(ledger: &Ledger, agreement: &RecordKey, entries: &[Value]) -> Result<Vec<FileChange>, Error> {
    let Some(list) = SignatureFile::DEF.field(SIGNATURES) else { return Ok(Vec::new()) };
    let shape = (list.shape)();
    let has = held(ledger, agreement);
    let mut by_member: BTreeMap<&str, Vec<Edit>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !has.iter().any(|has| holds(ledger, Some(&shape), has, entry))) {
        if let Some(member) = has.iter().find(|has| is_same(has, entry)).and_then(member_of) {
            return Err(Error::refused(format!(
                "the signature of `{member}` is in the ledger with something else in it, and an import changes no signature; change it \
                 by hand, or take it out of the file"
            )));
        }
        if let (Some(member), Some(edit)) = (member_of(entry), edit_of(list, entry)) {
            by_member.entry(member).or_default().push(edit);
        }
    }
    let change = |(member, edits): (&str, Vec<Edit>)| {
        let path = ledger.signature_path(agreement, &RecordKey::new(Kind::Member, member));
        file_change(ledger, &path, &edits)
    };
    by_member.into_iter().map(change).collect()
}

/// Whether two entries are one signature: of one member on one day, on the same words.
fn is_same(has: &Value, said: &Value) -> bool {
    let version = |entry: &Value| entry.get("version").and_then(Value::as_u64).unwrap_or(1);
    [MEMBER, "date", "terms"].iter().all(|key| has.get(*key) == said.get(*key)) && version(has) == version(said)
}

/// The entry without its member.
fn edit_of(list: &Field, entry: &Value) -> Option<Edit> {
    let mut fields = entry.as_object()?.clone();
    fields.shift_remove(MEMBER);
    match typed(list, &json!([fields]))? {
        Literal::List(mut entries) => Some(Edit::Append { list: vec![Step::from(SIGNATURES)], value: entries.pop()? }),
        _ => None,
    }
}

/// The signatures on an agreement that the ledger holds, also where only its files are there.
fn held(ledger: &Ledger, agreement: &RecordKey) -> Vec<Value> {
    let Some(record) = ledger.agreements.find(&agreement.id) else {
        let entries = ledger.signature_files.of(&agreement.id).flat_map(|file| &file.body.signatures);
        return entries.filter_map(|entry| serde_json::to_value(entry).ok()).collect();
    };
    match ledger.json_of(record).remove(SIGNATURES) {
        Some(Value::Array(entries)) => entries,
        _ => Vec::new(),
    }
}
