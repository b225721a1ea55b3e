//! Drafts of reminders, minutes and thank-you messages: who has not signed, what someone agreed to do, what was given. Nothing
//! is ever sent; a person reads each draft in a mail program, changes it and sends it.
//!
//! [`letters`] says who should get a message and what it is about, [`Templates`] puts it into words, and [`message`] and
//! [`page`] write it for mail programs and for a browser.

mod draft;
mod letter;
mod mailbox;
mod message;
mod page;
mod templates;
#[cfg(test)]
mod tests;
mod topic;

pub(crate) use draft::Draft;
pub(crate) use letter::{Letter, letters};
pub(crate) use message::{eml, mbox};
pub(crate) use page::page;
pub(crate) use templates::{Templates, built_in};
pub(crate) use topic::Topic;
