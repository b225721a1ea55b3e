//! What people mean by a name that no field has: a date that decides a status, an entry of a list, what another command logs.

use super::{Instead, Misread, interpret_value};
use crate::document::words::{self, shell_word};
use crate::edit::interpret::Interpreter;
use crate::edit::order::Order;
use crate::edit::page::PathStep;
use crate::edit::splice::dotted;
use crate::error::Error;
use crate::kind::Kind;
use crate::lookup::{find_by_word, member_or_own};
use crate::parse::informal::{Reading, Tense, read_date, read_dates, read_times, read_truth};
use crate::parse::other_names;
use crate::parse::suggest::slug;
use crate::record::field::{Field, Shape, TableDef};

/// What a status is called.
const STATUS: [&str; 4] = ["status", "stage", "state", "active"];

/// The fields that decide a status, each with the value that sets it now and the words for that status. A word means the first that
/// a record has.
const STATES: [(&str, &str, &[&str]); 19] = [
    ("cancelled", "yes", &["cancelled", "canceled", "called-off"]),
    ("left", "today", &["left", "inactive", "resigned", "former", "withdrew", "withdrawn", "quit"]),
    ("joined", "today", &["joined", "active", "member", "current"]),
    ("declined", "today", &["declined", "refused"]),
    ("invited", "today", &["invited", "asked"]),
    ("identified", "today", &["identified", "prospect", "prospective"]),
    ("met", "today", &["met", "done", "completed", "complete", "finished", "achieved", "reached", "closed", "won"]),
    ("dropped", "today", &["dropped", "abandoned", "cancelled", "canceled", "given-up", "lost", "withdrawn"]),
    ("adopted", "today", &["adopted", "active", "open", "approved", "in-progress", "started", "current"]),
    ("proposed", "today", &["proposed", "idea", "draft", "new"]),
    ("closed", "today", &["closed", "done", "settled", "fulfilled", "complete", "completed", "met", "finished"]),
    ("decided", "today", &["decided", "closed", "done"]),
    ("closes", "today", &["closed", "done", "ended", "over", "finished", "completed", "complete"]),
    ("opens", "today", &["open", "active", "running", "started", "current"]),
    ("ended", "today", &["ended", "over", "inactive", "terminated"]),
    ("effective", "today", &["effective", "active", "in-force", "adopted", "approved"]),
    (
        "end_date",
        "today",
        &["inactive", "ended", "left", "former", "retired", "dissolved", "closed", "done", "resigned"],
    ),
    ("start_date", "today", &["active", "current", "serving", "started", "open"]),
    ("done", "today", &["done", "completed", "complete", "finished"]),
];

/// Words that may mean one of these fields, according to the value; a field in a table has a dot.
const GUESSES: [(&[&str], &[&str]); 4] = [
    (&["date", "on", "when", "day"], &["decided", "effective", "due", "closes", "opens", "joined"]),
    (&["adopted", "approved", "passed", "carried"], &["decided", "effective"]),
    (&["by", "wanted"], &["due", "need", "member"]),
    (&["public", "visible", "publish", "published", "private"], &["consent.listed"]),
];

