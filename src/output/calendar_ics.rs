//! Events as an iCalendar file (RFC 5545). It is printed here rather than by a crate, because ids of events must not be
//! random and the same ledger must give the same bytes.

use super::visible;
use crate::record::value::TimeZone;
use crate::report::calendar::CalendarEvent;
use chrono::{Datelike, NaiveDate, NaiveDateTime};
use jiff::Timestamp;
use jiff::tz::{self, Offset, TimeZoneTransition};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The octets that a line may have.
const OCTETS: usize = 75;

/// A calendar with this name, made on a day. Without a time zone, times are those of the place, whatever its time zone.
pub(crate) fn ics(name: &str, today: NaiveDate, zone: Option<&TimeZone>, events: &[CalendarEvent]) -> String {
    let mut lines = IcsLines { text: String::new(), zone: zone.map(TimeZone::as_str) };
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//coalition//report calendar//EN");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("METHOD", "PUBLISH");
    lines.add("X-WR-CALNAME", &escape(name));
    if let Some(zone) = zone {
        lines.add("X-WR-TIMEZONE", &escape(zone));
        lines.time_zone(zone, events);
    }
    for event in events {
        lines.event(event, today);
    }
    lines.add("END", "VCALENDAR");
    lines.text
}

/// Text on its way: line ends and the characters that structure a value are escaped, what is not seen is made visible.
fn escape(text: &str) -> String {
    let text = text.trim().replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<String> = text.split('\n').map(|line| visible(line).to_string()).collect();
    let mut escaped = String::new();
    for c in lines.join("\n").chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// An address that a calendar may open, as the letters that an address is made of (RFC 3986): all others are written by their
/// bytes.
fn address(url: &str) -> Option<String> {
    const KEPT: &AsciiSet =
        &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');
    let (scheme, _) = url.split_once(':')?;
    let may_open = ["http", "https", "mailto"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    may_open.then(|| utf8_percent_encode(url, KEPT).to_string())
}

/// A part of the year with one offset from UTC: standard or daylight saving time.
struct Observance {
    /// When it begins, in the time before it.
    start: String,
    before: Offset,
    after: Offset,
    name: String,
    is_daylight: bool,
}

/// What a time zone observes in some years, in the order of time: what holds when the first of them begins, and each change.
fn observances(zone: &TimeZone, years: std::ops::RangeInclusive<i32>) -> Vec<Observance> {
    let Ok(rules) = tz::TimeZone::tzif(zone, zone.rules()) else { return Vec::new() };
    let midnight = |year: i32| {
        i16::try_from(year).ok().and_then(|year| {
            jiff::civil::date(year.clamp(1, 9998), 1, 1).at(0, 0, 0, 0).to_zoned(tz::TimeZone::UTC).ok()
        })
    };
    let (Some(begin), Some(end)) = (midnight(*years.start()), midnight(years.end() + 1)) else { return Vec::new() };
    let (begin, end) = (begin.timestamp(), end.timestamp());
    let first = rules.to_offset_info(begin);
    let mut all = vec![Observance {
        start: local(begin, first.offset()),
        before: first.offset(),
        after: first.offset(),
        name: first.abbreviation().to_owned(),
        is_daylight: first.dst().is_dst(),
    }];
    for change in rules.following(begin).take_while(|change: &TimeZoneTransition<'_>| change.timestamp() < end) {
        let before = all.last().map_or(change.offset(), |last| last.after);
        all.push(Observance {
            start: local(change.timestamp(), before),
            before,
            after: change.offset(),
            name: change.abbreviation().to_owned(),
            is_daylight: change.dst().is_dst(),
        });
    }
    all
}

/// A moment as a local time of a calendar.
fn local(moment: Timestamp, offset: Offset) -> String {
    offset.to_datetime(moment).strftime("%Y%m%dT%H%M%S").to_string()
}

/// An offset from UTC as a calendar writes it: `-0500`.
fn utc_offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let (sign, seconds) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
    let odd = if seconds % 60 == 0 { String::new() } else { format!("{:02}", seconds % 60) };
    format!("{sign}{:02}{:02}{odd}", seconds / 3600, seconds / 60 % 60)
}

struct IcsLines<'z> {
    text: String,
    /// The time zone of all times, if it is known.
    zone: Option<&'z str>,
}

