use super::*;
use crate::check::base_ledger;
use crate::disclosure::{Concealment, Unlisted};
use crate::ledger::{Ledger, load};
use crate::output::calendar_ics::ics;
use crate::output::document_text::text;
use crate::source::disk::Disk;
use crate::source::memory::Memory;
use std::collections::BTreeSet;

fn date(day: &str) -> NaiveDate {
    day.parse().unwrap()
}

fn riverton() -> Ledger {
    load(&Disk::new("examples/riverton")).unwrap()
}

fn summarize(ledger: &Ledger, today: &str) -> Vec<Upcoming> {
    wanted(&ReportRequest::new(ledger, date(today)))
}

fn of(entries: &[Upcoming], occasion: Occasion) -> Vec<(String, &str)> {
    let those = entries.iter().filter(|entry| entry.occasion == occasion);
    those.map(|entry| (entry.date.to_string(), entry.subject.id.as_str())).collect()
}

fn all_events(request: &ReportRequest<'_>) -> Vec<CalendarEvent> {
    events(request, &Concealment::of(request.ledger, &Unlisted::default()))
}

fn file(ledger: &Ledger, today: &str) -> String {
    let request = ReportRequest::new(ledger, date(today));
    ics(ledger.root.name(), request.today, ledger.root.time_zone(), &all_events(&request))
}

/// What an independent reader finds: the properties of every event.
fn read(file: &str) -> Vec<Vec<(String, String)>> {
    let calendars: Vec<_> = ical::IcalParser::new(file.as_bytes()).collect::<Result<_, _>>().unwrap();
    let [calendar] = calendars.as_slice() else { panic!("{} calendars", calendars.len()) };
    let of = |event: &ical::parser::ical::component::IcalEvent| {
        event.properties.iter().map(|one| (one.name.clone(), one.value.clone().unwrap_or_default())).collect()
    };
    calendar.events.iter().map(of).collect()
}

fn values<'r>(events: &'r [Vec<(String, String)>], name: &str) -> Vec<&'r str> {
    let all = events.iter().flatten().filter(|(property, _)| property == name);
    all.map(|(_, value)| value.as_str()).collect()
}

#[test]
fn the_days_of_riverton_are_recounted() {
    let ledger = riverton();
    let entries = summarize(&ledger, "2026-11-22");
    let day = |date: &str, id: &'static str| (date.to_owned(), id);
    assert_eq!(of(&entries, Occasion::Meeting), [day("2026-12-01", "2026-12-01-regular")]);
    assert_eq!(of(&entries, Occasion::DecisionCloses), [day("2026-12-01", "digital-navigators-goal")]);
    let revisits = [
        day("2026-12-01", "dues-from-2027"),
        day("2026-12-01", "sunday-pilot-to-may"),
        day("2027-01-05", "sunday-hours"),
        day("2027-02-02", "dues-from-2027"),
    ];
    assert_eq!(of(&entries, Occasion::ObjectionRevisited), revisits);
    let expire = [day("2026-12-31", "student-card-data"), day("2028-06-30", "shared-space-memorandum")];
    assert_eq!(of(&entries, Occasion::AgreementExpires), expire);
    assert_eq!(of(&entries, Occasion::DrillDue), [day("2027-02-21", "emergency")]);
    assert_eq!(of(&entries, Occasion::ActionDue).len(), 4, "the fifth is overdue");
    assert!(entries.is_sorted() && entries.iter().all(|entry| entry.date >= date("2026-11-22")));
}

#[test]
fn every_event_is_read_back_and_has_its_own_id() {
    let ledger = riverton();
    let (entries, file) = (summarize(&ledger, "2026-11-22"), file(&ledger, "2026-11-22"));
    let events = read(&file);
    assert_eq!(events.len(), entries.len());
    let uids = values(&events, "UID");
    assert_eq!(uids.iter().collect::<BTreeSet<_>>().len(), events.len());
    assert!(uids.iter().all(|uid| uid.ends_with("@riverton-library-coalition") && uid.len() < 255), "{uids:?}");
    assert_eq!(values(&events, "DTSTAMP").len(), events.len());
    let at = events.iter().position(|event| event.iter().any(|(_, value)| value.starts_with("meeting."))).unwrap();
    let meeting = &events[at..=at];
    assert_eq!(values(meeting, "DTSTART"), ["20261201T183000"]);
    assert_eq!(values(meeting, "DTEND"), ["20261201T203000"]);
    assert_eq!(values(meeting, "LOCATION"), ["Riverton Public Library\\, Ferry Room"]);
}

