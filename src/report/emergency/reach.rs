//! How to reach those needed in an emergency. What no one has made public is shown only on a private sheet.

use super::OnCall;
use crate::document::Line;
use crate::practice::emergency_response::Shift;
use crate::record::common::{ContactDetail, ContactType};
use crate::record::value::{At, Choices};
use crate::report::{Named, ReportRequest};
use serde::Serialize;

/// How to reach a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Reach {
    /// Who.
    pub who: Named,
    /// The ways, as the person's record lists them.
    pub details: Vec<ReachDetail>,
    /// Whether there are others that only a private sheet shows.
    pub withheld: bool,
}

/// A way to reach a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ReachDetail {
    /// What it is.
    pub r#type: ContactType,
    /// The number or address.
    pub value: String,
    /// When or for what to use it.
    pub note: Option<String>,
}

impl ReachDetail {
    /// The way in words, `Phone +1 555 0142 (weekdays)`, with the number as one that can be dialed.
    pub(super) fn write(&self) -> Line {
        let note = self.note.as_ref().map(|note| format!(" ({note})")).unwrap_or_default();
        Line::from(self.r#type.label()).plain(" ").contact(self.r#type, &self.value).plain(note)
    }
}

/// Everyone on the sheet, in the order of their names.
pub(super) fn people(request: &ReportRequest<'_>, committees: &[OnCall], shifts: &[Shift<'_>]) -> Vec<Reach> {
    let seated = committees.iter().flat_map(|one| {
        let others = one.others.iter().map(|other| &other.who);
        one.chairs.iter().chain(&one.deputies).chain(others).chain(&one.spokesperson).cloned()
    });
    let mut people: Vec<Named> = seated.chain(shifts.iter().map(|shift| Named::record(shift.advocate))).collect();
    people.sort();
    people.dedup();
    people.into_iter().map(|who| reach(request, who)).collect()
}

fn reach(request: &ReportRequest<'_>, who: Named) -> Reach {
    let known = request.ledger.advocates.find(&who.id).map_or(&[][..], |advocate| &advocate.contact_details);
    let works: Vec<&At<ContactDetail>> =
        known.iter().filter(|detail| detail.works(request.today) && is_for_calls(detail)).collect();
    let shown = works.iter().filter(|detail| request.private || detail.is_public(request.today));
    let details: Vec<ReachDetail> = shown.filter_map(|detail| detail_of(detail)).collect();
    let withheld = !request.private && works.iter().any(|detail| !detail.is_public(request.today));
    Reach { who, details, withheld }
}

fn detail_of(detail: &ContactDetail) -> Option<ReachDetail> {
    Some(ReachDetail {
        r#type: detail.r#type.as_ref()?.value,
        value: detail.value.as_ref()?.value.clone(),
        note: detail.note.as_ref().map(|note| note.value.clone()),
    })
}

/// Whether it reaches someone at once: no one writes letters in an emergency.
fn is_for_calls(detail: &ContactDetail) -> bool {
    let kind = detail.r#type.as_ref().map(|kind| kind.value);
    !matches!(kind, Some(ContactType::Address | ContactType::Url | ContactType::Fax))
}
