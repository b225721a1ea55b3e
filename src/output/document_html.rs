//! A document as one page of HTML that holds all it needs: styles, and charts drawn as SVG. It prints well and can be
//! mailed. It loads nothing and runs nothing, and says so to the browser.

use super::visible;
use crate::document::{Block, Chart, Document, Fact, Inline, Item, Line, Section, Side, Table};
use pulldown_cmark_escape::{escape_href, escape_html};

/// The styles of the page.
const STYLE: &str = include_str!("page.css");

/// The length of the longest bar, in pixels.
const STEPS: u16 = 180;

/// The document as a page.
pub(crate) fn html(document: &Document) -> String {
    // The first line below the title names the report, so that browser tabs can be distinguished.
    let title = std::iter::once(document.title()).chain(document.subtitle().first());
    let title = title.map(plain_text).collect::<Vec<_>>().join(" – ");
    let subtitles: String =
        document.subtitle().iter().map(|words| format!("<p class=\"subtitle\">{}</p>\n", line(words))).collect();
    let sections: String = document.sections().iter().map(section).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n{subtitles}{sections}</main>\n\
         </body>\n</html>\n",
        line(document.title())
    )
}

fn section(section: &Section) -> String {
    let blocks: String = section.blocks().iter().map(block).collect();
    format!("<section>\n<h2>{}</h2>\n{blocks}</section>\n", line(section.heading()))
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(words) => format!("<p>{}</p>\n", line(words)),
        Block::List(items) => format!("<ul>\n{}</ul>\n", items.iter().map(item).collect::<String>()),
        Block::Facts(facts) => format!("<dl>\n{}</dl>\n", facts.iter().map(fact).collect::<String>()),
        Block::Table(shown) => table(shown),
        Block::Chart(shown) => chart(shown),
    }
}

fn item(item: &Item) -> String {
    let below: String = item.below().iter().map(|below| format!("<br>{}", line(below))).collect();
    format!("<li>{}{below}</li>\n", line(item.line()))
}

fn fact(fact: &Fact) -> String {
    format!("<dt>{}</dt><dd>{}</dd>\n", text(&fact.label), line(&fact.value))
}

fn table(table: &Table) -> String {
    let sides = || table.columns().iter().map(|(_, side)| side);
    let class = |side: &Side| if *side == Side::Right { " class=\"right\"" } else { "" };
    let head = |(name, side): &(Line, Side)| format!("<th scope=\"col\"{}>{}</th>", class(side), line(name));
    let row = |cells: &Vec<Line>| {
        let cells = cells.iter().zip(sides()).map(|(cell, side)| format!("<td{}>{}</td>", class(side), line(cell)));
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let (head, rows): (String, String) =
        (table.columns().iter().map(head).collect(), table.rows().iter().map(row).collect());
    format!("<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n")
}

fn chart(chart: &Chart) -> String {
    let mark = chart.mark(STEPS);
    let mark = mark
        .map_or_else(String::new, |at| format!("<line class=\"mark\" x1=\"{at}\" x2=\"{at}\" y1=\"0\" y2=\"12\"/>"));
    let rows = chart.bars().iter().map(|bar| {
        let (label, words, length) = (text(bar.label()), text(bar.words()), bar.length(STEPS));
        format!(
            "<tr><th scope=\"row\">{label}</th><td class=\"bar\"><svg width=\"{STEPS}\" height=\"12\" role=\"img\" \
             aria-label=\"{words}\"><rect class=\"way\" width=\"{STEPS}\" height=\"12\"/>\
             <rect class=\"done\" width=\"{length}\" height=\"12\"/>{mark}</svg></td><td>{words}</td></tr>\n"
        )
    });
    format!("<table class=\"chart\">\n<tbody>\n{}</tbody>\n</table>\n", rows.collect::<String>())
}

fn line(line: &Line) -> String {
    line.inlines().iter().map(inline).collect::<String>().trim().to_owned()
}

fn inline(inline: &Inline) -> String {
    let words = text(inline.text());
    match inline {
        Inline::Plain(_) => words,
        Inline::Strong(_) | Inline::Late(_) => format!("<strong>{words}</strong>"),
        Inline::Muted(_) => format!("<span class=\"muted\">{words}</span>"),
        Inline::Link { url, .. } => format!("<a href=\"{}\">{words}</a>", address(url)),
    }
}

/// A line without markup, for the title.
fn plain_text(line: &Line) -> String {
    text(&line.inlines().iter().map(Inline::text).collect::<String>())
}

/// Text without markup, in an element or in a quoted attribute.
fn text(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    // Writing to a string cannot fail.
    let _ = escape_html(&mut escaped, &visible(words));
    escaped
}

/// An address in a quoted attribute. Records hold only web addresses; the rest is escaped.
fn address(url: &str) -> String {
    let mut escaped = String::with_capacity(url.len());
    let _ = escape_href(&mut escaped, &visible(url));
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hostile(text: &str) -> Document {
        let mut section = Section::new(text);
        section.paragraph(Line::new().strong(text).muted(text));
        section.list([Item::new(text).with(text)]);
        section.facts([Fact::new(text, text)]);
        let mut table = Table::new([(text, Side::Right)]);
        table.row([text.into()]);
        section.table(table);
        let mut chart = Chart::new();
        chart.bar(text, "0.5".parse().unwrap(), text);
        section.chart(chart);
        let mut document = Document::new(text);
        document.add_subtitle(text);
        document.add(section);
        document
    }

    #[test]
    fn what_people_wrote_becomes_no_markup() {
        let harmless = html(&hostile("x"));
        let tags = |page: &str| (page.matches('<').count(), page.matches('"').count());
        for text in
            ["<img src=x onerror=alert(1)>", "\" onload=\"x", "</title><script>", "&lt;b&gt;", "a\u{1b}[2J\u{202e}"]
        {
            let page = html(&hostile(text));
            assert_eq!(tags(&page), tags(&harmless), "{text}");
            assert!(!page.contains('\u{1b}') && !page.contains('\u{202e}'), "{text}");
        }
        assert!(html(&hostile("&lt;")).contains("&amp;lt;"));
    }

    #[test]
    fn the_title_names_the_report_too() {
        let mut document = Document::new("Alder Coalition");
        document.add_subtitle("Health, June 15, 2026");
        assert!(html(&document).contains("<title>Alder Coalition – Health, June 15, 2026</title>"));
    }

    #[test]
    fn a_page_holds_all_it_needs() {
        let page = html(&hostile("Riverton"));
        for outside in ["src=", "@import", "url(", "<script", "<link"] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert!(page.contains("<rect class=\"done\" width=\"90\" height=\"12\"/>"));
    }
}
