use super::*;
use crate::check::base_ledger;
use crate::ledger::{Ledger, load};

/// A ledger with a decision among five members: `a` to `e`, of which `e` joined in June.
fn ledger(fields: &str, positions: &[(&str, &str)]) -> Ledger {
    let mut files = base_ledger();
    files.remove("members/alder-friends.toml");
    files.remove("members/birch-library.toml");
    for (id, joined) in
        [("a", "2025-01-01"), ("b", "2025-01-01"), ("c", "2025-01-01"), ("d", "2025-01-01"), ("e", "2026-06-01")]
    {
        files.put(&format!("members/{id}.toml"), format!("name = \"{id}\"\njoined = {joined}\n").as_bytes());
    }
    let positions: String =
        positions.iter().map(|(member, rest)| format!("[[positions]]\nmember = \"{member}\"\n{rest}\n")).collect();
    files.put("decisions/x.toml", format!("name = \"X\"\ntext = \"X\"\n{fields}\n{positions}").as_bytes());
    load(&files).unwrap()
}

const DAY: &str = "decided = 2026-05-12\n";

fn with<T>(ledger: &Ledger, today: &str, judge: impl Fn(AsOf<'_>, &Hearing<'_>) -> T) -> T {
    let here = AsOf::new(ledger, today.parse().unwrap());
    judge(here, &Hearing::of(here, ledger.decisions.find("x").unwrap()))
}

fn found(fields: &str, positions: &[(&str, &str)]) -> Vec<Doubt> {
    with(&ledger(&format!("{DAY}{fields}"), positions), "2026-06-15", doubts)
}

/// So many members, `a` first, with these options.
fn stated<'p>(options: &[&'p str]) -> Vec<(&'static str, &'p str)> {
    ["a", "b", "c", "d", "e"].into_iter().zip(options.iter().copied()).collect()
}

const AGREE: &str = "option = \"agree\"";
const OBJECT: &str = "option = \"object\"";
const ABSTAIN: &str = "option = \"abstain\"";
const BLOCK: &str = "option = \"block\"";

#[test]
fn members_are_those_of_the_day() {
    let heard = |fields: &str, today: &str| {
        let ledger = ledger(fields, &stated(&[AGREE, "option = \"agree\"\ndate = 2026-06-10", OBJECT, "", AGREE]));
        with(&ledger, today, |_, hearing| (hearing.eligible.len(), hearing.heard(), hearing.quorum()))
    };
    assert_eq!(heard(DAY, "2026-06-15"), (4, 2, 2), "e had not joined, and b had said nothing yet");
    assert_eq!(heard("closes = 2026-06-05", "2026-06-15"), (5, 3, 3));
    assert_eq!(heard("closes = 2026-07-05", "2026-06-15"), (5, 4, 3));
    assert_eq!(heard("closes = 2026-07-05\neligible = [\"a\", \"e\", \"gone\"]", "2026-06-15"), (2, 2, 1));
    assert_eq!(heard("closes = 2026-07-05\nquorum = 0.61", "2026-06-15"), (5, 4, 4));
}

#[test]
fn the_last_word_of_a_member_counts() {
    let tally = |first: &str, second: &str| {
        with(&ledger(DAY, &[("a", first), ("a", second)]), "2026-06-15", |_, hearing| hearing.tally().words())
    };
    let dated = |option: &str, day: &str| format!("{option}\ndate = {day}");
    assert_eq!(tally(&dated(AGREE, "2026-05-02"), &dated(OBJECT, "2026-05-01")), "1 agrees");
    assert_eq!(tally(&dated(AGREE, "2026-05-01"), &dated(OBJECT, "2026-05-02")), "1 objects");
    assert_eq!(tally(&dated(AGREE, "2026-05-01"), OBJECT), "1 agrees");
    assert_eq!(tally(AGREE, OBJECT), "1 objects");
}

#[test]
fn a_quorum_is_exact() {
    let inquorate = |quorum: &str, options: &[&str]| {
        found(&format!("method = \"consensus\"\nresult = \"adopted\"\nquorum = {quorum}"), &stated(options))
            .contains(&Doubt::NoQuorum)
    };
    assert!(!inquorate("0.5", &[AGREE, AGREE]) && inquorate("0.5", &[AGREE]));
    assert!(inquorate("0.5000001", &[AGREE, AGREE]));
    assert!(!inquorate("0", &[]), "nobody has to be heard");
    assert_eq!(found("method = \"delegated\"\nresult = \"adopted\"", &[]), []);
    assert_eq!(found("method = \"majority\"\nresult = \"deferred\"", &[]), []);
    assert_eq!(found("method = \"majority\"", &[]), [Doubt::NoQuorum], "made without a result");
}

