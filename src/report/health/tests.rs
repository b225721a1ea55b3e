use super::*;
use crate::check::base_ledger;
use crate::ledger::load;
use crate::source::memory::Memory;

const TODAY: &str = "2026-06-15";

fn health(source: &Memory, today: &str, since: Option<&str>) -> Health {
    let ledger = load(source).unwrap();
    let request = ReportRequest::new(&ledger, today.parse().unwrap());
    Health::of(&ReportRequest { since: since.map(|since| since.parse().unwrap()), ..request })
}

fn status(health: &Health, practice: Practice) -> PracticeStatus {
    health.practices.iter().find(|row| row.key == practice).unwrap().status
}

#[test]
fn there_are_23_rows_and_they_add_up() {
    let health = health(&base_ledger(), TODAY, None);
    assert_eq!(health.practices.len(), 23);
    assert_eq!(health.summary.met + health.summary.gap + health.summary.no_data, 23);
    assert_eq!(status(&health, Practice::FormalAgreements), PracticeStatus::Met);
}

#[test]
fn an_empty_ledger_meets_nothing() {
    let health = health(&Memory::new([("coalition.toml", b"name = \"Seed\"\n".as_slice())]), TODAY, None);
    assert_eq!(health.summary.met, 0);
    assert!(health.practices.iter().all(|row| row.status == PracticeStatus::NoData || !row.findings.is_empty()));
}

#[test]
fn a_gap_has_its_findings_and_an_accepted_one_is_none() {
    let mut source = base_ledger();
    let goal = "name = \"Doors\"\nproposed = 2026-06-01\nserves = [\"evening-hours\"]\n";
    source.put("goals/doors.toml", goal.as_bytes());
    let open = health(&source, TODAY, None);
    let row = open.practices.iter().find(|row| row.key == Practice::LostFocus).unwrap();
    assert_eq!((row.status, row.findings.len(), row.accepted), (PracticeStatus::Gap, 1, 0));
    let step = open.next_steps.iter().find(|step| step.practice == Practice::LostFocus).unwrap();
    assert_eq!((step.check, step.findings, step.closes), ("unanchored-goal", 1, true));
    let allow = format!("{goal}[[allow]]\ncheck = \"unanchored-goal\"\nbecause = \"the survey comes in July\"\n");
    source.put("goals/doors.toml", allow.as_bytes());
    let accepted = health(&source, TODAY, None);
    let row = accepted.practices.iter().find(|row| row.key == Practice::LostFocus).unwrap();
    assert_eq!((row.findings.len(), row.accepted), (0, 1));
    assert_eq!(row.status, PracticeStatus::Accepted);
    assert_eq!((accepted.summary.accepted, open.summary.accepted), (1, 0));
}

#[test]
fn what_is_turned_off_is_not_met() {
    let mut source = base_ledger();
    let off: String = ALL
        .iter()
        .filter(|check| check.group.practice() == Some(Practice::Recruitment))
        .map(|check| format!("{} = \"off\"\n", check.name))
        .collect();
    let root = format!("name = \"X\"\nfounded = 2025-01-15\n[checks]\n{off}");
    source.put("coalition.toml", root.as_bytes());
    let health = health(&source, TODAY, None);
    assert_eq!(status(&health, Practice::Recruitment), PracticeStatus::NoData);
}

#[test]
fn a_mistake_in_a_file_makes_nothing_look_met() {
    let mut source = base_ledger();
    source.put("goals/doors.toml", b"name = \"Doors\"\nproposed = 2026-06-01\ncomunity_need = \"x\"\n");
    let health = health(&source, TODAY, None);
    assert_eq!(status(&health, Practice::LostFocus), PracticeStatus::Gap);
}

#[test]
fn the_trend_compares_with_an_earlier_day() {
    let mut source = base_ledger();
    source.put("goals/doors.toml", b"name = \"Doors\"\nproposed = 2026-06-01\n");
    let health = health(&source, TODAY, Some("2026-05-31"));
    let trend = health.trend.unwrap();
    assert_eq!((trend.findings_now, trend.findings_before), (1, 0));
    assert_eq!((trend.before.gap, health.summary.gap), (0, 1));
    let moved: Vec<_> = trend.moved.iter().map(|moved| (moved.key, moved.before, moved.now)).collect();
    assert!(moved.contains(&(Practice::LostFocus, PracticeStatus::NoData, PracticeStatus::Gap)), "{moved:?}");
}

