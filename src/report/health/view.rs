//! The scorecard as a document: how it stands in short, what to do next, the 23 rows, then what is behind each gap.

use super::{Health, HealthSummary, NextStep, PracticeRow, PracticeStatus, Trend};
use crate::document::{Document, Item, Line, Section, Side, Table, words};
use crate::record::AnyRecord;
use crate::report::ReportRequest;
use crate::report::excerpt::excerpt;
use crate::report::finding_words;
use chrono::NaiveDate;

/// The findings of a practice that are printed; the rest is counted.
const FINDINGS: usize = 5;

pub(super) fn document(request: &ReportRequest<'_>, health: &Health) -> Document {
    let mut document = Document::new(request.ledger.root.name());
    document.add_subtitle(format!("Health, {}", words::weekday(request.today)));
    document.add(in_short(request, health));
    document.add(next_steps(&health.next_steps));
    if let Some(trend) = &health.trend {
        document.add(changes(trend, request.today));
    }
    document.add(scorecard(health));
    document.add(gaps(request, health));
    document
}

fn in_short(request: &ReportRequest<'_>, health: &Health) -> Section {
    let mut section = Section::new("In short");
    let summary = &health.summary;
    let rest =
        format!(" met, {} with a gap,{} {} without data.", summary.gap, accepted_in_short(summary), summary.no_data);
    let practices = health.practices.len();
    section.paragraph(Line::new().strong(format!("{} of {practices} practices", summary.met)).plain(rest));
    let is_off = |row: &PracticeRow| !row.turned_off.is_empty();
    if summary.met + summary.gap + summary.accepted == 0 {
        section.paragraph(match health.practices.iter().all(is_off) {
            true => {
                "The settings turn off all checks for every practice, so the report says nothing about any of them."
            }
            false => "The rows fill in as you add members, contacts, goals and meetings.",
        });
    }
    if let Some(member) = request.member {
        let name = member.name();
        section
            .paragraph(format!("The rows cover the whole coalition; the findings are only those that concern {name}."));
    }
    section
}

/// How many practices have only findings that are accepted, between the commas of a sentence; nothing where none has.
fn accepted_in_short(summary: &HealthSummary) -> String {
    match summary.accepted {
        0 => String::new(),
        accepted => format!(" {accepted} with only accepted findings,"),
    }
}

fn next_steps(steps: &[NextStep]) -> Section {
    let mut section = Section::new("What would help most");
    section.list(steps.iter().map(|step| {
        let more = match step.findings {
            1 => String::new(),
            several => format!(" ({} like this in all)", words::number(several.into())),
        };
        let closes = if step.closes { " (this closes the gap)" } else { "" };
        let line = Line::new().strong(step.name).plain(format!(": {}{more}", finding_words::message(&step.problem)));
        let help = finding_words::help(&step.help);
        // What closes the gap is said before the colon that leads to the command.
        let sentence = words::capitalize(&help.sentence);
        let sentence = match sentence.strip_suffix(':') {
            Some(words) => format!("{words}{closes}:"),
            None => format!("{sentence}{closes}"),
        };
        let item = Item::new(line).with(sentence);
        match help.command {
            Some(command) => item.with(command),
            None => item,
        }
    }));
    section
}

fn changes(trend: &Trend, today: NaiveDate) -> Section {
    let since = trend.since;
    let mut section = Section::new(format!("Since {} ({})", words::format_date(since), words::distance(since, today)));
    let before = &trend.before;
    section.paragraph(format!(
        "Then: {} met, {} with a gap,{} {} without data; {}. Now: {}.",
        before.met,
        before.gap,
        accepted_in_short(before),
        before.no_data,
        words::count(trend.findings_before, "finding", "findings"),
        words::number(trend.findings_now.into()),
    ));
    if trend.by_revision {
        section.paragraph("The earlier figures come from the files at that revision.");
    }
    section.list(trend.moved.iter().map(|moved| {
        let line = Line::new().strong(moved.name);
        Item::new(line.plain(format!(": {} before, {} now", word(moved.before), word(moved.now))))
    }));
    section
}

pub(super) const fn word(status: PracticeStatus) -> &'static str {
    match status {
        PracticeStatus::Met => "met",
        PracticeStatus::Gap => "gap",
        PracticeStatus::Accepted => "accepted",
        PracticeStatus::NoData => "no data",
    }
}

fn scorecard(health: &Health) -> Section {
    let mut section = Section::new("Scorecard");
    let mut table = Table::new([("Practice", Side::Left), ("", Side::Left), ("Evidence", Side::Left)]);
    for row in &health.practices {
        let status = Line::from(word(row.status));
        let status = if row.status == PracticeStatus::Gap { Line::new().strong(word(row.status)) } else { status };
        table.row([row.name.into(), status, describe_count(row).into()]);
    }
    section.table(table);
    section
}

fn describe_count(row: &PracticeRow) -> String {
    // What falls short is seen first.
    let (short, well): (Vec<_>, Vec<_>) = row.evidence.iter().partition(|counted| counted.falls_short);
    let mut parts: Vec<String> = short.into_iter().chain(well).map(|counted| counted.text.clone()).collect();
    if parts.is_empty() && !row.findings.is_empty() {
        parts.push(words::count(row.findings.len(), "finding, named below", "findings, named below"));
    }
    if row.accepted > 0 {
        parts.push(words::count(row.accepted, "finding accepted", "findings accepted"));
    }
    if !row.turned_off.is_empty() {
        parts.push(words::count(row.turned_off.len(), "check turned off", "checks turned off"));
    }
    parts.join("; ")
}

fn gaps(request: &ReportRequest<'_>, health: &Health) -> Section {
    let heading = if request.member.is_some() { "Behind the gaps, for this member" } else { "Behind the gaps" };
    let mut section = Section::new(heading);
    for row in health.practices.iter().filter(|row| !row.findings.is_empty()) {
        let (first, more) = excerpt(&row.findings, FINDINGS, "");
        let items = first
            .iter()
            .map(|reported| Item::new(words::capitalize(&finding_words::message(&reported.finding.message))));
        section.titled_list(Line::new().strong(row.name), items.chain(more.map(Item::new)));
    }
    if health.practices.iter().any(|row| row.findings.len() > FINDINGS + 1) {
        section.paragraph("To list all of them with file and line, run: coalition check --all");
    }
    section
}
