//! Which column of an import file holds which field of a record: by its name, a common heading, or an option.

use crate::error::Error;
use crate::exchange::columns::FOLDER;
use crate::exchange::import_file::ImportFile;
use crate::exchange::incoming::Problem;
use crate::exchange::outgoing::is_unlisted;
use crate::kind::Kind;
use crate::parse::suggest::{nearest, slug};
use crate::record::common::ContactType;
use crate::record::field::{Field, Shape};
use crate::record::fields_of;
use crate::record::value::Choices;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// What a column holds.
#[derive(Debug, Clone)]
pub(crate) enum ColumnTarget {
    /// The id of the record.
    Id,
    /// The first part of a person's name, or the last.
    NamePart(usize),
    /// A field, after the tables that contain it.
    Field(Vec<&'static Field>),
    /// A contact detail of this type.
    Contact(&'static str),
    /// A key under `[extra]`.
    Extra(String),
}

impl ColumnTarget {
    /// Whether it holds long text in which every space counts.
    pub(crate) fn is_prose(&self) -> bool {
        let ColumnTarget::Field(path) = self else { return false };
        path.last().is_some_and(|field| matches!((field.shape)(), Shape::Prose))
    }

    /// Whether it holds values of any type.
    pub(crate) fn is_free(&self) -> bool {
        match self {
            ColumnTarget::Extra(_) => true,
            ColumnTarget::Field(path) => path.last().is_some_and(|field| matches!((field.shape)(), Shape::Free)),
            _ => false,
        }
    }

    /// Its name: for a field, with dots between the parts.
    pub(crate) fn name(&self) -> String {
        match self {
            ColumnTarget::Id => "id".to_owned(),
            ColumnTarget::NamePart(_) => "name".to_owned(),
            ColumnTarget::Field(path) => path.iter().map(|field| field.name).collect::<Vec<_>>().join("."),
            ColumnTarget::Contact(word) => (*word).to_owned(),
            ColumnTarget::Extra(key) => format!("extra.{key}"),
        }
    }

    /// Whether several columns may each hold a part of it.
    pub(crate) fn takes_several(&self) -> bool {
        match self {
            ColumnTarget::Contact(_) => true,
            ColumnTarget::Field(path) => path.last().is_some_and(|field| field.many && !is_table(field)),
            _ => false,
        }
    }
}

/// Whether the values of a field are tables.
fn is_table(field: &Field) -> bool {
    matches!((field.shape)(), Shape::Table(_))
}

/// What the command line says about columns.
#[derive(Debug, Clone, Default)]
pub(crate) struct ColumnOptions {
    /// Fields and the columns that hold them.
    pub map: Vec<(String, String)>,
    /// Fields, and the value for rows that have none.
    pub set: Vec<(String, String)>,
    /// The column that distinguishes records.
    pub id_from: Option<String>,
    /// Whether columns that match no field are kept under `[extra]`.
    pub extra: bool,
}

/// Which columns hold what.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mapping {
    /// The columns to import, in order.
    pub mapped: Vec<(String, ColumnTarget)>,
    /// The columns that match no field.
    pub unmapped: Vec<String>,
    /// Values for rows that have none.
    pub defaults: Vec<(ColumnTarget, String)>,
}

/// Matches the columns of an import file to fields.
///
/// # Errors
/// An option names a field or a column that does not exist.
pub(crate) fn map_columns(file: &ImportFile, kind: Kind, options: &ColumnOptions) -> Result<Mapping, Error> {
    let columns = columns(file, kind);
    let mut mapping = Mapping::default();
    let mut requested: Vec<(String, ColumnTarget)> = Vec::new();
    for (field, column) in &options.map {
        requested.push((find_column(file, &columns, column)?, parse_target(kind, field)?));
    }
    if let Some(column) = &options.id_from {
        let column = find_column(file, &columns, column)?;
        requested.retain(|(_, target)| !matches!(target, ColumnTarget::Id));
        requested.push((column, ColumnTarget::Id));
    }
    for (field, value) in &options.set {
        mapping.defaults.push((parse_target(kind, field)?, value.clone()));
    }
    let mut filled: HashSet<String> = requested.iter().map(|(_, target)| target.name()).collect();
    let mut matched = match_headings(kind, &columns);
    matched.retain(|(column, target)| {
        // A column that distinguishes records may also be a field.
        let is_requested = requested.iter().any(|(name, target)| name == column && !matches!(target, ColumnTarget::Id));
        let free = match target {
            // The parts of a name help if the whole name is missing.
            ColumnTarget::NamePart(_) => true,
            target => target.takes_several() || !filled.contains(&target.name()),
        };
        let used = free && !is_requested;
        if used && !matches!(target, ColumnTarget::NamePart(_)) {
            filled.insert(target.name());
        }
        used
    });
    let mut keys = collect_extra_keys(file, &requested, &matched);
    for column in &columns {
        let before = mapping.mapped.len();
        for (_, target) in requested.iter().chain(&matched).filter(|(name, _)| name == column) {
            mapping.mapped.push((column.clone(), target.clone()));
        }
        if mapping.mapped.len() == before {
            if options.extra {
                mapping.mapped.push((column.clone(), ColumnTarget::Extra(extra_key(column, &mut keys))));
            } else {
                mapping.unmapped.push(column.clone());
            }
        }
    }
    // Paths into lists are not columns of the file.
    for (name, target) in requested.into_iter().filter(|(name, _)| !columns.contains(name)) {
        mapping.mapped.push((name, target));
    }
    Ok(mapping)
}

/// The keys that rows already have under `[extra]`.
fn collect_extra_keys(
    file: &ImportFile,
    requested: &[(String, ColumnTarget)],
    matched: &[(String, ColumnTarget)],
) -> HashSet<String> {
    let tables = requested
        .iter()
        .chain(matched)
        .filter(|(_, target)| matches!(target, ColumnTarget::Field(_)) && target.is_free());
    let mut keys = HashSet::new();
    for (column, _) in tables {
        for value in file.rows.iter().filter_map(|row| row.value(column)) {
            let read = value.as_str().and_then(|cell| serde_json::from_str(cell).ok());
            if let Value::Object(parsed) = read.as_ref().unwrap_or(value) {
                keys.extend(parsed.keys().cloned());
            }
        }
    }
    keys
}

/// The columns of an import file, in order of appearance. Each field of a nested table is a column, unless a record field holds
/// the whole table.
fn columns(file: &ImportFile, kind: Kind) -> Vec<String> {
    fn walk(
        fields: &Map<String, Value>,
        prefix: &str,
        kind: Kind,
        seen: &mut HashSet<String>,
        columns: &mut Vec<String>,
    ) {
        for (key, value) in fields {
            let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            let whole = || {
                fields_of(kind).any(|field| {
                    field.name == path && matches!((field.shape)(), Shape::Table(_) | Shape::Free | Shape::Requirement)
                })
            };
            match value {
                Value::Object(inner) if !whole() => walk(inner, &path, kind, seen, columns),
                _ if seen.insert(path.clone()) => columns.push(path),
                _ => {}
            }
        }
    }
    if !file.columns.is_empty() {
        return file.columns.clone();
    }
    let (mut seen, mut columns) = (HashSet::new(), Vec::new());
    for row in &file.rows {
        walk(&row.values, "", kind, &mut seen, &mut columns);
    }
    columns
}

/// The columns with a heading that is known. If several match one field, the best match comes first.
fn match_headings(kind: Kind, columns: &[String]) -> Vec<(String, ColumnTarget)> {
    let normalized: Vec<String> = columns.iter().map(|column| normalize_heading(column)).collect();
    let mut found: Vec<(String, ColumnTarget)> = Vec::new();
    let mut used = vec![false; columns.len()];
    let mut match_heading = |heading: &str, target: &ColumnTarget| {
        let heading = normalize_heading(heading);
        for (at, column) in normalized.iter().enumerate() {
            if *column == heading && !used[at] {
                used[at] = true;
                found.push((columns[at].clone(), target.clone()));
            }
        }
    };
    match_heading("id", &ColumnTarget::Id);
    for path in field_paths(kind) {
        let target = ColumnTarget::Field(path);
        match_heading(&target.name(), &target);
    }
    let aliases = aliases(kind);
    for (word, _) in &aliases {
        if let Some(target) = word_target(kind, word) {
            match_heading(word, &target);
        }
    }
    let longest = aliases.iter().map(|(_, names)| names.len()).max().unwrap_or_default();
    // The most common headings of all fields come before the less common ones of any.
    for rank in 0..longest {
        for (word, names) in &aliases {
            if let (Some(name), Some(target)) = (names.get(rank), word_target(kind, word)) {
                match_heading(name, &target);
            }
        }
    }
    found
}

/// All fields of a kind that a column can hold; each table is followed by its fields.
fn field_paths(kind: Kind) -> Vec<Vec<&'static Field>> {
    let mut field_paths = Vec::new();
    for field in fields_of(kind) {
        field_paths.push(vec![field]);
        if let Shape::Table(table) = (field.shape)() {
            field_paths.extend(table.fields.iter().map(|inner| vec![field, inner]));
        }
    }
    field_paths
}

