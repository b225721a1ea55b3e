//! Pictures as SVG within a page of HTML: no script, no style of their own, and the same coordinates on every machine. Their
//! classes get colors in `page.css`, for light and dark screens and for print.

mod graph;
mod grid;
mod series;

use super::document_html::text;
use crate::document::Drawing;
use textwrap::core::display_width;

/// The width of every drawing, in its own units. On a phone a unit is three quarters of a pixel, elsewhere a little more than one.
const WIDTH: f64 = 440.0;

/// The size of letters.
const SIZE: f64 = 15.0;

/// The size of letters where there is less room.
const SMALL: f64 = 13.5;

/// The width of an average letter, as a part of its size; a little more than in most typefaces.
const LETTER: f64 = 0.6;

/// A drawing, named and described for those who do not see it. The title and the description are escaped already.
pub(super) fn svg(drawing: &Drawing, title: &str, description: &str, number: usize) -> String {
    let (height, shapes) = match drawing {
        Drawing::Series(shown) => series::draw(shown),
        Drawing::Grid(shown) => grid::draw(shown),
        Drawing::Graph(shown) => graph::draw(shown),
    };
    format!(
        "<svg class=\"picture\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"t{number} d{number}\">\n\
         <title id=\"t{number}\">{title}</title>\n<desc id=\"d{number}\">{description}</desc>\n{shapes}</svg>\n",
        length(WIDTH),
        length(height)
    )
}

/// A coordinate with one digit after the point.
fn length(number: f64) -> String {
    let rounded = format!("{number:.1}");
    let short = rounded.strip_suffix(".0").unwrap_or(&rounded);
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// How wide words are, about.
fn width(words: &str, size: f64) -> f64 {
    display_width(words) as f64 * size * LETTER
}

/// How many letters fit; what was measured to fit does, in spite of rounding.
fn letters(room: f64, size: f64) -> usize {
    (room / (size * LETTER) + 0.01).floor().max(1.0) as usize
}

/// Words in at most so many lines of so many letters; what does not fit is cut.
fn lines(words: &str, letters: usize, most: usize) -> Vec<String> {
    let options = textwrap::Options::new(letters).word_separator(textwrap::WordSeparator::AsciiSpace);
    let mut lines: Vec<String> =
        textwrap::wrap(words, options).into_iter().map(|line| line.trim().to_owned()).collect();
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while display_width(last) + 1 > letters && last.pop().is_some() {}
            *last = format!("{}…", last.trim_end());
        }
    }
    lines
}

/// Where words stand by their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Anchor {
    Start,
    Middle,
    End,
}

/// Words at a place, which is on their base line.
fn words(words: &str, (x, y): (f64, f64), anchor: Anchor, class: &str) -> String {
    let anchor = match anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    format!("<text x=\"{}\" y=\"{}\"{anchor}{class}>{}</text>\n", length(x), length(y), text(words))
}

/// Words in the middle of a place, moved so that they do not leave the drawing.
fn words_within(shown: &str, (x, y): (f64, f64), class: &str) -> String {
    let half = width(shown, SIZE) / 2.0;
    words(shown, (x.min(WIDTH - half).max(half), y), Anchor::Middle, class)
}

