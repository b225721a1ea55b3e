//! What a change of a ledger takes from the gate: compares each required signature before the change with what is left
//! of it. The rules before the change judge the change.

mod duty;
mod signature;
mod terms;

use super::standing::{JudgedSignature, SignatureJudge};
use super::timeline::chosen_members;
use super::timeline::has_ended;
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::record::policy::SshSignatures;
use crate::record::value::Opt;
use crate::record::{Agreement, AnyRecord, Member, Record};
use crate::source::{LedgerPath, ROOT_FILE, Span};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap, HashSet};

/// One way in which a requirement is weaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WeakeningReason {
    /// Whether it is an ordinary change that may be well meant.
    pub is_mild: bool,
    /// Whether a new signature in the same change rests on it.
    pub is_ground: bool,
    /// The changed file that weakens it.
    pub path: LedgerPath,
    /// The place in the file.
    pub span: Span,
    /// The record that weakens it, if it still exists.
    pub record: Option<RecordKey>,
    /// What has changed, as the end of a sentence.
    pub text: String,
}

/// What a change does to a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// The requirement is gone.
    Gone,
    /// The requirement is weaker.
    Easier,
    /// It is new, and a signature that came with it rests on what came with it as well.
    SelfSigned,
}

/// A weakened requirement that a member sign an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Weakening {
    /// The agreement, by its key.
    pub agreement: RecordKey,
    /// Its name.
    pub title: String,
    /// The member, by the key that it has now, or had.
    pub member: RecordKey,
    /// Its name.
    pub name: String,
    /// What the change does to it.
    pub what: Effect,
    /// The reasons, the worst first.
    pub reasons: Vec<WeakeningReason>,
}

/// Two ledgers, one before a change and one with it.
pub(super) struct DutyChange<'l> {
    pub before: &'l Ledger,
    pub after: &'l Ledger,
    pub today: NaiveDate,
    pub signing: SignatureJudge<'l>,
    pub signing_after: SignatureJudge<'l>,
    /// Members and advocates of now by the ids that they had.
    renamed: BTreeMap<RecordKey, RecordKey>,
    /// Advocates of now whose ids belonged to someone else before.
    strangers: HashSet<RecordKey>,
}

/// An agreement before a change and with it.
pub(super) struct Pair<'l> {
    pub was: &'l Record<Agreement>,
    pub now: Option<&'l Record<Agreement>>,
    /// The signatures of each member before, by its id then, and with the change, by its id now.
    pub before: HashMap<&'l str, Vec<JudgedSignature<'l>>>,
    pub after: HashMap<&'l str, Vec<JudgedSignature<'l>>>,
    /// The members of whom it is required with the change, by their ids.
    pub chosen: HashSet<&'l str>,
}

/// The duties of a ledger that a change takes away or makes easier, in the order of the ledger before it.
pub(crate) fn weakenings(before: &Ledger, after: &Ledger, today: NaiveDate) -> Vec<Weakening> {
    let (renamed, strangers) = find_renames(before, after);
    let change = DutyChange {
        before,
        after,
        today,
        signing: SignatureJudge::new(before, today),
        signing_after: SignatureJudge::new(after, today),
        renamed,
        strangers,
    };
    let mut weakenings = Vec::new();
    let mut known: HashSet<(&RecordKey, &RecordKey)> = HashSet::new();
    for agreement in change.signing.agreements() {
        let pair = change.pair(agreement);
        let of_all = change.of_agreement(&pair);
        for cell in change.signing.row(agreement).iter().filter(|cell| cell.required) {
            let mut reasons = of_all.clone();
            if let Some(member) = change.member_now(cell.member) {
                known.insert((&agreement.key, &member.key));
            }
            let is_gone = change.of_duty(&pair, cell, &mut reasons);
            if reasons.is_empty() {
                continue;
            }
            reasons.sort_by_key(|reason| reason.is_mild);
            let member = change.member_now(cell.member).map_or(&cell.member.key, |member| &member.key);
            weakenings.push(Weakening {
                agreement: agreement.key.clone(),
                title: agreement.name().to_owned(),
                member: member.clone(),
                name: cell.member.name().to_owned(),
                what: if is_gone { Effect::Gone } else { Effect::Easier },
                reasons,
            });
        }
    }
    weakenings.extend(change.of_new_duties(&known));
    weakenings
}

