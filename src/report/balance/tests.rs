use super::*;
use crate::check::base_ledger;
use crate::ledger::{Ledger, load};
use crate::output::document_text::text;
use crate::source::disk::Disk;
use crate::source::memory::Memory;

fn riverton() -> Ledger {
    load(&Disk::new("examples/riverton")).unwrap()
}

fn request(ledger: &Ledger) -> ReportRequest<'_> {
    ReportRequest::new(ledger, "2026-11-22".parse().unwrap())
}

fn count(sort: &WorkShares, member: &str) -> String {
    sort.parts.iter().find(|part| part.member.id == member).unwrap().count.to_string()
}

#[test]
fn the_parts_of_the_members_are_those_in_the_files() {
    let ledger = riverton();
    let balance = Balance::of(&request(&ledger));
    let [seats, chairs, proposals, gifts, attendance] = balance.sorts.as_slice() else { panic!() };
    assert_eq!((balance.members, seats.total, seats.parts.len()), (13, 13, 13));
    assert_eq!((&*count(seats, "friends-mill-bend"), &*count(seats, "local-417")), ("2", "2"));
    // Three seats, and the meetings of February, September, October and November; that of April was led by the chair of the
    // committee that met.
    assert_eq!(
        (chairs.total, &*count(chairs, "friends-riverton"), &*count(chairs, "friends-mill-bend")),
        (7, "3", "1")
    );
    // Since November 2025: three goals with one, two and two proposers, six decisions with two, one, two, two, two, one.
    assert_eq!(proposals.total, 3 + 6);
    assert_eq!(count(proposals, "riverton-public-library"), "1.5", "half of three");
    assert_eq!((gifts.total, &*count(gifts, "tobias-renner")), (10, "1"), "one of the eleven belongs to no member");
    assert_eq!(attendance.total, 10 + 5 + 12 + 12 + 12);
}

#[test]
fn only_the_chairs_are_in_too_few_hands() {
    let ledger = riverton();
    let balance = Balance::of(&request(&ledger));
    let too_large: Vec<_> = balance
        .sorts
        .iter()
        .flat_map(|sort| {
            sort.parts.iter().filter(|part| part.too_large).map(|part| (sort.sort, part.member.id.as_str()))
        })
        .collect();
    assert_eq!(too_large, [(WorkKind::Chairs, "friends-riverton")]);
    let chairs = &balance.sorts[1];
    // 3, 2, 1 and 1 of 7: (9 + 4 + 1 + 1) / 49.
    assert_eq!(chairs.concentration.unwrap().0, "0.3061".parse().unwrap());
    assert_eq!(chairs.effective_members.unwrap().0, "3.2667".parse().unwrap());
}

#[test]
fn a_sector_that_should_be_there_is_missed() {
    let ledger = riverton();
    let balance = Balance::of(&request(&ledger));
    assert_eq!((balance.missing_sectors, balance.missing_classifications), (vec!["health".to_owned()], vec![]));
    assert_eq!((balance.sectors[0].name.as_deref(), balance.sectors[0].members.len()), (Some("libraries"), 6));
    assert_eq!(balance.sectors.iter().map(|group| group.members.len()).sum::<usize>(), 13);
}

#[test]
fn of_one_member_its_own_part_is_told_in_the_whole() {
    let ledger = riverton();
    let balance = Balance::of(&ReportRequest { member: ledger.members.find("local-417"), ..request(&ledger) });
    assert!(balance.sorts.iter().all(|sort| sort.parts.len() == 1));
    assert_eq!((balance.sorts[0].total, balance.sorts[0].parts[0].count.to_string()), (13, "2".to_owned()));
}

#[test]
fn two_members_are_not_judged() {
    let ledger = load(&base_ledger()).unwrap();
    let balance = Balance::of(&request(&ledger));
    assert!(balance.sorts.iter().all(|sort| !sort.judged && sort.concentration.is_none()));
}

#[test]
fn an_empty_ledger_has_nothing_to_balance() {
    let ledger = load(&Memory::new([("coalition.toml", b"name = \"Seed\"\n".as_slice())])).unwrap();
    let page = text(&run(&request(&ledger)).document);
    assert!(page.contains("There are no members yet") && page.lines().count() < 8, "{page}");
}

#[test]
fn only_what_is_judged_is_said_to_be_spread() {
    let ledger = riverton();
    let mut request = request(&ledger);
    let page = text(&run(&request).document).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("Chairs, with a mark at the limit of 35%:") && page.contains("3 of 7 chairs, 43%"), "{page}");
    assert!(page.contains("each meeting chaired by someone who is not the chair"), "{page}");
    assert!(page.contains("Chairs: concentration 0.31, as if shared equally by 3.3 members"), "{page}");
    request.member = ledger.members.find("friends-riverton");
    let printed = text(&run(&request).document);
    assert!(!printed.contains("Herfindahl") && !printed.contains("with a mark"), "{printed}");
    request = ReportRequest::new(&ledger, "2025-12-10".parse().unwrap());
    let early = text(&run(&request).document);
    let (few, judged) = (early.find("too few to judge").unwrap(), early.find("of the ").unwrap());
    assert!(few < judged && !early.contains("of anything"), "{early}");
}
