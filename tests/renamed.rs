//! Signatures that were on their way while their member or their signer got another id.

use crate::history::{commit, git};
use crate::ledger::Ledger;
use crate::sign::{CEDAR, CHARTER, refused, state, text};
use crate::ssh::{key, openssh_verifies};
use std::fs;

const SIGN: [&str; 5] = ["sign", "charter", "--yes", "--member", "cedar-school"];
const DAY: &str = "2026-11-10";

fn run(ledger: &Ledger, arguments: &[&str]) {
    let answer = ledger.run(arguments);
    assert_eq!(answer.status, 0, "{arguments:?}: {}{}", answer.stdout, answer.stderr);
}

/// Cedar's signature in a request that is merged after a command changed main; `prepare` comes before both.
fn overtaken(prepare: &dyn Fn(&Ledger), sign: &dyn Fn(&Ledger), meanwhile: &[&[&str]]) -> Ledger {
    let ledger = Ledger::of_three();
    prepare(&ledger);
    let on = |day: &str, arguments: &[&str]| drop(git(ledger.path(), day, arguments));
    on("2026-01-01", &["init", "-q", "-b", "main"]);
    commit(ledger.path(), "2026-01-01");
    on(DAY, &["switch", "-q", "-c", "sign"]);
    sign(&ledger);
    commit(ledger.path(), DAY);
    on(DAY, &["switch", "-q", "main"]);
    for command in meanwhile {
        run(&ledger, command);
        commit(ledger.path(), DAY);
    }
    on(DAY, &["merge", "-q", "--no-ff", "-m", "signature", "sign"]);
    ledger
}

