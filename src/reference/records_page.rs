//! `docs/records.md`: the fields of each file of a ledger, for people who edit them.

use super::example::{self, ExampleRecord};
use super::words;
use crate::kind::{Kind, SIGNATURES};
use crate::record::agreement::{Selection, SignatureFile};
use crate::record::coalition::Coalition;
use crate::record::common::Common;
use crate::record::entry_key::EntryKey;
use crate::record::field::Choice;
use crate::record::field::{Field, Shape, TableDef, paragraph};
use crate::record::table::RecordTable;
use crate::record::{Policy, table_of};
use std::fmt::Write;

/// The beginning of the page, before the fields.
const INTRODUCTION: &str = include_str!("records_intro.md");

/// The heading of the parts that several kinds have.
const SHARED: &str = "What several kinds share";

/// The whole page.
pub(crate) fn page() -> String {
    let shared = shared_tables();
    let mut page = RecordsPage { text: INTRODUCTION.replace("{folders}\n", &folders()), shared: &shared };
    page.common_fields();
    page.coalition();
    for kind in Kind::ALL {
        page.kind(kind);
        if kind == Kind::Agreement {
            page.signatures();
        }
    }
    page.shared_parts();
    page.text
}

fn folders() -> String {
    let row = |kind: Kind| {
        let what = words::first_paragraph(table_of(kind).doc);
        let what = what.split(". Each has a file in").next().unwrap_or(&what);
        format!("| `{}/` | {} |\n", kind.folder(), what.trim_end_matches('.'))
    };
    let signatures = format!("| `{SIGNATURES}/AGREEMENT/` | A member who signed the agreement |\n");
    let rows = |kind: Kind| if kind == Kind::Agreement { row(kind) + &signatures } else { row(kind) };
    Kind::ALL.into_iter().map(rows).collect()
}

/// The fields of a table that are tables themselves, with their definitions.
fn inner_tables(table: &'static TableDef) -> impl Iterator<Item = (&'static Field, &'static TableDef)> {
    table.fields.iter().filter_map(|field| match (field.shape)() {
        Shape::Table(inner) => Some((field, inner)),
        Shape::Requirement => Some((field, Selection::DEF)),
        _ => None,
    })
}

/// The tables that more than one kind has, with the field that holds them.
fn shared_tables() -> Vec<(&'static Field, &'static TableDef)> {
    let mut seen = Vec::new();
    let mut shared: Vec<(&'static Field, &'static TableDef)> = Vec::new();
    for (field, inner) in Kind::ALL.into_iter().flat_map(|kind| inner_tables(table_of(kind))) {
        if !seen.contains(&inner.name) {
            seen.push(inner.name);
        } else if !shared.iter().any(|(_, known)| known.name == inner.name) {
            shared.push((field, inner));
        }
    }
    shared
}

/// The page so far.
struct RecordsPage<'s> {
    text: String,
    shared: &'s [(&'static Field, &'static TableDef)],
}

