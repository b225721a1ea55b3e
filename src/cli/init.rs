//! `coalition init`: starts a new ledger. It never overwrites a file.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use super::output_file;
use super::prompt::{Answer, ask_text, choose};
use crate::exchange::codeowners::coordinators;
use crate::source::ROOT_FILE;
use crate::source::git::Repository;
use crate::starter::{Answers, Ci, NewFile, Program, SCHEMA_FOLDER, files};
use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use std::path::{Component, Path, PathBuf};

/// Start a new ledger, with an example for each kind of record
///
/// In a terminal, prompts for what the options do not say. Keeps files that exist.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder [default: the current one]
    folder: Option<PathBuf>,
    /// The coalition's name
    #[arg(long)]
    name: Option<String>,
    /// The service that checks each change
    #[arg(long, value_enum)]
    ci: Option<CiChoice>,
    /// Source of the program for the workflow: git=URL@REVISION (a full commit id), container=IMAGE@DIGEST, or path=DIR (a
    /// folder in the repository)
    #[arg(long, value_name = "SOURCE")]
    program: Option<String>,
    /// A coordinator for CODEOWNERS: @HANDLE or @ORGANIZATION/TEAM; may be repeated. Coordinators own agreements, keys and
    /// settings
    #[arg(long = "owner", value_name = "OWNER")]
    owners: Vec<String>,
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

impl CiChoice {
    const fn ci(self) -> Ci {
        match self {
            CiChoice::Github => Ci::Github,
            CiChoice::Gitlab => Ci::Gitlab,
            CiChoice::None => Ci::None,
        }
    }
}

impl Init {
    /// Makes the ledger.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        invocation.refuse_revision("init")?;
        let folder = self.folder.clone().unwrap_or_else(|| invocation.folder());
        if folder.join(ROOT_FILE).exists() {
            stop!(usage, "{} is already a ledger: it has a {ROOT_FILE}", folder.display());
        }
        let around = Surroundings::of(&folder)?;
        let answers = self.answers(invocation, &folder, &around)?;
        let mut written = Vec::new();
        let mut kept = Vec::new();
        for file in files(&answers)? {
            let base = if file.at_root { &around.root } else { &folder };
            let shown = if file.at_root { around.display_path(&file.path) } else { file.path.clone() };
            if let Some(other) = owners_elsewhere(base, &file) {
                kept.push(other.to_owned());
            } else if write_new(base, &file)? {
                written.push(shown);
            } else {
                kept.push(shown);
            }
        }
        Ok(CommandOutput::yes(if invocation.quiet {
            String::new()
        } else {
            describe_result(&folder, &answers, &written, &kept)
        }))
    }

    fn answers(&self, invocation: &Invocation, folder: &Path, around: &Surroundings) -> Result<Answers> {
        let program = self.program.as_deref().map(Program::parse).transpose().context("--program")?;
        let coordinators = coordinators(&self.owners, None)?;
        let usual_name = usual_name(folder);
        let name = match &self.name {
            Some(name) => name.clone(),
            None if invocation.can_ask() => ask_text("The coalition's name:", Some(&usual_name), |_| Ok(()))?,
            None => usual_name,
        };
        if name.trim().is_empty() || name.contains(['\n', '\r']) {
            stop!(usage, "--name: the coalition's name must be one line of text");
        }
        let ci = match self.ci {
            Some(choice) => choice.ci(),
            None if invocation.can_ask() => ask_ci()?,
            None => Ci::None,
        };
        if ci == Ci::None && (program.is_some() || !coordinators.is_empty()) {
            stop!(
                usage,
                "--program and --owner are for the files of a git host; say which: --ci github or --ci gitlab"
            );
        }
        let program = program.unwrap_or_else(Program::built_from);
        let (name, folder) = (name.trim().to_owned(), around.folder.clone());
        Ok(Answers { name, ci, program, coordinators, folder, today: invocation.today })
    }
}

/// The repository in which a new ledger is made.
struct Surroundings {
    /// Its root; the ledger's own folder where there is none yet.
    root: PathBuf,
    /// The ledger's folder inside it, with slashes; empty at its root.
    folder: String,
}

