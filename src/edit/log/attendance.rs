//! Logs who came to a meeting and who sent regrets.

use super::{LogEntry, all_read};
use crate::document::words::{format_date, list, quote};
use crate::edit::{Edit, Literal};
use crate::error::Error;
use crate::ledger::Ledger;
use crate::parse::alike::fold;
use crate::record::meeting::Attendance;
use crate::record::value::RecordId;
use crate::record::{Advocate, AnyRecord, Meeting, Member, Record};
use chrono::NaiveDate;

const LIST: &str = "attendance";

/// Someone at a meeting.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Attendee<'a> {
    /// One of the advocates.
    Advocate(&'a Record<Advocate>),
    /// A guest, by name.
    Guest(&'a str),
}

impl<'a> Attendee<'a> {
    /// The name.
    pub(crate) fn name(self) -> &'a str {
        match self {
            Attendee::Advocate(advocate) => advocate.name(),
            Attendee::Guest(name) => name,
        }
    }

    /// Whether an entry is of this person.
    fn is_of(self, entry: &Attendance) -> bool {
        match (self, &entry.advocate, &entry.name) {
            (Attendee::Advocate(advocate), Some(id), _) => id.as_str().eq_ignore_ascii_case(&advocate.key.id),
            (Attendee::Guest(name), None, Some(other)) => fold(name) == fold(other.trim()),
            _ => false,
        }
    }

    /// Whether both are the same person.
    fn is(self, other: Attendee<'_>) -> bool {
        match (self, other) {
            (Attendee::Advocate(one), Attendee::Advocate(other)) => one.key == other.key,
            (Attendee::Guest(one), Attendee::Guest(other)) => fold(one) == fold(other),
            _ => false,
        }
    }
}

/// How people took part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Participation<'a> {
    /// The member on whose behalf, where it is not their own.
    pub member: Option<&'a Record<Member>>,
    /// They sent regrets instead of coming.
    pub regrets: bool,
}

/// An entry for each person; who has one already keeps it, with what is new.
///
/// # Errors
/// If no one can have come, because the meeting is in the future or was called off.
pub(crate) fn attendance(
    ledger: &Ledger,
    today: NaiveDate,
    meeting: &Record<Meeting>,
    people: &[Attendee<'_>],
    part: Participation<'_>,
    force: bool,
) -> Result<LogEntry, Error> {
    let name = quote(meeting.name());
    if !part.regrets && !force {
        if meeting.is_cancelled() {
            return Err(Error::refused(format!("{name} was canceled, so no one came")));
        }
        if let Some(date) = meeting.date.as_ref().filter(|date| date.value > today) {
            return Err(Error::refused(format!(
                "{name} is on {}; log who came after that, or use --regrets for people who will not come",
                format_date(date.value)
            )));
        }
    }
    all_read(ledger, meeting.path(), &[LIST], meeting.attendance.len())?;
    let mut edits = Vec::new();
    for (nth, person) in people.iter().enumerate() {
        if people.iter().take(nth).any(|earlier| earlier.is(*person)) {
            continue;
        }
        let entries: Vec<_> = meeting.attendance.iter().enumerate().filter(|(_, entry)| person.is_of(entry)).collect();
        match entries.as_slice() {
            [] => edits.push(Edit::entry(LIST, fields(*person, part))),
            [(at, entry)] => edits.extend(changes(*at, entry, part)),
            _ => {
                return Err(Error::refused(format!(
                    "{} names {} several times; keep the right entry, and run this again",
                    meeting.path(),
                    person.name()
                )));
            }
        }
    }
    let names: Vec<&str> = people.iter().map(|person| person.name()).collect();
    let behalf = part.member.map_or_else(String::new, |member| format!(" on behalf of {}", member.name()));
    let did = if part.regrets { "sent regrets for" } else { "came to" };
    Ok(LogEntry::of(&meeting.key, edits, format!("{} {did} {name}{behalf}.", list(&names))))
}

fn fields(person: Attendee<'_>, part: Participation<'_>) -> Vec<(&'static str, Literal)> {
    let mut fields = vec![match person {
        Attendee::Advocate(advocate) => ("advocate", Literal::Text(advocate.key.id.to_string())),
        Attendee::Guest(name) => ("name", Literal::Text(name.to_owned())),
    }];
    fields.extend(part.member.map(|member| ("member", Literal::Text(member.key.id.to_string()))));
    fields.extend(part.regrets.then_some(("regrets", Literal::Flag(true))));
    fields
}

/// What is new in an entry that is there.
fn changes(at: usize, entry: &Attendance, part: Participation<'_>) -> Vec<Edit> {
    let member = part.member.map(|member| Edit::put(LIST, at, "member", Literal::Text(member.key.id.to_string())));
    let regrets = match (entry.was_there(), part.regrets) {
        (true, true) => Some(Edit::put(LIST, at, "regrets", Literal::Flag(true))),
        (false, false) => Some(Edit::Remove { place: vec![LIST.into(), at.into(), "regrets".into()] }),
        _ => None,
    };
    member.into_iter().chain(regrets).collect()
}
