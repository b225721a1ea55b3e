//! What was not read, or not whole, so that a member, an agreement or a signature may be missing unseen.

use crate::document::{Item, Section};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::parse::suggest::nearest;
use serde::Serialize;
use std::collections::BTreeSet;

/// The kinds whose files decide who has to sign and who did.
const DECIDING: [Kind; 3] = [Kind::Member, Kind::Advocate, Kind::Agreement];

/// What leaves a doubt about the signatures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubts {
    /// Files with mistakes among those that decide who has to sign and who did.
    #[serde(rename = "unsure")]
    pub files: BTreeSet<String>,
    /// Folders that nobody reads and that were meant for such files, such as `Members/`.
    #[serde(rename = "unread")]
    pub folders: BTreeSet<String>,
}

/// Whether a folder's name is that of a deciding kind but for a slip.
fn is_meant(folder: &str) -> bool {
    let slip = nearest(folder, DECIDING.map(Kind::folder)).is_some();
    slip || folder.parse::<Kind>().is_ok_and(|kind| DECIDING.contains(&kind))
}

impl Doubts {
    /// What leaves a doubt in this ledger.
    pub fn of(ledger: &Ledger) -> Doubts {
        let deciding = |path: &str| DECIDING.iter().any(|kind| path.split('/').next() == Some(kind.folder()));
        let mistaken = ledger.findings.iter().filter(|found| !found.softened && deciding(found.path.as_str()));
        Doubts {
            files: mistaken.map(|found| found.path.to_string()).collect(),
            folders: ledger.strays.iter().filter(|folder| is_meant(folder.as_str())).map(|f| format!("{f}/")).collect(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.folders.is_empty()
    }

    /// The doubts for people.
    pub fn section(&self) -> Section {
        let items = |paths: &BTreeSet<String>| paths.iter().map(|path| Item::new(path.as_str())).collect::<Vec<_>>();
        let mut section = Section::new("In doubt");
        let mistakes = "These files have mistakes, so a signature may be missing unseen; `coalition check` names them:";
        section.titled_list(mistakes, items(&self.files));
        let unread = "Nobody reads the records in these folders; `coalition check` says where records live:";
        section.titled_list(unread, items(&self.folders));
        section
    }
}
