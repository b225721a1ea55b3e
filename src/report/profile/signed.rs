//! The signatures that were given, those that were taken back too.

use super::circle::ProfileSubject;
use super::day;
use crate::document::{Item, Line, Section};
use crate::report::Named;
use chrono::NaiveDate;
use serde::Serialize;

/// A signature that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Signed {
    /// The agreement.
    pub agreement: Named,
    /// The member for which.
    pub member: Option<Named>,
    /// Who gave it.
    pub by: Option<Named>,
    /// When.
    pub date: NaiveDate,
    /// The day it was taken back.
    pub withdrawn: Option<NaiveDate>,
}

/// The signatures given for the member, or by the person, that the page is about, the newest first.
pub(super) fn signatures_given(circle: &ProfileSubject<'_>) -> Vec<Signed> {
    let (as_of, ledger) = (circle.as_of, circle.ledger);
    let mut signed = Vec::new();
    for agreement in &ledger.agreements {
        let entries = ledger.signatures_of(agreement).map(|entry| entry.signature);
        let given = entries.filter(|one| circle.includes_signature(&one.member, &one.by));
        signed.extend(given.filter_map(|one| {
            Some(Signed {
                agreement: Named::record(agreement),
                member: Named::at(ledger, &one.member),
                by: Named::at(ledger, &one.by),
                date: as_of.past(&one.date)?,
                withdrawn: as_of.past(&one.withdrawn),
            })
        }));
    }
    signed.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| (&a.agreement, &a.member).cmp(&(&b.agreement, &b.member))));
    signed
}

/// Says what was signed: of a person for whom, of a member by whom.
pub(super) fn section(signed: &[Signed], of_person: bool, today: NaiveDate) -> Section {
    let mut section = Section::new("What they signed");
    section.list(signed.iter().map(|one| {
        let (word, other) = if of_person { ("for", &one.member) } else { ("by", &one.by) };
        let other = other.as_ref().map(|other| format!(" {word} {}", other.name)).unwrap_or_default();
        let withdrawn = one.withdrawn.map(|on| format!("; withdrawn {}", day(on, today))).unwrap_or_default();
        let words = format!("{other}, {}{withdrawn}", day(one.date, today));
        Item::new(Line::new().strong(&one.agreement.name).plain(words))
    }));
    section
}
