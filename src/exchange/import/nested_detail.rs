//! Contact details in nested data: `"emails": [{"type": "work", "value": "ana@example.org"}]`, under whatever keys a program has for
//! the type and the value.

use super::heading::{AddressPart, ContactHeading, ContactPart, contact_heading, read_label};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Keys of the type or the label, in lower case without marks.
const LABELS: [&str; 12] =
    ["type", "label", "kind", "rel", "use", "usage", "category", "location", "system", "channel", "medium", "name"];

/// Keys of the value, the best first.
const VALUES: [&str; 26] = [
    "value",
    "email",
    "emailaddress",
    "mail",
    "address",
    "number",
    "phonenumber",
    "phone",
    "telephone",
    "tel",
    "mobile",
    "fax",
    "url",
    "uri",
    "href",
    "link",
    "handle",
    "username",
    "formatted",
    "formattedvalue",
    "display",
    "text",
    "full",
    "raw",
    "e164",
    "canonicalform",
];

/// One contact detail in nested data.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NestedDetail {
    /// What it is, as a heading would say it.
    pub heading: ContactHeading,
    /// The label that it has.
    pub label: Option<String>,
    /// The whole of it, if it has one value.
    pub whole: Option<String>,
    /// The parts of an address.
    pub parts: BTreeMap<AddressPart, String>,
}

/// Whether a value is a table, or a list with tables.
pub(super) fn has_tables(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(items) => items.iter().any(Value::is_object),
        _ => false,
    }
}

/// The contact details in a table or a list of tables and texts. The heading says what they are unless their labels say more.
pub(super) fn nested_details(heading: &ContactHeading, value: &Value) -> Vec<NestedDetail> {
    match value {
        Value::Array(items) => items.iter().flat_map(|item| nested_details(heading, item)).collect(),
        Value::Object(fields) => detail_of(heading, fields).into_iter().collect(),
        Value::Null => Vec::new(),
        other => vec![NestedDetail {
            heading: heading.clone(),
            label: None,
            whole: Some(text_of(other)),
            parts: BTreeMap::new(),
        }],
    }
}

fn detail_of(heading: &ContactHeading, fields: &Map<String, Value>) -> Option<NestedDetail> {
    let find = |keys: &[&str]| {
        keys.iter().find_map(|key| {
            let (_, value) = fields.iter().find(|(name, _)| plain(name) == *key)?;
            Some(text_of(value)).filter(|text| !text.is_empty())
        })
    };
    let mut heading = heading.clone();
    let label = find(&LABELS);
    if heading.detail == "other" {
        // A list of every kind of contact: the type of each, or the key of its value, says which it is.
        let types = LABELS
            .iter()
            .filter_map(|key| fields.iter().find(|(name, _)| plain(name) == *key))
            .map(|(_, value)| text_of(value));
        let keys = fields.keys().filter(|key| VALUES.contains(&plain(key).as_str())).cloned();
        let detail = types.chain(keys).find_map(|word| contact_heading(&word).map(|found| found.detail));
        heading.detail = detail?;
    }
    let mut parts = BTreeMap::new();
    if heading.detail == "address" {
        for (key, value) in fields {
            if let Some(ContactHeading { part: ContactPart::Address(part), .. }) =
                contact_heading(key).filter(|found| found.detail == "address")
                && !VALUES.contains(&plain(key).as_str())
            {
                parts.entry(part).or_insert_with(|| text_of(value));
            }
        }
        parts.retain(|_, text: &mut String| !text.is_empty());
    }
    let whole = if parts.is_empty() { find(&VALUES) } else { None };
    heading.part = if parts.is_empty() { ContactPart::Whole } else { heading.part };
    let label =
        label.filter(|label| Some(label) != whole.as_ref()).filter(|label| !says_only_type(label, heading.detail));
    (whole.is_some() || !parts.is_empty()).then_some(NestedDetail { heading, label, whole, parts })
}

/// Whether a label says no more than the type: `email` of an email address.
fn says_only_type(label: &str, detail: &'static str) -> bool {
    contact_heading(label).is_some_and(|found| found.detail == detail && found.label.is_none())
        && read_label(label, detail).1 == detail
}

/// The texts that would be the values of contact details in a list of tables, to judge a list whose name says nothing.
pub(super) fn texts_in_tables(value: &Value) -> Vec<String> {
    let Value::Array(items) = value else { return Vec::new() };
    let of_table = |item: &Value| {
        let fields = item.as_object()?;
        let found = fields.iter().find(|(key, value)| VALUES.contains(&plain(key).as_str()) && value.is_string());
        found.map(|(_, value)| text_of(value))
    };
    items.iter().filter_map(of_table).filter(|text| !text.is_empty()).collect()
}

fn plain(key: &str) -> String {
    super::column::normalize_heading(key)
}

fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items.iter().map(text_of).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(heading: &str, value: &Value) -> Vec<(&'static str, Option<String>, Option<String>)> {
        let heading = contact_heading(heading).unwrap_or(ContactHeading {
            detail: "other",
            label: None,
            group: String::new(),
            part: ContactPart::Whole,
        });
        nested_details(&heading, value)
            .into_iter()
            .map(|found| (found.heading.detail, found.label, found.whole))
            .collect()
    }

    #[test]
    fn lists_of_tables_hold_contact_details_under_any_keys() {
        let text = |text: &str| Some(text.to_owned());
        for (heading, value, expected) in [
            ("emails", json!([{"type": "home", "value": "a@x.org"}]), vec![("email", text("home"), text("a@x.org"))]),
            (
                "phones",
                json!([{"label": "mobile", "number": "555-0101"}]),
                vec![("phone", text("mobile"), text("555-0101"))],
            ),
            (
                "emailAddresses",
                json!([{"address": "a@x.org", "name": "a@x.org"}]),
                vec![("email", None, text("a@x.org"))],
            ),
            ("phoneNumbers", json!({"phoneNumber": 6_145_550_101_u64}), vec![("phone", None, text("6145550101"))]),
            (
                "telecom",
                json!([{"system": "phone", "use": "work", "value": "555-0101"}, {"system": "email", "value": "a@x.org"}]),
                vec![("phone", text("work"), text("555-0101")), ("email", None, text("a@x.org"))],
            ),
            (
                "emails",
                json!(["a@x.org", {"email": "b@x.org", "primary": true}]),
                vec![("email", None, text("a@x.org")), ("email", None, text("b@x.org"))],
            ),
            ("addresses", json!([{"street": "1 Main St", "city": "Riverton"}]), vec![("address", None, None)]),
            ("emails", json!([{"type": "home"}]), vec![]),
        ] {
            assert_eq!(read(heading, &value), expected, "{value}");
        }
    }
}
