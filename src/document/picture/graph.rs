//! A graph: nodes in groups, and the edges between them.

use std::collections::BTreeSet;

/// How many edges are drawn for each node.
const EDGES: usize = 4;

/// Nodes and the edges between them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Graph {
    groups: Vec<String>,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// What it is called.
    pub name: String,
    /// The place of its group among the groups.
    pub group: usize,
    /// How much it weighs.
    pub weight: usize,
}

/// An edge between two nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Edge {
    /// The places of both among the nodes.
    pub ends: [usize; 2],
    /// How strong it is.
    pub weight: usize,
}

impl Graph {
    /// A graph of the nodes that weigh most, at most so many, and the strongest edges between them, as many as an eye can follow. Nodes
    /// come by group and name, edges by weight.
    pub(crate) fn new(groups: Vec<String>, nodes: Vec<Node>, edges: Vec<Edge>, most: usize) -> Graph {
        let mut kept: Vec<usize> = (0..nodes.len()).collect();
        kept.sort_by_key(|place| std::cmp::Reverse(nodes[*place].weight));
        kept.truncate(most);
        kept.sort_by(|one, other| {
            let key = |place: &usize| (nodes[*place].group, &nodes[*place].name, *place);
            key(one).cmp(&key(other))
        });
        let place = |node: usize| kept.iter().position(|kept| *kept == node);
        let edges = edges.iter().filter_map(|edge| {
            let [one, other] = edge.ends;
            Some(Edge { ends: [place(one)?, place(other)?], weight: edge.weight })
        });
        let mut edges: Vec<Edge> = edges.filter(|edge| edge.ends[0] != edge.ends[1]).collect();
        edges.sort_by_key(|edge| std::cmp::Reverse(edge.weight));
        edges.truncate(kept.len().saturating_mul(EDGES));
        let nodes = kept.iter().map(|place| nodes[*place].clone()).collect();
        Graph { groups, nodes, edges }
    }

    /// The names of the groups that have nodes, with their places.
    pub(crate) fn groups(&self) -> impl Iterator<Item = (usize, &str)> {
        let there: BTreeSet<usize> = self.nodes.iter().map(|node| node.group).collect();
        let groups = self.groups.iter().enumerate();
        groups.filter(move |(place, _)| there.contains(place)).map(|(place, name)| (place, name.as_str()))
    }

    /// The nodes, by group and name.
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The edges, the strongest first.
    pub(crate) fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// The weight of the strongest edge.
    pub(crate) fn strongest(&self) -> usize {
        self.edges.first().map_or(0, |edge| edge.weight)
    }

    pub(super) fn shows_something(&self) -> bool {
        self.nodes.len() > 2 && !self.edges.is_empty()
    }

    pub(super) fn rewrite(&mut self, by: &dyn Fn(&str) -> String) {
        let names = self.nodes.iter_mut().map(|node| &mut node.name);
        for words in self.groups.iter_mut().chain(names) {
            *words = by(words);
        }
    }

    pub(super) fn lines(&self) -> Vec<String> {
        self.groups.iter().chain(self.nodes.iter().map(|node| &node.name)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_nodes_are_kept_in_the_order_of_their_groups() {
        let node = |name: &str, group, weight| Node { name: name.to_owned(), group, weight };
        let nodes = vec![node("b", 1, 9), node("a", 1, 8), node("weak", 0, 1), node("c", 0, 5)];
        let edge = |one, other| Edge { ends: [one, other], weight: 1 };
        let graph =
            Graph::new(vec!["x".to_owned(), "y".to_owned()], nodes, vec![edge(0, 3), edge(2, 3), edge(1, 1)], 3);
        let names: Vec<&str> = graph.nodes().iter().map(|node| node.name.as_str()).collect();
        assert_eq!(names, ["c", "a", "b"]);
        assert_eq!(graph.edges(), [edge(2, 0)]);
    }
}
