//! No one runs everything: how large a part each member has in the seats, the chairs, the proposals, the contributions
//! and the attendance of a year.

use super::Evidence;
use super::meetings::meetings_held;
use super::structure::{is_chair, office, role};
use crate::ledger::{AsOf, Ledger, YEAR};
use crate::record::value::{AdvocateId, MemberId, Opt, distinct};
use crate::record::{Meeting, Member, Record};
use chrono::Days;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The entries below which shares say nothing.
pub(crate) const LEAST_ENTRIES: usize = 5;

/// The members below which shares say nothing: of two, one always has half.
pub(crate) const LEAST_MEMBERS: usize = 3;

/// What members have shares of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // `many` says it
pub(crate) enum WorkKind {
    Seats,
    Chairs,
    Proposals,
    Contributions,
    Attendance,
}

impl WorkKind {
    /// All of them, in the order in which reports list them.
    pub(crate) const ALL: [WorkKind; 5] =
        [WorkKind::Seats, WorkKind::Chairs, WorkKind::Proposals, WorkKind::Contributions, WorkKind::Attendance];

    /// The word for several.
    pub(crate) const fn many(self) -> &'static str {
        match self {
            WorkKind::Seats => "seats",
            WorkKind::Chairs => "chairs",
            WorkKind::Proposals => "proposals",
            WorkKind::Contributions => "contributions",
            WorkKind::Attendance => "attendances",
        }
    }

    /// What a member with the largest share does, for a sentence: `has held 5 of 12 seats`.
    pub(crate) const fn verb(self) -> &'static str {
        match self {
            WorkKind::Seats | WorkKind::Chairs => "has held",
            WorkKind::Proposals | WorkKind::Contributions => "has made",
            WorkKind::Attendance => "has",
        }
    }

    const fn unjudged_name(self) -> &'static str {
        match self {
            WorkKind::Seats => "seats_not_judged",
            WorkKind::Chairs => "chairs_not_judged",
            WorkKind::Proposals => "proposals_not_judged",
            WorkKind::Contributions => "contributions_not_judged",
            WorkKind::Attendance => "attendance_not_judged",
        }
    }

    const fn evidence_name(self) -> &'static str {
        match self {
            WorkKind::Seats => "members_within_share_of_seats",
            WorkKind::Chairs => "members_within_share_of_chairs",
            WorkKind::Proposals => "members_within_share_of_proposals",
            WorkKind::Contributions => "members_within_share_of_contributions",
            WorkKind::Attendance => "members_within_share_of_attendance",
        }
    }
}

/// How the entries of one sort are spread over the members.
#[derive(Debug, Clone)]
pub(crate) struct Spread<'l> {
    /// The sort.
    pub sort: WorkKind,
    /// The entries that belong to a member, a former one too. What several made together is one.
    pub total: usize,
    /// How many members share them: the current ones, of attendance those of them that came.
    pub sharers: usize,
    /// The entries of each current member, in the order of their ids; those without any have none.
    pub current: Vec<ShareKind<'l>>,
    /// Whether there is enough to judge.
    pub is_judged: bool,
    /// The sum of the squared shares of all members (Herfindahl–Hirschman index): 1 where one member has all.
    pub concentration: Option<Decimal>,
    /// The number of members of equal size that would be as concentrated: one over the index (M. Laakso and R. Taagepera,
    /// “Effective” Number of Parties, Comparative Political Studies 12, 1979).
    pub effective_members: Option<Decimal>,
}

/// The part of one member.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ShareKind<'l> {
    /// The member.
    pub member: &'l Record<Member>,
    /// Its entries; of what n members made together it has 1/n.
    pub count: Decimal,
    /// Its share of all entries, where there are any.
    pub share: Option<Decimal>,
    /// Whether that is judged to be too much: more than `max_share` of all, and more than an even split, rounded up.
    pub is_too_large: bool,
}

/// A share in percent, with a digit after the point where it has one: `37.5`.
pub(crate) fn percent(share: Decimal) -> Decimal {
    let percent = share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or_default();
    percent.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero).normalize()
}

/// The digits after the point that a count keeps, so that three thirds are one.
const DIGITS: u32 = 12;