/// What a command logs: the words for it, a field that the record must have, why it is not a field, and the command. `RECORD` is the
/// record, `NAME` the word and `VALUE` the value.
const COMMANDS: [(&[&str], &str, &str, &str); 10] = [
    (
        &["support", "supports", "supporters", "supported_by", "endorsed_by", "endorsers", "endorsements"],
        "milestones",
        "each member states its own position",
        "log position RECORD MEMBER support",
    ),
    (
        &["progress", "reading", "value", "current", "actual", "percent", "percentage"],
        "measure",
        "progress is counted from readings",
        "log reading RECORD NUMBER",
    ),
    (&["signed", "signature", "signed_by"], "required_of", "each member signs", "sign RECORD MEMBER"),
    (&["signed", "signature", "signed_by"], "signatories", "a member signs an agreement", "sign AGREEMENT RECORD"),
    (
        &["quorum", "present", "attendees", "attended", "participants", "guests"],
        "attendance",
        "who came is logged person by person",
        "log attendance RECORD PERSON",
    ),
    (&["vote", "votes", "position"], "positions", "each member states its own", "log position RECORD MEMBER OPTION"),
    (
        &["thanked", "acknowledged", "thanks", "credited", "credit"],
        "acknowledgements",
        "thanks are logged",
        "log thanks RECORD",
    ),
    (
        &["response", "answer", "answered", "helpers"],
        "affects",
        "each member answers",
        "log response RECORD MEMBER yes",
    ),
    (
        &["last_contact", "contacted", "last_contacted", "called"],
        "contacts",
        "contacts are logged one by one",
        "log contact RECORD --by PERSON --channel phone",
    ),
    (
        &["chair", "vice_chair", "secretary", "treasurer", "deputy", "member", "members"],
        "seats",
        "each seat is an entry",
        "add RECORD seats role=NAME advocate=PERSON",
    ),
];

/// What is meant by an assignment to a name that no field has.
pub(super) fn find(name: &str, value: &str, order: &Order, interpreter: &Interpreter<'_>) -> Option<Misread> {
    let spelled = name.trim().to_lowercase().replace([' ', '-'], "_");
    by_command(&spelled, value, order, interpreter)
        .or_else(|| by_status(&spelled, value, order, interpreter))
        .or_else(|| by_guess(&spelled, value, order, interpreter))
        .or_else(|| by_list(&spelled, value, order))
}

/// A value for a list of tables, which another command adds to.
pub(super) fn list_entry(field: &'static Field, value: &str) -> Option<Misread> {
    let Shape::Table(table) = (field.shape)() else { return None };
    let entry = match entry_word(table) {
        Some(first) if value.is_empty() => format!("{first}=…"),
        Some(_) => shell_word(value),
        None => format!("{}={}", table.fields.first()?.name, shell_word(value)),
    };
    Some(Misread {
        error: Error::refused(format!("`{}` is a list, and each entry has its own fields", field.name)),
        instead: Some(Instead::Command(format!("add RECORD {} {entry}", field.name))),
    })
}

/// The field that people mean by another name for it: of several, the first that takes the value.
pub(super) fn other_name(
    name: &str,
    value: &str,
    order: &Order,
    interpreter: &Interpreter<'_>,
) -> Option<&'static str> {
    let spelled = name.trim().to_lowercase().replace([' ', '-'], "_");
    if order.field(&[spelled.as_str().into()]).is_some() {
        return None;
    }
    let place = |field: &str| vec![PathStep::from(field)];
    let takes = |field: &&'static str| {
        let known = order.field(&place(field));
        known.is_some_and(|known| interpret_value(known, &place(field), value, interpreter).is_ok())
    };
    other_names(&spelled).find(takes)
}

/// A value for a table: the field of it that takes the value.
pub(super) fn table_field(field: &'static Field, value: &str, interpreter: &Interpreter<'_>) -> Option<Misread> {
    let Shape::Table(table) = (field.shape)() else { return None };
    let takes = |inner: &&Field| {
        let place = [PathStep::from(field.name), PathStep::from(inner.name)];
        let is_single = !inner.many && !matches!((inner.shape)(), Shape::Table(_));
        is_single && interpret_value(inner, &place, value, interpreter).is_ok()
    };
    let inner = table.fields.iter().find(takes)?;
    Some(Misread {
        error: Error::refused(format!("`{}` has its own fields", field.name)),
        instead: Some(Instead::Assignment(format!("{}.{}={}", field.name, inner.name, shell_word(value)))),
    })
}

/// A field of the coalition's own for a value that no field of the format holds.
pub(super) fn own_field(name: &str, value: &str, order: &Order) -> Option<String> {
    let own = slug(name).replace('-', "_");
    let is_plain = !own.is_empty() && !name.contains('.') && !value.is_empty();
    (is_plain && order.field(&["extra".into()]).is_some()).then(|| format!("extra.{own}={}", shell_word(value)))
}

