//! Built before there is a crisis: what a ledger shows of it.

use super::Evidence;
use crate::document::words::count_of;
use crate::ledger::{AsOf, YEAR};
use crate::record::{AnyRecord, Campaign, Record};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// A crisis, and what of today's coalition it brought together.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Crisis<'l> {
    /// The campaign that answered it.
    pub campaign: &'l Record<Campaign>,
    /// The day it opened.
    pub opened: NaiveDate,
    /// The current members.
    pub members: usize,
    /// How many of them joined in the year after it opened. Who joined later came in good times again.
    pub in_its_wake: usize,
}

impl Crisis<'_> {
    /// Whether it brought most of the members.
    pub(crate) fn brought_most(&self) -> bool {
        self.in_its_wake * 2 > self.members
    }
}

/// The latest crisis that the coalition answered with a campaign.
pub(crate) fn latest_crisis(as_of: AsOf<'_>) -> Option<Crisis<'_>> {
    let crises = as_of.ledger.campaigns.iter().filter(|campaign| is_crisis(campaign));
    let opened = crises.filter_map(|campaign| Some((as_of.past(&campaign.opens)?, campaign)));
    let (opened, campaign) = opened.max_by(|a, b| (a.0, &b.1.path).cmp(&(b.0, &a.1.path)))?;
    let (mut members, mut in_its_wake) = (0, 0);
    for joined in joining_days(as_of) {
        members += 1;
        in_its_wake += usize::from((1..=YEAR).contains(&(joined - opened).num_days()));
    }
    Some(Crisis { campaign, opened, members, in_its_wake })
}

fn is_crisis(campaign: &Campaign) -> bool {
    campaign.crisis.as_ref().is_some_and(|crisis| crisis.value)
}

/// The days on which the current members joined.
fn joining_days(as_of: AsOf<'_>) -> impl Iterator<Item = NaiveDate> {
    as_of.current_members().filter_map(|member| member.joined.as_ref().map(|joined| joined.value))
}

/// How many current members joined in a quarter of a year in which no crisis campaign ran.
pub(crate) fn joined_in_quiet_quarters(as_of: AsOf<'_>) -> usize {
    let mut loud: BTreeSet<(i32, u32)> = BTreeSet::new();
    for campaign in as_of.ledger.campaigns.iter().filter(|campaign| is_crisis(campaign)) {
        let Some(opened) = as_of.past(&campaign.opens) else { continue };
        // A campaign that names no end is loud in the quarter in which it opened.
        let last = campaign.closes.as_ref().map_or(opened, |closes| closes.value).min(as_of.today);
        let (mut at, end) = (quarter(opened), quarter(last));
        while at <= end {
            loud.insert(at);
            at = if at.1 == 3 { (at.0 + 1, 0) } else { (at.0, at.1 + 1) };
        }
    }
    joining_days(as_of).filter(|joined| !loud.contains(&quarter(*joined))).count()
}

fn quarter(day: NaiveDate) -> (i32, u32) {
    (day.year(), day.month0() / 3)
}

/// The figures of the scorecard. Without a crisis no one can say how the coalition would have met it.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let Some(crisis) = latest_crisis(as_of) else { return Evidence::default() };
    let before = crisis.members - crisis.in_its_wake;
    let quiet = joined_in_quiet_quarters(as_of);
    Evidence::default()
        .share(
            "members_not_brought_by_a_crisis",
            before,
            crisis.members,
            crisis.brought_most(),
            format!(
                "{before} of {} joined before or well after the crisis of \u{201c}{}\u{201d}",
                count_of(crisis.members, "member", "members"),
                crisis.campaign.name()
            ),
        )
        .figure(
            "members_joined_in_quiet_quarters",
            quiet,
            format!("{} joined in a quarter without a crisis", count_of(quiet, "member", "members")),
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::load;

    /// The crisis of a ledger in which these members joined, seen on June 15, 2026.
    fn crisis(joined: &[&str]) -> (usize, usize, bool, usize) {
        let mut files = crate::check::base_ledger();
        files.remove("members/alder-friends.toml");
        files.remove("members/birch-library.toml");
        for (at, day) in joined.iter().enumerate() {
            let text = format!("name = \"M{at}\"\nclassification = \"other\"\njoined = {day}\n");
            files.put(&format!("members/m{at}.toml"), text.as_bytes());
        }
        files
            .put("campaigns/early.toml", b"name = \"Early\"\ncrisis = true\nopens = 2020-05-01\ncloses = 2020-05-20\n");
        files.put("campaigns/flood.toml", b"name = \"Flood\"\ncrisis = true\nopens = 2025-03-01\n");
        files.put("campaigns/later.toml", b"name = \"Later\"\ncrisis = true\nopens = 2026-06-16\n");
        let ledger = load(&files).unwrap();
        let as_of = AsOf::new(&ledger, "2026-06-15".parse().unwrap());
        let crisis = latest_crisis(as_of).unwrap();
        assert_eq!(crisis.campaign.name(), "Flood");
        (crisis.in_its_wake, crisis.members, crisis.brought_most(), joined_in_quiet_quarters(as_of))
    }

    #[test]
    fn who_comes_after_a_crisis_opened_came_because_of_it_for_a_year() {
        assert_eq!(crisis(&["2025-03-01", "2025-03-02"]), (1, 2, false, 0), "half is not most");
        assert_eq!(crisis(&["2025-03-01", "2025-03-02", "2026-03-01"]), (2, 3, true, 1));
        assert_eq!(crisis(&["2025-03-01", "2025-03-02", "2026-03-02"]), (1, 3, false, 1), "a year is over");
        assert_eq!(crisis(&[]), (0, 0, false, 0));
        assert_eq!(crisis(&["2020-04-02", "2020-07-01"]).3, 1, "an earlier crisis was loud too");
    }
}
