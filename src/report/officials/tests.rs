use super::*;
use crate::check::base_ledger;
use crate::ledger::{Ledger, load};
use crate::output::document_text::text;
use crate::source::disk::Disk;

fn riverton() -> Ledger {
    load(&Disk::new("examples/riverton")).unwrap()
}

fn request<'l>(ledger: &'l Ledger, today: &str) -> ReportRequest<'l> {
    ReportRequest::new(ledger, today.parse().unwrap())
}

#[test]
fn riverton_is_counted_by_hand() {
    let ledger = riverton();
    let officials = Officials::of(&request(&ledger, "2026-11-22"));
    assert_eq!((officials.in_office, officials.neglected, officials.contacts_last_year), (6, 2, 19));
    let rows: Vec<_> = officials
        .officials
        .iter()
        .map(|one| (&*one.official.id, one.days, one.contacts_by_quarter.as_slice(), one.contacts_last_year))
        .collect();
    let expected = [
        ("thomas-brandvold", Some(277), &[1, 0, 0, 0][..], 1),
        ("kimberly-oyelaran", Some(101), &[1, 1, 1, 0], 3),
        ("loretta-shaughnessy", Some(59), &[1, 1, 1, 0], 3),
        ("adaeze-nwosu", Some(38), &[1, 2, 1, 1], 5),
        ("eduardo-salcedo-price", Some(33), &[1, 1, 1, 1], 4),
        ("vernon-maddox", Some(16), &[1, 1, 0, 1], 3),
    ];
    assert_eq!(rows, expected);
    let season = officials.season.unwrap();
    assert_eq!((season.in_season, season.contacts, season.lopsided), (6, 19, false));
    assert_eq!(season.share.unwrap().to_string(), "0.3158");
    let stances: Vec<_> =
        officials.stances.iter().map(|one| (one.stance.map(Choices::word).unwrap_or_default(), one.count)).collect();
    assert_eq!(stances, [("champion", 1), ("supportive", 2), ("neutral", 1), ("undecided", 1), ("opposed", 1)]);
}

#[test]
fn who_is_out_of_office_is_not_told() {
    let ledger = riverton();
    let officials = Officials::of(&request(&ledger, "2027-01-01"));
    assert!(officials.officials.iter().all(|one| one.official.id != "vernon-maddox"));
    assert_eq!(officials.in_office, 5);
}

#[test]
fn a_member_is_told_of_officials_that_its_people_know() {
    let ledger = riverton();
    let whole = request(&ledger, "2026-11-22");
    let member = ledger.members.find("friends-mill-bend");
    let officials = Officials::of(&ReportRequest { member, ..whole });
    let ids: Vec<_> = officials.officials.iter().map(|one| &*one.official.id).collect();
    assert_eq!(ids, ["adaeze-nwosu", "vernon-maddox"], "Doreen called one and keeps in touch with the other");
    assert!(officials.season.is_none());
}

#[test]
fn a_ledger_without_officials_says_how_to_begin() {
    let ledger = load(&base_ledger()).unwrap();
    let page = text(&run(&request(&ledger, "2026-06-15")).document);
    assert!(page.contains("No official in office is recorded yet."), "{page}");
}

#[test]
fn what_is_unknown_is_said_in_words() {
    let mut files = base_ledger();
    files.put("officials/pat-quill.toml", b"name = \"Pat Quill\"\n");
    let ledger = load(&files).unwrap();
    let page = text(&run(&request(&ledger, "2026-06-15")).document);
    for expected in [
        "Stance     not recorded",
        "Pat Quill: no contact yet, in 516 days",
        "not assigned to anyone",
        "No contact yet",
    ] {
        assert!(page.contains(expected), "{expected} in {page}");
    }
}
