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
    let as_of = AsOf::new(ledger, today.parse().unwrap());
    judge(as_of, &Hearing::of(as_of, ledger.decisions.find("x").unwrap()))
}

fn found(fields: &str, positions: &[(&str, &str)]) -> Vec<DecisionDoubt> {
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
        with(&ledger, today, |_, hearing| (hearing.eligible.len(), hearing.count_heard(), hearing.quorum()))
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
            .contains(&DecisionDoubt::NoQuorum)
    };
    assert!(!inquorate("0.5", &[AGREE, AGREE]) && inquorate("0.5", &[AGREE]));
    assert!(inquorate("0.5000001", &[AGREE, AGREE]));
    assert!(!inquorate("0", &[]), "no one has to be heard");
    assert_eq!(found("method = \"delegated\"\nresult = \"adopted\"", &[]), []);
    assert_eq!(found("method = \"majority\"\nresult = \"deferred\"", &[]), []);
    assert_eq!(found("method = \"majority\"", &stated(&[AGREE])), [DecisionDoubt::NoQuorum], "made without a result");
}

#[test]
fn votes_are_counted_by_their_method() {
    let borne_out = |method: &str, result: &str, options: &[&str]| {
        !found(&format!("method = \"{method}\"\nresult = \"{result}\""), &stated(options))
            .contains(&DecisionDoubt::NotBorneOut)
    };
    assert!(borne_out("majority", "adopted", &[AGREE, AGREE, OBJECT]));
    assert!(!borne_out("majority", "adopted", &[AGREE, OBJECT, ABSTAIN]), "as many against");
    assert!(borne_out("majority", "adopted", &[]), "no one wrote down who stood where");
    assert!(borne_out("majority", "rejected", &[AGREE, BLOCK]));
    assert!(!borne_out("majority", "rejected", &[AGREE, AGREE, OBJECT]));
    assert!(borne_out("majority", "rejected", &[AGREE]), "without a quorum nothing is carried");
    assert!(borne_out("two-thirds", "adopted", &[AGREE, AGREE, OBJECT]));
    assert!(!borne_out("two-thirds", "adopted", &[AGREE, OBJECT]));
    assert!(!borne_out("two-thirds", "adopted", &[ABSTAIN, ABSTAIN]));
    assert!(borne_out("unanimity", "adopted", &[AGREE, ABSTAIN, "option = \"stand-aside\""]));
    assert!(!borne_out("unanimity", "adopted", &[AGREE, AGREE, AGREE, OBJECT]));
    assert!(borne_out("consensus", "adopted", &[OBJECT, AGREE, ABSTAIN]));
    assert!(!borne_out("consensus", "adopted", &[OBJECT, OBJECT]), "no one is in favor");
    assert!(!borne_out("consensus", "adopted", &[ABSTAIN, ABSTAIN]));
    assert!(!borne_out("consensus", "rejected", &[AGREE, AGREE]), "everybody is in favor");
    assert!(borne_out("consensus", "rejected", &[AGREE, AGREE, ABSTAIN]));
    assert!(borne_out("consensus", "rejected", &[AGREE]), "without a quorum nothing is carried");
    assert!(borne_out("delegated", "adopted", &[OBJECT, OBJECT]));
}

#[test]
fn a_show_of_hands_stands_in_place_of_positions() {
    let hands = |result: &str, hands: &str| {
        found(&format!("method = \"majority\"\nresult = \"{result}\"\ntally = {{ {hands} }}"), &[])
    };
    assert_eq!(hands("adopted", "agree = 3, object = 1"), []);
    assert_eq!(hands("adopted", "agree = 1, object = 1, abstain = 1"), [DecisionDoubt::NotBorneOut]);
    assert_eq!(hands("adopted", "agree = 1"), [DecisionDoubt::NoQuorum]);
    assert_eq!(hands("adopted", "agree = 1, stand_aside = 1"), []);
    assert_eq!(hands("rejected", "agree = 3, block = 1"), [DecisionDoubt::NotBorneOut]);
    assert_eq!(hands("adopted", "agree = 0"), [], "it counts no one");
    let both = "method = \"majority\"\nresult = \"adopted\"\ntally = { agree = 4 }";
    assert_eq!(found(both, &stated(&[OBJECT])), [], "the count of all tells more than one position");
    let message = with(&ledger(&format!("{DAY}{both}"), &[]), "2026-06-15", |_, hearing| {
        (hearing.count_heard(), hearing.silent().len(), hearing.tally().words())
    });
    assert_eq!(message, (4, 0, "4 agree".to_owned()));
}

