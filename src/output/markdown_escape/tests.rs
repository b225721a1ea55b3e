use super::*;
use pulldown_cmark::{Event, Options, Parser};

/// Texts that are something else in Markdown, in HTML, in a table, in a template, or on some git host.
pub(crate) const PAYLOADS: &[&str] = &[
    "[x](javascript:alert(1))",
    "](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "look!",
    "! \u{200b}",
    "[x][1]",
    "[x]: https://example.org",
    "[^1]",
    "[^1]: note",
    "[ ] to do",
    "- [ ] to do",
    "[[wiki]]",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></tr></table><h1>x",
    "<https://example.org>",
    "<a@example.org>",
    "<!-- keep a -->",
    "<!-- hidden",
    "-->",
    "<![CDATA[x]]>",
    "<?php x ?>",
    "<%= x %>",
    "&lt;b&gt; &amp; &#60;b&#62; &copy; &copy",
    "AT&T & Sons",
    "Sons &",
    "`code`",
    "``` rust",
    "```",
    "~~~",
    "~~gone~~ and ~low~",
    "**bold** *it* __bold__ _it_",
    "a|b|c",
    "|---|---|",
    "\\|",
    "a \\\\| b",
    "a \\",
    "\\*a\\*",
    "# heading",
    "heading #",
    "heading\n=======",
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
    "bell\u{7} null\u{0} escape\u{1b}[31mred\u{9b}0m delete\u{7f}",
    "$x$ and $$y$$",
    "x^2^ and H~2~O",
    "https://example.org/a?b=c www.example.org HTTP://EXAMPLE.ORG",
    "https://localhost/x //localhost https:///x",
    "ftp://example.org ://example.org",
    "mailto:a.b@example.org xmpp:a@example.org/b",
    "a@example.org @octocat @",
    "see #1, owner/repo#3 and GH-12 or gh-7; #a",
    "commit 0a1b2c3, 0123456789abcdef0123456789abcdef01234567 and 5550142",
    ":rocket: :+1: :100: 12:30:45 a:b:c",
    "!12 &12 $12 %12 ~bug %\"v 1\" ~\"to do\" 50% #",
    "org/repo!4 org/repo@0a1b2c3d @org/team",
    "{{ site.url }} {% include x %} {: .class} {",
    "{{{ x }}} {#x#} ${x}",
    "%%{init: {}}%%",
    "\"quoted\" 'single' -- ... \u{2014} \u{1f469}\u{200d}\u{1f4bb}",
];

/// The word that a page holds in the place of a payload, to compare with.
pub(crate) const HARMLESS: &str = "harmless";

/// The places where a text can begin a line of its block.
const AT_LINE_START: [(&str, &str); 6] = [
    ("", "\n"),
    ("# ", "\n"),
    ("- ", "\n- next\n"),
    ("> ", "\n>\n> next\n"),
    ("| a | b |\n| --- | --- |\n| ", " | c |\n"),
    ("before [", "](page.md) after\n"),
];

/// The places where something stands before it in the line.
const WITHIN: [(&str, &str); 4] =
    [("before ", " after\n"), ("- **", ":** after\n"), ("# *", "*\n"), ("before [", "](<page.md>)[x](y.md)\n")];

/// The shape of a page, and its words. What breaks addresses has no part in either.
pub(crate) fn read(page: &str) -> (Vec<String>, String) {
    let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION - Options::ENABLE_OLD_FOOTNOTES;
    let (mut shape, mut words) = (Vec::new(), String::new());
    for event in Parser::new_ext(page, options) {
        match event {
            Event::Text(piece) => words.push_str(&piece),
            Event::InlineHtml(html) if &*html == BREAK => {}
            // Email addresses and long numbers stand in code, where they are nothing but themselves.
            Event::Code(piece) if is_contact(&piece) => words.push_str(&piece),
            other => shape.push(format!("{other:?}")),
        }
    }
    (shape, words)
}

/// Whether a text is an email address or a number, and nothing else.
fn is_contact(text: &str) -> bool {
    let is_number = text.trim_start_matches('+').bytes().all(|byte| byte.is_ascii_digit());
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._%+-@".contains(&byte));
    is_plain && (text.matches('@').count() == 1 || (is_number && text.len() >= 7))
}

/// The words of a payload that a reader of the page may see.
pub(crate) fn seen(payload: &str) -> String {
    visible_line(payload).trim().to_owned()
}

/// Proves that a page with hostile text is the page with harmless text but for its words.
pub(crate) fn assert_same_but_for_words(payload: &str, page: &str, harmless: &str) {
    let ((shape, words), (harmless_shape, harmless_words)) = (read(page), read(harmless));
    assert_eq!(shape, harmless_shape, "{payload:?} in {page:?}");
    assert_eq!(words, harmless_words.replace(HARMLESS, &seen(payload)), "{payload:?} in {page:?}");
}

#[test]
fn no_text_means_anything_but_itself() {
    for payload in PAYLOADS {
        for (before, after) in AT_LINE_START {
            let page = |text: &str| format!("{before}{text}{after}");
            assert_same_but_for_words(payload, &page(&escape(payload)), &page(HARMLESS));
        }
    }
}

#[test]
fn no_piece_of_a_line_means_anything_but_itself() {
    for payload in PAYLOADS {
        for (before, after) in WITHIN {
            let page = |text: &str| format!("{before}{text}{after}");
            assert_same_but_for_words(payload, &page(escape_within(payload).trim()), &page(HARMLESS));
        }
    }
}

