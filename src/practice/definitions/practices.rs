//! What the figures of the fourteen practices count.

use super::Definition;
use crate::practice::Practice;

/// The figures of a practice of good coalitions; none of a danger, or of the building of a network.
pub(super) const fn figures(practice: Practice) -> Option<&'static [Definition]> {
    Some(match practice {
        Practice::GoodTimes => &[
            (
                "members_not_brought_by_a_crisis",
                "of the current members, those that did not join on day 1 to 365 after the latest campaign with \
                 `crisis = true` opened. Without such a campaign nothing is counted. It falls short where more than half \
                 did.",
            ),
            (
                "members_joined_in_quiet_quarters",
                "current members who joined in a quarter of a year in which no crisis campaign ran, from the quarter \
                 of `opens` to that of `closes`, or of today where that is earlier; without `closes`, the quarter of \
                 `opens`. Not counted where no crisis campaign has opened.",
            ),
        ],
        Practice::MutualSupport => &[
            (
                "requests_answered",
                "of the requests made by today that are settled (`closed` has come) or that another member helped \
                 with, and those of members who have not left that another member answered or that are older than \
                 `request_answer_days`: those that are settled or that another member helped with. An answer `no` is \
                 no help; any other is.",
            ),
            (
                "askers_that_answer",
                "of the current members who asked for help and either helped others, or could have: another member \
                 made a request on or after their `joined` that is settled or older than `request_answer_days`; those \
                 that ever helped another.",
            ),
            (
                "requests_answered_in_time",
                "of the requests counted first, those that another member helped with, or that were settled, by day \
                 `request_answer_days` after the request; help without a date is in time.",
            ),
            (
                "members_that_answered_unaffected",
                "members who helped with a request of another whose `affects` does not name them.",
            ),
        ],
        Practice::UnifyingIssues => &[
            (
                "goals_developed_together",
                "of the adopted goals, those that at least `goal_developers` members proposed or developed; no more are \
                 needed than there are current members.",
            ),
            (
                "goals_endorsed",
                "of the adopted goals, those that at least `goal_endorsers` current members support (a share is of the \
                 current members, rounded up; no more are needed than there are). A member supports a goal by its last \
                 word: `support` in the goal, or `agree` of an eligible member, by the day of the decision, in the \
                 decision that adopted it, which counts as said on the day of that position, else of the decision; of \
                 one day the goal counts. That decision names the goal, was adopted, and is the last one made by the \
                 date the goal was adopted. Who abstained or stood aside is neutral; who objected or blocked opposes.",
            ),
            (
                "goals_agreed_before_the_call",
                "of the live goals for which a campaign has opened, of adopted ones in the last year: those for which none \
                 ever opened before `adopted`. An adopted goal is not counted where campaigns opened before `adopted`, but \
                 none of these in the last year.",
            ),
        ],
        Practice::SelfInterest => &[
            (
                "members_with_interests",
                "of the current members, those with `interests`; who has none and is too new for a note is left out.",
            ),
            (
                "members_served",
                "of the current members with interests, those of which a live goal `serves` one; who is not served and is \
                 new is left out. Not counted where no live goal says what it serves.",
            ),
        ],
        Practice::InternalProcess => &[
            ("members_with_process", "of the current members, those with `approver` or `lead_days` under `[process]`."),
            (
                "decisions_with_time",
                "of the open decisions with `proposed` and `closes`, those where no eligible member's `lead_days` are more \
                 than the days between the two. Left out are emergencies (the decision, or its meeting, is tagged \
                 `emergency`; the meeting is of an emergency committee, or its name holds that word) and what was delegated \
                 without `eligible`.",
            ),
            (
                "signings_with_time",
                "the same of each time to sign an agreement in force that is not over, from its words to `sign_by`, for the \
                 members of which it is required and that had joined by its first day.",
            ),
        ],
        Practice::Diversity => &[
            ("sectors_with_members", "of `required_sectors`, those that a current member has."),
            (
                "objections_answered",
                "of the last words `object` and `block` on decisions that were made and were not rejected, withdrawn, \
                 deferred or replaced, and of the last words `oppose` on adopted goals, of members who have not left: \
                 those with `accommodation`.",
            ),
            (
                "revisits_in_time",
                "of the positions with `revisit` that still matter, those whose day is today or to come. A position no \
                 longer matters when its member has left or has said something else on that day or later, or when what it \
                 is about was rejected, withdrawn, replaced, met or dropped.",
            ),
        ],
        Practice::OpenCommunication => &[
            (
                "members_heard_from",
                "of the current members who were ever heard from, or were silent for longer than is allowed: those \
                 heard from within `contact_days` (the member's own, else the policy's), counted from the last sign or \
                 from `joined`, whichever is later. A sign is a contact with or by the member or its people, \
                 attendance of one of them at a meeting or in its chair, a dated position, an answer to a request of \
                 others, a request, or a finished action; a signature or a gift is none.",
            ),
            (
                "members_with_backup",
                "of the current members who are not `individual` and not new, and where someone else is there: those \
                 that name two different people who serve. No one else is there where the representative serves, no \
                 other person is named, and no other advocate of the member serves.",
            ),
            (
                "meetings_with_minutes",
                "of the meetings of the last year that were held and whose minutes were published, or are older than \
                 `minutes_days`: those that are not late. Late are minutes that are owed for longer than `minutes_days`, and \
                 the last published ones of a body (a committee, or all) where they took longer.",
            ),
            (
                "meetings_with_notice",
                "of the invitations to planned meetings that were sent or are late, and those to the last meeting of each body \
                 in the last year: those sent at least `notice_days` before. Emergencies are left out.",
            ),
            (
                "meetings_of_all_in_time",
                "1 of 1 where the last held meeting of the whole coalition (no `committee`, not called off) was at most \
                 `meeting_days` ago, else 0 of 1. Where only committees met, 0 of 1 once the \
                 founding is longer ago.",
            ),
            ("actions_owned", "of the open actions of held meetings, those whose `owner` serves or is unknown."),
            ("actions_in_time", "of the open actions with `due`, those that are not past it."),
        ],
        Practice::SingleMessage => &[
            ("goals_with_a_message", "of the adopted goals, those with `message`."),
            (
                "goals_with_one_message",
                "of the live goals for which they or their open campaigns say something, those for which all say the same.",
            ),
            (
                "campaigns_on_message",
                "of the campaigns that have not closed and have a message that can be compared, those that say what they \
                 should: the message of their live goal; where there is no goal or it has no message, the coalition's.",
            ),
            (
                "short_messages",
                "of the different messages of the coalition, of live goals and of campaigns that have not closed, those with \
                 at most `message_words` words that hold a letter or a digit.",
            ),
        ],
        Practice::DecisionStructure => &[
            (
                "decisions_with_structure",
                "of the decisions proposed by today and not decided before the last year, those that lack nothing: \
                 `method`; while open `closes`; once adopted or rejected `decided`; once decided `result`. Withdrawn ones \
                 lack nothing.",
            ),
            ("open_decisions_in_time", "of the open decisions with `closes`, those that are not past it."),
            (
                "decisions_with_quorum",
                "of the decisions of the last year with a position or a `[tally]` that were adopted or rejected, or made \
                 without a result, and have someone eligible: those where at least quorum times the eligible members, \
                 rounded up, were heard. Delegated ones count only with a `quorum` of their own. Heard are eligible members \
                 with a position by that day, or all that the tally counts.",
            ),
            (
                "votes_borne_out",
                "of the decisions of the last year with a position or a tally that were adopted or rejected by a method other \
                 than `delegated`: those whose result the count gives (see `wrong-result`).",
            ),
            (
                "consensus_without_open_block",
                "of the decisions of the last year with a position or a tally that were adopted by consensus: those \
                 without a block that has no `accommodation`, also of a member who might not take part. A block that \
                 only the tally counts has none.",
            ),
        ],
        Practice::FairCredit => &[
            (
                "contributions_acknowledged",
                "of the contributions made by today that were thanked for or are older than `credit_days`: those with an \
                 acknowledgement by today.",
            ),
            (
                "givers_ever_thanked",
                "of the current members with a contribution older than `credit_days`, their own or of their people: those \
                 ever thanked for one.",
            ),
            ("contributions_waiting", "contributions not thanked for that are not older than `credit_days`."),
        ],
        Practice::FormalAgreements => &[
            (
                "members_bound",
                "of the current members, those of whom something is required and whose required signatures all count; no figure \
                 where nothing is required of anyone.",
            ),
            (
                "signatures_counting",
                "of the required signatures, those that count: the number that `verify` and `report signatures` tell. While \
                 the time for a renewal runs, the earlier signature counts. An agreement that has expired, and that no one has \
                 ended, still requires its signatures, and none of them counts.",
            ),
            (
                "agreements_with_rights_and_responsibilities",
                "of the agreements in force, those with `rights` and `responsibilities`.",
            ),
        ],
        Practice::CallToAction => &[
            (
                "campaigns_with_an_aim",
                "of the campaigns that have opened or name no first day, those with `goal` and `audience`.",
            ),
            (
                "campaigns_with_an_outcome",
                "of the closed campaigns that have an `outcome` or closed more than `outcome_days` ago, those that have one. \
                 A campaign is closed from the day after `closes`.",
            ),
            ("people_reached_last_year", "the sum of `reach` of the campaigns that closed in the last year."),
            ("people_that_acted_last_year", "the sum of their `responses`."),
        ],
        Practice::EmergencyResponse => &[
            (
                "emergency_committees",
                "1 of 1 where a committee at work has `emergency = true`; 0 of 1 where none has, the coalition has six \
                 current members or more, and it is not new.",
            ),
            (
                "hours_covered",
                "of the 168 hours of the week those, rounded down, in which someone can be reached: a watch of an emergency \
                 committee by a person who serves and has a `phone` or `mobile` among the `contact_details` whose \
                 `valid_from` and `valid_until` include today. A gap of a minute is none.",
            ),
            (
                "committees_with_a_deputy",
                "of the emergency committees, those where someone who serves and is not the chair holds a seat as `deputy`, \
                 `vice-chair`, `deputy-chair` or `co-chair`. Where no one is `chair`, `chairperson` or `president`, the first \
                 `co-chair` of the file is the chair.",
            ),
            (
                "drills_in_time",
                "of those with a drill or with one overdue, those whose last drill, else `start_date`, else the \
                 founding, is at most `drill_days` ago.",
            ),
            ("committees_with_powers", "of the emergency committees, those with `powers`."),
        ],
        Practice::YearRound => &[
            (
                "officials_in_touch",
                "of the officials in office, those with a contact at most `official_contact_days` ago. One without any contact \
                 has not heard from us.",
            ),
            (
                "contacts_in_budget_season",
                "of the last year's contacts with officials, those in a month of `budget_months`; from five contacts on, and \
                 where these are not all months. It falls short where they are more than `budget_share`.",
            ),
            ("contacts_not_judged", "the contacts of the last year where there are fewer than five."),
        ],
        _ => return None,
    })
}
