//! Makes text safe to show: no control character reaches a terminal or a page, and nothing changes the direction of the
//! text.

use super::log_command::breaks;
use crate::source::{Unseen, is_no_text, without_private_keys};

/// One line of the text, for a terminal: control characters and what turns the direction of writing are replaced by a
/// visible sign, and characters without width are dropped.
pub(crate) fn visible(text: &str) -> String {
    one_line(text, |letter| match Unseen::of(letter) {
        Some(Unseen::Turn) => Some(char::REPLACEMENT_CHARACTER),
        Some(unseen) if unseen.is_idle() => None,
        _ if letter.is_control() => Some(picture(letter)),
        _ if is_no_text(letter) => Some(char::REPLACEMENT_CHARACTER),
        _ => Some(letter),
    })
}

/// Each line of the text as [`visible()`] shows it, with its spaces as they are: in terms they count.
pub(crate) fn visible_text(text: &str) -> String {
    let line = |line: &str| line.split(' ').map(visible).collect::<Vec<_>>().join(" ") + "\n";
    text.lines().map(line).collect()
}

/// A text with its lines, spaces and tabs as they are, for a terminal; what `visible` replaces or drops is replaced by
/// a sign, and the sign stands for what readers cannot see. `moved` says where a byte of the text is then.
pub(super) fn visible_lines(text: &str, moved: &mut [&mut usize]) -> String {
    let places: Vec<usize> = moved.iter().map(|place| **place).collect();
    let mut shown = String::with_capacity(text.len());
    let mut breaks = breaks(text).into_iter().peekable();
    for (at, letter) in text.char_indices() {
        if breaks.next_if_eq(&at).is_some() {
            shown.push('\\');
        }
        for (place, is) in places.iter().zip(moved.iter_mut()) {
            if *place == at {
                **is = shown.len();
            }
        }
        match Unseen::of(letter) {
            Some(Unseen::Shaping) | None if !is_no_text(letter) => shown.push(letter),
            Some(_) => shown.push(char::REPLACEMENT_CHARACTER),
            None => shown.push(picture(letter)),
        }
    }
    for (place, is) in places.iter().zip(moved.iter_mut()) {
        if *place >= text.len() {
            **is = shown.len();
        }
    }
    shown
}

/// The text with a single space for every run of spaces and line ends, and with `shown` in place of each other character. No private
/// key is in it.
pub(super) fn one_line(text: &str, shown: impl Fn(char) -> Option<char>) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in without_private_keys(text).chars() {
        if !letter.is_whitespace() {
            line.extend(shown(letter));
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

/// The sign for a control character, where Unicode has one.
fn picture(control: char) -> char {
    match control {
        '\u{7f}' => '\u{2421}',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(control)).unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn a_terminal_gets_no_commands() {
        assert_eq!(visible("\u{1b}[2J\u{1b}]0;root\u{7}gone"), "␛[2J␛]0;root␇gone");
        assert_eq!(visible("a\u{9b}31mb\u{7f}"), "a\u{fffd}31mb␡");
    }

    #[test]
    fn the_direction_of_writing_stays() {
        assert_eq!(visible("a\u{202e}b\u{2066}c\u{200f}d\u{200b}e\u{e0041}"), "a\u{fffd}b\u{fffd}cde");
    }

    #[test]
    fn an_excerpt_keeps_its_lines_and_its_place() {
        let text = "a\u{9b}31m\tb\u{202e}c\n\u{e0041}d";
        let (mut start, mut end) = (text.find('c').unwrap(), text.len());
        let shown = super::visible_lines(text, &mut [&mut start, &mut end]);
        assert_eq!(shown, "a\u{fffd}31m\tb\u{fffd}c\n\u{fffd}d");
        assert_eq!(&shown[start..end], "c\n\u{fffd}d");
    }

    #[test]
    fn what_is_no_character_is_none() {
        assert_eq!(visible("a\u{fffe}b\u{ffff}c\u{1fffe}"), "a\u{fffd}b\u{fffd}c\u{fffd}");
    }

    #[test]
    fn text_is_one_line() {
        assert_eq!(visible("two\r\n\tlines \u{2028} end"), "two lines end");
    }

    #[test]
    fn letters_of_all_scripts_stay() {
        let text = "Mejía می\u{200c}خواهم 👩\u{200d}🔬 図書館";
        assert_eq!(visible(text), text);
    }
}
