//! The page of a member.

mod view;

use super::actions::Actions;
use super::circle::ProfileSubject;
use super::contacts::ContactLog;
use super::giving::{self, GiftRow};
use super::help::Help;
use super::meetings::Meetings;
use super::points::{self, Point, Topic};
use super::positions::Positions;
use super::seats::{self, HeldSeat};
use super::signed::{Signed, signatures_given};
use super::{ProfileDetail, day, details, prose, spell_slug};
use crate::agreement::is_in_force;
use crate::practice::internal_process::lead_days;
use crate::practice::personal_contact::{Made, contacts_made};
use crate::practice::signs::Signs;
use crate::practice::{open_communication, representation};
use crate::record::advocate::Role;
use crate::record::goal::GoalStage;
use crate::record::member::{Classification, Stage};
use crate::record::value::{AdvocateId, Opt, RecordId, distinct};
use crate::record::{Advocate, Member, Record};
use crate::report::signatures::{self, SheetCell};
use crate::report::{Named, Report, ReportOutput, ReportRequest, ReportRun, answer};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeSet;

/// The report.
pub(crate) static REPORT: Report = Report {
    name: "member",
    about: "everything about one member, as a page to bring to a conversation",
    run: ReportRun::Member(run),
};

fn run(request: &ReportRequest<'_>, member: &Record<Member>) -> ReportOutput {
    let page = MemberPage::of(request, member);
    let document = page.document(request);
    answer(&REPORT, request, &page, document)
}

/// Everything about one member.
#[derive(Debug, Serialize)]
struct MemberPage {
    /// The member.
    member: Named,
    /// What sort of organization it is.
    classification: Option<Classification>,
    /// The part of the community it belongs to.
    sector: Option<String>,
    /// The places it serves.
    areas: Vec<String>,
    /// Where it stands.
    stage: Stage,
    /// The day it was asked to join.
    invited: Option<NaiveDate>,
    /// The day it said no.
    declined: Option<NaiveDate>,
    /// The day it joined.
    joined: Option<NaiveDate>,
    /// The day it left.
    left: Option<NaiveDate>,
    /// The member that brought it in.
    sponsor: Option<Named>,
    /// Its web page.
    url: Option<String>,
    /// Who has to say yes in it.
    approver: Option<String>,
    /// How many days it needs to decide.
    lead_days: Option<u32>,
    /// When it meets.
    meets: Option<String>,
    /// How to reach it, as far as that may be shown.
    contact_details: Vec<ProfileDetail>,
    /// Notes, if private fields may be shown.
    notes: Option<String>,
    /// Its people, those who speak for it first.
    people: Vec<Person>,
    /// What to talk about.
    points: Vec<Point>,
    /// What it needs for itself, and what serves that.
    interests: Vec<Interest>,
    /// What it regards as its own ground.
    turf: Vec<Turf>,
    /// The goals that it proposed, the newest first.
    proposed: Vec<Proposed>,
    /// The signatures that were given for it, the newest first; those taken back too.
    signed: Vec<Signed>,
    /// How it stands to each agreement.
    signatures: Vec<Signing>,
    /// Where it stands on goals and decisions.
    positions: Positions,
    /// What it gave, the newest first.
    gifts: Vec<GiftRow>,
    /// Its attendance in the last 365 days.
    meetings: Meetings,
    /// What it asked for and answered.
    help: Help,
    /// What its people said they would do.
    actions: Actions,
    /// The seats that are held on its behalf.
    seats: Vec<HeldSeat>,
    /// The last contacts with it.
    contacts: ContactLog,
}

/// Someone who belongs to the member or speaks for it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Person {
    /// The person.
    pub advocate: Named,
    /// The office or job.
    pub title: Option<String>,
    /// The part the person plays.
    pub role: Option<Role>,
    /// Whether the person serves.
    pub serves: bool,
    /// Whether the person represents the member.
    pub representative: bool,
    /// Whether the person stands in.
    pub backup_representative: bool,
    /// Whether the person may sign for it.
    pub signatory: bool,
    /// Who keeps in touch with the person.
    pub contact_owner: Option<Named>,
}

/// Something that the member needs for itself.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Interest {
    /// The interest, as members and goals write it.
    pub interest: String,
    /// The goals that serve it and were not given up.
    pub goals: Vec<InterestRow>,
}

/// A goal that serves an interest.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct InterestRow {
    /// The goal.
    pub goal: Named,
    /// Where it stands.
    pub stage: GoalStage,
}

/// A goal that the member proposed.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Proposed {
    /// The goal.
    pub goal: Named,
    /// Where it stands.
    pub stage: GoalStage,
    /// The day it was proposed.
    pub date: Option<NaiveDate>,
}

