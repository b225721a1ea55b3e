//! The result of an import, for people and programs.

use super::super::invocation::Invocation;
use super::super::terminal::answer_columns;
use crate::document::words::{count, number};
use crate::document::{Line, Side, Table};
use crate::exchange::import::{ImportPlan, PlannedRow, RowOutcome, list_columns};
use crate::exchange::incoming::Problem;
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::output::document_text::{self, Page};
use crate::output::{visible, visible_text};
use crate::record::field::{Field, Shape};
use crate::record::{fields_of, table_of};
use crate::report::listing;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// The most mistakes, or causes of mistakes, to list.
const MAX_PROBLEMS: usize = 50;

/// The most mistakes of one cause that are listed one by one.
const MAX_OF_CAUSE: usize = 3;

/// The most rows of a preview; `--verbose` shows all.
const MAX_PREVIEW_ROWS: usize = 25;

/// The most fields of a preview, besides id and name.
const MAX_PREVIEW_FIELDS: usize = 3;

/// The result of an import, for people and programs.
pub(super) struct ImportSummary<'p> {
    /// The planned import.
    pub import: &'p ImportPlan,
    /// The mistakes in rows that were left out.
    pub left_out: &'p [Problem],
    /// The files with those rows.
    pub left_out_file: Option<&'p [String]>,
    /// Columns that were ignored.
    pub ignored: &'p [String],
    /// How many entries of which list were read, if the file has entries.
    pub entries: Option<(usize, &'static str)>,
    /// Whether `--map` applies to them.
    pub has_columns: bool,
    /// Whether `--extra` does, too.
    pub keeps_extra: bool,
    /// Whether the import was written.
    pub writes: bool,
    /// Whether this is a dry run.
    pub dry_run: bool,
}

