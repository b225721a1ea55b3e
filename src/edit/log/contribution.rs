//! Logs a contribution, which becomes a record of its own.

use super::{LogEntry, figure};
use crate::disclosure::Unlisted;
use crate::document::words::{capitalize, format_date, money, noun_form, number, quote};
use crate::edit::{FileChange, draft};
use crate::error::Error;
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::parse::suggest::slug;
use crate::parse::{Reader, with_document};
use crate::record::contribution::ContributionKind;
use crate::record::table::RecordTable;
use crate::record::value::Choices;
use crate::record::{Advocate, AnyRecord, Campaign, Contribution, Goal, Member, Record};
use crate::source::LedgerPath;
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

/// What is known of a gift. Figures are as they were typed.
#[derive(Debug)]
pub(crate) struct NewContribution<'a> {
    /// What was given.
    pub kind: ContributionKind,
    /// The member who gave it.
    pub member: Option<&'a Record<Member>>,
    /// The person who gave it.
    pub advocate: Option<&'a Record<Advocate>>,
    /// The day.
    pub date: NaiveDate,
    /// Hours of work.
    pub hours: Option<&'a str>,
    /// An amount of money, or what it would have cost.
    pub amount: Option<&'a str>,
    /// Its currency.
    pub currency: Option<&'a str>,
    /// Whether the amount is the worth of a gift in kind.
    pub in_kind: bool,
    /// The goal it served.
    pub goal: Option<&'a Record<Goal>>,
    /// The campaign it served.
    pub campaign: Option<&'a Record<Campaign>>,
    /// What to call it.
    pub name: Option<&'a str>,
    /// The people who have not agreed to be listed. A record of a gift is public, so that its name and its id, where no
    /// one chose them, must not tell who they are.
    pub unlisted: &'a Unlisted,
}

impl NewContribution<'_> {
    /// Whether the amount is what it would have cost: as it says, and for all kinds but funding.
    fn is_in_kind(&self) -> bool {
        self.in_kind || self.kind != ContributionKind::Funding
    }
}

/// A new record of it.
///
/// # Errors
/// If a figure does not read, unless that is let pass.
pub(crate) fn contribution(ledger: &Ledger, given: &NewContribution<'_>, force: bool) -> Result<LogEntry, Error> {
    if let Some(hours) = given.hours.filter(|_| !force) {
        figure(Contribution::DEF.field("hours"), hours)?;
    }
    let name = given.name.map_or_else(|| name(ledger, given), str::to_owned);
    let id = free_id(ledger, given);
    let text = |text: &str| Some(Value::from(text));
    let fields = [
        ("name", text(&name)),
        ("member", given.member.and_then(|member| text(&member.key.id))),
        ("advocate", given.advocate.and_then(|advocate| text(&advocate.key.id))),
        ("kind", text(given.kind.word())),
        ("date", text(&given.date.to_string())),
        ("hours", given.hours.and_then(text)),
        ("amount", given.amount.and_then(text)),
        ("currency", given.currency.and_then(text)),
        ("in_kind", given.in_kind.then_some(Value::from(true))),
        ("goal", given.goal.and_then(|goal| text(&goal.key.id))),
        ("campaign", given.campaign.and_then(|campaign| text(&campaign.key.id))),
    ];
    let fields: Map<String, Value> =
        fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect();
    let change = FileChange::new_file(path_of(ledger, &id, given.date), draft(Kind::Contribution, &fields));
    if !force {
        reads_well(&id, &change)?;
    }
    let mut message = format!("{} was saved as {id}, dated {}.", quote(&name), format_date(given.date));
    let first = first_id(given);
    if first != id {
        let (same, is) = if public_giver(given).is_some() {
            ("day, kind and giver", "if it is the same gift")
        } else {
            ("day and kind", "if it is the same gift from the same person")
        };
        message += &format!(" {first} has the same {same}; {is}, remove one of them.");
    }
    Ok(LogEntry { records: Vec::new(), files: vec![change], message })
}

