//! `coalition statement`: the text that an SSH signature covers, so that anyone can verify it with OpenSSH alone.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use crate::agreement::{SignatureJudge, latest_signature};
use crate::lookup::find_readable;
use crate::record::{Agreement, AnyRecord, Member};
use anyhow::{Context as _, Result};
use clap::Args;

/// Print the statement that a member's SSH signature covers
///
/// With `coalition export allowed-signers > signers` and `coalition statement AGREEMENT MEMBER --signature > proof`,
/// `coalition statement AGREEMENT MEMBER | ssh-keygen -Y verify -f signers -I ADVOCATE -n coalition-agreement -s proof`
/// verifies the latest signature without this program. If the member or the person has been renamed since, the statement
/// uses the earlier id.
#[derive(Debug, Args)]
pub(super) struct StatementCommand {
    /// The id of the agreement
    agreement: String,
    /// The id of the member
    member: String,
    /// Print the SSH signature itself
    #[arg(long)]
    signature: bool,
    /// Use the withdrawal instead of the signature
    #[arg(long)]
    withdrawal: bool,
}

impl StatementCommand {
    /// Prints the statement.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        let ledger = invocation.load()?;
        let agreement = find_readable::<Agreement>(&ledger, &self.agreement)?;
        let member = find_readable::<Member>(&ledger, &self.member)?;
        let (name, key) = (member.name(), agreement.key());
        let registry = SignatureJudge::new(&ledger, invocation.today);
        let none = || format!("{name} has no signature on {key}");
        let judged = latest_signature(&registry, agreement, member).with_context(none)?;
        let signature = judged.signature;
        let (armor, statement) = if self.withdrawal {
            let statement = crate::agreement::Statement::of_withdrawal(agreement, signature, judged.version);
            (&signature.withdrawn_signature, statement)
        } else {
            (&signature.signature, crate::agreement::Statement::of(agreement, signature, judged.version))
        };
        if self.signature {
            let missing = if self.withdrawal {
                "has not withdrawn with an SSH signature from"
            } else {
                "has no SSH signature on"
            };
            let armor = armor.as_ref().with_context(|| format!("{name} {missing} {key}"))?;
            return Ok(CommandOutput::yes(armor.replace("\r\n", "\n")).exact());
        }
        // What was signed under earlier ids is proven under these.
        let statement = statement.map(|statement| match armor {
            Some(armor) => registry.proven_statement(statement, armor),
            None => statement,
        });
        let incomplete =
            || format!("the signature of {name} on {key} is missing a field; `coalition check` says which");
        Ok(CommandOutput::yes(statement.with_context(incomplete)?.text()).exact())
    }
}
