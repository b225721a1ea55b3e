//! What weakened the gate once without a word: each is an error or a warning in the request, and is reported on main.

use super::*;

/// What a change request hears, and whether it stops it.
fn weakened(change: impl Fn(&Ledger), status: i32, part: &str) -> Verdict {
    let ledger = begun();
    change(&ledger);
    let verdict = judge(&ledger);
    let severity = if status == 0 { "warning" } else { "error" };
    assert!(verdict.says(severity, "weakened-gate", part), "{part}: {verdict:?}");
    assert!(verdict.main.1.iter().any(|one| one.starts_with("warning weakened-gate")), "main: {verdict:?}");
    assert_eq!(verdict.request.0, status, "{verdict:?}");
    verdict
}

#[test]
fn required_of_nobody() {
    let narrow = |ledger: &Ledger| ledger.replace(CHARTER, "effective", "required_of = []\neffective");
    let verdict = weakened(narrow, 1, "Member cedar no longer has to sign");
    assert!(verdict.says("error", "weakened-gate", "it is required of fewer members"), "{verdict:?}");
    assert!(verdict.gate.contains("2 of 2 are valid"), "{}", verdict.gate);
}

#[test]
fn a_sector_that_is_dropped() {
    let ledger = begun();
    ledger.replace(CHARTER, "effective", "required_of = { sector = [\"education\"] }\neffective");
    land(&ledger, BEFORE);
    without(&ledger, CEDAR, &["sector"]);
    let verdict = judge(&ledger);
    assert_eq!(verdict.request.0, 1, "{verdict:?}");
    assert!(verdict.says("error", "weakened-gate", "its `sector` has changed"), "{verdict:?}");
    assert!(verdict.says("warning", "weakened-gate", "its `sector` has changed"), "on main: {verdict:?}");
}

#[test]
fn a_member_that_leaves_today_and_an_agreement_that_ends_today() {
    weakened(|ledger| after(ledger, CEDAR, "joined", "left = 2026-06-15\n"), 0, "it left on 2026-06-15");
    weakened(|ledger| after(ledger, CHARTER, "effective", "ended = 2026-06-15\n"), 0, "2026-06-15");
}

#[test]
fn a_member_that_is_deleted() {
    let delete = |ledger: &Ledger| {
        fs::remove_file(ledger.path().join(CEDAR)).unwrap();
        fs::remove_file(ledger.path().join("advocates/p-cedar.toml")).unwrap();
    };
    weakened(delete, 1, "the member's record, members/cedar.toml, is gone");
}

#[test]
fn an_agreement_that_is_deleted() {
    let ledger = all_signed();
    let answer = run_on(&ledger, TODAY, &["remove", "agreement/charter"]);
    assert!(answer.status == 1 && answer.stdout.contains("ended=today"), "{}{}", answer.stdout, answer.stderr);
    assert!(ledger.path().join(CHARTER).exists());
    fs::remove_file(ledger.path().join(CHARTER)).unwrap();
    let verdict = judge(&ledger);
    assert_eq!(verdict.request.0, 1, "{verdict:?}");
    assert!(verdict.says("error", "weakened-gate", "the agreement's record, agreements/charter.toml, is gone"));
}

#[test]
fn signing_again_that_is_not_asked_for_any_more() {
    let ledger = all_signed();
    let amend = ["amend", "charter", "--summary", "Dues", "--resign", "--sign-by", "2026-03-01"];
    done(&ledger, "2026-01-01", &amend);
    ledger.replace(CHARTER, "Nobody pays dues", "Everybody pays dues");
    land(&ledger, BEFORE);
    assert_eq!(run_on(&ledger, TODAY, &["check"]).status, 1, "all have to sign again");
    ledger.replace(CHARTER, "resign = true", "resign = false");
    let verdict = judge(&ledger);
    assert_eq!((verdict.request.0, verdict.main.0), (1, 1), "{verdict:?}");
    assert!(verdict.says("error", "weakened-gate", "version 2 no longer requires new signatures"), "{verdict:?}");
}

#[test]
fn recorded_terms_of_an_old_version_that_are_typed_by_hand() {
    let ledger = begun();
    let forged = format!("sha256:{:064}", 7);
    ledger.replace(CHARTER, "kind = \"charter\"", "kind = \"charter\"\nversion = 2");
    let real = digest(&ledger, "charter");
    let signed: String = text(&ledger, CHARTER)
        .lines()
        .map(|line| if line.starts_with("terms = ") { format!("terms = \"{forged}\"\n") } else { format!("{line}\n") })
        .collect();
    ledger.put(CHARTER, &signed);
    ledger.append(CHARTER, &format!("\n[[amendments]]\nversion = 1\ndate = 2025-01-15\nterms = \"{forged}\"\n"));
    ledger.append(CHARTER, &entry("cedar", "2025-01-25", "", &forged));
    assert_ne!(real, forged);
    let verdict = judge(&ledger);
    assert_eq!((verdict.request.0, verdict.main.0), (1, 1), "{verdict:?}");
    assert!(verdict.says("error", "weakened-gate", "charter") || verdict.says("error", "unpinned-terms", "version"));
}

