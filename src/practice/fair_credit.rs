//! Credit is shared: what was given, and whether anyone was thanked for it.

use super::Evidence;
use crate::document::words::{count_of, noun_form, part_of};
use crate::ledger::AsOf;
use crate::parse::collation::by_place;
use crate::record::{AnyRecord, Contribution, Member, Record, by_name};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Something that was given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gift<'l> {
    /// The contribution.
    pub contribution: &'l Record<Contribution>,
    /// The day.
    pub date: NaiveDate,
    /// The member who gave it, or the one of the person who did.
    pub member: Option<&'l Record<Member>>,
    /// Whether thanks were given by now; thanks without a date count.
    pub is_thanked: bool,
}

impl Gift<'_> {
    /// Whether thanks are due for longer than `credit_days` allows.
    pub(crate) fn is_late(&self, as_of: AsOf<'_>) -> bool {
        !self.is_thanked && self.is_ripe(as_of)
    }

    /// The name of the member who gave it, or of the person; nothing where no one wrote it down.
    fn giver_name<'a>(&'a self, as_of: AsOf<'a>) -> &'a str {
        let person = || self.contribution.advocate.as_ref().map(|person| as_of.ledger.name_of(&person.value));
        self.member.map(|member| member.name()).or_else(person).unwrap_or_default()
    }

    /// Whether it is so long ago that thanks should have been given.
    fn is_ripe(&self, as_of: AsOf<'_>) -> bool {
        as_of.exceeds(self.date, as_of.policy().credit_days())
    }
}

/// What was given by now, the oldest first, of one day by the giver's name.
pub(crate) fn gifts(as_of: AsOf<'_>) -> Vec<Gift<'_>> {
    let mut gifts: Vec<Gift<'_>> = as_of.ledger.contributions.iter().filter_map(|one| gift(as_of, one)).collect();
    gifts.sort_by(|a, b| {
        let by_giver = || by_place(a.giver_name(as_of), b.giver_name(as_of));
        a.date.cmp(&b.date).then_with(by_giver).then_with(|| by_name(a.contribution, b.contribution))
    });
    gifts
}

fn gift<'l>(as_of: AsOf<'l>, contribution: &'l Record<Contribution>) -> Option<Gift<'l>> {
    let member = as_of.ledger.on_behalf_of(&contribution.member, &contribution.advocate);
    Some(Gift {
        contribution,
        date: as_of.past(&contribution.date)?,
        member: member.and_then(|member| as_of.ledger.members.get(member)),
        is_thanked: contribution.acknowledgements.iter().any(|thanks| as_of.may_have_come(&thanks.date)),
    })
}

/// What thanks are still to be given for, the oldest first.
pub(crate) fn uncredited_gifts(as_of: AsOf<'_>) -> impl Iterator<Item = Gift<'_>> {
    gifts(as_of).into_iter().filter(|gift| !gift.is_thanked)
}

/// What a current member gave, where thanks for some of it should have been given by now.
#[derive(Debug, Clone)]
pub(crate) struct Giver<'l> {
    /// The member.
    pub member: &'l Record<Member>,
    /// Its contributions, the oldest first.
    pub gifts: Vec<Gift<'l>>,
}

impl Giver<'_> {
    /// Whether it was never thanked for anything.
    pub(crate) fn was_never_thanked(&self) -> bool {
        !self.gifts.iter().any(|gift| gift.is_thanked)
    }
}