/// A ledger with something of every sort on one day.
fn of_every_sort(day: &str) -> Ledger {
    let mut files = base_ledger();
    let mut put = |path: &str, text: String| files.put(path, text.as_bytes());
    let action = format!("[[actions]]\nwhat = \"Call\"\ndue = {day}\n");
    put("meetings/june.toml", format!("name = \"June\"\ndate = 2026-06-09\n{action}{action}"));
    put("meetings/july.toml", format!("name = \"July\"\ndate = {day}\n"));
    let position = "[[positions]]\nmember = \"birch-library\"\noption = \"object\"\n";
    put("decisions/x.toml", format!("name = \"X\"\ncloses = {day}\n{position}revisit = {day}\n"));
    let milestone = format!("[[milestones]]\nname = \"Step\"\ndue = {day}\n");
    put("goals/g.toml", format!("name = \"G\"\nadopted = 2026-01-01\ndue = {day}\n{milestone}"));
    put("agreements/code.toml", format!("name = \"Code\"\ntext = \"X\"\nexpires = {day}\nsign_by = {day}\n"));
    put("requests/r.toml", format!("name = \"R\"\nmember = \"birch-library\"\ndate = 2026-06-01\ndue = {day}\n"));
    put("campaigns/c.toml", format!("name = \"C\"\nopens = {day}\ncloses = {day}\n"));
    let seats = format!("[[seats]]\nadvocate = \"ana-lopez\"\nend_date = {day}\n");
    put("committees/e.toml", format!("name = \"E\"\nemergency = true\nlast_drill = 2026-06-01\n{seats}{seats}"));
    put(
        "officials/o.toml",
        format!("name = \"O\"\nend_date = {day}\n[[contacts]]\ndate = 2026-06-01\nfollow_up = {day}\n"),
    );
    put("advocates/zoe.toml", format!("name = \"Zoe\"\nend_date = {day}\n"));
    load(&files).unwrap()
}

