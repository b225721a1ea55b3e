//! What the commands that change a record share: asking before, writing, and telling what was written and what comes next.

use super::answer::Answer;
use super::aside;
use super::invocation::{Invocation, read};
use crate::edit::apply::{self, Watch, WriteLock, apply, unwatched};
use crate::edit::{ChangeSet, Planned, Proof, Refusal, plan};
use crate::ledger::Ledger;
use crate::output::visible;
use crate::parse::suggest::slug;
use crate::source::LedgerPath;
use crate::source::disk::Disk;
use anyhow::{Context as _, Result, bail};

/// An answer from what a command did; a refusal is the answer no.
pub fn answered(done: Result<String>) -> Result<Answer> {
    match done {
        Ok(text) => Ok(Answer::yes(text)),
        Err(error) => match error.downcast::<Refusal>() {
            Ok(refusal) => Ok(Answer::when(false, told_lines(&refusal.to_string()))),
            Err(error) => Err(error),
        },
    }
}

/// What was typed wrong is no answer of the ledger: the command could not do its work.
pub fn misused(refusal: Refusal) -> anyhow::Error {
    anyhow::anyhow!("{refusal}")
}

/// Asks a person, if one is there and `--yes` was not given; off a terminal, `--yes` it must be.
pub fn asked(invocation: &Invocation, yes: bool, shown: &str, question: &str, command: &str) -> Result<()> {
    if yes {
        return Ok(());
    }
    if !invocation.can_ask() {
        bail!("`{command}` asks before it writes, and there is no terminal to ask on; --yes answers for you");
    }
    aside::print(shown);
    if agreed(question)? { Ok(()) } else { Err(Refusal::new("Nothing was written.").into()) }
}

/// The answer of a person to a question.
pub fn agreed(question: &str) -> Result<bool> {
    // A line is read, not a key: prompts for keys hide the cursor, and Ctrl-C would leave it hidden.
    let answer: String = dialoguer::Input::new()
        .with_prompt(format!("{} [y/N]", visible(question)))
        .allow_empty(true)
        .validate_with(|text: &String| match said_yes(text) {
            Some(_) => Ok(()),
            None => Err("answer y for yes, or n for no"),
        })
        .interact_text()
        .context("no answer was given")?;
    Ok(said_yes(&answer) == Some(true))
}

/// What an answer means; nothing is no.
fn said_yes(answer: &str) -> Option<bool> {
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Some(true),
        "" | "n" | "no" => Some(false),
        _ => None,
    }
}

/// A ledger that is about to be changed: read after the right to write was had, so that nobody changes it in between.
#[derive(Debug)]
pub struct Writing {
    /// Where it is.
    pub disk: Disk,
    /// As it stands.
    pub ledger: Ledger,
    /// The right to write; `None` where nothing is to be written.
    lock: Option<WriteLock>,
}

impl Writing {
    /// Begins to change the ledger; with `dry_run`, only shows what would be changed.
    pub fn begin(invocation: &Invocation, command: &str, dry_run: bool) -> Result<Writing> {
        invocation.refuse_revision(command)?;
        let disk = invocation.disk()?;
        let lock = if dry_run { None } else { Some(WriteLock::take(&disk)?) };
        if let Some(lock) = &lock {
            apply::begin(&disk, lock)?;
        }
        let ledger = read(&disk)?;
        Ok(Writing { disk, ledger, lock })
    }

    /// The same ledger with what the commits say of its signatures, for commands that judge them.
    pub fn with_history(mut self, invocation: &Invocation) -> Writing {
        invocation.add_evidence(&mut self.ledger, false, None);
        self
    }

    /// Proves a change on this ledger.
    pub fn plan(&self, invocation: &Invocation, changes: ChangeSet, proof: Proof<'_>) -> Result<Planned> {
        Ok(plan(&self.disk, &self.ledger, invocation.today, changes, proof)?)
    }

    /// Writes a change that was proven, and tells which lines it changes.
    pub fn write(&self, planned: &Planned) -> Result<String> {
        self.write_watched(planned, &mut unwatched)
    }

    /// The same, with somebody who hears how many files are done.
    pub fn write_watched(&self, planned: &Planned, watch: Watch<'_>) -> Result<String> {
        let mut told = told_lines(&planned.changes.told());
        if !planned.follows.is_empty() {
            let follows: String = planned.follows.iter().map(|told| format!("  {told}\n")).collect();
            told += &format!("\nAfter this change, `coalition check` will report:\n{}", told_lines(&follows));
        }
        if !planned.weakens.is_empty() {
            let weakens: String = planned.weakens.iter().map(|message| format!("  {message}\n")).collect();
            told += &format!(
                "\n`coalition check --since` refuses this in a change request, unless the record says why \
                 (`coalition explain weakened-gate`):\n{}",
                told_lines(&weakens)
            );
        }
        if planned.changes.is_empty() {
            return Ok("Nothing was changed: it says so already.\n".to_owned());
        }
        match &self.lock {
            None => Ok(format!("Nothing was written. This would be:\n\n{told}")),
            Some(lock) => {
                apply(&self.disk, lock, &planned.changes, watch)?;
                aside::remember_change();
                Ok(told)
            }
        }
    }
}

/// Lines of text with what could deceive on a terminal made visible.
pub fn told_lines(text: &str) -> String {
    // Spaces are kept: in terms they count.
    let line = |line: &str| line.split(' ').map(visible).collect::<Vec<_>>().join(" ") + "\n";
    text.lines().map(line).collect()
}

/// The commands that make a change request of what has changed in these files, for a shell.
pub fn git_commands(disk: &Disk, paths: &[&LedgerPath], branch: &str, message: &str) -> String {
    let folder = disk.root().display().to_string();
    let branch = quoted(&slug(branch));
    let paths: Vec<String> = paths.iter().map(|path| quoted(path.as_str())).collect();
    format!(
        "  cd {}\n  git switch -c {branch}\n  git add -- {}\n  git commit -m {}\n  git push -u origin {branch}\n",
        quoted(&folder),
        paths.join(" "),
        quoted(&visible(message)),
    )
}

/// A word of a shell command, in quotes where it needs them.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) && !word.starts_with('-') {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_is_one() {
        for (answer, meaning) in [("y", Some(true)), (" YES ", Some(true)), ("", Some(false)), ("No", Some(false))] {
            assert_eq!(said_yes(answer), meaning);
        }
        assert_eq!((said_yes("yy"), said_yes("ok")), (None, None));
    }

    #[test]
    fn words_of_a_command_are_quoted() {
        let cases = [
            ("agreements/charter.toml", "agreements/charter.toml"),
            ("two words", "'two words'"),
            ("$(rm -rf x)`y`;&", "'$(rm -rf x)`y`;&'"),
            ("it's", "'it'\\''s'"),
            ("-rf", "'-rf'"),
            ("", "''"),
        ];
        for (word, expected) in cases {
            assert_eq!(quoted(word), expected);
        }
    }
}
