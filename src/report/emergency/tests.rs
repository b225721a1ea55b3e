use super::*;
use crate::check::base_ledger;
use crate::ledger::{Ledger, load};
use crate::output::document_text::text;
use crate::source::disk::Disk;
use crate::source::memory::Memory;

fn riverton() -> Ledger {
    load(&Disk::new("examples/riverton")).unwrap()
}

fn at<'l>(ledger: &'l Ledger, today: &str, now: Option<&str>) -> ReportRequest<'l> {
    let now = now.map(|now| now.parse().unwrap());
    ReportRequest { now, ..ReportRequest::new(ledger, today.parse().unwrap()) }
}

fn who(watches: &[OnWatch]) -> Vec<&str> {
    watches.iter().map(|one| one.who.id.as_str()).collect()
}

#[test]
fn who_watches_now_and_next() {
    let ledger = riverton();
    let seen = |today: &str, now: &str| {
        let emergency = Emergency::of(&at(&ledger, today, Some(now)));
        [who(&emergency.on_watch).join(" "), who(&emergency.next).join(" ")]
    };
    // November 22, 2026 is a Sunday, and on Sunday night no one watches until Monday at six.
    assert_eq!(seen("2026-11-22", "12:00:00"), ["alma-stokes", "doreen-kaczmarek"]);
    assert_eq!(seen("2026-11-22", "21:00:00"), ["", "doreen-kaczmarek"]);
    assert_eq!(seen("2026-11-24", "03:00:00"), ["priya-raghunathan", "doreen-kaczmarek"], "since Monday at ten");
    assert_eq!(seen("2026-11-27", "22:00:00"), ["", "alma-stokes"], "to ten is until ten");
}

#[test]
fn without_a_clock_there_is_no_now() {
    let ledger = riverton();
    let emergency = Emergency::of(&at(&ledger, "2026-11-24", None));
    assert_eq!((emergency.now, emergency.on_watch.len(), emergency.next.len()), (None, 0, 0));
    let roster = ["priya-raghunathan", "doreen-kaczmarek", "darnell-hughes", "priya-raghunathan"];
    assert_eq!(who(&emergency.today_roster), roster);
    let data = run(&at(&ledger, "2026-11-24", Some("06:30:15"))).data;
    assert_eq!(data["now"], "06:30");
}

#[test]
fn the_free_hours_stand_by_day() {
    let ledger = riverton();
    let emergency = Emergency::of(&at(&ledger, "2026-11-22", None));
    assert_eq!(emergency.uncovered_hours.unwrap().0, Decimal::from(10 + 12 + 10));
    let free: Vec<_> = emergency.days.iter().filter(|day| !day.uncovered.is_empty()).collect();
    let hours: Vec<_> = free.iter().map(|day| (day.day, day.uncovered_hours.to_string())).collect();
    let expected = [(Day::Monday, "6"), (Day::Friday, "2"), (Day::Saturday, "12"), (Day::Sunday, "12")];
    assert_eq!(hours, expected.map(|(day, hours)| (day, hours.to_owned())));
    let saturday =
        [("00:00", "08:00"), ("20:00", "24:00")].map(|(from, to)| Hours { from: from.to_owned(), to: to.to_owned() });
    assert_eq!(free[2].uncovered, saturday);
    assert_eq!(emergency.week.len(), 5 + 5 + 4 + 2);
}

#[test]
fn the_committee_is_told_with_its_people_and_drills() {
    let ledger = riverton();
    let emergency = Emergency::of(&at(&ledger, "2026-11-22", None));
    let [committee] = emergency.committees.as_slice() else { panic!() };
    assert_eq!(Named::names(&committee.chairs), ["Doreen Kaczmarek"]);
    assert_eq!(Named::names(&committee.deputies), ["Darnell Hughes"]);
    assert_eq!(committee.others.len(), 2);
    assert_eq!(committee.spokesperson.as_ref().unwrap().id, "margaret-lindqvist");
    assert_eq!((committee.next_drill_due, committee.drill_overdue), (Some("2027-02-21".parse().unwrap()), false));
    assert_eq!(emergency.people.len(), 5);
}

