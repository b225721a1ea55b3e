//! The contacts: who should call whom this week, and with whom no one keeps in touch.

mod view;

use super::last_contact::LastContact;
use super::quarter::Quarter;
use super::{Concern, Named, Report, ReportOutput, ReportRequest, ReportRun, answer};
use crate::ledger::AsOf;
use crate::practice::calls::{self, PlannedCall};
use crate::practice::personal_contact::{self, Keeper, keeper};
use crate::practice::{open_communication, year_round};
use crate::record::{Advocate, AnyRecord, Official, Record};
use chrono::NaiveDate;
use serde::Serialize;

/// The report.
pub(crate) static REPORT: Report =
    Report { name: "contacts", about: "who should call whom this week", run: ReportRun::Ledger(run) };

/// The days ahead for which calls are listed.
pub(crate) const DAYS_AHEAD: i64 = 7;

/// The quarters by which contacts are counted: the current one, and those back to the same one a year ago.
const QUARTERS: u32 = 5;

fn run(request: &ReportRequest<'_>) -> ReportOutput {
    let contacts = Contacts::of(request);
    let document = view::document(request, &contacts);
    answer(&REPORT, request, &contacts, document)
}

/// The contacts to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Contacts {
    /// The last day whose calls are listed.
    pub until: NaiveDate,
    /// How many of the people who serve are in touch.
    pub people: ContactRates,
    /// How many current members were heard from in time.
    pub members: ContactRates,
    /// How many officials in office heard from the coalition in time.
    pub officials: ContactRates,
    /// How many calls are overdue.
    pub overdue: usize,
    /// How many more are due by the last day.
    pub due: usize,
    /// How many of the overdue calls were promised.
    pub promises_overdue: usize,
    /// The calls by who makes them, the longest overdue first; last those that no one makes.
    pub callers: Vec<Caller>,
    /// The people with whom no one who serves keeps in touch.
    pub unowned: Vec<Unowned>,
    /// The quarters by which contacts are counted, the current one last.
    pub quarters: Vec<Quarter>,
    /// The contacts with and by each of the people who serve, those who were not in touch for longest first.
    pub people_by_quarter: Vec<PersonQuarters>,
}

/// The contacts of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PersonQuarters {
    /// Who.
    pub advocate: Named,
    /// How many there were in each quarter.
    pub contacts: Vec<usize>,
}

/// How many were contacted in time, of those who can be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct ContactRates {
    /// How many were.
    pub in_touch: usize,
    /// Of how many.
    pub of: usize,
}

/// Who calls, and whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Caller {
    /// Who; absent where no one is named.
    pub caller: Option<Named>,
    /// Whom, the longest overdue first.
    pub calls: Vec<CallDue>,
}

/// A call to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct CallDue {
    /// With whom.
    pub with: Named,
    /// Whom the same call is for as well: the member for which someone speaks, or the one who speaks for it.
    pub also: Option<Named>,
    /// Who speaks for the member who is called.
    pub through: Option<Named>,
    /// The office of the official who is called.
    pub office: Option<String>,
    /// The day by which the call has to be made.
    pub due: NaiveDate,
    /// The days by which it is overdue; absent while it is in time.
    pub overdue_days: Option<i64>,
    /// The days that have passed since the last contact, or since there could have been one.
    pub days: Option<i64>,
    /// The days that are allowed.
    pub limit: Option<i64>,
    /// By how many days that is more than is allowed; absent where it is not.
    pub overdue_by: Option<i64>,
    /// The last time that they were heard of.
    pub last: Option<LastContact>,
    /// The day for which someone promised to get back to them.
    pub promised_for: Option<NaiveDate>,
    /// Who promised.
    pub promised_by: Option<Named>,
}

/// Someone with whom no one who serves keeps in touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Unowned {
    /// The person.
    pub advocate: Named,
    /// The person\u{2019}s member.
    pub member: Option<Named>,
    /// Who is named but does not serve.
    pub former: Option<Named>,
}

impl Contacts {
    /// Computes the report.
    pub(crate) fn of(request: &ReportRequest<'_>) -> Contacts {
        let as_of = request.as_of();
        let concern = Concern::of(request);
        let is_own = |record: &dyn AnyRecord| concern.is_own(&Named::any(record));
        let people = personal_contact::people(as_of);
        let quarters = Quarter::last(QUARTERS, as_of.today);
        let people_by_quarter =
            by_quarter(as_of, &quarters, people.iter().map(|one| one.advocate).filter(|one| is_own(*one)));
        let people = people.iter().filter(|one| one.is_judged() && is_own(one.advocate));
        let members = open_communication::members(as_of);
        let members = members.iter().filter(|one| one.is_judged() && is_own(one.member));
        let officials = year_round::officials(as_of);
        let is_own_official = |official: &Record<Official>| {
            concern.is_everything()
                || official.owner.as_ref().is_some_and(|owner| concern.is_own(&Named::of(request.ledger, &owner.value)))
        };
        let officials = officials.iter().filter(|one| is_own_official(one.official));

        let mut due = calls::calls(as_of, DAYS_AHEAD);
        due.retain(|call| is_own(call.whom) || call.caller.is_some_and(|caller| is_own(caller)));
        let promises = due.iter().filter_map(|call| call.promise).filter(|one| one.is_overdue(as_of.today)).count();
        let callers = calls::by_caller(due).into_iter().map(|(caller, calls)| Caller {
            caller: caller.map(Named::record),
            calls: merge_calls(calls.iter().filter_map(|call| CallDue::of(request, call)).collect()),
        });
        let callers: Vec<Caller> = callers.collect();
        let calls = || callers.iter().flat_map(|caller| &caller.calls);
        let overdue = calls().filter(|call| call.overdue_days.is_some()).count();
        Contacts {
            until: as_of.in_days(DAYS_AHEAD),
            people: ContactRates {
                in_touch: people.clone().filter(|one| !one.is_overdue()).count(),
                of: people.count(),
            },
            members: ContactRates {
                in_touch: members.clone().filter(|one| !one.is_silent()).count(),
                of: members.count(),
            },
            officials: ContactRates {
                in_touch: officials.clone().filter(|one| one.is_in_touch()).count(),
                of: officials.count(),
            },
            overdue,
            due: calls().count() - overdue,
            promises_overdue: promises,
            callers,
            unowned: list_unowned(request, &concern),
            quarters,
            people_by_quarter,
        }
    }

