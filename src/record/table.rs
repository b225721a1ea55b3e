//! `table!` declares a struct together with its field table and its reader; [`Slot`] says how a field holds its value.

use super::field::{Field, Shape, TableDef, Visitor};
use super::value::{At, Value};
use crate::finding::name;
use crate::parse::suggest::is_slug;
use crate::parse::{ExpectedValue, Form, Reader, TableReader, TomlItem, span_of};
use crate::source::Span;
use chrono::NaiveDate;
use toml::de::DeValue;

/// A struct that is read from a table.
pub trait RecordTable: Sized {
    /// Its field table.
    const DEF: &'static TableDef;

    /// Reads all fields. What is wrong becomes findings; what is right is kept.
    fn read_fields(table: &mut TableReader<'_>, reader: &mut Reader<'_>) -> Self;

    /// Walks through all values.
    fn visit<'a>(&'a self, visitor: &mut dyn Visitor<'a>);

    /// The pairs of dates whose order is fixed, where both are there, with the second one's place.
    fn ordered_dates(&self) -> Vec<(&'static str, NaiveDate, &'static str, At<NaiveDate>)>;

    /// Notes that something in it could not be understood: what it decides about privacy is not relied on.
    fn mark_flawed(&mut self);

    /// Whether that was noted.
    fn is_flawed(&self) -> bool;

    /// Reports values that do not fit each other, where the declaration names such a rule.
    fn validate(&self, _reader: &mut Reader<'_>) {}
}

/// Reads a table struct, and reports dates in the wrong order.
pub(crate) fn read_table<T: RecordTable>(table: &mut TableReader<'_>, reader: &mut Reader<'_>) -> T {
    let value = T::read_fields(table, reader);
    for (first_name, first, second_name, second) in value.ordered_dates() {
        if *second < first {
            let names = [first_name, second_name];
            let decides = T::DEF.fields.iter().any(|field| field.flags.duty && names.contains(&field.name));
            let message = format!("`{second_name}` ({}) is before `{first_name}` ({first})", *second);
            let help = format!("correct the wrong date: `{first_name}` comes first");
            reader.on_duty(decides, |reader| {
                reader.report(name::DATES_OUT_OF_ORDER, second.span, message, help);
            });
        }
    }
    value.validate(reader);
    value
}

/// The lists in which no one looks for an entry that is there twice, letter for letter: those whose entries are
/// distinguished by what they are about (`duplicate-entry`), and the agenda, on which a break may come twice.
const IDENTIFIED: [&str; 6] = ["signatures", "amendments", "positions", "attendance", "accounts", "agenda"];

/// How a field holds what was read: one value or none, or a list.
pub trait Slot: Sized {
    /// The type of one value.
    type Of: Value;
    /// Whether it is a list.
    const MANY: bool;
    /// Reads the field.
    fn read(item: Option<TomlItem<'_>>, reader: &mut Reader<'_>) -> Self;
    /// Whether nothing is there.
    fn is_vacant(&self) -> bool;
    /// Walks through the values.
    fn visit<'a>(&'a self, field: &'static Field, visitor: &mut dyn Visitor<'a>);
    /// The one value, if there is one.
    fn single(&self) -> Option<&At<Self::Of>>;
}

impl<T: Value> Slot for Option<At<T>> {
    type Of = T;
    const MANY: bool = false;

    fn read(item: Option<TomlItem<'_>>, reader: &mut Reader<'_>) -> Self {
        read_one(item?, reader)
    }

    fn is_vacant(&self) -> bool {
        self.is_none()
    }

    fn visit<'a>(&'a self, field: &'static Field, visitor: &mut dyn Visitor<'a>) {
        if let Some(at) = self {
            at.value.visit(field, at.span, visitor);
        }
    }

    fn single(&self) -> Option<&At<T>> {
        self.as_ref()
    }
}

impl<T: Value> Slot for Vec<At<T>> {
    type Of = T;
    const MANY: bool = true;

