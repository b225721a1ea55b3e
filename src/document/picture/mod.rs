//! Pictures: what a drawing shows, in a title, in words and in figures. Whoever cannot see the drawing misses nothing.

mod graph;
mod grid;
mod series;

pub(crate) use graph::{Edge, Graph, Node};
pub(crate) use grid::{COUNTS, Cell, Grid, Shade};
pub(crate) use series::Series;

use super::Table;

/// A drawing with its title, a description in words and its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    title: String,
    description: String,
    drawing: Drawing,
    figures: Table,
    is_folded: bool,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Drawing {
    /// Values over time.
    Series(Series),
    /// Rows and columns.
    Grid(Grid),
    /// Nodes and the edges between them.
    Graph(Graph),
}

impl Picture {
    /// A picture with its title, what it shows in words, and its figures.
    pub(crate) fn new(
        title: impl Into<String>,
        description: impl Into<String>,
        drawing: impl Into<Drawing>,
        figures: Table,
    ) -> Picture {
        let (title, description, drawing) = (title.into(), description.into(), drawing.into());
        Picture { title, description, drawing, figures, is_folded: false }
    }

    /// The same with its figures folded away where a page can unfold them: the rest of the report says what matters in them.
    pub(crate) fn fold(self) -> Picture {
        Picture { is_folded: true, ..self }
    }

    /// What it is called.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What it shows, in sentences.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// What is drawn.
    pub(crate) fn drawing(&self) -> &Drawing {
        &self.drawing
    }

    /// Its figures.
    pub fn figures(&self) -> &Table {
        &self.figures
    }

    /// Whether its figures are folded away where a page can unfold them.
    pub(crate) fn is_folded(&self) -> bool {
        self.is_folded
    }

    /// Whether there is enough to draw.
    pub(super) fn shows_something(&self) -> bool {
        match &self.drawing {
            Drawing::Series(series) => series.shows_something(),
            Drawing::Grid(grid) => grid.shows_something(),
            Drawing::Graph(graph) => graph.shows_something(),
        }
    }

    /// The table alone, where there is too little to draw and nothing else says what is in it.
    pub(super) fn into_figures(self) -> Option<Table> {
        (!self.is_folded).then_some(self.figures)
    }

    /// Replaces its words.
    pub(super) fn rewrite(&mut self, by: &dyn Fn(&str) -> String) {
        for words in [&mut self.title, &mut self.description] {
            *words = by(words);
        }
        self.figures.rewrite(by);
        match &mut self.drawing {
            Drawing::Series(series) => series.rewrite(by),
            Drawing::Grid(grid) => grid.rewrite(by),
            Drawing::Graph(graph) => graph.rewrite(by),
        }
    }

    /// Everything that it says, line by line.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = vec![self.title.clone(), self.description.clone()];
        lines.extend(self.figures.lines());
        match &self.drawing {
            Drawing::Series(series) => lines.extend(series.lines()),
            Drawing::Grid(grid) => lines.extend(grid.lines()),
            Drawing::Graph(graph) => lines.extend(graph.lines()),
        }
        lines
    }
}

impl From<Series> for Drawing {
    fn from(series: Series) -> Drawing {
        Drawing::Series(series)
    }
}

impl From<Grid> for Drawing {
    fn from(grid: Grid) -> Drawing {
        Drawing::Grid(grid)
    }
}

impl From<Graph> for Drawing {
    fn from(graph: Graph) -> Drawing {
        Drawing::Graph(graph)
    }
}
