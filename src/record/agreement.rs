//! Agreements: rights and responsibilities in writing, and who signed which text.

use super::field::{Field, Leaf, Shape, Visitor};
use super::member::Classification;
use super::table::table;
use super::value::{AdvocateId, Digest, FilePath, List, MemberId, Opt, Prose, Slug, Value, choices};
use crate::parse::{Reader, TableReader, TomlItem, span_of};
use crate::source::Span;
use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use toml::de::DeValue;

choices! {
    /// What an agreement is for.
    pub enum AgreementKind {
        Charter = "charter": "Charter",
        Memorandum = "memorandum": "Memorandum of understanding",
        CodeOfConduct = "code-of-conduct": "Code of conduct",
        DataSharing = "data-sharing": "Data-sharing agreement",
        Involvement = "involvement": "Involvement agreement",
        Other = "other": "Agreement",
    }
}

table! {
    /// An agreement between members, with its text and signatures. Each has a file in `agreements/`.
    ///
    /// A signature covers the exact text: if even a comma changes, every signature on it is stale.
    pub struct Agreement as "an agreement" {
        /// The purpose of the agreement.
        kind: Opt<AgreementKind> = "\"charter\"",
        /// The version number of this text. Default: 1.
        [duty] version: Opt<u32> = "2",
        /// The text that members sign. Use this or `text_file`.
        [duty] text: Opt<Prose> = "\"\"\"\nWe, the undersigned, …\n\"\"\"",
        /// The file with the text that members sign. The path is relative to this record's folder.
        [duty] text_file: Opt<FilePath> = "\"charter.md\"",
        /// The first day the agreement is in force.
        [duty] effective: Opt<NaiveDate> = "2025-01-01",
        /// The last day the agreement is in force.
        [duty, ahead] expires: Opt<NaiveDate> = "2027-12-31",
        /// The date the agreement ended early.
        [duty] ended: Opt<NaiveDate> = "2026-06-30",
        /// The last day to sign. Default: the date in `effective`.
        [duty, ahead] sign_by: Opt<NaiveDate> = "2025-02-28",
        /// Who must sign: `"members"` (all current members), a list of member ids, a table of classifications and
        /// sectors, or `"nobody"`.
        [duty] required_of: Opt<Requirement> = "\"members\"",
        /// What each member who signs may do.
        rights: List<String> = "[\"vote in the assembly\"]",
        /// What each member who signs must do.
        responsibilities: List<String> = "[\"send a representative to every meeting\"]",
        /// The areas of work that this agreement divides among members, in the words members use under `turf`.
        shares_turf: List<Slug> = "[\"book-sales\"]",
        /// The versions of the agreement, one entry each.
        [duty] amendments: List<Amendment> = "[[amendments]]\nversion = 2\ndate = 2026-01-13\nsummary = \"Adds the emergency committee.\"\nresign = true\nsign_by = 2026-03-31",
        /// The signatures, one entry each.
        [duty] signatures: List<Signature> = "[[signatures]]\nmember = \"millbrook-friends\"\nby = \"rosa-delgado\"\ndate = 2026-02-10\nversion = 2\nterms = \"sha256:8e659198c36bf65e4d352e754d11188daf4a3f0d53c487787558eb7bbfa3506a\"",
    }
    order {
        effective <= expires;
        effective <= ended;
        sign_by <= expires;
    }
    also has_one_text;
}

/// Reports versions whose dates are not in the order of their numbers, and a first version dated after `effective`.
fn runs_in_order(agreement: &Agreement, reader: &mut Reader<'_>) {
    let dated = agreement.amendments.iter().filter_map(|one| Some((one.version.as_ref()?.value, one.date.as_ref()?)));
    let mut dated: Vec<_> = dated.collect();
    dated.sort_by_key(|(version, _)| *version);
    for pair in dated.windows(2) {
        if let [(earlier, first), (later, second)] = pair
            && second.value < first.value
        {
            let message =
                format!("version {later} is dated {}, before version {earlier} of {}", second.value, first.value);
            let help = "correct the wrong date: each version begins after the one before";
            reader.on_duty(true, |reader| {
                reader.report(crate::finding::name::DATES_OUT_OF_ORDER, second.span, message, help);
            });
        }
    }
    if let (Some((1, first)), Some(effective)) = (dated.first(), &agreement.effective)
        && first.value > effective.value
    {
        let message =
            format!("version 1 is dated {}, but the agreement is in force from {}", first.value, effective.value);
        let help = "date version 1 on or before `effective`";
        reader.on_duty(true, |reader| {
            reader.report(crate::finding::name::DATES_OUT_OF_ORDER, first.span, message, help);
        });
    }
}

