//! What an import reads before it looks at the ledger: the files, their columns and their rows.

use super::super::invocation::Invocation;
use super::{FormatName, Import, ImportType, Persons};
use crate::document::words::count;
use crate::document::words::shell_word;
use crate::exchange::damaged_text::find_damage;
use crate::exchange::import::{
    ColumnOptions, ColumnTarget, EntryMapping, FileOptions, ImportRows, KeptOrganization, Mapping, OpenedFile,
    ValueReader, add_organizations, describe_missing_name, describe_people, divide_options, explain_missing,
    explain_missing_name, explain_value, find_near_names, has_names, judge_entries, judge_headings, keep_organizations,
    list_columns, map_columns, map_entries, open_file, read_entries, read_organizations, read_record_ids, read_rows,
};
use crate::exchange::import_file::{self, FileFormat, ImportFile, Layout, MAX_BYTES};
use crate::exchange::incoming::{Incoming, Problem};
use crate::exchange::package::{self, DESCRIPTOR, Package, PackageFile};
use crate::exchange::popolo;
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::ledger::query::entries::EntryList;
use anyhow::{Context as _, Result};
use std::collections::{HashMap, HashSet};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The contents of the import files.
#[derive(Default)]
pub(super) struct Input {
    /// The records.
    pub records: Vec<Incoming>,
    /// The mistakes in them.
    pub problems: Vec<Problem>,
    /// Columns that match no field.
    pub ignored: Vec<String>,
    /// What to tell people besides the result.
    pub notes: Vec<String>,
    /// The files, to write out what is left out of them.
    pub files: Vec<ReadFile>,
    /// How many entries of a list there are, if the files hold entries.
    pub entries: Option<usize>,
    /// For records that stand for several rows, the places of those.
    pub places: Vec<(String, Vec<String>)>,
}

/// One file with its rows.
pub(super) struct ReadFile {
    /// Where it is; `-` for standard input.
    pub path: PathBuf,
    /// Its format.
    pub format: FileFormat,
    /// Its rows.
    pub file: ImportFile,
    /// What its places begin with, if there are several files.
    pub prefix: String,
    mapping: Mapping,
    /// The organizations in a list of people.
    organizations: Option<ImportRows>,
    /// The rows without a name, for which something else stands.
    unnamed: HashSet<String>,
    entries: Option<EntryMapping>,
    values: Option<ValueReader>,
}

impl Input {
    /// Names the column of a problem, and what helps with it.
    pub(super) fn explain(&self, problem: &mut Problem, makes_organizations: bool) {
        let of_file = |read: &&ReadFile| problem.place.starts_with(&read.prefix);
        let Some(read) = self.files.iter().find(of_file) else { return };
        explain_missing_name(problem, &read.mapping);
        explain_missing(problem, &read.mapping, makes_organizations);
        explain_value(problem, &read.mapping);
        if let Some(column) = problem.column.as_deref().and_then(|field| read.mapping.column_of(field)) {
            problem.column = Some(column.to_owned());
        }
    }
}

impl Import {
    /// Reads the files.
    pub(super) fn read_input(&self, invocation: &Invocation) -> Result<Input> {
        if self.with_organizations && self.what != ImportType::Kind(Kind::Advocate) {
            stop!(usage, "--with-organizations works only with `coalition import people`");
        }
        let cannot = |from: &Path| {
            let from = if from == Path::new("-") { "standard input".to_owned() } else { from.display().to_string() };
            move || format!("{from} cannot be imported")
        };
        match &self.what {
            ImportType::Popolo => {
                let file = self.single_file("a Popolo file")?;
                self.read_popolo(file).with_context(cannot(file))
            }
            ImportType::Package => {
                let file = self.single_file("a package")?;
                self.read_package(file).with_context(cannot(file))
            }
            ImportType::Kind(_) | ImportType::Entries(_) => {
                let files = expand(&self.files)?;
                let mut input = Input::default();
                for path in &files {
                    let is_same = |other: &&PathBuf| short_name(other) == short_name(path);
                    let prefix = match files.len() {
                        1 => String::new(),
                        _ if files.iter().filter(is_same).count() > 1 => format!("{}, ", path.display()),
                        _ => format!("{}, ", short_name(path)),
                    };
                    self.read_import_file(path, &prefix, &mut input, invocation).with_context(cannot(path))?;
                }
                Ok(input)
            }
        }
    }