#[test]
fn what_is_given_time_is_not_met_yet() {
    let mut source = base_ledger();
    let member = |joined: &str, more: &str| {
        format!(
            "name = \"Birch\"\nclassification = \"library\"\njoined = {joined}\nrepresentative = \"ben-okoro\"\n{more}"
        )
    };
    let mut status_of = |birch: &str| {
        source.put("members/birch-library.toml", birch.as_bytes());
        status(&health(&source, TODAY, None), Practice::SelfInterest)
    };
    assert_eq!(status_of(&member("2026-06-01", "")), PracticeStatus::NoData, "both members are new");
    assert_eq!(status_of(&member("2026-01-01", "")), PracticeStatus::Gap);
    assert_eq!(status_of(&member("2026-01-01", "interests = [\"rooms\"]\n")), PracticeStatus::Met);
}

#[test]
fn a_check_that_is_turned_off_makes_nothing_met() {
    let mut source = base_ledger();
    assert_eq!(status(&health(&source, TODAY, None), Practice::EmergencyResponse), PracticeStatus::NoData);
    source.put("coalition.toml", b"name = \"X\"\nfounded = 2025-01-15\n");
    assert_eq!(
        status(&health(&source, TODAY, None), Practice::EmergencyResponse),
        PracticeStatus::NoData,
        "two can be called"
    );
    for at in 0..4 {
        source.put(&format!("members/m{at}.toml"), format!("name = \"M{at}\"\njoined = 2025-02-01\n").as_bytes());
    }
    assert_eq!(status(&health(&source, TODAY, None), Practice::EmergencyResponse), PracticeStatus::Gap);
}

#[test]
fn a_practice_with_accepted_findings_alone_is_accepted() {
    let mut source = base_ledger();
    let gift = "name = \"Tea\"\nmember = \"birch-library\"\nkind = \"food\"\ndate = 2026-03-01\n";
    let allow = |check: &str| format!("[[allow]]\ncheck = \"{check}\"\nbecause = \"They want no thanks.\"\n");
    let mut status_of = |gift: &str, birch: &str| {
        source.put("contributions/tea.toml", gift.as_bytes());
        let birch = format!("name = \"Birch\"\nclassification = \"library\"\njoined = 2025-01-15\n{birch}");
        source.put("members/birch-library.toml", birch.as_bytes());
        status(&health(&source, TODAY, None), Practice::FairCredit)
    };
    let (one, both) = (allow("uncredited-contribution"), allow("never-credited"));
    assert_eq!(status_of(gift, ""), PracticeStatus::Gap);
    assert_eq!(status_of(&format!("{gift}{one}"), ""), PracticeStatus::Gap, "the wider finding is left");
    assert_eq!(status_of(&format!("{gift}{one}"), &both), PracticeStatus::Accepted);
    let thanked = format!("{gift}[[acknowledgements]]\ndate = 2026-03-02\n");
    assert_eq!(status_of(&thanked, ""), PracticeStatus::Met);
}

#[test]
fn what_is_too_little_to_judge_is_said() {
    let mut source = base_ledger();
    source.put("coalition.toml", b"name = \"X\"\nfounded = 2025-01-15\n[policy]\nbudget_months = [5, 6]\n");
    source.put("officials/pat.toml", b"name = \"Pat\"\n[[contacts]]\ndate = 2026-06-01\n");
    source.put("committees/a.toml", b"name = \"A\"\n[[seats]]\nrole = \"chair\"\nadvocate = \"ben-okoro\"\n");
    let health = health(&source, TODAY, None);
    let said = |practice: Practice| {
        let row = health.practices.iter().find(|row| row.key == practice).unwrap();
        row.evidence.iter().map(|counted| counted.text.clone()).collect::<Vec<_>>().join("; ")
    };
    let few = said(Practice::YearRound);
    assert!(
        few.contains("too few contacts with officials in the past year to judge the season (1, at least 5 needed)"),
        "{few}"
    );
    let few = said(Practice::Domination);
    assert!(few.contains("too few seats in the past year to judge (1, at least 5 needed)"), "{few}");
    assert_eq!(status(&health, Practice::Domination), PracticeStatus::NoData);
}
