//! Conflict markers of an unfinished merge. Each block is one finding; the text inside it would only cause a pile of
//! further errors.

use crate::finding::{Finding, name};
use crate::source::{LedgerPath, Span};

/// One finding for each block of conflict marks in the text; `None` if there is none.
pub(crate) fn find(text: &str, path: &LedgerPath) -> Option<Vec<Finding>> {
    let mut found = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if is_opening_mark(bare) {
            let block = Block::read(bare, text.get(offset + line.len()..).unwrap_or_default());
            found.push(Finding::new(
                name::CONFLICT_MARKER,
                path,
                Span::from(offset..offset + bare.len()),
                block.message(),
                "run `coalition resolve`, which merges what fits together; for the rest, keep the correct lines, and delete the \
                 lines that start with <<<<<<<, ||||||| (with what follows it), ======= and >>>>>>>",
            ));
        }
        offset += line.len();
    }
    (!found.is_empty()).then_some(found)
}

/// The two sides of a conflict: their names, and what each of them has there.
struct Block {
    names: [String; 2],
    parts: [Vec<String>; 2],
}

impl Block {
    /// Reads a block from its opening mark and what follows it.
    fn read(opening: &str, rest: &str) -> Block {
        let label = |mark: &str| mark.trim_start_matches(['<', '>']).trim().to_owned();
        let mut block = Block { names: [label(opening), String::new()], parts: [Vec::new(), Vec::new()] };
        let mut side = Some(0);
        for line in rest.lines() {
            let bare = line.trim_end();
            if bare.starts_with("|||||||") {
                side = None;
            } else if bare == "=======" {
                side = Some(1);
            } else if bare.starts_with(">>>>>>>") {
                block.names[1] = label(bare);
                break;
            } else if is_opening_mark(bare) {
                break;
            } else if let Some(part) = side.and_then(|side| block.parts.get_mut(side)) {
                part.extend(part_of(bare).filter(|new| !part.contains(new)).into_iter().collect::<Vec<_>>());
            }
        }
        block
    }

    /// What the two sides do, in a sentence.
    fn message(&self) -> String {
        let name = |at: usize, usual: &str| match self.names.get(at).map(String::as_str) {
            None | Some("") => usual.to_owned(),
            Some(name) => format!("\u{201c}{name}\u{201d}"),
        };
        let (ours, theirs) = (name(0, "one side"), name(1, "the other side"));
        let [our_parts, their_parts] = &self.parts;
        match (list(our_parts), list(their_parts)) {
            (Some(one), Some(other)) if one == other => {
                format!("a merge was left unfinished: {ours} and {theirs} both change {one} here")
            }
            (Some(one), Some(other)) => {
                format!("a merge was left unfinished: {ours} has {one} here, and {theirs} has {other}")
            }
            (Some(one), None) => {
                format!("a merge was left unfinished: {ours} has {one} here, and {theirs} does not")
            }
            (None, Some(other)) => {
                format!("a merge was left unfinished: {theirs} has {other} here, and {ours} does not")
            }
            (None, None) => format!("a merge was left unfinished: {ours} and {theirs} differ here"),
        }
    }
}

/// The field or the heading that a line begins with. What it says may be private, and is left out.
fn part_of(line: &str) -> Option<String> {
    let is_word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    if line.starts_with('[') {
        let name = line.trim_matches(['[', ']']).trim();
        return is_word(name).then(|| format!("`{}`", line.trim()));
    }
    let key = line.split_once('=')?.0.trim();
    is_word(key).then(|| format!("`{key}`"))
}

/// Some of them in a row.
fn list(parts: &[String]) -> Option<String> {
    const MOST: usize = 3;
    // An entry is named by its heading, not by each of its fields.
    let headings: Vec<&String> = parts.iter().filter(|part| part.starts_with("`[")).collect();
    let shown: Vec<&str> = match headings.as_slice() {
        [] => parts.iter().map(String::as_str).collect(),
        some => some.iter().map(|part| part.as_str()).collect(),
    };
    let more = if shown.len() > MOST { " and more" } else { "" };
    let first = shown.iter().take(MOST).copied().collect::<Vec<_>>().join(", ");
    (!shown.is_empty()).then(|| format!("{first}{more}"))
}

/// Whether a line is seven `<`, alone or followed by a space and a label.
fn is_opening_mark(line: &str) -> bool {
    line.strip_prefix("<<<<<<<").is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_block_is_one_finding() {
        let text =
            "name = 1\n<<<<<<< HEAD\na = 1\n=======\na = 2\n>>>>>>> other\n<<<<<<< HEAD\n=======\n>>>>>>> other\n";
        let found = find(text, &LedgerPath::new("members/a.toml")).unwrap();
        assert_eq!(found.iter().map(|f| f.span.start).collect::<Vec<_>>(), [9, 56]);
        let said: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(
            said[0],
            "a merge was left unfinished: \u{201c}HEAD\u{201d} and \u{201c}other\u{201d} both change `a` here"
        );
        let entry = "<<<<<<< HEAD\n[[contacts]]\ndate = 1\n||||||| base\nx = 1\n=======\n>>>>>>> abc (their work)\n";
        let found_entry = find(entry, &LedgerPath::new("members/a.toml")).unwrap();
        assert_eq!(
            found_entry[0].message,
            "a merge was left unfinished: \u{201c}HEAD\u{201d} has `[[contacts]]` here, and \u{201c}abc (their work)\u{201d} does not"
        );
        assert_eq!(find("a = '''\n<<<<<<<< eight\n====\n'''\n", &LedgerPath::new("x")), None);
    }
}
