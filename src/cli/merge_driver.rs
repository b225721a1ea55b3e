//! `coalition merge-driver`: what git runs to merge one record, once `coalition git-setup` has been run.

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use crate::edit::apply::beside;
use crate::edit::tree_of;
use crate::kind::{Kind, SIGNATURES};
use crate::merge::{ConflictStyle, LineMerge, Marking, Outcome, Versions, merge};
use crate::source::git::conflict_style;
use crate::source::{LedgerPath, ROOT_FILE};
use anyhow::{Context as _, Result};
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Merge three versions of a record; git runs this
///
/// Writes the result to OURS. Exits with 0 if the changes of both sides fit together, with 1 if someone has to choose: then the
/// file has conflict markers. `coalition git-setup` tells git to run this command.
#[derive(Debug, Args)]
pub(super) struct MergeDriver {
    /// The version that both sides started from (%O)
    base: PathBuf,
    /// Our version; the result is written here (%A)
    ours: PathBuf,
    /// Their version (%B)
    theirs: PathBuf,
    /// The path of the record in the repository (%P)
    #[arg(value_name = "PATH")]
    named: Option<PathBuf>,
    /// The path of the record in the repository (%P)
    #[arg(long, value_name = "PATH", conflicts_with = "named")]
    path: Option<PathBuf>,
    /// The length of conflict markers (%L) [default: 7]
    #[arg(long, value_name = "N")]
    marker_size: Option<usize>,
    /// The name of our side (%X) [default: ours]
    #[arg(long, value_name = "LABEL", allow_hyphen_values = true)]
    ours_label: Option<String>,
    /// The name of their side (%Y) [default: theirs]
    #[arg(long, value_name = "LABEL", allow_hyphen_values = true)]
    theirs_label: Option<String>,
    /// The name of what both started from (%S) [default: base]
    #[arg(long, value_name = "LABEL", allow_hyphen_values = true)]
    base_label: Option<String>,
    /// What a conflict shows: merge, diff3 or zdiff3 [default: merge.conflictStyle of git]
    #[arg(long, value_name = "STYLE")]
    style: Option<String>,
}

/// The shortest and the longest marker that makes sense.
const MARKERS: std::ops::RangeInclusive<usize> = 1..=255;

impl MergeDriver {
    /// Merges the files.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        invocation.refuse_revision("merge-driver")?;
        // Git takes a status of 129 or more for a reason to stop: whatever happens here, it is less.
        std::panic::set_hook(Box::new(|_| std::process::exit(2)));
        let read = |place: &Path| fs::read(place).with_context(|| format!("cannot read {}", place.display()));
        // Where both sides added a file, there may be no base at all.
        let base = fs::read(&self.base).unwrap_or_default();
        let (ours, theirs) = (read(&self.ours)?, read(&self.theirs)?);
        let place = self.path.as_deref().or(self.named.as_deref()).unwrap_or(&self.ours);
        let record = RecordPlace::of(place);
        let folder = record.as_ref().map(|record| record.ledger.clone());
        let name_of = |kind: Kind, id: &str| name_in(folder.as_deref()?, kind, id);
        let style = self.style.clone().or_else(|| conflict_style(Path::new(".")));
        let marking = Marking {
            size: self.marker_size.filter(|size| MARKERS.contains(size)).unwrap_or(7),
            style: style_of(style.as_deref()),
            ours: label(self.ours_label.as_deref(), "ours").into(),
            base: label(self.base_label.as_deref(), "base").into(),
            theirs: label(self.theirs_label.as_deref(), "theirs").into(),
        };
        let versions = Versions { base: &base, ours: &ours, theirs: &theirs };
        let path = record.as_ref().map(|record| &record.path);
        let (bytes, is_merged) = match merge(path, versions, self.by_git(&marking), &marking, &name_of) {
            Outcome::Merged(bytes) => (bytes, true),
            Outcome::Conflict { bytes, .. } => (bytes, false),
        };
        if bytes != ours {
            replace(&self.ours, &bytes)?;
        }
        Ok(CommandOutput::given(is_merged, ""))
    }
}

