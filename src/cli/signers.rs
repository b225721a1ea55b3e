//! `coalition export allowed-signers`: the keys by which OpenSSH proves signatures.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use super::{aside, others};
use crate::agreement::allowed_signers;
use crate::disclosure::OutgoingPiece;
use anyhow::Result;
use clap::Args;

/// Print people's SSH keys as a list of allowed signers for OpenSSH
///
/// Each line names a person by id, with the dates of the key. It leaves out people who have not agreed to be listed, because a
/// key can be looked up on the web. To verify signatures inside the coalition, use --private.
#[derive(Debug, Clone, Args)]
pub(super) struct AllowedSigners {
    /// Print the keys of all people, listed or not
    #[arg(long)]
    private: bool,
}

impl AllowedSigners {
    /// Prints the keys.
    pub(super) fn run(&self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        let ledger = invocation.load()?;
        if self.private {
            return Ok(CommandOutput::yes(allowed_signers(&ledger, &|_| true)));
        }
        let unlisted = others::find_unlisted(invocation, &ledger)?;
        let text = allowed_signers(&ledger, &|key| !unlisted.has(key));
        let lines = text.lines().map(|line| OutgoingPiece::of_text("the list", line));
        if let Some(refusal) = others::refusal(&others::find_leaks(&ledger, &unlisted, lines)?, "no key was printed") {
            return Ok(refusal);
        }
        let left =
            ledger.advocates.iter().filter(|advocate| unlisted.has(&advocate.key) && !advocate.keys.is_empty()).count();
        if left > 0 && !invocation.quiet {
            let people = match left {
                1 => "1 person with a key has".to_owned(),
                several => format!("{several} people with keys have"),
            };
            aside::say(&format!(
                "{people} not agreed to be listed, so these keys are missing here; --private prints them"
            ));
        }
        Ok(CommandOutput::yes(text))
    }
}
