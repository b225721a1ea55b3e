//! `coalition export`, as the programs see it that read what it wrote.

mod data_package;
mod places;

use crate::ledger::{Answer, Ledger, repository, run_in};
use coalition::Disk;
use coalition::Kind;
use coalition::internal::exchange::DateFormat;
use coalition::internal::exchange::Incoming;
use coalition::internal::exchange::package::{self, PackageFile};
use coalition::internal::exchange::{jsonl, restore};
use coalition::load;
use data_package::faults;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The files of a folder.
fn files(folder: &Path) -> Vec<PackageFile> {
    let mut files: Vec<PackageFile> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| PackageFile {
            name: entry.file_name().into_string().unwrap(),
            bytes: fs::read(entry.path()).unwrap(),
        })
        .collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// Exports a ledger into a folder of its own.
fn export(ledger: &Path, more: &[&str]) -> (tempfile::TempDir, Answer) {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    let answer = run_in(ledger, &[&["export", "--to", to], more].concat());
    (folder, answer)
}

/// Every record of a ledger, by its key.
fn records(ledger: &Path) -> BTreeMap<String, Map<String, Value>> {
    let ledger = load(&Disk::new(ledger)).unwrap();
    ledger.records().map(|record| (record.key().to_string(), ledger.json_of(record))).collect()
}

fn by_key(incoming: Vec<Incoming>) -> BTreeMap<String, Map<String, Value>> {
    incoming.into_iter().map(|record| (format!("{}/{}", record.kind, record.id.unwrap()), record.fields)).collect()
}

/// Text that other programs stumble over, as TOML strings.
const HOSTILE: [&str; 14] = [
    r#""=cmd|' /C calc'!A0""#,
    r#""'=1+1""#,
    r#""''quoted''""#,
    r#""+1 614-555-0142""#,
    r#""-2+3""#,
    r#""@SUM(A1)""#,
    r#"" leading and trailing ""#,
    r#""comma, \"quote\", | pipe ; semicolon""#,
    r#""\u202Ertl \u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627""#,
    r#""NULL""#,
    r#""NA""#,
    r#""0x5a""#,
    r#""true""#,
    r#""\\N \\\" é 日本 \U0001F4DA""#,
];

/// An entry of a file of signatures, with more fields.
fn signature(by: &str, more: &str) -> String {
    let armor = "signature = \"\"\"\n-----BEGIN SSH SIGNATURE-----\n+=@\n-----END SSH SIGNATURE-----\n\"\"\"\n";
    let terms = format!("terms = \"sha256:{}\"\n", "0".repeat(64));
    format!("[[signatures]]\nby = \"{by}\"\ndate = 2025-01-20\nwithdrawn = 2026-01-20\n{terms}{armor}{more}")
}

/// A ledger whose records hold such text wherever text can stand.
fn hostile() -> Ledger {
    let ledger = Ledger::of_three();
    for (at, text) in HOSTILE.iter().enumerate() {
        let list = HOSTILE.join(", ");
        ledger.put(
            &format!("goals/goal-{at}.toml"),
            &format!(
                "name = {text}\nother_names = [{list}]\ncommunity_need = \"\"\"\n{}\r\n\\tand \\\"\\\"\\\" more\n\"\"\"\nlead = \
                 \"alder-friends\"\nproposed_by = [\"cedar-school\", \"birch-library\"]\n[measure]\nunit = {text}\nbaseline = \
                 -4\n[[measure.readings]]\ndate = 2026-01-01\nvalue = -7.25\n[[positions]]\nmember = \"alder-friends\"\noption = \
                 \"support\"\nreason = {text}\n[extra]\n\"odd key\" = {text}\ndeep = {{ list = [{list}] }}\n",
                &text[1..text.len() - 1]
            ),
        );
    }
    for (member, by) in [("alder-friends", "ana"), ("birch-library", "ben")] {
        let entries: Vec<String> = HOSTILE
            .iter()
            .map(|text| signature(by, &format!("title = {text}\nwithdrawn_because = {text}\n")))
            .collect();
        ledger.put(&format!("signatures/charter/{member}.toml"), &entries.join("\n"));
    }
    ledger.put("agreements/some.toml", "name = \"Some\"\ntext = \"x\"\nrequired_of = [\"birch-library\"]\n");
    ledger.put("agreements/sort.toml", "name = \"Sort\"\ntext = \"x\"\nrequired_of = { sector = [\"civic\"] }\n");
    ledger.put("agreements/none.toml", "name = \"None\"\ntext = \"x\"\nrequired_of = []\n");
    ledger
        .put("decisions/who.toml", "name = \"Who\"\ntext = \"=x\"\neligible = [\"cedar-school\", \"alder-friends\"]\n");
    ledger.put("meetings/0x5a.toml", "name = \"no\"\ndate = 2026-02-03\nstart_time = 18:30:00\ncancelled = false\n");
    ledger.put(
        "contributions/no.toml",
        "name = \"-\"\nkind = \"funding\"\ndate = 2026-02-03\namount = \"250.00\"\nhours = 1.5\n",
    );
    ledger
}

