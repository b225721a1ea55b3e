//! A text that thanks everyone who was not thanked yet: in the order of the alphabet and without sums, so that no one is
//! thanked by the size of a gift.

use super::giver;
use crate::disclosure::Unlisted;
use crate::parse::collation::SortKey;
use crate::practice::fair_credit::Gift;
use crate::record::value::Choices;
use crate::record::{AnyRecord as _, Contribution, Record};
use crate::report::{Named, ReportRequest};
use serde::Serialize;
use std::collections::BTreeMap;

/// The draft of a text of thanks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ThanksDraft {
    /// Its first sentence.
    pub opening: String,
    /// Whom it thanks for what, in the order of the alphabet; those who cannot be named last.
    pub thanks: Vec<Thanks>,
    /// Its last sentence.
    pub closing: String,
    /// Who gave something and has not agreed to be named in public.
    pub not_named: Vec<Named>,
}

/// Thanks to one giver.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Thanks {
    /// How the text names the giver.
    pub name: String,
    /// What for, the oldest first.
    pub gifts: Vec<String>,
}

impl ThanksDraft {
    /// A text for what was not thanked for among these, if there is any.
    pub(super) fn of(request: &ReportRequest<'_>, gifts: &[Gift<'_>]) -> Option<ThanksDraft> {
        let mut by_giver: BTreeMap<(bool, Option<SortKey>, Named), Vec<String>> = BTreeMap::new();
        let mut not_named = Vec::new();
        let unlisted = request.unlisted_people();
        for given in gifts.iter().filter(|given| !given.is_thanked) {
            // What names no one cannot be thanked for; the report tells how much that is.
            let Some(giver) = giver(request, given) else { continue };
            let is_hidden = !may_be_named(&unlisted, &giver);
            let name = (!is_hidden).then(|| SortKey::of(&giver.name));
            not_named.extend(Some(giver.clone()).filter(|_| is_hidden));
            let gift = gift_words(given.contribution, &giver.name);
            by_giver.entry((is_hidden, name, giver)).or_default().push(gift);
        }
        not_named.sort();
        not_named.dedup();
        let thanks: Vec<Thanks> = by_giver
            .into_iter()
            .map(|((is_hidden, _, giver), gifts)| Thanks {
                name: if is_hidden { "A friend".to_owned() } else { giver.name },
                gifts,
            })
            .collect();
        let coalition = request.ledger.root.name();
        (!thanks.is_empty()).then(|| ThanksDraft {
            opening: format!("{coalition} says thank you:"),
            thanks,
            closing: "None of this would have happened without you.".to_owned(),
            not_named,
        })
    }
}

/// Organizations may be named; people, members in person too, who have agreed to it.
fn may_be_named(unlisted: &Unlisted, giver: &Named) -> bool {
    !unlisted.has(&giver.key())
}

/// What was given, without sums: `staff time (Matching of school rosters)`. What stands before it, or in it, is not said again.
pub(crate) fn gift_words(contribution: &Record<Contribution>, giver: &str) -> String {
    let name = contribution.name();
    let name = name.strip_suffix(giver).and_then(|name| name.strip_suffix(" from ")).unwrap_or(name);
    let name = name.strip_prefix(giver).and_then(|name| name.strip_prefix(' ')).unwrap_or(name);
    match &contribution.kind {
        Some(kind) if kind.value != crate::record::contribution::ContributionKind::Other => {
            let label = kind.label().to_lowercase();
            if name.to_lowercase().contains(&label) { name.to_owned() } else { format!("{name} ({label})") }
        }
        _ => name.to_owned(),
    }
}
