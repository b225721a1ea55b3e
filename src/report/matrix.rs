//! The signature matrix, member by agreement: what `coalition verify` answers. It is complete only where someone was
//! judged, every required signature counts, and nothing that may hold another was left unread.

use super::signatures::{Doubts, SheetCell, SignatureSheet, all_in_place, sheets};
use super::{FORMAT_VERSION, Named, ReportRequest};
use crate::agreement::CellState;
use crate::check::{Context, Gate, Missing, Reported, Setting, Verdict, discreet, judge};
use crate::disclosure::{Concealment, NOT_LISTED};
use crate::document::{Document, Item, Line, Section, Side, Table, words};
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::parse::collation::SortKey;
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Who has signed what.
#[derive(Debug)]
pub(crate) struct Matrix {
    sheets: Vec<SignatureSheet>,
    /// A row for each member, those that lack something first.
    rows: Vec<MatrixRow>,
    doubts: Doubts,
    /// What else keeps the gate shut, by `coalition check`.
    problems: Vec<String>,
    is_open: bool,
    has_members: bool,
    gate: Gate,
    today: NaiveDate,
}

/// A member with its cells, by the id of the agreement.
#[derive(Debug)]
struct MatrixRow {
    member: Named,
    cells: BTreeMap<String, SheetCell>,
}

impl MatrixRow {
    fn lacks(&self) -> bool {
        self.cells.values().any(is_lacking)
    }
}

impl Matrix {
    /// The matrix of all agreements, or of one.
    pub(crate) fn new(request: &ReportRequest<'_>, only: Option<&RecordKey>, setting: Setting) -> Matrix {
        let mut sheets = sheets(request);
        sheets.retain(|sheet| only.is_none_or(|only| sheet.agreement.id == *only.id));
        let context = Context::new(request.ledger, request.today).with_history(request.history);
        let verdict = judge(&context);
        accept(&mut sheets, &verdict);
        let gate = Gate::of(&context, &verdict, setting);
        // What is posted to a change request is read by others.
        let verdict = discreet(request.ledger, request.today, verdict);
        let concerns = |reported: &&Reported| {
            let finding = &reported.finding;
            let is_own = |only: &RecordKey| finding.record.as_ref() == Some(only) || finding.about.contains(only);
            finding.fixed || finding.record.is_none() || only.is_none_or(is_own)
        };
        let errors: Vec<&Reported> = verdict.gate_errors().filter(concerns).collect();
        // What the cells and the doubts say is not said again.
        let is_said = |reported: &&&Reported| reported.finding.check.as_str() == "unsigned-agreement";
        let place = |reported: &&Reported| {
            format!("{}:{}: {}", reported.finding.path, reported.start.line, reported.finding.message)
        };
        Matrix {
            problems: errors.iter().filter(|reported| !is_said(reported)).map(place).collect(),
            is_open: errors.is_empty(),
            gate,
            rows: rows(&sheets),
            doubts: Doubts::of(request.ledger),
            has_members: request.ledger.current_members(request.today).next().is_some(),
            today: request.today,
            sheets,
        }
    }

    /// Whether someone was judged, no one lacks a required signature when the time to sign is over, and nothing else keeps the
    /// gate shut: then `coalition check` has no error on agreements and signatures either.
    pub(crate) fn is_complete(&self) -> bool {
        self.has_members && self.is_open
    }

    /// What the gate judged.
    pub(crate) fn gate(&self) -> &Gate {
        &self.gate
    }

    /// The matrix as data.
    pub(crate) fn data(&self) -> Value {
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
            .rows
            .iter()
            .map(|MatrixRow { member, cells }| {
                let cells: BTreeMap<&String, Value> = cells.iter().map(|(id, cell)| (id, cell_data(cell))).collect();
                json!({ "id": member.id, "name": member.name, "cells": cells })
            })
            .collect();
        json!({
            "format_version": FORMAT_VERSION,
            "today": self.today,
            "complete": self.is_complete(),
            "agreements": agreements,
            "members": members,
            "unsure": self.doubts.files,
            "unread": self.doubts.unread,
            "problems": self.problems,
            "gate": self.gate.data(),
        })
    }

