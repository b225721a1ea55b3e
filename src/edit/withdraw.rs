//! Taking a signature back: the entry stays, with the day and the reason.

use super::{Edit, Literal, Refusal};
use crate::agreement::Registry;
use crate::check;
use crate::document::words::quoted;
use crate::finding::CheckName;
use crate::ledger::Ledger;
use crate::record::value::RecordId;
use crate::record::{Agreement, AnyRecord, Member, Record};
use chrono::NaiveDate;

/// The errors that follow from taking a signature back, and are meant: it is missing then.
pub fn expected() -> Vec<CheckName> {
    ["unsigned-agreement"].into_iter().filter_map(check::find).map(|check| check.name).collect()
}

/// The lines that take back every signature of a member on an agreement that counts.
///
/// # Errors
/// Where none counts, or the day does not fit.
pub fn withdrawal(
    ledger: &Ledger,
    today: NaiveDate,
    agreement: &Record<Agreement>,
    member: &Record<Member>,
    because: &str,
    date: NaiveDate,
) -> Result<Vec<Edit>, Refusal> {
    const LIST: &str = "signatures";
    let name = member.name();
    if date > today {
        return Err(Refusal::new(format!("{date} is still to come; a withdrawal bears the day on which it was made")));
    }
    let registry = Registry::new(ledger, today);
    let own = agreement.signatures.iter().enumerate().filter(|(_, signature)| {
        let of_member = signature.member.as_ref().is_some_and(|id| id.as_str() == &*member.key.id);
        of_member && registry.judge(agreement, signature).counts()
    });
    let mut edits = Vec::new();
    for (at, signature) in own {
        if let Some(signed) = signature.date.as_ref().filter(|signed| signed.value > date) {
            return Err(Refusal::new(format!(
                "{name} signed on {}, so it cannot take that back on {date}; give the day on which it did with --date",
                signed.value
            )));
        }
        edits.push(Edit::put(LIST, at, "withdrawn", Literal::Date(date)));
        let because = Literal::Text(because.to_owned());
        edits.push(Edit::put(LIST, at, "withdrawn_because", because));
    }
    if edits.is_empty() {
        return Err(Refusal::new(format!("{name} has no signature on {} that counts", quoted(agreement.name()))));
    }
    Ok(edits)
}
