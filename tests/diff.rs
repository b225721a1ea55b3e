//! `diff` in real git: which two ledgers it compares, its exit status, its formats, and what it does not show.

use crate::history::{commit, copy, git};
use crate::ledger::{Ledger, repository, run_in};
use serde_json::Value;
use std::fs;

const DAY: &str = "2026-11-10";

/// A ledger of three members in a repository with one commit.
fn committed() -> Ledger {
    let ledger = Ledger::of_three();
    git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
    commit(ledger.path(), DAY);
    ledger
}

#[test]
fn the_exit_status_says_whether_something_differs_where_it_is_asked_for() {
    let ledger = committed();
    let status = |arguments: &[&str]| {
        let answer = ledger.run(arguments);
        (answer.status, answer.stdout.lines().next().unwrap_or_default().to_owned(), answer.stderr)
    };
    assert_eq!(status(&["diff", "--exit-code"]), (0, "Nothing changed.".to_owned(), String::new()));
    ledger.append("members/alder-friends.toml", "# a comment\n");
    assert_eq!(status(&["diff"]).0, 0);
    assert_eq!(status(&["diff", "--exit-code"]).0, 1);
    for format in ["markdown", "html", "json"] {
        assert_eq!(status(&["diff", "--exit-code", "--format", format]).0, 1, "{format}");
        assert_eq!(status(&["diff", "HEAD", "HEAD", "--exit-code", "--format", format]).0, 0, "{format}");
    }
    assert_eq!(status(&["diff", "--format", "csv"]).0, 2);
}

#[test]
fn revisions_come_first_and_records_after_them() {
    let ledger = committed();
    ledger.append("members/alder-friends.toml", "tags = [\"one\"]\n");
    commit(ledger.path(), DAY);
    ledger.append("members/birch-library.toml", "tags = [\"two\"]\n");
    ledger.append("members/alder-friends.toml", "sector = \"three\"\n");
    let fields = |words: &[&str]| -> Vec<String> {
        let answer = ledger.run(&[&["diff", "--format", "json"], words].concat());
        assert_eq!(answer.status, 0, "{words:?}: {}", answer.stderr);
        let data: Value = serde_json::from_str(&answer.stdout).unwrap();
        let field =
            |change: &Value| format!("{} {}", change["record"].as_str().unwrap(), change["field"].as_str().unwrap());
        data["fields"].as_array().unwrap().iter().map(field).collect()
    };
    let (tags, sector) = ("member/alder-friends tags", "member/alder-friends sector");
    let other = "member/birch-library tags";
    assert_eq!(fields(&[]), [sector, other]);
    assert_eq!(fields(&["HEAD"]), [sector, other]);
    assert_eq!(fields(&["HEAD~1"]), [tags, sector, other]);
    assert_eq!(fields(&["HEAD~1", "HEAD"]), [tags]);
    assert_eq!(fields(&["birch-library"]), [other]);
    assert_eq!(fields(&["HEAD~1", "member/birch-library"]), [other]);
    assert_eq!(fields(&["HEAD~1", "HEAD", "birch-library"]), Vec::<String>::new());
}

#[test]
fn a_word_that_is_neither_a_revision_nor_a_record_is_refused() {
    let ledger = committed();
    for words in
        [&["diff", "nothing"][..], &["diff", "HEAD", "nothing"], &["diff", "--", "--output=x"], &["diff", "$(touch x)"]]
    {
        let answer = ledger.run(words);
        assert_eq!(answer.status, 2, "{words:?}");
        assert!(answer.stderr.contains("neither a git revision nor a record"), "{}", answer.stderr);
    }
    assert!(!ledger.path().join("x").exists());
    let unborn = Ledger::of_three();
    git(unborn.path(), DAY, &["init", "-q", "-b", "main"]);
    let answer = unborn.run(&["diff"]);
    assert!(answer.status == 0 && answer.stdout.contains("8 new records"), "{}{}", answer.stdout, answer.stderr);
    let outside = Ledger::of_three().run(&["diff"]);
    assert_eq!(outside.status, 2);
    assert!(outside.stderr.contains("not in a git repository"), "{}", outside.stderr);
}

