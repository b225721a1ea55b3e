//! What signers should know about the text of an agreement before they sign it.

use crate::check::in_words_of;
use crate::finding::Finding;
use crate::ledger::Ledger;
use crate::lookup::place;
use crate::output::visible_text;
use crate::record::{Agreement, Record};
use chrono::NaiveDate;

/// What the text of an agreement holds that cannot be seen, or that editors change: no one should sign it like that.
pub(super) fn notes_on_words(ledger: &Ledger, agreement: &Record<Agreement>, today: NaiveDate) -> String {
    let findings = in_words_of(ledger, agreement, today);
    let note = |finding: &Finding| format!("Note: {}: {}; {}", place(ledger, finding), finding.message, finding.help);
    findings.iter().map(|finding| visible_text(&note(finding))).collect()
}
