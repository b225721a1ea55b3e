use super::*;
use crate::check::base_ledger;
use crate::ledger::{Ledger, load};
use crate::output::document_text::text;
use crate::report::Named;
use crate::report::calendar::Occasion;
use crate::source::disk::Disk;
use crate::source::memory::Memory;
use serde_json::Value;

fn riverton() -> Ledger {
    load(&Disk::new("examples/riverton")).unwrap()
}

fn date(day: &str) -> NaiveDate {
    day.parse().unwrap()
}

fn brief(ledger: &Ledger, today: &str) -> Brief {
    Brief::of(&ReportRequest::new(ledger, date(today)))
}

fn page(ledger: &Ledger, today: &str) -> String {
    text(&run(&ReportRequest::new(ledger, date(today))).document)
}

fn names(several: &[Named]) -> Vec<&str> {
    Named::names(several)
}

#[test]
fn the_brief_knows_the_meeting_before_and_after_today() {
    let ledger = riverton();
    let brief = brief(&ledger, "2026-11-22");
    let next = brief.next_meeting.unwrap();
    assert_eq!((next.meeting.id.as_str(), next.days_until), ("2026-12-01-regular", 9));
    assert_eq!(next.agenda.len(), 6);
    let last = brief.last_meeting.unwrap();
    assert_eq!((last.date, last.present, last.members), (date("2026-11-03"), 11, 13));
    assert_eq!(names(&last.regrets), ["Eastbank Neighborhood Association"]);
    assert_eq!(names(&last.absent).len(), 2);
    assert_eq!(brief.since, Some(date("2026-11-03")));
}

#[test]
fn a_meeting_today_is_the_next_and_a_cancelled_one_is_none() {
    let ledger = riverton();
    assert_eq!(brief(&ledger, "2026-12-01").next_meeting.unwrap().days_until, 0);
    assert_eq!(brief(&ledger, "2026-08-01").next_meeting.unwrap().date, date("2026-09-01"));
    assert!(page(&ledger, "2026-12-02").contains("No full coalition meeting is scheduled."));
}

#[test]
fn news_is_what_happened_since() {
    let ledger = riverton();
    let read = |brief: &Brief| -> Vec<(ChangeEvent, String)> {
        brief.changes.iter().map(|change| (change.event, change.subject.id.clone())).collect()
    };
    let expected = [
        (ChangeEvent::DecisionMade, "dues-from-2027"),
        (ChangeEvent::GoalMeasured, "card-for-every-student"),
        (ChangeEvent::CampaignOpened, "december-card-drive"),
        (ChangeEvent::ContributionReceived, "roster-matching"),
        (ChangeEvent::ContributionReceived, "navigator-grant-draft"),
    ];
    assert_eq!(read(&brief(&ledger, "2026-11-22")), expected.map(|(event, id)| (event, id.to_owned())));

    let mut request = ReportRequest::new(&ledger, date("2026-11-22"));
    request.since = Some(date("2026-09-14"));
    let since = Brief::of(&request);
    assert_eq!(since.since, request.since);
    assert!(read(&since).contains(&(ChangeEvent::AgreementSigned, "charter".to_owned())));
    assert!(text(&since.document(&request)).contains("Since September 14, 2026\n"));
}

