//! The officials as a document: how things stand, who is waiting, and each in turn.

use super::{OfficialRow, Officials, SeasonRow, StanceCount};
use crate::document::{Cell, Document, Fact, Grid, Item, Line, Picture, Section, Shade, Side, Table, words};
use crate::record::official::Stance;
use crate::record::value::Choices;
use crate::report::excerpt::{excerpt, first_items, shortened_to};
use crate::report::{Named, ReportRequest};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// The officials that are printed one by one; the rest is counted.
const ROWS: usize = 20;

pub(super) fn document(request: &ReportRequest<'_>, officials: &Officials) -> Document {
    let mut document = Document::new(request.ledger.root.name());
    let of = request.member.map(|member| format!(" and {}", Named::record(member).name)).unwrap_or_default();
    document.add_subtitle(format!("Officials{of}, {}", words::weekday(request.today)));
    if officials.officials.is_empty() {
        document.add_subtitle(match request.member {
            Some(_) => "No official in office is linked to this member yet.",
            None => {
                "No official in office is recorded yet. Add those who decide about libraries to the folder \u{201c}officials\u{201d}, \
                 each with the person who keeps in touch."
            }
        });
        return document;
    }
    document.add(standing(officials));
    document.add(by_stance(officials));
    document.add(waiting(officials));
    document.add(each(officials, request.today));
    document.add(over_the_year(officials));
    document
}

fn standing(officials: &Officials) -> Section {
    let mut section = Section::new("How things stand");
    section.facts([
        Fact::new("In office", words::count(officials.in_office, "official", "officials")),
        Fact::new("Stance", stances(&officials.stances)),
        Fact::new(
            "In touch",
            format!("{} of {} heard from us recently enough", number(officials.in_touch), number(officials.in_office)),
        ),
        Fact::new("Budget season", officials.season.as_ref().map(season).unwrap_or_default()),
    ]);
    section
}

/// How long ago a contact may be in each column, in days; the last column is for officials without any.
const COLUMNS: [(i64, &str); 4] =
    [(30, "30 days or less"), (90, "31 to 90 days"), (180, "91 to 180 days"), (i64::MAX, "over 180 days")];

/// The officials by where they stand and how long ago the last contact was.
fn by_stance(officials: &Officials) -> Section {
    let mut section = Section::new("Who hears from us");
    let columns = COLUMNS.iter().map(|(_, name)| *name).chain(["none yet"]).map(str::to_owned);
    let mut grid = Grid::new(columns)
        .with_key([(Shade::Light, "number of officials"), (Shade::Missing, "someone here has waited too long")]);
    let column = |one: &OfficialRow| match (&one.last, one.days) {
        (Some(_), Some(days)) => COLUMNS.iter().position(|(most, _)| days <= *most),
        _ => Some(COLUMNS.len()),
    };
    let mut table = Table::new([("Official", Side::Left), ("Stance", Side::Left), ("Days since contact", Side::Right)]);
    for stance in officials.stances.iter().map(|one| one.stance) {
        let words = stance.map_or_else(|| "Not recorded".to_owned(), |stance| words::capitalize(short_label(stance)));
        let those = || officials.officials.iter().filter(|one| one.stance == stance);
        let cell = |at: usize| {
            let here = || those().filter(|one| column(one) == Some(at));
            match (here().count(), here().any(|one| one.neglected)) {
                (0, _) => Cell::default(),
                (count, true) => Cell::with_word(Shade::Missing, count.to_string()),
                (count, false) => Cell::with_word(Shade::Light, count.to_string()),
            }
        };
        grid.row(words.as_str(), (0..=COLUMNS.len()).map(cell));
        for one in those() {
            let days = one.days.filter(|_| one.last.is_some());
            let days = days.map_or_else(|| "none yet".to_owned(), |days| words::number(days.into()));
            table.row([one.official.name.as_str().into(), words.as_str().into(), days.into()]);
        }
    }
    let words = format!(
        "{} of {} heard from us in time. Each row is a stance; the further to the right, the longer ago is the last contact.",
        number(officials.in_touch),
        words::count(officials.in_office, "official", "officials")
    );
    section.picture(Picture::new("Officials by stance and last contact", words, grid, table).fold());
    section
}

/// A stance without its article.
fn short_label(stance: Stance) -> &'static str {
    let label = stance.label();
    label.strip_prefix("a ").unwrap_or(label)
}

fn number(count: usize) -> String {
    words::number(Decimal::from(count))
}

fn stances(stances: &[StanceCount]) -> String {
    if let [StanceCount { stance: None, count }] = stances {
        return match *count {
            1 => "not recorded".to_owned(),
            count => format!("not recorded for any of the {}", number(count)),
        };
    }
    let parts: Vec<String> = stances
        .iter()
        .map(|one| match (one.stance.map(Choices::label), one.count) {
            (Some("a champion"), 1) => "1 champion".to_owned(),
            (Some("a champion"), count) => format!("{} champions", number(count)),
            (Some(label), count) => format!("{} {label}", number(count)),
            (None, count) => format!("not recorded for {}", number(count)),
        })
        .collect();
    words::list(&parts)
}

