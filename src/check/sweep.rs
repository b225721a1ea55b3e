//! Tests over all checks at once: each fires on its bad example at the marked lines and nowhere else, none reports anything on
//! the good one, and all speak plain English.

use super::example::without_marks;
use super::{ALL, Change, Check, Comparison, Context, Example, Verdict, judge, names};
use crate::history::History;
use crate::ledger::load;
use chrono::NaiveDate;
use std::collections::BTreeSet;

fn verdict(check: &Check, example: &Example) -> Verdict {
    let mut ledger = load(&example.ledger()).unwrap();
    let today: NaiveDate = example.today.parse().unwrap();
    let history = example.past().and_then(|past| History::of(&past, &ledger, today).unwrap());
    if let Some(history) = &history {
        ledger.evidence = history.evidence();
    }
    let before = example.states().first().map(|before| load(before).unwrap());
    let comparison = before.map(|before| Comparison::of_request(&before, &ledger, today));
    let context = Context::new(&ledger, today).with_history(history.as_ref());
    judge(&context.with_comparison(comparison.filter(|_| check.name.as_str() == "weakened-gate")))
}

fn places(verdict: &Verdict, name: &str) -> BTreeSet<(String, usize)> {
    let reported = verdict.reported.iter().filter(|reported| reported.finding.check.as_str() == name);
    reported.map(|reported| (reported.finding.path.to_string(), reported.start.line)).collect()
}

#[test]
fn every_check_fires_at_the_marked_lines_of_its_bad_example() {
    for check in ALL {
        let marks: BTreeSet<_> = check.bad.marks().into_iter().map(|(path, line)| (path.to_owned(), line)).collect();
        assert!(!marks.is_empty(), "{} marks no line", check.name);
        assert_eq!(places(&verdict(check, &check.bad), check.name.as_str()), marks, "{}", check.name);
    }
}

/// The words and phrases of `docs/style.md` that no finding uses. A phrase that ends with `*` stands for any ending. Unlike
/// `tests/language.rs`, which looks for the first table in the source, this looks for both in whole findings: they are put
/// together from several strings.
fn banned_phrases() -> Vec<&'static str> {
    let (_, list) = include_str!("../../docs/style.md").split_once("## Words that may not come back").unwrap();
    let cells = list.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    cells.flat_map(|cell| cell.split(", ").map(|phrase| phrase.trim_matches('`'))).collect()
}

/// How help begins: what to do. A question with the likely answer also helps.
const FIRST_WORDS: &[&str] = &[
    "add",
    "agree",
    "ask",
    "call",
    "choose",
    "complete",
    "correct",
    "cut",
    "delete",
    "did you mean",
    "enter",
    "fix",
    "follow",
    "get",
    "give",
    "go",
    "have",
    "if",
    "invite",
    "keep",
    "make",
    "move",
    "name",
    "offer",
    "plan",
    "put",
    "read",
    "record",
    "remove",
    "rename",
    "renew",
    "replace",
    "restore",
    "retype",
    "run",
    "save",
    "send",
    "set",
    "sign",
    "start",
    "talk",
    "thank",
    "undo",
    "use",
    "visit",
    "withdraw",
    "write",
];

/// Whether a text contains a phrase as whole words.
fn contains_phrase(text: &str, phrase: &str) -> bool {
    let words = |text: &str| -> String {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
        words.map(|word| format!(" {word}")).collect::<String>() + " "
    };
    let phrase_words = words(phrase.trim_end_matches('*'));
    let phrase_words = if phrase.ends_with('*') { phrase_words.trim_end() } else { &phrase_words };
    // What is no longer so is said plainly.
    let plain = if phrase.contains("no longer") { words(text) } else { words(text).replace(" no longer ", " ") };
    plain.contains(phrase_words)
}

/// A sentence without what it quotes from a file.
fn strip_quotes(sentence: &str) -> String {
    let mut is_quoted = false;
    let keep = |c: &char| {
        is_quoted = match *c {
            '\u{201c}' => true,
            '\u{201d}' => false,
            _ => is_quoted,
        };
        !is_quoted
    };
    sentence.chars().filter(keep).collect()
}

