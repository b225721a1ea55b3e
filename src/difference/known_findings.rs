//! Which findings are new against those of another state of the ledger. Lines shift, ids change, and figures grow without a finding
//! being another one: what counts is the check, the record, and what it says without its figures.

use super::renames;
use super::state::Renames;
use crate::check::Reported;
use crate::document::words::MONTHS;
use crate::finding::{CheckName, Severity};
use crate::kind::RecordKey;
use crate::ledger::Ledger;
use std::collections::HashMap;

/// The findings of a state of a ledger, with the ids that its records have now.
#[derive(Clone, Copy)]
pub(super) struct Findings<'f> {
    /// The findings.
    pub reported: &'f [Reported],
    /// The ids that records had and have now.
    pub renames: &'f Renames,
}

/// What a finding is about: its check, and its record or otherwise its file.
type Subject = (CheckName, String);

/// The findings of a later ledger that an earlier one does not have, or has only at a lower severity.
pub(crate) fn new_findings(
    (after, reported): (&Ledger, Vec<Reported>),
    (before, known): (&Ledger, &[Reported]),
) -> Vec<Reported> {
    let renames = renames(before, after);
    let is_new = new_among(
        Findings { reported: &reported, renames: &Renames::new() },
        Findings { reported: known, renames: &renames },
    );
    reported.into_iter().zip(is_new).filter(|(_, is_new)| *is_new).map(|(one, _)| one).collect()
}

/// Whether each of these findings is missing among the others. One of the others stands for one of these at most.
pub(super) fn new_among(these: Findings<'_>, others: Findings<'_>) -> Vec<bool> {
    let mut is_new = vec![true; these.reported.len()];
    let mut is_left = vec![true; others.reported.len()];
    // The same words first, so that of two findings that differ only in figures the right one is left.
    for words in [whole_words as fn(&str) -> String, words_without_figures] {
        let mut known: HashMap<(Subject, String), Vec<(usize, Severity)>> = HashMap::new();
        for (at, one) in others.reported.iter().enumerate().filter(|(at, _)| is_left.get(*at) == Some(&true)) {
            known.entry(key(one, others.renames, words)).or_default().push((at, one.severity));
        }
        for (one, is_new) in these.reported.iter().zip(&mut is_new).filter(|(_, is_new)| **is_new) {
            let Some(alike) = known.get_mut(&key(one, these.renames, words)) else { continue };
            let Some(place) = alike.iter().position(|(_, severity)| *severity >= one.severity) else { continue };
            let (at, _) = alike.swap_remove(place);
            *is_new = false;
            if let Some(left) = is_left.get_mut(at) {
                *left = false;
            }
        }
    }
    is_new
}

/// What a finding is about, and what it says, by the ids that records have now.
fn key(reported: &Reported, renames: &Renames, words: fn(&str) -> String) -> (Subject, String) {
    let finding = &reported.finding;
    let now = |key: &RecordKey| renames.get(key).unwrap_or(key).to_string();
    let place = finding.record.as_ref().map_or_else(|| finding.path.to_string(), now);
    let mut about: Vec<String> = finding.about.iter().map(now).collect();
    about.sort();
    let mut said = words(&finding.message);
    if !renames.is_empty() {
        said = with_new_ids(&said, renames);
    }
    ((finding.check, place), format!("{}\n{said}", about.join(" ")))
}

fn whole_words(message: &str) -> String {
    message.to_owned()
}

/// A message without its figures and dates: `no contact in 120 days` says the same as `no contact in 121 days`.
fn words_without_figures(message: &str) -> String {
    let plain: String = message.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
    let plain = MONTHS.iter().fold(plain, |plain, month| plain.replace(&format!("{month} #"), "#"));
    let mut short = String::with_capacity(plain.len());
    for c in plain.chars().filter(|c| *c != '.' && *c != ',') {
        if c != '#' || !short.ends_with('#') {
            short.push(c);
        }
    }
    short
}

/// A message with the ids that records have now in place of those that they had.
fn with_new_ids(message: &str, renames: &Renames) -> String {
    let is_of_id = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut now = String::with_capacity(message.len());
    for part in message.split_inclusive(|c| !is_of_id(c)) {
        let word = part.trim_end_matches(|c| !is_of_id(c));
        let renamed = renames.iter().find(|(was, _)| *was.id == *word);
        now.push_str(renamed.map_or(word, |(_, key)| &*key.id));
        now.push_str(part.get(word.len()..).unwrap_or_default());
    }
    now
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_dates_do_not_make_another_finding() {
        let same = |one: &str, other: &str| words_without_figures(one) == words_without_figures(other);
        assert!(same("no contact in 120 days (limit 90)", "no contact in 99 days (limit 90)"));
        assert!(same("held 3 of 8 chairs (37.5%)", "held 12 of 31 chairs (38%)"));
        assert!(same("due May 4, 2026", "due November 12, 2027"));
        assert!(!same("“A” is overdue since 2026-01-01", "“B” is overdue since 2026-01-01"));
        assert!(!same("May is late", "June is late"));
    }

    #[test]
    fn ids_are_replaced_as_whole_words() {
        use crate::kind::Kind;
        let key = |id: &str| RecordKey::new(Kind::Member, id);
        let renames = Renames::from([(key("alder"), key("alder-friends"))]);
        assert_eq!(
            with_new_ids("`alder` and alder-town, alder", &renames),
            "`alder-friends` and alder-town, alder-friends"
        );
    }
}
