//! `dominant-member`: a member has had a larger share than `max_share` of the past year’s seats, chairs, proposals,
//! contributions or attendance, and more of them than an even split among the current members, rounded up.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding, name_span};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::domination::{WorkKind, percent, spreads};
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("dominant-member"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Domination),
    policy: &["max_share"],
    run: Run::Ledger(run),
    what: "In the past year (the last 365 days and today), a member had a larger share than `max_share` of the seats, \
        chairs, proposals, contributions or attendance. Its count must also be higher than an even split among the \
        current members, rounded up. The check looks at each of the five only if there are at least three current \
        members and five entries. Entries of former members count toward the total. A seat counts if someone held it \
        in that time; several terms of one person in one role are one seat. Chairs are seats with the role `chair`, \
        `co-chair`, `chairperson` or `president`, and each meeting chaired by someone who did not hold such a seat on \
        the committee that met. Proposals are goals and decisions; if several members propose one together, they \
        share it equally. Attendance is split among the current members who came at least once, if at least three did.",
    why: "If one organization runs everything, the others become its audience. No one plans it; the member with \
        staff and time fills every gap.",
    fix: "Offer the next seat, chair or proposal to a member who has had few. `coalition report balance` shows who has \
        had how many.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let most = percent(context.policy.max_share());
    for spread in spreads(context.as_of) {
        for part in spread.current.iter().filter(|part| part.is_too_large) {
            let (name, sort) = (part.member.name(), spread.sort);
            let share = percent(part.share.unwrap_or_default());
            let message = format!(
                "{name} {} {} of {} {} in the past year ({share}%, limit {most}%)",
                sort.verb(),
                part.count.round_dp(2).normalize(),
                spread.total,
                sort.many()
            );
            findings.push(finding(&CHECK, part.member, name_span(part.member), message, advice(sort)));
        }
    }
}

/// How to even out a share.
const fn advice(sort: WorkKind) -> &'static str {
    match sort {
        WorkKind::Seats => "offer the next seat to a member who has had few",
        WorkKind::Chairs => "offer the next chair to a member who has had few",
        WorkKind::Proposals => {
            "ask a member who has made few proposals to make the next one, or propose it jointly with them"
        }
        WorkKind::Contributions => "ask members who have given little what they can contribute",
        WorkKind::Attendance => {
            "ask the members who rarely come what keeps them away, and choose the day and place accordingly"
        }
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
        "members/cedar-school.toml",
        r##"name = "Cedar School"
classification = "school"
joined = 2026-05-25
representative = "eva-holt"
"##,
    ),
    ExampleFile::new(
        "advocates/eva-holt.toml",
        r##"name = "Eva Holt"
member = "cedar-school"
role = "staff"
"##,
    ),
    ExampleFile::new(
        "committees/steering.toml",
        r##"name = "Steering committee"
purpose = "Prepares the meetings and keeps the books."

[[seats]]
role = "chair"
advocate = "ben-okoro"
start_date = 2026-01-01

[[seats]]
role = "treasurer"
advocate = "dana-reyes"
start_date = 2026-01-01

[[seats]]
role = "secretary"
advocate = "ben-okoro"
start_date = 2026-01-01

[[seats]]
role = "deputy"
advocate = "ana-lopez"
start_date = 2026-06-01

[[seats]]
role = "member"
advocate = "eva-holt"
start_date = 2026-06-01
"##,
    ),
]);

const GOOD: Example = Example::of(&[
    ExampleFile::new(
        "members/cedar-school.toml",
        r##"name = "Cedar School"
classification = "school"
joined = 2026-05-25
representative = "eva-holt"
"##,
    ),
    ExampleFile::new(
        "advocates/eva-holt.toml",
        r##"name = "Eva Holt"
member = "cedar-school"
role = "staff"
"##,
    ),
    ExampleFile::new(
        "agreements/charter.toml",
        r##"name = "Charter"
kind = "charter"
text = "We meet monthly and speak with one voice."
effective = 2025-02-01
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[signatures]]
member = "alder-friends"
by = "ana-lopez"
date = 2026-05-25
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"

[[signatures]]
member = "birch-library"
by = "ben-okoro"
date = 2025-01-22
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"

[[signatures]]
member = "cedar-school"
by = "eva-holt"
date = 2026-05-28
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"
"##,
    ),
    ExampleFile::new(
        "committees/steering.toml",
        r##"name = "Steering committee"
purpose = "Prepares the meetings and keeps the books."

[[seats]]
role = "chair"
advocate = "ben-okoro"
start_date = 2026-01-01

[[seats]]
role = "treasurer"
advocate = "dana-reyes"
start_date = 2026-01-01

[[seats]]
role = "secretary"
advocate = "ana-lopez"
start_date = 2026-06-01

[[seats]]
role = "deputy"
advocate = "ana-lopez"
start_date = 2026-06-01

[[seats]]
role = "member"
advocate = "eva-holt"
start_date = 2026-06-01
"##,
    ),
]);
