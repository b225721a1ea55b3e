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
    let mut text = document_text::text_on(&document, invocation.page());
    if let Some(lines) = how_to_save(invocation) {
        text.push_str(&format!("\n{}\n", lines.join("\n")));
    }
    Ok(CommandOutput::yes(text).long())
}

/// The commands that save the ledger in git for the first time; none where git keeps it already.
fn how_to_save(invocation: &Invocation) -> Option<Vec<&'static str>> {
    let mut lines = vec!["Git does not keep this ledger yet. To save it, with all its earlier versions from now on:"];
    match invocation.repository() {
        Ok(None) if invocation.at.is_none() => lines.push("  git init"),
        Ok(Some(repository)) if repository.is_unborn() => {}
        _ => return None,
    }
    lines.extend(["  git add -A", "  git commit -m \"Start the ledger\""]);
    Some(lines)
}
