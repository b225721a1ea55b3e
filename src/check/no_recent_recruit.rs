//! `no-recent-recruit`: no organization joined and no advocate began within the days that `recruit_days` sets.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::practice::Practice;
use crate::practice::recruitment::{is_standing_still, last_arrival};
use crate::practice::wait::Wait;
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("no-recent-recruit"),
    severity: Severity::Note,
    group: Group::Practice(Practice::Recruitment),
    what: "No organization joined and no advocate began within the days that `recruit_days` sets. Founders are no recruits: \
        those who came by the day the coalition was founded, or else the first member joined, or at most `settling_days` \
        after it. Where only founders came, the time counts from the founding.",
    why: "Every year some people move, tire or take on other work. A coalition that adds nobody grows smaller without noticing.",
    fix: "Ask each member to name one organization and one person to invite, and give each of them a sponsor.",
    policy: &["recruit_days", "settling_days"],
    bad: Example {
        today: "2027-01-10",
        files: &[ExampleFile::new(
            "coalition.toml",
            r##"name = "Alder County Library Coalition"
founded = 2025-01-15  # <-- here
"##,
        )],
        without: &[],
        before: &[],
    },
    good: Example::of(&[ExampleFile::new(
        "advocates/eva-holt.toml",
        r##"name = "Eva Holt"
member = "birch-library"
role = "volunteer"
start_date = 2026-06-01
contact_owner = "dana-reyes"

[consent]
listed = true
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let here = context.here;
    let Some(last) = last_arrival(here).filter(|_| is_standing_still(here)) else { return };
    let wait = Wait::new(here, last, context.policy.recruit_days());
    let message = format!("nobody new has come {}", wait.words());
    let help = "ask each member to name one organization and one person to invite";
    let span = context.ledger.root.founded.as_ref().map_or(Span::START, |founded| founded.span);
    let finding = Finding::new(CHECK.name, &LedgerPath::new(ROOT_FILE), span, message, help);
    let finding = context.unless_unread(Kind::Member, finding);
    findings.push(context.unless_unread(Kind::Advocate, finding));
}
