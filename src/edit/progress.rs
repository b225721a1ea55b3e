//! How far long work has come, for anyone who wants to know; the terminal is used elsewhere.

/// Who follows the progress.
pub trait Progress {
    /// Work of so many steps begins.
    fn begin(&self, what: &str, steps: usize);
    /// Some steps are done.
    fn advance(&self, steps: usize);
    /// The work is done, or given up.
    fn finish(&self);
}

/// No one follows it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _what: &str, _steps: usize) {}
    fn advance(&self, _steps: usize) {}
    fn finish(&self) {}
}
