//! Data that leaves the ledger and comes back: as it was, or with a word about what did not.

use crate::ledger::Ledger;
use std::fs;

/// A number that looks like chance, the same on every run.
fn chance(seed: &mut u64, below: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as usize % below
}

/// Keys that a format may take for something of its own, as TOML writes them.
const KEYS: [&str; 24] = [
    "plain",
    "\"$toml\"",
    "\"$$toml\"",
    "\"$$$toml\"",
    "\"$\"",
    "toml",
    "\"a.b\"",
    "\"a/b\"",
    "\"a~1b\"",
    "\"\"",
    "\"é\"",
    "\" x \"",
    "0",
    "-1",
    "record",
    "id",
    "folder",
    "extra",
    "true",
    "\"null\"",
    "\"~\"",
    "\"<<\"",
    "\"# x\"",
    "\"line\\nbreak\"",
];

/// Values that a format may take for something else, as TOML writes them.
const VALUES: [&str; 41] = [
    "1",
    "-7",
    "9223372036854775807",
    "-9223372036854775808",
    "0xff",
    "nan",
    "inf",
    "-inf",
    "1e300",
    "5e-324",
    "0.1",
    "1.0",
    "-0.0",
    "0.12345678901234567890",
    "3.0e2",
    "2024-02-03",
    "07:32:00",
    "07:32:00.125",
    "1979-05-27T00:32:00.5-07:00",
    "1979-05-27 07:32:00Z",
    "1979-05-27T07:32:00",
    "true",
    "false",
    "\"\"",
    "\" \"",
    "\" x \"",
    "\"nan\"",
    "\"2024-02-03\"",
    "\"07:32\"",
    "\"true\"",
    "\"null\"",
    "\"~\"",
    "\"=1+1\"",
    "\"'=1\"",
    "\"a\\nb\\n\"",
    "\"\\u0001\\t\\u007f\"",
    "\"[1]\"",
    "\"{\\\"$toml\\\":{}}\"",
    "\"\\uFEFFx\\u200B\"",
    "\"e\\u0301\"",
    "\"99999999999999999999\"",
];

/// A value, which may hold others.
fn value(seed: &mut u64, depth: usize) -> String {
    match chance(seed, if depth < 3 { 10 } else { 8 }) {
        8 => {
            let items: Vec<String> = (0..chance(seed, 4)).map(|_| value(seed, depth + 1)).collect();
            format!("[{}]", items.join(", "))
        }
        9 => format!("{{ {} }}", fields(seed, depth + 1, 4).join(", ")),
        _ => VALUES[chance(seed, VALUES.len())].to_owned(),
    }
}

