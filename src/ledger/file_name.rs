//! Ids come from file names. Reports problems with a file name and with the names of its folders.

use super::Ledger;
use crate::finding::{Finding, name};
use crate::kind::{Kind, RecordKey};
use crate::parse::suggest::{is_slug, slug};
use crate::source::{LedgerPath, Span, duplicated_from};
use std::collections::BTreeSet;

/// Names that Windows keeps for devices, with any ending.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Whether Windows keeps a name for a device, so that no file there can have it.
pub(crate) fn is_reserved(id: &str) -> bool {
    RESERVED.iter().any(|name| id.split('.').next() == Some(name))
}

/// The key of the record that this file holds, and what is wrong with the file's name.
pub(super) fn key_of(path: &LedgerPath, kind: Kind, findings: &mut Vec<Finding>) -> RecordKey {
    let stem = path.stem();
    let key = RecordKey::new(kind, stem);
    let file = path.file_name();
    if !is_slug(stem) || file.strip_prefix(stem) != Some(".toml") {
        let good = match slug(stem.trim_end_matches(".toml")) {
            good if good.is_empty() => "a-name".to_owned(),
            good => good,
        };
        let message = if stem.contains('.') {
            format!("the file name `{file}` has a dot before its extension; an id cannot contain a dot")
        } else if is_slug(stem) {
            format!("the file name `{file}` must end in `.toml`")
        } else {
            format!("the file name `{file}` is not a valid id; use a-z, 0-9 and single hyphens")
        };
        let finding = Finding::new(name::INVALID_ID, path, Span::START, message, format!("rename it to {good}.toml"));
        findings.push(finding.with_record(key.clone()));
    }
    if is_reserved(&key.id) {
        let message =
            format!("Windows cannot store a file named `{stem}`, so no one could check out this ledger there");
        let help = format!("rename the file, for example to {}-{}.toml", kind, key.id);
        findings.push(Finding::new(name::RESERVED_ID, path, Span::START, message, help).with_record(key.clone()));
    }
    key
}

/// Reports each record that, by its name, is a copy of another one that is there, in place of what else is wrong with the name.
pub(super) fn report_copies(ledger: &mut Ledger) {
    let mut copies = Vec::new();
    for (path, text) in &ledger.texts {
        let Some(original) = duplicated_from(path).filter(|original| ledger.texts.contains_key(original)) else {
            continue;
        };
        // A name that is an id may be meant; the same name in the record shows that it is not.
        let is_meant =
            is_slug(path.stem()) && name_in(text) != ledger.texts.get(&original).and_then(|text| name_in(text));
        if !is_meant {
            copies.push((path.clone(), original));
        }
    }
    for (path, original) in copies {
        ledger.findings.retain(|finding| finding.check != name::INVALID_ID || finding.path != path);
        let message = format!("this file seems to be a copy of {original}, and is read as a record of its own");
        let help = format!(
            "compare the two, keep what is right in {original}, and delete this file; if it is another record, rename it"
        );
        let finding = Finding::new(name::INVALID_ID, &path, Span::START, message, help).about_whole_file();
        let record = Kind::of_folder(path.top()).map(|kind| RecordKey::new(kind, path.stem()));
        ledger.findings.push(record.into_iter().fold(finding, Finding::with_record));
    }
}

/// The text that a line gives `name`, as far as it can be made out.
pub(super) fn name_in(text: &str) -> Option<&str> {
    text.lines().find_map(|line| {
        let value = line.trim_start().strip_prefix("name")?.trim_start().strip_prefix('=')?;
        Some(value.trim().trim_matches(['"', '\'', '“', '”']))
    })
}

/// What Windows lets no name hold, beside control characters.
const FORBIDDEN: [char; 8] = ['<', '>', ':', '"', '|', '?', '*', '\\'];

