//! `unresolved-reference`: a record refers to another that does not exist.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::ledger::Ledger;
use crate::parse::suggest::{is_slug, nearest};
use crate::record::AnyRecord;
use crate::record::field::Leaf;
use crate::record::value::RecordId;
use crate::source::Span;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("unresolved-reference"),
    severity: Severity::Error,
    group: Group::Structure,
    what: "A record refers to another that does not exist.",
    why: "A signature by someone who is not in the ledger is nobody's signature, and a member without its \
        representative cannot be reached.",
    fix: "Write the id of a record that exists, which is its file name without `.toml`, or add the record.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2025-01-15
representative = "ana-lopes"  # <-- here
"##,
    )]),
    good: Example::of(&[ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let ledger = context.ledger;
    places(ledger, findings);
    ledger.each_leaf(|record, field, span, leaf| {
        let Leaf::Reference(kind, id) = leaf else { return };
        let is_unread = || ledger.unread.contains(&RecordKey::new(kind, id));
        if ledger.find(kind, id).is_none() && !is_unread() {
            let source = ledger.texts.get(record.path()).and_then(|text| text.get(span.range()));
            let written = source.map_or(id, |written| written.trim_matches(['"', '\'']));
            let message = format!("`{}` names the {kind} `{written}`, which does not exist", field.name);
            let finding =
                Finding::new(CHECK.name, record.path(), span, message, way_out(ledger, kind, id, record.key()));
            findings.push(finding.with_record(record.key().clone()));
        }
    });
}

/// Files of signatures whose place names an agreement or a member that does not exist.
fn places(ledger: &Ledger, findings: &mut Vec<Finding>) {
    for file in ledger.signature_files.iter() {
        for key in [file.agreement.clone(), file.member.key()] {
            if ledger.find(key.kind, &key.id).is_some() || ledger.unread.contains(&key) {
                continue;
            }
            let message = format!("the place of this file names the {} `{}`, which does not exist", key.kind, key.id);
            let had_it =
                |record: &&dyn AnyRecord| record.common().other_ids.iter().any(|id| id.eq_ignore_ascii_case(&key.id));
            if let Some(renamed) = ledger.records_of(key.kind).find(had_it) {
                let to = match key.kind {
                    Kind::Member => ledger.signature_path(&file.agreement, renamed.key()).to_string(),
                    _ => format!("the folder {SIGNATURES}/{}", renamed.key().id),
                };
                let help = format!("the {} has another id now: move the file to {to}", key.kind);
                let finding = Finding::new(CHECK.name, &file.path, Span::START, message, help);
                findings.push(finding.with_record(file.agreement.clone()));
                continue;
            }
            let help = match nearest(&key.id, ledger.records_of(key.kind).map(|record| &*record.key().id)) {
                Some(near) if key.kind == Kind::Member => format!("did you mean {near}.toml?"),
                Some(near) => format!("did you mean the folder {SIGNATURES}/{near}?"),
                None => format!("move it to {SIGNATURES}/AGREEMENT/MEMBER.toml, with the ids of records that exist"),
            };
            let finding = Finding::new(CHECK.name, &file.path, Span::START, message, help);
            findings.push(finding.with_record(file.agreement.clone()));
        }
    }
}

/// The record with the nearest id, or the one that has this name, or how to add one.
fn way_out(ledger: &Ledger, kind: Kind, id: &str, own: &RecordKey) -> String {
    if let Some(named) = ledger.records_of(kind).find(|record| record.name().eq_ignore_ascii_case(id.trim())) {
        return format!("write the id, not the name: \"{}\"", named.key().id);
    }
    let had_it =
        |record: &&dyn AnyRecord| record.common().other_ids.iter().any(|other| other.eq_ignore_ascii_case(id.trim()));
    if let Some(renamed) = ledger.records_of(kind).find(had_it) {
        return format!("it has another id now: write \"{}\"", renamed.key().id);
    }
    let others = ledger.records_of(kind).map(AnyRecord::key).filter(|key| *key != own);
    match nearest(id.trim(), others.map(|key| &*key.id)) {
        Some(near) => {
            let name = ledger.find(kind, near).map_or(near, |record| record.name());
            format!("did you mean \"{near}\" ({name})?")
        }
        None if is_slug(id) => {
            format!("add the file {}/{id}.toml, or write the id of {} that exists", kind.folder(), kind.with_article())
        }
        None => {
            format!("write the id of {} that exists, which is its file name without .toml", kind.with_article())
        }
    }
}
