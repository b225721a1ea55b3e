//! A line of rich text: words that are plain, strong or muted, links, and ways to reach someone.

use super::contact_address::contact_address;
use crate::record::common::ContactType;
use crate::record::value::Url;

/// A run of words in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words like any others.
    Plain(String),
    /// Words that should be seen first.
    Strong(String),
    /// Words about something that is late.
    Late(String),
    /// Words that can be passed over.
    Muted(String),
    /// Words that lead somewhere. Only an address that the ledger accepted can be followed.
    Link {
        /// The words.
        text: String,
        /// The address.
        url: Url,
    },
    /// A phone number or an email address, which a program can dial or write to.
    Contact {
        /// The number or address as people read it.
        text: String,
        /// The same for programs: `tel:` or `mailto:`.
        address: String,
    },
}

impl Inline {
    /// The words.
    pub fn text(&self) -> &str {
        match self {
            Inline::Plain(text)
            | Inline::Strong(text)
            | Inline::Late(text)
            | Inline::Muted(text)
            | Inline::Link { text, .. }
            | Inline::Contact { text, .. } => text,
        }
    }
}

/// A line of rich text. It is one line whatever people wrote: printers turn line ends into spaces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line(Vec<Inline>);

impl Line {
    /// A line without words.
    pub fn new() -> Line {
        Line::default()
    }

    /// The same with more plain words.
    pub fn plain(mut self, text: impl AsRef<str>) -> Line {
        match self.0.last_mut() {
            Some(Inline::Plain(before)) => before.push_str(text.as_ref()),
            _ => self.0.push(Inline::Plain(text.as_ref().to_owned())),
        }
        self
    }

    /// The same with strong words.
    pub fn strong(mut self, text: impl Into<String>) -> Line {
        self.0.push(Inline::Strong(text.into()));
        self
    }

    /// The same with words about something that is late.
    pub fn late(mut self, text: impl Into<String>) -> Line {
        self.0.push(Inline::Late(text.into()));
        self
    }

    /// The same with muted words.
    pub fn muted(mut self, text: impl Into<String>) -> Line {
        self.0.push(Inline::Muted(text.into()));
        self
    }

    /// The same with a link.
    pub fn link(mut self, text: impl Into<String>, url: &Url) -> Line {
        self.0.push(Inline::Link { text: text.into(), url: url.clone() });
        self
    }

    /// The same with a way to reach someone, as one that programs can follow where they could.
    pub(crate) fn contact(mut self, kind: ContactType, value: &str) -> Line {
        match contact_address(kind, value) {
            Some(address) => self.0.push(Inline::Contact { text: value.to_owned(), address }),
            None => self = self.plain(value),
        }
        self
    }

    /// The same with words that begin a message: `address` is one by RFC 6068, with everything encoded that is not part of it.
    pub(crate) fn message(mut self, text: impl Into<String>, address: String) -> Line {
        self.0.push(Inline::Contact { text: text.into(), address });
        self
    }

    /// The same with another line behind it.
    pub(crate) fn then(self, line: Line) -> Line {
        line.0.into_iter().fold(self, |mut line, inline| {
            match inline {
                Inline::Plain(words) => return line.plain(words),
                other => line.0.push(other),
            }
            line
        })
    }

    /// Lines behind each other, with words between them.
    pub(crate) fn joined(lines: impl IntoIterator<Item = Line>, between: &str) -> Line {
        let mut joined = Line::new();
        for (at, line) in lines.into_iter().enumerate() {
            joined = if at == 0 { line } else { joined.plain(between).then(line) };
        }
        joined
    }

    /// The runs of words.
    pub fn inlines(&self) -> &[Inline] {
        &self.0
    }

    /// Replaces its words; addresses stay. A number or an email address whose words change is no link anymore.
    pub fn rewrite(&mut self, by: &dyn Fn(&str) -> String) {
        for inline in &mut self.0 {
            let words = match inline {
                Inline::Plain(words) | Inline::Strong(words) | Inline::Late(words) | Inline::Muted(words) => words,
                Inline::Link { text, .. } => text,
                Inline::Contact { text, .. } => {
                    let words = by(text);
                    if words != *text {
                        *inline = Inline::Plain(words);
                    }
                    continue;
                }
            };
            *words = by(words);
        }
    }

    /// The words alone, and the addresses that they lead to.
    pub fn words(&self) -> String {
        let words: String = self.0.iter().map(Inline::text).collect();
        let addresses = self.0.iter().filter_map(|inline| match inline {
            Inline::Link { url, .. } => Some(format!(" {}", url.as_str())),
            _ => None,
        });
        words + &addresses.collect::<String>()
    }

    /// Whether it has no words.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|inline| inline.text().trim().is_empty())
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Line {
        Line::new().plain(text)
    }
}

impl From<String> for Line {
    fn from(text: String) -> Line {
        Line(vec![Inline::Plain(text)])
    }
}