impl RecordsPage<'_> {
    fn paragraph(&mut self, text: &str) {
        self.text.push('\n');
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn common_fields(&mut self) {
        self.paragraph("## What every record may have");
        self.paragraph("`coalition.toml` and the file of every record may have these fields:");
        self.toml(&example::common_fields());
        self.fields(Common::DEF);
        self.inner(Common::DEF, "");
    }

    fn coalition(&mut self) {
        self.paragraph("## The coalition: `coalition.toml`");
        self.paragraph(&paragraph(Coalition::DEF.doc));
        self.example(&example::coalition());
        self.fields(Coalition::DEF);
        self.inner(Coalition::DEF, "");
    }

    fn kind(&mut self, kind: Kind) {
        let table = table_of(kind);
        self.paragraph(&format!("## {}: `{}/`", capitalize(kind.folder()), kind.folder()));
        self.paragraph(&paragraph(table.doc));
        self.example(&example::record(kind));
        self.fields(table);
        self.inner(table, "");
    }

    fn signatures(&mut self) {
        let table = SignatureFile::DEF;
        self.paragraph(&format!("## {}: `{SIGNATURES}/`", capitalize(SIGNATURES)));
        self.paragraph(&paragraph(table.doc));
        self.paragraph(
            "`coalition sign` writes these files. Signatures in the agreement's own record count just the same, each with a \
             `member` line; `coalition fmt --split-signatures` moves them here. Such a file is a part of its agreement: it \
             has no name and none of the fields that every record may have.",
        );
        self.example(&example::signatures());
        self.fields(table);
        self.paragraph("An entry has the fields of [`[[signatures]]`](#signatures) of an agreement, without `member`.");
    }

    fn shared_parts(&mut self) {
        self.paragraph(&format!("## {SHARED}"));
        for (field, table) in self.shared {
            self.part(&[field], table, "");
        }
    }

    /// The tables within a table, each with its own heading; `path` is the prefix of their names.
    fn inner(&mut self, table: &'static TableDef, path: &str) {
        let mut parts: Vec<(Vec<&Field>, &'static TableDef)> = Vec::new();
        for (field, inner) in inner_tables(table).filter(|(_, inner)| !self.is_shared(inner)) {
            match parts.iter_mut().find(|(_, known)| known.name == inner.name) {
                Some((fields, _)) => fields.push(field),
                None => parts.push((vec![field], inner)),
            }
        }
        for (fields, inner) in parts {
            self.part(&fields, inner, path);
        }
    }

    /// One table with the fields that hold such a table, usually a single one.
    fn part(&mut self, fields: &[&Field], table: &'static TableDef, path: &str) {
        let headings: Vec<_> = fields.iter().map(|field| heading(field, path)).collect();
        self.paragraph(&format!("### {}", headings.join(" and ")));
        self.paragraph(&paragraph(table.doc));
        self.fields(table);
        for field in fields {
            self.inner(table, &format!("{path}{}.", field.name));
        }
    }

    fn is_shared(&self, table: &TableDef) -> bool {
        self.shared.iter().any(|(_, shared)| shared.name == table.name)
    }

    fn example(&mut self, example: &ExampleRecord) {
        self.paragraph(&format!("`{}`:", example.path));
        self.toml(&example.text);
    }

    fn toml(&mut self, text: &str) {
        self.paragraph(&format!("```toml\n{}\n```", text.trim_end()));
    }

    /// The table of fields, their order in time and the words that they may be.
    fn fields(&mut self, table: &'static TableDef) {
        let policy = table.name == Policy::DEF.name;
        let (third, of_third): (&str, fn(&Field) -> String) =
            if policy { ("Default", default_of) } else { ("Marks", marks_of) };
        self.paragraph(&format!("| Field | Holds | {third} | Meaning |\n| --- | --- | --- | --- |"));
        for field in table.fields {
            let meaning = self.meaning(field);
            let cells = [format!("`{}`", field.name), words::holds(field), of_third(field), meaning];
            let cells = cells.map(|cell| cell.replace('|', "\\|"));
            let _ = writeln!(self.text, "| {} |", cells.join(" | "));
        }
        self.choices(table);
        self.orders(table);
        if let Some(key) = table.key {
            self.paragraph(&sameness(&key));
        }
    }

    fn meaning(&self, field: &Field) -> String {
        let meaning = field.description();
        match (field.shape)() {
            Shape::Table(inner) if self.is_shared(inner) => {
                format!("{meaning} See [{}](#{}).", lowercase(SHARED), anchor(SHARED))
            }
            _ => meaning,
        }
    }

    fn choices(&mut self, table: &TableDef) {
        for field in table.fields {
            if let Shape::Choice(choices) = (field.shape)() {
                let words: Vec<_> = choices.iter().map(choice).collect();
                self.paragraph(&format!("`{}` can be {}.", field.name, words.join(", ")));
            }
        }
    }

    fn orders(&mut self, table: &TableDef) {
        match table.orders {
            [] => {}
            [(first, second)] => {
                self.paragraph(&format!("If both dates are given, `{first}` must not be after `{second}`."));
            }
            several => {
                let pairs: Vec<_> = several.iter().map(|(first, second)| format!("`{first}` and `{second}`")).collect();
                let rule = "If both dates of a pair are given, the first must not be after the second:";
                self.paragraph(&format!("{rule} {}.", pairs.join("; ")));
            }
        }
    }
}

/// What makes two entries of a list the same one.
fn sameness(key: &EntryKey) -> String {
    let names = |fields: &[&str]| {
        let quoted: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
        match quoted.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => quoted.concat(),
        }
    };
    let mut text = match key.fields {
        [] => "In a merge, two entries count as one if all their fields are the same.".to_owned(),
        fields => format!("In a merge, two entries with the same {} count as one.", names(fields)),
    };
    if !key.instead.is_empty() {
        text += &format!(" Without {}, the merge compares {}.", names(key.fields), names(key.instead));
    }
    if !key.further.is_empty() {
        text += &format!(" If a record has two such entries, {} must be the same too.", names(key.further));
    }
    if key.is_one {
        text += " The merge never combines two versions of one.";
    }
    text
}

