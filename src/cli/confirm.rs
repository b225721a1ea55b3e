//! ◦ Asks the person at the terminal to confirm a change before it is written.

use super::aside;
use super::invocation::Invocation;
use crate::error::Error;
use crate::output::visible;
use anyhow::{Context as _, Result, bail};

/// Shows a text and asks a question about it, unless `--yes` answers already.
///
/// # Errors
/// If the answer is no, or if there is no terminal.
pub(super) fn confirm(invocation: &Invocation, yes: bool, text: &str, question: &str, command: &str) -> Result<()> {
    if yes {
        return Ok(());
    }
    if !invocation.can_ask() {
        bail!("`coalition {command}` needs confirmation, but there is no terminal; pass --yes");
    }
    aside::print(text);
    if ask_yes_or_no(question)? { Ok(()) } else { Err(Error::refused("Nothing was written.").into()) }
}

/// Asks a question and reads yes or no.
pub(super) fn ask_yes_or_no(question: &str) -> Result<bool> {
    // A line is read, not a key: prompts for keys hide the cursor, and Ctrl-C would leave it hidden.
    let answer: String = dialoguer::Input::new()
        .with_prompt(format!("{} [y/N]", visible(question)))
        .allow_empty(true)
        .validate_with(|text: &String| match parse_yes_or_no(text) {
            Some(_) => Ok(()),
            None => Err("answer y for yes, or n for no"),
        })
        .interact_text()
        .context("no answer was given")?;
    Ok(parse_yes_or_no(&answer) == Some(true))
}

/// Reads an answer; an empty one means no.
fn parse_yes_or_no(answer: &str) -> Option<bool> {
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Some(true),
        "" | "n" | "no" => Some(false),
        _ => None,
    }
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
