//! `coalition import`: records from registers that a coalition has, all of them or none.

use super::answer::{Answer, Format, data};
use super::invocation::Invocation;
use super::progress::Bar;
use crate::document::words::count;
use crate::document::{Line, Side, Table};
use crate::exchange::import::{
    Fate, Import as Planned, Mapping, Options, Outcome, Problem, Style, Wishes, incoming, listed, mapping, plan,
};
use crate::exchange::incoming::Incoming;
use crate::exchange::popolo;
use crate::exchange::register::{self, Format as Written, MOST_BYTES};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::output::{document_text, visible};
use crate::report::listing;
use anyhow::{Context as _, Result, anyhow, bail};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bring in records from a register: CSV, YAML, JSON, JSON Lines, TOML or Popolo
///
/// Columns are found by their headings; `--dry-run` shows what would become of each row. Either all rows are taken or none:
/// what is wrong is told by row. Rows that the ledger has already are left as they are, so importing twice is importing once.
#[derive(Debug, Args)]
pub struct Import {
    /// The kind of record, in the singular or the plural; or `popolo`
    #[arg(value_name = "KIND")]
    what: What,
    /// The register; `-` reads it from the standard input
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
}

impl std::str::FromStr for What {
    type Err = String;

    fn from_str(word: &str) -> Result<What, String> {
        if word.eq_ignore_ascii_case("popolo") {
            return Ok(What::Popolo);
        }
        word.parse().map(What::Kind).map_err(|error: crate::kind::UnknownKind| format!("{error}, or popolo"))
    }
}

/// What a register is written in.
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
        return Err("both sides of the equals sign say something".to_owned());
    }
    Ok((field.trim().to_owned(), other.trim().to_owned()))
}

/// The most problems that are told one by one.
const MOST_TOLD: usize = 50;

/// The rows of a preview; `--verbose` shows all.
const PREVIEWED: usize = 25;

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
        let named =
            if self.file == Path::new("-") { "the standard input".to_owned() } else { self.file.display().to_string() };
        let (disk, ledger) = (invocation.disk()?, invocation.load()?);
        let taken = self.taken().with_context(|| format!("{named} cannot be imported"))?;
        let bar = Bar::new(invocation);
        let options = Options {
            update: self.update,
            identified: self.what == What::Popolo,
            today: invocation.today,
            progress: &bar,
        };
        let mut planned = plan(&ledger, taken.records, &options);
        planned.problems.extend(taken.problems);
        planned.problems.sort_by_key(Problem::rank);
        let good = planned.problems.is_empty();
        let writes = good && !self.dry_run;
        if writes {
            write(&disk, &ledger, &planned, invocation)?;
        }
        let told = Told { planned: &planned, left: &taken.left, writes, dry_run: self.dry_run };
        let text = match format {
            Format::Text => told.text(&ledger, invocation),
            _ => data(&told.data(), format)?,
        };
        Ok(Answer::when(good, text))
    }

    /// Reads the register.
    fn taken(&self) -> Result<Taken> {
        let bytes = self.bytes()?;
        match self.what {
            What::Popolo => self.popolo(&bytes),
            What::Kind(kind) => self.register(&bytes, kind),
        }
    }

    fn popolo(&self, bytes: &[u8]) -> Result<Taken> {
        let columns = !self.map.is_empty() || !self.set.is_empty() || self.id_from.is_some() || self.extra;
        if columns || self.date_format.is_some() || self.from.is_some_and(|from| from != From::Json) {
            bail!("Popolo says itself what is what; it takes --persons, --update and --dry-run");
        }
        let persons = self.persons.map(|persons| match persons {
            Persons::Officials => Kind::Official,
            Persons::Advocates => Kind::Advocate,
        });
        let read = popolo::read(&register::json(&register::text(bytes)?)?, persons)?;
        Ok(Taken { records: read.records, problems: Vec::new(), left: read.left.into_iter().collect() })
    }

    fn register(&self, bytes: &[u8], kind: Kind) -> Result<Taken> {
        if self.persons.is_some() {
            bail!("--persons belongs to `coalition import popolo`");
        }
        let written = match self.from {
            Some(From::Csv) => Written::Csv,
            Some(From::Yaml) => Written::Yaml,
            Some(From::Json) => Written::Json,
            Some(From::Jsonl) => Written::JsonLines,
            Some(From::Toml) => Written::Toml,
            None => Written::of_name(&self.file.to_string_lossy())
                .context("its name does not tell what it is written in; --from csv, yaml, json, jsonl or toml does")?,
        };
        let style = match &self.date_format {
            Some(form) => Style::with_dates(form).map_err(|told| anyhow!("--date-format: {told}"))?,
            None => Style::default(),
        };
        let register = register::read(bytes, written, &[kind.folder(), kind.singular()])?;
        let wishes =
            Wishes { map: self.map.clone(), set: self.set.clone(), id_from: self.id_from.clone(), extra: self.extra };
        let mapping = mapping(&register, kind, &wishes)?;
        named(kind, &mapping)?;
        let (records, problems) = incoming(&register, kind, &mapping, &style);
        Ok(Taken { records, problems, left: mapping.left })
    }

    fn bytes(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        if self.file == Path::new("-") {
            std::io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
        } else {
            let file = std::fs::File::open(&self.file)?;
            if file.metadata()?.is_dir() {
                bail!("it is a folder");
            }
            file.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
        }
        if bytes.len() as u64 > MOST_BYTES {
            bail!("it has more than {MOST_BYTES} bytes; divide it");
        }
        Ok(bytes)
    }
}

