//! `coalition list`: records of a kind, or what stands inside of records, as a table or as data.

use super::answer::{CommandOutput, Format, csv, data, refuse_bom, without_keys};
use super::invocation::Invocation;
use super::others;
use super::terminal::answer_columns;
use crate::disclosure::OutgoingPiece;
use crate::document::words::shell_word;
use crate::error::Error;
use crate::exchange::outgoing::{Outgoing, is_unlisted};
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::ledger::query::entries::{EntryList, OPEN};
use crate::ledger::query::{self, Query, QueryContext, QuerySubject};
use crate::ledger::{Ledger, meant_folder};
use crate::lookup::find_by_word;
use crate::output::{document_text, visible};
use crate::parse::suggest::{is_slug, nearest};
use crate::record::common::ContactType;
use crate::record::value::Choices as _;
use crate::report::listing::{self, ListSelection};
use crate::source::LedgerPath;
use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use serde_json::{Map, Value, json};

/// List the records of a kind, or those that match a query
///
/// A record matches a query if all its terms hold: `classification:library` (a field has this value), `joined:2025..` (a field
/// is in this range), `tags:*` (a field has any value), or a word (found anywhere). `not:` before a term reverses it; after
/// `--`, a hyphen does too: `-- -stage:left`. Use dots for fields inside tables: `process.lead_days:21..`
///
/// CSV tables are meant for others, so they leave out names of people who have not agreed to be listed; `--private`
/// includes them. The other formats are for you and your own scripts, and name everyone.
///
/// For dates, you can give a period: `joined:2025Q1`, `due:..today`, `date:last-30-days`. Write people, organizations
/// and other records by id or name: `owner:"Ben Okoro"`.
///
/// Lists inside records work the same way: actions, agenda, contacts, positions, seats, watch, milestones, responses
/// and the others, each with its `record`. Actions and milestones are `open` or `done`:
/// `coalition list actions open due:..2026-12-01 owner:"Ben Okoro"`
///
/// `coalition list signatures` lists signatures, each with its `agreement`, its `state` and its `file`:
/// `coalition list signatures state:stale agreement:charter`
#[derive(Debug, Args)]
pub(super) struct ListCommand {
    /// The kind, singular or plural; `signatures`; or a list inside records, such as `actions` [default: show what can be listed]
    kind: Option<String>,
    /// Terms that the records must match
    query: Vec<String>,
    /// The fields to show
    #[arg(long, value_name = "FIELD,...", value_delimiter = ',')]
    fields: Vec<String>,
    /// The field to sort by; put `-` before it to reverse the order
    #[arg(long, value_name = "FIELD", allow_hyphen_values = true)]
    sort: Option<String>,
    /// Include private fields, and the names of all people in CSV
    #[arg(long)]
    private: bool,
    /// Begin a CSV table with a byte order mark, so that Excel reads it as UTF-8
    #[arg(long)]
    bom: bool,
}

/// What a word of the command line lists, and a term that the word stands for: `phones` are contact details of a type.
fn what(word: &str) -> std::result::Result<(QuerySubject, Option<String>), Error> {
    if word.eq_ignore_ascii_case(SIGNATURES) || word.eq_ignore_ascii_case(SIGNATURE) {
        return Ok((QuerySubject::Signatures, None));
    }
    if let Ok(kind) = word.parse::<Kind>() {
        return Ok((QuerySubject::Records(kind), None));
    }
    if let Some(list) = EntryList::find(word) {
        return Ok((QuerySubject::Entries(list), None));
    }
    let singular = word.to_lowercase();
    let singular = singular.strip_suffix("es").filter(|word| word.ends_with('s')).or(singular.strip_suffix('s'));
    let detail = ContactType::CHOICES.iter().find(|choice| Some(choice.word) == singular || choice.word == word);
    if let (Some(detail), Some(list)) = (detail, EntryList::find("contact_details")) {
        return Ok((QuerySubject::Entries(list), Some(format!("type:{}", detail.word))));
    }
    let kinds = Kind::ALL.into_iter().map(Kind::folder);
    let entries = EntryList::names();
    let near = nearest(word, kinds.chain([SIGNATURES]).chain(entries.iter().copied()));
    let near = near.map(|near| format!("; did you mean `coalition list {near}`?")).unwrap_or_default();
    let error = Error::usage(format!("there is nothing called `{word}` to list{near}"));
    Err(subjects().into_iter().fold(error, Error::with_hint))
}

