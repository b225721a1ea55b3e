//! A Markdown page of ours as HTML. The templates are those of the Markdown pages, so that both say the same, and what people wrote is
//! escaped in them already. Links that could run something are taken out here once more.

use super::keep::{STAMP, STAMP_END};
use crate::output::document_html::hold_dates_together;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};
use std::collections::HashSet;

/// What escaped text has between characters that mean something together in Markdown. HTML does not need it.
const BREAK: &str = "<!-- -->";

/// A page in HTML, without what is around it.
#[derive(Debug, Default)]
pub(super) struct HtmlBody {
    /// The page.
    pub html: String,
    /// Its words, for the search.
    pub words: String,
}

/// The page as HTML.
pub(super) fn body(markdown: &str) -> HtmlBody {
    let mut writer = Writer::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        writer.write(event);
    }
    writer.body
}

#[derive(Debug, Default)]
struct Writer {
    body: HtmlBody,
    /// The words of the last heading, which name the tables below it.
    heading: String,
    /// Whether the words are those of a heading.
    in_heading: bool,
    /// Whether the words are the day on which the page was made.
    in_stamp: bool,
    /// Where the text of the heading begins in the page.
    heading_start: usize,
    anchors: HashSet<String>,
    tables: HashSet<String>,
    in_head: bool,
    column: usize,
    /// For each link that is open, whether it was written.
    links: Vec<bool>,
    /// For each list that is open, how it ends.
    lists: Vec<&'static str>,
}

