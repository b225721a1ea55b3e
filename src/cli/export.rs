//! `coalition export`: what other programs read.

use super::answer::{CommandOutput, Format};
use super::codeowners::Codeowners;
use super::invocation::Invocation;
use super::progress::Bar;
use super::signers::AllowedSigners;
use super::{aside, others, output_file};
use crate::disclosure::Leak;
use crate::edit::progress::WriteProgress as _;
use crate::error::Error;
use crate::exchange::contents::pieces;
use crate::exchange::jsonl;
use crate::exchange::outgoing::Outgoing;
use crate::exchange::package::{self, DESCRIPTOR, EarlierExport, PackageFile, Placement, add_descriptor};
use crate::exchange::preview::preview;
use crate::kind::is_ledger_folder;
use crate::ledger::Ledger;
use crate::output::{document_text, visible};
use crate::source::disk::Disk;
use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

/// Export the ledger for spreadsheets, databases and scripts
///
/// `--to DIR` writes a Data Package: a table as CSV for each kind of record and each of their lists, and a
/// `datapackage.json` with the types of all columns and the keys between the tables. `--format sqlite --to FILE` writes an
/// SQLite database with the same tables, and `--format jsonl` whole records, one per line. An export leaves out
/// private fields, `[extra]` tables, and the names of people who have not agreed to be listed. If a text contains
/// them anyway, it writes nothing and names the places. `--preview` shows what an export would contain.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Export {
    /// The folder to write to, or the file of an SQLite database
    #[arg(long, value_name = "PLACE")]
    to: Option<PathBuf>,
    /// Include private fields and the names of all people
    #[arg(long)]
    private: bool,
    /// Begin each CSV table with a byte order mark, so that Excel reads it as UTF-8
    #[arg(long)]
    bom: bool,
    /// Show what an export would contain and leave out, and write nothing
    #[arg(long, conflicts_with_all = ["bom", "force"])]
    preview: bool,
    /// Overwrite files that are not from an export, or have changed since
    #[arg(long)]
    force: bool,
    #[command(subcommand)]
    what: Option<ExportTarget>,
}

/// What is printed.
#[derive(Debug, Clone, Subcommand)]
enum ExportTarget {
    AllowedSigners(AllowedSigners),
    Codeowners(Codeowners),
}

/// Endings of files, which no one means as the name of a folder.
const FILE_ENDINGS: [&str; 8] = ["csv", "tsv", "xlsx", "xls", "ods", "json", "jsonl", "zip"];

const FORMATS: [Format; 4] = [Format::Text, Format::Csv, Format::Jsonl, Format::Sqlite];

