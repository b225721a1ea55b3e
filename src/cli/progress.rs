//! A progress bar for long work, shown only on a terminal.

use super::invocation::Invocation;
use crate::edit::progress::WriteProgress;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// A bar on stderr, if that is a terminal and `--quiet` is not set.
#[derive(Debug)]
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A bar for one run of the program.
    pub(super) fn new(invocation: &Invocation) -> Bar {
        let hidden = invocation.quiet || !std::io::stderr().is_terminal();
        Bar(if hidden { ProgressBar::hidden() } else { ProgressBar::new(0) })
    }
}

impl WriteProgress for Bar {
    fn begin(&self, what: &str, steps: usize) {
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {percent}%") {
            self.0.set_style(style);
        }
        self.0.reset();
        self.0.set_length(steps as u64);
        self.0.set_message(what.to_owned());
    }

    fn advance(&self, steps: usize) {
        self.0.inc(steps as u64);
    }

    fn finish(&self) {
        self.0.finish_and_clear();
    }
}
