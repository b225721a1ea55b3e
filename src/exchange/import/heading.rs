//! What the headings of address books and contact lists mean: which hold email addresses, telephone numbers and parts of postal
//! addresses, of which kind, and which hold the label of another. A heading counts only if every word of it is known, so that
//! `E-mail opt-in` is not an email address. The headings of programs (Google, Outlook,
//! Thunderbird, NationBuilder and others) are made of the same words.

use super::heading_word::{WORDS, Word};
use AddressPart::{SecondLine, Street, ThirdLine};
use deunicode::deunicode;

/// What a column with contact details holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContactHeading {
    /// The type of contact detail, as in a record.
    pub detail: &'static str,
    /// Which of several it is: `Home`, `Work`.
    pub label: Option<String>,
    /// What connects the columns of one contact detail: a value with its label, the lines of an address.
    pub group: String,
    /// Its part of the contact detail.
    pub part: ContactPart,
}

/// The part of a contact detail that a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ContactPart {
    /// All of it.
    Whole,
    /// Its label.
    Label,
    /// A part of a postal address.
    Address(AddressPart),
}

/// A part of a postal address, in the order in which Americans write them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AddressPart {
    /// The street and the number.
    Street,
    /// The second line.
    SecondLine,
    /// The third line.
    ThirdLine,
    /// A post-office box.
    PostBox,
    /// The city.
    City,
    /// The state, or another part of a country.
    State,
    /// The postal code.
    PostalCode,
    /// The country.
    Country,
}

/// A piece of a heading: a word that is known, or a number.
enum Piece {
    Word(Word),
    Number(u32),
}

/// The words of a heading in lower case and without accents; `HomePhone2` is three.
pub(super) fn words_of(heading: &str) -> Vec<String> {
    let plain = deunicode(heading);
    let letters: Vec<char> = plain.chars().collect();
    let mut words: Vec<String> = vec![String::new()];
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied().unwrap_or(' ');
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let begins_word = letter.is_ascii_uppercase()
            && (before.is_ascii_lowercase() || (before.is_ascii_uppercase() && next.is_ascii_lowercase()));
        let begins_number = letter.is_ascii_digit() != before.is_ascii_digit();
        if begins_word || begins_number || !letter.is_ascii_alphanumeric() {
            words.push(String::new());
        }
        if letter.is_ascii_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.push(letter.to_ascii_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The pieces of a heading; `None` if a word of it is not known.
fn pieces(words: &[String]) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut rest = words;
    while let Some((first, others)) = rest.split_first() {
        if let Ok(number) = first.parse() {
            pieces.push(Piece::Number(number));
            rest = others;
            continue;
        }
        let begins = |phrase: &str| {
            let parts: Vec<&str> = phrase.split(' ').collect();
            let fits =
                rest.get(..parts.len()).is_some_and(|start| start.iter().map(String::as_str).eq(parts.iter().copied()));
            fits.then_some(parts.len())
        };
        let found = WORDS
            .iter()
            .flat_map(|(word, phrases)| phrases.iter().filter_map(move |phrase| Some((begins(phrase)?, *word))));
        let (length, word) = found.max_by_key(|(length, _)| *length)?;
        pieces.push(Piece::Word(word));
        rest = rest.get(length..)?;
    }
    Some(pieces)
}

/// What a heading says of contact details, if it does.
pub(crate) fn contact_heading(heading: &str) -> Option<ContactHeading> {
    let pieces = pieces(&words_of(heading))?;
    let has = |word: Word| pieces.iter().any(|piece| matches!(piece, Piece::Word(found) if *found == word));
    let part = pieces.iter().find_map(|piece| match piece {
        Piece::Word(Word::Part(part)) => Some(*part),
        _ => None,
    });
    let detail = if has(Word::Fax) {
        "fax"
    } else if has(Word::Pager) {
        "other"
    } else if has(Word::Mobile) {
        "mobile"
    } else if has(Word::Phone) {
        "phone"
    } else if has(Word::Email) {
        "email"
    } else if has(Word::Social) {
        "social"
    } else if has(Word::Web) {
        "url"
    } else if has(Word::Address) || part.is_some() {
        "address"
    } else {
        return None;
    };
    let is_of_address = detail == "address";
    if part.is_some() && !is_of_address {
        return None;
    }
    let labels: Vec<&str> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Word(Word::Label(label)) if !label.is_empty() => Some(*label),
            Piece::Word(Word::Pager) => Some("Pager"),
            _ => None,
        })
        .collect();
    let mut numbers = pieces.iter().filter_map(|piece| match piece {
        Piece::Number(number) => Some(*number),
        _ => None,
    });
    let number = numbers.next();
    // In `Home Street 2`, the number is that of a line; in `Address 2 - City`, that of an address.
    let of_line = pieces.windows(2).find_map(|pair| match pair {
        [Piece::Word(Word::Line), Piece::Number(number)] => Some(*number),
        _ => None,
    });
    let ends_in_line = of_line.or(match pieces.as_slice() {
        [.., Piece::Word(Word::Address | Word::Part(Street | SecondLine)), Piece::Number(number)] => Some(*number),
        _ => None,
    });
    let (part, slot) = match (is_of_address, part, ends_in_line) {
        _ if has(Word::LabelOf) => (ContactPart::Label, number),
        (true, _, Some(2)) => (ContactPart::Address(SecondLine), None),
        (true, _, Some(3)) => (ContactPart::Address(ThirdLine), None),
        (true, Some(part), Some(_)) => (ContactPart::Address(part), None),
        (true, None, Some(_)) => (ContactPart::Address(Street), None),
        (true, Some(part), None) => (ContactPart::Address(part), number),
        (true, None, None) if has(Word::Value) => (ContactPart::Whole, number),
        (true, None, None) => (ContactPart::Address(Street), number),
        _ => (ContactPart::Whole, number),
    };
    let label = (!labels.is_empty()).then(|| labels.join(" "));
    let class = match detail {
        "mobile" | "fax" => "phone",
        other => other,
    };
    let slot = slot.map(|slot| slot.to_string()).unwrap_or_default();
    let group = format!("{class} {} {slot}", label.as_deref().unwrap_or_default());
    Some(ContactHeading { detail, label, group, part })
}

