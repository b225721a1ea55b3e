//! The office and dates of a person, from the newest membership.

use super::file::{File, PopoloEntry, text};
use super::organization::{is_body, is_context, is_party};
use super::part::insert_filled;
use crate::document::words::capitalize;
use crate::exchange::incoming::{BY_SOURCE_ID, join_lines};
use chrono::NaiveDate;
use serde_json::{Map, Value};

/// Whether a membership makes its holder an official.
pub(super) fn is_office<'v>(file: &File<'v>, membership: &'v PopoloEntry) -> bool {
    let target = |list, key| file.target(list, membership, key);
    target("posts", "post").is_some()
        || text(membership, "on_behalf_of_id").is_some()
        || target("organizations", "organization").is_some_and(is_body)
}

/// The newest of memberships by start date; if several began together, the last one.
fn newest<'v>(
    file: &File<'v>,
    memberships: &[&'v PopoloEntry],
    is: impl Fn(&'v PopoloEntry) -> bool,
) -> Option<&'v PopoloEntry> {
    memberships.iter().copied().filter(|membership| is(membership)).max_by_key(|membership| dates(file, membership).0)
}

/// The start and end dates of a membership, or of its legislative period.
fn dates<'v>(file: &File<'v>, membership: &'v PopoloEntry) -> (Option<&'v str>, Option<&'v str>) {
    let term = file.target("events", membership, "legislative_period");
    let date = |key| text(membership, key).or_else(|| text(term?, key));
    (date("start_date"), date("end_date"))
}

/// Adds the office of a person to the fields. Returns notes on dates without a day.
pub(super) fn add_office<'v>(
    file: &File<'v>,
    memberships: &[&'v PopoloEntry],
    fields: &mut Map<String, Value>,
) -> Vec<String> {
    let offices = |membership: &'v PopoloEntry| is_office(file, membership);
    let Some(membership) = newest(file, memberships, offices).or_else(|| newest(file, memberships, |_| true)) else {
        return Vec::new();
    };
    let post = file.target("posts", membership, "post");
    let direct = file.target("organizations", membership, "organization");
    let organization = direct.or_else(|| file.target("organizations", post?, "organization"));
    let body =
        organization.filter(|organization| !is_party(organization)).and_then(|organization| text(organization, "name"));
    let title = post.and_then(|post| text(post, "label").or_else(|| text(post, "role")));
    let role = title.or_else(|| text(membership, "role")).or_else(|| text(membership, "label")).map(capitalize);
    let office: Vec<String> = role.into_iter().chain(body.map(str::to_owned)).collect();
    insert_filled(fields, "office", Value::from(join_lines(&office.join(", "), " ")));
    let area = file.target("areas", membership, "area").or_else(|| file.target("areas", post?, "area"));
    let area = area.and_then(|area| text(area, "name")).map(|area| join_lines(area, " "));
    let jurisdiction = body.map(|body| join_lines(body, " "));
    insert_filled(fields, "jurisdiction", Value::from(jurisdiction.or_else(|| area.clone()).unwrap_or_default()));
    insert_filled(fields, "district", Value::from(area.unwrap_or_default()));
    let party = file.target("organizations", membership, "on_behalf_of").or_else(|| {
        let of = |membership: &'v PopoloEntry| file.target("organizations", membership, "organization");
        of(newest(file, memberships, |membership| of(membership).is_some_and(is_party))?)
    });
    insert_filled(
        fields,
        "party",
        Value::from(party.and_then(|party| text(party, "name")).map(|name| join_lines(name, " ")).unwrap_or_default()),
    );
    put_dates(dates(file, membership), fields)
}

/// Adds the organization that a person works for to the fields. Returns notes on dates without a day.
pub(super) fn add_work<'v>(
    file: &File<'v>,
    memberships: &[&'v PopoloEntry],
    fields: &mut Map<String, Value>,
) -> Vec<String> {
    let of = |membership: &'v PopoloEntry| file.target("organizations", membership, "organization");
    let belongs = |membership: &'v PopoloEntry| of(membership).is_some_and(|organization| !is_context(organization));
    let Some(membership) = newest(file, memberships, belongs) else { return Vec::new() };
    if let Some(organization) = of(membership) {
        let key = text(organization, "id").map(|id| format!("{BY_SOURCE_ID}{id}"));
        let reference = key.or_else(|| text(organization, "name").map(str::to_owned));
        insert_filled(fields, "member", Value::from(reference.unwrap_or_default()));
    }
    let title = text(membership, "label").or_else(|| text(membership, "role")).map(capitalize);
    insert_filled(fields, "title", Value::from(title.map(|title| join_lines(&title, " ")).unwrap_or_default()));
    put_dates(dates(file, membership), fields)
}

/// Adds dates with a day to the fields. Returns notes on the others: no day is made up.
fn put_dates(dates: (Option<&str>, Option<&str>), fields: &mut Map<String, Value>) -> Vec<String> {
    let mut notes_on_dates = Vec::new();
    let mut days = [None, None];
    for (at, (date, key, word)) in
        [(dates.0, "start_date", "from"), (dates.1, "end_date", "until")].into_iter().enumerate()
    {
        let Some(date) = date else { continue };
        let day = date.get(..10).unwrap_or(date);
        match day.parse::<NaiveDate>() {
            Ok(parsed) if parsed.to_string() == day => {
                days[at] = Some(parsed);
                insert_filled(fields, key, Value::from(day));
            }
            _ => notes_on_dates.push(format!("In office {word} {}; the file gives no day.", join_lines(date, " "))),
        }
    }
    if let [Some(start), Some(end)] = days
        && end < start
    {
        fields.remove("end_date");
        notes_on_dates.push(format!("In office until {end}, which is before the start date; the file says so."));
    }
    notes_on_dates
}
