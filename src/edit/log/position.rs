//! The position of a member on a goal or a decision. A member has one position on each: a new one takes the place of
//! the old one, and what no longer fits is not dropped without a word.

use super::{LogEntry, all_read, later};
use crate::document::words::{format_date, quote};
use crate::edit::{Edit, Literal};
use crate::error::Error;
use crate::ledger::{AsOf, Ledger};
use crate::practice::decision_structure::Hearing;
use crate::record::decision::PositionOption;
use crate::record::field::Choice;
use crate::record::goal::GoalOption;
use crate::record::value::{Choices, MemberId, Opt, Prose, RecordId};
use crate::record::{AnyRecord, Decision, Goal, Member, Record};
use chrono::NaiveDate;

const LIST: &str = "positions";

/// What members take a position on.
#[derive(Clone, Copy)]
pub(crate) enum Matter<'l> {
    /// A goal.
    Goal(&'l Record<Goal>),
    /// A decision.
    Decision(&'l Record<Decision>),
}

/// A position as someone states it.
#[derive(Debug)]
pub(crate) struct NewPosition<'a> {
    /// The member.
    pub member: &'a Record<Member>,
    /// Where it stands.
    pub option: &'static Choice,
    /// The day, where one is named.
    pub date: Option<NaiveDate>,
    /// Why; empty takes out the reason that is there.
    pub reason: Option<&'a str>,
    /// What was changed or promised in answer; empty likewise.
    pub accommodation: Option<&'a str>,
    /// The day on which to look at it again.
    pub revisit: Option<NaiveDate>,
}

/// A position that is there.
struct CurrentPosition<'l> {
    at: usize,
    option: Option<&'static Choice>,
    date: Option<NaiveDate>,
    reason: Option<&'l str>,
    accommodation: Option<&'l str>,
}

impl<'l> Matter<'l> {
    /// The goal or the decision.
    pub(crate) fn record(self) -> &'l dyn AnyRecord {
        match self {
            Matter::Goal(goal) => goal,
            Matter::Decision(decision) => decision,
        }
    }

    /// The words for a position on it.
    pub(crate) fn options(self) -> &'static [Choice] {
        match self {
            Matter::Goal(_) => GoalOption::CHOICES,
            Matter::Decision(_) => PositionOption::CHOICES,
        }
    }

    /// The positions of a member, and how many positions there are.
    fn standing(self, member: &Record<Member>) -> (Vec<CurrentPosition<'l>>, usize) {
        let is_own =
            |id: &Opt<MemberId>| id.as_ref().is_some_and(|id| id.as_str().eq_ignore_ascii_case(&member.key.id));
        let text = |text: &'l Opt<Prose>| text.as_ref().map(|text| text.as_str());
        macro_rules! standing {
            ($positions:expr) => {
                $positions
                    .iter()
                    .enumerate()
                    .filter(|(_, position)| is_own(&position.member))
                    .map(|(at, position)| CurrentPosition {
                        at,
                        option: position.option.as_ref().and_then(|option| choice_of(option.value)),
                        date: position.date.as_ref().map(|date| date.value),
                        reason: text(&position.reason),
                        accommodation: text(&position.accommodation),
                    })
                    .collect()
            };
        }
        match self {
            Matter::Goal(goal) => (standing!(goal.positions), goal.positions.len()),
            Matter::Decision(decision) => (standing!(decision.positions), decision.positions.len()),
        }
    }

    /// The position that a member has now, if it has one.
    pub(crate) fn option_of(self, member: &Record<Member>) -> Option<&'static Choice> {
        self.standing(member).0.first().and_then(|standing| standing.option)
    }

    /// The day of a decision that has been made.
    fn decision_date(self) -> Option<NaiveDate> {
        match self {
            Matter::Goal(_) => None,
            Matter::Decision(decision) => decision.decided.as_ref().map(|decided| decided.value),
        }
    }
}

fn choice_of<C: Choices>(option: C) -> Option<&'static Choice> {
    C::CHOICES.get(option.index())
}

