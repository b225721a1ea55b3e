//! The help of the commands: its examples work as they are printed.

use crate::history::copy;
use crate::ledger::{Ledger, TODAY, repository, run_in};
use assert_cmd::Command;

/// The words of a command line; text in quotes is part of one word.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut is_quoted) = (Vec::new(), String::new(), false);
    for letter in line.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(std::mem::take(&mut word)),
            letter => word.push(letter),
        }
    }
    words.push(word);
    words
}

/// The commands that the help of a command names.
fn subcommands(path: &[&str]) -> Vec<String> {
    let help = run_in(&repository("."), &[path, &["--help"]].concat()).stdout;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn each_command_has_an_example_that_works() {
    let mut paths: Vec<Vec<String>> = subcommands(&[]).into_iter().map(|name| vec![name]).collect();
    paths.extend(subcommands(&["log"]).into_iter().map(|name| vec!["log".to_owned(), name]));
    assert!(paths.len() > 35, "{paths:?}");
    let mut failed = Vec::new();
    for path in &paths {
        let arguments: Vec<&str> = path.iter().map(String::as_str).chain(["--help"]).collect();
        let help = run_in(&repository("examples/riverton"), &arguments).stdout;
        let examples: Vec<&str> = help.lines().filter_map(|line| line.strip_prefix("  coalition ")).collect();
        if examples.is_empty() {
            failed.push(format!("{path:?} has no example"));
        }
        for example in examples {
            let ledger = Ledger::empty();
            copy(&repository("examples/riverton"), ledger.path());
            ledger.put("members.csv", "name,classification\nElm School,school\n");
            ledger.put("new-charter.md", "We meet monthly.\n");
            Command::new("git").args(["init", "-q"]).current_dir(ledger.path()).assert().success();
            let mut command = Command::cargo_bin("coalition").unwrap();
            command.env_remove("COALITION_LEDGER").env("COALITION_TODAY", TODAY).env("EDITOR", "true");
            let mut words = words(example);
            if ["sign", "withdraw"].contains(&words[0].as_str()) {
                // There is no terminal to confirm on.
                words.push("--yes".to_owned());
            }
            let output = command.current_dir(ledger.path()).args(&words).output().unwrap();
            // 1 is an answer too: there are findings, or a signature is missing.
            if !matches!(output.status.code(), Some(0 | 1)) {
                failed.push(format!("coalition {example}\n{}", String::from_utf8_lossy(&output.stderr)));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn into_a_pipe_nothing_is_cut() {
    let riverton = repository("examples/riverton");
    for arguments in [&["check"][..], &["check", "--summary"], &["list", "milestones"]] {
        let answer = run_in(&riverton, arguments);
        assert!(!answer.stdout.contains('\u{2026}') || arguments == ["check"], "{arguments:?}: {}", answer.stdout);
    }
    let summary = run_in(&riverton, &["check", "--summary"]).stdout;
    assert!(summary.lines().any(|line| line.chars().count() > 100), "{summary}");
    let explained = run_in(&riverton, &["explain"]).stdout;
    assert!(explained.lines().all(|line| line.chars().count() <= 80), "{explained}");
    assert!(!explained.contains("0-\n"), "{explained}");
}

#[test]
fn a_gift_needs_a_giver() {
    let ledger = Ledger::of_three();
    let new = ["new", "contribution", "Flyers", "--set", "kind=copying", "--set", "date=today"];
    let answer = ledger.run(&new);
    assert_eq!(answer.status, 2);
    assert!(answer.stderr.contains("member=MEMBER or advocate=PERSON"), "{}", answer.stderr);
    assert_eq!(ledger.run(&[&new[..], &["--set", "member=alder-friends"]].concat()).status, 0);
    let anonymous = ["new", "contribution", "Cakes", "--set", "kind=food", "--set", "date=today", "--force"];
    assert_eq!(ledger.run(&anonymous).status, 0);
    let answer = ledger.run(&["new", "person"]);
    assert_eq!(answer.status, 2);
    assert!(answer.stderr.contains("coalition new person \"NAME\""), "{}", answer.stderr);
}

#[test]
fn the_gate_says_how_many_are_late_and_how_many_have_time() {
    let ledger = Ledger::of_three();
    ledger.sign("alder-friends", "ana");
    ledger.replace("members/cedar-school.toml", "joined = 2025-01-15", "joined = 2026-11-10");
    let answer = ledger.run(&["verify"]);
    assert!(
        answer.stdout.contains("Missing or not valid: 1. Still to sign: 1 (by December 10, 2026)."),
        "{}",
        answer.stdout
    );
}
