//! Always recruiting: who is on the way into the coalition, who waits, and when someone last came.

use super::Evidence;
use super::signs::Signs;
use super::wait::Wait;
use crate::document::words;
use crate::ledger::AsOf;
use crate::record::member::Stage;
use crate::record::{AnyRecord, Member, Record, by_name};
use crate::source::Span;
use chrono::NaiveDate;

/// An organization that was thought of or asked and has not answered yet.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PursuedProspect<'l> {
    /// Its record.
    pub member: &'l Record<Member>,
    /// Identified or invited.
    pub stage: Stage,
    /// The day of the last step: when it was thought of or asked, or the last contact with it or its people, or by them.
    pub last_step: NaiveDate,
    /// Where that day stands in its own record; none if the contact is in another record.
    pub place: Option<Span>,
    /// How long it has waited since.
    pub wait: Wait,
}

/// All prospects, those that have waited longest first.
pub(crate) fn prospects(as_of: AsOf<'_>) -> Vec<PursuedProspect<'_>> {
    let contacts = Signs::of_contacts(as_of);
    let mut prospects: Vec<PursuedProspect<'_>> =
        as_of.ledger.members.iter().filter_map(|member| prospect(as_of, &contacts, member)).collect();
    prospects.sort_by(|a, b| a.last_step.cmp(&b.last_step).then_with(|| by_name(a.member, b.member)));
    prospects
}

fn prospect<'l>(as_of: AsOf<'l>, contacts: &Signs<'l>, member: &'l Record<Member>) -> Option<PursuedProspect<'l>> {
    let stage = member.stage(as_of.today);
    if !matches!(stage, Stage::Identified | Stage::Invited) {
        return None;
    }
    let contacted = member.contacts.iter().filter_map(|contact| contact.date);
    let steps = [member.identified, member.invited].into_iter().flatten().chain(contacted);
    let step = steps.filter(|day| day.value <= as_of.today).max_by_key(|day| day.value);
    let elsewhere = contacts.last_sign(&member.key).map(|sign| sign.date);
    let last_step = step.map(|day| day.value).max(elsewhere)?;
    let place = step.filter(|day| day.value == last_step).map(|day| day.span);
    let wait = Wait::new(as_of, last_step, as_of.policy().recruit_days());
    Some(PursuedProspect { member, stage, last_step, place, wait })
}

/// Who came last, and when.
#[derive(Clone, Copy)]
pub(crate) struct Newest<'l> {
    /// The record.
    pub record: &'l dyn AnyRecord,
    /// The day.
    pub date: NaiveDate,
}

/// The member who joined last, even if it has left since.
pub(crate) fn newest_member(as_of: AsOf<'_>) -> Option<Newest<'_>> {
    let joined = as_of
        .ledger
        .members
        .iter()
        .filter_map(|member| Some(Newest { record: member as &dyn AnyRecord, date: as_of.past(&member.joined)? }));
    newest(joined)
}

/// The advocate who began last, even if service has ended since.
pub(crate) fn newest_advocate(as_of: AsOf<'_>) -> Option<Newest<'_>> {
    let began = as_of.ledger.advocates.iter().filter_map(|advocate| {
        Some(Newest { record: advocate as &dyn AnyRecord, date: as_of.past(&advocate.start_date)? })
    });
    newest(began)
}

fn newest<'l>(all: impl Iterator<Item = Newest<'l>>) -> Option<Newest<'l>> {
    all.max_by(|a, b| a.date.cmp(&b.date).then_with(|| b.record.key().cmp(a.record.key())))
}

/// When someone last came who is no founder. Founders are those who joined by the day the coalition was founded (else the
/// first member joined), or at most `settling_days` after it.
pub(crate) fn last_recruit(as_of: AsOf<'_>) -> Option<NaiveDate> {
    let settled = |day: &NaiveDate| {
        let founding = as_of.policy().settling_days();
        as_of.beginning().is_none_or(|beginning| (*day - beginning).num_days() > founding)
    };
    let members = as_of.ledger.members.iter().filter_map(|member| as_of.past(&member.joined));
    let advocates = as_of.ledger.advocates.iter().filter_map(|advocate| as_of.past(&advocate.start_date));
    members.chain(advocates).filter(settled).max()
}

