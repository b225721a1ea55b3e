//! Plans an import: drops repeated rows, reads each row as the record it would become, matches it to a record, resolves its
//! references, and checks the ledger as it would be.

use super::identity::{Identities, RowOutcome, are_other_terms, holds, is_another_name};
use super::reference::Index;
use crate::check::{self, Context, Group, Run, level_of};
use crate::edit::progress::WriteProgress;
use crate::edit::{
    ChangeSet, Edit, FileChange, Literal, PathStep, below, draft, exact_values, file_change, free_value, literal_for,
    record_change,
};
use crate::error::Error;
use crate::exchange::columns::FOLDER;
use crate::exchange::incoming::{EntryNumbers, Incoming, Problem, quote, source_id};
use crate::finding::{CheckName, Finding, Severity, name};
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::ledger::{Ledger, load};
use crate::parse::alike::compose;
use crate::parse::suggest::is_slug;
use crate::record::agreement::SignatureFile;
use crate::record::field::{Field, Shape};
use crate::record::table::RecordTable;
use crate::record::value::{EXACT, unescape_key};
use crate::record::{AnyRecord, fields_of};
use crate::source::memory::Memory;
use crate::source::{LedgerPath, ROOT_FILE};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};

/// How to import.
#[derive(Clone, Copy)]
pub(crate) struct ImportOptions<'o> {
    /// Whether rows change the records that they match.
    pub update: bool,
    /// Whether organizations without a date get today's as `identified`.
    pub identified: bool,
    /// Whether records refer to others by id alone, as in a package.
    pub by_id: bool,
    /// Today's date.
    pub today: NaiveDate,
    /// Shows the progress.
    pub progress: &'o dyn WriteProgress,
}

