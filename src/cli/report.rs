//! `coalition report`: the meeting brief and the other reports.

use super::answer::{Answer, Format, data};
use super::invocation::{Invocation, date};
use crate::output::{document_markdown, document_text};
use crate::parse::suggest::nearest;
use crate::report::{ALL, DEFAULT, Request, find};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use std::path::{Path, PathBuf};

/// Print a report; without a name, the meeting brief
#[derive(Debug, Args)]
pub struct Report {
    /// The report's name; `--list` shows them all
    name: Option<String>,
    /// Show the names of the reports
    #[arg(long, conflicts_with = "name")]
    list: bool,
    /// The day from which changes are told; otherwise that of the last meeting
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Write the report to a file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Include private details
    #[arg(long)]
    private: bool,
}

impl Report {
    /// Makes the report.
    pub fn run(self, invocation: &Invocation) -> Result<Answer> {
        let format = Format::among(invocation.format, &[Format::Text, Format::Markdown, Format::Json, Format::Yaml])?;
        if self.list {
            return Ok(Answer::yes(names()));
        }
        let name = self.name.as_deref().unwrap_or(DEFAULT.name);
        let Some(report) = find(name) else {
            match nearest(name, ALL.iter().map(|report| report.name)) {
                Some(near) => bail!("there is no report `{name}`; did you mean `{near}`?"),
                None => bail!("there is no report `{name}`; `coalition report --list` names them"),
            }
        };
        let since = self.since.as_deref().map(|since| date(since, "--since")).transpose()?;
        if let Some(since) = since.filter(|since| *since > invocation.today) {
            bail!("--since {since}: that day is still to come; today is {}", invocation.today);
        }
        let ledger = invocation.load()?;
        warn_of_errors(&ledger, invocation);
        let answer = (report.run)(&Request { ledger: &ledger, today: invocation.today, since, private: self.private });
        let text = match format {
            Format::Text => document_text::text(&answer.document),
            Format::Markdown => document_markdown::markdown(&answer.document),
            _ => data(&answer.data, format)?,
        };
        match self.output {
            Some(file) => {
                spare_records(&file)?;
                std::fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))?;
                Ok(Answer::yes(""))
            }
            None => Ok(Answer::yes(text)),
        }
    }
}

/// Refuses to write over a record or the ledger's root file.
fn spare_records(file: &Path) -> Result<()> {
    if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
        bail!("{} is the name of a record; give the report another ending, such as .md", file.display());
    }
    Ok(())
}

fn names() -> String {
    let width = ALL.iter().map(|report| report.name.len()).max().unwrap_or_default();
    ALL.iter().map(|report| format!("{:width$}  {}\n", report.name, report.about)).collect()
}

/// A report over files that could not be read whole is not the whole truth, and says so.
fn warn_of_errors(ledger: &crate::ledger::Ledger, invocation: &Invocation) {
    let mut broken: Vec<&str> =
        ledger.findings.iter().filter(|finding| !finding.softened).map(|finding| finding.path.as_str()).collect();
    broken.dedup();
    if !broken.is_empty() && !invocation.quiet {
        let files = if broken.len() == 1 { "1 file has".to_owned() } else { format!("{} files have", broken.len()) };
        anstream::eprintln!(
            "coalition: {files} mistakes, so the report may lack something; `coalition check` names them"
        );
    }
}
