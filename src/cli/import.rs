//! `coalition import`: records from spreadsheets and other import files, all of them or none.

use super::answer::{CommandOutput, Format, data};
use super::aside;
use super::invocation::Invocation;
use super::progress::Bar;
use super::transaction::Transaction;
use crate::check::{self, Group, Reported};
use crate::document::words::{count, number};
use crate::document::{Line, Side, Table};
use crate::edit::progress::WriteProgress as _;
use crate::edit::{ChangeSet, FileChange, Tolerance, describe_error, keep_past, refuse_other_terms};
use crate::exchange::damaged_text::find_damage;
use crate::exchange::date_format::DateFormat;
use crate::exchange::import::{
    ColumnOptions, ColumnTarget, ImportOptions, ImportPlan, ImportRows, Mapping, PlannedRow, RowOutcome, list_columns,
    map_columns, plan, read_record_ids, read_rows,
};
use crate::exchange::import_file::{self, FileFormat, ImportFile, Layout, MAX_BYTES};
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
use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Import records from a spreadsheet (CSV), YAML, JSON, TOML or Popolo
///
/// The command finds columns by their headings. It writes all rows or none, and reports every mistake by row. Importing again changes
/// nothing. Use --dry-run to see the result first.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// The kind of record, singular or plural; `popolo`; or `package` for an earlier export
    #[arg(value_name = "KIND")]
    what: ImportType,
    /// The file, or the folder of a package; `-` for standard input
    file: PathBuf,
    /// Format of the file, if its extension does not tell
    #[arg(long, value_name = "FORMAT", value_enum)]
    from: Option<FormatName>,
    /// Column for a field, whatever its heading; may be repeated
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = pair)]
    map: Vec<(String, String)>,
    /// Value of a field for rows that have none; may be repeated
    #[arg(long, value_name = "FIELD=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
    /// Separator between cells, if not comma, semicolon or tab: "|"
    #[arg(long, value_name = "CHARACTER")]
    separator: Option<Separator>,
    /// Row with the headings [default: the first that is not empty]
    #[arg(long, value_name = "N", value_parser = row_number)]
    heading_row: Option<usize>,
    /// Column to make ids from, if names are not unique
    #[arg(long, value_name = "COLUMN")]
    id_from: Option<String>,
    /// Date format, if not YYYY-MM-DD: "%d/%m/%Y"
    #[arg(long, value_name = "FORM")]
    date_format: Option<String>,
    /// Keep columns that match no field under [extra]
    #[arg(long)]
    extra: bool,
    /// Kind for all people in a Popolo file [default: officials if they have a seat or a post, advocates otherwise]
    #[arg(long, value_name = "KIND", value_enum)]
    persons: Option<Persons>,
    /// Update records that differ from their rows
    #[arg(long)]
    update: bool,
    /// Show the result for each row, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// What to import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ImportType {
    Kind(Kind),
    Popolo,
    Package,
}

impl std::str::FromStr for ImportType {
    type Err = String;

    fn from_str(word: &str) -> Result<ImportType, String> {
        if word.eq_ignore_ascii_case("popolo") {
            return Ok(ImportType::Popolo);
        }
        if word.eq_ignore_ascii_case("package") {
            return Ok(ImportType::Package);
        }
        word.parse()
            .map(ImportType::Kind)
            .map_err(|error: crate::kind::UnknownKind| format!("{error}; or popolo or package"))
    }
}

/// The format of an import file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// Comma-separated values, also with semicolons or tabs
    Csv,
    /// YAML
    Yaml,
    /// JSON
    Json,
    /// One JSON object per line
    Jsonl,
    /// TOML
    Toml,
}

/// The kind for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Persons {
    /// Elected officials and other decision-makers
    Officials,
    /// People who work for the coalition
    Advocates,
}

