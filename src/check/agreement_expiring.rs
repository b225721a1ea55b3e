//! `agreement-expiring`: an agreement expires within the number of days that `agreement_notice_days` sets.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::document::words;
use crate::finding::{CheckName, Finding, Severity};
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("agreement-expiring"),
    severity: Severity::Warning,
    group: Group::Agreements,
    policy: &["agreement_notice_days"],
    run: Run::Ledger(run),
    what: "An agreement expires in the next `agreement_notice_days` days.",
    why: "Each member decides on a renewal in its own way, and that can take weeks.",
    fix: "Put the renewal on the agenda. The new version needs a later date in `expires`, and members must sign it \
        before the old one ends.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for agreement in context.signing.agreements() {
        let Some(expires) = &agreement.expires else { continue };
        let days = (expires.value - context.today).num_days();
        if !(0..=context.policy.agreement_notice_days()).contains(&days) {
            continue;
        }
        let when = words::distance(expires.value, context.today);
        let message = format!("\u{201c}{}\u{201d} expires {when}, on {}", agreement.name(), expires.value);
        let help = "put its renewal on the agenda of the next meeting";
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
expires = 2026-07-31  # <-- here
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[signatures]]
member = "alder-friends"
by = "ana-lopez"
date = 2026-05-25
terms = "sha256:bd4920b6ae934d3787a37032948a109038107a610a964effcfdcfe4a7e2bedf3"

[[signatures]]
member = "birch-library"
by = "ben-okoro"
date = 2025-01-22
terms = "sha256:bd4920b6ae934d3787a37032948a109038107a610a964effcfdcfe4a7e2bedf3"
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