    fn read_popolo(&self, file: &Path) -> Result<Input> {
        if self.has_column_options()
            || self.date_format.is_some()
            || self.from.is_some_and(|from| from != FormatName::Json)
        {
            stop!(
                usage,
                "options for columns do not apply to a Popolo file; use only --persons, --update, --skip-bad and --dry-run"
            );
        }
        let persons = self.persons.map(|persons| match persons {
            Persons::Officials => Kind::Official,
            Persons::Advocates => Kind::Advocate,
        });
        let read = popolo::read(&import_file::json(&import_file::text(&bytes_of(file)?, None)?)?, persons)?;
        let problems = find_damage(&read.records);
        Ok(Input { records: read.records, problems, ignored: read.ignored.into_iter().collect(), ..Input::default() })
    }

    /// Reads a package that `coalition export --to DIR` wrote.
    fn read_package(&self, file: &Path) -> Result<Input> {
        let layout = self.separator.is_some() || self.heading_row.is_some();
        if self.has_column_options() || layout || self.from.is_some() || self.persons.is_some() {
            stop!(
                usage,
                "options for columns do not apply to a package; use only --date-format, --update, --skip-bad and --dry-run"
            );
        }
        let descriptor = if file.is_dir() { file.join(DESCRIPTOR) } else { file.to_path_buf() };
        let description = read_file(&descriptor).with_context(|| format!("{}", descriptor.display()))?;
        let folder = descriptor.parent().unwrap_or(Path::new("."));
        let names = package::file_names(&description)?;
        let mut files = vec![PackageFile { name: DESCRIPTOR.to_owned(), bytes: description }];
        for name in names {
            let path = folder.join(&name);
            if !path.try_exists().unwrap_or(true) {
                stop!(
                    data,
                    "{name} is missing, although {DESCRIPTOR} names it; put the file back, or export the package again"
                );
            }
            let bytes = read_file(&path).with_context(|| name.clone())?;
            files.push(PackageFile { name, bytes });
        }
        package::require_restorable(&files)?;
        let Package { records, problems } = package::read(&files, &self.date_format()?)?;
        Ok(Input { records, problems, ..Input::default() })
    }

    /// The format of a file, by the option, its first bytes or its name.
    fn format_of(&self, path: &Path, bytes: &[u8]) -> Result<FileFormat> {
        let name = path.to_string_lossy();
        if let Some(from) = self.from {
            return Ok(from.format());
        }
        if import_file::is_spreadsheet(&name) {
            stop!(
                data,
                "the import cannot read this spreadsheet format; save the sheet as .xlsx, or as CSV with UTF-8 encoding"
            );
        }
        // Some programs save an address book or a spreadsheet under another ending, or a text under that of a spreadsheet.
        let is_book = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0");
        if is_book || import_file::is_markup(bytes.get(..bytes.len().min(4096)).unwrap_or_default()) {
            return Ok(FileFormat::Xlsx);
        }
        let start = bytes.get(..bytes.len().min(64)).unwrap_or_default().to_ascii_uppercase();
        let is_card = start.windows(11).any(|part| part == b"BEGIN:VCARD");
        match FileFormat::of_name(&name) {
            Some(FileFormat::Csv) | None if is_card => Ok(FileFormat::VCard),
            Some(FileFormat::Xlsx) if !is_xlsx(&name) => Ok(FileFormat::Csv),
            Some(format) => Ok(format),
            None => {
                stop!(
                    usage,
                    "its format is unclear from its name; add --from csv, xlsx, vcard, yaml, json, jsonl or toml"
                )
            }
        }
    }

