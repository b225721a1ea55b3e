//! `coalition report`: the meeting brief and the other reports.

use super::answer::{CommandOutput, Format, csv, data};
use super::invocation::{Invocation, read_ledger};
use super::list::ListCommand;
use super::terminal::reading_columns;
use super::{aside, others, output_file, stats};
use crate::difference::{Request as Compared, entered_late};
use crate::disclosure::{Concealment, OutgoingPiece, Search, Unlisted, leaks, veil};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::lookup::{find_by_word, require_typed};
use crate::output::layout::wrap;
use crate::output::{calendar_ics, document_html, document_markdown, document_text, network_graph, visible};
use crate::parse::informal::Tense;
use crate::parse::suggest::nearest;
use crate::record::Member;
use crate::report::brief::Brief;
use crate::report::health::quarterly::{self, QuarterHealth};
use crate::report::{
    self, ALL, DEFAULT, Report, ReportRequest, ReportRun, calendar, find, find_meant, health, network,
};
use anyhow::{Context as _, Result};
use chrono::NaiveDate;
use clap::Args;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Print a report; without a name, the meeting brief
///
/// Reports with `--for` and the calendar feed (`--format ics`) are meant for others. They refer to people who have not agreed to
/// be listed by role. If a text names one of them anyway, the command writes no report.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The report; `--list` lists them all
    name: Option<String>,
    /// The id of the member or person, for a report about one
    subject: Option<String>,
    /// List all reports
    #[arg(long, conflicts_with = "name")]
    list: bool,
    /// Limit the report to what concerns this member
    #[arg(long = "for", value_name = "MEMBER")]
    member: Option<String>,
    /// Show changes since this day; by default, the last meeting. A git revision means the day of its commit. In a git repository,
    /// the brief also lists entries made since then that have an earlier date
    #[arg(long, value_name = "DATE|REV")]
    since: Option<String>,
    /// For the report `health`: show the last eight quarters, each as the records were at its end
    #[arg(long, conflicts_with_all = ["member", "since"])]
    quarterly: bool,
    /// Write the report to a file; a name that ends in .html, .md, .json, .yaml or .ics sets the format
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Include private details and the names of all people
    #[arg(long)]
    private: bool,
}

