//! The parser recovers from most errors by itself, but drops what follows a line without `=` or a bracket that is never
//! closed. To report every mistake in one run, this module repairs such a place in a copy of the text and reads the
//! copy; all places refer to the original.

use super::fault::SyntaxFault;
use super::mending::Edit;
use super::syntax::{self, MOST_FAULTS};
use crate::source::Span;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// How often a text is repaired before the rest is left to the next run.
const MOST_ROUNDS: usize = 64;

/// How many bytes are read in all these rounds: a large file gets fewer of them.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// A copy of a text in which the worst is repaired.
pub(super) struct Mended {
    /// The copy.
    pub text: String,
    /// What is wrong with the original.
    pub faults: Vec<SyntaxFault>,
    /// Where the copy has bytes that the original lacks: their place in the copy, and how many.
    inserted: Vec<(usize, usize)>,
}

impl Mended {
    /// Repairs a text that has errors.
    pub(super) fn new(original: &str) -> Mended {
        let mut mended = Mended { text: original.to_owned(), faults: Vec::new(), inserted: Vec::new() };
        let rounds = (MOST_BYTES / original.len().max(1)).clamp(1, MOST_ROUNDS);
        for round in 0..rounds {
            let (table, errors) = DeTable::parse_recoverable(&mended.text);
            let mut faults = syntax::faults(&mended.text, table.get_ref(), &errors);
            let is_last = round + 1 == rounds || mended.faults.len() >= MOST_FAULTS;
            let hopeless = is_last || faults.iter().all(|fault| fault.edit.is_none());
            if !hopeless {
                faults.retain(|fault| fault.edit.is_some());
            }
            let edits: Vec<Edit> = faults.iter_mut().filter_map(|fault| fault.edit.take()).collect();
            for mut fault in faults {
                fault.place = mended.original_span(fault.place.range());
                fault.spoiled = fault.spoiled.map(|spoiled| mended.original_span(spoiled.range()));
                mended.faults.push(fault);
            }
            if hopeless {
                break;
            }
            mended.apply(edits);
        }
        mended.keep_first();
        mended
    }

    /// Keeps the faults to report. After the last of too many nothing is judged, because it may be their echo.
    fn keep_first(&mut self) {
        self.faults.sort_by_key(|fault| fault.place);
        self.faults.truncate(MOST_FAULTS);
        if let Some(last) = self.faults.get_mut(MOST_FAULTS - 1) {
            last.spoiled = Some(Span { end: u32::MAX, ..last.place });
        }
    }

    /// The tree of the copy, with the places of the original.
    pub(super) fn table(&self) -> DeTable<'_> {
        let (table, _) = DeTable::parse_recoverable(&self.text);
        self.moved_table(table.into_inner())
    }

    /// Edits from the back, so that earlier places stay true.
    fn apply(&mut self, mut edits: Vec<Edit>) {
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
        for edit in edits {
            if self.text.get(edit.range.clone()).is_none() {
                continue;
            }
            let grown = edit.with.len().saturating_sub(edit.range.len());
            for (at, _) in self.inserted.iter_mut().filter(|(at, _)| *at >= edit.range.end) {
                *at += grown;
            }
            if grown > 0 {
                self.inserted.push((edit.range.start, grown));
            }
            self.text.replace_range(edit.range, &edit.with);
        }
    }

    fn original_span(&self, range: Range<usize>) -> Span {
        let original = |offset: usize| {
            let before = self.inserted.iter().filter(|(at, _)| *at < offset);
            offset - before.map(|(at, grown)| (*grown).min(offset - at)).sum::<usize>()
        };
        Span::from(original(range.start)..original(range.end))
    }

    fn move_span<T>(&self, range: Range<usize>, value: T) -> Spanned<T> {
        Spanned::new(self.original_span(range).range(), value)
    }

    fn moved_table<'t>(&self, table: DeTable<'t>) -> DeTable<'t> {
        let entry = |(key, value): (Spanned<_>, Spanned<DeValue<'t>>)| {
            (self.move_span(key.span(), key.into_inner()), self.moved_value(value))
        };
        table.into_iter().map(entry).collect()
    }

    fn moved_value<'t>(&self, value: Spanned<DeValue<'t>>) -> Spanned<DeValue<'t>> {
        let range = value.span();
        let inner = match value.into_inner() {
            DeValue::Table(table) => DeValue::Table(self.moved_table(table)),
            DeValue::Array(items) => {
                let mut moved = DeArray::default();
                for item in items {
                    moved.push(self.moved_value(item));
                }
                DeValue::Array(moved)
            }
            other => other,
        };
        self.move_span(range, inner)
    }
}
