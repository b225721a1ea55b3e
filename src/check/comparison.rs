//! Compares two states of a ledger: what weakens the gate, in a change request or, step by step, on the main branch.

mod search;

use self::search::StepSearch;
use super::weakened_gate::CHECK;
use super::{Group, level_of};
use crate::agreement::{Effect, Weakening, WeakeningReason, weakenings};
use crate::finding::Severity;
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::ledger::Ledger;
use crate::record::common::Allow;
use crate::record::policy::SshSignatures;
use crate::source::{LedgerPath, ROOT_FILE, Span};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// What has been weakened, compared with an earlier state of the ledger.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Whether the whole change is under review; otherwise the changes are past, and are only reported.
    pub is_request: bool,
    pub(super) weakened: Vec<Weakened>,
    /// Exceptions for this check from before the change: they say nothing about it.
    known: HashSet<String>,
    /// Those from before the step that weakened something, by the sentence on it.
    known_before: HashMap<String, Arc<HashSet<String>>>,
}

/// One thing that is weaker than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Weakened {
    /// What is weaker, as a sentence without a final stop.
    pub message: String,
    /// What is weaker, without the reasons and figures: identifies it in another comparison.
    key: String,
    pub is_mild: bool,
    pub path: LedgerPath,
    pub span: Span,
    pub record: Option<RecordKey>,
    /// Whose exceptions apply beside those of the file.
    pub about: Vec<RecordKey>,
    /// Whose duty it is: the agreement and the member.
    pub duty: Vec<RecordKey>,
    /// The commit that did it, if it is past.
    pub commit: Option<String>,
}

impl Weakened {
    /// What is weaker, with the commit that did it if it is past: the message of its finding.
    pub(super) fn sentence(&self) -> String {
        match &self.commit {
            Some(commit) => format!("{}, since commit {commit}", self.message),
            None => self.message.clone(),
        }
    }
}

/// A ledger that was in the same repository before a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneLedger {
    /// Its folder in the repository; empty where that is its root.
    folder: String,
    /// Whether it had a member who is one of this ledger's.
    is_akin: bool,
}

impl GoneLedger {
    /// A ledger that lay in a folder, beside the one that is checked.
    pub fn of(folder: &str, ledger: &Ledger, checked: &Ledger) -> GoneLedger {
        // Most coalitions have an agreement named charter, but few have the same members.
        let is_akin = ledger.members.iter().any(|member| checked.members.find(&member.key.id).is_some());
        GoneLedger { folder: folder.to_owned(), is_akin }
    }
}

impl std::fmt::Display for GoneLedger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = if self.folder.is_empty() { "at the root".to_owned() } else { format!("in {}", self.folder) };
        write!(f, "the ledger {place} is gone from the repository, along with the agreements its members must sign")
    }
}

impl Comparison {
    /// The change from one ledger to another, under review.
    pub fn of_request(before: &Ledger, after: &Ledger, today: NaiveDate) -> Comparison {
        let known = reasons(before).collect();
        let weakened = compare(before, after, today, ReasonScope::All);
        Comparison { is_request: true, weakened, known, known_before: HashMap::new() }
    }

    /// The changes since an earlier ledger, each with the step that brought it. `step` gives the ledger after each step, the oldest
    /// first, and the name of the commit; `taking` says of each whether it may take something away.
    pub fn of_past(
        before: &Ledger,
        after: &Ledger,
        today: NaiveDate,
        taking: &[bool],
        step: &mut dyn FnMut(usize) -> Option<(String, Ledger)>,
    ) -> Comparison {
        let mut search = StepSearch::new(before, today, taking.len(), step);
        let gives_reasons = reasons(after).next().is_some();
        let mut known_before = HashMap::new();
        let mut weakened = compare(before, after, today, ReasonScope::Lasting);
        for one in &mut weakened {
            let Some(at) = search.first_with(one) else { continue };
            one.commit = search.commit_at(at);
            if gives_reasons {
                known_before.insert(one.sentence(), search.reasons_before(at));
            }
        }
        // What a signature rests on is compared with the state right before the step that brought it.
        for mut one in compare(before, after, today, ReasonScope::Grounds) {
            let Some(at) = search.first_with(&one) else { continue };
            let came_together = match at.checked_sub(1) {
                None => true,
                Some(earlier) => {
                    let (earlier, then) = (search.ledger_after(earlier), search.ledger_after(at));
                    earlier.zip(then).is_some_and(|(earlier, then)| {
                        compare(&earlier, &then, today, ReasonScope::Grounds)
                            .iter()
                            .any(|other| other.message == one.message)
                    })
                }
            };
            one.commit = search.commit_at(at);
            if came_together && gives_reasons {
                known_before.insert(one.sentence(), search.reasons_before(at));
            }
            weakened.extend(came_together.then_some(one));
        }
        // What began since then, or changed, was weakened by a step compared with the one before it.
        for (at, _) in taking.iter().enumerate().rev().filter(|(_, taking)| **taking).take(MOST_STEPS) {
            for one in search.lasting_of_step(at, after) {
                if weakened.iter().all(|known| known.key != one.key) {
                    if gives_reasons {
                        known_before.insert(one.sentence(), search.reasons_before(at));
                    }
                    weakened.push(one);
                }
            }
        }
        Comparison { is_request: false, weakened, known: HashSet::new(), known_before }
    }