/// What can be listed, in two sentences.
fn subjects() -> [String; 2] {
    let kinds: Vec<_> = Kind::ALL.into_iter().map(Kind::folder).chain([SIGNATURES]).collect();
    [
        format!("records: {} (or people, organizations)", kinds.join(", ")),
        format!("lists inside records: {}", EntryList::names().join(", ")),
    ]
}

/// One of what `list signatures` lists.
const SIGNATURE: &str = "signature";

const FORMATS: [Format; 6] = [Format::Text, Format::Csv, Format::Json, Format::Jsonl, Format::Yaml, Format::Ids];

impl ListCommand {
    /// The list that shows what someone asks for as a report; what can be done, as far as it is open.
    pub(super) fn of_report(name: &str, more: Option<&String>, private: bool) -> Option<ListCommand> {
        let (listed, _) = what(name).ok()?;
        let is_open = matches!(listed, QuerySubject::Entries(list) if list.has_states()) && more.is_none();
        let query = more.cloned().into_iter().chain(is_open.then(|| OPEN.to_owned())).collect();
        Some(ListCommand { kind: Some(name.to_owned()), query, fields: Vec::new(), sort: None, private, bom: false })
    }

    /// The same with what is listed in front: `open actions` as `actions open`.
    fn in_order(mut self) -> ListCommand {
        if let Some(first) = self.kind.clone().filter(|first| what(first).is_err() && self.query.is_empty()) {
            // What is open or overdue alone are the actions, and what is to come are the meetings.
            let listed = match first.as_str() {
                "open" | "overdue" | "pending" | "todo" | "done" => Some("actions"),
                "upcoming" | "next" => Some(Kind::Meeting.folder()),
                _ => None,
            };
            if let Some(listed) = listed {
                self.kind = Some(listed.to_owned());
                self.query.push(first);
            }
        } else if let Some(first) = self.kind.clone().filter(|first| what(first).is_err())
            && let Some(at) = self.query.iter().position(|word| what(word).is_ok())
        {
            let listed = std::mem::replace(&mut self.query[at], first);
            self.kind = Some(listed);
        }
        self
    }

