//! The contents of each type of page, as data for its template.

mod agreement;
mod goal;
mod index;
mod member;
mod progress;

pub(super) use agreement::AgreementView;
pub(super) use goal::GoalView;
pub(super) use index::IndexView;
pub(super) use member::MemberView;

use super::markdown::address;
use super::site::{PageLink, Viewpoint};
use crate::document::words::list;
use crate::parse::collation::SortKey;
use crate::record::agreement::Signature;
use crate::record::common::{Common, Link};
use crate::record::value::{At, MemberId, Opt, Slug, distinct};
use crate::record::{Member, Record};
use chrono::NaiveDate;
use serde::Serialize;

/// A page on the web, with the words that lead to it.
#[derive(Debug, Serialize)]
pub(super) struct WebLink {
    text: String,
    url: String,
}

impl WebLink {
    fn new(url: &str, note: Option<&str>) -> WebLink {
        WebLink { text: note.unwrap_or_else(|| address(url)).to_owned(), url: url.to_owned() }
    }
}

/// Pages that say more, and where the facts come from.
#[derive(Debug, Serialize)]
pub(super) struct Further {
    links: Vec<WebLink>,
    sources: Vec<WebLink>,
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
