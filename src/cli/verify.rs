//! `coalition verify`: has everyone signed who must? The signature matrix, member by agreement.

use super::answer::{CommandOutput, Format, csv, data, refuse_bom};
use super::invocation::Invocation;
use super::others;
use crate::disclosure::{Concealment, OutgoingPiece, Unlisted};
use crate::lookup::find_readable;
use crate::output::{document_markdown, document_text, visible};
use crate::record::{Agreement, AnyRecord};
use crate::report::ReportRequest;
use crate::report::matrix::Matrix;
use anyhow::Result;
use clap::Args;

/// Show who has signed; fail if a required signature is missing
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The agreement [default: all]
    agreement: Option<String>,
    /// Begin a CSV table with a byte order mark, so that Excel reads it as UTF-8
    #[arg(long)]
    bom: bool,
    /// Name all people in CSV, including those who have not agreed to be listed
    #[arg(long)]
    private: bool,
}

impl Verify {
    /// Verifies.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        let formats = [Format::Text, Format::Markdown, Format::Json, Format::Yaml, Format::Csv];
        let format = Format::among(invocation.format, &formats)?;
        refuse_bom(self.bom, format)?;
        let mut ledger = invocation.load()?;
        let history = invocation.add_evidence(&mut ledger, false, None);
        invocation.say_without_commits(&ledger);
        let only = match &self.agreement {
            Some(word) => Some(find_readable::<Agreement>(&ledger, word)?.key()),
            None => None,
        };
        let request = ReportRequest { history: history.as_ref(), ..ReportRequest::new(&ledger, invocation.today) };
        let matrix = Matrix::new(&request, only, invocation.setting(&ledger, None, only.is_some()));
        let past = invocation.describe_past()?;
        let document = || {
            let mut document = matrix.document(&ledger);
            past.iter().for_each(|past| document.add_subtitle(past.as_str()));
            if invocation.verbose {
                document.add(matrix.commits());
            }
            document
        };
        let closing = || {
            let sentence = visible(&matrix.gate().sentence());
            if invocation.quiet { String::new() } else { format!("\n{sentence}\n") }
        };
        let text = match format {
            Format::Text => document_text::text_on(&document(), invocation.page()) + &closing(),
            Format::Markdown => document_markdown::write_markdown(&document()) + &closing(),
            Format::Csv => {
                // A spreadsheet is handed on.
                let unlisted =
                    if self.private { Unlisted::default() } else { others::find_unlisted(invocation, &ledger)? };
                let concealment = match self.private {
                    true => Concealment::none(&unlisted),
                    false => Concealment::of(&ledger, &unlisted),
                };
                let (columns, rows) = matrix.rows(&concealment);
                let cells = rows.iter().flat_map(|row| columns.iter().zip(row));
                let cells = cells.map(|(column, cell)| OutgoingPiece::of_cell("the table", column, cell.as_str()));
                let leaks = match self.private {
                    true => others::found_keys(&ledger, cells)?,
                    false => others::find_leaks(&ledger, &unlisted, cells)?,
                };
                if let Some(refusal) = others::refusal(&leaks, "no table was written") {
                    return Ok(refusal);
                }
                // A table has no place for a sentence.
                super::aside::print(&closing());
                csv(&columns, rows.into_iter(), self.bom)?
            }
            _ => data(&matrix.data(), format)?,
        };
        Ok(CommandOutput::given(matrix.is_complete(), text).long())
    }
}
