//! `FIELD=VALUE`, `FIELD+=VALUE` and `FIELD-=VALUE`, as people type them: the field is found in the table of its record, and
//! the value becomes what that field holds.

use super::literal::Literal;
use super::order::Order;
use super::page::Step;
use super::tree::tree_of;
use super::typed::typed;
use super::{Edit, Refusal};
use crate::parse::suggest::nearest;
use crate::record::field::{Field, Shape};
use chrono::NaiveDate;
use serde_json::{Map, Value};

/// What is to become of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    Set,
    Add,
    Remove,
}

/// One assignment: where, and what.
#[derive(Debug, Clone)]
pub struct Assignment {
    place: Vec<Step>,
    field: Option<&'static Field>,
    operation: Operation,
    value: String,
}

impl Assignment {
    /// Reads an assignment in a file with these fields. `today` in a date field is this day.
    ///
    /// # Errors
    /// Where it has not that form, or there is no such field: the nearest one, or those that there are.
    pub fn parse(text: &str, order: &Order, today: NaiveDate) -> Result<Assignment, Refusal> {
        let Some((left, value)) = text.split_once('=') else {
            return Err(Refusal::new(format!(
                "`{text}` changes nothing: write FIELD=VALUE, FIELD+=VALUE to add to a list, or FIELD-=VALUE to take from it"
            )));
        };
        let (name, operation) = match (left.strip_suffix('+'), left.strip_suffix('-')) {
            (Some(name), _) => (name, Operation::Add),
            (_, Some(name)) => (name, Operation::Remove),
            _ => (left, Operation::Set),
        };
        let place = place_of(name.trim(), order)?;
        let field = order.field(&place);
        let mut value = value.trim().to_owned();
        if field.is_some_and(|field| matches!((field.shape)(), Shape::Date)) && value == "today" {
            value = today.to_string();
        }
        Ok(Assignment { place, field, operation, value })
    }

    /// The change of a file that says this now.
    ///
    /// # Errors
    /// Where the value does not fit the field, or a list does not hold what is to be taken from it.
    pub fn edits(&self, text: &str) -> Result<Vec<Edit>, Refusal> {
        let name = super::splice::dotted(&self.place);
        let now = value_at(&Value::Object(tree_of(text)?), &self.place).cloned();
        let is_list = self.field.is_some_and(|field| field.many) || now.as_ref().is_some_and(Value::is_array);
        match self.operation {
            Operation::Set if self.value.is_empty() => match now {
                Some(_) => Ok(vec![Edit::Remove { place: self.place.clone() }]),
                None => Ok(Vec::new()),
            },
            Operation::Set => {
                let value = self.literal(now.as_ref())?;
                if let (Literal::List(items), Some(Value::Array(held))) = (&value, &now)
                    && self.has_remarks(text)
                {
                    return Ok(self.item_by_item(items, held));
                }
                Ok(vec![Edit::Set { place: self.place.clone(), value }])
            }
            _ if !is_list => Err(Refusal::new(format!("`{name}` holds a single value; write {name}={}", self.value))),
            Operation::Add => {
                let mut held: Vec<Value> = now.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
                let mut edits = Vec::new();
                for value in self.items()? {
                    let item = tree_of_value(&value);
                    if !held.contains(&item) {
                        held.push(item);
                        edits.push(Edit::Append { list: self.place.clone(), value });
                    }
                }
                Ok(edits)
            }
            Operation::Remove => {
                let items = self.items()?;
                let count = now.as_ref().and_then(Value::as_array).map_or(0, Vec::len);
                if items.len() == count && !self.has_remarks(text) {
                    // Nothing would be left: then the field goes, if these are what it holds.
                    let mut text = text.to_owned();
                    for value in &items {
                        let edit = Edit::RemoveItem { list: self.place.clone(), value: value.clone() };
                        text = super::edited(&text, &[edit], &Order::none())?;
                    }
                    return Ok(vec![Edit::Remove { place: self.place.clone() }]);
                }
                Ok(items.into_iter().map(|value| Edit::RemoveItem { list: self.place.clone(), value }).collect())
            }
        }
    }

    /// Whether the list as it is written has remarks between its entries, which must not go with it.
    fn has_remarks(&self, text: &str) -> bool {
        let page = super::page::Page::new(text).ok();
        let written = page.as_ref().and_then(|page| page.find(&self.place));
        let lines = written.and_then(|written| text.get(written.span.clone())).unwrap_or_default().lines();
        lines.skip(1).any(|line| line.contains('#')) || text.is_empty()
    }

