//! Address books as vCards (`.vcf`), in the versions 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350): each card becomes a row under the
//! headings that Google Contacts uses, so that the rest of an import treats both alike.

use super::{FileRow, ImportFile, MAX_TEXT};
use crate::error::Error;
use serde_json::{Map, Value};
use std::collections::HashMap;

/// One line of a card: `item1.TEL;TYPE=home,voice:+1 555 0142`.
#[derive(Debug)]
struct Property {
    /// The group that connects it with its label.
    group: String,
    /// The name in capitals.
    name: String,
    /// The parameters, with names in capitals.
    parameters: Vec<(String, String)>,
    value: String,
}

impl Property {
    /// Whether a parameter has this value, in any case.
    fn is(&self, name: &str, value: &str) -> bool {
        self.parameters.iter().any(|(key, found)| key == name && found.eq_ignore_ascii_case(value))
    }

    /// The words of its `TYPE`; in version 2.1, the name may be missing.
    fn types(&self) -> Vec<String> {
        let of_type = |(key, value): &(String, String)| match key.as_str() {
            "TYPE" => value.split(',').map(|word| word.trim().to_uppercase()).collect(),
            "" => vec![value.to_uppercase()],
            _ => Vec::new(),
        };
        self.parameters.iter().flat_map(of_type).collect()
    }
}

/// Reads the cards of a file.
///
/// # Errors
/// The file is not one of vCards, or is cut off.
pub(super) fn read(text: &str) -> Result<ImportFile, Error> {
    let mut rows = Vec::new();
    let mut card: Option<(usize, Vec<&str>)> = None;
    let mut number = 0;
    for (at, line) in text.lines().enumerate() {
        let mark = line.trim();
        if mark.eq_ignore_ascii_case("BEGIN:VCARD") && card.as_ref().is_none_or(|(_, lines)| !lines.is_empty()) {
            if let Some((start, _)) = card {
                return Err(Error::data(format!("the card that begins on line {start} does not end (END:VCARD)")));
            }
            card = Some((at + 1, Vec::new()));
        } else if mark.eq_ignore_ascii_case("END:VCARD") {
            if let Some((_, lines)) = card.take() {
                number += 1;
                rows.extend(row(number, &lines)?);
            }
        } else if let Some((_, lines)) = &mut card {
            lines.push(line);
        } else if !mark.is_empty() {
            return Err(Error::data(format!("line {} is not part of a vCard, which begins with BEGIN:VCARD", at + 1)));
        }
    }
    if let Some((start, _)) = card {
        return Err(Error::data(format!("the card that begins on line {start} does not end; the file may be cut off")));
    }
    if rows.is_empty() {
        return Err(Error::data("this file has no cards"));
    }
    let mut columns: Vec<String> = Vec::new();
    for row in &rows {
        for column in row.values.keys() {
            if !columns.contains(column) {
                columns.push(column.clone());
            }
        }
    }
    Ok(ImportFile { columns, rows, is_address_book: true, ..ImportFile::default() })
}

/// The lines of a card with their continuations.
fn unfold(lines: &[&str]) -> Vec<String> {
    let mut unfolded: Vec<String> = Vec::new();
    for line in lines {
        let is_quoted = |last: &String| {
            let head = last.split(':').next().unwrap_or_default().to_uppercase();
            head.contains("QUOTED-PRINTABLE") && last.ends_with('=')
        };
        match unfolded.last_mut() {
            Some(last) if is_quoted(last) => {
                last.pop();
                *last += line.trim_start_matches([' ', '\t']);
            }
            Some(last) if line.starts_with([' ', '\t']) => *last += line.get(1..).unwrap_or_default(),
            _ => unfolded.push((*line).to_owned()),
        }
    }
    unfolded
}

