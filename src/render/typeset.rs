//! A text that people wrote as Markdown, typeset: its headings, lists, quotations and emphasis, and nothing else. HTML in it is shown as
//! it is written, pictures are named, and links lead to web and email addresses alone. Where this would hide or change anything that the
//! text says, the text is shown to the letter instead: what members signed must be what readers see.

use super::markdown::{destination, seen, verbatim};
use crate::output::markdown_escape::{at_line_start, escape_within};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// The level of the highest heading in such a text: it is below the title of the page and that of the section.
const HIGHEST: usize = 3;

/// The text as Markdown that is good anywhere between paragraphs of a page.
pub(super) fn typeset(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    if seen(&text) != text {
        return verbatim(&text);
    }
    let set = blocks(&mut Parser::new_ext(&text, Options::empty())).join("\n");
    if letters_of_source(&text) == letters_of_page(&set) { set } else { verbatim(&text) }
}

/// The lines of the blocks up to the end of what contains them, with an empty line between two blocks.
fn blocks<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut add = |block: Vec<String>| {
        if !lines.is_empty() && !block.is_empty() {
            lines.push(String::new());
        }
        lines.extend(block);
    };
    // Words of an item that is not a paragraph.
    let mut loose = String::new();
    while let Some(event) = events.next() {
        if !is_inline(&event) && !loose.is_empty() {
            add(paragraph(&std::mem::take(&mut loose)));
        }
        match event {
            Event::Start(Tag::Paragraph) => add(paragraph(&inline(events, String::new()))),
            Event::Start(Tag::Heading { level, .. }) => {
                let level = HIGHEST + heading_depth(level);
                let words = inline(events, String::new()).replace("\\\n", " ");
                add(vec![format!("{} {}", "#".repeat(level.min(6)), words.trim())]);
            }
            Event::Start(Tag::BlockQuote(_)) => add(prefixed(blocks(events), "> ", "> ")),
            Event::Start(Tag::List(first)) => add(list(events, first)),
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                let words = inline(events, String::new());
                add(words
                    .split('\n')
                    .filter(|line| !line.trim().is_empty())
                    .map(|line| at_line_start(line.trim()))
                    .collect());
            }
            Event::Rule => add(vec!["---".to_owned()]),
            Event::End(_) => break,
            inline_event => loose = inline_from(inline_event, events, loose),
        }
    }
    if !loose.is_empty() {
        add(paragraph(&loose));
    }
    lines
}

fn heading_depth(level: HeadingLevel) -> usize {
    level as usize - HeadingLevel::H1 as usize
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => {
            matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. } | Tag::Strikethrough)
        }
        Event::Text(_) | Event::Code(_) | Event::InlineHtml(_) | Event::Html(_) => true,
        Event::SoftBreak | Event::HardBreak => true,
        _ => false,
    }
}

/// The lines of a paragraph, none of which begins a block.
fn paragraph(words: &str) -> Vec<String> {
    words.split('\n').map(|line| at_line_start(line.trim_start())).collect()
}

/// The lines with something before them: before the first, and before the others.
fn prefixed(lines: Vec<String>, first: &str, others: &str) -> Vec<String> {
    let line = |(at, line): (usize, String)| {
        let lead = if at == 0 { first } else { others };
        if line.is_empty() { lead.trim_end().to_owned() } else { format!("{lead}{line}") }
    };
    lines.into_iter().enumerate().map(line).collect()
}

fn list<'a>(events: &mut impl Iterator<Item = Event<'a>>, first: Option<u64>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut number = first;
    while let Some(event) = events.next() {
        match event {
            Event::Start(Tag::Item) => {
                let mark = number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
                number = number.map(|number| number + 1);
                let item = blocks(events);
                let is_long = item.iter().any(String::is_empty);
                if is_long && !lines.is_empty() {
                    lines.push(String::new());
                }
                let item = if item.is_empty() { vec![String::new()] } else { item };
                lines.extend(prefixed(item, &mark, &" ".repeat(mark.len())));
            }
            Event::End(_) => break,
            _ => {}
        }
    }
    lines
}

/// The words up to the end of what contains them.
fn inline<'a>(events: &mut impl Iterator<Item = Event<'a>>, mut words: String) -> String {
    while let Some(event) = events.next() {
        if matches!(event, Event::End(_)) {
            break;
        }
        words = inline_from(event, events, words);
    }
    words
}

