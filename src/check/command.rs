//! The commands that do what the help of a finding says, so that no one has to write TOML.

use crate::kind::Kind;
use crate::record::field::{Field, Shape};
use crate::record::{AnyRecord, fields_of};

/// The help of a finding about fields that a record lacks: the command that sets them, then `help`, which says what to write in the
/// file. A field in a table has a dot, as in `process.lead_days`.
pub(super) fn set_or(record: &dyn AnyRecord, fields: &[&str], help: &str) -> String {
    let key = record.key();
    let values: Vec<String> =
        fields.iter().map(|name| format!("{name}={}", placeholder(find_field(key.kind, name)))).collect();
    command_or(&format!("set {key} {}", values.join(" ")), help)
}

/// A command of this program, then what else helps.
pub(super) fn command_or(command: &str, help: &str) -> String {
    format!("run `coalition {command}`, or {help}")
}

/// The field of a name, which may be in a table.
fn find_field(kind: Kind, name: &str) -> Option<&'static Field> {
    let (first, rest) = name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)));
    let field = fields_of(kind).find(|field| field.name == first)?;
    match (rest, (field.shape)()) {
        (None, _) => Some(field),
        (Some(rest), Shape::Table(table)) => table.field(rest),
        (Some(_), _) => None,
    }
}

/// A word in capitals for the value of a field.
fn placeholder(field: Option<&Field>) -> &'static str {
    match field.map(|field| (field.shape)()) {
        Some(Shape::Date) => "DATE",
        Some(Shape::Time) => "TIME",
        Some(Shape::Integer { .. } | Shape::Number { .. } | Shape::Amount) => "NUMBER",
        Some(Shape::Boolean) => "yes",
        Some(Shape::Choice(_)) => "CHOICE",
        Some(Shape::Reference(Kind::Member)) => "ORGANIZATION",
        Some(Shape::Reference(Kind::Advocate)) => "PERSON",
        Some(Shape::Reference(Kind::Goal)) => "GOAL",
        _ => "TEXT",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;

    #[test]
    fn the_command_comes_before_what_to_write() {
        let ledger = load(&base_ledger()).unwrap();
        let member = ledger.members.find("alder-friends").unwrap();
        assert_eq!(
            set_or(member, &["representative", "process.lead_days", "joined"], "write them"),
            "run `coalition set member/alder-friends representative=PERSON process.lead_days=NUMBER joined=DATE`, or write them"
        );
    }
}
