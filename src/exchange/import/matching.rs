//! Which columns of an import file have a heading that is known, or cells that show what they are.

use super::aliases::aliases;
use super::cells::{are_foreign_ids, are_moments, are_yes_or_no, has_values, is_of_another, texts_of};
use super::column::{ColumnTarget, ID, field_paths, has_person_names, normalize_heading, word_target};
use super::contact::{looks_like_email, looks_like_phone};
use super::heading::{AddressPart, ContactHeading, ContactPart, contact_heading};
use super::nested_detail::texts_in_tables;
use super::person_name::{NamePart, is_title};
use super::question::words_asked;
use super::restriction::is_restriction;
use crate::exchange::import_file::ImportFile;
use crate::kind::Kind;
use crate::record::field::{Choice, Shape};
use crate::record::fields_of;

/// The columns with contact details: those whose headings say so, and those of the `rest` whose cells look like it.
pub(super) fn match_contacts(
    file: &ImportFile,
    kind: Kind,
    columns: &[String],
    rest: &[String],
) -> Vec<(String, ColumnTarget)> {
    if !fields_of(kind).any(|field| field.name == "contact_details") {
        return Vec::new();
    }
    let mut found: Vec<(String, ContactHeading)> =
        columns.iter().filter_map(|column| Some((column.clone(), heading_of_contact(file, column)?))).collect();
    // Where a program has many telephones, one word is the heading of each: Home, Work.
    let bare = |column: &String| {
        let is_bare = ["home", "work", "other", "primary"].contains(&normalize_heading(column).as_str());
        is_bare.then(|| (column.clone(), contact_heading(&format!("{column} phone"))))
    };
    let bare: Vec<(String, ContactHeading)> =
        rest.iter().filter_map(|column| bare(column).and_then(|(column, heading)| Some((column, heading?)))).collect();
    if bare.len() > 1 && found.iter().any(|(_, heading)| matches!(heading.detail, "phone" | "mobile" | "fax")) {
        found.extend(bare);
    }
    let has_street = |group: &str| {
        found.iter().any(|(_, heading)| {
            use AddressPart::{PostBox, Street};
            heading.group == group
                && matches!(heading.part, ContactPart::Address(Street | PostBox) | ContactPart::Whole)
        })
    };
    let values_of =
        |group: &str| found.iter().any(|(_, heading)| heading.group == group && heading.part != ContactPart::Label);
    let mut matched: Vec<(String, ColumnTarget)> = Vec::new();
    for (column, heading) in &found {
        let is_free = rest.contains(column);
        let counts = match heading.part {
            ContactPart::Label => is_free && values_of(&heading.group),
            // The city of an address may be a field of its own, too; alone, it is no address of an organization or an office.
            ContactPart::Address(
                AddressPart::City | AddressPart::State | AddressPart::PostalCode | AddressPart::Country,
            ) => has_street(&heading.group) || (is_free && kind == Kind::Advocate),
            _ => is_free,
        };
        if counts {
            matched.push((column.clone(), ColumnTarget::Contact(heading.clone())));
        }
    }
    for column in rest {
        let is_free = !matched.iter().any(|(name, _)| name == column);
        if is_free && !is_of_another(column) && !is_restriction(column) && holds_contacts(file, column) {
            matched.push((column.clone(), ColumnTarget::AnyContact(without_number(column).to_owned())));
        }
    }
    matched
}

/// What a heading says of contact details: as it is, as a question, or without the tables around it.
fn heading_of_contact(file: &ImportFile, column: &str) -> Option<ContactHeading> {
    let plain = without_number(column);
    if is_restriction(plain) {
        return None;
    }
    let asked = || contact_heading(&words_asked(plain)?);
    let inner = || inner_heading(file, plain).and_then(|inner| contact_heading(&inner));
    contact_heading(plain).or_else(asked).or_else(inner)
}

