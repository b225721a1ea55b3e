//! The practices and dangers of coalition building, and what a ledger shows of each: facts that the checks judge and the
//! reports tell, each computed in one place.

mod advice;
pub mod attendance;
pub mod definitions;
mod evidence;
pub mod calls;
pub mod charge;
pub mod signs;
pub mod wait;
pub mod good_times;
pub mod mutual_support;
pub mod unifying_issues;
pub mod self_interest;
pub mod internal_process;
pub mod diversity;
pub mod open_communication;
pub mod single_message;
pub mod decision_structure;
pub mod fair_credit;
pub mod formal_agreements;
pub mod call_to_action;
pub mod emergency_response;
pub mod year_round;
pub mod turf;
pub mod domination;
pub mod lost_focus;
pub mod meetings;
pub mod leadership;
pub mod recruitment;
pub mod structure;
pub mod personal_contact;
pub mod constituencies;
pub mod notables;

pub use evidence::{Counted, Evidence};

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
            Practice::GoodTimes => "Built before there is a crisis",
            Practice::MutualSupport => "Partners help each other",
            Practice::UnifyingIssues => "Goals that unite",
            Practice::SelfInterest => "Each member\u{2019}s own interests",
            Practice::InternalProcess => "Each member\u{2019}s own way of deciding",
            Practice::Diversity => "Differences are heard",
            Practice::OpenCommunication => "Nobody is left out",
            Practice::SingleMessage => "One short message",
            Practice::DecisionStructure => "Decisions with a structure",
            Practice::FairCredit => "Credit is shared",
            Practice::FormalAgreements => "Agreements in writing",
            Practice::CallToAction => "Calls to action",
            Practice::EmergencyResponse => "Ready for an emergency",
            Practice::YearRound => "Officials hear from us all year",
            Practice::Turf => "Common ground is shared",
            Practice::Domination => "Nobody runs everything",
            Practice::LostFocus => "The community comes first",
            Practice::Leadership => "Leadership is shared and renewed",
            Practice::Recruitment => "Always recruiting",
            Practice::Structure => "A clear structure",
            Practice::PersonalContact => "Personal contact with every advocate",
            Practice::Constituencies => "Every constituency has a part",
            Practice::Notables => "Local notables",
        }
    }
}

impl Practice {
    /// What a ledger shows of it.
    pub fn evidence(self, here: AsOf<'_>) -> Evidence {
        match self {
            Practice::GoodTimes => good_times::evidence(here),
            Practice::MutualSupport => mutual_support::evidence(here),
            Practice::UnifyingIssues => unifying_issues::evidence(here),
            Practice::SelfInterest => self_interest::evidence(here),
            Practice::InternalProcess => internal_process::evidence(here),
            Practice::Diversity => diversity::evidence(here),
            Practice::OpenCommunication => open_communication::evidence(here),
            Practice::SingleMessage => single_message::evidence(here),
            Practice::DecisionStructure => decision_structure::evidence(here),
            Practice::FairCredit => fair_credit::evidence(here),
            Practice::FormalAgreements => formal_agreements::evidence(here),
            Practice::CallToAction => call_to_action::evidence(here),
            Practice::EmergencyResponse => emergency_response::evidence(here),
            Practice::YearRound => year_round::evidence(here),
            Practice::Turf => turf::evidence(here),
            Practice::Domination => domination::evidence(here),
            Practice::LostFocus => lost_focus::evidence(here),
            Practice::Leadership => leadership::evidence(here),
            Practice::Recruitment => recruitment::evidence(here),
            Practice::Structure => structure::evidence(here),
            Practice::PersonalContact => personal_contact::evidence(here),
            Practice::Constituencies => constituencies::evidence(here),
            Practice::Notables => notables::evidence(here),
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
