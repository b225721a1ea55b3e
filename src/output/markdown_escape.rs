//! What people wrote, as Markdown that shows exactly that: no character of it is markup, in CommonMark, in its GitHub
//! flavor, or in the template languages of site generators that read the page first. This is the only place where it
//! is made so, for reports, pages and the files of a new ledger alike.

use super::visible::one_line;
use crate::source::Unseen;

/// What is between two characters that mean something together. A comment rather than an invisible character, so that
/// whoever copies the text from the page gets the text.
const BREAK: &str = "<!-- -->";

/// A whole text as one line of inline Markdown, good at the start of a line, in a heading, a list item, a table cell and
/// the text of a link. Control characters and others that are not seen are dropped.
pub(crate) fn escape(text: &str) -> String {
    at_line_start(&inline(visible_line(text).trim()))
}

/// The same for a piece of a line that has more before it: it keeps a space at its ends, and begins no list.
pub(crate) fn escape_within(text: &str) -> String {
    inline(&visible_line(text))
}

/// A line of escaped pieces, with a backslash before what would make a list, a rule, the underline of a heading or a
/// definition of it.
pub(crate) fn at_line_start(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let (number, rest) = line.split_at_checked(digits).unwrap_or((line, ""));
    let begins_block = if number.is_empty() {
        rest.starts_with(['-', '+', '=', ':'])
    } else {
        let after = rest.strip_prefix(['.', ')']);
        after.is_some_and(|after| after.is_empty() || after.starts_with(' '))
    };
    if begins_block { format!("{number}\\{rest}") } else { line.to_owned() }
}

/// One line of the text as a reader of the page sees it.
fn visible_line(text: &str) -> String {
    one_line(text, |letter| {
        let steers = letter.is_control() || Unseen::of(letter).is_some_and(Unseen::is_idle);
        (!steers).then_some(letter)
    })
}

/// What ends the text is escaped as if it met what it must not meet.
fn inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    let mut in_address = false;
    let mut of_commit = 0..0;
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        let before = text.get(..at).unwrap_or_default();
        let after = letters.as_str();
        let address = contact_address(before, text.get(at..).unwrap_or_default());
        if !address.is_empty() {
            // Nothing in code is an address or a reference, and people can read it in the source and copy it.
            escaped.extend(["`", address, "`"]);
            let _ = letters.nth(address.len() - 2);
            in_address = false;
            continue;
        }
        let meets = |next: fn(char) -> bool| after.is_empty() || after.starts_with(next);
        in_address = letter != ' ' && (in_address || begins_address(before, letter, after));
        if of_commit.end <= at {
            of_commit = at..at + commit_id(before, text.get(at..).unwrap_or_default());
        } else if (at - of_commit.start).is_multiple_of(SHORTEST_COMMIT - 1) {
            escaped.push_str(BREAK);
        }
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '|' => escaped.push_str("&#124;"),
            '&' if meets(|next| next == '#' || next.is_ascii_alphabetic()) => escaped.push_str("&amp;"),
            '@' if meets(char::is_alphanumeric) => escaped.extend(["@", BREAK]),
            '/' if after.starts_with('/') => escaped.extend(["/", BREAK]),
            '.' if in_address => escaped.extend([BREAK, "."]),
            '{' if meets(|next| matches!(next, '{' | '%')) => escaped.extend(["\\{", BREAK]),
            '!' if after.is_empty() => escaped.push_str("\\!"),
            '&' if begins_reference(before, letter, after) => escaped.extend(["&amp;", BREAK]),
            '!' | '#' | '$' | '~' if begins_reference(before, letter, after) => {
                escaped.extend(['\\', letter]);
                escaped.push_str(BREAK);
            }
            ':' | '-' | '%' if begins_reference(before, letter, after) => {
                escaped.push(letter);
                escaped.push_str(BREAK);
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '^' | '$' | '{' | '}' | '@' => {
                escaped.extend(['\\', letter]);
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// The email address or the number of seven digits or more, such as a phone number, that begins here; empty where none does. None
/// of its letters ends code.
fn contact_address<'t>(before: &str, rest: &'t str) -> &'t str {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '%' | '+' | '-');
    if before.ends_with(|letter: char| letter.is_alphanumeric() || is_part(letter) || letter == '@') {
        return "";
    }
    let taken = |text: &str, is_own: fn(char) -> bool| text.len() - text.trim_start_matches(is_own).len();
    let sign = usize::from(rest.starts_with('+'));
    let digits = taken(rest.get(sign..).unwrap_or_default(), |letter| letter.is_ascii_digit());
    let name = taken(rest, |letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '%' | '+' | '-'));
    let host = rest.get(name..).and_then(|rest| rest.strip_prefix('@')).unwrap_or_default();
    let host = host.get(..taken(host, |letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-')));
    let host = host.unwrap_or_default().trim_end_matches(['.', '-']);
    let is_host = host.split('.').count() > 1 && host.split('.').all(|label| !label.is_empty());
    let length = match () {
        () if name > 0 && is_host => name + 1 + host.len(),
        () if digits >= SHORTEST_COMMIT => sign + digits,
        () => return "",
    };
    let ends = !rest
        .get(length..)
        .unwrap_or_default()
        .starts_with(|next: char| next.is_alphanumeric() || matches!(next, '_' | '@' | '-' | '/' | '`'));
    if ends { rest.get(..length).unwrap_or_default() } else { "" }
}

/// The digits by which git hosts know a commit: this many or more.
const SHORTEST_COMMIT: usize = 7;

/// The length of what begins here and looks like the id of a commit; 0 where nothing does.
fn commit_id(before: &str, rest: &str) -> usize {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let length = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_hexdigit()).len();
    let is_apart = !before.ends_with(is_word) && !rest.get(length..).is_some_and(|after| after.starts_with(is_word));
    if is_apart && length >= SHORTEST_COMMIT { length } else { 0 }
}

/// Whether a character is the one by which git hosts know a reference: `#1`, `GH-12`, `:rocket:`, and on GitLab `!1`, `&1`, `$1`,
/// `%1` and `~label`. They look for them in the page as it is shown, where an escaped character is only itself.
fn begins_reference(before: &str, letter: char, after: &str) -> bool {
    let is_digit = |letter: char| letter.is_ascii_digit();
    match letter {
        '#' => after.is_empty() || after.starts_with(char::is_alphanumeric),
        '!' | '&' | '$' => after.starts_with(is_digit),
        '~' => after.starts_with(|next: char| next.is_alphanumeric() || next == '"'),
        '%' => {
            !before.ends_with(char::is_alphanumeric)
                && after.starts_with(|next: char| next.is_alphanumeric() || next == '"')
        }
        '-' => {
            let word = before.get(before.len().saturating_sub(2)..).unwrap_or_default();
            word.eq_ignore_ascii_case("gh") && after.starts_with(is_digit)
        }
        ':' => {
            let name = after.trim_start_matches(|next: char| next.is_alphanumeric() || matches!(next, '_' | '+' | '-'));
            name.len() < after.len() && name.starts_with(':')
        }
        _ => false,
    }
}

/// Whether a character is where renderers see that a word is an address: the `@` of email and of names on git hosts, the
/// slashes before a host, the stop after `www`. Such a word is broken up there, and at its stops from there on.
fn begins_address(before: &str, letter: char, after: &str) -> bool {
    match letter {
        '@' => true,
        '/' => after.starts_with('/'),
        '.' => before.get(before.len().saturating_sub(3)..).is_some_and(|end| end.eq_ignore_ascii_case("www")),
        _ => false,
    }
}

#[cfg(test)]
pub(super) mod tests;
