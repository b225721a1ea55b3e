//! A date as people write it: `March 3, 2026`, `3 March`, `3/13/26`, `yesterday`, `next Tuesday`, `in two weeks`.

use super::{Reading, read_count};
use crate::parse::alike::fold_accents;
use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};

/// Where a date without a year, or the name of a weekday, lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    /// The last one, today included: the date of something that has happened.
    Past,
    /// The one nearest to today, if the other is much farther: the date of something that may have happened or be planned.
    Open,
    /// The next one, today included: the date by which something is to happen.
    Future,
}

/// The names of the months in English, Spanish, French and German, without accents. Three letters are enough where they
/// begin only one month.
const MONTHS: [&[&str]; 12] = [
    &["january", "enero", "janvier", "januar", "janner"],
    &["february", "febrero", "fevrier", "februar"],
    &["march", "marzo", "mars", "marz", "maerz"],
    &["april", "abril", "avril"],
    &["may", "mayo", "mai"],
    &["june", "junio", "juin", "juni"],
    &["july", "julio", "juillet", "juli"],
    &["august", "agosto", "aout"],
    &["september", "septiembre", "setiembre", "septembre"],
    &["october", "octubre", "octobre", "oktober"],
    &["november", "noviembre", "novembre"],
    &["december", "diciembre", "decembre", "dezember"],
];

/// What a text means as a date, seen from `today`. `3/11/2026` is March 11 or November 3; ISO dates are certain.
pub(crate) fn read_date(text: &str, today: NaiveDate, tense: Tense) -> Reading<NaiveDate> {
    // A time of midnight is what spreadsheets add to a date.
    let text = text.trim();
    let text = text.split_once(['T', ' ']).filter(|(_, time)| time.starts_with("00:00")).map_or(text, |(date, _)| date);
    let lower = fold_accents(text).replace('\'', "");
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '.' | '-'))
        .filter(|word| !word.is_empty() && !matches!(*word, "the" | "of" | "on" | "de" | "del" | "le" | "den" | "der"))
        .collect();
    // A record writes years with four digits.
    let is_writable = |date: &NaiveDate| (1000..=9999).contains(&date.year());
    if let Some(dates) = relative(&words, today, tense) {
        return match dates {
            Reading::Certain(date) if !is_writable(&date) => Reading::Unknown,
            dates => dates,
        };
    }
    let (weekday, words) = match words.split_first() {
        Some((first, rest)) if !rest.is_empty() && weekday_of(first).is_some() => (weekday_of(first), rest),
        _ => (None, words.as_slice()),
    };
    let candidates = on_calendar(words, today, tense);
    // A weekday that is another day's shows that the text is not understood.
    Reading::of(candidates.into_iter().filter(|date| weekday.is_none_or(|day| date.weekday() == day)).collect())
}

/// `today`, `next Tuesday`, `in two weeks`, `3 days ago`, `Friday`; `None` if the words are none of these.
fn relative(words: &[&str], today: NaiveDate, tense: Tense) -> Option<Reading<NaiveDate>> {
    let certain = |date: Option<NaiveDate>| Some(date.map_or(Reading::Unknown, Reading::Certain));
    match words {
        ["today" | "now" | "hoy" | "heute"] => certain(Some(today)),
        ["yesterday" | "ayer" | "hier" | "gestern"] => certain(today.pred_opt()),
        ["tomorrow" | "manana" | "demain" | "morgen"] => certain(today.succ_opt()),
        ["day", "before", "yesterday"] => certain(today.checked_sub_days(Days::new(2))),
        ["day", "after", "tomorrow"] => certain(today.checked_add_days(Days::new(2))),
        ["in", count, unit] => certain(shift(today, read_count(count)?, unit, true)?),
        [count, unit, "ago"] => certain(shift(today, read_count(count)?, unit, false)?),
        [count, unit, "from", "now" | "today"] => certain(shift(today, read_count(count)?, unit, true)?),
        ["last", unit] if is_unit(unit) => certain(shift(today, 1, unit, false)?),
        ["next", unit] if is_unit(unit) => certain(shift(today, 1, unit, true)?),
        [day] => {
            let day = weekday_of(day)?;
            Some(match tense {
                Tense::Past => Reading::Certain(back_to(today, day)?),
                // On a Monday, "Friday" may be the last or the next.
                Tense::Open | Tense::Future if today.weekday() == day => Reading::Certain(today),
                Tense::Future => Reading::Certain(ahead_to(today, day)?),
                Tense::Open => Reading::of(vec![ahead_to(today, day)?, back_to(today, day)?]),
            })
        }
        ["this" | "coming", day] => {
            let day = weekday_of(day)?;
            certain(if today.weekday() == day { Some(today) } else { ahead_to(today, day) })
        }
        ["last", day] => certain(back_to(today.pred_opt()?, weekday_of(day)?)),
        ["next", day] => {
            // Some mean the first one that comes, others the one of next week.
            let day = weekday_of(day)?;
            let first = ahead_to(today, day)?;
            let monday = today.checked_sub_days(Days::new(today.weekday().num_days_from_monday().into()))?;
            let next_week = monday.checked_add_days(Days::new(7 + u64::from(day.num_days_from_monday())))?;
            Some(Reading::of(vec![first, next_week]))
        }
        _ => None,
    }
}

