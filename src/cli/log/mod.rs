//! `coalition log`: what accrues while a coalition works, each as an entry in the record that it belongs to.

mod entry;

use super::answer::{CommandOutput, Format};
use super::invocation::Invocation;
use super::transaction::{Transaction, notice};
use super::usage::typed_line;
use crate::disclosure::{Consents, Unlisted};
use crate::document::words::{self, capitalize};
use crate::edit::apply::written_path;
use crate::edit::interpret::{Interpreter, choice};
use crate::edit::log::attendance::{Attendee, Participation, attendance};
use crate::edit::log::contact::{NewContact, callers, contact};
use crate::edit::log::contribution::{NewContribution, contribution};
use crate::edit::log::drill::drill;
use crate::edit::log::position::{Matter, NewPosition, position};
use crate::edit::log::reading::reading;
use crate::edit::log::{LogEntry, happened};
use crate::edit::{ChangeSet, Tolerance, figure_of, record_change};
use crate::error::Error;
use crate::kind::Kind;
use crate::ledger::{AsOf, Ledger, Stored};
use crate::lookup::{find_by_word, find_optional, member_or_own, not_found, require_by_word, require_typed};
use crate::output::visible_text;
use crate::parse::informal::{Tense, Unit, read_amount, read_quantity};
use crate::record::common::Channel;
use crate::record::contribution::ContributionKind;
use crate::record::field::{Choice, Field};
use crate::record::goal::Reading;
use crate::record::table::RecordTable as _;
use crate::record::value::Choices;
use crate::record::{Advocate, AnyRecord, Committee, Contribution, Decision, Goal, Meeting, Member, Record};
use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use clap::{Args, Subcommand};

/// Log what happened or was planned: a contact, an action, thanks and more
///
/// Adds an entry to the record it belongs to; a contribution becomes its own record. There are no prompts. Name
/// records by id, by name in quotes, or by a part of the name that no other record has. `coalition add` adds to any
/// other list.
#[derive(Debug, Args)]
pub(super) struct Log {
    #[command(subcommand)]
    what: LogEvent,
}

#[derive(Debug, Subcommand)]
enum LogEvent {
    Contact(LogContact),
    Contribution(LogContribution),
    Attendance(LogAttendance),
    Position(LogPosition),
    Reading(LogReading),
    Drill(LogDrill),
    Agenda(entry::LogAgenda),
    Action(entry::LogAction),
    Milestone(entry::LogMilestone),
    Thanks(entry::LogThanks),
    Response(entry::LogResponse),
    Ask(entry::LogAsk),
    Watch(entry::LogWatch),
}

/// How it is written.
#[derive(Debug, Args)]
pub(super) struct LogOptions {
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write even if this adds errors or the date is in the future
    #[arg(long)]
    force: bool,
}

impl Log {
    /// Logs it.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        Format::among(invocation.format, &[Format::Text])?;
        let text = match self.what {
            LogEvent::Contact(contact) => contact.log(invocation),
            LogEvent::Contribution(contribution) => contribution.log(invocation),
            LogEvent::Attendance(attendance) => attendance.log(invocation),
            LogEvent::Position(position) => position.log(invocation),
            LogEvent::Reading(reading) => reading.log(invocation),
            LogEvent::Drill(drill) => drill.log(invocation),
            LogEvent::Agenda(agenda) => agenda.log(invocation),
            LogEvent::Action(action) => action.log(invocation),
            LogEvent::Milestone(milestone) => milestone.log(invocation),
            LogEvent::Thanks(thanks) => thanks.log(invocation),
            LogEvent::Response(response) => response.log(invocation),
            LogEvent::Ask(ask) => ask.log(invocation),
            LogEvent::Watch(watch) => watch.log(invocation),
        };
        text.map(CommandOutput::yes)
    }
}

