//! What is said of a command line that no command understands: the way that works.

use super::meant::{Misunderstood, meant_option, renamed};
use super::terminal::{answer_columns, fit_words, message_columns};
use super::{aside, examples};
use crate::document::words::shell_word;
use crate::output::{visible, visible_text};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};
use std::io::Write as _;
use std::process::ExitCode;

/// Prints help and version to stdout, misuse to stderr with what would work.
pub(super) fn explain(misunderstood: &Misunderstood, root: &Command) -> ExitCode {
    let Misunderstood { error, words } = misunderstood;
    let called = Called::of(root, words);
    let unknown = match (error.kind(), error.get(ContextKind::InvalidArg)) {
        (ErrorKind::UnknownArgument, Some(ContextValue::String(word))) => Some(word.as_str()),
        _ => None,
    };
    match unknown.and_then(|word| word.strip_prefix("--")) {
        // The parser would suggest to write the option behind `--`, which helps no one here.
        Some(option) => aside::print(&visible_text(&called.describe_option(option, words))),
        None => {
            // A closed pipe is the reader's choice; there is no one left to tell.
            let _ = print(error);
            let tip = unknown_command(error).and_then(tip).map(str::to_owned);
            let tip = tip.or_else(|| called.tip(error.kind(), unknown));
            let example = || called.complete(error, words).or_else(|| called.example(error.kind()));
            if let Some(tip) = tip.or_else(example) {
                aside::print(&format!("\n  tip: {}\n", visible(&tip)));
            }
        }
    }
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

/// Prints what the parser of arguments says, laid out for the terminal.
fn print(error: &Error) -> std::io::Result<()> {
    let text = error.render().ansi().to_string();
    if error.use_stderr() {
        anstream::stderr().write_all(fit_words(&text, message_columns()).as_bytes())
    } else {
        anstream::stdout().write_all(fit_words(&text, answer_columns()).as_bytes())
    }
}

/// The command that a command line calls.
pub(super) struct Called<'c> {
    command: &'c Command,
    /// Its names, from the first: `log`, `action`.
    pub path: Vec<&'c str>,
    /// What comes after them.
    rest: Vec<&'c str>,
}

