//! What a change does to an agreement: its text, its versions, its end.

use super::{DutyChange, Pair, WeakeningReason, at_root, in_record};
use crate::agreement::timeline::{amendment_at, amendment_of, first_day, has_ended, has_expired, is_written, pin_of};
use crate::record::agreement::Amendment;
use crate::record::value::At;
use crate::record::{Agreement, AnyRecord, Record};
use crate::source::Span;
use chrono::NaiveDate;
use similar::{ChangeTag, TextDiff};
use std::collections::{HashMap, HashSet};

/// The share of the words that a version has in common with the one before, where no member has to sign it again.
const KEPT: f32 = 0.6;

impl DutyChange<'_> {
    /// The reasons that concern all who must sign an agreement.
    pub(super) fn of_agreement(&self, pair: &Pair<'_>) -> Vec<WeakeningReason> {
        let was = pair.was;
        let Some(now) = pair.now else {
            return vec![at_root(format!("the agreement's record, {}, is gone", was.path))];
        };
        let mut reasons = Vec::new();
        let (version, version_now) = (was.version_number(), now.version_number());
        if version_now < version {
            let span = now.version.as_ref().map(|at| at.span);
            reasons.push(in_record(now, span, false, format!("its version is now {version_now}, and was {version}")));
        }
        self.of_end(was, now, &mut reasons);
        self.of_words(pair, now, &mut reasons);
        self.of_amendments(was, now, &mut reasons);
        reasons.extend(self.new_words(was, now));
        reasons
    }

    fn of_end(&self, was: &Record<Agreement>, now: &Record<Agreement>, reasons: &mut Vec<WeakeningReason>) {
        if let Some(ended) = now.ended.as_ref().filter(|_| has_ended(now, self.today)) {
            reasons.push(in_record(now, Some(ended.span), true, format!("the agreement ended on {}", ended.value)));
        } else if let Some(expires) =
            now.expires.as_ref().filter(|_| has_expired(now, self.today) && !has_expired(was, self.today))
        {
            let text = format!("the agreement expired on {}", expires.value);
            reasons.push(in_record(now, Some(expires.span), true, text));
        } else if !is_written(self.after, now, self.today) {
            let span = amendment_at(now, 1).and_then(|at| now.amendments.get(at)).map(|one| one.span);
            let day = first_day(self.after, now).map_or_else(String::new, |day| format!(", on {day}"));
            reasons.push(in_record(now, span, false, format!("the agreement now begins later{day}")));
        }
    }

    /// The text of a version that someone has signed, and the digests that pin versions.
    fn of_words(&self, pair: &Pair<'_>, now: &Record<Agreement>, reasons: &mut Vec<WeakeningReason>) {
        let was = pair.was;
        let signed: HashSet<u32> =
            pair.before.values().flatten().filter(|one| one.counts()).map(|one| one.version).collect();
        let version = was.version_number();
        let text_span = now.text.as_ref().map(|text| text.span).or(now.text_file.as_ref().map(|file| file.span));
        let mut versions: Vec<u32> =
            was.amendments.iter().filter_map(|one| Some(one.version.as_ref()?.value)).chain([version]).collect();
        versions.sort_unstable();
        versions.dedup();
        for of in versions {
            let pinned = pin_of(was, of).map(|pin| &pin.value);
            let is_signed = signed.contains(&of);
            let digest = self.signing.digest_of(was, of);
            let expected = self.signing_after.digest_of(now, of);
            let pinned_now = pin_of(now, of).map(|pin| &pin.value);
            let span = pin_of(now, of).map(|pin| pin.span);
            if is_signed && digest.is_some() && digest != expected {
                let what = if of == now.version_number() { "the text" } else { "the recorded digest" };
                let span = if of == now.version_number() { text_span } else { span };
                reasons.push(in_record(
                    now,
                    span,
                    false,
                    format!("{what} of version {of}, which is signed, has changed"),
                ));
            } else if pinned.is_some() && pinned != pinned_now {
                let text = match pinned_now {
                    Some(_) => format!("the digest that pins version {of} has changed"),
                    None => format!("the digest that pinned version {of} is gone"),
                };
                reasons.push(in_record(now, span, false, text));
            }
        }
    }

    /// Amendments that are in force: their days, and whether they ask for new signatures.
    fn of_amendments(&self, was: &Record<Agreement>, now: &Record<Agreement>, reasons: &mut Vec<WeakeningReason>) {
        let day = |amendment: &Amendment| amendment.date.as_ref().map(|date| date.value);
        let asks = |amendment: &Amendment| amendment.resign.as_ref().is_some_and(|resign| resign.value);
        for amendment in &was.amendments {
            let is_in_force = day(amendment).is_some_and(|day| day <= self.today);
            let Some(version) = amendment.version.as_ref().map(|version| version.value) else { continue };
            let Some(new) = amendment_of(now, version) else {
                if is_in_force || asks(amendment) {
                    let text = format!("the amendment that made version {version} is gone");
                    reasons.push(in_record(now, None, !is_in_force, text));
                }
                continue;
            };
            if !is_in_force && asks(amendment) && day(new) > day(amendment) {
                let span = new.date.as_ref().map(|date| date.span);
                let days = (describe_day(day(amendment)), describe_day(day(new)));
                let text = format!("version {version} was due to begin on {}, but now begins on {}", days.0, days.1);
                reasons.push(in_record(now, span, true, text));
            }
            if is_in_force && day(new) != day(amendment) {
                let span = new.date.as_ref().map(|date| date.span);
                let text = format!(
                    "version {version} had been in force since {}, but is now dated {}",
                    describe_day(day(amendment)),
                    describe_day(day(new))
                );
                reasons.push(in_record(now, span, false, text));
            }
            if asks(amendment) && !asks(new) {
                let span = new.resign.as_ref().map(|resign| resign.span);
                let text = format!("version {version} no longer requires new signatures");
                reasons.push(in_record(now, span, false, text));
            }
        }
    }

    /// A new version with a text of its own that no one is asked to sign.
    fn new_words(&self, was: &Record<Agreement>, now: &Record<Agreement>) -> Option<WeakeningReason> {
        let version = now.version_number();
        let is_new = |one: &&Amendment| {
            one.version.as_ref().is_some_and(|of| of.value > was.version_number() && of.value <= version)
        };
        let new = now.amendments.iter().map(|one| &one.value).filter(is_new);
        let asks = new.into_iter().any(|one| one.resign.as_ref().is_some_and(|resign: &At<bool>| resign.value));
        if version <= was.version_number() || asks {
            return None;
        }
        let (old, new) = (self.before.words_of(was)?, self.after.words_of(now)?);
        if shared_portion(old, new) >= KEPT {
            return None;
        }
        let span: Option<Span> = amendment_at(now, version).and_then(|at| now.amendments.get(at)).map(|one| one.span);
        let text = format!("version {version} has a new text, but does not require anyone to sign it");
        Some(in_record(now as &dyn AnyRecord, span, false, text))
    }
}

