//! Drafts as one page with a link for each: a click opens it in the mail program.

use super::draft::Draft;
use super::topic::Topic;
use crate::document::{Document, Line, Section};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What an address of a message may hold as it is (RFC 6068).
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@').remove(b'+');
/// The longest link that the mail programs of Windows open.
const LONGEST_LINK: usize = 2000;

/// A page with a link for each draft, and its text below.
pub(crate) fn page(coalition: &str, topic: Topic, drafts: &[Draft]) -> Document {
    let mut document = Document::new(coalition);
    document.add_subtitle(format!("Drafts: {}", topic.word()));
    for draft in drafts {
        let names: Vec<&str> = draft.mailboxes().map(|mailbox| mailbox.name.as_str()).collect();
        let title = match names.as_slice() {
            [] => "No email address".to_owned(),
            [name] => (*name).to_owned(),
            [name, others @ ..] => format!("{name} and {} more", others.len()),
        };
        let mut section = Section::new(title);
        match link(draft) {
            Some(link) => {
                section.paragraph(Line::new().message(format!("Open “{}” in the mail program", draft.subject), link))
            }
            None => section.paragraph(draft.subject.as_str()),
        }
        for paragraph in draft.body.split("\n\n") {
            section.paragraph(paragraph.trim());
        }
        document.add(section);
    }
    document
}

/// The link that opens a draft, unless it is too long for one.
fn link(draft: &Draft) -> Option<String> {
    let encode = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
    let addresses = |list: &[super::mailbox::Mailbox]| {
        list.iter().map(|mailbox| encode(&mailbox.address)).collect::<Vec<_>>().join(",")
    };
    draft.mailboxes().next()?;
    let mut link = format!("mailto:{}?subject={}", addresses(&draft.to), encode(&draft.subject));
    for (field, list) in [("cc", &draft.copy), ("bcc", &draft.blind)] {
        if !list.is_empty() {
            link += &format!("&{field}={}", addresses(list));
        }
    }
    let whole = format!("{link}&body={}", encode(&draft.body.replace('\n', "\r\n")));
    Some(if whole.len() <= LONGEST_LINK { whole } else { link }).filter(|link| link.len() <= LONGEST_LINK)
}
