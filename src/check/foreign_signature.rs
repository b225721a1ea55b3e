//! `foreign-signature`: a signature bears the digest of another agreement, or of another version than it says.

use super::{Check, Context, Example, ExampleFile, Group, Run, signature_finding};
use crate::agreement::{Flaw, Judged};
use crate::finding::{CheckName, Finding, Severity};
use crate::record::{Agreement, Record};

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("foreign-signature"),
    severity: Severity::Error,
    group: Group::Agreements,
    what: "A signature bears the digest of another agreement, or of another version than it says.",
    why: "A signature that was copied to where it was not given proves nothing.",
    fix: "Let the member sign this agreement at this version; correct `version` if the number is a slip.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
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
    )]),
    good: Example::of(&[ExampleFile::new(
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
terms = "sha256:b6dc659b7313f39694a0bf1fc29b26421bbb5d8cb967844826f473f2f983b28c"
"##,
    )]),
    run: Run::Ledger(run),
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
                format!("version {version} is signed here, and the agreement is at {}", agreement.version_number())
            }
            _ => continue,
        };
        let help = format!("let {} sign what is meant, or correct `version`", context.ledger.name_of(&member.value));
        findings.push(signature_finding(&CHECK, agreement, &judged, terms.span, message, help));
    }
    for agreement in context.signing.agreements() {
        findings.extend(context.signing.judge_all(agreement).filter_map(|judged| unversioned(agreement, &judged)));
    }
}

/// The finding on a signature that counts for the version whose digest it bears, and does not name it.
fn unversioned(agreement: &Record<Agreement>, judged: &Judged<'_>) -> Option<Finding> {
    if !judged.counts() || judged.signature.version.is_some() || judged.version == 1 {
        return None;
    }
    let version = judged.version;
    let message = format!("this is a signature on version {version}, by its digest, and it does not say so");
    let help = format!("add a line: version = {version}");
    let span = judged.signature.terms.as_ref()?.span;
    Some(signature_finding(&CHECK, agreement, judged, span, message, help).soften())
}