/// The chairs and the deputies of an emergency committee with these seats, and what the sheet says of them.
fn leaders(seats: &[(&str, &str, &str)]) -> (Vec<String>, Vec<String>, String) {
    let mut files = base_ledger();
    files.put("advocates/eva.toml", b"name = \"Eva Holt\"\nend_date = 2026-06-14\n");
    let seat = |(role, who, more): &(&str, &str, &str)| {
        format!("[[seats]]\nrole = \"{role}\"\nadvocate = \"{who}\"\n{more}\n")
    };
    let seats: String = seats.iter().map(seat).collect();
    files.put("committees/alarm.toml", format!("name = \"Alarm\"\nemergency = true\n{seats}").as_bytes());
    let ledger = load(&files).unwrap();
    let request = at(&ledger, "2026-06-15", None);
    let emergency = Emergency::of(&request);
    let ids = |named: &[Named]| named.iter().map(|one| one.id.clone()).collect();
    let committee = &emergency.committees[0];
    (ids(&committee.chairs), ids(&committee.deputies), text(&run(&request).document))
}

#[test]
fn a_deputy_serves_now_and_is_not_the_chair() {
    let deputies = |seats: &[(&str, &str, &str)]| leaders(seats).1;
    let chair = ("chair", "ana-lopez", "");
    for role in ["deputy", "vice-chair", "deputy-chair", "co-chair"] {
        assert_eq!(deputies(&[chair, (role, "ben-okoro", "")]), ["ben-okoro"], "{role}");
    }
    assert_eq!(deputies(&[chair, ("secretary", "ben-okoro", "")]), [""; 0]);
    assert_eq!(deputies(&[chair, ("deputy", "ana-lopez", "")]), [""; 0], "no one stands in for herself");
    assert_eq!(deputies(&[chair, ("deputy", "eva", "")]), [""; 0], "she no longer serves");
    assert_eq!(deputies(&[chair, ("deputy", "ben-okoro", "end_date = 2026-06-14")]), [""; 0]);
    assert_eq!(deputies(&[chair, ("deputy", "ben-okoro", "end_date = 2026-06-15")]), ["ben-okoro"]);
    assert_eq!(deputies(&[chair, ("deputy", "ben-okoro", "start_date = 2026-06-16")]), [""; 0]);
    let twice = [chair, ("deputy", "ben-okoro", ""), ("vice-chair", "ben-okoro", ""), ("deputy", "dana-reyes", "")];
    assert_eq!(deputies(&twice), ["ben-okoro", "dana-reyes"]);
}

#[test]
fn co_chairs_stand_in_for_each_other() {
    let (chairs, deputies, page) = leaders(&[("co-chair", "ana-lopez", ""), ("co-chair", "ben-okoro", "")]);
    assert_eq!(
        (chairs, deputies),
        (vec!["ana-lopez".to_owned(), "ben-okoro".to_owned()], vec!["ben-okoro".to_owned()])
    );
    assert!(page.contains("Ana Lopez and Ben Okoro\n"), "{page}");
    assert!(!page.contains("Deputy"), "no one stands there twice: {page}");
    let (_, deputies, page) = leaders(&[("co-chair", "ana-lopez", ""), ("deputy", "dana-reyes", "")]);
    assert_eq!(deputies, ["dana-reyes"]);
    assert!(page.contains("Deputy") && page.contains("Dana Reyes"), "{page}");
    let (_, deputies, page) = leaders(&[("co-chair", "ana-lopez", "")]);
    assert!(deputies.is_empty() && page.contains("Deputy"), "{page}");
}

#[test]
fn private_numbers_are_told_only_on_request() {
    let mut files = base_ledger();
    let ben = "name = \"Ben Okoro\"\n[[contact_details]]\ntype = \"mobile\"\nvalue = \"555 0001\"\n\
        [[contact_details]]\ntype = \"phone\"\nvalue = \"555 0002\"\npublic = true\n\
        [[contact_details]]\ntype = \"phone\"\nvalue = \"555 0003\"\nvalid_until = 2026-06-14\n";
    files.put("advocates/ben-okoro.toml", ben.as_bytes());
    let committee = "name = \"Alarm\"\nemergency = true\n[[watch]]\nadvocate = \"ben-okoro\"\ndays = [\"mon\"]\nfrom = 08:00:00\nto = 20:00:00\n";
    files.put("committees/alarm.toml", committee.as_bytes());
    let ledger = load(&files).unwrap();
    let request = at(&ledger, "2026-06-15", Some("12:00:00"));
    let open = run(&request);
    let page = text(&open.document);
    assert!(!open.data.to_string().contains("0001") && !page.contains("0001"), "{page}");
    assert!(page.contains("555 0002") && page.contains("--private") && !page.contains("0003"), "{page}");
    let private = run(&ReportRequest { private: true, ..request });
    let page = text(&private.document);
    assert!(page.contains("555 0001") && !page.contains("--private") && !page.contains("0003"), "{page}");
}