impl Arguments {
    /// Makes the report.
    pub(super) fn run(self, invocation: &Invocation) -> Result<CommandOutput> {
        let formats = [
            Format::Text,
            Format::Markdown,
            Format::Html,
            Format::Json,
            Format::Yaml,
            Format::Ics,
            Format::Kumu,
            Format::Graphml,
            Format::Dot,
            Format::Csv,
        ];
        let formats = if self.quarterly { &stats::FORMATS[..] } else { &formats };
        let format = Format::among(invocation.format.or_else(|| self.format_by_name()), formats)?;
        if let Some(ending) = self.output_ending().filter(|ending| OTHER_PROGRAMS.contains(&ending.as_str())) {
            stop!(
                usage,
                "a report cannot be written as .{ending}; write --output {}, and then open that file in the other \
                    program",
                self.output.as_ref().map_or_else(String::new, |file| file.with_extension("html").display().to_string())
            );
        }
        if self.list {
            return Ok(CommandOutput::yes(names(reading_columns())));
        }
        let name = self.name.as_deref().unwrap_or(DEFAULT.name);
        let Some(report) = find(name).or_else(|| find_meant(name)) else {
            // What a list shows is asked of the list.
            let is_plain = self.output.is_none() && self.member.is_none() && self.since.is_none();
            if is_plain && let Some(list) = ListCommand::of_report(name, self.subject.as_ref(), self.private) {
                return list.run(invocation);
            }
            // A name alone is that of whom the report is about.
            if self.subject.is_none() && !self.list {
                let ledger = invocation.load()?;
                let about = find_by_word(&ledger, &[Kind::Member, Kind::Advocate], name).ok().flatten();
                if let Some(record) = about {
                    let (kind, id) = (record.key().kind.singular().to_owned(), record.key().id.to_string());
                    return Arguments { name: Some(kind), subject: Some(id), ..self }.run(invocation);
                }
            }
            match nearest(name, ALL.iter().map(|report| report.name)) {
                Some(near) => stop!(usage, "there is no report `{name}`; did you mean `{near}`?"),
                None => stop!(usage, "there is no report `{name}`; `coalition report --list` names them"),
            }
        };
        let name = report.name;
        if format == Format::Ics && report.name != calendar::REPORT.name {
            stop!(usage, "the format ics is for dates, and only `coalition report calendar` writes it");
        }
        if self.quarterly {
            if report.name != health::REPORT.name {
                stop!(
                    usage,
                    "only `coalition report health --quarterly` compares quarters; `coalition stats --over-time` counts"
                );
            }
            return self.run_quarterly(format, invocation);
        }
        if is_map(format) && report.name != network::REPORT.name {
            stop!(usage, "only `coalition report network` is written as a map for other programs");
        }
        if self.member.is_some() && !matches!(report.run, ReportRun::Ledger(_)) {
            stop!(
                usage,
                "the report `{name}` is already about one record; --for MEMBER limits reports about the whole coalition"
            );
        }
        let since = self.since.as_deref().map(|since| day_or_revision(since, invocation)).transpose()?;
        let (since, before) = since.unzip();
        if let Some(since) = since.filter(|since| *since > invocation.today) {
            stop!(usage, "--since {since}: this date is in the future; today is {}", invocation.today);
        }
        let mut ledger = invocation.load()?;
        // What is made for one member, or for the calendars of whoever has the address, is for others.
        let is_for_others = !self.private && (self.member.is_some() || format == Format::Ics);
        let mut unlisted = others::find_unlisted(invocation, &ledger)?;
        if let Some(id) = self.member.as_deref() {
            unlisted = unlisted.read_by(require_typed::<Member>(&ledger, id)?);
        }
        if is_for_others {
            others::hold(invocation, &mut ledger)?;
        }
        // Signatures are judged by what the commits say; only the scorecard reports what the checks find in them.
        let history = invocation.add_evidence(&mut ledger, false, None).filter(|_| report.name == health::REPORT.name);
        let (today, now) = (invocation.today, invocation.now);
        let mut before = before.flatten();
        // A feed is for others even where it holds all.
        let search = match (is_for_others, format) {
            (true, _) => Some(Search::of(&ledger, &unlisted)),
            (false, Format::Ics) => Some(Search::of_keys()),
            (false, _) => None,
        };
        let search = search.transpose().context("cannot search for private values")?;
        let member =
            self.member.as_deref().map(|id| require_typed::<Member>(&ledger, id).map(|member| member.key.clone()));
        let member = member.transpose()?;
        let nobody = Unlisted::default();
        let concealment = if is_for_others { Concealment::of(&ledger, &unlisted) } else { Concealment::none(&nobody) };
        if is_for_others {
            veil(&mut ledger, &unlisted, today);
            before.iter_mut().for_each(|before| veil(before, &unlisted, today));
        }
        let member = member.and_then(|key| ledger.members.find(&key.id));
        let (private, history) = (self.private, history.as_ref());
        let unlisted_now = &unlisted;
        let (at_revision, unlisted) = (before.as_ref(), Some(unlisted_now));
        let request = ReportRequest {
            ledger: &ledger,
            today,
            since,
            now,
            private,
            member,
            unlisted,
            before: at_revision,
            history,
            late: None,
        };
        let news_since = Brief::news_since(&request).filter(|_| report.name == DEFAULT.name);
        let earlier = news_since.filter(|_| at_revision.is_none()).and_then(|day| ledger_before(invocation, day));
        let earlier = earlier.map(|mut earlier| {
            if is_for_others {
                veil(&mut earlier, unlisted_now, today);
            }
            earlier
        });
        let late = news_since
            .zip(at_revision.or(earlier.as_ref()))
            .map(|(day, before)| entered_late(&Compared { before, after: &ledger, today, private, about: &[] }, day));
        let request = ReportRequest { late: late.as_deref(), ..request };
        let mut answer = make(report, &request, self.subject.as_deref())?;
        concealment.conceal(&mut answer.data);
        answer.document.rewrite(&|text| concealment.text(text));
        if let Some(past) = invocation.describe_past()? {
            if let Value::Object(data) = &mut answer.data {
                data.insert("as_it_was".to_owned(), Value::from(past.as_str()));
            }
            answer.document.add_subtitle(past);
        }
        let events = if format == Format::Ics { calendar::events(&request, &concealment) } else { Vec::new() };
        if let (Some(search), Some(unlisted)) = (&search, unlisted) {
            let pieces = pieces(format, &answer, &events);
            let leaks = others::with_keys(&ledger, leaks(&ledger, unlisted, search, pieces.into_iter()));
            if let Some(refusal) = others::refusal(&leaks, "no report was written") {
                return Ok(refusal);
            }
        }
        let text = match format {
            Format::Text => document_text::text_on(&answer.document, invocation.page()),
            Format::Markdown => document_markdown::write_markdown(&answer.document),
            Format::Ics => {
                let root = &ledger.root;
                calendar_ics::ics(root.name(), request.today, root.time_zone(), &events)
            }
            Format::Html => document_html::html(&answer.document),
            Format::Kumu => network_graph::kumu(&answer.data),
            Format::Graphml => network_graph::graphml(&answer.data),
            Format::Dot => network_graph::dot(&answer.data),
            Format::Csv => csv(&network_graph::TIE_COLUMNS, network_graph::tie_rows(&answer.data).into_iter(), false)?,
            _ => data(&answer.data, format)?,
        };
        self.finish(text, invocation)
    }

