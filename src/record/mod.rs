//! One file per kind of record: its struct, its field table, how it is read. The field table feeds the reader, the
//! schemas, the format page and every "did you mean".

pub(crate) mod advocate;
pub(crate) mod agreement;
pub(crate) mod campaign;
pub(crate) mod coalition;
pub(crate) mod committee;
pub(crate) mod common;
mod confidential;
pub(crate) mod contribution;
pub(crate) mod decision;
pub(crate) mod entry_key;
pub(crate) mod field;
pub(crate) mod goal;
pub(crate) mod meeting;
pub(crate) mod member;
pub(crate) mod official;
pub(crate) mod policy;
mod privacy;
pub(crate) mod private_place;
pub(crate) mod request;
pub(crate) mod signing_key;
pub(crate) mod table;
pub(crate) mod value;

pub use advocate::Advocate;
pub use agreement::Agreement;
pub use campaign::Campaign;
pub(crate) use coalition::Coalition;
pub use committee::Committee;
pub use contribution::Contribution;
pub use decision::Decision;
pub use goal::Goal;
pub use meeting::Meeting;
pub use member::Member;
pub use official::Official;
pub(crate) use policy::Policy;
pub(crate) use privacy::{Readers, has_public_minutes, without_private, without_private_data};
use privacy::{is_in_doubt, is_of_unknown_sort, may_have_lost};
pub use request::Request;

use crate::kind::{Kind, RecordKey, each_kind};
use crate::parse::collation::by_place;
use crate::parse::suggest::nearest;
use crate::parse::{ExpectedValue, Reader, TableReader, TomlDocument};
use crate::source::{LedgerPath, Span};
use common::{Common, ContactDetail};
use field::{Field, Shape, TableDef, Visitor};
use private_place::data_of;
use std::cmp::Ordering;
use std::ops::Deref;
use table::{RecordTable, read_table};
use value::At;

/// A struct that is the body of a record of a kind.
pub trait Body: RecordTable + serde::Serialize + Send + Sync + 'static {
    /// The kind.
    const KIND: Kind;
    /// The type of its ids.
    type Id: value::RecordId;

    /// The ways to reach whom or what it is about.
    fn details(&self) -> &[At<ContactDetail>] {
        &[]
    }

    /// The same, to be changed.
    fn details_mut(&mut self) -> &mut [At<ContactDetail>] {
        &mut []
    }

    /// Keeps private all that its fields would open, where one of them may be misspelled or lost.
    fn close(&mut self) {
        self.mark_flawed();
        self.details_mut().iter_mut().for_each(|detail| detail.value.mark_flawed());
    }
}

macro_rules! bodies {
    ($($body:ident($id:ident): $folder:ident, $singular:literal, $with_article:literal $(, reached by $details:ident)?;)*) => {
        $(
            impl Body for $body {
                const KIND: Kind = Kind::$body;
                type Id = value::$id;

                $(
                    fn details(&self) -> &[At<ContactDetail>] {
                        &self.$details
                    }

                    fn details_mut(&mut self) -> &mut [At<ContactDetail>] {
                        &mut self.$details
                    }
                )?
            }
        )*

        /// The field table of a kind, without the fields that every record may have.
        pub fn table_of(kind: Kind) -> &'static TableDef {
            match kind {
                $(Kind::$body => $body::DEF,)*
            }
        }
    };
}

each_kind!(bodies);

/// The fields of a kind in the order in which a record is written: its names, what is its own, and what every record may
/// have. In a file the tables among them follow the values.
pub fn fields_of(kind: Kind) -> impl Iterator<Item = &'static Field> {
    among_common(table_of(kind))
}

/// The fields of `coalition.toml`, likewise.
pub fn fields_of_root() -> impl Iterator<Item = &'static Field> {
    among_common(Coalition::DEF)
}

