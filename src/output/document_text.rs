//! A document as text for a terminal or a printer: within the columns of a [`Page`], and nothing that people wrote in it is a command
//! to the terminal.

use super::{layout, visible};
use crate::document::{Block, Chart, Document, Fact, Inline, Item, Line, Picture, Section, Side, Table};
use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, TableStyle, Width,
};
use textwrap::core::display_width;

/// What a text is written on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page {
    /// Its columns.
    pub width: usize,
    /// Whether it shows bold letters and colors.
    pub is_styled: bool,
}

impl Page {
    /// The most columns of a page; longer lines are hard to read.
    pub(crate) const WIDEST: usize = 88;

    /// A page for a file, a mail or another program.
    pub(crate) const PLAIN: Page = Page { width: 80, is_styled: false };
}

const BOLD: anstyle::Style = anstyle::Style::new().bold();
const LATE: anstyle::Style = anstyle::AnsiColor::Red.on_default().bold();

/// The length of the longest bar of a chart.
const STEPS: u16 = 20;

/// Rows of words with a rule below the names of the columns.
const TABLE_STYLE: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none().junction(' '))
    .header_separator(LineStyle::none().fill('-').junction(' '))
    .content_lines(ContentLineStyle::none().junction(' '));

/// The document as text.
#[cfg(test)]
pub(crate) fn text(document: &Document) -> String {
    text_on(document, Page::PLAIN)
}

/// The document as text on a page.
pub(crate) fn text_on(document: &Document, page: Page) -> String {
    let mut parts = vec![head(document, page)];
    parts.extend(document.sections().iter().map(|part| section(part, page)));
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

fn head(document: &Document, page: Page) -> String {
    let title = underline(document.title(), '=', page);
    let lines = document.subtitle().iter().map(|subtitle| wrap(&styled(subtitle, page), "", "", page));
    std::iter::once(title).chain(lines).collect::<Vec<_>>().join("\n")
}

/// A section; a paragraph stands close to a list below it and to another paragraph, other blocks stand apart.
fn section(section: &Section, page: Page) -> String {
    let mut text = underline(section.heading(), '-', page);
    let mut before: Option<&Block> = None;
    for block in section.blocks() {
        let close = match before {
            None => true,
            Some(Block::Paragraph(_)) => !matches!(block, Block::Table(_) | Block::Chart(_) | Block::Picture(_)),
            Some(_) => false,
        };
        text.push_str(if close { "\n" } else { "\n\n" });
        text.push_str(&self::block(block, page));
        before = Some(block);
    }
    text
}

fn underline(heading: &Line, mark: char, page: Page) -> String {
    let words = wrap(&line(heading), "", "", page);
    let width = words.lines().map(display_width).max().unwrap_or_default();
    let words: Vec<String> = words.lines().map(|words| style(words, BOLD, page)).collect();
    format!("{}\n{}", words.join("\n"), mark.to_string().repeat(width))
}

fn block(block: &Block, page: Page) -> String {
    match block {
        Block::Paragraph(words) => wrap(&styled(words, page), "", "", page),
        Block::List(items) => items.iter().map(|one| item(one, "- ", page)).collect::<Vec<_>>().join("\n"),
        Block::Numbered(items) => {
            let width = items.len().to_string().len();
            let number = |at: usize| format!("{:>width$}. ", at + 1);
            let items = items.iter().enumerate().map(|(at, one)| item(one, &number(at), page));
            items.collect::<Vec<_>>().join("\n")
        }
        Block::Facts(shown) => facts(shown, page),
        Block::Table(shown) => table(shown, page),
        Block::Chart(shown) => chart(shown, page),
        Block::Picture(shown) => picture(shown, page),
    }
}

/// A picture in words and figures: who listens to a page, or reads it in a terminal, needs no signs that imitate a drawing.
fn picture(picture: &Picture, page: Page) -> String {
    let caption = Line::new().strong(format!("{}.", picture.title())).plain(format!(" {}", picture.description()));
    format!("{}\n\n{}", wrap(&styled(&caption, page), "", "", page), table(picture.figures(), page))
}

/// An item behind its mark; what is below it begins where its words do.
fn item(item: &Item, mark: &str, page: Page) -> String {
    let indent = " ".repeat(mark.len());
    let below = item.below().iter().map(|below| wrap(&styled(below, page), &indent, &indent, page));
    std::iter::once(wrap(&styled(item.line(), page), mark, &indent, page)).chain(below).collect::<Vec<_>>().join("\n")
}

fn facts(facts: &[Fact], page: Page) -> String {
    let width = facts.iter().map(|fact| display_width(&fact.label)).max().unwrap_or_default();
    let shown = facts.iter().map(|fact| {
        let gap = " ".repeat(width - display_width(&fact.label) + 2);
        wrap(&styled(&fact.value, page), &format!("{}{gap}", fact.label), &" ".repeat(width + 2), page)
    });
    shown.collect::<Vec<_>>().join("\n")
}

/// A table alone, each row on one line, however long: for lists that people search line by line.
pub(crate) fn rows(table: &Table) -> String {
    rows_on(table, Page::PLAIN)
}

/// The same in the styles of a page, whose width does not count.
pub(crate) fn rows_on(table: &Table, page: Page) -> String {
    let widths = widths(table);
    let cell = |cell: &Line, side: Side, width: usize| {
        let gap = " ".repeat(width.saturating_sub(display_width(&line(cell))));
        match side {
            Side::Left => styled(cell, page) + &gap,
            Side::Right => gap + &styled(cell, page),
        }
    };
    let row = |cells: &[Line]| {
        let cells = cells.iter().zip(table.columns()).zip(&widths);
        let cells: Vec<String> = cells.map(|((words, (_, side)), width)| cell(words, *side, *width)).collect();
        cells.join("  ").trim_end().to_owned() + "\n"
    };
    let names: Vec<Line> = table.columns().iter().map(|(name, _)| name.clone()).collect();
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(width + 1)).collect();
    let heading = style(row(&names).trim_end(), BOLD, page);
    let body: String = table.rows().iter().map(|cells| row(cells)).collect();
    format!("{heading}\n{}\n{body}", rule.join(" "))
}

