//! Drafts as files of mail programs: one message (RFC 5322 and MIME), or many in one file (mbox, RFC 4155).

use super::draft::Draft;
use super::mailbox::Mailbox;
use chrono::{NaiveDate, NaiveTime};
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::raw::Raw;

/// A draft as one message, made on a day. It has no sender: the program that opens it fills in its own.
pub(crate) fn eml(draft: &Draft, today: NaiveDate, host: &str) -> String {
    let list = |mailboxes: &[Mailbox]| {
        let one = |mailbox: &Mailbox| Address::new_address(Some(one_line(&mailbox.name)), one_line(&mailbox.address));
        Address::new_list(mailboxes.iter().map(one).collect())
    };
    let mut message = MessageBuilder::new()
        .message_id(format!("{}.{today}@{host}", draft.key))
        .date(today.and_time(NaiveTime::MIN).and_utc().timestamp())
        .subject(one_line(&draft.subject))
        // Outlook opens a message with this header as a draft.
        .header("X-Unsent", Raw::new("1"))
        .text_body(draft.body.replace('\n', "\r\n"));
    if !draft.to.is_empty() {
        message = message.to(list(&draft.to));
    }
    if !draft.copy.is_empty() {
        message = message.cc(list(&draft.copy));
    }
    if !draft.blind.is_empty() {
        message = message.bcc(list(&draft.blind));
    }
    // Writing to memory does not fail.
    message.write_to_string().unwrap_or_default()
}

/// Drafts as one file, in their order.
pub(crate) fn mbox(drafts: &[Draft], today: NaiveDate, host: &str) -> String {
    let mut text = String::new();
    for draft in drafts {
        text += &format!("From MAILER-DAEMON {}\n", today.format("%a %b %e 00:00:00 %Y"));
        for line in eml(draft, today, host).replace("\r\n", "\n").lines() {
            // What looks like the first line of a message is quoted, whatever already is.
            if line.trim_start_matches('>').starts_with("From ") {
                text.push('>');
            }
            text += line;
            text.push('\n');
        }
        text.push('\n');
    }
    text
}

/// Text without line breaks: a header ends where its line ends.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
