//! What can be done: the actions, milestones and follow-ups of a ledger that are open, found by the words that people remember.

use super::log::LogEntry;
use super::{Edit, Literal};
use crate::document::words::{format_date, quote, shell_word};
use crate::error::Error;
use crate::kind::RecordKey;
use crate::ledger::{AsOf, Ledger};
use crate::lookup::fit_words;
use crate::practice::personal_contact::{follow_ups, logs};
use crate::record::AnyRecord;
use crate::record::value::RecordId as _;
use chrono::NaiveDate;

/// The list of contacts in a record.
const CONTACTS: &str = "contacts";

/// How many of several that fit are listed.
const LISTED: usize = 6;

/// How people say that they get back to someone, in front of the name.
const CALLS: [&str; 9] =
    ["follow up with ", "followed up with ", "called ", "call ", "contact ", "write to ", "visit ", "get back to ", ""];

/// Something that is open, or was.
struct Task<'l> {
    record: &'l dyn AnyRecord,
    what: Doing<'l>,
    done: Option<NaiveDate>,
}

/// What is to be done.
enum Doing<'l> {
    /// An entry of a list with this text, which gets a date in `done`.
    Entry { list: &'static str, at: usize, text: &'l str },
    /// Getting back to someone by a date.
    FollowUp { by: Option<String>, due: NaiveDate, at: usize },
}

impl Task<'_> {
    /// What people call it.
    fn text(&self) -> String {
        match &self.what {
            Doing::Entry { text, .. } => (*text).to_owned(),
            Doing::FollowUp { .. } => format!("Follow up with {}", self.record.name()),
        }
    }

    /// How well it fits the words.
    fn fit(&self, words: &str) -> Option<u8> {
        let text = self.text();
        match &self.what {
            Doing::Entry { .. } => fit_words(&text, words),
            Doing::FollowUp { .. } => {
                // What is logged is a contact with a person, so that the words must name the person.
                let words = words.trim().to_lowercase();
                let rests = CALLS.iter().filter_map(|call| words.strip_prefix(call));
                rests.filter_map(|rest| fit_words(self.record.name(), rest)).min()
            }
        }
    }
}

/// The entry that says of what these words mean that it was done on a date. `of` narrows the search to one record.
///
/// # Errors
/// If the words mean nothing that is open, or several things.
pub(crate) fn mark_done(
    ledger: &Ledger,
    words: &str,
    of: Option<&RecordKey>,
    date: NaiveDate,
    today: NaiveDate,
) -> Result<LogEntry, Error> {
    let tasks = tasks(AsOf::new(ledger, today));
    let tasks: Vec<_> = tasks.into_iter().filter(|task| of.is_none_or(|of| of == task.record.key())).collect();
    let (done, open): (Vec<_>, Vec<_>) = tasks.iter().partition(|task| task.done.is_some());
    let task = match best(&open, words).as_slice() {
        [] => return Err(nothing_fits(&open, &best(&done, words), words)),
        [task] => *task,
        several => {
            let is_same = |a: &&&Task<'_>| {
                several.iter().filter(|b| b.text() == a.text() && b.record.key() == a.record.key()).count() > 1
            };
            // Two of one name in one record are distinguished by their number alone.
            let number = |task: &Task<'_>| {
                let (list, at, field) = match &task.what {
                    Doing::Entry { list, at, .. } => (*list, at, "done"),
                    Doing::FollowUp { at, .. } => (CONTACTS, at, "followed_up"),
                };
                let key = task.record.key();
                format!("{}: coalition set {key} {list}.{}.{field}={date}", name_in_list(task), at + 1)
            };
            let line = |task: &&Task<'_>| if is_same(&task) { number(task) } else { describe(task) };
            let mut listed: Vec<String> = several.iter().take(LISTED).map(line).collect();
            if several.len() > LISTED {
                listed.push(format!("and {} more", several.len() - LISTED));
            }
            let refusal = format!("{} matches several items; add more of its words, or --of RECORD", quote(words));
            return Err(with_hints(Error::usage(refusal), listed));
        }
    };
    let message = format!("{} was done on {}.", quote(&task.text()), format_date(date));
    match &task.what {
        Doing::Entry { list, at, .. } => {
            let edit = Edit::put(list, *at, "done", Literal::Date(date));
            Ok(LogEntry { records: vec![(task.record.key().clone(), vec![edit])], files: Vec::new(), message })
        }
        Doing::FollowUp { by, due, at } => {
            let mut edits = vec![Edit::put(CONTACTS, *at, "followed_up", Literal::Date(date))];
            // A contact that is logged already is not logged again.
            if !contact_dates(ledger, task.record.key()).contains(&date) {
                let mut fields = vec![("date", Literal::Date(date))];
                fields.extend(by.iter().map(|by| ("by", Literal::Text(by.clone()))));
                let summary = format!("The follow-up that was due {}.", format_date(*due));
                fields.push(("summary", Literal::prose(&summary)));
                edits.push(Edit::entry(CONTACTS, fields));
            }
            Ok(LogEntry { records: vec![(task.record.key().clone(), edits)], files: Vec::new(), message })
        }
    }
}

