//! Records on their way in, whatever they were written in.

use crate::kind::Kind;
use serde_json::{Map, Value};

/// One record as a register has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Incoming {
    /// Where it stands, for people: `row 12`, `line 3`, `persons, entry 7`.
    pub place: String,
    /// The kind of record that it becomes.
    pub kind: Kind,
    /// Its id, where the register has one for it; else it is made from the name.
    pub id: Option<String>,
    /// Its fields, named as records name them, nested as records nest them.
    pub fields: Map<String, Value>,
    /// All that the register says of it, so that rows which differ only in what is not taken are still two.
    pub whole: String,
}
