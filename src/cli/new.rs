//! `coalition new`: creates a record.

use super::answer::{CommandOutput, Format};
use super::editor::Draft;
use super::file_value::read_values;
use super::invocation::Invocation;
use super::prompt::{Answer, ask_text, ask_yes_or_no, choose};
use super::set::EditOptions;
use super::transaction::Transaction;
use crate::document::words::{shell_assignment, shell_word};
use crate::edit::interpret::{Interpreter, called};
use crate::edit::{
    Assignment, ChangeSet, EditForm, FileChange, Order, TypedCommand, find_mistake, lacks_giver, new_id, new_record,
    required_fields, seats_of_new, suggested_fields,
};
use crate::error::{Error, ErrorKind};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::parse::other_names;
use crate::parse::suggest::is_slug;
use crate::record::field::{Field, Shape};
use crate::record::fields_of;
use anyhow::Result;
use chrono::{Days, NaiveDate};
use clap::Args;
use serde_json::{Map, Value};

/// Create a record; prompts for what it needs
///
/// Makes the id from the name; the id of a meeting begins with its date. Outside a terminal there are no prompts: give the fields
/// after the name, as in classification=school.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The kind, singular or plural
    kind: Kind,
    /// The name that people read; in a terminal, prompts for it if it is missing
    name: Option<String>,
    /// Fields with their values
    #[arg(value_name = "FIELD=VALUE")]
    fields: Vec<String>,
    /// The id [default: made from the name]
    #[arg(long)]
    id: Option<String>,
    /// The same as FIELD=VALUE after the name; may be repeated
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Vec<String>,
    /// Open the record in your editor before it is written
    #[arg(long)]
    edit: bool,
    #[command(flatten)]
    how: EditOptions,
}

