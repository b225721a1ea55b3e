//! Officials hear from us all year: what a ledger shows of it.

use super::Evidence;
use super::personal_contact::{Made, contacts_made, last};
use super::wait::{Wait, start};
use crate::ledger::AsOf;
use crate::record::{Official, Record};
use chrono::Datelike;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The contacts from which on their spread over the year is judged: fewer say nothing.
pub(crate) const CONTACTS_JUDGED: usize = 5;

/// An official in office, with the last contact.
#[derive(Clone, Copy)]
pub(crate) struct InOffice<'l> {
    /// The official.
    pub official: &'l Record<Official>,
    /// The last contact.
    pub last: Option<Made<'l>>,
    /// How long ago that was; unknown where there was none and nothing says since when there could have been.
    pub wait: Option<Wait>,
}

impl InOffice<'_> {
    /// Whether the official heard from us in time. One without any contact has not.
    pub(crate) fn is_in_touch(&self) -> bool {
        self.last.is_some() && !self.is_neglected()
    }

    /// Whether the official has waited too long.
    pub(crate) fn is_neglected(&self) -> bool {
        self.wait.is_some_and(|wait| wait.is_over())
    }
}

/// Whether an official is in office today. Dates that are not given do not limit.
pub(crate) fn in_office(as_of: AsOf<'_>, official: &Official) -> bool {
    as_of.may_have_come(&official.start_date) && official.end_date.as_ref().is_none_or(|end| as_of.today <= end.value)
}

/// The officials in office with the last contact of each, in path order.
pub(crate) fn officials(as_of: AsOf<'_>) -> Vec<InOffice<'_>> {
    let limit = as_of.policy().official_contact_days();
    let in_office = as_of.ledger.officials.iter().filter(|official| in_office(as_of, official));
    in_office
        .map(|official| {
            let last = last(as_of, official, &official.contacts);
            let since = last.map(|last| last.date.value);
            // A new term alone brings no new contact.
            let start = start(as_of, &official.start_date).filter(|_| last.is_none());
            let wait = Wait::since_contact(as_of, since, start, limit);
            InOffice { official, last, wait }
        })
        .collect()
}

/// The contacts with an official in the last 365 days.
pub(crate) fn of_last_year<'l>(as_of: AsOf<'l>, official: &'l Record<Official>) -> impl Iterator<Item = Made<'l>> {
    contacts_made(as_of, official, &official.contacts).filter(move |made| as_of.is_of_last_year(made.date.value))
}

/// How the last year's contacts with officials are spread: in the budget season and outside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContactSeason {
    /// The months of the season, 1 to 12, in the order of the year.
    pub months: Vec<u8>,
    /// The contacts of the last 365 days.
    pub contacts: usize,
    /// How many of them fell in the season.
    pub in_season: usize,
    /// The share of them that may.
    pub limit: Decimal,
}

impl ContactSeason {
    /// The share of the contacts that fell in the season; none where there were no contacts.
    pub(crate) fn share(&self) -> Option<Decimal> {
        Decimal::from(self.in_season).checked_div(Decimal::from(self.contacts))
    }

    /// Whether there are enough contacts to judge, and a part of the year that is not the season.
    pub(crate) fn is_judged(&self) -> bool {
        self.contacts >= CONTACTS_JUDGED && self.months.len() < 12
    }

    /// Whether too many of them fell in the season.
    pub(crate) fn is_lopsided(&self) -> bool {
        let allowed = self.limit.checked_mul(Decimal::from(self.contacts));
        self.is_judged() && allowed.is_some_and(|allowed| Decimal::from(self.in_season) > allowed)
    }
}

