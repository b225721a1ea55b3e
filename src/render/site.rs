//! What is public, and under which name: which records have a page, how pages name members and people, and the links
//! between pages.

use crate::agreement::{Cell, SignatureJudge};
use crate::disclosure::{Consents, Unlisted};
use crate::document::words::list;
use crate::kind::RecordKey;
use crate::ledger::Ledger;
use crate::parse::collation::SortKey;
use crate::parse::suggest::is_slug;
use crate::record::coalition::PageSort;
use crate::record::goal::{GoalOption, GoalStage};
use crate::record::member::Stage;
use crate::record::value::{AdvocateId, At, Choices, MemberId, RecordId, distinct};
use crate::record::{Advocate, Agreement, AnyRecord, Goal, Member, Record};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// The path of the index, relative to the output folder.
pub(super) const INDEX: &str = "index.md";

/// A name on a page, which leads to the page of its own where there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct PageLink {
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
    /// The agreements, each with the members that it concerns.
    pub signing: Vec<(&'l Record<Agreement>, Vec<Cell<'l>>)>,
    /// The people who have no name on pages, and may not be quoted there.
    pub unlisted: Unlisted,
    parts: HashMap<&'l str, Vec<(&'l Record<Goal>, String)>>,
    paths: BTreeMap<RecordKey, String>,
    has_index: bool,
}

impl<'l> Site<'l> {
    /// The public side of this ledger as of a day.
    pub(super) fn new(ledger: &'l Ledger, today: NaiveDate) -> Site<'l> {
        let registry = SignatureJudge::new(ledger, today);
        let signing = ledger.agreements.iter().map(|agreement| (agreement, registry.row(agreement))).collect();
        let wanted = |sort| is_wanted(ledger, sort);
        let mut site = Site {
            ledger,
            today,
            signing,
            unlisted: Unlisted::of(ledger, &Consents::of(ledger, today)),
            parts: HashMap::new(),
            paths: BTreeMap::new(),
            has_index: wanted(PageSort::Index),
        };
        if wanted(PageSort::Members) {
            let members: Vec<_> = ledger.current_members(today).filter(|member| site.is_named(member)).collect();
            site.give_pages(members.into_iter().map(|member| &member.key));
        }
        if wanted(PageSort::Goals) {
            let goals: Vec<_> = site.goals().collect();
            site.give_pages(goals.into_iter().map(|goal| &goal.key));
        }
        if wanted(PageSort::Agreements) {
            site.give_pages(ledger.agreements.iter().map(|agreement| &agreement.key));
        }
        site.parts = parts_in_goals(&site);
        site
    }

    /// Whether the index is written.
    pub(super) fn has_index(&self) -> bool {
        self.has_index
    }

    /// The records that have a page, with its path relative to the output folder.
    pub(super) fn paths(&self) -> impl Iterator<Item = (&RecordKey, &str)> {
        self.paths.iter().map(|(key, path)| (key, path.as_str()))
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

    /// A file name that is not an id is a finding; until someone fixes it, the record has no page.
    fn give_pages<'a>(&mut self, keys: impl Iterator<Item = &'a RecordKey>) {
        for key in keys.filter(|key| is_slug(&key.id)) {
            self.paths.insert(key.clone(), format!("{}/{}.md", key.kind.folder(), key.id));
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
    /// The way to the index, from any page but itself.
    pub(super) fn home(&self) -> Option<String> {
        (self.site.has_index && self.path != INDEX).then(|| self.way_to(INDEX))
    }

    /// A goal or an agreement by its own name.
    pub(super) fn record(&self, record: &dyn AnyRecord) -> PageLink {
        PageLink { name: record.name().to_owned(), page: self.page_of(record.key()) }
    }

    /// A member by the name that is public.
    pub(super) fn member(&self, id: &MemberId) -> PageLink {
        PageLink { name: self.site.member_name(id), page: self.page_of(&id.key()) }
    }

    fn page_of(&self, key: &RecordKey) -> Option<String> {
        self.site.paths.get(key).map(|path| self.way_to(path))
    }

    /// Several members, by name.
    pub(super) fn members<'a>(&self, ids: impl IntoIterator<Item = &'a At<MemberId>>) -> Vec<PageLink> {
        let mut members: Vec<_> = ids.into_iter().map(|id| self.member(id)).collect();
        members.sort_by_cached_key(|member| SortKey::of(&member.name));
        members
    }

    /// Pages lie at most one folder deep.
    fn way_to(&self, target: &str) -> String {
        match (self.path.split_once('/'), target.split_once('/')) {
            (Some((from, _)), Some((there, name))) if from == there => name.to_owned(),
            (Some(_), _) => format!("../{target}"),
            (None, _) => target.to_owned(),
        }
    }
}
