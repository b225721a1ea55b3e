//! The answer of a command: text for stdout, and whether the command succeeded.

use super::pager;
use super::terminal::{answer_columns, fit_words};
use crate::error::{Error, ErrorKind};
use crate::exchange::cell::{BYTE_ORDER_MARK, neutralize};
use crate::output::{without_commands, yaml};
use crate::source::{find_private_keys, without_private_keys};
use anyhow::{Context as _, Result};
use clap::ValueEnum;
use serde_json::Value;
use std::borrow::Cow;
use std::io::Write;
use std::process::ExitCode;

/// The output formats. Each command supports some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
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
    /// A map of members for Kumu
    Kumu,
    /// A network as GraphML, for Gephi, yEd and others
    Graphml,
    /// A network for Graphviz
    Dot,
}

impl Format {
    fn word(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    /// The requested format, if the command supports it; text if none is given.
    ///
    /// # Errors
    /// A format that the command does not support, with those that it does.
    pub(super) fn among(chosen: Option<Format>, known: &[Format]) -> Result<Format> {
        let format = chosen.unwrap_or(Format::Text);
        if !known.contains(&format) {
            let words: Vec<_> = known.iter().map(|format| format.word()).collect();
            stop!(usage, "this command cannot write {}; it can write {}", format.word(), words.join(", "));
        }
        Ok(format)
    }
}

/// What is printed, and the exit status.
#[derive(Debug)]
pub(super) struct CommandOutput {
    text: String,
    yes: bool,
    /// Whether the text is read by programs, which get the very bytes.
    exact: bool,
    /// Whether it answers a question, so that a pager may show it.
    is_long: bool,
    /// Whether its lines may take all columns of a terminal.
    is_wide: bool,
}

impl CommandOutput {
    /// An answer with exit status 0.
    pub(super) fn yes(text: impl Into<String>) -> CommandOutput {
        CommandOutput::given(true, text)
    }

    /// An answer with exit status 0 if `yes`, otherwise 1.
    pub(super) fn given(yes: bool, text: impl Into<String>) -> CommandOutput {
        CommandOutput { text: text.into(), yes, exact: false, is_long: false, is_wide: false }
    }

    /// The same, which someone asked for to read it: it may be long, and then a pager shows it.
    pub(super) fn long(self) -> CommandOutput {
        CommandOutput { is_long: true, ..self }
    }

    /// The same, whose lines may take all columns of the terminal.
    pub(super) fn wide(self) -> CommandOutput {
        CommandOutput { is_wide: true, ..self }
    }

    /// The same, which no pager shows.
    pub(super) fn without_pager(self) -> CommandOutput {
        CommandOutput { is_long: false, ..self }
    }

    /// The same, printed byte for byte: for programs, and for the text that people sign.
    pub(super) fn exact(self) -> CommandOutput {
        CommandOutput { exact: true, ..self }
    }

    /// The text as a terminal shows it, with nothing in it that a CI service would take for a command.
    fn lay_out(&self) -> String {
        let text = without_commands(&self.text);
        if self.is_wide { text } else { fit_words(&text, answer_columns()) }
    }

    /// Prints the text to stdout, with nothing in it that a CI service would take for a command. A closed pipe ends it quietly.
    pub(super) fn write(self) -> Result<ExitCode> {
        let status = if self.yes { ExitCode::SUCCESS } else { ExitCode::from(1) };
        // What is printed byte for byte cannot have words in place of a key.
        if self.exact && !find_private_keys(&self.text).is_empty() {
            return Err(Error::refused(
                "this text contains a private key, so it is not printed; `coalition check` says where",
            )
            .into());
        }
        let text = if self.exact { self.text } else { self.lay_out() };
        if self.is_long && !self.exact && pager::show(&text) {
            return Ok(status);
        }
        let mut out = std::io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(error).context("cannot write the output")
            }
            _ => Ok(status),
        }
    }
}

/// Whether an error is a refusal: the ledger's rules forbid the change.
pub(super) fn is_refusal(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Error>().is_some_and(|error| error.kind() == ErrorKind::Refused)
}

/// Data without the private keys that someone pasted into a record.
pub(super) fn without_keys(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(shown) = without_private_keys(text) {
                *text = shown;
            }
        }
        Value::Array(items) => {
            // A key may be pasted as a list of its lines.
            let lines: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            match without_private_keys(&lines.join("\n")) {
                Cow::Owned(shown) if lines.len() == items.len() => {
                    *items = shown.lines().map(Value::from).collect();
                }
                _ => items.iter_mut().for_each(without_keys),
            }
        }
        Value::Object(fields) => fields.values_mut().for_each(without_keys),
        _ => {}
    }
}

/// Data as JSON or YAML, without private keys.
pub(super) fn data(value: &Value, format: Format) -> Result<String> {
    let mut value = value.clone();
    without_keys(&mut value);
    let value = &value;
    match format {
        Format::Yaml => Ok(yaml::document(value)),
        _ => {
            let json = serde_json::to_string_pretty(value).context("cannot write the output as JSON")?;
            Ok(json + "\n")
        }
    }
}

/// Comma-separated values (RFC 4180) below the names of the columns. A cell that a spreadsheet would take for a formula
/// gets a quote in front. With `bom`, a byte order mark in front tells a spreadsheet that it is UTF-8.
pub(super) fn csv<S: AsRef<[u8]>>(columns: &[S], rows: impl Iterator<Item = Vec<String>>, bom: bool) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(columns)?;
    for row in rows {
        writer.write_record(row.into_iter().map(neutralize))?;
    }
    let bytes = writer.into_inner().context("cannot write the table as CSV")?;
    let text = String::from_utf8(bytes).context("cannot write the table as CSV")?;
    Ok(if bom { format!("{BYTE_ORDER_MARK}{text}") } else { text })
}

/// Refuses a byte order mark in what is not a table of cells.
pub(super) fn refuse_bom(bom: bool, format: Format) -> Result<()> {
    if bom && format != Format::Csv {
        stop!(usage, "--bom is for CSV: add --format csv");
    }
    Ok(())
}
