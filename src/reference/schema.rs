//! JSON Schemas of the files of a ledger, for editors: completion, hover texts and error marks as people type. They
//! come only from the field tables; rules across fields or files are for the checks.
//!
//! TOML has dates and times, JSON does not. Editors and validators pass them to a schema as strings, so a date is a string with the
//! format of one here. Only the reader can check that a date has no quotes.

use super::words;
use crate::check;
use crate::finding::Level;
use crate::kind::{Kind, SIGNATURES, UnknownKind};
use crate::record::agreement::{Selection, Signature, SignatureFile};
use crate::record::coalition::Coalition;
use crate::record::common::Common;
use crate::record::field::Choice;
use crate::record::field::{Field, Shape, TableDef};
use crate::record::table::RecordTable;
use crate::record::{Policy, table_of};
use serde_json::{Map, Value, json};
use std::str::FromStr;

/// What a schema is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaSubject {
    /// The file at the root, `coalition.toml`.
    Coalition,
    /// The files of a kind of record.
    Kind(Kind),
    /// The files of signatures.
    Signatures,
}

impl SchemaSubject {
    /// All subjects: the root file, then the kinds in their order, then the files of signatures.
    pub fn all() -> impl Iterator<Item = SchemaSubject> {
        let kinds = Kind::ALL.into_iter().map(SchemaSubject::Kind);
        std::iter::once(SchemaSubject::Coalition).chain(kinds).chain([SchemaSubject::Signatures])
    }

    /// The subject of the files in this folder at a ledger's root.
    #[cfg(feature = "internal")]
    pub fn of_folder(folder: &str) -> SchemaSubject {
        match Kind::of_folder(folder) {
            Some(kind) => SchemaSubject::Kind(kind),
            None if folder == SIGNATURES => SchemaSubject::Signatures,
            None => SchemaSubject::Coalition,
        }
    }

    /// The name of the schema's file.
    pub fn file_name(self) -> String {
        match self {
            SchemaSubject::Coalition => "coalition.schema.json".to_owned(),
            SchemaSubject::Kind(kind) => format!("{kind}.schema.json"),
            SchemaSubject::Signatures => format!("{SIGNATURES}.schema.json"),
        }
    }

    /// The field table of its own, beside the fields that every record may have.
    pub fn table(self) -> &'static TableDef {
        match self {
            SchemaSubject::Coalition => Coalition::DEF,
            SchemaSubject::Kind(kind) => table_of(kind),
            SchemaSubject::Signatures => SignatureFile::DEF,
        }
    }

    /// The tables of the fields that may stand in such a file, its own last.
    fn tables(self) -> Vec<&'static TableDef> {
        match self {
            SchemaSubject::Signatures => vec![self.table()],
            SchemaSubject::Coalition | SchemaSubject::Kind(_) => vec![Common::DEF, self.table()],
        }
    }
}

impl FromStr for SchemaSubject {
    type Err = UnknownKind;

    /// Reads a kind, `coalition` or `signatures`.
    fn from_str(word: &str) -> Result<SchemaSubject, UnknownKind> {
        match word {
            "coalition" => Ok(SchemaSubject::Coalition),
            "signatures" | "signature" => Ok(SchemaSubject::Signatures),
            word => word.parse().map(SchemaSubject::Kind),
        }
    }
}

/// Text that is not empty or only spaces.
const PROSE: &str = r"\S";
/// Text on one line that is not empty or only spaces.
const LINE: &str = r"^[^\r\n]*\S[^\r\n]*$";
/// A plain word.
const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
/// An id where a record is referred to: ids compare without regard to case.
const ID: &str = "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$";
/// An amount of money.
const AMOUNT: &str = r"^[0-9]+(\.[0-9]{1,4})?$";
/// A time of day. The format `time` of JSON Schema would ask for a time zone.
const TIME: &str = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]+)?)?$";
/// A link to a page, a mailbox or a phone.
const URL: &str = r"^(https?://|mailto:|tel:)\S+$";
/// A path that goes from the record's folder to somewhere inside the ledger.
const PATH: &str = r"^[^/\\:][^\\:]*$";
/// A terms digest.
const DIGEST: &str = "^sha256:[0-9A-Fa-f]{64}$";
/// A currency code.
const CURRENCY: &str = "^[A-Z]{3}$";
/// The name of a time zone.
const TIME_ZONE: &str = "^(UTC|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z0-9_+-]*)+)$";

