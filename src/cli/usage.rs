//! What is said of a command line that no command understands: the way that works.

use super::meant::{Misunderstood, meant_option, renamed};
use super::terminal::{answer_columns, fit_words, message_columns};
use super::{aside, example_names, examples, misuse};
use crate::document::words::shell_word;
use crate::kind::Kind;
use crate::ledger::{Ledger, load};
use crate::output::{visible, visible_text};
use crate::record::common::Common;
use crate::record::field::Field;
use crate::record::fields_of;
use crate::record::table::RecordTable as _;
use crate::source::disk::Disk;
use crate::source::git::Repository;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};
use std::io::Write as _;
use std::path::PathBuf;
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
            let Some(sentence) = misuse::describe(error, &called) else {
                // A closed pipe is the reader's choice; there is no one left to tell.
                let _ = print(error, &called);
                return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
            };
            aside::say(&sentence);
            let word = unknown_command(error);
            let tip = called.tip(error.kind(), unknown);
            let expected = || word.and_then(|command| tip_for(command, called.has_commits())).map(str::to_owned);
            let tip = tip.or_else(expected);
            let tip = tip.or_else(|| called.example_of(word.and_then(shown_by)?));
            let example = || called.complete(error, words).or_else(|| called.example(error.kind()));
            if let Some(tip) = tip.or_else(example) {
                aside::print(&format!("Hint: {}\n", visible(&tip)));
            }
            aside::print(&format!("Hint: `{} --help` explains it\n", called.name()));
        }
    }
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

/// Prints what the parser of arguments says, laid out for the terminal.
fn print(error: &Error, called: &Called<'_>) -> std::io::Result<()> {
    let ledger = called.ledger();
    let text = error.render().ansi().to_string();
    // An example is a line of its own.
    let fit_line = |line: &str| {
        if line.starts_with("  coalition ") { example_names::fit(line, ledger.as_ref()) } else { line.to_owned() }
    };
    let text: String = text.split_inclusive('\n').map(fit_line).collect();
    let text = text + &called.fields_of_kind().filter(|_| error.kind() == ErrorKind::DisplayHelp).unwrap_or_default();
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
    /// The whole line.
    words: &'c [String],
}

impl<'c> Called<'c> {
    /// The command that words call.
    pub(super) fn of(root: &'c Command, words: &'c [String]) -> Called<'c> {
        let mut called = Called { command: root, path: Vec::new(), rest: Vec::new(), words };
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

    /// The whole name of the command.
    pub(super) fn name(&self) -> String {
        std::iter::once("coalition").chain(self.path.iter().copied()).collect::<Vec<_>>().join(" ")
    }

    /// The names of the commands below it.
    pub(super) fn subcommands(&self) -> impl Iterator<Item = &'c str> {
        self.command.get_subcommands().filter(|one| !one.is_hide_set()).map(Command::get_name)
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

    /// The fields of the kind that `new` is asked about, each with what it means.
    fn fields_of_kind(&self) -> Option<String> {
        if self.path != ["new"] {
            return None;
        }
        let Some(kind) = self.rest.iter().find_map(|word| word.parse::<Kind>().ok()) else {
            return Some("\nThe fields of a kind: `coalition new meeting --help`\n".to_owned());
        };
        let line = |field: &Field| {
            let description = field.description();
            let sentence = description.split(". ").next().unwrap_or_default().lines().next().unwrap_or_default();
            let needed = if field.flags.required { " (required)" } else { "" };
            format!("  {}: {}{needed}\n", field.name, sentence.trim_end_matches('.'))
        };
        // Those of the kind come before those that every record has.
        let is_common = |field: &&Field| Common::DEF.field(field.name).is_some();
        let (common, own): (Vec<&Field>, Vec<&Field>) =
            fields_of(kind).filter(|field| field.name != "name").partition(is_common);
        let lines: String = own.into_iter().chain(common).map(line).collect();
        Some(format!("\nThe fields of {}:\n{lines}", kind.with_article()))
    }

    /// Where the search for the ledger begins.
    fn start(&self) -> Option<PathBuf> {
        let named = self.words.iter().position(|word| matches!(word.as_str(), "-C" | "--ledger"));
        let named = named.and_then(|at| self.words.get(at + 1)).map(PathBuf::from);
        let of_environment = || std::env::var_os("COALITION_LEDGER").filter(|path| !path.is_empty()).map(PathBuf::from);
        named.or_else(of_environment).map_or_else(std::env::current_dir, Ok).ok()
    }

