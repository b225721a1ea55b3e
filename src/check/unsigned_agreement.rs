//! `unsigned-agreement`: a current member of whom an agreement is required has no signature on it that counts. Until its time to sign is over, this is a warning.

use super::{Check, Context, Example, ExampleFile, Group, Run, SIGNED_CHARTER};
use crate::agreement::{Cell, CellState, Doubt, Flaw, current_version, doubts, has_unclear_signatories};
use crate::finding::{CheckName, Finding, Severity};
use crate::record::agreement::{Requirement, Signature};
use crate::record::value::RecordId;
use crate::record::{Agreement, AnyRecord, Member, Record};
use crate::source::{LedgerPath, ROOT_FILE, Span};

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("unsigned-agreement"),
    severity: Severity::Error,
    group: Group::Agreements,
    what: "A current member of whom an agreement is required has no signature on it that counts. Until its time \
        to sign is over, this is a warning.",
    why: "An agreement binds those who signed it. This is the gate: a change that leaves a member unsigned \
        does not pass.",
    fix: "One of the member's signatories reads the terms and signs with `coalition sign AGREEMENT --member MEMBER`, or \
        adds a signature with their digest by hand. If the member needs more time, accept the finding in its record until a date, \
        with the reason.",
    policy: &["sign_days"],
    bad: Example::of(&[ExampleFile::new(
        "agreements/charter.toml",
        r##"name = "Charter"  # <-- here
kind = "charter"
text = "We meet monthly and speak with one voice."
effective = 2025-02-01
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[signatures]]
member = "alder-friends"
by = "ana-lopez"
date = 2026-05-25
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"
"##,
    )]),
    good: Example::of(&[ExampleFile::new("agreements/charter.toml", SIGNED_CHARTER)]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    findings.extend(doubts(context.ledger).iter().map(in_doubt));
    for agreement in context.signing.agreements() {
        let row = context.signing.row(agreement);
        if context.ledger.words_of(agreement).is_none() {
            findings.extend(row.iter().any(|cell| cell.required).then(|| without_words(agreement)));
            continue;
        }
        let broken = broken_signatures(agreement);
        for cell in row.iter().filter(|cell| cell.required && cell.state != CellState::Expired) {
            if cell.state != CellState::Signed || cell.renewal {
                let finding = finding(context, cell);
                let may_be_its_own = broken.iter().any(|signature| may_be_of(signature, cell.member));
                findings.push(if may_be_its_own { finding.because_of(&agreement.path) } else { finding });
            }
        }
    }
}

/// The finding that nobody can say who has signed, because of a mistake elsewhere.
fn in_doubt(doubt: &Doubt) -> Finding {
    if doubt.is_folder {
        let root = LedgerPath::new(ROOT_FILE);
        let message = format!("nobody reads `{}/`, so a member or a signature may be missing unseen", doubt.path);
        return Finding::new(
            CHECK.name,
            &root,
            Span::START,
            message,
            "give the folder the name of its kind, like members/",
        );
    }
    let message = "a mistake here leaves it open who has to sign, or who has signed";
    Finding::new(CHECK.name, &doubt.path, doubt.span, message, "mend this file first").because_of(&doubt.path)
}

/// The one finding on an agreement whose words cannot be had: nobody can have signed them.
fn without_words(agreement: &Record<Agreement>) -> Finding {
    let span = agreement.text_file.as_ref().map(|file| file.span);
    let span = span.or(agreement.common.name.as_ref().map(|name| name.span)).unwrap_or(Span::START);
    let message = format!("nobody can have signed \u{201c}{}\u{201d}: its words cannot be read", agreement.name());
    let help = "give it its words under `text` or `text_file`, as they were signed";
    Finding::new(CHECK.name, &agreement.path, span, message, help)
        .with_record(agreement.key.clone())
        .because_of(&agreement.path)
}

