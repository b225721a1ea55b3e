//! `coalition log contact`: a call, a visit or a letter, with everyone it reached.

use super::choice::parse_choice;
use super::{LogOptions, day, tidy};
use crate::cli::invocation::Invocation;
use crate::cli::lookup::{find_by_word, find_optional, not_found, require_typed};
use crate::document::words;
use crate::edit::log::contact::{NewContact, callers, contact};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::record::common::Channel;
use crate::record::value::Choices;
use crate::record::{Advocate, AnyRecord};
use anyhow::{Result, bail};
use clap::Args;

/// The kinds of record that hold contacts.
const KINDS: [Kind; 3] = [Kind::Advocate, Kind::Member, Kind::Official];

/// Said where the last argument may be meant as a summary.
const WORD: &str = " Put what was said in quotes; if it is a single word, use --summary";

/// Log a contact with people, members or officials
#[derive(Debug, Args)]
pub(super) struct LogContact {
    /// Ids of people, members or officials; write `official/pat-quill` if several records have the id. Last, in quotes, what
    /// was said
    #[arg(required = true, value_name = "WHOM")]
    words: Vec<String>,
    /// The person who made the contact
    #[arg(long, value_name = "ADVOCATE")]
    by: Option<String>,
    /// Channel: in-person, phone, email, text, mail, video, event, social or other
    #[arg(long)]
    channel: Option<String>,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// The date to follow up
    #[arg(long, value_name = "DATE")]
    follow_up: Option<String>,
    /// The campaign it was for
    #[arg(long, value_name = "CAMPAIGN")]
    campaign: Option<String>,
    /// What was said, in a sentence or two
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

impl LogContact {
    /// Logs it.
    pub(super) fn log(&self, invocation: &Invocation) -> Result<String> {
        let date = self.how.day(invocation, self.date.as_ref())?;
        let follow_up = day(self.follow_up.as_ref(), "--follow-up")?;
        self.how.write_entry(invocation, "log contact", |ledger| {
            let (with, said) = self.whom_and_summary(ledger)?;
            let Some(by) = &self.by else {
                let callers = callers(ledger, invocation.today, &with);
                let named: Vec<_> =
                    callers.iter().map(|caller| format!("{} (--by {})", caller.name(), caller.key.id)).collect();
                let hint = match named.as_slice() {
                    [] => "`coalition list advocates` shows them".to_owned(),
                    named => format!("the ledger assigns this to {}", words::list(named)),
                };
                bail!("say which person was in touch, with --by ADVOCATE; {hint}");
            };
            let Some(channel) = &self.channel else {
                let words: Vec<&str> = Channel::CHOICES.iter().map(|choice| choice.word).collect();
                bail!("say how, with --channel {}", words::choice(&words));
            };
            let made = NewContact {
                by: require_typed::<Advocate>(ledger, by)?,
                channel: parse_choice(channel, "--channel")?,
                date,
                summary: said.as_deref(),
                follow_up,
                campaign: find_optional(ledger, self.campaign.as_ref())?,
            };
            Ok(contact(&with, &made)?)
        })
    }

    /// Whom the contact was made with, each once, and what was said: the last argument, where it names no one and is
    /// more than a word.
    fn whom_and_summary<'l>(&self, ledger: &'l Ledger) -> Result<(Vec<&'l dyn AnyRecord>, Option<String>)> {
        let mut summary = self.summary.as_deref().map(tidy);
        let mut with: Vec<&dyn AnyRecord> = Vec::new();
        for (nth, word) in self.words.iter().enumerate() {
            let is_last = nth > 0 && nth + 1 == self.words.len();
            match find_by_word(ledger, &KINDS, word)? {
                Some(record) if with.iter().any(|other| other.key() == record.key()) => {}
                Some(record) => with.push(record),
                None if is_last && summary.is_none() && (word.trim().is_empty() || is_sentence(word)) => {
                    summary = Some(tidy(word));
                }
                None => {
                    let error = not_found(ledger, &KINDS, word);
                    let hint = if is_last && summary.is_none() { WORD } else { "" };
                    bail!("{error}{hint}");
                }
            }
        }
        Ok((with, summary.filter(|summary| !summary.is_empty())))
    }
}

fn is_sentence(word: &str) -> bool {
    word.trim().contains(char::is_whitespace)
}
