//! `unresolved-reference`: a record refers to another that does not exist.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Fix, Severity};
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::ledger::{FormerReference, Ledger};
use crate::parse::is_nothing;
use crate::parse::slug::{is_slug, slug};
use crate::parse::suggest::{nearest, only_near};
use crate::record::AnyRecord;
use crate::record::field::Leaf;
use crate::record::value::RecordId;
use crate::source::{LedgerPath, Span, Unseen, describe_unseen, is_odd_space};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unresolved-reference"),
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::Ledger(run),
    what: "A record refers to another that does not exist.",
    why: "A signature by someone who is not in the ledger binds no one, and no one can reach a member without its \
        representative.",
    fix: "Write the id of a record that exists, which is its file name without `.toml`, or add the record.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let ledger = context.ledger;
    report_paths(ledger, findings);
    findings.extend(ledger.former_references.iter().map(|former| renamed_finding(ledger, former)));
    ledger.each_leaf(|record, field, span, leaf| {
        let Leaf::Reference(kind, id) = leaf else { return };
        let is_unread = || ledger.unread.contains(&RecordKey::new(kind, id));
        if ledger.find(kind, id).is_none() && !is_unread() {
            let source = ledger.texts.get(record.path()).and_then(|text| text.get(span.range()));
            let written = source.map_or(id, |written| written.trim_matches(['"', '\'']));
            let Advice { help, meant, wrong_name } = advice(ledger, kind, id, record.key());
            let odd = written.chars().find(|c| is_odd_space(*c) || Unseen::of(*c).is_some() || c.is_control());
            let message = match odd {
                Some(odd) => format!("`{}` has an invisible character in its id: {}", field.name, describe_unseen(odd)),
                None => {
                    format!("`{}` refers to the {} `{written}`, which has no record", field.name, kind.noun())
                }
            };
            let is_quoted = source.is_some_and(|source| source.starts_with(['"', '\'']));
            // What a signature says stays with those who signed.
            let is_open = record.key().kind != Kind::Agreement && is_quoted;
            let fix = meant
                .filter(|_| is_open)
                .map(|id| Fix::replace(record.path(), span, format!("\"{id}\""), format!("write \"{id}\"")));
            let finding = Finding::new(CHECK.name, record.path(), span, message, help).with_fix(fix);
            let finding = wrong_name.iter().fold(finding, |finding, path| finding.because_of(path));
            // An invisible character is named, and not the value around it.
            let finding = if odd.is_none() { finding.of_missing(kind) } else { finding };
            findings.push(finding.with_record(record.key().clone()));
        }
    });
}

/// Reports files of signatures whose path names an agreement or a member who does not exist.
fn report_paths(ledger: &Ledger, findings: &mut Vec<Finding>) {
    for file in ledger.signature_files.iter() {
        for key in [file.agreement.clone(), file.member.key()] {
            if ledger.find(key.kind, &key.id).is_some() || ledger.unread.contains(&key) {
                continue;
            }
            let message =
                format!("the path of this file refers to the {} `{}`, which has no record", key.kind.noun(), key.id);
            let had_it =
                |record: &&dyn AnyRecord| record.common().other_ids.iter().any(|id| id.eq_ignore_ascii_case(&key.id));
            let renamed: Vec<&RecordKey> = ledger.records_of(key.kind).filter(had_it).map(AnyRecord::key).collect();
            let help = match renamed.as_slice() {
                [] => None,
                [renamed] if key.kind == Kind::Agreement => {
                    Some(format!("move the file to the folder {SIGNATURES}/{}; the agreement has a new id", renamed.id))
                }
                // Where one record had the id, what it signed is its own.
                _ => {
                    let all: Vec<String> = renamed.iter().map(ToString::to_string).collect();
                    Some(format!("keep this id in `other_ids` of only one of these: {}", all.join(" and ")))
                }
            };
            if let Some(help) = help {
                let finding = Finding::new(CHECK.name, &file.path, Span::START, message, help);
                findings.push(finding.with_record(file.agreement.clone()));
                continue;
            }
            let help = match nearest(&key.id, ledger.records_of(key.kind).map(|record| &*record.key().id)) {
                Some(near) if key.kind == Kind::Member => format!("did you mean {near}.toml?"),
                Some(near) => format!("did you mean the folder {SIGNATURES}/{near}?"),
                None => format!("move it to {SIGNATURES}/AGREEMENT/MEMBER.toml, with the ids of records that exist"),
            };
            let finding = Finding::new(CHECK.name, &file.path, Span::START, message, help);
            findings.push(finding.with_record(file.agreement.clone()));
        }
    }
}

/// The finding on a signature that names its member or a person by a former id: a warning, or an error if the commits do not
/// show that the record had that id.
fn renamed_finding(ledger: &Ledger, former: &FormerReference) -> Finding {
    let FormerReference { path, span, field, agreement, was, now } = former;
    let (what, help) = if *span == Span::START {
        let place = ledger.signature_path(agreement, now);
        let help = if ledger.texts.contains_key(&place) {
            format!("move its entries to {place}, and delete this file")
        } else {
            format!("move the file to {place}")
        };
        ("the path of this file".to_owned(), help)
    } else {
        (format!("`{field}`"), format!("write \"{}\"", now.id))
    };
    let message = format!("{what} names the {} `{}`, which now has the id `{}`", was.kind.noun(), was.id, now.id);
    let finding =
        Finding::new(CHECK.name, path, *span, message, help).with_record(agreement.clone()).of_missing(was.kind);
    if ledger.evidence.was_renamed(was, now) { finding.soften() } else { finding }
}

