//! `coalition import`: records from spreadsheets, address books and other import files, all of them or none.

mod input;
mod left_out;
mod summary;

use super::answer::{CommandOutput, Format, data};
use super::aside;
use super::invocation::Invocation;
use super::progress::Bar;
use super::transaction::Transaction;
use crate::check::{self, Group, Reported};
use crate::edit::progress::WriteProgress as _;
use crate::edit::{ChangeSet, FileChange, Tolerance, describe_error, keep_past, refuse_other_terms};
use crate::error::Error;
use crate::exchange::date_format::DateFormat;
use crate::exchange::import::{ColumnOptions, ImportOptions, ImportPlan, find_importable, importable_lists, plan};
use crate::exchange::import_file::{FileFormat, TextEncoding};
use crate::exchange::incoming::Problem;
use crate::finding::name;
use crate::kind::{Kind, UnknownKind};
use crate::ledger::Ledger;
use crate::ledger::query::entries::EntryList;
use anyhow::Result;
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use input::Input;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::PathBuf;
use summary::ImportSummary;

/// Import records from a spreadsheet (CSV, Excel, LibreOffice), an address book, YAML, JSON, TOML or Popolo
///
/// The command finds columns by their headings, including those of Google Contacts, Outlook, Mailchimp and other programs. It writes all
/// rows or none, and reports every mistake by row. Importing again changes nothing. Use --dry-run to see the result first.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// People, organizations or another kind; a list such as seats, positions, contacts or attendance; `popolo`; or `package`
    #[arg(value_name = "KIND")]
    what: ImportType,
    /// The files, or a folder of them; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Format of the file, if its extension does not say
    #[arg(long, value_name = "FORMAT", value_enum)]
    from: Option<FormatName>,
    /// Encoding of the file, if not UTF-8 or UTF-16: windows-1252
    #[arg(long, value_name = "NAME")]
    encoding: Option<TextEncoding>,
    /// Column for a field, whatever its heading; may be repeated
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = pair)]
    map: Vec<(String, String)>,
    /// Column to leave out; may be repeated
    #[arg(long, value_name = "COLUMN")]
    ignore: Vec<String>,
    /// Value of a field for all rows, whatever a column says; may be repeated
    #[arg(long, value_name = "FIELD=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
    /// Value of a field for rows that have none; may be repeated
    #[arg(long, value_name = "FIELD=VALUE", value_parser = pair)]
    default: Vec<(String, String)>,
    /// What a word in the file stands for: classification:Civic=civic-group; may be repeated
    #[arg(long, value_name = "FIELD:FROM=TO", value_parser = rule)]
    value: Vec<(String, String, String)>,
    /// Text that stands for an empty cell: NA; may be repeated
    #[arg(long, value_name = "TEXT")]
    missing: Vec<String>,
    /// Separator between cells [default: comma, semicolon, tab or bar, as the file shows]
    #[arg(long, value_name = "CHARACTER")]
    separator: Option<Separator>,
    /// Number of rows above the headings that do not belong to the table
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    skip: usize,
    /// Row with the headings [default: the first row with headings it recognizes]
    #[arg(long, value_name = "N", value_parser = row_number)]
    heading_row: Option<usize>,
    /// List in a JSON, YAML or TOML file, or sheet of a spreadsheet
    #[arg(long, value_name = "NAME")]
    list: Option<String>,
    /// Column to make ids from, if names are not unique
    #[arg(long, value_name = "COLUMN")]
    id_from: Option<String>,
    /// Date format, if dates can be read in two ways: "%d/%m/%Y"
    #[arg(long, value_name = "FORM")]
    date_format: Option<String>,
    /// Keep columns that match no field under [extra]
    #[arg(long)]
    extra: bool,
    /// Kind for all people in a Popolo file [default: officials if they have a seat or a post, advocates otherwise]
    #[arg(long, value_name = "KIND", value_enum)]
    persons: Option<Persons>,
    /// Make a record for each person's organization, too
    #[arg(long)]
    with_organizations: bool,
    /// Import the rows without mistakes, and write the others to a file
    #[arg(long)]
    skip_bad: bool,
    /// Update records that differ from their rows
    #[arg(long)]
    update: bool,
    /// Show the result for each row, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// What to import.
