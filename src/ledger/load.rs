//! Loads a ledger: lists the files, reads and parses them on all cores, and puts the records where they belong.

use super::{Certainty, Ledger, MemberSignatures, Misplaced, Stored, file_name, gaps, renamed, signatures, unread};
use crate::finding::{CheckName, Finding, name};
use crate::kind::{Kind, RecordKey, SIGNATURES, each_kind, is_deciding_folder};
use crate::parse::alike::{compose, decompose};
use crate::parse::{self, Reader, Repeat, TomlDocument};
use crate::record::agreement::SignatureFile;
use crate::record::coalition::Root;
use crate::record::table::RecordTable;
use crate::record::value::{At, FilePath};
use crate::record::{
    Advocate, Agreement, Campaign, Committee, Contribution, Decision, Goal, Meeting, Member, Official, Record, Request,
    fields_of, fields_of_root, find_expected, place_of_field, place_of_signature_field,
};
use crate::source::disk::Disk;
use crate::source::{
    JOURNAL, LedgerPath, ListedFile, ROOT_FILE, Source, Span, Unfinished, Unread, Unreadable, copied_from,
    is_lasting_copy, is_swap_file, with_bare_keywords,
};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::PathBuf;

macro_rules! parsed {
    ($($body:ident($id:ident): $folder:ident, $singular:literal, $with_article:literal $(, reached by $details:ident)?;)*) => {
        /// A record of any kind, fresh from its file, or a file of signatures.
        enum Parsed {
            $($body(Record<$body>),)*
            Signatures(MemberSignatures),
        }

        impl Parsed {
            fn read_record(
                kind: Kind,
                path: &LedgerPath,
                key: RecordKey,
                from: &TomlDocument<'_>,
                reader: &mut Reader<'_>,
            ) -> Parsed {
                match kind {
                    $(Kind::$body => Parsed::$body(Record::read(path, key, from, reader)),)*
                }
            }

            fn store(self, ledger: &mut Ledger) {
                match self {
                    $(Parsed::$body(record) => store(ledger, record),)*
                    Parsed::Signatures(file) => store_signatures(ledger, file),
                }
            }
        }
    };
}

each_kind!(parsed);

/// One file: its text where it could be read, its record where it holds one, what is wrong with it.
struct Loaded {
    path: LedgerPath,
    text: Option<String>,
    record: Option<Parsed>,
    found: FileFindings,
}

/// What is to be said of a file: what is wrong with it, and what is in its lists twice.
#[derive(Default)]
struct FileFindings {
    findings: Vec<Finding>,
    repeats: Vec<Repeat>,
}

impl Ledger {
    /// Reads the ledger in a folder: the one with the `coalition.toml`. Bad files become findings.
    ///
    /// # Errors
    /// What the system said when the folder cannot be listed.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Ledger, std::io::Error> {
        load(&Disk::new(folder))
    }
}

/// Reads a whole ledger. Bad files become findings; the ledger holds what the good ones say, and of bad ones what could
/// be made out.
///
/// # Errors
/// What the system said when the ledger's root cannot be listed.
pub fn load(source: &dyn Source) -> Result<Ledger, std::io::Error> {
    let listing = source.list()?;
    let mut ledger = Ledger {
        label: source.label(),
        strays: listing.strays,
        file_count: listing.records.len() + 1,
        ..Ledger::default()
    };
    load_root(source, &mut ledger);
    ledger.findings.extend(listing.gaps.iter().map(gaps::lacking));
    ledger.findings.extend(listing.ignored.iter().map(gaps::ignored_finding));
    ledger.findings.extend(listing.unfinished.map(|change| unfinished_finding(&change)));
    ledger.findings.extend(listing.journal_fault.map(|fault| {
        let message = format!("`{JOURNAL}` {fault}, so no one can tell whether a change stopped halfway");
        let help = "remove it, unless another version of this program wrote it";
        Finding::new(name::UNFINISHED_CHANGE, &LedgerPath::new(JOURNAL), Span::START, message, help)
    }));
    ledger.findings.extend(file_name::unstorable_folders(listing.records.iter().map(|listed| &listed.path)));
    let files: Vec<Loaded> = listing.records.into_par_iter().map(|listed| load_file(source, listed)).collect();
    for file in files {
        ledger.findings.extend(limit_findings(file.found.findings));
        ledger.repeats.extend(file.found.repeats);
        if file.record.is_none()
            && let Some(kind) = Kind::of_folder(file.path.top())
        {
            ledger.unread.insert(RecordKey::new(kind, file.path.stem()));
        }
        if let Some(text) = file.text {
            ledger.texts.insert(file.path, text);
        }
        if let Some(record) = file.record {
            record.store(&mut ledger);
        }
    }
    file_name::report_copies(&mut ledger);
    renamed::follow_renames(&mut ledger);
    let taken = renamed::find_taken_ids(&ledger);
    ledger.findings.extend(taken);
    read_attached_files(source, &mut ledger);
    let altered =
        listing.altered.iter().filter_map(|(path, by)| gaps::altered_finding(path, by, ledger.texts.get(path)?));
    let altered: Vec<_> = altered.collect();
    ledger.findings.extend(altered);
    search(source, listing.unread, &listing.links, &mut ledger);
    super::private_keys::hide(&mut ledger.findings, &ledger.texts);
    ledger.certainty = Certainty::of(&ledger.findings);
    Ok(ledger)
}

