//! The question of questions: has every member that must sign this agreement signed these very words?

use crate::ledger::{Ledger, run_in};

#[test]
fn the_gate_names_who_has_not_signed_and_opens_when_they_have() {
    let ledger = Ledger::of_three();
    ledger.sign("alder-friends", "ana");
    ledger.sign("birch-library", "ben");
    let answer = ledger.run(&["check"]);
    assert_eq!(answer.status, 1);
    for fact in ["unsigned-agreement", "CEDAR SCHOOL", "cedar-school", "Charter", "agreements/charter.toml:3:15"] {
        assert!(answer.stdout.contains(fact), "{fact} is missing from\n{}", answer.stdout);
    }
    let expected = ("unsigned-agreement".to_owned(), "agreements/charter.toml".to_owned(), 3, 15);
    assert_eq!(ledger.findings(&[]), [expected]);
    assert_eq!(ledger.run(&["verify"]).status, 1);

    ledger.sign("cedar-school", "cam");
    let answer = ledger.run(&["check"]);
    let gate = "Required signatures: 3 of 3 are valid (3 members, 1 agreement). As of November 22, 2026 (set by \
                COALITION_TODAY), ledger of “Alder County Library Coalition”.\n";
    assert_eq!((answer.status, answer.stdout), (0, format!("All is well: 7 records in 8 files.\n{gate}")));
    assert_eq!(ledger.run(&["verify"]).status, 0);
}

#[test]
fn one_comma_makes_every_signature_stale() {
    let ledger = Ledger::of_three();
    for (member, advocate) in [("alder-friends", "ana"), ("birch-library", "ben"), ("cedar-school", "cam")] {
        ledger.sign(member, advocate);
    }
    assert_eq!(ledger.run(&["check"]).status, 0);
    ledger.replace("agreements/charter.toml", "monthly and", "monthly, and");
    assert_eq!(ledger.run(&["check"]).status, 1);
    let stale = ledger.findings(&["--only", "stale-signature"]);
    assert_eq!(stale.iter().map(|(_, _, line, _)| *line).collect::<Vec<_>>(), [14, 20, 26]);
    assert_eq!(ledger.findings(&["--only", "unsigned-agreement"]).len(), 3);
}

#[test]
fn a_gate_without_anything_to_judge_says_what_is_missing_and_what_to_do() {
    let gate = |ledger: &Ledger| {
        let answer = ledger.run(&["verify"]);
        let last = answer.stdout.lines().last().unwrap_or_default().to_owned();
        assert!(!answer.stdout.contains("no members, no agreements"), "{}", answer.stdout);
        (answer.stdout, last.split(" As of").next().unwrap().to_owned())
    };
    let ledger = Ledger::empty();
    ledger.put("coalition.toml", "name = \"Seed\"\n");
    let add = "To fix this, add the first member with the date it joined";
    let command = "`coalition new organization \"…\" joined=today`.";
    let (whole, sentence) = gate(&ledger);
    let expected = "Required signatures: none, because the ledger has no current members and no agreements.";
    assert_eq!(sentence, format!("{expected} {add}, then write an agreement: {command}"));
    assert!(
        whole
            .replace('\n', " ")
            .contains("The ledger has no current members and no agreements, so there is nothing to verify."),
        "{whole}"
    );
    assert!(whole.contains("\n  coalition new organization \"…\" joined=today\n"), "{whole}");
    let charter = "name = \"Charter\"\ntext = \"We meet.\"\nrequired_of = \"nobody\"\n";
    ledger.put("agreements/charter.toml", charter);
    let expected = "Required signatures: none, because the ledger has no current members.";
    assert_eq!(gate(&ledger).1, format!("{expected} {add}: {command}"));
    ledger.put("members/elm.toml", "name = \"Elm\"\nclassification = \"other\"\njoined = 2025-01-01\n");
    let expected = "Required signatures: none, because no agreement in force requires a current member to sign. To fix \
                    this, see which agreements are in force and who must sign them: `coalition report signatures`.";
    assert_eq!(gate(&ledger).1, expected);
    std::fs::remove_file(ledger.path().join("agreements/charter.toml")).unwrap();
    let expected = "Required signatures: none, because the ledger has no agreements. To fix this, write an agreement for \
                    the members to sign: `coalition new agreement Charter kind=charter text=@charter.md`.";
    assert_eq!(gate(&ledger).1, expected);
}

