//! The contact details in a cell: `Ana Mejía <ana@example.org>; desk@example.org` are two email addresses.

use super::heading::read_label;
use crate::document::words::shell_word;
use crate::error::Error;
use crate::exchange::damaged_text::trim_edges;
use crate::exchange::incoming::{join_lines, quote};
use crate::record::common::is_email;
use crate::record::value::is_url;

/// One contact detail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Detail {
    /// Its type.
    pub kind: &'static str,
    /// The address or number.
    pub value: String,
    /// What the cell says besides it.
    pub note: Option<String>,
}

/// What separates the values that an address book puts in one cell.
const BETWEEN_VALUES: &str = ":::";

/// The contact details of a type in a cell.
///
/// # Errors
/// A part of the cell is not of this type; the message says what it is and how to import it.
pub(super) fn details_in(kind: &'static str, cell: &str) -> Result<Vec<Detail>, Error> {
    let mut details = Vec::new();
    for value in cell.split(BETWEEN_VALUES).map(trim_edges).filter(|value| !value.is_empty()) {
        match kind {
            // A form that asks for no name says this of everyone.
            "email" | "phone" | "mobile"
                if ["anonymous", "anonymous@anonymous"].contains(&value.to_lowercase().as_str()) => {}
            "email" => emails_in(value, &mut details)?,
            "phone" | "mobile" | "fax" => phones_in(kind, value, &mut details)?,
            // A postal address may hold any separator.
            "address" => details.push(Detail { kind, value: join_lines(value, ", "), note: None }),
            "url" => parts_of(value).for_each(|part| details.push(web(part))),
            _ => {
                parts_of(value).for_each(|part| details.push(Detail { kind, value: join_lines(part, " "), note: None }))
            }
        }
    }
    Ok(details)
}

/// The parts of a cell between semicolons, bars and line breaks.
fn parts_of(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '|', '\n']).map(trim_edges).filter(|part| !part.is_empty())
}

/// A web page; what is not a web address is kept as something else.
fn web(text: &str) -> Detail {
    let whole = if is_url(text) { text.to_owned() } else { format!("https://{text}") };
    let is_page = is_url(&whole) && !text.contains(char::is_whitespace) && text.contains('.');
    let (kind, value) = if is_page { ("url", whole) } else { ("other", join_lines(text, " ")) };
    Detail { kind, value, note: None }
}

/// Words between two addresses.
const JOINERS: [&str; 8] = ["or", "and", "y", "o", "et", "ou", "und", "oder"];

fn emails_in(value: &str, details: &mut Vec<Detail>) -> Result<(), Error> {
    // A display name may hold commas: "Mejía, Ana" <ana@example.org>.
    let mut rest = value;
    let mut pieces: Vec<(Option<&str>, &str)> = Vec::new();
    while let Some((before, after)) = rest.split_once('<') {
        let Some((inside, behind)) = after.split_once('>') else { break };
        // What stands before the name belongs to an address before it.
        let (others, name) = match before.rsplit_once([';', '|', '\n']) {
            Some((others, name)) => (others, name),
            None => match before.rfind('@') {
                Some(at) => {
                    let end =
                        before.get(at..).and_then(|tail| tail.find([',', ' '])).map_or(before.len(), |end| at + end);
                    before.split_at(end)
                }
                None => ("", before),
            },
        };
        pieces.push((None, others));
        pieces.push((Some(name), inside));
        rest = behind;
    }
    pieces.push((None, rest));
    for (name, text) in pieces {
        if let Some(name) = name {
            let address = text.trim().trim_start_matches("mailto:");
            check_email(address, value)?;
            let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | ';' | '/'));
            let note = Some(join_lines(name, " ")).filter(|name| !name.is_empty() && name != address);
            details.push(Detail { kind: "email", value: address.to_owned(), note });
            continue;
        }
        for part in parts_of(text) {
            plain_emails(part, value, details)?;
        }
    }
    Ok(())
}