/// How many mistakes of one file are listed.
const MOST_FINDINGS: usize = 1_000;

/// The mistakes of one file; of very many, the first ones, with one of those that decide where the rest holds one, and how many
/// there are.
fn limit_findings(mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.len() <= MOST_FINDINGS {
        return findings;
    }
    let rest = findings.split_off(MOST_FINDINGS);
    let count = rest.len();
    if let Some(last) = rest.into_iter().max_by_key(|finding| (!finding.softened, finding.fixed, finding.duty)) {
        let message = format!("{count} more mistakes in this file are not listed, such as this one: {}", last.message);
        findings.push(Finding { message, ..last });
    }
    findings
}

/// Looks for what decides in files that are not read, and in those that are read as something else.
fn search(source: &dyn Source, candidates: Vec<Unread>, links: &[LedgerPath], ledger: &mut Ledger) {
    // What is read under another name, and what an editor keeps beside a file that is read.
    let is_read = |path: &LedgerPath| ledger.texts.contains_key(path);
    let is_told = |unread: &Unread| {
        links.contains(&unread.path)
            || unread.leads_to.as_ref().is_some_and(|target| is_read(target) || links.contains(target))
            || copied_from(&unread.path).is_some_and(|original| {
                (is_read(&original) && !is_lasting_copy(&unread.path) && !is_swap_file(&unread.path))
                    || is_being_made(source, &unread.path)
            })
    };
    let candidates: Vec<Unread> = candidates.into_iter().filter(|unread| !is_told(unread)).collect();
    let found: Vec<_> =
        candidates.par_iter().filter_map(|unread| unread::finding(source, unread, &ledger.texts)).collect();
    // A file that a record names for its words is read there.
    let is_named = |finding: &Finding| !finding.fixed && ledger.texts.contains_key(&finding.path);
    let found = found.into_iter().filter(|(finding, _)| !is_named(finding));
    let strange = ledger.findings.iter().filter(|finding| finding.check == name::UNKNOWN_FIELD);
    let strange: BTreeSet<&LedgerPath> = strange.map(|finding| &finding.path).collect();
    let misplaced = strange.into_iter().filter_map(|path| {
        let kind = Kind::of_folder(path.top())?;
        unread::misplaced_finding(path, kind, ledger.texts.get(path)?)
    });
    let misplaced: Vec<(Finding, Misplaced)> = misplaced.collect();
    let (found, records): (Vec<Finding>, Vec<Option<Misplaced>>) = found.unzip();
    let read_as_others: BTreeSet<LedgerPath> = misplaced.iter().map(|(_, record)| record.path.clone()).collect();
    // What is wrong with it as a record of the folder's kind is said once.
    let is_said = |finding: &Finding| OF_KIND.contains(&finding.check) && read_as_others.contains(&finding.path);
    ledger.findings.retain(|finding| !is_said(finding));
    let (misplaced, others): (Vec<Finding>, Vec<Misplaced>) = misplaced.into_iter().unzip();
    ledger.findings.extend(found.into_iter().chain(misplaced));
    ledger.misplaced.extend(records.into_iter().flatten().chain(others));
}

/// The checks that judge a file by the fields of its kind.
const OF_KIND: [CheckName; 4] = [name::UNKNOWN_FIELD, name::MISSING_FIELD, name::WRONG_TYPE, name::INVALID_VALUE];

/// Whether a file is one that this program is writing at this moment, to be renamed to a record that is not there yet.
fn is_being_made(source: &dyn Source, path: &LedgerPath) -> bool {
    let name = path.file_name();
    name.starts_with('.') && name.ends_with(".toml.new") && source.is_being_changed()
}

