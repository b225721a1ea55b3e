//! `coalition import`: records from spreadsheets and other import files, all of them or none.

use super::answer::{Answer, Format, data};
use super::aside;
use super::invocation::Invocation;
use super::progress::Bar;
use super::transaction::Transaction;
use crate::check::{self, Group, Reported};
use crate::document::words::{count, number};
use crate::document::{Line, Side, Table};
use crate::edit::progress::Progress as _;
use crate::edit::{ChangeSet, FileChange, Tolerance, describe_error, refuse_other_terms, with_past};
use crate::exchange::damaged_text::find_damage;
use crate::exchange::date_format::Style;
use crate::exchange::import::{
    ColumnOptions, Fate, ImportPlan, Mapping, Options, Outcome, Rows, Target, list_columns, map_columns, plan,
    read_record_ids, read_rows,
};
use crate::exchange::import_file::{self, Format as Written, ImportFile, Layout, MOST_BYTES};
use crate::exchange::incoming::{Incoming, Problem};
use crate::exchange::package::{self, DESCRIPTOR, Package, PackageFile};
use crate::exchange::popolo;
use crate::finding::name;
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::output::{document_text, visible};
use crate::record::field::{Field, Shape};
use crate::record::{fields_of, table_of};
use crate::report::listing;
use anyhow::{Context as _, Result, anyhow, bail};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Import records from a spreadsheet (CSV), YAML, JSON, TOML or Popolo
///
/// Columns are found by their headings; `--dry-run` shows what would become of each row. The command writes all
/// rows or none, and names every mistake by row. Importing again changes nothing.
#[derive(Debug, Args)]
pub struct Import {
    /// The kind of record, in the singular or the plural; or `popolo`, or `package` for what `coalition export` wrote
    #[arg(value_name = "KIND")]
    what: What,
    /// The file, or the folder of a package; `-` for standard input
    file: PathBuf,
    /// Format of the file, if its name does not say
    #[arg(long, value_name = "FORMAT", value_enum)]
    from: Option<From>,
    /// Take a field from this column
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = pair)]
    map: Vec<(String, String)>,
    /// Set a field in every row that has no value for it
    #[arg(long, value_name = "FIELD=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
    /// Separator between cells, if not comma, semicolon or tab: "|"
    #[arg(long, value_name = "CHARACTER")]
    separator: Option<Separator>,
    /// Row with the headings [default: the first that is not empty]
    #[arg(long, value_name = "N", value_parser = row_number)]
    heading_row: Option<usize>,
    /// Column to make ids from, where names are not unique
    #[arg(long, value_name = "COLUMN")]
    id_from: Option<String>,
    /// Date format, if not YYYY-MM-DD: "%d/%m/%Y"
    #[arg(long, value_name = "FORM")]
    date_format: Option<String>,
    /// Keep columns that match no field under [extra]
    #[arg(long)]
    extra: bool,
    /// What people in a Popolo file become; otherwise who sits or holds a post is an official, and others are advocates
    #[arg(long, value_name = "KIND", value_enum)]
    persons: Option<Persons>,
    /// Update records that differ from their rows
    #[arg(long)]
    update: bool,
    /// Show the result for each row, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// What is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Kind(Kind),
    Popolo,
    Package,
}

impl std::str::FromStr for What {
    type Err = String;

    fn from_str(word: &str) -> Result<What, String> {
        if word.eq_ignore_ascii_case("popolo") {
            return Ok(What::Popolo);
        }
        if word.eq_ignore_ascii_case("package") {
            return Ok(What::Package);
        }
        word.parse().map(What::Kind).map_err(|error: crate::kind::UnknownKind| format!("{error}, or popolo or package"))
    }
}

/// What an import file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum From {
    /// Comma-separated values; semicolons and tabs are recognised
    Csv,
    /// YAML
    Yaml,
    /// JSON
    Json,
    /// One JSON object a line
    Jsonl,
    /// TOML
    Toml,
}

/// What people become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Persons {
    /// Elected officials and other decision-makers
    Officials,
    /// People who work for the cause
    Advocates,
}

