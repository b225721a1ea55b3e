//! The pieces of Markdown that text alone does not make: links, paragraphs, verbatim blocks. Whatever they are given, they
//! are whole.

use crate::output::markdown_escape::{at_line_start, escape, escape_within};
use crate::source::{Unseen, is_needed, is_no_text};
use std::fmt::Write;

/// A link with this text. The target is percent-encoded where it could end the link or mean something in it.
pub(super) fn link(text: &str, target: &str) -> String {
    format!("[{}]({})", escape(text), destination(target))
}

/// The address as people write it: without the scheme and a slash at the end.
pub(super) fn address(url: &str) -> &str {
    let bare = ["https://", "http://", "mailto:", "tel:"].iter().find_map(|scheme| url.strip_prefix(scheme));
    bare.unwrap_or(url).trim_end_matches('/')
}

pub(super) fn destination(target: &str) -> String {
    let mut encoded = String::with_capacity(target.len());
    for byte in target.bytes() {
        match byte {
            b'&' => encoded.push_str("&amp;"),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => encoded.push(byte.into()),
            b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b'?' | b'#' | b'[' | b']' | b'@' | b'!' | b'$' | b'\'' => {
                encoded.push(byte.into());
            }
            b'*' | b'+' | b',' | b';' | b'=' | b'%' => encoded.push(byte.into()),
            // Writing to a string does not fail.
            other => drop(write!(encoded, "%{other:02X}")),
        }
    }
    encoded
}

/// Text of several paragraphs, each on one line that begins with `lead`: nothing, `> ` for a quotation, spaces inside a
/// list.
pub(super) fn paragraphs(text: &str, lead: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut paragraphs = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        if !line.trim().is_empty() {
            lines.push(line);
        } else if !lines.is_empty() {
            paragraphs.push(format!("{lead}{}", escape(&lines.join("\n"))));
            lines.clear();
        }
    }
    paragraphs.join(&format!("\n{}\n", lead.trim_end()))
}

/// What begins and ends the tags of template languages: Liquid, Jinja, Nunjucks, Tera, Handlebars, Go and Hugo, Vue, ERB and EJS,
/// and the expressions of JavaScript.
const TAGS: [&str; 9] = ["{{", "}}", "{%", "%}", "{#", "#}", "<%", "%>", "${"];

/// Text to the letter, in a fence that is longer than any run of backticks in it. Only line ends are made alike.
///
/// A site generator that knows a template language looks for its tags before it reads Markdown, and nothing in a fence
/// can be escaped. A text that holds such tags is in a quotation instead, line by line, in which they are not tags.
pub(super) fn verbatim(text: &str) -> String {
    let text = seen(&text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n"));
    if TAGS.iter().any(|tag| text.contains(tag)) {
        let lines: Vec<String> = text.trim_end_matches('\n').split('\n').map(quoted_line).collect();
        return lines.join("\n");
    }
    let longest_run = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest_run.max(2) + 1);
    format!("{fence}text\n{}\n{fence}", text.trim_end_matches('\n'))
}

/// A text with a sign in place of each character that would move, hide or turn the words around it.
pub(super) fn seen(text: &str) -> String {
    let mut before = None;
    let mut letters = text.chars().peekable();
    let mut shown = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        shown.push(visible_letter(before, letter, letters.peek().copied()));
        before = Some(letter);
    }
    shown
}

/// A character of a text that is shown to the letter. What would move, hide or turn the words around it is shown as a sign, so that
/// people read the words that were signed in their order.
fn visible_letter(before: Option<char>, letter: char, after: Option<char>) -> char {
    let steers = letter.is_control() && !matches!(letter, '\n' | '\t');
    let is_hidden = Unseen::of(letter).is_some() && !is_needed(before, letter, after);
    if steers || is_no_text(letter) || is_hidden { char::REPLACEMENT_CHARACTER } else { letter }
}

