//! Two ledgers compared, as what happened between them: events first, then fields and entries, then what the change does. Each
//! difference is said once. Values that are private are named and not shown.

mod effect;
mod event;
mod known_findings;
mod record_history;
mod sentence;
mod state;
mod view;
mod walk;

#[cfg(test)]
mod tests;

use crate::agreement::SignatureJudge;
use crate::finding::{CheckName, name};
use crate::kind::{Kind, RecordKey};
use crate::ledger::{AsOf, Ledger};
use crate::practice::meetings::last_of_all;
use crate::record::agreement::SignatureFile;
use crate::record::field::Field;
use crate::record::private_place::data_of_text;
use crate::record::{AnyRecord, without_private_data};
use crate::report::{LateEntry, Named};
use crate::source::{LedgerPath, ROOT_FILE};
use chrono::NaiveDate;
use effect::{Effects, effects};
use event::{Event, Pair, take_events};
pub(crate) use known_findings::new_findings;
pub(crate) use record_history::{PastLedgers, find_in_past, follow};
use sentence::{MarkedSentence, compare_sentences};
use serde::Serialize;
use serde_json::{Value, json};
use state::{Renames, State};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
pub(crate) use view::document;
use walk::{Changes, EntryChange, EntryStep, FieldChange, walk};

/// The version of the data. It changes when a key changes its meaning or goes.
const FORMAT_VERSION: u32 = 1;

/// What differs between two ledgers.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(crate) struct Difference {
    /// How much differs.
    pub counts: Counts,
    /// What happened, in words.
    pub events: Vec<Event>,
    /// Records with another id or another file.
    pub renamed: Vec<Renamed>,
    /// Fields that no event tells.
    pub fields: Vec<FieldChange>,
    /// Entries that no event tells.
    pub entries: Vec<EntryChange>,
    /// Texts of agreements that changed.
    pub texts: Vec<TextChange>,
    /// Other files: attached ones, and those that are not read as records.
    pub files: Vec<FileChange>,
    /// What the change does.
    pub effects: Effects,
    /// Entries that are new and dated on or before the day of the last meeting of the whole coalition.
    pub late: Vec<LateEntry>,
    /// Files in which only comments, spacing or the order of lines differ.
    pub only_comments: Vec<String>,
}

/// How many records differ, and in what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Counts {
    /// Records that are in both ledgers, and differ.
    pub changed: usize,
    /// Records that are new.
    pub new: usize,
    /// Records that are gone.
    pub removed: usize,
    /// Records with another id.
    pub renamed: usize,
    /// Records that name a record by its new id.
    pub following: usize,
    /// Fields of records that are in both ledgers, and differ.
    pub fields: usize,
    /// Entries that are new, gone or different, by what they are called: `signature`.
    pub entries: BTreeMap<&'static str, usize>,
    /// Agreements whose text differs.
    pub texts: usize,
}

/// A record with another id, or a file in another place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Renamed {
    /// The record, as `kind/id`, before.
    pub was: String,
    /// And now.
    pub now: String,
    /// What people call it.
    pub name: String,
    /// Its file before.
    pub file_was: String,
    /// And now.
    pub file_now: String,
}

/// The text of an agreement, where it changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct TextChange {
    /// The agreement, as `kind/id`.
    pub record: String,
    /// What people call it.
    pub name: String,
    /// The sentences that are gone or new. None if only spacing or line ends differ, which is another text all the same.
    pub sentences: Vec<MarkedSentence>,
    /// The members whose signatures counted before and do not count now.
    pub lapsed: Vec<Named>,
}

/// A file that is not a record and differs, or one that is not read whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct FileChange {
    /// The file.
    pub file: String,
    /// `added`, `removed` or `changed`.
    pub change: EntryStep,
}

/// How two ledgers are compared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'r> {
    /// The earlier ledger.
    pub before: &'r Ledger,
    /// The later one.
    pub after: &'r Ledger,
    /// The day to judge by.
    pub today: NaiveDate,
    /// Whether private values are shown.
    pub private: bool,
    /// The records that it is about, by the ids of either ledger; all if there are none.
    pub about: &'r [RecordKey],
}

