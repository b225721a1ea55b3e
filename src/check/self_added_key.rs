//! `self-added-key`: an SSH signature was added to the repository before, or in the same commit as, the key that
//! proves it, or the dates that make that key valid.

use super::invalid_signature::{BEN, PROVEN_CHARTER};
use super::{Check, Context, Example, ExampleFile, Group, Run, SIGNED_CHARTER, signature_finding};
use crate::agreement::JudgedSignature;
use crate::finding::{CheckName, Finding, Severity};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("self-added-key"),
    severity: Severity::Warning,
    group: Group::Agreements,
    policy: &[],
    run: Run::Ledger(run),
    what: "An SSH signature was added to the repository before, or in the same commit as, the key that proves it, \
        or the dates that make that key valid.",
    why: "A key vouches for a person because others reviewed it before anyone used it. Someone who adds a key together \
        with its first signature could add any key, and sign for anyone.",
    fix: "Ask the person directly, preferably by phone, whether the key is theirs. Then ask them to sign again with \
        the key that is in the ledger now, or accept the signature with an `[[allow]]` that says who asked and when. \
        Next time, add the key in a separate change.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (agreement, judged) in context.signing.standing_signatures() {
        // `invalid-signature` reports a signature that proves nothing.
        let (Some(armor), Some(by)) = (&judged.signature.signature, &judged.signature.by) else { continue };
        if context.signing.flaw_of_proof(judged.entry).is_some() {
            continue;
        }
        let Some(commit) = context.signing.came_with_key(judged.signature) else { continue };
        let is_better = |other: &JudgedSignature<'_>| {
            let is_same_member = other.signature.member.as_ref().map(|id| &id.value)
                == judged.signature.member.as_ref().map(|id| &id.value);
            let is_proven =
                other.signature.signature.is_some() && context.signing.came_with_key(other.signature).is_none();
            is_same_member && is_proven && other.counts() && other.version >= judged.version
        };
        if context.signing.judge_all(agreement).any(|other| is_better(&other)) {
            continue;
        }
        let signatory = context.ledger.name_of(&by.value);
        let message = format!(
            "commit {commit} added the SSH signature of {signatory}; before that, the ledger had no key of theirs that proves it"
        );
        let help = format!("ask {signatory} whether the key is theirs, and ask them to sign again with it");
        let mut found = signature_finding(&CHECK, agreement, &judged, armor.span, message, help);
        if let Some(advocate) = context.ledger.advocates.get(&by.value) {
            found = found.with_about(advocate.key.clone());
        }
        findings.push(found);
    }
}

const BAD: Example =
    Example::of(&[ExampleFile::new("advocates/ben-okoro.toml", BEN), ExampleFile::new(CHARTER, MARKED_CHARTER)])
        .after(&[&[]]);

const GOOD: Example =
    Example::of(&[ExampleFile::new("advocates/ben-okoro.toml", BEN), ExampleFile::new(CHARTER, PROVEN_CHARTER)])
        .after(&[&[ExampleFile::new("advocates/ben-okoro.toml", BEN), ExampleFile::new(CHARTER, SIGNED_CHARTER)]]);

const CHARTER: &str = "agreements/charter.toml";

/// [`PROVEN_CHARTER`] with its armor in one line, so that there is a line to mark.
const MARKED_CHARTER: &str = r##"name = "Charter"
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
signature = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgi+KzXkLu7qQyw/b6zM8UhW8HyT\nbnJD5RO8VmtpdoR/0AAAATY29hbGl0aW9uLWFncmVlbWVudAAAAAAAAAAGc2hhNTEyAAAA\nUwAAAAtzc2gtZWQyNTUxOQAAAEAM6tZbQ9XSeS3094nVfWkbHvMy4hb1o7IGf8GZcGArGI\nwCA/xN02FrHw/Ekuzt1Wf9wnwwZ84wOsspFl6IkoIG\n-----END SSH SIGNATURE-----\n"  # <-- here
"##;