impl LogOptions {
    /// The day of the entry: today if none is given.
    pub(super) fn day(&self, invocation: &Invocation, date: Option<&String>) -> Result<NaiveDate> {
        let date = invocation.past_date("--date", date)?;
        Ok(happened(date, invocation.today, self.force)?)
    }

    /// Writes the entry, and returns what was written.
    pub(super) fn write_entry(
        &self,
        invocation: &Invocation,
        command: &str,
        entry: impl FnOnce(&Ledger) -> Result<LogEntry>,
    ) -> Result<String> {
        let transaction = Transaction::begin(invocation, command, self.dry_run)?;
        let entry = entry(&transaction.ledger)?;
        let changes_files = entry.files.iter().any(|file| file.before != file.after);
        if !changes_files && entry.records.iter().all(|(_, edits)| edits.is_empty()) {
            let why = if entry.message.is_empty() { "the record already says this" } else { &entry.message };
            return Ok(visible_text(&format!("No change: {}.", why.trim_end_matches('.'))));
        }
        let mut files = entry.files;
        let mut written = Vec::new();
        for (key, edits) in &entry.records {
            let change = record_change(&transaction.ledger, key, edits)?;
            // Two records may be links to one file, which gets one entry.
            let place = written_path(&transaction.disk, &change.path)?;
            if !written.contains(&place) {
                written.push(place);
                files.push(change);
            }
        }
        let changes = ChangeSet { what: command.to_owned(), files };
        let planned = transaction.plan(invocation, changes, Tolerance { all: self.force, ..Tolerance::NONE })?;
        let mut output = transaction.write(&planned)?;
        if !planned.changes.is_empty() && !self.dry_run {
            output += &visible_text(&format!("\n{}", capitalize(&entry.message)));
            if !invocation.quiet {
                output += &visible_text(&notice(&planned));
            }
        }
        Ok(output)
    }
}

/// The name of an option that may also be a word, its value, and an example of it.
type WordOrOption<'o> = (&'o str, &'o Option<String>, &'o dyn Fn() -> String);

/// The values of options that may also be given as words in the order of the options, each with an example of its value.
///
/// # Errors
/// If some are missing: all of them, with a line that has them.
fn named_or_next<const N: usize>(options: [WordOrOption<'_>; N], words: &[String]) -> Result<[String; N]> {
    let mut words = words.iter();
    let mut values = std::array::from_fn(|_| String::new());
    let mut missing = Vec::new();
    for ((name, option, example), value) in options.into_iter().zip(&mut values) {
        match option.as_ref().or_else(|| words.next()) {
            Some(given) => given.clone_into(value),
            None => missing.push((name, example())),
        }
    }
    if let Some(word) = words.next() {
        stop!(usage, "`{word}` is one word too many; put names of several words in quotes");
    }
    refuse_missing(&missing)?;
    Ok(values)
}

/// Refuses a line in which options are missing: all of them, with a line that has them.
fn refuse_missing(missing: &[(&str, String)]) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<String> = missing.iter().map(|(name, _)| format!("--{name}")).collect();
    let more: Vec<String> = missing.iter().flat_map(|(name, example)| [format!("--{name}"), example.clone()]).collect();
    Err(Error::usage(format!("{} {} missing", words::list(&names), if names.len() == 1 { "is" } else { "are" }))
        .with_hint(format!("for example: {}", typed_line(&more)))
        .into())
}

/// A current member, as an example.
fn some_member(ledger: &Ledger, today: NaiveDate) -> String {
    let member = AsOf::new(ledger, today).current_members().next();
    member.map_or_else(|| "MEMBER".to_owned(), |member| member.key.id.to_string())
}

/// A current person, as an example.
fn some_person(ledger: &Ledger, today: NaiveDate) -> String {
    let person = AsOf::new(ledger, today).serving_advocates().next();
    person.map_or_else(|| "PERSON".to_owned(), |person| person.key.id.to_string())
}

