//! The calendar for everyone: meetings of the whole coalition, and the last days of goals, decisions and campaigns that are public. The
//! same days are in a file that other calendars subscribe to.

use super::super::context::view;
use super::super::site::{PageLink, Site, Viewpoint};
use crate::disclosure::Concealment;
use crate::document::words::{time, weekday};
use crate::kind::RecordKey;
use crate::report::ReportRequest;
use crate::report::calendar::{CalendarEvent, events_for_all};
use chrono::NaiveDate;

view! {
    /// What the calendar says.
    pub(crate) struct CalendarView {
        /// The file that other calendars subscribe to.
        feed: String,
        /// The days to come, the first first.
        dates: Vec<DateView>,
    }
}

view! {
    /// A day to come.
    pub(super) struct DateView {
        /// The day.
        pub date: NaiveDate,
        /// The day with its weekday.
        pub day: String,
        /// When it begins, where it does not take the whole day.
        pub start_time: Option<String>,
        /// What it is, with the way to its page.
        pub what: PageLink,
        /// Where it takes place.
        pub location: Option<String>,
    }
}

impl CalendarView {
    /// The calendar as seen from its own page.
    pub(crate) fn new(feed: &str, view: &Viewpoint<'_, '_>) -> CalendarView {
        let view_of = |(key, event): (RecordKey, CalendarEvent)| DateView {
            date: event.date,
            day: weekday(event.date),
            start_time: event.start.map(time),
            what: PageLink { name: event.summary, page: view.page_of(&key) },
            location: event.location,
        };
        CalendarView { feed: feed.to_owned(), dates: public_events(view.site).into_iter().map(view_of).collect() }
    }
}

/// The days to come that are for everyone, each with the record it concerns.
pub(crate) fn public_events(site: &Site<'_>) -> Vec<(RecordKey, CalendarEvent)> {
    let request = ReportRequest::new(site.ledger, site.today);
    let mut events = events_for_all(&request, &Concealment::of(site.ledger, &site.unlisted));
    events.retain(|(key, _)| site.is_public(key));
    events
}
