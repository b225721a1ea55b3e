//! `coalition show`: one record with all that refers to it.

use super::answer::{CommandOutput, Format, data};
use super::aside;
use super::invocation::Invocation;
use super::list::say_what_is_missing;
use crate::error::ErrorKind;
use crate::lookup::find_record;
use crate::output::{document_markdown, document_text};
use crate::report::card;
use crate::source::ROOT_FILE;
use anyhow::Result;
use clap::Args;

/// Show a record and everything that refers to it, newest first
#[derive(Debug, Args)]
pub(super) struct Show {
    /// The record: its id, its name or a part of its name; `coalition` for coalition.toml
    record: String,
    /// Include private fields
    #[arg(long)]
    private: bool,
}

impl Show {
    /// Shows the record.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        let format = Format::among(invocation.format, &[Format::Text, Format::Markdown, Format::Json, Format::Yaml])?;
        let ledger = invocation.load()?;
        if self.record == "coalition" || self.record == ROOT_FILE {
            let is_whole = say_what_is_missing(&ledger, |path| path.as_str() == ROOT_FILE);
            let text = match format {
                Format::Text => document_text::text_on(&card::root_document(&ledger, self.private), invocation.page()),
                Format::Markdown => document_markdown::write_markdown(&card::root_document(&ledger, self.private)),
                _ => data(&card::root_data(&ledger, self.private), format)?,
            };
            return Ok(CommandOutput::given(is_whole, text).long());
        }
        let record = match find_record(&ledger, &self.record) {
            Ok(record) => record,
            Err(error) if error.kind() == ErrorKind::Data => {
                aside::say(&format!("there is nothing to show: {error}"));
                return Ok(CommandOutput::given(false, ""));
            }
            Err(error) => return Err(error.into()),
        };
        let past = invocation.describe_past()?;
        let document = || {
            let mut document = card::document(&ledger, record, invocation.today, self.private);
            past.iter().for_each(|past| document.add_subtitle(past.as_str()));
            document
        };
        let is_whole = say_what_is_missing(&ledger, |path| path == record.path());
        Ok(CommandOutput::given(
            is_whole,
            match format {
                Format::Text => document_text::text_on(&document(), invocation.page()),
                Format::Markdown => document_markdown::write_markdown(&document()),
                _ => data(&card::data(&ledger, record, invocation.today, self.private), format)?,
            },
        )
        .long())
    }
}
