//! `coalition amend`: a new version of an agreement.

use super::answer::{Answer, Format};
use super::change::{Writing, answered, git_commands, told_lines};
use super::invocation::{Invocation, date};
use super::lookup::legible;
use crate::document::words::{day, quoted};
use crate::edit::amend::{Amending, amendment, sign_by};
use crate::edit::apply::behind_links;
use crate::edit::{ChangeSet, Proof, record_change, refuse_mistakes};
use crate::record::{Agreement, AnyRecord};
use anyhow::Result;
use clap::Args;

/// Begin a new version of an agreement: records what the version so far said, so that its signatures can be proven
///
/// Run this first, and change the words then.
#[derive(Debug, Args)]
pub struct Amend {
    /// The id of the agreement
    agreement: String,
    /// What changes, in a sentence
    #[arg(long, value_name = "TEXT")]
    summary: String,
    /// Ask members to sign again; without it, signatures on the version so far stand
    #[arg(long)]
    resign: bool,
    /// The last day to sign again; otherwise the days after the amendment that the policy gives
    #[arg(long, value_name = "DATE", requires = "resign")]
    sign_by: Option<String>,
    /// The day of the amendment; today where none is given
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Print the git commands that propose the change
    #[arg(long)]
    git: bool,
}

impl Amend {
    /// Begins the new version.
    pub fn run(self, invocation: &Invocation) -> Result<Answer> {
        Format::among(invocation.format, &[Format::Text])?;
        answered(self.amended(invocation))
    }

    fn amended(&self, invocation: &Invocation) -> Result<String> {
        let today = invocation.today;
        let writing = Writing::begin(invocation, "amend", false)?;
        let ledger = &writing.ledger;
        let agreement = legible::<Agreement>(ledger, &self.agreement)?;
        let amending = Amending {
            summary: &self.summary,
            resign: self.resign,
            sign_by: self.sign_by.as_ref().map(|text| date(text, "--sign-by")).transpose()?,
            date: self.date.as_ref().map_or(Ok(today), |text| date(text, "--date"))?,
        };
        let edits = amendment(ledger, today, agreement, &amending)?;
        refuse_mistakes(ledger, agreement.path())?;
        let change = record_change(ledger, &agreement.key, &edits)?;
        let planned = writing.plan(invocation, ChangeSet::one("amend", change), Proof::default())?;
        let mut told = writing.write(&planned)?;
        let version = agreement.version_number();
        let stand = if self.resign {
            format!(
                "Signatures on version {version} stand until {}; members sign again by then.",
                day(sign_by(ledger, &amending)?)
            )
        } else {
            format!("Signatures on version {version} stand.")
        };
        let next = version.saturating_add(1);
        let becomes = if amending.date > today {
            format!("becomes version {next} on {}", day(amending.date))
        } else {
            format!("is now version {next}")
        };
        let place = agreement.text_file.as_ref().map_or("`text` there", |file| file.value.as_str());
        told += &told_lines(&format!(
            "\n{} {becomes}. {stand}\nNext: change the words ({place}), run `coalition check`, and propose both as one \
             change.",
            quoted(agreement.name()),
        ));
        if self.git {
            let words = agreement.text_file.as_ref().and_then(|file| agreement.path().beside(file));
            let paths = [Some(agreement.path()), words.as_ref()].into_iter().flatten();
            let paths: Vec<_> = paths.map(|path| behind_links(&writing.disk, path)).collect();
            let paths: Vec<_> = paths.iter().collect();
            let branch = format!("amend {} {}", agreement.key().id, next);
            let message = format!("Amend {}: {}", quoted(agreement.name()), self.summary);
            told += &format!("\n{}", git_commands(&writing.disk, &paths, &branch, &message));
        }
        Ok(told)
    }
}
