//! Moves signatures from an agreement's record to the files of their members. The block of each entry moves byte for
//! byte: its heading, its fields, and the comments above it and inside it. Only the `member` line goes, because the
//! file's path names the member; a comment after it gets a line of its own.

use super::create::schema_of;
use super::format::comments;
use super::page::{LineKind, PathStep, TomlLine, TomlLines, newline_of, text_at};
use super::plan::PlannedChange;
use super::tree::tree_of;
use crate::agreement::SignatureJudge;
use crate::check::Verdict;
use crate::error::Error;
use crate::kind::SIGNATURES;
use crate::ledger::Ledger;
use crate::parse::suggest::is_slug;
use chrono::NaiveDate;
use serde_json::{Map, Value};
use std::ops::Range;

/// The field that goes.
const MEMBER: &str = "member";

/// A record without its signatures, and the signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Split {
    /// The text of the record.
    pub record: String,
    /// The entries, in their order.
    pub entries: Vec<MovedEntry>,
}

/// An entry that moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MovedEntry {
    /// The member, as the entry names it.
    pub member: String,
    /// The line of its heading, from 1.
    pub line: usize,
    /// Its lines, without the one that names the member.
    pub text: String,
}

/// Takes the signatures out of the text of an agreement's record; `None` if it has none.
///
/// # Errors
/// The line of an entry that cannot move, and why.
pub(crate) fn split_signatures(text: &str) -> Result<Option<Split>, Error> {
    let (page, tree) = TomlLines::with_tree(text)?;
    let Some(Value::Array(entries)) = tree.get(SIGNATURES).filter(|list| **list != Value::Array(Vec::new())) else {
        return match tree.get(SIGNATURES) {
            None | Some(Value::Array(_)) => Ok(None),
            Some(_) => Err(refusal(&page, page.lines.iter().find(is_below), "`signatures` is not a list of entries")),
        };
    };
    refuse_misfits(&page)?;
    let blocks = blocks(&page);
    let moved = blocks.iter().map(|block| entry(&page, block)).collect::<Result<Vec<_>, _>>()?;
    let record = remove_blocks(text, &page, &blocks);
    let split = Split { record, entries: moved };
    prove_split(text, &tree, entries, &split)?;
    Ok(Some(split))
}

/// The text of a member's file with entries below what it holds, or of a new file that begins with `first`.
///
/// # Errors
/// If the file holds something to which nothing can be added.
pub(crate) fn join_entries(
    existing: Option<&str>,
    first: Option<&str>,
    entries: &[&MovedEntry],
) -> Result<String, Error> {
    let newline = newline_of(entries.first().map_or("\n", |entry| entry.text.as_str()));
    let mut text = match (existing, first) {
        (Some(existing), _) => existing.to_owned(),
        (None, Some(first)) => format!("{first}{newline}"),
        (None, None) => String::new(),
    };
    for entry in entries {
        let blank = newline_of(if text.is_empty() { &entry.text } else { &text });
        if !text.trim_start_matches('\u{feff}').is_empty() {
            if !text.ends_with('\n') {
                text += blank;
            }
            if !text.ends_with("\n\n") && !text.ends_with("\n\r\n") {
                text += blank;
            }
        }
        text += &entry.text;
    }
    require_joined(existing.unwrap_or_default(), first.filter(|_| existing.is_none()), &text, entries)?;
    Ok(text)
}

