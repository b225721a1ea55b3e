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
            found.push(Finding::new(
                name::CONFLICT_MARKER,
                path,
                Span::from(offset..offset + bare.len()),
                format!("a merge was left unfinished: `{bare}` starts a conflict"),
                "keep the lines that are right, and remove the marker lines that start with <<<<<<<, ======= and >>>>>>>",
            ));
        }
        offset += line.len();
    }
    (!found.is_empty()).then_some(found)
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
        assert_eq!(find("a = '''\n<<<<<<<< eight\n====\n'''\n", &LedgerPath::new("x")), None);
    }
}
