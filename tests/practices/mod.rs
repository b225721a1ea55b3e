//! The checks of the practices, each just inside and just outside its limit, on ledgers of a few lines and through time.

mod decisions;
mod goals;
mod people;
mod structure;
mod told_once;

use coalition::Memory;
use coalition::internal::check::{Context, Reported, judge};
use coalition::load;

/// The ledger below `files`: three members that joined when the coalition was founded, each with one person.
pub const COMMON: [(&str, &str); 7] = [
    ("coalition.toml", "name = \"C\"\nfounded = 2025-01-01\n"),
    ("members/a.toml", "name = \"A\"\nclassification = \"library\"\njoined = 2025-01-01\nrepresentative = \"ann\"\n"),
    ("members/b.toml", "name = \"B\"\nclassification = \"school\"\njoined = 2025-01-01\nrepresentative = \"bob\"\n"),
    ("members/c.toml", "name = \"C\"\nclassification = \"business\"\njoined = 2025-01-01\nrepresentative = \"cyd\"\n"),
    (
        "advocates/ann.toml",
        "name = \"Ann\"\nmember = \"a\"\nstart_date = 2025-01-01\n[[contact_details]]\ntype = \"phone\"\nvalue = \"1\"\n",
    ),
    (
        "advocates/bob.toml",
        "name = \"Bob\"\nmember = \"b\"\nstart_date = 2025-01-01\n[[contact_details]]\ntype = \"phone\"\nvalue = \"2\"\n",
    ),
    ("advocates/cyd.toml", "name = \"Cyd\"\nmember = \"c\"\nstart_date = 2025-01-01\n"),
];

/// The places at which a check fires: `path:line`.
pub fn places(check: &str, files: &[(&str, &str)], today: &str) -> Vec<String> {
    found(check, files, today).into_iter().map(|(place, _)| place).collect()
}

/// What a check says, word for word.
pub fn messages(check: &str, files: &[(&str, &str)], today: &str) -> Vec<String> {
    found(check, files, today).into_iter().map(|(_, message)| message).collect()
}

/// The places and messages of the findings of a check.
fn found(check: &str, files: &[(&str, &str)], today: &str) -> Vec<(String, String)> {
    let mut source = Memory::new(COMMON.map(|(path, text)| (path, text.as_bytes())));
    for (path, text) in files {
        source.put(path, text.as_bytes());
    }
    let ledger = load(&source).unwrap();
    let broken: Vec<_> = ledger.findings.iter().map(|finding| &finding.message).collect();
    assert!(broken.is_empty(), "the ledger of the test is not well formed: {broken:?}");
    // Also what a narrower finding says too: here each check is looked at alone.
    let verdict = judge(&Context::new(&ledger, today.parse().unwrap()));
    let found = verdict.reported.iter().filter(|reported| reported.finding.check.as_str() == check);
    let place = |reported: &Reported| format!("{}:{}", reported.finding.path, reported.start.line);
    found.map(|reported| (place(reported), reported.finding.message.clone())).collect()
}

/// A check is silent on the first day and fires on the second, once, in this file.
pub fn turns(check: &str, files: &[(&str, &str)], silent: &str, fires: &str, file: &str) {
    let at = |day| places(check, files, day).into_iter().filter(|place| place.starts_with(file)).collect::<Vec<_>>();
    assert_eq!(at(silent), Vec::<String>::new(), "{check} on {silent}");
    assert_eq!(at(fires).len(), 1, "{check} on {fires}: {:?}", places(check, files, fires));
}

/// A check fires on the first files and not on the second.
pub fn tells_apart(check: &str, bad: &[(&str, &str)], good: &[(&str, &str)], today: &str) {
    assert_eq!(places(check, bad, today).len(), 1, "{check}: {:?}", places(check, bad, today));
    assert_eq!(places(check, good, today), Vec::<String>::new(), "{check}");
}