impl Difference {
    /// Whether nothing differs, not even a comment.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Difference::default()
    }

    /// The same for programs: one object with stable keys.
    pub(crate) fn data(&self) -> Value {
        let mut data = json!({ "format_version": FORMAT_VERSION });
        if let (Value::Object(data), Ok(Value::Object(all))) = (&mut data, serde_json::to_value(self)) {
            data.extend(all);
        }
        data
    }
}

/// Compares two ledgers, and says what the change does.
pub(crate) fn compare(request: &Request<'_>) -> Difference {
    let (mut found, renames) = compare_records(request);
    let is_about = |key: &RecordKey| is_asked_for(request, &renames, key);
    if has_meaning(&found) {
        let is_about: Option<&dyn Fn(&RecordKey) -> bool> =
            if request.about.is_empty() { None } else { Some(&is_about) };
        found.effects = effects(request.before, request.after, request.today, request.private, &renames, is_about);
    }
    found
}

/// Compares what the records of two ledgers say, and finds the records that have another id.
fn compare_records(request: &Request<'_>) -> (Difference, Renames) {
    let renames = renames(request.before, request.after);
    let findings = request.before.findings.iter().chain(&request.after.findings);
    let mut comparing = Comparing {
        request,
        renames,
        found: Difference::default(),
        compared: BTreeSet::new(),
        mistaken: findings.map(|finding| &finding.path).collect(),
        damaged_before: damaged_files(request.before),
        damaged_after: damaged_files(request.after),
    };
    comparing.root();
    for kind in Kind::ALL {
        comparing.records(kind);
    }
    comparing.signature_files();
    comparing.other_files();
    let Comparing { renames, mut found, .. } = comparing;
    // What happened at the meeting itself is entered after it.
    if let Some((meeting, held)) = last_of_all(AsOf::new(request.after, request.today)).filter(|_| has_meaning(&found))
    {
        found.late = late(&found, meeting, Some(&held.key));
    }
    (found, renames)
}

/// Whether more differs than comments.
fn has_meaning(found: &Difference) -> bool {
    *found != Difference { only_comments: found.only_comments.clone(), ..Difference::default() }
}

fn is_asked_for(request: &Request<'_>, renames: &Renames, key: &RecordKey) -> bool {
    let now = |key: &RecordKey| renames.get(key).unwrap_or(key).clone();
    request.about.is_empty() || request.about.iter().any(|one| now(one) == now(key))
}

/// The records that have another id now: what is gone and what is new are one if the new record names the old id among its
/// `other_ids`, or says the very same.
fn renames(before: &Ledger, after: &Ledger) -> Renames {
    let mut renames = Renames::new();
    for kind in Kind::ALL {
        let gone: Vec<&dyn AnyRecord> =
            before.records_of(kind).filter(|record| after.find(kind, &record.key().id).is_none()).collect();
        if gone.is_empty() {
            continue;
        }
        let new = after.records_of(kind).filter(|record| before.find(kind, &record.key().id).is_none());
        let said = |record: &dyn AnyRecord| Value::Object(record.to_json()).to_string();
        let mut by_id: HashMap<RecordKey, &RecordKey> = HashMap::new();
        let mut by_words: HashMap<String, &RecordKey> = HashMap::new();
        for record in new {
            let ids = record.common().other_ids.iter().map(|id| RecordKey::new(kind, id.value.trim()));
            ids.for_each(|id| {
                by_id.entry(id).or_insert(record.key());
            });
            by_words.entry(said(record)).or_insert(record.key());
        }
        let mut taken: HashSet<&RecordKey> = HashSet::new();
        for by_other_ids in [true, false] {
            for old in &gone {
                let now = if by_other_ids { by_id.get(old.key()) } else { by_words.get(&said(*old)) };
                if let Some(now) = now.filter(|_| !renames.contains_key(old.key()))
                    && taken.insert(now)
                {
                    renames.insert(old.key().clone(), (*now).clone());
                }
            }
        }
    }
    renames
}

/// The files of a ledger with a mistake for which they were not read, or not in full.
fn damaged_files(ledger: &Ledger) -> HashSet<&LedgerPath> {
    const MISTAKES: [CheckName; 3] = [name::INVALID_TOML, name::UNREADABLE_FILE, name::CONFLICT_MARKER];
    let damage = ledger.findings.iter().filter(|finding| MISTAKES.contains(&finding.check));
    damage.map(|finding| &finding.path).collect()
}

