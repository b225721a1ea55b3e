//! `no-recent-recruit`: no organization has joined and no advocate has started within the number of days that
//! `recruit_days` sets.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::practice::Practice;
use crate::practice::recruitment::{is_standing_still, last_arrival};
use crate::practice::wait::Wait;
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("no-recent-recruit"),
    severity: Severity::Note,
    group: Group::Practice(Practice::Recruitment),
    policy: &["recruit_days", "settling_days"],
    run: Run::Ledger(run),
    what: "No organization has joined and no person has started in the last `recruit_days` days. Founders are not \
        recruits. A founder is someone who joined by the date the coalition was founded (if that is unknown, the date \
        the first member joined), or at most `settling_days` days after it. If only founders have joined, counting starts on \
        the founding date.",
    why: "Every year some people move away, burn out or take on other work. A coalition that adds no one shrinks \
        without noticing.",
    fix: "Ask each member to name one organization and one person to invite, and give each of them a sponsor.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(last) = last_arrival(context.as_of).filter(|_| is_standing_still(context.as_of)) else { return };
    let wait = Wait::new(context.as_of, last, context.policy.recruit_days());
    let message = format!("no one new has joined {}", wait.words_since());
    let help = "ask each member to name one organization and one person to invite";
    let span = context.ledger.root.founded.as_ref().map_or(Span::START, |founded| founded.span);
    let finding = Finding::new(CHECK.name, &LedgerPath::new(ROOT_FILE), span, message, help);
    let finding = context.unless_unread(Kind::Member, finding);
    findings.push(context.unless_unread(Kind::Advocate, finding));
}

const BAD: Example = Example {
    today: "2027-01-10",
    files: &[ExampleFile::new(
        "coalition.toml",
        r##"name = "Alder County Library Coalition"
founded = 2025-01-15  # <-- here
"##,
    )],
    without: &[],
    before: &[],
    changes: &[],
};

const GOOD: Example = Example::of(&[ExampleFile::new(
    "advocates/eva-holt.toml",
    r##"name = "Eva Holt"
member = "birch-library"
role = "volunteer"
start_date = 2026-06-01
contact_owner = "dana-reyes"

[consent]
listed = true
"##,
)]);
