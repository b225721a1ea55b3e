//! `unresolved-reference`: a record refers to another that does not exist.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::parse::suggest::{is_slug, nearest};
use crate::record::AnyRecord;
use crate::record::field::{Field, Visitor};
use crate::record::value::Leaf;
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
joined = 2025-01-15
representative = "ana-lopez"
"##,
    )]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for record in context.ledger.records() {
        let mut search = Search { context, record, findings };
        record.visit(&mut search);
    }
}

struct Search<'c, 'l> {
    context: &'c Context<'l>,
    record: &'c dyn AnyRecord,
    findings: &'c mut Vec<Finding>,
}

impl<'a> Visitor<'a> for Search<'_, '_> {
    fn leaf(&mut self, field: &'static Field, span: Span, leaf: Leaf<'a>) {
        let Leaf::Reference(kind, id) = leaf else { return };
        if self.context.ledger.find(kind, id).is_some() {
            return;
        }
        let message = format!("`{}` names the {kind} `{id}`, which does not exist", field.name);
        let finding = Finding::new(CHECK.name, self.record.path(), span, message, self.way_out(kind, id));
        self.findings.push(finding.with_record(self.record.key().clone()));
    }
}

impl Search<'_, '_> {
    /// The record with the nearest id, or the one that has this name, or how to add one.
    fn way_out(&self, kind: Kind, id: &str) -> String {
        let ledger = self.context.ledger;
        if let Some(named) = ledger.records_of(kind).find(|record| record.name().eq_ignore_ascii_case(id)) {
            return format!("write the id, not the name: \"{}\"", named.key().id);
        }
        match nearest(id, ledger.records_of(kind).map(|record| &*record.key().id)) {
            Some(near) => {
                let name = ledger.find(kind, near).map_or(near, |record| record.name());
                format!("did you mean \"{near}\" ({name})?")
            }
            None if is_slug(id) => {
                format!(
                    "add the file {}/{id}.toml, or write the id of {} that exists",
                    kind.folder(),
                    kind.with_article()
                )
            }
            None => {
                format!("write the id of {} that exists, which is its file name without .toml", kind.with_article())
            }
        }
    }
}