#[test]
fn every_package_holds_what_the_standard_and_its_own_schema_ask() {
    let hostile = hostile();
    let places = [repository("examples/riverton"), repository("examples/minimal"), hostile.path().to_owned()];
    let mut looked_at = 0;
    for place in places {
        for more in [&[][..], &["--private"], &["--format", "jsonl", "--private"], &["--format", "csv"]] {
            let (folder, answer) = export(&place, more);
            assert_eq!(answer.status, 0, "{}", answer.stderr);
            let (faults, cells) = faults(folder.path());
            assert_eq!(faults, Vec::<String>::new(), "{} {more:?}", place.display());
            looked_at += cells;
        }
    }
    assert!(looked_at > 10_000, "only {looked_at} cells");
}

#[test]
fn the_reader_of_packages_sees_what_is_wrong() {
    let broken = |file: &str, old: &str, new: &str| {
        let (folder, _) = export(&repository("examples/riverton"), &["--private"]);
        let place = folder.path().join(file);
        let text = fs::read_to_string(&place).unwrap();
        assert!(text.contains(old), "{file} has no {old}");
        fs::write(place, text.replacen(old, new, 1)).unwrap();
        faults(folder.path()).0.join("\n")
    };
    assert!(broken("members.csv", ",friends-group,", ",frends-group,").contains("is not of its type"));
    assert!(broken("members.csv", "\nfriends-riverton,", "\nfriends-rivertown,").contains("leads nowhere in members"));
    assert!(broken("goal_positions.csv", ",1,", ",2,").contains("is not one"));
    assert!(broken("goals.csv", "2026-", "2026-13-").contains("is not of its type"));
    assert!(broken("members.csv", "id,folder,name", "id,folder,title").contains("header"));
    assert!(broken("datapackage.json", "\"title\": ", "\"title\": 7, \"other\": ").contains("profile"));
    assert!(broken("datapackage.json", "\"hash\": \"sha256:", "\"hash\": \"sha256:0").contains("`hash` is wrong"));
}

