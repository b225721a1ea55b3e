//! What the figures of the fourteen practices count.

use super::Definition;
use crate::practice::Practice;

/// The figures of a practice of good coalitions; none of a danger, or of the building of a network.
pub(super) const fn figures(practice: Practice) -> Option<&'static [Definition]> {
    Some(match practice {
        Practice::GoodTimes => &[
            (
                "members_not_brought_by_a_crisis",
                "current members who did not join in the 365 days after the day on which the latest campaign with \
                 `crisis = true` opened, out of all current members. If there is no such campaign, there is no \
                 figure. It falls short if more than half joined in that time.",
            ),
            (
                "members_joined_in_quiet_quarters",
                "current members who joined in a quarter in which no crisis campaign ran. A campaign runs from the \
                 quarter of `opens` to that of `closes`, or of today if that is earlier; without `closes`, only in the \
                 quarter of `opens`. If no crisis campaign has opened, there is no figure.",
            ),
        ],
        Practice::MutualSupport => &[
            (
                "requests_answered",
                "requests that are settled (the date in `closed` has come) or that another member helped with, out of \
                 these and the other requests of members who have not left, if another member answered them or they \
                 are older than `request_answer_days`. Requests dated after today do not count. The answer `no` is \
                 not help; any other answer is.",
            ),
            (
                "askers_that_answer",
                "current members who asked for help and have ever helped another member, out of those who asked and \
                 either helped or had a chance to. They had a chance if another member made a request on or after \
                 their `joined` date that is settled or older than `request_answer_days`.",
            ),
            (
                "requests_answered_in_time",
                "requests that another member helped with, or that were settled, within `request_answer_days` days, \
                 out of the requests in `requests_answered`. Help without a date is in time.",
            ),
            (
                "members_that_answered_unaffected",
                "members who helped with another member’s request whose `affects` does not name them.",
            ),
        ],
        Practice::UnifyingIssues => &[
            (
                "goals_developed_together",
                "adopted goals that at least `goal_developers` members proposed or developed, out of all adopted \
                 goals. If there are fewer current members than that, all of them are enough.",
            ),
            (
                "goals_endorsed",
                "adopted goals that at least `goal_endorsers` current members support, out of all adopted goals. A \
                 share is of the current members, rounded up; if there are fewer current members than the number, all \
                 of them are enough. A member’s latest position decides: `support` on the goal, or `agree` (of an \
                 eligible member, by the date of the decision) on the decision that adopted the goal. A position on \
                 the decision has its own date or, without one, the date of the decision. If both have the same date, \
                 the one on the goal decides. The decision that adopted the goal names it, was adopted, and is the \
                 last one made by the date the goal was adopted. Members who abstained or stood aside are neutral; \
                 those who objected or blocked oppose the goal.",
            ),
            (
                "goals_agreed_before_the_call",
                "live goals with no campaign that opened before `adopted`, out of the live goals for which a campaign \
                 has opened (for adopted goals, in the past year). An adopted goal is left out if campaigns opened \
                 before `adopted`, but none of them in the past year.",
            ),
        ],
        Practice::SelfInterest => &[
            (
                "members_with_interests",
                "current members with `interests`, out of all current members. A member without interests who is too \
                 new for a note is left out.",
            ),
            (
                "members_served",
                "current members with an interest that a live goal `serves`, out of the current members with \
                 interests. A new member whose interests no goal serves is left out. If no live goal has `serves`, \
                 there is no figure.",
            ),
        ],
        Practice::InternalProcess => &[
            (
                "members_with_process",
                "current members with `approver` or `lead_days` under `[process]`, out of all current members.",
            ),
            (
                "decisions_with_time",
                "open decisions whose time from `proposed` to `closes` is at least the `lead_days` of every eligible \
                 member, out of the open decisions with both dates. Two kinds are left out: emergencies (the decision \
                 or its meeting has the tag `emergency`, or the meeting is of an emergency committee or has the word \
                 in its name), and delegated decisions without `eligible`.",
            ),
            (
                "signings_with_time",
                "periods for signing an agreement that give every member enough days, out of the periods that are \
                 still running for agreements in force. A period runs from the date of the text to `sign_by`, and \
                 concerns the members who must sign and had joined by its first day.",
            ),
        ],
        Practice::Diversity => &[
            (
                "sectors_with_members",
                "required sectors (`required_sectors`) with a current member, out of all required sectors.",
            ),
            (
                "objections_answered",
                "objections with `accommodation`, out of all objections of members who have not left. An objection is \
                 a member’s latest position if it is `object` or `block` on a decision that was made (and not \
                 rejected, withdrawn, deferred or replaced), or `oppose` on an adopted goal.",
            ),
            (
                "revisits_in_time",
                "positions whose `revisit` date has not passed, out of the positions with `revisit` that still matter. \
                 A position no longer matters if its member has left or has stated another position on that date or \
                 later, or if the decision or goal was rejected, withdrawn, replaced, reached or dropped.",
            ),
        ],
        Practice::OpenCommunication => &[
            (
                "members_heard_from",
                "current members heard from within `contact_days` (the member’s own, otherwise the policy’s), out of \
                 those who have ever been heard from or have been silent for longer than that. Counting starts at the \
                 last time the coalition heard from them, at `joined` or at the policy’s `contacts_since`, whichever is \
                 latest. The coalition hears from \
                 a member through a contact with or by the member or its people, their attendance at a meeting or in \
                 its chair, a dated position, a request, an answer to another member’s request, or a finished action. \
                 Signatures and contributions do not count.",
            ),
            (
                "members_with_backup",
                "current members who name two different current people as representative and backup, out of the \
                 current members who are not individuals, are not new, and have someone else to name. A member has no \
                 one else if its representative is current, it names no other person, and it has no other current \
                 person.",
            ),
            (
                "meetings_with_minutes",
                "meetings whose minutes are not late, out of the meetings held in the past year whose minutes were \
                 published or that are older than `minutes_days`. Minutes are late if they are owed for longer than \
                 `minutes_days`, or if they took longer than that and are the latest published minutes of the \
                 committee or the whole coalition.",
            ),
            (
                "meetings_with_notice",
                "invitations sent at least `notice_days` days before the meeting, out of two groups: invitations to \
                    planned meetings that were sent or are late, and the invitation to the last meeting in the past \
                    year of each committee and of the whole coalition. Emergency meetings are left out.",
            ),
            (
                "meetings_of_all_in_time",
                "1 of 1 if the last meeting of the whole coalition (no `committee`, not canceled) was at most \
                 `meeting_days` ago, otherwise 0 of 1. If only committees have met, 0 of 1 once the founding is longer \
                 ago than that.",
            ),
            (
                "actions_owned",
                "open actions of past meetings whose `owner` is a current person or unknown to the ledger, out of all \
                 open actions of past meetings.",
            ),
            ("actions_in_time", "open actions that are not overdue, out of the open actions with `due`."),
        ],
        Practice::SingleMessage => &[
            ("goals_with_a_message", "adopted goals with `message`, out of all adopted goals."),
            (
                "goals_with_one_message",
                "live goals for which the goal and its open campaigns all say the same, out of the live goals where at \
                 least one of them has a message.",
            ),
            (
                "campaigns_on_message",
                "campaigns that use the right message, out of the campaigns that have not closed and have a message to \
                 compare. The right message is that of the campaign’s live goal; if there is no goal, or the goal has \
                 no message, it is the coalition’s.",
            ),
            (
                "short_messages",
                "messages of at most `message_words` words, out of the different messages of the coalition, of live \
                 goals and of campaigns that have not closed. Only words with a letter or a digit count.",
            ),
        ],
        Practice::DecisionStructure => &[
            (
                "decisions_with_structure",
                "decisions that lack nothing, out of the decisions proposed by today and not decided before the past \
                 year. Every decision needs `method`, an open one `closes`, an adopted or rejected one `decided`, and \
                 a decided one `result`. A withdrawn decision needs none of these.",
            ),
            (
                "open_decisions_in_time",
                "open decisions whose `closes` date has not passed, out of the open decisions with `closes`.",
            ),
            (
                "decisions_with_quorum",
                "decisions with a quorum, out of the decisions of the past year that have a position or a `[tally]`, \
                 have eligible members, and were adopted, rejected, or made without a result. The quorum is the share \
                 in `quorum` times the number of eligible members, rounded up. Eligible members count toward it if \
                 they stated a position by the date of the decision. If there is a tally, all members in it count \
                 instead. A delegated decision counts only if it has its own `quorum`.",
            ),
            (
                "votes_borne_out",
                "decisions whose result follows from the count (see `wrong-result`), out of the decisions of the past \
                 year that have a position or a tally and were adopted or rejected by a method other than `delegated`.",
            ),
            (
                "consensus_without_open_block",
                "decisions without an unanswered block, out of the decisions of the past year that have a position or \
                 a tally and were adopted by consensus. A block is unanswered if it has no `accommodation`, even if \
                 its member may not take part. A block that appears only in the tally is always unanswered.",
            ),
        ],
        Practice::FairCredit => &[
            (
                "contributions_acknowledged",
                "contributions with an acknowledgement dated today or earlier, out of the contributions made by today \
                 that have one or are older than `credit_days`.",
            ),
            (
                "givers_ever_thanked",
                "current members who have ever been thanked for a contribution, out of those who (or whose people) \
                 made one that is older than `credit_days`.",
            ),
            (
                "contributions_waiting",
                "contributions that no one has been thanked for yet and that are not older than `credit_days`.",
            ),
        ],
        Practice::FormalAgreements => &[
            (
                "members_bound",
                "current members whose required signatures are all valid, out of the current members who must sign \
                    something. If no one has to sign anything, there is no figure.",
            ),
            (
                "signatures_counting",
                "required signatures that are valid, out of all required signatures; `verify` and `report signatures` \
                 show the same numbers. While members still have time to sign a renewal, their earlier signatures are \
                 valid. An agreement that has expired, but that no one has ended, still requires its signatures, and \
                 none of them is valid.",
            ),
            (
                "agreements_with_rights_and_responsibilities",
                "agreements with both `rights` and `responsibilities`, out of the agreements in force.",
            ),
        ],
        Practice::CallToAction => &[
            (
                "campaigns_with_an_aim",
                "campaigns with both `goal` and `audience`, out of the campaigns that have opened or have no `opens` \
                 date.",
            ),
            (
                "campaigns_with_an_outcome",
                "closed campaigns with `outcome`, out of the closed campaigns that have one or closed more than \
                 `outcome_days` ago. A campaign is closed from the day after `closes`.",
            ),
            ("people_reached_last_year", "the sum of `reach` of the campaigns that closed in the past year."),
            ("people_that_acted_last_year", "the sum of `responses` of the campaigns that closed in the past year."),
        ],
        Practice::EmergencyResponse => &[
            (
                "emergency_committees",
                "1 of 1 if an active committee has `emergency = true`; 0 of 1 if none has, the coalition has at least \
                 six current members, and it is not new.",
            ),
            (
                "hours_covered",
                "hours of the week in which someone can be reached, rounded down, out of 168. Someone can be reached \
                 if a current person is on call for an emergency committee and has a `phone` or `mobile` under \
                 `contact_details` that is valid today. A gap of one minute does not count.",
            ),
            (
                "committees_with_a_deputy",
                "emergency committees where a current person other than the chair holds a seat as `deputy`, \
                 `vice-chair`, `deputy-chair` or `co-chair`, out of all emergency committees. If no one is `chair`, \
                 `chairperson` or `president`, the first `co-chair` in the file is the chair.",
            ),
            (
                "drills_in_time",
                "emergency committees whose last drill was at most `drill_days` ago, out of those that have held a \
                 drill or are overdue for one. A committee that has never held one is overdue `drill_days` after its \
                 `start_date` or, without one, after the founding.",
            ),
            ("committees_with_powers", "emergency committees with `powers`, out of all emergency committees."),
        ],
        Practice::YearRound => &[
            (
                "officials_in_touch",
                "officials with a contact at most `official_contact_days` ago, out of the officials in office. An \
                 official without any contact is not in touch.",
            ),
            (
                "contacts_in_budget_season",
                "contacts with officials in a month of `budget_months`, out of the past year’s contacts with \
                 officials. There is a figure only if there are at least five contacts and `budget_months` does not \
                 list all months. It falls short if the share is more than `budget_share`.",
            ),
            ("contacts_not_judged", "the past year’s contacts with officials, if there are fewer than five."),
        ],
        _ => return None,
    })
}
