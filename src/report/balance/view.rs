//! The balance as a document: who has too much first, then the shares, then who is at the table.

use super::{Balance, Group, OfSort, Part};
use crate::document::{Document, Item, Line, Section, Side, Table, words};
use crate::practice::domination::Sort;
use crate::record::AnyRecord;
use crate::record::member::Classification;
use crate::record::value::Choices;
use crate::report::{Named, Request};

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
    document.add(shares(balance));
    document.add(spread(balance));
    document.add(variety(balance));
    document
}

fn shares(balance: &Balance) -> Section {
    let mut section = Section::new("Who holds how much");
    if balance.sorts.iter().all(|sort| sort.total == 0) {
        section.paragraph("Nobody has held a seat, proposed, given or attended anything in this time.");
        return section;
    }
    let most = words::percent(balance.max_share.0);
    let too_large = balance
        .sorts
        .iter()
        .flat_map(|sort| sort.parts.iter().filter(|part| part.too_large).map(|part| Item::new(excess(sort, part))));
    section.titled_list(format!("More than {most}, the most that one member should have:"), too_large);
    if balance.sorts.iter().any(|sort| sort.judged)
        && !balance.sorts.iter().flat_map(|sort| &sort.parts).any(|part| part.too_large)
    {
        section.paragraph(format!("Nobody has more than {most} of anything, the most that one member should have."));
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
        Sort::Proposals => "Proposals",
        Sort::Contributions => "Gifts",
        Sort::Attendance => "Attended",
    }
}

fn excess(sort: &OfSort, part: &Part) -> Line {
    let (verb, many) = (sort.sort.verb(), sort.sort.many());
    let share = part.share.map(|share| words::percent(share.0)).unwrap_or_default();
    let what = format!(" {verb} {} of {} {many}, {share}", part.count, sort.total);
    Line::new().strong(&part.member.name).plain(what)
}

fn cell(part: &Part) -> Line {
    let share = part.share.map(|share| words::percent(share.0)).unwrap_or_default();
    let text = format!("{} ({share})", part.count);
    match (part.count, part.too_large) {
        (0, _) => Line::new().muted("–"),
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
        let noun = if members == rust_decimal::Decimal::ONE { "member" } else { "members" };
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
    let missing: Vec<String> = balance.missing_sectors.iter().map(|sector| sector.replace('-', " ")).collect();
    if !missing.is_empty() {
        let line = Line::new()
            .strong("Nobody yet")
            .plain(format!(" from {}, where somebody should be.", words::list(&missing)));
        section.paragraph(line);
    }
    let missing: Vec<String> =
        balance.missing_classifications.iter().map(|classification| classification.label().to_lowercase()).collect();
    if !missing.is_empty() {
        section.paragraph(Line::new().strong("No").plain(format!(" {} yet.", words::choice(&missing))));
    }
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
        Item::new(format!("{label} ({}): {}", group.members.len(), words::list(&Named::names(&group.members))))
    };
    groups.iter().map(item).collect()
}