#[test]
fn of_one_member_its_own_watches_are_told() {
    let ledger = riverton();
    let request = ReportRequest { member: ledger.members.find("local-417"), ..at(&ledger, "2026-11-22", None) };
    let emergency = Emergency::of(&request);
    assert_eq!(emergency.week.len(), 5);
    assert_eq!(emergency.uncovered_hours.unwrap().0, Decimal::from(32), "that is of everybody");
}

#[test]
fn without_a_committee_it_says_how_to_begin() {
    let ledger = load(&Memory::new([("coalition.toml", b"name = \"Seed\"\n".as_slice())])).unwrap();
    let answer = run(&at(&ledger, "2026-06-15", None));
    let page = text(&answer.document);
    assert!(page.contains("There is no committee") && page.lines().count() < 8, "{page}");
    assert!(answer.data["uncovered_hours"].is_null(), "nothing is covered either");
}

#[test]
fn a_committee_without_a_watch_says_so_once() {
    let mut files = base_ledger();
    files.put("committees/alarm.toml", b"name = \"Alarm\"\nemergency = true\n");
    let ledger = load(&files).unwrap();
    let request = at(&ledger, "2026-06-15", Some("12:00:00"));
    assert_eq!(Emergency::of(&request).uncovered_hours.unwrap().0, Decimal::from(168));
    let page = text(&run(&request).document);
    assert!(page.contains("No one can be reached at any hour of the week.") && !page.contains("Tuesday"), "{page}");
}

#[test]
fn who_is_on_watch_without_a_number_is_told_with_a_way_out() {
    let mut files = base_ledger();
    let watch =
        |who: &str| format!("[[watch]]\nadvocate = \"{who}\"\ndays = [\"mon\"]\nfrom = 08:00:00\nto = 20:00:00\n");
    let text =
        format!("name = \"Alarm\"\nemergency = true\nspokesperson = \"tom\"\n{}{}", watch("ana-lopez"), watch("tom"));
    files.put("committees/alarm.toml", text.as_bytes());
    let tom = "name = \"Old Tom\"\nend_date = 2026-06-14\n[[contact_details]]\ntype = \"phone\"\nvalue = \"+1 614-555-0100\"\n";
    files.put("advocates/tom.toml", tom.as_bytes());
    let ledger = load(&files).unwrap();
    let page = text_of(&ledger, "2026-06-15");
    assert!(page.contains("8 a.m. to 8 p.m.\n  No number on file: call the chair or a deputy"), "{page}");
    assert!(page.contains("No one can be reached at any hour of the week."), "{page}");
    assert!(!page.contains("Old Tom"), "who no longer serves is left out: {page}");
    let riverton = text_of(&riverton(), "2026-11-22");
    assert!(riverton.contains("Darnell Hughes: private; use --private to show it"), "{riverton}");
}

fn text_of(ledger: &Ledger, today: &str) -> String {
    text(&run(&ReportRequest::new(ledger, today.parse().unwrap())).document)
}

#[test]
fn the_hours_of_the_week_are_a_grid() {
    use crate::document::{Block, Drawing, Shade};
    let ledger = riverton();
    let document = run(&at(&ledger, "2026-11-22", None)).document;
    let mut blocks = document.sections().iter().flat_map(|section| section.blocks());
    let grid = blocks.find_map(|block| match block {
        Block::Picture(picture) => match picture.drawing() {
            Drawing::Grid(grid) => Some(grid),
            _ => None,
        },
        _ => None,
    });
    let rows: Vec<String> = grid
        .unwrap()
        .rows()
        .iter()
        .map(|(_, cells)| cells.iter().map(|cell| if cell.shade == Shade::Full { '#' } else { '.' }).collect())
        .collect();
    assert_eq!(rows[0], "......##################", "Monday");
    assert_eq!(rows[4], "######################..", "Friday");
    assert_eq!(rows[6], "........############....", "Sunday");
}
