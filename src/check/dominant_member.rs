//! `dominant-member`: a member has a larger share than `max_share` of a year’s seats, chairs, proposals, contributions or attendance.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding, name_span};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::domination::{percent, spreads};
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("dominant-member"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Domination),
    what: "A member has a larger share than `max_share` of a year\u{2019}s seats, chairs, proposals, contributions or attendance.",
    why: "Where one organization runs everything, the others become its audience. Nobody means it to happen; it is the member \
        with staff and time that fills every gap.",
    fix: "Offer the next seat, chair or proposal to a member that has few. `coalition report balance` shows who has how much.",
    policy: &["max_share"],
    bad: Example::of(&[
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
    ]),
    good: Example::of(&[
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
    ]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let most = percent(context.policy.max_share());
    for spread in spreads(context.here) {
        for part in spread.current.iter().filter(|part| part.is_too_large) {
            let (name, sort) = (part.member.name(), spread.sort);
            let share = percent(part.share.unwrap_or_default());
            let message = format!(
                "{name} {} {} of the {} {} of the last 365 days, {share}%; {most}% are allowed",
                sort.verb(),
                part.count,
                spread.total,
                sort.many()
            );
            let help = format!("offer the next of the {} to a member that has few", sort.many());
            findings.push(finding(&CHECK, part.member, name_span(part.member), message, help));
        }
    }
}
