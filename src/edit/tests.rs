//! Changes of a ledger: what they bring is seen before anything is written.

use super::*;
use crate::check::base_ledger;
use crate::error::Error;
use crate::kind::{Kind, RecordKey};
use crate::ledger::{Ledger, load};
use crate::source::Source;
use crate::source::memory::Memory;

fn text(text: &str) -> Literal {
    Literal::Text(text.to_owned())
}

fn planned(source: &dyn Source, edits: &[Edit]) -> Result<PlannedChange, Error> {
    let ledger: Ledger = load(source).unwrap();
    let change = record_change(&ledger, &RecordKey::new(Kind::Agreement, "charter"), edits)?;
    plan(source, &ledger, "2026-06-15".parse().unwrap(), ChangeSet::one("test", change))?.tolerate(Tolerance::NONE)
}

fn signature() -> Edit {
    let fields = vec![
        ("member", text("birch-library")),
        ("by", text("ben-okoro")),
        ("date", Literal::Date("2026-06-01".parse().unwrap())),
        ("terms", text(&format!("sha256:{}", "ab".repeat(32)))),
    ];
    Edit::entry("signatures", fields)
}

#[test]
fn a_change_that_brings_an_error_is_refused() {
    let source = base_ledger();
    let refusal = planned(&source, &[signature()]).unwrap_err().to_string();
    for fact in ["agreements/charter.toml, line", "has already signed this version", "duplicate-entry"] {
        assert!(refusal.contains(fact), "{refusal}");
    }
    let nobody = Edit::put("signatures", 0, "by", text("nobody"));
    assert!(planned(&source, &[nobody]).unwrap_err().to_string().contains("unresolved-reference"));
    let lines = Edit::put("signatures", 0, "title", text("two\nlines"));
    assert!(planned(&source, &[lines]).unwrap_err().to_string().contains("must be one line"));
    let office = Edit::put("signatures", 0, "title", text("Chair"));
    let message = planned(&source, &[office]).unwrap().changes.describe();
    assert_eq!(message, "New in agreements/charter.toml:\n\ntitle = \"Chair\"\n");
    let version = Edit::set("version", Literal::Number(1));
    let message = planned(&source, &[version]).unwrap().changes.describe();
    assert!(message.is_empty() || message.contains("version = 1"), "{message}");
}

#[test]
fn errors_that_were_there_before_stop_nothing() {
    let mut source = base_ledger();
    source.put("members/broken.toml", b"name = \"Broken\njoined = 1\n");
    let office = Edit::put("signatures", 0, "title", text("Chair"));
    assert!(planned(&source, &[office]).is_ok());
}

#[test]
fn files_that_come_and_go_are_seen_in_the_changed_ledger() {
    let source = base_ledger();
    let ledger = load(&source).unwrap();
    let plan_of = |files: Vec<FileChange>, source: &Memory| -> Result<PlannedChange, Error> {
        let changes = ChangeSet { what: "test".to_owned(), files };
        plan(source, &ledger, "2026-06-15".parse().unwrap(), changes)?.tolerate(Tolerance::NONE)
    };
    let path = |path: &str| crate::source::LedgerPath::new(path);
    let new =
        FileChange::new_file(path("members/cedar.toml"), "name = \"Cedar\"\nclassification = \"school\"\n".to_owned());
    let planned = plan_of(vec![new.clone()], &source).unwrap();
    assert!(planned.ledger.members.find("cedar").is_some());
    let bad = FileChange { after: Some("name = \"Cedar\"\nclassification = \"scool\"\n".to_owned()), ..new };
    let refusal = plan_of(vec![bad], &source).unwrap_err().to_string();
    assert!(refusal.contains("members/cedar.toml, line 2"), "{refusal}");
    let gone = path("advocates/ana-lopez.toml");
    let gone = FileChange { before: ledger.texts.get(&gone).cloned(), path: gone, after: None };
    assert!(plan_of(vec![gone], &source).unwrap_err().to_string().contains("unresolved-reference"));
}
