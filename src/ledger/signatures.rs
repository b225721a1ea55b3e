//! Signatures wherever they are: in the record of their agreement, or in a file of the member's own under
//! `signatures/`.

use super::Ledger;
use crate::finding::{Finding, name};
use crate::kind::{Kind, RecordKey, SIGNATURES};
use crate::parse::{Reader, TableReader, TomlDocument};
use crate::record::agreement::{Signature, SignatureFile};
use crate::record::common::{Common, ContactDetail};
use crate::record::field::{Field, Leaf, TableDef, Visitor};
use crate::record::table::{RecordTable, read_table};
use crate::record::value::{At, MemberId};
use crate::record::{Agreement, AnyRecord, Record};
use crate::source::{LedgerPath, Span};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What one member signed of one agreement, in a file of its own: `signatures/charter/millbrook-friends.toml`.
#[derive(Debug)]
pub struct MemberSignatures {
    /// The file.
    pub path: LedgerPath,
    /// The agreement, as the file's folder names it.
    pub agreement: RecordKey,
    /// The member, as the file's name names it, by the id that it has now.
    pub member: MemberId,
    /// What the file says; `member` of each entry is filled in.
    pub body: SignatureFile,
}

/// One signature with the place where it is.
#[derive(Debug, Clone, Copy)]
pub struct SignatureEntry<'l> {
    /// The file.
    pub path: &'l LedgerPath,
    /// The place in the file's list, from 0.
    pub at: usize,
    /// What it says.
    pub signature: &'l At<Signature>,
}

/// The signature files of a ledger, found by their agreement.
#[derive(Debug, Default)]
pub struct SignatureFiles {
    files: Vec<MemberSignatures>,
    by_agreement: HashMap<String, Vec<usize>>,
}

impl SignatureFiles {
    /// All files, in path order.
    pub fn iter(&self) -> std::slice::Iter<'_, MemberSignatures> {
        self.files.iter()
    }

    /// The same, to be changed; agreements stay as they are.
    pub(super) fn iter_mut(&mut self) -> std::slice::IterMut<'_, MemberSignatures> {
        self.files.iter_mut()
    }

    /// The files of an agreement, in path order.
    pub fn of<'a>(&'a self, agreement: &str) -> impl Iterator<Item = &'a MemberSignatures> + use<'a> {
        let places = self.by_agreement.get(agreement).map(Vec::as_slice).unwrap_or_default();
        places.iter().filter_map(|at| self.files.get(*at))
    }

    /// Shows every signature, to be changed; whose it is and on what stays as it is.
    pub(crate) fn each_entry(&mut self, mut see: impl FnMut(&mut Signature)) {
        self.files.iter_mut().flat_map(|file| &mut file.body.signatures).for_each(|entry| see(&mut entry.value));
    }

    /// Adds a file.
    ///
    /// # Errors
    /// The file of the same member and agreement that is there already, under a name that differs by case.
    pub(super) fn add(&mut self, file: MemberSignatures) -> Result<(), LedgerPath> {
        let same = self.of(&file.agreement.id).find(|other| other.member == file.member);
        if let Some(same) = same {
            return Err(same.path.clone());
        }
        self.by_agreement.entry(file.agreement.id.to_string()).or_default().push(self.files.len());
        self.files.push(file);
        Ok(())
    }
}

impl Ledger {
    /// The signatures on an agreement, wherever they are: those in its record first, then those in files, by path.
    pub fn signatures_of<'l>(&'l self, agreement: &'l Record<Agreement>) -> impl Iterator<Item = SignatureEntry<'l>> {
        let in_record = entries(&agreement.path, &agreement.signatures);
        let files = self.signature_files.of(&agreement.key.id);
        in_record.chain(files.flat_map(|file| entries(&file.path, &file.body.signatures)))
    }

