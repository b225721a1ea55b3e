//! `overdue-follow-up`: somebody was promised a call that nobody made.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::document::words::days;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::{Practice, personal_contact};

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("overdue-follow-up"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::PersonalContact),
    what: "A promise to get back to somebody has not been kept by its day.",
    why: "Who was promised a call and did not get one tells others. Keeping small promises is most of what trust is made of.",
    fix: "Get back to them and note it with `coalition log contact`, or move the day under `follow_up` if they agreed to that.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
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
    )]),
    good: Example::of(&[ExampleFile::new(
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
follow_up = 2026-06-12

[[contacts]]
date = 2026-06-11
by = "ana-lopez"
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let promises = personal_contact::follow_ups(context.here);
    for promise in promises.into_iter().filter(|promise| promise.is_overdue(context.today)) {
        let who = promise.by.map_or("somebody", |by| context.ledger.name_of(&by.value));
        let (name, due) = (promise.with.name(), promise.due.value);
        let ago = days(context.here.days_since(due));
        let message = format!("{who} was to get back to {name} by {due}, {ago} ago, and nothing is noted there since");
        let help = format!("get back to them, and note it with `coalition log contact {}`", promise.with.key());
        let finding = Finding::new(CHECK.name, promise.with.path(), promise.due.span, message, help);
        findings.push(finding.with_record(promise.with.key().clone()));
    }
}
