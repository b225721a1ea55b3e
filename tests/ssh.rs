//! Signing with an SSH key: stock OpenSSH verifies what was written, from what `statement` and `export` print.

use crate::history::{commit, git};
use crate::ledger::{Ledger, TODAY, repository};
use crate::sign::{CEDAR, CHARTER, refused, state, text};
use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

/// A key that `ssh-keygen` made, in a folder of its own.
pub fn key(arguments: &[&str]) -> (tempfile::TempDir, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("key");
    let made =
        Command::new("ssh-keygen").args(["-q", "-N", "", "-C", "cam@laptop", "-f"]).arg(&key).args(arguments).status();
    assert!(made.expect("these tests need OpenSSH's ssh-keygen").success());
    let public = fs::read_to_string(folder.path().join("key.pub")).unwrap().trim().to_owned();
    (folder, key.to_str().unwrap().to_owned(), public)
}

/// Whether OpenSSH accepts what `statement`, `statement --signature` and `export allowed-signers` print.
fn openssh_accepts(ledger: &Ledger, at: &str) -> bool {
    openssh_verifies(ledger, "cedar-school", "cam", at)
}

/// Whether it accepts that of a member by a principal.
/// Whether OpenSSH verifies what a member signed of the charter, by what the program prints, at a time.
pub fn openssh_verifies(ledger: &Ledger, member: &str, principal: &str, at: &str) -> bool {
    let out = tempfile::tempdir().unwrap();
    let write = |name: &str, arguments: &[&str]| {
        let answer = ledger.run(arguments);
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        fs::write(out.path().join(name), answer.stdout).unwrap();
        out.path().join(name)
    };
    let signers = write("signers", &["export", "allowed-signers", "--private"]);
    let proof = write("proof", &["statement", "charter", member, "--signature"]);
    let statement = ledger.run(&["statement", "charter", member]).stdout;
    let mut child = Command::new("ssh-keygen")
        .env("TZ", "Pacific/Auckland")
        .args(["-Y", "verify", "-I", principal, "-n", "coalition-agreement", &format!("-Overify-time={at}"), "-f"])
        .arg(signers)
        .arg("-s")
        .arg(proof)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let _ = child.stdin.take().unwrap().write_all(statement.as_bytes());
    child.wait().unwrap().success()
}

#[test]
fn openssh_verifies_what_was_signed_with_a_key() {
    for kind in [&["-t", "ed25519"] as &[&str], &["-t", "rsa", "-b", "2048"], &["-t", "ecdsa", "-b", "256"]] {
        let ledger = Ledger::of_three();
        let (_folder, path, public) = key(kind);
        let arguments = ["sign", "charter", "--yes", "--member", "cedar-school", "--ssh-key", &path];
        let bare = public.rsplit_once(' ').unwrap().0;
        refused(&ledger, &arguments, &["advocates/cam.toml", "[[keys]]", &format!("key = \"{bare}\"")]);
        ledger.append(
            "advocates/cam.toml",
            &format!("\n[[keys]]\nkey = \"{public}\"\nvalid_from = {TODAY}\nvalid_until = {TODAY}\n"),
        );
        let before = text(&ledger, CHARTER);
        let answer = ledger.run(&arguments);
        assert_eq!((answer.status, answer.stderr.as_str()), (0, ""), "{kind:?}: {}", answer.stdout);
        assert_eq!(text(&ledger, CHARTER), before);
        assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
        assert!(openssh_accepts(&ledger, "20261122120000Z"), "{kind:?}");
        assert!(openssh_accepts(&ledger, "20261122000000Z") && openssh_accepts(&ledger, "20261122235959Z"), "{kind:?}");
        assert!(
            !openssh_accepts(&ledger, "20261121235959Z") && !openssh_accepts(&ledger, "20261123000000Z"),
            "{kind:?}"
        );
        assert_eq!(ledger.findings(&["--only", "invalid-signature,unproven-signature"]), []);
        let windows = text(&ledger, CEDAR).replace('\n', "\r\n");
        ledger.put(CEDAR, &windows);
        assert_eq!(state(&ledger, "cedar-school", &[]), "signed", "in a checkout with CRLF");
        assert!(openssh_accepts(&ledger, "20261122120000Z"), "{kind:?}");
        ledger.append("members/birch-library.toml", "signatories = [\"ben\", \"cam\"]\n");
        let birch = "signatures/charter/birch-library.toml";
        ledger.put(birch, &windows);
        assert_eq!(state(&ledger, "birch-library", &[]), "missing", "moved to another member of the same signatory");
        assert_eq!(ledger.findings(&["--only", "invalid-signature"]).len(), 1);
        fs::remove_file(ledger.path().join(birch)).unwrap();
        ledger.replace(CEDAR, &format!("date = {TODAY}"), "date = 2026-11-21");
        assert_eq!(state(&ledger, "cedar-school", &[]), "missing", "moved to another day");
        assert!(!openssh_accepts(&ledger, "20261122120000Z"));
    }
}

