//! Where a coalition stands today, on one screen: the next meeting, what is overdue, how many errors there are, and the commands
//! that would help now.

use super::excerpt::shortened_to;
use super::guide;
use crate::check::{Reported, Verdict};
use crate::document::{Document, Item, Line, Section, words};
use crate::finding::Severity;
use crate::ledger::AsOf;
use crate::practice::actions::{self, open_actions};
use crate::practice::meetings::next_of_all;
use crate::practice::minutes::unrecorded;
use crate::practice::personal_contact::follow_ups;
use crate::practice::progress::MilestoneProgress;
use crate::record::AnyRecord;
use crate::record::goal::GoalStage;
use crate::record::value::RecordId as _;
use chrono::{Days, NaiveDate};

/// How many overdue things are named; the others are counted.
const LISTED: usize = 5;

/// How many commands are suggested.
const SUGGESTED: usize = 3;

/// Something whose date has passed.
struct Overdue {
    due: NaiveDate,
    what: String,
    command: String,
}

/// The screen.
pub(crate) fn document(as_of: AsOf<'_>, verdict: &Verdict) -> Document {
    let overdue = overdue(as_of);
    let mut document = Document::new(as_of.ledger.root.name());
    let today = as_of.today;
    document.add_subtitle(words::format_date(today));
    let mut section = Section::new("Next meeting");
    let next = next_of_all(as_of);
    section.paragraph(match next {
        Some((date, meeting)) => {
            format!("{}, {} ({})", meeting.name(), words::format_date(date), words::distance(date, today))
        }
        None => "No meeting of the whole coalition is planned.".to_owned(),
    });
    document.add(section);
    let mut section = Section::new("Overdue");
    section.list(shortened_to(LISTED, &overdue, "report", |overdue| {
        Item::new(
            Line::new().plain(&overdue.what).plain(", ").late(format!("due {}", words::near_day(overdue.due, today))),
        )
    }));
    document.add(section);
    // That no one has joined yet is where every coalition begins, and no mistake.
    let is_new = as_of.ledger.members.iter().next().is_none();
    let is_mistake = |reported: &&Reported| !(is_new && reported.finding.check.as_str() == "empty-ledger");
    let count = |severity: Severity| {
        verdict.reported.iter().filter(is_mistake).filter(|reported| reported.severity == severity).count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let mut section = Section::new("The records");
    let counts = [(errors, "error", "errors"), (warnings, "warning", "warnings")];
    let found = counts.into_iter().filter(|(count, ..)| *count > 0);
    let found: Vec<String> = found.map(|(count, one, many)| words::count_of(count, one, many)).collect();
    section.paragraph(match found.as_slice() {
        [] if is_new => "No organization is a member yet.".to_owned(),
        [] => "No errors and no warnings.".to_owned(),
        found => format!("{} (`coalition check`).", words::capitalize(&words::list(found))),
    });
    document.add(section);
    let mut section = Section::new("What would help now");
    section.list(
        commands(as_of, errors, &overdue)
            .into_iter()
            .take(SUGGESTED)
            .map(|(command, why)| Item::new(command).with(why)),
    );
    document.add(section);
    document
}

/// What is overdue, the longest first.
fn overdue(as_of: AsOf<'_>) -> Vec<Overdue> {
    let mut all = Vec::new();
    for open in open_actions(as_of) {
        if let (Some(_), Some(due), Some(what)) = (open.days_overdue, &open.action.due, actions::words(open.action)) {
            let owner = open.action.owner.as_ref().map(|owner| as_of.ledger.name_of(&owner.value));
            let who = owner.map(|owner| format!(" ({owner})")).unwrap_or_default();
            all.push(Overdue { due: due.value, what: format!("{what}{who}"), command: done_command(what) });
        }
    }
    for goal in as_of
        .ledger
        .goals
        .iter()
        .filter(|goal| matches!(goal.stage(as_of.today), GoalStage::Proposed | GoalStage::Adopted))
    {
        for step in MilestoneProgress::of(goal, as_of.today).overdue {
            let Some(due) = step.due else { continue };
            all.push(Overdue {
                due,
                what: format!("{} ({})", step.name, goal.name()),
                command: done_command(step.name),
            });
        }
    }
    for promise in follow_ups(as_of).iter().filter(|promise| promise.is_overdue(as_of.today)) {
        let name = promise.with.name();
        let by = promise.by.map_or_else(|| some_person(as_of), |by| by.value.key().id.to_string());
        let command = format!("coalition log contact {} --by {by} --channel phone", promise.with.key());
        all.push(Overdue { due: promise.due.value, what: format!("Follow up with {name}"), command });
    }
    all.sort_by(|a, b| (a.due, &a.what).cmp(&(b.due, &b.what)));
    all
}

/// A person of the coalition, as an example.
fn some_person(as_of: AsOf<'_>) -> String {
    as_of.serving_advocates().next().map_or_else(|| "PERSON".to_owned(), |person| person.key.id.to_string())
}

fn done_command(what: &str) -> String {
    format!("coalition done \"{}\"", what.replace(['"', '$', '`', '\\', '!'], ""))
}

/// The commands that would help, the most urgent first, each with its reason.
fn commands(as_of: AsOf<'_>, errors: usize, overdue: &[Overdue]) -> Vec<(String, String)> {
    let mut commands = Vec::new();
    if errors > 0 {
        commands.push(("coalition check".to_owned(), "says what is wrong, where, and how to correct it".to_owned()));
    }
    if let Some(gap) = unrecorded(as_of).first() {
        let (name, key) = (gap.meeting.name(), &gap.meeting.key);
        let chair = gap.meeting.chair.as_ref().and_then(|chair| as_of.ledger.advocates.get(&chair.value));
        let came = chair.or_else(|| as_of.serving_advocates().next());
        if let Some(person) = came.filter(|_| gap.attendance) {
            let command = format!("coalition log attendance {key} {}", person.key.id);
            commands.push((command, format!("records who came to {}; name all who did", words::quote(name))));
        } else if gap.minutes {
            let command = format!("coalition edit {key}");
            commands.push((command, format!("opens {}, which has no minutes yet", words::quote(name))));
        }
    }
    if let Some(open) = guide::open_steps(as_of) {
        commands.push(("coalition guide".to_owned(), format!("{open} left to found the coalition")));
    }
    if let Some(first) = overdue.first() {
        commands.push((first.command.clone(), "logs it, once you have done it".to_owned()));
    }
    if next_of_all(as_of).is_none() {
        commands.push((
            format!(
                "coalition new meeting \"Next meeting\" date={}",
                as_of.today.checked_add_days(Days::new(14)).unwrap_or(as_of.today)
            ),
            "plans the next meeting".to_owned(),
        ));
    }
    commands.push(("coalition report".to_owned(), "prints the brief for the meeting".to_owned()));
    commands.push(("coalition list actions open".to_owned(), "shows who agreed to do what".to_owned()));
    commands
}
