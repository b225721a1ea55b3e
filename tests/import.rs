//! Imports with whole commands: what is written and reported, and that nothing is written after a mistake.

use crate::ledger::{Answer, Ledger, run_in};
use std::fs;
use std::path::PathBuf;

/// Every file with its bytes.
fn files(ledger: &Ledger) -> Vec<(PathBuf, Vec<u8>)> {
    let walk = walkdir::WalkDir::new(ledger.path()).sort_by_file_name().into_iter().map(|entry| entry.unwrap());
    walk.filter(|entry| entry.file_type().is_file())
        .map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap()))
        .collect()
}

fn json(answer: &Answer) -> serde_json::Value {
    serde_json::from_str(&answer.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", answer.stdout, answer.stderr))
}

/// A ledger with nothing but a name, and a folder for import files next to it.
fn empty() -> Ledger {
    let ledger = Ledger::empty();
    ledger.put("coalition.toml", "name = \"Alder County Library Coalition\"\n");
    ledger
}

/// Something that changes with each number and is always the same for one.
fn pick<'w>(words: &[&'w str], number: usize) -> &'w str {
    words[number.wrapping_mul(2_654_435_761) / 7 % words.len()]
}

/// A spreadsheet of libraries, some with the same names.
fn libraries(rows: usize) -> String {
    let names = [
        "Mejía \"City\" Library",
        "Łódź | Library",
        "Carnegie\nLibrary",
        "ספריית העיר",
        "مكتبة المدينة",
        "図書館",
        "Straße; Nord",
        "O'Brien Library",
        "Library, East",
        "0x5a",
        "no",
        "null",
        "~",
        "1e3",
        "2026-01-01",
        "<b>x</b>",
        "`code`",
        "Library 2",
    ];
    let mut text = "Library name,Type,City,E-mail,Notes\n".to_owned();
    for row in 0..rows {
        // Some names of many, and some that only one has.
        let name = if row % 7 == 0 { pick(&names, row / 7).to_owned() } else { format!("Library of Place {row}") };
        let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let email = if row % 3 == 0 { format!("desk{row}@example.org") } else { String::new() };
        text +=
            &[cell(&name), "library".to_owned(), cell(&format!("Town {row}")), email, cell("a \"note\"\nwith lines")]
                .join(",");
        text += "\n";
    }
    text
}

#[test]
fn a_spreadsheet_is_imported_once() {
    let ledger = empty();
    ledger.put("register.csv", &libraries(600));
    let before = files(&ledger);
    let preview = ledger.run(&["import", "members", "register.csv", "--dry-run", "--set", "joined=2025-01-15"]);
    assert_eq!((preview.status, files(&ledger) == before), (0, true), "{}{}", preview.stdout, preview.stderr);
    assert!(preview.stdout.contains("600 members to import"), "{}", preview.stdout);
    let first =
        json(&ledger.run(&["import", "member", "register.csv", "--format", "json", "--set", "joined=2025-01-15"]));
    assert_eq!((first["counts"]["new"].as_u64(), first["written"].as_bool()), (Some(600), Some(true)));
    let after = files(&ledger);
    assert_eq!(after.len(), before.len() + 600);
    assert_eq!(ledger.run(&["check", "--quiet"]).status, 0);
    let again = json(&ledger.run(&["import", "members", "register.csv", "--format", "json"]));
    assert_eq!((again["counts"]["new"].as_u64(), again["counts"]["unchanged"].as_u64()), (Some(0), Some(600)));
    assert!(files(&ledger) == after, "the second import changed something");
    let listed = ledger.run(&["list", "members", "--format", "jsonl", "--private"]).stdout;
    let names: Vec<serde_json::Value> = listed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for name in ["Mejía \"City\" Library", "Carnegie Library", "ספריית העיר", "0x5a", "null", "<b>x</b>"] {
        let found = names.iter().filter(|record| record["name"] == name).count();
        assert!(found > 1, "{name}: {found}");
    }
    // What the program lists comes in again, too.
    ledger.put("listed.jsonl", &listed);
    let imported = json(&ledger.run(&["import", "members", "listed.jsonl", "--format", "json"]));
    assert_eq!(imported["counts"]["unchanged"].as_u64(), Some(600), "{}", imported["problems"]);
}

