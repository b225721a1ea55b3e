//! `coalition withdraw`: a member takes its signature back.

use super::answer::{Answer, Format};
use super::change::{answered, asked, git_commands, told_lines, written};
use super::invocation::{Invocation, date};
use super::legible::{behind_links, legible};
use crate::document::words::{day, quoted};
use crate::edit::plan;
use crate::edit::withdraw::{expected, withdrawal};
use crate::record::{Agreement, AnyRecord, Member};
use anyhow::Result;
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
        let (disk, ledger, today) = (invocation.disk()?, invocation.load()?, invocation.today);
        let agreement = legible::<Agreement>(&ledger, &self.agreement)?;
        let member = legible::<Member>(&ledger, &self.member)?;
        let on = self.date.as_ref().map_or(Ok(today), |text| date(text, "--date"))?;
        let edits = withdrawal(&ledger, today, agreement, member, &self.because, on)?;
        let planned = plan(&disk, &ledger, today, &agreement.key, &edits, &expected())?;
        let title = quoted(agreement.name());
        let question = format!("Take back the signature of {} on {title}?", member.name());
        asked(invocation, self.yes, "", &question, "withdraw")?;
        let mut told = written(&disk, &planned)?;
        told += &told_lines(&format!(
            "\n{} takes its signature on {title} back on {}. Propose the change, so that everybody hears of it.",
            member.name(),
            day(on),
        ));
        if self.git {
            let branch = format!("withdraw {} {}", agreement.key().id, member.key().id);
            let message = format!("Take back the signature of {} on {title}", member.name());
            told += &format!("\n{}", git_commands(&disk, &[&behind_links(&disk, agreement.path())], &branch, &message));
        }
        Ok(told)
    }
}
