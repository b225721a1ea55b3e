//! How a CSV file is laid out, where it does not show: what stands between its cells, which row has the headings, and what to
//! propose where no column holds names.

use crate::exchange::import::{Mapping, Target, Wishes, listed, mapping};
use crate::exchange::register::{self, Layout, Register};
use crate::kind::Kind;

/// What stands between cells, as people say it.
#[derive(Debug, Clone, Copy)]
pub struct Separator(pub u8);

impl std::str::FromStr for Separator {
    type Err = String;

    fn from_str(text: &str) -> Result<Separator, String> {
        match text {
            "tab" | "\\t" => Ok(Separator(b'\t')),
            text => match text.as_bytes() {
                [byte] if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"\"\n\r".contains(byte) => {
                    Ok(Separator(*byte))
                }
                _ => Err("write one character, like \"|\", or tab".to_owned()),
            },
        }
    }
}

/// The number of a row, from 1.
pub fn row_number(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|row| *row > 0).ok_or_else(|| "write the number of a row, from 1".to_owned())
}

/// Whether a column holds names, or ids of records that are there and have one.
pub fn is_named(mapping: &Mapping) -> bool {
    let is_name = |name: String| name == "name";
    let is_named = mapping.taken.iter().any(|(_, target)| is_name(target.name()));
    let is_known = mapping.taken.iter().any(|(_, target)| matches!(target, Target::Id));
    is_named || is_known || mapping.given.iter().any(|(target, _)| is_name(target.name()))
}

/// What is said of a file in which no column holds names. A `table` may be laid out in another way than it seems.
pub fn nameless(kind: Kind, mapping: &Mapping, table: Option<&[u8]>, wishes: &Wishes) -> String {
    let columns: Vec<String> =
        mapping.taken.iter().map(|(column, _)| column.clone()).chain(mapping.left.clone()).collect();
    let told =
        format!("no column holds the name of the {kind}; say which with --map name=COLUMN: {}", listed(&columns));
    let Some(bytes) = table else { return told };
    let marks = if columns.len() == 1 { &OTHER_SEPARATORS[..] } else { &[] };
    let separators = marks.iter().filter(|mark| columns.iter().any(|column| column.contains(char::from(**mark))));
    let layouts = std::iter::once(None).chain(separators.map(|mark| Some(*mark)));
    let found = layouts
        .flat_map(|separator| (1..=HEADINGS_SOUGHT).map(move |row| Layout { separator, heading_row: Some(row) }));
    let found = found.filter(|layout| {
        let register = register::read_table(bytes, layout).ok();
        register.and_then(|register| mapping_of(&register, kind, wishes)).is_some_and(|mapping| is_named(&mapping))
    });
    match found.min_by_key(|layout| layout.heading_row) {
        Some(Layout { separator: Some(mark), heading_row: Some(1) }) => {
            format!("{told}; the cells seem to be separated by something else: --separator \"{}\"", char::from(mark))
        }
        Some(Layout { separator: Some(mark), heading_row: Some(row) }) => {
            format!(
                "{told}; the headings seem to be in row {row}: --heading-row {row} --separator \"{}\"",
                char::from(mark)
            )
        }
        Some(Layout { heading_row: Some(row), .. }) => {
            format!("{told}; the headings seem to be in row {row}: --heading-row {row}")
        }
        _ => {
            format!("{told}; where cells or headings stand otherwise, --separator CHARACTER and --heading-row N say so")
        }
    }
}

fn mapping_of(register: &Register, kind: Kind, wishes: &Wishes) -> Option<Mapping> {
    mapping(register, kind, wishes).ok()
}

/// What may stand between cells beside commas, semicolons and tabs.
const OTHER_SEPARATORS: [u8; 4] = *b"|:^~";

/// In how many rows the headings are looked for, for a proposal.
const HEADINGS_SOUGHT: usize = 12;