    /// A list changed entry by entry: what is not meant to be there goes, what is missing comes.
    fn item_by_item(&self, items: &[Literal], held: &[Value]) -> Vec<Edit> {
        let wanted: Vec<Value> = items.iter().map(tree_of_value).collect();
        let gone = (0..held.len()).rev().filter(|at| held.get(*at).is_some_and(|item| !wanted.contains(item)));
        let remove = |at: usize| Edit::Remove { place: [self.place.as_slice(), &[Step::At(at)]].concat() };
        let new = items.iter().zip(&wanted).filter(|(_, tree)| !held.contains(tree));
        let append = |value: &Literal| Edit::Append { list: self.place.clone(), value: value.clone() };
        gone.map(remove).chain(new.map(|(value, _)| append(value))).collect()
    }

    /// The value in a record that is still to be made.
    ///
    /// # Errors
    /// Where it is to be added or taken away, or stands in an entry of a list.
    pub fn into_fields(self, fields: &mut Map<String, Value>) -> Result<(), Refusal> {
        if self.operation == Operation::Remove {
            return Err(Refusal::new("a new record holds nothing that could be taken away"));
        }
        if self.field.is_some_and(|field| !field.many) && !self.value.is_empty() {
            self.literal(None)?;
        }
        let value = match self.field {
            Some(field) if field.many && !self.value.starts_with('[') => Value::from(split(&self.value)),
            _ if self.value.starts_with(['[', '{']) => json_of(&self.value)?,
            _ => Value::from(self.value.as_str()),
        };
        let mut table = fields;
        let Some((last, path)) = self.place.split_last() else { return Ok(()) };
        for step in path {
            let Step::Key(key) = step else {
                return Err(Refusal::new("entries of lists are added when the record is there"));
            };
            let inner = table.entry(key.as_str()).or_insert_with(|| Value::Object(Map::new()));
            let Some(inner) = inner.as_object_mut() else { return Ok(()) };
            table = inner;
        }
        if let Step::Key(key) = last {
            table.insert(key.clone(), value);
        }
        Ok(())
    }

    /// The value as the field holds it.
    fn literal(&self, now: Option<&Value>) -> Result<Literal, Refusal> {
        let name = super::splice::dotted(&self.place);
        let Some(field) = self.field else {
            // In a table of one's own, a value that is no text stays none where the new one fits.
            let is_text = now.is_none_or(|now| now.as_str().is_some_and(|now| now.starts_with('=')));
            let of_kind = || Some(Literal::Toml(self.value.clone())).filter(|value| !is_text && is_value(value));
            return Ok(written(&self.value).or_else(of_kind).unwrap_or_else(|| plain(&self.value)));
        };
        if field.many && matches!(self.place.last(), Some(Step::At(_))) && !matches!((field.shape)(), Shape::Table(_)) {
            let told = || Refusal::new(format!("`{name}` is one entry of a list, and `{}` is not", self.value));
            return self.items()?.into_iter().next().ok_or_else(told);
        }
        let shape = (field.shape)();
        if let Shape::Table(table) = &shape {
            let example = table.fields.first().map_or("field", |field| field.name);
            let more = if field.many { format!("{name}.1.{example}") } else { format!("{name}.{example}") };
            return Err(Refusal::new(format!("`{name}` holds fields of its own; name one of them, like {more}=…")));
        }
        if self.value.starts_with(['[', '{']) && (field.many || matches!(shape, Shape::Requirement | Shape::Eligible)) {
            return written(&self.value).ok_or_else(|| {
                Refusal::new(format!("`{}` is no list as TOML writes it: [\"one\", \"two\"]", self.value))
            });
        }
        if field.many {
            return Ok(Literal::List(self.items()?));
        }
        let value = match shape {
            Shape::Requirement | Shape::Eligible if !["members", "nobody"].contains(&self.value.as_str()) => {
                Literal::List(split(&self.value).into_iter().map(Literal::Text).collect())
            }
            Shape::Prose => Literal::prose(&self.value),
            _ => typed(field, &Value::from(self.value.as_str())).unwrap_or_else(|| plain(&self.value)),
        };
        let fits = match shape {
            Shape::Date => {
                matches!(value, Literal::Date(_)).then_some(()).ok_or("a date: write it like 2026-03-01, or `today`")
            }
            Shape::Time => matches!(value, Literal::Toml(_)).then_some(()).ok_or("a time of day: write it like 18:30"),
            Shape::Integer { .. } => matches!(value, Literal::Number(_)).then_some(()).ok_or("a whole number"),
            Shape::Number { .. } | Shape::Share => {
                matches!(value, Literal::Toml(_)).then_some(()).ok_or("a number like 12 or 0.5")
            }
            Shape::Boolean => matches!(value, Literal::Flag(_)).then_some(()).ok_or("true or false"),
            _ => Ok(()),
        };
        fits.map_err(|expected| Refusal::new(format!("`{name}` is {expected}; `{}` is not", self.value)))?;
        Ok(value)
    }

