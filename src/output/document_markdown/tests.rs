use super::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// What somebody might write to make a page say or do what its authors did not.
const HOSTILE: &[&str] = &[
    "](javascript:alert(1))",
    "[click](javascript:alert(1))",
    "[click][1]",
    "[1]: javascript:alert(1)",
    "![x](https://evil.example/p.png)",
    "!",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</td></tr></table><h1>owned",
    "<!-- hidden",
    "<![CDATA[x]]>",
    "<?php x ?>",
    "<https://evil.example>",
    "<me@evil.example>",
    "https://evil.example/x",
    "www.evil.example",
    "HTTP://EVIL.EXAMPLE",
    "mailto:me@evil.example",
    "me@evil.example",
    "a | b | c",
    "a \\| b",
    "a \\\\| b",
    "|---|---|",
    "`code`",
    "``` rust",
    "~~~",
    "~~gone~~",
    "**strong** and __strong__",
    "*emphasis* and _emphasis_",
    "trailing backslash \\",
    "# heading",
    "## heading\n=======",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "99) item",
    "> quote",
    "---",
    "- [ ] task",
    "    indented code",
    "\tindented code",
    "line one\n\nline two",
    "line one  \nline two",
    "&lt;b&gt; &#60;b&#62; &copy",
    "{{ site.secrets }} {% include x %}",
    "$x^2$ $$x$$",
    "[^1] footnote",
    "\u{1b}[31mred\u{1b}[0m \u{9b}2J",
    "abc\u{202e}fed\u{2066}",
    "\u{0}nul\u{7f}",
];

/// The words of the parsed Markdown, the cells and blocks in it, and whatever else is in it that nobody asked for.
struct Parsed {
    words: String,
    cells: usize,
    items: usize,
    paragraphs: usize,
    foreign: Vec<String>,
}

fn parse(markdown: &str) -> Parsed {
    let mut parsed = Parsed { words: String::new(), cells: 0, items: 0, paragraphs: 0, foreign: Vec::new() };
    for event in Parser::new_ext(markdown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Text(text) => parsed.words.push_str(&text),
            Event::Start(Tag::TableCell) => parsed.cells += 1,
            Event::Start(Tag::Item) => parsed.items += 1,
            Event::Start(Tag::Paragraph) => parsed.paragraphs += 1,
            Event::Start(Tag::Heading { .. } | Tag::List(None) | Tag::Table(_) | Tag::TableHead | Tag::TableRow)
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::List(_)
                | TagEnd::Item
                | TagEnd::Table
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::TableCell,
            ) => {}
            other => parsed.foreign.push(format!("{other:?}")),
        }
    }
    parsed
}

fn document_of(add: impl FnOnce(&mut Section)) -> String {
    let mut section = Section::new("Heading");
    add(&mut section);
    let mut document = Document::new("Title");
    document.add(section);
    markdown(&document)
}

/// The words as a reader sees them, without the joiners that keep addresses from becoming links.
fn seen(parsed: &Parsed) -> String {
    parsed.words.replace('\u{2060}', "")
}

fn shown(payload: &str) -> String {
    crate::output::visible::visible(payload).trim().to_owned()
}

#[test]
fn hostile_words_in_a_paragraph_stay_words() {
    for payload in HOSTILE {
        let page = document_of(|section| section.paragraph(*payload));
        let parsed = parse(&page);
        assert_eq!(parsed.foreign, [""; 0], "{page}");
        assert_eq!((parsed.paragraphs, parsed.items, parsed.cells), (1, 0, 0), "{page}");
        assert_eq!(seen(&parsed), format!("TitleHeading{}", shown(payload)), "{page}");
    }
}

#[test]
fn hostile_words_in_a_list_stay_words() {
    for payload in HOSTILE {
        let page = document_of(|section| section.list([Item::new(*payload), Item::new("end")]));
        let parsed = parse(&page);
        assert_eq!(parsed.foreign, [""; 0], "{page}");
        assert_eq!((parsed.paragraphs, parsed.items, parsed.cells), (0, 2, 0), "{page}");
        assert_eq!(seen(&parsed), format!("TitleHeading{}end", shown(payload)), "{page}");
    }
}

#[test]
fn hostile_words_in_a_table_add_no_cell() {
    for payload in HOSTILE {
        let page = document_of(|section| {
            let mut table = Table::new([(*payload, Side::Left), ("n", Side::Right)]);
            table.row([(*payload).into(), "1".into()]);
            section.table(table);
        });
        let parsed = parse(&page);
        assert_eq!(parsed.foreign, [""; 0], "{page}");
        assert_eq!((parsed.paragraphs, parsed.items, parsed.cells), (0, 0, 4), "{page}");
        assert_eq!(seen(&parsed), format!("TitleHeading{0}n{0}1", shown(payload)), "{page}");
    }
}

#[test]
fn hostile_words_in_headings_and_below_items_stay_words() {
    for payload in HOSTILE {
        let mut document = Document::new(*payload);
        let mut section = Section::new(*payload);
        section.list([Item::new("item").with(*payload)]);
        document.add(section);
        let page = markdown(&document);
        let mut parsed = parse(&page);
        parsed.foreign.retain(|event| event != "HardBreak");
        assert_eq!(parsed.foreign, [""; 0], "{page}");
        assert_eq!(seen(&parsed), format!("{0}{0}item{0}", shown(payload)), "{page}");
    }
}

#[test]
fn strong_words_links_and_facts_are_markup() {
    let root = b"name = \"R\"\nurl = \"https://example.org/a?b=1&c=<2>|3\"\n".as_slice();
    let ledger = crate::ledger::load(&crate::source::memory::Memory::new([("coalition.toml", root)])).unwrap();
    let url = ledger.root.url.as_ref().unwrap();
    let page = document_of(|section| {
        section.facts([Fact::new("Place", Line::new().strong("Hall ").plain(" see ").link("map]", url))]);
    });
    assert!(
        page.contains("- **Place:** **Hall** see [map\\]](<https://example.org/a?b=1&amp;c=%3C2%3E%7C3>)"),
        "{page}"
    );
}