/// A planned date that is an option.
fn day(invocation: &Invocation, option: &str, text: Option<&String>) -> Result<Option<NaiveDate>> {
    text.map(|text| invocation.date(option, text, Tense::Future)).transpose()
}

/// Text without spaces around it, with plain line breaks.
fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// A number or an amount that an option gives, as its field holds it: `$1,200` is 1200. `field` is the field that it is for.
fn interpret_number(
    invocation: &Invocation,
    ledger: &Ledger,
    field: Option<&'static Field>,
    option: &str,
    text: Option<&String>,
) -> Result<Option<String>> {
    let interpreter = Interpreter { ledger: Some(ledger), today: invocation.today };
    Ok(match (field, text) {
        (Some(field), Some(text)) => Some(interpreter.interpret(field, option, text)?),
        (_, text) => text.cloned(),
    })
}

/// One of a few words, as the type of its field.
fn parse_choice<C: Choices>(word: &str, option: &str) -> Result<C> {
    let choice = choice(C::CHOICES, option, word)?;
    let at = C::CHOICES.iter().position(|other| other == choice);
    at.and_then(|at| C::ALL.get(at)).copied().with_context(|| format!("{option} cannot be `{word}`"))
}

/// The kinds of record that hold contacts.
const REACHED: [Kind; 3] = [Kind::Advocate, Kind::Member, Kind::Official];

/// Said where the last argument may be meant as a summary.
const WORD_HINT: &str = "put what was said in quotes; if it is a single word, use --summary";

/// Log a contact with people, members or officials
#[derive(Debug, Args)]
struct LogContact {
    /// Ids of people, members or officials; write `official/pat-quill` if several records have the id. End with
    /// what was said, in quotes
    #[arg(required = true, value_name = "WHOM")]
    words: Vec<String>,
    /// The person who made the contact
    #[arg(long, value_name = "PERSON")]
    by: Option<String>,
    /// Channel: in-person, phone, email, text, mail, video, event, social or other
    #[arg(long)]
    channel: Option<String>,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// The date to follow up
    #[arg(long, value_name = "DATE")]
    follow_up: Option<String>,
    /// The campaign it was for
    #[arg(long, value_name = "CAMPAIGN")]
    campaign: Option<String>,
    /// What was said, in a sentence or two
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

impl LogContact {
    /// Logs it.
    fn log(&self, invocation: &Invocation) -> Result<String> {
        let date = self.how.day(invocation, self.date.as_ref())?;
        let follow_up = day(invocation, "--follow-up", self.follow_up.as_ref())?;
        self.how.write_entry(invocation, "log contact", |ledger| {
            let (with, said) = self.whom_and_summary(ledger)?;
            let (Some(by), Some(channel)) = (&self.by, &self.channel) else {
                return Err(self.lacking(ledger, invocation.today, &with));
            };
            let made = NewContact {
                by: require_typed::<Advocate>(ledger, by)?,
                channel: parse_choice(channel, "--channel")?,
                date,
                summary: said.as_deref(),
                follow_up,
                campaign: find_optional(ledger, self.campaign.as_ref())?,
            };
            Ok(contact(ledger, invocation.today, &with, &made)?)
        })
    }