/// Proves that a changed ledger judges every signature as the one before, and that `check` says the same of it.
///
/// # Errors
/// The agreement, if it does not.
pub(crate) fn require_same_judgment(before: &Ledger, planned: &PlannedChange, today: NaiveDate) -> Result<(), Error> {
    let differs = |what: &str| Error::refused(format!("{what}, so nothing was written"));
    let (was, is) = (judge_signatures(before, today)?, judge_signatures(&planned.ledger, today)?);
    if was != is {
        let other =
            was.iter().find(|found| !is.contains(found)).or_else(|| is.iter().find(|found| !was.contains(found)));
        let agreement = other.map_or("an agreement", |(agreement, _)| agreement.as_str());
        return Err(differs(&format!("signatures on {agreement} would count differently")));
    }
    // Where a finding stands has changed, and what it says has not.
    let said = |verdict: &Verdict| {
        let reported = verdict.reported.iter();
        let mut said: Vec<_> = reported
            .map(|reported| {
                let record = reported.finding.record.as_ref().map(ToString::to_string);
                (record, reported.finding.check, reported.severity, reported.finding.message.clone())
            })
            .collect();
        said.sort();
        said
    };
    let (was, is) = (said(&planned.before), said(&planned.after));
    if was == is {
        return Ok(());
    }
    let other = is.iter().find(|said| !was.contains(said)).or_else(|| was.iter().find(|said| !is.contains(said)));
    let what = other.map_or_else(String::new, |(_, check, _, message)| format!(" ({check}: {message})"));
    Err(differs(&format!("`coalition check` would report different findings{what}")))
}

/// The signatures of each agreement, each with its judgment, in an order that does not depend on where they are.
fn judge_signatures(ledger: &Ledger, today: NaiveDate) -> Result<Vec<(String, String)>, Error> {
    let registry = SignatureJudge::new(ledger, today);
    let found = ledger.agreements.iter().flat_map(|agreement| {
        registry.judge_all(agreement).map(|judged| {
            let entry = serde_json::to_string(&judged.signature.value);
            let entry = entry.map_err(|error| Error::internal(format!("a signature cannot be compared: {error}")))?;
            Ok((agreement.key.to_string(), format!("{entry} {} {:?}", judged.version, judged.flaw)))
        })
    });
    let mut found: Vec<(String, String)> = found.collect::<Result<_, Error>>()?;
    found.sort();
    Ok(found)
}

/// Whether a line says something of the signatures.
fn is_below(line: &&TomlLine) -> bool {
    let says = matches!(line.part, LineKind::Heading { .. } | LineKind::Field { .. });
    says && line.place.first() == Some(&PathStep::from(SIGNATURES))
}

/// Whether a line is the heading of an entry.
fn is_entry(line: &TomlLine) -> bool {
    line.is_heading() && matches!(line.place.as_slice(), [PathStep::Key(list), PathStep::At(_)] if list == SIGNATURES)
}

/// Refuses what is written in another way than under one heading for each entry.
fn refuse_misfits(page: &TomlLines<'_>) -> Result<(), Error> {
    for line in page.lines.iter().filter(is_below) {
        let why = match (&line.part, line.place.as_slice()) {
            (LineKind::Heading { .. }, _) if is_entry(line) => continue,
            (LineKind::Heading { .. }, _) => "the entry has a table in it, which a signature cannot have",
            (LineKind::Field { .. }, [_]) => {
                "the signatures are in brackets; write each under its own heading: [[signatures]]"
            }
            (LineKind::Field { path, .. }, _) if path.len() > 1 => {
                "the entry has a key with a dot, which no field of a signature has"
            }
            _ => continue,
        };
        return Err(refusal(page, Some(line), why));
    }
    Ok(())
}

/// A refusal at a line.
fn refusal(page: &TomlLines<'_>, line: Option<&TomlLine>, why: &str) -> Error {
    Error::refused(format!("line {}: {why}", line.map_or(1, |line| number(page, line))))
}

/// The number of a line, from 1.
fn number(page: &TomlLines<'_>, line: &TomlLine) -> usize {
    page.text_at(..line.span.start).matches('\n').count() + 1
}

/// The lines of each entry with the comments that belong to it, by their places on the page.
fn blocks(page: &TomlLines<'_>) -> Vec<Range<usize>> {
    let headings: Vec<usize> =
        page.lines.iter().enumerate().filter(|(_, line)| is_entry(line)).map(|(at, _)| at).collect();
    headings
        .into_iter()
        .map(|heading| {
            let below = page.block(Some(heading));
            own_start(page, heading)..own_end(page, below)
        })
        .collect()
}

