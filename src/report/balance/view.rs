//! The balance as a document: who has too much first, then the shares, then who is at the table.

use super::{Balance, BalanceGroup, SharePart, WorkShares};
use crate::document::{Chart, Document, Item, Line, Section, Side, Table, words};
use crate::practice::domination::WorkKind;
use crate::record::AnyRecord;
use crate::record::member::Classification;
use crate::record::value::Choices;
use crate::report::excerpt::names;
use crate::report::value_words::spell_slug;
use crate::report::{Named, ReportRequest};
use rust_decimal::Decimal;

/// The names that are printed of a group; the rest is counted.
const NAMES: usize = 12;

/// The members on a chart, those with the most first.
const BARS: usize = 8;

pub(super) fn document(request: &ReportRequest<'_>, balance: &Balance) -> Document {
    let mut document = Document::new(request.ledger.root.name());
    document.add_subtitle(format!(
        "Balance, {} to {}",
        words::format_date(balance.since),
        words::format_date(request.today)
    ));
    if let Some(member) = request.member {
        document.add_subtitle(format!("The share of {}", member.name()));
    }
    if balance.members == 0 {
        document.add_subtitle("There are no members yet, so there is nothing to balance.");
        return document;
    }
    document.add(shares(balance, request));
    if request.member.is_none() {
        document.add(spread(balance));
        document.add(variety(balance));
    }
    document
}

fn shares(balance: &Balance, request: &ReportRequest<'_>) -> Section {
    let mut section = Section::new("Each member’s share");
    if balance.sorts.iter().all(|sort| sort.total == 0) {
        section.paragraph("No one has held a seat, proposed, given or attended anything in this period.");
        return section;
    }
    section.paragraph(explain_not_judged(balance));
    let most = words::limit(balance.max_share.0);
    let excess = |sort| excessive(sort).map(move |part| Item::new(excess(sort, part, balance.max_share.0)));
    section.titled_list(
        format!("More than {most} (the limit for one member) and more than an even split:"),
        balance.sorts.iter().flat_map(excess),
    );
    let judged: Vec<&str> = balance.sorts.iter().filter(|sort| sort.judged).map(|sort| sort.sort.many()).collect();
    if !judged.is_empty() && balance.sorts.iter().all(|sort| excessive(sort).next().is_none()) {
        let nobody = match request.member {
            Some(member) => format!("{} has no", member.name()),
            None => "No one has".to_owned(),
        };
        let all = words::list(&judged);
        section
            .paragraph(format!("{nobody} more of the {all} than {most} (the limit for one member) and an even split."));
    }
    if request.member.is_none() {
        for sort in balance.sorts.iter().filter(|sort| excessive(sort).next().is_some()) {
            section.paragraph(format!("{}, with a mark at the limit of {most}:", words::capitalize(sort.sort.many())));
            section.chart(chart(sort, balance.max_share.0));
        }
    }
    let first = [("Member".to_owned(), Side::Left)];
    let columns = balance.sorts.iter().map(|sort| (column(sort.sort).to_owned(), Side::Right));
    let mut table = Table::new(first.into_iter().chain(columns));
    let names: Vec<&Named> =
        balance.sorts.first().iter().flat_map(|sort| &sort.parts).map(|part| &part.member).collect();
    for (at, name) in names.into_iter().enumerate() {
        let cells = balance
            .sorts
            .iter()
            .map(|sort| sort.parts.get(at).map(|part| cell(part, balance.max_share.0)).unwrap_or_default());
        table.row(std::iter::once(name.name.as_str().into()).chain(cells));
    }
    let totals = balance.sorts.iter().map(|sort| sort.total.to_string().into());
    table.row(std::iter::once("All members".into()).chain(totals));
    section.table(table);
    if balance.sorts.iter().any(|sort| sort.sort == WorkKind::Chairs && sort.total > 0) {
        section.paragraph(
            "Chairs are committee chairs, plus each meeting chaired by someone who is not the chair of \
            the committee that met.",
        );
    }
    section
}

fn excessive(sort: &WorkShares) -> impl Iterator<Item = &SharePart> {
    sort.parts.iter().filter(|part| part.too_large)
}

/// The largest parts as bars, with a mark at the most that one member should have.
fn chart(sort: &WorkShares, most: Decimal) -> Chart {
    let mut parts: Vec<&SharePart> = sort.parts.iter().filter(|part| !part.count.0.is_zero()).collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.count));
    let mut chart = Chart::new().with_mark(most);
    for part in parts.into_iter().take(BARS) {
        if let Some(share) = part.share {
            chart.bar(&part.member.name, share.0, words::share(share.0, most));
        }
    }
    chart
}