/// Refuses a register in which no column holds names.
fn named(kind: Kind, mapping: &Mapping) -> Result<()> {
    let is_name = |name: String| name == "name";
    let is_named = mapping.taken.iter().any(|(_, target)| is_name(target.name()));
    if is_named || mapping.given.iter().any(|(target, _)| is_name(target.name())) {
        return Ok(());
    }
    let columns: Vec<String> =
        mapping.taken.iter().map(|(column, _)| column.clone()).chain(mapping.left.clone()).collect();
    bail!("no column holds the name of the {kind}; say which with --map name=COLUMN: {}", listed(&columns))
}

/// What is told of an import.
struct Told<'p> {
    planned: &'p Planned,
    left: &'p [String],
    writes: bool,
    dry_run: bool,
}

impl Told<'_> {
    fn counts(&self) -> [usize; 5] {
        let planned = self.planned;
        [
            planned.count(|fate| matches!(fate, Fate::New(_))),
            planned.count(|fate| matches!(fate, Fate::Update(_))),
            planned.count(|fate| matches!(fate, Fate::Unchanged(_))),
            planned.repeated.len(),
            planned.problems.len(),
        ]
    }

    fn text(&self, ledger: &Ledger, invocation: &Invocation) -> String {
        let mut text = String::new();
        if self.dry_run {
            text += &self.preview(ledger, invocation.verbose);
        }
        let problems = &self.planned.problems;
        for problem in problems.iter().take(MOST_TOLD) {
            text += &format!("{}\n", visible(&problem.to_string()));
        }
        if problems.len() > MOST_TOLD {
            text += &format!("… and {} more\n", problems.len() - MOST_TOLD);
        }
        text += if problems.is_empty() { "" } else { "\n" };
        if !self.left.is_empty() && !invocation.quiet {
            text += &format!(
                "Not taken: {}. --map FIELD=COLUMN takes a column, --extra keeps all of them.\n",
                visible(&listed(self.left))
            );
        }
        text + &self.sentence() + "\n"
    }

    fn sentence(&self) -> String {
        let [new, updated, unchanged, repeated, wrong] = self.counts();
        if wrong > 0 {
            let told = count(wrong, "mistake", "mistakes");
            return format!("Nothing was written: {told} in the register. Mend them there, and import again.");
        }
        let kinds: Vec<Kind> = Kind::ALL
            .into_iter()
            .filter(|kind| self.planned.outcomes.iter().any(|outcome| outcome.kind == *kind))
            .collect();
        let noun = |number: usize| match kinds.as_slice() {
            [kind] => count(number, kind.singular(), kind.folder()),
            _ => count(number, "record", "records"),
        };
        let (made, changed) = if self.writes { ("brought in", "changed") } else { ("to bring in", "to change") };
        let mut parts = vec![format!("{} {made}", noun(new))];
        if updated > 0 {
            parts.push(format!("{updated} {changed}"));
        }
        if unchanged > 0 {
            parts.push(format!("{unchanged} in the ledger already"));
        }
        if repeated > 0 {
            parts.push(format!("{} the same as another", count(repeated, "row", "rows")));
        }
        let end = if self.writes { "" } else { " Nothing was written yet." };
        format!("{}.{end}", parts.join(", "))
    }

    /// The rows as records, the first of each kind.
    fn preview(&self, ledger: &Ledger, all: bool) -> String {
        let mut text = String::new();
        for kind in Kind::ALL {
            let rows: Vec<&Outcome> = self.planned.outcomes.iter().filter(|outcome| outcome.kind == kind).collect();
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

    fn data(&self) -> Value {
        let [new, updated, unchanged, repeated, wrong] = self.counts();
        let rows: Vec<Value> = self
            .planned
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
            .planned
            .problems
            .iter()
            .map(|problem| json!({ "row": problem.place, "column": problem.column, "reason": problem.reason }))
            .collect();
        let repeats: Vec<Value> =
            self.planned.repeated.iter().map(|(row, of)| json!({ "row": row, "same_as": of })).collect();
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
    let fields: Vec<String> = listing::usual_fields(kind)
        .iter()
        .filter(|field| !["id", "name", "stage"].contains(*field))
        .map(|field| (*field).to_owned())
        .collect();
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

/// Writes the new records.
fn write(
    disk: &crate::source::disk::Disk,
    _ledger: &Ledger,
    planned: &Planned,
    _invocation: &Invocation,
) -> Result<()> {
    if !planned.updates.is_empty() {
        bail!("records cannot be changed by an import yet");
    }
    for file in &planned.changes.files {
        let place = disk.locate(&file.path);
        let folder = place.parent().context("a record lies in a folder")?;
        std::fs::create_dir_all(folder)?;
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        std::io::Write::write_all(&mut new, file.after.as_deref().unwrap_or_default().as_bytes())?;
        new.persist_noclobber(&place)?;
    }
    Ok(())
}