    /// The entries that are to be added or taken away.
    fn items(&self) -> Result<Vec<Literal>, Refusal> {
        let Some(field) = self.field else { return Ok(split(&self.value).into_iter().map(Literal::Text).collect()) };
        if matches!((field.shape)(), Shape::Table(_)) {
            let name = super::splice::dotted(&self.place);
            return Err(Refusal::new(format!(
                "the entries of `{name}` have fields of their own; `coalition edit` adds such entries"
            )));
        }
        let items = split(&self.value).into_iter().filter_map(|item| match typed(field, &Value::from(item)) {
            Some(Literal::List(items)) => items.into_iter().next(),
            other => other,
        });
        Ok(items.collect())
    }
}

/// The place that a name with dots means. Entries of lists are counted from 1: `actions.2.done`.
fn place_of(name: &str, order: &Order) -> Result<Vec<Step>, Refusal> {
    let mut place: Vec<Step> = Vec::new();
    for word in name.split('.') {
        let word = word.trim();
        let list = order.field(&place).filter(|field| field.many && !matches!(place.last(), Some(Step::At(_))));
        if list.is_some() {
            match word.parse::<usize>() {
                Ok(at) if at > 0 => place.push(Step::At(at - 1)),
                _ => {
                    let list = super::splice::dotted(&place);
                    return Err(Refusal::new(format!(
                        "`{list}` is a list; say which entry is meant, counted from 1: {list}.1{}",
                        if word.bytes().all(|b| b.is_ascii_digit()) { String::new() } else { format!(".{word}") }
                    )));
                }
            }
            continue;
        }
        let is_free =
            matches!(order.field(&place).map(|field| (field.shape)()), Some(Shape::Free | Shape::CheckSettings))
                || (!place.is_empty() && order.field(&place).is_none());
        let known = order.fields(&place);
        if !is_free && known.iter().all(|field| field.name != word) {
            let owner =
                if place.is_empty() { "the record".to_owned() } else { format!("`{}`", super::splice::dotted(&place)) };
            let names = || known.iter().map(|field| field.name);
            let help = match nearest(word, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => "it holds a single value".to_owned(),
                None => format!("it has {}", names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
            };
            return Err(Refusal::new(format!("{owner} has no field `{word}`; {help}")));
        }
        place.push(Step::Key(word.to_owned()));
    }
    Ok(place)
}

fn value_at<'v>(tree: &'v Value, place: &[Step]) -> Option<&'v Value> {
    place.iter().try_fold(tree, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::At(at) => value.get(at),
    })
}

