//! Every command that a page, an example or a message names is one that exists.

use crate::ledger::{Ledger, repository};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use walkdir::WalkDir;

/// The commands that the program has, as its help lists them.
fn commands() -> BTreeSet<String> {
    let help = Ledger::empty().run(&["--help"]).stdout;
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = list.filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    names.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// The texts that people read: pages, examples, sources with their messages, and the files of a new ledger.
fn texts() -> Vec<(PathBuf, String)> {
    let endings = ["md", "toml", "rs", "yml", "yaml"];
    let walks = ["README.md", "CHANGELOG.md", "docs", "examples", "src"].map(|place| WalkDir::new(repository(place)));
    let mut texts = Vec::new();
    for entry in walks.into_iter().flatten() {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known)) {
            texts.push((path.clone(), fs::read_to_string(path).unwrap()));
        }
    }
    texts
}

/// What follows each call of the program: in backticks, in a line of commands, in a step of a workflow. Elsewhere, the
/// word is a noun.
fn calls(text: &str) -> Vec<&str> {
    let mut calls: Vec<&str> =
        text.match_indices("`coalition ").map(|(at, call)| text.split_at(at + call.len()).1).collect();
    let mut in_commands = false;
    for line in text.lines() {
        if line.starts_with("```") {
            in_commands = line == "```sh";
        }
        let bare = if in_commands || line.starts_with("    ") { line.trim_start() } else { "" };
        let step = ["entry: ", "run: ", "- "].iter().find_map(|key| line.trim_start().strip_prefix(key));
        let programs = ["coalition ", "cargo run --release -- "];
        let of_line = [Some(bare), step].into_iter().flatten();
        calls.extend(of_line.flat_map(|line| programs.iter().filter_map(|program| line.strip_prefix(program))));
    }
    calls
}

/// The command of a call; `None` where it begins with an option.
fn command(call: &str) -> Option<&str> {
    let word = call.split(|c: char| !c.is_ascii_lowercase() && c != '-').next()?;
    (!word.is_empty() && !word.starts_with('-')).then_some(word)
}

#[test]
fn every_command_that_is_named_exists() {
    let commands = commands();
    assert!(commands.len() > 8 && commands.contains("check"), "{commands:?}");
    let mut named = BTreeSet::new();
    let mut count = 0;
    for (path, text) in texts() {
        for word in calls(&text).into_iter().filter_map(command) {
            // Git runs it; it is not for people.
            if word == "merge-driver" {
                continue;
            }
            assert!(commands.contains(word), "{}: there is no `coalition {word}`", path.display());
            named.insert(word.to_owned());
            count += 1;
        }
    }
    assert!(count > 60 && named.len() > 8, "only {count} calls were seen, of {named:?}");
}

#[test]
fn calls_are_seen_and_nouns_are_not() {
    let page = "The coalition meets. Run `coalition sign charter`.\n```sh\ncoalition amend\ncoalition -C x check\n```\n\
                coalition members\n    coalition rename x\n  entry: coalition undo\n  - coalition redo\n";
    let seen: Vec<_> = calls(page).into_iter().filter_map(command).collect();
    assert_eq!(seen, ["sign", "amend", "rename", "undo", "redo"]);
}