fn property(line: &str) -> Option<Property> {
    // A colon in quotes belongs to a parameter.
    let mut is_quoted = false;
    let end = line.char_indices().find_map(|(at, c)| {
        is_quoted ^= c == '"';
        (c == ':' && !is_quoted).then_some(at)
    })?;
    let (head, value) = line.split_at(end);
    let mut parts = split_outside_quotes(head, ';').into_iter();
    let full = parts.next()?;
    let (group, name) = full.rsplit_once('.').unwrap_or(("", full));
    let parameters = parts.map(|part| match part.split_once('=') {
        Some((key, value)) => (key.trim().to_uppercase(), value.trim().trim_matches('"').to_owned()),
        None => (String::new(), part.trim().to_owned()),
    });
    let mut property = Property {
        group: group.to_uppercase(),
        name: name.trim().to_uppercase(),
        parameters: parameters.collect(),
        value: value.get(1..).unwrap_or_default().to_owned(),
    };
    if property.is("ENCODING", "QUOTED-PRINTABLE") || property.is("", "QUOTED-PRINTABLE") {
        let charset =
            property.parameters.iter().find(|(key, _)| key == "CHARSET").map_or("utf-8", |(_, value)| value.as_str());
        property.value = decode_quoted(&property.value, charset);
    }
    Some(property)
}

fn split_outside_quotes(text: &str, mark: char) -> Vec<&str> {
    let (mut parts, mut from, mut is_quoted) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        is_quoted ^= c == '"';
        if c == mark && !is_quoted {
            parts.push(text.get(from..at).unwrap_or_default());
            from = at + c.len_utf8();
        }
    }
    parts.push(text.get(from..).unwrap_or_default());
    parts
}

