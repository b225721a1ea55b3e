//! A document as one page of HTML that holds all it needs: styles, charts and pictures drawn as SVG. It prints well and can be
//! mailed. It loads nothing and runs nothing, and says so to the browser.

use super::{picture_svg, visible};
use crate::document::{Block, Chart, Document, Fact, Inline, Item, Line, Picture, Section, Side, Table, words};
use pulldown_cmark_escape::{escape_href, escape_html};

/// The styles of the page.
const STYLE: &str = include_str!("page.css");

/// The length of the longest bar, in pixels.
const STEPS: u16 = 180;

/// Keeps a line as thin as it is, however far its drawing is stretched.
const THIN: &str = "vector-effect=\"non-scaling-stroke\"";

/// The document as a page.
pub(crate) fn html(document: &Document) -> String {
    // The first line below the title names the report: it comes first, so that browser tabs can be distinguished.
    let title = document.subtitle().first().into_iter().chain([document.title()]);
    let title = title.map(plain_text).collect::<Vec<_>>().join(" – ");
    let subtitles: String =
        document.subtitle().iter().map(|words| format!("<p class=\"subtitle\">{}</p>\n", line(words))).collect();
    let class = if document.is_sheet() { " class=\"sheet\"" } else { "" };
    let mut pictures = 0;
    let sections: String = document.sections().iter().map(|shown| section(shown, &mut pictures)).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main{class}>\n<h1>{}</h1>\n{subtitles}{sections}</main>\n\
         </body>\n</html>\n",
        line(document.title())
    )
}

/// A section. Pictures are counted over the whole page, so that each has a name of its own.
fn section(section: &Section, pictures: &mut usize) -> String {
    let heading = plain_text(section.heading());
    let mut tables = 0;
    let blocks: String = section
        .blocks()
        .iter()
        .map(|shown| {
            tables += usize::from(matches!(shown, Block::Table(_) | Block::Picture(_)));
            *pictures += usize::from(matches!(shown, Block::Picture(_)));
            block(shown, &heading, tables, *pictures)
        })
        .collect();
    format!("<section>\n<h2>{}</h2>\n{blocks}</section>\n", line(section.heading()))
}

fn block(block: &Block, heading: &str, tables: usize, pictures: usize) -> String {
    // A reader of screens hears which table it enters; each name is given once.
    let label = if tables < 2 { heading.to_owned() } else { format!("{heading}, table {tables}") };
    let items = |items: &[Item]| items.iter().map(item).collect::<String>();
    match block {
        Block::Paragraph(words) => format!("<p>{}</p>\n", line(words)),
        Block::List(list) => format!("<ul>\n{}</ul>\n", items(list)),
        Block::Numbered(list) => format!("<ol>\n{}</ol>\n", items(list)),
        Block::Facts(facts) => format!("<dl>\n{}</dl>\n", facts.iter().map(fact).collect::<String>()),
        Block::Table(shown) => table(shown, &label),
        Block::Chart(shown) => chart(shown),
        Block::Picture(shown) => picture(shown, pictures, &label),
    }
}

/// A picture with its caption; its figures stand below it, or unfold there.
fn picture(picture: &Picture, number: usize, label: &str) -> String {
    let (title, description) = (text(picture.title()), text(picture.description()));
    let figures = table(picture.figures(), label);
    let figures = match picture.is_folded() {
        true => format!("<details>\n<summary>Figures</summary>\n{figures}</details>\n"),
        false => figures,
    };
    let drawing = picture_svg::svg(picture.drawing(), &title, &description, number);
    format!("<figure>\n<figcaption><strong>{title}.</strong> {description}</figcaption>\n{drawing}{figures}</figure>\n")
}

fn item(item: &Item) -> String {
    let below: String = item.below().iter().map(|below| format!("<br>{}", line(below))).collect();
    format!("<li>{}{below}</li>\n", line(item.line()))
}

fn fact(fact: &Fact) -> String {
    format!("<dt>{}</dt><dd>{}</dd>\n", text(&fact.label), line(&fact.value))
}

