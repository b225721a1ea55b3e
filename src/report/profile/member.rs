//! The page of a member.

use super::actions::Actions;
use super::circle::Circle;
use super::contacts::Log;
use super::giving::{self, Gift};
use super::help::Help;
use super::meetings::Meetings;
use super::points::{self, Point, Topic};
use super::positions::Positions;
use super::seats::{self, Seat};
use super::{Detail, day, detail_words, details, prose, shortened, spoken};
use crate::agreement::is_in_force;
use crate::document::{Document, Fact, Item, Line, Section, words};
use crate::practice::{open_communication, signs::Signs};
use crate::record::goal::GoalStage;
use crate::record::member::Stage;
use crate::record::value::{Choices, RecordId};
use crate::record::{Advocate, Member, Record};
use crate::report::signatures::{self, Cell};
use crate::report::{Answer, Named, Report, Request, Run, answer};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeSet;

/// The report.
pub static REPORT: Report = Report {
    name: "member",
    about: "everything about one member, as a page to bring to a conversation",
    run: Run::Member(run),
};

fn run(request: &Request<'_>, member: &Record<Member>) -> Answer {
    let page = MemberPage::of(request, member);
    let document = page.document(request);
    answer(&REPORT, request, &page, document)
}

#[derive(Debug, Serialize)]
struct MemberPage {
    member: Named,
    classification: Option<&'static str>,
    sector: Option<String>,
    areas: Vec<String>,
    stage: Stage,
    joined: Option<NaiveDate>,
    left: Option<NaiveDate>,
    sponsor: Option<Named>,
    url: Option<String>,
    approver: Option<String>,
    lead_days: Option<u32>,
    meets: Option<String>,
    contact_details: Vec<Detail>,
    notes: Option<String>,
    people: Vec<Person>,
    points: Vec<Point>,
    interests: Vec<Interest>,
    turf: Vec<Turf>,
    signatures: Vec<Signing>,
    positions: Positions,
    gifts: Vec<Gift>,
    meetings: Meetings,
    help: Help,
    actions: Actions,
    seats: Vec<Seat>,
    contacts: Log,
}

/// Somebody who belongs to the member or speaks for it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Person {
    pub advocate: Named,
    pub title: Option<String>,
    pub role: Option<&'static str>,
    pub serves: bool,
    pub representative: bool,
    pub backup_representative: bool,
    pub signatory: bool,
    pub contact_owner: Option<Named>,
}

/// Something that the member needs for itself.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Interest {
    pub interest: String,
    /// The goals that serve it and were not given up.
    pub goals: Vec<Served>,
}

/// A goal that serves an interest.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Served {
    pub goal: Named,
    pub stage: GoalStage,
}

/// Ground that the member regards as its own.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Turf {
    pub turf: String,
    /// The other current members that regard it as theirs too.
    pub claimed_by: Vec<Named>,
    /// The agreements in force that share it.
    pub shared_by: Vec<Named>,
}

/// How the member stands to an agreement.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Signing {
    pub agreement: Named,
    #[serde(flatten)]
    pub cell: Cell,
}

impl MemberPage {
    fn of(request: &Request<'_>, member: &Record<Member>) -> MemberPage {
        let here = request.here();
        let circle = Circle::of_member(here, member);
        let process = member.process.as_ref();
        let heard = Signs::of(here).heard(&member.key);
        let waiting = open_communication::members(here).into_iter().find(|one| one.member.key == member.key);
        let waiting = waiting.and_then(|one| one.wait).map(Into::into);
        let mut page = MemberPage {
            member: Named::record(member),
            classification: member.classification.as_ref().map(|classification| classification.value.label()),
            sector: member.sector.as_ref().map(|sector| sector.value.to_string()),
            areas: member.areas.iter().map(|area| area.value.clone()).collect(),
            stage: member.stage(request.today),
            joined: here.past(&member.joined),
            left: here.past(&member.left),
            sponsor: Named::at(request.ledger, &member.sponsor),
            url: member.url.as_ref().map(|url| url.value.to_string()),
            approver: process.and_then(|process| process.approver.as_ref()).map(|approver| approver.value.clone()),
            lead_days: process.and_then(|process| process.lead_days.as_ref()).map(|days| days.value),
            meets: process.and_then(|process| prose(&process.meets)),
            contact_details: details(request, &member.contact_details),
            notes: prose(&member.common.notes).filter(|_| request.private),
            people: people(request, member),
            points: Vec::new(),
            interests: interests(request, member),
            turf: turf(request, member),
            signatures: signings(request, member),
            positions: Positions::of(&circle, member),
            gifts: giving::gifts(&circle),
            meetings: Meetings::of(&circle, here.past(&member.joined)),
            help: Help::of(&circle),
            actions: Actions::of(&circle),
            seats: seats::seats(&circle),
            contacts: Log::of(request, member, &member.contacts, heard, waiting),
        };
        page.points = page.points(request, member);
        page
    }