    /// The same, with ledgers that were beside this one before the change and no longer are.
    pub fn with_gone(mut self, gone: &[GoneLedger]) -> Comparison {
        self.weakened.extend(gone.iter().map(|gone| {
            let message = gone.to_string();
            Weakened { is_mild: !gone.is_akin, ..at_root(None, &message, message.clone()) }
        }));
        self
    }

    /// What is weaker than in this comparison or in another one.
    pub fn or(mut self, other: Comparison) -> Comparison {
        let known: HashSet<String> = self.weakened.iter().map(|one| one.key.clone()).collect();
        self.weakened.extend(other.weakened.into_iter().filter(|one| !known.contains(&one.key)));
        self.known.extend(other.known);
        self
    }

    /// What is weaker than where a request begins, compared with its target as it is now. The request is not at fault for what
    /// the target itself no longer has; the target's rules judge too; and a reason in the target was given for another change.
    pub fn against(mut self, target: &Comparison) -> Comparison {
        let mut there: HashMap<&str, bool> = HashMap::new();
        for one in &target.weakened {
            *there.entry(&one.key).or_insert(true) &= one.is_mild;
        }
        self.weakened.retain_mut(|one| {
            let is_mild = there.get(one.key.as_str());
            one.is_mild &= is_mild.copied().unwrap_or_default();
            is_mild.is_some()
        });
        self.known.extend(target.known.iter().cloned());
        self
    }

    /// What is an error in a request unless a record says why.
    pub fn grave_messages(&self) -> Vec<String> {
        self.weakened.iter().filter(|one| !one.is_mild).map(|one| one.message.clone()).collect()
    }

    /// Whether the reason of an exception for this check was already given before the change, in any record and for any time: then
    /// it says nothing about this change.
    pub fn is_known(&self, allow: &Allow) -> bool {
        self.known.contains(&reason(allow))
    }

    /// Whether the reason of an exception was given before the past step that a sentence is about.
    pub fn is_older(&self, allow: &Allow, sentence: &str) -> bool {
        self.known_before.get(sentence).is_some_and(|known| known.contains(&reason(allow)))
    }
}

/// How many steps of the past are compared with the one before them, the newest ones: each takes as long as reading the ledger twice.
const MOST_STEPS: usize = 40;

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

/// Which reasons are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReasonScope {
    All,
    /// What is still so, whatever came in between.
    Lasting,
    /// What new signatures rest on that came with them, each reason by itself.
    Grounds,
}

/// All that is weaker in a ledger than in an earlier one.
fn compare(before: &Ledger, after: &Ledger, today: NaiveDate, part: ReasonScope) -> Vec<Weakened> {
    let found = weakenings(before, after, today);
    if part == ReasonScope::Grounds {
        let alone = |weakening: &Weakening| {
            let grounds = weakening.reasons.iter().filter(|reason| reason.is_ground).cloned();
            let alone = grounds.map(|reason| Weakening { reasons: vec![reason], ..weakening.clone() });
            alone.filter_map(|weakening| duty(&weakening)).collect::<Vec<_>>()
        };
        return found.iter().flat_map(alone).collect();
    }
    let lasting = |mut weakening: Weakening| {
        if part == ReasonScope::Lasting {
            weakening.reasons.retain(|reason| !reason.is_ground);
        }
        duty(&weakening)
    };
    let mut weakened: Vec<Weakened> = found.into_iter().filter_map(lasting).collect();
    weakened.extend(policy(before, after));
    weakened.extend(settings(before, after));
    weakened.extend(new_exceptions(before, after));
    weakened
}

