//! Leadership is shared and renewed: seats that no one holds, terms that end, and chairs that never change hands.

use super::structure::{at_work, holder_serves, is_chair, is_held, is_sole_chair, office, role};
use super::{Evidence, charge};
use crate::document::words::{count_of, noun_form};
use crate::ledger::{AsOf, YEAR};
use crate::record::committee::Seat;
use crate::record::value::At;
use crate::record::{Committee, Record};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The days between two terms of one person that are no change: the seat was only filled late.
const BREAK: i64 = 31;

/// A seat with its committee.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Placed<'l> {
    /// The committee.
    pub committee: &'l Record<Committee>,
    /// The seat.
    pub seat: &'l At<Seat>,
}

fn seats(as_of: AsOf<'_>) -> impl Iterator<Item = Placed<'_>> {
    at_work(as_of).flat_map(|committee| committee.seats.iter().map(move |seat| Placed { committee, seat }))
}

/// The seats of committees at work whose term runs today and that no one who serves holds.
pub(crate) fn vacant(as_of: AsOf<'_>) -> Vec<Placed<'_>> {
    seats(as_of).filter(|one| one.seat.is_current(as_of.today) && !holder_serves(as_of, one.seat)).collect()
}

/// A seat whose term ended and that no one was given since.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lapsed<'l> {
    /// The seat.
    pub placed: Placed<'l>,
    /// The empty seat of today that stands in its place, where one is written down.
    pub vacancy: Option<&'l At<Seat>>,
}

/// The seats whose term ended and that no one was given since, in the order of the files. No empty seat stands in the place
/// of two.
pub(crate) fn expired_seats(as_of: AsOf<'_>) -> Vec<Lapsed<'_>> {
    let open = followed_seats(as_of)
        .into_iter()
        .filter(|(one, end, next)| *end < as_of.today && one.seat.advocate.is_some() && next.is_none());
    let mut taken: Vec<&At<Seat>> = Vec::new();
    open.map(|(placed, end, _)| {
        let empty = placed.committee.seats.iter().filter(|other| {
            let is_taken = taken.iter().any(|one| std::ptr::eq(*one, *other));
            other.advocate.is_none() && other.is_current(as_of.today) && !is_taken
        });
        let vacancy =
            empty.filter(|other| replaces(as_of, placed.seat, end, other)).min_by_key(|other| start_of(other));
        taken.extend(vacancy);
        Lapsed { placed, vacancy }
    })
    .collect()
}

fn start_of(seat: &Seat) -> Option<NaiveDate> {
    seat.start_date.as_ref().map(|start| start.value)
}

/// The seats held today whose term ends within `term_notice_days`, with whether someone is to follow.
pub(crate) fn ending(as_of: AsOf<'_>) -> Vec<(Placed<'_>, bool)> {
    let notice = as_of.policy().term_notice_days();
    followed_seats(as_of)
        .into_iter()
        .filter(|(one, end, _)| is_held(as_of, one.seat) && (0..=notice).contains(&-as_of.days_since(*end)))
        .map(|(one, end, next)| (one, next.is_some_and(|next| is_soon(next, end))))
        .collect()
}

/// Whether a term begins so soon after the end of another that the seat is not left empty for long.
fn is_soon(next: &Seat, end: NaiveDate) -> bool {
    next.start_date.as_ref().is_none_or(|start| (start.value - end).num_days() <= BREAK)
}

/// The seats whose term has a last day, with that day and the seat that follows. No seat follows two others, so that one
/// new member does not fill two places.
fn followed_seats(as_of: AsOf<'_>) -> Vec<(Placed<'_>, NaiveDate, Option<&Seat>)> {
    let mut followed = Vec::new();
    for committee in at_work(as_of) {
        let mut ending: Vec<(NaiveDate, usize)> = committee
            .seats
            .iter()
            .enumerate()
            .filter_map(|(at, seat)| Some((seat.end_date.as_ref()?.value, at)))
            .collect();
        ending.sort_unstable();
        let mut taken = vec![false; committee.seats.len()];
        let mut next_of: Vec<Option<usize>> = vec![None; committee.seats.len()];
        for (end, at) in &ending {
            let candidates = committee.seats.iter().enumerate().filter(|(other, _)| other != at && !taken[*other]);
            let next = candidates
                .filter(|(_, other)| follows(as_of, &committee.seats[*at], *end, other))
                .min_by_key(|(other, seat)| (seat.start_date.as_ref().map(|start| start.value), *other));
            if let Some((other, _)) = next {
                taken[other] = true;
                next_of[*at] = Some(other);
            }
        }
        for (at, seat) in committee.seats.iter().enumerate() {
            if let Some(end) = &seat.end_date {
                let next = next_of[at].map(|other| &committee.seats[other].value);
                followed.push((Placed { committee, seat }, end.value, next));
            }
        }
    }
    followed
}

/// Whether a seat that someone holds can take the place of one that ends. Where no one wrote when it began, one that is held
/// today follows.
fn follows(as_of: AsOf<'_>, seat: &Seat, end: NaiveDate, other: &Seat) -> bool {
    other.advocate.is_some()
        && (other.start_date.is_some() || is_held(as_of, other))
        && replaces(as_of, seat, end, other)
}

/// Whether a seat stands in the place of one that ends: of the same office and, among ordinary members, of the same
/// organization, lasting longer, and begun later but no earlier than about the end, where someone wrote when.
fn replaces(as_of: AsOf<'_>, seat: &Seat, end: NaiveDate, other: &Seat) -> bool {
    let is_member = role(other) == "member";
    let differs = match (&seat.on_behalf_of, &other.on_behalf_of) {
        (Some(first), Some(other)) => first.value != other.value,
        _ => false,
    };
    let outlasts = other.end_date.as_ref().is_none_or(|other| other.value > end);
    let begins = start_of(other).is_none_or(|start| {
        let later = start_of(seat).is_none_or(|begun| begun < start);
        later && (end - start).num_days() <= as_of.policy().term_notice_days()
    });
    office(role(other)) == office(role(seat)) && !(is_member && differs) && outlasts && begins
}

/// Two seats of one committee whose terms overlap by more than one day, where there can be but one: of one person in the
/// same office, or of two people as its one chair, whatever the titles, where each has a day. The second is the later one in the file.
pub(crate) fn overlaps(as_of: AsOf<'_>) -> Vec<(&Record<Committee>, &At<Seat>, &At<Seat>)> {
    let mut found = Vec::new();
    for committee in at_work(as_of) {
        let held: Vec<&At<Seat>> = committee.seats.iter().filter(|seat| seat.advocate.is_some()).collect();
        // Only seats of one office could clash.
        let mut by_office: BTreeMap<&str, Vec<&At<Seat>>> = BTreeMap::new();
        for seat in held {
            by_office.entry(office(role(seat))).or_default().push(seat);
        }
        for (office, seats) in by_office {
            let is_single = is_sole_chair(office);
            for (at, second) in seats.iter().enumerate() {
                let clashes = |first: &&&At<Seat>| clash(first, second, is_single);
                found.extend(seats[..at].iter().find(clashes).map(|first| (committee, *first, *second)));
            }
        }
    }
    found.sort_by_key(|(committee, _, second)| (&committee.path, second.span.start));
    found
}

/// Whether two seats of one office cannot both be right.
fn clash(first: &Seat, second: &Seat, is_single: bool) -> bool {
    let same_person = match (&first.advocate, &second.advocate) {
        (Some(first), Some(second)) => first.value == second.value,
        _ => false,
    };
    let same_purpose = match (&first.on_behalf_of, &second.on_behalf_of) {
        (Some(first), Some(second)) => first.value == second.value,
        _ => true,
    };
    let is_dated = |seat: &Seat| seat.start_date.is_some() || seat.end_date.is_some();
    let is_meant = is_single || (same_person && same_purpose);
    is_meant && is_dated(first) && is_dated(second) && shared_days(first, second) > 1
}

/// How many days two terms share.
fn shared_days(first: &Seat, second: &Seat) -> i64 {
    let start = |seat: &Seat| seat.start_date.as_ref().map_or(NaiveDate::MIN, |day| day.value);
    let end = |seat: &Seat| seat.end_date.as_ref().map_or(NaiveDate::MAX, |day| day.value);
    (end(first).min(end(second)) - start(first).max(start(second))).num_days() + 1
}

/// A chair, and for how long the same person has held it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tenure<'l> {
    /// The seat of today.
    pub placed: Placed<'l>,
    /// The first day of the first of its terms without a break.
    pub since: NaiveDate,
    /// How many terms those are.
    pub terms: usize,
}

impl Tenure<'_> {
    /// Whether a change should be thought of: after `chair_days`, or in a further term after more than a year in all.
    pub(crate) fn is_long(&self, as_of: AsOf<'_>) -> bool {
        as_of.exceeds(self.since, as_of.policy().chair_days()) || (self.terms > 1 && as_of.exceeds(self.since, YEAR))
    }
}