impl IcsLines<'_> {
    /// The rules of a time zone for the years of the events that have an hour, with one year on each side.
    fn time_zone(&mut self, zone: &TimeZone, events: &[CalendarEvent]) {
        let years = || events.iter().filter(|event| event.start.is_some()).map(|event| event.date.year());
        let (Some(first), Some(last)) = (years().min(), years().max()) else { return };
        self.add("BEGIN", "VTIMEZONE");
        self.add("TZID", &escape(zone));
        for observance in observances(zone, first - 1..=last + 1) {
            let part = if observance.is_daylight { "DAYLIGHT" } else { "STANDARD" };
            self.add("BEGIN", part);
            self.add("DTSTART", &observance.start);
            self.add("TZOFFSETFROM", &utc_offset(observance.before));
            self.add("TZOFFSETTO", &utc_offset(observance.after));
            self.add("TZNAME", &escape(&observance.name));
            self.add("END", part);
        }
        self.add("END", "VTIMEZONE");
    }

    /// A property that is a time of the place.
    fn time(&mut self, name: &str, time: NaiveDateTime) {
        let name = match self.zone {
            Some(zone) => format!("{name};TZID={zone}"),
            None => name.to_owned(),
        };
        self.add(&name, &time.format("%Y%m%dT%H%M%S").to_string());
    }

    fn event(&mut self, event: &CalendarEvent, today: NaiveDate) {
        self.add("BEGIN", "VEVENT");
        self.add("UID", &escape(&event.uid));
        self.add("DTSTAMP", &today.format("%Y%m%dT000000Z").to_string());
        match event.start {
            Some(start) => self.time("DTSTART", event.date.and_time(start)),
            None => self.add("DTSTART;VALUE=DATE", &event.date.format("%Y%m%d").to_string()),
        }
        if let Some(end) = event.end {
            self.time("DTEND", end);
        }
        if event.canceled {
            self.add("STATUS", "CANCELLED");
        }
        self.add("SUMMARY", &escape(&event.summary));
        if let Some(location) = &event.location {
            self.add("LOCATION", &escape(location));
        }
        if let Some(url) = event.url.as_deref().and_then(address) {
            self.add("URL", &url);
        }
        if event.start.is_none() {
            self.add("TRANSP", "TRANSPARENT");
        }
        self.add("END", "VEVENT");
    }

    /// A line, folded where it is too long; no character is split.
    fn add(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if octets + c.len_utf8() > OCTETS {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            self.text.push(c);
            octets += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveTime;

    fn event(summary: &str) -> CalendarEvent {
        let (date, uid) = ("2026-12-01".parse().unwrap(), "meeting.meeting.x@c".to_owned());
        let summary = summary.to_owned();
        CalendarEvent { uid, date, start: None, end: None, canceled: false, summary, location: None, url: None }
    }

    fn printed(event: CalendarEvent) -> String {
        ics("Riverton; Mill Bend", "2026-11-22".parse().unwrap(), None, &[event])
    }

    #[test]
    fn what_people_wrote_cannot_break_out() {
        let text = printed(event("A\\B, C; D\r\nEND:VEVENT\nX:\u{202e}\u{7}Y"));
        assert!(text.contains("SUMMARY:A\\\\B\\, C\\; D\\nEND:VEVENT\\nX:"), "{text}");
        assert_eq!(text.matches("\r\nEND:VEVENT\r\n").count(), 1);
        assert!(
            !text.contains(['\u{7}', '\u{202e}']) && text.contains("X-WR-CALNAME:Riverton\\; Mill Bend\r\n"),
            "{text}"
        );
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    }

    #[test]
    fn an_address_is_one_that_a_calendar_may_open() {
        assert_eq!(address("https://a.org/b?c=d#e%20f").as_deref(), Some("https://a.org/b?c=d#e%20f"));
        assert_eq!(
            address("HTTPS://a.org/\u{202e}x\r\nX:y \u{e9}").as_deref(),
            Some("HTTPS://a.org/%E2%80%AEx%0D%0AX:y%20%C3%A9")
        );
        assert_eq!(address("mailto:a@b.org").as_deref(), Some("mailto:a@b.org"));
        for url in ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//a.org", "", "ht\ntp://a.org"] {
            assert_eq!(address(url), None, "{url}");
        }
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        let long = "Bücher für Straße und Viertel – ".repeat(9);
        let text = printed(event(&long));
        assert!(text.split("\r\n").all(|line| line.len() <= OCTETS), "{text}");
        assert!(text.replace("\r\n ", "").contains(long.trim()));
        let line = text.split("\r\n").find(|line| line.starts_with("SUMMARY")).unwrap();
        assert!(line.len() >= OCTETS - 3, "{line}");
    }

    #[test]
    fn a_day_is_a_date_and_a_time_is_that_of_the_place() {
        let day = printed(event("X"));
        assert!(day.contains("DTSTART;VALUE=DATE:20261201\r\n") && day.contains("DTSTAMP:20261122T000000Z\r\n"));
        let hours = printed(evening());
        assert!(hours.contains("DTSTART:20261201T183000\r\nDTEND:20261202T003000\r\n"), "{hours}");
        assert!(!hours.contains("TZ") && !hours.contains("STATUS"), "{hours}");
        let canceled = printed(CalendarEvent { canceled: true, ..evening() });
        assert!(canceled.contains("\r\nSTATUS:CANCELLED\r\n"), "{canceled}");
    }

    /// An event from half past six to half past midnight.
    fn evening() -> CalendarEvent {
        let x = event("X");
        let end = x.date.succ_opt().and_then(|day| day.and_hms_opt(0, 30, 0));
        CalendarEvent { start: NaiveTime::from_hms_opt(18, 30, 0), end, ..x }
    }

    #[test]
    fn a_time_zone_brings_its_rules() {
        let zone = |name: &str| TimeZone::find(name).unwrap();
        let printed = |name: &str| ics("R", "2026-11-22".parse().unwrap(), Some(&zone(name)), &[evening()]);
        let new_york = printed("America/New_York");
        assert!(new_york.contains("DTSTART;TZID=America/New_York:20261201T183000\r\n"), "{new_york}");
        // From the table of the United States: the second Sunday of March and the first Sunday of November, at 2 o'clock.
        for change in [
            "BEGIN:DAYLIGHT\r\nDTSTART:20260308T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nTZNAME:EDT\r\n",
            "BEGIN:STANDARD\r\nDTSTART:20261101T020000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nTZNAME:EST\r\n",
            "BEGIN:DAYLIGHT\r\nDTSTART:20270314T020000\r\n",
        ] {
            assert!(new_york.contains(change), "{change}\n{new_york}");
        }
        let phoenix = printed("America/Phoenix");
        assert_eq!((phoenix.matches("BEGIN:STANDARD").count(), phoenix.matches("BEGIN:DAYLIGHT").count()), (1, 0));
        assert!(printed("Asia/Kathmandu").contains("TZOFFSETTO:+0545\r\n"));
        let day = ics("R", "2026-11-22".parse().unwrap(), Some(&zone("Eastern Time")), &[event("X")]);
        assert!(!day.contains("VTIMEZONE") && day.contains("DTSTART;VALUE=DATE:20261201\r\n"), "{day}");
    }
}
