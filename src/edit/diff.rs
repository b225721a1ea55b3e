//! Shows a change to the person who makes it: the lines removed and the lines added.

use crate::source::without_private_keys;
use crate::source::{ChangeSet, FileChange, LedgerPath};
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeSet;

/// More lines of one file than this are counted rather than shown.
const MANY: usize = 60;
/// More files than this are counted rather than shown.
const FILES: usize = 12;

impl ChangeSet {
    /// A short description of the changes of all files.
    pub fn describe(&self) -> String {
        let changed: Vec<&FileChange> = self.files.iter().filter(|file| !file.is_empty()).collect();
        // A file that only moves is shown as one.
        let moved = |from: &&FileChange| {
            let to = changed.iter().find(|to| to.before.is_none() && from.after.is_none() && to.after == from.before);
            to.map(|to| (from.path.clone(), to.path.clone()))
        };
        let moves: Vec<(LedgerPath, LedgerPath)> = changed.iter().filter_map(moved).collect();
        let is_moved = |file: &&&FileChange| moves.iter().any(|(from, to)| [from, to].contains(&&file.path));
        let rest: Vec<&FileChange> = changed.iter().filter(|file| !is_moved(file)).copied().collect();
        let mut text: Vec<String> = moves.iter().map(|(from, to)| format!("Renamed {from} to {to}.\n")).collect();
        text.extend(rest.iter().take(FILES).map(|file| file.describe()));
        if rest.len() > FILES {
            text.push(format!("and {} more files\n", rest.len() - FILES));
        }
        text.join("\n")
    }
}

impl FileChange {
    /// The numbers of the lines that the change brings, from 1.
    pub(crate) fn new_lines(&self) -> BTreeSet<usize> {
        let (before, after) = (self.before.as_deref().unwrap_or_default(), self.after.as_deref().unwrap_or_default());
        let diff = TextDiff::from_lines(before, after);
        let inserted = diff.iter_all_changes().filter(|change| change.tag() == ChangeTag::Insert);
        inserted.filter_map(|change| Some(change.new_index()? + 1)).collect()
    }

    /// The added lines, or the removed and added lines.
    pub fn describe(&self) -> String {
        let path = &self.path;
        // A private key is not shown, not even while someone removes it.
        let without_keys = |text: &Option<String>| text.as_deref().map(|text| without_private_keys(text).into_owned());
        match (without_keys(&self.before), without_keys(&self.after)) {
            (None, Some(after)) => {
                format!("New file {path}:\n\n{}", shorten(after.lines().map(str::to_owned).collect()))
            }
            (Some(before), None) => {
                format!("Removed {path}:\n\n{}", before.lines().map(|line| format!("- {line}\n")).collect::<String>())
            }
            (Some(before), Some(after)) => {
                let diff = TextDiff::from_lines(before.as_str(), after.as_str());
                let changes = || diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal);
                let only_new = changes().all(|change| change.tag() == ChangeTag::Insert);
                let line = |change: similar::Change<&str>| {
                    let line = change.value().trim_end_matches(['\r', '\n']);
                    match change.tag() {
                        _ if only_new => line.to_owned(),
                        ChangeTag::Delete => format!("- {line}"),
                        _ => format!("+ {line}"),
                    }
                };
                let mut lines: Vec<String> = changes().map(line).collect();
                if only_new {
                    let is_blank = |line: &String| line.trim().is_empty();
                    lines.drain(..lines.iter().take_while(|line| is_blank(line)).count());
                    lines.truncate(lines.len() - lines.iter().rev().take_while(|line| is_blank(line)).count());
                }
                let heading = if only_new { "New in" } else { "Changed in" };
                format!("{heading} {path}:\n\n{}", shorten(lines))
            }
            (None, None) => String::new(),
        }
    }
}

fn shorten(lines: Vec<String>) -> String {
    let rest = lines.len().saturating_sub(MANY);
    let shown = if rest > 1 { lines.len() - rest } else { lines.len() };
    let mut text: String = lines.iter().take(shown).map(|line| format!("{line}\n")).collect();
    if shown < lines.len() {
        text += &format!("… and {rest} more lines\n");
    }
    text
}
