//! `coalition import`: records from registers that a coalition has, all of them or none.

mod layout;
mod told;

use super::answer::{Answer, Format, data};
use super::aside;
use super::invocation::Invocation;
use super::progress::Bar;
use super::transaction::Transaction;
use crate::check::{self, Group};
use crate::edit::progress::Progress as _;
use crate::edit::{ChangeSet, FileChange, Tolerance, describe_error, refuse_other_terms, with_past};
use crate::exchange::import::{
    Mapping, Options, Problem, Rows, Style, Target, Wishes, harmed, incoming, listed, mapping, own, plan,
};
use crate::exchange::incoming::Incoming;
use crate::exchange::package::{self, DESCRIPTOR, Package, PackageFile};
use crate::exchange::popolo;
use crate::exchange::register::{self, Format as Written, Layout, MOST_BYTES};
use crate::finding::name;
use crate::kind::Kind;
use crate::ledger::Ledger;
use anyhow::{Context as _, Result, anyhow, bail};
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use layout::{Separator, is_named, nameless, row_number};
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use told::Told;

/// Import records from a spreadsheet (CSV), YAML, JSON, TOML or Popolo
///
/// Columns are found by their headings; `--dry-run` shows what would become of each row. Either all rows are taken or none:
/// what is wrong is told by row. Rows that the ledger has already are left as they are, so importing twice is importing once.
#[derive(Debug, Args)]
pub struct Import {
    /// The kind of record, in the singular or the plural; or `popolo`, or `package` for what `coalition export` wrote
    #[arg(value_name = "KIND")]
    what: What,
    /// The register, or the folder of a package; `-` reads it from the standard input
    file: PathBuf,
    /// What the register is written in, where its name does not tell
    #[arg(long, value_name = "FORMAT", value_enum)]
    from: Option<From>,
    /// Take a field from this column
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = pair)]
    map: Vec<(String, String)>,
    /// Give a field this value in every row that has none of its own
    #[arg(long, value_name = "FIELD=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
    /// What stands between cells of a CSV file, if not a comma, a semicolon or a tab: "|"
    #[arg(long, value_name = "CHARACTER")]
    separator: Option<Separator>,
    /// The row with the headings of a CSV file [default: the first that is not empty]
    #[arg(long, value_name = "N", value_parser = row_number)]
    heading_row: Option<usize>,
    /// Make ids from this column, which tells records apart
    #[arg(long, value_name = "COLUMN")]
    id_from: Option<String>,
    /// The form of dates that are not like 2026-03-01: "%d/%m/%Y"
    #[arg(long, value_name = "FORM")]
    date_format: Option<String>,
    /// Keep columns that match no field under [extra]
    #[arg(long)]
    extra: bool,
    /// What people in a Popolo file become; otherwise who sits or holds a post is an official, and others are advocates
    #[arg(long, value_name = "KIND", value_enum)]
    persons: Option<Persons>,
    /// Change records that are there and say something else
    #[arg(long)]
    update: bool,
    /// Show what would become of each row, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// What is brought in.
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

/// What a register is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum From {
    /// Comma-separated values; semicolons and tabs are recognized
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
        return Err("both sides of the equals sign say something".to_owned());
    }
    Ok((field.trim().to_owned(), other.trim().to_owned()))
}

