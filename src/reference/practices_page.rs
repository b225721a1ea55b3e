//! The texts about the practices: the page `docs/practices.md`, and the explanation of one on a terminal.

use crate::check::{ALL, Check, level_of};
use crate::finding::Level;
use crate::ledger::Ledger;
use crate::output::layout::wrap;
use crate::practice::Practice;
use crate::practice::definitions::GROUND_RULES;
use std::fmt::Write;

/// The beginning of the page.
const INTRODUCTION: &str = "\
# Practices

What good coalitions do, and how a ledger shows it. The 14 practices, the four dangers and the five habits of building a
network follow the advice of the American Library Association on coalition building, in our own words.

`coalition report health` goes through them one by one. Each practice has one of four statuses:

- **Met**: there are records to judge, and no check found anything.
- **Gap**: a check found something.
- **Accepted**: checks found something, but the ledger accepts all of it.
- **No data**: there are no records to judge. Having no data does not count as success. A practice also has this
  status if a figure falls short but no check reports it yet, because new members or people get time or because a
  check is turned off.

`coalition explain KEY`, with a key from this page, shows one practice in the terminal.

## How the figures are counted

Under each practice below, “Figures” says what each figure counts. These rules apply to all of them:

";

/// The page, as Markdown.
pub(crate) fn page() -> String {
    let mut text = INTRODUCTION.to_owned();
    for rule in GROUND_RULES {
        let _ = writeln!(text, "- {rule}");
    }
    for practice in Practice::ALL {
        let danger = if practice.is_danger() { ", a danger" } else { "" };
        let _ = write!(text, "\n## {}\n\n`{}`{danger}. {}\n\n", practice.name(), practice.key(), practice.advice());
        let _ = write!(text, "Recorded in: {}.\n\n", practice.records());
        for check in checks(practice) {
            let _ = writeln!(text, "- [`{0}`](checks/{0}.md), {1}: {2}", check.name, check.severity, first(check));
        }
        text.push_str("\nFigures:\n\n");
        for (name, words) in practice.figures() {
            let _ = writeln!(text, "- `{name}`: {words}");
        }
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// The explanation of one practice, with the severities of a ledger.
pub(crate) fn explain_in_text(practice: Practice, ledger: &Ledger, width: usize) -> String {
    let fill = |text: &str| wrap(text, "", "", width);
    let written = practice.records().replace('`', "");
    let mut text = format!("{} ({})\n\n{}\n\n", practice.name(), practice.key(), fill(practice.advice()));
    let _ = write!(text, "{}\n\nChecks:\n", fill(&format!("Recorded in: {written}.")));
    for check in checks(practice) {
        text += &row(check, level_of(ledger, check), width);
    }
    text
}

/// The checks of a practice.
pub(crate) fn checks(practice: Practice) -> impl Iterator<Item = &'static Check> {
    ALL.iter().copied().filter(move |check| check.group.practice() == Some(practice))
}

/// A check with its level and what it finds, for a text of so many columns: below its name where there is little room beside it.
pub(crate) fn row(check: &Check, level: Level, width: usize) -> String {
    const ROOMY: usize = 72;
    let (name, level, first) = (check.name.as_str(), level.as_str(), first(check));
    if width < ROOMY {
        let first = wrap(first, "    ", "    ", width);
        return format!("  {name} ({level})\n{first}\n");
    }
    let opening = format!("  {name:24} {level:8} ");
    let indent = " ".repeat(opening.len());
    wrap(first, &opening, &indent, width) + "\n"
}

/// The first sentence of what a check finds.
pub(crate) fn first(check: &Check) -> &'static str {
    check.what.split_once(". ").map_or(check.what.trim_end_matches('.'), |(first, _)| first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_of_a_practice_stands_on_the_page_once() {
        let page = page();
        for check in ALL.iter().filter(|check| check.group.practice().is_some()) {
            assert_eq!(page.matches(&format!("](checks/{}.md)", check.name)).count(), 1, "{}", check.name);
        }
    }

    #[test]
    fn a_practice_is_explained_with_its_checks() {
        let text = explain_in_text(Practice::FormalAgreements, &Ledger::default(), 80);
        assert!(text.contains("formal-agreements") && text.contains("unsigned-agreement       error"), "{text}");
    }
}
