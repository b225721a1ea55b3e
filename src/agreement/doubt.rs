//! What leaves it open who has to sign and who did: mistakes in files that decide it. Where there is such a doubt, no
//! one can say that everyone has signed.

use crate::finding::{Finding, name};
use crate::kind::{Kind, is_deciding_folder};
use crate::ledger::{Ledger, MemberSignatures};
use crate::record::AnyRecord;
use crate::record::agreement::Requirement;
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// A place in a file that leaves it unclear who must sign or who has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Doubt {
    /// The file.
    pub path: LedgerPath,
    /// Where in the file.
    pub span: Span,
    /// Whether the file has fields but is not read at all.
    pub is_unread: bool,
}

/// All doubts of a ledger, in the order of their paths.
pub(crate) fn doubts(ledger: &Ledger) -> Vec<Doubt> {
    let fields = ledger.findings.iter().filter(|finding| decides(finding));
    let damage = ledger.certainty.damage().iter().filter(|finding| is_file_deciding(finding));
    let files = fields.chain(damage).map(|finding| Doubt {
        path: finding.path.clone(),
        span: finding.span,
        is_unread: finding.check == name::UNKNOWN_FOLDER,
    });
    let mut doubts: Vec<Doubt> = files.chain(unknown_members(ledger)).chain(unknown_places(ledger)).collect();
    doubts.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
    doubts.dedup_by(|a, b| a.path == b.path);
    doubts
}

/// Whether a file can decide who must sign or who has signed.
fn is_deciding(path: &LedgerPath) -> bool {
    is_deciding_folder(path.top()) || path.as_str() == ROOT_FILE
}

/// Whether a mistake is in a field that decides: it may hide a member, an agreement, a withdrawal or the end of a key. The reader
/// marks what it finds in such fields.
fn decides(finding: &Finding) -> bool {
    !finding.softened && finding.duty && (finding.fixed || is_deciding(&finding.path))
}

/// Whether the file of a finding decides as a whole. The text of an agreement does too, which is in a file that its
/// record names.
fn is_file_deciding(finding: &Finding) -> bool {
    let is_of_agreement = finding.record.as_ref().is_some_and(|record| Kind::DECIDING.contains(&record.kind));
    is_deciding(&finding.path) || is_of_agreement
}

/// Files of signatures whose place names an agreement or a member who does not exist, or a member who had that id only by its own
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