/// Ground that the member regards as its own.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Turf {
    /// The ground, as members and agreements write it.
    pub turf: String,
    /// The other current members that regard it as theirs too.
    pub claimed_by: Vec<Named>,
    /// The agreements in force that share it.
    pub shared_by: Vec<Named>,
}

/// How the member stands to an agreement.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Signing {
    /// The agreement.
    pub agreement: Named,
    /// How the member stands to it.
    #[serde(flatten)]
    pub cell: SheetCell,
}

impl MemberPage {
    fn of(request: &ReportRequest<'_>, member: &Record<Member>) -> MemberPage {
        let as_of = request.as_of();
        let circle = ProfileSubject::of_member(as_of, member);
        let process = member.process.as_ref();
        let heard = Signs::of(as_of).last_sign(&member.key);
        let waiting = open_communication::members(as_of).into_iter().find(|one| one.member.key == member.key);
        let waiting = waiting.and_then(|one| one.wait).map(Into::into);
        let mut page = MemberPage {
            member: Named::record(member),
            classification: member.classification.as_ref().map(|classification| classification.value),
            sector: member.sector.as_ref().map(|sector| sector.value.to_string()),
            areas: member.areas.iter().map(|area| area.value.clone()).collect(),
            stage: member.stage(request.today),
            invited: as_of.past(&member.invited),
            declined: as_of.past(&member.declined),
            joined: as_of.past(&member.joined),
            left: as_of.past(&member.left),
            sponsor: Named::at(request.ledger, &member.sponsor),
            url: member.url.as_ref().map(|url| url.value.to_string()),
            approver: process.and_then(|process| process.approver.as_ref()).map(|approver| approver.value.clone()),
            lead_days: lead_days(member),
            meets: process.and_then(|process| prose(&process.meets)),
            contact_details: details(request, &member.contact_details),
            notes: prose(&member.common.notes).filter(|_| request.private),
            people: people(request, member),
            points: Vec::new(),
            interests: interests(request, member),
            turf: turf(request, member),
            proposed: proposed_records(request, member),
            signed: signatures_given(&circle),
            signatures: signings(request, member),
            positions: Positions::of(&circle, member),
            gifts: giving::gifts(&circle),
            meetings: Meetings::of(&circle, member.is_current(request.today), |day| member.is_expected(day)),
            help: Help::of(&circle),
            actions: Actions::of(&circle),
            seats: seats::seats(&circle),
            contacts: ContactLog::of(request, member, contacts(request, member), heard, waiting),
        };
        page.points = page.points(request, member);
        page
    }

    fn points(&self, request: &ReportRequest<'_>, member: &Member) -> Vec<Point> {
        let as_of = request.as_of();
        let mut points: Vec<Point> = points::of_log(&self.contacts).into_iter().collect();
        match self.stage {
            Stage::Left | Stage::Declined => return points,
            Stage::Unknown | Stage::Identified => points.push(Point::new(Topic::AskToJoin)),
            Stage::Invited => {
                let invited = as_of.past(&member.invited);
                let since = invited.map(|invited| format!("they were invited {}", day(invited, request.today)));
                points.push(Point { detail: since, ..Point::new(Topic::AskToJoin).day(invited) });
            }
            Stage::Joined => {}
        }
        points.extend(points::thanks(as_of, &self.gifts, &self.actions, &self.contacts));
        points.extend(points::of_objections(as_of, &self.positions));
        points.extend(self.signatures.iter().filter(|one| one.cell.is_open()).map(|one| sign(one, request.today)));
        points.extend(self.positions.open.iter().map(points::of_open));
        points.extend(points::of_actions(as_of, &self.actions));
        if self.stage == Stage::Joined {
            points.extend(points::of_help(as_of, &self.help, &self.contacts));
            points.extend(self.missed_meeting());
            let gap = representation::gap(as_of, member).filter(|_| representation::needs_two(member));
            points.extend(gap.map(|gap| {
                let point = Point::new(Topic::AskForBackup).detail(gap.problem);
                // Where only the second is missing, the question is who stands in for the first.
                let first = member.representative.as_ref().and_then(|id| as_of.ledger.advocates.get(id));
                match first.filter(|first| member.backup_representative.is_none() && as_of.serves(first)) {
                    Some(first) => point.with_subject(&Named::record(first)),
                    None => point,
                }
            }));
        }
        if self.interests.is_empty() {
            points.push(Point::new(Topic::AskInterests));
        }
        let unserved = self.interests.iter().filter(|one| one.goals.is_empty());
        points.extend(unserved.map(|one| Point::new(Topic::TalkAboutInterest).detail(spell_slug(&one.interest))));
        points.extend(points::of_terms(as_of, &self.seats));
        points
    }

