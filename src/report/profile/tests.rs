use crate::check::base_ledger;
use crate::ledger::{Ledger, load};
use crate::output::document_text::text;
use crate::report::{ReportOutput, ReportRequest, ReportRun, find};
use crate::source::disk::Disk;
use crate::source::memory::Memory;
use serde_json::Value;

fn riverton() -> Ledger {
    load(&Disk::new("examples/riverton")).unwrap()
}

fn page(ledger: &Ledger, today: &str, report: &str, id: &str, private: bool) -> ReportOutput {
    let request = ReportRequest { private, ..ReportRequest::new(ledger, today.parse().unwrap()) };
    match find(report).unwrap().run {
        ReportRun::Member(run) => run(&request, ledger.members.find(id).unwrap()),
        ReportRun::Advocate(run) => run(&request, ledger.advocates.find(id).unwrap()),
        ReportRun::Ledger(run) => run(&request),
    }
}

fn member(ledger: &Ledger, id: &str) -> ReportOutput {
    page(ledger, "2026-11-22", "member", id, false)
}

fn topics(answer: &ReportOutput) -> Vec<&str> {
    answer.data["points"].as_array().unwrap().iter().map(|point| point["topic"].as_str().unwrap()).collect()
}

fn ids<'v>(list: &'v Value, key: &str) -> Vec<&'v str> {
    list.as_array().unwrap().iter().map(|one| one[key]["id"].as_str().unwrap()).collect()
}

#[test]
fn a_member_of_riverton_is_told_by_hand() {
    let ledger = riverton();
    let answer = member(&ledger, "ferry-street-merchants");
    let data = &answer.data;
    assert_eq!((&data["stage"], &data["joined"]), (&"joined".into(), &"2026-05-05".into()));
    assert_eq!(ids(&data["people"], "advocate"), ["yusuf-demir"]);
    assert_eq!(ids(&data["signatures"], "agreement"), ["charter"]);
    assert_eq!(data["signatures"][0]["state"], "missing");
    let meetings = &data["meetings"];
    assert_eq!((&meetings["held"], &meetings["attended"]), (&3.into(), &1.into()));
    assert_eq!(meetings["missed"][0]["regrets"], false);
    assert_eq!(meetings["missed"][1]["regrets"], true);
    assert_eq!(ids(&data["positions"]["open"], "decision"), ["digital-navigators-goal"]);
    assert_eq!(data["contacts"]["promise"]["due"], "2026-10-15");
    let expected = [
        "keep_promise",
        "thank_for_gift",
        "ask_to_sign",
        "ask_position",
        "ask_for_help",
        "say_missed",
        "ask_for_backup",
    ];
    assert_eq!(topics(&answer), expected);
}

#[test]
fn interests_and_turf_are_told_with_what_serves_and_shares_them() {
    let ledger = riverton();
    let data = member(&ledger, "friends-mill-bend").data;
    assert_eq!(ids(&data["interests"][0]["goals"], "goal"), ["keep-mill-bend-branch"]);
    let turf = &data["turf"][0];
    assert_eq!(turf["turf"], "book-sales");
    assert_eq!(turf["claimed_by"][0]["id"], "friends-riverton");
    assert_eq!(turf["shared_by"][0]["id"], "shared-space-memorandum");
    assert_eq!(data["positions"]["open"][0]["late"], true, "ten days are needed and nine are left");
}

#[test]
fn objections_are_told_with_their_answers() {
    let mut files = base_ledger();
    let goal = |position: &str| {
        format!(
            "name = \"Doors\"\nproposed = 2026-05-01\n[[positions]]\nmember = \"birch-library\"\noption = \"oppose\"\n\
             date = 2026-05-02\nreason = \"Too heavy.\"\n{position}"
        )
    };
    let mut read = |position: &str| {
        files.put("goals/doors.toml", goal(position).as_bytes());
        let ledger = load(&files).unwrap();
        let answer = page(&ledger, "2026-06-15", "member", "birch-library", false);
        (topics(&answer).into_iter().filter(|topic| topic.ends_with("objection")).count(), text(&answer.document))
    };
    let (count, page) = read("");
    assert!(count == 1 && page.contains("Answer their objection to “Doors”") && page.contains("Not answered yet"));
    let (count, page) = read("accommodation = \"Lighter ones.\"\n");
    assert!(count == 0 && page.contains("Answer: Lighter ones."), "{page}");
    let (count, page) = read("accommodation = \"Lighter ones.\"\nrevisit = 2026-07-27\n");
    assert!(count == 1 && page.contains("Revisit their objection to “Doors”"), "{page}");
    assert_eq!(read("accommodation = \"Lighter ones.\"\nrevisit = 2026-07-28\n").0, 0, "that is far off");
}

