//! What a change does to the requirement that one member sign one agreement.

use super::signature::signatures_of;
use super::{DutyChange, Pair, WeakeningReason, at_root, in_record};
use crate::agreement::proof::fingerprint;
use crate::agreement::timeline::{deadline, deadline_within, has_ended, has_expired, is_written};
use crate::agreement::{Cell, JudgedSignature};
use crate::parse::alike::fold;
use crate::record::agreement::Requirement;
use crate::record::member::FormerSignatory;
use crate::record::value::{AdvocateId, Opt, RecordId};
use crate::record::{Advocate, Agreement, AnyRecord, Member, Record};
use chrono::{Days, NaiveDate};
use std::collections::HashSet;

/// How many days no one takes to sign.
const A_YEAR: u64 = 366;

impl DutyChange<'_> {
    /// Adds the reasons that are about this member. Whether its duty is gone.
    pub(super) fn of_duty(&self, pair: &Pair<'_>, cell: &Cell<'_>, reasons: &mut Vec<WeakeningReason>) -> bool {
        let was = cell.member;
        let Some(now) = pair.now else {
            // Why stands among the reasons of the agreement.
            return true;
        };
        let Some(member) = self.member_now(was) else {
            reasons.push(at_root(format!("the member's record, {}, is gone", was.path)));
            return true;
        };
        let expires_anew = has_expired(now, self.today) && !has_expired(pair.was, self.today);
        if has_ended(now, self.today) || expires_anew {
            // An agreement that ends may be opened again, and then is required of whom it says.
            if member.is_current(self.today) && !pair.chosen.contains(&*member.key.id) {
                reasons.push(describe_release(now, was, member));
            }
            return true;
        }
        if !is_written(self.after, now, self.today) {
            return true;
        }
        if !member.is_current(self.today) {
            reasons.push(ended_membership(was, member, self.today));
            return true;
        }
        let is_chosen = pair.chosen.contains(&*member.key.id);
        if !is_chosen {
            reasons.push(describe_release(now, was, member));
            return true;
        }
        self.of_time(pair, now, cell, member, reasons);
        self.of_days_to_come(pair, now, was, member, reasons);
        self.of_versions_to_come(pair, now, cell, reasons);
        self.of_signatories(pair, was, member, cell, reasons);
        self.of_withdrawals(signatures_of(&pair.before, was), signatures_of(&pair.after, member), now, reasons);
        self.of_new_signatures(signatures_of(&pair.before, was), signatures_of(&pair.after, member), now, was, reasons);
        false
    }

    /// A day to sign that is later than it was.
    fn of_time(
        &self,
        pair: &Pair<'_>,
        now: &Record<Agreement>,
        cell: &Cell<'_>,
        member: &Record<Member>,
        reasons: &mut Vec<WeakeningReason>,
    ) {
        let (agreement, was) = (pair.was, cell.member);
        let date = |date: &Opt<NaiveDate>| date.as_ref().map(|date| date.value);
        let (joined, joined_now) = (date(&was.joined), date(&member.joined));
        let has_rejoined = joined_now.is_some_and(|now| has_left_before(was, member, now));
        if joined_now > joined && !has_rejoined {
            let span = member.joined.as_ref().map(|joined| joined.span);
            let (from, to) = (joined.map(|day| day.to_string()), joined_now.map(|day| day.to_string()));
            let text = format!("`joined` moved from {} to {}", from.unwrap_or_default(), to.unwrap_or_default());
            reasons.push(in_record(member, span, false, text));
            return;
        }
        if let Some(joined_now) = joined_now.filter(|now| joined.is_some_and(|joined| *now < joined))
            && was.left_before(self.today).is_some()
            && member.left_before(self.today) < was.left_before(self.today)
        {
            let span = member.joined.as_ref().map(|joined| joined.span);
            let text = format!("`joined` moved back to {joined_now}, as if the member had never left");
            reasons.push(in_record(member, span, false, text));
            return;
        }
        let due = deadline(self.before, agreement, was, self.today);
        // A longer time for all new members is reported at the policy; a new membership has a time of its own.
        let due_now = deadline_within(self.before.policy().sign_days(), now, member, self.today);
        // A new version that asks for signatures has a time of its own; that lifts what was overdue, and may be far.
        let asks_anew = now.version_number() > agreement.version_number();
        let has_signed = cell.judged.as_ref().is_some_and(|judged| judged.counts());
        let is_far = due_now > self.today.checked_add_days(Days::new(A_YEAR));
        let may_be_later = asks_anew && has_signed && !cell.renewal && !is_far;
        let is_later = !may_be_later && due.is_some() && (due_now.is_none() || due_now > due);
        if is_later && !has_rejoined {
            let span = now.sign_by.as_ref().map(|sign_by| sign_by.span);
            let day = |day: Option<NaiveDate>| day.map_or_else(|| "no date".to_owned(), |day| day.to_string());
            let text = format!("it is now due by {}, and was due by {}", day(due_now), day(due));
            reasons.push(in_record(now, span, true, text));
        }
    }

    /// A version to come that asks for signatures later than what is still to be signed was due.
    fn of_versions_to_come(
        &self,
        pair: &Pair<'_>,
        now: &Record<Agreement>,
        cell: &Cell<'_>,
        reasons: &mut Vec<WeakeningReason>,
    ) {
        let is_pending = cell.renewal || !cell.judged.as_ref().is_some_and(JudgedSignature::counts);
        let Some(due) = deadline(self.before, pair.was, cell.member, self.today).filter(|_| is_pending) else { return };
        let to_come = now.amendments.iter().find_map(|amendment| {
            let version = amendment.version.as_ref().filter(|version| version.value > pair.was.version_number())?;
            let begins = amendment.date.as_ref().filter(|date| date.value > self.today)?;
            let resigns = amendment.resign.as_ref().is_some_and(|resign| resign.value);
            let sign_by = amendment.sign_by.as_ref().filter(|sign_by| resigns && sign_by.value > due)?;
            Some((version.value, begins.value, sign_by))
        });
        if let Some((version, begins, sign_by)) = to_come {
            let text =
                format!("version {version} gives it until {} from {begins} on, but it is due by {due}", sign_by.value);
            reasons.push(in_record(now, Some(sign_by.span), true, text));
        }
    }

    /// Days that will end the duty, and a list of members in place of all.
    fn of_days_to_come(
        &self,
        pair: &Pair<'_>,
        now: &Record<Agreement>,
        was: &Record<Member>,
        member: &Record<Member>,
        reasons: &mut Vec<WeakeningReason>,
    ) {
        let is_new = |was: &Opt<NaiveDate>, now: &Opt<NaiveDate>| {
            let day = |date: &Opt<NaiveDate>| date.as_ref().map(|date| date.value);
            day(now).is_some_and(|now| now > self.today && day(was).is_none_or(|was| now < was))
        };
        if let Some(left) = member.left.as_ref().filter(|_| is_new(&was.left, &member.left)) {
            reasons.push(in_record(member, Some(left.span), true, format!("it leaves on {}", left.value)));
        }
        if let Some(ended) = now.ended.as_ref().filter(|_| is_new(&pair.was.ended, &now.ended)) {
            reasons.push(in_record(now, Some(ended.span), true, format!("the agreement ends on {}", ended.value)));
        }
        let requirement = |of: &'_ Record<Agreement>| of.required_of.as_ref().map(|of| of.value.clone());
        if let Some(whom) = describe_limit(requirement(pair.was).as_ref(), requirement(now).as_ref()) {
            let span = now.required_of.as_ref().map(|required| required.span);
            let text = format!("it is now required only of {whom}, and not of others that join later");
            reasons.push(in_record(now, span, true, text));
        }
    }

    /// Other signatories than before, without a new signature by one of them.
    fn of_signatories(
        &self,
        pair: &Pair<'_>,
        was: &Record<Member>,
        member: &Record<Member>,
        cell: &Cell<'_>,
        reasons: &mut Vec<WeakeningReason>,
    ) {
        let former = was.former_signatories.iter().filter_map(|former| former.advocate.as_ref());
        let before: Vec<&AdvocateId> = was.signatory_ids().into_iter().chain(former.map(|id| &id.value)).collect();
        let is_among = |known: &[&AdvocateId], id: &AdvocateId| {
            let earlier = self.advocates_before(id.as_str());
            earlier.iter().any(|earlier| known.iter().any(|known| known.as_str() == *earlier))
        };
        let is_known = |id: &AdvocateId| is_among(&before, id);
        let is_signatory = |id: &AdvocateId| is_among(&was.signatory_ids(), id);
        let persons = |id: &AdvocateId| {
            let now = self.after.advocates.get(id)?;
            let earlier = self.advocates_before(id.as_str());
            let mut earlier = earlier.iter().filter_map(|id| self.before.advocates.find(id));
            earlier.find(|was| is_called_otherwise(was, now)).map(|was| (was, now))
        };
        if let Some((was, now)) = member.signatory_ids().into_iter().find_map(persons) {
            let text = format!("{}, who may sign for it, was named {} before", now.name(), was.name());
            reasons.push(in_record(now, None, true, text));
        }
        // Whoever has signed already is bound, whoever of the member may sign next.
        if cell.judged.as_ref().is_some_and(|judged| judged.counts()) {
            let is_own = |id: &AdvocateId| {
                let member_of = self.after.advocates.get(id).and_then(|advocate| advocate.member.as_ref());
                member_of.is_some_and(|of| of.as_str() == &*member.key.id)
            };
            let former = member.former_signatories.iter().filter_map(|former| former.advocate.as_ref());
            let mut named = member.signatory_ids().into_iter().chain(former.map(|id| &id.value));
            if let Some(id) = named.find(|id| !is_known(id) && !is_own(id)) {
                let name = self.after.name_of(id);
                reasons.push(in_record(
                    member,
                    None,
                    true,
                    format!("{name}, who does not belong to this member, may now sign for it"),
                ));
            }
            return;
        }
        if member.signatory_ids().into_iter().any(|id| !is_known(id)) {
            let span = member.signatories.first().map(|id| id.span);
            let span = span.or(member.representative.as_ref().map(|id| id.span));
            reasons.push(in_record(member, span, true, "someone else may now sign for it".to_owned()));
        }
        let holds = |known: &FormerSignatory, new: &FormerSignatory| {
            let day = |date: &Opt<NaiveDate>| date.as_ref().map(|date| date.value);
            let advocate = new.advocate.as_ref().map(|id| self.advocates_before(id.as_str())).unwrap_or_default();
            known.advocate.as_ref().is_some_and(|id| advocate.contains(&id.as_str()))
                && day(&known.since).is_none_or(|since| day(&new.since).is_some_and(|new| since <= new))
                && day(&known.until).is_none_or(|until| day(&new.until).is_some_and(|new| new <= until))
        };
        let is_new = |new: &&FormerSignatory| {
            let is_named = new.advocate.as_ref().is_some_and(|id| is_signatory(&id.value));
            !is_named && !was.former_signatories.iter().any(|known| holds(known, new))
        };
        let mut former = member.former_signatories.iter().map(|former| &former.value);
        if let Some(new) = former.find(is_new).and_then(|former| former.advocate.as_ref()) {
            let text = "its record now says that someone else could sign for it".to_owned();
            reasons.push(in_record(member, Some(new.span), true, text));
        }
        // Who has signed by now needs no one anymore.
        if signatures_of(&pair.after, member).iter().any(JudgedSignature::counts) {
            return;
        }
        for id in member.signatory_ids() {
            let Some(now) = self.after.advocates.get(id) else { continue };
            let earlier = self.advocates_before(id.as_str());
            let earlier = earlier.iter().filter_map(|id| self.before.advocates.find(id));
            reasons.extend(earlier.flat_map(|was| of_person(was, now, self.today)));
        }
    }
}