/// The columns of a page that each column of a table takes at most.
fn widths(table: &Table) -> Vec<usize> {
    let mut widths: Vec<usize> = table.columns().iter().map(|(name, _)| display_width(&line(name))).collect();
    for cells in table.rows() {
        for (width, cell) in widths.iter_mut().zip(cells) {
            *width = (*width).max(display_width(&line(cell)));
        }
    }
    widths
}

/// A table whose rows fit so many columns of a page: long cells are cut at a word, and columns are left out from the last one, but not
/// the first. What `is_whole` is not cut. With the table come the places of the columns that it lacks.
pub(crate) fn narrow(table: &Table, is_whole: &dyn Fn(usize) -> bool, columns: usize) -> (Table, Vec<usize>) {
    let full = widths(table);
    let least = |at: usize| if is_whole(at) { full[at] } else { full[at].min(SHORTEST) };
    let mut kept: Vec<usize> = (0..full.len()).collect();
    // Two spaces stand between two columns, and the rule below the last name is one longer.
    let room = |kept: &[usize]| columns.saturating_sub(1 + 2 * kept.len().saturating_sub(1));
    while kept.len() > 1 && kept.iter().map(|at| least(*at)).sum::<usize>() > room(&kept) {
        kept.pop();
    }
    let mut shown = full.clone();
    let over = |shown: &[usize]| kept.iter().map(|at| shown[*at]).sum::<usize>() > room(&kept);
    while over(&shown) {
        let widest = kept.iter().copied().filter(|at| shown[*at] > least(*at)).max_by_key(|at| shown[*at]);
        let Some(widest) = widest else { break };
        shown[widest] -= 1;
    }
    let mut narrow = Table::new(kept.iter().map(|at| table.columns()[*at].clone()));
    for cells in table.rows() {
        narrow.row(kept.iter().map(|at| cells.get(*at).map_or_else(Line::new, |cell| cut(cell, shown[*at]))));
    }
    (narrow, (0..full.len()).filter(|at| !kept.contains(at)).collect())
}

/// The columns that a cell keeps that is cut: a date in words is whole.
const SHORTEST: usize = 18;

/// A cell in at most so many columns, cut at a word if one ends there.
fn cut(cell: &Line, width: usize) -> Line {
    let words = line(cell);
    if display_width(&words) <= width {
        return cell.clone();
    }
    let short = layout::shorten(&words, width);
    if matches!(cell.inlines(), [Inline::Late(_)]) { Line::new().late(short) } else { Line::from(short) }
}

fn grid(table: &Table) -> comfy_table::Table {
    let mut grid = comfy_table::Table::new();
    grid.load_style(TABLE_STYLE);
    grid.set_header(table.columns().iter().map(|(name, _)| line(name)));
    grid.add_rows(table.rows().iter().map(|cells| cells.iter().map(line)));
    grid
}

fn alignment(side: Side) -> CellAlignment {
    match side {
        Side::Left => CellAlignment::Left,
        Side::Right => CellAlignment::Right,
    }
}

