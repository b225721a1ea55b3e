//! What ties two members: the work that the records show them doing together, and the help and the contacts between them.

use crate::agreement::SignatureJudge;
use crate::kind::Kind;
use crate::ledger::AsOf;
use crate::practice::mutual_support::{helps, requests_made};
use crate::practice::personal_contact::all_made;
use crate::record::value::{MemberId, Opt, RecordId};
use crate::record::{Advocate, Member, Record};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many members may share something that ties each two of them, of so many members: two thirds of them, and never more than
/// this. What more share ties no two in particular.
pub(super) fn largest_group(members: usize) -> usize {
    const MOST: usize = 30;
    (members * 2).div_ceil(3).clamp(3, MOST)
}

/// What ties two members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TieKind {
    /// A goal that they developed or proposed together.
    Goal,
    /// A motion that they made together.
    Motion,
    /// A committee on which both have or had a seat.
    Committee,
    /// An agreement that both signed.
    Agreement,
    /// A request of one that the other helped with.
    Help,
    /// A contact that a person of one made with the other or one of its people.
    Contact,
}

impl TieKind {
    /// The words for so many.
    pub(super) fn words(self, count: usize) -> String {
        let (one, many) = match self {
            TieKind::Goal => ("goal", "goals"),
            TieKind::Motion => ("motion", "motions"),
            TieKind::Committee => ("committee", "committees"),
            TieKind::Agreement => ("agreement", "agreements"),
            TieKind::Help => ("answered request", "answered requests"),
            TieKind::Contact => ("contact", "contacts"),
        };
        crate::document::words::count(count, one, many)
    }
}

/// The ties between the current members.
#[derive(Debug)]
pub(super) struct Ties<'l> {
    /// The members, in the order of their ids.
    pub members: Vec<&'l Record<Member>>,
    /// What ties each two, by the lower place first: how often each.
    pub pairs: BTreeMap<(usize, usize), BTreeMap<TieKind, usize>>,
    /// Who helped or contacted whom.
    pub directed: BTreeSet<(usize, usize)>,
}

impl<'l> Ties<'l> {
    /// The ties that the records show by a day; those that have a date only from `since` on.
    pub(super) fn of(as_of: AsOf<'l>, since: Option<NaiveDate>) -> Ties<'l> {
        let mut members: Vec<&Record<Member>> = as_of.current_members().collect();
        members.sort_by(|one, other| one.key.id.cmp(&other.key.id));
        let places: HashMap<&str, usize> =
            members.iter().enumerate().map(|(place, member)| (&*member.key.id, place)).collect();
        let mut finder = Finder { as_of, since, places, pairs: BTreeMap::new(), directed: BTreeSet::new() };
        finder.find_goals();
        finder.find_motions();
        finder.find_committees();
        finder.find_agreements();
        finder.find_help();
        finder.find_contacts();
        let Finder { pairs, directed, .. } = finder;
        Ties { members, pairs, directed }
    }
}

struct Finder<'l> {
    as_of: AsOf<'l>,
    since: Option<NaiveDate>,
    places: HashMap<&'l str, usize>,
    pairs: BTreeMap<(usize, usize), BTreeMap<TieKind, usize>>,
    directed: BTreeSet<(usize, usize)>,
}

impl<'l> Finder<'l> {
    fn place(&self, member: &MemberId) -> Option<usize> {
        let member = self.as_of.ledger.members.find(member.as_str())?;
        self.places.get(&*member.key.id).copied()
    }

    fn place_of_person(&self, person: Option<&Record<Advocate>>) -> Option<usize> {
        self.place(&person?.member.as_ref()?.value)
    }

    /// Whether something of this date belongs to the time that is looked at; what has no date does where all time is.
    fn is_within(&self, date: &Opt<NaiveDate>) -> bool {
        match (date, self.since) {
            (Some(date), since) => date.value <= self.as_of.today && since.is_none_or(|since| date.value >= since),
            (None, since) => since.is_none(),
        }
    }

