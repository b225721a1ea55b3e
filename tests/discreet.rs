//! What is private reaches no log: every private field of every kind, with every slip that has a finding, in every format.

use crate::ledger::{Ledger, TODAY};
use coalition::Kind;
use coalition::Memory;
use coalition::Severity;
use coalition::internal::check::{Context, Gate, Setting, discreet, judge};
use coalition::internal::output::{
    findings_github, findings_gitlab, findings_json, findings_junit, findings_sarif, findings_text,
};
use coalition::internal::record::{Field, Shape};
use coalition::internal::record::{fields_of, fields_of_root};
use coalition::load;
use std::collections::BTreeSet;

/// A word that stands nowhere else, and a number.
const WORD: &str = "Zqxvwk";
const NUMBER: &str = "7170943";

/// Where findings are printed for a log.
const PAPER: findings_text::Paper = findings_text::Paper { columns: None, has_colors: false };

/// All answers of `check` that may be read by others.
fn answers(files: &[(&str, &str)]) -> (usize, String) {
    let mut source = Memory::default();
    source.put("coalition.toml", b"name = \"C\"\nfounded = 2025-01-15\n");
    source.put("members/alder.toml", b"name = \"Alder\"\nclassification = \"other\"\njoined = 2025-01-15\n");
    for (path, text) in files {
        source.put(path, text.as_bytes());
    }
    let ledger = load(&source).unwrap();
    let today = TODAY.parse().unwrap();
    let context = Context::new(&ledger, today);
    let verdict = judge(&context);
    let gate = Gate::of(&context, &verdict, Setting::default());
    let verdict = discreet(&ledger, today, verdict);
    let in_first_file = verdict.reported.iter().filter(|one| one.finding.path.as_str() == files[0].0).count();
    let texts = [
        findings_text::text(&ledger, &verdict, PAPER, findings_text::Extent::All),
        findings_github::annotations(&verdict, "", &gate),
        findings_gitlab::report(&ledger, &verdict, "").to_string(),
        findings_json::json(&ledger, today, &verdict, &gate).to_string(),
        findings_sarif::log(&ledger, &verdict, "", &gate).to_string(),
        findings_junit::report(&verdict, Severity::Error, &gate).unwrap(),
    ];
    (in_first_file, texts.concat())
}

/// The private fields below some fields, each with the headings that lead to it.
fn private(fields: impl Iterator<Item = &'static Field>, above: &[String]) -> Vec<(Vec<String>, &'static str)> {
    let mut found = Vec::new();
    for field in fields {
        match (field.shape)() {
            _ if field.flags.private => found.push((above.to_vec(), field.name)),
            Shape::Free => found.push(([above, &[format!("[{}]", field.name)]].concat(), "own_key")),
            Shape::Table(inner) if above.is_empty() => {
                let heading = if field.many { format!("[[{}]]", field.name) } else { format!("[{}]", field.name) };
                if field.name == "contact_details" {
                    // The ways to reach an official are public unless it is said that they are not.
                    let heading = format!("{heading}\npublic = false");
                    found.extend(["value", "note"].map(|name| (vec![heading.clone()], name)));
                }
                found.extend(private(inner.fields.iter(), &[heading]));
            }
            _ => {}
        }
    }
    found
}

