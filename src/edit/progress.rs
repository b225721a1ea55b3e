//! Reports the progress of long work to a caller that wants it; this module does not use the terminal.

/// Receives the progress of long work.
pub(crate) trait WriteProgress {
    /// Work of so many steps begins.
    fn begin(&self, what: &str, steps: usize);
    /// Some steps are done.
    fn advance(&self, steps: usize);
    /// The work is done or was stopped.
    fn finish(&self);
}

/// Ignores the progress.
#[cfg(test)]
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Silent;

#[cfg(test)]
impl WriteProgress for Silent {
    fn begin(&self, _what: &str, _steps: usize) {}
    fn advance(&self, _steps: usize) {}
    fn finish(&self) {}
}