/// A duty that is gone, or easier.
fn duty(weakening: &Weakening) -> Option<Weakened> {
    let first: &WeakeningReason = weakening.reasons.first()?;
    let title = format!("\u{201c}{}\u{201d}", weakening.title);
    let what = match weakening.what {
        Effect::Gone => format!("{} no longer has to sign {title}", weakening.name),
        Effect::Easier => format!("the requirement that {} sign {title} is weaker", weakening.name),
        Effect::SelfSigned => {
            format!("the signature of {} on {title} relies on something added in the same change", weakening.name)
        }
    };
    let reasons: Vec<&str> = weakening.reasons.iter().map(|reason| reason.text.as_str()).collect();
    let mut about: Vec<RecordKey> = first.record.iter().cloned().collect();
    if first.path.top() == SIGNATURES {
        about.extend([weakening.agreement.clone(), weakening.member.clone()]);
    }
    Some(Weakened {
        message: format!("{what}: {}", reasons.join("; ")),
        key: what,
        is_mild: first.is_mild,
        path: first.path.clone(),
        span: first.span,
        record: first.record.clone(),
        about,
        duty: vec![weakening.agreement.clone(), weakening.member.clone()],
        commit: None,
    })
}

fn at_root(span: Option<Span>, key: &str, message: String) -> Weakened {
    Weakened {
        key: key.to_owned(),
        message,
        is_mild: false,
        path: LedgerPath::new(ROOT_FILE),
        span: span.unwrap_or(Span::START),
        record: None,
        about: Vec::new(),
        duty: Vec::new(),
        commit: None,
    }
}

/// Proofs that are no longer required, and a longer time to sign.
fn policy(before: &Ledger, after: &Ledger) -> Vec<Weakened> {
    let mut weakened = Vec::new();
    let set = after.root.policy.as_ref();
    let requires = |ledger: &Ledger| ledger.policy().ssh_signatures() == SshSignatures::Required;
    if requires(before) && !requires(after) {
        let span = set.and_then(|policy| policy.ssh_signatures.as_ref()).map(|at| at.span);
        weakened.push(at_root(span, "ssh_signatures", "SSH signatures are no longer required".to_owned()));
    }
    let (was, is) = (before.policy().sign_days(), after.policy().sign_days());
    if is > was {
        let span = set.and_then(|policy| policy.sign_days.as_ref()).map(|at| at.span);
        weakened.push(at_root(span, "sign_days", format!("new members now have {is} days to sign (before: {was})")));
    }
    weakened
}

/// Checks of agreements that are less severe than before; milder where they were warnings.
fn settings(before: &Ledger, after: &Ledger) -> Vec<Weakened> {
    let settings = after.root.checks.as_ref().map(|settings| settings.0.as_slice()).unwrap_or_default();
    let lower = super::ALL.iter().filter(|check| check.group == Group::Agreements).filter_map(|check| {
        let (was, is) = (level_of(before, check), level_of(after, check));
        // Where no setting says so, the policy does, which is reported itself.
        let setting = settings.iter().rfind(|(name, _)| name.value == check.name.as_str())?;
        if is >= was || was < Severity::Warning {
            return None;
        }
        let message = format!("`{}` is now {is} (before: {was})", check.name);
        Some(Weakened {
            is_mild: was < Severity::Error,
            ..at_root(Some(setting.0.span), &format!("`{}`", check.name), message)
        })
    });
    lower.collect()
}

/// Exceptions for checks of agreements that are new, or end later; milder where the checks are warnings.
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
        let level = level_of(after, check);
        let was_known = keys_of(before, after, record)
            .into_iter()
            .any(|key| known.get(&(check.name.as_str(), key)).is_some_and(|until| end(allow) <= *until));
        if level < Severity::Warning || was_known {
            continue;
        }
        let until =
            allow.until.as_ref().map_or_else(|| " indefinitely".to_owned(), |until| format!(" until {}", until.value));
        let message = format!("`{}` is accepted here{until}", check.name);
        new.push(Weakened {
            key: format!("`{}` in {path}", check.name),
            message,
            is_mild: level < Severity::Error,
            path,
            span,
            record: record.cloned(),
            about: Vec::new(),
            duty: Vec::new(),
            commit: None,
        });
    }
    new
}

/// The keys that a record has and, if it was renamed, used to have.
fn keys_of(before: &Ledger, after: &Ledger, record: Option<&RecordKey>) -> Vec<Option<RecordKey>> {
    let Some(key) = record else { return vec![None] };
    let record = after.find(key.kind, &key.id).filter(|_| before.find(key.kind, &key.id).is_none());
    let former = record.into_iter().flat_map(|record| &record.common().other_ids);
    let former = former.map(|id| RecordKey::new(key.kind, id)).filter(|old| after.find(old.kind, &old.id).is_none());
    std::iter::once(key.clone()).chain(former).map(Some).collect()
}