/// Of whom an agreement is required that was required of more, whoever joins: members of today are judged one by one.
fn describe_limit(was: Option<&Requirement>, now: Option<&Requirement>) -> Option<&'static str> {
    use Requirement::{Listed, Members, Selected};
    let (was, now) = (was.unwrap_or(&Members), now.unwrap_or(&Members));
    match (was, now) {
        (Members | Selected { .. }, Listed(_)) => Some("the listed members"),
        (Members, Selected { .. }) => Some("members of some classifications or sectors"),
        (
            Selected { classification: classes, sector: sectors },
            Selected { classification: classes_now, sector: sectors_now },
        ) => {
            // An empty list does not limit.
            let is_less = is_less(classes, classes_now) || is_less(sectors, sectors_now);
            is_less.then_some("members of fewer classifications or sectors")
        }
        _ => None,
    }
}

/// Whether a list that limits, where it is not empty, lacks what an earlier one had.
fn is_less<T: PartialEq>(was: &[T], now: &[T]) -> bool {
    !now.is_empty() && (was.is_empty() || was.iter().any(|one| !now.contains(one)))
}

/// Whether no word of a person's names is one that they had before: then the record may be another person's by now.
fn is_called_otherwise(was: &Record<Advocate>, now: &Record<Advocate>) -> bool {
    let words = |of: &Record<Advocate>| {
        let others = of.common().other_names.iter().map(|name| name.value.to_string());
        let names = std::iter::once(of.name().to_owned()).chain(others).collect::<Vec<_>>().join(" ");
        names.split_whitespace().map(fold).collect::<HashSet<String>>()
    };
    words(was).is_disjoint(&words(now))
}