/// `FIELD=COLUMN` as its two parts.
fn pair(text: &str) -> Result<(String, String), String> {
    let (field, other) = text.split_once('=').ok_or("write the field, an equals sign, and what it is taken from")?;
    if field.trim().is_empty() || other.trim().is_empty() {
        return Err("write FIELD=COLUMN or FIELD=VALUE; neither side may be empty".to_owned());
    }
    Ok((field.trim().to_owned(), other.trim().to_owned()))
}

/// What was read, before it meets the ledger.
#[derive(Default)]
struct Input {
    records: Vec<Incoming>,
    problems: Vec<Problem>,
    left: Vec<String>,
}

impl Import {
    /// Imports.
    pub fn run(self, invocation: &Invocation) -> Result<Answer> {
        let format = Format::among(invocation.format, &[Format::Text, Format::Json, Format::Yaml])?;
        invocation.refuse_revision("import")?;
        let from =
            if self.file == Path::new("-") { "the standard input".to_owned() } else { self.file.display().to_string() };
        let input = self.read_input(invocation).with_context(|| format!("{from} cannot be imported"))?;
        let transaction = Transaction::begin(invocation, "import", self.dry_run)?;
        let bar = Bar::new(invocation);
        let options = Options {
            update: self.update,
            identified: self.what == What::Popolo,
            by_id: self.what == What::Package,
            today: invocation.today,
            progress: &bar,
        };
        let mut import = plan(&transaction.ledger, input.records, input.problems, &options);
        let good = import.problems.is_empty();
        let writes = good && !self.dry_run;
        if good {
            let changes = std::mem::replace(&mut import.changes, ChangeSet { what: String::new(), files: Vec::new() });
            write(&transaction, invocation, changes, &bar)?;
        }
        let summary = Summary {
            import: &import,
            left: &input.left,
            has_columns: matches!(self.what, What::Kind(_)),
            writes,
            dry_run: self.dry_run,
        };
        let text = match format {
            Format::Text => summary.text(&transaction.ledger, invocation),
            _ => data(&summary.data(), format)?,
        };
        Ok(Answer::when(good, text))
    }

    /// Reads the import file.
    fn read_input(&self, invocation: &Invocation) -> Result<Input> {
        match self.what {
            What::Popolo => self.read_popolo(),
            What::Package => self.read_package(),
            What::Kind(kind) => self.read_import_file(kind, invocation),
        }
    }

    fn read_popolo(&self) -> Result<Input> {
        let columns = !self.map.is_empty() || !self.set.is_empty() || self.id_from.is_some() || self.extra;
        if columns || self.date_format.is_some() || self.from.is_some_and(|from| from != From::Json) {
            bail!("a Popolo file needs no columns named; the command accepts --persons, --update and --dry-run");
        }
        let persons = self.persons.map(|persons| match persons {
            Persons::Officials => Kind::Official,
            Persons::Advocates => Kind::Advocate,
        });
        let read = popolo::read(&import_file::json(&import_file::text(&self.bytes()?)?)?, persons)?;
        let problems = find_damage(&read.records);
        Ok(Input { records: read.records, problems, left: read.left.into_iter().collect() })
    }

    /// Reads what `coalition export --to DIR` wrote.
    fn read_package(&self) -> Result<Input> {
        let columns = !self.map.is_empty() || !self.set.is_empty() || self.id_from.is_some() || self.extra;
        let layout = self.separator.is_some() || self.heading_row.is_some();
        if columns || layout || self.from.is_some() || self.persons.is_some() {
            bail!("a package needs no columns named; the command accepts --date-format, --update and --dry-run");
        }
        let described = if self.file.is_dir() { self.file.join(DESCRIPTOR) } else { self.file.clone() };
        let description = bytes_of(&described).with_context(|| format!("{}", described.display()))?;
        let folder = described.parent().unwrap_or(Path::new("."));
        let names = package::file_names(&description)?;
        let mut files = vec![PackageFile { name: DESCRIPTOR.to_owned(), bytes: description }];
        for name in names {
            let path = folder.join(&name);
            if !path.try_exists().unwrap_or(true) {
                bail!(
                    "{name} is missing: {DESCRIPTOR} names it, so the package is incomplete; put the file back, or export the \
                     package again"
                );
            }
            let bytes = bytes_of(&path).with_context(|| name.clone())?;
            files.push(PackageFile { name, bytes });
        }
        package::restorable(&files)?;
        let Package { records, problems } = package::read(&files, &self.style()?)?;
        Ok(Input { records, problems, left: Vec::new() })
    }

