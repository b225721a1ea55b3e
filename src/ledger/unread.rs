//! What is in files that may be records and are not read: whether they hold the fields of a record that decides who has
//! to sign and who did. Judged by the field tables, so that the configuration of another program is none.

use super::file_name::name_in;
use super::holding::{Keys, keys_of};
use crate::finding::{Finding, name};
use crate::kind::{Kind, RecordKey, SIGNATURES, is_deciding_folder};
use crate::parse::slug::slug;
use crate::parse::suggest::nearest;
use crate::record::agreement::SignatureFile;
use crate::record::field::{Field, Shape};
use crate::record::fields_of;
use crate::record::table::RecordTable;
use crate::source::{LedgerPath, Source, Span, Thing, Unread, Unreadable, copied_from, is_lasting_copy, is_swap_file};
use std::collections::{BTreeMap, BTreeSet};

/// Fields that the files of many other programs have as well, so that they show nothing.
const COMMON_ELSEWHERE: [&str; 2] = ["name", "version"];

/// The texts of the files that are read.
type Texts = BTreeMap<LedgerPath, String>;

/// Names of files that say something of a folder.
const PAGES: [&str; 7] = ["readme", "index", "about", "contributing", "license", "template", "example"];

/// Names that say nothing of what is in a file.
const UNNAMED: [&str; 5] = ["notes", "untitled", "new-text-document", "document", "record"];

/// A record in a file that is not read, or that is read as another kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misplaced {
    /// The record that it would be.
    pub key: RecordKey,
    /// Where the file is.
    pub path: LedgerPath,
    /// Where it belongs.
    pub place: LedgerPath,
}

/// The finding on a place that is not read and looks like something of the ledger, with the record that it would be; `None` if
/// it is nothing of the ledger.
pub(super) fn finding(source: &dyn Source, unread: &Unread, texts: &Texts) -> Option<(Finding, Option<Misplaced>)> {
    let path = &unread.path;
    if let Some(original) = copied_from(path).filter(|original| texts.contains_key(original)) {
        return lasting_copy(source, path, &original, texts).map(|finding| (finding, None));
    }
    match unread.thing {
        Thing::File | Thing::Link => in_file(source, path, texts),
        Thing::LinkToFolder => {
            let message =
                format!("`{path}` is a link to a folder; such links are not followed, so nothing in it is read");
            let help = "put the folder itself there, or give the link another name";
            Some((fixed_finding(path, message, help), None))
        }
        Thing::Submodule => {
            let message = format!("`{path}` is a submodule, so no commit of this repository has its files");
            let help = "move its files into this repository, or the submodule out of the ledger";
            Some((fixed_finding(path, message, help), None))
        }
        Thing::Special => None,
    }
}

/// The finding on a copy that an editor or a merge left beside a file: one that stays when the program is closed, or that says
/// something else.
fn lasting_copy(source: &dyn Source, path: &LedgerPath, original: &LedgerPath, texts: &Texts) -> Option<Finding> {
    let (message, help) = if is_swap_file(path) {
        (
            format!("`{path}` is what an editor keeps while {original} is open, and is not read"),
            format!(
                "if no editor has it open, open {original} in that editor to recover what was not saved; then delete it"
            ),
        )
    } else if texts.get(original) == Some(&source.read(path).ok()?) {
        if !is_lasting_copy(path) {
            return None;
        }
        (format!("`{path}` is a copy of {original} that an editor left, and is not read"), "delete the copy".to_owned())
    } else {
        (
            format!("`{path}` is an older or a rejected copy of {original}, and is not read"),
            format!("compare the two, keep what is right in {original}, and delete the copy"),
        )
    };
    Some(Finding::new(name::UNKNOWN_FOLDER, path, Span::START, message, help).about_whole_file().soften())
}

