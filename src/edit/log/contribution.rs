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
use crate::record::value::{Choices, RecordId as _};
use crate::record::{Advocate, AnyRecord, Campaign, Contribution, Goal, Member, Record};
use crate::source::LedgerPath;
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

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
    let record = draft(Kind::Contribution, &fields);
    let id = free_id(ledger, given, &record);
    let change = FileChange::new_file(path_of(ledger, &id, given.date), record);
    if !force {
        reads_well(&id, &change)?;
    }
    let mut message = format!("{} was saved as {id}, dated {}.", quote(&name), format_date(given.date));
    if let Some(first) = find_alike(ledger, given) {
        let (same, is) = if public_giver(given).is_some() {
            ("date, kind and giver", "if it is the same gift")
        } else {
            ("date and kind", "if it is the same gift from the same person")
        };
        message += &format!(" {first} has the same {same}; {is}, remove one of them.");
    }
    Ok(LogEntry { records: Vec::new(), files: vec![change], message })
}

/// The default name of a contribution: `12 hours of volunteer work from Friends of the Alder Library`.
fn name(ledger: &Ledger, given: &NewContribution<'_>) -> String {
    let of_volunteers = given.kind == ContributionKind::Volunteers;
    let hours = given.hours.and_then(|hours| hours.trim().parse::<Decimal>().ok());
    // Hours of a volunteer who is not named are those of work: their words say already what they are.
    let is_named = public_giver(given).is_some() || giver(given).is_none();
    let what = match (of_volunteers && hours.is_some(), is_named) {
        (true, true) => "volunteer work".to_owned(),
        (true, false) => "work".to_owned(),
        (false, _) => given.kind.label().to_lowercase(),
    };
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

/// The same with letters that stand for all that the record says, so that two gifts of one giver on one day have two files,
/// also where two people log them on two branches; with a number appended if that id is taken.
fn free_id(ledger: &Ledger, given: &NewContribution<'_>, record: &str) -> RecordKey {
    let first = format!("{}-{}", first_id(given).id, letters_of(record));
    let key = |id: &str| RecordKey::new(Kind::Contribution, id);
    let numbered = (2u64..).map(|nth| key(&format!("{first}-{nth}")));
    std::iter::once(key(&first))
        .chain(numbered)
        .find(|key| !is_there(ledger, given, key))
        .unwrap_or_else(|| key(&first))
}

/// Whether there is a record with this id, or a file where it would go.
fn is_there(ledger: &Ledger, given: &NewContribution<'_>, key: &RecordKey) -> bool {
    ledger.find(key.kind, &key.id).is_some()
        || ledger.unread.contains(key)
        || ledger.texts.contains_key(&path_of(ledger, key, given.date))
}

/// Four letters that stand for a text. No vowels: they make no words.
fn letters_of(text: &str) -> String {
    const LETTERS: &[u8] = b"bcdfghjkmnpqrstvwxz";
    let digest = Sha256::digest(text.as_bytes());
    let letter = |byte: &u8| LETTERS.get(usize::from(*byte) % LETTERS.len()).map(|letter| char::from(*letter));
    digest.iter().take(4).filter_map(letter).collect()
}

/// A record of the same date, kind and giver. Who is not named is looked for by the day and the kind.
fn find_alike(ledger: &Ledger, given: &NewContribution<'_>) -> Option<RecordKey> {
    let first = first_id(given);
    if is_there(ledger, given, &first) {
        return Some(first);
    }
    let giver = |id: Option<&str>, key: Option<&RecordKey>| id == key.map(|key| &*key.id);
    let is_alike = |other: &&Record<Contribution>| {
        other.date.as_ref().is_some_and(|date| date.value == given.date)
            && other.kind.as_ref().is_some_and(|kind| kind.value == given.kind)
            && giver(other.member.as_ref().map(|id| id.as_str()), given.member.map(|member| &member.key))
            && giver(other.advocate.as_ref().map(|id| id.as_str()), given.advocate.map(|advocate| &advocate.key))
    };
    ledger.contributions.iter().find(is_alike).map(|other| other.key.clone())
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
    let read = with_document(text, path, &|_, _| None, &mut findings, |document| {
        let mut reader = Reader::new(path, text, document, Some(key.clone()));
        Record::<Contribution>::read(path, key.clone(), document, &mut reader);
        reader.findings
    });
    findings.extend(read);
    let message: Vec<String> =
        findings.iter().map(|finding| format!("{}: {}", finding.message, finding.help)).collect();
    if message.is_empty() { Ok(()) } else { Err(Error::refused(message.join("\n"))) }
}