    fn read_import_file(&self, kind: Kind, invocation: &Invocation) -> Result<Input> {
        if self.persons.is_some() {
            bail!("--persons belongs to `coalition import popolo`");
        }
        let written = match self.from {
            Some(From::Csv) => Written::Csv,
            Some(From::Yaml) => Written::Yaml,
            Some(From::Json) => Written::Json,
            Some(From::Jsonl) => Written::JsonLines,
            Some(From::Toml) => Written::Toml,
            None if import_file::is_spreadsheet(&self.file.to_string_lossy()) => {
                bail!("this is the file of a spreadsheet program; save the sheet as CSV with the encoding UTF-8")
            }
            None => Written::of_name(&self.file.to_string_lossy())
                .context("its name does not tell what it is written in; --from csv, yaml, json, jsonl or toml does")?,
        };
        let style = self.style()?;
        let bytes = self.bytes()?;
        let layout = Layout { separator: self.separator.map(|Separator(byte)| byte), heading_row: self.heading_row };
        if written != Written::Csv && (layout.separator.is_some() || layout.heading_row.is_some()) {
            bail!("--separator and --heading-row are for CSV files");
        }
        let mut file = match written {
            Written::Csv => import_file::read_table(&bytes, &layout)?,
            _ => import_file::read(&bytes, written, &[kind.folder(), kind.singular()])?,
        };
        let foreign = read_record_ids(&mut file, kind);
        if file.rows.is_empty() {
            return Ok(Input { problems: foreign, ..Input::default() });
        }
        let wishes = ColumnOptions {
            map: self.map.clone(),
            set: self.set.clone(),
            id_from: self.id_from.clone(),
            extra: self.extra,
        };
        let mapping = map_columns(&file, kind, &wishes)?;
        if self.extra && !invocation.quiet {
            report_extra(&mapping);
        }
        if !has_names(&mapping) {
            bail!("{}", describe_missing_name(kind, &mapping, (written == Written::Csv).then_some(&*bytes), &wishes));
        }
        let Rows { records, mut problems, cleaned } = read_rows(&file, kind, &mapping, &style);
        problems.extend(foreign);
        if !invocation.quiet {
            report_cleaned(&cleaned);
        }
        Ok(Input { records, problems, left: mapping.unmapped })
    }

    fn style(&self) -> Result<Style> {
        match &self.date_format {
            Some(form) => Style::with_dates(form).map_err(|told| anyhow!("--date-format: {told}")),
            None => Ok(Style::default()),
        }
    }

    fn bytes(&self) -> Result<Vec<u8>> {
        if self.file == Path::new("-") { read_bounded(std::io::stdin().lock()) } else { bytes_of(&self.file) }
    }
}

/// Says which columns are kept as they are: nobody has judged whether they may be published.
fn report_extra(mapping: &Mapping) {
    let kept = mapping.mapped.iter().filter(|(_, target)| matches!(target, Target::Extra(_)));
    let columns: Vec<String> = kept.map(|(column, _)| column.clone()).collect();
    if !columns.is_empty() {
        let columns = list_columns(&columns);
        aside::say(&format!(
            "kept under [extra], which stays private unless coalition.toml says extra = \"public\" under [render]: {columns}"
        ));
    }
}

fn bytes_of(file: &Path) -> Result<Vec<u8>> {
    let open = std::fs::File::open(file)?;
    if open.metadata()?.is_dir() {
        bail!("it is a folder");
    }
    read_bounded(open)
}

fn read_bounded(from: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        bail!("it is larger than 256 MiB; split it");
    }
    Ok(bytes)
}

/// Says in which cells something was dropped that nobody sees.
fn report_cleaned(cleaned: &[(String, String)]) {
    const MOST: usize = 5;
    if let [(first, column), ..] = cleaned {
        let more = if cleaned.len() > 1 { format!(" and {} more", cleaned.len() - 1) } else { String::new() };
        let cells: Vec<String> =
            cleaned.iter().take(MOST).map(|(place, column)| format!("{place}, {column}")).collect();
        let named = if cleaned.len() > MOST { format!("{first}, {column}{more}") } else { cells.join("; ") };
        aside::say(&format!("dropped invisible characters at the edge of cells: {named}"));
    }
}

