//! Text that shows what it is: no control character reaches a terminal or a page, and nothing turns the direction of
//! writing.

use crate::source::Unseen;

/// One line of the text, for a terminal: control characters and what turns the direction of writing are replaced by a
/// visible sign, and characters without width are dropped.
pub fn visible(text: &str) -> String {
    one_line(text, |letter| match Unseen::of(letter) {
        Some(Unseen::Turn) => Some(char::REPLACEMENT_CHARACTER),
        Some(unseen) if unseen.is_idle() => None,
        _ if letter.is_control() => Some(picture(letter)),
        _ => Some(letter),
    })
}

/// The text with a single space for every run of blanks and line ends, and with `shown` in place of each other character.
pub(super) fn one_line(text: &str, shown: impl Fn(char) -> Option<char>) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
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
    fn text_is_one_line() {
        assert_eq!(visible("two\r\n\tlines \u{2028} end"), "two lines end");
    }

    #[test]
    fn letters_of_all_scripts_stay() {
        let text = "Mejía می\u{200c}خواهم 👩\u{200d}🔬 図書館";
        assert_eq!(visible(text), text);
    }
}
