//! The recruitment: the way of organizations into the coalition and out of it, who waits on it, and who came last.

mod view;

use super::{Concern, Named, Report, ReportOutput, ReportRequest, ReportRun, answer};
use crate::ledger::AsOf;
use crate::practice::recruitment::{Newest, is_standing_still, newest_advocate, newest_member, prospects};
use crate::record::member::Stage;
use crate::record::value::{Number, Opt};
use crate::record::{Member, Record};
use chrono::{Datelike, Months, NaiveDate};
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;

/// The report.
pub(crate) static REPORT: Report =
    Report { name: "recruitment", about: "prospects, and who is waiting for an answer", run: ReportRun::Ledger(run) };

/// The months that are shown one by one, this one included.
const MONTHS: u32 = 12;

fn run(request: &ReportRequest<'_>) -> ReportOutput {
    let recruitment = Recruitment::of(request);
    let document = view::document(request, &recruitment);
    answer(&REPORT, request, &recruitment, document)
}

/// The way into the coalition. For one member, it shows the organizations that this member brought in or sponsors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Recruitment {
    /// How many organizations took each step at some time.
    pub ever: FunnelSteps,
    /// How many stand there now.
    pub now: FunnelSteps,
    /// The steps of the last twelve months, the earliest month first.
    pub months: Vec<MonthCount>,
    /// The steps by sector, in the order of the alphabet; those without one last.
    pub sectors: Vec<OfSector>,
    /// Half of those that joined needed no more days than this from when they were thought of.
    pub median_days_from_identified: Option<Number>,
    /// How many members have both dates, so that this rests on them.
    pub members_with_identified: usize,
    /// Half of those that joined needed no more days than this from when they were asked.
    pub median_days_from_invited: Option<Number>,
    /// How many members have both dates, so that this rests on them.
    pub members_with_invited: usize,
    /// Those that have not answered yet, the longest waiting first.
    pub prospects: Vec<ProspectRow>,
    /// The days that a prospect may wait.
    pub recruit_days: i64,
    /// The member who joined last in the whole coalition, if it may be shown.
    pub newest_member: Option<Arrival>,
    /// The advocate who began last, likewise.
    pub newest_advocate: Option<Arrival>,
    /// Whether it is too long ago that anyone came to the coalition.
    pub standing_still: bool,
}

/// How many organizations took or stand at each step.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct FunnelSteps {
    /// Thought of.
    pub identified: usize,
    /// Asked.
    pub invited: usize,
    /// Joined.
    pub joined: usize,
    /// Said no.
    pub declined: usize,
    /// Left.
    pub left: usize,
}

/// The steps of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct MonthCount {
    /// Its first day.
    pub month: NaiveDate,
    /// The steps.
    #[serde(flatten)]
    pub steps: FunnelSteps,
}

/// The steps of a sector.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct OfSector {
    /// The sector; absent for those that name none.
    pub sector: Option<String>,
    /// The steps that its organizations took at some time.
    pub ever: FunnelSteps,
    /// Where they stand now.
    pub now: FunnelSteps,
}

/// An organization that has not answered yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ProspectRow {
    /// The organization.
    pub prospect: Named,
    /// Where it stands.
    pub stage: Stage,
    /// The member who is to bring it in.
    pub sponsor: Option<Named>,
    /// The day of the last step or contact.
    pub last_step: NaiveDate,
    /// The days since.
    pub waiting_days: i64,
    /// Whether it has waited too long.
    pub stalled: bool,
}

/// Someone who came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Arrival {
    /// Who.
    pub who: Named,
    /// When.
    pub date: NaiveDate,
    /// How many whole months ago.
    pub months_ago: u32,
}

