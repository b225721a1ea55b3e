//! The public site: what people write in any field of any record is text on it, and nothing else.

use crate::ledger::Ledger;
use crate::privacy::{record, ways};
use coalition::Kind;
use coalition::internal::record::Shape;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::collections::BTreeSet;
use std::fs;
use walkdir::WalkDir;

/// What would do something if any of it were taken for more than text.
const PAYLOAD: &str = "boom<script>boom()</script><img src=x onerror=boom()>[x](javascript:boom())![y](https://example.org/boom.png)\
                       \"></a></title></main><!-- keep boom --><svg onload=boom()>|`{{ boom }}{% boom %}&lt;b&gt;*_~#";

/// A ledger in which each text field of each kind holds the payload, in records that are public.
fn ledger_of_payloads() -> (Ledger, usize) {
    let ledger = Ledger::of_three();
    let mut planted = 0;
    for kind in Kind::ALL {
        // What is withheld would stop the rendering: names of guests, private addresses, accounts.
        let is_withheld = |way: &crate::privacy::Way| {
            ["attendance", "contact_details", "accounts", "keys"].contains(&way[0].name)
                || way.last().unwrap().flags.private
        };
        let is_text = |way: &&crate::privacy::Way| {
            matches!((way.last().unwrap().shape)(), Shape::Line | Shape::Prose) && !is_withheld(way)
        };
        for (nth, way) in ways(kind).iter().filter(is_text).enumerate() {
            let public = match kind {
                Kind::Member => "joined = 2025-03-01\n",
                Kind::Goal => "proposed = 2025-03-01\nadopted = 2025-04-01\n",
                Kind::Campaign => "opens = 2025-03-01\n",
                Kind::Meeting => "minutes_published = 2026-11-20\n",
                Kind::Contribution => "member = \"cedar-school\"\n",
                _ => "",
            };
            let listed = if kind == Kind::Advocate { "\n[consent]\nlisted = true\n" } else { "" };
            let text = format!("{public}{}{listed}", record(kind, way, &format!("'{PAYLOAD}'")));
            ledger.put(&format!("{}/payload-{nth}.toml", kind.folder()), &text);
            planted += 1;
        }
    }
    (ledger, planted)
}

/// The tags of a page with their attributes, without comments.
fn tags(page: &str) -> Vec<String> {
    let mut tags = Vec::new();
    for piece in page.split('<').skip(1) {
        if piece.starts_with(|c: char| c.is_ascii_alphabetic()) {
            tags.push(piece.split('>').next().unwrap_or_default().to_owned());
        }
    }
    tags
}

#[test]
fn what_people_write_is_text_on_every_page() {
    let (ledger, planted) = ledger_of_payloads();
    assert!(planted > 60, "{planted}");
    let out = tempfile::tempdir().unwrap();
    let render = |format: &str| {
        let to = out.path().join(format);
        let answer = ledger.run(&["render", "--format", format, "--output", to.to_str().unwrap()]);
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        let files = WalkDir::new(to).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
        files
            .map(|entry| (entry.path().display().to_string(), fs::read_to_string(entry.path()).unwrap()))
            .collect::<Vec<_>>()
    };
    let known: BTreeSet<&str> = [
        "html",
        "head",
        "meta",
        "title",
        "link",
        "body",
        "a",
        "header",
        "p",
        "nav",
        "ul",
        "li",
        "main",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ol",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "div",
        "em",
        "strong",
        "code",
        "pre",
        "blockquote",
        "hr",
        "br",
        "script",
        "svg",
        "rect",
        "line",
        "span",
    ]
    .into();
    let mut shown = 0;
    for (path, text) in render("html") {
        if path.ends_with(".js") {
            assert!(path.ends_with("search.js") || !text.contains('<'), "{path}");
            continue;
        }
        if !path.ends_with(".html") {
            continue;
        }
        shown += text.matches("boom").count();
        for tag in tags(&text) {
            let name = tag.split([' ', '\n']).next().unwrap();
            assert!(known.contains(name), "{path}: <{tag}>");
            let bare: String = tag.split('"').step_by(2).collect();
            assert!(!bare.contains(" on") && !bare.contains("=x"), "{path}: <{tag}>");
            let is_address = tag.contains("href=\"javascript") || tag.contains("src=\"http");
            assert!(!is_address, "{path}: <{tag}>");
            assert!(name != "script" || path.ends_with("search.html"), "{path}: <{tag}>");
        }
        assert!(!text.contains("<!-- keep boom"), "{path}");
        for part in ["</title>", "</main>", "<h1 "] {
            assert_eq!(text.matches(part).count(), 1, "{path}: {part}");
        }
    }
    assert!(shown > planted, "{shown} of {planted}");
    for (path, text) in render("markdown").into_iter().filter(|(path, _)| path.ends_with(".md")) {
        for event in Parser::new_ext(&text, Options::all()) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => {
                    let html = html.trim();
                    assert!(html.starts_with("<!--") && !html.contains("boom"), "{path}: {html}");
                }
                Event::Start(Tag::Link { dest_url, .. }) => assert!(!dest_url.contains("boom"), "{path}: {dest_url}"),
                Event::Start(Tag::Image { .. }) => panic!("{path} has a picture"),
                _ => {}
            }
        }
        assert!(!text.contains("{{") && !text.contains("{%"), "{path}");
    }
}
