//! Numbers that the parser accepts but the standard does not: a base without digits, and digits of other scripts.

use super::{TomlDocument, span_of};
use crate::finding::{Finding, name};
use crate::source::{LedgerPath, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The places of such numbers in a text.
pub(super) fn unsound(table: &DeTable<'_>, text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    table.values().for_each(|value| look(value, text, &mut found));
    found.sort();
    found
}

fn look(item: &Spanned<DeValue<'_>>, text: &str, found: &mut Vec<Span>) {
    match item.get_ref() {
        DeValue::Integer(_) | DeValue::Float(_) => {
            let span = span_of(item);
            if text.get(span.range()).is_some_and(|written| !is_sound(written)) {
                found.push(span);
            }
        }
        DeValue::Array(items) => items.iter().for_each(|item| look(item, text, found)),
        DeValue::Table(table) => table.values().for_each(|item| look(item, text, found)),
        _ => {}
    }
}

/// Whether a number that the parser takes has the digits that it needs (TOML 1.1.0, Integer).
fn is_sound(written: &str) -> bool {
    let bare = ["0x", "0o", "0b"].contains(&written);
    written.is_ascii() && !bare
}

/// What is said of such a number.
pub(super) fn finding(text: &str, span: Span, path: &LedgerPath) -> Finding {
    let written = text.get(span.range()).unwrap_or_default();
    let message = if written.is_ascii() {
        format!("`{written}` is not a number: the digits are missing")
    } else {
        format!("`{written}` is not a number: TOML only has the digits 0 to 9")
    };
    Finding::new(name::INVALID_TOML, path, span, message, "write it with digits, or put it in quotes if it is text")
}

impl TomlDocument<'_> {
    /// Adds what is wrong with the numbers of the document, whose text this is.
    pub(super) fn refuse_numbers(&mut self, text: &str, path: &LedgerPath, findings: &mut Vec<Finding>) {
        for span in unsound(&self.table, text) {
            if !self.broken.iter().any(|broken| broken.touches(span)) {
                findings.push(finding(text, span, path));
                self.broken.push(span);
                self.is_whole = false;
            }
        }
    }
}
