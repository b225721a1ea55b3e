//! Changes as what happened: who signed, who joined, which goal was adopted. What an event says is taken out of the changes,
//! so that nothing is said twice.

use super::state::State;
use super::walk::{Changes, EntryChange, EntryStep, FieldChange};
use crate::document::words;
use crate::kind::{Kind, SIGNATURES};
use crate::record::field::{Choice, Shape, TableDef};
use crate::record::value::Number;
use crate::record::{AnyRecord, Goal, Record};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Event {
    /// What kind of thing, in a word: `signed`, `joined`, `new`.
    pub event: &'static str,
    /// The record that says it, as `kind/id`, or `coalition`.
    pub record: String,
    /// What people call the record.
    pub name: String,
    /// The list that it is an entry of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// What happened, in a sentence without its period.
    pub text: String,
    /// The entry, without what is private.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub entry: Map<String, Value>,
    /// The fields by which it shows.
    pub fields: Vec<FieldChange>,
    /// What an entry is called: `signature`.
    #[serde(skip)]
    pub noun: Option<&'static str>,
    /// The fields that the sentence does not say.
    #[serde(skip)]
    pub unsaid: Vec<String>,
}

/// Two states of one record.
#[derive(Clone, Copy)]
pub(super) struct Pair<'p, 'l> {
    /// Before.
    pub before: &'p State<'l>,
    /// Now.
    pub after: &'p State<'l>,
    /// The day to judge by.
    pub today: NaiveDate,
}

/// What happened by an entry or a field: a word for it, the sentence, and the fields that it says.
struct EventWords {
    event: &'static str,
    text: String,
    fields: &'static [&'static str],
}

