//! The network: which members work together, who connects the others, and who stands apart, from the records alone.

mod graph;
mod ties;
mod view;

use super::{Named, Report, ReportOutput, ReportRequest, ReportRun, answer};
use crate::record::value::{Choices, Number};
use crate::record::{Member, Record};
use chrono::NaiveDate;
use graph::{Graph, reciprocity};
use serde::Serialize;
use std::collections::BTreeMap;
pub(crate) use ties::TieKind;
use ties::{Ties, largest_group};

/// The report.
pub(crate) static REPORT: Report = Report {
    name: "network",
    about: "which members work together, who connects them, and who is left out",
    run: ReportRun::Ledger(run),
};

fn run(request: &ReportRequest<'_>) -> ReportOutput {
    let network = Network::of(request);
    let document = view::document(request, &network);
    answer(&REPORT, request, &network, document)
}

/// Who works with whom. For one member, only its own ties and figures are listed; the totals count all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Network {
    /// The day from which on dated work is counted; all of it where none is given.
    pub since: Option<NaiveDate>,
    /// How many members may share something that ties each two of them.
    pub largest_group: usize,
    /// The figures of the whole network.
    pub figures: NetworkFigures,
    /// The current members with their figures, by name.
    pub members: Vec<NetworkMember>,
    /// The ties, the strongest first.
    pub ties: Vec<Tie>,
    /// The ties within and between sectors.
    pub sectors: Vec<SectorTies>,
    /// The members without any tie, by name.
    pub isolates: Vec<Named>,
    /// How many pairs of members have no tie.
    pub pairs_without_ties: usize,
    /// These pairs, by name; of more than a hundred the first hundred.
    pub untied: Vec<[Named; 2]>,
}

/// The figures of a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct NetworkFigures {
    /// The current members.
    pub members: usize,
    /// The pairs of members.
    pub pairs: usize,
    /// The pairs that have a tie.
    pub ties: usize,
    /// These out of all pairs.
    pub density: Option<Number>,
    /// How many members help or contact another, out of those pairs how many do so both ways.
    pub reciprocity: Option<Number>,
    /// The parts that hang together, with more than one member.
    pub components: usize,
}

/// A member in the network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct NetworkMember {
    /// The member.
    pub member: Named,
    /// Its sector.
    pub sector: Option<String>,
    /// Its classification.
    pub classification: Option<&'static str>,
    /// How many members it has ties with.
    pub degree: usize,
    /// The shortest paths between two others that pass through it, as a share of all pairs of others.
    pub betweenness: Option<Number>,
    /// Whether the others would fall apart without it.
    pub is_cut_vertex: bool,
}

/// A tie between two members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Tie {
    /// The two, by name.
    pub members: [Named; 2],
    /// How much they share: the sum of the counts.
    pub strength: usize,
    /// What they share, and how often.
    pub shared: Vec<SharedWork>,
}

/// Something that two members share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SharedWork {
    /// What.
    pub kind: TieKind,
    /// How often.
    pub count: usize,
}

/// The ties within one sector, or between two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SectorTies {
    /// The two sectors, which may be the same.
    pub sectors: [Option<String>; 2],
    /// How many pairs of members have ties.
    pub ties: usize,
}

impl Network {
    /// Computes the network.
    pub(crate) fn of(request: &ReportRequest<'_>) -> Network {
        let ties = Ties::of(request.as_of(), request.since);
        let graph = Graph::new(ties.members.len(), ties.pairs.keys().copied());
        let betweenness = graph.betweenness();
        let cuts = graph.cut_vertices();
        let is_shown = |member: &Record<Member>| request.member.is_none_or(|own| own.key == member.key);
        let mut members: Vec<NetworkMember> = ties
            .members
            .iter()
            .enumerate()
            .filter(|(_, member)| is_shown(member))
            .map(|(place, member)| NetworkMember {
                member: Named::record(member),
                sector: sector(member),
                classification: member.classification.as_ref().map(|kind| kind.value.word()),
                degree: graph.degree(place),
                betweenness: betweenness.as_ref().and_then(|all| all.get(place).copied().map(Number)),
                is_cut_vertex: cuts.binary_search(&place).is_ok(),
            })
            .collect();
        members.sort_by(|one, other| one.member.cmp(&other.member));
        let isolates = members.iter().filter(|one| one.degree == 0).map(|one| one.member.clone()).collect();
        let count = ties.members.len();
        let figures = NetworkFigures {
            members: count,
            pairs: count * count.saturating_sub(1) / 2,
            ties: graph.edges(),
            density: graph.density().map(Number),
            reciprocity: reciprocity(&ties.directed).map(Number),
            components: graph.components().iter().filter(|component| component.len() > 1).count(),
        };
        Network {
            since: request.since,
            largest_group: largest_group(count),
            members,
            ties: list_ties(&ties, &is_shown),
            sectors: count_sectors(&ties),
            untied: list_untied(&ties, &is_shown),
            isolates,
            pairs_without_ties: figures.pairs - figures.ties,
            figures,
        }
    }
}

fn sector(member: &Member) -> Option<String> {
    member.sector.as_ref().map(|sector| sector.to_string())
}

