//! `backdated-signature`: the date of a signature is earlier than its text, according to the history or to the day on
//! which the version began.

use super::{Check, Context, Example, ExampleFile, Group, Run, signature_finding};
use crate::agreement::Flaw;
use crate::finding::{CheckName, Finding, Severity};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("backdated-signature"),
    severity: Severity::Error,
    group: Group::Agreements,
    policy: &[],
    run: Run::Ledger(run),
    what: "The date of a signature is earlier than its text, according to the history or to the date the version \
        began. If the signer’s key or office had ended before the text existed, the signature is not valid and this is \
        an error. Otherwise it is a warning.",
    why: "No one can sign a text before it is written. Someone who finds a lost key or has left office could sign \
        today’s text with last year’s date.",
    fix: "Enter the date it was signed. If it was signed on paper before the text was added to the ledger, say in \
        `evidence` where the paper is.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (agreement, judged) in context.signing.standing_signatures() {
        let Some(date) = &judged.signature.date else { continue };
        let by = judged.signature.by.as_ref().map_or("someone", |by| context.ledger.name_of(&by.value));
        let help = "enter the date it was signed, or say in `evidence` where the signed paper is";
        if let Some(Flaw::Backdated { words, ended }) = &judged.flaw {
            let message = format!(
                "{by} could not have signed this text on {}: it was written on {words}, and the key or office of {by} ended on {ended}",
                date.value
            );
            findings.push(signature_finding(&CHECK, agreement, &judged, date.span, message, help));
        } else if let Some(words) = context.signing.is_backdated(agreement, judged.signature) {
            let message = format!("this signature is dated {}, but its text was written on {words}", date.value);
            findings.push(signature_finding(&CHECK, agreement, &judged, date.span, message, help).soften());
        }
    }
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "advocates/ben-okoro.toml",
        r##"name = "Ben Okoro"
member = "birch-library"
role = "staff"
end_date = 2025-12-31
"##,
    ),
    ExampleFile::new(
        "agreements/charter.toml",
        r##"name = "Charter"
kind = "charter"
text = "We meet monthly and speak with one voice."
effective = 2025-02-01
required_of = ["birch-library"]
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[amendments]]
version = 1
date = 2025-01-20
begun = 2026-06-01

[[signatures]]
member = "birch-library"
by = "ben-okoro"
date = 2025-01-22  # <-- here
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"
"##,
    ),
]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "agreements/charter.toml",
    r##"name = "Charter"
kind = "charter"
text = "We meet monthly and speak with one voice."
effective = 2025-02-01
required_of = ["birch-library"]
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[amendments]]
version = 1
date = 2025-01-20
begun = 2025-01-20

[[signatures]]
member = "birch-library"
by = "ben-okoro"
date = 2025-01-22
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"
"##,
)]);