/// Plans an import, and writes nothing. `input_problems` were found while the file was read; their rows are checked all the same, so
/// that people see all mistakes at once.
pub(crate) fn plan(
    ledger: &Ledger,
    incoming: Vec<Incoming>,
    input_problems: Vec<Problem>,
    options: &ImportOptions<'_>,
) -> ImportPlan {
    options.progress.begin("reading the records", incoming.len() * 3);
    let (rows, repeated) = drop_repeated_rows(incoming);
    let unreadable_rows: HashSet<String> = input_problems.iter().map(|problem| problem.place.clone()).collect();
    let (imported, mistakes) = read_rows(ledger, &rows, &|record| record.to_json());
    options.progress.advance(rows.len());
    let outcomes = decide_outcomes(ledger, &rows, &imported, options);
    options.progress.advance(rows.len());
    let mut problems = input_problems;
    problems.extend(row_problems(mistakes, &rows, &outcomes));
    let mut index = Index::new(ledger);
    index.by_id = options.by_id;
    for (row, outcome) in rows.iter().zip(&outcomes) {
        if let Some(id) = outcome.id() {
            index.add(row.kind, id, row.fields.get("name").and_then(Value::as_str).unwrap_or_default());
            if let Some(key) = source_id(&row.fields) {
                index.add_key(row.kind, id, key);
            }
        }
    }
    let broken: HashSet<String> = problems.iter().map(|problem| problem.place.clone()).collect();
    let mut planned: Vec<PlannedRow> = Vec::new();
    for (row, outcome) in rows.into_iter().zip(outcomes) {
        let Incoming { place, kind, mut fields, folder, numbers, .. } = row;
        let problem = |column, reason| Problem { place: place.clone(), column, reason };
        match &outcome {
            RowOutcome::Refused(reason) if !broken.contains(&place) => problems.push(problem(None, reason.clone())),
            RowOutcome::New(_) | RowOutcome::Update(_) => {
                if options.identified
                    && kind == Kind::Member
                    && matches!(outcome, RowOutcome::New(_))
                    && !has_stage(&fields)
                {
                    fields.insert("identified".to_owned(), Value::from(options.today.to_string()));
                }
                let unresolved = index.resolve(kind, &mut fields);
                problems.extend(unresolved.into_iter().map(|(field, reason)| problem(Some(field), reason)));
            }
            _ => {}
        }
        if let Some(reason) = folder.as_deref().and_then(describe_bad_folder) {
            problems.push(problem(Some(FOLDER.to_owned()), reason));
        }
        planned.push(PlannedRow { place, kind, fields, outcome, folder, numbers });
    }
    let (mut files, refusals) = create_files(ledger, &planned);
    problems.extend(refusals);
    let (updates, refusals) = update_files(ledger, &planned);
    files.extend(updates);
    problems.extend(refusals);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let places: HashSet<String> = problems.iter().map(|problem| problem.place.clone()).collect();
    for (check, problem) in check_result(ledger, &planned, &files, options.today) {
        // A missing field or a broken reference may follow from a mistake that is already reported.
        let may_follow = check == name::MISSING_FIELD || check.as_str() == "unresolved-reference";
        let follows = may_follow && places.contains(&problem.place);
        if !follows && !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    planned.retain(|row| !unreadable_rows.contains(&row.place));
    problems.sort_by_key(Problem::rank);
    options.progress.finish();
    let records = files.iter().filter(|file| file.path.top() != SIGNATURES).count();
    let changes = ChangeSet { what: format!("import {}", count_records(records)), files };
    ImportPlan { rows: planned, repeated, problems, changes }
}

/// The files of new records and of their signatures, and the problems that prevent some.
fn create_files(ledger: &Ledger, rows: &[PlannedRow]) -> (Vec<FileChange>, Vec<Problem>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for row in rows {
        let RowOutcome::New(id) = &row.outcome else { continue };
        let mut fields = row.fields.clone();
        let signatures = take_signatures(row.kind, &mut fields);
        files.push(FileChange::new_file(row.path(id), draft(row.kind, &fields)));
        match signature_changes(ledger, &RecordKey::new(row.kind, id), &signatures) {
            Ok(changes) => files.extend(changes),
            Err(refusal) => problems.push(describe_refusal(row, &refusal)),
        }
    }
    (files, problems)
}

fn describe_refusal(row: &PlannedRow, refusal: &Error) -> Problem {
    Problem { place: row.place.clone(), column: None, reason: refusal.to_string() }
}

/// The changes to existing records, and the problems that prevent some.
fn update_files(ledger: &Ledger, rows: &[PlannedRow]) -> (Vec<FileChange>, Vec<Problem>) {
    let updates: Vec<&PlannedRow> = rows.iter().filter(|row| matches!(row.outcome, RowOutcome::Update(_))).collect();
    let incoming =
        |row: &&PlannedRow| Incoming { fields: row.fields.clone(), ..Incoming::new(row.place.as_str(), row.kind) };
    let (imported, _) = read_rows(ledger, &updates.iter().map(incoming).collect::<Vec<_>>(), &to_portable_json);
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for (row, mut imported) in updates.iter().zip(imported) {
        let record = row.outcome.id().and_then(|id| ledger.find(row.kind, id));
        let Some(record) = record else { continue };
        let signatures = take_signatures(row.kind, &mut imported);
        let edits = record_edits(ledger, row.kind, &to_portable_json(record), &imported, &row.numbers);
        let signed = signature_changes(ledger, record.key(), &signatures);
        match record_change(ledger, record.key(), &edits).and_then(|change| Ok((change, signed?))) {
            Ok((change, signed)) => {
                files.extend(signed);
                // If only signatures were added, the record itself is unchanged.
                files.extend(Some(change).filter(|change| !change.is_empty()));
            }
            Err(refusal) => problems.push(describe_refusal(row, &refusal)),
        }
    }
    (files, problems)
}

/// Why this cannot be a subfolder of the ledger, if it cannot.
fn describe_bad_folder(folder: &str) -> Option<String> {
    let is_plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', '\0']);
    let is_inside = folder.split('/').all(is_plain) && !LedgerPath::new(format!("x/{folder}/x.toml")).is_hidden();
    (!is_inside).then(|| {
        format!("{} is not a valid subfolder; leave it empty, or write folder names separated by /", quote(folder))
    })
}

/// Whether a member has a date that sets its stage.
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

/// Rows without those that equal an earlier one in every column, and the places of both.
fn drop_repeated_rows(incoming: Vec<Incoming>) -> (Vec<Incoming>, Vec<(String, String)>) {
    let mut seen: HashMap<(Kind, Option<String>, String), String> = HashMap::new();
    let mut repeated = Vec::new();
    let mut rows = Vec::new();
    for row in incoming {
        // A row with mistakes has more data than could be read.
        if !row.invalid_fields.is_empty() {
            rows.push(row);
            continue;
        }
        match seen.entry((row.kind, row.id.clone(), compose(&row.whole))) {
            std::collections::hash_map::Entry::Occupied(first) => repeated.push((row.place, first.get().clone())),
            std::collections::hash_map::Entry::Vacant(vacant) => {
                vacant.insert(row.place.clone());
                rows.push(row);
            }
        }
    }
    (rows, repeated)
}

/// Mistakes in rows: the row's position, whether a required field is missing, and the reason.
type RowMistakes = Vec<(usize, bool, String)>;

/// The mistakes that count, given the outcomes: an existing record may already have a field that its row lacks.
fn row_problems(mistakes: RowMistakes, rows: &[Incoming], outcomes: &[RowOutcome]) -> Vec<Problem> {
    let is_there = |at: usize| matches!(outcomes.get(at), Some(RowOutcome::Unchanged(_) | RowOutcome::Update(_)));
    let left = mistakes.into_iter().filter(|(at, lacks, _)| !(*lacks && is_there(*at)));
    left.filter_map(|(at, _, reason)| Some(Problem { place: rows.get(at)?.place.clone(), column: None, reason }))
        .collect()
}

/// A record as JSON, with `extra` in the portable form.
fn to_portable_json(record: &dyn AnyRecord) -> Map<String, Value> {
    let mut fields = record.to_json();
    if let (Some(stored), Some(extra)) = (&record.common().extra, fields.get_mut("extra")) {
        *extra = Value::Object(stored.to_portable());
    }
    fields
}

/// The data of each row as a record reads it, converted by `json`, and the mistakes in it.
fn read_rows(
    ledger: &Ledger,
    rows: &[Incoming],
    json: &dyn Fn(&dyn AnyRecord) -> Map<String, Value>,
) -> (Vec<Map<String, Value>>, RowMistakes) {
    let mut source = Memory::default();
    source.put(ROOT_FILE, b"name = \"C\"\n");
    for (at, row) in rows.iter().enumerate() {
        source.put(row_path(row.kind, at).as_str(), draft(row.kind, &row.fields).as_bytes());
    }
    // Reading from memory cannot fail.
    let Ok(read) = load(&source) else { return (vec![Map::new(); rows.len()], Vec::new()) };
    let mut findings: HashMap<&LedgerPath, Vec<&Finding>> = HashMap::new();
    for finding in read.findings.iter().filter(|finding| is_error(ledger, finding)) {
        findings.entry(&finding.path).or_default().push(finding);
    }
    let mut problems = Vec::new();
    let mut imported = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        for finding in findings.get(&row_path(row.kind, at)).into_iter().flatten() {
            // Entries inside the record must still be complete.
            let noun = finding.message.split_once(' ').map_or("", |(_, noun)| noun);
            let lacks = finding.check == name::MISSING_FIELD && noun.starts_with(&format!("{} needs `", row.kind));
            // A field may be missing because its value could not be read.
            let is_reported = |field: &String| finding.message.contains(&format!("`{field}`"));
            if !(finding.check == name::MISSING_FIELD && row.invalid_fields.iter().any(is_reported)) {
                problems.push((at, lacks, describe(finding)));
            }
        }
        imported.push(read.find(row.kind, &format!("r{at}")).map(json).unwrap_or_default());
    }
    (imported, problems)
}

