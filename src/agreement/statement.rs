//! What an SSH signature is over: a few lines that say which member, which person, which words and which day.

use crate::record::agreement::Signature;
use crate::record::value::{Digest, RecordId};
use crate::record::{Agreement, Record};
use chrono::NaiveDate;

/// The namespace of signatures on agreements, so that a signature made for anything else proves nothing here (PROTOCOL.sshsig
/// of OpenSSH).
pub const NAMESPACE: &str = "coalition-agreement";

/// A member's signature on an agreement, as far as an SSH signature proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement<'a> {
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
    /// What a signature on an agreement states; `None` where a field is missing.
    pub fn of(agreement: &'a Record<Agreement>, signature: &'a Signature) -> Option<Statement<'a>> {
        Some(Statement {
            agreement: &agreement.key.id,
            version: signature.version_number(),
            terms: &signature.terms.as_ref()?.value,
            member: signature.member.as_ref()?.as_str(),
            by: signature.by.as_ref()?.as_str(),
            date: signature.date.as_ref()?.value,
        })
    }

    /// The bytes that are signed: fixed for ever, since signatures bind to them.
    pub fn text(&self) -> String {
        format!(
            "coalition-signature v1\nagreement: {}\nversion: {}\nterms: {}\nmember: {}\nby: {}\ndate: {}\n",
            self.agreement, self.version, self.terms, self.member, self.by, self.date
        )
    }
}
