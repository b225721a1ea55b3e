//! Command lines that say plainly what is meant, though not in the form of their command: a field as an option, an option by another
//! name, words in place of an option. Each is turned into the line that the command takes, and nothing is guessed.

use super::usage::Called;
use crate::kind::Kind;
use crate::ledger::query::entries::EntryList;
use crate::parse::informal::{Reading, Tense, read_date, read_times};
use crate::report;
use chrono::NaiveDate;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

/// Names of options that people expect, and those that they may mean, the likeliest first.
pub(super) const OTHER_NAMES: [(&str, &[&str]); 41] = [
    ("absent", &["regrets"]),
    ("excused", &["regrets"]),
    ("reason", &["because", "note"]),
    ("by", &["owner", "lead", "member", "advocate"]),
    ("with", &["by", "member"]),
    ("person", &["by", "owner", "lead", "advocate"]),
    ("advocate", &["by", "owner", "lead"]),
    ("who", &["by", "owner", "lead", "member"]),
    ("caller", &["by"]),
    ("signer", &["by"]),
    ("signed-by", &["by"]),
    ("owner", &["by", "lead"]),
    ("assignee", &["owner"]),
    ("assigned-to", &["owner"]),
    ("lead", &["owner"]),
    ("from", &["member", "by"]),
    ("organization", &["member", "with-organizations"]),
    ("org", &["member"]),
    ("donor", &["member"]),
    ("notes", &["summary", "reason", "note"]),
    ("note", &["summary", "reason"]),
    ("text", &["summary", "reason"]),
    ("comment", &["summary", "reason"]),
    ("because", &["reason", "note"]),
    ("why", &["reason", "because", "note"]),
    ("time", &["minutes"]),
    ("duration", &["minutes"]),
    ("in", &["where"]),
    ("next", &["follow-up"]),
    ("again", &["follow-up"]),
    ("when", &["date", "due"]),
    ("on", &["date", "due"]),
    ("deadline", &["due"]),
    ("followup", &["follow-up"]),
    ("how", &["channel"]),
    ("via", &["channel"]),
    ("position", &["option"]),
    ("vote", &["option"]),
    ("value", &["amount"]),
    ("worth", &["amount"]),
    ("to", &["member", "output"]),
];

/// Those of the names above that mean several things, so that a person should choose.
const UNSURE: [&str; 2] = ["with", "to"];

/// Options whose value says whether they mean a day or a person.
const BY_VALUE: [&str; 2] = ["by", "on"];

/// What people log by another word, with the channel that it names.
const LOGGED: [(&str, &str, Option<&str>); 18] = [
    ("meeting", "contact", Some("in-person")),
    ("talk", "contact", Some("in-person")),
    ("text", "contact", Some("text")),
    ("sms", "contact", Some("text")),
    ("zoom", "contact", Some("video")),
    ("call", "contact", Some("phone")),
    ("phone", "contact", Some("phone")),
    ("email", "contact", Some("email")),
    ("visit", "contact", Some("in-person")),
    ("letter", "contact", Some("mail")),
    ("gift", "contribution", None),
    ("donation", "contribution", None),
    ("vote", "position", None),
    ("progress", "reading", None),
    ("task", "action", None),
    ("todo", "action", None),
    ("thank", "thanks", None),
    ("answer", "response", None),
];

/// How many mistakes of one line are corrected.
const MOST: usize = 20;

/// A line that cannot be carried out, with what was plain in it in its form, and what is wrong.
pub(super) struct Misunderstood {
    /// What is wrong.
    pub error: Error,
    /// The words of the line.
    pub words: Vec<String>,
}

