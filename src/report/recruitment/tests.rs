use super::*;
use crate::check::base_ledger;
use crate::ledger::{Ledger, load};
use crate::output::document_text::text;
use crate::source::disk::Disk;
use crate::source::memory::Memory;

fn riverton() -> Ledger {
    load(&Disk::new("examples/riverton")).unwrap()
}

fn on<'l>(ledger: &'l Ledger, today: &str) -> ReportRequest<'l> {
    ReportRequest::new(ledger, today.parse().unwrap())
}

fn counts(steps: FunnelSteps) -> [usize; 5] {
    [steps.identified, steps.invited, steps.joined, steps.declined, steps.left]
}

#[test]
fn the_way_in_is_counted_ever_and_now() {
    let ledger = riverton();
    let recruitment = Recruitment::of(&on(&ledger, "2026-11-22"));
    assert_eq!(counts(recruitment.now), [1, 1, 13, 1, 1]);
    assert_eq!(counts(recruitment.ever), [9, 12, 14, 1, 1]);
    let joined: usize = recruitment.sectors.iter().map(|sector| sector.now.joined).sum();
    assert_eq!(joined, 13);
}

#[test]
fn the_months_are_the_last_twelve() {
    let ledger = riverton();
    let months = Recruitment::of(&on(&ledger, "2026-11-22")).months;
    assert_eq!((months.len(), months[0].month.to_string()), (12, "2025-12-01".to_owned()));
    let some: Vec<_> = months
        .iter()
        .filter(|month| !month.steps.is_empty())
        .map(|month| (month.month.month(), counts(month.steps)))
        .collect();
    let expected = [
        (2, [1, 0, 0, 0, 0]),
        (3, [0, 1, 0, 0, 1]),
        (5, [0, 0, 1, 0, 0]),
        (6, [1, 0, 0, 0, 0]),
        (9, [0, 1, 1, 0, 0]),
        (10, [1, 0, 0, 0, 0]),
    ];
    assert_eq!(some, expected);
}

#[test]
fn the_median_stands_in_the_middle() {
    let ledger = riverton();
    let recruitment = Recruitment::of(&on(&ledger, "2026-11-22"));
    // From the first thought: 28, 28, 84, 105, 105 and 161 days.
    assert_eq!(recruitment.median_days_from_identified.unwrap().0, "94.5".parse().unwrap());
    // From the invitation: 21, 28, 28, 28, 54, 56, 56, 84, 91 and 119 days.
    assert_eq!(recruitment.median_days_from_invited.unwrap().0, "55".parse().unwrap());
    assert_eq!((recruitment.members_with_identified, recruitment.members_with_invited), (6, 10));
    assert_eq!(Recruitment::of(&on(&ledger, "2024-10-07")).median_days_from_invited, None);
}

#[test]
fn prospects_wait_since_their_last_step() {
    let ledger = riverton();
    let recruitment = Recruitment::of(&on(&ledger, "2026-11-22"));
    let found: Vec<_> = recruitment.prospects.iter().map(|one| (one.prospect.id.as_str(), one.stalled)).collect();
    assert_eq!(found, [("riverton-courier", false), ("alder-community-college", false)]);
    assert_eq!(recruitment.prospects[1].sponsor.as_ref().unwrap().id, "alder-literacy");
    let newest = recruitment.newest_member.unwrap();
    assert_eq!((newest.who.id.as_str(), newest.months_ago), ("tobias-renner", 2));
    assert!(!recruitment.standing_still);
}

#[test]
fn of_one_member_its_own_way_and_those_it_brings_are_told() {
    let ledger = riverton();
    let request = ReportRequest { member: ledger.members.find("alder-literacy"), ..on(&ledger, "2026-11-22") };
    let recruitment = Recruitment::of(&request);
    assert_eq!(counts(recruitment.now), [1, 0, 1, 0, 0]);
}

#[test]
fn a_month_is_over_on_its_day() {
    let ledger = load(&base_ledger()).unwrap();
    // The last member joined on May 20, 2026.
    let months = |today| Recruitment::of(&on(&ledger, today)).newest_member.unwrap().months_ago;
    assert_eq!([months("2026-06-19"), months("2026-06-20"), months("2027-05-20")], [0, 1, 12]);
}

#[test]
fn an_empty_ledger_says_how_to_begin() {
    let ledger = load(&Memory::new([("coalition.toml", b"name = \"Seed\"\n".as_slice())])).unwrap();
    let page = text(&run(&on(&ledger, "2026-06-15")).document);
    assert!(page.contains("as a file in “members”") && page.lines().count() < 8, "{page}");
}