/// Where a field belongs that a record of a kind does not have itself: under a heading of it, or in a record of another kind.
pub(crate) fn place_of_field(kind: Option<Kind>, name: &str, is_table: bool) -> Option<String> {
    let Some(kind) = kind else { return place_among(fields_of_root().collect(), name, is_table) };
    if let Some(place) = place_of_officer(kind, name) {
        return Some(place);
    }
    let headings: Vec<String> = headings_with(fields_of(kind), name);
    let others = || Kind::ALL.into_iter().filter(|other| table_of(*other).field(name).is_some());
    // What people do is recorded as actions where there are no milestones, and the other way around.
    let twin = match name {
        "milestones" => "actions",
        "actions" => "milestones",
        _ => "",
    };
    let twin = fields_of(kind).find(|field| field.name == twin);
    match (headings.as_slice(), others().count(), twin) {
        (_, _, Some(twin)) => {
            let fields: Vec<&str> = twin.example.lines().skip(1).collect();
            let such_as = fields.join(", ");
            Some(format!("{} has `{}`: write [[{}]], with {such_as}", kind.with_article(), twin.name, twin.name))
        }
        _ if is_table => place_among(fields_of(kind).collect(), name, true),
        ([], 1..=2, _) => {
            let kinds: Vec<&str> = others().map(Kind::with_article).collect();
            Some(format!("`{name}` is a field of {}; put your own fields under [extra]", kinds.join(" or ")))
        }
        ([], ..) => None,
        (headings, ..) if headings.len() <= 2 => {
            Some(format!("move the line below the heading {}", headings.join(" or ")))
        }
        _ => None,
    }
}

/// Where a field, or a heading, belongs that is in one of the tables among these fields; its name may be misspelled.
fn place_among(fields: Vec<&'static Field>, name: &str, is_table: bool) -> Option<String> {
    let inner = |field: &&'static Field| match (field.shape)() {
        Shape::Table(def) if def.name != "Allow" && def.name != "Link" => Some((field.name, def)),
        _ => None,
    };
    let tables: Vec<(&str, &TableDef)> = fields.iter().filter_map(inner).collect();
    let is_like = |field: &Field| matches!((field.shape)(), Shape::Table(_)) == is_table;
    let known = tables.iter().flat_map(|(_, def)| def.fields).filter(|field| is_like(field)).map(|field| field.name);
    let meant = nearest(name, known)?;
    let places: Vec<(&str, &Field)> =
        tables.iter().filter_map(|(heading, def)| Some((*heading, def.field(meant)?))).collect();
    let [(heading, field)] = places.as_slice() else { return None };
    Some(match (is_table, field.many) {
        (true, true) => format!("write its heading as [[{heading}.{meant}]]"),
        (true, false) => format!("write its heading as [{heading}.{meant}]"),
        (false, _) if meant == name => format!("move the line below the heading [{heading}]"),
        (false, _) => format!("did you mean `{meant}`? It goes below the heading [{heading}]"),
    })
}

/// Where a person with a part in a committee is written.
fn place_of_officer(kind: Kind, name: &str) -> Option<String> {
    let role = match name {
        "chair" | "deputy" | "secretary" | "treasurer" => name,
        "vice_chair" | "cochair" | "co_chair" => "deputy",
        "members" | "member" | "officers" => "member",
        _ => return None,
    };
    let seats = fields_of(kind).find(|field| field.name == "seats")?;
    Some(format!(
        "each person has a seat: write [[{}]], then role = \"{role}\" and advocate = \"…\", each on a line",
        seats.name
    ))
}

/// Where a field belongs that a file of signatures does not have itself.
pub(crate) fn place_of_signature_field(_: Option<Kind>, name: &str, _: bool) -> Option<String> {
    let headings = headings_with(agreement::SignatureFile::DEF.fields.iter(), name);
    let heading = headings.first()?;
    Some(format!("write {heading} on a line above it: each signature goes under such a heading"))
}

/// The headings below which a field of this name can stand.
fn headings_with(fields: impl Iterator<Item = &'static Field>, name: &str) -> Vec<String> {
    fields
        .filter_map(|field| match (field.shape)() {
            Shape::Table(def) if def.field(name).is_some() && def.name != "Allow" && def.name != "Link" => {
                Some(if field.many { format!("[[{}]]", field.name) } else { format!("[{}]", field.name) })
            }
            _ => None,
        })
        .collect()
}

/// The field of a record that a line in its file means: the headings that it is under, from the first, and its name.
pub(crate) fn find_expected(
    mut fields: impl Iterator<Item = &'static Field>,
    headings: &[&str],
    key: &str,
) -> Option<ExpectedValue> {
    let (first, below) = headings.split_first().map_or((key, None), |(first, below)| (*first, Some(below)));
    let field = fields.find(|field| field.name == first)?;
    let Some(below) = below else { return Some(field.expected()) };
    match (field.shape)() {
        Shape::Table(table) => find_expected(table.fields.iter(), below, key),
        _ => None,
    }
}