/// A table on a page, its words wrapped in their columns.
fn table(table: &Table, page: Page) -> String {
    let mut grid = grid(table);
    // Where all cells fit the page, none of them breaks.
    let fits = self::widths(table).iter().map(|width| width + 2).sum::<usize>() <= page.width + 1;
    grid.set_content_arrangement(if fits { ContentArrangement::Disabled } else { ContentArrangement::Dynamic });
    grid.set_width(u16::try_from(page.width).unwrap_or(u16::MAX));
    let widths = longest_words(table);
    if widths.iter().map(|width| width + 2).sum::<usize>() > page.width + 2 {
        return records(table, page);
    }
    for ((column, (_, side)), width) in grid.column_iter_mut().zip(table.columns()).zip(widths) {
        let least = u16::try_from(width + 1).unwrap_or(u16::MAX);
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
        column.set_padding((0, 1)).set_cell_alignment(alignment(*side));
    }
    let text = grid.trim_fmt();
    let is_rule = |line: &str| line.contains('-') && line.chars().all(|letter| [' ', '-'].contains(&letter));
    let heading = text.lines().take_while(|line| !is_rule(line)).count();
    let bold = |(at, line): (usize, &str)| if at < heading { style(line, BOLD, page) } else { line.to_owned() };
    text.lines().enumerate().map(bold).collect::<Vec<_>>().join("\n")
}

/// A table whose words have no room beside each other: the rows one after another, with their columns below each other.
fn records(table: &Table, page: Page) -> String {
    let names: Vec<String> = table.columns().iter().map(|(name, _)| line(name)).collect();
    let record = |cells: &Vec<Line>| {
        let mut cells = cells.iter().zip(&names).filter(|(cell, _)| !line(cell).is_empty());
        let Some((first, _)) = cells.next() else { return String::new() };
        let first = wrap(&style(&line(first), BOLD, page), "", "  ", page);
        let others = cells.map(|(cell, name)| {
            let label = if name.is_empty() { "  ".to_owned() } else { format!("  {name}: ") };
            wrap(&styled(cell, page), &label, "    ", page)
        });
        std::iter::once(first).chain(others).collect::<Vec<_>>().join("\n")
    };
    table.rows().iter().map(record).collect::<Vec<_>>().join("\n")
}

/// Bars of signs that every terminal and every mail has; a mark is across the bars.
fn chart(chart: &Chart, page: Page) -> String {
    let mark = chart.mark(STEPS).map(usize::from);
    let rows = chart.bars().iter().map(|bar| {
        let length = usize::from(bar.length(STEPS));
        let sign = |at: usize| match at {
            _ if mark == Some(at) => '|',
            _ if at < length => '#',
            _ => '.',
        };
        let signs: String = (0..usize::from(STEPS)).map(sign).collect();
        [bar.label(), &signs, bar.words()].map(visible)
    });
    let mut grid = comfy_table::Table::new();
    grid.load_style(TABLE_STYLE);
    grid.set_content_arrangement(ContentArrangement::Dynamic);
    grid.set_width(u16::try_from(page.width).unwrap_or(u16::MAX));
    grid.add_rows(rows);
    if let Some(bars) = grid.column_mut(1) {
        bars.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(STEPS + 1)));
    }
    for column in grid.column_iter_mut() {
        column.set_padding((0, 1));
    }
    grid.trim_fmt()
}

/// The width of the longest word of each column, which is not broken as long as all of them fit the page.
fn longest_words(table: &Table) -> Vec<usize> {
    let longest = |cell: &Line| line(cell).split(' ').map(display_width).max().unwrap_or_default();
    let mut widths: Vec<usize> = table.columns().iter().map(|(name, _)| longest(name)).collect();
    for cells in table.rows() {
        for (width, cell) in widths.iter_mut().zip(cells) {
            *width = (*width).max(longest(cell));
        }
    }
    widths
}

/// A line as its words.
fn line(line: &Line) -> String {
    let words: String = line.inlines().iter().map(inline).collect();
    visible(words.trim())
}

/// A line as its words, those that are strong or late in their style where the page has styles.
fn styled(line: &Line, page: Page) -> String {
    if !page.is_styled {
        return self::line(line);
    }
    // Each run is shown alone, so the spaces between two of them are kept here.
    let runs = line.inlines().iter().map(|run| {
        let words = inline(run);
        let (before, after) = (words.starts_with(' '), words.ends_with(' ') && words.trim() != "");
        let shown = visible(words.trim());
        let shown = match run {
            Inline::Strong(_) => style(&shown, BOLD, page),
            Inline::Late(_) => style(&shown, LATE, page),
            _ => shown,
        };
        format!("{}{shown}{}", if before { " " } else { "" }, if after { " " } else { "" })
    });
    runs.collect::<String>().trim().to_owned()
}

