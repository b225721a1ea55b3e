//! `private-key`: a file of the ledger contains the private half of a key.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::RecordKey;
use crate::source::{LedgerPath, Span, find_private_keys};
use std::collections::HashMap;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("private-key"),
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::Ledger(run),
    what: "A file in the ledger contains a private key.",
    why: "Anyone who can read the ledger, or has a copy of its history, can now sign with that key.",
    fix: "Make a new key, and copy the line from the file that ends in `.pub`. End the old key with `valid_until` \
        wherever it is listed. Deleting the private key from the file does not delete it from the history.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let owners: HashMap<&LedgerPath, &RecordKey> =
        context.ledger.records().map(|record| (record.path(), record.key())).collect();
    for (path, text) in &context.ledger.texts {
        for key in find_private_keys(text) {
            let line = text.get(key.clone()).and_then(|key| key.find('\n')).map_or(key.end, |line| key.start + line);
            let message = "this is a private key, and everyone who can read the ledger now has it";
            let help = "make a new key, and copy the line from the file that ends in `.pub`";
            let mut finding = Finding::new(CHECK.name, path, Span::from(key.start..line), message, help);
            finding.record = owners.get(path).map(|key| (*key).clone());
            findings.push(finding);
        }
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "advocates/dana-reyes.toml",
    r##"name = "Dana Reyes"
member = "birch-library"
role = "staff"
contact_owner = "ana-lopez"

[consent]
listed = true

[[contact_details]]
type = "phone"
value = "+1 614-555-0188"

[[contacts]]
date = 2026-05-28
by = "ana-lopez"

[extra]
key = """
-----BEGIN OPENSSH PRIVATE KEY-----  # <-- here
b3BlbnNzaC1rZXktdjEAAAAA
-----END OPENSSH PRIVATE KEY-----
"""
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Replace(
    r#"[extra]
key = """
-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAA
-----END OPENSSH PRIVATE KEY-----
""""#,
    r#"[[keys]]
key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGTCZsx4RnsiUYVHZezvG0Ncbl3v98C/ko6Y4EFpsJob"
valid_from = 2026-01-15"#,
)]);
