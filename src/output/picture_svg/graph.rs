//! A graph: the nodes stand evenly on both sides of an oval, so that no name covers another, and edges run through its middle.

use super::{Anchor, SMALL, WIDTH, key, length, letters, lines, words};
use crate::document::Graph;

/// Half of the width of the oval.
const RADIUS: f64 = 74.0;

/// The height of a line of words.
const LINE: f64 = 15.0;

/// The most lines of a name.
const LINES: usize = 3;

/// The height of the drawing, and its shapes.
pub(super) fn draw(graph: &Graph) -> (f64, String) {
    let rows = graph.nodes().len().div_ceil(2);
    let places = places(graph.nodes().len(), 1.0);
    let names: Vec<Vec<String>> = graph
        .nodes()
        .iter()
        .zip(&places)
        .map(|(node, (x, _))| lines(&node.name, letters(WIDTH / 2.0 - x.abs() - 14.0, SMALL), LINES))
        .collect();
    let deepest = names.iter().map(Vec::len).max().unwrap_or(1);
    let row = LINE * deepest as f64 + 8.0;
    let height = row * rows as f64;
    let at = |node: usize| {
        let (x, y) = places.get(node).copied().unwrap_or_default();
        (WIDTH / 2.0 + x, height / 2.0 + y * row)
    };
    let strongest = graph.strongest().max(1) as f64;
    // The strongest come last, over the others.
    let mut shapes: String = graph
        .edges()
        .iter()
        .rev()
        .map(|edge| {
            let [from, to] = edge.ends.map(at);
            let part = edge.weight as f64 / strongest;
            let class = if part > 0.6 { "edge strong" } else { "edge" };
            // Edges bend toward the middle, so that those of one side do not run along it.
            let bend = |one: f64, other: f64, middle: f64| ((one + other) / 2.0 + middle) / 2.0;
            let middle = (bend(from.0, to.0, WIDTH / 2.0), bend(from.1, to.1, height / 2.0));
            format!(
                "<path class=\"{class}\" stroke-width=\"{}\" d=\"M{} {}Q{} {} {} {}\"/>\n",
                length(0.8 + 3.7 * part * part),
                length(from.0),
                length(from.1),
                length(middle.0),
                length(middle.1),
                length(to.0),
                length(to.1)
            )
        })
        .collect();
    for (place, (node, name)) in graph.nodes().iter().zip(&names).enumerate() {
        let (x, y) = at(place);
        shapes.push_str(&mark(node.group, x, y));
        let is_right = place < rows;
        let (edge, anchor) = if is_right { (x + 11.0, Anchor::Start) } else { (x - 11.0, Anchor::End) };
        let first = y - LINE * (name.len() as f64 - 1.0) / 2.0 + SMALL * 0.36;
        for (at, line) in name.iter().enumerate() {
            shapes.push_str(&words(line, (edge, first + LINE * at as f64), anchor, "small"));
        }
    }
    let groups: Vec<(usize, &str)> = graph.groups().collect();
    let (marks, bottom) = key(&groups, height + 10.0, |group, x, y| mark(*group, x, y));
    shapes.push_str(&marks);
    (bottom + 2.0, shapes)
}

/// The places of nodes by the middle of the oval, in rows: down the right side, then up the left one.
fn places(count: usize, row: f64) -> Vec<(f64, f64)> {
    let rows = count.div_ceil(2);
    let half = rows as f64 / 2.0;
    let place = |node: usize| {
        let (at, side) = if node < rows { (node, 1.0) } else { (count - 1 - node, -1.0) };
        let from_middle = at as f64 + 0.5 - half;
        let share = from_middle / (half + 0.3);
        (side * RADIUS * (1.0 - share * share).max(0.0).sqrt(), from_middle * row)
    };
    (0..count).map(place).collect()
}

/// How many marks there are before they come again, hollow.
const MARKS: usize = 6;

/// The mark of a group: a shape that is known without color.
fn mark(group: usize, x: f64, y: f64) -> String {
    let path = match group % MARKS {
        0 => "m-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z",
        1 => "m-5.5 -5.5h11v11h-11z",
        2 => "m0 -7l7 12h-14z",
        3 => "m0 -7.5l6.5 7.5l-6.5 7.5l-6.5 -7.5z",
        4 => "m0 7l7 -12h-14z",
        _ => "m-2.2 -6.5h4.4v4.3h4.3v4.4h-4.3v4.3h-4.4v-4.3h-4.3v-4.4h4.3z",
    };
    let class = if (group / MARKS).is_multiple_of(2) { "node" } else { "node hollow" };
    format!("<path class=\"{class}\" d=\"M{} {}{path}\"/>\n", length(x), length(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_nodes_stand_in_one_place() {
        for count in [1, 2, 3, 13, 60] {
            let places = places(count, 30.0);
            let rows: Vec<f64> = places.iter().map(|(_, y)| *y).collect();
            assert_eq!(places.len(), count);
            assert!(rows.windows(2).all(|pair| (pair[0] - pair[1]).abs() > 29.0 || pair[0] == pair[1]), "{rows:?}");
        }
    }
}
