//! `rushed-signing`: an agreement leaves a member less time to sign than it needs.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::days;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::internal_process::signing_time;
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("rushed-signing"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::InternalProcess),
    what: "An agreement or an amendment that members can still sign in time leaves one of them fewer days for that than it \
        needs to decide for itself.",
    why: "Whoever signs without having asked its own board signs for nobody. A few more days make the \
        signature one that holds.",
    fix: "Set a later day under `sign_by`; when the words are first laid before members, count in the slowest \
        of them.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "agreements/code-of-conduct.toml",
        r##"name = "Code of conduct"
kind = "code-of-conduct"
text = "We speak of one another as if all were in the room."
effective = 2026-06-10
sign_by = 2026-06-23  # <-- here
required_of = ["birch-library"]
rights = ["to be heard"]
responsibilities = ["to listen"]
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "agreements/code-of-conduct.toml",
        r##"name = "Code of conduct"
kind = "code-of-conduct"
text = "We speak of one another as if all were in the room."
effective = 2026-05-20
sign_by = 2026-06-30
required_of = ["birch-library"]
rights = ["to be heard"]
responsibilities = ["to listen"]

[[signatures]]
member = "birch-library"
by = "ben-okoro"
date = 2026-06-11
terms = "sha256:4f6be5342f0e25149c03f15685ff358cd1ed44f357a43af4024205ed1b594771"
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for agreement in &context.ledger.agreements {
        for period in signing_time(context.here, agreement).iter().filter(|period| !period.rushed.is_empty()) {
            let given = days(period.days());
            let message = format!("\u{201c}{}\u{201d} gives {given} to sign, but {}", agreement.name(), period.needs());
            let help = "set a later day under `sign_by`";
            let told = finding(&CHECK, agreement, period.to.span, message, help);
            findings.push(period.rushed.iter().fold(told, |told, (member, _)| told.with_about(member.key.clone())));
        }
    }
}