    fn read_import_file(&self, path: &Path, prefix: &str, input: &mut Input, invocation: &Invocation) -> Result<()> {
        if self.persons.is_some() {
            stop!(usage, "--persons works only with `coalition import popolo`");
        }
        let bytes = bytes_of(path)?;
        let format = self.format_of(path, &bytes)?;
        let is_table = matches!(format, FileFormat::Csv | FileFormat::Xlsx);
        if !is_table && (self.separator.is_some() || self.heading_row.is_some() || self.skip > 0) {
            stop!(usage, "--separator, --skip and --heading-row work only with CSV files and spreadsheets");
        }
        let layout = Layout {
            separator: self.separator.map(|separator| separator.0),
            heading_row: self.heading_row,
            skip: self.skip,
            keeps_faults: true,
            has_sub_headings: false,
        };
        let options =
            FileOptions { layout, encoding: self.encoding, list: self.list.clone(), missing: self.missing.clone() };
        let values = ValueReader { dates: self.date_format()?, today: invocation.today, is_own_export: false };
        let mut read = ReadFile {
            path: path.to_path_buf(),
            format,
            file: ImportFile::default(),
            prefix: prefix.to_owned(),
            mapping: Mapping::default(),
            organizations: None,
            unnamed: HashSet::new(),
            entries: None,
            values: Some(values),
        };
        let said = match &self.what {
            ImportType::Entries(list) => self.read_entry_file(&bytes, *list, &options, &mut read, input)?,
            ImportType::Kind(kind) => self.read_record_file(&bytes, *kind, &options, &mut read, input, invocation)?,
            _ => Vec::new(),
        };
        for fault in &read.file.faults {
            let problem = Problem { place: fault.place.clone(), column: None, reason: fault.describe() };
            input.problems.push(prefixed(problem, prefix));
        }
        input.notes.extend(said.into_iter().map(|note| format!("{prefix}{note}")));
        input.files.push(read);
        Ok(())
    }

    /// Reads a table of entries. The records that they belong to are looked up later.
    fn read_entry_file(
        &self,
        bytes: &[u8],
        list: EntryList,
        options: &FileOptions,
        read: &mut ReadFile,
        input: &mut Input,
    ) -> Result<Vec<String>> {
        if self.id_from.is_some() || self.extra {
            stop!(usage, "--id-from and --extra do not apply to entries of a list");
        }
        let column_options = self.column_options();
        let judge = |file: &ImportFile| judge_entries(file, list, &column_options);
        let opened = open_file(bytes, read.format, &[list.name], options, &judge)?;
        let has_date = |map: &EntryMapping| {
            let given = map.mapping.fixed.iter().chain(&map.mapping.defaults);
            map.mapping.column_of("contacts.date").is_some()
                || given.into_iter().any(|(target, _)| target.name() == "contacts.date")
        };
        let map = match map_entries(&opened.file, list, &column_options) {
            Ok(map) if list.name != "contacts" || has_date(&map) => map,
            result => {
                let is_address_book = list.name == "contacts"
                    && map_columns(&opened.file, Kind::Advocate, &ColumnOptions::default())
                        .is_ok_and(|mapping| mapping.is_address_book || mapping.column_of("email").is_some());
                if is_address_book {
                    stop!(
                        usage,
                        "these are people, and `import contacts` reads the log of calls, visits and letters; use `coalition import people {}`",
                        read.path.display()
                    );
                }
                result?
            }
        };
        input.ignored.extend(
            map.mapping.unmapped.iter().filter(|column| !input.ignored.contains(column)).cloned().collect::<Vec<_>>(),
        );
        input.entries.get_or_insert(0);
        read.mapping = map.mapping.clone();
        read.file = opened.file;
        read.entries = Some(map);
        Ok(opened.notes)
    }

