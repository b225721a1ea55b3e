//! `unsigned-agreement`: a current member who must sign an agreement has no signature on it that counts.

use super::{
    Check, Context, Example, ExampleFile, Group, Run, SIGNED_CHARTER, backdated_signature, foreign_signature,
    invalid_signature, stale_signature, unauthorized_signatory, unproven_signature,
};
use crate::agreement::{Cell, CellState, Doubt, Flaw, doubts, has_unclear_signatories, key_of, pin_of};
use crate::finding::{CheckName, Finding, Severity};
use crate::ledger::{Ledger, SignatureEntry};
use crate::record::agreement::{Requirement, Signature};
use crate::record::policy::SshSignatures;
use crate::record::value::{AdvocateId, RecordId};
use crate::record::{Advocate, Agreement, AnyRecord, Member, Record};
use crate::source::Span;
use chrono::NaiveDate;
use std::cell::OnceCell;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unsigned-agreement"),
    severity: Severity::Error,
    group: Group::Agreements,
    policy: &["sign_days"],
    run: Run::Ledger(run),
    what: "A current member must sign an agreement and has no valid signature on it. Until the deadline to sign has \
        passed, this is a warning.",
    why: "An agreement binds those who signed it. The check does not pass a change that leaves a required signature \
        missing, and no setting makes it less severe.",
    fix: "One of the member’s signatories reads the terms and signs with `coalition sign AGREEMENT --member MEMBER`, \
        or adds a signature with their digest by hand. If the member needs more time, accept the finding in the \
        member’s own record: an `[[allow]]` entry with this check, a reason in `because`, and a date less than a year \
        away in `until`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    findings.extend(doubts(context.ledger).iter().map(in_doubt));
    for agreement in context.signing.agreements() {
        let row = context.signing.row(agreement);
        if context.ledger.words_of(agreement).is_none() {
            findings.extend(row.iter().any(|cell| cell.required).then(|| without_words(agreement)));
            continue;
        }
        let broken = broken_signatures(context.ledger, agreement);
        let is_changed = OnceCell::new();
        for cell in row.iter().filter(|cell| cell.required && cell.state != CellState::Expired) {
            if cell.state != CellState::Signed || cell.renewal {
                let is_changed = *is_changed.get_or_init(|| has_other_text(context, agreement));
                let mut finding = finding(context, cell, is_changed);
                let of_member = broken.iter().filter(|entry| may_be_of(entry.signature, cell.member));
                finding.because_of.extend(of_member.map(|entry| entry.path.clone()));
                findings.push(finding);
            }
        }
    }
}

/// The finding that it is unclear who has signed, because of a mistake elsewhere. Nothing lowers it.
fn in_doubt(doubt: &Doubt) -> Finding {
    let message = "until this is fixed, it is unclear who must sign or has signed";
    Finding::new(CHECK.name, &doubt.path, doubt.span, message, "fix this first").because_of(&doubt.path).fix()
}

/// The one finding on an agreement whose text cannot be read: no signature on it counts.
fn without_words(agreement: &Record<Agreement>) -> Finding {
    let span = agreement.text_file.as_ref().map(|file| file.span);
    let span = span.or(agreement.common.name.as_ref().map(|name| name.span)).unwrap_or(Span::START);
    let message = format!("no signature on \u{201c}{}\u{201d} is valid: its text cannot be read", agreement.name());
    let help = "put the text in `text` or `text_file`, as it was signed";
    Finding::new(CHECK.name, &agreement.path, span, message, help)
        .with_record(agreement.key.clone())
        .because_of(&agreement.path)
        .fix()
}

