//! Whether an SSH signature proves a statement: made with a key of the person, in our namespace, over these very bytes.
//! What OpenSSH rejects is rejected here too.

use super::signed_text::{NAMESPACE, Statement};
use super::sshsig::{read, verify};
use crate::ledger::Ledger;
use crate::record::advocate::PublicKey as Entry;
use crate::record::signing_key::{self, Unfit};
use crate::record::value::At;
use crate::record::{Advocate, AnyRecord, Record};
use chrono::NaiveDate;
use ssh_key::public::KeyData;
use ssh_key::{HashAlg, PublicKey};
use std::fmt;

/// Why a signature proves nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disproof {
    /// It is not an SSH signature, or there is something around it.
    Malformed,
    /// It was made for another namespace, that is, another purpose.
    Namespace(String),
    /// The person has no key in the ledger.
    NoKey,
    /// Keys of this kind or size cannot prove signatures.
    UnfitKey,
    /// It was made with a key that is not the person's.
    ForeignKey {
        /// The fingerprint of that key.
        fingerprint: String,
        /// The name of the person it belongs to, if the ledger has it.
        of: Option<String>,
    },
    /// The key was not valid on the day of the signature.
    OutOfTime {
        /// The first day on which it counts.
        from: Option<NaiveDate>,
        /// The last one.
        until: Option<NaiveDate>,
    },
    /// This build of the library verifies no SSH signatures: the feature `ssh` is off.
    NotVerified,
    /// It covers another statement: a different agreement, version, member, person, day or text; or the signature
    /// itself was changed.
    OtherWords,
}

impl fmt::Display for Disproof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Disproof::Malformed => f.write_str(
                "it is not exactly one complete SSH signature, from its BEGIN line to \
                its END line",
            ),
            Disproof::Namespace(found) => {
                write!(f, "it was made for the namespace `{found}`, not `{NAMESPACE}`")
            }
            Disproof::NoKey => f.write_str("the person who signed has no [[keys]] in the ledger"),
            Disproof::UnfitKey => f.write_str(
                "its key is of a kind or size that cannot prove signatures; `ssh-keygen -t ed25519` makes one that can",
            ),
            Disproof::ForeignKey { fingerprint, of: None } => {
                write!(
                    f,
                    "it was made with a key that is not among the [[keys]] of the person who signed ({fingerprint})"
                )
            }
            Disproof::ForeignKey { of: Some(name), .. } => write!(f, "it was made with the key of {name}"),
            Disproof::OutOfTime { from: Some(from), until: Some(until) } => {
                write!(f, "its key counts only from {from} to {until}")
            }
            Disproof::OutOfTime { from: Some(from), until: None } => {
                write!(f, "its key counts only on or after {from}")
            }
            Disproof::OutOfTime { until: Some(until), .. } => write!(f, "its key counts only until {until}"),
            Disproof::OutOfTime { .. } => f.write_str("its key does not count on that date"),
            Disproof::NotVerified => f.write_str("this build does not verify SSH signatures"),
            Disproof::OtherWords => f.write_str(
                "it does not match the agreement, version, member, person, date and digest that are written here: one \
                 of them, or the signature itself, has changed",
            ),
        }
    }
}

/// Verifies that an SSH signature in its armor proves a statement by this person.
///
/// # Errors
/// The reason why it proves nothing.
pub fn prove(ledger: &Ledger, by: &Record<Advocate>, statement: &Statement<'_>, armor: &str) -> Result<(), Disproof> {
    let signature = read(armor).ok_or(Disproof::Malformed)?;
    if signature.namespace() != NAMESPACE {
        return Err(Disproof::Namespace(signature.namespace().to_owned()));
    }
    let key = own_key(ledger, by, signature.public_key(), statement.date)?;
    if cfg!(not(feature = "ssh")) {
        return Err(Disproof::NotVerified);
    }
    if verify(&signature, &key, NAMESPACE, &statement.text()) { Ok(()) } else { Err(Disproof::OtherWords) }
}

/// Verifies that a signature with this public key, in one line as OpenSSH writes it, could prove a statement by a
/// person on a day.
///
/// # Errors
/// The reason why it could not.
pub(crate) fn may_prove(ledger: &Ledger, by: &Record<Advocate>, public: &str, on: NaiveDate) -> Result<(), Disproof> {
    let key = signing_key::read(public).map_err(|unfit| match unfit {
        Unfit::Unreadable => Disproof::Malformed,
        Unfit::Kind | Unfit::Weak => Disproof::UnfitKey,
    })?;
    own_key(ledger, by, key.key_data(), on).map(drop)
}

/// The key of a person who is this one and counts on a day.
fn own_key(ledger: &Ledger, by: &Record<Advocate>, wanted: &KeyData, on: NaiveDate) -> Result<PublicKey, Disproof> {
    let keys = by.keys.iter().filter_map(|entry| Some((entry, key_of(entry)?)));
    let mut matching: Vec<(&At<Entry>, PublicKey)> = keys.filter(|(_, key)| key.key_data() == wanted).collect();
    let Some((first, _)) = matching.first() else {
        return Err(match foreign(ledger, wanted) {
            Disproof::ForeignKey { of: None, .. } if by.keys.is_empty() => Disproof::NoKey,
            foreign => foreign,
        });
    };
    let day = |date: &Option<At<NaiveDate>>| date.as_ref().map(|date| date.value);
    let out_of_time = Disproof::OutOfTime { from: day(&first.valid_from), until: day(&first.valid_until) };
    matching.retain(|(entry, _)| is_valid(entry, on));
    matching.pop().map(|(_, key)| key).ok_or(out_of_time)
}

/// The key of an entry, if it can be read.
pub(crate) fn key_of(entry: &Entry) -> Option<PublicKey> {
    entry.openssh()
}

/// The public key that made a signature, in one line as OpenSSH writes it.
pub(crate) fn signer_of(armor: &str) -> Option<String> {
    PublicKey::from(read(armor)?.public_key().clone()).to_openssh().ok()
}

/// The fingerprint of the key of an entry, if it can be read.
pub(crate) fn fingerprint(entry: &Entry) -> Option<String> {
    Some(key_of(entry)?.fingerprint(HashAlg::Sha256).to_string())
}

/// The fingerprint of the key that an SSH signature was made with, if it can be read.
pub(crate) fn signing_key(armor: &str) -> Option<String> {
    Some(read(armor)?.public_key().fingerprint(HashAlg::Sha256).to_string())
}

fn is_valid(entry: &Entry, on: NaiveDate) -> bool {
    entry.valid_from.as_ref().is_none_or(|from| from.value <= on)
        && entry.valid_until.as_ref().is_none_or(|until| on <= until.value)
}

fn foreign(ledger: &Ledger, key: &KeyData) -> Disproof {
    let has_key = |advocate: &&Record<Advocate>| {
        advocate.keys.iter().any(|entry| key_of(entry).is_some_and(|public_key| public_key.key_data() == key))
    };
    Disproof::ForeignKey {
        fingerprint: key.fingerprint(HashAlg::Sha256).to_string(),
        of: ledger.advocates.iter().find(has_key).map(|advocate| advocate.name().to_owned()),
    }
}
