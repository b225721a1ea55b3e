//! A message that is ready to be read and sent by a person.

use super::mailbox::Mailbox;

/// A message that is ready to be read and sent by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    /// What tells it from all others of a ledger: `signatures-birch-library`.
    pub key: String,
    /// To whom it goes. Empty where the records have no address.
    pub to: Vec<Mailbox>,
    /// Who gets a copy.
    pub copy: Vec<Mailbox>,
    /// Who gets it without the others seeing their address.
    pub blind: Vec<Mailbox>,
    /// Its subject, in one line.
    pub subject: String,
    /// Its text.
    pub body: String,
}

impl Draft {
    /// Everyone whom it reaches, in the order of its headers.
    pub(crate) fn mailboxes(&self) -> impl Iterator<Item = &Mailbox> {
        self.to.iter().chain(&self.copy).chain(&self.blind)
    }

    /// The draft as a person reads it.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        for (header, mailboxes) in [("To", &self.to), ("Cc", &self.copy), ("Bcc", &self.blind)] {
            if !mailboxes.is_empty() {
                let list: Vec<String> =
                    mailboxes.iter().map(|mailbox| format!("{} <{}>", mailbox.name, mailbox.address)).collect();
                text += &format!("{header}: {}\n", list.join(", "));
            }
        }
        if self.mailboxes().next().is_none() {
            text += "To: (no email address in the records)\n";
        }
        format!("{text}Subject: {}\n\n{}", self.subject, self.body)
    }
}