#[test]
fn an_objection_that_was_taken_back_is_not_asked_about() {
    let asked = |second: &str| {
        let mut files = base_ledger();
        let first = "[[positions]]\nmember = \"birch-library\"\noption = \"oppose\"\ndate = 2026-05-02\n";
        let goal = format!("name = \"Doors\"\nproposed = 2026-05-01\n{first}{second}");
        files.put("goals/doors.toml", goal.as_bytes());
        topics(&member(&load(&files).unwrap(), "birch-library")).contains(&"answer_objection")
    };
    let later = "[[positions]]\nmember = \"birch-library\"\noption = \"support\"\ndate = 2026-05-03\n";
    assert!(asked("") && !asked(later));
}

#[test]
fn a_prospect_is_asked_to_join_and_a_former_member_nothing() {
    let mut files = base_ledger();
    let mut read = |dates: &str| {
        files.put("members/elm.toml", format!("name = \"Elm\"\ninterests = [\"oaks\"]\n{dates}").as_bytes());
        let ledger = load(&files).unwrap();
        topics(&page(&ledger, "2026-06-15", "member", "elm", false)).join(" ")
    };
    assert_eq!(read("identified = 2026-05-01\n"), "ask_to_join talk_about_interest");
    assert_eq!(read("invited = 2026-05-01\n"), "ask_to_join talk_about_interest");
    assert_eq!(read("joined = 2026-05-01\nleft = 2026-06-01\n"), "");
}

#[test]
fn nobody_misses_a_meeting_without_being_a_member() {
    let ledger = riverton();
    for id in ["st-brendans-foundation", "alder-valley-chamber"] {
        let page = text(&member(&ledger, id).document);
        assert!(!page.contains("Meetings of the last year"), "{page}");
    }
}

#[test]
fn a_person_of_riverton_is_told_by_hand() {
    let ledger = riverton();
    let data = page(&ledger, "2026-11-22", "advocate", "margaret-lindqvist", false).data;
    let keeps = ["beatrice-lowell", "priya-raghunathan", "samuel-ortega", "teodor-vasilescu", "tobias-renner"];
    let ids: Vec<_> =
        data["keeps_in_touch_with"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, keeps);
    assert_eq!(data["officials"][0]["id"], "adaeze-nwosu");
    assert_eq!((&data["meetings"]["attended"], &data["meetings"]["held"]), (&3.into(), &4.into()));
    assert_eq!(data["contacts"]["waiting"]["days"], 6);
    let seats: Vec<_> = data["seats"].as_array().unwrap().iter().map(|seat| seat["role"].as_str().unwrap()).collect();
    assert_eq!(seats, ["spokesperson", "deputy"]);
}

#[test]
fn a_notable_who_waits_is_asked_and_one_who_owes_an_answer_too() {
    let ledger = riverton();
    let read = |id| page(&ledger, "2026-11-22", "advocate", id, false);
    assert_eq!(topics(&read("beatrice-lowell")), ["ask_notable"]);
    assert_eq!(topics(&read("estelle-marchand")), ["keep_promise", "ask_for_answer"]);
    assert!(topics(&read("anthony-brevard")).contains(&"ask_consent"));
    let page = text(&read("beatrice-lowell").document);
    assert!(!page.contains("meeting"), "no one expects a notable at every meeting: {page}");
}

#[test]
fn private_things_are_told_only_on_request() {
    let ledger = riverton();
    for (report, id, secret) in [
        ("member", "friends-mill-bend", "Doreen would like help"),
        ("advocate", "margaret-lindqvist", "mlindqvist@example.com"),
        ("advocate", "margaret-lindqvist", "Will chair on December 1."),
        ("advocate", "jaylen-whitaker", "Turned 18 in September."),
    ] {
        let read = |private| page(&ledger, "2026-11-22", report, id, private);
        assert!(!read(false).data.to_string().contains(secret), "{secret}");
        assert!(!text(&read(false).document).replace("\n", " ").contains(secret), "{secret}");
        assert!(read(true).data.to_string().contains(secret), "{secret}");
    }
}

