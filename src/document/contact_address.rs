//! The addresses by which a program dials a number (`tel:`, RFC 3966) or begins a message (`mailto:`, RFC 6068).

use crate::record::common::ContactType;

/// The address behind a way to reach someone; `None` where no program could use it.
pub(crate) fn contact_address(kind: ContactType, value: &str) -> Option<String> {
    match kind {
        ContactType::Phone | ContactType::Mobile => dial(value),
        ContactType::Email => write_to(value),
        _ => None,
    }
}

/// The fewest digits of a number that can be dialed, such as 911.
const FEWEST_DIGITS: usize = 3;

/// The address of a phone number, with its extension: `tel:+16145550142;ext=12`.
fn dial(number: &str) -> Option<String> {
    let lower = number.trim().to_ascii_lowercase();
    let (main, extension) = match lower.find(['e', 'x', '#']) {
        Some(at) => (lower.get(..at)?, Some(lower.get(at..)?)),
        None => (lower.as_str(), None),
    };
    let is_grouping = |letter: char| " -./()\u{a0}\u{2010}\u{2011}\u{2013}".contains(letter);
    let (plus, rest) = main.strip_prefix('+').map_or(("", main), |rest| ("+", rest));
    if !rest.chars().all(|letter| letter.is_ascii_digit() || is_grouping(letter)) {
        return None;
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let number = digits(rest);
    let extension = match extension {
        Some(words) => {
            let marker = words.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
            if !["extension", "ext.", "ext", "ex.", "x", "x.", "#"].contains(&marker) {
                return None;
            }
            format!(";ext={}", digits(words))
        }
        None => String::new(),
    };
    (number.len() >= FEWEST_DIGITS && extension != ";ext=").then(|| format!("tel:{plus}{number}{extension}"))
}

/// The address of an email, with all that could begin a header escaped.
fn write_to(email: &str) -> Option<String> {
    let email = email.trim();
    // A name in front of the address is no part of it.
    if email.contains(['<', '>', ' ']) || !email_address::EmailAddress::is_valid(email) {
        return None;
    }
    let mut address = "mailto:".to_owned();
    for byte in email.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'@' | b'.' | b'-' | b'_' | b'+' | b'~' => {
                address.push(char::from(byte));
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dialed_as_they_are_written() {
        for (number, address) in [
            ("+1 614-555-0142", Some("tel:+16145550142")),
            ("(614) 555.0142 ext. 12", Some("tel:6145550142;ext=12")),
            ("614-555-0142 x7", Some("tel:6145550142;ext=7")),
            ("911", Some("tel:911")),
            ("555-0142 or 555-0143", None),
            ("ask at the desk", None),
            ("614-555-0142 ext.", None),
            ("12", None),
            ("555;phone-context=evil", None),
        ] {
            assert_eq!(contact_address(ContactType::Phone, number).as_deref(), address, "{number}");
        }
        assert_eq!(contact_address(ContactType::Fax, "614-555-0142"), None, "no one talks to a fax");
    }

    #[test]
    fn a_message_has_no_header_but_its_address() {
        let address = |email: &str| contact_address(ContactType::Email, email);
        assert_eq!(address("ana+list@example.org").as_deref(), Some("mailto:ana+list@example.org"));
        assert_eq!(address("a&b?bcc=x@example.org").as_deref(), Some("mailto:a%26b%3Fbcc%3Dx@example.org"));
        assert_eq!(address("Ana <ana@example.org>"), None);
        assert_eq!(address("ana@example.org\nBcc: x@example.org"), None);
    }
}
