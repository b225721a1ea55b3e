//! `FIELD=VALUE`, `FIELD+=VALUE` and `FIELD-=VALUE`, as people type them: finds the field in the table of its record,
//! and turns the text into a value that the field can hold.

mod detail;
mod entry;
mod meant;
mod place;
#[cfg(test)]
mod tests;
mod value;

use super::Edit;
use super::edited::tree_of_literal;
use super::interpret::Interpreter;
use super::literal::Literal;
use super::order::Order;
use super::page::{PathStep, text_at};
use super::tree::tree_of;
use crate::document::words::{shell_assignment, shell_word};
use crate::error::Error;
use crate::parse::informal::read_weekdays;
use crate::record::field::{Field, Shape};
use crate::record::value::escape_keys;
pub(crate) use meant::{seats_of_new, split_range};
use place::place_of;
use serde_json::{Map, Value};
use value::{json_of, split_list};

/// What is to become of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    Set,
    Add,
    Remove,
}

/// One assignment: where, and what.
#[derive(Debug, Clone)]
pub(crate) struct Assignment {
    place: Vec<PathStep>,
    field: Option<&'static Field>,
    /// Whether it is in the table with keys of the coalition's own.
    is_free: bool,
    /// The type of contact detail that it gives, such as `phone`; then the place is the list of them.
    detail: Option<&'static str>,
    operation: Operation,
    value: String,
}

/// An assignment that cannot be carried out, and what could be typed in its place.
struct Misread {
    /// What is wrong.
    error: Error,
    /// What works.
    instead: Option<Instead>,
}

/// What works in place of an assignment.
enum Instead {
    /// Another assignment, as it is typed.
    Assignment(String),
    /// Another command, without the program's name. `RECORD` stands for the record.
    Command(String),
}

impl Misread {
    /// Nothing else works.
    fn only(error: Error) -> Misread {
        Misread { error, instead: None }
    }

    /// The error, with what works as a hint.
    fn into_error(self) -> Error {
        match self.instead {
            Some(Instead::Assignment(assignment)) => self.error.with_hint(format!("write {assignment}")),
            Some(Instead::Command(command)) => self.error.with_hint(format!("coalition {command}")),
            None => self.error,
        }
    }
}

/// The command that assignments were typed into, so that a refusal can give the line as it should be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TypedCommand<'t> {
    /// The command up to its assignments: `set december-meeting`.
    pub command: &'t str,
    /// The record, as it is typed.
    pub record: &'t str,
}

impl Assignment {
    /// Reads an assignment in a file with these fields, with its value as people type it.
    ///
    /// # Errors
    /// If it has not that form; if there is no such field: the nearest one, or those that there are; or if the value is none of
    /// the field's type.
    pub(crate) fn parse(text: &str, order: &Order, interpreter: &Interpreter<'_>) -> Result<Assignment, Error> {
        Assignment::read(text, order, interpreter).map_err(Misread::into_error)
    }

    /// Reads all assignments of a command.
    ///
    /// # Errors
    /// All that is wrong in them at once, with the lines that would do what was meant.
    pub(crate) fn parse_all(
        texts: &[String],
        order: &Order,
        interpreter: &Interpreter<'_>,
        typed: TypedCommand<'_>,
    ) -> Result<Vec<Assignment>, Error> {
        let mut assignments = Vec::new();
        let (mut wrong, mut hints) = (Vec::<Error>::new(), Vec::new());
        let (mut line, mut corrected, mut commands) = (Vec::new(), Vec::new(), Vec::new());
        let mut is_whole = true;
        let texts: Vec<String> = texts.iter().flat_map(|text| meant::split_range(text, order, interpreter)).collect();
        for text in &texts {
            let misread = match Assignment::read(text, order, interpreter) {
                Ok(assignment) => {
                    assignments.push(assignment);
                    line.push(shell_assignment(text));
                    continue;
                }
                Err(misread) => misread,
            };
            hints.extend(misread.error.hints().iter().cloned());
            match misread.instead {
                Some(Instead::Assignment(assignment)) => {
                    corrected.push(assignment.clone());
                    line.push(assignment);
                }
                Some(Instead::Command(command)) => commands.push(command),
                None => is_whole = false,
            }
            wrong.push(misread.error);
        }
        let Some(first) = wrong.first() else { return Ok(assignments) };
        let messages: Vec<&str> = wrong.iter().map(Error::message).collect();
        let error = Error::new(first.kind(), messages.join("; "));
        let error = hints.into_iter().fold(error, Error::with_hint);
        let put = |assignment: &String| format!(" {assignment}");
        let error = match is_whole {
            // With one that cannot be corrected, there is no whole line.
            false => corrected.into_iter().fold(error, |error, one| error.with_hint(format!("write {one}"))),
            true if line.is_empty() && !typed.command.starts_with("new ") => error,
            true => error.with_hint(format!("coalition {}{}", typed.command, line.iter().map(put).collect::<String>())),
        };
        Err(commands.into_iter().fold(error, |error, command| {
            error.with_hint(format!("coalition {}", command.replacen("RECORD", typed.record, 1)))
        }))
    }