#[test]
fn where_the_policy_asks_for_a_key_a_signature_without_one_is_refused() {
    let ledger = Ledger::of_three();
    ledger.append("coalition.toml", "\n[policy]\nssh_signatures = \"required\"\n");
    refused(&ledger, &["sign", "charter", "--yes", "--member", "cedar-school"], &["--ssh-key FILE"]);
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    ledger.append("advocates/ana.toml", &format!("\n[[keys]]\nkey = \"{public}\"\n"));
    refused(
        &ledger,
        &["sign", "charter", "--yes", "--member", "cedar-school", "--ssh-key", &path],
        &["would not prove that cam Z signed", "the key of ana Z"],
    );
    assert_eq!(ledger.run(&["sign", "charter", "--yes", "--member", "alder-friends", "--ssh-key", &path]).status, 0);
    assert_eq!(state(&ledger, "alder-friends", &[]), "signed");
    assert_eq!(ledger.run(&["sign", "charter", "--yes", "--member", "cedar-school", "--ssh-key", "none"]).status, 2);
}

#[test]
fn the_key_that_git_signs_with_can_be_used() {
    let ledger = Ledger::of_three();
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\n"));
    let git = |arguments: &[&str]| {
        assert!(Command::new("git").current_dir(ledger.path()).args(arguments).status().unwrap().success());
    };
    git(&["init", "-q"]);
    git(&["config", "user.signingkey", &path]);
    let answer = ledger.run(&["sign", "charter", "--yes", "--member", "cedar-school", "--ssh-key"]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    assert!(text(&ledger, CEDAR).contains("BEGIN SSH SIGNATURE"));
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
}

#[test]
fn only_ids_that_are_one_word_become_principals() {
    let ledger = Ledger::of_three();
    let (_folder, _, public) = key(&["-t", "ed25519"]);
    let entry = format!("name = \"X\"\n\n[[keys]]\nkey = \"{public}\"\nvalid_until = 2026-12-31\n");
    ledger.put("advocates/cam.toml", &entry);
    ledger.put("advocates/* x.toml", &entry);
    let bare = public.rsplit_once(' ').unwrap().0;
    let expected = format!("cam namespaces=\"coalition-agreement\",valid-before=\"20261231235959Z\" {bare}\n");
    assert_eq!(ledger.run(&["export", "allowed-signers", "--private"]).stdout, expected);
    // A line names its person, and a key can be looked up: who is not listed is not there.
    let public = ledger.run(&["export", "allowed-signers"]);
    assert_eq!((public.status, public.stdout.as_str()), (0, ""));
    assert!(public.stderr.contains("2 people with keys have not agreed to be listed"), "{}", public.stderr);
    ledger.put("advocates/cam.toml", &format!("{entry}\n[consent]\nlisted = true\n"));
    assert_eq!(ledger.run(&["export", "allowed-signers"]).stdout, expected);
    assert_eq!(ledger.run(&["statement", "charter", "cedar-school"]).status, 2, "nothing was signed");
}

#[test]
fn a_proof_confirms_an_earlier_entry_and_is_not_hidden_by_a_later_one() {
    let ledger = Ledger::of_three();
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    let bare = ["sign", "charter", "--yes", "--member", "cedar-school", "--title", "Head", "--date", "2026-11-01"];
    assert_eq!(ledger.run(&bare).status, 0);
    let before = text(&ledger, CEDAR);
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\nvalid_from = 2026-11-10\n"));
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed", "there was no key on that day");
    let proven = ledger.run(&["sign", "charter", "--yes", "--member", "cedar-school", "--ssh-key", &path]);
    assert_eq!(proven.status, 0, "{}", proven.stdout);
    assert!(
        proven.stdout.contains("earlier entry, dated November 1, 2026, has no proof; it stays"),
        "{}",
        proven.stdout
    );
    let after = text(&ledger, CEDAR);
    assert!(after.starts_with(&before));
    assert_eq!(ledger.findings(&["--only", "duplicate-entry"]), []);
    assert!(openssh_accepts(&ledger, "20261122120000Z"), "the statement is that of the proof");
    let required = "\n[policy]\nssh_signatures = \"required\"\n";
    let root = text(&ledger, "coalition.toml");
    ledger.put("coalition.toml", &format!("{root}{required}"));
    assert_eq!(ledger.findings(&["--only", "unproven-signature"]), [], "the one without proof is let be");
    ledger.put("coalition.toml", &root);

    let entry = before.replace("2026-11-01", TODAY);
    ledger.put(CEDAR, &format!("{after}\n{entry}"));
    assert_eq!(ledger.findings(&["--only", "duplicate-entry"]).len(), 1, "a bare one after a proof says nothing new");
    assert!(openssh_accepts(&ledger, "20261122120000Z"), "a later bare entry does not hide the proof");
    ledger.put("coalition.toml", &format!("{root}{required}"));
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
}

#[test]
fn an_entry_that_its_proof_does_not_prove_stays_when_the_member_signs_again() {
    let ledger = Ledger::of_three();
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\n"));
    let sign = ["sign", "charter", "--yes", "--member", "cedar-school", "--ssh-key", &path];
    assert_eq!(ledger.run(&[&sign[..], &["--date", "2026-11-01"]].concat()).status, 0);
    ledger.replace(CEDAR, "date = 2026-11-01", "date = 2026-11-02");
    assert_eq!(ledger.findings(&["--only", "invalid-signature"]).len(), 1);
    let before = text(&ledger, CEDAR);
    assert_eq!(ledger.run(&sign).status, 0);
    assert!(text(&ledger, CEDAR).starts_with(&before), "its old proof is kept");
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
    assert_eq!(ledger.findings(&["--only", "invalid-signature,duplicate-entry"]), []);
}

#[test]
fn who_has_a_key_signs_with_it() {
    let ledger = Ledger::of_three();
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\nvalid_from = 2026-01-01\n"));
    let bare = ["sign", "charter", "--yes", "--member", "cedar-school"];
    refused(&ledger, &bare, &["cam Z has a key", "--ssh-key", "--evidence"]);
    let digest = ledger.run(&["terms", "charter", "--digest"]).stdout;
    let entry = |date: &str, more: &str| {
        format!("[[signatures]]\nby = \"cam\"\ndate = {date}\nterms = \"{}\"\n{more}", digest.trim())
    };
    ledger.put(CEDAR, &entry("2026-11-01", ""));
    assert_eq!(state(&ledger, "cedar-school", &[]), "missing", "typed by anybody");
    assert_eq!(ledger.findings(&["--only", "unproven-signature"]).len(), 1);
    ledger.put(CEDAR, &entry("2025-12-31", ""));
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed", "there was no key then");
    ledger.put(CEDAR, &entry("2026-11-01", "evidence = \"scans/cedar.pdf\"\n"));
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed", "there is a paper");
    assert_eq!(ledger.findings(&["--only", "unproven-signature"]).len(), 1, "and that is said");
    fs::remove_file(ledger.path().join(CEDAR)).unwrap();
    assert_eq!(ledger.run(&[&bare[..], &["--ssh-key", &path]].concat()).status, 0);
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed");
}

#[test]
fn where_proofs_are_required_a_withdrawal_has_one_too() {
    let ledger = Ledger::of_three();
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    ledger.append("coalition.toml", "\n[policy]\nssh_signatures = \"required\"\n");
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\n"));
    let sign = ["sign", "charter", "--yes", "--member", "cedar-school", "--date", "2026-11-01", "--ssh-key", &path];
    assert_eq!(ledger.run(&sign).status, 0);
    let signed = text(&ledger, CEDAR);
    ledger.put(CEDAR, &format!("{signed}withdrawn = 2026-11-10\n"));
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed", "anybody can write that line");
    assert_eq!(ledger.findings(&["--only", "invalid-signature"]).len(), 1);
    ledger.put(CEDAR, &signed);
    let withdraw = ["withdraw", "charter", "--yes", "--member", "cedar-school", "--because", "x"];
    refused(&ledger, &withdraw, &["--ssh-key FILE"]);
    let answer = ledger.run(&[&withdraw[..], &["--ssh-key", &path]].concat());
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    assert_eq!(state(&ledger, "cedar-school", &[]), "withdrawn");
    let statement = ledger.run(&["statement", "charter", "cedar-school", "--withdrawal"]).stdout;
    assert!(statement.starts_with("coalition-withdrawal v1\nagreement: charter\n"), "{statement}");
    assert!(statement.ends_with(&format!("by: cam\ndate: {TODAY}\n")), "{statement}");
    // Whoever copies the proof below its withdrawal has not signed again, not even on that day.
    let withdrawn = text(&ledger, CEDAR);
    let on_one_day = [&sign[..6], &[TODAY, "--ssh-key", &path]].concat();
    fs::remove_file(ledger.path().join(CEDAR)).unwrap();
    assert_eq!(ledger.run(&on_one_day).status, 0);
    let copy = text(&ledger, CEDAR);
    let answer = ledger.run(&[&withdraw[..], &["--ssh-key", &path]].concat());
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    ledger.append(CEDAR, &format!("\n{copy}"));
    assert_eq!(state(&ledger, "cedar-school", &[]), "withdrawn");
    ledger.put(CEDAR, &withdrawn);
    ledger.replace(CEDAR, &format!("withdrawn = {TODAY}"), "withdrawn = 2026-11-21");
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed", "moved to another day it proves nothing");
}

#[test]
fn a_member_and_a_person_may_be_renamed_without_losing_a_proof() {
    let ledger = Ledger::of_three();
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\n"));
    let sign = ["sign", "charter", "--yes", "--member", "cedar-school", "--ssh-key", &path];
    assert_eq!(ledger.run(&sign).status, 0);
    for rename in [["rename", "member/cedar-school", "cedar"], ["rename", "advocate/cam", "cameron"]] {
        let answer = ledger.run(&rename);
        assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    }
    assert!(text(&ledger, "signatures/charter/cedar.toml").contains("by = \"cameron\""));
    assert!(text(&ledger, "members/cedar.toml").contains("other_ids = [\"cedar-school\"]"));
    assert_eq!(state(&ledger, "cedar", &[]), "signed");
    let statement = ledger.run(&["statement", "charter", "cedar"]).stdout;
    assert!(statement.contains("member: cedar-school\nby: cam\n"), "what was signed: {statement}");
    let signers = ledger.run(&["export", "allowed-signers", "--private"]).stdout;
    assert!(signers.starts_with("cameron,cam namespaces="), "{signers}");
    for principal in ["cameron", "cam"] {
        assert!(openssh_verifies(&ledger, "cedar", principal, TODAY.replace('-', "").as_str()), "as {principal}");
    }
    let other = "name = \"Other\"\nclassification = \"school\"\njoined = 2025-01-15\nrepresentative = \"cameron\"\n";
    ledger.put("members/cedar-school.toml", other);
    assert_eq!(state(&ledger, "cedar", &[]), "missing", "an id that another member has now proves nothing");
}

#[test]
fn a_key_that_would_prove_nothing_is_refused_before_anybody_is_asked() {
    let ledger = Ledger::of_three();
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    let (_other, locked, locked_public) = key(&["-t", "ed25519"]);
    let lock = ["-q", "-p", "-P", "", "-N", "secret", "-f", &locked];
    assert!(Command::new("ssh-keygen").args(lock).stdout(Stdio::null()).status().unwrap().success());
    // There is no terminal here: whoever would be asked gets exit 2.
    let sign = |key: &str| ["sign", "charter", "--member", "cedar-school", "--ssh-key", key].map(str::to_owned);
    let named = |public: &str| format!("key = \"{}\"", public.rsplit_once(' ').unwrap().0);
    let public_file = format!("{path}.pub");
    for (key, public) in [(&path, &public), (&public_file, &public), (&locked, &locked_public)] {
        let arguments = sign(key);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        refused(&ledger, &arguments, &["advocates/cam.toml does not have this key", &named(public)]);
    }
    // No lines are proposed that the ledger would refuse.
    let dsa = fs::read_to_string(repository("tests/fixtures/openssh/dsa.txt")).unwrap();
    ledger.put("dsa.pub", dsa.lines().nth(1).unwrap());
    let dsa_file = ledger.path().join("dsa.pub").display().to_string();
    let unfit = ["sign", "charter", "--member", "cedar-school", "--ssh-key", &dsa_file];
    refused(&ledger, &unfit, &["would not prove that cam Z signed: its key is of a kind or size that cannot"]);
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\nvalid_from = 2026-11-23\n"));
    let arguments = sign(&path);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    refused(&ledger, &arguments, &["its key counts only on or after 2026-11-23"]);
    ledger.replace("advocates/cam.toml", "2026-11-23", TODAY);
    let asked = ledger.run(&arguments);
    assert!(asked.status == 2 && asked.stderr.contains("no terminal"), "{}{}", asked.stdout, asked.stderr);
    let gone = ledger.run(&["sign", "charter", "--member", "cedar-school", "--ssh-key", "gone"]);
    assert!(gone.status == 2 && gone.stderr.contains("there is no file gone"), "{}", gone.stderr);
}

#[test]
fn a_proof_is_not_another_members_because_its_record_says_so() {
    let ledger = Ledger::of_three();
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    ledger.append("advocates/ana.toml", &format!("\n[[keys]]\nkey = \"{public}\"\n"));
    ledger.replace("members/cedar-school.toml", "representative = \"cam\"", "representative = \"ana\"");
    let sign = ["sign", "charter", "--yes", "--member", "alder-friends", "--ssh-key", &path];
    assert_eq!(ledger.run(&sign).status, 0);
    git(ledger.path(), "2026-11-01", &["init", "-q", "-b", "main"]);
    commit(ledger.path(), "2026-11-01");
    let alder = "signatures/charter/alder-friends.toml";
    ledger.put(CEDAR, &text(&ledger, alder));
    fs::remove_file(ledger.path().join(alder)).unwrap();
    fs::remove_file(ledger.path().join("members/alder-friends.toml")).unwrap();
    ledger.append("members/cedar-school.toml", "other_ids = [\"alder-friends\"]\n");
    assert_eq!(state(&ledger, "cedar-school", &[]), "missing", "cedar-school was there beside it");
    commit(ledger.path(), "2026-11-02");
    assert_eq!(state(&ledger, "cedar-school", &[]), "missing");
    ledger.append("members/cedar-school.toml", "# later\n");
    commit(ledger.path(), "2026-11-03");
    assert_eq!(state(&ledger, "cedar-school", &[]), "missing");
}

#[test]
fn a_withdrawal_by_somebody_who_could_not_sign_counts_for_nothing() {
    let ledger = Ledger::of_three();
    let (_folder, path, public) = key(&["-t", "ed25519"]);
    let (_other, other, theirs) = key(&["-t", "ed25519"]);
    ledger.append("coalition.toml", "\n[policy]\nssh_signatures = \"required\"\n");
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"{public}\"\n"));
    ledger.append("advocates/ana.toml", &format!("\n[[keys]]\nkey = \"{theirs}\"\n"));
    let sign = ["sign", "charter", "--yes", "--member", "cedar-school", "--date", "2026-11-01", "--ssh-key", &path];
    assert_eq!(ledger.run(&sign).status, 0);
    ledger.replace("members/cedar-school.toml", "representative = \"cam\"", "signatories = [\"cam\", \"ana\"]");
    let withdraw = ["withdraw", "charter", "--yes", "--member", "cedar-school", "--because", "x", "--by", "ana"];
    let answer = ledger.run(&[&withdraw[..], &["--ssh-key", &other]].concat());
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    assert_eq!(state(&ledger, "cedar-school", &[]), "withdrawn", "ana may sign for it");
    ledger.replace("members/cedar-school.toml", ", \"ana\"", "");
    assert_eq!(state(&ledger, "cedar-school", &[]), "signed", "and now may not");
    assert_eq!(ledger.findings(&["--only", "invalid-signature"]).len(), 1);
}
