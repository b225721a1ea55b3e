//! YAML, scalar by scalar as it is written. What an alias stands for is counted, so that a small file cannot unfold to a
//! large one.

use super::{DEEPEST, LONGEST, Register, Unusable, entries};
use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};
use serde_json::{Map, Value};
use std::collections::HashMap;

/// How many bytes and values aliases may add.
const MOST_UNFOLDED: usize = 16 * 1024 * 1024;

/// A value, with the spelling of nothing.
#[derive(Debug, Clone)]
enum Node {
    Nothing(String),
    Text(String),
    List(Vec<Node>),
    Table(Vec<(String, Node)>),
}

impl Node {
    /// About how much memory it takes.
    fn weight(&self) -> usize {
        32 + match self {
            Node::Nothing(text) | Node::Text(text) => text.len(),
            Node::List(items) => items.iter().map(Node::weight).sum(),
            Node::Table(fields) => fields.iter().map(|(key, value)| key.len() + value.weight()).sum(),
        }
    }

    fn into_value(self) -> Value {
        match self {
            Node::Nothing(_) => Value::Null,
            Node::Text(text) => Value::String(text),
            Node::List(items) => items.into_iter().map(Node::into_value).collect(),
            Node::Table(fields) => {
                Value::Object(fields.into_iter().map(|(key, value)| (key, value.into_value())).collect::<Map<_, _>>())
            }
        }
    }

    /// How nothing is spelled, by the path of its column.
    fn spelled(&self, path: &str, nothing: &mut HashMap<String, String>) {
        match self {
            Node::Nothing(text) if !text.is_empty() => {
                nothing.insert(path.to_owned(), text.clone());
            }
            Node::Table(fields) => {
                for (key, value) in fields {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    value.spelled(&path, nothing);
                }
            }
            _ => {}
        }
    }
}

/// Reads the entries of a file.
///
/// # Errors
/// Where it is no YAML, or none that can be taken: what is wrong, and in which line.
pub fn read(text: &str, lists: &[&str]) -> Result<Register, Unusable> {
    let node = Builder { parser: Parser::new_from_str(text), anchors: HashMap::new(), unfolded: 0 }.document()?;
    let mut spelled = HashMap::new();
    if let Node::List(items) = &node {
        for (at, item) in items.iter().enumerate() {
            let mut nothing = HashMap::new();
            item.spelled("", &mut nothing);
            if !nothing.is_empty() {
                spelled.insert(at, nothing);
            }
        }
    }
    let mut register = entries::read(node.into_value(), lists)?;
    for (at, nothing) in spelled {
        if let Some(row) = register.rows.get_mut(at) {
            row.nothing = nothing;
        }
    }
    Ok(register)
}

struct Builder<'t> {
    parser: Parser<'t, StrInput<'t>>,
    anchors: HashMap<usize, Node>,
    unfolded: usize,
}

impl<'t> Builder<'t> {
    fn next(&mut self) -> Result<(Event<'t>, Span), Unusable> {
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                let at = error.marker();
                let told = format!("line {} is not YAML as it stands: {}", at.line(), error.info());
                Err(Unusable(told))
            }
            None => Err(Unusable("this file ends in the middle".to_owned())),
        }
    }

    /// The one document of the file.
    fn document(mut self) -> Result<Node, Unusable> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(_) | Event::Nothing, _) => {}
                (Event::StreamEnd, _) => return Err(Unusable("this file is empty".to_owned())),
                (event, span) => {
                    let node = self.node(event, span, 0)?;
                    loop {
                        match self.next()? {
                            (Event::StreamEnd, _) => return Ok(node),
                            (Event::DocumentStart(_), span) => {
                                return Err(told(span, "begins a second document; keep one list in one file"));
                            }
                            _ => {}
                        }
                    }
                }
            }
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Node, Unusable> {
        if depth > DEEPEST {
            return Err(told(span, &format!("holds values in each other more than {DEEPEST} deep")));
        }
        let (node, anchor) = match event {
            Event::Alias(anchor) => return self.alias(anchor, span),
            Event::Scalar(text, style, anchor, _) => {
                if text.len() > LONGEST {
                    return Err(told(
                        span,
                        &format!("has a value with more than {LONGEST} bytes, which no record can hold"),
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
            _ => return Err(told(span, "is not YAML as it stands")),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn table(&mut self, depth: usize) -> Result<Node, Unusable> {
        let mut fields: Vec<(String, Node)> = Vec::new();
        let mut merged: Vec<(String, Node)> = Vec::new();
        let mut names = std::collections::HashSet::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                break;
            }
            let (Node::Text(key) | Node::Nothing(key)) = self.node(event, span, depth + 1)? else {
                return Err(told(span, "has a list or a table for a name of a field"));
            };
            let (event, at) = self.next()?;
            let value = self.node(event, at, depth + 1)?;
            match value {
                Node::Table(more) if key == "<<" => merged.extend(more),
                value => {
                    if !names.insert(key.clone()) {
                        return Err(told(span, &format!("names the field `{key}` a second time")));
                    }
                    fields.push((key, value));
                }
            }
        }
        fields.extend(merged.into_iter().filter(|(key, _)| names.insert(key.clone())));
        Ok(Node::Table(fields))
    }

    /// What an alias stands for, while there is not too much of it.
    fn alias(&mut self, anchor: usize, span: Span) -> Result<Node, Unusable> {
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(told(span, "has an alias (*) for something that is not complete"));
        };
        self.unfolded += node.weight();
        if self.unfolded > MOST_UNFOLDED {
            return Err(told(
                span,
                "has aliases (*) that unfold to more than any register holds; write it without them",
            ));
        }
        Ok(node.clone())
    }
}

fn told(span: Span, what: &str) -> Unusable {
    Unusable(format!("line {} {what}", span.start.line()))
}

/// A scalar as it is written; plain `null` and `~` are nothing, with their spelling.
fn scalar(text: &str, style: ScalarStyle) -> Node {
    let is_nothing = style == ScalarStyle::Plain && ["", "~", "null", "Null", "NULL"].contains(&text);
    if is_nothing { Node::Nothing(text.to_owned()) } else { Node::Text(text.to_owned()) }
}
