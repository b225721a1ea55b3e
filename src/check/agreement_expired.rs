//! `agreement-expired`: the last day of an agreement has passed, and no one has renewed it or recorded its end.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::record::AnyRecord;
use chrono::{Days, Months};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("agreement-expired"),
    severity: Severity::Error,
    group: Group::Agreements,
    policy: &[],
    run: Run::Ledger(run),
    what: "The last day of an agreement has passed, and no one has renewed it or recorded its end.",
    why: "Members may still act as if the agreement were in force, but it no longer is.",
    fix: "Renew it with `coalition amend AGREEMENT --renew --expires DATE`, which makes a new version with the same \
        text. Or enter the date it `ended`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for agreement in context.signing.agreements() {
        let Some(expires) = agreement.expires.as_ref().filter(|expires| expires.value < context.today) else {
            continue;
        };
        let message = format!("\u{201c}{}\u{201d} expired on {}", agreement.name(), expires.value);
        let help = format!(
            "renew it with `coalition amend {} --renew --expires {}`, or, if it ended, run `coalition set {} ended=today`",
            agreement.key.id,
            expires
                .value
                .checked_add_months(Months::new(12))
                .filter(|next| *next > context.today)
                .unwrap_or(context.today + Days::new(365)),
            agreement.key
        );
        let finding = Finding::new(CHECK.name, &agreement.path, expires.span, message, help);
        findings.push(finding.with_record(agreement.key.clone()));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "agreements/charter.toml",
    r##"name = "Charter"
kind = "charter"
text = "We meet monthly and speak with one voice."
effective = 2025-02-01
expires = 2026-05-31  # <-- here
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[signatures]]
member = "alder-friends"
by = "ana-lopez"
date = 2026-05-25
terms = "sha256:5b318d8c90ed74a2c21b5037c4d9f6e18998749569b1541c86eca9af9913821a"

[[signatures]]
member = "birch-library"
by = "ben-okoro"
date = 2025-01-22
terms = "sha256:5b318d8c90ed74a2c21b5037c4d9f6e18998749569b1541c86eca9af9913821a"
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "agreements/charter.toml",
    r##"name = "Charter"
kind = "charter"
text = "We meet monthly and speak with one voice."
effective = 2025-02-01
expires = 2027-05-31
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[signatures]]
member = "alder-friends"
by = "ana-lopez"
date = 2026-05-25
terms = "sha256:865865bb38d87781de2ec3b34c168c508cdeb86a9c42537151922cfa69f23890"

[[signatures]]
member = "birch-library"
by = "ben-okoro"
date = 2025-01-22
terms = "sha256:865865bb38d87781de2ec3b34c168c508cdeb86a9c42537151922cfa69f23890"
"##,
)]);
