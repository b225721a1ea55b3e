//! What a report says, before it is text or Markdown: headings, paragraphs, lists, facts, tables and pictures. Reports
//! build a [`Document`]; the printers in `output` turn it into bytes and escape what people wrote, each in its own way.
//! Nothing empty gets in, so no printer ever shows a heading with nothing below it.

mod chart;
mod contact_address;
mod line;
mod picture;
pub(crate) mod words;

pub(crate) use chart::Chart;
#[cfg(feature = "cli")]
pub(crate) use contact_address::contact_address;
pub use line::{Inline, Line};
pub(crate) use picture::{COUNTS, Cell, Drawing, Edge, Graph, Grid, Node, Picture, Series, Shade};

/// A report as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    title: Line,
    subtitle: Vec<Line>,
    sections: Vec<Section>,
    is_sheet: bool,
}

impl Document {
    /// A document with this title.
    pub fn new(title: impl Into<Line>) -> Document {
        Document { title: title.into(), subtitle: Vec::new(), sections: Vec::new(), is_sheet: false }
    }

    /// The same as a sheet that people bring to a meeting or pin to a wall: it prints on as few pages as it can.
    pub(crate) fn into_sheet(self) -> Document {
        Document { is_sheet: true, ..self }
    }

    /// Whether it prints on as few pages as it can.
    pub(crate) fn is_sheet(&self) -> bool {
        self.is_sheet
    }

    /// Adds a line below the title.
    pub fn add_subtitle(&mut self, line: impl Into<Line>) {
        self.subtitle.extend(Some(line.into()).filter(|line| !line.is_empty()));
    }

    /// Adds a section, unless it has nothing to say.
    pub fn add(&mut self, section: Section) {
        if !section.blocks.is_empty() {
            self.sections.push(section);
        }
    }

    /// The title.
    pub fn title(&self) -> &Line {
        &self.title
    }

    /// The lines below the title.
    pub fn subtitle(&self) -> &[Line] {
        &self.subtitle
    }

    /// The sections, none of them empty.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }
}

impl Document {
    /// Replaces its words, wherever they stand.
    pub fn rewrite(&mut self, by: &dyn Fn(&str) -> String) {
        let mut change = |line: &mut Line| line.rewrite(by);
        std::iter::once(&mut self.title).chain(&mut self.subtitle).for_each(&mut change);
        for section in &mut self.sections {
            change(&mut section.heading);
            for block in &mut section.blocks {
                match block {
                    Block::Paragraph(line) => change(line),
                    Block::List(items) | Block::Numbered(items) => {
                        items
                            .iter_mut()
                            .flat_map(|item| std::iter::once(&mut item.line).chain(&mut item.below))
                            .for_each(&mut change);
                    }
                    Block::Facts(facts) => facts.iter_mut().for_each(|fact| change(&mut fact.value)),
                    Block::Table(table) => table.rewrite(by),
                    Block::Chart(chart) => chart.rewrite(by),
                    Block::Picture(picture) => picture.rewrite(by),
                }
            }
        }
    }

    /// Everything that it says, line by line.
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = std::iter::once(&self.title).chain(&self.subtitle).map(Line::words).collect();
        for section in &self.sections {
            lines.push(section.heading.words());
            for block in &section.blocks {
                match block {
                    Block::Paragraph(line) => lines.push(line.words()),
                    Block::List(items) | Block::Numbered(items) => {
                        lines.extend(
                            items
                                .iter()
                                .flat_map(|item| std::iter::once(&item.line).chain(&item.below))
                                .map(Line::words),
                        );
                    }
                    Block::Facts(facts) => {
                        lines.extend(facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value.words())))
                    }
                    Block::Table(table) => lines.extend(table.lines()),
                    Block::Picture(picture) => lines.extend(picture.lines()),
                    Block::Chart(chart) => {
                        lines.extend(chart.bars().iter().map(|bar| format!("{}: {}", bar.label(), bar.words())))
                    }
                }
            }
        }
        lines
    }
}

/// A heading with what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    heading: Line,
    blocks: Vec<Block>,
}

