//! A number, an amount of money or a length of time as people write it: `1,200`, `$1,200.50`, `2 hours`, `one week`, `15%`.

use super::{Reading, read_count};
use rust_decimal::Decimal;
use std::str::FromStr as _;

/// A unit of time in which a field counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// Months, which no number of days is.
    Months,
    /// Years.
    Years,
}

impl Unit {
    /// The unit in which a field of this name counts, such as `lead_days` or `hours`.
    pub(crate) fn of_field(name: &str) -> Option<Unit> {
        name.rsplit('_').find_map(Unit::of_word)
    }

    fn of_word(word: &str) -> Option<Unit> {
        Some(match word {
            "minute" | "minutes" | "min" | "mins" => Unit::Minutes,
            "hour" | "hours" | "hr" | "hrs" | "h" => Unit::Hours,
            "day" | "days" => Unit::Days,
            "month" | "months" => Unit::Months,
            "year" | "years" => Unit::Years,
            _ => return None,
        })
    }

    /// How many of `self` are in this unit and its number of `base` units: minutes for time, months for the calendar.
    fn base(self) -> (bool, i64) {
        match self {
            Unit::Minutes => (true, 1),
            Unit::Hours => (true, 60),
            Unit::Days => (true, 24 * 60),
            Unit::Months => (false, 1),
            Unit::Years => (false, 12),
        }
    }
}

/// A number in digits, with a sign of thousands or not: `1200`, `1,200`, `2.5`, `1 200`. A comma before two digits, or before
/// one, is a decimal comma. `1,200` is American; no one writes three decimals.
pub(crate) fn read_number(text: &str) -> Reading<Decimal> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let digits: String =
        digits.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '\u{2019}' | '_')).collect();
    let has_only = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
    if digits.is_empty() || !has_only || !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return Reading::Unknown;
    }
    let Some(plain) = without_thousands(&digits) else { return Reading::Unknown };
    Decimal::from_str(&format!("{sign}{plain}")).map_or(Reading::Unknown, Reading::Certain)
}

/// Digits with a decimal point or none.
fn without_thousands(digits: &str) -> Option<String> {
    let groups = |mark: char, whole: &str| {
        let mut parts = whole.split(mark);
        let first = parts.next().is_some_and(|first| (1..=3).contains(&first.len()));
        (first && parts.all(|part| part.len() == 3)).then(|| whole.replace(mark, ""))
    };
    match (digits.rfind('.'), digits.rfind(',')) {
        (None, None) => Some(digits.to_owned()),
        // 1,200.50
        (Some(point), Some(comma)) if comma < point => {
            let (whole, decimals) = digits.split_at(point);
            Some(format!("{}{}", groups(',', whole)?, (!decimals.get(1..)?.contains('.')).then_some(decimals)?))
        }
        // 1.200,50
        (Some(_), Some(comma)) => {
            let (whole, decimals) = digits.split_at(comma);
            let decimals = decimals.get(1..)?;
            Some(format!("{}.{}", groups('.', whole)?, (!decimals.contains(',')).then_some(decimals)?))
        }
        (None, Some(comma)) => match digits.len() - comma - 1 {
            1 | 2 if digits.matches(',').count() == 1 => Some(digits.replace(',', ".")),
            _ => groups(',', digits),
        },
        (Some(_), None) if digits.matches('.').count() == 1 => Some(digits.to_owned()),
        (Some(_), None) => groups('.', digits),
    }
}

/// An amount of money, with the ISO 4217 code of its currency where the text says it: `$1,200`, `1.200,50 €`, `EUR 30`. A sign
/// that several currencies share, such as `$`, says none.
pub(crate) fn read_amount(text: &str) -> Option<(Decimal, Option<&'static str>)> {
    const SIGNS: [(&str, Option<&str>); 11] = [
        ("US$", Some("USD")),
        ("USD", Some("USD")),
        ("CAD", Some("CAD")),
        ("EUR", Some("EUR")),
        ("GBP", Some("GBP")),
        ("dollars", None),
        ("dollar", None),
        ("$", None),
        ("€", Some("EUR")),
        ("£", Some("GBP")),
        ("¥", None),
    ];
    let text = text.trim();
    for (sign, currency) in SIGNS {
        let (lower, sign) = (text.to_lowercase(), sign.to_lowercase());
        // 1.200 € has three decimals nowhere: the point separates thousands there.
        let rest = lower.strip_prefix(&sign).or_else(|| lower.strip_suffix(&sign));
        if let Some(rest) = rest {
            return read_number(rest).certain().map(|amount| (amount, currency));
        }
    }
    read_number(text).certain().map(|amount| (amount, None))
}

/// Whether a number has a comma that may stand before decimals, as in `1,50`, or lacks a digit behind one of thousands.
pub(crate) fn has_decimal_comma(written: &str) -> bool {
    let digits = |part: &str| part.trim_end_matches(|c: char| !c.is_ascii_digit()).len();
    !written.contains('.') && written.rsplit_once(',').is_some_and(|(_, last)| digits(last) < 3)
}

