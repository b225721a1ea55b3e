//! `seasonal-contact`: most of the past year’s contacts with officials were in the months of the budget.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::domination::percent;
use crate::practice::{Practice, year_round};
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("seasonal-contact"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::YearRound),
    policy: &["budget_months", "budget_share"],
    run: Run::Ledger(run),
    what: "Most of the past year’s contacts with officials came during budget season.",
    why: "Someone who comes only at budget time seems to want only money. Contacts outside budget season make the ones \
        during it more effective.",
    fix: "Plan visits for the quiet months: thanks after the vote, an invitation to an opening, a story from a branch.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(season) = year_round::season(context.as_of).filter(year_round::ContactSeason::is_lopsided) else { return };
    let months = context.policy.budget_months.first().map_or(Span::START, |month| month.span);
    let limit = percent(season.limit);
    let message = format!(
        "{} of {} contacts with officials in the past year came during budget season (limit {limit}%)",
        season.in_season, season.contacts
    );
    let help = "plan contacts with officials outside the season";
    findings.push(Finding::new(CHECK.name, &LedgerPath::new(ROOT_FILE), months, message, help));
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "coalition.toml",
        r##"name = "Alder County Library Coalition"
founded = 2025-01-15

[policy]
budget_months = [4, 5, 6]  # <-- here

[checks]
no-emergency-committee = "off"
"##,
    ),
    ExampleFile::new(
        "officials/pat-quill.toml",
        r##"name = "Pat Quill"
office = "County commissioner"
stance = "neutral"
owner = "ana-lopez"

[[contacts]]
date = 2025-10-14
by = "ana-lopez"

[[contacts]]
date = 2026-04-08
by = "ana-lopez"

[[contacts]]
date = 2026-04-29
by = "ana-lopez"

[[contacts]]
date = 2026-05-13
by = "ana-lopez"

[[contacts]]
date = 2026-06-03
by = "ana-lopez"
"##,
    ),
]);

const GOOD: Example = Example::of(&[
    ExampleFile::new(
        "coalition.toml",
        r##"name = "Alder County Library Coalition"
founded = 2025-01-15

[policy]
budget_months = [4, 5, 6]

[checks]
no-emergency-committee = "off"
"##,
    ),
    ExampleFile::new(
        "officials/pat-quill.toml",
        r##"name = "Pat Quill"
office = "County commissioner"
stance = "neutral"
owner = "ana-lopez"

[[contacts]]
date = 2025-10-14
by = "ana-lopez"

[[contacts]]
date = 2025-12-09
by = "ana-lopez"

[[contacts]]
date = 2026-02-17
by = "ana-lopez"

[[contacts]]
date = 2026-04-29
by = "ana-lopez"

[[contacts]]
date = 2026-06-03
by = "ana-lopez"
"##,
    ),
]);
