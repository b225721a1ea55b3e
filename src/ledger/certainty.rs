//! How much of a ledger's files was read. It is computed once, at load; code that acts on a record, counts signatures
//! or writes a file asks here whether something may be missing.

use crate::finding::{CheckName, Finding, name};
use crate::kind::{Kind, RecordKey};
use crate::source::LedgerPath;
use std::collections::BTreeSet;

/// The faults that make a whole file uncertain: it was read in part, or not at all, or another file claims the same id. Every
/// other fault is about one value.
const DAMAGE: [CheckName; 4] = [name::INVALID_TOML, name::UNREADABLE_FILE, name::CONFLICT_MARKER, name::DUPLICATE_ID];

/// How much of the files of a ledger was read.
#[derive(Debug, Default)]
pub struct Certainty {
    damage: Vec<Finding>,
    flawed: BTreeSet<LedgerPath>,
    kinds: BTreeSet<Kind>,
}

impl Certainty {
    /// Sorts the findings that were made while reading.
    pub(super) fn of(findings: &[Finding]) -> Certainty {
        let errors = || findings.iter().filter(|finding| !finding.softened);
        Certainty {
            damage: errors().filter(|finding| DAMAGE.contains(&finding.check)).cloned().collect(),
            flawed: errors().map(|finding| finding.path.clone()).collect(),
            kinds: findings.iter().filter_map(|finding| Kind::of_folder(finding.path.top())).collect(),
        }
    }

    /// The faults that make whole files uncertain, in path order.
    pub fn damage(&self) -> &[Finding] {
        &self.damage
    }

    /// The fault that makes a record uncertain as a whole: in its own file, in a file with its text, or in another file with its
    /// id. `text_file` is where its text stands, if that is elsewhere.
    pub fn damage_of(&self, key: &RecordKey, text_file: Option<&LedgerPath>) -> Option<&Finding> {
        let is_file_of_record = |path: &LedgerPath| {
            Kind::of_folder(path.top()) == Some(key.kind)
                && path.depth() > 0
                && path.stem().eq_ignore_ascii_case(&key.id)
        };
        self.damage.iter().find(|finding| match &finding.record {
            Some(record) if record == key => true,
            _ if text_file == Some(&finding.path) => true,
            None => is_file_of_record(&finding.path),
            Some(_) => false,
        })
    }

    /// The files with mistakes that must be fixed, so that something in them may not have been read, in path order.
    pub fn flawed_files(&self) -> &BTreeSet<LedgerPath> {
        &self.flawed
    }

    /// Whether something in a file of this kind may not have been read.
    pub fn is_kind_flawed(&self, kind: Kind) -> bool {
        self.kinds.contains(&kind)
    }
}