/// Fields that begin and end something.
const RANGES: [(&str, &str); 4] =
    [("start_time", "end_time"), ("from", "to"), ("start_date", "end_date"), ("opens", "closes")];

/// An assignment of a beginning that gives the end too, as two: `time="6:30pm to 8pm"`. Any other stays as it is.
pub(crate) fn split_range(text: &str, order: &Order, interpreter: &Interpreter<'_>) -> Vec<String> {
    split(text, order, interpreter).unwrap_or_else(|| vec![text.to_owned()])
}

fn split(text: &str, order: &Order, interpreter: &Interpreter<'_>) -> Option<Vec<String>> {
    let (name, value) = text.split_once('=')?;
    // In an entry of a list, the field is the last word: `watch.1.from`.
    let (table, word) = name.trim().rsplit_once('.').map_or(("", name.trim()), |(table, word)| (table, word));
    let spelled = word.to_lowercase().replace([' ', '-'], "_");
    let prefix = if table.is_empty() { String::new() } else { format!("{table}.") };
    let field = |name: &str| {
        let place = super::place::place_of(&format!("{prefix}{name}"), order).ok()?;
        order.field(&place)
    };
    let is_whole = matches!(spelled.as_str(), "dates" | "period" | "times" | "hours");
    let named = |name: &str| is_whole || spelled == name || other_names(&spelled).any(|other| other == name);
    let (first, last) =
        RANGES.into_iter().find(|(first, last)| named(first) && field(first).is_some() && field(last).is_some())?;
    let halves = match (field(first)?.shape)() {
        Shape::Time => {
            let (from, to) = read_times(value)?;
            [from, to].map(|time| time.format("%H:%M").to_string())
        }
        Shape::Date => {
            let (from, to) = read_dates(value, interpreter.today, Tense::Open)?;
            [from, to].map(|date| date.to_string())
        }
        _ => return None,
    };
    let [from, to] = halves;
    Some(vec![format!("{prefix}{first}={from}"), format!("{prefix}{last}={to}")])
}

/// The organizations of the people that a value names where organizations are to be named, in the form of the field; `None`
/// where it names others too, where one has no organization, or where the field beside it names the person.
pub(super) fn of_organizations(
    field: &Field,
    place: &[PathStep],
    value: &str,
    order: &Order,
    interpreter: &Interpreter<'_>,
) -> Option<String> {
    let ledger = interpreter.ledger?;
    let (_, table) = place.split_last()?;
    let names_giver = field.name == "member" && order.fields(table).iter().any(|beside| beside.name == "advocate");
    if !matches!((field.shape)(), Shape::Reference(Kind::Member)) || names_giver {
        return None;
    }
    let is_list = field.many && !matches!(place.last(), Some(PathStep::At(_)));
    let words = if is_list { super::split_list(value) } else { vec![value.to_owned()] };
    let ids = words.iter().map(|word| Some(member_or_own(ledger, word).ok()?.key.id.to_string()));
    Some(ids.collect::<Option<Vec<_>>>()?.join(", "))
}

/// The assignments of a new record, with those that name who holds a seat as entries of its seats: `chair=Ana` is the first seat,
/// whose role is chair and which Ana holds.
pub(crate) fn seats_of_new(texts: &[String], order: &Order) -> Vec<String> {
    let place = [PathStep::from("seats"), PathStep::At(0), PathStep::from("role")];
    if order.field(&place).is_none() {
        return texts.to_vec();
    }
    let mut seats = 0;
    let mut assignments = Vec::new();
    for text in texts {
        let named = text.split_once('=').map(|(name, value)| (slug(name.trim()), value.trim()));
        let role =
            named.as_ref().and_then(|(name, _)| SEATS.into_iter().find(|(words, _)| words.contains(&name.as_str())));
        match (named, role) {
            (Some((_, value)), Some((_, role))) if !value.is_empty() => {
                for person in super::split_list(value) {
                    seats += 1;
                    assignments.push(format!("seats.{seats}.role={role}"));
                    assignments.push(format!("seats.{seats}.advocate={person}"));
                }
            }
            _ => assignments.push(text.clone()),
        }
    }
    assignments
}