impl Surroundings {
    fn of(folder: &Path) -> Result<Surroundings> {
        let whole = std::path::absolute(folder).with_context(|| format!("cannot resolve {}", folder.display()))?;
        let existing = whole.ancestors().find(|above| above.is_dir()).unwrap_or(&whole);
        let Some(repository) = Repository::around(existing)? else {
            return Ok(Surroundings { root: folder.to_owned(), folder: String::new() });
        };
        let depth = repository.folder().split('/').filter(|part| !part.is_empty()).count();
        let real = existing.canonicalize().with_context(|| format!("cannot resolve {}", existing.display()))?;
        let root = real.ancestors().nth(depth).unwrap_or(&real).to_owned();
        let below = whole.strip_prefix(existing).unwrap_or(Path::new(""));
        let mut parts: Vec<String> = repository.folder().split('/').map(str::to_owned).collect();
        for part in below.components() {
            // What is not there yet has no links, so that `..` leads back to where it came from.
            match part {
                Component::ParentDir => drop(parts.pop()),
                part => parts.push(part.as_os_str().to_string_lossy().into_owned()),
            }
        }
        parts.retain(|part| !part.is_empty());
        Ok(Surroundings { root, folder: parts.join("/") })
    }

    /// The path of a file at the root of the repository, for people.
    fn display_path(&self, path: &str) -> String {
        if self.folder.is_empty() { path.to_owned() } else { self.root.join(path).display().to_string() }
    }
}

/// Where every git host looks for owners too. It reads one such file only.
const OTHER_OWNERS: [&str; 2] = ["CODEOWNERS", "docs/CODEOWNERS"];

/// The file of owners that is there already, where this would be another one.
fn owners_elsewhere(root: &Path, file: &NewFile) -> Option<&'static str> {
    let is_owners = file.at_root && file.path.ends_with("/CODEOWNERS");
    OTHER_OWNERS.into_iter().find(|path| is_owners && root.join(path).exists())
}

fn ask_ci() -> Result<Ci> {
    let answers = [
        ("github", "GitHub checks each change"),
        ("gitlab", "GitLab checks each change"),
        ("none", "No service checks changes"),
    ];
    let answers = answers.map(|(value, label)| Answer { label: label.to_owned(), value: value.to_owned() });
    let answer = choose("Which service should check each change?", answers.to_vec())?;
    Ok(CiChoice::from_str(&answer.value, true).map_or(Ci::None, CiChoice::ci))
}

/// A name made from the folder's name: `riverton-libraries` becomes `Riverton Libraries`.
fn usual_name(folder: &Path) -> String {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let stem = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let words: Vec<String> =
        stem.split(['-', '_', ' ']).filter(|word| !word.is_empty()).map(crate::document::words::capitalize).collect();
    if words.is_empty() { "Our Coalition".to_owned() } else { words.join(" ") }
}

/// Writes a file if it does not exist yet; `false` if it does.
fn write_new(folder: &Path, file: &NewFile) -> Result<bool> {
    output_file::write_new(&folder.join(&file.path), file.text.as_bytes())
}

/// What was done and what comes next.
fn describe_result(folder: &Path, answers: &Answers, written: &[String], kept: &[String]) -> String {
    let mut text = format!("A new ledger for {} in {}:\n", answers.name, folder.display());
    for path in written.iter().filter(|path| !path.starts_with(SCHEMA_FOLDER)) {
        text += &format!("  {path}\n");
    }
    text += &format!("  {SCHEMA_FOLDER}/ (what editors check files against)\n");
    for path in kept {
        text += &format!("  {path} (already existed, and is unchanged)\n");
    }
    if answers.ci != Ci::None && answers.program == Program::Unknown {
        text += "\nThe workflow fails until its first step says where to get the program: fill it in, or make the ledger with\n\
                 --program git=URL@REVISION.\n";
    }
    if answers.ci != Ci::None && answers.coordinators.is_empty() {
        text +=
            "\nCODEOWNERS names no one yet: fill in two coordinators, or make it with `coalition export codeowners`.\n";
    }
    text += "\nNext: `coalition new organization \"Friends of the Library\"` creates your first member, or write a file in members/, where\n\
             README.md has an example to copy; then `coalition check` says what is missing, and `coalition report` prints the first brief.\n";
    text
}
