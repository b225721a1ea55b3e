//! The organizations in a list of people: which are in the ledger, and records for the others.

use super::column::{ColumnOptions, Mapping, map_columns};
use super::row::{ImportRows, read_rows};
use super::value::ValueReader;
use crate::error::Error;
use crate::exchange::import_file::ImportFile;
use crate::exchange::incoming::{Incoming, Problem};
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::parse::alike::{fold, fold_accents};
use crate::parse::suggest::{is_slug, nearest, only_near};
use crate::record::fields_of;
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};

/// The field of a person with the organization.
const MEMBER: &str = "member";

/// The type of an organization about which the list says nothing.
const UNKNOWN_TYPE: &str = "other";

/// The headings of what a list of people says about their organizations, beside the name.
const COLUMNS: [(&str, &[&str]); 2] = [
    (
        "classification",
        &["organization type", "organisation type", "org type", "type of organization", "company type", "account type"],
    ),
    (
        "url",
        &[
            "organization website",
            "company website",
            "organization url",
            "company url",
            "org website",
            "account website",
        ],
    ),
];

/// Options for the organizations and for the people, each with the fields of its own kind.
pub(crate) fn divide_options(options: &ColumnOptions) -> (ColumnOptions, ColumnOptions) {
    let is_of = |kind: Kind, field: &str| {
        let first = field.trim().split('.').next().unwrap_or_default();
        fields_of(kind).any(|known| known.name == first)
    };
    // What both have is said of the people.
    let is_of_organization = |field: &str| is_of(Kind::Member, field) && !is_of(Kind::Advocate, field);
    let (mut people, mut organizations) = (options.clone(), ColumnOptions::default());
    for (from, to) in [
        (&mut people.map, &mut organizations.map),
        (&mut people.set, &mut organizations.set),
        (&mut people.defaults, &mut organizations.defaults),
    ] {
        let all = std::mem::take(from);
        (*to, *from) = all.into_iter().partition(|(field, _)| is_of_organization(field));
    }
    let all = std::mem::take(&mut people.values);
    (organizations.values, people.values) = all.into_iter().partition(|(field, _, _)| is_of_organization(field));
    (people, organizations)
}

/// Reads the organizations in a list of people: one record for each row that names one, in the order of the rows.
///
/// # Errors
/// An option names a field or a column that does not exist.
pub(crate) fn read_organizations(
    file: &ImportFile,
    people: &Mapping,
    options: &ColumnOptions,
    values: &ValueReader,
) -> Result<(ImportRows, Vec<String>), Error> {
    let Some(column) = people.column_of(MEMBER) else {
        return Err(Error::usage(
            "--with-organizations needs a column with the organization of each person; choose it with --map member=COLUMN",
        ));
    };
    let heading = super::column::normalize_heading;
    let columns: Vec<String> =
        file.columns.iter().filter(|other| people.unmapped.contains(other) || *other == column).cloned().collect();
    let mut options = options.clone();
    options.map.push(("name".to_owned(), column.to_owned()));
    for (field, headings) in COLUMNS {
        let found = columns.iter().find(|column| headings.iter().any(|known| heading(known) == heading(column)));
        if let Some(column) = found.filter(|_| !options.map.iter().any(|(mapped, _)| mapped == field)) {
            options.map.push((field.to_owned(), column.clone()));
        }
    }
    let wanted: HashSet<&String> = options.map.iter().map(|(_, column)| column).collect();
    // No other column of the list says anything of an organization.
    let narrow = ImportFile {
        columns: columns.iter().filter(|column| wanted.contains(column)).cloned().collect(),
        ..file.clone()
    };
    let narrow = if file.columns.is_empty() { file.clone() } else { narrow };
    let mut mapping = map_columns(&narrow, Kind::Member, &options)?;
    mapping.mapped.retain(|(column, _)| wanted.contains(column));
    mapping.is_address_book = false;
    let used = mapping.mapped.iter().map(|(column, _)| column.clone()).collect();
    Ok((read_rows(file, Kind::Member, &mapping, values), used))
}

/// The ids of organizations by their names.
struct Known {
    by_name: HashMap<String, Vec<String>>,
    /// The names by id.
    names: HashMap<String, String>,
}