#[test]
fn every_record_comes_back() {
    let hostile = hostile();
    for place in [repository("examples/riverton"), repository("examples/minimal"), hostile.path().to_owned()] {
        let expected = records(&place);
        assert!(expected.len() > 5);
        let (folder, _) = export(&place, &["--private"]);
        let back = by_key(package::read(&files(folder.path()), &DateFormat::default()).unwrap().records);
        assert_eq!(back.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        for (key, fields) in &expected {
            assert_eq!(&back[key], fields, "{key} of {}", place.display());
        }
        let printed = run_in(&place, &["export", "--format", "jsonl", "--private"]).stdout;
        assert_eq!(by_key(jsonl::read("all.jsonl", None, &printed).unwrap()), expected);
        let (folder, _) = export(&place, &["--private", "--format", "jsonl"]);
        assert_eq!(by_key(package::read(&files(folder.path()), &DateFormat::default()).unwrap().records), expected);
        let each = files(folder.path()).into_iter().filter_map(|file| {
            let kind = Kind::of_folder(file.name.strip_suffix(".jsonl")?)?;
            Some(jsonl::read(&file.name, Some(kind), std::str::from_utf8(&file.bytes).unwrap()).unwrap())
        });
        assert_eq!(by_key(each.flatten().collect()), expected);
    }
}

#[test]
fn no_cell_of_text_is_a_formula() {
    let ledger = hostile();
    let (folder, _) = export(ledger.path(), &["--private"]);
    let mut reader = csv::Reader::from_path(folder.path().join("goals.csv")).unwrap();
    let names: Vec<String> = reader.records().map(|row| row.unwrap()[2].to_owned()).collect();
    assert_eq!(names.len(), HOSTILE.len());
    assert!(names.iter().all(|name| !name.starts_with(['=', '+', '-', '@'])), "{names:?}");
    assert!(names.iter().any(|name| restore(name) == "-2+3"));
    let readings = fs::read_to_string(folder.path().join("goal_measure_readings.csv")).unwrap();
    assert!(readings.contains(",-7.25\n"), "a number stays a number: {readings}");
}

/// The private words of a ledger, and the ids of people who have not agreed to be listed.
fn secrets(place: &Path) -> (Vec<String>, Vec<String>) {
    let (mut words, mut people) = (Vec::new(), Vec::new());
    for (key, fields) in records(place) {
        words.extend(fields.get("notes").and_then(Value::as_str).map(str::to_owned));
        for contact in fields.get("contacts").and_then(Value::as_array).into_iter().flatten() {
            words.extend(contact["summary"].as_str().map(str::to_owned));
        }
        for detail in fields.get("contact_details").and_then(Value::as_array).into_iter().flatten() {
            if !key.starts_with("official/") && detail["public"] != true {
                words.extend(detail["value"].as_str().map(str::to_owned));
            }
        }
        if let Some(id) =
            key.strip_prefix("advocate/").filter(|_| fields.get("consent").is_none_or(|c| c["listed"] != true))
        {
            people.push(id.to_owned());
            words.push(fields["name"].as_str().unwrap().to_owned());
        }
    }
    (words.into_iter().map(|word| serde_json::to_string(&word).unwrap().replace('"', "")).collect(), people)
}

#[test]
fn nothing_private_leaves_unless_it_is_asked_for() {
    let place = repository("examples/riverton");
    let (words, people) = secrets(&place);
    assert!(words.len() > 30 && people.len() >= 5, "{} {}", words.len(), people.len());
    for (more, all) in [(&[][..], false), (&["--private"][..], true)] {
        let printed = run_in(&place, &[&["export", "--format", "jsonl"], more].concat()).stdout;
        let (folder, answer) = export(&place, more);
        let tables: String = files(folder.path()).iter().map(|file| String::from_utf8_lossy(&file.bytes)).collect();
        let cells = tables.split([',', '\n', '"']).collect::<std::collections::BTreeSet<_>>();
        let in_records = words.iter().filter(|word| printed.contains(word.as_str())).count();
        let in_cells = people.iter().filter(|id| cells.contains(id.as_str())).count();
        if all {
            assert_eq!((in_records, in_cells), (words.len(), people.len()));
            assert!(!answer.stderr.contains("listed"), "{}", answer.stderr);
        } else {
            let reported: Vec<&String> = words.iter().filter(|word| printed.contains(word.as_str())).collect();
            assert_eq!((reported, in_cells), (Vec::new(), 0));
            assert!(words.iter().all(|word| !tables.contains(word.as_str())));
            assert!(answer.stderr.contains(&format!("{} people have not agreed to be listed", people.len())));
            assert!(!tables.contains("notes") && tables.contains("unlisted_1"));
        }
    }
}

#[test]
fn people_without_a_name_do_not_come_back() {
    let ledger = Ledger::of_three();
    ledger.append("advocates/ana.toml", "[consent]\nlisted = true\n");
    ledger.put("goals/g.toml", "name = \"G\"\nowner = \"ben\"\nmilestones = [{ name = \"m\", owner = \"cam\" }]\n");
    ledger.put(
        "members/dora.toml",
        "name = \"Dora\"\nclassification = \"individual\"\nrepresentative = \"ben\"\nsignatories = [\"ana\", \"ben\"]\n",
    );
    ledger.append("members/alder-friends.toml", "sponsor = \"dora\"\nsignatories = [\"ben\", \"ana\"]\n");
    let (folder, _) = export(ledger.path(), &[]);
    assert_eq!(faults(folder.path()).0, Vec::<String>::new());
    let back = by_key(package::read(&files(folder.path()), &DateFormat::default()).unwrap().records);
    assert_eq!(back.keys().filter(|key| key.starts_with("advocate/")).collect::<Vec<_>>(), ["advocate/ana"]);
    assert!(!back.contains_key("member/dora"), "a member in person is a person");
    assert_eq!(
        back["goal/g"],
        serde_json::json!({ "name": "G", "milestones": [{ "name": "m" }] }).as_object().unwrap().clone()
    );
    assert_eq!(back["member/alder-friends"]["signatories"], serde_json::json!(["ana"]));
    assert!(!back["member/alder-friends"].contains_key("sponsor"));
    let printed = run_in(ledger.path(), &["export", "--format", "jsonl"]).stdout;
    assert_eq!(by_key(jsonl::read("all.jsonl", None, &printed).unwrap()), back);
}

#[test]
fn signatures_in_files_leave_as_those_in_records_do() {
    let ledger = Ledger::of_three();
    ledger.sign("alder-friends", "ana");
    ledger.append("advocates/ana.toml", "other_ids = [\"ana-before\"]\n[consent]\nlisted = true\n");
    ledger.append("advocates/ben.toml", "other_ids = [\"ben-secret\"]\n");
    ledger.put(
        "members/dora.toml",
        "name = \"Dora\"\nclassification = \"individual\"\nrepresentative = \"ben\"\nother_ids = [\"dora-secret\"]\n",
    );
    ledger.put("signatures/charter/birch-library.toml", &signature("ben", "withdrawn_by = \"ben\"\n"));
    ledger.put("signatures/charter/dora.toml", &signature("ben", ""));
    let rows = |folder: &Path| {
        let mut reader = csv::Reader::from_path(folder.join("agreement_signatures.csv")).unwrap();
        let rows: Vec<std::collections::BTreeMap<String, String>> =
            reader.deserialize().map(|row| row.unwrap()).collect();
        let cells =
            |row: &BTreeMap<String, String>| ["number", "member", "by", "withdrawn_by"].map(|cell| row[cell].clone());
        rows.iter().map(|row| cells(row).join(" ")).collect::<Vec<_>>()
    };
    let (folder, answer) = export(ledger.path(), &["--private"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert_eq!(faults(folder.path()).0, Vec::<String>::new());
    assert_eq!(rows(folder.path()), ["1 alder-friends ana ", "2 birch-library ben ben", "3 dora ben "]);
    let people = fs::read_to_string(folder.path().join("advocates.csv")).unwrap();
    assert!(people.contains("ben-secret") && people.contains("ana-before"));
    let (folder, answer) = export(ledger.path(), &[]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert_eq!(faults(folder.path()).0, Vec::<String>::new());
    let expected = ["1 alder-friends ana ", "2 birch-library unlisted_1 unlisted_1", "3 unlisted_1 unlisted_1 "];
    assert_eq!(rows(folder.path()), expected);
    let printed = ledger.run(&["export", "--format", "jsonl"]).stdout;
    let whole: String =
        files(folder.path()).iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect();
    for text in [&printed, &whole] {
        for secret in ["dora", "Dora", "secret", "ben Z", "signatures/charter"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert!(text.contains("ana-before"), "who is listed has no secrets");
    }
    let charter = printed.lines().find(|line| line.contains("\"record\":\"agreement/charter\"")).unwrap();
    let charter: Value = serde_json::from_str(charter).unwrap();
    let members: Vec<&str> =
        charter["signatures"].as_array().unwrap().iter().map(|entry| entry["member"].as_str().unwrap()).collect();
    assert_eq!(members, ["alder-friends", "birch-library", "unlisted_1"]);
}

#[test]
fn files_of_signatures_that_lead_nowhere_are_told() {
    let ledger = Ledger::of_three();
    ledger.put("signatures/charter/birch-library.toml", &signature("nobody", ""));
    ledger.put("signatures/charter/lost-member.toml", &signature("ana", ""));
    ledger.put("signatures/lost/birch-library.toml", &signature("ana", ""));
    let (folder, answer) = export(ledger.path(), &["--private"]);
    assert_eq!(answer.status, 1, "it is not whole");
    let said = |words: &str| assert!(answer.stderr.contains(words), "{words}: {}", answer.stderr);
    said("signatures/charter/birch-library.toml:2: there is no advocate/nobody, so `by` was left out");
    said("signatures/charter/lost-member.toml:1: there is no member/lost-member, so `member` was left out");
    said("signatures/lost/birch-library.toml:1: there is no agreement/lost, so `signatures` was left out");
    assert_eq!(faults(folder.path()).0, Vec::<String>::new());
    let printed = ledger.run(&["export", "--format", "jsonl"]).stdout;
    assert!(!printed.contains("lost") && !printed.contains("nobody"), "{printed}");
}

#[test]
fn who_cannot_be_asked_has_no_name_either() {
    let ledger = Ledger::of_three();
    ledger.append("members/alder-friends.toml", "signatories = [\"jo-secret\", \"kim-secret\"]\n");
    ledger.put("advocates/jo-secret.toml", "name = = \n");
    ledger.put(
        "goals/g.toml",
        "name = \"G\"\nowner = \"jo-secret\"\nmilestones = [{ name = \"m\", owner = \"kim-secret\" }]\n",
    );
    let printed = ledger.run(&["export", "--format", "jsonl"]);
    assert!(printed.stdout.contains("\"milestones\":[{\"name\":\"m\"}]"), "{}", printed.stdout);
    assert!(!printed.stdout.contains("secret"), "{}", printed.stdout);
    assert!(printed.status == 1 && printed.stderr.contains("there is no advocate/kim-secret"), "{}", printed.stderr);
    for more in [&[][..], &["--format", "jsonl"]] {
        let (folder, _) = export(ledger.path(), more);
        for file in files(folder.path()) {
            assert!(!String::from_utf8_lossy(&file.bytes).contains("secret"), "{}", file.name);
        }
    }
    assert!(ledger.run(&["export", "--format", "jsonl", "--private"]).stdout.contains("kim-secret"));
}

#[test]
fn what_is_not_there_is_left_out_and_told() {
    let ledger = Ledger::of_three();
    ledger
        .put("goals/lost.toml", "name = \"Lost\"\nlead = \"nobody\"\nproposed_by = [\"birch-library\", \"nobody\"]\n");
    ledger.put("goals/wrong.toml", "name = 7\ndue = \"soon\"\n");
    let (folder, answer) = export(ledger.path(), &["--private"]);
    assert_eq!(answer.status, 1, "it is not whole");
    let said = |words: &str| assert!(answer.stderr.contains(words), "{}", answer.stderr);
    said("goals/lost.toml:2: there is no member/nobody, so `lead` was left out");
    said("goals/lost.toml:3: there is no member/nobody, so `proposed_by` was left out");
    said("1 file has mistakes");
    assert_eq!(faults(folder.path()).0, Vec::<String>::new());
    let back = by_key(package::read(&files(folder.path()), &DateFormat::default()).unwrap().records);
    assert_eq!(back["goal/lost"]["proposed_by"], serde_json::json!(["birch-library"]));
    assert!(back["goal/wrong"].is_empty());
    assert_eq!(ledger.run(&["export", "--format", "jsonl"]).status, 1);
}

#[cfg(feature = "sqlite")]
#[test]
fn a_database_holds_the_same_tables_as_the_package() {
    let hostile = hostile();
    for place in [repository("examples/riverton"), hostile.path().to_owned()] {
        let (folder, _) = export(&place, &["--private"]);
        let other = tempfile::tempdir().unwrap();
        let file = other.path().join("new/ledger.db");
        let arguments = ["export", "--private", "--format", "sqlite", "--to", file.to_str().unwrap()];
        assert_eq!(run_in(&place, &arguments).status, 0);
        let first = fs::read(&file).unwrap();
        assert_eq!(run_in(&place, &arguments).status, 0);
        assert!(first == fs::read(&file).unwrap(), "twice the same");
        let database = rusqlite::Connection::open(&file).unwrap();
        let one = |sql: &str| database.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
        assert_eq!(one("PRAGMA integrity_check"), "ok");
        assert!(!database.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap());
        for name in files(folder.path()).iter().filter_map(|file| file.name.strip_suffix(".csv")) {
            let mut reader = csv::Reader::from_path(folder.path().join(format!("{name}.csv"))).unwrap();
            let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
            let own =
                format!("SELECT group_concat(name) FROM (SELECT name FROM pragma_table_info('{name}') ORDER BY cid)");
            assert_eq!(one(&own), columns.join(","));
            for row in reader.records().map(|row| row.unwrap()) {
                let key = if columns[0] == "id" { 1 } else { 2 };
                let place: Vec<String> = (0..key).map(|at| format!("\"{}\" = ?{}", columns[at], at + 1)).collect();
                let sql = format!("SELECT * FROM \"{name}\" WHERE {}", place.join(" AND "));
                let cells: Vec<String> = database
                    .query_row(&sql, rusqlite::params_from_iter(row.iter().take(key)), |found| {
                        (0..columns.len()).map(|at| Ok(shown(&found.get::<_, rusqlite::types::Value>(at)?))).collect()
                    })
                    .unwrap();
                for ((cell, found), column) in row.iter().zip(&cells).zip(&columns) {
                    let truth = match restore(cell) {
                        "true" if found == "1" => "1",
                        "false" if found == "0" => "0",
                        text => text,
                    };
                    assert_eq!(truth, found, "{name}.{column}");
                }
            }
        }
    }
}

#[cfg(feature = "sqlite")]
fn shown(value: &rusqlite::types::Value) -> String {
    use rusqlite::types::Value;
    match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => serde_json::Number::from_f64(*number).map_or_else(String::new, |number| {
            if number.as_f64() == number.as_f64().map(f64::trunc) {
                format!("{:.0}", number.as_f64().unwrap())
            } else {
                number.to_string()
            }
        }),
        Value::Text(text) => text.clone(),
        Value::Blob(_) => panic!("there are no blobs"),
    }
}
