//! Opens an import file: finds the sheet and the row with the headings, and leaves out the cells that stand for nothing.

use super::column::{ColumnOptions, ColumnTarget, Mapping, has_person_names, list_columns, map_columns};
use crate::error::Error;
use crate::exchange::import_file::{
    FileFormat, ImportFile, Layout, Lists, RawTable, Sheet, TextEncoding, read, read_sheets, text,
};
use crate::kind::Kind;
use crate::parse::alike::fold;
use serde_json::Value;

/// How to read a file.
#[derive(Debug, Clone, Default)]
pub(crate) struct FileOptions {
    /// The layout of a table.
    pub layout: Layout,
    /// The encoding of text.
    pub encoding: Option<TextEncoding>,
    /// The list or the sheet in the file.
    pub list: Option<String>,
    /// Texts that stand for an empty cell.
    pub missing: Vec<String>,
}

/// A file that was read.
#[derive(Debug, Default)]
pub(crate) struct OpenedFile {
    /// Its rows.
    pub file: ImportFile,
    /// What was decided while it was read, for people.
    pub notes: Vec<String>,
}

/// The columns that `--skip-bad` adds to the file of what was left out.
pub(crate) const LEFT_OUT_COLUMNS: [&str; 2] = ["Import row", "Import problem"];

/// Judges which columns of a file with these headings are known.
pub(crate) type MapsColumns<'m> = &'m dyn Fn(&ImportFile) -> Result<Judgment, Error>;

/// How well headings fit.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Judgment {
    /// Whether what every record needs has a column.
    pub is_complete: bool,
    /// How many columns are known.
    pub known: usize,
}

/// Judges headings for records of a kind.
pub(crate) fn judge_headings(file: &ImportFile, kind: Kind, options: &ColumnOptions) -> Result<Judgment, Error> {
    let mapping = map_columns(file, kind, options)?;
    let known = mapping.mapped.iter().filter(|(_, target)| !matches!(target, ColumnTarget::Extra(_))).count();
    Ok(Judgment { is_complete: has_names(&mapping), known })
}

/// Opens a file. `known_lists` are the names of lists with such records.
///
/// # Errors
/// The file cannot be read; the message says what to do.
pub(crate) fn open_file(
    bytes: &[u8],
    format: FileFormat,
    known_lists: &[&str],
    options: &FileOptions,
    judge: MapsColumns<'_>,
) -> Result<OpenedFile, Error> {
    let mut opened = match format {
        FileFormat::Xlsx => open_sheets(&read_sheets(bytes)?, options, judge)?,
        FileFormat::Csv => {
            refuse_list(options)?;
            let text = text(bytes, options.encoding)?;
            let (file, note) = open_table(&RawTable::of_text(&text, &options.layout), options, judge)?;
            OpenedFile { file, notes: note.into_iter().collect() }
        }
        FileFormat::VCard | FileFormat::JsonLines => {
            refuse_list(options)?;
            OpenedFile { file: read(&text(bytes, options.encoding)?, format, Lists::default())?, notes: Vec::new() }
        }
        _ => {
            let lists = Lists { known: known_lists, chosen: options.list.as_deref() };
            OpenedFile { file: read(&text(bytes, options.encoding)?, format, lists)?, notes: Vec::new() }
        }
    };
    if let Some(note) = describe_footers(&opened.file.footers) {
        opened.notes.push(note);
    }
    let file = &mut opened.file;
    file.columns.retain(|column| !LEFT_OUT_COLUMNS.contains(&column.as_str()));
    for row in &mut file.rows {
        row.values.retain(|column, _| !LEFT_OUT_COLUMNS.contains(&column.as_str()));
        for values in [&mut row.values, &mut row.typed, &mut row.spelled] {
            values.values_mut().for_each(|value| clear_missing(value, &options.missing));
        }
    }
    Ok(opened)
}

/// Names the rows that are no records.
fn describe_footers(footers: &[(String, String)]) -> Option<String> {
    const MOST: usize = 5;
    let named: Vec<String> =
        footers.iter().take(MOST).map(|(place, text)| format!("{place} ({})", cut(text))).collect();
    let more = if footers.len() > MOST { format!(" and {} more", footers.len() - MOST) } else { String::new() };
    (!footers.is_empty()).then(|| format!("left out, because these rows are not records: {}{more}", named.join(", ")))
}

