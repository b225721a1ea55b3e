//! Tests of the rules on a ledger of three members: which signatures count, of whom they are required, and when.

use super::timeline::deadline;
use super::*;
use crate::check::base_ledger;
use crate::ledger::{Ledger, load};
use crate::record::value::Digest;
use chrono::NaiveDate;

const WORDS: &str = "We meet monthly and speak with one voice.";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The base ledger, whose members both signed, with this charter and these other files.
fn ledger(charter: &str, files: &[(&str, &str)]) -> Ledger {
    let mut source = base_ledger();
    source.put("agreements/charter.toml", charter.as_bytes());
    let friends =
        "name = \"Friends\"\nclassification = \"friends-group\"\njoined = 2025-01-15\nrepresentative = \"ana-lopez\"\n";
    source.put("members/alder-friends.toml", friends.as_bytes());
    for (path, text) in files {
        source.put(path, text.as_bytes());
    }
    load(&source).unwrap()
}

fn digest_of(charter: &str, files: &[(&str, &str)]) -> Digest {
    let ledger = ledger(charter, files);
    digest(&terms(&ledger, ledger.agreements.find("charter").unwrap()))
}

/// The state of a member's signature on the charter, and whether a new one is asked for.
fn state(ledger: &Ledger, member: &str, today: &str) -> (CellState, bool) {
    let registry = SignatureJudge::new(ledger, day(today));
    let agreement = ledger.agreements.find("charter").unwrap();
    let row = registry.row(agreement);
    let cell = row.iter().find(|cell| &*cell.member.key.id == member).unwrap();
    (cell.state, cell.renewal)
}

fn signature(member: &str, by: &str, date: &str, version: u32, terms: &Digest) -> String {
    format!(
        "\n[[signatures]]\nmember = \"{member}\"\nby = \"{by}\"\ndate = {date}\nversion = {version}\nterms = \"{terms}\"\n"
    )
}

fn charter(more: &str) -> String {
    format!("name = \"Charter\"\ntext = \"{WORDS}\"\neffective = 2025-02-01\n{more}")
}

#[test]
fn the_terms_are_these_bytes() {
    let ledger = ledger(&charter(""), &[]);
    let expected = "coalition-terms v1\nagreement: charter\nversion: 1\nname: Charter\neffective: 2025-02-01\nexpires: -\n\n\
                    We meet monthly and speak with one voice.\n";
    assert_eq!(terms(&ledger, ledger.agreements.find("charter").unwrap()), expected);
    // Computed with `sha256sum` over the bytes above.
    let known = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b";
    assert_eq!(digest(expected).as_str(), known);
}

#[test]
fn line_ends_and_a_byte_order_mark_do_not_matter_and_all_else_does() {
    let by_file = "name = \"Charter\"\ntext_file = \"charter.md\"\neffective = 2025-02-01\n";
    let of = |words: &str| digest_of(by_file, &[("agreements/charter.md", words)]);
    let plain = of("One.\n\nTwo, three.\n");
    for same in ["One.\r\n\r\nTwo, three.\r\n", "One.\r\rTwo, three.", "\u{feff}One.\n\nTwo, three.\n\n\n"] {
        assert_eq!(of(same), plain, "{same:?}");
    }
    for other in ["One.\n\nTwo three.\n", "One. \n\nTwo, three.\n", "One.\nTwo, three.\n", "\nOne.\n\nTwo, three.\n"] {
        assert_ne!(of(other), plain, "{other:?}");
    }
    let renamed = by_file.replace("Charter", "Covenant");
    assert_ne!(digest_of(&renamed, &[("agreements/charter.md", "One.\n\nTwo, three.\n")]), plain);
}

#[test]
fn a_comma_makes_every_signature_stale() {
    let terms = digest_of(&charter(""), &[]);
    let signed = charter(&signature("alder-friends", "ana-lopez", "2025-01-20", 1, &terms));
    let today = "2026-01-01";
    assert_eq!(state(&ledger(&signed, &[]), "alder-friends", today), (CellState::Signed, false));
    let changed = signed.replace("monthly and", "monthly, and");
    assert_eq!(state(&ledger(&changed, &[]), "alder-friends", today), (CellState::Stale, false));
    assert_eq!(state(&ledger(&signed, &[]), "birch-library", today), (CellState::Missing, false));
}

