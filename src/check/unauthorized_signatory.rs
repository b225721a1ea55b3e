//! `unauthorized-signatory`: the person who signed for a member was not one of its signatories on that date.

use super::{Check, Context, Example, ExampleFile, Group, Run, SIGNED_CHARTER, signature_finding};
use crate::agreement::{has_unclear_signatories, was_authorized};
use crate::finding::{CheckName, Finding, Severity};
use crate::ledger::Ledger;
use crate::record::{Advocate, AnyRecord, Member, Record};
use chrono::NaiveDate;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unauthorized-signatory"),
    severity: Severity::Error,
    group: Group::Agreements,
    policy: &[],
    run: Run::Ledger(run),
    what: "The person who signed for a member was not one of its signatories on that date.",
    why: "A member is bound only by the people it has named.",
    fix: "Ask one of the member’s signatories to sign; or add the person to `signatories`, if the member has decided \
        that.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let ledger = context.ledger;
    for (agreement, judged) in context.signing.standing_signatures() {
        let signature = judged.signature;
        let (Some(id), Some(by), Some(date)) = (&signature.member, &signature.by, &signature.date) else { continue };
        let (Some(member), Some(signatory)) = (ledger.members.get(id), ledger.advocates.get(by)) else { continue };
        if was_authorized(ledger, member, signature) {
            continue;
        }
        let (reason, help) = if member.signatory_ids().contains(&&by.value) {
            let help = format!("ask a current signatory to sign, or correct the dates in {}", signatory.path);
            ("was not a current person on that date", help)
        } else {
            ("is not one of its signatories", who_may(ledger, member, signatory, date.value))
        };
        let message = format!("{} signed for {} on {}, but {reason}", signatory.name(), member.name(), date.value);
        let finding = signature_finding(&CHECK, agreement, &judged, by.span, message, help);
        let unclear = has_unclear_signatories(ledger, member);
        findings.push(if unclear { finding.because_of(&member.path) } else { finding });
    }
}

/// Help: who may sign for a member.
fn who_may(ledger: &Ledger, member: &Record<Member>, signatory: &Record<Advocate>, on: NaiveDate) -> String {
    let named: Vec<_> = member.signatory_ids().into_iter().map(|id| ledger.name_of(id)).collect();
    if named.is_empty() {
        return format!("name those who may sign in `signatories` of {}", member.path);
    }
    format!(
        "ask {} to sign; or, if {} could sign for it then, add [[former_signatories]] with advocate = \"{}\" and `until` on {on} or \
         later to {}",
        named.join(" or "),
        signatory.name(),
        signatory.key.id,
        member.path
    )
}

const BAD: Example = Example::of(&[ExampleFile::new(
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
by = "ana-lopez"  # <-- here
date = 2025-01-22
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new("agreements/charter.toml", SIGNED_CHARTER)]);
