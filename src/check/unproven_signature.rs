//! `unproven-signature`: a signature has no SSH signature that proves it, although `ssh_signatures` under `[policy]`
//! is `"required"`, or the signer had a key in the ledger that was valid on that day.

use super::invalid_signature::BEN;
use super::{Change, Check, Context, Example, ExampleFile, Group, Run, signature_finding};
use crate::agreement::JudgedSignature;
use crate::finding::{CheckName, Finding, Severity};
use crate::record::policy::SshSignatures;
use crate::record::value::{AdvocateId, At};
use crate::record::{Agreement, Record};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unproven-signature"),
    severity: Severity::Error,
    group: Group::Agreements,
    policy: &["ssh_signatures"],
    run: Run::Ledger(run),
    what: "A signature is not backed by an SSH signature, although `ssh_signatures` under `[policy]` is `\"required\"` \
        or the signer had a valid key in the ledger on that date. Other signatures need no proof, unless `[checks]` \
        names this check. A signature dated before the signer’s first key but added after it gets a warning.",
    why: "Without a proof, a signature is only as good as the review of the change that added it. A coalition that \
        shares money or data may want more.",
    fix: "Ask the person to sign again with an SSH key listed under `[[keys]]` in their record.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let is_required = context.policy.ssh_signatures() == SshSignatures::Required;
    let settings = context.ledger.root.checks.as_ref().map(|settings| settings.0.as_slice()).unwrap_or_default();
    let is_wanted = is_required || settings.iter().any(|(name, _)| name.value == CHECK.name.as_str());
    for (agreement, judged) in context.signing.standing_signatures() {
        let (None, Some(by)) = (&judged.signature.signature, &judged.signature.by) else { continue };
        let has_key = context.signing.had_key(judged.signature);
        let on_paper = judged.signature.evidence.is_some();
        let signatory = context.ledger.name_of(&by.value);
        if !has_key && !is_wanted {
            if judged.counts() && !on_paper && context.signing.came_after_key(judged.signature) {
                findings.push(late_finding(agreement, &judged, by, signatory));
            }
            continue;
        }
        let message = match (is_required, has_key, on_paper) {
            (true, _, _) | (false, false, _) => format!("no SSH signature proves the signature of {signatory}"),
            (false, true, false) => {
                format!(
                    "{signatory} had a key on that date, but no SSH signature proves this one, so it does not \
                    count"
                )
            }
            (false, true, true) => format!(
                "{signatory} had a key on that date, but no SSH signature proves this one; it counts because of its \
                 `evidence`"
            ),
        };
        let help = "sign again with a key listed under [[keys]] in the signer’s record";
        let finding = signature_finding(&CHECK, agreement, &judged, by.span, message, help);
        findings.push(if !is_required && has_key && on_paper { finding.soften() } else { finding });
    }
}

/// The warning on a signature that was added when its signer had a key, but is dated before that.
fn late_finding(
    agreement: &Record<Agreement>,
    judged: &JudgedSignature<'_>,
    by: &At<AdvocateId>,
    signatory: &str,
) -> Finding {
    let date = judged.signature.date.as_ref().map_or_else(String::new, |date| date.to_string());
    let message = format!("this signature is dated {date}, before {signatory} had a key, but was added after that");
    let help = format!(
        "name the signed paper in `evidence` if there is one; otherwise ask {signatory} to sign again with the key"
    );
    signature_finding(&CHECK, agreement, judged, by.span, message, help).soften()
}

const BAD: Example = Example::of(&[
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
]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: r#"terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b""#,
    lines: r#"signature = """
-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgi+KzXkLu7qQyw/b6zM8UhW8HyT
bnJD5RO8VmtpdoR/0AAAATY29hbGl0aW9uLWFncmVlbWVudAAAAAAAAAAGc2hhNTEyAAAA
UwAAAAtzc2gtZWQyNTUxOQAAAEAM6tZbQ9XSeS3094nVfWkbHvMy4hb1o7IGf8GZcGArGI
wCA/xN02FrHw/Ekuzt1Wf9wnwwZ84wOsspFl6IkoIG
-----END SSH SIGNATURE-----
""""#,
}]);

const REQUIRED: &str = r##"name = "Alder County Library Coalition"
founded = 2025-01-15

[policy]
ssh_signatures = "required"

[checks]
no-emergency-committee = "off"
"##;
