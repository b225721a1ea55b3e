//! Differences are heard: which sectors take part, who stands apart, and what became of it.

mod dissent;

pub(crate) use dissent::{DissentPosition, objections, positions, revisits};

use super::Evidence;
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
    let objection = ["objection to a decision or a goal has", "objections to decisions and goals have"];
    Evidence::default()
        .part_of(
            "sectors_with_members",
            present,
            sectors.len(),
            ["required sector has", "required sectors have"],
            "a member",
        )
        .part_of("objections_answered", answered, objections.len(), objection, "an answer")
        .part_of(
            "revisits_in_time",
            kept,
            revisits.len(),
            ["position to revisit is", "positions to revisit are"],
            "within the deadline",
        )
}

#[cfg(test)]
mod tests;