impl ImportSummary<'_> {
    fn counts(&self) -> [usize; 5] {
        let import = self.import;
        [
            import.count(|outcome| matches!(outcome, RowOutcome::New(_))),
            import.count(|outcome| matches!(outcome, RowOutcome::Update(_))),
            import.count(|outcome| matches!(outcome, RowOutcome::Unchanged(_))),
            import.repeated.len(),
            import.problems.len(),
        ]
    }

    /// For people.
    pub(super) fn text(&self, ledger: &Ledger, invocation: &Invocation) -> String {
        let mut text = String::new();
        if self.dry_run {
            text += &self.preview(ledger, invocation.verbose);
        }
        let problems = if self.import.problems.is_empty() { self.left_out } else { &self.import.problems };
        text += &visible_text(&describe_problems(problems, invocation.verbose));
        text += if problems.is_empty() { "" } else { "\n" };
        if !self.ignored.is_empty() && !invocation.quiet {
            let help = match (self.has_columns, self.keeps_extra) {
                (true, true) => " Use --map FIELD=COLUMN for one of them, or --extra to keep them all.",
                (true, false) => " Use --map FIELD=COLUMN for one of them.",
                _ => "",
            };
            text += &format!("Ignored: {}.{help}\n", visible(&list_columns(self.ignored)));
        }
        text + &self.sentence() + "\n"
    }

    fn sentence(&self) -> String {
        let [new, updated, unchanged, repeated, wrong] = self.counts();
        if wrong > 0 {
            let mistakes = count(wrong, "mistake", "mistakes");
            let places: HashSet<&str> = self.import.problems.iter().map(|problem| problem.place.as_str()).collect();
            let others = self.import.rows.iter().filter(|row| !places.contains(row.place.as_str())).count();
            let instead = match others {
                0 => String::new(),
                _ => format!(
                    " To import the {} now, add --skip-bad.",
                    count(others, "row without mistakes", "rows without mistakes")
                ),
            };
            return format!("Nothing was written. Fix the {mistakes} in the file, and import again.{instead}");
        }
        let kinds: Vec<Kind> =
            Kind::ALL.into_iter().filter(|kind| self.import.rows.iter().any(|row| row.kind == *kind)).collect();
        let noun = |amount: usize| match kinds.as_slice() {
            [kind] => count(amount, kind.singular(), kind.folder()),
            _ => count(amount, "record", "records"),
        };
        let verbs = if self.writes { ("imported", "changed") } else { ("to import", "to change") };
        let mut parts = Vec::new();
        if new > 0 {
            let of_kind = |kind: Kind| {
                let is_new = |row: &&PlannedRow| row.kind == kind && matches!(row.outcome, RowOutcome::New(_));
                self.import.rows.iter().filter(is_new).count()
            };
            let each: Vec<String> = kinds
                .iter()
                .map(|kind| (kind, of_kind(*kind)))
                .filter(|(_, amount)| *amount > 0)
                .map(|(kind, amount)| count(amount, kind.singular(), kind.folder()))
                .collect();
            let what = if each.len() == 2 { each.join(" and ") } else { noun(new) };
            parts.push(format!("{what} {}", verbs.0));
        }
        if updated > 0 {
            let changed = if new > 0 { number(Decimal::from(updated)) } else { noun(updated) };
            parts.push(format!("{changed} {}", verbs.1));
        }
        let repeats = match repeated {
            0 => String::new(),
            _ => format!(" {} the same as an earlier one.", count(repeated, "row is", "rows are")),
        };
        let left_out = self.left_out_sentence();
        if let Some((entries, list)) = self.entries {
            let found = format!("{} of {list} in {}", count(entries, "entry", "entries"), noun(updated + unchanged));
            return match (updated, self.writes) {
                (0, _) => format!("Nothing is new: the ledger already has the {found}.{left_out}"),
                (_, true) => format!("Imported {found}; {} changed.{left_out}", number(Decimal::from(updated))),
                (_, false) => format!(
                    "{found} to import; {} to change. Nothing was written yet.{left_out}",
                    number(Decimal::from(updated))
                ),
            };
        }
        if parts.is_empty() {
            return format!("Nothing is new: the ledger already has {}.{repeats}{left_out}", noun(unchanged));
        }
        if unchanged > 0 {
            parts.push(format!("{} already in the ledger", number(Decimal::from(unchanged))));
        }
        let end = if self.writes { "" } else { " Nothing was written yet." };
        format!("{}.{repeats}{end}{left_out}", parts.join(", "))
    }

    fn left_out_sentence(&self) -> String {
        let rows: HashSet<&str> = self.left_out.iter().map(|problem| problem.place.as_str()).collect();
        if rows.is_empty() {
            return String::new();
        }
        let rows = count(rows.len(), "row was left out", "rows were left out");
        match self.left_out_file {
            Some([]) | None => format!(" {rows}."),
            Some(files) => {
                format!(" {rows} and written to {}; fix them there, and import that file.", files.join(" and "))
            }
        }
    }

    /// The rows as records, the first of each kind.
    fn preview(&self, ledger: &Ledger, all: bool) -> String {
        let mut text = String::new();
        for kind in Kind::ALL {
            let rows: Vec<&PlannedRow> = self.import.rows.iter().filter(|row| row.kind == kind).collect();
            if rows.is_empty() {
                continue;
            }
            let count_shown = if all { rows.len() } else { MAX_PREVIEW_ROWS };
            let shown = table(ledger, kind, rows.get(..count_shown).unwrap_or(&rows));
            // The first column is the outcome, the second the id.
            let shown = answer_columns().map_or_else(
                || shown.clone(),
                |columns| document_text::narrow(&shown, &|at| at == 1, columns.min(Page::WIDEST)).0,
            );
            text += &document_text::rows(&shown);
            if rows.len() > count_shown {
                text += &format!("… and {} more; --verbose shows all\n", rows.len() - count_shown);
            }
            text += "\n";
        }
        text
    }

    /// For programs.
    pub(super) fn data(&self) -> Value {
        let [new, updated, unchanged, repeated, wrong] = self.counts();
        let rows: Vec<Value> = self
            .import
            .rows
            .iter()
            .map(|row| {
                json!({
                    "row": row.place, "kind": row.kind.singular(), "id": row.outcome.id(), "name": row.name(),
                    "outcome": word(&row.outcome),
                })
            })
            .collect();
        let problem =
            |problem: &Problem| json!({ "row": problem.place, "column": problem.column, "reason": problem.reason });
        let problems: Vec<Value> = self.import.problems.iter().map(problem).collect();
        let left_out: Vec<Value> = self.left_out.iter().map(problem).collect();
        let causes: Vec<Value> = causes_of(if problems.is_empty() { self.left_out } else { &self.import.problems })
            .iter()
            .map(|cause| json!({ "column": cause.column, "reason": cause.problems[0].reason, "count": cause.problems.len() }))
            .collect();
        let repeats: Vec<Value> =
            self.import.repeated.iter().map(|(row, first)| json!({ "row": row, "same_as": first })).collect();
        json!({
            "format_version": 1,
            "written": self.writes,
            "counts": { "new": new, "updated": updated, "unchanged": unchanged, "repeated": repeated, "problems": wrong },
            "rows": rows,
            "repeated": repeats,
            "problems": problems,
            "causes": causes,
            "left_out": left_out,
            "left_out_files": self.left_out_file.unwrap_or_default(),
            "columns_not_taken": self.ignored,
        })
    }
}

