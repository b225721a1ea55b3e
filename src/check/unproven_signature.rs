//! `unproven-signature`: a signature has no SSH signature that proves it.

use super::invalid_signature::BEN;
use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("unproven-signature"),
    severity: Severity::Off,
    group: Group::Agreements,
    what: "A signature has no SSH signature that proves it. An error where `ssh_signatures` under `[policy]` is \
        `\"required\"`, otherwise off.",
    why: "Without a proof, a signature is as good as the review of the change that added it. A coalition that shares \
        money or data may want more.",
    fix: "Let the person sign again with an SSH key that stands under `[[keys]]` in the own record.",
    policy: &["ssh_signatures"],
    bad: Example::of(&[
        ExampleFile::new("coalition.toml", REQUIRED),
        ExampleFile::new("advocates/ben-okoro.toml", BEN),
        ExampleFile::new(
            "agreements/charter.toml",
            r##"name = "Charter"
kind = "charter"
text = "We meet monthly and speak with one voice."
effective = 2025-02-01
required_of = ["birch-library"]
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[signatures]]
member = "birch-library"
by = "ben-okoro"  # <-- here
date = 2025-01-22
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"
"##,
        ),
    ]),
    good: Example::of(&[
        ExampleFile::new("coalition.toml", REQUIRED),
        ExampleFile::new("advocates/ben-okoro.toml", BEN),
        ExampleFile::new(
            "agreements/charter.toml",
            r##"name = "Charter"
kind = "charter"
text = "We meet monthly and speak with one voice."
effective = 2025-02-01
required_of = ["birch-library"]
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[signatures]]
member = "birch-library"
by = "ben-okoro"
date = 2025-01-22
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"
signature = """
-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgi+KzXkLu7qQyw/b6zM8UhW8HyT
bnJD5RO8VmtpdoR/0AAAATY29hbGl0aW9uLWFncmVlbWVudAAAAAAAAAAGc2hhNTEyAAAA
UwAAAAtzc2gtZWQyNTUxOQAAAEAM6tZbQ9XSeS3094nVfWkbHvMy4hb1o7IGf8GZcGArGI
wCA/xN02FrHw/Ekuzt1Wf9wnwwZ84wOsspFl6IkoIG
-----END SSH SIGNATURE-----
"""
"##,
        ),
    ]),
    run: Run::Ledger(run),
};

const REQUIRED: &str = r##"name = "Alder County Library Coalition"
founded = 2025-01-15

[policy]
ssh_signatures = "required"

[checks]
no-emergency-committee = "off"
"##;

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (agreement, signature) in context.signing.standing_signatures() {
        let (None, Some(by)) = (&signature.signature, &signature.by) else { continue };
        let message = format!("no SSH signature proves the signature of {}", context.ledger.name_of(&by.value));
        let help = "sign again with a key that stands under [[keys]] in the own record";
        let finding = finding(&CHECK, agreement, by.span, message, help);
        let member = signature.member.as_ref().and_then(|id| context.ledger.members.get(id));
        findings.push(match member {
            Some(member) => finding.with_about(member.key.clone()),
            None => finding,
        });
    }
}