    fn read(text: &str, order: &Order, interpreter: &Interpreter<'_>) -> Result<Assignment, Misread> {
        let Some((left, value)) = text.split_once('=') else {
            return Err(Misread::only(Error::refused(format!(
                "`{text}` changes nothing: write FIELD=VALUE, FIELD+=VALUE to add to a list, or FIELD-=VALUE to remove from it"
            ))));
        };
        let (name, operation) = match (left.strip_suffix('+'), left.strip_suffix('-')) {
            (Some(name), _) => (name, Operation::Add),
            (_, Some(name)) => (name, Operation::Remove),
            _ => (left, Operation::Set),
        };
        if let Some(detail) = detail::detail_type(name, order) {
            let place = vec![detail::LIST.into()];
            let (field, value) = (order.field(&place), value.trim().to_owned());
            return Ok(Assignment { place, field, is_free: false, detail: Some(detail), operation, value });
        }
        let meant = meant::other_name(name, value.trim(), order, interpreter);
        let place = match place_of(meant.unwrap_or(name.trim()), order) {
            Ok(place) => place,
            Err(unplaced) => {
                let meant = (operation == Operation::Set && !name.contains('.'))
                    .then(|| meant::find(name, value.trim(), order, interpreter))
                    .flatten();
                let sign = left.get(name.len()..).unwrap_or_default();
                let near = unplaced.near.map(|near| format!("{near}{sign}={}", shell_word(value.trim())));
                // What the format has no place for can stand under a name of the coalition's own.
                let own = || meant::own_field(name, value.trim(), order).filter(|_| operation == Operation::Set);
                let instead = near.or_else(own).map(Instead::Assignment);
                return Err(meant.unwrap_or(Misread { error: unplaced.error, instead }));
            }
        };
        let field = order.field(&place);
        if let ([PathStep::Key(_)], Some(field), false) = (place.as_slice(), field, value.trim().starts_with('['))
            && field.many
            && !value.trim().is_empty()
            && operation != Operation::Remove
            && let Some(misread) = meant::list_entry(field, value.trim())
        {
            return Err(misread);
        }
        if let ([PathStep::Key(_)], Some(field), Operation::Set) = (place.as_slice(), field, operation)
            && !field.many
            && !value.trim().is_empty()
            && let Some(misread) = meant::table_field(field, value.trim(), interpreter)
        {
            return Err(misread);
        }
        let top = place.get(..1).and_then(|top| order.field(top));
        let is_free = top.is_some_and(|field| matches!((field.shape)(), Shape::Free));
        let value = match field {
            // A text on several lines stays as it is, with the line break at its end.
            Some(field) if matches!((field.shape)(), Shape::Prose) && value.contains('\n') => value.to_owned(),
            Some(field) => interpret_value(field, &place, value.trim(), interpreter).or_else(|error| {
                meant::of_organizations(field, &place, value.trim(), order, interpreter)
                    .ok_or_else(|| meant::instead_of_value(error, name, &place, value.trim(), order, interpreter))
            })?,
            None => value.trim().to_owned(),
        };
        Ok(Assignment { place, field, is_free, detail: None, operation, value })
    }

    /// The change of a file that says this now.
    ///
    /// # Errors
    /// If the value does not fit the field, or a list does not hold what is to be taken from it.
    pub(crate) fn edits(&self, text: &str) -> Result<Vec<Edit>, Error> {
        let name = super::splice::dotted(&self.place);
        let tree = Value::Object(tree_of(text)?);
        let now = value_at(&tree, &self.place).cloned();
        if let Some(detail) = self.detail {
            return self.detail_edits(detail, now.as_ref());
        }
        if let Some((list, rest)) = entry::new_entry(&self.place, &tree)? {
            return if self.value.is_empty() {
                Ok(Vec::new())
            } else {
                Ok(vec![Edit::Append { list, value: entry::wrap(&rest, self.literal(None)?)? }])
            };
        }
        let is_list = self.field.is_some_and(|field| field.many) || now.as_ref().is_some_and(Value::is_array);
        match self.operation {
            Operation::Set if self.value.is_empty() => match now {
                Some(_) => Ok(vec![Edit::Remove { place: self.place.clone() }]),
                None => Ok(Vec::new()),
            },
            Operation::Set => {
                let value = self.literal(now.as_ref())?;
                if let (Literal::List(items), Some(Value::Array(held))) = (&value, &now)
                    && self.has_comments(text)
                {
                    return self.item_by_item(items, held);
                }
                Ok(vec![Edit::Set { place: self.place.clone(), value }])
            }
            _ if !is_list => Err(Error::refused(format!("`{name}` has a single value; write {name}={}", self.value))),
            Operation::Add => {
                let mut held: Vec<Value> = now.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
                let mut edits = Vec::new();
                for value in self.items()? {
                    let item = tree_of_literal(&value)?;
                    if !held.contains(&item) {
                        held.push(item);
                        edits.push(Edit::Append { list: self.place.clone(), value });
                    }
                }
                Ok(edits)
            }
            Operation::Remove => {
                let items = self.items()?;
                let count = now.as_ref().and_then(Value::as_array).map_or(0, Vec::len);
                if items.len() == count && !self.has_comments(text) {
                    // Nothing would be left: then the field goes, if these are what it holds.
                    let mut text = text.to_owned();
                    for value in &items {
                        let edit = Edit::RemoveItem { list: self.place.clone(), value: value.clone() };
                        text = super::apply_edits(&text, &[edit], &Order::none())?;
                    }
                    return Ok(vec![Edit::Remove { place: self.place.clone() }]);
                }
                Ok(items.into_iter().map(|value| Edit::RemoveItem { list: self.place.clone(), value }).collect())
            }
        }
    }

