use super::status::CallState;
use super::*;
use crate::check::base_ledger;
use crate::ledger::{Ledger, load};
use crate::output::document_text::text;
use crate::source::disk::Disk;

const TODAY: &str = "2026-11-22";

fn riverton() -> Ledger {
    load(&Disk::new("examples/riverton")).unwrap()
}

fn request<'l>(ledger: &'l Ledger, today: &str) -> ReportRequest<'l> {
    ReportRequest::new(ledger, today.parse().unwrap())
}

fn of_member<'l>(ledger: &'l Ledger, id: &str) -> ReportRequest<'l> {
    ReportRequest { member: Some(ledger.members.find(id).unwrap()), ..request(ledger, TODAY) }
}

fn ids(several: &[Named]) -> Vec<&str> {
    several.iter().map(|named| named.id.as_str()).collect()
}

fn goal_ids(several: &[GoalStatus]) -> Vec<&str> {
    several.iter().map(|status| status.goal.id.as_str()).collect()
}

#[test]
fn live_goals_come_first_due_and_ended_ones_are_told_for_a_year() {
    let ledger = riverton();
    let goals = Goals::of(&request(&ledger, TODAY));
    assert_eq!(goal_ids(&goals.adopted), ["bookmobile-river-stops", "card-for-every-student", "sunday-hours"]);
    assert_eq!(goal_ids(&goals.proposed), ["digital-navigators"]);
    let ended: Vec<_> = goals.ended.iter().map(|goal| (goal.goal.id.as_str(), goal.met)).collect();
    assert_eq!(ended, [("keep-mill-bend-branch", true), ("tool-library", false)]);
    assert_eq!((goals.met_earlier, goals.dropped_earlier, goals.ideas), (0, 0, 0));
    let later = Goals::of(&request(&ledger, "2027-06-24"));
    assert_eq!((later.ended.len(), later.met_earlier, later.dropped_earlier), (0, 1, 1));
    let before = Goals::of(&request(&ledger, "2025-05-05"));
    assert_eq!((before.adopted.len(), before.ideas), (0, 6), "nothing is proposed yet");
}

#[test]
fn course_is_counted_from_the_adoption_to_the_due_day() {
    let ledger = riverton();
    let goals = Goals::of(&request(&ledger, TODAY));
    let course = |at: usize| {
        let goal: &GoalStatus = &goals.adopted[at];
        let share = |number: Option<crate::record::value::Number>| number.unwrap().to_string();
        (share(goal.progress), share(goal.time_used), goal.on_course.unwrap(), goal.days_left.unwrap())
    };
    // 2 of 6 stops; 411 of 437 days.
    assert_eq!(course(0), ("0.3333".to_owned(), "0.9405".to_owned(), false, 26));
    // 2,406 of 3,290 cards; 446 of 633 days.
    assert_eq!(course(1), ("0.7313".to_owned(), "0.7045".to_owned(), true, 187));
    // 12.5 of 16 hours; 264 of 453 days.
    assert_eq!(course(2), ("0.7812".to_owned(), "0.5827".to_owned(), true, 189));
    assert_eq!(goals.proposed[0].on_course, None);
}

#[test]
fn support_counts_current_members_and_names_those_not_heard() {
    let ledger = riverton();
    let goals = Goals::of(&request(&ledger, TODAY));
    let stops = &goals.adopted[0];
    assert_eq!((stops.support.members.count, stops.support.of, stops.support.enough), (3, 13, Some(false)));
    assert_eq!(stops.silent.count, 10);
    let cards = &goals.adopted[1];
    assert_eq!((cards.support.members.count, cards.others.len(), cards.silent.count), (5, 1, 7));
    let sunday = &goals.adopted[2];
    let others: Vec<_> = sunday.others.iter().map(|one| one.member.id.as_str()).collect();
    assert_eq!(others, ["local-417", "riverton-interfaith"]);
    assert!(sunday.others[0].accommodation.is_some() && sunday.others[0].revisit.is_some());
    assert_eq!(goals.proposed[0].support.enough, None, "nothing is asked of a proposal yet");
    for goal in goals.adopted.iter().chain(&goals.proposed) {
        assert_eq!(goal.support.members.count + goal.others.len() + goal.silent.count, goals.members);
    }
}

#[test]
fn steps_news_interests_and_campaigns_stand_with_their_goal() {
    let ledger = riverton();
    let goals = Goals::of(&request(&ledger, TODAY));
    let [stops, cards, sunday] = goals.adopted.as_slice() else { panic!() };
    assert_eq!((stops.milestones.done.len(), stops.milestones.overdue.len()), (1, 1));
    assert_eq!((cards.milestones.done.len(), cards.milestones.ahead.len()), (3, 2));
    assert_eq!((stops.last_news, stops.stale), ("2026-04-15".parse().ok(), true));
    assert!(!cards.stale && !sunday.stale);
    let [rural, homebound] = stops.serves.as_slice() else { panic!() };
    assert_eq!(rural.interest, "rural-access");
    assert_eq!(ids(&homebound.members.members), ["friends-bookmobile", "riverton-interfaith"]);
    let calls: Vec<_> = stops.campaigns.iter().map(|call| (call.state, call.reach, call.responses)).collect();
    assert_eq!(calls, [(CallState::Closed, Some(64), Some(9))]);
    assert_eq!(cards.campaigns[0].state, CallState::Open);
    let unserved: Vec<_> = goals.unserved.iter().map(|one| one.member.id.as_str()).collect();
    assert_eq!((unserved, goals.without_interests.len()), (vec!["local-417"], 0));
}