/// Why Windows cannot store a folder of this name, as the end of a sentence.
fn unstorable(folder: &str) -> Option<String> {
    if is_reserved(&folder.to_ascii_lowercase()) {
        Some("the name belongs to a device".to_owned())
    } else if let Some(letter) = folder.chars().find(|letter| FORBIDDEN.contains(letter) || letter.is_control()) {
        Some(format!("the name has the character `{}` in it", letter.escape_default()))
    } else if folder.ends_with(['.', ' ']) {
        Some(format!("the name ends with a {}", if folder.ends_with('.') { "dot" } else { "space" }))
    } else {
        None
    }
}

/// The folders of records that Windows cannot store, each reported once, at the first file in it. `paths` are in their order.
pub(super) fn unstorable_folders<'p>(paths: impl Iterator<Item = &'p LedgerPath>) -> Vec<Finding> {
    let mut found = BTreeSet::new();
    let mut findings = Vec::new();
    for path in paths {
        let mut end = 0;
        for folder in path.as_str().split('/').take(path.depth()) {
            end += folder.len() + 1;
            let Some(reason) = unstorable(folder) else { continue };
            let whole = path.as_str().get(..end).unwrap_or_default();
            if found.insert(whole.to_owned()) {
                let message = format!(
                    "Windows cannot store the folder `{}`, so no one could check out this ledger there: {reason}",
                    whole.trim_end_matches('/')
                );
                let plain = match slug(folder) {
                    plain if plain.is_empty() || is_reserved(&plain) => format!("{}-{plain}", path.top()),
                    plain => plain,
                };
                let help = format!("rename the folder, for example to {}", plain.trim_end_matches('-'));
                findings.push(Finding::new(name::RESERVED_ID, path, Span::START, message, help));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_windows_cannot_store_is_told_once_with_a_name_that_it_can() {
        let read = |folder: &str| {
            let paths = ["a.toml", "b.toml"].map(|file| LedgerPath::new(format!("members/{folder}/{file}")));
            let findings = unstorable_folders(paths.iter());
            findings
                .into_iter()
                .map(|finding| (finding.path.to_string(), finding.message, finding.help))
                .collect::<Vec<_>>()
        };
        for (folder, reason, plain) in [
            ("aux", "the name belongs to a device", "members-aux"),
            ("AUX", "the name belongs to a device", "members-aux"),
            ("con.old", "the name belongs to a device", "con-old"),
            ("dot.", "ends with a dot", "dot"),
            ("space ", "ends with a space", "space"),
            ("a:b", "has the character `:` in it", "a-b"),
            ("what?", "has the character `?` in it", "what"),
            ("tab\t", "has the character `\\t` in it", "tab"),
        ] {
            let [(path, message, help)] = read(folder).try_into().unwrap();
            assert_eq!(path, format!("members/{folder}/a.toml"));
            assert!(
                message.starts_with(&format!("Windows cannot store the folder `members/{folder}`"))
                    && message.ends_with(reason),
                "{message}"
            );
            assert_eq!(help, format!("rename the folder, for example to {plain}"));
        }
        assert_eq!(read("deep/aux/er").len(), 1);
        for folder in ["east", "auxiliary", "2026", "East Side", "\u{e9}cole", "a.b"] {
            assert_eq!(read(folder), [], "{folder}");
        }
    }

    #[test]
    fn a_name_is_told_what_is_wrong_with_it_and_what_would_be_right() {
        let cases = [
            ("cedar.toml", None),
            ("cedar.v2.toml", Some(("has a dot before its extension", "rename it to cedar-v2.toml"))),
            ("cedar.toml.toml", Some(("has a dot before its extension", "rename it to cedar.toml"))),
            ("cedar.toml.txt", Some(("must end in `.toml`", "rename it to cedar.toml"))),
            ("cedar.TOML", Some(("must end in `.toml`", "rename it to cedar.toml"))),
            ("Cedar School.toml", Some(("is not a valid id", "rename it to cedar-school.toml"))),
            ("é.toml", Some(("is not a valid id", "rename it to e.toml"))),
            ("!.toml", Some(("is not a valid id", "rename it to a-name.toml"))),
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