/// What a person who signs for a member who has not signed can do that they could not do before.
fn of_person(was: &Record<Advocate>, now: &Record<Advocate>, today: NaiveDate) -> Vec<WeakeningReason> {
    let mut reasons = Vec::new();
    let name = now.name();
    if !was.serves(today) && now.serves(today) {
        reasons.push(in_record(
            now,
            None,
            true,
            format!("{name}, who may sign for it, was not current before this change"),
        ));
    }
    let keys = |of: &Record<Advocate>| of.keys.iter().filter_map(|key| fingerprint(key)).collect::<Vec<_>>();
    let has_key = |of: &Record<Advocate>| {
        of.keys.iter().any(|key| {
            let from = key.valid_from.as_ref().is_none_or(|from| from.value <= today);
            from && key.valid_until.as_ref().is_none_or(|until| today <= until.value) && fingerprint(key).is_some()
        })
    };
    let left = keys(now);
    if has_key(was) && !has_key(now) && keys(was).iter().all(|key| left.contains(key)) {
        let text = format!("{name}, who may sign for it, no longer has a key to prove it");
        reasons.push(in_record(now, None, true, text));
    }
    if keys(was).iter().any(|key| !left.contains(key)) {
        let text = format!("a key of {name}, who may sign for it, is gone; end a key with `valid_until` instead");
        reasons.push(in_record(now, None, true, text));
    }
    reasons
}

