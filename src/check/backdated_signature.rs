//! `backdated-signature`: a signature bears a day on which its words did not stand anywhere yet.

use super::{Check, Context, Example, ExampleFile, Group, Run, signature_finding};
use crate::agreement::Flaw;
use crate::finding::{CheckName, Finding, Severity};

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("backdated-signature"),
    severity: Severity::Error,
    group: Group::Agreements,
    what: "A signature bears a day on which its words did not stand anywhere yet, by the history or by the day on which \
        the version was begun. An error where the key or the office that it rests on ended before the words were there: then it does not count. Otherwise a warning.",
    why: "Nobody signs a text that is not written. Whoever finds a lost key, or has left an office, could sign today's text with \
        a day of last year.",
    fix: "Write the day on which it was signed. If it was signed on paper before the text came into the ledger, say under \
        `evidence` where the paper is.",
    policy: &[],
    bad: Example::of(&[
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
    ]),
    good: Example::of(&[ExampleFile::new(
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
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (agreement, judged) in context.signing.standing_signatures() {
        let Some(date) = &judged.signature.date else { continue };
        let by = judged.signature.by.as_ref().map_or("somebody", |by| context.ledger.name_of(&by.value));
        let help = "write the day on which it was signed, or say under `evidence` where the signed paper is";
        if let Some(Flaw::Backdated { words, ended }) = &judged.flaw {
            let message = format!(
                "{by} cannot have signed this text on {}: it was written on {words}, and the key or office of {by} ended on {ended}",
                date.value
            );
            findings.push(signature_finding(&CHECK, agreement, &judged, date.span, message, help));
        } else if let Some(words) = context.signing.is_backdated(agreement, judged.signature) {
            let message = format!("this signature is dated {}, but its text was written on {words}", date.value);
            findings.push(signature_finding(&CHECK, agreement, &judged, date.span, message, help).soften());
        }
    }
}
