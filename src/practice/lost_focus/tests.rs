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

fn here(ledger: &Ledger) -> AsOf<'_> {
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
        is_stale(here(&ledger), News::of(here(&ledger)).last(goal))
    };
    assert!(!stale("2025-12-17") && stale("2025-12-16"));
}

#[test]
fn whatever_names_a_goal_and_has_happened_is_news() {
    let last = |goal: &str, path: &str, text: &str| {
        let ledger = ledger(&format!("proposed = 2025-01-01\n{goal}"), &[(path, text)]);
        News::of(here(&ledger)).last(ledger.goals.find("doors").unwrap())
    };
    let own = |goal: &str| last(goal, "goals/other.toml", "name = \"Other\"\nproposed = 2026-06-01\n");
    assert_eq!(own(""), day("2025-01-01"));
    assert_eq!(own("adopted = 2025-02-01\n"), day("2025-02-01"));
    assert_eq!(own("[[measure.readings]]\ndate = 2025-03-01\nvalue = 1\n"), day("2025-03-01"));
    assert_eq!(own("[[milestones]]\nname = \"x\"\ndue = 2025-05-01\ndone = 2025-04-01\n"), day("2025-04-01"));
    let position = "[[positions]]\nmember = \"birch-library\"\noption = \"support\"\ndate = 2025-05-01\n";
    assert_eq!(own(position), day("2025-05-01"));
    let meeting = "name = \"M\"\ndate = 2025-06-01\n[[actions]]\nwhat = \"x\"\ngoal = \"doors\"\n";
    assert_eq!(last("", "meetings/m.toml", meeting), day("2025-06-01"));
    assert_eq!(last("", "meetings/m.toml", &format!("{meeting}done = 2025-06-09\n")), day("2025-06-09"));
    let cancelled = meeting.replace("[[", "cancelled = true\n[[");
    assert_eq!(last("", "meetings/m.toml", &cancelled), day("2025-01-01"), "nobody met");
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
    assert_eq!(News::of(here(&ledger)).last(ledger.goals.find("doors").unwrap()), day("2025-06-01"));
}

#[test]
fn on_course_is_as_much_of_the_way_as_of_the_time() {
    let course = |dates: &str, figure: &str| {
        let measure = format!(
            "[measure]\nbaseline = 0\ntarget = 10\n[[measure.readings]]\ndate = 2026-06-01\nvalue = {figure}\n"
        );
        let ledger = ledger(&format!("{dates}{measure}"), &[]);
        let course = Course::of(ledger.goals.find("doors").unwrap(), here(&ledger).today);
        (course.time_used.map(|share| share.to_string()), course.on_course, course.days_left)
    };
    let told = |share: &str, on_course, left| (Some(share.to_owned()), Some(on_course), Some(left));
    let half = "proposed = 2026-01-01\nadopted = 2026-06-05\ndue = 2026-06-25\n";
    assert_eq!(course(half, "5"), told("0.5", true, 10));
    assert_eq!(course(half, "4.99"), told("0.5", false, 10));
    assert_eq!(course("proposed = 2026-06-05\ndue = 2026-06-25\n", "5"), told("0.5", true, 10));
    assert_eq!(course("proposed = 2026-06-05\ndue = 2026-06-10\n", "9"), told("1", false, -5));
    assert_eq!(course("proposed = 2026-06-15\ndue = 2026-06-15\n", "10"), told("1", true, 0));
    assert_eq!(course("proposed = 2026-06-05\n", "5"), (None, None, None));
    assert_eq!(course("due = 2026-06-25\n", "5"), (None, None, Some(10)), "nobody knows when it began");
}

#[test]
fn steps_are_done_overdue_or_ahead() {
    let steps = "[[milestones]]\nname = \"late\"\ndue = 2026-06-14\n\
        [[milestones]]\nname = \"today\"\ndue = 2026-06-15\n\
        [[milestones]]\nname = \"some day\"\n\
        [[milestones]]\nname = \"done\"\ndue = 2026-06-01\ndone = 2026-06-15\n\
        [[milestones]]\nname = \"not yet done\"\ndue = 2026-06-13\ndone = 2026-06-16\n";
    let ledger = ledger(steps, &[]);
    let steps = Steps::of(ledger.goals.find("doors").unwrap(), here(&ledger).today);
    let names = |steps: &[Step<'_>]| steps.iter().map(|step| step.name.to_owned()).collect::<Vec<_>>();
    assert_eq!(names(&steps.done), ["done"]);
    assert_eq!(names(&steps.overdue), ["not yet done", "late"]);
    assert_eq!(names(&steps.ahead), ["today", "some day"]);
    assert_eq!(steps.next().unwrap().name, "not yet done");
}

#[test]
fn a_day_is_overdue_on_the_next() {
    let ledger = ledger("proposed = 2026-01-01\ndue = 2026-06-15\n", &[]);
    let goal = ledger.goals.find("doors").unwrap();
    assert!(overdue(goal, here(&ledger).today).is_none());
    assert!(overdue(goal, "2026-06-16".parse().unwrap()).is_some());
}
