//! `coalition init`: a new ledger. What is there already is never overwritten.

use super::answer::{Answer, Format};
use super::invocation::Invocation;
use crate::source::ROOT_FILE;
use crate::starter::{Answers, Ci, NewFile, SCHEMA_FOLDER, files};
use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Start a new ledger: coalition.toml, a folder with an example for each kind of record, settings for editors and git
///
/// Asks on a terminal for what the options leave open. Files that exist are kept as they are.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder; the current one where none is named
    folder: Option<PathBuf>,
    /// The coalition's name
    #[arg(long)]
    name: Option<String>,
    /// The service that checks each change
    #[arg(long, value_enum)]
    ci: Option<CiChoice>,
}

/// The service that checks each change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CiChoice {
    /// A workflow for GitHub Actions
    Github,
    /// A job for GitLab CI
    Gitlab,
    /// No workflow
    None,
}

impl Init {
    /// Makes the ledger.
    pub fn run(self, invocation: &Invocation) -> Result<Answer> {
        Format::among(invocation.format, &[Format::Text])?;
        invocation.refuse_revision("init")?;
        let folder = self.folder.clone().unwrap_or_else(|| invocation.folder());
        if folder.join(ROOT_FILE).exists() {
            bail!("{} is a ledger already: it has a {ROOT_FILE}", folder.display());
        }
        let answers = self.answers(invocation, &folder)?;
        let mut written = Vec::new();
        let mut kept = Vec::new();
        for file in files(&answers) {
            let made = write_new(&folder, &file)?;
            if made { written.push(file.path) } else { kept.push(file.path) }
        }
        Ok(Answer::yes(if invocation.quiet { String::new() } else { told(&folder, &answers, &written, &kept) }))
    }

    fn answers(&self, invocation: &Invocation, folder: &Path) -> Result<Answers> {
        let usual_name = usual_name(folder);
        let name = match &self.name {
            Some(name) => name.clone(),
            None if invocation.can_ask() => dialoguer::Input::new()
                .with_prompt("The coalition's name")
                .default(usual_name)
                .interact_text()
                .context("no answer was given")?,
            None => usual_name,
        };
        if name.trim().is_empty() || name.contains(['\n', '\r']) {
            bail!("--name: a coalition's name is one line of text");
        }
        let ci = match self.ci {
            Some(CiChoice::Github) => Ci::Github,
            Some(CiChoice::Gitlab) => Ci::Gitlab,
            Some(CiChoice::None) => Ci::None,
            None if invocation.can_ask() => ask_ci()?,
            None => Ci::None,
        };
        Ok(Answers { name: name.trim().to_owned(), ci, today: invocation.today })
    }
}

fn ask_ci() -> Result<Ci> {
    let choices = [("GitHub", Ci::Github), ("GitLab", Ci::Gitlab), ("neither", Ci::None)];
    let chosen = dialoguer::Select::new()
        .with_prompt("Which service checks each change")
        .items(choices.map(|(label, _)| label))
        .default(0)
        .interact()
        .context("no answer was given")?;
    Ok(choices.get(chosen).map_or(Ci::None, |(_, ci)| *ci))
}

/// A name made from the folder's: `riverton-libraries` becomes `Riverton Libraries`.
fn usual_name(folder: &Path) -> String {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let stem = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let words: Vec<String> =
        stem.split(['-', '_', ' ']).filter(|word| !word.is_empty()).map(crate::document::words::capitalized).collect();
    if words.is_empty() { "Our Coalition".to_owned() } else { words.join(" ") }
}

/// Writes a file that is not there yet; `false` where it is.
fn write_new(folder: &Path, file: &NewFile) -> Result<bool> {
    let place = folder.join(&file.path);
    if let Some(parent) = place.parent() {
        fs::create_dir_all(parent).with_context(|| format!("the folder {} cannot be made", parent.display()))?;
    }
    match OpenOptions::new().write(true).create_new(true).open(&place) {
        Ok(mut open) => {
            open.write_all(file.text.as_bytes()).with_context(|| format!("{} cannot be written", place.display()))?;
            Ok(true)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error).with_context(|| format!("{} cannot be made", place.display())),
    }
}

/// What was done and what comes next.
fn told(folder: &Path, answers: &Answers, written: &[String], kept: &[String]) -> String {
    let mut text = format!("A new ledger for {} in {}:\n", answers.name, folder.display());
    for path in written.iter().filter(|path| !path.starts_with(SCHEMA_FOLDER)) {
        text += &format!("  {path}\n");
    }
    text += &format!("  {SCHEMA_FOLDER}/ (what editors check files against)\n");
    for path in kept {
        text += &format!("  {path} (was there already, and is unchanged)\n");
    }
    text += "\nNext: `coalition new member NAME` makes your first member, or write a file in members/, where README.md has an\n\
             example to copy; then `coalition check` says what is missing, and `coalition report` prints the first brief.\n";
    text
}
