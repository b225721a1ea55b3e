//! YAML, with every scalar as written. Aliases count toward a limit, so that a small file cannot expand to a huge one.

use super::entries::{self, Lists};
use super::{FileRow, ImportFile, MAX_DEPTH, MAX_TEXT};
use crate::error::Error;
use crate::record::value::{exact, json};
use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};
use serde_json::{Map, Number, Value};
use std::collections::HashMap;
use toml::de::{DeTable, DeValue};

/// How much memory aliases may add, in bytes.
const MAX_EXPANDED: usize = 16 * 1024 * 1024;

/// A value; null keeps its spelling.
#[derive(Debug, Clone)]
enum Node {
    Nothing(String),
    /// A scalar without quotes, which may have another type than text.
    Plain(String),
    Text(String),
    List(Vec<Node>),
    Table(Vec<(String, Node)>),
}

impl Node {
    /// Its approximate size in memory.
    fn memory_size(&self) -> usize {
        32 + match self {
            Node::Nothing(text) | Node::Plain(text) | Node::Text(text) => text.len(),
            Node::List(items) => items.iter().map(Node::memory_size).sum(),
            Node::Table(fields) => fields.iter().map(|(key, value)| key.len() + value.memory_size()).sum(),
        }
    }

    /// The value, with each scalar converted by `scalar`.
    fn value(&self, scalar: &dyn Fn(&Node) -> Value) -> Value {
        match self {
            Node::List(items) => items.iter().map(|item| item.value(scalar)).collect(),
            Node::Table(fields) => {
                Value::Object(fields.iter().map(|(key, value)| (key.clone(), value.value(scalar))).collect())
            }
            node => scalar(node),
        }
    }
}

/// A scalar as text, as written.
fn as_text(node: &Node) -> Value {
    match node {
        Node::Plain(text) | Node::Text(text) => Value::from(text.as_str()),
        _ => Value::Null,
    }
}

/// A scalar as spelled, null too.
fn as_spelled(node: &Node) -> Value {
    match node {
        Node::Nothing(text) => Value::from(text.as_str()),
        node => as_text(node),
    }
}

/// The TOML text of a scalar that JSON cannot hold: a date, a date with a time, an infinite number or one with very many digits.
/// Null for all others.
fn as_exact(node: &Node) -> Value {
    let Node::Plain(text) = node else { return Value::Null };
    exact_text(text).map_or(Value::Null, Value::from)
}

fn exact_text(text: &str) -> Option<String> {
    match text {
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Some("inf".to_owned()),
        "-.inf" | "-.Inf" | "-.INF" => return Some("-inf".to_owned()),
        ".nan" | ".NaN" | ".NAN" => return Some("nan".to_owned()),
        // A time alone is text in YAML, and so is a word.
        _ if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+')) => return None,
        _ => {}
    }
    let file = format!("x = {text}\n");
    let table = DeTable::parse(&file).ok().filter(|table| table.get_ref().len() == 1)?;
    let item = table.get_ref().get("x")?;
    match item.get_ref() {
        DeValue::Datetime(moment) if moment.date.is_none() => None,
        DeValue::Datetime(_) | DeValue::Float(_) => exact(item, &|_| text).remove(""),
        _ => None,
    }
}

/// The value of such a scalar.
fn exact_value(text: &str) -> Option<Value> {
    let file = format!("x = {}\n", exact_text(text)?);
    let table = DeTable::parse(&file).ok()?;
    Some(json(table.get_ref().get("x")?.get_ref()))
}

/// A scalar with its type, as in JSON. A number that JSON would write differently, such as `007`, is text.
fn as_typed(node: &Node) -> Value {
    match node {
        Node::Plain(text) if exact_text(text).is_some() => exact_value(text).unwrap_or_else(|| as_text(node)),
        Node::Plain(text) => match text.as_str() {
            "true" | "True" | "TRUE" => Value::from(true),
            "false" | "False" | "FALSE" => Value::from(false),
            text => serde_json::from_str::<Number>(text)
                .ok()
                .filter(|number| super::json::is_exact(text, number))
                .map_or_else(|| Value::from(text), Value::Number),
        },
        node => as_text(node),
    }
}

/// Reads the entries of a file.
///
/// # Errors
/// The text is not valid YAML, or not an import file; the message names the line.
pub(super) fn read(text: &str, lists: Lists<'_>) -> Result<ImportFile, Error> {
    let node = Builder { parser: Parser::new_from_str(text), anchors: HashMap::new(), expanded: 0 }.document()?;
    let mut file = entries::read(node.value(&as_text), lists)?;
    // The same entries again; no scalar decides which they are.
    for (scalar, part) in [(&as_spelled as &dyn Fn(&Node) -> Value, SPELLED), (&as_typed, TYPED), (&as_exact, EXACT)] {
        let again = entries::read(node.value(scalar), lists)?;
        for (row, again) in file.rows.iter_mut().zip(again.rows) {
            *part(row) = again.values;
        }
    }
    Ok(file)
}

