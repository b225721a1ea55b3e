//! `unknown-field`: a file has a field that the format does not know, or `[checks]` names a check that does not
//! exist.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{Finding, Severity, name};
use crate::parse::suggest::nearest;
use crate::source::{LedgerPath, ROOT_FILE};

/// The check.
pub(super) static CHECK: Check = Check {
    name: name::UNKNOWN_FIELD,
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::Ledger(run),
    what: "A file contains an unknown field, or `[checks]` names a check that does not exist.",
    why: "The program would ignore a misspelled field, and no one would notice.",
    fix: "Use the name that the message suggests. Put anything else your coalition records under `[extra]`.",
    bad: BAD,
    good: GOOD,
};

/// Reports names under `[checks]` that are not checks. Fields are reported while files are read.
fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(settings) = &context.ledger.root.checks else { return };
    for (name, _) in &settings.0 {
        if context.names.contains(&name.value.as_str()) {
            continue;
        }
        let help = match nearest(name, context.names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`coalition explain` lists the checks".to_owned(),
        };
        let message = format!("there is no check `{}`", name.value);
        findings.push(Finding::new(name::UNKNOWN_FIELD, &LedgerPath::new(ROOT_FILE), name.span, message, help));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
clasification = "friends-group"  # <-- here
joined = 2026-05-20
representative = "ana-lopez"
newsletter = "monthly"  # <-- here
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"

[extra]
newsletter = "monthly"
"##,
)]);
