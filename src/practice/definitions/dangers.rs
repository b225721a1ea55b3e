//! What the figures of the dangers and of the building of a network count.

use super::Definition;
use crate::practice::Practice;

/// The figures of a danger, or of the building of a network; none of the others.
pub(super) const fn figures(practice: Practice) -> Option<&'static [Definition]> {
    Some(match practice {
        Practice::Turf => &[(
            "grounds_shared_by_agreement",
            "of the grounds that two or more current members name under `turf`, those where every two of them are parties \
             to an agreement in force that names it under `shares_turf`: it is required of them, or their signature counts.",
        )],
        Practice::Domination => &[
            (
                "members_within_share_of_seats",
                "of the current members, those without too large a share (see `dominant-member`); likewise \
                 `members_within_share_of_chairs`, `..._proposals`, `..._contributions` and `..._attendance`.",
            ),
            (
                "seats_not_judged",
                "the entries of a sort that are too few, or of too few members, to judge; likewise `chairs_not_judged`, \
                 `proposals_not_judged`, `contributions_not_judged` and `attendance_not_judged`.",
            ),
        ],
        Practice::LostFocus => &[
            ("goals_with_a_need", "of the live goals, those with `community_need`."),
            (
                "goals_with_news",
                "of the live goals, those without news older than `goal_stale_days`. News is the latest date by today of the \
                 proposal, adoption, a reading, a step done or a position; of a held meeting with an action for it or with a \
                 decision about it on the agenda, or of that action done; of its decisions and their positions, its \
                 campaigns and contributions.",
            ),
            ("goals_in_time", "of the live goals with `due`, those that are not past it."),
            (
                "steps_in_time",
                "of the open steps of live goals with `due`, those that are at most `milestone_days` past it.",
            ),
            ("goals_with_a_target", "of the adopted goals, those whose `measure` has a `target`."),
        ],
        Practice::Leadership => &[
            (
                "seats_filled",
                "of the seats of committees at work whose term runs, those that someone who serves holds.",
            ),
            (
                "terms_not_expired",
                "of the filled seats and the seats whose term is over without a successor, the filled ones. A seat that is \
                 empty by now under a term of its own is counted under `seats_filled`. A successor is a seat that someone holds \
                 or is to hold, of the same role (`chair`, `chairperson` and `president` are one) and, as `member`, of the same \
                 `on_behalf_of` where both name one. It lasts longer, and begins later than the seat that ends and at most \
                 `term_notice_days` before its end, where both days are written; one without `start_date` must be held today. No seat \
                 follows two others. Likewise, one empty seat whose term runs stands for one term that is over.",
            ),
            (
                "ending_terms_with_a_successor",
                "of the filled seats whose term ends within `term_notice_days`, those that a successor follows within 31 \
                 days.",
            ),
            (
                "chairs_rotated",
                "of the chairs held by someone since a known day, those held for at most `chair_days`, and at most 365 days \
                 where it is a further term. Terms of one person with at most 31 days between them are counted together.",
            ),
            (
                "parts_in_serving_hands",
                "of the parts for which someone is named (see `departed-owner`), those in the hands of someone who has \
                 not departed; a committee's watcher counts once.",
            ),
        ],
        Practice::Recruitment => &[
            (
                "prospects_in_motion",
                "of the organizations identified or invited and no more, those whose last step or contact, with or by it \
                 or its people, is at most `recruit_days` ago.",
            ),
            (
                "recent_arrivals",
                "1 of 1 where a member joined or an advocate began at most `recruit_days` ago who is no founder; 0 of 1 where \
                 that, else the founding, is longer ago. Founders came by the day of the founding (else the first \
                 `joined`), or at most `settling_days` after it.",
            ),
            ("days_since_founding", "where only founders have come, and it is too early to judge."),
        ],
        Practice::Structure => &[
            (
                "committees_with_a_chair",
                "of the committees at work, those where someone who serves holds a seat as `chair`, `co-chair`, \
                 `chairperson` or `president` whose term runs.",
            ),
            ("committees_with_a_purpose", "of the committees at work, those with `purpose`."),
        ],
        Practice::PersonalContact => &[
            (
                "advocates_in_touch",
                "of the people who serve and were ever in contact, or have waited longer than is allowed: those in contact \
                 within `contact_days` (see `overdue-contact`).",
            ),
            (
                "advocates_with_contact_owner",
                "of the people who serve and are not too new for a note, those whose `contact_owner` is another person who \
                 serves or is unknown.",
            ),
            (
                "follow_ups_in_time",
                "of the promises that the last contact with a person, a member or an official in office makes under \
                 `follow_up`, those whose day is today or to come.",
            ),
        ],
        Practice::Constituencies => &[
            (
                "constituencies_present",
                "of `required_classifications` and `required_roles`, those that a current member or a person who serves has.",
            ),
            (
                "constituencies_active",
                "of these, those with a sign at most `contact_days` ago: the latest sign (see `members_heard_from`), \
                 contribution or start of any of them.",
            ),
        ],
        Practice::Notables => &[
            (
                "notables_asked",
                "of the notables who serve and were ever asked for something, or have waited longer than `notable_ask_days`, \
                 counted from the last ask or from `start_date`, whichever is later: those that have not waited longer.",
            ),
            (
                "public_people_asked_about_listing",
                "of the people who serve, have a public part and are not too new for a note, those with `listed = true`, or \
                 `listed = false` and a `recorded` by today. A public part is to represent a current member, to speak or hold \
                 a seat for a committee at work, to have signed an agreement in force, or to be a notable.",
            ),
        ],
        _ => return None,
    })
}
