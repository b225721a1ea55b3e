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

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn the_sums_of_a_year_are_exact() {
    let ledger = riverton();
    let credit = Credit::of(&request(&ledger));
    // All files of 2026; the supper of November 2025 is 383 days ago.
    assert_eq!((credit.total.contributions, credit.acknowledged, credit.givers.len()), (11, 7, 11));
    assert_eq!(credit.total.hours.0, dec("51.5"), "6 + 22.5 + 14 + 9");
    let sum = |money: &[Money]| money.iter().map(|sum| (sum.currency.clone(), sum.amount.0)).collect::<Vec<_>>();
    assert_eq!(sum(&credit.total.money), [("USD".to_owned(), dec("5450"))]);
    assert_eq!(sum(&credit.total.in_kind), [("USD".to_owned(), dec("133"))], "48 + 85");
    assert!(credit.givers.iter().any(|one| one.giver.as_ref().is_some_and(|giver| giver.kind == "advocate")));
}

#[test]
fn a_longer_time_has_more_in_it() {
    let ledger = riverton();
    let request = ReportRequest { since: Some("2025-11-04".parse().unwrap()), ..request(&ledger) };
    let credit = Credit::of(&request);
    assert_eq!(credit.total.contributions, 12);
    assert_eq!(credit.kinds.iter().map(|kind| kind.sums.contributions).sum::<usize>(), 12);
}

#[test]
fn what_is_still_to_be_thanked_for_is_told_with_its_age() {
    let ledger = riverton();
    let credit = Credit::of(&request(&ledger));
    let found: Vec<_> =
        credit.uncredited.iter().map(|one| (one.contribution.id.as_str(), one.days, one.late)).collect();
    let expected = [
        ("courthouse-sound-system", 152, true),
        ("first-sunday-pastries", 70, true),
        ("roster-matching", 16, false),
        ("navigator-grant-draft", 8, false),
    ];
    assert_eq!(found, expected);
    let never = Named::names(&credit.never_credited);
    assert_eq!(never, ["Eastbank Neighborhood Association", "Ferry Street Merchants Association"]);
}

#[test]
fn the_draft_names_everybody_in_the_order_of_the_alphabet_and_no_sums() {
    let ledger = riverton();
    let draft = Credit::of(&request(&ledger)).draft.unwrap();
    let names: Vec<_> = draft.thanks.iter().map(|thanks| thanks.name.as_str()).collect();
    let expected = [
        "Alder County Library System",
        "Eastbank Neighborhood Association",
        "Ferry Street Merchants Association",
        "Tobias Renner, individual member",
    ];
    assert_eq!(names, expected);
    let said = serde_json::to_string(&draft).unwrap();
    assert!(!said.contains("85") && !said.contains('$') && !said.contains("hours"), "{said}");
}

#[test]
fn of_one_member_only_its_own_is_told() {
    let ledger = riverton();
    let member = ledger.members.find("riverton-interfaith");
    let credit = Credit::of(&ReportRequest { member, ..request(&ledger) });
    assert_eq!((credit.total.contributions, credit.uncredited.len(), credit.givers.len()), (1, 0, 1));
    assert_eq!(credit.never_credited, []);
}

fn with(gifts: &[(&str, &str)]) -> Ledger {
    let mut files = base_ledger();
    files.put("advocates/eva-holt.toml", b"name = \"Eva Holt\"\n");
    for (id, text) in gifts {
        let text = format!("name = \"{id}\"\nkind = \"funding\"\ndate = 2026-11-01\n{text}");
        files.put(&format!("contributions/{id}.toml"), text.as_bytes());
    }
    load(&files).unwrap()
}

#[test]
fn currencies_and_gifts_in_kind_are_kept_apart() {
    let ledger = with(&[
        ("a", "member = \"birch-library\"\namount = \"10.10\"\n"),
        ("b", "advocate = \"ben-okoro\"\namount = \"0.20\"\n"),
        ("c", "member = \"birch-library\"\namount = \"5\"\ncurrency = \"EUR\"\n"),
        ("d", "member = \"birch-library\"\namount = \"7\"\nin_kind = true\n"),
    ]);
    let credit = Credit::of(&request(&ledger));
    let [birch] = credit.givers.as_slice() else { panic!("{:?}", credit.givers) };
    let money: Vec<_> = birch.sums.money.iter().map(|sum| (sum.currency.as_str(), sum.amount.0)).collect();
    assert_eq!(money, [("EUR", dec("5")), ("USD", dec("10.30"))]);
    assert_eq!(birch.sums.in_kind[0].amount.0, dec("7"));
    let of = |kind: &str| {
        let text = format!("member = \"birch-library\"\namount = \"7\"\n{kind}");
        let mut files = crate::check::base_ledger();
        files.put("contributions/a.toml", format!("name = \"A\"\ndate = 2026-11-01\n{text}").as_bytes());
        let ledger = load(&files).unwrap();
        let total = Credit::of(&request(&ledger)).total;
        (total.money.len(), total.in_kind.len())
    };
    assert_eq!((of("kind = \"funding\""), of("kind = \"meeting-space\"")), ((1, 0), (0, 1)), "a room is no money");
    assert_eq!((of("kind = \"funding\"\nin_kind = true"), of("kind = \"other\"\nin_kind = false")), ((0, 1), (1, 0)));
}

#[test]
fn a_person_who_has_not_agreed_is_not_named() {
    let ledger = with(&[("tea", "advocate = \"eva-holt\"\n")]);
    let draft = Credit::of(&request(&ledger)).draft.unwrap();
    assert_eq!((draft.thanks[0].name.as_str(), Named::names(&draft.not_named)), ("A friend", vec!["Eva Holt"]));
}

#[test]
fn an_empty_ledger_says_how_to_begin() {
    let ledger = load(&Memory::new([("coalition.toml", b"name = \"Seed\"\n".as_slice())])).unwrap();
    let page = text(&run(&request(&ledger)).document);
    assert!(page.contains("“contributions”") && !page.contains("Who gave"), "{page}");
}

#[test]
fn the_draft_thanks_for_what_is_old_and_leaves_out_what_names_nobody() {
    let ledger = with(&[("old", "member = \"birch-library\"\n"), ("no one", "hours = 2\n")]);
    let late = ReportRequest { since: Some("2026-11-10".parse().unwrap()), ..request(&ledger) };
    let credit = Credit::of(&late);
    assert_eq!((credit.total.contributions, credit.uncredited.len(), credit.without_giver), (0, 2, 1));
    let names: Vec<_> = credit.draft.unwrap().thanks.into_iter().map(|thanks| thanks.name).collect();
    assert_eq!(names, ["Birch Public Library"]);
    let page = text(&run(&late).document);
    assert!(page.contains("1 gift names no giver. Add who gave it to the record."), "{page}");
}

#[test]
fn the_draft_says_nothing_twice() {
    let mut files = base_ledger();
    files.put(
        "contributions/grant.toml",
        b"name = \"Funding from Friends of the Alder Library\"\nmember = \"alder-friends\"\nkind = \"funding\"\ndate = 2026-05-01\n",
    );
    let draft = Credit::of(&request(&load(&files).unwrap())).draft.unwrap();
    let thanks = draft.thanks.iter().find(|thanks| thanks.name == "Friends of the Alder Library").unwrap();
    assert_eq!(thanks.gifts, ["Funding"]);
}
