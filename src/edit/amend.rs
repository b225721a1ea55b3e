//! A new version of an agreement: what the version so far said is recorded, so that the signatures on it can still be
//! proven when the words have changed.

use super::{Edit, Literal, Refusal};
use crate::agreement::{digest, has_ended, has_expired, terms};
use crate::document::words::quoted;
use crate::ledger::Ledger;
use crate::record::{Agreement, AnyRecord, Record};
use chrono::{Days, NaiveDate};

/// What is to be amended.
#[derive(Debug)]
pub struct Amending<'a> {
    /// What changes, in a sentence.
    pub summary: &'a str,
    /// Whether members must sign again.
    pub resign: bool,
    /// The last day to do so; the coalition's usual time after the amendment where it is not given.
    pub sign_by: Option<NaiveDate>,
    /// The day of the amendment.
    pub date: NaiveDate,
}

const LIST: &str = "amendments";

/// The lines that make a new version of an agreement.
///
/// # Errors
/// Where the words of the version so far cannot be proven any more, or the agreement is over.
pub fn amendment(
    ledger: &Ledger,
    today: NaiveDate,
    agreement: &Record<Agreement>,
    amending: &Amending<'_>,
) -> Result<Vec<Edit>, Refusal> {
    let title = quoted(agreement.name());
    if ledger.words_of(agreement).is_none() {
        return Err(Refusal::new(format!(
            "{title} has no words that could be read, so there is nothing to amend; `coalition check` says why"
        )));
    }
    if has_ended(agreement, today) || has_expired(agreement, today) {
        return Err(Refusal::new(format!("{title} binds nobody any more; make a new agreement")));
    }
    let version = agreement.version_number();
    let so_far = digest(&terms(ledger, agreement));
    let of_version = agreement
        .amendments
        .iter()
        .enumerate()
        .find(|(_, amendment)| amendment.version.as_ref().is_some_and(|own| own.value == version));
    let recorded = of_version.and_then(|(_, amendment)| amendment.terms.as_ref());
    let mut signed = agreement
        .signatures
        .iter()
        .filter(|signature| signature.version_number() == version && !signature.is_withdrawn(today))
        .filter_map(|signature| signature.terms.as_ref())
        .peekable();
    let is_recorded_otherwise = recorded.is_some_and(|recorded| recorded.value != so_far);
    let is_signed_otherwise = signed.peek().is_some() && signed.all(|signed| signed.value != so_far);
    if is_recorded_otherwise || is_signed_otherwise {
        let who = if is_signed_otherwise { "those who signed it" } else { "the record of it" };
        return Err(Refusal::new(format!(
            "the words of {title} have changed already: they are not those that {who} had before them. Restore the words of \
             version {version}, run this again, and change the words then"
        )));
    }
    if let Some(last) =
        agreement.amendments.iter().filter_map(|amendment| amendment.version.as_ref()).max_by_key(|v| v.value)
        && last.value > version
    {
        return Err(Refusal::new(format!(
            "{title} has an amendment for version {} already, and its `version` is {version}; complete that one by hand",
            last.value
        )));
    }
    let first_day =
        agreement.effective.as_ref().map_or(today, |effective| effective.value.min(today)).min(amending.date);
    let next = Literal::Number(version.saturating_add(1).into());
    let mut edits = vec![Edit::set("version", next.clone())];
    match of_version {
        Some((at, _)) if recorded.is_none() => {
            edits.push(Edit::put(LIST, at, "terms", Literal::Text(so_far.to_string())));
        }
        Some(_) => {}
        None => {
            let fields = vec![
                ("version", Literal::Number(version.into())),
                ("date", Literal::Date(first_day)),
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
    edits.push(Edit::entry(LIST, fields));
    Ok(edits)
}

/// The last day to sign again: the one that is given, else as many days after the amendment as the policy gives.
///
/// # Errors
/// Where it is before the amendment.
pub fn sign_by(ledger: &Ledger, amending: &Amending<'_>) -> Result<NaiveDate, Refusal> {
    let days = u64::try_from(ledger.policy().sign_days()).unwrap_or_default();
    let sign_by = amending.sign_by.or_else(|| amending.date.checked_add_days(Days::new(days))).unwrap_or(amending.date);
    if sign_by < amending.date {
        return Err(Refusal::new(format!(
            "the last day to sign again, {sign_by}, is before the amendment itself on {}",
            amending.date
        )));
    }
    Ok(sign_by)
}
