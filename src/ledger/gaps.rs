//! Findings about what git knows of a folder: tracked files that are missing, and files whose text differs from the
//! commit.

use crate::finding::{Finding, name};
use crate::kind::is_deciding_folder;
use crate::source::{Absence, GitState, LedgerPath, MissingFiles, ROOT_FILE, Span};

/// How many files are named.
const FEW: usize = 3;

/// The finding that files are not there, all those of one cause.
pub(super) fn lacking(gap: &MissingFiles) -> Finding {
    let shown: Vec<&str> = gap.places.iter().take(FEW).map(LedgerPath::as_str).collect();
    let rest = gap.places.len().saturating_sub(FEW);
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let names = shown.join(", ") + &more;
    let (count, are) = match gap.places.len() {
        1 => ("1 file".to_owned(), "it is"),
        count => (format!("{count} files"), "they are"),
    };
    let (message, help) = match gap.cause {
        Absence::Sparse => (
            format!("this is a sparse checkout, and leaves out files of the ledger: {names}"),
            "`git sparse-checkout disable` brings them back".to_owned(),
        ),
        Absence::Skipped => (
            format!("git is set to skip {count} of the ledger, so {are} missing here: {names}"),
            "run `git update-index --no-skip-worktree --no-assume-unchanged FILE`, then `git restore FILE`".to_owned(),
        ),
        Absence::Submodule => (
            format!("a submodule in the ledger was not fetched, so its files are missing: {names}"),
            "`git submodule update --init` fetches them".to_owned(),
        ),
        Absence::Removed => (format!("the last commit has {count} of the ledger, but {are} missing here: {names}"), {
            let plain =
                |path: &&LedgerPath| path.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b"/._-".contains(&b));
            let file = gap.places.first().filter(plain).map_or("FILE", LedgerPath::as_str);
            format!(
                "if you removed it, record that with `git rm {file}` and `git commit`; if not, `git restore {file}` \
                     brings it back"
            )
        }),
    };
    let finding = Finding::new(name::UNREADABLE_FILE, &LedgerPath::new(ROOT_FILE), Span::START, message, help);
    if gap.cause == Absence::Removed { finding.soften() } else { finding.on_duty().fix() }
}

/// The finding that git ignores a record, so that it counts here and nowhere else.
pub(super) fn ignored_finding(path: &LedgerPath) -> Finding {
    let message = "git ignores this file, so it counts here, and no one else has it";
    let help = format!(
        "`git check-ignore -v {path}` shows the line that says so: delete that line from its file, and then run `git add {path}`"
    );
    Finding::new(name::UNREADABLE_FILE, path, Span::START, message, help).about_whole_file().soften()
}

/// The finding that a record in the folder is not the one in the commit, because of an attribute that changes its text.
pub(super) fn altered_finding(path: &LedgerPath, by: &str, text: &str) -> Option<Finding> {
    if by == "ident" && !text.contains("$Id") {
        return None;
    }
    let message = format!(
        "the git attribute `{by}` changes this file between a commit and the folder, so two people may read different text"
    );
    let help = "take the file out of the pattern in .gitattributes";
    let finding = Finding::new(name::UNREADABLE_FILE, path, Span::START, message, help);
    // A filter may hide private records from others, and leaves those who can read them with what was written.
    Some(match by.starts_with("filter") || !is_deciding_folder(path.top()) {
        true => finding.soften(),
        false => finding.on_duty().fix(),
    })
}

/// Why a path names no file that can hold words of the ledger, and what helps.
pub(super) fn no_place(record: &LedgerPath, written: &str) -> (String, &'static str) {
    match record.resolve(written) {
        Some(_) => (
            format!("`{written}` is a hidden file, or is in a hidden folder"),
            "name a file that is not hidden, in the folder of this record",
        ),
        None => (
            format!("`{written}` is not a path inside the ledger"),
            "name a file in the folder of this record, with `/` between folders",
        ),
    }
}

/// What git says against a file with words: whether it is not read therefore, what is wrong, and what helps.
pub(super) fn doubtful(
    written: &str,
    kept: &GitState,
    record_is_tracked: bool,
) -> Option<(bool, String, &'static str)> {
    if kept.ignored {
        let message = format!("git ignores the file `{written}`, so no one else has it");
        return Some((true, message, "take it out of .gitignore and add it with `git add`, or name another file"));
    }
    if let Some(by) = &kept.filter {
        let message = format!("the git attribute `{by}` changes the file `{written}` between a commit and the folder");
        return Some((true, message, "take the file out of the pattern in .gitattributes"));
    }
    let message = || format!("git does not track the file `{written}` yet, so no one else has it");
    (!kept.tracked && record_is_tracked).then(|| (false, message(), "add it with `git add`"))
}
