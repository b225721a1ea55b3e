//! Logs a progress measurement of a goal.

use super::{LogEntry, all_read, figure};
use crate::document::words::{format_date, number, quote, way};
use crate::edit::{Edit, Literal, PathStep};
use crate::error::Error;
use crate::ledger::Ledger;
use crate::record::goal::{Measure, Reading};
use crate::record::table::RecordTable;
use crate::record::value::{At, Number};
use crate::record::{AnyRecord, Goal, Record};
use crate::source::Span;
use chrono::NaiveDate;
use rust_decimal::Decimal;

const LIST: [&str; 2] = ["measure", "readings"];

/// The figure of a day. A day has one figure: what is counted again takes the place of what was counted before.
///
/// # Errors
/// If the value is not a number, or the goal does not say what is counted.
pub(crate) fn reading(ledger: &Ledger, goal: &Record<Goal>, value: &str, date: NaiveDate) -> Result<LogEntry, Error> {
    let name = goal.name();
    let (figure, literal) = figure(Reading::DEF.field("value"), value)?;
    let Some(measure) = &goal.measure else {
        return Err(Error::refused(format!("{} does not say what it measures; record that first", quote(name)))
            .with_hint(format!(
                "for example: coalition set {} measure.unit=\"evening hours a week\" measure.baseline=4 measure.target=16",
                goal.key
            )));
    };
    all_read(ledger, goal.path(), &LIST, measure.readings.len())?;
    let place = |rest: Vec<PathStep>| LIST.iter().map(|key| PathStep::from(*key)).chain(rest).collect::<Vec<_>>();
    let of_day = |reading: &Reading| reading.date.as_ref().is_some_and(|other| other.value == date);
    let mut same = measure.readings.iter().enumerate().filter(|(_, reading)| of_day(reading));
    let (edit, instead) = match (same.next(), same.next()) {
        (Some(_), Some(_)) => {
            let path = goal.path();
            return Err(Error::refused(format!("{path} has several measurements on {date}; keep the right one")));
        }
        (Some((at, old)), None) => {
            let old = old.value.value.as_ref().map(|old| old.value);
            if old == Some(figure) {
                return Ok(LogEntry::nothing(format!("{name} already has this measurement on {}", format_date(date))));
            }
            let instead = old.map_or_else(String::new, |old| format!(" instead of {}", number(old.0)));
            (Edit::Set { place: place(vec![at.into(), "value".into()]), value: literal }, instead)
        }
        (None, _) => {
            let fields = vec![("date".to_owned(), Literal::Date(date)), ("value".to_owned(), literal)];
            (Edit::Append { list: place(Vec::new()), value: Literal::Table(fields) }, String::new())
        }
    };
    let unit = measure.unit.as_ref().map_or_else(String::new, |unit| format!(" {}", unit.value));
    let done = progress(measure, figure, date).map_or_else(String::new, |done| format!(": {}", way(done)));
    let message = format!("{name} stood at {}{unit}{instead} on {}{done}.", number(figure.0), format_date(date));
    Ok(LogEntry::of(&goal.key, vec![edit], message))
}

/// How much of the way is done, where this is the last figure.
fn progress(measure: &Measure, figure: Number, date: NaiveDate) -> Option<Decimal> {
    if measure.readings.iter().any(|reading| reading.date.as_ref().is_some_and(|other| other.value > date)) {
        return None;
    }
    let at = |value| At { value, span: Span::START };
    let reading =
        Reading { date: Some(at(date)), value: Some(At { value: figure, span: Span::START }), ..Reading::default() };
    let (baseline, target) = (measure.baseline, measure.target);
    let alone =
        Measure { baseline, target, readings: vec![At { value: reading, span: Span::START }], ..Measure::default() };
    alone.progress(date).map(|share| share.0)
}
