//! Ready for an emergency: a committee that can decide at any hour, with deputies, powers and practice.

mod week;

pub(crate) use week::{
    CoverageGap, DAY, HOUR, Moment, Shift, WEEK, Watcher, gaps, length, planned_shifts, roster, shifts, watchers,
};

use super::Evidence;
use super::structure::{at_work, held_seats, is_chair, is_deputy};
use super::wait::start;
use crate::document::words;
use crate::ledger::AsOf;
use crate::record::value::{AdvocateId, At};
use crate::record::{Committee, Record};
use chrono::{Days, NaiveDate};

/// The members from which on a coalition needs a committee for emergencies: fewer can all be called.
pub(crate) const MANY_MEMBERS: usize = 6;

/// The committees at work that decide in an emergency, in path order.
pub(crate) fn committees(as_of: AsOf<'_>) -> Vec<&Record<Committee>> {
    let committees = at_work(as_of);
    committees.filter(|committee| committee.emergency.as_ref().is_some_and(|emergency| emergency.value)).collect()
}

/// Whether there are many members and no committee that decides in an emergency. A new coalition is given time.
pub(crate) fn is_without_committee(as_of: AsOf<'_>) -> bool {
    as_of.current_members().count() >= MANY_MEMBERS && committees(as_of).is_empty() && !as_of.is_new_coalition()
}

/// The people who serve and hold seats of such a role, each once, in the order of the file.
pub(crate) fn holders<'l>(
    as_of: AsOf<'l>,
    committee: &'l Record<Committee>,
    is_meant: fn(&str) -> bool,
) -> Vec<&'l At<AdvocateId>> {
    let mut holders: Vec<&At<AdvocateId>> = Vec::new();
    for holder in held_seats(as_of, committee, is_meant).filter_map(|seat| seat.advocate.as_ref()) {
        if !holders.iter().any(|other| other.value == holder.value) {
            holders.push(holder);
        }
    }
    holders
}

/// The people who stand in for the chair, each once, in the order of the file. No one stands in for herself: whoever is in the
/// chair is no deputy, and where all are co-chairs, the first of them is the chair.
pub(crate) fn deputies<'l>(as_of: AsOf<'l>, committee: &'l Record<Committee>) -> Vec<&'l At<AdvocateId>> {
    let mut chairs = holders(as_of, committee, |role| is_chair(role) && !is_deputy(role));
    if chairs.is_empty() {
        chairs.extend(holders(as_of, committee, is_chair).first().copied());
    }
    let is_other = |one: &&At<AdvocateId>| !chairs.iter().any(|chair| chair.value == one.value);
    holders(as_of, committee, is_deputy).into_iter().filter(is_other).collect()
}

/// Whether someone is there to stand in for the chair, who is not the chair.
pub(crate) fn has_deputy(as_of: AsOf<'_>, committee: &Record<Committee>) -> bool {
    !deputies(as_of, committee).is_empty()
}

/// Whether a committee says what it may decide alone.
pub(crate) fn has_powers(committee: &Committee) -> bool {
    committee.powers.is_some()
}

/// When a committee last tried out an emergency, and when it should again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Drill {
    /// The last one that was held.
    pub last: Option<NaiveDate>,
    /// The day from which the time counts: that of the last one, else the committee's first day, else the founding.
    pub since: Option<NaiveDate>,
    /// The last day on which the next is in time; unknown where no one knows since when the committee could have had one.
    pub due: Option<NaiveDate>,
}

impl Drill {
    /// Whether something can be said: there was a drill, or should have been by now.
    fn is_judged(&self, as_of: AsOf<'_>) -> bool {
        self.last.is_some() || self.is_overdue(as_of)
    }

    /// The drills of a committee.
    pub(crate) fn of(as_of: AsOf<'_>, committee: &Committee) -> Drill {
        let last = as_of.past(&committee.last_drill);
        let limit = Days::new(as_of.policy().drill_days().unsigned_abs());
        let since = last.or_else(|| start(as_of, &committee.start_date));
        let due = since.and_then(|since| since.checked_add_days(limit));
        Drill { last, since, due }
    }