struct Comparing<'r> {
    request: &'r Request<'r>,
    renames: Renames,
    found: Difference,
    /// The files that hold what was compared.
    compared: BTreeSet<LedgerPath>,
    /// The files with mistakes in either ledger.
    mistaken: HashSet<&'r LedgerPath>,
    /// The files that were not read, or not in full, before.
    damaged_before: HashSet<&'r LedgerPath>,
    /// The same now.
    damaged_after: HashSet<&'r LedgerPath>,
}

impl Comparing<'_> {
    fn root(&mut self) {
        let Request { before, after, today, private, about } = *self.request;
        self.compared.insert(LedgerPath::new(ROOT_FILE));
        if !about.is_empty() {
            return;
        }
        let was = State::of_root(before, today, private, &self.renames);
        let is = State::of_root(after, today, private, &Renames::new());
        // Before the first commit there was no ledger.
        let is_new = !before.texts.contains_key(&was.path);
        self.found.counts.new += usize::from(is_new);
        let changes = walk(&was, &is, is_new);
        self.add(&was, &is, is_new, changes);
    }

    fn records(&mut self, kind: Kind) {
        let Request { before, after, today, private, .. } = *self.request;
        let was: BTreeMap<RecordKey, &dyn AnyRecord> = before
            .records_of(kind)
            .map(|record| (self.renames.get(record.key()).unwrap_or(record.key()).clone(), record))
            .collect();
        for record in after.records_of(kind) {
            self.compared.insert(record.path().clone());
            let old = was.get(record.key());
            self.compared.extend(old.map(|old| old.path().clone()));
            if !is_asked_for(self.request, &self.renames, record.key()) {
                continue;
            }
            let is = State::of(after, record, today, private, &Renames::new());
            let Some(old) = old else {
                let nothing = is.emptied();
                let changes = walk(&nothing, &is, true);
                let was_unread = self.damaged_before.contains(record.path());
                if was_unread {
                    let text = format!("{} can be read again", record.path());
                    self.found.events.push(Event::of_record(record, "readable", text));
                } else {
                    self.found.counts.new += 1;
                }
                self.add(&nothing, &is, !was_unread, changes);
                continue;
            };
            if self.damaged_after.contains(record.path()) && !self.damaged_before.contains(old.path()) {
                let text = format!("{} has a mistake and cannot be read in full; see coalition check", record.path());
                self.found.events.push(Event::of_record(record, "damaged", text));
            }
            let was = State::of(before, *old, today, private, &self.renames);
            if old.key() != record.key() || old.path() != record.path() {
                self.found.counts.renamed += usize::from(old.key() != record.key());
                self.found.renamed.push(Renamed {
                    was: old.key().to_string(),
                    now: record.key().to_string(),
                    name: record.name().to_owned(),
                    file_was: old.path().to_string(),
                    file_now: record.path().to_string(),
                });
            }
            let mut changes = walk(&was, &is, false);
            if old.key() != record.key() {
                // The rename tells it.
                changes.fields.retain(|change| change.field != "other_ids" || !is_of_rename(change, old.key()));
            }
            if kind == Kind::Agreement {
                self.text(old.key(), record.key(), &mut changes);
            }
            self.add(&was, &is, false, changes);
        }
        for (key, record) in was {
            self.compared.insert(record.path().clone());
            if after.find(kind, &key.id).is_some() || !is_asked_for(self.request, &self.renames, &key) {
                continue;
            }
            if self.damaged_after.contains(record.path()) {
                self.found.counts.changed += 1;
                let text = format!("{} can no longer be read: see coalition check", record.path());
                self.found.events.push(Event::of_record(record, "unreadable", text));
            } else {
                self.found.counts.removed += 1;
                self.found.events.push(Event::of_removed(record));
            }
        }
    }

    /// The text that members sign, from the record or from its file.
    fn text(&mut self, was: &RecordKey, now: &RecordKey, changes: &mut Changes) {
        let Request { before, after, today, .. } = *self.request;
        let (Some(old), Some(new)) = (before.agreements.find(&was.id), after.agreements.find(&now.id)) else { return };
        changes.fields.retain(|change| change.field != "text");
        for (ledger, agreement) in [(before, old), (after, new)] {
            let file = agreement.text_file.as_ref().and_then(|file| agreement.path.beside(file));
            self.compared.extend(file.map(|file| ledger.stored_path(file)));
        }
        let (text_before, text_after) = (before.words_of(old), after.words_of(new));
        if text_before == text_after {
            return;
        }
        let sentences = compare_sentences(text_before.unwrap_or_default(), text_after.unwrap_or_default());
        let standing = |ledger: &Ledger, agreement: &RecordKey, renames: &Renames| -> BTreeSet<RecordKey> {
            use crate::record::value::RecordId as _;
            let judge = SignatureJudge::new(ledger, today);
            let Some(agreement) = ledger.agreements.find(&agreement.id) else { return BTreeSet::new() };
            let counting = judge.judge_all(agreement).filter(|judged| judged.counts());
            let keys = counting.filter_map(|judged| Some(judged.signature.value.member.as_ref()?.value.key()));
            keys.map(|key| renames.get(&key).cloned().unwrap_or(key)).collect()
        };
        let (stood, stands) = (standing(before, was, &self.renames), standing(after, now, &Renames::new()));
        let lapsed = stood.difference(&stands).map(|key| Named {
            kind: key.kind.singular(),
            id: key.id.to_string(),
            name: after.name_of_key(key).to_owned(),
        });
        let lapsed = Named::sort_names(lapsed);
        self.found.counts.texts += 1;
        self.found.texts.push(TextChange { record: now.to_string(), name: new.name().to_owned(), sentences, lapsed });
    }

    /// Adds what differs in a record, and what no field table can say of its file.
    fn add(&mut self, was: &State<'_>, is: &State<'_>, is_new: bool, mut changes: Changes) {
        if !is_new {
            self.unread(was, is, &mut changes);
            let has_text = self.found.texts.iter().any(|text| text.record == is.record());
            let is_changed = has_text || !changes.fields.is_empty() || !changes.entries.is_empty();
            self.found.counts.changed += usize::from(is_changed);
            self.found.counts.fields += changes.fields.len();
            let texts = (was.ledger.texts.get(&was.path), is.ledger.texts.get(&is.path));
            if was.follows {
                self.found.counts.following += 1;
            } else if !is_changed && was.key == is.key && texts.0 != texts.1 {
                self.found.only_comments.push(is.path.to_string());
            }
        }
        for entry in &changes.entries {
            *self.found.counts.entries.entry(entry.noun).or_default() += 1;
        }
        let pair = Pair { before: was, after: is, today: self.request.today };
        self.found.events.extend(take_events(pair, is_new, &mut changes));
        self.found.fields.append(&mut changes.fields);
        self.found.entries.append(&mut changes.entries);
    }

    /// Adds the fields that the program could not read: unknown ones, and values that are not valid.
    fn unread(&self, was: &State<'_>, is: &State<'_>, changes: &mut Changes) {
        let texts = [was, is].map(|state| state.ledger.texts.get(&state.path).map_or("", String::as_str));
        let has_mistakes = self.mistaken.contains(&was.path) || self.mistaken.contains(&is.path);
        if texts[0] == texts[1] || !has_mistakes {
            return;
        }
        let mut touched: HashSet<String> = changes.touched().into_iter().map(str::to_owned).collect();
        if self.found.texts.iter().any(|text| text.record == is.record()) {
            touched.insert("text".to_owned());
        }
        let [before, after] = texts.map(data_of_text);
        let open = [&before, &after].map(|data| match is.kind() {
            Some(kind) => without_private_data(kind, data.clone()),
            None => data.clone(),
        });
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for name in names {
            let (was_said, is_said) = (before.get(name), after.get(name));
            if was_said == is_said || touched.contains(name.as_str()) {
                continue;
            }
            let field: Option<&'static Field> = is.tables().into_iter().find_map(|table| table.field(name));
            let is_open = |at: usize, said: Option<&Value>| {
                said.is_none() || open.get(at).is_some_and(|open| open.contains_key(name))
            };
            let private = !self.request.private && (field.is_none() || !is_open(0, was_said) || !is_open(1, is_said));
            changes.fields.push(FieldChange::of_unread(is, name, (was_said, is_said), private));
        }
    }

    /// Files of signatures in which only comments differ. What they say is part of their agreements.
    fn signature_files(&mut self) {
        let Request { before, after, .. } = *self.request;
        for (ledger, other) in [(after, before), (before, after)] {
            let others: HashMap<&LedgerPath, _> = other.signature_files.iter().map(|file| (&file.path, file)).collect();
            for file in ledger.signature_files.iter() {
                if !self.compared.insert(file.path.clone()) {
                    continue;
                }
                let Some(found) = others.get(&file.path) else { continue };
                let says = |body: &SignatureFile| serde_json::to_value(body).ok();
                let is_same = says(&file.body) == says(&found.body);
                if is_same
                    && ledger.texts.get(&file.path) != other.texts.get(&file.path)
                    && self.is_asked(&file.agreement)
                {
                    self.found.only_comments.push(file.path.to_string());
                }
            }
        }
    }

    fn is_asked(&self, key: &RecordKey) -> bool {
        is_asked_for(self.request, &self.renames, key)
    }

    /// Files that are not records: attached ones, and those that were not read.
    fn other_files(&mut self) {
        let Request { before, after, about, .. } = *self.request;
        if !about.is_empty() {
            return;
        }
        let paths: BTreeSet<&LedgerPath> = before.texts.keys().chain(after.texts.keys()).collect();
        for path in paths.into_iter().filter(|path| !self.compared.contains(*path)) {
            let change = match (before.texts.get(path), after.texts.get(path)) {
                (Some(old), Some(new)) if old == new => continue,
                (None, _) => EntryStep::Added,
                (_, None) => EntryStep::Removed,
                _ => EntryStep::Changed,
            };
            self.found.files.push(FileChange { file: path.to_string(), change });
        }
    }
}

