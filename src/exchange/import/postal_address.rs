//! A postal address from the columns that hold its parts.

use super::heading::AddressPart;
use crate::exchange::incoming::join_lines;
use std::collections::BTreeMap;

/// A postal address from its parts, as one line; `None` if there is nothing but a country.
pub(super) fn compose_address(parts: &BTreeMap<AddressPart, String>) -> Option<String> {
    use AddressPart::{City, Country, PostalCode, State, Street};
    let part = |part: AddressPart| parts.get(&part).map(|text| join_lines(text, ", ")).filter(|text| !text.is_empty());
    if parts.keys().all(|part| *part == Country) {
        return None;
    }
    let street = part(Street).unwrap_or_default();
    // A whole address in one cell has several lines, or names the city.
    let is_whole = parts.get(&Street).is_some_and(|text| text.trim().contains('\n'));
    let names = |text: &str| street.to_lowercase().contains(&text.to_lowercase());
    let mut pieces: Vec<String> = Vec::new();
    for key in parts.keys().filter(|key| !matches!(key, State | PostalCode)) {
        let is_region = *key >= City;
        // A list of cities is no part of an address.
        let text = part(*key).filter(|text| !is_region || (!is_whole && !text.contains(['|', ';']) && !names(text)));
        pieces.extend(text);
        if *key == City {
            pieces.extend(region(part(State), part(PostalCode), &street, is_whole));
        }
    }
    if !parts.contains_key(&City) {
        pieces.extend(region(part(State), part(PostalCode), &street, is_whole));
    }
    Some(pieces.join(", ")).filter(|text| !text.is_empty())
}

/// `OH 44017`, or what of it is there.
fn region(state: Option<String>, code: Option<String>, street: &str, is_whole: bool) -> Option<String> {
    let missing = |text: &String| !is_whole && !street.split(|c: char| !c.is_alphanumeric()).any(|word| word == text);
    let texts: Vec<String> = state.into_iter().chain(code).filter(missing).collect();
    (!texts.is_empty()).then(|| texts.join(" "))
}