impl Export {
    /// Exports.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        match &self.what {
            Some(ExportTarget::AllowedSigners(signers)) => return signers.run(invocation),
            Some(ExportTarget::Codeowners(codeowners)) => return codeowners.run(invocation),
            None => {}
        }
        let format = Format::among(invocation.format, &FORMATS)?;
        if self.bom && matches!(format, Format::Jsonl | Format::Sqlite) {
            stop!(usage, "--bom is for tables as CSV, which `coalition export --to DIR` writes");
        }
        let place = match (&self.to, format) {
            _ if self.preview => None,
            (Some(place), _) => Some(self.check_destination(invocation, place, format)?),
            (None, Format::Jsonl) => None,
            (None, Format::Sqlite) => stop!(usage, "name the file of the database: --to coalition.db"),
            (None, _) => stop!(usage, "name the folder to write to: --to DIR; --format jsonl alone prints the records"),
        };
        let mut ledger = invocation.load()?;
        let current = if self.private { others::current(invocation)? } else { others::hold(invocation, &mut ledger)? };
        let consents = others::consents(invocation, current.as_ref(), &ledger);
        let mut outgoing = Outgoing::by(&ledger, &consents, self.private);
        outgoing.bom = self.bom;
        if self.preview {
            let leaks = leaks(&outgoing, &package::files(&outgoing, &mut || {})?)?;
            let is_free = others::refusal(&leaks, "an export would be refused").is_none();
            return Ok(CommandOutput::given(is_free, document_text::text_on(&preview(&outgoing), invocation.page())));
        }
        let bar = Bar::new(invocation);
        bar.begin("Exporting", outgoing.count());
        let step = &mut || bar.advance(1);
        let files = match (&place, format) {
            (None, _) => vec![jsonl::whole(&outgoing, step)],
            (Some(_), Format::Jsonl) => add_descriptor(&ledger, &outgoing.audience, jsonl::files(&outgoing, step)),
            (Some(_), _) => package::files(&outgoing, step)?,
        };
        bar.finish();
        // All that is to leave is searched before any of it is written. A database holds what the tables hold.
        if let Some(refusal) = others::refusal(&leaks(&outgoing, &files)?, "nothing was exported") {
            return Ok(refusal);
        }
        let (text, keeps_all) = match (&place, format) {
            (None, _) => (files.into_iter().map(PackageFile::into_text).collect(), self.private),
            (Some(place), Format::Sqlite) => (self.database(place, &ledger, &outgoing, &mut || {})?, false),
            (Some(place), Format::Jsonl) => (self.folder(place, files, outgoing.count())?, self.private),
            (Some(place), _) => (self.folder(place, files, outgoing.count())?, false),
        };
        let whole = report_missing(invocation, &ledger, &outgoing, keeps_all);
        Ok(CommandOutput::given(whole, if invocation.quiet && place.is_some() { String::new() } else { text }))
    }

    /// The place to write to, if an export may lie there.
    fn check_destination(&self, invocation: &Invocation, place: &Path, format: Format) -> Result<PathBuf> {
        let is_folder = format != Format::Sqlite;
        let ending = place.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        if is_folder && !place.is_dir() && FILE_ENDINGS.contains(&ending.as_str()) {
            stop!(
                usage,
                "--to {} would be a folder with that name; give a folder, such as --to export. For one table: coalition list people \
                 --format csv > people.csv; for whole records: coalition export --format jsonl > records.jsonl",
                place.display()
            );
        }
        if is_folder && place.is_file() {
            stop!(
                usage,
                "{} is a file, and an export needs a folder; --format sqlite writes a single file",
                place.display()
            );
        }
        if !is_folder && place.is_dir() {
            stop!(usage, "{} is a folder; name a file for the database, such as coalition.db in it", place.display());
        }
        let Ok(disk) = invocation.disk() else { return Ok(place.to_owned()) };
        let whole = std::path::absolute(place).with_context(|| format!("cannot resolve {}", place.display()))?;
        let existing = whole.ancestors().find(|folder| folder.exists()).unwrap_or(&whole);
        let mut real = existing.canonicalize().with_context(|| format!("cannot resolve {}", existing.display()))?;
        // What is not there yet has no links, so that `..` leads back to where it came from.
        for part in whole.strip_prefix(existing).unwrap_or(Path::new("")).components() {
            match part {
                Component::ParentDir => drop(real.pop()),
                part => real.push(part),
            }
        }
        refuse_records(&disk, &real, is_folder)?;
        Ok(place.to_owned())
    }

    /// Writes the files of an export into a folder, and removes those of an earlier one that it no longer has.
    fn folder(&self, folder: &Path, files: Vec<PackageFile>, records: usize) -> Result<String> {
        let mut existing = BTreeMap::new();
        read_into(&mut existing, folder, DESCRIPTOR)?;
        let earlier = existing.get(DESCRIPTOR).and_then(|bytes| EarlierExport::of(bytes)).unwrap_or_default();
        for name in files.iter().map(|file| file.name.as_str()).chain(earlier.names()) {
            if !existing.contains_key(name) {
                read_into(&mut existing, folder, name)?;
            }
        }
        let placement = Placement::new(files, &existing, self.force).map_err(|conflicts| {
            let lines: String =
                conflicts.iter().map(|conflict| format!("\n  {}", visible(&conflict.to_string()))).collect();
            let folder = folder.display();
            Error::usage(format!("nothing was written to {folder}; --force overwrites what is in the way:{lines}"))
        })?;
        existing.keys().for_each(|name| output_file::clear_beside(&folder.join(name)));
        if !placement.write.is_empty() {
            output_file::make_folder(folder)?;
        }
        // The description comes last: whoever is interrupted finds the old one, and begins again.
        let (descriptions, tables): (Vec<_>, Vec<_>) = placement.write.iter().partition(|file| file.name == DESCRIPTOR);
        for file in tables {
            output_file::write(&folder.join(&file.name), &file.bytes)?;
        }
        for name in &placement.remove {
            output_file::remove(&folder.join(name))?;
        }
        for file in descriptions {
            output_file::write(&folder.join(&file.name), &file.bytes)?;
        }
        Ok(describe_export(folder, &placement, records))
    }

    #[cfg(feature = "sqlite")]
    fn database(
        &self,
        place: &Path,
        ledger: &Ledger,
        outgoing: &Outgoing<'_>,
        step: &mut dyn FnMut(),
    ) -> Result<String> {
        use crate::exchange::sqlite::{database, is_ours};
        let bytes = database(ledger, outgoing, step).context("cannot create the database")?;
        let shown = place.display();
        let count = count_of(outgoing.count(), "record");
        match read(place)? {
            Some(old) if old == bytes => {
                output_file::clear_beside(place);
                return Ok(format!("{shown} already has {count}; nothing changed.\n"));
            }
            Some(old) if !is_ours(&old) && !self.force => {
                stop!(usage, "nothing was written: {shown} exists and is not from an export; --force overwrites it")
            }
            _ => {}
        }
        if let Some(folder) = place.parent() {
            output_file::make_folder(folder)?;
        }
        output_file::write(place, &bytes)?;
        Ok(format!("{shown} now has {count}.\n"))
    }

    #[cfg(not(feature = "sqlite"))]
    fn database(&self, _: &Path, _: &Ledger, _: &Outgoing<'_>, _: &mut dyn FnMut()) -> Result<String> {
        stop!(usage, "this program was built without SQLite; --to DIR writes tables that SQLite can read")
    }
}