    /// Reads a file of records.
    fn read_record_file(
        &self,
        bytes: &[u8],
        kind: Kind,
        options: &FileOptions,
        read: &mut ReadFile,
        input: &mut Input,
        invocation: &Invocation,
    ) -> Result<Vec<String>> {
        let (column_options, organization_options) = match self.with_organizations {
            true => divide_options(&self.column_options()),
            false => (self.column_options(), ColumnOptions::default()),
        };
        let judge = |file: &ImportFile| judge_headings(file, kind, &column_options);
        let known_lists = match kind {
            Kind::Advocate => vec![kind.folder(), kind.singular(), "people", "persons", "contacts"],
            Kind::Member => vec![kind.folder(), kind.singular(), "organizations", "orgs"],
            _ => vec![kind.folder(), kind.singular()],
        };
        let OpenedFile { mut file, mut notes } = open_file(bytes, read.format, &known_lists, options, &judge)?;
        let other_kinds = read_record_ids(&mut file, kind);
        input.problems.extend(other_kinds.into_iter().map(|problem| prefixed(problem, &read.prefix)));
        if file.rows.is_empty() {
            return Ok(notes);
        }
        let mapping = map_columns(&file, kind, &column_options)?;
        if self.extra {
            notes.extend(describe_extra(&mapping));
        }
        if !has_names(&mapping) {
            let is_table = matches!(read.format, FileFormat::Csv | FileFormat::Xlsx);
            stop!(data, "{}", describe_missing_name(&file, kind, &mapping, is_table));
        }
        if kind == Kind::Member
            && let Some(sign) = describe_people(&file, &mapping)
        {
            notes.push(format!(
                "warning: {sign}; `coalition import people {} --with-organizations` makes records for the people and for their organizations",
                read.path.display()
            ));
        }
        let Some(mut values) = read.values.clone() else { return Ok(notes) };
        values.is_own_export = file.has_record_ids;
        let mut rows = read_rows(&file, kind, &mapping, &values);
        let mut ignored = mapping.unmapped.clone();
        if self.with_organizations {
            let (organizations, used) = read_organizations(&file, &mapping, &organization_options, &values)?;
            ignored.retain(|column| !used.contains(column));
            rows.problems.extend(
                organizations
                    .problems
                    .iter()
                    .filter(|problem| problem.column.as_deref() != mapping.column_of("member"))
                    .cloned(),
            );
            read.organizations = Some(organizations);
        }
        if !invocation.quiet {
            notes.extend(describe_cleaned_cells(&rows.cleaned));
        }
        notes.extend(describe_names(&rows));
        notes.extend(describe_restricted(&rows.restricted));
        if !mapping.foreign_ids.is_empty() && !self.extra {
            notes.push(format!(
                "kept under [extra], because these are ids from another program: {}",
                list_columns(&mapping.foreign_ids)
            ));
        }
        if !mapping.people.is_empty() {
            notes.push(format!(
                "kept under [extra], because these are people: {}; `coalition import people {} --with-organizations` makes records for them",
                list_columns(&mapping.people),
                read.path.display()
            ));
        }
        if !rows.kept.is_empty() {
            notes.push(format!(
                "not an email address or a phone number, so kept as another contact detail: {}",
                name_rows(&rows.kept)
            ));
        }
        if !rows.named.is_empty() && !self.with_organizations {
            notes.push(describe_named(&rows.named));
        }
        read.unnamed = rows.named.iter().map(|(place, _)| format!("{}{place}", read.prefix)).collect();
        input.ignored.extend(ignored.into_iter().filter(|column| !input.ignored.contains(column)).collect::<Vec<_>>());
        input.problems.extend(rows.problems.into_iter().map(|problem| prefixed(problem, &read.prefix)));
        input.records.extend(rows.records.into_iter().map(|record| place_in(record, &read.prefix)));
        read.mapping = mapping;
        read.file = file;
        Ok(notes)
    }

