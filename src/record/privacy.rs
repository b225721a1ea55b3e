//! What may leave the repository: a record's JSON without its private fields.

use super::common::Common;
use super::field::{Shape, TableDef};
use super::table::Table;
use super::table_of;
use crate::kind::Kind;
use serde_json::{Map, Value};

/// The fields of a record without the private ones. Contact details leave only with `public = true`; those of officials,
/// whose office is public, leave unless they say `public = false`.
pub fn without_private(kind: Kind, mut fields: Map<String, Value>) -> Map<String, Value> {
    let tables = [Common::DEF, table_of(kind)];
    let public_office = kind == Kind::Official;
    for table in tables {
        strip(table, &mut fields);
    }
    if let Some(Value::Array(details)) = fields.get_mut("contact_details") {
        details.retain(|detail| detail.get("public").and_then(Value::as_bool).unwrap_or(public_office));
        if details.is_empty() {
            fields.remove("contact_details");
        }
    }
    fields
}

fn strip(table: &TableDef, fields: &mut Map<String, Value>) {
    for field in table.fields {
        if field.flags.private {
            fields.remove(field.name);
        } else if let Shape::Table(inner) = (field.shape)() {
            match fields.get_mut(field.name) {
                Some(Value::Object(value)) => strip(inner, value),
                Some(Value::Array(values)) => {
                    for value in values.iter_mut().filter_map(Value::as_object_mut) {
                        strip(inner, value);
                    }
                }
                _ => {}
            }
        }
    }
}