/// The addresses in a part of a cell; other words become the note of each.
fn plain_emails(part: &str, whole: &str, details: &mut Vec<Detail>) -> Result<(), Error> {
    let is_mark = |c: char| c == ',' || c.is_whitespace();
    let words: Vec<&str> = part.split(is_mark).filter(|word| !word.is_empty()).collect();
    let (addresses, others): (Vec<&str>, Vec<&str>) = words.into_iter().partition(|word| word.contains('@'));
    let others: Vec<&str> =
        others.into_iter().filter(|word| !JOINERS.contains(word) && !["/", "&", "-", "–"].contains(word)).collect();
    if addresses.is_empty() {
        return if others.is_empty() { Ok(()) } else { Err(no_email(whole)) };
    }
    // `suki castillo@example.org` has lost a dot, and `castillo@example.org` would be someone else's address.
    if let (Some(first), false) = (others.first(), others.is_empty()) {
        let is_label = others.iter().all(|word| is_beside(word));
        let follows = part.find('@') < part.find(*first) && others.iter().all(|word| !word.contains('.'));
        if !is_label && !follows {
            return Err(no_email(whole));
        }
    }
    let note = others.join(" ");
    let note = note.trim_matches(|c: char| matches!(c, '(' | ')' | ':' | ' ' | '-')).to_owned();
    for written in addresses.iter().flat_map(|word| word.split('/')).filter(|word| !word.is_empty()) {
        let address = written.trim_start_matches("mailto:");
        // A label may stand right before it: `work:ana@example.org`.
        let (label, address) = match address.split_once(':') {
            Some((label, address)) if label.chars().all(char::is_alphabetic) => (Some(label), address),
            _ => (None, address),
        };
        let address = address
            .trim_matches(|c: char| matches!(c, '(' | ')' | '<' | '>' | '[' | ']' | '"' | '\'' | ';'))
            .trim_end_matches(['.', ':']);
        check_email(address, whole)?;
        let note = label.map(str::to_owned).or_else(|| Some(note.clone()).filter(|note| !note.is_empty()));
        details.push(Detail { kind: "email", value: address.to_owned(), note });
    }
    Ok(())
}

/// Whether a word before an address is clearly no part of it: a label, or words in brackets or before a colon.
fn is_beside(word: &str) -> bool {
    let is_marked = word.starts_with('(') || word.ends_with([')', ':']);
    is_marked || super::heading::is_label(word)
}

fn check_email(address: &str, whole: &str) -> Result<(), Error> {
    if is_email(address) { Ok(()) } else { Err(no_email(whole)) }
}

fn no_email(whole: &str) -> Error {
    Error::data(format!(
        "{} is not an email address; write it like name@example.org, or leave such cells out with {}",
        quote(whole),
        missing_option(whole)
    ))
}

/// The option that treats a text as an empty cell.
pub(super) fn missing_option(text: &str) -> String {
    format!("--missing {}", shell_word(text.trim()))
}

fn phones_in(kind: &'static str, value: &str, details: &mut Vec<Detail>) -> Result<(), Error> {
    for part in parts_of(value) {
        if is_shortened_number(part) {
            return Err(Error::data(format!(
                "{} is a number that a spreadsheet has shortened; format the column as text there, and save the file again",
                quote(part)
            )));
        }
        for number in numbers_of(part) {
            if !number.contains(|c: char| c.is_ascii_digit()) {
                return Err(Error::data(format!(
                    "{} is not a phone number; write it with digits, or leave such cells out with {}",
                    quote(part),
                    missing_option(value)
                )));
            }
            let (number, label) = split_label(number.trim_start_matches("tel:").trim_start_matches('\'').trim());
            let (note, kind) = label.map_or((None, kind), |label| read_label(label, kind));
            details.push(Detail { kind, value: number.to_owned(), note });
        }
    }
    Ok(())
}

/// A number and what stands beside it: `614-555-0101 (cell)`, `home: 614-555-0101`.
fn split_label(text: &str) -> (&str, Option<&str>) {
    let is_words =
        |label: &str| label.chars().any(char::is_alphabetic) && label.bytes().filter(u8::is_ascii_digit).count() < 5;
    let is_number = |number: &str| number.bytes().filter(u8::is_ascii_digit).count() >= 7;
    let behind = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let before = text.split_once(':').map(|(label, number)| (number, label));
    for (number, label) in behind.into_iter().chain(before) {
        let (number, label) = (number.trim(), label.trim());
        if is_number(number) && is_words(label) {
            return (number, Some(label));
        }
    }
    (text, None)
}

