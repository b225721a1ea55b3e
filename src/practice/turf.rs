//! Common ground is shared: what a ledger shows of it.

use super::Evidence;
use crate::agreement::{CellState, SignatureJudge, is_in_force};
use crate::document::words::part_of;
use crate::ledger::AsOf;
use crate::record::value::{At, Slug};
use crate::record::{Agreement, Member, Record};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Work or an audience that two or more members regard as their own.
#[derive(Debug, Clone)]
pub(crate) struct Ground<'l> {
    /// Its name, as the members write it.
    pub name: &'l str,
    /// Those that claim it, in path order, each with the place where it does.
    pub claims: Vec<(&'l Record<Member>, &'l At<Slug>)>,
    /// Those that no agreement in force binds to share it with some other that claims it, in path order.
    pub unbound: Vec<&'l Record<Member>>,
}

/// Those that claim a ground, each with the place where it does.
type Claims<'l> = Vec<(&'l Record<Member>, &'l At<Slug>)>;

/// The grounds that two or more current members claim, by name.
///
/// Two members share a ground when an agreement in force names it under `shares_turf` and both are parties: it is
/// required of them, or their signature on it counts.
pub(crate) fn grounds<'l>(as_of: AsOf<'l>, signing: &SignatureJudge<'l>) -> Vec<Ground<'l>> {
    let mut claims: BTreeMap<&str, Claims<'_>> = BTreeMap::new();
    for member in as_of.current_members() {
        let mut seen = HashSet::new();
        for turf in member.turf.iter().filter(|turf| seen.insert(turf.as_str())) {
            claims.entry(turf.as_str()).or_default().push((member, turf));
        }
    }
    claims.retain(|_, claims| claims.len() > 1);
    let parties = parties(as_of, signing);
    let grounds = claims.into_iter().map(|(name, claims)| {
        let unbound = unbound(&claims, parties.get(name).map(Vec::as_slice).unwrap_or_default());
        Ground { name, claims, unbound }
    });
    grounds.collect()
}

/// The parties of each agreement in force that shares a ground, by the name of the ground.
fn parties<'l>(as_of: AsOf<'l>, signing: &SignatureJudge<'l>) -> HashMap<&'l str, Vec<HashSet<&'l str>>> {
    let mut parties: HashMap<&str, Vec<HashSet<&str>>> = HashMap::new();
    let agreements = as_of.ledger.agreements.iter();
    let binds = |agreement: &&Record<Agreement>| {
        let has_begun = as_of.may_have_come(&agreement.effective);
        !agreement.shares_turf.is_empty() && has_begun && is_in_force(as_of.ledger, agreement, as_of.today)
    };
    for agreement in agreements.filter(binds) {
        let row = signing.row(agreement);
        let bound = row.iter().filter(|cell| cell.required || cell.state == CellState::Signed);
        let bound: HashSet<&str> = bound.map(|cell| &*cell.member.key.id).collect();
        for turf in &agreement.shares_turf {
            parties.entry(turf.as_str()).or_default().push(bound.clone());
        }
    }
    parties
}

/// Those that share no agreement with some other. Members with the same agreements are bound alike, so only the
/// different sets of agreements are compared.
fn unbound<'l>(claims: &[(&'l Record<Member>, &'l At<Slug>)], parties: &[HashSet<&str>]) -> Vec<&'l Record<Member>> {
    let sets: Vec<BTreeSet<usize>> = claims
        .iter()
        .map(|(member, _)| {
            let of_member = parties.iter().enumerate().filter(|(_, bound)| bound.contains(&*member.key.id));
            of_member.map(|(at, _)| at).collect()
        })
        .collect();
    let different: BTreeSet<&BTreeSet<usize>> = sets.iter().collect();
    let is_unbound = |set: &BTreeSet<usize>| different.iter().any(|other| set.is_disjoint(other));
    let lone: HashMap<&BTreeSet<usize>, bool> = different.iter().map(|set| (*set, is_unbound(set))).collect();
    let members = claims.iter().zip(&sets).filter(|(_, set)| lone.get(set).copied().unwrap_or_default());
    members.map(|((member, _), _)| *member).collect()
}

/// The figures of the scorecard. Where no two members claim the same ground there is nothing to share.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let grounds = grounds(as_of, &SignatureJudge::new(as_of.ledger, as_of.today));
    let shared = grounds.iter().filter(|ground| ground.unbound.is_empty()).count();
    Evidence::default().part(
        "grounds_shared_by_agreement",
        shared,
        grounds.len(),
        format!(
            "{} covered by an agreement",
            part_of(
                shared,
                grounds.len(),
                "area claimed by several members is",
                "areas claimed by several members are"
            )
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Ledger, load};

    /// Members a, b and c claim book sales; the agreements are each required of some of them.
    fn ledger(agreements: &[&str]) -> Ledger {
        let mut files = crate::check::base_ledger();
        for id in ["a", "b", "c"] {
            let text = format!(
                "name = \"{id}\"\nclassification = \"other\"\njoined = 2026-01-01\nturf = [\"book-sales\", \"book-sales\", \"{id}\"]\n"
            );
            files.put(&format!("members/{id}.toml"), text.as_bytes());
        }
        for (at, text) in agreements.iter().enumerate() {
            let text = format!("name = \"M\"\ntext = \"x\"\nshares_turf = [\"book-sales\"]\n{text}");
            files.put(&format!("agreements/m{at}.toml"), text.as_bytes());
        }
        load(&files).unwrap()
    }

    fn unbound(agreements: &[&str]) -> Vec<String> {
        let ledger = ledger(agreements);
        let as_of = AsOf::new(&ledger, "2026-06-15".parse().unwrap());
        let grounds = grounds(as_of, &SignatureJudge::new(&ledger, as_of.today));
        assert_eq!(grounds.len(), 1, "what one alone claims is not contested");
        assert_eq!(grounds[0].claims.len(), 3);
        grounds[0].unbound.iter().map(|member| member.key.id.to_string()).collect()
    }

    #[test]
    fn ground_is_shared_where_every_two_are_bound() {
        assert_eq!(unbound(&[]), ["a", "b", "c"]);
        assert_eq!(unbound(&["required_of = \"members\"\n"]), [""; 0]);
        let (ab, bc, ac) =
            ("required_of = [\"a\", \"b\"]\n", "required_of = [\"b\", \"c\"]\n", "required_of = [\"a\", \"c\"]\n");
        assert_eq!(unbound(&[ab]), ["a", "b", "c"], "c is bound to no one, so neither is anyone to c");
        assert_eq!(unbound(&[ab, bc]), ["a", "c"]);
        assert_eq!(unbound(&[ab, bc, ac]), [""; 0]);
    }

    #[test]
    fn only_an_agreement_in_force_binds() {
        assert_eq!(unbound(&["expires = 2026-06-15\n"]), [""; 0]);
        assert_eq!(unbound(&["expires = 2026-06-14\n"]).len(), 3);
        assert_eq!(unbound(&["ended = 2026-06-15\n"]).len(), 3);
    }
}