/// The label of a contact detail as an address book writes it, and the type of detail if the label tells: `* Work Fax` is a fax.
pub(crate) fn read_label(label: &str, detail: &'static str) -> (Option<String>, &'static str) {
    // Google marks the main one with an asterisk, and Apple writes `_$!<Home>!$_`.
    let plain = label
        .trim()
        .trim_start_matches("* ")
        .trim_start_matches('*')
        .trim_start_matches("_$!<")
        .trim_end_matches(">!$_")
        .trim();
    let words = words_of(plain);
    let known = pieces(&words).unwrap_or_default();
    let has = |word: Word| known.iter().any(|piece| matches!(piece, Piece::Word(found) if *found == word));
    let is_phone = matches!(detail, "phone" | "mobile" | "fax");
    let detail = match detail {
        _ if is_phone && has(Word::Fax) => "fax",
        _ if is_phone && has(Word::Pager) => "other",
        _ if is_phone && (has(Word::Mobile) || words.iter().any(|word| word == "iphone")) => "mobile",
        other => other,
    };
    let labels: Vec<&str> = known
        .iter()
        .filter_map(|piece| match piece {
            Piece::Word(Word::Label(label)) => Some(*label),
            Piece::Word(Word::Pager) => Some("Pager"),
            _ => None,
        })
        .filter(|label| !label.is_empty())
        .collect();
    let says_type = known.iter().all(|piece| {
        matches!(piece, Piece::Word(word) if !matches!(word, Word::Label(_) | Word::Pager))
            || matches!(piece, Piece::Word(Word::Label("")))
    });
    let label = match plain {
        // How a program sends is no label of an address.
        "" | "INTERNET" | "Internet" | "VOICE" | "SMTP" | "EX" | "MAPI" | "pref" | "PREF" => None,
        // A person's own word stays as it is.
        _ if known.is_empty() => Some(plain.to_owned()),
        _ if says_type => None,
        _ => Some(labels.join(" ")).filter(|label| !label.is_empty()),
    };
    (label, detail)
}

/// Whether a word can only be the label of a contact detail: `work`, `e-mail`.
pub(crate) fn is_label(word: &str) -> bool {
    let words = words_of(word);
    let is_label = |piece: &Piece| matches!(piece, Piece::Word(Word::Label(_) | Word::Email | Word::Value));
    !words.is_empty() && pieces(&words).is_some_and(|pieces| pieces.iter().all(is_label))
}

/// Whether a label is that of an office, so that a contact detail of an official with it is not someone's own.
pub(crate) fn is_of_office(label: &str) -> bool {
    let words = words_of(label);
    !words.is_empty()
        && words.iter().all(|word| {
            matches!(
                word.as_str(),
                "work"
                    | "business"
                    | "office"
                    | "main"
                    | "primary"
                    | "district"
                    | "capitol"
                    | "company"
                    | "official"
                    | "direct"
                    | "fax"
            )
        })
}

#[cfg(test)]
mod tests {
    use super::AddressPart::{City, PostBox, PostalCode, State};
    use super::*;

    fn read(heading: &str) -> Option<(&'static str, Option<String>, ContactPart)> {
        contact_heading(heading).map(|found| (found.detail, found.label, found.part))
    }

