//! The texts about a check: its page in `docs/checks/`, its row in the index there, and its explanation on a terminal.

use crate::check::{Check, Example, Group, MARK};
use crate::finding::Level;
use crate::output::layout::wrap;
use crate::record::Policy;
use crate::record::table::RecordTable;
use crate::source::Unseen;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Marks the place of a finding in an example.
const ARROW: &str = "# ← here";

/// The beginning of the index of all checks.
const INTRODUCTION: &str = "\
# Checks

`coalition check` looks for all of these in one run. A check is named for the problem that it finds, and its name does not change.

An **error** makes `coalition check` fail; a **warning** should be fixed; a **note** is worth knowing. Each coalition decides how
serious a check is, in `coalition.toml`:

```toml
[checks]
likely-duplicate = \"off\"
```

A single record can accept a finding, with a reason and an end date:

```toml
[[allow]]
check = \"stale-goal\"
because = \"waits for the county budget\"
until = 2026-12-31
```

`coalition explain NAME` shows the same text in the terminal, with your ledger’s limits.
";

/// The index of these checks, by group and name.
pub(crate) fn index(checks: &[&Check]) -> String {
    let mut groups: BTreeMap<Group, Vec<&Check>> = BTreeMap::new();
    for check in checks {
        groups.entry(check.group).or_default().push(check);
    }
    let mut text = INTRODUCTION.to_owned();
    for (group, mut checks) in groups {
        checks.sort_by_key(|check| check.name);
        let _ = write!(text, "\n## {}\n\n| Check | Severity | What it finds |\n| --- | --- | --- |\n", group.title());
        for check in checks {
            let what = check.what.replace('|', "\\|");
            let _ = writeln!(text, "| [`{0}`]({0}.md) | {1} | {what} |", check.name, check.severity);
        }
    }
    text
}

/// The page of a check, as Markdown.
pub(crate) fn page(check: &Check) -> String {
    let mut text = format!("# {}\n\n", check.name);
    let _ = write!(text, "{}\n\n", check.what);
    let _ = write!(
        text,
        "**{}** unless `coalition.toml` says otherwise · {} · [all checks](README.md)\n\n",
        check.severity,
        check.group.title()
    );
    let _ = write!(text, "## Why it matters\n\n{}\n\n## How to fix it\n\n{}\n", check.why, check.fix);
    if !check.policy.is_empty() {
        text.push_str("\n## Limits\n\nUnder `[policy]` in `coalition.toml`:\n\n");
        for field in check.policy.iter().filter_map(|name| Policy::DEF.field(name)) {
            let _ = writeln!(text, "- `{}`, {} by default: {}", field.name, field.example, field.description());
        }
    }
    let _ = write!(text, "\n## What it finds\n\n{}", example(&check.bad));
    let _ = write!(text, "\n## The same example, fixed\n\n{}", example(&check.good));
    text
}

/// An example with its files, each under its path.
fn example(example: &Example) -> String {
    let mut text = format!("Example, in an otherwise clean ledger on {}:\n", example.today);
    for path in example.without {
        let _ = write!(text, "\nThere is no `{path}`.\n");
    }
    for (at, files) in example.before.iter().enumerate() {
        for file in *files {
            push_file(file.path, &format!(" in {}", commit_name(at)), file.bytes, &mut text);
        }
    }
    for (path, bytes) in example.files() {
        push_file(path, newest_suffix(example), &bytes, &mut text);
    }
    text
}

fn push_file(path: &str, when: &str, bytes: &[u8], text: &mut String) {
    let contents = show_invisible(bytes);
    let fence = fence_around(&contents);
    let _ = write!(text, "\n`{path}`{when}:\n\n{fence}{}\n{}\n{fence}\n", language(path), contents.trim_end());
}

/// The name of an earlier commit of an example. The small ledger comes before the first one.
fn commit_name(at: usize) -> String {
    match at {
        0 => "an earlier commit".to_owned(),
        1 => "the commit after it".to_owned(),
        at => format!("commit {}", at + 1),
    }
}

/// The addition to a path of the newest commit, if there are earlier ones.
fn newest_suffix(example: &Example) -> &'static str {
    if example.before.is_empty() { "" } else { " in the newest commit" }
}

fn language(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("toml") => "toml",
        Some("md") => "markdown",
        _ => "text",
    }
}

/// A fence that is longer than any in the text.
fn fence_around(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

/// The text of a file, with places of findings marked and invisible characters shown.
fn show_invisible(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes).replace(MARK, ARROW).replace("\r\n", "\n");
    let mut visible = String::new();
    for c in text.chars() {
        if is_invisible(c) {
            let _ = write!(visible, "<U+{:04X}>", u32::from(c));
        } else {
            visible.push(c);
        }
    }
    visible
}

/// Whether a character is invisible.
fn is_invisible(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || Unseen::of(c).is_some()
}

