//! What all commands need: the ledger, the date, the format, the terminal.

use super::answer::Format;
use super::silence::{self, Silence};
use super::{Color, Options};
use crate::history::History;
use crate::ledger::{Ledger, load};
use crate::output::visible;
use crate::source::disk::Disk;
use crate::source::git::{Repository, Revision};
use crate::source::{ROOT_FILE, Source};
use anyhow::{Context as _, Result, bail};
use chrono::{Local, NaiveDate, NaiveTime};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// One run of the program.
#[derive(Debug)]
pub struct Invocation {
    ledger: Option<PathBuf>,
    /// The revision to read, where not the files as they stand.
    at: Option<String>,
    /// The day to judge by.
    pub today: NaiveDate,
    /// The time of that day, where it is the day on which the program runs and nobody named another.
    pub now: Option<NaiveTime>,
    /// The format that was asked for.
    pub format: Option<Format>,
    /// No closing remarks.
    pub quiet: bool,
    /// More remarks.
    pub verbose: bool,
    color: Color,
}

impl Invocation {
    /// Reads the options and the clock.
    pub fn new(options: Options) -> Result<Invocation> {
        // A variable that is set to nothing, as CI services do, is not set.
        let (today, now) = match options.today.filter(|text| !text.trim().is_empty()) {
            Some(text) => (date(&text, "--today")?, None),
            None => {
                let now = Local::now();
                (now.date_naive(), Some(now.time()))
            }
        };
        Ok(Invocation {
            ledger: options.ledger.filter(|folder| !folder.as_os_str().is_empty()),
            at: options.at,
            today,
            now,
            format: options.format,
            quiet: options.quiet,
            verbose: options.verbose,
            color: options.color,
        })
    }

    /// Where the search for the ledger begins.
    fn start(&self) -> Result<PathBuf> {
        match &self.ledger {
            Some(folder) if !folder.is_dir() => bail!("there is no folder {}", folder.display()),
            Some(folder) => Ok(folder.clone()),
            None => std::env::current_dir().context("the current folder cannot be found"),
        }
    }

    /// The folder of the ledger.
    pub fn disk(&self) -> Result<Disk> {
        let start = self.start()?;
        Disk::discover(&start).with_context(|| {
            format!(
                "no ledger here: {} has no {ROOT_FILE}, nor has any folder above it; `coalition init` makes a new ledger",
                start.display()
            )
        })
    }

    /// The ledger as it was at a revision.
    pub fn revision(&self, name: &str) -> Result<Revision> {
        let start = self.start()?;
        // Where the files as they stand hold no ledger, as in a bare repository, the revision is searched upward.
        let disk = Disk::discover(&start);
        let folder = disk.as_ref().map_or(start.as_path(), |disk| disk.root());
        let Some(repository) = Repository::around(folder)? else {
            bail!("{} is in no git repository, so there is no revision {name}", folder.display());
        };
        Ok(repository.revision(name.trim(), disk.is_none())?)
    }

    /// Refuses to write to the ledger where it is read as it was.
    pub fn refuse_revision(&self, command: &str) -> Result<()> {
        if let Some(revision) = &self.at {
            bail!("--at {revision}: `coalition {command}` writes files, and what was committed cannot be written to");
        }
        Ok(())
    }

    /// Whether a ledger was named, or there is one here.
    pub fn has_ledger(&self) -> bool {
        self.ledger.is_some() || self.at.is_some() || self.disk().is_ok()
    }

    /// Where the ledger is read from, and the folder that paths on the command line are seen from.
    pub fn source(&self) -> Result<(Box<dyn Source>, PathBuf)> {
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
    pub fn load(&self) -> Result<Ledger> {
        let (source, _) = self.source()?;
        let ledger = read(&*source)?;
        if self.verbose {
            let at = self.at.as_ref().map(|name| format!(" at {name}")).unwrap_or_default();
            anstream::eprintln!("read {} files from {}{at}", ledger.file_count, ledger.label);
        }
        Ok(ledger)
    }

    /// What the commits say about the ledger as it stands; `None` outside git, for an earlier revision, and where there is
    /// nothing to ask. Where they could not be asked in full, that is told; and it is a finding in the ledger that nothing
    /// lowers where proofs hang on it, or where it was `asked_for`.
    pub fn history(&self, ledger: &mut Ledger, asked_for: bool) -> Option<History> {
        if self.at.is_some() {
            return None;
        }
        let disk = self.disk().ok()?;
        let read = || match Repository::around(disk.root()).map_err(|error| error.to_string())? {
            Some(repository) => History::of(&repository, ledger),
            None => Ok(None),
        };
        let (history, silence) = match read() {
            Ok(history) => {
                let silence = history.as_ref().and_then(|history| Some((history.cut?, history.looked_at())));
                (history, silence.map(|(cut, looked_at)| Silence::of(cut, looked_at)))
            }
            Err(reason) => (None, Some(Silence::unreadable(&reason))),
        };
        if let Some(silence) = silence {
            if silence.decides && (asked_for || silence::hangs_on_history(ledger)) {
                ledger.findings.push(silence.finding());
            } else if !self.quiet {
                anstream::eprintln!("coalition: {}", visible(&silence.sentence()));
            }
        }
        history
    }

    /// Where to make a new ledger when none is named.
    pub fn folder(&self) -> PathBuf {
        self.ledger.clone().unwrap_or_else(|| PathBuf::from("."))
    }

    /// Whether stdout takes colours.
    pub fn color(&self) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        }
    }

    /// Whether a person can be asked.
    pub fn can_ask(&self) -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }
}

/// A ledger from its source.
pub fn read(source: &dyn Source) -> Result<Ledger> {
    load(source).with_context(|| format!("the ledger {} cannot be read", source.label()))
}

/// A date as people type it: `YYYY-MM-DD`.
pub fn date(text: &str, option: &str) -> Result<NaiveDate> {
    let date = text.trim().parse::<NaiveDate>().ok().filter(|date| date.to_string() == text.trim());
    date.with_context(|| format!("{option} {text}: this is not a date; write year, month and day like 2026-03-01"))
}

/// The path from the root of the repository to the ledger, for annotations: empty or ending with `/`.
pub fn prefix_in_repository(root: &Path) -> String {
    let workspace = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
    let here = workspace.or_else(|| std::env::current_dir().ok()).and_then(|folder| folder.canonicalize().ok());
    let inside = here.and_then(|here| root.strip_prefix(here).ok().map(Path::to_path_buf));
    let parts: Vec<_> = inside.iter().flat_map(|path| path.iter()).map(|part| part.to_string_lossy()).collect();
    if parts.is_empty() { String::new() } else { parts.join("/") + "/" }
}