    fn read(item: Option<TomlItem<'_>>, reader: &mut Reader<'_>) -> Self {
        let Some(item) = item else { return Vec::new() };
        match item.get_ref() {
            DeValue::Array(items) => {
                if !IDENTIFIED.contains(&reader.field().name) {
                    reader.note_repeats(items.iter());
                }
                reader.within_list(|reader| items.iter().filter_map(|item| read_one(item, reader)).collect())
            }
            found => {
                let field = reader.field();
                let mut fix = None;
                let help = match (found, T::shape()) {
                    (DeValue::Table(_), Shape::Table(_)) if reader.source(span_of(item)).starts_with('{') => {
                        let written = reader.source(span_of(item));
                        fix = Some(format!("[{written}]"));
                        format!(
                            "put square brackets around it, because there may be several: {} = [{written}]",
                            field.name
                        )
                    }
                    (DeValue::Table(_), Shape::Table(_)) => {
                        let written = reader.source(span_of(item));
                        let name = written.trim_matches(['[', ']']);
                        fix = written.starts_with('[').then(|| format!("[[{name}]]"));
                        let name = if written.starts_with('[') { name } else { field.name };
                        format!("double the brackets of the heading: [[{name}]]")
                    }
                    (_, Shape::Table(_)) => {
                        let lines = field.example.lines().skip(1).collect::<Vec<_>>().join(", ");
                        format!(
                            "write an entry under a heading [[{}]], with each field on its own line, such as {lines}",
                            field.name
                        )
                    }
                    (DeValue::String(text), shape) if has_several(text) => {
                        let (help, list) = list_help(field.name, text, &shape, reader.source(span_of(item)));
                        fix = list;
                        help
                    }
                    (found, shape) => {
                        let list = format!("[{}]", reader.source(span_of(item)));
                        let help = format!("put it in brackets: {} = {list}", field.name);
                        fix = Some(list).filter(|_| may_be_entry(found, &shape));
                        help
                    }
                };
                let message = format!("`{}` must be a list", field.name);
                reader.report_with(name::WRONG_TYPE, item, message, &help, fix.as_deref());
                Vec::new()
            }
        }
    }

    fn is_vacant(&self) -> bool {
        self.is_empty()
    }

    fn visit<'a>(&'a self, field: &'static Field, visitor: &mut dyn Visitor<'a>) {
        for at in self {
            at.value.visit(field, at.span, visitor);
        }
    }

    fn single(&self) -> Option<&At<T>> {
        None
    }
}

/// Whether a text seems to hold several entries.
fn has_several(text: &str) -> bool {
    text.contains([',', ';', '\n']) || text.contains(" and ") || text.contains(" & ") || text.contains('/')
}

/// Whether a value in brackets would be right in a list of this shape.
fn may_be_entry(value: &DeValue<'_>, shape: &Shape) -> bool {
    match (value, shape) {
        (DeValue::String(text), Shape::Choice(choices)) => choices.iter().any(|choice| choice.word == text.as_ref()),
        (DeValue::String(text), Shape::Reference(_) | Shape::Slug) => is_slug(text) && !is_many(text),
        (DeValue::String(text), _) => !text.contains('\n'),
        (_, Shape::Line | Shape::Prose | Shape::Slug | Shape::Reference(_) | Shape::Choice(_)) => false,
        _ => true,
    }
}

/// Whether a word names no single thing, so that no id is meant.
fn is_many(text: &str) -> bool {
    ["all", "everyone", "members", "nobody", "none"].contains(&text)
}

/// What to write in place of a text with commas where a list belongs, and the list if that is certain.
fn list_help(field: &'static str, text: &str, shape: &Shape, written: &str) -> (String, Option<String>) {
    let form = match shape {
        Shape::Slug | Shape::Choice(_) => Form::Slug,
        Shape::Reference(kind) => Form::Reference(kind.singular()),
        _ => Form::Text,
    };
    let expected = ExpectedValue { name: field, form, many: true };
    let text = text.replace(['\n', '/'], "; ").replace(" and ", "; ").replace(" & ", "; ");
    let lines: Vec<&str> = text.split("; ").map(|entry| entry.trim_start_matches(['-', '*', '•', ' '])).collect();
    let text = lines.join("; ");
    let Some(entries) = expected.entries(&text) else {
        return (format!("put it in brackets: {field} = [{written}]"), None);
    };
    let list = format!("[{}]", entries.join(", "));
    let help = format!("put each entry in its own quotes, in brackets: {field} = {list}");
    // A comma may be part of a name.
    if written.contains('\n') {
        (help, Some(list))
    } else if expected.form == Form::Text {
        (format!("{help}, or {field} = [{written}] if it is one"), None)
    } else {
        (help, Some(list))
    }
}