/// The changes with what each must keep of the past: who could sign for a member until now, and its earlier membership.
fn keep_the_past(ledger: &Ledger, changes: ChangeSet, today: NaiveDate) -> Result<ChangeSet> {
    let keep = |change: FileChange| -> Result<FileChange> {
        refuse_other_terms(ledger, &change)?;
        Ok(with_past(ledger, change, today)?)
    };
    let files = changes.files.into_iter().map(keep).collect::<Result<_>>()?;
    Ok(ChangeSet { files, ..changes })
}

/// Proves a change and writes it, unless it is only to be shown. What has to hold is the form: new members have yet to
/// sign, and organizations that may join are a beginning.
fn write(transaction: &Transaction, invocation: &Invocation, changes: ChangeSet, bar: &Bar) -> Result<()> {
    let later = ["empty-ledger", "unreadable-file", "expired-allow"];
    let is_later = |check: &&&check::Check| check.group != Group::Structure || later.contains(&check.name.as_str());
    let expected: Vec<_> = check::ALL.iter().filter(is_later).map(|check| check.name).collect();
    let changes = keep_the_past(&transaction.ledger, changes, invocation.today)?;
    let files = changes.files.len();
    let planned = transaction.plan(invocation, changes, Tolerance::of(&expected))?;
    if files == 0 {
        return Ok(());
    }
    bar.begin("writing the records", files);
    let mut done = 0;
    let result = transaction.write_watched(&planned, &mut |now| {
        bar.advance(now.saturating_sub(done));
        done = now;
        ControlFlow::Continue(())
    });
    bar.finish();
    result?;
    // A package has no texts that stand beside the records.
    let is_missing_text = |error: &&Reported| error.finding.check == name::UNREADABLE_FILE;
    for error in planned.new_errors.iter().filter(is_missing_text).filter(|_| !invocation.quiet) {
        aside::say(&format!("still to come: {}", describe_error(error)));
    }
    Ok(())
}

/// What stands between cells, as people say it.
#[derive(Debug, Clone, Copy)]
pub struct Separator(pub u8);

impl std::str::FromStr for Separator {
    type Err = String;

    fn from_str(text: &str) -> Result<Separator, String> {
        match text {
            "tab" | "\\t" => Ok(Separator(b'\t')),
            text => match text.as_bytes() {
                [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"\"\n\r".contains(byte) => {
                    Ok(Separator(*byte))
                }
                _ => Err("write one character, like \"|\", or tab".to_owned()),
            },
        }
    }
}

/// The number of a row, from 1.
pub fn row_number(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|row| *row > 0).ok_or_else(|| "write the number of a row, from 1".to_owned())
}

/// Whether a column holds names, or ids of records that are there and have one.
pub fn has_names(mapping: &Mapping) -> bool {
    let is_name = |name: String| name == "name";
    let has_names = mapping.mapped.iter().any(|(_, target)| is_name(target.name()));
    let is_known = mapping.mapped.iter().any(|(_, target)| matches!(target, Target::Id));
    has_names || is_known || mapping.defaults.iter().any(|(target, _)| is_name(target.name()))
}

/// What is said of a file in which no column holds names. A `table` may be laid out in another way than it seems.
pub fn describe_missing_name(kind: Kind, mapping: &Mapping, table: Option<&[u8]>, wishes: &ColumnOptions) -> String {
    let columns: Vec<String> =
        mapping.mapped.iter().map(|(column, _)| column.clone()).chain(mapping.unmapped.clone()).collect();
    let told = format!(
        "no column holds the name of the {kind}; choose one with --map name=COLUMN: {}",
        list_columns(&columns)
    );
    let Some(bytes) = table else { return told };
    let marks = if columns.len() == 1 { &OTHER_SEPARATORS[..] } else { &[] };
    let separators = marks.iter().filter(|mark| columns.iter().any(|column| column.contains(char::from(**mark))));
    let layouts = std::iter::once(None).chain(separators.map(|mark| Some(*mark)));
    let found = layouts
        .flat_map(|separator| (1..=HEADINGS_SOUGHT).map(move |row| Layout { separator, heading_row: Some(row) }));
    let found = found.filter(|layout| {
        let file = import_file::read_table(bytes, layout).ok();
        file.and_then(|file| try_mapping(&file, kind, wishes)).is_some_and(|mapping| has_names(&mapping))
    });
    match found.min_by_key(|layout| layout.heading_row) {
        Some(Layout { separator: Some(mark), heading_row: Some(1) }) => {
            format!("{told}; the cells seem to be separated by something else: --separator \"{}\"", char::from(mark))
        }
        Some(Layout { separator: Some(mark), heading_row: Some(row) }) => {
            format!(
                "{told}; the headings seem to be in row {row}: --heading-row {row} --separator \"{}\"",
                char::from(mark)
            )
        }
        Some(Layout { heading_row: Some(row), .. }) => {
            format!("{told}; the headings seem to be in row {row}: --heading-row {row}")
        }
        _ => {
            format!("{told}; where cells or headings stand otherwise, --separator CHARACTER and --heading-row N say so")
        }
    }
}

