//! `stale-signature`: a signature contains the digest of a text that is no longer the text of the agreement.

use super::{Check, Context, Example, ExampleFile, Group, Run, SIGNED_CHARTER, signature_finding};
use crate::agreement::Flaw;
use crate::finding::{CheckName, Finding, Severity};
use crate::record::AnyRecord;
use crate::record::value::RecordId;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("stale-signature"),
    severity: Severity::Error,
    group: Group::Agreements,
    policy: &[],
    run: Run::Ledger(run),
    what: "A signature contains the digest of a text other than the agreement’s current one.",
    why: "The member agreed to a different text, if only by a comma. No one is bound by a text they did not see.",
    fix: "If the text was changed by mistake, restore it. If you meant to change it, make a new version with an \
        amendment, and ask members to sign it.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (agreement, judged) in context.signing.standing_signatures() {
        let Some(Flaw::Stale { unproven }) = context.signing.flaw_of_digest(agreement, judged.signature) else {
            continue;
        };
        let (Some(member), Some(terms)) = (&judged.signature.member, &judged.signature.terms) else { continue };
        let who = context.ledger.name_of(&member.value);
        let version = judged.version;
        let (message, help) = if unproven {
            let current = agreement.version_number();
            (
                format!("{who} signed version {version}, but nothing proves what that version said"),
                format!(
                    "record its digest as `terms` in [[amendments]] with version = {version}, or ask the member to sign \
                     version {current}"
                ),
            )
        } else {
            (
                format!("{who} signed a different version of the text of \u{201c}{}\u{201d}", agreement.name()),
                format!(
                    "restore the signed text, or ask the member to sign again: \
                     coalition sign {} --member {}",
                    agreement.key.id,
                    member.value.as_str()
                ),
            )
        };
        findings.push(signature_finding(&CHECK, agreement, &judged, terms.span, message, help));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "agreements/charter.toml",
    r##"name = "Charter"
kind = "charter"
text = "We meet monthly, and speak with one voice."
effective = 2025-02-01
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[signatures]]
member = "alder-friends"
by = "ana-lopez"
date = 2026-05-25
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"  # <-- here

[[signatures]]
member = "birch-library"
by = "ben-okoro"
date = 2025-01-22
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"  # <-- here
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new("agreements/charter.toml", SIGNED_CHARTER)]);
