//! `unfinished-change`: a command that changes several files was interrupted between two of them.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub static CHECK: Check = Check {
    name: name::UNFINISHED_CHANGE,
    severity: Severity::Error,
    group: Group::Structure,
    what: "A command that changes several files was interrupted: some say what they were meant to say, others do not yet.",
    why: "A rename or an import is one change. Half of it leaves references that lead nowhere and rows that are missing, \
        and nobody can tell from the files alone what was meant.",
    fix: "Run `coalition recover`, which completes the change, or `coalition recover --undo`, which takes it back. Files \
        that somebody changed since are left as they are, and named.",
    policy: &[],
    bad: Example::of(&[
        ExampleFile::new(
            ".coalition-journal",
            r##"# A change of several files is being written, or stopped halfway.  # <-- here
{"coalition_journal":1,"what":"import member organizations.csv"}
{"path":"members/cedar-school.toml","before":null,"after":"name = \"Cedar School\"\nclassification = \"school\"\n"}
{"path":"members/fir-club.toml","before":null,"after":"name = \"Fir Club\"\nclassification = \"civic-group\"\n"}
{"end":true}
"##,
        ),
        ExampleFile::new("members/cedar-school.toml", "name = \"Cedar School\"\nclassification = \"school\"\n"),
    ]),
    good: Example::of(&[ExampleFile::new(
        "members/cedar-school.toml",
        "name = \"Cedar School\"\nclassification = \"school\"\n",
    )]),
    run: Run::WhileReading,
};
