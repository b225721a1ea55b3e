//! What all commands need: the ledger, the date, the format, the terminal.

use super::answer::Format;
use super::aside;
use super::silence::{self, Silence};
use super::terminal::reading_columns;
use super::{Color, Options};
use crate::agreement::{current_version, pin_of};
use crate::check::Setting;
use crate::document::words;
use crate::edit::interpret::date;
use crate::error::Error;
use crate::history::{History, terms_of_version};
use crate::ledger::{Ledger, load};
use crate::output::document_text::Page;
use crate::output::findings_text::Paper;
use crate::output::visible;
use crate::parse::informal::Tense;
use crate::source::disk::Disk;
use crate::source::git::{Repository, Revision};
use crate::source::{ROOT_FILE, Source, is_like_root_file};
use anyhow::{Context as _, Result};
use chrono::{Local, NaiveDate, NaiveTime};
use std::collections::HashMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// One run of the program.
#[derive(Debug)]
pub(super) struct Invocation {
    ledger: Option<PathBuf>,
    /// What named the ledger, and what set the day.
    ledger_by: Option<&'static str>,
    pub(super) today_by: Option<&'static str>,
    /// The revision to read, where not the files as they are.
    pub(super) at: Option<String>,
    /// The day on which the program runs.
    clock_day: NaiveDate,
    /// The day to judge by.
    pub today: NaiveDate,
    /// The time of that day, where it is the day on which the program runs and no one named another.
    pub now: Option<NaiveTime>,
    /// The format that was asked for.
    pub format: Option<Format>,
    /// No summary after the results.
    pub quiet: bool,
    /// More detail.
    pub verbose: bool,
    color: Color,
}

impl Invocation {
    /// Reads the options and the clock.
    pub(super) fn new(options: Options) -> Result<Invocation> {
        let today_by = options.today.as_ref().filter(|text| !text.trim().is_empty());
        let today_by = today_by.map(|_| set_by(&["--today"], "COALITION_TODAY"));
        let ledger_by = options.ledger.as_ref().filter(|folder| !folder.as_os_str().is_empty());
        let ledger_by = ledger_by.map(|_| set_by(&["--ledger", "-C"], "COALITION_LEDGER"));
        // A variable that is set to nothing, as CI services do, is not set.
        let clock = Local::now();
        let past = options.at.as_deref().and_then(day_of).filter(|day| *day < clock.date_naive());
        let (today, now, today_by) = match (options.today.filter(|text| !text.trim().is_empty()), past) {
            (Some(text), _) => (date("--today", &text, clock.date_naive(), Tense::Open)?, None, today_by),
            // Who asks for the ledger as it was on a day asks how it stood on that day.
            (None, Some(day)) => (day, None, Some(AT)),
            (None, None) => (clock.date_naive(), Some(clock.time()), None),
        };
        Ok(Invocation {
            ledger: options.ledger.filter(|folder| !folder.as_os_str().is_empty()),
            ledger_by,
            today_by,
            at: options.at,
            clock_day: clock.date_naive(),
            today,
            now,
            format: options.format,
            quiet: options.quiet,
            verbose: options.verbose,
            color: options.color,
        })
    }

    /// The day whose consent counts: who has withdrawn it since is not named, even where the ledger is read as it was.
    pub(super) fn day_of_consent(&self) -> NaiveDate {
        if self.today_by == Some(AT) { self.clock_day } else { self.today }
    }

    /// What a report says in its heading that is made from the ledger as it was, at an earlier commit or on a day.
    ///
    /// # Errors
    /// Why there is no such revision.
    pub(super) fn describe_past(&self) -> Result<Option<String>> {
        let Some(name) = self.at.as_deref().map(str::trim) else { return Ok(None) };
        let (was, day) = match day_of(name) {
            Some(day) => (format!("on {}", words::format_date(day)), day),
            None => {
                let revision = self.revision(name)?;
                // The newest commit is the present.
                if self.revision("HEAD").is_ok_and(|head| head.id() == revision.id()) {
                    return Ok(None);
                }
                let day = revision.day();
                (format!("at {}, committed on {}", visible(name), words::format_date(day)), day)
            }
        };
        let judged = if day == self.today {
            String::new()
        } else {
            format!(", with today set to {}", words::format_date(self.today))
        };
        Ok(Some(format!("The ledger as it was {was}{judged}")))
    }

