//! What a change does beyond its own words: the quorum, who can sign, which signatures are missing, and what the checks
//! find.

use super::known_findings::{Findings, new_among};
use super::state::Renames;
use crate::agreement::may_sign;
use crate::check::{Context, Reported, Verdict, discreet, judge};
use crate::finding::{Severity, name};
use crate::kind::RecordKey;
use crate::ledger::Ledger;
use crate::practice::decision_structure::quorum;
use crate::record::AnyRecord as _;
use crate::source::ROOT_FILE;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a change does.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(crate) struct Effects {
    /// The quorum of the members, if it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quorum: Option<QuorumChange>,
    /// Who can sign for a member now, and who no longer can.
    pub signatories: Vec<SignatoryChange>,
    /// Required signatures that are missing after the last day to sign, and were not.
    pub unmet: Vec<RequiredSignature>,
    /// Required signatures that were missing after the last day to sign, and are no longer.
    pub met: Vec<RequiredSignature>,
    /// What the checks find now and did not find before.
    pub found: Vec<CheckChange>,
    /// What the checks found before and find no more.
    pub gone: Vec<CheckChange>,
}

/// How many members a decision needs, of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct Quorum {
    /// The least number that must state a position.
    pub needed: usize,
    /// The current members.
    pub members: usize,
}

/// A quorum before and now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct QuorumChange {
    /// Before.
    pub before: Quorum,
    /// Now.
    pub after: Quorum,
}

/// A change of who can sign for a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SignatoryChange {
    /// The member, as `kind/id`.
    pub member: String,
    /// Its name.
    pub name: String,
    /// The names of those who can sign now and could not before.
    pub can: Vec<String>,
    /// The names of those who could sign before and cannot now.
    pub cannot: Vec<String>,
}

/// A signature that is required of a member.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct RequiredSignature {
    /// The agreement, as `kind/id`.
    pub agreement: String,
    /// The member, likewise.
    pub member: String,
    /// The names of both.
    pub names: (String, String),
}

/// The findings of a check that appear or vanish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct CheckChange {
    /// The check.
    pub check: String,
    /// The worst severity among them.
    pub severity: Severity,
    /// What it says, each with its file.
    pub messages: Vec<String>,
}

/// What a change does, seen on a day. `is_about` says whether a record is one of those that were asked for; without it all are,
/// and the quorum is too.
pub(super) fn effects(
    before: &Ledger,
    after: &Ledger,
    today: NaiveDate,
    private: bool,
    renames: &Renames,
    is_about: Option<&dyn Fn(&RecordKey) -> bool>,
) -> Effects {
    let wanted = |key: &RecordKey| is_about.is_none_or(|is_about| is_about(key));
    let quorum_of = |ledger: &Ledger| {
        let members = ledger.current_members(today).count();
        Quorum { needed: quorum(ledger.policy().quorum(), members), members }
    };
    let (was, is) = (quorum_of(before), quorum_of(after));
    // Proofs are judged once for the signatures and the findings of a side.
    let (context_before, context_after) = (Context::new(before, today), Context::new(after, today));
    let old = lacking(&context_before, renames);
    let new = lacking(&context_after, &Renames::new());
    let only = |these: &BTreeMap<(RecordKey, RecordKey), RequiredSignature>, others: &BTreeMap<_, _>| {
        let fresh = these.iter().filter(|(key, _)| !others.contains_key(*key));
        fresh
            .filter(|((agreement, member), _)| wanted(agreement) || wanted(member))
            .map(|(_, one)| one.clone())
            .collect()
    };
    let reported = |context: &Context<'_>| -> Vec<Reported> {
        // What git tracks and the folder lacks is the change itself, and not a finding in it.
        let is_of_folder =
            |one: &Reported| one.finding.check == name::UNREADABLE_FILE && one.finding.path.as_str() == ROOT_FILE;
        let is_wanted = |one: &Reported| is_about.is_none() || one.finding.record.as_ref().is_some_and(&wanted);
        let verdict = judge(context).without_echoes();
        verdict.reported.into_iter().filter(|one| !is_of_folder(one) && is_wanted(one)).collect()
    };
    let (findings_before, findings_after) = (reported(&context_before), reported(&context_after));
    let earlier = Findings { reported: &findings_before, renames };
    let later = Findings { reported: &findings_after, renames: &Renames::new() };
    // Only what is shown is searched for what may not be.
    let shown = |ledger: &Ledger, these: Findings<'_>, others: Findings<'_>| -> Vec<CheckChange> {
        let is_new = new_among(these, others);
        let found = these.reported.iter().zip(is_new).filter(|(_, is_new)| *is_new).map(|(one, _)| one.clone());
        let verdict = Verdict { reported: found.collect(), accepted: Vec::new() };
        by_check(&if private { verdict } else { discreet(ledger, today, verdict) })
    };
    Effects {
        quorum: (was != is && is_about.is_none()).then_some(QuorumChange { before: was, after: is }),
        signatories: signatories(before, after, today, renames)
            .into_iter()
            .filter(|(key, _)| wanted(key))
            .map(|(_, change)| change)
            .collect(),
        unmet: only(&new, &old),
        met: only(&old, &new),
        found: shown(after, later, earlier),
        gone: shown(before, earlier, later),
    }
}

