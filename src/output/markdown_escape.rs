//! What people wrote, as Markdown that shows exactly that: no character of it is markup, in CommonMark, in its GitHub
//! flavour, or in the template languages of site generators that read the page first.

use super::visible::visible;

/// The text as one line of inline Markdown, safe in a paragraph, a list item, a heading and a table cell.
///
/// A pipe becomes an entity, because renderers disagree on a backslash before one in a table. An `@` is followed by an
/// invisible joiner where it would make a mail link or call a user of the git host by name, since no backslash stops that.
pub fn escape(text: &str) -> String {
    let text = visible(text);
    let line = text.trim_start();
    let lead = lead(line).map(|at| text.len() - line.len() + at);
    escaped(&text, lead)
}

/// The same for words that stand after others in their line, where they cannot begin a heading or a list.
pub fn escape_within(text: &str) -> String {
    escaped(&visible(text), None)
}

fn escaped(text: &str, lead: Option<usize>) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, letter) in text.char_indices() {
        let rest = text.get(at + letter.len_utf8()..).unwrap_or_default();
        match letter {
            '|' => out.push_str("&#124;"),
            '@' if rest.starts_with(char::is_alphanumeric) || rest.is_empty() => out.push_str("@&#8288;"),
            _ => {
                if is_markup(letter, rest) || lead == Some(at) || makes_link(text, at) {
                    out.push('\\');
                }
                out.push(letter);
            }
        }
    }
    out
}

/// Whether the letter means something wherever it stands. What ends the text may meet markup of the page.
fn is_markup(letter: char, rest: &str) -> bool {
    match letter {
        '\\' | '`' | '*' | '_' | '~' | '[' | ']' | '<' | '>' | '{' | '}' | '$' | '^' => true,
        '&' => rest.is_empty() || rest.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '#'),
        '!' => rest.is_empty() || rest.starts_with('['),
        _ => false,
    }
}

/// Where the byte stands that makes a heading, a list or a rule of a line that begins like this.
fn lead(line: &str) -> Option<usize> {
    if line.starts_with(['#', '-', '+', '=', ':']) {
        return Some(0);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with(['.', ')']))).then_some(digits)
}

/// Whether the punctuation here turns bare words into a link: the colon of `https://`, the dot of `www.`.
fn makes_link(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at_checked(at).unwrap_or_default();
    let ends_with = |word: &str| {
        before
            .len()
            .checked_sub(word.len())
            .and_then(|from| before.get(from..))
            .is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    after.starts_with("://")
        || (after.starts_with(':') && (ends_with("mailto") || ends_with("xmpp")))
        || (after.starts_with('.') && ends_with("www"))
}

#[cfg(test)]
mod tests {
    use super::{escape, escape_within};

    #[test]
    fn plain_words_stay_plain() {
        for text in ["Friends of Mill Bend", "Tuesday, 6:30 (doors at 6)", "Parks & Rec", "St. Mark's, 40% - well!?"] {
            assert_eq!(escape(text), text);
        }
    }

    #[test]
    fn markup_is_shown() {
        assert_eq!(escape("*a* _b_ `c` <d>"), r"\*a\* \_b\_ \`c\` \<d\>");
        assert_eq!(escape("AT&amp;T {{ site.key }}"), r"AT\&amp;T \{\{ site.key \}\}");
        assert_eq!(escape("a|b"), "a&#124;b");
    }

    #[test]
    fn the_beginning_of_a_line_makes_no_block() {
        let lines = ["# a", " - a", "12. a", "7) a", "---", "2026 was", "3.5 hours"].map(escape);
        assert_eq!(escape_within(": due - 3. May"), ": due - 3. May");
        assert_eq!(lines, [r"\# a", r" \- a", r"12\. a", r"7\) a", r"\---", "2026 was", r"3\.5 hours"]);
    }

    #[test]
    fn bare_addresses_make_no_link() {
        assert_eq!(escape("https://x.example www.x.example"), r"https\://x.example www\.x.example");
        assert_eq!(escape("a@x.example, @team"), "a@&#8288;x.example, @&#8288;team");
    }

    #[test]
    fn what_stands_at_the_end_leaves_the_next_piece_alone() {
        assert_eq!([escape("see!"), escape("a&"), escape("b\\")], [r"see\!", r"a\&", r"b\\"]);
    }
}
