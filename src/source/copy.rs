//! The names of copies: what editors keep beside a file, and what file managers, browsers and services that share folders make
//! of a name that is taken. Each is a copy of the file whose name is left.

use super::{LedgerPath, ROOT_FILE, path};

/// What editors and this program put before and after the name of a file for the copies that they keep beside it.
const BEFORE: [&str; 2] = [".#", "._"];
const BEHIND: [&str; 9] = ["~", ".swp", ".swo", ".swx", ".bak", ".orig", ".rej", ".tmp", ".new"];

/// Of these, what stays when the editor is closed.
const LASTING: [&str; 4] = ["~", ".bak", ".orig", ".rej"];

/// What file managers put before the name of a copy.
const COPY_OF: [&str; 6] = ["copy of ", "copy-of-", "kopie von ", "copie de ", "copia de ", "cópia de "];

/// What they, and people, put after the stem of a copy.
const COPY: [&str; 12] =
    [" - copy", "- copy", " copy", "-copy", "_copy", " backup", "-backup", "_backup", " old", "_old", "-old", "-bak"];

/// The file of which this one, by its name, is a copy that an editor or this program keeps beside it.
pub(crate) fn copied_from(copy: &LedgerPath) -> Option<LedgerPath> {
    let name = copy.file_name();
    let behind = BEHIND.into_iter().find_map(|mark| name.strip_suffix(mark));
    let within = || name.strip_prefix('#').and_then(|inner| inner.strip_suffix('#'));
    let bare = match behind {
        Some(bare) => bare.strip_prefix('.').unwrap_or(bare),
        None => BEFORE.into_iter().find_map(|mark| name.strip_prefix(mark)).or_else(within)?,
    };
    path::is_meant_as_record(bare).then(|| LedgerPath::new(copy.with_name(bare)))
}

/// Whether a file is what an editor keeps while another is open, or after it stopped without closing it.
pub(crate) fn is_swap_file(copy: &LedgerPath) -> bool {
    [".swp", ".swo", ".swx"].iter().any(|mark| copy.file_name().ends_with(mark))
}

/// Whether a copy beside a file is one that no program removes again.
pub(crate) fn is_lasting_copy(copy: &LedgerPath) -> bool {
    LASTING.iter().any(|mark| copy.file_name().ends_with(mark))
}

/// The file of which this record, by its name, is a copy that someone made: `Copy of cedar.toml`, `cedar (1).toml`, `cedar -
/// Copy.toml`, `cedar conflicted copy 2026-11-01.toml`.
pub(crate) fn duplicated_from(copy: &LedgerPath) -> Option<LedgerPath> {
    let stem = copy.file_name().strip_suffix(".toml")?;
    let lower = stem.to_lowercase();
    // Lower case may take other bytes; names of records do not.
    let begins = COPY_OF.iter().find(|mark| lower.starts_with(**mark)).and_then(|mark| stem.get(mark.len()..));
    let conflict = lower.find("conflicted copy").or_else(|| lower.find(".sync-conflict"));
    let conflict = conflict.and_then(|at| stem.get(..at)).map(without_person);
    let bare = begins.or(conflict).unwrap_or(stem);
    let bare = without_number(bare);
    let bare_lower = bare.to_lowercase();
    let ends =
        COPY.iter().find(|mark| bare_lower.ends_with(**mark)).and_then(|mark| bare.get(..bare.len() - mark.len()));
    let original = ends.unwrap_or(bare).trim();
    (original.len() < stem.len() && !original.is_empty())
        .then(|| LedgerPath::new(copy.with_name(&format!("{original}.toml"))))
}

/// Whether a name is that of the file at the root but for a slip, its case, another ending, or as a copy of it.
pub(crate) fn is_like_root_file(name: &str) -> bool {
    let lower = name.to_lowercase();
    let bare = lower.trim_end_matches(".txt");
    let is_copy = || duplicated_from(&LedgerPath::new(bare)).is_some_and(|original| original.as_str() == ROOT_FILE);
    name != ROOT_FILE && (strsim::osa_distance(bare, ROOT_FILE) <= 2 || is_copy())
}

/// A stem without the number that tells a copy from others: `cedar (1)`, `cedar 2`.
fn without_number(stem: &str) -> &str {
    let is_number = |text: &str| !text.is_empty() && text.len() < 3 && text.bytes().all(|b| b.is_ascii_digit());
    if let Some((before, number)) = stem.strip_suffix(')').and_then(|inner| inner.rsplit_once('('))
        && is_number(number)
    {
        return before.trim_end();
    }
    match stem.rsplit_once(' ') {
        Some((before, number)) if is_number(number) => before,
        _ => stem,
    }
}

/// What stands before the words of a conflict, without the person: `cedar (Ana's ` is `cedar`.
fn without_person(before: &str) -> &str {
    before.split('(').next().unwrap_or(before).trim_end_matches([' ', '-', '_'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_that_programs_keep_are_known_by_their_names() {
        let copies =
            ["cedar.toml~", ".cedar.toml.swp", "cedar.toml.bak", "cedar.toml.orig", "#cedar.toml#", ".cedar.toml.new"];
        for copy in copies {
            let original = copied_from(&LedgerPath::new(format!("members/{copy}")));
            assert_eq!(original, Some(LedgerPath::new("members/cedar.toml")), "{copy}");
        }
        for other in ["cedar.toml", ".cedar.toml", "cedar.toml.off", "cedar.bak", "cedar~"] {
            assert_eq!(copied_from(&LedgerPath::new(format!("members/{other}"))), None, "{other}");
        }
    }

    #[test]
    fn copies_that_people_make_are_known_by_their_names() {
        for copy in [
            "Copy of cedar",
            "cedar (1)",
            "cedar(2)",
            "cedar - Copy",
            "cedar - Copy (2)",
            "cedar copy 2",
            "cedar 2",
            "cedar-copy",
            "cedar_old",
            "Kopie von cedar",
            "cedar conflicted copy 2026-11-01",
            "cedar (Ana's conflicted copy 2026-11-01)",
            "cedar.sync-conflict-20261101-123456-ABCDEFG",
        ] {
            let original = duplicated_from(&LedgerPath::new(format!("members/{copy}.toml")));
            assert_eq!(original, Some(LedgerPath::new("members/cedar.toml")), "{copy}");
        }
        for name in ["Coalition.toml", "coalition.tml", "coalition.toml.txt", "coaliton.toml", "coalition (1).toml"] {
            assert!(is_like_root_file(name), "{name}");
        }
        assert!(!is_like_root_file(ROOT_FILE) && !is_like_root_file("config.toml"));
        for other in ["cedar", "cedar-2", "local-1199", "copy-shop", "cedar (north)"] {
            assert_eq!(duplicated_from(&LedgerPath::new(format!("members/{other}.toml"))), None, "{other}");
        }
    }
}