/// How the entries of a year are spread, for each sort.
pub(crate) fn spreads(as_of: AsOf<'_>) -> Vec<Spread<'_>> {
    WorkKind::ALL.into_iter().map(|sort| spread(as_of, sort)).collect()
}

fn spread(as_of: AsOf<'_>, sort: WorkKind) -> Spread<'_> {
    let mut counts: BTreeMap<&str, Decimal> = BTreeMap::new();
    let mut total = 0;
    for entry in entries(as_of, sort) {
        let members: BTreeSet<&str> =
            entry.into_iter().filter_map(|id| Some(&*as_of.ledger.members.get(id)?.key.id)).collect();
        let Some(part) = Decimal::ONE.checked_div(Decimal::from(members.len())) else { continue };
        total += 1;
        for member in members {
            *counts.entry(member).or_default() += part;
        }
    }
    counts.values_mut().for_each(|count| *count = count.round_dp(DIGITS).normalize());
    let all = Decimal::from(total);
    let of = |member: &Record<Member>| counts.get(&*member.key.id).copied().unwrap_or_default();
    let shares_in = |member: &&Record<Member>| sort != WorkKind::Attendance || !of(member).is_zero();
    let sharers = as_of.current_members().filter(shares_in).count();
    let is_judged = sharers >= LEAST_MEMBERS && total >= LEAST_ENTRIES;
    let even = Decimal::from(total.div_ceil(sharers.max(1)));
    let most = as_of.policy().max_share();
    let part = |member| {
        let count = of(member);
        // Compared without dividing, so that a third of three is a third.
        let is_too_large = is_judged && count > most * all && count > even;
        ShareKind { member, count, share: count.checked_div(all), is_too_large }
    };
    let mut current: Vec<ShareKind<'_>> = as_of.current_members().map(part).collect();
    current.sort_by_key(|part| &part.member.key);
    let squares: Decimal = counts.values().map(|count| count * count).sum();
    Spread {
        sort,
        total,
        sharers,
        current,
        is_judged,
        concentration: squares.checked_div(all * all),
        effective_members: (all * all).checked_div(squares),
    }
}

/// The members of each entry of a sort: one, or those that made it together.
fn entries(as_of: AsOf<'_>, sort: WorkKind) -> Vec<Vec<&MemberId>> {
    let alone = |members: Vec<_>| members.into_iter().map(|member| vec![member]).collect();
    match sort {
        WorkKind::Seats => alone(seats(as_of, |_| true)),
        WorkKind::Chairs => alone(seats(as_of, is_chair).into_iter().chain(members_chairing(as_of)).collect()),
        WorkKind::Proposals => proposals(as_of),
        WorkKind::Contributions => alone(contributions(as_of)),
        WorkKind::Attendance => alone(attendance(as_of)),
    }
}

/// The seats held at some time of the last year. Who holds a seat for several terms holds one seat.
fn seats<'l>(as_of: AsOf<'l>, is_meant: impl Fn(&str) -> bool) -> Vec<&'l MemberId> {
    let year_ago = as_of.today.checked_sub_days(Days::new(YEAR.unsigned_abs()));
    let mut members = Vec::new();
    for committee in &as_of.ledger.committees {
        let mut held: BTreeSet<(&str, &AdvocateId, &MemberId)> = BTreeSet::new();
        for seat in &committee.seats {
            let role = role(seat);
            let ends = [&seat.end_date, &committee.end_date].into_iter().flatten();
            let has_ended = ends.map(|end| end.value).min().is_some_and(|end| Some(end) < year_ago);
            let has_begun = as_of.may_have_come(&seat.start_date) && as_of.may_have_come(&committee.start_date);
            if !is_meant(role) || has_ended || !has_begun {
                continue;
            }
            let Some(holder) = &seat.advocate else { continue };
            let Some(member) = as_of.ledger.on_behalf_of(&seat.on_behalf_of, &seat.advocate) else { continue };
            held.insert((office(role), &holder.value, member));
        }
        members.extend(held.into_iter().map(|(_, _, member)| member));
    }
    members
}

/// The meetings of the last year that were held.
fn held_meetings(as_of: AsOf<'_>) -> impl Iterator<Item = &Record<Meeting>> {
    meetings_held(as_of).filter(move |(date, _)| as_of.is_of_last_year(*date)).map(|(_, meeting)| meeting)
}

