//! Everything about one member or one person, as a page to bring to a conversation. Each part of it has a file, which
//! computes its data and says them; the two pages put the parts together.

pub(crate) mod advocate;
pub(crate) mod member;

mod actions;
mod circle;
mod contacts;
mod giving;
mod help;
mod meetings;
mod points;
mod positions;
mod seats;
mod signed;

use crate::document::{Line, words};
use crate::practice::wait::Wait;
use crate::record::common::{ContactDetail, ContactType};
use crate::record::value::At;
use crate::report::ReportRequest;
use crate::report::excerpt::first_items;
use crate::report::value_words::{prose, spell_slug};
use chrono::NaiveDate;
use serde::Serialize;

/// A way to reach someone who may be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct ProfileDetail {
    /// What it is.
    r#type: ContactType,
    /// The address or number.
    value: String,
    /// When or for what to use it.
    note: Option<String>,
}

/// The ways to reach someone that work today: the public ones, and all if private fields may be shown.
fn details(request: &ReportRequest<'_>, details: &[At<ContactDetail>]) -> Vec<ProfileDetail> {
    let as_of = request.as_of();
    let works = |detail: &ContactDetail| {
        as_of.may_have_come(&detail.valid_from)
            && detail.valid_until.as_ref().is_none_or(|until| request.today <= until.value)
    };
    let may_show = |detail: &ContactDetail| works(detail) && (request.private || detail.is_public(request.today));
    let of = |detail: &ContactDetail| {
        Some(ProfileDetail {
            r#type: detail.r#type.as_ref()?.value,
            value: detail.value.as_ref()?.value.clone(),
            note: detail.note.as_ref().map(|note| note.value.clone()),
        })
    };
    details.iter().map(|detail| &detail.value).filter(|detail| may_show(detail)).filter_map(of).collect()
}

/// The ways to reach someone in a line.
fn write_details(details: &[ProfileDetail]) -> Line {
    let one = |detail: &ProfileDetail| {
        let note = detail.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
        Line::new().contact(detail.r#type, &detail.value).plain(note)
    };
    Line::joined(details.iter().map(one), "; ")
}

/// How long ago something was, as data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Waiting {
    /// The day from which it counts.
    since: NaiveDate,
    /// The days that have passed.
    days: i64,
    /// The days that are allowed.
    limit: i64,
    /// Whether more have passed.
    overdue: bool,
}

impl From<Wait> for Waiting {
    fn from(wait: Wait) -> Waiting {
        Waiting { since: wait.since, days: wait.days, limit: wait.limit, overdue: wait.is_over() }
    }
}

/// A day with its distance: `Oct 13 (40 days ago)`.
fn day(date: NaiveDate, today: NaiveDate) -> String {
    format!("{} ({})", words::near_day(date, today), words::distance(date, today))
}

#[cfg(test)]
mod tests;
