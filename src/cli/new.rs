//! `coalition new`: creates a record.

use super::answer::{CommandOutput, Format};
use super::editor::Draft;
use super::file_value::read_values;
use super::invocation::Invocation;
use super::set::EditOptions;
use super::transaction::Transaction;
use crate::edit::interpret::{self, Interpreter};
use crate::edit::{Assignment, ChangeSet, FileChange, Order, new_id, new_record, required_fields};
use crate::error::ErrorKind;
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::parse::informal::Tense;
use crate::parse::suggest::{is_slug, nearest};
use crate::record::field::{Field, Shape};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use serde_json::{Map, Value};

/// Create a record; prompts for required fields
///
/// Makes the id from the name. Outside a terminal there are no prompts: give the fields with --set, as in
/// --set classification=school.
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
            bail!("the name must be one line of text");
        }
        if let Some(id) = self.id.as_deref().filter(|id| !is_slug(id)) {
            bail!("--id {id}: not a valid id; use a-z, 0-9 and single hyphens");
        }
        let reading = Transaction::begin(invocation, "new", true)?;
        let fields = self.fields(invocation, &reading.ledger, name)?;
        let id = new_id(&reading.ledger, self.kind, name, self.id.as_deref())?;
        let record = new_record(&reading.ledger, self.kind, &id, &fields);
        if !self.edit {
            return self.write(invocation, record);
        }
        let text = with_open_fields(record.after.as_deref().unwrap_or_default(), self.kind, &fields);
        let draft = Draft::new(record.path.file_name(), &text)?;
        let after = match draft.open() {
            Ok(after) => after,
            Err(reason) => return Err(draft.explain_failure(&text, reason)),
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
        if missing.is_empty() || self.edit {
            return Ok(fields);
        }
        if !invocation.can_ask() {
            let needed: String =
                missing.iter().map(|field| format!("\n  --set {}={}", field.name, hint(field))).collect();
            bail!("{} needs more than a name:{needed}", self.kind.with_article());
        }
        for field in missing {
            let answer = ask_for_field(field, invocation)?;
            let assignment = format!("{}={answer}", field.name);
            Assignment::parse(&assignment, &order, &interpreter)?.into_fields(&mut fields)?;
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

/// Asks the person for the value of a field.
fn ask_for_field(field: &Field, invocation: &Invocation) -> Result<String> {
    let question = field.description().lines().next().unwrap_or_default().trim_end_matches('.').to_owned();
    let question = format!("{} ({})", question, field.name);
    match (field.shape)() {
        // A line is read, not a key: prompts for keys hide the cursor, and Ctrl-C would leave it hidden.
        Shape::Choice(choices) => {
            let words: Vec<&str> = choices.iter().map(|choice| choice.word).collect();
            super::aside::print(&format!("{question}: {}\n", words.join(", ")));
            dialoguer::Input::new()
                .with_prompt(field.name)
                .validate_with(|text: &String| match nearest(text.trim(), words.iter().copied()) {
                    _ if words.contains(&text.trim()) => Ok(()),
                    Some(near) => Err(format!("did you mean {near}?")),
                    None => Err("answer with one of these words".to_owned()),
                })
                .interact_text()
                .context("no answer was given")
        }
        Shape::Date => dialoguer::Input::new()
            .with_prompt(question)
            .default(invocation.today.to_string())
            .validate_with(|text: &String| {
                let tense = if field.flags.past { Tense::Past } else { Tense::Open };
                interpret::date(field.name, text, invocation.today, tense)
                    .map(|_| ())
                    .map_err(|error| error.to_string())
            })
            .interact_text()
            .context("no answer was given"),
        _ => dialoguer::Input::new().with_prompt(question).interact_text().context("no answer was given"),
    }
}
