//! The page of a person.

mod view;

use super::actions::Actions;
use super::circle::ProfileSubject;
use super::contacts::ContactLog;
use super::giving::{self, GiftRow};
use super::meetings::Meetings;
use super::points::{self, Point, Topic};
use super::positions::{Open, Positions};
use super::seats::{self, HeldSeat};
use super::signed::{Signed, signatures_given};
use super::{ProfileDetail, details, prose};
use crate::practice::notables::{PublicPart, has_answered, notables, to_consent};
use crate::practice::personal_contact::{self, Keeper, contacts_made, keeper};
use crate::practice::progress::MilestoneProgress;
use crate::practice::year_round;
use crate::record::advocate::Role;
use crate::record::goal::GoalStage;
use crate::record::value::{AdvocateId, At, Opt, RecordId};
use crate::record::{Advocate, Goal, Member, Record};
use crate::report::signatures;
use crate::report::{Named, Report, ReportOutput, ReportRequest, ReportRun, answer};
use chrono::NaiveDate;
use serde::Serialize;

/// The report.
pub(crate) static REPORT: Report = Report {
    name: "advocate",
    about: "everything about one person, as a page to bring to a conversation",
    run: ReportRun::Advocate(run),
};

fn run(request: &ReportRequest<'_>, advocate: &Record<Advocate>) -> ReportOutput {
    let page = AdvocatePage::of(request, advocate);
    let document = page.document(request);
    answer(&REPORT, request, &page, document)
}

/// Everything about one person.
#[derive(Debug, Serialize)]
struct AdvocatePage {
    /// The person.
    advocate: Named,
    /// The office or job.
    title: Option<String>,
    /// The part the person plays.
    role: Option<Role>,
    /// Pronouns.
    pronouns: Option<String>,
    /// The member the person belongs to.
    member: Option<Named>,
    /// Whether the person serves.
    serves: bool,
    /// The first day of service.
    start_date: Option<NaiveDate>,
    /// The last day of service.
    end_date: Option<NaiveDate>,
    /// Languages spoken.
    languages: Vec<String>,
    /// What the person can do well.
    skills: Vec<String>,
    /// How to reach the person, as far as that may be shown.
    contact_details: Vec<ProfileDetail>,
    /// Notes, if private fields may be shown.
    notes: Option<String>,
    /// Who keeps in touch with the person.
    contact_owner: Option<Named>,
    /// Whether that one serves.
    contact_owner_serves: bool,
    /// The people with whom this person keeps in touch.
    keeps_in_touch_with: Vec<Named>,
    /// The officials with whom this person keeps in touch.
    officials: Vec<Named>,
    /// The members for which the person speaks.
    speaks_for: Vec<SpeaksFor>,
    /// What the person has agreed to.
    consent: ConsentGiven,
    /// Why the word of the person carries weight.
    notable: Option<KnownFor>,
    /// What to talk about.
    points: Vec<Point>,
    /// The signatures given, the newest first; those taken back too.
    signed: Vec<Signed>,
    /// What the person gave, the newest first.
    gifts: Vec<GiftRow>,
    /// Attendance in the last 365 days.
    meetings: Meetings,
    /// What the person said they would do.
    actions: Actions,
    /// The open steps of goals that the person sees to.
    milestones: Vec<AdvocateStep>,
    /// The goals for which the person answers.
    goals: Vec<Named>,
    /// The seats that the person holds.
    seats: Vec<HeldSeat>,
    /// The last contacts with the person.
    contacts: ContactLog,
    /// How many contacts this person made with others in the last 365 days.
    contacts_made_last_year: usize,
}

/// A member for which a person speaks.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct SpeaksFor {
    /// The member.
    member: Named,
    /// Whether as its representative.
    representative: bool,
    /// Whether as the one who stands in.
    backup_representative: bool,
}

/// What a person has agreed to today.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct ConsentGiven {
    /// Whether pages may name them.
    listed: Option<bool>,
    /// Whether they may be quoted.
    quoted: Option<bool>,
    /// Whether photographs may be shown.
    photographed: Option<bool>,
    /// The day they said so.
    recorded: Option<NaiveDate>,
}

/// Why a person\u{2019}s word carries weight.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct KnownFor {
    /// What the person is known for.
    known_for: Option<String>,
    /// Who listens.
    audience: Option<String>,
    /// What was asked, the newest first.
    asks: Vec<MadeAsk>,
}

/// Something that was asked of a notable.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct MadeAsk {
    /// When.
    date: NaiveDate,
    /// What was asked.
    ask: Option<String>,
    /// Whether there was an answer.
    answered: bool,
    /// What they said, if private fields may be shown.
    answer: Option<String>,
}

/// A step of a goal that a person sees to.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct AdvocateStep {
    /// The goal.
    goal: Named,
    /// The step.
    step: String,
    /// The day by which it should be done.
    due: Option<NaiveDate>,
}