    /// Whether there is no one to keep in touch with.
    fn is_empty(&self) -> bool {
        self.people.of + self.members.of + self.officials.of == 0 && self.callers.is_empty() && self.unowned.is_empty()
    }
}

impl CallDue {
    fn of(request: &ReportRequest<'_>, call: &PlannedCall<'_>) -> Option<CallDue> {
        let due = call.due()?;
        let official = request.ledger.officials.find(&call.whom.key().id);
        let official = official.filter(|official| official.key == *call.whom.key());
        Some(CallDue {
            with: Named::any(call.whom),
            also: None,
            through: call.through.map(Named::record),
            office: official.and_then(|official| official.office.as_ref()).map(|office| office.value.clone()),
            due,
            overdue_days: call.is_overdue(request.today).then(|| (request.today - due).num_days()),
            days: call.wait.map(|wait| wait.days),
            limit: call.wait.map(|wait| wait.limit),
            overdue_by: call.wait.filter(|wait| wait.is_over()).map(|wait| wait.days - wait.limit),
            last: call.last.map(|last| LastContact::of(request, last)),
            promised_for: call.promise.map(|promise| promise.due.value),
            promised_by: call.promise.and_then(|promise| promise.by).map(|by| Named::of(request.ledger, &by.value)),
        })
    }
}

/// The calls of one person, with one call where the one who speaks for a member is to be called for the member and in
/// person: the more urgent of both, which does for the other.
fn merge_calls(calls: Vec<CallDue>) -> Vec<CallDue> {
    let mut kept: Vec<CallDue> = Vec::new();
    for call in calls {
        let is_same = |other: &&mut CallDue| {
            other.through.as_ref() == Some(&call.with) || call.through.as_ref() == Some(&other.with)
        };
        match kept.iter_mut().find(is_same) {
            // The calls come in the order in which they are due; of one day the member stands before its person.
            Some(other) => {
                let mut call = call;
                if call.due == other.due && call.through.as_ref() == Some(&other.with) {
                    std::mem::swap(other, &mut call);
                }
                other.also = Some(call.with.clone());
                if other.promised_for.is_none() {
                    (other.promised_for, other.promised_by) = (call.promised_for, call.promised_by);
                }
            }
            None => kept.push(call),
        }
    }
    kept
}

/// The contacts of people by quarter; who took part in none lately comes first.
fn by_quarter<'l>(
    as_of: AsOf<'l>,
    quarters: &[Quarter],
    people: impl Iterator<Item = &'l Record<Advocate>>,
) -> Vec<PersonQuarters> {
    let days = personal_contact::days_of_people(as_of);
    let row = |advocate: &Record<Advocate>| {
        let days = days.get(&*advocate.key.id).map(Vec::as_slice).unwrap_or_default();
        let count = |quarter: &Quarter| days.iter().filter(|day| quarter.has(**day)).count();
        PersonQuarters { advocate: Named::record(advocate), contacts: quarters.iter().map(count).collect() }
    };
    let mut rows: Vec<PersonQuarters> = people.map(row).collect();
    rows.sort_by_cached_key(|row| {
        let last = row.contacts.iter().rposition(|count| *count > 0);
        (last, row.contacts.iter().sum::<usize>(), row.advocate.clone())
    });
    rows
}

fn list_unowned(request: &ReportRequest<'_>, concern: &Concern) -> Vec<Unowned> {
    let as_of = request.as_of();
    let unkept = personal_contact::unkept(as_of).map(|advocate| Unowned {
        advocate: Named::record(advocate),
        member: Named::at(request.ledger, &advocate.member),
        former: match keeper(as_of, advocate) {
            Keeper::Gone(former) => Some(Named::record(former)),
            _ => None,
        },
    });
    let mut unowned: Vec<Unowned> = unkept.filter(|one| concern.is_own(&one.advocate)).collect();
    unowned.sort_by(|a, b| a.advocate.cmp(&b.advocate));
    unowned
}

#[cfg(test)]
mod tests;
