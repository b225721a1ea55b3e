//! Nobody is left out: what a ledger shows of it.

use super::signs::{Sign, Signs};
use super::wait::{Wait, start};
use super::{Evidence, meetings};
use crate::ledger::AsOf;
use crate::record::member::Classification;
use crate::record::value::{AdvocateId, At, Opt, RecordId};
use crate::record::{Advocate, Member, Record};
use crate::source::Span;
use std::collections::HashMap;

/// A current member with its last sign of life.
#[derive(Clone, Copy)]
pub struct Heard<'l> {
    /// The member.
    pub member: &'l Record<Member>,
    /// The last sign.
    pub last: Option<Sign<'l>>,
    /// How long ago that was; where there was none, since the member joined.
    pub wait: Option<Wait>,
}

impl Heard<'_> {
    /// Whether something can be said: it was heard from, or should have been by now.
    pub fn is_judged(&self) -> bool {
        self.wait.is_some() && (self.last.is_some() || self.is_silent())
    }

    /// Whether the member has been silent for too long.
    pub fn is_silent(&self) -> bool {
        self.wait.is_some_and(|wait| wait.is_over())
    }
}

/// The current members with the last sign of life of each, in path order.
pub fn members(here: AsOf<'_>) -> Vec<Heard<'_>> {
    let signs = Signs::of(here);
    here.current_members()
        .map(|member| {
            let last = signs.heard(&member.key);
            let limit = member.contact_days.as_ref().map_or(here.policy().contact_days(), |days| i64::from(days.value));
            let wait = Wait::since_last(here, last.map(|sign| sign.date), start(here, &member.joined), limit);
            Heard { member, last, wait }
        })
        .collect()
}

/// Why a member has fewer than two people who can speak for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What is wrong, as the end of a sentence about the member: "names no backup representative".
    pub problem: String,
    /// The value that is wrong; none where something is missing.
    pub span: Option<Span>,
}

/// Somebody who is named to speak for a member.
enum Voice<'l> {
    Missing,
    /// Serving, or of whom there is no record: that is a mistake of its own.
    Good,
    Silent(&'l At<AdvocateId>, &'l Record<Advocate>),
}

fn voice<'l>(here: AsOf<'l>, named: &'l Opt<AdvocateId>) -> Voice<'l> {
    let Some(id) = named else { return Voice::Missing };
    match here.ledger.advocates.get(id) {
        Some(advocate) if !here.serves(advocate) => Voice::Silent(id, advocate),
        _ => Voice::Good,
    }
}

/// What keeps a member from having two different people, a representative and a backup, who serve.
pub fn gap<'l>(here: AsOf<'l>, member: &'l Member) -> Option<Gap> {
    let gap = |problem: String, span: Option<Span>| Some(Gap { problem, span });
    let gone =
        |advocate: &Record<Advocate>| format!("{}, who does not serve now", here.ledger.name_of_key(&advocate.key));
    let (first, second) = (voice(here, &member.representative), voice(here, &member.backup_representative));
    match (first, second) {
        (Voice::Missing, Voice::Missing) => {
            gap("names neither a representative nor a backup representative".to_owned(), None)
        }
        (Voice::Missing, Voice::Good) => gap("names no representative, only a backup".to_owned(), None),
        (Voice::Good, Voice::Missing) => gap("names no backup representative".to_owned(), None),
        (Voice::Missing, Voice::Silent(id, who)) => {
            gap(format!("names no representative, and as backup {}", gone(who)), Some(id.span))
        }
        (Voice::Silent(id, who), Voice::Missing) => {
            gap(format!("is represented by {}, and names no backup", gone(who)), Some(id.span))
        }
        (Voice::Silent(id, who), Voice::Good) => gap(format!("is represented by {}", gone(who)), Some(id.span)),
        (Voice::Good, Voice::Silent(id, who)) => gap(format!("has as backup {}", gone(who)), Some(id.span)),
        (Voice::Silent(id, who), Voice::Silent(_, backup)) => {
            gap(format!("is represented by {}, and has as backup {}", gone(who), gone(backup)), Some(id.span))
        }
        (Voice::Good, Voice::Good) => {
            let (first, second) = (member.representative.as_ref()?, member.backup_representative.as_ref()?);
            let same = || format!("names {} twice", here.ledger.name_of(&first.value));
            (first.value == second.value).then(|| Gap {
                problem: format!("{}, as representative and as backup", same()),
                span: Some(second.span),
            })
        }
    }
}

/// Whether a member should have two people to speak for it: a single person need not.
pub fn needs_two(member: &Member) -> bool {
    member.classification.as_ref().is_none_or(|classification| classification.value != Classification::Individual)
}

/// The current members that should have two people to speak for them by now. Who has just joined is given time, and where
/// nobody serves but the representative there is nobody to name.
pub fn represented(here: AsOf<'_>) -> impl Iterator<Item = &Record<Member>> {
    let mut serving: HashMap<&str, Vec<&str>> = HashMap::new();
    for advocate in here.serving_advocates() {
        if let Some(member) = &advocate.member {
            serving.entry(member.as_str()).or_default().push(&advocate.key.id);
        }
    }
    // The representative may be one of another member's people.
    let has_another = move |member: &Record<Member>| {
        let named = member.representative.as_ref().map(|named| named.as_str());
        serving.get(&*member.key.id).is_some_and(|people| people.iter().any(|one| Some(*one) != named))
    };
    here.current_members().filter(move |member| {
        needs_two(member) && !here.is_new_member(member) && (has_another(member) || !is_alone(here, member))
    })
}

