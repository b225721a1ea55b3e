//! Who represents a member: whether two different people who serve can speak for it.

use crate::ledger::AsOf;
use crate::record::member::Classification;
use crate::record::value::{AdvocateId, At, Opt, RecordId};
use crate::record::{Advocate, Member, Record};
use crate::source::Span;
use std::collections::HashMap;

/// Why a member has fewer than two people who can speak for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RepresentationGap {
    /// What is wrong, as the end of a sentence about the member: "names no backup representative".
    pub problem: String,
    /// The value that is wrong; none where something is missing.
    pub span: Option<Span>,
}

/// Someone who is named to speak for a member.
enum MemberVoice<'l> {
    Missing,
    /// Serving, or of whom there is no record: that is a mistake of its own.
    Good,
    Silent(&'l At<AdvocateId>, &'l Record<Advocate>),
}

fn voice<'l>(as_of: AsOf<'l>, named: &'l Opt<AdvocateId>) -> MemberVoice<'l> {
    let Some(id) = named else { return MemberVoice::Missing };
    match as_of.ledger.advocates.get(id) {
        Some(advocate) if !as_of.serves(advocate) => MemberVoice::Silent(id, advocate),
        _ => MemberVoice::Good,
    }
}

/// What keeps a member from having two different people, a representative and a backup, who serve.
pub(crate) fn gap<'l>(as_of: AsOf<'l>, member: &'l Member) -> Option<RepresentationGap> {
    let gap = |problem: String, span: Option<Span>| Some(RepresentationGap { problem, span });
    let gone =
        |advocate: &Record<Advocate>| format!("{}, who is no longer active", as_of.ledger.name_of_key(&advocate.key));
    let (first, second) = (voice(as_of, &member.representative), voice(as_of, &member.backup_representative));
    match (first, second) {
        (MemberVoice::Missing, MemberVoice::Missing) => {
            gap("names neither a representative nor a backup representative".to_owned(), None)
        }
        (MemberVoice::Missing, MemberVoice::Good) => gap("names no representative, only a backup".to_owned(), None),
        (MemberVoice::Good, MemberVoice::Missing) => gap("names no backup representative".to_owned(), None),
        (MemberVoice::Missing, MemberVoice::Silent(id, who)) => {
            gap(format!("names no representative, only a backup: {}", gone(who)), Some(id.span))
        }
        (MemberVoice::Silent(id, who), MemberVoice::Missing) => {
            gap(format!("is represented by {}, and names no backup", gone(who)), Some(id.span))
        }
        (MemberVoice::Silent(id, who), MemberVoice::Good) => {
            gap(format!("is represented by {}", gone(who)), Some(id.span))
        }
        (MemberVoice::Good, MemberVoice::Silent(id, who)) => gap(format!("has a backup, {}", gone(who)), Some(id.span)),
        (MemberVoice::Silent(id, who), MemberVoice::Silent(_, backup)) => {
            gap(format!("is represented by {}, and its backup is {}", gone(who), gone(backup)), Some(id.span))
        }
        (MemberVoice::Good, MemberVoice::Good) => {
            let (first, second) = (member.representative.as_ref()?, member.backup_representative.as_ref()?);
            let same = || format!("names {} twice", as_of.ledger.name_of(&first.value));
            (first.value == second.value).then(|| RepresentationGap {
                problem: format!("{}, as representative and as backup", same()),
                span: Some(second.span),
            })
        }
    }
}

/// Whether a member should have two people to speak for it: a single person need not.
pub(crate) fn needs_two(member: &Member) -> bool {
    member.classification.as_ref().is_none_or(|classification| classification.value != Classification::Individual)
}

/// The current members who should have two people to speak for them by now. Who has just joined is given time, and where
/// no one serves but the representative there is no one to name.
pub(crate) fn members_to_represent(as_of: AsOf<'_>) -> impl Iterator<Item = &Record<Member>> {
    let mut serving: HashMap<&str, Vec<&str>> = HashMap::new();
    for advocate in as_of.serving_advocates() {
        if let Some(member) = &advocate.member {
            serving.entry(member.as_str()).or_default().push(&advocate.key.id);
        }
    }
    // The representative may be one of another member's people.
    let has_another = move |member: &Record<Member>| {
        let named = member.representative.as_ref().map(|named| named.as_str());
        serving.get(&*member.key.id).is_some_and(|people| people.iter().any(|one| Some(*one) != named))
    };
    as_of.current_members().filter(move |member| {
        needs_two(member) && !as_of.is_new_member(member) && (has_another(member) || !is_alone(as_of, member))
    })
}

/// Whether one current person represents a member, and the member names no one else.
fn is_alone(as_of: AsOf<'_>, member: &Member) -> bool {
    let is_one = match (&member.representative, &member.backup_representative) {
        (Some(first), Some(second)) => first.value == second.value,
        (Some(_), None) => true,
        (None, _) => false,
    };
    is_one && matches!(voice(as_of, &member.representative), MemberVoice::Good)
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
        let as_of = AsOf::new(&ledger, date("2026-06-15"));
        gap(as_of, ledger.members.find("cedar-school").unwrap()).map(|gap| gap.problem)
    }

    #[test]
    fn two_different_people_who_serve_are_needed() {
        let named = |first: &str, second: &str| {
            let line = |key: &str, id: &str| if id.is_empty() { String::new() } else { format!("{key} = \"{id}\"\n") };
            problem(&format!("{}{}", line("representative", first), line("backup_representative", second)))
        };
        assert_eq!(named("ana-lopez", "ben-okoro"), None);
        assert_eq!(named("ana-lopez", "nobody-known"), None, "the unknown name is a mistake of its own");
        let problem_of = |first, second| named(first, second).unwrap();
        assert_eq!(problem_of("", ""), "names neither a representative nor a backup representative");
        assert_eq!(problem_of("", "ana-lopez"), "names no representative, only a backup");
        assert_eq!(problem_of("ana-lopez", ""), "names no backup representative");
        assert_eq!(problem_of("ana-lopez", "ana-lopez"), "names Ana Lopez twice, as representative and as backup");
        assert_eq!(problem_of("old-tom", "ana-lopez"), "is represented by Old Tom, who is no longer active");
        assert_eq!(problem_of("ana-lopez", "old-tom"), "has a backup, Old Tom, who is no longer active");
        assert_eq!(
            problem_of("old-tom", ""),
            "is represented by Old Tom, who is no longer active, and names no \
            backup"
        );
        assert_eq!(
            problem_of("", "old-tom"),
            "names no representative, only a backup: Old Tom, who is no longer \
            active"
        );
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
            members_to_represent(AsOf::new(&ledger, date("2026-06-15"))).any(|member| &*member.key.id == "cedar-school")
        };
        let belonging = "member = \"cedar-school\"\n";
        assert!(asked("ana-lopez", belonging), "Cy could stand in");
        assert!(!asked("cy-ash", belonging), "no one is left to name");
        assert!(!asked("ana-lopez", "member = \"cedar-school\"\nend_date = 2026-06-14\n"));
        assert!(!asked("ana-lopez", ""));
    }
}