/// The finding that a change stopped halfway: how far it came, and which files are left.
fn unfinished_finding(change: &Unfinished) -> Finding {
    const FEW: usize = 5;
    let listed = |files: &[LedgerPath]| {
        let shown: Vec<&str> = files.iter().take(FEW).map(LedgerPath::as_str).collect();
        let rest = files.len().saturating_sub(FEW);
        shown.join(", ") + &if rest > 0 { format!(" and {rest} more") } else { String::new() }
    };
    let all = change.done.len() + change.left.len() + change.other.len();
    let mut message = format!("`{}` stopped halfway: {} of {all} files are written", change.what, change.done.len());
    if !change.left.is_empty() {
        message += &format!("; not written yet: {}", listed(&change.left));
    }
    if !change.other.is_empty() {
        message += &format!("; changed since by someone else: {}", listed(&change.other));
    }
    let help = "complete it with `coalition recover`, or undo it with `coalition recover --undo`; if a command is \
        writing it right now, wait until it is done";
    Finding::new(name::UNFINISHED_CHANGE, &LedgerPath::new(JOURNAL), Span::START, message, help)
}

fn load_root(source: &dyn Source, ledger: &mut Ledger) {
    let path = LedgerPath::new(ROOT_FILE);
    match source.read(&path) {
        Ok(text) => {
            let mut findings = Vec::new();
            let find_field = |headings: &[&str], key: &str| find_expected(fields_of_root(), headings, key);
            let (root, reader) = parse::with_document(&text, &path, &find_field, &mut findings, |document| {
                let mut reader = Reader::new(&path, &text, document, None);
                reader.know_places(place_of_field);
                (Root::read(document, &mut reader), reader)
            });
            ledger.root = root;
            reader.mark_duties(&mut findings);
            ledger.findings.extend(findings);
            ledger.findings.extend(reader.findings);
            ledger.repeats.extend(reader.repeats);
            ledger.texts.insert(path, text);
        }
        Err(reason) => {
            ledger.findings.push(unreadable_finding(&path, &reason));
            ledger.texts.extend(readable_text(reason).map(|text| (path, text)));
        }
    }
}

fn load_file(source: &dyn Source, listed: ListedFile) -> Loaded {
    let path = listed.path;
    let mut found = FileFindings::default();
    let text = match listed.trouble.map_or_else(|| source.read(&path), Err) {
        Ok(text) => text,
        Err(reason) => {
            found.findings.push(unreadable_finding(&path, &reason));
            return Loaded { path, text: readable_text(reason), record: None, found };
        }
    };
    if path.top() == SIGNATURES {
        let record = parse_signatures(&path, &text, &mut found);
        return Loaded { path, text: Some(text), record, found };
    }
    let record = Kind::of_folder(path.top()).map(|kind| {
        let key = file_name::key_of(&path, kind, &mut found.findings);
        parse_record(kind, &path, &text, key, &mut found)
    });
    Loaded { path, text: Some(text), record, found }
}

fn parse_record(kind: Kind, path: &LedgerPath, text: &str, key: RecordKey, found: &mut FileFindings) -> Parsed {
    let mut broken = Vec::new();
    let find_field = |headings: &[&str], field: &str| find_expected(fields_of(kind), headings, field);
    let (record, reader) = parse::with_document(text, path, &find_field, &mut broken, |document| {
        let mut reader = Reader::new(path, text, document, Some(key.clone()));
        reader.know_places(place_of_field);
        (Parsed::read_record(kind, path, key.clone(), document, &mut reader), reader)
    });
    reader.mark_duties(&mut broken);
    found.findings.extend(broken.into_iter().map(|finding| finding.with_record(key.clone())));
    found.findings.extend(reader.findings);
    found.repeats.extend(reader.repeats);
    record
}

fn parse_signatures(path: &LedgerPath, text: &str, found: &mut FileFindings) -> Option<Parsed> {
    let Some((agreement, member)) = signatures::place_of(path) else {
        found.findings.push(signatures::misplaced_finding(path));
        return None;
    };
    file_name::key_of(path, Kind::Member, &mut found.findings);
    let mut broken = Vec::new();
    let find_field = |headings: &[&str], field: &str| find_expected(SignatureFile::DEF.fields.iter(), headings, field);
    let (file, reader) = parse::with_document(text, path, &find_field, &mut broken, |document| {
        let mut reader = Reader::new(path, text, document, Some(agreement.clone()));
        reader.know_places(place_of_signature_field);
        (signatures::read(path, agreement.clone(), member, document, &mut reader), reader)
    });
    reader.mark_duties(&mut broken);
    found.findings.extend(broken.into_iter().map(|finding| finding.with_record(agreement.clone())));
    found.findings.extend(reader.findings);
    found.repeats.extend(reader.repeats);
    Some(Parsed::Signatures(file))
}

