//! Phone numbers, compared by their digits: `(555) 010-4477`, `555.010.4477` and `+1 555 010 4477` are the same.

use crate::parse::alike::alike;

/// The fewest digits of a number to search for; a shorter one could be a year or a sum.
const FEWEST: usize = 7;
/// The most digits of a number (ITU-T E.164), including those that dial out of a country.
const MOST: usize = 18;

/// The forms of a number: all digits, and those without its country code.
pub(super) fn forms(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    // Another number or an extension may follow.
    for part in std::iter::once(text).chain(text.split(['/', ',', ';'])) {
        let Some(groups) = runs(part).into_iter().find(|groups| groups.concat().len() >= FEWEST) else { continue };
        let is_international = part.trim().starts_with('+') || part.contains(&format!("+{}", groups[0]));
        found.extend(
            forms_of_groups(&groups, is_international)
                .into_iter()
                .filter(|form| !found.contains(form))
                .collect::<Vec<_>>(),
        );
    }
    found
}

/// The forms of a number given as groups of digits.
fn forms_of_groups(groups: &[String], is_international: bool) -> Vec<String> {
    let whole = groups.concat();
    let mut forms = vec![whole.clone()];
    if is_international && groups.len() > 1 {
        forms.push(groups[1..].concat());
    }
    // In much of the world, numbers have a 0 in front that is not dialed from outside the country.
    forms.extend(whole.strip_prefix('0').filter(|rest| !rest.starts_with('0')).map(str::to_owned));
    forms.extend(national(&whole));
    forms.retain(|digits| digits.len() >= FEWEST);
    forms
}

/// A North American number without the 1 in front.
fn national(digits: &str) -> Option<String> {
    let rest = digits.trim_start_matches('0').strip_prefix('1')?;
    (rest.len() == 10).then(|| rest.to_owned())
}

/// The digits of everything in a text that may be a phone number: adjacent groups, joined.
pub(super) fn candidates(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for groups in runs(text) {
        for first in 0..groups.len() {
            let mut digits = String::new();
            for group in &groups[first..] {
                digits.push_str(group);
                if digits.len() > MOST {
                    break;
                }
                if digits.len() >= FEWEST {
                    found.extend(national(&digits));
                    found.extend(digits.strip_prefix('0').map(str::to_owned));
                    found.push(digits.clone());
                }
            }
        }
    }
    found
}

/// Groups of digits separated only by characters that people write inside a number.
fn runs(text: &str) -> Vec<Vec<String>> {
    let mut runs = vec![Vec::<String>::new()];
    let mut in_group = false;
    // +49 (0)30: the zero is not dialed from outside the country.
    let text = alike(text).replace("(0)", " ").replace("( 0 )", " ");
    for letter in text.chars() {
        let Some(run) = runs.last_mut() else { break };
        match letter {
            '0'..='9' => {
                match run.last_mut().filter(|_| in_group) {
                    Some(group) => group.push(letter),
                    None => run.push(letter.to_string()),
                }
                in_group = true;
            }
            ' ' | '-' | '.' | '(' | ')' | '/' | '+' | ',' | '\u{b7}' | '\u{2022}' | '\u{2219}' | '\u{22c5}' | '~'
            | '_' => {
                in_group = false;
            }
            _ => {
                in_group = false;
                if !run.is_empty() {
                    runs.push(Vec::new());
                }
            }
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_however_it_is_written() {
        let known = forms("(555) 010-4477");
        for written in ["555.010.4477", "+1 555 010 4477", "call 5550104477 now", "1-555-010-4477", "+15550104477"] {
            assert!(candidates(written).iter().any(|digits| known.contains(digits)), "{written}");
        }
        for other in ["2026-03-14", "15550104478", "95550104477", "sha256:5550a10b4477", "5550104477123"] {
            assert!(!candidates(other).iter().any(|digits| known.contains(digits)), "{other}");
        }
        assert_eq!(forms("+44 20 7946 0018"), ["442079460018", "2079460018"]);
        let known = forms("020 7946 0018");
        for written in ["+44 20 7946 0018", "0044 20 7946 0018", "(020) 7946-0018"] {
            assert!(candidates(written).iter().any(|digits| known.contains(digits)), "{written}");
        }
        let known = forms("+49 (0)30 123456-78");
        for written in ["+49 30 12345678", "0049 30 12345678", "030 12345678", "+49 (0) 30 12345678"] {
            assert!(candidates(written).iter().any(|digits| known.contains(digits)), "{written}: {known:?}");
        }
        assert!(forms("555-030-1234 / 9999").contains(&"5550301234".to_owned()));
        assert!(forms("Signal: +1 555 010 1234").contains(&"5550101234".to_owned()));
        assert!(forms("room 12").is_empty() && forms("2026").is_empty());
    }
}
