//! `coalition export`: what other programs read.

use super::answer::{Answer, Format};
use super::invocation::Invocation;
use crate::agreement::allowed_signers;
use anyhow::Result;
use clap::{Args, Subcommand};

/// Print what other programs read
#[derive(Debug, Args)]
pub struct Export {
    #[command(subcommand)]
    what: What,
}

/// What is printed.
#[derive(Debug, Clone, Copy, Subcommand)]
enum What {
    /// The SSH keys of advocates as OpenSSH's list of allowed signers, each with the days on which it counts
    AllowedSigners,
}

impl Export {
    /// Prints it.
    pub fn run(self, invocation: &Invocation) -> Result<Answer> {
        Format::among(invocation.format, &[Format::Text])?;
        let ledger = invocation.load()?;
        match self.what {
            What::AllowedSigners => Ok(Answer::yes(allowed_signers(&ledger))),
        }
    }
}
