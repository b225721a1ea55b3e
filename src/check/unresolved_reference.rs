//! `unresolved-reference`: a record refers to another that does not exist.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::ledger::{FormerReference, Ledger};
use crate::parse::suggest::{is_slug, nearest};
use crate::record::AnyRecord;
use crate::record::field::Leaf;
use crate::record::value::RecordId;
use crate::source::Span;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unresolved-reference"),
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::Ledger(run),
    what: "A record refers to another that does not exist.",
    why: "A signature by someone who is not in the ledger binds no one, and no one can reach a member without its \
        representative.",
    fix: "Write the id of a record that exists, which is its file name without `.toml`, or add the record.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let ledger = context.ledger;
    report_paths(ledger, findings);
    findings.extend(ledger.former_references.iter().map(|former| renamed_finding(ledger, former)));
    ledger.each_leaf(|record, field, span, leaf| {
        let Leaf::Reference(kind, id) = leaf else { return };
        let is_unread = || ledger.unread.contains(&RecordKey::new(kind, id));
        if ledger.find(kind, id).is_none() && !is_unread() {
            let source = ledger.texts.get(record.path()).and_then(|text| text.get(span.range()));
            let written = source.map_or(id, |written| written.trim_matches(['"', '\'']));
            let message = format!("`{}` names the {} `{written}`, which does not exist", field.name, kind.noun());
            let finding =
                Finding::new(CHECK.name, record.path(), span, message, advice(ledger, kind, id, record.key()));
            findings.push(finding.with_record(record.key().clone()));
        }
    });
}

/// Reports files of signatures whose path names an agreement or a member who does not exist.
fn report_paths(ledger: &Ledger, findings: &mut Vec<Finding>) {
    for file in ledger.signature_files.iter() {
        for key in [file.agreement.clone(), file.member.key()] {
            if ledger.find(key.kind, &key.id).is_some() || ledger.unread.contains(&key) {
                continue;
            }
            let message =
                format!("the path of this file names the {} `{}`, which does not exist", key.kind.noun(), key.id);
            let had_it =
                |record: &&dyn AnyRecord| record.common().other_ids.iter().any(|id| id.eq_ignore_ascii_case(&key.id));
            let renamed: Vec<&RecordKey> = ledger.records_of(key.kind).filter(had_it).map(AnyRecord::key).collect();
            let help = match renamed.as_slice() {
                [] => None,
                [renamed] if key.kind == Kind::Agreement => {
                    Some(format!("move the file to the folder {SIGNATURES}/{}; the agreement has a new id", renamed.id))
                }
                // Where one record had the id, what it signed is its own.
                _ => {
                    let all: Vec<String> = renamed.iter().map(ToString::to_string).collect();
                    Some(format!("keep this id in `other_ids` of only one of these: {}", all.join(" and ")))
                }
            };
            if let Some(help) = help {
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

/// The finding on a signature that names its member or a person by a former id: a warning, or an error if the commits do not
/// show that the record had that id.
fn renamed_finding(ledger: &Ledger, former: &FormerReference) -> Finding {
    let FormerReference { path, span, field, agreement, was, now } = former;
    let (what, help) = if *span == Span::START {
        let place = ledger.signature_path(agreement, now);
        let help = if ledger.texts.contains_key(&place) {
            format!("move its entries to {place}, and delete this file")
        } else {
            format!("move the file to {place}")
        };
        ("the path of this file".to_owned(), help)
    } else {
        (format!("`{field}`"), format!("write \"{}\"", now.id))
    };
    let message = format!("{what} names the {} `{}`, which now has the id `{}`", was.kind.noun(), was.id, now.id);
    let finding = Finding::new(CHECK.name, path, *span, message, help).with_record(agreement.clone());
    if ledger.evidence.was_renamed(was, now) { finding.soften() } else { finding }
}

/// Help: the record with the nearest id, or the one that has this name, or how to add one.
fn advice(ledger: &Ledger, kind: Kind, id: &str, source: &RecordKey) -> String {
    if let Some(named) = ledger.records_of(kind).find(|record| record.name().eq_ignore_ascii_case(id.trim())) {
        return format!("write the id, not the name: \"{}\"", named.key().id);
    }
    let had_it =
        |record: &&dyn AnyRecord| record.common().other_ids.iter().any(|other| other.eq_ignore_ascii_case(id.trim()));
    if let Some(renamed) = ledger.records_of(kind).find(had_it) {
        return format!("write its new id: \"{}\"", renamed.key().id);
    }
    let others = ledger.records_of(kind).map(AnyRecord::key).filter(|key| *key != source);
    match nearest(id.trim(), others.map(|key| &*key.id)) {
        Some(near) => {
            let name = ledger.find(kind, near).map_or(near, |record| record.name());
            format!("did you mean \"{near}\" ({name})?")
        }
        None if is_slug(id) => {
            format!("add the file {}/{id}.toml, or write the id of an existing {}", kind.folder(), kind.noun())
        }
        None => {
            format!("write the id of an existing {}: its file name without .toml", kind.noun())
        }
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2025-01-15
representative = "ana-lopes"  # <-- here
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"
"##,
)]);
