//! What was not read, or not whole, so that a member, an agreement or a signature may be missing unseen.

use crate::agreement;
use crate::document::{Item, Section};
use crate::ledger::Ledger;
use crate::source::LineIndex;
use serde::Serialize;
use std::collections::BTreeSet;

/// What leaves a doubt about the signatures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Doubts {
    /// Files with mistakes among those that decide who has to sign and who did.
    #[serde(rename = "unsure")]
    pub files: BTreeSet<String>,
    /// The same files with the line of the first mistake, for people.
    #[serde(skip)]
    places: BTreeSet<String>,
    /// Files that hold fields of such records and are not read, such as `Members/cedar.toml`.
    pub unread: BTreeSet<String>,
}

impl Doubts {
    /// What leaves a doubt in this ledger.
    pub(crate) fn of(ledger: &Ledger) -> Doubts {
        let (unread, files): (Vec<_>, Vec<_>) =
            agreement::doubts(ledger).into_iter().partition(|doubt| doubt.is_unread);
        let place = |doubt: &agreement::Doubt| match ledger.texts.get(&doubt.path) {
            Some(text) => format!("{}:{}", doubt.path, LineIndex::new(text).position(doubt.span.range().start).line),
            None => doubt.path.to_string(),
        };
        Doubts {
            places: files.iter().map(place).collect(),
            files: files.into_iter().map(|doubt| doubt.path.to_string()).collect(),
            unread: unread.into_iter().map(|doubt| doubt.path.to_string()).collect(),
        }
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty() && self.unread.is_empty()
    }

    /// The doubts for people.
    pub(crate) fn section(&self) -> Section {
        let items = |paths: &BTreeSet<String>| paths.iter().map(|path| Item::new(path.as_str())).collect::<Vec<_>>();
        let mut section = Section::new("Files with mistakes");
        let mistakes = "These files have mistakes, so signatures in them may be missing from this report. To see the mistakes, run coalition check:";
        section.titled_list(mistakes, items(&self.places));
        let unread =
            "These files look like records but are in the wrong place. To see where they belong, run coalition check:";
        section.titled_list(unread, items(&self.unread));
        section
    }
}
