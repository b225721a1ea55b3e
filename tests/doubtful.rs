//! Commands on an agreement that cannot be read without a doubt: they say where the trouble is, and do nothing.

use crate::ledger::Ledger;
use crate::sign::{CHARTER, refused, state, text};

/// Runs a command that cannot do its work: exit 2, these words beside, nothing on stdout.
fn cannot(ledger: &Ledger, arguments: &[&str], facts: &[&str]) {
    let before = text_or_nothing(ledger);
    let answer = ledger.run(arguments);
    assert_eq!((answer.status, answer.stdout.as_str()), (2, ""), "{arguments:?}: {}", answer.stderr);
    for fact in facts {
        assert!(answer.stderr.contains(fact), "{arguments:?}: {fact} is missing from\n{}", answer.stderr);
    }
    assert_eq!(text_or_nothing(ledger), before, "{arguments:?} wrote something");
}

fn text_or_nothing(ledger: &Ledger) -> Vec<u8> {
    std::fs::read(ledger.path().join(CHARTER)).unwrap_or_default()
}

/// Every command that acts on one agreement.
const COMMANDS: [&[&str]; 6] = [
    &["sign", "charter", "--yes", "--member", "cedar-school"],
    &["withdraw", "agreement/charter", "--yes", "--member", "cedar-school", "--because", "x"],
    &["amend", "charter", "--summary", "x"],
    &["verify", "charter"],
    &["terms", "charter"],
    &["statement", "charter", "cedar-school"],
];

#[test]
fn a_file_that_is_no_toml_is_named_with_its_line() {
    let ledger = Ledger::of_three();
    ledger.sign("cedar-school", "cam");
    ledger.replace(CHARTER, "effective = 2025", "effective 2025");
    for command in COMMANDS {
        cannot(&ledger, command, &["agreements/charter.toml:2:", "`=`"]);
    }
    assert_eq!(ledger.run(&["verify"]).status, 1, "the matrix of all still answers, and says no");
    assert!(ledger.run(&["verify"]).stdout.contains("agreements/charter.toml:2"), "and where the doubt is");
}

#[test]
fn a_file_that_cannot_be_read_is_there_all_the_same() {
    let ledger = Ledger::of_three();
    std::fs::write(ledger.path().join(CHARTER), b"name = \"Ch\xffrter\"\n").unwrap();
    for command in COMMANDS {
        cannot(&ledger, command, &["agreements/charter.toml:1:11", "not UTF-8"]);
    }
    for word in ["charter", "agreement/charter"] {
        let answer = ledger.run(&["show", word]);
        assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "as `list` answers: {}", answer.stderr);
        assert!(answer.stderr.contains("agreements/charter.toml:1:11: this file is not UTF-8"), "{}", answer.stderr);
    }
    ledger.put("members/cedar-school.toml", "name \"C\"\n");
    ledger.put(CHARTER, "name = \"Charter\"\ntext = \"x\"\n");
    cannot(&ledger, COMMANDS[0], &["members/cedar-school.toml:1:"]);
    cannot(&ledger, COMMANDS[1], &["members/cedar-school.toml:1:"]);
}

#[test]
fn words_in_a_file_that_is_not_there_are_named_where_they_are_asked_for() {
    let ledger = Ledger::of_three();
    let words = "text = \"\"\"\nWe meet monthly and speak with one voice.\n\"\"\"\n";
    ledger.replace(CHARTER, words, "text_file = \"words.md\"\n");
    for command in COMMANDS {
        cannot(&ledger, command, &["agreements/charter.toml:4:13", "words.md", "does not exist"]);
    }
    ledger.put("agreements/words.md", "<<<<<<< ours\nWe\n=======\nYou\n>>>>>>> theirs\n");
    for command in COMMANDS {
        cannot(&ledger, command, &["agreements/words.md:1"]);
    }
}

#[test]
fn two_agreements_of_one_id_are_signed_by_nobody() {
    let ledger = Ledger::of_three();
    ledger.put("agreements/old/charter.toml", &text(&ledger, CHARTER).replace("monthly", "weekly"));
    for command in COMMANDS {
        cannot(&ledger, command, &["agreements/old/charter.toml", "agreements/charter.toml", "already has the id"]);
    }
    std::fs::write(ledger.path().join("agreements/old/charter.toml"), b"\xff").unwrap();
    for command in COMMANDS {
        cannot(&ledger, command, &["agreements/old/charter.toml", "not UTF-8"]);
    }
}

#[test]
fn a_doubtful_file_elsewhere_keeps_nobody_from_signing() {
    let ledger = Ledger::of_three();
    ledger.put("agreements/pact.toml", "name \"Pact\"\n");
    ledger.put("members/birch-library.toml", "name \"B\"\n");
    assert_eq!(ledger.run(COMMANDS[0]).status, 0);
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
}

#[test]
fn a_signatory_whose_file_is_broken_signs_nothing() {
    let ledger = Ledger::of_three();
    ledger.put("advocates/cam.toml", "name = \"cam Z\"\nend_date 2026-01-01\n");
    cannot(&ledger, COMMANDS[0], &["advocates/cam.toml:2:"]);
    ledger.put("advocates/old/cam.toml", "name = \"cam Z\"\n");
    ledger.put("advocates/cam.toml", "name = \"cam Z\"\n");
    cannot(&ledger, COMMANDS[0], &["advocates/old/cam.toml"]);
}

#[test]
fn an_amendment_is_not_older_than_the_one_before() {
    let ledger = Ledger::of_three();
    assert_eq!(ledger.run(&["amend", "charter", "--summary", "x", "--date", "2026-06-01"]).status, 0);
    let amend = |date: &'static str| ["amend", "charter", "--summary", "y", "--date", date];
    refused(&ledger, &amend("2026-05-31"), &["2026-05-31", "version 2", "2026-06-01"]);
    assert_eq!(ledger.run(&amend("2026-06-01")).status, 0);
}

#[cfg(unix)]
#[test]
fn what_is_proposed_is_the_file_that_changes() {
    let ledger = Ledger::of_three();
    let charter = text(&ledger, CHARTER)
        .replace("text = \"\"\"\nWe meet monthly and speak with one voice.\n\"\"\"\n", "text_file = \"words.md\"\n");
    ledger.put("kept/the charter.toml", &charter);
    ledger.put("kept/words.md", "We meet.\n");
    for (link, target) in [(CHARTER, "../kept/the charter.toml"), ("agreements/words.md", "../kept/words.md")] {
        let _ = std::fs::remove_file(ledger.path().join(link));
        std::os::unix::fs::symlink(target, ledger.path().join(link)).unwrap();
    }
    let signed = ledger.run(&["sign", "charter", "--yes", "--member", "cedar-school", "--git"]).stdout;
    assert!(signed.contains("  git add -- signatures/charter/cedar-school.toml\n"), "{signed}");
    let withdraw = ["withdraw", "charter", "--yes", "--member", "cedar-school", "--because", "x", "--git"];
    let withdrawn = ledger.run(&withdraw).stdout;
    assert!(withdrawn.contains("  git add -- signatures/charter/cedar-school.toml\n"), "{withdrawn}");
    let amended = ledger.run(&["amend", "charter", "--summary", "x", "--git"]).stdout;
    assert!(amended.contains("  git add -- 'kept/the charter.toml' kept/words.md\n"), "{amended}");
    assert!(text(&ledger, "kept/the charter.toml").contains("version = 2"));
    assert!(std::fs::symlink_metadata(ledger.path().join(CHARTER)).unwrap().is_symlink());
}
