//! `unstated-process`: a member says neither who must approve what it does nor how many days that takes.

use super::command::set_or;
use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::internal_process::states_process;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unstated-process"),
    severity: Severity::Note,
    group: Group::Practice(Practice::InternalProcess),
    policy: &["note_settling_days"],
    run: Run::Ledger(run),
    what: "A member’s record does not say who approves its actions or how many days approval takes.",
    why: "No one can give a member the time it needs without knowing how much that is. One question at the next \
        meeting settles it.",
    fix: "Ask its representative, and write `approver` or `lead_days` under `[process]`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for member in context.as_of.current_members() {
        if !context.as_of.is_new_member_for_notes(member) && !states_process(member) {
            let message = format!("{} does not say how it decides", member.name());
            let help = "write `approver` or `lead_days` under `[process]`, as its representative says";
            let help = set_or(context.as_of, member, &["process.lead_days"], help);
            findings.push(context.absent(&CHECK, member, message, help));
        }
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"  # <-- here
classification = "friends-group"
joined = 2026-03-16
representative = "ana-lopez"
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"

[process]
approver = "whoever comes to the monthly meeting"
"##,
)]);
