//! The next meeting of the whole coalition, the last one, and what else the next weeks bring.

use super::{Scope, excerpt, first_items};
use crate::document::{Fact, Item, Line, Section, Side, Table, words};
use crate::ledger::Ledger;
use crate::practice::attendance::{members_at, members_with_regrets};
use crate::practice::decision_structure::{DecisionDoubt, Hearing, doubts, is_made, outcome};
use crate::practice::minutes::unrecorded;
use crate::record::decision::Outcome;
use crate::record::meeting::AgendaItem;
use crate::record::value::{Opt, Url};
use crate::record::{Meeting, Member, Record};
use crate::report::calendar::{Occasion, Upcoming, sentence, upcoming};
use crate::report::decisions::outcome_words;
use crate::report::{Named, ReportRequest};
use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

/// A meeting that is planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct NextMeeting {
    /// The meeting.
    pub meeting: Named,
    /// The day.
    pub date: NaiveDate,
    /// The days until then.
    pub days_until: i64,
    /// When it begins.
    pub start_time: Option<NaiveTime>,
    /// When it ends.
    pub end_time: Option<NaiveTime>,
    /// Whether it ends after midnight.
    pub ends_next_day: bool,
    /// Where.
    pub location: Option<String>,
    /// Where to join it from afar.
    pub url: Option<Url>,
    /// Who is in the chair.
    pub chair: Option<Named>,
    /// What is to be talked about, once the invitation has gone out.
    pub agenda: Vec<AgendaPoint>,
    /// How many minutes that takes in all, as far as it is said.
    pub agenda_minutes: u64,
}

/// A point on the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct AgendaPoint {
    /// What it is about.
    pub item: String,
    /// Who leads it.
    pub lead: Option<Named>,
    /// How many minutes it may take.
    pub minutes: Option<u32>,
    /// The decision that it is to come to.
    pub decision: Option<Named>,
    /// How that decision ended, where it has.
    pub decided: Option<Outcome>,
    /// Why it may not hold.
    pub doubts: Vec<DecisionDoubt>,
    /// Whether it is still to be made.
    #[serde(skip)]
    pub is_open: bool,
}

/// A meeting that was held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LastMeeting {
    /// The meeting.
    pub meeting: Named,
    /// The day.
    pub date: NaiveDate,
    /// How many members were to come, with those that came on the day they joined.
    pub members: usize,
    /// How many of them were represented.
    pub present: usize,
    /// Those that were not, by name; whether anyone knows is for `regrets` to say.
    pub absent: Vec<Named>,
    /// Those of the absent that sent regrets.
    pub regrets: Vec<Named>,
    /// Whether anyone wrote down who was there.
    pub recorded: bool,
}

/// A meeting that is over, of which something is still to be written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct MeetingGap {
    /// The meeting.
    pub meeting: Named,
    /// The day.
    pub date: NaiveDate,
    /// Whether no one has written down who came.
    pub attendance_missing: bool,
    /// Whether there are no minutes.
    pub minutes_missing: bool,
}

/// The meetings of which something is still to be written down, the first first.
pub(super) fn list_gaps(scope: &Scope<'_>) -> Vec<MeetingGap> {
    let missing = unrecorded(scope.as_of).into_iter().map(|one| MeetingGap {
        meeting: Named::record(one.meeting),
        date: one.date,
        attendance_missing: one.attendance,
        minutes_missing: one.minutes,
    });
    missing.collect()
}

pub(super) fn write_gaps(gaps: &[MeetingGap], today: NaiveDate) -> Section {
    let mut section = Section::new("Still to record");
    section.list(first_items(gaps, "list meetings", |gap| {
        let day = format!(", {} ({})", words::near_day(gap.date, today), words::distance(gap.date, today));
        let what = match (gap.attendance_missing, gap.minutes_missing) {
            (true, true) => "Who came? Where are the minutes?",
            (true, false) => "Who came?",
            (false, _) => "Where are the minutes?",
        };
        Item::new(Line::new().strong(&gap.meeting.name).plain(day)).with(what)
    }));
    section
}

