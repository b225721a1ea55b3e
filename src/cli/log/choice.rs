//! Which of a few words one of the command line means.

use crate::document::words;
use crate::parse::suggest::nearest;
use crate::record::field::Choice;
use crate::record::value::Choices;
use anyhow::{Context as _, Result, bail};

/// One of a few words, written as people type it.
pub(super) fn choice(choices: &'static [Choice], word: &str, option: &str) -> Result<&'static Choice> {
    if let Some(choice) = Choice::find_meant(choices, word) {
        return Ok(choice);
    }
    let all: Vec<&str> = choices.iter().map(|choice| choice.word).collect();
    let near = nearest(word.trim(), all.iter().copied());
    let all = words::choice(&all);
    match near {
        Some(near) => bail!("{option} cannot be `{word}`; did you mean {near}? It can be {all}"),
        None => bail!("{option} cannot be `{word}`; it can be {all}"),
    }
}

/// The same, as the type of its field.
pub(super) fn parse_choice<C: Choices>(word: &str, option: &str) -> Result<C> {
    let choice = choice(C::CHOICES, word, option)?;
    let at = C::CHOICES.iter().position(|other| other == choice);
    at.and_then(|at| C::ALL.get(at)).copied().with_context(|| format!("{option} cannot be `{word}`"))
}
