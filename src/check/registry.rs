//! All checks: one line each.

use super::Check;

/// Every check, by group, in the order in which they are listed for people.
pub static ALL: &[&Check] = &[
    &super::invalid_toml::CHECK,
    &super::unreadable_file::CHECK,
    &super::conflict_marker::CHECK,
    &super::missing_field::CHECK,
    &super::unknown_field::CHECK,
    &super::wrong_type::CHECK,
    &super::invalid_value::CHECK,
    &super::invalid_id::CHECK,
    &super::duplicate_id::CHECK,
    &super::reserved_id::CHECK,
    &super::unknown_folder::CHECK,
    &super::unresolved_reference::CHECK,
    &super::dates_out_of_order::CHECK,
    &super::future_date::CHECK,
    &super::duplicate_entry::CHECK,
    &super::deceptive_text::CHECK,
    &super::likely_duplicate::CHECK,
    &super::empty_ledger::CHECK,
    &super::unused_allow::CHECK,
    &super::expired_allow::CHECK,
    &super::unsigned_agreement::CHECK,
    &super::stale_signature::CHECK,
    &super::foreign_signature::CHECK,
    &super::unauthorised_signatory::CHECK,
    &super::invalid_signature::CHECK,
    &super::unproven_signature::CHECK,
    &super::self_added_key::CHECK,
    &super::rolled_back_terms::CHECK,
    &super::agreement_expired::CHECK,
    &super::agreement_expiring::CHECK,
    &super::no_agreement::CHECK,
    &super::one_sided_agreement::CHECK,
    // good-times
    &super::late_coalition::CHECK,
    // mutual-support
    &super::unanswered_request::CHECK,
    &super::one_way_support::CHECK,
    // unifying-issues
    &super::single_sponsor_goal::CHECK,
    &super::thin_endorsement::CHECK,
    &super::late_goal_development::CHECK,
    // self-interest
    &super::unstated_interests::CHECK,
    &super::unserved_member::CHECK,
    // internal-process
    // diversity
    // open-communication
    // single-message
    &super::competing_messages::CHECK,
    &super::off_message_campaign::CHECK,
    &super::long_message::CHECK,
    &super::no_message::CHECK,
    // decision-structure
    // fair-credit
    &super::uncredited_contribution::CHECK,
    &super::never_credited::CHECK,
    // call-to-action
    &super::unreported_campaign::CHECK,
    &super::aimless_campaign::CHECK,
    // emergency-response
    &super::no_emergency_committee::CHECK,
    &super::uncovered_hours::CHECK,
    &super::no_deputy::CHECK,
    &super::overdue_drill::CHECK,
    &super::no_emergency_powers::CHECK,
    // year-round
    // turf
    &super::contested_turf::CHECK,
    // domination
    &super::dominant_member::CHECK,
    // lost-focus
    &super::unanchored_goal::CHECK,
    &super::stale_goal::CHECK,
    &super::overdue_goal::CHECK,
    &super::unmeasured_goal::CHECK,
    // leadership
    &super::vacant_seat::CHECK,
    &super::expired_term::CHECK,
    &super::expiring_term::CHECK,
    &super::unrotated_chair::CHECK,
    // recruitment
    &super::stalled_prospect::CHECK,
    &super::no_recent_recruit::CHECK,
    // structure
    &super::committee_without_chair::CHECK,
    &super::purposeless_committee::CHECK,
    // personal-contact
    // constituencies
    // notables
];

/// Names that are part of the format already, so that a ledger may configure or accept them, and whose checks come
/// with a later version.
const PROMISED: &[&str] = &[
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
    PROMISED.contains(&name) && find(name).is_none()
}

/// All names that a ledger may use, of today's checks and of later ones.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|check| check.name.as_str()).chain(PROMISED.iter().copied().filter(|name| find(name).is_none()))
}
