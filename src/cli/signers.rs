//! `coalition export allowed-signers`: the keys by which OpenSSH proves signatures.

use super::answer::{Answer, Format};
use super::invocation::Invocation;
use super::{aside, others};
use crate::agreement::allowed_signers;
use crate::disclosure::Piece;
use anyhow::Result;
use clap::Args;

/// Print the SSH keys of people as OpenSSH's list of allowed signers, each with the days on which it counts
///
/// A line names its person by the id, and a key can be found on the web. So people who have not agreed to be listed are left out;
/// --private prints their keys too, for whoever proves signatures inside the coalition.
#[derive(Debug, Clone, Args)]
pub struct AllowedSigners {
    /// Print the keys of all people, listed or not
    #[arg(long)]
    private: bool,
}

impl AllowedSigners {
    /// Prints the keys.
    pub fn run(&self, invocation: &Invocation) -> Result<Answer> {
        Format::among(invocation.format, &[Format::Text])?;
        let ledger = invocation.load()?;
        if self.private {
            return Ok(Answer::yes(allowed_signers(&ledger, &|_| true)));
        }
        let unlisted = others::unlisted(invocation, &ledger)?;
        let text = allowed_signers(&ledger, &|key| !unlisted.has(key));
        let lines = text.lines().map(|line| Piece::of_text("the list", line));
        if let Some(refusal) = others::refusal(&others::found(&ledger, &unlisted, lines)?, "no key was printed") {
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
        Ok(Answer::yes(text))
    }
}