#[test]
fn findings_are_plain_sentences_without_a_final_period() {
    let banned = banned_phrases();
    assert!(banned.contains(&"mend*") && banned.contains(&"is no"), "{banned:?}");
    for check in ALL {
        for reported in verdict(check, &check.bad).reported {
            for sentence in [&reported.finding.message, &reported.finding.help] {
                assert!(
                    (!sentence.ends_with('.') || sentence.ends_with(".m.")) && sentence.matches('`').count() % 2 == 0,
                    "{}: {sentence}",
                    check.name
                );
                let plain = strip_quotes(sentence);
                let found: Vec<_> = banned.iter().filter(|phrase| contains_phrase(&plain, phrase)).collect();
                assert!(found.is_empty(), "{} says {found:?}: {sentence}", check.name);
            }
        }
    }
}

#[test]
fn help_says_what_to_do() {
    for check in ALL {
        for reported in verdict(check, &check.bad).reported {
            let help = &reported.finding.help;
            let is_imperative = FIRST_WORDS.iter().any(|first| {
                let rest = help.strip_prefix(first);
                rest.is_some_and(|rest| rest.is_empty() || !rest.starts_with(char::is_alphanumeric))
            });
            assert!(is_imperative, "{}: {help}", check.name);
        }
    }
}

#[test]
fn explanations_use_plain_words() {
    let banned = banned_phrases();
    let mut found = Vec::new();
    for check in ALL {
        for text in [check.what, check.why, check.fix] {
            let phrases = banned.iter().filter(|phrase| contains_phrase(text, phrase));
            found.extend(phrases.map(|phrase| format!("{} says {phrase:?}: {text}", check.name)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_change_of_an_example_is_in_one_place() {
    let mut changes = 0;
    for check in ALL {
        for example in [&check.bad, &check.good] {
            let mut texts: Vec<String> = Example { changes: &[], ..*example }
                .files()
                .map(|(_, bytes)| without_marks(&String::from_utf8_lossy(&bytes)))
                .collect();
            for change in example.changes {
                changes += 1;
                let (Change::Replace(place, _) | Change::Add { below: place, .. }) = change;
                let found: usize = texts.iter().map(|text| text.matches(place).count()).sum();
                assert_eq!(found, 1, "{}: {place}", check.name);
                texts.iter_mut().for_each(|text| *text = change.apply(text).unwrap_or_else(|| text.clone()));
            }
        }
    }
    assert!(changes > 40, "{changes} changes");
}

#[test]
fn no_check_reports_anything_on_a_good_example() {
    for check in ALL {
        let verdict = verdict(check, &check.good);
        let said: Vec<_> = verdict.reported.iter().map(|r| (r.finding.check.as_str(), &r.finding.message)).collect();
        assert_eq!(said, [], "{}", check.name);
    }
}

#[test]
fn names_are_unique_and_explained() {
    let all: Vec<_> = names().collect();
    let unique: BTreeSet<_> = all.iter().collect();
    assert_eq!(all.len(), unique.len());
    for check in ALL {
        for text in [check.what, check.why, check.fix] {
            assert!(text.ends_with('.') && text.len() > 20 && !text.contains("  "), "{}: {text}", check.name);
        }
        for threshold in check.policy {
            let policy = <crate::record::Policy as crate::record::table::RecordTable>::DEF;
            assert!(policy.field(threshold).is_some(), "{} uses {threshold}", check.name);
        }
    }
}

#[test]
fn every_file_of_a_check_is_registered() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/check");
    let registered: BTreeSet<_> = ALL.iter().map(|check| check.name.as_str().replace('-', "_") + ".rs").collect();
    let frame = [
        "mod.rs",
        "acceptance.rs",
        "command.rs",
        "comparison.rs",
        "declare.rs",
        "discretion.rs",
        "example.rs",
        "gate.rs",
        "registry.rs",
        "sweep.rs",
        "verdict.rs",
    ];
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let found: BTreeSet<_> = files.filter(|name| name.ends_with(".rs") && !frame.contains(&name.as_str())).collect();
    assert_eq!(found, registered);
}

#[test]
fn no_published_name_has_vanished() {
    // Names never change; this list only grows.
    let published = include_str!("published_names.txt");
    let known: BTreeSet<_> = names().collect();
    for name in published.lines() {
        assert!(known.contains(name), "the check `{name}` has vanished");
    }
    assert_eq!(published.lines().count(), known.len(), "add new names to published_names.txt");
}

#[test]
fn a_former_name_finds_the_check() {
    let named = |name| super::find(name).map(|check| check.name.as_str());
    assert_eq!(named("unauthorised-signatory"), Some("unauthorized-signatory"));
    assert_eq!(named("unauthorised"), None);
}