    /// Whether git has a commit of the ledger, so that git can do anything about a change.
    pub(super) fn has_commits(&self) -> bool {
        self.repository().is_ok_and(|repository| repository.is_some_and(|repository| !repository.is_unborn()))
    }

    /// Where the search for the ledger begins.
    fn start(&self) -> Result<PathBuf, Error> {
        match &self.ledger {
            Some(folder) if !folder.is_dir() => Err(Error::usage(format!("there is no folder {}", folder.display()))),
            Some(folder) => Ok(folder.clone()),
            None => std::env::current_dir()
                .map_err(|error| Error::environment(format!("cannot find the current folder: {error}"))),
        }
    }

    /// The date that an option gives, as people type dates: `2026-03-01`, `March 1`, `yesterday`.
    pub(super) fn date(&self, option: &str, text: &str, tense: Tense) -> Result<NaiveDate> {
        Ok(date(option, text, self.today, tense)?)
    }

    /// The date of something that an option may give; today without it.
    pub(super) fn past_date(&self, option: &str, text: Option<&String>) -> Result<NaiveDate> {
        text.map_or(Ok(self.today), |text| self.date(option, text, Tense::Past))
    }

    /// The page of a text: on a terminal as wide as it is, up to what is easy to read, and with styles where it has colors.
    pub(super) fn page(&self) -> Page {
        let width = reading_columns().unwrap_or(Page::PLAIN.width);
        Page { width, is_styled: self.color() }
    }

    /// The folder of the ledger.
    pub(super) fn disk(&self) -> Result<Disk, Error> {
        let start = self.start()?;
        Disk::discover(&start).ok_or_else(|| {
            let shown = start.display();
            let error =
                Error::usage(format!("no ledger here: neither {shown} nor any folder above it has a {ROOT_FILE}"));
            match misnamed_root(&start) {
                Some(name) => error.with_hint(format!(
                    "this folder has `{}`: rename it to {ROOT_FILE}, in lowercase letters",
                    visible(&name)
                )),
                None => error.with_hint("`coalition init` starts a new ledger"),
            }
        })
    }

    /// The ledger as it was at a revision.
    pub(super) fn revision(&self, name: &str) -> Result<Revision> {
        let start = self.start()?;
        // Where the files as they are hold no ledger, as in a bare repository, the revision is searched upward.
        let disk = Disk::discover(&start);
        let folder = disk.as_ref().map_or(start.as_path(), |disk| disk.root());
        let Some(repository) = Repository::around(folder)? else {
            stop!(environment, "{} is not in a git repository, so there is no revision {name}", folder.display());
        };
        Ok(repository.revision(name.trim(), disk.is_none())?)
    }

    /// Whether a revision is the newest commit or one that came before it.
    pub(super) fn is_past(&self, name: &str) -> Result<bool> {
        let start = self.start()?;
        let disk = Disk::discover(&start);
        let folder = disk.as_ref().map_or(start.as_path(), |disk| disk.root());
        Ok(Repository::around(folder)?.is_some_and(|repository| repository.is_past(name.trim())))
    }

    /// The folder of the ledger inside its git repository, with slashes; `None` if there is no repository.
    pub(super) fn folder_in_repository(&self) -> Result<Option<String>> {
        let folder = self.disk().map_or_else(|_| self.start(), |disk| Ok(disk.root().to_path_buf()))?;
        Ok(Repository::around(&folder)?.map(|repository| repository.folder().to_owned()))
    }

