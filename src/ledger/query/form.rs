//! What a term of a query may ask of a field. A term that no value of the field can ever match, such as a month 13, a word that is no
//! choice or a range that runs backwards, is a slip, and an empty list would hide it.

use super::entries::{DONE, OPEN, STATE};
use super::{QuerySubject, has_stages, number};
use crate::error::Error;
use crate::kind::Kind;
use crate::parse::alike::fold;
use crate::parse::informal::{Tense, read_clock, read_date, read_truth};
use crate::parse::suggest::{is_slug, nearest, slug};
use crate::record::field::{Choice, Field, Shape};
use crate::record::goal::GoalStage;
use crate::record::member::Stage;
use chrono::{Datelike as _, Days, Months, NaiveDate, TimeDelta};

/// The states that signatures can be in, beside those that stand for a flaw.
pub(super) const SIGNATURE_STATES: [&str; 15] = [
    "signed",
    "signed (ssh)",
    "withdrawn",
    "future",
    "stale",
    "foreign",
    "unauthorized",
    "earlier membership",
    "replaced",
    "backdated",
    "lapsed",
    "invalid",
    "unproven",
    "incomplete",
    "no-agreement",
];

/// The words that a field can hold which no file holds; `None` if it is free.
pub(super) fn derived_words(listed: QuerySubject, name: &str) -> Option<Vec<&'static str>> {
    let stages = [Stage::Unknown, Stage::Identified, Stage::Invited, Stage::Joined, Stage::Declined, Stage::Left];
    let goals = [GoalStage::Idea, GoalStage::Proposed, GoalStage::Adopted, GoalStage::Met, GoalStage::Dropped];
    match (listed, name) {
        (QuerySubject::Records(Kind::Goal), "stage") => Some(goals.into_iter().map(GoalStage::word).collect()),
        (QuerySubject::Records(kind), "stage") if has_stages(kind) => {
            Some(stages.into_iter().map(Stage::word).collect())
        }
        (QuerySubject::Signatures, "state") => Some(SIGNATURE_STATES.to_vec()),
        (QuerySubject::Entries(list), STATE) if list.has_states() => Some(vec![OPEN, DONE]),
        _ => None,
    }
}

/// The terms that a word for a state stands for, where what is listed can be in that state: `open` decisions are those without a
/// result, `upcoming` meetings those to come.
pub(super) fn terms_of_state(listed: QuerySubject, word: &str, today: NaiveDate) -> Option<Vec<String>> {
    // A word alone is meant: a term with a colon, or one that is negated, says itself what it asks for.
    let typed = word.to_lowercase();
    let word = Some(slug(word)).filter(|word| *word == typed)?;
    let has = |name: &str| listed.fields().any(|field| field.name == name);
    let yesterday = today.pred_opt().unwrap_or(today);
    let terms = match (listed, word.as_str()) {
        (QuerySubject::Entries(list), "open" | "undone" | "pending" | "todo") if list.has_states() => {
            vec![format!("{STATE}:{OPEN}")]
        }
        (QuerySubject::Entries(list), "done" | "completed" | "finished" | "closed") if list.has_states() => {
            vec![format!("{STATE}:{DONE}")]
        }
        (QuerySubject::Entries(list), "overdue" | "late") if list.has_states() && has("due") => {
            vec![format!("{STATE}:{OPEN}"), format!("due:..{yesterday}")]
        }
        (QuerySubject::Records(Kind::Member), "current" | "active") => vec![format!("stage:{}", Stage::Joined.word())],
        (QuerySubject::Records(Kind::Member), "former") => vec![format!("stage:{}", Stage::Left.word())],
        (QuerySubject::Records(Kind::Goal), "open" | "active" | "current") => {
            vec![format!("stage:{}", GoalStage::Adopted.word())]
        }
        (QuerySubject::Records(Kind::Goal), "done" | "reached") => vec![format!("stage:{}", GoalStage::Met.word())],
        (QuerySubject::Records(Kind::Goal), "overdue" | "late") => {
            vec![format!("stage:{}", GoalStage::Adopted.word()), format!("due:..{yesterday}")]
        }
        (QuerySubject::Records(Kind::Meeting), "upcoming" | "next" | "planned" | "future") => {
            vec![format!("date:{today}..")]
        }
        (QuerySubject::Records(Kind::Meeting), "past" | "held" | "last") => vec![format!("date:..{yesterday}")],
        (QuerySubject::Records(Kind::Decision), "open" | "pending") => {
            vec!["not:decided:*".to_owned(), "not:result:*".to_owned()]
        }
        (QuerySubject::Records(Kind::Request), "open" | "pending") => vec!["not:closed:*".to_owned()],
        (QuerySubject::Records(Kind::Request), "overdue" | "late") => {
            vec!["not:closed:*".to_owned(), format!("due:..{yesterday}")]
        }
        (QuerySubject::Records(_), "current" | "active") if has("end_date") => {
            vec![format!("not:end_date:..{yesterday}")]
        }
        (QuerySubject::Records(_), "former") if has("end_date") => vec![format!("end_date:..{yesterday}")],
        (QuerySubject::Records(Kind::Contribution), "unthanked" | "uncredited") => {
            vec!["not:acknowledgements:*".to_owned()]
        }
        _ => match derived_words(listed, "stage").filter(|words| words.contains(&word.as_str())) {
            Some(_) => vec![format!("stage:{word}")],
            None => return None,
        },
    };
    Some(terms)
}

