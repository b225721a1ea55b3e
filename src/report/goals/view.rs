//! The goals as a document: a section for each, what is pressing first.

use super::status::{CallState, GoalCampaign, GoalPositionRow, GoalStatus, MilestoneRow};
use super::{Ended, Goals};
use crate::document::{Chart, Document, Fact, Item, Line, Picture, Section, words};
use crate::record::AnyRecord;
use crate::record::goal::GoalOption;
use crate::record::value::{Choices, Number};
use crate::report::excerpt::names;
use crate::report::{Named, NamedGroup, ReportRequest};
use chrono::NaiveDate;

/// How many names stand in one line; more are counted.
const NAMES: usize = 15;

/// How many goals have a picture, the first due first, so that a page of very many stays small.
const PICTURES: usize = 20;

/// How many steps that are done are printed; more are counted.
const STEPS_DONE: usize = 4;

pub(super) fn document(request: &ReportRequest<'_>, goals: &Goals) -> Document {
    let today = request.today;
    let mut document = Document::new(request.ledger.root.name());
    document.add_subtitle(format!("Goals, {}", words::weekday(today)));
    if let Some(member) = request.member {
        document.add_subtitle(format!("What names {} or serves an interest of theirs", member.name()));
    }
    document.add_subtitle(if goals.is_empty() { beginning(request).to_owned() } else { totals(goals) });
    document.add(at_a_glance(&goals.adopted));
    let adopted = goals.adopted.iter().map(|goal| (goal, goal.goal.name.clone()));
    let proposed = goals.proposed.iter().map(|goal| (goal, format!("Proposed: {}", goal.goal.name)));
    for (at, (goal, heading)) in adopted.chain(proposed).enumerate() {
        document.add(section(goals, goal, heading, (at < PICTURES).then(|| progress(goal, today)), today));
    }
    document.add(ideas_section(&goals.not_proposed, today));
    document.add(ended_section(&goals.ended, today));
    document.add(match request.member {
        Some(member) => write_for_member(goals, member.name()),
        None => members(goals),
    });
    document
}

