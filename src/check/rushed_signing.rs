//! `rushed-signing`: an agreement or an amendment that members can still sign in time leaves one of them fewer days
//! to sign than it needs to decide.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::days;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::internal_process::signing_time;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("rushed-signing"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::InternalProcess),
    policy: &[],
    run: Run::Ledger(run),
    what: "Members can still sign an agreement or an amendment in time, but one of them has fewer days to sign than it \
        needs to decide.",
    why: "Someone who signs without asking their board signs for no one. A few more days make a signature that lasts.",
    fix: "Set a later date in `sign_by`. When you first present a text to members, allow time for the slowest of them.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for agreement in &context.ledger.agreements {
        for period in signing_time(context.as_of, agreement).iter().filter(|period| !period.rushed.is_empty()) {
            let given = days(period.days());
            let message = format!("\u{201c}{}\u{201d} allows {given} to sign; {}", agreement.name(), period.needs());
            let help = "set a later date in `sign_by`";
            let finding = finding(&CHECK, agreement, period.to.span, message, help);
            findings.push(
                period.rushed.iter().fold(finding, |finding, (member, _)| finding.with_about(member.key.clone())),
            );
        }
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
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
)]);

const GOOD: Example = BAD.change(&[
    Change::Replace(
        r#"effective = 2026-06-10
sign_by = 2026-06-23"#,
        r#"effective = 2026-05-20
sign_by = 2026-06-30"#,
    ),
    Change::Add {
        below: r#"responsibilities = ["to listen"]"#,
        lines: r#"
[[signatures]]
member = "birch-library"
by = "ben-okoro"
date = 2026-06-11
terms = "sha256:4f6be5342f0e25149c03f15685ff358cd1ed44f357a43af4024205ed1b594771""#,
    },
]);