#[test]
fn a_signature_counts_from_its_day_until_it_is_withdrawn() {
    let terms = digest_of(&charter(""), &[]);
    let signed =
        charter(&signature("alder-friends", "ana-lopez", "2025-03-10", 1, &terms)) + "withdrawn = 2025-09-01\n";
    let ledger = ledger(&signed, &[]);
    let on = |today| state(&ledger, "alder-friends", today).0;
    assert_eq!(on("2025-03-08"), CellState::Missing);
    assert_eq!(on("2025-03-09"), CellState::Signed, "where the signer lives it may be the day after");
    assert_eq!(on("2025-08-30"), CellState::Signed);
    assert_eq!(on("2025-08-31"), CellState::Withdrawn, "likewise");
    assert_eq!(on("2025-09-01"), CellState::Withdrawn);
}

#[test]
fn only_a_signatory_in_service_signs() {
    let terms = digest_of(&charter(""), &[]);
    let signed = charter(&signature("alder-friends", "ana-lopez", "2025-03-10", 1, &terms));
    let member = |more: &str| {
        format!("name = \"A\"\nclassification = \"other\"\njoined = 2025-01-15\nrepresentative = \"ana-lopez\"\n{more}")
    };
    let on = |member: &str, advocate: &str| {
        let files = [("members/alder-friends.toml", member), ("advocates/ana-lopez.toml", advocate)];
        state(&ledger(&signed, &files), "alder-friends", "2026-01-01").0
    };
    let serving = "name = \"Ana\"\nstart_date = 2025-03-10\nend_date = 2025-03-10\n";
    assert_eq!(on(&member(""), serving), CellState::Signed);
    assert_eq!(on(&member("signatories = [\"ben-okoro\"]\n"), serving), CellState::Missing);
    assert_eq!(on(&member("signatories = [\"ben-okoro\", \"ana-lopez\"]\n"), serving), CellState::Signed);
    assert_eq!(on(&member(""), "name = \"Ana\"\nend_date = 2025-03-09\n"), CellState::Missing);
    assert_eq!(on(&member(""), "name = \"Ana\"\nstart_date = 2025-03-11\n"), CellState::Missing);
}

/// A charter at version 2, whose amendment of 2026-01-10 may ask for new signatures by 2026-02-10.
fn amended(resign: bool, recorded: Option<&Digest>, signatures: &str) -> String {
    let first = recorded.map_or_else(String::new, |terms| {
        format!("\n[[amendments]]\nversion = 1\ndate = 2025-01-10\nterms = \"{terms}\"\n")
    });
    let second = format!("\n[[amendments]]\nversion = 2\ndate = 2026-01-10\nresign = {resign}\nsign_by = 2026-02-10\n");
    charter(&format!("version = 2\n{first}{second}{signatures}")).replace("monthly", "weekly")
}

#[test]
fn an_amendment_lets_signatures_stand_or_asks_for_new_ones() {
    let old = digest_of(&charter(""), &[]);
    let signed = signature("alder-friends", "ana-lopez", "2025-01-20", 1, &old);
    let on = |charter: &str, today| state(&ledger(charter, &[]), "alder-friends", today);

    let standing = amended(false, Some(&old), &signed);
    assert_eq!(on(&standing, "2027-01-01"), (CellState::Signed, false));

    let lapsing = amended(true, Some(&old), &signed);
    assert_eq!(on(&lapsing, "2026-01-09"), (CellState::Signed, false), "the amendment has not happened");
    assert_eq!(on(&lapsing, "2026-01-10"), (CellState::Signed, true));
    assert_eq!(on(&lapsing, "2026-02-10"), (CellState::Signed, true), "the last day");
    assert_eq!(on(&lapsing, "2026-02-11"), (CellState::Stale, false));

    let unproven = amended(false, None, &signed);
    assert_eq!(on(&unproven, "2027-01-01"), (CellState::Stale, false), "nothing proves what version 1 said");

    let new = digest_of(&amended(true, Some(&old), ""), &[]);
    let both = signed.clone() + &signature("alder-friends", "ana-lopez", "2026-01-20", 2, &new);
    assert_eq!(on(&amended(true, Some(&old), &both), "2026-03-01"), (CellState::Signed, false));
}

