//! `coalition withdraw`: a member withdraws its signature.

use super::answer::{CommandOutput, Format};
use super::git_commands::git_commands;
use super::invocation::Invocation;
use super::prompt::confirm;
use super::ssh;
use super::transaction::Transaction;
use crate::document::words::{format_date, quote};
use crate::edit::apply::behind_links;
use crate::edit::withdraw::{PreparedWithdrawal, expected_errors, prepare_withdrawal};
use crate::edit::{PlannedChange, Tolerance, refuse_flawed_file};
use crate::error::Error;
use crate::ledger::Ledger;
use crate::lookup::find_readable;
use crate::output::visible_text;
use crate::record::policy::SshSignatures;
use crate::record::{Advocate, Agreement, AnyRecord, Member};
use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;
use std::path::PathBuf;

/// Withdraw a member's signature
///
/// The entry stays, with the date and the reason. The withdrawal covers every signature of the member on the
/// agreement up to that day, on any version.
#[derive(Debug, Args)]
pub(super) struct Withdraw {
    /// The id of the agreement
    agreement: String,
    /// The id of the member who withdraws its signature
    #[arg(long, value_name = "MEMBER")]
    member: String,
    /// The id of the person who withdraws [default: the person who signed]
    #[arg(long, value_name = "ADVOCATE")]
    by: Option<String>,
    /// The reason, in the member's own words
    #[arg(long, value_name = "TEXT")]
    because: String,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Skip the confirmation
    #[arg(long)]
    yes: bool,
    /// SSH key to prove the withdrawal; without FILE, the one that git signs with
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    ssh_key: Option<Option<PathBuf>>,
    /// Print git commands that propose the change
    #[arg(long)]
    git: bool,
    /// Show what would change, and write nothing
    #[arg(long, conflicts_with_all = ["git", "ssh_key"])]
    dry_run: bool,
}

impl Withdraw {
    /// Withdraws the signature.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        self.withdraw(invocation).map(CommandOutput::yes)
    }

    fn withdraw(&self, invocation: &Invocation) -> Result<String> {
        let on = invocation.past_date("--date", self.date.as_ref())?;
        let asking = Transaction::begin(invocation, "withdraw", true)?.with_history(invocation);
        let withdrawal = self.prepare(&asking.ledger, invocation, on)?;
        if self.ssh_key.is_none() && asking.ledger.policy().ssh_signatures() == SshSignatures::Required {
            let reason = "This coalition requires SSH signatures (`ssh_signatures = \"required\"` under [policy]), \
                for a withdrawal too. Name the key that proves it: --ssh-key FILE, or --ssh-key alone for the one \
                that git signs with.";
            return Err(Error::refused(reason).into());
        }
        if self.dry_run {
            return asking.write(&self.plan(invocation, &asking, &withdrawal, None)?);
        }
        let key = self.ssh_key.as_ref().map(|key| ssh::chosen_key(key.as_deref(), asking.disk.root())).transpose()?;
        let title = quote(withdrawal.agreement.name());
        if !self.yes {
            // What is refused is refused before anyone is asked.
            if key.is_none() {
                self.plan(invocation, &asking, &withdrawal, None)?;
            }
            let question = format!("Withdraw the signature of {} on {title}?", withdrawal.member.name());
            confirm(invocation, self.yes, "", &question, "withdraw")?;
        }
        let statement = withdrawal.statement();
        let armor = match (&key, &statement) {
            (Some(key), Some(statement)) => Some(ssh::prove_statement(&asking.ledger, key, withdrawal.by, statement)?),
            _ => None,
        };
        let transaction = Transaction::begin(invocation, "withdraw", false)?.with_history(invocation);
        let now = self.prepare(&transaction.ledger, invocation, on)?;
        if now.statement() != statement {
            let reason = "Nothing was written: what the member has signed has changed in the meantime. Try again.";
            return Err(Error::refused(reason).into());
        }
        let planned = self.plan(invocation, &transaction, &now, armor.as_deref())?;
        let mut output = transaction.write(&planned)?;
        let (agreement, member) = (now.agreement, now.member);
        output += &visible_text(&format!(
            "\n{} withdraws its signature on {title} on {}. Propose the change so that everyone sees it.",
            member.name(),
            format_date(on),
        ));
        if self.git {
            let branch = format!("withdraw {} {}", agreement.key().id, member.key().id);
            let message = format!("Withdraw the signature of {} on {title}", member.name());
            let paths: Vec<_> =
                planned.changes.files.iter().map(|file| behind_links(&transaction.disk, &file.path)).collect();
            let paths: Vec<_> = paths.iter().collect();
            output += &format!("\n{}", git_commands(&transaction.disk, &paths, &branch, &message));
        }
        Ok(output)
    }

    fn prepare<'l>(
        &self,
        ledger: &'l Ledger,
        invocation: &Invocation,
        on: NaiveDate,
    ) -> Result<PreparedWithdrawal<'l>> {
        let agreement = find_readable::<Agreement>(ledger, &self.agreement)?;
        let member = find_readable::<Member>(ledger, &self.member)?;
        let by = self.by.as_ref().map(|by| find_readable::<Advocate>(ledger, by)).transpose()?;
        Ok(prepare_withdrawal(ledger, invocation.today, agreement, member, by, on)?)
    }

    fn plan(
        &self,
        invocation: &Invocation,
        transaction: &Transaction,
        withdrawal: &PreparedWithdrawal<'_>,
        armor: Option<&str>,
    ) -> Result<PlannedChange> {
        let change = withdrawal.change(&transaction.ledger, &self.because, armor)?;
        for file in &change.files {
            refuse_flawed_file(&transaction.ledger, &file.path)?;
        }
        transaction.plan(invocation, change, Tolerance::of(&expected_errors()))
    }
}
