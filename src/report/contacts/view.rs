//! The contacts as a document: how things stand, then who calls whom.

use super::{CallDue, Caller, ContactRates, Contacts, Unowned};
use crate::document::{COUNTS, Cell, Document, Fact, Grid, Item, Line, Picture, Section, Side, Table, words};
use crate::report::excerpt::{excerpt, first_items, names};
use crate::report::quarter::Quarter;
use crate::report::{Named, ReportRequest};
use chrono::NaiveDate;

/// The calls of one person that are printed; the rest is counted.
const CALLS: usize = 12;
/// The people whose calls are printed one by one, and those who are only named.
const CALLERS: usize = 8;
const NAMED: usize = 12;
/// The people in the picture.
const PEOPLE: usize = 30;

pub(super) fn document(request: &ReportRequest<'_>, contacts: &Contacts) -> Document {
    let mut document = Document::new(request.ledger.root.name());
    let of = request.member.map(|member| format!(", {}", Named::record(member).name)).unwrap_or_default();
    document.add_subtitle(format!("Contacts{of}, {}", words::weekday(request.today)));
    if contacts.is_empty() {
        document.add_subtitle(
            "There is no one to call yet. Add the people who work for the cause to the folder \u{201c}advocates\u{201d}, and \
             each call to the record of whoever was called.",
        );
    }
    document.add(standing(contacts));
    document.add(who_calls_whom(contacts, request.today));
    document.add(unowned_section(&contacts.unowned));
    document.add(over_time(contacts));
    document
}

/// The people and the quarters, shaded by how many contacts there were.
fn over_time(contacts: &Contacts) -> Section {
    let mut section = Section::new("Contacts with each person");
    let (first, more) = excerpt(&contacts.people_by_quarter, PEOPLE, "report contacts --format json");
    let mut grid = Grid::new(Quarter::headings(contacts.quarters.iter().copied())).with_key(COUNTS);
    let columns = contacts.quarters.iter().map(|quarter| (quarter.short_words(), Side::Right));
    let mut table = Table::new([("Person".to_owned(), Side::Left)].into_iter().chain(columns));
    for row in first {
        grid.row(row.advocate.name.as_str(), row.contacts.iter().map(|count| Cell::count(*count)));
        let counts = row.contacts.iter().map(|count| Line::from(count.to_string()));
        table.row(std::iter::once(Line::from(row.advocate.name.as_str())).chain(counts));
    }
    let (Some(from), Some(to)) = (contacts.quarters.first(), contacts.quarters.last()) else { return section };
    let words = format!(
        "Calls, visits and messages with and by each person from {} to {}, not counting meetings. Those who have not been in touch \
         for longest come first.",
        from.from.format("%B %Y"),
        to.to.format("%B %Y")
    );
    section.picture(Picture::new("Contacts by quarter", words, grid, table).fold());
    section.paragraph(more.unwrap_or_default());
    section
}

fn standing(contacts: &Contacts) -> Section {
    let mut section = Section::new("How things stand");
    let share = |one: ContactRates, tells: &str| match one.of {
        0 => String::new(),
        of => format!("{} of {of} {tells}", one.in_touch),
    };
    section.facts([
        Fact::new("People", share(contacts.people, "contacted recently enough")),
        Fact::new("Members", share(contacts.members, "heard from recently enough")),
        Fact::new("Officials", share(contacts.officials, "heard from us recently enough")),
    ]);
    section
}