/// What a word stands for: a field, a part of a name, or a type of contact detail.
fn word_target(kind: Kind, word: &str) -> Option<ColumnTarget> {
    if let Some(field) = fields_of(kind).find(|field| field.name == word) {
        return Some(ColumnTarget::Field(vec![field]));
    }
    let parts = [GIVEN_NAME, FAMILY_NAME].into_iter().position(|part| part == word);
    let reachable = || fields_of(kind).any(|field| field.name == "contact_details");
    let contact = || ContactType::CHOICES.iter().find(|choice| choice.word == word).filter(|_| reachable());
    parts.map(ColumnTarget::NamePart).or_else(|| contact().map(|choice| ColumnTarget::Contact(choice.word)))
}

/// The target that a person names on the command line.
fn parse_target(kind: Kind, name: &str) -> Result<ColumnTarget, Error> {
    let name = name.trim();
    if name == "id" {
        return Ok(ColumnTarget::Id);
    }
    if let Some(key) = name.strip_prefix("extra.").filter(|key| !key.is_empty()) {
        return Ok(ColumnTarget::Extra(key.to_owned()));
    }
    let field_paths = field_paths(kind);
    let names: Vec<String> = field_paths.iter().map(|path| ColumnTarget::Field(path.clone()).name()).collect();
    if let Some(path) = names.iter().position(|known| known == name).and_then(|at| field_paths.get(at)) {
        return Ok(ColumnTarget::Field(path.clone()));
    }
    if let Some(target) = word_target(kind, name) {
        return Ok(target);
    }
    let near =
        nearest(name, names.iter().map(String::as_str).chain(ContactType::CHOICES.iter().map(|choice| choice.word)));
    let help = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    Err(Error::usage(format!("{} has no field `{name}`{help}", kind.with_article())))
}

