//! The terms: the exact bytes that a signature binds to, and their digest.

use crate::ledger::Ledger;
use crate::record::value::Digest;
use crate::record::{Agreement, AnyRecord, Record};
use chrono::NaiveDate;
use sha2::{Digest as _, Sha256};

/// The terms of an agreement at the version of the text in its record. Without a text, the terms end after the heading
/// lines.
///
/// The form is fixed: six lines that say which agreement this is, an empty line, and the words with line ends made LF, a
/// byte order mark dropped and exactly one LF at the end.
pub fn terms(ledger: &Ledger, agreement: &Record<Agreement>) -> String {
    let date = |date: Option<NaiveDate>| date.map_or_else(|| "-".to_owned(), |date| date.to_string());
    let words = ledger.words_of(agreement).unwrap_or_default();
    let words = words.strip_prefix('\u{feff}').unwrap_or(words).replace("\r\n", "\n").replace('\r', "\n");
    format!(
        "coalition-terms v1\nagreement: {}\nversion: {}\nname: {}\neffective: {}\nexpires: {}\n\n{}\n",
        agreement.key.id,
        agreement.version_number(),
        agreement.name(),
        date(agreement.effective.as_ref().map(|at| at.value)),
        date(agreement.expires.as_ref().map(|at| at.value)),
        words.trim_end_matches('\n'),
    )
}

/// The digest of terms: `sha256:` and the SHA-256 (FIPS 180-4) of the bytes in lower-case hex.
pub fn digest(terms: &str) -> Digest {
    let hash = Sha256::digest(terms.as_bytes());
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    Digest::from_hex(&hex)
}