/// The position, in place of the one that the member had.
///
/// # Errors
/// If it would change what a decision was made on, take the place of a later one, or leave the old reason standing.
pub(crate) fn position(
    ledger: &Ledger,
    today: NaiveDate,
    matter: Matter<'_>,
    stated: &NewPosition<'_>,
    force: bool,
) -> Result<LogEntry, Error> {
    let (member, record) = (stated.member.name(), matter.record());
    let (standing, count) = matter.standing(stated.member);
    all_read(ledger, record.path(), &[LIST], count)?;
    if standing.len() > 1 {
        return Err(Error::refused(format!(
            "{} has several positions from {member}; keep the right one, and run this again",
            record.path()
        )));
    }
    let old = standing.first();
    let is_new = old.is_none_or(|old| old.option != Some(stated.option));
    let date = stated.date.or_else(|| is_new.then_some(today));
    let day_of = date.or_else(|| old?.date).unwrap_or(today);
    later(stated.revisit, day_of, "--revisit")?;
    // What is added to a position that stays, such as what was promised in answer, may come later.
    let is_stated = is_new || stated.date.is_some();
    if let Some(decided) = matter.decision_date().filter(|decided| is_stated && day_of > *decided && !force) {
        return Err(Error::refused(format!(
            "{} was decided on {}, so a later position does not belong to it. With --date, give the date it was stated, \
             or make a new decision that `supersedes` this one",
            quote(record.name()),
            format_date(decided),
        ))
        .with_hint(format!("if it was stated by then: add --date {decided}")));
    }
    let (edits, before) = match old {
        None => (vec![Edit::entry(LIST, fields(stated, day_of))], String::new()),
        Some(old) => {
            if !force {
                fits(old, stated, day_of, is_new)?;
            }
            let before = old
                .option
                .filter(|_| is_new)
                .map(|option| format!(" (before: {})", describe_position(option, old.date)));
            (changes(old, stated, date), before.unwrap_or_default())
        }
    };
    let uncounted = why_uncounted(ledger, today, matter, stated.member);
    let uncounted = uncounted.map_or_else(String::new, |why| format!(" This position does not count: {why}."));
    let message = format!(
        "On {}, {member} {}{before}.{uncounted}",
        quote(record.name()),
        describe_position(stated.option, Some(day_of))
    );
    Ok(LogEntry::of(record.key(), edits, message))
}

/// Why the position of a member does not count, if it does not.
fn why_uncounted(
    ledger: &Ledger,
    today: NaiveDate,
    matter: Matter<'_>,
    member: &Record<Member>,
) -> Option<&'static str> {
    match matter {
        Matter::Goal(_) => (!member.is_current(today)).then_some("not a member that day"),
        Matter::Decision(decision) => {
            let hearing = Hearing::of(AsOf::new(ledger, today), decision);
            (!hearing.may_take_part(&member.key)).then(|| hearing.describe_exclusion())
        }
    }
}

/// `objects since March 1, 2026`
fn describe_position(option: &Choice, date: Option<NaiveDate>) -> String {
    option.label.to_owned() + &date.map_or_else(String::new, |date| format!(" as of {}", format_date(date)))
}

/// Makes sure that another position can take the place of one.
fn fits(old: &CurrentPosition<'_>, stated: &NewPosition<'_>, date: NaiveDate, is_new: bool) -> Result<(), Error> {
    let member = stated.member.name();
    let before = old.option.map_or_else(|| "has a position".to_owned(), |option| describe_position(option, old.date));
    if old.date.is_some_and(|old| old > date) {
        return Err(Error::refused(format!(
            "{member} {before}, which is later than {date}; the later position counts"
        )));
    }
    if let Some(reason) = old.reason.filter(|_| is_new && stated.reason.is_none()) {
        return Err(Error::refused(format!(
            "{member} {before}, for this reason: {}\nThat reason is for the old position: give the new reason with \
             --reason TEXT, or remove the old one with --reason \"\"",
            quote(reason.trim()),
        )));
    }
    Ok(())
}

/// The fields of a position that is not there yet.
fn fields<'a>(stated: &NewPosition<'a>, date: NaiveDate) -> Vec<(&'static str, Literal)> {
    let mut fields = vec![
        ("member", Literal::Text(stated.member.key.id.to_string())),
        ("option", Literal::Text(stated.option.word.to_owned())),
        ("date", Literal::Date(date)),
    ];
    let texts = [("reason", stated.reason), ("accommodation", stated.accommodation)];
    let texts = texts.into_iter().filter_map(|(key, text)| Some((key, text.filter(|text| !text.is_empty())?)));
    fields.extend(texts.map(|(key, text)| (key, Literal::prose(text))));
    fields.extend(stated.revisit.map(|revisit| ("revisit", Literal::Date(revisit))));
    fields
}

/// What changes in the position that is there.
fn changes(old: &CurrentPosition<'_>, stated: &NewPosition<'_>, date: Option<NaiveDate>) -> Vec<Edit> {
    let put = |key: &str, value: Literal| Edit::put(LIST, old.at, key, value);
    let mut edits = vec![put("option", Literal::Text(stated.option.word.to_owned()))];
    edits.extend(date.map(|date| put("date", Literal::Date(date))));
    let texts = [("reason", old.reason, stated.reason), ("accommodation", old.accommodation, stated.accommodation)];
    for (key, old_text, text) in texts {
        match text {
            Some("") if old_text.is_some() => {
                edits.push(Edit::Remove { place: vec![LIST.into(), old.at.into(), key.into()] });
            }
            Some("") | None => {}
            Some(text) => edits.push(put(key, Literal::prose(text))),
        }
    }
    edits.extend(stated.revisit.map(|revisit| put("revisit", Literal::Date(revisit))));
    edits
}