/// Fields with keys of their own.
fn fields(seed: &mut u64, depth: usize, most: usize) -> Vec<String> {
    let mut keys: Vec<&str> = Vec::new();
    for _ in 0..chance(seed, most) {
        let key = KEYS[chance(seed, KEYS.len())];
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.into_iter().map(|key| format!("{key} = {}", value(seed, depth))).collect()
}

/// What a record says under `[extra]`, each value with its type.
fn extra(text: &str) -> String {
    let table: toml_1_0::Table = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
    table.get("extra").map_or_else(String::new, |extra| format!("{extra:#?}"))
}

/// A ledger with members that have such tables.
fn nasty(seed: u64) -> Ledger {
    let mut seed = seed;
    let ledger = Ledger::empty();
    ledger.put("coalition.toml", "name = \"C\"\n");
    for number in 0..40 {
        let lines = match number {
            0 => "\"$toml\" = \"mine\"\n".to_owned(),
            1 => "\"$toml\" = { \"/a\" = \"inf\" }\na = \"inf\"\n".to_owned(),
            2 => "\"$toml\" = nan\n\"$$toml\" = { \"$toml\" = [inf, { \"$toml\" = 07:32:00 }] }\n".to_owned(),
            3 => "\"$toml\" = {}\n".to_owned(),
            4 => "\"<<\" = { a = 1 }\na = 2\n".to_owned(),
            _ => fields(&mut seed, 0, 9).join("\n") + "\nlast = 1\n",
        };
        let text =
            format!("name = \"M {number}\"\nclassification = \"other\"\njoined = 2025-01-15\n\n[extra]\n{lines}");
        ledger.put(&format!("members/m-{number}.toml"), &text);
    }
    ledger
}

/// Compares what the members of two ledgers say under `[extra]`.
fn compare(from: &Ledger, to: &Ledger, way: &str) {
    let read = |ledger: &Ledger, number: usize| {
        let place = ledger.path().join(format!("members/m-{number}.toml"));
        fs::read_to_string(&place).unwrap_or_else(|error| panic!("{way}: {}: {error}", place.display()))
    };
    for number in 0..40 {
        let (was, is) = (read(from, number), read(to, number));
        assert_eq!(extra(&is), extra(&was), "{way}, m-{number}:\n{was}\n{is}");
    }
}

#[test]
fn what_stands_under_extra_comes_back_through_every_format() {
    let ledger = nasty(7);
    let ways: [(&str, &[&str], &str); 7] = [
        ("package", &["export", "--private", "--to"], "package"),
        ("lines-package", &["export", "--private", "--format", "jsonl", "--to"], "package"),
        ("lines.jsonl", &["export", "--private", "--format", "jsonl"], "members"),
        ("list.jsonl", &["list", "members", "--private", "--format", "jsonl"], "members"),
        ("list.json", &["list", "members", "--private", "--format", "json"], "members"),
        ("list.yaml", &["list", "members", "--private", "--format", "yaml"], "members"),
        ("list.toml", &[], "members"),
    ];
    for (name, out, what) in ways {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join(name);
        let place = place.to_str().unwrap();
        if out.is_empty() {
            let mut text = String::new();
            for number in 0..40 {
                let record = fs::read_to_string(ledger.path().join(format!("members/m-{number}.toml"))).unwrap();
                let record = record.replace("[extra]", "[members.extra]");
                text += &format!("[[members]]\nid = \"m-{number}\"\n{record}\n");
            }
            fs::write(place, text).unwrap();
        } else {
            let arguments = if what == "package" { [out, &[place]].concat() } else { out.to_vec() };
            let answer = ledger.run(&arguments);
            assert!(answer.status < 2, "{name}: {}", answer.stderr);
            if what != "package" {
                fs::write(place, answer.stdout).unwrap();
            }
        }
        let other = Ledger::empty();
        other.put("coalition.toml", "name = \"C\"\n");
        let answer = other.run(&["import", what, place]);
        assert_eq!(answer.status, 0, "{name}: {}{}", answer.stdout, answer.stderr);
        compare(&ledger, &other, name);
        for more in [&[][..], &["--update"]] {
            let again = other.run(&[&["import", what, place], more].concat());
            assert!(again.stdout.contains("Nothing is new"), "{name} {more:?}: {}{}", again.stdout, again.stderr);
        }
        // An update writes them in the same form into a record that said something else, and takes nothing away.
        let record = "name = \"M 2\"\nclassification = \"other\"\njoined = 2025-01-15\n\n[extra]\n\"$toml\" = 1\n\"$$toml\" = { kept = true }\n";
        other.put("members/m-2.toml", record);
        let answer = other.run(&["import", what, place, "--update"]);
        assert_eq!(answer.status, 0, "{name}: {}{}", answer.stdout, answer.stderr);
        let updated = fs::read_to_string(other.path().join("members/m-2.toml")).unwrap();
        let expected =
            "[extra]\n\"$toml\" = nan\n\"$$toml\" = { kept = true, \"$toml\" = [inf, { \"$toml\" = 07:32:00 }] }\n";
        assert_eq!(extra(&updated), extra(expected), "{name}: {updated}");
    }
}

#[test]
fn no_value_makes_no_heading() {
    let ledger = Ledger::of_three();
    for (number, sets) in [
        &["consent.listed="][..],
        &["notable.known_for=", "notable.asks="],
        &["extra.a="],
        &["extra.a=1", "extra.a="],
        &["consent.listed=true", "consent.listed="],
        &["extra.deep.x=", "tags="],
    ]
    .iter()
    .enumerate()
    {
        let name = format!("Dana {number}");
        let mut arguments = vec!["new", "advocate", &name, "--set", "member=alder-friends"];
        sets.iter().for_each(|set| arguments.extend(["--set", set]));
        let answer = ledger.run(&arguments);
        if answer.status == 2 && answer.stderr.contains("no field") {
            panic!("{}", answer.stderr);
        }
        let text = fs::read_to_string(ledger.path().join(format!("advocates/dana-{number}.toml"))).unwrap_or_default();
        assert_eq!(text, format!("name = \"{name}\"\nmember = \"alder-friends\"\n"), "{sets:?}: {}", answer.stderr);
    }
    let answer = ledger.run(&[
        "new",
        "advocate",
        "Eve",
        "--set",
        "member=alder-friends",
        "--set",
        "extra.$toml={\"/a\": \"inf\"}",
    ]);
    let text = fs::read_to_string(ledger.path().join("advocates/eve.toml")).unwrap_or_default();
    assert!(text.ends_with("[extra.\"$toml\"]\n\"/a\" = \"inf\"\n"), "{text}{}", answer.stderr);
    // The last value of a table takes the heading with it.
    ledger.put("advocates/fay.toml", "name = \"Fay\"\nmember = \"alder-friends\"\n\n[consent]\nlisted = true\n");
    ledger.run(&["set", "advocate/fay", "consent.listed="]);
    let text = fs::read_to_string(ledger.path().join("advocates/fay.toml")).unwrap();
    assert_eq!(text, "name = \"Fay\"\nmember = \"alder-friends\"\n");
    // The same of a row.
    ledger.put(
        "a.json",
        r#"[{"name": "Gus", "member": "alder-friends", "consent": {"listed": "", "quoted": null}, "positions": [{}]},
            {"name": "Hal", "member": "alder-friends", "consent": {}}]"#,
    );
    ledger.put("a.csv", "Name,Member,consent.listed,extra.a\nIda,alder-friends,,\n");
    for file in ["a.json", "a.csv"] {
        let answer = ledger.run(&["import", "advocates", file]);
        assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    }
    for id in ["gus", "hal", "ida"] {
        let text = fs::read_to_string(ledger.path().join(format!("advocates/{id}.toml"))).unwrap();
        assert!(!text.contains('['), "{text}");
    }
}