/// Slips in the line of a field.
fn slips(field: &str) -> Vec<String> {
    let forms = [
        "# = @",
        "# = \"@",
        "# = @\"",
        "# = “@”",
        "# = [\"@\"]",
        "# = [@",
        "# = { a = \"@\" }",
        "# = { a = @",
        "# \"@\"",
        "# @",
        "#: \"@\"",
        "#: @",
        "# = \"a\" @",
        "# = \"a\"\n# = \"@\"",
        "# == \"@\"",
        "# = '@",
        "# = \"\"\"\n@\n",
        "# = \"\"\"\n@\nx = 1\n",
        "#x = \"@\"",
        "#x = @",
        "x# = @",
        "@",
        "# =\n@",
        "[#]\na = \"@\"",
        "[[#]]\na = @",
        "# = \"@\\q\"",
        "# = \"@\u{200b}\u{202e}\"",
        "# = \"@\u{7}\"",
        "# = ~",
        "# = 0~",
        "# = ~-01-01",
        "# = [~]",
        "<<<<<<< a\n# = \"@\"\n=======\n>>>>>>> b",
        "# = \"\"\"\n-----BEGIN OPENSSH PRIVATE KEY-----\n@\n\"\"\"",
        "# = \"@\"\n\"# = 1",
    ];
    forms.iter().map(|form| form.replace('#', field).replace('@', WORD).replace('~', NUMBER)).collect()
}

#[test]
fn no_slip_shows_a_private_value_to_others() {
    let (mut tried, mut with_findings) = (0, 0);
    // What every record may have is tried in one kind.
    let mut seen = BTreeSet::new();
    let files = Kind::ALL.map(|kind| (format!("{}/one.toml", kind.folder()), private(fields_of(kind), &[])));
    for (path, fields) in files.into_iter().chain([("coalition.toml".to_owned(), private(fields_of_root(), &[]))]) {
        assert!(fields.len() > 1, "{path}");
        let distinct = fields.into_iter().filter(|field| seen.insert(field.clone())).collect::<Vec<_>>();
        for (headings, field) in distinct {
            for slip in slips(field) {
                let text = format!("name = \"One\"\n{}\n{slip}\n", headings.join("\n"));
                let (distinct, said) = answers(&[(&path, &text)]);
                for planted in [WORD, NUMBER] {
                    if let Some(at) = said.find(planted) {
                        let around: String =
                            said[..at + 20].chars().rev().take(300).collect::<Vec<_>>().into_iter().rev().collect();
                        panic!("{path}: {text}\n…{around}");
                    }
                }
                tried += 1;
                with_findings += usize::from(distinct > 0);
            }
        }
    }
    assert!(tried > 150 && with_findings * 10 > tried * 8, "{with_findings} of {tried}");
}

#[test]
fn the_command_is_discreet_where_no_terminal_reads_it() {
    let ledger = Ledger::of_three();
    ledger.append(
        "members/cedar-school.toml",
        &format!("foundd = 1\n\n[[contact_details]]\ntype = \"email\"\nvalue = \"{WORD}\"\n"),
    );
    for format in ["text", "json", "github", "gitlab", "sarif", "junit"] {
        let answer = ledger.run(&["check", "--format", format]);
        assert!(answer.stdout.contains("contact_details.value"), "{}", answer.stdout);
        assert!(!(answer.stdout + &answer.stderr).contains(WORD), "{format}");
    }
}

#[test]
fn keys_that_may_be_values_are_not_said() {
    let ledger = Ledger::of_three();
    let says = |path: &str, text: &str, secret: &str| {
        let before = std::fs::read_to_string(ledger.path().join(path)).unwrap();
        ledger.append(path, text);
        for format in ["text", "json", "github", "gitlab", "sarif", "junit"] {
            let answer = ledger.run(&["check", "--format", format]);
            assert!(!answer.stdout.contains(secret) && !answer.stderr.contains(secret), "{format}: {}", answer.stdout);
            assert_eq!(answer.status, 1, "{format}");
        }
        ledger.put(path, &before);
    };
    says("members/alder-friends.toml", "\n[extra]\n\"Zyxwvut said\" = 1\n\"Zyxwvut said\" = 1\n", "Zyxwvut");
    says("members/alder-friends.toml", "\n[extra]\nzyxwvut = 1\nzyxwvut = 1\n", "zyxwvut");
    says("members/alder-friends.toml", "\n[[contact_details]]\n\"5550104477\" = 1\n", "5550104477");
    says("advocates/ana.toml", "\"ana@zyxwvut.org\" = 1\n", "zyxwvut");
}