fn row_path(kind: Kind, at: usize) -> LedgerPath {
    path_of(kind, &format!("r{at}"))
}

/// A finding as the reason of a problem.
fn describe(finding: &Finding) -> String {
    if finding.help.is_empty() { finding.message.clone() } else { format!("{}; {}", finding.message, finding.help) }
}

fn is_error(ledger: &Ledger, finding: &Finding) -> bool {
    let check = check::find(finding.check.as_str());
    let is_error = check.is_none_or(|check| level_of(ledger, check) == Severity::Error);
    // A file that a record names may come later, or be there when the record is.
    is_error && !finding.softened && finding.check != name::UNREADABLE_FILE
}

/// Decides the outcomes for the rows, kind by kind.
fn decide_outcomes(
    ledger: &Ledger,
    rows: &[Incoming],
    imported: &[Map<String, Value>],
    options: &ImportOptions<'_>,
) -> Vec<RowOutcome> {
    let mut by_kind: BTreeMap<Kind, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        by_kind.entry(row.kind).or_default().push(at);
    }
    let mut outcomes: Vec<Option<RowOutcome>> = vec![None; rows.len()];
    for (kind, places) in by_kind {
        let of_kind: Vec<_> = places.iter().filter_map(|at| Some((rows.get(*at)?, imported.get(*at)?))).collect();
        for (at, outcome) in places.iter().zip(Identities::new(ledger, kind, options.update).decide_outcomes(&of_kind))
        {
            outcomes[*at] = Some(outcome);
        }
    }
    outcomes.into_iter().map(|outcome| outcome.unwrap_or_else(|| RowOutcome::Refused(String::new()))).collect()
}

