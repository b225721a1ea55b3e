//! A document as Markdown: CommonMark with the tables of its GitHub flavor. Every word of it goes through
//! [`escape_within`], so the only markup is the document's own.

use super::markdown_escape::{at_line_start, escape_within};
use super::picture_mermaid::{self, Diagram};
use crate::document::{Block, Chart, Document, Fact, Inline, Item, Line, Picture, Section, Side, Table};

/// The document as Markdown.
pub(crate) fn write_markdown(document: &Document) -> String {
    let mut parts = vec![format!("# {}", line(document.title()))];
    parts.extend(document.subtitle().iter().map(line));
    for section in document.sections() {
        parts.extend(section_parts(section));
    }
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

/// The same, ending with the last section that fits into so many characters. A last paragraph then names the sections that are left
/// out.
pub(crate) fn write_markdown_within(document: &Document, most: usize) -> String {
    let whole = write_markdown(document);
    if whole.chars().count() <= most {
        return whole;
    }
    /// Characters for the paragraph about what is left out.
    const LEFT_OUT: usize = 1_000;
    let room = most.saturating_sub(LEFT_OUT);
    let head = std::iter::once(format!("# {}", line(document.title()))).chain(document.subtitle().iter().map(line));
    let mut text = head.collect::<Vec<_>>().join("\n\n");
    let mut length = text.chars().count();
    let mut left_out = Vec::new();
    for section in document.sections() {
        let part = section_parts(section).collect::<Vec<_>>().join("\n\n");
        let longer = length + 2 + part.chars().count();
        if longer > room {
            left_out.push(line(section.heading()));
            continue;
        }
        length = longer;
        text.push_str("\n\n");
        text.push_str(&part);
    }
    let mut names = String::new();
    let mut named = 0;
    for name in &left_out {
        if names.chars().count() + name.chars().count() + 2 > LEFT_OUT - 200 {
            break;
        }
        names.push_str(if named == 0 { "" } else { ", " });
        names.push_str(name);
        named += 1;
    }
    let more = left_out.len() - named;
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    text.push_str(&format!("\n\nLeft out here, because it is too long: {names}{more}.\n"));
    text
}

fn section_parts(section: &Section) -> impl Iterator<Item = String> {
    let heading = format!("## {}", line(section.heading()));
    std::iter::once(heading).chain(section.blocks().iter().map(block))
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(words) => line(words),
        Block::List(items) => lines(items.iter().map(|one| item(one, "- "))),
        Block::Numbered(items) => lines(items.iter().enumerate().map(|(at, one)| item(one, &format!("{}. ", at + 1)))),
        Block::Facts(facts) => lines(facts.iter().map(fact)),
        Block::Table(shown) => table(shown),
        Block::Chart(shown) => chart(shown),
        Block::Picture(shown) => picture(shown),
    }
}

/// A picture as a diagram that git hosts draw, where there is one for it, with its words before it and its figures below.
fn picture(picture: &Picture) -> String {
    let caption = Line::new().strong(format!("{}.", picture.title())).plain(format!(" {}", picture.description()));
    let diagram = drawn(picture_mermaid::diagram(picture));
    let parts = std::iter::once(line(&caption)).chain(diagram).chain(std::iter::once(table(picture.figures())));
    parts.collect::<Vec<_>>().join("\n\n")
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// An item behind its mark; what is below it are lines of the same paragraph, each after a hard break.
fn item(item: &Item, mark: &str) -> String {
    let indent = " ".repeat(mark.len());
    let below = item.below().iter().map(|below| format!("\\\n{indent}{}", line(below)));
    std::iter::once(format!("{mark}{}", line(item.line()))).chain(below).collect()
}

fn fact(fact: &Fact) -> String {
    format!("- **{}:** {}", escape_within(&fact.label).trim(), line(&fact.value))
}

/// A diagram among the lines of a page.
fn drawn(diagram: Diagram) -> Option<String> {
    match diagram {
        Diagram::Code(code) => Some(format!("```mermaid\n{code}```")),
        Diagram::Strongest(code, edges) => {
            Some(format!("```mermaid\n{code}```\n\nThe diagram shows only the {edges} strongest ties."))
        }
        Diagram::TooLarge => {
            Some("The diagram is too large for a git host; the figures below say the same.".to_owned())
        }
        Diagram::Unknown => None,
    }
}

/// Bars as a diagram, with their figures below.
fn chart(chart: &Chart) -> String {
    let parts = drawn(picture_mermaid::bars(chart)).into_iter().chain(std::iter::once(lines(bars(chart))));
    parts.collect::<Vec<_>>().join("\n\n")
}

/// The figures of a chart.
fn bars(chart: &Chart) -> impl Iterator<Item = String> {
    let words = |text: &str| escape_within(text).trim().to_owned();
    chart.bars().iter().map(move |bar| format!("- **{}:** {}", words(bar.label()), words(bar.words())))
}

fn table(table: &Table) -> String {
    let row = |cells: &mut dyn Iterator<Item = String>| format!("| {} |", cells.collect::<Vec<_>>().join(" | "));
    let names = row(&mut table.columns().iter().map(|(name, _)| line(name)));
    let sides = row(&mut table.columns().iter().map(|(_, side)| match side {
        Side::Left => "---".to_owned(),
        Side::Right => "---:".to_owned(),
    }));
    let rows = table.rows().iter().map(|cells| row(&mut cells.iter().map(line)));
    lines([names, sides].into_iter().chain(rows))
}

/// A line of inline Markdown.
fn line(line: &Line) -> String {
    let words: String = line.inlines().iter().map(write_inline).collect();
    at_line_start(words.trim())
}

fn write_inline(inline: &Inline) -> String {
    let words = escape_within(inline.text());
    match inline {
        Inline::Plain(_) => words,
        // An email address alone is a link that can be read and copied.
        Inline::Contact { .. } => match words.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
            Some(address) if address.contains('@') && !address.contains('`') => format!("<{address}>"),
            _ => words,
        },
        Inline::Strong(_) | Inline::Late(_) => wrap_in_mark(words.trim(), "**"),
        Inline::Muted(_) => wrap_in_mark(words.trim(), "*"),
        Inline::Link { url, .. } => format!("[{}](<{}>)", words.trim(), target(url)),
    }
}

/// Emphasis, which Markdown sees only where the marks touch the words.
fn wrap_in_mark(words: &str, mark: &str) -> String {
    if words.is_empty() { String::new() } else { format!("{mark}{words}{mark}") }
}

/// An address that cannot end its angle brackets, nor a table's cell. Those letters are legal in no address as they are.
fn target(url: &str) -> String {
    let mut target = String::with_capacity(url.len());
    for letter in url.chars() {
        match letter {
            '<' | '>' | '\\' | '|' | '`' | '{' | '}' | '"' => target.push_str(&format!("%{:02X}", u32::from(letter))),
            '&' => target.push_str("&amp;"),
            _ if letter.is_control() || letter.is_whitespace() => {}
            _ => target.push(letter),
        }
    }
    target
}

#[cfg(test)]
mod tests;
