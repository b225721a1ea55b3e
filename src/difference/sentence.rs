//! The text of an agreement, compared sentence by sentence: each sentence that is gone or new is shown whole.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Whether a sentence is gone, new, or beside one that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Mark {
    /// It is gone.
    Removed,
    /// It is new.
    Added,
}

/// A sentence of a text that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct MarkedSentence {
    /// What happened to it.
    pub mark: Mark,
    /// The whole sentence.
    pub text: String,
}

/// The sentences that are gone and those that are new, in the order of the texts; none if only spacing differs.
pub(super) fn compare_sentences(before: &str, after: &str) -> Vec<MarkedSentence> {
    let (old, new) = (sentences(before), sentences(after));
    let mut marked = Vec::new();
    let mut add = |mark: Mark, sentences: Option<&[String]>| {
        let sentences = sentences.unwrap_or_default();
        marked.extend(sentences.iter().map(|text| MarkedSentence { mark, text: text.clone() }));
    };
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        if !matches!(op, DiffOp::Equal { .. }) {
            add(Mark::Removed, old.get(op.old_range()));
            add(Mark::Added, new.get(op.new_range()));
        }
    }
    marked
}

/// The sentences of a text, each on one line. A heading, a paragraph or an item of a list ends a sentence too.
fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = String::new();
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() || begins_item(line) {
            found.append(&mut split(&std::mem::take(&mut open)));
        }
        if !open.is_empty() {
            open.push(' ');
        }
        open.push_str(line);
        if line.starts_with('#') {
            found.append(&mut split(&std::mem::take(&mut open)));
        }
    }
    found.append(&mut split(&open));
    found
}

/// Whether a line begins an item of a list, or is a heading.
fn begins_item(line: &str) -> bool {
    let first = line.split_whitespace().next().unwrap_or_default();
    let is_number = first.strip_suffix(['.', ')']).is_some_and(is_label);
    line.starts_with('#') || ["-", "*", "+", "\u{2022}"].contains(&first) || is_number
}

/// Whether a word before a period is a number of an item, or a letter, so that the period ends no sentence.
fn is_label(word: &str) -> bool {
    let word = word.trim_start_matches('(');
    !word.is_empty()
        && (word.chars().all(|letter| letter.is_ascii_digit() || letter == '.') || word.chars().count() == 1)
}

/// The sentences of a paragraph.
fn split(paragraph: &str) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    let mut open = String::new();
    let mut words = paragraph.split_whitespace().peekable();
    while let Some(word) = words.next() {
        if !open.is_empty() {
            open.push(' ');
        }
        open.push_str(word);
        let bare = word.trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}', ')']);
        let is_end = bare.ends_with(['.', '!', '?']) && !is_label(bare.trim_end_matches('.'));
        // A number after a period is more likely the rest of a reference, such as "No. 3".
        let begins = |next: &&str| {
            let first = next.chars().find(|letter| letter.is_alphanumeric());
            first.is_some_and(|letter| letter.is_alphabetic() && !letter.is_lowercase())
        };
        if is_end && words.peek().is_none_or(begins) {
            sentences.push(std::mem::take(&mut open));
        }
    }
    if !open.is_empty() {
        sentences.push(open);
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(before: &str, after: &str) -> Vec<String> {
        let sign = |mark| if mark == Mark::Added { '+' } else { '-' };
        compare_sentences(before, after).iter().map(|one| format!("{} {}", sign(one.mark), one.text)).collect()
    }

    #[test]
    fn a_sentence_that_changed_is_told_whole() {
        let before = "# Charter\n\n1. We meet monthly. The chair calls the meeting,\nor the deputy does. Dr. L. Ho wrote this.\n2. We share news.\n";
        let after =
            before.replace("monthly", "weekly").replace("2. We share news.\n", "2. We share news.\n3. We listen!\n");
        assert_eq!(marked(before, &after), ["- 1. We meet monthly.", "+ 1. We meet weekly.", "+ 3. We listen!"]);
        assert_eq!(marked(before, before), Vec::<String>::new());
    }

    #[test]
    fn other_line_ends_are_no_other_sentences() {
        assert_eq!(marked("We meet.  We\ntalk.\n", "We meet. We talk."), Vec::<String>::new());
        assert_eq!(
            sentences("We meet in No. 3 st. Later we talk. \u{201c}Yes.\u{201d} Then."),
            ["We meet in No. 3 st.", "Later we talk.", "\u{201c}Yes.\u{201d}", "Then."]
        );
    }
}
