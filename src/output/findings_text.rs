//! Findings for people: what is wrong, the line, and what to do, as much of it as fits a screen. A note names its place without
//! the line.

use super::layout::fit;
use super::visible;
use super::visible::visible_lines;
use crate::check::{Reported, Verdict, find};
use crate::document::words::count_of;
use crate::finding::{CheckName, Severity};
use crate::ledger::Ledger;
use crate::source::{LedgerPath, find_private_keys};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use std::collections::HashMap;
use std::ops::Range;

/// Columns that an excerpt may take where no terminal has fewer: enough for a whole line, unless it is a paragraph.
const WIDTH: usize = 200;

/// What findings are printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paper {
    /// The columns of a terminal; `None` where lines may be as long as they are.
    pub columns: Option<usize>,
    /// Whether ANSI codes mark what matters.
    pub has_colors: bool,
}

impl Paper {
    /// A text in lines that fit.
    fn fit(self, text: &str) -> String {
        self.columns.map_or_else(|| text.to_owned(), |columns| fit(text, columns))
    }
}

/// How much of the findings is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Every finding.
    All,
    /// What fits a screen: of many findings of a check the first, and how many more there are.
    Folded,
    /// A line for each check.
    Summary,
}

/// Lines of findings that are printed before they are folded further.
const SCREEN: usize = 32;

/// More findings than these may not fit a screen.
const MANY: usize = 12;

/// Findings of one check that are shown one by one.
const FEW: usize = 3;

/// The findings of one check that are as bad as each other, in path order.
struct Group<'v> {
    severity: Severity,
    check: CheckName,
    findings: Vec<&'v Reported>,
}

/// The findings: errors first, then warnings, then notes. Findings of one check stand together.
pub fn text(ledger: &Ledger, verdict: &Verdict, paper: Paper, extent: Extent) -> String {
    let groups = groups(verdict);
    if extent == Extent::Summary {
        return paper.fit(&summary_table(&groups));
    }
    let mut printer = Printer::new(ledger, paper);
    let limit = if extent == Extent::All { usize::MAX } else { FEW };
    let blocks: Vec<String> = groups.iter().map(|group| printer.block(group, limit)).collect();
    let length = |text: &str| text.lines().count();
    if extent == Extent::All || blocks.iter().map(|block| length(block)).sum::<usize>() <= SCREEN {
        return blocks.concat();
    }
    // Each check has one line at least; the room that is left goes to the worst, in order.
    let mut room = SCREEN.saturating_sub(groups.len());
    let mut text = String::new();
    let mut lines = String::new();
    let mut notes = (0, 0);
    for group in &groups {
        let block = printer.block(group, 1);
        let has_room = lines.is_empty() && group.severity > Severity::Note && length(&block) <= room + 1;
        if has_room || text.is_empty() {
            room = (room + 1).saturating_sub(length(&block));
            text += &block;
        } else if group.severity > Severity::Note {
            lines += &paper.fit(&(one_line(group) + "\n"));
        } else {
            notes = (notes.0 + group.findings.len(), notes.1 + 1);
        }
    }
    if let (count @ 1.., checks) = notes {
        let (count, checks) = (count_of(count, "note", "notes"), count_of(checks, "check", "checks"));
        lines += &format!("{count} from {checks}; `coalition check --summary` lists them\n");
    }
    if lines.is_empty() { text } else { format!("{text}{lines}\n") }
}

/// The findings by severity and check. The checks are in the order of their first findings; what spoils a whole file comes
/// first, because others may follow from it.
fn groups(verdict: &Verdict) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut places: HashMap<(Severity, CheckName), usize> = HashMap::new();
    for reported in &verdict.reported {
        let (severity, check) = (reported.severity, reported.finding.check);
        let at = *places.entry((severity, check)).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Group { severity, check, findings: Vec::new() });
        }
        groups[at].findings.push(reported);
    }
    let of_form = |group: &Group<'_>| !FORM.contains(&group.check.as_str());
    groups.sort_by_key(|group| (std::cmp::Reverse(group.severity), of_form(group)));
    groups
}

/// The checks that say that a file could not be read as it is meant.
const FORM: [&str; 4] = ["unfinished-change", "unreadable-file", "conflict-marker", "invalid-toml"];

/// A line for each check: how bad, how many, its name, and what it finds.
fn summary_table(groups: &[Group<'_>]) -> String {
    let width = groups.iter().map(|group| group.check.as_str().len()).max().unwrap_or_default();
    let line = |group: &Group<'_>| {
        let what = find(group.check.as_str()).map_or("", |check| check.what);
        let what = what.split_inclusive(". ").next().unwrap_or_default().trim();
        let (severity, count, check) = (group.severity.to_string(), group.findings.len(), group.check);
        format!("{severity:<7} {count:>5}  {:<width$}  {what}\n", check.as_str())
    };
    let table: String = groups.iter().map(line).collect();
    if table.is_empty() { table } else { table + "\n" }
}