/// Takes out of a ledger before a change what the change takes back: an agreement that had ended and is opened again,
/// and a member who had left and never did. They are compared as if they had gone on, so that no rule changes while no
/// one is bound by it.
pub(crate) fn reopen(before: &mut Ledger, after: &Ledger, today: NaiveDate) {
    for was in before.agreements.iter_mut().filter(|was| has_ended(was, today)) {
        if after.agreements.find(&was.key.id).is_some_and(|now| !has_ended(now, today)) {
            was.body.ended = None;
        }
    }
    let day = |day: &Opt<NaiveDate>| day.as_ref().map(|day| day.value);
    for was in before.members.iter_mut().filter(|was| day(&was.left).is_some_and(|left| left <= today)) {
        let stays = |now: &Record<Member>| {
            // A member who joins after it had left is a new member.
            let is_back = day(&now.joined).is_some() && day(&now.joined) <= day(&was.left);
            is_back && day(&now.left).is_none_or(|left| left > today)
        };
        if after.members.find(&was.key.id).is_some_and(stays) {
            was.body.left = None;
        }
    }
}

/// Members and advocates who have another id now, by the id that they had. Of several members that became one, only
/// the first that the record names went on: the duties of the others are gone. People may have had several records.
/// Beside them the advocates whose ids belonged to someone else, who says so under a new id.
fn find_renames(before: &Ledger, after: &Ledger) -> (BTreeMap<RecordKey, RecordKey>, HashSet<RecordKey>) {
    let was_there = |key: &RecordKey| before.find(key.kind, &key.id).is_some();
    let is_there = |key: &RecordKey| after.find(key.kind, &key.id).is_some();
    let former = |record: &dyn AnyRecord| {
        let kind = record.key().kind;
        let ids = record.common().other_ids.iter().map(|id| RecordKey::new(kind, id)).filter(was_there);
        ids.collect::<Vec<_>>()
    };
    let members = || after.members.iter().map(|member| member as &dyn AnyRecord);
    let people = || after.advocates.iter().map(|advocate| advocate as &dyn AnyRecord);
    let (mut renamed, mut strangers) = (BTreeMap::new(), HashSet::new());
    for record in people().filter(|record| !was_there(record.key())) {
        for old in former(record).into_iter().filter(is_there) {
            renamed.insert(old.clone(), record.key().clone());
            strangers.insert(old);
        }
    }
    for record in members().chain(people()) {
        let now = record.key();
        // Who was there already is someone else.
        if was_there(now) && !strangers.contains(now) {
            continue;
        }
        let mut old = former(record);
        old.retain(|old| !is_there(old) && !renamed.contains_key(old));
        if now.kind == Kind::Member {
            old.truncate(1);
        }
        renamed.extend(old.into_iter().map(|old| (old, now.clone())));
    }
    // A rename that is taken back: the record of before said that it had this id.
    let records = [Kind::Member, Kind::Advocate].into_iter().flat_map(|kind| before.records_of(kind));
    for record in records.filter(|record| !is_there(record.key())) {
        if renamed.contains_key(record.key()) {
            continue;
        }
        let kind = record.key().kind;
        let ids = record.common().other_ids.iter().map(|id| RecordKey::new(kind, id));
        let back = ids.filter(|id| is_there(id) && !was_there(id)).find(|id| !renamed.values().any(|now| now == id));
        renamed.extend(back.map(|id| (record.key().clone(), id)));
    }
    (renamed, strangers)
}

