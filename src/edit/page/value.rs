//! A value as it is written, with its parts.

use super::PathStep;
use std::ops::Range;

/// A value with its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ValuePlace {
    /// Its bytes, brackets and quotes included.
    pub span: Range<usize>,
    /// What is inside.
    pub inside: Inside,
}

/// What is inside a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Inside {
    /// Nothing with a place of its own.
    Scalar,
    /// The entries of a list in brackets.
    List(Vec<ValuePlace>),
    /// The fields of a table in braces, each with its key, which may be dotted, and where its key begins.
    Table(Vec<(Vec<String>, usize, ValuePlace)>),
}

impl ValuePlace {
    /// The value inside this one that the steps lead to.
    pub(crate) fn find(&self, steps: &[PathStep]) -> Option<&ValuePlace> {
        let Some((first, rest)) = steps.split_first() else { return Some(self) };
        match (&self.inside, first) {
            (Inside::List(items), PathStep::At(at)) => items.get(*at)?.find(rest),
            (Inside::Table(fields), PathStep::Key(_)) => fields.iter().find_map(|(path, _, value)| {
                let leads = steps.len() >= path.len()
                    && path.iter().zip(steps).all(|(word, step)| matches!(step, PathStep::Key(key) if key == word));
                if leads { value.find(steps.get(path.len()..)?) } else { None }
            }),
            _ => None,
        }
    }
}