#[test]
fn what_was_settled_at_the_last_meeting_is_told_in_the_next_brief() {
    let mut files = base_ledger();
    files.put("meetings/june.toml", b"name = \"June\"\ndate = 2026-06-03\n");
    files.put("members/elm.toml", b"name = \"Elm\"\nclassification = \"other\"\njoined = 2026-06-03\n");
    let decision = |rest: &str| format!("name = \"D\"\ntext = \"x\"\nmeeting = \"june\"\nresult = \"adopted\"\n{rest}");
    files.put("decisions/dated.toml", decision("decided = 2026-06-03\n").as_bytes());
    files.put("decisions/undated.toml", decision("").as_bytes());
    files.put("decisions/older.toml", decision("decided = 2026-06-02\n").as_bytes());
    let charter = crate::check::SIGNED_CHARTER.replace("2026-05-25", "2026-06-03");
    files.put("agreements/charter.toml", charter.as_bytes());
    let ledger = load(&files).unwrap();
    let message = brief(&ledger, "2026-06-15").changes;
    let message: Vec<_> = message.iter().map(|change| (change.event, change.subject.id.as_str())).collect();
    let expected = [
        (ChangeEvent::MemberJoined, "elm"),
        (ChangeEvent::DecisionMade, "dated"),
        (ChangeEvent::DecisionMade, "undated"),
        (ChangeEvent::AgreementSigned, "charter"),
    ];
    assert_eq!(message, expected);
}

#[test]
fn nobody_is_absent_from_a_meeting_on_the_day_of_joining_or_leaving() {
    let attendance = |fields: &str, meeting: &str| {
        let mut files = base_ledger();
        files.put("members/elm.toml", format!("name = \"Elm\"\nclassification = \"other\"\n{fields}\n").as_bytes());
        let june = "name = \"June\"\ndate = 2026-06-02\n[[attendance]]\nadvocate = \"ana-lopez\"\n";
        files.put("meetings/june.toml", format!("{june}{meeting}").as_bytes());
        let last = brief(&load(&files).unwrap(), "2026-06-15").last_meeting.unwrap();
        (last.present, last.members, last.absent.into_iter().map(|one| one.id).collect::<Vec<_>>())
    };
    let (birch, both) = (vec!["birch-library".to_owned()], vec!["birch-library".to_owned(), "elm".to_owned()]);
    assert_eq!(attendance("joined = 2026-06-01", ""), (1, 3, both.clone()));
    assert_eq!(attendance("joined = 2026-06-02", ""), (1, 2, birch.clone()), "it joined that day");
    let came = "[[attendance]]\nname = \"Eve\"\nmember = \"elm\"\n";
    assert_eq!(attendance("joined = 2026-06-02", came), (2, 3, birch.clone()));
    assert_eq!(attendance("joined = 2026-01-01\nleft = 2026-06-02", ""), (1, 2, birch.clone()));
    assert_eq!(attendance("joined = 2026-01-01\nleft = 2026-06-03", ""), (1, 3, both));
    let again = "joined = 2026-06-02\n[[earlier_memberships]]\njoined = 2025-01-01\nleft = 2026-01-01";
    assert_eq!(attendance(again, ""), (1, 2, birch), "it came back that day");
}

#[test]
fn who_was_in_the_chair_was_there() {
    let present = |meeting: &str| {
        let mut files = base_ledger();
        let june =
            "name = \"June\"\ndate = 2026-06-02\nchair = \"ben-okoro\"\n[[attendance]]\nadvocate = \"ana-lopez\"\n";
        files.put("meetings/june.toml", format!("{june}{meeting}").as_bytes());
        brief(&load(&files).unwrap(), "2026-06-15").last_meeting.unwrap().present
    };
    assert_eq!(present(""), 2);
    assert_eq!(present("[[attendance]]\nadvocate = \"ben-okoro\"\nregrets = true\n"), 1);
}

#[test]
fn open_actions_are_overdue_first() {
    let ledger = riverton();
    let brief = brief(&ledger, "2026-11-22");
    let due: Vec<_> = brief.actions_open.iter().map(|action| action.due.unwrap().to_string()).collect();
    assert_eq!(due, ["2026-11-20", "2026-11-25", "2026-12-01", "2026-12-01", "2026-12-11"]);
    assert_eq!(brief.actions_done.len(), 3);
    assert!(page(&ledger, "2026-11-22").contains("Overdue by 2 days: Priya Raghunathan, due Nov 20"));
}

