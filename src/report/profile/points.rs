//! What to talk about: points that follow from the records, and nothing else.

use super::actions::Actions;
use super::contacts::ContactLog;
use super::day;
use super::giving::GiftRow;
use super::help::Help;
use super::positions::{Open, Positions};
use super::seats::HeldSeat;
use crate::document::{Item, Line, Section, words};
use crate::ledger::AsOf;
use crate::record::decision::PositionOption;
use crate::record::request::Answer;
use crate::record::value::Choices;
use crate::report::Named;
use chrono::NaiveDate;
use serde::Serialize;

/// The days ahead for which an action or an objection is worth a word.
const DAYS_AHEAD: i64 = 42;

/// What a point is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the names say it
pub(super) enum Topic {
    KeepPromise,
    ThankForGift,
    ThankForHelp,
    ThankForAction,
    AnswerObjection,
    RevisitObjection,
    AskToJoin,
    AskToSign,
    AskPosition,
    AskAboutRequest,
    AskForHelp,
    AskAboutAction,
    AskInterests,
    TalkAboutInterest,
    SayMissed,
    AskForBackup,
    AskAboutTerm,
    AskNotable,
    AskForAnswer,
    AskConsent,
}

/// Something to talk about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Point {
    /// What it is.
    pub topic: Topic,
    /// The record that it follows from.
    pub about: Option<Named>,
    /// The day that matters: given, due, closing.
    pub day: Option<NaiveDate>,
    /// What was said or is to be done, in words of the records.
    pub detail: Option<String>,
    /// The days that they need to decide, where that is more than are left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_days: Option<u32>,
    /// Whether the position that it is about stands aside and is not against.
    #[serde(skip)]
    pub aside: bool,
}

impl Point {
    pub(super) fn new(topic: Topic) -> Point {
        Point { topic, about: None, day: None, detail: None, lead_days: None, aside: false }
    }

    pub(super) fn with_subject(self, about: &Named) -> Point {
        Point { about: Some(about.clone()), ..self }
    }

    pub(super) fn day(self, day: Option<NaiveDate>) -> Point {
        Point { day, ..self }
    }

    pub(super) fn detail(self, detail: impl Into<String>) -> Point {
        Point { detail: Some(detail.into()), ..self }
    }
}

/// What was promised to them.
pub(super) fn of_log(log: &ContactLog) -> Option<Point> {
    let promise = log.promise.as_ref()?;
    let by = promise.by.as_ref().map_or("Someone", |by| by.name.as_str());
    Some(Point::new(Topic::KeepPromise).day(Some(promise.due)).detail(by))
}

/// Whether something happened since the last contact, and not so long ago that thanks for it would seem odd.
fn is_fresh(as_of: AsOf<'_>, log: &ContactLog, date: Option<NaiveDate>) -> bool {
    let since_contact = log.latest.first().is_none_or(|last| date >= Some(last.date));
    since_contact && date.is_some_and(|date| !as_of.exceeds(date, as_of.policy().contact_days()))
}

/// Gifts for which no one has said thanks, and actions done since the last contact.
pub(super) fn thanks(as_of: AsOf<'_>, gifts: &[GiftRow], actions: &Actions, log: &ContactLog) -> Vec<Point> {
    let gifts = gifts
        .iter()
        .filter(|gift| gift.thanks.is_empty())
        .map(|gift| Point::new(Topic::ThankForGift).with_subject(&gift.contribution).day(Some(gift.date)));
    let done = actions.done.iter().filter(|action| is_fresh(as_of, log, action.done)).map(|action| {
        Point::new(Topic::ThankForAction).with_subject(&action.meeting).day(action.done).detail(action.what.as_str())
    });
    gifts.chain(done).collect()
}

/// Actions that are overdue or due soon.
pub(super) fn of_actions(as_of: AsOf<'_>, actions: &Actions) -> impl Iterator<Item = Point> {
    let soon = as_of.in_days(DAYS_AHEAD);
    let due = actions.open.iter().filter(move |action| action.due.is_none_or(|due| due <= soon));
    due.map(|action| {
        Point::new(Topic::AskAboutAction).with_subject(&action.meeting).day(action.due).detail(action.what.as_str())
    })
}

/// Objections without an answer, and those that the coalition promised to look at again.
pub(super) fn of_objections(as_of: AsOf<'_>, positions: &Positions) -> impl Iterator<Item = Point> {
    let soon = as_of.in_days(DAYS_AHEAD);
    positions.stated.iter().filter(|one| one.dissents && one.stands).filter_map(move |one| {
        let aside = one.option == PositionOption::StandAside.word();
        let point = |topic| Point { aside, ..Point::new(topic).with_subject(&one.about) };
        match (&one.answer, one.revisit) {
            (None, _) => {
                let point = point(Topic::AnswerObjection).day(one.date);
                Some(Point { detail: one.reason.clone(), ..point })
            }
            (Some(answer), Some(revisit)) if revisit <= soon => {
                Some(point(Topic::RevisitObjection).day(Some(revisit)).detail(answer.as_str()))
            }
            _ => None,
        }
    })
}

/// A decision on which they have said nothing.
pub(super) fn of_open(open: &Open) -> Point {
    let point = Point::new(Topic::AskPosition).with_subject(&open.decision).day(open.closes);
    match open.lead_days.filter(|_| open.late) {
        Some(days) => {
            let point = Point { lead_days: Some(days), ..point };
            point.detail(format!("they need {} to decide", words::days(i64::from(days))))
        }
        None => point,
    }
}

