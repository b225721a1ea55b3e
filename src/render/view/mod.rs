//! The contents of each type of page, as data for its template.

mod agreement;
mod calendar;
mod campaign;
mod committee;
mod decision;
mod goal;
mod home;
mod listing;
mod meeting;
mod member;
mod position;
mod progress;
mod thanks;

pub(super) use agreement::AgreementView;
pub(super) use calendar::{CalendarView, public_events};
pub(super) use campaign::CampaignView;
pub(super) use committee::CommitteeView;
pub(super) use decision::DecisionView;
pub(super) use goal::GoalView;
pub(super) use home::HomeView;
pub(super) use listing::ListView;
pub(super) use meeting::MeetingView;
pub(super) use member::MemberView;
pub(super) use thanks::ThanksView;

use super::context::view;
use super::markdown::address;
use super::site::{PageLink, Viewpoint};
use crate::document::contact_address;
use crate::document::words::list;
use crate::parse::collation::SortKey;
use crate::record::agreement::Signature;
use crate::record::common::{Common, ContactDetail, ContactType, Link};
use crate::record::value::{At, Choices as _, MemberId, Opt, Slug, distinct, is_url};
use crate::record::{Member, Record};
use chrono::NaiveDate;

view! {
    /// A page on the web, with the words that lead to it.
    pub(super) struct WebLink {
        /// The words.
        text: String,
        /// The address.
        url: String,
    }
}

impl WebLink {
    fn new(url: &str, note: Option<&str>) -> WebLink {
        WebLink { text: note.unwrap_or_else(|| address(url)).to_owned(), url: url.to_owned() }
    }
}

view! {
    /// Pages that say more, and where the facts come from.
    pub(super) struct Further {
        /// Pages that say more.
        links: Vec<WebLink>,
        /// Where the facts come from.
        sources: Vec<WebLink>,
    }
}

impl Further {
    fn of(common: &Common) -> Further {
        Further { links: web_links(&common.links), sources: web_links(&common.sources) }
    }
}

fn web_links(links: &[At<Link>]) -> Vec<WebLink> {
    let with_url = links.iter().filter_map(|link| Some((link.url.as_ref()?, link.note.as_ref())));
    with_url.map(|(url, note)| WebLink::new(url, note.map(|note| note.value.as_str()))).collect()
}

view! {
    /// A way to reach someone.
    pub(super) struct DetailView {
        /// What it is: Email, Phone.
        label: &'static str,
        /// The address or number.
        value: String,
        /// The address behind it, by which a browser dials or writes.
        address: Option<String>,
        /// What the records add to it.
        note: Option<String>,
    }
}

impl DetailView {
    /// The ways to reach an organization, or an official in `office`, that the public may know.
    fn public(details: &[At<ContactDetail>], office: bool, today: NaiveDate) -> Vec<DetailView> {
        let public = details.iter().filter(|detail| detail.leaves(office, today) && detail.works(today));
        let view = |detail: &ContactDetail| {
            let (kind, value) = (detail.r#type.as_ref()?.value, text(&detail.value)?);
            Some(DetailView {
                label: kind.label(),
                address: match kind {
                    ContactType::Url => Some(value.clone()).filter(|url| is_url(url)),
                    _ => contact_address(kind, &value),
                },
                value,
                note: text(&detail.note),
            })
        };
        public.filter_map(|detail| view(&detail.value)).collect()
    }
}

/// The value of a field.
fn value<T: Clone>(field: &Opt<T>) -> Option<T> {
    field.as_ref().map(|at| at.value.clone())
}

/// The text of a field.
fn text<T: ToString>(field: &Opt<T>) -> Option<String> {
    field.as_ref().map(|at| at.value.to_string())
}

/// The date of a field, if that day has come.
fn past(field: &Opt<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    value(field).filter(|date| *date <= today)
}

/// Slugs as words: `early-literacy` as `early literacy`.
fn words(slugs: &[At<Slug>]) -> String {
    let words: Vec<_> = distinct(slugs).map(|slug| slug.replace('-', " ")).collect();
    list(&words)
}

/// The id of a member, to name it by.
fn id_of(member: &Record<Member>) -> MemberId {
    MemberId::new(&member.key.id)
}

/// Who signed: a name with consent, otherwise the part played.
fn signatory(signature: &Signature, view: &Viewpoint<'_, '_>) -> Option<String> {
    signature.by.as_ref().map(|by| view.site.person(by))
}

/// Links in the order of their names.
fn by_name(mut links: Vec<PageLink>) -> Vec<PageLink> {
    links.sort_by_cached_key(|link| SortKey::of(&link.name));
    links
}