    /// All fields of a record as JSON, the private ones too; of an agreement with the signatures that are in files,
    /// each with its member.
    pub fn json_of(&self, record: &dyn AnyRecord) -> Map<String, Value> {
        let mut fields = record.to_json();
        if record.key().kind == Kind::Agreement && record.table().name == Agreement::DEF.name {
            let files = self.signature_files.of(&record.key().id);
            let entries =
                files.flat_map(|file| &file.body.signatures).filter_map(|entry| serde_json::to_value(entry).ok());
            let mut entries = entries.peekable();
            if entries.peek().is_some()
                && let Value::Array(list) = fields.entry("signatures").or_insert_with(|| Value::Array(Vec::new()))
            {
                list.extend(entries);
            }
        }
        fields
    }

    /// The file for the signatures of a member on an agreement: the one that is there, otherwise the one to make.
    pub fn signature_path(&self, agreement: &RecordKey, member: &RecordKey) -> LedgerPath {
        // A file under an id that the member had is not its place.
        let is_own = |file: &&MemberSignatures| MemberId::new(file.path.stem()) == MemberId::new(&member.id);
        let file = self.signature_files.of(&agreement.id).find(is_own);
        let new = || LedgerPath::new(format!("{SIGNATURES}/{}/{}.toml", agreement.id, member.id));
        file.map_or_else(new, |file| file.path.clone())
    }
}

fn entries<'l>(path: &'l LedgerPath, list: &'l [At<Signature>]) -> impl Iterator<Item = SignatureEntry<'l>> {
    list.iter().enumerate().map(move |(at, signature)| SignatureEntry { path, at, signature })
}

/// The agreement and the member that a path in the folder of signatures names; `None` if it is not one of a signature
/// file.
pub(super) fn place_of(path: &LedgerPath) -> Option<(RecordKey, MemberId)> {
    let parts: Vec<&str> = path.as_str().split('/').collect();
    let [_, agreement, _] = parts.as_slice() else { return None };
    Some((RecordKey::new(Kind::Agreement, agreement), MemberId::new(path.stem())))
}

/// The finding on a file in the folder of signatures that is not at the place of one.
pub(super) fn misplaced_finding(path: &LedgerPath) -> Finding {
    let message = format!("`{path}` is not read: a signature file must be {SIGNATURES}/AGREEMENT/MEMBER.toml");
    let help =
        format!("move it to {SIGNATURES}/AGREEMENT/{}, in a folder with the id of the agreement", path.file_name());
    Finding::new(name::INVALID_ID, path, Span::START, message, help).on_duty()
}

/// Reads a signature file from its document.
pub(super) fn read(
    path: &LedgerPath,
    agreement: RecordKey,
    member: MemberId,
    document: &TomlDocument<'_>,
    reader: &mut Reader<'_>,
) -> MemberSignatures {
    reader.know_own_fields(SignatureFile::DEF.fields.iter().map(Field::face));
    reader.imply("member");
    let mut table = TableReader::new(&document.table, Span::START, SignatureFile::DEF.noun);
    let mut body: SignatureFile = read_table(&mut table, reader);
    table.finish(reader);
    for signature in &mut body.signatures {
        match &signature.value.member {
            Some(named) if named.value != member => {
                let message =
                    format!("this file is for signatures of `{member}`, but this entry names `{}`", named.value);
                let help = "remove the `member` line, or move the entry to that member's file";
                reader.on_duty(true, |reader| reader.invalid(named.span, message, help));
            }
            _ => {}
        }
        signature.value.member = Some(At { value: member.clone(), span: Span::START });
    }
    MemberSignatures { path: path.clone(), agreement, member, body }
}

impl AnyRecord for MemberSignatures {
    /// That of the agreement: the file is a part of its record.
    fn key(&self) -> &RecordKey {
        &self.agreement
    }

    fn path(&self) -> &LedgerPath {
        &self.path
    }

    fn common(&self) -> &Common {
        static NONE: LazyLock<Common> = LazyLock::new(Common::default);
        &NONE
    }