fn is_unit(word: &str) -> bool {
    matches!(word.trim_end_matches('s'), "day" | "week" | "month" | "year")
}

/// A date some days, weeks, months or years before or after another.
fn shift(today: NaiveDate, count: u32, unit: &str, ahead: bool) -> Option<Option<NaiveDate>> {
    let days = |days: u64| {
        if ahead { today.checked_add_days(Days::new(days)) } else { today.checked_sub_days(Days::new(days)) }
    };
    let months = |count: Option<u32>| {
        let months = Months::new(count?);
        if ahead { today.checked_add_months(months) } else { today.checked_sub_months(months) }
    };
    Some(match unit.trim_end_matches('s') {
        "day" => days(count.into()),
        "week" => days(u64::from(count) * 7),
        "month" => months(Some(count)),
        "year" => months(count.checked_mul(12)),
        _ => return None,
    })
}

/// The last such weekday, today included.
fn back_to(today: NaiveDate, day: Weekday) -> Option<NaiveDate> {
    today.checked_sub_days(Days::new(today.weekday().days_since(day).into()))
}

/// The next such weekday after today.
fn ahead_to(today: NaiveDate, day: Weekday) -> Option<NaiveDate> {
    let days = day.days_since(today.weekday());
    today.checked_add_days(Days::new(if days == 0 { 7 } else { days.into() }))
}

/// The days of the week that a text names, as records write them, in the order of the week: `mon, tue`, `Mon-Fri`, `weekends`.
/// `None` if it names something else too.
pub(crate) fn read_weekdays(text: &str) -> Option<Vec<&'static str>> {
    const WEEK: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let lower = fold_accents(text);
    let mut days = [false; 7];
    let at = |word: &str| Some(weekday_of(word.trim().trim_end_matches('.'))?.num_days_from_monday() as usize);
    let parts = lower.split([',', ';', '/']).flat_map(|part| part.split(" and ")).map(str::trim);
    for part in parts.filter(|part| !part.is_empty()) {
        let range = part.split_once('-').or_else(|| part.split_once(" to "));
        let meant: Vec<usize> = match (part, range) {
            ("daily" | "every day" | "all" | "all days", _) => (0..7).collect(),
            ("weekdays", _) => (0..5).collect(),
            ("weekend" | "weekends", _) => vec![5, 6],
            (_, Some((first, last))) => {
                let (first, last) = (at(first)?, at(last)?);
                (0..=(last + 7 - first) % 7).map(|step| (first + step) % 7).collect()
            }
            (several, None) => several.split_whitespace().map(at).collect::<Option<_>>()?,
        };
        for day in meant {
            days.get_mut(day).map(|named| *named = true)?;
        }
    }
    let named: Vec<_> = WEEK.into_iter().zip(days).filter(|(_, named)| *named).map(|(day, _)| day).collect();
    (!named.is_empty()).then_some(named)
}