/// A line of a quotation that shows a text line by line: all of its spaces are kept, and it ends where the text's line
/// ends.
fn quoted_line(line: &str) -> String {
    let mut shown = String::new();
    let mut rest = line;
    while !rest.is_empty() {
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (before, spaces) = rest.split_at(word);
        shown.push_str(&escape_within(before));
        let length = spaces.len() - spaces.trim_start().len();
        let (spaces, after) = spaces.split_at(length);
        if spaces == " " && !shown.is_empty() && !after.is_empty() {
            shown.push(' ');
        } else {
            spaces.chars().for_each(|space| shown.push_str(&format!("&#{};", u32::from(space))));
        }
        rest = after;
    }
    // Two spaces at its end break a line in every kind of Markdown.
    if shown.is_empty() { ">".to_owned() } else { format!("> {}  ", at_line_start(&shown)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Parser, Tag};

    fn link_targets(markdown: &str) -> Vec<String> {
        Parser::new(markdown)
            .filter_map(|event| match event {
                Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn a_target_cannot_end_its_link() {
        let hostile = "https://example.org/a)[x](javascript:alert(1) \"t\"?a=1&copy=2|\u{202e}";
        let targets = link_targets(&link("text", hostile));
        let encoded = "https://example.org/a%29[x]%28javascript:alert%281%29%20%22t%22?a=1&copy=2%7C%E2%80%AE";
        assert_eq!(targets, [encoded]);
    }

    #[test]
    fn an_address_is_shown_as_people_write_it() {
        assert_eq!(address("https://library.example.org/"), "library.example.org");
        assert_eq!(address("tel:+15550100"), "+15550100");
    }

    #[test]
    fn paragraphs_stay_apart_and_their_lines_together() {
        let text = "One\ntwo.\r\n \r\n- three\n\n\n# four\n";
        assert_eq!(paragraphs(text, ""), "One two.\n\n\\- three\n\n\\# four");
        assert_eq!(paragraphs(text, "> "), "> One two.\n>\n> \\- three\n>\n> \\# four");
        assert_eq!(paragraphs(" \n", "> "), "");
    }

    #[test]
    fn a_fence_holds_whatever_the_text_holds() {
        let text = "\u{feff}Title\r\n````\n# not a heading\n```\n<b>\n\n";
        let block = verbatim(text);
        assert!(block.starts_with("`````text\n") && block.ends_with("\n`````"));
        let inside: String = Parser::new(&block)
            .filter_map(|event| match event {
                Event::Text(text) => Some(text.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(inside, "Title\n````\n# not a heading\n```\n<b>\n");
        assert_eq!(verbatim("a"), "```text\na\n```");
    }

    #[test]
    fn what_turns_or_hides_words_is_a_sign() {
        let text = "We pay \u{1b}[8m9\u{1b}[0m10.\n\u{202e}gnihton\u{0}\u{9b}x\ta\u{ffff}";
        let page = "```text\nWe pay \u{fffd}[8m9\u{fffd}[0m10.\n\u{fffd}gnihton\u{fffd}\u{fffd}x\ta\u{fffd}\n```";
        assert_eq!(verbatim(text), page);
        assert!(!verbatim(&format!("{{{{ x }}}} {text}")).contains(['\u{1b}', '\u{202e}', '\u{0}']));
    }

    #[test]
    fn words_with_tags_of_a_template_language_are_read_and_not_run() {
        for tag in [
            "{{ site.github.owner_name }}",
            "We pay nothing.{% comment %} Except 9,000 dollars.{% endcomment %}",
            "{%- raw -%}{{< figure >}}{%- endraw -%}",
            "{{{x}}} {{% x %}} {# x #} <%= x %> ${x}",
            "{{",
            "a {%",
            "%}",
        ] {
            let text = format!("# Charter\n\n  1. {tag}\n\tten  dollars \n---\n```\n<b>&amp;</b>\n");
            let page = verbatim(&text);
            for mark in TAGS {
                assert!(!page.contains(mark), "{mark} in {page}");
            }
            assert_eq!(crate::render::fence::tidy(&page), format!("{page}\n"), "the ends of its lines stay");
            let (mut words, mut blocks) = (String::new(), 0);
            for event in Parser::new(&page) {
                match event {
                    Event::Text(text) => words.push_str(&text),
                    Event::HardBreak => words.push('\n'),
                    Event::InlineHtml(html) if &*html == "<!-- -->" => {}
                    Event::Start(Tag::Paragraph) => words.push_str(if blocks > 1 { "\n\n" } else { "" }),
                    Event::Start(Tag::BlockQuote(_)) | Event::End(_) => {}
                    other => panic!("{other:?} in {page}"),
                }
                blocks += 1;
            }
            assert_eq!(words, text.trim_end_matches('\n'));
        }
    }
}