    /// Looks up in the ledger what the rows refer to: organizations of people, and the records that entries belong to.
    pub(super) fn settle(&self, ledger: &Ledger, input: &mut Input) {
        for at in 0..input.files.len() {
            let Some(read) = input.files.get_mut(at) else { continue };
            let prefix = read.prefix.clone();
            if let (Some(map), Some(values)) = (&read.entries, &read.values) {
                let found = read_entries(ledger, &read.file, map, values);
                input.problems.extend(found.problems.into_iter().map(|problem| prefixed(problem, &prefix)));
                input.records.extend(found.records.into_iter().map(|record| place_in(record, &prefix)));
                let with_prefix = |place: String| format!("{prefix}{place}");
                input.places.extend(
                    found
                        .places
                        .into_iter()
                        .map(|(place, rows)| (with_prefix(place), rows.into_iter().map(with_prefix).collect())),
                );
                input.entries = input.entries.map(|count| count + found.entries);
            }
            let (mut own, others): (Vec<Incoming>, Vec<Incoming>) =
                std::mem::take(&mut input.records).into_iter().partition(|record| record.place.starts_with(&prefix));
            if let Some(organizations) = read.organizations.take() {
                let organizations = organizations.records.into_iter().map(|record| place_in(record, &prefix)).collect();
                let new = add_organizations(ledger, &mut own, organizations, &read.unnamed);
                let is_other = |record: &&Incoming| {
                    record.id.is_none() && record.fields.get("classification").is_some_and(|word| word == "other")
                };
                let others = new.iter().filter(is_other).count();
                let near = find_near_names(ledger, &new);
                if let Some((wrong, right)) = near.first() {
                    input.notes.push(format!(
                        "warning: new organizations with names like those of others: {}; if two are the same, add --value {}",
                        name_rows(&near),
                        shell_word(&format!("member:{wrong}={right}"))
                    ));
                }
                if others > 0 {
                    input.notes.push(format!(
                        "the file does not say what type {}, so the type is \"other\"; name the column with --map classification=COLUMN, or one type for all with --set classification=TYPE",
                        count(others, "organization is", "organizations are")
                    ));
                }
                own.splice(0..0, new);
            } else if self.what == ImportType::Kind(Kind::Advocate) && !read.file.has_record_ids {
                let kept = keep_organizations(ledger, &mut own, read.mapping.is_address_book);
                input.notes.extend(describe_kept(&kept));
            }
            input.records = others;
            input.records.append(&mut own);
        }
        let warnings = describe_shared(&input.records);
        input.notes.extend(warnings);
    }
}

/// Whether a name ends like those of spreadsheets that are never text.
fn is_xlsx(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ["xlsx", "xlsm", "ods"].contains(&ending.to_lowercase().as_str()))
}

/// The name of a file without its folders.
fn short_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The files, with each folder replaced by the files in it that can be imported.
fn expand(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let mut inside: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
        inside.retain(|file| file.is_file() && FileFormat::of_name(&file.to_string_lossy()).is_some());
        if inside.iter().any(|file| file.ends_with(DESCRIPTOR)) {
            stop!(
                usage,
                "{} is a package of all records; use `coalition import package {}`",
                path.display(),
                path.display()
            );
        }
        if inside.is_empty() {
            stop!(data, "the folder {} has no files that can be imported", path.display());
        }
        inside.sort();
        files.append(&mut inside);
    }
    Ok(files)
}

fn prefixed(problem: Problem, prefix: &str) -> Problem {
    Problem { place: format!("{prefix}{}", problem.place), ..problem }
}

fn place_in(record: Incoming, prefix: &str) -> Incoming {
    Incoming { place: format!("{prefix}{}", record.place), ..record }
}