/// The finding on a record that is read as one of a kind, and has the fields of another.
pub(super) fn misplaced_finding(path: &LedgerPath, kind: Kind, text: &str) -> Option<(Finding, Misplaced)> {
    let keys = keys_of(path, text, false)?;
    let count = |kind: Kind| matches(fields_of(kind), &keys.top).0;
    // The field in which a decision, a contribution or an official differs may be missing; two are no accident.
    let most = Kind::ALL.into_iter().filter(|other| *other != kind).map(count).max().unwrap_or_default();
    let held = Kind::ALL.into_iter().filter(|other| *other != kind && count(*other) == most);
    let held: Vec<Kind> = held.collect();
    let by_duty = kind_of_keys(&keys, None).filter(|held| *held != kind && count(*held) > count(kind));
    let held = match held.as_slice() {
        _ if by_duty.is_some() => by_duty?,
        [held] if most > count(kind) + 1 || (most > count(kind) && most == keys.top.len()) => *held,
        _ => return None,
    };
    let misplaced = Misplaced::of(path, held, text);
    let message = format!("this file is in {}/, but has fields of {}", kind.folder(), plain_noun(held));
    let help = format!("move it to {}", misplaced.place);
    let finding = Finding::new(name::UNKNOWN_FOLDER, path, Span::START, message, help).about_whole_file();
    let finding = finding.with_record(RecordKey::new(kind, path.stem()));
    let decides = Kind::DECIDING.contains(&held) || Kind::DECIDING.contains(&kind);
    Some((if decides { finding.on_duty().fix() } else { finding }, misplaced))
}

impl Misplaced {
    /// The record of this kind in a file somewhere else.
    fn of(path: &LedgerPath, kind: Kind, text: &str) -> Misplaced {
        let stem = path.file_name().trim_start_matches(['.', '#', ' ']).split('.').next().unwrap_or_default();
        // A page about the folder has the name of no record.
        let is_general = PAGES.iter().chain(&UNNAMED).any(|name| *name == slug(stem));
        let stem = name_in(text).filter(|name| is_general && !slug(name).is_empty()).unwrap_or(stem);
        let id = match slug(stem) {
            id if id.is_empty() => "a-name".to_owned(),
            id => id,
        };
        let folder = path.as_str().strip_suffix(path.file_name()).unwrap_or_default();
        let is_hidden = folder.split('/').any(|folder| folder.starts_with('.'));
        let folder = match Kind::of_folder(path.top()) {
            Some(of_folder) if of_folder == kind && path.depth() > 0 && !is_hidden => folder.to_owned(),
            _ => format!("{}/", kind.folder()),
        };
        let place = LedgerPath::new(format!("{folder}{id}.toml"));
        Misplaced { key: RecordKey::new(kind, &id), path: path.clone(), place }
    }
}

/// A kind as people call its records, with its article.
fn plain_noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Member => "a member (an organization)",
        kind => kind.with_article(),
    }
}

fn in_file(source: &dyn Source, path: &LedgerPath, texts: &Texts) -> Option<(Finding, Option<Misplaced>)> {
    let is_text = |ending: &str| path.file_name().to_ascii_lowercase().ends_with(ending);
    let other = of_other_program(path, texts);
    match (in_text_file(source, path), other) {
        // A record in a plain text needs another name and no import.
        (Some(found), _) if [".txt", ".text", ".md", ".markdown"].into_iter().any(is_text) => Some(found),
        // What decides who has to sign stays an error in whatever form it is.
        (Some((finding, _)), Some(other)) => Some((Finding { help: other.help, ..finding }, None)),
        (None, Some(other)) => Some((other, None)),
        (found, None) => found,
    }
}

/// The same for a file that may have the fields of a record.
fn in_text_file(source: &dyn Source, path: &LedgerPath) -> Option<(Finding, Option<Misplaced>)> {
    let text = match source.read(path) {
        Ok(text) => text,
        Err(Unreadable::NotUtf8 { readable, .. }) => readable,
        Err(Unreadable::Missing | Unreadable::BrokenLink | Unreadable::NotAFile) => return None,
        Err(reason) => {
            let is_named_toml = path.file_name().to_ascii_lowercase().contains(".toml");
            let message = format!("`{path}` is not read as a record, but may be one: it {reason}");
            let help = "move it out of the ledger, or into the folder of its kind once it can be read";
            return is_named_toml.then(|| (fixed_finding(path, message, help), None));
        }
    };
    let folders: Vec<&str> = path.as_str().split('/').rev().skip(1).collect();
    let is_in_ledger = folders.last().is_some_and(|top| is_deciding_folder(&top.to_ascii_lowercase()));
    let keys = keys_of(path, &text, is_in_ledger)?;
    let place = folders.iter().find_map(|folder| kind_of(folder));
    let Some(held) = kind_of_keys(&keys, place) else { return of_other_kind(path, &keys, place, &text) };
    let only_signatures = keys.top.iter().all(|key| SignatureFile::DEF.field(key).is_some());
    if held == Kind::Agreement && only_signatures {
        let message = format!("`{path}` is not read, but has signatures");
        let help = format!("move it to {SIGNATURES}/AGREEMENT/MEMBER.toml, or out of the ledger");
        return Some((fixed_finding(path, message, &help), None));
    }
    let misplaced = Misplaced::of(path, held, &text);
    let message = format!("`{path}` is not read, but has fields of {}", plain_noun(held));
    Some((fixed_finding(path, message, &misplaced.help(source)), Some(misplaced)))
}

