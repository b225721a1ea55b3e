//! Partners help each other: what a ledger shows of it.

use super::Evidence;
use crate::document::words::{count_of, part_of};
use crate::ledger::AsOf;
use crate::record::member::Stage;
use crate::record::request::{Answer, Response};
use crate::record::value::{At, MemberId, RecordId};
use crate::record::{Member, Record, Request};
use chrono::{Days, NaiveDate};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A request that was made, and what its partners made of it.
#[derive(Debug, Clone)]
pub(crate) struct MadeRequest<'l> {
    /// The request.
    pub request: &'l Record<Request>,
    /// The day.
    pub date: &'l At<NaiveDate>,
    /// Whether it is settled.
    pub closed: bool,
    /// The answers of other members so far, in the order of the file. One without a date counts.
    pub answers: Vec<&'l Response>,
    /// Whether the member who asked has left, so that no one waits for an answer.
    pub is_void: bool,
    /// Whether the time for an answer is over.
    pub due: bool,
    /// Whether someone helped, or it was settled, within that time.
    pub in_time: bool,
}

/// Whether an answer is help. A "no" is none.
pub(crate) fn helps(answer: &Response) -> bool {
    answer.answer.as_ref().is_none_or(|answer| answer.value != Answer::No)
}

impl<'l> MadeRequest<'l> {
    fn of(as_of: AsOf<'l>, request: &'l Record<Request>) -> Option<MadeRequest<'l>> {
        let date = request.date.as_ref().filter(|date| date.value <= as_of.today)?;
        let limit = as_of.policy().request_answer_days();
        let asker = request.member.as_ref().map(|member| &member.value);
        let is_of_others = |response: &&Response| response.member.as_ref().map(|member| &member.value) != asker;
        let answers = request.responses.iter().map(|response| &response.value);
        let answers: Vec<_> =
            answers.filter(is_of_others).filter(|response| as_of.may_have_come(&response.date)).collect();
        let last = date.value.checked_add_days(Days::new(u64::try_from(limit).unwrap_or_default()));
        let is_in_time = |day: NaiveDate| last.is_none_or(|last| day <= last);
        let answered = answers
            .iter()
            .filter(|one| helps(one))
            .any(|one| one.date.as_ref().is_none_or(|day| is_in_time(day.value)));
        let in_time = answered || as_of.past(&request.closed).is_some_and(is_in_time);
        let due = as_of.exceeds(date.value, limit);
        let left =
            |id: &MemberId| as_of.ledger.members.get(id).is_some_and(|member| member.stage(as_of.today) == Stage::Left);
        let is_void = asker.is_some_and(left);
        Some(MadeRequest { request, date, closed: as_of.has_come(&request.closed), answers, is_void, due, in_time })
    }

    /// Whether no one helped with it although there was time, and it is not settled.
    pub(crate) fn is_unanswered(&self) -> bool {
        self.due && !self.is_void && !self.is_met()
    }

    /// Whether it is answered, settled or past its time, so that it tells something.
    pub(crate) fn is_telling(&self) -> bool {
        self.is_met() || (!self.is_void && (self.due || !self.answers.is_empty()))
    }

    /// Whether someone helped with it, or it is settled.
    pub(crate) fn is_met(&self) -> bool {
        self.closed || self.answers.iter().any(|answer| helps(answer))
    }

    /// Whether a member that might have helped had its chance.
    fn is_over(&self) -> bool {
        self.due || self.closed
    }

    /// The members who helped although the matter does not touch them.
    fn unaffected_helpers(&self) -> impl Iterator<Item = &'l MemberId> + use<'l, '_> {
        let affects: HashSet<&MemberId> = self.request.affects.iter().map(|member| &member.value).collect();
        let helpful = self.answers.iter().filter(|answer| helps(answer));
        let members = helpful.filter_map(|answer| answer.member.as_ref().map(|member| &member.value));
        members.filter(move |member| !affects.contains(member))
    }
}