#[derive(Debug, Clone, PartialEq, Eq)]
enum ImportType {
    Kind(Kind),
    Entries(EntryList),
    Popolo,
    Package,
}

impl std::str::FromStr for ImportType {
    type Err = Error;

    fn from_str(word: &str) -> Result<ImportType, Error> {
        if word.eq_ignore_ascii_case("popolo") {
            return Ok(ImportType::Popolo);
        }
        if word.eq_ignore_ascii_case("package") {
            return Ok(ImportType::Package);
        }
        if let Some(list) = find_importable(word) {
            return Ok(ImportType::Entries(list));
        }
        let lists = || importable_lists().iter().map(|list| list.name).collect::<Vec<_>>().join(", ");
        word.parse().map(ImportType::Kind).map_err(|error: UnknownKind| {
            Error::usage(format!("{error}; or a list: {}; or popolo or package", lists()))
        })
    }
}

/// The format of an import file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// Comma-separated values; semicolons, tabs or bars work too
    Csv,
    /// Excel or LibreOffice, or a table in a web page
    Xlsx,
    /// vCard
    Vcard,
    /// YAML
    Yaml,
    /// JSON
    Json,
    /// One JSON object per line
    Jsonl,
    /// TOML
    Toml,
}

impl FormatName {
    fn format(self) -> FileFormat {
        match self {
            FormatName::Csv => FileFormat::Csv,
            FormatName::Xlsx => FileFormat::Xlsx,
            FormatName::Vcard => FileFormat::VCard,
            FormatName::Yaml => FileFormat::Yaml,
            FormatName::Json => FileFormat::Json,
            FormatName::Jsonl => FileFormat::JsonLines,
            FormatName::Toml => FileFormat::Toml,
        }
    }
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
fn pair(text: &str) -> Result<(String, String), Error> {
    let (field, other) = text.split_once('=').ok_or_else(|| Error::usage("write FIELD=COLUMN or FIELD=VALUE"))?;
    if field.trim().is_empty() || other.trim().is_empty() {
        return Err(Error::usage("write FIELD=COLUMN or FIELD=VALUE; neither side may be empty"));
    }
    Ok((field.trim().to_owned(), other.trim().to_owned()))
}

/// Splits `FIELD:FROM=TO` into its three parts. What stands for a value may hold any character; the value holds no equals sign.
fn rule(text: &str) -> Result<(String, String, String), Error> {
    const FORM: &str = "write FIELD:FROM=TO, such as classification:Civic=civic-group";
    let wrong = || Error::usage(FORM);
    let (field, rest) = text.split_once(':').ok_or_else(wrong)?;
    let (from, to) = rest.rsplit_once('=').ok_or_else(wrong)?;
    let (field, from, to) = (field.trim(), from.trim(), to.trim());
    if field.is_empty() || from.is_empty() || to.is_empty() {
        return Err(Error::usage(format!("{FORM}; to empty a cell, use --missing")));
    }
    Ok((field.to_owned(), from.to_owned(), to.to_owned()))
}

impl Import {
    /// Imports records.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        let format = Format::among(invocation.format, &[Format::Text, Format::Json, Format::Yaml])?;
        invocation.refuse_revision("import")?;
        let mut input = self.read_input(invocation)?;
        let transaction = Transaction::begin(invocation, "import", self.dry_run)?;
        self.settle(&transaction.ledger, &mut input);
        let bar = Bar::new(invocation);
        let options = ImportOptions {
            update: self.update || matches!(self.what, ImportType::Entries(_)),
            identified: self.what == ImportType::Popolo || self.with_organizations,
            by_id: self.what == ImportType::Package,
            today: invocation.today,
            progress: &bar,
        };
        let (mut import, left_out) = self.plan(&transaction.ledger, &mut input, &options);
        if !invocation.quiet {
            input.notes.iter().for_each(|note| aside::say(note));
        }
        let good = import.problems.is_empty();
        let writes = good && !self.dry_run;
        if good {
            let changes = std::mem::replace(&mut import.changes, ChangeSet { what: String::new(), files: Vec::new() });
            write(&transaction, invocation, changes, &bar)?;
        }
        let file = if good && !left_out.is_empty() && !self.dry_run {
            Some(left_out::write(&input, &left_out)?)
        } else {
            None
        };
        let summary = ImportSummary {
            import: &import,
            left_out: &left_out,
            left_out_file: file.as_deref(),
            ignored: &input.ignored,
            entries: input.entries.map(|count| (count, self.list_name())),
            has_columns: matches!(self.what, ImportType::Kind(_) | ImportType::Entries(_)),
            keeps_extra: matches!(self.what, ImportType::Kind(_)),
            writes,
            dry_run: self.dry_run,
        };
        let text = match format {
            Format::Text => summary.text(&transaction.ledger, invocation),
            _ => data(&summary.data(), format)?,
        };
        Ok(CommandOutput::given(good, text))
    }