#[test]
fn a_folder_without_members_never_passes() {
    let ledger = Ledger::empty();
    assert_eq!(ledger.run(&["check"]).status, 2, "no ledger at all");
    ledger.put("coalition.toml", "name = \"Nobody\"\n[checks]\nempty-ledger = \"off\"\n");
    ledger.append("coalition.toml", "[[allow]]\ncheck = \"empty-ledger\"\nbecause = \"we dare\"\n");
    for arguments in [
        &["check"] as &[&str],
        &["check", "--skip", "empty-ledger"],
        &["check", "--only", "unsigned-agreement"],
        &["check", "--skip", "empty-ledger,invalid-value"],
        &["verify"],
    ] {
        assert_eq!(ledger.run(arguments).status, 1, "{arguments:?}");
    }
    ledger.put(
        "members/gone.toml",
        "name = \"Gone\"\nclassification = \"other\"\njoined = 2025-01-01\nleft = 2025-02-01\n",
    );
    assert_eq!(ledger.run(&["check", "--only", "unsigned-agreement"]).status, 1, "everybody has left");
}

#[test]
fn a_mistake_in_the_only_member_does_not_open_the_gate() {
    let ledger = Ledger::empty();
    ledger.put("coalition.toml", "name = \"One\"\n[checks]\nwrong-type = \"off\"\n");
    ledger.put("members/one.toml", "name = \"One\"\nclassification = \"other\"\njoined = \"2025-01-01\"\n");
    for arguments in
        [&["check"] as &[&str], &["check", "--only", "unsigned-agreement"], &["check", "--skip", "wrong-type"]]
    {
        let answer = ledger.run(arguments);
        assert_eq!(answer.status, 1, "{arguments:?}: {}", answer.stdout);
    }
    ledger.put("coalition.toml", "name = \"One\"\n");
    let checks: Vec<_> = ledger.findings(&[]).into_iter().map(|(check, ..)| check).collect();
    assert_eq!(checks, ["wrong-type"], "one mistake is told once");
}

#[test]
fn one_mistake_in_a_member_is_told_once_and_the_gate_stays_shut() {
    let ledger = Ledger::of_three();
    for (member, advocate) in [("alder-friends", "ana"), ("birch-library", "ben"), ("cedar-school", "cam")] {
        ledger.sign(member, advocate);
    }
    ledger.replace("members/cedar-school.toml", "\"cam\"", "\"cmm\"");
    let expected = ("unresolved-reference".to_owned(), "members/cedar-school.toml".to_owned(), 4, 18);
    assert_eq!(ledger.findings(&[]), [expected]);
    assert_eq!(ledger.run(&["check", "--only", "unsigned-agreement"]).status, 1);
    assert_eq!(ledger.run(&["check", "--skip", "unresolved-reference"]).status, 1);
    assert_eq!(ledger.run(&["verify"]).status, 1);
}

/// All three have signed, and then a file is changed so that the third can no longer be seen to have to.
fn all_signed_but(path: &str, text: &str) -> Ledger {
    let ledger = Ledger::of_three();
    ledger.sign("alder-friends", "ana");
    ledger.sign("birch-library", "ben");
    ledger.put(path, text);
    ledger
}

#[test]
fn a_mistake_elsewhere_does_not_open_the_gate() {
    let cedar =
        |joined: &str| format!("name = \"C\"\nclassification = \"other\"\nrepresentative = \"cam\"\n{joined}\n");
    let all_off = "[checks]\nwrong-type = \"off\"\nunknown-field = \"off\"\ninvalid-value = \"off\"\nmissing-field = \"off\"\n\
                   dates-out-of-order = \"off\"\ninvalid-toml = \"off\"\nunresolved-reference = \"off\"\n";
    for line in [
        "joined = \"2025-02-01\"",
        "joind = 2025-02-01",
        "joined = 2025-02-30",
        "joined = 2025-02-01\nleft = 2025-01-01",
        "joined = 2025-02-01\ndeclined = 2026-01-01",
        "joined 2025-02-01",
    ] {
        let ledger = all_signed_but("members/cedar-school.toml", &cedar(line));
        for arguments in [&["check"] as &[&str], &["check", "--only", "unsigned-agreement"], &["verify"]] {
            assert_eq!(ledger.run(arguments).status, 1, "{line} {arguments:?}");
        }
        ledger.append("coalition.toml", all_off);
        assert_eq!(ledger.run(&["check"]).status, 1, "{line} with its check off");
    }
}

