//! Seats on committees, and speaking for them.

use super::circle::ProfileSubject;
use super::spell_slug;
use crate::document::{Item, Line, Section, words};
use crate::practice::structure::at_work;
use crate::report::Named;
use chrono::NaiveDate;
use serde::Serialize;

/// A part in a committee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct HeldSeat {
    /// The committee.
    pub committee: Named,
    /// The role; `spokesperson` for whoever speaks to the press.
    pub role: Option<String>,
    /// Who holds it.
    pub holder: Option<Named>,
    /// The member on whose behalf.
    pub on_behalf_of: Option<Named>,
    /// The last day of the term.
    pub ends: Option<NaiveDate>,
}

/// The role of who speaks for a committee.
const SPOKESPERSON: &str = "spokesperson";

/// The seats that are held today, by committee and role.
pub(super) fn seats(circle: &ProfileSubject<'_>) -> Vec<HeldSeat> {
    let mut seats = Vec::new();
    for committee in at_work(circle.as_of) {
        let first = seats.len();
        let current = committee.seats.iter().filter(|seat| seat.is_current(circle.as_of.today));
        let held = current.filter(|seat| seat.advocate.is_some() && circle.acts(&seat.on_behalf_of, &seat.advocate));
        seats.extend(held.map(|seat| HeldSeat {
            committee: Named::record(committee),
            role: seat.role.as_ref().map(|role| role.value.to_string()),
            holder: Named::at(circle.ledger, &seat.advocate),
            on_behalf_of:
                circle.ledger.on_behalf_of(&seat.on_behalf_of, &seat.advocate).map(|id| Named::of(circle.ledger, id)),
            ends: seat.end_date.as_ref().map(|end| end.value),
        }));
        // Who has the seat of a spokesperson and is named as that too is one.
        let speaker = Named::at(circle.ledger, &committee.spokesperson);
        let has_seat = seats
            .iter()
            .skip(first)
            .any(|seat: &HeldSeat| seat.role.as_deref() == Some(SPOKESPERSON) && seat.holder == speaker);
        if !has_seat
            && circle.has_person(&committee.spokesperson)
            && Named::serving(circle.as_of, &committee.spokesperson).is_some()
        {
            seats.push(HeldSeat {
                committee: Named::record(committee),
                role: Some(SPOKESPERSON.to_owned()),
                holder: speaker,
                on_behalf_of: None,
                ends: None,
            });
        }
    }
    seats.sort_by(|a, b| a.committee.cmp(&b.committee).then_with(|| (&a.role, &a.holder).cmp(&(&b.role, &b.holder))));
    seats
}

/// Says the seats.
pub(super) fn section(seats: &[HeldSeat], name_holder: bool) -> Section {
    let mut section = Section::new("Seats");
    section.list(seats.iter().map(|seat| {
        let role = seat.role.as_deref().map_or("member".to_owned(), spell_slug);
        let holder = seat.holder.as_ref().filter(|_| name_holder).map(|holder| format!("{}, ", holder.name));
        let ends = seat.ends.map(|ends| format!(", until {}", words::format_date(ends))).unwrap_or_default();
        let line = Line::new().strong(&seat.committee.name);
        Item::new(line.plain(format!(": {}{role}{ends}", holder.unwrap_or_default())))
    }));
    section
}
