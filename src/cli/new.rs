//! `coalition new`: creates a record.

use super::answer::{CommandOutput, Format};
use super::editor::Draft;
use super::file_value::read_values;
use super::invocation::Invocation;
use super::prompt::{Answer, ask_text, choose};
use super::set::EditOptions;
use super::transaction::Transaction;
use crate::edit::interpret::Interpreter;
use crate::edit::{
    Assignment, ChangeSet, EditForm, FileChange, Order, new_id, new_record, required_fields, suggested_fields,
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
    /// The name that people read
    name: String,
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
        let name = self.name.trim();
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
        let after = match draft.open(invocation.quiet) {
            Ok(after) => after,
            Err(reason) => return Err(draft.explain_failure(reason)),
        };
        self.write(invocation, FileChange { after: Some(after), ..record }).map_err(|reason| draft.keep(&reason))
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
        if self.edit || (missing.is_empty() && !invocation.can_ask()) {
            return Ok(fields);
        }
        if !invocation.can_ask() {
            let needed: String =
                missing.iter().map(|field| format!("\n  --set {}={}", field.name, hint(field))).collect();
            stop!(usage, "{} needs more than a name:{needed}", self.kind.with_article());
        }
        let suggested = suggested_fields(self.kind).filter(|field| !fields.contains_key(field.name));
        let asked: Vec<&Field> = missing.into_iter().chain(suggested).collect();
        for field in asked {
            if let Some(answer) = ask_for_field(field, &interpreter)? {
                let assignment = format!("{}={answer}", field.name);
                Assignment::parse(&assignment, &order, &interpreter)?.into_fields(&mut fields)?;
            }
        }
        if self.kind == Kind::Advocate && !fields.contains_key("contact_details") {
            let way = ask_text("An email address or a phone number (press Enter to skip):", None, |_| Ok(()))?;
            if !way.is_empty() {
                let name = if way.contains('@') { "email" } else { "phone" };
                Assignment::parse(&format!("{name}={way}"), &order, &interpreter)?.into_fields(&mut fields)?;
            }
        }
        Ok(fields)
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
fn ask_for_field(field: &Field, interpreter: &Interpreter<'_>) -> Result<Option<String>> {
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
    let question = if needed || default.is_some() { question } else { format!("{question} (press Enter to skip)") };
    let answer = ask_text(&question, default, |text| {
        if text.is_empty() {
            return if needed { Err(Error::usage("this field is required")) } else { Ok(()) };
        }
        interpreter.interpret(field, field.name, text).map(drop)
    })?;
    Ok(Some(answer).filter(|answer| !answer.is_empty()))
}