#[test]
fn people_can_read_and_copy_email_addresses_and_phone_numbers() {
    for (text, expected) in [
        ("ana.lopez@example.org", "`ana.lopez@example.org`"),
        ("Write to ana@mail.example.org.", "Write to `ana@mail.example.org`."),
        ("+16145550142, 5550142", "`+16145550142`, `5550142`"),
        ("614-555-0142", "614-555-0142"),
        ("(614) 555-0142", "(614) 555-0142"),
        ("mailto:a_b@example.org", "mailto:`a_b@example.org`"),
    ] {
        assert_eq!(escape(text), expected);
        let (shape, words) = read(expected);
        assert_eq!(words, text);
        assert!(!shape.iter().any(|event| event.contains("Code")), "{shape:?}");
    }
    for text in ["a@b", "@a.org", "a@b.org@c.org", "ä@b.org", "a@b.orgä", "a@b..org"] {
        assert!(!escape(text).contains('`'), "{text}");
    }
}

#[test]
fn addresses_are_broken_up_where_renderers_look_for_them() {
    let escaped = escape("https://a.b.org/c?d WWW.e.org f.g@h.i.org/x @octocat //x 6 @ 7 Mr. X");
    let expected = "https:/<!-- -->/a<!-- -->.b<!-- -->.org/c?d WWW<!-- -->.e<!-- -->.org \
                    f.g@<!-- -->h<!-- -->.i<!-- -->.org/x @<!-- -->octocat /<!-- -->/x 6 \\@ 7 Mr. X";
    assert_eq!(escaped, expected);
}

/// The texts of a page as a git host sees them after Markdown: what a comment is between is apart.
fn pieces(page: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for event in Parser::new(page) {
        match event {
            Event::Text(text) => pieces.last_mut().unwrap().push_str(&text),
            _ => pieces.push(String::new()),
        }
    }
    pieces
}

#[test]
fn git_hosts_find_no_reference() {
    for (text, harmless) in [
        ("#1", "\\#<!-- -->1"),
        ("GH-12", "GH-<!-- -->12"),
        ("owner/repo#3", "owner/repo\\#<!-- -->3"),
        (":rocket:", ":<!-- -->rocket:"),
        ("@name", "@<!-- -->name"),
        ("@org/team", "@<!-- -->org/team"),
        ("0a1b2c3", "0a1b2c<!-- -->3"),
        ("0123456789abcdef", "012345<!-- -->6789ab<!-- -->cdef"),
        ("x!4", "x!<!-- -->4"),
        ("&5", "&amp;<!-- -->5"),
        ("$6", "\\$<!-- -->6"),
        ("%7 ~bug", "%<!-- -->7 \\~<!-- -->bug"),
    ] {
        let escaped = escape_within(text).replace("\\!", "!");
        assert_eq!(escaped, harmless);
        let pieces = pieces(&escape(text));
        assert_eq!(pieces.concat(), text);
        assert!(pieces.iter().all(|piece| piece != text), "{pieces:?}");
    }
    // Words, times and amounts that only look alike stay as they are.
    for text in ["decade", "a1b2c3", "x0a1b2c3d4", "50% of 7", "note: 12:30", "St. #"] {
        assert!(!escape(text.trim_end_matches(" #")).contains(BREAK), "{text}");
    }
}

#[test]
fn template_languages_find_none_of_their_marks() {
    for payload in PAYLOADS {
        let escaped = escape(payload);
        for mark in ["{{", "}}", "{%", "%}", "{#", "#}", "<%", "${"] {
            assert!(!escaped.contains(mark), "{mark} in {escaped}");
        }
    }
    assert_eq!(escape("{{ a }} {% b %}"), "\\{<!-- -->\\{ a \\}\\} \\{<!-- -->% b %\\}");
}

#[test]
fn plain_text_stays_readable() {
    for text in [
        "St. Mark's Parish Hall, 40 Ferry Street",
        "Smith & Sons (1987)",
        "Tuesday, 12:30 - 14:00, 50% - well!?",
        "Größe: 3.5 m and/or e.g. 2026 was",
        "",
    ] {
        assert_eq!([escape(text), escape_within(text)], [text, text]);
    }
}

#[test]
fn the_beginning_of_a_line_makes_no_block() {
    let lines = ["# a", " - a", "12. a", "7) a", "---", "2026 was", "3.5 hours", ": a"].map(escape);
    assert_eq!(lines, ["\\# a", "\\- a", "12\\. a", "7\\) a", "\\---", "2026 was", "3.5 hours", "\\: a"]);
    assert_eq!(escape_within(": due - 3. May"), ": due - 3. May");
    assert_eq!(at_line_start("1. **a**"), "1\\. **a**");
}

#[test]
fn pieces_keep_the_spaces_between_them_and_leave_the_next_alone() {
    assert_eq!(escape_within("\n see  "), " see ");
    assert_eq!(
        ["a!", "a&", "a@", "a{", "a\\"].map(escape_within),
        ["a\\!", "a&amp;", "a@<!-- -->", "a\\{<!-- -->", "a\\\\"]
    );
}

#[test]
fn what_is_not_seen_is_dropped() {
    assert_eq!(escape("a\u{202e}b\u{2066}c\u{200b}d\u{0}e\u{1b}f\u{e0041}g"), "abcdefg");
    assert_eq!(escape(" a \r\n\t b\u{2028}c \u{200b} "), "a b c");
}
