use super::*;
use crate::ledger::{Ledger, load};

fn ledger(goal: &str, others: &[(&str, &str)]) -> Ledger {
    let mut files = crate::check::base_ledger();
    files.put("goals/Doors.toml", format!("name = \"Doors\"\n{goal}").as_bytes());
    for (path, text) in others {
        files.put(path, text.as_bytes());
    }
    load(&files).unwrap()
}

fn as_of(ledger: &Ledger) -> AsOf<'_> {
    AsOf::new(ledger, "2026-06-15".parse().unwrap())
}

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap())
}

#[test]
fn a_goal_is_stale_after_half_a_year_without_news() {
    let stale = |proposed: &str| {
        let ledger = ledger(&format!("proposed = {proposed}\n"), &[]);
        let goal = ledger.goals.find("doors").unwrap();
        is_stale(as_of(&ledger), News::of(as_of(&ledger)).last(goal))
    };
    assert!(!stale("2025-12-17") && stale("2025-12-16"));
}

#[test]
fn whatever_names_a_goal_and_has_happened_is_news() {
    let last = |goal: &str, path: &str, text: &str| {
        let ledger = ledger(&format!("proposed = 2025-01-01\n{goal}"), &[(path, text)]);
        News::of(as_of(&ledger)).last(ledger.goals.find("doors").unwrap())
    };
    let last_of = |goal: &str| last(goal, "goals/other.toml", "name = \"Other\"\nproposed = 2026-06-01\n");
    assert_eq!(last_of(""), day("2025-01-01"));
    assert_eq!(last_of("adopted = 2025-02-01\n"), day("2025-02-01"));
    assert_eq!(last_of("[[measure.readings]]\ndate = 2025-03-01\nvalue = 1\n"), day("2025-03-01"));
    assert_eq!(last_of("[[milestones]]\nname = \"x\"\ndue = 2025-05-01\ndone = 2025-04-01\n"), day("2025-04-01"));
    let position = "[[positions]]\nmember = \"birch-library\"\noption = \"support\"\ndate = 2025-05-01\n";
    assert_eq!(last_of(position), day("2025-05-01"));
    let meeting = "name = \"M\"\ndate = 2025-06-01\n[[actions]]\nwhat = \"x\"\ngoal = \"doors\"\n";
    assert_eq!(last("", "meetings/m.toml", meeting), day("2025-06-01"));
    assert_eq!(last("", "meetings/m.toml", &format!("{meeting}done = 2025-06-09\n")), day("2025-06-09"));
    let cancelled = meeting.replace("[[", "cancelled = true\n[[");
    assert_eq!(last("", "meetings/m.toml", &cancelled), day("2025-01-01"), "no one met");
    let decision = "name = \"D\"\ntext = \"x\"\ngoal = \"doors\"\nproposed = 2025-07-01\ndecided = 2027-01-01\n";
    assert_eq!(last("", "decisions/d.toml", decision), day("2025-07-01"), "it is not decided yet");
    let campaign = "name = \"C\"\ngoal = \"DOORS\"\nopens = 2025-08-01\ncloses = 2026-06-16\n";
    assert_eq!(last("", "campaigns/c.toml", campaign), day("2025-08-01"));
    let gift = "name = \"G\"\nkind = \"food\"\ndate = 2025-09-01\ngoal = \"doors\"\n";
    assert_eq!(last("", "contributions/g.toml", gift), day("2025-09-01"));
}

#[test]
fn a_meeting_about_a_goals_decision_is_news_of_the_goal() {
    let decision = ("decisions/d.toml", "name = \"D\"\ntext = \"x\"\ngoal = \"doors\"\n");
    let meeting = ("meetings/m.toml", "name = \"M\"\ndate = 2025-06-01\n[[agenda]]\nitem = \"x\"\ndecision = \"d\"\n");
    let ledger = ledger("proposed = 2025-01-01\n", &[decision, meeting]);
    assert_eq!(News::of(as_of(&ledger)).last(ledger.goals.find("doors").unwrap()), day("2025-06-01"));
}

#[test]
fn a_day_is_overdue_on_the_next() {
    let ledger = ledger("proposed = 2026-01-01\ndue = 2026-06-15\n", &[]);
    let goal = ledger.goals.find("doors").unwrap();
    assert!(overdue(goal, as_of(&ledger).today).is_none());
    assert!(overdue(goal, "2026-06-16".parse().unwrap()).is_some());
}
