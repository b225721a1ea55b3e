//! The content of a field in words and as an example, for hover texts and the page about records.

use crate::record::field::{Field, Shape, paragraph};
use crate::record::value::json;
use serde_json::Value;
use toml::de::DeTable;

/// The first paragraph of a doc comment.
pub(super) fn first_paragraph(doc: &str) -> String {
    paragraph(doc).split("\n\n").next().unwrap_or_default().to_owned()
}

/// The text that an editor shows for a field.
pub(super) fn hover(field: &Field) -> String {
    let mut text = field.description();
    if let Some(form) = form(&(field.shape)()) {
        text.push(' ');
        text.push_str(&form);
    }
    if field.flags.private {
        text.push_str(" Private: it leaves the ledger only when asked for.");
    }
    text
}

/// How to write a value, if it is not obvious.
fn form(shape: &Shape) -> Option<String> {
    let form = match shape {
        Shape::Date => "A date without quotes, like 2026-03-14.".to_owned(),
        Shape::Time => "A time without quotes, like 18:30:00.".to_owned(),
        Shape::Slug => "In lowercase letters, digits and hyphens.".to_owned(),
        Shape::Share => "A part of the whole: 0.5 is a half.".to_owned(),
        Shape::Reference(kind) => {
            format!("The id of {}: its file name in `{}/` without `.toml`.", kind.with_article(), kind.folder())
        }
        _ => return None,
    };
    Some(form)
}

/// The content of a field: `a date`, `a list of ids of members`.
pub(super) fn holds(field: &Field) -> String {
    let shape = (field.shape)();
    if field.many {
        return match shape {
            Shape::Table(_) => "a list of tables".to_owned(),
            _ => format!("a list of {}", several(&shape)),
        };
    }
    one(&shape)
}

fn one(shape: &Shape) -> String {
    match shape {
        Shape::Line => "a line of text".to_owned(),
        Shape::Prose => "text".to_owned(),
        Shape::Slug => "a plain word".to_owned(),
        Shape::Integer { min: 1, max } => format!("a whole number from 1 to {max}"),
        Shape::Integer { .. } => "a whole number".to_owned(),
        Shape::Number { .. } => "a number".to_owned(),
        Shape::Share => "a share from 0 to 1".to_owned(),
        Shape::Amount => "an amount in quotes".to_owned(),
        Shape::Boolean => "true or false".to_owned(),
        Shape::Date => "a date".to_owned(),
        Shape::Time => "a time of day".to_owned(),
        Shape::Currency => "a currency code".to_owned(),
        Shape::TimeZone => "a time zone".to_owned(),
        Shape::Url => "a web address".to_owned(),
        Shape::Path => "a file's path".to_owned(),
        Shape::Digest => "a digest".to_owned(),
        Shape::Choice(_) => "one of the words below".to_owned(),
        Shape::Reference(kind) => format!("the id of {}", kind.with_article()),
        Shape::Table(_) => "a table".to_owned(),
        Shape::Free => "a table with your own fields".to_owned(),
        Shape::CheckSettings => "a severity for each check".to_owned(),
        Shape::Requirement => "`\"members\"`, `\"nobody\"`, a list of ids of members, or a table".to_owned(),
        Shape::Eligible => "`\"members\"`, or a list of ids of members".to_owned(),
    }
}

fn several(shape: &Shape) -> String {
    match shape {
        Shape::Line => "texts".to_owned(),
        Shape::Slug => "plain words".to_owned(),
        Shape::Integer { min, max } => format!("whole numbers from {min} to {max}"),
        Shape::Choice(_) => "the words below".to_owned(),
        Shape::Reference(kind) => format!("ids of {}", kind.nouns()),
        other => one(other),
    }
}

/// The example of a field as JSON, where it is a plain value and not a block with a heading.
pub(super) fn example_as_json(field: &Field) -> Option<Value> {
    if is_block(&(field.shape)()) {
        return None;
    }
    let text = format!("example = {}", field.example);
    let table = DeTable::parse(&text).ok()?;
    table.get_ref().get("example").map(|example| json(example.get_ref()))
}

/// Whether a field is written under a heading of its own.
pub(super) fn is_block(shape: &Shape) -> bool {
    matches!(shape, Shape::Table(_) | Shape::Free | Shape::CheckSettings)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::table::RecordTable;
    use crate::record::{Committee, Contribution, Goal, Member};

    #[test]
    fn fields_are_told_in_plain_words() {
        let read = |def: &crate::record::field::TableDef, name| holds(def.field(name).unwrap());
        assert_eq!(read(Member::DEF, "representative"), "the id of a person");
        assert_eq!(read(Goal::DEF, "proposed_by"), "a list of ids of members");
        assert_eq!(read(Committee::DEF, "seats"), "a list of tables");
    }

    #[test]
    fn a_hover_text_says_how_to_write_the_value() {
        let hovered = hover(Contribution::DEF.field("goal").unwrap());
        assert_eq!(hovered, "The goal it served. The id of a goal: its file name in `goals/` without `.toml`.");
    }

    #[test]
    fn examples_become_json_where_they_are_values() {
        let example = |name| example_as_json(Contribution::DEF.field(name).unwrap());
        assert_eq!(example("hours"), Some(serde_json::json!(6.5)));
        assert_eq!(example("date"), Some(serde_json::json!("2026-03-10")));
        assert_eq!(example("acknowledgements"), None);
    }
}