/// The members of those who chaired a meeting; not where they were in the chair of the committee that met, which is
/// counted as a seat.
fn members_chairing(as_of: AsOf<'_>) -> Vec<&MemberId> {
    let chaired = held_meetings(as_of).filter(|meeting| !is_elected(as_of, meeting));
    chaired.filter_map(|meeting| own_member(as_of.ledger, &meeting.chair)).collect()
}

/// Whether whoever chaired a meeting held the chair of the committee that met on that day.
fn is_elected(as_of: AsOf<'_>, meeting: &Meeting) -> bool {
    let committee = meeting.committee.as_ref().and_then(|id| as_of.ledger.committees.get(&id.value));
    let (Some(committee), Some(chair), Some(day)) = (committee, &meeting.chair, &meeting.date) else { return false };
    committee.seats.iter().any(|seat| {
        let is_own = seat.advocate.as_ref().is_some_and(|holder| holder.value == chair.value);
        is_own && is_chair(role(seat)) && seat.is_current(day.value)
    })
}

fn own_member<'l>(ledger: &'l Ledger, advocate: &'l Opt<AdvocateId>) -> Option<&'l MemberId> {
    ledger.on_behalf_of(&None, advocate)
}

fn proposals(as_of: AsOf<'_>) -> Vec<Vec<&MemberId>> {
    let goals = as_of.ledger.goals.iter().map(|goal| (&goal.proposed, &goal.proposed_by));
    let decisions = as_of.ledger.decisions.iter().map(|decision| (&decision.proposed, &decision.proposed_by));
    let of_year = goals
        .chain(decisions)
        .filter(|(proposed, _)| proposed.as_ref().is_some_and(|proposed| as_of.is_of_last_year(proposed.value)));
    of_year.map(|(_, members)| distinct(members).map(|member| &member.value).collect()).collect()
}

fn contributions(as_of: AsOf<'_>) -> Vec<&MemberId> {
    let given = as_of
        .ledger
        .contributions
        .iter()
        .filter(|contribution| contribution.date.as_ref().is_some_and(|date| as_of.is_of_last_year(date.value)));
    given.filter_map(|gift| as_of.ledger.on_behalf_of(&gift.member, &gift.advocate)).collect()
}

fn attendance(as_of: AsOf<'_>) -> Vec<&MemberId> {
    let came = held_meetings(as_of).flat_map(|meeting| &meeting.attendance).filter(|one| one.was_there());
    came.filter_map(|one| as_of.ledger.on_behalf_of(&one.member, &one.advocate)).collect()
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let most = percent(as_of.policy().max_share());
    spreads(as_of).into_iter().fold(Evidence::default(), |evidence, spread| {
        let many = spread.sort.many();
        if !spread.is_judged {
            return match spread.total {
                0 => evidence,
                total => evidence.figure(spread.sort.unjudged_name(), total, too_little(&spread)),
            };
        }
        let of = spread.current.len();
        let within = spread.current.iter().filter(|part| !part.is_too_large).count();
        let text = if within == of {
            format!("no member had too many of the {} {many} in the past year", spread.total)
        } else {
            format!("{within} of {of} members did not have too many of the {} {many} in the past year", spread.total)
        };
        let name = spread.sort.evidence_name();
        let evidence = evidence.part(name, within, of, text);
        evidence.with_figure(name, "limit_percent", most).with_figure(name, "entries", spread.total).with_figure(
            name,
            "period_days",
            YEAR,
        )
    })
}