/// Mistakes in the new records in the ledger as it would be, by row. Only structure is checked: a new member, for example, has yet to
/// sign.
fn check_result(
    ledger: &Ledger,
    rows: &[PlannedRow],
    files: &[FileChange],
    today: NaiveDate,
) -> Vec<(CheckName, Problem)> {
    let places: HashMap<LedgerPath, &str> = rows
        .iter()
        .filter(|row| matches!(row.outcome, RowOutcome::New(_)))
        .filter_map(|row| Some((row.path(row.outcome.id()?), row.place.as_str())))
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
    let is_structural =
        |check: &&&check::Check| check.group == Group::Structure && level_of(ledger, check) == Severity::Error;
    for check in check::ALL.iter().filter(is_structural) {
        if let Run::Ledger(run) = check.run {
            run(&context, &mut findings);
        }
    }
    // The signatures on a new agreement came with its row.
    let agreements: HashMap<&str, &str> = rows
        .iter()
        .filter(|row| row.kind == Kind::Agreement)
        .filter_map(|row| Some((row.outcome.id()?, row.place.as_str())))
        .collect();
    let place_of = |path: &LedgerPath| match path.as_str().split('/').collect::<Vec<_>>().as_slice() {
        [SIGNATURES, agreement, _] => agreements.get(agreement).copied(),
        _ => places.get(path).copied(),
    };
    let mistakes = findings.iter().filter(|finding| is_error(ledger, finding)).filter_map(|finding| {
        let place = place_of(&finding.path)?;
        Some((finding.check, Problem { place: place.to_owned(), column: None, reason: describe(finding) }))
    });
    mistakes.collect()
}

/// One row with its outcome.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlannedRow {
    /// Its place in the import file.
    pub place: String,
    /// The kind of record.
    pub kind: Kind,
    /// Its fields, references as ids.
    pub fields: Map<String, Value>,
    /// Its outcome.
    pub outcome: RowOutcome,
    /// The subfolder for its file, if it is new.
    pub folder: Option<String>,
    /// The numbers of the entries of its lists, if the import file has them.
    pub numbers: EntryNumbers,
}