/// The schema of a subject.
pub fn schema(subject: SchemaSubject) -> Value {
    let table = subject.table();
    let mut definitions = Map::new();
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("$id".to_owned(), json!(subject.file_name()));
    schema.insert("$comment".to_owned(), json!("Generated from the field tables in src/record. Change them there."));
    schema.insert("title".to_owned(), json!(table.name));
    schema.extend(object(&subject.tables(), &mut definitions));
    if subject == SchemaSubject::Signatures {
        make_optional(&mut definitions, Signature::DEF, "member");
    }
    schema.insert("$defs".to_owned(), Value::Object(definitions));
    Value::Object(schema)
}

/// Makes a required field optional if the path of the file implies it.
fn make_optional(definitions: &mut Map<String, Value>, table: &TableDef, field: &str) {
    let required = definitions.get_mut(table.name).and_then(|table| table.get_mut("required"));
    if let Some(required) = required.and_then(Value::as_array_mut) {
        required.retain(|required| required != field);
    }
}

/// An object with the fields of these tables; the last one says what it is.
fn object(tables: &[&TableDef], definitions: &mut Map<String, Value>) -> Map<String, Value> {
    let mut properties = Map::new();
    let mut required = Vec::new();
    let mut description = String::new();
    for table in tables {
        description = words::first_paragraph(table.doc);
        for field in table.fields {
            properties.insert(field.name.to_owned(), property(table, field, definitions));
            if field.flags.required {
                required.push(json!(field.name));
            }
        }
    }
    let mut object = Map::new();
    object.insert("description".to_owned(), json!(description));
    object.insert("type".to_owned(), json!("object"));
    object.insert("additionalProperties".to_owned(), json!(false));
    if !required.is_empty() {
        object.insert("required".to_owned(), Value::Array(required));
    }
    object.insert("properties".to_owned(), Value::Object(properties));
    object
}

/// The schema of one field.
fn property(table: &TableDef, field: &Field, definitions: &mut Map<String, Value>) -> Value {
    let shape = (field.shape)();
    let mut property = Map::new();
    property.insert("description".to_owned(), json!(words::hover(field)));
    let one = value(&shape, definitions);
    if field.many {
        property.insert("type".to_owned(), json!("array"));
        property.insert("items".to_owned(), Value::Object(one));
    } else {
        property.extend(one);
    }
    if let Some(example) = words::example_as_json(field) {
        if table.name == Policy::DEF.name {
            property.insert("default".to_owned(), example);
        } else {
            property.insert("examples".to_owned(), json!([example]));
        }
    }
    Value::Object(property)
}

