//! The words for dates, counts and amounts, said once for all reports.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use rust_decimal::{Decimal, RoundingStrategy};

/// A day with its weekday: `Tuesday, November 3, 2026`.
pub(crate) fn weekday(date: NaiveDate) -> String {
    date.format("%A, %B %-d, %Y").to_string()
}

/// A day: `November 3, 2026`.
pub(crate) fn format_date(date: NaiveDate) -> String {
    date.format("%B %-d, %Y").to_string()
}

/// A day where space is short: `Nov 3, 2026`.
pub(crate) fn short_day(date: NaiveDate) -> String {
    date.format("%b %-d, %Y").to_string()
}

/// A day seen from today: `Nov 3` in the same year, `Nov 3, 2025` in another.
pub(crate) fn near_day(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() { date.format("%b %-d").to_string() } else { short_day(date) }
}

/// A day in a calendar of the next weeks: `Tue, Nov 3`.
pub(crate) fn calendar_day(date: NaiveDate) -> String {
    date.format("%a, %b %-d").to_string()
}

/// The names of the months, as dates are written here.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Whether a word names a month as dates are written here: `November`, `Nov`.
pub(crate) fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|month| *month == word || month.get(..3) == Some(word))
}

/// A time of day: `6:30 p.m.`, `8 a.m.`, `noon`, `midnight`.
pub(crate) fn time(time: NaiveTime) -> String {
    let (is_afternoon, hour) = time.hour12();
    match (hour, time.minute(), is_afternoon) {
        (12, 0, false) => "midnight".to_owned(),
        (12, 0, true) => "noon".to_owned(),
        (hour, 0, is_afternoon) => format!("{hour} {}", half_of_day(is_afternoon)),
        (hour, minute, is_afternoon) => format!("{hour}:{minute:02} {}", half_of_day(is_afternoon)),
    }
}

const fn half_of_day(is_afternoon: bool) -> &'static str {
    if is_afternoon { "p.m." } else { "a.m." }
}

/// How far a day is from today: `19 days ago`, `today`, `in 9 days`.
pub(crate) fn distance(date: NaiveDate, today: NaiveDate) -> String {
    match (date - today).num_days() {
        -1 => "yesterday".to_owned(),
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days if days < 0 => format!("{} ago", self::days(-days)),
        days => format!("in {}", self::days(days)),
    }
}

/// A number of days: `1 day`, `12 days`.
pub(crate) fn days(count: i64) -> String {
    let noun = if count == 1 { "day" } else { "days" };
    format!("{} {noun}", number(Decimal::from(count)))
}

/// The form of a word that agrees with a count: `member` or `members`, `has` or `have`.
pub(crate) fn noun_form<'w>(count: usize, one: &'w str, many: &'w str) -> &'w str {
    if count == 1 { one } else { many }
}

/// A count with its noun: `1 member`, `12 members`, `no members`.
pub(crate) fn count(count: usize, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{} {many}", number(Decimal::from(count))),
    }
}

/// Verbs at the end of a count, each with its form for several.
const VERBS: [&str; 7] = ["was", "is", "has", "uses", "states", "says", "lists"];

/// A part of a count with its noun and, where one is behind the noun, a verb that agrees with the part: `1 of 3 goals uses`,
/// `2 of 3 goals use`, `0 of 1 goal uses`.
pub(crate) fn part_of(part: usize, of: usize, one: &str, many: &str) -> String {
    match (one.rsplit_once(' '), many.rsplit_once(' ')) {
        (Some((noun, verb)), Some((nouns, verbs))) if VERBS.contains(&verb) => {
            let verb = if part == 1 || of == 1 { verb } else { verbs };
            format!("{part} of {} {verb}", count_of(of, noun, nouns))
        }
        _ => format!("{part} of {}", count_of(of, one, many)),
    }
}

/// How many names a sentence bears; more are counted.
const NAMES: usize = 6;

/// A count with its noun: `0 members`, `1 member`, `12 members`.
pub(crate) fn count_of(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(Decimal::from(count)), noun_form(count, one, many))
}