    fn list_name(&self) -> &'static str {
        match &self.what {
            ImportType::Entries(list) => list.name,
            _ => "",
        }
    }

    /// Plans the import. With `--skip-bad`, rows with mistakes are taken out until the others have none; returns the mistakes of those.
    fn plan(&self, ledger: &Ledger, input: &mut Input, options: &ImportOptions<'_>) -> (ImportPlan, Vec<Problem>) {
        let mut left_out: Vec<Problem> = Vec::new();
        let mut problems = std::mem::take(&mut input.problems);
        loop {
            // They are needed again only to leave some out.
            let records = if self.skip_bad { input.records.clone() } else { std::mem::take(&mut input.records) };
            let mut import = plan(ledger, records, problems.clone(), options);
            for problem in &mut import.problems {
                input.explain(problem, self.with_organizations);
            }
            if !self.skip_bad || import.problems.is_empty() {
                return (import, left_out);
            }
            // What another row needed may be among those that were left out.
            let bad: HashSet<String> = import.problems.iter().map(|problem| problem.place.clone()).collect();
            let before = input.records.len();
            input.records.retain(|record| !bad.contains(&record.place));
            if input.records.len() == before && problems.is_empty() {
                return (import, left_out);
            }
            left_out.append(&mut import.problems);
            problems.clear();
            if input.records.is_empty() {
                let import = plan(ledger, Vec::new(), std::mem::take(&mut left_out), options);
                return (import, Vec::new());
            }
        }
    }

    fn column_options(&self) -> ColumnOptions {
        ColumnOptions {
            map: self.map.clone(),
            set: self.set.clone(),
            defaults: self.default.clone(),
            values: self.value.clone(),
            id_from: self.id_from.clone(),
            ignore: self.ignore.clone(),
            extra: self.extra,
        }
    }

    /// Whether an option about columns or cells is given.
    fn has_column_options(&self) -> bool {
        let lists = [&self.map, &self.set, &self.default].iter().any(|list| !list.is_empty());
        lists
            || !self.value.is_empty()
            || !self.missing.is_empty()
            || !self.ignore.is_empty()
            || self.id_from.is_some()
            || self.extra
            || self.with_organizations
            || self.list.is_some()
            || self.encoding.is_some()
            || self.skip > 0
    }

    fn date_format(&self) -> Result<DateFormat> {
        match &self.date_format {
            Some(form) => Ok(DateFormat::parse(form).map_err(|error| error.within("--date-format"))?),
            None => Ok(DateFormat::default()),
        }
    }

    /// The only file, for formats that have one.
    fn single_file(&self, what: &str) -> Result<&PathBuf> {
        match self.files.as_slice() {
            [file] => Ok(file),
            _ => stop!(usage, "{what} is imported one at a time"),
        }
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
    type Err = Error;

    fn from_str(text: &str) -> Result<Separator, Error> {
        match text {
            "tab" | "\\t" => Ok(Separator(b'\t')),
            "comma" => Ok(Separator(b',')),
            "semicolon" => Ok(Separator(b';')),
            "bar" | "pipe" => Ok(Separator(b'|')),
            text => match text.as_bytes() {
                [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"\"\n\r".contains(byte) => {
                    Ok(Separator(*byte))
                }
                _ => Err(Error::usage("write one character, such as \"|\", or the word tab")),
            },
        }
    }
}

/// Reads the number of a row, from 1.
fn row_number(text: &str) -> Result<usize, Error> {
    text.parse().ok().filter(|row| *row > 0).ok_or_else(|| Error::usage("must be a row number, from 1"))
}
