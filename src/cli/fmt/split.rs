//! `coalition fmt --split-signatures`: signatures from the records of agreements to files of their members.

use super::super::aside;
use super::{Fmt, names, select_files};
use crate::cli::answer::CommandOutput;
use crate::cli::invocation::{Invocation, read_ledger};
use crate::cli::transaction::Transaction;
use crate::document::words::count_of;
use crate::edit::split::{self, MovedEntry, Split, require_same_judgment};
use crate::edit::{ChangeSet, FileChange, signatures_opening};
use crate::error::Error;
use crate::finding::{Finding, name};
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::lookup::find_by_word;
use crate::output::{visible, visible_text};
use crate::source::{LedgerPath, ListedFile, Source};
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

impl Fmt {
    /// Names the records of agreements that hold signatures.
    pub(super) fn list_unsplit(&self, invocation: &Invocation) -> Result<CommandOutput> {
        let (source, root) = invocation.source()?;
        let ledger = read_ledger(&*source)?;
        let mut names = String::new();
        let (mut count, mut left) = (0, 0);
        for path in agreements(&ledger, &*source, &self.paths, &root)? {
            match split_of(&ledger, &path) {
                Ok(None) => {}
                Ok(Some(_)) => {
                    count += 1;
                    names += &format!("{}\n", visible(path.as_str()));
                }
                Err(refusal) => {
                    left += 1;
                    aside::print(&visible_text(&refusal.to_string()));
                }
            }
        }
        if !invocation.quiet && count > 0 {
            let what = count_of(count, "record has", "records have");
            aside::print(&format!(
                "{what} signatures; `coalition fmt --split-signatures` moves them to files of the members\n"
            ));
        }
        Ok(CommandOutput::given(count + left == 0, names))
    }

    /// Moves signatures to files of their members: all that are meant, or none.
    pub(super) fn split_signatures(&self, invocation: &Invocation) -> Result<String> {
        let transaction = Transaction::begin(invocation, "fmt", self.dry_run)?.with_history(invocation);
        let ledger = &transaction.ledger;
        let paths = agreements(ledger, &transaction.disk, &self.paths, transaction.disk.root())?;
        let mut splits = Vec::new();
        let mut misfits = Vec::new();
        for path in paths {
            match split_of(ledger, &path) {
                Ok(None) => {}
                Ok(Some(split)) => splits.push((path, split)),
                Err(refusal) => misfits.push(refusal.to_string()),
            }
        }
        if !misfits.is_empty() {
            return Err(Error::refused(format!("{}\nNothing was written.", misfits.join("\n"))).into());
        }
        if splits.is_empty() {
            return Ok(if invocation.quiet {
                String::new()
            } else {
                "No record of an agreement has signatures.\n".to_owned()
            });
        }
        let mut files = Vec::new();
        for (path, split) in &splits {
            files.extend(split_files(ledger, path, split)?);
        }
        let moved: usize = splits.iter().map(|(_, split)| split.entries.len()).sum();
        let places = files.len() - splits.len();
        let changes = ChangeSet { what: "fmt --split-signatures".to_owned(), files };
        // What was wrong with an entry is wrong with it in its new place; that nothing else is, is proven below.
        let mut planned = transaction.preview(invocation, changes)?;
        require_same_judgment(ledger, &planned, invocation.today)?;
        planned.new_errors.clear();
        let shown = transaction.write(&planned)?;
        let mut output = if self.dry_run { shown + "\n" } else { names(&planned) };
        if !invocation.quiet {
            let verb = if self.dry_run { "would move" } else { "moved" };
            let signatures = count_of(moved, "signature", "signatures");
            output += &format!("{signatures} {verb} to {}.\n", count_of(places, "file", "files"));
        }
        Ok(output)
    }
}