/// The explanation of a check for a terminal, with its severity and its thresholds in one ledger.
pub(crate) fn explain_in_text(check: &Check, level: Level, thresholds: &[(&str, String)], width: usize) -> String {
    let default = if level == check.severity { String::new() } else { format!(", {} by default", check.severity) };
    let mut text = format!("{} ({level}{default})\n\n", check.name);
    wrap_into(check.what, "", width, &mut text);
    for (heading, words) in [("Why it matters", check.why), ("How to fix it", check.fix)] {
        let _ = write!(text, "\n{heading}\n");
        wrap_into(words, "  ", width, &mut text);
    }
    if !thresholds.is_empty() {
        text.push_str("\nLimits here\n");
        for (name, value) in thresholds {
            let _ = writeln!(text, "  {name} = {value}");
        }
    }
    push_example("What it finds", &check.bad, &mut text);
    push_example("The same example, fixed", &check.good, &mut text);
    text
}

/// Paragraphs with an indent, wrapped.
fn wrap_into(words: &str, indent: &str, width: usize, text: &mut String) {
    text.push_str(&wrap(words.trim(), indent, indent, width));
    text.push('\n');
}

/// An example as in the files, not wrapped, so that its lines can be copied.
fn push_example(heading: &str, example: &Example, text: &mut String) {
    let _ = write!(text, "\n{heading} (on {})\n", example.today);
    for path in example.without {
        let _ = writeln!(text, "  without {path}");
    }
    let mut push = |path: &str, when: &str, bytes: &[u8]| {
        let _ = writeln!(text, "  {path}{when}:");
        text.push_str(&textwrap::indent(&format!("{}\n", show_invisible(bytes).trim_end()), "    "));
    };
    for (at, files) in example.before.iter().enumerate() {
        files.iter().for_each(|file| push(file.path, &format!(" in {}", commit_name(at)), file.bytes));
    }
    example.files().for_each(|(path, bytes)| push(path, newest_suffix(example), &bytes));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{ExampleFile, Run};
    use crate::finding::{CheckName, Severity};

    static BAD: &[ExampleFile] = &[
        ExampleFile::new("goals/quiet.toml", "name = \"Quiet\u{202e} hours\" # <-- here\n"),
        ExampleFile { path: "members/latin.toml", bytes: b"name = \"Caf\xe9\"\n" },
    ];
    static GOOD: &[ExampleFile] =
        &[ExampleFile::new("goals/quiet.toml", "name = \"Quiet hours\"\nnotes = \"\"\"\n```\n\"\"\"\n")];

    fn check() -> Check {
        Check {
            name: CheckName::new("quiet-goal"),
            severity: Severity::Warning,
            group: Group::Structure,
            what: "A goal says | nothing.",
            why: "Whoever reads a goal wants to know what it is about, and a goal that says nothing leaves them guessing.",
            fix: "Say what it is about.",
            policy: &["goal_stale_days"],
            bad: Example { today: "2026-06-15", without: &["members/alder-friends.toml"], ..Example::of(BAD) },
            good: Example::of(GOOD),
            run: Run::WhileReading,
        }
    }

    #[test]
    fn a_page_says_everything_about_its_check() {
        let page = page(&check());
        assert!(page.starts_with("# quiet-goal\n\nA goal says | nothing.\n"));
        assert!(page.contains("**warning** unless"));
        assert!(page.contains("- `goal_stale_days`, 180 by default: The number of days without an update"));
        assert!(page.contains("There is no `members/alder-friends.toml`."));
        assert!(page.contains("`goals/quiet.toml`:\n\n```toml\nname = \"Quiet<U+202E> hours\" # ← here\n```\n"));
        assert!(page.contains("name = \"Caf\u{fffd}\""));
    }

    #[test]
    fn a_fence_outgrows_what_it_holds() {
        let page = page(&check());
        assert!(page.contains("````toml\nname = \"Quiet hours\"\nnotes = \"\"\"\n```\n\"\"\"\n````\n"));
    }

    #[test]
    fn the_index_has_a_row_in_the_group_of_the_check() {
        let check = check();
        let index = index(&[&check]);
        assert!(index.contains(
            "\n## File format\n\n| Check | Severity | What it finds |\n| --- | --- | --- |\n\
             | [`quiet-goal`](quiet-goal.md) | warning | A goal says \\| nothing. |\n"
        ));
    }

    #[test]
    fn an_explanation_fits_a_terminal_and_knows_the_ledger() {
        let text =
            explain_in_text(&check(), Level::Report(Severity::Error), &[("goal_stale_days", "90".to_owned())], 88);
        assert!(text.starts_with("quiet-goal (error, warning by default)\n\nA goal says | nothing.\n"));
        assert!(text.contains("\nLimits here\n  goal_stale_days = 90\n"));
        assert!(text.contains("\n  goals/quiet.toml:\n    name = \"Quiet<U+202E> hours\" # ← here\n"));
        assert!(text.contains("\n  without members/alder-friends.toml\n"));
        assert!(text.lines().all(|line| line.chars().count() <= 88));
        assert!(text.contains("a goal that says nothing\n  leaves them guessing."), "{text}");
    }
}
