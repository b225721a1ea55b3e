//! The ways to read a text that is about to leave: as written, and as it looks on a page, without emphasis marks, tags, character
//! references and invisible characters. A name counts in any of these readings.

use crate::source::Unseen;
use std::borrow::Cow;
use std::collections::HashSet;
use unicode_normalization::UnicodeNormalization as _;

/// Stands for a mark until it is known whether it separates words: `Eve**Moss**`, but `E<b>v</b>e`.
const MARK: char = '\u{1}';

/// The maximum length of a tag, a link address or a character reference, in bytes.
const LONGEST: usize = 2_000;

/// The ways to read a text, the text itself first.
pub(super) fn readings(text: &str) -> Vec<String> {
    let mut found = vec![text.to_owned()];
    // Unicode also has bold and double-width letters (NFKC, UAX #15).
    let plain: Cow<'_, str> = if text.is_ascii() { text.into() } else { text.nfkc().collect::<String>().into() };
    let text = &*plain;
    if has_marks(text) {
        found.extend(readings_without_marks(text));
    } else {
        found.push(text.to_owned());
    }
    let mut known = HashSet::new();
    found.retain(|reading| known.insert(reading.clone()));
    found
}

/// The ways to read a text that has marks.
fn readings_without_marks(text: &str) -> Vec<String> {
    let page = replace_marks(text, "*`", "", false);
    let mut found = vec![text.to_owned()];
    // A page shows escaped marks as characters.
    for text in [text, &page] {
        for (marks, stand) in [("*`_~[]#>", ""), ("*`_~[]#>+", " ")] {
            found.push(replace_marks(text, marks, stand, true));
        }
    }
    found.push(page);
    found
}

fn has_marks(text: &str) -> bool {
    text.contains(|letter: char| "*_&<>~`[\\%+#".contains(letter) || Unseen::of(letter).is_some())
}

/// Replaces marks in a text; with `all`, escaped ones too.
fn replace_marks(text: &str, marks: &str, stand: &str, all: bool) -> String {
    let mut output = String::with_capacity(text.len());
    for letter in parse_letters(text) {
        match letter {
            Letter::Plain(letter) if marks.contains(letter) => output.push_str(stand),
            Letter::Escaped(letter) if all && marks.contains(letter) => output.push_str(stand),
            Letter::Mark => output.push_str(stand),
            Letter::Plain(letter) | Letter::Escaped(letter) => output.push(letter),
        }
    }
    output
}

/// A letter of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letter {
    /// One that may be a mark.
    Plain(char),
    /// One that is escaped, and so not a mark.
    Escaped(char),
    /// A tag, the address of a link, or an invisible character.
    Mark,
}

/// The letters that a page shows.
fn parse_letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let (parsed, length) = match letter {
            '\\' => parse_escape(rest),
            '&' => reference(rest),
            '<' => tag(rest),
            ']' => target(rest),
            '%' => octets(rest),
            _ => None,
        }
        .unwrap_or((vec![plain_letter(letter)], letter.len_utf8()));
        letters.extend(parsed);
        rest = rest.get(length..).unwrap_or_default();
    }
    letters
}

fn plain_letter(letter: char) -> Letter {
    if Unseen::of(letter).is_some() || letter == MARK { Letter::Mark } else { Letter::Plain(letter) }
}

/// A mark escaped by a backslash.
fn parse_escape(text: &str) -> Option<(Vec<Letter>, usize)> {
    let next = text.chars().nth(1)?;
    Some(match next {
        '\n' | '\r' => (vec![Letter::Mark], 1),
        next if next.is_ascii_punctuation() => (vec![Letter::Escaped(next)], 2),
        _ => return None,
    })
}

/// A character reference, such as `&nbsp;`, `&#233;` and `&eacute;`.
fn reference(text: &str) -> Option<(Vec<Letter>, usize)> {
    let (name, _) = text.get(1..)?.split_once(';')?;
    let length = name.len() + 2;
    let code = name.strip_prefix('#').map(|code| match code.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => code.parse(),
    });
    if let Some(code) = code {
        return Some((vec![plain_letter(char::from_u32(code.ok()?)?)], length));
    }
    let letter = match name {
        "nbsp" | "ensp" | "emsp" | "thinsp" | "NewLine" | "Tab" => ' ',
        "shy" | "zwj" | "zwnj" | "lrm" | "rlm" | "ZeroWidthSpace" | "NoBreak" => {
            return Some((vec![Letter::Mark], length));
        }
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" | "ldquo" | "rdquo" => '"',
        "apos" | "lsquo" | "rsquo" => '\'',
        "hyphen" | "dash" | "ndash" | "mdash" | "minus" => '-',
        "lowbar" => '_',
        "period" => '.',
        "commat" => '@',
        "sol" => '/',
        "szlig" => 'ß',
        "aelig" => 'æ',
        "oelig" => 'œ',
        _ => {
            // Accents make no difference to the search.
            const ACCENTS: [&str; 10] =
                ["acute", "grave", "circ", "uml", "tilde", "cedil", "ring", "caron", "slash", "strok"];
            let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
            ACCENTS.contains(&name.get(1..)?).then_some(letter)?
        }
    };
    Some((vec![Letter::Escaped(letter)], length))
}

