//! `coalition statement`: what an SSH signature is made over, so that anybody can prove it with OpenSSH alone.

use super::answer::{Answer, Format};
use super::invocation::Invocation;
use super::lookup::legible;
use crate::agreement::latest_signature;
use crate::record::{Agreement, AnyRecord, Member};
use anyhow::{Context as _, Result};
use clap::Args;

/// Print the statement of a member's latest signature, the exact bytes that its SSH signature is made over
///
/// With `coalition export allowed-signers > signers` and `coalition statement AGREEMENT MEMBER --signature > proof`,
/// `coalition statement AGREEMENT MEMBER | ssh-keygen -Y verify -f signers -I ADVOCATE -n coalition-agreement -s proof`
/// verifies it without this program.
#[derive(Debug, Args)]
pub struct Statement {
    /// The id of the agreement
    agreement: String,
    /// The id of the member
    member: String,
    /// Print the SSH signature itself
    #[arg(long)]
    signature: bool,
}

impl Statement {
    /// Prints the statement.
    pub fn run(self, invocation: &Invocation) -> Result<Answer> {
        Format::among(invocation.format, &[Format::Text])?;
        let ledger = invocation.load()?;
        let agreement = legible::<Agreement>(&ledger, &self.agreement)?;
        let member = legible::<Member>(&ledger, &self.member)?;
        let (name, key) = (member.name(), agreement.key());
        let none = || format!("{name} has no signature on {key}");
        let signature = latest_signature(&ledger, invocation.today, agreement, member).with_context(none)?;
        if self.signature {
            let armor = signature.signature.as_ref();
            let armor = armor.with_context(|| format!("{name} signed {key} without an SSH signature"))?;
            return Ok(Answer::yes(armor.replace("\r\n", "\n")));
        }
        let incomplete = || format!("the signature of {name} on {key} lacks a field; `coalition check` says which");
        let statement = crate::agreement::Statement::of(agreement, signature).with_context(incomplete)?;
        Ok(Answer::yes(statement.text()))
    }
}
