use super::*;
use crate::check::base_ledger;
use crate::ledger::{Ledger, load};
use crate::output::document_text::text;
use crate::source::disk::Disk;
use chrono::NaiveDate;

fn date(day: &str) -> NaiveDate {
    day.parse().unwrap()
}

fn riverton() -> Ledger {
    load(&Disk::new("examples/riverton")).unwrap()
}

fn of(ledger: &Ledger, today: &str) -> Decisions {
    Decisions::of(&ReportRequest::new(ledger, date(today)))
}

#[test]
fn open_decisions_tell_when_to_ask_whom() {
    let ledger = riverton();
    let decisions = of(&ledger, "2026-11-22");
    let [open] = decisions.open.as_slice() else { panic!("{:?}", decisions.open) };
    assert_eq!((open.heard, open.eligible, open.quorum), (6, 13, 7));
    let times: Vec<_> = open
        .lead_times
        .iter()
        .map(|time| {
            (time.member.id.as_str(), time.lead_days, time.ask_by.unwrap().to_string(), time.heard, time.too_late)
        })
        .collect();
    let first = [
        ("riverton-schools", 30, "2026-11-01".to_owned(), false, true),
        ("library-trustees", 28, "2026-11-03".to_owned(), false, true),
        ("alder-county-library-system", 21, "2026-11-10".to_owned(), false, true),
    ];
    assert_eq!(times[..3], first);
    assert!(times.contains(&("friends-riverton", 14, "2026-11-17".to_owned(), true, false)), "it was heard");
    assert!(times.contains(&("eastbank-neighbors", 7, "2026-11-24".to_owned(), false, false)), "there is time");
    assert_eq!(times.len(), 10);
}

#[test]
fn the_last_year_is_recounted() {
    let ledger = riverton();
    let decisions = of(&ledger, "2026-11-22");
    let found: Vec<_> = decisions
        .made
        .iter()
        .map(|made| (made.decision.id.as_str(), made.heard, made.eligible, made.borne_out, made.doubts.len()))
        .collect();
    let expected = [
        ("dues-from-2027", 7, 13, None, 0),
        ("sunday-pilot-to-may", 11, 13, Some(true), 0),
        ("candidate-endorsements", 11, 13, Some(true), 0),
        ("press-by-spokesperson", 9, 13, Some(true), 0),
        ("charter-version-2", 9, 12, Some(true), 0),
    ];
    assert_eq!(found, expected);
    let votes = decisions.made[2].tally;
    assert_eq!((votes.agree, votes.object, votes.abstain), (5, 4, 2));
}

#[test]
fn dissent_that_stands_comes_first_and_overdue_promises_before_all() {
    let ledger = riverton();
    let read = |today: &str| {
        let dissent = of(&ledger, today).dissent.into_iter().filter(|one| one.stands && one.about.kind == "decision");
        dissent.map(|one| (one.member.id, one.overdue)).collect::<Vec<_>>()
    };
    let expected = [
        ("local-417", false),
        ("friends-bookmobile", false),
        ("riverton-interfaith", false),
        ("friends-bookmobile", false),
        ("local-417", false),
        ("riverton-schools", false),
    ];
    let mut now = read("2026-11-22");
    now.sort();
    let mut sorted = expected.map(|(id, overdue)| (id.to_owned(), overdue));
    sorted.sort();
    assert_eq!(now, sorted);
    assert!(read("2026-12-02")[..2].iter().all(|(_, overdue)| *overdue));
    let all = of(&ledger, "2026-11-22").dissent;
    assert_eq!(all.iter().filter(|one| one.about.id == "candidate-endorsements" && !one.stands).count(), 4);
}

#[test]
fn a_member_is_told_of_what_it_may_decide() {
    let ledger = riverton();
    let request =
        |id: &str| ReportRequest { member: ledger.members.find(id), ..ReportRequest::new(&ledger, date("2026-11-22")) };
    let of_member = Decisions::of(&request("local-417"));
    assert_eq!((of_member.open.len(), of_member.dissent.len()), (1, 3));
    let gone = Decisions::of(&request("alder-valley-chamber"));
    assert_eq!((gone.open.len(), gone.dissent.len()), (0, 0));
}

