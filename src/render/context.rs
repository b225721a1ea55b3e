//! What a template can ask for. `view!` declares the fields of a view once, each with the sentence that describes it: the struct, its
//! data for the template and its entry in `docs/templates.md` come from that.

#![cfg_attr(not(feature = "internal"), allow(dead_code, reason = "templates.md is a generated file"))]

use super::site::PageLink;
use chrono::NaiveDate;

/// What is known of the fields of a view.
#[derive(Debug, Clone)]
pub(crate) struct ViewInfo {
    /// What the view is, in a sentence.
    pub about: &'static str,
    /// Its fields, in the order of the declaration.
    pub fields: Vec<ViewField>,
}

/// A field of a view.
#[derive(Debug, Clone)]
pub(crate) struct ViewField {
    /// Its name in a template.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// What can be there.
    pub kind: FieldKind,
}

/// What a field of a view can hold.
#[derive(Debug, Clone)]
pub(crate) enum FieldKind {
    /// Words.
    Text,
    /// A date, `2026-03-10`.
    Date,
    /// A number.
    Number,
    /// Yes or no.
    Truth,
    /// A name with the way to its page.
    Link,
    /// Something with fields of its own.
    View(ViewInfo),
    /// The same, or nothing.
    Optional(Box<FieldKind>),
    /// Several of the same.
    List(Box<FieldKind>),
}

impl FieldKind {
    /// The kind in words.
    pub(crate) fn words(&self) -> String {
        match self {
            FieldKind::Text => "text".to_owned(),
            FieldKind::Date => "date".to_owned(),
            FieldKind::Number => "number".to_owned(),
            FieldKind::Truth => "true or false".to_owned(),
            FieldKind::Link => "link".to_owned(),
            FieldKind::View(_) => "fields".to_owned(),
            FieldKind::Optional(inner) => format!("{}, if there is any", inner.words()),
            FieldKind::List(inner) => format!("list: {}", inner.words()),
        }
    }

    /// Whether there are several.
    pub(crate) fn is_list(&self) -> bool {
        match self {
            FieldKind::List(_) => true,
            FieldKind::Optional(inner) => inner.is_list(),
            _ => false,
        }
    }

    /// The fields of what is in it, where it has any.
    pub(crate) fn inner(&self) -> Option<&ViewInfo> {
        match self {
            FieldKind::View(info) => Some(info),
            FieldKind::Optional(inner) | FieldKind::List(inner) => inner.inner(),
            _ => None,
        }
    }
}

/// A type that a field of a view can have.
pub(crate) trait Shown {
    /// What it is for a template.
    fn kind() -> FieldKind;
}

/// A view with fields.
pub(crate) trait View: serde::Serialize {
    /// What is known of it.
    fn info() -> ViewInfo;
}

impl Shown for String {
    fn kind() -> FieldKind {
        FieldKind::Text
    }
}

impl Shown for &'static str {
    fn kind() -> FieldKind {
        FieldKind::Text
    }
}

impl Shown for NaiveDate {
    fn kind() -> FieldKind {
        FieldKind::Date
    }
}

impl Shown for u32 {
    fn kind() -> FieldKind {
        FieldKind::Number
    }
}

impl Shown for usize {
    fn kind() -> FieldKind {
        FieldKind::Number
    }
}

impl Shown for bool {
    fn kind() -> FieldKind {
        FieldKind::Truth
    }
}

impl Shown for PageLink {
    fn kind() -> FieldKind {
        FieldKind::Link
    }
}

impl<T: Shown> Shown for Option<T> {
    fn kind() -> FieldKind {
        FieldKind::Optional(Box::new(T::kind()))
    }
}

impl<T: Shown> Shown for Vec<T> {
    fn kind() -> FieldKind {
        FieldKind::List(Box::new(T::kind()))
    }
}

/// Declares a view: a struct whose fields and their descriptions templates and `docs/templates.md` share.
macro_rules! view {
    (
        $(#[doc = $about:literal])+
        $visibility:vis struct $name:ident {
            $($(#[doc = $said:literal])+ $field_visibility:vis $field:ident: $type:ty,)*
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
        $visibility struct $name {
            $($(#[doc = $said])+ $field_visibility $field: $type,)*
        }

        impl $crate::render::context::View for $name {
            fn info() -> $crate::render::context::ViewInfo {
                $crate::render::context::ViewInfo {
                    about: concat!($($about),+),
                    fields: vec![$($crate::render::context::ViewField {
                        name: stringify!($field),
                        about: concat!($($said),+),
                        kind: <$type as $crate::render::context::Shown>::kind(),
                    }),*],
                }
            }
        }

        impl $crate::render::context::Shown for $name {
            fn kind() -> $crate::render::context::FieldKind {
                $crate::render::context::FieldKind::View(<$name as $crate::render::context::View>::info())
            }
        }
    };
}

pub(super) use view;