/// The column with this name, or one that differs only in case, spaces or punctuation.
fn find_column(file: &ImportFile, columns: &[String], name: &str) -> Result<String, Error> {
    let name = name.trim();
    let same = |column: &&String| column.as_str() == name;
    let alike = |column: &&String| normalize_heading(column) == normalize_heading(name);
    if let Some(column) = columns.iter().find(same).or_else(|| columns.iter().find(alike)) {
        return Ok(column.clone());
    }
    if file.columns.is_empty() && file.rows.iter().any(|row| row.value(name).is_some()) {
        return Ok(name.to_owned());
    }
    let help = match nearest(name, columns.iter().map(String::as_str)) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("the columns are {}", list_columns(columns)),
    };
    Err(Error::usage(format!("there is no column \"{name}\"; {help}")))
}

/// Names of columns for a sentence, at most 30.
pub(crate) fn list_columns(columns: &[String]) -> String {
    const MOST: usize = 30;
    let more = if columns.len() > MOST { format!(" and {} more", columns.len() - MOST) } else { String::new() };
    columns.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ") + &more
}

/// The key under `[extra]` for a column.
fn extra_key(column: &str, used: &mut HashSet<String>) -> String {
    let key = match slug(column).replace('-', "_") {
        key if key.is_empty() => "column".to_owned(),
        key => key,
    };
    let numbered = (2..).map(|number| format!("{key}_{number}"));
    let free = std::iter::once(key.clone()).chain(numbered).find(|key| !used.contains(key)).unwrap_or(key);
    used.insert(free.clone());
    free
}

/// A field, or one of the words below, with the headings that import files use for it, the most common first.
type Aliases = &'static [(&'static str, &'static [&'static str])];