impl PlannedRow {
    /// The file for a new record with this id.
    pub(crate) fn path(&self, id: &str) -> LedgerPath {
        let folders = self.folder.as_deref().map(|folder| format!("{folder}/")).unwrap_or_default();
        LedgerPath::new(format!("{}/{folders}{id}.toml", self.kind.folder()))
    }

    /// The name of the record.
    pub(crate) fn name(&self) -> &str {
        self.fields.get("name").and_then(Value::as_str).unwrap_or_default()
    }
}

/// A planned import: the outcome for every row, and the files to write if there are no problems.
#[derive(Debug, Clone)]
pub(crate) struct ImportPlan {
    /// The rows that could be read, in order.
    pub rows: Vec<PlannedRow>,
    /// Repeated rows: the place of each, and of the row that it repeats.
    pub repeated: Vec<(String, String)>,
    /// The problems. If there are any, nothing may be written.
    pub problems: Vec<Problem>,
    /// The files of new and changed records.
    pub changes: ChangeSet,
}

impl ImportPlan {
    /// How many rows have an outcome that `is_counted` accepts.
    pub(crate) fn count(&self, is_counted: fn(&RowOutcome) -> bool) -> usize {
        self.rows.iter().filter(|row| is_counted(&row.outcome)).count()
    }
}

/// The edits after which a record has all imported values; both have `extra` in the portable form. An imported list entry with a
/// number replaces the entry with that number.
fn record_edits(
    ledger: &Ledger,
    kind: Kind,
    has: &Map<String, Value>,
    imported: &Map<String, Value>,
    numbers: &EntryNumbers,
) -> Vec<Edit> {
    let mut changes = RecordEdits { ledger, numbers, edits: Vec::new() };
    for (key, imported) in imported {
        // A record that has this among its other names keeps both.
        let is_kept = key == "name" && is_another_name(has, imported);
        if let Some(field) = fields_of(kind).find(|field| field.name == key && !is_kept) {
            let place = vec![PathStep::Key(key.clone())];
            if has.get(key).is_some_and(|has| are_other_terms(kind, key, has, imported)) {
                changes.edits.extend(literal_for(field, imported).map(|value| Edit::Set { place, value }));
                continue;
            }
            changes.add(field, place, has.get(key), imported);
        }
    }
    changes.edits
}

struct RecordEdits<'l> {
    ledger: &'l Ledger,
    numbers: &'l EntryNumbers,
    edits: Vec<Edit>,
}

