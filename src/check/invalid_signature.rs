//! `invalid-signature`: an SSH signature does not prove the signature that it comes with: it does not verify, its key
//! does not belong to the person, or the key was not valid on that date.

use super::{Check, Context, Example, ExampleFile, Group, Run, signature_finding};
use crate::agreement::{Disproof, Flaw, JudgedSignature};
use crate::finding::{CheckName, Finding, Severity};
use crate::record::value::RecordId;
use crate::record::{Agreement, Record};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("invalid-signature"),
    severity: Severity::Error,
    group: Group::Agreements,
    policy: &[],
    run: Run::Ledger(run),
    what: "An SSH signature does not prove the signature it belongs to: it does not verify, its key does not belong to \
        the person, or the key was not valid on that date.",
    why: "People rely on a proof. One that does not verify is a mistake or a forgery, and either way it binds no one.",
    fix: "Ask the person to sign again with a key listed under `[[keys]]` in their record, or restore the lines that \
        were signed: agreement, version, digest, member, person and date.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (agreement, judged) in context.signing.standing_signatures() {
        let Some(Flaw::Disproved(disproof)) = context.signing.flaw_of_proof(judged.entry) else { continue };
        let (Some(armor), Some(by)) = (&judged.signature.signature, &judged.signature.by) else { continue };
        let signatory = context.ledger.name_of(&by.value);
        let message = format!("the SSH signature of {signatory} proves nothing: {disproof}");
        let help = match disproof {
            Disproof::NoKey | Disproof::ForeignKey { of: None, .. } => format!(
                "if someone removed the key from the record of {signatory}, restore it and set `valid_until` instead; \
                 otherwise ask {signatory} to sign again"
            ),
            _ => "ask the person to sign again, or restore the lines that were signed".to_owned(),
        };
        findings.push(signature_finding(&CHECK, agreement, &judged, armor.span, message, help));
    }
    for agreement in context.signing.agreements() {
        findings.extend(
            context.signing.judge_all(agreement).filter_map(|judged| uncounted_withdrawal(context, agreement, &judged)),
        );
    }
}

/// The finding on a withdrawal that does not count because its proof is missing or wrong, or because the person had no right
/// to withdraw.
fn uncounted_withdrawal(
    context: &Context<'_>,
    agreement: &Record<Agreement>,
    judged: &JudgedSignature<'_>,
) -> Option<Finding> {
    let flaw = context.signing.flaw_of_withdrawal(judged.entry)?;
    let withdrawn = judged.signature.withdrawn.as_ref()?;
    let message = format!("this withdrawal does not count: {flaw}");
    let help = format!(
        "withdraw with `coalition withdraw {} --member {} --ssh-key`, or delete `withdrawn`",
        agreement.key.id,
        judged.signature.member.as_ref().map_or("MEMBER", |member| member.as_str())
    );
    Some(signature_finding(&CHECK, agreement, judged, withdrawn.span, message, help).soften())
}

const BAD: Example = Example::of(&[
    ExampleFile::new("advocates/ben-okoro.toml", BEN),
    ExampleFile::new(
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
by = "ben-okoro"
date = 2025-01-23
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"
signature = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgi+KzXkLu7qQyw/b6zM8UhW8HyT\nbnJD5RO8VmtpdoR/0AAAATY29hbGl0aW9uLWFncmVlbWVudAAAAAAAAAAGc2hhNTEyAAAA\nUwAAAAtzc2gtZWQyNTUxOQAAAEAM6tZbQ9XSeS3094nVfWkbHvMy4hb1o7IGf8GZcGArGI\nwCA/xN02FrHw/Ekuzt1Wf9wnwwZ84wOsspFl6IkoIG\n-----END SSH SIGNATURE-----\n"  # <-- here
"##,
    ),
]);

const GOOD: Example = Example::of(&[
    ExampleFile::new("advocates/ben-okoro.toml", BEN),
    ExampleFile::new("agreements/charter.toml", PROVEN_CHARTER),
]);

/// A person with a key.
pub(super) const BEN: &str = r##"name = "Ben Okoro"
member = "birch-library"
role = "staff"
contact_owner = "ana-lopez"

[consent]
listed = true

[[keys]]
key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIvis15C7u6kMsP2+szPFIVvB8k25yQ+UTvFZraXaEf9 ben@birch"
valid_from = 2025-01-01

[[contacts]]
date = 2026-05-28
by = "ana-lopez"
"##;

/// The charter with one signature that the key of [`BEN`] proves.
pub(super) const PROVEN_CHARTER: &str = r##"name = "Charter"
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
"##;
