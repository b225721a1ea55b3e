use super::*;
use crate::check::base_ledger;
use crate::ledger::{Ledger, load};
use crate::output::document_text::text;
use crate::source::disk::Disk;
use crate::source::memory::Memory;

fn riverton() -> Ledger {
    load(&Disk::new("examples/riverton")).unwrap()
}

fn contacts(ledger: &Ledger, today: &str) -> Contacts {
    Contacts::of(&ReportRequest::new(ledger, today.parse().unwrap()))
}

fn page(ledger: &Ledger, today: &str) -> String {
    text(&run(&ReportRequest::new(ledger, today.parse().unwrap())).document)
}

#[test]
fn riverton_is_counted_by_hand() {
    let contacts = contacts(&riverton(), "2026-11-22");
    let count = |one: ContactRates| (one.in_touch, one.of);
    assert_eq!(
        (count(contacts.people), count(contacts.members), count(contacts.officials)),
        ((23, 26), (13, 13), (4, 6))
    );
    assert_eq!((contacts.overdue, contacts.due, contacts.promises_overdue), (9, 1, 5));
    let rosa = contacts.callers.iter().find(|one| one.caller.as_ref().is_some_and(|by| by.id.starts_with("rosa")));
    let calls: Vec<_> = rosa
        .unwrap()
        .calls
        .iter()
        .map(|call| (call.with.id.as_str(), call.due.to_string(), call.overdue_days))
        .collect();
    let expected = [
        ("ferry-street-merchants", "2026-10-15".to_owned(), Some(38)),
        ("local-417", "2026-11-20".to_owned(), Some(2)),
        ("estelle-marchand", "2026-11-25".to_owned(), None),
    ];
    assert_eq!(calls, expected);
    let beatrice = &contacts.callers[0].calls[0];
    assert_eq!((beatrice.days, beatrice.limit, beatrice.overdue_days), (Some(488), Some(120), Some(368)));
}

#[test]
fn a_member_is_told_of_its_own_calls_alone() {
    let ledger = riverton();
    let whole = ReportRequest::new(&ledger, "2026-11-22".parse().unwrap());
    let of_member = Contacts::of(&ReportRequest { member: ledger.members.find("friends-bookmobile"), ..whole });
    assert_eq!(
        (of_member.overdue, of_member.due, of_member.people.of, of_member.members.of, of_member.officials.of),
        (2, 0, 2, 1, 0)
    );
}

#[test]
fn who_has_nobody_is_told() {
    let mut files = base_ledger();
    files.put("advocates/eve.toml", b"name = \"Eve\"\ncontact_days = 99\nstart_date = 2026-03-16\n");
    files.put("advocates/old-tom.toml", b"name = \"Old Tom\"\nend_date = 2026-06-01\n");
    files.put(
        "advocates/ivy.toml",
        b"name = \"Ivy\"\ncontact_owner = \"old-tom\"\ncontact_days = 99\nstart_date = 2026-03-16\n",
    );
    let ledger = load(&files).unwrap();
    let page = page(&ledger, "2026-06-15");
    assert!(page.contains("- Eve\n- Ivy: Old Tom is no longer active\n"), "{page}");
    assert!(page.contains("There is no one to call this week."), "{page}");
}

#[test]
fn an_empty_ledger_says_how_to_begin() {
    let ledger = load(&Memory::new([("coalition.toml", b"name = \"Seed\"\n".as_slice())])).unwrap();
    let page = page(&ledger, "2026-06-15");
    assert!(page.contains("There is no one to call yet."), "{page}");
    assert!(!page.contains("Who calls whom"), "{page}");
}

#[test]
fn what_was_said_is_told_only_on_request() {
    let ledger = riverton();
    let mut request = ReportRequest::new(&ledger, "2026-11-22".parse().unwrap());
    let secret = "Happy to take the Saturday run.";
    assert!(!run(&request).data.to_string().contains(secret));
    request.private = true;
    assert!(run(&request).data.to_string().contains(secret));
}

#[test]
fn people_read_names_and_no_ids() {
    let ledger = riverton();
    let page = page(&ledger, "2026-11-22");
    let ids = ledger.records().map(|record| &*record.key().id).filter(|id| id.contains('-'));
    let seen: Vec<&str> = ids.filter(|id| page.contains(*id)).collect();
    assert!(seen.is_empty(), "{seen:?}");
}

#[test]
fn one_call_does_for_a_member_and_the_one_who_speaks_for_it() {
    let ledger = load(&base_ledger()).unwrap();
    // Birch Library and Ben, who speaks for it, were last heard of on the same day; Dana was too.
    let contacts = contacts(&ledger, "2026-11-22");
    let ana = contacts.callers.iter().find(|one| one.caller.as_ref().is_some_and(|by| by.id == "ana-lopez")).unwrap();
    let found: Vec<_> =
        ana.calls.iter().map(|call| (&*call.with.id, call.also.as_ref().map(|also| &*also.id))).collect();
    assert_eq!(found, [("birch-library", Some("ben-okoro")), ("dana-reyes", None)]);
    assert_eq!((contacts.overdue, contacts.due), (3, 0), "and one that no one makes");
    let page = page(&ledger, "2026-11-22");
    assert!(page.contains("(limit 90)\n  Last: May 28, "), "{page}");
}

#[test]
fn contacts_are_counted_by_quarter_for_all_who_took_part() {
    let contacts = contacts(&riverton(), "2026-11-22");
    let names: Vec<String> = contacts.quarters.iter().map(Quarter::name).collect();
    assert_eq!(names, ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]);
    let row = |at: usize| {
        let row = &contacts.people_by_quarter[at];
        (row.advocate.id.as_str(), row.contacts.as_slice())
    };
    assert_eq!(contacts.people_by_quarter.len(), 26);
    assert_eq!(row(0), ("beatrice-lowell", &[0, 0, 0, 0, 0][..]), "who was not in touch for longest comes first");
    assert_eq!(row(25), ("rosa-delgado-whitfield", &[0, 1, 1, 2, 9][..]), "also those who called");
}