fn has_one_text(agreement: &Agreement, reader: &mut Reader<'_>) {
    runs_in_order(agreement, reader);
    match (&agreement.text, &agreement.text_file) {
        (Some(_), Some(file)) => reader.on_duty(true, |reader| {
            reader.invalid(
                file.span,
                "the agreement has both `text` and `text_file`, so it is unclear which text is signed",
                "keep the one that members signed and remove the other",
            );
        }),
        (None, None) => reader.suspect_missing(
            &["text", "text_file"],
            "the agreement has no text: it has neither `text` nor `text_file`",
            "put the text under `text`, or name its file: text_file = \"charter.md\"",
        ),
        _ => {}
    }
}

table! {
    /// A version of an agreement: what changed, when, and whether it must be signed again.
    pub struct Amendment as "an amendment" {
        /// The number of the version that this amendment created.
        [required, duty] version: Opt<u32> = "2",
        /// The date the version was adopted.
        [required, duty] date: Opt<NaiveDate> = "2026-01-13",
        /// What changed, in a sentence.
        summary: Opt<Prose> = "\"Adds the emergency committee.\"",
        /// Whether members must sign again. Without it, earlier signatures still count.
        [duty] resign: Opt<bool> = "true",
        /// The last day to sign again.
        [duty, ahead] sign_by: Opt<NaiveDate> = "2026-03-31",
        /// The digest of this version's terms. It pins the text, so that no one changes it without a new version, and
        /// it proves signatures on this version after the text has changed again.
        [duty] terms: Opt<Digest> = "\"sha256:8e659198c36bf65e4d352e754d11188daf4a3f0d53c487787558eb7bbfa3506a\"",
        /// The date this version was first written down. `coalition amend` writes it.
        [duty] begun: Opt<NaiveDate> = "2026-01-08",
    }
    keyed by (version);
    order { date <= sign_by; }
}

table! {
    /// A signature of one member.
    pub struct Signature as "a signature" {
        /// The member who signed. Leave it out in `signatures/`, where the file name is the member's id.
        [required, duty] member: Opt<MemberId> = "\"millbrook-friends\"",
        /// The person who signed for the member.
        [required, duty] by: Opt<AdvocateId> = "\"rosa-delgado\"",
        /// The title of the person who signed, such as president.
        title: Opt<String> = "\"Board president\"",
        /// The date of the signature.
        [required, past, duty] date: Opt<NaiveDate> = "2026-02-10",
        /// The version that was signed. Default: the version with the digest in `terms`.
        [duty] version: Opt<u32> = "2",
        /// The digest of the signed terms, as `coalition terms AGREEMENT --digest` prints it.
        [required, duty] terms: Opt<Digest> = "\"sha256:8e659198c36bf65e4d352e754d11188daf4a3f0d53c487787558eb7bbfa3506a\"",
        /// The SSH signature that proves it, from its BEGIN line to its END line.
        [duty] signature: Opt<Prose> = "\"\"\"\n-----BEGIN SSH SIGNATURE-----\n…\n\"\"\"",
        /// Where a scan of the signature on paper is kept, such as a shared folder.
        [duty] evidence: Opt<String> = "\"scans/charter-millbrook.pdf\"",
        /// The date the member withdrew the signature.
        [past, duty] withdrawn: Opt<NaiveDate> = "2026-06-30",
        /// The person who withdrew the signature, if not the person who signed.
        [duty] withdrawn_by: Opt<AdvocateId> = "\"rosa-delgado\"",
        /// The SSH signature that proves the withdrawal, from its BEGIN line to its END line.
        [duty] withdrawn_signature: Opt<Prose> = "\"\"\"\n-----BEGIN SSH SIGNATURE-----\n…\n\"\"\"",
        /// Why the member withdrew the signature.
        [quote] withdrawn_because: Opt<Prose> = "\"left the coalition\"",
    }
    keyed by (member, version) as one;
    order { date <= withdrawn; }
    also withdrawal_has_a_day;
}

table! {
    /// The signatures of one member on one agreement: the file `signatures/AGREEMENT/MEMBER.toml`.
    ///
    /// The file's path says which agreement and which member, so that no two members write to the same file.
    pub struct SignatureFile as "a file of signatures" {
        /// The member's signatures, one entry each.
        [duty] signatures: List<Signature> = "[[signatures]]\nby = \"rosa-delgado\"\ndate = 2026-02-10\nversion = 2\nterms = \"sha256:8e659198c36bf65e4d352e754d11188daf4a3f0d53c487787558eb7bbfa3506a\"",
    }
}

