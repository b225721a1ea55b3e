//! A new entry in a list of a record: an agenda item, an action, a phone number, a tag. Takes the words of a command line; returns
//! the changed text.

use super::edited::tree_of_literal;
use super::interpret::Interpreter;
use super::literal::Literal;
use super::order::Order;
use super::page::PathStep;
use super::splice::dotted;
use super::tree::tree_of;
use super::{Assignment, FileChange, apply_edits, split_range};
use crate::document::words::quote;
use crate::error::Error;
use crate::kind::RecordKey;
use crate::ledger::Ledger;
use crate::lookup::fit_words;
use crate::parse::other_names;
use crate::parse::suggest::nearest;
use crate::record::field::{Field, Shape, TableDef};
use serde_json::Value;

/// A list of a record: where it is, and its field.
type FoundList = (Vec<PathStep>, &'static Field);

/// The text of a record with one entry more in a list, or with values more in a list of words. A date on which something has
/// happened is today if none is given.
///
/// # Errors
/// If there is no such list, a value does not fit its field, or the entry lacks a field that it must have.
pub(crate) fn add_entry(
    text: &str,
    order: &Order,
    list: &str,
    values: &[String],
    interpreter: &Interpreter<'_>,
) -> Result<String, Error> {
    let (place, field) = find_list(order, list)?;
    let name = dotted(&place);
    let assign = |text: &str, assignment: &str| -> Result<String, Error> {
        let edits = Assignment::parse(assignment, order, interpreter)?.edits(text)?;
        apply_edits(text, &edits, order)
    };
    let Shape::Table(table) = (field.shape)() else {
        // The name of the list may stand in front of each word too.
        let mut words = values.iter().map(|value| value.strip_prefix(&format!("{name}=")).unwrap_or(value));
        if matches!((field.shape)(), Shape::Line | Shape::Prose) {
            // Each is one entry, also where a comma stands in it.
            return words.try_fold(text.to_owned(), |text, word| add_sentence(&text, &place, word, order));
        }
        return words.try_fold(text.to_owned(), |text, word| assign(&text, &format!("{name}+={word}")));
    };
    let prefix = format!("{name}.1.");
    let halves = |value: &String| {
        let whole = split_range(&format!("{prefix}{value}"), order, interpreter);
        whole.into_iter().map(|one| one.strip_prefix(&prefix).map_or(one.clone(), str::to_owned)).collect::<Vec<_>>()
    };
    let values: Vec<String> = values.iter().flat_map(halves).collect();
    let fields = entry_fields(table, &name, &values, interpreter)?;
    let tree = Value::Object(tree_of(text)?);
    let held = super::assign::value_at(&tree, &place).and_then(Value::as_array);
    let count = held.map_or(0, Vec::len);
    let after = fields.iter().try_fold(text.to_owned(), |text, (field, value)| {
        assign(&text, &format!("{name}.{}.{field}={value}", count + 1))
    })?;
    // An entry that is there already, word for word, is not added again.
    let tree = Value::Object(tree_of(&after)?);
    let entries = super::assign::value_at(&tree, &place).and_then(Value::as_array);
    let is_known = entries.and_then(|entries| entries.split_last()).is_some_and(|(last, rest)| rest.contains(last));
    Ok(if is_known { text.to_owned() } else { after })
}

/// The text of a record with one sentence more in a list, unless the list has it.
fn add_sentence(text: &str, place: &[PathStep], sentence: &str, order: &Order) -> Result<String, Error> {
    let value = Literal::Text(sentence.trim().to_owned());
    let tree = Value::Object(tree_of(text)?);
    let held = super::assign::value_at(&tree, place).and_then(Value::as_array);
    if held.is_some_and(|held| tree_of_literal(&value).is_ok_and(|value| held.contains(&value))) {
        return Ok(text.to_owned());
    }
    apply_edits(text, &[super::Edit::Append { list: place.to_vec(), value }], order)
}

/// The text of a record with one entry less in a list: the one with this number, counting from 1, or the only one with these words.
///
/// # Errors
/// If there is no such list or entry, or the words fit several: all that there are, with their numbers.
pub(crate) fn remove_entry(text: &str, order: &Order, list: &str, entry: &str) -> Result<String, Error> {
    let (place, _) = find_list(order, list)?;
    let tree = Value::Object(tree_of(text)?);
    let held = super::assign::value_at(&tree, &place).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let said: Vec<String> = held.iter().map(words_of).collect();
    let numbered = |at: usize| format!("{}: {}", at + 1, said.get(at).map_or("", String::as_str));
    let list = dotted(&place);
    let fitting: Vec<usize> = match entry.trim().parse::<usize>() {
        Ok(number) => (number.wrapping_sub(1)..number).filter(|at| *at < held.len()).collect(),
        Err(_) => {
            (0..held.len()).filter(|at| said.get(*at).is_some_and(|said| fit_words(said, entry).is_some())).collect()
        }
    };
    let refuse = |reason: String, entries: &mut dyn Iterator<Item = usize>| {
        entries.take(LISTED).fold(Error::usage(reason), |error, at| error.with_hint(numbered(at)))
    };
    match fitting.as_slice() {
        // Without its only word, the list goes.
        [at] if held.len() == 1 && !matches!(held.get(*at), Some(Value::Object(_))) => {
            apply_edits(text, &[super::Edit::Remove { place }], order)
        }
        [at] => {
            let place = place.iter().cloned().chain([PathStep::At(*at)]).collect();
            apply_edits(text, &[super::Edit::Remove { place }], order)
        }
        [] if held.is_empty() => Err(Error::usage(format!("`{list}` has no entries"))),
        [] => {
            Err(refuse(format!("`{list}` has no entry {}; give a number or words", quote(entry)), &mut (0..held.len())))
        }
        several => Err(refuse(
            format!("{} matches several entries of `{list}`; give the number", quote(entry)),
            &mut several.iter().copied(),
        )),
    }
}

/// How many entries a refusal lists.
const LISTED: usize = 12;

/// The words of an entry: the texts of its fields, or the word that it is.
fn words_of(entry: &Value) -> String {
    match entry {
        // A tree has a sign in front that says what the value is.
        Value::String(text) => text.trim_start_matches(['=', ':']).to_owned(),
        Value::Object(fields) => {
            fields.values().map(words_of).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ")
        }
        Value::Array(items) => items.iter().map(words_of).collect::<Vec<_>>().join(" "),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// The change of a record's file that adds an entry to a list of it.
///
/// # Errors
/// As for [`add_entry`], with the path of the file.
pub(crate) fn entry_change(
    ledger: &Ledger,
    record: &RecordKey,
    list: &str,
    values: &[String],
    interpreter: &Interpreter<'_>,
) -> Result<FileChange, Error> {
    let not_found = || Error::refused(format!("there is no {record}"));
    let path = ledger.find(record.kind, &record.id).ok_or_else(not_found)?.path();
    let before = ledger.texts.get(path).ok_or_else(not_found)?.clone();
    let after = add_entry(&before, &Order::of(record.kind), list, values, interpreter)?;
    Ok(FileChange { path: path.clone(), before: Some(before), after: Some(after) })
}

/// The fields of a new entry with their values, from `FIELD=VALUE`, or from one value alone for the first field.
fn entry_fields(
    table: &'static TableDef,
    list: &str,
    values: &[String],
    interpreter: &Interpreter<'_>,
) -> Result<Vec<(String, String)>, Error> {
    let names = || table.fields.iter().map(|field| field.name);
    let mut fields: Vec<(String, String)> = Vec::new();
    let is_field = |value: &str| value.split_once('=').is_some_and(|(name, _)| !name.trim().contains(' '));
    let is_given =
        |name: &str| values.iter().any(|value| value.split_once('=').is_some_and(|(field, _)| field.trim() == name));
    let is_alone = |value: &str| values.iter().filter(|other| !is_field(other)).all(|other| other == value);
    // Several values without names are those of the first fields, in their order.
    let count = values.len();
    let places = || table.fields.iter().filter(|field| !matches!((field.shape)(), Shape::Table(_)));
    if count > 1 && count <= places().count() && values.iter().all(|value| !is_field(value)) {
        // A number names no record, so that it is the value of a later field.
        let is_number = |value: &str| value.trim().parse::<f64>().is_ok();
        let is_name = |field: &Field| matches!((field.shape)(), Shape::Reference(_));
        let mut fields = places();
        let placed: Vec<(String, String)> = values
            .iter()
            .filter_map(|value| {
                let field = fields.find(|field| !(is_number(value) && is_name(field)))?;
                Some((field.name.to_owned(), value.clone()))
            })
            .collect();
        if placed.len() == count {
            return Ok(placed);
        }
    }
    for value in values {
        let pair = value.split_once('=').map(|(name, value)| (name.trim(), value));
        let first = table.fields.first().filter(|field| matches!((field.shape)(), Shape::Line | Shape::Prose));
        // A name alone is that of the person or the member that the entry is about.
        let first = first.or_else(|| person_field(table)).or_else(|| figure_field(table));
        match (pair, first) {
            (Some((name, value)), _) if names().any(|known| name.split('.').next() == Some(known)) => {
                fields.push((name.to_owned(), value.to_owned()));
            }
            // A sentence with an equals sign in it is a value.
            // One value alone is that of the first field; a sentence with an equals sign in it is a value.
            (_, Some(first))
                if is_alone(value) && !is_given(first.name) && pair.is_none_or(|(name, _)| name.contains(' ')) =>
            {
                fields.push((first.name.to_owned(), value.clone()));
            }
            (Some((name, value)), _)
                if other_names(&spelled(name)).any(|other| names().any(|known| known == other)) =>
            {
                let meant = other_names(&spelled(name)).find(|other| names().any(|known| known == *other));
                fields.push((meant.unwrap_or_default().to_owned(), value.to_owned()));
            }
            (Some((name, _)), _) => {
                let help = nearest(name, names()).map_or_else(|| has(&names().collect::<Vec<_>>()), did_you_mean);
                return Err(Error::usage(format!("an entry of `{list}` has no field `{name}`; {help}")));
            }
            (None, _) => {
                let help = names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
                return Err(Error::usage(format!(
                    "`{value}`: write FIELD=VALUE; the fields of an entry of `{list}` are {help}"
                )));
            }
        }
    }
    fields.retain(|(_, value)| !value.trim().is_empty());
    for field in table.fields.iter().filter(|field| field.flags.required) {
        if fields.iter().any(|(name, _)| name == field.name) {
            continue;
        }
        if matches!((field.shape)(), Shape::Date) && field.flags.past {
            fields.insert(0, (field.name.to_owned(), interpreter.today.to_string()));
        } else {
            let description = field.description();
            let what = description.lines().next().unwrap_or_default().trim_end_matches('.');
            return Err(Error::usage(format!("an entry of `{list}` needs {}=…: {what}", field.name)));
        }
    }
    if fields.is_empty() {
        let help = has(&names().collect::<Vec<_>>());
        return Err(Error::usage(format!("nothing to add: write FIELD=VALUE; an entry of `{list}` {help}")));
    }
    Ok(fields)
}

/// The figure that an entry is about, as that of a reading.
fn figure_field(table: &'static TableDef) -> Option<&'static Field> {
    table.fields.iter().find(|field| field.flags.required && matches!((field.shape)(), Shape::Number { .. }))
}

/// A name as fields are spelled.
fn spelled(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

/// The field of an entry that names the person or the member that it is about.
fn person_field(table: &'static TableDef) -> Option<&'static Field> {
    ["advocate", "member"].iter().find_map(|name| table.field(name))
}

fn has(names: &[&str]) -> String {
    format!("it has {}", names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
}

fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}

/// The list that a word means: by its name with or without the tables around it, in the singular or the plural, with spaces or
/// hyphens.
///
/// # Errors
/// If there is none: the nearest, or those that there are.
fn find_list(order: &Order, word: &str) -> Result<FoundList, Error> {
    let mut lists = Vec::new();
    collect(order, &[], &mut lists);
    let meant = spelled(word);
    let stem =
        |name: &str| name.strip_suffix("ies").map_or(name.trim_end_matches('s').to_owned(), |stem| format!("{stem}y"));
    let fits = |(place, field): &&FoundList, by: &dyn Fn(&str) -> String| {
        by(&dotted(place)) == by(&meant) || by(field.name) == by(&meant)
    };
    let found =
        lists.iter().find(|list| fits(list, &str::to_owned)).or_else(|| lists.iter().find(|list| fits(list, &stem)));
    if let Some((place, field)) = found {
        return Ok((place.clone(), field));
    }
    let names: Vec<String> = lists.iter().map(|(place, _)| dotted(place)).collect();
    let single = order.fields(&[]).into_iter().find(|field| field.name == meant && !field.many);
    Err(Error::usage(match (single, nearest(&meant, names.iter().map(String::as_str))) {
        (Some(field), _) => {
            format!("`{0}` is not a list: `coalition set RECORD {0}=VALUE` sets it", field.name)
        }
        (None, Some(near)) => format!("there is no list `{word}`; did you mean `{near}`?"),
        (None, None) => {
            format!("there is no list `{word}`; {}", has(&names.iter().map(String::as_str).collect::<Vec<_>>()))
        }
    }))
}

/// The lists of a table, and those of the tables in it.
fn collect(order: &Order, table: &[PathStep], lists: &mut Vec<FoundList>) {
    for field in order.fields(table) {
        let place = [table, &[PathStep::from(field.name)]].concat();
        if field.many {
            lists.push((place, field));
        } else if matches!((field.shape)(), Shape::Table(_)) {
            collect(order, &place, lists);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;

    fn add(kind: Kind, text: &str, list: &str, values: &[&str]) -> Result<String, String> {
        let interpreter = Interpreter { ledger: None, today: "2026-06-15".parse().unwrap() };
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        add_entry(text, &Order::of(kind), list, &values, &interpreter).map_err(|error| error.to_string())
    }

    #[test]
    fn an_entry_of_any_list_is_added_by_name() {
        let meeting = "name = \"M\"\ndate = 2026-07-01\n";
        let after = add(Kind::Meeting, meeting, "agenda", &["item=Sunday opening", "minutes=20"]).unwrap();
        assert_eq!(after, format!("{meeting}\n[[agenda]]\nitem = \"Sunday opening\"\nminutes = 20\n"));
        let twice = add(Kind::Meeting, &after, "Agenda", &["Budget"]).unwrap();
        assert!(twice.ends_with("\n[[agenda]]\nitem = \"Budget\"\n"), "{twice}");
        let action = add(Kind::Meeting, meeting, "action", &["what=Order flyers", "due=July 1"]).unwrap();
        assert!(action.ends_with("[[actions]]\nwhat = \"Order flyers\"\ndue = 2026-07-01\n"), "{action}");
        let reading = add(Kind::Goal, "name = \"G\"\n", "readings", &["value=4"]).unwrap();
        assert!(reading.contains("[[measure.readings]]\ndate = 2026-06-15\nvalue = 4\n"), "{reading}");
        let in_order = add(Kind::Meeting, meeting, "agenda", &["Budget", "ana-lopez", "20"]).unwrap();
        assert!(in_order.ends_with("item = \"Budget\"\nlead = \"ana-lopez\"\nminutes = 20\n"), "{in_order}");
        let without_lead = add(Kind::Meeting, meeting, "agenda", &["Budget", "20"]).unwrap();
        assert!(without_lead.ends_with("item = \"Budget\"\nminutes = 20\n"), "{without_lead}");
        let by_other_name = add(Kind::Meeting, meeting, "agenda", &["topic=Budget", "presenter=ana-lopez"]).unwrap();
        assert!(by_other_name.ends_with("item = \"Budget\"\nlead = \"ana-lopez\"\n"), "{by_other_name}");
        let right =
            add(Kind::Agreement, "name = \"A\"\n", "rights", &["One vote, whatever the size", "Notice"]).unwrap();
        assert_eq!(right, "name = \"A\"\nrights = [\"One vote, whatever the size\", \"Notice\"]\n");
        let words = add(Kind::Goal, "name = \"G\"\n", "serves", &["Evening hours", "serves=reading"]).unwrap();
        assert_eq!(words, "name = \"G\"\nserves = [\"evening-hours\", \"reading\"]\n");
        assert_eq!(add(Kind::Meeting, &after, "agenda", &["item=Sunday opening", "minutes=20"]).unwrap(), after);
    }

    #[test]
    fn a_sentence_goes_whole() {
        let two = "name = \"A\"\nrights = [\"One vote, whatever the size\", \"Notice\"]\n";
        let remove =
            |text: &str, entry: &str| remove_entry(text, &Order::of(Kind::Agreement), "rights", entry).unwrap();
        let one = remove(two, "1");
        assert_eq!(one, "name = \"A\"\nrights = [\"Notice\"]\n");
        assert_eq!(remove(two, "whatever"), one);
        assert_eq!(remove(&one, "Notice"), "name = \"A\"\n");
    }

    #[test]
    fn what_cannot_be_added_is_refused_with_what_can() {
        for (list, values, expected) in [
            ("agende", &["x"][..], "did you mean `agenda`?"),
            ("location", &["x"], "coalition set RECORD location=VALUE"),
            ("agenda", &["itme=x"], "did you mean `item`?"),
            ("agenda", &["minutes=20"], "needs item=…"),
            ("agenda", &["item=x", "y"], "write FIELD=VALUE"),
            ("agenda", &["item=x", "minutes=long"], "a whole number"),
            ("agenda", &["x", "y", "long"], "a whole number"),
        ] {
            let refusal = add(Kind::Meeting, "name = \"M\"\n", list, values).unwrap_err();
            assert!(refusal.contains(expected), "{list} {values:?}: {refusal}");
        }
    }
}