/// Whether a field, or a table that holds it, is private.
pub(super) fn is_private(listed: QuerySubject, name: &str) -> bool {
    let mut fields: Vec<&'static Field> = listed.fields().collect();
    for part in name.split('.') {
        let found = fields.iter().find(|field| field.name == part || field.name.strip_suffix('s') == Some(part));
        let Some(field) = found else { return false };
        if field.flags.private {
            return true;
        }
        fields = match (field.shape)() {
            Shape::Table(table) => table.fields.iter().collect(),
            _ => Vec::new(),
        };
    }
    false
}

/// Whether two dots between values mean a range. In text they are text.
pub(super) fn has_ranges(shape: Option<&Shape>) -> bool {
    !matches!(
        shape,
        Some(Shape::Prose | Shape::Url | Shape::Path | Shape::Choice(_) | Shape::Boolean | Shape::Reference(_))
    )
}

/// The value that a term asks for, as the fields are compared with it.
///
/// # Errors
/// If no value of the field can be that: what can be.
pub(super) fn value(
    name: &str,
    shape: Option<&Shape>,
    words: Option<&[&'static str]>,
    asked: &str,
) -> Result<String, Error> {
    let refused = |form: &str| Err(Error::usage(format!("`{name}:{asked}` cannot match anything; {form}")));
    if let Some(words) = words {
        let meant = words.iter().find(|word| fold(word) == fold(asked));
        return meant.map_or_else(|| refused(&one_of(asked, words)), |word| Ok(fold(word)));
    }
    let plain = fold(asked);
    let is_text = matches!(shape, None | Some(Shape::Line | Shape::Prose | Shape::Url | Shape::Path | Shape::Free));
    if plain.is_empty() && !is_text {
        return Err(Error::usage(format!(
            "`{name}:` has no value; `{name}:*` finds records that have one, and `-{name}:*` those that do not"
        )));
    }
    match shape {
        Some(Shape::Date) if !is_part_of_date(&plain) => refused(DATES),
        Some(Shape::Time) => read_clock(&plain).map_or_else(|| refused("write a time of day, like 18:30"), Ok),
        Some(Shape::Boolean) => match read_truth(&plain) {
            Some(truth) => Ok(truth.to_string()),
            None => refused("write true or false"),
        },
        Some(Shape::Choice(choices)) => match Choice::read(choices, asked) {
            Ok(choice) => Ok(choice.word.to_owned()),
            Err(none) => match Choice::find_called(choices, asked) {
                Some(choice) => Ok(choice.word.to_owned()),
                None => refused(&one_of(asked, &none.words)),
            },
        },
        Some(Shape::Integer { min, max }) => {
            let fits = plain.parse::<i64>().is_ok_and(|number| (*min..=*max).contains(&number));
            if fits { Ok(plain) } else { refused(&format!("write a whole number from {min} to {max}")) }
        }
        Some(Shape::Share) if number(&plain).is_none_or(|share| !(0.0..=1.0).contains(&share)) => {
            refused("write a share from 0 to 1, like 0.5")
        }
        Some(Shape::Number { .. } | Shape::Amount) if number(&plain).is_none() => {
            refused("write a number, like 12 or 0.5")
        }
        Some(Shape::Currency) if plain.len() != 3 || !plain.bytes().all(|b| b.is_ascii_alphabetic()) => {
            refused("write a three-letter currency code, like USD")
        }
        Some(Shape::Slug) if !is_slug(&plain) => match slug(asked) {
            word if word.is_empty() => refused("write a word of a-z, 0-9 and hyphens"),
            word => refused(&format!("write {word}")),
        },
        Some(Shape::Reference(kind)) if plain.contains(char::is_whitespace) => {
            refused(&format!("no {} has this name; `coalition list {}` shows them", kind.noun(), kind.folder()))
        }
        _ => Ok(plain),
    }
}

/// How a date is asked for.
const DATES: &str = "write a year, a month or a day that exists, like 2026, 2026-03 or 2026-03-01, a range, like 2025-03..2026, \
    or a period, like 2025Q1, last-month or last-30-days";

/// The first and the last day of a period that a term asks of a date: `today`, `2025Q1`, `last-30-days`, `this-month`, `March 3`;
/// `None` for what is none, and for dates as records write them.
pub(super) fn period(shape: Option<&Shape>, asked: &str, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let plain = fold(asked).replace([' ', '_'], "-");
    if !matches!(shape, Some(Shape::Date)) || is_part_of_date(&plain) {
        return None;
    }
    let quarter = plain.split_once('q').and_then(|(year, quarter)| {
        let year: i32 = year.trim_end_matches('-').parse().ok()?;
        Some((year, quarter)).filter(|(year, _)| (1000..=9999).contains(year))
    });
    if let Some((year, quarter)) = quarter {
        let quarter: u32 = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
        let first = NaiveDate::from_ymd_opt(year, quarter * 3 - 2, 1)?;
        return Some((first, first.checked_add_months(Months::new(3))?.pred_opt()?));
    }
    let (which, rest) = plain.split_once('-').unwrap_or((plain.as_str(), ""));
    if let ("last" | "past" | "next", Some((count, "day" | "days"))) = (which, rest.split_once('-')) {
        let days = Days::new(count.parse::<u64>().ok().filter(|days| (1..=36_600).contains(days))?);
        return match which {
            "next" => Some((today, today.checked_add_days(days)?)),
            _ => Some((today.checked_sub_days(days)?, today)),
        };
    }
    let step = match which {
        "this" => 0,
        "last" => -1,
        "next" => 1,
        _ => return read_date(asked, today, Tense::Open).certain().map(|date| (date, date)),
    };
    let from = |first: NaiveDate, length: u32| -> Option<(NaiveDate, NaiveDate)> {
        let months = Months::new(length);
        let first = match step {
            0 => first,
            1 => first.checked_add_months(months)?,
            _ => first.checked_sub_months(months)?,
        };
        Some((first, first.checked_add_months(months)?.pred_opt()?))
    };
    match rest {
        "week" => {
            let monday = today.checked_sub_days(Days::new(today.weekday().num_days_from_monday().into()))?;
            let first = monday.checked_add_signed(TimeDelta::days(7 * step))?;
            Some((first, first.checked_add_days(Days::new(6))?))
        }
        "month" => from(today.with_day(1)?, 1),
        "quarter" => from(NaiveDate::from_ymd_opt(today.year(), today.month0() / 3 * 3 + 1, 1)?, 3),
        "year" => from(NaiveDate::from_ymd_opt(today.year(), 1, 1)?, 12),
        _ => read_date(asked, today, Tense::Open).certain().map(|date| (date, date)),
    }
}

/// The ends of a range, as the fields are compared with them; an open end is empty.
///
/// # Errors
/// An end that the field cannot be compared with, and a range that runs backwards.
pub(super) fn range(
    name: &str,
    shape: Option<&Shape>,
    from: &str,
    to: &str,
    today: NaiveDate,
) -> Result<(String, String), Error> {
    let end = |end: &str, is_last: bool| {
        let dates = period(shape, end, today);
        let plain = dates.map_or_else(|| fold(end), |(first, last)| if is_last { last } else { first }.to_string());
        let (fits, wanted) = match shape {
            Some(Shape::Integer { .. } | Shape::Number { .. } | Shape::Share | Shape::Amount) => {
                (number(&plain).is_some(), "a number")
            }
            Some(Shape::Date) => (is_part_of_date(&plain), "a date or its beginning, like 2026-03"),
            Some(Shape::Time) => (read_clock(&plain).is_some(), "a time of day, like 18:30"),
            _ => (true, ""),
        };
        if fits || plain.is_empty() {
            return Ok(plain);
        }
        Err(Error::usage(format!("`{name}` cannot be compared with `{end}`; write {wanted}")))
    };
    let (first, last) = (end(from, false)?, end(to, true)?);
    let is_backwards = match (number(&first), number(&last), shape) {
        (Some(first), Some(last), shape) if !matches!(shape, Some(Shape::Date)) => first > last,
        // An end that is a part of a date includes all of it.
        _ => !first.is_empty() && !last.is_empty() && first.get(..last.len()).unwrap_or(&first) > last.as_str(),
    };
    if is_backwards {
        return Err(Error::usage(format!(
            "`{name}:{from}..{to}` cannot match anything, because it runs backward; write {name}:{to}..{from}"
        )));
    }
    Ok((first, last))
}

/// Whether a text is a year, a month or a day of the calendar.
fn is_part_of_date(text: &str) -> bool {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    whole.len() == 10 && whole.parse::<NaiveDate>().is_ok_and(|date| date.to_string() == whole)
}

fn one_of(asked: &str, words: &[&str]) -> String {
    let near = nearest(asked, words.iter().copied()).map(|near| format!("did you mean {near}? ")).unwrap_or_default();
    format!("{near}it can be {}", words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::{Query, QueryContext, QuerySubject};
    use super::*;

    fn parse(listed: impl Into<QuerySubject>, words: &[String]) -> Result<Query, Error> {
        let names = |_: Kind, word: &str| Ok((word == "Ben Okoro").then(|| "ben-okoro".to_owned()));
        Query::parse(listed, words, &QueryContext { today: "2026-06-15".parse().unwrap(), id_of: &names })
    }

    fn refused(listed: impl Into<QuerySubject>, term: &str) -> String {
        match parse(listed, &[term.to_owned()]) {
            Ok(_) => panic!("{term} was taken"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_date_that_does_not_exist_is_refused_with_the_form() {
        for value in ["2025-13", "2023-02-29", "2025-00", "25", "02", "2025Q5", "2025-W05", "soon", "2025/02/31"] {
            for term in [format!("joined:{value}"), format!("-joined:{value}")] {
                let message = refused(Kind::Member, &term);
                assert!(
                    message.starts_with(&format!(
                        "`joined:{value}` cannot match anything; write a year, a month or a day"
                    )),
                    "{message}"
                );
            }
        }
        for range in ["2025-13..", "..2023-02-29", "2025-W05..2025"] {
            assert!(
                refused(Kind::Member, &format!("joined:{range}")).contains("write a date or its beginning"),
                "{range}"
            );
        }
        for term in [
            "joined:2024-02-29",
            "joined:2025-12..2025",
            "joined:2025..2025-02",
            "joined:..",
            "joined:2025-02..2025-02",
        ] {
            assert!(parse(Kind::Member, &[term.to_owned()]).is_ok(), "{term}");
        }
    }

    #[test]
    fn a_period_is_a_range_of_dates() {
        let date = Some(Shape::Date);
        for (asked, first, last) in [
            ("today", "2026-06-15", "2026-06-15"),
            ("yesterday", "2026-06-14", "2026-06-14"),
            ("2025Q1", "2025-01-01", "2025-03-31"),
            ("2025-q4", "2025-10-01", "2025-12-31"),
            ("last-30-days", "2026-05-16", "2026-06-15"),
            ("next 7 days", "2026-06-15", "2026-06-22"),
            ("this-week", "2026-06-15", "2026-06-21"),
            ("last-month", "2026-05-01", "2026-05-31"),
            ("this quarter", "2026-04-01", "2026-06-30"),
            ("next-year", "2027-01-01", "2027-12-31"),
            ("March 3, 2026", "2026-03-03", "2026-03-03"),
        ] {
            let found = period(date.as_ref(), asked, "2026-06-15".parse().unwrap());
            assert_eq!(found, Some((first.parse().unwrap(), last.parse().unwrap())), "{asked}");
        }
        assert_eq!(period(date.as_ref(), "2026-03", "2026-06-15".parse().unwrap()), None, "records write it so");
        let fields = serde_json::json!({ "joined": "2026-06-15", "representative": "ben-okoro" });
        let matches =
            |term: &str| parse(Kind::Member, &[term.to_owned()]).unwrap().matches(fields.as_object().unwrap());
        assert!(matches("joined:today") && matches("joined:2026Q2") && matches("joined:yesterday..today"));
        assert!(!matches("joined:last-month") && matches("representative:Ben Okoro"));
    }

    #[test]
    fn a_range_that_runs_backwards_is_refused_with_the_one_that_may_be_meant() {
        for (range, turned) in [
            ("2025-03-01..2025-02-01", "2025-02-01..2025-03-01"),
            ("2026..2025", "2025..2026"),
            ("2025-03..2025-02-28", "2025-02-28..2025-03"),
        ] {
            let message = refused(Kind::Member, &format!("joined:{range}"));
            assert!(message.ends_with(&format!("runs backward; write joined:{turned}")), "{message}");
        }
        assert!(refused(Kind::Member, "process.lead_days:100..21").contains("backward"));
        assert!(parse(Kind::Member, &["process.lead_days:21..100".to_owned()]).is_ok());
        assert!(refused(Kind::Member, "name:z..a").contains("backward"));
    }

    #[test]
    fn a_word_that_a_field_cannot_hold_is_refused_with_those_that_it_can() {
        for (term, expected) in [
            ("classification:civic-group,school", "it can be friends-group, library"),
            ("classification:freinds-group", "did you mean friends-group?"),
            ("stage:joned", "did you mean joined? it can be unknown, identified"),
            ("process.lead_days:x", "write a whole number from 0"),
            ("process.lead_days:2.5", "write a whole number from 0"),
            ("contact_days:-1", "write a whole number from 0"),
            ("tags:Early Literacy", "write early-literacy"),
            ("contact_details.public:maybe", "write true or false"),
            ("contact_details.type:pigeon", "it can be email"),
            ("representative:Ana López", "no person has this name"),
            ("joined:", "`joined:` has no value"),
        ] {
            let error = refused(Kind::Member, term);
            assert!(error.contains(expected), "{term}: {error}");
        }
        assert!(refused(Kind::Meeting, "start_time:half past six").contains("write a time of day"));
        assert!(refused(Kind::Contribution, "amount:much").contains("write a number"));
        assert!(refused(Kind::Contribution, "currency:dollars").contains("a three-letter"));
        assert!(refused(Kind::Decision, "quorum:50").contains("a share from 0 to 1"));
        assert!(refused(Kind::Goal, "stage:joined").contains("it can be idea"));
        assert!(refused(QuerySubject::Signatures, "state:sined").contains("did you mean signed?"));
    }

    #[test]
    fn private_fields_are_known() {
        let private = |term: &str| {
            let query = parse(Kind::Member, &["joined:2025".to_owned(), term.to_owned()]).unwrap();
            query.private_field().map(str::to_owned)
        };
        assert_eq!(private("notes:x").as_deref(), Some("notes"));
        assert_eq!(private("note:x").as_deref(), Some("note"));
        assert_eq!(private("-contacts.summary:x").as_deref(), Some("contacts.summary"));
        assert_eq!((private("contacts.date:2026"), private("notes")), (None, None));
    }

    #[test]
    fn what_is_meant_is_found_however_it_is_written() {
        let fields = serde_json::json!({
            "name": "Cafe\u{301} Reader\u{2019}s", "classification": "civic-group", "start_time": "18:30:00", "amount": "250.00",
            "areas": ["North\u{2013}South"], "cancelled": true,
        });
        let matches =
            |kind: Kind, term: &str| parse(kind, &[term.to_owned()]).unwrap().matches(fields.as_object().unwrap());
        for term in [
            "caf\u{e9}",
            "name:Caf\u{e9}",
            "name:reader's",
            "areas:North-South",
            "classification:Civic group",
            "stage:left",
        ] {
            assert_eq!(matches(Kind::Member, term), term != "stage:left", "{term}");
        }
        for term in
            ["start_time:18:30", "start_time:18:30:00", "start_time:18:00..19:00", "cancelled:yes", "cancelled:TRUE"]
        {
            assert!(matches(Kind::Meeting, term), "{term}");
        }
        assert!(matches(Kind::Contribution, "amount:250") && !matches(Kind::Contribution, "amount:25"));
    }
}
