//! What people wrote, as reports tell it.

use crate::record::value::{Opt, Prose};

/// A text without the space around it; one that says nothing is none.
pub fn prose(text: &Opt<Prose>) -> Option<String> {
    text.as_ref().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