impl AdvocatePage {
    fn of(request: &ReportRequest<'_>, advocate: &Record<Advocate>) -> AdvocatePage {
        let as_of = request.as_of();
        let ledger = request.ledger;
        let circle = ProfileSubject::of_advocate(as_of, advocate);
        let is_own = |named: &Opt<AdvocateId>| circle.has_person(named);
        let touch = personal_contact::people(as_of).into_iter().find(|one| one.advocate.key == advocate.key);
        let heard = touch.and_then(|one| one.last);
        let waiting = touch.and_then(|one| one.wait).map(Into::into);
        let texts = |list: &[At<String>]| list.iter().map(|text| text.value.clone()).collect();
        let keeps = as_of.serving_advocates().filter(|other| is_own(&other.contact_owner) && other.key != advocate.key);
        let officials = ledger.officials.iter().filter(|official| is_own(&official.owner));
        let in_office = officials.filter(|official| year_round::in_office(as_of, official));
        let by_them = personal_contact::all_made(as_of)
            .filter(|made| is_own(&made.contact.by) && as_of.is_of_last_year(made.date.value));
        let mut page = AdvocatePage {
            advocate: Named::record(advocate),
            title: advocate.title.as_ref().map(|title| title.value.clone()),
            role: advocate.role.as_ref().map(|role| role.value),
            pronouns: advocate.pronouns.as_ref().map(|pronouns| pronouns.value.clone()),
            member: Named::at(ledger, &advocate.member),
            serves: as_of.serves(advocate),
            start_date: advocate.start_date.as_ref().map(|start| start.value),
            end_date: advocate.end_date.as_ref().map(|end| end.value),
            languages: texts(&advocate.languages),
            skills: texts(&advocate.skills),
            contact_details: details(request, &advocate.contact_details),
            notes: prose(&advocate.common.notes).filter(|_| request.private),
            contact_owner: Named::at(ledger, &advocate.contact_owner),
            contact_owner_serves: matches!(keeper(as_of, advocate), Keeper::Serving(_)),
            keeps_in_touch_with: Named::sort_names(keeps.map(Named::record)),
            officials: Named::sort_names(in_office.map(Named::record)),
            speaks_for: speaks_for(request, &circle),
            consent: consent(request, advocate),
            notable: known_for(request, advocate),
            points: Vec::new(),
            signed: signatures_given(&circle),
            gifts: giving::gifts(&circle),
            meetings: meetings(request, advocate, &circle),
            actions: Actions::of(&circle),
            milestones: steps(request, &circle),
            goals: Named::sort_names(unfinished_goals(request).filter(|goal| is_own(&goal.owner)).map(Named::record)),
            seats: seats::seats(&circle),
            contacts: ContactLog::of(
                request,
                advocate,
                contacts_made(as_of, advocate, &advocate.contacts).collect(),
                heard,
                waiting,
            ),
            contacts_made_last_year: by_them.count(),
        };
        page.points = page.points(request, advocate);
        page
    }

    fn points(&self, request: &ReportRequest<'_>, advocate: &Record<Advocate>) -> Vec<Point> {
        let as_of = request.as_of();
        let mut points: Vec<Point> = points::of_log(&self.contacts).into_iter().collect();
        if !self.serves {
            return points;
        }
        points.extend(points::thanks(as_of, &self.gifts, &self.actions, &self.contacts));
        points.extend(points::of_actions(as_of, &self.actions));
        for speaks in self.speaks_for.iter().filter(|one| one.representative) {
            points.extend(of_member(request, &speaks.member, advocate));
        }
        if let Some(notable) = notables(as_of).into_iter().find(|one| one.advocate.key == advocate.key) {
            let asked = notable.last.map(|(date, _)| date.value);
            match notable.last {
                Some((_, ask)) if ask.answer.is_none() => {
                    let what = prose(&ask.ask).unwrap_or_default();
                    points.push(Point::new(Topic::AskForAnswer).day(asked).detail(what));
                }
                _ if notable.is_idle() => points.push(Point::new(Topic::AskNotable).day(asked)),
                _ => {}
            }
        }
        let public = to_consent(as_of).into_iter().find(|(one, _)| one.key == advocate.key);
        if let Some((_, part)) = public.filter(|_| !has_answered(as_of, advocate)) {
            points.push(consent_point(&part));
        }
        points.extend(points::of_terms(as_of, &self.seats));
        points
    }
}

fn consent_point(part: &PublicPart<'_>) -> Point {
    Point::new(Topic::AskConsent)
        .with_subject(&Named::any(part.record()))
        .detail(format!("the person {}", part.words()))
}