/// The arguments of the process, with what is plainly meant in its form.
///
/// # Errors
/// If something else is wrong.
pub(super) fn parse(commands: &mut Command) -> Result<clap::ArgMatches, Misunderstood> {
    let given: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let Some(mut words) = given.iter().map(|word| word.to_str().map(str::to_owned)).collect::<Option<Vec<_>>>() else {
        let words = given.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
        return commands.try_get_matches_from_mut(given).map_err(|error| Misunderstood { error, words });
    };
    let mut tries = 0;
    loop {
        let error = match commands.try_get_matches_from_mut(&words) {
            Ok(matches) => return Ok(matches),
            Err(error) => error,
        };
        tries += 1;
        match rewrite(&error, commands, words.get(1..).unwrap_or_default()).filter(|_| tries <= MOST) {
            Some(rewritten) => words.splice(1.., rewritten).for_each(drop),
            None => return Err(Misunderstood { error, words: words.split_off(1) }),
        }
    }
}

/// The words of a command line without the first thing in it that is not in its form.
fn rewrite(error: &Error, root: &Command, words: &[String]) -> Option<Vec<String>> {
    if let (["log"], Some(ContextValue::String(word))) =
        (Called::of(root, words).path.as_slice(), error.get(ContextKind::InvalidSubcommand))
    {
        return as_logged(words, word);
    }
    if let ([], Some(ContextValue::String(word))) =
        (Called::of(root, words).path.as_slice(), error.get(ContextKind::InvalidSubcommand))
    {
        return as_command(words, word, root);
    }
    let (ErrorKind::UnknownArgument, Some(ContextValue::String(unknown))) =
        (error.kind(), error.get(ContextKind::InvalidArg))
    else {
        return None;
    };
    let called = Called::of(root, words);
    let option = unknown.strip_prefix("--").map(|option| option.split('=').next().unwrap_or(option));
    match (called.path.as_slice(), option) {
        (["set" | "add" | "new"], Some(option)) => as_field(words, option),
        (["log", "watch"], Some(option @ ("hours" | "time" | "times"))) => as_hours(words, option),
        (["list"], Some(option @ ("since" | "after" | "until" | "before"))) => as_period(words, option),
        // The name of a format is one.
        (_, Some(option @ ("html" | "json" | "csv" | "markdown" | "yaml" | "ics"))) => {
            let (at, _) = find(words, option).filter(|(_, value)| value.is_none())?;
            Some([words.get(..at)?, &["--format".to_owned(), option.to_owned()], words.get(at + 1..)?].concat())
        }
        // What asks nothing needs no answer.
        (["amend" | "log" | "add" | "remove" | "set", ..], Some("yes")) => {
            let (at, _) = find(words, "yes").filter(|(_, value)| value.is_none())?;
            Some([words.get(..at)?, words.get(at + 1..)?].concat())
        }
        (_, Some(option)) => {
            if called.takes_alone(option) {
                return without(words, option);
            }
            let own = called.own_options();
            let value = called.value_of(option);
            let meant = meant_option(option, value, own.iter().map(|(name, _)| *name))?;
            let is_given = words.iter().any(|word| word.split('=').next() == Some(&format!("--{meant}")));
            (!UNSURE.contains(&option) && !is_given).then(|| renamed(words, option, meant)).flatten()
        }
        // `report since last month`: it only reads, so that no harm is done.
        (["report"], None) => as_option(words, &called),
        // `amend charter "Adds dues" text=@new.md`
        (["amend"], None) => {
            let at = words.iter().rposition(|word| word == unknown)?;
            let (option, value) = match unknown.strip_prefix("text=@") {
                Some(file) => ("--text", file),
                None => ("--summary", unknown.as_str()),
            };
            let is_given = words.iter().any(|word| word.split('=').next() == Some(option));
            let put = [option.to_owned(), value.to_owned()];
            (!is_given).then(|| [&words[..at], &put, &words[at + 1..]].concat())
        }
        // The member may follow the agreement, as in `sign`.
        (["withdraw"], None) => {
            let at = words.iter().rposition(|word| word == unknown)?;
            let is_given = words.iter().any(|word| word.split('=').next() == Some("--member"));
            (!is_given).then(|| [&words[..at], &["--member".to_owned()], &words[at..]].concat())
        }
        (["log" | "done", ..], None) => as_date(words, unknown, &called).or_else(|| as_person(words, unknown, &called)),
        (_, None) => None,
    }
}