/// Where the comments directly above a heading begin.
fn own_start(page: &TomlLines<'_>, heading: usize) -> usize {
    let above = page.lines_at(..heading);
    let comments = above.iter().rev().take_while(|line| line.part == LineKind::Comment).count();
    let first = heading - comments;
    // The schema has to stay the first line of its file.
    let text = page.lines.get(first).map_or("", |line| page.text_at(line.span.clone()));
    if first == 0 && comments > 0 && schema_of(text).is_some() { 1 } else { first }
}

/// Where an entry ends: after its last field and the comments directly below it, but for those directly above what
/// follows. A comment between empty lines is about more than one entry, and stays.
fn own_end(page: &TomlLines<'_>, below: Range<usize>) -> usize {
    let said = |at: &usize| page.lines.get(*at).is_some_and(|line| line.value().is_some());
    let last = below.clone().filter(said).max().map_or(below.start, |at| at + 1);
    let limit = if below.end == page.lines.len() { below.end } else { own_start(page, below.end).max(last) };
    let lines = page.lines_at(last..limit);
    last + lines.iter().take_while(|line| line.part == LineKind::Comment).count()
}

/// The entry of a block.
fn entry(page: &TomlLines<'_>, block: &Range<usize>) -> Result<MovedEntry, Error> {
    let lines = page.lines_at(block.clone());
    let heading = lines.iter().find(|line| is_entry(line));
    let is_member =
        |line: &&TomlLine| matches!(&line.part, LineKind::Field { path, .. } if path.as_slice() == [MEMBER]);
    let Some(line) = lines.iter().find(is_member) else {
        return Err(refusal(page, heading, "the entry does not name a member; add a line: member = \"…\""));
    };
    let value = line.value().map_or("", |value| page.text_at(value.span.clone()));
    let member = match tree_of(&format!("x = {value}\n"))?.remove("x") {
        Some(Value::String(text)) => text.strip_prefix('=').map(str::to_owned),
        _ => None,
    };
    let Some(member) = member.filter(|member| is_slug(member)) else {
        let why = format!("{value} is not the id of a member; write the name of its file without .toml");
        return Err(refusal(page, Some(line), &why));
    };
    let written = |part: &TomlLine| page.text_at(part.span.clone()).to_owned();
    let text = lines.iter().map(|part| if part == line { kept_comment(page, part) } else { written(part) });
    let mut text: String = text.collect();
    if !text.ends_with('\n') {
        text += page.newline;
    }
    Ok(MovedEntry { member, line: heading.map_or(1, |line| number(page, line)), text })
}

/// What is left of the line of a field that goes: the comment after it, on a line of its own.
fn kept_comment(page: &TomlLines<'_>, line: &TomlLine) -> String {
    let text = page.text_at(line.span.clone());
    let end = line.value().map_or(line.span.start, |value| value.span.end);
    let behind = page.text_at(end..line.span.end);
    let comment = behind.trim_start_matches([' ', '\t']);
    if !comment.starts_with('#') {
        return String::new();
    }
    let indent = text.len() - text.trim_start_matches([' ', '\t']).len();
    format!("{}{comment}", text_at(text, ..indent))
}

/// The text without these blocks and the empty lines above each.
fn remove_blocks(text: &str, page: &TomlLines<'_>, blocks: &[Range<usize>]) -> String {
    let is_blank = |at: usize| page.lines.get(at).is_some_and(|line| line.part == LineKind::Blank);
    let mut left = text.to_owned();
    for block in blocks.iter().rev() {
        let mut first = block.start;
        while first > 0 && is_blank(first - 1) {
            first -= 1;
        }
        let mut end = block.end;
        if first == 0 {
            // Nothing is above, so the empty lines below part nothing either.
            while is_blank(end) {
                end += 1;
            }
        }
        let start_of = |at: usize| page.lines.get(at).map_or(text.len(), |line| line.span.start);
        left.replace_range(start_of(first)..start_of(end), "");
    }
    left
}

