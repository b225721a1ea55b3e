//! No one is left out: what a ledger shows of it.

use super::actions::open_actions;
use super::meetings::{apart_since, is_long_ago, last_of_all};
use super::minutes::{minutes, notices};
use super::representation::{gap, members_to_represent};
use super::signs::{ContactSign, Signs};
use super::wait::{Wait, start};
use super::{Evidence, with_time_left};
use crate::document::words;
use crate::ledger::AsOf;
use crate::record::{Member, Record};

/// A current member, and when it was last heard from.
#[derive(Clone, Copy)]
pub(crate) struct Heard<'l> {
    /// The member.
    pub member: &'l Record<Member>,
    /// The last sign.
    pub last: Option<ContactSign<'l>>,
    /// How long ago that was; where there was none, since the member joined.
    pub wait: Option<Wait>,
}

impl Heard<'_> {
    /// Whether something can be said: it was heard from, or should have been by now.
    pub(crate) fn is_judged(&self) -> bool {
        self.wait.is_some() && (self.last.is_some() || self.is_silent())
    }

    /// Whether the member has been silent for too long.
    pub(crate) fn is_silent(&self) -> bool {
        self.wait.is_some_and(|wait| wait.is_over())
    }
}

/// The current members, and when each was last heard from, in path order.
pub(crate) fn members(as_of: AsOf<'_>) -> Vec<Heard<'_>> {
    let signs = Signs::of(as_of);
    as_of
        .current_members()
        .map(|member| {
            let last = signs.last_sign(&member.key);
            let limit =
                member.contact_days.as_ref().map_or(as_of.policy().contact_days(), |days| i64::from(days.value));
            let wait = Wait::since_contact(as_of, last.map(|sign| sign.date), start(as_of, &member.joined), limit);
            Heard { member, last, wait }
        })
        .collect()
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let members = members(as_of);
    let judged = members.iter().filter(|one| one.is_judged()).count();
    let heard = members.iter().filter(|one| one.is_judged() && !one.is_silent()).count();
    let backed = members_to_represent(as_of).filter(|member| gap(as_of, member).is_none()).count();
    let noun = ["member", "members"];
    let time = with_time_left(members.len() - judged);
    let represented = members_to_represent(as_of).count();
    let words = match as_of.current_members().count().saturating_sub(represented) {
        0 => "named two people who can speak for them".to_owned(),
        1 => "named two people who can speak for them (1 more is new, or has no one else to name)".to_owned(),
        others => {
            format!("named two people who can speak for them ({others} more are new, or have no one else to name)")
        }
    };
    let words = words.as_str();
    Evidence::default()
        .part_that(
            "members_heard_from",
            heard,
            judged,
            noun,
            [
                &format!("has been heard from recently enough{time}"),
                &format!("have been heard from recently enough{time}"),
            ],
        )
        .part_of("members_with_backup", backed, represented, noun, words)
        .and(meeting_evidence(as_of))
}

/// The figures of meetings: minutes, invitations, actions.
fn meeting_evidence(as_of: AsOf<'_>) -> Evidence {
    let minutes = minutes(as_of);
    let known = minutes.iter().filter(|minutes| !minutes.late).count();
    let notices: Vec<_> = notices(as_of).into_iter().filter(|notice| notice.sent.is_some() || notice.late).collect();
    let invited = notices.iter().filter(|notice| !notice.late).count();
    let apart = apart_since(as_of);
    // Where it never met, it is judged once it should have.
    let never = last_of_all(as_of).is_none();
    let apart = apart.filter(|since| !never || is_long_ago(as_of, *since));
    let recent = usize::from(apart.is_some_and(|since| !is_long_ago(as_of, since)));
    let met = apart.map(|since| match (never, words::distance(since, as_of.today)) {
        (true, founded) => format!("the whole coalition has not met since it was founded {founded}"),
        (false, last) => format!("the whole coalition last met {last}"),
    });
    let actions: Vec<_> = open_actions(as_of).collect();
    let owned = actions.iter().filter(|action| action.is_owned).count();
    let dated: Vec<_> = actions.iter().filter(|action| action.action.due.is_some()).collect();
    let in_time = dated.iter().filter(|action| action.days_overdue.is_none()).count();
    Evidence::default()
        .part_that(
            "meetings_with_minutes",
            known,
            minutes.len(),
            ["meeting", "meetings"],
            ["has its minutes", "have their minutes"],
        )
        .part_that(
            "meetings_with_notice",
            invited,
            notices.len(),
            ["invitation", "invitations"],
            ["was sent on time", "were sent on time"],
        )
        .part("meetings_of_all_in_time", recent, usize::from(apart.is_some()), met.unwrap_or_default())
        .part_that(
            "actions_owned",
            owned,
            actions.len(),
            ["open action", "open actions"],
            ["has a responsible person", "have a responsible person"],
        )
        .part_that(
            "actions_in_time",
            in_time,
            dated.len(),
            ["open action", "open actions"],
            ["with a due date is on time", "with a due date are on time"],
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;

    fn date(text: &str) -> chrono::NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_member_is_silent_after_the_last_day_that_is_allowed() {
        let ledger = load(&base_ledger()).unwrap();
        let silent = |today: &str| {
            let as_of = AsOf::new(&ledger, date(today));
            members(as_of).iter().filter(|one| one.is_silent()).count()
        };
        // The contacts of May 28 are the last sign of both.
        assert_eq!((silent("2026-08-26"), silent("2026-08-27")), (0, 2));
    }

    #[test]
    fn a_member_may_have_a_time_of_its_own_and_counts_from_the_day_it_joined() {
        let mut files = base_ledger();
        files.put("members/elm.toml", b"name = \"Elm\"\njoined = 2026-06-01\ncontact_days = 10\n");
        let ledger = load(&files).unwrap();
        let silent = |today: &str| {
            let as_of = AsOf::new(&ledger, date(today));
            members(as_of).iter().any(|one| one.member.key.id.as_ref() == "elm" && one.is_silent())
        };
        assert!(!silent("2026-06-11") && silent("2026-06-12"));
    }

    #[test]
    fn the_evidence_counts_who_is_well() {
        let ledger = load(&base_ledger()).unwrap();
        let evidence = evidence(AsOf::new(&ledger, date("2026-06-15")));
        let texts: Vec<_> = evidence.counted.iter().map(|one| one.text.as_str()).collect();
        let expected = [
            "2 of 2 members have been heard from recently enough",
            "1 of 1 member named two people who can speak for them (1 more is new, or has no one else to name)",
        ];
        assert_eq!(texts, expected);
    }

    #[test]
    fn the_evidence_counts_meetings_and_actions() {
        let fields = "date = 2026-06-02\n[[actions]]\nwhat = \"a\"\n[[actions]]\nwhat = \"b\"\nowner = \"ana-lopez\"\ndue = 2026-06-15\n\
                      [[actions]]\nwhat = \"c\"\nowner = \"ana-lopez\"\ndue = 2026-06-14\n[[actions]]\nwhat = \"d\"\ndone = 2026-06-03\n";
        let mut files = base_ledger();
        files.put("meetings/june.toml", format!("name = \"June\"\n{fields}").as_bytes());
        files.put("meetings/july.toml", b"name = \"July\"\ndate = 2026-07-01\n[[actions]]\nwhat = \"e\"\n");
        let ledger = load(&files).unwrap();
        let evidence = meeting_evidence(AsOf::new(&ledger, date("2026-06-15")));
        let parts: Vec<_> = evidence.counted.iter().map(|part| (part.name, part.count, part.of)).collect();
        let met = ("meetings_of_all_in_time", 1, Some(1));
        assert_eq!(parts, [met, ("actions_owned", 2, Some(3)), ("actions_in_time", 1, Some(2))]);
    }
}