impl RecordEdits<'_> {
    fn add(&mut self, field: &Field, place: Vec<PathStep>, has: Option<&Value>, imported: &Value) {
        let shape = (field.shape)();
        match (has, imported) {
            (Some(has), imported) if holds(self.ledger, Some(&shape), has, &without_exact(imported)) => {}
            (Some(Value::Array(items)), Value::Array(more)) => self.entries(field, &place, items, more),
            (Some(Value::Object(old)), Value::Object(new)) => self.table(field, &place, old, new),
            (_, imported) => self.edits.extend(literal_for(field, imported).map(|value| Edit::Set { place, value })),
        }
    }

    /// The entries of a list: those with a number, and those that are there with other data, are changed in place; the others
    /// are added.
    fn entries(&mut self, field: &Field, list: &[PathStep], items: &[Value], more: &[Value]) {
        let (ledger, shape) = (self.ledger, (field.shape)());
        let says = |has: &Value, imported: &Value| holds(ledger, Some(&shape), has, imported);
        let path: Vec<&str> = list
            .iter()
            .filter_map(|step| match step {
                PathStep::Key(key) => Some(key.as_str()),
                PathStep::At(_) => None,
            })
            .collect();
        let numbers = self.numbers.of(&path, more.len());
        for (at, imported) in more.iter().enumerate() {
            if items.iter().any(|has| says(has, imported)) {
                continue;
            }
            let position = numbers.and_then(|numbers| numbers.get(at)?.checked_sub(1));
            let position = position.or_else(|| same_entry(field, items, imported));
            // An entry that another row repeats in full has moved, so this number does not mean it.
            let old = position
                .and_then(|position| items.get(position))
                .filter(|old| !more.iter().any(|imported| says(old, imported)));
            match (position, old, imported) {
                (Some(position), Some(Value::Object(old)), Value::Object(new)) => {
                    self.table(field, &child_place(list, PathStep::At(position)), old, new);
                }
                (Some(position), Some(_), imported) => {
                    let place = child_place(list, PathStep::At(position));
                    self.edits.extend(entry(field, imported).map(|value| Edit::Set { place, value }));
                }
                _ => self.edits.extend(entry(field, imported).map(|value| Edit::Append { list: list.to_vec(), value })),
            }
        }
    }

    fn table(&mut self, field: &Field, place: &[PathStep], old: &Map<String, Value>, new: &Map<String, Value>) {
        let Shape::Table(table) = (field.shape)() else {
            let plain =
                |table: &Map<String, Value>| table.iter().filter(|(key, _)| *key != EXACT).map(clone_entry).collect();
            return self.free_table(place, "", &plain(old), &plain(new), exact_values(new));
        };
        for (key, imported) in new {
            if let Some(inner) = table.field(key) {
                self.add(inner, child_place(place, PathStep::Key(key.clone())), old.get(key), imported);
            }
        }
    }

    /// A table with the coalition's own keys, in its portable form, at `path`. Keys that are not imported stay.
    fn free_table(
        &mut self,
        place: &[PathStep],
        path: &str,
        old: &Map<String, Value>,
        new: &Map<String, Value>,
        exact: Option<&Map<String, Value>>,
    ) {
        for (key, imported) in new {
            let place = child_place(place, PathStep::Key(unescape_key(key).to_owned()));
            let path = below(path, key);
            match (old.get(key), imported) {
                (Some(has), imported) if holds(self.ledger, None, has, imported) => {}
                (Some(Value::Object(old)), Value::Object(new)) => self.free_table(&place, &path, old, new, exact),
                (Some(Value::Array(items)), Value::Array(more)) => {
                    for (at, imported) in more.iter().enumerate() {
                        if !items.iter().any(|has| holds(self.ledger, None, has, imported)) {
                            let value = free_value(imported, &below(&path, &at.to_string()), exact);
                            self.edits.extend(value.map(|value| Edit::Append { list: place.clone(), value }));
                        }
                    }
                }
                (_, imported) => {
                    self.edits.extend(free_value(imported, &path, exact).map(|value| Edit::Set { place, value }));
                }
            }
        }
    }
}

/// The place of the entry that an imported one is, by what makes two entries of the list the same one; `None` if there is none,
/// or several. A signature is never changed.
fn same_entry(list: &Field, items: &[Value], imported: &Value) -> Option<usize> {
    let Shape::Table(table) = (list.shape)() else { return None };
    let key = table.key.filter(|key| !key.fields.is_empty() && list.name != SIGNATURES)?;
    let key_of = |entry: &Value| entry.as_object().map(|entry| key.values_of(entry));
    let meant = key_of(imported)?;
    let mut same = items.iter().enumerate().filter(|(_, item)| key_of(item).as_ref() == Some(&meant));
    let (at, _) = same.next()?;
    same.next().is_none().then_some(at)
}

fn clone_entry((key, value): (&String, &Value)) -> (String, Value) {
    (key.clone(), value.clone())
}

