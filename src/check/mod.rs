//! The checks: one file for each, with a single [`Check`] that includes its explanation and examples, and the registry of them
//! all. `explain`, `docs/checks/` and the tests use the same fields.

mod acceptance;
mod declare;
mod discretion;
mod example;
pub(crate) mod gate;
mod registry;
#[cfg(test)]
mod sweep;
mod verdict;

pub(crate) use comparison::{Comparison, GoneLedger};
pub(crate) use deceptive_text::in_words_of;
pub use declare::Check;
pub use declare::Group;
pub(crate) use declare::{Exceptions, Run, exceptions, is_fixed};
pub use discretion::discreet;
pub use example::MARK;
#[cfg(feature = "internal")]
pub use example::base_ledger;
pub(crate) use example::{AGREED_GOAL, Change, Example, ExampleFile, SIGNED_CHARTER};
pub use gate::Gate;
pub(crate) use gate::Missing;
pub use gate::Setting;
pub use registry::ALL;
pub use registry::find;
pub(crate) use registry::names;
pub use verdict::Reported;
pub use verdict::Verdict;
pub use verdict::judge;
pub(crate) use verdict::level_of;

use crate::agreement::{JudgedSignature, SignatureJudge};
use crate::finding::Finding;
use crate::history::History;
use crate::kind::Kind;
use crate::ledger::{AsOf, Ledger};
use crate::practice::decision_structure::Hearing;
use crate::record::value::RecordId;
use crate::record::{Agreement, AnyRecord, Body, Policy, Record};
use crate::source::Span;
use chrono::NaiveDate;

/// What a check sees.
pub struct Context<'l> {
    /// The ledger as of the day to judge by.
    pub as_of: AsOf<'l>,
    /// The ledger.
    pub ledger: &'l Ledger,
    /// The day to judge by. What is dated later has not happened.
    pub today: NaiveDate,
    /// The thresholds in force.
    pub policy: &'l Policy,
    /// The agreements with their digests.
    pub signing: SignatureJudge<'l>,
    /// The names that a ledger may use for checks.
    pub names: Vec<&'static str>,
    /// What the commits say, if the ledger is in a git repository.
    pub history: Option<&'l History>,
    /// What is weaker than in an earlier state of the ledger, if one was compared.
    pub comparison: Option<Comparison>,
}

