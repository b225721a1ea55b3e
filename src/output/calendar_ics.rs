//! Events as an iCalendar file (RFC 5545). It is printed here rather than by a crate, because ids of events must not be
//! random and the same ledger must give the same bytes.

use super::visible;
use crate::report::calendar::CalendarEvent;
use chrono::{NaiveDate, NaiveTime};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The octets that a line may have.
const OCTETS: usize = 75;

/// A calendar with this name, made on a day. Times are those of the place, whatever its time zone.
pub(crate) fn ics(name: &str, today: NaiveDate, events: &[CalendarEvent]) -> String {
    let mut lines = IcsLines(String::new());
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//coalition//report calendar//EN");
    lines.add("CALSCALE", "GREGORIAN");
    lines.add("METHOD", "PUBLISH");
    lines.add("X-WR-CALNAME", &escape(name));
    for event in events {
        lines.event(event, today);
    }
    lines.add("END", "VCALENDAR");
    lines.0
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

struct IcsLines(String);

impl IcsLines {
    fn event(&mut self, event: &CalendarEvent, today: NaiveDate) {
        let day = event.date.format("%Y%m%d").to_string();
        let at = |time: NaiveTime| format!("{day}T{}", time.format("%H%M%S"));
        self.add("BEGIN", "VEVENT");
        self.add("UID", &escape(&event.uid));
        self.add("DTSTAMP", &today.format("%Y%m%dT000000Z").to_string());
        match event.start {
            Some(start) => self.add("DTSTART", &at(start)),
            None => self.add("DTSTART;VALUE=DATE", &day),
        }
        if let Some(end) = event.end {
            self.add("DTEND", &at(end));
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
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(summary: &str) -> CalendarEvent {
        let (date, uid) = ("2026-12-01".parse().unwrap(), "meeting.meeting.x@c".to_owned());
        CalendarEvent { uid, date, start: None, end: None, summary: summary.to_owned(), location: None, url: None }
    }

    fn printed(event: CalendarEvent) -> String {
        ics("Riverton; Mill Bend", "2026-11-22".parse().unwrap(), &[event])
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
        let time = |hour| NaiveTime::from_hms_opt(hour, 30, 0);
        let hours = printed(CalendarEvent { start: time(18), end: time(20), ..event("X") });
        assert!(hours.contains("DTSTART:20261201T183000\r\nDTEND:20261201T203000\r\n"), "{hours}");
    }
}
