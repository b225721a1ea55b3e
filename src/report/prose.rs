//! What people wrote, as reports tell it.

use crate::record::value::{Opt, Prose};

/// A text without the space around it. It is never blank: such a text is told of when it is read, and left out.
pub(super) fn prose(text: &Opt<Prose>) -> Option<String> {
    text.as_ref().map(|text| text.trim().to_owned())
}