#[test]
fn a_member_in_a_misspelled_folder_or_list_does_not_open_the_gate() {
    let ledger = Ledger::of_three();
    ledger.sign("alder-friends", "ana");
    ledger.sign("birch-library", "ben");
    ledger.replace("agreements/charter.toml", "\"members\"", "[\"alder-friends\", \"cedar-schol\"]");
    for arguments in [&["check"] as &[&str], &["check", "--only", "unsigned-agreement"], &["verify"]] {
        assert_eq!(ledger.run(arguments).status, 1, "{arguments:?}");
    }
    ledger.replace("agreements/charter.toml", "\"cedar-schol\"", "\"birch-library\"");
    assert_eq!((ledger.run(&["check"]).status, ledger.run(&["verify"]).status), (0, 0));
    ledger.put("Members/dogwood.toml", "name = \"D\"\nclassification = \"other\"\njoined = 2025-02-01\n");
    assert_eq!((ledger.run(&["check"]).status, ledger.run(&["verify"]).status), (1, 1));
}

#[test]
fn what_was_taken_back_does_not_count_from_another_entry() {
    let ledger = Ledger::of_three();
    for (member, advocate) in [("alder-friends", "ana"), ("birch-library", "ben"), ("cedar-school", "cam")] {
        ledger.sign(member, advocate);
    }
    ledger.sign("cedar-school", "cam");
    ledger.append("agreements/charter.toml", "withdrawn = 2025-05-01\n");
    assert_eq!((ledger.run(&["check"]).status, ledger.run(&["verify"]).status), (1, 1));
}

#[test]
fn an_agreement_without_words_is_signed_by_nobody() {
    let ledger = Ledger::of_three();
    ledger.replace("agreements/charter.toml", "text = \"\"\"\nWe meet monthly and speak with one voice.\n\"\"\"\n", "");
    assert_eq!(ledger.run(&["terms", "charter", "--digest"]).status, 2);
    assert_eq!(ledger.run(&["check", "--skip", "missing-field"]).status, 1);
    assert_eq!(ledger.run(&["verify"]).status, 1);
    ledger.append("agreements/charter.toml", "text_file = \"charter.md\"\n");
    let checks: Vec<_> = ledger.findings(&[]).into_iter().map(|(check, ..)| check).collect();
    assert_eq!(checks, ["unreadable-file"], "one mistake is told once");
    assert_eq!(ledger.run(&["check", "--only", "unsigned-agreement"]).status, 1);
}

#[test]
fn an_amendment_to_come_changes_nothing_yet() {
    let ledger = Ledger::of_three();
    ledger.append("agreements/charter.toml", "[[amendments]]\nversion = 2\ndate = 2026-12-31\nresign = true\n");
    assert_eq!(ledger.run(&["verify"]).status, 1, "nobody has signed");
    for (member, advocate) in [("alder-friends", "ana"), ("birch-library", "ben"), ("cedar-school", "cam")] {
        ledger.sign(member, advocate);
    }
    assert_eq!((ledger.run(&["check"]).status, ledger.run(&["verify"]).status), (0, 0));
    let later = ledger.findings(&["--today", "2027-01-01"]);
    let checks: Vec<_> = later.iter().map(|(check, ..)| check.as_str()).collect();
    assert_eq!(checks, ["invalid-value"], "the version was not raised, and the signatures stand");
}

#[test]
fn a_signature_given_anew_counts_below_the_stale_one() {
    let ledger = Ledger::of_three();
    for (member, advocate) in [("alder-friends", "ana"), ("birch-library", "ben"), ("cedar-school", "cam")] {
        ledger.sign(member, advocate);
    }
    ledger.replace("agreements/charter.toml", "monthly and", "monthly, and");
    for (member, advocate) in [("alder-friends", "ana"), ("birch-library", "ben"), ("cedar-school", "cam")] {
        ledger.sign(member, advocate);
    }
    assert_eq!(ledger.findings(&[]), []);
    assert_eq!(ledger.run(&["verify"]).status, 0);
    ledger.sign("cedar-school", "cam");
    let checks: Vec<_> = ledger.findings(&[]).into_iter().map(|(check, ..)| check).collect();
    assert_eq!(checks, ["duplicate-entry"], "a second one that counts is one too many");
}

