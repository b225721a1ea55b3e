//! What is public, and under which name: which records have a page, how pages name members and people, and the links
//! between pages.

use super::connections::Connections;
use crate::agreement::{Cell, SignatureJudge};
use crate::disclosure::{Consents, Unlisted};
use crate::document::words::list;
use crate::kind::{Kind, RecordKey};
use crate::ledger::{AsOf, Ledger};
use crate::parse::collation::SortKey;
use crate::parse::suggest::is_slug;
use crate::record::coalition::PageSort;
use crate::record::goal::{GoalOption, GoalStage};
use crate::record::member::Stage;
use crate::record::value::{AdvocateId, At, Choices, MemberId, Opt, RecordId, distinct};
use crate::record::{Advocate, Agreement, AnyRecord, Goal, Meeting, Member, Record, has_public_minutes};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What the pages are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageForm {
    /// Markdown, which git hosts and site generators show.
    Markdown,
    /// HTML: a site that needs nothing else.
    Html,
}

impl PageForm {
    /// How the names of its pages end.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            PageForm::Markdown => "md",
            PageForm::Html => "html",
        }
    }
}

/// A page that lists others: all members, all goals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Overview {
    /// What it lists.
    pub sort: PageSort,
    /// Its title, which is its name in the navigation.
    pub title: &'static str,
    /// Its path, relative to the output folder.
    pub path: String,
}

/// The pages that list others, in the order of the navigation: the sort, the title, and the path without its ending.
const OVERVIEWS: [(PageSort, &str, &str); 9] = [
    (PageSort::Goals, "Goals", "goals"),
    (PageSort::Members, "Members", "members"),
    (PageSort::Campaigns, "Take part", "campaigns"),
    (PageSort::Decisions, "Decisions", "decisions"),
    (PageSort::Meetings, "Meetings", "meetings"),
    (PageSort::Calendar, "Calendar", "calendar"),
    (PageSort::Agreements, "Agreements", "agreements"),
    (PageSort::Committees, "Committees", "committees"),
    (PageSort::Thanks, "Thanks", "thanks"),
];

/// A name on a page, which leads to the page of its own where there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PageLink {
    /// The name.
    pub name: String,
    /// Its page, relative to the page that names it.
    pub page: Option<String>,
}

/// The public side of a ledger on a day.
pub(super) struct Site<'l> {
    /// The ledger.
    pub ledger: &'l Ledger,
    /// The day. What is dated later has not happened.
    pub today: NaiveDate,
    /// What its pages are written as.
    pub form: PageForm,
    /// The agreements, each with the members that it concerns.
    pub signing: Vec<(&'l Record<Agreement>, Vec<Cell<'l>>)>,
    /// The people who have no name on pages, and may not be quoted there.
    pub unlisted: Unlisted,
    /// Which records refer to which.
    pub connections: Connections<'l>,
    parts: HashMap<&'l str, Vec<(&'l Record<Goal>, String)>>,
    paths: BTreeMap<RecordKey, String>,
    overviews: Vec<Overview>,
    has_home: bool,
}

impl<'l> Site<'l> {
    /// The public side of this ledger as of a day.
    pub(super) fn new(ledger: &'l Ledger, today: NaiveDate, form: PageForm) -> Site<'l> {
        let registry = SignatureJudge::new(ledger, today);
        let signing = ledger.agreements.iter().map(|agreement| (agreement, registry.row(agreement))).collect();
        let wanted = |sort| is_wanted(ledger, sort);
        let mut site = Site {
            ledger,
            today,
            form,
            signing,
            unlisted: Unlisted::of(ledger, &Consents::of(ledger, today)),
            connections: Connections::of(AsOf::new(ledger, today)),
            parts: HashMap::new(),
            paths: BTreeMap::new(),
            overviews: Vec::new(),
            has_home: wanted(PageSort::Index),
        };
        for (sort, kind) in [
            (PageSort::Members, Kind::Member),
            (PageSort::Goals, Kind::Goal),
            (PageSort::Agreements, Kind::Agreement),
            (PageSort::Decisions, Kind::Decision),
            (PageSort::Meetings, Kind::Meeting),
            (PageSort::Committees, Kind::Committee),
            (PageSort::Campaigns, Kind::Campaign),
        ] {
            if wanted(sort) {
                let public = ledger.records_of(kind).filter(|record| site.has_subject(*record));
                let keys: Vec<&RecordKey> = public.map(AnyRecord::key).collect();
                site.give_pages(keys.into_iter());
            }
        }
        site.parts = parts_in_goals(&site);
        let kinds: HashSet<Kind> = site.paths.keys().map(|key| key.kind).collect();
        let has = |kind| kinds.contains(&kind);
        let is_filled = |sort| match sort {
            PageSort::Index => false,
            PageSort::Members => has(Kind::Member),
            PageSort::Goals => has(Kind::Goal),
            PageSort::Agreements => has(Kind::Agreement),
            PageSort::Decisions => has(Kind::Decision),
            PageSort::Meetings => has(Kind::Meeting),
            PageSort::Committees => has(Kind::Committee),
            PageSort::Campaigns => has(Kind::Campaign),
            PageSort::Calendar => true,
            PageSort::Thanks => !site.connections.gifts.is_empty(),
        };
        let shown = OVERVIEWS.iter().filter(|(sort, ..)| wanted(*sort) && is_filled(*sort));
        site.overviews = shown
            .map(|(sort, title, path)| Overview { sort: *sort, title, path: format!("{path}.{}", form.ending()) })
            .collect();
        site
    }

    /// The path of the home page, where one is written.
    pub(super) fn home(&self) -> Option<String> {
        self.has_home.then(|| format!("index.{}", self.form.ending()))
    }

    /// The path of the page with the search; only HTML has one, since git hosts and site generators bring their own.
    pub(super) fn search(&self) -> Option<String> {
        (self.form == PageForm::Html && !self.paths.is_empty()).then(|| "search.html".to_owned())
    }

    /// The pages that list others, in the order of the navigation.
    pub(super) fn overviews(&self) -> &[Overview] {
        &self.overviews
    }

    /// The page that lists a sort.
    pub(super) fn overview(&self, sort: PageSort) -> Option<&Overview> {
        self.overviews.iter().find(|overview| overview.sort == sort)
    }

    /// The records that have a page, with its path relative to the output folder.
    pub(super) fn paths(&self) -> impl Iterator<Item = (&RecordKey, &str)> {
        self.paths.iter().map(|(key, path)| (key, path.as_str()))
    }

    /// The ledger seen from the day.
    pub(super) fn as_of(&self) -> AsOf<'l> {
        AsOf::new(self.ledger, self.today)
    }