/// The schema of one value.
fn value(shape: &Shape, definitions: &mut Map<String, Value>) -> Map<String, Value> {
    let one = match shape {
        Shape::Line => text(LINE),
        Shape::Prose => text(PROSE),
        Shape::Slug => text(SLUG),
        Shape::Amount => text(AMOUNT),
        Shape::Time => text(TIME),
        Shape::Currency => text(CURRENCY),
        Shape::TimeZone => text(TIME_ZONE),
        Shape::Path => text(PATH),
        Shape::Digest => text(DIGEST),
        Shape::Reference(_) => text(ID),
        // Addresses may hold letters beyond ASCII, as they do in browsers.
        Shape::Url => json!({ "type": "string", "format": "iri", "pattern": URL }),
        Shape::Date => json!({ "type": "string", "format": "date" }),
        Shape::Integer { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Shape::Number { positive: true } => json!({ "type": "number", "minimum": 0 }),
        Shape::Number { positive: false } => json!({ "type": "number" }),
        Shape::Share => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::Choice(choices) => one_of_words(choices.iter().copied()),
        Shape::Table(table) => reference(table, definitions),
        Shape::Free => json!({ "type": "object" }),
        Shape::CheckSettings => check_settings(),
        Shape::Requirement => json!({ "oneOf": [
            one_of_words([
                Choice { word: "members", label: "all current members" },
                Choice { word: "nobody", label: "whoever wants to may sign" },
            ]),
            { "type": "array", "items": text(ID) },
            reference(Selection::DEF, definitions),
        ] }),
        Shape::Eligible => json!({ "oneOf": [
            one_of_words([Choice { word: "members", label: "all current members" }]),
            { "type": "array", "items": text(ID) },
        ] }),
    };
    match one {
        Value::Object(one) => one,
        _ => Map::new(),
    }
}

/// Text of a form.
fn text(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// One of a few words. Taplo, which editors use for TOML, shows the labels beside the words that it offers.
fn one_of_words(choices: impl IntoIterator<Item = Choice>) -> Value {
    let (words, labels): (Vec<_>, Vec<_>) = choices.into_iter().map(|choice| (choice.word, choice.label)).unzip();
    json!({ "type": "string", "enum": words, "x-taplo": { "docs": { "enumValues": labels } } })
}

/// A table within a table, defined once.
fn reference(table: &'static TableDef, definitions: &mut Map<String, Value>) -> Value {
    if !definitions.contains_key(table.name) {
        // Reserved before its own parts are added, so that definitions are in order of first use.
        definitions.insert(table.name.to_owned(), Value::Null);
        let defined = object(&[table], definitions);
        definitions.insert(table.name.to_owned(), Value::Object(defined));
    }
    json!({ "$ref": format!("#/$defs/{}", table.name) })
}

/// Severities by check: checks of this version are suggested, those of other versions are allowed.
fn check_settings() -> Value {
    let levels = Level::ALL.map(Level::as_str);
    let known: Map<String, Value> = check::ALL
        .iter()
        .map(|check| {
            let setting = json!({ "description": check.what, "enum": levels, "default": check.severity.as_str() });
            (check.name.to_string(), setting)
        })
        .collect();
    json!({
        "type": "object",
        "propertyNames": { "pattern": SLUG },
        "properties": known,
        "additionalProperties": { "enum": levels },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_knows_required_fields_and_refuses_others() {
        let schema = schema(SchemaSubject::Kind(Kind::Member));
        assert_eq!(schema["required"], json!(["name", "classification"]));
        assert_eq!(schema["additionalProperties"], json!(false));
        assert_eq!(schema["$id"], json!("member.schema.json"));
    }

    #[test]
    fn a_file_of_signatures_needs_no_member() {
        let required = |subject| schema(subject)["$defs"]["Signature"]["required"].clone();
        assert_eq!(required(SchemaSubject::Kind(Kind::Agreement)), json!(["member", "by", "date", "terms"]));
        assert_eq!(required(SchemaSubject::Signatures), json!(["by", "date", "terms"]));
        let fields =
            schema(SchemaSubject::Signatures)["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(fields, ["signatures"], "it is a part of a record and has no name");
    }

    #[test]
    fn each_nested_table_is_defined_once_and_every_reference_leads_somewhere() {
        for subject in SchemaSubject::all() {
            let schema = schema(subject);
            let text = schema.to_string();
            for reference in text.split("\"#/$defs/").skip(1) {
                let name = reference.split('"').next().unwrap();
                assert!(schema["$defs"][name].is_object(), "{subject:?} has no definition of {name}");
            }
        }
        let advocate = schema(SchemaSubject::Kind(Kind::Advocate));
        assert_eq!(advocate["$defs"]["Notable"]["properties"]["asks"]["items"]["$ref"], json!("#/$defs/Ask"));
    }

    #[test]
    fn the_policy_says_its_defaults() {
        let schema = schema(SchemaSubject::Coalition);
        let policy = &schema["$defs"]["Policy"]["properties"];
        assert_eq!(policy["contact_days"]["default"], json!(90));
        assert_eq!(policy["max_share"]["default"], json!(0.4));
        assert_eq!(policy["budget_months"]["default"], json!([]));
    }

    #[test]
    fn editors_get_the_labels_of_words() {
        let schema = schema(SchemaSubject::Kind(Kind::Member));
        let classification = &schema["properties"]["classification"];
        assert_eq!(classification["enum"][3], json!("trustee-board"));
        assert_eq!(classification["x-taplo"]["docs"]["enumValues"][3], json!("Trustee board"));
    }
}
