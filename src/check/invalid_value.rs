//! `invalid-value`: a value has the right type but is not valid: a word that is not one of the choices, an address
//! without a domain, or a date that does not exist.

use super::{Check, Context, Example, ExampleFile, Group, Run, acceptance::limits, is_fixed};
use crate::finding::{Finding, Severity, name};
use crate::kind::RecordKey;
use crate::parse::suggest::nearest;
use crate::record::common::Allow;
use crate::record::value::At;
use crate::record::{Agreement, Record};
use crate::source::{LedgerPath, ROOT_FILE};

/// The check.
pub(super) static CHECK: Check = Check {
    name: name::INVALID_VALUE,
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::Ledger(run),
    what: "A value has the right type but is not valid: a word that is not one of the choices, an address without \
        a domain, or a date that does not exist.",
    why: "Reports would silently leave it out of counts, links and deadlines.",
    fix: "Write one of the values that the message names.",
    bad: BAD,
    good: GOOD,
};

/// Reports settings and exceptions that name no check, or a check without exceptions. Values of fields are reported
/// while files are read.
fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let root = LedgerPath::new(ROOT_FILE);
    let settings = context.ledger.root.checks.as_ref().map(|settings| settings.0.as_slice()).unwrap_or_default();
    for (check, _) in settings.iter().filter(|(check, _)| is_fixed(check)) {
        let message =
            format!("no setting can change `{}`, because the check could then pass when it should fail", check.value);
        findings.push(Finding::new(name::INVALID_VALUE, &root, check.span, message, "delete this line"));
    }
    findings.extend(folders_outside(context, &root));
    for agreement in &context.ledger.agreements {
        findings.extend(amendments_ahead(context, agreement));
    }
    for allow in &context.ledger.root.common.allow {
        findings.extend(faulty(context, allow, &root, None));
    }
    for record in context.ledger.records() {
        let faults =
            record.common().allow.iter().filter_map(|allow| faulty(context, allow, record.path(), Some(record.key())));
        findings.extend(faults.map(|finding| finding.with_record(record.key().clone())));
    }
}

/// Folders of pages and templates that are outside the ledger.
fn folders_outside<'c>(context: &'c Context<'_>, root: &'c LedgerPath) -> impl Iterator<Item = Finding> + 'c {
    let render = context.ledger.root.render.iter();
    let folders = render.flat_map(|render| [&render.output, &render.templates]).flatten();
    folders.filter(|folder| root.resolve(folder).is_none()).map(|folder| {
        let message = format!("`{}` is not a folder inside the ledger", folder.value);
        Finding::new(
            name::INVALID_VALUE,
            root,
            folder.span,
            message,
            "name a folder inside the ledger, such as \"pages\"",
        )
    })
}

/// Amendments that have been adopted although the agreement is still at an earlier version.
fn amendments_ahead<'c>(
    context: &'c Context<'_>,
    agreement: &'c Record<Agreement>,
) -> impl Iterator<Item = Finding> + 'c {
    let adopted = agreement
        .amendments
        .iter()
        .filter(|amendment| amendment.date.as_ref().is_some_and(|date| date.value <= context.today));
    let versions = adopted.filter_map(|amendment| amendment.version.as_ref());
    versions.filter(|version| version.value > agreement.version_number()).map(|version| {
        let message = format!(
            "this amendment makes version {}, but the agreement is still at version {}",
            version.value,
            agreement.version_number()
        );
        let help = format!("put in the new text, and write version = {} at the top", version.value);
        // Which text is in force decides who has signed it.
        Finding::new(name::INVALID_VALUE, &agreement.path, version.span, message, help)
            .with_record(agreement.key.clone())
            .fix()
    })
}

/// What is wrong with an exception.
fn faulty(context: &Context<'_>, allow: &At<Allow>, path: &LedgerPath, record: Option<&RecordKey>) -> Option<Finding> {
    let check = allow.check.as_ref()?;
    let (message, help) = if let Some(fault) = limits(allow, record, context.today) {
        fault
    } else if context.names.contains(&check.value.as_str()) {
        return None;
    } else {
        let help = match nearest(check, context.names.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "`coalition explain` lists the checks".to_owned(),
        };
        (format!("there is no check `{}`", check.value), help)
    };
    Some(Finding::new(name::INVALID_VALUE, path, check.span, message, help))
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
classification = "freinds-group"  # <-- here
identified = 2026-02-30  # <-- here
representative = "ana-lopez"
joined = 2026-05-20
url = "alder.example.org"  # <-- here
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
classification = "friends-group"
identified = 2026-02-10
representative = "ana-lopez"
joined = 2026-05-20
url = "https://alder.example.org"
"##,
)]);
