//! What can be wrong with a ledger beyond what its reading tells: one file per check, each a single [`Check`] that carries
//! its own explanation and examples, and the registry of them all. `explain`, `docs/checks/` and the tests live on the same
//! fields.

mod acceptance;
mod declare;
mod registry;
#[cfg(test)]
mod sweep;
mod verdict;

pub use declare::{Check, Example, ExampleFile, Group, MARK, Run, SIGNED_CHARTER, base_ledger, is_fixed};
pub use registry::{ALL, find, is_promised, names};
pub use verdict::{Reported, Verdict, judge, severity_of};

use crate::agreement::Registry;
use crate::ledger::Ledger;
use crate::record::Policy;
use chrono::NaiveDate;

/// What a check sees.
pub struct Context<'l> {
    /// The ledger.
    pub ledger: &'l Ledger,
    /// The day to judge by. What is dated later has not happened.
    pub today: NaiveDate,
    /// The thresholds in force.
    pub policy: &'l Policy,
    /// The agreements with their digests.
    pub signing: Registry<'l>,
    /// The names that a ledger may use for checks.
    pub names: Vec<&'static str>,
}

impl<'l> Context<'l> {
    /// A context to judge this ledger as of a day.
    pub fn new(ledger: &'l Ledger, today: NaiveDate) -> Context<'l> {
        Context {
            ledger,
            today,
            policy: ledger.policy(),
            signing: Registry::new(ledger, today),
            names: names().collect(),
        }
    }
}

mod agreement_expired;
mod agreement_expiring;
mod conflict_marker;
mod dates_out_of_order;
mod deceptive_text;
mod duplicate_entry;
mod duplicate_id;
mod empty_ledger;
mod expired_allow;
mod foreign_signature;
mod future_date;
mod invalid_id;
mod invalid_toml;
mod invalid_value;
mod likely_duplicate;
mod missing_field;
mod no_agreement;
mod one_sided_agreement;
mod reserved_id;
mod stale_signature;
mod unauthorised_signatory;
mod unknown_field;
mod unknown_folder;
mod unreadable_file;
mod unresolved_reference;
mod unsigned_agreement;
mod unused_allow;
mod wrong_type;
