//! What all commands need: the ledger, the date, the format, the terminal.

use super::answer::Format;
use super::{Color, Options};
use crate::kind::{Kind, RecordKey};
use crate::ledger::{Ledger, Stored, load};
use crate::parse::suggest::nearest;
use crate::record::{AnyRecord, Record};
use crate::source::disk::Disk;
use crate::source::{ROOT_FILE, Source};
use anyhow::{Context as _, Result, bail};
use chrono::{Local, NaiveDate, NaiveTime};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// One run of the program.
#[derive(Debug)]
pub struct Invocation {
    ledger: Option<PathBuf>,
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
        if let Some(revision) = options.at {
            bail!(
                "--at {revision}: reading an earlier revision is not built yet; check out the revision and run again"
            );
        }
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
            today,
            now,
            format: options.format,
            quiet: options.quiet,
            verbose: options.verbose,
            color: options.color,
        })
    }

    /// The folder of the ledger.
    pub fn disk(&self) -> Result<Disk> {
        let start = match &self.ledger {
            Some(folder) if !folder.is_dir() => bail!("there is no folder {}", folder.display()),
            Some(folder) => folder.clone(),
            None => std::env::current_dir().context("the current folder cannot be found")?,
        };
        Disk::discover(&start).with_context(|| {
            format!(
                "no ledger here: {} has no {ROOT_FILE}, nor has any folder above it; `coalition init` makes a new ledger",
                start.display()
            )
        })
    }

    /// Whether a ledger was named, or there is one here.
    pub fn has_ledger(&self) -> bool {
        self.ledger.is_some() || self.disk().is_ok()
    }

    /// The ledger, read whole.
    pub fn load(&self) -> Result<Ledger> {
        let disk = self.disk()?;
        let ledger = load(&disk).with_context(|| format!("the ledger {} cannot be read", disk.label()))?;
        if self.verbose {
            anstream::eprintln!("read {} files from {}", ledger.file_count, disk.label());
        }
        Ok(ledger)
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

/// A date as people type it: `YYYY-MM-DD`.
pub fn date(text: &str, option: &str) -> Result<NaiveDate> {
    let date = text.trim().parse::<NaiveDate>().ok().filter(|date| date.to_string() == text.trim());
    date.with_context(|| format!("{option} {text}: this is not a date; write year, month and day like 2026-03-01"))
}

/// The record that is meant by `kind/id`, by an id that only one record has, or by the path of its file.
pub fn find_record<'l>(ledger: &'l Ledger, word: &str) -> Result<&'l dyn AnyRecord> {
    if let Some((kind, id)) = word.split_once('/')
        && let Ok(kind) = kind.parse::<Kind>()
    {
        let id = id.strip_suffix(".toml").unwrap_or(id);
        let id = id.rsplit('/').next().unwrap_or(id);
        return find_of_kind(ledger, kind, id);
    }
    let found: Vec<RecordKey> =
        Kind::ALL.into_iter().filter_map(|kind| ledger.find(kind, word)).map(|record| record.key().clone()).collect();
    match found.as_slice() {
        [key] => find_of_kind(ledger, key.kind, &key.id),
        [] => {
            let ids = ledger.records().map(|record| &*record.key().id);
            match nearest(word, ids) {
                Some(near) => bail!("there is no record `{word}`; did you mean `{near}`?"),
                None => bail!("there is no record `{word}`; `coalition list members` shows the ids of members"),
            }
        }
        several => {
            let names: Vec<_> = several.iter().map(ToString::to_string).collect();
            bail!("several records have the id `{word}`: write {}", names.join(" or "))
        }
    }
}

/// The record of a kind with this id.
pub fn find_of_kind<'l>(ledger: &'l Ledger, kind: Kind, id: &str) -> Result<&'l dyn AnyRecord> {
    if let Some(record) = ledger.find(kind, id) {
        return Ok(record);
    }
    match nearest(id, ledger.records_of(kind).map(|record| &*record.key().id)) {
        Some(near) => bail!("there is no {kind} `{id}`; did you mean `{near}`?"),
        None => bail!("there is no {kind} `{id}`; `coalition list {}` shows them", kind.folder()),
    }
}

/// The record of one kind that is meant by its id, with or without its kind in front.
pub fn find_typed<'l, B: Stored>(ledger: &'l Ledger, word: &str) -> Result<&'l Record<B>> {
    let kind = B::KIND;
    let id = match word.split_once('/') {
        Some((first, id)) if first.parse::<Kind>()? == kind => id.strip_suffix(".toml").unwrap_or(id),
        Some(_) => bail!("`{word}` is no {kind}; `coalition list {}` shows them", kind.folder()),
        None => word,
    };
    let key = find_of_kind(ledger, kind, id)?.key();
    B::collection(ledger).find(&key.id).with_context(|| format!("the {kind} `{id}` cannot be found"))
}

/// The path from the root of the repository to the ledger, for annotations: empty or ending with `/`.
pub fn prefix_in_repository(root: &Path) -> String {
    let workspace = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
    let here = workspace.or_else(|| std::env::current_dir().ok()).and_then(|folder| folder.canonicalize().ok());
    let inside = here.and_then(|here| root.strip_prefix(here).ok().map(Path::to_path_buf));
    let parts: Vec<_> = inside.iter().flat_map(|path| path.iter()).map(|part| part.to_string_lossy()).collect();
    if parts.is_empty() { String::new() } else { parts.join("/") + "/" }
}