impl New {
    /// Makes the record.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        self.create(invocation).map(CommandOutput::yes)
    }

    fn create(&self, invocation: &Invocation) -> Result<String> {
        invocation.refuse_revision("new")?;
        let (name, given) = self.name_and_fields(invocation)?;
        let name = name.trim();
        if name.is_empty() || name.contains(['\n', '\r']) {
            stop!(usage, "the name must be one line of text");
        }
        if let Some(id) = self.id.as_deref().filter(|id| !is_slug(id)) {
            stop!(usage, "--id {id}: not a valid id; use a-z, 0-9 and single hyphens");
        }
        let reading = Transaction::begin(invocation, "new", true)?;
        let fields = self.fields(invocation, &reading.ledger, name, &given)?;
        let date = fields.get("date").and_then(Value::as_str);
        let id = new_id(&reading.ledger, self.kind, name, self.id.as_deref(), date)?;
        let record = new_record(&reading.ledger, self.kind, &id, &fields);
        if !self.edit {
            return self.write(invocation, record);
        }
        let text = with_open_fields(record.after.as_deref().unwrap_or_default(), self.kind, &fields);
        let form = EditForm::new(&text, &Order::of(self.kind));
        let draft = Draft::new(record.path.file_name(), form)?;
        draft.edit(invocation, |after| self.write(invocation, FileChange { after: Some(after), ..record.clone() }))
    }

    fn write(&self, invocation: &Invocation, record: FileChange) -> Result<String> {
        let transaction = Transaction::begin(invocation, "new", self.how.dry_run)?;
        let key = format!("{}/{}", self.kind, record.path.stem());
        let planned =
            transaction.plan(invocation, ChangeSet::one(format!("new {key}"), record), self.how.tolerance())?;
        let output = transaction.write(&planned)?;
        Ok(if invocation.quiet || self.how.dry_run {
            output
        } else {
            format!("{output}\n`coalition set {key} FIELD=VALUE` adds to it, `coalition edit {key}` opens it.\n")
        })
    }

    /// The name that is given, or asked for, and the fields that are given.
    fn name_and_fields(&self, invocation: &Invocation) -> Result<(String, Vec<String>)> {
        let order = Order::of(self.kind);
        // Where the name is missing, the first word may be a field.
        let is_field = |word: &&String| {
            word.split_once('=').is_some_and(|(field, _)| {
                order.field(&[field.trim().into()]).is_some() || other_names(field.trim()).next().is_some()
            })
        };
        let (first, name) = match self.name.as_ref().filter(is_field) {
            Some(field) => (Some(field), None),
            None => (None, self.name.clone()),
        };
        let mut given: Vec<String> = first.into_iter().chain(&self.fields).chain(&self.set).cloned().collect();
        let called = called(self.kind);
        if let Some(name) = &name
            && let Some(word) = given.iter().find(|word| !word.contains('='))
        {
            let (words, fields): (Vec<&String>, Vec<&String>) = given.iter().partition(|word| !word.contains('='));
            let whole = words.iter().fold(name.clone(), |name, word| format!("{name} {word}"));
            let fields: String = fields.iter().map(|field| format!(" {}", shell_assignment(field))).collect();
            return Err(Error::usage(format!("`{word}` is not FIELD=VALUE; put a name of several words in quotes"))
                .with_hint(format!("coalition new {called} {}{fields}", shell_word(&whole)))
                .into());
        }
        let at = given.iter().position(|word| word.starts_with("name=")).filter(|_| name.is_none());
        let name = at.map(|at| given.remove(at).trim_start_matches("name=").to_owned()).or(name);
        let name = match name {
            Some(name) => name,
            None if invocation.can_ask() => {
                let is_given =
                    |text: &str| if text.is_empty() { Err(Error::usage("a name is needed")) } else { Ok(()) };
                ask_text(&format!("The name of the {called}:"), None, is_given)?
            }
            None => {
                let fields: String = given.iter().map(|field| format!(" {}", shell_word(field))).collect();
                let line = format!("`coalition new {called} \"NAME\"{fields}`");
                stop!(usage, "what is the {called} called? Write the name in quotes: {line}")
            }
        };
        Ok((name, given))
    }

    /// What is given, and what is asked for.
    fn fields(
        &self,
        invocation: &Invocation,
        ledger: &Ledger,
        name: &str,
        given: &[String],
    ) -> Result<Map<String, Value>> {
        let order = Order::of(self.kind);
        let interpreter = Interpreter { ledger: Some(ledger), today: invocation.today };
        let mut fields = Map::new();
        fields.insert("name".to_owned(), Value::from(name));
        let record = shell_word(name);
        let command = format!("new {} {record}", called(self.kind));
        let typed = TypedCommand { command: &command, record: &record };
        let given_values = seats_of_new(&read_values(given)?, &order);
        let assignments = Assignment::parse_all(&given_values, &order, &interpreter, typed)
            .map_err(|error| error.with_kind(ErrorKind::Usage))?;
        for assignment in assignments {
            assignment.into_fields(&mut fields)?;
        }
        let missing: Vec<&Field> =
            required_fields(self.kind).filter(|field| !fields.contains_key(field.name)).collect();
        if self.edit {
            return Ok(fields);
        }
        if !invocation.can_ask() {
            // What has happened, and is written down now, happened today.
            let (dated, missing): (Vec<&Field>, Vec<&Field>) =
                missing.into_iter().partition(|field| field.flags.past && matches!((field.shape)(), Shape::Date));
            for field in dated {
                fields.insert(field.name.to_owned(), Value::from(interpreter.today.to_string()));
            }
            let mut needed: Vec<String> =
                missing.iter().map(|field| format!("{}={}", field.name, hint(field))).collect();
            let mut line: String =
                missing.iter().map(|field| format!(" {}={}", field.name, sample(field, &interpreter))).collect();
            if lacks_giver(self.kind, &fields) && !self.how.force {
                needed.push("member=MEMBER or advocate=PERSON, who gave it".to_owned());
                let giver = fields_of(self.kind).find(|field| field.name == "member");
                line += &giver.map_or_else(String::new, |giver| format!(" member={}", sample(giver, &interpreter)));
            }
            if !needed.is_empty() {
                let given: String = given.iter().map(|field| format!(" {}", shell_assignment(field))).collect();
                let message =
                    format!("{} needs more than a name:\n  {}", self.kind.with_article(), needed.join("\n  "));
                return Err(Error::usage(message)
                    .with_hint(format!("for example: coalition {command}{given}{line}"))
                    .into());
            }
            self.give_time_to_sign(ledger, interpreter.today, &mut fields);
            return Ok(fields);
        }
        for field in missing {
            ask_into(field, &interpreter, self.kind, &mut fields)?;
        }
        self.ask_suggested(&interpreter, &mut fields)?;
        if self.kind == Kind::Advocate && !fields.contains_key("contact_details") {
            let named = |way: &str| format!("{}={way}", if way.contains('@') { "email" } else { "phone" });
            let check = |way: &str| {
                let digits = way.chars().filter(char::is_ascii_digit).count();
                match way {
                    "" => Ok(()),
                    way if !way.contains('@') && digits < 3 => Err(Error::usage(format!(
                        "\u{201c}{way}\u{201d} is neither an email address nor a phone number"
                    ))),
                    way => with_value(&named(way), &interpreter, self.kind, &fields).map(drop),
                }
            };
            let way = ask_text("An email address or a phone number (press Enter to skip):", None, check)?;
            if !way.is_empty() {
                Assignment::parse(&named(&way), &order, &interpreter)?.into_fields(&mut fields)?;
            }
        }
        Ok(fields)
    }

    /// Gives members as many days for a new agreement as they would have after joining, where nothing says how many: otherwise
    /// those who joined long ago would be late on the day it is made.
    fn give_time_to_sign(&self, ledger: &Ledger, today: NaiveDate, fields: &mut Map<String, Value>) {
        let is_open = |name: &str| !fields.contains_key(name);
        if self.kind == Kind::Agreement && is_open("sign_by") && is_open("effective") && is_open("required_of") {
            let days = u64::try_from(ledger.policy().sign_days()).unwrap_or_default();
            let last = today.checked_add_days(Days::new(days)).unwrap_or(today);
            fields.insert("sign_by".to_owned(), Value::from(last.to_string()));
        }
    }

    /// Asks for the fields that the record should have. Who gave a gift is asked until someone is named, or the person says that no one
    /// is to be.
    fn ask_suggested(&self, interpreter: &Interpreter<'_>, fields: &mut Map<String, Value>) -> Result<()> {
        let mut asked: Vec<&'static str> = Vec::new();
        loop {
            let is_new = |field: &&Field| !fields.contains_key(field.name) && !asked.contains(&field.name);
            let Some(field) = suggested_fields(self.kind, fields).find(is_new) else {
                let is_anonymous = || ask_yes_or_no("No one is named as the giver. Save it as an anonymous gift?");
                if !lacks_giver(self.kind, fields) || self.how.force || is_anonymous()? {
                    return Ok(());
                }
                asked.clear();
                continue;
            };
            asked.push(field.name);
            ask_into(field, interpreter, self.kind, fields)?;
        }
    }
}

