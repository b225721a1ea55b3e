//! `unknown-folder`: a folder at the root of the ledger holds TOML files, but records of no kind live there.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{Finding, Severity, name};
use crate::kind::Kind;
use crate::ledger::meant_folder;
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// The check.
pub static CHECK: Check = Check {
    name: name::UNKNOWN_FOLDER,
    severity: Severity::Warning,
    group: Group::Structure,
    what: "A folder at the root of the ledger holds TOML files, but records of no kind live there; or a TOML \
        file stands at the root itself. Where a file that is not read, wherever it stands, holds fields of a \
        member, an advocate, an agreement or a signature, this is an error that nothing lowers.",
    why: "Records in a misspelled folder are not read at all: a member in `member/` is in no report and signs \
        nothing. The same is true of a file with another ending, in a hidden folder, or in a ledger inside the \
        ledger.",
    fix: "Rename the folder as the message proposes, or keep files that are no records somewhere else. Move what is \
        a record to the folder of its kind, or out of the ledger.",
    policy: &[],
    bad: Example::of(&[
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
    ]),
    good: Example::of(&[ExampleFile::new(
        "goals/evening-hours.toml",
        r##"name = "Evening hours"
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let is_told = |folder: &str| {
        let of_this = context.ledger.findings.iter().filter(|finding| finding.check == CHECK.name);
        of_this.map(|finding| &finding.path).any(|path| path.is_within(folder))
    };
    for stray in context.ledger.strays.iter().filter(|stray| !is_told(stray.as_str())) {
        let folder = stray.as_str();
        if folder.contains('.') {
            let message = format!("`{folder}` is not read: it stands beside the folders of records");
            let help = "move it into the folder of its kind, such as members/";
            findings.push(Finding::new(name::UNKNOWN_FOLDER, &LedgerPath::new(ROOT_FILE), Span::START, message, help));
            continue;
        }
        let kinds = || Kind::ALL.into_iter().map(Kind::folder);
        let help = match meant_folder(folder) {
            Some(near) => format!("did you mean `{near}/`?"),
            None => format!("records live in {}", kinds().collect::<Vec<_>>().join(", ")),
        };
        let message = format!("the TOML files in `{folder}/` are not read: no kind of record lives there");
        findings.push(Finding::new(name::UNKNOWN_FOLDER, &LedgerPath::new(ROOT_FILE), Span::START, message, help));
    }
}
