//! The eleven kinds of record: their names and folders. Every other module uses these names.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// The folder of signatures: a folder for each agreement with a file for each member. They are parts of their agreements and
/// no kind of record of their own.
pub(crate) const SIGNATURES: &str = "signatures";

/// Whether files of a ledger live in the folder of this name at its root: records of a kind, or signatures.
pub(crate) fn is_ledger_folder(name: &str) -> bool {
    name == SIGNATURES || Kind::of_folder(name).is_some()
}

/// Whether the files in the folder of this name decide who must sign an agreement, who may sign it, and who has.
pub(crate) fn is_deciding_folder(name: &str) -> bool {
    name == SIGNATURES || Kind::DECIDING.iter().any(|kind| kind.folder() == name)
}

/// A kind of record. The order is the order in which kinds are listed everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // each variant is described by the doc of its record's struct
pub enum Kind {
    Member,
    Advocate,
    Goal,
    Agreement,
    Meeting,
    Decision,
    Contribution,
    Committee,
    Official,
    Campaign,
    Request,
}

impl Kind {
    /// All kinds, in their order.
    pub const ALL: [Kind; 11] = [
        Kind::Member,
        Kind::Advocate,
        Kind::Goal,
        Kind::Agreement,
        Kind::Meeting,
        Kind::Decision,
        Kind::Contribution,
        Kind::Committee,
        Kind::Official,
        Kind::Campaign,
        Kind::Request,
    ];

    /// The kinds whose records decide who must sign an agreement, who may sign it, and who has.
    pub const DECIDING: [Kind; 3] = [Kind::Member, Kind::Advocate, Kind::Agreement];

    /// The kind in the singular: `member`.
    pub const fn singular(self) -> &'static str {
        match self {
            Kind::Member => "member",
            Kind::Advocate => "advocate",
            Kind::Goal => "goal",
            Kind::Agreement => "agreement",
            Kind::Meeting => "meeting",
            Kind::Decision => "decision",
            Kind::Contribution => "contribution",
            Kind::Committee => "committee",
            Kind::Official => "official",
            Kind::Campaign => "campaign",
            Kind::Request => "request",
        }
    }

    /// The kind as people say it in a sentence: `person` for an advocate, otherwise as in the record.
    pub const fn noun(self) -> &'static str {
        match self {
            Kind::Advocate => "person",
            kind => kind.singular(),
        }
    }

    /// The same in the plural: `people`, `members`.
    pub const fn nouns(self) -> &'static str {
        match self {
            Kind::Advocate => "people",
            kind => kind.folder(),
        }
    }

    /// The kind in the plural, which is also the name of its folder: `members`.
    pub const fn folder(self) -> &'static str {
        match self {
            Kind::Member => "members",
            Kind::Advocate => "advocates",
            Kind::Goal => "goals",
            Kind::Agreement => "agreements",
            Kind::Meeting => "meetings",
            Kind::Decision => "decisions",
            Kind::Contribution => "contributions",
            Kind::Committee => "committees",
            Kind::Official => "officials",
            Kind::Campaign => "campaigns",
            Kind::Request => "requests",
        }
    }

    /// The kind with its article, for sentences: `an agreement`.
    pub const fn with_article(self) -> &'static str {
        match self {
            Kind::Member => "a member",
            Kind::Advocate => "a person",
            Kind::Goal => "a goal",
            Kind::Agreement => "an agreement",
            Kind::Meeting => "a meeting",
            Kind::Decision => "a decision",
            Kind::Contribution => "a contribution",
            Kind::Committee => "a committee",
            Kind::Official => "an official",
            Kind::Campaign => "a campaign",
            Kind::Request => "a request",
        }
    }

    /// The kind whose folder this is, to the letter.
    pub fn of_folder(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.folder() == name)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.singular())
    }
}

/// A word that names no kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKind(pub String);

impl fmt::Display for UnknownKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let folders: Vec<_> = Kind::ALL.iter().map(|kind| kind.folder()).collect();
        match meant_by(&self.0) {
            Some(meant) => write!(f, "there is no kind `{}`: {meant}", self.0),
            None => write!(f, "there is no kind `{}`; the kinds are {}", self.0, folders.join(", ")),
        }
    }
}

/// What to write in place of a word that people expect to be a kind.
fn meant_by(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "library" | "school" | "union" | "business" | "club" | "church" | "group" | "partner" | "nonprofit" => {
            "write `organization`, as in `new organization NAME --set classification=library`"
        }
        "volunteer" | "staff" | "trustee" | "friend" | "contact" | "contacts" | "user" | "representative" => {
            "write `person`, as in `new person NAME --set member=ORGANIZATION`"
        }
        "charter" | "memorandum" | "mou" | "pledge" => "write `agreement`, as in `new agreement NAME --set text=@FILE`",
        "gift" | "gifts" | "donation" | "donations" => "write `contribution`, as in `new contribution NAME`",
        "event" | "events" | "assembly" => "write `meeting` or `campaign`",
        "task" | "tasks" | "todo" | "action" | "actions" => "an action belongs to a meeting: `log action MEETING WHAT`",
        "milestone" | "milestones" => "a milestone belongs to a goal: `log milestone GOAL NAME`",
        "board" | "subcommittee" | "team" => "write `committee`",
        "legislator" | "mayor" | "councilmember" | "commissioner" | "senator" | "politician" => "write `official`",
        "vote" | "motion" | "proposal" | "resolution" => "write `decision`",
        "message" | "mission" => "it is a field of the coalition: `set coalition message=\"…\"`",
        _ => return None,
    })
}

impl std::error::Error for UnknownKind {}

impl FromStr for Kind {
    type Err = UnknownKind;

    /// Reads a kind in the singular or the plural, in any case. People and organizations may be called that.
    fn from_str(word: &str) -> Result<Kind, UnknownKind> {
        let common = match word.to_ascii_lowercase().as_str() {
            "person" | "people" => Some(Kind::Advocate),
            "organization" | "organizations" | "organisation" | "organisations" | "org" | "orgs" => Some(Kind::Member),
            _ => None,
        };
        let is_called =
            |kind: &Kind| word.eq_ignore_ascii_case(kind.singular()) || word.eq_ignore_ascii_case(kind.folder());
        common.or_else(|| Kind::ALL.into_iter().find(is_called)).ok_or_else(|| UnknownKind(word.to_owned()))
    }
}

/// The kind that a folder of this name means, also as people call it: `people`, `organization`.
pub(crate) fn kind_called(word: &str) -> Option<Kind> {
    match word.to_ascii_lowercase().as_str() {
        "person" | "people" => Some(Kind::Advocate),
        "organization" | "organizations" => Some(Kind::Member),
        word => word.parse().ok(),
    }
}

/// What identifies a record in the whole ledger: its kind and its id, written `member/riverton-friends`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKey {
    /// The record's kind.
    pub kind: Kind,
    /// The record's id, in lower case.
    pub id: Arc<str>,
}

impl RecordKey {
    /// The key of the record of `kind` with this id; ids compare without regard to case.
    pub fn new(kind: Kind, id: &str) -> RecordKey {
        RecordKey { kind, id: id.to_lowercase().into() }
    }
}

impl fmt::Display for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}