/// Asks for a field and adds it, unless it is left out.
fn ask_into(field: &Field, interpreter: &Interpreter<'_>, kind: Kind, fields: &mut Map<String, Value>) -> Result<()> {
    if let Some(answer) = ask_for_field(field, interpreter, kind, fields)? {
        let assignment = format!("{}={answer}", field.name);
        Assignment::parse(&assignment, &Order::of(kind), interpreter)?.into_fields(fields)?;
    }
    Ok(())
}

/// The fields with one more value.
///
/// # Errors
/// What is wrong with it.
fn with_value(
    assignment: &str,
    interpreter: &Interpreter<'_>,
    kind: Kind,
    fields: &Map<String, Value>,
) -> Result<Map<String, Value>, Error> {
    let mut fields = fields.clone();
    Assignment::parse(assignment, &Order::of(kind), interpreter)?.into_fields(&mut fields)?;
    match find_mistake(kind, &fields) {
        Some(mistake) => Err(Error::usage(mistake)),
        None => Ok(fields),
    }
}

/// The text of a new record with a line for each field that it must have and has not yet, below the name.
fn with_open_fields(text: &str, kind: Kind, fields: &Map<String, Value>) -> String {
    let missing = required_fields(kind).filter(|field| !fields.contains_key(field.name));
    let lines: String = missing.map(|field| format!("{} = \"\" # {}\n", field.name, hint(field))).collect();
    let name = text.find("name = ").unwrap_or_default();
    let end = text.get(name..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| name + at + 1);
    let (above, below) = text.split_at(end);
    format!("{above}{lines}{below}")
}