/// The day from which the time without anyone new counts: when the last recruit came, else the founding. No one is missed in
/// a coalition without members.
pub(crate) fn last_arrival(as_of: AsOf<'_>) -> Option<NaiveDate> {
    as_of.current_members().next()?;
    last_recruit(as_of).or_else(|| as_of.beginning().filter(|day| *day <= as_of.today))
}

/// Whether no one new has come for longer than `recruit_days` allows.
pub(crate) fn is_standing_still(as_of: AsOf<'_>) -> bool {
    last_arrival(as_of).is_some_and(|last| as_of.exceeds(last, as_of.policy().recruit_days()))
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let prospects = prospects(as_of);
    let of = prospects.len();
    let moving = prospects.iter().filter(|prospect| !prospect.wait.is_over()).count();
    let all = words::count_of(of, "prospect was", "prospects were");
    let limit = words::days(as_of.policy().recruit_days());
    let text = format!("{moving} of {all} approached or contacted within {limit}");
    let (recruit, days) = (last_recruit(as_of), as_of.policy().recruit_days());
    let evidence = Evidence::default().part("prospects_in_motion", moving, of, text).with_figure(
        "prospects_in_motion",
        "limit_days",
        days,
    );
    let Some(since) = last_arrival(as_of) else { return evidence };
    let ago = as_of.days_since(since);
    let distance = words::distance(since, as_of.today);
    match recruit {
        // Founders are no recruits, and a young coalition has not failed to find any.
        None if !is_standing_still(as_of) => {
            evidence.figure("days_since_founding", usize::try_from(ago).unwrap_or_default(), {
                format!("founded {distance}, and no one has joined since: too early to judge")
            })
        }
        None => evidence.part("recent_arrivals", 0, 1, format!("no one has joined since the founding, {distance}")),
        Some(_) => {
            let recent = usize::from(!is_standing_still(as_of));
            evidence.part("recent_arrivals", recent, 1, format!("the last new member or person joined {distance}"))
        }
    }
    .with_figure("recent_arrivals", "days_ago", ago)
    .with_figure("recent_arrivals", "limit_days", days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::load;
    use crate::source::memory::Memory;

    fn stalled(dates: &str) -> Option<bool> {
        let mut files = crate::check::base_ledger();
        let text = format!("name = \"Courier\"\nclassification = \"media\"\n{dates}");
        files.put("members/courier.toml", text.as_bytes());
        let ledger = load(&files).unwrap();
        let as_of = AsOf::new(&ledger, "2026-06-15".parse().unwrap());
        prospects(as_of).first().map(|prospect| prospect.wait.is_over())
    }

    #[test]
    fn a_prospect_waits_from_its_last_step() {
        assert_eq!(stalled("identified = 2025-12-17\n"), Some(false));
        assert_eq!(stalled("identified = 2025-12-16\n"), Some(true));
        assert_eq!(stalled("identified = 2025-01-01\ninvited = 2025-12-17\n"), Some(false));
        assert_eq!(stalled("identified = 2025-01-01\n[[contacts]]\ndate = 2026-01-01\n"), Some(false));
        assert_eq!(stalled("identified = 2025-01-01\n[[contacts]]\ndate = 2026-06-16\n"), Some(true));
        assert_eq!(stalled("invited = 2025-01-01\ndeclined = 2025-02-01\n"), None);
        assert_eq!(stalled("invited = 2025-01-01\njoined = 2025-02-01\n"), None);
    }

    #[test]
    fn a_contact_with_or_by_the_people_of_a_prospect_counts() {
        let step = |person: &str, path: &str, text: &str| {
            let mut files = crate::check::base_ledger();
            files
                .put("members/courier.toml", b"name = \"Courier\"\nclassification = \"media\"\ninvited = 2025-01-01\n");
            let person = format!("name = \"Cal\"\nmember = \"courier\"\n{person}");
            files.put("advocates/cal.toml", person.as_bytes());
            files.put(path, text.as_bytes());
            let ledger = load(&files).unwrap();
            let prospects = prospects(AsOf::new(&ledger, "2026-06-15".parse().unwrap()));
            (prospects[0].last_step.to_string(), prospects[0].place.is_some())
        };
        let expected = |day: &str, is_own: bool| (day.to_owned(), is_own);
        assert_eq!(step("[[contacts]]\ndate = 2026-06-05\n", "x/x.toml", ""), expected("2026-06-05", false));
        assert_eq!(step("[[contacts]]\ndate = 2026-06-16\n", "x/x.toml", ""), expected("2025-01-01", true));
        let by = "name = \"Eve\"\n[[contacts]]\ndate = 2026-06-04\nby = \"cal\"\n";
        assert_eq!(step("", "officials/eve.toml", by), expected("2026-06-04", false));
        let other = "name = \"Eve\"\n[[contacts]]\ndate = 2026-06-04\nby = \"ana-lopez\"\n";
        assert_eq!(step("", "officials/eve.toml", other), expected("2025-01-01", true));
    }

    #[test]
    fn founders_are_no_recruits() {
        let evidence_of = |joined: &str, today: &str| {
            let mut files = crate::check::base_ledger();
            files.put("coalition.toml", b"name = \"X\"\nfounded = 2026-03-07\n");
            for id in ["alder-friends", "birch-library"] {
                let text = format!("name = \"{id}\"\nclassification = \"other\"\njoined = 2026-03-01\n");
                files.put(&format!("members/{id}.toml"), text.as_bytes());
            }
            files.put(
                "members/new.toml",
                format!("name = \"N\"\nclassification = \"other\"\njoined = {joined}\n").as_bytes(),
            );
            let ledger = load(&files).unwrap();
            let evidence = evidence(AsOf::new(&ledger, today.parse().unwrap()));
            let [counted] = evidence.counted.as_slice() else { panic!("{evidence:?}") };
            (counted.name, counted.count, counted.of)
        };
        assert_eq!(evidence_of("2026-04-06", "2026-06-15"), ("days_since_founding", 100, None));
        assert_eq!(
            evidence_of("2026-04-06", "2026-09-04"),
            ("recent_arrivals", 0, Some(1)),
            "181 days after the founding"
        );
        assert_eq!(
            evidence_of("2026-04-07", "2026-06-15"),
            ("recent_arrivals", 1, Some(1)),
            "31 days after the founding"
        );
        assert_eq!(evidence_of("2026-04-07", "2026-10-05"), ("recent_arrivals", 0, Some(1)));
    }

    fn stands_still(files: &Memory, today: &str) -> bool {
        let ledger = load(files).unwrap();
        is_standing_still(AsOf::new(&ledger, today.parse().unwrap()))
    }

    #[test]
    fn half_a_year_may_pass_without_anybody_new() {
        let mut files = crate::check::base_ledger();
        // The last member joined on May 20, 2026.
        assert!(!stands_still(&files, "2026-11-16") && stands_still(&files, "2026-11-17"));
        files.put("advocates/eva-holt.toml", b"name = \"Eva Holt\"\nstart_date = 2026-05-21\n");
        assert!(!stands_still(&files, "2026-11-17") && stands_still(&files, "2026-11-18"));
        files.remove("members/alder-friends.toml");
        files.remove("members/birch-library.toml");
        assert!(!stands_still(&files, "2027-06-15"), "there is no one to recruit for");
    }

    #[test]
    fn the_scorecard_counts_what_the_checks_judge() {
        let ledger = load(&crate::source::disk::Disk::new("examples/riverton")).unwrap();
        let evidence = evidence(AsOf::new(&ledger, "2026-11-22".parse().unwrap()));
        let counts: Vec<_> = evidence.counted.iter().map(|one| (one.name, one.count, one.of)).collect();
        let expected = [("prospects_in_motion", 2, Some(2)), ("recent_arrivals", 1, Some(1))];
        assert_eq!(counts, expected);
    }
}