    #[test]
    fn headings_of_address_books_are_understood_in_four_languages() {
        use ContactPart::{Address, Label, Whole};
        for (headings, detail, label, part) in [
            (
                &[
                    "Email",
                    "E-mail Address",
                    "E-mail 1 - Value",
                    "Primary Email",
                    "email2",
                    "Contact e-mail",
                    "Correo electrónico",
                    "Adresse de messagerie",
                    "E-Mail-Adresse",
                    "Courriel",
                    "Preferred Email",
                ][..],
                "email",
                None,
                Whole,
            ),
            (&["Home Email", "Email - Home", "HomeEmail"], "email", Some("Home"), Whole),
            (
                &[
                    "Phone",
                    "Phone 1 - Value",
                    "phone_number",
                    "can2_phone",
                    "Teléfono",
                    "Tél.",
                    "Telefonnummer",
                    "Numéro de téléphone",
                    "Primary Phone Number",
                ],
                "phone",
                None,
                Whole,
            ),
            (&["Business Phone", "Business Phone 2"], "phone", Some("Business"), Whole),
            (
                &["Work Phone", "work_phone_number", "Teléfono del trabajo", "Telefon geschäftlich", "Phone - Work"],
                "phone",
                Some("Work"),
                Whole,
            ),
            (
                &[
                    "Mobile",
                    "Cell Phone",
                    "mobile_number",
                    "Teléfono móvil",
                    "Tél. mobile",
                    "Handy",
                    "Mobiltelefon",
                    "Phone - Mobile",
                ],
                "mobile",
                None,
                Whole,
            ),
            (&["Business Fax"], "fax", Some("Business"), Whole),
            (&["Assistant's Phone"], "phone", Some("Assistant"), Whole),
            (&["E-mail 1 - Type", "E-mail 1 - Label"], "email", None, Label),
            (&["Phone 2 - Label"], "phone", None, Label),
            (
                &[
                    "Address",
                    "Street Address",
                    "Address Line 1",
                    "primary_address1",
                    "Address 1 - Street",
                    "Straße",
                    "Dirección",
                    "Mailing Street",
                    "mAddress",
                ],
                "address",
                None,
                Address(Street),
            ),
            (
                &["Address 2", "Street Address Line 2", "primary_address2", "Address Line 2"],
                "address",
                None,
                Address(SecondLine),
            ),
            (&["Home Street 2", "Home Address 2"], "address", Some("Home"), Address(SecondLine)),
            (&["Address 1 - Formatted"], "address", None, Whole),
            (
                &["City", "Address 1 - City", "Ville", "Ort", "can2_user_city", "Mailing City"],
                "address",
                None,
                Address(City),
            ),
            (
                &["State/Region", "State/Province", "can2_state_abbreviated", "Address 1 - Region", "Bundesland"],
                "address",
                None,
                Address(State),
            ),
            (
                &["Zip/Postal Code", "zip_code", "Postal Code", "PLZ", "Código postal", "mZip5"],
                "address",
                None,
                Address(PostalCode),
            ),
            (&["Home ZipCode"], "address", Some("Home"), Address(PostalCode)),
            (&["Address 1 - PO Box"], "address", None, Address(PostBox)),
            (&["Website 1 - Value", "Web Page", "Sitio web", "Website URL"], "url", None, Whole),
            (&["Pager", "Pager Number"], "other", Some("Pager"), Whole),
            (&["IMAddress", "IM 1 - Value", "LinkedIn profile", "Twitter"], "social", None, Whole),
        ] {
            for heading in headings {
                assert_eq!(read(heading), Some((detail, label.map(str::to_owned), part)), "{heading}");
            }
        }
    }

    #[test]
    fn what_only_speaks_of_contact_details_holds_none() {
        for heading in [
            "Email opt-in",
            "email_opt_in",
            "email1_is_bad",
            "E-mail Display Name",
            "Do Not Email",
            "Email status",
            "mobile_opt_in",
            "Phone verified",
            "Name",
            "Notes",
            "Organization",
            "Email Lists",
            "can2_subscription_status",
            "Home",
            "Work",
            "Mailing list",
            "Last emailed on",
            "Number",
            "Type",
        ] {
            assert_eq!(read(heading), None, "{heading}");
        }
    }

    #[test]
    fn columns_of_one_detail_share_a_group() {
        let group = |heading: &str| contact_heading(heading).unwrap().group;
        assert_eq!(group("E-mail 2 - Value"), group("E-mail 2 - Label"));
        assert_ne!(group("E-mail 1 - Value"), group("E-mail 2 - Label"));
        assert_eq!(group("Address 2 - Street"), group("Address 2 - Postal Code"));
        assert_eq!(group("Home Street 2"), group("Home City"));
        assert_ne!(group("Home City"), group("Business City"));
        assert_eq!(group("primary_address1"), group("primary_zip"));
    }

    #[test]
    fn labels_say_what_they_mean() {
        let read = |label: &str| read_label(label, "phone");
        assert_eq!(read("* Work"), (Some("Work".to_owned()), "phone"));
        assert_eq!(read("Work Fax"), (Some("Work".to_owned()), "fax"));
        assert_eq!(read("Mobile"), (None, "mobile"));
        assert_eq!(read("_$!<Home>!$_"), (Some("Home".to_owned()), "phone"));
        assert_eq!(read("Casa"), (Some("Home".to_owned()), "phone"));
        assert_eq!(read("Beach house"), (Some("Beach house".to_owned()), "phone"));
        assert_eq!(read_label("* My Contacts", "email"), (Some("My Contacts".to_owned()), "email"));
        assert!(is_of_office("Work") && is_of_office("Office") && !is_of_office("Home") && !is_of_office("Mom"));
    }
}