/// Names the columns kept under `[extra]`, so that people can check them for private data.
fn describe_extra(mapping: &Mapping) -> Option<String> {
    let kept = mapping.mapped.iter().filter(|(_, target)| matches!(target, ColumnTarget::Extra(_)));
    let columns: Vec<String> = kept.map(|(column, _)| column.clone()).collect();
    (!columns.is_empty()).then(|| {
        let columns = list_columns(&columns);
        format!(
            "kept under [extra], which stays private unless coalition.toml says extra = \"public\" under [render]: {columns}"
        )
    })
}

/// Names the organizations that the ledger lacks.
fn describe_kept(kept: &[KeptOrganization]) -> Option<String> {
    let name = |organization: &KeptOrganization| match &organization.near {
        Some(near) => format!("{} (near {near})", organization.name),
        None => organization.name.clone(),
    };
    let names: Vec<String> = kept.iter().map(name).collect();
    let people: usize = kept.iter().map(|organization| organization.people).sum();
    let near = kept.iter().find_map(|organization| Some((&organization.name, organization.near.as_ref()?)));
    let option = near.map_or_else(String::new, |(wrong, right)| {
        format!(", and --value {} reads one as another", shell_word(&format!("member:{wrong}={right}")))
    });
    (!kept.is_empty()).then(|| {
        format!(
            "kept under [extra] for {}, because the ledger has no {} of these names: {}; --with-organizations makes a record of each{option}",
            count(people, "person", "people"),
            if names.len() == 1 { "organization" } else { "organizations" },
            list_columns(&names)
        )
    })
}

/// What was read in another way than it is written, and what people must look at.
fn describe_names(rows: &ImportRows) -> Vec<String> {
    let mut notes = Vec::new();
    if !rows.turned.is_empty() {
        notes.push(format!("names rewritten as people say them: {}", name_rows(&rows.turned)));
    }
    // A name of one word, or a row with nothing else, is odd only where others have more.
    let is_odd = |few: &[(String, String)]| !few.is_empty() && few.len() * 5 <= rows.records.len();
    if is_odd(&rows.short) {
        notes.push(format!("warning: one-word names: {}", name_rows(&rows.short)));
    }
    if is_odd(&rows.bare) {
        notes.push(format!(
            "warning: rows with only a name: {}; if one is a section heading, delete it",
            name_rows(&rows.bare)
        ));
    }
    if !rows.far.is_empty() {
        notes.push(format!("warning: dates more than a year ahead: {}", name_rows(&rows.far)));
    }
    if !rows.couples.is_empty() {
        notes.push(format!(
            "warning: two people in one row, imported as one person: {}; put each in a separate row",
            name_rows(&rows.couples)
        ));
    }
    notes
}

/// Names the columns that say how someone may be contacted, each with its rows.
fn describe_restricted(restricted: &[(String, String)]) -> Option<String> {
    let mut columns: Vec<(&str, Vec<&str>)> = Vec::new();
    for (place, column) in restricted {
        match columns.iter_mut().find(|(other, _)| other == column) {
            Some((_, places)) => places.push(place),
            None => columns.push((column, vec![place])),
        }
    }
    let named: Vec<String> = columns
        .iter()
        .map(|(column, places)| match places.as_slice() {
            several @ [_, _, _, _, ..] => format!("{column} ({} rows)", several.len()),
            few => format!("{column} ({})", few.join(", ")),
        })
        .collect();
    (!named.is_empty()).then(|| {
        format!("kept under [extra], because it says how someone may be contacted: {}; check it before anyone calls or writes", named.join(", "))
    })
}

