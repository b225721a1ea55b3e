//! `implausible-value`: a value that is possible, and very likely a slip: a date in a far century, `1.500` for fifteen hundred, a
//! phone number that a spreadsheet has shortened.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::finding::{CheckName, Finding, Severity};
use crate::ledger::AsOf;
use crate::parse::has_thousands_points;
use crate::record::common::ContactType;
use crate::record::field::{Field, Leaf, Shape};
use crate::record::value::RecordId as _;
use crate::record::{AnyRecord, Member, Record};
use crate::source::Span;
use chrono::{Datelike as _, NaiveDate};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("implausible-value"),
    severity: Severity::Warning,
    group: Group::Structure,
    policy: &[],
    run: Run::Ledger(run),
    what: "A value is possible, but is probably a mistake: a date before 1900 or after 2100, a date in a different year \
        from the one in the file name, `1.500` where 1500 may be meant, a phone number that a spreadsheet has changed, a ZIP \
        code that lost its first digit, text with web page codes or garbled letters, or one \
        person who speaks for two members.",
    why: "No program refuses such a value, and everyone who reads it later will believe it.",
    fix: "Correct the value, or write it so that it has one meaning: `1500` or `1.5`.",
    bad: BAD,
    good: GOOD,
};

/// The years in which things happen to a coalition.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// How many days the date of a record may be from the date in the name of its file: a meeting may be put off.
const PUT_OFF: i64 = 62;

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.ledger.each_leaf(|record, field, span, leaf| {
        let said = match leaf {
            Leaf::Date(date) => far_date(context.today, field, date),
            Leaf::Text(text) => {
                foreign_letters(text).map(|(message, help)| (format!("`{}` {message}", field.name), help))
            }
            Leaf::Written => {
                let text = context.ledger.texts.get(record.path());
                text.and_then(|text| text.get(span.range())).and_then(|written| unclear_number(field, written))
            }
            Leaf::Reference(..) => None,
        };
        if let Some((message, help)) = said {
            let finding = Finding::new(CHECK.name, record.path(), span, message, help);
            findings.push(finding.with_record(record.key().clone()));
        }
    });
    for record in context.ledger.records() {
        for (span, message, help) in shortened_contacts(record) {
            findings.push(finding(&CHECK, record, span, message, help));
        }
    }
    let other_year = |record: &dyn AnyRecord, date: Option<(NaiveDate, Span)>| -> Option<Finding> {
        let (date, span) = date?;
        let named: NaiveDate = record.path().stem().get(..10)?.parse().ok()?;
        let is_apart = (date - named).num_days().abs() > PUT_OFF;
        let message = format!("`date` is {date}, but the name of the file says {named}");
        let help = format!("correct the date, or rename the record: `coalition rename {} ID`", record.key());
        is_apart.then(|| finding(&CHECK, record, span, message, help))
    };
    for meeting in &context.ledger.meetings {
        findings.extend(other_year(meeting, meeting.date.as_ref().map(|date| (date.value, date.span))));
    }
    for contribution in &context.ledger.contributions {
        findings.extend(other_year(contribution, contribution.date.as_ref().map(|date| (date.value, date.span))));
    }
    for member in context.as_of.current_members() {
        findings.extend(shared_voice(context.as_of, member));
    }
}

/// What is said: the message, and what to do.
type Said = (String, String);

/// A date in a century in which nothing of the coalition happens.
fn far_date(today: NaiveDate, field: &Field, date: NaiveDate) -> Option<Said> {
    // What has a date in the future and has happened is reported as that.
    let is_told = field.flags.past && date > today;
    let message = format!("`{}` is {date}, which is in the year {}", field.name, date.year());
    (!YEARS.contains(&date.year()) && !is_told).then(|| (message, "correct the year".to_owned()))
}