/// The finding on a file of another program among records: a spreadsheet, address cards, data, a document.
fn of_other_program(path: &LedgerPath, texts: &Texts) -> Option<Finding> {
    let kind = Kind::of_folder(path.top()).filter(|_| path.depth() > 0 && !path.is_hidden())?;
    let (stem, ending) = path.file_name().rsplit_once('.')?;
    // What an office program keeps while a document is open.
    if stem.starts_with("~$") || PAGES.contains(&slug(stem).as_str()) {
        return None;
    }
    let is_of_people = matches!(kind, Kind::Member | Kind::Advocate | Kind::Official);
    // Other folders may hold what belongs to their records: minutes, plans.
    let id = slug(stem);
    let is_beside = |record: &LedgerPath| id.starts_with(record.stem()) || record.stem().starts_with(&id);
    let records = || texts.keys().filter(|other| other.top() == path.top() && other.file_name().ends_with(".toml"));
    let same = records().find(|record| record.stem() == id);
    let is_alone = !matches!(kind, Kind::Meeting | Kind::Agreement) && !records().any(is_beside);
    let (what, can_be_read) = match ending.to_ascii_lowercase().as_str() {
        "csv" | "tsv" | "xlsx" | "xls" | "ods" => ("a spreadsheet", true),
        "numbers" => ("a spreadsheet", false),
        "vcf" => ("a file of address cards", true),
        "json" | "jsonl" | "ndjson" | "yaml" | "yml" => ("data from another program", true),
        "doc" | "docx" | "odt" | "rtf" | "pages" if is_of_people || is_alone => ("a document", false),
        "txt" | "text" | "md" | "markdown" if is_of_people || is_alone => ("a plain text", false),
        "pdf" if is_of_people => ("a PDF", false),
        "html" | "htm" if is_of_people => ("a web page", false),
        "eml" | "msg" if is_of_people || is_alone => ("an email", false),
        "url" | "webloc" if is_of_people => ("a link", false),
        "zip" | "7z" if is_of_people || is_alone => ("a packed file", false),
        _ => return None,
    };
    let message = format!("`{path}` is not read: it is {what}, and a record is a file that ends in .toml");
    let help = if can_be_read {
        format!(
            "`coalition import {} {path}` makes records from it; then move the file out of {}/",
            kind.singular(),
            path.top()
        )
    } else if let Some(record) = same {
        format!(
            "put what it says into {record}, for example as notes = \"…\"; then move the file out of {}/",
            path.top()
        )
    } else {
        format!("`coalition new {} NAME` makes a record; then move the file out of {}/", kind.singular(), path.top())
    };
    Some(Finding::new(name::UNKNOWN_FOLDER, path, Span::START, message, help).about_whole_file().soften())
}

impl Misplaced {
    /// Where to put the file.
    fn help(&self, source: &dyn Source) -> String {
        let Misplaced { path, place, .. } = self;
        if !matches!(source.read(place), Err(Unreadable::Missing)) {
            return format!("{place} already exists: copy what it lacks into it, and move this file out of the ledger");
        }
        let is_beside = path.as_str().strip_suffix(path.file_name()) == place.as_str().strip_suffix(place.file_name());
        match is_beside {
            true => format!("rename it to {}, or move it out of the ledger", place.file_name()),
            false => format!("move it to {place}, or out of the ledger"),
        }
    }
}

