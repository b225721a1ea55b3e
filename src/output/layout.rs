//! Text laid out for the columns of a terminal: broken at spaces, never inside a word, an id or a command.

use std::ops::Range;
use textwrap::core::{Word, display_width};
use textwrap::{Options, WordSeparator, WordSplitter};

/// Stands for a space at which a line must not break. No text that people write has it.
const GLUE: char = '\u{e000}';

/// The words in lines of at most `width` columns, if their longest word fits: the first behind `first`, the others behind `rest`.
pub(crate) fn wrap(words: &str, first: &str, rest: &str, width: usize) -> String {
    let room = width.saturating_sub(display_width(rest));
    let glued = glue_commands(words, room);
    let options = Options::new(width)
        .break_words(false)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_separator(WordSeparator::Custom(find_words))
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::fill(&glued, options).replace(GLUE, " ")
}

/// The text with those of its lines wrapped that are longer than `width` columns. What continues a line stands below its last
/// column, or below its words.
pub(crate) fn fit(text: &str, width: usize) -> String {
    let line = |line: &str| {
        let (content, end) = line.strip_suffix('\n').map_or((line, ""), |content| (content, "\n"));
        if display_width(content) <= width {
            return line.to_owned();
        }
        let start = content.len() - content.trim_start_matches(' ').len();
        let (opening, words) = content.split_at(start + opening_of(&content[start..], width));
        let hang = " ".repeat(hanging_indent(content, opening, width));
        wrap(words, opening, &hang, width) + end
    };
    text.split_inclusive('\n').map(line).collect()
}

/// A line in at most so many columns, cut at a word if one ends there.
pub(crate) fn shorten(line: &str, columns: usize) -> String {
    if display_width(line) <= columns {
        return line.to_owned();
    }
    let ends = line.char_indices().map(|(at, letter)| at + letter.len_utf8());
    let end = ends.take_while(|end| display_width(&line[..*end]) < columns).last().unwrap_or_default();
    let start = &line[..end];
    let is_at_word = line[end..].starts_with(' ');
    let whole = start.rfind(' ').filter(|at| !is_at_word && *at > 0).map_or(start, |at| &start[..at]);
    format!("{}\u{2026}", whole.trim_end_matches([' ', ',', ';', '(']))
}

/// The bytes of a line before what may be wrapped: its columns, as long as they leave half of the line.
fn opening_of(line: &str, width: usize) -> usize {
    let columns = gaps(line).into_iter().map(|gap| gap.end).filter(|end| display_width(&line[..*end]) * 2 <= width);
    columns.max().unwrap_or_default()
}

/// The columns before what continues a line.
fn hanging_indent(line: &str, opening: &str, width: usize) -> usize {
    const LABELS: [&str; 3] = ["= help: ", "= note: ", "--> "];
    let plain = without_styles(line);
    let bare = plain.trim_start_matches(' ');
    let indent = display_width(&plain) - display_width(bare);
    let label = LABELS.into_iter().find(|label| bare.starts_with(label));
    let columns = match label {
        Some(label) => indent + label.len(),
        None if !opening.trim().is_empty() => display_width(opening),
        None if bare.starts_with(['+', '-', '*']) => indent + 2,
        None => indent,
    };
    columns.min(width / 2)
}

/// The runs of two or more spaces inside of a line.
fn gaps(line: &str) -> Vec<Range<usize>> {
    let mut gaps = Vec::new();
    let mut start = None;
    for (at, letter) in line.char_indices() {
        match (letter, start) {
            (' ', None) => start = Some(at),
            (' ', Some(_)) => {}
            (_, Some(begun)) => {
                if at - begun > 1 && begun > 0 {
                    gaps.push(begun..at);
                }
                start = None;
            }
            _ => {}
        }
    }
    gaps
}

/// A line without the codes for colors.
fn without_styles(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            letters.by_ref().find(|letter| *letter == 'm');
        } else {
            plain.push(letter);
        }
    }
    plain
}