/// The option that a command has for one that people expect.
pub(super) fn meant_option<'o>(
    option: &str,
    value: Option<&str>,
    own: impl Iterator<Item = &'o str> + Clone,
) -> Option<&'o str> {
    if BY_VALUE.contains(&option) && value.is_some_and(is_day) {
        return ["due", "date"].into_iter().find_map(|meant| own.clone().find(|name| *name == meant));
    }
    let (_, meant) = OTHER_NAMES.iter().find(|(name, _)| *name == option)?;
    meant.iter().find_map(|meant| own.clone().find(|name| name == meant))
}

/// Where an option is in the line, and its value if it stands in the same word.
fn find<'w>(words: &'w [String], option: &str) -> Option<(usize, Option<&'w str>)> {
    let named = format!("--{option}");
    words.iter().enumerate().find_map(|(at, word)| match word.strip_prefix(&named)? {
        "" => Some((at, None)),
        rest => rest.strip_prefix('=').map(|value| (at, Some(value))),
    })
}

/// `--location Hall` as `location=Hall`, and `--set location=Hall` likewise.
fn as_field(words: &[String], option: &str) -> Option<Vec<String>> {
    let (at, value) = find(words, option)?;
    let next = words.get(at + 1).filter(|next| value.is_none() && !next.starts_with("--"));
    let value = value.or(next.map(String::as_str));
    let field = match (option, value) {
        ("set", value) => value?.to_owned(),
        (option, value) => format!("{}={}", option.replace('-', "_"), value.unwrap_or("yes")),
    };
    let end = at + 1 + usize::from(next.is_some());
    Some([words.get(..at)?, &[field], words.get(end..)?].concat())
}

/// The line with another name for an option.
pub(super) fn renamed(words: &[String], option: &str, meant: &str) -> Option<Vec<String>> {
    let (at, value) = find(words, option)?;
    let word = value.map_or_else(|| format!("--{meant}"), |value| format!("--{meant}={value}"));
    Some([words.get(..at)?, &[word], words.get(at + 1..)?].concat())
}

/// The line without an option in front of a word that stands alone.
fn without(words: &[String], option: &str) -> Option<Vec<String>> {
    let (at, value) = find(words, option)?;
    let alone: Vec<String> = value.map(str::to_owned).into_iter().collect();
    Some([words.get(..at)?, &alone, words.get(at + 1..)?].concat())
}

/// Whether a text names a day. Only its form counts, so that it may be read on any day.
fn is_day(text: &str) -> bool {
    !matches!(read_date(text, NaiveDate::default(), Tense::Past), Reading::Unknown)
}

/// `log call Quill` as `log contact Quill --channel phone`.
fn as_logged(words: &[String], word: &str) -> Option<Vec<String>> {
    let (_, logged, channel) = LOGGED.iter().find(|(name, ..)| *name == word)?;
    let at = words.iter().position(|other| other == word)?;
    let is_given = words.iter().any(|word| word.split('=').next() == Some("--channel"));
    let channel = channel.filter(|_| !is_given).map(|channel| ["--channel".to_owned(), channel.to_owned()]);
    let rest = words.get(at + 1..)?;
    Some([words.get(..at)?, &[(*logged).to_owned()], rest, channel.as_ref().map_or(&[][..], |two| two)].concat())
}

/// Commands by the words that people know from elsewhere, where both do the same.
const COMMANDS: [(&[&str], &str); 6] = [
    (&["delete", "rm", "del"], "remove"),
    (&["create"], "new"),
    (&["mv", "move"], "rename"),
    (&["validate", "lint"], "check"),
    (&["format"], "fmt"),
    (&["ls"], "list"),
];