fn beginning(request: &ReportRequest<'_>) -> &'static str {
    match request.member {
        Some(_) => "There is none yet. Ask them what they need for themselves, and see which goal could serve it.",
        None => {
            "There is no goal yet. Ask the members what the community needs most, and add the first one in goals/, \
             with its name and the date it was proposed."
        }
    }
}

fn totals(goals: &Goals) -> String {
    let (met, dropped) = (goals.ended.iter().filter(|goal| goal.met).count(), goals.ended.len());
    let part = |count: usize, word: &str| (count > 0).then(|| format!("{count} {word}"));
    let live = [part(goals.adopted.len(), "adopted"), part(goals.proposed.len(), "proposed")];
    let live: Vec<String> = live.into_iter().flatten().collect();
    let last_year = [part(met, "reached"), part(dropped - met, "dropped")];
    let last_year: Vec<String> = last_year.into_iter().flatten().collect();
    let earlier = [part(goals.met_earlier, "reached"), part(goals.dropped_earlier, "dropped")];
    let earlier: Vec<String> = earlier.into_iter().flatten().collect();
    let in_time = |ended: &[String], when: &str| {
        if ended.is_empty() { String::new() } else { format!("{} {when}", words::list(ended)) }
    };
    let ideas = part(goals.ideas, "not proposed yet").unwrap_or_default();
    let parts = [words::list(&live), in_time(&last_year, "in the last year"), in_time(&earlier, "before"), ideas];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

/// The goals that no one has proposed yet, and how to propose the first.
fn ideas_section(ideas: &[GoalStatus], today: NaiveDate) -> Section {
    let mut section = Section::new("Not proposed yet");
    let Some(first) = ideas.first() else { return section };
    section.list(ideas.iter().map(|goal| {
        let parts = [
            goal.due.map(|due| format!("due {}", away(due, today))),
            goal.figure.map(|figure| {
                figures(Some(figure), goal.target, goal.baseline, goal.unit.as_deref(), goal.read, today)
            }),
        ];
        let below: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        Item::new(Line::new().strong(&goal.goal.name)).with(words::capitalize(&below.join("; ")))
    }));
    section.paragraph("Once someone proposes a goal, enter the date; its steps and figures are shown from then on:");
    section.paragraph(format!("coalition set goal/{} proposed=today", first.goal.id));
    section
}

/// How far the goals are that are counted, where there are several.
fn at_a_glance(goals: &[GoalStatus]) -> Section {
    let mut section = Section::new("Progress");
    let mut chart = Chart::new();
    for goal in goals {
        if let Some(progress) = goal.progress {
            chart.bar(&goal.goal.name, progress.0, words::percent(progress.0));
        }
    }
    if chart.bars().len() > 1 {
        section.chart(chart);
    }
    section
}

fn section(goals: &Goals, goal: &GoalStatus, heading: String, picture: Option<Picture>, today: NaiveDate) -> Section {
    let mut section = Section::new(heading);
    section.paragraph(state(goal));
    if let Some(picture) = picture {
        section.picture(picture);
    }
    section.facts(facts(goals, goal, today));
    section.titled_list("Steps:", steps(goal, today));
    section.titled_list("Not in favor:", goal.others.iter().map(|position| dissent(position, today)));
    section.titled_list("Campaigns:", goal.campaigns.iter().map(|call| campaign(call, today)));
    section
}

/// Where it stands, in a line: on course, behind, overdue.
fn state(goal: &GoalStatus) -> Line {
    let measured = goal.progress.zip(goal.time_used).map(|(progress, time)| {
        format!("{}, with {} of the time gone", words::way(progress.0), words::percent(time.0))
    });
    let measured = measured.or(goal.progress.map(|progress| words::way(progress.0))).unwrap_or_default();
    let after_colon = |text: &str| if text.is_empty() { String::new() } else { format!(": {text}") };
    match (goal.days_left, goal.on_course) {
        (Some(left), _) if left < 0 => {
            let way = goal.progress.map(|progress| format!("; {}", words::way(progress.0))).unwrap_or_default();
            Line::new().late(format!("Overdue by {}", words::days(-left))).plain(way)
        }
        (_, Some(true)) => Line::new().strong("On track").plain(after_colon(&measured)),
        (_, Some(false)) => Line::new().strong("Behind").plain(after_colon(&measured)),
        (_, None) if goal.adopted.is_none() => Line::new().strong("Not adopted yet").plain(after_colon(&measured)),
        (_, None) if goal.figure.is_none() => Line::new().strong("Not measured yet").plain(after_colon(&measured)),
        (_, None) => words::capitalize(&measured).into(),
    }
}

/// The figures over time. Those of today are facts already, so the others are folded away.
fn progress(goal: &GoalStatus, today: NaiveDate) -> Picture {
    let series = goal.series(today);
    let (words, figures) = (series.describe(), series.table());
    Picture::new("Progress over time", words, series, figures).fold()
}

fn facts(goals: &Goals, goal: &GoalStatus, today: NaiveDate) -> Vec<Fact> {
    let people = |several: &[Named]| names(&Named::names(several), NAMES);
    vec![
        Fact::new("Due", goal.due.map(|due| away(due, today)).unwrap_or_default()),
        Fact::new("Progress", figures(goal.figure, goal.target, goal.baseline, goal.unit.as_deref(), goal.read, today)),
        Fact::new("Need", goal.need.clone().unwrap_or_default()),
        Fact::new("Message", goal.message.as_deref().map(words::quote).unwrap_or_default()),
        Fact::new("Proposed", on_by(goal.proposed, &people(&goal.proposed_by))),
        Fact::new("Developed by", people(&goal.developed_by)),
        Fact::new("Adopted", goal.adopted.map(words::format_date).unwrap_or_default()),
        Fact::new("Led by", leaders(goal)),
        Fact::new("Support", support(goals, goal)),
        Fact::new("Not heard from", group(&goal.silent)),
        Fact::new("Serves", serves(goal)),
        Fact::new("Last update", news(goals, goal, today)),
    ]
}

fn away(date: NaiveDate, today: NaiveDate) -> String {
    format!("{}, {}", words::format_date(date), words::distance(date, today))
}

fn on_by(date: Option<NaiveDate>, members: &str) -> String {
    match (date, members) {
        (Some(date), "") => words::format_date(date),
        (Some(date), members) => format!("{} by {members}", words::format_date(date)),
        (None, "") => String::new(),
        (None, members) => format!("by {members}"),
    }
}

fn figures(
    figure: Option<Number>,
    target: Option<Number>,
    baseline: Option<Number>,
    unit: Option<&str>,
    read: Option<NaiveDate>,
    today: NaiveDate,
) -> String {
    let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
    let from = baseline.map(|baseline| format!(" (starting from {})", words::number(baseline.0))).unwrap_or_default();
    let of = target.map(|target| format!(" of {}", words::number(target.0))).unwrap_or_default();
    let read = read.map(|day| format!(", as of {}", words::near_day(day, today))).unwrap_or_default();
    match (figure, target) {
        (Some(figure), _) => format!("{}{of}{unit}{from}{read}", words::number(figure.0)),
        (None, Some(target)) => format!("none yet; the target is {}{unit}{from}", words::number(target.0)),
        (None, None) => "no one has said how to measure it".to_owned(),
    }
}

/// The names of a group; of very many the first, and how many more there are.
fn group(group: &NamedGroup) -> String {
    let all = Named::names(&group.members);
    match all.get(..NAMES) {
        Some(first) if group.count > NAMES + 1 => format!("{} and {} more", first.join(", "), group.count - NAMES),
        _ => words::list(&all),
    }
}

fn leaders(goal: &GoalStatus) -> String {
    match (&goal.lead, &goal.owner) {
        (Some(lead), Some(owner)) => format!("{} ({})", lead.name, owner.name),
        (Some(one), None) | (None, Some(one)) => one.name.clone(),
        (None, None) => "no one yet".to_owned(),
    }
}

fn support(goals: &Goals, goal: &GoalStatus) -> String {
    let count = format!("{} of {}", goal.support.members.count, words::count(goal.support.of, "member", "members"));
    let asked = match goal.support.enough {
        Some(false) => format!(" (required: at least {})", goals.endorsers_needed),
        _ => String::new(),
    };
    match group(&goal.support.members).as_str() {
        "" => format!("{count}{asked}"),
        names => format!("{count}{asked}: {names}"),
    }
}

fn serves(goal: &GoalStatus) -> String {
    let one = |served: &super::ServedInterest| {
        let interest = in_words(&served.interest);
        match served.members.count {
            0 => format!("{interest} (stated by no member)"),
            _ => format!("{interest} ({})", group(&served.members)),
        }
    };
    goal.serves.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A word of the ledger as people say it.
fn in_words(slug: &str) -> String {
    slug.replace('-', " ")
}

fn news(goals: &Goals, goal: &GoalStatus, today: NaiveDate) -> String {
    let Some(last) = goal.last_news else { return String::new() };
    let stale = if goal.stale { format!("; limit {}", words::days(goals.stale_days)) } else { String::new() };
    format!("{}{stale}", away(last, today))
}

fn steps(goal: &GoalStatus, today: NaiveDate) -> Vec<Item> {
    let owner = |step: &MilestoneRow| step.owner.as_ref().map(|owner| format!(" ({})", owner.name)).unwrap_or_default();
    let overdue = goal.milestones.overdue.iter().filter_map(|step| {
        let late = words::days((today - step.due?).num_days());
        Some(Line::new().late(format!("Overdue by {late}")).plain(format!(": {}{}", step.name, owner(step))))
    });
    let ahead = goal.milestones.ahead.iter().map(|step| match step.due {
        Some(due) => format!("By {}: {}{}", words::near_day(due, today), step.name, owner(step)).into(),
        None => format!("Without a date: {}{}", step.name, owner(step)).into(),
    });
    let (last, before) = match goal.milestones.done.split_at_checked(STEPS_DONE) {
        Some((last, before)) if before.len() > 1 => (last, Some(format!("{} more done before", before.len()))),
        _ => (goal.milestones.done.as_slice(), None),
    };
    let done = last
        .iter()
        .filter_map(|step| Some(Line::from(format!("Done on {}: {}", words::near_day(step.done?, today), step.name))));
    let done = done.chain(before.map(Line::from));
    overdue.chain(ahead).chain(done).map(Item::new).collect()
}

fn dissent(position: &GoalPositionRow, today: NaiveDate) -> Item {
    let stance = position.option.map_or("has not decided", GoalOption::label);
    let reason = position.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
    let answer = match (&position.accommodation, &position.reason) {
        (Some(answer), _) => format!("Answer: {answer}"),
        (None, Some(_)) => "Not answered yet".to_owned(),
        (None, None) => String::new(),
    };
    let again = position.revisit.map(|day| format!("Revisit on {}", away(day, today)));
    let line = Line::new().strong(&position.member.name).plain(format!(" {stance}{reason}"));
    Item::new(line).with(answer).with(again.unwrap_or_default())
}

fn campaign(call: &GoalCampaign, today: NaiveDate) -> Item {
    let day = |date: NaiveDate| words::near_day(date, today);
    let when = match (call.state, call.opens, call.closes) {
        (CallState::Closed, Some(opens), Some(closes)) => format!(", {} to {}", day(opens), day(closes)),
        (CallState::Closed, _, Some(closes)) => format!(", closed on {}", day(closes)),
        (CallState::Planned, Some(opens), _) => format!(", opens on {}", day(opens)),
        (_, _, Some(closes)) => format!(", open until {}", day(closes)),
        (_, Some(opens), None) => format!(", open since {}", day(opens)),
        (_, None, None) => String::new(),
    };
    let figures = responses(call).map(|figures| format!("; {figures}")).unwrap_or_default();
    let outcome = match (&call.outcome, call.state) {
        (Some(outcome), _) => outcome.clone(),
        (None, CallState::Closed) => "No one has said what came of it".to_owned(),
        (None, CallState::Planned | CallState::Open) => String::new(),
    };
    Item::new(Line::new().strong(&call.campaign.name).plain(format!("{when}{figures}"))).with(outcome)
}

/// How many people a campaign reached and how many acted.
fn responses(call: &GoalCampaign) -> Option<String> {
    let number = |count: u32| words::number(count.into());
    let reach = call.reach.map(|reach| format!("reached {}", words::count(reach as usize, "person", "people")));
    let responses = call.responses.map(|responses| format!("{} acted", number(responses)));
    let figures: Vec<String> = reach.into_iter().chain(responses).collect();
    (!figures.is_empty()).then(|| figures.join("; "))
}

fn ended_section(goals: &[Ended], today: NaiveDate) -> Section {
    let mut section = Section::new("Reached or dropped in the last year");
    section.list(goals.iter().map(|goal| {
        let what = if goal.met { "reached" } else { "dropped" };
        let date = words::format_date(goal.date);
        let time = match goal.due.map(|due| (due - goal.date).num_days()).filter(|_| goal.met) {
            Some(0) => ", on the day it was due".to_owned(),
            Some(days) if days > 0 => format!(", {} before it was due", words::days(days)),
            Some(days) => format!(", {} after it was due", words::days(-days)),
            None => String::new(),
        };
        let line = Line::new().strong(&goal.goal.name).plain(format!(", {what} on {date}{time}"));
        let figures = goal
            .figure
            .map(|figure| figures(Some(figure), goal.target, goal.baseline, goal.unit.as_deref(), goal.read, today));
        let item = Item::new(line).with(goal.because.clone().unwrap_or_default()).with(figures.unwrap_or_default());
        let calls = goal.campaigns.iter().filter_map(|call| {
            let figures = responses(call).map(|figures| format!(" {figures}")).unwrap_or_default();
            let outcome = call.outcome.as_ref().map(|outcome| format!(": {outcome}")).unwrap_or_default();
            let account = format!("{figures}{outcome}");
            (!account.is_empty()).then(|| format!("{}{account}", words::quote(&call.campaign.name)))
        });
        calls.fold(item, |item, call| item.with(call))
    }));
    section
}

fn members(goals: &Goals) -> Section {
    let mut section = Section::new("Members without a goal");
    section.titled_list(
        "No goal serves what they need:",
        goals.unserved.iter().map(|unserved| {
            let interests: Vec<String> = unserved.interests.iter().map(|interest| in_words(interest)).collect();
            Item::new(Line::new().strong(&unserved.member.name).plain(format!(": {}", words::list(&interests))))
        }),
    );
    let unstated = names(&Named::names(&goals.without_interests), NAMES);
    if !unstated.is_empty() {
        section.paragraph(format!("Have not said what they need for themselves: {unstated}"));
    }
    section
}

/// What the member has to think of for which the report is made.
fn write_for_member(goals: &Goals, name: &str) -> Section {
    let mut section = Section::new(name);
    for unserved in &goals.unserved {
        let interests: Vec<String> = unserved.interests.iter().map(|interest| in_words(interest)).collect();
        section.paragraph(format!("No goal serves what they need: {}", words::list(&interests)));
    }
    if !goals.without_interests.is_empty() {
        section.paragraph("They have not said what they need for themselves.");
    }
    let waiting = goals.awaits_word.iter().flatten().map(|goal| Item::new(words::quote(&goal.name)));
    section.titled_list("They have not stated a position on:", waiting);
    section
}
