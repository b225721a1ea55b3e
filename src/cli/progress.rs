//! How far a long piece of work is, as a bar on the terminal. Off a terminal, and with `--quiet`, there is none.

use super::invocation::Invocation;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on stderr that vanishes when the work is done.
#[derive(Debug)]
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar for this many steps; `what` says what is done.
    pub fn new(invocation: &Invocation, what: &'static str, total: usize) -> Progress {
        // On a terminal alone something is drawn.
        let target = if invocation.quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let total = u64::try_from(total).unwrap_or(u64::MAX);
        let bar = ProgressBar::with_draw_target(Some(total), target).with_message(what);
        let style = ProgressStyle::with_template("{msg} [{bar:30}] {pos} of {len}");
        Progress(style.map(|style| bar.clone().with_style(style.progress_chars("=> "))).unwrap_or(bar))
    }

    /// One step is done.
    pub fn step(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
