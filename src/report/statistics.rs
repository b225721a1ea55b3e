//! How much a ledger holds, by kind of record, and how that has grown, quarter by quarter.

use super::quarter::Quarter;
use super::{FORMAT_VERSION, ReportOutput};
use crate::document::{Document, Line, Section, Side, Table, words};
use crate::kind::Kind;
use crate::ledger::{AsOf, Ledger};
use crate::practice::personal_contact;
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

/// How many quarters are looked back at.
pub(crate) const QUARTERS: u32 = 40;

/// What a ledger holds of one kind of record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct KindStatistics {
    /// The kind.
    pub kind: &'static str,
    /// How many records.
    pub records: usize,
    /// How many entries in lists of them, such as contacts.
    pub entries: usize,
    /// How many bytes their files have.
    pub bytes: usize,
    /// The earliest date in them.
    pub first_date: Option<NaiveDate>,
    /// The latest date in them that has come.
    pub last_date: Option<NaiveDate>,
}

/// What a ledger holds, for each kind that it has.
pub(crate) fn statistics(ledger: &Ledger, today: NaiveDate) -> Vec<KindStatistics> {
    let of_kind = |kind: Kind| {
        let mut statistics =
            KindStatistics { kind: kind.folder(), records: 0, entries: 0, bytes: 0, first_date: None, last_date: None };
        for record in ledger.records_of(kind) {
            statistics.records += 1;
            statistics.bytes += ledger.texts.get(record.path()).map_or(0, String::len);
            statistics.count(&Value::Object(ledger.json_of(record)), today);
        }
        statistics
    };
    Kind::ALL.into_iter().map(of_kind).filter(|statistics| statistics.records > 0).collect()
}

impl KindStatistics {
    /// Adds what a value holds.
    fn count(&mut self, value: &Value, today: NaiveDate) {
        match value {
            Value::Object(fields) => fields.values().for_each(|value| self.count(value, today)),
            Value::Array(items) => {
                self.entries += items.iter().filter(|item| item.is_object()).count();
                items.iter().for_each(|item| self.count(item, today));
            }
            Value::String(text) if text.len() == 10 => {
                let Ok(date) = text.parse::<NaiveDate>() else { return };
                self.first_date = Some(self.first_date.map_or(date, |first| first.min(date)));
                if date <= today {
                    self.last_date = self.last_date.max(Some(date));
                }
            }
            _ => {}
        }
    }
}

/// The figures of a ledger at the end of a quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct QuarterFigures {
    /// The quarter.
    pub quarter: String,
    /// The day on which the figures were so: its last one, or the day of the report.
    pub day: NaiveDate,
    /// The current members.
    pub members: usize,
    /// The people in the records.
    pub advocates: usize,
    /// The signatures that were not withdrawn.
    pub signatures: usize,
    /// The contacts made in the quarter.
    pub contacts: usize,
}

impl QuarterFigures {
    /// Counts in a ledger as it was on a day.
    pub(crate) fn of(quarter: Quarter, day: NaiveDate, ledger: &Ledger) -> QuarterFigures {
        let signatures = ledger.agreements.iter().flat_map(|agreement| ledger.signatures_of(agreement));
        let stands = signatures.filter(|entry| {
            let signature = entry.signature;
            signature.date.as_ref().is_some_and(|date| date.value <= day) && !signature.is_withdrawn(day)
        });
        let made = personal_contact::all_made(AsOf::new(ledger, day));
        QuarterFigures {
            quarter: quarter.name(),
            day,
            members: ledger.current_members(day).count(),
            advocates: ledger.advocates.iter().count(),
            signatures: stands.count(),
            contacts: made.filter(|made| quarter.has(made.date.value)).count(),
        }
    }

    /// The figures in the order of [`FIGURES`].
    fn cells(&self) -> [usize; 4] {
        [self.members, self.advocates, self.signatures, self.contacts]
    }
}

/// What is counted, for people and in tables.
const FIGURES: [(&str, &str); 4] = [
    ("Members", "members"),
    ("People", "advocates"),
    ("Signatures", "signatures"),
    ("Contacts in the quarter", "contacts"),
];

