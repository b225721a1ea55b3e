//! `unpinned-terms`: the text of an agreement is not the one that its current version pins; or nothing pins it,
//! although signatures on an earlier version apply to it; or a version is not yet in force, and nothing pins the one
//! that is.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding, name_span};
use crate::agreement::{JudgedSignature, amendment_at, amendment_of, current_version, digest, pin_of, terms};
use crate::finding::{CheckName, Finding, Severity};
use crate::record::{Agreement, AnyRecord, Record};
use crate::source::Span;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unpinned-terms"),
    severity: Severity::Error,
    group: Group::Agreements,
    policy: &[],
    run: Run::Ledger(run),
    what: "The text of an agreement is not the text that its current version pins. Or nothing pins it, although \
        signatures on an earlier version apply to it. Or a version is not yet in force, and nothing pins the one that \
        is in force.",
    why: "A later text can bind someone who signed only an earlier version. Such a text must not change unnoticed, and \
        two people must not have different texts in mind.",
    fix: "Run `coalition amend AGREEMENT --pin` once the text of the new version is final, and propose both as one \
        change. If the text has changed since, restore it, or make the change a separate version with `coalition \
        amend`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for agreement in context.signing.agreements() {
        // Without a text there is nothing to pin; that is reported elsewhere.
        if context.ledger.words_of(agreement).is_some() {
            findings.extend(fault(context, agreement));
        }
    }
}

fn fault(context: &Context<'_>, agreement: &Record<Agreement>) -> Option<Finding> {
    let (id, title) = (&agreement.key.id, agreement.name());
    let title = format!("\u{201c}{title}\u{201d}");
    let version = agreement.version_number();
    let found = digest(&terms(context.ledger, agreement));
    let current = current_version(agreement, context.today);
    if let Some(pin) = pin_of(agreement, version) {
        if pin.value != found {
            let message = format!("the text of {title} is not the text that version {version} pins");
            let help = format!(
                "restore the text of version {version}; if it was still a draft, `coalition amend {id} --pin` pins the new \
                 text; otherwise make the change a new version with `coalition amend {id}`"
            );
            return Some(finding(&CHECK, agreement, pin.span, message, help));
        }
    } else if has_earlier_signatures(context, agreement, version) {
        let message = format!(
            "nothing pins the text of version {version} of {title}, although signatures on an earlier version apply to \
             it"
        );
        let help = format!("read the text again, then pin it: coalition amend {id} --pin");
        return Some(finding(&CHECK, agreement, heading(agreement, version), message, help));
    }
    if current < version && pin_of(agreement, current).is_none() {
        let message = format!(
            "version {version} of {title} is not in force yet, and nothing pins the text of version {current}, which \
                is in force"
        );
        let help = format!(
            "record the digest of version {current} as `terms` in [[amendments]] with version = {current}; `coalition terms {id} \
             --version {current} --digest` finds it in the history"
        );
        return Some(finding(&CHECK, agreement, heading(agreement, version), message, help));
    }
    None
}

/// Whether signatures on an earlier version count for this one: always, or, if this version must be signed again, until someone
/// has signed it, because until then no signature fixes its text.
fn has_earlier_signatures(context: &Context<'_>, agreement: &Record<Agreement>, version: u32) -> bool {
    let amendment = amendment_of(agreement, version);
    let asks_again = amendment.and_then(|amendment| amendment.resign.as_ref()).is_some_and(|resign| resign.value);
    let counting: Vec<u32> =
        context.signing.judge_all(agreement).filter(JudgedSignature::counts).map(|judged| judged.version).collect();
    let is_held = counting.contains(&version) || current_version(agreement, context.today) < version;
    version > 1 && counting.iter().any(|signed| *signed < version) && !(asks_again && is_held)
}

/// The amendment that makes a version; otherwise the agreement’s name.
fn heading(agreement: &Record<Agreement>, version: u32) -> Span {
    let amendment = amendment_at(agreement, version).and_then(|at| agreement.amendments.get(at));
    amendment.map_or_else(|| name_span(agreement), |amendment| amendment.span)
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "agreements/charter.toml",
    r##"name = "Charter"
kind = "charter"
version = 2
text = "We meet monthly and speak with one voice. Nobody pays dues."
effective = 2025-02-01
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[amendments]]
version = 1
date = 2025-01-15
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"

[[amendments]]  # <-- here
version = 2
date = 2026-06-01
summary = "Says that nobody pays dues."
resign = false

[[signatures]]
member = "alder-friends"
by = "ana-lopez"
date = 2026-05-25
version = 1
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"

[[signatures]]
member = "birch-library"
by = "ben-okoro"
date = 2025-01-22
version = 1
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: "resign = false",
    lines: r#"terms = "sha256:696d761f46bffab4b3ae40a198ae20006cbe4e02d8641634d5a23c96d0b629ec""#,
}]);
