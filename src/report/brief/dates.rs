//! What the next weeks bring: one list, in the order of the days.

use super::{NextMeeting, Scope, excerpt};
use crate::document::{Section, Side, Table, words};
use crate::report::calendar::{Occasion, Upcoming, sentence, upcoming};
use chrono::NaiveDate;

/// The entries that are printed; the rest is counted.
const ROWS: usize = 16;

/// What the next weeks bring, in the order of the days. Who should hear from whom is told in a report of its own.
pub(super) fn dates(scope: &Scope<'_>) -> Vec<Upcoming> {
    let mut dates = upcoming(&scope.request);
    dates.retain(|upcoming| scope.is_ahead(upcoming.date) && upcoming.occasion != Occasion::ContactDue);
    dates
}

pub(super) fn section(dates: &[Upcoming], next_meeting: Option<&NextMeeting>) -> Section {
    let mut section = Section::new("Also in the next six weeks");
    let is_next = |upcoming: &&Upcoming| next_meeting.is_some_and(|next| next.meeting == upcoming.subject);
    let news = dates.iter().filter(|upcoming| !is_told_above(upcoming.occasion) && !is_next(upcoming));
    let rows: Vec<(NaiveDate, String)> = news.map(|upcoming| (upcoming.date, sentence(upcoming))).collect();
    let (first, more) = excerpt(&rows, ROWS);
    let mut table = Table::new([("Day", Side::Left), ("What", Side::Left)]);
    let mut before = None;
    for (date, words) in first {
        let day = if before == Some(date) { String::new() } else { words::calendar_day(*date) };
        before = Some(date);
        table.row([day.into(), words.as_str().into()]);
    }
    section.table(table);
    section.paragraph(more.unwrap_or_default());
    section
}

/// Whether the day stands beside what it is about in another section of the brief.
fn is_told_above(occasion: Occasion) -> bool {
    use Occasion::{ActionDue, AgreementExpires, DecisionCloses, GoalDue, HelpNeeded, ObjectionRevisited};
    matches!(occasion, ActionDue | AgreementExpires | DecisionCloses | GoalDue | HelpNeeded | ObjectionRevisited)
}
