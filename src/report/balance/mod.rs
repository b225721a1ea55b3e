//! The balance: how seats, chairs, proposals, contributions and attendance are spread over the members, and how varied
//! the members are.

mod view;

use super::{Concern, Named, Report, ReportOutput, ReportRequest, ReportRun, answer};
use crate::ledger::{AsOf, YEAR};
use crate::practice::constituencies::{self, Constituency, constituencies};
use crate::practice::diversity::required_sectors;
use crate::practice::domination::{LEAST_ENTRIES, LEAST_MEMBERS, Spread, WorkKind, spreads};
use crate::record::Member;
use crate::record::member::Classification;
use crate::record::value::{Choices, Number};
use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The report.
pub(crate) static REPORT: Report = Report {
    name: "balance",
    about: "each member's share of the work, and who is missing",
    run: ReportRun::Ledger(run),
};

fn run(request: &ReportRequest<'_>) -> ReportOutput {
    let balance = Balance::of(request);
    let document = view::document(request, &balance);
    answer(&REPORT, request, &balance, document)
}

/// How things are spread over the members. For one member, only its own parts and groups are shown; all totals count
/// everyone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Balance {
    /// The first day of the year that is looked at.
    pub since: NaiveDate,
    /// How many members are current.
    pub members: usize,
    /// The largest share that one member may have.
    pub max_share: Number,
    /// The members from which on shares are judged.
    pub judged_from_members: usize,
    /// The entries from which on a sort is judged.
    pub judged_from_entries: usize,
    /// The sorts.
    pub sorts: Vec<WorkShares>,
    /// Members by sector, most first; those that name none last.
    pub sectors: Vec<BalanceGroup>,
    /// Members by classification, most first.
    pub classifications: Vec<BalanceGroup>,
    /// Sectors that should have a member and have none.
    pub missing_sectors: Vec<String>,
    /// Classifications that should have a member and have none.
    pub missing_classifications: Vec<Classification>,
}

/// How the entries of one sort are spread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct WorkShares {
    /// The sort.
    pub sort: WorkKind,
    /// The entries of all members, former ones too.
    pub total: usize,
    /// How many members share them: the current ones, of attendance those of them that came.
    pub sharers: usize,
    /// Whether there is enough to judge.
    pub judged: bool,
    /// The concentration: the sum of the squared shares of all members, known as the Herfindahl–Hirschman index. It is 1
    /// where one member has everything.
    pub concentration: Option<Number>,
    /// How many members of equal size would be as concentrated: one over the index, after M. Laakso and R. Taagepera,
    /// “Effective” Number of Parties, Comparative Political Studies 12 (1979), pages 3 to 27.
    pub effective_members: Option<Number>,
    /// The parts of the current members, in the order of their names.
    pub parts: Vec<SharePart>,
}

/// The part of one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SharePart {
    /// The member.
    pub member: Named,
    /// Its entries; of what several members made together, its part.
    pub count: Number,
    /// Its share of all entries.
    pub share: Option<Number>,
    /// Whether that is judged to be too much.
    pub too_large: bool,
}

/// Members who have something in common.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct BalanceGroup {
    /// What: a sector or a classification; absent for those that name none.
    pub name: Option<String>,
    /// The members, in the order of their names.
    pub members: Vec<Named>,
}

impl Balance {
    /// Computes the balance.
    pub(crate) fn of(request: &ReportRequest<'_>) -> Balance {
        let (as_of, concern) = (request.as_of(), Concern::of(request));
        let year_ago = request.today.checked_sub_days(Days::new(YEAR.unsigned_abs()));
        let mut sectors = group_members(as_of, |member| member.sector.as_ref().map(|sector| sector.to_string()));
        let mut classifications =
            group_members(as_of, |member| member.classification.as_ref().map(|kind| kind.value.word().to_owned()));
        for groups in [&mut sectors, &mut classifications] {
            groups.retain(|group| group.members.iter().any(|member| concern.is_own(member)));
        }
        Balance {
            since: year_ago.unwrap_or(request.today),
            members: as_of.current_members().count(),
            max_share: Number(as_of.policy().max_share()),
            judged_from_members: LEAST_MEMBERS,
            judged_from_entries: LEAST_ENTRIES,
            sorts: spreads(as_of).iter().map(|spread| of_sort(spread, &concern)).collect(),
            sectors,
            classifications,
            missing_sectors: missing_sectors(as_of).into_iter().collect(),
            missing_classifications: missing_classifications(as_of).into_iter().collect(),
        }
    }
}

fn of_sort(spread: &Spread<'_>, concern: &Concern) -> WorkShares {
    let rounded = |figure: Option<Decimal>| figure.map(|figure| Number(figure.round_dp(4)));
    let parts = spread.current.iter().map(|part| SharePart {
        member: Named::record(part.member),
        count: Number(part.count.round_dp(4).normalize()),
        share: rounded(part.share),
        too_large: part.is_too_large,
    });
    let mut parts: Vec<SharePart> = parts.filter(|part| concern.is_own(&part.member)).collect();
    parts.sort_by(|a, b| a.member.cmp(&b.member));
    WorkShares {
        sort: spread.sort,
        total: spread.total,
        sharers: spread.sharers,
        judged: spread.is_judged,
        concentration: rounded(spread.concentration),
        effective_members: rounded(spread.effective_members),
        parts,
    }
}

/// The current members by a word that some of them have in common.
fn group_members(as_of: AsOf<'_>, word: impl Fn(&Member) -> Option<String>) -> Vec<BalanceGroup> {
    let mut groups: BTreeMap<Option<String>, Vec<Named>> = BTreeMap::new();
    for member in as_of.current_members() {
        groups.entry(word(member)).or_default().push(Named::record(member));
    }
    sort_groups(groups)
}

fn missing_sectors(as_of: AsOf<'_>) -> BTreeSet<String> {
    let required = required_sectors(as_of).into_iter();
    required.filter(|(_, present)| !present).map(|(sector, _)| sector.to_string()).collect()
}

fn missing_classifications(as_of: AsOf<'_>) -> BTreeSet<Classification> {
    let missing = constituencies(as_of).into_iter().filter(Constituency::is_missing);
    let classification = |missing: Constituency| match missing.sort {
        constituencies::ConstituencyKind::Members(classification) => Some(classification),
        constituencies::ConstituencyKind::Advocates(_) => None,
    };
    missing.filter_map(classification).collect()
}

fn sort_groups(groups: BTreeMap<Option<String>, Vec<Named>>) -> Vec<BalanceGroup> {
    let mut groups: Vec<BalanceGroup> =
        groups.into_iter().map(|(name, members)| BalanceGroup { name, members }).collect();
    for group in &mut groups {
        group.members.sort();
    }
    groups.sort_by_key(|group| (group.name.is_none(), std::cmp::Reverse(group.members.len())));
    groups
}

#[cfg(test)]
mod tests;