#[test]
fn time_moves_with_today() {
    let ledger = Ledger::of_three();
    let severity = |today: &str| {
        let answer = ledger.run(&["check", "--format", "json", "--only", "unsigned-agreement", "--today", today]);
        let json: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
        let summary = &json["summary"];
        (answer.status, summary["errors"].as_u64().unwrap(), summary["warnings"].as_u64().unwrap())
    };
    // They joined on 15 January and have thirty days, which is later than the day on which the charter takes effect.
    assert_eq!(severity("2025-02-14"), (0, 0, 3));
    assert_eq!(severity("2025-02-15"), (1, 3, 0));
    assert_eq!(severity("2025-01-14").0, 1, "nobody had joined");
}

#[test]
fn a_finding_is_accepted_for_a_reason_and_a_time() {
    let ledger = Ledger::of_three();
    ledger.sign("alder-friends", "ana");
    ledger.sign("birch-library", "ben");
    ledger.append(
        "members/cedar-school.toml",
        "[[allow]]\ncheck = \"unsigned-agreement\"\nbecause = \"the board meets in December\"\nuntil = 2026-12-15\n",
    );
    assert_eq!(ledger.run(&["check"]).status, 0);
    let later = ledger.findings(&["--today", "2026-12-16"]);
    let checks: Vec<_> = later.iter().map(|(check, ..)| check.as_str()).collect();
    assert_eq!(checks, ["unsigned-agreement", "expired-allow"]);
    ledger.sign("cedar-school", "cam");
    assert_eq!(ledger.findings(&[])[0].0, "unused-allow");
}

