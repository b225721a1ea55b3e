//! A contact, added to the record of everyone it was made with.

use super::{LogEntry, later};
use crate::document::words::{format_date, list, shell_word};
use crate::edit::{Edit, Literal};
use crate::error::Error;
use crate::ledger::{AsOf, Ledger};
use crate::practice::calls;
use crate::practice::personal_contact::{FollowUp, follow_ups};
use crate::record::common::Channel;
use crate::record::value::Choices;
use crate::record::{Advocate, AnyRecord, Campaign, Record};
use chrono::NaiveDate;

/// What is known of a contact.
#[derive(Debug)]
pub(crate) struct NewContact<'a> {
    /// Who made it.
    pub by: &'a Record<Advocate>,
    /// How.
    pub channel: Channel,
    /// The day.
    pub date: NaiveDate,
    /// What was said.
    pub summary: Option<&'a str>,
    /// The day on which to get in touch again.
    pub follow_up: Option<NaiveDate>,
    /// The campaign that it was made for.
    pub campaign: Option<&'a Record<Campaign>>,
}

/// The entry in each record.
///
/// # Errors
/// If the dates do not fit, or someone is on both sides of the contact.
pub(crate) fn contact(
    ledger: &Ledger,
    today: NaiveDate,
    with: &[&dyn AnyRecord],
    made: &NewContact<'_>,
) -> Result<LogEntry, Error> {
    later(made.follow_up, made.date, "--follow-up")?;
    let by = made.by;
    if with.iter().any(|record| *record.key() == by.key) {
        return Err(Error::refused(format!(
            "{} is both under --by and among the people contacted; remove one of the two",
            by.name()
        )));
    }
    let mut fields = vec![("date", Literal::Date(made.date)), ("by", Literal::Text(by.key.id.to_string()))];
    fields.push(("channel", Literal::Text(made.channel.word().to_owned())));
    fields.extend(made.summary.map(|summary| ("summary", Literal::prose(summary))));
    fields.extend(made.follow_up.map(|again| ("follow_up", Literal::Date(again))));
    fields.extend(made.campaign.map(|campaign| ("campaign", Literal::Text(campaign.key.id.to_string()))));
    let records =
        with.iter().map(|record| (record.key().clone(), vec![Edit::entry("contacts", fields.clone())])).collect();
    let names: Vec<&str> = with.iter().map(|record| record.name()).collect();
    let channel = if made.channel == Channel::Other { String::new() } else { format!(" {}", made.channel.label()) };
    let again = made.follow_up.map_or_else(String::new, |again| format!("; follow-up due by {}", format_date(again)));
    let mut message =
        format!("{} was in touch with {}{channel} on {}{again}.", by.name(), list(&names), format_date(made.date));
    let open = follow_ups(AsOf::new(ledger, today));
    for promise in open.iter().filter(|promise| with.iter().any(|record| record.key() == promise.with.key())) {
        message.push_str(&describe_promise(promise, made.date));
    }
    Ok(LogEntry { records, files: Vec::new(), message })
}

/// What a contact does to a promise that was open before it.
fn describe_promise(promise: &FollowUp<'_>, date: NaiveDate) -> String {
    let (name, due) = (promise.with.name(), promise.due.value);
    let day = format_date(due);
    if date >= due {
        return format!("\nThe follow-up with {name} that was due {day} is done with it.");
    }
    let words = shell_word(&format!("Follow up with {name}"));
    format!(
        "\nThe follow-up with {name} that is due {day} is still open. If this was it: coalition done {words} --date {date}"
    )
}

/// Who should stay in touch with a record's person or member, according to the ledger. It is suggested if `--by` is
/// missing.
pub(crate) fn callers<'l>(ledger: &'l Ledger, today: NaiveDate, with: &[&dyn AnyRecord]) -> Vec<&'l Record<Advocate>> {
    let calls = calls::all(AsOf::new(ledger, today));
    let of_them = calls.into_iter().filter(|call| with.iter().any(|record| record.key() == call.whom.key()));
    let mut callers: Vec<&Record<Advocate>> = of_them.filter_map(|call| call.caller).collect();
    callers.sort_by_key(|caller| &caller.key);
    callers.dedup_by_key(|caller| &caller.key);
    callers
}
