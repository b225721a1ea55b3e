//! `coalition export codeowners`: the file that tells a git host who must review a change.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use crate::exchange::codeowners::{People, codeowners, coordinators};
use anyhow::Result;
use clap::Args;

/// Print a CODEOWNERS file
///
/// Each member's people, by their [[accounts]], own its record and its signatures. Coordinators own everything else: agreements,
/// people's keys, coalition.toml and the workflow. There must be two of them, or a team. Write the file to .github/CODEOWNERS or .gitlab/CODEOWNERS.
#[derive(Debug, Clone, Args)]
pub(super) struct Codeowners {
    /// The git host of the accounts
    #[arg(long, value_name = "HOST", default_value = "github.com")]
    host: String,
    /// A coordinator: @HANDLE, @ORGANIZATION/TEAM, or the id of a person with an account; may be repeated
    #[arg(long = "owner", value_name = "OWNER")]
    owners: Vec<String>,
}

impl Codeowners {
    /// Prints the file.
    pub(super) fn run(&self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        let ledger = invocation.load()?;
        let people = People { ledger: &ledger, host: &self.host, today: invocation.today };
        let coordinators = coordinators(&self.owners, Some(&people))?;
        let folder = invocation.folder_in_repository()?;
        let made = codeowners(&people, folder.as_deref().unwrap_or_default(), &coordinators)?;
        let say = |text: &str| {
            if !invocation.quiet {
                super::aside::say(text);
            }
        };
        if folder.is_none() {
            say("the ledger is not in a git repository, so paths start at the ledger's folder");
        }
        if !made.without_account.is_empty() {
            say(&format!(
                "no one has an account at {} for {}; until you add [[accounts]] to their people, coordinators own their files",
                self.host,
                made.without_account.join(", ")
            ));
        }
        for path in &made.unwritable {
            say(&format!("CODEOWNERS cannot contain the path {path}; coordinators own this file until you rename it"));
        }
        Ok(CommandOutput::yes(made.text).exact())
    }
}
