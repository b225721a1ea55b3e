//! `overdue-follow-up`: someone promised to follow up by a date that has passed, and no contact has been logged since.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run};
use crate::document::words::{days, shell_word};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::{Practice, personal_contact};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("overdue-follow-up"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::PersonalContact),
    policy: &[],
    run: Run::Ledger(run),
    what: "Someone promised to follow up by a date that has passed, and no one has logged a contact since.",
    why: "People who wait for a promised call tell others about it. Trust comes mostly from keeping small promises.",
    fix: "Follow up and log it with `coalition log contact`. If you followed up earlier, `coalition done` closes it. If they \
          agreed to wait, move the date in `follow_up`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let promises = personal_contact::follow_ups(context.as_of);
    for promise in promises.into_iter().filter(|promise| promise.is_overdue(context.today)) {
        let who = promise.by.map_or("someone", |by| context.ledger.name_of(&by.value));
        let (name, due) = (promise.with.name(), promise.due.value);
        let ago = days(context.as_of.days_since(due));
        let message = format!("{who} was due to follow up with {name} by {due}, {ago} ago; no contact logged since");
        let done = format!("coalition done {}", shell_word(&format!("Follow up with {name}")));
        let help = format!(
            "follow up, and log it with `coalition log contact {}`; if someone did so earlier, run `{done}`",
            promise.with.key()
        );
        let finding = Finding::new(CHECK.name, promise.with.path(), promise.due.span, message, help);
        findings.push(finding.with_record(promise.with.key().clone()));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "advocates/ben-okoro.toml",
    r##"name = "Ben Okoro"
member = "birch-library"
role = "staff"
contact_owner = "ana-lopez"

[consent]
listed = true

[[contacts]]
date = 2026-05-28
by = "ana-lopez"
follow_up = 2026-06-12  # <-- here
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: "follow_up = 2026-06-12",
    lines: r#"
[[contacts]]
date = 2026-06-12
by = "ana-lopez""#,
}]);
