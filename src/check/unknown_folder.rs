//! `unknown-folder`: a file has the fields of a record, but the program does not read it, or reads it as another kind.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{Finding, Severity, name};
use crate::kind::Kind;
use crate::ledger::meant_folder;
use crate::source::{LedgerPath, ROOT_FILE, Span, is_like_root_file};

/// The check.
pub(super) static CHECK: Check = Check {
    name: name::UNKNOWN_FOLDER,
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::Ledger(run),
    what: "A file has the fields of a record, but the program does not read it: it is in a folder that is not for \
        records, beside `coalition.toml`, or has a name that does not end in `.toml`. Or a record is in the folder of \
        another kind. If the file has fields of a member, a person, an agreement or a signature, no setting lowers \
        this error. Other TOML files in such places get a warning.",
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
            let is_root = is_like_root_file(folder);
            let help = if is_root {
                format!("compare it with {ROOT_FILE}, keep what is right there, and delete `{folder}`")
            } else {
                "move it to the folder of its kind, such as members/".to_owned()
            };
            let root = LedgerPath::new(ROOT_FILE);
            findings.push(Finding::new(name::UNKNOWN_FOLDER, &root, Span::START, message, help).soften());
            continue;
        }
        let kinds = || Kind::ALL.into_iter().map(Kind::folder);
        let help = match meant_folder(folder) {
            Some(near) => format!("did you mean `{near}/`?"),
            None => format!("move records to the folder of their kind: {}", kinds().collect::<Vec<_>>().join(", ")),
        };
        let message = format!("the TOML files in `{folder}/` are not read: it is not a folder of records");
        let root = LedgerPath::new(ROOT_FILE);
        findings.push(Finding::new(name::UNKNOWN_FOLDER, &root, Span::START, message, help).soften());
    }
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "coalition.toml",
        r##"name = "Alder County Library Coalition"
founded = 2025-01-15
"##,
    ),
    ExampleFile::new(
        "goal/evening-hours.toml",
        r##"# This goal is never read.  # <-- here
name = "Evening hours"
"##,
    ),
]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "goals/evening-hours.toml",
    r##"name = "Evening hours"
"##,
)]);
