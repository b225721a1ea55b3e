//! `uncovered-hours`: for some hours of the week, no one on call can be reached. A person can be reached if they are
//! current, are on call for an emergency committee, and have a `phone` or `mobile` number in `contact_details` that is
//! valid today.

use super::command::{command_or, person};
use super::no_emergency_committee::READY;
use super::{
    Check, Context, Example, ExampleFile, Group, Run, departed_owner, finding, name_span, unreachable_watcher,
};
use crate::document::words::count_of;
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::practice::Practice;
use crate::practice::charge::has_departed;
use crate::practice::emergency_response::{
    CoverageGap, WEEK, Watcher, committees, gaps, length, planned_shifts, shifts, watchers,
};
use crate::record::value::AdvocateId;
use crate::record::{Committee, Record};
use std::collections::BTreeSet;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("uncovered-hours"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::EmergencyResponse),
    policy: &[],
    run: Run::Ledger(run),
    what: "For some hours of the week, no one on call can be reached. A person can be reached if they are current, are \
        on call for an emergency committee, and have a `phone` or `mobile` number in `contact_details` that is valid \
        today.",
    why: "Bad news comes on Friday evening. When no one is on call, others speak for you.",
    fix: "Ask someone to be reachable in those hours, and add a `[[watch]]` entry with the days and times.",
    bad: BAD,
    good: GOOD,
};

/// How many gaps a message names; it counts the rest.
const NAMED: usize = 5;

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let committees = committees(context.as_of);
    let Some(first) = committees.first() else { return };
    let gaps = gaps(&shifts(context.as_of, &committees));
    if gaps.is_empty() {
        return;
    }
    let free: u32 = gaps.iter().map(|gap| gap.seconds).sum();
    let missing = match gaps.as_slice() {
        [CoverageGap { seconds: WEEK, .. }] => "no one is on call at any hour of the week".to_owned(),
        gaps => format!("no one is on call for {} a week (of 168): {}", length(free), list_gaps(gaps)),
    };
    let message = format!("{missing}{}", describe_uncounted(context, &committees));
    let watched = committees.iter().find_map(|committee| Some((committee, committee.watch.first()?.span)));
    let (place, span) = watched.unwrap_or((first, name_span(first)));
    let command = format!("log watch {} {} --days mon,tue --from 6pm --to 8am", place.key, person(context.as_of));
    let help = command_or(&command, "add `[[watch]]` with `advocate`, `days`, `from` and `to`");
    let mut finding = finding(&CHECK, *place, span, message, help);
    for committee in &committees {
        finding = finding.with_about(committee.key.clone()).because_of(&committee.path);
    }
    // The whole problem may be that a person on call has a record that cannot be read.
    let is_known = |id: &AdvocateId| context.ledger.advocates.get(id).is_some();
    let watches = watchers(context.as_of, &committees);
    let all_known = watches.iter().filter_map(|(_, watch, _)| watch.advocate.as_ref()).all(|id| is_known(&id.value));
    let finding = if all_known { finding } else { context.unless_unread(Kind::Advocate, finding) };
    // If everyone on call together would cover the week, those who cannot be reached are the whole problem.
    let would_cover = self::gaps(&planned_shifts(context.as_of, &committees)).is_empty();
    let narrower = watches.iter().filter(|_| would_cover).filter_map(|(committee, _, watcher)| {
        let check = match watcher {
            Watcher::Unreachable(_) => unreachable_watcher::CHECK.name,
            Watcher::Gone(advocate) if has_departed(context.as_of, advocate) => departed_owner::CHECK.name,
            Watcher::Gone(_) | Watcher::Reachable(_) | Watcher::Unknown => return None,
        };
        Some((check, &committee.path))
    });
    findings.push(narrower.fold(finding, |finding, (check, path)| finding.unless(check, path, None)));
}

fn list_gaps(gaps: &[CoverageGap]) -> String {
    let (first, rest) = gaps.split_at(gaps.len().min(NAMED));
    let mut words: Vec<String> = first.iter().map(ToString::to_string).collect();
    if !rest.is_empty() {
        words.push(format!("and {}", count_of(rest.len(), "more time", "more times")));
    }
    words.join(", ")
}

/// Those on call who do not count, because they are not current or have no phone.
fn describe_uncounted(context: &Context<'_>, committees: &[&Record<Committee>]) -> String {
    let absent = watchers(context.as_of, committees).into_iter().filter_map(|(_, watch, watcher)| {
        let why = match watcher {
            Watcher::Reachable(_) => return None,
            Watcher::Unreachable(_) => "has no phone number",
            Watcher::Gone(_) => "is not a current person",
            Watcher::Unknown => "is not in the ledger",
        };
        let name = context.ledger.name_of(&watch.advocate.as_ref()?.value);
        Some(format!("{name}, who {why}"))
    });
    let absent: BTreeSet<String> = absent.collect();
    let absent: Vec<&str> = absent.iter().map(String::as_str).collect();
    match absent.as_slice() {
        [] => String::new(),
        several => format!("; not counted: {}", several.join("; ")),
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
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

[[watch]]  # <-- here
advocate = "ben-okoro"
days = ["mon", "tue", "wed", "thu", "fri"]
from = 08:00:00
to = 20:00:00

[[watch]]
advocate = "dana-reyes"
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
from = 20:00:00
to = 08:00:00
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new("committees/emergency.toml", READY)]);
