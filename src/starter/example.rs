//! A commented example of a record: every field with what it means, the required ones filled in, the others as comments
//! to take into use.

use super::SCHEMA_FOLDER;
use crate::kind::Kind;
use crate::record::agreement::Signature;
use crate::record::common::Common;
use crate::record::field::{Field, Shape};
use crate::record::table::RecordTable;
use crate::record::table_of;
use crate::reference::example::example_of;
use crate::reference::schema::SchemaSubject;

/// The text of an example file of this kind.
pub(crate) fn commented_example(kind: Kind) -> String {
    let (_, name) = example_of(kind);
    let mut text = format!("#:schema ../{SCHEMA_FOLDER}/{}\n\n", SchemaSubject::Kind(kind).file_name());
    text += &format!("# The name that people read, as they would say it.\nname = \"{name}\"\n");
    let fields = || table_of(kind).fields.iter().chain(Common::DEF.fields).filter(|field| field.name != "name");
    let is_table = |field: &&Field| matches!((field.shape)(), Shape::Table(_) | Shape::Free);
    for field in fields().filter(|field| !is_table(field)) {
        text += &entry(field, &format!("{} = {}", field.name, field.example));
    }
    for field in fields().filter(is_table) {
        text += &entry(field, field.example);
    }
    text
}

/// An example of a signature in a file of its own, whose place names the agreement and the member.
pub(super) fn signature_example() -> String {
    let schema = SchemaSubject::Signatures.file_name();
    let mut text = format!("#:schema ../../{SCHEMA_FOLDER}/{schema}\n\n[[signatures]]");
    for name in ["by", "date", "version", "terms"] {
        let Some(field) = Signature::DEF.field(name) else { continue };
        for line in textwrap::wrap(&field.description(), 98) {
            text += &format!("\n# {line}");
        }
        text += &format!("\n{name} = {}", field.example);
    }
    text + "\n"
}

/// Fields that an example fills in although the format does not require them: without `joined` an organization is no
/// member, and without words an agreement cannot be signed.
const NEEDED: [&str; 3] = ["joined", "proposed", "text"];

/// A field with what it means; as a comment if it is optional.
fn entry(field: &Field, value: &str) -> String {
    let mut text = String::from("\n");
    for line in textwrap::wrap(&field.description(), 98) {
        text += &format!("# {line}\n");
    }
    for line in value.lines() {
        text += &if field.flags.required || NEEDED.contains(&field.name) {
            format!("{line}\n")
        } else {
            format!("#{line}\n")
        };
    }
    text
}