/// A number whose point may separate thousands.
fn unclear_number(field: &Field, written: &str) -> Option<Said> {
    let bare = written.trim_matches(['"', '\'']);
    let is_number = match (field.shape)() {
        Shape::Amount => true,
        // No one writes a zero at the end of decimals.
        Shape::Number { .. } => bare.ends_with('0'),
        _ => false,
    };
    if !is_number || !has_thousands_points(bare) {
        return None;
    }
    let quote = if written.starts_with('"') { "\"" } else { "" };
    let thousands = bare.replace('.', "");
    let mut decimals = bare.trim_end_matches('0').trim_end_matches('.').to_owned();
    if !quote.is_empty() {
        let places = decimals.split_once('.').map_or(0, |(_, places)| places.len());
        decimals = match places {
            0 => format!("{decimals}.00"),
            1 => format!("{decimals}0"),
            _ => decimals,
        };
    }
    let (name, other) = (field.name, format!("{quote}{decimals}{quote}"));
    let message = format!("`{bare}` may mean {thousands} or {}", decimals.trim_end_matches('0').trim_end_matches('.'));
    let help = format!(
        "write {name} = {quote}{thousands}{quote} if the point separates thousands; otherwise {name} = {other}"
    );
    Some((message, help))
}

/// What a web page or another encoding makes of the letters of a text.
fn foreign_letters(text: &str) -> Option<(String, String)> {
    if text.contains('\u{fffd}') {
        let message = "has the mark for a letter that was lost (\u{fffd})".to_owned();
        return Some((message, "type the letter again".to_owned()));
    }
    let entity =
        ["&amp;", "&quot;", "&#39;", "&nbsp;", "&lt;", "&gt;"].into_iter().find(|entity| text.contains(entity));
    if let Some(entity) = entity {
        return Some((
            format!("has `{entity}`, as the source of a web page does"),
            "type the plain character".to_owned(),
        ));
    }
    let letters: Vec<char> = text.chars().collect();
    let is_broken = |pair: &[char]| match pair {
        // UTF-8 that was read as Windows-1252: é, ’ and the like.
        [first, second] => {
            matches!(first, 'Ã' | 'Â') && ('\u{80}'..='\u{bf}').contains(second) || (*first == 'â' && *second == '€')
        }
        _ => false,
    };
    let broken = letters.windows(2).find(|pair| is_broken(pair))?;
    let message =
        format!("has `{}`, which is one letter read in the wrong encoding", broken.iter().collect::<String>());
    Some((message, "type the letter again, and save the file as UTF-8".to_owned()))
}

/// Phone numbers and addresses that a spreadsheet has changed, each with its place. No value is said.
fn shortened_contacts(record: &dyn AnyRecord) -> Vec<(Span, String, &'static str)> {
    const AGAIN: &str = "write the whole number again from the original";
    let said = record.details().iter().filter_map(|detail| {
        let (kind, value) = (detail.r#type.as_ref()?, detail.value.value.as_ref()?);
        let text = value.value.trim();
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let (message, help) = match kind.value {
            ContactType::Phone | ContactType::Mobile | ContactType::Fax => {
                if is_scientific(text) {
                    ("a spreadsheet has shortened this number, so its last digits are lost", AGAIN)
                } else if text.ends_with(".0") {
                    ("a spreadsheet has added `.0` to this number", "delete the `.0`, and check the number")
                } else if has_letter_for_digit(text) {
                    ("this number has a letter that looks like a digit", "write digits: 0 and 1 in place of O, l and I")
                } else if digits > 17 {
                    (
                        "this seems to be more than one number",
                        "write each number under its own heading [[contact_details]]",
                    )
                } else if (1..=2).contains(&digits) || (digits == 4 && text.len() == 4) {
                    ("this is too short to be a phone number", "write the whole number, with its area code")
                } else {
                    return None;
                }
            }
            ContactType::Address if is_short_zip(text) => {
                ("the ZIP code at the end has four digits: a spreadsheet drops a 0 at its start", "write the 0 again")
            }
            _ => return None,
        };
        Some((value.span, message.to_owned(), help))
    });
    said.collect()
}

/// Whether a number is in the form that spreadsheets give long numbers: `5.55E+09`.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    is_number(mantissa) && is_number(exponent.trim_start_matches('+'))
}

