//! `coalition fmt`: records, signatures and `coalition.toml` in their canonical form.

mod split;

use super::answer::{CommandOutput, Format, is_refusal};
use super::aside;
use super::check::path_in_ledger;
use super::invocation::Invocation;
use super::transaction::Transaction;
use crate::document::words::{count_of, noun_form};
use crate::edit::apply::written_path;
use crate::edit::format::{Dates, Formatted, format_record, same_records};
use crate::edit::{ChangeSet, FileChange, Order, PlannedChange, Tolerance, overlay};
use crate::error::Error;
use crate::kind::Kind;
use crate::output::{visible, visible_text};
use crate::parse::conflict;
use crate::source::disk::Disk;
use crate::source::{LedgerPath, ListedFile, ROOT_FILE, Source};
use anyhow::Result;
use clap::Args;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Format records: order of fields, spacing, dates; keep all comments
///
/// What the records say does not change. Logs, such as contacts and signatures, are sorted by date.
///
/// `--split-signatures` sorts nothing. It moves signatures from the records of agreements to a file for each member,
/// `signatures/AGREEMENT/MEMBER.toml`, so that members can sign at the same time. Each entry keeps every byte except its
/// `member` line, and every signature still counts.
#[derive(Debug, Args)]
pub(super) struct Fmt {
    /// Files, folders or records [default: all records, signatures and coalition.toml]
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    /// List files that need formatting, write nothing, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
    /// Show what would change, and write nothing
    #[arg(long, conflicts_with = "check")]
    dry_run: bool,
    /// Move the signatures of these agreements to the members' files, and change nothing else
    #[arg(long)]
    split_signatures: bool,
}

/// A file with what it becomes.
struct FormattedFile {
    path: LedgerPath,
    before: String,
    after: Formatted,
    /// Dates stay in their quotes, and the answer says so.
    keeps_quotes: bool,
}

impl FormattedFile {
    fn is_canonical(&self) -> bool {
        self.before == self.after.text
    }
}

/// The files that were asked for.
struct Looked {
    files: Vec<FormattedFile>,
    /// How many were left as they are, for what is on stderr.
    left: usize,
}

impl Fmt {
    /// Formats.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        match (self.split_signatures, self.check) {
            (false, false) => self.write(invocation),
            (false, true) => self.list_unformatted(invocation),
            (true, false) => self.split_signatures(invocation).map(CommandOutput::yes),
            (true, true) => self.list_unsplit(invocation),
        }
    }

    /// Names the files that are not in canonical form.
    fn list_unformatted(&self, invocation: &Invocation) -> Result<CommandOutput> {
        let (source, root) = invocation.source()?;
        let looked = look(&*source, &self.paths, &root)?;
        let wrong: Vec<&FormattedFile> = looked.files.iter().filter(|file| !file.is_canonical()).collect();
        let names: String = wrong.iter().map(|file| format!("{}\n", visible(file.path.as_str()))).collect();
        if !invocation.quiet && !wrong.is_empty() {
            let what = count_of(wrong.len(), "file is", "files are");
            let them = noun_form(wrong.len(), "it", "them");
            aside::print(&format!("{what} not formatted; `coalition fmt` formats {them}\n"));
        }
        Ok(CommandOutput::given(wrong.is_empty() && looked.left == 0, names))
    }

    /// Writes what is not in canonical form.
    fn write(&self, invocation: &Invocation) -> Result<CommandOutput> {
        let transaction = Transaction::begin(invocation, "fmt", self.dry_run)?;
        let read = overlay(&transaction.disk, &transaction.ledger, &[]);
        let mut looked = look(&read, &self.paths, transaction.disk.root())?;
        let planned = match plan(&transaction, invocation, &looked.files) {
            // Without their quotes dates begin to count, and what follows from them may be wrong.
            Err(error) if is_refusal(&error) && keep_quotes(&mut looked, &error)? => {
                plan(&transaction, invocation, &looked.files)
            }
            planned => planned,
        };
        let planned = planned?;
        let changed = planned.as_ref().map_or(0, |planned| planned.changes.files.len());
        let mut output = String::new();
        if let Some(planned) = &planned {
            let shown = transaction.write(planned)?;
            if self.dry_run {
                output = shown + "\n";
            } else {
                output = names(planned);
            }
        }
        if !invocation.quiet {
            let right = looked.files.iter().filter(|file| file.is_canonical() && !file.keeps_quotes).count();
            let verb = if self.dry_run { "would be" } else { noun_form(changed, "was", "were") };
            let left =
                looked.left + looked.files.iter().filter(|file| file.is_canonical() && file.keeps_quotes).count();
            let left = if left == 0 { String::new() } else { format!(", {left} left unchanged") };
            let right = format!("{right} {} already formatted{left}", noun_form(right, "was", "were"));
            output += &format!("{} {verb} changed, {right}.\n", count_of(changed, "file", "files"));
        }
        let is_done = looked.left == 0 && !looked.files.iter().any(|file| file.keeps_quotes);
        Ok(CommandOutput::given(is_done, output))
    }
}

/// The files that a change writes, each on a line.
fn names(planned: &PlannedChange) -> String {
    planned.changes.files.iter().map(|file| format!("{}\n", visible(file.path.as_str()))).collect()
}

/// Reads the files that were named and formats each. A file that cannot be formatted is left, with the reason.
fn look(source: &dyn Source, paths: &[String], root: &Path) -> Result<Looked> {
    let meant = select_files(source, paths, root)?;
    let results: Vec<_> = meant.into_par_iter().map(|listed| one(source, listed)).collect();
    let mut looked = Looked { files: Vec::new(), left: 0 };
    for result in results {
        match result {
            Ok(file) => looked.files.push(file),
            Err(error) => {
                looked.left += 1;
                aside::print(&visible_text(&error.to_string()));
            }
        }
    }
    if looked.files.is_empty() {
        stop!(data, "no file could be formatted");
    }
    Ok(looked)
}

