//! A graph of members, and the figures of network research about it. Nodes are numbers from 0.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use std::collections::{BTreeSet, VecDeque};

/// An undirected graph without loops.
#[derive(Debug, Clone, Default)]
pub(super) struct Graph {
    neighbors: Vec<BTreeSet<usize>>,
}

/// How many steps the computation of betweenness may take: nodes times edges. Beyond it, it is left out.
const MOST_STEPS: usize = 400_000_000;

/// The digits after the point of a figure.
const DIGITS: u32 = 4;

impl Graph {
    /// A graph with so many nodes and these edges.
    pub(super) fn new(nodes: usize, edges: impl IntoIterator<Item = (usize, usize)>) -> Graph {
        let mut neighbors = vec![BTreeSet::new(); nodes];
        for (one, other) in edges.into_iter().filter(|(one, other)| one != other) {
            for (from, to) in [(one, other), (other, one)] {
                if let Some(neighbors) = neighbors.get_mut(from) {
                    neighbors.insert(to);
                }
            }
        }
        Graph { neighbors }
    }

    fn len(&self) -> usize {
        self.neighbors.len()
    }

    fn of(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        self.neighbors.get(node).into_iter().flatten().copied()
    }

    /// How many neighbors a node has.
    pub(super) fn degree(&self, node: usize) -> usize {
        self.neighbors.get(node).map_or(0, BTreeSet::len)
    }

    /// How many edges there are.
    pub(super) fn edges(&self) -> usize {
        self.neighbors.iter().map(BTreeSet::len).sum::<usize>() / 2
    }

    /// The density: the edges out of all that are possible, 2m / n(n − 1) (S. Wasserman and K. Faust, Social Network Analysis,
    /// 1994, section 4.1). `None` with fewer than two nodes.
    pub(super) fn density(&self) -> Option<Decimal> {
        let pairs = Decimal::from(self.len().checked_mul(self.len().checked_sub(1)?)?);
        Some(round(Decimal::from(2 * self.edges()).checked_div(pairs)?))
    }

    /// The parts that hang together, the largest first, each in the order of its nodes.
    pub(super) fn components(&self) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.len()];
        let mut components = Vec::new();
        for start in 0..self.len() {
            if std::mem::replace(&mut seen[start], true) {
                continue;
            }
            let mut component = vec![start];
            let mut next = VecDeque::from([start]);
            while let Some(node) = next.pop_front() {
                for neighbor in self.of(node) {
                    if !std::mem::replace(&mut seen[neighbor], true) {
                        component.push(neighbor);
                        next.push_back(neighbor);
                    }
                }
            }
            component.sort_unstable();
            components.push(component);
        }
        components.sort_by_key(|component| std::cmp::Reverse(component.len()));
        components
    }

    /// The betweenness of each node: the shortest paths between two others that pass through it, as a share of all pairs of
    /// others, from 0 to 1 (L. C. Freeman, A Set of Measures of Centrality Based on Betweenness, Sociometry 40, 1977; computed
    /// as in U. Brandes, A Faster Algorithm for Betweenness Centrality, 2001). `None` where the graph is too large for it, or
    /// has fewer than three nodes.
    pub(super) fn betweenness(&self) -> Option<Vec<Decimal>> {
        let nodes = self.len();
        if nodes < 3 || nodes.saturating_mul(self.edges()) > MOST_STEPS {
            return None;
        }
        let mut between = vec![0.0_f64; nodes];
        for source in 0..nodes {
            let mut order = Vec::new();
            let mut before: Vec<Vec<usize>> = vec![Vec::new(); nodes];
            let mut paths = vec![0.0_f64; nodes];
            let mut distance: Vec<Option<usize>> = vec![None; nodes];
            (paths[source], distance[source]) = (1.0, Some(0));
            let mut next = VecDeque::from([source]);
            while let Some(node) = next.pop_front() {
                order.push(node);
                let further = distance[node].map(|steps| steps + 1);
                for neighbor in self.of(node) {
                    if distance[neighbor].is_none() {
                        distance[neighbor] = further;
                        next.push_back(neighbor);
                    }
                    if distance[neighbor] == further {
                        paths[neighbor] += paths[node];
                        before[neighbor].push(node);
                    }
                }
            }
            let mut dependency = vec![0.0_f64; nodes];
            for node in order.into_iter().rev() {
                for earlier in &before[node] {
                    dependency[*earlier] += paths[*earlier] / paths[node] * (1.0 + dependency[node]);
                }
                if node != source {
                    between[node] += dependency[node];
                }
            }
        }
        // Each pair was counted from both of its ends.
        let pairs = ((nodes - 1) * (nodes - 2)) as f64;
        between.into_iter().map(|sum| Decimal::from_f64(sum / pairs).map(round)).collect()
    }

    /// The nodes without which their part would fall apart, known as cut vertices (R. Tarjan, Depth-First Search and Linear
    /// Graph Algorithms, 1972), in order.
    pub(super) fn cut_vertices(&self) -> Vec<usize> {
        let mut found = vec![0_usize; self.len()];
        let mut low = vec![0_usize; self.len()];
        let mut is_cut = vec![false; self.len()];
        let mut time = 0;
        for root in 0..self.len() {
            if found[root] != 0 {
                continue;
            }
            let mut children = 0;
            time += 1;
            (found[root], low[root]) = (time, time);
            let mut stack = vec![(root, root, self.of(root).collect::<Vec<_>>().into_iter())];
            while let Some((node, parent, neighbors)) = stack.last_mut() {
                let (node, parent) = (*node, *parent);
                match neighbors.next() {
                    Some(neighbor) if found[neighbor] == 0 => {
                        time += 1;
                        (found[neighbor], low[neighbor]) = (time, time);
                        stack.push((neighbor, node, self.of(neighbor).collect::<Vec<_>>().into_iter()));
                    }
                    Some(neighbor) if neighbor != parent => low[node] = low[node].min(found[neighbor]),
                    Some(_) => {}
                    None => {
                        stack.pop();
                        if node == root {
                            continue;
                        }
                        low[parent] = low[parent].min(low[node]);
                        if parent == root {
                            children += 1;
                        } else if low[node] >= found[parent] {
                            is_cut[parent] = true;
                        }
                    }
                }
            }
            is_cut[root] |= children > 1;
        }
        (0..self.len()).filter(|node| is_cut[*node]).collect()
    }
}

