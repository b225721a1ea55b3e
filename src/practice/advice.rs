//! What each practice asks of a coalition, and what to record for it.

use super::Practice;

impl Practice {
    /// What it asks of a coalition, in a sentence or two.
    pub const fn advice(self) -> &'static str {
        match self {
            Practice::GoodTimes => {
                "Find partners in quiet times. Members who joined before a crisis already know each other when it comes."
            }
            Practice::MutualSupport => {
                "Help when a partner asks, above all when the problem is not yours. Partners remember that."
            }
            Practice::UnifyingIssues => {
                "Choose goals that several members want, and let them shape the goal together before it is announced."
            }
            Practice::SelfInterest => {
                "Every member joined for a reason. Know what it is, and make sure that a goal serves it."
            }
            Practice::InternalProcess => {
                "A board that meets every six weeks cannot answer in four. Plan around the time each member needs."
            }
            Practice::Diversity => {
                "Have every sector at the table, answer every objection, and come back to it later: the one who objected \
                 may have been right."
            }
            Practice::OpenCommunication => {
                "Notices, minutes and calls reach everyone on time, and each member has two people others can reach."
            }
            Practice::SingleMessage => {
                "Have one message for each goal, short enough to repeat, and have everyone use it."
            }
            Practice::DecisionStructure => {
                "Say beforehand how you will decide, by when and with what quorum, and record each member's position."
            }
            Practice::FairCredit => {
                "Thank every member for what it gave, soon and in public. Hours, rooms and copies count as much as money."
            }
            Practice::FormalAgreements => {
                "Put rights and responsibilities in writing, and have every member sign the current text."
            }
            Practice::CallToAction => {
                "A campaign asks someone to do something for a goal and, after it closes, says what came of it."
            }
            Practice::EmergencyResponse => {
                "A few people may act for everyone at any hour. They know what they may decide, and they have practiced."
            }
            Practice::YearRound => {
                "Visit officials when you want nothing. If you come only at budget time, they know what you are there for."
            }
            Practice::Turf => "If two members work in the same area, agree in writing on who does what.",
            Practice::Domination => {
                "Watch how much any one member has: seats, chairs, proposals, contributions and attendance."
            }
            Practice::LostFocus => {
                "A goal answers a need of the community and has a measure. If nothing moves, renew it or drop it."
            }
            Practice::Leadership => "Fill empty seats, plan for terms that end, and let others take a turn as chair.",
            Practice::Recruitment => "Keep asking. A prospect who hears nothing for half a year takes it as a no.",
            Practice::Structure => "Every committee has a purpose and a chair.",
            Practice::PersonalContact => {
                "Someone keeps in touch with every person, regularly and face to face, and keeps promises."
            }
            Practice::Constituencies => {
                "Friends, staff, trustees and partners each have a part. Make sure that all of them are there, and active."
            }
            Practice::Notables => {
                "Look after the people whose word carries weight, ask them for something, and name them only with their consent."
            }
        }
    }

    /// Which records and fields show it.
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
                "`identified`, `invited`, `joined` and `declined` of members; `start_date` of people"
            }
            Practice::Structure => "`purpose` and `seats` of committees",
            Practice::PersonalContact => "`contacts` of people with `follow_up`; their `contact_owner`",
            Practice::Constituencies => {
                "`classification` of members, `role` of people; `required_classifications` and `required_roles` under \
                 `[policy]`"
            }
            Practice::Notables => "`notable` of people with its `asks`; their `consent`",
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