impl<'c> Called<'c> {
    /// The command that words call.
    pub(super) fn of(root: &'c Command, words: &'c [String]) -> Called<'c> {
        let mut called = Called { command: root, path: Vec::new(), rest: Vec::new() };
        for word in words {
            match called.command.find_subcommand(word).filter(|_| called.rest.is_empty() || called.path.is_empty()) {
                Some(command) => {
                    called.command = command;
                    called.path.push(command.get_name());
                    called.rest.clear();
                }
                None => called.rest.push(word),
            }
        }
        called
    }

    fn name(&self) -> String {
        std::iter::once("coalition").chain(self.path.iter().copied()).collect::<Vec<_>>().join(" ")
    }

    /// What follows an option on the command line.
    pub(super) fn value_of(&self, option: &str) -> Option<&'c str> {
        let named = format!("--{option}");
        let with_value = format!("{named}=");
        self.rest.iter().enumerate().find_map(|(at, word)| match *word == named {
            true => self.rest.get(at + 1).copied().filter(|value| !value.starts_with("--")),
            false => word.strip_prefix(with_value.as_str()),
        })
    }

    /// That the command has no option of this name, and what does it.
    fn describe_option(&self, word: &str, words: &[String]) -> String {
        let option = word.split('=').next().unwrap_or(word);
        let value = self.value_of(option).unwrap_or("VALUE");
        let quoted = shell_word(value);
        let field = option.replace('-', "_");
        let mut text = format!("coalition: `{}` has no option `--{option}`\n", self.name());
        let own = self.own_options();
        let near = meant_option(option, self.value_of(option), own.iter().map(|(name, _)| *name)).or_else(|| {
            crate::parse::suggest::nearest(option, own.iter().map(|(name, _)| *name)).filter(|near| near.len() > 2)
        });
        match (self.path.first().copied(), near) {
            (Some("list"), None) => text += &format!("Hint: ask for a field with a colon: {field}:{quoted}\n"),
            (Some("render"), _) if option == "to" => {
                text += &format!(
                    "Hint: the folder of the pages is a field of the coalition: coalition set coalition \
                     render.output={quoted}\n"
                );
            }
            (_, near) => {
                if let Some(near) = near {
                    text += &match renamed(words, option, near) {
                        Some(line) => format!("Hint: did you mean --{near}? {}\n", as_typed(&line)),
                        None => format!("Hint: did you mean --{near}?\n"),
                    };
                }
                let own: Vec<String> = own.iter().map(|(name, value)| format!("--{name}{value}")).collect();
                if !own.is_empty() {
                    text += &format!("Hint: its options are {}\n", own.join(", "));
                }
                let positionals: Vec<String> = self
                    .command
                    .get_positionals()
                    .map(|one| format!("<{}>", one.get_id().as_str().to_uppercase()))
                    .collect();
                if !positionals.is_empty() && near.is_none() {
                    text += &format!("Hint: without an option it takes {}\n", positionals.join(" "));
                }
            }
        }
        text + &format!("Hint: `{} --help` explains it\n", self.name())
    }

    /// Whether the command takes what an option names as a word alone: `--goal` of `log milestone`.
    pub(super) fn takes_alone(&self, option: &str) -> bool {
        let is_person = matches!(option, "person" | "people" | "who" | "advocate");
        self.command.get_positionals().any(|one| {
            let named = one.get_id().as_str() == option.replace('-', "_");
            named || is_person && one.get_value_names().is_some_and(|names| names.iter().any(|name| *name == "WHOM"))
        })
    }

    /// The long options that only this command has, each with the name of its value.
    pub(super) fn own_options(&self) -> Vec<(&'c str, String)> {
        let own = self.command.get_arguments().filter(|one| !one.is_global_set() && !one.is_hide_set());
        let named = own.filter_map(|one| {
            let name = one.get_long().filter(|name| !matches!(*name, "help" | "version"))?;
            let values = one.get_value_names().filter(|_| one.get_action().takes_values());
            let value = values.and_then(|names| names.first()).map_or_else(String::new, |value| format!(" {value}"));
            Some((name, value))
        });
        named.collect()
    }

    /// The command's example, where the words do not fit its form.
    fn example(&self, kind: ErrorKind) -> Option<String> {
        let fits = [ErrorKind::UnknownArgument, ErrorKind::MissingRequiredArgument, ErrorKind::WrongNumberOfValues];
        let example = examples::words_of(&self.path.join(" ")).filter(|_| fits.contains(&kind))?;
        Some(format!("for example: {}", as_typed(&example)))
    }

    /// The line with what it lacks, taken from the command's example.
    fn complete(&self, error: &Error, words: &[String]) -> Option<String> {
        let missing = match (error.kind(), error.get(ContextKind::InvalidArg)) {
            (ErrorKind::MissingRequiredArgument, Some(ContextValue::Strings(missing))) => missing,
            _ => return None,
        };
        let example = examples::words_of(&self.path.join(" "))?;
        let takes_value = |word: &str| {
            self.command.get_arguments().any(|one| {
                one.get_long().is_some_and(|long| word.strip_prefix("--") == Some(long))
                    && one.get_action().takes_values()
            })
        };
        let plain = |words: &[String]| -> Vec<String> {
            let mut follows = false;
            let is_plain = |word: &&String| {
                let is_value = std::mem::replace(&mut follows, takes_value(word));
                !is_value && !word.starts_with('-')
            };
            words.iter().filter(is_plain).cloned().collect()
        };
        let given: Vec<String> = self.rest.iter().map(|word| (*word).to_owned()).collect();
        let mut line = words.to_vec();
        let mut more = plain(example.get(self.path.len()..)?).into_iter().skip(plain(&given).len());
        for one in missing {
            match one.split([' ', '=']).next().filter(|one| one.starts_with("--")) {
                Some(option) => {
                    let at = example.iter().position(|word| word == option)?;
                    line.extend([option.to_owned(), example.get(at + 1)?.clone()]);
                }
                // What the example gives as an option may stand alone.
                None => {
                    let option = format!("--{}", one.trim_matches(['<', '>']).to_lowercase());
                    let value = example.iter().position(|word| *word == option).and_then(|at| example.get(at + 1));
                    line.extend(more.next().or(value.cloned()));
                }
            }
        }
        Some(format!("for example: {}", as_typed(&line)))
    }

    /// What does what was tried with words that do not fit.
    fn tip(&self, kind: ErrorKind, unknown: Option<&str>) -> Option<String> {
        let words: Vec<&str> = self.rest.iter().copied().filter(|word| !word.starts_with('-')).collect();
        let is_kind = |word: &str| word.parse::<crate::kind::Kind>().is_ok();
        match (self.path.as_slice(), words.as_slice()) {
            (["add"], [record, field, ..]) if kind == ErrorKind::MissingRequiredArgument && field.contains('=') => {
                Some(format!(
                    "`coalition set {} {}` sets a field; `add` makes an entry of a list",
                    shell_word(record),
                    shell_word(field)
                ))
            }
            (["set"], [field]) if field.contains('=') => Some(format!(
                "name the record first, or `coalition` for a field of the coalition: `coalition set coalition {}`",
                shell_word(field)
            )),
            (["add"], [kind, name, ..]) if is_kind(kind) => Some(format!("`coalition new {kind} {}`", shell_word(name))),
            (["export"], [format, ..]) if unknown.is_some() || kind == ErrorKind::InvalidSubcommand => Some(match *format {
                "csv" | "tables" => {
                    "`coalition export --to FOLDER` writes CSV tables; `coalition list people --format csv` prints one"
                        .to_owned()
                }
                "json" | "jsonl" => "`coalition export --format jsonl` prints whole records".to_owned(),
                kind if is_kind(kind) => format!("`coalition list {kind} --format csv` prints one table"),
                _ => "`coalition export --to FOLDER` writes CSV tables".to_owned(),
            }),
            (["render"], [_, ..]) if unknown.is_some() => Some("`coalition render` alone writes the pages".to_owned()),
            _ => None,
        }
    }
}

