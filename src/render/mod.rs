//! The ledger as a public site, in Markdown or HTML: a home page, pages for members, goals, agreements, decisions, meetings, committees
//! and campaigns, a calendar and thanks. [`pages`] makes them, [`WritePlan`] says what that changes in the output folder; `cli` reads and
//! writes the files.
//!
//! A view says what is on a page, and a Markdown template says it in words. An HTML page is its Markdown page turned into HTML, so that
//! each sentence is written once and what people wrote is escaped in one place.
//!
//! What leaves here is read by everyone. Names of people need their consent, prospects and ideas are left out, and
//! every text of a record is escaped.

mod connections;
mod context;
mod error;
mod fence;
mod frame;
mod front_matter;
mod html;
mod keep;
mod manifest;
mod markdown;
mod plan;
mod search;
mod site;
mod templates;
mod typeset;
mod view;

#[cfg(feature = "internal")]
pub(crate) use context::ViewInfo;
pub(crate) use error::RenderError;
pub(crate) use manifest::{MANIFEST, Manifest};
pub(crate) use plan::WritePlan;
pub(crate) use site::PageForm;
#[cfg(feature = "internal")]
pub(crate) use templates::frame_info;
pub(crate) use templates::{BUILT_IN, Template, Templates, day_filter};

use crate::agreement::Cell;
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::output::calendar_ics;
use crate::record::AnyRecord;
use crate::record::coalition::PageSort;
use crate::record::value::{Choices as _, Opt};
use crate::source::{LedgerPath, ROOT_FILE};
use chrono::NaiveDate;
use frame::{FrameView, LayoutView, SearchGroup, SearchView, edit_address, navigation};
use front_matter::FrontMatter;
use rayon::prelude::*;
use search::Found;
use serde::Serialize;
use site::{Overview, PageLink, Site, Viewpoint};
use std::collections::HashMap;
use tera::Context;
use view::{
    AgreementView, CalendarView, CampaignView, CommitteeView, DecisionView, GoalView, HomeView, ListView, MeetingView,
    MemberView, ThanksView, public_events,
};

/// The output folder where `coalition.toml` names none.
pub(crate) const OUTPUT: &str = "docs";

/// A page, finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    /// Its path, relative to the output folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

impl Page {
    /// Whether people keep text on it.
    pub(crate) fn has_kept_text(&self) -> bool {
        keep::find_kept_blocks(&self.path, &self.text).map_or(true, |kept| !kept.is_empty())
    }
}

/// The file that other calendars subscribe to.
const FEED: &str = "calendar.ics";

/// The files that every HTML page needs.
const STYLE: (&str, &str) = ("style.css", concat!(include_str!("../output/page.css"), include_str!("site.css")));

/// The folder of the reports with private details, in a folder that a coordinator keeps.
pub(crate) const REPORTS: &str = "reports";