/// All that was or is to be done, in the order of the records.
fn tasks(as_of: AsOf<'_>) -> Vec<Task<'_>> {
    let ledger = as_of.ledger;
    let mut tasks = Vec::new();
    for meeting in ledger.meetings.iter() {
        for (at, action) in meeting.actions.iter().enumerate() {
            let Some(text) = &action.what else { continue };
            let done = action.done.as_ref().map(|done| done.value);
            tasks.push(Task { record: meeting, what: Doing::Entry { list: "actions", at, text: &text.value }, done });
        }
    }
    for campaign in ledger.campaigns.iter() {
        for (at, action) in campaign.actions.iter().enumerate() {
            let Some(text) = &action.what else { continue };
            let done = action.done.as_ref().map(|done| done.value);
            tasks.push(Task { record: campaign, what: Doing::Entry { list: "actions", at, text: &text.value }, done });
        }
    }
    for goal in ledger.goals.iter() {
        for (at, milestone) in goal.milestones.iter().enumerate() {
            let Some(text) = &milestone.name else { continue };
            let done = milestone.done.as_ref().map(|done| done.value);
            tasks.push(Task { record: goal, what: Doing::Entry { list: "milestones", at, text: &text.value }, done });
        }
    }
    for promise in follow_ups(as_of) {
        let by = promise.by.map(|by| by.value.key().id.to_string());
        let what = Doing::FollowUp { by, due: promise.due.value, at: promise.at };
        tasks.push(Task { record: promise.with, what, done: None });
    }
    tasks
}

/// Those that fit the words best.
fn best<'t, 'l>(tasks: &[&'t Task<'l>], words: &str) -> Vec<&'t Task<'l>> {
    let fits: Vec<_> = tasks.iter().filter_map(|task| Some((task.fit(words)?, *task))).collect();
    let least = fits.iter().map(|(fit, _)| *fit).min();
    fits.into_iter().filter(|(fit, _)| Some(*fit) == least).map(|(_, task)| task).collect()
}

fn describe(task: &Task<'_>) -> String {
    if matches!(task.what, Doing::FollowUp { .. }) {
        return format!("{}: coalition done {}", name_in_list(task), shell_word(&task.text()));
    }
    name_in_list(task)
}

/// What it is called among others, with what tells it from them.
fn name_in_list(task: &Task<'_>) -> String {
    match &task.what {
        Doing::Entry { .. } => format!("{} ({}, --of {})", quote(&task.text()), task.record.name(), task.record.key()),
        Doing::FollowUp { due, .. } => format!("{} (due {})", quote(&task.text()), format_date(*due)),
    }
}

/// The dates of the contacts with a party.
fn contact_dates(ledger: &Ledger, with: &RecordKey) -> Vec<NaiveDate> {
    let log = logs(ledger).find(|(party, _)| party.key() == with);
    log.into_iter().flat_map(|(_, contacts)| contacts).filter_map(|one| Some(one.date.as_ref()?.value)).collect()
}

fn nothing_fits(open: &[&Task<'_>], done: &[&Task<'_>], words: &str) -> Error {
    if let Some(task) = done.first()
        && let Some(date) = task.done
    {
        let date = format_date(date);
        return Error::refused(format!("{} was done on {date}; nothing was changed", quote(&task.text())));
    }
    let listed: Vec<String> = open.iter().take(LISTED).map(|task| describe(task)).collect();
    if listed.is_empty() {
        return Error::usage(format!("nothing in the ledger is open, so {} cannot be marked as done", quote(words)));
    }
    let refusal = format!("nothing open matches {}; `coalition list actions open` shows what is open", quote(words));
    with_hints(Error::usage(refusal), listed)
}

fn with_hints(error: Error, hints: Vec<String>) -> Error {
    hints.into_iter().fold(error, Error::with_hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;

    fn ledger() -> Ledger {
        let mut source = base_ledger();
        source.put(
            "meetings/june.toml",
            b"name = \"June meeting\"\ndate = 2026-06-02\n\n[[actions]]\nwhat = \"Order flyers.\"\n\n[[actions]]\nwhat = \
              \"Order chairs\"\ndone = 2026-06-03\n\n[[actions]]\nwhat = \"Book the hall\"\n",
        );
        source.put("goals/cards.toml", b"name = \"Cards\"\n\n[[milestones]]\nname = \"Book the vendor\"\n");
        let ana = "name = \"Ana L\u{f3}pez\"\nmember = \"alder-friends\"\n\n[[contacts]]\ndate = 2026-06-01\nby = \
                   \"ben-okoro\"\nfollow_up = 2026-06-10\n";
        source.put("advocates/ana-lopez.toml", ana.as_bytes());
        load(&source).unwrap()
    }

    fn done(words: &str, of: Option<RecordKey>) -> Result<LogEntry, String> {
        let day = "2026-06-15".parse().unwrap();
        mark_done(&ledger(), words, of.as_ref(), day, day).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_open_is_found_by_its_words_and_gets_a_date() {
        for (words, record, list, at) in [
            ("Order flyers", "meeting/june", "actions", 0),
            ("flyers", "meeting/june", "actions", 0),
            ("ord fly", "meeting/june", "actions", 0),
            ("book hall", "meeting/june", "actions", 2),
            ("vendor", "goal/cards", "milestones", 0),
        ] {
            let entry = done(words, None).unwrap();
            let [(key, edits)] = entry.records.as_slice() else { panic!("{words}: {entry:?}") };
            let date = Literal::Date("2026-06-15".parse().unwrap());
            assert_eq!(
                (key.to_string().as_str(), edits),
                (record, &vec![Edit::put(list, at, "done", date)]),
                "{words}"
            );
        }
        let entry = done("call Ana", None).unwrap();
        let day = Literal::Date("2026-06-15".parse().unwrap());
        let contact = vec![
            ("date", day.clone()),
            ("by", Literal::Text("ben-okoro".to_owned())),
            ("summary", Literal::prose("The follow-up that was due June 10, 2026.")),
        ];
        let edits = vec![Edit::put("contacts", 0, "followed_up", day), Edit::entry("contacts", contact)];
        assert_eq!(entry.records[0].1, edits);
    }

    #[test]
    fn what_is_done_unknown_or_one_of_several_is_refused() {
        assert!(done("chairs", None).unwrap_err().contains("was done on June 3, 2026"));
        let several = done("book", None).unwrap_err();
        assert!(
            several.contains("meeting/june") && several.contains("goal/cards") && several.contains("--of"),
            "{several}"
        );
        assert!(done("book", Some(RecordKey::new(crate::kind::Kind::Goal, "cards"))).is_ok());
        assert!(done("paint", None).unwrap_err().contains("Order flyers"));
        let unnamed = done("follow up", None).unwrap_err();
        assert!(unnamed.contains("coalition done \"Follow up with Ana L\u{f3}pez\""), "{unnamed}");
        assert!(done("Follow up with Ana", None).is_ok());
    }
}