/// Proves that a split record and its entries say what the record said.
fn prove_split(text: &str, tree: &Map<String, Value>, entries: &[Value], split: &Split) -> Result<(), Error> {
    let mut meant = tree.clone();
    meant.remove(SIGNATURES);
    let is_same = tree_of(&split.record).is_ok_and(|said| said == meant);
    let all_moved = entries.len() == split.entries.len();
    let is_moved = |(meant, entry): (&Value, &MovedEntry)| {
        let mut meant = meant.clone();
        let member = meant.as_object_mut().and_then(|fields| fields.remove(MEMBER));
        let said = tree_of(&entry.text).ok().and_then(|mut said| said.remove(SIGNATURES));
        member == Some(Value::from(format!("={}", entry.member))) && said == Some(Value::Array(vec![meant]))
    };
    let after = std::iter::once(split.record.as_str()).chain(split.entries.iter().map(|entry| entry.text.as_str()));
    let mut kept: Vec<&str> = after.flat_map(comments).collect();
    kept.sort_unstable();
    if is_same && all_moved && entries.iter().zip(&split.entries).all(is_moved) && kept == comments(text) {
        return Ok(());
    }
    Err(Error::refused("moving the entries would lose something, so they were left as they are; move them by hand"))
}

/// Proves that a member's file holds what it held, and the entries below.
fn require_joined(before: &str, first: Option<&str>, after: &str, entries: &[&MovedEntry]) -> Result<(), Error> {
    let list = |text: &str| match tree_of(text)?.remove(SIGNATURES) {
        None => Ok(Vec::new()),
        Some(Value::Array(entries)) => Ok(entries),
        Some(other) => Ok(vec![other]),
    };
    let mut meant = list(before)?;
    for entry in entries {
        meant.extend(list(&entry.text)?);
    }
    let texts = [before].into_iter().chain(first).chain(entries.iter().map(|entry| entry.text.as_str()));
    let mut kept: Vec<&str> = texts.flat_map(comments).collect();
    kept.sort_unstable();
    if list(after).is_ok_and(|said: Vec<Value>| said == meant) && kept == comments(after) {
        return Ok(());
    }
    let way = "its signatures are not under [[signatures]] headings; write them that way";
    Err(Error::refused(format!("nothing can be added to it: {way}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::{Kind, RecordKey};
    use crate::ledger::load;
    use crate::source::memory::Memory;
    use crate::source::{ChangeSet, FileChange, LedgerPath};

    const RECORD: &str = "\u{feff}#:schema x.json\n# About all of it.\nname = \"C\"\n\n# The versions.\n[[amendments]]\nversion = 1\n\n\
        # Version 1, of which few are kept.\n\n\
        # Alder was first.\n# On paper, too.\n[[ 'signatures' ]] # by letter\n  member = \"alder\"   # of the founders\nby='ana'\n\n# seen\n\
        signature = \"\"\"\n-----BEGIN-----\n# no comment\nmember = \"x\"\n\"\"\"\n# behind alder\n\n\
        [[signatures]]\nby = \"ben\"\nmember = 'birch'\n\n# Version 2.\n\n\
        # again\n[[signatures]]\nby = \"ana\"\nmember = \"\"\"alder\"\"\"\n\n# of extra\n[extra]\nx = 1\n\n# The end.";

    fn entries(split: &Split) -> Vec<(&str, &str)> {
        split.entries.iter().map(|entry| (entry.member.as_str(), entry.text.as_str())).collect()
    }

    #[test]
    fn each_entry_takes_what_belongs_to_it_and_the_rest_stays() {
        let split = split_signatures(RECORD).unwrap().unwrap();
        let first = "# Alder was first.\n# On paper, too.\n[[ 'signatures' ]] # by letter\n  # of the founders\nby='ana'\n\n# seen\n\
            signature = \"\"\"\n-----BEGIN-----\n# no comment\nmember = \"x\"\n\"\"\"\n# behind alder\n";
        let expected = [
            ("alder", first),
            ("birch", "[[signatures]]\nby = \"ben\"\n"),
            ("alder", "# again\n[[signatures]]\nby = \"ana\"\n"),
        ];
        assert_eq!(entries(&split), expected);
        assert_eq!(split.entries.iter().map(|entry| entry.line).collect::<Vec<_>>(), [13, 25, 32]);
        let left = "\u{feff}#:schema x.json\n# About all of it.\nname = \"C\"\n\n# The versions.\n[[amendments]]\nversion = 1\n\n\
            # Version 1, of which few are kept.\n\n# Version 2.\n\n# of extra\n[extra]\nx = 1\n\n# The end.";
        assert_eq!(split.record, left);
        assert_eq!(super::split_signatures(&split.record).unwrap(), None);
    }

    #[test]
    fn files_keep_what_they_hold_and_their_line_ends() {
        let split = split_signatures(&RECORD.replace('\n', "\r\n")).unwrap().unwrap();
        let [first, _, last] = &split.entries.iter().collect::<Vec<_>>()[..] else { panic!("three entries") };
        assert_eq!(last.text, "# again\r\n[[signatures]]\r\nby = \"ana\"\r\n");
        let new = join_entries(None, Some("#:schema y.json"), &[first, last]).unwrap();
        assert_eq!(new, format!("#:schema y.json\r\n\r\n{}\r\n{}", first.text, last.text));
        for (old, between) in [
            ("\u{feff}# mine\n[[signatures]]\nby = 1 # c", "\n\n"),
            ("[[signatures]]\nby = 1\n", "\n"),
            ("[[signatures]]\nby = 1\n\n", ""),
            ("[[signatures]]\r\nby = 1\r\n", "\r\n"),
            ("# nothing yet\n", "\n"),
            ("", ""),
        ] {
            let after = join_entries(Some(old), Some("#:schema y.json"), &[last]).unwrap();
            assert_eq!(after, format!("{old}{between}{}", last.text));
        }
    }

    #[test]
    fn the_last_line_ends_where_the_file_did_not() {
        let split =
            split_signatures("name = \"C\"\n[[signatures]]\nby = \"ana\"\nmember = \"alder\" # last").unwrap().unwrap();
        assert_eq!(split.record, "name = \"C\"\n");
        assert_eq!(entries(&split), [("alder", "[[signatures]]\nby = \"ana\"\n# last\n")]);
        let split = super::split_signatures("#:schema x\n# own\n[[signatures]]\nmember = \"alder\"\n\n\n[extra]\n")
            .unwrap()
            .unwrap();
        assert_eq!(
            (split.record.as_str(), entries(&split)),
            ("#:schema x\n\n\n[extra]\n", vec![("alder", "# own\n[[signatures]]\n")])
        );
        let split = super::split_signatures("[[signatures]]\nmember = \"alder\"\n\n\n[extra]\n").unwrap().unwrap();
        assert_eq!(split.record, "[extra]\n");
    }

    #[test]
    fn nothing_to_move_is_nothing() {
        for text in ["", "name = \"C\"\n", "signatures = []\n", "[[amendments]]\nversion = 1\n"] {
            assert_eq!(split_signatures(text).unwrap(), None, "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_with_its_line() {
        let entry = "[[signatures]]\nby = \"ana\"\n";
        for (text, expected) in [
            (
                "name = \"C\"\nsignatures = [{ member = \"alder\" }]\n".to_owned(),
                "line 2: the signatures are in brackets",
            ),
            ("name = \"C\"\nsignatures = 7\n".to_owned(), "line 2: `signatures` is not a list"),
            ("\n[signatures]\nmember = \"alder\"\n".to_owned(), "line 2: `signatures` is not a list"),
            (format!("x = 1\n{entry}"), "line 2: the entry does not name a member"),
            (format!("{entry}member = \"Alder\"\n"), "line 3: \"Alder\" is not the id of a member"),
            (format!("{entry}member = \"../x\"\n"), "line 3: \"../x\" is not the id of a member"),
            (format!("{entry}member = 7\n"), "line 3: 7 is not the id of a member"),
            (format!("{entry}member.id = \"alder\"\n"), "line 3: the entry has a key with a dot"),
            (format!("{entry}member = \"alder\"\n[signatures.own]\nx = 1\n"), "line 4: the entry has a table in it"),
            (format!("{entry}member = \"alder\"\n[[signatures.own]]\n"), "line 4: the entry has a table in it"),
            ("a = \n".to_owned(), "line 1 is not valid TOML"),
        ] {
            let refusal = split_signatures(&text).unwrap_err().to_string();
            assert!(refusal.starts_with(expected), "{refusal}");
        }
        let whole = split_signatures(&format!("{entry}member = \"alder\"\n")).unwrap().unwrap();
        for existing in ["signatures = []\n", "[signatures]\nby = \"ana\"\n", "a = \n"] {
            assert!(join_entries(Some(existing), None, &[&whole.entries[0]]).is_err(), "{existing}");
        }
    }

    #[test]
    fn a_loss_is_seen() {
        let tree = tree_of(RECORD).unwrap();
        let list = tree["signatures"].as_array().unwrap().clone();
        let whole = split_signatures(RECORD).unwrap().unwrap();
        assert!(prove_split(RECORD, &tree, &list, &whole).is_ok());
        let broken: [fn(&mut Split); 6] = [
            |split| split.record = split.record.replace("# Version 2.", ""),
            |split| split.record = split.record.replace("x = 1", "x = 2"),
            |split| split.entries.swap(0, 1),
            |split| drop(split.entries.pop()),
            |split| split.entries[0].text = split.entries[0].text.replace("# seen", ""),
            |split| split.entries[1].member = "alder".to_owned(),
        ];
        for spoil in broken {
            let mut split = whole.clone();
            spoil(&mut split);
            assert!(prove_split(RECORD, &tree, &list, &split).is_err());
        }
        let entries: Vec<&MovedEntry> = whole.entries.iter().collect();
        let before = "# mine\n[[signatures]]\nby = \"x\"\n";
        let after = join_entries(Some(before), None, &entries).unwrap();
        assert!(require_joined(before, None, &after, &entries).is_ok());
        for (old, new) in [("# mine", ""), ("\"ben\"", "\"bin\""), ("# again", "# Again")] {
            assert!(require_joined(before, None, &after.replace(old, new), &entries).is_err(), "{old}");
        }
    }

    /// A ledger with the signatures of all agreements in files of the members, if they can be moved.
    fn moved(source: &Memory) -> Option<Memory> {
        let mut after = source.clone();
        let ledger = load(source).unwrap();
        let mut count = 0;
        for agreement in &ledger.agreements {
            let Ok(Some(split)) = split_signatures(&ledger.texts[&agreement.path]) else { continue };
            after.put(agreement.path.as_str(), split.record.as_bytes());
            for entry in &split.entries {
                let place = ledger.signature_path(&agreement.key, &RecordKey::new(Kind::Member, &entry.member));
                let files = load(&after).unwrap();
                let text = join_entries(files.texts.get(&place).map(String::as_str), None, &[entry]).unwrap();
                after.put(place.as_str(), text.as_bytes());
                count += 1;
            }
        }
        (count > 0).then_some(after)
    }

    #[test]
    fn every_signature_in_the_examples_of_checks_counts_as_it_did() {
        let today = "2026-06-15".parse().unwrap();
        let (mut tried, mut proven, mut differ) = (0, 0, Vec::new());
        for check in crate::check::ALL {
            for (which, example) in [("bad", &check.bad), ("good", &check.good)] {
                let source = example.ledger();
                let Some(after) = moved(&source) else { continue };
                let before = load(&source).unwrap();
                let text_of = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                let files = after.files().map(|(path, bytes)| {
                    let path = LedgerPath::new(path);
                    FileChange { before: before.texts.get(&path).cloned(), path, after: Some(text_of(bytes)) }
                });
                let files = files.filter(|file| !file.is_empty()).collect();
                let planned =
                    super::super::plan(&source, &before, today, ChangeSet { what: "test".to_owned(), files }).unwrap();
                tried += 1;
                proven += judge_signatures(&planned.ledger, today)
                    .unwrap()
                    .iter()
                    .filter(|(_, found)| found.contains("BEGIN SSH") && found.ends_with("None"))
                    .count();
                if let Err(refusal) = require_same_judgment(&before, &planned, today) {
                    differ.push(format!("{} ({which}): {refusal}", check.name));
                }
            }
        }
        assert!(tried > 20 && proven > 2, "{tried} examples, {proven} proofs");
        assert_eq!(differ, Vec::<String>::new());
    }
}
