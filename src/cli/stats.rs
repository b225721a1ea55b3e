//! `coalition stats`: how much the ledger holds, and how it has grown.

use super::answer::{CommandOutput, Format, csv, data, refuse_bom};
use super::invocation::Invocation;
use crate::output::{document_html, document_markdown, document_text};
use crate::report::ReportOutput;
use crate::report::statistics::{self, QUARTERS, QuarterFigures};
use anyhow::Result;
use clap::Args;

/// Count records, entries and dates; with --over-time, by quarter
///
/// With --over-time, the figures for each quarter come from the git history.
#[derive(Debug, Args)]
pub(super) struct Stats {
    /// Count members, people, signatures and contacts at the end of each quarter, as the records were then
    #[arg(long)]
    over_time: bool,
    /// Begin a CSV table with a byte order mark, so that Excel reads it as UTF-8
    #[arg(long)]
    bom: bool,
}

/// How the answer can be written.
pub(super) const FORMATS: [Format; 6] =
    [Format::Text, Format::Markdown, Format::Html, Format::Json, Format::Yaml, Format::Csv];

impl Stats {
    /// Counts.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        let format = Format::among(invocation.format, &FORMATS)?;
        refuse_bom(self.bom, format)?;
        let ledger = invocation.load()?;
        let (report, table) = if self.over_time {
            let mut quarters = Vec::new();
            let cut = invocation.each_quarter(QUARTERS, &ledger, &mut |quarter, day, ledger| {
                quarters.push(QuarterFigures::of(quarter, day, ledger));
            })?;
            quarters.reverse();
            let report = statistics::report_over_time(&ledger, &quarters, cut.as_deref());
            (report, statistics::rows_over_time(&quarters))
        } else {
            let today = invocation.today;
            (statistics::report(&ledger, today), statistics::rows(&ledger, today))
        };
        Ok(CommandOutput::yes(write(&report, table, format, self.bom, invocation)?).long())
    }
}

/// A report in a format; in CSV, its table.
pub(super) fn write(
    report: &ReportOutput,
    (columns, rows): (Vec<String>, Vec<Vec<String>>),
    format: Format,
    bom: bool,
    invocation: &Invocation,
) -> Result<String> {
    Ok(match format {
        Format::Text => document_text::text_on(&report.document, invocation.page()),
        Format::Markdown => document_markdown::write_markdown(&report.document),
        Format::Html => document_html::html(&report.document),
        Format::Csv => csv(&columns, rows.into_iter(), bom)?,
        _ => data(&report.data, format)?,
    })
}
