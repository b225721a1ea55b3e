//! Findings in the lines of a private key that someone pasted: they quote nothing of it.

use crate::finding::Finding;
use crate::source::{LedgerPath, find_private_keys};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

/// Keeps one finding for each private key in a file, without what it quotes, in place of the findings about the lines of that key.
pub(super) fn hide(findings: &mut Vec<Finding>, texts: &BTreeMap<LedgerPath, String>) {
    let mut keys: HashMap<LedgerPath, Vec<Range<usize>>> = HashMap::new();
    let mut known: HashSet<(LedgerPath, usize)> = HashSet::new();
    findings.retain_mut(|finding| {
        let of_file = keys
            .entry(finding.path.clone())
            .or_insert_with(|| texts.get(&finding.path).map_or_else(Vec::new, |text| find_private_keys(text)));
        let span = finding.span.range();
        let Some(key) = of_file.iter().find(|key| key.start <= span.end && span.start < key.end) else { return true };
        finding.message = "this line is part of a private key".to_owned();
        finding.help = "delete the lines of the key, and make a new key".to_owned();
        known.insert((finding.path.clone(), key.start))
    });
}