/// The withheld data in the files of an export; with `--private`, only private keys.
fn leaks(outgoing: &Outgoing<'_>, files: &[PackageFile]) -> Result<Vec<Leak>> {
    if outgoing.private {
        return others::found_keys(outgoing.ledger, pieces(files));
    }
    others::find_leaks(outgoing.ledger, &outgoing.unlisted, pieces(files))
}

/// Refuses the folders in which records live: what is written there would be read as part of the ledger.
fn refuse_records(disk: &Disk, place: &Path, is_folder: bool) -> Result<()> {
    let Ok(inside) = place.strip_prefix(disk.root()) else { return Ok(()) };
    let first = inside.iter().next().map(|name| name.to_string_lossy().to_lowercase());
    match first {
        None if is_folder => {
            stop!(usage, "{} is the ledger itself; an export needs its own folder", place.display())
        }
        Some(name) if is_ledger_folder(&name) || name == ".git" => {
            stop!(usage, "{} is in `{name}`, a folder of the ledger; an export needs its own folder", place.display())
        }
        Some(_) if !is_folder && place.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) => {
            stop!(usage, "{} would be a file of the ledger; name the database coalition.db", place.display())
        }
        _ => Ok(()),
    }
}

/// Says on stderr what is not in the export. Whether it is whole.
fn report_missing(invocation: &Invocation, ledger: &Ledger, outgoing: &Outgoing<'_>, keeps_all: bool) -> bool {
    let say = aside::say;
    if outgoing.unlisted.people() > 0 && !invocation.quiet {
        let people = match outgoing.unlisted.people() {
            1 => "1 person has not agreed to be listed and has".to_owned(),
            several => format!("{several} people have not agreed to be listed and have"),
        };
        say(&format!("{people} no name in the export; --private names everyone"));
    }
    let extra = outgoing.extra_kept();
    if extra > 0 && !invocation.quiet {
        let tables = count_of(extra, "[extra] table");
        say(&format!("{tables} left out; to include them, use --private or set extra = \"public\" under [render]"));
    }
    let mistaken = ledger.certainty.flawed_files().len();
    if mistaken > 0 {
        let files = if mistaken == 1 { "1 file has" } else { &format!("{mistaken} files have") };
        say(&format!("{files} mistakes, so the export may be incomplete; `coalition check` lists them"));
    }
    if keeps_all {
        return mistaken == 0;
    }
    for lost in &outgoing.missing_references {
        let (path, line, field, to) = (&lost.path, lost.line, lost.field, &lost.to);
        say(&format!("{path}:{line}: there is no {to}, so `{field}` was left out of the export"));
    }
    mistaken == 0 && outgoing.missing_references.is_empty()
}

/// What was done.
fn describe_export(folder: &Path, placement: &Placement, records: usize) -> String {
    let files = |count: usize| count_of(count, "file");
    let mut text = format!(
        "{} in {}: {} written, {} unchanged",
        count_of(records, "record"),
        folder.display(),
        files(placement.write.len()),
        files(placement.unchanged)
    );
    if !placement.remove.is_empty() {
        text += &format!(", {} removed", files(placement.remove.len()));
    }
    text + ".\n"
}

fn count_of(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Reads a file of a folder, if it is there. A link is one that no one knows: nothing is written through it.
fn read_into(existing: &mut BTreeMap<String, Vec<u8>>, folder: &Path, name: &str) -> Result<()> {
    existing.extend(read(&folder.join(name))?.map(|bytes| (name.to_owned(), bytes)));
    Ok(())
}

fn read(place: &Path) -> Result<Option<Vec<u8>>> {
    match fs::symlink_metadata(place) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Ok(about) if about.is_file() => {
            fs::read(place).map(Some).with_context(|| format!("cannot read {}", place.display()))
        }
        Ok(_) => stop!(environment, "{} is not a file; move it elsewhere", place.display()),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", place.display())),
    }
}
