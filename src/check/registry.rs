//! All checks: one line each.

use super::Check;
use super::{
    agreement_expired, agreement_expiring, conflict_marker, dates_out_of_order, deceptive_text, duplicate_entry,
    duplicate_id, empty_ledger, expired_allow, foreign_signature, future_date, invalid_id, invalid_toml, invalid_value,
    likely_duplicate, missing_field, no_agreement, one_sided_agreement, reserved_id, stale_signature,
    unauthorised_signatory, unknown_field, unknown_folder, unreadable_file, unresolved_reference, unsigned_agreement,
    unused_allow, wrong_type,
};

/// Every check, by group, in the order in which they are listed for people.
pub static ALL: &[&Check] = &[
    &invalid_toml::CHECK,
    &unreadable_file::CHECK,
    &conflict_marker::CHECK,
    &missing_field::CHECK,
    &unknown_field::CHECK,
    &wrong_type::CHECK,
    &invalid_value::CHECK,
    &invalid_id::CHECK,
    &duplicate_id::CHECK,
    &reserved_id::CHECK,
    &unknown_folder::CHECK,
    &unresolved_reference::CHECK,
    &dates_out_of_order::CHECK,
    &future_date::CHECK,
    &duplicate_entry::CHECK,
    &deceptive_text::CHECK,
    &likely_duplicate::CHECK,
    &empty_ledger::CHECK,
    &unused_allow::CHECK,
    &expired_allow::CHECK,
    &unsigned_agreement::CHECK,
    &stale_signature::CHECK,
    &foreign_signature::CHECK,
    &unauthorised_signatory::CHECK,
    &agreement_expired::CHECK,
    &agreement_expiring::CHECK,
    &no_agreement::CHECK,
    &one_sided_agreement::CHECK,
];

/// Names that are part of the format already, so that a ledger may configure or accept them, and whose checks come
/// with a later version.
const PROMISED: [&str; 65] = [
    "invalid-signature",
    "unproven-signature",
    "self-added-key",
    "rolled-back-terms",
    "late-coalition",
    "unanswered-request",
    "one-way-support",
    "single-sponsor-goal",
    "thin-endorsement",
    "late-goal-development",
    "unstated-interests",
    "unserved-member",
    "rushed-decision",
    "rushed-signing",
    "unstated-process",
    "missing-sector",
    "unanswered-objection",
    "overdue-revisit",
    "late-minutes",
    "late-notice",
    "no-backup-representative",
    "silent-member",
    "unowned-action",
    "overdue-action",
    "competing-messages",
    "long-message",
    "off-message-campaign",
    "no-message",
    "unstructured-decision",
    "overdue-decision",
    "inquorate-decision",
    "false-consensus",
    "wrong-result",
    "uncredited-contribution",
    "never-credited",
    "unreported-campaign",
    "aimless-campaign",
    "no-emergency-committee",
    "uncovered-hours",
    "no-deputy",
    "overdue-drill",
    "no-emergency-powers",
    "neglected-official",
    "seasonal-contact",
    "contested-turf",
    "dominant-member",
    "unanchored-goal",
    "stale-goal",
    "overdue-goal",
    "unmeasured-goal",
    "vacant-seat",
    "expiring-term",
    "expired-term",
    "unrotated-chair",
    "stalled-prospect",
    "no-recent-recruit",
    "committee-without-chair",
    "purposeless-committee",
    "overdue-contact",
    "overdue-follow-up",
    "unowned-advocate",
    "missing-constituency",
    "inactive-constituency",
    "idle-notable",
    "unconsented-listing",
];

/// The check of this name.
pub fn find(name: &str) -> Option<&'static Check> {
    ALL.iter().copied().find(|check| check.name.as_str() == name)
}

/// Whether a name is reserved for a check of a later version.
pub fn is_promised(name: &str) -> bool {
    PROMISED.contains(&name)
}

/// All names that a ledger may use, of today's checks and of later ones.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|check| check.name.as_str()).chain(PROMISED)
}
