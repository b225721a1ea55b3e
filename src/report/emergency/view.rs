//! The call sheet as a document: whom to call first, with the number beside the name.

use super::{Emergency, OfDay, OnCall, OnWatch, ReachDetail};
use crate::document::{Cell, Document, Fact, Grid, Item, Line, Picture, Section, Shade, Side, Table, words};
use crate::record::AnyRecord;
use crate::record::committee::Day;
use crate::record::value::Choices;
use crate::report::{Named, ReportRequest};
use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

pub(super) fn document(request: &ReportRequest<'_>, emergency: &Emergency) -> Document {
    let mut document = Document::new(request.ledger.root.name()).into_sheet();
    let now = emergency.now.map(|now| format!(", {}", words::time(now))).unwrap_or_default();
    document.add_subtitle(format!("Emergency call sheet, {}{now}", words::weekday(request.today)));
    if let Some(member) = request.member {
        document.add_subtitle(format!("Only the committees and people of {}", member.name()));
    }
    if emergency.committees.is_empty() && emergency.days.is_empty() {
        document.add_subtitle("There is no committee that decides in an emergency.");
        let begin = "Add one in the folder “committees”, mark it as an emergency committee, and say who may decide what and who is on call when.";
        document.add_subtitle(begin);
        return document;
    }
    document.add(to_call(emergency, request));
    for committee in &emergency.committees {
        document.add(on_call(committee, request.today));
    }
    document.add(people(emergency));
    document.add(uncovered_section(emergency));
    document.add(week(emergency));
    document
}

fn to_call(emergency: &Emergency, request: &ReportRequest<'_>) -> Section {
    let no_one = request.member.map_or_else(|| "No one".to_owned(), |member| format!("No one from {}", member.name()));
    let mut section = Section::new("Whom to call");
    if emergency.now.is_some() {
        if emergency.on_watch.is_empty() {
            section.paragraph(
                Line::new().strong(format!("{no_one} is on call now.")).plain(" Call the chair or a deputy."),
            );
        }
        section.titled_list("Now:", emergency.on_watch.iter().map(|one| call(emergency, one)));
        section.titled_list("Next:", emergency.next.iter().map(|one| call(emergency, one)));
    }
    if emergency.today_roster.is_empty() {
        section.paragraph(format!("{no_one} is on call today."));
    }
    section.titled_list("Today:", emergency.today_roster.iter().map(|one| call(emergency, one)));
    section
}

fn call(emergency: &Emergency, one: &OnWatch) -> Item {
    let reach = emergency.people.iter().find(|reach| reach.who == one.who);
    let details: Vec<Line> = reach.iter().flat_map(|reach| &reach.details).map(ReachDetail::write).collect();
    let item = Item::new(Line::new().strong(&one.who.name).plain(format!(", {}", times(one))));
    if !details.is_empty() {
        return item.with(Line::joined(details, "; "));
    }
    let what = match reach.is_some_and(|reach| reach.withheld) {
        true => "The number is private; use --private to show it",
        false => "No number on file: call the chair or a deputy, and ask for one",
    };
    item.with(Line::new().strong(what))
}

/// When a watch begins and ends; the days are named once where they are one.
fn times(one: &OnWatch) -> String {
    let (from, to) = (words::time(one.from), words::time(one.to));
    if one.day == one.to_day && one.from < one.to {
        return format!("{} {from} to {to}", one.day.label());
    }
    format!("{} {from} to {} {to}", one.day.label(), one.to_day.label())
}

fn on_call(one: &OnCall, today: NaiveDate) -> Section {
    let names = |several: &[Named]| words::list(&Named::names(several));
    let others: Vec<String> = one
        .others
        .iter()
        .map(|other| {
            if other.role == "member" { other.who.name.clone() } else { format!("{} ({})", other.who.name, other.role) }
        })
        .collect();
    let missing =
        |names: String, text: &str| -> Line { if names.is_empty() { Line::new().strong(text) } else { names.into() } };
    // Co-chairs stand in for each other, and stand above already.
    let deputies: Vec<Named> = one.deputies.iter().filter(|deputy| !one.chairs.contains(deputy)).cloned().collect();
    let deputy = match (deputies.is_empty(), one.deputies.is_empty()) {
        (true, false) => Line::new(),
        _ => missing(names(&deputies), "no one"),
    };
    let mut section = Section::new(one.committee.name.as_str());
    section.facts([
        Fact::new("Chair", missing(names(&one.chairs), "no one")),
        Fact::new("Deputy", deputy),
        Fact::new("Others", words::list(&others)),
        Fact::new("Speaks to the press", one.spokesperson.as_ref().map_or("", |named| &named.name)),
        Fact::new("May decide", missing(one.powers.clone().unwrap_or_default(), "no one has written it down")),
        Fact::new("Last drill", drill(one, today)),
    ]);
    section
}

