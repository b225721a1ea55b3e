//! The text that an SSH signature covers: a few lines that name the agreement, the version, its terms, the member, the
//! person and the date.

use crate::record::agreement::Signature;
use crate::record::value::{Digest, RecordId};
use crate::record::{Agreement, Record};
use chrono::NaiveDate;

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
