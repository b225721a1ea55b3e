//! The credit as a document: what is still to be thanked for first, with the text for it, then who gave what.

use super::{Credit, GiftsByKind, Money, OfKind, Sums, ThanksDraft};
use crate::document::{Chart, Document, Item, Line, Section, Side, Table, words};
use crate::record::AnyRecord;
use crate::record::value::Choices;
use crate::report::excerpt::shortened_to;
use crate::report::{Named, ReportRequest, gift};
use rust_decimal::Decimal;

/// The contributions without thanks that are printed, the oldest first; the rest is counted.
const ENTRIES: usize = 20;

pub(super) fn document(request: &ReportRequest<'_>, credit: &Credit) -> Document {
    let mut document = Document::new(request.ledger.root.name());
    let (since, today) = (words::format_date(credit.since), words::format_date(request.today));
    document.add_subtitle(format!("Credit, {since} to {today}"));
    if let Some(member) = request.member {
        document.add_subtitle(format!("Only what {} gave", member.name()));
    }
    if credit.total.contributions == 0 && credit.uncredited.is_empty() {
        document.add_subtitle("No contributions are recorded for this period.");
        let begin = "Rooms, rides, copies and hours count as much as money: each is a new file in the folder \
            “contributions”.";
        document.add_subtitle(begin);
    }
    document.add(to_thank(credit));
    document.add(draft(credit.draft.as_ref()));
    document.add(gifts_section(credit));
    document.add(kinds(credit));
    document
}

fn to_thank(credit: &Credit) -> Section {
    let mut section = Section::new("Thanks due");
    section.list(shortened_to(ENTRIES, &credit.uncredited, "list contributions", |one| {
        let giver = one.giver.as_ref().map_or("Someone", |giver| &giver.name);
        let overdue = if one.late { ", overdue" } else { "" };
        let ago = match one.days {
            0 => "today".to_owned(),
            days => format!("{} ago", words::days(days)),
        };
        let gift = gift::name_beside(&one.contribution.name, giver);
        let what = format!(": {gift}, as of {} ({ago}{overdue})", words::format_date(one.date));
        Item::new(Line::new().strong(giver).plain(what))
    }));
    if credit.without_giver > 0 {
        let gifts = words::capitalize(&words::count(credit.without_giver, "gift names", "gifts name"));
        section.paragraph(format!("{gifts} no giver. Add who gave it to the record."));
    }
    let never = Named::names(&credit.never_credited);
    if !never.is_empty() {
        section.paragraph(format!("No one has ever thanked {}.", words::choice(&never)));
    }
    section
}

fn draft(draft: Option<&ThanksDraft>) -> Section {
    let mut section = Section::new("Thank-you text");
    let Some(draft) = draft else { return section };
    section.paragraph(draft.opening.as_str());
    section.list(
        draft
            .thanks
            .iter()
            .map(|one| Item::new(Line::new().strong(&one.name).plain(format!(": {}", words::list(&one.gifts))))),
    );
    section.paragraph(draft.closing.as_str());
    let hidden = Named::names(&draft.not_named);
    if !hidden.is_empty() {
        let verb = words::noun_form(hidden.len(), "has", "have");
        let names = words::list(&hidden);
        section.paragraph(
            Line::new().muted(format!("{names} {verb} not agreed to be named in public; ask before you print it.")),
        );
    }
    section
}

fn gifts_section(credit: &Credit) -> Section {
    let mut section = Section::new("Who gave what");
    if credit.total.contributions == 0 {
        return section;
    }
    let all = words::count(credit.total.contributions, "contribution", "contributions");
    let thanked = match credit.acknowledged {
        0 if credit.total.contributions == 1 => "not acknowledged yet".to_owned(),
        1 if credit.total.contributions == 1 => "acknowledged".to_owned(),
        0 => "none of them acknowledged yet".to_owned(),
        thanked if thanked == credit.total.contributions => "all of them acknowledged".to_owned(),
        thanked => format!("{thanked} of them acknowledged"),
    };
    section.paragraph(format!("{}, {thanked}.", words::capitalize(&all)));
    let giver =
        |given: &GiftsByKind| given.giver.as_ref().map_or_else(|| "Someone".to_owned(), |giver| giver.name.clone());
    let rows = credit.givers.iter().map(|one| (giver(one), &one.sums));
    section.table(table("Giver", rows, Some(&credit.total)));
    section
}

fn kinds(credit: &Credit) -> Section {
    let mut section = Section::new("Contributions by type");
    let name = |one: &OfKind| words::capitalize(one.kind.map_or("Not recorded", Choices::label));
    let times = |one: &OfKind| one.sums.contributions;
    let mut chart = Chart::new().with_whole(credit.kinds.iter().map(times).max().unwrap_or_default(), "Times");
    for one in &credit.kinds {
        chart.count(name(one), times(one), words::count(times(one), "time", "times"));
    }
    if chart.bars().len() > 1 {
        section.chart(chart);
    }
    let rows = credit.kinds.iter().map(|one| (name(one), &one.sums));
    section.table(table("Type", rows, None));
    section
}

fn table<'c>(first: &str, rows: impl Iterator<Item = (String, &'c Sums)>, total: Option<&'c Sums>) -> Table {
    let right = Side::Right;
    let columns = [(first, Side::Left), ("Times", right), ("Hours", right), ("Money", right), ("In kind", right)];
    let mut table = Table::new(columns);
    let mut count = 0;
    for (name, sums) in rows {
        table.row(cells(name, sums));
        count += 1;
    }
    if let Some(total) = total.filter(|_| count > 1) {
        table.row(cells("Total".to_owned(), total));
    }
    table
}

fn cells(name: String, sums: &Sums) -> [Line; 5] {
    let hours = if sums.hours.0 == Decimal::ZERO { String::new() } else { words::number(sums.hours.0) };
    [name.into(), sums.contributions.to_string().into(), hours.into(), money(&sums.money), money(&sums.in_kind)]
}

fn money(sums: &[Money]) -> Line {
    sums.iter().map(|sum| words::money(sum.amount.0, &sum.currency)).collect::<Vec<_>>().join(", ").into()
}