    fn points(&self, request: &Request<'_>, member: &Member) -> Vec<Point> {
        let here = request.here();
        let mut points: Vec<Point> = points::of_log(&self.contacts).into_iter().collect();
        match self.stage {
            Stage::Left | Stage::Declined => return points,
            Stage::Unknown | Stage::Identified => points.push(Point::new(Topic::AskToJoin)),
            Stage::Invited => {
                let invited = here.past(&member.invited);
                let since = invited.map(|invited| format!("they were invited {}", day(invited, request.today)));
                points.push(Point { detail: since, ..Point::new(Topic::AskToJoin).day(invited) });
            }
            Stage::Joined => {}
        }
        points.extend(points::thanks(&self.gifts, &self.actions, &self.contacts));
        points.extend(points::of_objections(here, &self.positions));
        points.extend(self.signatures.iter().filter(|one| one.cell.is_open()).map(|one| sign(one, request.today)));
        points.extend(self.positions.open.iter().map(points::of_open));
        points.extend(points::of_actions(here, &self.actions));
        if self.stage == Stage::Joined {
            points.extend(points::of_help(&self.help, &self.contacts));
            points.extend(self.missed());
            let needs_two =
                member.classification.as_ref().map(|classification| classification.value.word()) != Some("individual");
            let gap = open_communication::gap(here, member).filter(|_| needs_two);
            points.extend(gap.map(|gap| Point::new(Topic::AskForBackup).detail(gap.problem)));
        }
        if self.interests.is_empty() {
            points.push(Point::new(Topic::AskInterests));
        }
        let unserved = self.interests.iter().filter(|one| one.goals.is_empty());
        points.extend(unserved.map(|one| Point::new(Topic::TalkAboutInterest).detail(spoken(&one.interest))));
        points.extend(points::of_terms(here, &self.seats));
        points
    }

    /// The last meeting, if they did not come and said nothing.
    fn missed(&self) -> Option<Point> {
        let last =
            self.meetings.missed.first().filter(|missed| !missed.regrets && Some(missed.date) == self.meetings.last)?;
        Some(Point::new(Topic::SayMissed).about(&last.meeting).day(Some(last.date)))
    }

    fn document(&self, request: &Request<'_>) -> Document {
        let today = request.today;
        let mut document = Document::new(self.member.name.as_str());
        document.add_subtitle(format!("{}, {}", request.ledger.root.name(), words::weekday(today)));
        document.add(self.who(today));
        document.add(points::section(&self.points, today));
        document.add(people_section(&self.people));
        document.add(interest_section(&self.interests, &self.turf));
        document.add(signature_section(&self.signatures, today));
        document.add(self.positions.section(today));
        document.add(giving::section(&self.gifts, today));
        document.add(self.meetings.section(today));
        document.add(self.help.section(today));
        document.add(self.actions.section(today, true));
        document.add(seats::section(&self.seats, true));
        document.add(self.contacts.section(today));
        let mut notes = Section::new("Notes");
        notes.paragraph(self.notes.as_deref().unwrap_or_default());
        document.add(notes);
        document
    }

