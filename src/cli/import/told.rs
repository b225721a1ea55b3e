//! What is told of an import: what became of each row, and what is wrong.

use super::super::invocation::Invocation;
use crate::document::words::{count, number};
use crate::document::{Line, Side, Table};
use crate::exchange::import::{Fate, Import, Outcome, listed};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::output::{document_text, visible};
use crate::record::field::{Field, Shape};
use crate::record::{fields_of, table_of};
use crate::report::listing;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// The most problems that are told one by one.
const MOST_TOLD: usize = 50;

/// The rows of a preview; `--verbose` shows all.
const PREVIEWED: usize = 25;

/// The fields of a preview, beside id and name.
const SHOWN: usize = 3;

/// What is told of an import.
pub struct Told<'p> {
    /// What was computed.
    pub import: &'p Import,
    /// Columns that were not taken.
    pub left: &'p [String],
    /// Whether they are columns, which can be named.
    pub has_columns: bool,
    /// Whether it is written.
    pub writes: bool,
    /// Whether it was to be shown alone.
    pub dry_run: bool,
}

impl Told<'_> {
    fn counts(&self) -> [usize; 5] {
        let import = self.import;
        [
            import.count(|fate| matches!(fate, Fate::New(_))),
            import.count(|fate| matches!(fate, Fate::Update(_))),
            import.count(|fate| matches!(fate, Fate::Unchanged(_))),
            import.repeated.len(),
            import.problems.len(),
        ]
    }

    /// For people.
    pub fn text(&self, ledger: &Ledger, invocation: &Invocation) -> String {
        let mut text = String::new();
        if self.dry_run {
            text += &self.preview(ledger, invocation.verbose);
        }
        let problems = &self.import.problems;
        for problem in problems.iter().take(MOST_TOLD) {
            text += &format!("{}\n", visible(&problem.to_string()));
        }
        if problems.len() > MOST_TOLD {
            text += &format!("… and {} more\n", problems.len() - MOST_TOLD);
        }
        text += if problems.is_empty() { "" } else { "\n" };
        if !self.left.is_empty() && !invocation.quiet {
            let help =
                if self.has_columns { " --map FIELD=COLUMN takes a column, --extra keeps all of them." } else { "" };
            text += &format!("Not taken: {}.{help}\n", visible(&listed(self.left)));
        }
        text + &self.sentence() + "\n"
    }

    fn sentence(&self) -> String {
        let [new, updated, unchanged, repeated, wrong] = self.counts();
        if wrong > 0 {
            let mistakes = count(wrong, "mistake", "mistakes");
            return format!(
                "Nothing was written: {mistakes} in the file. Fix {} there, and import again.",
                if wrong == 1 { "it" } else { "them" }
            );
        }
        let kinds: Vec<Kind> = Kind::ALL
            .into_iter()
            .filter(|kind| self.import.outcomes.iter().any(|outcome| outcome.kind == *kind))
            .collect();
        let noun = |of: usize| match kinds.as_slice() {
            [kind] => count(of, kind.singular(), kind.folder()),
            _ => count(of, "record", "records"),
        };
        let verbs = if self.writes { ("brought in", "changed") } else { ("to bring in", "to change") };
        let mut parts = Vec::new();
        if new > 0 {
            parts.push(format!("{} {}", noun(new), verbs.0));
        }
        if updated > 0 {
            let changed = if new > 0 { number(Decimal::from(updated)) } else { noun(updated) };
            parts.push(format!("{changed} {}", verbs.1));
        }
        let repeats = match repeated {
            0 => String::new(),
            _ => format!(" {} the same as another.", count(repeated, "row is", "rows are")),
        };
        if parts.is_empty() {
            let are = if unchanged == 1 { "is" } else { "are" };
            return format!("Nothing is new: {} {are} in the ledger already.{repeats}", noun(unchanged));
        }
        if unchanged > 0 {
            parts.push(format!("{} in the ledger already", number(Decimal::from(unchanged))));
        }
        let end = if self.writes { "" } else { " Nothing was written yet." };
        format!("{}.{repeats}{end}", parts.join(", "))
    }

    /// The rows as records, the first of each kind.
    fn preview(&self, ledger: &Ledger, all: bool) -> String {
        let mut text = String::new();
        for kind in Kind::ALL {
            let rows: Vec<&Outcome> = self.import.outcomes.iter().filter(|outcome| outcome.kind == kind).collect();
            if rows.is_empty() {
                continue;
            }
            let shown = if all { rows.len() } else { PREVIEWED };
            text += &document_text::rows(&table(ledger, kind, rows.get(..shown).unwrap_or(&rows)));
            if rows.len() > shown {
                text += &format!("… and {} more; --verbose shows all\n", rows.len() - shown);
            }
            text += "\n";
        }
        text
    }

    /// For programs.
    pub fn data(&self) -> Value {
        let [new, updated, unchanged, repeated, wrong] = self.counts();
        let rows: Vec<Value> = self
            .import
            .outcomes
            .iter()
            .map(|row| {
                json!({
                    "row": row.place, "kind": row.kind.singular(), "id": row.fate.id(), "name": row.name(),
                    "outcome": word(&row.fate),
                })
            })
            .collect();
        let problems: Vec<Value> = self
            .import
            .problems
            .iter()
            .map(|problem| json!({ "row": problem.place, "column": problem.column, "reason": problem.reason }))
            .collect();
        let repeats: Vec<Value> =
            self.import.repeated.iter().map(|(row, of)| json!({ "row": row, "same_as": of })).collect();
        json!({
            "format_version": 1,
            "written": self.writes,
            "counts": { "new": new, "updated": updated, "unchanged": unchanged, "repeated": repeated, "problems": wrong },
            "rows": rows,
            "repeated": repeats,
            "problems": problems,
            "columns_not_taken": self.left,
        })
    }
}

fn word(fate: &Fate) -> &'static str {
    match fate {
        Fate::New(_) => "new",
        Fate::Update(_) => "updated",
        Fate::Unchanged(_) => "unchanged",
        Fate::Refused(_) => "refused",
    }
}

fn table(ledger: &Ledger, kind: Kind, rows: &[&Outcome]) -> Table {
    let is_given = |name: &&'static str| rows.iter().any(|row| row.fields.contains_key(*name));
    let usual = listing::usual_fields_of(kind).iter().copied();
    let single = |field: &&'static Field| !matches!((field.shape)(), Shape::Table(_) | Shape::Free | Shape::Prose);
    let all = usual.chain(table_of(kind).fields.iter().chain(fields_of(kind)).filter(single).map(|field| field.name));
    let mut fields: Vec<&'static str> = Vec::new();
    for name in all.filter(|name| !["id", "name", "stage"].contains(name)).filter(is_given) {
        if fields.len() < SHOWN && !fields.contains(&name) {
            fields.push(name);
        }
    }
    let heads =
        ["", "ID", "Name"].into_iter().map(str::to_owned).chain(fields.iter().map(|field| listing::heading(field)));
    let heads: Vec<String> = heads.collect();
    let mut table = Table::new(heads.iter().map(|head| (head.as_str(), Side::Left)));
    for row in rows {
        let start =
            [word(&row.fate), row.fate.id().unwrap_or_default(), row.name()].map(|text| Line::from(listing::cut(text)));
        let cells = fields.iter().map(|name| Line::from(listing::cell(ledger, kind, name, &row.fields)));
        table.row(start.into_iter().chain(cells));
    }
    table
}
