//! `coalition amend`: a new version of an agreement.

use super::answer::{CommandOutput, Format};
use super::file_value::read_text;
use super::git_commands::git_commands;
use super::invocation::Invocation;
use super::terms::notes_on_words;
use super::transaction::Transaction;
use crate::agreement::{digest, terms};
use crate::check;
use crate::document::words::{format_date, quote};
use crate::edit::amend::{Amending, amendment, pinning, sign_by};
use crate::edit::apply::behind_links;
use crate::edit::signed::describe_amended;
use crate::edit::{PlannedChange, Tolerance, refuse_flawed_file};
use crate::finding::CheckName;
use crate::lookup::find_readable;
use crate::output::visible_text;
use crate::parse::informal::Tense;
use crate::record::{Agreement, AnyRecord, Record};
use anyhow::{Context as _, Result};
use clap::Args;

/// Start a new version of an agreement
///
/// Records the current text's digest first, so that signatures on it can still be proven. Then change the text, and run
/// `coalition amend AGREEMENT --pin` to record the digest of the new one. `--text` and `--renew` do all of it at once.
#[derive(Debug, Args)]
pub(super) struct Amend {
    /// The id of the agreement
    agreement: String,
    /// Summary of the change, in a sentence
    #[arg(long, value_name = "TEXT", required_unless_present_any = ["pin", "renew"])]
    summary: Option<String>,
    /// File with the new text; - for standard input
    #[arg(long, value_name = "FILE")]
    text: Option<String>,
    /// Renew the agreement with the same text and a new end date, even after it has expired
    #[arg(long, requires = "expires", conflicts_with = "pin")]
    renew: bool,
    /// The new end date
    #[arg(long, value_name = "DATE", requires = "renew")]
    expires: Option<String>,
    /// Pin the current text, once it is final
    #[arg(long, conflicts_with_all = ["summary", "text", "resign", "sign_by", "date"])]
    pin: bool,
    /// Require members to sign the new text; without it, their earlier signatures count for it too
    #[arg(long)]
    resign: bool,
    /// The last day to sign again [default: `sign_days` after the amendment]
    #[arg(long, value_name = "DATE", requires = "resign")]
    sign_by: Option<String>,
    /// The date of the amendment [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Print git commands that propose the change
    #[arg(long)]
    git: bool,
    /// Show what would change, and write nothing
    #[arg(long, conflicts_with = "git")]
    dry_run: bool,
}