fn event_words(event: &'static str, text: String, fields: &'static [&'static str]) -> Option<EventWords> {
    Some(EventWords { event, text, fields })
}

/// Takes the events out of the changes of a record.
pub(super) fn take_events(pair: Pair<'_, '_>, is_new: bool, changes: &mut Changes) -> Vec<Event> {
    let mut events = Vec::new();
    if is_new && let Some(EventWords { event, text, fields }) = pair.new_record() {
        events.push(pair.event(event, text, take(&mut changes.fields, fields)));
    }
    while let Some(EventWords { event, text, fields }) =
        changes.fields.iter().find_map(|change| pair.field(change, &changes.fields))
    {
        events.push(pair.event(event, text, take(&mut changes.fields, fields)));
    }
    for mut change in std::mem::take(&mut changes.entries) {
        let Some(EventWords { event, text, fields }) = pair.entry(&change) else {
            changes.entries.push(change);
            continue;
        };
        let is_whole = change.change != EntryStep::Changed;
        let said = take(&mut change.fields, fields);
        let rest = std::mem::take(&mut change.fields);
        let unsaid: Vec<String> = rest.iter().map(FieldChange::sentence).collect();
        let mut event = pair.event(event, text, said.into_iter().chain(rest).collect());
        event.unsaid = unsaid;
        event.list = Some(change.list);
        event.noun = is_whole.then_some(change.noun);
        event.entry = change.entry;
        events.push(event);
    }
    events
}

/// Takes the changes of some fields.
fn take(changes: &mut Vec<FieldChange>, fields: &[&str]) -> Vec<FieldChange> {
    let (taken, left) = std::mem::take(changes).into_iter().partition(|change| fields.contains(&change.field.as_str()));
    *changes = left;
    taken
}

impl Event {
    /// That a record is gone.
    pub(super) fn of_removed(record: &dyn AnyRecord) -> Event {
        let noun = record.key().kind.noun();
        let text = format!("The {noun} {} was removed from the records", words::quote(record.name()));
        Event::of_record(record, "removed", text)
    }

    /// Something that happened to a record as a whole.
    pub(super) fn of_record(record: &dyn AnyRecord, event: &'static str, text: String) -> Event {
        Event {
            event,
            record: record.key().to_string(),
            name: record.name().to_owned(),
            list: None,
            text,
            entry: Map::new(),
            fields: Vec::new(),
            noun: None,
            unsaid: Vec::new(),
        }
    }
}

impl Pair<'_, '_> {
    fn event(&self, event: &'static str, text: String, fields: Vec<FieldChange>) -> Event {
        Event {
            event,
            record: self.after.record(),
            name: self.after.name.clone(),
            list: None,
            text,
            entry: Map::new(),
            fields,
            noun: None,
            unsaid: Vec::new(),
        }
    }

    /// The name of a record, as it is now, else as it was.
    fn name(&self, kind: Kind, id: &str) -> String {
        let find = |state: &State<'_>| state.ledger.find(kind, id).map(|record| record.name().to_owned());
        find(self.after).or_else(|| find(self.before)).unwrap_or_else(|| id.to_owned())
    }

    fn title(&self) -> String {
        words::quote(&self.after.name)
    }

    fn text<'t>(&'t self, field: &str) -> Option<&'t str> {
        self.after.fields.get(field).and_then(Value::as_str)
    }

    fn new_record(&self) -> Option<EventWords> {
        let name = &self.after.name;
        let on = |field: &str| dated(self.text(field));
        let member = || self.text("member").map(|id| self.name(Kind::Member, id));
        match self.after.kind()? {
            Kind::Member => event_words("new", format!("New organization: {name}"), &["name"]),
            Kind::Contribution => {
                let person = self.text("advocate").map(|id| self.name(Kind::Advocate, id));
                let who = match (person, member()) {
                    (Some(person), Some(member)) => format!("{person} of {member}"),
                    (Some(one), None) | (None, Some(one)) => one,
                    (None, None) => "Someone".to_owned(),
                };
                let what = self.label("kind").map_or_else(String::new, |label| format!(" ({})", label.to_lowercase()));
                let text = format!("{who} contributed {}{what}{}", self.title(), on("date"));
                event_words("contributed", text, &["name", "kind", "member", "advocate", "date"])
            }
            Kind::Meeting => {
                let date = day(self.text("date"));
                let (event, how) = match date {
                    Some(date) if date > self.today => ("meeting-planned", "planned for"),
                    _ => ("meeting-held", "held on"),
                };
                let when = date.map_or_else(String::new, |date| format!(" {how} {}", words::format_date(date)));
                event_words(event, format!("New meeting{when}: {name}"), &["name", "date"])
            }
            Kind::Decision => {
                event_words("new", format!("New decision{}: {name}", on("proposed")), &["name", "proposed"])
            }
            Kind::Request => {
                let who = member().unwrap_or_else(|| "Someone".to_owned());
                event_words(
                    "asked",
                    format!("{who} asked for help: {}{}", self.title(), on("date")),
                    &["name", "member", "date"],
                )
            }
            kind => event_words("new", format!("New {}: {name}", kind.noun()), &["name"]),
        }
    }

    /// What happened by a field of the record itself.
    fn field(&self, change: &FieldChange, all: &[FieldChange]) -> Option<EventWords> {
        let name = &self.after.name;
        let title = || self.title();
        if change.private {
            return None;
        }
        let is_set = change.before.is_none() && change.after.is_some();
        let on = dated(change.after.as_ref().and_then(Value::as_str));
        match (self.after.kind()?, change.field.as_str()) {
            (Kind::Member, "joined") if is_set => {
                event_words("joined", format!("{name} joined the coalition{on}"), &["joined"])
            }
            (Kind::Member, "left") if is_set => {
                event_words("left", format!("{name} left the coalition{on}"), &["left"])
            }
            (Kind::Member, "declined") if is_set => {
                event_words("declined", format!("{name} declined to join{on}"), &["declined"])
            }
            (Kind::Goal, "proposed") if is_set => {
                event_words("goal-proposed", format!("Goal proposed{on}: {name}"), &["proposed"])
            }
            (Kind::Goal, "adopted") if is_set => {
                event_words("goal-adopted", format!("Goal adopted{on}: {name}"), &["adopted"])
            }
            (Kind::Goal, "met") if is_set => event_words("goal-met", format!("Goal met{on}: {name}"), &["met"]),
            (Kind::Goal, "dropped") if is_set => {
                event_words("goal-dropped", format!("Goal dropped{on}: {name}"), &["dropped"])
            }
            (Kind::Decision, "result") if is_set => {
                let result = self.label("result").unwrap_or("decided");
                let is_decided_now = all.iter().any(|other| other.field == "decided" && other.before.is_none());
                let (on, fields): (_, &'static [&'static str]) = if is_decided_now {
                    (dated(self.text("decided")), &["result", "decided"])
                } else {
                    (String::new(), &["result"])
                };
                event_words("decided", format!("Decision {result}{on}: {name}"), fields)
            }
            (Kind::Meeting, "cancelled") if change.after == Some(Value::Bool(true)) => {
                event_words("meeting-canceled", format!("Meeting canceled: {name}"), &["cancelled"])
            }
            (Kind::Meeting, "date") if !is_set => {
                event_words("meeting-moved", format!("Meeting {} moved: {}", title(), change.words), &["date"])
            }
            (Kind::Official, "stance") if change.after.is_some() && change.before.is_some() => {
                event_words("stance", format!("The stance of {name} changed: {}", change.words), &["stance"])
            }
            (Kind::Official, "stance") if change.after.is_some() => {
                let stance = self.label("stance").unwrap_or("known");
                event_words("stance", format!("{name} is {stance}"), &["stance"])
            }
            (Kind::Request, "closed") if is_set => {
                event_words("closed", format!("Request closed{on}: {name}"), &["closed"])
            }
            (Kind::Committee, "last_drill") if change.after.is_some() => {
                event_words("drill", format!("{name} held an emergency drill{on}"), &["last_drill"])
            }
            _ => None,
        }
    }

    /// What happened by an entry of a list.
    fn entry(&self, change: &EntryChange) -> Option<EventWords> {
        let name = &self.after.name;
        let of = |kind: Kind, field: &str| change.text(field).map(|id| self.name(kind, id));
        let member = || of(Kind::Member, "member").unwrap_or_else(|| "A member".to_owned());
        let on = |field: &str| dated(change.text(field));
        let set =
            |field: &str| change.field(field).is_some_and(|change| change.before.is_none() && change.after.is_some());
        use EntryStep::{Added, Changed, Removed};
        match (self.after.kind()?, change.list.as_str(), change.change) {
            (Kind::Agreement, SIGNATURES, step) => {
                let version =
                    change.entry.get("version").map_or_else(String::new, |version| format!(" version {version}"));
                let what = format!("{}{version}", self.title());
                match step {
                    Added => {
                        let by = of(Kind::Advocate, "by");
                        let date = day(change.text("date")).map(words::format_date);
                        let by: Vec<String> = by.into_iter().chain(date).collect();
                        let by = if by.is_empty() { String::new() } else { format!(" ({})", by.join(", ")) };
                        let text = format!("{} signed {what}{by}", member());
                        event_words("signed", text, &["member", "by", "date", "version"])
                    }
                    Removed => event_words(
                        "signature-removed",
                        format!("The signature of {} on {what} was removed from the records", member()),
                        &[],
                    ),
                    Changed if set("withdrawn") => {
                        let text = format!("{} withdrew its signature on {what}{}", member(), on("withdrawn"));
                        event_words("withdrew", text, &["withdrawn"])
                    }
                    Changed => None,
                }
            }
            (Kind::Decision | Kind::Goal, "positions", Added) => {
                let label = entry_label(self.after, "positions", "option", change)?;
                event_words(
                    "position",
                    format!("{} {label}: {}{}", member(), self.title(), on("date")),
                    &["member", "option", "date"],
                )
            }
            (Kind::Decision | Kind::Goal, "positions", Changed)
                if change.field("option").is_some_and(|option| option.after.is_some()) =>
            {
                let option = change.field("option")?;
                let text = format!("{} changed its position on {}: {}", member(), self.title(), option.words);
                event_words("position", text, &["option"])
            }
            (Kind::Goal, "measure.readings", Added) => {
                let goal = self.after.key.as_ref().and_then(|key| self.after.ledger.goals.find(&key.id))?;
                event_words("reading", format!("{name}: {}{}", reading(goal, change)?, on("date")), &["date", "value"])
            }
            (_, "contacts", Added) => {
                let how = entry_label(self.after, "contacts", "channel", change);
                let how = how.map_or_else(String::new, |label| format!(" {label}"));
                let text = match of(Kind::Advocate, "by") {
                    Some(by) => format!("{by} contacted {name}{how}{}", on("date")),
                    None => format!("Contact with {name}{how}{}", on("date")),
                };
                event_words("contact", text, &["by", "channel", "date"])
            }
            (Kind::Committee, "seats", Added) => {
                let role = spaced(change.text("role").unwrap_or("member"));
                let text = match of(Kind::Advocate, "advocate") {
                    Some(person) => format!("{person} became {role} of {name}"),
                    None => format!("New seat on {name}, vacant: {role}"),
                };
                event_words("seat", text, &["role", "advocate"])
            }
            (Kind::Committee, "seats", Changed) => {
                let seat = change.field("advocate")?;
                let role = spaced(change.text("role").unwrap_or("member"));
                let who = |value: &Option<Value>| {
                    value.as_ref().and_then(Value::as_str).map(|id| self.name(Kind::Advocate, id))
                };
                let (event, text) = match (who(&seat.before), who(&seat.after)) {
                    (Some(old), None) => {
                        ("seat-vacant", format!("The {role} seat on {name} became vacant; {old} held it"))
                    }
                    (None, Some(new)) => ("seat-filled", format!("{new} took the vacant {role} seat on {name}")),
                    (Some(old), Some(new)) => ("seat", format!("{new} followed {old} as {role} of {name}")),
                    (None, None) => return None,
                };
                event_words(event, text, &["advocate"])
            }
            (_, "actions" | "milestones", Changed) if set("done") => {
                let what = change.text("what").or_else(|| change.text("name"))?;
                let owner = of(Kind::Advocate, "owner").map_or_else(String::new, |owner| format!(", {owner}"));
                event_words("done", format!("Done: {}{owner}{}", words::quote(what), on("done")), &["done"])
            }
            (Kind::Request, "responses", Added) => {
                let answer = entry_label(self.after, "responses", "answer", change);
                let answer = answer.map_or_else(String::new, |label| format!(": {label}"));
                let text = format!("{} answered the request {}{}{answer}", member(), self.title(), on("date"));
                event_words("answered", text, &["member", "date", "answer"])
            }
            _ => None,
        }
    }

    /// The label of the choice that a field of the record itself has.
    fn label(&self, field: &str) -> Option<&'static str> {
        let word = self.text(field)?;
        self.after.tables().into_iter().find_map(|table| label_in(table, field, word))
    }
}