/// Where a row keeps its values as spelled, with their types, and as TOML writes them.
const SPELLED: fn(&mut FileRow) -> &mut Map<String, Value> = |row| &mut row.spelled;
const TYPED: fn(&mut FileRow) -> &mut Map<String, Value> = |row| &mut row.typed;
const EXACT: fn(&mut FileRow) -> &mut Map<String, Value> = |row| &mut row.exact;

struct Builder<'t> {
    parser: Parser<'t, StrInput<'t>>,
    anchors: HashMap<usize, Node>,
    expanded: usize,
}

impl<'t> Builder<'t> {
    fn next(&mut self) -> Result<(Event<'t>, Span), Error> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                let at = error.marker();
                let message = format!("line {} is not valid YAML: {}", at.line(), error.info());
                Err(Error::data(message))
            }
            None => Err(Error::data("this file ends in the middle")),
        }
    }

    /// The document of the file, or all of them as one list.
    fn document(mut self) -> Result<Node, Error> {
        let mut documents: Vec<Node> = Vec::new();
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing, _) => {}
                (Event::StreamEnd, _) => break,
                (event, span) => match self.node(event, span, 0)? {
                    // An empty document, as after a last line of `---`.
                    Node::Nothing(_) => {}
                    document => documents.push(document),
                },
            }
        }
        if documents.len() > 1 {
            let entries = documents.into_iter().flat_map(|document| match document {
                Node::List(items) => items,
                // Each document may wrap its list: `people: […]`.
                Node::Table(fields) if matches!(fields.as_slice(), [(_, Node::List(_))]) => fields
                    .into_iter()
                    .flat_map(|(_, value)| if let Node::List(items) = value { items } else { Vec::new() })
                    .collect(),
                other => vec![other],
            });
            return Ok(Node::List(entries.collect()));
        }
        documents.pop().ok_or_else(|| Error::data("this file is empty"))
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Node, Error> {
        if depth > MAX_DEPTH {
            return Err(fault(span, &format!("nests values more than {MAX_DEPTH} levels deep")));
        }
        let (node, anchor) = match event {
            Event::Alias(anchor) => return self.alias(anchor, span),
            Event::Scalar(text, style, anchor, _) => {
                if text.len() > MAX_TEXT {
                    return Err(fault(
                        span,
                        &format!("has a value of more than {MAX_TEXT} bytes, which no record can hold"),
                    ));
                }
                (scalar(&text, style), anchor)
            }
            Event::SequenceStart(anchor, _) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        (Event::SequenceEnd, _) => break,
                        (event, span) => items.push(self.node(event, span, depth + 1)?),
                    }
                }
                (Node::List(items), anchor)
            }
            Event::MappingStart(anchor, _) => (self.table(depth)?, anchor),
            _ => return Err(fault(span, "is not valid YAML")),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn table(&mut self, depth: usize) -> Result<Node, Error> {
        let mut fields: Vec<(String, Node)> = Vec::new();
        let mut merged_fields: Vec<(String, Node)> = Vec::new();
        let mut names = std::collections::HashSet::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                break;
            }
            let name = self.node(event, span, depth + 1)?;
            // In quotes, the merge sign is an ordinary key.
            let merges = matches!(&name, Node::Plain(key) if key == "<<");
            let (Node::Text(key) | Node::Plain(key) | Node::Nothing(key)) = name else {
                return Err(fault(span, "has a list or a table as the name of a field"));
            };
            let (event, at) = self.next()?;
            let value = self.node(event, at, depth + 1)?;
            match value {
                Node::Table(more) if merges => merged_fields.extend(more),
                value => {
                    if !names.insert(key.clone()) {
                        return Err(fault(span, &format!("names the field `{key}` a second time")));
                    }
                    fields.push((key, value));
                }
            }
        }
        fields.extend(merged_fields.into_iter().filter(|(key, _)| names.insert(key.clone())));
        Ok(Node::Table(fields))
    }

    /// The value of an alias, up to a limit.
    fn alias(&mut self, anchor: usize, span: Span) -> Result<Node, Error> {
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(fault(span, "has an alias (*) without a complete anchor (&)"));
        };
        self.expanded += node.memory_size();
        if self.expanded > MAX_EXPANDED {
            return Err(fault(span, "has aliases (*) that expand to more than 16 MiB; write the file without them"));
        }
        Ok(node.clone())
    }
}

fn fault(span: Span, what: &str) -> Error {
    Error::data(format!("line {} {what}", span.start.line()))
}

/// A scalar as written; `null` and `~` without quotes are null, with their spelling.
fn scalar(text: &str, style: ScalarStyle) -> Node {
    match text {
        "" | "~" | "null" | "Null" | "NULL" if style == ScalarStyle::Plain => Node::Nothing(text.to_owned()),
        _ if style == ScalarStyle::Plain => Node::Plain(text.to_owned()),
        _ => Node::Text(text.to_owned()),
    }
}