/// How the table of a field begins in a file.
fn heading(field: &Field, path: &str) -> String {
    let name = format!("{path}{}", field.name);
    match (field.shape)() {
        Shape::Table(_) if field.many => format!("`[[{name}]]`"),
        Shape::Table(_) => format!("`[{name}]`"),
        _ => format!("`{name} = {{ … }}`"),
    }
}

fn marks_of(field: &Field) -> String {
    let marks = [
        (field.flags.required, "**required**"),
        (field.flags.private, "*private*"),
        (field.flags.past, "not in the future"),
    ];
    marks.iter().filter(|(set, _)| *set).map(|(_, mark)| *mark).collect::<Vec<_>>().join(", ")
}

fn default_of(field: &Field) -> String {
    format!("`{}`", field.example)
}

fn choice(choice: &Choice) -> String {
    if choice.word.eq_ignore_ascii_case(choice.label) {
        format!("`{}`", choice.word)
    } else {
        format!("`{}` ({})", choice.word, choice.label)
    }
}

fn capitalize(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn lowercase(heading: &str) -> String {
    heading.to_lowercase()
}

/// The anchor that git hosts give a heading.
fn anchor(heading: &str) -> String {
    lowercase(heading).replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_every_kind_has_a_row() {
        let page = page();
        let tables = Kind::ALL.map(table_of).into_iter().chain([Common::DEF, Coalition::DEF, Policy::DEF]);
        for table in tables {
            for field in table.fields {
                let row = format!("| `{}` | {} |", field.name, words::holds(field).replace('|', "\\|"));
                assert!(page.contains(&row), "{}: {row}", table.name);
            }
        }
    }

    #[test]
    fn files_of_signatures_have_a_section_and_a_row() {
        let page = page();
        assert!(page.contains("| `signatures/AGREEMENT/` | A member who signed the agreement |"));
        assert!(page.contains("\n## Signatures: `signatures/`\n") && page.contains("\n### `[[signatures]]`\n"));
        assert!(page.contains("`signatures/charter/millbrook-friends.toml`:\n\n```toml\n[[signatures]]\nby ="));
    }

    #[test]
    fn required_private_and_default_are_told() {
        let page = page();
        assert!(page.contains("| `classification` | one of the words below | **required** |"));
        assert!(page.contains("| `notes` | text | *private* |"));
        assert!(page.contains("| `contact_days` | a whole number | `90` |"));
    }

    #[test]
    fn parts_that_several_kinds_have_are_described_once() {
        let page = page();
        assert_eq!(page.matches("### `[[contacts]]`").count(), 1);
        assert_eq!(page.matches("### `[[contact_details]]`").count(), 1);
        assert_eq!(page.matches("### `[[measure.readings]]`").count(), 1);
        assert_eq!(page.matches("### `[[links]]` and `[[sources]]`").count(), 1);
        assert!(page.contains("See [what several kinds share](#what-several-kinds-share)."));
        assert!(page.contains("\n## What several kinds share\n"));
    }

    #[test]
    fn the_order_of_dates_and_the_words_are_told() {
        let page = page();
        assert!(page.contains("`joined` must not be after `left`"));
        assert!(page.contains("`friends-group` (Friends group)"));
        assert!(page.contains("`result` can be `adopted`, `rejected`"));
    }
}
