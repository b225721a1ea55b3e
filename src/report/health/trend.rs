//! How the scorecard has changed since a day: by the files as they were at a revision, or else by the dates in the files.

use super::{HealthSummary, PracticeRow, PracticeStatus};
use crate::practice::Practice;
use chrono::NaiveDate;
use serde::Serialize;

/// What has changed since a day.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Trend {
    /// The day.
    pub since: NaiveDate,
    /// Whether that day comes from the files as they were then; otherwise from the dates in the files of today.
    pub by_revision: bool,
    /// How many practices stood how on that day.
    pub before: HealthSummary,
    /// How many findings there were on that day.
    pub findings_before: usize,
    /// How many there are now.
    pub findings_now: usize,
    /// The practices that stand otherwise now.
    pub moved: Vec<Moved>,
}

/// A practice that stands otherwise than before.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Moved {
    /// Its key.
    pub key: Practice,
    /// What it is called.
    pub name: &'static str,
    /// How it stood.
    pub before: PracticeStatus,
    /// How it stands.
    pub now: PracticeStatus,
}

impl Trend {
    /// Compares the rows of that day with those of today.
    pub(super) fn of(since: NaiveDate, by_revision: bool, before: &[PracticeRow], now: &[PracticeRow]) -> Trend {
        let moved = before.iter().zip(now).filter(|(before, now)| before.status != now.status);
        let findings = |rows: &[PracticeRow]| rows.iter().map(|row| row.findings.len()).sum();
        Trend {
            since,
            by_revision,
            before: HealthSummary::of(before),
            findings_before: findings(before),
            findings_now: findings(now),
            moved: moved
                .map(|(before, now)| Moved { key: now.key, name: now.name, before: before.status, now: now.status })
                .collect(),
        }
    }
}
