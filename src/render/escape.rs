//! Text of records as inline Markdown that means nothing but itself: no markup, no HTML, no link, no table column, no
//! second line.

/// What breaks up an address so that no renderer makes a link of it. A comment rather than an invisible character, so
/// that whoever copies the text from the page gets the text.
const BREAK: &str = "<!-- -->";

/// Text as inline Markdown (CommonMark with GitHub's extensions), good at the start of a line, in a heading, a list item,
/// a table cell and the text of a link. White space and line ends become one space; control and bidirectional characters
/// are dropped.
pub fn escape(text: &str) -> String {
    let plain = on_one_line(text);
    let mut escaped = String::with_capacity(plain.len() + plain.len() / 8);
    let mut rest = plain.as_str();
    if let Some(marker) = list_number(rest).or_else(|| block_marker(rest)) {
        escaped.push_str(marker.before);
        escaped.push('\\');
        escaped.push(marker.mark);
        rest = marker.after;
    }
    let mut in_address = false;
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        let after = chars.as_str();
        let before = rest.get(..at).unwrap_or_default();
        in_address = c != ' ' && (in_address || begins_address(before, c, after));
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '^' | '$' | '{' | '}' | '@' => escaped.extend(['\\', c]),
            '!' if after.is_empty() => escaped.push_str("\\!"),
            '&' if after.starts_with(|next: char| next == '#' || next.is_ascii_alphabetic()) => {
                escaped.push_str("&amp;");
            }
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '|' => escaped.push_str("&#124;"),
            ':' if in_address && after.starts_with("//") => escaped.extend([":", BREAK]),
            '.' if in_address => escaped.extend([BREAK, "."]),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// The text with one space for each run of white space, none around it, and without characters that are not seen.
pub fn on_one_line(text: &str) -> String {
    let visible: String = text.chars().filter(|c| c.is_whitespace() || !is_hidden(*c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character steers rather than shows: control characters, bidirectional controls, invisible separators and
/// tags. Joiners stay, which Persian and emoji are written with.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{feff}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// A mark at the start of a line that would make it a block of another sort.
struct BlockMark<'a> {
    before: &'a str,
    mark: char,
    after: &'a str,
}

/// The stop or bracket of a number that would begin a numbered list.
fn list_number(text: &str) -> Option<BlockMark<'_>> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).filter(|digits| *digits > 0)?;
    let (before, rest) = text.split_at_checked(digits)?;
    let mark = rest.chars().next().filter(|mark| matches!(mark, '.' | ')'))?;
    let after = rest.get(1..)?;
    (after.is_empty() || after.starts_with(' ')).then_some(BlockMark { before, mark, after })
}

/// The first character, if it would begin a list, a rule, an underline of a heading or a definition.
fn block_marker(text: &str) -> Option<BlockMark<'_>> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '-' | '+' | '=' | ':'))?;
    Some(BlockMark { before: "", mark, after: text.get(1..)? })
}

/// Whether a character is where renderers see that a word is an address: the `@` of e-mail, the colon before `//`, the
/// stop after `www`. Such a word is broken up at its stops, as the names of hosts have them.
fn begins_address(before: &str, c: char, after: &str) -> bool {
    let in_www = || before.get(before.len().saturating_sub(3)..).is_some_and(|end| end.eq_ignore_ascii_case("www"));
    match c {
        '@' => true,
        ':' => after.starts_with("//"),
        '.' => in_www(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Options, Parser};

    /// Texts that are something else in Markdown, in HTML, in a table, or on some git host.
    const PAYLOADS: [&str; 60] = [
        "[x](javascript:alert(1))",
        "](javascript:alert(1))",
        "![x](https://example.org/x.png)",
        "look!",
        "[x]: https://example.org",
        "[^1]",
        "[ ] to do",
        "[[wiki]]",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<https://example.org>",
        "<a@example.org>",
        "<!-- keep a -->",
        "-->",
        "&lt;b&gt; &amp; &#60;b&#62; &copy;",
        "AT&T & Sons",
        "`code`",
        "``` rust",
        "```",
        "~~~",
        "~~gone~~ and ~low~",
        "**bold** *it* __bold__ _it_",
        "a|b|c",
        "\\|",
        "a \\",
        "\\*a\\*",
        "# heading",
        "heading #",
        "## x {#id .class onclick=x}",
        "- item",
        "+ item",
        "* item",
        "1. item",
        "12) item",
        "3.",
        "1.5 hours",
        "> quoted",
        "---",
        "===",
        "***",
        "_ _ _",
        ": definition",
        "::: warning",
        "| a | b |\n| --- | --- |\n| c | d |",
        "line\nline",
        "line\n\n# paragraph",
        "line  \nbreak",
        "line\\\nbreak",
        "    indented",
        "\tindented",
        "\u{a0}\u{2003}spaced\u{2028}apart\u{2029}",
        "a\u{202e}b\u{2066}c\u{200f}d\u{feff}e",
        "bell\u{7} null\u{0} escape\u{1b}[31mred\u{9b}0m",
        "$x$ and $$y$$",
        "x^2^ and H~2~O",
        "https://example.org/a?b=c www.example.org",
        "mailto:a.b@example.org a@example.org @octocat",
        "{{ site.url }} {% include x %} {: .class}",
        "%%{init: {}}%%",
        "\"quoted\" 'single' -- ... \u{2014} \u{1f469}\u{200d}\u{1f4bb}",
    ];

    /// The places where templates put text.
    const PLACES: [(&str, &str); 6] = [
        ("", "\n"),
        ("# ", "\n"),
        ("- ", "\n- next\n"),
        ("> ", "\n>\n> next\n"),
        ("| a | b |\n| --- | --- |\n| ", " | c |\n"),
        ("before [", "](page.md) after\n"),
    ];

    fn options() -> Options {
        Options::all() - Options::ENABLE_SMART_PUNCTUATION - Options::ENABLE_OLD_FOOTNOTES
    }

    /// The shape of a page, and its text. Comments have no part in either.
    fn read(page: &str) -> (Vec<String>, String) {
        let (mut shape, mut text) = (Vec::new(), String::new());
        for event in Parser::new_ext(page, options()) {
            match event {
                Event::Text(piece) => text.push_str(&piece),
                Event::InlineHtml(html) if &*html == BREAK => {}
                other => shape.push(format!("{other:?}")),
            }
        }
        (shape, text)
    }

    #[test]
    fn no_text_means_anything_but_itself() {
        for payload in PAYLOADS {
            for (before, after) in PLACES {
                let shape = |text: &str| read(&format!("{before}{text}{after}"));
                let (plain_shape, plain_text) = shape("harmless");
                let (hostile_shape, hostile_text) = shape(&escape(payload));
                assert_eq!(hostile_shape, plain_shape, "{payload:?} after {before:?}");
                assert_eq!(hostile_text, plain_text.replace("harmless", &on_one_line(payload)), "{payload:?}");
            }
        }
    }

    #[test]
    fn addresses_are_broken_up_where_renderers_look_for_them() {
        let escaped = escape("https://a.b.org/c?d WWW.e.org f.g@h.i.org ftp://x Mr. X");
        let expected = "https:<!-- -->//a<!-- -->.b<!-- -->.org/c?d WWW<!-- -->.e<!-- -->.org \
                        f.g\\@h<!-- -->.i<!-- -->.org ftp:<!-- -->//x Mr. X";
        assert_eq!(escaped, expected);
    }

    #[test]
    fn plain_text_stays_readable() {
        for text in
            ["St. Mark's Parish Hall, 40 Ferry Street", "Smith & Sons (1987)", "12:30 - 14:00, 50%", "Größe: 3.5 m", ""]
        {
            assert_eq!(escape(text), text);
        }
    }

    #[test]
    fn what_is_not_seen_is_dropped() {
        assert_eq!(escape("a\u{202e}b\u{2066}c\u{200b}d\u{0}e\u{1b}f\u{e0041}g"), "abcdefg");
        assert_eq!(escape(" a \r\n\t b\u{2028}c "), "a b c");
    }
}
