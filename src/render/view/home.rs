//! The home page: what the coalition wants and how far it is, how to join and take part, when it meets, what it decided, and thanks.

use super::super::context::view;
use super::super::site::{PageForm, PageLink, Site, Viewpoint};
use super::campaign;
use super::decision::status;
use super::listing::{goal_line, newest_decisions, sorted_goals, sorted_meetings};
use super::thanks::{GiftLine, gift_line};
use super::{WebLink, past, text, value};
use crate::agreement::is_in_force;
use crate::document::Chart;
use crate::document::words::{time, way, weekday};
use crate::output::document_html;
use crate::record::agreement::Requirement;
use crate::record::goal::GoalStage;
use crate::record::{Agreement, AnyRecord, Campaign, Goal, Meeting, Record};
use chrono::NaiveDate;

view! {
    /// What the home page says.
    pub(crate) struct HomeView {
        /// The one message that all members repeat.
        message: Option<String>,
        /// The purpose of the coalition.
        mission: Option<String>,
        /// The people it serves.
        community: Option<String>,
        /// The day it was founded.
        founded: Option<NaiveDate>,
        /// Its website.
        website: Option<WebLink>,
        /// The goals that it works on.
        goals: Vec<GoalLine>,
        /// How far they are, as bars; nothing in Markdown. Print it with `safe`.
        chart: Option<String>,
        /// How many members it has.
        members: usize,
        /// The agreements that a new member signs.
        agreements: Vec<JoinAgreement>,
        /// The campaigns that are going on.
        campaigns: Vec<CampaignLine>,
        /// The next meeting of the whole coalition.
        next_meeting: Option<MeetingLine>,
        /// The latest decisions.
        decisions: Vec<DecisionLine>,
        /// The latest gifts.
        thanks: Vec<GiftLine>,
    }
}

view! {
    /// A goal in a line.
    pub(super) struct GoalLine {
        /// The goal.
        pub goal: PageLink,
        /// Where it stands.
        pub stage: String,
        /// How far it is.
        pub progress: Option<String>,
        /// The day it is due.
        pub due: Option<NaiveDate>,
    }
}

view! {
    /// An agreement that a new member signs.
    struct JoinAgreement {
        /// The agreement.
        agreement: PageLink,
        /// What each member who signs may do.
        rights: Vec<String>,
        /// What each member who signs must do.
        responsibilities: Vec<String>,
    }
}

view! {
    /// A campaign in a line.
    struct CampaignLine {
        /// The campaign.
        campaign: PageLink,
        /// Its message.
        message: Option<String>,
        /// Until when it goes on.
        status: String,
    }
}

view! {
    /// A meeting in a line.
    struct MeetingLine {
        /// The meeting.
        meeting: PageLink,
        /// The day with its weekday.
        day: String,
        /// When it begins.
        start_time: Option<String>,
        /// Where.
        location: Option<String>,
    }
}

view! {
    /// A decision in a line.
    struct DecisionLine {
        /// The decision.
        decision: PageLink,
        /// Where it stands.
        status: String,
    }
}

/// How many goals and campaigns the home page shows; other pages list all.
const SHOWN: usize = 12;

/// How many decisions and gifts the home page shows.
const LATEST: usize = 4;

impl HomeView {
    /// The home page.
    pub(crate) fn new(view: &Viewpoint<'_, '_>) -> HomeView {
        let site = view.site;
        let root = &site.ledger.root;
        let mut under_way = sorted_goals(site);
        under_way.retain(|goal| goal.stage(site.today) == GoalStage::Adopted);
        under_way.truncate(SHOWN);
        let open = site.ledger.campaigns.iter().filter(|campaign| campaign.is_open(site.today));
        let agreements = site.signing.iter().map(|(agreement, _)| *agreement);
        let signed_by_all = agreements.filter(|agreement| is_for_all(agreement, view));
        let gifts = site.connections.gifts.iter().rev();
        HomeView {
            message: text(&root.message),
            mission: text(&root.mission),
            community: text(&root.community),
            founded: past(&root.founded, site.today),
            website: root.url.as_ref().map(|url| WebLink::new(url, None)),
            chart: chart(&under_way, site),
            goals: under_way.into_iter().map(|goal| goal_line(goal, view)).collect(),
            members: site.ledger.current_members(site.today).count(),
            agreements: signed_by_all.map(|agreement| join_agreement(agreement, view)).collect(),
            campaigns: open.take(SHOWN).map(|campaign| campaign_line(campaign, view)).collect(),
            next_meeting: sorted_meetings(site)
                .into_iter()
                .find(|(date, meeting)| *date >= site.today && meeting.is_assembly() && !meeting.is_cancelled())
                .map(|(date, meeting)| meeting_line(date, meeting, view)),
            decisions: newest_decisions(site)
                .into_iter()
                .take(LATEST)
                .map(|decision| DecisionLine { decision: view.record(decision), status: status(decision, view) })
                .collect(),
            thanks: gifts.filter_map(|gift| gift_line(gift, view)).take(LATEST).collect(),
        }
    }
}

/// A bar for each goal that can be measured.
fn chart(goals: &[&Record<Goal>], site: &Site<'_>) -> Option<String> {
    let mut chart = Chart::new();
    for goal in goals {
        if let Some(share) = goal.measure.as_ref().and_then(|measure| measure.progress(site.today)) {
            chart.bar(goal.name(), share.0, way(share.0));
        }
    }
    (site.form == PageForm::Html && !chart.bars().is_empty()).then(|| document_html::chart(&chart))
}

fn is_for_all(agreement: &Record<Agreement>, view: &Viewpoint<'_, '_>) -> bool {
    let required = agreement.required_of.as_ref().map(|required| &required.value);
    is_in_force(view.site.ledger, agreement, view.site.today) && matches!(required, None | Some(Requirement::Members))
}

fn join_agreement(agreement: &Record<Agreement>, view: &Viewpoint<'_, '_>) -> JoinAgreement {
    JoinAgreement {
        agreement: view.record(agreement),
        rights: agreement.rights.iter().map(|right| right.value.clone()).collect(),
        responsibilities: agreement.responsibilities.iter().map(|duty| duty.value.clone()).collect(),
    }
}

fn campaign_line(campaign: &Record<Campaign>, view: &Viewpoint<'_, '_>) -> CampaignLine {
    CampaignLine {
        campaign: view.record(campaign),
        message: text(&campaign.message),
        status: campaign::status(campaign, view.site.today),
    }
}

fn meeting_line(date: NaiveDate, meeting: &Record<Meeting>, view: &Viewpoint<'_, '_>) -> MeetingLine {
    MeetingLine {
        meeting: view.record(meeting as &dyn AnyRecord),
        day: weekday(date),
        start_time: value(&meeting.start_time).map(time),
        location: text(&meeting.location),
    }
}
