//! The last contact with someone, as reports tell it.

use super::{Named, ReportRequest};
use crate::document::{Line, words};
use crate::practice::signs::{ContactSign, Way};
use crate::record::common::{Channel, Contact};
use crate::record::value::Choices;
use chrono::NaiveDate;
use serde::Serialize;

/// The last time that someone was heard of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LastContact {
    /// When.
    pub date: NaiveDate,
    /// How: a contact, attendance, a position.
    pub way: Way,
    /// The record that says so.
    pub told_by: Named,
    /// Who made the contact.
    pub by: Option<Named>,
    /// How the contact was made.
    pub channel: Option<Channel>,
    /// What was said, if private fields may be shown.
    pub summary: Option<String>,
}

impl LastContact {
    /// This sign, as far as it may be shown.
    pub(crate) fn of(request: &ReportRequest<'_>, sign: ContactSign<'_>) -> LastContact {
        let contact = sign.contact;
        LastContact {
            date: sign.date,
            way: sign.way,
            told_by: Named::any(sign.told_by),
            by: contact.and_then(|contact| Named::at(request.ledger, &contact.by)),
            channel: contact.and_then(|contact| contact.channel.as_ref()).map(|channel| channel.value),
            summary: contact.and_then(|contact| summary(request, contact)),
        }
    }

    /// When and how, in a few words: `Oct 13 (40 days ago), in person, by Caroline Yazzie`.
    pub(crate) fn words(&self, today: NaiveDate) -> String {
        let day = words::near_day(self.date, today);
        self.describe(&format!("{day} ({})", words::distance(self.date, today)))
    }

    /// The same without how long ago it was, where that is said beside it.
    pub(crate) fn words_without_distance(&self, today: NaiveDate) -> String {
        self.describe(&words::near_day(self.date, today))
    }

    fn describe(&self, day: &str) -> String {
        let how = match (self.way, self.channel) {
            (Way::Contact, Some(channel)) => format!(", {}", channel.label()),
            (Way::Contact, None) => String::new(),
            (way, _) => format!(", {}", way.words()),
        };
        let by = self.by.as_ref().map(|by| format!(", by {}", by.name)).unwrap_or_default();
        format!("{day}{how}{by}")
    }

    /// The same, with the record that says so: `Nov 6 (16 days ago), by mail, by Ana Lopez, with Pat Quill`.
    pub(crate) fn words_with(&self, today: NaiveDate) -> String {
        match self.way {
            Way::Contact => format!("{}, with {}", self.words(today), self.told_by.name),
            _ => format!("{}, {}", self.words(today), words::quote(&self.told_by.name)),
        }
    }

    /// What was said, as a line of its own; empty if it is not shown.
    pub(crate) fn summary_line(&self) -> Line {
        self.summary.as_ref().map(|summary| Line::new().muted(summary)).unwrap_or_default()
    }
}

/// What was said at a contact, if private fields may be shown.
pub(super) fn summary(request: &ReportRequest<'_>, contact: &Contact) -> Option<String> {
    let summary = contact.summary.as_ref().filter(|_| request.private)?;
    Some(summary.trim().to_owned())
}