/// One file in its canonical form, or why it is left.
fn one(source: &dyn Source, listed: ListedFile) -> Result<FormattedFile, Error> {
    let path = listed.path;
    let read = listed.trouble.map_or_else(|| source.read(&path), Err);
    let before = read.map_err(|reason| Error::data(format!("{path} {reason}: {}", reason.suggest())))?;
    if let Some(conflict) = conflict::find(&before, &path).and_then(|found| found.into_iter().next()) {
        let line = before.get(..conflict.span.range().start).unwrap_or_default().matches('\n').count() + 1;
        return Err(Error::data(format!("{path}, line {line}: {}; {}", conflict.message, conflict.help)));
    }
    let after = format_text(&path, &before, Dates::Unquoted)?;
    Ok(FormattedFile { path, before, after, keeps_quotes: false })
}

fn format_text(path: &LedgerPath, text: &str, dates: Dates) -> Result<Formatted, Error> {
    let order = Order::of_path(path);
    format_record(text, &order, dates).map_err(|refusal| Error::refused(format!("{path}: {refusal}")))
}

/// The files that are meant: by path as for `check`, or by record.
fn select_files(source: &dyn Source, words: &[String], root: &Path) -> Result<Vec<ListedFile>> {
    let listing = source.list()?;
    let mut all = listing.records;
    all.push(ListedFile { path: LedgerPath::new(ROOT_FILE), trouble: None });
    all.sort_by(|a, b| a.path.cmp(&b.path));
    if words.is_empty() {
        return Ok(all);
    }
    let mut is_meant = vec![false; all.len()];
    for word in words {
        let path = path_in_ledger(source, root, Path::new(word));
        let hits = |listed: &ListedFile| match &path {
            Ok(path) => listed.path.is_within(path),
            Err(_) => is_record(&listed.path, word),
        };
        let hits: Vec<usize> = all.iter().enumerate().filter(|(_, listed)| hits(listed)).map(|(at, _)| at).collect();
        match path {
            Err(error) if hits.is_empty() => return Err(error),
            Ok(_) if hits.is_empty() => {
                stop!(usage, "{word} has no records; `coalition fmt` formats records and {ROOT_FILE}");
            }
            _ => hits.into_iter().filter_map(|at| is_meant.get_mut(at).map(|meant| *meant = true)).collect(),
        }
    }
    Ok(all.into_iter().zip(is_meant).filter(|(_, is_meant)| *is_meant).map(|(listed, _)| listed).collect())
}

/// Whether a record is named by kind and id.
fn is_record(path: &LedgerPath, word: &str) -> bool {
    let Some((kind, id)) = word.split_once('/') else { return false };
    let kind = kind.parse::<Kind>().ok();
    kind.is_some() && Kind::of_folder(path.top()) == kind && path.stem().eq_ignore_ascii_case(id)
}

/// The change of all files that are not in canonical form, proven; `None` where all are.
fn plan(transaction: &Transaction, invocation: &Invocation, files: &[FormattedFile]) -> Result<Option<PlannedChange>> {
    let changed: Vec<&FormattedFile> = files.iter().filter(|file| !file.is_canonical()).collect();
    if changed.is_empty() {
        return Ok(None);
    }
    let changes = changes(&transaction.disk, &changed)?;
    let planned = transaction.plan(invocation, changes, Tolerance::NONE)?;
    let by_path = changed.iter().map(|file| (&file.path, !file.after.unquoted.is_empty())).collect::<HashMap<_, _>>();
    same_records(&transaction.ledger, &planned.ledger, &by_path)?;
    Ok(Some(planned))
}

/// The changes as they are written: where a link leads to another file of the ledger, that one is written, and once.
fn changes(disk: &Disk, files: &[&FormattedFile]) -> Result<ChangeSet> {
    let mut by_place: BTreeMap<LedgerPath, &FormattedFile> = BTreeMap::new();
    for file in files {
        let place = written_path(disk, &file.path)?;
        if place == file.path || !by_place.contains_key(&place) {
            by_place.insert(place, file);
        }
    }
    let mut files: Vec<&FormattedFile> = by_place.into_values().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let change = |file: &FormattedFile| FileChange {
        path: file.path.clone(),
        before: Some(file.before.clone()),
        after: Some(file.after.text.clone()),
    };
    Ok(ChangeSet { what: "fmt".to_owned(), files: files.into_iter().map(change).collect() })
}

/// Leaves dates in their quotes, and says where and why; false if no date lost any.
fn keep_quotes(looked: &mut Looked, refusal: &anyhow::Error) -> Result<bool> {
    let mut places = Vec::new();
    for file in looked.files.iter_mut().filter(|file| !file.after.unquoted.is_empty()) {
        let lines: Vec<String> = file.after.unquoted.iter().map(usize::to_string).collect();
        places.push(format!("{}, {} {}", file.path, noun_form(lines.len(), "line", "lines"), lines.join(", ")));
        file.after = format_text(&file.path, &file.before, Dates::Kept)?;
        file.keeps_quotes = true;
    }
    if places.is_empty() {
        return Ok(false);
    }
    let output =
        format!("dates in quotes were left as they are in {}: if they become dates, {refusal}", places.join("; "));
    aside::print(&visible_text(&output));
    Ok(true)
}
