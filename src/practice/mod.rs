//! The practices and dangers of coalition building, and what a ledger shows of each: facts that the checks judge and the
//! reports tell, each computed in one place.

mod advice;
pub(crate) mod attendance;
pub(crate) mod definitions;
mod evidence;
pub(crate) mod calls;
pub(crate) mod charge;
pub(crate) mod signs;
pub(crate) mod wait;
pub(crate) mod good_times;
pub(crate) mod mutual_support;
pub(crate) mod unifying_issues;
pub(crate) mod self_interest;
pub(crate) mod internal_process;
pub(crate) mod diversity;
pub(crate) mod open_communication;
pub(crate) mod single_message;
pub(crate) mod decision_structure;
pub(crate) mod fair_credit;
pub(crate) mod formal_agreements;
pub(crate) mod call_to_action;
pub(crate) mod emergency_response;
pub(crate) mod year_round;
pub(crate) mod turf;
pub(crate) mod domination;
pub(crate) mod lost_focus;
pub(crate) mod meetings;
pub(crate) mod minutes;
pub(crate) mod actions;
pub(crate) mod representation;
pub(crate) mod progress;
pub(crate) mod leadership;
pub(crate) mod recruitment;
pub(crate) mod structure;
pub(crate) mod personal_contact;
pub(crate) mod constituencies;
pub(crate) mod notables;

pub(crate) use evidence::{Counted, Evidence, with_time_left};

use crate::ledger::AsOf;
use serde::Serialize;

/// A practice of good coalitions, or a danger to them.
///
/// The 14 practices, the 4 dangers and the network building before them follow the American Library Association's advice
/// on coalition building.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // `name` says it
pub enum Practice {
    GoodTimes,
    MutualSupport,
    UnifyingIssues,
    SelfInterest,
    InternalProcess,
    Diversity,
    OpenCommunication,
    SingleMessage,
    DecisionStructure,
    FairCredit,
    FormalAgreements,
    CallToAction,
    EmergencyResponse,
    YearRound,
    Turf,
    Domination,
    LostFocus,
    Leadership,
    Recruitment,
    Structure,
    PersonalContact,
    Constituencies,
    Notables,
}

impl Practice {
    /// All of them, in the order of the scorecard.
    pub const ALL: [Practice; 23] = [
        Practice::GoodTimes,
        Practice::MutualSupport,
        Practice::UnifyingIssues,
        Practice::SelfInterest,
        Practice::InternalProcess,
        Practice::Diversity,
        Practice::OpenCommunication,
        Practice::SingleMessage,
        Practice::DecisionStructure,
        Practice::FairCredit,
        Practice::FormalAgreements,
        Practice::CallToAction,
        Practice::EmergencyResponse,
        Practice::YearRound,
        Practice::Turf,
        Practice::Domination,
        Practice::LostFocus,
        Practice::Leadership,
        Practice::Recruitment,
        Practice::Structure,
        Practice::PersonalContact,
        Practice::Constituencies,
        Practice::Notables,
    ];

    /// Its key, for programs.
    pub const fn key(self) -> &'static str {
        match self {
            Practice::GoodTimes => "good-times",
            Practice::MutualSupport => "mutual-support",
            Practice::UnifyingIssues => "unifying-issues",
            Practice::SelfInterest => "self-interest",
            Practice::InternalProcess => "internal-process",
            Practice::Diversity => "diversity",
            Practice::OpenCommunication => "open-communication",
            Practice::SingleMessage => "single-message",
            Practice::DecisionStructure => "decision-structure",
            Practice::FairCredit => "fair-credit",
            Practice::FormalAgreements => "formal-agreements",
            Practice::CallToAction => "call-to-action",
            Practice::EmergencyResponse => "emergency-response",
            Practice::YearRound => "year-round",
            Practice::Turf => "turf",
            Practice::Domination => "domination",
            Practice::LostFocus => "lost-focus",
            Practice::Leadership => "leadership",
            Practice::Recruitment => "recruitment",
            Practice::Structure => "structure",
            Practice::PersonalContact => "personal-contact",
            Practice::Constituencies => "constituencies",
            Practice::Notables => "notables",
        }
    }

    /// What it is called; a danger by how it is kept away.
    pub const fn name(self) -> &'static str {
        match self {
            Practice::GoodTimes => "Built before a crisis",
            Practice::MutualSupport => "Partners help each other",
            Practice::UnifyingIssues => "Goals that unite",
            Practice::SelfInterest => "Each member\u{2019}s own interests",
            Practice::InternalProcess => "Time for each member to decide",
            Practice::Diversity => "Differences are heard",
            Practice::OpenCommunication => "No one is left out",
            Practice::SingleMessage => "One short message",
            Practice::DecisionStructure => "Decisions with a structure",
            Practice::FairCredit => "Credit is shared",
            Practice::FormalAgreements => "Agreements in writing",
            Practice::CallToAction => "Calls to action",
            Practice::EmergencyResponse => "Ready for an emergency",
            Practice::YearRound => "Officials hear from us all year",
            Practice::Turf => "Overlapping areas are agreed on",
            Practice::Domination => "No one runs everything",
            Practice::LostFocus => "The community comes first",
            Practice::Leadership => "Leadership is shared and renewed",
            Practice::Recruitment => "Always recruiting",
            Practice::Structure => "A clear structure",
            Practice::PersonalContact => "Personal contact with every person",
            Practice::Constituencies => "Every constituency has a part",
            Practice::Notables => "Local notables",
        }
    }
}

impl Practice {
    /// What a ledger shows of it.
    pub fn evidence(self, as_of: AsOf<'_>) -> Evidence {
        match self {
            Practice::GoodTimes => good_times::evidence(as_of),
            Practice::MutualSupport => mutual_support::evidence(as_of),
            Practice::UnifyingIssues => unifying_issues::evidence(as_of),
            Practice::SelfInterest => self_interest::evidence(as_of),
            Practice::InternalProcess => internal_process::evidence(as_of),
            Practice::Diversity => diversity::evidence(as_of),
            Practice::OpenCommunication => open_communication::evidence(as_of),
            Practice::SingleMessage => single_message::evidence(as_of),
            Practice::DecisionStructure => decision_structure::evidence(as_of),
            Practice::FairCredit => fair_credit::evidence(as_of),
            Practice::FormalAgreements => formal_agreements::evidence(as_of),
            Practice::CallToAction => call_to_action::evidence(as_of),
            Practice::EmergencyResponse => emergency_response::evidence(as_of),
            Practice::YearRound => year_round::evidence(as_of),
            Practice::Turf => turf::evidence(as_of),
            Practice::Domination => domination::evidence(as_of),
            Practice::LostFocus => lost_focus::evidence(as_of),
            Practice::Leadership => leadership::evidence(as_of),
            Practice::Recruitment => recruitment::evidence(as_of),
            Practice::Structure => structure::evidence(as_of),
            Practice::PersonalContact => personal_contact::evidence(as_of),
            Practice::Constituencies => constituencies::evidence(as_of),
            Practice::Notables => notables::evidence(as_of),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn there_are_23_and_their_keys_are_what_serde_writes() {
        let keys: BTreeSet<_> = Practice::ALL.iter().map(|practice| practice.key()).collect();
        assert_eq!(keys.len(), 23);
        for practice in Practice::ALL {
            assert_eq!(serde_json::to_value(practice).unwrap(), practice.key());
        }
    }
}