#[test]
fn members_without_time_to_decide_are_told_apart() {
    let ledger = riverton();
    let open = brief(&ledger, "2026-11-22").decisions;
    let [decision] = open.as_slice() else { panic!("{open:?}") };
    assert_eq!((decision.eligible, decision.quorum, decision.positions.len(), decision.silent.len()), (13, 7, 6, 7));
    let late: Vec<_> = decision.late.iter().map(|late| (late.member.id.as_str(), late.lead_days)).collect();
    let expected = [
        ("alder-county-library-system", 21),
        ("library-trustees", 28),
        ("friends-mill-bend", 10),
        ("riverton-interfaith", 14),
        ("riverton-schools", 30),
    ];
    assert_eq!(late, expected);
    assert!(brief(&ledger, "2026-12-02").decisions.iter().all(|decision| decision.late.is_empty()));
}

#[test]
fn a_member_that_needs_just_the_days_left_is_in_time() {
    let ledger = riverton();
    let late = |today| brief(&ledger, today).decisions.iter().flat_map(|one| one.late.clone()).collect::<Vec<_>>();
    let mill_bend = |today| late(today).iter().any(|late| late.member.id == "friends-mill-bend");
    assert!(!mill_bend("2026-11-21") && mill_bend("2026-11-22"));
}

#[test]
fn signatures_that_do_not_count_and_agreements_that_end_are_told() {
    let ledger = riverton();
    let members = brief(&ledger, "2026-11-22").members;
    let unsigned: Vec<_> =
        members.unsigned.iter().map(|one| (one.agreement.id.as_str(), one.cell.member.id.as_str())).collect();
    let expected = [("shared-space-memorandum", "riverton-interfaith"), ("charter", "ferry-street-merchants")];
    assert_eq!(unsigned, expected);
    let [ending] = members.ending.as_slice() else { panic!("{:?}", members.ending) };
    assert_eq!(ending.slowest.as_ref().unwrap().id, "riverton-schools");
    assert_eq!(ending.ask_by, Some(date("2026-12-01")));
}

#[test]
fn goals_say_how_far_they_are() {
    let ledger = riverton();
    let goals = brief(&ledger, "2026-11-22").goals;
    let ids: Vec<_> = goals.adopted.iter().map(|goal| goal.goal.id.as_str()).collect();
    assert_eq!(ids, ["bookmobile-river-stops", "card-for-every-student", "sunday-hours"]);
    let page = page(&ledger, "2026-11-22").replace("\n  ", " ");
    assert!(
        page.contains("4,716 of 5,600 students with an active card (starting from 2,310), as of Nov 9; 73% of the way"),
        "{page}"
    );
    assert!(page.contains("Overdue by 145 days: Generator replaced (Imani Foster-Blake)"), "{page}");
}

#[test]
fn a_goal_that_lost_ground_is_told_so_in_words() {
    let mut files = base_ledger();
    let goal = |figure: &str| {
        format!(
            "name = \"Stops\"\nadopted = 2026-01-01\n[measure]\nbaseline = 4\ntarget = 10\n[[measure.readings]]\ndate = 2026-02-01\nvalue = {figure}\n"
        )
    };
    let mut read = |figure: &str| {
        files.put("goals/stops.toml", goal(figure).as_bytes());
        page(&load(&files).unwrap(), "2026-06-15")
    };
    let behind = read("1").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        behind.contains("1 of 10 (starting from 4), as of Feb 1; further from the target than at the start"),
        "{behind}"
    );
    assert!(read("9.9999999").contains("; 99% of the way"));
    assert!(read("12").contains("; 100% of the way"));
}

