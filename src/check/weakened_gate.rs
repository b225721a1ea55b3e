//! `weakened-gate`: a change takes away a duty to sign, or makes it easier.

use super::{Check, Context, Example, ExampleFile, Group, Run, SIGNED_CHARTER, severity_of};
use crate::agreement::{Effect, Reason, Weakening, weakenings};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::ledger::Ledger;
use crate::record::AnyRecord;
use crate::record::common::Allow;
use crate::record::policy::SshSignatures;
use crate::source::{LedgerPath, ROOT_FILE, Span};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("weakened-gate"),
    severity: Severity::Error,
    group: Group::Agreements,
    what: "A change takes away a duty to sign an agreement, or makes it easier: for each member and agreement, compared with the \
        ledger before the change (`check --since REV`). Without `--since`, the changes of the last 30 days are compared, as warnings.",
    why: "Whoever can change the rules of the gate can walk through it. So the rules before a change judge the change, and \
        what weakens them is seen by whoever reviews it.",
    fix: "Undo what weakens the gate, or say why it is meant: [[allow]] with this check, `because` and `until` in the \
        record that weakens; for a record that is removed, in coalition.toml. The reason is then part of what is reviewed.",
    policy: &["sign_days", "ssh_signatures"],
    bad: Example::of(&[ExampleFile::new(
        CHARTER,
        r##"name = "Charter"
kind = "charter"
text = "We meet monthly and speak with one voice."
effective = 2025-02-01
required_of = ["alder-friends"]  # <-- here
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[signatures]]
member = "alder-friends"
by = "ana-lopez"
date = 2026-05-25
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"
"##,
    )])
    .after(&[&[ExampleFile::new(CHARTER, SIGNED_CHARTER)]]),
    good: Example::of(&[ExampleFile::new(
        CHARTER,
        r##"name = "Charter"
kind = "charter"
text = "We meet monthly and speak with one voice."
effective = 2025-02-01
required_of = ["alder-friends"]
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[signatures]]
member = "alder-friends"
by = "ana-lopez"
date = 2026-05-25
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"

[[allow]]
check = "weakened-gate"
because = "the assembly of June 10 released the library from the charter"
until = 2026-12-31
"##,
    )])
    .after(&[&[ExampleFile::new(CHARTER, SIGNED_CHARTER)]]),
    run: Run::Ledger(run),
};

const CHARTER: &str = "agreements/charter.toml";

/// What has been weakened, compared with an earlier state of the ledger.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Whether the whole change is under review; otherwise the changes are past, and are only reported.
    pub is_request: bool,
    weakened: Vec<Weakened>,
    /// Exceptions for this check that stood before the change: they say nothing about it.
    known: HashSet<String>,
}

/// One thing that is weaker than before.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Weakened {
    /// What is weaker, as a sentence without a final stop.
    message: String,
    is_mild: bool,
    path: LedgerPath,
    span: Span,
    record: Option<RecordKey>,
    /// Whose exceptions apply beside those of the file.
    about: Vec<RecordKey>,
    /// The commit that did it, where it is past.
    commit: Option<String>,
}

impl Comparison {
    /// The change from one ledger to another, under review.
    pub fn of_request(before: &Ledger, after: &Ledger, today: NaiveDate) -> Comparison {
        let known = reasons(before).collect();
        Comparison { is_request: true, weakened: compare(before, after, today), known }
    }

    /// The changes since an earlier ledger, each with the step that brought it. `step` gives the ledger after each of `count`
    /// steps, the oldest first, and the name of the commit.
    pub fn of_past(
        before: &Ledger,
        after: &Ledger,
        today: NaiveDate,
        count: usize,
        step: &mut dyn FnMut(usize) -> Option<(String, Ledger)>,
    ) -> Comparison {
        let mut weakened = compare(before, after, today);
        let mut known: Vec<Option<(String, Vec<String>)>> = vec![None; count];
        for one in &mut weakened {
            // The first step after which it is so: what has come stays, or it would not be so now.
            let (mut low, mut high) = (0, count);
            while low < high {
                let middle = low + (high - low) / 2;
                let Some(slot) = known.get_mut(middle) else { break };
                if slot.is_none() {
                    *slot = step(middle).map(|(commit, then)| {
                        let found = compare(before, &then, today).into_iter().map(|one| one.message);
                        (commit, found.collect())
                    });
                }
                let is_there = slot.as_ref().is_some_and(|(_, found)| found.contains(&one.message));
                if is_there { high = middle } else { low = middle + 1 }
            }
            one.commit = known.get(low).and_then(|slot| Some(slot.as_ref()?.0.clone()));
        }
        Comparison { is_request: false, weakened, known: HashSet::new() }
    }

