//! ◦ Questions to the person at the terminal. Enter takes the default; Ctrl-C, Ctrl-D and Escape leave, with nothing written. A
//! terminal that can only print lines is asked line by line.

use super::aside;
use super::invocation::Invocation;
use crate::error::Error;
use crate::output::visible;
use anyhow::{Context as _, Result};
use inquire::{InquireError, Select, Text};
use std::fmt;
use std::io::BufRead as _;

/// One of several answers to choose from.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// How it reads.
    pub label: String,
    /// What it means.
    pub value: String,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible(&self.label))
    }
}

/// Asks for a line of text until it fits. An empty line is the default, or empty.
///
/// # Errors
/// If the person leaves without an answer.
pub(super) fn ask_text(
    question: &str,
    default: Option<&str>,
    check: impl Fn(&str) -> Result<(), Error>,
) -> Result<String> {
    let question = visible(question);
    loop {
        let answer = if is_plain() {
            let hint = default.map(|default| format!(" [{default}]")).unwrap_or_default();
            aside::print(&format!("{question}{hint} "));
            let line = read_line()?;
            if line.trim().is_empty() { default.unwrap_or_default().to_owned() } else { line }
        } else {
            let prompt = Text::new(&question);
            let prompt = if let Some(default) = default { prompt.with_default(default) } else { prompt };
            prompt.prompt().map_err(leave)?
        };
        match check(answer.trim()) {
            Ok(()) => return Ok(answer.trim().to_owned()),
            Err(error) => aside::print(&format!("{}\n", visible(&error.to_string()))),
        }
    }
}

/// Asks to choose one of several answers, by arrows or by typing a part of it. The first is the default.
///
/// # Errors
/// If the person leaves without an answer.
pub(super) fn choose(question: &str, answers: Vec<Answer>) -> Result<Answer> {
    const ROWS: usize = 10;
    let question = visible(question);
    if !is_plain() {
        return Select::new(&question, answers).with_page_size(ROWS).prompt().map_err(leave);
    }
    let word = |answer: &Answer| if answer.value.is_empty() { answer.label.clone() } else { answer.value.clone() };
    let words: Vec<String> = answers.iter().map(word).collect();
    aside::print(&format!("{question} {}\n", visible(&words.join(", "))));
    let meant = |text: &str| {
        let is_meant =
            |answer: &&Answer| [&answer.value, &answer.label].iter().any(|word| word.eq_ignore_ascii_case(text));
        answers.iter().find(is_meant).cloned()
    };
    let check = |text: &str| meant(text).map(|_| ()).ok_or_else(|| Error::usage("answer with one of these words"));
    let text = ask_text("Which one?", words.first().map(String::as_str), check)?;
    meant(&text).context("no answer was given")
}

/// Asks a question and reads yes or no; no is the default.
///
/// # Errors
/// If the person leaves without an answer.
pub(super) fn ask_yes_or_no(question: &str) -> Result<bool> {
    let check =
        |text: &str| parse_yes_or_no(text).map(|_| ()).ok_or_else(|| Error::usage("answer y for yes, or n for no"));
    let answer = ask_text(&format!("{question} [y/N]"), None, check)?;
    Ok(parse_yes_or_no(&answer) == Some(true))
}

/// Shows a text and asks a question about it, unless `--yes` answers already.
///
/// # Errors
/// If the answer is no, or if there is no terminal.
pub(super) fn confirm(invocation: &Invocation, yes: bool, text: &str, question: &str, command: &str) -> Result<()> {
    if yes {
        return Ok(());
    }
    if !invocation.can_ask() {
        stop!(usage, "`coalition {command}` needs confirmation, but there is no terminal; pass --yes");
    }
    aside::print(text);
    if ask_yes_or_no(question)? { Ok(()) } else { Err(Error::refused("Nothing was written.").into()) }
}

/// Reads an answer; an empty one means no.
fn parse_yes_or_no(answer: &str) -> Option<bool> {
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Some(true),
        "" | "n" | "no" => Some(false),
        _ => None,
    }
}

/// Whether the terminal can only print lines.
fn is_plain() -> bool {
    std::env::var("TERM").is_ok_and(|term| term == "dumb")
}

fn read_line() -> Result<String> {
    let mut line = String::new();
    let count = std::io::stdin().lock().read_line(&mut line).context("no answer was given")?;
    if count == 0 { Err(stopped()) } else { Ok(line) }
}

fn leave(error: InquireError) -> anyhow::Error {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => stopped(),
        other => anyhow::Error::new(other).context("no answer was given"),
    }
}

fn stopped() -> anyhow::Error {
    Error::refused("Stopped: nothing was written.").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_is_one() {
        for (answer, meaning) in [("y", Some(true)), (" YES ", Some(true)), ("", Some(false)), ("No", Some(false))] {
            assert_eq!(parse_yes_or_no(answer), meaning);
        }
        assert_eq!((parse_yes_or_no("yy"), parse_yes_or_no("ok")), (None, None));
    }
}