fn column(sort: WorkKind) -> &'static str {
    match sort {
        WorkKind::Seats => "Seats",
        WorkKind::Chairs => "Chairs",
        WorkKind::Proposals => "Proposed",
        WorkKind::Contributions => "Given",
        WorkKind::Attendance => "Attended",
    }
}

fn excess(sort: &WorkShares, part: &SharePart, most: Decimal) -> Line {
    let (verb, many) = (sort.sort.verb(), sort.sort.many());
    let share = part.share.map(|share| words::share(share.0, most)).unwrap_or_default();
    let what = format!(" {verb} {} of {} {many}, {share}", entries(part), sort.total);
    Line::new().strong(&part.member.name).plain(what)
}

/// The entries of a member, with two digits after the point at most.
fn entries(part: &SharePart) -> Decimal {
    part.count.0.round_dp(2).normalize()
}

fn cell(part: &SharePart, most: Decimal) -> Line {
    let share = part.share.map(|share| words::share(share.0, most)).unwrap_or_default();
    let text = format!("{} ({share})", entries(part));
    match (part.count.0.is_zero(), part.too_large) {
        (true, _) => "–".into(),
        (_, true) => Line::new().strong(text),
        (_, false) => text.into(),
    }
}

fn explain_not_judged(balance: &Balance) -> String {
    if balance.members < balance.judged_from_members {
        return format!("With fewer than {} members, there is nothing to compare.", balance.judged_from_members);
    }
    let unjudged = |is_few: bool| {
        let sorts = balance
            .sorts
            .iter()
            .filter(move |sort| !sort.judged && (sort.total < balance.judged_from_entries) == is_few);
        sorts.map(|sort| sort.sort.many()).collect::<Vec<&str>>()
    };
    let (few, lonely) = (unjudged(true), unjudged(false));
    let mut sentences = Vec::new();
    if !few.is_empty() {
        let least = balance.judged_from_entries;
        sentences.push(format!("There are fewer than {least} {}, too few to judge.", words::list(&few)));
    }
    if !lonely.is_empty() {
        let least = balance.judged_from_members;
        sentences.push(format!("Fewer than {least} members have {}, too few to judge.", words::list(&lonely)));
    }
    sentences.join(" ")
}

fn spread(balance: &Balance) -> Section {
    let mut section = Section::new("How evenly work is shared");
    let measures = balance.sorts.iter().filter_map(|sort| {
        let members = sort.effective_members?.0.round_dp(1).normalize();
        let noun = if members == Decimal::ONE { "member" } else { "members" };
        let concentration = sort.concentration?.0.round_dp(2);
        let line = Line::new().strong(words::capitalize(sort.sort.many()));
        let shared =
            format!(": concentration {concentration}, as if shared equally by {} {noun}", words::number(members));
        Some(Item::new(line.plain(shared)))
    });
    let measures: Vec<Item> = measures.collect();
    if !measures.is_empty() {
        section.list(measures);
        section.paragraph(Line::new().muted(
            "The concentration is the sum of the squared shares (Herfindahl\u{2013}Hirschman index); its reciprocal is the number of members shown (Laakso and Taagepera, 1979).",
        ));
    }
    section
}

fn variety(balance: &Balance) -> Section {
    let mut section = Section::new("Who is at the table");
    let sectors = balance.missing_sectors.iter().map(|sector| words::capitalize(&spell_slug(sector)));
    let classifications = balance.missing_classifications.iter().map(|missing| missing.label().to_owned());
    section.titled_list("Required, but no one yet from:", sectors.chain(classifications).map(Item::new));
    if balance.sectors.iter().any(|group| group.name.is_some()) {
        let sector = |name: &str| words::capitalize(&spell_slug(name));
        section.titled_list("By sector:", groups(&balance.sectors, sector));
    }
    section.titled_list("By type:", groups(&balance.classifications, classification));
    section
}

fn classification(word: &str) -> String {
    let known = Classification::ALL.iter().find(|known| known.word() == word);
    known.map_or(word, |known| known.label()).to_owned()
}

fn groups(groups: &[BalanceGroup], label: impl Fn(&str) -> String) -> Vec<Item> {
    let item = |group: &BalanceGroup| {
        let label = group.name.as_deref().map_or_else(|| "Not recorded".to_owned(), &label);
        let names = names(&Named::names(&group.members), NAMES);
        Item::new(format!("{label} ({}): {names}", group.members.len()))
    };
    groups.iter().map(item).collect()
}
