//! All checks: one line each.

use super::Check;

/// Every check, by group, in the order in which they are listed for people.
pub static ALL: &[&Check] = &[
    &super::invalid_toml::CHECK,
    &super::unreadable_file::CHECK,
    &super::conflict_marker::CHECK,
    &super::unfinished_change::CHECK,
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
    &super::implausible_value::CHECK,
    &super::duplicate_entry::CHECK,
    &super::private_key::CHECK,
    &super::deceptive_text::CHECK,
    &super::likely_duplicate::CHECK,
    &super::empty_ledger::CHECK,
    &super::unused_allow::CHECK,
    &super::expired_allow::CHECK,
    &super::unsigned_agreement::CHECK,
    &super::stale_signature::CHECK,
    &super::foreign_signature::CHECK,
    &super::unauthorized_signatory::CHECK,
    &super::invalid_signature::CHECK,
    &super::unproven_signature::CHECK,
    &super::self_added_key::CHECK,
    &super::rolled_back_terms::CHECK,
    &super::unpinned_terms::CHECK,
    &super::backdated_signature::CHECK,
    &super::weakened_gate::CHECK,
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
    &super::rushed_decision::CHECK,
    &super::rushed_signing::CHECK,
    &super::unstated_process::CHECK,
    // diversity
    &super::missing_sector::CHECK,
    &super::unanswered_objection::CHECK,
    &super::overdue_revisit::CHECK,
    // open-communication
    &super::late_minutes::CHECK,
    &super::late_notice::CHECK,
    &super::unowned_action::CHECK,
    &super::overdue_action::CHECK,
    &super::no_backup_representative::CHECK,
    &super::silent_member::CHECK,
    &super::no_recent_meeting::CHECK,
    // single-message
    &super::competing_messages::CHECK,
    &super::off_message_campaign::CHECK,
    &super::long_message::CHECK,
    &super::no_message::CHECK,
    // decision-structure
    &super::unstructured_decision::CHECK,
    &super::overdue_decision::CHECK,
    &super::inquorate_decision::CHECK,
    &super::false_consensus::CHECK,
    &super::wrong_result::CHECK,
    // fair-credit
    &super::uncredited_contribution::CHECK,
    &super::never_credited::CHECK,
    // call-to-action
    &super::unreported_campaign::CHECK,
    &super::aimless_campaign::CHECK,
    // emergency-response
    &super::no_emergency_committee::CHECK,
    &super::uncovered_hours::CHECK,
    &super::unreachable_watcher::CHECK,
    &super::no_deputy::CHECK,
    &super::overdue_drill::CHECK,
    &super::no_emergency_powers::CHECK,
    // year-round
    &super::neglected_official::CHECK,
    &super::seasonal_contact::CHECK,
    // turf
    &super::contested_turf::CHECK,
    // domination
    &super::dominant_member::CHECK,
    // lost-focus
    &super::unanchored_goal::CHECK,
    &super::stale_goal::CHECK,
    &super::overdue_goal::CHECK,
    &super::overdue_milestone::CHECK,
    &super::unmeasured_goal::CHECK,
    // leadership
    &super::vacant_seat::CHECK,
    &super::expired_term::CHECK,
    &super::expiring_term::CHECK,
    &super::departed_owner::CHECK,
    &super::overlapping_terms::CHECK,
    &super::unrotated_chair::CHECK,
    // recruitment
    &super::stalled_prospect::CHECK,
    &super::no_recent_recruit::CHECK,
    // structure
    &super::committee_without_chair::CHECK,
    &super::purposeless_committee::CHECK,
    // personal-contact
    &super::overdue_contact::CHECK,
    &super::overdue_follow_up::CHECK,
    &super::unowned_advocate::CHECK,
    // constituencies
    &super::missing_constituency::CHECK,
    &super::inactive_constituency::CHECK,
    // notables
    &super::idle_notable::CHECK,
    &super::unconsented_listing::CHECK,
];

/// Names that checks had before, each with the name that they have now: what people call on the command line keeps working.
const FORMER_NAMES: [(&str, &str); 1] = [("unauthorised-signatory", "unauthorized-signatory")];

/// The check of this name, or of this former name.
pub fn find(name: &str) -> Option<&'static Check> {
    let name = FORMER_NAMES.iter().find(|(former, _)| *former == name).map_or(name, |(_, current)| *current);
    ALL.iter().copied().find(|check| check.name.as_str() == name)
}

/// All names that a ledger may use.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|check| check.name.as_str())
}
