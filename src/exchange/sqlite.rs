//! A ledger as an SQLite database: the tables and columns of the package, with types, keys and indexes. It is built in memory
//! and returned as bytes, which are the same for the same ledger.

use super::columns::{Column, TableSpec, Type};
use super::outgoing::Outgoing;
use super::rows::{TableData, each_table};
use crate::ledger::Ledger;
use crate::record::Readers;
use crate::record::coalition::Root;
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params_from_iter};
use serde_json::Value;

/// The application ID in the header of our databases: `Coal`.
const APPLICATION_ID: i32 = 0x436F_616C;
/// The position of the application ID in an SQLite file.
const APPLICATION_ID_AT: usize = 68;
/// The first bytes of an SQLite file.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Whether a file is a database that an export wrote.
pub(crate) fn is_ours(bytes: &[u8]) -> bool {
    let id = bytes.get(APPLICATION_ID_AT..APPLICATION_ID_AT + 4);
    bytes.starts_with(MAGIC) && id == Some(&APPLICATION_ID.to_be_bytes())
}

/// The database, as the bytes of its file. `step` is called for each record.
///
/// # Errors
/// An error of SQLite.
pub(crate) fn database(
    ledger: &Ledger,
    outgoing: &Outgoing<'_>,
    step: &mut dyn FnMut(),
) -> Result<Vec<u8>, rusqlite::Error> {
    let mut connection = Connection::open_in_memory()?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "foreign_keys", false)?;
    let change = connection.transaction()?;
    insert_coalition(&change, &ledger.root, &outgoing.audience)?;
    each_table(outgoing, step, &mut |table| create(&change, &table))?;
    change.commit()?;
    Ok(connection.serialize("main")?.to_vec())
}

/// Adds the table `coalition`, with a row for each field of `coalition.toml`.
fn insert_coalition(connection: &Connection, root: &Root, audience: &Readers) -> Result<(), rusqlite::Error> {
    connection
        .execute_batch("CREATE TABLE \"coalition\" (\"field\" TEXT NOT NULL PRIMARY KEY, \"value\" TEXT NOT NULL)")?;
    let mut insert = connection.prepare("INSERT INTO \"coalition\" VALUES (?1, ?2)")?;
    for (name, value) in super::package::coalition(root, audience) {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        insert.execute([name, text])?;
    }
    Ok(())
}

fn create(connection: &Connection, table: &TableData) -> Result<(), rusqlite::Error> {
    let sheet = &table.sheet;
    connection.execute_batch(&definition(table))?;
    let places = vec!["?"; sheet.columns.len()].join(", ");
    let mut insert = connection.prepare(&format!("INSERT INTO {} VALUES ({places})", quote_name(&sheet.name)))?;
    for row in &table.rows {
        insert.execute(params_from_iter(row.iter().map(|value| cell(value.as_ref()))))?;
    }
    for column in sheet.columns.iter().filter(|column| column.reference().is_some()) {
        // The index of the key covers its first column.
        if sheet.primary_key().first() != Some(&column.name.as_str()) {
            let index = quote_name(&format!("{}_by_{}", sheet.name, column.name));
            let (name, column) = (quote_name(&sheet.name), quote_name(&column.name));
            connection.execute_batch(&format!("CREATE INDEX {index} ON {name} ({column})"))?;
        }
    }
    Ok(())
}

/// The statement that creates a table.
fn definition(table: &TableData) -> String {
    let TableSpec { name, columns, .. } = &table.sheet;
    let mut lines: Vec<String> = columns
        .iter()
        .zip(&table.required)
        .map(|(column, required)| {
            let must = if *required { " NOT NULL" } else { "" };
            format!("{} {}{must}", quote_name(&column.name), type_of(column))
        })
        .collect();
    let key: Vec<String> = table.sheet.primary_key().into_iter().map(quote_name).collect();
    lines.push(format!("PRIMARY KEY ({})", key.join(", ")));
    lines.extend(columns.iter().filter_map(|column| {
        let target = quote_name(column.reference()?.folder());
        Some(format!("FOREIGN KEY ({}) REFERENCES {target} (\"id\")", quote_name(&column.name)))
    }));
    format!("CREATE TABLE {} (\n  {}\n)", quote_name(name), lines.join(",\n  "))
}

/// The type of a column. Dates, times and amounts of money are text, exactly as written.
fn type_of(column: &Column) -> &'static str {
    match column.value_type() {
        Type::Integer | Type::Boolean => "INTEGER",
        Type::Number => "REAL",
        _ => "TEXT",
    }
}

fn cell(value: Option<&Value>) -> Cell {
    match value {
        None | Some(Value::Null) => Cell::Null,
        Some(Value::Bool(truth)) => Cell::Integer(i64::from(*truth)),
        Some(Value::Number(number)) => match number.as_i64() {
            Some(whole) => Cell::Integer(whole),
            None => Cell::Real(number.as_f64().unwrap_or_default()),
        },
        Some(Value::String(text)) => Cell::Text(text.clone()),
        Some(other) => Cell::Text(other.to_string()),
    }
}

/// A name in a statement.
fn quote_name(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;
    use chrono::NaiveDate;

    fn open(bytes: &[u8]) -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.deserialize_read_exact("main", bytes, bytes.len(), true).unwrap();
        connection
    }

    fn export(private: bool) -> Vec<u8> {
        let mut files = base_ledger();
        files.put("goals/sum.toml", b"name = \"=SUM(A1)\"\nlead = \"nobody\"\n[measure]\ntarget = 7.5\n");
        files.put(
            "contributions/gift.toml",
            b"name = \"Gift\"\nkind = \"funding\"\ndate = 2026-01-02\namount = \"250.00\"\n",
        );
        let ledger = load(&files).unwrap();
        let today: NaiveDate = "2026-06-15".parse().unwrap();
        database(&ledger, &Outgoing::of(&ledger, today, private), &mut || {}).unwrap()
    }

    #[test]
    fn the_same_ledger_is_the_same_file() {
        assert!(export(true) == export(true));
        assert!(is_ours(&export(false)));
        assert!(!is_ours(b"SQLite format 3\0 of another program") && !is_ours(b""));
    }

    #[test]
    fn every_key_leads_somewhere_and_values_have_their_types() {
        let connection = open(&export(true));
        let check: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(check, "ok");
        let mut missing = connection.prepare("PRAGMA foreign_key_check").unwrap();
        assert!(!missing.exists([]).unwrap());
        let goal = "SELECT name, lead, measure_target, typeof(measure_target) FROM goals WHERE id = 'sum'";
        let found: (String, Option<String>, f64, String) =
            connection.query_row(goal, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
        assert_eq!(found, ("=SUM(A1)".to_owned(), None, 7.5, "real".to_owned()));
        let gift = "SELECT amount || '' || typeof(amount) || date FROM contributions";
        let found: String = connection.query_row(gift, [], |row| row.get(0)).unwrap();
        assert_eq!(found, "250.00text2026-01-02");
        let index_query =
            "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name = 'members_by_representative'";
        assert_eq!(connection.query_row(index_query, [], |row| row.get::<_, i64>(0)).unwrap(), 1);
    }
}