impl Amend {
    /// Begins the new version, or pins it.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        if self.pin { self.pin(invocation) } else { self.amend(invocation) }.map(CommandOutput::yes)
    }

    fn pin(&self, invocation: &Invocation) -> Result<String> {
        let transaction = Transaction::begin(invocation, "amend", self.dry_run)?.with_history(invocation);
        let ledger = &transaction.ledger;
        let agreement = find_readable::<Agreement>(ledger, &self.agreement)?;
        refuse_flawed_file(ledger, agreement.path())?;
        let change = pinning(ledger, invocation.today, agreement)?;
        let planned = transaction.plan(invocation, change, Tolerance::NONE)?;
        let title = quote(agreement.name());
        let version = agreement.version_number();
        if planned.changes.is_empty() {
            return Ok(visible_text(&format!("The text of version {version} of {title} is already pinned.")));
        }
        let mut output = transaction.write(&planned)?;
        if self.dry_run {
            return Ok(output);
        }
        output += &visible_text(&format!(
            "\nThe text of version {version} of {title} is pinned. Propose it with the new text as one change."
        ));
        output += &notes_on_words(ledger, agreement, invocation.today);
        if self.git {
            output += &self.commands(&transaction, agreement, &planned, &format!("Pin version {version} of {title}"));
        }
        Ok(output)
    }

    fn amend(&self, invocation: &Invocation) -> Result<String> {
        let today = invocation.today;
        let text = self.text.as_deref().map(new_text).transpose()?;
        let transaction = Transaction::begin(invocation, "amend", self.dry_run)?.with_history(invocation);
        let ledger = &transaction.ledger;
        let agreement = find_readable::<Agreement>(ledger, &self.agreement)?;
        let expires =
            self.expires.as_ref().map(|text| invocation.date("--expires", text, Tense::Future)).transpose()?;
        let renewed = || expires.map_or_else(String::new, |expires| format!("Renewed until {}.", format_date(expires)));
        let summary = self.summary.clone().unwrap_or_else(renewed);
        let amending = Amending {
            summary: &summary,
            resign: self.resign,
            sign_by: self.sign_by.as_ref().map(|text| invocation.date("--sign-by", text, Tense::Future)).transpose()?,
            date: self.date.as_ref().map_or(Ok(today), |text| invocation.date("--date", text, Tense::Open))?,
            text: text.as_deref(),
            expires,
        };
        let mut change = amendment(ledger, today, agreement, &amending, None)?;
        refuse_flawed_file(ledger, agreement.path())?;
        let expected = for_want_of_pin();
        let proof = || Tolerance::of(&expected);
        if amending.is_final() {
            // The digest is over the version that this makes.
            let draft = transaction.plan(invocation, change, proof())?;
            let next = draft.ledger.agreements.find(&agreement.key.id).context("cannot read the amended agreement")?;
            let pin = digest(&terms(&draft.ledger, next));
            change = amendment(ledger, today, agreement, &amending, Some(&pin))?;
        }
        let planned = transaction.plan(invocation, change, proof())?;
        // What follows is said below: the text comes next.
        let planned = planned.said_elsewhere();
        let mut output = transaction.write(&planned)?;
        let day = self.resign.then(|| sign_by(ledger, &amending)).transpose()?;
        let stand = describe_amended(ledger, today, agreement, day);
        if self.dry_run {
            return Ok(output + &visible_text(&format!("\n{stand}\n")));
        }
        let next = agreement.version_number().saturating_add(1);
        let becomes = if amending.date > today {
            format!("becomes version {next} on {}", format_date(amending.date))
        } else {
            format!("is now version {next}")
        };
        let place = agreement.text_file.as_ref().map_or("`text` there", |file| file.value.as_str());
        let id = &agreement.key.id;
        let then = if amending.is_final() {
            "Next: run `coalition check`, and propose the change.".to_owned()
        } else {
            format!(
                "Next: change the text ({place}), pin it with `coalition amend {id} --pin`, run `coalition check`, and propose all \
                 as one change."
            )
        };
        output += &visible_text(&format!("\n{} {becomes}.\n{stand}\n{then}", quote(agreement.name())));
        if let Some(next) = planned.ledger.agreements.find(&agreement.key.id).filter(|_| amending.is_final()) {
            output += &notes_on_words(&planned.ledger, next, today);
        }
        if self.git {
            let message = format!("Amend {}: {summary}", quote(agreement.name()));
            output += &self.commands(&transaction, agreement, &planned, &message);
        }
        Ok(output)
    }

    /// The commands that propose the change, with the file of the text, which changes next.
    fn commands(
        &self,
        transaction: &Transaction,
        agreement: &Record<Agreement>,
        planned: &PlannedChange,
        message: &str,
    ) -> String {
        let words = agreement.text_file.as_ref().and_then(|file| agreement.path().beside(file));
        let words = words.map(|place| transaction.ledger.stored_path(place));
        let changed = planned.changes.files.iter().map(|file| file.path.clone());
        let mut paths: Vec<_> = changed.chain(words).map(|path| behind_links(&transaction.disk, &path)).collect();
        paths.sort();
        paths.dedup();
        let paths: Vec<_> = paths.iter().collect();
        let version = agreement.version_number();
        let next = if self.pin { version } else { version.saturating_add(1) };
        let branch = format!("amend {} {next}", agreement.key().id);
        format!("\n{}", git_commands(&transaction.disk, &paths, &branch, message))
    }
}

/// The error that follows as long as the new text is not there.
fn for_want_of_pin() -> Vec<CheckName> {
    ["unpinned-terms"].into_iter().filter_map(check::find).map(|check| check.name).collect()
}

/// The new text from a file, or from standard input.
fn new_text(place: &str) -> Result<String> {
    let text = read_text(place).with_context(|| format!("--text {place}: the file cannot be read"))?;
    if text.trim().is_empty() {
        stop!(data, "--text {place}: the text is empty");
    }
    Ok(text)
}
