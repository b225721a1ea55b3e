//! `coalition history`: what happened to one record, commit by commit.

use super::answer::{CommandOutput, Format, data};
use super::diff::LONGEST_COMMENT;
use super::invocation::{Invocation, read_ledger};
use super::silence::Silence;
use crate::difference::{PastLedgers, find_in_past, follow};
use crate::error::Error;
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::lookup::{find_by_word, find_record};
use crate::output::{document_html, document_markdown, document_text, visible};
use crate::source::commit_message::CommitMessage;
use crate::source::git::Trail;
use crate::source::past::TrailCommit;
use crate::source::{LedgerPath, Part, Source};
use anyhow::Result;
use clap::Args;

/// Show what happened to a record, commit by commit
///
/// The newest commit comes first, with its author, its date and everyone it names. Follows a record that was renamed or moved,
/// and finds one that was removed. Names private fields but does not show their values.
#[derive(Debug, Args)]
pub(super) struct HistoryCommand {
    /// The record: an id, a name or a part of a name, current or former
    #[arg(value_name = "RECORD")]
    record: String,
    /// Show private values, and the email addresses that commits name
    #[arg(long)]
    private: bool,
}

impl HistoryCommand {
    /// Follows the record.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        let formats = [Format::Text, Format::Markdown, Format::Html, Format::Json];
        let format = Format::among(invocation.format, &formats)?;
        let Some(repository) = invocation.repository()? else {
            return Err(Error::environment("the ledger is not in a git repository, so its records have no history")
                .with_hint("`git init` in the folder of the ledger starts one; each commit then adds to it")
                .into());
        };
        let present = invocation.load()?;
        let past = Past(repository.trail()?);
        let (key, name) = find(&present, &past, &self.record)?;
        // The newest commit holds what is read at a revision.
        let files = Some(&present).filter(|_| invocation.at.is_none());
        let mut history = follow(&past, files, (&key, &name), invocation.today, self.private)?;
        let cut = past.0.cut().map(|cut| Silence::of(cut, past.commits().len()).sentence());
        history.cut = cut;
        let text = match format {
            Format::Json => data(&history.data(), format)?,
            Format::Markdown => document_markdown::write_markdown_within(&history.document(), LONGEST_COMMENT),
            Format::Html => document_html::html(&history.document()),
            _ => document_text::text_on(&history.document(), invocation.page()),
        };
        Ok(CommandOutput::yes(text).long())
    }
}

/// The record that a word means, now or in the past, with its name.
fn find(present: &Ledger, past: &Past, word: &str) -> Result<(RecordKey, String)> {
    let is_key = word.split_once('/').is_some_and(|(kind, _)| kind.parse::<Kind>().is_ok());
    if !is_key && let Some(record) = find_by_word(present, &Kind::ALL, word)? {
        return Ok((record.key().clone(), record.name().to_owned()));
    }
    let unknown = match find_record(present, word) {
        Ok(record) => return Ok((record.key().clone(), record.name().to_owned())),
        Err(error) => error,
    };
    match find_in_past(past, word)? {
        // It may have been renamed to one that is there.
        Some((key, name)) => match present.find(key.kind, &key.id) {
            Some(record) => Ok((key, record.name().to_owned())),
            None => Ok((key, name)),
        },
        None => Err(Error::usage(format!("{}; no commit removed one either", visible(unknown.message()))).into()),
    }
}

/// The ledgers in the commits of a repository.
struct Past(Trail);

impl PastLedgers for Past {
    fn commits(&self) -> &[TrailCommit] {
        self.0.commits()
    }

    fn files_of(&self, at: usize, key: &RecordKey) -> Option<Vec<(String, String)>> {
        Some(self.0.files_of(at, key)?.into_iter().map(|(path, id)| (path, id.to_string())).collect())
    }

    fn gone(&self, earlier: usize, later: usize) -> Vec<LedgerPath> {
        self.0.gone(earlier, later)
    }

    fn ledger(&self, at: usize, keep: Option<&(dyn Fn(&LedgerPath) -> bool + Sync)>) -> Result<Ledger, Error> {
        let Some(revision) = self.0.revision(at) else { return Ok(Ledger::default()) };
        let ledger = match keep {
            Some(keep) => read_ledger(&Part { source: &revision, keep }),
            None => read_ledger(&revision),
        };
        ledger.map_err(|error| Error::environment(error.root_cause().to_string()))
    }

    fn text(&self, at: usize, path: &LedgerPath) -> Option<String> {
        self.0.revision(at)?.read(path).ok()
    }

    fn base(&self, one: usize, other: usize) -> Option<usize> {
        self.0.base(one, other)
    }

    fn message(&self, at: usize) -> Result<CommitMessage, Error> {
        self.0.message(at)
    }
}