#[test]
fn spaces_at_the_edges_of_prose_come_back_through_tables() {
    let notes = [
        " one space before",
        "one space behind ",
        "\n\nlines before",
        "lines behind\n\n",
        "\ttab\t",
        " =1+1",
        "\u{a0}=1",
        " '=1",
        "''=1 ",
        "  '  =1",
        "- a list\n- of two\n",
        "a;b|c,d",
        "\"quoted\"",
        " \n mixed \t\n ",
        "'",
        "' x '",
        "[1]",
        "null",
    ];
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let ledger = Ledger::empty();
    ledger.put("coalition.toml", "name = \"C\"\n");
    for (number, notes) in notes.iter().enumerate() {
        let (name, text) = (format!("M {number}"), quoted(notes));
        let record = format!(
            "name = \"{name}\"\nclassification = \"other\"\njoined = 2025-01-15\nnotes = {text}\n\n[[contacts]]\ndate = 2026-01-02\nsummary = {text}\n"
        );
        ledger.put(&format!("members/m-{number}.toml"), &record);
    }
    let texts = |ledger: &Ledger| {
        let list = ledger.run(&["list", "members", "--private", "--format", "json", "--sort", "id"]).stdout;
        let list: serde_json::Value = serde_json::from_str(&list).unwrap();
        let texts =
            |record: &serde_json::Value| (record["id"].clone(), record["notes"].clone(), record["contacts"].clone());
        list["records"].as_array().unwrap().iter().map(texts).collect::<Vec<_>>()
    };
    let expected = texts(&ledger);
    assert_eq!(expected[1].1, notes[1]);
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let package = place("package");
    ledger.run(&["export", "--private", "--to", &package]);
    let table = ledger.run(&[
        "list",
        "members",
        "--private",
        "--format",
        "csv",
        "--fields",
        "id,name,classification,joined,notes",
    ]);
    fs::write(place("list.csv"), table.stdout).unwrap();
    for (what, file, has_contacts) in [
        ("package", package, true),
        ("members", place("package/members.csv"), false),
        ("members", place("list.csv"), false),
    ] {
        let other = Ledger::empty();
        other.put("coalition.toml", "name = \"C\"\n");
        let answer = other.run(&["import", what, &file]);
        assert_eq!(answer.status, 0, "{file}: {}{}", answer.stdout, answer.stderr);
        for ((id, was, contacts), (_, is, came)) in expected.iter().zip(texts(&other)) {
            assert_eq!(is, *was, "{file}: {id}");
            assert!(!has_contacts || came == *contacts, "{file}: {id}: {came}");
        }
        let again = other.run(&["import", what, &file, "--update"]);
        assert!(again.stdout.contains("Nothing is new"), "{file}: {}{}", again.stdout, again.stderr);
    }
}