impl Section {
    /// A section with nothing in it yet.
    pub fn new(heading: impl Into<Line>) -> Section {
        Section { heading: heading.into(), blocks: Vec::new() }
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, line: impl Into<Line>) {
        let line = line.into();
        if !line.is_empty() {
            self.blocks.push(Block::Paragraph(line));
        }
    }

    /// Adds a list.
    pub fn list(&mut self, items: impl IntoIterator<Item = Item>) {
        let items: Vec<Item> = items.into_iter().filter(|item| !item.line.is_empty()).collect();
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }

    /// Adds a list below a few words that say what it lists. Without items, the words go too.
    pub fn titled_list(&mut self, title: impl Into<Line>, items: impl IntoIterator<Item = Item>) {
        let blocks = self.blocks.len();
        self.list(items);
        let title = title.into();
        if self.blocks.len() > blocks && !title.is_empty() {
            self.blocks.insert(blocks, Block::Paragraph(title));
        }
    }

    /// Adds a numbered list below a few words that say what it lists. Without items, the words go too.
    pub fn numbered_list(&mut self, title: impl Into<Line>, items: impl IntoIterator<Item = Item>) {
        let blocks = self.blocks.len();
        self.titled_list(title, items);
        for block in self.blocks.iter_mut().skip(blocks) {
            if let Block::List(items) = block {
                *block = Block::Numbered(std::mem::take(items));
            }
        }
    }

    /// Adds labels with what they stand for; a label without a value is left out.
    pub fn facts(&mut self, facts: impl IntoIterator<Item = Fact>) {
        let facts: Vec<Fact> = facts.into_iter().filter(|fact| !fact.value.is_empty()).collect();
        if !facts.is_empty() {
            self.blocks.push(Block::Facts(facts));
        }
    }

    /// Adds a chart, unless it has no bars.
    pub fn chart(&mut self, chart: Chart) {
        if !chart.bars().is_empty() {
            self.blocks.push(Block::Chart(chart));
        }
    }

    /// Adds a picture. Where there is too little to draw, only its figures remain, unless they are folded away.
    pub fn picture(&mut self, picture: Picture) {
        if picture.shows_something() {
            self.blocks.push(Block::Picture(picture));
        } else if let Some(figures) = picture.into_figures() {
            self.table(figures);
        }
    }

    /// Adds a table, unless it has no rows, or all its figures are zero.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() && !table.is_of_zeros() {
            self.blocks.push(Block::Table(table));
        }
    }

    /// The heading.
    pub fn heading(&self) -> &Line {
        &self.heading
    }

    /// What stands below the heading.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Line),
    /// A list.
    List(Vec<Item>),
    /// A list whose items come one after the other, and are numbered.
    Numbered(Vec<Item>),
    /// Labels with what they stand for.
    Facts(Vec<Fact>),
    /// A table.
    Table(Table),
    /// Bars.
    Chart(Chart),
    /// A drawing, with what it shows in words and figures.
    Picture(Picture),
}

/// An item of a list, with the lines below it that say more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    line: Line,
    below: Vec<Line>,
}

impl Item {
    /// An item of one line.
    pub fn new(line: impl Into<Line>) -> Item {
        Item { line: line.into(), below: Vec::new() }
    }

    /// The same with a line below it; an empty one is left out.
    pub fn with(mut self, line: impl Into<Line>) -> Item {
        self.below.extend(Some(line.into()).filter(|line| !line.is_empty()));
        self
    }

    /// What it says.
    pub fn line(&self) -> &Line {
        &self.line
    }

    /// The lines below.
    pub fn below(&self) -> &[Line] {
        &self.below
    }
}

/// A label with what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The label, without a colon.
    pub label: String,
    /// What it stands for.
    pub value: Line,
}

impl Fact {
    /// A label with what it stands for.
    pub fn new(label: impl Into<String>, value: impl Into<Line>) -> Fact {
        Fact { label: label.into(), value: value.into() }
    }
}

/// On which side the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// A table. Every row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    columns: Vec<(Line, Side)>,
    rows: Vec<Vec<Line>>,
}

impl Table {
    /// A table with these columns and no rows yet.
    pub fn new<L: Into<Line>>(columns: impl IntoIterator<Item = (L, Side)>) -> Table {
        Table { columns: columns.into_iter().map(|(name, side)| (name.into(), side)).collect(), rows: Vec::new() }
    }