    /// The goals that the public may know of: all but ideas.
    pub(super) fn goals(&self) -> impl Iterator<Item = &'l Record<Goal>> + use<'l> {
        let (ledger, today) = (self.ledger, self.today);
        ledger.goals.iter().filter(move |goal| goal.stage(today) != GoalStage::Idea)
    }

    /// An agreement with the members that it concerns.
    pub(super) fn signing_of(&self, key: &RecordKey) -> Option<&(&'l Record<Agreement>, Vec<Cell<'l>>)> {
        self.signing.iter().find(|(agreement, _)| agreement.key == *key)
    }

    /// The public goals in which a member has a part, with what it does.
    pub(super) fn parts_of(&self, member: &Record<Member>) -> &[(&'l Record<Goal>, String)] {
        self.parts.get(&*member.key.id).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a record is one that the public may read of: no prospect, no idea, nothing that is still to be proposed or to open.
    fn has_subject(&self, record: &dyn AnyRecord) -> bool {
        let (ledger, id) = (self.ledger, &record.key().id);
        let has_begun = |date: &Opt<NaiveDate>| self.as_of().may_have_come(date);
        match record.key().kind {
            Kind::Member => {
                let member = ledger.members.find(id);
                member.is_some_and(|member| member.is_current(self.today) && self.is_named(member))
            }
            Kind::Goal => ledger.goals.find(id).is_some_and(|goal| goal.stage(self.today) != GoalStage::Idea),
            Kind::Agreement => true,
            Kind::Decision => ledger.decisions.find(id).is_some_and(|decision| has_begun(&decision.proposed)),
            Kind::Meeting => ledger.meetings.find(id).is_some_and(|meeting| self.is_open(meeting)),
            Kind::Committee => ledger.committees.find(id).is_some_and(|committee| committee.is_at_work(self.today)),
            Kind::Campaign => ledger.campaigns.find(id).is_some_and(|campaign| has_begun(&campaign.opens)),
            _ => false,
        }
    }

    /// Whether the public may read of the record with this key.
    pub(super) fn is_public(&self, key: &RecordKey) -> bool {
        self.ledger.find(key.kind, &key.id).is_some_and(|record| self.has_subject(record))
    }

    /// Whether a meeting is one for all: the coalition's own. A committee meets for itself; what it publishes are minutes.
    fn is_open(&self, meeting: &Record<Meeting>) -> bool {
        meeting.is_assembly() || has_public_minutes(meeting, self.today)
    }

    /// A file name that is not an id is a finding; until someone fixes it, the record has no page.
    fn give_pages<'a>(&mut self, keys: impl Iterator<Item = &'a RecordKey>) {
        for key in keys.filter(|key| is_slug(&key.id)) {
            self.paths.insert(key.clone(), format!("{}/{}.{}", key.kind.folder(), key.id, self.form.ending()));
        }
    }

    /// Whether a member may be named: an organization, or a person with consent.
    fn is_named(&self, member: &Record<Member>) -> bool {
        !self.unlisted.has(&member.key)
    }

    /// The person with this id, who has agreed to be listed.
    pub(super) fn find_listed_person(&self, id: &AdvocateId) -> Option<&'l Record<Advocate>> {
        self.ledger.advocates.get(id).filter(|advocate| !self.unlisted.has(&advocate.key))
    }

    /// What a member is called. Prospects are not public, even where a record already speaks of them.
    fn member_name(&self, id: &MemberId) -> String {
        let Some(member) = self.ledger.members.get(id) else { return self.lost_member_name(id) };
        match member.stage(self.today) {
            _ if !self.is_named(member) => "an individual member".to_owned(),
            Stage::Joined | Stage::Left => member.name().to_owned(),
            _ => "an organization that is not a member".to_owned(),
        }
    }