fn among_common(table: &'static TableDef) -> impl Iterator<Item = &'static Field> {
    const FIRST: [&str; 3] = ["name", "other_names", "tags"];
    let common = |first: bool| Common::DEF.fields.iter().filter(move |field| FIRST.contains(&field.name) == first);
    common(true).chain(table.fields).chain(common(false))
}

/// One record: what every record has, and what its kind has. It dereferences to the latter.
#[derive(Debug, Clone)]
pub struct Record<B> {
    /// Kind and id.
    pub key: RecordKey,
    /// Its file.
    pub path: LedgerPath,
    /// What every record may carry.
    pub common: Common,
    /// What its kind carries.
    pub body: B,
}

impl<B> Deref for Record<B> {
    type Target = B;

    fn deref(&self) -> &B {
        &self.body
    }
}

impl<B: Body> Record<B> {
    /// Reads a record from its document. What is wrong becomes findings of the reader; the rest is kept.
    pub fn read(path: &LedgerPath, key: RecordKey, document: &TomlDocument<'_>, reader: &mut Reader<'_>) -> Record<B> {
        reader.know_own_fields(Common::DEF.fields.iter().chain(B::DEF.fields).map(Field::face));
        reader.know_top(&document.table);
        let mut table = TableReader::new(&document.table, Span::START, B::DEF.noun);
        let common = read_table(&mut table, reader);
        let mut body: B = read_table(&mut table, reader);
        table.finish(reader);
        // Each mistake is a finding, so without one there is none about privacy.
        let tables = [Common::DEF, B::DEF];
        let read = || match serde_json::to_value(&body) {
            Ok(serde_json::Value::Object(read)) => read,
            _ => serde_json::Map::new(),
        };
        let is_lost = reader.has_syntax_errors() && may_have_lost(&tables, reader.text(), &read());
        if is_lost {
            body.close();
        } else if !reader.findings.is_empty() {
            let data = data_of(&document.table);
            if is_in_doubt(&tables, &data) {
                body.close();
            } else if is_of_unknown_sort(&tables, &data) {
                body.mark_flawed();
            }
        }
        Record { key, path: path.clone(), common, body }
    }
}

/// A record whose kind is known only when the program runs.
pub trait AnyRecord: Send + Sync {
    /// Kind and id.
    fn key(&self) -> &RecordKey;
    /// Its file.
    fn path(&self) -> &LedgerPath;
    /// What every record may carry.
    fn common(&self) -> &Common;
    /// The field table of its kind.
    fn table(&self) -> &'static TableDef;
    /// Walks through all values, the common ones first.
    fn visit<'a>(&'a self, visitor: &mut dyn Visitor<'a>);
    /// The ways to reach whom or what it is about, in the order of its JSON.
    fn details(&self) -> &[At<ContactDetail>];
    /// Whether something in the record may be a mistake about privacy, so that nothing is open.
    fn is_closed(&self) -> bool;
    /// All fields as JSON, in the order of the field tables, the private ones too.
    fn to_json(&self) -> serde_json::Map<String, serde_json::Value>;

    /// The name that people read, or the id where there is none.
    fn name(&self) -> &str {
        self.common().name.as_ref().map_or(&self.key().id, |name| name.value.as_str())
    }
}

/// The order in which people look records up: by name, records of one name by kind and id.
pub(crate) fn by_name(one: &dyn AnyRecord, other: &dyn AnyRecord) -> Ordering {
    by_place(one.name(), other.name()).then_with(|| one.key().cmp(other.key()))
}

impl<B: Body> AnyRecord for Record<B> {
    fn key(&self) -> &RecordKey {
        &self.key
    }

    fn path(&self) -> &LedgerPath {
        &self.path
    }

    fn common(&self) -> &Common {
        &self.common
    }

    fn table(&self) -> &'static TableDef {
        B::DEF
    }

    fn visit<'a>(&'a self, visitor: &mut dyn Visitor<'a>) {
        self.common.visit(visitor);
        self.body.visit(visitor);
    }

    fn details(&self) -> &[At<ContactDetail>] {
        self.body.details()
    }

    fn is_closed(&self) -> bool {
        self.body.is_flawed()
    }

    fn to_json(&self) -> serde_json::Map<String, serde_json::Value> {
        let mut fields = serde_json::Map::new();
        for part in [serde_json::to_value(&self.common), serde_json::to_value(&self.body)] {
            if let Ok(serde_json::Value::Object(part)) = part {
                fields.extend(part);
            }
        }
        fields
    }
}
