//! One change of a ledger by a command: the ledger is read under the lock, the change planned on it, and written, and what the
//! checks say of it is shown. Commands that write all go through here.

use super::aside;
use super::invocation::{Invocation, read_ledger};
use crate::check::{Reported, Verdict};
use crate::edit::apply::{self, WriteLock, WriteWatch, apply, unwatched};
use crate::edit::{ChangeSet, PlannedChange, Tolerance, describe_error, plan, weakens};
use crate::finding::Severity;
use crate::ledger::Ledger;
use crate::output::visible_text;
use crate::source::disk::Disk;
use anyhow::Result;
use std::collections::{BTreeMap, HashSet};

/// A ledger that is about to be changed. It is read after the lock was taken, so that no one changes it in between.
#[derive(Debug)]
pub(super) struct Transaction {
    /// Where it is.
    pub disk: Disk,
    /// As it stands.
    pub ledger: Ledger,
    /// The lock; `None` if nothing is to be written.
    lock: Option<WriteLock>,
}

impl Transaction {
    /// Begins to change the ledger; with `dry_run`, only shows what would be changed.
    pub(super) fn begin(invocation: &Invocation, command: &str, dry_run: bool) -> Result<Transaction> {
        invocation.refuse_revision(command)?;
        // What it reads, it need not open again to see that no one has changed it when it writes.
        let disk = invocation.disk()?.with_memory();
        let lock = if dry_run { None } else { Some(WriteLock::take(&disk)?) };
        if let Some(lock) = &lock {
            apply::begin(&disk, lock)?;
        }
        let ledger = read_ledger(&disk)?;
        Ok(Transaction { disk, ledger, lock })
    }

    /// The same ledger with what the commits say of its signatures, for commands that judge them.
    pub(super) fn with_history(mut self, invocation: &Invocation) -> Transaction {
        invocation.add_evidence(&mut self.ledger, false, None);
        self
    }

    /// Plans a change of this ledger, whatever errors it brings.
    pub(super) fn preview(&self, invocation: &Invocation, changes: ChangeSet) -> Result<PlannedChange> {
        let mut planned = plan(&self.disk, &self.ledger, invocation.today, changes)?;
        if !planned.weakens.is_empty() {
            // Only what others have in a commit can be weakened in their eyes.
            let committed = self.weakens_commit(invocation, &planned);
            planned.weakens.retain(|message| committed.contains(message));
        }
        Ok(planned)
    }

    /// What a change weakens of the last commit, in words; nothing where there is none.
    fn weakens_commit(&self, invocation: &Invocation, planned: &PlannedChange) -> Vec<String> {
        let Ok(head) = invocation.revision("HEAD") else { return Vec::new() };
        let Ok(mut before) = read_ledger(&head) else { return planned.weakens.clone() };
        before.evidence = self.ledger.evidence.clone();
        weakens(&before, &planned.ledger, invocation.today)
    }

    /// Plans a change of this ledger that brings no new errors but those that are tolerated.
    pub(super) fn plan(
        &self,
        invocation: &Invocation,
        changes: ChangeSet,
        tolerance: Tolerance<'_>,
    ) -> Result<PlannedChange> {
        Ok(self.preview(invocation, changes)?.tolerate(tolerance)?)
    }

    /// Writes a planned change, and describes which lines it changes.
    pub(super) fn write(&self, planned: &PlannedChange) -> Result<String> {
        self.write_with_watch(planned, &mut unwatched)
    }

    /// The same, with a watcher that hears how many files are done.
    pub(super) fn write_with_watch(&self, planned: &PlannedChange, watch: WriteWatch<'_>) -> Result<String> {
        if planned.changes.is_empty() {
            return Ok("No change: the record already says this.\n".to_owned());
        }
        let description = describe(planned);
        match &self.lock {
            None => Ok(format!("Nothing was written. The change would be:\n\n{description}")),
            Some(lock) => {
                apply(&self.disk, lock, &planned.changes, watch)?;
                aside::remember_change();
                Ok(description)
            }
        }
    }
}

/// The lines that a change adds and removes, and what `check` will say of it.
fn describe(planned: &PlannedChange) -> String {
    let list = |messages: &[String]| -> String {
        let lines: String = messages.iter().map(|message| format!("  {message}\n")).collect();
        visible_text(&lines)
    };
    let mut text = visible_text(&planned.changes.describe());
    let errors: Vec<String> = planned.new_errors.iter().map(describe_error).collect();
    if !errors.is_empty() {
        text += &format!("\nAfter this change, `coalition check` will report:\n{}", list(&errors));
    }
    for sentence in &planned.signatures {
        text += &format!("\n{}\n", visible_text(sentence));
    }
    if !planned.weakens.is_empty() {
        text += &format!(
            "\nThis loosens a rule about signatures, compared with the last commit. In a change request, `coalition check --since` \
             refuses it until the record says why (`coalition explain weakened-gate`):\n{}",
            list(&planned.weakens)
        );
    }
    text
}

/// More is left to `coalition check`.
const MANY: usize = 3;

/// What the checks say, from warnings up, that they did not say before: at lines that are new, or of a file in which they had
/// found no such thing. If only the numbers in a message changed, nothing has come up.
pub(super) fn notice(planned: &PlannedChange) -> String {
    let reported = |verdict: &Verdict| verdict.clone().without_echoes().reported;
    let new: BTreeMap<_, _> = planned.changes.files.iter().map(|file| (&file.path, file.new_lines())).collect();
    let is_at_new_line =
        |reported: &Reported| new.get(&reported.finding.path).is_some_and(|lines| lines.contains(&reported.start.line));
    let key = |reported: &Reported| (reported.finding.check, reported.finding.path.clone());
    let known: HashSet<_> = reported(&planned.before).iter().map(key).collect();
    let output: Vec<String> = reported(&planned.after)
        .iter()
        .filter(|reported| reported.severity >= Severity::Warning)
        .filter(|reported| is_at_new_line(reported) || !known.contains(&key(reported)))
        .map(|reported| {
            let finding = &reported.finding;
            format!("  {}, line {}: {} ({})", finding.path, reported.start.line, finding.message, finding.check)
        })
        .collect();
    match output.as_slice() {
        [] => String::new(),
        several => {
            let shown: Vec<&str> = several.iter().take(MANY).map(String::as_str).collect();
            format!("\n`coalition check` reports:\n{}\n", shown.join("\n"))
        }
    }
}
