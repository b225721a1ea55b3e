//! Who should call whom: people, members and officials who have waited long enough, and promises to get back to them.

use super::open_communication;
use super::personal_contact::{self, FollowUp, Keeper, keeper};
use super::signs::ContactSign;
use super::wait::Wait;
use super::year_round;
use crate::kind::RecordKey;
use crate::ledger::AsOf;
use crate::record::value::{AdvocateId, Opt};
use crate::record::{Advocate, AnyRecord, Member, Record, by_name};
use chrono::NaiveDate;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A call to make some day.
#[derive(Clone, Copy)]
pub(crate) struct PlannedCall<'l> {
    /// Who is called: a person, a member, an official.
    pub whom: &'l dyn AnyRecord,
    /// Who calls; none where no one is named who serves.
    pub caller: Option<&'l Record<Advocate>>,
    /// Who speaks for the member who is called.
    pub through: Option<&'l Record<Advocate>>,
    /// When they were last heard of.
    pub last: Option<ContactSign<'l>>,
    /// How long ago that was.
    pub wait: Option<Wait>,
    /// What was promised.
    pub promise: Option<FollowUp<'l>>,
}

impl PlannedCall<'_> {
    /// The day by which the call has to be made: what was promised, or the last day that the policy allows.
    pub(crate) fn due(&self) -> Option<NaiveDate> {
        let days = [self.promise.map(|promise| promise.due.value), self.wait.map(|wait| wait.due())];
        days.into_iter().flatten().min()
    }

    /// Whether that day has passed.
    pub(crate) fn is_overdue(&self, today: NaiveDate) -> bool {
        self.due().is_some_and(|due| due < today)
    }
}

/// The calls that are due within some days, the longest overdue first, those of one day by name.
pub(crate) fn calls(as_of: AsOf<'_>, days: i64) -> Vec<PlannedCall<'_>> {
    let horizon = as_of.in_days(days);
    let mut calls = all(as_of);
    calls.retain(|call| call.due().is_some_and(|due| due <= horizon));
    calls.sort_by(|a, b| a.due().cmp(&b.due()).then_with(|| by_name(a.whom, b.whom)));
    calls
}

/// Everyone who should hear from someone some day, in the order of their keys.
pub(crate) fn all(as_of: AsOf<'_>) -> Vec<PlannedCall<'_>> {
    let mut calls: BTreeMap<RecordKey, PlannedCall<'_>> = BTreeMap::new();
    let people = personal_contact::people(as_of).into_iter().map(|one| PlannedCall {
        whom: one.advocate,
        caller: kept_by(as_of, one.advocate),
        through: None,
        last: one.last,
        wait: one.wait,
        promise: None,
    });
    let members = open_communication::members(as_of).into_iter().map(|one| PlannedCall {
        whom: one.member,
        caller: caller_of_member(as_of, one.member),
        through: serving(as_of, &one.member.representative),
        last: one.last,
        wait: one.wait,
        promise: None,
    });
    let officials = year_round::officials(as_of).into_iter().map(|one| PlannedCall {
        whom: one.official,
        caller: serving(as_of, &one.official.owner),
        through: None,
        last: one.last.map(ContactSign::of_contact),
        wait: one.wait,
        promise: None,
    });
    for call in people.chain(members).chain(officials) {
        calls.insert(call.whom.key().clone(), call);
    }
    // Of several promises to one party the first due is the one that counts, so that it comes last here.
    for promise in personal_contact::follow_ups(as_of).into_iter().rev() {
        let call = calls.entry(promise.with.key().clone()).or_insert_with(|| prospect(as_of, promise.with));
        let promised_by = promise.by.and_then(|by| as_of.ledger.advocates.get(by)).filter(|by| as_of.serves(by));
        let other = promised_by.filter(|by| by.key != *promise.with.key());
        call.promise = Some(promise);
        call.caller = other.or(call.caller);
    }
    calls.into_values().collect()
}

/// An organization that is no member yet, or no more: only what was promised is due.
fn prospect<'l>(as_of: AsOf<'l>, with: &'l dyn AnyRecord) -> PlannedCall<'l> {
    let member = as_of.ledger.members.find(&with.key().id).filter(|member| member.key == *with.key());
    PlannedCall {
        whom: with,
        caller: member.and_then(|member| caller_of_member(as_of, member)),
        through: member.and_then(|member| serving(as_of, &member.representative)),
        last: member
            .and_then(|member| personal_contact::last(as_of, member, &member.contacts))
            .map(ContactSign::of_contact),
        wait: None,
        promise: None,
    }
}

/// The person whom a field names, if that person serves.
pub(crate) fn serving<'l>(as_of: AsOf<'l>, named: &Opt<AdvocateId>) -> Option<&'l Record<Advocate>> {
    as_of.ledger.advocates.get(named.as_ref()?).filter(|advocate| as_of.serves(advocate))
}

