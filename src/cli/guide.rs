//! `coalition guide`: the founding of a coalition, step by step.

use super::answer::{CommandOutput, Format, data};
use super::invocation::Invocation;
use crate::ledger::AsOf;
use crate::output::{document_markdown, document_text};
use crate::report::guide;
use anyhow::Result;
use clap::Args;

/// Walk through the founding of a coalition: what is done, and what comes next
#[derive(Debug, Args)]
pub(super) struct Guide {}

impl Guide {
    /// Prints the guide.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        let formats = [Format::Text, Format::Markdown, Format::Json, Format::Yaml];
        let format = Format::among(invocation.format, &formats)?;
        let mut ledger = invocation.load()?;
        invocation.add_evidence(&mut ledger, false, None);
        let as_of = AsOf::new(&ledger, invocation.today);
        let answer = CommandOutput::yes(match format {
            Format::Text => document_text::text_on(&guide::document(as_of), invocation.page()),
            Format::Markdown => document_markdown::write_markdown(&guide::document(as_of)),
            _ => data(&guide::data(as_of), format)?,
        });
        Ok(answer.long())
    }
}
