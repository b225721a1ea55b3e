//! Places in a text: byte ranges inside the program, lines and columns for people.

use std::ops::Range;

/// A byte range in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The start of a file, for what concerns the file as a whole.
    pub const START: Span = Span { start: 0, end: 0 };

    /// The range as an index into text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the two ranges share a byte or meet: one may begin where the other ends.
    pub fn touches(self, other: Span) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { start: clamp(range.start), end: clamp(range.end) }
    }
}

/// A place for people: line and column count from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// Finds lines and columns in one text.
#[derive(Debug)]
pub(crate) struct LineIndex<'a> {
    text: &'a str,
    /// The byte at which each line starts.
    starts: Vec<usize>,
    /// How many characters begin before each block of bytes, so that a column on a long line is counted from nearby.
    blocks: Vec<usize>,
}

/// The bytes between two counts of characters.
const BLOCK: usize = 256;

impl<'a> LineIndex<'a> {
    /// An index of this text.
    pub(crate) fn new(text: &'a str) -> LineIndex<'a> {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let behind = text.as_bytes().chunks_exact(BLOCK).scan(0, |sum, block| {
            *sum += characters(block);
            Some(*sum)
        });
        let blocks = std::iter::once(0).chain(behind).collect();
        LineIndex { text, starts, blocks }
    }

    /// The line and column of a byte offset. A byte order mark takes no column, as in editors.
    pub(crate) fn position(&self, offset: usize) -> LineColumn {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let mark = usize::from(line == 1 && offset > 0 && self.text.starts_with('\u{feff}'));
        let column = self.characters_before(offset) - self.characters_before(start) - mark + 1;
        LineColumn { line, column }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.blocks[block] + characters(&self.text.as_bytes()[block * BLOCK..offset])
    }
}

/// How many characters begin in these bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_skip_a_byte_order_mark() {
        let text = "\u{feff}name = \"é\"\nüber = 1\n";
        let index = LineIndex::new(text);
        assert_eq!(index.position(3), LineColumn { line: 1, column: 1 });
        let second = text.find("= 1").unwrap();
        assert_eq!(index.position(second), LineColumn { line: 2, column: 6 });
        assert_eq!(index.position(text.len() + 9), LineColumn { line: 3, column: 1 });
    }

    #[test]
    fn columns_are_right_anywhere_on_a_long_line() {
        for length in [BLOCK - 2, BLOCK - 1, BLOCK, 3 * BLOCK] {
            let text = format!("a\n{}", "aé".repeat(length));
            let index = LineIndex::new(&text);
            for (column, (at, _)) in text[2..].char_indices().enumerate() {
                assert_eq!(index.position(2 + at), LineColumn { line: 2, column: column + 1 });
            }
            assert_eq!(index.position(text.len()), LineColumn { line: 2, column: 2 * length + 1 });
        }
    }
}
