//! What can be wrong with a ledger beyond what its reading tells: one file per check, each a single [`Check`] that carries
//! its own explanation and examples, and the registry of them all. `explain`, `docs/checks/` and the tests live on the same
//! fields.

mod declare;
mod registry;

pub use declare::{Check, Example, ExampleFile, Group, MARK, Run, base_ledger};
pub use registry::{ALL, find};

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
    pub policy: Policy,
    /// The agreements with their digests.
    pub signing: Registry<'l>,
}

impl<'l> Context<'l> {
    /// A context to judge this ledger as of a day.
    pub fn new(ledger: &'l Ledger, today: NaiveDate) -> Context<'l> {
        Context { ledger, today, policy: ledger.policy(), signing: Registry::new(ledger, today) }
    }
}