/// A comment or a tag.
fn tag(text: &str) -> Option<(Vec<Letter>, usize)> {
    if let Some(behind) = text.strip_prefix("<!--") {
        return Some((vec![Letter::Mark], behind.find("-->")? + "<!---->".len()));
    }
    let first = text.chars().nth(1)?;
    let end = text.find('>').filter(|end| *end <= LONGEST)?;
    let inside = text.get(1..end)?;
    // An address in angle brackets is text.
    let is_tag =
        (first.is_ascii_alphabetic() || first == '/') && !inside.contains(['@', '<']) && !inside.contains("://");
    let is_tag = is_tag || inside.contains('=');
    is_tag.then_some((vec![Letter::Mark], end + 1))
}

/// The target of a link, after its text.
fn target(text: &str) -> Option<(Vec<Letter>, usize)> {
    let close = match text.chars().nth(1)? {
        '(' => ')',
        '[' => ']',
        _ => return None,
    };
    let end = text.get(2..)?.find(close).filter(|end| *end <= LONGEST)? + 2;
    // The address itself is found in the text as written.
    Some((vec![Letter::Mark], end + 1))
}

/// Percent-encoded bytes in an address: `Eve%20Moss`.
fn octets(text: &str) -> Option<(Vec<Letter>, usize)> {
    let mut bytes = Vec::new();
    while let Some(pair) = text.get(bytes.len() * 3..bytes.len() * 3 + 3).and_then(|run| run.strip_prefix('%')) {
        let Ok(byte) = u8::from_str_radix(pair, 16) else { break };
        bytes.push(byte);
    }
    let length = bytes.len() * 3;
    let decoded = String::from_utf8(bytes).ok().filter(|decoded| !decoded.is_empty())?;
    Some((decoded.chars().map(plain_letter).collect(), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_whatever_marks_are_in_it() {
        for written in [
            "Eve **Moss**",
            "_Eve_ Moss",
            "Eve_Moss",
            "E**v**e Moss",
            "Eve&nbsp;Moss",
            "Eve&#160;Moss",
            "Eve&#xA0;Moss",
            "Eve\u{ad} Mo\u{ad}ss",
            "Eve M\u{200b}oss",
            "E\u{200d}ve Moss",
            "Eve Mo&shy;ss",
            "[Eve](https://example.org/a) Moss",
            "Eve <b>Moss</b>",
            "Eve<br>Moss",
            "Eve%20Moss",
            "Eve+Moss",
            "Eve\n> Moss",
            "Eve\\\nMoss",
            "Eve\u{2800}Moss",
            "~~Eve~~ `Moss`",
            "Eve Mo<!-- -->ss",
            r"Eve \*\*Moss\*\*",
            "\u{ff25}\u{ff56}\u{ff45}\u{3000}\u{ff2d}\u{ff4f}\u{ff53}\u{ff53}",
            "\u{1d404}\u{1d42f}\u{1d41e} Moss",
            r"Eve\&nbsp;Moss",
            "Eve&amp;nbsp;Moss",
            "Eve &lt;b>Moss",
        ] {
            let seen = |reading: &String| reading.split_whitespace().collect::<Vec<_>>().join(" ").contains("Eve Moss");
            assert!(readings(written).iter().any(seen), "{written:?}: {:?}", readings(written));
        }
        assert_eq!(readings("Eve Moss"), ["Eve Moss"]);
    }

    #[test]
    fn a_page_is_read_as_people_see_it() {
        let has = |page: &str, text: &str| readings(page).contains(&text.to_owned());
        assert!(has("rosa@<!-- -->x<!-- -->.org \\*A\\* O\\'Neil &amp; B", "rosa@x.org *A* O'Neil & B"));
        assert!(has("rosa\\_d@<!-- -->x.org", "rosa_d@x.org"));
        assert!(has("rosa_d@<!-- -->x.org", "rosa_d@x.org"));
        assert!(has("Ren&eacute;e", "Renee"));
        assert!(has("<rosa@x.org> 100% <3", "<rosa@x.org> 100% <3"));
    }
}