/// What was read, before it meets the ledger.
#[derive(Default)]
struct Taken {
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
        let taken = self.taken(invocation).with_context(|| format!("{from} cannot be imported"))?;
        let transaction = Transaction::begin(invocation, "import", self.dry_run)?;
        let bar = Bar::new(invocation);
        let options = Options {
            update: self.update,
            identified: self.what == What::Popolo,
            by_id: self.what == What::Package,
            today: invocation.today,
            progress: &bar,
        };
        let mut import = plan(&transaction.ledger, taken.records, taken.problems, &options);
        let good = import.problems.is_empty();
        let writes = good && !self.dry_run;
        if good {
            let changes = std::mem::replace(&mut import.changes, ChangeSet { what: String::new(), files: Vec::new() });
            written(&transaction, invocation, changes, &bar)?;
        }
        let told = Told {
            import: &import,
            left: &taken.left,
            has_columns: matches!(self.what, What::Kind(_)),
            writes,
            dry_run: self.dry_run,
        };
        let text = match format {
            Format::Text => told.text(&transaction.ledger, invocation),
            _ => data(&told.data(), format)?,
        };
        Ok(Answer::when(good, text))
    }

    /// Reads the register.
    fn taken(&self, invocation: &Invocation) -> Result<Taken> {
        match self.what {
            What::Popolo => self.popolo(),
            What::Package => self.package(),
            What::Kind(kind) => self.register(kind, invocation),
        }
    }

    fn popolo(&self) -> Result<Taken> {
        let columns = !self.map.is_empty() || !self.set.is_empty() || self.id_from.is_some() || self.extra;
        if columns || self.date_format.is_some() || self.from.is_some_and(|from| from != From::Json) {
            bail!("Popolo says itself what is what; it takes --persons, --update and --dry-run");
        }
        let persons = self.persons.map(|persons| match persons {
            Persons::Officials => Kind::Official,
            Persons::Advocates => Kind::Advocate,
        });
        let read = popolo::read(&register::json(&register::text(&self.bytes()?)?)?, persons)?;
        let problems = harmed(&read.records);
        Ok(Taken { records: read.records, problems, left: read.left.into_iter().collect() })
    }

    /// Reads what `coalition export --to DIR` wrote.
    fn package(&self) -> Result<Taken> {
        let columns = !self.map.is_empty() || !self.set.is_empty() || self.id_from.is_some() || self.extra;
        let layout = self.separator.is_some() || self.heading_row.is_some();
        if columns || layout || self.from.is_some() || self.persons.is_some() {
            bail!("a package says itself what is what; it takes --date-format, --update and --dry-run");
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
                    "{name} is missing: {DESCRIPTOR} names it, so the package is not whole; put the file back, or export the \
                     package again"
                );
            }
            let bytes = bytes_of(&path).with_context(|| name.clone())?;
            files.push(PackageFile { name, bytes });
        }
        package::restorable(&files)?;
        let Package { records, problems } = package::read(&files, &self.style()?)?;
        Ok(Taken { records, problems, left: Vec::new() })
    }

    fn register(&self, kind: Kind, invocation: &Invocation) -> Result<Taken> {
        if self.persons.is_some() {
            bail!("--persons belongs to `coalition import popolo`");
        }
        let written = match self.from {
            Some(From::Csv) => Written::Csv,
            Some(From::Yaml) => Written::Yaml,
            Some(From::Json) => Written::Json,
            Some(From::Jsonl) => Written::JsonLines,
            Some(From::Toml) => Written::Toml,
            None if register::is_spreadsheet(&self.file.to_string_lossy()) => {
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
        let mut register = match written {
            Written::Csv => register::read_table(&bytes, &layout)?,
            _ => register::read(&bytes, written, &[kind.folder(), kind.singular()])?,
        };
        let foreign = own(&mut register, kind);
        if register.rows.is_empty() {
            return Ok(Taken { problems: foreign, ..Taken::default() });
        }
        let wishes =
            Wishes { map: self.map.clone(), set: self.set.clone(), id_from: self.id_from.clone(), extra: self.extra };
        let mapping = mapping(&register, kind, &wishes)?;
        if self.extra && !invocation.quiet {
            told_extra(&mapping);
        }
        if !is_named(&mapping) {
            bail!("{}", nameless(kind, &mapping, (written == Written::Csv).then_some(&*bytes), &wishes));
        }
        let Rows { records, mut problems, cleaned } = incoming(&register, kind, &mapping, &style);
        problems.extend(foreign);
        if !invocation.quiet {
            told_cleaned(&cleaned);
        }
        Ok(Taken { records, problems, left: mapping.left })
    }

    fn style(&self) -> Result<Style> {
        match &self.date_format {
            Some(form) => Style::with_dates(form).map_err(|told| anyhow!("--date-format: {told}")),
            None => Ok(Style::default()),
        }
    }

    fn bytes(&self) -> Result<Vec<u8>> {
        if self.file == Path::new("-") { bounded(std::io::stdin().lock()) } else { bytes_of(&self.file) }
    }
}

/// Says which columns are kept as they are: nobody has judged whether they may be published.
fn told_extra(mapping: &Mapping) {
    let kept = mapping.taken.iter().filter(|(_, target)| matches!(target, Target::Extra(_)));
    let columns: Vec<String> = kept.map(|(column, _)| column.clone()).collect();
    if !columns.is_empty() {
        let columns = listed(&columns);
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
    bounded(open)
}

fn bounded(from: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        bail!("it has more than {MOST_BYTES} bytes; divide it");
    }
    Ok(bytes)
}

/// Says in which cells something was dropped that nobody sees.
fn told_cleaned(cleaned: &[(String, String)]) {
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
fn keeping_the_past(ledger: &Ledger, changes: ChangeSet, today: NaiveDate) -> Result<ChangeSet> {
    let keep = |change: FileChange| -> Result<FileChange> {
        refuse_other_terms(ledger, &change)?;
        Ok(with_past(ledger, change, today)?)
    };
    let files = changes.files.into_iter().map(keep).collect::<Result<_>>()?;
    Ok(ChangeSet { files, ..changes })
}

/// Proves a change and writes it, unless it is only to be shown. What has to hold is the form: new members have yet to
/// sign, and organizations that may join are a beginning.
fn written(transaction: &Transaction, invocation: &Invocation, changes: ChangeSet, bar: &Bar) -> Result<()> {
    let later = ["empty-ledger", "unreadable-file", "expired-allow"];
    let is_later = |check: &&&check::Check| check.group != Group::Structure || later.contains(&check.name.as_str());
    let expected: Vec<_> = check::ALL.iter().filter(is_later).map(|check| check.name).collect();
    let changes = keeping_the_past(&transaction.ledger, changes, invocation.today)?;
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
    for told in
        planned.new_errors.iter().filter(|error| error.finding.check == name::UNREADABLE_FILE && !invocation.quiet)
    {
        aside::say(&format!("still to come: {}", describe_error(told)));
    }
    Ok(())
}