    /// Whether the list as it is written has comments between its entries, which must not go with it.
    fn has_comments(&self, text: &str) -> bool {
        let page = super::page::TomlLines::new(text).ok();
        let written = page.as_ref().and_then(|page| page.find(&self.place));
        let lines = written.map_or("", |written| text_at(text, written.span.clone())).lines();
        lines.skip(1).any(|line| line.contains('#'))
    }

    /// A list changed entry by entry: what is not meant to be there goes, what is missing comes.
    fn item_by_item(&self, items: &[Literal], held: &[Value]) -> Result<Vec<Edit>, Error> {
        let wanted: Vec<Value> = items.iter().map(tree_of_literal).collect::<Result<_, _>>()?;
        let gone = (0..held.len()).rev().filter(|at| held.get(*at).is_some_and(|item| !wanted.contains(item)));
        let remove = |at: usize| Edit::Remove { place: [self.place.as_slice(), &[PathStep::At(at)]].concat() };
        let new = items.iter().zip(&wanted).filter(|(_, tree)| !held.contains(tree));
        let append = |value: &Literal| Edit::Append { list: self.place.clone(), value: value.clone() };
        Ok(gone.map(remove).chain(new.map(|(value, _)| append(value))).collect())
    }

    /// Puts the value into the fields of a record that is still to be made. No value is not a field, and makes no
    /// heading.
    ///
    /// # Errors
    /// If it is to be taken away, or is in an entry of a list.
    pub(crate) fn into_fields(self, fields: &mut Map<String, Value>) -> Result<(), Error> {
        if self.operation == Operation::Remove {
            return Err(Error::refused("a new record has nothing to remove"));
        }
        if let Some(detail) = self.detail {
            return self.detail_into_fields(detail, fields);
        }
        if self.value.is_empty() {
            remove(fields, &self.place);
            return Ok(());
        }
        if self.field.is_some_and(|field| !field.many) {
            self.literal(None)?;
        }
        let value = match self.field {
            Some(field) if field.many && !self.value.starts_with('[') => Value::from(split_list(&self.value)),
            _ if self.value.starts_with(['[', '{']) => json_of(&self.value)?,
            _ => Value::from(self.value.as_str()),
        };
        let value = if self.is_free { escape_keys(&value) } else { value };
        entry::put(fields, &self.place, self.is_free, value)
    }
}

/// The value of a field, or the entries of a list between commas, as the field holds them. What is written as TOML or JSON
/// writes a list stays.
fn interpret_value(
    field: &Field,
    place: &[PathStep],
    value: &str,
    interpreter: &Interpreter<'_>,
) -> Result<String, Error> {
    let name = super::splice::dotted(place);
    let is_entry = matches!(place.last(), Some(PathStep::At(_)));
    let shape = (field.shape)();
    if value.is_empty() || value.starts_with(['[', '{']) || matches!(shape, Shape::Table(_)) {
        return Ok(value.to_owned());
    }
    let is_listed = (field.many && !is_entry) || matches!(shape, Shape::Requirement | Shape::Eligible);
    if !is_listed {
        return interpreter.interpret(field, &name, value);
    }
    // `Mon-Fri` and `weekends` are several days.
    if let Shape::Choice(choices) = &shape
        && let Some(days) = read_weekdays(value)
        && days.iter().all(|day| choices.iter().any(|choice| choice.word == *day))
    {
        return Ok(days.join(", "));
    }
    let items = split_list(value).into_iter().map(|item| interpreter.interpret(field, &name, &item));
    Ok(items.collect::<Result<Vec<_>, _>>()?.join(", "))
}

/// Takes the value at a place out of fields, and the tables around it that hold nothing else.
fn remove(fields: &mut Map<String, Value>, place: &[PathStep]) {
    let Some((PathStep::Key(key), rest)) = place.split_first() else { return };
    let is_empty = match fields.get_mut(key) {
        Some(Value::Object(inner)) if !rest.is_empty() => {
            remove(inner, rest);
            inner.is_empty()
        }
        Some(_) => rest.is_empty(),
        None => false,
    };
    if is_empty {
        fields.shift_remove(key);
    }
}

/// The value at a place of a tree.
pub(super) fn value_at<'v>(tree: &'v Value, place: &[PathStep]) -> Option<&'v Value> {
    place.iter().try_fold(tree, |value, step| match step {
        PathStep::Key(key) => value.get(key),
        PathStep::At(at) => value.get(at),
    })
}