    fn table(&self) -> &'static TableDef {
        SignatureFile::DEF
    }

    fn visit<'a>(&'a self, visitor: &mut dyn Visitor<'a>) {
        self.body.visit(&mut WrittenFields(visitor));
    }

    fn details(&self) -> &[At<ContactDetail>] {
        &[]
    }

    fn is_closed(&self) -> bool {
        false
    }

    fn to_json(&self) -> Map<String, Value> {
        match serde_json::to_value(&self.body) {
            Ok(Value::Object(fields)) => fields,
            _ => Map::new(),
        }
    }
}

/// A visitor that does not see what the file's place says and no line of the file does.
struct WrittenFields<'v, 'a>(&'v mut dyn Visitor<'a>);

impl<'a> Visitor<'a> for WrittenFields<'_, 'a> {
    fn enter(&mut self, field: &'static Field, span: Span) {
        self.0.enter(field, span);
    }

    fn leave(&mut self) {
        self.0.leave();
    }

    fn leaf(&mut self, field: &'static Field, span: Span, leaf: Leaf<'a>) {
        if span != Span::START {
            self.0.leaf(field, span, leaf);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::load;

    const ENTRY: &str = "by = \"ana-lopez\"\ndate = 2025-01-20\n\
        terms = \"sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b\"\n";

    fn ledger(path: &str, text: &str) -> Ledger {
        let mut source = crate::check::base_ledger();
        source.put(path, text.as_bytes());
        load(&source).unwrap()
    }

    #[test]
    fn a_file_says_by_its_place_who_signed_what() {
        let ledger = ledger("signatures/charter/alder-friends.toml", &format!("[[signatures]]\n{ENTRY}"));
        assert_eq!(ledger.findings, []);
        let charter = ledger.agreements.find("charter").unwrap();
        let entries: Vec<_> = ledger.signatures_of(charter).collect();
        let last = entries.last().unwrap();
        assert_eq!((last.path.as_str(), last.at), ("signatures/charter/alder-friends.toml", 0));
        assert_eq!(last.signature.member.as_ref().unwrap().value, MemberId::new("alder-friends"));
        assert_eq!(entries.len(), charter.signatures.len() + 1);
    }

    #[test]
    fn the_fields_of_an_agreement_have_the_signatures_of_files() {
        let ledger = ledger("signatures/charter/alder-friends.toml", &format!("[[signatures]]\n{ENTRY}"));
        let charter = ledger.agreements.find("charter").unwrap();
        let whole = ledger.json_of(charter);
        let signatures = whole["signatures"].as_array().unwrap();
        assert_eq!(signatures.len(), charter.signatures.len() + 1);
        let last = signatures.last().unwrap();
        assert_eq!((&last["member"], &last["by"]), (&"alder-friends".into(), &"ana-lopez".into()));
        let file = ledger.signature_files.iter().next().unwrap();
        assert_eq!(ledger.json_of(file), file.to_json(), "a part of a record is no record");
    }

    #[test]
    fn a_member_that_the_place_does_not_name_is_a_mistake_that_decides() {
        let text = format!("[[signatures]]\nmember = \"birch-library\"\n{ENTRY}");
        let ledger = ledger("signatures/charter/alder-friends.toml", &text);
        let found: Vec<_> = ledger.findings.iter().map(|finding| (finding.check.as_str(), finding.duty)).collect();
        assert_eq!(found, [("invalid-value", true)]);
        let charter = ledger.agreements.find("charter").unwrap();
        let members = ledger.signatures_of(charter).filter_map(|entry| entry.signature.member.as_ref());
        assert_eq!(members.filter(|member| member.value == MemberId::new("birch-library")).count(), 1);
    }

    #[test]
    fn a_file_in_another_place_is_not_read_and_that_decides() {
        for path in ["signatures/alder-friends.toml", "signatures/2026/charter/alder-friends.toml"] {
            let ledger = ledger(path, &format!("[[signatures]]\n{ENTRY}"));
            let found: Vec<_> = ledger.findings.iter().map(|finding| (finding.check.as_str(), finding.duty)).collect();
            assert_eq!(found, [("invalid-id", true)], "{path}");
            assert_eq!(ledger.signature_files.iter().count(), 0);
        }
    }
}
