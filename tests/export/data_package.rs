//! An independent reader of Data Packages: it knows the standard and nothing of this program. What does not hold is told.

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// All that is wrong with a package in a folder, and how many cells have been looked at.
pub fn faults(folder: &Path) -> (Vec<String>, usize) {
    let text = fs::read_to_string(folder.join("datapackage.json")).unwrap();
    let package: Value = serde_json::from_str(&text).unwrap();
    let mut faults: Vec<String> = Vec::new();
    for version in ["1.0", "2.0"] {
        let errors: Vec<String> =
            profile(version).iter_errors(&package).map(|e| format!("profile {version}: {e}")).collect();
        faults.extend(errors);
    }
    let mut tables: BTreeMap<&str, Table> = BTreeMap::new();
    let mut cells = 0;
    for resource in package["resources"].as_array().unwrap() {
        let path = resource["path"].as_str().unwrap();
        let bytes = fs::read(folder.join(path)).unwrap();
        let hex: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        if resource["bytes"] != json!(bytes.len()) || resource["hash"] != json!(format!("sha256:{hex}")) {
            faults.push(format!("{path}: `bytes` or `hash` is wrong"));
        }
        if resource.get("schema").is_none() {
            continue;
        }
        let table = Table::read(path, resource, &bytes, &mut faults);
        cells += table.rows.len() * table.names.len();
        tables.insert(resource["name"].as_str().unwrap(), table);
    }
    for (name, table) in &tables {
        for key in table.schema["foreignKeys"].as_array().into_iter().flatten() {
            let target = key["reference"]["resource"].as_str().unwrap();
            let Some(other) = tables.get(if target.is_empty() { *name } else { target }) else {
                faults.push(format!("{name}: there is no table {target}"));
                continue;
            };
            let there: BTreeSet<Vec<&str>> = other.columns(&key["reference"]["fields"]).into_iter().collect();
            for cells in table.columns(&key["fields"]).into_iter().filter(|cells| cells.iter().any(|c| !c.is_empty())) {
                if !there.contains(&cells) {
                    faults.push(format!("{name}: {cells:?} leads nowhere in {target}"));
                }
            }
        }
    }
    (faults, cells)
}

/// The published profile of a version.
fn profile(version: &str) -> jsonschema::Validator {
    let place = format!("{}/tests/fixtures/datapackage/{version}.json", env!("CARGO_MANIFEST_DIR"));
    let schema: Value = serde_json::from_str(&fs::read_to_string(place).unwrap()).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

struct Table {
    schema: Value,
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(path: &str, resource: &Value, bytes: &[u8], faults: &mut Vec<String>) -> Table {
        let schema = resource["schema"].clone();
        let fields = schema["fields"].as_array().unwrap();
        let names: Vec<String> = fields.iter().map(|field| field["name"].as_str().unwrap().to_owned()).collect();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
        let mut rows: Vec<Vec<String>> =
            reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        if rows.remove(0) != names {
            faults.push(format!("{path}: the header is not that of the schema"));
        }
        for (at, field) in fields.iter().enumerate() {
            let constraints = field["constraints"].as_object().cloned().unwrap_or_default();
            let rule = rule(field["type"].as_str().unwrap(), &constraints);
            let mut seen = BTreeSet::new();
            for (row, cell) in rows.iter().map(|row| row[at].as_str()).enumerate() {
                let place = || format!("{path}, row {}, {}: {cell:?}", row + 1, names[at]);
                if cell.is_empty() {
                    if constraints.get("required") == Some(&json!(true)) {
                        faults.push(format!("{} is required", place()));
                    }
                } else if !typed(field["type"].as_str().unwrap(), cell).is_some_and(|value| rule.is_valid(&value)) {
                    faults.push(format!("{} is not of its type", place()));
                }
                if constraints.get("unique") == Some(&json!(true)) && !seen.insert(cell) {
                    faults.push(format!("{} appears twice", place()));
                }
            }
        }
        let table = Table { schema, names, rows };
        let mut seen = BTreeSet::new();
        for key in table.columns(&table.schema["primaryKey"]) {
            if key.iter().any(|cell| cell.is_empty()) || !seen.insert(key.clone()) {
                faults.push(format!("{path}: the key {key:?} is not one"));
            }
        }
        table
    }

    /// The cells of some columns.
    fn columns(&self, names: &Value) -> Vec<Vec<&str>> {
        let at: Vec<usize> = names
            .as_array()
            .unwrap()
            .iter()
            .map(|name| self.names.iter().position(|own| json!(own) == *name).unwrap())
            .collect();
        self.rows.iter().map(|row| at.iter().map(|at| row[*at].as_str()).collect()).collect()
    }
}

/// The constraints of a field as a JSON Schema.
fn rule(of_type: &str, constraints: &Map<String, Value>) -> jsonschema::Validator {
    let mut rule = Map::new();
    for (name, value) in constraints {
        match name.as_str() {
            "pattern" => rule.insert(name.clone(), json!(format!("^({})$", value.as_str().unwrap()))),
            "enum" | "minimum" | "maximum" => rule.insert(name.clone(), value.clone()),
            _ => None,
        };
    }
    let format = if of_type == "date" { json!({ "format": "date" }) } else { json!({}) };
    rule.extend(format.as_object().unwrap().clone());
    jsonschema::options().should_validate_formats(true).build(&Value::Object(rule)).unwrap()
}

/// A cell as its type says; `None` where it is not of that type.
fn typed(of_type: &str, cell: &str) -> Option<Value> {
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    match of_type {
        "string" | "date" => Some(json!(cell)),
        "integer" => cell.parse::<i64>().ok().map(|number| json!(number)),
        "number" => cell.parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| json!(number)),
        "boolean" => ["true", "false"].contains(&cell).then(|| json!(cell == "true")),
        "time" => (cell.split(':').count() == 3 && cell.split(':').all(digits)).then(|| json!(cell)),
        "array" => serde_json::from_str(cell).ok().filter(Value::is_array),
        "object" => serde_json::from_str(cell).ok().filter(Value::is_object),
        other => panic!("{other} is no type that this reader knows"),
    }
}
