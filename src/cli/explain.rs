//! `coalition explain`: what a check looks for, why, and how to fix it.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use crate::check::{ALL, Check, find, level_of};
use crate::ledger::Ledger;
use crate::parse::suggest::nearest;
use crate::practice::Practice;
use crate::record::Policy;
use crate::record::table::RecordTable;
use crate::reference::{check_pages, practices_page};
use anyhow::Result;
use clap::Args;

/// Explain a check, or list all checks
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The check, or the key of a practice [default: list all checks]
    check: Option<String>,
}

impl Explain {
    /// Explains.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        let format = Format::among(invocation.format, &[Format::Text, Format::Markdown])?;
        let ledger = self.ledger(invocation)?;
        let width = invocation.page().width;
        let Some(name) = self.check else {
            return Ok(CommandOutput::yes(match format {
                Format::Markdown => check_pages::index(ALL),
                _ => overview(&ledger, width),
            })
            .long());
        };
        if let Some(practice) = Practice::find(&name) {
            Format::among(invocation.format, &[Format::Text])?;
            return Ok(CommandOutput::yes(practices_page::explain_in_text(practice, &ledger, width)).long());
        }
        let check = known_check(&name)?;
        Ok(CommandOutput::yes(match format {
            Format::Markdown => check_pages::page(check),
            _ => check_pages::explain_in_text(check, level_of(&ledger, check), &thresholds(check, &ledger), width),
        })
        .long())
    }

    /// The ledger, if there is one here. Without one, checks are explained with their defaults.
    fn ledger(&self, invocation: &Invocation) -> Result<Ledger> {
        if invocation.has_ledger() { invocation.load() } else { Ok(Ledger::default()) }
    }
}

/// The check of this name.
///
/// # Errors
/// An unknown name, with a suggestion.
pub(super) fn known_check(name: &str) -> Result<&'static Check> {
    if let Some(check) = find(name) {
        return Ok(check);
    }
    let practices = Practice::ALL.iter().map(|practice| practice.key());
    match nearest(name, ALL.iter().map(|check| check.name.as_str()).chain(practices)) {
        Some(near) => stop!(usage, "there is no check `{name}`; did you mean `{near}`?"),
        None => stop!(usage, "there is no check `{name}`; `coalition explain` lists them"),
    }
}

/// Every check with its severity in this ledger and what it looks for.
fn overview(ledger: &Ledger, width: usize) -> String {
    let mut text = String::new();
    let mut group = None;
    for check in ALL {
        if group != Some(check.group) {
            group = Some(check.group);
            let gap = if text.is_empty() { "" } else { "\n" };
            let key = check.group.practice().map(|practice| format!(" ({})", practice.key())).unwrap_or_default();
            text += &format!("{gap}{}{key}\n", check.group.title());
        }
        text += &practices_page::row(check, level_of(ledger, check), width);
    }
    text
}

/// The limits of a check in this ledger.
fn thresholds(check: &Check, ledger: &Ledger) -> Vec<(&'static str, String)> {
    let set = ledger.root.policy.as_ref().and_then(|policy| serde_json::to_value(&policy.value).ok());
    let of = |name: &'static str| {
        let default = Policy::DEF.field(name).map_or("", |field| field.example);
        let configured = set.as_ref().and_then(|set| set.get(name)).map(ToString::to_string);
        (name, configured.unwrap_or_else(|| format!("{default} (default)")))
    };
    check.policy.iter().map(|name| of(name)).collect()
}