/// All files of the public site of a ledger as of a day, by path.
///
/// # Errors
/// A template that asks for what is not there, or leaves a block to keep open.
pub(crate) fn pages(
    ledger: &Ledger,
    today: NaiveDate,
    form: PageForm,
    templates: &Templates,
) -> Result<Vec<Page>, RenderError> {
    let site = Site::new(ledger, today, form);
    let press = Press { site: &site, templates, cells: cells_by_member(&site) };
    let mut printed: Vec<Printed> = Vec::new();
    if let Some(path) = site.home() {
        let view = Viewpoint { site: &site, path: &path };
        let subject =
            Subject::new("index", ledger.root.name(), "index", "index").made_from(&LedgerPath::new(ROOT_FILE));
        printed.push(press.print("index.md", &HomeView::new(&view), &subject, &view)?);
    }
    for overview in site.overviews() {
        printed.push(press.overview(overview)?);
    }
    let paths: Vec<(&RecordKey, &str)> = site.paths().collect();
    let records: Vec<Option<Printed>> =
        paths.into_par_iter().map(|(key, path)| press.record_page(key, path)).collect::<Result<_, _>>()?;
    printed.extend(records.into_iter().flatten());
    let mut files = Vec::new();
    if let Some(path) = site.search() {
        let found: Vec<&Found> = printed.iter().map(|printed| &printed.found).collect();
        files.push(file("search-index.js", search::index(&found)));
        files.push(file("search.js", include_str!("templates/search.js")));
        let view = Viewpoint { site: &site, path: &path };
        let subject = Subject::new("search", "Search", "list", "search");
        printed.push(press.print("search.md", &search_view(&site), &subject, &view)?);
    }
    if site.overview(PageSort::Calendar).is_some() {
        let events: Vec<_> = public_events(&site).into_iter().map(|(_, event)| event).collect();
        files.push(file(FEED, calendar_ics::ics(ledger.root.name(), today, ledger.root.time_zone(), &events)));
    }
    if form == PageForm::Html {
        files.push(file(STYLE.0, STYLE.1));
    }
    files.extend(printed.into_iter().map(|printed| printed.page));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn file(path: &str, text: impl Into<String>) -> Page {
    Page { path: path.to_owned(), text: text.into() }
}

/// All pages of records, by their sort.
fn search_view(site: &Site<'_>) -> SearchView {
    let mut by_folder: HashMap<&str, Vec<PageLink>> = HashMap::new();
    for (key, path) in site.paths() {
        let Some(record) = site.ledger.find(key.kind, &key.id) else { continue };
        let link = PageLink { name: record.name().to_owned(), page: Some(path.to_owned()) };
        by_folder.entry(key.kind.folder()).or_default().push(link);
    }
    let group = |overview: &Overview| {
        let mut pages = by_folder.remove(overview.path.split('.').next()?)?;
        pages.sort_by_cached_key(|link| crate::parse::collation::SortKey::of(&link.name));
        Some(SearchGroup { name: overview.title, pages })
    };
    SearchView { groups: site.overviews().iter().filter_map(group).collect() }
}

/// A page with what the search knows of it.
struct Printed {
    page: Page,
    found: Found,
}

/// What a page is about.
struct Subject<'a> {
    /// The type of the page.
    kind: &'static str,
    /// Its front matter.
    matter: FrontMatter<'a>,
    /// The file that it is made from.
    path: Option<LedgerPath>,
}

impl<'a> Subject<'a> {
    fn new(kind: &'static str, title: &'a str, sort: &'a str, id: &'a str) -> Subject<'a> {
        Subject { kind, matter: FrontMatter::new(title, sort, id, None), path: None }
    }

    fn made_from(self, path: &LedgerPath) -> Subject<'a> {
        Subject { path: Some(path.clone()), ..self }
    }
}

/// Turns views into pages.
struct Press<'s, 'l> {
    site: &'s Site<'l>,
    templates: &'s Templates,
    cells: HashMap<&'s str, Vec<&'s Cell<'l>>>,
}

impl Press<'_, '_> {
    /// A page that lists others.
    fn overview(&self, overview: &Overview) -> Result<Printed, RenderError> {
        let view = Viewpoint { site: self.site, path: &overview.path };
        let subject = |kind| Subject::new(kind, overview.title, "list", overview.sort.word());
        match overview.sort {
            PageSort::Calendar => {
                self.print("calendar.md", &CalendarView::new(FEED, &view), &subject("calendar"), &view)
            }
            PageSort::Thanks => self.print("thanks.md", &ThanksView::new(&view), &subject("thanks"), &view),
            sort => self.print("list.md", &ListView::new(sort, &view), &subject("list"), &view),
        }
    }

