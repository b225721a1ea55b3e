//! The facts about signatures and keys in one file of an earlier commit.

use crate::agreement::{digest, fingerprint, signing_key, terms};
use crate::finding::name;
use crate::kind::Kind;
use crate::ledger::{Ledger, SignatureId, load};
use crate::record::AnyRecord;
use crate::record::agreement::Signature;
use crate::record::value::{Digest, RecordId};
use crate::source::memory::Memory;
use crate::source::{LedgerPath, ROOT_FILE};
use chrono::NaiveDate;

/// An SSH signature: who gave it, with which key, and its text without line ends.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ProofFact {
    pub by: String,
    pub key: String,
    pub date: NaiveDate,
    pub text: String,
}

impl ProofFact {
    pub(super) fn of(signature: &Signature) -> Option<ProofFact> {
        let armor = signature.signature.as_ref()?;
        Some(ProofFact {
            by: signature.by.as_ref()?.as_str().to_owned(),
            key: signing_key(armor)?,
            date: signature.date.as_ref()?.value,
            text: armor.split_whitespace().collect(),
        })
    }
}

/// The time in which a key counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Validity {
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl Validity {
    pub(super) fn holds(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether it ends before another one does.
    pub(super) fn ends_before(self, other: Validity) -> bool {
        self.until.is_some_and(|until| other.until.is_none_or(|other| until < other))
    }
}

/// A signature, as far as history is about it.
#[derive(Debug)]
pub(super) struct SignatureFacts {
    pub id: SignatureId,
    /// The agreement's id.
    pub agreement: String,
    pub proof: Option<ProofFact>,
    /// The day of its withdrawal, and the whole entry.
    pub withdrawn: Option<(NaiveDate, Box<Signature>)>,
}

impl SignatureFacts {
    fn of(agreement: &str, signature: &Signature) -> Option<SignatureFacts> {
        Some(SignatureFacts {
            id: SignatureId::of(signature)?,
            agreement: agreement.to_owned(),
            proof: ProofFact::of(signature),
            withdrawn: signature.withdrawn.as_ref().map(|withdrawn| (withdrawn.value, Box::new(signature.clone()))),
        })
    }
}

/// A file of a member: who may sign for it, and on which days it left.
#[derive(Debug)]
pub(super) struct MemberFacts {
    pub signatories: Vec<String>,
    pub left: Vec<NaiveDate>,
    /// The ids that it had.
    pub other_ids: Vec<String>,
}

/// A file of an advocate.
#[derive(Debug)]
pub(super) struct AdvocateFacts {
    pub id: String,
    /// The keys, by fingerprint.
    pub keys: Vec<(String, Validity)>,
    /// The ids that it had.
    pub other_ids: Vec<String>,
}

/// A file of an agreement.
#[derive(Debug)]
pub(super) struct AgreementFacts {
    pub id: String,
    pub version: u32,
    pub signatures: Vec<SignatureFacts>,
    /// The version and the date of each amendment.
    pub amendments: Vec<(u32, NaiveDate)>,
    /// The terms digest, where the words are in the file.
    pub digest: Option<Digest>,
    /// The file with the text, if the record names one.
    pub words_in: Option<LedgerPath>,
}

/// What a file says.
#[derive(Debug)]
pub(super) enum Facts {
    Agreement(AgreementFacts),
    Advocate(AdvocateFacts),
    /// The signatures of one member on one agreement.
    Signatures(Vec<SignatureFacts>),
    Member(MemberFacts),
    /// Nothing that matters here.
    Nothing,
}

/// What the text of a file says.
pub(super) fn facts(path: &LedgerPath, text: &str) -> Facts {
    if Kind::of_folder(path.top()) == Some(Kind::Advocate) && !may_matter(text) {
        return Facts::Advocate(AdvocateFacts { id: path.stem().to_owned(), keys: Vec::new(), other_ids: Vec::new() });
    }
    let ledger = read(&[(path, text)]);
    // Of a file that is not TOML, no one can say what its words and keys were.
    // The file with the words of an agreement is not at hand here, and its absence says nothing.
    let broken = ledger.certainty.damage().iter().any(|finding| finding.check != name::UNREADABLE_FILE);
    if let Some(file) = ledger.signature_files.iter().next() {
        let signatures = file.body.signatures.iter();
        return Facts::Signatures(signatures.filter_map(|one| SignatureFacts::of(&file.agreement.id, one)).collect());
    }
    if let Some(member) = ledger.members.iter().next() {
        return Facts::Member(MemberFacts {
            signatories: member.signatory_ids().iter().map(|id| id.as_str().to_owned()).collect(),
            left: member
                .earlier_memberships
                .iter()
                .map(|one| &one.left)
                .chain([&member.left])
                .filter_map(|left| left.as_ref().map(|left| left.value))
                .collect(),
            other_ids: other_ids(member),
        });
    }
    if let Some(agreement) = ledger.agreements.iter().next() {
        let signatures = agreement.signatures.iter();
        let amendments = agreement.amendments.iter();
        let words = !broken && ledger.words_of(agreement).is_some();
        return Facts::Agreement(AgreementFacts {
            id: agreement.key.id.to_string(),
            version: agreement.version_number(),
            signatures: signatures.filter_map(|one| SignatureFacts::of(&agreement.key.id, one)).collect(),
            amendments: amendments
                .filter_map(|one| Some((one.version.as_ref()?.value, one.date.as_ref()?.value)))
                .collect(),
            digest: words.then(|| digest(&terms(&ledger, agreement))),
            words_in: agreement.text_file.as_ref().filter(|_| !broken).and_then(|file| agreement.path.beside(file)),
        });
    }
    if let Some(advocate) = ledger.advocates.iter().next().filter(|_| !broken) {
        let day = |date: &Option<crate::record::value::At<NaiveDate>>| date.as_ref().map(|date| date.value);
        let key = |entry: &crate::record::advocate::PublicKey| {
            let validity = Validity { from: day(&entry.valid_from), until: day(&entry.valid_until) };
            Some((fingerprint(entry)?, validity))
        };
        return Facts::Advocate(AdvocateFacts {
            id: advocate.key.id.to_string(),
            keys: advocate.keys.iter().filter_map(|entry| key(entry)).collect(),
            other_ids: other_ids(advocate),
        });
    }
    Facts::Nothing
}

/// The terms digest of an agreement whose words are in a file beside it.
pub(super) fn digest_of(path: &LedgerPath, text: &str, words_in: &LedgerPath, words: &str) -> Option<Digest> {
    let ledger = read(&[(path, text), (words_in, words)]);
    let agreement = ledger.agreements.iter().next()?;
    ledger.words_of(agreement)?;
    Some(digest(&terms(&ledger, agreement)))
}

/// The file with the text of an agreement, if the record names one.
pub(super) fn words_in(path: &LedgerPath, text: &str) -> Option<LedgerPath> {
    let ledger = read(&[(path, text)]);
    let agreement = ledger.agreements.iter().next()?;
    agreement.path.beside(agreement.text_file.as_ref()?)
}

/// The version and the terms of an agreement, whose words may be in a file beside it.
pub(super) fn terms_of(path: &LedgerPath, text: &str, words: Option<(&LedgerPath, &str)>) -> Option<(u32, String)> {
    let files: Vec<(&LedgerPath, &str)> = std::iter::once((path, text)).chain(words).collect();
    let ledger = read(&files);
    let agreement = ledger.agreements.iter().next()?;
    ledger.words_of(agreement)?;
    Some((agreement.version_number(), terms(&ledger, agreement)))
}

fn other_ids(record: &dyn AnyRecord) -> Vec<String> {
    record.common().other_ids.iter().map(|id| id.value.to_string()).collect()
}

/// Whether the text of an advocate may name keys or earlier ids: a quick look, which spares reading long logs of contacts.
fn may_matter(text: &str) -> bool {
    text.contains("key")
        || text.contains("other_ids")
        || text.contains("\\u")
        || text.contains("\\U")
        || text.contains("\\x")
}

fn read(files: &[(&LedgerPath, &str)]) -> Ledger {
    let mut source = Memory::new([(ROOT_FILE, b"name = \"Then\"\n".as_slice())]);
    for (path, text) in files {
        source.put(path.as_str(), text.as_bytes());
    }
    load(&source).unwrap_or_default()
}
