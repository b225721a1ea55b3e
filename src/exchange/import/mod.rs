//! Records from import files: which column holds which field, what each row becomes, and which record it is. Everything is computed first. If any
//! row is wrong, every mistake is reported by row and nothing is written.

mod aliases;
mod cell_damage;
mod cells;
mod column;
mod contact;
mod entries;
mod heading;
mod heading_word;
mod identity;
mod language;
mod matching;
mod nested_detail;
mod open;
mod organizations;
mod person_name;
mod plan;
mod postal_address;
mod question;
mod reference;
mod restriction;
mod row;
#[cfg(test)]
mod tests;
mod value;
mod written_name;

pub(crate) use column::{ColumnOptions, ColumnTarget, Mapping, list_columns, map_columns, read_record_ids};
pub(crate) use entries::{EntryMapping, find_importable, importable_lists, judge_entries, map_entries, read_entries};
pub(crate) use identity::RowOutcome;
pub(crate) use open::{
    FileOptions, LEFT_OUT_COLUMNS, OpenedFile, describe_missing_name, has_names, judge_headings, open_file,
};
pub(crate) use organizations::{
    KeptOrganization, add_organizations, describe_people, divide_options, explain_missing, explain_missing_name,
    explain_value, find_near_names, keep_organizations, read_organizations,
};
pub(crate) use plan::{ImportOptions, ImportPlan, PlannedRow, plan};
pub(crate) use row::{ImportRows, read_rows};
pub(crate) use value::ValueReader;
