//! What is the same on every page: the coalition, the day, the ways to other pages.

use super::context::view;
use super::site::{PageLink, Site, Viewpoint};
use crate::record::coalition::PageSort;
use crate::source::LedgerPath;
use chrono::NaiveDate;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

view! {
    /// What every page knows.
    pub(crate) struct FrameView {
        /// The coalition's name.
        coalition: String,
        /// The day the pages are made for.
        today: NaiveDate,
        /// The way to the home page, from any page but itself.
        home: Option<String>,
        /// The title of the page.
        title: String,
        /// The ways to the pages that list others.
        pages: PagesView,
    }
}

view! {
    /// The ways to the pages that list others.
    pub(super) struct PagesView {
        /// All goals.
        goals: Option<String>,
        /// All members.
        members: Option<String>,
        /// All campaigns.
        campaigns: Option<String>,
        /// All decisions.
        decisions: Option<String>,
        /// All meetings.
        meetings: Option<String>,
        /// The calendar.
        calendar: Option<String>,
        /// All agreements.
        agreements: Option<String>,
        /// All committees.
        committees: Option<String>,
        /// The page of thanks.
        thanks: Option<String>,
    }
}

view! {
    /// What is around every page.
    pub(crate) struct LayoutView {
        /// The page itself, finished. Print it with `safe`.
        pub body: String,
        /// The pages of the navigation, in order.
        pub navigation: Vec<NavigationEntry>,
        /// Where the record behind the page is changed.
        pub edit: Option<String>,
        /// The way to the folder of the site: nothing, or `../`.
        pub root: &'static str,
        /// The type of the page: index, goal, list.
        pub kind: &'static str,
    }
}

view! {
    /// A page of the navigation.
    pub(super) struct NavigationEntry {
        /// Its name.
        name: String,
        /// The way to it.
        page: String,
        /// Whether it is this page.
        is_here: bool,
    }
}

impl FrameView {
    /// What a page knows, as seen from it.
    pub(super) fn new(title: &str, view: &Viewpoint<'_, '_>) -> FrameView {
        let way = |sort| view.overview(sort);
        FrameView {
            coalition: view.site.ledger.root.name().to_owned(),
            today: view.site.today,
            home: view.home(),
            title: title.to_owned(),
            pages: PagesView {
                goals: way(PageSort::Goals),
                members: way(PageSort::Members),
                campaigns: way(PageSort::Campaigns),
                decisions: way(PageSort::Decisions),
                meetings: way(PageSort::Meetings),
                calendar: way(PageSort::Calendar),
                agreements: way(PageSort::Agreements),
                committees: way(PageSort::Committees),
                thanks: way(PageSort::Thanks),
            },
        }
    }
}

view! {
    /// What the page with the search lists: all pages.
    pub(crate) struct SearchView {
        /// The pages by their sort.
        pub groups: Vec<SearchGroup>,
    }
}

view! {
    /// Pages of one sort.
    pub(crate) struct SearchGroup {
        /// Their name in the navigation.
        pub name: &'static str,
        /// They, by name.
        pub pages: Vec<PageLink>,
    }
}

/// The navigation as seen from a page.
pub(super) fn navigation(view: &Viewpoint<'_, '_>) -> Vec<NavigationEntry> {
    let home = view.site.home().into_iter().map(|path| ("Home", path));
    let overviews = view.site.overviews().iter().map(|overview| (overview.title, overview.path.clone()));
    let entry = |(name, path): (&str, String)| NavigationEntry {
        name: name.to_owned(),
        is_here: path == view.path,
        page: view.way_to(&path),
    };
    let search = view.site.search().into_iter().map(|path| ("Search", path));
    home.chain(overviews).chain(search).map(entry).collect()
}

/// The characters of a path that need no encoding in an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// What stands in `edit_url` for the path of the file.
const PLACEHOLDER: &str = "{path}";

/// The address at which a file of the ledger is changed, where the coalition says one.
pub(super) fn edit_address(site: &Site<'_>, path: &LedgerPath) -> Option<String> {
    let address = site.ledger.root.render.as_ref()?.edit_url.as_ref()?.value.as_str();
    let path = utf8_percent_encode(path.as_str(), PATH).to_string();
    Some(if address.contains(PLACEHOLDER) {
        address.replace(PLACEHOLDER, &path)
    } else {
        format!("{}/{path}", address.trim_end_matches('/'))
    })
}