/// What a field can hold, for a command line.
fn hint(field: &Field) -> String {
    match (field.shape)() {
        Shape::Choice(choices) => choices.iter().map(|choice| choice.word).collect::<Vec<_>>().join("|"),
        Shape::Date => "DATE".to_owned(),
        Shape::Reference(kind) => kind.singular().to_uppercase(),
        _ => "TEXT".to_owned(),
    }
}

/// A value that a field can have in this ledger, as it is typed.
fn sample(field: &Field, interpreter: &Interpreter<'_>) -> String {
    let of_kind = |kind: Kind| interpreter.ledger.and_then(|ledger| ledger.records_of(kind).next());
    match (field.shape)() {
        Shape::Choice(choices) => choices.first().map_or("TEXT", |choice| choice.word).to_owned(),
        Shape::Date if field.flags.past => "today".to_owned(),
        Shape::Date => (interpreter.today + Days::new(14)).to_string(),
        Shape::Reference(kind) => of_kind(kind).map_or_else(|| hint(field), |record| record.key().id.to_string()),
        _ => shell_word(field.example.trim_matches('"')),
    }
}

/// Asks the person for the value of a field; `None` if it is left out.
fn ask_for_field(
    field: &Field,
    interpreter: &Interpreter<'_>,
    kind: Kind,
    fields: &Map<String, Value>,
) -> Result<Option<String>> {
    let description = field.description();
    let sentence = description.split(". ").next().unwrap_or_default().trim_end_matches('.');
    let question = format!("{sentence} ({}):", field.name);
    let skip = || Answer { label: "(skip)".to_owned(), value: String::new() };
    let needed = field.flags.required;
    let shape = (field.shape)();
    let answers = match (&shape, interpreter.ledger) {
        (Shape::Choice(choices), _) => choices
            .iter()
            .map(|choice| Answer {
                label: format!("{} ({})", choice.label, choice.word),
                value: choice.word.to_owned(),
            })
            .collect(),
        (Shape::Reference(kind), Some(ledger)) => ledger
            .records_of(*kind)
            .map(|record| Answer {
                label: format!("{} ({})", record.name(), record.key().id),
                value: record.key().id.to_string(),
            })
            .collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    if !answers.is_empty() {
        let optional = (!needed).then(skip);
        let answer = choose(&question, optional.into_iter().chain(answers).collect())?.value;
        return Ok(Some(answer).filter(|answer| !answer.is_empty()));
    }
    if matches!(shape, Shape::Reference(_)) && !needed {
        // There is none to choose yet.
        return Ok(None);
    }
    let today = interpreter.today.to_string();
    let default = (matches!(shape, Shape::Date) && (needed || field.flags.past)).then_some(today.as_str());
    let question = if needed || default.is_some() {
        question
    } else {
        format!("{sentence} ({}; press Enter to skip):", field.name)
    };
    let answer = ask_text(&question, default, |text| {
        if text.is_empty() {
            return if needed { Err(Error::usage("this field is required")) } else { Ok(()) };
        }
        with_value(&format!("{}={text}", field.name), interpreter, kind, fields).map(drop)
    })?;
    Ok(Some(answer).filter(|answer| !answer.is_empty()))
}