#[test]
fn an_amount_that_a_spreadsheet_shortened_is_the_same_amount() {
    let ledger = Ledger::of_three();
    for (id, amount) in [("hall", "250.00"), ("stamps", "12.50"), ("cards", "1000")] {
        ledger.put(
            &format!("contributions/{id}.toml"),
            &format!("name = \"{id}\"\nmember = \"alder-friends\"\nkind = \"funding\"\ndate = 2026-02-01\namount = \"{amount}\"\n"),
        );
    }
    ledger.put("gifts.csv", "Name,Member,Kind,Date,Amount\nhall,alder-friends,funding,2026-02-01,250\nstamps,alder-friends,funding,2026-02-01,12.5\ncards,alder-friends,funding,2026-02-01,1000.00\n");
    let before = fs::read_to_string(ledger.path().join("contributions/hall.toml")).unwrap();
    for more in [&[][..], &["--update"]] {
        let answer = ledger.run(&[&["import", "contributions", "gifts.csv"], more].concat());
        assert_eq!(answer.stdout, "Nothing is new: the ledger already has 3 contributions.\n", "{}", answer.stderr);
    }
    // The same of a package that a spreadsheet saved.
    ledger.run(&["export", "--private", "--to", "package"]);
    let table = ledger.path().join("package/contributions.csv");
    let text = fs::read_to_string(&table).unwrap();
    assert!(text.contains("250.00") && text.contains("12.50"), "{text}");
    fs::write(&table, text.replace("250.00", "250").replace("12.50", "12.5")).unwrap();
    let answer = ledger.run(&["import", "package", "package", "--update"]);
    assert!(answer.stdout.starts_with("Nothing is new"), "{}{}", answer.stdout, answer.stderr);
    assert_eq!(fs::read_to_string(ledger.path().join("contributions/hall.toml")).unwrap(), before);
    // Another amount is another one.
    fs::write(&table, text.replace("250.00", "251")).unwrap();
    let answer = ledger.run(&["import", "package", "package", "--update"]);
    assert!(answer.stdout.starts_with("1 record changed"), "{}{}", answer.stdout, answer.stderr);
    let after = fs::read_to_string(ledger.path().join("contributions/hall.toml")).unwrap();
    assert_eq!(after, before.replace("250.00", "251"));
}

#[test]
fn a_package_without_one_of_its_tables_changes_nothing() {
    let ledger = Ledger::of_three();
    ledger.append("members/alder-friends.toml", "\n[[contact_details]]\ntype = \"email\"\nvalue = \"a@example.org\"\n");
    for format in ["csv", "jsonl"] {
        let package = format!("package-{format}");
        ledger.run(&["export", "--private", "--format", format, "--to", &package]);
        let table = if format == "csv" { "member_contact_details.csv" } else { "advocates.jsonl" };
        fs::remove_file(ledger.path().join(&package).join(table)).unwrap();
        let other = Ledger::empty();
        other.put("coalition.toml", "name = \"C\"\n");
        let place = ledger.path().join(&package);
        for to in [&other, &ledger] {
            let before: Vec<_> =
                walkdir::WalkDir::new(to.path()).into_iter().map(|entry| entry.unwrap().into_path()).collect();
            let answer = to.run(&["import", "package", place.to_str().unwrap(), "--update"]);
            assert_eq!((answer.status, answer.stdout.as_str()), (2, ""), "{}", answer.stderr);
            assert!(answer.stderr.contains(&format!("{table} is missing")), "{}", answer.stderr);
            let after: Vec<_> =
                walkdir::WalkDir::new(to.path()).into_iter().map(|entry| entry.unwrap().into_path()).collect();
            assert_eq!(before, after);
        }
    }
}

