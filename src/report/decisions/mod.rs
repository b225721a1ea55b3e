//! The decisions: those that are open with the time that each member needs, those of the last year with what they rest on,
//! and where members stand apart.

mod dissent;
mod made;
mod open;
mod view;

pub(crate) use dissent::Dissent;
pub(crate) use made::{MadeDecision, UncountedVoice, outcome_words};
pub(crate) use open::{LeadTime, OpenDecision};

use super::{Concern, Report, ReportOutput, ReportRequest, ReportRun, answer};
use crate::practice::decision_structure::{Hearing, decisions_made};
use crate::report::Named;
use serde::Serialize;

/// The report.
pub(crate) static REPORT: Report =
    Report { name: "decisions", about: "open and past decisions, and who disagrees", run: ReportRun::Ledger(run) };

fn run(request: &ReportRequest<'_>) -> ReportOutput {
    let decisions = Decisions::of(request);
    let document = view::document(request, &decisions);
    answer(&REPORT, request, &decisions, document)
}

#[derive(Debug, Serialize)]
struct Decisions {
    /// Those that are still to be made, the first to close first.
    open: Vec<OpenDecision>,
    /// Those that were made in the last 365 days, the newest first.
    made: Vec<MadeDecision>,
    /// Where members stand apart from decisions and goals, overdue promises first.
    dissent: Vec<Dissent>,
}

impl Decisions {
    fn of(request: &ReportRequest<'_>) -> Decisions {
        let as_of = request.as_of();
        let concern = Concern::of(request);
        let concerns = |hearing: &Hearing<'_>| {
            request.member.is_none_or(|member| hearing.may_take_part(&member.key))
                || concern.touches(&Named::record(hearing.decision))
        };
        let recent = decisions_made(as_of).filter(|hearing| as_of.is_of_last_year(hearing.day) && concerns(hearing));
        let mut made: Vec<MadeDecision> = recent.map(|hearing| MadeDecision::of(as_of, &hearing)).collect();
        made.sort_by(|a, b| b.seen_on.cmp(&a.seen_on).then_with(|| a.decision.cmp(&b.decision)));
        let mut dissent = dissent::all(request);
        dissent.retain(|dissent| concern.is_own(&dissent.member));
        Decisions { open: open::open(request, concerns), made, dissent }
    }
}

pub(super) use dissent::stance_on;
pub(super) use made::item as made_item;
pub(super) use open::{headline, open, state};

#[cfg(test)]
mod tests;
