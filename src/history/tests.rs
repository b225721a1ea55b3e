use super::*;
use crate::agreement::{digest, terms};
use crate::ledger::load;
use crate::source::memory::Memory;
use crate::source::past::Versions;

const TODAY: NaiveDate = NaiveDate::MAX;

/// Two public keys that OpenSSH made.
const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIvis15C7u6kMsP2+szPFIVvB8k25yQ+UTvFZraXaEf9 ben@birch";

fn charter(version: u32, words: &str, more: &str) -> String {
    format!("name = \"Charter\"\nversion = {version}\ntext = \"{words}\"\n{more}")
}

fn signature(terms: &str) -> String {
    format!("[[signatures]]\nmember = \"alder\"\nby = \"ana\"\ndate = 2026-01-01\nversion = 1\nterms = \"{terms}\"\n")
}

fn state(charter: &str, keys: &str) -> Memory {
    let ana = format!("name = \"Ana\"\n{keys}");
    Memory::new([
        ("coalition.toml", b"name = \"C\"\n".as_slice()),
        ("agreements/charter.toml", charter.as_bytes()),
        ("advocates/ana.toml", ana.as_bytes()),
    ])
}

fn digest_of(charter: &str) -> String {
    let ledger = load(&state(charter, "")).unwrap();
    digest(&terms(&ledger, ledger.agreements.find("charter").unwrap())).to_string()
}

/// Whether the terms of the newest state, and its key, have come back.
fn back(states: &[Memory]) -> (bool, bool) {
    let ledger = load(states.last().unwrap()).unwrap();
    let history = History::of(&Versions::new(states), &ledger, TODAY).unwrap().unwrap();
    let agreement = ledger.agreements.find("charter").unwrap();
    let current = digest(&terms(&ledger, agreement));
    let advocate = ledger.advocates.find("ana").unwrap();
    (
        history.rolled_back("charter", agreement.version_number(), &current).is_some(),
        advocate.keys.iter().any(|key| history.revived("ana", key).is_some()),
    )
}

fn terms_are_back(charters: &[&str]) -> bool {
    back(&charters.iter().map(|charter| state(charter, "")).collect::<Vec<_>>()).0
}

#[test]
fn a_lower_version_that_comes_back_is_told() {
    let (first, second) = (charter(1, "One.", ""), charter(2, "Two.", ""));
    assert!(terms_are_back(&[&first, &second, &first]));
    assert!(!terms_are_back(&[&first, &second]));
    assert!(!terms_are_back(&[&first, &first]));
    assert!(!terms_are_back(&[&first, &second, &charter(3, "One.", "")]), "a new version says that it was decided");
    assert!(!terms_are_back(&[&second, &first]), "these lower terms never stood before");
}

#[test]
fn words_of_one_version_are_told_only_where_somebody_had_signed_others() {
    let (first, other) = (charter(1, "One.", ""), charter(1, "Other.", ""));
    assert!(!terms_are_back(&[&first, &other, &first]), "a slip that was mended");
    let signed = charter(1, "Other.", &signature(&digest_of(&other)));
    assert!(terms_are_back(&[&first, &signed, &first]));
    assert!(terms_are_back(&[&first, &other, &signed, &first]), "signed in a later commit");
    let draft = charter(1, "Third.", "");
    assert!(terms_are_back(&[&first, &signed, &draft, &first]), "in two steps");
    let foreign = charter(1, "Other.", &signature(&digest_of(&first)));
    assert!(!terms_are_back(&[&first, &foreign, &first]), "that signature is on the words that came back");
}

#[test]
fn what_only_looks_different_is_no_other_state() {
    let first = charter(1, "One.", "");
    let spaced = first.replace(" = ", "   =   ") + "\n# a remark\n";
    assert!(!terms_are_back(&[&first, &spaced, &first]));
}

#[test]
fn an_agreement_that_was_away_is_still_compared() {
    let (first, second) = (state(&charter(1, "One.", ""), ""), state(&charter(2, "Two.", ""), ""));
    let mut gone = first.clone();
    gone.remove("agreements/charter.toml");
    assert!(back(&[first.clone(), second, gone.clone(), first.clone()]).0);
    assert!(!back(&[first.clone(), gone, first]).0);
}

#[test]
fn words_in_a_file_of_their_own_are_compared_too() {
    let with = |version: u32, words: &str| {
        let mut state = state(&format!("name = \"Charter\"\nversion = {version}\ntext_file = \"charter.md\"\n"), "");
        state.put("agreements/charter.md", words.as_bytes());
        state
    };
    assert!(back(&[with(1, "One."), with(2, "Two."), with(1, "One.")]).0);
    assert!(!back(&[with(1, "One."), with(1, "Two."), with(1, "One.")]).0, "nobody had signed");
}

fn key_is_back(keys: &[&str]) -> bool {
    let entry =
        |more: &&str| if more.is_empty() { String::new() } else { format!("[[keys]]\nkey = \"{KEY}\"\n{more}") };
    let words = charter(1, "One.", "");
    // Something has to be asked for the keys to be read.
    back(&keys.iter().map(|more| state(&words, &entry(more))).collect::<Vec<_>>()).1
}