/// The records of the agreements that are meant: by path, by id or by name; all of them where none is named.
fn agreements(ledger: &Ledger, source: &dyn Source, words: &[String], root: &Path) -> Result<Vec<LedgerPath>> {
    let in_folder =
        |listed: ListedFile| Some(listed.path).filter(|path| Kind::of_folder(path.top()) == Some(Kind::Agreement));
    let mut paths: BTreeSet<LedgerPath> = BTreeSet::new();
    if words.is_empty() {
        paths.extend(source.list()?.records.into_iter().filter_map(in_folder));
    }
    for word in words {
        if let Some(record) = ledger.agreements.find(word.strip_prefix("agreement/").unwrap_or(word)) {
            paths.insert(record.path.clone());
            continue;
        }
        match select_files(source, std::slice::from_ref(word), root) {
            Ok(listed) => {
                let of_word: Vec<LedgerPath> = listed.into_iter().filter_map(in_folder).collect();
                if of_word.is_empty() {
                    stop!(
                        usage,
                        "{word} has no agreements; `coalition fmt --split-signatures` moves the signatures of agreements"
                    );
                }
                paths.extend(of_word);
            }
            Err(error) => match find_by_word(ledger, &[Kind::Agreement], word)? {
                Some(record) => drop(paths.insert(record.path().clone())),
                None => return Err(error),
            },
        }
    }
    Ok(paths.into_iter().collect())
}

/// The signatures of a record apart from it, or why they cannot be; `None` if it holds none.
fn split_of(ledger: &Ledger, path: &LedgerPath) -> Result<Option<Split>, Error> {
    let at = |why: &dyn std::fmt::Display| Error::refused(format!("{path}, {why}"));
    let text = text_of(ledger, path)?.unwrap_or_default();
    let split = split::split_signatures(text).map_err(|refusal| at(&refusal))?;
    if split.is_some() && !ledger.agreements.iter().any(|agreement| agreement.path == *path) {
        return Err(Error::refused(format!("{path} is not read as an agreement; `coalition check` says why")));
    }
    let unknown =
        split.iter().flat_map(|split| &split.entries).find(|entry| ledger.members.find(&entry.member).is_none());
    match unknown {
        Some(entry) => Err(at(&format!("line {}: there is no member `{}`", entry.line, entry.member))),
        None => Ok(split),
    }
}

/// What a file says, where it is there and can be read whole.
fn text_of<'l>(ledger: &'l Ledger, path: &LedgerPath) -> Result<Option<&'l str>, Error> {
    let is_unreadable = |finding: &Finding| finding.path == *path && finding.check == name::UNREADABLE_FILE;
    if ledger.findings.iter().any(is_unreadable) {
        return Err(Error::refused(format!("{path} cannot be read; `coalition check` says why")));
    }
    Ok(ledger.texts.get(path).map(String::as_str))
}

/// What becomes of a record whose signatures move, and of the files of the members.
fn split_files(ledger: &Ledger, path: &LedgerPath, split: &Split) -> Result<Vec<FileChange>, Error> {
    let gone = || Error::refused(format!("{path} cannot be found in the ledger"));
    let agreement = ledger.agreements.iter().find(|agreement| agreement.path == *path).ok_or_else(gone)?;
    let before = ledger.texts.get(path).cloned();
    let mut files = vec![FileChange { path: path.clone(), before, after: Some(split.record.clone()) }];
    let mut by_place: BTreeMap<LedgerPath, Vec<&MovedEntry>> = BTreeMap::new();
    for entry in &split.entries {
        let member = RecordKey::new(Kind::Member, &entry.member);
        by_place.entry(ledger.signature_path(&agreement.key, &member)).or_default().push(entry);
    }
    for (place, entries) in by_place {
        let before = text_of(ledger, &place)?.map(str::to_owned);
        let opening = signatures_opening(ledger, &place);
        let after = split::join_entries(before.as_deref(), opening.as_deref(), &entries)
            .map_err(|refusal| Error::refused(format!("{place}: {refusal}")))?;
        files.push(FileChange { path: place, before, after: Some(after) });
    }
    Ok(files)
}