#[test]
fn the_digest_is_what_sha256_says_of_the_terms() {
    use sha2::{Digest, Sha256};
    let ledger = Ledger::of_three();
    let terms = ledger.run(&["terms", "charter"]).stdout;
    let hex: String = Sha256::digest(terms.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(ledger.run(&["terms", "charter", "--digest"]).stdout, format!("sha256:{hex}\n"));
}

#[test]
fn the_ledger_is_found_from_any_folder_inside_it() {
    let ledger = Ledger::of_three();
    let from_root = run_in(ledger.path(), &["check"]).stdout;
    assert_eq!(run_in(&ledger.path().join("members"), &["check"]).stdout, from_root);
    let elsewhere = tempfile::tempdir().unwrap();
    assert_eq!(
        run_in(elsewhere.path(), &["-C", ledger.path().to_str().unwrap(), "check"]).stdout.replace(" (set by -C)", ""),
        from_root
    );
}

#[test]
fn what_decides_and_cannot_be_read_leaves_a_doubt() {
    let ledger = Ledger::of_three();
    for member in ["alder-friends", "birch-library", "cedar-school"] {
        assert_eq!(ledger.run(&["sign", "charter", "--yes", "--member", member]).status, 0);
    }
    assert_eq!(ledger.run(&["verify"]).status, 0);
    let charter = "agreements/charter.toml";
    for (path, line) in [
        (charter, "expires = \"2020-01-01\""),
        (charter, "ended = \"2020-01-01\""),
        (charter, "expires = 2026-99-01"),
        ("members/alder-friends.toml", "left = \"2026-01-01\""),
        ("members/alder-friends.toml", "signatories = \"ben\""),
        ("advocates/ana.toml", "end_date = \"2026-01-01\""),
        ("advocates/ana.toml", "[[keys]]\nkey = \"hello\""),
    ] {
        let before = std::fs::read_to_string(ledger.path().join(path)).unwrap();
        let (head, rest) = before.split_once('\n').unwrap();
        ledger.put(
            path,
            &if line.starts_with('[') { format!("{before}{line}\n") } else { format!("{head}\n{line}\n{rest}") },
        );
        let answer = ledger.run(&["verify"]);
        assert_eq!(answer.status, 1, "{path}: {line}\n{}", answer.stdout);
        assert!(answer.stdout.contains("Not certain"), "{path}: {line}\n{}", answer.stdout);
        assert_eq!(ledger.run(&["check"]).status, 1, "{line}");
        if path == charter {
            let amended = ledger.run(&["amend", "charter", "--summary", "x"]);
            assert_ne!(amended.status, 0, "{line}: {}", amended.stdout);
        }
        ledger.put(path, &before);
    }
    let root = std::fs::read_to_string(ledger.path().join("coalition.toml")).unwrap();
    ledger.put("coalition.toml", &format!("{root}\n[policy]\nssh_signatures = \"requird\"\n"));
    assert_eq!(ledger.run(&["verify"]).status, 1);
}

#[test]
fn what_is_wrong_in_a_deciding_file_shuts_both() {
    let allow =
        |check: &str, until: &str| format!("\n[[allow]]\ncheck = \"{check}\"\nbecause = \"x\"\nuntil = {until}\n");
    let (expired, endless) = (allow("stale-signature", "2026-01-01"), allow("unsigned-agreement", "2029-01-01"));
    type Change = Box<dyn Fn(&Ledger)>;
    let changes: Vec<(&str, Change)> = vec![
        ("duplicate-entry", Box::new(|ledger| ledger.sign("cedar-school", "cam"))),
        ("invalid-id", Box::new(|ledger| ledger.put("signatures/charter/cedar-school.TOML", ""))),
        ("unknown-field", Box::new(|ledger| ledger.append("members/cedar-school.toml", "color = \"red\"\n"))),
        ("expired-allow", Box::new(move |ledger| ledger.append("members/cedar-school.toml", &expired))),
        ("invalid-value", Box::new(move |ledger| ledger.append("members/cedar-school.toml", &endless))),
    ];
    for (check, change) in changes {
        let ledger = Ledger::of_three();
        for (member, advocate) in [("alder-friends", "ana"), ("birch-library", "ben"), ("cedar-school", "cam")] {
            ledger.sign(member, advocate);
        }
        assert_eq!((ledger.run(&["check"]).status, ledger.run(&["verify"]).status), (0, 0));
        change(&ledger);
        let answer = ledger.run(&["check"]);
        assert!(answer.stdout.contains(check), "{check} is missing from {}", answer.stdout);
        assert_eq!((answer.status, ledger.run(&["verify"]).status), (1, 1), "{check}");
    }
}

#[test]
fn a_name_cannot_end_the_sentence_of_the_gate() {
    let ledger = Ledger::of_three();
    let name = "C\u{201d}. Required signatures: 9 of 9 are valid (9 members, 9 agreements). As of June 15";
    ledger.replace("coalition.toml", "Alder County Library Coalition", name);
    let last = ledger.run(&["check"]).stdout.lines().last().unwrap().to_owned();
    assert!(last.starts_with("Required signatures: 0 of 3 "), "{last}");
    let (_, shown) = last.split_once("ledger of \u{201c}").unwrap();
    let shown = shown.strip_suffix("\u{2026}\u{201d}.").expect("it is cut, and closed at the end");
    assert!(name.replace('\u{201d}', "").starts_with(shown) && shown.chars().count() == 60, "{shown}");
}

#[test]
fn more_time_that_was_not_needed_any_more_runs_out_without_a_word() {
    let ledger = Ledger::of_three();
    for member in ["alder-friends", "birch-library"] {
        assert_eq!(ledger.run(&["sign", "charter", "--yes", "--member", member]).status, 0);
    }
    let allow = "\n[[allow]]\ncheck = \"unsigned-agreement\"\nbecause = \"the board meets\"\nuntil = 2026-11-25\n";
    ledger.append("members/cedar-school.toml", allow);
    let status =
        |day: &str| (ledger.run(&["check", "--today", day]).status, ledger.run(&["verify", "--today", day]).status);
    assert_eq!(status("2026-11-25"), (0, 0));
    assert_eq!(status("2026-11-26"), (1, 1), "it has not signed");
    assert_eq!(ledger.run(&["sign", "charter", "--yes", "--member", "cedar-school"]).status, 0);
    assert_eq!(status("2026-11-26"), (0, 0), "it signed in time");
    let found = ledger.findings(&["--today", "2026-11-26"]);
    assert!(found.len() == 1 && found[0].0 == "unused-allow", "{found:?}");
}