/// The current members who should have been thanked for something by now, in the order of their ids.
pub(crate) fn givers(as_of: AsOf<'_>) -> Vec<Giver<'_>> {
    let mut by_member: BTreeMap<&str, Giver<'_>> = BTreeMap::new();
    for gift in gifts(as_of) {
        let Some(member) = gift.member.filter(|member| member.is_current(as_of.today)) else { continue };
        let giver = by_member.entry(&*member.key.id).or_insert(Giver { member, gifts: Vec::new() });
        giver.gifts.push(gift);
    }
    by_member.into_values().filter(|giver| giver.gifts.iter().any(|gift| gift.is_ripe(as_of))).collect()
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let gifts = gifts(as_of);
    let judged: Vec<_> = gifts.iter().filter(|gift| gift.is_thanked || gift.is_ripe(as_of)).collect();
    let thanked = judged.iter().filter(|gift| gift.is_thanked).count();
    let waiting = gifts.len() - judged.len();
    let givers = givers(as_of);
    let known = givers.iter().filter(|giver| !giver.was_never_thanked()).count();
    let evidence = Evidence::default()
        .part(
            "contributions_acknowledged",
            thanked,
            judged.len(),
            format!("{} acknowledged", part_of(thanked, judged.len(), "contribution was", "contributions were")),
        )
        .part(
            "givers_ever_thanked",
            known,
            givers.len(),
            format!(
                "{known} of {} who gave something {} been thanked at least once",
                count_of(givers.len(), "member", "members"),
                noun_form(if givers.len() == 1 { 1 } else { known }, "has", "have")
            ),
        );
    if waiting == 0 {
        return evidence;
    }
    let recent = count_of(waiting, "recent contribution", "recent contributions");
    evidence.figure("contributions_waiting", waiting, format!("{recent} not yet acknowledged"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::load;

    /// How many contributions are late, and how many givers were never thanked, when a gift is so many days old.
    fn judged(date: &str, more: &str) -> (usize, usize) {
        let mut files = crate::check::base_ledger();
        let gift = format!("name = \"Tea\"\nadvocate = \"ben-okoro\"\nkind = \"food\"\ndate = {date}\n{more}");
        files.put("contributions/tea.toml", gift.as_bytes());
        let ledger = load(&files).unwrap();
        let as_of = AsOf::new(&ledger, "2026-06-15".parse().unwrap());
        let late = gifts(as_of).iter().filter(|gift| gift.is_late(as_of)).count();
        (late, givers(as_of).iter().filter(|giver| giver.was_never_thanked()).count())
    }

    #[test]
    fn thanks_are_late_after_sixty_days() {
        assert_eq!(judged("2026-04-16", ""), (0, 0));
        assert_eq!(judged("2026-04-15", ""), (1, 1));
        assert_eq!(judged("2026-06-16", ""), (0, 0), "it has not happened");
    }

    #[test]
    fn thanks_count_from_their_day() {
        assert_eq!(judged("2026-01-01", "[[acknowledgements]]\ndate = 2026-06-15\n"), (0, 0));
        assert_eq!(judged("2026-01-01", "[[acknowledgements]]\ndate = 2026-06-16\n"), (1, 1));
        assert_eq!(judged("2026-01-01", "[[acknowledgements]]\nwhere = \"Minutes\"\n"), (0, 0));
    }

    #[test]
    fn what_is_recent_is_not_judged() {
        let mut files = crate::check::base_ledger();
        let gift = "name = \"Tea\"\nmember = \"birch-library\"\nkind = \"food\"\ndate = 2026-06-01\n";
        files.put("contributions/tea.toml", gift.as_bytes());
        let ledger = load(&files).unwrap();
        let evidence = evidence(AsOf::new(&ledger, "2026-06-15".parse().unwrap()));
        assert_eq!((evidence.judged, evidence.counted.len()), (0, 1));
    }

    #[test]
    fn the_scorecard_counts_what_the_checks_judge() {
        let ledger = load(&crate::source::disk::Disk::new("examples/riverton")).unwrap();
        let evidence = evidence(AsOf::new(&ledger, "2026-11-22".parse().unwrap()));
        let counts: Vec<_> = evidence.counted.iter().map(|one| (one.name, one.count, one.of)).collect();
        let expected = [
            ("contributions_acknowledged", 8, Some(10)),
            ("givers_ever_thanked", 6, Some(8)),
            ("contributions_waiting", 2, None),
        ];
        assert_eq!(counts, expected);
    }
}