#[test]
fn only_objections_to_what_still_stands_are_looked_at_again() {
    let subject = |files: &mut Memory, id: &str, fields: &str, option: &str| {
        let position = "[[positions]]\nmember = \"alder-friends\"\ndate = 2026-02-01\nrevisit = 2026-06-20\n";
        files.put(&format!("{id}.toml"), format!("{fields}\n{position}option = \"{option}\"\n").as_bytes());
    };
    let mut files = base_ledger();
    for (id, fields) in [
        ("open", ""),
        ("adopted", "decided = 2026-02-02\nresult = \"adopted\""),
        ("deferred", "decided = 2026-02-02\nresult = \"deferred\""),
        ("rejected", "decided = 2026-02-02\nresult = \"rejected\""),
        ("withdrawn", "result = \"withdrawn\""),
        ("rejected-later", "decided = 2026-08-01\nresult = \"rejected\""),
    ] {
        subject(&mut files, &format!("decisions/{id}"), fields, "object");
    }
    for (id, fields) in [
        ("adopted", "adopted = 2026-01-01"),
        ("met", "adopted = 2026-01-01\nmet = 2026-03-01"),
        ("dropped", "dropped = 2026-03-01"),
    ] {
        subject(&mut files, &format!("goals/{id}"), fields, "oppose");
    }
    let objections = brief(&load(&files).unwrap(), "2026-06-15").objections;
    let found: Vec<_> = objections.iter().map(|one| (one.about.kind, one.about.id.as_str())).collect();
    let [adopted, others @ ..] = ["adopted", "deferred", "open", "rejected-later"].map(|id| ("decision", id));
    assert_eq!(found, [[adopted, ("goal", "adopted")].as_slice(), &others].concat());
}

#[test]
fn the_next_weeks_are_in_the_order_of_the_days() {
    let ledger = riverton();
    let dates = brief(&ledger, "2026-11-22").dates;
    assert!(dates.is_sorted_by_key(|upcoming| upcoming.date));
    assert!(dates.iter().all(|upcoming| (date("2026-11-22")..=date("2027-01-03")).contains(&upcoming.date)));
    let terms: Vec<_> =
        dates.iter().filter(|one| one.occasion == Occasion::TermEnds).map(|one| &*one.subject.id).collect();
    assert_eq!(terms, ["steering", "vernon-maddox"]);
}

#[test]
fn a_day_that_stands_above_is_not_told_again() {
    let ledger = riverton();
    let page = page(&ledger, "2026-11-22");
    let (above, table) = page.split_once("Also in the next six weeks").unwrap();
    for expected in ["Regular meeting, December 2026", "Ten bookmobile stops in the river hamlets"] {
        assert!(above.contains(expected) && !table.contains(expected), "{expected} in {page}");
    }
    assert!(table.contains("Steering committee: Walt Abernathy\u{2019}s term as treasurer ends"), "{page}");
    let later = brief(&ledger, "2026-08-01").dates;
    let meetings = later.iter().filter(|one| one.occasion == Occasion::Meeting).count();
    assert!(meetings > 0, "programs are told of every meeting");
}

#[test]
fn a_follow_up_is_open_until_it_is_made() {
    let ledger = riverton();
    let open = |today| brief(&ledger, today).follow_ups.into_iter().map(|one| one.with.id).collect::<Vec<_>>();
    assert!(open("2026-11-22").contains(&"thomas-brandvold".to_owned()));
    assert!(!open("2026-02-17").contains(&"thomas-brandvold".to_owned()));
}

#[test]
fn who_has_waited_too_long_is_told_by_who_should_call() {
    let ledger = riverton();
    let overdue = brief(&ledger, "2026-11-22").contacts_overdue;
    let found: Vec<_> =
        overdue.iter().flat_map(|caller| &caller.contacts).map(|one| (&*one.with.id, one.days)).collect();
    let expected = [
        ("beatrice-lowell", 488),
        ("thomas-brandvold", 277),
        ("anthony-brevard", 194),
        ("walter-abernethy", 166),
        ("kimberly-oyelaran", 101),
    ];
    assert_eq!(found, expected);
    let page = page(&ledger, "2026-11-22");
    assert!(page.contains("- Imani Foster-Blake: Walter Abernethy (166 days)\n"), "{page}");
    assert_eq!(page.matches("Thomas Brandvold").count(), 1, "he stands among the promises");
}

