//! Text that shows what it is: no control character reaches a terminal or a page, and nothing turns the direction of
//! writing.

/// One line of the text with every run of blanks and line ends made a single space, control characters and
/// bidirectional controls replaced by a visible sign, and characters without width dropped.
pub fn visible(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            _ if letter.is_whitespace() => {
                if !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            _ if letter.is_control() => line.push(picture(letter)),
            _ if turns_direction(letter) => line.push(char::REPLACEMENT_CHARACTER),
            _ if is_hidden(letter) => {}
            _ => line.push(letter),
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

/// The embeddings, overrides and isolates of the Unicode bidirectional algorithm (UAX #9).
fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters that are never seen. The joiners U+200C and U+200D stay: Persian and emoji are written with them.
fn is_hidden(letter: char) -> bool {
    matches!(
        letter,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{180e}' | '\u{2060}'..='\u{2064}'
            | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
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
