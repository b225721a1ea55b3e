//! Example files, made of the examples in the field tables.

use super::words::is_block;
use crate::kind::{Kind, SIGNATURES};
use crate::record::agreement::SignatureFile;
use crate::record::coalition::Coalition;
use crate::record::common::Common;
use crate::record::field::{Field, Shape, TableDef};
use crate::record::table::RecordTable;
use crate::record::table_of;

/// An example file with its path in a ledger.
#[derive(Debug)]
pub struct ExampleRecord {
    /// The path.
    pub path: String,
    /// The text.
    pub text: String,
}

/// Fields that an ordinary record does not have: ends, and alternatives to other fields.
const LEFT_OUT: [&str; 10] = [
    "declined",
    "left",
    "met",
    "dropped",
    "dropped_because",
    "text_file",
    "minutes_file",
    "ended",
    "cancelled",
    "supersedes",
];

/// A record of a kind.
pub fn record(kind: Kind) -> ExampleRecord {
    let (id, name) = example_of(kind);
    let fields = table_of(kind).fields.iter().filter(|field| !LEFT_OUT.contains(&field.name));
    ExampleRecord {
        path: format!("{}/{id}.toml", kind.folder()),
        text: format!("name = \"{name}\"\n{}", assemble(fields)),
    }
}

/// A `coalition.toml`.
pub fn coalition() -> ExampleRecord {
    ExampleRecord {
        path: "coalition.toml".to_owned(),
        text: format!("name = \"Riverton Library Coalition\"\n{}", assemble(Coalition::DEF.fields.iter())),
    }
}

/// A file of signatures.
pub fn signatures() -> ExampleRecord {
    let id = |kind: Kind| example_of(kind).0;
    ExampleRecord {
        path: format!("{SIGNATURES}/{}/{}.toml", id(Kind::Agreement), id(Kind::Member)),
        text: assemble(SignatureFile::DEF.fields.iter()).trim_start().to_owned(),
    }
}

/// The fields that every record may have.
pub fn common_fields() -> String {
    assemble(Common::DEF.fields.iter())
}

/// The id and the name of the example of a kind. The examples of other kinds refer to it.
pub fn example_of(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Member => ("millbrook-friends", "Friends of the Millbrook Library"),
        Kind::Advocate => ("rosa-delgado", "Rosa Delgado"),
        Kind::Goal => ("evening-hours", "Evening hours at every branch"),
        Kind::Agreement => ("charter", "Charter of the Riverton Library Coalition"),
        Kind::Meeting => ("2026-03-10-regular", "Regular meeting of March 2026"),
        Kind::Decision => ("adopt-evening-hours", "Evening hours as the goal for 2026"),
        Kind::Contribution => ("reading-room-in-march", "The reading room for the March meeting"),
        Kind::Committee => ("steering", "Steering committee"),
        Kind::Official => ("jane-example", "Jane Example"),
        Kind::Campaign => ("save-sunday-hours", "Save Sunday hours"),
        Kind::Request => ("carry-the-books", "Hands to carry books"),
    }
}

/// The examples of fields as a file: lines first, then blocks with headings, as TOML requires.
pub fn assemble(fields: impl Iterator<Item = &'static Field>) -> String {
    let (blocks, lines): (Vec<_>, Vec<_>) = fields.partition(|field| is_block(&(field.shape)()));
    let mut text: String = lines.into_iter().map(|field| format!("{} = {}\n", field.name, field.example)).collect();
    for field in blocks {
        push_block(field, &mut text);
    }
    text
}

/// Adds a block, and the blocks within it that its example does not show.
fn push_block(field: &Field, text: &mut String) {
    text.push('\n');
    text.push_str(field.example);
    text.push('\n');
    if let Shape::Table(table) = (field.shape)() {
        for inner in inner_blocks(table).filter(|inner| !field.example.contains(inner.example)) {
            push_block(inner, text);
        }
    }
}