/// `brief` as `report brief`, `people` as `list people`, `call Pat …` as `log call Pat …`.
fn as_command(words: &[String], word: &str, root: &Command) -> Option<Vec<String>> {
    let at = words.iter().position(|other| other == word)?;
    let (before, rest) = (words.get(..at)?, words.get(at + 1..)?);
    let with = |more: &[&str]| {
        let more: Vec<String> = more.iter().map(|word| (*word).to_owned()).collect();
        Some([before, &more, rest].concat())
    };
    if let Some((_, command)) = COMMANDS.iter().find(|(words, _)| words.contains(&word)) {
        return with(&[command]);
    }
    if word == "version" && rest.is_empty() {
        return with(&["--version"]);
    }
    if matches!(word, "status" | "home" | "overview" | "dashboard") {
        return if rest.is_empty() { with(&[]) } else { None };
    }
    let is_logged = LOGGED.iter().any(|(name, ..)| *name == word)
        || root.find_subcommand("log").is_some_and(|log| log.find_subcommand(word).is_some());
    let named = rest.iter().filter(|word| !word.starts_with('-')).count();
    if is_logged && named > 0 {
        return with(&["log", word]);
    }
    if report::find(word).is_some() {
        return with(&["report", word]);
    }
    let is_listed = word.ends_with('s') || word == "people";
    let is_list = || word.parse::<Kind>().is_ok() || EntryList::find(word).is_some();
    if is_listed && is_list() { with(&["list", word]) } else { None }
}

/// `--since 2026-01-01` of a list as `date:2026-01-01..`.
fn as_period(words: &[String], option: &str) -> Option<Vec<String>> {
    let (at, value) = find(words, option)?;
    let next = words.get(at + 1).filter(|_| value.is_none());
    let day = value.or(next.map(String::as_str))?;
    let term = if matches!(option, "since" | "after") { format!("date:{day}..") } else { format!("date:..{day}") };
    Some([words.get(..at)?, &[term], words.get(at + 1 + usize::from(next.is_some())..)?].concat())
}

/// `--hours 8am-8pm` as `--from 08:00 --to 20:00`.
fn as_hours(words: &[String], option: &str) -> Option<Vec<String>> {
    let (at, value) = find(words, option)?;
    let next = words.get(at + 1).filter(|_| value.is_none());
    let (from, to) = read_times(value.or(next.map(String::as_str))?)?;
    let clock = |time: chrono::NaiveTime| time.format("%H:%M").to_string();
    let range = ["--from".to_owned(), clock(from), "--to".to_owned(), clock(to)];
    Some([words.get(..at)?, &range, words.get(at + 1 + usize::from(next.is_some())..)?].concat())
}

/// A word too many that can only be who does it: `log action june "Order flyers" Ana`.
fn as_person(words: &[String], unknown: &str, called: &Called<'_>) -> Option<Vec<String>> {
    let own = called.own_options();
    let option = ["owner", "lead"].into_iter().find(|option| own.iter().any(|(name, _)| name == option))?;
    let named = format!("--{option}");
    let is_given = words.iter().any(|word| word.split('=').next() == Some(&named));
    let at = words.iter().rposition(|word| word == unknown).filter(|_| !is_given)?;
    Some([words.get(..at)?, &[named], words.get(at..)?].concat())
}

/// A date that stands alone as `--date`.
fn as_date(words: &[String], unknown: &str, called: &Called<'_>) -> Option<Vec<String>> {
    let takes = called.own_options().iter().any(|(name, _)| *name == "date");
    let is_given = words.iter().any(|word| word.split('=').next() == Some("--date"));
    let at = words.iter().rposition(|word| word == unknown).filter(|_| takes && !is_given && is_day(unknown))?;
    Some([words.get(..at)?, &["--date".to_owned()], words.get(at..)?].concat())
}

