//! `weakened-gate`: a change takes away a duty to sign an agreement, or makes it easier.

use super::{Check, Context, Example, ExampleFile, Group, Run, SIGNED_CHARTER};
use crate::finding::{CheckName, Finding, Severity, name};
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::record::AnyRecord;
use crate::source::LedgerPath;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("weakened-gate"),
    severity: Severity::Error,
    group: Group::Agreements,
    policy: &["sign_days", "ssh_signatures"],
    run: Run::Ledger(run),
    what: "After a change, a member no longer has to sign an agreement, or the requirement to sign it is weaker. The \
        check compares each requirement with the ledger before the change (`check --since REV`). Without `--since`, \
        it looks at the changes of the last 30 days and reports warnings.",
    why: "Anyone who can change the rules could otherwise get around them. So the rules from before a change apply to \
        that change, and reviewers see what would weaken them.",
    fix: "Undo the change that weakens the requirement, or say why you meant to: add [[allow]] with this check, \
        `because` and `until` to the record that weakens it, or to coalition.toml if you removed the record. The \
        reason is then part of the review.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    report_postponed(context, findings);
    let Some(comparison) = &context.comparison else { return };
    for one in &comparison.weakened {
        let place = one.record.as_ref().filter(|record| record.kind != Kind::Agreement || one.path.top() != SIGNATURES);
        let place = place.and_then(|record| context.ledger.find(record.kind, &record.id)).map(AnyRecord::path);
        let place = place.unwrap_or(&one.path);
        let place =
            if place.top() == SIGNATURES { "the record of the agreement or the member" } else { place.as_str() };
        let help = format!(
            "undo it, or say in {place} why you meant to: [[allow]] with check = \"{}\", because = \"…\" and an \
             `until` date less than a year away",
            CHECK.name
        );
        let mut finding = Finding::new(CHECK.name, &one.path, one.span, one.sentence(), help);
        finding.record.clone_from(&one.record);
        finding.about.clone_from(&one.about);
        // What cannot be read seems to be gone.
        let keys: Vec<&RecordKey> = one.record.iter().chain(&one.duty).collect();
        let is_of = |path: &LedgerPath| {
            let id = |key: &&RecordKey| path.top() == key.kind.folder() && path.stem() == &*key.id;
            *path == one.path || keys.iter().any(id) || is_signature_of(path, &keys)
        };
        let unread = context.ledger.findings.iter().filter(|finding| is_of_unread(finding));
        for path in unread.map(|finding| &finding.path).filter(|path| is_of(path)) {
            finding = finding.because_of(path);
        }
        findings.push(if one.is_mild || !comparison.is_request { finding.soften() } else { finding });
    }
}

/// Whether a finding reports a file, or a part of one, that could not be read.
fn is_of_unread(finding: &Finding) -> bool {
    let is_unread = [name::UNREADABLE_FILE, name::INVALID_TOML, name::CONFLICT_MARKER].contains(&finding.check);
    is_unread || (finding.check == name::MISSING_FIELD && finding.of_whole_file)
}

/// Whether a path is that of the signatures of one of these members on one of these agreements.
fn is_signature_of(path: &LedgerPath, keys: &[&RecordKey]) -> bool {
    let has = |kind: Kind, id: &str| keys.iter().any(|key| key.kind == kind && *key.id == *id);
    let agreement = path.as_str().split('/').nth(1).unwrap_or_default();
    path.top() == SIGNATURES && has(Kind::Agreement, agreement) && has(Kind::Member, path.stem())
}

/// Reports amendments that were in force in some commit, but now begin later, which would switch a duty off.
fn report_postponed(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for agreement in &context.ledger.agreements {
        for amendment in &agreement.amendments {
            let (Some(version), Some(date)) = (&amendment.version, &amendment.date) else { continue };
            let place = (agreement.key.id.to_string(), version.value);
            let Some(before) = context.ledger.evidence.in_force.get(&place) else { continue };
            if date.value <= context.today || before.date > context.today {
                continue;
            }
            let message = format!(
                "version {} of \u{201c}{}\u{201d} took effect on {} according to commit {}, but its date is now {}",
                version.value,
                agreement.name(),
                before.date,
                before.commit,
                date.value
            );
            let help = format!(
                "write date = {}; to change what is in force, make a new version. If that date was a typo, say so in \
                 {}: [[allow]] with check = \"{}\", because = \"…\" and an `until` date less than a year away",
                before.date, agreement.path, CHECK.name
            );
            findings.push(super::finding(&CHECK, agreement, date.span, message, help));
        }
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    CHARTER,
    r##"name = "Charter"
kind = "charter"
text = "We meet monthly and speak with one voice."
effective = 2025-02-01
required_of = ["alder-friends"]  # <-- here
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[signatures]]
member = "alder-friends"
by = "ana-lopez"
date = 2026-05-25
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"
"##,
)])
.after(&[&[ExampleFile::new(CHARTER, SIGNED_CHARTER)]]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    CHARTER,
    r##"name = "Charter"
kind = "charter"
text = "We meet monthly and speak with one voice."
effective = 2025-02-01
required_of = ["alder-friends"]
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[signatures]]
member = "alder-friends"
by = "ana-lopez"
date = 2026-05-25
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"

[[allow]]
check = "weakened-gate"
because = "the assembly of June 10 released the library from the charter"
until = 2026-12-31
"##,
)])
.after(&[&[ExampleFile::new(CHARTER, SIGNED_CHARTER)]]);

const CHARTER: &str = "agreements/charter.toml";