/// The first name of a person, if an import file has it in a column of its own.
pub(super) const GIVEN_NAME: &str = "given name";
/// The last name; see [`GIVEN_NAME`].
pub(super) const FAMILY_NAME: &str = "family name";

const EVERY: Aliases = &[
    (
        "other_names",
        &["other name", "also known as", "aka", "former name", "former names", "short name", "acronym", "abbreviation"],
    ),
    ("notes", &["note", "remark", "remarks", "comment", "comments"]),
    ("tags", &["tag", "label", "labels", "keyword", "keywords"]),
];

/// Contact details, by type.
const CONTACT: Aliases = &[
    ("email", &["e-mail", "e-mail address", "email addresses", "mail", "contact email", "public email"]),
    ("phone", &["telephone", "tel", "phone number", "telephone number", "work phone", "office phone", "contact phone"]),
    ("mobile", &["mobile phone", "cell", "cell phone", "cellphone"]),
    ("fax", &["fax number", "telefax"]),
    ("address", &["postal address", "mailing address", "street address", "office address"]),
    ("social", &["social media", "twitter", "facebook", "instagram", "mastodon", "bluesky"]),
];

const WEB: &[&str] =
    &["website", "web site", "homepage", "home page", "web page", "web", "web address", "site", "www", "website url"];

const PERSON: Aliases = &[
    ("name", &["full name", "name.official_full", "name.full", "person", "person name", "display name"]),
    (GIVEN_NAME, &["first name", "name.first", "first", "forename"]),
    (FAMILY_NAME, &["last name", "name.last", "last", "surname"]),
];

const MEMBER: Aliases = &[
    (
        "name",
        &[
            "organization",
            "organisation",
            "organization name",
            "organisation name",
            "org name",
            "org",
            "member name",
            "member",
            "company",
            "company name",
            "institution",
            "institution name",
            "library name",
            "library",
            "group name",
            "group",
            "agency name",
            "agency",
            "title",
        ],
    ),
    (
        "classification",
        &[
            "type",
            "kind",
            "category",
            "class",
            "organization type",
            "organisation type",
            "org type",
            "type of organization",
        ],
    ),
    (
        "areas",
        &["area", "area served", "areas served", "service area", "city", "town", "municipality", "place", "county"],
    ),
    ("identified", &["identified on", "date identified"]),
    ("invited", &["invited on", "date invited", "asked on"]),
    ("joined", &["joined on", "date joined", "join date", "member since", "membership date", "membership start"]),
    ("declined", &["declined on", "date declined"]),
    ("left", &["left on", "date left", "membership end"]),
    ("representative", &["rep", "representative name"]),
    ("backup_representative", &["backup", "deputy", "deputy representative", "alternate"]),
    ("interests", &["interest", "self interest", "self interests"]),
    ("url", WEB),
];

const ADVOCATE: Aliases = &[
    ("name", &["advocate", "contact name", "contact person", "volunteer"]),
    (
        "member",
        &["organization", "organisation", "org", "org name", "organization name", "organisation name", "on behalf of"],
    ),
    ("role", &["part", "type"]),
    ("title", &["job title", "position", "office"]),
    ("start_date", &["start", "started", "started on", "since"]),
    ("end_date", &["end", "ended", "ended on", "until"]),
    ("languages", &["language"]),
    ("skills", &["skill"]),
    ("contact_owner", &["owner", "contact kept by"]),
];

const OFFICIAL: Aliases = &[
    ("name", &["official", "official name", "legislator", "representative", "councillor", "councilmember", "member"]),
    ("office", &["title", "position", "role", "office held"]),
    ("jurisdiction", &["body", "chamber", "government", "state", "city", "county"]),
    ("district", &["ward", "seat", "constituency", "precinct", "division"]),
    ("party", &["political party", "party affiliation"]),
    ("start_date", &["term start", "term began", "start", "took office", "in office since"]),
    ("end_date", &["term end", "term ends", "term expires", "end", "until"]),
    ("owner", &["advocate", "contact owner", "contact kept by"]),
    ("stance", &["position on libraries", "support"]),
];

const GOAL: Aliases =
    &[("name", &["goal", "title"]), ("due", &["deadline", "due date"]), ("community_need", &["need"])];