#[test]
fn one_bad_row_keeps_all_out() {
    let ledger = empty();
    let mut text = libraries(100);
    text += "Bad,lbrary,Town,x@example.org,\nWorse,library,Town,nobody,\n";
    ledger.put("register.csv", &text);
    let before = files(&ledger);
    let answer = ledger.run(&["import", "members", "register.csv"]);
    assert_eq!((answer.status, answer.stderr.as_str()), (1, ""), "{}", answer.stdout);
    assert!(
        answer.stdout.contains("row 102, Type: \"lbrary\" is not one of the allowed values; did you mean \"library\"?")
    );
    assert!(answer.stdout.contains("row 103, E-mail: \"nobody\" is not an email address"), "{}", answer.stdout);
    assert!(answer.stdout.contains("Nothing was written. Fix the 2 mistakes"));
    assert!(files(&ledger) == before);
    let many: String = (0..80).map(|row| format!("N{row},nothing,,,\n")).collect();
    ledger.put("register.csv", &(libraries(5) + &many));
    let answer = ledger.run(&["import", "members", "register.csv"]);
    assert!(
        answer
            .stdout
            .starts_with("Type, in 80 rows (7, 8, 9, 10, 11, 12, 13, 14 and 72 more): \"nothing\" is not one of"),
        "{}",
        answer.stdout
    );
    assert_eq!(
        ledger.run(&["import", "members", "register.csv", "--verbose"]).stdout.matches("Type: \"nothing\"").count(),
        80
    );
    assert!(
        answer.stdout.ends_with("To import the 5 rows without mistakes now, add --skip-bad.\n"),
        "{}",
        answer.stdout
    );
}

#[test]
fn files_that_cannot_be_read_end_the_command() {
    let ledger = empty();
    let laughs: String =
        (1..12).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 10].join(", "))).collect();
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("a.csv", b"name,type\nB\nC\n".to_vec(), "row 2 has 1 cells"),
        ("b.csv", b"name,type\nA,\"other\n".to_vec(), "row 2 opens a quote"),
        ("c.csv", b"\xff\xfen\0".to_vec(), "headings but no rows"),
        ("d.csv", b"name\nA\0\n".to_vec(), "line 2 has a NUL"),
        ("e.csv", [b"name\n".to_vec(), vec![b'x'; 3_000_000]].concat(), "row 2 has a cell"),
        ("f.yaml", format!("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n{laughs}").into_bytes(), "aliases"),
        ("g.json", b"[{\"name\": \"A\"".to_vec(), "line 1"),
        (
            "h.csv",
            b"type,city\nother,X\n".to_vec(),
            "no column holds the name of the member; choose one with --map name=COLUMN: type, city",
        ),
        ("i.xlsx", b"PK\x03\x04".to_vec(), "not an Excel spreadsheet"),
    ];
    for (name, bytes, expected) in cases {
        fs::write(ledger.path().join(name), bytes).unwrap();
        let before = files(&ledger);
        let answer = ledger.run(&["import", "members", name]);
        assert_eq!((answer.status, answer.stdout.as_str()), (2, ""), "{name}");
        assert!(answer.stderr.contains(expected) && answer.stderr.contains(name), "{name}: {}", answer.stderr);
        assert!(files(&ledger) == before);
    }
    for arguments in [
        ["import", "members", "nothing.csv", "--extra"],
        ["import", "memebrs", "a.csv", "--extra"],
        ["import", "members", "-", "--extra"],
        ["import", "members", "a.csv", "--date-format=%Q"],
        ["import", "members", "a.csv", "--map=name"],
        ["import", "popolo", "a.csv", "--extra"],
        ["import", "members", "a.csv", "--persons=officials"],
    ] {
        assert_eq!(ledger.run(&arguments).status, 2, "{arguments:?}");
    }
}

