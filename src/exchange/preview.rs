//! A preview of an export, for whoever approves it: tables with columns and row counts, who is named, and how much stays private.

use super::outgoing::{Outgoing, is_unlisted};
use super::rows::{TableData, each_table};
use crate::document::words::{capitalize, count};
use crate::document::{Document, Item, Line, Section, Side, Table};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::record::AnyRecord as _;
use crate::record::field::{Field, Leaf, Visitor};
use crate::source::Span;
use serde_json::Value;
use std::collections::BTreeMap;
use std::convert::Infallible;

/// What would leave, and what would stay.
pub(crate) fn preview(outgoing: &Outgoing<'_>) -> Document {
    let mut document = Document::new("What an export would contain");
    let mut tables = Table::new([("Table", Side::Left), ("Rows", Side::Right), ("Columns", Side::Left)]);
    let Ok(()) = each_table::<Infallible>(outgoing, &mut || {}, &mut |table: TableData| {
        if !table.rows.is_empty() {
            let columns: Vec<&str> = table.sheet.columns.iter().map(|column| column.name.as_str()).collect();
            let rows = Line::from(table.rows.len().to_string());
            tables.row([table.sheet.name.as_str().into(), rows, columns.join(", ").into()]);
        }
        Ok(())
    });
    let mut section = Section::new("Tables");
    section.table(tables);
    document.add(section);
    for (heading, kind) in
        [("People named", Kind::Advocate), ("Organizations named", Kind::Member), ("Officials named", Kind::Official)]
    {
        let mut section = Section::new(heading);
        section.list(names(outgoing, kind).into_iter().map(Item::new));
        document.add(section);
    }
    let mut section = Section::new("What stays");
    section.list(withheld_items(outgoing).into_iter().map(Item::new));
    if section.blocks().is_empty() {
        section.paragraph("Nothing.");
    }
    document.add(section);
    document
}

/// The names of the records of a kind that leave, by id.
fn names(outgoing: &Outgoing<'_>, kind: Kind) -> Vec<String> {
    let records = outgoing.records_of(kind, &mut || {});
    let named = records.into_iter().filter(|record| !is_unlisted(&record.id));
    named
        .map(|record| {
            let name = record.fields.get("name").and_then(Value::as_str).map(str::to_owned);
            name.unwrap_or(record.id)
        })
        .collect()
}

/// What stays, and how much of it.
fn withheld_items(outgoing: &Outgoing<'_>) -> Vec<String> {
    let mut withheld_items = Vec::new();
    if outgoing.private {
        return withheld_items;
    }
    let unlisted = &outgoing.unlisted;
    let people = unlisted.people();
    if people > 0 {
        withheld_items.push(format!("Names of people who have not agreed to be listed: {people}"));
    }
    let in_person = unlisted.iter().filter(|(key, _)| key.kind == Kind::Member).count();
    if in_person > 0 {
        withheld_items.push(format!("Names of individual members who have not agreed to be listed: {in_person}"));
    }
    let ledger = outgoing.ledger;
    let guests =
        ledger.meetings.iter().flat_map(|meeting| meeting.attendance.iter()).filter(|entry| entry.name.is_some());
    let guests = guests.count();
    if guests > 0 {
        withheld_items.push(format!("Names of guests at meetings: {guests}"));
    }
    let today = outgoing.audience.today;
    let closed = ledger.records().map(|record| {
        let office = record.key().kind == Kind::Official;
        record.details().iter().filter(|detail| unlisted.has(record.key()) || !detail.leaves(office, today)).count()
    });
    let closed: usize = closed.sum();
    if closed > 0 {
        withheld_items.push(format!("Contact details that are not public: {closed}"));
    }
    let minutes = ledger.meetings.iter().filter(|meeting| {
        let has_minutes = meeting.minutes.is_some() || meeting.minutes_file.is_some();
        let published = meeting.minutes_published.as_ref();
        has_minutes && (meeting.is_closed() || published.is_none_or(|published| published.value > today))
    });
    let minutes = minutes.count();
    if minutes > 0 {
        withheld_items.push(format!("Minutes that are not published: {minutes}"));
    }
    let extra = outgoing.extra_kept();
    if extra > 0 {
        withheld_items.push(format!("{} under [extra]", capitalize(&count(extra, "table", "tables"))));
    }
    withheld_items
        .extend(private_fields(ledger).into_iter().map(|(field, count)| format!("Private fields `{field}`: {count}")));
    withheld_items
}

/// How often each private field has a value.
fn private_fields(ledger: &Ledger) -> BTreeMap<&'static str, usize> {
    struct Private(BTreeMap<&'static str, usize>);
    impl<'a> Visitor<'a> for Private {
        fn leaf(&mut self, field: &'static Field, _: Span, _: Leaf<'a>) {
            if field.flags.private {
                *self.0.entry(field.name).or_default() += 1;
            }
        }
    }
    let mut private = Private(BTreeMap::new());
    ledger.records().for_each(|record| record.visit(&mut private));
    private.0
}