#[test]
fn the_signer_of_another_member_who_is_named_with_the_signature() {
    let change = |ledger: &Ledger| {
        after(ledger, CEDAR, "representative", "signatories = [\"p-alder\"]\n");
        let entry = entry("cedar", "2025-01-25", "", &digest(ledger, "charter")).replace("p-cedar", "p-alder");
        ledger.append(CHARTER, &entry);
    };
    // Where proofs are optional, a warning that names who signs; where they are required, an error.
    weakened(change, 0, "Person alder, who signs for it, could not before this change");
    let (ledger, _) = proven();
    let alder = Signer::new(&["-t", "ed25519"]);
    add_key(&ledger, "alder", &alder, "2025-01-01");
    land(&ledger, BEFORE);
    after(&ledger, CEDAR, "representative", "signatories = [\"p-alder\"]\n");
    let sign = ["sign", "charter", "--member", "cedar", "--by", "p-alder", "--yes", "--ssh-key"];
    let path = alder.path("key").display().to_string();
    done(&ledger, TODAY, &[&sign[..], &[&path]].concat());
    let verdict = judge(&ledger);
    assert_eq!(verdict.request.0, 1, "{verdict:?}");
    assert!(verdict.says("error", "weakened-gate", "could not before this change"), "{verdict:?}");
}

#[test]
fn a_policy_that_is_taken_away() {
    let (ledger, _) = proven();
    let root = text(&ledger, "coalition.toml").replace(REQUIRED, "");
    ledger.put("coalition.toml", &root);
    sign(&ledger, "charter", "cedar", "2025-01-25", "");
    let verdict = judge(&ledger);
    assert_eq!((verdict.request.0, verdict.main.0), (1, 1), "{verdict:?}");
    assert!(verdict.says("error", "weakened-gate", "SSH signatures are no longer required"), "{verdict:?}");
    assert!(
        verdict.says("error", "unproven-signature", "Person cedar had a key"),
        "who has a key signs with it: {verdict:?}"
    );
}

#[test]
fn the_check_of_the_gate_that_is_turned_off() {
    let ledger = begun();
    ledger.append("coalition.toml", "\n[checks]\nunsigned-agreement = \"off\"\n");
    let verdict = judge(&ledger);
    assert_eq!(verdict.statuses(), (1, 1, 1), "{verdict:?}");
    assert!(verdict.says("error", "invalid-value", "no setting can change `unsigned-agreement`"), "{verdict:?}");
    assert!(verdict.says("error", "unsigned-agreement", "Member cedar has not signed"), "{verdict:?}");
}

#[test]
fn a_member_that_joins_again_signs_again() {
    let ledger = all_signed();
    after(&ledger, CEDAR, "joined", "left = 2025-06-30\n");
    land(&ledger, "2026-06-02");
    without(&ledger, CEDAR, &["left"]);
    ledger.replace(CEDAR, "joined = 2025-01-15", "joined = 2026-06-01");
    let verdict = judge(&ledger);
    // It has 30 days; on the day after them it is red.
    assert_eq!((verdict.main.0, verdict.verify), (0, 0), "{verdict:?}");
    assert!(verdict.says("warning", "unsigned-agreement", "must sign again because it rejoined"), "{verdict:?}");
    assert!(verdict.gate.contains("4 of 5 are valid") && verdict.gate.contains("Still to sign: 1 (by July 1, 2026)"));
    assert_eq!(run_on(&ledger, "2026-07-02", &["check"]).status, 1);
    assert_eq!(run_on(&ledger, "2026-07-02", &["verify"]).status, 1);
}

#[test]
fn a_clone_that_is_cut_never_passes() {
    let (ledger, _) = proven();
    let mallory = Signer::new(&["-t", "ed25519"]);
    add_key(&ledger, "cedar", &mallory, "2020-01-01");
    prove(&ledger, "charter", "cedar", "2025-01-25", 1, &mallory);
    land(&ledger, "2026-06-02");
    let clone = tempfile::tempdir().unwrap();
    let from = format!("file://{}", ledger.path().display());
    git(clone.path(), CHANGED, &["clone", "-q", "--depth", "1", "-b", "main", &from, "cut"]);
    let answer = run_in(&clone.path().join("cut"), &["check", "--format", "json", "--today", TODAY]);
    let found = findings(&answer);
    assert_eq!(answer.status, 1, "{found:?}");
    assert!(found.iter().any(|one| one.starts_with("error") && one.contains("shallow")), "{found:?}");
}