    /// Refuses to write to the ledger where it is read as it was.
    pub(super) fn refuse_revision(&self, command: &str) -> Result<()> {
        if let Some(revision) = &self.at {
            stop!(usage, "--at {revision}: `coalition {command}` writes files, and a past commit cannot change");
        }
        Ok(())
    }

    /// Whether a ledger was named, or there is one here.
    pub(super) fn has_ledger(&self) -> bool {
        self.ledger.is_some() || self.at.is_some() || self.disk().is_ok()
    }

    /// Where the ledger is read from, and the folder that paths on the command line are seen from.
    pub(super) fn source(&self) -> Result<(Box<dyn Source>, PathBuf)> {
        Ok(match &self.at {
            Some(name) => {
                let revision = self.revision(name)?;
                let root = PathBuf::from(revision.label());
                (Box::new(revision), root)
            }
            None => {
                let disk = self.disk()?;
                let root = disk.root().to_path_buf();
                (Box::new(disk), root)
            }
        })
    }

    /// The ledger, read whole.
    pub(super) fn load(&self) -> Result<Ledger> {
        let (source, _) = self.source()?;
        let ledger = read_ledger(&*source)?;
        if self.verbose {
            let at = self.at.as_ref().map(|name| format!(" at {name}")).unwrap_or_default();
            aside::print(&format!("read {} files from {}{at}\n", ledger.file_count, ledger.label));
        }
        Ok(ledger)
    }

    /// The repository that holds the ledger, with its history up to what is read; `None` outside git.
    pub(super) fn repository(&self) -> Result<Option<Repository>, Error> {
        let folder = self.disk().map_or_else(|_| self.start(), |disk| Ok(disk.root().to_path_buf()))?;
        let repository = Repository::around(&folder)?;
        Ok(match (repository, &self.at) {
            (Some(repository), Some(name)) => Some(repository.up_to(name.trim())?),
            (repository, _) => repository,
        })
    }

    /// What the commits say about the ledger as it is read; `None` outside git, and where there is nothing to ask.
    /// Where they could not be asked in full, that is said; and it is a finding in the ledger that nothing lowers where
    /// proofs depend on it, or where it was `asked_for`. What came after the last commit shared with `since` is one
    /// change request.
    pub(super) fn history(&self, ledger: &mut Ledger, asked_for: bool, since: Option<&str>) -> Option<History> {
        let read = || match self.repository()? {
            Some(repository) => {
                // A revision that cannot be found ends the comparison with it.
                let toward = since.and_then(|since| repository.toward(since.trim()).ok());
                History::of(&toward.unwrap_or(repository), ledger, self.today)
            }
            None => Ok(None),
        };
        let (history, silence) = match read() {
            Ok(history) => {
                let silence = history.as_ref().and_then(|history| Some((history.cut?, history.looked_at())));
                (history, silence.map(|(cut, looked_at)| Silence::of(cut, looked_at)))
            }
            Err(error) => (None, Some(Silence::unreadable(&error))),
        };
        if let Some(silence) = silence {
            if asked_for || silence::hangs_on_history(ledger) {
                ledger.findings.push(silence.finding());
            } else if !self.quiet {
                aside::say(&silence.sentence());
            }
        }
        history
    }

    /// Adds to a ledger what the commits say of its signatures, and gives the history they tell.
    pub(super) fn add_evidence(&self, ledger: &mut Ledger, asked_for: bool, since: Option<&str>) -> Option<History> {
        let history = self.history(ledger, asked_for, since);
        if let Some(history) = &history {
            ledger.evidence = history.evidence();
            ledger.evidence.terms_in_force = self.terms_in_force(ledger);
        }
        history
    }

    /// Says that there are no commits to ask, where proofs are required: who judges by the answer has to know.
    pub(super) fn say_without_commits(&self, ledger: &Ledger) {
        let is_outside = || matches!(self.repository(), Ok(None));
        if !self.quiet && silence::relies_on_proofs(ledger) && is_outside() {
            aside::say(&Silence::outside_git().sentence());
        }
    }

