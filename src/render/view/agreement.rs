//! The page of an agreement: its text, its versions, who signed, and whose signatures are missing.

use super::super::context::view;
use super::super::site::{PageLink, Viewpoint};
use super::{Further, by_name, id_of, past, signatory, text, value};
use crate::agreement::{Cell, current_version, digest, is_in_force, terms};
use crate::parse::collation::SortKey;
use crate::record::agreement::Amendment;
use crate::record::value::Choices;
use crate::record::{Agreement, Record};
use chrono::NaiveDate;

view! {
    /// What the page of an agreement says.
    pub(crate) struct AgreementView {
        /// Its id.
        id: String,
        /// What it is for: Charter, Memorandum of understanding.
        kind: Option<&'static str>,
        /// The version of its text.
        version: u32,
        /// The version in force, where the text is of a later one.
        current_version: Option<u32>,
        /// The first day it is in force.
        effective: Option<NaiveDate>,
        /// The last day it is in force.
        expires: Option<NaiveDate>,
        /// Whether that day has passed.
        has_expired: bool,
        /// The day it ended early.
        ended: Option<NaiveDate>,
        /// What each member who signs may do.
        rights: Vec<String>,
        /// What each member who signs must do.
        responsibilities: Vec<String>,
        /// Its text; print it with `typeset`, or with `verbatim` to the letter.
        words: Option<String>,
        /// The text of the version in force, where the record holds that of a later one and the history knows it.
        words_in_force: Option<String>,
        /// The digest of its terms.
        digest: String,
        /// Its versions, the newest first.
        amendments: Vec<AmendmentView>,
        /// The valid signatures of current members.
        signatures: Vec<SignatureView>,
        /// The members whose signature is missing.
        awaited: Vec<PageLink>,
        /// Links and sources.
        further: Further,
    }
}

view! {
    /// A version of an agreement.
    struct AmendmentView {
        /// Its number.
        version: Option<u32>,
        /// The day it was adopted.
        date: Option<NaiveDate>,
        /// What changed.
        summary: Option<String>,
        /// Whether members must sign again.
        resign: bool,
    }
}

view! {
    /// A signature.
    struct SignatureView {
        /// The member.
        member: PageLink,
        /// Who signed for it.
        by: Option<String>,
        /// The day.
        date: Option<NaiveDate>,
        /// The version that was signed.
        version: u32,
        /// The last day to sign a newer version, where that is required.
        renew_by: Option<NaiveDate>,
    }
}

impl AgreementView {
    /// An agreement as seen from its own page.
    pub(crate) fn new(agreement: &Record<Agreement>, row: &[Cell<'_>], view: &Viewpoint<'_, '_>) -> AgreementView {
        let today = view.site.today;
        let version = agreement.version_number();
        let ended = past(&agreement.ended, today);
        AgreementView {
            id: agreement.key.id.to_string(),
            kind: agreement.kind.as_ref().map(|kind| kind.label()),
            version,
            current_version: Some(current_version(agreement, today)).filter(|current| *current != version),
            effective: value(&agreement.effective),
            expires: value(&agreement.expires).filter(|_| ended.is_none()),
            has_expired: ended.is_none() && !is_in_force(view.site.ledger, agreement, today),
            ended,
            rights: agreement.rights.iter().map(|right| right.value.clone()).collect(),
            responsibilities: agreement.responsibilities.iter().map(|duty| duty.value.clone()).collect(),
            words: view.site.ledger.words_of(agreement).map(str::to_owned),
            words_in_force: words_in_force(agreement, view),
            digest: digest(&terms(view.site.ledger, agreement)).to_string(),
            amendments: amendments(agreement, today),
            signatures: signatures(row, view),
            awaited: awaited_members(agreement, row, view),
            further: Further::of(&agreement.common),
        }
    }
}

/// What is below the heading of the terms in force.
fn words_in_force(agreement: &Record<Agreement>, view: &Viewpoint<'_, '_>) -> Option<String> {
    let terms = view.site.ledger.evidence.terms_in_force.get(&*agreement.key.id)?;
    terms.split_once("\n\n").map(|(_, words)| words.to_owned())
}

/// The versions that have been adopted, the newest first.
fn amendments(agreement: &Agreement, today: NaiveDate) -> Vec<AmendmentView> {
    let adopted = |amendment: &&Amendment| amendment.date.as_ref().is_none_or(|date| date.value <= today);
    let mut amendments: Vec<_> = agreement
        .amendments
        .iter()
        .map(|amendment| &amendment.value)
        .filter(adopted)
        .map(|amendment| AmendmentView {
            version: value(&amendment.version),
            date: value(&amendment.date),
            summary: text(&amendment.summary),
            resign: value(&amendment.resign).unwrap_or_default(),
        })
        .collect();
    amendments.sort_by_key(|amendment| std::cmp::Reverse((amendment.version, amendment.date)));
    amendments
}

/// The signatures that count, of current members, by name.
fn signatures(row: &[Cell<'_>], view: &Viewpoint<'_, '_>) -> Vec<SignatureView> {
    let mut signatures: Vec<_> = row
        .iter()
        .filter_map(|cell| Some((cell, cell.judged.as_ref().filter(|judged| judged.counts())?)))
        .map(|(cell, judged)| SignatureView {
            member: view.member(&id_of(cell.member)),
            by: signatory(judged.signature, view),
            date: value(&judged.signature.date),
            version: judged.version,
            renew_by: cell.deadline.filter(|_| cell.renewal && cell.required),
        })
        .collect();
    signatures.sort_by_cached_key(|signature| SortKey::of(&signature.member.name));
    signatures
}

/// The members of whom a signature is still awaited, as long as the agreement is in force.
fn awaited_members(agreement: &Record<Agreement>, row: &[Cell<'_>], view: &Viewpoint<'_, '_>) -> Vec<PageLink> {
    if !is_in_force(view.site.ledger, agreement, view.site.today) {
        return Vec::new();
    }
    let unsigned = |cell: &&Cell<'_>| cell.required && !cell.judged.as_ref().is_some_and(|judged| judged.counts());
    by_name(row.iter().filter(unsigned).map(|cell| view.member(&id_of(cell.member))).collect())
}