/// Whether a member is spoken for by one person who serves, and names nobody else.
fn is_alone(here: AsOf<'_>, member: &Member) -> bool {
    let is_one = match (&member.representative, &member.backup_representative) {
        (Some(first), Some(second)) => first.value == second.value,
        (Some(_), None) => true,
        (None, _) => false,
    };
    is_one && matches!(voice(here, &member.representative), Voice::Good)
}

/// The figures of the scorecard.
pub fn evidence(here: AsOf<'_>) -> Evidence {
    let members = members(here);
    let judged = members.iter().filter(|one| one.is_judged()).count();
    let heard = members.iter().filter(|one| one.is_judged() && !one.is_silent()).count();
    let backed = represented(here).filter(|member| gap(here, member).is_none()).count();
    let noun = ["member", "members"];
    let (represented, words) = (represented(here).count(), "named two people who can speak for them");
    Evidence::default()
        .part_of("members_heard_from", heard, judged, noun, "gave a sign of life in time")
        .part_of("members_with_backup", backed, represented, noun, words)
        .and(meetings::evidence(here))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;

    fn date(text: &str) -> chrono::NaiveDate {
        text.parse().unwrap()
    }

    fn problem(member: &str) -> Option<String> {
        let mut files = base_ledger();
        let text = format!("name = \"Cedar School\"\nclassification = \"school\"\njoined = 2025-03-01\n{member}");
        files.put("members/cedar-school.toml", text.as_bytes());
        files.put("advocates/old-tom.toml", b"name = \"Old Tom\"\nend_date = 2026-06-14\n");
        let ledger = load(&files).unwrap();
        let here = AsOf::new(&ledger, date("2026-06-15"));
        gap(here, ledger.members.find("cedar-school").unwrap()).map(|gap| gap.problem)
    }

    #[test]
    fn two_different_people_who_serve_are_needed() {
        let named = |first: &str, second: &str| {
            let line = |key: &str, id: &str| if id.is_empty() { String::new() } else { format!("{key} = \"{id}\"\n") };
            problem(&format!("{}{}", line("representative", first), line("backup_representative", second)))
        };
        assert_eq!(named("ana-lopez", "ben-okoro"), None);
        assert_eq!(named("ana-lopez", "nobody-known"), None, "the unknown name is a mistake of its own");
        let told = |first, second| named(first, second).unwrap();
        assert_eq!(told("", ""), "names neither a representative nor a backup representative");
        assert_eq!(told("", "ana-lopez"), "names no representative, only a backup");
        assert_eq!(told("ana-lopez", ""), "names no backup representative");
        assert_eq!(told("ana-lopez", "ana-lopez"), "names Ana Lopez twice, as representative and as backup");
        assert_eq!(told("old-tom", "ana-lopez"), "is represented by Old Tom, who does not serve now");
        assert_eq!(told("ana-lopez", "old-tom"), "has as backup Old Tom, who does not serve now");
        assert_eq!(told("old-tom", ""), "is represented by Old Tom, who does not serve now, and names no backup");
        assert_eq!(told("", "old-tom"), "names no representative, and as backup Old Tom, who does not serve now");
    }

    #[test]
    fn a_representative_of_another_member_leaves_somebody_to_name() {
        let asked = |representative: &str, person: &str| {
            let mut files = base_ledger();
            let text = format!(
                "name = \"Cedar School\"\nclassification = \"school\"\njoined = 2025-03-01\nrepresentative = \"{representative}\"\n"
            );
            files.put("members/cedar-school.toml", text.as_bytes());
            files.put("advocates/cy-ash.toml", format!("name = \"Cy Ash\"\n{person}").as_bytes());
            let ledger = load(&files).unwrap();
            represented(AsOf::new(&ledger, date("2026-06-15"))).any(|member| &*member.key.id == "cedar-school")
        };
        let own = "member = \"cedar-school\"\n";
        assert!(asked("ana-lopez", own), "Cy could stand in");
        assert!(!asked("cy-ash", own), "nobody is left to name");
        assert!(!asked("ana-lopez", "member = \"cedar-school\"\nend_date = 2026-06-14\n"));
        assert!(!asked("ana-lopez", ""));
    }

    #[test]
    fn a_member_is_silent_after_the_last_day_that_is_allowed() {
        let ledger = load(&base_ledger()).unwrap();
        let silent = |today: &str| {
            let here = AsOf::new(&ledger, date(today));
            members(here).iter().filter(|one| one.is_silent()).count()
        };
        // The contacts of 28 May are the last sign of both.
        assert_eq!((silent("2026-08-26"), silent("2026-08-27")), (0, 2));
    }

    #[test]
    fn a_member_may_have_a_time_of_its_own_and_counts_from_the_day_it_joined() {
        let mut files = base_ledger();
        files.put("members/elm.toml", b"name = \"Elm\"\njoined = 2026-06-01\ncontact_days = 10\n");
        let ledger = load(&files).unwrap();
        let silent = |today: &str| {
            let here = AsOf::new(&ledger, date(today));
            members(here).iter().any(|one| one.member.key.id.as_ref() == "elm" && one.is_silent())
        };
        assert!(!silent("2026-06-11") && silent("2026-06-12"));
    }

    #[test]
    fn the_evidence_counts_who_is_well() {
        let ledger = load(&base_ledger()).unwrap();
        let evidence = evidence(AsOf::new(&ledger, date("2026-06-15")));
        let told: Vec<_> = evidence.counted.iter().map(|one| one.text.as_str()).collect();
        let expected =
            ["2 of 2 members gave a sign of life in time", "1 of 1 member named two people who can speak for them"];
        assert_eq!(told, expected);
    }
}