    /// What the line lacks, with who should have been in touch.
    fn lacking(&self, ledger: &Ledger, today: NaiveDate, with: &[&dyn AnyRecord]) -> anyhow::Error {
        let callers = callers(ledger, today, with);
        let is_other = |caller: &&&crate::record::Record<Advocate>| with.iter().all(|one| *one.key() != caller.key);
        let other = || {
            AsOf::new(ledger, today).serving_advocates().find(|person| with.iter().all(|one| *one.key() != person.key))
        };
        let caller = callers.iter().find(is_other).map(|caller| caller.key.id.to_string());
        let caller = caller.or_else(|| other().map(|person| person.key.id.to_string()));
        let mut missing = Vec::new();
        if self.by.is_none() {
            missing.push(("by", caller.unwrap_or_else(|| "PERSON".to_owned())));
        }
        if self.channel.is_none() {
            missing.push(("channel", Channel::Phone.word().to_owned()));
        }
        let Err(refusal) = refuse_missing(&missing) else { return Error::internal("nothing is missing").into() };
        let named: Vec<_> = callers.iter().map(|caller| caller.name()).collect();
        let words: Vec<&str> = Channel::CHOICES.iter().map(|choice| choice.word).collect();
        match refusal.downcast::<Error>() {
            Ok(error) => {
                let by = format!("--by is who was in touch; the ledger assigns this to {}", words::list(&named));
                let error = if self.by.is_none() && !named.is_empty() { error.with_hint(by) } else { error };
                let channels = format!("--channel is {}", words::choice(&words));
                let error = if self.channel.is_none() { error.with_hint(channels) } else { error };
                error.into()
            }
            Err(error) => error,
        }
    }

    /// Whom the contact was made with, each once, and what was said: the last argument, where it names no one and is
    /// more than a word.
    fn whom_and_summary<'l>(&self, ledger: &'l Ledger) -> Result<(Vec<&'l dyn AnyRecord>, Option<String>)> {
        let mut summary = self.summary.as_deref().map(tidy);
        let mut with: Vec<&dyn AnyRecord> = Vec::new();
        for (nth, word) in self.words.iter().enumerate() {
            let is_last = nth > 0 && nth + 1 == self.words.len();
            match find_by_word(ledger, &REACHED, word)? {
                Some(record) if with.iter().any(|other| other.key() == record.key()) => {}
                Some(record) => with.push(record),
                None if is_last && summary.is_none() && (word.trim().is_empty() || is_sentence(word)) => {
                    summary = Some(tidy(word));
                }
                None => {
                    let error = not_found(ledger, &REACHED, word);
                    let is_summary = is_last && summary.is_none();
                    return Err(if is_summary { error.with_hint(WORD_HINT) } else { error }.into());
                }
            }
        }
        Ok((with, summary.filter(|summary| !summary.is_empty())))
    }
}

fn is_sentence(word: &str) -> bool {
    word.trim().contains(char::is_whitespace)
}