/// Splits `FIELD=COLUMN` into its two parts.
fn pair(text: &str) -> Result<(String, String), String> {
    let (field, other) = text.split_once('=').ok_or("write FIELD=COLUMN or FIELD=VALUE")?;
    if field.trim().is_empty() || other.trim().is_empty() {
        return Err("write FIELD=COLUMN or FIELD=VALUE; neither side may be empty".to_owned());
    }
    Ok((field.trim().to_owned(), other.trim().to_owned()))
}

/// The contents of the import file.
#[derive(Default)]
struct Input {
    records: Vec<Incoming>,
    problems: Vec<Problem>,
    ignored: Vec<String>,
}

impl Import {
    /// Imports records.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        let format = Format::among(invocation.format, &[Format::Text, Format::Json, Format::Yaml])?;
        invocation.refuse_revision("import")?;
        let from =
            if self.file == Path::new("-") { "standard input".to_owned() } else { self.file.display().to_string() };
        let input = self.read_input(invocation).with_context(|| format!("{from} cannot be imported"))?;
        let transaction = Transaction::begin(invocation, "import", self.dry_run)?;
        let bar = Bar::new(invocation);
        let options = ImportOptions {
            update: self.update,
            identified: self.what == ImportType::Popolo,
            by_id: self.what == ImportType::Package,
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
        let summary = ImportSummary {
            import: &import,
            ignored: &input.ignored,
            has_columns: matches!(self.what, ImportType::Kind(_)),
            writes,
            dry_run: self.dry_run,
        };
        let text = match format {
            Format::Text => summary.text(&transaction.ledger, invocation),
            _ => data(&summary.data(), format)?,
        };
        Ok(CommandOutput::given(good, text))
    }

    /// Reads the import file.
    fn read_input(&self, invocation: &Invocation) -> Result<Input> {
        match self.what {
            ImportType::Popolo => self.read_popolo(),
            ImportType::Package => self.read_package(),
            ImportType::Kind(kind) => self.read_import_file(kind, invocation),
        }
    }

    fn read_popolo(&self) -> Result<Input> {
        let columns = !self.map.is_empty() || !self.set.is_empty() || self.id_from.is_some() || self.extra;
        if columns || self.date_format.is_some() || self.from.is_some_and(|from| from != FormatName::Json) {
            bail!("options for columns do not apply to a Popolo file; use only --persons, --update and --dry-run");
        }
        let persons = self.persons.map(|persons| match persons {
            Persons::Officials => Kind::Official,
            Persons::Advocates => Kind::Advocate,
        });
        let read = popolo::read(&import_file::json(&import_file::text(&self.bytes()?)?)?, persons)?;
        let problems = find_damage(&read.records);
        Ok(Input { records: read.records, problems, ignored: read.ignored.into_iter().collect() })
    }

    /// Reads a package that `coalition export --to DIR` wrote.
    fn read_package(&self) -> Result<Input> {
        let columns = !self.map.is_empty() || !self.set.is_empty() || self.id_from.is_some() || self.extra;
        let layout = self.separator.is_some() || self.heading_row.is_some();
        if columns || layout || self.from.is_some() || self.persons.is_some() {
            bail!("options for columns do not apply to a package; use only --date-format, --update and --dry-run");
        }
        let descriptor = if self.file.is_dir() { self.file.join(DESCRIPTOR) } else { self.file.clone() };
        let description = read_file(&descriptor).with_context(|| format!("{}", descriptor.display()))?;
        let folder = descriptor.parent().unwrap_or(Path::new("."));
        let names = package::file_names(&description)?;
        let mut files = vec![PackageFile { name: DESCRIPTOR.to_owned(), bytes: description }];
        for name in names {
            let path = folder.join(&name);
            if !path.try_exists().unwrap_or(true) {
                bail!(
                    "{name} is missing, although {DESCRIPTOR} names it; put the file back, or export the package again"
                );
            }
            let bytes = read_file(&path).with_context(|| name.clone())?;
            files.push(PackageFile { name, bytes });
        }
        package::require_restorable(&files)?;
        let Package { records, problems } = package::read(&files, &self.date_format()?)?;
        Ok(Input { records, problems, ignored: Vec::new() })
    }