#[test]
fn a_signature_from_elsewhere_is_foreign() {
    let old = digest_of(&charter(""), &[]);
    let text = amended(true, Some(&old), &signature("alder-friends", "ana-lopez", "2026-01-20", 2, &old));
    let ledger = ledger(&text, &[]);
    let registry = SignatureJudge::new(&ledger, day("2026-03-01"));
    let agreement = ledger.agreements.find("charter").unwrap();
    let flaw = registry.judge_all(agreement).next().unwrap().flaw;
    assert!(matches!(flaw, Some(Flaw::Foreign { ref belongs_to }) if belongs_to.contains("version 1")), "{flaw:?}");
}

#[test]
fn it_is_required_of_those_it_names() {
    let names = |required_of: &str, today: &str| {
        let ledger = ledger(
            &charter(&format!("required_of = {required_of}\n")),
            &[(
                "members/cedar.toml",
                "name = \"Cedar\"\nclassification = \"library\"\nsector = \"faith\"\njoined = 2026-01-01\n",
            )],
        );
        let members = required_members(&ledger, ledger.agreements.find("charter").unwrap(), day(today));
        members.iter().map(|member| member.key.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names("\"members\"", "2025-12-31"), ["alder-friends", "birch-library"]);
    assert_eq!(names("\"members\"", "2026-01-01"), ["alder-friends", "birch-library", "cedar"]);
    assert_eq!(names("\"nobody\"", "2026-01-01"), [""; 0]);
    assert_eq!(names("[\"cedar\", \"unknown\"]", "2026-01-01"), ["cedar"]);
    assert_eq!(names("{ classification = [\"library\"] }", "2026-01-01"), ["birch-library", "cedar"]);
    assert_eq!(names("{ classification = [\"library\"], sector = [\"faith\"] }", "2026-01-01"), ["cedar"]);
}

#[test]
fn the_deadline_is_the_later_of_sign_by_and_joining() {
    let deadline_of = |charter: &str, joined: &str, today: &str| {
        let member = format!("name = \"Cedar\"\nclassification = \"library\"\njoined = {joined}\n");
        let ledger = ledger(charter, &[("members/cedar.toml", &member)]);
        let agreement = ledger.agreements.find("charter").unwrap();
        deadline(&ledger, agreement, ledger.members.find("cedar").unwrap(), day(today)).unwrap().to_string()
    };
    assert_eq!(deadline_of(&charter(""), "2024-06-01", "2026-01-01"), "2025-02-01", "effective");
    assert_eq!(deadline_of(&charter("sign_by = 2025-03-15\n"), "2025-01-01", "2026-01-01"), "2025-03-15");
    assert_eq!(deadline_of(&charter(""), "2025-06-01", "2026-01-01"), "2025-07-01", "thirty days after joining");
    let old = digest_of(&charter(""), &[]);
    let lapsing = amended(true, Some(&old), "");
    assert_eq!(deadline_of(&lapsing, "2025-06-01", "2026-01-20"), "2026-02-10", "the amendment's");
    assert_eq!(deadline_of(&lapsing, "2025-06-01", "2026-01-09"), "2025-07-01", "before the amendment");
}

#[test]
fn an_agreement_that_is_over_is_required_of_nobody() {
    let over = |more: &str, today: &str| {
        let ledger = ledger(&charter(more), &[]);
        required_members(&ledger, ledger.agreements.find("charter").unwrap(), day(today)).is_empty()
    };
    assert!(!over("expires = 2026-01-01\n", "2026-01-01") && over("expires = 2026-01-01\n", "2026-01-02"));
    assert!(!over("ended = 2026-01-01\n", "2025-12-31") && over("ended = 2026-01-01\n", "2026-01-01"));
}
