//! `unknown-folder`: a folder at the root of the ledger contains TOML files but is not a folder of records, or a TOML
//! file is at the root itself.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{Finding, Severity, name};
use crate::kind::Kind;
use crate::ledger::meant_folder;
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// The check.
pub(super) static CHECK: Check = Check {
    name: name::UNKNOWN_FOLDER,
    severity: Severity::Warning,
    group: Group::Structure,
    policy: &[],
    run: Run::Ledger(run),
    what: "A folder at the root of the ledger contains TOML files but is not a folder of records, or a TOML file is at \
        the root itself. If an unread file anywhere contains fields of a member, a person, an agreement or a \
        signature, this is an error that no setting lowers.",
    why: "The program does not read records in a misspelled folder: a member in `member/` appears in no report and \
        cannot sign. The same is true of a file with another extension, in a hidden folder, or in a ledger inside the \
        ledger.",
    fix: "Rename the folder as the message suggests, or keep other files somewhere else. Move records to the folder of \
        their kind, or out of the ledger.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let is_reported = |folder: &str| {
        let of_this = context.ledger.findings.iter().filter(|finding| finding.check == CHECK.name);
        of_this.map(|finding| &finding.path).any(|path| path.is_within(folder))
    };
    for stray in context.ledger.strays.iter().filter(|stray| !is_reported(stray.as_str())) {
        let folder = stray.as_str();
        if folder.contains('.') {
            let message = format!("`{folder}` is not read: it is not in a folder of records");
            let help = "move it to the folder of its kind, such as members/";
            findings.push(Finding::new(name::UNKNOWN_FOLDER, &LedgerPath::new(ROOT_FILE), Span::START, message, help));
            continue;
        }
        let kinds = || Kind::ALL.into_iter().map(Kind::folder);
        let help = match meant_folder(folder) {
            Some(near) => format!("did you mean `{near}/`?"),
            None => format!("move records to the folder of their kind: {}", kinds().collect::<Vec<_>>().join(", ")),
        };
        let message = format!("the TOML files in `{folder}/` are not read: it is not a folder of records");
        findings.push(Finding::new(name::UNKNOWN_FOLDER, &LedgerPath::new(ROOT_FILE), Span::START, message, help));
    }
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "coalition.toml",
        r##"# The goal below is never read.  # <-- here
name = "Alder County Library Coalition"
founded = 2025-01-15
"##,
    ),
    ExampleFile::new(
        "goal/evening-hours.toml",
        r##"name = "Evening hours"
"##,
    ),
]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "goals/evening-hours.toml",
    r##"name = "Evening hours"
"##,
)]);