    fn read_import_file(&self, kind: Kind, invocation: &Invocation) -> Result<Input> {
        if self.persons.is_some() {
            bail!("--persons works only with `coalition import popolo`");
        }
        let file_format = match self.from {
            Some(FormatName::Csv) => FileFormat::Csv,
            Some(FormatName::Yaml) => FileFormat::Yaml,
            Some(FormatName::Json) => FileFormat::Json,
            Some(FormatName::Jsonl) => FileFormat::JsonLines,
            Some(FormatName::Toml) => FileFormat::Toml,
            None if import_file::is_spreadsheet(&self.file.to_string_lossy()) => {
                bail!("this is a spreadsheet program's own format; save the sheet as CSV with UTF-8 encoding")
            }
            None => FileFormat::of_name(&self.file.to_string_lossy())
                .context("its format is unclear from its name; add --from csv, yaml, json, jsonl or toml")?,
        };
        let date_format = self.date_format()?;
        let bytes = self.bytes()?;
        let layout = Layout { separator: self.separator.map(|Separator(byte)| byte), heading_row: self.heading_row };
        if file_format != FileFormat::Csv && (layout.separator.is_some() || layout.heading_row.is_some()) {
            bail!("--separator and --heading-row work only with CSV files");
        }
        let mut file = match file_format {
            FileFormat::Csv => import_file::read_table(&bytes, &layout)?,
            _ => import_file::read(&bytes, file_format, &[kind.folder(), kind.singular()])?,
        };
        let other_kinds = read_record_ids(&mut file, kind);
        if file.rows.is_empty() {
            return Ok(Input { problems: other_kinds, ..Input::default() });
        }
        let column_options = ColumnOptions {
            map: self.map.clone(),
            set: self.set.clone(),
            id_from: self.id_from.clone(),
            extra: self.extra,
        };
        let mapping = map_columns(&file, kind, &column_options)?;
        if self.extra && !invocation.quiet {
            report_extra(&mapping);
        }
        if !has_names(&mapping) {
            bail!(
                "{}",
                describe_missing_name(
                    kind,
                    &mapping,
                    (file_format == FileFormat::Csv).then_some(&*bytes),
                    &column_options
                )
            );
        }
        let ImportRows { records, mut problems, cleaned } = read_rows(&file, kind, &mapping, &date_format);
        problems.extend(other_kinds);
        if !invocation.quiet {
            report_cleaned_cells(&cleaned);
        }
        Ok(Input { records, problems, ignored: mapping.unmapped })
    }

    fn date_format(&self) -> Result<DateFormat> {
        match &self.date_format {
            Some(form) => Ok(DateFormat::parse(form).map_err(|error| error.within("--date-format"))?),
            None => Ok(DateFormat::default()),
        }
    }

    fn bytes(&self) -> Result<Vec<u8>> {
        if self.file == Path::new("-") { read_within_limit(std::io::stdin().lock()) } else { read_file(&self.file) }
    }
}

/// Names the columns kept under `[extra]`, so that people can check them for private data.
fn report_extra(mapping: &Mapping) {
    let kept = mapping.mapped.iter().filter(|(_, target)| matches!(target, ColumnTarget::Extra(_)));
    let columns: Vec<String> = kept.map(|(column, _)| column.clone()).collect();
    if !columns.is_empty() {
        let columns = list_columns(&columns);
        aside::say(&format!(
            "kept under [extra], which stays private unless coalition.toml says extra = \"public\" under [render]: {columns}"
        ));
    }
}

fn read_file(file: &Path) -> Result<Vec<u8>> {
    let open = std::fs::File::open(file)?;
    if open.metadata()?.is_dir() {
        bail!("this is a folder, not a file");
    }
    read_within_limit(open)
}

fn read_within_limit(from: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        bail!("this file is larger than 256 MiB; split it");
    }
    Ok(bytes)
}

