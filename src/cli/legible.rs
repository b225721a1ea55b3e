//! Records that a command acts on. They must have been read without a doubt: no one signs, amends or judges what may be
//! only part of a file, or one of two files with the same id.

use crate::check::in_words_of;
use crate::error::Error;
use crate::finding::Finding;
use crate::kind::RecordKey;
use crate::ledger::Ledger;
use crate::output::visible_text;
use crate::record::{Agreement, Record};
use crate::source::LineIndex;
use anyhow::Result;
use chrono::NaiveDate;

/// Whether the files of a record were read without a doubt.
///
/// # Errors
/// The first place where they were not, with what helps.
pub(super) fn require_readable(ledger: &Ledger, key: &RecordKey) -> Result<()> {
    // If several agreements name one text, its conflict is reported with the first of them.
    let words = ledger.agreements.find(&key.id).filter(|agreement| agreement.key == *key).and_then(|agreement| {
        let file = agreement.text_file.as_ref()?;
        agreement.path.beside(file)
    });
    match ledger.certainty.damage_of(key, words.as_ref()) {
        Some(finding) => {
            Err(Error::data(format!("{}: {}; {}", place(ledger, finding), finding.message, finding.help)).into())
        }
        None => Ok(()),
    }
}

/// What the text of an agreement holds that cannot be seen, or that editors change: no one should sign it like that.
pub(super) fn notes_on_words(ledger: &Ledger, agreement: &Record<Agreement>, today: NaiveDate) -> String {
    let findings = in_words_of(ledger, agreement, today);
    let note = |finding: &Finding| format!("Note: {}: {}; {}", place(ledger, finding), finding.message, finding.help);
    findings.iter().map(|finding| visible_text(&note(finding))).collect()
}

/// File, line and column.
fn place(ledger: &Ledger, finding: &Finding) -> String {
    match ledger.texts.get(&finding.path) {
        Some(text) => {
            let start = LineIndex::new(text).position(finding.span.range().start);
            format!("{}:{}:{}", finding.path, start.line, start.column)
        }
        None => finding.path.to_string(),
    }
}
