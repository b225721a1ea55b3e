//! `coalition withdraw`: a member takes its signature back.

use super::answer::{Answer, Format};
use super::change::{Writing, answered, asked, git_commands, told_lines};
use super::invocation::{Invocation, date};
use super::lookup::legible;
use crate::document::words::{day, quoted};
use crate::edit::apply::behind_links;
use crate::edit::withdraw::{expected, withdrawal};
use crate::edit::{ChangeSet, Planned, Proof, record_change, refuse_mistakes};
use crate::ledger::Ledger;
use crate::record::{Agreement, AnyRecord, Member, Record};
use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

/// Take a member's signature back: the entry stays, with the day and the reason
#[derive(Debug, Args)]
pub struct Withdraw {
    /// The id of the agreement
    agreement: String,
    /// The id of the member that takes its signature back
    #[arg(long, value_name = "MEMBER")]
    member: String,
    /// Why, in the member's own words
    #[arg(long, value_name = "TEXT")]
    because: String,
    /// The day; today where none is given
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Print the git commands that propose the change
    #[arg(long)]
    git: bool,
}

impl Withdraw {
    /// Takes the signature back.
    pub fn run(self, invocation: &Invocation) -> Result<Answer> {
        Format::among(invocation.format, &[Format::Text])?;
        answered(self.withdrawn(invocation))
    }

    fn withdrawn(&self, invocation: &Invocation) -> Result<String> {
        let on = self.date.as_ref().map_or(Ok(invocation.today), |text| date(text, "--date"))?;
        if !self.yes {
            // What is refused is refused before anybody is asked.
            let asking = Writing::begin(invocation, "withdraw", true)?;
            self.planned(invocation, &asking, on)?;
            let (agreement, member) = self.parties(&asking.ledger)?;
            let question = format!("Take back the signature of {} on {}?", member.name(), quoted(agreement.name()));
            asked(invocation, self.yes, "", &question, "withdraw")?;
        }
        let writing = Writing::begin(invocation, "withdraw", false)?;
        let mut told = writing.write(&self.planned(invocation, &writing, on)?)?;
        let (agreement, member) = self.parties(&writing.ledger)?;
        let title = quoted(agreement.name());
        told += &told_lines(&format!(
            "\n{} takes its signature on {title} back on {}. Propose the change, so that everybody hears of it.",
            member.name(),
            day(on),
        ));
        if self.git {
            let branch = format!("withdraw {} {}", agreement.key().id, member.key().id);
            let message = format!("Take back the signature of {} on {title}", member.name());
            let path = behind_links(&writing.disk, agreement.path());
            told += &format!("\n{}", git_commands(&writing.disk, &[&path], &branch, &message));
        }
        Ok(told)
    }

    fn parties<'l>(&self, ledger: &'l Ledger) -> Result<(&'l Record<Agreement>, &'l Record<Member>)> {
        Ok((legible(ledger, &self.agreement)?, legible(ledger, &self.member)?))
    }

    fn planned(&self, invocation: &Invocation, writing: &Writing, on: NaiveDate) -> Result<Planned> {
        let ledger = &writing.ledger;
        let (agreement, member) = self.parties(ledger)?;
        let edits = withdrawal(ledger, invocation.today, agreement, member, &self.because, on)?;
        refuse_mistakes(ledger, agreement.path())?;
        let change = record_change(ledger, &agreement.key, &edits)?;
        let proof = Proof { expected: &expected(), ..Proof::default() };
        writing.plan(invocation, ChangeSet::one("withdraw", change), proof)
    }
}