/// Help that they gave since the last contact, asked for, or could give.
pub(super) fn of_help(as_of: AsOf<'_>, help: &Help, log: &ContactLog) -> Vec<Point> {
    let helped = help
        .answered
        .iter()
        .filter(|one| one.answer.is_some_and(|answer| answer != Answer::No) && is_fresh(as_of, log, one.date));
    let helped = helped.map(|one| Point::new(Topic::ThankForHelp).with_subject(&one.request).day(one.date));
    let open = help.asked.iter().filter(|one| one.closed.is_none());
    let open = open.map(|one| Point::new(Topic::AskAboutRequest).with_subject(&one.request).day(Some(one.date)));
    let in_time = help.unanswered.iter().filter(|one| one.due.is_none_or(|due| due >= as_of.today));
    let others = in_time.map(|one| {
        let point = Point::new(Topic::AskForHelp).with_subject(&one.request).day(one.due);
        match &one.member {
            Some(member) => point.detail(member.name.as_str()),
            None => point,
        }
    });
    helped.chain(open).chain(others).collect()
}

/// Terms that end soon.
pub(super) fn of_terms(as_of: AsOf<'_>, seats: &[HeldSeat]) -> impl Iterator<Item = Point> {
    let soon = as_of.in_days(as_of.policy().term_notice_days());
    seats.iter().filter(move |seat| seat.ends.is_some_and(|ends| ends <= soon)).map(|seat| {
        let holder = seat.holder.as_ref().map_or("no one", |holder| holder.name.as_str());
        let role = super::spell_slug(seat.role.as_deref().unwrap_or("member"));
        Point::new(Topic::AskAboutTerm).with_subject(&seat.committee).day(seat.ends).detail(format!("{holder}, {role}"))
    })
}

/// Says what to talk about.
pub(super) fn section(points: &[Point], today: NaiveDate) -> Section {
    let mut section = Section::new("What to talk about");
    section.list(points.iter().map(|point| item(point, today)));
    section
}

fn item(point: &Point, today: NaiveDate) -> Item {
    let about = point.about.as_ref().map(|about| words::quote(&about.name)).unwrap_or_default();
    let detail = point.detail.as_deref().unwrap_or_default();
    let on = point.day.map(|date| day(date, today));
    let dated = on.as_ref().map(|on| format!(", {on}")).unwrap_or_default();
    let until = on.as_ref().map(|on| format!(" by {on}")).unwrap_or_default();
    let by = |verb: &str| on.as_ref().map(|on| format!(", {verb} {on}")).unwrap_or_default();
    let aside = if detail.is_empty() { String::new() } else { format!("; {detail}") };
    let from = if detail.is_empty() { String::new() } else { format!(", which {detail} asked for") };
    let begin = |words: &str| Line::new().strong(words);
    let below = |line: Line| Item::new(line).with(detail);
    let why = if point.aside { "their reason for standing aside from" } else { "their objection to" };
    match point.topic {
        Topic::KeepPromise => Item::new(
            begin("Keep a promise")
                .plain(format!(": {detail} promised to get back to them by {}", on.unwrap_or_default())),
        ),
        Topic::ThankForGift => Item::new(begin("Thank them").plain(format!(" for {about}{dated}; no one has yet"))),
        Topic::ThankForHelp => Item::new(begin("Thank them").plain(format!(" for their help with {about}{dated}"))),
        Topic::ThankForAction => Item::new(begin("Thank them").plain(format!(" for what they did{dated}: {detail}"))),
        Topic::AnswerObjection => below(begin("Answer").plain(format!(" {why} {about}{dated}"))),
        Topic::RevisitObjection => {
            Item::new(begin("Revisit").plain(format!(" {why} {about}{until}"))).with(format!("Answer so far: {detail}"))
        }
        Topic::AskToJoin => Item::new(begin("Ask them to join").plain(aside)),
        Topic::AskToSign => below(begin("Ask them to sign").plain(format!(" {about}"))),
        Topic::AskPosition => {
            Item::new(begin("Ask where they stand").plain(format!(" on {about}{}{aside}", by("closing"))))
        }
        Topic::AskAboutRequest => {
            Item::new(begin("Ask whether they still need help").plain(format!(" with {about}{}", by("asked for"))))
        }
        Topic::AskForHelp => {
            Item::new(begin("Ask whether they can help").plain(format!(" with {about}{from}{}", by("needed by"))))
        }
        Topic::AskAboutAction => Item::new(begin("Ask how it is going").plain(format!(": {detail}{}", by("due")))),
        Topic::AskInterests => Item::new(begin("Ask what they need").plain(" for themselves; no one has recorded it")),
        Topic::TalkAboutInterest => {
            Item::new(begin("Ask what would help").plain(format!(" with {detail}; no goal serves it yet")))
        }
        Topic::SayMissed => Item::new(begin("Say that they were missed").plain(format!(" at {about}{dated}"))),
        Topic::AskForBackup if !about.is_empty() => {
            let name = point.about.as_ref().map_or("them", |about| about.name.as_str());
            Item::new(begin("Ask who fills in").plain(format!(" for {name}")))
        }
        Topic::AskForBackup => {
            Item::new(begin("Ask who speaks for them").plain(format!(" and who fills in: the member {detail}")))
        }
        Topic::AskAboutTerm => {
            Item::new(begin("Ask what comes next").plain(format!(" in {about}: {detail}{}", by("until"))))
        }
        Topic::AskNotable => Item::new(
            begin("Ask for something")
                .plain(format!(" that only they can do; the last time was {}", on.unwrap_or("never".to_owned()))),
        ),
        Topic::AskForAnswer => Item::new(begin("Ask for an answer").plain(format!(": {detail}{dated}"))),
        Topic::AskConsent => Item::new(begin("Ask whether public pages may name them").plain(aside)),
    }
}