#[test]
fn what_was_judged_is_the_last_thing_in_every_format() {
    let ledger = begun();
    ledger.append(CHARTER, "\n[[allow]]\ncheck = \"unsigned-agreement\"\nbecause = \"x\"\n");
    commit(ledger.path(), CHANGED);
    for format in ["text", "json", "github", "gitlab", "sarif", "junit"] {
        let answer = run_on(&ledger, TODAY, &["check", "--format", format]);
        let whole = answer.stdout + &answer.stderr;
        assert_eq!(answer.status, 1, "{format}: an exception stands in the record of the member alone");
        assert!(whole.contains("cedar has not signed"), "{format}");
        assert!(whole.contains("Required signatures: 4 of 5 are valid"), "{format}: {whole}");
    }
}

#[test]
fn another_ledger_and_another_day_are_said() {
    let ledger = begun();
    let earlier = run_on(&ledger, "2025-01-16", &["check"]);
    let last = earlier.stdout.lines().last().unwrap_or_default();
    assert_eq!(earlier.status, 0, "nobody had to have signed by then");
    assert!(last.contains("0 of 5") && last.contains("As of January 16, 2025 (set by --today)"), "{last}");
    let folder = ledger.path();
    for path in ["members/alder.toml", "advocates/p-alder.toml", "coalition.toml"] {
        ledger.put(&format!("docs/ledger/{path}"), &text(&ledger, path));
    }
    let decoy = run_in(folder, &["-C", "docs/ledger", "check", "--today", TODAY]);
    let last = decoy.stdout.lines().last().unwrap_or_default();
    assert!(last.ends_with("ledger docs/ledger (set by -C)."), "{last}");
    // A decoy in the place of a ledger that moved away is compared with that ledger.
    let ledger = all_signed();
    for name in ["members", "advocates", "agreements", "coalition.toml"] {
        fs::create_dir_all(ledger.path().join("docs/ledger")).unwrap();
        fs::rename(ledger.path().join(name), ledger.path().join("docs/ledger").join(name)).unwrap();
    }
    land(&ledger, BEFORE);
    fs::rename(ledger.path().join("docs/ledger"), ledger.path().join("docs/real")).unwrap();
    for path in ["members/alder.toml", "advocates/p-alder.toml", "coalition.toml", CHARTER] {
        ledger.put(&format!("docs/ledger/{path}"), &text(&ledger, &format!("docs/real/{path}")));
    }
    commit(ledger.path(), CHANGED);
    let check = ["-C", "docs/ledger", "check", "--since", "main", "--format", "json", "--today", TODAY];
    let answer = run_in(ledger.path(), &check);
    let found = findings(&answer);
    assert_eq!(answer.status, 1, "{found:?}");
    assert!(found.iter().any(|one| one.contains("members/cedar.toml, is gone")), "{found:?}");
}

#[test]
fn a_hook_hears_of_what_is_deleted() {
    let ledger = all_signed();
    let other = "name = \"Other\"\ntext_file = \"o.md\"\neffective = 2025-02-01\nrequired_of = [\"alder\"]\n";
    ledger.put("agreements/other.toml", other);
    ledger.put("agreements/o.md", "hi\n");
    sign(&ledger, "other", "alder", "2025-01-20", "");
    land(&ledger, BEFORE);
    fs::remove_file(ledger.path().join("agreements/o.md")).unwrap();
    let answer = run_on(&ledger, TODAY, &["check"]);
    assert!(answer.status == 1 && answer.stdout.contains("the file `o.md` does not exist"), "{}", answer.stdout);
    // The hooks run whatever has changed, and whatever its ending.
    let hooks = fs::read_to_string(crate::ledger::repository(".pre-commit-hooks.yaml")).unwrap();
    let hooks: Vec<Value> = serde_yaml::from_str(&hooks).unwrap();
    assert!(!hooks.is_empty());
    for hook in hooks {
        assert_eq!((&hook["always_run"], &hook["pass_filenames"]), (&true.into(), &false.into()), "{hook}");
        assert_eq!(hook["files"], Value::Null, "{hook}");
    }
}

#[test]
fn a_copy_without_commits_says_that_nobody_can_tell_what_came_first() {
    let (ledger, _) = all_proven();
    let says =
        |ledger: &Ledger, command: &str| run_on(ledger, TODAY, &[command]).stderr.contains("not in a git repository");
    assert!(!says(&ledger, "check") && !says(&ledger, "verify"));
    fs::remove_dir_all(ledger.path().join(".git")).unwrap();
    assert!(says(&ledger, "check") && says(&ledger, "verify"));
    assert!(!run_on(&ledger, TODAY, &["check", "--quiet"]).stderr.contains("repository"));
    let root = text(&ledger, "coalition.toml").replace(REQUIRED, "");
    ledger.put("coalition.toml", &root);
    assert!(!says(&ledger, "check"), "where nothing hangs on it, nothing is said");
}