/// The findings of a check on one line.
fn one_line(group: &Group<'_>) -> String {
    let Some(first) = group.findings.first() else { return String::new() };
    let place = format!("{}:{}", visible(first.finding.path.as_str()), first.start.line);
    let head = format!("{}[{}]", group.severity, group.check);
    let line = match group.findings.len() {
        1 => format!("{head}: {place}: {}", visible(&first.finding.message)),
        count => format!("{head}: {count} findings, the first in {place}: {}", visible(&first.finding.message)),
    };
    if group.severity < Severity::Error {
        return line;
    }
    // What must be corrected is said whole.
    let help = visible(&first.finding.help);
    if help.is_empty() { line } else { format!("{line}\n  help: {help}") }
}

/// Prints findings with their lines.
struct Printer<'l> {
    ledger: &'l Ledger,
    paper: Paper,
    renderer: Renderer,
    /// The private keys of the file that was printed last.
    secrets: (Option<&'l LedgerPath>, Vec<Range<usize>>),
}

impl<'l> Printer<'l> {
    fn new(ledger: &'l Ledger, paper: Paper) -> Printer<'l> {
        let renderer = if paper.has_colors { Renderer::styled() } else { Renderer::plain() };
        let width = paper.columns.unwrap_or(WIDTH);
        let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(width);
        Printer { ledger, paper, renderer, secrets: (None, Vec::new()) }
    }

    /// The findings of a check: at most `limit` of more than that with their lines, then how many more there are. Notes are
    /// printed together, without their lines.
    fn block(&mut self, group: &Group<'_>, limit: usize) -> String {
        let count = group.findings.len();
        let shown = if count > limit { limit.min(count) } else { count };
        let mut text = String::new();
        if let (Severity::Note, Some((first, others))) = (group.severity, group.findings.split_first()) {
            text += &self.render(first);
            text += &others.iter().take(shown.saturating_sub(1)).map(|one| also(one)).collect::<String>();
        } else {
            let rendered: Vec<String> = group.findings.iter().take(shown).map(|one| self.render(one)).collect();
            text += &rendered.join("\n\n");
        }
        if let more @ 1.. = count - shown {
            let places = group.findings.iter().skip(shown).take(FEW);
            let places: Vec<String> =
                places.map(|one| format!("{}:{}", visible(one.finding.path.as_str()), one.start.line)).collect();
            let rest = if more > places.len() { ", \u{2026}" } else { "" };
            let more = format!("and {more} more of {}: {}{rest}", group.check, places.join(", "));
            text += &format!("\n{more}");
        }
        self.paper.fit(&(text + "\n\n"))
    }

    fn render(&mut self, reported: &Reported) -> String {
        let path = &reported.finding.path;
        if self.secrets.0 != Some(path) {
            let found = self.ledger.texts.get_key_value(path);
            self.secrets = found.map_or((None, Vec::new()), |(path, text)| (Some(path), find_private_keys(text)));
        }
        self.renderer.render(&[excerpt(self.ledger, reported, &self.secrets.1)])
    }
}

fn is_note(reported: &Reported) -> bool {
    reported.severity <= Severity::Note
}

/// Another finding of the same check, on one line.
fn also(reported: &Reported) -> String {
    let (finding, start) = (&reported.finding, reported.start);
    let place = format!("{}:{}:{}", visible(finding.path.as_str()), start.line, start.column);
    format!("\n--> {place}: {}", visible(&finding.message))
}

/// A finding with the line it is on; `secrets` are the private keys in its file.
fn excerpt<'a>(ledger: &'a Ledger, reported: &'a Reported, secrets: &[Range<usize>]) -> annotate_snippets::Group<'a> {
    let finding = &reported.finding;
    let level = match reported.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(visible(&finding.message)).id(finding.check.as_str());
    let path = visible(finding.path.as_str());
    let help = Level::HELP.message(visible(&finding.help));
    // A note is short: there may be many, and none of them is urgent.
    let shows_text = !is_note(reported) && !reported.withheld;
    match ledger.texts.get(&finding.path).filter(|text| shows_text && !text.is_empty()) {
        Some(text) => {
            let range = within(text, finding.span.range());
            let lines = lines_around(text, &range);
            let lines = if reported.hides_comments { without_comment(text, lines, &range) } else { Some(lines) };
            // A private key is never shown.
            let is_secret =
                |lines: &Range<usize>| secrets.iter().any(|key| key.start < lines.end && lines.start < key.end);
            let Some(lines) = lines.filter(|lines| !is_secret(lines)) else {
                let place = Origin::path(path).line(reported.start.line).char_column(reported.start.column);
                return title.element(place).element(help);
            };
            let is_whole = lines.len() <= LONGEST_EXCERPT;
            // Of a line that holds thousands of values, what stands around the place.
            let part = if is_whole { lines } else { around(text, &lines, &range) };
            let (mut start, mut end) = (range.start - part.start, range.end.min(part.end) - part.start);
            // What a file holds is not a command to a terminal.
            let shown = visible_lines(&text[part], &mut [&mut start, &mut end]);
            let mark = AnnotationKind::Primary.span(start..end.max(start));
            let source = Snippet::source(shown).line_start(reported.start.line).annotation(mark);
            if is_whole {
                return title.element(source.path(path)).element(help);
            }
            let origin = Origin::path(path).line(reported.start.line).char_column(reported.start.column);
            title.element(origin).element(source).element(help)
        }
        None => {
            title.element(Origin::path(path).line(reported.start.line).char_column(reported.start.column)).element(help)
        }
    }
}

/// The part of a line before its comment; `None` if the range is in the comment, or a comment is in one of several lines.
fn without_comment(text: &str, lines: Range<usize>, range: &Range<usize>) -> Option<Range<usize>> {
    let shown = text.get(lines.clone())?;
    if !shown.contains('#') {
        return Some(lines);
    }
    let mut quote = None;
    let comment = shown.char_indices().find(|(_, letter)| {
        match (quote, *letter) {
            (None, '#') => return true,
            (None, '"' | '\'') => quote = Some(*letter),
            (Some(open), letter) if letter == open => quote = None,
            _ => {}
        }
        false
    });
    let end = comment.map_or(lines.end, |(at, _)| lines.start + shown.get(..at).unwrap_or_default().trim_end().len());
    let is_one_line = !shown.trim_end().contains('\n');
    (is_one_line && range.end <= end && lines.start < end).then_some(lines.start..end)
}

/// How many bytes an excerpt may have, and how many are shown around a place in longer lines.
const LONGEST_EXCERPT: usize = 2_000;
const AROUND: usize = 60;

/// The part of some lines around a range.
fn around(text: &str, lines: &Range<usize>, range: &Range<usize>) -> Range<usize> {
    let boundary = |at: usize| (at..=lines.end).find(|at| text.is_char_boundary(*at)).unwrap_or(lines.end);
    let start = boundary(range.start.saturating_sub(AROUND).max(lines.start)).min(range.start);
    let end = boundary(range.end.min(range.start + LONGEST_EXCERPT) + AROUND).min(lines.end);
    start..end.max(start)
}

/// The whole lines that hold a range.
fn lines_around(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |newline| range.end + newline);
    start..end
}