fn kept_by<'l>(as_of: AsOf<'l>, advocate: &Record<Advocate>) -> Option<&'l Record<Advocate>> {
    match keeper(as_of, advocate) {
        Keeper::Serving(keeper) => Some(keeper),
        _ => None,
    }
}

/// Who calls a member: the representative of the member that brought it in, else whoever keeps in touch with its own
/// representative.
fn caller_of_member<'l>(as_of: AsOf<'l>, member: &Member) -> Option<&'l Record<Advocate>> {
    let sponsor = member.sponsor.as_ref().and_then(|id| as_of.ledger.members.get(id));
    let of_sponsor = sponsor.filter(|sponsor| sponsor.is_current(as_of.today));
    let of_sponsor = of_sponsor.and_then(|sponsor| serving(as_of, &sponsor.representative));
    of_sponsor.or_else(|| kept_by(as_of, serving(as_of, &member.representative)?))
}

/// The calls of each caller: who has the call that is longest overdue comes first, what no one makes comes last.
pub(crate) fn by_caller<'l>(calls: Vec<PlannedCall<'l>>) -> Vec<(Option<&'l Record<Advocate>>, Vec<PlannedCall<'l>>)> {
    let mut groups: BTreeMap<Option<&RecordKey>, Vec<PlannedCall<'l>>> = BTreeMap::new();
    for call in calls {
        groups.entry(call.caller.map(|caller| &caller.key)).or_default().push(call);
    }
    let mut groups: Vec<_> =
        groups.into_values().map(|calls| (calls.first().and_then(|call| call.caller), calls)).collect();
    let due = |calls: &[PlannedCall<'_>]| calls.first().and_then(PlannedCall::due);
    groups.sort_by(|(one, calls), (other, others)| {
        let by_day = (one.is_none(), due(calls)).cmp(&(other.is_none(), due(others)));
        by_day.then_with(|| one.zip(*other).map_or(Ordering::Equal, |(one, other)| by_name(one, other)))
    });
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;

    fn list_calls(files: &crate::source::memory::Memory, today: &str, days: i64) -> Vec<String> {
        let ledger = load(files).unwrap();
        let as_of = AsOf::new(&ledger, today.parse().unwrap());
        let of = |(caller, calls): (Option<&Record<Advocate>>, Vec<PlannedCall<'_>>)| {
            let whom: Vec<_> = calls.iter().map(|call| call.whom.key().to_string()).collect();
            format!("{}: {}", caller.map_or("no one", |caller| caller.name()), whom.join(" "))
        };
        by_caller(calls(as_of, days)).into_iter().map(of).collect()
    }

    #[test]
    fn calls_are_due_within_the_days_ahead() {
        let files = base_ledger();
        // The last contacts are of May 28; 90 days later is 26 August.
        assert!(list_calls(&files, "2026-08-18", 7).is_empty());
        let due = [
            "Ana Lopez: advocate/ben-okoro member/birch-library advocate/dana-reyes",
            "no one: advocate/ana-lopez member/alder-friends",
        ];
        assert_eq!(list_calls(&files, "2026-08-19", 7), due);
    }

    #[test]
    fn who_promised_calls_and_a_sponsor_before_others() {
        let mut files = base_ledger();
        let member = "name = \"Elm\"\njoined = 2026-01-15\nsponsor = \"birch-library\"\n";
        files.put("members/elm.toml", member.as_bytes());
        assert_eq!(list_calls(&files, "2026-06-15", 0), ["Ben Okoro: member/elm"]);
        let promised =
            format!("{member}[[contacts]]\ndate = 2026-06-01\nby = \"dana-reyes\"\nfollow_up = 2026-06-10\n");
        files.put("members/elm.toml", promised.as_bytes());
        assert_eq!(list_calls(&files, "2026-06-15", 0), ["Dana Reyes: member/elm"]);
    }

    #[test]
    fn a_promise_to_a_prospect_is_a_call_too() {
        let mut files = base_ledger();
        let text = "name = \"Elm\"\ninvited = 2026-05-01\n[[contacts]]\ndate = 2026-05-02\nfollow_up = 2026-06-10\n";
        files.put("members/elm.toml", text.as_bytes());
        assert_eq!(list_calls(&files, "2026-06-15", 0), ["no one: member/elm"]);
    }
}
