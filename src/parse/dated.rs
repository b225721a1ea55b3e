//! Dates in forms other than YYYY-MM-DD, so that a finding can show how to write them.

/// The months by their first letters.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Whether text is meant as a date: a day, a month and a year in some order, the month in figures or by name.
pub(super) fn looks_like_date(text: &str) -> bool {
    let parts = parts(text);
    let figures = parts.iter().filter(|part| part.parse::<u32>().is_ok()).count();
    let has_year = parts.iter().any(|part| part.len() == 4 && part.parse::<u32>().is_ok());
    let has_month = parts.iter().any(|part| month(part).is_some());
    parts.len() == 3 && (figures == 3 || (figures == 2 && has_month && has_year))
}

/// The date that is meant, if there is no doubt which part is which; else an example.
pub(super) fn as_date(text: &str) -> String {
    let parts = parts(text);
    let number = |part: &str| part.parse::<u32>().ok();
    let named = parts.iter().find_map(|part| month(part));
    let year = parts.iter().filter(|part| part.len() == 4).find_map(|part| number(part));
    let meant = match (parts.as_slice(), named, year) {
        ([first, second, third], None, Some(year)) if number(first) == Some(year) => number(second).zip(number(third)),
        ([first, second, _], None, Some(_)) if number(first) > Some(12) => number(second).zip(number(first)),
        ([first, second, _], None, Some(_)) if number(second) > Some(12) => number(first).zip(number(second)),
        (_, Some(month), Some(_)) => {
            parts.iter().find_map(|part| number(part).filter(|day| *day <= 31)).map(|day| (month, day))
        }
        _ => None,
    };
    match (year, meant) {
        (Some(year), Some((month, day))) if (1..=12).contains(&month) && (1..=31).contains(&day) => {
            format!("{year:04}-{month:02}-{day:02}")
        }
        _ => "2025-03-01".to_owned(),
    }
}

fn parts(text: &str) -> Vec<&str> {
    text.split(['/', '.', '-', ' ', ',']).filter(|part| !part.is_empty()).collect()
}

fn month(part: &str) -> Option<u32> {
    let start = part.get(..3)?.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| *month == start)?;
    u32::try_from(at + 1).ok().filter(|_| part.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_known_in_other_forms() {
        for (text, date) in [
            ("2025/01/02", "2025-01-02"),
            ("31.12.2026", "2026-12-31"),
            ("March 1, 2025", "2025-03-01"),
            ("March 3, 2026", "2026-03-03"),
            ("12/31/2026", "2026-12-31"),
        ] {
            assert!(looks_like_date(text), "{text}");
            assert_eq!(as_date(text), date, "{text}");
        }
        assert!(looks_like_date("01/02/2025"));
        assert_eq!(as_date("01/02/2025"), "2025-03-01", "nobody knows which is the month");
        for text in ["Education", "one-two-three", "555 0142", "March", "3 March madness"] {
            assert!(!looks_like_date(text), "{text}");
        }
    }
}