fn season(season: &SeasonRow) -> Line {
    let months: Vec<&str> = season
        .months
        .iter()
        .filter_map(|month| words::MONTHS.get(usize::from(*month).checked_sub(1)?).copied())
        .collect();
    let Some(share) = season.share else { return Line::new() };
    let percent = words::share(share.0, season.limit.0);
    let sentence = format!(
        "{} of the last year\u{2019}s {} ({percent}) came in {}",
        season.in_season,
        words::count(season.contacts, "contact", "contacts"),
        words::list(&months)
    );
    let limit = words::limit(season.limit.0);
    match (season.lopsided, season.judged) {
        (true, _) => Line::new().strong(sentence).plain(format!("; limit {limit}")),
        (false, true) => Line::new().plain(format!("{sentence}; limit {limit}")),
        (false, false) => Line::new().plain(sentence),
    }
}

fn waiting(officials: &Officials) -> Section {
    let mut section = Section::new("Waiting to hear from us");
    let neglected: Vec<&OfficialRow> = officials.officials.iter().filter(|one| one.neglected).collect();
    section.list(first_items(&neglected, "check --only neglected-official --all", |one| {
        let days = one.days.map(words::days).unwrap_or_default();
        let limit = one.limit.map(|limit| format!(" (limit {limit})")).unwrap_or_default();
        let contact = if one.last.is_some() { "no contact" } else { "no contact yet," };
        let owner = match (&one.owner, one.owner_serves) {
            (Some(owner), true) => format!("{} should call", owner.name),
            (Some(owner), false) => format!("{} was assigned to keep in touch, but is no longer active", owner.name),
            (None, _) => "No one is assigned to keep in touch".to_owned(),
        };
        Item::new(Line::new().strong(&one.official.name).plain(format!(": {contact} in {days}{limit}"))).with(owner)
    }));
    section
}

fn each(officials: &Officials, today: NaiveDate) -> Section {
    let mut section = Section::new("One by one");
    section.list(shortened_to(ROWS, &officials.officials, "list officials", |one| item(one, today)));
    section
}

fn item(one: &OfficialRow, today: NaiveDate) -> Item {
    let is_number = |district: &&str| district.chars().all(|c| c.is_ascii_digit());
    let district = one.district.as_deref().map(|district| match Some(district).filter(is_number) {
        Some(number) => format!("District {number}"),
        None => district.to_owned(),
    });
    let office: Vec<String> = one.office.clone().into_iter().chain(district).collect();
    // An office often names its place already.
    let place = one.jurisdiction.clone().filter(|place| !office.iter().any(|part| part.contains(place.as_str())));
    let office: Vec<String> = office.into_iter().chain(place).collect();
    let line = Line::new().strong(&one.official.name);
    let line = if office.is_empty() { line } else { line.plain(format!(", {}", office.join(", "))) };
    let stance = one.stance.map_or("stance unknown", Choices::label);
    let owner = match &one.owner {
        Some(owner) if one.owner_serves => format!("assigned to {}", owner.name),
        Some(_) => "not assigned to a current person".to_owned(),
        None => "not assigned to anyone".to_owned(),
    };
    let ends = one.term_ends.map(|day| format!("; the term ends on {}", words::format_date(day))).unwrap_or_default();
    let item = Item::new(line).with(format!("{}; {owner}{ends}", words::capitalize(stance)));
    match &one.last {
        Some(last) => item.with(format!("Last contact {}", last.words(today))).with(last.summary_line()),
        None => item.with("No contact yet"),
    }
}

fn over_the_year(officials: &Officials) -> Section {
    let mut section = Section::new("Contacts over the year");
    let quarters = officials.quarters.iter().map(|quarter| (quarter.words(), Side::Right));
    let columns = [("Official".to_owned(), Side::Left)].into_iter().chain(quarters);
    let mut table = Table::new(columns.chain([("365 days".to_owned(), Side::Right)]));
    // Of very many, those say something who were contacted.
    let are_many = officials.officials.len() > ROWS;
    let contacted = |one: &&OfficialRow| {
        !are_many || one.contacts_last_year > 0 || one.contacts_by_quarter.iter().any(|count| *count > 0)
    };
    let rows: Vec<&OfficialRow> = officials.officials.iter().filter(contacted).collect();
    let (rows, more) = excerpt(&rows, ROWS, "list contacts");
    for one in rows {
        let counts = one.contacts_by_quarter.iter().chain([&one.contacts_last_year]);
        let figures = counts.map(|count| Line::from(count.to_string()));
        table.row([Line::from(one.official.name.as_str())].into_iter().chain(figures));
    }
    section.table(table);
    section.paragraph(more.unwrap_or_default());
    section
}