/// The words of a list, between commas.
fn split(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// What a value says.
fn tree_of_value(value: &Literal) -> Value {
    tree_of(&format!("x = {}\n", value.toml("\n"))).ok().and_then(|mut tree| tree.remove("x")).unwrap_or_default()
}

/// Whether a text is a value as TOML writes it.
fn is_value(value: &Literal) -> bool {
    tree_of(&format!("x = {}\n", value.toml("\n"))).is_ok_and(|tree| tree.len() == 1)
}

fn plain(text: &str) -> Literal {
    Literal::Text(text.to_owned())
}

/// A list or a table as TOML writes it.
fn written(text: &str) -> Option<Literal> {
    let is_toml = text.starts_with(['[', '{']) && tree_of(&format!("x = {text}\n")).is_ok_and(|tree| tree.len() == 1);
    is_toml.then(|| Literal::Toml(text.to_owned()))
}

/// A list or a table as TOML or JSON writes it, as data.
fn json_of(text: &str) -> Result<Value, Refusal> {
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    let file = format!("x = {text}\n");
    let table = toml::de::DeTable::parse(&file)
        .map_err(|_| Refusal::new(format!("`{text}` is no list as TOML writes it: [\"one\", \"two\"]")))?;
    Ok(table.get_ref().get("x").map(|item| crate::record::value::json(item.get_ref())).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::edited;
    use crate::kind::Kind;

    fn set(kind: Kind, text: &str, assignments: &[&str]) -> Result<String, Refusal> {
        let order = Order::of(kind);
        let today = "2026-06-15".parse().unwrap();
        assignments.iter().try_fold(text.to_owned(), |text, assignment| {
            let edits = Assignment::parse(assignment, &order, today)?.edits(&text)?;
            edited(&text, &edits, &order)
        })
    }

    #[test]
    fn a_value_becomes_what_its_field_holds() {
        let member = "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\"]\n";
        let cases: [(&[&str], &str); 17] = [
            (
                &["joined=2026-01-02"],
                "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\"]\njoined = 2026-01-02\n",
            ),
            (
                &["joined=today"],
                "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\"]\njoined = 2026-06-15\n",
            ),
            (&["name=B \"x\" = y"], "name = \"B \\\"x\\\" = y\" # it\nclassification = \"school\"\ntags = [\"a\"]\n"),
            (
                &["tags+=b, c", "tags+=a"],
                "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\", \"b\", \"c\"]\n",
            ),
            (&["tags-=a"], "name = \"A\" # it\nclassification = \"school\"\n"),
            (&["tags=x,y", "tags-=x"], "name = \"A\" # it\nclassification = \"school\"\ntags = [\"y\"]\n"),
            (&["tags=[\"p\", \"q\"]"], "name = \"A\" # it\nclassification = \"school\"\ntags = [\"p\", \"q\"]\n"),
            (&["tags="], "name = \"A\" # it\nclassification = \"school\"\n"),
            (&["url="], member),
            (
                &["process.lead_days=21"],
                "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\"]\n\n[process]\nlead_days = 21\n",
            ),
            (
                &["extra.shirt=M", "extra.no=0x5a"],
                "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\"]\n\n[extra]\nshirt = \"M\"\nno = \"0x5a\"\n",
            ),
            (
                &["notes=one\ntwo"],
                "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\"]\nnotes = \"\"\"\none\ntwo\"\"\"\n",
            ),
            (
                &["interests=evening-hours"],
                "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\"]\ninterests = [\"evening-hours\"]\n",
            ),
            (&["classification=school"], member),
            (&["tags+=b,b"], "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\", \"b\"]\n"),
            (&["tags.1=z"], "name = \"A\" # it\nclassification = \"school\"\ntags = [\"z\"]\n"),
            (
                &["notes=C:\\new\\table"],
                "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\"]\nnotes = \"C:\\\\new\\\\table\"\n",
            ),
        ];
        for (assignments, expected) in cases {
            assert_eq!(set(Kind::Member, member, assignments).unwrap(), expected, "{assignments:?}");
        }
        let meeting = "name = \"M\"\ndate = 2026-05-01\n\n[[actions]]\nwhat = \"x\"\n\n[[actions]]\nwhat = \"y\"\n";
        let done = set(Kind::Meeting, meeting, &["actions.2.done=today", "cancelled=no", "start_time=18:30"]).unwrap();
        assert!(done.contains("what = \"y\"\ndone = 2026-06-15\n") && done.contains("cancelled = false"), "{done}");
        assert!(done.contains("\nstart_time = 18:30\n"), "{done}");
        let listed = "areas = [\n  \"a\", # one\n  \"b\", # two\n  # more\n]\n";
        let changed = set(Kind::Member, listed, &["areas=b,c"]).unwrap();
        assert_eq!(changed, "areas = [\n  # one\n  \"b\", # two\n  \"c\",\n  # more\n]\n");
        assert_eq!(set(Kind::Member, listed, &["areas-=a,b"]).unwrap(), "areas = [\n  # one\n  # two\n  # more\n]\n");
        let extra =
            set(Kind::Member, "[extra]\nn = 1\nd = 2026-01-01\n", &["extra.n=12", "extra.d=2026-02-01", "extra.t=12"]);
        assert_eq!(extra.unwrap(), "[extra]\nn = 12\nd = 2026-02-01\nt = \"12\"\n");
        let agreement = set(Kind::Agreement, "name = \"A\"\n", &["required_of=a, b"]).unwrap();
        assert_eq!(agreement, "name = \"A\"\nrequired_of = [\"a\", \"b\"]\n");
        let agreement = set(Kind::Agreement, "name = \"A\"\n", &["required_of={ sector = [\"x\"] }"]).unwrap();
        assert_eq!(agreement, "name = \"A\"\nrequired_of = { sector = [\"x\"] }\n");
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_what_could() {
        let cases = [
            ("joined", "write FIELD=VALUE"),
            ("joind=today", "did you mean `joined`?"),
            ("joined=yesterday", "2026-03-01"),
            ("contact_days=many", "a whole number"),
            ("name+=x", "write name=x"),
            ("tags-=zz", "does not hold \"zz\""),
            ("process=x", "process.approver=…"),
            ("contacts=x", "contacts.1.date=…"),
            ("contacts.date=today", "contacts.1.date"),
            ("contacts.1.date=today", "there is no `contacts.1.date`"),
            ("contacts+=x", "coalition edit"),
            ("process.leaddays=3", "did you mean `lead_days`?"),
            ("name.x=3", "no field `x`"),
            ("tags=[x", "is no list"),
        ];
        for (assignment, told) in cases {
            let refusal = set(Kind::Member, "name = \"A\"\ntags = [\"a\"]\n", &[assignment]).unwrap_err().to_string();
            assert!(refusal.contains(told), "{assignment}: {refusal}");
        }
    }
}