    /// The terms in force of agreements whose record holds the text of a version to come.
    fn terms_in_force(&self, ledger: &Ledger) -> HashMap<String, String> {
        let scheduled = ledger.agreements.iter().filter_map(|agreement| {
            let current = current_version(agreement, self.today);
            (current < agreement.version_number()).then_some((agreement, current))
        });
        let scheduled: Vec<_> = scheduled.collect();
        let Some(repository) = (!scheduled.is_empty()).then(|| self.repository().ok().flatten()).flatten() else {
            return HashMap::new();
        };
        let terms = scheduled.into_iter().filter_map(|(agreement, version)| {
            let pin = pin_of(agreement, version).map(|pin| &pin.value);
            let terms = terms_of_version(&repository, &agreement.key.id, version, pin).ok().flatten()?;
            Some((agreement.key.id.to_string(), terms))
        });
        terms.collect()
    }

    /// Under which settings the gate judges.
    pub(super) fn setting(&self, ledger: &Ledger, since: Option<&str>, is_part: bool) -> Setting {
        let inside = self.folder_in_repository().ok().flatten().filter(|folder| !folder.is_empty());
        let named = inside.unwrap_or_else(|| format!("of {}", quoted_name(ledger.root.name())));
        Setting {
            ledger: visible(&named),
            ledger_by: self.ledger_by,
            today_by: self.today_by,
            since: since.map(|since| visible(since.trim())),
            known: 0,
            is_part,
        }
    }

    /// Where to make a new ledger when none is named.
    pub(super) fn folder(&self) -> PathBuf {
        self.ledger.clone().unwrap_or_else(|| PathBuf::from("."))
    }

    /// What findings are printed on.
    pub(super) fn paper(&self) -> Paper {
        Paper { columns: reading_columns(), has_colors: self.color() }
    }

    /// Whether stdout takes colors.
    pub(super) fn color(&self) -> bool {
        self.color.is_shown()
    }

    /// Whether the answer is shown on a terminal.
    pub(super) fn answers_a_terminal(&self) -> bool {
        std::io::stdout().is_terminal()
    }

    /// Whether a person can be asked.
    pub(super) fn can_ask(&self) -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }
}

/// The option that reads the ledger as it was.
const AT: &str = "--at";

/// The day that a revision is named by, where it is: `2025-06-01`, `main@{2025-06-01}`.
fn day_of(revision: &str) -> Option<NaiveDate> {
    let word = revision.trim();
    let word = word.split_once("@{").and_then(|(_, day)| day.strip_suffix('}')).unwrap_or(word);
    word.parse::<NaiveDate>().ok().filter(|day| day.to_string() == word)
}

/// Whether an option of the command line set something, otherwise a variable.
fn set_by(options: &[&'static str], variable: &'static str) -> &'static str {
    let is_given = |option: &&&'static str| {
        let mut arguments = std::env::args_os().skip(1);
        arguments.any(|argument| argument.to_string_lossy().starts_with(**option))
    };
    options.iter().find(is_given).copied().unwrap_or(variable)
}

/// A name in quotation marks that it cannot close itself, short enough for the end of a sentence.
fn quoted_name(name: &str) -> String {
    let plain: String = name.chars().filter(|letter| !['\u{201c}', '\u{201d}'].contains(letter)).collect();
    let mut short: String = plain.chars().take(NAME_SHOWN).collect();
    if short.len() < plain.len() {
        short.push('\u{2026}');
    }
    words::quote(&short)
}

/// How many letters of a name are shown where it is not the matter.
const NAME_SHOWN: usize = 60;

/// A ledger from its source.
pub(super) fn read_ledger(source: &dyn Source) -> Result<Ledger> {
    load(source).with_context(|| format!("cannot read the ledger {}", source.label()))
}

/// A file in a folder that is the one at the root of a ledger but for its name.
fn misnamed_root(folder: &Path) -> Option<String> {
    let entries = std::fs::read_dir(folder).ok()?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = entries.filter(|name| is_like_root_file(name)).collect();
    names.sort();
    names.into_iter().next()
}