fn withdrawal_has_a_day(signature: &Signature, reader: &mut Reader<'_>) {
    if let (Some(because), None) = (&signature.withdrawn_because, &signature.withdrawn) {
        let message = "the signature was withdrawn, but the date is missing; without it, the signature still counts";
        let help = "add a line: withdrawn = 2026-06-30";
        reader.report(crate::finding::name::MISSING_FIELD, because.span, message, help);
    }
}

impl Agreement {
    /// The version whose text the record holds.
    pub fn version_number(&self) -> u32 {
        self.version.as_ref().map_or(1, |version| version.value)
    }
}

impl Signature {
    /// The version that was signed.
    pub fn version_number(&self) -> u32 {
        self.version.as_ref().map_or(1, |version| version.value)
    }

    /// Whether it had been withdrawn by a day.
    pub fn is_withdrawn(&self, on: NaiveDate) -> bool {
        self.withdrawn.as_ref().is_some_and(|withdrawn| withdrawn.value <= on)
    }
}

/// Who must sign an agreement.
#[derive(Debug, Clone)]
pub enum Requirement {
    /// All current members.
    Members,
    /// No one has to; anyone may sign.
    Nobody,
    /// These members, while they are current.
    Listed(Vec<super::value::At<MemberId>>),
    /// Current members who have one of the classifications and one of the sectors; an empty list does not limit.
    Selected {
        /// The classifications.
        classification: Vec<Classification>,
        /// The sectors.
        sector: Vec<Slug>,
    },
}

table! {
    /// A choice of members.
    pub struct Selection as "a choice of members" {
        /// Members of these classifications.
        [duty] classification: List<Classification> = "[\"friends-group\"]",
        /// Members in these sectors.
        [duty] sector: List<Slug> = "[\"education\"]",
    }
}

impl Serialize for Requirement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Selected<'a> {
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            classification: &'a [Classification],
            #[serde(skip_serializing_if = "<[_]>::is_empty")]
            sector: &'a [Slug],
        }
        match self {
            Requirement::Members => serializer.serialize_str("members"),
            Requirement::Nobody => serializer.serialize_str("nobody"),
            Requirement::Listed(ids) => ids.serialize(serializer),
            Requirement::Selected { classification, sector } => {
                Selected { classification, sector }.serialize(serializer)
            }
        }
    }
}

impl Value for Requirement {
    fn shape() -> Shape {
        Shape::Requirement
    }

    fn read(item: TomlItem<'_>, reader: &mut Reader<'_>) -> Option<Requirement> {
        match item.get_ref() {
            DeValue::String(word) if word == "members" => Some(Requirement::Members),
            DeValue::String(word) if word == "nobody" => Some(Requirement::Nobody),
            DeValue::String(word) => {
                let meant = match word.trim().to_lowercase().as_str() {
                    "no one" | "noone" | "no-one" | "none" | "no" => Some("nobody"),
                    "all" | "everyone" | "all members" | "member" | "every member" => Some("members"),
                    _ => None,
                };
                let help = match meant {
                    Some(meant) => format!("write required_of = \"{meant}\""),
                    None => format!("write \"members\", \"nobody\", or a list: required_of = [\"{word}\"]"),
                };
                reader.invalid(span_of(item), format!("`required_of` cannot be \"{word}\""), help);
                None
            }
            DeValue::Array(_) => {
                let ids = <List<MemberId> as super::table::Slot>::read(Some(item), reader);
                Some(Requirement::Listed(ids))
            }
            DeValue::Table(table) => {
                let mut table = TableReader::new(table, span_of(item), "a choice of members");
                let chosen: Selection = super::table::read_table(&mut table, reader);
                table.finish(reader);
                Some(Requirement::Selected {
                    classification: chosen.classification.into_iter().map(|at| at.value).collect(),
                    sector: chosen.sector.into_iter().map(|at| at.value).collect(),
                })
            }
            _ => {
                reader.wrong_type(item, "\"members\", \"nobody\", a list of ids or a table");
                None
            }
        }
    }

    fn visit<'a>(&'a self, field: &'static Field, _span: Span, visitor: &mut dyn Visitor<'a>) {
        if let Requirement::Listed(ids) = self {
            for id in ids {
                visitor.leaf(
                    field,
                    id.span,
                    Leaf::Reference(crate::kind::Kind::Member, super::value::RecordId::as_str(&id.value)),
                );
            }
        }
    }
}
