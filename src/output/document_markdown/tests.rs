use super::*;
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
