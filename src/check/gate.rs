//! What the gate judged, in one sentence: how many required signatures count, what is accepted, and what was turned off.

use super::{ALL, Context, Group, Verdict, level_of, unsigned_agreement, weakened_gate};
use crate::agreement::CellState;
use crate::document::words;
use crate::finding::Level;
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The gate on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// How many signatures are required.
    pub required: usize,
    /// How many of them count.
    pub counting: usize,
    /// How many are missing, with time left to sign.
    pub due: usize,
    /// The last day of the first of them.
    pub first_due: Option<NaiveDate>,
    /// Of how many members one is required.
    pub members: usize,
    /// How many agreements require one.
    pub agreements: usize,
    /// Why no signature is required; `None` if one is.
    pub missing: Option<Missing>,
    /// The exceptions for missing signatures: the last day of each, if it has one.
    pub accepted: Vec<Option<NaiveDate>>,
    /// The exceptions for what weakens the gate: the last day of each, if it has one.
    pub accepted_changes: Vec<Option<NaiveDate>>,
    /// Files and other places that make it unclear who must sign or has signed.
    pub doubts: usize,
    /// Checks of agreements that are less severe here than by default, with their level here.
    pub lowered: Vec<(&'static str, Level)>,
    /// The day.
    pub today: NaiveDate,
    /// How the day and the ledger were set, and what was compared: words for the end of the sentence.
    pub setting: Setting,
}

/// What a ledger lacks of which no signature is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// It has neither current members nor agreements.
    Everything,
    /// No organization is a member today.
    Members,
    /// It has no agreements.
    Agreements,
    /// No agreement in force requires a signature of a current member.
    Requirement,
}

impl Missing {
    fn of(context: &Context<'_>) -> Missing {
        let has_members = context.ledger.current_members(context.today).next().is_some();
        match (has_members, context.ledger.agreements.is_empty()) {
            (false, true) => Missing::Everything,
            (false, false) => Missing::Members,
            (true, true) => Missing::Agreements,
            (true, false) => Missing::Requirement,
        }
    }

    /// What is missing, as a sentence without a final stop.
    pub const fn problem(self) -> &'static str {
        match self {
            Missing::Everything => "the ledger has no current members and no agreements",
            Missing::Members => "the ledger has no current members",
            Missing::Agreements => "the ledger has no agreements",
            Missing::Requirement => "no agreement in force requires a current member to sign",
        }
    }

    /// What to do about it.
    pub const fn help(self) -> &'static str {
        match self {
            Missing::Everything => "add the first member with the date it joined, then write an agreement",
            Missing::Members => "add the first member with the date it joined",
            Missing::Agreements => "write an agreement for the members to sign",
            Missing::Requirement => "see which agreements are in force and who must sign them",
        }
    }

    /// The command that does the first of it.
    pub const fn command(self) -> &'static str {
        match self {
            Missing::Everything | Missing::Members => "coalition new organization \"…\" joined=today",
            Missing::Agreements => "coalition new agreement Charter kind=charter text=@charter.md",
            Missing::Requirement => "coalition report signatures",
        }
    }
}

/// Under which settings the gate judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Setting {
    /// The ledger, as people know it.
    pub ledger: String,
    /// The option or variable that named it.
    pub ledger_by: Option<&'static str>,
    /// The option or variable that set the day.
    pub today_by: Option<&'static str>,
    /// The revision whose rules judged the change.
    pub since: Option<String>,
    /// How many findings are not shown because that revision had them.
    pub known: usize,
    /// Whether only some findings are shown.
    pub is_part: bool,
}

impl Gate {
    /// What the gate judged, from a verdict that still has all findings.
    pub fn of(context: &Context<'_>, verdict: &Verdict, setting: Setting) -> Gate {
        let unsigned = unsigned_agreement::CHECK.name;
        let rows = context.signing.agreements().flat_map(|agreement| context.signing.row(agreement));
        let cells: Vec<_> = rows.filter(|cell| cell.required).collect();
        let due = || cells.iter().filter(|cell| cell.state == CellState::Due);
        let accepted = verdict.accepted.iter().filter(|accepted| accepted.check == unsigned && !accepted.softened);
        let changes = verdict.accepted.iter().filter(|accepted| accepted.check == weakened_gate::CHECK.name);
        let lowered = ALL.iter().filter(|check| check.group == Group::Agreements).filter_map(|check| {
            let level = level_of(context.ledger, check);
            (level < check.severity).then_some((check.name.as_str(), level))
        });
        Gate {
            required: cells.len(),
            counting: cells.iter().filter(|cell| cell.state == CellState::Signed).count(),
            due: due().count(),
            first_due: due().filter_map(|cell| cell.deadline).min(),
            members: cells.iter().map(|cell| &cell.member.key).collect::<BTreeSet<_>>().len(),
            agreements: cells.iter().map(|cell| &cell.agreement.key).collect::<BTreeSet<_>>().len(),
            missing: cells.is_empty().then(|| Missing::of(context)),
            accepted: accepted.map(|accepted| accepted.until).collect(),
            accepted_changes: changes.map(|accepted| accepted.until).collect(),
            doubts: verdict.reported.iter().filter(|reported| reported.finding.fixed).count(),
            lowered: lowered.collect(),
            today: context.today,
            setting,
        }
    }

