//! What is wrong with a command line, in the voice of the program, where the parser of arguments finds it.

use super::usage::Called;
use crate::document::words::{choice, list};
use crate::parse::suggest::nearest;
use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What is wrong, as a sentence without a period; `None` where the parser shows help.
pub(super) fn describe(error: &Error, called: &Called<'_>) -> Option<String> {
    let name = called.name();
    let one = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let several = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::String(text)) => vec![text.clone()],
        _ => Vec::new(),
    };
    let argument = one(ContextKind::InvalidArg).map(say_argument).unwrap_or_default();
    Some(match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return None;
        }
        ErrorKind::MissingSubcommand => {
            let commands: Vec<&str> = called.subcommands().filter(|command| *command != "help").collect();
            format!("`{name}` needs one more word: {}", choice(&commands))
        }
        ErrorKind::InvalidSubcommand => {
            let word = one(ContextKind::InvalidSubcommand).unwrap_or_default();
            let what =
                if called.path.is_empty() { "there is no command".to_owned() } else { format!("`{name}` has no") };
            let near = nearest(word, called.subcommands());
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            format!("{what} `{word}`{near}")
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = several(ContextKind::InvalidArg).iter().map(|one| say_argument(one)).collect::<Vec<_>>();
            format!("`{name}` needs {}", list(&missing))
        }
        ErrorKind::UnknownArgument => match one(ContextKind::InvalidArg) {
            Some(word) if word.starts_with('-') => format!("`{name}` has no option `{word}`"),
            word => format!(
                "`{}` is one word too many for `{name}`; put a name or a text of several words in quotes",
                word.unwrap_or_default()
            ),
        },
        ErrorKind::InvalidValue => {
            let word = one(ContextKind::InvalidValue).unwrap_or_default();
            let words: Vec<String> = several(ContextKind::ValidValue).iter().map(|word| format!("`{word}`")).collect();
            match (word, words.as_slice()) {
                ("", []) => format!("{argument} needs a value"),
                ("", words) => format!("{argument} needs a value: {}", choice(words)),
                (word, []) => format!("{argument} cannot be `{word}`"),
                (word, words) => format!("{argument} cannot be `{word}`; it can be {}", choice(words)),
            }
        }
        ErrorKind::ValueValidation => {
            let word = one(ContextKind::InvalidValue).unwrap_or_default();
            match std::error::Error::source(error) {
                Some(reason) => format!("{argument} `{word}`: {reason}"),
                None => format!("{argument} cannot be `{word}`"),
            }
        }
        ErrorKind::ArgumentConflict => match several(ContextKind::PriorArg).as_slice() {
            [] => format!("{argument} cannot be given with the rest"),
            others if others.iter().any(|other| say_argument(other) == argument) => {
                format!("{argument} can be given only once")
            }
            others => {
                let others: Vec<String> = others.iter().map(|other| say_argument(other)).collect();
                format!("{argument} cannot be given together with {}", list(&others))
            }
        },
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
            format!("{argument} has too many or too few values")
        }
        _ => {
            let text = error.render().to_string();
            text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
        }
    })
}

/// An argument as the program writes it: `<ENTRY>...` as ENTRY, `--member <MEMBER>` as it is typed.
fn say_argument(argument: &str) -> String {
    let plain = argument.trim_end_matches("...").replace(['<', '>', '[', ']'], "");
    plain.trim().to_owned()
}