fn read_one<T: Value>(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<At<T>> {
    if reader.is_lost(item) {
        return None;
    }
    T::read(item, reader).map(|value| At { value, span: span_of(item) })
}

/// For serde: leaves out what is not there.
pub(crate) fn is_vacant<S: Slot>(slot: &S) -> bool {
    slot.is_vacant()
}

/// A [`Value`] that is a table.
pub(crate) fn read_value<T: RecordTable>(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<T> {
    let DeValue::Table(table) = item.get_ref() else {
        let help = match item.get_ref() {
            DeValue::Array(_) => format!("write its heading with single brackets: [{}]", reader.field().name),
            _ => {
                let example = reader.field().example;
                let (heading, fields) = example.split_once('\n').unwrap_or((example, ""));
                let fields = fields.lines().collect::<Vec<_>>().join(", ");
                let such_as = if fields.is_empty() {
                    String::new()
                } else {
                    format!(", with each field on its own line, such as {fields}")
                };
                format!("write its fields under a heading: {heading}{such_as}")
            }
        };
        let message = format!("`{}` must be a table of fields", reader.field().name);
        reader.report(name::WRONG_TYPE, span_of(item), message, help);
        return None;
    };
    let mut table = TableReader::new(table, span_of(item), T::DEF.noun);
    let before = reader.findings.len();
    let mut value: T = read_table(&mut table, reader);
    table.finish(reader);
    // A line that a syntax error took away may have been one of this table.
    if reader.findings.len() > before || reader.has_syntax_errors() {
        value.mark_flawed();
    }
    Some(value)
}

/// The span and field of a table, passed to a visitor around its values.
pub(crate) fn visit_value<'a, T: RecordTable>(
    value: &'a T,
    field: &'static Field,
    span: Span,
    visitor: &mut dyn Visitor<'a>,
) {
    visitor.enter(field, span);
    value.visit(visitor);
    visitor.leave();
}

/// Declares a struct with its field table.
///
/// Each field has its doc comment, its marks in brackets if it has any, its name and type, and an example as TOML.
/// `keyed by` names the fields that make two entries of a list of such tables the same one ([`EntryKey`]); `()` is the whole
/// entry. `or` names those of an entry that has none of the first; `with` names more of them, for entries that are alike;
/// `as one` says that an entry is what someone said, and is never put together from two. `order` lists pairs of dates whose order is fixed; `also` names a function that reports values that do not fit each
/// other.
macro_rules! table {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident as $noun:literal {
            $( $(#[doc = $field_doc:literal])* $([$($flag:ident),*])? $field:ident: $slot:ty = $example:literal, )*
        }
        $(keyed by ($($key:ident),*) $(or ($($or:ident),*))? $(with ($($with:ident),*))? $(as $one:ident)?;)?
        $(order { $($first:ident <= $second:ident;)* })?
        $(also $validate:path;)?
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Default, serde::Serialize)]
        #[allow(unreachable_pub, reason = "some tables are part of the library, others are not")]
        pub struct $name {
            $(
                $(#[doc = $field_doc])*
                #[serde(skip_serializing_if = "crate::record::table::is_vacant")]
                pub $field: $slot,
            )*
            /// Whether something in it could not be understood, so that what it says about privacy is not relied on: a
            /// key that no one knows, a value of another type, a syntax error in its file. Of a whole record, only what
            /// may be a mistake about privacy counts.
            #[serde(skip)]
            pub flawed: bool,
        }

        impl crate::record::table::RecordTable for $name {
            const DEF: &'static crate::record::field::TableDef = &crate::record::field::TableDef {
                name: stringify!($name),
                noun: $noun,
                doc: concat!($($doc, "\n"),*),
                fields: &[$(
                    crate::record::field::Field {
                        name: crate::record::field::strip_raw(stringify!($field)),
                        doc: concat!($($field_doc, "\n"),*),
                        example: $example,
                        flags: crate::record::field::Flags::NONE$($(.$flag())*)?,
                        shape: <<$slot as crate::record::table::Slot>::Of as crate::record::value::Value>::shape,
                        many: <$slot as crate::record::table::Slot>::MANY,
                    },
                )*],
                key: crate::record::table::key_of!($(($($key),*) ($($($or),*)?) ($($($with),*)?) ($($one)?))?),
                orders: &[$($((crate::record::field::strip_raw(stringify!($first)), crate::record::field::strip_raw(stringify!($second))),)*)?],
            };

            fn read_fields(
                table: &mut crate::parse::TableReader<'_>,
                reader: &mut crate::parse::Reader<'_>,
            ) -> Self {
                let mut fields = Self::DEF.fields.iter();
                $(
                    let $field = crate::record::table::read_field(fields.next(), table, reader);
                )*
                Self { $($field,)* flawed: false }
            }

            fn mark_flawed(&mut self) {
                self.flawed = true;
            }

            fn is_flawed(&self) -> bool {
                self.flawed
            }

            fn visit<'a>(&'a self, visitor: &mut dyn crate::record::field::Visitor<'a>) {
                let mut fields = Self::DEF.fields.iter();
                $(
                    if let Some(field) = fields.next() {
                        crate::record::table::Slot::visit(&self.$field, field, visitor);
                    }
                )*
            }

            fn ordered_dates(
                &self,
            ) -> Vec<(&'static str, chrono::NaiveDate, &'static str, crate::record::value::At<chrono::NaiveDate>)> {
                #[allow(unused_mut)]
                let mut pairs = Vec::new();
                $($(
                    if let (Some(first), Some(second)) = (&self.$first, &self.$second) {
                        pairs.push((stringify!($first), first.value, stringify!($second), second.clone()));
                    }
                )*)?
                pairs
            }

            $(
                fn validate(&self, reader: &mut crate::parse::Reader<'_>) {
                    $validate(self, reader);
                }
            )?
        }

        impl crate::record::value::Value for $name {
            fn shape() -> crate::record::field::Shape {
                crate::record::field::Shape::Table(<$name as crate::record::table::RecordTable>::DEF)
            }

            fn read(item: crate::parse::TomlItem<'_>, reader: &mut crate::parse::Reader<'_>) -> Option<Self> {
                crate::record::table::read_value(item, reader)
            }

            fn visit<'a>(
                &'a self,
                field: &'static crate::record::field::Field,
                span: crate::source::Span,
                visitor: &mut dyn crate::record::field::Visitor<'a>,
            ) {
                crate::record::table::visit_value(self, field, span, visitor);
            }
        }
    };
}

pub(crate) use table;

/// The [`EntryKey`] of a table, as its declaration says it.
macro_rules! key_of {
    () => { None };
    (($($key:ident),*) ($($or:ident),*) ($($with:ident),*) ($($one:ident)?)) => {
        Some(crate::record::entry_key::EntryKey {
            fields: &[$(crate::record::field::strip_raw(stringify!($key))),*],
            instead: &[$(crate::record::field::strip_raw(stringify!($or))),*],
            further: &[$(crate::record::field::strip_raw(stringify!($with))),*],
            is_one: !stringify!($($one)?).is_empty(),
        })
    };
}

pub(crate) use key_of;

/// Reads one field of a table, as its entry in the field table says.
pub(crate) fn read_field<S: Slot + Default>(
    field: Option<&'static Field>,
    table: &mut TableReader<'_>,
    reader: &mut Reader<'_>,
) -> S {
    let Some(field) = field else { return S::default() };
    if field.flags.required {
        table.require(field.face(), reader);
    }
    let item = table.take(field.face(), reader);
    reader.within(field.face(), |reader| S::read(item, reader))
}