/// Log a contribution from a member or a person
#[derive(Debug, Args)]
struct LogContribution {
    /// What was given: volunteers, meeting-space, funding, copying, publicity, staff-time, expertise, data, equipment,
    /// food, connections or other
    kind: String,
    /// The name [default: made from the facts, without names of people who have not agreed to be listed]
    name: Option<String>,
    /// The member who gave it
    #[arg(long, value_name = "MEMBER")]
    member: Option<String>,
    /// The person who gave it
    #[arg(long, value_name = "PERSON")]
    advocate: Option<String>,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Hours of work
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    hours: Option<String>,
    /// The amount of money, or what the gift would have cost
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    amount: Option<String>,
    /// The currency [default: the coalition's]
    #[arg(long, value_name = "CODE", requires = "amount")]
    currency: Option<String>,
    /// The amount is the value of an in-kind gift, not money
    #[arg(long, requires = "amount")]
    in_kind: bool,
    /// The goal it served
    #[arg(long, value_name = "GOAL")]
    goal: Option<String>,
    /// The campaign it served
    #[arg(long, value_name = "CAMPAIGN")]
    campaign: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

impl LogContribution {
    /// Logs it.
    fn log(&self, invocation: &Invocation) -> Result<String> {
        let Ok(kind) = parse_choice(&self.kind, "the kind of a contribution") else {
            // The giver may come first, as in `log contribution "Friends of the Library" funding`.
            let second = self.name.as_deref().map(|kind| parse_choice(kind, "the kind of a contribution"));
            let Some(Ok(kind)) = second else {
                return parse_choice::<ContributionKind>(&self.kind, "the kind of a contribution")
                    .map(|_| String::new());
            };
            stop!(
                usage,
                "what was given comes first: coalition log contribution {} --member \"{}\"; for a person, --advocate",
                ContributionKind::word(kind),
                self.kind
            );
        };
        let date = self.how.day(invocation, self.date.as_ref())?;
        // A number in place of the name is how much was given.
        let figure = self.name.as_ref().filter(|name| {
            let has_unit = name.to_lowercase().contains("hour");
            self.hours.is_none()
                && self.amount.is_none()
                && (read_amount(name).is_some() || has_unit && is_quantity(name))
        });
        let is_work = figure_of(kind) == "hours";
        let hours = self.hours.as_ref().or(figure.filter(|_| is_work));
        let amount = self.amount.as_ref().or(figure.filter(|_| !is_work));
        let name = self.name.as_deref().map(str::trim).filter(|name| !name.is_empty() && figure.is_none());
        self.how.write_entry(invocation, "log contribution", |ledger| {
            if self.member.is_none() && self.advocate.is_none() {
                let more = ["--member".to_owned(), some_member(ledger, invocation.today)];
                return Err(Error::usage("say who gave it, with --member, --advocate or both")
                    .with_hint(format!("for example: {}", typed_line(&more)))
                    .into());
            }
            let unlisted = Unlisted::of(ledger, &Consents::of(ledger, invocation.day_of_consent()));
            let typed = |option: &str, name: &str, text: Option<&String>| {
                interpret_number(invocation, ledger, Contribution::DEF.field(name), option, text)
            };
            let hours = typed("--hours", "hours", hours)?;
            let amount = typed("--amount", "amount", amount)?;
            // Who gave it may be a person, whatever the option is called.
            let is_person = |word: &&String| {
                find_by_word(ledger, &[Kind::Member], word).is_ok_and(|member| member.is_none())
                    && find_by_word(ledger, &[Kind::Advocate], word).is_ok_and(|person| person.is_some())
            };
            let person = self.member.as_ref().filter(|_| self.advocate.is_none()).filter(is_person);
            let given = NewContribution {
                kind,
                member: find_optional(ledger, self.member.as_ref().filter(|_| person.is_none()))?,
                advocate: find_optional(ledger, self.advocate.as_ref().or(person))?,
                date,
                hours: hours.as_deref(),
                amount: amount.as_deref(),
                currency: self.currency.as_deref(),
                in_kind: self.in_kind,
                goal: find_optional(ledger, self.goal.as_ref())?,
                campaign: find_optional(ledger, self.campaign.as_ref())?,
                name,
                unlisted: &unlisted,
            };
            Ok(contribution(ledger, &given, self.how.force)?)
        })
    }
}

/// Whether a text is a number of hours.
fn is_quantity(text: &str) -> bool {
    read_quantity(text, Unit::of_field("hours")).is_some()
}

/// Log who came to a meeting or sent regrets
///
/// Updates the entry of anyone who is already on the list.
#[derive(Debug, Args)]
struct LogAttendance {
    /// The meeting
    meeting: String,
    /// Ids of people, and names of guests in quotes
    #[arg(value_name = "WHOM", required_unless_present = "guest")]
    words: Vec<String>,
    /// A guest whose name is one word
    #[arg(long, value_name = "NAME")]
    guest: Vec<String>,
    /// The member they represent [default: their own]
    #[arg(long, value_name = "MEMBER")]
    member: Option<String>,
    /// They sent regrets and did not come
    #[arg(long)]
    regrets: bool,
    #[command(flatten)]
    how: LogOptions,
}

impl LogAttendance {
    /// Logs it.
    fn log(&self, invocation: &Invocation) -> Result<String> {
        self.how.write_entry(invocation, "log attendance", |ledger| {
            let meeting = require_typed::<Meeting>(ledger, &self.meeting)?;
            let words = self.words.iter().map(|word| person(ledger, word, false));
            let guests = self.guest.iter().map(|word| person(ledger, word, true));
            let people = words.chain(guests).collect::<Result<Vec<_>>>()?;
            let part = Participation { member: find_optional(ledger, self.member.as_ref())?, regrets: self.regrets };
            Ok(attendance(ledger, invocation.today, meeting, &people, part, self.how.force)?)
        })
    }
}

/// Whom a word means: an advocate, or a guest with this name.
fn person<'a>(ledger: &'a Ledger, word: &'a str, is_guest: bool) -> Result<Attendee<'a>> {
    const KINDS: [Kind; 1] = [Kind::Advocate];
    let name = word.trim();
    if name.is_empty() {
        stop!(usage, "the name of a person who came is empty");
    }
    let known = if is_guest { None } else { find_by_word(ledger, &KINDS, name)? };
    match known.and_then(|record| Advocate::collection(ledger).find(&record.key().id)) {
        Some(advocate) => Ok(Attendee::Advocate(advocate)),
        None if !is_guest && find_by_word(ledger, &[Kind::Member], name)?.is_some() => {
            let refusal = format!("`{name}` is a member, an organization; name the people who came for it");
            let error =
                Error::usage(refusal).with_hint("`coalition list people` shows them, each with its organization");
            Err(error.into())
        }
        None if is_guest || name.contains(char::is_whitespace) => Ok(Attendee::Guest(name)),
        None => {
            let error = not_found(ledger, &KINDS, name);
            Err(error.with_hint("for a guest whose name is one word, use --guest").into())
        }
    }
}

/// Log a member's position on a goal or a decision
///
/// A member has one position on each: a new one replaces the old one, which git keeps. If the position does not change,
/// neither does its date.
#[derive(Debug, Args)]
struct LogPosition {
    /// The goal or the decision
    record: String,
    /// The member, or several, and the position, if not given as options; for a person, the organization is meant
    #[arg(value_name = "MEMBER OPTION")]
    words: Vec<String>,
    /// The member
    #[arg(long, value_name = "MEMBER")]
    member: Option<String>,
    /// The position: on a goal support, neutral or oppose; on a decision agree, abstain, stand-aside, object or block
    #[arg(long)]
    option: Option<String>,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// The reason; "" removes the one in the record
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// What the coalition changed or promised in response; "" removes it
    #[arg(long, value_name = "TEXT")]
    accommodation: Option<String>,
    /// The date to revisit it
    #[arg(long, value_name = "DATE")]
    revisit: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

/// Members with the one position that they share.
type SharedPosition<'l> = (Vec<&'l Record<Member>>, &'static Choice);

impl LogPosition {
    /// Logs it.
    fn log(&self, invocation: &Invocation) -> Result<String> {
        let date = self.date.as_ref().map(|_| self.how.day(invocation, self.date.as_ref())).transpose()?;
        let revisit = day(invocation, "--revisit", self.revisit.as_ref())?;
        let (reason, accommodation) = (self.reason.as_deref().map(tidy), self.accommodation.as_deref().map(tidy));
        self.how.write_entry(invocation, "log position", |ledger| {
            let matter = self.matter(ledger)?;
            let stated = |member, option| NewPosition {
                member,
                option,
                date,
                reason: reason.as_deref(),
                accommodation: accommodation.as_deref(),
                revisit,
            };
            if let Some((members, option)) = self.of_several(ledger, matter)? {
                let entries = members
                    .into_iter()
                    .map(|member| position(ledger, invocation.today, matter, &stated(member, option), self.how.force));
                return Ok(LogEntry::together(entries.collect::<Result<_, _>>()?));
            }
            let first = matter.options().first().map_or("", |choice| choice.word);
            // What is added to a position leaves it as it is.
            let member = self.member.as_ref().or(self.words.first());
            let standing = member.and_then(|member| member_or_own(ledger, member).ok());
            let standing = standing.and_then(|member| matter.option_of(member)).map(|option| option.word.to_owned());
            let is_addition = reason.is_some() || accommodation.is_some() || revisit.is_some();
            let words = if self.member.is_some() { self.words.len() + 1 } else { self.words.len() };
            let option = self.option.clone().or(standing.filter(|_| is_addition && words < 2));
            let (of_member, of_option) = (|| some_member(ledger, invocation.today), || first.to_owned());
            let [member, option] =
                named_or_next([("member", &self.member, &of_member), ("option", &option, &of_option)], &self.words)?;
            // The position may come first.
            let known = |word: &str| choice(matter.options(), "--option", word).is_ok();
            let (member, option) = if known(&member) && !known(&option) { (option, member) } else { (member, option) };
            let option = choice(matter.options(), "--option", &option)?;
            let stated = stated(member_or_own(ledger, &member)?, option);
            Ok(position(ledger, invocation.today, matter, &stated, self.how.force)?)
        })
    }

