//! Turns typed text into a value of a field.

use super::Assignment;
use crate::edit::literal::Literal;
use crate::edit::page::PathStep;
use crate::edit::plain::literal_of;
use crate::edit::typed::literal_for;
use crate::error::Error;
use crate::record::field::Shape;
use serde_json::Value;

impl Assignment {
    /// The value as the field holds it.
    pub(super) fn literal(&self, now: Option<&Value>) -> Result<Literal, Error> {
        let name = crate::edit::splice::dotted(&self.place);
        let Some(field) = self.field else {
            // In a table of one's own, a value that is not text stays none where the new one fits.
            let is_text = now.is_none_or(|now| now.as_str().is_some_and(|now| now.starts_with('=')));
            let of_kind = || literal_of(&self.value).filter(|_| !is_text);
            return Ok(parse_literal(&self.value).or_else(of_kind).unwrap_or_else(|| guess_literal(&self.value)));
        };
        if field.many
            && matches!(self.place.last(), Some(PathStep::At(_)))
            && !matches!((field.shape)(), Shape::Table(_))
        {
            let read = || Error::refused(format!("`{name}` is one entry of a list; `{}` cannot be one", self.value));
            return self.items()?.into_iter().next().ok_or_else(read);
        }
        let shape = (field.shape)();
        if let Shape::Table(table) = &shape {
            let example = table.fields.first().map_or("field", |field| field.name);
            let more = if field.many { format!("{name}.1.{example}") } else { format!("{name}.{example}") };
            return Err(Error::refused(format!("`{name}` has its own fields; name one of them, such as {more}=…")));
        }
        if self.value.starts_with(['[', '{']) && (field.many || matches!(shape, Shape::Requirement | Shape::Eligible)) {
            return parse_literal(&self.value).ok_or_else(|| {
                Error::refused(format!("`{}` is not a list in TOML; write it like [\"one\", \"two\"]", self.value))
            });
        }
        if field.many {
            return Ok(Literal::List(self.items()?));
        }
        let value = match shape {
            Shape::Requirement | Shape::Eligible if !["members", "nobody"].contains(&self.value.as_str()) => {
                Literal::List(split_list(&self.value).into_iter().map(Literal::Text).collect())
            }
            Shape::Prose => Literal::prose(&self.value),
            _ => literal_for(field, &Value::from(self.value.as_str())).unwrap_or_else(|| guess_literal(&self.value)),
        };
        let fits = match shape {
            Shape::Date => matches!(value, Literal::Date(_)).then_some(()).ok_or("a date like 2026-03-01, or `today`"),
            Shape::Time => matches!(value, Literal::Toml(_)).then_some(()).ok_or("a time of day like 18:30"),
            Shape::Integer { .. } => matches!(value, Literal::Number(_)).then_some(()).ok_or("a whole number"),
            Shape::Number { .. } | Shape::Share => {
                matches!(value, Literal::Toml(_)).then_some(()).ok_or("a number like 12 or 0.5")
            }
            Shape::Boolean => matches!(value, Literal::Flag(_)).then_some(()).ok_or("true or false"),
            _ => Ok(()),
        };
        fits.map_err(|expected| Error::refused(format!("`{name}` must be {expected}; `{}` is not", self.value)))?;
        Ok(value)
    }

    /// The entries that are to be added or taken away.
    pub(super) fn items(&self) -> Result<Vec<Literal>, Error> {
        let Some(field) = self.field else {
            return Ok(split_list(&self.value).into_iter().map(Literal::Text).collect());
        };
        if matches!((field.shape)(), Shape::Table(_)) {
            let name = crate::edit::splice::dotted(&self.place);
            return Err(Error::refused(format!(
                "the entries of `{name}` have their own fields; add one with `coalition add RECORD {name} \
                    FIELD=VALUE...`"
            )));
        }
        let items =
            split_list(&self.value).into_iter().filter_map(|item| match literal_for(field, &Value::from(item)) {
                Some(Literal::List(items)) => items.into_iter().next(),
                other => other,
            });
        Ok(items.collect())
    }
}

/// The words of a list, between commas.
pub(super) fn split_list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn guess_literal(text: &str) -> Literal {
    Literal::Text(text.to_owned())
}

/// A list or a table as TOML writes it.
fn parse_literal(text: &str) -> Option<Literal> {
    let value = literal_of(text).filter(|_| text.starts_with(['[', '{']))?;
    Some(Literal::Toml(value.toml("\n")))
}

/// A list or a table as TOML or JSON writes it, as data.
pub(super) fn json_of(text: &str) -> Result<Value, Error> {
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    let file = format!("x = {text}\n");
    let table = toml::de::DeTable::parse(&file)
        .map_err(|_| Error::refused(format!("`{text}` is not a list in TOML; write it like [\"one\", \"two\"]")))?;
    Ok(table.get_ref().get("x").map(|item| crate::record::value::json(item.get_ref())).unwrap_or_default())
}
