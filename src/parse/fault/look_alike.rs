//! Characters that look like those of TOML and are none: `joined ＝ 2026-03-03`, a Cyrillic letter in the name of a field,
//! `&quot;` from a web page.

use super::super::recovery::Repair;
use super::assignment::is_value;
use super::{Error, SyntaxFault, shorten};
use crate::source::Span;
use toml::de::DeTable;
use unicode_script::{Script, UnicodeScript as _};

/// What web pages write in place of a character.
const ENTITIES: [(&str, &str); 8] = [
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&ldquo;", "\""),
    ("&rdquo;", "\""),
    ("&#39;", "'"),
    ("&apos;", "'"),
    ("&nbsp;", " "),
    ("&amp;", "&"),
];

/// What stands between a field and its value, and what looks like it.
const EQUALS: [char; 4] = ['=', '＝', '﹦', '꞊'];

/// Letters of other scripts that look like a Latin one.
const LETTERS: [(char, char); 27] = [
    ('а', 'a'),
    ('с', 'c'),
    ('ԁ', 'd'),
    ('е', 'e'),
    ('һ', 'h'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ӏ', 'l'),
    ('о', 'o'),
    ('р', 'p'),
    ('ԛ', 'q'),
    ('г', 'r'),
    ('ѕ', 's'),
    ('т', 't'),
    ('υ', 'u'),
    ('ѵ', 'v'),
    ('ԝ', 'w'),
    ('х', 'x'),
    ('у', 'y'),
    ('α', 'a'),
    ('ε', 'e'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('ı', 'i'),
];

impl Error<'_> {
    /// Characters between the parts of a line that look like others; in quotes they are text.
    pub(super) fn look_alike_fault(&self) -> Option<SyntaxFault> {
        let line = self.line_text();
        let key_end = if is_heading_sign(line.trim_start()) { line.len() } else { line.find(EQUALS).unwrap_or(0) };
        let mut plain = String::with_capacity(line.len());
        let mut first: Option<(usize, char, char)> = None;
        let mut quote = None;
        for (at, letter) in line.char_indices() {
            let sign = sign_like(letter);
            let shown = match quote {
                Some(open) if letter == open || sign == Some(open) => open,
                Some(_) => letter,
                None => sign.or_else(|| letter_like(letter).filter(|_| at < key_end)).unwrap_or(letter),
            };
            quote = match (quote, shown) {
                (Some(open), shown) => Some(open).filter(|_| shown != open),
                (None, '"' | '\'') => Some(shown),
                (None, '#') => {
                    plain.push_str(line.get(at..)?);
                    break;
                }
                (None, _) => None,
            };
            if shown != letter {
                first.get_or_insert((at, letter, shown));
            }
            plain.push(shown);
        }
        let (at, letter, meant) = first?;
        let key = plain.split('=').next().unwrap_or_default();
        // A word in another script is no slip of one letter.
        if letter.is_alphabetic() && !key.is_ascii() { None } else { self.plain_line_fault(&plain, at, letter, meant) }
    }

    /// The fault of a line that holds a character in place of another; `plain` is the line as it was meant.
    fn plain_line_fault(&self, plain: &str, at: usize, letter: char, meant: char) -> Option<SyntaxFault> {
        let start = self.line.start + at;
        let place = Span::from(start..start + letter.len_utf8());
        let message = if letter.is_alphabetic() {
            format!("`{letter}` in this line is a {} letter that only looks like `{meant}`", script_name(letter))
        } else {
            format!("`{letter}` (U+{:04X}) only looks like `{meant}`, and is another character", u32::from(letter))
        };
        let is_right = DeTable::parse(&format!("{plain}\n")).is_ok();
        let is_field =
            plain.split_once('=').is_some_and(|(_, value)| is_value(value.trim())) || is_heading_sign(plain.trim());
        let help = if is_right && is_field {
            format!("type it again with plain characters: {}", shorten(plain.trim()))
        } else {
            format!("type a plain `{meant}` in its place")
        };
        let padded =
            format!("{plain:<width$}", width = plain.chars().count() + self.line.len().saturating_sub(plain.len()));
        let fault = SyntaxFault::new(place, message, help)
            .with_repair(Repair { range: self.line.clone(), with: padded })
            .with_fix(vec![(Span::from(self.line.clone()), plain.to_owned())], is_right && is_field);
        Some(fault)
    }

    /// What a web page writes in place of a quote: `name = &quot;Rotary Club&quot;`.
    pub(super) fn entity_fault(&self) -> Option<SyntaxFault> {
        let line = self.line_text();
        let (entity, sign) = ENTITIES.into_iter().find(|(entity, sign)| line.contains(entity) && *sign != "&")?;
        let plain = ENTITIES.into_iter().fold(line.to_owned(), |line, (entity, sign)| line.replace(entity, sign));
        let at = self.line.start + line.find(entity)?;
        if DeTable::parse(&format!("{plain}\n")).is_err() {
            return None;
        }
        let message =
            format!("`{entity}` is how a web page writes {}", if sign == " " { "a space" } else { "a quote" });
        let help = format!("write the line with plain quotes: {}", shorten(plain.trim()));
        let width = plain.chars().count() + line.len().saturating_sub(plain.len());
        let repair = Repair { range: self.line.clone(), with: format!("{plain:<width$}") };
        let fault = SyntaxFault::new(Span::from(at..at + entity.len()), message, help).with_repair(repair);
        Some(fault.with_fix(vec![(Span::from(self.line.clone()), plain)], true))
    }
}

/// Whether a line begins as a heading does, in any brackets that look like those of TOML.
fn is_heading_sign(line: &str) -> bool {
    line.starts_with(['[', '［', '【', '〔'])
}

/// The sign of TOML that another character looks like.
fn sign_like(letter: char) -> Option<char> {
    Some(match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0)?,
        '﹦' | '꞊' => '=',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '、' | '﹐' => ',',
        '∶' | '﹕' | '꞉' => ':',
        '″' | '〝' | '〞' | '〟' => '"',
        '′' => '\'',
        _ => return None,
    })
}

/// The Latin letter that a letter of another script looks like.
fn letter_like(letter: char) -> Option<char> {
    LETTERS.into_iter().find(|(other, _)| *other == letter).map(|(_, latin)| latin)
}

/// The script of a letter, in a word.
fn script_name(letter: char) -> &'static str {
    match letter.script() {
        Script::Greek => "Greek",
        Script::Latin => "Turkish",
        _ if ('\u{ff01}'..='\u{ff5e}').contains(&letter) => "wide",
        _ => "Cyrillic",
    }
}