/// Names the cells from which invisible characters were dropped.
fn report_cleaned_cells(cleaned: &[(String, String)]) {
    const MOST: usize = 5;
    if let [(first, column), ..] = cleaned {
        let more = if cleaned.len() > 1 { format!(" and {} more", cleaned.len() - 1) } else { String::new() };
        let cells: Vec<String> =
            cleaned.iter().take(MOST).map(|(place, column)| format!("{place}, {column}")).collect();
        let named = if cleaned.len() > MOST { format!("{first}, {column}{more}") } else { cells.join("; ") };
        aside::say(&format!("dropped invisible characters at the edge of cells: {named}"));
    }
}

/// Adds to each change what it must keep of the past: who could sign for a member until now, and its earlier membership.
fn keep_the_past(ledger: &Ledger, changes: ChangeSet, today: NaiveDate) -> Result<ChangeSet> {
    let keep = |change: FileChange| -> Result<FileChange> {
        refuse_other_terms(ledger, &change)?;
        Ok(keep_past(ledger, change, today)?)
    };
    let files = changes.files.into_iter().map(keep).collect::<Result<_>>()?;
    Ok(ChangeSet { files, ..changes })
}

/// Checks the changes and writes them, unless this is a dry run. Only structure must be right: new members, for example, have yet to
/// sign.
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
    let result = transaction.write_with_watch(&planned, &mut |now| {
        bar.advance(now.saturating_sub(done));
        done = now;
        ControlFlow::Continue(())
    });
    bar.finish();
    result?;
    // A package does not include text files next to the records.
    let is_missing_text = |error: &&Reported| error.finding.check == name::UNREADABLE_FILE;
    for error in planned.new_errors.iter().filter(is_missing_text).filter(|_| !invocation.quiet) {
        aside::say(&format!("still missing: {}", describe_error(error)));
    }
    Ok(())
}

/// The separator between cells, from the command line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Separator(pub u8);

impl std::str::FromStr for Separator {
    type Err = String;

    fn from_str(text: &str) -> Result<Separator, String> {
        match text {
            "tab" | "\\t" => Ok(Separator(b'\t')),
            text => match text.as_bytes() {
                [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"\"\n\r".contains(byte) => {
                    Ok(Separator(*byte))
                }
                _ => Err("write one character, such as \"|\", or the word tab".to_owned()),
            },
        }
    }
}

/// Reads the number of a row, from 1.
pub(super) fn row_number(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|row| *row > 0).ok_or_else(|| "must be a row number, from 1".to_owned())
}

/// Whether a column has names, or ids.
pub(super) fn has_names(mapping: &Mapping) -> bool {
    let is_name = |name: String| name == "name";
    let has_names = mapping.mapped.iter().any(|(_, target)| is_name(target.name()));
    let is_known = mapping.mapped.iter().any(|(_, target)| matches!(target, ColumnTarget::Id));
    has_names || is_known || mapping.defaults.iter().any(|(target, _)| is_name(target.name()))
}

/// The message for a file without a column of names. If it is a `table`, another layout may help.
pub(super) fn describe_missing_name(
    kind: Kind,
    mapping: &Mapping,
    table: Option<&[u8]>,
    column_options: &ColumnOptions,
) -> String {
    let columns: Vec<String> =
        mapping.mapped.iter().map(|(column, _)| column.clone()).chain(mapping.unmapped.clone()).collect();
    let message = format!(
        "no column holds the name of the {kind}; choose one with --map name=COLUMN: {}",
        list_columns(&columns)
    );
    let Some(bytes) = table else { return message };
    let marks = if columns.len() == 1 { &OTHER_SEPARATORS[..] } else { &[] };
    let separators = marks.iter().filter(|mark| columns.iter().any(|column| column.contains(char::from(**mark))));
    let layouts = std::iter::once(None).chain(separators.map(|mark| Some(*mark)));
    let found = layouts
        .flat_map(|separator| (1..=MAX_HEADING_ROWS).map(move |row| Layout { separator, heading_row: Some(row) }));
    let found = found.filter(|layout| {
        let file = import_file::read_table(bytes, layout).ok();
        file.and_then(|file| try_mapping(&file, kind, column_options)).is_some_and(|mapping| has_names(&mapping))
    });
    match found.min_by_key(|layout| layout.heading_row) {
        Some(Layout { separator: Some(mark), heading_row: Some(1) }) => {
            format!("{message}; the file seems to use another separator: --separator \"{}\"", char::from(mark))
        }
        Some(Layout { separator: Some(mark), heading_row: Some(row) }) => {
            format!(
                "{message}; the headings seem to be in row {row}: --heading-row {row} --separator \"{}\"",
                char::from(mark)
            )
        }
        Some(Layout { heading_row: Some(row), .. }) => {
            format!("{message}; the headings seem to be in row {row}: --heading-row {row}")
        }
        _ => {
            format!("{message}; for another separator or heading row, use --separator CHARACTER or --heading-row N")
        }
    }
}

