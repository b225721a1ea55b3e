//! `no-agreement`: no current member is required to sign an agreement.

use super::command::command_or;
use super::{Check, Context, Example, ExampleFile, Group, Run, SIGNED_CHARTER};
use crate::finding::{CheckName, Finding, Severity};
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("no-agreement"),
    severity: Severity::Warning,
    group: Group::Agreements,
    policy: &[],
    run: Run::Ledger(run),
    what: "No current member is required to sign an agreement.",
    why: "Without a text that everyone has signed, rights and responsibilities are whatever each member remembers.",
    fix: "Write a charter, however short, as a file in `agreements/`, and ask every member to sign it.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let ledger = context.ledger;
    let no_members = ledger.current_members(context.today).next().is_none();
    let some_required =
        context.signing.agreements().any(|agreement| context.signing.row(agreement).iter().any(|cell| cell.required));
    if no_members || some_required {
        return;
    }
    let message = "no member is required to sign an agreement";
    let help = "add a charter as agreements/charter.toml, and ask every member to sign it";
    let help = command_or("new agreement Charter kind=charter text=@charter.md", help);
    findings.push(Finding::new(CHECK.name, &LedgerPath::new(ROOT_FILE), Span::START, message, help));
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "coalition.toml",
        r##"# Nothing has been agreed in writing.  # <-- here
name = "Alder County Library Coalition"
founded = 2025-01-15
"##,
    ),
    ExampleFile::new(
        "agreements/charter.toml",
        r##"name = "Charter"
kind = "charter"
text = "We meet monthly and speak with one voice."
effective = 2025-02-01
required_of = "nobody"
rights = ["one vote each"]
responsibilities = ["come to the meetings"]
"##,
    ),
]);

const GOOD: Example = Example::of(&[ExampleFile::new("agreements/charter.toml", SIGNED_CHARTER)]);
