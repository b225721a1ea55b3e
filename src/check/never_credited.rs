//! `never-credited`: a member has given something, and no one has ever thanked it for anything.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, uncredited_contribution};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::fair_credit::givers;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("never-credited"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::FairCredit),
    policy: &["credit_days"],
    run: Run::Ledger(run),
    what: "A member has given something, and no one has ever thanked it for anything.",
    why: "A partner whose help no one mentions concludes that others take the credit. That is how coalitions lose \
        their quietest and steadiest members.",
    fix: "Thank the member where others can see it, and record that under `[[acknowledgements]]` in one of its \
        contributions.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for giver in givers(context.as_of).into_iter().filter(|giver| giver.was_never_thanked()) {
        let Some(first) = giver.gifts.first() else { continue };
        let name = giver.member.name();
        let given = match giver.gifts.len() {
            1 => format!("gave something on {}", first.date),
            several => format!("has given {several} times since {}", first.date),
        };
        let message = format!("{name} {given}, but no one has ever thanked it");
        let help = "thank the member where others can see it, and record that in the contribution";
        let mut finding = context.absent(&CHECK, giver.member, message, help);
        for gift in &giver.gifts {
            finding = finding.with_about(gift.contribution.key.clone()).because_of(&gift.contribution.path);
        }
        let late = giver.gifts.iter().filter(|gift| gift.is_late(context.as_of));
        findings.push(late.fold(finding, |finding, gift| {
            finding.unless(uncredited_contribution::CHECK.name, &gift.contribution.path, None)
        }));
    }
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "members/birch-library.toml",
        r##"name = "Birch Public Library"  # <-- here
classification = "library"
joined = 2025-01-15
representative = "ben-okoro"
backup_representative = "dana-reyes"
interests = ["evening-hours"]

[process]
approver = "the director"
lead_days = 14
"##,
    ),
    ExampleFile::new(
        "contributions/rides-to-the-hearing.toml",
        r##"name = "Rides to the county hearing"
member = "birch-library"
kind = "volunteers"
date = 2026-03-10
hours = 22.5
"##,
    ),
]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: "hours = 22.5",
    lines: r#"
[[acknowledgements]]
date = 2026-03-24
where = "Minutes of the March meeting""#,
}]);