/// What a ledger holds, as a report.
pub(crate) fn report(ledger: &Ledger, today: NaiveDate) -> ReportOutput {
    let kinds = statistics(ledger, today);
    let mut document = Document::new(ledger.root.name());
    document.add_subtitle(format!("Records in the ledger, {}", words::weekday(today)));
    let mut table = Table::new([
        ("Kind", Side::Left),
        ("Records", Side::Right),
        ("Entries", Side::Right),
        ("Bytes", Side::Right),
        ("First date", Side::Left),
        ("Last date", Side::Left),
    ]);
    let date = |date: Option<NaiveDate>| Line::from(date.map(words::format_date).unwrap_or_default());
    for kind in &kinds {
        let figures = [kind.records, kind.entries, kind.bytes].map(|figure| Line::from(figure.to_string()));
        let cells = std::iter::once(Line::from(words::capitalize(kind.kind))).chain(figures);
        table.row(cells.chain([date(kind.first_date), date(kind.last_date)]));
    }
    let mut section = Section::new("Records");
    section.table(table);
    document.add(section);
    let data = json!({
        "format_version": FORMAT_VERSION,
        "coalition": ledger.root.name(),
        "today": today,
        "kinds": kinds,
    });
    ReportOutput { data, document }
}

/// The same as rows for spreadsheets.
pub(crate) fn rows(ledger: &Ledger, today: NaiveDate) -> (Vec<String>, Vec<Vec<String>>) {
    let columns = ["kind", "records", "entries", "bytes", "first_date", "last_date"].map(str::to_owned).to_vec();
    let date = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let row = |kind: KindStatistics| {
        let figures = [kind.records, kind.entries, kind.bytes].map(|figure| figure.to_string());
        std::iter::once(kind.kind.to_owned())
            .chain(figures)
            .chain([date(kind.first_date), date(kind.last_date)])
            .collect()
    };
    (columns, statistics(ledger, today).into_iter().map(row).collect())
}

/// How a ledger has grown, the earliest quarter first, as a report. `cut` says why earlier ones are not known.
pub(crate) fn report_over_time(ledger: &Ledger, quarters: &[QuarterFigures], cut: Option<&str>) -> ReportOutput {
    let mut document = Document::new(ledger.root.name());
    document.add_subtitle("The records as they were at the end of each quarter");
    if let Some(last) = quarters.last() {
        document.add_subtitle(format!("{} is as of {}", last.quarter, words::format_date(last.day)));
    }
    if let Some(cut) = cut {
        document.add_subtitle(format!("Earlier quarters are not known: {cut}"));
    }
    let columns = quarters.iter().map(|column| (column.quarter.clone(), Side::Right));
    let mut table = Table::new(std::iter::once((String::new(), Side::Left)).chain(columns));
    for (at, (label, _)) in FIGURES.into_iter().enumerate() {
        let cells =
            quarters.iter().map(|column| Line::from(column.cells().get(at).map(usize::to_string).unwrap_or_default()));
        table.row(std::iter::once(Line::from(label)).chain(cells));
    }
    let mut section = Section::new("Over time");
    section.table(table);
    document.add(section);
    let data = json!({
        "format_version": FORMAT_VERSION,
        "coalition": ledger.root.name(),
        "quarters": quarters,
        "not_known": cut,
    });
    ReportOutput { data, document }
}

/// The same as rows for spreadsheets, a column a quarter.
pub(crate) fn rows_over_time(quarters: &[QuarterFigures]) -> (Vec<String>, Vec<Vec<String>>) {
    let columns = std::iter::once("figure".to_owned()).chain(quarters.iter().map(|column| column.quarter.clone()));
    let row = |(at, (_, key)): (usize, (&str, &str))| {
        let cells = quarters.iter().map(|column| column.cells().get(at).map(usize::to_string).unwrap_or_default());
        std::iter::once(key.to_owned()).chain(cells).collect()
    };
    (columns.collect(), FIGURES.into_iter().enumerate().map(row).collect())
}