fn who_calls_whom(contacts: &Contacts, today: NaiveDate) -> Section {
    let mut section = Section::new("Who calls whom this week");
    if contacts.callers.is_empty() && !contacts.is_empty() {
        section.paragraph("There is no one to call this week.");
    }
    let mut counts = Vec::new();
    if contacts.overdue > 0 {
        counts.push(format!("{} overdue", words::count(contacts.overdue, "call is", "calls are")));
    }
    if contacts.due > 0 {
        let noun = words::count(contacts.due, "call is", "calls are");
        counts.push(format!("{noun} due by {}", words::near_day(contacts.until, today)));
    }
    if !counts.is_empty() {
        section.paragraph(format!("{}.", words::capitalize(&words::list(&counts))));
    }
    // Calls that no one makes are the last, and are printed also after many others.
    let (assigned, unassigned): (Vec<&Caller>, Vec<&Caller>) =
        contacts.callers.iter().partition(|caller| caller.caller.is_some());
    let (first, more) = assigned.split_at(assigned.len().min(CALLERS));
    for caller in first {
        section.titled_list(title(caller), calls(caller, today));
    }
    let others: Vec<String> = more
        .iter()
        .filter_map(|caller| Some(format!("{} ({})", caller.caller.as_ref()?.name, caller.calls.len())))
        .collect();
    if !others.is_empty() {
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        let line = Line::new().strong("Others with calls to make: ").plain(names(&others, NAMED));
        section.paragraph(line.plain("; `--for MEMBER` shows the calls of one member."));
    }
    for caller in unassigned {
        section.titled_list(title(caller), calls(caller, today));
    }
    section
}

fn title(caller: &Caller) -> Line {
    match &caller.caller {
        Some(caller) => Line::new().strong(&caller.name).plain(":"),
        None => Line::new().strong("No one is assigned to call them:"),
    }
}

fn calls(caller: &Caller, today: NaiveDate) -> Vec<Item> {
    let (first, more) =
        excerpt(&caller.calls, CALLS, "check --only overdue-contact,silent-member,neglected-official --all");
    first.iter().map(|call| item(call, caller, today)).chain(more.map(Item::new)).collect()
}

fn item(call: &CallDue, caller: &Caller, today: NaiveDate) -> Item {
    let through = call.through.as_ref().map(|through| format!(" ({})", through.name));
    let office = call.office.as_ref().map(|office| format!(" ({office})"));
    let also = call.also.as_ref().map(|also| format!(" (for {} too)", also.name));
    let whom = through.or(also).or(office).unwrap_or_default();
    let line = Line::new().strong(&call.with.name).plain(format!("{whom}: {}", reasons(call, caller, today)));
    let item = Item::new(line);
    match &call.last {
        Some(last) if says_days(call) => {
            item.with(format!("Last: {}", last.words_without_distance(today))).with(last.summary_line())
        }
        Some(last) => item.with(format!("Last: {}", last.words(today))).with(last.summary_line()),
        None => item,
    }
}

/// Whether the days without contact are said already.
fn says_days(call: &CallDue) -> bool {
    matches!((call.days, call.limit), (Some(days), Some(limit)) if limit - days <= super::DAYS_AHEAD)
}

fn reasons(call: &CallDue, caller: &Caller, today: NaiveDate) -> String {
    let mut reasons = Vec::new();
    if let Some(day) = call.promised_for {
        let by = call.promised_by.as_ref().filter(|by| caller.caller.as_ref() != Some(*by));
        let by = by.map(|by| format!(", promised by {}", by.name)).unwrap_or_default();
        let (day, distance) = (words::near_day(day, today), words::distance(day, today));
        reasons.push(format!("call due on {day}{by} ({distance})"));
    }
    if let (Some(days), Some(limit)) = (call.days, call.limit) {
        let left = limit - days;
        let contact = if call.last.is_some() { "no contact" } else { "no contact yet," };
        match left {
            ..0 => {
                reasons.push(format!("{contact} in {} (limit {limit})", words::days(days)));
            }
            0 => reasons.push(format!("{contact} in {} (limit {limit}, which is today)", words::days(days))),
            _ if left <= super::DAYS_AHEAD => {
                reasons.push(format!("{contact} in {} (limit {limit}; {} left)", words::days(days), words::days(left)));
            }
            _ => {}
        }
    }
    reasons.join("; ")
}

fn unowned_section(unowned: &[Unowned]) -> Section {
    let mut section = Section::new("No one keeps in touch with");
    section.list(first_items(unowned, "check --only unowned-advocate --all", |one| {
        let member = one.member.as_ref().map(|member| format!(" ({})", member.name)).unwrap_or_default();
        let former = one.former.as_ref().map(|former| format!(": {} is no longer active", former.name));
        Item::new(Line::new().strong(&one.advocate.name).plain(format!("{member}{}", former.unwrap_or_default())))
    }));
    section
}