impl Known {
    fn new(ledger: &Ledger) -> Known {
        let mut by_name: HashMap<String, Vec<String>> = HashMap::new();
        let mut known = HashMap::new();
        for record in ledger.records_of(Kind::Member) {
            let id = record.key().id.to_string();
            known.insert(id.clone(), record.name().to_owned());
            let others = record.common().other_names.iter().map(|name| name.value.as_str());
            let names: HashSet<String> =
                std::iter::once(record.name()).chain(others).chain([id.as_str()]).map(fold).collect();
            for name in names {
                by_name.entry(name).or_default().push(id.clone());
            }
        }
        Known { by_name, names: known }
    }

    /// The organization with a name, if there is one and no more.
    fn id(&self, name: &str) -> Option<&str> {
        match self.by_name.get(&fold(name)).map(Vec::as_slice) {
            Some([id]) => Some(id),
            _ => None,
        }
    }

    fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(&fold(name))
    }

    /// The known name that is most like this one, to ask for.
    fn like(&self, name: &str) -> Option<String> {
        let mut names: Vec<&str> = self.by_name.keys().map(String::as_str).collect();
        names.sort_unstable();
        let id = self.id(nearest(&fold(name), names)?)?;
        self.names.get(id).cloned()
    }

    /// A known name that differs only by a slip of the hand, in accents or marks, or by an article.
    fn near(&self, name: &str) -> Option<&str> {
        let plain = |text: &str| {
            let plain = fold_accents(text);
            let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && *word != "the");
            words.collect::<Vec<_>>().join(" ")
        };
        let wanted = plain(name);
        let names = || self.by_name.keys().map(String::as_str);
        let mut same: Vec<&str> = names().filter(|known| plain(known) == wanted).collect();
        same.sort_unstable();
        same.first().copied().or_else(|| only_near(&fold(name), names()).filter(|_| wanted.len() > 7))
    }
}

fn member_of(person: &Incoming) -> Option<String> {
    person.fields.get(MEMBER).and_then(Value::as_str).map(str::to_owned)
}

/// Records for the organizations of people that the ledger does not have. `unnamed` are the rows that name an organization and no
/// person: they become part of the record of the organization.
pub(crate) fn add_organizations(
    ledger: &Ledger,
    people: &mut Vec<Incoming>,
    read: Vec<Incoming>,
    unnamed: &HashSet<String>,
) -> Vec<Incoming> {
    let known = Known::new(ledger);
    let of_row: HashMap<String, Incoming> = read.into_iter().map(|row| (row.place.clone(), row)).collect();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut new: Vec<Incoming> = Vec::new();
    people.retain_mut(|person| {
        let Some(name) = member_of(person) else { return true };
        let is_person =
            !unnamed.contains(&person.place) || person.fields.get("name").and_then(Value::as_str) != Some(&*name);
        if let Some(id) = known.id(&name) {
            if is_person {
                person.fields.insert(MEMBER.to_owned(), Value::from(id));
            } else {
                let mut row =
                    Incoming { id: Some(id.to_owned()), ..Incoming::new(person.place.as_str(), Kind::Member) };
                row.fields = own_fields(person);
                new.push(row);
            }
            return is_person;
        }
        if known.has(&name) {
            return true;
        }
        let at = *places.entry(fold(&name)).or_insert_with(|| {
            let mut row = of_row
                .get(&person.place)
                .cloned()
                .unwrap_or_else(|| Incoming::new(person.place.as_str(), Kind::Member));
            row.fields.insert("name".to_owned(), Value::from(name.as_str()));
            row.whole = name.clone();
            row.id = None;
            new.push(row);
            new.len() - 1
        });
        if let Some(row) = new.get_mut(at) {
            let more = of_row.get(&person.place).map(|row| row.fields.clone()).unwrap_or_default();
            let own = if is_person { Map::new() } else { own_fields(person) };
            for (key, value) in more.into_iter().chain(own) {
                row.fields.entry(key).or_insert(value);
            }
        }
        is_person
    });
    for row in new.iter_mut().filter(|row| row.id.is_none()) {
        let is_wrong = row.invalid_fields.iter().any(|field| field == "classification");
        if !is_wrong {
            row.fields.entry("classification").or_insert_with(|| Value::from(UNKNOWN_TYPE));
        }
    }
    new
}

/// The new organizations with nearly the name of another in the ledger: the name of each, and the other.
pub(crate) fn find_near_names(ledger: &Ledger, new: &[Incoming]) -> Vec<(String, String)> {
    let known = Known::new(ledger);
    let pair = |row: &Incoming| {
        let name = row.fields.get("name").and_then(Value::as_str)?;
        Some((name.to_owned(), known.like(name)?))
    };
    new.iter().filter(|row| row.id.is_none()).filter_map(pair).collect()
}

