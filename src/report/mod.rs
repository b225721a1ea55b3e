//! One file or folder per report. A report first computes plain data from the ledger, which leaves as JSON or YAML, and
//! then writes it as a [`Document`] for people. Nothing is computed while it is written, and nothing is written twice.

pub(crate) mod balance;
pub(crate) mod brief;
pub(crate) mod calendar;
pub(crate) mod campaigns;
pub(crate) mod card;
mod concern;
pub(crate) mod decisions;
pub(crate) mod contacts;
mod excerpt;
mod finding_words;
pub(crate) mod health;
pub(crate) mod goals;
pub(crate) mod credit;
pub(crate) mod emergency;
mod gift;
#[cfg(feature = "cli")]
pub(crate) mod guide;
#[cfg(feature = "cli")]
pub(crate) mod home;
mod last_contact;
mod late_entry;
pub(crate) mod listing;
pub(crate) mod matrix;
mod named;
pub(crate) mod network;
pub(crate) mod officials;
pub(crate) mod profile;
pub(crate) mod quarter;
pub(crate) mod recruitment;
pub(crate) mod signatures;
#[cfg(feature = "cli")]
pub(crate) mod statistics;
pub(crate) mod value_words;

pub(crate) use concern::Concern;
pub(crate) use last_contact::LastContact;
pub(crate) use late_entry::LateEntry;
pub(crate) use named::{Named, NamedGroup};

use crate::disclosure::{Consents, Unlisted};
use crate::document::{Document, words};
use crate::history::History;
use crate::ledger::{AsOf, Ledger};
use crate::record::member::Stage;
use crate::record::{Advocate, Member, Record};
use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// The version of the reports' data. It changes when a key changes its meaning or goes.
pub(crate) const FORMAT_VERSION: u32 = 1;

/// A report that the program can make.
pub struct Report {
    /// Its name, as people type it.
    pub name: &'static str,
    /// What it shows, in a few words.
    pub about: &'static str,
    /// How it is made, and of what.
    pub run: ReportRun,
}

/// How a report is made, and of what.
#[derive(Clone, Copy)]
pub enum ReportRun {
    /// Of the whole ledger.
    Ledger(fn(&ReportRequest<'_>) -> ReportOutput),
    /// Of one member.
    Member(fn(&ReportRequest<'_>, &Record<Member>) -> ReportOutput),
    /// Of one advocate.
    Advocate(fn(&ReportRequest<'_>, &Record<Advocate>) -> ReportOutput),
}

impl Report {
    /// The report; of one about a member or an advocate, one for each of them.
    pub fn every(&self, request: &ReportRequest<'_>) -> Vec<ReportOutput> {
        match self.run {
            ReportRun::Ledger(run) => vec![run(request)],
            ReportRun::Member(run) => request.ledger.members.iter().map(|member| run(request, member)).collect(),
            ReportRun::Advocate(run) => {
                request.ledger.advocates.iter().map(|advocate| run(request, advocate)).collect()
            }
        }
    }
}

/// What a report is made of.
#[derive(Debug, Clone, Copy)]
pub struct ReportRequest<'l> {
    /// The ledger.
    pub ledger: &'l Ledger,
    /// The day to report as of. What is dated later has not happened.
    pub today: NaiveDate,
    /// The day after which something is news, where the report knows no better one.
    pub since: Option<NaiveDate>,
    /// The time of day, where the report is made for the moment at which it is asked for.
    pub now: Option<NaiveTime>,
    /// Whether private fields may be shown.
    pub private: bool,
    /// The member the report is about; the report covers everything if none is given.
    pub member: Option<&'l Record<Member>>,
    /// The people who are not listed today, where the ledger is read as it was; otherwise its own records say who is.
    pub unlisted: Option<&'l Unlisted>,
    /// The ledger as it was on the day that news begins, where a revision was named.
    pub before: Option<&'l Ledger>,
    /// What the commits say, where they were asked.
    pub history: Option<&'l History>,
    /// What came into the records since news begins and is dated before; `None` where no commit can say.
    pub late: Option<&'l [LateEntry]>,
}

impl<'l> ReportRequest<'l> {
    /// A request for what may be shown, as of a date.
    pub fn new(ledger: &'l Ledger, today: NaiveDate) -> ReportRequest<'l> {
        ReportRequest {
            ledger,
            today,
            since: None,
            now: None,
            private: false,
            member: None,
            unlisted: None,
            before: None,
            history: None,
            late: None,
        }
    }

    /// The people who have no name for others.
    pub fn unlisted_people(&self) -> Cow<'l, Unlisted> {
        let consents = Consents::of(self.ledger, self.today);
        self.unlisted.map_or_else(|| Cow::Owned(Unlisted::of(self.ledger, &consents)), Cow::Borrowed)
    }

    /// The ledger seen from the day of the report.
    pub fn as_of(&self) -> AsOf<'l> {
        AsOf::new(self.ledger, self.today)
    }
}

/// A report that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportOutput {
    /// For programs: one object with stable keys.
    pub data: Value,
    /// For people.
    pub document: Document,
}

/// All reports, the default one first.
pub static ALL: &[&Report] = &[
    &brief::REPORT,
    &health::REPORT,
    &signatures::REPORT,
    &contacts::REPORT,
    &goals::REPORT,
    // credit
    &credit::REPORT,
    // balance
    &balance::REPORT,
    &network::REPORT,
    // recruitment
    &recruitment::REPORT,
    &officials::REPORT,
    // campaigns
    &campaigns::REPORT,
    // decisions
    &decisions::REPORT,
    // calendar
    &calendar::REPORT,
    // emergency
    &emergency::REPORT,
    &profile::member::REPORT,
    &profile::advocate::REPORT,
];

/// The report that is made when none is named.
pub(crate) static DEFAULT: &Report = &brief::REPORT;

/// The report of this name.
pub fn find(name: &str) -> Option<&'static Report> {
    ALL.iter().copied().find(|report| report.name == name)
}

/// What people call a report, in small letters with hyphens.
const OTHER_NAMES: [(&str, &[&str]); 13] = [
    ("brief", &["meeting", "meeting-brief", "briefing", "status", "summary", "overview", "agenda", "news", "overdue"]),
    ("health", &["practices", "scorecard", "score"]),
    ("signatures", &["signature", "signed", "signing", "agreements", "agreement"]),
    ("contacts", &["contact", "calls", "call-list", "follow-ups", "followups", "outreach"]),
    ("goals", &["goal", "progress", "milestones", "readings"]),
    ("credit", &["credits", "thanks", "gifts", "donations", "contributions", "contribution"]),
    ("balance", &["diversity", "domination", "shares", "power"]),
    ("recruitment", &["recruiting", "prospects", "pipeline", "joining"]),
    ("officials", &["official", "legislators", "politicians"]),
    ("decisions", &["decision", "votes", "positions", "objections"]),
    ("calendar", &["dates", "deadlines", "events", "schedule", "meetings"]),
    ("emergency", &["call-sheet", "callsheet", "phone-tree", "emergencies", "on-call", "watch"]),
    ("campaigns", &["campaign", "calls-to-action"]),
];

/// The report that people mean by a word: its name, or another one.
#[cfg(feature = "cli")]
pub(crate) fn find_meant(word: &str) -> Option<&'static Report> {
    let word = crate::parse::suggest::slug(word);
    let meant = OTHER_NAMES.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(name, _)| *name);
    find(meant.unwrap_or(&word))
}

