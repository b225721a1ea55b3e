//! What the commands that change a record share: asking before, writing, and telling what was written and what comes next.

use super::answer::Answer;
use super::invocation::Invocation;
use crate::edit::{Planned, Refusal, apply::apply};
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

/// Asks a person, if one is there and `--yes` was not given; off a terminal, `--yes` it must be.
pub fn asked(invocation: &Invocation, yes: bool, shown: &str, question: &str, command: &str) -> Result<()> {
    if yes {
        return Ok(());
    }
    if !invocation.can_ask() {
        bail!("`{command}` asks before it writes, and there is no terminal to ask on; --yes answers for you");
    }
    anstream::eprint!("{shown}");
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
    if said_yes(&answer) == Some(true) { Ok(()) } else { Err(Refusal::new("Nothing was written.").into()) }
}

/// What an answer means; nothing is no.
fn said_yes(answer: &str) -> Option<bool> {
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Some(true),
        "" | "n" | "no" => Some(false),
        _ => None,
    }
}

/// Writes a change, and tells which lines are new in the file.
pub fn written(disk: &Disk, planned: &Planned) -> Result<String> {
    apply(disk, &planned.change)?;
    Ok(format!("New in {}:\n\n{}", planned.change.path, told_lines(&planned.lines)))
}

/// Lines of text with what could deceive on a terminal made visible.
pub fn told_lines(text: &str) -> String {
    // Blanks are kept: in terms they count.
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