/// Whether a member who joins again had left before by its record from before the change, or leaves with the change by
/// what was there: a day of leaving that no one had seen could be made up.
fn has_left_before(was: &Record<Member>, member: &Record<Member>, joined: NaiveDate) -> bool {
    // A membership that ended before the one that there was gives no new time.
    let is_later = |left: &NaiveDate| was.joined.as_ref().is_none_or(|joined| joined.value <= *left);
    member.left_before(joined).filter(is_later).is_some_and(|left| {
        let known = was.left.as_ref().is_some_and(|known| known.value == left);
        known || was.earlier_memberships.iter().any(|one| one.left.as_ref().is_some_and(|known| known.value == left))
    })
}

/// Why a member is no longer a member.
fn ended_membership(was: &Record<Member>, member: &Record<Member>, today: NaiveDate) -> WeakeningReason {
    let has_left = member.left.as_ref().filter(|left| left.value <= today);
    let kept_joined = member.joined.as_ref().map(|at| at.value) == was.joined.as_ref().map(|at| at.value);
    match has_left {
        Some(left) if kept_joined => in_record(member, Some(left.span), true, format!("it left on {}", left.value)),
        _ => {
            let span = member.joined.as_ref().map(|joined| joined.span);
            let text = match &member.joined {
                Some(joined) => format!("`joined` is now {}", joined.value),
                None => "its `joined` date is gone or cannot be read".to_owned(),
            };
            in_record(member, span, false, text)
        }
    }
}

/// Why an agreement is not required of a current member anymore.
fn describe_release(now: &Record<Agreement>, was: &Record<Member>, member: &Record<Member>) -> WeakeningReason {
    let narrowed = || {
        let span = now.required_of.as_ref().map(|required| required.span);
        in_record(now, span, false, "it is required of fewer members".to_owned())
    };
    kind_of_member(was, member).unwrap_or_else(narrowed)
}

/// Whether the member itself is of another kind now, so that the agreement is not required of it.
fn kind_of_member(was: &Record<Member>, member: &Record<Member>) -> Option<WeakeningReason> {
    let classification = |member: &Record<Member>| member.classification.as_ref().map(|at| at.value);
    let sector = |member: &Record<Member>| member.sector.as_ref().map(|at| at.value.to_string());
    if classification(was) != classification(member) {
        let span = member.classification.as_ref().map(|at| at.span);
        return Some(in_record(member, span, false, "its `classification` has changed".to_owned()));
    }
    if sector(was) != sector(member) {
        let span = member.sector.as_ref().map(|at| at.span);
        return Some(in_record(member, span, false, "its `sector` has changed".to_owned()));
    }
    None
}
