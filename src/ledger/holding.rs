//! The keys that a text holds: of TOML, also where it is broken, and of JSON and YAML in the folders of a ledger.

use crate::parse::keys_of_toml;
use crate::source::LedgerPath;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The keys of a text, in lower case with underscores.
#[derive(Debug, Default)]
pub(super) struct Keys {
    /// Those at the top, headings among them.
    pub top: BTreeSet<String>,
    /// Those under each heading.
    pub under: BTreeMap<String, BTreeSet<String>>,
}

/// Of so many lines, one may be none of TOML for the text to be taken as broken TOML.
const MOST_ODD_LINES: usize = 4;

/// The largest text that is parsed although its lines are not like TOML, in bytes.
const MOST_PARSED: usize = 64 * 1024;

/// The endings of YAML files.
const YAML: [&str; 2] = [".yaml", ".yml"];

/// The keys of a text; `None` if it holds none. With `is_in_ledger`, JSON and YAML count as well.
pub(super) fn keys_of(path: &LedgerPath, text: &str, is_in_ledger: bool) -> Option<Keys> {
    let text = text.trim_start_matches('\u{feff}');
    let is_yaml = YAML.iter().any(|ending| path.file_name().to_ascii_lowercase().contains(ending));
    let keys = if text.trim_start().starts_with('{') || (is_in_ledger && path.as_str().ends_with(".json")) {
        of_json(text).filter(|_| is_in_ledger)
    } else if is_yaml {
        of_yaml(text).filter(|_| is_in_ledger)
    } else {
        of_toml(text)
    };
    keys.filter(|keys| !keys.top.is_empty())
}

impl Keys {
    fn add(&mut self, heading: Option<&str>, key: &str) {
        match heading {
            Some(heading) => drop(self.under.entry(spell_out(heading)).or_default().insert(spell_out(key))),
            None => drop(self.top.insert(spell_out(key))),
        }
    }
}

fn spell_out(key: &str) -> String {
    key.trim().trim_matches(['"', '\'']).to_ascii_lowercase().replace('-', "_")
}

fn of_toml(text: &str) -> Option<Keys> {
    // Most texts hold no line that could be a field, and need no parser.
    let is_like = |line: &str| line.starts_with('[') || line.contains('=');
    if !text.lines().map(str::trim_start).any(is_like) {
        return None;
    }
    if text.contains(['\0', '\u{fffd}']) {
        // Another encoding, in which the letters of a field may be with others between them.
        return of_broken_toml(&text.replace(['\0', '\u{fffd}'], ""));
    }
    let by_lines = of_broken_toml(text);
    if by_lines.is_none() && text.len() > MOST_PARSED {
        return None;
    }
    let Some(found) = keys_of_toml(text) else { return by_lines };
    let mut keys = Keys::default();
    found.iter().for_each(|(heading, key)| keys.add(heading.as_deref(), key));
    Some(keys)
}

/// The keys of a text that is TOML but for a few lines.
fn of_broken_toml(text: &str) -> Option<Keys> {
    let mut keys = Keys::default();
    let mut heading: Option<String> = None;
    let (mut alike, mut odd) = (0, 0);
    let mut until: Option<&str> = None;
    let mut is_fenced = false;
    for line in text.lines().map(str::trim) {
        if let Some(end) = until {
            until = (!line.contains(end)).then_some(end);
        } else if line.starts_with("```") || line.starts_with("~~~") {
            // An example in a page of Markdown.
            is_fenced = !is_fenced;
        } else if is_fenced || line.is_empty() || line.starts_with('#') {
        } else if let Some(name) =
            line.strip_prefix('[').map(|name| name.trim_matches(['[', ']', ' '])).filter(|name| is_key(name))
        {
            keys.add(None, name);
            heading = Some(name.to_owned());
            alike += 1;
        } else if let Some((key, value)) = line.split_once('=').filter(|(key, _)| is_key(key)) {
            keys.add(heading.as_deref(), key);
            alike += 1;
            until = ["\"\"\"", "'''"].into_iter().find(|quotes| value.matches(quotes).count() == 1);
        } else if line.ends_with(',') || line.starts_with([']', '}', '"', '\'']) {
            alike += 1;
        } else {
            odd += 1;
        }
    }
    (alike > 0 && odd * MOST_ODD_LINES <= alike).then_some(keys)
}

fn is_key(key: &str) -> bool {
    let key = key.trim().trim_matches(['"', '\'']);
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

fn of_json(text: &str) -> Option<Keys> {
    let value: Value = serde_json::from_str(text).ok()?;
    let whole = match &value {
        Value::Array(entries) => entries.first()?,
        other => other,
    };
    let mut keys = Keys::default();
    for (key, value) in whole.as_object()? {
        keys.add(None, key);
        let entry = value.as_array().and_then(|entries| entries.first()).unwrap_or(value);
        entry.as_object().into_iter().flatten().for_each(|(inner, _)| keys.add(Some(key), inner));
    }
    Some(keys)
}

/// The keys of YAML by its lines, as far as it is written in the plain way that records would be.
fn of_yaml(text: &str) -> Option<Keys> {
    let mut keys = Keys::default();
    let mut heading: Option<String> = None;
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        let is_inner = line.starts_with(' ');
        let line = line.trim_start().trim_start_matches("- ");
        let Some((key, value)) = line.split_once(':').filter(|(key, _)| is_key(key)) else { continue };
        if is_inner && heading.is_some() {
            keys.add(heading.as_deref(), key);
        } else {
            keys.add(None, key);
            heading = value.trim().is_empty().then(|| key.to_owned());
        }
    }
    Some(keys)
}