    /// The last meeting, if they did not come and said nothing.
    fn missed_meeting(&self) -> Option<Point> {
        let last =
            self.meetings.missed.first().filter(|missed| !missed.regrets && Some(missed.date) == self.meetings.last)?;
        Some(Point::new(Topic::SayMissed).with_subject(&last.meeting).day(Some(last.date)))
    }
}

fn sign(signing: &Signing, today: NaiveDate) -> Point {
    let problem = signing.cell.problem.as_deref().unwrap_or_default();
    let task = signing.cell.task(today);
    let point = Point::new(Topic::AskToSign).with_subject(&signing.agreement).day(signing.cell.deadline);
    point.detail(format!("{} {problem}. {task}", signing.cell.member.name))
}

fn people(request: &ReportRequest<'_>, member: &Record<Member>) -> Vec<Person> {
    let as_of = request.as_of();
    let is = |named: &Opt<AdvocateId>, id: &str| named.as_ref().is_some_and(|named| named.value.as_str() == id);
    let signatories: BTreeSet<&str> = member.signatory_ids().into_iter().map(RecordId::as_str).collect();
    let of = |advocate: &Record<Advocate>| {
        let id = &*advocate.key.id;
        let belongs = advocate.member.as_ref().is_some_and(|home| home.value.as_str() == &*member.key.id);
        let person = Person {
            advocate: Named::record(advocate),
            title: advocate.title.as_ref().map(|title| title.value.clone()),
            role: advocate.role.as_ref().map(|role| role.value),
            serves: as_of.serves(advocate),
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
        key(a).cmp(&key(b)).then_with(|| a.advocate.cmp(&b.advocate))
    });
    people
}

fn interests(request: &ReportRequest<'_>, member: &Member) -> Vec<Interest> {
    let served = |interest: &str| {
        let goals = request.ledger.goals.iter().filter(|goal| {
            goal.stage(request.today) != GoalStage::Dropped
                && goal.serves.iter().any(|serves| &*serves.value == interest)
        });
        let mut goals: Vec<InterestRow> =
            goals.map(|goal| InterestRow { goal: Named::record(goal), stage: goal.stage(request.today) }).collect();
        goals.sort_by(|a, b| a.goal.cmp(&b.goal));
        goals
    };
    let home = distinct(&member.interests).map(|interest| interest.value.to_string());
    home.map(|interest| Interest { goals: served(&interest), interest }).collect()
}

fn proposed_records(request: &ReportRequest<'_>, member: &Record<Member>) -> Vec<Proposed> {
    let as_of = request.as_of();
    let home = request.ledger.goals.iter().filter(|goal| {
        as_of.may_have_come(&goal.proposed)
            && goal.proposed_by.iter().any(|by| by.value.as_str().eq_ignore_ascii_case(&member.key.id))
    });
    let mut proposed: Vec<Proposed> = home
        .map(|goal| Proposed {
            goal: Named::record(goal),
            stage: goal.stage(request.today),
            date: as_of.past(&goal.proposed),
        })
        .collect();
    proposed.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.goal.cmp(&b.goal)));
    proposed
}

/// The contacts with the member and with its people.
fn contacts<'l>(request: &ReportRequest<'l>, member: &'l Record<Member>) -> Vec<Made<'l>> {
    let as_of = request.as_of();
    let belongs = |advocate: &&Record<Advocate>| {
        advocate.member.as_ref().is_some_and(|home| home.value.as_str() == &*member.key.id)
    };
    let people = request.ledger.advocates.iter().filter(belongs);
    let with_people = people.flat_map(|advocate| contacts_made(as_of, advocate, &advocate.contacts));
    contacts_made(as_of, member, &member.contacts).chain(with_people).collect()
}

fn turf(request: &ReportRequest<'_>, member: &Record<Member>) -> Vec<Turf> {
    let as_of = request.as_of();
    let one = |turf: &str| {
        let others = as_of
            .current_members()
            .filter(|other| other.key != member.key && other.turf.iter().any(|claimed| &*claimed.value == turf));
        let sharing = request.ledger.agreements.iter().filter(|agreement| {
            is_in_force(request.ledger, agreement, request.today)
                && agreement.shares_turf.iter().any(|shared| &*shared.value == turf)
        });
        Turf {
            turf: turf.to_owned(),
            claimed_by: Named::sort_names(others.map(Named::record)),
            shared_by: Named::sort_names(sharing.map(Named::record)),
        }
    };
    member.turf.iter().map(|turf| one(&turf.value)).collect()
}

fn signings(request: &ReportRequest<'_>, member: &Record<Member>) -> Vec<Signing> {
    let sheets = signatures::sheets(request).into_iter();
    sheets
        .filter_map(|sheet| {
            let cell = sheet.cells.into_iter().find(|cell| cell.member.id == *member.key.id)?;
            Some(Signing { agreement: sheet.agreement, cell })
        })
        .collect()
}