/// The chairs held today whose beginning is known.
pub(crate) fn chairs(as_of: AsOf<'_>) -> Vec<Tenure<'_>> {
    let held = seats(as_of).filter(|one| is_chair(role(one.seat)) && is_held(as_of, one.seat));
    held.filter_map(tenure).collect()
}

fn tenure(placed: Placed<'_>) -> Option<Tenure<'_>> {
    let holder = &placed.seat.advocate.as_ref()?.value;
    let mut since = placed.seat.start_date.as_ref()?.value;
    let is_same_holder = |seat: &&At<Seat>| seat.advocate.as_ref().is_some_and(|advocate| advocate.value == *holder);
    let others = placed.committee.seats.iter().filter(|seat| is_chair(role(seat)) && !std::ptr::eq(*seat, placed.seat));
    let mut earlier: Vec<(NaiveDate, NaiveDate)> = others
        .filter(is_same_holder)
        .filter_map(|seat| Some((seat.start_date.as_ref()?.value, seat.end_date.as_ref()?.value)))
        .filter(|(start, _)| *start < since)
        .collect();
    earlier.sort_by_key(|(start, end)| (*end, *start));
    let mut terms = 1;
    for (start, end) in earlier.into_iter().rev() {
        // The days between the two that are in neither term.
        if start < since && (since - end).num_days() - 1 <= BREAK {
            since = start;
            terms += 1;
        }
    }
    Some(Tenure { placed, since, terms })
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let now = seats(as_of).filter(|one| one.seat.is_current(as_of.today)).count();
    let filled = now - vacant(as_of).len();
    // What a vacant seat says is counted with the seats.
    let expired = expired_seats(as_of).into_iter().filter(|one| one.vacancy.is_none()).count();
    let ending = ending(as_of);
    let followed = ending.iter().filter(|(_, is_followed)| *is_followed).count();
    let chairs = chairs(as_of);
    let fresh = chairs.iter().filter(|chair| !chair.is_long(as_of)).count();
    let has = |count: usize| noun_form(count, "has", "have");
    let terms = filled + expired;
    Evidence::default()
        .part_that("seats_filled", filled, now, ["seat", "seats"], ["has someone", "have someone"])
        .part(
            "terms_not_expired",
            filled,
            terms,
            match expired {
                0 => "no term has ended without a successor".to_owned(),
                _ => {
                    let all = count_of(terms, "term", "terms");
                    format!("{expired} of {all} {} ended without a successor", has(expired))
                }
            },
        )
        .part("ending_terms_with_a_successor", followed, ending.len(), endings_in_words(followed, ending.len()))
        .part(
            "chairs_rotated",
            fresh,
            chairs.len(),
            match chairs.len() - fresh {
                0 => "no one has been a chair for too long".to_owned(),
                long => {
                    let all = count_of(chairs.len(), "chair", "chairs");
                    format!("{long} of {all} {} been held too long by one person", has(long))
                }
            },
        )
        .and(charge::evidence(as_of))
}

fn endings_in_words(followed: usize, ending: usize) -> String {
    match (followed, ending) {
        (0, 1) => "the one term that ends soon has no successor yet".to_owned(),
        (1, 1) => "the one term that ends soon has a successor".to_owned(),
        (1, _) => format!("1 of {ending} terms that end soon has a successor"),
        _ => format!("{followed} of {ending} terms that end soon have a successor"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Ledger, load};

    fn ledger(seats: &[&str]) -> Ledger {
        let mut files = crate::check::base_ledger();
        let seats: Vec<String> =
            seats.iter().map(|seat| format!("[[seats]]\n{}\n", seat.replace(", ", "\n"))).collect();
        files.put("committees/steering.toml", format!("name = \"Steering\"\n{}", seats.concat()).as_bytes());
        files.put("advocates/eva-holt.toml", b"name = \"Eva Holt\"\nend_date = 2026-06-14\n");
        load(&files).unwrap()
    }

    fn as_of(ledger: &Ledger) -> AsOf<'_> {
        AsOf::new(ledger, "2026-06-15".parse().unwrap())
    }

    /// How many seats are vacant, how many terms expired, how many end soon without a successor.
    fn counts(seats: &[&str]) -> (usize, usize, usize) {
        let ledger = ledger(seats);
        let as_of = as_of(&ledger);
        let unfollowed = ending(as_of).iter().filter(|(_, followed)| !followed).count();
        (vacant(as_of).len(), expired_seats(as_of).len(), unfollowed)
    }

    #[test]
    fn a_seat_is_vacant_without_somebody_who_serves() {
        assert_eq!(counts(&["role = \"chair\""]), (1, 0, 0));
        assert_eq!(counts(&["advocate = \"eva-holt\""]), (1, 0, 0));
        assert_eq!(counts(&["advocate = \"ana-lopez\""]), (0, 0, 0));
        assert_eq!(counts(&["end_date = 2026-06-14"]), (0, 0, 0), "the term is over");
        assert_eq!(counts(&["start_date = 2026-06-16"]), (0, 0, 0), "it has not begun");
    }

    #[test]
    fn an_expired_term_needs_a_successor() {
        let old = "role = \"chair\", advocate = \"ana-lopez\", start_date = 2025-01-01, end_date = 2026-06-14";
        assert_eq!(counts(&[old]), (0, 1, 0));
        assert_eq!(counts(&[&old.replace("06-14", "06-15")]).1, 0, "it is the last day");
        assert_eq!(counts(&[old, "role = \"chair\", advocate = \"ben-okoro\""]), (0, 0, 0));
        assert_eq!(counts(&[old, "role = \"chair\", start_date = 2026-07-01"]), (0, 1, 0), "no one is named for it");
        let named = "role = \"chair\", advocate = \"ben-okoro\", start_date = 2026-07-01";
        assert_eq!(counts(&[old, named]), (0, 0, 0));
        let member = |from: &str, to: &str| {
            format!("role = \"member\", advocate = \"ana-lopez\", start_date = {from}, end_date = {to}")
        };
        let (gone, gone_too) = (member("2024-06-01", "2026-06-14"), member("2024-06-02", "2026-06-14"));
        let (beside, next) = (member("2024-06-01", "2027-07-20"), member("2026-06-15", "2028-06-14"));
        assert_eq!(counts(&[&gone, &beside]).1, 1, "who sat there before takes no other place");
        assert_eq!(counts(&[&gone, &gone_too, &next]).1, 1, "one new member fills one place");
        assert_eq!(counts(&[old, "role = \"deputy\", advocate = \"ben-okoro\""]), (0, 1, 0));
        let older = "role = \"chair\", advocate = \"ben-okoro\", start_date = 2024-01-01, end_date = 2024-12-31";
        assert_eq!(counts(&[older, old]), (0, 1, 0), "only the last one is open");
    }

    #[test]
    fn an_empty_seat_stands_in_the_place_of_one_term() {
        let term = |role: &str, who: &str| {
            format!("role = \"{role}\", advocate = \"{who}\", start_date = 2025-01-01, end_date = 2026-03-02")
        };
        let (old, also) = (term("secretary", "ana-lopez"), term("secretary", "ben-okoro"));
        let empty = "role = \"secretary\", start_date = 2026-03-03";
        let found = |seats: &[&str]| {
            let ledger = ledger(seats);
            let lapsed = expired_seats(as_of(&ledger));
            let evidence = evidence(as_of(&ledger));
            let terms = evidence.counted.iter().find(|one| one.name == "terms_not_expired");
            let terms = terms.map(|one| (one.count, one.of));
            (lapsed.len(), lapsed.iter().filter(|one| one.vacancy.is_some()).count(), terms)
        };
        let chair = "role = \"chair\", advocate = \"ana-lopez\"";
        assert_eq!(found(&[chair, &old, empty]), (1, 1, Some((1, Some(1)))));
        assert_eq!(found(&[chair, &old, "role = \"secretary\""]), (1, 1, Some((1, Some(1)))));
        assert_eq!(found(&[chair, &old, &also, empty]), (2, 1, Some((1, Some(2)))), "one seat is one place");
        assert_eq!(found(&[chair, &old, "role = \"treasurer\", start_date = 2026-03-03"]).1, 0);
        assert_eq!(found(&[chair, &old, &empty.replace("2026-03-03", "2026-07-01")]).1, 0, "it has not begun");
    }

    #[test]
    fn seats_of_other_members_are_no_successors() {
        let old =
            "role = \"member\", advocate = \"ana-lopez\", on_behalf_of = \"alder-friends\", end_date = 2026-06-14";
        let birch = "role = \"member\", advocate = \"ben-okoro\", on_behalf_of = \"birch-library\"";
        assert_eq!(counts(&[old, birch]), (0, 1, 0));
        assert_eq!(counts(&[old, "advocate = \"ben-okoro\""]), (0, 0, 0), "no one says for whom");
    }

    #[test]
    fn a_term_ends_soon_within_sixty_days() {
        let ends = |day: &str| {
            format!("role = \"chair\", advocate = \"ana-lopez\", start_date = 2025-01-01, end_date = {day}")
        };
        assert_eq!(counts(&[&ends("2026-08-14")]).2, 1);
        assert_eq!(counts(&[&ends("2026-08-15")]).2, 0);
        assert_eq!(counts(&[&ends("2026-06-15")]).2, 1);
        let next = "role = \"chair\", advocate = \"ben-okoro\", start_date = 2026-08-15";
        assert_eq!(counts(&[&ends("2026-08-14"), next]).2, 0);
        let beside = "role = \"chair\", advocate = \"ben-okoro\", start_date = 2025-02-01, end_date = 2027-01-01";
        assert_eq!(counts(&[&ends("2026-08-14"), beside]).2, 1, "a second chair is no successor");
    }

    /// Whether a chair held over these terms should change hands, and for how many terms it was held.
    fn long(terms: &[(&str, &str)]) -> Option<(bool, usize)> {
        let seat = |(start, end): &(&str, &str)| {
            format!("role = \"chair\", advocate = \"ana-lopez\", start_date = {start}, end_date = {end}")
        };
        let seats: Vec<String> = terms.iter().map(seat).collect();
        let ledger = ledger(&seats.iter().map(String::as_str).collect::<Vec<_>>());
        let chairs = chairs(as_of(&ledger));
        chairs.first().map(|chair| (chair.is_long(as_of(&ledger)), chair.terms))
    }

    #[test]
    fn a_chair_changes_hands_after_two_years_or_a_second_term() {
        assert_eq!(long(&[("2024-06-15", "2026-12-31")]), Some((false, 1)));
        assert_eq!(long(&[("2024-06-14", "2026-12-31")]), Some((true, 1)));
        assert_eq!(long(&[("2025-06-15", "2025-12-31"), ("2026-01-01", "2026-12-31")]), Some((false, 2)));
        assert_eq!(long(&[("2025-06-14", "2025-12-31"), ("2026-01-01", "2026-12-31")]), Some((true, 2)));
        assert_eq!(long(&[("2024-01-01", "2025-12-31"), ("2026-02-01", "2026-12-31")]), Some((true, 2)));
        assert_eq!(long(&[("2024-01-01", "2025-12-31"), ("2026-02-02", "2026-12-31")]), Some((false, 1)), "a break");
    }

    #[test]
    fn terms_overlap_where_there_can_be_but_one() {
        let found = |seats: &[&str]| overlaps(as_of(&ledger(seats))).len();
        let (ben, dana) = ("role = \"chair\", advocate = \"ben-okoro\"", "role = \"chair\", advocate = \"dana-reyes\"");
        let term = |who: &str, start: &str, end: &str| format!("{who}, start_date = {start}, end_date = {end}");
        let first = term(ben, "2025-01-01", "2026-01-31");
        assert_eq!(found(&[&first, &term(dana, "2026-01-31", "2026-12-31")]), 0, "handed over on one day");
        assert_eq!(found(&[&first, &term(dana, "2026-01-30", "2026-12-31")]), 1);
        assert_eq!(found(&[&first, &term(ben, "2025-06-01", "2026-12-31")]), 1);
        assert_eq!(found(&[ben, dana]), 0, "no one wrote down any term");
        assert_eq!(
            found(&[&format!("{ben}, start_date = 2025-01-01"), &format!("{dana}, start_date = 2026-01-01")]),
            1
        );
        let member = |start: &str| term("role = \"member\", advocate = \"ben-okoro\"", start, "2026-12-31");
        assert_eq!(found(&[&member("2025-01-01"), &member("2026-01-01")]), 1);
        let of = |whom: &str| format!("{}, on_behalf_of = \"{whom}\"", member("2026-01-01"));
        assert_eq!(found(&[&of("birch-library"), &of("alder-friends")]), 0, "for two members");
        let together = |who: &str| format!("role = \"co-chair\", advocate = \"{who}\", start_date = 2026-01-01");
        assert_eq!(found(&[&together("ben-okoro"), &together("dana-reyes")]), 0);
    }

    #[test]
    fn chair_and_president_are_one_office() {
        let of = |role: &str, who: &str, from: &str, to: &str| {
            format!("role = \"{role}\", advocate = \"{who}\", start_date = {from}, end_date = {to}")
        };
        let found = |one: &str, other: &str| {
            let seats =
                [of(one, "ben-okoro", "2026-01-01", "2026-12-31"), of(other, "dana-reyes", "2026-06-01", "2026-12-31")];
            overlaps(as_of(&ledger(&seats.each_ref().map(String::as_str)))).len()
        };
        assert_eq!((found("chair", "president"), found("president", "chairperson")), (1, 1));
        assert_eq!(
            (found("chair", "co-chair"), found("co-chair", "co-chair"), found("chair", "vice-chair")),
            (0, 0, 0)
        );
        let chair = of("chair", "ana-lopez", "2025-01-01", "2026-06-14");
        let president = of("president", "ben-okoro", "2026-06-15", "2027-06-14");
        assert_eq!(counts(&[&chair, &president]), (0, 0, 0), "the president follows the chair");
        assert_eq!(counts(&[&chair, &president.replace("president", "co-chair")]), (0, 1, 0));
    }

    #[test]
    fn the_scorecard_counts_what_the_checks_judge() {
        let ledger = load(&crate::source::disk::Disk::new("examples/riverton")).unwrap();
        let evidence = evidence(AsOf::new(&ledger, "2026-11-22".parse().unwrap()));
        let counts: Vec<_> = evidence.counted.iter().map(|one| (one.name, one.count, one.of)).collect();
        let expected = [
            ("seats_filled", 13, Some(14)),
            ("terms_not_expired", 13, Some(13)),
            ("ending_terms_with_a_successor", 0, Some(1)),
            ("chairs_rotated", 3, Some(3)),
            ("parts_in_serving_hands", 32, Some(32)),
        ];
        assert_eq!(counts, expected);
    }
}
