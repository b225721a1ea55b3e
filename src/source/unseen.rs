//! Invisible characters and those that change how the text around them reads, defined once for the check that reports
//! them and for all output.

use unicode_script::{Script, UnicodeScript};

/// What an unseen character does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Unseen {
    /// Turns the direction of writing until an end mark: embeddings, overrides, isolates and their ends (UAX #9).
    Turn,
    /// Gives a place in the text a direction. Hebrew and Arabic are sometimes written with it.
    Direction,
    /// Stands in the text and has no width.
    Invisible,
    /// Spells a hidden text: the tags.
    Tag,
    /// Shows in its neighbors: joiners, which Persian and emoji are written with, selectors of a variant of the letter before, the
    /// soft hyphen, and the empty pattern of Braille.
    Shaping,
    /// Has no meaning but in one font: private use.
    Private,
}

impl Unseen {
    /// What the character does, if it is one of these: what Unicode lets programs leave out of sight (`Default_Ignorable_Code_Point`,
    /// DerivedCoreProperties.txt), and besides it annotations, controls of hieroglyphs, the empty pattern of Braille and private use.
    pub(crate) fn of(letter: char) -> Option<Unseen> {
        match letter {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(Unseen::Turn),
            '\u{200e}' | '\u{200f}' | '\u{61c}' => Some(Unseen::Direction),
            '\u{200c}' | '\u{200d}' | '\u{ad}' | '\u{2800}' => Some(Unseen::Shaping),
            '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
                Some(Unseen::Shaping)
            }
            '\u{200b}'
            | '\u{34f}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180e}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{13430}'..='\u{1343f}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' => Some(Unseen::Invisible),
            '\u{e0000}'..='\u{e0fff}' => Some(Unseen::Tag),
            '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}' => Some(Unseen::Private),
            _ => None,
        }
    }

    /// Whether text means the same to its readers without the character.
    pub(crate) fn is_idle(self) -> bool {
        !matches!(self, Unseen::Shaping | Unseen::Private)
    }
}

/// A character that readers cannot see by its number, and by its name where it is one that editors and web pages often leave
/// behind: `U+00A0 (no-break space)`.
pub(crate) fn describe_unseen(letter: char) -> String {
    let name = match letter {
        '\u{a0}' => "no-break space",
        '\u{ad}' => "soft hyphen",
        '\u{200b}' => "zero-width space",
        '\u{200c}' => "zero-width non-joiner",
        '\u{200d}' => "zero-width joiner",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' => "right-to-left mark",
        '\u{2002}' => "en space",
        '\u{2003}' => "em space",
        '\u{2007}' => "figure space",
        '\u{2009}' => "thin space",
        '\u{200a}' => "hair space",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "mark that reverses the direction of writing",
        '\u{202f}' => "narrow no-break space",
        '\u{2060}' => "word joiner",
        '\u{3000}' => "ideographic space",
        '\u{feff}' => "byte order mark",
        '\u{0}' => "null character",
        '\u{1b}' => "escape character",
        letter if letter.is_control() => "control character",
        _ => return format!("U+{:04X}", u32::from(letter)),
    };
    format!("U+{:04X} ({name})", u32::from(letter))
}

/// Whether a character is a space that looks like a plain one and is none.
pub(crate) fn is_odd_space(letter: char) -> bool {
    letter.is_whitespace() && !matches!(letter, ' ' | '\t' | '\n' | '\r')
}

/// Whether a character that shapes its neighbors is between those that need it: a joiner between letters of other
/// scripts or parts of an emoji, a selector after an emoji, a Han or a Mongolian letter (emoji-variation-sequences.txt,
/// StandardizedVariants.txt, the Ideographic Variation Database), the empty pattern of Braille in Braille.
pub(crate) fn is_needed(before: Option<char>, letter: char, after: Option<char>) -> bool {
    let is_of = |near: Option<char>, script| near.is_some_and(|near| near.script() == script);
    let other = |near: Option<char>| near.is_some_and(|near| !near.is_ascii() && near.script() != Script::Latin);
    match letter {
        '\u{200c}' | '\u{200d}' => other(before) && other(after),
        '\u{2800}' => is_of(before, Script::Braille) && is_of(after, Script::Braille),
        '\u{180b}'..='\u{180d}' | '\u{180f}' => is_of(before, Script::Mongolian),
        '\u{fe0e}' | '\u{fe0f}' if before.is_some_and(|near| near.is_ascii_digit() || matches!(near, '#' | '*')) => {
            after == Some('\u{20e3}')
        }
        '\u{fe00}'..='\u{fe0f}' => before.is_some_and(is_symbol) || is_of(before, Script::Han),
        '\u{e0100}'..='\u{e01ef}' => is_of(before, Script::Han),
        _ => false,
    }
}

/// Whether a character is a sign of which Unicode has variants: emoji, arrows, symbols of mathematics.
fn is_symbol(letter: char) -> bool {
    matches!(
        letter,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{27ff}'
            | '\u{2900}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}'
    )
}

/// Whether a character is a command to a terminal, or none at all: the control characters but for tabs and line ends, the
/// separators of lines that editors do not show, and what Unicode keeps free for programs (noncharacters, which XML cannot hold).
pub(crate) fn is_no_text(letter: char) -> bool {
    let is_free = u32::from(letter) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&letter);
    let is_blank = ['\t', '\n', '\r'].contains(&letter);
    is_free || (letter.is_control() && !is_blank) || ['\u{2028}', '\u{2029}'].contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn letters_are_seen_and_marks_are_not() {
        let letters = "Größe, 40% \u{301} 図書館 می 👩";
        assert_eq!(letters.chars().filter_map(Unseen::of).count(), 0);
        let marks = ['\u{202e}', '\u{200f}', '\u{200b}', '\u{e0041}', '\u{200d}'].map(Unseen::of);
        let named = [Unseen::Turn, Unseen::Direction, Unseen::Invisible, Unseen::Tag, Unseen::Shaping];
        assert_eq!(marks, named.map(Some));
    }

    #[test]
    fn fillers_selectors_and_private_use_are_marks() {
        let of = |letters: &str| letters.chars().map(Unseen::of).collect::<HashSet<_>>();
        let fillers = "\u{34f}\u{115f}\u{1160}\u{3164}\u{ffa0}\u{17b4}\u{17b5}\u{1d173}\u{1bca0}\u{fff0}";
        assert_eq!(of(fillers), HashSet::from([Some(Unseen::Invisible)]));
        assert_eq!(of("\u{180b}\u{180f}\u{fe00}\u{fe0f}\u{e0100}\u{2800}"), HashSet::from([Some(Unseen::Shaping)]));
        assert_eq!(of("\u{e000}\u{f8ff}\u{f0000}\u{10fffd}"), HashSet::from([Some(Unseen::Private)]));
    }

    #[test]
    fn a_variant_of_a_sign_needs_its_selector_and_a_letter_does_not() {
        let needed = |before, letter, after| is_needed(Some(before), letter, after);
        assert!(needed('\u{2764}', '\u{fe0f}', None) && needed('葛', '\u{e0100}', None));
        assert!(needed('1', '\u{fe0f}', Some('\u{20e3}')) && !needed('1', '\u{fe0f}', Some('0')));
        assert!(
            !needed('b', '\u{fe0f}', Some('c')) && !needed('é', '\u{e0100}', None) && !needed('b', '\u{2800}', None)
        );
        assert!(needed('ی', '\u{200c}', Some('خ')));
    }

    #[test]
    fn text_needs_what_shapes_it() {
        assert!(!Unseen::Shaping.is_idle());
        assert!(Unseen::Turn.is_idle());
    }
}
