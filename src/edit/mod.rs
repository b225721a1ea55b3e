//! Changes of records, computed as text: an entry or a line added, a value replaced, and every other byte unchanged. A
//! change is verified on the whole ledger before it may be written; only [`apply`] writes.

pub(crate) mod amend;
pub(crate) mod apply;
mod assign;
mod create;
pub(crate) mod done;
mod diff;
mod draft;
mod edited;
mod fix;
pub(crate) mod entry;
mod form;
pub(crate) mod format;
pub(crate) mod interpret;
mod literal;
pub(crate) mod log;
mod order;
pub(crate) mod page;
mod plain;
mod plan;
pub(crate) mod progress;
mod removal;
mod rename;
pub(crate) mod sign;
pub(crate) mod signed;
mod splice;
pub(crate) mod split;
mod succession;
#[cfg(test)]
mod tests;
mod tree;
mod typed;
pub(crate) mod withdraw;

pub(crate) use assign::{Assignment, TypedCommand, seats_of_new, split_range};
pub(crate) use create::{
    figure_of, find_mistake, lacks_giver, new_id, new_record, required_fields, signatures_opening, suggested_fields,
};
pub(crate) use draft::draft;
pub(crate) use edited::apply_edits;
pub(crate) use fix::{PlannedFixes, plan_fixes};
pub(crate) use form::EditForm;
pub(crate) use literal::{Literal, bare};
pub(crate) use order::Order;
pub(crate) use page::PathStep;
pub(crate) use plain::below;
pub(crate) use plan::{
    PlannedChange, Tolerance, describe_error, file_change, overlay, plan, record_change, refuse_flawed_file,
    refuse_unread_references, weakens,
};
pub(crate) use removal::plan_removal;
pub(crate) use rename::{plan_rename, require_complete_rename};
pub(crate) use succession::{keep_past, refuse_other_terms, refuse_unclear_leaving};
pub(crate) use tree::tree_of;
pub(crate) use typed::{exact_values, free_value, literal_for};

pub(crate) use crate::source::{ChangeSet, FileChange};

/// What is to change in one file: said once, carried out on the text and on the data, and the two must agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Edit {
    /// A value, in place of the one that is there or on a line of its own; tables on the way are made.
    Set {
        /// Where.
        place: Vec<PathStep>,
        /// The new value.
        value: Literal,
    },
    /// One entry more at the end of a list, which is made where it is not there.
    Append {
        /// The list.
        list: Vec<PathStep>,
        /// The entry.
        value: Literal,
    },
    /// Nothing is there anymore.
    Remove {
        /// Where.
        place: Vec<PathStep>,
    },
    /// One entry less in a list of values.
    RemoveItem {
        /// The list.
        list: Vec<PathStep>,
        /// The entry.
        value: Literal,
    },
}

impl Edit {
    /// A field of the record itself gets a value.
    pub(crate) fn set(key: &str, value: Literal) -> Edit {
        Edit::Set { place: vec![key.into()], value }
    }

    /// A field of an entry of a list gets a value.
    pub(crate) fn put(list: &str, at: usize, key: &str, value: Literal) -> Edit {
        Edit::Set { place: vec![list.into(), at.into(), key.into()], value }
    }

    /// A new entry at the end of a list of tables.
    pub(crate) fn entry(list: &str, fields: Vec<(&str, Literal)>) -> Edit {
        let fields = fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        Edit::Append { list: vec![list.into()], value: Literal::Table(fields) }
    }
}
