//! Findings that records accept under `[[allow]]`, each for a reason and a time.

use super::{Context, is_fixed};
use crate::finding::{CheckName, Finding};
use crate::kind::RecordKey;
use crate::record::common::Allow;
use crate::record::value::At;
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// A finding that a record accepts.
pub struct Acceptance<'l> {
    /// The name of the check.
    pub check: &'l str,
    /// Where the check is named.
    pub check_span: Span,
    /// Where the last day stands, or else the check.
    pub until_span: Span,
    path: LedgerPath,
    record: Option<RecordKey>,
    expired: bool,
}

/// All accepted findings of a ledger. Those that may not be accepted are left out: they are told of elsewhere.
pub fn acceptances<'l>(context: &Context<'l>) -> Vec<Acceptance<'l>> {
    let of = |allow: &'l At<Allow>, path: &LedgerPath, record: Option<&RecordKey>| {
        let check = allow.check.as_ref().filter(|check| !is_fixed(check))?;
        Some(Acceptance {
            check: &check.value,
            check_span: check.span,
            until_span: allow.until.as_ref().map_or(check.span, |until| until.span),
            path: path.clone(),
            record: record.cloned(),
            expired: allow.until.as_ref().is_some_and(|until| until.value < context.today),
        })
    };
    let ledger: &'l crate::ledger::Ledger = context.ledger;
    let root = LedgerPath::new(ROOT_FILE);
    let own = ledger.root.common.allow.iter().filter_map(|allow| of(allow, &root, None));
    let theirs = ledger.records().flat_map(|record| {
        let allows = record.common().allow.iter();
        allows.filter_map(|allow| of(allow, record.path(), Some(record.key()))).collect::<Vec<_>>()
    });
    own.chain(theirs).collect()
}

impl Acceptance<'_> {
    /// Whether its time has not passed.
    pub fn is_valid(&self) -> bool {
        !self.expired
    }

    /// Whether a finding is one that it accepts: of its check, and in its file or concerning its record.
    pub fn matches(&self, finding: &Finding) -> bool {
        finding.check.as_str() == self.check
            && (finding.path == self.path || self.record.as_ref().is_some_and(|record| finding.about.contains(record)))
    }

    /// A finding on this acceptance, at one of its places.
    pub fn finding(&self, check: CheckName, span: Span, message: String, help: &str) -> Finding {
        let finding = Finding::new(check, &self.path, span, message, help);
        match &self.record {
            Some(record) => finding.with_record(record.clone()),
            None => finding,
        }
    }
}
