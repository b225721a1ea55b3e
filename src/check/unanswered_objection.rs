//! `unanswered-objection`: a decision was made, and an objection to it has no answer.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::diversity::objections;
use crate::record::value::RecordId;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("unanswered-objection"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Diversity),
    what: "A decision was made, and an objection or a block has no answer written down.",
    why: "Members stay where they lost, if they were heard. An objection without an answer is the one that \
        comes back as a letter to the newspaper.",
    fix: "Write under `accommodation` what was changed or promised in answer; where nothing was, say why.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "decisions/evening-hours.toml",
        r##"name = "Evening hours"
text = "The coalition makes evening hours its goal."
proposed = 2026-05-20
closes = 2026-06-09
decided = 2026-06-09
method = "majority"
result = "adopted"

[[positions]]
member = "alder-friends"
option = "agree"
date = 2026-06-09

[[positions]]
member = "birch-library"
option = "object"  # <-- here
date = 2026-06-09
reason = "Nobody has asked the staff."
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "decisions/evening-hours.toml",
        r##"name = "Evening hours"
text = "The coalition makes evening hours its goal."
proposed = 2026-05-20
closes = 2026-06-09
decided = 2026-06-09
method = "unanimity"
result = "rejected"

[[positions]]
member = "alder-friends"
option = "agree"
date = 2026-06-09

[[positions]]
member = "birch-library"
option = "object"
date = 2026-06-09
reason = "Nobody has asked the staff."
accommodation = "The staff is asked first; the motion comes back in September."
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let open = objections(context.here).into_iter().filter(|objection| objection.accommodation.is_none());
    for objection in open {
        let member = context.ledger.name_of(objection.member);
        let preposition = if objection.option == "block" { "" } else { " to" };
        let message = format!(
            "{member} {}{preposition} \u{201c}{}\u{201d}, which was decided without an answer",
            objection.stance, objection.about
        );
        let help = "write under `accommodation` what was changed or promised in answer, or why nothing was";
        let finding = Finding::new(CHECK.name, objection.path, objection.span, message, help);
        findings.push(finding.with_record(objection.key.clone()).with_about(objection.member.key()));
    }
}