    /// Lists the records.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        let format = Format::among(invocation.format, &FORMATS)?;
        let listing = self.in_order();
        listing.list(invocation, format)
    }

    fn list(self, invocation: &Invocation, format: Format) -> Result<CommandOutput> {
        let all_fields = self.fields.is_empty();
        let Some(word) = &self.kind.clone() else {
            let error = Error::usage("say what to list, such as `coalition list people`");
            return Err(subjects().into_iter().fold(error, Error::with_hint).into());
        };
        let ((listed, term), bom) = (what(word)?, self.bom);
        let words = self.query.clone();
        refuse_bom(bom, format)?;
        let mut ledger = invocation.load()?;
        let selection = self.selection(&ledger, listed, term, invocation.today)?;
        let is_open = |field: &&str| selection.private || (is_extra(field) && ledger.root.publishes_extra());
        if let Some(field) = selection.query.private_field().filter(|field| !is_open(field)) {
            stop!(
                usage,
                "`{field}` is private, so a search in it finds nothing; --private searches private fields too"
            );
        }
        if listed == QuerySubject::Signatures {
            // What the commits say decides which of them count.
            invocation.add_evidence(&mut ledger, false, None);
        }
        // A spreadsheet is handed on.
        let is_for_others = format == Format::Csv && !selection.private;
        let current = if is_for_others { others::hold(invocation, &mut ledger)? } else { None };
        let mut rows = listing::rows(&ledger, &selection, invocation.today);
        if !invocation.quiet && !selection.private {
            say_what_is_private(&ledger, &selection, rows.len(), invocation.today, word);
        }
        if matches!(format, Format::Json | Format::Jsonl | Format::Yaml) {
            rows.iter_mut().for_each(|row| make_portable(&ledger, listed, row));
        }
        rows.iter_mut().flat_map(|row| row.values_mut()).for_each(without_keys);
        if is_for_others {
            let consents = others::consents(invocation, current.as_ref(), &ledger);
            let outgoing = Outgoing::by(&ledger, &consents, false);
            rows = match listed {
                QuerySubject::Records(kind) => rows.into_iter().map(|row| redact(&outgoing, kind, row)).collect(),
                QuerySubject::Signatures => rows.into_iter().map(|row| outgoing.redact_signature(row)).collect(),
                // Entries are taken from their records as others may have these.
                QuerySubject::Entries(list) => {
                    listing::entries_for_others(&ledger, &selection, list, invocation.today, &|record| {
                        let fields = query::fields_of(&ledger, record, invocation.today, false);
                        redact(&outgoing, record.key().kind, fields)
                    })
                }
            };
            listing::sort(&mut rows, &selection);
            let cells = rows.iter().flat_map(|row| {
                let cells = listing::cells(row, &selection.fields);
                selection
                    .fields
                    .iter()
                    .zip(cells)
                    .map(|(column, cell)| OutgoingPiece::of_cell("the table", column, cell))
            });
            let leaks = others::find_leaks(&ledger, &outgoing.unlisted, cells)?;
            if let Some(refusal) = others::refusal(&leaks, "no table was written") {
                return Ok(refusal);
            }
            let unnamed =
                rows.iter().filter(|row| row.get("id").and_then(Value::as_str).is_some_and(is_unlisted)).count();
            if unnamed > 0 && !invocation.quiet {
                let rows = if unnamed == 1 { "1 row has".to_owned() } else { format!("{unnamed} rows have") };
                super::aside::say(&format!(
                    "{rows} no name: these people have not agreed to be listed; --private names everyone"
                ));
            }
        }
        let mut has_ids = true;
        let text = match format {
            Format::Ids => {
                let ids = rows.iter().map(|row| listing::cells(row, &["id".to_owned()]).concat());
                // A file that makes no id may have any name, and a script takes each line for an id.
                let (ids, names): (Vec<String>, Vec<String>) = ids.partition(|id| id.split('/').all(is_slug));
                has_ids = names.is_empty();
                say_what_has_no_id(&names);
                ids.iter().map(|id| visible(id) + "\n").collect()
            }
            Format::Csv => csv(&selection.fields, rows.iter().map(|row| listing::cells(row, &selection.fields)), bom)?,
            Format::Json | Format::Yaml => {
                let records: Vec<Value> =
                    rows.into_iter().map(|row| select_fields(row, &selection.fields, all_fields)).collect();
                let answer = json!({ "format_version": 1, "kind": singular(listed), "records": records });
                data(&answer, format)?
            }
            Format::Jsonl => rows
                .into_iter()
                .map(|row| select_fields(row, &selection.fields, all_fields).to_string() + "\n")
                .collect(),
            _ if rows.is_empty() => {
                if !invocation.quiet {
                    super::aside::print(&format!("no {} match\n", plural(listed)));
                    if let Some(detail) = words.iter().find_map(|word| query::contact_detail(listed, word)) {
                        super::aside::print(&format!(
                            "Hint: coalition list {} --fields name,{detail} --private\n",
                            shell_word(word)
                        ));
                    }
                }
                String::new()
            }
            _ => {
                let table = listing::table(&ledger, &selection, &rows, invocation.today);
                let (table, left_out) = match answer_columns() {
                    Some(columns) => {
                        let is_id = |at: usize| selection.fields.get(at).is_some_and(|field| field == "id");
                        document_text::narrow(&table, &is_id, columns)
                    }
                    None => (table, Vec::new()),
                };
                if !invocation.quiet {
                    say_what_has_no_room(listed, &selection.fields, &left_out);
                }
                document_text::rows_on(&table, invocation.page())
            }
        };
        let folders: Vec<&str> = match listed {
            QuerySubject::Records(kind) => vec![kind.folder()],
            QuerySubject::Signatures => vec![SIGNATURES, Kind::Agreement.folder()],
            QuerySubject::Entries(list) => list.places().map(|place| place.kind.folder()).collect(),
        };
        let is_meant = |path: &LedgerPath| {
            let top = path.top();
            folders.contains(&top) || meant_folder(top).is_some_and(|folder| folders.contains(&folder))
        };
        let is_read = say_what_is_not_read(&ledger, is_meant);
        let is_whole = say_what_is_missing(&ledger, is_meant) && is_read;
        Ok(CommandOutput::given(is_whole && has_ids, text).wide().long())
    }

    fn selection(
        self,
        ledger: &Ledger,
        listed: QuerySubject,
        term: Option<String>,
        today: NaiveDate,
    ) -> Result<ListSelection> {
        let terms: Vec<String> = term.into_iter().chain(self.query).collect();
        let id_of = |kind: Kind, word: &str| -> Result<Option<String>, Error> {
            Ok(find_by_word(ledger, &[kind], word)?.map(|record| record.key().id.to_string()))
        };
        let query = Query::parse(listed, &terms, &QueryContext { today, id_of: &id_of })?;
        let name = |field: &str| -> Result<String> {
            match query::contact_detail(listed, field) {
                Some(detail) => Ok(detail.to_owned()),
                None => Ok(query::resolve(listed, field)?.0.join(".")),
            }
        };
        let fields = if self.fields.is_empty() {
            listing::usual_fields(listed).iter().map(|field| (*field).to_owned()).collect()
        } else {
            self.fields.iter().map(|field| name(field.trim())).collect::<Result<_>>()?
        };
        let sort = match &self.sort {
            Some(field) => {
                let backwards = field.starts_with('-');
                Some((name(field.trim_start_matches('-'))?, backwards))
            }
            // What is to be done is read by when it is due.
            None if matches!(listed, QuerySubject::Entries(_)) && listed.fields().any(|field| field.name == "due") => {
                Some(("due".to_owned(), false))
            }
            None => None,
        };
        Ok(ListSelection { listed, query, fields, sort, private: self.private })
    }
}

