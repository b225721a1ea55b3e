//! Differences are heard: which sectors take part, who stands apart, and what became of it.

mod dissent;

pub(crate) use dissent::{DissentPosition, objections, positions, revisits};

use super::Evidence;
use crate::document::words::{count_of, noun_form};
use crate::ledger::AsOf;
use crate::record::value::{At, Slug};
use std::collections::HashSet;

/// The sectors that should have a current member, with whether they have one, in the order of the policy.
pub(crate) fn required_sectors(as_of: AsOf<'_>) -> Vec<(&At<Slug>, bool)> {
    let sectors: HashSet<&str> =
        as_of.current_members().filter_map(|member| member.sector.as_ref()).map(|sector| sector.as_str()).collect();
    as_of.policy().required_sectors.iter().map(|sector| (sector, sectors.contains(sector.as_str()))).collect()
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let sectors = required_sectors(as_of);
    let present = sectors.iter().filter(|(_, present)| *present).count();
    let objections = objections(as_of);
    let answered = objections.iter().filter(|objection| objection.accommodation.is_some()).count();
    let revisits = revisits(as_of);
    let kept = revisits.iter().filter(|position| !position.is_overdue(as_of.today)).count();
    let has = |count: usize| noun_form(count, "has", "have");
    Evidence::default()
        .part("sectors_with_members", present, sectors.len(), {
            let required = count_of(sectors.len(), "required sector", "required sectors");
            format!("{present} of {required} {} a member", has(present))
        })
        .part("objections_answered", answered, objections.len(), {
            let all =
                count_of(objections.len(), "objection to a decision or a goal", "objections to decisions and goals");
            format!("{answered} of {all} {} an answer", has(answered))
        })
        .part("revisits_in_time", kept, revisits.len(), {
            let all = count_of(revisits.len(), "position to revisit", "positions to revisit");
            format!("{kept} of {all} {} within the deadline", noun_form(kept, "is", "are"))
        })
}

#[cfg(test)]
mod tests;