/// A share between 0 and 1: `0.15`, `15%`, `15 percent`.
pub(crate) fn read_share(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let percent = ["%", "percent", "per cent"].iter().find_map(|ending| text.strip_suffix(ending));
    match percent {
        Some(number) => read_number(number).certain()?.checked_div(Decimal::ONE_HUNDRED),
        None => read_number(text).certain(),
    }
}

/// A number of units of time, as a field that counts in `unit` holds it: `one week` is 7 days, `90 minutes` are 1.5 hours.
pub(crate) fn read_quantity(text: &str, unit: Option<Unit>) -> Option<Decimal> {
    let lower = with_decimals(&text.trim().to_lowercase());
    if let Some(number) = read_number(&lower).certain() {
        return Some(number);
    }
    if let Some(count) = read_count(&lower) {
        return Some(count.into());
    }
    let (count, word) = match lower.split_once(char::is_whitespace) {
        Some((count, word)) => (count.trim(), word.trim()),
        // 2h, 90min
        None => lower.split_at(lower.find(char::is_alphabetic)?),
    };
    let count = read_count(count).map(Decimal::from).or_else(|| read_number(count).certain())?;
    let (times, meant) = match word {
        "week" | "weeks" => (7, Unit::Days),
        word => (1, Unit::of_word(word)?),
    };
    let ((is_time, per), (is_time_too, base)) = (meant.base(), unit?.base());
    if is_time != is_time_too {
        return None;
    }
    let whole = count.checked_mul(Decimal::from(times * per))?;
    let quantity = whole.checked_div(Decimal::from(base))?;
    // A number without an end, such as a third of an hour, is not what is meant.
    (quantity.checked_mul(Decimal::from(base))? == whole).then(|| quantity.normalize())
}

/// The text with its fractions as decimals: `6 1/2 hrs` as `6.5 hrs`, `1½` as `1.5`.
fn with_decimals(text: &str) -> String {
    const FRACTIONS: [(&str, &str); 6] =
        [("1/2", ".5"), ("1/4", ".25"), ("3/4", ".75"), ("½", ".5"), ("¼", ".25"), ("¾", ".75")];
    for (fraction, decimals) in FRACTIONS {
        let Some(at) = text.find(fraction) else { continue };
        let (whole, rest) =
            (text.get(..at).unwrap_or_default().trim_end(), text.get(at + fraction.len()..).unwrap_or_default());
        let is_number = whole.is_empty() || whole.bytes().all(|b| b.is_ascii_digit());
        if is_number && !rest.starts_with(|c: char| c.is_ascii_digit() || c == '/') {
            return format!("{}{decimals}{rest}", if whole.is_empty() { "0" } else { whole });
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        Decimal::from_str(text).unwrap()
    }

    #[test]
    fn numbers_and_amounts_are_read_as_people_write_them() {
        for (text, expected) in [
            ("1200", "1200"),
            ("1,200", "1200"),
            ("1,200,000", "1200000"),
            ("1,200.50", "1200.50"),
            ("1.200,50", "1200.50"),
            ("1 200", "1200"),
            ("12,5", "12.5"),
            ("2.5", "2.5"),
            ("1.200", "1.200"),
            ("-3", "-3"),
        ] {
            assert_eq!(read_number(text), Reading::Certain(number(expected)), "{text}");
        }
        for text in ["", "1,20,30", "12,3456", "1..2", "twelve", "1e5", "12 boxes", ",5", "1,2.3,4", "1,200.5.0"] {
            assert_eq!(read_number(text), Reading::Unknown, "{text}");
        }
        assert_eq!(read_amount("$1,200"), Some((number("1200"), None)));
        assert_eq!(read_amount("US$ 1,200.50"), Some((number("1200.50"), Some("USD"))));
        assert_eq!(read_amount("30 €"), Some((number("30"), Some("EUR"))));
        assert_eq!(read_amount("250 dollars"), Some((number("250"), None)));
        assert_eq!(read_amount("a lot"), None);
        assert_eq!(read_share("15%"), Some(number("0.15")));
    }

    #[test]
    fn lengths_of_time_are_read_in_the_unit_of_the_field() {
        let hours = Unit::of_field("hours");
        let days = Unit::of_field("lead_days");
        for (text, unit, expected) in [
            ("2 hours", hours, Some("2")),
            ("2h", hours, Some("2")),
            ("90 minutes", hours, Some("1.5")),
            ("2 hours", Unit::of_field("minutes"), Some("120")),
            ("one week", days, Some("7")),
            ("10 days", days, Some("10")),
            ("10", days, Some("10")),
            ("two", days, Some("2")),
            ("2.5 hours", hours, Some("2.5")),
            ("2 months", days, None),
            ("20 minutes", hours, None),
            ("2 hours", None, None),
            ("soon", days, None),
            ("ñ", days, None),
        ] {
            assert_eq!(read_quantity(text, unit), expected.map(number), "{text}");
        }
    }
}
