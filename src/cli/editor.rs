//! ◦ The person's own editor on a copy of a text. No text is lost: if it cannot be saved in the ledger, the copy stays.

use super::answer::is_refusal;
use super::aside;
use super::invocation::Invocation;
use super::prompt::ask_yes_or_no;
use crate::edit::EditForm;
use crate::error::Error;
use crate::output::{visible, visible_text};
use anyhow::{Context as _, Result};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A record with comments for what it could have, open in the editor.
#[derive(Debug)]
pub(super) struct Draft {
    folder: tempfile::TempDir,
    file: PathBuf,
    form: EditForm,
}

impl Draft {
    /// A copy of the form, under a name that says what it is.
    pub(super) fn new(name: &str, form: EditForm) -> Result<Draft> {
        let folder =
            tempfile::Builder::new().prefix("coalition-").tempdir().context("cannot create a temporary folder")?;
        let file = folder.path().join(name);
        fs::write(&file, form.text()).with_context(|| format!("cannot write {}", file.display()))?;
        Ok(Draft { folder, file, form })
    }

    /// Opens the editor on it and saves what it has then; as long as that is refused, the person may correct it.
    ///
    /// # Errors
    /// If it was not saved: why, and where the text is.
    pub(super) fn edit(self, invocation: &Invocation, save: impl Fn(String) -> Result<String>) -> Result<String> {
        loop {
            let text = match self.open(invocation.quiet) {
                Ok(text) => text,
                Err(reason) => return Err(self.explain_failure(reason)),
            };
            match save(text) {
                Ok(output) => return Ok(output),
                Err(reason) if is_refusal(&reason) && invocation.can_ask() => {
                    aside::print(&(visible_text(&reason.to_string()) + "\n"));
                    aside::print(&format!("Your text is saved in {}\n", self.file.display()));
                    if !ask_yes_or_no("Open it again?").unwrap_or(false) {
                        // Why it was refused has been said.
                        return Err(self.keep(&anyhow::anyhow!("Nothing was written.")));
                    }
                }
                Err(reason) => return Err(self.keep(&reason)),
            }
        }
    }

    /// Opens the editor on it and returns the text of the record when the editor closes. Says first which editor it is, unless `quiet`.
    fn open(&self, quiet: bool) -> Result<String> {
        let command = editor();
        if !quiet {
            let leave = if command == "vi" { " To leave it, press Esc, type :wq and press Enter." } else { "" };
            let name = self.file.file_name().unwrap_or_default().to_string_lossy();
            aside::print(&format!(
                "Opening {} in the editor `{}`. Save and close it to continue.{leave} For another editor, set the variable \
                 EDITOR, as in `export EDITOR=nano`.\n",
                visible(&name),
                visible(&command)
            ));
        }
        let mut words = words(&command).into_iter();
        let program = words.next().unwrap_or_default();
        let status =
            Command::new(program).args(words).arg(&self.file).status().with_context(|| {
                format!("cannot start the editor `{command}`; set the variable EDITOR to another one")
            })?;
        if !status.success() {
            stop!(environment, "the editor `{command}` ended with {status}; nothing was written");
        }
        self.read()
    }

    fn read(&self) -> Result<String> {
        let saved = fs::read_to_string(&self.file).with_context(|| format!("cannot read {}", self.file.display()))?;
        Ok(self.form.without_offers(&saved))
    }

    /// What went wrong with the editor; where it has written something all the same, that is kept.
    fn explain_failure(self, reason: anyhow::Error) -> anyhow::Error {
        if fs::read(&self.file).is_ok_and(|now| now == self.form.text().as_bytes()) {
            return reason;
        }
        let kept = self.keep(&reason);
        // It could not do its work: that is not a refusal.
        Error::environment(format!("{kept:#}")).into()
    }

    /// Keeps the copy, since it was not taken; the reason with where it is.
    fn keep(self, reason: &anyhow::Error) -> anyhow::Error {
        // Where it cannot be written, it stays as it was saved.
        if let Ok(text) = self.read() {
            let _ = fs::write(&self.file, text);
        }
        let folder = self.folder.keep();
        let file = folder.join(self.file.file_name().unwrap_or_default());
        Error::refused(format!("{reason:#}\nYour text is saved in {}", file.display())).into()
    }
}

/// The command of the person's editor: what VISUAL or EDITOR says, otherwise the simplest one that there is.
fn editor() -> String {
    let named = ["VISUAL", "EDITOR"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()));
    let is_installed = |program: &str| {
        let folders = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&folders).any(|folder| folder.join(program).is_file())
    };
    named.unwrap_or_else(|| {
        let simplest = if cfg!(windows) {
            "notepad"
        } else if is_installed("nano") {
            "nano"
        } else {
            "vi"
        };
        simplest.to_owned()
    })
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