/// The text with the spaces of commands in backquotes glued, where the command fits a line of so many columns.
fn glue_commands(text: &str, room: usize) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // The last mark of an odd number opens nothing.
    let last = parts.len().saturating_sub(1);
    let part = |(at, part): (usize, &&str)| {
        let is_command = at % 2 == 1 && at < last && !part.contains('\n') && display_width(part) + 2 <= room;
        if is_command { part.replace(' ', &GLUE.to_string()) } else { (*part).to_owned() }
    };
    parts.iter().enumerate().map(part).collect::<Vec<_>>().join("`")
}

/// The words of a line: what spaces part, and the letters of scripts that are written without spaces.
fn find_words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let is_wide =
        |letter: Option<char>| letter.is_some_and(|letter| display_width(letter.encode_utf8(&mut [0; 4])) > 1);
    let mut ends = Vec::new();
    let mut at = 0;
    let parts: Vec<Word<'_>> = WordSeparator::UnicodeBreakProperties.find_words(line).collect();
    for (part, next) in parts.iter().zip(parts.iter().skip(1).map(Some).chain(std::iter::once(None))) {
        at += part.word.len() + part.whitespace.len();
        let next = next.and_then(|next| next.word.chars().next());
        let is_end = !part.whitespace.is_empty() || is_wide(part.word.chars().last()) || is_wide(next);
        if is_end || at == line.len() {
            ends.push(at);
        }
    }
    let starts = std::iter::once(0).chain(ends.clone());
    Box::new(starts.zip(ends).map(|(start, end)| Word::from(&line[start..end])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_id_or_command_is_broken() {
        let text =
            "`coalition list members --fields id,name` lists main-street-books and 0-9 of members/friends-of-elm.toml";
        assert_eq!(
            fit(text, 44).lines().collect::<Vec<_>>(),
            [
                "`coalition list members --fields id,name`",
                "lists main-street-books and 0-9 of",
                "members/friends-of-elm.toml"
            ]
        );
        // A command that is longer than the line is broken at its spaces.
        assert_eq!(fit("run `coalition set friends name=Elm`", 24), "run `coalition set\nfriends name=Elm`");
    }

    #[test]
    fn what_fits_stays_as_it_is() {
        let text = "  a   b  \n\n\tc\nlast";
        assert_eq!(fit(text, 20), text);
    }

    #[test]
    fn what_continues_a_line_stands_below_its_words() {
        assert_eq!(fit("  - one two three four", 14), "  - one two\n    three four");
        assert_eq!(fit("  = help: write the day of it\n", 20), "  = help: write the\n          day of it\n");
        assert_eq!(fit("late-goal  warning  one two three", 40), "late-goal  warning  one two three");
        assert_eq!(
            fit("late  on  one two three four five", 22),
            "late  on  one two\n          three four\n          five"
        );
    }

    #[test]
    fn scripts_without_spaces_break_between_letters() {
        assert_eq!(fit("図書館の友の会", 8), "図書館の\n友の会");
    }

    #[test]
    fn what_is_cut_is_cut_at_a_word() {
        let text = "Friends of the Library, Elm";
        assert_eq!(shorten(text, 27), text);
        assert_eq!(shorten(text, 24), "Friends of the Library\u{2026}");
        assert_eq!(shorten(text, 20), "Friends of the\u{2026}");
        assert_eq!(shorten("friends-of-the-library", 8), "friends\u{2026}");
        assert_eq!(shorten("\u{56f3}\u{66f8}\u{9928}", 4), "\u{56f3}\u{2026}");
    }

    #[test]
    fn codes_for_colors_take_no_room() {
        let text = "\u{1b}[1mone two\u{1b}[0m three";
        assert_eq!(fit(text, 13), text);
        assert_eq!(fit(text, 9), "\u{1b}[1mone two\u{1b}[0m\nthree");
    }
}