fn weekday_of(word: &str) -> Option<Weekday> {
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let short = ["mon", "tue", "tues", "wed", "weds", "thu", "thur", "thurs", "fri", "sat", "sun"];
    (names.contains(&word) || short.contains(&word))
        .then(|| word.parse().ok().or_else(|| word.get(..3)?.parse().ok()))?
}

/// The dates that words of a day, a month and a year may mean.
fn on_calendar(words: &[&str], today: NaiveDate, tense: Tense) -> Vec<NaiveDate> {
    let date = |year: Option<i32>, month: Option<u32>, day: Option<u32>| NaiveDate::from_ymd_opt(year?, month?, day?);
    let found = match words {
        // 20260303, as programs write it.
        [whole] if whole.len() == 8 && whole.bytes().all(|b| b.is_ascii_digit()) => {
            let part = |range| whole.get(range).and_then(|part: &str| part.parse().ok());
            vec![date(year_of(whole.get(..4).unwrap_or_default()), part(4..6), part(6..8))]
        }
        [first, second] => match (month_of(first), month_of(second)) {
            (Some(month), None) => without_year(month, day_of(second), today, tense),
            (None, Some(month)) => without_year(month, day_of(first), today, tense),
            // 3/11: the month or the day may come first.
            (None, None) => [(first, second), (second, first)]
                .into_iter()
                .filter_map(|(month, day)| Some(without_year(month_number(month)?, day_of(day), today, tense)))
                .flatten()
                .collect(),
            (Some(_), Some(_)) => Vec::new(),
        },
        [first, second, third] => match [first, second, third].map(|word| month_of(word)) {
            [Some(month), None, None] => vec![date(year_of(third), Some(month), day_of(second))],
            [None, Some(month), None] if first.len() == 4 => vec![date(year_of(first), Some(month), day_of(third))],
            [None, Some(month), None] => vec![date(year_of(third), Some(month), day_of(first))],
            [None, None, None] if first.len() == 4 => {
                vec![date(year_of(first), month_number(second), day_of(third))]
            }
            [None, None, None] => vec![
                date(year_of(third), month_number(first), day_of(second)),
                date(year_of(third), month_number(second), day_of(first)),
            ],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    found.into_iter().flatten().collect()
}

/// A day of the year in the year that is meant; in two years, if either may be.
fn without_year(month: u32, day: Option<u32>, today: NaiveDate, tense: Tense) -> Vec<Option<NaiveDate>> {
    let Some(day) = day else { return Vec::new() };
    let years = [today.year() - 1, today.year(), today.year() + 1];
    let dates = || years.into_iter().filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    let last = dates().filter(|date| *date <= today).max();
    let next = dates().filter(|date| *date >= today).min();
    let far = |date: NaiveDate| (date - today).num_days().abs();
    match (tense, last, next) {
        (Tense::Past, last, _) => vec![last],
        (Tense::Future, _, next) => vec![next],
        (Tense::Open, Some(last), Some(next)) if far(last) * 2 <= far(next) => vec![Some(last)],
        (Tense::Open, Some(last), Some(next)) if far(next) * 2 <= far(last) => vec![Some(next)],
        (Tense::Open, last, next) => vec![last, next],
    }
}

/// The first and the last day of a month or a year that a text names without a day: `June 2027`, `end of June`, `6/2027`, `2027`.
/// Without a year it is the month that the tense means.
pub(crate) fn read_period(text: &str, today: NaiveDate, tense: Tense) -> Option<(NaiveDate, NaiveDate)> {
    let lower = fold_accents(text.trim());
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '.' | '-'))
        .filter(|word| !word.is_empty() && !matches!(*word, "the" | "of" | "in" | "by" | "end" | "de"))
        .collect();
    let days = |from: NaiveDate, months: u32| {
        let next = from.checked_add_months(Months::new(months))?;
        Some((from, next.pred_opt()?))
    };
    let year = |word: &str| year_of(word).filter(|_| word.len() == 4);
    match words.as_slice() {
        [month] if month_of(month).is_some() => {
            let month = month_of(month)?;
            let [Some(first), ..] = without_year(month, Some(1), today, tense)[..] else { return None };
            // The month that has begun is meant rather than that of next year.
            let own = NaiveDate::from_ymd_opt(today.year(), month, 1)?;
            days(if month == today.month() { own } else { first }, 1)
        }
        // The last one that has begun, whatever is usual for the field.
        ["last", month] if month_of(month).is_some() => {
            let month = month_of(month)?;
            let of_year = |year: i32| NaiveDate::from_ymd_opt(year, month, 1);
            let first = of_year(today.year()).filter(|first| *first <= today).or_else(|| of_year(today.year() - 1))?;
            days(first, 1)
        }
        [month, whole] | [whole, month]
            if year(whole).is_some() && (month_of(month).or(month_number(month))).is_some() =>
        {
            days(NaiveDate::from_ymd_opt(year(whole)?, month_of(month).or(month_number(month))?, 1)?, 1)
        }
        [whole] if year(whole).is_some() => days(NaiveDate::from_ymd_opt(year(whole)?, 1, 1)?, 12),
        _ => None,
    }
}

