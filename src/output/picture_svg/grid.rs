//! A grid: cells in rows and columns, shaded, and distinct also without color.

use super::{Anchor, SIZE, SMALL, WIDTH, key, length, letters, lines, width, words};
use crate::document::{Cell, Grid, Shade};

/// The part of the width that the names of the rows take at most, beside few columns.
const NAMES: f64 = 196.0;

/// The least width of a column with a name of its own: a year must fit.
const COLUMN: f64 = 34.0;

/// The height of a line of words.
const LINE: f64 = 16.0;

/// The height of the drawing, and its shapes.
pub(super) fn draw(grid: &Grid) -> (f64, String) {
    let widest = grid.rows().iter().map(|(name, _)| width(name, SIZE)).fold(0.0, f64::max);
    let named = grid.columns().iter().filter(|name| !name.is_empty()).count() as f64;
    let left = widest.min(NAMES).min((WIDTH - 8.0 - named * COLUMN).max(WIDTH / 4.0)) + 8.0;
    let cell = (WIDTH - left) / grid.columns().len().max(1) as f64;
    let (mut shapes, mut y) = heads(grid, left, cell);
    for (name, cells) in grid.rows() {
        let name = lines(name, letters(left - 8.0, SIZE), 3);
        let height = LINE * name.len().max(1) as f64 + 9.0;
        shapes.push_str(&stack(&name, (0.0, y + height / 2.0), Anchor::Start, ""));
        for (at, shown) in cells.iter().enumerate() {
            shapes.push_str(&draw_cell(shown, (left + cell * at as f64, y), cell, height));
        }
        y += height;
    }
    let entries: Vec<(Shade, &str)> = grid.key().collect();
    let swatch = |shade: &Shade, x: f64, y: f64| draw_cell(&Cell::of(*shade), (x - 9.0, y - 10.0), 20.0, 20.0);
    let (marks, bottom) = key(&entries, y + 6.0, swatch);
    shapes.push_str(&marks);
    (bottom.max(y) + 2.0, shapes)
}

/// The names of the columns. One that goes on over others begins at its left edge, others are in the middle.
fn heads(grid: &Grid, left: f64, cell: f64) -> (String, f64) {
    let columns = grid.columns();
    let span = |at: usize| 1 + columns.iter().skip(at + 1).take_while(|name| name.is_empty()).count();
    let names: Vec<(usize, usize, Vec<String>)> = columns
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.is_empty())
        .map(|(at, name)| (at, span(at), lines(name, letters(cell * span(at) as f64, SMALL), 3)))
        .collect();
    let height = LINE * names.iter().map(|(.., name)| name.len()).max().unwrap_or_default() as f64 + 4.0;
    let shapes = names.iter().map(|(at, span, name)| {
        let x = left + cell * *at as f64;
        let (x, anchor) = if *span > 1 { (x, Anchor::Start) } else { (x + cell / 2.0, Anchor::Middle) };
        stack(name, (x, LINE * name.len() as f64 / 2.0), anchor, "small quiet")
    });
    (shapes.collect(), height)
}

/// Lines of words, with their middle at a height.
fn stack(shown: &[String], (x, middle): (f64, f64), anchor: Anchor, class: &str) -> String {
    let first = middle - LINE * (shown.len() as f64 - 1.0) / 2.0 + SIZE * 0.36;
    let line = |(at, line): (usize, &String)| words(line, (x, first + LINE * at as f64), anchor, class);
    shown.iter().enumerate().map(line).collect()
}

/// A cell within its place, with a gap around it.
fn draw_cell(cell: &Cell, (x, y): (f64, f64), width: f64, height: f64) -> String {
    let (x, y, width, height) = (x + 1.0, y + 1.0, width - 2.0, height - 2.0);
    let class = match cell.shade {
        Shade::Empty => "cell",
        Shade::Light => "cell light",
        Shade::Medium => "cell medium",
        Shade::Full => "cell full",
        Shade::Missing => "cell missing",
    };
    let mut shapes = format!(
        "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\n",
        length(x),
        length(y),
        length(width),
        length(height)
    );
    if cell.shade == Shade::Missing {
        // In the middle of an empty cell, in the corner of one with a word.
        let size = if cell.word.is_empty() { (width.min(height) - 6.0).min(12.0) } else { 7.0 };
        let at = |from: f64, room: f64| if cell.word.is_empty() { from + (room - size) / 2.0 } else { from + 3.0 };
        let (left, top, side) = (length(at(x, width)), length(at(y, height)), length(size));
        shapes
            .push_str(&format!("<path class=\"cross\" d=\"M{left} {top}l{side} {side}m-{side} 0l{side} -{side}\"/>\n"));
    }
    if !cell.word.is_empty() {
        let class = if cell.shade == Shade::Full { "small on" } else { "small" };
        let word = lines(&cell.word, letters(width, SMALL), 1).concat();
        let at = (x + width / 2.0, y + height / 2.0 + SMALL * 0.36);
        shapes.push_str(&words(&word, at, Anchor::Middle, class));
    }
    shapes
}
