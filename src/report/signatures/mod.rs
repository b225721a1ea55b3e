//! The signatures: for each agreement, which signatures it needs, which count, and what each member has to do whose
//! signature does not.

mod cell;
mod doubts;
mod view;

pub(crate) use cell::SheetCell;
pub(crate) use doubts::Doubts;
pub(crate) use view::all_in_place;

use super::{Concern, Named, Report, ReportOutput, ReportRequest, ReportRun, answer};
use crate::agreement::{SignatureJudge, current_version, has_expired};
use crate::record::{Agreement, Record};
use chrono::NaiveDate;
use serde::Serialize;

/// The report.
pub(crate) static REPORT: Report = Report {
    name: "signatures",
    about: "who has signed which agreement, and what is missing",
    run: ReportRun::Ledger(run),
};

fn run(request: &ReportRequest<'_>) -> ReportOutput {
    let mut agreements = sheets(request);
    let concern = Concern::of(request);
    for sheet in &mut agreements {
        sheet.cells.retain(|cell| concern.is_own(&cell.member));
    }
    agreements.retain(|sheet| concern.is_everything() || !sheet.cells.is_empty());
    let signatures = Signatures { agreements, doubts: Doubts::of(request.ledger) };
    let document = view::document(request, &signatures);
    answer(&REPORT, request, &signatures, document)
}

#[derive(Serialize)]
struct Signatures {
    agreements: Vec<SignatureSheet>,
    #[serde(flatten)]
    doubts: Doubts,
}

/// An agreement with its signatures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SignatureSheet {
    /// The agreement.
    pub agreement: Named,
    /// The version that is current.
    pub version: u32,
    /// The terms digest of that version, where it is known.
    pub digest: Option<String>,
    /// Whether it has words that can be signed.
    pub has_words: bool,
    /// The last day on which it binds, if it has one.
    pub expires: Option<NaiveDate>,
    /// Whether that day has passed.
    pub expired: bool,
    /// How many members must have signed.
    pub required: usize,
    /// Of how many of them the signature counts.
    pub counting: usize,
    /// A cell for each member who must sign or has signed, in the order of their names; where the report is limited to
    /// one member, its cell alone.
    pub cells: Vec<SheetCell>,
}

impl SignatureSheet {
    /// The cells of members that still have something to do; no one can sign what has no words.
    pub(crate) fn open_cells(&self) -> impl Iterator<Item = &SheetCell> {
        self.cells.iter().filter(|cell| self.has_words && cell.is_open())
    }
}

/// The sheets of all agreements that are written and not ended, in the order of their names.
pub(crate) fn sheets(request: &ReportRequest<'_>) -> Vec<SignatureSheet> {
    let registry = SignatureJudge::new(request.ledger, request.today);
    let mut sheets: Vec<SignatureSheet> =
        registry.agreements().map(|agreement| sheet(request, &registry, agreement)).collect();
    sheets.sort_by(|a, b| a.agreement.cmp(&b.agreement));
    sheets
}

fn sheet<'l>(
    request: &ReportRequest<'l>,
    registry: &SignatureJudge<'l>,
    agreement: &'l Record<Agreement>,
) -> SignatureSheet {
    let version = current_version(agreement, request.today);
    let mut cells: Vec<SheetCell> = registry.row(agreement).iter().map(|cell| SheetCell::of(request, cell)).collect();
    cells.sort_by(|a, b| a.member.cmp(&b.member));
    let required = || cells.iter().filter(|cell| cell.required);
    SignatureSheet {
        agreement: Named::record(agreement),
        version,
        digest: registry.digest_of(agreement, version).map(|digest| digest.to_string()),
        has_words: agreement.text.is_some() || agreement.text_file.is_some(),
        expires: agreement.expires.as_ref().map(|date| date.value),
        expired: has_expired(agreement, request.today),
        required: required().count(),
        counting: required().filter(|cell| cell.counts()).count(),
        cells,
    }
}

#[cfg(test)]
mod tests;
