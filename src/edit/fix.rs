//! Carries out the certain fixes of findings. Each is tried on a copy of the ledger: a fix that would add an error is left to a
//! person.

use super::plan::plan;
use super::{ChangeSet, FileChange, PlannedChange};
use crate::check::{Context, Reported, Verdict, judge};
use crate::error::Error;
use crate::finding::{Severity, TextEdit, apply_text_edits, name};
use crate::ledger::Ledger;
use crate::source::{LedgerPath, Source};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How often new findings, which show only once others are fixed, are fixed too.
const MOST_ROUNDS: usize = 6;

/// How many fixes are tried one by one, where those of a file together would add an error.
const MOST_TRIES: usize = 60;

/// Certain fixes, tried on the ledger.
#[derive(Debug)]
pub(crate) struct PlannedFixes {
    /// The change, with the ledger as it would be; `None` if nothing can be fixed.
    pub planned: Option<PlannedChange>,
    /// How many findings it fixes.
    pub fixed: usize,
    /// How many have a certain fix that would add an error.
    pub refused: usize,
    /// What the checks say of the ledger as it is.
    pub before: Verdict,
    /// What they say with the fixes.
    pub after: Verdict,
}

/// Plans all certain fixes of the findings that `wanted` selects.
///
/// # Errors
/// If the ledger cannot be read.
pub(crate) fn plan_fixes(
    source: &dyn Source,
    ledger: &Ledger,
    today: NaiveDate,
    wanted: impl Fn(&Reported) -> bool,
) -> Result<PlannedFixes, Error> {
    let mut search = FixSearch { source, ledger, today, texts: BTreeMap::new(), tries: 0 };
    let before = judge(&Context::new(ledger, today)).without_echoes();
    let mut verdict = before.clone();
    let mut best: Option<PlannedChange> = None;
    let (mut fixed, mut refused) = (0, 0);
    for _ in 0..MOST_ROUNDS {
        let by_file = certain_fixes(&verdict, &wanted);
        if by_file.is_empty() {
            break;
        }
        refused = 0;
        let fixed_before = fixed;
        let all: Vec<Vec<TextEdit>> = by_file.values().flatten().cloned().collect();
        match search.attempt(&all, &verdict)? {
            Some(planned) => {
                fixed += all.len();
                best = Some(planned);
            }
            None => {
                for fixes in by_file.into_values() {
                    if let Some(planned) = search.attempt(&fixes, &verdict)? {
                        fixed += fixes.len();
                        verdict = planned.after.clone();
                        best = Some(planned);
                        continue;
                    }
                    // Places move with each fix, so of a file only the first that can be made is made in this round.
                    let mut is_made = false;
                    for fix in &fixes {
                        if is_made || search.tries >= MOST_TRIES {
                            break;
                        }
                        if let Some(planned) = search.attempt(std::slice::from_ref(fix), &verdict)? {
                            is_made = true;
                            fixed += 1;
                            verdict = planned.after.clone();
                            best = Some(planned);
                        } else {
                            refused += 1;
                        }
                    }
                }
            }
        }
        if fixed == fixed_before {
            break;
        }
        if let Some(planned) = &best {
            verdict = planned.after.clone().without_echoes();
        }
    }
    let after = best.as_ref().map_or_else(|| before.clone(), |planned| planned.after.clone().without_echoes());
    Ok(PlannedFixes { planned: best, fixed, refused, before, after })
}

/// The certain fixes of the findings that are wanted, by file. A fix that reaches into several files is left to a person.
fn certain_fixes(verdict: &Verdict, wanted: &impl Fn(&Reported) -> bool) -> BTreeMap<LedgerPath, Vec<Vec<TextEdit>>> {
    let mut by_file: BTreeMap<LedgerPath, Vec<Vec<TextEdit>>> = BTreeMap::new();
    for reported in verdict.reported.iter().filter(|reported| wanted(reported)) {
        let Some(fix) = reported.finding.fix.as_ref().filter(|fix| fix.safe) else { continue };
        let path = &reported.finding.path;
        if fix.edits.iter().all(|edit| edit.path == *path) {
            let fixes = by_file.entry(path.clone()).or_default();
            // What is fixed in the same way twice is fixed once.
            let touches = |other: &Vec<TextEdit>| {
                other.iter().any(|one| fix.edits.iter().any(|edit| edit.span.touches(one.span)))
            };
            if !fixes.iter().any(touches) {
                fixes.push(fix.edits.clone());
            }
        }
    }
    by_file
}

/// The texts that are fixed so far.
struct FixSearch<'a> {
    source: &'a dyn Source,
    ledger: &'a Ledger,
    today: NaiveDate,
    texts: BTreeMap<LedgerPath, String>,
    tries: usize,
}

