//! Lines that `coalition export` printed, each with what it is: `"record": "member/alder-friends"`.

use super::problem::Problem;
use crate::exchange::columns::FOLDER;
use crate::exchange::outgoing::is_unlisted;
use crate::exchange::register::Register;
use crate::kind::Kind;
use serde_json::Value;

/// Under what such a line says which record it is.
const RECORD: &str = "record";

/// Makes ids of what lines are, and takes those away that are of another kind: which, and why. People without a name are
/// passed over.
pub fn own(register: &mut Register, kind: Kind) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut found = false;
    register.rows.retain_mut(|row| {
        let Some((word, of, id)) = row.values.get(RECORD).and_then(Value::as_str).and_then(|word| {
            let (of, id) = word.split_once('/')?;
            Some((word.to_owned(), of.parse::<Kind>().ok()?, id.to_owned()))
        }) else {
            return true;
        };
        if of != kind {
            let reason =
                format!("{word} is no {kind}; `coalition import {}` takes it from a file of its own", of.folder());
            problems.push(Problem { place: row.place.clone(), column: Some(RECORD.to_owned()), reason });
            return false;
        }
        found = true;
        row.values.shift_remove(RECORD);
        row.values.shift_insert(0, "id".to_owned(), Value::from(id.as_str()));
        row.folder = row.values.shift_remove(FOLDER).and_then(|folder| folder.as_str().map(str::to_owned));
        !is_unlisted(&id)
    });
    if let Some(column) = register.columns.iter_mut().find(|column| *column == RECORD).filter(|_| found) {
        "id".clone_into(column);
        register.columns.retain(|column| column != FOLDER);
    }
    problems
}