impl<'l> Context<'l> {
    /// A context to judge this ledger as of a day.
    pub fn new(ledger: &'l Ledger, today: NaiveDate) -> Context<'l> {
        Context {
            as_of: AsOf::new(ledger, today),
            ledger,
            today,
            policy: ledger.policy(),
            signing: SignatureJudge::new(ledger, today),
            names: names().collect(),
            history: None,
            comparison: None,
        }
    }

    /// The same, with what the commits say.
    pub fn with_history(self, history: Option<&'l History>) -> Context<'l> {
        Context { history, ..self }
    }

    /// The same, compared with an earlier state of the ledger.
    pub fn with_comparison(self, comparison: Option<Comparison>) -> Context<'l> {
        Context { comparison, ..self }
    }

    /// A finding on something that is missing from a record. If the record's file has mistakes of form, they may be why it is
    /// missing, and the finding waits until they are fixed.
    pub fn absent<B: Body>(
        &self,
        check: &Check,
        record: &Record<B>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding {
        finding(check, record, name_span(record), message, help).because_of(&record.path)
    }

    /// The same finding; if an unreadable file may say that someone was heard from, it waits until the file can be read.
    pub fn unless_unheard(&self, finding: Finding) -> Finding {
        let kinds = [Kind::Member, Kind::Advocate, Kind::Goal, Kind::Meeting, Kind::Decision, Kind::Request];
        kinds.into_iter().fold(finding, |finding, kind| self.unless_unread(kind, finding))
    }

    /// The same finding; if files of a kind could not be read, it waits until they can.
    pub fn unless_unread(&self, kind: Kind, mut finding: Finding) -> Finding {
        if self.ledger.certainty.is_kind_flawed(kind) {
            finding.because_of_kinds.push(kind);
        }
        finding
    }

    /// The same finding about the result of positions; if some of them, or some members, could not be read, it waits until
    /// they can.
    pub fn unless_unclear(&self, hearing: &Hearing<'_>, finding: Finding) -> Finding {
        let finding = self.unless_unread(Kind::Member, finding);
        if hearing.is_unclear(self.as_of) { finding.because_of(&hearing.decision.path) } else { finding }
    }
}

/// A finding in the file of a record.
pub(crate) fn finding(
    check: &Check,
    record: &dyn AnyRecord,
    span: Span,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Finding {
    Finding::new(check.name, record.path(), span, message, help).with_record(record.key().clone())
}

/// A finding on a signature, in the record of its agreement or in a separate file. Exceptions in the records of the agreement
/// and of the member apply to it.
pub(crate) fn signature_finding(
    check: &Check,
    agreement: &Record<Agreement>,
    judged: &JudgedSignature<'_>,
    span: Span,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Finding {
    let finding = Finding::new(check.name, judged.entry.path, span, message, help);
    let finding = finding.with_record(agreement.key.clone()).with_about(agreement.key.clone());
    match &judged.signature.member {
        Some(member) => finding.with_about(member.key()),
        None => finding,
    }
}

/// The place of a record's name, for what is missing from the record.
pub(crate) fn name_span<B: Body>(record: &Record<B>) -> Span {
    record.common().name.as_ref().map_or(Span::START, |name| name.span)
}

mod agreement_expired;
mod agreement_expiring;
mod backdated_signature;
mod conflict_marker;
mod dates_out_of_order;
mod deceptive_text;
mod duplicate_entry;
mod duplicate_id;
mod empty_ledger;
mod expired_allow;
mod foreign_signature;
mod future_date;
mod implausible_value;
mod invalid_id;
mod invalid_signature;
mod invalid_toml;
mod invalid_value;
mod likely_duplicate;
mod missing_field;
mod no_agreement;
mod one_sided_agreement;
mod reserved_id;
mod rolled_back_terms;
mod self_added_key;
mod stale_signature;
mod unauthorized_signatory;
mod unknown_field;
mod unfinished_change;
mod unpinned_terms;
mod unknown_folder;
mod unreadable_file;
mod unresolved_reference;
mod unproven_signature;
mod unsigned_agreement;
mod unused_allow;
mod weakened_gate;
mod wrong_type;

// good-times
mod late_coalition;
// mutual-support
mod unanswered_request;
mod one_way_support;
// unifying-issues
mod single_sponsor_goal;
mod thin_endorsement;
mod late_goal_development;
// self-interest
mod unstated_interests;
mod unserved_member;
// internal-process
mod rushed_decision;
mod rushed_signing;
mod unstated_process;
// diversity
mod missing_sector;
mod unanswered_objection;
mod overdue_revisit;
// open-communication
mod late_minutes;
mod late_notice;
mod unowned_action;
mod overdue_action;
mod no_backup_representative;
mod silent_member;
mod no_recent_meeting;
// single-message
mod comparison;
mod competing_messages;
mod off_message_campaign;
mod long_message;
mod no_message;
// decision-structure
mod unstructured_decision;
mod overdue_decision;
mod inquorate_decision;
mod false_consensus;
mod wrong_result;
// fair-credit
mod never_credited;
mod uncredited_contribution;
// call-to-action
mod unreported_campaign;
mod aimless_campaign;
// emergency-response
mod no_deputy;
mod no_emergency_committee;
mod no_emergency_powers;
mod overdue_drill;
mod uncovered_hours;
mod unreachable_watcher;
// year-round
mod neglected_official;
mod seasonal_contact;
// turf
mod contested_turf;
// domination
mod dominant_member;
// lost-focus
mod overdue_goal;
mod overdue_milestone;
mod stale_goal;
mod unanchored_goal;
mod unmeasured_goal;
// leadership
mod departed_owner;
mod expired_term;
mod expiring_term;
mod overlapping_terms;
mod unrotated_chair;
mod vacant_seat;
// recruitment
mod no_recent_recruit;
mod stalled_prospect;
// structure
mod command;
mod committee_without_chair;
mod private_key;
mod purposeless_committee;
// personal-contact
mod overdue_contact;
mod overdue_follow_up;
mod unowned_advocate;
// constituencies
mod inactive_constituency;
mod missing_constituency;
// notables
mod idle_notable;
mod unconsented_listing;
