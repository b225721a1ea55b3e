//! The scorecard: for each practice of good coalitions whether it is met, has a gap or cannot be judged, what was counted,
//! the findings behind each gap, and the steps that would help most.

#[cfg(feature = "cli")]
pub(crate) mod quarterly;
mod step;
mod trend;
mod view;

pub(crate) use step::NextStep;
pub(crate) use trend::Trend;

use super::{Concern, Report, ReportOutput, ReportRequest, ReportRun, answer};
use crate::check::{ALL, Check, Context, Reported, find, judge, level_of};
use crate::finding::{Finding, Level};
use crate::kind::RecordKey;
use crate::practice::{Counted, Practice};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// The report.
pub(crate) static REPORT: Report = Report {
    name: "health",
    about: "how the coalition is doing in each practice, and what would help",
    run: ReportRun::Ledger(run),
};

fn run(request: &ReportRequest<'_>) -> ReportOutput {
    let health = Health::of(request);
    let document = view::document(request, &health);
    answer(&REPORT, request, &health, document)
}

/// How a practice stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PracticeStatus {
    /// Something was judged, and nothing was found.
    Met,
    /// Something was found.
    Gap,
    /// Something was found, and records accept all of it.
    Accepted,
    /// There is nothing to judge, or nothing that judges.
    NoData,
}

/// The scorecard as data.
#[derive(Debug, Serialize)]
pub(crate) struct Health {
    /// How many practices stand how.
    pub summary: HealthSummary,
    /// The steps that would help most, the first one first.
    pub next_steps: Vec<NextStep>,
    /// What has changed since a day, where one is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trend: Option<Trend>,
    /// A row for each practice.
    pub practices: Vec<PracticeRow>,
}

/// How many practices stand how.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct HealthSummary {
    /// Practices that are met.
    pub met: usize,
    /// Practices with a gap.
    pub gap: usize,
    /// Practices of which all findings are accepted.
    pub accepted: usize,
    /// Practices without data.
    pub no_data: usize,
}

/// A practice on the scorecard.
#[derive(Debug, Serialize)]
pub(crate) struct PracticeRow {
    /// Its key.
    pub key: Practice,
    /// What it is called.
    pub name: &'static str,
    /// How it stands.
    pub status: PracticeStatus,
    /// What was counted.
    pub evidence: Vec<Counted>,
    /// What was found; where the report is limited to one member, what concerns it.
    #[serde(serialize_with = "as_data")]
    pub findings: Vec<Reported>,
    /// How much was found in all.
    pub findings_in_all: usize,
    /// How many findings records accept.
    pub accepted: usize,
    /// The checks that this coalition has turned off.
    pub turned_off: Vec<&'static str>,
}

fn as_data<S: Serializer>(findings: &[Reported], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(findings.iter().map(Reported::data))
}

impl Health {
    /// Computes the scorecard of a request.
    pub(crate) fn of(request: &ReportRequest<'_>) -> Health {
        let mut practices = rows(&Context::new(request.ledger, request.today).with_history(request.history));
        let trend = request.since.map(|since| {
            // The files of a revision are judged without its commits.
            let history = if request.before.is_some() { None } else { request.history };
            let before = Context::new(request.before.unwrap_or(request.ledger), since).with_history(history);
            let before = rows(&before);
            Trend::of(since, request.before.is_some(), &before, &practices)
        });
        let concern = Concern::of(request);
        for row in &mut practices {
            row.findings.retain(|reported| concerns(&concern, reported));
        }
        Health { summary: HealthSummary::of(&practices), next_steps: step::steps(&practices), trend, practices }
    }
}

/// Whether a finding stands in a record that concerns the member, or is about one.
fn concerns(concern: &Concern, reported: &Reported) -> bool {
    let finding = &reported.finding;
    let is_own = |key: &RecordKey| concern.is_own_key(key);
    let works_on = |key: &RecordKey| concern.works_on(key);
    concern.is_everything() || finding.about.iter().any(is_own) || finding.record.as_ref().is_some_and(works_on)
}

impl HealthSummary {
    fn of(rows: &[PracticeRow]) -> HealthSummary {
        let count = |status| rows.iter().filter(|row| row.status == status).count();
        HealthSummary {
            met: count(PracticeStatus::Met),
            gap: count(PracticeStatus::Gap),
            accepted: count(PracticeStatus::Accepted),
            no_data: count(PracticeStatus::NoData),
        }
    }
}

/// The rows of the scorecard as of a day. What may only repeat a mistake of form counts too: a mistake in a file must not
/// make a practice look met.
fn rows(context: &Context<'_>) -> Vec<PracticeRow> {
    let ledger = context.ledger;
    // What a narrower finding says too is shown once, but only if both are in the same row.
    let same_row = |finding: &Finding| {
        let practice = practice_of(finding.check.as_str());
        finding.unless.iter().all(|narrower| practice_of(narrower.check.as_str()) == practice)
    };
    let verdict = judge(context).without_repetition(same_row);
    let mut findings: BTreeMap<Practice, Vec<Reported>> = BTreeMap::new();
    for reported in verdict.reported {
        if let Some(practice) = practice_of(reported.finding.check.as_str()) {
            findings.entry(practice).or_default().push(reported);
        }
    }
    let mut accepted: BTreeMap<Practice, Vec<&str>> = BTreeMap::new();
    for check in verdict.accepted.iter().map(|accepted| accepted.check.as_str()) {
        if let Some(practice) = practice_of(check) {
            accepted.entry(practice).or_default().push(check);
        }
    }
    let row = |practice: Practice| {
        let evidence = practice.evidence(context.as_of);
        let findings = findings.remove(&practice).unwrap_or_default();
        let checks = || ALL.iter().filter(move |check| check.group.practice() == Some(practice));
        let is_off = |check: &&&Check| level_of(ledger, check) == Level::Off;
        let turned_off: Vec<_> = checks().filter(is_off).map(|check| check.name.as_str()).collect();
        let accepted = accepted.remove(&practice).unwrap_or_default();
        let status = match (findings.is_empty(), evidence.judged) {
            (false, _) => PracticeStatus::Gap,
            (true, _) if !accepted.is_empty() => PracticeStatus::Accepted,
            (true, 0) => PracticeStatus::NoData,
            (true, _) if checks().all(|check| is_off(&check)) => PracticeStatus::NoData,
            // Nothing was found, and yet not all is well: a new member is still given time, or a check is turned off.
            (true, _) if evidence.shortfalls() > 0 => PracticeStatus::NoData,
            (true, _) => PracticeStatus::Met,
        };
        let (key, name, evidence) = (practice, practice.name(), evidence.counted);
        let (findings_in_all, accepted) = (findings.len(), accepted.len());
        PracticeRow { key, name, status, evidence, findings, findings_in_all, accepted, turned_off }
    };
    Practice::ALL.into_iter().map(row).collect()
}

fn practice_of(check: &str) -> Option<Practice> {
    find(check)?.group.practice()
}

#[cfg(test)]
mod tests;
