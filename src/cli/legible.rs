//! Records that a command acts on. They must have been read without a doubt: nobody signs, amends or judges what may be
//! only part of a file, or one of two files with the same id.

use super::change::told_lines;
use crate::check::in_words_of;
use crate::finding::{CheckName, Finding, name};
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::record::{Agreement, Record};
use crate::source::{LedgerPath, LineIndex};
use anyhow::{Result, bail};
use chrono::NaiveDate;

/// What makes a whole file doubtful. Other mistakes are about one line.
const DOUBTFUL: [CheckName; 4] = [name::INVALID_TOML, name::UNREADABLE_FILE, name::CONFLICT_MARKER, name::DUPLICATE_ID];

/// Whether the files of a record were read without a doubt.
///
/// # Errors
/// The first place where they were not, with what helps.
pub fn undoubted(ledger: &Ledger, key: &RecordKey) -> Result<()> {
    // If several agreements name one text, its conflict is reported with the first of them.
    let words = ledger.agreements.find(&key.id).filter(|agreement| agreement.key == *key).and_then(|agreement| {
        let file = agreement.text_file.as_ref()?;
        agreement.path.beside(file)
    });
    let is_doubtful = |finding: &&Finding| {
        let of_words = words.as_ref() == Some(&finding.path);
        DOUBTFUL.contains(&finding.check) && !finding.softened && (of_words || concerns(finding, key))
    };
    match ledger.findings.iter().find(is_doubtful) {
        Some(finding) => bail!("{}: {}; {}", place(ledger, finding), finding.message, finding.help),
        None => Ok(()),
    }
}

/// Whether a finding is about a record: its file, a file with its words, or another file with its id.
fn concerns(finding: &Finding, key: &RecordKey) -> bool {
    let is_own = |path: &LedgerPath| {
        Kind::of_folder(path.top()) == Some(key.kind) && path.depth() > 0 && path.stem().eq_ignore_ascii_case(&key.id)
    };
    finding.record.as_ref() == Some(key) || (finding.record.is_none() && is_own(&finding.path))
}

/// What the text of an agreement holds that cannot be seen, or that editors change: nobody should sign it like that.
pub fn notes_on_words(ledger: &Ledger, agreement: &Record<Agreement>, today: NaiveDate) -> String {
    let findings = in_words_of(ledger, agreement, today);
    let note = |finding: &Finding| format!("Note: {}: {}; {}", place(ledger, finding), finding.message, finding.help);
    findings.iter().map(|finding| told_lines(&note(finding))).collect()
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