/// Whether a letter stands between digits, or at their end, where a digit belongs.
fn has_letter_for_digit(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    (1..letters.len()).any(|at| {
        matches!(letters.get(at), Some('O' | 'o' | 'l' | 'I'))
            && is_digit(at + 1)
            && (is_digit(at - 1) || letters.get(at - 1) == Some(&'-'))
    })
}

/// Whether an address ends with a state whose ZIP codes begin with 0, and four digits.
fn is_short_zip(text: &str) -> bool {
    const STATES: [&str; 9] = ["CT", "MA", "ME", "NH", "NJ", "PR", "RI", "VT", "VI"];
    let mut words = text.rsplit([' ', ',', '\n']).filter(|word| !word.is_empty());
    let (zip, state) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    zip.len() == 4 && zip.bytes().all(|b| b.is_ascii_digit()) && STATES.contains(&state)
}

/// The finding that someone who speaks for a member already speaks for another one, which comes first and is the person's own.
fn shared_voice<'l>(as_of: AsOf<'l>, member: &'l Record<Member>) -> Option<Finding> {
    let voices = |member: &'l Record<Member>| {
        let both =
            [("representative", &member.representative), ("backup_representative", &member.backup_representative)];
        both.into_iter().filter_map(|(field, voice)| Some((field, voice.as_ref()?)))
    };
    voices(member).find_map(|(field, voice)| {
        let own = as_of.ledger.advocates.get(&voice.value)?.member.as_ref()?;
        let other = as_of.ledger.members.get(&own.value)?;
        if other.key == member.key || !other.is_current(as_of.today) {
            return None;
        }
        // A copy of a record is reported as that.
        voices(other).find(|(_, named)| named.value == voice.value).filter(|_| other.name() != member.name())?;
        let person = voice.value.as_str();
        let message = format!("`{field}` is {person}, who belongs to {} and speaks for it", other.name());
        let help = format!("name someone from {}, or leave the field out until you know", member.name());
        Some(finding(&CHECK, member, voice.span, message, help))
    })
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
identified = 0026-04-20  # <-- here
joined = 2026-05-20
representative = "ana-lopez"

[[contact_details]]
type = "phone"
value = "6.14555E+09"  # <-- here
"##,
    ),
    ExampleFile::new(
        "contributions/paint-sale.toml",
        r##"name = "Paint sale"
kind = "funding"
date = 2026-06-01
member = "alder-friends"
amount = "1.500"  # <-- here
"##,
    ),
]);

const GOOD: Example = BAD.change(&[
    Change::Replace("identified = 0026-04-20", "identified = 2026-04-20"),
    Change::Replace(r#"value = "6.14555E+09""#, r#"value = "614-555-0142""#),
    Change::Replace(r#"amount = "1.500""#, r#"amount = "1500""#),
]);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_made_is_told_from_what_people_write() {
        for text in ["5.55E+09", "5.55e+09", "5E9"] {
            assert!(is_scientific(text), "{text}");
        }
        for text in ["614-555-0142", "E", "ext. 5", "+1 614 555 0142"] {
            assert!(!is_scientific(text), "{text}");
        }
        assert!(has_letter_for_digit("614-555-O142") && has_letter_for_digit("61l5"));
        assert!(!has_letter_for_digit("614-555-0142 or ask Olga") && !has_letter_for_digit("Ohio 614"));
        assert!(is_short_zip("12 Elm St, Springfield, MA 1103") && !is_short_zip("12 Elm St, Springfield, MA 01103"));
        assert!(!is_short_zip("Columbus, OH 4321"));
    }

    #[test]
    fn text_of_another_encoding_is_seen_and_other_languages_are_not() {
        for text in ["CafÃ© Friends", "Readerâ€™s Circle", "Caf\u{fffd}", "Friends &amp; Neighbors"] {
            assert!(foreign_letters(text).is_some(), "{text}");
        }
        for text in ["Café", "São Paulo", "Âge d’or", "Friends & Neighbors", "Ã"] {
            assert!(foreign_letters(text).is_none(), "{text}");
        }
    }
}