/// The finding on a member who has not signed, at the line that requires it to.
fn finding(context: &Context<'_>, cell: &Cell<'_>, is_changed: bool) -> Finding {
    let agreement = cell.agreement;
    let span = required_at(cell).or(agreement.common.name.as_ref().map(|name| name.span)).unwrap_or(Span::START);
    let late = cell.deadline.is_none_or(|deadline| deadline < context.today);
    let due = cell.deadline.map(|deadline| format!(" (due {deadline})")).unwrap_or_default();
    let title = format!("\u{201c}{}\u{201d}", agreement.name());
    let message = format!("{} {}{due}", cell.member.name(), what_is_missing(context, cell, &title));
    let finding = Finding::new(CHECK.name, &agreement.path, span, message, advice(context, cell, is_changed))
        .with_record(agreement.key.clone())
        .with_about(cell.member.key.clone());
    let finding = if late && !cell.renewal { finding } else { finding.soften() };
    let finding = unless_flaw_is_reported(cell, finding);
    let unauthorized = cell.judged.as_ref().is_some_and(|judged| judged.flaw == Some(Flaw::Unauthorized));
    if unauthorized && has_unclear_signatories(context.ledger, cell.member) {
        return finding.because_of(&cell.member.path);
    }
    finding
}

/// The same finding; redundant if the flaw of the member's own signature is reported as an error.
fn unless_flaw_is_reported(cell: &Cell<'_>, finding: Finding) -> Finding {
    let Some(judged) = &cell.judged else { return finding };
    let signature = &judged.signature.value;
    let (terms, by) = (signature.terms.as_ref().map(|at| at.span), signature.by.as_ref().map(|at| at.span));
    let narrower = match &judged.flaw {
        Some(Flaw::Stale { .. }) => (stale_signature::CHECK.name, terms),
        Some(Flaw::Foreign { .. }) => (foreign_signature::CHECK.name, terms),
        Some(Flaw::Unauthorized) => (unauthorized_signatory::CHECK.name, by),
        Some(Flaw::Disproved(_)) => (invalid_signature::CHECK.name, signature.signature.as_ref().map(|at| at.span)),
        Some(Flaw::Unproven { .. }) => (unproven_signature::CHECK.name, by),
        Some(Flaw::Backdated { .. }) => (backdated_signature::CHECK.name, signature.date.as_ref().map(|at| at.span)),
        _ => return finding,
    };
    match narrower {
        (check, Some(span)) => finding.unless(check, judged.entry.path, Some(span)),
        (_, None) => finding,
    }
}

/// The signatures that lack a required field.
fn broken_signatures<'l>(ledger: &'l Ledger, agreement: &'l Record<Agreement>) -> Vec<SignatureEntry<'l>> {
    let is_whole = |s: &Signature| s.member.is_some() && s.by.is_some() && s.date.is_some() && s.terms.is_some();
    ledger.signatures_of(agreement).filter(|entry| !is_whole(entry.signature)).collect()
}

/// Whether a signature names this member, or does not say whose it is.
fn may_be_of(signature: &Signature, member: &Record<Member>) -> bool {
    signature.member.as_ref().is_none_or(|id| id.as_str() == &*member.key.id)
}

/// Where the agreement says that the member must sign: at its id in a list, otherwise at the whole requirement.
fn required_at(cell: &Cell<'_>) -> Option<Span> {
    let required_of = cell.agreement.required_of.as_ref()?;
    if let Requirement::Listed(ids) = &required_of.value {
        return ids.iter().find(|id| id.as_str() == &*cell.member.key.id).map(|id| id.span);
    }
    Some(required_of.span)
}

