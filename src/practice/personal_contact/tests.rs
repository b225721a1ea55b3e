use super::*;
use crate::check::base_ledger;
use crate::ledger::load;
use crate::source::memory::Memory;

fn overdue(files: &Memory, today: &str) -> Vec<String> {
    let ledger = load(files).unwrap();
    let people = people(AsOf::new(&ledger, today.parse().unwrap()));
    people.iter().filter(|one| one.is_overdue()).map(|one| one.advocate.key.id.to_string()).collect()
}

#[test]
fn a_contact_is_overdue_after_the_last_day_that_is_allowed() {
    let mut files = base_ledger();
    assert!(overdue(&files, "2026-08-26").is_empty());
    assert_eq!(overdue(&files, "2026-08-27"), ["ana-lopez", "ben-okoro", "dana-reyes"]);
    let record =
        "name = \"Ben Okoro\"\nmember = \"birch-library\"\ncontact_days = 10\n[[contacts]]\ndate = 2026-05-28\n";
    files.put("advocates/ben-okoro.toml", record.as_bytes());
    assert!(overdue(&files, "2026-06-07").is_empty());
    assert_eq!(overdue(&files, "2026-06-08"), ["ben-okoro"]);
}

#[test]
fn who_calls_is_in_touch_too_but_not_who_calls_an_official() {
    let mut files = base_ledger();
    files.put("officials/pat.toml", b"name = \"Pat\"\n[[contacts]]\ndate = 2026-08-01\nby = \"ben-okoro\"\n");
    files.put("members/elm.toml", b"name = \"Elm\"\n[[contacts]]\ndate = 2026-08-01\nby = \"dana-reyes\"\n");
    assert_eq!(overdue(&files, "2026-08-27"), ["ana-lopez", "ben-okoro"]);
}

#[test]
fn who_sat_in_a_meeting_was_in_contact() {
    let mut files = base_ledger();
    let meeting = |day: &str, rest: &str| {
        format!("name = \"M\"\ndate = {day}\nchair = \"dana-reyes\"\n{rest}[[attendance]]\nadvocate = \"ben-okoro\"\n")
    };
    files.put("meetings/a.toml", meeting("2026-08-01", "").as_bytes());
    assert_eq!(overdue(&files, "2026-08-27"), ["ana-lopez"], "one came, one was in the chair");
    let regrets = meeting("2026-08-01", "") + "regrets = true\n";
    files.put("meetings/a.toml", regrets.as_bytes());
    assert_eq!(overdue(&files, "2026-08-27"), ["ana-lopez", "ben-okoro"]);
    for (day, rest) in [("2026-08-28", ""), ("2026-08-01", "cancelled = true\n")] {
        files.put("meetings/a.toml", meeting(day, rest).as_bytes());
        assert_eq!(overdue(&files, "2026-08-27").len(), 3, "{day} {rest}");
    }
}

#[test]
fn who_was_never_contacted_counts_from_the_first_day() {
    let mut files = base_ledger();
    files.put("advocates/eve.toml", b"name = \"Eve\"\nstart_date = 2026-03-17\n");
    assert!(!overdue(&files, "2026-06-15").contains(&"eve".to_owned()));
    assert!(overdue(&files, "2026-06-16").contains(&"eve".to_owned()));
    files.put("advocates/eve.toml", b"name = \"Eve\"\nmember = \"elm\"\n");
    files.put("members/elm.toml", b"name = \"Elm\"\nidentified = 2025-03-01\ninvited = 2026-03-17\n");
    assert!(!overdue(&files, "2026-06-15").contains(&"eve".to_owned()), "counts from the invitation");
    assert!(overdue(&files, "2026-06-16").contains(&"eve".to_owned()));
    files.put("advocates/eve.toml", b"name = \"Eve\"\n");
    assert!(overdue(&files, "2026-06-15").contains(&"eve".to_owned()), "counts from the founding");
    files.put("coalition.toml", b"name = \"Alder\"\n");
    assert!(!overdue(&files, "2026-06-15").contains(&"eve".to_owned()), "nothing says since when");
}

#[test]
fn people_of_those_who_left_or_declined_are_left_alone() {
    for dates in ["declined = 2025-04-01", "joined = 2025-04-01\nleft = 2026-01-01"] {
        let mut files = base_ledger();
        files.put("members/elm.toml", format!("name = \"Elm\"\n{dates}\n").as_bytes());
        files.put("advocates/eve.toml", b"name = \"Eve\"\nmember = \"elm\"\n");
        assert!(overdue(&files, "2026-06-15").is_empty(), "{dates}");
    }
}

#[test]
fn a_follow_up_stays_open_until_it_is_done_or_a_contact_on_its_day_or_later() {
    let open = |contacts: &str, more: &str| {
        let mut files = base_ledger();
        files.put("advocates/eve.toml", format!("name = \"Eve\"\n{more}\n{contacts}").as_bytes());
        let ledger = load(&files).unwrap();
        let as_of = AsOf::new(&ledger, "2026-06-15".parse().unwrap());
        follow_ups(as_of)
            .iter()
            .map(|one| (one.with.name().to_owned(), one.is_overdue(as_of.today)))
            .collect::<Vec<_>>()
    };
    let first = "[[contacts]]\ndate = 2026-05-01\nfollow_up = 2026-06-14\n";
    let second = "[[contacts]]\ndate = 2026-06-01\n";
    let planned = "[[contacts]]\ndate = 2026-07-01\n";
    let eve = |overdue| vec![("Eve".to_owned(), overdue)];
    assert_eq!(open(first, ""), eve(true));
    assert_eq!(open(&first.replace("06-14", "06-15"), ""), eve(false), "today is in time");
    assert_eq!(open(&format!("{first}{planned}"), ""), eve(true), "what is planned has not happened");
    assert_eq!(
        open(&format!("{first}{second}"), ""),
        eve(true),
        "a contact before the day may be about something else"
    );
    let on_the_day = second.replace("06-01", "06-14");
    assert!(open(&format!("{first}{on_the_day}"), "").is_empty());
    assert!(open(&format!("{first}followed_up = 2026-06-01\n{second}"), "").is_empty(), "it was done earlier");
    assert_eq!(open(&format!("{first}followed_up = 2026-07-01\n"), ""), eve(true), "it is to be done later");
    let other = second.to_owned() + "follow_up = 2026-06-20\n";
    let both = [eve(true), eve(false)].concat();
    assert_eq!(open(&format!("{first}{other}"), ""), both, "another promise does not replace the first");
    assert!(open(first, "end_date = 2026-06-01").is_empty(), "she no longer serves");
}

#[test]
fn somebody_who_serves_keeps_in_touch() {
    let kept = |line: &str| {
        let mut files = base_ledger();
        files.put("advocates/old-tom.toml", b"name = \"Old Tom\"\nend_date = 2026-06-14\n");
        files.put("advocates/eve.toml", format!("name = \"Eve\"\n{line}").as_bytes());
        let ledger = load(&files).unwrap();
        let as_of = AsOf::new(&ledger, "2026-06-15".parse().unwrap());
        !unkept(as_of).any(|advocate| &*advocate.key.id == "eve")
    };
    assert!(kept("contact_owner = \"ana-lopez\"\n") && kept("contact_owner = \"unknown\"\n"));
    assert!(kept("start_date = 2026-06-01\n"), "she is new");
    assert!(!kept("") && !kept("contact_owner = \"old-tom\"\n") && !kept("contact_owner = \"eve\"\n"));
}