/// A command line as it is typed.
fn as_typed(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| shell_word(word)).collect();
    format!("coalition {}", words.join(" "))
}

/// The line that this process was started with, and more words at its end.
pub(super) fn typed_line(more: &[String]) -> String {
    let words: Vec<String> = std::env::args().skip(1).chain(more.iter().cloned()).collect();
    as_typed(&words)
}

/// The command that was named, where there is none of that name.
fn unknown_command(error: &Error) -> Option<&str> {
    match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(name)) => Some(name),
        _ => None,
    }
}

/// What does what people expect of a command that other programs have.
fn tip(command: &str) -> Option<&'static str> {
    Some(match command {
        "status" | "home" | "overview" | "dashboard" => {
            "`coalition` alone shows where you stand, and `coalition report` prints the brief"
        }
        "undo" | "revert" | "restore" => {
            "git keeps every earlier version: `git diff` shows a change, `git restore FILE` undoes it"
        }
        "commit" | "save" | "push" | "publish" => "git does that: `git add -A`, `git commit`, `git push`",
        "delete" | "rm" => "`coalition remove RECORD`",
        "create" => "`coalition new KIND NAME`",
        "mv" | "move" => "`coalition rename RECORD NEW-ID`",
        "find" | "search" | "grep" => {
            "`coalition list KIND WORD` finds records, such as `coalition list people riverton`"
        }
        "validate" | "lint" | "test" => "`coalition check`",
        "format" => "`coalition fmt`",
        "join" | "invite" => "`coalition new organization NAME`, and `coalition set ORGANIZATION joined=today`",
        "call" | "contact" => "`coalition log contact WHOM --by PERSON --channel phone`",
        "thank" | "thanks" => "`coalition log thanks CONTRIBUTION`",
        "minutes" => "`coalition set MEETING minutes=@FILE` reads them from a file",
        "signature" | "signatures" | "agreement" => "`coalition sign AGREEMENT MEMBER`",
        "vote" | "decision" => "`coalition log position DECISION MEMBER OPTION`",
        "note" | "notes" => "`coalition set RECORD notes=\"…\"`",
        "visit" | "email" | "phone" => "`coalition log contact WHOM --by PERSON --channel CHANNEL`",
        "meeting" => "`coalition new meeting NAME`, and `coalition log attendance MEETING PEOPLE`",
        "donation" | "gift" | "hours" => "`coalition log contribution KIND --member MEMBER`",
        "task" | "todo" => "`coalition log action MEETING WHAT --owner PERSON`",
        "seat" => "`coalition add COMMITTEE seats role=chair advocate=PERSON`",
        "answer" | "reply" => "`coalition log response REQUEST MEMBER ANSWER`",
        "brief" => "`coalition report` prints the brief",
        "calendar" => "`coalition report calendar`",
        "health" => "`coalition report health`",
        "contacts" | "phones" => {
            "`coalition report contacts`, and `coalition list people --fields name,phone --private`"
        }
        "emergency" => "`coalition report emergency` prints the call sheet",
        _ => return None,
    })
}