/// The reciprocity of directed edges: those whose other direction is there too, out of all (S. Wasserman and K. Faust, Social
/// Network Analysis, 1994, chapter 13). `None` without any.
pub(super) fn reciprocity(edges: &BTreeSet<(usize, usize)>) -> Option<Decimal> {
    let mutual = edges.iter().filter(|(from, to)| edges.contains(&(*to, *from))).count();
    Decimal::from(mutual).checked_div(Decimal::from(edges.len())).map(round)
}

fn round(figure: Decimal) -> Decimal {
    figure.round_dp(DIGITS).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(graph: &Graph) -> Vec<String> {
        graph.betweenness().unwrap().iter().map(Decimal::to_string).collect()
    }

    #[test]
    fn the_middle_of_a_star_is_on_every_path() {
        let star = Graph::new(4, [(0, 1), (0, 2), (0, 3)]);
        assert_eq!(figures(&star), ["1", "0", "0", "0"]);
        assert_eq!(star.cut_vertices(), [0]);
        assert_eq!(star.density(), Some(Decimal::new(5, 1)));
    }

    /// Two triangles that share a node, and one node alone; the figures are those of networkx 3.4.
    #[test]
    fn a_bridge_between_two_circles_is_found() {
        let graph = Graph::new(6, [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (2, 4)]);
        assert_eq!(figures(&graph), ["0", "0", "0.4", "0", "0", "0"]);
        assert_eq!(graph.cut_vertices(), [2]);
        assert_eq!(graph.components(), [vec![0, 1, 2, 3, 4], vec![5]]);
        assert_eq!(graph.density(), Some(Decimal::new(4, 1)));
    }

    #[test]
    fn a_ring_needs_no_one_and_a_path_needs_its_middle() {
        let ring = Graph::new(5, [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)]);
        assert!(ring.cut_vertices().is_empty());
        let path = Graph::new(5, [(0, 1), (1, 2), (2, 3), (3, 4)]);
        assert_eq!(path.cut_vertices(), [1, 2, 3]);
        assert_eq!(figures(&path), ["0", "0.5", "0.6667", "0.5", "0"]);
    }

    #[test]
    fn nothing_is_computed_of_nothing() {
        let nothing = Graph::new(0, []);
        assert_eq!((nothing.density(), nothing.betweenness()), (None, None));
        assert_eq!(reciprocity(&BTreeSet::new()), None);
        assert_eq!(reciprocity(&BTreeSet::from([(0, 1), (1, 0), (1, 2)])), Some(Decimal::new(6667, 4)));
    }
}
