//! The network as a document: the figures, the strongest ties, who connects the others, and who stands apart.

use super::{Network, NetworkMember};
use crate::document::{Document, Edge, Fact, Graph, Item, Line, Node, Picture, Section, Side, Table, words};
use crate::record::AnyRecord as _;
use crate::report::excerpt::{excerpt, names, shortened_to};
use crate::report::value_words::spell_slug;
use crate::report::{Named, ReportRequest};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// How many ties and members are listed.
const ROWS: usize = 12;

pub(super) fn document(request: &ReportRequest<'_>, network: &Network) -> Document {
    let mut document = Document::new(request.ledger.root.name());
    let since = network.since.map(|since| format!(", since {}", words::format_date(since))).unwrap_or_default();
    document.add_subtitle(format!("Network, {}{since}", words::format_date(request.today)));
    if let Some(member) = request.member {
        document.add_subtitle(format!("Only the ties of {}", member.name()));
    }
    document.add(figures(network));
    if request.member.is_none() {
        document.add(map(network));
    }
    document.add(strongest(network));
    document.add(connectors(network));
    document.add(apart(request, network));
    document.add(sectors(network));
    document
}

fn figures(network: &Network) -> Section {
    let mut section = Section::new("In short");
    let figures = &network.figures;
    if figures.members < 2 {
        section.paragraph("With fewer than two members, there is no network yet.");
        return section;
    }
    section.paragraph(format!(
        "{} of {} of members work together in some way.",
        words::number(Decimal::from(figures.ties)),
        words::count(figures.pairs, "pair", "pairs")
    ));
    let percent = |share: &Option<crate::record::value::Number>| share.map(|share| words::percent(share.0));
    let density = percent(&figures.density).map(|density| format!("{density} of all pairs"));
    let reciprocity = percent(&figures.reciprocity).map(|share| format!("{share} of help and contacts go both ways"));
    section.facts([
        Fact::new("Density", density.unwrap_or_default()),
        Fact::new("Reciprocity", reciprocity.unwrap_or_default()),
        Fact::new(
            "Groups",
            words::count(figures.components, "group of members with ties to one another", "separate groups"),
        ),
    ]);
    section.paragraph(Line::new().muted(format!(
        "A tie between two members is a goal or motion that they made together, a committee on which both sit, an agreement that both \
         signed, a request that one made and the other answered, or a contact between their people. Anything that more than {} \
         members share does not count.",
        network.largest_group
    )));
    section
}

/// How many members are drawn; of more, those with the most ties.
const NODES: usize = 60;

/// The members by sector, and the ties between them.
fn map(network: &Network) -> Section {
    let mut section = Section::new("Who works with whom");
    let mut sectors: Vec<&Option<String>> = network.members.iter().map(|member| &member.sector).collect();
    sectors.sort_by_key(|sector| (sector.is_none(), sector.as_deref()));
    sectors.dedup();
    let nodes = network.members.iter().map(|member| Node {
        name: member.member.name.clone(),
        group: sectors.iter().position(|sector| **sector == member.sector).unwrap_or_default(),
        weight: member.degree,
    });
    let places: BTreeMap<&Named, usize> =
        network.members.iter().enumerate().map(|(place, member)| (&member.member, place)).collect();
    let edges = network.ties.iter().filter_map(|tie| {
        let [one, other] = &tie.members;
        Some(Edge { ends: [*places.get(one)?, *places.get(other)?], weight: tie.strength })
    });
    let graph = Graph::new(
        sectors.iter().map(|sector| words::capitalize(&sector_name(sector))).collect(),
        nodes.collect(),
        edges.collect(),
        NODES,
    );
    let mut table = Table::new([("Member", Side::Left), ("Sector", Side::Left), ("Works with", Side::Right)]);
    let mut rows: Vec<&NetworkMember> = network.members.iter().collect();
    rows.sort_by_key(|member| std::cmp::Reverse(member.degree));
    for member in rows.into_iter().take(NODES) {
        table.row([
            member.member.name.as_str().into(),
            words::capitalize(&sector_name(&member.sector)).into(),
            words::number(member.degree.into()).into(),
        ]);
    }
    let figures = &network.figures;
    let strongest = network.ties.first().map(|tie| {
        let [one, other] = &tie.members;
        format!(" The strongest tie is between {} and {} ({}).", one.name, other.name, tie.strength)
    });
    let fewer = if network.members.len() > NODES {
        format!(" Only the {NODES} members with the most ties are drawn.")
    } else if graph.edges().len() < network.ties.len() {
        " Only the strongest ties are drawn.".to_owned()
    } else {
        String::new()
    };
    let words = format!(
        "{} pairs of {} have ties.{fewer} The members come by sector; the thicker a line, the more the two share.{}",
        words::number(figures.ties.into()),
        words::count(figures.members, "member", "members"),
        strongest.unwrap_or_default()
    );
    section.picture(Picture::new("Members and the ties between them", words, graph, table).fold());
    section
}

