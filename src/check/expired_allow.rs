//! `expired-allow`: a record accepts a finding until a date that has passed.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::RecordKey;
use crate::record::common::Allow;
use crate::record::value::At;
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("expired-allow"),
    severity: Severity::Error,
    group: Group::Structure,
    what: "A record accepts a finding until a date that has passed.",
    why: "The reason was given for a time, and the time is over; the finding itself is reported again too.",
    fix: "Mend what was accepted, or agree on a new date and a reason that still holds.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2025-01-15
representative = "ana-lopez"

[[allow]]
check = "future-date"
because = "the visit is fixed, and noted early"
until = 2026-05-31  # <-- here
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2025-01-15
representative = "ana-lopez"

[[allow]]
check = "future-date"
because = "the visit is fixed, and noted early"
until = 2026-12-31

[[contacts]]
date = 2026-07-01
"##,
    )]),
    run: Run::WhileJudging,
};

/// A finding that a record accepts.
pub struct Acceptance<'l> {
    /// The name of the check.
    pub check: &'l str,
    check_span: Span,
    until_span: Span,
    path: LedgerPath,
    record: Option<RecordKey>,
    expired: bool,
}

/// All accepted findings of a ledger. Those that may not be accepted are left out: they are told of elsewhere.
pub fn acceptances<'l>(context: &Context<'l>) -> Vec<Acceptance<'l>> {
    let of = |allow: &'l At<Allow>, path: &LedgerPath, record: Option<&RecordKey>| {
        let check = allow.check.as_ref().filter(|check| !super::verdict::is_fixed(check))?;
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

    /// A finding on this acceptance.
    pub fn finding(&self, check: crate::finding::CheckName, message: String, help: &str) -> Finding {
        let span = if check == CHECK.name { self.until_span } else { self.check_span };
        let finding = Finding::new(check, &self.path, span, message, help);
        match &self.record {
            Some(record) => finding.with_record(record.clone()),
            None => finding,
        }
    }

    /// The finding that its time has passed.
    pub fn expired(&self) -> Finding {
        let message = format!("the time to accept `{}` here is over", self.check);
        self.finding(CHECK.name, message, "mend what was accepted and remove the entry, or agree on a new date")
    }
}
