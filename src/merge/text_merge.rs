//! The merge of three texts line by line, as git does it.

use super::{ConflictStyle, Marking};
use gix_merge::blob::Resolution;
use gix_merge::blob::builtin_driver::text::{Conflict, ConflictStyle as GixStyle, Labels, Options};
use std::num::NonZeroU8;

/// What a merge by lines makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineMerge {
    /// The bytes, with conflict markers if it is not clean.
    pub bytes: Vec<u8>,
    /// Whether the two sides changed different lines.
    pub is_clean: bool,
}

/// Merges three texts by lines. The same lines changed on both sides are put between markers.
pub(super) fn merge_lines(base: &[u8], ours: &[u8], theirs: &[u8], marking: &Marking<'_>) -> LineMerge {
    let style = match marking.style {
        ConflictStyle::Merge => GixStyle::Merge,
        ConflictStyle::Diff3 => GixStyle::Diff3,
        ConflictStyle::ZealousDiff3 => GixStyle::ZealousDiff3,
    };
    let marker_size = u8::try_from(marking.size).ok().and_then(NonZeroU8::new).unwrap_or(NonZeroU8::MAX);
    let label = |text: &'_ str| -> Option<String> { (!text.is_empty()).then(|| text.to_owned()) };
    let (ancestor, current, other) = (label(&marking.base), label(&marking.ours), label(&marking.theirs));
    let labels = Labels {
        ancestor: ancestor.as_deref().map(Into::into),
        current: current.as_deref().map(Into::into),
        other: other.as_deref().map(Into::into),
    };
    let options = Options { conflict: Conflict::Keep { style, marker_size }, ..Options::default() };
    let mut bytes = Vec::new();
    let resolution =
        gix_merge::blob::builtin_driver::text(&mut bytes, &mut Default::default(), labels, ours, base, theirs, options);
    LineMerge { bytes, is_clean: resolution == Resolution::Complete }
}
