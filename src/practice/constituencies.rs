//! Every constituency has a part: what a ledger shows of it.

use super::Evidence;
use super::personal_contact::start_of;
use super::signs::Signs;
use super::wait::{Wait, start};
use crate::ledger::AsOf;
use crate::record::advocate::Role;
use crate::record::member::Classification;
use crate::record::value::{At, Choices};
use crate::record::{Advocate, Member, Record};
use crate::source::Span;
use std::collections::BTreeSet;

/// A part of the community that the coalition wants to have with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ConstituencyKind {
    /// Members of this classification.
    Members(Classification),
    /// People in this role.
    Advocates(Role),
}

impl ConstituencyKind {
    /// What it is called.
    pub(crate) fn label(self) -> &'static str {
        match self {
            ConstituencyKind::Members(classification) => classification.label(),
            ConstituencyKind::Advocates(role) => role.label(),
        }
    }
}

/// A constituency that `coalition.toml` asks for, as it is today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Constituency {
    /// Which.
    pub sort: ConstituencyKind,
    /// Where `coalition.toml` asks for it.
    pub span: Span,
    /// How many current members or serving people it has.
    pub count: usize,
    /// How long ago the last of them gave a sign; unknown where none did and nothing says since when they could have.
    pub wait: Option<Wait>,
}

impl Constituency {
    /// Whether no one is of it.
    pub(crate) fn is_missing(&self) -> bool {
        self.count == 0
    }

    /// Whether someone is, but none of them has given a sign for too long.
    pub(crate) fn is_inactive(&self) -> bool {
        !self.is_missing() && self.wait.is_some_and(|wait| wait.is_over())
    }
}

/// The constituencies that `coalition.toml` asks for, in its order, each once.
pub(crate) fn constituencies(as_of: AsOf<'_>) -> Vec<Constituency> {
    let Some(policy) = &as_of.ledger.root.policy else { return Vec::new() };
    let signs = Signs::of(as_of);
    let members = policy.required_classifications.iter().map(|at: &At<Classification>| {
        let seen = members_of(as_of, at.value)
            .map(|member| signs.any(&member.key).map(|sign| sign.date).max(start(as_of, &member.joined)));
        constituency(as_of, ConstituencyKind::Members(at.value), at.span, seen)
    });
    let advocates = policy.required_roles.iter().map(|at: &At<Role>| {
        let seen = advocates_in(as_of, at.value)
            .map(|advocate| signs.any(&advocate.key).map(|sign| sign.date).max(start_of(as_of, advocate)));
        constituency(as_of, ConstituencyKind::Advocates(at.value), at.span, seen)
    });
    let mut known = BTreeSet::new();
    members.chain(advocates).filter(|constituency| known.insert(constituency.sort)).collect()
}

/// The current members of a classification, in path order.
pub(crate) fn members_of(as_of: AsOf<'_>, sort: Classification) -> impl Iterator<Item = &Record<Member>> {
    as_of
        .current_members()
        .filter(move |member| member.classification.as_ref().is_some_and(|named| named.value == sort))
}

/// The people in a role who serve, in path order.
pub(crate) fn advocates_in(as_of: AsOf<'_>, role: Role) -> impl Iterator<Item = &Record<Advocate>> {
    as_of.serving_advocates().filter(move |advocate| advocate.role.as_ref().is_some_and(|named| named.value == role))
}

fn constituency(
    as_of: AsOf<'_>,
    sort: ConstituencyKind,
    span: Span,
    seen: impl Iterator<Item = Option<chrono::NaiveDate>>,
) -> Constituency {
    let seen: Vec<_> = seen.collect();
    let last = seen.iter().copied().max().flatten();
    let wait = Wait::since_contact(as_of, last, None, as_of.policy().contact_days());
    Constituency { sort, span, count: seen.len(), wait }
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let all = constituencies(as_of);
    let present = all.iter().filter(|one| !one.is_missing()).count();
    let active = all.iter().filter(|one| !one.is_missing() && !one.is_inactive()).count();
    let wanted = ["required constituency is", "required constituencies are"];
    let there = ["represented constituency", "represented constituencies"];
    Evidence::default().part_of("constituencies_present", present, all.len(), wanted, "represented").part_that(
        "constituencies_active",
        active,
        present,
        there,
        ["has been heard from recently enough", "have been heard from recently enough"],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;

    fn missing_and_inactive(today: &str) -> (Vec<&'static str>, Vec<&'static str>) {
        let mut files = base_ledger();
        let root = "name = \"Alder\"\nfounded = 2025-01-15\n[policy]\n\
            required_classifications = [\"library\", \"school\", \"library\"]\nrequired_roles = [\"staff\", \"student\"]\n";
        files.put("coalition.toml", root.as_bytes());
        files.put("contributions/rooms.toml", b"name = \"Rooms\"\ndate = 2026-06-10\nadvocate = \"ben-okoro\"\n");
        let ledger = load(&files).unwrap();
        let all = constituencies(AsOf::new(&ledger, today.parse().unwrap()));
        let labels = |which: fn(&Constituency) -> bool| {
            all.iter().filter(|one| which(one)).map(|one| one.sort.label()).collect::<Vec<_>>()
        };
        (labels(Constituency::is_missing), labels(Constituency::is_inactive))
    }

    #[test]
    fn who_is_wanted_is_there_and_gives_a_sign() {
        let missing = vec!["School", "Student"];
        // The gift of 10 June is the last sign.
        assert_eq!(missing_and_inactive("2026-09-08"), (missing.clone(), vec![]));
        assert_eq!(missing_and_inactive("2026-09-09"), (missing, vec!["Library", "Staff"]));
    }

    #[test]
    fn nothing_is_judged_that_nobody_asked_for() {
        let ledger = load(&base_ledger()).unwrap();
        let as_of = AsOf::new(&ledger, "2026-06-15".parse().unwrap());
        assert!(constituencies(as_of).is_empty() && evidence(as_of).judged == 0);
    }
}
