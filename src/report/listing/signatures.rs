//! The signatures on agreements as a list of entries, wherever they stand: in the record of their agreement or in a file of
//! the member's own.

use crate::agreement::{Flaw, JudgedSignature, SignatureJudge};
use crate::ledger::Ledger;
use crate::record::agreement::Signature;
use crate::record::value::RecordId;
use crate::source::LedgerPath;
use chrono::NaiveDate;
use serde_json::{Map, Value};

/// What is said of a signature on an agreement that is not there.
const NO_AGREEMENT: &str = "no-agreement";

/// All signatures as they are shown: what follows from their place and their date first, then their fields.
pub(super) fn signatures(ledger: &Ledger, today: NaiveDate) -> Vec<Map<String, Value>> {
    let registry = SignatureJudge::new(ledger, today);
    let mut rows = Vec::new();
    for agreement in &ledger.agreements {
        for judged in registry.judge_all(agreement) {
            let mut row = row(&agreement.key.id, judged.entry.path, judged.signature, state(&judged));
            row.insert("version".to_owned(), Value::from(judged.version));
            rows.push(row);
        }
    }
    for file in ledger.signature_files.iter().filter(|file| ledger.agreements.find(&file.agreement.id).is_none()) {
        let entries = file.body.signatures.iter();
        rows.extend(entries.map(|signature| row(&file.agreement.id, &file.path, signature, NO_AGREEMENT)));
    }
    rows
}

fn row(agreement: &str, path: &LedgerPath, signature: &Signature, state: &str) -> Map<String, Value> {
    let member = signature.member.as_ref().map_or("", |member| member.as_str());
    let derived = [
        ("id", format!("{agreement}/{member}")),
        ("agreement", agreement.to_owned()),
        ("state", state.to_owned()),
        ("file", path.to_string()),
    ];
    let mut row: Map<String, Value> =
        derived.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
    if let Ok(Value::Object(fields)) = serde_json::to_value(signature) {
        row.extend(fields);
    }
    row
}

/// How a signature stands, in a word.
fn state(judged: &JudgedSignature<'_>) -> &'static str {
    match &judged.flaw {
        None if judged.signature.signature.is_some() => "signed (ssh)",
        None => "signed",
        Some(Flaw::Withdrawn { .. }) => "withdrawn",
        Some(Flaw::NotYet) => "future",
        Some(Flaw::Stale { .. } | Flaw::NoSuchVersion) => "stale",
        Some(Flaw::Foreign { .. }) => "foreign",
        Some(Flaw::Unauthorized) => "unauthorized",
        Some(Flaw::EarlierMembership { .. }) => "earlier membership",
        Some(Flaw::Replaced { .. }) => "replaced",
        Some(Flaw::Backdated { .. }) => "backdated",
        Some(Flaw::Lapsed { .. }) => "lapsed",
        Some(Flaw::Disproved(_)) => "invalid",
        Some(Flaw::Unproven { .. }) => "unproven",
        Some(Flaw::Incomplete) => "incomplete",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;

    #[test]
    fn entries_are_listed_wherever_they_stand() {
        let mut source = base_ledger();
        let entry = "[[signatures]]\nby = \"ana-lopez\"\ndate = 2025-01-20\nterms = \"sha256:\
            edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b\"\n";
        source.put("signatures/charter/alder-friends.toml", entry.as_bytes());
        source.put("signatures/lost/alder-friends.toml", entry.as_bytes());
        let ledger = load(&source).unwrap();
        let rows = signatures(&ledger, "2026-11-22".parse().unwrap());
        let in_record = ledger.agreements.find("charter").unwrap().signatures.len();
        let shown: Vec<[&str; 3]> =
            rows.iter().map(|row| ["id", "state", "file"].map(|name| row[name].as_str().unwrap())).collect();
        assert!(in_record > 0 && shown.iter().take(in_record).all(|[_, _, file]| *file == "agreements/charter.toml"));
        assert_eq!(shown.len(), in_record + 2);
        let [_, _, file] = shown[in_record];
        assert_eq!(file, "signatures/charter/alder-friends.toml");
        assert_eq!(shown[in_record + 1], ["lost/alder-friends", "no-agreement", "signatures/lost/alder-friends.toml"]);
    }
}