fn try_mapping(file: &ImportFile, kind: Kind, wishes: &ColumnOptions) -> Option<Mapping> {
    map_columns(file, kind, wishes).ok()
}

/// What may stand between cells beside commas, semicolons and tabs.
const OTHER_SEPARATORS: [u8; 4] = *b"|:^~";

/// In how many rows the headings are looked for, for a proposal.
const HEADINGS_SOUGHT: usize = 12;

/// The most problems that are told one by one.
const MOST_TOLD: usize = 50;

/// The rows of a preview; `--verbose` shows all.
const PREVIEWED: usize = 25;

/// The fields of a preview, beside id and name.
const SHOWN: usize = 3;

/// What is told of an import.
pub struct Summary<'p> {
    /// What was computed.
    pub import: &'p ImportPlan,
    /// Columns that were not taken.
    pub left: &'p [String],
    /// Whether they are columns, which can be named.
    pub has_columns: bool,
    /// Whether it is written.
    pub writes: bool,
    /// Whether it was to be shown alone.
    pub dry_run: bool,
}

impl Summary<'_> {
    fn counts(&self) -> [usize; 5] {
        let import = self.import;
        [
            import.count(|fate| matches!(fate, Fate::New(_))),
            import.count(|fate| matches!(fate, Fate::Update(_))),
            import.count(|fate| matches!(fate, Fate::Unchanged(_))),
            import.repeated.len(),
            import.problems.len(),
        ]
    }

    /// For people.
    pub fn text(&self, ledger: &Ledger, invocation: &Invocation) -> String {
        let mut text = String::new();
        if self.dry_run {
            text += &self.preview(ledger, invocation.verbose);
        }
        let problems = &self.import.problems;
        for problem in problems.iter().take(MOST_TOLD) {
            text += &format!("{}\n", visible(&problem.to_string()));
        }
        if problems.len() > MOST_TOLD {
            text += &format!("… and {} more\n", problems.len() - MOST_TOLD);
        }
        text += if problems.is_empty() { "" } else { "\n" };
        if !self.left.is_empty() && !invocation.quiet {
            let help =
                if self.has_columns { " --map FIELD=COLUMN takes a column, --extra keeps all of them." } else { "" };
            text += &format!("Not taken: {}.{help}\n", visible(&list_columns(self.left)));
        }
        text + &self.sentence() + "\n"
    }

    fn sentence(&self) -> String {
        let [new, updated, unchanged, repeated, wrong] = self.counts();
        if wrong > 0 {
            let mistakes = count(wrong, "mistake", "mistakes");
            return format!(
                "Nothing was written: {mistakes} in the file. Fix {} there, and import again.",
                if wrong == 1 { "it" } else { "them" }
            );
        }
        let kinds: Vec<Kind> = Kind::ALL
            .into_iter()
            .filter(|kind| self.import.outcomes.iter().any(|outcome| outcome.kind == *kind))
            .collect();
        let noun = |of: usize| match kinds.as_slice() {
            [kind] => count(of, kind.singular(), kind.folder()),
            _ => count(of, "record", "records"),
        };
        let verbs = if self.writes { ("imported", "changed") } else { ("to import", "to change") };
        let mut parts = Vec::new();
        if new > 0 {
            parts.push(format!("{} {}", noun(new), verbs.0));
        }
        if updated > 0 {
            let changed = if new > 0 { number(Decimal::from(updated)) } else { noun(updated) };
            parts.push(format!("{changed} {}", verbs.1));
        }
        let repeats = match repeated {
            0 => String::new(),
            _ => format!(" {} the same as another.", count(repeated, "row is", "rows are")),
        };
        if parts.is_empty() {
            let are = if unchanged == 1 { "is" } else { "are" };
            return format!("Nothing is new: {} {are} in the ledger already.{repeats}", noun(unchanged));
        }
        if unchanged > 0 {
            parts.push(format!("{} in the ledger already", number(Decimal::from(unchanged))));
        }
        let end = if self.writes { "" } else { " Nothing was written yet." };
        format!("{}.{repeats}{end}", parts.join(", "))
    }

    /// The rows as records, the first of each kind.
    fn preview(&self, ledger: &Ledger, all: bool) -> String {
        let mut text = String::new();
        for kind in Kind::ALL {
            let rows: Vec<&Outcome> = self.import.outcomes.iter().filter(|outcome| outcome.kind == kind).collect();
            if rows.is_empty() {
                continue;
            }
            let shown = if all { rows.len() } else { PREVIEWED };
            text += &document_text::rows(&table(ledger, kind, rows.get(..shown).unwrap_or(&rows)));
            if rows.len() > shown {
                text += &format!("… and {} more; --verbose shows all\n", rows.len() - shown);
            }
            text += "\n";
        }
        text
    }

    /// For programs.
    pub fn data(&self) -> Value {
        let [new, updated, unchanged, repeated, wrong] = self.counts();
        let rows: Vec<Value> = self
            .import
            .outcomes
            .iter()
            .map(|row| {
                json!({
                    "row": row.place, "kind": row.kind.singular(), "id": row.fate.id(), "name": row.name(),
                    "outcome": word(&row.fate),
                })
            })
            .collect();
        let problems: Vec<Value> = self
            .import
            .problems
            .iter()
            .map(|problem| json!({ "row": problem.place, "column": problem.column, "reason": problem.reason }))
            .collect();
        let repeats: Vec<Value> =
            self.import.repeated.iter().map(|(row, of)| json!({ "row": row, "same_as": of })).collect();
        json!({
            "format_version": 1,
            "written": self.writes,
            "counts": { "new": new, "updated": updated, "unchanged": unchanged, "repeated": repeated, "problems": wrong },
            "rows": rows,
            "repeated": repeats,
            "problems": problems,
            "columns_not_taken": self.left,
        })
    }
}

