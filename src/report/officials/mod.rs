//! The officials: where each stands, who keeps in touch, and whether they hear from the coalition all year.

mod view;

use super::quarter::Quarter;
use super::{Concern, LastContact, Named, Report, ReportOutput, ReportRequest, ReportRun, answer};
use crate::practice::personal_contact;
use crate::practice::signs::ContactSign;
use crate::practice::year_round::{self, InOffice};
use crate::record::official::Stance;
use crate::record::value::{Choices, Number, Opt};
use chrono::NaiveDate;
use serde::Serialize;

/// The report.
pub(crate) static REPORT: Report = Report {
    name: "officials",
    about: "where officials stand and when they last heard from us",
    run: ReportRun::Ledger(run),
};

fn run(request: &ReportRequest<'_>) -> ReportOutput {
    let officials = Officials::of(request);
    let document = view::document(request, &officials);
    answer(&REPORT, request, &officials, document)
}

/// The officials in office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Officials {
    /// How many are in office.
    pub in_office: usize,
    /// How many of them heard from the coalition in time.
    pub in_touch: usize,
    /// How many of them have waited longer than is allowed.
    pub neglected: usize,
    /// How many stand where, from champions to opponents; last those of whom no one knows.
    pub stances: Vec<StanceCount>,
    /// The contacts of the last 365 days with those in office.
    pub contacts_last_year: usize,
    /// How the contacts with all officials, those of former terms too, are spread over the year; absent where no budget
    /// season is set or where the report is limited to a member.
    pub season: Option<SeasonRow>,
    /// The quarters that the contacts are counted by, the current one last.
    pub quarters: Vec<Quarter>,
    /// The officials, the longest without contact first.
    pub officials: Vec<OfficialRow>,
}

/// How many officials stand somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct StanceCount {
    /// Where; absent where no one knows.
    pub stance: Option<Stance>,
    /// How many.
    pub count: usize,
}

/// How the last year\u{2019}s contacts are spread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SeasonRow {
    /// The months of the budget season, 1 to 12.
    pub months: Vec<u8>,
    /// The contacts of the last 365 days.
    pub contacts: usize,
    /// How many of them fell in the season.
    pub in_season: usize,
    /// The share of them that fell in the season; absent where there were none.
    pub share: Option<Number>,
    /// The share that may.
    pub limit: Number,
    /// Whether there are enough contacts to judge.
    pub judged: bool,
    /// Whether too many fell in the season.
    pub lopsided: bool,
}

/// An official in office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct OfficialRow {
    /// The official.
    pub official: Named,
    /// The office.
    pub office: Option<String>,
    /// The place or body that it serves.
    pub jurisdiction: Option<String>,
    /// The district.
    pub district: Option<String>,
    /// The last day of the term.
    pub term_ends: Option<NaiveDate>,
    /// How the official stands to the cause.
    pub stance: Option<Stance>,
    /// Who keeps in touch.
    pub owner: Option<Named>,
    /// Whether that person serves.
    pub owner_serves: bool,
    /// The last contact.
    pub last: Option<LastContact>,
    /// The days that have passed since, or since there could have been one.
    pub days: Option<i64>,
    /// The days that are allowed.
    pub limit: Option<i64>,
    /// Whether the official heard from the coalition in time; without any contact, not.
    pub in_touch: bool,
    /// Whether that is too long.
    pub neglected: bool,
    /// The contacts in each of the quarters.
    pub contacts_by_quarter: Vec<usize>,
    /// The contacts of the last 365 days.
    pub contacts_last_year: usize,
}

impl Officials {
    /// Computes the report.
    pub(crate) fn of(request: &ReportRequest<'_>) -> Officials {
        let as_of = request.as_of();
        let concern = Concern::of(request);
        let quarters = Quarter::last(4, as_of.today);
        let mut officials: Vec<OfficialRow> = year_round::officials(as_of)
            .into_iter()
            .filter(|one| concern.touches_key(&one.official.key))
            .map(|one| OfficialRow::of(request, &one, &quarters))
            .collect();
        officials.sort_by(|a, b| b.days.cmp(&a.days).then_with(|| a.official.cmp(&b.official)));
        let stances =
            Stance::ALL.iter().copied().map(Some).chain([None]).map(|stance| StanceCount {
                stance,
                count: officials.iter().filter(|one| one.stance == stance).count(),
            });
        let season = year_round::season(as_of).filter(|_| concern.is_everything());
        Officials {
            in_office: officials.len(),
            in_touch: officials.iter().filter(|one| one.in_touch).count(),
            neglected: officials.iter().filter(|one| one.neglected).count(),
            stances: stances.filter(|one| one.count > 0).collect(),
            contacts_last_year: officials.iter().map(|one| one.contacts_last_year).sum(),
            season: season.map(|season| SeasonRow {
                share: season.share().map(|share| Number(share.round_dp(4))),
                limit: Number(season.limit),
                judged: season.is_judged(),
                lopsided: season.is_lopsided(),
                contacts: season.contacts,
                in_season: season.in_season,
                months: season.months,
            }),
            quarters,
            officials,
        }
    }
}

impl OfficialRow {
    fn of(request: &ReportRequest<'_>, one: &InOffice<'_>, quarters: &[Quarter]) -> OfficialRow {
        let as_of = request.as_of();
        let official = one.official;
        let text = |field: &Opt<String>| field.as_ref().map(|text| text.value.clone());
        let owner = official.owner.as_ref().and_then(|owner| request.ledger.advocates.get(owner));
        let made: Vec<NaiveDate> =
            personal_contact::contacts_made(as_of, official, &official.contacts).map(|made| made.date.value).collect();
        OfficialRow {
            official: Named::record(official),
            office: text(&official.office),
            jurisdiction: text(&official.jurisdiction),
            district: text(&official.district),
            term_ends: official.end_date.as_ref().map(|end| end.value),
            stance: official.stance.as_ref().map(|stance| stance.value),
            owner: Named::at(request.ledger, &official.owner),
            owner_serves: owner.is_some_and(|owner| as_of.serves(owner)),
            last: one.last.map(|last| LastContact::of(request, ContactSign::of_contact(last))),
            days: one.wait.map(|wait| wait.days),
            limit: one.wait.map(|wait| wait.limit),
            in_touch: one.is_in_touch(),
            neglected: one.is_neglected(),
            contacts_by_quarter: quarters
                .iter()
                .map(|quarter| made.iter().filter(|date| quarter.has(**date)).count())
                .collect(),
            contacts_last_year: made.iter().filter(|date| as_of.is_of_last_year(**date)).count(),
        }
    }
}

#[cfg(test)]
mod tests;