    /// The page of a record of one of the kinds that have pages.
    fn record_page(&self, key: &RecordKey, path: &str) -> Result<Option<Printed>, RenderError> {
        let view = Viewpoint { site: self.site, path };
        let (ledger, id) = (self.site.ledger, &key.id);
        let page = match key.kind {
            Kind::Member => ledger.members.find(id).map(|member| {
                let cells = self.cells.get(&*key.id).map(Vec::as_slice).unwrap_or_default();
                self.print(
                    "member.md",
                    &MemberView::new(member, cells, &view),
                    &self.subject(member, &member.joined),
                    &view,
                )
            }),
            Kind::Goal => ledger.goals.find(id).map(|goal| {
                self.print("goal.md", &GoalView::new(goal, &view), &self.subject(goal, &goal.proposed), &view)
            }),
            Kind::Agreement => self.site.signing_of(key).map(|(agreement, row)| {
                let content = AgreementView::new(agreement, row, &view);
                self.print("agreement.md", &content, &self.subject(*agreement, &agreement.effective), &view)
            }),
            Kind::Decision => ledger.decisions.find(id).map(|decision| {
                let content = DecisionView::new(decision, &view);
                self.print("decision.md", &content, &self.subject(decision, &decision.proposed), &view)
            }),
            Kind::Meeting => ledger.meetings.find(id).map(|meeting| {
                self.print(
                    "meeting.md",
                    &MeetingView::new(meeting, &view),
                    &self.subject(meeting, &meeting.date),
                    &view,
                )
            }),
            Kind::Committee => ledger.committees.find(id).map(|committee| {
                let content = CommitteeView::new(committee, &view);
                self.print("committee.md", &content, &self.subject(committee, &committee.start_date), &view)
            }),
            Kind::Campaign => ledger.campaigns.find(id).map(|campaign| {
                let content = CampaignView::new(campaign, &view);
                self.print("campaign.md", &content, &self.subject(campaign, &campaign.opens), &view)
            }),
            _ => None,
        };
        page.transpose()
    }

    /// What the page of a record that began on a day says of itself.
    fn subject<'a>(&self, record: &'a dyn AnyRecord, began: &Opt<NaiveDate>) -> Subject<'a> {
        let key = record.key();
        let date = began.as_ref().map(|date| date.value).filter(|date| *date <= self.site.today);
        let kind = key.kind.singular();
        Subject {
            kind,
            matter: FrontMatter::new(record.name(), kind, &key.id, date),
            path: Some(record.path().clone()),
        }
    }

    /// Fills in a template. The view is known there by the template's name, without its ending.
    fn print(
        &self,
        name: &'static str,
        content: &impl Serialize,
        subject: &Subject<'_>,
        view: &Viewpoint<'_, '_>,
    ) -> Result<Printed, RenderError> {
        let title = subject.matter.title();
        let mut context =
            Context::from_serialize(&FrameView::new(title, view)).map_err(|error| RenderError::of(name, &error))?;
        context.insert(name.trim_end_matches(".md"), content);
        let body = fence::tidy(&self.templates.fill_in(name, &context)?);
        let mut layout = LayoutView {
            body,
            navigation: navigation(view),
            edit: subject.path.as_ref().and_then(|path| edit_address(self.site, path)),
            root: if view.path.contains('/') { "../" } else { "" },
            kind: subject.kind,
        };
        let (text, words) = match self.site.form {
            PageForm::Markdown => {
                context.insert("layout", &layout);
                (
                    self.front_matter(&subject.matter) + &fence::tidy(&self.templates.fill_in("layout.md", &context)?),
                    String::new(),
                )
            }
            PageForm::Html => {
                let body = html::body(&layout.body);
                layout.body = body.html;
                context.insert("layout", &layout);
                (self.templates.fill_in("layout.html", &context)?, body.words)
            }
        };
        let page = Page { path: view.path.to_owned(), text };
        match keep::find_kept_blocks(&page.path, &page.text) {
            Ok(_) => {
                let found = Found { path: page.path.clone(), title: title.to_owned(), words };
                Ok(Printed { page, found })
            }
            Err(block) => Err(RenderError {
                template: name.to_owned(),
                line: None,
                column: None,
                reason: format!("the block to keep `{}` is never closed: add the line <!-- /keep -->", block.name),
            }),
        }
    }

    fn front_matter(&self, matter: &FrontMatter<'_>) -> String {
        let render = self.site.ledger.root.render.as_ref();
        let wanted = render.and_then(|render| render.front_matter.as_ref()).is_some_and(|wanted| wanted.value);
        if wanted { matter.to_string() } else { String::new() }
    }
}

/// The status of each member with the agreements that concern it.
fn cells_by_member<'s, 'l>(site: &'s Site<'l>) -> HashMap<&'s str, Vec<&'s Cell<'l>>> {
    let mut cells: HashMap<&str, Vec<&Cell<'_>>> = HashMap::new();
    for cell in site.signing.iter().flat_map(|(_, row)| row) {
        cells.entry(&cell.member.key.id).or_default().push(cell);
    }
    cells
}

#[cfg(test)]
mod tests;
