//! What each practice asks of a coalition, and what to write down so that it can be seen.

use super::Practice;

impl Practice {
    /// What it asks of a coalition, in a sentence or two.
    pub const fn advice(self) -> &'static str {
        match self {
            Practice::GoodTimes => {
                "Find partners while nothing is burning. Who joined before the crisis knows the others when it comes."
            }
            Practice::MutualSupport => {
                "Answer when a partner asks, most of all when the matter is not yours. That is what partners remember."
            }
            Practice::UnifyingIssues => {
                "Choose goals that several members want, and let them shape the goal together before it is announced."
            }
            Practice::SelfInterest => {
                "Every member came for something. Know what it is, and see that some goal serves it."
            }
            Practice::InternalProcess => {
                "A board that meets every six weeks cannot answer in four. Plan by the time each member needs."
            }
            Practice::Diversity => {
                "Have all sectors at the table, answer every objection, and come back to it: whoever was alone may have \
                 been right."
            }
            Practice::OpenCommunication => {
                "Notices, minutes and calls reach everybody in time, and each member has two people who can be reached."
            }
            Practice::SingleMessage => {
                "Say one thing for each goal, short enough to be repeated, and let no one stray."
            }
            Practice::DecisionStructure => {
                "Say beforehand how a decision is reached, by when and by how many, and write down who stood where."
            }
            Practice::FairCredit => {
                "Thank every member for what it gave, soon and in public: hours, rooms and copies as much as money."
            }
            Practice::FormalAgreements => {
                "Put rights and responsibilities in writing, and have every member sign the words as they stand."
            }
            Practice::CallToAction => {
                "A campaign asks someone to do something for a goal, and says afterwards what came of it."
            }
            Practice::EmergencyResponse => {
                "A few people may act for all at any hour, know what they may decide, and have tried it."
            }
            Practice::YearRound => {
                "Visit officials when you want nothing. Who comes only at budget time is expected then."
            }
            Practice::Turf => "Where two members work the same ground, agree in writing who does what.",
            Practice::Domination => {
                "Watch how much one member holds: seats, chairs, proposals, gifts and places at the table."
            }
            Practice::LostFocus => {
                "A goal answers a need of the community, is counted, and is dropped or renewed when nothing moves."
            }
            Practice::Leadership => "Fill empty seats, plan for terms that end, and let the chair go round.",
            Practice::Recruitment => "Keep asking. A prospect that waits half a year has been told no.",
            Practice::Structure => "A committee has a purpose and someone in the chair, or it is no committee.",
            Practice::PersonalContact => {
                "Someone keeps in touch with every advocate, in person, regularly, and does what was promised."
            }
            Practice::Constituencies => {
                "Friends, staff, trustees and partners each have a part. See that all of them are there, and active."
            }
            Practice::Notables => {
                "Look after the people whose word carries weight, ask something of them, and name them only if they agreed."
            }
        }
    }

    /// What to write down so that it can be seen.
    pub const fn records(self) -> &'static str {
        match self {
            Practice::GoodTimes => "`joined` of members; `crisis` and `opens` of campaigns",
            Practice::MutualSupport => "requests with their `responses`",
            Practice::UnifyingIssues => "`proposed_by`, `developed_by` and `positions` of goals",
            Practice::SelfInterest => "`interests` of members, `serves` of goals",
            Practice::InternalProcess => {
                "`process` of members; `proposed` and `closes` of decisions; `sign_by` of agreements"
            }
            Practice::Diversity => "`sector` of members; `accommodation` and `revisit` of positions",
            Practice::OpenCommunication => {
                "meetings with `notice_sent`, `minutes_published` and `actions`; `backup_representative` and `contacts` of \
                 members"
            }
            Practice::SingleMessage => "`message` of the coalition, of goals and of campaigns",
            Practice::DecisionStructure => "`method`, `closes`, `quorum`, `result` and `positions` of decisions",
            Practice::FairCredit => "contributions with their `acknowledgements`",
            Practice::FormalAgreements => "agreements with their `signatures`",
            Practice::CallToAction => "`goal`, `audience`, `reach` and `outcome` of campaigns",
            Practice::EmergencyResponse => {
                "a committee with `emergency = true`, its `watch`, `powers` and `last_drill`"
            }
            Practice::YearRound => "`contacts` of officials; `budget_months` under `[policy]`",
            Practice::Turf => "`turf` of members, `shares_turf` of agreements",
            Practice::Domination => {
                "`seats` of committees, `proposed_by` of goals and decisions, contributions, `attendance` of meetings"
            }
            Practice::LostFocus => "`community_need`, `measure` and `due` of goals",
            Practice::Leadership => "`seats` of committees with their terms",
            Practice::Recruitment => {
                "`identified`, `invited`, `joined` and `declined` of members; `start_date` of advocates"
            }
            Practice::Structure => "`purpose` and `seats` of committees",
            Practice::PersonalContact => "`contacts` of advocates with `follow_up`; their `contact_owner`",
            Practice::Constituencies => {
                "`classification` of members, `role` of advocates; `required_classifications` and `required_roles` under \
                 `[policy]`"
            }
            Practice::Notables => "`notable` of advocates with its `asks`; their `consent`",
        }
    }

    /// Whether it is a danger to keep away rather than a thing to do.
    pub const fn is_danger(self) -> bool {
        matches!(self, Practice::Turf | Practice::Domination | Practice::LostFocus | Practice::Leadership)
    }

    /// The practice with this key.
    pub fn find(key: &str) -> Option<Practice> {
        Practice::ALL.into_iter().find(|practice| practice.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_practice_says_what_it_asks_and_what_to_write_down() {
        for practice in Practice::ALL {
            assert!(practice.advice().ends_with('.') && practice.advice().len() > 40, "{}", practice.key());
            assert!(practice.records().contains('`') || practice.records().contains("requests"), "{}", practice.key());
            assert_eq!(Practice::find(practice.key()), Some(practice));
        }
        assert_eq!(Practice::ALL.iter().filter(|practice| practice.is_danger()).count(), 4);
        assert_eq!(Practice::find("weather"), None);
    }
}
