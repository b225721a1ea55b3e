//! `departed-owner`: a goal, a campaign, an official, a committee or a meeting is in the hands of somebody who no longer serves.

use super::{AGREED_GOAL, Check, Context, Example, ExampleFile, Group, Run};
use crate::document::words::quoted;
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::{Kind, RecordKey};
use crate::practice::Practice;
use crate::practice::charge::{Part, charges};

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("departed-owner"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Leadership),
    what: "A person or an organization that no longer serves is still named for a task: the `lead` or `owner` of a goal that is \
        proposed or adopted, the `owner` of an open step on the way to it, the `lead` of a campaign that has not closed, the \
        `owner` of an official in office, the `spokesperson` or a watcher of a committee at work, the `chair` of a meeting of today or to come or the `lead` of a \
        point on its agenda. A person no longer serves \
        after `end_date`, or when the person\u{2019}s organization has left or declined; a member that leads no longer serves \
        when it has left or declined. Where the owner left together with the lead, only the lead is reported.",
    why: "Everyone believes that the task is in good hands, and no one does it. The press calls a number where no one \
        answers for the coalition.",
    fix: "Ask someone who serves to take over, and write the new name. If no one does, put it on the agenda of the next meeting.",
    policy: &[],
    bad: Example::of(&[
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
    ]),
    good: Example::of(&[
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
    ]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for charge in charges(context.here).into_iter().filter(|charge| charge.is_departed) {
        let key = charge.who();
        let who = context.ledger.name_of_key(&key);
        let of = charge.of.name();
        let (message, field) = match charge.part {
            Part::Lead => (format!("{who} leads {}, but {}", quoted(of), departure(context, &key)), "lead"),
            Part::Owner => (format!("{who} sees to {}, but {}", quoted(of), departure(context, &key)), "owner"),
            Part::Step(step) => {
                let step = format!("{who} sees to {}, a step on the way to {}", quoted(step), quoted(of));
                (format!("{step}, but {}", departure(context, &key)), "owner")
            }
            Part::Touch => (format!("{who} keeps in touch with {of}, but {}", departure(context, &key)), "owner"),
            Part::Press => {
                (format!("{who} speaks to the press for {of}, but {}", departure(context, &key)), "spokesperson")
            }
            Part::Chair => (format!("{who} is to chair {}, but {}", quoted(of), departure(context, &key)), "chair"),
            Part::Point(point) => {
                let point = format!("{who} is to lead {} at {}", quoted(point), quoted(of));
                (format!("{point}, but {}", departure(context, &key)), "lead")
            }
            Part::Watch => (format!("{who} is on the watch of {of}, but {}", departure(context, &key)), "advocate"),
        };
        let help = format!("ask somebody who serves, and write the new name under `{field}`");
        let finding = Finding::new(CHECK.name, charge.of.path(), charge.span, message, help);
        findings.push(finding.with_record(charge.of.key().clone()).with_about(key));
    }
}

/// Since when somebody no longer serves, as the predicate of a sentence.
fn departure(context: &Context<'_>, key: &RecordKey) -> String {
    let left = |id: &str| {
        let member = context.ledger.members.find(id)?;
        let left = context.here.past(&member.left).map(|day| format!("left on {day}"));
        left.or_else(|| context.here.past(&member.declined).map(|day| format!("declined on {day}")))
    };
    if key.kind == Kind::Member {
        return left(&key.id).unwrap_or_else(|| "has left".to_owned());
    }
    let advocate = context.ledger.advocates.find(&key.id);
    match advocate.and_then(|advocate| context.here.past(&advocate.end_date)).filter(|end| *end < context.today) {
        Some(end) => format!("has not served since {end}"),
        None => "no longer serves, for the organization has left".to_owned(),
    }
}
