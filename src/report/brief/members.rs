//! The members as they are now: how many, how many make a quorum, and who has not signed what.

use super::meetings::LastMeeting;
use super::{ENTRIES, Scope, excerpt, first_items};
use crate::document::{Fact, Item, Line, Section, words};
use crate::practice::decision_structure::quorum;
use crate::practice::internal_process::{ask_by, lead_days};
use crate::report::Named;
use crate::report::signatures::{self, SheetCell, SignatureSheet};
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeSet;

/// The members and their signatures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct BriefMembers {
    /// How many are current.
    pub current: usize,
    /// How many of them make a quorum.
    pub quorum: usize,
    /// How many signatures are required of them.
    pub signatures_required: usize,
    /// Signatures that are missing or do not count, the longest overdue first.
    pub unsigned: Vec<Unsigned>,
    /// Agreements that have expired or soon will.
    pub ending: Vec<Ending>,
}

/// A member who has to sign an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Unsigned {
    /// The agreement.
    pub agreement: Named,
    /// How the member stands to it.
    #[serde(flatten)]
    pub cell: SheetCell,
}

/// An agreement that has expired or soon will.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Ending {
    /// The agreement.
    pub agreement: Named,
    /// The last day on which it binds.
    pub expires: NaiveDate,
    /// The member who needs the longest to decide on a renewal.
    pub slowest: Option<Named>,
    /// The last day on which that member can be asked.
    pub ask_by: Option<NaiveDate>,
}

pub(super) fn count_members(scope: &Scope<'_>) -> BriefMembers {
    let current = scope.ledger.current_members(scope.today).count();
    let sheets = signatures::sheets(&scope.request);
    let mut unsigned: Vec<Unsigned> = sheets.iter().flat_map(missing_signatures).collect();
    unsigned.sort_by(|a, b| {
        let key = |one: &Unsigned| (one.cell.deadline.is_none(), one.cell.deadline);
        key(a).cmp(&key(b)).then_with(|| (&a.agreement, &a.cell.member).cmp(&(&b.agreement, &b.cell.member)))
    });
    let mut ending: Vec<Ending> = sheets.iter().filter_map(|sheet| ending_of(scope, sheet)).collect();
    ending.sort_by(|a, b| (a.expires, &a.agreement).cmp(&(b.expires, &b.agreement)));
    BriefMembers {
        current,
        quorum: quorum(scope.ledger.policy().quorum(), current),
        signatures_required: sheets.iter().map(|sheet| sheet.required).sum(),
        unsigned,
        ending,
    }
}

fn missing_signatures(sheet: &SignatureSheet) -> impl Iterator<Item = Unsigned> {
    sheet.open_cells().map(|cell| Unsigned { agreement: sheet.agreement.clone(), cell: cell.clone() })
}

fn ending_of(scope: &Scope<'_>, sheet: &SignatureSheet) -> Option<Ending> {
    let expires = sheet.expires?;
    if (expires - scope.today).num_days() > scope.ledger.policy().agreement_notice_days() {
        return None;
    }
    let signing: BTreeSet<&str> =
        sheet.cells.iter().filter(|cell| cell.required).map(|cell| cell.member.id.as_str()).collect();
    let slowest = scope
        .ledger
        .current_members(scope.today)
        .filter(|member| signing.contains(&*member.key.id))
        .filter_map(|member| Some((lead_days(member)?, Named::record(member))))
        .max_by(|(a, first), (b, second)| a.cmp(b).then_with(|| second.cmp(first)));
    let ask_by = slowest.as_ref().and_then(|(days, _)| self::ask_by(expires, *days));
    Some(Ending { agreement: sheet.agreement.clone(), expires, slowest: slowest.map(|(_, member)| member), ask_by })
}

pub(super) fn write_members(members: &BriefMembers, last: Option<&LastMeeting>, today: NaiveDate) -> Section {
    let mut section = Section::new("Members and signatures");
    if members.current == 0 {
        section.paragraph("There are no members yet. To add one: coalition new organization NAME");
    } else {
        section.facts([
            Fact::new("Members", format!("{} (quorum: {})", members.current, members.quorum)),
            Fact::new("Last meeting", last.map(attendance).unwrap_or_default()),
        ]);
    }
    if members.current > 0 && members.signatures_required == 0 && members.ending.is_empty() {
        section.paragraph("No one has to sign an agreement yet. One page signed by everyone is a good start.");
    }
    section.titled_list("Still to sign:", to_sign(&members.unsigned, today));
    section.titled_list(
        "Up for renewal:",
        first_items(&members.ending, "report signatures", |one| ending_item(one, today)),
    );
    section
}

fn attendance(last: &LastMeeting) -> Line {
    if !last.recorded || last.members == 0 {
        return Line::new();
    }
    if last.absent.is_empty() {
        return format!("all {} attended", last.members).into();
    }
    let (regrets, silent): (Vec<_>, Vec<_>) = last.absent.iter().cloned().partition(|one| last.regrets.contains(one));
    let list_names = |label: &str, those: &[Named]| match those {
        [] => String::new(),
        those => format!("; {label} {}", words::list(&Named::names(those))),
    };
    let (regrets, silent) = (list_names("regrets from", &regrets), list_names("no word from", &silent));
    format!("{} of {} attended{regrets}{silent}", last.present, last.members).into()
}

/// An item for each agreement, with a line for each member who has to sign it.
fn to_sign(unsigned: &[Unsigned], today: NaiveDate) -> Vec<Item> {
    let mut agreements: Vec<(&Named, Vec<&SheetCell>)> = Vec::new();
    for Unsigned { agreement, cell } in unsigned {
        match agreements.iter_mut().find(|(known, _)| *known == agreement) {
            Some((_, cells)) => cells.push(cell),
            None => agreements.push((agreement, vec![cell])),
        }
    }
    first_items(&agreements, "report signatures", |(agreement, cells)| {
        let (first, more) = excerpt(cells, ENTRIES, "report signatures");
        let item = Item::new(words::quote(&agreement.name));
        let item = first.iter().fold(item, |item, cell| item.with(task(cell, today)));
        item.with(more.unwrap_or_default())
    })
}

fn task(cell: &SheetCell, today: NaiveDate) -> Line {
    let problem = cell.problem.as_deref().unwrap_or_default();
    Line::new().strong(&cell.member.name).plain(format!(" {problem}. {}", cell.task(today)))
}

fn ending_item(ending: &Ending, today: NaiveDate) -> Item {
    let verb = if ending.expires < today { "expired" } else { "ends" };
    let (day, distance) = (words::format_date(ending.expires), words::distance(ending.expires, today));
    let item = Item::new(format!("{} {verb} on {day} ({distance})", words::quote(&ending.agreement.name)));
    match (&ending.slowest, ending.ask_by) {
        (Some(member), Some(day)) if day >= today => item.with(format!(
            "Ask {} to renew by {} ({})",
            member.name,
            words::format_date(day),
            words::distance(day, today)
        )),
        (Some(member), Some(day)) if ending.expires >= today => {
            item.with(format!("{} should have been asked by {}", member.name, words::format_date(day)))
        }
        _ => item,
    }
}
