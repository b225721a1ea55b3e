//! `wrong-result`: the recorded result of a decision does not match the members’ positions, or its tally, under its
//! method.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::decision_structure::{decisions_made, is_borne_out, replaced_decisions};
use crate::record::AnyRecord;
use crate::record::value::Choices;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("wrong-result"),
    severity: Severity::Error,
    group: Group::Practice(Practice::DecisionStructure),
    policy: &[],
    run: Run::Ledger(run),
    what: "The recorded result of a decision does not match the members’ positions, or its tally, under its method. A \
        majority needs more members who agree than members who object or block. Two thirds means two thirds of those \
        who agree, object or block. Unanimity means that someone agrees and no one objects or blocks. A consensus \
        cannot be adopted with no one in favor, or rejected with everyone in favor. Rejecting a motion without a \
        quorum is correct. The check looks at decisions of the last 365 days that have a position or a `[tally]`; if \
        both are there, it uses the tally. If a tally counts more members than may take part, it does not support any \
        result.",
    why: "Members look up what they agreed to in the ledger. A result that contradicts its own count undermines trust \
        in all the others.",
    fix: "Correct the result, the method, the positions or the tally, whichever is wrong. Members who abstain or stand \
        aside are not counted against it.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let replaced = replaced_decisions(context.as_of);
    let made = decisions_made(context.as_of).filter(|hearing| !replaced.contains(&*hearing.decision.key.id));
    for hearing in made.filter(|hearing| is_borne_out(context.as_of, hearing) == Some(false)) {
        let decision = hearing.decision;
        let (Some(result), Some(method)) = (&decision.result, hearing.method()) else { continue };
        let counted = if hearing.show_of_hands().is_some() { "its tally does" } else { "the positions do" };
        let name = decision.name();
        let message = if hearing.is_overcounted() {
            let eligible = match hearing.eligible.len() {
                1 => "only 1 member may".to_owned(),
                many => format!("only {many} members may"),
            };
            format!(
                "the tally of \u{201c}{name}\u{201d} counts {} votes, but {eligible} take part",
                hearing.tally().total()
            )
        } else {
            let (result, method, tally) = (result.label(), method.label(), hearing.tally().words());
            format!("\u{201c}{name}\u{201d} was {result} {method}, but {counted} not support that: {tally}")
        };
        let help = "correct the result, the method or the count, whichever is wrong";
        findings.push(context.unless_unclear(&hearing, finding(&CHECK, decision, result.span, message, help)));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "decisions/evening-hours.toml",
    r##"name = "Evening hours"
text = "The coalition makes evening hours its goal."
proposed = 2026-05-20
closes = 2026-06-09
decided = 2026-06-09
method = "majority"
result = "adopted"  # <-- here

[[positions]]
member = "alder-friends"
option = "agree"
date = 2026-06-09

[[positions]]
member = "birch-library"
option = "object"
date = 2026-06-09
accommodation = "The staff is asked first."
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Replace(r#"result = "adopted""#, r#"result = "rejected""#)]);
