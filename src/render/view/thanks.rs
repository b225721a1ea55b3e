//! The page of thanks: who gave what, year by year, in the order of the alphabet and without sums, so that no one is thanked by the size
//! of a gift.

use super::super::connections::is_of_unlisted;
use super::super::context::view;
use super::super::site::{PageLink, Viewpoint};
use crate::parse::collation::SortKey;
use crate::practice::fair_credit::Gift;
use crate::record::AnyRecord as _;
use crate::report::credit::gift_words;
use chrono::{Datelike as _, NaiveDate};
use std::collections::{BTreeMap, HashSet};

view! {
    /// What the page of thanks says.
    pub(crate) struct ThanksView {
        /// The years, the latest first.
        years: Vec<YearView>,
    }
}

view! {
    /// The thanks of a year.
    struct YearView {
        /// The year.
        year: String,
        /// Who gave something, in the order of the alphabet.
        givers: Vec<GiverView>,
        /// How many gifts came from people who have not agreed to be listed.
        unnamed: usize,
    }
}

view! {
    /// Someone who gave something.
    struct GiverView {
        /// The member or the person.
        name: PageLink,
        /// What was given, the first first.
        gifts: Vec<String>,
    }
}

view! {
    /// A gift of the last days.
    pub(super) struct GiftLine {
        /// Who gave it.
        pub giver: PageLink,
        /// What was given.
        pub gift: String,
        /// When.
        pub date: NaiveDate,
    }
}

/// Those who gave something, in the order of their names.
type Givers = BTreeMap<(SortKey, String), GiverView>;

impl ThanksView {
    /// The page of thanks.
    pub(crate) fn new(view: &Viewpoint<'_, '_>) -> ThanksView {
        let mut years: BTreeMap<i32, (Givers, usize)> = BTreeMap::new();
        let mut said = HashSet::new();
        for gift in &view.site.connections.gifts {
            let (givers, unnamed) = years.entry(gift.date.year()).or_default();
            let Some(line) = gift_line(gift, view) else {
                *unnamed += 1;
                continue;
            };
            let key = (SortKey::of(&line.giver.name), line.giver.name.clone());
            if said.insert((gift.date.year(), line.giver.name.clone(), line.gift.clone())) {
                let giver = givers.entry(key).or_insert_with(|| GiverView { name: line.giver, gifts: Vec::new() });
                giver.gifts.push(line.gift);
            }
        }
        let year = |(year, (givers, unnamed)): (i32, (Givers, usize))| YearView {
            year: year.to_string(),
            givers: givers.into_values().collect(),
            unnamed,
        };
        ThanksView { years: years.into_iter().rev().map(year).collect() }
    }
}

/// A gift with its giver; nothing where the giver is not to be named, or not known. What such a gift is called may name the giver.
pub(super) fn gift_line(gift: &Gift<'_>, view: &Viewpoint<'_, '_>) -> Option<GiftLine> {
    let site = view.site;
    let giver = match (&gift.contribution.member, &gift.contribution.advocate) {
        (Some(id), _) => {
            let member = site.ledger.members.get(&id.value)?;
            (!site.unlisted.has(&member.key)).then(|| view.member(id))?
        }
        (None, Some(_)) if is_of_unlisted(gift, &site.unlisted) => return None,
        (None, Some(id)) => PageLink { name: site.find_listed_person(id)?.name().to_owned(), page: None },
        (None, None) => return None,
    };
    let gift = GiftLine { gift: gift_words(gift.contribution, &giver.name), giver, date: gift.date };
    Some(gift)
}
