//! What the cells of a column are, whatever its heading: numbers of another program, yes and no, moments, people of another program.

use super::heading::words_of;
use crate::exchange::import_file::ImportFile;
use crate::parse::informal::read_truth;
use crate::parse::suggest::is_slug;
use serde_json::Value;

/// The texts in the cells of a column that are not empty.
pub(super) fn texts_of<'f>(file: &'f ImportFile, column: &str) -> Vec<std::borrow::Cow<'f, str>> {
    let text = |value: &'f Value| match value {
        Value::String(text) => Some(std::borrow::Cow::Borrowed(text.trim())),
        Value::Number(number) => Some(std::borrow::Cow::Owned(number.to_string())),
        Value::Bool(truth) => Some(std::borrow::Cow::Owned(truth.to_string())),
        _ => None,
    };
    let column = column.to_owned();
    file.rows.iter().filter_map(|row| text(row.value(&column)?)).filter(|text| !text.is_empty()).collect()
}

/// Whether a column has any value.
pub(super) fn has_values(file: &ImportFile, column: &str) -> bool {
    let is_there = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => true,
    };
    file.rows.iter().any(|row| row.value(column).is_some_and(is_there))
}

/// Whether the ids in a column are those of another program and not of a ledger, whose ids are words: `17`, `recX3dPq0YtnW2kLm`, or
/// a UUID.
pub(super) fn are_foreign_ids(file: &ImportFile, column: &str) -> bool {
    texts_of(file, column).iter().any(|text| is_foreign_id(text))
}

fn is_foreign_id(id: &str) -> bool {
    let digits = id.bytes().filter(u8::is_ascii_digit).count();
    let letters = id.bytes().filter(u8::is_ascii_alphabetic).count();
    let is_hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let parts: Vec<&str> = id.split('-').collect();
    let is_uuid = matches!(parts.as_slice(), [a, b, c, d, e] if [a, b, c, d, e].iter().all(|part| is_hex(part))
        && (a.len(), b.len(), c.len(), d.len(), e.len()) == (8, 4, 4, 4, 12));
    // Letters and digits of one long word are a key of a database.
    let is_key = parts.len() == 1 && id.len() >= 12 && digits >= 2 && letters > 0;
    id.bytes().all(|byte| byte.is_ascii_digit()) || is_uuid || is_key || (!is_slug(id) && digits > letters)
}

/// Whether every cell of a column says yes or no.
pub(super) fn are_yes_or_no(file: &ImportFile, column: &str) -> bool {
    let cells = texts_of(file, column);
    !cells.is_empty() && cells.iter().all(|cell| read_truth(cell).is_some())
}

/// Whether every cell of a column is a moment of a day, as when a form was sent.
pub(super) fn are_moments(file: &ImportFile, column: &str) -> bool {
    let has_time = |cell: &str| {
        let time = cell.split([' ', 'T']).skip(1).find(|part| part.contains(':'));
        time.is_some_and(|time| time.bytes().next().is_some_and(|byte| byte.is_ascii_digit()))
    };
    let is_midnight = |cell: &str| cell.contains("12:00:00 AM") || cell.contains(" 00:00") || cell.contains("T00:00");
    let cells = texts_of(file, column);
    !cells.is_empty() && cells.iter().all(|cell| has_time(cell)) && !cells.iter().all(|cell| is_midnight(cell))
}

/// Whether cells that look like a telephone number or an email address are none of the row's person: the heading names another
/// person, such as who keeps the contact in a program, or a number that calls nobody.
pub(super) fn is_of_another(heading: &str) -> bool {
    const OTHERS: [&str; 61] = [
        "owner",
        "creator",
        "created",
        "modified",
        "updated",
        "changed",
        "assigned",
        "assignee",
        "approved",
        "approver",
        "entered",
        "added",
        "imported",
        "manager",
        "referred",
        "referrer",
        "referral",
        "host",
        "staff",
        "rep",
        "by",
        "propietario",
        "proprietaire",
        "besitzer",
        "bearbeiter",
        "ip",
        "id",
        "ids",
        "ssn",
        "ein",
        "tax",
        "vat",
        "iban",
        "bic",
        "account",
        "card",
        "invoice",
        "order",
        "ticket",
        "barcode",
        "receipt",
        "reference",
        "ref",
        "code",
        "zip",
        "plz",
        "lat",
        "latitude",
        "lng",
        "long",
        "longitude",
        "date",
        "time",
        "timestamp",
        "datetime",
        "uuid",
        "guid",
        "amount",
        "price",
        "isbn",
        "hash",
    ];
    words_of(heading).iter().any(|word| OTHERS.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_other_programs_are_known() {
        for id in
            ["1", "00017", "recX3dPq0YtnW2kLm", "003Ke00000abcdEIAQ", "8f14e45f-ceea-467f-a8d1-0c2b1a3d4e5f", "A-1001"]
        {
            assert!(is_foreign_id(id), "{id}");
        }
        for id in ["ana-mejia", "heron", "rotary-2", "friends-of-1900", "2026-12-01-december-meeting"] {
            assert!(!is_foreign_id(id), "{id}");
        }
    }

    #[test]
    fn other_peoples_columns_are_known_by_their_headings() {
        for heading in [
            "Contact owner",
            "Company owner",
            "Created by",
            "CONFIRM_IP",
            "Last modified by",
            "Library card",
            "IP Address",
            "Assigned To",
        ] {
            assert!(is_of_another(heading), "{heading}");
        }
        assert!(!is_of_another("Mom") && !is_of_another("Other numbers") && !is_of_another("Best way"));
    }
}
