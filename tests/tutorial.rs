//! The files shown in the tutorial form a ledger that holds together.

use coalition::agreement::{digest, terms};
use coalition::ledger::{Ledger, load};
use coalition::record::AnyRecord as _;
use coalition::source::memory::Memory;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The files that the tutorial shows. `path:` above a block starts a file, `path, added at the end:` continues it.
fn files() -> BTreeMap<String, String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tutorial.md");
    let page = fs::read_to_string(page).unwrap().replace("\r\n", "\n");
    let mut files = BTreeMap::<String, String>::new();
    for (before, rest) in
        page.match_indices("\n\n```toml\n").map(|(at, fence)| (&page[..at], &page[at + fence.len()..]))
    {
        let caption = before.lines().last().unwrap();
        let (path, how) = caption.strip_prefix('`').and_then(|rest| rest.split_once('`')).unwrap();
        let text = rest.split("```").next().unwrap();
        match how {
            ":" => assert_eq!(files.insert(path.to_owned(), text.to_owned()), None, "{path} is shown twice"),
            ", added at the end:" => files.get_mut(path).unwrap().push_str(&format!("\n{text}")),
            other => panic!("{path}{other}"),
        }
    }
    files
}

fn ledger() -> Ledger {
    let files = files();
    load(&Memory::new(files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())))).unwrap()
}

#[test]
fn the_files_read_without_findings() {
    let ledger = ledger();
    assert_eq!(ledger.findings, []);
    assert_eq!((ledger.members.iter().count(), ledger.advocates.iter().count()), (2, 4));
}

#[test]
fn both_members_have_signed_these_very_words() {
    let ledger = ledger();
    let charter = ledger.agreements.find("charter").unwrap();
    let digest = digest(&terms(&ledger, charter));
    let signed: Vec<_> = charter
        .signatures
        .iter()
        .filter(|signature| signature.terms.as_ref().is_some_and(|terms| terms.value == digest))
        .map(|signature| signature.member.as_ref().unwrap().to_string())
        .collect();
    let members: Vec<_> = ledger.members.iter().map(|member| member.key().id.to_string()).collect();
    assert_eq!(signed, members);
}
