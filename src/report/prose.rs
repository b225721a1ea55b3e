//! What people wrote, as reports show it.

use crate::record::value::{Opt, Prose};

/// A text without the space around it. It is never empty: an empty text is reported when it is read, and left out.
pub(super) fn prose(text: &Opt<Prose>) -> Option<String> {
    text.as_ref().map(|text| text.trim().to_owned())
}