/// The requests that were made by the day, in path order.
pub(crate) fn requests_made(as_of: AsOf<'_>) -> Vec<MadeRequest<'_>> {
    as_of.ledger.requests.iter().filter_map(|request| MadeRequest::of(as_of, request)).collect()
}

/// A current member who asked for help, and what it could have done for others.
#[derive(Debug, Clone)]
pub(crate) struct Asker<'l> {
    /// The member.
    pub member: &'l Record<Member>,
    /// How often it asked.
    pub asked: usize,
    /// How many requests of others were made since it joined and are settled or past their time.
    pub chances: usize,
    /// Whether it ever helped with one of others.
    pub answered: bool,
}

/// The current members who asked for help while others did too, in path order.
pub(crate) fn askers(as_of: AsOf<'_>) -> Vec<Asker<'_>> {
    let asked = requests_made(as_of);
    let mut count: HashMap<&str, usize> = HashMap::new();
    let mut asked_on: HashMap<&str, Vec<NaiveDate>> = HashMap::new();
    let mut helpers: HashSet<&str> = HashSet::new();
    let mut over: Vec<NaiveDate> = Vec::new();
    for one in &asked {
        let asker = one.request.member.as_ref().map(|member| member.as_str());
        helpers.extend(
            one.answers
                .iter()
                .filter(|answer| helps(answer))
                .filter_map(|answer| answer.member.as_ref().map(|member| member.as_str())),
        );
        if let Some(asker) = asker {
            *count.entry(asker).or_default() += 1;
        }
        if one.is_over() {
            over.push(one.date.value);
            asked_on.entry(asker.unwrap_or_default()).or_default().push(one.date.value);
        }
    }
    over.sort_unstable();
    let members = as_of.current_members().filter_map(|member| {
        let id = &*member.key.id;
        let joined = member.joined.as_ref()?.value;
        let mine = asked_on.get(id).map(Vec::as_slice).unwrap_or_default();
        let of_mine = mine.iter().filter(|day| **day >= joined).count();
        let chances = over.len() - over.partition_point(|day| *day < joined) - of_mine;
        Some(Asker { member, asked: *count.get(id)?, chances, answered: helpers.contains(id) })
    });
    members.filter(|asker| asker.chances > 0 || asker.answered).collect()
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let asked = requests_made(as_of);
    let telling: Vec<&MadeRequest<'_>> = asked.iter().filter(|one| one.is_telling()).collect();
    let answered = telling.iter().filter(|one| one.is_met()).count();
    let askers = askers(as_of);
    let givers = askers.iter().filter(|asker| asker.answered).count();
    let evidence = Evidence::default()
        .part(
            "requests_answered",
            answered,
            telling.len(),
            format!(
                "{} answered with help or settled",
                part_of(answered, telling.len(), "request for help was", "requests for help were")
            ),
        )
        .part(
            "askers_that_answer",
            givers,
            askers.len(),
            format!(
                "{givers} of {} who asked for help also helped others",
                count_of(askers.len(), "member", "members")
            ),
        );
    if telling.is_empty() {
        return evidence;
    }
    let in_time = telling.iter().filter(|one| one.in_time).count();
    let unaffected: BTreeSet<&MemberId> = asked.iter().flat_map(MadeRequest::unaffected_helpers).collect();
    evidence
        .figure(
            "requests_answered_in_time",
            in_time,
            format!("{} answered with help on time", count_of(in_time, "request was", "requests were")),
        )
        .figure(
            "members_that_answered_unaffected",
            unaffected.len(),
            format!(
                "{} helped although the issue did not affect them",
                count_of(unaffected.len(), "member", "members")
            ),
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Ledger, load};

    fn ledger(requests: &[&str]) -> Ledger {
        let mut files = crate::check::base_ledger();
        for (at, text) in requests.iter().enumerate() {
            files.put(&format!("requests/r{at}.toml"), format!("name = \"R{at}\"\nneed = \"x\"\n{text}").as_bytes());
        }
        load(&files).unwrap()
    }

    fn as_of(ledger: &Ledger) -> AsOf<'_> {
        AsOf::new(ledger, "2026-06-15".parse().unwrap())
    }

    fn answer(member: &str, date: &str) -> String {
        format!("[[responses]]\nmember = \"{member}\"\n{date}\n")
    }

    #[test]
    fn a_request_waits_fourteen_days_for_an_answer_of_another() {
        let unanswered = |date: &str, more: &str| {
            let ledger = ledger(&[&format!("member = \"birch-library\"\ndate = {date}\n{more}")]);
            requests_made(as_of(&ledger)).iter().any(MadeRequest::is_unanswered)
        };
        assert!(!unanswered("2026-06-01", "") && unanswered("2026-05-31", ""));
        assert!(!unanswered("2026-06-16", ""), "it was not made yet");
        assert!(
            !unanswered("2026-05-01", "closed = 2026-06-15\n") && unanswered("2026-05-01", "closed = 2026-06-16\n")
        );
        assert!(!unanswered("2026-05-01", &answer("alder-friends", "date = 2026-06-15")));
        assert!(unanswered("2026-05-01", &answer("alder-friends", "date = 2026-06-16")));
        assert!(!unanswered("2026-05-01", &answer("alder-friends", "")));
        assert!(unanswered("2026-05-01", &answer("birch-library", "")), "its own word is no answer");
        let said = |word: &str| unanswered("2026-05-01", &answer("alder-friends", &format!("answer = \"{word}\"")));
        assert!(said("no") && !said("yes") && !said("partly"), "a no is no help");
    }

    #[test]
    fn who_asks_is_judged_by_the_requests_it_could_have_answered() {
        let askers_of = |requests: &[&str]| -> Vec<(String, usize, bool)> {
            let ledger = ledger(requests);
            let found =
                askers(as_of(&ledger)).into_iter().map(|a| (a.member.key.id.to_string(), a.chances, a.answered));
            found.collect()
        };
        let request = "member = \"birch-library\"\ndate = 2026-05-25\n";
        let other = |date: &str| format!("member = \"alder-friends\"\ndate = {date}\n");
        assert_eq!(askers_of(&[request]), []);
        let found = askers_of(&[request, &other("2026-05-21")]);
        assert_eq!(found, [("alder-friends".to_owned(), 1, false), ("birch-library".to_owned(), 1, false)]);
        let found = askers_of(&[request, &other("2026-06-14")]);
        assert_eq!(found, [("alder-friends".to_owned(), 1, false)], "there is still time for an answer");
        let helped = other("2026-05-21") + &answer("birch-library", "answer = \"no\"");
        assert!(!askers_of(&[request, &helped])[1].2, "a no is no help");
        assert!(askers_of(&[request, &helped.replace("\"no\"", "\"partly\"")])[1].2);
        let before = other("2026-05-21").replace("2026-05-21", "2024-05-21");
        assert_eq!(askers_of(&[request, &before]).len(), 1, "birch had not joined when it was made");
    }

    #[test]
    fn evidence_counts_what_can_be_told() {
        let ledger = ledger(&[
            "member = \"birch-library\"\ndate = 2026-06-10\n",
            "member = \"birch-library\"\ndate = 2026-05-01\n",
            "member = \"birch-library\"\ndate = 2026-05-01\nclosed = 2026-06-01\n",
        ]);
        let evidence = evidence(as_of(&ledger));
        let found: Vec<_> = evidence.counted.iter().map(|one| (one.name, one.count, one.of)).collect();
        assert_eq!(found[0], ("requests_answered", 1, Some(2)));
        assert_eq!(found[1], ("requests_answered_in_time", 0, None));
        assert_eq!(evidence.judged, 2);
    }
}
