//! `datapackage.json`: describes the coalition, the files and each column.

use super::super::columns::{Column, ColumnContent, TableSpec, Type};
use super::super::rows::TableData;
use super::{ENDING, PackageFile};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::parse::suggest::slug;
use crate::record::Readers;
use crate::record::coalition::{Coalition, Root};
use crate::record::common::Common;
use crate::record::field::Shape;
use crate::record::table::RecordTable as _;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

/// The file that describes a package.
pub const DESCRIPTOR: &str = "datapackage.json";

/// The property that marks a package as one of this program.
pub(super) const MARK: &str = "coalition_export";
/// The version of this format.
const FORMAT_VERSION: u32 = 1;

/// Adds a description to the files of an export without tables.
pub fn add_descriptor(ledger: &Ledger, audience: &Readers, mut files: Vec<PackageFile>) -> Vec<PackageFile> {
    let resources = files.iter().map(|file| Value::Object(resource(file))).collect();
    files.push(package(ledger, audience, resources));
    files
}

/// The description of a package.
pub(super) fn package(ledger: &Ledger, audience: &Readers, resources: Vec<Value>) -> PackageFile {
    let root = &ledger.root;
    let mut package = Map::new();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            package.insert(name.to_owned(), value);
        }
    };
    let is_tabular = resources.iter().all(|resource| resource.get("schema").is_some());
    put("profile", json!(if is_tabular { "tabular-data-package" } else { "data-package" }));
    let name = slug(root.name());
    put("name", json!(if name.is_empty() { "coalition" } else { &name }));
    put("title", json!(root.name()));
    put("description", json!(root.mission.as_ref().map(|mission| mission.as_str())));
    // Addresses may have letters beyond ASCII; a URI encodes them.
    put("homepage", json!(root.url.as_ref().and_then(|url| url::Url::parse(url).ok()).map(String::from)));
    put(MARK, json!({ "format_version": FORMAT_VERSION, "private": audience.private }));
    put("coalition", Value::Object(coalition(root, audience)));
    put("resources", Value::Array(resources));
    let text = format!("{:#}\n", Value::Object(package));
    PackageFile { name: DESCRIPTOR.to_owned(), bytes: text.into_bytes() }
}

/// The fields of `coalition.toml`.
pub(in crate::exchange) fn coalition(root: &Root, audience: &Readers) -> Map<String, Value> {
    let mut fields = Map::new();
    for part in [serde_json::to_value(&root.common), serde_json::to_value(&root.coalition)] {
        if let Ok(Value::Object(part)) = part {
            fields.extend(part);
        }
    }
    let hidden = |name: &str| {
        let field = Common::DEF.field(name).or_else(|| Coalition::DEF.field(name));
        field.is_some_and(|field| !audience.has(field))
    };
    fields.retain(|name, _| !hidden(name));
    fields
}

/// The entry of a file: name, format and digest.
fn resource(file: &PackageFile) -> Map<String, Value> {
    let (name, ending) = file.name.rsplit_once('.').unwrap_or((&file.name, ""));
    let mediatype = if ending == ENDING { "text/csv" } else { "application/jsonl" };
    let mut resource = Map::new();
    resource.insert("name".to_owned(), json!(name));
    resource.insert("path".to_owned(), json!(file.name));
    resource.insert("format".to_owned(), json!(ending));
    resource.insert("mediatype".to_owned(), json!(mediatype));
    resource.insert("encoding".to_owned(), json!("utf-8"));
    resource.insert("bytes".to_owned(), json!(file.bytes.len()));
    resource.insert("hash".to_owned(), json!(digest(&file.bytes)));
    resource
}

/// The digest of a file.
pub(super) fn digest(bytes: &[u8]) -> String {
    let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

/// The description of a table.
pub(super) fn table_resource(table: &TableData, file: &PackageFile) -> Value {
    let sheet = &table.sheet;
    let mut whole = resource(file);
    whole.shift_insert(1, "type".to_owned(), json!("table"));
    whole.shift_insert(2, "profile".to_owned(), json!("tabular-data-resource"));
    whole.shift_insert(3, "description".to_owned(), json!(sheet.description));
    let fields: Vec<Value> =
        sheet.columns.iter().zip(&table.required).map(|(column, required)| field(column, *required)).collect();
    let mut schema = Map::new();
    schema.insert("fields".to_owned(), Value::Array(fields));
    schema.insert("primaryKey".to_owned(), json!(sheet.primary_key()));
    let keys: Vec<Value> =
        sheet.columns.iter().filter_map(|column| Some(foreign_key(sheet, &column.name, column.reference()?))).collect();
    if !keys.is_empty() {
        schema.insert("foreignKeys".to_owned(), Value::Array(keys));
    }
    whole.insert("dialect".to_owned(), dialect());
    whole.insert("schema".to_owned(), Value::Object(schema));
    Value::Object(whole)
}

/// The dialect of the CSV files, in full, because some readers guess what is missing.
fn dialect() -> Value {
    json!({
        "delimiter": ",",
        "lineTerminator": "\n",
        "quoteChar": "\"",
        "doubleQuote": true,
        "skipInitialSpace": false,
        "header": true,
    })
}

fn foreign_key(sheet: &TableSpec, column: &str, target: Kind) -> Value {
    // A table refers to itself by an empty name.
    let resource = if sheet.is_kind() && sheet.kind == target { "" } else { target.folder() };
    json!({ "fields": [column], "reference": { "resource": resource, "fields": ["id"] } })
}

fn field(column: &Column, required: bool) -> Value {
    let (name, description) = (&column.name, column.description());
    let word = match column.value_type() {
        Type::String => "string",
        Type::Integer => "integer",
        Type::Number | Type::Amount => "number",
        Type::Boolean => "boolean",
        Type::Date => "date",
        Type::Time => "time",
        Type::Array => "array",
        Type::Object => "object",
    };
    let mut field = Map::new();
    field.insert("name".to_owned(), json!(name));
    field.insert("type".to_owned(), json!(word));
    field.insert("format".to_owned(), json!("default"));
    field.insert("description".to_owned(), json!(description));
    let mut constraints = limits(column);
    if required {
        constraints.shift_insert(0, "required".to_owned(), json!(true));
    }
    if matches!(column.holds, ColumnContent::Id) {
        constraints.insert("unique".to_owned(), json!(true));
    }
    if !constraints.is_empty() {
        field.insert("constraints".to_owned(), Value::Object(constraints));
    }
    Value::Object(field)
}

/// The constraints on values. By the standard, patterns are implicitly anchored.
fn limits(column: &Column) -> Map<String, Value> {
    let limits = match &column.holds {
        ColumnContent::Number => json!({ "minimum": 1 }),
        ColumnContent::Field { field, .. } if column.value_type() != Type::Array => match (field.shape)() {
            Shape::Integer { min, max } => json!({ "minimum": min, "maximum": max }),
            Shape::Number { positive: true } | Shape::Amount => json!({ "minimum": 0 }),
            Shape::Share => json!({ "minimum": 0, "maximum": 1 }),
            Shape::Choice(choices) => {
                json!({ "enum": choices.iter().map(|choice| choice.word).collect::<Vec<_>>() })
            }
            Shape::Slug => json!({ "pattern": "[a-z0-9]+(-[a-z0-9]+)*" }),
            Shape::Currency => json!({ "pattern": "[A-Z]{3}" }),
            Shape::Digest => json!({ "pattern": "sha256:[0-9a-f]{64}" }),
            _ => Value::Null,
        },
        _ => Value::Null,
    };
    match limits {
        Value::Object(limits) => limits,
        _ => Map::new(),
    }
}
