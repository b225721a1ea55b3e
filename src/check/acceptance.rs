//! Exceptions: findings that records accept under `[[allow]]`, each with a reason and a last day.

use super::{Comparison, Context, Exceptions, exceptions};
use crate::finding::{CheckName, Finding};
use crate::kind::{Kind, RecordKey};
use crate::record::common::Allow;
use crate::record::value::At;
use crate::source::{LedgerPath, ROOT_FILE, Span};
use chrono::{Days, NaiveDate};
use std::collections::HashMap;

/// A finding that a record accepts.
pub(super) struct Acceptance<'l> {
    /// The name of the check.
    pub check: &'l str,
    /// Where the check is named.
    pub check_span: Span,
    /// Where the last day is, otherwise the check.
    pub until_span: Span,
    /// The last day on which it is accepted, if it has one.
    pub until: Option<NaiveDate>,
    path: LedgerPath,
    record: Option<RecordKey>,
    expired: bool,
    allow: &'l Allow,
}

/// All exceptions of a ledger. Those that are not allowed are left out: they are reported elsewhere.
pub(super) fn acceptances<'c, 'l>(context: &'c Context<'l>) -> Acceptances<'c, 'l> {
    let acceptance = |allow: &'l At<Allow>, path: &LedgerPath, record: Option<&RecordKey>| {
        let check = allow.check.as_ref().filter(|_| limits(allow, record, context.today).is_none())?;
        // A reason that was given for an earlier change says nothing about this one.
        let is_old = |comparison: &Comparison| check.value == WEAKENED && comparison.is_known(allow);
        if context.comparison.as_ref().is_some_and(is_old) {
            return None;
        }
        Some(Acceptance {
            check: &check.value,
            check_span: check.span,
            until_span: allow.until.as_ref().map_or(check.span, |until| until.span),
            until: allow.until.as_ref().map(|until| until.value),
            path: path.clone(),
            record: record.cloned(),
            expired: allow.until.as_ref().is_some_and(|until| until.value < context.today),
            allow: &allow.value,
        })
    };
    let ledger: &'l crate::ledger::Ledger = context.ledger;
    let root = LedgerPath::new(ROOT_FILE);
    let of_root = ledger.root.common.allow.iter().filter_map(|allow| acceptance(allow, &root, None));
    let of_records = ledger.records().flat_map(|record| {
        let allows = record.common().allow.iter();
        allows.filter_map(|allow| acceptance(allow, record.path(), Some(record.key()))).collect::<Vec<_>>()
    });
    Acceptances::new(of_root.chain(of_records).collect(), context.comparison.as_ref())
}

/// Why an exception like this is not allowed, and how to write one that is; `None` if it is allowed.
pub(super) fn limits(allow: &Allow, record: Option<&RecordKey>, today: NaiveDate) -> Option<(String, String)> {
    let check = allow.check.as_ref()?;
    let rule = exceptions(check);
    let of_member = record.is_some_and(|record| record.kind == Kind::Member);
    let has_reason = allow.because.as_ref().is_some_and(|because| !because.trim().is_empty());
    let last = today.checked_add_days(Days::new(A_YEAR)).unwrap_or(today);
    let is_near = allow.until.as_ref().is_some_and(|until| until.value <= last);
    let message = match rule {
        Exceptions::Anywhere => return None,
        Exceptions::Never => {
            let message = format!(
                "no exception can cover `{}`, because the check could then pass when it should fail",
                check.value
            );
            return Some((message, "delete this entry".to_owned()));
        }
        Exceptions::OfMemberForAYear if !of_member => {
            format!("an exception for `{}` belongs in the record of the member who has not signed", check.value)
        }
        _ if !has_reason => format!("an exception for `{}` needs a reason", check.value),
        _ if !is_near => format!("an exception for `{}` needs an `until` date less than a year away", check.value),
        _ => return None,
    };
    let place = if rule == Exceptions::OfMemberForAYear { "in members/: " } else { "" };
    let help =
        format!("write {place}[[allow]] with check = \"{}\", because = \"…\", until = {last} or earlier", check.value);
    Some((message, help))
}

/// The check whose exceptions are about one change.
pub(super) const WEAKENED: &str = "weakened-gate";

/// For how many days an exception may keep the gate open.
const A_YEAR: u64 = 366;

/// All exceptions, found by what they accept.
pub(super) struct Acceptances<'c, 'l> {
    all: Vec<Acceptance<'l>>,
    comparison: Option<&'c Comparison>,
    /// Which of them accept a check, by their file and by their record.
    by_path: HashMap<(&'l str, LedgerPath), Vec<usize>>,
    by_record: HashMap<(&'l str, RecordKey), Vec<usize>>,
}

impl<'c, 'l> Acceptances<'c, 'l> {
    fn new(all: Vec<Acceptance<'l>>, comparison: Option<&'c Comparison>) -> Acceptances<'c, 'l> {
        let mut by_path: HashMap<_, Vec<usize>> = HashMap::new();
        let mut by_record: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, acceptance) in all.iter().enumerate() {
            by_path.entry((acceptance.check, acceptance.path.clone())).or_default().push(at);
            if let Some(record) = &acceptance.record {
                by_record.entry((acceptance.check, record.clone())).or_default().push(at);
            }
        }
        Acceptances { all, comparison, by_path, by_record }
    }

    /// The exceptions, in the order of the ledger.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, Acceptance<'l>> {
        self.all.iter()
    }

    /// Which exceptions accept a finding: those for its check in its file, or in a record that it concerns. A reason from before a
    /// step of the past does not accept what that step weakened.
    pub(super) fn matching<'s>(&'s self, finding: &'s Finding) -> impl Iterator<Item = (usize, &'s Acceptance<'l>)> {
        let check = finding.check.as_str();
        let in_file = self.by_path.get(&(check, finding.path.clone()));
        let concerned = finding.about.iter().filter_map(move |record| self.by_record.get(&(check, record.clone())));
        let all = in_file.into_iter().chain(concerned).flatten().filter_map(|at| Some((*at, self.all.get(*at)?)));
        let is_older = move |acceptance: &Acceptance<'_>| {
            let comparison = self.comparison.filter(|_| check == WEAKENED);
            comparison.is_some_and(|comparison| comparison.is_older(acceptance.allow, &finding.message))
        };
        all.filter(move |(_, acceptance)| !is_older(acceptance))
    }
}

impl Acceptance<'_> {
    /// Whether it has not expired.
    pub(super) fn is_valid(&self) -> bool {
        !self.expired
    }

    /// A finding on this acceptance, at one of its places.
    pub(super) fn finding(&self, check: CheckName, span: Span, message: String, help: &str) -> Finding {
        let finding = Finding::new(check, &self.path, span, message, help);
        match &self.record {
            Some(record) => finding.with_record(record.clone()),
            None => finding,
        }
    }
}