    /// Whether the next one should have been held by now.
    pub(crate) fn is_overdue(self, as_of: AsOf<'_>) -> bool {
        self.due.is_some_and(|due| due < as_of.today)
    }
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let committees = committees(as_of);
    let of = committees.len();
    if of == 0 {
        let judged = usize::from(is_without_committee(as_of));
        let text = "there is no emergency committee";
        return Evidence::default().part("emergency_committees", 0, judged, text);
    }
    let count = |is_good: &dyn Fn(&Record<Committee>) -> bool| committees.iter().filter(|one| is_good(one)).count();
    let of_all = |count: usize| match of {
        1 if count == 1 => "the emergency committee has".to_owned(),
        1 => "the emergency committee does not have".to_owned(),
        _ => words::part_of(count, of, "emergency committee has", "emergency committees have"),
    };
    let drills: Vec<Drill> = committees.iter().map(|committee| Drill::of(as_of, committee)).collect();
    let judged = drills.iter().filter(|drill| drill.is_judged(as_of)).count();
    let kept = drills.iter().filter(|drill| drill.is_judged(as_of) && !drill.is_overdue(as_of)).count();
    let (deputies, powers) = (count(&|one| has_deputy(as_of, one)), count(&|one| has_powers(one)));
    let free: u32 = gaps(&shifts(as_of, &committees)).iter().map(|gap| gap.seconds).sum();
    // Rounded down, so that a week with a gap never looks complete.
    let hours = ((WEEK - free) / HOUR) as usize;
    Evidence::default()
        .part("emergency_committees", 1, 1, "there is an emergency committee")
        .part("hours_covered", hours, 168, format!("someone is on call for {hours} of the week\u{2019}s 168 hours"))
        .part("committees_with_a_deputy", deputies, of, format!("{} a deputy", of_all(deputies)))
        .part("drills_in_time", kept, judged, drills_in_words(&drills, kept, judged))
        .part("committees_with_powers", powers, of, format!("{} written powers", of_all(powers)))
}

