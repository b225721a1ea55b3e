//! The text of a new record: its values in the order of the field table, then its tables, each under a heading.

use super::literal::{Literal, bare};
use super::typed::{free, literal_for};
use crate::kind::Kind;
use crate::record::field::{Field, Shape};
use crate::record::fields_of;
use serde_json::{Map, Value};

/// The text of a record of a kind that holds these fields. Text that its field wants as a date, a number or a truth becomes
/// one; what does not fit stays text, for the reader to report. Keys that no record has come last, as they are.
pub(crate) fn draft(kind: Kind, fields: &Map<String, Value>) -> String {
    let fields_known: Vec<&'static Field> = fields_of(kind).collect();
    let known = fields_known.iter().filter_map(|field| {
        let value = literal_for(field, fields.get(field.name)?)?;
        Some((field.name.to_owned(), value, under_heading(field)))
    });
    let unknown = fields.iter().filter(|(key, _)| fields_known.iter().all(|field| field.name != key.as_str()));
    let unknown = unknown.filter_map(|(key, value)| Some((key.clone(), free(value)?, false)));
    let (tables, values): (Vec<_>, Vec<_>) =
        known.chain(unknown).partition(|(_, value, heading)| *heading && is_table(value));
    let mut text = String::new();
    for (key, value, _) in &values {
        text += &format!("{} = {}\n", bare(key), value.toml("\n"));
    }
    for (key, value, _) in &tables {
        write_table(&bare(key), value, &mut text);
    }
    text
}

/// Whether a field is written under a heading: tables are, and lists of tables.
fn under_heading(field: &Field) -> bool {
    matches!((field.shape)(), Shape::Table(_) | Shape::Free)
}

/// Whether a value is a table or a list of nothing else.
pub(super) fn is_table(value: &Literal) -> bool {
    match value {
        Literal::Table(_) => true,
        Literal::List(items) => !items.is_empty() && items.iter().all(|item| matches!(item, Literal::Table(_))),
        _ => false,
    }
}

/// A table under its heading, or each of a list under one; tables inside follow under headings that begin with its name.
pub(super) fn write_table(path: &str, value: &Literal, text: &mut String) {
    match value {
        Literal::Table(fields) => block(&format!("[{path}]"), path, fields, text),
        Literal::List(items) => {
            for item in items {
                if let Literal::Table(fields) = item {
                    block(&format!("[[{path}]]"), path, fields, text);
                }
            }
        }
        _ => {}
    }
}

fn block(heading: &str, path: &str, fields: &[(String, Literal)], text: &mut String) {
    if !text.is_empty() {
        *text += "\n";
    }
    *text += heading;
    *text += "\n";
    for (key, value) in fields.iter().filter(|(_, value)| !is_table(value)) {
        *text += &format!("{} = {}\n", bare(key), value.toml("\n"));
    }
    for (key, value) in fields.iter().filter(|(_, value)| is_table(value)) {
        write_table(&format!("{path}.{}", bare(key)), value, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn drafted(kind: Kind, fields: Value) -> String {
        draft(kind, fields.as_object().unwrap())
    }

    #[test]
    fn values_come_in_the_order_of_the_table_and_tables_below() {
        let text = drafted(
            Kind::Goal,
            json!({
                "positions": [{ "option": "support", "member": "a", "date": "2026-01-02" }, { "member": "b" }],
                "measure": { "readings": [{ "date": "2026-02-01", "value": "7.50" }], "unit": "cards", "target": 10 },
                "notes": "One.\nTwo.",
                "due": "2026-12-31",
                "serves": ["youth"],
                "name": "Cards for \"all\"",
                "extra": { "old id": 7, "deep": { "x": [1, { "y": true }] } },
                "lead": "",
                "owner": null,
            }),
        );
        let expected = "name = \"Cards for \\\"all\\\"\"\ndue = 2026-12-31\nserves = [\"youth\"]\nnotes = \"\"\"\nOne.\nTwo.\"\"\"\n\n\
            [measure]\nunit = \"cards\"\ntarget = 10\n\n[[measure.readings]]\ndate = 2026-02-01\nvalue = 7.50\n\n\
            [[positions]]\nmember = \"a\"\noption = \"support\"\ndate = 2026-01-02\n\n[[positions]]\nmember = \"b\"\n\n\
            [extra]\n\"old id\" = 7\n\n[extra.deep]\nx = [1, { y = true }]\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn text_becomes_what_its_field_holds_and_what_does_not_fit_stays_text() {
        let text = drafted(
            Kind::Meeting,
            json!({ "name": "M", "date": "2026-3-1", "start_time": "18:30", "cancelled": "yes", "agenda": [{ "item": 5, "minutes": "x" }] }),
        );
        let expected = "name = \"M\"\ndate = \"2026-3-1\"\nstart_time = 18:30:00\ncancelled = true\n\n[[agenda]]\nitem = \"5\"\nminutes = \"x\"\n";
        assert_eq!(text, expected);
        let text =
            drafted(Kind::Agreement, json!({ "name": "A", "required_of": { "sector": ["civic"] }, "version": "2" }));
        assert_eq!(text, "name = \"A\"\nversion = 2\nrequired_of = { sector = [\"civic\"] }\n");
        let text = drafted(Kind::Member, json!({ "name": "0x5a", "tags": "one", "sector": "no", "color": ["red"] }));
        assert_eq!(text, "name = \"0x5a\"\ntags = [\"one\"]\nsector = \"no\"\ncolor = [\"red\"]\n");
    }
}