/// What a row without a person says of the organization.
fn own_fields(person: &Incoming) -> Map<String, Value> {
    let own = |key: &&String| ["contact_details", "notes", "tags"].contains(&key.as_str());
    person.fields.iter().filter(|(key, _)| own(key)).map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// An organization of people that the ledger does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptOrganization {
    /// Its name.
    pub name: String,
    /// How many people of the list belong to it.
    pub people: usize,
    /// The name in the ledger that is like it.
    pub near: Option<String>,
}

/// Keeps the organizations of people that the ledger does not have under `[extra]`. One that is a slip of the hand away from a name in the ledger stays, so that it is reported; so does an id that is none.
pub(crate) fn keep_organizations(
    ledger: &Ledger,
    people: &mut [Incoming],
    is_address_book: bool,
) -> Vec<KeptOrganization> {
    let known = Known::new(ledger);
    let mut kept: Vec<KeptOrganization> = Vec::new();
    for person in people.iter_mut().filter(|person| person.kind == Kind::Advocate) {
        let Some(name) = member_of(person) else { continue };
        if let Some(id) = known.id(&name) {
            person.fields.insert(MEMBER.to_owned(), Value::from(id));
        } else if !known.has(&name) && (is_address_book || !is_id(&name)) && known.near(&name).is_none() {
            person.fields.shift_remove(MEMBER);
            if let Value::Object(extra) = person.fields.entry("extra").or_insert_with(|| json!({})) {
                extra.insert("organization".to_owned(), Value::from(name.as_str()));
            }
            match kept.iter_mut().find(|other| other.name == name) {
                Some(other) => other.people += 1,
                None => kept.push(KeptOrganization { near: known.like(&name), name, people: 1 }),
            }
        }
    }
    kept
}

/// Whether a text is an id and no name: words in small letters with hyphens between them.
fn is_id(text: &str) -> bool {
    is_slug(text) && text.contains('-')
}

/// Why rows that come in as organizations look like people, if they do.
pub(crate) fn describe_people(file: &ImportFile, mapping: &Mapping) -> Option<String> {
    const PARTS: [&str; 14] = [
        "firstname",
        "lastname",
        "givenname",
        "familyname",
        "surname",
        "vorname",
        "nachname",
        "prenom",
        "apellidos",
        "apellido",
        "jobtitle",
        "middlename",
        "fullname",
        "contactname",
    ];
    const ORGANIZATIONS: [&str; 14] = [
        "organization",
        "organisation",
        "organizationname",
        "company",
        "companyname",
        "employer",
        "org",
        "accountname",
        "affiliation",
        "organizacion",
        "empresa",
        "firma",
        "verein",
        "association",
    ];
    let heading = super::column::normalize_heading;
    let parts: Vec<&str> =
        file.columns.iter().filter(|column| PARTS.contains(&heading(column).as_str())).map(String::as_str).collect();
    if parts.len() > 1 {
        return Some(format!("these rows look like people ({})", parts.join(", ")));
    }
    let name = mapping.column_of("name")?;
    let organization = mapping.unmapped.iter().find(|column| ORGANIZATIONS.contains(&heading(column).as_str()));
    if let Some(organization) = organization.filter(|_| !ORGANIZATIONS.contains(&heading(name).as_str())) {
        return Some(format!(
            "these rows look like people: {name} becomes the name of the organization, and {organization} is ignored"
        ));
    }
    let names: Vec<&str> = file
        .rows
        .iter()
        .filter_map(|row| row.value(name)?.as_str())
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    let people = names.iter().filter(|name| is_name_of_person(name)).count();
    (names.len() >= 3 && people * 10 >= names.len() * 9).then(|| {
        format!("these rows look like people: {}", names.iter().take(3).copied().collect::<Vec<_>>().join(", "))
    })
}

/// Whether a name is more likely that of a person than that of an organization: two or three capitalized words, none of which
/// organizations use.
fn is_name_of_person(name: &str) -> bool {
    const OF_ORGANIZATIONS: [&str; 40] = [
        "library",
        "libraries",
        "friends",
        "school",
        "schools",
        "college",
        "university",
        "church",
        "club",
        "center",
        "centre",
        "council",
        "board",
        "society",
        "association",
        "foundation",
        "union",
        "inc",
        "llc",
        "ltd",
        "group",
        "choir",
        "books",
        "bank",
        "press",
        "city",
        "county",
        "town",
        "district",
        "trust",
        "fund",
        "league",
        "network",
        "museum",
        "theater",
        "theatre",
        "street",
        "row",
        "house",
        "alliance",
    ];
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_plain = |word: &&str| {
        let letters = word.trim_end_matches('.');
        letters.chars().next().is_some_and(char::is_uppercase)
            && letters.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'))
            && !letters.chars().skip(1).all(char::is_uppercase) | (letters.chars().count() == 1)
            && !OF_ORGANIZATIONS.contains(&letters.to_lowercase().as_str())
    };
    (2..=3).contains(&words.len()) && words.iter().all(is_plain)
}

