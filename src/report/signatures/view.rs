//! The signatures as a document: what is missing first, then what is there.

use super::{SheetCell, SignatureSheet, Signatures};
use crate::document::{Document, Item, Line, Section, Side, Table, words};
use crate::report::ReportRequest;
use chrono::NaiveDate;

pub(super) fn document(request: &ReportRequest<'_>, signatures: &Signatures) -> Document {
    let mut document = Document::new(request.ledger.root.name());
    document.add_subtitle(format!("Signatures, {}", words::weekday(request.today)));
    if signatures.agreements.is_empty() {
        document.add_subtitle("There is no agreement in this ledger yet.");
    }
    for sheet in &signatures.agreements {
        document.add(section(sheet, request.today));
    }
    document.add(signatures.doubts.section());
    document
}

fn section(sheet: &SignatureSheet, today: NaiveDate) -> Section {
    let mut section = Section::new(format!("{}, version {}", sheet.agreement.name, sheet.version));
    if !sheet.has_words {
        section.paragraph(Line::new().strong("It has no text yet").plain(", so no one can sign it."));
        return section;
    }
    section.paragraph(totals(sheet));
    section.paragraph(term(sheet, today));
    section.list(sheet.open_cells().map(|cell| task(cell, today)));
    section.table(signed_table(sheet));
    section
}

fn totals(sheet: &SignatureSheet) -> Line {
    match (sheet.required, sheet.counting) {
        (0, _) => "No one has to sign it.".into(),
        (required, counting) if required == counting => format!("{}.", all_in_place(required)).into(),
        (required, counting) => {
            let noun = words::noun_form(required, "signature is in place", "signatures are in place");
            Line::new().strong(format!("{counting} of {required}")).plain(format!(" required {noun}."))
        }
    }
}

/// That all required signatures are in place, as a sentence without a period.
pub(crate) fn all_in_place(required: usize) -> String {
    match required {
        1 => "The one required signature is in place".to_owned(),
        2 => "Both required signatures are in place".to_owned(),
        many => format!("All {many} required signatures are in place"),
    }
}

fn term(sheet: &SignatureSheet, today: NaiveDate) -> Line {
    match sheet.expires {
        Some(day) if sheet.expired => {
            let words = format!(" on {} ({}).", words::format_date(day), words::distance(day, today));
            Line::new().late("It expired").plain(words).plain(" No signature is valid until members renew it.")
        }
        Some(day) => format!("It is in force until {}.", words::format_date(day)).into(),
        None => Line::new(),
    }
}

fn task(cell: &SheetCell, today: NaiveDate) -> Item {
    let problem = cell.problem.as_deref().unwrap_or_default();
    let line = Line::new().strong(&cell.member.name).plain(format!(" {problem}."));
    Item::new(line).with(cell.task(today))
}

fn signed_table(sheet: &SignatureSheet) -> Table {
    let several = sheet.cells.iter().any(|cell| cell.counts() && cell.version != Some(sheet.version));
    let mut columns = vec![("Signed", Side::Left), ("By", Side::Left), ("On", Side::Right)];
    if several {
        columns.push(("Version", Side::Right));
    }
    let mut table = Table::new(columns);
    for cell in sheet.cells.iter().filter(|cell| cell.counts()) {
        let by = cell.by.as_ref().map_or("", |by| by.name.as_str());
        let by = cell.title.as_ref().map_or_else(|| by.to_owned(), |title| format!("{by}, {title}"));
        let on = cell.date.map(words::short_day).unwrap_or_default();
        let version = cell.version.map(|version| version.to_string()).unwrap_or_default();
        table.row([cell.member.name.as_str().into(), by.into(), on.into(), version.into()]);
    }
    table
}
