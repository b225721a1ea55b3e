//! How one member stands to one agreement, in plain words: what is wrong, and what to do about it.

use crate::agreement::{self, CellState, Flaw, JudgedSignature};
use crate::document::words;
use crate::history::Commit;
use crate::ledger::Ledger;
use crate::record::{Member, Record};
use crate::report::{Named, ReportRequest};
use chrono::NaiveDate;
use serde::Serialize;

/// How a member stands to an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct SheetCell {
    /// The member.
    pub member: Named,
    /// Whether it must sign.
    pub required: bool,
    /// How it stands.
    pub state: CellState,
    /// Whether a signature that counts must be renewed by the deadline.
    pub renewal: bool,
    /// Who signed for it.
    pub by: Option<Named>,
    /// In what office.
    pub title: Option<String>,
    /// When.
    pub date: Option<NaiveDate>,
    /// Which version.
    pub version: Option<u32>,
    /// Whether an SSH signature proves it.
    pub proven: bool,
    /// Whether the record of the member accepts that it is missing.
    #[serde(skip)]
    pub accepted: bool,
    /// The last day to sign, if one is set.
    pub deadline: Option<NaiveDate>,
    /// The commit that added the signature, where the commits were asked and know it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<Commit>,
    /// Why there is something to do, as the end of a sentence about the member.
    pub problem: Option<String>,
    /// What is to be done.
    pub remedy: Option<String>,
}

impl SheetCell {
    pub(super) fn of(request: &ReportRequest<'_>, cell: &agreement::Cell<'_>) -> SheetCell {
        let signature = cell.judged.as_ref().map(|judged| judged.signature);
        let problem = problem(request.ledger, cell);
        let remedy = problem.is_some().then(|| remedy(request, cell.member));
        SheetCell {
            member: Named::record(cell.member),
            required: cell.required,
            state: cell.state,
            renewal: cell.renewal,
            by: signature.and_then(|signature| Named::at(request.ledger, &signature.by)),
            title: signature.and_then(|signature| signature.title.as_ref()).map(|title| title.value.clone()),
            date: signature.and_then(|signature| signature.date.as_ref()).map(|date| date.value),
            version: cell.judged.as_ref().map(|judged| judged.version),
            proven: cell.state == CellState::Signed && signature.is_some_and(|signature| signature.signature.is_some()),
            accepted: false,
            deadline: cell.deadline,
            commit: signature.and_then(|signature| request.history?.added(signature)).cloned(),
            problem,
            remedy,
        }
    }

    /// How it stands, in a word or two: `signed`, `signed (ssh)`, `missing`.
    pub(crate) fn word(&self) -> &'static str {
        match self.state {
            CellState::Signed if self.proven => "signed (ssh)",
            CellState::Signed => "signed",
            _ if self.accepted => "accepted",
            state => state.word(),
        }
    }

    /// Whether the signature counts.
    pub(crate) fn counts(&self) -> bool {
        self.state == CellState::Signed
    }

    /// Whether the member has something to do.
    pub(crate) fn is_open(&self) -> bool {
        self.required && self.problem.is_some()
    }

    /// What is to be done and by when, as a sentence.
    pub(crate) fn task(&self, today: NaiveDate) -> String {
        self.task_of(self.remedy.as_deref().unwrap_or_default(), today)
    }

    /// The same with other words for who can put it right.
    pub(crate) fn task_of(&self, remedy: &str, today: NaiveDate) -> String {
        match self.deadline {
            Some(deadline) if deadline < today => {
                format!(
                    "{remedy}. The deadline was {} ({}).",
                    words::format_date(deadline),
                    words::distance(deadline, today)
                )
            }
            Some(deadline) => {
                format!(
                    "{remedy}. The deadline is {} ({}).",
                    words::format_date(deadline),
                    words::distance(deadline, today)
                )
            }
            None => format!("{remedy}."),
        }
    }
}

fn problem(ledger: &Ledger, cell: &agreement::Cell<'_>) -> Option<String> {
    if cell.state == CellState::Expired {
        return None;
    }
    let Some(judged) = &cell.judged else { return Some("has not signed".to_owned()) };
    match &judged.flaw {
        Some(flaw) => Some(fault(ledger, judged, flaw)),
        None if cell.renewal => {
            let version = judged.version;
            Some(format!("signed version {version}, and must sign the later version"))
        }
        None => None,
    }
}

fn fault(ledger: &Ledger, judged: &JudgedSignature<'_>, flaw: &Flaw) -> String {
    let signature = judged.signature;
    let version = judged.version;
    let day = |date: &Option<_>| date.as_ref().map_or("an unknown date".to_owned(), day_of);
    match flaw {
        Flaw::Withdrawn { on, gone_since: None } => {
            let because = signature.withdrawn_because.as_ref().map(|because| format!(" ({})", because.trim()));
            format!("withdrew its signature on {}{}", words::format_date(*on), because.unwrap_or_default())
        }
        Flaw::Withdrawn { on, gone_since: Some(commit) } => {
            format!(
                "withdrew its signature on {}, by commit {commit}; the withdrawal is no longer in any file",
                words::format_date(*on)
            )
        }
        Flaw::NotYet => format!("is to sign on {}", day(&signature.date)),
        Flaw::Stale { unproven: true } => {
            format!("signed version {version}, whose text no one can check anymore")
        }
        Flaw::Stale { unproven: false } => {
            format!("signed an earlier text on {}", day(&signature.date))
        }
        Flaw::Foreign { belongs_to } => format!("has a signature that belongs to {belongs_to}"),
        Flaw::NoSuchVersion => format!("has a signature on version {version}, which does not exist"),
        Flaw::Unauthorized => {
            let by = signature.by.as_ref().map_or("someone", |by| ledger.name_of(&by.value));
            format!("has a signature by {by}, who could not sign for it on {}", day(&signature.date))
        }
        Flaw::Lapsed { version: newer, on } => {
            format!(
                "signed version {version}; that lapsed on {}, when version {newer} was due",
                words::format_date(*on)
            )
        }
        Flaw::Disproved(disproof) => format!("has an SSH signature that proves nothing: {disproof}"),
        Flaw::Unproven { has_key: false } => "has a signature without the required SSH signature".to_owned(),
        Flaw::Unproven { has_key: true } => {
            let by = signature.by.as_ref().map_or("someone", |by| ledger.name_of(&by.value));
            format!("has a signature without an SSH signature, although {by} had a key")
        }
        Flaw::EarlierMembership { left } => {
            format!("signed before it left on {}, and has joined again since", words::format_date(*left))
        }
        Flaw::Replaced { on } => {
            format!("signed version {version} after it had been replaced on {}", words::format_date(*on))
        }
        Flaw::Backdated { words: since, .. } => format!(
            "has a signature dated {}, before its text was written on {}",
            day(&signature.date),
            words::format_date(*since)
        ),
        Flaw::Incomplete => "has an incomplete signature".to_owned(),
    }
}

fn day_of(date: &crate::record::value::At<NaiveDate>) -> String {
    words::format_date(date.value)
}

/// Who can put it right.
fn remedy(request: &ReportRequest<'_>, member: &Record<Member>) -> String {
    let advocates = &request.ledger.advocates;
    let serving = |id: &&_| advocates.get(id).is_some_and(|advocate| advocate.serves(request.today));
    let names: Vec<&str> =
        member.signatory_ids().into_iter().filter(serving).map(|id| request.ledger.name_of(id)).collect();
    match names.as_slice() {
        [] => "Name someone who can sign for it".to_owned(),
        names => format!("{} can sign", words::choice(names)),
    }
}