/// How the last year's contacts are spread, where the coalition says which months its budget season has.
pub(crate) fn season(as_of: AsOf<'_>) -> Option<ContactSeason> {
    let months: BTreeSet<u8> = as_of.policy().budget_months().map(|month| month.0).collect();
    if months.is_empty() {
        return None;
    }
    let (mut contacts, mut in_season) = (0, 0);
    for made in as_of.ledger.officials.iter().flat_map(|official| of_last_year(as_of, official)) {
        contacts += 1;
        in_season += usize::from(months.iter().any(|month| u32::from(*month) == made.date.value.month()));
    }
    Some(ContactSeason {
        months: months.into_iter().collect(),
        contacts,
        in_season,
        limit: as_of.policy().budget_share(),
    })
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let officials = officials(as_of);
    let heard = officials.iter().filter(|one| one.is_in_touch()).count();
    let evidence = Evidence::default().part_of(
        "officials_in_touch",
        heard,
        officials.len(),
        ["official", "officials"],
        "heard from us recently enough",
    );
    match season(as_of).filter(|season| season.contacts > 0 && season.months.len() < 12) {
        Some(season) if !season.is_judged() => evidence.figure("contacts_not_judged", season.contacts, {
            let few = season.contacts;
            format!(
                "too few contacts with officials in the past year to judge the season ({few}, at least \
                {CONTACTS_JUDGED} needed)"
            )
        }),
        Some(season) => {
            let text = format!(
                "{} of the past year\u{2019}s {} contacts with officials came during budget season",
                season.in_season, season.contacts
            );
            evidence.share("contacts_in_budget_season", season.in_season, season.contacts, season.is_lopsided(), text)
        }
        None => evidence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;
    use crate::source::disk::Disk;

    fn official(fields: &str, days: &[&str]) -> String {
        let contacts: String = days.iter().map(|day| format!("[[contacts]]\ndate = {day}\n")).collect();
        format!("name = \"Pat Quill\"\n{fields}\n{contacts}")
    }

    fn neglected(record: &str, today: &str) -> Vec<String> {
        let mut files = base_ledger();
        files.put("officials/pat-quill.toml", record.as_bytes());
        let ledger = load(&files).unwrap();
        let as_of = AsOf::new(&ledger, today.parse().unwrap());
        officials(as_of).iter().filter(|one| one.is_neglected()).map(|one| one.official.key.id.to_string()).collect()
    }

    #[test]
    fn an_official_waits_92_days_and_not_one_more() {
        let record = official("", &["2026-01-01"]);
        assert!(neglected(&record, "2026-04-03").is_empty());
        assert_eq!(neglected(&record, "2026-04-04"), ["pat-quill"]);
        let later = official("", &["2026-01-01", "2026-05-01"]);
        assert_eq!(neglected(&later, "2026-04-04"), ["pat-quill"], "the second contact is still to come");
    }

    #[test]
    fn only_officials_in_office_are_judged() {
        let term = |start, end| official(&format!("start_date = {start}\nend_date = {end}"), &[]);
        assert_eq!(neglected(&term("2021-01-01", "2026-06-15"), "2026-06-15"), ["pat-quill"]);
        assert!(neglected(&term("2021-01-01", "2026-06-15"), "2026-06-16").is_empty());
        assert!(neglected(&term("2026-06-16", "2028-06-15"), "2026-06-15").is_empty());
        assert!(neglected(&term("2026-06-01", "2028-06-15"), "2026-06-15").is_empty(), "has just begun");
    }

    #[test]
    fn nobody_is_neglected_from_before_the_coalition_was_founded() {
        let record = official("start_date = 2001-01-01", &[]);
        assert!(neglected(&record, "2025-04-17").is_empty());
        assert_eq!(neglected(&record, "2025-04-18"), ["pat-quill"]);
    }

    #[test]
    fn an_official_without_a_contact_has_not_heard_from_us() {
        let count_in_touch = |record: &str| {
            let mut files = base_ledger();
            files.put("officials/pat-quill.toml", record.as_bytes());
            let ledger = load(&files).unwrap();
            let evidence = evidence(AsOf::new(&ledger, "2026-06-15".parse().unwrap()));
            (evidence.counted[0].count, evidence.counted[0].of)
        };
        assert_eq!(
            count_in_touch(&official("start_date = 2026-05-26", &[])),
            (0, Some(1)),
            "though there is time left"
        );
        assert_eq!(count_in_touch(&official("start_date = 2026-05-26", &["2026-06-01"])), (1, Some(1)));
        assert_eq!(count_in_touch(&official("", &["2026-03-14"])), (0, Some(1)));
    }

    fn season_of(days: &[&str]) -> ContactSeason {
        let mut files = base_ledger();
        files.put(
            "coalition.toml",
            b"name = \"Alder\"\nfounded = 2025-01-15\n[policy]\nbudget_months = [6, 5, 5]\nbudget_share = 0.6\n",
        );
        files.put("officials/pat-quill.toml", official("", days).as_bytes());
        let ledger = load(&files).unwrap();
        season(AsOf::new(&ledger, "2026-06-15".parse().unwrap())).unwrap()
    }

    #[test]
    fn the_season_may_have_its_share_and_not_more() {
        let kept = season_of(&["2026-05-01", "2026-05-02", "2026-06-03", "2026-01-04", "2025-12-05"]);
        assert_eq!((kept.contacts, kept.in_season, &*kept.months), (5, 3, &[5, 6][..]));
        assert!(!kept.is_lopsided());
        let broken = season_of(&["2026-05-01", "2026-05-02", "2026-06-03", "2026-06-04", "2025-12-05"]);
        assert!(broken.is_lopsided());
        let few = season_of(&["2026-05-01", "2026-05-02", "2026-06-03", "2026-06-04"]);
        assert!(!few.is_lopsided(), "four contacts say nothing");
        let old = season_of(&["2026-05-01", "2026-05-02", "2026-06-03", "2026-06-04", "2025-06-14"]);
        assert_eq!(old.contacts, 4, "the fifth is more than a year ago");
    }

    #[test]
    fn riverton_counts_by_hand() {
        let ledger = load(&Disk::new("examples/riverton")).unwrap();
        let as_of = AsOf::new(&ledger, "2026-11-22".parse().unwrap());
        let waiting: Vec<_> = officials(as_of)
            .iter()
            .filter(|one| one.is_neglected())
            .map(|one| (one.official.key.id.to_string(), one.wait.map(|wait| wait.days)))
            .collect();
        let expected = [("kimberly-oyelaran", 101), ("thomas-brandvold", 277)];
        assert_eq!(waiting, expected.map(|(id, days)| (id.to_owned(), Some(days))));
        let season = season(as_of).unwrap();
        assert_eq!((season.contacts, season.in_season, season.is_lopsided()), (19, 6, false));
    }
}
