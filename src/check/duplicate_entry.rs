//! `duplicate-entry`: one member signs the same version twice, states its position twice, or one person attends a meeting twice.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::RecordKey;
use crate::record::AnyRecord;
use crate::record::value::RecordId;
use crate::source::{LedgerPath, Span};
use std::collections::HashSet;
use std::hash::Hash;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("duplicate-entry"),
    severity: Severity::Error,
    group: Group::Structure,
    what: "One member signs the same version twice, states its position twice, or one person attends a meeting \
        twice.",
    why: "Votes and signatures are counted, and nobody counts twice.",
    fix: "Keep the entry that holds and remove the other; git remembers it. A signature that was taken back \
        stays, marked `withdrawn`.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "decisions/join-festival.toml",
        r##"name = "Join the river festival"
text = "The coalition has a table at the river festival."
method = "consensus"
closes = 2026-07-07

[[positions]]
member = "alder-friends"
option = "object"
reason = "No one is free that day."

[[positions]]
member = "alder-friends"  # <-- here
option = "agree"
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "decisions/join-festival.toml",
        r##"name = "Join the river festival"
text = "The coalition has a table at the river festival."
method = "consensus"
closes = 2026-07-07

[[positions]]
member = "alder-friends"
option = "agree"

[[positions]]
member = "birch-library"
option = "agree"
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let ledger = context.ledger;
    for agreement in &ledger.agreements {
        let standing = agreement.signatures.iter().filter(|signature| signature.withdrawn.is_none());
        let entries = standing.filter_map(|signature| {
            let member = signature.member.as_ref()?;
            Some(((member.as_str(), signature.version_number()), member.span, ledger.name_of(&member.value)))
        });
        let what = "has signed this version already";
        tell(entries, what, agreement.path(), agreement.key(), findings);
        let versions = agreement.amendments.iter().filter_map(|amendment| amendment.version.as_ref());
        let entries = versions.map(|version| (version.value, version.span, "This version"));
        tell(entries, "has an amendment already", agreement.path(), agreement.key(), findings);
    }
    for decision in &ledger.decisions {
        let members = decision.positions.iter().filter_map(|position| position.member.as_ref());
        let entries = members.map(|member| (member.as_str(), member.span, ledger.name_of(&member.value)));
        tell(entries, "has stated its position already", decision.path(), decision.key(), findings);
    }
    for goal in &ledger.goals {
        let members = goal.positions.iter().filter_map(|position| position.member.as_ref());
        let entries = members.map(|member| (member.as_str(), member.span, ledger.name_of(&member.value)));
        tell(entries, "has stated its position already", goal.path(), goal.key(), findings);
    }
    for meeting in &ledger.meetings {
        let entries =
            meeting.attendance.iter().filter_map(|attendance| match (&attendance.advocate, &attendance.name) {
                (Some(advocate), _) => Some((advocate.as_str(), advocate.span, ledger.name_of(&advocate.value))),
                (None, Some(name)) => Some((name.as_str(), name.span, name.as_str())),
                (None, None) => None,
            });
        tell(entries, "is in the list of attendance already", meeting.path(), meeting.key(), findings);
    }
}

/// Tells of each entry that stands there a second time. An entry is what makes it the same, its place and a name.
fn tell<'e, K: Eq + Hash>(
    entries: impl Iterator<Item = (K, Span, &'e str)>,
    what: &str,
    path: &LedgerPath,
    key: &RecordKey,
    findings: &mut Vec<Finding>,
) {
    let mut seen = HashSet::new();
    for (entry, span, name) in entries {
        if !seen.insert(entry) {
            let help = "keep the entry that holds and remove the other";
            let finding = Finding::new(CHECK.name, path, span, format!("{name} {what}"), help);
            findings.push(finding.with_record(key.clone()));
        }
    }
}
