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
    print(&format!("coalition: {}\n", visible(&explain_system_errors(sentence))));
}

/// What operating systems say of files, in the words of people.
const SYSTEM_ERRORS: [(&str, &str); 7] = [
    ("No such file or directory (os error 2)", "there is no such file or folder"),
    ("Permission denied (os error 13)", "you do not have permission"),
    ("File exists (os error 17)", "it exists already"),
    ("Not a directory (os error 20)", "a part of the path is not a folder"),
    ("Is a directory (os error 21)", "it is a folder"),
    ("No space left on device (os error 28)", "the disk is full"),
    ("Read-only file system (os error 30)", "the disk is read-only"),
];

/// The same sentence with the errors of the operating system in plain words.
fn explain_system_errors(sentence: &str) -> String {
    if !sentence.contains("(os error ") {
        return sentence.to_owned();
    }
    SYSTEM_ERRORS.iter().fold(sentence.to_owned(), |sentence, (error, words)| sentence.replace(error, words))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_system_are_said_in_plain_words() {
        let error = std::fs::read("no-such-file-anywhere").unwrap_err();
        let said = explain_system_errors(&format!("nope.csv cannot be read: {error}"));
        assert!(!said.contains("os error"), "{said}");
        assert_eq!(
            explain_system_errors("what (os error 999) is unknown stays"),
            "what (os error 999) is unknown stays"
        );
    }
}