/// The heading of a value in nested data without the tables and lists that only wrap it: `fields.Email` is `Email`, and
/// `organizations.0.name` is `organization.name`.
fn inner_heading(file: &ImportFile, column: &str) -> Option<String> {
    const WRAPPERS: [&str; 30] = [
        "fields",
        "attributes",
        "properties",
        "property",
        "data",
        "person",
        "people",
        "contact",
        "contacts",
        "contactinfo",
        "contactinformation",
        "details",
        "profile",
        "node",
        "info",
        "personal",
        "record",
        "values",
        "item",
        "general",
        "user",
        "names",
        "name",
        "customfields",
        "basics",
        "core",
        "answers",
        "member",
        "individual",
        "identity",
    ];
    if !file.columns.is_empty() {
        return None;
    }
    let mut parts: Vec<&str> =
        column.split('.').filter(|part| !part.bytes().all(|byte| byte.is_ascii_digit())).collect();
    while parts.len() > 1 && parts.first().is_some_and(|first| WRAPPERS.contains(&normalize_heading(first).as_str())) {
        parts.remove(0);
    }
    let last = parts.len().saturating_sub(1);
    let singular = |(at, part): (usize, &&str)| match part.strip_suffix('s') {
        Some(one) if at < last => one.to_owned(),
        _ => (*part).to_owned(),
    };
    let inner = parts.iter().enumerate().map(singular).collect::<Vec<_>>().join(".");
    (inner != column).then_some(inner)
}

/// A heading without the number of a column of the same name: `Phone (2)`.
fn without_number(column: &str) -> &str {
    let inner = column.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    inner.filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit())).map_or(column, |(name, _)| name)
}

/// Whether most cells of a column are email addresses or telephone numbers.
fn holds_contacts(file: &ImportFile, column: &str) -> bool {
    let mut cells: Vec<String> = texts_of(file, column).iter().map(|text| text.to_string()).collect();
    cells.extend(file.rows.iter().filter_map(|row| row.value(column)).flat_map(texts_in_tables));
    let (mut contacts, mut all) = (0_usize, 0_usize);
    for cell in &cells {
        all += 1;
        contacts += usize::from(looks_like_email(cell) || looks_like_phone(cell));
    }
    contacts * 2 >= all && all > 0
}

/// Whether the headings are those of a program's address book or contact list.
pub(super) fn is_address_book(columns: &[String]) -> bool {
    const SIGNS: [&str; 36] = [
        "email1value",
        "phone1value",
        "email1label",
        "phone1label",
        "email2address",
        "businessphone",
        "businessstreet",
        "homestreet",
        "connectedon",
        "memberrating",
        "optintime",
        "euid",
        "leid",
        "primaryassociatedcompanyid",
        "associatedcompanyids",
        "nationbuilderid",
        "can2userid",
        "can2usertags",
        "can2subscriptionstatus",
        "secondaryemail",
        "screenname1",
        "yahoophone",
        "alternateemail1",
        "vanid",
        "myvvanid",
        "civicrmid",
        "currentemployer",
        "accountname",
        "messengerid1",
        "fileas",
        "initials",
        "groupmembership",
        "callegeltrabajo",
        "calledeltrabajo",
        "ruebureau",
        "strassegeschaftlich",
    ];
    columns.iter().any(|column| SIGNS.contains(&normalize_heading(column).as_str()))
}

/// The columns with a heading that is known. If several match one field, the best match comes first.
pub(super) fn match_headings(
    file: &ImportFile,
    kind: Kind,
    columns: &[String],
    is_address_book: bool,
) -> Vec<(String, ColumnTarget)> {
    let normalized: Vec<String> = columns.iter().map(|column| normalize_heading(column)).collect();
    let asked = |column: &String| normalize_heading(&words_asked(column).unwrap_or_default());
    let inner = |column: &String| normalize_heading(&inner_heading(file, column).unwrap_or_default());
    // A heading as it is counts before what it asks for, and before what it means inside a table.
    let forms: Vec<Vec<String>> =
        vec![normalized.clone(), columns.iter().map(asked).collect(), columns.iter().map(inner).collect()];
    let mut found: Vec<(String, ColumnTarget)> = Vec::new();
    let mut used = vec![false; columns.len()];
    // The owner of a contact in another program is not one of the coalition's people.
    let foreign: &[&str] =
        if is_address_book { &["contactowner", "accountowner", "owner", "type", "contacttype", "role"] } else { &[] };
    let aliases = aliases(kind);
    let longest = aliases.iter().map(|(_, names)| names.len()).max().unwrap_or_default();
    for (rank_of_form, form) in forms.iter().enumerate() {
        let mut match_heading = |heading: &str, target: &ColumnTarget| {
            let heading = normalize_heading(heading);
            for (at, column) in form.iter().enumerate() {
                if *column == heading
                    && !used[at]
                    && !foreign.contains(&heading.as_str())
                    && !is_something_else(file, kind, &columns[at], target)
                {
                    used[at] = true;
                    found.push((columns[at].clone(), target.clone()));
                }
            }
        };
        if has_person_names(kind) {
            for (heading, part) in ambiguous_names(file, columns, &normalized) {
                match_heading(&heading, &ColumnTarget::NamePart(part));
            }
        }
        // The ID of a customer is none of a record.
        if rank_of_form == 0 {
            match_heading(ID, &ColumnTarget::Id);
        }
        for path in field_paths(kind) {
            let target = ColumnTarget::Field(path);
            match_heading(&target.name(), &target);
        }
        for (word, _) in &aliases {
            if let Some(target) = word_target(kind, word) {
                match_heading(word, &target);
            }
        }
        // The most common headings of all fields come before the less common ones of any.
        for rank in 0..longest {
            for (word, names) in &aliases {
                if let (Some(name), Some(target)) = (names.get(rank), word_target(kind, word)) {
                    match_heading(name, &target);
                }
            }
        }
    }
    // A form may have a column for names that it never fills.
    let (mut filled, empty): (Vec<_>, Vec<_>) = found.into_iter().partition(|(column, _)| has_values(file, column));
    filled.extend(empty);
    filled
}

