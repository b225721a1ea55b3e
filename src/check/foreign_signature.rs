//! `foreign-signature`: a signature contains the digest of another agreement, or of a version other than the one it
//! names.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, signature_finding};
use crate::agreement::{Flaw, JudgedSignature};
use crate::finding::{CheckName, Finding, Severity};
use crate::record::{Agreement, Record};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("foreign-signature"),
    severity: Severity::Error,
    group: Group::Agreements,
    policy: &[],
    run: Run::Ledger(run),
    what: "A signature contains the digest of another agreement, or of a version other than the one it names.",
    why: "A signature copied from somewhere else proves nothing.",
    fix: "Ask the member to sign this agreement at this version, or correct `version` if the number is a typo.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (agreement, judged) in context.signing.standing_signatures() {
        let version = judged.version;
        let (Some(member), Some(terms)) = (&judged.signature.member, &judged.signature.terms) else { continue };
        let message = match context.signing.flaw_of_digest(agreement, judged.signature) {
            Some(Flaw::Foreign { belongs_to }) => {
                format!("this digest belongs to {belongs_to}, not to version {version} of this agreement")
            }
            Some(Flaw::NoSuchVersion) => {
                format!(
                    "this signature is on version {version}, but the agreement is at version {}",
                    agreement.version_number()
                )
            }
            _ => continue,
        };
        let help =
            format!("ask {} to sign the right version, or correct `version`", context.ledger.name_of(&member.value));
        findings.push(signature_finding(&CHECK, agreement, &judged, terms.span, message, help));
    }
    for agreement in context.signing.agreements() {
        findings.extend(context.signing.judge_all(agreement).filter_map(|judged| missing_version(agreement, &judged)));
    }
}

/// The finding on a signature that counts for the version whose digest it contains, but does not name that version.
fn missing_version(agreement: &Record<Agreement>, judged: &JudgedSignature<'_>) -> Option<Finding> {
    if !judged.counts() || judged.signature.version.is_some() || judged.version == 1 {
        return None;
    }
    let version = judged.version;
    let message =
        format!("the digest shows that this signature is on version {version}, but the entry does not say so");
    let help = format!("add the line: version = {version}");
    let span = judged.signature.terms.as_ref()?.span;
    Some(signature_finding(&CHECK, agreement, judged, span, message, help).soften())
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "agreements/space.toml",
    r##"name = "Meeting space"
text = "Rooms are free for members."
effective = 2025-02-01
required_of = ["birch-library"]
rights = ["use the rooms"]
responsibilities = ["leave them clean"]

[[signatures]]
member = "birch-library"
by = "ben-okoro"
date = 2025-01-22
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"  # <-- here
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Replace(
    r#"terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b""#,
    r#"terms = "sha256:b6dc659b7313f39694a0bf1fc29b26421bbb5d8cb967844826f473f2f983b28c""#,
)]);
