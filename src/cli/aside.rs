//! ◦ Messages beside the answer, on standard error, and whether one of them could not be written.

use super::terminal::{fit_words, message_columns};
use crate::output::{visible, without_commands};
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a message could not be written.
static UNSAID: AtomicBool = AtomicBool::new(false);

/// Whether this run has changed files of a ledger.
static CHANGED: AtomicBool = AtomicBool::new(false);

/// Prints a sentence with the program's name in front.
pub(super) fn say(sentence: &str) {
    print(&format!("coalition: {}\n", visible(sentence)));
}

/// Prints lines, laid out for a terminal, with nothing in them that a CI service would take for a command. Where they cannot be
/// written, the run goes on, and ends as one that could not do its work.
pub(super) fn print(text: &str) {
    let text = fit_words(&without_commands(text), message_columns());
    let mut out = anstream::stderr().lock();
    if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_err() {
        UNSAID.store(true, Ordering::Relaxed);
    }
}

/// Whether a message could not be written.
pub(super) fn is_unsaid() -> bool {
    UNSAID.load(Ordering::Relaxed)
}

/// Remembers that files of the ledger were changed.
pub(super) fn remember_change() {
    CHANGED.store(true, Ordering::Relaxed);
}

/// Whether files of the ledger were changed: whoever hears that something failed must not try that again.
pub(super) fn has_changed() -> bool {
    CHANGED.load(Ordering::Relaxed)
}