#[test]
fn a_key_that_was_taken_back_and_counts_as_before_is_told() {
    let (open, ended) = ("valid_from = 2026-01-01\n", "valid_from = 2026-01-01\nvalid_until = 2026-02-01\n");
    assert!(key_is_back(&[open, ended, open]));
    assert!(key_is_back(&[open, "", open]));
    assert!(!key_is_back(&[open, "", "valid_from = 2026-03-01\n"]), "taken up anew");
    assert!(!key_is_back(&[open, ended]));
    assert!(!key_is_back(&[ended, open]), "its time was made longer, once");
    assert!(!key_is_back(&[open, open]));
    let open = state(&charter(1, "One.", ""), &format!("[[keys]]\nkey = \"{KEY}\"\n"));
    let mut away = open.clone();
    away.remove("advocates/ana.toml");
    assert!(back(&[open.clone(), away, open.clone()]).1, "the whole record was removed");
    let broken = state(&charter(1, "One.", ""), "[[keys\nkey = 1\n");
    assert!(!back(&[open.clone(), broken, open]).1, "a slip of the hand took nothing back");
}

#[test]
fn a_key_with_two_times_is_one_key() {
    let two = format!(
        "[[keys]]\nkey = \"{KEY}\"\nvalid_until = 2025-12-31\n[[keys]]\nkey = \"{KEY}\"\nvalid_from = 2026-01-01\n"
    );
    let words = charter(1, "One.", "");
    assert!(!back(&[state(&words, &two), state(&words, &two)]).1);
    let first = format!("[[keys]]\nkey = \"{KEY}\"\nvalid_until = 2025-12-31\n");
    assert!(!back(&[state(&words, &first), state(&words, &two)]).1);
    assert!(back(&[state(&words, &two), state(&words, &first), state(&words, &two)]).1);
}

#[test]
fn the_first_commit_with_a_signature_is_kept() {
    let plain = charter(1, "One.", "");
    let signed = charter(1, "One.", &signature(&digest_of(&plain)));
    let mut moved = state(&signed, "");
    moved.remove("agreements/charter.toml");
    moved.put("agreements/2026/charter.toml", format!("# moved\n{signed}").as_bytes());
    let states = [state(&plain, ""), state(&signed, ""), state(&plain, ""), moved];
    let ledger = load(&states[3]).unwrap();
    let history = History::of(&Versions::new(&states), &ledger, TODAY).unwrap().unwrap();
    let signature = &ledger.agreements.find("charter").unwrap().signatures[0];
    assert_eq!(history.added(signature).unwrap().date.to_string(), "2026-01-02");
    assert!(history.evidence().self_added.is_empty());
    assert!(history.evidence().committed.contains(&SignatureId::of(signature).unwrap()));
}

#[test]
fn without_agreements_and_keys_nothing_is_asked() {
    let states = [Memory::new([("coalition.toml", b"name = \"C\"\n".as_slice())])];
    assert!(History::of(&Versions::new(&states), &load(&states[0]).unwrap(), TODAY).unwrap().is_none());
}

#[test]
fn no_commit_is_older_than_one_before_it_unless_that_has_not_come() {
    let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
    let days = ["2026-03-01", "2026-01-01", "2099-01-01", "2026-03-05", "2026-02-01"];
    let commit = |at: usize| Snapshot {
        id: at.to_string(),
        day: day(days[at]),
        author: String::new(),
        parents: at.checked_sub(1).into_iter().collect(),
        whole: true,
        holds: true,
        files: Default::default(),
    };
    let snapshots = crate::source::past::Snapshots {
        commits: (0..days.len()).map(commit).collect(),
        bases: Vec::new(),
        main: None,
        cut: None,
    };
    let line = main_line::MainLine::of(&snapshots, day("2026-04-01"));
    let expected = ["2026-03-01", "2026-03-01", "2026-04-01", "2026-03-05", "2026-03-05"];
    assert_eq!(line.into_days(), expected.map(day));
}

#[test]
fn a_member_with_the_id_of_a_person_does_not_hide_that_a_key_was_taken_back() {
    let keys = format!("[[keys]]\nkey = \"{KEY}\"\n");
    let with = |member: &str, keys: Option<&str>| {
        let mut files = vec![
            ("coalition.toml", "name = \"C\"\n".to_owned()),
            ("agreements/charter.toml", charter(1, "One.", "")),
            ("members/ana.toml", format!("name = \"{member}\"\n")),
        ];
        files.extend(keys.map(|keys| ("advocates/ana.toml", format!("name = \"Ana\"\n{keys}"))));
        Memory::new(files.iter().map(|(path, text)| (*path, text.as_bytes())))
    };
    assert!(back(&[with("A", Some(&keys)), with("B", None), with("A", Some(&keys))]).1);
    assert!(!back(&[with("A", Some(&keys)), with("B", Some(&keys))]).1);
}
