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

/// Hands the eleven kinds to a macro, in the order in which they are listed everywhere. This is the one list of them; what needs
/// something for each kind calls it. A kind has the type of its records, that of their ids, its name in the plural, which is also the
/// name of its folder and of its collection in the ledger, its name in the singular, and the singular with its article, as people say
/// it. Where its records say how to reach someone, the field follows.
macro_rules! each_kind {
    ($macro:ident) => {
        $macro! {
            Member(MemberId): members, "member", "a member", reached by contact_details;
            Advocate(AdvocateId): advocates, "advocate", "a person", reached by contact_details;
            Goal(GoalId): goals, "goal", "a goal";
            Agreement(AgreementId): agreements, "agreement", "an agreement";
            Meeting(MeetingId): meetings, "meeting", "a meeting";
            Decision(DecisionId): decisions, "decision", "a decision";
            Contribution(ContributionId): contributions, "contribution", "a contribution";
            Committee(CommitteeId): committees, "committee", "a committee";
            Official(OfficialId): officials, "official", "an official", reached by contact_details;
            Campaign(CampaignId): campaigns, "campaign", "a campaign";
            Request(RequestId): requests, "request", "a request";
        }
    };
}

pub(crate) use each_kind;

macro_rules! kinds {
    ($($kind:ident($id:ident): $folder:ident, $singular:literal, $with_article:literal $(, reached by $details:ident)?;)*) => {
        /// A kind of record. The order is the order in which kinds are listed everywhere.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)] // each variant is described by the doc of its record's struct
        pub enum Kind {
            $($kind,)*
        }

        impl Kind {
            /// All kinds, in their order.
            pub const ALL: [Kind; 11] = [$(Kind::$kind,)*];

            /// The kind in the singular: `member`.
            pub const fn singular(self) -> &'static str {
                match self {
                    $(Kind::$kind => $singular,)*
                }
            }

            /// The kind in the plural, which is also the name of its folder: `members`.
            pub const fn folder(self) -> &'static str {
                match self {
                    $(Kind::$kind => stringify!($folder),)*
                }
            }

            /// The kind with its article, for sentences: `an agreement`.
            pub const fn with_article(self) -> &'static str {
                match self {
                    $(Kind::$kind => $with_article,)*
                }
            }
        }
    };
}

each_kind!(kinds);

impl Kind {
    /// The kinds whose records decide who must sign an agreement, who may sign it, and who has.
    pub const DECIDING: [Kind; 3] = [Kind::Member, Kind::Advocate, Kind::Agreement];

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
            "write `organization`, as in `new organization \"Elm Library\" classification=library`"
        }
        "volunteer" | "staff" | "trustee" | "friend" | "contact" | "contacts" | "user" | "representative" => {
            "write `person`, as in `new person \"Ana Ruiz\"`"
        }
        "charter" | "memorandum" | "mou" | "pledge" => {
            "write `agreement`, as in `new agreement Charter text=@charter.md`"
        }
        "gift" | "gifts" | "donation" | "donations" => "write `contribution`, as in `log contribution funding 200`",
        "event" | "events" | "assembly" => "write `meeting` or `campaign`",
        "task" | "tasks" | "todo" | "action" | "actions" => {
            "an action belongs to a meeting: `coalition log action --help`"
        }
        "milestone" | "milestones" => "a milestone belongs to a goal: `coalition log milestone --help`",
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