/// The finding on a file that looks like a record of a kind that decides no duty to sign: in a folder of its kind, or with
/// enough of its fields.
fn of_other_kind(
    path: &LedgerPath,
    keys: &Keys,
    place: Option<Kind>,
    text: &str,
) -> Option<(Finding, Option<Misplaced>)> {
    let is_hidden = path.as_str().split('/').any(|part| part.starts_with('.'));
    let is_foreign =
        path.top().starts_with('.') || ["templates", "schema", "target", "node_modules"].contains(&path.top());
    let is_toml = path.file_name().to_ascii_lowercase().contains(".toml");
    let count = |kind: Kind| matches(fields_of(kind), &keys.top).0;
    let fits = |kind: Kind, least: usize| {
        keys.top.contains("name") && count(kind) >= least && count(kind) * 2 > keys.top.len()
    };
    if is_hidden || is_foreign || (path.depth() > 0 && place.is_none()) {
        return None;
    }
    let held = match place {
        Some(place) => Some(place).filter(|place| fits(*place, if is_toml { 1 } else { 2 })),
        None => {
            let most = Kind::ALL.map(count).into_iter().max().unwrap_or_default();
            Kind::ALL
                .into_iter()
                .find(|kind| count(*kind) == most && fits(*kind, 3))
                .filter(|_| is_toml || path.depth() == 0)
        }
    }?;
    let misplaced = Misplaced::of(path, held, text);
    let message = format!("`{path}` is not read, but has fields of {}", plain_noun(held));
    let help = if misplaced.path.file_name() == misplaced.place.file_name() {
        format!("move it to {}", misplaced.place)
    } else {
        format!("rename it to {}, or move it out of the ledger", misplaced.place)
    };
    Some((Finding::new(name::UNKNOWN_FOLDER, path, Span::START, message, help).about_whole_file(), Some(misplaced)))
}

fn fixed_finding(path: &LedgerPath, message: String, help: &str) -> Finding {
    Finding::new(name::UNKNOWN_FOLDER, path, Span::START, message, help).about_whole_file().on_duty().fix()
}

/// The folder of records or signatures that the name of another one means: `members` for `member`, `Members` and `memebers`.
pub(crate) fn meant_folder(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    if let Ok(kind) = lower.parse::<Kind>() {
        return Some(kind.folder());
    }
    nearest(&lower, Kind::ALL.into_iter().map(Kind::folder).chain([SIGNATURES]))
}

/// The kind that a folder names: `Members`, `.old-members`, `member`.
fn kind_of(folder: &str) -> Option<Kind> {
    let lower = folder.to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_ascii_alphabetic());
    words.find_map(|word| match word {
        SIGNATURES => Some(Kind::Agreement),
        word => word.parse().ok(),
    })
}

/// The kind of the record that these keys are of, where it is one that decides.
fn kind_of_keys(keys: &Keys, place: Option<Kind>) -> Option<Kind> {
    let by_entries = keys.under.iter().find_map(|(heading, keys)| held_under(heading, keys));
    let most = Kind::ALL.map(|kind| matches(fields_of(kind), &keys.top).0).into_iter().max().unwrap_or_default();
    // A record of a kind that decides nothing, in a folder of that name.
    let is_other =
        place.is_some_and(|place| !Kind::DECIDING.contains(&place) && matches(fields_of(place), &keys.top).0 == most);
    let fits = |kind: Kind| {
        let (matching, telling) = matches(fields_of(kind), &keys.top);
        let is_meant = telling > 0 || (place == Some(kind) && matching > 0);
        is_meant && matching == most && matching * 2 > keys.top.len()
    };
    let mut likely = place.into_iter().chain(Kind::DECIDING).filter(|kind| Kind::DECIDING.contains(kind));
    by_entries.or_else(|| likely.find(|kind| !is_other && fits(*kind)))
}

/// The kind whose records have entries like this one, or a heading with the fields of a whole record.
fn held_under(heading: &str, keys: &BTreeSet<String>) -> Option<Kind> {
    let fits = |fields: &mut dyn Iterator<Item = &'static Field>| {
        let (matching, telling) = matches(fields, keys);
        telling > 0 && matching * 2 > keys.len()
    };
    if let Some(kind) = kind_of(heading).filter(|kind| Kind::DECIDING.contains(kind) && fits(&mut fields_of(*kind))) {
        return Some(kind);
    }
    Kind::DECIDING.into_iter().find(|kind| {
        let mut fields = fields_of(*kind).filter(|field| field.flags.duty && field.name == heading);
        fields.any(|field| match (field.shape)() {
            Shape::Table(def) => fits(&mut def.fields.iter()),
            _ => false,
        })
    })
}

/// How many of the keys are fields, and how many of those decide and are not common elsewhere.
fn matches(fields: impl Iterator<Item = &'static Field>, keys: &BTreeSet<String>) -> (usize, usize) {
    let (mut matching, mut telling) = (0, 0);
    for field in fields.filter(|field| keys.contains(field.name)) {
        matching += 1;
        telling += usize::from(field.flags.duty && !COMMON_ELSEWHERE.contains(&field.name));
    }
    (matching, telling)
}