    /// Several members with the one position that they share: the first or the last word, or the option.
    fn of_several<'l>(&self, ledger: &'l Ledger, matter: Matter<'l>) -> Result<Option<SharedPosition<'l>>> {
        let known = |word: &String| choice(matter.options(), "--option", word).ok();
        let (option, words) = match (&self.option, self.words.as_slice()) {
            (Some(option), words) => (Some(choice(matter.options(), "--option", option)?), words),
            (None, [rest @ .., last]) if known(last).is_some() => (known(last), rest),
            (None, [first, rest @ ..]) => (known(first), rest),
            (None, []) => (None, &[][..]),
        };
        let words: Vec<&String> = self.member.iter().chain(words).collect();
        let Some(option) = option.filter(|_| words.len() > 1) else { return Ok(None) };
        let mut members: Vec<&Record<Member>> = Vec::new();
        for word in words {
            let member = member_or_own(ledger, word)?;
            if members.iter().all(|other| other.key != member.key) {
                members.push(member);
            }
        }
        Ok(Some((members, option)))
    }

    fn matter<'l>(&self, ledger: &'l Ledger) -> Result<Matter<'l>> {
        let key = require_by_word(ledger, &[Kind::Goal, Kind::Decision], &self.record)?.key();
        let full = key.to_string();
        Ok(match key.kind {
            Kind::Goal => Matter::Goal(require_typed::<Goal>(ledger, &full)?),
            _ => Matter::Decision(require_typed::<Decision>(ledger, &full)?),
        })
    }
}