/// The finding on a member that has not signed, at the line that requires it to.
fn finding(context: &Context<'_>, cell: &Cell<'_>) -> Finding {
    let agreement = cell.agreement;
    let span = required_at(cell).or(agreement.common.name.as_ref().map(|name| name.span)).unwrap_or(Span::START);
    let late = cell.deadline.is_none_or(|deadline| deadline < context.today);
    let time = match cell.deadline {
        Some(deadline) if late => format!("it was due by {deadline}"),
        Some(deadline) => format!("it is due by {deadline}"),
        None => "no day is set for it".to_owned(),
    };
    let message =
        format!("{} has {} \u{201c}{}\u{201d}: {time}", cell.member.name(), what_is_missing(cell), agreement.name());
    let finding = Finding::new(CHECK.name, &agreement.path, span, message, way_out(context, cell))
        .with_record(agreement.key.clone())
        .with_about(cell.member.key.clone());
    let finding = if late && !cell.renewal { finding } else { finding.soften() };
    let unauthorised = cell.judged.as_ref().is_some_and(|judged| judged.flaw == Some(Flaw::Unauthorised));
    if unauthorised && has_unclear_signatories(context.ledger, cell.member) {
        return finding.because_of(&cell.member.path);
    }
    finding
}

/// The signatures that lack what they cannot do without.
fn broken_signatures(agreement: &Agreement) -> Vec<&Signature> {
    let is_whole = |s: &Signature| s.member.is_some() && s.by.is_some() && s.date.is_some() && s.terms.is_some();
    agreement.signatures.iter().map(|signature| &signature.value).filter(|signature| !is_whole(signature)).collect()
}

/// Whether a signature names this member, or does not say whose it is.
fn may_be_of(signature: &Signature, member: &Record<Member>) -> bool {
    signature.member.as_ref().is_none_or(|id| id.as_str() == &*member.key.id)
}

/// Where the agreement says that the member must sign: at its id in a list, else at the whole requirement.
fn required_at(cell: &Cell<'_>) -> Option<Span> {
    let required_of = cell.agreement.required_of.as_ref()?;
    if let Requirement::Listed(ids) = &required_of.value {
        return ids.iter().find(|id| id.as_str() == &*cell.member.key.id).map(|id| id.span);
    }
    Some(required_of.span)
}

fn what_is_missing(cell: &Cell<'_>) -> String {
    match cell.judged.as_ref().and_then(|judged| judged.flaw.as_ref()) {
        None if cell.renewal => "signed an earlier version and must sign again:".to_owned(),
        None => "not signed".to_owned(),
        Some(Flaw::Withdrawn) => "taken back its signature on".to_owned(),
        Some(Flaw::Lapsed { version, .. }) => format!("signed only before version {version} of"),
        Some(Flaw::Unauthorised) => "no authorised signature on".to_owned(),
        Some(Flaw::Stale { .. } | Flaw::Foreign { .. } | Flaw::NoSuchVersion) => {
            "no signature on these very words of".to_owned()
        }
        Some(Flaw::Disproved(_)) => "no signature that is proven on".to_owned(),
        Some(Flaw::Unproven) => "no SSH signature on".to_owned(),
        Some(Flaw::Incomplete | Flaw::NotYet) => "no complete signature on".to_owned(),
    }
}

fn way_out(context: &Context<'_>, cell: &Cell<'_>) -> String {
    let member = &cell.member.key.id;
    let serving: Vec<_> = cell
        .member
        .signatory_ids()
        .into_iter()
        .filter(|id| context.ledger.advocates.get(id).is_some_and(|advocate| advocate.serves(context.today)))
        .map(|id| format!("\"{id}\""))
        .collect();
    if serving.is_empty() {
        return format!(
            "name a `representative` or `signatories` in {}; who is named there can sign for \"{member}\"",
            cell.member.path
        );
    }
    let current = current_version(cell.agreement, context.today);
    let version = if current == 1 { String::new() } else { format!(", version = {current}") };
    let digest = context.signing.digest_of(cell.agreement, current);
    format!(
        "sign with `coalition sign {} --member {member}`, or add [[signatures]] with member = \"{member}\", by = {}, \
         date{version}, terms = \"{}\"",
        cell.agreement.key.id,
        serving.join(" or "),
        digest.as_deref().unwrap_or_default()
    )
}
