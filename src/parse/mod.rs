//! From text to a tree of values with spans, and to findings for all that is not TOML. [`Document`] is the tree of one
//! file; [`Reader`] hands its values to `record` and tells what was asked for wrongly or never asked for.

mod conflict;
mod reader;
pub mod suggest;
mod syntax;

pub use reader::{FieldFace, Reader, TableReader};

use crate::finding::Finding;
use crate::source::{LedgerPath, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value of a file, with its place.
pub type Item<'a> = &'a Spanned<DeValue<'a>>;

/// The place of an item.
pub fn span_of<T>(item: &Spanned<T>) -> Span {
    item.span().into()
}

/// One file as a tree of values. Where the text is not TOML, the tree holds what could be made out.
#[derive(Debug)]
pub struct Document<'a> {
    /// The top level of the file.
    pub table: DeTable<'a>,
    /// Places that are not TOML. A value there has been told of and is passed over.
    pub broken: Vec<Span>,
}

/// Reads the text of one file. Every mistake of its syntax becomes a finding.
pub fn document<'a>(text: &'a str, path: &LedgerPath, findings: &mut Vec<Finding>) -> Document<'a> {
    if let Some(found) = conflict::find(text, path) {
        findings.extend(found);
        return Document { table: DeTable::new(), broken: vec![Span { start: 0, end: u32::MAX }] };
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let table = table.into_inner();
    let mut broken = Vec::new();
    if !errors.is_empty() {
        for fault in syntax::faults(text, &table, &errors) {
            broken.push(fault.spoiled);
            findings.push(fault.finding(path));
        }
    }
    Document { table, broken }
}
