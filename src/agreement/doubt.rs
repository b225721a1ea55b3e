//! What leaves it open who has to sign and who did: mistakes in files that decide it. Where there is such a doubt, nobody
//! can say that everyone has signed.

use crate::finding::{CheckName, Finding, name};
use crate::kind::{Kind, is_deciding_folder};
use crate::ledger::{Ledger, MemberSignatures};
use crate::record::AnyRecord;
use crate::record::agreement::Requirement;
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// A place that leaves a doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The file.
    pub path: LedgerPath,
    /// Where in the file.
    pub span: Span,
    /// Whether the file holds fields and is not read at all.
    pub is_unread: bool,
}

/// Faults that make a whole file uncertain.
const OF_THE_FILE: [CheckName; 4] =
    [name::INVALID_TOML, name::UNREADABLE_FILE, name::CONFLICT_MARKER, name::DUPLICATE_ID];

/// All doubts of a ledger, in the order of their paths.
pub fn doubts(ledger: &Ledger) -> Vec<Doubt> {
    let files = ledger.findings.iter().filter(|finding| decides(finding)).map(|finding| Doubt {
        path: finding.path.clone(),
        span: finding.span,
        is_unread: finding.check == name::UNKNOWN_FOLDER,
    });
    let mut doubts: Vec<Doubt> = files.chain(unknown_members(ledger)).chain(unknown_places(ledger)).collect();
    doubts.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
    doubts.dedup_by(|a, b| a.path == b.path);
    doubts
}

/// Whether a file is one of those that decide.
fn is_deciding(path: &LedgerPath) -> bool {
    is_deciding_folder(path.top()) || path.as_str() == ROOT_FILE
}

/// Whether a mistake is one that may hide a member, an agreement, a withdrawal or the end of a key: the reader says so of
/// the fields that are marked, and of a whole file nobody knows.
fn decides(finding: &Finding) -> bool {
    let of_field = finding.duty && (finding.fixed || is_deciding(&finding.path));
    // The text of an agreement is such a file too, which its record names.
    let of_agreement = finding.record.as_ref().is_some_and(|record| Kind::DECIDING.contains(&record.kind));
    let of_file = OF_THE_FILE.contains(&finding.check) && (is_deciding(&finding.path) || of_agreement);
    !finding.softened && (of_field || of_file)
}

/// Files of signatures whose place names an agreement or a member that does not exist, or a member that had that id only by its own
/// record.
fn unknown_places(ledger: &Ledger) -> impl Iterator<Item = Doubt> {
    let denied =
        ledger.former_references.iter().filter(|former| !ledger.evidence.was_renamed(&former.was, &former.now));
    let denied = denied.map(|former| Doubt { path: former.path.clone(), span: former.span, is_unread: false });
    let is_unknown = |file: &&MemberSignatures| {
        ledger.agreements.find(&file.agreement.id).is_none() || ledger.members.get(&file.member).is_none()
    };
    let files = ledger.signature_files.iter().filter(is_unknown);
    denied.chain(files.map(|file| Doubt { path: file.path.clone(), span: Span::START, is_unread: false }))
}

/// Members in `required_of` that do not exist.
fn unknown_members(ledger: &Ledger) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for agreement in &ledger.agreements {
        let Some(Requirement::Listed(ids)) = agreement.required_of.as_ref().map(|required| &required.value) else {
            continue;
        };
        let unknown = ids.iter().filter(|id| ledger.members.get(id).is_none());
        doubts.extend(unknown.map(|id| Doubt { path: agreement.path().clone(), span: id.span, is_unread: false }));
    }
    doubts
}
