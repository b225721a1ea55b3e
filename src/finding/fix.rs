//! How to correct what a finding reports, as data: the text of a finding, JSON, SARIF, `check --fix` and editors share it.

use crate::source::{LedgerPath, Span, without_private_keys};

/// Bytes of a file to replace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    /// The file.
    pub path: LedgerPath,
    /// What to replace; empty to insert.
    pub span: Span,
    /// What to write there.
    pub text: String,
}

/// A change of files after which a finding is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative.
    pub title: String,
    /// The bytes to replace. No two of them overlap.
    pub edits: Vec<TextEdit>,
    /// Whether it is certain to be what was meant, so that a program may do it once a person has seen it.
    pub safe: bool,
}

impl Fix {
    /// A certain fix that replaces one place of a file.
    pub fn replace(path: &LedgerPath, span: Span, text: impl Into<String>, title: impl Into<String>) -> Fix {
        Fix::of(vec![TextEdit { path: path.clone(), span, text: text.into() }], title)
    }

    /// A certain fix of these edits.
    pub fn of(edits: Vec<TextEdit>, title: impl Into<String>) -> Fix {
        Fix { title: without_private_keys(&title.into()).into_owned(), edits, safe: true }
    }

    /// The same fix, as a suggestion that only a person can accept, unless `is_certain`.
    pub fn if_certain(mut self, is_certain: bool) -> Fix {
        self.safe &= is_certain;
        self
    }
}

/// The text after some edits of it; `None` if they overlap or are not within the text. Equal edits count once.
pub(crate) fn apply_text_edits<'e>(text: &str, edits: impl IntoIterator<Item = &'e TextEdit>) -> Option<String> {
    let mut edits: Vec<&TextEdit> = edits.into_iter().collect();
    edits.sort_by_key(|edit| (edit.span, &edit.text));
    edits.dedup();
    let mut changed = String::with_capacity(text.len());
    let mut written_to = 0;
    for edit in edits {
        let range = edit.span.range();
        if range.start < written_to {
            return None;
        }
        changed.push_str(text.get(written_to..range.start)?);
        changed.push_str(&edit.text);
        text.get(range.clone())?;
        written_to = range.end;
    }
    changed.push_str(text.get(written_to..)?);
    Some(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: usize, end: usize, text: &str) -> TextEdit {
        TextEdit { path: LedgerPath::new("x.toml"), span: Span::from(start..end), text: text.to_owned() }
    }

    #[test]
    fn edits_change_their_bytes_and_no_other() {
        let edits = [edit(8, 8, "\""), edit(4, 4, "\""), edit(0, 1, "b"), edit(4, 4, "\"")];
        assert_eq!(apply_text_edits("a = word # é\n", &edits).as_deref(), Some("b = \"word\" # é\n"));
    }

    #[test]
    fn edits_that_overlap_or_leave_the_text_are_refused() {
        assert_eq!(apply_text_edits("abcdef", &[edit(0, 3, "x"), edit(2, 4, "y")]), None);
        assert_eq!(apply_text_edits("abc", &[edit(2, 9, "x")]), None);
        assert_eq!(apply_text_edits("é", &[edit(1, 2, "x")]), None);
    }
}