/// The meetings of the whole coalition that were not called off, with their days.
fn assemblies(ledger: &Ledger) -> impl Iterator<Item = (NaiveDate, &Record<Meeting>)> {
    let held = ledger.meetings.iter().filter(|meeting| meeting.is_assembly() && !meeting.is_cancelled());
    held.filter_map(|meeting| Some((meeting.date.as_ref()?.value, meeting)))
}

/// The last meeting before today.
pub(super) fn find_last(request: &ReportRequest<'_>) -> Option<LastMeeting> {
    let ledger = request.ledger;
    let (date, meeting) = assemblies(ledger).filter(|(date, _)| *date < request.today).max_by_key(|(date, _)| *date)?;
    let (present, regrets) = (members_at(ledger, meeting), members_with_regrets(ledger, meeting));
    let is_counted = |member: &&Record<Member>| member.is_expected(date) || present.contains(&*member.key.id);
    let members: Vec<_> = ledger.current_members(date).filter(is_counted).collect();
    let mut absent: Vec<Named> = members
        .iter()
        .filter(|member| !present.contains(&*member.key.id))
        .map(|member| Named::record(member))
        .collect();
    absent.sort();
    Some(LastMeeting {
        meeting: Named::record(meeting),
        date,
        members: members.len(),
        present: members.len() - absent.len(),
        regrets: absent.iter().filter(|member| regrets.contains(member.id.as_str())).cloned().collect(),
        absent,
        recorded: !meeting.attendance.is_empty(),
    })
}

/// The next meeting, today's too.
pub(super) fn find_next(request: &ReportRequest<'_>) -> Option<NextMeeting> {
    let ledger = request.ledger;
    let (date, meeting) = assemblies(ledger)
        .filter(|(date, _)| *date >= request.today)
        .min_by_key(|(date, meeting)| (*date, meeting.start_time.as_ref().map(|time| time.value)))?;
    let invited = meeting.notice_sent.as_ref().is_none_or(|sent| sent.value <= request.today);
    let agenda = meeting.agenda.iter().filter(|_| invited);
    let agenda: Vec<AgendaPoint> = agenda.filter_map(|item| point(request, item)).collect();
    Some(NextMeeting {
        agenda_minutes: agenda.iter().filter_map(|point| point.minutes).map(u64::from).sum(),
        meeting: Named::record(meeting),
        date,
        days_until: (date - request.today).num_days(),
        start_time: meeting.start_time.as_ref().map(|time| time.value),
        end_time: meeting.end_time.as_ref().map(|time| time.value),
        ends_next_day: meeting.ends_next_day(),
        location: meeting.location.as_ref().map(|location| location.value.clone()),
        url: meeting.url.as_ref().filter(|_| request.private).map(|url| url.value.clone()),
        chair: Named::serving(request.as_of(), &meeting.chair),
        agenda,
    })
}

fn point(request: &ReportRequest<'_>, item: &AgendaItem) -> Option<AgendaPoint> {
    let come = |date: &Opt<NaiveDate>| date.as_ref().is_some_and(|date| date.value <= request.today);
    let named = item.decision.as_ref().and_then(|id| request.ledger.decisions.get(&id.value));
    let decision = named.filter(|decision| decision.proposed.is_none() || come(&decision.proposed));
    let as_of = request.as_of();
    let made = decision.filter(|decision| is_made(as_of, decision)).map(|decision| Hearing::of(as_of, decision));
    Some(AgendaPoint {
        item: item.item.as_ref()?.value.clone(),
        lead: Named::serving(request.as_of(), &item.lead),
        minutes: item.minutes.as_ref().map(|minutes| minutes.value),
        decision: decision.map(Named::record),
        decided: decision.and_then(|decision| outcome(as_of, decision)),
        doubts: made.as_ref().map(|hearing| doubts(as_of, hearing)).unwrap_or_default(),
        is_open: made.is_none(),
    })
}