const AGREEMENT: Aliases =
    &[("name", &["agreement", "title"]), ("kind", &["type"]), ("expires", &["expiry", "valid until"])];
const MEETING: Aliases = &[
    ("name", &["meeting", "title", "subject"]),
    ("date", &["day", "meeting date"]),
    ("start_time", &["start", "time", "begins"]),
    ("end_time", &["end", "ends"]),
    ("location", &["place", "venue", "where"]),
    ("url", &["link", "video link"]),
];
const DECISION: Aliases = &[
    ("name", &["decision", "title"]),
    ("text", &["motion", "resolution", "wording"]),
    ("decided", &["decided on", "date decided", "date"]),
    ("closes", &["closes on", "deadline", "due"]),
];
const CONTRIBUTION: Aliases = &[
    ("name", &["contribution", "description", "what", "title"]),
    ("member", &["organization", "organisation", "org", "from", "donor", "given by"]),
    ("advocate", &["person", "volunteer"]),
    ("kind", &["type", "category"]),
    ("date", &["day", "given on", "received", "received on"]),
    ("amount", &["value", "sum"]),
    ("hours", &["time"]),
];
const COMMITTEE: Aliases = &[("name", &["committee", "title"]), ("purpose", &["charge", "description"])];
const CAMPAIGN: Aliases =
    &[("name", &["campaign", "title"]), ("opens", &["start", "start date"]), ("closes", &["end", "end date"])];
const REQUEST: Aliases = &[
    ("name", &["request", "title"]),
    ("member", &["organization", "organisation", "org", "asked by"]),
    ("date", &["day", "asked on"]),
    ("need", &["what", "description"]),
    ("due", &["deadline", "needed by"]),
];

/// The headings that import files use for the fields and contact details of a kind.
pub(super) fn aliases(kind: Kind) -> Vec<(&'static str, &'static [&'static str])> {
    let lists: Vec<Aliases> = match kind {
        Kind::Member => vec![MEMBER, CONTACT],
        Kind::Advocate => vec![PERSON, ADVOCATE, CONTACT],
        Kind::Official => vec![PERSON, OFFICIAL, CONTACT],
        Kind::Goal => vec![GOAL],
        Kind::Agreement => vec![AGREEMENT],
        Kind::Meeting => vec![MEETING],
        Kind::Decision => vec![DECISION],
        Kind::Contribution => vec![CONTRIBUTION],
        Kind::Committee => vec![COMMITTEE],
        Kind::Campaign => vec![CAMPAIGN],
        Kind::Request => vec![REQUEST],
    };
    let web = matches!(kind, Kind::Advocate | Kind::Official).then_some(("url", WEB));
    lists.into_iter().chain([EVERY]).flatten().copied().chain(web).collect()
}

/// A heading in the form used for comparison: letters and digits, in lower case.
pub(super) fn normalize_heading(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The key or column that says which record a line is.
const RECORD: &str = "record";

/// Turns the column `record` into `id`. Removes rows of another kind, and returns a problem for each. Skips people without a name.
pub(crate) fn read_record_ids(file: &mut ImportFile, kind: Kind) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut found = false;
    file.rows.retain_mut(|row| {
        let Some((word, record_kind, id)) = row.values.get(RECORD).and_then(Value::as_str).and_then(|word| {
            let (record_kind, id) = word.split_once('/')?;
            Some((word.to_owned(), record_kind.parse::<Kind>().ok()?, id.to_owned()))
        }) else {
            return true;
        };
        if record_kind != kind {
            let reason = format!(
                "{word} is not {}; put it in a file of its own and use `coalition import {}`",
                kind.with_article(),
                record_kind.folder()
            );
            problems.push(Problem { place: row.place.clone(), column: Some(RECORD.to_owned()), reason });
            return false;
        }
        found = true;
        row.values.shift_remove(RECORD);
        row.values.shift_insert(0, "id".to_owned(), Value::from(id.as_str()));
        row.folder = row.values.shift_remove(FOLDER).and_then(|folder| folder.as_str().map(str::to_owned));
        !is_unlisted(&id)
    });
    if let Some(column) = file.columns.iter_mut().find(|column| *column == RECORD).filter(|_| found) {
        "id".clone_into(column);
        file.columns.retain(|column| column != FOLDER);
    }
    problems
}