/// An answer whose data begin, like all, with what was asked.
fn answer(report: &Report, request: &ReportRequest<'_>, data: &impl Serialize, mut document: Document) -> ReportOutput {
    let mut object = Map::new();
    object.insert("format_version".to_owned(), json!(FORMAT_VERSION));
    object.insert("report".to_owned(), json!(report.name));
    object.insert("coalition".to_owned(), json!(request.ledger.root.name()));
    object.insert("today".to_owned(), json!(request.today));
    if let Some(member) = request.member {
        object.insert("for".to_owned(), json!(Named::record(member)));
    }
    if let Ok(Value::Object(data)) = serde_json::to_value(data) {
        object.extend(data);
    }
    if let Some(sentence) = undated_members(request) {
        document.add_subtitle(sentence);
    }
    // A report over files that could not be read whole is not the whole truth, and says so wherever it is sent.
    let mistaken = request.ledger.certainty.flawed_files().len();
    object.insert("mistaken_files".to_owned(), json!(mistaken));
    if mistaken > 0 {
        let files = words::count(mistaken, "file has", "files have");
        document.add_subtitle(format!(
            "{files} mistakes, so something may be missing here. To see the mistakes, run: \
                coalition check"
        ));
    }
    ReportOutput { data: Value::Object(object), document }
}

/// What to do where organizations are recorded, but none says when it joined: none of them counts as a member.
fn undated_members(request: &ReportRequest<'_>) -> Option<String> {
    let members = &request.ledger.members;
    let undated = members.iter().filter(|member| member.stage(request.today) == Stage::Unknown).count();
    (undated > 0 && undated == members.iter().count()).then(|| {
        let (have, none) = match undated {
            1 => ("The organization in this ledger does".to_owned(), "it does not count as a member yet"),
            _ => (
                format!("None of the {} in this ledger", words::count(undated, "organization", "organizations")),
                "none counts as a member yet",
            ),
        };
        let Some(first) = members.iter().next() else { return String::new() };
        let say = if undated == 1 { "not say" } else { "says" };
        format!("{have} {say} when it joined, so {none}. To record the date: coalition set {} joined=today", first.key)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_report_is_found_by_its_name() {
        assert_eq!(DEFAULT.name, "brief");
        assert!(ALL.iter().all(|report| find(report.name).is_some_and(|found| std::ptr::eq(found, *report))));
        assert!(find("weather").is_none());
    }

    #[test]
    fn every_answer_begins_with_what_was_asked() {
        let ledger = crate::ledger::load(&crate::check::base_ledger()).unwrap();
        for report in ALL {
            let request = ReportRequest::new(&ledger, "2026-06-15".parse().unwrap());
            let data = &report.every(&request)[0].data;
            let head: Vec<_> = data.as_object().unwrap().iter().take(4).collect();
            let head = head.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join(" ");
            let name = report.name;
            assert_eq!(
                head,
                format!(
                    "format_version=1 report=\"{name}\" coalition=\"Alder County Library Coalition\" today=\"2026-06-15\""
                )
            );
        }
    }
}
