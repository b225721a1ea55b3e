//! `coalition new`: creates a record.

use super::answer::{CommandOutput, Format};
use super::editor::Draft;
use super::file_value::read_values;
use super::invocation::Invocation;
use super::prompt::{Answer, ask_text, ask_yes_or_no, choose};
use super::set::EditOptions;
use super::transaction::Transaction;
use crate::edit::interpret::Interpreter;
use crate::edit::{
    Assignment, ChangeSet, EditForm, FileChange, Order, find_mistake, lacks_giver, new_id, new_record, required_fields,
    suggested_fields,
};
use crate::error::{Error, ErrorKind};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::parse::suggest::is_slug;
use crate::record::field::{Field, Shape};
use anyhow::Result;
use clap::Args;
use serde_json::{Map, Value};

/// Create a record; prompts for what it needs
///
/// Makes the id from the name; the id of a meeting begins with its date. Outside a terminal there are no prompts: give the fields
/// with --set, as in --set classification=school.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The kind, singular or plural
    kind: Kind,
    /// The name that people read; in a terminal, prompts for it if it is missing
    name: Option<String>,
    /// The id [default: made from the name]
    #[arg(long)]
    id: Option<String>,
    /// A field with its value; may be repeated
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
        let name = self.name(invocation)?;
        let name = name.trim();
        if name.is_empty() || name.contains(['\n', '\r']) {
            stop!(usage, "the name must be one line of text");
        }
        if let Some(id) = self.id.as_deref().filter(|id| !is_slug(id)) {
            stop!(usage, "--id {id}: not a valid id; use a-z, 0-9 and single hyphens");
        }
        let reading = Transaction::begin(invocation, "new", true)?;
        let fields = self.fields(invocation, &reading.ledger, name)?;
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

    /// The name that is given, or asked for.
    fn name(&self, invocation: &Invocation) -> Result<String> {
        match &self.name {
            Some(name) => Ok(name.clone()),
            None if invocation.can_ask() => {
                let is_given =
                    |text: &str| if text.is_empty() { Err(Error::usage("a name is needed")) } else { Ok(()) };
                ask_text(&format!("The name of the {}:", called(self.kind)), None, is_given)
            }
            None => {
                let called = called(self.kind);
                stop!(usage, "what is the {called} called? Write the name in quotes: `coalition new {called} \"NAME\"`")
            }
        }
    }

    /// What is given, and what is asked for.
    fn fields(&self, invocation: &Invocation, ledger: &Ledger, name: &str) -> Result<Map<String, Value>> {
        let order = Order::of(self.kind);
        let interpreter = Interpreter { ledger: Some(ledger), today: invocation.today };
        let mut fields = Map::new();
        fields.insert("name".to_owned(), Value::from(name));
        for assignment in &read_values(&self.set)? {
            Assignment::parse(assignment, &order, &interpreter)
                .map_err(|error| error.with_kind(ErrorKind::Usage))?
                .into_fields(&mut fields)?;
        }
        let missing: Vec<&Field> =
            required_fields(self.kind).filter(|field| !fields.contains_key(field.name)).collect();
        if self.edit {
            return Ok(fields);
        }
        if !invocation.can_ask() {
            let mut needed: Vec<String> =
                missing.iter().map(|field| format!("--set {}={}", field.name, hint(field))).collect();
            if lacks_giver(self.kind, &fields) && !self.how.force {
                needed.push("--set member=MEMBER or --set advocate=PERSON, who gave it".to_owned());
            }
            if !needed.is_empty() {
                stop!(usage, "{} needs more than a name:\n  {}", self.kind.with_article(), needed.join("\n  "));
            }
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

/// What people call a record of a kind.
fn called(kind: Kind) -> &'static str {
    match kind {
        Kind::Member => "organization",
        Kind::Advocate => "person",
        kind => kind.singular(),
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
        Shape::Date => "YYYY-MM-DD".to_owned(),
        Shape::Reference(kind) => kind.singular().to_uppercase(),
        _ => "TEXT".to_owned(),
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
