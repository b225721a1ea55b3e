//! What leaves it open who has to sign and who did: mistakes in files that decide it. Where there is such a doubt, nobody
//! can say that everyone has signed.

use crate::finding::{CheckName, Finding, name};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::parse::suggest::nearest;
use crate::record::AnyRecord;
use crate::record::agreement::Requirement;
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// A place that leaves a doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The file, or a folder that nobody reads.
    pub path: LedgerPath,
    /// Where in the file.
    pub span: Span,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// The kinds whose files decide who has to sign and who did.
const DECIDING: [Kind; 3] = [Kind::Member, Kind::Advocate, Kind::Agreement];

/// Faults that make a whole file uncertain.
const OF_THE_FILE: [CheckName; 5] =
    [name::INVALID_TOML, name::UNREADABLE_FILE, name::CONFLICT_MARKER, name::DUPLICATE_ID, name::DATES_OUT_OF_ORDER];

/// How the lines begin that decide, by kind: when a member joined and left and who may sign for it, whether a person
/// serves and with which keys. In an agreement, every line may.
const DECIDING_LINES: [(Kind, &[&str]); 3] = [
    (Kind::Agreement, &[""]),
    (Kind::Member, &["joi", "left", "signator", "represent", "classif", "sector"]),
    (Kind::Advocate, &["start_d", "end_d", "key", "[[key", "valid"]),
];

/// How the lines of the root file begin that decide: what proof is asked for, and how long one may take to sign.
const DECIDING_POLICY: [&str; 4] = ["[polic", "polic", "ssh_", "sign_"];

/// All doubts of a ledger, in the order of their paths.
pub fn doubts(ledger: &Ledger) -> Vec<Doubt> {
    let files = ledger.findings.iter().filter(|finding| decides(ledger, finding)).map(|finding| Doubt {
        path: finding.path.clone(),
        span: finding.span,
        is_folder: false,
    });
    let folders = ledger.strays.iter().filter(|folder| is_meant(folder.as_str())).map(|folder| Doubt {
        path: folder.clone(),
        span: Span::START,
        is_folder: true,
    });
    let mut doubts: Vec<Doubt> = files.chain(folders).chain(unknown_members(ledger)).collect();
    doubts.sort_by(|a, b| (&a.path, a.span).cmp(&(&b.path, b.span)));
    doubts.dedup_by(|a, b| a.path == b.path);
    doubts
}

/// Whether a mistake is one that may hide a member, an agreement, a withdrawal or the end of a key.
fn decides(ledger: &Ledger, finding: &Finding) -> bool {
    if finding.fixed && finding.duty {
        return true;
    }
    let kind = Kind::of_folder(finding.path.top());
    let own = DECIDING_LINES.iter().find(|(deciding, _)| Some(*deciding) == kind).map(|(_, lines)| *lines);
    let is_root = finding.path.as_str() == ROOT_FILE;
    let Some(deciding) = own.or(is_root.then_some(&DECIDING_POLICY)).filter(|_| !finding.softened) else {
        return false;
    };
    let text = ledger.texts.get(&finding.path).map_or("", String::as_str);
    let before = text.get(..finding.span.range().start).unwrap_or_default();
    let line = text.get(before.rfind('\n').map_or(0, |newline| newline + 1)..).unwrap_or_default().trim_start();
    OF_THE_FILE.contains(&finding.check) || deciding.iter().any(|start| line.starts_with(start))
}

/// Members in `required_of` that do not exist.
fn unknown_members(ledger: &Ledger) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for agreement in &ledger.agreements {
        let Some(Requirement::Listed(ids)) = agreement.required_of.as_ref().map(|required| &required.value) else {
            continue;
        };
        let unknown = ids.iter().filter(|id| ledger.members.get(id).is_none());
        doubts.extend(unknown.map(|id| Doubt { path: agreement.path().clone(), span: id.span, is_folder: false }));
    }
    doubts
}

/// Whether a folder's name is that of a deciding kind but for a slip.
fn is_meant(folder: &str) -> bool {
    let slip = nearest(folder, DECIDING.map(Kind::folder)).is_some();
    !folder.contains('.') && (slip || folder.parse::<Kind>().is_ok_and(|kind| DECIDING.contains(&kind)))
}