/// Names an email address that several rows have, and a name that several rows without another difference have.
fn describe_shared(records: &[Incoming]) -> Vec<String> {
    let mut addresses: Vec<(String, Vec<String>)> = Vec::new();
    let mut names: Vec<(String, Vec<String>)> = Vec::new();
    let mut at_address: HashMap<String, usize> = HashMap::new();
    let mut at_name: HashMap<String, usize> = HashMap::new();
    let mut seen: HashSet<(Option<&str>, &str)> = HashSet::new();
    let name_of =
        |record: &Incoming| record.fields.get("name").and_then(|name| name.as_str()).unwrap_or_default().to_owned();
    for record in records.iter().filter(|record| record.kind == Kind::Advocate) {
        if !seen.insert((record.id.as_deref(), &record.whole)) {
            continue;
        }
        let who = format!("{} ({})", record.place, name_of(record));
        let details = record.fields.get("contact_details").and_then(|details| details.as_array()).into_iter().flatten();
        let mut own: HashSet<String> = HashSet::new();
        for address in details.filter(|detail| detail["type"] == "email").filter_map(|detail| detail["value"].as_str())
        {
            if !own.insert(address.to_lowercase()) {
                continue;
            }
            let at = *at_address.entry(address.to_lowercase()).or_insert_with(|| {
                addresses.push((address.to_owned(), Vec::new()));
                addresses.len() - 1
            });
            addresses[at].1.push(who.clone());
        }
        let name = name_of(record);
        if !name.is_empty() && record.id.is_none() {
            let at = *at_name.entry(name.to_lowercase()).or_insert_with(|| {
                names.push((name.clone(), Vec::new()));
                names.len() - 1
            });
            names[at].1.push(record.place.clone());
        }
    }
    const MOST: usize = 5;
    let list = |shared: Vec<(String, Vec<String>)>| -> Option<String> {
        let shared: Vec<String> = shared
            .into_iter()
            .filter(|(_, rows)| rows.len() > 1)
            .map(|(what, rows)| format!("{what} in {}", rows.into_iter().take(MOST).collect::<Vec<_>>().join(" and ")))
            .collect();
        let more = if shared.len() > MOST { format!("; and {} more", shared.len() - MOST) } else { String::new() };
        (!shared.is_empty())
            .then(|| format!("{}{more}", shared.iter().take(MOST).cloned().collect::<Vec<_>>().join("; ")))
    };
    let addresses = list(addresses).map(|list| format!("warning: the same email address for different people: {list}"));
    let names = list(names)
        .map(|list| format!("warning: the same name in different rows, each imported as a separate record: {list}"));
    addresses.into_iter().chain(names).collect()
}

/// Names the cells from which invisible characters were dropped.
fn describe_cleaned_cells(cleaned: &[(String, String)]) -> Option<String> {
    const MOST: usize = 5;
    let [(first, column), ..] = cleaned else { return None };
    let more = if cleaned.len() > 1 { format!(" and {} more", cleaned.len() - 1) } else { String::new() };
    let cells: Vec<String> = cleaned.iter().take(MOST).map(|(place, column)| format!("{place}, {column}")).collect();
    let named = if cleaned.len() > MOST { format!("{first}, {column}{more}") } else { cells.join("; ") };
    Some(format!("dropped invisible characters at the beginning or end of cells: {named}"))
}

/// Names the rows of an address book without a name.
fn describe_named(named: &[(String, String)]) -> String {
    format!(
        "no person's name, so the import uses the organization, email address or phone number instead: {}",
        name_rows(named)
    )
}

/// Rows with a text of each, at most five.
fn name_rows(rows: &[(String, String)]) -> String {
    const MOST: usize = 5;
    let named: Vec<String> = rows.iter().take(MOST).map(|(place, text)| format!("{place} ({text})")).collect();
    let more = if rows.len() > MOST { format!(" and {} more", rows.len() - MOST) } else { String::new() };
    format!("{}{more}", named.join(", "))
}

fn bytes_of(file: &Path) -> Result<Vec<u8>> {
    if file == Path::new("-") { read_within_limit(std::io::stdin().lock()) } else { read_file(file) }
}

fn read_file(file: &Path) -> Result<Vec<u8>> {
    let open = std::fs::File::open(file)?;
    if open.metadata()?.is_dir() {
        stop!(usage, "this is a folder, not a file");
    }
    read_within_limit(open)
}

fn read_within_limit(from: impl Read) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        stop!(data, "this file is larger than 256 MiB; split it");
    }
    Ok(bytes)
}
