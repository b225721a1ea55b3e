//! `unfinished-change`: a command that changes several files was interrupted: some files have their new content,
//! others do not yet.

use super::{Check, Example, ExampleFile, Group, Run};
use crate::finding::{Severity, name};

/// The check.
pub(super) static CHECK: Check = Check {
    name: name::UNFINISHED_CHANGE,
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::WhileReading,
    what: "A command that changes several files was interrupted: some files have their new content, others do not \
        yet.",
    why: "A rename or an import is one change. Half a change leaves broken references and missing rows, and no one can \
        tell from the files alone what you meant to do.",
    fix: "Run `coalition recover`, which completes the change, or `coalition recover --undo`, which undoes it. Neither \
        touches a file that someone has changed since; both list such files.",
    bad: BAD,
    good: GOOD,
};

const BAD: Example = Example::of(&[
    ExampleFile::new(
        ".coalition-journal",
        r##"# A change of several files is being written, or stopped halfway.  # <-- here
{"coalition_journal":1,"what":"import member members.csv"}
{"path":"members/cedar-school.toml","before":null,"after":"name = \"Cedar School\"\nclassification = \"school\"\n"}
{"path":"members/fir-club.toml","before":null,"after":"name = \"Fir Club\"\nclassification = \"civic-group\"\n"}
{"end":true}
"##,
    ),
    ExampleFile::new("members/cedar-school.toml", "name = \"Cedar School\"\nclassification = \"school\"\n"),
]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "members/cedar-school.toml",
    "name = \"Cedar School\"\nclassification = \"school\"\n",
)]);