/// Puts the portable form of the table under `extra` in its place, so that an import makes the same table again.
fn make_portable(ledger: &Ledger, listed: QuerySubject, row: &mut Map<String, Value>) {
    let QuerySubject::Records(kind) = listed else { return };
    let record = row.get("id").and_then(Value::as_str).and_then(|id| ledger.find(kind, id));
    let stored = record.and_then(|record| record.common().extra.as_ref());
    if let (Some(stored), Some(extra)) = (stored, row.get_mut("extra")) {
        *extra = Value::Object(stored.to_portable());
    }
}

/// Whether a field is, or is in, the table with keys of the coalition's own.
fn is_extra(field: &str) -> bool {
    field == "extra" || field.starts_with("extra.")
}

/// A row as others may have it.
fn redact(outgoing: &Outgoing<'_>, kind: Kind, mut row: Map<String, Value>) -> Map<String, Value> {
    let id = row.shift_remove("id");
    let key = RecordKey::new(kind, id.as_ref().and_then(Value::as_str).unwrap_or_default());
    let (id, mut row) = outgoing.redact(&key, row);
    row.shift_insert(0, "id".to_owned(), Value::from(id));
    row
}

/// Names on standard error the folders and files beside those of records whose names mean these. Whether there is none.
fn say_what_is_not_read(ledger: &Ledger, is_meant: impl Fn(&LedgerPath) -> bool) -> bool {
    let strays: Vec<&LedgerPath> = ledger.strays.iter().filter(|stray| is_meant(stray)).collect();
    for stray in &strays {
        let shown = visible(stray.as_str());
        super::aside::say(&match meant_folder(stray.as_str()) {
            Some(folder) if !stray.as_str().contains('.') => {
                format!("the files in {shown}/ are not read, so this list may be incomplete; did you mean {folder}/?")
            }
            _ => format!("{shown} is not read, so this list may be incomplete; move it into the folder of its kind"),
        });
    }
    strays.is_empty()
}