#[test]
fn options_say_what_headings_do_not() {
    let ledger = empty();
    ledger.put("people.csv", "Id;Wer;Geburtsname;seit;Größe\n7;Ana Mejía;Ruiz;31.12.2025;M\n8;Ana Mejía;;1.2.2026;\n");
    let arguments = [
        "import",
        "advocates",
        "people.csv",
        "--map",
        "name=Wer",
        "--map",
        "other_names=geburtsname",
        "--map",
        "start_date=seit",
        "--date-format",
        "%d.%m.%Y",
        "--set",
        "role=Friend of the library",
        "--id-from",
        "id",
        "--extra",
    ];
    let answer = ledger.run(&arguments);
    assert_eq!((answer.status, answer.stdout.as_str()), (0, "2 advocates imported.\n"), "{}", answer.stderr);
    let written = fs::read_to_string(ledger.path().join("advocates/7.toml")).unwrap();
    let expected = "name = \"Ana Mejía\"\nother_names = [\"Ruiz\"]\nrole = \"friend\"\nstart_date = 2025-12-31\n\n[extra]\ngrosse = \"M\"\n";
    assert_eq!(written, expected);
    assert_eq!(ledger.run(&arguments).stdout, "Nothing is new: the ledger already has 2 advocates.\n");
    ledger.put("people.csv", "Id;Wer\n7;Ana Mejía\n8;Ana Ruiz\n");
    // Numbers are ids of a ledger only if someone says so.
    let by_id = ["import", "advocates", "people.csv", "--map", "name=Wer", "--map", "id=Id"];
    let answer = ledger.run(&by_id);
    assert_eq!(answer.status, 1);
    assert!(answer.stdout.contains("row 3: advocate/8 has a different value for `name`"), "{}", answer.stdout);
    let answer = ledger.run(&[&by_id[..], &["--update"]].concat());
    assert_eq!(answer.stdout, "1 advocate changed, 1 already in the ledger.\n", "{}", answer.stderr);
    let changed = fs::read_to_string(ledger.path().join("advocates/8.toml")).unwrap();
    assert_eq!(changed, "name = \"Ana Ruiz\"\nrole = \"friend\"\nstart_date = 2026-02-01\n");
}

