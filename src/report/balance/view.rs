//! The balance as a document: who has too much first, then the shares, then who is at the table.

use super::{Balance, Group, OfSort, Part};
use crate::document::{Document, Item, Line, Section, Side, Table, words};
use crate::practice::domination::{Sort, percent};
use crate::record::AnyRecord;
use crate::record::member::Classification;
use crate::record::value::{Choices, Number};
use crate::report::excerpt::names;
use crate::report::{Named, Request};
use rust_decimal::{Decimal, RoundingStrategy};

/// The names that are printed of a group; the rest is counted.
const NAMES: usize = 12;

pub(super) fn document(request: &Request<'_>, balance: &Balance) -> Document {
    let mut document = Document::new(request.ledger.root.name());
    document.add_subtitle(format!("Balance, {} to {}", words::day(balance.since), words::day(request.today)));
    if let Some(member) = request.member {
        document.add_subtitle(format!("The part of {} in the whole", member.name()));
    }
    if balance.members == 0 {
        document.add_subtitle("There are no members yet, so there is nothing to balance.");
        return document;
    }
    document.add(shares(balance, request));
    document.add(spread(balance));
    if request.member.is_none() {
        document.add(variety(balance));
    }
    document
}

fn shares(balance: &Balance, request: &Request<'_>) -> Section {
    let mut section = Section::new("Who holds how much");
    if balance.sorts.iter().all(|sort| sort.total == 0) {
        section.paragraph("Nobody has held a seat, proposed, given or attended anything in this time.");
        return section;
    }
    let most = format!("{}%", percent(balance.max_share.0));
    let too_large = balance
        .sorts
        .iter()
        .flat_map(|sort| sort.parts.iter().filter(|part| part.too_large).map(|part| Item::new(excess(sort, part))));
    section.titled_list(format!("More than {most}, the most that one member should have:"), too_large);
    let is_judged = balance.sorts.iter().any(|sort| sort.judged);
    if is_judged && !balance.sorts.iter().flat_map(|sort| &sort.parts).any(|part| part.too_large) {
        let nobody = match request.member {
            Some(member) => format!("{} has no", member.name()),
            None => "Nobody has".to_owned(),
        };
        section.paragraph(format!("{nobody} more than {most} of anything, the most that one member should have."));
    }
    let first = [("Member".to_owned(), Side::Left)];
    let columns = balance.sorts.iter().map(|sort| (column(sort.sort).to_owned(), Side::Right));
    let mut table = Table::new(first.into_iter().chain(columns));
    let names: Vec<&Named> =
        balance.sorts.first().iter().flat_map(|sort| &sort.parts).map(|part| &part.member).collect();
    for (at, name) in names.into_iter().enumerate() {
        let cells = balance.sorts.iter().map(|sort| sort.parts.get(at).map(cell).unwrap_or_default());
        table.row(std::iter::once(name.name.as_str().into()).chain(cells));
    }
    let totals = balance.sorts.iter().map(|sort| sort.total.to_string().into());
    table.row(std::iter::once("All members".into()).chain(totals));
    section.table(table);
    section.paragraph(not_judged(balance));
    section
}

fn column(sort: Sort) -> &'static str {
    match sort {
        Sort::Seats => "Seats",
        Sort::Chairs => "Chairs",
        Sort::Proposals => "Proposed",
        Sort::Contributions => "Given",
        Sort::Attendance => "Attended",
    }
}

fn excess(sort: &OfSort, part: &Part) -> Line {
    let (verb, many) = (sort.sort.verb(), sort.sort.many());
    let share = part.share.map(|share| format!("{}%", percent(share.0))).unwrap_or_default();
    let what = format!(" {verb} {} of {} {many}, {share}", part.count, sort.total);
    Line::new().strong(&part.member.name).plain(what)
}

fn cell(part: &Part) -> Line {
    // Whole percents are enough to see who has much and who has little.
    let whole = |share: Number| percent(share.0).round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    let share = part.share.map(|share| format!("{}%", whole(share))).unwrap_or_default();
    let text = format!("{} ({share})", part.count);
    match (part.count, part.too_large) {
        (0, _) => "–".into(),
        (_, true) => Line::new().strong(text),
        (_, false) => text.into(),
    }
}

fn not_judged(balance: &Balance) -> String {
    if balance.members < balance.judged_from_members {
        return format!("With fewer than {} members, shares are not judged.", balance.judged_from_members);
    }
    let few: Vec<&str> = balance.sorts.iter().filter(|sort| !sort.judged).map(|sort| sort.sort.many()).collect();
    if few.is_empty() {
        return String::new();
    }
    format!("There are fewer than {} {}, too few to judge.", balance.judged_from_entries, words::list(&few))
}

fn spread(balance: &Balance) -> Section {
    let mut section = Section::new("How evenly it is spread");
    let mut table = Table::new([("Of", Side::Left), ("Concentration", Side::Right), ("As if shared by", Side::Right)]);
    for sort in &balance.sorts {
        let (Some(concentration), Some(effective)) = (sort.concentration, sort.effective_members) else { continue };
        let members = effective.0.round_dp(1).normalize();
        let noun = if members == Decimal::ONE { "member" } else { "members" };
        table.row([
            words::capitalized(sort.sort.many()).into(),
            concentration.0.round_dp(2).to_string().into(),
            format!("{} {noun}", words::number(members)).into(),
        ]);
    }
    if table.rows().is_empty() {
        return section;
    }
    section.table(table);
    section.paragraph(
        "The concentration is the sum of the squared shares (Herfindahl–Hirschman index), 1 where one member has everything; \
         one over it is the number of members of equal size that would be as concentrated (Laakso and Taagepera, 1979).",
    );
    section
}

fn variety(balance: &Balance) -> Section {
    let mut section = Section::new("Who is at the table");
    let sectors = balance.missing_sectors.iter().map(|sector| words::capitalized(&sector.replace('-', " ")));
    let classifications = balance.missing_classifications.iter().map(|missing| missing.label().to_owned());
    section
        .titled_list("Nobody yet from these, where somebody should be:", sectors.chain(classifications).map(Item::new));
    if balance.sectors.iter().any(|group| group.name.is_some()) {
        let sector = |name: &str| words::capitalized(&name.replace('-', " "));
        section.titled_list("By sector:", groups(&balance.sectors, sector));
    }
    section.titled_list("By what they are:", groups(&balance.classifications, classification));
    section
}

fn classification(word: &str) -> String {
    let known = Classification::ALL.iter().find(|known| known.word() == word);
    known.map_or(word, |known| known.label()).to_owned()
}

fn groups(groups: &[Group], label: impl Fn(&str) -> String) -> Vec<Item> {
    let item = |group: &Group| {
        let label = group.name.as_deref().map_or_else(|| "Not said".to_owned(), &label);
        let names = names(&Named::names(&group.members), NAMES);
        Item::new(format!("{label} ({}): {names}", group.members.len()))
    };
    groups.iter().map(item).collect()
}
