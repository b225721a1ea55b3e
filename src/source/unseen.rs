//! Characters that show nothing themselves and change how the text around them is read: said once for the check that
//! reports them, and for what leaves the program.

/// What an unseen character does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unseen {
    /// Turns the direction of writing until it is told to stop: embeddings, overrides, isolates and their ends (UAX #9).
    Turn,
    /// Gives a place in the text a direction. Hebrew and Arabic are sometimes written with it.
    Direction,
    /// Stands in the text and has no width.
    Invisible,
    /// Spells a hidden text: the tags.
    Tag,
    /// Shows in its neighbours: joiners, which Persian and emoji are written with, and the soft hyphen.
    Shaping,
}

impl Unseen {
    /// What the character does, if it is one of these.
    pub fn of(letter: char) -> Option<Unseen> {
        match letter {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(Unseen::Turn),
            '\u{200e}' | '\u{200f}' | '\u{61c}' => Some(Unseen::Direction),
            '\u{200c}' | '\u{200d}' | '\u{ad}' => Some(Unseen::Shaping),
            '\u{200b}'
            | '\u{180e}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' => Some(Unseen::Invisible),
            '\u{e0000}'..='\u{e007f}' => Some(Unseen::Tag),
            _ => None,
        }
    }

    /// Whether text means the same to its readers without the character.
    pub fn is_idle(self) -> bool {
        self != Unseen::Shaping
    }
}

/// Whether a character is a command to a terminal, or none at all: the control characters but for tabs and line ends, the
/// separators of lines that editors do not show, and what Unicode keeps free for programs (noncharacters, which XML cannot hold).
pub fn is_no_text(letter: char) -> bool {
    let is_free = u32::from(letter) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&letter);
    let is_blank = ['\t', '\n', '\r'].contains(&letter);
    is_free || (letter.is_control() && !is_blank) || ['\u{2028}', '\u{2029}'].contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_seen_and_marks_are_not() {
        let letters = "Größe, 40% \u{301} 図書館 می 👩";
        assert_eq!(letters.chars().filter_map(Unseen::of).count(), 0);
        let marks = ['\u{202e}', '\u{200f}', '\u{200b}', '\u{e0041}', '\u{200d}'].map(Unseen::of);
        let named = [Unseen::Turn, Unseen::Direction, Unseen::Invisible, Unseen::Tag, Unseen::Shaping];
        assert_eq!(marks, named.map(Some));
    }

    #[test]
    fn text_needs_what_shapes_it() {
        assert!(!Unseen::Shaping.is_idle());
        assert!(Unseen::Turn.is_idle());
    }
}
