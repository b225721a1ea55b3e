use super::*;
use crate::document::{Cell, Grid, Series};
use crate::output::markdown_escape::tests::{HARMLESS, PAYLOADS, assert_same_but_for_words, read};
use crate::record::value::Url;

fn url() -> Url {
    let root = b"name = \"R\"\nurl = \"https://example.org/a?b=1&c=<2>|3\"\n".as_slice();
    let ledger = crate::ledger::load(&crate::source::memory::Memory::new([("coalition.toml", root)])).unwrap();
    ledger.root.url.as_ref().unwrap().value.clone()
}

/// A document that holds the text wherever a document holds any.
fn filled(text: &str, url: &Url) -> String {
    let mut section = Section::new(text);
    section.paragraph(text);
    section.list([Item::new(text).with(text), Item::new("end")]);
    section.facts([Fact::new(text, text)]);
    section.paragraph(Line::new().plain("a ").strong(text).plain(" b ").muted(text).plain(" c ").link(text, url));
    let mut table = Table::new([(text, Side::Left), ("n", Side::Right)]);
    table.row([text.into(), Line::new().link(text, url)]);
    section.table(table);
    let mut document = Document::new(text);
    document.add_subtitle(text);
    document.add(section);
    write_markdown(&document)
}

#[test]
fn hostile_words_stay_words_wherever_they_stand() {
    let url = url();
    let harmless = filled(HARMLESS, &url);
    assert_eq!(read(&harmless).1.matches(HARMLESS).count(), 14);
    for payload in PAYLOADS {
        assert_same_but_for_words(payload, &filled(payload, &url), &harmless);
    }
}

#[test]
fn strong_words_links_and_facts_are_markup() {
    let mut section = Section::new("Heading");
    section.facts([Fact::new("Place", Line::new().strong("Hall ").plain(" see ").link("map]", &url()))]);
    let mut document = Document::new("Title");
    document.add(section);
    let page = write_markdown(&document);
    assert!(
        page.contains("- **Place:** **Hall** see [map\\]](<https://example.org/a?b=1&amp;c=%3C2%3E%7C3>)"),
        "{page}"
    );
}

#[test]
fn a_line_begins_no_list_whatever_it_is_put_together_from() {
    let page = line(&Line::new().plain("1").strong(" ").plain(". item"));
    assert_eq!(page, "1\\. item");
}

#[test]
fn a_picture_is_a_diagram_with_its_words_and_figures() {
    let day = |text: &str| text.parse().unwrap();
    let series =
        Series::new("hours", [(day("2026-01-01"), 1.into()), (day("2026-01-03"), 3.into())], day("2026-02-01"));
    let mut grid = Grid::new(["Q1".to_owned(), "Q2".to_owned()]);
    grid.row("Ana", [Cell::count(1), Cell::count(2)]);
    let mut figures = Table::new([("Day", Side::Left)]);
    figures.row(["a|b".into()]);
    let page = |picture: Picture| {
        let mut section = Section::new("Goals");
        section.picture(picture);
        let mut document = Document::new("Alder");
        document.add(section);
        write_markdown(&document)
    };
    let drawn = page(Picture::new("Progress", "1*2", series, figures.clone()));
    assert!(drawn.contains("## Goals\n\n**Progress.** 1\\*2\n\n```mermaid\n---\n"), "{drawn}");
    assert!(drawn.ends_with("line [1, 2, 3]\n```\n\n| Day |\n| --- |\n| a&#124;b |\n"), "{drawn}");
    let table = page(Picture::new("Progress", "1*2", grid, figures));
    assert!(table.ends_with("**Progress.** 1\\*2\n\n| Day |\n| --- |\n| a&#124;b |\n"), "{table}");
}

#[test]
fn bars_are_a_diagram_with_their_figures() {
    let mut chart = Chart::new().with_whole(4, "Times");
    chart.count("Food", 1, "1 time");
    chart.count("Space", 4, "4 times");
    let page = super::chart(&chart);
    let code = "x-axis [\"Food\", \"Space\"]\ny-axis \"Times\" 0 --> 4\nbar [1, 4]\n```\n\n";
    assert!(page.ends_with(&format!("{code}- **Food:** 1 time\n- **Space:** 4 times")), "{page}");
}