    fn tie(&mut self, one: usize, other: usize, kind: TieKind) {
        if one != other {
            *self.pairs.entry((one.min(other), one.max(other))).or_default().entry(kind).or_default() += 1;
        }
    }

    /// Ties each two of those who share something.
    fn tie_all<'m>(&mut self, members: impl IntoIterator<Item = &'m MemberId>, kind: TieKind) {
        let places: BTreeSet<usize> = members.into_iter().filter_map(|member| self.place(member)).collect();
        if places.len() > largest_group(self.places.len()) {
            return;
        }
        for one in &places {
            for other in places.range(one + 1..) {
                self.tie(*one, *other, kind);
            }
        }
    }

    fn find_goals(&mut self) {
        for goal in &self.as_of.ledger.goals {
            let date = if goal.proposed.is_some() { &goal.proposed } else { &goal.adopted };
            if self.is_within(date) {
                let together = goal.developed_by.iter().chain(&goal.proposed_by);
                self.tie_all(together.map(|member| &member.value), TieKind::Goal);
            }
        }
    }

    fn find_motions(&mut self) {
        for decision in &self.as_of.ledger.decisions {
            let date = if decision.proposed.is_some() { &decision.proposed } else { &decision.decided };
            if self.is_within(date) {
                self.tie_all(decision.proposed_by.iter().map(|member| &member.value), TieKind::Motion);
            }
        }
    }

    fn find_committees(&mut self) {
        for committee in &self.as_of.ledger.committees {
            let seated = committee.seats.iter().filter(|seat| {
                let end = seat.end_date.iter().chain(&committee.end_date).map(|end| end.value).min();
                let has_ended = self.since.is_some_and(|since| end.is_some_and(|end| end < since));
                self.as_of.may_have_come(&seat.start_date) && !has_ended
            });
            let ledger = self.as_of.ledger;
            let members = seated.filter_map(|seat| ledger.on_behalf_of(&seat.on_behalf_of, &seat.advocate));
            self.tie_all(members.collect::<Vec<_>>(), TieKind::Committee);
        }
    }

    fn find_agreements(&mut self) {
        let judge = SignatureJudge::new(self.as_of.ledger, self.as_of.today);
        let mut signers: BTreeMap<&str, BTreeSet<&MemberId>> = BTreeMap::new();
        for (agreement, judged) in judge.standing_signatures().filter(|(_, judged)| judged.counts()) {
            if let Some(member) = &judged.signature.value.member
                && self.is_within(&judged.signature.value.date)
            {
                signers.entry(&*agreement.key.id).or_default().insert(&member.value);
            }
        }
        for members in signers.into_values() {
            self.tie_all(members, TieKind::Agreement);
        }
    }

    fn find_help(&mut self) {
        for made in requests_made(self.as_of) {
            let Some(asker) = made.request.member.as_ref().and_then(|member| self.place(&member.value)) else {
                continue;
            };
            for answer in made.answers.iter().filter(|answer| helps(answer)) {
                let date = if answer.date.is_some() { &answer.date } else { &made.request.date };
                let helper = answer.member.as_ref().and_then(|member| self.place(&member.value));
                if let Some(helper) = helper.filter(|_| self.is_within(date)) {
                    self.tie(helper, asker, TieKind::Help);
                    if helper != asker {
                        self.directed.insert((helper, asker));
                    }
                }
            }
        }
    }

    fn find_contacts(&mut self) {
        let ledger = self.as_of.ledger;
        for made in all_made(self.as_of) {
            let since = self.since;
            if since.is_some_and(|since| made.date.value < since) {
                continue;
            }
            let with = made.with.key();
            let with = match with.kind {
                Kind::Member => self.places.get(&*with.id).copied(),
                Kind::Advocate => self.place_of_person(ledger.advocates.find(&with.id)),
                _ => None,
            };
            let by = made.contact.by.as_ref().and_then(|by| ledger.advocates.get(&by.value));
            let ends = self.place_of_person(by).zip(with);
            if let Some((by, with)) = ends.filter(|(by, with)| by != with) {
                self.tie(by, with, TieKind::Contact);
                self.directed.insert((by, with));
            }
        }
    }
}
