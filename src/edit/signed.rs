//! What a change does to the signatures on an agreement, in sentences: which of them lapse, and which lines no one signed.

use crate::agreement::{JudgedSignature, SignatureJudge, digest, terms};
use crate::document::words::{format_date, list, quote, short_day};
use crate::ledger::Ledger;
use crate::record::agreement::Amendment;
use crate::record::{Agreement, AnyRecord, Record};
use crate::source::ChangeSet;
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// The fields that say what members agreed to, and are not part of the text that they signed.
const UNSIGNED: [&str; 3] = ["rights", "responsibilities", "shares_turf"];

/// The members whose signature on an agreement counts, each by its name, with that signature.
fn signers<'l>(ledger: &'l Ledger, today: NaiveDate, agreement: &'l Record<Agreement>) -> Signers<'l> {
    let judge = SignatureJudge::new(ledger, today);
    let mut signers: Signers<'l> = BTreeMap::new();
    for judged in judge.judge_all(agreement).filter(JudgedSignature::counts) {
        let Some(member) = &judged.signature.member else { continue };
        let name = ledger.name_of(&member.value);
        match signers.get(name) {
            Some(other) if other.rank() > judged.rank() => {}
            _ => drop(signers.insert(name, judged)),
        }
    }
    signers
}

type Signers<'l> = BTreeMap<&'l str, JudgedSignature<'l>>;

/// Who signed which version, in words: "Birch Public Library (version 1, March 3, 2026)".
fn list_signers(signers: &Signers<'_>) -> String {
    let one = |(name, judged): (&&str, &JudgedSignature<'_>)| {
        let date = judged.signature.date.as_ref().map(|date| format!(", {}", short_day(date.value)));
        format!("{name} (version {}{})", judged.version, date.unwrap_or_default())
    };
    list(&signers.iter().map(one).collect::<Vec<_>>())
}

/// What a change of agreements does to their signatures, a sentence or two for each.
pub(crate) fn describe_signed(before: &Ledger, after: &Ledger, changes: &ChangeSet, today: NaiveDate) -> Vec<String> {
    let changed = |agreement: &Record<Agreement>| {
        let text = agreement.text_file.as_ref().and_then(|file| agreement.path.beside(file));
        changes.files.iter().any(|file| file.path == agreement.path || Some(&file.path) == text.as_ref())
    };
    let agreements = after.agreements.iter().filter(|agreement| changed(agreement));
    let pairs = agreements.filter_map(|now| Some((before.agreements.find(&now.key.id)?, now)));
    pairs.filter_map(|(then, now)| describe(before, after, then, now, today)).collect()
}

/// What a change of one agreement does, where it does anything to what members signed.
fn describe(
    before: &Ledger,
    after: &Ledger,
    then: &Record<Agreement>,
    now: &Record<Agreement>,
    today: NaiveDate,
) -> Option<String> {
    let title = quote(now.name());
    let id = &now.key.id;
    let is_same_text = digest(&terms(before, then)) == digest(&terms(after, now));
    let (was, is) = (then.to_json(), now.to_json());
    let fields: Vec<String> = UNSIGNED
        .into_iter()
        .filter(|field| was.get(*field) != is.get(*field))
        .map(|field| format!("`{field}`"))
        .collect();
    if is_same_text && fields.is_empty() {
        return None;
    }
    let mut signed = signers(before, today, then);
    if !is_same_text {
        let counting = signers(after, today, now);
        signed.retain(|member, _| !counting.contains_key(member));
        let lapsed = list_signers(&signed);
        return (!signed.is_empty()).then(|| {
            format!(
                "These signatures on {title} no longer count, because its text is a different one now: {lapsed}. Each member \
                 signs again with `coalition sign {id} --member MEMBER`."
            )
        });
    }
    let (verb, them) = if fields.len() == 1 { ("is", "it says") } else { ("are", "they say") };
    (!signed.is_empty()).then(|| {
        format!(
            "{} {verb} not part of the text that members signed, so that no signature on {title} lapses, and no one has signed \
             what {them} now. Signed: {}. If the text does not say it, make a new version that members sign: coalition amend {id} \
             --resign --summary \"Adds to the {}\"",
            list(&fields),
            list_signers(&signed),
            fields.first().map_or("", |field| field.trim_matches('`')),
        )
    })
}

/// Who signed what, after an amendment that lets earlier signatures stand or asks for new ones by a date.
pub(crate) fn describe_amended(
    ledger: &Ledger,
    today: NaiveDate,
    agreement: &Record<Agreement>,
    sign_by: Option<NaiveDate>,
) -> String {
    let next = agreement.version_number().saturating_add(1);
    let signed = signers(ledger, today, agreement);
    let names = list_signers(&signed);
    let id = &agreement.key.id;
    match (signed.is_empty(), sign_by) {
        (true, _) => format!("No one has signed any version of it yet; from now on, members sign version {next}."),
        (false, Some(day)) => format!(
            "No one has signed version {next} yet. These signatures count until {}, and members must sign version {next} by then: \
             {names}.",
            format_date(day)
        ),
        (false, None) => {
            let day = today.checked_add_days(Days::new(ledger.policy().sign_days().unsigned_abs())).unwrap_or(today);
            let at = agreement.amendments.len() + if has_entry(agreement) { 1 } else { 2 };
            format!(
                "No one has signed version {next}. These signatures on earlier text count for version {next} too, whatever its \
                 text says: {names}. If members must sign the new text: coalition set {id} amendments.{at}.resign=yes \
                 amendments.{at}.sign_by={day}"
            )
        }
    }
}

/// Whether the version so far has an entry among the amendments, so that an amendment does not add it.
fn has_entry(agreement: &Agreement) -> bool {
    let is_current = |one: &Amendment| one.version.as_ref().is_some_and(|at| at.value == agreement.version_number());
    agreement.amendments.iter().any(|one| is_current(one))
}