/// What is reported on references: severity and message.
fn references(ledger: &Ledger) -> Vec<(String, String)> {
    let answer = ledger.run(&["check", "--only", "unresolved-reference", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    let text = |found: &serde_json::Value, key: &str| found[key].as_str().unwrap().to_owned();
    let found = json["findings"].as_array().unwrap().iter();
    let found = found.filter(|found| found["check"] == "unresolved-reference");
    found.map(|found| (text(found, "severity"), text(found, "message") + " | " + &text(found, "help"))).collect()
}

#[test]
fn a_signature_counts_for_a_member_that_was_renamed_meanwhile() {
    let rename: [&[&str]; 1] = [&["rename", "member/cedar-school", "cedar"]];
    let ledger = overtaken(&|_| (), &|ledger| run(ledger, &SIGN), &rename);
    assert!(ledger.path().join(CEDAR).exists(), "git knows nothing of ids");
    assert_eq!(state(&ledger, "cedar", &[]), "signed");
    let found = references(&ledger);
    assert!(found.len() == 1 && found[0].0 == "warning", "{found:?}");
    assert!(found[0].1.contains("the path of this file names the member `cedar-school`, which now has the id `cedar`"));
    assert!(found[0].1.ends_with("move the file to signatures/charter/cedar.toml"), "{found:?}");
    // What is written next goes to the place of the member, and both files count.
    run(&ledger, &["amend", "charter", "--summary", "x", "--resign", "--sign-by", "2027-01-01"]);
    ledger.replace(CHARTER, "monthly", "weekly");
    run(&ledger, &["amend", "charter", "--pin"]);
    run(&ledger, &["sign", "charter", "--yes", "--member", "cedar"]);
    assert!(text(&ledger, "signatures/charter/cedar.toml").contains("version = 2"));
    assert_eq!(state(&ledger, "cedar", &[]), "signed");
    assert!(references(&ledger)[0].1.contains("move its entries to signatures/charter/cedar.toml"));
    // Another rename takes the member's own file along and leaves the other one.
    run(&ledger, &["rename", "member/cedar", "cedar-high"]);
    assert!(ledger.path().join("signatures/charter/cedar-high.toml").exists() && ledger.path().join(CEDAR).exists());
    assert_eq!(state(&ledger, "cedar-high", &[]), "signed");
    // Its help followed by hand: the file of the member has all entries.
    let both = text(&ledger, CEDAR) + "\n" + &text(&ledger, "signatures/charter/cedar-high.toml");
    fs::remove_file(ledger.path().join(CEDAR)).unwrap();
    ledger.put("signatures/charter/cedar-high.toml", &both);
    assert_eq!((state(&ledger, "cedar-high", &[]).as_str(), references(&ledger)), ("signed", Vec::new()));
}

#[test]
fn a_proof_counts_for_a_person_and_a_member_that_were_renamed_meanwhile() {
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    let prepare = |ledger: &Ledger| {
        ledger.append("coalition.toml", "\n[policy]\nssh_signatures = \"required\"\n");
        ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\nvalid_from = 2025-01-15\n"));
    };
    let sign = |ledger: &Ledger| run(ledger, &[&SIGN[..], &["--ssh-key", &path]].concat());
    let rename: [&[&str]; 3] = [
        &["rename", "advocate/cam", "cameron"],
        &["rename", "member/cedar-school", "cedar"],
        &["rename", "advocate/cameron", "cam-roe"],
    ];
    let ledger = overtaken(&prepare, &sign, &rename);
    assert_eq!(state(&ledger, "cedar", &[]), "signed");
    let found = ledger.run(&["check", "--only", "self-added-key,invalid-signature,unproven-signature"]);
    assert!(found.status == 0 && !found.stdout.contains("self-added-key"), "{}", found.stdout);
    let messages: Vec<String> = references(&ledger).into_iter().map(|(_, message)| message).collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(
        messages.iter().any(|message| message.contains("`by` names the person `cam`, which now has the id `cam-roe`"))
    );
    // OpenSSH agrees with the words that are printed.
    let statement = ledger.run(&["statement", "charter", "cedar"]).stdout;
    assert!(statement.contains("member: cedar-school\nby: cam\n"), "{statement}");
    assert!(openssh_verifies(&ledger, "cedar", "cam", "20261122"));
    // In a package every id is one that is there.
    let package = ledger.run(&["export", "--format", "jsonl", "--private"]).stdout.replace("\": \"", "\":\"");
    assert!(package.contains("\"by\":\"cam-roe\"") && !package.contains("\"by\":\"cam\""), "{package}");
}

#[test]
fn who_has_a_key_signs_with_it_under_whatever_id() {
    let (_folder, _, public) = key(&["-t", "ed25519"]);
    let keyed = format!("\n[[keys]]\nkey = \"{public}\"\nvalid_from = 2025-01-15\n");
    let digest = |ledger: &Ledger| ledger.run(&["terms", "charter", "--digest"]).stdout.trim().to_owned();
    let by_hand = |ledger: &Ledger| {
        let entry = format!("[[signatures]]\nby = \"cam\"\ndate = {DAY}\nterms = \"{}\"\n", digest(ledger));
        ledger.put(CEDAR, &entry);
    };
    let rename: [&[&str]; 1] = [&["rename", "advocate/cam", "cameron"]];
    let ledger = overtaken(&|ledger| ledger.append("advocates/cam.toml", &keyed), &by_hand, &rename);
    assert_eq!(state(&ledger, "cedar-school", &[]), "missing");
    let found = ledger.findings(&["--only", "unproven-signature"]);
    assert!(found.iter().any(|one| one.0 == "unproven-signature"), "{found:?}");
}

#[test]
fn no_record_takes_over_what_another_one_signed() {
    let ledger = Ledger::of_three();
    run(&ledger, &SIGN);
    git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
    commit(ledger.path(), DAY);
    // The school is gone, and the library says that it was the school.
    fs::remove_file(ledger.path().join("members/cedar-school.toml")).unwrap();
    ledger.replace("advocates/cam.toml", "cedar-school", "birch-library");
    ledger.replace("members/birch-library.toml", "\"ben\"", "\"cam\"\nother_ids = [\"cedar-school\"]");
    commit(ledger.path(), DAY);
    let found = references(&ledger);
    assert!(found.len() == 1 && found[0].0 == "error" && found[0].1.contains("`cedar-school`"), "{found:?}");
    let answer = ledger.run(&["verify"]);
    assert!(answer.status == 1 && answer.stdout.contains("Not certain: 1 entry leaves"), "{}", answer.stdout);
}

#[test]
fn an_id_that_two_had_is_nobodys() {
    let ledger = Ledger::of_three();
    run(&ledger, &SIGN);
    fs::rename(ledger.path().join("members/cedar-school.toml"), ledger.path().join("members/cedar.toml")).unwrap();
    ledger.append("members/cedar.toml", "other_ids = [\"cedar-school\"]\n");
    assert_eq!(state(&ledger, "cedar", &[]), "signed", "without commits the records say who it was");
    ledger.append("members/birch-library.toml", "other_ids = [\"cedar-school\"]\n");
    assert_eq!(state(&ledger, "cedar", &[]), "missing");
    let found = references(&ledger);
    let place: Vec<_> = found.iter().filter(|one| one.1.starts_with("the path of this file")).collect();
    assert!(place.len() == 1 && place[0].0 == "error", "{found:?}");
    assert!(place[0].1.ends_with("only one of these: member/birch-library and member/cedar"), "{place:?}");
}

#[test]
fn an_id_that_somebody_had_is_given_to_nobody_else() {
    let ledger = Ledger::of_three();
    run(&ledger, &["rename", "member/birch-library", "birch"]);
    run(&ledger, &["rename", "advocate/cam", "cameron"]);
    let again = ["new", "advocate", "Cam Other", "--set", "member=birch", "--id"];
    refused(&ledger, &[&again[..], &["cam"]].concat(), &["`cam` is a former id of advocates/cameron.toml"]);
    run(&ledger, &[&again[..], &["cam-other"]].concat());
    assert_eq!(ledger.findings(&["--only", "duplicate-id"]), []);
    // By hand it is an error: a signature for the one that is still on its way would count for the other.
    let member = "name = \"Other\"\nclassification = \"other\"\njoined = 2026-11-01\nrepresentative = \"ana\"\n";
    ledger.put("members/birch-library.toml", member);
    let found = ledger.findings(&["--only", "duplicate-id"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].1, "members/birch-library.toml");
}