    /// What a member without a record is called: by its id, unless that is the id of a person who is not to be named.
    fn lost_member_name(&self, id: &MemberId) -> String {
        match self.ledger.advocates.find(id.as_str()) {
            Some(person) if self.unlisted.has(&person.key) => "an individual member".to_owned(),
            _ => id.to_string(),
        }
    }

    /// What a person is called: by name only with consent, otherwise by the part played. An id would tell the name.
    pub(super) fn person(&self, id: &AdvocateId) -> String {
        let Some(advocate) = self.ledger.advocates.get(id) else { return "a person".to_owned() };
        match &advocate.common.name {
            Some(name) if self.find_listed_person(id).is_some() => name.value.clone(),
            _ => self.unlisted.words(self.ledger, &advocate.key, self.today),
        }
    }
}

/// Whether pages of a sort are written: all are, unless the ledger lists some.
fn is_wanted(ledger: &Ledger, sort: PageSort) -> bool {
    let include = ledger.root.render.as_ref().map(|render| render.include.as_slice()).unwrap_or_default();
    include.is_empty() || include.iter().any(|wanted| wanted.value == sort)
}

/// What each member does for each public goal.
fn parts_in_goals<'l>(site: &Site<'l>) -> HashMap<&'l str, Vec<(&'l Record<Goal>, String)>> {
    let mut parts: HashMap<&'l str, Vec<(&'l Record<Goal>, String)>> = HashMap::new();
    for goal in site.goals() {
        let mut words: BTreeMap<&'l str, Vec<String>> = BTreeMap::new();
        let mut tell = |id: &'l At<MemberId>, part: &str| words.entry(id.as_str()).or_default().push(part.to_owned());
        goal.lead.iter().for_each(|id| tell(id, "leads the work"));
        distinct(&goal.proposed_by).for_each(|id| tell(id, "proposed it"));
        distinct(&goal.developed_by).for_each(|id| tell(id, "helped develop it"));
        for position in goal.positions_on(site.today) {
            if let (Some(id), Some(option)) = (&position.member, &position.option) {
                tell(id, GoalOption::label(option.value));
            }
        }
        for (member, words) in words {
            parts.entry(member).or_default().push((goal, list(&words)));
        }
    }
    parts
}

/// The site as seen from one page: links are relative to it.
pub(super) struct Viewpoint<'s, 'l> {
    /// The site.
    pub site: &'s Site<'l>,
    /// The path of the page, relative to the output folder.
    pub path: &'s str,
}

impl Viewpoint<'_, '_> {
    /// The way to the home page, from any page but itself.
    pub(super) fn home(&self) -> Option<String> {
        self.site.home().filter(|home| home != self.path).map(|home| self.way_to(&home))
    }

    /// The way to the page that lists a sort.
    pub(super) fn overview(&self, sort: PageSort) -> Option<String> {
        self.site.overview(sort).map(|overview| self.way_to(&overview.path))
    }

    /// A record that is public, by its own name.
    pub(super) fn record(&self, record: &dyn AnyRecord) -> PageLink {
        PageLink { name: record.name().to_owned(), page: self.page_of(record.key()) }
    }

    /// The record that a field names, if the public may read of it.
    pub(super) fn referred<I: RecordId>(&self, field: &Opt<I>) -> Option<PageLink> {
        let record = self.site.ledger.find(I::KIND, field.as_ref()?.value.as_str())?;
        self.site.has_subject(record).then(|| self.record(record))
    }

    /// Those of several records that the public may read of.
    pub(super) fn records<'r, R: AnyRecord + 'r>(&self, records: impl IntoIterator<Item = &'r R>) -> Vec<PageLink> {
        let records = records.into_iter().map(|record| record as &dyn AnyRecord);
        records.filter(|record| self.site.has_subject(*record)).map(|record| self.record(record)).collect()
    }

    /// A member by the name that is public.
    pub(super) fn member(&self, id: &MemberId) -> PageLink {
        PageLink { name: self.site.member_name(id), page: self.page_of(&id.key()) }
    }

    /// The way to the page of a record, if it has one.
    pub(super) fn page_of(&self, key: &RecordKey) -> Option<String> {
        self.site.paths.get(key).map(|path| self.way_to(path))
    }

    /// Several members, by name.
    pub(super) fn members<'a>(&self, ids: impl IntoIterator<Item = &'a At<MemberId>>) -> Vec<PageLink> {
        let mut members: Vec<_> = ids.into_iter().map(|id| self.member(id)).collect();
        members.sort_by_cached_key(|member| SortKey::of(&member.name));
        members
    }

    /// The way to a page. Pages lie at most one folder deep.
    pub(super) fn way_to(&self, target: &str) -> String {
        match (self.path.split_once('/'), target.split_once('/')) {
            (Some((from, _)), Some((there, name))) if from == there => name.to_owned(),
            (Some(_), _) => format!("../{target}"),
            (None, _) => target.to_owned(),
        }
    }
}