/// The range inside the text; a point is widened to the rest of its line, so that there is something to underline.
fn within(text: &str, range: Range<usize>) -> Range<usize> {
    let boundary =
        |offset: usize| (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = boundary(range.start);
    let end = boundary(range.end).max(start);
    if end > start {
        return start..end;
    }
    let line = text[start..].lines().next().unwrap_or_default().trim_end();
    start..start + line.len()
}

/// One sentence that says how the ledger is. Where only a part was asked for, it does not speak for the whole.
pub fn summary(ledger: &Ledger, verdict: &Verdict, only_a_part: bool) -> String {
    let count = |n: usize, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    let read = format!("{} in {}", count(ledger.record_count(), "record"), count(ledger.file_count, "file"));
    let mut found: Vec<String> = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")]
        .into_iter()
        .map(|(severity, word)| (verdict.count(severity), word))
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| count(n, word))
        .collect();
    let is_well = found.is_empty();
    if !verdict.accepted.is_empty() && !only_a_part {
        found.push(format!("{} accepted", count(verdict.accepted.len(), "finding")));
    }
    let more = if found.is_empty() { String::new() } else { format!("; {}", found.join(", ")) };
    match (is_well, only_a_part) {
        (true, false) => format!("All is well: {read}{more}.\n"),
        (true, true) => format!("No matching findings ({read} read).\n"),
        (false, _) => format!("{} ({read}).\n", found.join(", ")),
    }
}

/// What to do first, and what more can be shown: nothing if there is nothing to do.
pub fn next_step(verdict: &Verdict, fixable: usize, extent: Extent) -> String {
    let groups = groups(verdict);
    let Some(group) = groups.first().filter(|group| group.severity > Severity::Note) else { return String::new() };
    let Some(first) = group.findings.first() else { return String::new() };
    let mut steps = vec![match (group.severity, group.findings.len()) {
        (Severity::Error, _) => {
            format!("Fix first: {}, line {} ({}).", visible(first.finding.path.as_str()), first.start.line, group.check)
        }
        (_, 1) => {
            format!(
                "Look first at {}, line {} ({}).",
                visible(first.finding.path.as_str()),
                first.start.line,
                group.check
            )
        }
        (_, count) => {
            format!("Look first at {count} warnings from {0}: `coalition check --only {0}`.", group.check)
        }
    }];
    if fixable > 0 {
        steps.push(format!("`coalition check --fix` corrects {}.", count_of(fixable, "mistake", "mistakes")));
    }
    let is_folded = verdict.reported.len() > MANY || groups.iter().any(|group| group.findings.len() > FEW);
    if extent != Extent::All && is_folded {
        steps.push("`coalition check --all` shows every finding.".to_owned());
    }
    steps.join(" ") + "\n"
}