/// Text in which each letter beyond ASCII is written as `=C3=AD` (RFC 2045).
fn decode_quoted(text: &str, charset: &str) -> String {
    let bytes = text.as_bytes();
    let (mut decoded, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(byte) = bytes.get(at) {
        let hex = (*byte == b'=')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        decoded.push(hex.unwrap_or(*byte));
        at += if hex.is_some() { 3 } else { 1 };
    }
    let encoding = encoding_rs::Encoding::for_label(charset.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    encoding.decode(&decoded).0.replace("\r\n", "\n")
}

/// The parts of a value between separators that no backslash precedes, with the escapes resolved.
fn parts_of(value: &str, mark: char) -> Vec<String> {
    let (mut parts, mut letters) = (vec![String::new()], value.chars());
    while let Some(c) = letters.next() {
        let Some(last) = parts.last_mut() else { break };
        match c {
            '\\' => match letters.next() {
                Some('n' | 'N') => last.push('\n'),
                Some(escaped @ ('\\' | ',' | ';' | ':')) => last.push(escaped),
                Some(other) => last.extend(['\\', other]),
                None => last.push('\\'),
            },
            c if c == mark => parts.push(String::new()),
            c => last.push(c),
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).collect()
}

/// A whole value with the escapes resolved.
fn plain(value: &str) -> String {
    parts_of(value, '\0').into_iter().next().unwrap_or_default()
}

/// The label of a contact detail: the one in its group, or the words of its type.
fn label_of(property: &Property, labels: &HashMap<String, String>) -> String {
    if let Some(label) = labels.get(&property.group).filter(|_| !property.group.is_empty()) {
        return label.clone();
    }
    let words = property.types();
    let word = |known: &str| words.iter().any(|word| word == known);
    let shown = [
        ("WORK", "Work"),
        ("HOME", "Home"),
        ("OTHER", "Other"),
        ("CELL", "Mobile"),
        ("FAX", "Fax"),
        ("PAGER", "Pager"),
        ("CAR", "Car"),
    ];
    let mut label: Vec<&str> = shown.iter().filter(|(known, _)| word(known)).map(|(_, shown)| *shown).collect();
    if word("IPHONE") {
        label.push("Mobile");
    }
    label.join(" ")
}

/// A card as a row; `None` for a card that is a group of others.
fn row(number: usize, lines: &[&str]) -> Result<Option<FileRow>, Error> {
    let place = format!("card {number}");
    let properties: Vec<Property> = unfold(lines).iter().filter_map(|line| property(line)).collect();
    let kind = properties.iter().find(|property| matches!(property.name.as_str(), "KIND" | "X-ADDRESSBOOKSERVER-KIND"));
    if kind.is_some_and(|kind| kind.value.trim().eq_ignore_ascii_case("group")) {
        return Ok(None);
    }
    let is_organization = kind.is_some_and(|kind| kind.value.trim().eq_ignore_ascii_case("org"))
        || properties
            .iter()
            .any(|property| property.name == "X-ABSHOWAS" && property.value.trim().eq_ignore_ascii_case("company"));
    let labels: HashMap<String, String> = properties
        .iter()
        .filter(|property| property.name == "X-ABLABEL")
        .map(|property| (property.group.clone(), plain(&property.value)))
        .collect();
    let mut values: Map<String, Value> = Map::new();
    let mut add = |heading: &str, text: &str| {
        if !text.is_empty() && !values.contains_key(heading) {
            values.insert(heading.to_owned(), Value::from(text));
        }
    };
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut next = |heading: &'static str| {
        let count = counts.entry(heading).or_default();
        *count += 1;
        format!("{heading} {count}")
    };
    for property in &properties {
        if property.value.len() > MAX_TEXT && !matches!(property.name.as_str(), "PHOTO" | "LOGO" | "SOUND" | "KEY") {
            return Err(Error::data(format!(
                "{place} has a value of more than {MAX_TEXT} bytes, which no record can hold"
            )));
        }
        let parts = || parts_of(&property.value, ';');
        match property.name.as_str() {
            "N" => {
                let parts = parts();
                let names = ["Last Name", "First Name", "Middle Name", "Name Prefix", "Name Suffix"];
                for (heading, part) in names.iter().zip(&parts) {
                    // Several names of one kind are between commas.
                    add(heading, &part.split(',').map(str::trim).collect::<Vec<_>>().join(" "));
                }
            }
            "FN" if !is_organization => add("Full Name", &plain(&property.value)),
            "FN" => add("Organization Name", &plain(&property.value)),
            "NICKNAME" => add("Nickname", &plain(&property.value)),
            "ORG" => {
                let parts = parts();
                add("Organization Name", parts.first().map_or("", String::as_str));
                add(
                    "Department",
                    &parts
                        .get(1..)
                        .unwrap_or_default()
                        .iter()
                        .filter(|part| !part.is_empty())
                        .cloned()
                        .collect::<Vec<_>>()
                        .join(", "),
                );
            }
            "TITLE" => add("Job Title", &plain(&property.value)),
            "ROLE" => add("Occupation", &plain(&property.value)),
            "NOTE" => add("Notes", &plain(&property.value)),
            "CATEGORIES" => add("Tags", &parts_of(&property.value, ',').join("; ")),
            "BDAY" => add("Birthday", &plain(&property.value)),
            "EMAIL" | "TEL" | "URL" | "IMPP" | "X-SOCIALPROFILE" => {
                let slot = next(match property.name.as_str() {
                    "EMAIL" => "E-mail",
                    "TEL" => "Phone",
                    "URL" => "Website",
                    _ => "Social",
                });
                let value = plain(&property.value);
                let value = value.strip_prefix("tel:").or_else(|| value.strip_prefix("mailto:")).unwrap_or(&value);
                if !value.is_empty() {
                    add(&format!("{slot} - Value"), value);
                    add(&format!("{slot} - Label"), &label_of(property, &labels));
                }
            }
            "ADR" => {
                let parts = parts();
                if parts.iter().all(String::is_empty) {
                    continue;
                }
                let slot = next("Address");
                let names = ["PO Box", "Extended Address", "Street", "City", "Region", "Postal Code", "Country"];
                for (heading, part) in names.iter().zip(&parts) {
                    add(&format!("{slot} - {heading}"), part);
                }
                add(&format!("{slot} - Label"), &label_of(property, &labels));
            }
            _ => {}
        }
    }
    let mut source = vec!["BEGIN:VCARD"];
    source.extend(lines);
    source.push("END:VCARD\n");
    Ok((!values.is_empty()).then(|| FileRow { place, values, source: source.join("\n"), ..FileRow::default() }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn rows(text: &str) -> Vec<Value> {
        read(text).unwrap().rows.into_iter().map(|row| Value::Object(row.values)).collect()
    }

    #[test]
    fn all_three_versions_are_read() {
        let text = "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mej=C3=ADa;Ana;Mar=C3=ADa=\n =20Luisa;Dr.;\nTEL;HOME;VOICE:555-0142\nTEL;WORK;FAX:555-0143\n\
                    EMAIL;PREF;INTERNET:ana@example.org\nNOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo\nPHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\n  SkZJRg\n\nEND:VCARD\n\
                    begin:vcard\nversion:3.0\nfn:Ben Okoro\nn:Okoro;Ben;;;\norg:Birch Library;Board\ntitle:Chair\n\
                    item1.TEL;type=pref:+1 555\n  0144\nitem1.X-ABLabel:_$!<Mobile>!$_\nadr;type=WORK:;;1 Main St\\, Apt 4;Riverton;OH;44017;USA\n\
                    categories:Board,Friends\nnote:semi\\; colon\\nnew line\nend:vcard\n\
                    BEGIN:VCARD\nVERSION:4.0\nFN:Cam Li\nEMAIL;TYPE=work:cam@example.org\nTEL;VALUE=uri;TYPE=\"voice,cell\":tel:+1-555-0145\nEND:VCARD\n\
                    BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:All\nMEMBER:urn:uuid:1\nEND:VCARD\n";
        let rows = rows(text);
        assert_eq!(
            rows[0],
            json!({ "Last Name": "Mejía", "First Name": "Ana", "Middle Name": "María Luisa", "Name Prefix": "Dr.",
                "Phone 1 - Value": "555-0142", "Phone 1 - Label": "Home", "Phone 2 - Value": "555-0143", "Phone 2 - Label": "Work Fax",
                "E-mail 1 - Value": "ana@example.org", "Notes": "one\ntwo" })
        );
        assert_eq!(
            rows[1],
            json!({ "Full Name": "Ben Okoro", "Last Name": "Okoro", "First Name": "Ben", "Organization Name": "Birch Library",
                "Department": "Board", "Job Title": "Chair", "Phone 1 - Value": "+1 555 0144", "Phone 1 - Label": "_$!<Mobile>!$_",
                "Address 1 - Street": "1 Main St, Apt 4", "Address 1 - City": "Riverton", "Address 1 - Region": "OH",
                "Address 1 - Postal Code": "44017", "Address 1 - Country": "USA", "Address 1 - Label": "Work",
                "Tags": "Board; Friends", "Notes": "semi; colon\nnew line" })
        );
        assert_eq!(
            rows[2],
            json!({ "Full Name": "Cam Li", "E-mail 1 - Value": "cam@example.org", "E-mail 1 - Label": "Work",
                "Phone 1 - Value": "+1-555-0145", "Phone 1 - Label": "Mobile" })
        );
        assert_eq!(rows.len(), 3, "a group of cards is no one");
    }

    #[test]
    fn what_is_no_card_is_refused() {
        for (text, expected) in [
            ("Name,E-mail\nA,a@x.org\n", "line 1 is not part of a vCard"),
            ("BEGIN:VCARD\nFN:A\n", "the card that begins on line 1 does not end"),
            ("BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nEND:VCARD\n", "the card that begins on line 1 does not end"),
            ("", "this file has no cards"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.message().starts_with(expected), "{text:?}: {error}");
        }
        let long = format!("BEGIN:VCARD\nFN:{}\nEND:VCARD\n", "x".repeat(MAX_TEXT + 1));
        assert!(read(&long).unwrap_err().message().starts_with("card 1 has a value"));
    }
}