impl Recruitment {
    /// Computes the recruitment.
    pub(crate) fn of(request: &ReportRequest<'_>) -> Recruitment {
        let (as_of, concern) = (request.as_of(), Concern::of(request));
        let is_meant = |member: &Record<Member>| {
            let sponsored = member
                .sponsor
                .as_ref()
                .is_some_and(|sponsor| concern.is_own(&Named::of(request.ledger, &sponsor.value)));
            concern.is_everything() || sponsored || concern.is_own(&Named::record(member))
        };
        let members: Vec<&Record<Member>> = request.ledger.members.iter().filter(|member| is_meant(member)).collect();
        let mut sectors: BTreeMap<(bool, Option<String>), (FunnelSteps, FunnelSteps)> = BTreeMap::new();
        let (mut ever, mut now) = (FunnelSteps::default(), FunnelSteps::default());
        for member in &members {
            let sector = member.sector.as_ref().map(|sector| sector.value.to_string());
            let (of_sector, now_of_sector) = sectors.entry((sector.is_none(), sector)).or_default();
            for steps in [&mut ever, of_sector] {
                steps.add(member, |date| date <= request.today);
            }
            for steps in [&mut now, now_of_sector] {
                steps.stand(member.stage(request.today));
            }
        }
        let arrival = |newest| Arrival::of(as_of, newest);
        let is_shown = |arrival: &Arrival| concern.is_own(&arrival.who);
        let from_identified = days_to_join(as_of, &members, |member| &member.identified);
        let from_invited = days_to_join(as_of, &members, |member| &member.invited);
        Recruitment {
            ever,
            now,
            months: months(&members, request.today),
            sectors: sectors.into_iter().map(|((_, sector), (ever, now))| OfSector { sector, ever, now }).collect(),
            median_days_from_identified: median(&from_identified),
            members_with_identified: from_identified.len(),
            median_days_from_invited: median(&from_invited),
            members_with_invited: from_invited.len(),
            prospects: prospects(as_of)
                .into_iter()
                .filter(|prospect| is_meant(prospect.member))
                .map(|prospect| ProspectRow {
                    prospect: Named::record(prospect.member),
                    stage: prospect.stage,
                    sponsor: Named::at(request.ledger, &prospect.member.sponsor),
                    last_step: prospect.last_step,
                    waiting_days: prospect.wait.days,
                    stalled: prospect.wait.is_over(),
                })
                .collect(),
            recruit_days: as_of.policy().recruit_days(),
            newest_member: newest_member(as_of).map(arrival).filter(is_shown),
            newest_advocate: newest_advocate(as_of).map(arrival).filter(is_shown),
            standing_still: is_standing_still(as_of),
        }
    }
}

impl FunnelSteps {
    /// Counts the steps of an organization on the days that are meant.
    fn add(&mut self, member: &Member, is_meant: impl Fn(NaiveDate) -> bool) {
        let steps = [
            (&mut self.identified, &member.identified),
            (&mut self.invited, &member.invited),
            (&mut self.joined, &member.joined),
            (&mut self.declined, &member.declined),
            (&mut self.left, &member.left),
        ];
        for (count, date) in steps {
            *count += usize::from(date.as_ref().is_some_and(|date| is_meant(date.value)));
        }
    }

    /// Counts an organization where it stands.
    fn stand(&mut self, stage: Stage) {
        match stage {
            Stage::Unknown => {}
            Stage::Identified => self.identified += 1,
            Stage::Invited => self.invited += 1,
            Stage::Joined => self.joined += 1,
            Stage::Declined => self.declined += 1,
            Stage::Left => self.left += 1,
        }
    }

    /// Whether nothing was counted.
    fn is_empty(self) -> bool {
        self == FunnelSteps::default()
    }
}

impl Arrival {
    fn of(as_of: AsOf<'_>, newest: Newest<'_>) -> Arrival {
        let who = Named::any(newest.record);
        let (date, today) = (newest.date, as_of.today);
        let months = (today.year() - date.year()) * 12 + today.month().cast_signed() - date.month().cast_signed();
        let is_short = date.checked_add_months(Months::new(months.unsigned_abs())).is_some_and(|then| then > today);
        Arrival { who, date, months_ago: months.unsigned_abs() - u32::from(is_short) }
    }
}

fn months(members: &[&Record<Member>], today: NaiveDate) -> Vec<MonthCount> {
    let Some(this) = today.with_day(1) else { return Vec::new() };
    let firsts = (0..MONTHS).rev().filter_map(|ago| this.checked_sub_months(Months::new(ago)));
    let month = |month: NaiveDate| {
        let mut steps = FunnelSteps::default();
        for member in members {
            steps.add(member, |date| date <= today && date.with_day(1) == Some(month));
        }
        MonthCount { month, steps }
    };
    firsts.map(month).collect()
}

/// The days that each organization needed from a step until it joined, the fewest first.
fn days_to_join(as_of: AsOf<'_>, members: &[&Record<Member>], from: impl Fn(&Member) -> &Opt<NaiveDate>) -> Vec<i64> {
    let days = |member: &&Record<Member>| Some((as_of.past(&member.joined)? - as_of.past(from(member))?).num_days());
    let mut days: Vec<i64> = members.iter().filter_map(days).filter(|days| *days >= 0).collect();
    days.sort_unstable();
    days
}

/// The median of days in their order; of an even number of them, the middle between two.
fn median(days: &[i64]) -> Option<Number> {
    let (below, above) = (days.get(days.len().checked_sub(1)? / 2)?, days.get(days.len() / 2)?);
    Some(Number(Decimal::new((below + above) * 5, 1)))
}

#[cfg(test)]
mod tests;
