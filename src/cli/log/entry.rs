//! Entries that stand alone in a list of a record: agenda items, actions, milestones, thanks, answers, asks and hours on call.

use super::{LogOptions, named_or_next, some_member, some_person};
use crate::cli::invocation::Invocation;
use crate::document::words::{self, format_date, quote};
use crate::edit::entry::entry_change;
use crate::edit::interpret::Interpreter;
use crate::edit::log::LogEntry;
use crate::error::Error;
use crate::kind::{Kind, RecordKey};
use crate::ledger::{AsOf, Ledger};
use crate::lookup::{find_by_word, member_or_own, require_by_word, require_typed};
use crate::parse::informal::{Tense, read_weekdays};
use crate::practice::fair_credit::uncredited_gifts;
use crate::record::value::RecordId as _;
use crate::record::{Advocate, AnyRecord, Committee, Contribution, Goal, Meeting, Record, Request};
use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

/// Log an item for the agenda of a meeting
#[derive(Debug, Args)]
pub(super) struct LogAgenda {
    /// The meeting
    meeting: String,
    /// The item
    item: String,
    /// The person who leads it
    #[arg(long, value_name = "PERSON")]
    lead: Option<String>,
    /// How many minutes it takes
    #[arg(long, value_name = "NUMBER")]
    minutes: Option<String>,
    /// The decision to make
    #[arg(long, value_name = "DECISION")]
    decision: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

impl LogAgenda {
    /// Logs it.
    pub(super) fn log(&self, invocation: &Invocation) -> Result<String> {
        self.how.write_entry(invocation, "log agenda", |ledger| {
            let meeting = require_typed::<Meeting>(ledger, &self.meeting)?;
            let mut fields = Fields::of("item", &self.item);
            fields.add("lead", self.lead.as_ref()).add("minutes", self.minutes.as_ref());
            fields.add("decision", self.decision.as_ref());
            let message = format!("{} is on the agenda of {}.", quote(self.item.trim()), quote(meeting.name()));
            fields.entry(ledger, invocation, &meeting.key, "agenda", message)
        })
    }
}

/// Log what someone will do, agreed at a meeting or for a campaign
#[derive(Debug, Args)]
pub(super) struct LogAction {
    /// The meeting or the campaign
    #[arg(value_name = "MEETING|CAMPAIGN")]
    record: String,
    /// What to do
    what: String,
    /// The person who will do it
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    /// The due date
    #[arg(long, value_name = "DATE")]
    due: Option<String>,
    /// The goal that it serves
    #[arg(long, value_name = "GOAL")]
    goal: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

impl LogAction {
    /// Logs it.
    pub(super) fn log(&self, invocation: &Invocation) -> Result<String> {
        self.how.write_entry(invocation, "log action", |ledger| {
            let record = require_by_word(ledger, &[Kind::Meeting, Kind::Campaign], &self.record)?;
            let mut fields = Fields::of("what", &self.what);
            fields.add("owner", self.owner.as_ref()).add("due", self.due.as_ref()).add("goal", self.goal.as_ref());
            let owner = self.owner.as_ref().map(|owner| require_typed::<Advocate>(ledger, owner)).transpose()?;
            let who = owner.map_or("someone", |owner| owner.name());
            let by = planned(invocation, "--due", self.due.as_ref())?;
            let message = format!("{}: {who} will do it{by}.", quote(self.what.trim()));
            fields.entry(ledger, invocation, record.key(), "actions", message)
        })
    }
}

/// Log a milestone of a goal
#[derive(Debug, Args)]
pub(super) struct LogMilestone {
    /// The goal
    goal: String,
    /// What will be done
    name: String,
    /// The due date
    #[arg(long, value_name = "DATE")]
    due: Option<String>,
    /// The person who is responsible for it
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

impl LogMilestone {
    /// Logs it.
    pub(super) fn log(&self, invocation: &Invocation) -> Result<String> {
        self.how.write_entry(invocation, "log milestone", |ledger| {
            let goal = require_typed::<Goal>(ledger, &self.goal)?;
            let mut fields = Fields::of("name", &self.name);
            fields.add("due", self.due.as_ref()).add("owner", self.owner.as_ref());
            let by = planned(invocation, "--due", self.due.as_ref())?;
            let message = format!("{} has the milestone {}{by}.", quote(goal.name()), quote(self.name.trim()));
            fields.entry(ledger, invocation, &goal.key, "milestones", message)
        })
    }
}

/// Log that a contribution was acknowledged
#[derive(Debug, Args)]
pub(super) struct LogThanks {
    /// The contribution
    contribution: String,
    /// Where the coalition said or printed the thanks
    #[arg(long = "where", value_name = "TEXT")]
    place: Option<String>,
    /// The web address where it can be read
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

impl LogThanks {
    /// Logs it.
    pub(super) fn log(&self, invocation: &Invocation) -> Result<String> {
        let date = self.how.day(invocation, self.date.as_ref())?;
        self.how.write_entry(invocation, "log thanks", |ledger| {
            let contribution = self.gift(ledger, invocation.today)?;
            let mut fields = Fields::of("date", &date.to_string());
            fields.add("where", self.place.as_ref()).add("url", self.url.as_ref());
            let message = format!("The thanks for {} are recorded.", quote(contribution.name()));
            fields.entry(ledger, invocation, &contribution.key, "acknowledgements", message)
        })
    }
}

impl LogThanks {
    /// The contribution that is meant: its own name, or that of its giver, where there is only one to give thanks for.
    fn gift<'l>(&self, ledger: &'l Ledger, today: NaiveDate) -> Result<&'l Record<Contribution>> {
        let error = match require_typed::<Contribution>(ledger, &self.contribution) {
            Ok(gift) => return Ok(gift),
            Err(error) => error,
        };
        let Ok(Some(giver)) = find_by_word(ledger, &[Kind::Member, Kind::Advocate], &self.contribution) else {
            return Err(error.into());
        };
        let names = |id: Option<&str>| id == Some(&*giver.key().id);
        let is_own = |gift: &Record<Contribution>| match giver.key().kind {
            Kind::Member => names(gift.member.as_ref().map(|member| member.as_str())),
            _ => names(gift.advocate.as_ref().map(|person| person.as_str())),
        };
        let open: Vec<_> = uncredited_gifts(AsOf::new(ledger, today))
            .map(|gift| gift.contribution)
            .filter(|gift| is_own(gift))
            .collect();
        match open.as_slice() {
            [gift] => Ok(gift),
            [] => Err(Error::refused(format!("there is nothing from {} to give thanks for", giver.name())).into()),
            several => {
                let refusal = format!("{} gave several things that no one has thanked for; name one", giver.name());
                let line = |gift: &&Record<Contribution>| format!("coalition log thanks {}", gift.key.id);
                Err(several.iter().map(line).fold(Error::usage(refusal), Error::with_hint).into())
            }
        }
    }
}

/// Log a member's answer to a request for help
#[derive(Debug, Args)]
pub(super) struct LogResponse {
    /// The request
    request: String,
    /// The member and its answer, if not given as options
    #[arg(value_name = "MEMBER ANSWER", num_args = 0..=2)]
    words: Vec<String>,
    /// The member who answers
    #[arg(long, value_name = "MEMBER")]
    member: Option<String>,
    /// The answer: yes, no or partly
    #[arg(long)]
    answer: Option<String>,
    /// What the member will do, or why it cannot
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

impl LogResponse {
    /// Logs it.
    pub(super) fn log(&self, invocation: &Invocation) -> Result<String> {
        let date = self.how.day(invocation, self.date.as_ref())?;
        self.how.write_entry(invocation, "log response", |ledger| {
            let (of_member, of_answer) = (|| some_member(ledger, invocation.today), || "yes".to_owned());
            let [member, answer] = named_or_next(
                [("member", &self.member, &of_member), ("answer", &self.answer, &of_answer)],
                &self.words,
            )?;
            let request = require_typed::<Request>(ledger, &self.request)?;
            let member = member_or_own(ledger, &member)?;
            let mut fields = Fields::of("member", &member.key.id);
            fields.add("date", Some(&date.to_string())).add("answer", Some(&answer));
            fields.add("note", self.note.as_ref());
            let message = format!("{} answered {}.", member.name(), quote(request.name()));
            fields.entry(ledger, invocation, &request.key, "responses", message)
        })
    }
}

/// Log what a well-known person was asked to do
#[derive(Debug, Args)]
pub(super) struct LogAsk {
    /// The person
    person: String,
    /// What they were asked to do
    what: String,
    /// The answer
    #[arg(long, value_name = "TEXT")]
    answer: Option<String>,
    /// The date [default: today]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    how: LogOptions,
}

impl LogAsk {
    /// Logs it.
    pub(super) fn log(&self, invocation: &Invocation) -> Result<String> {
        let date = self.how.day(invocation, self.date.as_ref())?;
        self.how.write_entry(invocation, "log ask", |ledger| {
            if let Ok(Some(official)) = find_by_word(ledger, &[Kind::Official], &self.person) {
                stop!(
                    usage,
                    "{} is an official; to log what you asked an official, log a contact: coalition log contact {} \
                        \"Asked: {}\" --by {} --channel phone",
                    official.name(),
                    official.key(),
                    self.what.trim(),
                    some_person(ledger, invocation.today)
                );
            }
            let person = require_typed::<Advocate>(ledger, &self.person)?;
            let mut fields = Fields::of("ask", &self.what);
            fields.add("date", Some(&date.to_string())).add("answer", self.answer.as_ref());
            let message = format!("{} was asked to {}.", person.name(), self.what.trim().trim_end_matches('.'));
            fields.entry(ledger, invocation, &person.key, "notable.asks", message)
        })
    }
}

/// Log the hours that a person is on call for a committee
#[derive(Debug, Args)]
pub(super) struct LogWatch {
    /// The committee
    committee: String,
    /// The person
    person: String,
    /// The days of the week, such as mon,tue or mon-fri
    #[arg(long, value_name = "DAYS")]
    days: String,
    /// Start time, such as 8am
    #[arg(long, value_name = "TIME")]
    from: String,
    /// End time, such as 8pm; if it is not later than --from, it is on the next day
    #[arg(long, value_name = "TIME")]
    to: String,
    #[command(flatten)]
    how: LogOptions,
}

impl LogWatch {
    /// Logs it.
    pub(super) fn log(&self, invocation: &Invocation) -> Result<String> {
        let Some(days) = read_weekdays(&self.days) else {
            stop!(usage, "--days `{}`: write days like mon,tue, mon-fri, weekends or daily", self.days);
        };
        self.how.write_entry(invocation, "log watch", |ledger| {
            let committee = require_typed::<Committee>(ledger, &self.committee)?;
            let person = require_typed::<Advocate>(ledger, &self.person)?;
            let mut fields = Fields::of("advocate", &person.key.id);
            fields.add("days", Some(&days.join(", "))).add("from", Some(&self.from)).add("to", Some(&self.to));
            let message = format!("{} is on call for {} ({}).", person.name(), committee.name(), words::list(&days));
            fields.entry(ledger, invocation, &committee.key, "watch", message)
        })
    }
}

/// The fields of an entry, with their values as people type them.
struct Fields(Vec<String>);

impl Fields {
    fn of(name: &str, value: &str) -> Fields {
        Fields(vec![format!("{name}={value}")])
    }

    fn add(&mut self, name: &str, value: Option<&String>) -> &mut Fields {
        self.0.extend(value.map(|value| format!("{name}={value}")));
        self
    }

    /// The entry at the end of a list of a record.
    fn entry(
        &self,
        ledger: &Ledger,
        invocation: &Invocation,
        record: &RecordKey,
        list: &str,
        message: String,
    ) -> Result<LogEntry> {
        let interpreter = Interpreter { ledger: Some(ledger), today: invocation.today };
        let change = entry_change(ledger, record, list, &self.0, &interpreter)?;
        Ok(LogEntry { files: vec![change], message, ..LogEntry::default() })
    }
}

/// The date by which something is planned, in words.
fn planned(invocation: &Invocation, option: &str, date: Option<&String>) -> Result<String> {
    let date: Option<NaiveDate> = date.map(|text| invocation.date(option, text, Tense::Future)).transpose()?;
    Ok(date.map_or_else(String::new, |date| format!(" by {}", format_date(date))))
}