/// Entries of a key behind each other, as many in a row as fit, below a height; what draws the mark of each gets its middle. The
/// answer ends with the height below all of them.
fn key<M>(entries: &[(M, &str)], top: f64, mark: impl Fn(&M, f64, f64) -> String) -> (String, f64) {
    const MARK: f64 = 24.0;
    const GAP: f64 = 18.0;
    const ROW: f64 = 24.0;
    let (mut shapes, mut x, mut y) = (String::new(), 0.0, top + ROW / 2.0);
    for (what, meaning) in entries {
        let meaning = lines(meaning, letters(WIDTH - MARK, SIZE), 1).concat();
        let long = MARK + width(&meaning, SIZE);
        if x > 0.0 && x + long > WIDTH {
            (x, y) = (0.0, y + ROW);
        }
        shapes.push_str(&mark(what, x + 8.0, y));
        shapes.push_str(&words(&meaning, (x + MARK, y + SIZE * 0.36), Anchor::Start, ""));
        x += long + GAP;
    }
    let bottom = if entries.is_empty() { top } else { y + ROW / 2.0 };
    (shapes, bottom)
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::document::{COUNTS, Cell, Edge, Graph, Grid, Node, Series, Shade};

    /// A drawing of each sort, with the text wherever one holds any.
    fn filled(shown: &str) -> Vec<Drawing> {
        let day = |text: &str| text.parse().unwrap();
        let points = [(day("2026-01-01"), 1.into()), (day("2026-02-01"), 3.into())];
        let series = Series::new(shown, points, day("2026-02-03"));
        let series = series.along((day("2026-01-01"), 1.into()), (day("2026-06-01"), 9.into()));
        let mut grid = Grid::new([shown.to_owned(), String::new(), shown.to_owned()])
            .with_key([(Shade::Missing, shown)])
            .with_key(COUNTS.map(|(shade, _)| (shade, shown)));
        grid.row(shown, [Cell::with_word(Shade::Missing, shown.to_owned()), Cell::count(3)]);
        let node = |group| Node { name: shown.to_owned(), group, weight: 1 };
        let edges = vec![Edge { ends: [0, 1], weight: 2 }, Edge { ends: [1, 2], weight: 1 }];
        let graph = Graph::new(vec![shown.to_owned(), shown.to_owned()], vec![node(0), node(1), node(1)], edges, 60);
        vec![series.into(), grid.into(), graph.into()]
    }

    #[test]
    fn words_of_records_are_no_markup_in_a_drawing() {
        const TAGS: [&str; 10] =
            ["<svg ", "</svg>", "<title ", "</title>", "<desc ", "</desc>", "<text ", "</text>", "<path ", "<rect "];
        for shown in
            ["</svg><script>alert(1)</script>", "]]>", "\" onload=\"x", "<!--", "&#x3c;b&#62;", "a\u{1b}\u{202e}b"]
        {
            for drawing in filled(shown) {
                let page = svg(&drawing, &text(shown), &text(shown), 1);
                let is_tag = |at: usize| TAGS.iter().chain(&["<circle "]).any(|tag| page[at..].starts_with(tag));
                assert!(page.match_indices('<').all(|(at, _)| is_tag(at)), "{page}");
                let words = page.split('>').filter_map(|part| part.split_once('<')).map(|(words, _)| words);
                assert!(words.into_iter().all(|words| !words.contains('"')), "{page}");
                assert!(!page.contains(['\u{1b}', '\u{202e}']), "{page}");
            }
        }
    }

    #[test]
    fn a_drawing_stays_within_its_frame() {
        let long = "Friends of the Donaudampfschifffahrtsgesellschaft and of everyone who reads on its boats ";
        for drawing in filled(&long.repeat(3)).into_iter().chain(filled("🙂")).chain(filled("ספריה ציבורית"))
        {
            let page = svg(&drawing, "t", "d", 1);
            for place in page.split(" x=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                let x: f64 = place.parse().unwrap();
                assert!((0.0..=WIDTH).contains(&x), "{x}: {page}");
            }
            assert!(!page.contains("NaN") && !page.contains("inf"), "{page}");
            assert!(page.len() < 8_000, "{}", page.len());
        }
    }

    #[test]
    fn the_largest_values_can_be_drawn() {
        let day = |text: &str| text.parse().unwrap();
        for value in [rust_decimal::Decimal::MAX, rust_decimal::Decimal::MIN, "0.0000000000000001".parse().unwrap()] {
            let points = [(day("0001-01-01"), value), (day("9999-12-31"), -value)];
            let series = Series::new("", points, day("2026-01-01")).along(points[0], points[1]);
            let page = svg(&series.into(), "t", "d", 1);
            assert!(!page.contains("NaN") && !page.contains("inf") && page.len() < 8_000, "{page}");
        }
    }

    #[test]
    fn coordinates_are_short_and_the_same_everywhere() {
        assert_eq!([1.0, 0.049, -0.04, 12.25, -3.06].map(length), ["1", "0", "0", "12.2", "-3.1"]);
    }

    #[test]
    fn words_that_do_not_fit_are_cut() {
        assert_eq!(lines("Friends of the Alder County Bookmobile", 16, 2), ["Friends of the", "Alder County…"]);
        assert_eq!(lines("Friends of the Vale", 16, 2), ["Friends of the", "Vale"]);
        assert_eq!(lines("Donaudampfschifffahrt", 8, 1), ["Donauda…"]);
        assert_eq!(lines("", 8, 1), [""]);
    }
}