/// Whether a spreadsheet has put a number in a form that lacks digits: `1.55502E+10`.
fn is_shortened_number(text: &str) -> bool {
    let Some((digits, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.trim_start_matches('+');
    !exponent.is_empty()
        && exponent.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
}

/// Several whole numbers with commas, slashes or a word between them, or the text as one.
fn numbers_of(text: &str) -> Vec<&str> {
    let is_whole = |part: &&str| part.bytes().filter(u8::is_ascii_digit).count() >= 7;
    for mark in [",", " / ", "/", " or ", " and ", " & ", " o ", " ou ", " oder "] {
        let parts: Vec<&str> = text.split(mark).map(trim_edges).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 && parts.iter().all(is_whole) {
            return parts.into_iter().flat_map(numbers_of).collect();
        }
    }
    vec![text]
}

/// The contact details in a cell of a column whose heading says nothing of them; all of the cell if it holds none.
pub(super) fn details_in_any(cell: &str) -> Vec<Detail> {
    if looks_like_email(cell)
        && let Ok(details) = details_in("email", cell)
    {
        return details;
    }
    let kind = if looks_like_phone(cell) { "phone" } else { "other" };
    details_in(kind, cell).unwrap_or_else(|_| vec![Detail { kind: "other", value: join_lines(cell, " "), note: None }])
}

/// Whether a cell is an email address.
pub(super) fn looks_like_email(cell: &str) -> bool {
    cell.contains('@') && cell.len() < 400 && details_in("email", cell).is_ok_and(|details| !details.is_empty())
}

/// Whether a cell is a telephone number: one with a plus sign or with its digits in groups, and not a date, a postal code or another
/// number.
pub(super) fn looks_like_phone(cell: &str) -> bool {
    let text = cell.trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_plain =
        text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | '-' | '.' | ' ' | '/' | '\u{a0}'));
    let groups: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let is_date = groups.len() == 3 && groups.iter().any(|group| group.len() == 4) && digits <= 8;
    let is_postal_code = groups.len() == 2 && groups.first().is_some_and(|first| first.len() == 5);
    let is_amount = groups.len() == 2 && text.contains('.') && !text.contains(['-', ' ', '(']);
    // Four numbers up to 255 with dots between them are the address of a computer.
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('.').collect();
    let is_of_computer = parts.len() == 4
        && parts.iter().all(|part| {
            is_number(part)
                && part.parse::<u16>().is_ok_and(|number| number < 256)
                && (*part == "0" || !part.starts_with('0'))
        });
    is_plain
        && !is_of_computer
        && (7..=15).contains(&digits)
        && (text.starts_with('+') || (groups.len() > 1 && !is_date && !is_postal_code && !is_amount))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn emails(cell: &str) -> Vec<(String, Option<String>)> {
        details_in("email", cell).unwrap().into_iter().map(|detail| (detail.value, detail.note)).collect()
    }

    #[test]
    fn every_address_in_a_cell_is_found() {
        let plain = |address: &str| (address.to_owned(), None);
        let noted = |address: &str, note: &str| (address.to_owned(), Some(note.to_owned()));
        for (cell, expected) in [
            ("a@x.org", vec![plain("a@x.org")]),
            ("a@x.org ::: b@x.org", vec![plain("a@x.org"), plain("b@x.org")]),
            (
                "a@x.org, b@x.org; c@x.org d@x.org",
                ["a", "b", "c", "d"].map(|name| plain(&format!("{name}@x.org"))).to_vec(),
            ),
            ("Ana Mejía <a@x.org>", vec![noted("a@x.org", "Ana Mejía")]),
            ("\"Mejía, Ana\" <a@x.org>, Ben <b@x.org>", vec![noted("a@x.org", "Mejía, Ana"), noted("b@x.org", "Ben")]),
            ("c@x.org, Ana <a@x.org>", vec![plain("c@x.org"), noted("a@x.org", "Ana")]),
            ("<a@x.org>", vec![plain("a@x.org")]),
            ("mailto:a@x.org", vec![plain("a@x.org")]),
            ("a@x.org (work)", vec![noted("a@x.org", "work")]),
            ("work: a@x.org", vec![noted("a@x.org", "work")]),
            ("work:a@x.org", vec![noted("a@x.org", "work")]),
            ("work a@x.org", vec![noted("a@x.org", "work")]),
            ("a@x.org or b@x.org", vec![plain("a@x.org"), plain("b@x.org")]),
            ("a@x.org / b@x.org", vec![plain("a@x.org"), plain("b@x.org")]),
            ("a@x.org/b@x.org", vec![plain("a@x.org"), plain("b@x.org")]),
        ] {
            assert_eq!(emails(cell), expected, "{cell}");
        }
        let refused = details_in("email", "n/a").unwrap_err().to_string();
        assert!(
            refused.starts_with("\"n/a\" is not an email address") && refused.ends_with("--missing n/a"),
            "{refused}"
        );
        for broken in ["suki castillo@example.org", "s. castillo@example.org", "suki@example .org", "ana @x.org"] {
            assert!(details_in("email", broken).is_err(), "{broken}");
        }
        assert!(details_in("email", "ana at x.org").is_err() && details_in("email", "a@x.org; nobody").is_err());
    }

    #[test]
    fn numbers_and_addresses_stay_whole() {
        let values = |kind, cell: &str| -> Vec<String> {
            details_in(kind, cell).unwrap().into_iter().map(|detail| detail.value).collect()
        };
        assert_eq!(values("phone", "+1 555 0142"), ["+1 555 0142"]);
        assert_eq!(values("phone", "(555) 010-0142 ext. 7"), ["(555) 010-0142 ext. 7"]);
        assert_eq!(values("phone", "555-010-0142, 555-010-0143"), ["555-010-0142", "555-010-0143"]);
        assert_eq!(values("phone", "555-010-0142 / 555-010-0143"), ["555-010-0142", "555-010-0143"]);
        assert_eq!(values("phone", "0221/4710815"), ["0221/4710815"]);
        assert_eq!(values("address", "1 Main St; Apt 4\nRiverton"), ["1 Main St; Apt 4, Riverton"]);
        assert_eq!(values("address", "1 Main St ::: 2 Side St"), ["1 Main St", "2 Side St"]);
        let labeled: Vec<Detail> = [
            "614-555-0101 (cell)",
            "home: 614-555-0101",
            "614-555-0101 (after 5)",
            "614-555-0101 (work) / 740-555-0202 (fax)",
        ]
        .into_iter()
        .flat_map(|cell| details_in("phone", cell).unwrap())
        .collect();
        let detail = |kind, value: &str, note: Option<&str>| Detail {
            kind,
            value: value.to_owned(),
            note: note.map(str::to_owned),
        };
        assert_eq!(
            labeled,
            [
                detail("mobile", "614-555-0101", None),
                detail("phone", "614-555-0101", Some("Home")),
                detail("phone", "614-555-0101", Some("after 5")),
                detail("phone", "614-555-0101", Some("Work")),
                detail("fax", "740-555-0202", None)
            ]
        );
        assert_eq!(details_in("email", "anonymous").unwrap(), []);
        assert!(details_in("phone", "1.55501E+10").unwrap_err().message().contains("shortened"));
        assert!(details_in("phone", "ask Maria").unwrap_err().message().ends_with("--missing \"ask Maria\""));
    }

    #[test]
    fn cells_are_known_by_what_they_hold() {
        for phone in ["+15550142555", "555-0142", "(555) 010-0142", "+49 221 4710815", "01 23 45 67 89"] {
            assert!(looks_like_phone(phone), "{phone}");
        }
        for other in [
            "2026-03-01",
            "3/14/2026",
            "44017-1234",
            "5550142",
            "1234567",
            "1234567.50",
            "12",
            "Riverton",
            "203.0.113.9",
            "192.168.100.200",
        ] {
            assert!(!looks_like_phone(other), "{other}");
        }
        assert!(looks_like_email("Ana <a@x.org>") && !looks_like_email("see a@x") && !looks_like_email("@ana"));
    }
}
