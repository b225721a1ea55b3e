//! The scorecard at the end of each quarter, as the records were then: one column a quarter.

use super::view::word;
use super::{HealthSummary, PracticeRow, PracticeStatus, rows};
use crate::check::Context;
use crate::document::{Cell, Document, Grid, Line, Picture, Section, Shade, Side, Table, words};
use crate::ledger::Ledger;
use crate::report::quarter::Quarter;
use crate::report::{FORMAT_VERSION, ReportOutput};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};

/// How many quarters are judged.
pub(crate) const QUARTERS: u32 = 8;

/// The scorecard at the end of a quarter.
#[derive(Debug)]
pub(crate) struct QuarterHealth {
    quarter: Quarter,
    day: NaiveDate,
    practices: Vec<PracticeRow>,
}

impl QuarterHealth {
    /// Judges a ledger as it was on the last day of a quarter, or is on the day of the report.
    pub(crate) fn of(quarter: Quarter, day: NaiveDate, ledger: &Ledger) -> QuarterHealth {
        QuarterHealth { quarter, day, practices: rows(&Context::new(ledger, day)) }
    }
}

/// The report on the quarters, the earliest first. `cut` says why earlier ones are not known.
pub(crate) fn report(ledger: &Ledger, quarters: &[QuarterHealth], cut: Option<&str>) -> ReportOutput {
    ReportOutput { data: data(ledger, quarters, cut), document: document(ledger, quarters, cut) }
}

fn data(ledger: &Ledger, quarters: &[QuarterHealth], cut: Option<&str>) -> Value {
    let quarter = |column: &QuarterHealth| {
        let practices: Map<String, Value> = column
            .practices
            .iter()
            .map(|row| (json!(row.key).as_str().unwrap_or_default().to_owned(), json!(row.status)))
            .collect();
        json!({
            "quarter": column.quarter.name(),
            "day": column.day,
            "summary": HealthSummary::of(&column.practices),
            "practices": practices,
        })
    };
    json!({
        "format_version": FORMAT_VERSION,
        "report": "health",
        "coalition": ledger.root.name(),
        "quarters": quarters.iter().map(quarter).collect::<Vec<_>>(),
        "not_known": cut,
    })
}

/// The columns and rows of a table for spreadsheets.
pub(crate) fn table(quarters: &[QuarterHealth]) -> (Vec<String>, Vec<Vec<String>>) {
    let columns = std::iter::once("practice".to_owned()).chain(quarters.iter().map(|column| column.quarter.name()));
    let cells =
        |at: usize| quarters.iter().map(move |column| column.practices.get(at).map_or("", |row| word(row.status)));
    let practices = quarters.first().map(|column| column.practices.as_slice()).unwrap_or_default();
    let row =
        |(at, row): (usize, &PracticeRow)| std::iter::once(row.name).chain(cells(at)).map(str::to_owned).collect();
    (columns.collect(), practices.iter().enumerate().map(row).collect())
}

fn document(ledger: &Ledger, quarters: &[QuarterHealth], cut: Option<&str>) -> Document {
    let mut document = Document::new(ledger.root.name());
    document.add_subtitle("Health at the end of each quarter, based on the records at that time");
    if let Some(last) = quarters.last() {
        document.add_subtitle(format!("{} is as of {}", last.quarter.words(), words::format_date(last.day)));
    }
    if let Some(cut) = cut {
        document.add_subtitle(format!("Earlier quarters are not known: {cut}"));
    }
    let mut section = Section::new("Practices met");
    let (columns, rows) = table(quarters);
    let mut printed = Table::new(columns.iter().enumerate().map(|(at, column)| match at {
        0 => ("Practice".to_owned(), Side::Left),
        _ => (column.clone(), Side::Left),
    }));
    let met = quarters.iter().map(|column| {
        let summary = HealthSummary::of(&column.practices);
        format!("{} of {}", summary.met, column.practices.len())
    });
    printed.row(std::iter::once(Line::new().strong("Met")).chain(met.map(Line::from)));
    for row in rows {
        printed.row(row.into_iter().map(Line::from));
    }
    section
        .picture(Picture::new("The practices, quarter by quarter", describe(quarters), grid(quarters), printed).fold());
    document.add(section);
    document
}

/// How many practices were met at the beginning and at the end.
fn describe(quarters: &[QuarterHealth]) -> String {
    let met = |column: &QuarterHealth| HealthSummary::of(&column.practices).met;
    let (Some(first), Some(last)) = (quarters.first(), quarters.last()) else { return String::new() };
    let (all, then, now) = (first.practices.len(), first.quarter.words(), last.quarter.words());
    format!("{} of {all} practices were met at the end of {then}, and {} in {now}.", met(first), met(last))
}

fn grid(quarters: &[QuarterHealth]) -> Grid {
    let mut grid = Grid::new(Quarter::headings(quarters.iter().map(|column| column.quarter))).with_key([
        (Shade::Full, word(PracticeStatus::Met)),
        (Shade::Missing, word(PracticeStatus::Gap)),
        (Shade::Medium, word(PracticeStatus::Accepted)),
        (Shade::Empty, word(PracticeStatus::NoData)),
    ]);
    let shade = |row: &PracticeRow| match row.status {
        PracticeStatus::Met => Shade::Full,
        PracticeStatus::Gap => Shade::Missing,
        PracticeStatus::Accepted => Shade::Medium,
        PracticeStatus::NoData => Shade::Empty,
    };
    let practices = quarters.first().map(|column| column.practices.as_slice()).unwrap_or_default();
    for (at, row) in practices.iter().enumerate() {
        let cell =
            |column: &QuarterHealth| column.practices.get(at).map(|row| Cell::of(shade(row))).unwrap_or_default();
        grid.row(row.name, quarters.iter().map(cell));
    }
    grid
}
