//! The commands that do what the help of a finding says, so that no one has to write TOML.

use crate::kind::{Kind, RecordKey};
use crate::ledger::AsOf;
use crate::record::field::{Field, Shape};
use crate::record::value::RecordId as _;
use crate::record::{Advocate, AnyRecord, fields_of};
use chrono::Days;

/// The help of a finding about fields that a record lacks: the command that sets them, then `help`, which says what to write in the
/// file. A field in a table has a dot, as in `process.lead_days`.
pub(super) fn set_or(as_of: AsOf<'_>, record: &dyn AnyRecord, fields: &[&str], help: &str) -> String {
    let key = record.key();
    let mut people = people_for(as_of, key).into_iter();
    let values: Vec<String> = fields
        .iter()
        .map(|name| format!("{name}={}", value_for(as_of, find_field(key.kind, name), &mut people)))
        .collect();
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

/// A value that the field of a record can hold in this ledger, as it is typed. A text is for the person to write.
fn value_for(as_of: AsOf<'_>, field: Option<&'static Field>, people: &mut dyn Iterator<Item = String>) -> String {
    let Some(field) = field else { return "\"…\"".to_owned() };
    let is_text = matches!(field.name, "unit" | "name");
    match (field.shape)() {
        Shape::Date if field.flags.ahead => (as_of.today + Days::new(AHEAD)).to_string(),
        Shape::Date => "today".to_owned(),
        Shape::Boolean => "yes".to_owned(),
        Shape::Choice(choices) => choices.first().map_or("…", |choice| choice.word).to_owned(),
        Shape::Reference(Kind::Member) => organization(as_of),
        Shape::Reference(Kind::Advocate) => people.next().unwrap_or_else(|| "PERSON".to_owned()),
        Shape::Reference(kind) => as_of
            .ledger
            .records_of(kind)
            .next()
            .map_or_else(|| kind.singular().to_uppercase(), |record| record.key().id.to_string()),
        Shape::Time | Shape::Integer { .. } | Shape::Number { .. } | Shape::Amount if !is_text => {
            field.example.trim_matches('"').to_owned()
        }
        _ => "\"…\"".to_owned(),
    }
}

/// How many days a date is ahead that is still to be agreed on.
const AHEAD: u64 = 14;

/// People who could be meant in the record of this key: those of an organization of its own first, then the others.
fn people_for(as_of: AsOf<'_>, key: &RecordKey) -> Vec<String> {
    let is_own = |person: &Advocate| {
        key.kind == Kind::Member && person.member.as_ref().is_some_and(|member| member.as_str() == &*key.id)
    };
    let is_listed = |person: &Advocate| {
        let listed = person.consent.as_ref().and_then(|consent| consent.listed.as_ref());
        listed.is_some_and(|listed| listed.value)
    };
    let mut people: Vec<_> = as_of.serving_advocates().filter(|person| person.key != *key).collect();
    people.sort_by_key(|person| (!is_own(person), !is_listed(person)));
    people.into_iter().map(|person| person.key.id.to_string()).collect()
}

/// A person, as an example: one who has agreed to be listed first.
pub(super) fn person(as_of: AsOf<'_>) -> String {
    let nobody = RecordKey::new(Kind::Goal, "");
    people_for(as_of, &nobody).into_iter().next().unwrap_or_else(|| "PERSON".to_owned())
}

/// A current member, as an example.
pub(super) fn organization(as_of: AsOf<'_>) -> String {
    let member = as_of.current_members().next();
    member.map_or_else(|| "ORGANIZATION".to_owned(), |member| member.key.id.to_string())
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
        let as_of = AsOf::new(&ledger, "2026-06-15".parse().unwrap());
        assert_eq!(
            set_or(as_of, member, &["representative", "process.lead_days", "joined"], "write them"),
            "run `coalition set member/alder-friends representative=ana-lopez process.lead_days=21 joined=today`, or write them"
        );
    }
}
