//! `departed-owner`: a person or an organization that has left is still named for a task: as `lead` or `owner`
//! of a proposed or adopted goal, `owner` of an open milestone of such a goal, `lead` of a campaign that has not
//! closed, `owner` of an official in office, `spokesperson` of an active committee or on call for one, `chair` of a
//! meeting today or later, or `lead` of an item on its agenda.

use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run};
use crate::document::words::quote;
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::{Kind, RecordKey};
use crate::practice::Practice;
use crate::practice::charge::{ChargeRole, charges};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("departed-owner"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Leadership),
    policy: &[],
    run: Run::Ledger(run),
    what: "A former person or member is still named for a task: as `lead` or `owner` of a proposed or adopted goal, \
        `owner` of an open milestone of such a goal, `lead` of a campaign that has not closed, `owner` of an official \
        in office, `spokesperson` of an active committee or on call for one, `chair` of a meeting today or later, or \
        `lead` of an item on its agenda. A person is current until `end_date`, unless the person’s organization has \
        left or declined. A member is current until it leaves or declines. If the owner left together with the lead, \
        the check reports only the lead.",
    why: "Everyone assumes someone is doing the task, and no one is. The press calls a number, and no one answers for \
        the coalition.",
    fix: "Ask a current person to take over, and enter the new name. If no one will, put it on the agenda of the next \
        meeting.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for charge in charges(context.as_of).into_iter().filter(|charge| charge.is_departed) {
        let key = charge.who();
        let who = context.ledger.name_of_key(&key);
        let title = charge.of.name();
        let (message, field) = match charge.part {
            ChargeRole::Lead => (format!("{who} leads {}, but {}", quote(title), departure(context, &key)), "lead"),
            ChargeRole::Owner => {
                (format!("{who} is responsible for {}, but {}", quote(title), departure(context, &key)), "owner")
            }
            ChargeRole::Step(step) => {
                let step = format!("{who} is responsible for {}, a milestone of {}", quote(step), quote(title));
                (format!("{step}, but {}", departure(context, &key)), "owner")
            }
            ChargeRole::Touch => {
                (format!("{who} is assigned to stay in touch with {title}, but {}", departure(context, &key)), "owner")
            }
            ChargeRole::Press => {
                (format!("{who} speaks to the press for {title}, but {}", departure(context, &key)), "spokesperson")
            }
            ChargeRole::Chair => {
                (format!("{who} is scheduled to chair {}, but {}", quote(title), departure(context, &key)), "chair")
            }
            ChargeRole::Point(point) => {
                let point = format!("{who} is scheduled to lead {} at {}", quote(point), quote(title));
                (format!("{point}, but {}", departure(context, &key)), "lead")
            }
            ChargeRole::Watch => {
                (format!("{who} is on call for {title}, but {}", departure(context, &key)), "advocate")
            }
        };
        let help = format!("ask a current person to take over, and enter the new name in `{field}`");
        let finding = Finding::new(CHECK.name, charge.of.path(), charge.span, message, help);
        findings.push(finding.with_record(charge.of.key().clone()).with_about(key));
    }
}

/// Since when a person or member is no longer active, as the predicate of a sentence.
fn departure(context: &Context<'_>, key: &RecordKey) -> String {
    let left = |id: &str| {
        let member = context.ledger.members.find(id)?;
        let left = context.as_of.past(&member.left).map(|day| format!("left on {day}"));
        left.or_else(|| context.as_of.past(&member.declined).map(|day| format!("declined on {day}")))
    };
    if key.kind == Kind::Member {
        return left(&key.id).unwrap_or_else(|| "has left".to_owned());
    }
    let advocate = context.ledger.advocates.find(&key.id);
    match advocate.and_then(|advocate| context.as_of.past(&advocate.end_date)).filter(|end| *end < context.today) {
        Some(end) => format!("left that role on {end}"),
        None => "is no longer active because the organization has left".to_owned(),
    }
}

const BAD: Example = Example::of(&[
    ExampleFile::new("goals/evening-hours.toml", AGREED_GOAL),
    ExampleFile::new(
        "advocates/eva-holt.toml",
        r##"name = "Eva Holt"
member = "birch-library"
role = "staff"
start_date = 2025-02-01
end_date = 2026-05-31
"##,
    ),
    ExampleFile::new(
        "officials/pat-quill.toml",
        r##"name = "Pat Quill"
office = "County commissioner"
owner = "eva-holt"  # <-- here

[[contacts]]
date = 2026-05-20
by = "eva-holt"
"##,
    ),
    ExampleFile::new(
        "campaigns/evening-call.toml",
        r##"name = "A call for evening hours"
goal = "evening-hours"
audience = ["public"]
message = "Open when people are free."
opens = 2026-05-01
closes = 2026-06-30
lead = "cedar-school"  # <-- here
"##,
    ),
    ExampleFile::new(
        "members/cedar-school.toml",
        r##"name = "Cedar School"
classification = "school"
joined = 2025-02-01
left = 2026-06-01
"##,
    ),
]);

const GOOD: Example = Example::of(&[
    ExampleFile::new("goals/evening-hours.toml", AGREED_GOAL),
    ExampleFile::new(
        "officials/pat-quill.toml",
        r##"name = "Pat Quill"
office = "County commissioner"
owner = "dana-reyes"

[[contacts]]
date = 2026-05-20
by = "dana-reyes"
"##,
    ),
    ExampleFile::new(
        "campaigns/evening-call.toml",
        r##"name = "A call for evening hours"
goal = "evening-hours"
audience = ["public"]
message = "Open when people are free."
opens = 2026-05-01
closes = 2026-06-30
lead = "birch-library"
"##,
    ),
]);