/// A table in a region of its own, which scrolls where the table is wider than the page.
fn table(table: &Table, label: &str) -> String {
    let class = |side: &Side| if *side == Side::Right { " class=\"right\"" } else { "" };
    let head = |(name, side): &(Line, Side)| match name.is_empty() {
        true => "<td></td>".to_owned(),
        false => format!("<th scope=\"col\"{}>{}</th>", class(side), line(name)),
    };
    let row = |cells: &Vec<Line>| {
        let cells = cells.iter().zip(table.columns()).enumerate().map(|(at, (cell, (_, side)))| {
            // What a row is about stands in its first cell, unless that goes on from the row above.
            let is_heading = at == 0 && *side == Side::Left && !cell.is_empty();
            let (tag, scope) = if is_heading { ("th", " scope=\"row\"") } else { ("td", "") };
            format!("<{tag}{scope}{}>{}</{tag}>", class(side), line(cell))
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let (head, rows): (String, String) =
        (table.columns().iter().map(head).collect(), table.rows().iter().map(row).collect());
    format!(
        "<div class=\"region\" role=\"region\" aria-label=\"{label}\" tabindex=\"0\">\n<table>\n\
         <thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )
}

/// Bars, each with its label and its figure in words; the drawing says nothing that these do not.
pub(crate) fn chart(chart: &Chart) -> String {
    let line =
        |class: &str, at: u16| format!("<line class=\"{class}\" {THIN} x1=\"{at}\" x2=\"{at}\" y1=\"0\" y2=\"12\"/>");
    // Seen on the bar and beside it.
    let mark = chart.mark(STEPS).map(|at| line("halo", at) + &line("mark", at)).unwrap_or_default();
    let rows = chart.bars().iter().map(|bar| {
        let (label, words, length) = (text(bar.label()), text(bar.words()), bar.length(STEPS));
        format!(
            "<li><span>{label}</span><svg viewBox=\"0 0 {STEPS} 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
             <rect class=\"way\" {THIN} width=\"{STEPS}\" height=\"12\"/>\
             <rect class=\"done\" width=\"{length}\" height=\"12\"/>{mark}</svg><span>{words}</span></li>\n"
        )
    });
    format!("<ul class=\"chart\">\n{}</ul>\n", rows.collect::<String>())
}

fn line(line: &Line) -> String {
    line.inlines().iter().map(inline).collect::<String>().trim().to_owned()
}

fn inline(inline: &Inline) -> String {
    let words = text(inline.text());
    match inline {
        Inline::Plain(_) => words,
        Inline::Strong(_) => format!("<strong>{words}</strong>"),
        Inline::Late(_) => format!("<strong class=\"late\">{words}</strong>"),
        Inline::Muted(_) => format!("<span class=\"muted\">{words}</span>"),
        Inline::Link { url, .. } => format!("<a href=\"{}\">{words}</a>", escape_address(url)),
        Inline::Contact { address, .. } => format!("<a href=\"{}\">{words}</a>", escape_address(address)),
    }
}

/// A line without markup, for the title.
fn plain_text(line: &Line) -> String {
    text(&line.inlines().iter().map(Inline::text).collect::<String>())
}

/// Text without markup, in an element or in a quoted attribute. A date or a time stays on one line.
pub(super) fn text(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    // Writing to a string cannot fail.
    let _ = escape_html(&mut escaped, &hold_dates_together(&visible(words)));
    escaped
}

/// The days of the week as dates are written where space is short.
const WEEKDAYS: [&str; 7] = ["Mon,", "Tue,", "Wed,", "Thu,", "Fri,", "Sat,", "Sun,"];

/// The same words with a space that does not break in `November 3, 2026`, `Tue, Nov 3` and `6:30 p.m.`
pub(crate) fn hold_dates_together(words: &str) -> String {
    let mut held = String::with_capacity(words.len());
    // How much of a date the words before the next space are.
    let mut is_after_month = false;
    let mut is_after_day = false;
    let mut is_after_weekday = false;
    for (at, word) in words.split(' ').enumerate() {
        let starts_with_digit = word.starts_with(|letter: char| letter.is_ascii_digit());
        let is_half_of_day = word.starts_with("a.m.") || word.starts_with("p.m.");
        let ends_in_digit = held.ends_with(|letter: char| letter.is_ascii_digit());
        let is_month = words::is_month(word.trim_start_matches(|letter: char| !letter.is_alphabetic()));
        let is_held = (is_after_month || is_after_day) && starts_with_digit
            || is_half_of_day && ends_in_digit
            || is_month && is_after_weekday;
        if at > 0 {
            held.push(if is_held { '\u{a0}' } else { ' ' });
        }
        held.push_str(word);
        is_after_day = is_after_month && starts_with_digit && word.ends_with(',');
        is_after_month = is_month;
        is_after_weekday = WEEKDAYS.contains(&word);
    }
    held
}

/// An address in a quoted attribute. Records hold only web addresses, numbers and email addresses; the rest is escaped.
fn escape_address(url: &str) -> String {
    let mut escaped = String::with_capacity(url.len());
    let _ = escape_href(&mut escaped, &visible(url));
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Cell, Grid};
    use crate::record::common::ContactType;

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
    fn a_date_and_a_time_stay_on_one_line() {
        for (words, held) in [
            ("Sunday, November 3, 2026 (in 9 days)", "Sunday, November_3,_2026 (in 9 days)"),
            ("due Nov 3; from Oct 12, at 6:30 p.m. to 8 p.m.", "due Nov_3; from Oct_12, at 6:30_p.m. to 8_p.m."),
            ("May we? 3 of March, 12 members", "May we? 3 of March, 12 members"),
            ("Tue, Nov 3", "Tue,_Nov_3"),
            ("until (June 2027)", "until (June_2027)"),
        ] {
            assert_eq!(text(words).replace('\u{a0}', "_"), held);
        }
    }

    #[test]
    fn a_number_can_be_dialed() {
        let contact = |value: &str| line(&Line::new().contact(ContactType::Phone, value));
        assert_eq!(contact("+1 614-555-0142"), "<a href=\"tel:+16145550142\">+1 614-555-0142</a>");
        assert_eq!(contact("\"><script>"), "&quot;&gt;&lt;script&gt;");
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
        assert!(html(&document).contains("<title>Health, June\u{a0}15,\u{a0}2026 – Alder Coalition</title>"));
    }

    #[test]
    fn a_picture_is_named_and_described_and_its_figures_unfold() {
        let picture = || {
            let mut grid = Grid::new(["Q1".to_owned(), "Q2".to_owned()]);
            grid.row("Ana", [Cell::count(1), Cell::count(2)]);
            let mut figures = Table::new([("Person", Side::Left)]);
            figures.row(["Ana".into()]);
            Picture::new("Contacts", "Ana & others.", grid, figures)
        };
        let mut section = Section::new("People");
        section.picture(picture().fold());
        section.picture(picture());
        let mut document = Document::new("Alder");
        document.add(section);
        let page = html(&document);
        let svg = |number: u8| {
            format!(
                "role=\"img\" aria-labelledby=\"t{number} d{number}\">\n<title id=\"t{number}\">Contacts</title>\n\
                 <desc id=\"d{number}\">Ana &amp; others.</desc>"
            )
        };
        assert!(page.contains(&svg(1)) && page.contains(&svg(2)), "{page}");
        assert!(page.contains("<figcaption><strong>Contacts.</strong> Ana &amp; others.</figcaption>"));
        let region = |label: &str| format!("<div class=\"region\" role=\"region\" aria-label=\"{label}\"");
        assert!(page.contains(&format!("<details>\n<summary>Figures</summary>\n{}", region("People"))), "{page}");
        assert!(page.contains(&format!("</svg>\n{}", region("People, table 2"))), "{page}");
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
