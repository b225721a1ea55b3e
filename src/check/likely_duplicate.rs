//! `likely-duplicate`: two records of one kind have the same name, ignoring capitals, spaces, punctuation and how an
//! accented letter was typed, or the same email address.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::parse::alike::fold;
use crate::record::AnyRecord;
use crate::record::common::{ContactDetail, ContactType};
use crate::record::value::At;
use std::collections::HashMap;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("likely-duplicate"),
    severity: Severity::Note,
    group: Group::Structure,
    policy: &[],
    run: Run::Ledger(run),
    what: "Two records of one kind have the same name, ignoring capitals, spaces, punctuation and how an accented \
        letter was typed, or the same email address.",
    why: "The same organization under two ids has to sign twice and is counted twice.",
    fix: "Keep one of the two files. If they are different, say so in the names.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for kind in Kind::ALL {
        let mut by_email: HashMap<String, &dyn AnyRecord> = HashMap::new();
        for record in context.ledger.records_of(kind) {
            for email in emails(record) {
                let Some(first) =
                    by_email.insert(fold(&email.value), record).filter(|first| first.key() != record.key())
                else {
                    continue;
                };
                // The same name is said below.
                if first.common().name.as_ref().map(|name| simplify(name))
                    == record.common().name.as_ref().map(|name| simplify(name))
                {
                    continue;
                }
                let message = format!("{} has the same email address as {}", record.name(), first.name());
                let help =
                    "if they are the same, keep one of the two files; if one of the addresses is wrong, correct it";
                let finding = Finding::new(CHECK.name, record.path(), email.span, message, help);
                findings.push(finding.with_record(record.key().clone()).with_about(first.key().clone()));
            }
        }
        let mut seen: HashMap<String, &dyn AnyRecord> = HashMap::new();
        for record in context.ledger.records_of(kind) {
            let Some(name) = &record.common().name else { continue };
            if let Some(first) = seen.get(&simplify(name)) {
                let message = format!("{} has the same name: \u{201c}{}\u{201d}", first.path(), first.name());
                let help = "keep one of the two files, or make the names different";
                let finding = Finding::new(CHECK.name, record.path(), name.span, message, help);
                findings.push(finding.with_record(record.key().clone()).with_about(first.key().clone()));
            } else {
                seen.insert(simplify(name), record);
            }
        }
    }
}

/// The email addresses of a record.
fn emails(record: &dyn AnyRecord) -> impl Iterator<Item = &At<String>> {
    let is_email =
        |detail: &&At<ContactDetail>| detail.r#type.as_ref().is_some_and(|kind| kind.value == ContactType::Email);
    record.details().iter().filter(is_email).filter_map(|detail| detail.value.value.as_ref())
}

/// A name without regard to case, spaces and punctuation.
fn simplify(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "advocates/ana-lopez-2.toml",
        r##"name = "Ana  López"
start_date = 2026-06-01
"##,
    ),
    ExampleFile::new(
        "advocates/ana-lopez-3.toml",
        r##"name = "ana lópez"  # <-- here
start_date = 2026-06-01
"##,
    ),
]);

const GOOD: Example = Example::of(&[
    ExampleFile::new(
        "advocates/ana-lopez-2.toml",
        r##"name = "Ana López (Eastside)"
start_date = 2026-06-01
"##,
    ),
    ExampleFile::new(
        "advocates/ana-lopez-3.toml",
        r##"name = "Ana López (the younger)"
start_date = 2026-06-01
"##,
    ),
]);