/// Log a progress measurement for a goal
///
/// A goal has one measurement per day: a second one on the same day replaces the first.
#[derive(Debug, Args)]
struct LogReading {
    /// The goal
    goal: String,
    /// The number, such as 4716 or 7.5
    #[arg(allow_negative_numbers = true)]
    value: String,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

impl LogReading {
    /// Logs it.
    fn log(&self, invocation: &Invocation) -> Result<String> {
        let date = self.how.day(invocation, self.date.as_ref())?;
        self.how.write_entry(invocation, "log reading", |ledger| {
            let field = Reading::DEF.field("value");
            let value = interpret_number(invocation, ledger, field, "the measurement", Some(&self.value))?;
            let goal = require_typed::<Goal>(ledger, &self.goal)?;
            Ok(reading(ledger, goal, value.as_deref().unwrap_or_default(), date)?)
        })
    }
}

/// Log an emergency drill of a committee
#[derive(Debug, Args)]
struct LogDrill {
    /// The committee
    committee: String,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

impl LogDrill {
    /// Logs it.
    fn log(&self, invocation: &Invocation) -> Result<String> {
        let date = self.how.day(invocation, self.date.as_ref())?;
        self.how.write_entry(invocation, "log drill", |ledger| {
            Ok(drill(require_typed::<Committee>(ledger, &self.committee)?, date))
        })
    }
}