fn inner_blocks(table: &'static TableDef) -> impl Iterator<Item = &'static Field> {
    table.fields.iter().filter(|field| is_block(&(field.shape)()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Finding;
    use crate::ledger;
    use crate::record::agreement::Selection;
    use crate::source::memory::Memory;

    /// What reading finds in a ledger with this file, beside files that examples name for their words.
    fn findings(path: &str, text: &str) -> Vec<Finding> {
        let mut source = crate::check::base_ledger();
        source.put("agreements/charter.md", b"We, the undersigned\n");
        source.put("meetings/2026-03-10-minutes.md", b"The assembly heard the survey.\n");
        source.put(path, text.as_bytes());
        ledger::load(&source as &Memory).unwrap().findings
    }

    /// Every field of these tables by its own example, tables within them by the examples of their own fields.
    fn in_full(tables: &[&'static TableDef], heading: &str, left_out: &str) -> String {
        let fields = tables.iter().flat_map(|table| table.fields).filter(|field| field.name != left_out);
        let (blocks, lines): (Vec<_>, Vec<_>) = fields.partition(|field| is_block(&(field.shape)()));
        let mut text: String = lines.iter().map(|field| format!("{} = {}\n", field.name, field.example)).collect();
        for field in blocks {
            let name = format!("{heading}{}", field.name);
            let block = match (field.shape)() {
                Shape::Table(inner) if field.many => {
                    format!("[[{name}]]\n{}", in_full(&[inner], &format!("{name}."), left_out))
                }
                Shape::Table(inner) => format!("[{name}]\n{}", in_full(&[inner], &format!("{name}."), left_out)),
                _ => field.example.to_owned(),
            };
            text.push_str(&format!("\n{block}\n"));
        }
        text
    }

    #[test]
    fn the_example_of_every_field_reads_without_findings() {
        let kinds = Kind::ALL.map(|kind| (format!("{}/example.toml", kind.folder()), table_of(kind)));
        for (path, table) in kinds.into_iter().chain([("coalition.toml".to_owned(), Coalition::DEF)]) {
            let text = in_full(&[Common::DEF, table], "", "text_file");
            assert_eq!(findings(&path, &text), [], "{path}:\n{text}");
        }
        // An agreement has its words in the record or in a file, so the other way is tried by itself.
        let text = in_full(&[Common::DEF, table_of(Kind::Agreement)], "", "text");
        assert_eq!(findings("agreements/example.toml", &text), []);
    }

    #[test]
    fn the_example_of_every_block_reads_without_findings() {
        assert_eq!(findings("coalition.toml", &coalition().text), []);
        for kind in Kind::ALL {
            let example = record(kind);
            assert_eq!(findings(&example.path, &example.text), [], "{}:\n{}", example.path, example.text);
        }
    }

    #[test]
    fn a_file_of_signatures_reads_without_findings() {
        let example = signatures();
        assert_eq!(example.path, "signatures/charter/millbrook-friends.toml");
        assert_eq!(findings(&example.path, &example.text), [], "{}", example.text);
        let whole = in_full(&[SignatureFile::DEF], "", "");
        assert_eq!(findings(&example.path, &whole), [], "{whole}");
    }

    #[test]
    fn the_common_blocks_read_without_findings() {
        let text = format!("classification = \"library\"\n{}", common_fields());
        assert_eq!(findings("members/example.toml", &text), []);
    }

    #[test]
    fn a_choice_of_members_reads_too() {
        let choice = Selection::DEF.fields.iter().map(|field| format!("{} = {}", field.name, field.example));
        let choice = choice.collect::<Vec<_>>().join(", ");
        let text = format!("name = \"Charter\"\ntext = \"We meet.\"\nrequired_of = {{ {choice} }}\n");
        assert_eq!(findings("agreements/example.toml", &text), []);
    }

    #[test]
    fn a_heading_within_a_block_is_shown_once() {
        let goal = record(Kind::Goal).text;
        assert_eq!(goal.matches("[[measure.readings]]").count(), 1, "{goal}");
        assert!(goal.starts_with("name = \"Evening hours at every branch\"\nproposed = 2025-01-14\n"));
    }

    #[test]
    fn what_is_left_out_exists() {
        for name in LEFT_OUT {
            assert!(Kind::ALL.into_iter().any(|kind| table_of(kind).field(name).is_some()), "{name}");
        }
    }
}
