//! Ids of records, one type for each kind, so that an advocate's id is never looked for among members.

use super::super::field::{Field, Leaf, Shape, Visitor};
use super::Value;
use super::text::text;
use crate::kind::{Kind, RecordKey, each_kind};
use crate::parse::{Reader, TomlItem};
use crate::source::Span;
use serde::Serialize;
use std::fmt;

/// The id of a record of a certain kind.
pub trait RecordId: Clone + Ord + std::hash::Hash + fmt::Display {
    /// The kind.
    const KIND: Kind;

    /// The id as text, in lower case.
    fn as_str(&self) -> &str;

    /// The key of the record in the whole ledger.
    fn key(&self) -> RecordKey {
        RecordKey::new(Self::KIND, self.as_str())
    }
}

macro_rules! ids {
    ($($kind:ident($name:ident): $folder:ident, $singular:literal, $with_article:literal $(, reached by $details:ident)?;)*) => {$(
        #[doc = concat!("The id of ", stringify!($kind), " records. Upper and lower case are the same.")]
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub struct $name(Box<str>);

        impl $name {
            /// The id from text.
            pub fn new(id: &str) -> Self {
                Self(id.to_lowercase().into())
            }
        }

        impl RecordId for $name {
            const KIND: Kind = Kind::$kind;

            fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Value for $name {
            fn shape() -> Shape {
                Shape::Reference(Kind::$kind)
            }

            fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                text(item, reader, "text with an id").map(Self::new)
            }

            fn visit<'a>(&'a self, field: &'static Field, span: Span, visitor: &mut dyn Visitor<'a>) {
                visitor.leaf(field, span, Leaf::Reference(Kind::$kind, &self.0));
            }
        }
    )*};
}

each_kind!(ids);