/// Names on standard error the files with mistakes, of which something may be missing in an answer. Whether there is none.
pub(super) fn say_what_is_missing(ledger: &Ledger, concerns: impl Fn(&LedgerPath) -> bool) -> bool {
    const FEW: usize = 10;
    let files: Vec<&LedgerPath> = ledger.certainty.flawed_files().iter().filter(|path| concerns(path)).collect();
    if files.is_empty() {
        return true;
    }
    let shown: Vec<&str> = files.iter().take(FEW).map(|path| path.as_str()).collect();
    let more = files.len().saturating_sub(FEW);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let have = if files.len() == 1 { "1 file has mistakes" } else { &format!("{} files have mistakes", files.len()) };
    super::aside::say(&format!(
        "{have}, so this list may be incomplete: {}{more}; `coalition check` says what is wrong",
        shown.join(", ")
    ));
    false
}

/// Says on standard error that entries or columns are private.
fn say_what_is_private(ledger: &Ledger, selection: &ListSelection, shown: usize, today: NaiveDate, word: &str) {
    let is_detail = |name: &&String| query::contact_detail(selection.listed, name).is_some();
    let columns: Vec<&str> = selection.fields.iter().filter(is_detail).map(String::as_str).collect();
    let hidden = match selection.listed {
        QuerySubject::Entries(_) => listing::rows(ledger, &ListSelection { private: true, ..selection.clone() }, today)
            .len()
            .saturating_sub(shown),
        _ => 0,
    };
    let line = format!("coalition list {} --private", shell_word(word));
    if hidden > 0 {
        let are = if hidden == 1 { "1 entry is private".to_owned() } else { format!("{hidden} entries are private") };
        super::aside::say(&format!("{are}; to include them: {line}"));
    } else if !columns.is_empty() {
        let fields = selection.fields.join(",");
        super::aside::say(&format!(
            "contact details are private unless they say otherwise; to see all: {line} --fields {fields}"
        ));
    }
}

/// Names on standard error the columns that do not fit on the terminal.
fn say_what_has_no_room(listed: QuerySubject, fields: &[String], left_out: &[usize]) {
    let names: Vec<&str> = left_out.iter().filter_map(|at| fields.get(*at)).map(String::as_str).collect();
    let Some(first) = fields.first().filter(|_| !names.is_empty()) else { return };
    let do_not = if names.len() == 1 { "1 column does not" } else { &format!("{} columns do not", names.len()) };
    super::aside::say(&format!(
        "{do_not} fit in this terminal: {}; choose columns with --fields: `coalition list {} --fields {first},{}`",
        names.join(", "),
        plural(listed),
        names.join(","),
    ));
}

/// Names on standard error the records whose file names make no id.
fn say_what_has_no_id(names: &[String]) {
    if names.is_empty() {
        return;
    }
    let (records, make) =
        if names.len() == 1 { ("1 record", "name is not a valid id") } else { ("records", "names are not valid ids") };
    let records = if names.len() == 1 { records.to_owned() } else { format!("{} {records}", names.len()) };
    let shown: Vec<String> = names.iter().map(|name| visible(name)).collect();
    super::aside::say(&format!(
        "left out {records} whose file {make}: {}; `coalition check` suggests other names",
        shown.join(", ")
    ));
}

fn singular(listed: QuerySubject) -> &'static str {
    match listed {
        QuerySubject::Records(kind) => kind.singular(),
        QuerySubject::Signatures => SIGNATURE,
        QuerySubject::Entries(list) => list.name,
    }
}

fn plural(listed: QuerySubject) -> &'static str {
    match listed {
        QuerySubject::Records(kind) => kind.folder(),
        QuerySubject::Signatures => SIGNATURES,
        QuerySubject::Entries(list) => list.name,
    }
}

/// The whole record, or the fields that were asked for.
fn select_fields(row: Map<String, Value>, fields: &[String], all: bool) -> Value {
    if all {
        return Value::Object(row);
    }
    let pick = |name: &String| {
        let whole = row.get(name).cloned();
        let value = whole.unwrap_or_else(|| Value::from(listing::cells(&row, std::slice::from_ref(name)).join(", ")));
        (name.clone(), if value.as_str() == Some("") { Value::Null } else { value })
    };
    Value::Object(fields.iter().map(pick).collect())
}
