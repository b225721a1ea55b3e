//! What exactly is signed: the terms of an agreement, which every signature binds to by their digest, and the statement, which
//! names the agreement, the version, its terms, the member, the person and the date, and which an SSH signature covers.

use crate::ledger::Ledger;
use crate::record::agreement::Signature;
use crate::record::value::{Digest, RecordId};
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

/// The namespace of signatures on agreements, so that a signature made for anything else proves nothing here (PROTOCOL.sshsig
/// of OpenSSH).
pub const NAMESPACE: &str = "coalition-agreement";

/// What a statement says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The member signs.
    Signature,
    /// The member withdraws what it signed.
    Withdrawal,
}

/// A member's signature on an agreement, or its withdrawal, as far as an SSH signature proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement<'a> {
    /// What it says.
    pub purpose: Purpose,
    /// The agreement's id.
    pub agreement: &'a str,
    /// The version that is signed.
    pub version: u32,
    /// The digest of its terms.
    pub terms: &'a Digest,
    /// The member's id.
    pub member: &'a str,
    /// The id of the advocate who signs.
    pub by: &'a str,
    /// The day.
    pub date: NaiveDate,
}

impl<'a> Statement<'a> {
    /// What a signature on an agreement states at the version that was signed; `None` if a field is missing.
    pub fn of(agreement: &'a Record<Agreement>, signature: &'a Signature, version: u32) -> Option<Statement<'a>> {
        Some(Statement {
            purpose: Purpose::Signature,
            agreement: &agreement.key.id,
            version,
            terms: &signature.terms.as_ref()?.value,
            member: signature.member.as_ref()?.as_str(),
            by: signature.by.as_ref()?.as_str(),
            date: signature.date.as_ref()?.value,
        })
    }

    /// What the withdrawal of a signature states; `None` if a field is missing. Who withdraws is who signed, unless the
    /// entry names another.
    pub fn of_withdrawal(
        agreement: &'a Record<Agreement>,
        signature: &'a Signature,
        version: u32,
    ) -> Option<Statement<'a>> {
        let by = signature.withdrawn_by.as_ref().or(signature.by.as_ref())?;
        let date = signature.withdrawn.as_ref()?.value;
        let signed = Statement::of(agreement, signature, version)?;
        Some(Statement { purpose: Purpose::Withdrawal, by: by.as_str(), date, ..signed })
    }

    /// The signed bytes. Their form never changes, because signatures cover it.
    pub fn text(&self) -> String {
        let heading = match self.purpose {
            Purpose::Signature => "coalition-signature v1",
            Purpose::Withdrawal => "coalition-withdrawal v1",
        };
        format!(
            "{heading}\nagreement: {}\nversion: {}\nterms: {}\nmember: {}\nby: {}\ndate: {}\n",
            self.agreement, self.version, self.terms, self.member, self.by, self.date
        )
    }
}