fn style(words: &str, style: anstyle::Style, page: Page) -> String {
    if page.is_styled && !words.is_empty() { format!("{style}{words}{style:#}") } else { words.to_owned() }
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Link { text, url } if text != url.as_str() => format!("{text} <{url}>"),
        other => other.text().to_owned(),
    }
}

/// The words in lines that fit the page.
fn wrap(words: &str, first: &str, rest: &str, page: Page) -> String {
    layout::wrap(words, first, rest, page.width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Cell, Grid};

    fn sample() -> Document {
        let mut document = Document::new("Riverton");
        document.add_subtitle("Meeting brief");
        let mut section = Section::new("Next meeting");
        section.facts([Fact::new("When", "Tuesday"), Fact::new("In the chair", "Margaret")]);
        section.paragraph("To bring:");
        section.list([Item::new("the scale").with("Henry, due Dec 1")]);
        document.add(section);
        document
    }

    #[test]
    fn a_page_reads_from_top_to_bottom() {
        let expected = "\
Riverton
========
Meeting brief

Next meeting
------------
When          Tuesday
In the chair  Margaret

To bring:
- the scale
  Henry, due Dec 1
";
        assert_eq!(text(&sample()), expected);
    }

    #[test]
    fn tables_are_aligned_by_the_width_that_is_seen() {
        let mut table = Table::new([("Member", Side::Left), ("Hours", Side::Right)]);
        table.row(["図書館".into(), "3".into()]);
        table.row(["Grange".into(), "12.5".into()]);
        let expected = "Member  Hours\n------- ------\n図書館      3\nGrange   12.5";
        assert_eq!(super::table(&table, Page::PLAIN), expected);
    }

    #[test]
    fn bars_stand_below_each_other_with_the_mark_across() {
        let mut chart = Chart::new().with_mark("0.35".parse().unwrap());
        chart.bar("Friends", "0.5".parse().unwrap(), "5 of 10");
        chart.bar("Library \u{1b}", "0.1".parse().unwrap(), "1 of 10");
        let expected = "Friends    #######|##..........  5 of 10\nLibrary ␛  ##.....|............  1 of 10";
        assert_eq!(super::chart(&chart, Page::PLAIN), expected);
    }

    #[test]
    fn a_picture_is_said_in_words_and_figures() {
        let mut grid = Grid::new(["Q1".to_owned(), "Q2".to_owned()]);
        grid.row("Ana \u{1b}", [Cell::count(1), Cell::count(2)]);
        let mut figures = Table::new([("Person", Side::Left), ("Q1", Side::Right)]);
        figures.row(["Ana \u{1b}".into(), "1".into()]);
        let picture = Picture::new("Contacts \u{1b}", "Few.", grid, figures);
        let expected = "Contacts ␛. Few.\n\nPerson  Q1\n------- ---\nAna ␛    1";
        assert_eq!(super::picture(&picture, Page::PLAIN), expected);
    }

    #[test]
    fn no_cell_breaks_in_a_table_that_fits() {
        let mut table =
            Table::new([("Person", Side::Left), ("A", Side::Right), ("B", Side::Right), ("C", Side::Right)]);
        table.row(["Imani Foster-Blake of Mill Bend".into(), "1".into(), "2".into(), "3".into()]);
        assert_eq!(super::table(&table, Page::PLAIN).lines().count(), 3);
    }

    #[test]
    fn long_lines_wrap_at_the_page() {
        let mut section = Section::new("Long");
        section.paragraph("word ".repeat(80));
        section.list([Item::new("図書 ".repeat(60)).with("below ".repeat(40))]);
        let mut table = Table::new([("A", Side::Left), ("B", Side::Left)]);
        table.row(["word ".repeat(40).into(), "word ".repeat(40).into()]);
        section.table(table);
        let mut document = Document::new("t");
        document.add(section);
        let page = text(&document);
        assert!(page.lines().count() > 20);
        let wide: Vec<&str> = page.lines().filter(|line| display_width(line) > Page::PLAIN.width).collect();
        assert_eq!(wide, [""; 0]);
    }

    #[test]
    fn a_terminal_gets_no_commands() {
        let mut section = Section::new("a\u{1b}[2Jb");
        section.paragraph("one\u{9b}31m\ntwo\u{202e}");
        let mut table = Table::new([("\u{1b}]0;x\u{7}", Side::Left)]);
        table.row(["\u{1b}c".into()]);
        section.table(table);
        section.facts([Fact::new("Place", "\u{8}\u{8}\u{8}")]);
        let mut document = Document::new("\u{1b}[31mred");
        document.add(section);
        let page = text(&document);
        assert!(page.contains("␛[2J") && page.contains("two\u{fffd}"), "{page}");
        assert_eq!(page.chars().filter(|letter| letter.is_control() && *letter != '\n').count(), 0, "{page:?}");
    }
}
