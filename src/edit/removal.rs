//! A record that goes: not while anything refers to it.

use super::Refusal;
use crate::kind::Kind;
use crate::ledger::Ledger;
use crate::record::AnyRecord;
use crate::source::{ChangeSet, FileChange, LineIndex};

/// The change that takes a record away.
///
/// # Errors
/// Where others refer to it, unless that is meant: each of them with its place.
pub fn removal(ledger: &Ledger, record: &dyn AnyRecord, force: bool) -> Result<ChangeSet, Refusal> {
    let key = record.key();
    let path = record.path();
    let mentions: Vec<_> = ledger.mentions_of(key).into_iter().filter(|mention| mention.from != *key).collect();
    if !mentions.is_empty() && !force {
        let place = |mention: &crate::ledger::Mention| {
            let from = ledger.find(mention.from.kind, &mention.from.id)?;
            let text = ledger.texts.get(from.path())?;
            let line = LineIndex::new(text).position(mention.span.range().start).line;
            Some((
                from.path(),
                line,
                format!("\n  {}:{line}: `{}` of {}", from.path(), mention.field.join("."), mention.from),
            ))
        };
        let mut places: Vec<_> = mentions.iter().filter_map(place).collect();
        places.sort();
        let places: String = places.into_iter().map(|(_, _, place)| place).collect();
        let count =
            if mentions.len() == 1 { "1 place refers".to_owned() } else { format!("{} places refer", mentions.len()) };
        return Err(Refusal::new(format!("{count} to {key}, so it was not removed:{places}\n{}", way_out(key.kind))));
    }
    let before = ledger.texts.get(path).cloned();
    let file = FileChange { path: path.clone(), before, after: None };
    Ok(ChangeSet::one(format!("remove {key}"), file))
}

/// Most that one wants to remove is over rather than never there.
fn way_out(kind: Kind) -> &'static str {
    match kind {
        Kind::Member => "A member that leaves keeps its record: `coalition set member/ID left=today`.",
        Kind::Advocate | Kind::Official => {
            "Somebody who leaves keeps the record: `coalition set RECORD end_date=today`."
        }
        Kind::Goal => {
            "A goal that is given up keeps its record: `coalition set goal/ID dropped=today dropped_because=…`."
        }
        Kind::Agreement => "An agreement that is over keeps its record: `coalition set agreement/ID ended=today`.",
        _ => "Change those first.",
    }
}