impl FixSearch<'_> {
    /// Tries some fixes on the texts as they are by now; `None` if a file would have more errors than it has.
    fn attempt(&mut self, fixes: &[Vec<TextEdit>], now: &Verdict) -> Result<Option<PlannedChange>, Error> {
        self.tries += 1;
        let mut texts = self.texts.clone();
        let mut by_file: BTreeMap<&LedgerPath, Vec<&TextEdit>> = BTreeMap::new();
        for edit in fixes.iter().flatten() {
            by_file.entry(&edit.path).or_default().push(edit);
        }
        for (path, edits) in by_file {
            let Some(text) = texts.get(path).or_else(|| self.ledger.texts.get(path)) else { return Ok(None) };
            let Some(changed) = apply_text_edits(text, edits) else { return Ok(None) };
            texts.insert(path.clone(), changed);
        }
        let change = |(path, after): (&LedgerPath, &String)| FileChange {
            path: path.clone(),
            before: self.ledger.texts.get(path).cloned(),
            after: Some(after.clone()),
        };
        let changes = ChangeSet { what: "check --fix".to_owned(), files: texts.iter().map(change).collect() };
        let planned = plan(self.source, self.ledger, self.today, changes)?;
        if adds_errors(now, &planned.after) || leaves_error(&planned) {
            return Ok(None);
        }
        self.texts = texts;
        Ok(Some(planned))
    }
}

/// Whether a line that a change writes has an error that no certain fix corrects: then the line was not what is meant.
fn leaves_error(planned: &PlannedChange) -> bool {
    let written: BTreeMap<&LedgerPath, BTreeSet<usize>> =
        planned.changes.files.iter().map(|file| (&file.path, file.new_lines())).collect();
    planned.after.clone().without_echoes().reported.iter().any(|reported| {
        let form = [name::INVALID_VALUE, name::WRONG_TYPE].contains(&reported.finding.check);
        form && reported.finding.fix.as_ref().is_none_or(|fix| !fix.safe)
            && written.get(&reported.finding.path).is_some_and(|lines| lines.contains(&reported.start.line))
    })
}

/// Whether a file has more errors than before. That someone has not signed shows only once a record can be read.
fn adds_errors(before: &Verdict, after: &Verdict) -> bool {
    let count = |verdict: &Verdict| {
        let mut counts: HashMap<LedgerPath, usize> = HashMap::new();
        let errors = verdict.clone().without_echoes().reported.into_iter();
        let errors = errors.filter(|reported| {
            reported.severity == Severity::Error && reported.finding.check.as_str() != "unsigned-agreement"
        });
        errors.for_each(|reported| *counts.entry(reported.finding.path).or_default() += 1);
        counts
    };
    let before = count(before);
    count(after).into_iter().any(|(path, errors)| errors > before.get(&path).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;

    #[test]
    fn a_fix_that_leaves_the_line_wrong_is_not_made() {
        for text in [
            "name = \"G\"\nkind = \"funding\"\ndate = 2026-06-01\nmember = \"alder-friends\"\namount = -20\n",
            "name = \"G\"\nkind = \"funding\"\ndate = 2026-06-01\nmember = \"alder-friends\"\namount = \"1,50\"\n",
        ] {
            let (after, count, _) = fixed("contributions/g.toml", text);
            assert_eq!((after.as_str(), count), (text, 0));
        }
        let watch = "name = \"Alert\"\nemergency = true\n\n[[watch]]\nadvocate = \"ana-lopez\"\ndays = \"Mon-Fri\"\nfrom = \
                     08:00:00\nto = 20:00:00\n";
        assert_eq!(fixed("committees/alert.toml", watch).0, watch);
    }

    /// The text of a file after all certain fixes, how many there were, and how many errors of the file are left.
    fn fixed(path: &str, text: &str) -> (String, usize, usize) {
        let mut source = base_ledger();
        source.put(path, text.as_bytes());
        let ledger = load(&source).unwrap();
        let today = "2026-06-15".parse().unwrap();
        let fixes = plan_fixes(&source, &ledger, today, |_| true).unwrap();
        let after = fixes.planned.as_ref().map_or_else(
            || text.to_owned(),
            |planned| planned.changes.files.iter().find_map(|file| file.after.clone()).unwrap(),
        );
        let verdict = fixes.planned.map_or_else(|| judge(&Context::new(&ledger, today)), |planned| planned.after);
        let left =
            verdict.reported.iter().filter(|one| one.severity == Severity::Error && one.finding.path.as_str() == path);
        (after, fixes.fixed, left.count())
    }

    #[test]
    fn certain_mistakes_are_fixed_and_no_other_byte_changes() {
        let broken = "# Kept.  \r\nname = “Evening hours”\r\nlead == \"alder-frends\",\r\ndue = \"2026-12-01\"   # soon\r\n\
                      othr_names = [\"EH\"]\r\ntags = evening-hours, reading\r\n\r\n[[milestone]\r\nname = Survey\r\ndue: March 3, 2026\r\n";
        let whole = "# Kept.  \r\nname = \"Evening hours\"\r\nlead = \"alder-friends\"\r\ndue = 2026-12-01   # soon\r\n\
                     other_names = [\"EH\"]\r\ntags = [\"evening-hours\", \"reading\"]\r\n\r\n[[milestones]]\r\nname = \"Survey\"\r\ndue = 2026-03-03\r\n";
        let (after, _, left) = fixed("goals/evening-hours.toml", broken);
        assert_eq!((after.as_str(), left), (whole, 0));
    }

    #[test]
    fn what_is_not_certain_is_left() {
        for text in
            ["name = \"X\"\ndue = 3/11/2026\n", "name = \"X\"\nlead = \"nobody\"\n", "name = \"X\"\nfoo = bar baz\n"]
        {
            let (after, fixed, left) = fixed("goals/x.toml", text);
            assert!(after == text && fixed == 0 && left > 0, "{after}");
        }
    }
}