/// `since last month` as `--since "last month"`.
fn as_option(words: &[String], called: &Called<'_>) -> Option<Vec<String>> {
    let own = called.own_options();
    let is_option = |word: &str| own.iter().any(|(name, value)| *name == word && !value.is_empty());
    let at = words.iter().position(|word| is_option(word))?;
    let value: Vec<&str> =
        words.get(at + 1..)?.iter().take_while(|word| !word.starts_with('-')).map(String::as_str).collect();
    let option = words.get(at)?;
    let end = at + 1 + value.len();
    (!value.is_empty()).then(|| {
        let rewritten = [format!("--{option}"), value.join(" ")];
        [words.get(..at).unwrap_or_default(), &rewritten, words.get(end..).unwrap_or_default()].concat()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(line: &[&str]) -> Option<Vec<String>> {
        let mut commands = super::super::commands();
        let words: Vec<String> = line.iter().map(|word| (*word).to_owned()).collect();
        let all = std::iter::once("coalition".to_owned()).chain(words.clone());
        let error = commands.try_get_matches_from_mut(all).unwrap_err();
        rewrite(&error, &commands, &words)
    }

    #[test]
    fn what_is_plainly_meant_is_taken() {
        for (line, expected) in [
            (&["set", "june", "--location", "Town Hall"][..], &["set", "june", "location=Town Hall"][..]),
            (&["set", "june", "--set", "location=Hall"], &["set", "june", "location=Hall"]),
            (&["add", "june", "agenda", "Budget", "--minutes=10"], &["add", "june", "agenda", "Budget", "minutes=10"]),
            (&["new", "meeting", "June", "--start-time", "6pm"], &["new", "meeting", "June", "start_time=6pm"]),
            (&["new", "committee", "Alert", "--emergency"], &["new", "committee", "Alert", "emergency=yes"]),
            (&["log", "contribution", "food", "--from", "Elm"], &["log", "contribution", "food", "--member", "Elm"]),
            (&["report", "since", "last", "month"], &["report", "--since", "last month"]),
            (&["log", "call", "Pat", "--by", "Ana"], &["log", "contact", "Pat", "--by", "Ana", "--channel", "phone"]),
            (
                &["log", "action", "june", "Vote", "--by", "friday"],
                &["log", "action", "june", "Vote", "--due", "friday"],
            ),
            (&["log", "action", "june", "Vote", "--by", "Ana"], &["log", "action", "june", "Vote", "--owner", "Ana"]),
            (&["log", "action", "june", "Order", "Ana"], &["log", "action", "june", "Order", "--owner", "Ana"]),
            (&["health"], &["report", "health"]),
            (&["report", "goals", "--html"], &["report", "goals", "--format", "html"]),
            (&["list", "contributions", "--since", "2026-01-01"], &["list", "contributions", "date:2026-01-01.."]),
            (&["amend", "charter", "Adds dues"], &["amend", "charter", "--summary", "Adds dues"]),
            (
                &["withdraw", "charter", "--member", "Elm", "--reason", "Left"],
                &["withdraw", "charter", "--member", "Elm", "--because", "Left"],
            ),
            (&["people"], &["list", "people"]),
            (&["call", "Pat", "--by", "Ana"], &["log", "call", "Pat", "--by", "Ana"]),
            (&["rm", "alert"], &["remove", "alert"]),
            (
                &["log", "watch", "alert", "Ana", "--days", "mon", "--hours", "8am-8pm"],
                &["log", "watch", "alert", "Ana", "--days", "mon", "--from", "08:00", "--to", "20:00"],
            ),
            (&["log", "drill", "alert", "yesterday"], &["log", "drill", "alert", "--date", "yesterday"]),
            (&["log", "attendance", "june", "--person", "Ana"], &["log", "attendance", "june", "Ana"]),
            (&["log", "milestone", "--goal", "Sundays", "Vote"], &["log", "milestone", "Sundays", "Vote"]),
        ] {
            let expected: Vec<String> = expected.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(rewritten(line), Some(expected), "{line:?}");
        }
    }

    #[test]
    fn what_may_mean_several_things_is_left_to_the_person() {
        for line in [
            &["log", "contact", "Pat", "--with", "Ana"][..],
            &["log", "contribution", "food", "--member", "Elm", "--from", "Oak"],
            &["log", "contact", "Pat", "--frobnicate"],
            &["log", "watch", "alert", "Ana", "mon-fri", "--days", "mon", "--from", "8am", "--to", "9pm"],
        ] {
            assert_eq!(rewritten(line), None, "{line:?}");
        }
    }
}