#[test]
fn a_member_sees_the_goals_that_name_it_or_serve_it() {
    let ledger = riverton();
    let union = Goals::of(&of_member(&ledger, "local-417"));
    assert_eq!(goal_ids(&union.adopted), ["sunday-hours"], "it opposes that one");
    assert_eq!(union.ended.len(), 1);
    assert_eq!((union.unserved.len(), union.members), (1, 13));
    let waiting = union.awaits_word.unwrap();
    assert_eq!(
        ids(&waiting),
        ["card-for-every-student", "digital-navigators", "bookmobile-river-stops"],
        "in the order of their names"
    );
    let merchants = Goals::of(&of_member(&ledger, "ferry-street-merchants"));
    assert_eq!((goal_ids(&merchants.adopted), merchants.unserved.len()), (vec!["sunday-hours"], 0));
    let page = text(&run(&of_member(&ledger, "local-417")).document);
    assert!(page.contains("They have not stated a position on:\n- \u{201c}A library card"), "{page}");
}

#[test]
fn every_figure_is_there_for_programs() {
    let ledger = riverton();
    let data = run(&request(&ledger, TODAY)).data;
    let stops = &data["adopted"][0];
    assert_eq!((&data["members"], &data["endorsers_needed"]), (&13.into(), &4.into()));
    let figures = [&stops["baseline"], &stops["target"], &stops["figure"], &stops["days_left"]];
    assert_eq!(figures, [&4.into(), &10.into(), &6.into(), &serde_json::Value::from(26)]);
    assert_eq!((&stops["progress"], &stops["on_course"]), (&0.3333.into(), &false.into()));
    assert_eq!(stops["campaigns"][0]["state"], "closed");
    assert_eq!((&stops["due"], &data["ended"][0]["date"]), (&"2026-12-18".into(), &"2026-06-23".into()));
    assert!(data.get("awaits_word").is_none());
}

#[test]
fn an_empty_ledger_is_told_how_to_begin() {
    let ledger = load(&base_ledger()).unwrap();
    let page = text(&run(&request(&ledger, "2026-06-15")).document);
    assert!(page.contains("There is no goal yet."), "{page}");
    let member = ReportRequest { member: ledger.members.find("birch-library"), ..request(&ledger, "2026-06-15") };
    assert!(text(&run(&member).document).contains("There is none yet."));
}

#[test]
fn a_goal_of_which_little_is_known_reads_well() {
    let mut files = base_ledger();
    files.put("goals/bare.toml", b"name = \"Bare\"\nadopted = 2026-01-01\n");
    files.put("goals/late.toml", b"name = \"Late\"\nadopted = 2026-01-01\ndue = 2026-06-14\n[measure]\nunit = \"hours\"\nbaseline = 4\ntarget = 8\n[[measure.readings]]\ndate = 2026-02-01\nvalue = 2\n");
    files.put("goals/gaps.toml", b"adopted = 2026-01-01\n[measure]\nbaseline = 4\ntarget = 4\n[[measure.readings]]\n[[milestones]]\n[[positions]]\n[[positions]]\nmember = \"birch-library\"\n");
    files.put("campaigns/call.toml", b"name = \"Call\"\ngoal = \"late\"\n");
    let ledger = load(&files).unwrap();
    let page = text(&run(&request(&ledger, "2026-06-15")).document);
    assert!(page.contains("Overdue by 1 day; further from the target than at the start\n"), "{page}");
    assert!(page.contains("no one has said how to measure it") && page.contains("no one yet"), "{page}");
    assert!(page.contains("0 of 2 members (required: at least 2)\n"), "{page}");
}

#[test]
fn figures_over_time_stand_beside_the_line_to_the_target() {
    let ledger = riverton();
    let goals = Goals::of(&request(&ledger, TODAY));
    let readings: Vec<String> = goals.adopted[0]
        .readings
        .iter()
        .map(|reading| format!("{} {} {}", reading.date, reading.value, reading.on_line.unwrap()))
        .collect();
    // From 4 on October 7, 2025 to 10 on December 18, 2026, in 437 days.
    assert_eq!(readings, ["2025-10-15 5 4.1098", "2026-01-14 6 5.3593", "2026-04-15 6 6.6087"]);
    let page = text(&run(&request(&ledger, TODAY)).document);
    let words = "Progress over time. From 4 to 6 stops each month in the river hamlets between";
    assert!(page.contains(words), "{page}");
}

#[test]
fn one_figure_is_no_picture() {
    let goal = |more: &str| {
        let mut files = base_ledger();
        let measure = "[measure]\ntarget = 9\n[[measure.readings]]\ndate = 2026-06-01\nvalue = 3\n";
        files.put("goals/doors.toml", format!("name = \"Doors\"\nadopted = 2026-01-01\n{measure}{more}").as_bytes());
        let ledger = load(&files).unwrap();
        text(&run(&request(&ledger, "2026-06-15")).document).contains("Progress over time")
    };
    assert!(!goal(""));
    assert!(goal("[[measure.readings]]\ndate = 2026-06-08\nvalue = 4\n"));
    assert!(!goal("[[measure.readings]]\ndate = 2026-06-18\nvalue = 4\n"), "it is not measured yet");
}