/// The default name of a contribution: `12 hours of volunteers from Friends of the Alder Library`.
fn name(ledger: &Ledger, given: &NewContribution<'_>) -> String {
    let what = given.kind.label().to_lowercase();
    let hours = given.hours.and_then(|hours| hours.trim().parse::<Decimal>().ok());
    let hours = hours.map(|hours| format!("{} {} of ", number(hours), hour_or_hours(hours)));
    let amount = given.amount.and_then(|amount| amount.trim().parse::<Decimal>().ok());
    let amount = amount.map(|amount| money(amount, given.currency.unwrap_or(ledger.root.currency())));
    let what = match (hours, amount) {
        (None, None) => what,
        (Some(hours), None) => format!("{hours}{what}"),
        (hours, Some(amount)) if given.is_in_kind() => format!("{}{what} worth {amount}", hours.unwrap_or_default()),
        (Some(hours), Some(amount)) => format!("{hours}{what} and {amount}"),
        (None, Some(amount)) => format!("{amount} of {what}"),
    };
    let giver = match (public_giver(given), giver(given)) {
        (Some(giver), _) => giver.name().to_owned(),
        (None, Some(unnamed)) => given.unlisted.words(ledger, unnamed.key(), given.date),
        (None, None) => "no one".to_owned(),
    };
    format!("{} from {giver}", capitalize(&what))
}

fn hour_or_hours(hours: Decimal) -> &'static str {
    noun_form(if hours == Decimal::ONE { 1 } else { 2 }, "hour", "hours")
}

fn giver<'a>(given: &NewContribution<'a>) -> Option<&'a dyn AnyRecord> {
    let advocate = given.advocate.map(|advocate| advocate as &dyn AnyRecord);
    given.member.map(|member| member as &dyn AnyRecord).or(advocate)
}

/// Who gave it, where others may hear of it.
fn public_giver<'a>(given: &NewContribution<'a>) -> Option<&'a dyn AnyRecord> {
    giver(given).filter(|giver| !given.unlisted.has(giver.key()))
}

/// Day, kind and giver as an id.
fn first_id(given: &NewContribution<'_>) -> RecordKey {
    let giver = public_giver(given).map_or_else(String::new, |giver| giver.key().id.to_string());
    RecordKey::new(Kind::Contribution, &slug(&format!("{} {} {giver}", given.date, given.kind.word())))
}

/// The same, with a number appended if that id is taken.
fn free_id(ledger: &Ledger, given: &NewContribution<'_>) -> RecordKey {
    let first = first_id(given);
    let is_free = |key: &RecordKey| {
        ledger.find(key.kind, &key.id).is_none()
            && !ledger.unread.contains(key)
            && !ledger.texts.contains_key(&path_of(ledger, key, given.date))
    };
    let numbered = (2u64..).map(|nth| RecordKey::new(Kind::Contribution, &format!("{}-{nth}", first.id)));
    std::iter::once(first.clone()).chain(numbered).find(is_free).unwrap_or(first)
}

/// Where the record goes: into the folder of its year, where the coalition keeps one.
fn path_of(ledger: &Ledger, key: &RecordKey, date: NaiveDate) -> LedgerPath {
    let folder = key.kind.folder();
    let of_year = format!("{folder}/{}/", date.year());
    let has_years = ledger.contributions.iter().any(|other| other.path.as_str().starts_with(&of_year));
    LedgerPath::new(if has_years { format!("{of_year}{}.toml", key.id) } else { format!("{folder}/{}.toml", key.id) })
}

/// Makes sure that the record reads well by itself, and says what helps where it does not.
fn reads_well(key: &RecordKey, change: &FileChange) -> Result<(), Error> {
    let (path, text) = (&change.path, change.after.as_deref().unwrap_or_default());
    let mut findings = Vec::new();
    let read = with_document(text, path, &mut findings, |document| {
        let mut reader = Reader::new(path, text, document, Some(key.clone()));
        Record::<Contribution>::read(path, key.clone(), document, &mut reader);
        reader.findings
    });
    findings.extend(read);
    let message: Vec<String> =
        findings.iter().map(|finding| format!("{}: {}", finding.message, finding.help)).collect();
    if message.is_empty() { Ok(()) } else { Err(Error::refused(message.join("\n"))) }
}