/// Why a spread is not judged, in a few words.
fn too_little(spread: &Spread<'_>) -> String {
    let (total, many) = (spread.total, spread.sort.many());
    if total < LEAST_ENTRIES {
        format!("too few {many} in the past year to judge ({total}, at least {LEAST_ENTRIES} needed)")
    } else {
        format!(
            "too few members have the {total} {many} of the past year to judge ({}, at least {LEAST_MEMBERS} needed)",
            spread.sharers
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::load;

    const TODAY: &str = "2026-06-15";

    /// A ledger of three members with a goal for each proposal: the day and who proposed it.
    fn ledger(proposals: &[(&str, &str)]) -> Ledger {
        let mut files = crate::check::base_ledger();
        let cedar = "name = \"Cedar\"\nclassification = \"school\"\njoined = 2025-03-01\n";
        files.put("members/cedar-school.toml", cedar.as_bytes());
        for (at, (day, member)) in proposals.iter().enumerate() {
            let text = format!("name = \"Goal {at}\"\nproposed = {day}\nproposed_by = [\"{member}\"]\n");
            files.put(&format!("goals/goal-{at}.toml"), text.as_bytes());
        }
        load(&files).unwrap()
    }

    fn proposals(ledger: &Ledger) -> Spread<'_> {
        spreads(AsOf::new(ledger, TODAY.parse().unwrap())).into_iter().nth(2).unwrap()
    }

    fn dominant(ledger: &Ledger) -> Vec<String> {
        let too_large = proposals(ledger).current.into_iter().filter(|part| part.is_too_large);
        too_large.map(|part| part.member.key.id.to_string()).collect()
    }

    #[test]
    fn exactly_the_limit_is_fine() {
        let (a, b, c) =
            (("2026-01-01", "alder-friends"), ("2026-01-01", "birch-library"), ("2026-01-01", "cedar-school"));
        assert_eq!(dominant(&ledger(&[a, a, b, b, c])), [""; 0], "two of five is 40%");
        assert_eq!(dominant(&ledger(&[a, a, a, b, c])), ["alder-friends"]);
        assert_eq!(dominant(&ledger(&[a, a, a, b])), [""; 0], "four entries say nothing");
    }

    #[test]
    fn only_the_last_year_counts() {
        let (a, b, c) =
            (("2026-01-01", "alder-friends"), ("2025-06-15", "birch-library"), ("2026-01-01", "cedar-school"));
        let old = ("2025-06-14", "birch-library");
        assert_eq!(proposals(&ledger(&[a, b, c, c, c])).total, 5);
        assert_eq!(proposals(&ledger(&[a, old, c, c, c])).total, 4);
    }

    #[test]
    fn two_members_are_not_judged() {
        let mut files = crate::check::base_ledger();
        for at in 0..6 {
            let text = format!("name = \"Goal {at}\"\nproposed = 2026-06-01\nproposed_by = [\"birch-library\"]\n");
            files.put(&format!("goals/goal-{at}.toml"), text.as_bytes());
        }
        let ledger = load(&files).unwrap();
        assert!(!proposals(&ledger).is_judged);
        let evidence = evidence(AsOf::new(&ledger, TODAY.parse().unwrap()));
        assert_eq!((evidence.judged, evidence.counted.len()), (0, 1));
        assert!(
            evidence.counted[0]
                .text
                .contains("too few members have the 6 proposals of the past year to judge (2, at least 3 needed)"),
            "{evidence:?}"
        );
    }

    #[test]
    fn an_even_split_rounded_up_dominates_nobody() {
        let (a, b, c) =
            (("2026-01-01", "alder-friends"), ("2026-01-01", "birch-library"), ("2026-01-01", "cedar-school"));
        assert_eq!(dominant(&ledger(&[a, a, a, b, b, c, c])), [""; 0], "seven cannot be split more evenly");
        assert_eq!(dominant(&ledger(&[a, a, a, a, b, b, c])), ["alder-friends"]);
    }

    #[test]
    fn what_several_propose_is_shared() {
        let all = ("2026-01-01", "alder-friends\", \"birch-library\", \"cedar-school");
        let (two, one) = (("2026-01-01", "alder-friends\", \"birch-library"), ("2026-01-01", "birch-library"));
        let ledger = ledger(&[all, all, all, two, one]);
        let spread = proposals(&ledger);
        let counts: Vec<String> = spread.current.iter().map(|part| part.count.to_string()).collect();
        assert_eq!((spread.total, counts), (5, vec!["1.5".to_owned(), "2.5".to_owned(), "1".to_owned()]));
        assert_eq!(dominant(&ledger), ["birch-library"], "2.5 of 5, and an even split is 2");
    }

    /// The attendance of a year: of each person so many meetings.
    fn attendance(times: &[(&str, usize)]) -> (bool, Vec<String>) {
        let mut files = crate::check::base_ledger();
        for member in ["cedar", "dune", "elm"] {
            files.put(
                &format!("members/{member}.toml"),
                format!("name = \"{member}\"\njoined = 2025-03-01\n").as_bytes(),
            );
        }
        for at in 0..times.iter().map(|(_, times)| *times).max().unwrap_or(0) {
            let came = times.iter().filter(|(_, times)| at < *times);
            let came: String = came
                .map(|(member, _)| format!("[[attendance]]\nname = \"{member}\"\nmember = \"{member}\"\n"))
                .collect();
            files.put(&format!("meetings/m{at}.toml"), format!("name = \"M\"\ndate = 2026-03-01\n{came}").as_bytes());
        }
        let ledger = load(&files).unwrap();
        let spread = spreads(AsOf::new(&ledger, TODAY.parse().unwrap())).pop().unwrap();
        let too_large = spread.current.iter().filter(|part| part.is_too_large);
        (spread.is_judged, too_large.map(|part| part.member.key.id.to_string()).collect())
    }

    #[test]
    fn attendance_is_shared_by_those_who_came() {
        assert_eq!(attendance(&[("cedar", 6), ("dune", 6)]), (false, vec![]), "of two, one always has half");
        assert_eq!(
            attendance(&[("cedar", 5), ("dune", 5), ("elm", 2)]),
            (true, vec!["cedar".to_owned(), "dune".to_owned()])
        );
        assert_eq!(attendance(&[("cedar", 4), ("dune", 4), ("elm", 3)]), (true, vec![]));
    }

    #[test]
    fn a_chair_of_a_committee_who_leads_its_meetings_counts_once() {
        let mut files = crate::check::base_ledger();
        let seat = "[[seats]]\nrole = \"chair\"\nadvocate = \"ben-okoro\"\nend_date = 2026-05-31\n";
        files.put("committees/steering.toml", format!("name = \"S\"\n{seat}").as_bytes());
        let mut add_meeting = |id: &str, day: &str, rest: &str| {
            let text = format!("name = \"M\"\ndate = {day}\nchair = \"ben-okoro\"\n{rest}");
            files.put(&format!("meetings/{id}.toml"), text.as_bytes());
        };
        add_meeting("a", "2026-05-31", "committee = \"steering\"\n");
        add_meeting("b", "2026-06-01", "committee = \"steering\"\n");
        add_meeting("c", "2026-05-01", "");
        let ledger = load(&files).unwrap();
        let chairs = &spreads(AsOf::new(&ledger, TODAY.parse().unwrap()))[1];
        assert_eq!(chairs.total, 3, "the seat, a meeting after its term, and one of the whole coalition");
    }

    #[test]
    fn concentration_is_the_sum_of_the_squared_shares() {
        let (a, b, c) =
            (("2026-01-01", "alder-friends"), ("2026-01-01", "birch-library"), ("2026-01-01", "cedar-school"));
        let ledger = ledger(&[a, a, b, c]);
        let spread = proposals(&ledger);
        assert_eq!(spread.concentration, Some("0.375".parse().unwrap()), "(4 + 1 + 1) / 16");
        assert_eq!(spread.effective_members.map(|n| n.round_dp(4)), Some("2.6667".parse().unwrap()));
        assert_eq!(proposals(&self::ledger(&[])).concentration, None);
    }

    #[test]
    fn a_seat_kept_for_a_second_term_is_one_seat() {
        let seat = "[[seats]]\nrole = \"chair\"\nadvocate = \"ben-okoro\"\n";
        let text = format!(
            "name = \"S\"\n{seat}end_date = 2026-01-01\n\n{seat}start_date = 2026-01-02\n\n{seat}end_date = 2025-06-14\n"
        );
        let mut files = crate::check::base_ledger();
        files.put("committees/steering.toml", text.as_bytes());
        let ledger = load(&files).unwrap();
        let spreads = spreads(AsOf::new(&ledger, TODAY.parse().unwrap()));
        assert_eq!((spreads[0].total, spreads[1].total), (1, 1));
    }

    #[test]
    fn the_scorecard_counts_what_the_checks_judge() {
        let ledger = load(&crate::source::disk::Disk::new("examples/riverton")).unwrap();
        let evidence = evidence(AsOf::new(&ledger, "2026-11-22".parse().unwrap()));
        let counts: Vec<_> = evidence.counted.iter().map(|one| (one.name, one.count, one.of)).collect();
        let expected = [
            ("members_within_share_of_seats", 13, Some(13)),
            ("members_within_share_of_chairs", 12, Some(13)),
            ("members_within_share_of_proposals", 13, Some(13)),
            ("members_within_share_of_contributions", 13, Some(13)),
            ("members_within_share_of_attendance", 13, Some(13)),
        ];
        assert_eq!(counts, expected);
    }
}