/// Names in a sentence: `A`, `A and B`, `A, B and C`; of many the first, and how many others there are.
pub(crate) fn list_names(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] if names.len() <= NAMES => format!("{} and {last}", first.join(", ")),
        _ => {
            let first: Vec<&str> = names.iter().take(NAMES - 1).copied().collect();
            format!("{} and {} others", first.join(", "), names.len() - first.len())
        }
    }
}

/// A figure with its thousands apart: `4,716`, `12.5`.
pub(crate) fn number(number: Decimal) -> String {
    let written = number.normalize().to_string();
    let (sign, digits) = written.strip_prefix('-').map_or(("", written.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    fraction.map_or_else(|| format!("{sign}{grouped}"), |fraction| format!("{sign}{grouped}.{fraction}"))
}

/// An amount of money: `$5,200`, `CHF 12.50`.
pub(crate) fn money(amount: Decimal, currency: &str) -> String {
    let cents = amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let mut figure = number(cents);
    if !cents.is_integer() && cents.normalize().scale() == 1 {
        figure.push('0');
    }
    match currency {
        "USD" => format!("${figure}"),
        "EUR" => format!("€{figure}"),
        "GBP" => format!("£{figure}"),
        other => format!("{other} {figure}"),
    }
}

/// A share of a whole in percent, rounded: `38%`. Where a limit is within one point of it there is a digit after the point,
/// so that it is seen on which side of the limit the share lies: `35.4%`.
pub(crate) fn share(share: Decimal, limit: Decimal) -> String {
    let percent = |share: Decimal| share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(share);
    let (percent, limit) = (percent(share), percent(limit));
    let is_near = percent.checked_sub(limit).is_some_and(|distance| distance.abs() <= Decimal::ONE);
    let rounded = percent.round_dp_with_strategy(u32::from(is_near), RoundingStrategy::MidpointAwayFromZero);
    format!("{}%", number(rounded.normalize()))
}

/// A limit of shares in percent, with a digit after the point where it has one: `35%`, `33.3%`.
pub(crate) fn limit(limit: Decimal) -> String {
    share(limit, limit)
}

/// A part of the way to a target in percent, rounded down so that nothing is done before it is: `54%`.
pub(crate) fn percent(share: Decimal) -> String {
    let percent = share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(share).floor();
    format!("{}%", number(percent))
}

/// How much of a way is done: `73% of the way`. Lost ground is said in words.
pub(crate) fn way(share: Decimal) -> String {
    if share.is_sign_negative() && !share.is_zero() {
        return "further from the target than at the start".to_owned();
    }
    format!("{} of the way", percent(share))
}

/// A list in a sentence: `A`, `A and B`, `A, B and C`.
pub(crate) fn list<T: AsRef<str>>(items: &[T]) -> String {
    join(items, "and")
}

/// A choice in a sentence: `A`, `A or B`, `A, B or C`.
pub(crate) fn choice<T: AsRef<str>>(items: &[T]) -> String {
    join(items, "or")
}

fn join<T: AsRef<str>>(items: &[T], conjunction: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} {conjunction} {}", first.join(", "), last.as_ref())
        }
    }
}

/// A word for a command line, in quotes if it needs them.
pub(crate) fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '=' | ':' | '@' | '+' | ',');
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "\\$").replace('`', "\\`"))
    }
}

/// `FIELD=VALUE` on a command line, with quotes around the value where it needs them.
pub(crate) fn shell_assignment(text: &str) -> String {
    match text.split_once('=') {
        Some((name, value)) if shell_word(name) == name && !value.is_empty() => format!("{name}={}", shell_word(value)),
        _ => shell_word(text),
    }
}

/// A name as a title: `“Sunday hours”`.
pub(crate) fn quote(name: &str) -> String {
    format!("\u{201c}{name}\u{201d}")
}