/// Whether a change of `other_ids` says no more than that a record had an id.
fn is_of_rename(change: &FieldChange, was: &RecordKey) -> bool {
    let words = |value: &Option<Value>| value.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
    let (before, after) = (words(&change.before), words(&change.after));
    let is_old = |word: &Value| word.as_str().is_some_and(|word| RecordKey::new(was.kind, word) == *was);
    before.iter().all(|word| after.contains(word)) && after.iter().all(|word| before.contains(word) || is_old(word))
}

/// What a later ledger has that an earlier one has not, though it is dated before a day. Private values are not shown.
pub(crate) fn entered_late(request: &Request<'_>, day: NaiveDate) -> Vec<LateEntry> {
    late(&compare_records(request).0, day, None)
}

/// What is new and dated before a day on which people looked at the records. One record, that of the meeting, is left out.
fn late(found: &Difference, meeting: NaiveDate, held: Option<&RecordKey>) -> Vec<LateEntry> {
    let date_of = |value: Option<&Value>| value.and_then(Value::as_str).and_then(|text| text.parse::<NaiveDate>().ok());
    let mut late = Vec::new();
    let mut add = |record: &str, name: &str, date: Option<NaiveDate>, text: String| {
        // The coalition itself has no entries that are dated.
        let Some(record) = record.split_once('/').and_then(|(kind, id)| Some(RecordKey::new(kind.parse().ok()?, id)))
        else {
            return;
        };
        if let Some(date) = date.filter(|date| *date < meeting && held != Some(&record)) {
            late.push(LateEntry { record, name: name.to_owned(), date, meeting, text });
        }
    };
    for event in &found.events {
        let by_field = || event.fields.iter().find(|change| change.field == "date" && change.is_of_new);
        let date = match &event.list {
            Some(_) if event.noun.is_some() => date_of(event.entry.get("date")),
            Some(_) => None,
            None => by_field().and_then(|change| date_of(change.after.as_ref())),
        };
        if event.event != "signature-removed" {
            add(&event.record, &event.name, date, event.text.clone());
        }
    }
    for entry in found.entries.iter().filter(|entry| entry.change == EntryStep::Added) {
        let text = format!("{}, {}: {}", entry.name, entry.noun, entry.words);
        add(&entry.record, &entry.name, date_of(entry.entry.get("date")), text);
    }
    late.sort_by(|one, other| (one.date, &one.record).cmp(&(other.date, &other.record)));
    late
}