/// A table with the coalition's own keys, without the exact TOML forms of its values.
fn without_exact(imported: &Value) -> Value {
    let mut plain = imported.clone();
    if let Value::Object(fields) = &mut plain {
        fields.shift_remove(EXACT);
    }
    plain
}

/// One entry of a list as a literal.
fn entry(field: &Field, imported: &Value) -> Option<Literal> {
    match literal_for(field, &json!([imported]))? {
        Literal::List(mut values) => values.pop(),
        other => Some(other),
    }
}

fn child_place(place: &[PathStep], step: PathStep) -> Vec<PathStep> {
    place.iter().cloned().chain([step]).collect()
}

/// The field that the path of a signature file implies.
const MEMBER: &str = "member";

/// Takes the signatures with a valid member out of the fields of an agreement. The others stay, so that reading reports them.
fn take_signatures(kind: Kind, fields: &mut Map<String, Value>) -> Vec<Value> {
    if kind != Kind::Agreement {
        return Vec::new();
    }
    let Some(Value::Array(entries)) = fields.get_mut(SIGNATURES) else { return Vec::new() };
    let (member_signatures, left): (Vec<Value>, Vec<Value>) =
        std::mem::take(entries).into_iter().partition(|entry| member_of(entry).is_some());
    if left.is_empty() {
        fields.shift_remove(SIGNATURES);
    } else {
        *entries = left;
    }
    member_signatures
}

fn member_of(entry: &Value) -> Option<&str> {
    entry.as_object()?.get(MEMBER)?.as_str().filter(|member| is_slug(member))
}

/// The changes that add these signatures to the members' files. Signatures that the ledger already has, in any file, are not written
/// again.
///
/// # Errors
/// A file cannot be edited, or a signature differs from the one in the ledger.
fn signature_changes(ledger: &Ledger, agreement: &RecordKey, entries: &[Value]) -> Result<Vec<FileChange>, Error> {
    let Some(list) = SignatureFile::DEF.field(SIGNATURES) else { return Ok(Vec::new()) };
    let shape = (list.shape)();
    let has = ledger_signatures(ledger, agreement);
    let mut by_member: BTreeMap<&str, Vec<Edit>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| !has.iter().any(|has| holds(ledger, Some(&shape), has, entry))) {
        if let Some(member) = has.iter().find(|has| is_same(has, entry)).and_then(member_of) {
            return Err(Error::refused(format!(
                "the ledger has different data for this signature of `{member}`, and an import never changes signatures; to change \
                 it, edit the ledger by hand; otherwise remove it from the import file"
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

/// Whether two entries are the same signature: same member, same day, same version and terms.
fn is_same(has: &Value, imported: &Value) -> bool {
    let version = |entry: &Value| entry.get("version").and_then(Value::as_u64).unwrap_or(1);
    [MEMBER, "date", "terms"].iter().all(|key| has.get(*key) == imported.get(*key)) && version(has) == version(imported)
}

/// The edit that adds an entry, without its member.
fn edit_of(list: &Field, entry: &Value) -> Option<Edit> {
    let mut fields = entry.as_object()?.clone();
    fields.shift_remove(MEMBER);
    match literal_for(list, &json!([fields]))? {
        Literal::List(mut entries) => {
            Some(Edit::Append { list: vec![PathStep::from(SIGNATURES)], value: entries.pop()? })
        }
        _ => None,
    }
}

/// The signatures on an agreement in the ledger, even if only the signature files exist.
fn ledger_signatures(ledger: &Ledger, agreement: &RecordKey) -> Vec<Value> {
    let Some(record) = ledger.agreements.find(&agreement.id) else {
        let entries = ledger.signature_files.of(&agreement.id).flat_map(|file| &file.body.signatures);
        return entries.filter_map(|entry| serde_json::to_value(entry).ok()).collect();
    };
    match ledger.json_of(record).remove(SIGNATURES) {
        Some(Value::Array(entries)) => entries,
        _ => Vec::new(),
    }
}
