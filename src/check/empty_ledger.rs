//! `empty-ledger`: the ledger has no current member: no one has joined, or everyone has left.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("empty-ledger"),
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::Ledger(run),
    what: "The ledger has no current member: no one has joined, or everyone has left.",
    why: "Without this check, an empty folder would pass, and no one would notice that it was the wrong folder. You \
        cannot turn this check off.",
    fix: "Add the first member in `members/`, with the date it joined. Or point the program to the right folder with \
        `--ledger`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let ledger = context.ledger;
    if ledger.current_members(context.today).next().is_some() {
        return;
    }
    let (message, help) = if ledger.members.is_empty() {
        let message = "the ledger has no members, so no one has agreed to anything";
        (
            message.to_owned(),
            "add the first member as a file in members/, or point to the right folder with `--ledger`".to_owned(),
        )
    } else {
        let message = format!(
            "none of the {} organizations in members/ is a member on {}, so there is no required signature to check",
            ledger.members.len(),
            context.today
        );
        (message, "enter the date each one joined: joined = 2025-03-01".to_owned())
    };
    let finding = Finding::new(CHECK.name, &LedgerPath::new(ROOT_FILE), Span::START, message, help);
    findings.push(unclear_members(ledger).fold(finding, |finding, path| finding.because_of(path)));
}

/// The files of members that have a line with the day on which they joined, but could not be read.
fn unclear_members(ledger: &Ledger) -> impl Iterator<Item = &LedgerPath> {
    let files = ledger.texts.keys().filter(|path| path.is_within(Kind::Member.folder()));
    files.filter(|path| {
        let read = ledger.members.find(path.stem()).is_some_and(|member| member.joined.is_some());
        !read && ledger.has_line(path, "joined")
    })
}

const BAD: Example = Example {
    today: "2026-06-15",
    files: &[ExampleFile::new(
        "coalition.toml",
        r##"# Nobody has joined yet.  # <-- here
name = "Alder County Library Coalition"
founded = 2025-01-15
"##,
    )],
    without: &[
        "members/alder-friends.toml",
        "members/birch-library.toml",
        "advocates/ana-lopez.toml",
        "advocates/ben-okoro.toml",
        "advocates/dana-reyes.toml",
        "agreements/charter.toml",
    ],
    before: &[],
    changes: &[],
};

const GOOD: Example = Example::of(&[ExampleFile::new(
    "coalition.toml",
    r##"name = "Alder County Library Coalition"
founded = 2025-01-15

[checks]
no-emergency-committee = "off"
"##,
)]);
