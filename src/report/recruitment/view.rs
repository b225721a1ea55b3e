//! The recruitment as a document: whom to call first, then how the way in has been.

use super::{Arrival, FunnelSteps, ProspectRow, Recruitment};
use crate::document::{Chart, Document, Fact, Item, Line, Section, Side, Table, words};
use crate::record::AnyRecord;
use crate::record::member::Stage;
use crate::record::value::Number;
use crate::report::ReportRequest;

pub(super) fn document(request: &ReportRequest<'_>, recruitment: &Recruitment) -> Document {
    let mut document = Document::new(request.ledger.root.name());
    document.add_subtitle(format!("Recruitment, {}", words::weekday(request.today)));
    if let Some(member) = request.member {
        document.add_subtitle(format!("Only {} and the organizations it sponsors", member.name()));
    }
    if recruitment.ever.is_empty() {
        document.add_subtitle("There are no prospects yet.");
        document.add_subtitle(
            "Add each organization you might ask as a file in “members”, with the date under \
                “identified”.",
        );
        return document;
    }
    document.add(waiting(recruitment, request));
    document.add(arrivals(recruitment, request));
    document.add(funnel(recruitment));
    document.add(months(recruitment));
    document.add(sectors(recruitment));
    document
}

fn waiting(recruitment: &Recruitment, request: &ReportRequest<'_>) -> Section {
    let mut section = Section::new("Waiting to hear from us");
    if recruitment.prospects.is_empty() {
        section.paragraph(match request.member {
            Some(member) => format!("{} is not sponsoring a prospect at the moment.", member.name()),
            None => "There are no prospects. Which organizations could each member ask to join?".to_owned(),
        });
    }
    section.list(recruitment.prospects.iter().map(prospect));
    section
}

fn prospect(one: &ProspectRow) -> Item {
    let stage = match one.stage {
        Stage::Invited => "was asked to join",
        _ => "was identified",
    };
    let since = match one.waiting_days {
        0 => "today".to_owned(),
        days => format!("{} ago", words::days(days)),
    };
    let stalled = if one.stalled { ", too long" } else { "" };
    let line = format!(" {stage}; last step {} ({since}{stalled})", words::format_date(one.last_step));
    let item = Item::new(Line::new().strong(&one.prospect.name).plain(line));
    match &one.sponsor {
        Some(sponsor) => item.with(format!("Sponsor: {}", sponsor.name)),
        None => item.with("No sponsor"),
    }
}

fn arrivals(recruitment: &Recruitment, request: &ReportRequest<'_>) -> Section {
    let mut section = Section::new("Latest arrivals");
    // With one member's eyes, who else came is none of the answer.
    if request.member.is_some() {
        return section;
    }
    if recruitment.standing_still {
        let days = words::days(recruitment.recruit_days);
        section.paragraph(Line::new().strong("No one new").plain(format!(" has joined in more than {days}.")));
    }
    let value = |arrival: &Option<Arrival>| {
        arrival
            .as_ref()
            .map(|one| format!("{}, on {} ({})", one.who.name, words::format_date(one.date), ago(one.months_ago)))
            .unwrap_or_default()
    };
    section.facts([
        Fact::new("Member", value(&recruitment.newest_member)),
        Fact::new("Person", value(&recruitment.newest_advocate)),
    ]);
    section
}

fn ago(months: u32) -> String {
    match months {
        0 => "less than a month ago".to_owned(),
        1 => "a month ago".to_owned(),
        months => format!("{months} months ago"),
    }
}

fn funnel(recruitment: &Recruitment) -> Section {
    let mut section = Section::new("From prospect to member");
    let (ever, now) = (recruitment.ever, recruitment.now);
    let steps = [
        ("Identified", ever.identified, now.identified),
        ("Asked", ever.invited, now.invited),
        ("Joined", ever.joined, now.joined),
        ("Declined", ever.declined, now.declined),
        ("Left", ever.left, now.left),
    ];
    let most = steps.iter().map(|(_, ever, _)| *ever).max().unwrap_or_default();
    let mut chart = Chart::new().with_whole(most, "Organizations");
    let mut table = Table::new([("Step", Side::Left), ("Ever", Side::Right), ("Now", Side::Right)]);
    for (label, ever, now) in steps {
        chart.count(label, ever, words::number(ever.into()));
        table.row([label.into(), ever.to_string().into(), now.to_string().into()]);
    }
    section.paragraph("Organizations that took each step at some time:");
    section.chart(chart);
    section.paragraph("And where they are now:");
    section.table(table);
    let half = |median: Option<Number>, members: usize, from: &str| {
        let days = median.map(|days| words::number(days.0))?;
        let noun = if days == "1" { "day" } else { "days" };
        Some(match members {
            1 => format!("The one member with both dates joined {days} {noun} after being {from}."),
            _ => format!("Half of the {members} members with both dates joined within {days} {noun} of being {from}."),
        })
    };
    let (identified, invited) = (recruitment.members_with_identified, recruitment.members_with_invited);
    section.paragraph(half(recruitment.median_days_from_identified, identified, "identified").unwrap_or_default());
    section.paragraph(half(recruitment.median_days_from_invited, invited, "asked").unwrap_or_default());
    section
}

fn months(recruitment: &Recruitment) -> Section {
    let mut section = Section::new("Month by month");
    if recruitment.months.iter().all(|month| month.steps.is_empty()) {
        section.paragraph("Nothing happened in the last twelve months.");
        return section;
    }
    let rows = recruitment.months.iter().map(|month| (month.month.format("%b %Y").to_string(), month.steps));
    section.table(table("Month", rows));
    section
}

fn sectors(recruitment: &Recruitment) -> Section {
    let mut section = Section::new("By sector");
    if recruitment.sectors.iter().any(|sector| sector.sector.is_some()) {
        let name = |sector: &Option<String>| {
            sector
                .as_ref()
                .map_or_else(|| "Not recorded".to_owned(), |sector| words::capitalize(&sector.replace('-', " ")))
        };
        section.paragraph("Organizations in each sector now:");
        section.table(table("Sector", recruitment.sectors.iter().map(|one| (name(&one.sector), one.now))));
    }
    section
}

fn table(first: &str, rows: impl Iterator<Item = (String, FunnelSteps)>) -> Table {
    let right = Side::Right;
    let names = ["Identified", "Asked", "Joined", "Declined", "Left"];
    let mut table = Table::new([(first, Side::Left)].into_iter().chain(names.map(|name| (name, right))));
    for (name, steps) in rows {
        let counts = [steps.identified, steps.invited, steps.joined, steps.declined, steps.left];
        let cell = |count: usize| if count == 0 { "–".into() } else { count.to_string().into() };
        table.row(std::iter::once(name.into()).chain(counts.map(cell)));
    }
    table
}