#[test]
fn new_members_may_come_before_they_have_signed() {
    let ledger = Ledger::of_three();
    ledger.put("register.csv", "name,type,joined\nDogwood School,school,2026-11-01\n");
    let answer = ledger.run(&["import", "members", "register.csv"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (0, "1 member imported.\n"), "{}", answer.stderr);
    ledger.put("register.csv", "name,type,joined\nALDER FRIENDS,other,2025-02-01\n");
    let answer = ledger.run(&["import", "members", "register.csv"]);
    assert_eq!(answer.status, 1);
    assert!(answer.stdout.contains("row 2: member/alder-friends has the same name"), "{}", answer.stdout);
}

#[test]
fn parliaments_come_in_as_officials() {
    let ledger = empty();
    let persons: Vec<_> = (0..400)
        .map(|at| serde_json::json!({ "id": format!("p{at}"), "name": format!("Ana {}", at / 3), "email": format!("p{at}@x.org") }))
        .collect();
    let memberships: Vec<_> = (0..400)
        .map(|at| serde_json::json!({ "person_id": format!("p{at}"), "organization_id": "house", "on_behalf_of_id": "x", "start_date": "2022" }))
        .collect();
    let popolo = serde_json::json!({
        "persons": persons, "memberships": memberships,
        "organizations": [{ "id": "house", "name": "House", "classification": "legislature" }, { "id": "x", "name": "X", "classification": "party" }],
    });
    ledger.put("house.json", &popolo.to_string());
    let answer = ledger.run(&["import", "popolo", "house.json"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (0, "400 officials imported.\n"), "{}", answer.stderr);
    let before = files(&ledger);
    let answer = ledger.run(&["import", "popolo", "house.json"]);
    assert_eq!(answer.stdout, "Nothing is new: the ledger already has 400 officials.\n");
    assert!(files(&ledger) == before);
    let shown = ledger.run(&["show", "official/ana-5-2", "--format", "json"]).stdout;
    assert!(shown.contains("\"party\": \"X\"") && shown.contains("p16"), "{shown}");
}

#[test]
fn import_files_may_be_in_the_ledger() {
    let ledger = empty();
    let elsewhere = Ledger::empty();
    elsewhere.put("a.yaml", "- name: no\n  type: other\n");
    let folder = ledger.path().to_str().unwrap();
    let answer = run_in(elsewhere.path(), &["-C", folder, "import", "members", "a.yaml"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (0, "1 member imported.\n"), "{}", answer.stderr);
    assert!(ledger.path().join("members/no.toml").exists());
}

/// The signatures of a ledger without the place where each stands and what follows from the words, in an order of their own.
fn entries(ledger: &Ledger) -> Vec<String> {
    let answer = ledger.run(&["list", "signatures", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    let entry = |entry: &serde_json::Value| {
        let mut entry = entry.as_object().unwrap().clone();
        assert!(entry.shift_remove("file").is_some() && entry.shift_remove("state").is_some());
        serde_json::Value::Object(entry).to_string()
    };
    let mut entries: Vec<String> = list["records"].as_array().unwrap().iter().map(entry).collect();
    entries.sort();
    entries
}

/// A number that looks like chance, the same on every run.
fn chance(seed: &mut u64, below: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize % below
}

/// Signatures of all sorts on two agreements, some in their records and some in files.
fn signed(seed: &mut u64) -> Ledger {
    let ledger = Ledger::of_three();
    ledger.put("agreements/2025/second.toml", "name = \"Second\"\ntext = \"We share.\"\nrequired_of = \"nobody\"\n");
    for (agreement, record) in [("charter", "agreements/charter.toml"), ("second", "agreements/2025/second.toml")] {
        for (member, by) in [("alder-friends", "ana"), ("birch-library", "ben"), ("cedar-school", "cam")] {
            let mut file = String::new();
            for number in 0..chance(seed, 4) {
                let mut entry = format!("by = \"{by}\"\ndate = 2025-0{}-1{number}\n", 1 + chance(seed, 9));
                for more in [
                    "version = 1\n",
                    "title = \"President, \\\"acting\\\"\"\n",
                    "evidence = \"scans/a.pdf\"\n",
                    "signature = \"\"\"\n-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n\"\"\"\n",
                    "withdrawn = 2026-01-02\nwithdrawn_by = \"cam\"\nwithdrawn_because = \"= moved\"\nwithdrawn_signature = \"x\\ny\"\n",
                ] {
                    entry += if chance(seed, 3) == 0 { more } else { "" };
                }
                let entry = format!("{entry}terms = \"sha256:{}\"\n", number.to_string().repeat(64));
                if chance(seed, 2) == 0 {
                    file += &format!("\n[[signatures]]\n{entry}");
                } else {
                    ledger.append(record, &format!("\n[[signatures]]\nmember = \"{member}\"\n{entry}"));
                }
            }
            if !file.is_empty() {
                ledger.put(&format!("signatures/{agreement}/{member}.toml"), &file);
            }
        }
    }
    ledger
}

#[test]
fn signatures_come_back_as_files_wherever_they_stood() {
    let mut seed = 20261122;
    let mut count = 0;
    for format in [&[][..], &["--format", "jsonl"], &[], &["--format", "jsonl"]] {
        let (from, to, package) = (signed(&mut seed), empty(), Ledger::empty());
        let before = entries(&from);
        count += before.len();
        let folder = package.path().to_str().unwrap();
        assert_eq!(from.run(&[&["export", "--to", folder, "--private"], format].concat()).status, 0);
        let first = to.run(&["import", "package", folder]);
        assert_eq!(first.status, 0, "{}{}", first.stdout, first.stderr);
        assert_eq!(entries(&to), before);
        let states = |ledger: &Ledger| {
            let listed =
                ledger.run(&["list", "signatures", "--format", "csv", "--fields", "id,date,terms,state"]).stdout;
            let mut lines: Vec<String> = listed.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        assert_eq!(states(&to), states(&from), "each counts as it did");
        let members: std::collections::BTreeSet<String> =
            before.iter().map(|entry| entry.split('"').nth(3).unwrap().to_owned()).collect();
        let places: std::collections::BTreeSet<String> = files(&to)
            .into_iter()
            .filter_map(|(path, _)| Some(path.strip_prefix(to.path()).ok()?.to_str()?.replace('\\', "/")))
            .filter_map(|path| Some(path.strip_prefix("signatures/")?.strip_suffix(".toml")?.to_owned()))
            .collect();
        assert_eq!(places, members, "one file for each agreement and member");
        for path in ["agreements/charter.toml", "agreements/2025/second.toml"] {
            let text = std::fs::read_to_string(to.path().join(path)).unwrap();
            assert!(!text.contains("signatures"), "{text}");
        }
        assert_eq!(to.run(&["fmt"]).status, 0);
        assert_eq!(entries(&to), before);
        let was = files(&to);
        for ledger in [&to, &from] {
            let again = ledger.run(&["import", "package", folder]);
            assert!(
                again.status == 0 && again.stdout.starts_with("Nothing is new"),
                "{}{}",
                again.stdout,
                again.stderr
            );
        }
        assert_eq!(files(&to), was);
    }
    assert!(count > 20, "{count}");
}

#[test]
fn a_file_of_agreements_adds_the_signatures_that_are_new() {
    let ledger = empty();
    let member = "name: A\nclassification: other\njoined: 2025-01-15\n";
    ledger.put("m.yaml", &format!("- {}\n", member.trim_end().replace('\n', "\n  ")));
    assert_eq!(ledger.run(&["import", "members", "m.yaml"]).status, 0);
    ledger.put("p.json", "[{\"name\": \"Ana\", \"member\": \"a\"}]");
    assert_eq!(ledger.run(&["import", "advocates", "p.json"]).status, 0);
    let terms = format!("sha256:{}", "0".repeat(64));
    let entry =
        |date: &str| format!("{{\"member\": \"A\", \"by\": \"Ana\", \"date\": \"{date}\", \"terms\": \"{terms}\"}}");
    let agreements = |entries: &[String]| {
        format!("[{{\"name\": \"Pact\", \"text\": \"We meet.\", \"signatures\": [{}]}}]", entries.join(", "))
    };
    ledger.put("a.json", &agreements(&[entry("2025-02-01")]));
    let answer = ledger.run(&["import", "agreements", "a.json"]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    let place = ledger.path().join("signatures/pact/a.toml");
    let first = format!("[[signatures]]\nby = \"ana\"\ndate = 2025-02-01\nterms = \"{terms}\"\n");
    assert_eq!(std::fs::read_to_string(&place).unwrap(), first);
    assert!(ledger.run(&["import", "agreements", "a.json"]).stdout.contains("Nothing is new"));
    ledger.put("a.json", &agreements(&[entry("2025-02-01"), entry("2026-02-01")]));
    let record = std::fs::read(ledger.path().join("agreements/pact.toml")).unwrap();
    let answer = ledger.run(&["import", "agreements", "a.json", "--update"]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    assert_eq!(std::fs::read_to_string(&place).unwrap(), format!("{first}\n{}", first.replace("2025", "2026")));
    assert_eq!(std::fs::read(ledger.path().join("agreements/pact.toml")).unwrap(), record);
    assert!(ledger.run(&["import", "agreements", "a.json"]).stdout.contains("Nothing is new"));
    // What does not say who signed cannot stand in anyone's file.
    ledger
        .put("b.json", &agreements(&[format!("{{\"by\": \"Ana\", \"terms\": \"{terms}\"}}")]).replace("Pact", "Other"));
    let was = files(&ledger);
    let answer = ledger.run(&["import", "agreements", "b.json"]);
    assert!(answer.status == 1 && answer.stdout.contains("a signature needs `member`"), "{}", answer.stdout);
    assert_eq!(files(&ledger), was);
}

#[test]
fn a_file_with_another_representative_voids_no_signature() {
    let ledger = Ledger::of_three();
    ledger.sign("cedar-school", "cam");
    assert_eq!(crate::sign::state(&ledger, "cedar-school", &[]), "signed");
    ledger.put("m.json", "[{\"name\": \"Cedar School\", \"representative\": \"ana\"}]");
    let answer = ledger.run(&["import", "members", "m.json", "--update", "--today", "2026-03-01"]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    let record = crate::sign::text(&ledger, "members/cedar-school.toml");
    let kept = "[[former_signatories]]\nadvocate = \"cam\"\nuntil = 2026-03-01\n";
    assert!(record.contains("representative = \"ana\"") && record.contains(kept), "{record}");
    assert_eq!(crate::sign::state(&ledger, "cedar-school", &[]), "signed");
}

#[test]
fn an_export_comes_back_whole_and_a_second_time_changes_nothing() {
    for format in [&[][..], &["--format", "jsonl"]] {
        let (from, to, package) = (Ledger::empty(), Ledger::empty(), Ledger::empty());
        let riverton = crate::ledger::repository("examples/riverton");
        for entry in walkdir::WalkDir::new(&riverton).into_iter().flatten().filter(|entry| entry.file_type().is_file())
        {
            let path = entry.path().strip_prefix(&riverton).unwrap().to_str().unwrap().to_owned();
            from.put(&path, &std::fs::read_to_string(entry.path()).unwrap());
        }
        to.put("coalition.toml", "name = \"R\"\n");
        let folder = package.path().to_str().unwrap();
        assert_eq!(from.run(&[&["export", "--to", folder, "--private"], format].concat()).status, 0);
        let first = to.run(&["import", "package", folder]);
        assert_eq!(first.status, 0, "{}{}", first.stdout, first.stderr);
        assert!(first.stderr.contains("charter.md"), "{}", first.stderr);
        for kind in coalition::Kind::ALL {
            let list = |ledger: &Ledger| {
                ledger.run(&["list", kind.folder(), "--private", "--sort", "id", "--format", "json"]).stdout
            };
            assert_eq!(list(&from), list(&to), "{kind}");
            assert_eq!(entries(&from), entries(&to));
            let ending = if format.is_empty() { "csv" } else { "jsonl" };
            let file = format!("{folder}/{}.{ending}", kind.folder());
            let again = from.run(&["import", kind.singular(), &file]);
            assert!(
                again.status == 0 && again.stdout.contains("Nothing is new"),
                "{kind}: {}{}",
                again.stdout,
                again.stderr
            );
        }
        let again = to.run(&["import", "package", &format!("{folder}/datapackage.json")]);
        assert!(
            again.status == 0 && again.stdout.starts_with("Nothing is new: the ledger already has 96 records"),
            "{}",
            again.stdout
        );
    }
}

#[test]
fn null_names_and_repeated_fields_are_reported() {
    let ledger = empty();
    ledger.put("a.yaml", "- name: null\n  type: other\n- name: ~\n  type: other\n- name:\n  type: other\n");
    let before = files(&ledger);
    let answer = ledger.run(&["import", "members", "a.yaml"]);
    assert_eq!(
        (answer.status, answer.stdout.contains("Nothing was written. Fix the 3 mistakes")),
        (1, true),
        "{}",
        answer.stdout
    );
    assert!(answer.stdout.contains("entry 1, name: `null` without quotes"), "{}", answer.stdout);
    assert!(answer.stdout.contains("entry 3: a member needs `name`"), "{}", answer.stdout);
    for name in ["b.json", "b.jsonl"] {
        ledger.put(name, "{\"name\": \"A\", \"name\": \"B\"}");
        let answer = ledger.run(&["import", "members", name]);
        assert!(answer.status == 2 && answer.stderr.contains("`name` appears twice"), "{}", answer.stderr);
        std::fs::remove_file(ledger.path().join(name)).unwrap();
    }
    assert!(files(&ledger) == before);
    let table_rows = |rows: usize| (0..rows).map(|row| format!("N {row},other\n")).collect::<String>();
    ledger.put("c.csv", &format!("name,type\n{}", table_rows(1200)));
    assert_eq!(ledger.run(&["import", "members", "c.csv"]).stdout, "1,200 members imported.\n");
    ledger.put("c.csv", &format!("name,type,Budget\n{}", table_rows(1201).replace("other", "other,5")));
    let answer = ledger.run(&["import", "members", "c.csv"]);
    assert!(answer.stdout.ends_with("1 member imported, 1,200 already in the ledger.\n"), "{}", answer.stdout);
    let kept = ledger.run(&["import", "members", "c.csv", "--extra", "--dry-run", "--update"]).stderr;
    assert_eq!(
        kept,
        "coalition: kept under [extra], which stays private unless coalition.toml says extra = \"public\" under [render]: Budget\n"
    );
}

#[test]
fn printed_lines_come_in_kind_by_kind() {
    let from = Ledger::of_three();
    let printed = from.run(&["export", "--format", "jsonl", "--private"]).stdout;
    let of_kind = |kind: &str| -> String {
        let start = format!("{{\"record\":\"{kind}/");
        printed.lines().filter(|line| line.starts_with(&start)).map(|line| format!("{line}\n")).collect()
    };
    from.put("members.jsonl", &of_kind("member"));
    let again = from.run(&["import", "members", "members.jsonl"]);
    assert!(
        again.status == 0 && again.stdout.starts_with("Nothing is new: the ledger already has 3 members"),
        "{}{}",
        again.stdout,
        again.stderr
    );
    from.put("all.jsonl", &(of_kind("member") + &of_kind("advocate")));
    let before = files(&from);
    let mixed = from.run(&["import", "members", "all.jsonl"]);
    assert_eq!(mixed.status, 1);
    assert!(mixed.stdout.contains("line 4, record: advocate/ana is not a member"), "{}", mixed.stdout);
    assert!(files(&from) == before);
}

#[test]
fn a_table_that_is_laid_out_otherwise_is_read_as_the_message_says() {
    let ledger = empty();
    ledger.put("pipe.csv", "Name|Joined|City\nAcorn Row|2025-04-01|Quillback\n");
    ledger.put("meta.csv", "\"Quillback members\";\"as of May 2\"\n\nName;Joined\nBirch;2025-04-01\n");
    let note = "coalition: the headings are in row 3; the rows above them were left out\n";
    for (file, option, note) in [("pipe.csv", "--separator=|", ""), ("meta.csv", "--heading-row=3", note)] {
        let import = ["import", "members", file, "--set=classification=other"];
        let answer = ledger.run(&import);
        assert_eq!((answer.status, answer.stdout.as_str()), (0, "1 member imported.\n"), "{}", answer.stderr);
        assert_eq!(answer.stderr, note);
        let answer = ledger.run(&[&import[..], &[option]].concat());
        assert!(answer.status == 0 && answer.stdout.starts_with("Nothing is new"), "{}", answer.stderr);
    }
    let answer = ledger.run(&["import", "members", "meta.csv", "--set=classification=other", "--skip=2"]);
    assert!(answer.status == 0 && answer.stdout.starts_with("Nothing is new"), "{}{}", answer.stdout, answer.stderr);
    for wrong in ["--separator=ab", "--separator=", "--separator=a", "--heading-row=0", "--heading-row=x"] {
        assert_eq!(ledger.run(&["import", "members", "pipe.csv", wrong]).status, 2, "{wrong}");
    }
    assert_eq!(ledger.run(&["import", "members", "x.json", "--separator=|"]).status, 2);
}

#[test]
fn dropped_characters_are_named_on_the_side() {
    let ledger = empty();
    ledger.put("members.csv", "Name,E-mail\n\u{feff}Acorn,\u{202a}a@example.org\u{202c}\n");
    let answer = ledger.run(&["import", "members", "members.csv", "--set=classification=other"]);
    let found =
        "coalition: dropped invisible characters at the beginning or end of cells: row 2, Name; row 2, E-mail\n";
    assert_eq!((answer.status, answer.stderr.as_str()), (0, found));
    let written = fs::read_to_string(ledger.path().join("members/acorn.toml")).unwrap();
    assert!(written.starts_with("name = \"Acorn\"\n") && written.contains("value = \"a@example.org\""), "{written}");
}

#[test]
fn columns_kept_under_extra_keep_their_dates_times_and_numbers() {
    let toml = "[[members]]\nname = \"Elm\"\nclassification = \"school\"\nsince = 2024-02-03\nopens = 07:30\nseen = 1979-05-27T00:32:00.5-07:00\n\
                share = 0.5\nmost = inf\nnone = nan\nlong = 0.12345678901234567\nseats = 12\nlist = [1, 2024-01-01, \"x\"]\ntext = \"2024-02-03\"\n\
                [members.hall]\nbuilt = 1902-01-01\n[members.extra]\nown = 2020-02-20\n";
    let yaml = "- name: Elm\n  classification: school\n  since: 2024-02-03\n  opens: 07:30:00\n  seen: 1979-05-27T00:32:00.5-07:00\n  share: 0.5\n  \
                most: .inf\n  none: .NaN\n  long: 0.12345678901234567\n  seats: 12\n  list: [1, 2024-01-01, x]\n  text: \"2024-02-03\"\n  \
                hall: {built: 1902-01-01}\n  extra: {own: 2020-02-20}\n";
    // A time alone is text in YAML.
    for (file, text, opens) in [("m.toml", toml, "07:30:00"), ("m.yaml", yaml, "\"07:30:00\"")] {
        let ledger = Ledger::of_three();
        ledger.put(file, text);
        let import = |more: &[&str]| {
            let place = ledger.path().join(file);
            let answer = ledger.run(&[&["import", "members", place.to_str().unwrap(), "--extra"], more].concat());
            assert_eq!(answer.status, 0, "{file}: {}{}", answer.stdout, answer.stderr);
            answer.stdout
        };
        import(&[]);
        let record = fs::read_to_string(ledger.path().join("members/elm.toml")).unwrap();
        for line in [
            "since = 2024-02-03",
            &format!("opens = {opens}"),
            "seen = 1979-05-27T00:32:00.5-07:00",
            "share = 0.5",
            "most = inf",
            "none = nan",
            "long = 0.12345678901234567",
            "seats = 12",
            "list = [1, 2024-01-01, \"x\"]",
            "text = \"2024-02-03\"",
            "hall_built = 1902-01-01",
            "own = 2020-02-20",
        ] {
            assert!(record.lines().any(|written| written == line), "{file}: {line} is not in\n{record}");
        }
        assert!(!record.contains("$toml"), "{record}");
        // Twice is once, and a package brings back what it was.
        assert!(import(&[]).starts_with("Nothing is new"));
        assert!(import(&["--update"]).starts_with("Nothing is new"));
        let other = Ledger::empty();
        other.put("coalition.toml", "name = \"C\"\n");
        let package = other.path().join("package");
        let (place, out) =
            (package.to_str().unwrap(), ledger.run(&["export", "--private", "--to", package.to_str().unwrap()]));
        assert!(package.join("datapackage.json").exists(), "{}{}", out.stdout, out.stderr);
        other.run(&["import", "package", place]);
        let back = fs::read_to_string(other.path().join("members/elm.toml")).unwrap();
        let lines = |text: &str| text.lines().map(str::to_owned).collect::<std::collections::BTreeSet<_>>();
        assert_eq!(lines(&back), lines(&record), "{file}");
    }
}

#[test]
fn twice_is_once_whatever_the_form_of_the_accents() {
    let (nfc, nfd) = ("Caf\u{e9} Zo\u{eb}", "Cafe\u{301} Zoe\u{308}");
    let rows = |name: &str| format!("Name,Classification,Areas,Caf\u{e9}\n{name},other,{name},{name}\n");
    let decomposed = |name: &str| rows(name).replace("Caf\u{e9}\n", "Cafe\u{301}\n");
    let ledger = Ledger::of_three();
    ledger.put("a.csv", &rows(nfc));
    ledger.put("b.csv", &decomposed(nfd));
    ledger.put("c.csv", &decomposed("Cafe\u{301} Zo\u{eb}"));
    let import = |file: &str, more: &[&str]| {
        let place = ledger.path().join(file);
        ledger.run(&[&["import", "members", place.to_str().unwrap(), "--extra"], more].concat()).stdout
    };
    assert!(import("a.csv", &[]).starts_with("1 member imported"));
    let record = fs::read_to_string(ledger.path().join("members/cafe-zoe.toml")).unwrap();
    for file in ["b.csv", "c.csv", "a.csv"] {
        for more in [&[][..], &["--update"]] {
            let message = import(file, more);
            assert!(message.starts_with("Nothing is new"), "{file}: {message}");
        }
    }
    assert_eq!(fs::read_to_string(ledger.path().join("members/cafe-zoe.toml")).unwrap(), record);
}