/// The required signatures that are missing, by agreement and member.
fn lacking(context: &Context<'_>, renames: &Renames) -> BTreeMap<(RecordKey, RecordKey), RequiredSignature> {
    let now = |key: &RecordKey| renames.get(key).unwrap_or(key).clone();
    let cells = context.ledger.agreements.iter().flat_map(|agreement| context.signing.row(agreement));
    let cells = cells.filter(|cell| cell.required && cell.is_lacking());
    cells
        .map(|cell| {
            let key = (now(&cell.agreement.key), now(&cell.member.key));
            let names = (cell.agreement.name().to_owned(), cell.member.name().to_owned());
            let one = RequiredSignature { agreement: key.0.to_string(), member: key.1.to_string(), names };
            (key, one)
        })
        .collect()
}

/// Who can sign for members that both ledgers have.
fn signatories(
    before: &Ledger,
    after: &Ledger,
    today: NaiveDate,
    renames: &Renames,
) -> Vec<(RecordKey, SignatoryChange)> {
    let who = |ledger: &Ledger, member: &crate::record::Member, renames: &Renames| -> BTreeSet<RecordKey> {
        use crate::record::value::RecordId as _;
        let able = member.signatory_ids().into_iter().filter(|id| may_sign(ledger, member, id, today));
        able.map(|id| id.key()).map(|key| renames.get(&key).cloned().unwrap_or(key)).collect()
    };
    let names = |ledger: &Ledger, keys: Vec<&RecordKey>| -> Vec<String> {
        keys.into_iter().map(|key| ledger.name_of_key(key).to_owned()).collect()
    };
    let mut changes = Vec::new();
    for old in before.members.iter() {
        let key = renames.get(&old.key).unwrap_or(&old.key);
        let Some(new) = after.members.find(&key.id) else { continue };
        let (was, is) = (who(before, old, renames), who(after, new, &Renames::new()));
        if was == is || !(old.is_current(today) || new.is_current(today)) {
            continue;
        }
        let change = SignatoryChange {
            member: key.to_string(),
            name: new.name().to_owned(),
            can: names(after, is.difference(&was).collect()),
            cannot: names(after, was.difference(&is).collect()),
        };
        changes.push((key.clone(), change));
    }
    changes
}

/// Findings by check, the worst first.
fn by_check(verdict: &Verdict) -> Vec<CheckChange> {
    let mut found: BTreeMap<&str, CheckChange> = BTreeMap::new();
    for one in &verdict.reported {
        let (check, message) = (one.finding.check.as_str(), one.finding.message.as_str());
        let change = found.entry(check).or_insert_with(|| CheckChange {
            check: check.to_owned(),
            severity: one.severity,
            messages: Vec::new(),
        });
        change.severity = change.severity.max(one.severity);
        change.messages.push(format!("{}: {message}", one.finding.path));
    }
    let mut found: Vec<CheckChange> = found.into_values().collect();
    found.sort_by_key(|change| std::cmp::Reverse(change.severity));
    found
}