#[test]
fn nothing_is_simply_adopted_that_is_in_doubt() {
    let mut files = base_ledger();
    let decided = "name = \"Hours\"\ntext = \"X\"\nproposed = 2026-05-01\ncloses = 2026-06-01\ndecided = 2026-06-01\n";
    let mut read = |rest: &str| {
        files.put("decisions/hours.toml", format!("{decided}{rest}").as_bytes());
        text(&run(&ReportRequest::new(&load(&files).unwrap(), date("2026-06-15"))).document)
    };
    let page = read("method = \"majority\"\nresult = \"adopted\"\n");
    assert!(page.contains("Hours: adopted, Jun 1, 2026"), "what no one wrote down is no fault: {page}");
    let page = read("method = \"majority\"\nresult = \"adopted\"\nquorum = 1\ntally = { abstain = 1 }\n");
    let words = "Hours: adopted without a quorum, though the count says otherwise, Jun 1, 2026";
    assert!(page.contains(words), "{page}");
    assert!(page.contains("By majority: 1 abstains; 1 of 2 heard, 2 needed"), "{page}");
    let block =
        "method = \"consensus\"\nresult = \"adopted\"\n[[positions]]\nmember = \"birch-library\"\noption = \"block\"\n";
    let page = read(block);
    assert!(
        page.contains("adopted, though the count says otherwise, over a block without an")
            && page.contains("answer: Birch Public"),
        "{page}"
    );
}

#[test]
fn an_empty_ledger_is_told_how_to_begin() {
    let ledger = load(&base_ledger()).unwrap();
    let page = text(&run(&ReportRequest::new(&ledger, date("2026-06-15"))).document);
    assert!(page.contains("There are no decisions yet."), "{page}");
}

#[test]
fn what_does_not_count_and_what_has_no_day_is_told() {
    let mut files = base_ledger();
    files.put("members/cedar.toml", b"name = \"Cedar\"\nclassification = \"school\"\njoined = 2026-06-10\n");
    let decision = "name = \"Hours\"\ntext = \"X\"\nmethod = \"majority\"\nproposed = 2026-05-01\ncloses = 2026-06-01\n\
        result = \"adopted\"\n[[positions]]\nmember = \"birch-library\"\noption = \"agree\"\n\
        [[positions]]\nmember = \"cedar\"\noption = \"block\"\naccommodation = \"Later\"\n";
    files.put("decisions/hours.toml", decision.as_bytes());
    let ledger = load(&files).unwrap();
    let [made] = of(&ledger, "2026-06-15").made.try_into().unwrap();
    assert_eq!((made.date, made.seen_on, made.heard), (None, date("2026-06-01"), 1));
    assert_eq!(made.uncounted[0].member.id, "cedar");
    let page =
        |member| text(&run(&ReportRequest { member, ..ReportRequest::new(&ledger, date("2026-06-15")) }).document);
    let message = page(None);
    assert!(message.contains("Hours: adopted; no date is recorded"), "{message}");
    assert!(message.contains("Not counted: Cedar blocks (not a member that day)"), "{message}");
}

#[test]
fn where_nobody_was_heard_not_everybody_is_named() {
    let mut files = base_ledger();
    for id in ["cedar", "dogwood"] {
        let member = format!("name = \"{id}\"\nclassification = \"school\"\njoined = 2026-01-10\n");
        files.put(&format!("members/{id}.toml"), member.as_bytes());
    }
    files.put("decisions/hours.toml", b"name = \"Hours\"\ntext = \"X\"\nproposed = 2026-06-01\ncloses = 2026-07-01\n");
    let page = text(&run(&ReportRequest::new(&load(&files).unwrap(), date("2026-06-15"))).document);
    assert!(page.contains("- No one heard from yet (quorum: 2)\n- Not heard from: all 4\n"), "{page}");
}