pub(super) fn write_next_meeting(meeting: Option<&NextMeeting>, today: NaiveDate) -> Section {
    let mut section = Section::new("Next meeting");
    let Some(meeting) = meeting else {
        section.paragraph("No full coalition meeting is scheduled. What day works for everyone?");
        return section;
    };
    let link = meeting.url.as_ref().map(|url| Line::new().link(url.as_str(), url));
    section.facts([
        Fact::new("What", meeting.meeting.name.as_str()),
        Fact::new("When", meeting_time(meeting, today)),
        Fact::new("Where", meeting.location.as_deref().unwrap_or_default()),
        Fact::new("Online", link.unwrap_or_default()),
        Fact::new("Chair", meeting.chair.as_ref().map_or("", |chair| &chair.name)),
    ]);
    let title = match meeting.agenda_minutes {
        0 => "Agenda:".to_owned(),
        1 => "Agenda, 1 minute in all:".to_owned(),
        minutes => format!("Agenda, {minutes} minutes in all:"),
    };
    section.numbered_list(title, meeting.agenda.iter().map(agenda_item));
    section
}

fn meeting_time(meeting: &NextMeeting, today: NaiveDate) -> Line {
    let hours = match (meeting.start_time, meeting.end_time) {
        (Some(start), Some(end)) => {
            let day = if meeting.ends_next_day { " the next day" } else { "" };
            format!(", {} to {}{day}", words::time(start), words::time(end))
        }
        (Some(start), None) => format!(", {}", words::time(start)),
        _ => String::new(),
    };
    let distance = words::distance(meeting.date, today);
    Line::new().strong(words::weekday(meeting.date)).plain(format!("{hours} ({distance})"))
}

fn agenda_item(point: &AgendaPoint) -> Item {
    let minutes = point.minutes.map(|minutes| format!("{minutes} min"));
    let asides: Vec<String> = point.lead.iter().map(|lead| lead.name.clone()).chain(minutes).collect();
    let aside = if asides.is_empty() { String::new() } else { format!(" ({})", asides.join(", ")) };
    let decision = point.decision.as_ref().map(|decision| {
        let state = if point.is_open { "open".to_owned() } else { outcome_words(point.decided, &point.doubts) };
        format!("Decision: {} ({state})", words::quote(&decision.name))
    });
    Item::new(Line::from(point.item.as_str()).plain(aside)).with(decision.unwrap_or_default())
}

/// The entries that are printed; the rest is counted.
const ROWS: usize = 16;

/// What the next weeks bring, in the order of the days. Who should hear from whom has its own report.
pub(super) fn list_dates(scope: &Scope<'_>) -> Vec<Upcoming> {
    let mut dates = upcoming(&scope.request);
    dates.retain(|upcoming| scope.is_ahead(upcoming.date) && upcoming.occasion != Occasion::ContactDue);
    dates
}

pub(super) fn write_dates(dates: &[Upcoming], next_meeting: Option<&NextMeeting>) -> Section {
    let mut section = Section::new("Also in the next six weeks");
    let is_next = |upcoming: &&Upcoming| next_meeting.is_some_and(|next| next.meeting == upcoming.subject);
    let news = dates.iter().filter(|upcoming| !stands_above(upcoming.occasion) && !is_next(upcoming));
    let rows: Vec<(NaiveDate, String)> = news.map(|upcoming| (upcoming.date, sentence(upcoming))).collect();
    let (first, more) = excerpt(&rows, ROWS, "report calendar");
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
fn stands_above(occasion: Occasion) -> bool {
    use Occasion::{ActionDue, AgreementExpires, AskBy, DecisionCloses, GoalDue, HelpNeeded, ObjectionRevisited};
    matches!(
        occasion,
        ActionDue | AgreementExpires | AskBy | DecisionCloses | GoalDue | HelpNeeded | ObjectionRevisited
    )
}
