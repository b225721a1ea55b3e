//! An identifier of a finding that stays the same while other lines move and days pass.

use crate::check::{Reported, Verdict};
use crate::ledger::Ledger;
use crate::source::LedgerPath;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fmt::Write;

/// A fingerprint for each finding, in their order: over its check, its file and the text of its line, and where several
/// share these, which of them it is. Neither line numbers nor messages count, for a message may say how many days have
/// passed.
pub(super) fn fingerprints(ledger: &Ledger, verdict: &Verdict) -> Vec<String> {
    let mut seen: HashMap<[&str; 3], usize> = HashMap::new();
    let mut fingerprints = Vec::new();
    // The lines of the file that the findings are in: those of one file follow on each other.
    let mut lines: (Option<&LedgerPath>, Vec<&str>) = (None, Vec::new());
    for Reported { finding, start, withheld, .. } in &verdict.reported {
        if lines.0 != Some(&finding.path) {
            let text = ledger.texts.get(&finding.path).map_or("", String::as_str);
            lines = (Some(&finding.path), text.lines().map(beginning).collect());
        }
        let line = lines.1.get(start.line.saturating_sub(1)).copied().unwrap_or_default();
        // A short private value could be found out by trying all there are.
        let line = if *withheld { line.split_once(['=', ':']).map_or("", |(key, _)| key) } else { line };
        let parts = [finding.check.as_str(), finding.path.as_str(), line];
        let nth = seen.entry(parts).or_insert(0);
        *nth += 1;
        fingerprints.push(hash(parts, *nth));
    }
    fingerprints
}

/// How many bytes of a line count: a line may hold thousands of findings.
const LINE_BYTES: usize = 1_000;

/// The text of a line without spaces around it, as far as it counts.
fn beginning(line: &str) -> &str {
    let line = line.trim();
    let end = (0..=LINE_BYTES.min(line.len())).rev().find(|at| line.is_char_boundary(*at)).unwrap_or_default();
    line.get(..end).unwrap_or(line)
}

fn hash(parts: [&str; 3], nth: usize) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    hasher.update(nth.to_string().as_bytes());
    let mut text = String::new();
    for byte in hasher.finalize().iter().take(16) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Context, judge};
    use crate::ledger::load;

    fn of(files: &[(&str, &str)]) -> Vec<String> {
        let mut source = crate::check::base_ledger();
        for (path, text) in files {
            source.put(path, text.as_bytes());
        }
        let ledger = load(&source).unwrap();
        fingerprints(&ledger, &judge(&Context::new(&ledger, "2026-06-15".parse().unwrap())))
    }

    #[test]
    fn a_finding_stays_itself_while_lines_move() {
        let goal = "name = \"Doors\"\ncomunity = \"x\"\ndeu = 2026-01-01\n";
        let first = of(&[("goals/doors.toml", goal)]);
        let moved = of(&[("goals/doors.toml", &format!("# New.\n\n{goal}"))]);
        assert_eq!(first.len(), 2);
        assert_eq!(first, moved);
        assert_ne!(first[0], first[1]);
    }

    #[test]
    fn equal_lines_are_told_apart() {
        let gift = "name = \"X\"\nkind = \"food\"\ndate = 2026-06-01\n\n[[acknowledgements]]\ndate = 2026-06-02\nwher = \"x\"\n\n\
                    [[acknowledgements]]\ndate = 2026-06-02\nwher = \"x\"\n";
        let both = of(&[("contributions/x.toml", gift), ("contributions/y.toml", gift)]);
        let unique: std::collections::BTreeSet<_> = both.iter().collect();
        assert_eq!((both.len() >= 4, unique.len()), (true, both.len()));
    }
}