fn drill(one: &OnCall, today: NaiveDate) -> Line {
    let last = one.last_drill.map(|last| format!("{}, {}", words::format_date(last), words::distance(last, today)));
    let last = last.unwrap_or_else(|| "none yet".to_owned());
    match one.next_drill_due {
        Some(due) if one.drill_overdue => {
            Line::new().plain(format!("{last}; ")).late(format!("the next was due by {}", words::format_date(due)))
        }
        Some(due) => format!("{last}; the next is due by {}", words::format_date(due)).into(),
        None => last.into(),
    }
}

fn people(emergency: &Emergency) -> Section {
    let mut section = Section::new("How to reach them");
    section.list(emergency.people.iter().map(|one| {
        let numbers = match (one.details.is_empty(), one.withheld) {
            (false, _) => Line::joined(one.details.iter().map(ReachDetail::write), "; "),
            (true, true) => "private; use --private to show it".into(),
            (true, false) => "no number or address on file".into(),
        };
        Item::new(Line::new().strong(&one.who.name).plain(": ").then(numbers))
    }));
    // Of the others it is said beside their names.
    if let more @ 1.. = emergency.people.iter().filter(|one| one.withheld && !one.details.is_empty()).count() {
        let people = words::count(more, "person has", "people have");
        section.paragraph(Line::new().muted(format!("{people} more contact details; use --private to show them.")));
    }
    section
}

fn uncovered_section(emergency: &Emergency) -> Section {
    let mut section = Section::new("Hours no one is on call");
    if emergency.uncovered.is_empty() {
        section.paragraph("Someone can be reached at every hour of the week.");
        return section;
    }
    let free = emergency.uncovered_hours.map(|hours| hours.0).unwrap_or_default();
    if free == Decimal::from(7 * 24) {
        section.paragraph("No one can be reached at any hour of the week.");
        return section;
    }
    let mut table = Table::new([("Day", Side::Left), ("Hours", Side::Right), ("When", Side::Left)]);
    for day in emergency.days.iter().filter(|day| day.uncovered_hours.0 > Decimal::ZERO) {
        let when: Vec<String> =
            day.uncovered.iter().map(|hours| format!("{} to {}", clock(&hours.from), clock(&hours.to))).collect();
        table.row([day.day.label().into(), words::number(day.uncovered_hours.0).into(), when.join(", ").into()]);
    }
    let words = format!("No one is on call for {} of the week\u{2019}s 168 hours.", words::number(free));
    section.picture(Picture::new("Who can be reached when", words, coverage(emergency), table));
    section
}

/// The hours of the week, a row for each day: covered, not covered, or partly.
fn coverage(emergency: &Emergency) -> Grid {
    const COLUMNS: [(usize, &str); 4] = [(0, "midnight"), (6, "6 a.m."), (12, "noon"), (18, "6 p.m.")];
    let name = |hour: usize| COLUMNS.iter().find(|(at, _)| *at == hour).map_or("", |(_, name)| *name);
    let mut grid = Grid::new((0..24).map(|hour| name(hour).to_owned())).with_key([
        (Shade::Full, "someone is on call"),
        (Shade::Medium, "for part of the hour"),
        (Shade::Missing, "no one"),
    ]);
    for day in &emergency.days {
        let hour = |hour: u32| {
            Cell::of(match uncovered_minutes(day, hour) {
                0 => Shade::Full,
                60.. => Shade::Missing,
                _ => Shade::Medium,
            })
        };
        grid.row(day.day.label(), (0..24).map(hour));
    }
    grid
}

/// How many minutes of an hour of a day no one is on call.
fn uncovered_minutes(day: &OfDay, hour: u32) -> u32 {
    let minute = |clock: &str| -> Option<u32> {
        let (hours, minutes) = clock.split_once(':')?;
        Some(hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok()?)
    };
    let gaps = day.uncovered.iter().filter_map(|hours| Some((minute(&hours.from)?, minute(&hours.to)?)));
    let (from, to) = (hour * 60, hour * 60 + 60);
    gaps.map(|(start, end)| end.min(to).saturating_sub(start.max(from))).sum()
}

fn week(emergency: &Emergency) -> Section {
    let mut section = Section::new("The week");
    let mut table = Table::new([("Day", Side::Left), ("From", Side::Right), ("To", Side::Right), ("Who", Side::Left)]);
    let mut before: Option<Day> = None;
    for one in &emergency.week {
        let day = if before == Some(one.day) { "" } else { one.day.label() };
        before = Some(one.day);
        table.row([day.into(), words::time(one.from).into(), words::time(one.to).into(), one.who.name.as_str().into()]);
    }
    section.table(table);
    section
}

/// The time of a clock as people say it. The end of the day, `24:00`, is midnight.
fn clock(time: &str) -> String {
    let time = if time == "24:00" { "00:00" } else { time };
    NaiveTime::parse_from_str(time, "%H:%M").map_or_else(|_| time.to_owned(), words::time)
}
