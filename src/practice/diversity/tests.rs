use super::*;
use crate::check::base_ledger;
use crate::ledger::{Ledger, load};

fn ledger(files: &[(&str, &str)]) -> Ledger {
    let mut source = base_ledger();
    for (path, text) in files {
        source.put(path, text.as_bytes());
    }
    load(&source).unwrap()
}

fn as_of(ledger: &Ledger) -> AsOf<'_> {
    AsOf::new(ledger, "2026-06-15".parse().unwrap())
}

fn decision(fields: &str, position: &str) -> Ledger {
    let text = format!("name = \"X\"\ntext = \"X\"\n{fields}\n[[positions]]\nmember = \"birch-library\"\n{position}\n");
    ledger(&[("decisions/x.toml", &text)])
}

fn overdue(ledger: &Ledger) -> usize {
    let as_of = as_of(ledger);
    revisits(as_of).iter().filter(|position| position.is_overdue(as_of.today)).count()
}

#[test]
fn the_day_to_look_again_is_kept() {
    let revisit = |day: &str| overdue(&decision("", &format!("option = \"object\"\nrevisit = {day}")));
    assert_eq!((revisit("2026-06-15"), revisit("2026-06-14")), (0, 1));
}

#[test]
fn what_fell_is_not_looked_at_again() {
    let position = "option = \"object\"\ndate = 2026-01-05\nrevisit = 2026-06-01";
    let of = |fields: &str| overdue(&decision(fields, position));
    assert_eq!(of("decided = 2026-02-01\nresult = \"adopted\""), 1);
    assert_eq!(of("decided = 2026-02-01\nresult = \"deferred\""), 1);
    assert_eq!(of("decided = 2026-02-01\nresult = \"rejected\""), 0);
    assert_eq!(of("decided = 2026-07-01\nresult = \"rejected\""), 1, "not rejected yet");
    let newer =
        |day: &str| of(&format!("[[positions]]\nmember = \"birch-library\"\noption = \"agree\"\ndate = {day}\n"));
    assert_eq!((newer("2026-06-01"), newer("2026-05-31")), (0, 1));
}

#[test]
fn of_two_words_on_one_day_the_last_in_the_file_counts() {
    let open = |first: &str, second: &str| {
        let fields = |option: &str| format!("option = \"{option}\"\ndate = 2026-02-01\n");
        let more = format!("{}[[positions]]\nmember = \"birch-library\"\n{}", fields(first), fields(second));
        let ledger = decision("decided = 2026-02-02\nresult = \"adopted\"", &more);
        let objections = objections(as_of(&ledger));
        objections.iter().map(|objection| objection.option).collect::<Vec<_>>()
    };
    assert_eq!(open("object", "agree"), [""; 0]);
    assert_eq!(open("agree", "object"), ["object"]);
    assert_eq!(open("object", "block"), ["block"], "one member has one last word");
}

#[test]
fn a_member_that_came_back_waits_for_an_answer() {
    let open = |dates: &str| {
        let elm = format!("name = \"Elm\"\nclassification = \"other\"\n{dates}\n");
        let motion = "name = \"X\"\ntext = \"X\"\ndecided = 2026-02-01\nresult = \"adopted\"\n[[positions]]\nmember = \"elm\"\n\
                      option = \"object\"\nrevisit = 2026-06-01\n";
        let ledger = ledger(&[("members/elm.toml", &elm), ("decisions/x.toml", motion)]);
        (overdue(&ledger), objections(as_of(&ledger)).len())
    };
    assert_eq!(open("joined = 2025-01-01\nleft = 2026-06-15"), (0, 0));
    assert_eq!(open("joined = 2026-01-01\nleft = 2025-06-01"), (1, 1), "it left before it joined again");
}

#[test]
fn a_decision_is_replaced_by_one_that_was_adopted() {
    let old = "name = \"X\"\ntext = \"X\"\ndecided = 2026-01-01\nresult = \"adopted\"\n[[positions]]\n\
               member = \"birch-library\"\noption = \"object\"\nrevisit = 2026-06-01\n";
    let replaced = |fields: &str| {
        let new = format!("name = \"Y\"\ntext = \"Y\"\nsupersedes = \"x\"\n{fields}\n");
        let ledger = ledger(&[("decisions/x.toml", old), ("decisions/y.toml", &new)]);
        (overdue(&ledger), objections(as_of(&ledger)).len())
    };
    assert_eq!(replaced("decided = 2026-05-01\nresult = \"adopted\"\nquorum = 0"), (0, 0));
    assert_eq!(replaced("decided = 2026-05-01\nresult = \"adopted\""), (0, 0), "no one wrote down who was heard");
    let few = "decided = 2026-05-01\nresult = \"adopted\"\nquorum = 1\ntally = { agree = 1 }\neligible = [\"alder-friends\", \"birch-library\"]";
    assert_eq!(replaced(few), (1, 1), "it has no quorum itself");
    assert_eq!(replaced("decided = 2026-05-01\nresult = \"rejected\""), (1, 1));
    assert_eq!(replaced(""), (1, 1));
}

#[test]
fn an_answer_is_more_than_blanks() {
    let answered = |position: &str| {
        let ledger = decision("decided = 2026-02-01\nresult = \"adopted\"", position);
        objections(as_of(&ledger)).first().map(|objection| objection.accommodation.is_some())
    };
    assert_eq!(answered("option = \"object\""), Some(false));
    assert_eq!(answered("option = \"object\"\naccommodation = \" \""), Some(false));
    assert_eq!(answered("option = \"block\"\naccommodation = \"One evening.\""), Some(true));
    assert_eq!(answered("option = \"stand-aside\""), None);
}

#[test]
fn sectors_are_those_of_current_members() {
    let member = |dates: &str| format!("name = \"X\"\nclassification = \"school\"\nsector = \"schools\"\n{dates}\n");
    let root = "name = \"C\"\n[policy]\nrequired_sectors = [\"schools\", \"faith\"]\n";
    let present = |dates: &str| {
        let ledger = ledger(&[("coalition.toml", root), ("members/x.toml", &member(dates))]);
        required_sectors(as_of(&ledger)).iter().map(|(_, present)| *present).collect::<Vec<_>>()
    };
    assert_eq!(present("joined = 2026-06-15"), [true, false]);
    assert_eq!(present("joined = 2026-06-16"), [false, false]);
    assert_eq!(present("joined = 2026-01-01\nleft = 2026-06-15"), [false, false]);
}
