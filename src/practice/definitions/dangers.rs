//! What the figures of the dangers and of the building of a network count.

use super::Definition;
use crate::practice::Practice;

/// The figures of a danger, or of the building of a network; none of the others.
pub(super) const fn figures(practice: Practice) -> Option<&'static [Definition]> {
    Some(match practice {
        Practice::Turf => &[(
            "grounds_shared_by_agreement",
            "areas that an agreement shares, out of the areas that two or more current members name under `turf`. \
                 For each pair of these members, an agreement in force must name the area under `shares_turf` and have \
                 both as parties: they must sign it, or they have a valid signature on it.",
        )],
        Practice::Domination => &[
            (
                "members_within_share_of_seats",
                "current members whose share is not too large (see `dominant-member`), out of all current members. \
                 There are four more of the same kind: `members_within_share_of_chairs`, `..._proposals`, \
                 `..._contributions` and `..._attendance`.",
            ),
            (
                "seats_not_judged",
                "the number of entries, if there are too few of them or too few members to judge. There are four more \
                 of the same kind: `chairs_not_judged`, `proposals_not_judged`, `contributions_not_judged` and \
                 `attendance_not_judged`.",
            ),
        ],
        Practice::LostFocus => &[
            ("goals_with_a_need", "live goals with `community_need`, out of all live goals."),
            (
                "goals_with_news",
                "live goals whose latest news is at most `goal_stale_days` old, out of all live goals. News is any of \
                 these, dated today or earlier: the proposal, the adoption, a progress measurement, a finished \
                 milestone, a position, a meeting that agreed on an action for the goal or had a decision about it on \
                 the agenda, such an action when it is done, a decision about the goal and the positions on it, a \
                 campaign, or a contribution.",
            ),
            ("goals_in_time", "live goals that are not overdue, out of the live goals with `due`."),
            (
                "steps_in_time",
                "open milestones that are at most `milestone_days` overdue, out of the open milestones of live goals \
                 with `due`.",
            ),
            ("goals_with_a_target", "adopted goals whose `measure` has a `target`, out of all adopted goals."),
        ],
        Practice::Leadership => &[
            (
                "seats_filled",
                "seats that a current person holds, out of the seats of active committees whose term is running.",
            ),
            (
                "terms_not_expired",
                "filled seats, out of the filled seats and the seats whose term has ended without a successor. A seat \
                 that is empty in the middle of its own term belongs to `seats_filled` instead. A successor is a seat \
                 with the same role (`chair`, `chairperson` and `president` are one) that someone holds or will hold \
                 and that ends later; for `member`, it also has the same `on_behalf_of` if both seats name one. If \
                 both dates are known, its term begins after that of the seat that ends, and at most \
                 `term_notice_days` before its end; without a `start_date`, someone must hold it today. One seat \
                 cannot succeed two others. In the same way, one empty seat whose term is running makes up for only \
                 one term that has ended.",
            ),
            (
                "ending_terms_with_a_successor",
                "filled seats with a successor within 31 days of the end, out of the filled seats whose term ends \
                 within `term_notice_days`.",
            ),
            (
                "chairs_rotated",
                "chairs in office for at most `chair_days`, out of the chairs with a known first date. In a further \
                 term, the limit is at most 365 days. Terms of one person with at most 31 days between them count as \
                 one time in office.",
            ),
            (
                "parts_in_serving_hands",
                "tasks assigned to someone who has not left, out of the tasks assigned to anyone (see \
                 `departed-owner`). A person on call for a committee counts once.",
            ),
        ],
        Practice::Recruitment => &[
            (
                "prospects_in_motion",
                "prospects whose last step or contact was at most `recruit_days` ago, out of the organizations someone identified or invited that have not joined or declined. A contact is one with or by the organization or its \
                 people.",
            ),
            (
                "recent_arrivals",
                "1 of 1 if a member joined or a person began at most `recruit_days` ago and is not a founder; 0 of 1 \
                 if the last one (or, without one, the founding) is longer ago. Founders are those who joined by the \
                 founding date (or, without one, by the first `joined`), or at most `settling_days` after it.",
            ),
            (
                "days_since_founding",
                "the days since the founding, if only founders have joined and it is too early to judge.",
            ),
        ],
        Practice::Structure => &[
            (
                "committees_with_a_chair",
                "active committees where a current person holds a seat as `chair`, `co-chair`, `chairperson` or \
                 `president` whose term is running, out of all active committees.",
            ),
            ("committees_with_a_purpose", "active committees with `purpose`, out of all active committees."),
        ],
        Practice::PersonalContact => &[
            (
                "advocates_in_touch",
                "current people in contact within `contact_days` (see `overdue-contact`), out of those who have ever \
                 been in contact or have waited longer than that.",
            ),
            (
                "advocates_with_contact_owner",
                "current people whose `contact_owner` is another current person or unknown to the ledger, out of the \
                 current people who are not too new for a note.",
            ),
            (
                "follow_ups_in_time",
                "promised follow-ups whose date has not passed, out of the `follow_up` dates that are still open of \
                 contacts with people, members and officials in office: no one has logged a contact on that date or \
                 later, or `followed_up`.",
            ),
        ],
        Practice::Constituencies => &[
            (
                "constituencies_present",
                "constituencies that a current member or a current person belongs to, out of those in \
                 `required_classifications` and `required_roles`.",
            ),
            (
                "constituencies_active",
                "constituencies heard from at most `contact_days` ago, out of those in `constituencies_present`. What \
                 counts is the latest time the coalition heard from any of them (see `members_heard_from`), made a \
                 contribution, or started.",
            ),
        ],
        Practice::Notables => &[
            (
                "notables_asked",
                "current notables who have not waited longer than `notable_ask_days`, out of the current notables who \
                 were ever asked for something or have waited longer. Counting starts at the last request or at \
                 `start_date`, whichever is later.",
            ),
            (
                "public_people_asked_about_listing",
                "people with `listed = true`, or with `listed = false` and a `recorded` date that is today or earlier, \
                 out of the current people with a public role who are not too new for a note. People have a public \
                 role if they represent a current member, speak or hold a seat for an active committee, signed an \
                 agreement in force, or are notables.",
            ),
        ],
        _ => return None,
    })
}
