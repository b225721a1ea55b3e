//! Why an operation stopped. Bad data in a ledger is a finding and stops nothing; an [`Error`] is for what the program was asked
//! and cannot do. Its kind decides the exit status, its hints say what to do next.

use std::fmt;

/// What kind of reason stopped an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The request itself is wrong: an unknown name, a value that does not fit.
    Usage,
    /// The request is understood, and the rules of the ledger forbid it. Nothing was written.
    Refused,
    /// What was to be read is not what it should be: a file to import, a template, a repository.
    Data,
    /// The system did not do its part: a disk, git, a subprocess.
    Environment,
    /// The program is at fault.
    Internal,
}

impl ErrorKind {
    /// The exit status of a command that stops for this reason: 1 where the answer is no, 2 where the command could not do its
    /// work.
    pub fn exit_status(self) -> u8 {
        match self {
            ErrorKind::Refused => 1,
            ErrorKind::Usage | ErrorKind::Data | ErrorKind::Environment | ErrorKind::Internal => 2,
        }
    }
}

/// Why an operation stopped, in whole sentences for people, with hints on what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    hints: Vec<String>,
}

impl Error {
    /// An error of some kind, with what happened.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into(), hints: Vec::new() }
    }

    /// The request is wrong.
    pub fn usage(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Usage, message)
    }

    /// The rules of the ledger forbid it.
    pub fn refused(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Refused, message)
    }

    /// What was to be read is not what it should be.
    pub fn data(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Data, message)
    }

    /// The system did not do its part.
    pub fn environment(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Environment, message)
    }

    /// The system did not do its part, for the reason that it gives.
    pub fn of_system(what: impl fmt::Display, reason: impl fmt::Display) -> Error {
        Error::environment(format!("{what}: {reason}"))
    }

    /// The program is at fault.
    pub fn internal(message: impl Into<String>) -> Error {
        Error::new(ErrorKind::Internal, message)
    }

    /// The same error with one more hint: a sentence on what to do.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Error {
        self.hints.push(hint.into());
        self
    }

    /// The same reason as an error of another kind: what the ledger refuses may have been typed wrong.
    pub fn with_kind(self, kind: ErrorKind) -> Error {
        Error { kind, ..self }
    }

    /// The same error with words in front, such as the file that it is about.
    pub fn within(self, place: impl fmt::Display) -> Error {
        Error { message: format!("{place}: {}", self.message), ..self }
    }

    /// Its kind.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What happened, without the hints.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do, one sentence each.
    pub fn hints(&self) -> &[String] {
        &self.hints
    }
}

/// The message, and each hint on a line of its own.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.hints.iter().try_for_each(|hint| write!(f, "\nHint: {hint}"))
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_decides_the_exit_status() {
        let refused = Error::refused("the charter has ended").within("agreements/charter.toml").with_hint("amend it");
        assert_eq!((refused.kind(), refused.kind().exit_status()), (ErrorKind::Refused, 1));
        assert_eq!(refused.to_string(), "agreements/charter.toml: the charter has ended\nHint: amend it");
        assert_eq!(refused.with_kind(ErrorKind::Usage).kind().exit_status(), 2);
    }
}
