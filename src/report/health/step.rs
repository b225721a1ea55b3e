//! The few next steps that would help most.

use super::PracticeRow;
use crate::check::Reported;
use crate::finding::Severity;
use crate::practice::Practice;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many steps are shown: what a meeting can take on.
const STEPS: usize = 3;

/// A step that would help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct NextStep {
    /// The practice that it helps.
    pub practice: Practice,
    /// What that is called.
    pub name: &'static str,
    /// The check whose findings it fixes.
    pub check: &'static str,
    /// How many findings that are.
    pub findings: usize,
    /// Whether the practice is met with this step.
    pub closes: bool,
    /// What was found, of the first one.
    pub problem: String,
    /// What to do about it.
    pub help: String,
}

/// The steps: errors before warnings before notes; then those that close a gap alone, the least work first; then those
/// that fix the most. One for each practice.
pub(super) fn steps(rows: &[PracticeRow]) -> Vec<NextStep> {
    let mut steps: Vec<(Reverse<Severity>, NextStep)> = rows.iter().filter_map(step_of).collect();
    steps.sort_by_key(|(severity, step)| {
        let work = if step.closes { step.findings } else { usize::MAX - step.findings };
        (*severity, Reverse(step.closes), work, step.practice)
    });
    steps.into_iter().map(|(_, step)| step).take(STEPS).collect()
}

/// The step that helps a practice most: fixing what weighs most there, then what is found most often.
fn step_of(row: &PracticeRow) -> Option<(Reverse<Severity>, NextStep)> {
    let mut by_check: BTreeMap<&'static str, Vec<&Reported>> = BTreeMap::new();
    for reported in &row.findings {
        by_check.entry(reported.finding.check.as_str()).or_default().push(reported);
    }
    let closes = by_check.len() == 1 && row.findings.len() == row.findings_in_all;
    let weight = |found: &Vec<&Reported>| found.iter().map(|reported| reported.severity).max();
    let (check, found) =
        by_check.into_iter().max_by_key(|(check, found)| (weight(found), found.len(), Reverse(*check)))?;
    let worst = weight(&found)?;
    let first = found.iter().find(|reported| reported.severity == worst)?;
    let step = NextStep {
        practice: row.key,
        name: row.name,
        check,
        findings: found.len(),
        closes,
        problem: first.finding.message.clone(),
        help: first.finding.help.clone(),
    };
    Some((Reverse(worst), step))
}
