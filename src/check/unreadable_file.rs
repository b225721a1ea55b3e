//! `unreadable-file`: a file is there but its text cannot be had: it is not UTF-8, too large, a link out of the ledger, or closed to you.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub static CHECK: Check = Check {
    name: name::UNREADABLE_FILE,
    severity: Severity::Error,
    group: Group::Structure,
    what: "A file is there but its text cannot be had: it is not UTF-8, too large, a link out of the ledger, or \
        closed to you. The same is reported of what git tracks and this clone lacks, of a history that is cut off \
        where proofs hang on it, and of a text that git changes between a commit and the folder.",
    why: "A file that cannot be read is a record that nobody checks, and from a clone that is not whole nobody can \
        say who has signed.",
    fix: "Save the file as UTF-8 text, replace a link by the file it leads to, or remove what is no record. \
        For a clone that is not whole, the message names the git command that completes it.",
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
