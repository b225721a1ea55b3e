//! Local notables: what a ledger shows of it.

use super::Evidence;
use super::structure::at_work;
use super::wait::{Wait, start};
use crate::agreement::is_in_force;
use crate::document::words;
use crate::ledger::AsOf;
use crate::record::advocate::{Ask, Role};
use crate::record::value::{At, Opt, RecordId};
use crate::record::{Advocate, AnyRecord, Record};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// A notable with what was last asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NotableAsk<'l> {
    /// The person.
    pub advocate: &'l Record<Advocate>,
    /// What was last asked, and its day.
    pub last: Option<(&'l At<NaiveDate>, &'l Ask)>,
    /// How long ago that was; unknown where there was none and nothing says since when there could have been.
    pub wait: Option<Wait>,
}

impl NotableAsk<'_> {
    /// Whether something can be said: there was something asked, or should have been by now.
    pub(crate) fn is_judged(&self) -> bool {
        self.wait.is_some() && (self.last.is_some() || self.is_idle())
    }

    /// Whether nothing was asked for too long.
    pub(crate) fn is_idle(&self) -> bool {
        self.wait.is_some_and(|wait| wait.is_over())
    }
}

/// Whether a person is a notable: by role, or because the record says what the person is known for.
fn is_notable(advocate: &Advocate) -> bool {
    advocate.notable.is_some() || advocate.role.as_ref().is_some_and(|role| role.value == Role::Notable)
}