fn try_mapping(file: &ImportFile, kind: Kind, column_options: &ColumnOptions) -> Option<Mapping> {
    map_columns(file, kind, column_options).ok()
}

/// Separators other than commas, semicolons and tabs to try for a suggestion.
const OTHER_SEPARATORS: [u8; 4] = *b"|:^~";

/// How many rows to search for headings, for a suggestion.
const MAX_HEADING_ROWS: usize = 12;

/// The most problems to list.
const MAX_PROBLEMS: usize = 50;

/// The most rows of a preview; `--verbose` shows all.
const MAX_PREVIEW_ROWS: usize = 25;

/// The most fields of a preview, besides id and name.
const MAX_PREVIEW_FIELDS: usize = 3;

/// The result of an import, for people and programs.
pub(super) struct ImportSummary<'p> {
    /// The planned import.
    pub import: &'p ImportPlan,
    /// Columns that were ignored.
    pub ignored: &'p [String],
    /// Whether `--map` and `--extra` apply to them.
    pub has_columns: bool,
    /// Whether the import was written.
    pub writes: bool,
    /// Whether this is a dry run.
    pub dry_run: bool,
}

impl ImportSummary<'_> {
    fn counts(&self) -> [usize; 5] {
        let import = self.import;
        [
            import.count(|outcome| matches!(outcome, RowOutcome::New(_))),
            import.count(|outcome| matches!(outcome, RowOutcome::Update(_))),
            import.count(|outcome| matches!(outcome, RowOutcome::Unchanged(_))),
            import.repeated.len(),
            import.problems.len(),
        ]
    }

    /// For people.
    pub(super) fn text(&self, ledger: &Ledger, invocation: &Invocation) -> String {
        let mut text = String::new();
        if self.dry_run {
            text += &self.preview(ledger, invocation.verbose);
        }
        let problems = &self.import.problems;
        for problem in problems.iter().take(MAX_PROBLEMS) {
            text += &format!("{}\n", visible(&problem.to_string()));
        }
        if problems.len() > MAX_PROBLEMS {
            text += &format!("… and {} more\n", problems.len() - MAX_PROBLEMS);
        }
        text += if problems.is_empty() { "" } else { "\n" };
        if !self.ignored.is_empty() && !invocation.quiet {
            let help = if self.has_columns {
                " Use --map FIELD=COLUMN for one of them, or --extra to keep them all."
            } else {
                ""
            };
            text += &format!("Ignored: {}.{help}\n", visible(&list_columns(self.ignored)));
        }
        text + &self.sentence() + "\n"
    }

    fn sentence(&self) -> String {
        let [new, updated, unchanged, repeated, wrong] = self.counts();
        if wrong > 0 {
            let mistakes = count(wrong, "mistake", "mistakes");
            return format!("Nothing was written. Fix the {mistakes} in the file, and import again.");
        }
        let kinds: Vec<Kind> =
            Kind::ALL.into_iter().filter(|kind| self.import.rows.iter().any(|row| row.kind == *kind)).collect();
        let noun = |amount: usize| match kinds.as_slice() {
            [kind] => count(amount, kind.singular(), kind.folder()),
            _ => count(amount, "record", "records"),
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
            _ => format!(" {} the same as an earlier one.", count(repeated, "row is", "rows are")),
        };
        if parts.is_empty() {
            return format!("Nothing is new: the ledger already has {}.{repeats}", noun(unchanged));
        }
        if unchanged > 0 {
            parts.push(format!("{} already in the ledger", number(Decimal::from(unchanged))));
        }
        let end = if self.writes { "" } else { " Nothing was written yet." };
        format!("{}.{repeats}{end}", parts.join(", "))
    }

    /// The rows as records, the first of each kind.
    fn preview(&self, ledger: &Ledger, all: bool) -> String {
        let mut text = String::new();
        for kind in Kind::ALL {
            let rows: Vec<&PlannedRow> = self.import.rows.iter().filter(|row| row.kind == kind).collect();
            if rows.is_empty() {
                continue;
            }
            let count_shown = if all { rows.len() } else { MAX_PREVIEW_ROWS };
            text += &document_text::rows(&table(ledger, kind, rows.get(..count_shown).unwrap_or(&rows)));
            if rows.len() > count_shown {
                text += &format!("… and {} more; --verbose shows all\n", rows.len() - count_shown);
            }
            text += "\n";
        }
        text
    }

    /// For programs.
    pub(super) fn data(&self) -> Value {
        let [new, updated, unchanged, repeated, wrong] = self.counts();
        let rows: Vec<Value> = self
            .import
            .rows
            .iter()
            .map(|row| {
                json!({
                    "row": row.place, "kind": row.kind.singular(), "id": row.outcome.id(), "name": row.name(),
                    "outcome": word(&row.outcome),
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
            self.import.repeated.iter().map(|(row, first)| json!({ "row": row, "same_as": first })).collect();
        json!({
            "format_version": 1,
            "written": self.writes,
            "counts": { "new": new, "updated": updated, "unchanged": unchanged, "repeated": repeated, "problems": wrong },
            "rows": rows,
            "repeated": repeats,
            "problems": problems,
            "columns_not_taken": self.ignored,
        })
    }
}

fn word(outcome: &RowOutcome) -> &'static str {
    match outcome {
        RowOutcome::New(_) => "new",
        RowOutcome::Update(_) => "updated",
        RowOutcome::Unchanged(_) => "unchanged",
        RowOutcome::Refused(_) => "refused",
    }
}

fn table(ledger: &Ledger, kind: Kind, rows: &[&PlannedRow]) -> Table {
    let is_given = |name: &&'static str| rows.iter().any(|row| row.fields.contains_key(*name));
    let usual = listing::usual_fields_of(kind).iter().copied();
    let single = |field: &&'static Field| !matches!((field.shape)(), Shape::Table(_) | Shape::Free | Shape::Prose);
    let all = usual.chain(table_of(kind).fields.iter().chain(fields_of(kind)).filter(single).map(|field| field.name));
    let mut fields: Vec<&'static str> = Vec::new();
    for name in all.filter(|name| !["id", "name", "stage"].contains(name)).filter(is_given) {
        if fields.len() < MAX_PREVIEW_FIELDS && !fields.contains(&name) {
            fields.push(name);
        }
    }
    let heads =
        ["", "ID", "Name"].into_iter().map(str::to_owned).chain(fields.iter().map(|field| listing::heading(field)));
    let heads: Vec<String> = heads.collect();
    let mut table = Table::new(heads.iter().map(|head| (head.as_str(), Side::Left)));
    for row in rows {
        let start = [word(&row.outcome), row.outcome.id().unwrap_or_default(), row.name()]
            .map(|text| Line::from(listing::fit_text(text)));
        let cells = fields.iter().map(|name| Line::from(listing::cell(ledger, kind, name, &row.fields)));
        table.row(start.into_iter().chain(cells));
    }
    table
}
