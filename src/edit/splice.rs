//! One change in the text of a record. No byte outside the change moves: comments, blank lines, line ends and a byte order
//! mark stay as they are.

use super::{Edit, Literal, Refusal};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The text with one change made.
///
/// # Errors
/// Where the text is not TOML, or its entries are written in a way that cannot be added to.
pub fn spliced(text: &str, edit: &Edit) -> Result<String, Refusal> {
    let table = DeTable::parse(text).map_err(|_| {
        Refusal::new("the file is not TOML as it stands; `coalition check` says where, and how to mend it")
    })?;
    let newline = newline_of(text);
    match edit {
        Edit::Append { list, fields } => {
            entries(text, table.get_ref(), list)?;
            Ok(appended(text, list, fields, newline))
        }
        Edit::Put { list, at, key, value } => {
            let entries = entries(text, table.get_ref(), list)?;
            let entry =
                entries.get(*at).ok_or_else(|| Refusal::new(format!("there is no such entry in [[{list}]]")))?;
            let DeValue::Table(fields) = entry.get_ref() else { return Err(under_headings(list)) };
            Ok(match fields.get(*key) {
                Some(old) => replaced(text, old.span(), value, newline),
                None => with_line(text, last_own_byte(text, entry, fields), key, value, newline),
            })
        }
        Edit::Set { key, value } => {
            let fields = table.get_ref();
            match (fields.get(*key), fields.get("name")) {
                (Some(old), _) => Ok(replaced(text, old.span(), value, newline)),
                (None, Some(name)) => Ok(with_line(text, name.span().end, key, value, newline)),
                (None, None) => {
                    Err(Refusal::new(format!("the record has no `name`; add it, and a line `{key}` below it")))
                }
            }
        }
    }
}

/// How the lines of a text end, as its first one does.
fn newline_of(text: &str) -> &'static str {
    match text.split_once('\n') {
        Some((first, _)) if first.ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// The entries of a list that is written under headings, or that is not there.
fn entries<'t>(text: &str, table: &'t DeTable<'t>, list: &str) -> Result<&'t [Spanned<DeValue<'t>>], Refusal> {
    let Some(found) = table.get(list) else { return Ok(&[]) };
    let DeValue::Array(entries) = found.get_ref() else { return Err(under_headings(list)) };
    let is_heading = |entry: &Spanned<DeValue<'_>>| text.get(entry.span()).is_some_and(|at| at.starts_with("[["));
    if entries.is_empty() || !entries.iter().all(is_heading) {
        return Err(under_headings(list));
    }
    Ok(entries)
}

fn under_headings(list: &str) -> Refusal {
    Refusal::new(format!(
        "the file holds `{list}` in brackets on a line, or under a heading with single brackets, and nothing can be added \
         to that; write each entry under a heading of its own:\n\n[[{list}]]\n… its fields, one a line …\n\nor remove \
         `{list}` where it is empty"
    ))
}

fn appended(text: &str, list: &str, fields: &[(&'static str, Literal)], newline: &str) -> String {
    let mut after = text.to_owned();
    let body = text.trim_start_matches('\u{feff}');
    if !body.is_empty() && !body.ends_with('\n') {
        after += newline;
    }
    let last_line = after.trim_end_matches('\n').trim_end_matches('\r').len();
    let ends = after.get(last_line..).unwrap_or_default().matches('\n').count();
    if !body.trim().is_empty() && ends < 2 {
        after += newline;
    }
    after += &format!("[[{list}]]{newline}");
    for (key, value) in fields {
        after += &line(key, value, newline);
    }
    after
}

fn line(key: &str, value: &Literal, newline: &str) -> String {
    format!("{key} = {}{newline}", value.toml(newline))
}

fn replaced(text: &str, span: Range<usize>, value: &Literal, newline: &str) -> String {
    let (before, after) = (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    format!("{before}{}{after}", value.toml(newline))
}

/// The text with a line below the one that holds this byte.
fn with_line(text: &str, byte: usize, key: &str, value: &Literal, newline: &str) -> String {
    let rest = text.get(byte..).unwrap_or_default();
    let line = line(key, value, newline);
    match rest.find('\n') {
        Some(end) => {
            let (before, after) = text.split_at(byte + end + 1);
            format!("{before}{line}{after}")
        }
        None => format!("{text}{newline}{line}"),
    }
}

/// Where the last own field of an entry ends; without one, its heading. Tables below it have headings of their own.
fn last_own_byte(text: &str, entry: &Spanned<DeValue<'_>>, fields: &DeTable<'_>) -> usize {
    let is_own = |value: &&Spanned<DeValue<'_>>| {
        let written = text.get(value.span()).unwrap_or_default();
        match value.get_ref() {
            DeValue::Table(_) => written.starts_with('{'),
            DeValue::Array(items) => {
                written.starts_with('[')
                    && !items.iter().any(|item| {
                        text.get(item.span()).is_some_and(|at| at.starts_with("[[") && item.get_ref().is_table())
                    })
            }
            _ => true,
        }
    };
    fields.values().filter(is_own).map(|value| value.span().end).fold(entry.span().end, usize::max)
}