/// What a seat is called, with the role of who holds it.
const SEATS: [(&[&str], &str); 6] = [
    (&["chair", "chairs", "chairperson", "chairman", "chairwoman", "head"], "chair"),
    (&["vice-chair", "vicechair", "deputy", "deputy-chair", "deputies"], "deputy"),
    (&["secretary"], "secretary"),
    (&["treasurer"], "treasurer"),
    (&["member", "members", "people"], "member"),
    (&["co-chair", "co-chairs", "cochair"], "co-chair"),
];

/// The field of an entry that a value alone stands for.
fn entry_word(table: &'static TableDef) -> Option<&'static str> {
    let first = table.fields.first().filter(|field| matches!((field.shape)(), Shape::Line | Shape::Prose));
    let person = || ["advocate", "member"].iter().find_map(|name| table.field(name));
    first.or_else(person).map(|field| field.name)
}

fn by_command(name: &str, value: &str, order: &Order, interpreter: &Interpreter<'_>) -> Option<Misread> {
    let has = |field: &str| order.field(&[field.into()]).is_some();
    let (_, _, why, command) =
        COMMANDS.into_iter().find(|(words, needed, ..)| words.contains(&name) && has(needed) && !has(name))?;
    let number = value.trim().trim_end_matches('%').trim();
    let is_name = read_truth(value).is_none() && !is_date(value, interpreter) && !value.is_empty();
    let one = |word: &'static str| match interpreter.ledger {
        _ if is_name => shell_word(value),
        Some(ledger) => {
            let id = match word {
                "MEMBER" => {
                    ledger.members.iter().find(|member| member.is_current(interpreter.today)).map(|it| &it.key.id)
                }
                "AGREEMENT" => ledger.agreements.iter().next().map(|it| &it.key.id),
                _ => ledger.advocates.iter().next().map(|it| &it.key.id),
            };
            id.map_or_else(|| word.to_owned(), |id| id.to_string())
        }
        None => word.to_owned(),
    };
    let role = slug(if name == "members" { "member" } else { name });
    let filled: Vec<String> = command
        .split(' ')
        .map(|word| match word {
            "MEMBER" => one("MEMBER"),
            "AGREEMENT" => match is_name && name != "signed_by" {
                true => shell_word(value),
                false => one("AGREEMENT"),
            },
            "PERSON" => one("PERSON"),
            "OPTION" if has("quorum") => "agree".to_owned(),
            "OPTION" => "support".to_owned(),
            "NUMBER" if number.parse::<f64>().is_ok() => number.to_owned(),
            "NUMBER" => "12".to_owned(),
            "role=NAME" => format!("role={role}"),
            "advocate=PERSON" => format!("advocate={}", one("PERSON")),
            word => word.to_owned(),
        })
        .collect();
    Some(Misread {
        error: Error::refused(format!("`{name}` is not a field: {why}")),
        instead: Some(Instead::Command(filled.join(" "))),
    })
}