/// The label of the choice that a field of an entry has.
fn entry_label(state: &State<'_>, list: &str, field: &str, change: &EntryChange) -> Option<&'static str> {
    let word = change.text(field)?;
    let list = state.tables().into_iter().find_map(|table| table.field(list))?;
    match (list.shape)() {
        Shape::Table(table) => label_in(table, field, word),
        _ => None,
    }
}

fn label_in(table: &'static TableDef, field: &str, word: &str) -> Option<&'static str> {
    match (table.field(field)?.shape)() {
        Shape::Choice(choices) => {
            choices.iter().find(|choice: &&Choice| choice.word == word).map(|choice| choice.label)
        }
        _ => None,
    }
}

/// A reading with what it is read against: `12.5 of 16 hours a week, 78%`. The share is of the way from the baseline to the target.
fn reading(goal: &Record<Goal>, change: &EntryChange) -> Option<String> {
    let value = change.entry.get("value")?;
    let figure = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let Ok(figure) = figure.parse() else { return Some(figure) };
    let figure = words::number(figure);
    let measure = &goal.measure.as_ref()?.value;
    let unit = measure.unit.as_ref().map_or_else(String::new, |unit| format!(" {}", unit.value));
    let date = day(change.text("date"));
    Some(match &measure.target {
        Some(target) => {
            let share: Option<Number> = date.and_then(|date| measure.progress(date));
            let share = share.map_or_else(String::new, |share| format!(", {}", words::way(share.0)));
            format!("{figure} of {}{unit}{share}", words::number(target.value.0))
        }
        None => format!("{figure}{unit}"),
    })
}

fn day(text: Option<&str>) -> Option<NaiveDate> {
    text.and_then(|text| text.parse().ok())
}

/// A date at the end of a sentence: ` (June 4, 2026)`; nothing where there is none.
fn dated(text: Option<&str>) -> String {
    day(text).map_or_else(String::new, |date| format!(" ({})", words::format_date(date)))
}

fn spaced(role: &str) -> String {
    role.replace('-', " ")
}
