//! Findings for people: what is wrong, the line, and what to do. A note names its place without the line.

use super::visible;
use super::visible::visible_lines;
use crate::check::{Reported, Verdict};
use crate::finding::{CheckName, Severity};
use crate::ledger::Ledger;
use crate::source::{LedgerPath, find_private_keys};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::collections::HashMap;
use std::ops::Range;

/// Columns that an excerpt may take.
const WIDTH: usize = 100;

/// All findings with their excerpts. With `color`, ANSI codes mark what matters. Notes of one check are printed together, at
/// the place of the first.
pub fn text(ledger: &Ledger, verdict: &Verdict, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(WIDTH);
    let mut notes: HashMap<CheckName, Vec<&Reported>> = HashMap::new();
    for note in verdict.reported.iter().filter(|reported| is_note(reported)) {
        notes.entry(note.finding.check).or_default().push(note);
    }
    let mut text = String::new();
    // The private keys of the file that the findings are in: those of one file follow on each other.
    let mut secrets: (Option<&LedgerPath>, Vec<Range<usize>>) = (None, Vec::new());
    for reported in &verdict.reported {
        let others = if is_note(reported) {
            let Some(together) = notes.remove(&reported.finding.check) else { continue };
            together.into_iter().skip(1).collect()
        } else {
            Vec::new()
        };
        let path = &reported.finding.path;
        if secrets.0 != Some(path) {
            secrets = (Some(path), ledger.texts.get(path).map_or_else(Vec::new, |text| find_private_keys(text)));
        }
        text += &renderer.render(&[excerpt(ledger, reported, &secrets.1)]);
        text += &others.into_iter().map(also).collect::<String>();
        text += "\n\n";
    }
    text
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
fn excerpt<'a>(ledger: &'a Ledger, reported: &'a Reported, secrets: &[Range<usize>]) -> Group<'a> {
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