/// Adds to a problem with a value what helps with it.
pub(crate) fn explain_value(problem: &mut Problem, mapping: &Mapping) {
    const LONGEST: usize = 50;
    let Some(field) = mapping.mapped.iter().find(|(column, _)| Some(column.as_str()) == problem.column.as_deref())
    else {
        return;
    };
    let (column, name) = (field.0.as_str(), field.1.name());
    if problem.reason.contains("is not one of the allowed values") {
        if name == "role" && mapping.column_of("title").is_none() {
            let option = crate::document::words::shell_word(&format!("title={column}"));
            problem.reason += &format!("; or keep the words as titles with --map {option}");
        } else if name == "classification" {
            problem.reason += "; or give all rows one type with --set classification=TYPE";
        }
        return;
    }
    // The whole cell, in quotes, at the start.
    let cell = problem.reason.strip_prefix('"').and_then(|rest| rest.split_once("\" is not ")).map(|(cell, _)| cell);
    if let Some(cell) = cell.filter(|cell| cell.len() <= LONGEST && !problem.reason.contains("--")) {
        problem.reason += &format!("; to leave such cells out, add {}", super::contact::missing_option(cell));
    }
}

/// Says of a row without a name what a spreadsheet lacks, not what a record does.
pub(crate) fn explain_missing_name(problem: &mut Problem, mapping: &Mapping) {
    let lacks = problem.reason.contains(" needs `name`; ") || problem.reason.starts_with("this file is empty; ");
    if problem.column.is_none() && lacks && problem.place.contains("row ") {
        problem.reason = match mapping.column_of("name") {
            Some(column) => format!("the row has no name; write one in the column {column}, or delete the row"),
            None => "the row has no name; write one, or delete the row".to_owned(),
        };
    }
}

/// Adds to the problems of people what helps with an organization that the ledger lacks.
pub(crate) fn explain_missing(problem: &mut Problem, mapping: &Mapping, makes_organizations: bool) {
    let is_missing = problem.reason.starts_with("there is no ");
    let Some(column) = problem.column.as_deref().and_then(|field| mapping.column_of(field)).filter(|_| is_missing)
    else {
        return;
    };
    let ignore = crate::document::words::shell_word(column);
    let make = if problem.column.as_deref() == Some(MEMBER) && !makes_organizations {
        ", or make a record for each with --with-organizations"
    } else {
        ""
    };
    let reason = problem.reason.strip_suffix(", or leave this out").unwrap_or(&problem.reason);
    // A name that is nearly right can be read as the right one.
    let meant = reason.split_once("; did you mean \"").and_then(|(_, near)| near.strip_suffix("\"?"));
    let wrong = reason.split_once(" called \"").and_then(|(_, rest)| rest.split_once("\"; did you mean"));
    let value = match (problem.column.as_deref(), wrong, meant) {
        (Some(field), Some((wrong, _)), Some(near)) if !wrong.contains('…') => {
            format!(" If so, add --value {};", crate::document::words::shell_word(&format!("{field}:{wrong}={near}")))
        }
        _ => String::new(),
    };
    let reason = if value.is_empty() { format!("{reason},") } else { format!("{reason}{value}") };
    problem.reason = format!("{reason} leave the column out with --ignore {ignore}{make}");
}

#[cfg(test)]
mod tests {
    use super::is_name_of_person;

    #[test]
    fn people_are_told_from_organizations_by_their_names() {
        for person in ["Ana Mejía", "Ben Okoro", "June A. Abbott", "Mary-Ann O'Neil"] {
            assert!(is_name_of_person(person), "{person}");
        }
        for other in [
            "Alder Friends",
            "Birch Library",
            "Friends of Vale",
            "Rotary",
            "IBM Corp. Ohio",
            "Acorn & Row",
            "Elm School District",
        ] {
            assert!(!is_name_of_person(other), "{other}");
        }
    }
}
