//! `uncredited-contribution`: no one has thanked the giver of a contribution within the number of days that
//! `credit_days` sets.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::fair_credit::gifts;
use crate::practice::wait::Wait;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("uncredited-contribution"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::FairCredit),
    policy: &["credit_days"],
    run: Run::Ledger(run),
    what: "No one has thanked the giver of a contribution within `credit_days` days.",
    why: "People who give and hear nothing give less the next time. A line in the newsletter right away is worth more \
        than a dinner at the end of the year.",
    fix: "Thank the giver where others can see it, and record under `[[acknowledgements]]` when and where.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let limit = context.policy.credit_days();
    for gift in gifts(context.as_of).into_iter().filter(|gift| gift.is_late(context.as_of)) {
        let contribution = gift.contribution;
        let Some(date) = &contribution.date else { continue };
        let wait = Wait::new(context.as_of, gift.date, limit);
        let message =
            format!("no one has given thanks for \u{201c}{}\u{201d} {}", contribution.name(), wait.words_since());
        let help =
            format!("thank the giver, and then run `coalition log thanks {} --where \"…\"`", contribution.key.id);
        let finding = finding(&CHECK, contribution, date.span, message, help).because_of(&contribution.path);
        findings.push(match gift.member {
            Some(member) => finding.with_about(member.key.clone()),
            None => finding,
        });
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "contributions/rides-to-the-hearing.toml",
    r##"name = "Rides to the county hearing"
member = "birch-library"
kind = "volunteers"
date = 2026-03-10  # <-- here
hours = 22.5
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: "hours = 22.5",
    lines: r#"
[[acknowledgements]]
date = 2026-03-24
where = "Minutes of the March meeting""#,
}]);
