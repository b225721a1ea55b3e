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
    what: "The program cannot read the text of a file: it is not UTF-8, it is too large, it is a link that leaves the \
        ledger, or you have no permission. The check also reports files that git tracks but this clone lacks, \
        records that git ignores, a cut-off history that proofs depend on, and a text that git changes between a \
        commit and the files on disk.",
    why: "The program cannot check a record it cannot read, and an incomplete clone cannot show who has signed.",
    fix: "Save the file as UTF-8 text, replace a link with the file it points to, or remove a file that is not a \
        record. For an incomplete clone, the message names the git command that completes it.",
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
