//! Ids come from file names: what is wrong with a name.

use crate::finding::{Finding, name};
use crate::kind::{Kind, RecordKey};
use crate::parse::suggest::{is_slug, slug};
use crate::source::{LedgerPath, Span};

/// Names that Windows keeps for devices, with any ending.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Whether Windows keeps a name for a device, so that no file there can have it.
pub fn is_reserved(id: &str) -> bool {
    RESERVED.iter().any(|name| id.split('.').next() == Some(name))
}

/// The key of the record that this file holds, and what is wrong with the file's name.
pub fn key_of(path: &LedgerPath, kind: Kind, findings: &mut Vec<Finding>) -> RecordKey {
    let stem = path.stem();
    let key = RecordKey::new(kind, stem);
    let file = path.file_name();
    if !is_slug(stem) || file.strip_prefix(stem) != Some(".toml") {
        let good = match slug(stem.trim_end_matches(".toml")) {
            good if good.is_empty() => "a-name".to_owned(),
            good => good,
        };
        let message = if stem.contains('.') {
            format!("the file name `{file}` has a dot before its ending, and an id has none")
        } else if is_slug(stem) {
            format!("the file name `{file}` does not end in `.toml`, as those of records do")
        } else {
            format!("the file name `{file}` makes no id: ids are made of a-z, 0-9 and single hyphens")
        };
        let finding = Finding::new(name::INVALID_ID, path, Span::START, message, format!("rename it to {good}.toml"));
        findings.push(finding.with_record(key.clone()));
    }
    if is_reserved(&key.id) {
        let message =
            format!("`{stem}` is a name that Windows cannot store, so nobody could check this ledger out there");
        let help = format!("rename the file, for example to {}-{}.toml", kind, key.id);
        findings.push(Finding::new(name::RESERVED_ID, path, Span::START, message, help).with_record(key.clone()));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_what_is_wrong_with_it_and_what_would_be_right() {
        let cases = [
            ("cedar.toml", None),
            ("cedar.v2.toml", Some(("has a dot before its ending", "rename it to cedar-v2.toml"))),
            ("cedar.toml.toml", Some(("has a dot before its ending", "rename it to cedar.toml"))),
            ("cedar.toml.txt", Some(("does not end in `.toml`", "rename it to cedar.toml"))),
            ("cedar.TOML", Some(("does not end in `.toml`", "rename it to cedar.toml"))),
            ("Cedar School.toml", Some(("makes no id", "rename it to cedar-school.toml"))),
            ("é.toml", Some(("makes no id", "rename it to e.toml"))),
            ("!.toml", Some(("makes no id", "rename it to a-name.toml"))),
            ("con.toml", Some(("Windows cannot store", "rename the file, for example to member-con.toml"))),
        ];
        for (file, expected) in cases {
            let mut findings = Vec::new();
            key_of(&LedgerPath::new(format!("members/{file}")), Kind::Member, &mut findings);
            assert_eq!(findings.len(), usize::from(expected.is_some()), "{file}");
            for (finding, (message, help)) in findings.iter().zip(expected) {
                assert!(finding.message.contains(message), "{file}: {}", finding.message);
                assert_eq!(finding.help, help, "{file}");
            }
        }
    }
}