/// Whether the cells of a column show that it is not what its heading says: ids of another program, `yes` under `Member`, the
/// moment at which a form was begun under `Start date`, or who keeps a contact in another program.
fn is_something_else(file: &ImportFile, kind: Kind, column: &str, target: &ColumnTarget) -> bool {
    match target {
        ColumnTarget::Id => !file.has_record_ids && are_foreign_ids(file, column),
        ColumnTarget::Field(path) => {
            let shape = path.last().map(|field| (field.shape)());
            let is_name = path.len() == 1 && path.iter().all(|field| field.name == "name");
            match shape {
                Some(Shape::Reference(of)) => {
                    // Who keeps a contact in another program is none of the coalition's people.
                    let is_other_keeper = || {
                        path.iter().any(|field| ["contact_owner", "owner"].contains(&field.name))
                            && !["owner", "contactowner", "contactkeptby", "advocate"]
                                .contains(&normalize_heading(column).as_str())
                    };
                    let has_address = || texts_of(file, column).iter().any(|text| text.contains('@'));
                    are_yes_or_no(file, column) || (of == Kind::Advocate && (has_address() || is_other_keeper()))
                }
                Some(Shape::Date) if has_person_names(kind) => are_moments(file, column),
                // What kind of donor or contact someone is in another program is no role.
                Some(Shape::Choice(choices))
                    if has_person_names(kind)
                        && path
                            .last()
                            .is_some_and(|field| normalize_heading(column) != normalize_heading(field.name)) =>
                {
                    let cells = texts_of(file, column);
                    let is_choice = |cell: &str| Choice::find_meant(choices, cell).is_some();
                    !cells.is_empty() && !cells.iter().any(|cell| is_choice(cell))
                }
                _ => is_name && normalize_heading(column) != "name" && are_yes_or_no(file, column),
            }
        }
        _ => false,
    }
}

/// Headings that are a part of a name beside certain others: `Name` beside `Vorname`, `Title` beside `Job Title`.
fn ambiguous_names(file: &ImportFile, columns: &[String], normalized: &[String]) -> Vec<(String, NamePart)> {
    let has = |headings: &[&str]| headings.iter().any(|heading| normalized.iter().any(|column| column == heading));
    let mut parts = Vec::new();
    let mut add = |heading: &str, part| parts.push((heading.to_owned(), part));
    if has(&["apellidos", "apellido", "primerapellido", "apellidopaterno"]) {
        add("nombre", NamePart::Given);
    }
    if has(&["cognome", "cognom", "cognoms"]) {
        add("nome", NamePart::Given);
        add("nom", NamePart::Given);
    }
    if has(&["sobrenome", "apelido"]) {
        add("nome", NamePart::Given);
    }
    if has(&["prenom", "prenoms"]) && !has(&["nomdefamille"]) {
        add("nom", NamePart::Family);
    }
    if has(&["vorname", "vornamen"]) && !has(&["nachname", "familienname", "zuname"]) {
        add("name", NamePart::Family);
    }
    for title in ["title", "titel", "titre", "titulo", "titolo"] {
        let column = normalized.iter().position(|column| column == title).and_then(|at| columns.get(at));
        let Some(column) = column else { continue };
        let mut cells = file
            .rows
            .iter()
            .filter_map(|row| row.value(column)?.as_str())
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
            .peekable();
        let is_prefix = cells.peek().is_some() && cells.all(is_title);
        if is_prefix || has(&["jobtitle", "organizationtitle", "puesto", "fonction", "position", "posizione", "cargo"])
        {
            add(title, NamePart::Prefix);
        }
    }
    parts
}
