//! A member's position on a goal or a decision with its reason, and what came of it.

use super::super::context::view;
use super::super::site::{PageLink, Viewpoint};
use super::{text, value};
use crate::record::value::{MemberId, Opt, Prose, RecordId as _};
use chrono::NaiveDate;

view! {
    /// A position with its reason, or with what came of it.
    pub(super) struct PositionView {
        /// The member.
        member: PageLink,
        /// Where it stands: supports it, objects.
        stand: &'static str,
        /// The day it said so.
        date: Option<NaiveDate>,
        /// Why.
        reason: Option<String>,
        /// What the coalition changed or promised in response.
        accommodation: Option<String>,
        /// The day to revisit it.
        revisit: Option<NaiveDate>,
    }
}

/// The fields that positions on goals and on decisions share.
pub(super) struct Said<'l> {
    pub member: &'l Opt<MemberId>,
    pub date: &'l Opt<NaiveDate>,
    pub reason: &'l Opt<Prose>,
    pub accommodation: &'l Opt<Prose>,
    pub revisit: &'l Opt<NaiveDate>,
}

impl Said<'_> {
    /// Whether there is more to say of the position than what it is.
    pub(super) fn is_explained(&self) -> bool {
        self.reason.is_some() || self.accommodation.is_some() || self.revisit.is_some()
    }
}

impl PositionView {
    /// A position as seen from a page. A member who is a person is quoted with consent only.
    pub(super) fn new(stand: &'static str, said: &Said<'_>, view: &Viewpoint<'_, '_>) -> Option<PositionView> {
        let member = said.member.as_ref()?;
        Some(PositionView {
            member: view.member(member),
            stand,
            date: value(said.date),
            reason: text(said.reason).filter(|_| view.site.unlisted.may_be_quoted(&member.value.key())),
            accommodation: text(said.accommodation),
            revisit: value(said.revisit),
        })
    }
}