    /// The cells one by one, for spreadsheets: the names of the columns, then a row for each cell, who lacks something
    /// first.
    pub(crate) fn rows(&self, concealment: &Concealment<'_>) -> (Vec<&'static str>, Vec<Vec<String>>) {
        let hidden = |named: &Named| concealment.id_of(&named.key()).map(str::to_owned);
        let id = |named: &Named| hidden(named).unwrap_or_else(|| named.id.clone());
        let name = |named: &Named| hidden(named).map_or_else(|| named.name.clone(), |_| NOT_LISTED.to_owned());
        let text = |value: Option<String>| value.unwrap_or_default();
        let row = |cell: &SheetCell, agreement: &str| {
            vec![
                id(&cell.member),
                name(&cell.member),
                agreement.to_owned(),
                cell.word().to_owned(),
                cell.required.to_string(),
                text(cell.by.as_ref().map(id)),
                text(cell.date.map(|date| date.to_string())),
                text(cell.version.map(|version| version.to_string())),
                text(cell.deadline.map(|deadline| deadline.to_string())),
            ]
        };
        let cells = self.rows.iter().flat_map(|one| one.cells.iter().map(|(agreement, cell)| row(cell, agreement)));
        let columns = ["member", "name", "agreement", "state", "required", "by", "date", "version", "deadline"];
        (columns.to_vec(), cells.collect())
    }

    /// The matrix for people: who lacks something first, then what is to be done.
    pub(crate) fn document(&self, ledger: &Ledger) -> Document {
        let mut document = Document::new(ledger.root.name());
        document.add_subtitle(format!("Who has signed what, as of {}", words::weekday(self.today)));
        let mut totals = Section::new("In short");
        totals.paragraph(self.verdict());
        document.add(totals);
        let mut matrix = Section::new("Signatures");
        matrix.table(self.table());
        document.add(matrix);
        let mut tasks = Section::new("To do");
        tasks.list(self.tasks());
        document.add(tasks);
        document.add(self.doubts.section());
        let mut problems = Section::new("Other errors to fix first");
        problems.list(self.problems.iter().map(|problem| Item::new(problem.as_str())));
        document.add(problems);
        document
    }

    /// Which commit added each signature that counts, where the commits know it.
    pub(crate) fn commits(&self) -> Section {
        let columns = [("Member", Side::Left), ("Agreement", Side::Left), ("Commit", Side::Left)];
        let mut table = Table::new(columns.into_iter().chain([("On", Side::Right), ("By", Side::Left)]));
        for row in &self.rows {
            let cells = self.sheets.iter().filter_map(|sheet| Some((sheet, row.cells.get(&sheet.agreement.id)?)));
            for (sheet, cell) in cells.filter(|(_, cell)| cell.counts()) {
                let Some(commit) = &cell.commit else { continue };
                let on = words::short_day(commit.date);
                let by = commit.author.as_str();
                let names = [row.member.name.as_str().into(), sheet.agreement.name.as_str().into()];
                table.row(names.into_iter().chain([commit.short().into(), on.into(), by.into()]));
            }
        }
        let mut section = Section::new("Added in git");
        section.table(table);
        section
    }

    fn verdict(&self) -> Line {
        let required: usize = self.sheets.iter().map(|sheet| sheet.required).sum();
        let cells = || self.sheets.iter().flat_map(|sheet| &sheet.cells).filter(|cell| cell.required);
        let lacking = cells().filter(|cell| is_lacking(cell)).count();
        let counting = cells().filter(|cell| cell.counts()).count();
        let due = cells().filter(|cell| cell.state == CellState::Due && !cell.accepted).count();
        let accepted = cells().filter(|cell| cell.accepted && !cell.counts()).count();
        if !self.has_members {
            let problem = self.gate.missing.unwrap_or(Missing::Members).problem();
            return Line::from(format!("{}, so there is nothing to verify.", words::capitalize(problem)));
        }
        let proviso = if self.doubts.is_empty() { "" } else { ", as far as the ledger was read" };
        if required == 0 {
            let why = self.gate.missing.map(|missing| format!(": {}", missing.problem())).unwrap_or_default();
            return Line::from(format!("No signatures are required{why}{proviso}."));
        }
        if counting == required {
            let all = all_in_place(required);
            return Line::from(format!("{all}{proviso}."));
        }
        let parts = [
            (lacking, words::noun_form(lacking, "is missing", "are missing")),
            (due, words::noun_form(due, "is still due", "are still due")),
            (accepted, words::noun_form(accepted, "is accepted as missing", "are accepted as missing")),
        ];
        let parts: Vec<String> =
            parts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        let verb = words::noun_form(required, "signature is in place", "signatures are in place");
        Line::new()
            .strong(format!("{counting} of {required}"))
            .plain(format!(" required {verb}{proviso}; {}.", parts.join(", ")))
    }