/// The meetings at which a person came or sent regrets. Someone else may have come for the member, so no one
/// appears to have stayed away.
fn meetings(request: &ReportRequest<'_>, advocate: &Record<Advocate>, circle: &ProfileSubject<'_>) -> Meetings {
    let start = personal_contact::start_of(request.as_of(), advocate);
    let represents = request.as_of().current_members().any(|member| circle.has_person(&member.representative));
    let end = advocate.end_date.as_ref().map(|end| end.value);
    let is_expected = |day| start.is_none_or(|start| start < day) && end.is_none_or(|end| day < end);
    let mut meetings = Meetings::of(circle, represents, is_expected);
    meetings.missed.retain(|missed| missed.regrets);
    meetings
}

/// What the member that someone represents has to sign and to decide.
fn of_member(request: &ReportRequest<'_>, member: &Named, person: &Record<Advocate>) -> Vec<Point> {
    let Some(member) = request.ledger.members.find(&member.id) else { return Vec::new() };
    let as_of = request.as_of();
    let positions = Positions::of(&ProfileSubject::of_member(as_of, member), member);
    let may_sign = member.signatory_ids().into_iter().any(|id| id.as_str() == &*person.key.id);
    let sheets = signatures::sheets(request);
    let open_cells = sheets.iter().flat_map(|sheet| sheet.open_cells().map(move |cell| (&sheet.agreement, cell)));
    let to_sign = open_cells.filter(|(_, cell)| cell.member.id == *member.key.id).map(|(agreement, cell)| {
        let problem = cell.problem.as_deref().unwrap_or_default();
        let task = if may_sign { cell.task_of("They can sign", request.today) } else { cell.task(request.today) };
        let detail = format!("{} {problem}. {task}", cell.member.name);
        Point::new(Topic::AskToSign).with_subject(agreement).day(cell.deadline).detail(detail)
    });
    let to_decide = positions.open.iter().map(|open: &Open| points::of_open(open));
    points::of_objections(as_of, &positions).chain(to_sign).chain(to_decide).collect()
}

fn speaks_for(request: &ReportRequest<'_>, circle: &ProfileSubject<'_>) -> Vec<SpeaksFor> {
    let part = |member: &Record<Member>| SpeaksFor {
        member: Named::record(member),
        representative: circle.has_person(&member.representative),
        backup_representative: circle.has_person(&member.backup_representative),
    };
    let parts = request.as_of().current_members().map(part);
    let mut parts: Vec<SpeaksFor> = parts.filter(|one| one.representative || one.backup_representative).collect();
    parts.sort_by(|a, b| a.member.cmp(&b.member));
    parts
}

/// What a person has agreed to; what is recorded for a day to come was not said yet.
fn consent(request: &ReportRequest<'_>, advocate: &Advocate) -> ConsentGiven {
    let given = advocate.consent.as_ref().filter(|consent| request.as_of().may_have_come(&consent.recorded));
    let answer = |field: &Opt<bool>| field.as_ref().map(|answer| answer.value);
    ConsentGiven {
        listed: given.and_then(|given| answer(&given.listed)),
        quoted: given.and_then(|given| answer(&given.quoted)),
        photographed: given.and_then(|given| answer(&given.photographed)),
        recorded: given.and_then(|given| given.recorded.as_ref()).map(|recorded| recorded.value),
    }
}

fn known_for(request: &ReportRequest<'_>, advocate: &Advocate) -> Option<KnownFor> {
    let notable = advocate.notable.as_ref()?;
    let past = notable.asks.iter().filter_map(|ask| {
        let date = request.as_of().past(&ask.date)?;
        let answer = prose(&ask.answer).filter(|_| request.private);
        Some(MadeAsk { date, ask: prose(&ask.ask), answered: ask.answer.is_some(), answer })
    });
    let mut asks: Vec<MadeAsk> = past.collect();
    asks.sort_by_key(|asked| std::cmp::Reverse(asked.date));
    Some(KnownFor {
        known_for: notable.known_for.as_ref().map(|known| known.value.clone()),
        audience: notable.audience.as_ref().map(|audience| audience.value.clone()),
        asks,
    })
}

/// The goals that are neither reached nor given up: an idea may have an owner and steps already.
fn unfinished_goals<'l>(request: &ReportRequest<'l>) -> impl Iterator<Item = &'l Record<Goal>> {
    let today = request.today;
    request.ledger.goals.iter().filter(move |goal| goal.stage(today) <= GoalStage::Adopted)
}

/// The open steps of goals, the first due first.
fn steps(request: &ReportRequest<'_>, circle: &ProfileSubject<'_>) -> Vec<AdvocateStep> {
    let mut steps = Vec::new();
    for goal in unfinished_goals(request) {
        let open = MilestoneProgress::of(goal, request.today);
        let assigned = open.overdue.iter().chain(&open.ahead).filter(|step| circle.has_person(&step.milestone.owner));
        steps.extend(assigned.map(|step| AdvocateStep {
            goal: Named::record(goal),
            step: step.name.to_owned(),
            due: step.due,
        }));
    }
    steps.sort_by(|a, b| (a.due.is_none(), a.due, &a.step, &a.goal).cmp(&(b.due.is_none(), b.due, &b.step, &b.goal)));
    steps
}