fn cut(text: &str) -> String {
    const MOST: usize = 40;
    let start: String = text.chars().take(MOST).collect();
    if start.len() < text.len() { format!("{}…", start.trim_end()) } else { start }
}

fn refuse_list(options: &FileOptions) -> Result<(), Error> {
    match &options.list {
        Some(_) => Err(Error::usage(
            "--list chooses a list in JSON, YAML or TOML, or a sheet of a spreadsheet; this file has only one",
        )),
        None => Ok(()),
    }
}

/// Empties texts that stand for nothing.
fn clear_missing(value: &mut Value, missing: &[String]) {
    match value {
        Value::String(text) if missing.iter().any(|word| fold(word) == fold(text)) => text.clear(),
        Value::Array(items) => items.iter_mut().for_each(|item| clear_missing(item, missing)),
        Value::Object(fields) => fields.values_mut().for_each(|item| clear_missing(item, missing)),
        _ => {}
    }
}

/// Opens the sheet that is named, or the only one with known headings.
fn open_sheets(sheets: &[Sheet], options: &FileOptions, judge: MapsColumns<'_>) -> Result<OpenedFile, Error> {
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    let open = |sheet: &Sheet| open_table(&RawTable::Sheet(sheet.rows()), options, judge);
    let notes = |note: Option<String>, sheet: &Sheet| {
        let others: Vec<&str> = names.iter().copied().filter(|name| *name != sheet.name).collect();
        let is_told = !others.is_empty() && options.list.is_none();
        let sheet_note = is_told.then(|| {
            format!("read only the sheet {}, not {}; --list NAME reads another", sheet.name, others.join(", "))
        });
        sheet_note.into_iter().chain(note).collect()
    };
    if let Some(name) = &options.list {
        let sheet = sheets.iter().find(|sheet| fold(&sheet.name) == fold(name));
        let sheet = sheet.ok_or_else(|| {
            Error::usage(format!("there is no sheet \"{name}\"; the sheets are {}", names.join(", ")))
        })?;
        let (file, note) = open(sheet)?;
        return Ok(OpenedFile { file, notes: notes(note, sheet) });
    }
    let fits = |sheet: &&Sheet| {
        let table = RawTable::Sheet(sheet.rows());
        let rows = table.possible_headings(&options.layout);
        rows.iter().any(|(_, columns)| judge_columns(columns, judge).is_some_and(|judgment| judgment.is_complete))
    };
    let fitting: Vec<&Sheet> = sheets.iter().filter(fits).collect();
    let only = match (fitting.as_slice(), sheets) {
        ([sheet], _) => Some(*sheet),
        ([], [sheet]) => Some(sheet),
        _ => None,
    };
    match only {
        Some(sheet) => {
            let (file, note) = open(sheet)?;
            Ok(OpenedFile { file, notes: notes(note, sheet) })
        }
        _ => Err(Error::data(format!(
            "this spreadsheet has several sheets ({}); choose one, such as --list {}",
            names.join(", "),
            crate::document::words::shell_word(
                fitting.first().map_or(names.first().copied().unwrap_or_default(), |sheet| sheet.name.as_str())
            )
        ))),
    }
}

fn judge_columns(columns: &[String], judge: MapsColumns<'_>) -> Option<Judgment> {
    judge(&ImportFile { columns: columns.to_vec(), ..ImportFile::default() }).ok()
}