impl Writer {
    fn write(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                self.push("<code>");
                self.text(&text);
                self.push("</code>");
            }
            // Text of records has no markup; what is left is what a template says, and the marks of what people keep.
            Event::Html(html) | Event::InlineHtml(html) => {
                match html.trim() {
                    STAMP => self.in_stamp = true,
                    STAMP_END => self.in_stamp = false,
                    _ => {}
                }
                if &*html != BREAK {
                    self.push(&html);
                }
            }
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => {
                self.push("<br>");
                self.text("\n");
            }
            Event::Rule => self.push("<hr>\n"),
            _ => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => self.push("<p>"),
            Tag::Heading { .. } => {
                self.heading.clear();
                self.in_heading = true;
                self.heading_start = self.body.html.len();
            }
            Tag::BlockQuote(_) => self.push("<blockquote>\n"),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.push("<pre tabindex=\"0\"><code>")
            }
            Tag::List(first) => {
                self.lists.push(if first.is_some() { "</ol>\n" } else { "</ul>\n" });
                match first {
                    None => self.push("<ul>\n"),
                    Some(1) => self.push("<ol>\n"),
                    Some(number) => self.push(&format!("<ol start=\"{number}\">\n")),
                }
            }
            Tag::Item => self.push("<li>"),
            Tag::Table(_) => {
                let label = self.table_label();
                self.push("<div class=\"region\" role=\"region\" tabindex=\"0\" aria-label=\"");
                let mut escaped = String::new();
                // Writing to a string does not fail.
                let _ = escape_html(&mut escaped, &label);
                self.push(&escaped);
                self.push("\">\n<table>\n");
            }
            Tag::TableHead => {
                (self.in_head, self.column) = (true, 0);
                self.push("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.push("<tr>");
            }
            Tag::TableCell => {
                let cell = match (self.in_head, self.column) {
                    (true, _) => "<th scope=\"col\">",
                    (false, 0) => "<th scope=\"row\">",
                    (false, _) => "<td>",
                };
                self.push(cell);
            }
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Link { dest_url, .. } => {
                let leads = may_lead(&dest_url);
                self.links.push(leads);
                if leads {
                    let mut address = String::new();
                    let _ = escape_href(&mut address, &dest_url);
                    self.push(&format!("<a href=\"{address}\">"));
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.push("</p>\n"),
            TagEnd::Heading(level) => self.close_heading(level),
            TagEnd::BlockQuote(_) => self.push("</blockquote>\n"),
            TagEnd::CodeBlock => self.push("</code></pre>\n"),
            TagEnd::List(_) => {
                let end = self.lists.pop().unwrap_or_default();
                self.push(end);
            }
            TagEnd::Item => self.push("</li>\n"),
            TagEnd::Table => self.push("</tbody>\n</table>\n</div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.push("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => {
                self.push(if self.in_head || self.column == 0 { "</th>" } else { "</td>" });
                self.column += 1;
                self.body.words.push(' ');
            }
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Link => {
                let end = if self.links.pop() == Some(true) { "</a>" } else { "" };
                self.push(end);
            }
            _ => {}
        }
        if matches!(tag, TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock) {
            self.body.words.push(' ');
        }
    }

    /// A heading that can be linked to.
    fn close_heading(&mut self, level: HeadingLevel) {
        self.in_heading = false;
        self.body.words.push(' ');
        let inner = self.body.html.split_off(self.heading_start);
        let anchor = self.anchor();
        self.push(&format!("<{level} id=\"{anchor}\">{inner}</{level}>\n"));
    }

    /// A name for the place of the last heading that no other place of the page has.
    fn anchor(&mut self) -> String {
        let slug = crate::parse::suggest::slug(&self.heading);
        let slug = if slug.is_empty() { "section".to_owned() } else { slug };
        let numbers = (2_usize..).map(|number| format!("{slug}-{number}"));
        let mut names = std::iter::once(slug.clone()).chain(numbers);
        let anchor = names.find(|name| !self.anchors.contains(name)).unwrap_or(slug);
        self.anchors.insert(anchor.clone());
        anchor
    }

    /// A name for a table that no other table of the page has.
    fn table_label(&mut self) -> String {
        let numbers = (2_usize..).map(|number| format!("{}, table {number}", self.heading));
        let mut names = std::iter::once(self.heading.clone()).chain(numbers);
        let label = names.find(|name| !self.tables.contains(name)).unwrap_or_default();
        self.tables.insert(label.clone());
        label
    }

    fn text(&mut self, text: &str) {
        let _ = escape_html_body_text(&mut self.body.html, &hold_dates_together(text));
        // The search does not find a page by the day on which it was made: otherwise the list would change every day.
        if !self.in_stamp {
            self.body.words.push_str(text);
        }
        if self.in_heading {
            self.heading.push_str(text);
        }
    }

    fn push(&mut self, html: &str) {
        self.body.html.push_str(html);
    }
}

/// Whether a link may be followed: to another page of the site, to the web, to a phone number or an email address.
fn may_lead(target: &str) -> bool {
    let scheme = target.split(['/', '?', '#']).next().and_then(|start| start.split_once(':'));
    scheme.is_none_or(|(scheme, _)| {
        ["https", "http", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_html() {
        let page = "# A & b\n\nSay **it**.\n\n## T\n\n| A | B |\n| --- | --- |\n| x | [y](../members/z.html) |\n\n<!-- keep more -->\n<!-- /keep -->\n";
        let html = "<h1 id=\"a-b\">A &amp; b</h1>\n<p>Say <strong>it</strong>.</p>\n<h2 id=\"t\">T</h2>\n\
            <div class=\"region\" role=\"region\" tabindex=\"0\" aria-label=\"T\">\n<table>\n<thead><tr><th scope=\"col\">A</th>\
            <th scope=\"col\">B</th></tr></thead>\n<tbody>\n<tr><th scope=\"row\">x</th><td><a href=\"../members/z.html\">y</a></td></tr>\n\
            </tbody>\n</table>\n</div>\n<!-- keep more -->\n<!-- /keep -->\n";
        assert_eq!(body(page).html, html);
    }

    #[test]
    fn no_link_runs_anything() {
        for target in ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "vbscript:x"] {
            assert_eq!(body(&format!("[x](<{target}>)")).html, "<p>x</p>\n", "{target}");
        }
        assert!(body("[x](tel:+1)").html.contains("href=\"tel:+1\""));
    }

    #[test]
    fn headings_of_one_name_have_places_of_their_own() {
        let html = body("## A\n\n## A\n\n## A\n").html;
        assert!(html.contains("id=\"a\"") && html.contains("id=\"a-2\"") && html.contains("id=\"a-3\""), "{html}");
    }
}