#[test]
fn votes_are_counted_by_their_method() {
    let borne_out = |method: &str, result: &str, options: &[&str]| {
        !found(&format!("method = \"{method}\"\nresult = \"{result}\""), &stated(options)).contains(&Doubt::NotBorneOut)
    };
    assert!(borne_out("majority", "adopted", &[AGREE, AGREE, OBJECT]));
    assert!(!borne_out("majority", "adopted", &[AGREE, OBJECT, ABSTAIN]), "as many against");
    assert!(!borne_out("majority", "adopted", &[]));
    assert!(borne_out("majority", "rejected", &[AGREE, BLOCK]));
    assert!(!borne_out("majority", "rejected", &[AGREE, AGREE, OBJECT]));
    assert!(borne_out("majority", "rejected", &[AGREE]), "without a quorum nothing is carried");
    assert!(borne_out("two-thirds", "adopted", &[AGREE, AGREE, OBJECT]));
    assert!(!borne_out("two-thirds", "adopted", &[AGREE, OBJECT]));
    assert!(!borne_out("two-thirds", "adopted", &[ABSTAIN, ABSTAIN]));
    assert!(borne_out("unanimity", "adopted", &[AGREE, ABSTAIN, "option = \"stand-aside\""]));
    assert!(!borne_out("unanimity", "adopted", &[AGREE, AGREE, AGREE, OBJECT]));
    assert!(borne_out("consensus", "adopted", &[OBJECT, OBJECT]));
}

#[test]
fn no_second_entry_hides_a_block() {
    let blocked = |positions: &[(&str, &str)]| {
        found("method = \"consensus\"\nresult = \"adopted\"\nquorum = 0", positions) == [Doubt::UnansweredBlock]
    };
    let answered = "option = \"block\"\naccommodation = \"One evening only.\"";
    assert!(blocked(&[("a", BLOCK)]) && !blocked(&[("a", answered)]));
    assert!(blocked(&[("a", "option = \"block\"\naccommodation = \" \"")]));
    assert!(blocked(&[("a", BLOCK), ("a", AGREE)]) && blocked(&[("a", AGREE), ("a", BLOCK)]));
    assert!(blocked(&[("a", BLOCK), ("a", "option = \"agree\"\ndate = 2026-05-01")]), "which was first?");
    assert!(blocked(&[("a", "option = \"block\"\ndate = 2026-05-02"), ("a", "option = \"agree\"\ndate = 2026-05-01")]));
    assert!(!blocked(&[
        ("a", "option = \"block\"\ndate = 2026-05-01"),
        ("a", "option = \"agree\"\ndate = 2026-05-02")
    ]));
    assert!(blocked(&[("e", BLOCK)]), "not a member that day, and yet it has to be answered");
    assert!(!blocked(&[("a", "option = \"block\"\ndate = 2026-05-13")]), "after the day");
    assert!(!found("method = \"consensus\"\nresult = \"rejected\"", &[("a", BLOCK)]).contains(&Doubt::UnansweredBlock));
}

#[test]
fn what_is_to_come_is_neither_made_nor_judged() {
    let made = |fields: &str| with(&ledger(fields, &[]), "2026-06-15", |here, hearing| is_made(here, hearing.decision));
    assert!(made("decided = 2026-06-15") && !made("decided = 2026-06-16\nresult = \"adopted\""));
    assert!(made("result = \"adopted\"") && !made("proposed = 2026-06-16\nresult = \"adopted\"") && !made(""));
}

#[test]
fn the_scorecard_counts_what_the_checks_judge() {
    let ledger = ledger(&format!("{DAY}method = \"majority\"\nresult = \"adopted\""), &stated(&[AGREE, AGREE]));
    let evidence = evidence(AsOf::new(&ledger, "2026-06-15".parse().unwrap()));
    let parts: Vec<_> = evidence.counted.iter().map(|part| (part.name, part.count, part.of)).collect();
    let expected = [
        ("decisions_with_structure", 1, Some(1)),
        ("decisions_with_quorum", 1, Some(1)),
        ("votes_borne_out", 1, Some(1)),
    ];
    assert_eq!(parts, expected);
    assert_eq!(evidence.counted[1].text, "1 of 1 decision was made with a quorum");
}