    fn who(&self, today: NaiveDate) -> Section {
        let mut section = Section::new("Who they are");
        let sector = self.sector.as_deref().map(|sector| format!(" ({})", spoken(sector))).unwrap_or_default();
        let sort = self.classification.map(|sort| format!("{sort}{sector}")).unwrap_or_default();
        let since = |date: Option<NaiveDate>| date.map(|date| format!(" {}", day(date, today))).unwrap_or_default();
        let stage = match self.stage {
            Stage::Joined => format!("Member; joined{}", since(self.joined)),
            Stage::Left => format!("Left{}", since(self.left)),
            Stage::Declined => "Declined to join".to_owned(),
            Stage::Invited => "Invited, not a member yet".to_owned(),
            Stage::Identified | Stage::Unknown => "Not asked yet".to_owned(),
        };
        let lead = self.lead_days.map(|days| format!("needs {}", words::days(i64::from(days))));
        let meets = self.meets.as_ref().map(|meets| format!("meets: {meets}"));
        let decides: Vec<String> = self.approver.iter().cloned().chain(lead).chain(meets).collect();
        section.facts([
            Fact::new("Sort", sort),
            Fact::new("Areas", self.areas.join(", ")),
            Fact::new("Stage", stage),
            Fact::new("Brought in by", self.sponsor.as_ref().map_or("", |sponsor| sponsor.name.as_str())),
            Fact::new("Decides", decides.join("; ")),
            Fact::new("Web page", self.url.as_deref().unwrap_or_default()),
            Fact::new("Reach them", detail_words(&self.contact_details)),
        ]);
        section
    }
}

fn sign(signing: &Signing, today: NaiveDate) -> Point {
    let problem = signing.cell.problem.as_deref().unwrap_or_default();
    let task = signing.cell.task(today);
    let point = Point::new(Topic::AskToSign).about(&signing.agreement).day(signing.cell.deadline);
    point.detail(format!("{} {problem}. {task}", signing.cell.member.name))
}

fn people(request: &Request<'_>, member: &Record<Member>) -> Vec<Person> {
    let here = request.here();
    let is = |named: &crate::record::value::Opt<crate::record::value::AdvocateId>, id: &str| {
        named.as_ref().is_some_and(|named| named.value.as_str() == id)
    };
    let signatories: BTreeSet<&str> = member.signatory_ids().into_iter().map(RecordId::as_str).collect();
    let of = |advocate: &Record<Advocate>| {
        let id = &*advocate.key.id;
        let belongs = advocate.member.as_ref().is_some_and(|own| own.value.as_str() == &*member.key.id);
        let person = Person {
            advocate: Named::record(advocate),
            title: advocate.title.as_ref().map(|title| title.value.clone()),
            role: advocate.role.as_ref().map(|role| role.value.label()),
            serves: here.serves(advocate),
            representative: is(&member.representative, id),
            backup_representative: is(&member.backup_representative, id),
            signatory: signatories.contains(id),
            contact_owner: Named::at(request.ledger, &advocate.contact_owner),
        };
        let speaks = person.representative || person.backup_representative;
        (speaks || (belongs && person.serves)).then_some(person)
    };
    let mut people: Vec<Person> = request.ledger.advocates.iter().filter_map(of).collect();
    people.sort_by(|a, b| {
        let key = |one: &Person| (!one.representative, !one.backup_representative);
        key(a).cmp(&key(b)).then_with(|| (&a.advocate.name, &a.advocate.id).cmp(&(&b.advocate.name, &b.advocate.id)))
    });
    people
}

fn interests(request: &Request<'_>, member: &Member) -> Vec<Interest> {
    let served = |interest: &str| {
        let goals = request.ledger.goals.iter().filter(|goal| {
            goal.stage(request.today) != GoalStage::Dropped
                && goal.serves.iter().any(|serves| &*serves.value == interest)
        });
        let mut goals: Vec<Served> =
            goals.map(|goal| Served { goal: Named::record(goal), stage: goal.stage(request.today) }).collect();
        goals.sort_by(|a, b| (&a.goal.name, &a.goal.id).cmp(&(&b.goal.name, &b.goal.id)));
        goals
    };
    let own = member.interests.iter().map(|interest| interest.value.to_string());
    own.map(|interest| Interest { goals: served(&interest), interest }).collect()
}

