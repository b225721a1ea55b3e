//! ◦ Asks the person at the terminal to confirm a change before it is written.

use super::aside;
use super::invocation::Invocation;
use super::prompt::ask_yes_or_no;
use crate::error::Error;
use anyhow::Result;

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
