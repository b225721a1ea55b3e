//! The program without a command: where the coalition stands.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use crate::check::{Context, judge};
use crate::ledger::AsOf;
use crate::output::document_text;
use crate::report::home;
use anyhow::Result;

/// Prints where the coalition stands, and which commands would help now.
pub(super) fn run(invocation: &Invocation) -> Result<CommandOutput> {
    Format::among(invocation.format, &[Format::Text])?;
    let mut ledger = invocation.load()?;
    invocation.add_evidence(&mut ledger, false, None);
    // The same count as that of `check`.
    let verdict = judge(&Context::new(&ledger, invocation.today)).without_echoes();
    let document = home::document(AsOf::new(&ledger, invocation.today), &verdict);
    Ok(CommandOutput::yes(document_text::text_on(&document, invocation.page())).long())
}