#[test]
fn nothing_of_a_later_day_is_told() {
    let ledger = riverton();
    for today in ["2024-10-09", "2025-06-01", "2026-04-20", "2026-11-22"] {
        let data = run(&ReportRequest::new(&ledger, date(today))).data;
        let mut days = Vec::new();
        for part in ["last_meeting", "changes", "actions_done", "contacts", "contributions_uncredited"] {
            days_of(&data[part], &["date", "done", "said"], &mut days);
        }
        days_of(&data["goals"], &["read"], &mut days);
        days_of(&data["actions_open"], &["said", "done"], &mut days);
        days_of(&data["requests"], &["date"], &mut days);
        assert!(days.len() > 3, "{today}: {days:?}");
        assert_eq!(days.iter().filter(|day| day.as_str() > today).count(), 0, "{today}: {days:?}");
    }
    let early = page(&ledger, "2025-06-01");
    for later in ["adopted", "Sunday hours", "Student card", "Ferry Street Merchants", "Tobias"] {
        assert!(!early.contains(later), "{later} in {early}");
    }
}

/// The values of these keys, however deep.
fn days_of(value: &Value, keys: &[&str], days: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| days_of(value, keys, days)),
        Value::Object(fields) => {
            for (key, value) in fields {
                match value.as_str().filter(|_| keys.contains(&key.as_str())) {
                    Some(day) => days.push(day.to_owned()),
                    None => days_of(value, keys, days),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn people_read_names_and_no_ids() {
    let ledger = riverton();
    let page = page(&ledger, "2026-11-22");
    let ids: Vec<&str> = ledger.records().map(|record| &*record.key().id).filter(|id| id.contains('-')).collect();
    assert!(ids.len() > 50);
    let seen: Vec<&&str> = ids.iter().filter(|id| page.contains(**id)).collect();
    assert!(seen.is_empty(), "{seen:?}");
    for word in ["true", "false", "_", "stand-aside", "None", "Some("] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn private_things_are_told_only_on_request() {
    let ledger = riverton();
    let mut request = ReportRequest::new(&ledger, date("2026-11-22"));
    let secret = "They will staff the December card drive table";
    let open = run(&request);
    assert!(!text(&open.document).contains(secret) && !open.data.to_string().contains(secret));
    assert!(!open.data.to_string().contains("555-01"));
    request.private = true;
    let private = run(&request);
    assert!(private.data.to_string().contains(secret));
    assert!(text(&private.document).replace("\n  ", " ").contains(secret));
}

#[test]
fn a_new_ledger_has_a_short_brief() {
    let ledger = load(&base_ledger()).unwrap();
    let expected = "Alder County Library Coalition
==============================
Meeting brief, Monday, June 15, 2026

Next meeting
------------
No full coalition meeting is scheduled. What day works for everyone?

So far
------
- Birch Public Library and Friends of the Alder Library joined the coalition
- Birch Public Library and Friends of the Alder Library signed “Charter”

2 contacts made, by Ana Lopez (2).

Members and signatures
----------------------
Members  2 (quorum: 1)
";
    assert_eq!(page(&ledger, "2026-06-15"), expected);
}

#[test]
fn a_ledger_without_members_says_how_to_begin() {
    let ledger = load(&Memory::new([("coalition.toml", b"name = \"Seed\"\n".as_slice())])).unwrap();
    let page = page(&ledger, "2026-06-15");
    assert!(page.contains("There are no members yet."), "{page}");
    assert_eq!(page.lines().count(), 11, "{page}");
}

#[test]
fn records_without_their_fields_do_no_harm() {
    let mut ledger = base_ledger();
    for kind in crate::kind::Kind::ALL {
        ledger.put(&format!("{}/empty.toml", kind.folder()), b"");
    }
    ledger.put(
        "meetings/gaps.toml",
        b"date = 2026-06-01\n[[actions]]\n[[actions]]\nwhat = \"x\"\nowner = \"nobody\"\n[[attendance]]\n",
    );
    ledger.put(
        "decisions/gaps.toml",
        b"name = \"Gaps\"\n[[positions]]\n[[positions]]\nmember = \"gone\"\noption = \"block\"\n",
    );
    ledger.put("goals/gaps.toml", b"adopted = 2026-01-01\n[measure]\nbaseline = 4\ntarget = 4\n[[measure.readings]]\n[[measure.readings]]\ndate = 2026-02-01\nvalue = 79228162514264337593543950335\n[[milestones]]\n[[positions]]\n");
    ledger.put("goals/huge.toml", b"adopted = 2026-01-01\n[measure]\nbaseline = -79228162514264337593543950335\ntarget = 79228162514264337593543950335\n[[measure.readings]]\ndate = 2026-02-01\nvalue = 79228162514264337593543950335\n");
    ledger.put("requests/gaps.toml", b"date = 2026-06-01\n[[responses]]\n");
    ledger.put("contributions/gaps.toml", b"date = 2026-06-01\n[[acknowledgements]]\n");
    ledger.put("members/slow.toml", b"joined = 2026-01-01\n[process]\nlead_days = 1000000000\n[[contacts]]\ndate = 2026-06-01\nfollow_up = 2026-06-02\n");
    let ledger = load(&ledger).unwrap();
    let page = page(&ledger, "2026-06-15");
    assert!(page.contains("gone blocks"), "{page}");
    assert!(page.contains("No one has said how to measure it") || page.contains("of 4"), "{page}");
    assert!(page.contains("Someone promised to get back to slow by Jun 2"), "{page}");
}

#[test]
fn decisions_of_the_last_meeting_that_may_not_hold_are_told() {
    let mut files = base_ledger();
    files.put("meetings/may.toml", b"name = \"May\"\ndate = 2026-05-12\n[[agenda]]\nitem = \"Hours\"\n");
    files.put(
        "meetings/july.toml",
        b"name = \"July\"\ndate = 2026-07-14\n[[agenda]]\nitem = \"Hours\"\ndecision = \"hours\"\n",
    );
    let decided = |day: &str| {
        let made =
            format!("name = \"Hours\"\ntext = \"X\"\nmethod = \"majority\"\ndecided = {day}\nresult = \"adopted\"\n");
        made + "eligible = [\"alder-friends\", \"birch-library\"]\nquorum = 1\ntally = { object = 1 }\n"
    };
    files.put("decisions/hours.toml", decided("2026-05-12").as_bytes());
    files.put("decisions/older.toml", decided("2026-05-11").as_bytes());
    let ledger = load(&files).unwrap();
    let message: Vec<_> =
        brief(&ledger, "2026-06-15").decisions_in_doubt.into_iter().map(|one| one.decision.id).collect();
    assert_eq!(message, ["hours"]);
    let page = page(&ledger, "2026-06-15");
    assert!(page.contains("Decisions that may not be valid"), "{page}");
    assert!(page.contains("(adopted without a quorum, though the count says otherwise)"), "{page}");
    assert!(!page.contains("(adopted)"), "{page}");
}

#[test]
fn the_brief_after_a_meeting_asks_who_came_and_for_its_minutes() {
    let mut files = base_ledger();
    files.put("meetings/june.toml", b"name = \"June meeting\"\ndate = 2026-06-02\n");
    let ledger = load(&files).unwrap();
    let before = page(&ledger, "2026-06-02");
    assert!(!before.contains("Who came?"), "{before}");
    let after = page(&ledger, "2026-06-03");
    assert!(after.contains("June meeting, Jun 2 (yesterday)\n  Who came? Where are the minutes?"), "{after}");
}

#[test]
fn a_decision_without_a_date_stays_until_someone_records_the_day() {
    let mut files = base_ledger();
    files.put("meetings/june.toml", b"name = \"June\"\ndate = 2026-06-02\n");
    files.put("meetings/july.toml", b"name = \"July\"\ndate = 2026-07-07\n");
    let decision =
        |more: &str| format!("name = \"Buy chairs\"\ntext = \"We buy chairs.\"\nresult = \"adopted\"\n{more}");
    for (more, stays, news) in [
        ("", true, false),
        ("proposed = 2026-05-01\n", true, false),
        ("meeting = \"july\"\n", true, false),
        ("meeting = \"june\"\n", false, true),
        ("decided = 2026-06-10\n", false, true),
    ] {
        files.put("decisions/chairs.toml", decision(more).as_bytes());
        let ledger = load(&files).unwrap();
        let brief = brief(&ledger, "2026-06-15");
        assert_eq!(brief.decisions_undated.len(), usize::from(stays), "{more}");
        assert_eq!(brief.changes.iter().any(|change| change.event == ChangeEvent::DecisionMade), news, "{more}");
        assert!(page(&ledger, "2026-06-15").contains("Buy chairs"), "{more}");
    }
}

#[test]
fn a_coalition_without_agreements_is_told_so_kindly() {
    let mut files = base_ledger();
    files.remove("agreements/charter.toml");
    let ledger = load(&files).unwrap();
    let message = page(&ledger, "2026-06-15");
    assert!(message.contains("No one has to sign an agreement yet"), "{message}");
    files.remove("members/alder-friends.toml");
    files.remove("members/birch-library.toml");
    let message = page(&load(&files).unwrap(), "2026-06-15");
    assert!(!message.contains("No one has to sign"), "{message}");
}

#[test]
fn a_member_is_told_what_concerns_it() {
    let ledger = load(&Disk::new("examples/riverton")).unwrap();
    let whole = ReportRequest::new(&ledger, "2026-11-22".parse().unwrap());
    let brief = |id: &str| Brief::of(&ReportRequest { member: ledger.members.find(id), ..whole });
    let (all, union) = (Brief::of(&whole), brief("local-417"));
    let objections: Vec<_> = union.objections.iter().map(|one| (&*one.about.id, &*one.member.id)).collect();
    assert_eq!(objections, [("sunday-pilot-to-may", "local-417")]);
    let promised: Vec<_> = union.follow_ups.iter().map(|one| &*one.with.id).collect();
    assert!(promised.contains(&"local-417") && !promised.contains(&"ferry-street-merchants"), "{promised:?}");
    assert!(union.actions_open.len() < all.actions_open.len() && union.decisions.len() == all.decisions.len());
    assert_eq!(brief("ferry-street-merchants").members.unsigned.len(), 1);
    assert!(union.members.unsigned.is_empty() && union.members.current == 13);
}

#[test]
fn a_goal_without_a_date_is_in_the_brief_too() {
    let mut files = base_ledger();
    files.put("goals/bus.toml", b"name = \"A bus to the branch\"\n");
    let page = page(&load(&files).unwrap(), "2026-06-15");
    assert!(page.contains("Not proposed yet: \u{201c}A bus to the branch\u{201d}"), "{page}");
}

#[test]
fn who_signs_again_is_one_member_and_not_two() {
    let mut files = base_ledger();
    let mut signatures = String::from("name = \"Charter\"\neffective = 2026-01-01\ntext = \"We help.\"\n");
    let mut sign = |member: &str, day: &str, more: &str| {
        signatures
            .push_str(&format!("[[signatures]]\nmember = \"{member}\"\nby = \"ana-lopez\"\ndate = {day}\n{more}"));
    };
    for member in ["alder-friends", "birch-library"] {
        sign(member, "2026-06-01", "withdrawn = 2026-06-02\n");
        sign(member, "2026-06-03", "");
    }
    files.put("agreements/charter.toml", signatures.as_bytes());
    let page = page(&load(&files).unwrap(), "2026-06-15");
    let line = page.lines().find(|line| line.contains("signed “Charter”")).unwrap_or_default();
    assert_eq!(line.matches("Friends of the Alder Library").count(), 1, "{page}");
}
