//! `unreadable-file`: a file is there but its text cannot be had: it is not UTF-8, too large, a link out of the ledger, or closed to you.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub static CHECK: Check = Check {
    name: name::UNREADABLE_FILE,
    severity: Severity::Error,
    group: Group::Structure,
    what: "A file is there but its text cannot be had: it is not UTF-8, too large, a link out of the ledger, or \
        closed to you.",
    why: "A file that cannot be read is a record that nobody checks.",
    fix: "Save the file as UTF-8 text, replace a link by the file it leads to, or remove what is no record.",
    policy: &[],
    bad: Example::of(&[ExampleFile {
        path: "goals/evening-hours.toml",
        bytes: b"# Saved in another encoding.\nname = \"Caf\xe9 evenings\"  # <-- here\n",
    }]),
    good: Example::of(&[ExampleFile::new(
        "goals/evening-hours.toml",
        r##"# Saved as UTF-8.
name = "Café evenings"
"##,
    )]),
    run: Run::WhileReading,
};