/// What helps where a record does not exist.
struct Advice {
    help: String,
    /// The id that was certainly meant.
    meant: Option<String>,
    /// The file of the record that was meant, if its name is not an id.
    wrong_name: Option<LedgerPath>,
}

impl Advice {
    fn of(help: String) -> Advice {
        Advice { help, meant: None, wrong_name: None }
    }

    fn certain(help: String, id: &str) -> Advice {
        Advice { meant: Some(id.to_owned()), ..Advice::of(help) }
    }
}

/// Help: the record with the nearest id, or the one that has this name, the file that is not read, or how to add one.
fn advice(ledger: &Ledger, kind: Kind, id: &str, source: &RecordKey) -> Advice {
    let typed = id.trim_matches(|c: char| c.is_whitespace() || Unseen::of(c).is_some());
    if is_nothing(typed) || NOT_ONE.contains(&typed.to_lowercase().as_str()) {
        let noun = kind.noun();
        return Advice::of(format!("write the id of one {noun}; until there is one to name, leave the field out"));
    }
    if let Some(named) = ledger.records_of(kind).find(|record| record.name().eq_ignore_ascii_case(typed)) {
        let id = &named.key().id;
        return Advice::certain(format!("write the id, not the name: \"{id}\""), id);
    }
    let had_it =
        |record: &&dyn AnyRecord| record.common().other_ids.iter().any(|other| other.eq_ignore_ascii_case(typed));
    if let Some(renamed) = ledger.records_of(kind).find(had_it) {
        let id = &renamed.key().id;
        return Advice::certain(format!("write its new id: \"{id}\""), id);
    }
    if let Some(stray) = ledger.misplaced.iter().find(|stray| stray.key.kind == kind && *stray.key.id == *typed) {
        return Advice::of(format!(
            "its record is in {}, which the program does not read: move it to {}",
            stray.path, stray.place
        ));
    }
    let has_slug = |record: &&dyn AnyRecord| !is_slug(&record.key().id) && slug(&record.key().id) == typed;
    if let Some(record) = ledger.records_of(kind).find(has_slug) {
        let path = record.path().clone();
        let help = format!("rename {path} to {typed}.toml");
        return Advice { wrong_name: Some(path), ..Advice::of(help) };
    }
    // The id with spaces around it, in other letters, or as the path of its file.
    let file = typed.rsplit('/').next().unwrap_or(typed);
    let spelled = slug(file.strip_suffix(".toml").unwrap_or(file));
    if let Some(meant) = ledger.find(kind, typed).or_else(|| ledger.find(kind, &spelled)) {
        let id = &meant.key().id;
        return Advice::certain(format!("write the id alone: \"{id}\""), id);
    }
    if let Some(other) = Kind::ALL.into_iter().find_map(|other| ledger.find(other, typed)) {
        let of_person = || {
            let person = ledger.advocates.find(typed).filter(|_| other.key().kind == Kind::Advocate)?;
            let member = person.member.as_ref().filter(|_| kind == Kind::Member)?;
            Some(format!(", such as \"{}\", to which that person belongs", member.value))
        };
        let other = other.key().kind;
        let help = format!(
            "\"{typed}\" is {}, and this field names {}: write the id of one{}",
            other.with_article(),
            kind.with_article(),
            of_person().unwrap_or_default()
        );
        return Advice::of(help);
    }
    let others = || ledger.records_of(kind).map(AnyRecord::key).filter(|key| *key != source).map(|key| &*key.id);
    let bare: String = typed.chars().filter(|c| !is_odd_space(*c) && Unseen::of(*c).is_none()).collect();
    match nearest(&bare, others()).or_else(|| only_with_words(ledger, kind, &bare, source)) {
        Some(near) => {
            let name = ledger.find(kind, near).map_or(near, |record| record.name());
            let help = format!("did you mean \"{near}\" ({name})?");
            if only_near(&bare, others()) == Some(near) { Advice::certain(help, near) } else { Advice::of(help) }
        }
        None if is_slug(id) => Advice::of(format!(
            "add the file {}/{id}.toml, or write the id of an existing {}",
            kind.folder(),
            kind.noun()
        )),
        None => Advice::of(format!("write the id of an existing {}: its file name without .toml", kind.noun())),
    }
}

/// Words that name everyone or no one in particular.
const NOT_ONE: [&str; 11] =
    ["everyone", "all", "anyone", "someone", "no one", "no-one", "various", "vacant", "open", "us", "we"];

/// The only record whose id or name has all words of what was typed, as for a first name, or whose words are all in it, as
/// for an id that got shorter.
fn only_with_words<'l>(ledger: &'l Ledger, kind: Kind, typed: &str, source: &RecordKey) -> Option<&'l str> {
    let words = |text: &str| -> Vec<String> { slug(text).split('-').map(str::to_owned).collect() };
    let typed = words(typed);
    let holds = |all: &[String], some: &[String]| {
        !some.is_empty() && some.iter().all(|word| !word.is_empty() && all.contains(word))
    };
    let mut fitting = ledger.records_of(kind).filter(|record| record.key() != source).filter(|record| {
        let (id, name) = (words(&record.key().id), words(record.name()));
        holds(&id, &typed) || holds(&name, &typed) || (id.len() > 1 && holds(&typed, &id))
    });
    let found = fitting.next()?;
    fitting.next().is_none().then(|| &*found.key().id)
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2025-01-15
representative = "ana-lopes"  # <-- here
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "members/alder-friends.toml",
    r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"
"##,
)]);
