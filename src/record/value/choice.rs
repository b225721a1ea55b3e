//! Fields that hold one of a few words.

use super::super::field::Choice;
use crate::parse::informal::{guesses, synonyms};
use crate::parse::suggest::{nearest, only_near, slug};
use crate::parse::{Reader, TomlItem};

/// A type with a fixed set of words, declared by `choices!`.
pub(crate) trait Choices: Copy + Eq + 'static {
    /// The words in their order.
    const CHOICES: &'static [Choice];

    /// All values in their order.
    const ALL: &'static [Self];

    /// The position in [`Choices::ALL`].
    fn index(self) -> usize;

    /// The word in the file.
    fn word(self) -> &'static str {
        Self::CHOICES[self.index()].word
    }

    /// What it means, for people.
    fn label(self) -> &'static str {
        Self::CHOICES[self.index()].label
    }
}

/// Reads one of the words; anything else is reported with the nearest.
pub(crate) fn read<T: Choices>(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<T> {
    let words = || T::CHOICES.iter().map(|choice| choice.word);
    let Some(found) = item.get_ref().as_str() else {
        reader.wrong_type(item, "one of the allowed values");
        return None;
    };
    if let Some(at) = words().position(|word| word == found) {
        return T::ALL.get(at).copied();
    }
    let all = words().collect::<Vec<_>>().join(", ");
    let spelled = found.trim().to_lowercase().replace([' ', '_'], "-");
    let certain =
        Choice::find_meant(T::CHOICES, found).map(|choice| choice.word).or_else(|| only_near(&spelled, words()));
    let near = certain.or_else(|| suggest(found, words)).or_else(|| nearest(&spelled, words()));
    let help = match near {
        Some(near) if certain == Some(near) => format!("write \"{near}\""),
        Some(near) => format!("did you mean \"{near}\"? It can be {all}"),
        None => format!("write one of {all}"),
    };
    let message = format!("`{}` cannot be \"{found}\"", reader.field().name);
    reader.invalid_for(item, message, &help, certain.map(|word| format!("\"{word}\"")).as_deref());
    None
}

/// The word that a text suggests: as a whole, or by one of its own words.
fn suggest<I: Iterator<Item = &'static str>>(found: &str, words: impl Fn() -> I) -> Option<&'static str> {
    let lower = found.to_lowercase();
    let parts = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let asked = std::iter::once(slug(found)).chain(parts.map(str::to_owned)).collect::<Vec<String>>();
    let meant = |asked: &String| {
        let known = words().find(|word| word == asked);
        let by_name = || synonyms(asked).iter().find_map(|meant| words().find(|word| word == meant));
        let guess = || guesses(asked).iter().find_map(|meant| words().find(|word| word == meant));
        known.or_else(by_name).or_else(guess)
    };
    asked.iter().find_map(meant)
}

/// Declares an enum whose values are words in a file.
macro_rules! choices {
    ($(#[doc = $doc:literal])* pub enum $name:ident { $($variant:ident = $word:literal: $label:literal,)* }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = $label] $variant,)*
        }

        impl crate::record::value::Choices for $name {
            const CHOICES: &'static [crate::record::field::Choice] =
                &[$(crate::record::field::Choice { word: $word, label: $label },)*];
            const ALL: &'static [$name] = &[$($name::$variant,)*];

            fn index(self) -> usize {
                self as usize
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(crate::record::value::Choices::word(*self))
            }
        }

        impl crate::record::value::Value for $name {
            fn shape() -> crate::record::field::Shape {
                crate::record::field::Shape::Choice(<$name as crate::record::value::Choices>::CHOICES)
            }

            fn read(item: crate::parse::TomlItem<'_>, reader: &mut crate::parse::Reader<'_>) -> Option<Self> {
                crate::record::value::read_choice(item, reader)
            }
        }
    };
}

pub(crate) use choices;
