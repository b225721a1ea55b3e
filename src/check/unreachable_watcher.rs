//! `unreachable-watcher`: a person on call for an emergency committee has no phone number that is valid today: no
//! entry in `contact_details` of type `phone` or `mobile` whose dates include today.

use super::command::command_or;
use super::no_emergency_committee::READY;
use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::emergency_response::{Watcher, committees, watchers};
use crate::record::AnyRecord;
use std::collections::HashSet;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unreachable-watcher"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::EmergencyResponse),
    policy: &[],
    run: Run::Ledger(run),
    what: "A person on call for an emergency committee has no phone number that is valid today: no entry in \
        `contact_details` of type `phone` or `mobile` whose dates include today.",
    why: "On the evening before a branch closes, no one has time to find out who might know the number.",
    fix: "Ask for a number and write it under `[[contact_details]]` in the person\u{2019}s record; it stays private. Or ask \
        someone else to be on call.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut known = HashSet::new();
    for (committee, watch, watcher) in watchers(context.as_of, &committees(context.as_of)) {
        let (Watcher::Unreachable(advocate), Some(id)) = (watcher, &watch.advocate) else { continue };
        if !known.insert((&committee.key, &advocate.key)) {
            continue;
        }
        let name = advocate.name();
        let message = format!("{name} is on call for {} but has no phone number that works today", committee.name());
        let help = format!("write the number under `[[contact_details]]` in {}, or ask someone else", advocate.path);
        let help = command_or(&format!("set {} phone=\"…\"", advocate.key), &help);
        let finding = finding(&CHECK, committee, id.span, message, help);
        findings.push(finding.with_about(advocate.key.clone()).because_of(&advocate.path));
    }
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "committees/emergency.toml",
        r##"name = "Emergency committee"
purpose = "Answers within the hour when a library is about to be closed."
emergency = true
powers = "May answer the press and call the members to a hearing."
last_drill = 2026-02-21

[[seats]]
role = "chair"
advocate = "ben-okoro"
on_behalf_of = "birch-library"
start_date = 2025-07-01
end_date = 2026-12-31

[[seats]]
role = "deputy"
advocate = "dana-reyes"
on_behalf_of = "birch-library"
start_date = 2025-07-01
end_date = 2026-12-31

[[watch]]
advocate = "ben-okoro"
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
from = 08:00:00
to = 20:00:00

[[watch]]
advocate = "dana-reyes"  # <-- here
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
from = 20:00:00
to = 08:00:00
"##,
    ),
    ExampleFile::new(
        "advocates/dana-reyes.toml",
        r##"name = "Dana Reyes"
member = "birch-library"
role = "staff"
contact_owner = "ana-lopez"

[consent]
listed = true

[[contact_details]]
type = "phone"
value = "+1 614-555-0188"
valid_until = 2026-05-31

[[contacts]]
date = 2026-05-28
by = "ana-lopez"
"##,
    ),
]);

const GOOD: Example = Example::of(&[ExampleFile::new("committees/emergency.toml", READY)]);