/// Mistakes of one cause: the same column, and the same reason but for what the cell says.
struct Cause<'p> {
    column: Option<&'p str>,
    problems: Vec<&'p Problem>,
}

/// The causes of mistakes, in the order in which each appears first.
fn causes_of(problems: &[Problem]) -> Vec<Cause<'_>> {
    let mut causes: Vec<(String, Cause<'_>)> = Vec::new();
    let mut known: HashMap<(Option<&str>, String), usize> = HashMap::new();
    for problem in problems {
        let column = problem.column.as_deref();
        let key = without_quotations(&problem.reason);
        let at = *known.entry((column, key.clone())).or_insert_with(|| {
            causes.push((key, Cause { column, problems: Vec::new() }));
            causes.len() - 1
        });
        if let Some((_, cause)) = causes.get_mut(at) {
            cause.problems.push(problem);
        }
    }
    causes.into_iter().map(|(_, cause)| cause).collect()
}

/// A reason without the words in quotes, which are those of a cell.
fn without_quotations(reason: &str) -> String {
    let mut plain = String::new();
    for mark in ['"', '`'] {
        let text = if plain.is_empty() { reason.to_owned() } else { plain.clone() };
        plain = text.split(mark).step_by(2).collect::<Vec<_>>().join("…");
    }
    // What an option would say follows from the cell.
    plain.split("--").next().unwrap_or_default().split(" could be ").next().unwrap_or_default().to_owned()
}

/// The first text in quotes of a reason.
fn quotation(reason: &str) -> Option<&str> {
    reason.split('"').nth(1)
}

/// The mistakes, with those of one cause together where there are many.
fn describe_problems(problems: &[Problem], all: bool) -> String {
    let causes = causes_of(problems);
    let is_short = all || problems.len() <= MAX_OF_CAUSE;
    let grouped = |cause: &Cause<'_>| !is_short && cause.problems.len() > MAX_OF_CAUSE;
    let mut lines: Vec<String> = Vec::new();
    let alone: Vec<&Problem> = match is_short {
        true => problems.iter().collect(),
        false => {
            let mut few: Vec<&Problem> = causes
                .iter()
                .filter(|cause| !grouped(cause))
                .flat_map(|cause| cause.problems.iter().copied())
                .collect();
            few.sort_by_key(|problem| problem.rank());
            few
        }
    };
    let most = if all { usize::MAX } else { MAX_PROBLEMS };
    lines.extend(alone.iter().take(most).map(|problem| problem.to_string()));
    if alone.len() > most {
        lines.push(format!("… and {} more; --verbose lists all", alone.len() - most));
    }
    let groups: Vec<&Cause<'_>> = causes.iter().filter(|cause| grouped(cause)).collect();
    lines.extend(groups.iter().take(most).map(|cause| describe_cause(cause)));
    lines.into_iter().map(|line| line + "\n").collect()
}