    /// What is an error in a request unless a record says why.
    pub fn grave_messages(&self) -> Vec<String> {
        self.weakened.iter().filter(|one| !one.is_mild).map(|one| one.message.clone()).collect()
    }

    /// Whether the reason of an exception for this check was given before the change already, in whatever record and for however
    /// long: then it says nothing about this change.
    pub fn is_known(&self, allow: &Allow) -> bool {
        self.known.contains(&reason(allow))
    }
}

/// The reason of an exception, by its letters and digits.
fn reason(allow: &Allow) -> String {
    let because = allow.because.iter().flat_map(|because| because.value.chars());
    because.filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn allows(ledger: &Ledger) -> impl Iterator<Item = (&Allow, Option<&RecordKey>, LedgerPath, Span)> {
    let root =
        ledger.root.common.allow.iter().map(|allow| (&allow.value, None, LedgerPath::new(ROOT_FILE), allow.span));
    let records = Kind::DECIDING.into_iter().flat_map(|kind| ledger.records_of(kind)).flat_map(|record| {
        let allows = record.common().allow.iter();
        allows.map(move |allow| (&allow.value, Some(record.key()), record.path().clone(), allow.span))
    });
    root.chain(records)
}

/// The reasons that a ledger gives for what was weakened.
fn reasons(ledger: &Ledger) -> impl Iterator<Item = String> {
    let of_check = |allow: &Allow| allow.check.as_ref().is_some_and(|check| check.value == CHECK.name.as_str());
    allows(ledger).filter(move |(allow, ..)| of_check(allow)).map(|(allow, ..)| reason(allow))
}

/// All that is weaker in a ledger than in an earlier one.
fn compare(before: &Ledger, after: &Ledger, today: NaiveDate) -> Vec<Weakened> {
    let mut weakened: Vec<Weakened> = weakenings(before, after, today).iter().filter_map(duty).collect();
    weakened.extend(policy(before, after));
    weakened.extend(settings(before, after));
    weakened.extend(new_exceptions(before, after));
    weakened
}

/// A duty that is gone, or easier.
fn duty(weakening: &Weakening) -> Option<Weakened> {
    let first: &Reason = weakening.reasons.first()?;
    let title = format!("\u{201c}{}\u{201d}", weakening.title);
    let what = match weakening.what {
        Effect::Gone => format!("{} does not have to sign {title} any more", weakening.name),
        Effect::Easier => format!("the duty of {} to sign {title} is weaker", weakening.name),
        Effect::SelfSigned => format!("the signature of {} on {title} vouches for itself", weakening.name),
    };
    let reasons: Vec<&str> = weakening.reasons.iter().map(|reason| reason.text.as_str()).collect();
    let mut about: Vec<RecordKey> = first.record.iter().cloned().collect();
    if first.path.top() == SIGNATURES {
        about.extend([weakening.agreement.clone(), weakening.member.clone()]);
    }
    Some(Weakened {
        message: format!("{what}: {}", reasons.join("; ")),
        is_mild: first.is_mild,
        path: first.path.clone(),
        span: first.span,
        record: first.record.clone(),
        about,
        commit: None,
    })
}

fn at_root(span: Option<Span>, message: String) -> Weakened {
    Weakened {
        message,
        is_mild: false,
        path: LedgerPath::new(ROOT_FILE),
        span: span.unwrap_or(Span::START),
        record: None,
        about: Vec::new(),
        commit: None,
    }
}

/// Proofs that are not required any more, and a longer time to sign.
fn policy(before: &Ledger, after: &Ledger) -> Vec<Weakened> {
    let mut weakened = Vec::new();
    let set = after.root.policy.as_ref();
    let requires = |ledger: &Ledger| ledger.policy().ssh_signatures() == SshSignatures::Required;
    if requires(before) && !requires(after) {
        let span = set.and_then(|policy| policy.ssh_signatures.as_ref()).map(|at| at.span);
        weakened.push(at_root(span, "SSH signatures are not required any more".to_owned()));
    }
    let (was, is) = (before.policy().sign_days(), after.policy().sign_days());
    if is > was {
        let span = set.and_then(|policy| policy.sign_days.as_ref()).map(|at| at.span);
        weakened.push(at_root(span, format!("new members have {is} days to sign, and had {was}")));
    }
    weakened
}

/// Checks of agreements that weigh less than before; milder where they are warnings.
fn settings(before: &Ledger, after: &Ledger) -> Vec<Weakened> {
    let settings = after.root.checks.as_ref().map(|settings| settings.0.as_slice()).unwrap_or_default();
    let lower = super::ALL.iter().filter(|check| check.group == Group::Agreements).filter_map(|check| {
        let (was, is) = (severity_of(before, check), severity_of(after, check));
        // Where no setting says so, the policy does, which is reported itself.
        let setting = settings.iter().rfind(|(name, _)| name.value == check.name.as_str())?;
        if is >= was || was < Severity::Warning {
            return None;
        }
        let message = format!("`{}` is {is} now, and was {was}", check.name);
        Some(Weakened { is_mild: was < Severity::Error, ..at_root(Some(setting.0.span), message) })
    });
    lower.collect()
}

/// Exceptions for checks of agreements that were not there before, or end later; milder where the checks are warnings.
fn new_exceptions(before: &Ledger, after: &Ledger) -> Vec<Weakened> {
    let end = |allow: &Allow| allow.until.as_ref().map_or(NaiveDate::MAX, |until| until.value);
    let mut known: HashMap<(&str, Option<RecordKey>), NaiveDate> = HashMap::new();
    for (allow, record, ..) in allows(before) {
        let Some(check) = &allow.check else { continue };
        let last = known.entry((&check.value, record.cloned())).or_insert(end(allow));
        *last = end(allow).max(*last);
    }
    let mut new = Vec::new();
    for (allow, record, path, span) in allows(after) {
        let check = allow.check.as_ref().and_then(|check| super::find(&check.value));
        let Some(check) = check.filter(|check| check.group == Group::Agreements && check.name != CHECK.name) else {
            continue;
        };
        let severity = severity_of(after, check);
        let was_known = keys_of(before, after, record)
            .into_iter()
            .any(|key| known.get(&(check.name.as_str(), key)).is_some_and(|until| end(allow) <= *until));
        if severity < Severity::Warning || was_known {
            continue;
        }
        let until =
            allow.until.as_ref().map_or_else(|| " for good".to_owned(), |until| format!(" until {}", until.value));
        new.push(Weakened {
            message: format!("`{}` is accepted here{until}", check.name),
            is_mild: severity < Severity::Error,
            path,
            span,
            record: record.cloned(),
            about: Vec::new(),
            commit: None,
        });
    }
    new
}

/// The keys that a record has and, where it was renamed, had.
fn keys_of(before: &Ledger, after: &Ledger, record: Option<&RecordKey>) -> Vec<Option<RecordKey>> {
    let Some(key) = record else { return vec![None] };
    let record = after.find(key.kind, &key.id).filter(|_| before.find(key.kind, &key.id).is_none());
    let former = record.into_iter().flat_map(|record| &record.common().other_ids);
    let former = former.map(|id| RecordKey::new(key.kind, id)).filter(|old| after.find(old.kind, &old.id).is_none());
    std::iter::once(key.clone()).chain(former).map(Some).collect()
}

/// Amendments that were in force in some commit, and are said to begin only later now: so a duty would be switched off.
fn postponed(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for agreement in &context.ledger.agreements {
        for amendment in &agreement.amendments {
            let (Some(version), Some(date)) = (&amendment.version, &amendment.date) else { continue };
            let place = (agreement.key.id.to_string(), version.value);
            let Some(before) = context.ledger.evidence.in_force.get(&place) else { continue };
            if date.value <= context.today || before.date > context.today {
                continue;
            }
            let message = format!(
                "version {} of \u{201c}{}\u{201d} was in force since {}, by commit {}, and is dated {} now",
                version.value,
                agreement.name(),
                before.date,
                before.commit,
                date.value
            );
            let help = format!("write date = {}; what is in force is changed by a new version", before.date);
            findings.push(super::finding(&CHECK, agreement, date.span, message, help));
        }
    }
}

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    postponed(context, findings);
    let Some(comparison) = &context.comparison else { return };
    for one in &comparison.weakened {
        let place = one.record.as_ref().filter(|record| record.kind != Kind::Agreement || one.path.top() != SIGNATURES);
        let place = place.and_then(|record| context.ledger.find(record.kind, &record.id)).map(AnyRecord::path);
        let place = place.unwrap_or(&one.path);
        let place =
            if place.top() == SIGNATURES { "the record of the agreement or the member" } else { place.as_str() };
        let help = format!(
            "undo it, or say in {place} why it is meant: [[allow]] with check = \"{}\", because = \"…\" and `until` within a year",
            CHECK.name
        );
        let message = match &one.commit {
            Some(commit) => format!("{}, since commit {commit}", one.message),
            None => one.message.clone(),
        };
        let mut finding = Finding::new(CHECK.name, &one.path, one.span, message, help);
        finding.record.clone_from(&one.record);
        finding.about.clone_from(&one.about);
        findings.push(if one.is_mild || !comparison.is_request { finding.soften() } else { finding });
    }
}