#[test]
fn what_nobody_recorded_or_was_decided_long_ago_is_not_judged() {
    let doubts_on = |today: &str, positions: &[(&str, &str)]| {
        with(&ledger(&format!("{DAY}method = \"majority\"\nresult = \"adopted\""), positions), today, doubts)
    };
    assert_eq!(doubts_on("2026-06-15", &[]), []);
    let against = stated(&[OBJECT]);
    assert_eq!(doubts_on("2027-05-12", &against), [DecisionDoubt::NoQuorum, DecisionDoubt::NotBorneOut]);
    assert_eq!(doubts_on("2027-05-13", &against), []);
    let asked = |today: &str| with(&ledger(DAY, &[]), today, |as_of, hearing| gaps(as_of, hearing.decision).any());
    assert!(asked("2027-05-12") && !asked("2027-05-13"));
}

#[test]
fn no_second_entry_hides_a_block() {
    let blocked = |positions: &[(&str, &str)]| {
        let positions = [positions, &[("b", AGREE)]].concat();
        found("method = \"consensus\"\nresult = \"adopted\"\nquorum = 0", &positions)
            == [DecisionDoubt::UnansweredBlock]
    };
    let answered = "option = \"block\"\naccommodation = \"One evening only.\"";
    assert!(blocked(&[("a", BLOCK)]) && !blocked(&[("a", answered)]));
    assert!(blocked(&[("a", "option = \"block\"\naccommodation = \" \"")]));
    assert!(blocked(&[("a", BLOCK), ("a", AGREE)]) && blocked(&[("a", AGREE), ("a", BLOCK)]));
    let dated = "option = \"agree\"\ndate = 2026-05-01";
    assert!(!blocked(&[("a", BLOCK), ("a", dated)]), "one without a date comes before all that have one");
    assert!(!blocked(&[("a", dated), ("a", BLOCK)]));
    let raised = |tally: &str, positions: &[(&str, &str)]| {
        let fields = format!("method = \"consensus\"\nresult = \"adopted\"\nquorum = 0\n[tally]\n{tally}");
        found(&fields, positions)
    };
    assert_eq!(raised("agree = 3\n", &[]), []);
    assert_eq!(raised("agree = 3\nblock = 1\n", &[]), [DecisionDoubt::UnansweredBlock]);
    assert_eq!(raised("agree = 3\nblock = 1\n", &[("a", answered)]), []);
    assert_eq!(raised("agree = 5\n", &[]), [DecisionDoubt::NotBorneOut], "four may take part");
    assert!(blocked(&[("a", "option = \"block\"\ndate = 2026-05-02"), ("a", "option = \"agree\"\ndate = 2026-05-01")]));
    assert!(!blocked(&[
        ("a", "option = \"block\"\ndate = 2026-05-01"),
        ("a", "option = \"agree\"\ndate = 2026-05-02")
    ]));
    assert!(blocked(&[("e", BLOCK)]), "not a member that day, and yet it has to be answered");
    assert!(!blocked(&[("a", "option = \"block\"\ndate = 2026-05-13")]), "after the day");
    assert!(
        !found("method = \"consensus\"\nresult = \"rejected\"", &[("a", BLOCK)])
            .contains(&DecisionDoubt::UnansweredBlock)
    );
}

#[test]
fn what_is_to_come_is_neither_made_nor_judged() {
    let made =
        |fields: &str| with(&ledger(fields, &[]), "2026-06-15", |as_of, hearing| is_made(as_of, hearing.decision));
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