fn word(fate: &Fate) -> &'static str {
    match fate {
        Fate::New(_) => "new",
        Fate::Update(_) => "updated",
        Fate::Unchanged(_) => "unchanged",
        Fate::Refused(_) => "refused",
    }
}

fn table(ledger: &Ledger, kind: Kind, rows: &[&Outcome]) -> Table {
    let is_given = |name: &&'static str| rows.iter().any(|row| row.fields.contains_key(*name));
    let usual = listing::usual_fields_of(kind).iter().copied();
    let single = |field: &&'static Field| !matches!((field.shape)(), Shape::Table(_) | Shape::Free | Shape::Prose);
    let all = usual.chain(table_of(kind).fields.iter().chain(fields_of(kind)).filter(single).map(|field| field.name));
    let mut fields: Vec<&'static str> = Vec::new();
    for name in all.filter(|name| !["id", "name", "stage"].contains(name)).filter(is_given) {
        if fields.len() < SHOWN && !fields.contains(&name) {
            fields.push(name);
        }
    }
    let heads =
        ["", "ID", "Name"].into_iter().map(str::to_owned).chain(fields.iter().map(|field| listing::heading(field)));
    let heads: Vec<String> = heads.collect();
    let mut table = Table::new(heads.iter().map(|head| (head.as_str(), Side::Left)));
    for row in rows {
        let start =
            [word(&row.fate), row.fate.id().unwrap_or_default(), row.name()].map(|text| Line::from(listing::cut(text)));
        let cells = fields.iter().map(|name| Line::from(listing::cell(ledger, kind, name, &row.fields)));
        table.row(start.into_iter().chain(cells));
    }
    table
}
