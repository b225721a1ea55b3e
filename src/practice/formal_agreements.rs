//! Agreements in writing: who has signed what is required.

use super::Evidence;
use crate::agreement::{CellState, SignatureJudge, is_in_force};
use crate::document::words;
use crate::kind::RecordKey;
use crate::ledger::AsOf;
use std::collections::HashMap;

/// The figures of the scorecard. A member of whom nothing is required has nothing in writing.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let registry = SignatureJudge::new(as_of.ledger, as_of.today);
    let (mut required, mut counting) = (0, 0);
    let mut members: HashMap<&RecordKey, bool> = HashMap::new();
    let in_force = || registry.agreements().filter(|agreement| is_in_force(as_of.ledger, agreement, as_of.today));
    for cell in registry.agreements().flat_map(|agreement| registry.row(agreement)).filter(|cell| cell.required) {
        // One on an earlier version counts until the time to sign again is over, here as in the matrix of signatures.
        let counts = cell.state == CellState::Signed;
        required += 1;
        counting += usize::from(counts);
        *members.entry(&cell.member.key).or_insert(true) &= counts;
    }
    let current = as_of.current_members().count();
    let bound = as_of.current_members().filter(|member| members.get(&member.key) == Some(&true)).count();
    // Where nothing is required of anyone, no one has left anything undone.
    let current = if required == 0 { 0 } else { current };
    let agreements = in_force().count();
    let mutual = in_force().filter(|one| !one.rights.is_empty() && !one.responsibilities.is_empty()).count();
    let of_members = words::part_of(bound, current, "member has", "members have");
    let of_agreements = words::part_of(mutual, agreements, "agreement in force lists", "agreements in force list");
    let verb = words::noun_form(required, "signature is in place", "signatures are in place");
    Evidence::default()
        .part("members_bound", bound, current, format!("{of_members} signed everything they must"))
        .part("signatures_counting", counting, required, format!("{counting} of {required} required {verb}"))
        .part(
            "agreements_with_rights_and_responsibilities",
            mutual,
            agreements,
            format!("{of_agreements} both rights and responsibilities"),
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::load;

    fn counts(source: &crate::source::memory::Memory) -> Vec<(&'static str, usize, Option<usize>)> {
        let ledger = load(source).unwrap();
        let evidence = evidence(AsOf::new(&ledger, "2026-06-15".parse().unwrap()));
        evidence.counted.iter().map(|counted| (counted.name, counted.count, counted.of)).collect()
    }

    #[test]
    fn who_is_bound_is_counted_and_nothing_required_binds_nobody() {
        let mut source = crate::check::base_ledger();
        let all = [
            ("members_bound", 2, Some(2)),
            ("signatures_counting", 2, Some(2)),
            ("agreements_with_rights_and_responsibilities", 1, Some(1)),
        ];
        assert_eq!(counts(&source), all);
        source.put("agreements/pact.toml", b"name = \"Pact\"\ntext = \"x\"\nrequired_of = [\"birch-library\"]\n");
        assert_eq!(counts(&source)[0], ("members_bound", 1, Some(2)));
        source.put("agreements/pact.toml", b"name = \"Pact\"\ntext = \"x\"\nrequired_of = \"nobody\"\n");
        source.put(
            "agreements/charter.toml",
            crate::check::SIGNED_CHARTER.replace("effective", "required_of = \"nobody\"\neffective").as_bytes(),
        );
        assert!(counts(&source).iter().all(|(name, ..)| *name != "members_bound"), "{:?}", counts(&source));
        source.remove("agreements/pact.toml");
        let renewed = crate::check::SIGNED_CHARTER.replace("\nmember", "\nversion = 1\nmember");
        let digest = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b";
        let asked = format!(
            "version = 2\n[[amendments]]\nversion = 1\ndate = 2025-01-15\nterms = \"{digest}\"\n[[amendments]]\nversion = 2\n\
             date = 2026-06-05\nresign = true\nsign_by = 2026-07-05\n\n[[signatures]]"
        );
        source.put("agreements/charter.toml", renewed.replacen("[[signatures]]", &asked, 1).as_bytes());
        let ledger = load(&source).unwrap();
        let registry = SignatureJudge::new(&ledger, "2026-06-15".parse().unwrap());
        let row = registry.row(ledger.agreements.find("charter").unwrap());
        let signed = row.iter().filter(|cell| cell.required && cell.state == CellState::Signed).count();
        assert!(row.iter().all(|cell| cell.renewal), "each is asked for a new signature");
        assert_eq!(counts(&source)[1], ("signatures_counting", signed, Some(2)), "as `verify` counts");
        assert_eq!(signed, 2);
        source.remove("agreements/charter.toml");
        assert_eq!(counts(&source), [], "without agreements no one is asked for anything");
    }
}