/// One line for many mistakes: `Type, in 80 rows (7, 8, 9 and 77 more): …`.
fn describe_cause(cause: &Cause<'_>) -> String {
    const MOST_VALUES: usize = 12;
    let is_table = cause.problems.iter().all(|problem| problem.place.starts_with("row "));
    let reason = cause.problems.first().map_or("", |problem| problem.reason.as_str());
    let first = quotation(reason);
    let mut values: Vec<(Option<&str>, Vec<&str>)> = Vec::new();
    for problem in &cause.problems {
        let value = quotation(&problem.reason);
        let place = problem.place.strip_prefix("row ").filter(|_| is_table).unwrap_or(&problem.place);
        match values.iter_mut().find(|(other, _)| *other == value) {
            Some((_, places)) => places.push(place),
            None => values.push((value, vec![place])),
        }
    }
    let of_first =
        values.iter().position(|(value, _)| *value == first).map(|at| values.remove(at).1).unwrap_or_default();
    values.sort_by_key(|(_, places)| std::cmp::Reverse(places.len()));
    let listed: Vec<String> = values
        .iter()
        .take(MOST_VALUES)
        .map(|(value, places)| format!("\"{}\" in {}", value.unwrap_or_default(), name_places(places, is_table)))
        .collect();
    let rest = match values.len().saturating_sub(MOST_VALUES) {
        0 => String::new(),
        more => format!(" and {more} others; --verbose lists all"),
    };
    let also =
        if listed.is_empty() { String::new() } else { format!("; the same goes for {}{rest}", listed.join(", ")) };
    let column = cause.column.map_or_else(|| "In ".to_owned(), |column| format!("{column}, in "));
    let rows = match of_first.as_slice() {
        [one] => format!("{} {one}", if is_table { "row" } else { "place" }).replace("place ", ""),
        several => {
            format!("{} {} ({})", several.len(), if is_table { "rows" } else { "places" }, shorten(several))
        }
    };
    format!("{column}{rows}: {reason}{also}")
}

/// At most eight places.
fn shorten(places: &[&str]) -> String {
    const MOST: usize = 8;
    let more = if places.len() > MOST { format!(" and {} more", places.len() - MOST) } else { String::new() };
    format!("{}{more}", places.iter().take(MOST).copied().collect::<Vec<_>>().join(", "))
}

/// The places of a value: `row 5` or `rows 5, 9`.
fn name_places(places: &[&str], is_table: bool) -> String {
    match (is_table, places.len()) {
        (false, _) => shorten(places),
        (true, 1) => format!("row {}", shorten(places)),
        (true, _) => format!("rows {}", shorten(places)),
    }
}

fn word(outcome: &RowOutcome) -> &'static str {
    match outcome {
        RowOutcome::New(_) => "new",
        RowOutcome::Update(_) => "updated",
        RowOutcome::Unchanged(_) => "unchanged",
        RowOutcome::Refused(_) => "refused",
    }
}

fn table(ledger: &Ledger, kind: Kind, rows: &[&PlannedRow]) -> Table {
    let is_given = |name: &&'static str| rows.iter().any(|row| row.fields.contains_key(*name));
    let usual = listing::usual_fields_of(kind).iter().copied();
    let single = |field: &&'static Field| !matches!((field.shape)(), Shape::Table(_) | Shape::Free | Shape::Prose);
    let all = usual.chain(table_of(kind).fields.iter().chain(fields_of(kind)).filter(single).map(|field| field.name));
    let mut fields: Vec<&'static str> = Vec::new();
    for name in all.filter(|name| !["id", "name", "stage"].contains(name)).filter(is_given) {
        if fields.len() < MAX_PREVIEW_FIELDS && !fields.contains(&name) {
            fields.push(name);
        }
    }
    let heads =
        ["", "ID", "Name"].into_iter().map(str::to_owned).chain(fields.iter().map(|field| listing::heading(field)));
    let heads: Vec<String> = heads.collect();
    let mut table = Table::new(heads.iter().map(|head| (head.as_str(), Side::Left)));
    for row in rows {
        let start = [word(&row.outcome), row.outcome.id().unwrap_or_default(), row.name()]
            .map(|text| Line::from(listing::fit_text(text)));
        let cells = fields.iter().map(|name| Line::from(listing::cell(ledger, kind, name, &row.fields)));
        table.row(start.into_iter().chain(cells));
    }
    table
}
