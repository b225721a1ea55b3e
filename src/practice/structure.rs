//! A clear structure: committees with a purpose and someone in the chair, and what the roles of seats mean.

use super::Evidence;
use crate::document::words::{count_of, noun_form};
use crate::ledger::AsOf;
use crate::record::committee::Seat;
use crate::record::value::At;
use crate::record::{Committee, Record};

/// The committees that are at work today, in path order. One that has finished is asked for nothing.
pub(crate) fn at_work(as_of: AsOf<'_>) -> impl Iterator<Item = &Record<Committee>> {
    as_of.ledger.committees.iter().filter(move |committee| committee.is_at_work(as_of.today))
}

/// Whether the role of a seat is that of the chair.
pub(crate) fn is_chair(role: &str) -> bool {
    is_sole_chair(role) || role == "co-chair"
}

/// Whether the role of a seat is to stand in for the chair.
pub(crate) fn is_deputy(role: &str) -> bool {
    matches!(role, "deputy" | "vice-chair" | "deputy-chair" | "co-chair")
}

/// The role of a seat; without one, someone is a member of the committee.
pub(crate) fn role(seat: &Seat) -> &str {
    seat.role.as_ref().map_or("member", |role| role.as_str())
}

/// The office that a role is: chair, chairperson and president are titles of one, of which a committee has one. Those who
/// lead together are `co-chair` each, which is an office of its own.
pub(crate) fn office(role: &str) -> &str {
    if is_sole_chair(role) { "chair" } else { role }
}

/// Whether a role is that of a chair of whom a committee has one.
pub(crate) fn is_sole_chair(role: &str) -> bool {
    matches!(role, "chair" | "chairperson" | "president")
}

/// The role as people say it: `vice chair`.
pub(crate) fn role_words(seat: &Seat) -> String {
    role(seat).replace('-', " ")
}

/// Whether someone who serves holds a seat now. An advocate whose record cannot be found is taken to serve, since
/// another check reports it.
pub(crate) fn is_held(as_of: AsOf<'_>, seat: &Seat) -> bool {
    seat.is_current(as_of.today) && holder_serves(as_of, seat)
}

/// Whether a seat has a holder who serves today, whatever its term.
pub(crate) fn holder_serves(as_of: AsOf<'_>, seat: &Seat) -> bool {
    let Some(id) = &seat.advocate else { return false };
    as_of.ledger.advocates.get(&id.value).is_none_or(|advocate| as_of.serves(advocate))
}

/// The seats of a committee with such a role that are held now, in the order of the file.
pub(crate) fn held_seats<'l>(
    as_of: AsOf<'l>,
    committee: &'l Record<Committee>,
    is_meant: fn(&str) -> bool,
) -> impl Iterator<Item = &'l At<Seat>> {
    committee.seats.iter().filter(move |seat| is_meant(role(seat)) && is_held(as_of, seat))
}

/// Whether someone who serves is in the chair.
pub(crate) fn has_chair(as_of: AsOf<'_>, committee: &Record<Committee>) -> bool {
    held_seats(as_of, committee, is_chair).next().is_some()
}

/// Whether a committee says what it is for.
pub(crate) fn has_purpose(committee: &Committee) -> bool {
    committee.purpose.is_some()
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let committees: Vec<_> = at_work(as_of).collect();
    let of = committees.len();
    let all = count_of(of, "committee", "committees");
    let chaired = committees.iter().filter(|committee| has_chair(as_of, committee)).count();
    let purposeful = committees.iter().filter(|committee| has_purpose(committee)).count();
    let has = noun_form(if of == 1 { 1 } else { chaired }, "has", "have");
    let says = noun_form(if of == 1 { 1 } else { purposeful }, "says what it is for", "say what they are for");
    Evidence::default().part("committees_with_a_chair", chaired, of, format!("{chaired} of {all} {has} a chair")).part(
        "committees_with_a_purpose",
        purposeful,
        of,
        format!("{purposeful} of {all} {says}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::load;

    fn has_chair_with(seat: &str) -> bool {
        let mut files = crate::check::base_ledger();
        files.put("committees/steering.toml", format!("name = \"Steering\"\n[[seats]]\n{seat}").as_bytes());
        let left = "name = \"Eva Holt\"\nend_date = 2026-06-14\n";
        files.put("advocates/eva-holt.toml", left.as_bytes());
        let ledger = load(&files).unwrap();
        let as_of = AsOf::new(&ledger, "2026-06-15".parse().unwrap());
        has_chair(as_of, ledger.committees.find("steering").unwrap())
    }

    #[test]
    fn a_chair_is_held_now_by_somebody_who_serves() {
        for role in ["chair", "co-chair", "chairperson", "president"] {
            assert!(has_chair_with(&format!("role = \"{role}\"\nadvocate = \"ana-lopez\"\n")), "{role}");
        }
        assert!(!has_chair_with("role = \"deputy\"\nadvocate = \"ana-lopez\"\n"));
        assert!(!has_chair_with("role = \"chair\"\n"));
        assert!(!has_chair_with("role = \"chair\"\nadvocate = \"eva-holt\"\n"));
        assert!(has_chair_with("role = \"chair\"\nadvocate = \"ana-lopez\"\nend_date = 2026-06-15\n"));
        assert!(!has_chair_with("role = \"chair\"\nadvocate = \"ana-lopez\"\nend_date = 2026-06-14\n"));
        assert!(!has_chair_with("role = \"chair\"\nadvocate = \"ana-lopez\"\nstart_date = 2026-06-16\n"));
    }

    #[test]
    fn the_scorecard_counts_what_the_checks_judge() {
        let ledger = load(&crate::source::disk::Disk::new("examples/riverton")).unwrap();
        let evidence = evidence(AsOf::new(&ledger, "2026-11-22".parse().unwrap()));
        let counts: Vec<_> = evidence.counted.iter().map(|one| (one.name, one.count, one.of)).collect();
        let expected = [("committees_with_a_chair", 3, Some(3)), ("committees_with_a_purpose", 3, Some(3))];
        assert_eq!(counts, expected);
    }
}