    /// Whether git has a commit of the ledger.
    fn has_commits(&self) -> bool {
        let disk = self.start().and_then(|start| Disk::discover(&start));
        let repository = disk.and_then(|disk| Repository::around(disk.root()).ok().flatten());
        repository.is_some_and(|repository| !repository.is_unborn())
    }

    /// The ledger at hand, from which examples take their names.
    fn ledger(&self) -> Option<Ledger> {
        load(&Disk::discover(&self.start()?)?).ok()
    }

    /// The words of the command's example, with names of the ledger at hand.
    fn example_words(&self) -> Option<Vec<String>> {
        let words = examples::words_of(&self.path.join(" "))?;
        Some(example_names::fit_words_of(words, self.ledger().as_ref()))
    }

    /// The example of a command, with such names.
    fn example_of(&self, command: &str) -> Option<String> {
        let words = example_names::fit_words_of(examples::words_of(command)?, self.ledger().as_ref());
        Some(format!("for example: {}", as_typed(&words)))
    }

    /// The command's example, where the words do not fit its form.
    fn example(&self, kind: ErrorKind) -> Option<String> {
        let fits = [ErrorKind::UnknownArgument, ErrorKind::MissingRequiredArgument, ErrorKind::WrongNumberOfValues];
        let example = self.example_words().filter(|_| fits.contains(&kind))?;
        Some(format!("for example: {}", as_typed(&example)))
    }

    /// The line with what it lacks, taken from the command's example.
    fn complete(&self, error: &Error, words: &[String]) -> Option<String> {
        let missing = match (error.kind(), error.get(ContextKind::InvalidArg)) {
            (ErrorKind::MissingRequiredArgument, Some(ContextValue::Strings(missing))) => missing,
            _ => return None,
        };
        let example = self.example_words()?;
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
                    "`coalition set {} {}` sets a field; `add` adds an entry to a list",
                    shell_word(record),
                    shell_word(field)
                ))
            }
            (["log"], ["minutes", meeting, ..]) => Some(format!(
                "`coalition set {} minutes=@minutes.md` reads them from a file",
                shell_word(meeting)
            )),
            (["log"], ["decision", decision, ..]) => Some(format!(
                "`coalition set {} result=adopted decided=today` says how a decision ended",
                shell_word(decision)
            )),
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
fn tip_for(command: &str, has_commits: bool) -> Option<&'static str> {
    Some(match command {
        "undo" | "revert" | "restore" if has_commits => {
            "git keeps every earlier version: `git diff` shows a change, `git restore FILE` undoes it"
        }
        "undo" | "revert" | "restore" => {
            "each command shows the lines that it changed; `coalition edit` opens the record, so that you can put them back"
        }
        "commit" | "push" | "publish" if has_commits => "git does that: `git add -A`, `git commit`, `git push`",
        "commit" | "push" | "publish" => {
            "git does that: `git init`, `git add -A`, `git commit -m \"Start the ledger\"`, and then `git push`"
        }
        "save" => "each command saves what it changes; there is nothing else to save",
        "find" | "search" | "grep" => {
            "`coalition list people ana` finds the people of whom a record says \u{201c}ana\u{201d}"
        }
        "archive" | "close" | "end" => {
            "the record stays, and its date says that it is over: left=today for an organization, end_date=today for a person, \
             an official or a committee, dropped=today for a goal"
        }
        "test" => "`coalition check`",
        "minutes" => "`coalition set` reads the minutes of a meeting from a file, with minutes=@minutes.md",
        _ => return None,
    })
}

/// The command whose example shows how to do what people expect of a command that other programs have.
fn shown_by(word: &str) -> Option<&'static str> {
    Some(match word {
        "join" | "invite" => "new",
        "call" | "contact" | "visit" | "email" | "phone" => "log contact",
        "thank" | "thanks" => "log thanks",
        "note" | "notes" => "set",
        "signature" | "agreement" => "sign",
        "vote" | "decision" | "position" => "log position",
        "meeting" | "attendance" => "log attendance",
        "donation" | "gift" | "hours" | "contribution" => "log contribution",
        "task" | "todo" | "action" => "log action",
        "seat" => "add",
        "answer" | "reply" | "response" => "log response",
        _ => return None,
    })
}