fn turf(request: &Request<'_>, member: &Record<Member>) -> Vec<Turf> {
    let here = request.here();
    let one = |turf: &str| {
        let others = here
            .current_members()
            .filter(|other| other.key != member.key && other.turf.iter().any(|claimed| &*claimed.value == turf));
        let sharing = request.ledger.agreements.iter().filter(|agreement| {
            is_in_force(agreement, request.today) && agreement.shares_turf.iter().any(|shared| &*shared.value == turf)
        });
        Turf {
            turf: turf.to_owned(),
            claimed_by: others.map(Named::record).collect(),
            shared_by: sharing.map(Named::record).collect(),
        }
    };
    member.turf.iter().map(|turf| one(&turf.value)).collect()
}

fn signings(request: &Request<'_>, member: &Record<Member>) -> Vec<Signing> {
    let sheets = signatures::sheets(request).into_iter();
    sheets
        .filter_map(|sheet| {
            let cell = sheet.cells.into_iter().find(|cell| cell.member.id == *member.key.id)?;
            Some(Signing { agreement: sheet.agreement, cell })
        })
        .collect()
}

fn people_section(people: &[Person]) -> Section {
    let mut section = Section::new("Their people");
    section.list(people.iter().map(|one| {
        let mut parts = Vec::new();
        if one.representative {
            parts.push("represents them");
        }
        if one.backup_representative {
            parts.push("stands in");
        }
        if one.signatory {
            parts.push("may sign");
        }
        if !one.serves {
            parts.push("does not serve now");
        }
        let parts = if parts.is_empty() { String::new() } else { format!(": {}", words::list(&parts)) };
        let title = one.title.as_deref().or(one.role).map(|title| format!(", {title}")).unwrap_or_default();
        let item = Item::new(Line::new().strong(&one.advocate.name).plain(format!("{title}{parts}")));
        match &one.contact_owner {
            Some(owner) if one.serves => item.with(format!("{} keeps in touch", owner.name)),
            _ => item,
        }
    }));
    section
}

fn interest_section(interests: &[Interest], turf: &[Turf]) -> Section {
    let mut section = Section::new("What they care about");
    section.list(interests.iter().map(|one| {
        let goals: Vec<String> = one
            .goals
            .iter()
            .map(|served| format!("{} ({})", words::quoted(&served.goal.name), served.stage.word()))
            .collect();
        let goals = if goals.is_empty() { "no goal serves it yet".to_owned() } else { words::list(&goals) };
        Item::new(Line::new().strong(words::capitalized(&spoken(&one.interest))).plain(format!(": {goals}")))
    }));
    section.titled_list(
        "They regard as their own ground:",
        shortened(turf, |one| {
            let others = match one.claimed_by.as_slice() {
                [] => String::new(),
                others => format!(", as does {}", words::list(&Named::names(others))),
            };
            let shared: Vec<String> = one.shared_by.iter().map(|agreement| words::quoted(&agreement.name)).collect();
            let shared =
                if shared.is_empty() { String::new() } else { format!("; shared by {}", words::list(&shared)) };
            Item::new(format!("{}{others}{shared}", words::capitalized(&spoken(&one.turf))))
        }),
    );
    section
}

fn signature_section(signatures: &[Signing], today: NaiveDate) -> Section {
    let mut section = Section::new("Signatures");
    section.list(signatures.iter().map(|one| {
        let line = Line::new().strong(&one.agreement.name);
        if one.cell.is_open() {
            let problem = one.cell.problem.as_deref().unwrap_or_default();
            return Item::new(line.plain(format!(": {} {problem}", one.cell.member.name))).with(one.cell.task(today));
        }
        let by = one.cell.by.as_ref().map(|by| format!(" by {}", by.name)).unwrap_or_default();
        let date = one.cell.date.map(|date| format!(" on {}", words::day(date))).unwrap_or_default();
        let state = if one.cell.counts() { format!("signed{by}{date}") } else { spoken(one.cell.state.word()) };
        Item::new(line.plain(format!(": {state}")))
    }));
    section
}