    /// The sentence, without a line break.
    pub fn sentence(&self) -> String {
        let Gate { required, counting, .. } = self;
        let judged = match self.missing {
            Some(missing) => format!(
                "Required signatures: none, because {}. To fix this, {}: `{}`.",
                missing.problem(),
                missing.help(),
                missing.command()
            ),
            None => format!(
                "Required signatures: {counting} of {required} {} valid ({}, {}).",
                words::noun_form(*counting, "is", "are"),
                words::count(self.members, "member", "members"),
                words::count(self.agreements, "agreement", "agreements"),
            ),
        };
        let mut parts = vec![judged];
        let lacking = required.saturating_sub(counting + self.due + self.accepted.len());
        if self.due > 0 && lacking > 0 {
            parts.push(format!("Missing or not valid: {lacking}."));
        }
        if self.due > 0 {
            let first = self.first_due.map_or_else(String::new, |day| format!(" (by {})", us_date(day)));
            parts.push(format!("Still to sign: {}{first}.", self.due));
        }
        let until = |days: &[Option<NaiveDate>]| {
            let last = days.iter().flatten().max();
            last.map_or_else(String::new, |day| format!(" (until {})", us_date(*day)))
        };
        if !self.accepted.is_empty() {
            parts.push(format!("Accepted as missing: {}{}.", self.accepted.len(), until(&self.accepted)));
        }
        if let count @ 1.. = self.accepted_changes.len() {
            parts
                .push(format!("Accepted changes that weaken a requirement: {count}{}.", until(&self.accepted_changes)));
        }
        if self.doubts > 0 {
            let entries = words::count(self.doubts, "entry leaves", "entries leave");
            parts.push(format!("Not certain: {entries} it unclear who must sign or has signed."));
        }
        if !self.lowered.is_empty() {
            let lowered: Vec<_> = self.lowered.iter().map(|(name, level)| format!("{name} ({level})")).collect();
            parts.push(format!("Checks made less strict: {}.", lowered.join(", ")));
        }
        if self.setting.is_part {
            parts.push("Only some findings are shown.".to_owned());
        }
        if let Some(since) = &self.setting.since {
            parts.push(match self.setting.known {
                0 => format!("Compared with {since}."),
                known => format!(
                    "Compared with {since}: {} not shown.",
                    words::count(known, "earlier finding is", "earlier findings are")
                ),
            });
        }
        let by = |by: Option<&str>| by.map_or_else(String::new, |by| format!(" (set by {by})"));
        parts.push(format!(
            "As of {}{}, ledger {}{}.",
            us_date(self.today),
            by(self.setting.today_by),
            self.setting.ledger,
            by(self.setting.ledger_by)
        ));
        parts.join(" ")
    }

    /// For programs.
    pub fn data(&self) -> Value {
        let lowered: Vec<Value> =
            self.lowered.iter().map(|(name, level)| json!({ "check": name, "severity": level })).collect();
        json!({
            "required": self.required,
            "counting": self.counting,
            "due": self.due,
            "members": self.members,
            "agreements": self.agreements,
            "accepted": self.accepted.iter().map(|until| json!({ "until": until })).collect::<Vec<_>>(),
            "accepted_changes": self.accepted_changes.iter().map(|until| json!({ "until": until })).collect::<Vec<_>>(),
            "in_doubt": self.doubts,
            "lowered": lowered,
            "judged_on": self.today,
            "ledger": self.setting.ledger,
            "ledger_set_by": self.setting.ledger_by,
            "day_set_by": self.setting.today_by,
            "since": self.setting.since,
            "known": self.setting.known,
            "sentence": self.sentence(),
        })
    }
}

/// A day as people in the United States write it: `November 22, 2026`.
fn us_date(day: NaiveDate) -> String {
    day.format("%B %-d, %Y").to_string()
}
