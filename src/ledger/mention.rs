//! Who refers to whom: every place in the ledger that names a record.

use super::Ledger;
use crate::kind::RecordKey;
use crate::record::AnyRecord;
use crate::record::field::Leaf;
use crate::record::field::{Field, Visitor};
use crate::record::value::RecordId;
use crate::source::{LedgerPath, Span};
use chrono::NaiveDate;

/// One place that refers to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The record that refers.
    pub from: RecordKey,
    /// The file in which it does.
    pub path: LedgerPath,
    /// The field, with the tables above it: `["signatures", "by"]`.
    pub field: Vec<&'static str>,
    /// The date beside it in the same table, or in the record.
    pub date: Option<NaiveDate>,
    /// Where it is in that file.
    pub span: Span,
}

/// Names of fields that date the table they are in, the first found wins.
const DATING: [&str; 6] = ["date", "decided", "proposed", "joined", "start_date", "opens"];

impl Ledger {
    /// All places that refer to a record, newest first; undated ones last.
    pub fn mentions_of(&self, key: &RecordKey) -> Vec<Mention> {
        let mut mentions = Vec::new();
        for record in self.parts() {
            let mut search =
                MentionSearch { key, from: record, levels: vec![MentionLevel::default()], found: Vec::new() };
            record.visit(&mut search);
            search.leave();
            mentions.append(&mut search.found);
        }
        mentions.sort_by(|a, b| {
            b.date.cmp(&a.date).then_with(|| (&a.from, &a.path, a.span).cmp(&(&b.from, &b.path, b.span)))
        });
        mentions
    }

    /// The signatures that a record has by the place of their files alone, which no line of them says: those of a member.
    pub fn signed_by_place(&self, key: &RecordKey) -> Vec<Mention> {
        let files = self.signature_files.iter().filter(|file| file.member.key() == *key);
        let mentions = files.flat_map(|file| {
            file.body.signatures.iter().map(|signature| Mention {
                from: file.agreement.clone(),
                path: file.path.clone(),
                field: vec!["signatures", "member"],
                date: signature.date.as_ref().map(|date| date.value),
                span: Span::START,
            })
        });
        mentions.collect()
    }
}

/// A table on the way to a value.
#[derive(Default)]
struct MentionLevel {
    field: Option<&'static str>,
    dates: Vec<(&'static str, NaiveDate)>,
    hits: Vec<(Vec<&'static str>, Span)>,
}

struct MentionSearch<'a> {
    key: &'a RecordKey,
    from: &'a dyn AnyRecord,
    levels: Vec<MentionLevel>,
    found: Vec<Mention>,
}

impl<'a> Visitor<'a> for MentionSearch<'_> {
    fn enter(&mut self, field: &'static Field, _span: Span) {
        self.levels.push(MentionLevel { field: Some(field.name), ..MentionLevel::default() });
    }

    fn leave(&mut self) {
        let Some(level) = self.levels.pop() else { return };
        let date_of = |dates: &[(&'static str, NaiveDate)]| {
            DATING.iter().find_map(|name| dates.iter().find(|(field, _)| field == name)).map(|(_, date)| *date)
        };
        let date = date_of(&level.dates);
        match self.levels.last_mut() {
            Some(outer) if date.is_none() => outer.hits.extend(level.hits),
            _ => self.found.extend(level.hits.into_iter().map(|(field, span)| Mention {
                from: self.from.key().clone(),
                path: self.from.path().clone(),
                field,
                date,
                span,
            })),
        }
    }

    fn leaf(&mut self, field: &'static Field, span: Span, leaf: Leaf<'a>) {
        let path: Vec<_> = self.levels.iter().filter_map(|level| level.field).chain([field.name]).collect();
        let Some(level) = self.levels.last_mut() else { return };
        match leaf {
            Leaf::Date(date) => level.dates.push((field.name, date)),
            Leaf::Reference(kind, id) if kind == self.key.kind && id == &*self.key.id => level.hits.push((path, span)),
            _ => {}
        }
    }
}
