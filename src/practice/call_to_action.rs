//! Calls to action: what a ledger shows of it.

use super::Evidence;
use crate::document::words::{count_of, part_of};
use crate::ledger::AsOf;
use crate::record::value::At;
use crate::record::{Campaign, Record};
use chrono::NaiveDate;

/// Whether a campaign says what came of it.
pub(crate) fn is_reported(campaign: &Campaign) -> bool {
    campaign.outcome.is_some()
}

/// The campaigns whose last day has passed, with that day, in path order.
pub(crate) fn closed_campaigns(as_of: AsOf<'_>) -> impl Iterator<Item = (&Record<Campaign>, &At<NaiveDate>)> {
    let closed = move |campaign: &&Record<Campaign>| campaign.has_closed(as_of.today);
    as_of.ledger.campaigns.iter().filter(closed).filter_map(|campaign| Some((campaign, campaign.closes.as_ref()?)))
}

/// The campaigns that are due to say what came of them, with their last day, in path order: those that say it already, and
/// those that closed more than `outcome_days` ago.
pub(crate) fn due(as_of: AsOf<'_>) -> impl Iterator<Item = (&Record<Campaign>, &At<NaiveDate>)> {
    let limit = as_of.policy().outcome_days();
    closed_campaigns(as_of)
        .filter(move |(campaign, closes)| is_reported(campaign) || as_of.exceeds(closes.value, limit))
}

/// What a campaign lacks to be aimed at something, as people call it.
pub(crate) fn lacks(campaign: &Campaign) -> Vec<&'static str> {
    let audience = campaign.audience.is_empty().then_some("audience");
    let goal = campaign.goal.is_none().then_some("goal");
    audience.into_iter().chain(goal).collect()
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let begun = || as_of.ledger.campaigns.iter().filter(|campaign| as_of.may_have_come(&campaign.opens));
    let campaigns = begun().count();
    let aimed = begun().filter(|campaign| lacks(campaign).is_empty()).count();
    let (mut over, mut reported, mut reached, mut acted) = (0, 0, 0usize, 0usize);
    for (campaign, _) in due(as_of) {
        over += 1;
        reported += usize::from(is_reported(campaign));
    }
    for (campaign, closes) in closed_campaigns(as_of) {
        if as_of.is_of_last_year(closes.value) {
            let figure = |field: &Option<At<u32>>| field.as_ref().map_or(0, |at| at.value as usize);
            reached = reached.saturating_add(figure(&campaign.reach));
            acted = acted.saturating_add(figure(&campaign.responses));
        }
    }
    let evidence = Evidence::default()
        .part(
            "campaigns_with_an_aim",
            aimed,
            campaigns,
            format!("{} a goal and an audience", part_of(aimed, campaigns, "campaign has", "campaigns have")),
        )
        .part(
            "campaigns_with_an_outcome",
            reported,
            over,
            format!("{} what came of it", part_of(reported, over, "closed campaign says", "closed campaigns say")),
        );
    if reached == 0 && acted == 0 {
        return evidence;
    }
    evidence
        .figure(
            "people_reached_last_year",
            reached,
            format!("{} reached in the last year", count_of(reached, "person was", "people were")),
        )
        .figure(
            "people_that_acted_last_year",
            acted,
            format!("{} acted in the last year", count_of(acted, "person", "people")),
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::load;

    #[test]
    fn a_campaign_has_thirty_days_to_say_what_came_of_it() {
        let mut files = crate::check::base_ledger();
        files.put("campaigns/a.toml", b"name = \"A\"\ncloses = 2026-05-15\n");
        let ledger = load(&files).unwrap();
        let on = |today: &str| due(AsOf::new(&ledger, today.parse().unwrap())).count();
        assert_eq!((on("2026-06-14"), on("2026-06-15")), (0, 1));
    }

    #[test]
    fn a_campaign_is_over_on_the_day_after_its_last() {
        let mut files = crate::check::base_ledger();
        files.put("campaigns/a.toml", b"name = \"A\"\ncloses = 2026-06-15\naudience = [\"press\"]\nreach = 5\n");
        files.put(
            "campaigns/b.toml",
            b"name = \"B\"\ncloses = 2026-06-14\ngoal = \"x\"\nreach = 7\noutcome = \"Won.\"\n",
        );
        let ledger = load(&files).unwrap();
        let as_of = AsOf::new(&ledger, "2026-06-15".parse().unwrap());
        let over: Vec<_> =
            closed_campaigns(as_of).map(|(campaign, _)| (&*campaign.key.id, is_reported(campaign))).collect();
        assert_eq!(over, [("b", true)]);
        let lacking: Vec<_> = ledger.campaigns.iter().map(|campaign| lacks(campaign)).collect();
        assert_eq!(lacking, [["goal"], ["audience"]]);
        assert_eq!(due(as_of).count(), 1, "it says already what came of it");
        let evidence = evidence(as_of);
        let counted: Vec<_> = evidence.counted.iter().map(|one| (one.name, one.count, one.of)).collect();
        let expected = [
            ("campaigns_with_an_aim", 0, Some(2)),
            ("campaigns_with_an_outcome", 1, Some(1)),
            ("people_reached_last_year", 7, None),
            ("people_that_acted_last_year", 0, None),
        ];
        assert_eq!(counted, expected);
    }
}