/// A sentence's beginning with its first letter as a capital.
pub(crate) fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn dates_as_people_say_them() {
        let meeting = date("2026-11-03");
        assert_eq!(weekday(meeting), "Tuesday, November 3, 2026");
        assert_eq!(format_date(meeting), "November 3, 2026");
        assert_eq!(short_day(meeting), "Nov 3, 2026");
        let seen = |today| near_day(meeting, date(today));
        assert_eq!([seen("2026-12-01"), seen("2027-01-01")], ["Nov 3", "Nov 3, 2026"]);
        assert_eq!(calendar_day(meeting), "Tue, Nov 3");
        let from = |today| distance(meeting, date(today));
        assert_eq!(from("2026-11-22"), "19 days ago");
        assert_eq!(from("2026-11-04"), "yesterday");
        assert_eq!(from("2026-11-03"), "today");
        assert_eq!(from("2026-11-02"), "tomorrow");
        assert_eq!(from("2026-10-25"), "in 9 days");
    }

    #[test]
    fn times_as_people_say_them() {
        let said = ["00:00:00", "00:05:00", "08:00:00", "12:00:00", "12:30:00", "18:30:00", "23:59:00"];
        let said = said.map(|text| time(text.parse().unwrap()));
        assert_eq!(said, ["midnight", "12:05 a.m.", "8 a.m.", "noon", "12:30 p.m.", "6:30 p.m.", "11:59 p.m."]);
    }

    #[test]
    fn counts_agree_with_their_nouns() {
        let members = |n| count(n, "member", "members");
        assert_eq!([members(0), members(1), members(1200)], ["no members", "1 member", "1,200 members"]);
        assert_eq!([days(1), days(30)], ["1 day", "30 days"]);
        assert_eq!([0, 1, 2].map(|count| noun_form(count, "has", "have")), ["have", "has", "have"]);
    }

    #[test]
    fn figures_and_amounts() {
        let figures = [dec("0"), dec("999"), dec("4716"), dec("-1234567.50"), dec("12.5")].map(number);
        assert_eq!(figures, ["0", "999", "4,716", "-1,234,567.5", "12.5"]);
        assert_eq!(money(dec("5200.00"), "USD"), "$5,200");
        assert_eq!(money(dec("12.5"), "CHF"), "CHF 12.50");
        assert_eq!(money(dec("0.005"), "EUR"), "€0.01");
    }

    #[test]
    fn a_goal_is_not_reached_before_it_is() {
        assert_eq!(share(dec("0.375"), dec("0.35")), "38%");
        assert_eq!([share(dec("0.3549"), dec("0.35")), share(dec("0.36"), dec("0.35"))], ["35.5%", "36%"]);
        assert_eq!([share(dec("0.3605"), dec("0.35")), share(dec("0.125"), dec("0.35"))], ["36%", "13%"]);
        assert_eq!([limit(dec("0.35")), limit(dec("0.3333"))], ["35%", "33.3%"]);
        assert_eq!(percent(dec("0.999")), "99%");
        assert_eq!(percent(dec("1")), "100%");
        assert_eq!(percent(dec("-0.25")), "-25%");
    }

    #[test]
    fn lists_end_in_a_conjunction() {
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(list(&["A"]), "A");
        assert_eq!(list(&["A", "B"]), "A and B");
        assert_eq!(list(&["A", "B", "C"]), "A, B and C");
        assert_eq!(choice(&["A", "B", "C"]), "A, B or C");
    }

    #[test]
    fn many_names_are_counted() {
        assert_eq!([list_names(&[]), list_names(&["A"]), list_names(&["A", "B", "C"])], ["", "A", "A, B and C"]);
        assert_eq!(list_names(&["A", "B", "C", "D", "E", "F"]), "A, B, C, D, E and F");
        assert_eq!(list_names(&["A", "B", "C", "D", "E", "F", "G"]), "A, B, C, D, E and 2 others");
        assert_eq!([count_of(1, "goal", "goals"), count_of(0, "goal", "goals")], ["1 goal", "0 goals"]);
    }
}