/// How many words a text may have to be compared word by word, which costs the square of their number.
const COMPARED: usize = 4_000;

/// The share of the words of two texts that both have in their order; of long texts, the share of pairs of neighboring words.
fn shared_portion(old: &str, new: &str) -> f32 {
    if old.split_whitespace().nth(COMPARED).is_some() || new.split_whitespace().nth(COMPARED).is_some() {
        return kept_pairs(old, new);
    }
    let diff = TextDiff::from_words(old, new);
    let words = |tags: &[ChangeTag]| {
        let changes = diff.iter_all_changes().filter(|change| tags.contains(&change.tag()));
        changes.filter(|change| !change.value().trim().is_empty()).count()
    };
    let kept = words(&[ChangeTag::Equal]);
    let all = 2 * kept + words(&[ChangeTag::Delete, ChangeTag::Insert]);
    if all == 0 { 1.0 } else { 2.0 * kept as f32 / all as f32 }
}

/// The share of the pairs of neighboring words of two texts that both have.
fn kept_pairs(old: &str, new: &str) -> f32 {
    let mut counts: HashMap<(&str, &str), usize> = HashMap::new();
    pairs(old).for_each(|pair| *counts.entry(pair).or_default() += 1);
    let mut kept = 0;
    for pair in pairs(new) {
        if let Some(count) = counts.get_mut(&pair).filter(|count| **count > 0) {
            *count -= 1;
            kept += 1;
        }
    }
    let all = pairs(old).count() + pairs(new).count();
    if all == 0 { 1.0 } else { 2.0 * kept as f32 / all as f32 }
}

/// Each word with the one after it.
fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split_whitespace().zip(text.split_whitespace().skip(1))
}

fn describe_day(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "no date".to_owned(), |day| day.to_string())
}