fn list_ties(ties: &Ties<'_>, is_shown: &dyn Fn(&Record<Member>) -> bool) -> Vec<Tie> {
    let mut listed: Vec<Tie> = Vec::new();
    for ((one, other), shared) in &ties.pairs {
        let (Some(one), Some(other)) = (ties.members.get(*one), ties.members.get(*other)) else { continue };
        if !is_shown(one) && !is_shown(other) {
            continue;
        }
        let mut members = [Named::record(one), Named::record(other)];
        members.sort();
        let shared: Vec<SharedWork> =
            shared.iter().map(|(kind, count)| SharedWork { kind: *kind, count: *count }).collect();
        listed.push(Tie { members, strength: shared.iter().map(|shared| shared.count).sum(), shared });
    }
    listed.sort_by(|one, other| other.strength.cmp(&one.strength).then_with(|| one.members.cmp(&other.members)));
    listed
}

/// How many pairs without a tie are listed.
const UNTIED: usize = 100;

fn list_untied(ties: &Ties<'_>, is_shown: &dyn Fn(&Record<Member>) -> bool) -> Vec<[Named; 2]> {
    let mut by_name: Vec<(Named, usize, bool)> = ties
        .members
        .iter()
        .enumerate()
        .map(|(place, member)| (Named::record(member), place, is_shown(member)))
        .collect();
    by_name.sort();
    let is_untied = |one: usize, other: usize| !ties.pairs.contains_key(&(one.min(other), one.max(other)));
    let pairs =
        by_name.iter().enumerate().flat_map(|(at, one)| by_name.iter().skip(at + 1).map(move |other| (one, other)));
    let untied = pairs.filter(|(one, other)| (one.2 || other.2) && is_untied(one.1, other.1));
    untied.take(UNTIED).map(|(one, other)| [one.0.clone(), other.0.clone()]).collect()
}

fn count_sectors(ties: &Ties<'_>) -> Vec<SectorTies> {
    let mut counts: BTreeMap<[Option<String>; 2], usize> = BTreeMap::new();
    for (one, other) in ties.pairs.keys() {
        let (Some(one), Some(other)) = (ties.members.get(*one), ties.members.get(*other)) else { continue };
        let mut sectors = [sector(one), sector(other)];
        sectors.sort();
        *counts.entry(sectors).or_default() += 1;
    }
    let mut sectors: Vec<SectorTies> = counts.into_iter().map(|(sectors, ties)| SectorTies { sectors, ties }).collect();
    sectors.sort_by_key(|ties| std::cmp::Reverse(ties.ties));
    sectors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;

    fn network(more: &[(&str, &str)]) -> Network {
        let mut files = base_ledger();
        for (path, text) in more {
            files.put(path, text.as_bytes());
        }
        let ledger = load(&files).unwrap();
        Network::of(&ReportRequest::new(&ledger, "2026-06-15".parse().unwrap()))
    }

    fn tied(network: &Network, one: &str, other: &str) -> Vec<(TieKind, usize)> {
        let is_it = |tie: &&Tie| {
            let ids = [tie.members[0].id.as_str(), tie.members[1].id.as_str()];
            ids.contains(&one) && ids.contains(&other)
        };
        let tie = network.ties.iter().find(is_it);
        tie.map(|tie| tie.shared.iter().map(|shared| (shared.kind, shared.count)).collect()).unwrap_or_default()
    }

    #[test]
    fn what_two_members_do_together_ties_them_and_nothing_else_does() {
        let member = "name = \"Grange\"\nclassification = \"civic-group\"\njoined = 2025-01-01\n";
        let other = "name = \"Mill\"\nclassification = \"business\"\njoined = 2025-01-01\n";
        let goal = "name = \"Shelves\"\nproposed = 2026-01-05\ndeveloped_by = [\"grange\", \"mill\"]\n";
        let request = "name = \"Chairs\"\nmember = \"grange\"\ndate = 2026-02-01\nneed = \"Forty chairs.\"\n[[responses]]\nmember = \"mill\"\ndate = 2026-02-02\nanswer = \"yes\"\n";
        let refused = "name = \"Tables\"\nmember = \"mill\"\ndate = 2026-02-01\nneed = \"Ten tables.\"\n[[responses]]\nmember = \"grange\"\ndate = 2026-02-02\nanswer = \"no\"\n";
        let files = [
            ("members/grange.toml", member),
            ("members/mill.toml", other),
            ("goals/shelves.toml", goal),
            ("requests/chairs.toml", request),
            ("requests/tables.toml", refused),
        ];
        let found = network(&files);
        assert_eq!(tied(&found, "grange", "mill"), [(TieKind::Goal, 1), (TieKind::Help, 1)]);
        assert!(found.isolates.iter().all(|member| member.id != "grange" && member.id != "mill"));
        let alone = network(&files[..2]);
        assert!(alone.isolates.iter().any(|member| member.id == "grange"), "{:?}", alone.isolates);
        assert_eq!(found.figures.pairs, found.figures.members * (found.figures.members - 1) / 2);
        assert_eq!(found.pairs_without_ties + found.figures.ties, found.figures.pairs);
    }
}