/// The people who serve and whose word carries weight, with what was last asked of each, in path order.
pub(crate) fn notables(as_of: AsOf<'_>) -> Vec<NotableAsk<'_>> {
    as_of
        .serving_advocates()
        .filter(|advocate| is_notable(advocate))
        .map(|advocate| {
            let asks = advocate.notable.iter().flat_map(|notable| notable.asks.iter());
            let past =
                asks.filter_map(|ask| Some((ask.date.as_ref().filter(|date| date.value <= as_of.today)?, &ask.value)));
            let last = past.max_by_key(|(date, _)| date.value);
            let since = last.map(|(date, _)| date.value);
            let limit = as_of.policy().notable_ask_days();
            let wait = Wait::since_last(as_of, since, start(as_of, &advocate.start_date), limit);
            NotableAsk { advocate, last, wait }
        })
        .collect()
}

/// Why a person stands in public for the coalition.
#[derive(Clone, Copy)]
pub(crate) enum PublicPart<'l> {
    /// Speaks for a current member.
    Representative(&'l dyn AnyRecord),
    /// Speaks for a committee to the press.
    Spokesperson(&'l dyn AnyRecord),
    /// Holds a seat on a committee.
    Seat(&'l dyn AnyRecord),
    /// Signed an agreement that is in force.
    Signatory(&'l dyn AnyRecord),
    /// Is known in public, and the coalition counts on that name.
    Notable(&'l dyn AnyRecord),
}

impl PublicPart<'_> {
    /// The part, as the end of a sentence about the person.
    pub(crate) fn words(&self) -> String {
        match self {
            PublicPart::Representative(member) => format!("represents {}", member.name()),
            PublicPart::Spokesperson(committee) => format!("speaks for {}", committee.name()),
            PublicPart::Seat(committee) => format!("has a seat on {}", committee.name()),
            PublicPart::Signatory(agreement) => format!("signed {}", words::quote(agreement.name())),
            PublicPart::Notable(_) => "is a local notable".to_owned(),
        }
    }

    /// The record that gives the part.
    pub(crate) fn record(&self) -> &dyn AnyRecord {
        match self {
            PublicPart::Representative(record)
            | PublicPart::Spokesperson(record)
            | PublicPart::Seat(record)
            | PublicPart::Signatory(record)
            | PublicPart::Notable(record) => *record,
        }
    }
}

/// The people who serve and have a public part, with the first part of each, in path order.
pub(crate) fn in_public(as_of: AsOf<'_>) -> Vec<(&Record<Advocate>, PublicPart<'_>)> {
    let mut parts: BTreeMap<&str, PublicPart<'_>> = BTreeMap::new();
    for member in as_of.current_members() {
        if let Some(id) = &member.representative {
            parts.entry(id.value.as_str()).or_insert(PublicPart::Representative(member));
        }
    }
    for committee in at_work(as_of) {
        if let Some(id) = &committee.spokesperson {
            parts.entry(id.value.as_str()).or_insert(PublicPart::Spokesperson(committee));
        }
    }
    for committee in at_work(as_of) {
        for seat in committee.seats.iter().filter(|seat| seat.is_current(as_of.today)) {
            if let Some(id) = &seat.advocate {
                parts.entry(id.value.as_str()).or_insert(PublicPart::Seat(committee));
            }
        }
    }
    for agreement in
        as_of.ledger.agreements.iter().filter(|agreement| is_in_force(as_of.ledger, agreement, as_of.today))
    {
        let standing = |date: &Opt<NaiveDate>| as_of.has_come(date);
        let entries = as_of.ledger.signatures_of(agreement).map(|entry| entry.signature);
        for signature in entries.filter(|one| standing(&one.date) && !one.is_withdrawn(as_of.today)) {
            if let Some(id) = &signature.by {
                parts.entry(id.value.as_str()).or_insert(PublicPart::Signatory(agreement));
            }
        }
    }
    for notable in as_of.ledger.advocates.iter().filter(|advocate| is_notable(advocate)) {
        parts.entry(&*notable.key.id).or_insert(PublicPart::Notable(notable));
    }
    let part = |advocate: &'_ &Record<Advocate>| parts.get(&*advocate.key.id).copied();
    as_of.serving_advocates().filter_map(|advocate| Some((advocate, part(&advocate)?))).collect()
}

/// Whether a person was asked about public pages: said yes, or said no on a day that is written down.
pub(crate) fn has_answered(as_of: AsOf<'_>, advocate: &Advocate) -> bool {
    let refused = advocate.consent.as_ref().is_some_and(|consent| {
        consent.listed.as_ref().is_some_and(|listed| !listed.value) && as_of.has_come(&consent.recorded)
    });
    refused || advocate.is_listed(as_of.today)
}

/// The people with a public part who are judged: not who has just begun.
pub(crate) fn to_consent(as_of: AsOf<'_>) -> Vec<(&Record<Advocate>, PublicPart<'_>)> {
    let mut public = in_public(as_of);
    public.retain(|(advocate, _)| !as_of.is_new_advocate_for_notes(advocate));
    public
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let notables = notables(as_of);
    let judged = notables.iter().filter(|one| one.is_judged()).count();
    let asked = notables.iter().filter(|one| one.is_judged() && !one.is_idle()).count();
    let public = to_consent(as_of);
    let answered = public.iter().filter(|(advocate, _)| has_answered(as_of, advocate)).count();
    let people = ["person with a public role", "people with a public role"];
    Evidence::default()
        .part_of(
            "notables_asked",
            asked,
            judged,
            ["notable was", "notables were"],
            "asked for something recently enough",
        )
        .part_of(
            "public_people_asked_about_listing",
            answered,
            public.len(),
            people,
            "said whether public pages may name them",
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_notable_is_idle_after_the_last_day_that_is_allowed() {
        let mut files = base_ledger();
        let judge = "name = \"Judge\"\n[[notable.asks]]\ndate = 2025-06-15\nask = \"Speak.\"\n\
            [[notable.asks]]\ndate = 2026-12-01\nask = \"Speak again.\"\n";
        files.put("advocates/judge.toml", judge.as_bytes());
        files.put("advocates/novelist.toml", b"name = \"Novelist\"\nrole = \"notable\"\nstart_date = 2025-06-16\n");
        let ledger = load(&files).unwrap();
        let idle = |today: &str| -> Vec<String> {
            let notables = notables(AsOf::new(&ledger, date(today)));
            notables.iter().filter(|one| one.is_idle()).map(|one| one.advocate.key.id.to_string()).collect()
        };
        assert!(idle("2026-06-15").is_empty());
        assert_eq!(idle("2026-06-16"), ["judge"]);
        assert_eq!(idle("2026-06-17"), ["judge", "novelist"]);
    }

    #[test]
    fn a_recorded_no_is_an_answer() {
        let answered = |consent: &str| {
            let mut files = base_ledger();
            files.put("advocates/eve.toml", format!("name = \"Eve\"\n{consent}").as_bytes());
            let ledger = load(&files).unwrap();
            has_answered(AsOf::new(&ledger, date("2026-06-15")), ledger.advocates.find("eve").unwrap())
        };
        assert!(answered("[consent]\nlisted = true\n"));
        assert!(answered("[consent]\nlisted = false\nrecorded = 2026-06-15\n"));
        assert!(!answered("[consent]\nlisted = false\n"));
        assert!(!answered("[consent]\nlisted = true\nrecorded = 2026-06-16\n"));
        assert!(!answered("") && !answered("[consent]\nquoted = true\n"));
    }

    #[test]
    fn the_first_public_part_is_told() {
        let mut files = base_ledger();
        files.put("advocates/eve.toml", b"name = \"Eve\"\n");
        files.put("advocates/tom.toml", b"name = \"Tom\"\nend_date = 2026-06-14\n");
        files.put(
            "committees/press.toml",
            b"name = \"Press\"\nspokesperson = \"ana-lopez\"\n[[seats]]\nadvocate = \"eve\"\n\
              [[seats]]\nadvocate = \"tom\"\n[[seats]]\nadvocate = \"dana-reyes\"\nend_date = 2026-06-14\n",
        );
        let ledger = load(&files).unwrap();
        let found: Vec<_> = in_public(AsOf::new(&ledger, date("2026-06-15")))
            .iter()
            .map(|(advocate, part)| format!("{} {}", advocate.name(), part.words()))
            .collect();
        let expected = [
            "Ana Lopez represents Friends of the Alder Library",
            "Ben Okoro represents Birch Public Library",
            "Eve has a seat on Press",
        ];
        assert_eq!(found, expected);
    }
}