/// Opens a table under the row that has the headings.
fn open_table(
    table: &RawTable<'_>,
    options: &FileOptions,
    judge: MapsColumns<'_>,
) -> Result<(ImportFile, Option<String>), Error> {
    let layout = &options.layout;
    if layout.heading_row.is_some() {
        return read_table(table, layout, layout.heading_row, judge);
    }
    let rows = table.possible_headings(layout);
    let width = |columns: &[String]| columns.iter().filter(|column| !column.starts_with("Column ")).count();
    let fits = |(number, columns): &&(usize, Vec<String>)| {
        let judgment = judge_columns(columns, judge).unwrap_or_default();
        // In a row of data, a word may happen to be a heading; but the widest row under a title is one.
        let is_under_title =
            || rows.iter().take_while(|(row, _)| row != number).all(|(_, above)| width(above) * 2 < width(columns));
        judgment.is_complete && judgment.known >= 2 && (judgment.known * 2 >= width(columns) || is_under_title())
    };
    let is_first_enough = rows.first().is_none_or(|(_, columns)| {
        let is_title = width(columns) < 2 && rows.iter().any(|(_, columns)| width(columns) > 1);
        !is_title && judge_columns(columns, judge).is_some_and(|judgment| judgment.is_complete)
    });
    let found = if is_first_enough { None } else { rows.iter().find(fits) };
    // Under a title, the first wide row has the headings even if none of them is known; the message then names them.
    let widest = rows.iter().map(|(_, columns)| width(columns)).max().unwrap_or_default();
    let under_title = || {
        let is_title = rows.first().is_some_and(|(_, columns)| width(columns) < 2) && widest > 1;
        rows.iter().find(|(_, columns)| is_title && width(columns) == widest)
    };
    match (found.or_else(|| if is_first_enough { None } else { under_title() }), rows.first()) {
        (Some((row, _)), Some((first, _))) if row != first => {
            let (file, note) = read_table(table, layout, Some(*row), judge)?;
            let other = format!("the headings are in row {row}; the rows above them were left out");
            Ok((file, note.or(Some(other))))
        }
        _ => read_table(table, layout, None, judge),
    }
}

/// Reads the table under the headings in this row, or in this row and the next, if both together name more.
fn read_table(
    table: &RawTable<'_>,
    layout: &Layout,
    heading_row: Option<usize>,
    judge: MapsColumns<'_>,
) -> Result<(ImportFile, Option<String>), Error> {
    let at = Layout { heading_row, ..*layout };
    let upper = table.possible_headings(&at).into_iter().next();
    let known = |columns: &[String]| judge_columns(columns, judge).unwrap_or_default();
    let double = table.double_headings(layout, heading_row).map(|columns| known(&columns));
    let single = upper.as_ref().map(|(_, columns)| known(columns)).unwrap_or_default();
    let Some(upper) = upper.filter(|_| double.is_some_and(|double| double.is_complete && double.known > single.known))
    else {
        return Ok((table.read(layout, heading_row)?, None));
    };
    let file = table.read(&Layout { has_sub_headings: true, ..*layout }, heading_row)?;
    Ok((file, Some(format!("the headings are in rows {} and {}", upper.0, upper.0 + 1))))
}

/// Whether a column has names, or ids; in an address book, an email address may stand for a name.
pub(crate) fn has_names(mapping: &Mapping) -> bool {
    let is_name = |target: &ColumnTarget| target.name() == "name";
    let has_names = mapping.mapped.iter().any(|(_, target)| is_name(target));
    let is_known = mapping.mapped.iter().any(|(_, target)| matches!(target, ColumnTarget::Id));
    let has_contacts = || mapping.mapped.iter().any(|(_, target)| matches!(target, ColumnTarget::Contact(_)));
    let is_given = mapping.defaults.iter().chain(&mapping.fixed).any(|(target, _)| is_name(target));
    has_names || is_known || is_given || (mapping.is_address_book && has_contacts())
}

/// The message for a file without a column of names.
pub(crate) fn describe_missing_name(file: &ImportFile, kind: Kind, mapping: &Mapping, is_table: bool) -> String {
    let columns: Vec<String> = {
        let mut columns: Vec<String> =
            mapping.mapped.iter().map(|(column, _)| column.clone()).chain(mapping.unmapped.clone()).collect();
        let mut seen = std::collections::HashSet::new();
        columns.retain(|column| seen.insert(column.clone()));
        columns
    };
    // A file without headings begins with data.
    if let Some(address) =
        file.columns.iter().find(|column| super::contact::looks_like_email(column)).filter(|_| is_table)
    {
        return format!(
            "the first row is data (\"{address}\"), not headings; put a row above it that names the columns: Name, Email, Phone"
        );
    }
    let message = format!(
        "no column holds the name of the {kind}; choose one with --map name=COLUMN: {}",
        list_columns(&columns)
    );
    let email = mapping
        .mapped
        .iter()
        .find(|(_, target)| matches!(target, ColumnTarget::Contact(heading) if heading.detail == "email"));
    if let Some((column, _)) = email.filter(|_| has_person_names(kind)) {
        let option = crate::document::words::shell_word(&format!("name={column}"));
        return format!("{message}; if the list has no names, the email address can take their place: --map {option}");
    }
    if is_table {
        return format!(
            "{message}; if the headings are in another row, use --heading-row N, or --skip N for rows above them"
        );
    }
    message
}