#[test]
fn what_no_list_reads_is_named() {
    for (folder, kind) in [
        ("member", "members"),
        ("Members", "members"),
        ("memebers", "members"),
        ("goal", "goals"),
        ("GOALS", "goals"),
        ("contribution", "contributions"),
        ("comittees", "committees"),
        ("signature/charter", "signatures"),
    ] {
        let ledger = Ledger::of_three();
        let whole = ledger.run(&["list", kind]);
        assert_eq!(whole.status, 0, "{kind}: {}", whole.stderr);
        ledger.put(&format!("{folder}/x.toml"), "name = \"X\"\n");
        for format in ["text", "ids", "csv", "json"] {
            let answer = ledger.run(&["list", kind, "--format", format]);
            let top = folder.split('/').next().unwrap();
            assert_eq!(answer.status, 1, "{folder} {format}: {}", answer.stderr);
            assert!(answer.stderr.contains(&format!("{top}/")), "{folder}: {}", answer.stderr);
            assert!(answer.stderr.contains(&format!("did you mean {kind}/?")), "{folder}: {}", answer.stderr);
        }
        let other = if kind == "advocates" { "members" } else { "advocates" };
        assert_eq!(ledger.run(&["list", other]).status, 0, "{folder} is nothing of {other}");
    }
}

#[test]
fn a_record_that_cannot_be_read_is_named_and_not_shown() {
    let ledger = Ledger::of_three();
    fs::write(ledger.path().join("members/latin.toml"), b"name = \"Caf\xe9\"\n").unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere.toml", ledger.path().join("members/broken.toml")).unwrap();
        std::os::unix::fs::symlink("/etc/hostname", ledger.path().join("members/outside.toml")).unwrap();
    }
    let ids = if cfg!(unix) { &["latin", "broken", "outside"][..] } else { &["latin"] };
    for id in ids {
        for word in [(*id).to_owned(), format!("member/{id}"), format!("members/{id}.toml")] {
            for format in ["text", "json", "yaml", "markdown"] {
                let answer = ledger.run(&["show", &word, "--format", format]);
                assert_eq!((answer.status, answer.stdout.as_str()), (1, ""), "{word}: {}", answer.stderr);
                assert!(answer.stderr.contains(&format!("members/{id}.toml")), "{word}: {}", answer.stderr);
            }
        }
    }
    assert_eq!(ledger.run(&["show", "member/nobody"]).status, 2);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_somebody_committed() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    let target = outside.path().join("target");
    for (link, arguments) in [
        ("out/member.schema.json", &["schema", "--to", "out"][..]),
        ("out", &["schema", "--to", "out"]),
        ("out", &["schema", "--to", "out/deep"]),
        ("brief.md", &["report", "brief", "--output", "brief.md"]),
        ("docs", &["report", "brief", "--output", "docs/brief.md"]),
        ("tables", &["export", "--to", "tables"]),
        ("tables/members.csv", &["export", "--to", "tables", "--force"]),
        ("c.db", &["export", "--format", "sqlite", "--to", "c.db", "--force"]),
        ("public", &["render"]),
        ("public/index.md", &["render"]),
        ("new/members", &["init", "new"]),
    ] {
        for is_folder in [true, false] {
            for leads in [target.clone(), outside.path().join("nothing")] {
                let _ = (fs::remove_dir_all(&target), fs::remove_file(&target));
                if is_folder {
                    fs::create_dir(&target).unwrap()
                } else {
                    fs::write(&target, "theirs").unwrap()
                };
                let ledger = Ledger::of_three();
                ledger.put("coalition.toml", "name = \"C\"\n\n[render]\noutput = \"public\"\n");
                let place = ledger.path().join(link);
                fs::create_dir_all(place.parent().unwrap()).unwrap();
                symlink(&leads, &place).unwrap();
                let answer = ledger.run(arguments);
                assert!(answer.status > 0, "{link} {arguments:?}: {}", answer.stdout);
                assert!(fs::symlink_metadata(&place).unwrap().is_symlink());
                let left: Vec<_> = fs::read_dir(outside.path()).unwrap().collect();
                assert_eq!(left.len(), 1, "{link}: {}", answer.stderr);
                if is_folder {
                    assert_eq!(fs::read_dir(&target).unwrap().count(), 0, "{link}");
                } else {
                    assert_eq!(fs::read_to_string(&target).unwrap(), "theirs", "{link}");
                }
            }
        }
    }
}
