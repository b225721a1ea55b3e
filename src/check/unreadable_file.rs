//! `unreadable-file`: the program cannot read the text of a file: it is not UTF-8, it is too large, it is a link out
//! of the ledger, or you have no permission.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub(super) static CHECK: Check = Check {
    name: name::UNREADABLE_FILE,
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::WhileReading,
    what: "The program cannot read the text of a file: it is not UTF-8, it is too large, it is a link out of the \
        ledger, or you have no permission. The same is reported for files that git tracks and this clone lacks, \
        for a history that is cut off although proofs depend on it, and for a text that git changes between a \
        commit and the folder.",
    why: "No one checks a record in a file that cannot be read, and from an incomplete clone no one can say who \
        has signed.",
    fix: "Save the file as UTF-8 text, replace a link with the file it points to, or remove what is not a record. \
        For an incomplete clone, the message names the git command that completes it.",
    bad: BAD,
    good: GOOD,
};

const BAD: Example = Example::of(&[ExampleFile {
    path: "goals/evening-hours.toml",
    bytes: b"# Saved in another encoding.\nname = \"Caf\xe9 evenings\"  # <-- here\n",
}]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "goals/evening-hours.toml",
    r##"# Saved as UTF-8.
name = "Café evenings"
"##,
)]);