fn sector_name(sector: &Option<String>) -> String {
    sector.as_ref().map_or_else(|| "no sector".to_owned(), |sector| words::capitalize(&spell_slug(sector)))
}

fn strongest(network: &Network) -> Section {
    let mut section = Section::new("Strongest ties");
    let (first, more) = excerpt(&network.ties, ROWS, "report network --format json");
    let mut table = Table::new([("Members", Side::Left), ("Ties", Side::Right), ("What they share", Side::Left)]);
    for tie in first {
        let [one, other] = &tie.members;
        let shared: Vec<String> = tie.shared.iter().map(|shared| shared.kind.words(shared.count)).collect();
        table.row([
            format!("{} and {}", one.name, other.name).into(),
            tie.strength.to_string().into(),
            words::list(&shared).into(),
        ]);
    }
    section.table(table);
    section.paragraph(more.unwrap_or_default());
    section
}

fn connectors(network: &Network) -> Section {
    let mut section = Section::new("Who connects the others");
    let mut bridges: Vec<(&NetworkMember, Decimal)> = network
        .members
        .iter()
        .filter_map(|member| Some((member, member.betweenness?.0)))
        .filter(|(_, share)| !share.is_zero())
        .collect();
    bridges.sort_by(|(one, share), (other, more)| more.cmp(share).then_with(|| one.member.cmp(&other.member)));
    let (first, more) = excerpt(&bridges, ROWS, "report network --format json");
    let mut table = Table::new([("Member", Side::Left), ("Ties", Side::Right), ("Between", Side::Right)]);
    for (member, share) in first {
        table.row([
            member.member.name.as_str().into(),
            member.degree.to_string().into(),
            words::percent(*share).into(),
        ]);
    }
    if !first.is_empty() {
        section.paragraph("Between: how often a member is on the shortest path between two others (betweenness).");
    }
    section.table(table);
    section.paragraph(more.unwrap_or_default());
    let cuts = network.members.iter().filter(|member| member.is_cut_vertex);
    section.titled_list(
        "Without one of these, others would lose touch with the rest:",
        cuts.map(|member| Item::new(member.member.name.as_str())),
    );
    section
}

fn apart(request: &ReportRequest<'_>, network: &Network) -> Section {
    let mut section = Section::new("Who has few ties");
    if !network.isolates.is_empty() {
        let names = names(&network.isolates.iter().map(|member| member.name.as_str()).collect::<Vec<_>>(), ROWS);
        section.paragraph(Line::new().plain("No tie with anyone: ").strong(names));
    }
    if request.member.is_none() && network.pairs_without_ties > 0 {
        let few = fewest_ties(network);
        if !few.is_empty() {
            section.titled_list(
                "Fewest ties:",
                few.into_iter().map(|(member, degree)| {
                    let members = words::count(degree, "other member", "other members");
                    Item::new(Line::new().strong(&member.name).plain(format!(": ties with {members}")))
                }),
            );
        }
        let pairs = words::count(network.pairs_without_ties, "pair has", "pairs have");
        section.titled_list(
            format!("{pairs} never worked together. What could they do together?"),
            shortened_to(UNTIED, &network.untied, "report network --format json", |[one, other]| {
                Item::new(format!("{} and {}", one.name, other.name))
            }),
        );
    }
    section
}

/// How many pairs without a tie are listed.
const UNTIED: usize = 8;

/// How many of those with the fewest ties are listed.
const FEWEST: usize = 5;

fn fewest_ties(network: &Network) -> Vec<(&Named, usize)> {
    let mut members: Vec<(&Named, usize)> =
        network.members.iter().filter(|one| one.degree > 0).map(|one| (&one.member, one.degree)).collect();
    members.sort_by(|(one, few), (other, more)| few.cmp(more).then_with(|| one.cmp(other)));
    members.truncate(FEWEST);
    members
}

fn sectors(network: &Network) -> Section {
    let mut section = Section::new("Ties by sector");
    let (first, more) = excerpt(&network.sectors, ROWS, "report network --format json");
    let mut table = Table::new([("Sectors", Side::Left), ("Pairs", Side::Right)]);
    for ties in first {
        let [one, other] = &ties.sectors;
        let words = if one == other {
            format!("Within {}", sector_name(one))
        } else {
            format!("{} and {}", sector_name(one), sector_name(other))
        };
        table.row([words.into(), ties.ties.to_string().into()]);
    }
    section.table(table);
    section.paragraph(more.unwrap_or_default());
    section
}