/// Adds a record, or says that its id is taken.
fn store<B: Stored>(ledger: &mut Ledger, record: Record<B>) {
    let (path, key) = (record.path.clone(), record.key.clone());
    if let Err(taken) = B::collection_mut(ledger).add(record) {
        let message = format!("{} already has the id `{}`", taken.path, key.id);
        let help = "rename one of the two files; a different folder or different capitals do not make a different id";
        let finding = Finding::new(name::DUPLICATE_ID, &path, Span::START, message, help).with_record(key);
        ledger.findings.push(finding);
    }
}

/// Adds a file of signatures, or reports that another one has the same place but for its case.
fn store_signatures(ledger: &mut Ledger, file: MemberSignatures) {
    let (path, key) = (file.path.clone(), file.agreement.clone());
    if let Err(other) = ledger.signature_files.add(file) {
        let message = format!("{other} also has signatures of this member on this agreement");
        let help = "move all entries into one of the two files and remove the other";
        let finding = Finding::new(name::DUPLICATE_ID, &path, Span::START, message, help).with_record(key);
        ledger.findings.push(finding);
    }
}

/// A file that a record names for its words.
struct AttachedFile {
    record: LedgerPath,
    key: RecordKey,
    written: String,
    span: Span,
}

impl AttachedFile {
    fn of(path: &LedgerPath, key: &RecordKey, file: &At<FilePath>) -> AttachedFile {
        AttachedFile { record: path.clone(), key: key.clone(), written: file.value.to_string(), span: file.span }
    }

    /// A finding at the line that names the file. The words of an agreement decide, those of minutes do not.
    fn finding(&self, check: CheckName, message: String, help: &str) -> Finding {
        let finding = Finding::new(check, &self.record, self.span, message, help).with_record(self.key.clone());
        if self.key.kind == Kind::Agreement { finding.on_duty() } else { finding }
    }
}

/// Reads the files that records name for their words.
fn read_attached_files(source: &dyn Source, ledger: &mut Ledger) {
    let agreements =
        ledger.agreements.iter().filter_map(|r| Some(AttachedFile::of(&r.path, &r.key, r.text_file.as_ref()?)));
    let meetings =
        ledger.meetings.iter().filter_map(|r| Some(AttachedFile::of(&r.path, &r.key, r.minutes_file.as_ref()?)));
    let mut places = Vec::new();
    for named in agreements.chain(meetings) {
        match named.record.beside(&named.written) {
            Some(place) => {
                let stored = stored_as(source, &place);
                places.push((named, place, stored));
            }
            None => {
                let (message, help) = gaps::no_place(&named.record, &named.written);
                ledger.findings.push(named.finding(name::INVALID_VALUE, message, help));
            }
        }
    }
    // What git makes of the files, and whether it has the records that name them.
    let asked = places.iter().flat_map(|(named, _, stored)| [stored.clone(), named.record.clone()]);
    let kept = source.git_states(&asked.collect::<Vec<_>>());
    let mut read = BTreeSet::new();
    for ((named, place, stored), kept) in places.iter().zip(kept.chunks_exact(2)) {
        if let Some((is_refused, message, help)) = gaps::doubtful(&named.written, &kept[0], kept[1].tracked) {
            let finding = named.finding(name::UNREADABLE_FILE, message, help);
            ledger.findings.push(if is_refused { finding.fix() } else { finding.soften() });
            if is_refused {
                continue;
            }
        }
        if stored != place {
            ledger.other_forms.insert(place.clone(), stored.clone());
        }
        if !read.insert(place) || ledger.texts.contains_key(place) {
            continue;
        }
        match source.read(stored) {
            Ok(text) => {
                let conflicts = parse::conflict::find(&text, place).unwrap_or_default();
                ledger.findings.extend(conflicts.into_iter().map(|finding| finding.with_record(named.key.clone())));
                ledger.texts.insert(place.clone(), if kept[0].ident { with_bare_keywords(&text) } else { text });
            }
            Err(reason) => {
                let message = format!("the file `{}` {reason}", named.written);
                ledger.findings.push(named.finding(name::UNREADABLE_FILE, message, reason.suggest()));
            }
        }
    }
}

