//! The templates of messages, built in or a coalition's own. A template is plain text: its first line is `Subject: …`, and after
//! an empty line comes the text.

use super::draft::Draft;
use super::letter::Letter;
use super::topic::Topic;
use crate::output::visible;
use crate::render::{RenderError, day_filter};
use tera::{Context, Tera};

/// The built-in templates, by name.
const BUILT_IN: [(&str, &str); 6] = [
    ("mail/signatures.txt", include_str!("templates/signatures.txt")),
    ("mail/actions.txt", include_str!("templates/actions.txt")),
    ("mail/decisions.txt", include_str!("templates/decisions.txt")),
    ("mail/contacts.txt", include_str!("templates/contacts.txt")),
    ("mail/minutes.txt", include_str!("templates/minutes.txt")),
    ("mail/thanks.txt", include_str!("templates/thanks.txt")),
];

/// The built-in templates with their texts, by name.
pub(crate) const fn built_in() -> &'static [(&'static str, &'static str)] {
    &BUILT_IN
}

/// Templates that are ready to be filled in.
#[derive(Debug)]
pub(crate) struct Templates(Tera);

impl Templates {
    /// The built-in templates, with a coalition's own beside them. One of the same name takes the place of the built-in.
    ///
    /// # Errors
    /// Which template is wrong, where, and what is wrong with it.
    pub(crate) fn with_own<'a>(own: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Templates, RenderError> {
        let mut tera = Tera::new();
        // A message is plain text: nothing in it is markup.
        tera.autoescape_on(Vec::<&str>::new());
        tera.register_filter("day", day_filter);
        tera.add_raw_templates(BUILT_IN.into_iter().chain(own)).map_err(|error| RenderError::of("", &error))?;
        Ok(Templates(tera))
    }

    /// A letter in words.
    ///
    /// # Errors
    /// A template that asks for what is not there, or that has no subject.
    pub(crate) fn fill_in(&self, topic: Topic, letter: &Letter) -> Result<Draft, RenderError> {
        let name = format!("mail/{}.txt", topic.word());
        let context = Context::from_serialize(&letter.content).map_err(|error| RenderError::of(&name, &error))?;
        let text = self.0.render(&name, &context).map_err(|error| RenderError::of(&name, &error))?;
        let (first, body) = text.split_once('\n').unwrap_or((&text, ""));
        let Some(subject) = first.strip_prefix("Subject:") else {
            return Err(RenderError {
                template: name,
                line: Some(1),
                column: Some(1),
                reason: "the first line must be the subject: Subject: …".to_owned(),
            });
        };
        let recipients = &letter.recipients;
        let (to, blind) = match letter.is_for_all {
            true => (Vec::new(), recipients.to.iter().chain(&recipients.copy).cloned().collect()),
            false => (recipients.to.clone(), Vec::new()),
        };
        Ok(Draft {
            key: format!("{}-{}", topic.word(), letter.id),
            to,
            copy: if letter.is_for_all { Vec::new() } else { recipients.copy.clone() },
            blind,
            subject: visible(subject.trim()).to_string(),
            body: tidy(body),
        })
    }
}

/// A text without what no one sees, without spaces at the ends of lines, and with one empty line at most between two others.
fn tidy(text: &str) -> String {
    let mut tidied = String::new();
    let mut is_empty = true;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() && is_empty {
            continue;
        }
        is_empty = line.is_empty();
        tidied += &format!("{}\n", visible(line));
    }
    format!("{}\n", tidied.trim_end())
}