    /// Reports health quarter by quarter.
    fn run_quarterly(self, format: Format, invocation: &Invocation) -> Result<CommandOutput> {
        let ledger = invocation.load()?;
        let mut quarters = Vec::new();
        let cut = invocation.each_quarter(quarterly::QUARTERS, &ledger, &mut |quarter, day, ledger| {
            quarters.push(QuarterHealth::of(quarter, day, ledger));
        })?;
        quarters.reverse();
        let report = quarterly::report(&ledger, &quarters, cut.as_deref());
        let text = stats::write(&report, quarterly::table(&quarters), format, false, invocation)?;
        self.finish(text, invocation)
    }

    /// Prints a report, or writes it to the file that was named.
    fn finish(self, text: String, invocation: &Invocation) -> Result<CommandOutput> {
        match self.output {
            Some(file) => {
                spare_records(&file)?;
                output_file::write(&file, text.as_bytes())?;
                let written = if invocation.quiet {
                    String::new()
                } else {
                    format!("Wrote {}\n", visible(&file.display().to_string()))
                };
                Ok(CommandOutput::yes(written))
            }
            None => Ok(CommandOutput::yes(text).long()),
        }
    }
}

impl Arguments {
    /// How the name of the output file ends.
    fn output_ending(&self) -> Option<String> {
        Some(self.output.as_ref()?.extension()?.to_str()?.to_ascii_lowercase())
    }

    /// The format that the name of the output file stands for.
    fn format_by_name(&self) -> Option<Format> {
        Some(match self.output_ending()?.as_str() {
            "html" | "htm" => Format::Html,
            "md" | "markdown" => Format::Markdown,
            "json" => Format::Json,
            "yaml" | "yml" => Format::Yaml,
            "ics" => Format::Ics,
            "graphml" => Format::Graphml,
            "dot" | "gv" => Format::Dot,
            _ => return None,
        })
    }
}

/// Whether a format is that of programs that draw maps of networks.
fn is_map(format: Format) -> bool {
    matches!(format, Format::Kumu | Format::Graphml | Format::Dot | Format::Csv)
}

/// Endings of files that only other programs write.
const OTHER_PROGRAMS: [&str; 7] = ["pdf", "doc", "docx", "odt", "rtf", "xlsx", "pages"];