    /// Adds a row. Cells that are missing stay empty; cells beyond the columns are dropped.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Line>) {
        let empty = std::iter::repeat_with(Line::default);
        self.rows.push(cells.into_iter().chain(empty).take(self.columns.len()).collect());
    }

    /// Whether it has figures, and none of them is more than nothing.
    fn is_of_zeros(&self) -> bool {
        let figures = || {
            let sides = self.columns.iter().map(|(_, side)| *side);
            self.rows.iter().flat_map(move |row| sides.clone().zip(row)).filter(|(side, _)| *side == Side::Right)
        };
        figures().next().is_some()
            && figures().all(|(_, cell)| matches!(cell.words().as_str(), "" | "0" | "0%" | "\u{2013}"))
    }

    /// Replaces its words.
    fn rewrite(&mut self, by: &dyn Fn(&str) -> String) {
        let names = self.columns.iter_mut().map(|(name, _)| name);
        names.chain(self.rows.iter_mut().flatten()).for_each(|line| line.rewrite(by));
    }

    /// Everything that it says.
    fn lines(&self) -> impl Iterator<Item = String> {
        let names = self.columns.iter().map(|(name, _)| name);
        names.chain(self.rows.iter().flatten()).map(Line::words)
    }

    /// The names of the columns and their sides.
    pub fn columns(&self) -> &[(Line, Side)] {
        &self.columns
    }

    /// The rows.
    pub fn rows(&self) -> &[Vec<Line>] {
        &self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_empty_gets_in() {
        let mut section = Section::new("Requests");
        section.paragraph("  ");
        section.list([Item::new("")]);
        section.titled_list("Open:", []);
        section.facts([Fact::new("Chair", "")]);
        section.table(Table::new([("Member", Side::Left)]));
        assert_eq!(section.blocks(), []);

        let mut document = Document::new("Brief");
        document.add_subtitle("");
        document.add(section);
        assert_eq!((document.subtitle().len(), document.sections().len()), (0, 0));
    }

    #[test]
    fn a_picture_of_too_little_is_its_figures() {
        let day = "2026-01-01".parse().unwrap();
        let mut figures = Table::new([("Date", Side::Left)]);
        figures.row(["January".into()]);
        let picture = || Picture::new("Progress", "Words", Series::new("", [(day, 1.into())], day), figures.clone());
        let mut section = Section::new("Goals");
        section.picture(picture());
        section.picture(picture().fold());
        assert_eq!(section.blocks(), [Block::Table(figures.clone())]);
    }

    #[test]
    fn all_that_a_picture_says_can_be_replaced() {
        let mut grid = Grid::new(["Ana".to_owned(), "Ana".to_owned()]).with_key([(Shade::Full, "Ana")]);
        grid.row("Ana", [Cell::of(Shade::Full), Cell::default()]);
        let mut figures = Table::new([("Ana", Side::Left)]);
        figures.row(["Ana".into()]);
        let mut section = Section::new("Ana");
        section.picture(Picture::new("Ana", "Ana", grid, figures));
        let mut chart = Chart::new();
        chart.bar("Ana", 1.into(), "Ana");
        section.chart(chart);
        let mut document = Document::new("Ana");
        document.add(section);
        assert!(document.lines().concat().contains("Ana"));
        document.rewrite(&|words| words.replace("Ana", "Chair"));
        assert!(!format!("{document:?}").contains("Ana"), "{document:?}");
    }

    #[test]
    fn a_titled_list_stands_below_its_title() {
        let mut section = Section::new("Requests");
        section.titled_list("Open:", [Item::new("Rooms").with("").with("until March")]);
        let item = Item { line: "Rooms".into(), below: vec!["until March".into()] };
        assert_eq!(section.blocks(), [Block::Paragraph("Open:".into()), Block::List(vec![item])]);
    }

    #[test]
    fn rows_fit_the_columns() {
        let mut table = Table::new([("Member", Side::Left), ("Hours", Side::Right)]);
        table.row(["Grange".into()]);
        table.row(["Library".into(), "3".into(), "4".into()]);
        assert_eq!(table.rows().iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
    }
}
