//! A new version of an agreement. It records the digest of the current text first, so that signatures on it can still
//! be proven after the text changes, and pins the new text once it is in place.

use super::{ChangeSet, Edit, FileChange, Literal, record_change};
use crate::agreement::{SignatureJudge, amendment_at, digest, first_signature, has_ended, has_expired, pin_of, terms};
use crate::document::words::quote;
use crate::error::Error;
use crate::ledger::Ledger;
use crate::record::value::Digest;
use crate::record::{Agreement, AnyRecord, Record};
use chrono::{Days, Months, NaiveDate};

/// An amendment to make.
#[derive(Debug)]
pub(crate) struct Amending<'a> {
    /// What changes, in a sentence.
    pub summary: &'a str,
    /// Whether members must sign again.
    pub resign: bool,
    /// The last day to sign again. Default: `sign_days` after the amendment.
    pub sign_by: Option<NaiveDate>,
    /// The day of the amendment.
    pub date: NaiveDate,
    /// The new text, if it is given now.
    pub text: Option<&'a str>,
    /// The new end date, if the agreement is renewed.
    pub expires: Option<NaiveDate>,
}

impl Amending<'_> {
    /// Whether the text of the new version is part of the change, so that it can be pinned.
    pub(crate) fn is_final(&self) -> bool {
        self.text.is_some() || self.expires.is_some()
    }
}

const LIST: &str = "amendments";

/// The change that makes a new version of an agreement, with the digest that pins it, if its words stand.
///
/// # Errors
/// If the words of the version so far cannot be proven anymore, or the agreement is over.
pub(crate) fn amendment(
    ledger: &Ledger,
    today: NaiveDate,
    agreement: &Record<Agreement>,
    amending: &Amending<'_>,
    pin: Option<&Digest>,
) -> Result<ChangeSet, Error> {
    let title = quote(agreement.name());
    may_be_amended(ledger, today, agreement, amending)?;
    let version = agreement.version_number();
    let so_far = digest(&terms(ledger, agreement));
    let at = amendment_at(agreement, version);
    let recorded = pin_of(agreement, version);
    let mut signed = signed_terms(ledger, today, agreement, version).peekable();
    let is_recorded_otherwise = recorded.is_some_and(|recorded| recorded.value != so_far);
    let is_signed_otherwise = signed.peek().is_some() && signed.all(|signed| signed != so_far);
    if is_recorded_otherwise || is_signed_otherwise {
        let who = if is_signed_otherwise { "the text that members signed" } else { "the digest in its record" };
        return Err(Error::refused(format!(
            "the text of {title} has already changed: it does not match {who}. Restore the text of version {version}, \
             run this again, and then change the text"
        )));
    }
    follows_in_order(agreement, amending)?;
    let next = Literal::Number(version.saturating_add(1).into());
    let mut edits = vec![Edit::set("version", next.clone())];
    edits.extend(amending.expires.map(|expires| Edit::set("expires", Literal::Date(expires))));
    let mut files = Vec::new();
    if let Some(text) = amending.text {
        match agreement.text_file.as_ref().and_then(|file| agreement.path().beside(file)) {
            Some(path) => {
                let before = ledger.texts.get(&path).cloned();
                files.push(FileChange { path: ledger.stored_path(path), before, after: Some(text.to_owned()) });
            }
            None => edits.push(Edit::set("text", Literal::Lines(text.to_owned()))),
        }
    }
    match at {
        Some(at) if recorded.is_none() => {
            edits.push(Edit::put(LIST, at, "terms", Literal::Text(so_far.to_string())));
        }
        Some(_) => {}
        None => {
            let fields = vec![
                ("version", Literal::Number(version.into())),
                ("date", Literal::Date(first_day(ledger, agreement, today).min(amending.date))),
                ("terms", Literal::Text(so_far.to_string())),
            ];
            edits.push(Edit::entry(LIST, fields));
        }
    }
    let mut fields = vec![
        ("version", next),
        ("date", Literal::Date(amending.date)),
        ("summary", Literal::Text(amending.summary.to_owned())),
        ("resign", Literal::Flag(amending.resign)),
    ];
    if amending.resign {
        fields.push(("sign_by", Literal::Date(sign_by(ledger, amending)?)));
    }
    fields.extend(pin.map(|pin| ("terms", Literal::Text(pin.to_string()))));
    fields.push(("begun", Literal::Date(today)));
    edits.push(Edit::entry(LIST, fields));
    files.insert(0, record_change(ledger, &agreement.key, &edits)?);
    Ok(ChangeSet { what: "amend".to_owned(), files })
}

fn may_be_amended(
    ledger: &Ledger,
    today: NaiveDate,
    agreement: &Record<Agreement>,
    amending: &Amending<'_>,
) -> Result<(), Error> {
    let title = quote(agreement.name());
    if ledger.words_of(agreement).is_none() {
        return Err(Error::refused(format!(
            "the text of {title} cannot be read, so there is nothing to amend; `coalition check` says why"
        )));
    }
    if has_ended(agreement, today) {
        return Err(Error::refused(format!("{title} has ended; make a new agreement")));
    }
    if has_expired(agreement, today) && amending.expires.is_none() {
        return Err(Error::refused(format!(
            "{title} has expired. To renew it, give its new end date: coalition amend {} --renew --expires {}",
            agreement.key.id,
            next_expiry(agreement, today)
        )));
    }
    match amending.expires {
        Some(expires) if expires < today.max(amending.date) => {
            Err(Error::refused(format!("{expires} is before the renewed agreement begins; give a later end date")))
        }
        _ => Ok(()),
    }
}

