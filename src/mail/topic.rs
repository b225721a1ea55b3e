//! What messages can be about.

use clap::ValueEnum;

/// What messages can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Topic {
    /// Agreements that a member has not signed
    Signatures,
    /// What a person agreed to do and has not done
    Actions,
    /// Open decisions on which a member has stated no position
    Decisions,
    /// Whom a person should get in touch with
    Contacts,
    /// The minutes of the last meeting, to all members
    Minutes,
    /// Contributions for which no one was thanked
    Thanks,
}

impl Topic {
    /// The word for it: in commands, templates and names of files.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Topic::Signatures => "signatures",
            Topic::Actions => "actions",
            Topic::Decisions => "decisions",
            Topic::Contacts => "contacts",
            Topic::Minutes => "minutes",
            Topic::Thanks => "thanks",
        }
    }

    /// What it means that there is nothing to write about.
    pub(crate) const fn nothing(self) -> &'static str {
        match self {
            Topic::Signatures => "No required signature is missing.",
            Topic::Actions => "No action that someone agreed to do is open.",
            Topic::Decisions => "Every member has stated a position on every open decision.",
            Topic::Contacts => "No one has to be contacted in the next 30 days.",
            Topic::Minutes => "The last meeting has no minutes yet, or they were sent already.",
            Topic::Thanks => "Everyone who gave something was thanked.",
        }
    }
}
