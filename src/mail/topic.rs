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
    /// Contributions that no one has been thanked for
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
            Topic::Actions => "There are no open actions with a responsible person.",
            Topic::Decisions => "Every member has stated a position on every open decision.",
            Topic::Contacts => "No contacts are due in the next 30 days.",
            Topic::Minutes => "The last meeting has no minutes yet, or they have already been sent.",
            Topic::Thanks => "Everyone who gave something has been thanked.",
        }
    }
}