impl<'l> DutyChange<'l> {
    /// An earlier agreement with what has become of it.
    fn pair(&self, was: &'l Record<Agreement>) -> Pair<'l> {
        let now = self.after.agreements.find(&was.key.id);
        let chosen = now.map(|now| chosen_members(self.after, now, self.today)).unwrap_or_default();
        Pair {
            was,
            now,
            before: self.signing.by_member(was),
            after: now.map(|now| self.signing_after.by_member(now)).unwrap_or_default(),
            chosen: chosen.into_iter().map(|member| &*member.key.id).collect(),
        }
    }

    /// The member with the change, also under another id.
    pub(super) fn member_now(&self, member: &Record<Member>) -> Option<&'l Record<Member>> {
        let key = self.renamed.get(&member.key).unwrap_or(&member.key);
        self.after.members.find(&key.id)
    }

    /// The ids of an advocate before the change: its own, or those of the records that became this one; none if its id
    /// belonged to someone else.
    pub(super) fn advocates_before<'a>(&'a self, id: &'a str) -> Vec<&'a str> {
        let is_now = |(_, now): &(&RecordKey, &RecordKey)| now.kind == Kind::Advocate && *now.id == *id;
        let old: Vec<&str> = self.renamed.iter().filter(is_now).map(|(old, _)| &*old.id).collect();
        let is_stranger = || self.strangers.contains(&RecordKey::new(Kind::Advocate, id));
        if old.is_empty() && !is_stranger() { vec![id] } else { old }
    }

    /// Duties that the change brings to members who were there before it, with signatures that rest on what it brings too.
    fn of_new_duties(&self, known: &HashSet<(&RecordKey, &RecordKey)>) -> Vec<Weakening> {
        let was: HashMap<&RecordKey, &Record<Member>> =
            self.before.members.iter().filter_map(|was| Some((&self.member_now(was)?.key, was))).collect();
        let mut weakenings = Vec::new();
        for agreement in self.signing_after.agreements() {
            let before = self.before.agreements.find(&agreement.key.id).map(|was| self.signing.by_member(was));
            let mut after = None;
            for cell in self.signing_after.row(agreement).iter().filter(|cell| cell.required) {
                let member = cell.member;
                let Some(was) = was.get(&member.key) else { continue };
                if known.contains(&(&agreement.key, &member.key)) {
                    continue;
                }
                let mut reasons = Vec::new();
                let before = before.as_ref().map(|before| signature::signatures_of(before, was)).unwrap_or_default();
                let after = after.get_or_insert_with(|| self.signing_after.by_member(agreement));
                self.of_new_signatures(before, signature::signatures_of(after, member), agreement, was, &mut reasons);
                if !reasons.is_empty() {
                    weakenings.push(Weakening {
                        agreement: agreement.key.clone(),
                        title: agreement.name().to_owned(),
                        member: member.key.clone(),
                        name: member.name().to_owned(),
                        what: Effect::SelfSigned,
                        reasons,
                    });
                }
            }
        }
        weakenings
    }

    /// Whether proofs are required, before the change or with it.
    pub(super) fn requires_proofs(&self) -> bool {
        [self.before, self.after].iter().any(|ledger| ledger.policy().ssh_signatures() == SshSignatures::Required)
    }
}

/// A reason at the root file: what weakens is gone, so that it cannot say why itself.
fn at_root(text: String) -> WeakeningReason {
    WeakeningReason {
        is_mild: false,
        is_ground: false,
        path: LedgerPath::new(ROOT_FILE),
        span: Span::START,
        record: None,
        text,
    }
}

/// A reason in a record.
fn in_record(record: &dyn AnyRecord, span: Option<Span>, is_mild: bool, text: String) -> WeakeningReason {
    let name = record.common().name.as_ref().map_or(Span::START, |name| name.span);
    WeakeningReason {
        is_mild,
        is_ground: false,
        path: record.path().clone(),
        span: span.unwrap_or(name),
        record: Some(record.key().clone()),
        text,
    }
}
