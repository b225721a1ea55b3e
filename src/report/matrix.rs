//! The signature matrix, member by agreement: what `coalition verify` answers. It is complete only where somebody was
//! judged and every required signature counts.

use super::signatures::{Cell, Sheet, sheets};
use super::{FORMAT_VERSION, Named, Request};
use crate::document::{Document, Item, Line, Section, Side, Table, words};
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The kinds whose files decide who has to sign and who did.
const DECIDING: [Kind; 3] = [Kind::Member, Kind::Advocate, Kind::Agreement];

/// Who has signed what.
#[derive(Debug)]
pub struct Matrix {
    sheets: Vec<Sheet>,
    members: Vec<Named>,
    /// Files that could not be read whole, so that a signature may be missing unseen.
    unsure: Vec<String>,
    has_members: bool,
    today: NaiveDate,
}

impl Matrix {
    /// The matrix of all agreements, or of one.
    pub fn new(request: &Request<'_>, only: Option<&RecordKey>) -> Matrix {
        let mut sheets = sheets(request);
        sheets.retain(|sheet| only.is_none_or(|only| sheet.agreement.id == *only.id));
        let mut members: BTreeMap<(bool, String, String), Named> = BTreeMap::new();
        for cell in sheets.iter().flat_map(|sheet| &sheet.cells) {
            let member = &cell.member;
            let lacks = sheets.iter().any(|sheet| of(sheet, member).is_some_and(is_lacking));
            members.insert((!lacks, member.name.clone(), member.id.clone()), member.clone());
        }
        Matrix {
            members: members.into_values().collect(),
            unsure: unsure(request.ledger),
            has_members: request.ledger.current_members(request.today).next().is_some(),
            today: request.today,
            sheets,
        }
    }

    /// Whether somebody was judged, nobody lacks a required signature, and no file leaves a doubt.
    pub fn is_complete(&self) -> bool {
        let lacking = self.sheets.iter().flat_map(|sheet| &sheet.cells).any(is_lacking);
        self.has_members && self.unsure.is_empty() && !lacking
    }

    /// The matrix as data.
    pub fn data(&self) -> Value {
        let agreements: Vec<Value> = self
            .sheets
            .iter()
            .map(|sheet| {
                json!({
                    "id": sheet.agreement.id,
                    "name": sheet.agreement.name,
                    "version": sheet.version,
                    "digest": sheet.digest,
                    "required": sheet.required,
                    "counting": sheet.counting,
                })
            })
            .collect();
        let members: Vec<Value> = self
            .members
            .iter()
            .map(|member| {
                let cells: Map<String, Value> = self
                    .sheets
                    .iter()
                    .filter_map(|sheet| Some((sheet.agreement.id.clone(), cell_data(of(sheet, member)?))))
                    .collect();
                json!({ "id": member.id, "name": member.name, "cells": cells })
            })
            .collect();
        json!({
            "format_version": FORMAT_VERSION,
            "today": self.today,
            "complete": self.is_complete(),
            "agreements": agreements,
            "members": members,
            "unsure": self.unsure,
        })
    }

    /// The matrix for people: who lacks something first, then what is to be done.
    pub fn document(&self, ledger: &Ledger) -> Document {
        let mut document = Document::new(ledger.root.name());
        document.add_subtitle(format!("Who has signed what, {}", words::weekday(self.today)));
        let mut totals = Section::new("In short");
        totals.paragraph(self.verdict());
        document.add(totals);
        let mut matrix = Section::new("Signatures");
        matrix.table(self.table());
        document.add(matrix);
        let mut tasks = Section::new("To do");
        tasks.list(self.tasks());
        document.add(tasks);
        let mut doubts = Section::new("In doubt");
        let mistakes = "These files have mistakes, so a signature may be missing unseen; `coalition check` names them:";
        doubts.titled_list(mistakes, self.unsure.iter().map(|file| Item::new(file.as_str())));
        document.add(doubts);
        document
    }

    fn verdict(&self) -> Line {
        let required: usize = self.sheets.iter().map(|sheet| sheet.required).sum();
        let lacking = self.sheets.iter().flat_map(|sheet| &sheet.cells).filter(|cell| is_lacking(cell)).count();
        if !self.has_members {
            return Line::from("Nobody is a member, so nothing is proven.");
        }
        match (required, lacking) {
            (0, _) => Line::from("No signature is required of anyone."),
            (1, 0) => Line::from("The one required signature counts."),
            (required, 0) => Line::from(format!("All {required} required signatures count.")),
            (required, lacking) => Line::new()
                .strong(format!("{} of {required}", required - lacking))
                .plain(format!(" required signatures count; {}.", words::count(lacking, "is missing", "are missing"))),
        }
    }

    fn table(&self) -> Table {
        let agreements = self.sheets.iter().map(|sheet| (sheet.agreement.name.as_str(), Side::Left));
        let mut table = Table::new(std::iter::once(("Member", Side::Left)).chain(agreements));
        for member in &self.members {
            let cells = self.sheets.iter().map(|sheet| of(sheet, member).map_or_else(|| Line::from("–"), cell_line));
            table.row(std::iter::once(Line::from(member.name.as_str())).chain(cells));
        }
        table
    }

    fn tasks(&self) -> Vec<Item> {
        let lacking = |member: &Named| {
            let cells = self.sheets.iter().filter_map(|sheet| Some((sheet, of(sheet, member)?)));
            cells.filter(|(_, cell)| is_lacking(cell)).map(|(sheet, cell)| self.task(sheet, cell)).collect::<Vec<_>>()
        };
        self.members.iter().flat_map(lacking).collect()
    }

    fn task(&self, sheet: &Sheet, cell: &Cell) -> Item {
        let agreement = words::quoted(&sheet.agreement.name);
        if sheet.expired {
            return Item::new(format!("{agreement} has expired; {} signs once it is renewed.", cell.member.name));
        }
        let problem = cell.problem.as_deref().unwrap_or("has not signed");
        let line = Line::new().strong(&cell.member.name).plain(format!(", {agreement}: {problem}."));
        Item::new(line).with(cell.task(self.today))
    }
}

/// A required signature that does not count.
fn is_lacking(cell: &Cell) -> bool {
    cell.required && !cell.counts()
}

fn of<'s>(sheet: &'s Sheet, member: &Named) -> Option<&'s Cell> {
    sheet.cells.iter().find(|cell| cell.member.id == member.id)
}

fn cell_line(cell: &Cell) -> Line {
    let word = cell.state.word();
    if is_lacking(cell) { Line::new().strong(word) } else { Line::from(word) }
}

fn cell_data(cell: &Cell) -> Value {
    json!({
        "state": cell.state,
        "required": cell.required,
        "by": cell.by.as_ref().map(|by| &by.id),
        "date": cell.date,
        "version": cell.version,
        "deadline": cell.deadline,
    })
}

/// Files with mistakes among those that decide who has to sign and who did.
fn unsure(ledger: &Ledger) -> Vec<String> {
    let deciding = |path: &str| DECIDING.iter().any(|kind| path.split('/').next() == Some(kind.folder()));
    let mut files: Vec<String> = ledger
        .findings
        .iter()
        .filter(|finding| !finding.softened && deciding(finding.path.as_str()))
        .map(|finding| finding.path.to_string())
        .collect();
    files.sort();
    files.dedup();
    files
}
