//! A grid: rows and columns of cells that are shaded by how much they hold.

use std::borrow::Cow;

/// Cells in rows and columns, with a key to their shades.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grid {
    columns: Vec<String>,
    rows: Vec<(String, Vec<Cell>)>,
    key: Vec<(Shade, String)>,
}

/// A cell: its shade, and the word or figure in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Cell {
    /// How dark it is.
    pub shade: Shade,
    /// What is written in it; empty where the shade says all.
    pub word: Cow<'static, str>,
}

/// How a cell looks, also without color.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Shade {
    /// Nothing.
    #[default]
    Empty,
    /// A little.
    Light,
    /// Some.
    Medium,
    /// Much, or all.
    Full,
    /// Something is missing here: crossed out.
    Missing,
}

impl Cell {
    /// A cell of a shade without a word.
    pub(crate) fn of(shade: Shade) -> Cell {
        Cell { shade, word: Cow::Borrowed("") }
    }

    /// A cell of a shade with a word that stands in it.
    pub(crate) fn with_word(shade: Shade, word: impl Into<Cow<'static, str>>) -> Cell {
        Cell { shade, word: word.into() }
    }

    /// A count, shaded by [`COUNTS`].
    pub(crate) fn count(count: usize) -> Cell {
        let shade = match count {
            0 => return Cell::default(),
            1 => Shade::Light,
            2 | 3 => Shade::Medium,
            _ => Shade::Full,
        };
        Cell { shade, word: Cow::Owned(count.to_string()) }
    }
}

/// What the shades of counts mean.
pub(crate) const COUNTS: [(Shade, &str); 4] =
    [(Shade::Empty, "none"), (Shade::Light, "1"), (Shade::Medium, "2 or 3"), (Shade::Full, "4 or more")];

impl Grid {
    /// A grid with these columns and no rows yet. A column without a name goes on from the one before it.
    pub(crate) fn new(columns: impl IntoIterator<Item = String>) -> Grid {
        Grid { columns: columns.into_iter().collect(), rows: Vec::new(), key: Vec::new() }
    }

    /// Adds a row. Cells that are missing are empty; cells beyond the columns are dropped.
    pub(crate) fn row(&mut self, name: impl Into<String>, cells: impl IntoIterator<Item = Cell>) {
        let cells = cells.into_iter().chain(std::iter::repeat_with(Cell::default)).take(self.columns.len());
        self.rows.push((name.into(), cells.collect()));
    }

    /// The same with a key that says what each shade means.
    pub(crate) fn with_key<W: Into<String>>(self, key: impl IntoIterator<Item = (Shade, W)>) -> Grid {
        Grid { key: key.into_iter().map(|(shade, words)| (shade, words.into())).collect(), ..self }
    }

    /// The names of the columns.
    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The rows, each with its name.
    pub(crate) fn rows(&self) -> &[(String, Vec<Cell>)] {
        &self.rows
    }

    /// What each shade means; only shades that are there.
    pub(crate) fn key(&self) -> impl Iterator<Item = (Shade, &str)> {
        let is_there = |shade: Shade| self.rows.iter().flat_map(|(_, cells)| cells).any(|cell| cell.shade == shade);
        self.key.iter().filter(move |(shade, _)| is_there(*shade)).map(|(shade, words)| (*shade, words.as_str()))
    }

    /// Whether there are columns to compare, and any cell differs from the others.
    pub(super) fn shows_something(&self) -> bool {
        let mut cells = self.rows.iter().flat_map(|(_, cells)| cells);
        let first = cells.next();
        self.columns.len() > 1 && cells.any(|cell| Some(cell) != first)
    }

    pub(super) fn rewrite(&mut self, by: &dyn Fn(&str) -> String) {
        let names = self.rows.iter_mut().map(|(name, _)| name);
        let key = self.key.iter_mut().map(|(_, words)| words);
        for words in self.columns.iter_mut().chain(names).chain(key) {
            *words = by(words);
        }
    }

    pub(super) fn lines(&self) -> Vec<String> {
        let words = self.rows.iter().flat_map(|(name, cells)| {
            std::iter::once(name.clone()).chain(cells.iter().map(|cell| cell.word.to_string()))
        });
        self.columns.iter().cloned().chain(words).chain(self.key.iter().map(|(_, words)| words.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_as_dark_as_the_key_says() {
        use Shade::{Empty, Full, Light, Medium};
        assert_eq!(
            [0, 1, 2, 3, 4, 90].map(|count| Cell::count(count).shade),
            [Empty, Light, Medium, Medium, Full, Full]
        );
        assert_eq!((Cell::count(0).word, Cell::count(3).word), ("".into(), "3".into()));
    }

    #[test]
    fn the_key_names_only_shades_that_are_there() {
        let mut grid =
            Grid::new(["a".to_owned(), String::new()]).with_key([(Shade::Full, "yes"), (Shade::Missing, "no")]);
        grid.row("x", [Cell::of(Shade::Full)]);
        assert_eq!(grid.key().collect::<Vec<_>>(), [(Shade::Full, "yes")]);
        assert_eq!(grid.rows()[0].1, [Cell::of(Shade::Full), Cell::default()]);
    }
}