    fn table(&self) -> Table {
        let agreements = self.sheets.iter().map(|sheet| (sheet.agreement.name.as_str(), Side::Left));
        let mut table = Table::new(std::iter::once(("Member", Side::Left)).chain(agreements));
        for row in &self.rows {
            let cell = |sheet: &SignatureSheet| {
                row.cells.get(&sheet.agreement.id).map_or_else(|| Line::from("–"), |cell| cell_line(cell, sheet))
            };
            table.row(std::iter::once(Line::from(row.member.name.as_str())).chain(self.sheets.iter().map(cell)));
        }
        table
    }

    fn tasks(&self) -> Vec<Item> {
        let lacking = |row: &MatrixRow| {
            let cells = self.sheets.iter().filter_map(|sheet| Some((sheet, row.cells.get(&sheet.agreement.id)?)));
            let open = cells.filter(|(_, cell)| is_lacking(cell) || cell.is_open());
            open.map(|(sheet, cell)| self.task(sheet, cell)).collect::<Vec<_>>()
        };
        let begin = self.gate.missing.map(|missing| {
            let line = Line::from(format!("{}:", words::capitalize(missing.help())));
            Item::new(line).with(missing.command())
        });
        self.rows.iter().flat_map(lacking).chain(begin).collect()
    }

    fn task(&self, sheet: &SignatureSheet, cell: &SheetCell) -> Item {
        let agreement = words::quote(&sheet.agreement.name);
        if sheet.expired {
            return Item::new(format!("{agreement} has expired; {} can sign once members renew it.", cell.member.name));
        }
        let problem = cell.problem.as_deref().unwrap_or("has not signed");
        let line = Line::new().strong(&cell.member.name).plain(format!(", {agreement}: {problem}."));
        let command = format!("To sign: coalition sign {} --member {}", sheet.agreement.id, cell.member.id);
        Item::new(line).with(cell.task(self.today)).with(command)
    }
}

/// The cells of all agreements by member: those that lack something first, then by name.
fn rows(sheets: &[SignatureSheet]) -> Vec<MatrixRow> {
    let mut rows: BTreeMap<&str, MatrixRow> = BTreeMap::new();
    for sheet in sheets {
        for cell in &sheet.cells {
            let empty = || MatrixRow { member: cell.member.clone(), cells: BTreeMap::new() };
            let row = rows.entry(&cell.member.id).or_insert_with(empty);
            row.cells.insert(sheet.agreement.id.clone(), cell.clone());
        }
    }
    let mut rows: Vec<MatrixRow> = rows.into_values().collect();
    rows.sort_by_cached_key(|row| (!row.lacks(), SortKey::of(&row.member.name), row.member.id.clone()));
    rows
}

/// Marks the cells whose missing signature is accepted.
fn accept(sheets: &mut [SignatureSheet], verdict: &Verdict) {
    for accepted in verdict.accepted.iter().filter(|accepted| accepted.check.as_str() == "unsigned-agreement") {
        let agreement = |sheet: &&mut SignatureSheet| {
            accepted.record.as_ref().is_some_and(|record| *record.id == sheet.agreement.id)
        };
        for sheet in sheets.iter_mut().filter(agreement) {
            let is_own = |cell: &&mut SheetCell| {
                accepted.about.iter().any(|about| about.kind == Kind::Member && *about.id == cell.member.id)
            };
            for cell in sheet.cells.iter_mut().filter(is_own) {
                cell.accepted = true;
            }
        }
    }
}

/// A required signature that does not count, and whose time is over.
fn is_lacking(cell: &SheetCell) -> bool {
    cell.required && !cell.counts() && !cell.accepted && cell.state != CellState::Due
}

/// How a member stands to an agreement, with the version and the day of what it signed.
fn cell_line(cell: &SheetCell, sheet: &SignatureSheet) -> Line {
    let word = cell.word();
    let line = if is_lacking(cell) { Line::new().strong(word) } else { Line::from(word) };
    let version = cell.version.map(|version| match version == sheet.version {
        true => format!(", version {version}"),
        false => format!(", version {version} of {}", sheet.version),
    });
    let day = cell.date.map(|date| format!(", {}", words::short_day(date)));
    line.plain(version.unwrap_or_default()).plain(day.unwrap_or_default())
}

fn cell_data(cell: &SheetCell) -> Value {
    json!({
        "state": cell.state,
        "proven": cell.proven,
        "required": cell.required,
        "by": cell.by.as_ref().map(|by| &by.id),
        "date": cell.date,
        "version": cell.version,
        "deadline": cell.deadline,
        "commit": cell.commit.as_ref().filter(|_| cell.counts()),
    })
}