/// What the member has not done, as the predicate of a sentence.
fn what_is_missing(context: &Context<'_>, cell: &Cell<'_>, title: &str) -> String {
    let not_signed = || format!("has not signed {title}");
    let Some(judged) = &cell.judged else { return not_signed() };
    let by = judged.signature.by.as_ref().map_or("someone", |by| context.ledger.name_of(&by.value));
    match &judged.flaw {
        None if cell.renewal => format!("signed version {} of {title} and must sign again", judged.version),
        None => not_signed(),
        Some(Flaw::Withdrawn { on, gone_since: None }) => format!("withdrew its signature on {title} on {on}"),
        Some(Flaw::Withdrawn { on, gone_since: Some(commit) }) => {
            format!(
                "withdrew its signature on {title} on {on}, by commit {commit}; the withdrawal is no longer in any file"
            )
        }
        Some(Flaw::Lapsed { version, .. }) => {
            format!("signed {title} only before version {version}, and must sign again")
        }
        Some(Flaw::Replaced { on }) => {
            format!("signed version {} of {title} after it had been replaced on {on}", judged.version)
        }
        Some(Flaw::EarlierMembership { left }) => {
            format!("signed {title} before it left on {left}, and must sign again because it rejoined")
        }
        Some(Flaw::Unauthorized) => format!("has no authorized signature on {title}; {by} could not sign for it then"),
        Some(Flaw::Backdated { words, .. }) => {
            format!("has no valid signature on {title}; the text that {by} signed was written later, on {words}")
        }
        Some(Flaw::Stale { .. } | Flaw::Foreign { .. } | Flaw::NoSuchVersion) => {
            format!("has not signed the current text of {title}")
        }
        Some(Flaw::Disproved(_)) => format!("has no proven signature on {title}"),
        Some(Flaw::Unproven { has_key: false }) => format!("has no SSH signature on {title}"),
        Some(Flaw::Unproven { has_key: true }) => {
            format!("has no SSH signature on {title}, although {by} had a key to sign with")
        }
        Some(Flaw::Incomplete | Flaw::NotYet) => format!("has no complete signature on {title}"),
    }
}

/// Whether a person has a key that counts on a day.
fn has_key_on(advocate: &Advocate, on: NaiveDate) -> bool {
    advocate.keys.iter().any(|key| {
        let from = key.valid_from.as_ref().is_none_or(|from| from.value <= on);
        let until = key.valid_until.as_ref().is_none_or(|until| on <= until.value);
        from && until && key_of(key).is_some()
    })
}

/// Whether the text of the current version differs from the one that is pinned or, if none is pinned, that members signed.
fn has_other_text(context: &Context<'_>, agreement: &Record<Agreement>) -> bool {
    let version = agreement.version_number();
    let digest = context.signing.digest_of(agreement, version);
    if let Some(pin) = pin_of(agreement, version) {
        return Some(&pin.value) != digest.as_ref();
    }
    let entries = context.ledger.signatures_of(agreement).map(|entry| entry.signature);
    let of_version = entries.filter(|one| context.signing.version_of(agreement, one) == version);
    let signed: Vec<_> = of_version.filter_map(|one| one.terms.as_ref()).collect();
    !signed.is_empty() && signed.iter().all(|terms| Some(&terms.value) != digest.as_ref())
}

fn advice(context: &Context<'_>, cell: &Cell<'_>, is_changed: bool) -> String {
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
            "name a `representative` or `signatories` in {}; people named there can sign for \"{member}\"",
            cell.member.path
        );
    }
    // The text in the record is the one to sign, even if it is not in force yet.
    let version = cell.agreement.version_number();
    let digest = context.signing.digest_of(cell.agreement, version);
    let path = context.ledger.signature_path(&cell.agreement.key, &cell.member.key);
    if is_changed {
        return format!(
            "restore the text of version {version} before anyone signs: it is not the one that was signed or pinned"
        );
    }
    let command = format!("coalition sign {} --member {member}", cell.agreement.key.id);
    let has_key =
        |id: &&AdvocateId| context.ledger.advocates.get(id).is_some_and(|advocate| has_key_on(advocate, context.today));
    let has_key = cell.member.signatory_ids().iter().any(has_key);
    if context.ledger.policy().ssh_signatures() == SshSignatures::Required || has_key {
        let first =
            if has_key { "" } else { ", after you have added the signer’s key to the ledger in an earlier change" };
        return format!("sign with `{command} --ssh-key FILE`{first}");
    }
    format!(
        "sign with `{command}`, or add to {path}: [[signatures]] with by = {}, date, version = {version}, terms = \"{}\"",
        serving.join(" or "),
        digest.as_deref().unwrap_or_default()
    )
}

const BAD: Example = Example::of(&[ExampleFile::new(
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
)]);

const GOOD: Example = Example::of(&[ExampleFile::new("agreements/charter.toml", SIGNED_CHARTER)]);
