//! Something that came into the records later than its date says, so that no earlier report had it.

use crate::kind::RecordKey;
use chrono::NaiveDate;
use serde::{Serialize, Serializer};

/// Something new that is dated before a day on which people looked at the records, such as the last meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LateEntry {
    /// The record.
    #[serde(serialize_with = "as_word")]
    pub record: RecordKey,
    /// What people call it.
    pub name: String,
    /// Its date.
    pub date: NaiveDate,
    /// The day before which it is dated.
    pub meeting: NaiveDate,
    /// What it is, in a sentence.
    pub text: String,
}

fn as_word<S: Serializer>(record: &RecordKey, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(record)
}