#[test]
fn private_values_are_named_and_shown_only_where_asked_for() {
    let ledger = committed();
    ledger.append(
        "members/alder-friends.toml",
        "notes = \"Plum secret\"\n\n[[contact_details]]\ntype = \"phone\"\nvalue = \"+1 614-555-0199\"\n\n[[contacts]]\ndate = \
         2026-10-01\nby = \"ben\"\nsummary = \"Pear secret\"\n\n[extra]\nshoe = \"Fig secret\"\n",
    );
    let secrets = ["Plum secret", "614-555-0199", "Pear secret", "Fig secret"];
    for format in ["text", "markdown", "html", "json"] {
        let hidden = ledger.run(&["diff", "--format", format]).stdout;
        let shown = ledger.run(&["diff", "--format", format, "--private"]).stdout;
        for secret in secrets {
            let plain = shown.replace('\\', "");
            assert!(!hidden.contains(secret) && plain.contains(secret), "{format} {secret}: {hidden}\n{shown}");
        }
        assert!(hidden.contains("private"), "{format}: {hidden}");
    }
    commit(ledger.path(), DAY);
    // Taken out again, they are not shown either.
    ledger.replace("members/alder-friends.toml", "notes = \"Plum secret\"\n", "");
    ledger.replace("members/alder-friends.toml", "value = \"+1 614-555-0199\"", "value = \"+1 614-555-0100\"");
    let answer = ledger.run(&["diff", "--format", "json"]).stdout;
    assert!(!answer.contains("Plum") && !answer.contains("614-555"), "{answer}");
}

#[test]
fn markdown_fits_into_a_comment() {
    let ledger = committed();
    for number in 0..900 {
        let text = format!(
            "name = \"Person {number} with quite a long name for a table\"\nskills = [\"{}\"]\n",
            "x".repeat(80)
        );
        ledger.put(&format!("advocates/person-{number}.toml"), &text);
    }
    let answer = ledger.run(&["diff", "--format", "markdown"]).stdout;
    let letters = answer.chars().count();
    assert!(letters < 60_000, "{letters}");
    assert!(
        answer.contains("Left out here, because it is too long: "),
        "{}",
        answer.lines().last().unwrap_or_default()
    );
    assert!(answer.contains("900 new records"), "{}", answer.lines().take(3).collect::<Vec<_>>().join("\n"));
    assert!(ledger.run(&["diff"]).stdout.chars().count() > 60_000);
}

#[test]
fn a_change_of_riverton_reads_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("riverton");
    copy(&repository("examples/riverton"), &ledger);
    git(&ledger, DAY, &["init", "-q", "-b", "main"]);
    commit(&ledger, DAY);
    let renamed = run_in(&ledger, &["rename", "member/friends-mill-bend", "mill-bend-friends"]);
    assert_eq!(renamed.status, 0, "{}", renamed.stderr);
    for (path, old, new) in [
        ("committees/steering.toml", "advocate = \"walt-abernathy\"\n", ""),
        ("agreements/charter.md", "Half of the members make a quorum.", "A third of the members make a quorum."),
        ("goals/sunday-hours.toml", "option = \"oppose\"", "option = \"support\""),
        ("members/friends-riverton.toml", "name = ", "contact_days = 45\nname = "),
        ("members/friends-bookmobile.toml", "name = ", "# Since 1931.\nname = "),
    ] {
        let text = fs::read_to_string(ledger.join(path)).unwrap();
        assert!(text.contains(old), "{path} has no {old}");
        fs::write(ledger.join(path), text.replacen(old, new, 1)).unwrap();
    }
    let logged = run_in(
        &ledger,
        &[
            "log",
            "contact",
            "margaret-lindqvist",
            "--by",
            "rosa-delgado-whitfield",
            "--channel",
            "phone",
            "--date",
            "2026-10-02",
        ],
    );
    assert_eq!(logged.status, 0, "{}", logged.stderr);
    fs::create_dir(ledger.join("members/boards")).unwrap();
    fs::rename(ledger.join("members/library-trustees.toml"), ledger.join("members/boards/library-trustees.toml"))
        .unwrap();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("snapshots");
    settings.bind(|| {
        for (name, format) in [("diff", "text"), ("diff_markdown", "markdown"), ("diff_json", "json")] {
            insta::allow_duplicates! { insta::assert_snapshot!(name, run_in(&ledger, &["diff", "--format", format]).stdout) };
        }
    });
}