fn by_status(name: &str, value: &str, order: &Order, interpreter: &Interpreter<'_>) -> Option<Misread> {
    let has = |field: &str| order.field(&[field.into()]).is_some();
    let is_word = |words: &[&str], word: &str| words.contains(&word);
    let word = slug(name);
    let named = |state: &str| STATES.iter().find(|(field, _, words)| has(field) && is_word(words, state));
    let is_status = STATUS.contains(&name);
    let (field, written) = match read_truth(value) {
        Some(true) => named(&word).map(|(field, written, _)| (*field, (*written).to_owned()))?,
        Some(false) if name == "active" => {
            named("inactive").map(|(field, written, _)| (*field, (*written).to_owned()))?
        }
        _ if is_status => match named(&slug(value)) {
            Some((field, written, _)) => (*field, (*written).to_owned()),
            None => {
                let deciding: Vec<String> = STATES
                    .iter()
                    .filter(|(field, written, _)| has(field) && *written == "today")
                    .map(|(field, ..)| format!("`{field}`"))
                    .collect();
                if deciding.is_empty() {
                    return None;
                }
                let message =
                    format!("`{name}` is not a field: it follows from the dates; set {}", words::choice(&deciding));
                return Some(Misread { error: Error::refused(message), instead: None });
            }
        },
        _ if is_date(value, interpreter) => named(&word).map(|(field, ..)| (*field, value.to_owned()))?,
        _ => return None,
    };
    let why = if written == "yes" { "another field says it" } else { "a date decides it" };
    Some(Misread {
        error: Error::refused(format!("`{name}` is not a field: {why}")),
        instead: Some(Instead::Assignment(format!("{field}={}", shell_word(&written)))),
    })
}

fn by_guess(name: &str, value: &str, order: &Order, interpreter: &Interpreter<'_>) -> Option<Misread> {
    let (_, fields) = GUESSES.into_iter().find(|(words, _)| words.contains(&name))?;
    let takes = |field: &&&str| {
        let place: Vec<PathStep> = field.split('.').map(PathStep::from).collect();
        let Some(known) = order.field(&place) else { return false };
        let read = interpret_value(known, &place, value, interpreter);
        let is_ahead = |date: &str| date.parse().is_ok_and(|date: chrono::NaiveDate| date > interpreter.today);
        read.is_ok_and(|read| !(known.flags.past && is_ahead(&read)))
    };
    // Where none takes the value, the value is refused in its turn.
    let known = |field: &&&str| order.field(&field.split('.').map(PathStep::from).collect::<Vec<_>>()).is_some();
    let field = fields.iter().find(takes).or_else(|| fields.iter().find(known))?;
    Some(Misread {
        error: Error::refused(format!("the record has no field `{name}`")),
        instead: Some(Instead::Assignment(format!("{field}={}", shell_word(value)))),
    })
}

/// What is meant by a value that its field does not take: `completed=yes` where a date is asked for, or a record of another kind,
/// which the field beside it names.
pub(super) fn instead_of_value(
    error: Error,
    name: &str,
    place: &[PathStep],
    value: &str,
    order: &Order,
    interpreter: &Interpreter<'_>,
) -> Misread {
    let Some((_, table)) = place.split_last() else { return Misread::only(error) };
    let is_date = order.field(place).is_some_and(|field| matches!((field.shape)(), Shape::Date));
    if let Some(misread) = by_status(name, value, order, interpreter)
        .filter(|_| is_date && table.is_empty() && read_truth(value).is_some())
    {
        return misread;
    }
    let kind_of = |field: &Field| match (field.shape)() {
        Shape::Reference(kind) => Some(kind),
        _ => None,
    };
    let other = order.field(place).and_then(kind_of).and_then(|wanted| {
        let found = find_by_word(interpreter.ledger?, &Kind::ALL, value).ok()??;
        Some(found.key().kind).filter(|kind| *kind != wanted)
    });
    let beside =
        order.fields(table).into_iter().find(|field| other.is_some() && kind_of(field) == other && !field.many);
    let instead = beside.map(|field| {
        let name = [table, &[PathStep::from(field.name)]].concat();
        Instead::Assignment(format!("{}={}", dotted(&name), shell_word(value)))
    });
    Misread { error, instead }
}

/// One entry of a list, by the singular of the list's name: `milestone` for `milestones`.
fn by_list(name: &str, value: &str, order: &Order) -> Option<Misread> {
    let fields = order.fields(&[]);
    let list = fields.into_iter().find(|field| field.many && field.name.strip_suffix('s') == Some(name))?;
    list_entry(list, value)
}

fn is_date(value: &str, interpreter: &Interpreter<'_>) -> bool {
    matches!(read_date(value, interpreter.today, Tense::Open), Reading::Certain(_) | Reading::Ambiguous(_))
}