/// The path under which a file is stored: each of its names may have been written on another system, with the other form of its
/// accents.
fn stored_as(source: &dyn Source, place: &LedgerPath) -> LedgerPath {
    const MOST: usize = 6;
    let is_there = |path: &LedgerPath| !matches!(source.read(path), Err(Unreadable::Missing));
    if place.as_str().is_ascii() || is_there(place) {
        return place.clone();
    }
    let mut paths = vec![String::new()];
    for name in place.as_str().split('/') {
        let other = Some(decompose(name)).filter(|other| other != name && paths.len() < 1 << MOST);
        let forms: Vec<String> = std::iter::once(compose(name)).chain(other).collect();
        let longer =
            |path: &String, form: &String| if path.is_empty() { form.clone() } else { format!("{path}/{form}") };
        paths = paths.iter().flat_map(|path| forms.iter().map(|form| longer(path, form))).collect();
    }
    paths.into_iter().map(LedgerPath::new).find(is_there).unwrap_or_else(|| place.clone())
}

/// The finding that a file cannot be read, at the first bad byte where there is one.
fn unreadable_finding(path: &LedgerPath, reason: &Unreadable) -> Finding {
    let span = match reason {
        Unreadable::NotUtf8 { valid_bytes, .. } => Span::from(*valid_bytes..*valid_bytes + '\u{fffd}'.len_utf8()),
        _ => Span::START,
    };
    let finding = Finding::new(name::UNREADABLE_FILE, path, span, format!("this file {reason}"), reason.suggest());
    let finding = finding.about_whole_file();
    if is_deciding_folder(path.top()) { finding.on_duty() } else { finding }
}

/// What can be shown of a file that is not UTF-8.
fn readable_text(reason: Unreadable) -> Option<String> {
    match reason {
        Unreadable::NotUtf8 { readable, .. } => Some(readable),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::memory::Memory;

    #[test]
    fn a_file_is_found_in_either_form_of_its_accents() {
        let forms = ["Caf\u{e9}.md", "Cafe\u{301}.md"];
        for (named, stored) in [(forms[0], forms[1]), (forms[1], forms[0]), (forms[0], forms[0])] {
            let mut source = Memory::default();
            source.put("coalition.toml", b"name = \"C\"\n");
            let record = format!("name = \"A\"\ntext_file = \"{named}\"\n");
            source.put("agreements/charter.toml", record.as_bytes());
            source.put(&format!("agreements/{stored}"), b"We agree.\n");
            let ledger = load(&source).unwrap();
            let charter = ledger.agreements.find("charter").unwrap();
            assert_eq!((ledger.words_of(charter), ledger.findings.len()), (Some("We agree.\n"), 0));
        }
    }

    #[test]
    fn each_name_of_a_path_may_have_its_own_form() {
        let mut source = Memory::default();
        source.put("coalition.toml", b"name = \"C\"\n");
        source.put("agreements/charter.toml", "name = \"A\"\ntext_file = \"Caf\u{e9}/Zo\u{eb}.md\"\n".as_bytes());
        source.put("agreements/Cafe\u{301}/Zo\u{eb}.md", b"We agree.\n");
        let ledger = load(&source).unwrap();
        let charter = ledger.agreements.find("charter").unwrap();
        assert_eq!((ledger.words_of(charter), ledger.findings.len()), (Some("We agree.\n"), 0));
    }

    #[test]
    fn an_attached_file_is_searched_for_conflicts_once() {
        let mut source = Memory::default();
        source.put("coalition.toml", b"name = \"C\"\n");
        source.put("agreements/charter.toml", b"name = \"A\"\ntext_file = \"charter.md\"\n");
        source.put("agreements/second.toml", b"name = \"B\"\ntext_file = \"charter.md\"\n");
        source.put("agreements/charter.md", b"We\n<<<<<<< ours\nagree\n=======\nconcur\n>>>>>>> theirs\n");
        let ledger = load(&source).unwrap();
        let found: Vec<_> = ledger.findings.iter().filter(|finding| finding.check == name::CONFLICT_MARKER).collect();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].path.as_str(), found[0].span.start), ("agreements/charter.md", 3));
        assert_eq!(found[0].record, Some(RecordKey::new(Kind::Agreement, "charter")));
    }
}
