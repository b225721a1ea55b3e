//! What a command answers: text for stdout and whether the answer is yes.

use crate::error::{Error, ErrorKind};
use crate::exchange::cell::{BYTE_ORDER_MARK, neutralize};
use crate::output::{without_commands, yaml};
use crate::source::without_private_keys;
use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;
use serde_json::Value;
use std::borrow::Cow;
use std::io::Write;
use std::process::ExitCode;

/// How an answer can be written. Each command takes some of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, on a terminal or in a mail
    Text,
    /// For web pages and comments on changes
    Markdown,
    /// One page for a browser, a printer or a mail
    Html,
    /// For scripts
    Json,
    /// One JSON object a line
    Jsonl,
    /// For scripts and people
    Yaml,
    /// For spreadsheets
    Csv,
    /// Events for other calendars
    Ics,
    /// Ids alone, one a line
    Ids,
    /// Annotations of GitHub Actions
    Github,
    /// A Code Quality report of GitLab
    Gitlab,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// A JUnit report, for other CI services
    Junit,
    /// An SQLite database
    Sqlite,
}

impl Format {
    fn word(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// This format, if the command takes it; text where none is given.
    pub fn among(chosen: Option<Format>, known: &[Format]) -> Result<Format> {
        let format = chosen.unwrap_or(Format::Text);
        if !known.contains(&format) {
            let words: Vec<_> = known.iter().map(|format| format.word()).collect();
            bail!("this command has no format {}; it can write {}", format.word(), words.join(", "));
        }
        Ok(format)
    }
}

/// What is printed, and the exit status.
#[derive(Debug)]
pub struct Answer {
    text: String,
    yes: bool,
    /// Whether the text is read by programs, which get the very bytes.
    exact: bool,
}

impl Answer {
    /// An answer that is good news.
    pub fn yes(text: impl Into<String>) -> Answer {
        Answer { text: text.into(), yes: true, exact: false }
    }

    /// An answer that is good news where `yes` holds.
    pub fn when(yes: bool, text: impl Into<String>) -> Answer {
        Answer { text: text.into(), yes, exact: false }
    }

    /// The same, printed byte for byte: what programs read, and the words that people sign.
    pub fn exact(self) -> Answer {
        Answer { exact: true, ..self }
    }

    /// Prints the text to stdout, with nothing in it that a CI service would take for a command. A closed pipe ends it quietly.
    pub fn write(self) -> Result<ExitCode> {
        let status = if self.yes { ExitCode::SUCCESS } else { ExitCode::from(1) };
        let mut out = std::io::stdout().lock();
        let text = if self.exact { self.text } else { without_commands(&self.text) };
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(error).context("the answer cannot be written")
            }
            _ => Ok(status),
        }
    }
}

/// Whether a command stopped because the ledger forbids what was asked.
pub fn is_refusal(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Error>().is_some_and(|error| error.kind() == ErrorKind::Refused)
}

/// Data without the private keys that somebody pasted into a record.
pub fn without_keys(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(shown) = without_private_keys(text) {
                *text = shown;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(without_keys),
        Value::Object(fields) => fields.values_mut().for_each(without_keys),
        _ => {}
    }
}

/// Data as JSON or YAML, without private keys.
pub fn data(value: &Value, format: Format) -> Result<String> {
    let mut value = value.clone();
    without_keys(&mut value);
    let value = &value;
    match format {
        Format::Yaml => Ok(yaml::document(value)),
        _ => {
            let json = serde_json::to_string_pretty(value).context("the answer cannot be written as JSON")?;
            Ok(json + "\n")
        }
    }
}

/// Comma-separated values (RFC 4180) below the names of the columns. A cell that a spreadsheet would take for a formula
/// gets a quote in front. With `bom`, a byte order mark in front tells a spreadsheet that it is UTF-8.
pub fn csv<S: AsRef<[u8]>>(columns: &[S], rows: impl Iterator<Item = Vec<String>>, bom: bool) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns)?;
    for row in rows {
        writer.write_record(row.into_iter().map(neutralize))?;
    }
    let bytes = writer.into_inner().context("the table cannot be written as CSV")?;
    let text = String::from_utf8(bytes).context("the table cannot be written as CSV")?;
    Ok(if bom { format!("{BYTE_ORDER_MARK}{text}") } else { text })
}

/// Refuses a byte order mark in what is no table of cells.
pub fn refuse_bom(bom: bool, format: Format) -> Result<()> {
    if bom && format != Format::Csv {
        bail!("--bom is for CSV: add --format csv");
    }
    Ok(())
}
