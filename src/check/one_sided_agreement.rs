//! `one-sided-agreement`: an agreement lists rights without responsibilities, responsibilities without rights, or
//! neither.

use super::command::command_or;
use super::{Check, Context, Example, ExampleFile, Group, Run, SIGNED_CHARTER};
use crate::agreement::is_in_force;
use crate::finding::{CheckName, Finding, Severity};
use crate::record::{Agreement, AnyRecord};
use crate::source::Span;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("one-sided-agreement"),
    severity: Severity::Warning,
    group: Group::Agreements,
    policy: &[],
    run: Run::Ledger(run),
    what: "An agreement lists rights without responsibilities, responsibilities without rights, or neither.",
    why: "Members keep an agreement that gives them something and asks something of them.",
    fix: "List what each signer may do in `rights`, and what each must do in `responsibilities`. Neither list is part \
        of the signed text.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for agreement in
        context.signing.agreements().filter(|agreement| is_in_force(context.ledger, agreement, context.today))
    {
        let (missing, field) = match (agreement.rights.is_empty(), agreement.responsibilities.is_empty()) {
            (false, false) => continue,
            (true, true) => ("neither rights nor responsibilities", "rights` and `responsibilities"),
            (true, false) => ("responsibilities but no rights", "rights"),
            (false, true) => ("rights but no responsibilities", "responsibilities"),
        };
        let span = agreement.common.name.as_ref().map_or(Span::START, |name| name.span);
        let message = format!("\u{201c}{}\u{201d} lists {missing}", agreement.name());
        let first = missing_fields(agreement).next().unwrap_or_default();
        let command = format!("add {} {first} \"…\"", agreement.key);
        let is_signed = context.ledger.signatures_of(agreement).next().is_some();
        let signed =
            if is_signed { "; it is not part of the signed text: list only what members agreed to there" } else { "" };
        let help = command_or(&command, &format!("add a list `{field}`{signed}"));
        let finding = Finding::new(CHECK.name, &agreement.path, span, message, help);
        let finding = finding.with_record(agreement.key.clone());
        let is_unread = missing_fields(agreement).any(|field| context.ledger.has_line(&agreement.path, field));
        findings.push(if is_unread { finding.because_of(&agreement.path) } else { finding });
    }
}

/// The lists that the agreement does not have, or that could not be read.
fn missing_fields(agreement: &Agreement) -> impl Iterator<Item = &'static str> {
    let rights = agreement.rights.is_empty().then_some("rights");
    let responsibilities = agreement.responsibilities.is_empty().then_some("responsibilities");
    rights.into_iter().chain(responsibilities)
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "agreements/charter.toml",
    r##"name = "Charter"  # <-- here
kind = "charter"
text = "We meet monthly and speak with one voice."
effective = 2025-02-01
responsibilities = ["come to the meetings"]

[[signatures]]
member = "alder-friends"
by = "ana-lopez"
date = 2026-05-25
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"

[[signatures]]
member = "birch-library"
by = "ben-okoro"
date = 2025-01-22
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new("agreements/charter.toml", SIGNED_CHARTER)]);