fn inline_from<'a>(event: Event<'a>, events: &mut impl Iterator<Item = Event<'a>>, mut words: String) -> String {
    match event {
        Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
            let lines: Vec<String> = text.split('\n').map(escape_within).collect();
            words.push_str(&lines.join("\n"));
        }
        Event::SoftBreak => words.push('\n'),
        Event::HardBreak => words.push_str("\\\n"),
        Event::Start(tag) => {
            let inner = inline(events, String::new());
            match tag {
                Tag::Emphasis => words.push_str(&format!("*{inner}*")),
                Tag::Strong => words.push_str(&format!("**{inner}**")),
                Tag::Link { dest_url, .. } if may_lead(&dest_url) => {
                    words.push_str(&format!("[{inner}]({})", destination(&dest_url)));
                }
                Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                    words.push_str(&format!("{inner} ({})", escape_within(&dest_url)));
                }
                _ => words.push_str(&inner),
            }
        }
        _ => {}
    }
    words
}

/// Whether a link in a text of people may be followed.
fn may_lead(target: &str) -> bool {
    let scheme = target.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| ["https", "http", "mailto"].contains(&scheme.as_str()))
}

/// Marks that Markdown can take for its own.
const MARKS: &str = "\\*_#>-+~`=<|[]()!.:{}";

fn counts(letter: char) -> bool {
    !letter.is_whitespace() && !MARKS.contains(letter)
}

/// What a reader of the text as it is written sees, but for spaces and marks.
fn letters_of_source(text: &str) -> String {
    text.chars().filter(|letter| counts(*letter)).collect()
}

/// What a reader of the page sees, but for spaces and marks, with the numbers of lists and the addresses behind words.
fn letters_of_page(page: &str) -> String {
    let mut letters = String::new();
    let mut numbers: Vec<Option<u64>> = Vec::new();
    let mut links: Vec<(usize, String)> = Vec::new();
    for event in Parser::new_ext(page, Options::empty()) {
        match event {
            Event::Start(Tag::List(first)) => numbers.push(first),
            Event::End(TagEnd::List(_)) => drop(numbers.pop()),
            Event::Start(Tag::Item) => {
                if let Some(Some(number)) = numbers.last_mut() {
                    letters.push_str(&number.to_string());
                    *number += 1;
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => links.push((letters.len(), dest_url.to_string())),
            Event::End(TagEnd::Link) => {
                let Some((start, target)) = links.pop() else { continue };
                let target = letters_of_source(&target);
                let shown = letters.get(start..).unwrap_or_default();
                // An address in pointed brackets is its own words.
                if shown != target && target.strip_prefix("mailto") != Some(shown) {
                    letters.push_str(&target);
                }
            }
            Event::Text(text) | Event::Code(text) => letters.extend(text.chars().filter(|letter| counts(*letter))),
            _ => {}
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_lists_and_emphasis_are_set() {
        let text = "# Charter\n\nWe, the *undersigned*,\nagree **to all**.\n\n1. Meet\n2. Talk\n   - kindly\n   - [here](https://example.org/a)\n\n> quoted\n\n---\n";
        let set = "### Charter\n\nWe, the *undersigned*,\nagree **to all**.\n\n1. Meet\n\n2. Talk\n\n   - kindly\n   - [here](https://example.org/a)\n\n> quoted\n\n---";
        assert_eq!(typeset(text), set);
    }

    #[test]
    fn what_cannot_be_set_without_a_loss_is_shown_to_the_letter() {
        for text in [
            "We pay nothing.\n\n[note]: https://example.org 'Except 9000 dollars'\n",
            "1. One\n3. Three\n",
            "- a\n  b &amp; c\n",
            "We pay &#57;000 dollars.\n",
            "[text](https://example.org \"hidden\")\n",
            "a\u{202e}b\n",
        ] {
            assert_eq!(typeset(text), verbatim(text), "{text}");
        }
    }

    #[test]
    fn nothing_in_it_is_markup_of_its_own() {
        for text in [
            "<script>alert(1)</script>\n",
            "Before <img src=x onerror=alert(1)> after <!-- keep a --> it\n",
            "<!-- keep a -->\nwords\n<!-- /keep -->\n",
            "![pixel](https://example.org/p.png)\n",
            "[x](javascript:alert(1))\n",
            "    <b>indented</b>\n",
            "- <b>x</b>\n\n  | a | b |\n  |---|---|\n",
            "{{ site.x }} {% raw %}\n",
            "@someone #12 https://example.org\n",
        ] {
            let set = typeset(text);
            for event in Parser::new_ext(&set, Options::all()) {
                let is_markup = match &event {
                    Event::Html(html) | Event::InlineHtml(html) => html.trim() != "<!-- -->",
                    Event::Start(Tag::Image { .. } | Tag::Table(_)) => true,
                    Event::Start(Tag::Link { dest_url, .. }) => !may_lead(dest_url),
                    _ => false,
                };
                assert!(!is_markup, "{event:?} in {set}");
            }
            if !set.starts_with("```") {
                assert!(!set.contains("{{") && !set.contains("{%"), "{set}");
            }
        }
    }
}
