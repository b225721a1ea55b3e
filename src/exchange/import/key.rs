//! The number that a register has for a record, by which it is known when it comes again.

use serde_json::{Map, Value};

/// What stands before a register's own number where a record refers to another by it.
pub const BY_KEY: &str = "popolo:";

/// The key under `[extra]` in which a register's own number for a record is kept.
pub const REGISTER_KEY: &str = "popolo_id";

/// The register's own number for a record.
pub fn register_key(json: &Map<String, Value>) -> Option<&str> {
    json.get("extra")?.get(REGISTER_KEY)?.as_str()
}
