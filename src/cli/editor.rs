//! ◦ The person's own editor on a copy of a text. What was typed is never lost: where it cannot be taken, the copy stays.

use crate::edit::Refusal;
use anyhow::{Context as _, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A text on its way through the editor.
#[derive(Debug)]
pub struct Draft {
    folder: tempfile::TempDir,
    file: PathBuf,
}

impl Draft {
    /// A copy of this text, under a name that says what it is.
    pub fn new(name: &str, text: &str) -> Result<Draft> {
        let folder =
            tempfile::Builder::new().prefix("coalition-").tempdir().context("no temporary folder can be made")?;
        let file = folder.path().join(name);
        fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))?;
        Ok(Draft { folder, file })
    }

    /// Opens the editor on it, and gives what it says afterwards.
    pub fn edited(&self) -> Result<String> {
        let named = ["VISUAL", "EDITOR"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.trim().is_empty()));
        let command = named.unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned());
        let mut words = command.split_whitespace();
        let program = words.next().unwrap_or_default();
        let status = Command::new(program).args(words).arg(&self.file).status().with_context(|| {
            format!("the editor `{command}` cannot be started; name another one in the variable EDITOR")
        })?;
        if !status.success() {
            bail!("the editor `{command}` ended with {status}, so nothing was written");
        }
        fs::read_to_string(&self.file).with_context(|| format!("{} cannot be read", self.file.display()))
    }

    /// Keeps the copy, since it was not taken; the reason with where it is.
    pub fn kept(self, reason: &anyhow::Error) -> anyhow::Error {
        let folder = self.folder.keep();
        let file = folder.join(self.file.file_name().unwrap_or_default());
        Refusal::new(format!("{reason:#}\nWhat you wrote is kept in {}", file.display())).into()
    }
}
