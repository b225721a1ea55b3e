//! ◦ The person's own editor on a copy of a text. No text is lost: if it cannot be saved in the ledger, the copy stays.

use crate::error::Error;
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A copy of a text, open in the editor.
#[derive(Debug)]
pub(super) struct Draft {
    folder: tempfile::TempDir,
    file: PathBuf,
}

impl Draft {
    /// A copy of this text, under a name that says what it is.
    pub(super) fn new(name: &str, text: &str) -> Result<Draft> {
        let folder =
            tempfile::Builder::new().prefix("coalition-").tempdir().context("cannot create a temporary folder")?;
        let file = folder.path().join(name);
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        Ok(Draft { folder, file })
    }

    /// Where it is.
    pub(super) fn place(&self) -> &Path {
        &self.file
    }

    /// Opens the editor on it and returns the text when the editor closes.
    pub(super) fn open(&self) -> Result<String> {
        let named = ["VISUAL", "EDITOR"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()));
        let command = named.unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned());
        let mut words = words(&command).into_iter();
        let program = words.next().unwrap_or_default();
        let status =
            Command::new(program).args(words).arg(&self.file).status().with_context(|| {
                format!("cannot start the editor `{command}`; set the variable EDITOR to another one")
            })?;
        if !status.success() {
            bail!("the editor `{command}` ended with {status}; nothing was written");
        }
        fs::read_to_string(&self.file).with_context(|| format!("cannot read {}", self.file.display()))
    }

    /// What went wrong with the editor; where it has written something all the same, that is kept.
    pub(super) fn explain_failure(self, before: &str, reason: anyhow::Error) -> anyhow::Error {
        if fs::read(&self.file).is_ok_and(|now| now == before.as_bytes()) {
            return reason;
        }
        let kept = self.keep(&reason);
        // It could not do its work: that is not a refusal.
        anyhow::anyhow!("{kept:#}")
    }

    /// Keeps the copy, since it was not taken; the reason with where it is.
    pub(super) fn keep(self, reason: &anyhow::Error) -> anyhow::Error {
        let folder = self.folder.keep();
        let file = folder.join(self.file.file_name().unwrap_or_default());
        Error::refused(format!("{reason:#}\nYour text is saved in {}", file.display())).into()
    }
}

/// Splits a command into words; text in quotes is one word.
fn words(command: &str) -> Vec<String> {
    let (mut words, mut open, mut quote) = (Vec::new(), None::<String>, None);
    for c in command.chars() {
        match (quote, c) {
            (Some(end), c) if c == end => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                open.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(open.take()),
            (_, c) => open.get_or_insert_default().push(c),
        }
    }
    words.extend(open);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_may_have_arguments_and_blanks_in_its_path() {
        assert_eq!(words("code --wait"), ["code", "--wait"]);
        assert_eq!(words(" '/my eds/ed' -n  \"a b\"c "), ["/my eds/ed", "-n", "a bc"]);
    }
}