/// The number of a month by its name: March is 3.
pub(crate) fn read_month(text: &str) -> Option<u32> {
    month_of(fold_accents(text.trim()).trim_end_matches('.'))
}

/// A month by its name in one of four languages, or by the first letters of an English one.
fn month_of(word: &str) -> Option<u32> {
    let meant = |names: &&[&str]| {
        let is_short = |name: &str| word.len() >= 3 && name.starts_with(word);
        names.iter().any(|name| is_short(name))
    };
    if !word.chars().all(char::is_alphabetic) {
        return None;
    }
    let mut months = MONTHS.iter().enumerate().filter(|(_, names)| meant(names));
    let (at, _) = months.next()?;
    months.next().is_none().then(|| u32::try_from(at + 1).ok())?
}

/// A number of at most two digits.
fn digits(word: &str) -> Option<u32> {
    word.parse().ok().filter(|_| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()))
}

fn month_number(word: &str) -> Option<u32> {
    digits(word).filter(|month| (1..=12).contains(month))
}

/// A day of the month: `3`, `03`, `3rd`.
fn day_of(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th", "er"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    self::digits(digits).filter(|day| (1..=31).contains(day))
}

/// A year of four digits, or of two, which is in this century.
fn year_of(word: &str) -> Option<i32> {
    if !word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match word.len() {
        4 => word.parse().ok().filter(|year| *year >= 1000),
        2 => word.parse::<i32>().ok().map(|year| 2000 + year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Sunday.
    fn today() -> NaiveDate {
        day("2026-11-22")
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_or_a_year_has_a_first_and_a_last_day() {
        for (text, first, last) in [
            ("June 2027", "2027-06-01", "2027-06-30"),
            ("end of June 2027", "2027-06-01", "2027-06-30"),
            ("2027-02", "2027-02-01", "2027-02-28"),
            ("6/2027", "2027-06-01", "2027-06-30"),
            ("2027", "2027-01-01", "2027-12-31"),
            ("June", "2027-06-01", "2027-06-30"),
            ("November", "2026-11-01", "2026-11-30"),
        ] {
            assert_eq!(read_period(text, today(), Tense::Future), Some((day(first), day(last))), "{text}");
        }
        let march = Some((day("2026-03-01"), day("2026-03-31")));
        assert_eq!(read_period("last March", today(), Tense::Open), march);
        assert_eq!(read_period("June", today(), Tense::Past), Some((day("2026-06-01"), day("2026-06-30"))));
        for text in ["soon", "June 3", "20", "", "June June 2027"] {
            assert_eq!(read_period(text, today(), Tense::Future), None, "{text}");
        }
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (text, date) in [
            ("2026-03-03", "2026-03-03"),
            ("2026-3-3", "2026-03-03"),
            ("20260303", "2026-03-03"),
            ("2026/03/03", "2026-03-03"),
            ("2026-03-03 00:00:00", "2026-03-03"),
            ("2026-03-03T00:00", "2026-03-03"),
            ("March 3, 2026", "2026-03-03"),
            ("Mar. 3rd, 2026", "2026-03-03"),
            ("3 March 2026", "2026-03-03"),
            ("the 3rd of March 2026", "2026-03-03"),
            ("Tuesday, March 3, 2026", "2026-03-03"),
            ("3-Mar-26", "2026-03-03"),
            ("3/13/2026", "2026-03-13"),
            ("13/3/2026", "2026-03-13"),
            ("13.3.2026", "2026-03-13"),
            ("3/3/2026", "2026-03-03"),
            ("12/31/26", "2026-12-31"),
            ("3 de marzo de 2026", "2026-03-03"),
            ("1er février 2026", "2026-02-01"),
            ("3. März 2026", "2026-03-03"),
            ("today", "2026-11-22"),
            ("Yesterday", "2026-11-21"),
            ("tomorrow", "2026-11-23"),
            ("in two weeks", "2026-12-06"),
            ("3 days ago", "2026-11-19"),
            ("next month", "2026-12-22"),
            ("last Tuesday", "2026-11-17"),
            ("this Tuesday", "2026-11-24"),
            ("Sunday", "2026-11-22"),
        ] {
            assert_eq!(read_date(text, today(), Tense::Open), Reading::Certain(day(date)), "{text}");
        }
    }

    #[test]
    fn a_date_with_two_meanings_is_not_chosen() {
        for (text, dates) in [
            ("3/11/2026", ["2026-03-11", "2026-11-03"]),
            ("03-11-26", ["2026-03-11", "2026-11-03"]),
            ("Tuesday", ["2026-11-24", "2026-11-17"]),
        ] {
            let several = dates.iter().map(|date| day(date)).collect();
            assert_eq!(read_date(text, today(), Tense::Open), Reading::Ambiguous(several), "{text}");
        }
        let wednesday = day("2026-11-25");
        let both = Reading::Ambiguous(vec![day("2026-11-27"), day("2026-12-04")]);
        assert_eq!(read_date("next Friday", wednesday, Tense::Open), both);
        let tuesday = Reading::Certain(day("2026-12-01"));
        assert_eq!(read_date("next Tuesday", wednesday, Tense::Open), tuesday);
    }

    #[test]
    fn a_date_without_a_year_is_the_last_or_the_nearest() {
        assert_eq!(read_date("March 3", today(), Tense::Past).certain(), Some(day("2026-03-03")));
        assert_eq!(read_date("March 3", today(), Tense::Open).certain(), Some(day("2027-03-03")));
        assert_eq!(read_date("3 Dec", today(), Tense::Past).certain(), Some(day("2025-12-03")));
        assert_eq!(read_date("Friday", today(), Tense::Past).certain(), Some(day("2026-11-20")));
        assert_eq!(read_date("Feb 29", today(), Tense::Past).certain(), None);
        assert_eq!(read_date("July 1", today(), Tense::Future).certain(), Some(day("2027-07-01")));
        assert_eq!(read_date("Dec 3", today(), Tense::Future).certain(), Some(day("2026-12-03")));
        assert_eq!(read_date("Friday", today(), Tense::Future).certain(), Some(day("2026-11-27")));
        let either = Reading::Ambiguous(vec![day("2026-07-04"), day("2027-07-04")]);
        assert_eq!(read_date("July 4", today(), Tense::Open), either);
    }

    #[test]
    fn days_of_the_week_are_read_as_people_write_them() {
        for (text, days) in [
            ("mon,tue", "mon tue"),
            ("Monday and Wednesday", "mon wed"),
            ("Mon-Fri", "mon tue wed thu fri"),
            ("fri-mon", "mon fri sat sun"),
            ("weekends", "sat sun"),
            ("tue thu", "tue thu"),
            ("daily", "mon tue wed thu fri sat sun"),
        ] {
            assert_eq!(read_weekdays(text).map(|days| days.join(" ")).as_deref(), Some(days), "{text}");
        }
        assert!(read_weekdays("someday").is_none() && read_weekdays("").is_none() && read_weekdays("mon, x").is_none());
    }

    #[test]
    fn what_is_no_date_is_unknown() {
        for text in [
            "",
            "soon",
            "March",
            "2026",
            "Monday, March 3, 2026",
            "February 30, 2026",
            "3 March madness",
            "555 0142",
            "ma 3",
            "99999 years ago",
        ] {
            assert_eq!(read_date(text, today(), Tense::Open), Reading::Unknown, "{text}");
        }
    }
}