#[test]
fn every_page_reads_like_a_page() {
    let ledger = riverton();
    let request = ReportRequest::new(&ledger, "2026-11-22".parse().unwrap());
    let known: Vec<&str> = ledger.records().map(|record| &*record.key().id).filter(|id| id.contains('-')).collect();
    for report in ["member", "advocate"] {
        for answer in find(report).unwrap().every(&request) {
            let page = text(&answer.document).replace("riverton.example.org", "");
            for word in ["true", "false", "_", "None", "Some(", "  ,", " .", ": ,", "null"] {
                assert!(!page.contains(word), "{word:?} in {page}");
            }
            let without_addresses: String = page.split_whitespace().filter(|word| !word.contains("://")).collect();
            let seen: Vec<_> = known.iter().filter(|id| without_addresses.contains(**id)).collect();
            assert!(seen.is_empty(), "{seen:?} in {page}");
        }
    }
}

#[test]
fn nothing_of_a_later_day_is_told() {
    let ledger = riverton();
    let today = "2025-06-01";
    let request = ReportRequest::new(&ledger, today.parse().unwrap());
    for report in ["member", "advocate"] {
        for answer in find(report).unwrap().every(&request) {
            for part in ["gifts", "help", "contacts", "meetings"] {
                let mut days = Vec::new();
                days_of(&answer.data[part], &mut days);
                assert!(days.iter().all(|day| day.as_str() <= today), "{days:?} in {}", answer.data[part]);
            }
        }
    }
}

fn days_of(value: &Value, days: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| days_of(value, days)),
        Value::Object(fields) => {
            for (key, value) in fields {
                match value.as_str().filter(|_| key == "date" || key == "closed") {
                    Some(day) => days.push(day.to_owned()),
                    None => days_of(value, days),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn records_without_their_fields_do_no_harm() {
    let mut files = Memory::new([("coalition.toml", b"".as_slice())]);
    for kind in crate::kind::Kind::ALL {
        files.put(&format!("{}/empty.toml", kind.folder()), b"");
    }
    files.put("members/gaps.toml", b"joined = 2026-01-01\n[[contacts]]\n[process]\nlead_days = 1000000000\n");
    files.put("decisions/gaps.toml", b"closes = 2026-07-01\n[[positions]]\nmember = \"gaps\"\n[[positions]]\n");
    files.put("meetings/gaps.toml", b"date = 2026-06-01\n[[actions]]\n[[attendance]]\n");
    files.put("requests/gaps.toml", b"date = 2026-06-01\n[[responses]]\n");
    let ledger = load(&files).unwrap();
    for report in ["member", "advocate", "contacts", "officials"] {
        let request = ReportRequest::new(&ledger, "2026-06-15".parse().unwrap());
        assert!(!find(report).unwrap().every(&request).is_empty());
    }
}

#[test]
fn of_those_that_left_the_past_remains() {
    let ledger = riverton();
    let left = member(&ledger, "alder-valley-chamber");
    let data = &left.data;
    assert_eq!(ids(&data["proposed"], "goal"), ["tool-library"]);
    assert_eq!(
        (&data["signed"][0]["date"], &data["signed"][0]["withdrawn"]),
        (&"2024-12-17".into(), &"2026-03-10".into())
    );
    let message = text(&left.document).replace("\n  ", " ");
    assert!(message.contains("Joined Dec 3, 2024; left Mar 10 (257 days ago)"), "{message}");
    assert!(message.contains("; withdrawn Mar 10"), "{message}");
    let glenn = page(&ledger, "2026-11-22", "advocate", "glenn-pruitt", false);
    assert_eq!(glenn.data["signed"][0]["withdrawn"], "2026-03-10");
}

#[test]
fn contacts_with_its_people_are_contacts_with_a_member() {
    let ledger = load(&base_ledger()).unwrap();
    let page = page(&ledger, "2026-06-15", "member", "birch-library", false);
    let with: Vec<&str> = page.data["contacts"]["latest"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["told_by"]["id"].as_str().unwrap())
        .collect();
    assert!(with.contains(&"birch-library") || with.contains(&"ben-okoro"), "{with:?}");
    assert_eq!(with.contains(&"ben-okoro"), text(&page.document).contains("with Ben Okoro"));
    assert!(with.contains(&"ben-okoro"), "{with:?}");
}