#[test]
fn an_id_stays_when_the_day_moves() {
    let ids = |day: &str| {
        let events = read(&file(&of_every_sort(day), "2026-06-15"));
        values(&events, "UID").into_iter().map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let (now, later) = (ids("2026-07-01"), ids("2026-08-31"));
    assert_eq!(now, later);
    let entries = summarize(&of_every_sort("2026-07-01"), "2026-06-15");
    assert_eq!(now.len(), entries.len(), "each has its own");
    let occasions: BTreeSet<_> = entries.iter().map(|entry| entry.occasion).collect();
    assert_eq!(occasions.len(), 16, "{occasions:?}");
}

#[test]
fn a_canceled_meeting_stays_the_same_event() {
    let mut files = base_ledger();
    let mut put = |more: &str| {
        let text = format!("name = \"July\"\ndate = 2026-07-01\nstart_time = 20:00:00\nend_time = 00:30:00\n{more}");
        files.put("meetings/july.toml", text.as_bytes());
        let ledger = load(&files).unwrap();
        assert!(ledger.findings.is_empty(), "{:?}", ledger.findings);
        let events = read(&file(&ledger, "2026-06-15"));
        let july = events.iter().position(|event| event.iter().any(|(_, value)| value.starts_with("meeting.")));
        events[july.unwrap()..=july.unwrap()].to_vec()
    };
    let (held, canceled) = (put(""), put("cancelled = true\n"));
    assert_eq!(values(&held, "UID"), values(&canceled, "UID"));
    assert_eq!((values(&held, "STATUS"), values(&canceled, "STATUS")), (vec![], vec!["CANCELLED"]));
    assert_eq!(values(&canceled, "SUMMARY"), ["Canceled: July"]);
    assert_eq!(values(&held, "DTEND"), ["20260702T003000"], "past midnight");
}

#[test]
fn who_needs_long_is_asked_before_the_last_day() {
    // Birch Library needs 14 days.
    let ask = |position: &str, closes: &str| {
        let mut files = base_ledger();
        let text = format!("name = \"X\"\nproposed = 2026-06-01\ncloses = {closes}\n{position}");
        files.put("decisions/x.toml", text.as_bytes());
        let entries = summarize(&load(&files).unwrap(), "2026-06-15");
        let asked = entries.iter().filter(|entry| entry.occasion == Occasion::AskBy && entry.subject.id == "x");
        asked.map(|entry| (entry.date.to_string(), sentence(entry))).collect::<Vec<_>>()
    };
    let sentence = "Last day to ask Birch Public Library about \u{201c}X\u{201d} (needed: 14 days)".to_owned();
    assert_eq!(ask("", "2026-07-01"), [("2026-06-17".to_owned(), sentence)]);
    assert_eq!(ask("", "2026-06-20"), [], "too late");
    let heard = "[[positions]]\nmember = \"birch-library\"\noption = \"agree\"\ndate = 2026-06-10\n";
    assert_eq!(ask(heard, "2026-07-01"), [], "heard already");
}

#[test]
fn today_is_to_come_and_yesterday_is_not() {
    let ledger = of_every_sort("2026-07-01");
    let on = |today: &str| of(&summarize(&ledger, today), Occasion::Meeting).len();
    assert_eq!((on("2026-07-01"), on("2026-07-02")), (1, 0));
}

#[test]
fn a_member_is_told_of_its_own_days() {
    let ledger = of_every_sort("2026-07-01");
    let entries_of = |id: &str| {
        let request =
            ReportRequest { member: ledger.members.find(id), ..ReportRequest::new(&ledger, date("2026-06-15")) };
        wanted(&request).into_iter().map(|entry| entry.occasion).collect::<BTreeSet<_>>()
    };
    let (birch, alder) = (entries_of("birch-library"), entries_of("alder-friends"));
    let both = [Occasion::Meeting, Occasion::DecisionCloses, Occasion::SignatureDue];
    assert!(both.iter().all(|occasion| birch.contains(occasion) && alder.contains(occasion)), "{birch:?} {alder:?}");
    assert!(birch.contains(&Occasion::HelpNeeded) && !alder.contains(&Occasion::HelpNeeded));
    assert!(birch.contains(&Occasion::ObjectionRevisited) && !alder.contains(&Occasion::ObjectionRevisited));
    assert!(alder.contains(&Occasion::TermEnds) && !birch.contains(&Occasion::TermEnds), "Ana\u{2019}s seat");
    assert!(!birch.contains(&Occasion::ActionDue));
}

#[test]
fn who_calls_a_member_and_by_when_is_what_the_calls_say() {
    let ledger = load(&base_ledger()).unwrap();
    let entries = summarize(&ledger, "2026-06-15");
    let is_birch = |entry: &&Upcoming| entry.occasion == Occasion::ContactDue && entry.subject.id == "birch-library";
    let due = entries.iter().find(is_birch).map(|entry| (entry.date, Named::names(&entry.who)));
    assert_eq!(due, Some((date("2026-08-26"), vec!["Ana Lopez"])));
}

#[test]
fn nothing_private_is_in_the_calendar() {
    let ledger = riverton();
    let mut request = ReportRequest::new(&ledger, date("2026-11-22"));
    for private in [false, true] {
        request.private = private;
        let file = ics("R", request.today, None, &all_events(&request)).replace("\r\n ", "");
        for secret in ["555-01", "They will staff", "example.org\r\n"] {
            assert!(!file.contains(secret), "{secret}");
        }
    }
    let mut source = base_ledger();
    let meeting = "name = \"Talk\"\ndate = 2026-12-01\nurl = \"https://meet.example.org/secret-room\"\n";
    source.put("meetings/talk.toml", meeting.as_bytes());
    let ledger = load(&source).unwrap();
    let mut request = ReportRequest::new(&ledger, date("2026-11-22"));
    let url = |request: &ReportRequest<'_>| all_events(request).into_iter().find_map(|event| event.url);
    assert_eq!(url(&request), None, "whoever has the address can come in");
    request.private = true;
    assert!(url(&request).is_some_and(|url| url.ends_with("secret-room")));
}

#[test]
fn an_empty_ledger_is_told_how_to_begin() {
    let ledger = load(&Memory::new([("coalition.toml", b"name = \"Seed\"\n".as_slice())])).unwrap();
    let page = text(&run(&ReportRequest::new(&ledger, date("2026-06-15"))).document);
    assert!(page.contains("No upcoming dates yet."), "{page}");
    assert_eq!(read(&file(&ledger, "2026-06-15")).len(), 0);
}