fn drills_in_words(drills: &[Drill], kept: usize, judged: usize) -> String {
    match drills {
        [Drill { last: Some(last), .. }] => format!("the last drill was on {}", words::format_date(*last)),
        [Drill { last: None, .. }] => "there has been no drill yet".to_owned(),
        _ => format!("{kept} of {judged} emergency committees held their drills on time"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Ledger, load};

    fn ledger(founded: &str, committee: Option<&str>) -> Ledger {
        ledger_of(6, founded, committee)
    }

    fn ledger_of(members: usize, founded: &str, committee: Option<&str>) -> Ledger {
        let mut files = crate::check::base_ledger();
        files.put("coalition.toml", format!("name = \"Alder\"\nfounded = {founded}\n").as_bytes());
        for at in 0..members - 2 {
            files.put(
                &format!("members/m{at}.toml"),
                b"name = \"M\"\nclassification = \"other\"\njoined = 2025-02-01\n",
            );
        }
        let ana = "name = \"Ana Lopez\"\nmember = \"alder-friends\"\n[[contact_details]]\ntype = \"mobile\"\nvalue = \"+1 614-555-0100\"\n";
        files.put("advocates/ana-lopez.toml", ana.as_bytes());
        if let Some(text) = committee {
            files.put("committees/alarm.toml", format!("name = \"Alarm\"\nemergency = true\n{text}").as_bytes());
        }
        load(&files).unwrap()
    }

    fn as_of(ledger: &Ledger) -> AsOf<'_> {
        AsOf::new(ledger, "2026-06-15".parse().unwrap())
    }

    #[test]
    fn a_new_coalition_has_thirty_days_for_a_committee() {
        assert!(!is_without_committee(as_of(&ledger("2026-05-16", None))));
        assert!(is_without_committee(as_of(&ledger("2026-05-15", None))));
        assert!(!is_without_committee(as_of(&ledger("2026-05-15", Some("")))));
        assert!(is_without_committee(as_of(&ledger("2026-05-15", Some("end_date = 2026-06-14\n")))), "it is closed");
        assert!(!is_without_committee(as_of(&ledger_of(5, "2026-05-15", None))), "five can be called");
        assert_eq!(evidence(as_of(&ledger("2026-05-16", None))).judged, 0);
    }

    #[test]
    fn a_drill_is_overdue_after_a_year() {
        let overdue = |founded: &str, text: &str| {
            let ledger = ledger(founded, Some(text));
            Drill::of(as_of(&ledger), committees(as_of(&ledger))[0]).is_overdue(as_of(&ledger))
        };
        assert!(!overdue("2020-01-01", "last_drill = 2025-06-15\n"));
        assert!(overdue("2020-01-01", "last_drill = 2025-06-14\n"));
        assert!(!overdue("2025-06-15", ""), "it counts from the founding");
        assert!(overdue("2025-06-14", ""));
        assert!(!overdue("2020-01-01", "start_date = 2025-06-15\n"), "it counts from the committee's own start");
        assert!(overdue("2020-01-01", "start_date = 2025-06-14\n"));
        assert!(!overdue("2025-06-15", "start_date = 2020-01-01\n"), "never from before the founding");
    }

    #[test]
    fn only_who_serves_now_is_a_deputy() {
        let has = |seat: &str| {
            let ledger = ledger("2025-01-01", Some(&format!("[[seats]]\n{seat}")));
            has_deputy(as_of(&ledger), committees(as_of(&ledger))[0])
        };
        for role in ["deputy", "vice-chair", "deputy-chair"] {
            assert!(has(&format!("role = \"{role}\"\nadvocate = \"ana-lopez\"\n")), "{role}");
        }
        assert!(!has("role = \"chair\"\nadvocate = \"ana-lopez\"\n") && !has("role = \"deputy\"\n"));
        let both = "role = \"chair\"\nadvocate = \"ana-lopez\"\n[[seats]]\nrole = \"deputy\"\nadvocate = ";
        assert!(!has(&format!("{both}\"ana-lopez\"\n")) && has(&format!("{both}\"ben-okoro\"\n")));
        let seats = |seats: &[(&str, &str)]| {
            let seat = |(role, who): &(&str, &str)| format!("role = \"{role}\"\nadvocate = \"{who}\"\n");
            has(&seats.iter().map(seat).collect::<Vec<_>>().join("[[seats]]\n"))
        };
        assert!(!seats(&[("co-chair", "ana-lopez")]), "she is the chair");
        assert!(!seats(&[("co-chair", "ana-lopez"), ("vice-chair", "ana-lopez")]));
        assert!(!seats(&[("chair", "ana-lopez"), ("co-chair", "ana-lopez")]));
        assert!(seats(&[("co-chair", "ana-lopez"), ("co-chair", "ben-okoro")]));
        assert!(seats(&[("chair", "ana-lopez"), ("co-chair", "ben-okoro")]));
        assert!(seats(&[("co-chair", "ana-lopez"), ("vice-chair", "ben-okoro")]));
    }

    #[test]
    fn a_week_with_a_gap_is_not_told_as_whole() {
        let days = "[\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"]";
        let hours = |to: &str| {
            let text = format!("[[watch]]\nadvocate = \"ana-lopez\"\ndays = {days}\nfrom = 00:00:00\nto = {to}\n");
            let ledger = ledger("2025-01-01", Some(&text));
            evidence(as_of(&ledger)).counted.iter().find(|counted| counted.name == "hours_covered").unwrap().count
        };
        assert_eq!((hours("00:00:00"), hours("23:59:00"), hours("23:58:00")), (168, 168, 167));
    }

    #[test]
    fn the_scorecard_counts_what_the_checks_judge() {
        let ledger = load(&crate::source::disk::Disk::new("examples/riverton")).unwrap();
        let evidence = evidence(AsOf::new(&ledger, "2026-11-22".parse().unwrap()));
        let counts: Vec<_> = evidence.counted.iter().map(|one| (one.name, one.count, one.of)).collect();
        let expected = [
            ("emergency_committees", 1, Some(1)),
            ("hours_covered", 136, Some(168)),
            ("committees_with_a_deputy", 1, Some(1)),
            ("drills_in_time", 1, Some(1)),
            ("committees_with_powers", 1, Some(1)),
        ];
        assert_eq!(counts, expected);
    }
}
