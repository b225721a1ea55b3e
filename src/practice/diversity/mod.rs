//! Differences are heard: which sectors take part, who stands apart, and what became of it.

mod dissent;

pub use dissent::{Position, objections, positions, revisits};

use super::Evidence;
use crate::ledger::AsOf;
use crate::record::value::{At, Slug};
use std::collections::HashSet;

/// The sectors that should have a current member, with whether they have one, in the order of the policy.
pub fn required_sectors(here: AsOf<'_>) -> Vec<(&At<Slug>, bool)> {
    let sectors: HashSet<&str> =
        here.current_members().filter_map(|member| member.sector.as_ref()).map(|sector| sector.as_str()).collect();
    here.policy().required_sectors.iter().map(|sector| (sector, sectors.contains(sector.as_str()))).collect()
}

/// The figures of the scorecard.
pub fn evidence(here: AsOf<'_>) -> Evidence {
    let sectors = required_sectors(here);
    let present = sectors.iter().filter(|(_, present)| *present).count();
    let objections = objections(here);
    let answered = objections.iter().filter(|objection| objection.accommodation.is_some()).count();
    let revisits = revisits(here);
    let kept = revisits.iter().filter(|position| !position.is_overdue(here.today)).count();
    let noun = |count: usize, one: &'static str, many: &'static str| if count == 1 { one } else { many };
    let has = |count: usize| noun(count, "has", "have");
    Evidence::default()
        .part("sectors_with_members", present, sectors.len(), {
            let noun = noun(sectors.len(), "required sector", "required sectors");
            format!("{present} of {} {noun} {} a member", sectors.len(), has(present))
        })
        .part("objections_answered", answered, objections.len(), {
            let noun = noun(objections.len(), "objection to a decision", "objections to decisions");
            format!("{answered} of {} {noun} {} an answer", objections.len(), has(answered))
        })
        .part("revisits_in_time", kept, revisits.len(), {
            let noun = noun(revisits.len(), "position to look at again", "positions to look at again");
            format!("{kept} of {} {noun} {} within the time", revisits.len(), self::is(kept))
        })
}

fn is(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

#[cfg(test)]
mod tests;