impl MergeDriver {
    /// What git makes of the files line by line, to the letter; `None` if it cannot be asked.
    fn by_git(&self, marking: &Marking<'_>) -> Option<LineMerge> {
        let mut git = Command::new("git");
        git.args(["merge-file", "-p"]).arg(format!("--marker-size={}", marking.size));
        git.args(match marking.style {
            ConflictStyle::Merge => &[][..],
            ConflictStyle::Diff3 => &["--diff3"],
            ConflictStyle::ZealousDiff3 => &["--zdiff3"],
        });
        for label in [&marking.ours, &marking.base, &marking.theirs] {
            git.arg("-L").arg(label.as_ref());
        }
        git.arg("--").args([&self.ours, &self.base, &self.theirs]);
        let answer = git.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
        // The status is the number of conflicts; more than that is an error.
        const MOST_CONFLICTS: i32 = 127;
        let status = answer.status.code().filter(|status| *status <= MOST_CONFLICTS)?;
        Some(LineMerge { bytes: answer.stdout, is_clean: status == 0 })
    }
}

/// Puts a new text in the place of a file, whole or not at all.
fn replace(place: &Path, bytes: &[u8]) -> Result<()> {
    let permissions = fs::metadata(place).ok().map(|file| file.permissions());
    beside::replace(place, bytes, permissions).with_context(|| format!("cannot write {}", place.display()))
}

/// The style of this name.
pub(super) fn style_of(name: Option<&str>) -> ConflictStyle {
    match name.map(str::to_ascii_lowercase).as_deref() {
        Some("diff3") => ConflictStyle::Diff3,
        Some("zdiff3") => ConflictStyle::ZealousDiff3,
        _ => ConflictStyle::Merge,
    }
}

/// The name of a side. Versions of git that do not know a placeholder leave it as it is.
fn label<'l>(given: Option<&'l str>, usual: &'l str) -> &'l str {
    given.filter(|label| !label.trim().is_empty() && !matches!(*label, "%S" | "%X" | "%Y")).unwrap_or(usual)
}

/// Where a record is: the folder of its ledger, and its path in it.
struct RecordPlace {
    ledger: PathBuf,
    path: LedgerPath,
}

impl RecordPlace {
    /// The place of a file, as seen from the current folder: in the nearest ledger around it. Where none is on disk, such as in
    /// a clone without its files, the first folder with the name of a kind is taken for one of a ledger.
    fn of(file: &Path) -> Option<RecordPlace> {
        let parts: Vec<&str> = file.iter().map(|part| part.to_str()).collect::<Option<_>>()?;
        let parts: Vec<&str> = parts.into_iter().filter(|part| *part != ".").collect();
        let split = |at: usize| -> Option<RecordPlace> {
            let ledger: PathBuf = parts.get(..at)?.iter().collect();
            let ledger = if at == 0 { PathBuf::from(".") } else { ledger };
            Some(RecordPlace { ledger, path: LedgerPath::new(parts.get(at..)?.join("/")) })
        };
        let folders = 0..parts.len();
        let known = folders.clone().rev().filter_map(split).find(|place| place.ledger.join(ROOT_FILE).is_file());
        let guess = || {
            let is_root = parts.last() == Some(&ROOT_FILE);
            let is_folder = |part: &&str| Kind::of_folder(part).is_some() || *part == SIGNATURES;
            let at = parts.iter().position(is_folder);
            split(at.or_else(|| is_root.then(|| parts.len() - 1))?)
        };
        known.or_else(guess)
    }
}

/// The name of a record, as its file says it; the folder may be in the middle of a merge.
pub(super) fn name_in(ledger: &Path, kind: Kind, id: &str) -> Option<String> {
    const MOST: u64 = 1 << 20;
    let is_plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let file = ledger.join(kind.folder()).join(format!("{id}.toml"));
    if !is_plain || fs::symlink_metadata(&file).ok().is_none_or(|file| !file.is_file() || file.len() > MOST) {
        return None;
    }
    let tree = tree_of(&fs::read_to_string(file).ok()?).ok()?;
    tree.get("name")?.as_str()?.strip_prefix('=').map(str::to_owned)
}
