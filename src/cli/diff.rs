//! `coalition diff`: what changed between two revisions, or since one, in words.

use super::answer::{CommandOutput, Format, data};
use super::invocation::{Invocation, read_ledger};
use crate::difference::{Difference, Request, compare, document};
use crate::error::Error;
use crate::kind::RecordKey;
use crate::ledger::Ledger;
use crate::lookup::find_record;
use crate::output::{document_html, document_markdown, document_text, visible};
use anyhow::Result;
use clap::Args;

/// The letters that a comment on a code host may have, with some left for what surrounds it.
pub(super) const LONGEST_COMMENT: usize = 60_000;

/// Describe what changed since a revision, or between two revisions
///
/// Without a revision, it compares the files with the last commit. Events come first, then fields and entries, then what the
/// change does: who can sign, which signatures are missing, what the checks find. Names private fields but does not show their values.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The revisions, then records: `HEAD~3`, `v1 v2`, `main member/riverton-friends`
    #[arg(value_name = "REV|RECORD")]
    revisions: Vec<String>,
    /// Exit with 1 if something differs
    #[arg(long)]
    exit_code: bool,
    /// Show private values
    #[arg(long)]
    private: bool,
}

impl Diff {
    /// Compares the ledgers.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        let formats = [Format::Text, Format::Markdown, Format::Html, Format::Json];
        let format = Format::among(invocation.format, &formats)?;
        let Sides { before, after, about, title } = self.sides(invocation)?;
        let request =
            Request { before: &before, after: &after, today: invocation.today, private: self.private, about: &about };
        let found = compare(&request);
        let is_same = found.is_empty();
        let text = match format {
            Format::Json => data(&found.data(), format)?,
            _ if is_same && format == Format::Text => "Nothing changed.\n".to_owned(),
            Format::Markdown => markdown(&found, &title),
            Format::Html => document_html::html(&document(&found, &title)),
            _ => document_text::text_on(&document(&found, &title), invocation.page()),
        };
        Ok(CommandOutput::given(is_same || !self.exit_code, text).long())
    }

    /// What is compared: up to two revisions, and after them records.
    fn sides(&self, invocation: &Invocation) -> Result<Sides> {
        if let Some(revision) = &invocation.at {
            stop!(usage, "--at {revision}: name the revisions themselves, as in `coalition diff {revision} HEAD`");
        }
        let mut revisions = Vec::new();
        for word in self.revisions.iter().take(2) {
            // A word that is no revision is a record.
            let Ok(revision) = invocation.revision(word) else { break };
            revisions.push((visible(word), read_ledger(&revision)?));
        }
        let words = self.revisions.iter().skip(revisions.len());
        let is_of_files = revisions.len() < 2;
        let mut revisions = revisions.into_iter();
        let (from, before) = match revisions.next() {
            Some(first) => first,
            // Before the first commit, everything is new.
            None if invocation.repository()?.is_some_and(|repository| repository.is_unborn()) => {
                ("the beginning".to_owned(), Ledger::default())
            }
            None => ("the last commit".to_owned(), read_ledger(&invocation.revision("HEAD")?)?),
        };
        let (to, after) = match revisions.next() {
            Some(second) => second,
            None => ("the files".to_owned(), invocation.load()?),
        };
        let title = match is_of_files {
            true => format!("Changes since {from}"),
            false => format!("Changes from {from} to {to}"),
        };
        let about = words.map(|word| find_in_either(&before, &after, word)).collect::<Result<Vec<_>, Error>>()?;
        Ok(Sides { before, after, about, title })
    }
}

struct Sides {
    before: Ledger,
    after: Ledger,
    about: Vec<RecordKey>,
    title: String,
}

/// The record that a word means now, or that it meant before.
fn find_in_either(before: &Ledger, after: &Ledger, word: &str) -> Result<RecordKey, Error> {
    match find_record(after, word) {
        Ok(record) => Ok(record.key().clone()),
        Err(error) => find_record(before, word)
            .map(|record| record.key().clone())
            .map_err(|_| Error::usage(format!("{}: neither a git revision nor a record; {error}", visible(word)))),
    }
}

/// The difference for a comment on a code host: it ends with the last section that fits, and says what it leaves out.
fn markdown(found: &Difference, title: &str) -> String {
    document_markdown::write_markdown_within(&document(found, title), LONGEST_COMMENT)
}