/// What a report says in a format, piece by piece.
fn pieces<'a>(
    format: Format,
    answer: &'a report::ReportOutput,
    events: &'a [calendar::CalendarEvent],
) -> Vec<OutgoingPiece<'a>> {
    const REPORT: &str = "the report";
    match format {
        Format::Ics => {
            let texts = events.iter().flat_map(|event| {
                let more = [&event.location, &event.url].into_iter().flatten();
                [&event.uid, &event.summary].into_iter().chain(more)
            });
            texts.map(|text| OutgoingPiece::of_text(REPORT, text.as_str())).collect()
        }
        Format::Json | Format::Yaml | Format::Kumu | Format::Graphml | Format::Dot | Format::Csv => {
            OutgoingPiece::of_data(REPORT, &answer.data)
        }
        _ => answer.document.lines().into_iter().map(|line| OutgoingPiece::of_text(REPORT, line)).collect(),
    }
}

/// The ledger as it was before a day. Where the commits cannot say, that is said.
fn ledger_before(invocation: &Invocation, day: NaiveDate) -> Option<Ledger> {
    match invocation.ledger_before(day) {
        Ok(before) => before,
        Err(error) => {
            if !invocation.quiet {
                aside::say(&format!("late entries cannot be listed: {error:#}"));
            }
            None
        }
    }
}

/// A day, or the day of a revision with the ledger as it was then.
fn day_or_revision(word: &str, invocation: &Invocation) -> Result<(NaiveDate, Option<Ledger>)> {
    let looks_like_a_day = word.trim().starts_with(|c: char| c.is_ascii_digit()) && word.contains(['-', '/', '.']);
    if looks_like_a_day {
        return Ok((invocation.date("--since", word, Tense::Past)?, None));
    }
    match invocation.revision(word) {
        Ok(revision) => Ok((revision.day(), Some(read_ledger(&revision)?))),
        // A branch may be called `may` or `friday`: what git knows comes first.
        Err(error) => match invocation.date("--since", word, Tense::Past) {
            Ok(day) => Ok((day, None)),
            Err(_) => Err(error.context(format!("--since {word}: neither a date nor a git revision"))),
        },
    }
}

/// Makes a report, of the one that it is about where it is about one.
fn make(report: &Report, request: &ReportRequest<'_>, subject: Option<&str>) -> Result<report::ReportOutput> {
    let name = report.name;
    let id = |kind: Kind| {
        let article = kind.with_article();
        subject.with_context(|| format!("this report is about {article}; name it: coalition report {name} ID"))
    };
    match report.run {
        ReportRun::Ledger(run) => match subject {
            Some(subject) => {
                stop!(
                    usage,
                    "the report `{name}` is about the whole coalition, not `{subject}`; --for MEMBER limits it"
                )
            }
            None => Ok(run(request)),
        },
        ReportRun::Member(run) => Ok(run(request, require_typed(request.ledger, id(Kind::Member)?)?)),
        ReportRun::Advocate(run) => Ok(run(request, require_typed(request.ledger, id(Kind::Advocate)?)?)),
    }
}

/// Refuses to write over a record or the ledger's root file.
fn spare_records(file: &Path) -> Result<()> {
    if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
        stop!(usage, "{} is the name of a record; give the report another extension, such as .md", file.display());
    }
    Ok(())
}

/// Every report with its description and the id it needs: on a line each, or within the columns of a terminal.
fn names(columns: Option<usize>) -> String {
    let call = |report: &&Report| match report.run {
        ReportRun::Ledger(_) => report.name.to_owned(),
        ReportRun::Member(_) | ReportRun::Advocate(_) => format!("{} ID", report.name),
    };
    let width = ALL.iter().map(|report| call(report).len()).max().unwrap_or_default();
    let indent = " ".repeat(width + 2);
    let row = |report: &&Report| {
        let opening = format!("{:width$}  ", call(report));
        let fitted = columns.map(|columns| wrap(report.about, &opening, &indent, columns));
        fitted.unwrap_or_else(|| opening + report.about) + "\n"
    };
    ALL.iter().map(row).collect()
}