/// A year after an agreement expires, or a year from today where that is past too.
pub(super) fn next_expiry(agreement: &Agreement, today: NaiveDate) -> NaiveDate {
    let later = |day: NaiveDate| day.checked_add_months(Months::new(12)).unwrap_or(day);
    let next = agreement.expires.as_ref().map(|expires| later(expires.value));
    next.filter(|next| *next > today).unwrap_or_else(|| later(today))
}

/// Versions and their dates run in one order.
fn follows_in_order(agreement: &Record<Agreement>, amending: &Amending<'_>) -> Result<(), Error> {
    let title = quote(agreement.name());
    let version = agreement.version_number();
    let versions = agreement.amendments.iter().filter_map(|amendment| amendment.version.as_ref());
    if let Some(last) = versions.max_by_key(|last| last.value)
        && last.value > version
    {
        return Err(Error::refused(format!(
            "{title} already has an amendment for version {}, but its `version` is still {version}; complete that \
             amendment by hand",
            last.value
        )));
    }
    let dated = agreement
        .amendments
        .iter()
        .filter_map(|other| Some((other.date.as_ref()?.value, other.version.as_ref()?.value)));
    if let Some((last, of)) = dated.max()
        && amending.date < last
    {
        return Err(Error::refused(format!(
            "{} is before version {of} of {title}, which is dated {last}; give that date or a later one",
            amending.date
        )));
    }
    Ok(())
}

/// The first day of an agreement that nothing dates: the day from which it binds, of its first signature or of its first commit, or
/// today.
fn first_day(ledger: &Ledger, agreement: &Record<Agreement>, today: NaiveDate) -> NaiveDate {
    let effective = agreement.effective.as_ref().map(|effective| effective.value);
    let signed = first_signature(ledger, agreement);
    let committed = ledger.evidence.first.get(&*agreement.key.id).copied();
    [effective, signed, committed].into_iter().flatten().min().unwrap_or(today).min(today)
}

/// The digests that the signatures on a version are on, without those that were withdrawn.
fn signed_terms<'l>(
    ledger: &'l Ledger,
    today: NaiveDate,
    agreement: &'l Record<Agreement>,
    version: u32,
) -> impl Iterator<Item = Digest> {
    let registry = SignatureJudge::new(ledger, today);
    let of_version = ledger.signatures_of(agreement).filter(|entry| !entry.signature.is_withdrawn(today));
    let of_version = of_version.filter(|entry| registry.version_of(agreement, entry.signature) == version);
    of_version.filter_map(|entry| Some(entry.signature.terms.as_ref()?.value.clone())).collect::<Vec<_>>().into_iter()
}

/// The change that pins the current text of the current version.
///
/// # Errors
/// If someone has signed other words of this version.
pub(crate) fn pinning(ledger: &Ledger, today: NaiveDate, agreement: &Record<Agreement>) -> Result<ChangeSet, Error> {
    let title = quote(agreement.name());
    let version = agreement.version_number();
    if ledger.words_of(agreement).is_none() {
        return Err(Error::refused(format!(
            "the text of {title} cannot be read, so there is nothing to pin; `coalition check` says why"
        )));
    }
    let current = digest(&terms(ledger, agreement));
    if signed_terms(ledger, today, agreement, version).any(|signed| signed != current) {
        return Err(Error::refused(format!(
            "the text of version {version} of {title} is not the text that members signed. Restore the signed text; \
             to change it, make a new version: coalition amend {}",
            agreement.key.id
        )));
    }
    let pin = Literal::Text(current.to_string());
    let edit = match amendment_at(agreement, version) {
        Some(at) => Edit::put(LIST, at, "terms", pin),
        None => {
            let date = first_day(ledger, agreement, today);
            Edit::entry(
                LIST,
                vec![("version", Literal::Number(version.into())), ("date", Literal::Date(date)), ("terms", pin)],
            )
        }
    };
    Ok(ChangeSet::one("amend", record_change(ledger, &agreement.key, &[edit])?))
}

/// The last day to sign again: the one that is given, otherwise as many days after the amendment as the policy gives.
///
/// # Errors
/// If it is before the amendment.
pub(crate) fn sign_by(ledger: &Ledger, amending: &Amending<'_>) -> Result<NaiveDate, Error> {
    let days = u64::try_from(ledger.policy().sign_days()).unwrap_or_default();
    let sign_by = amending.sign_by.or_else(|| amending.date.checked_add_days(Days::new(days))).unwrap_or(amending.date);
    if sign_by < amending.date {
        return Err(Error::refused(format!(
            "the last day to sign again, {sign_by}, is before the date of the amendment, {}",
            amending.date
        )));
    }
    Ok(sign_by)
}
