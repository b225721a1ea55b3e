//! Import files as they come, and files that are none.

use super::*;
use serde_json::json;

fn values(text: &str, format: FileFormat) -> Vec<(String, Value)> {
    let text = &super::text(text.as_bytes(), None).unwrap();
    let file = read(text, format, &["members", "member"]).unwrap_or_else(|error| panic!("{error}: {text}"));
    file.rows.into_iter().map(|row| (row.place, Value::Object(row.values))).collect()
}

#[test]
fn tables_are_read_with_any_delimiter_and_rows_are_counted_as_spreadsheets_do() {
    let expected = vec![
        ("row 2".to_owned(), json!({ "name": "A, B; C", "city": "two\nlines" })),
        ("row 5".to_owned(), json!({ "name": "say \"x\"", "city": "" })),
    ];
    let comma = "name,city\n\"A, B; C\",\"two\nlines\"\n\n,\n\"say \"\"x\"\"\",\n";
    let semicolon = "\u{feff}name;city\r\n\"A, B; C\";\"two\r\nlines\"\r\n\r\n;\r\n\"say \"\"x\"\"\";\r\n";
    let tab = "name\tcity\n\"A, B; C\"\t\"two\nlines\"\n\n \t \n\"say \"\"x\"\"\"\t\n";
    for text in [comma, semicolon, tab] {
        assert_eq!(values(text, FileFormat::Csv), expected, "{text}");
    }
    assert_eq!(values("\n\nname\nA\n", FileFormat::Csv), [("row 4".to_owned(), json!({ "name": "A" }))]);
    assert_eq!(values("sep=|\na|b\n1|2\n", FileFormat::Csv), [("row 3".to_owned(), json!({ "a": "1", "b": "2" }))]);
    assert_eq!(values("a,b,\n1,2,\n", FileFormat::Csv)[0].1, json!({ "a": "1", "b": "2" }));
    assert_eq!(values("a\r1\r2\r", FileFormat::Csv).len(), 2, "line ends of old computers");
    assert_eq!(values("a,b\n'=1+1,'tis\n", FileFormat::Csv)[0].1, json!({ "a": "=1+1", "b": "'tis" }));
}

#[test]
fn a_quote_out_of_step_is_refused_with_its_row() {
    let refused = |text: &str, expected: &str| match read(text, FileFormat::Csv, &[]) {
        Ok(taken) => panic!("{text:?} was taken: {taken:?}"),
        Err(error) => assert!(error.message().starts_with(expected), "{text:?}: {error}"),
    };
    let behind = "row 2 has text after a closing quote (line 2); close each quote (\") at the end of its cell";
    refused("Name,Notes\n\"Acorn\" Row,x\n", behind);
    refused(
        "Name,Notes\n\"Acorn\" Row,x\n\"Birch \"Big\" Choir\",y\nC,d\n",
        "row 2 has text after a closing quote (line 2); row 3 has text after a closing quote (line 3); close",
    );
    // Three organizations in one cell.
    refused(
        "Name,Notes\nAcorn Row,\"see minutes\nBirchgate Choir,loud\nCedar Quay,said \"yes\"\n",
        "row 2 has text after a closing quote (line 4, for a quote that opens on line 2)",
    );
    let swallows = "row 2 has a quote that closes several lines later (line 4, for a quote that opens on line 2), so the cell seems to contain other rows";
    refused("Name,Notes\nAcorn Row,\"see minutes\nBirchgate Choir,loud\nCedar Quay,12\"\n", swallows);
    refused("Name;Joined;Notes\nA;2025-01-02;\"see\nB;2025-01-03;\nC;;12\"\n", swallows);
    refused(
        "Name;Joined\n\"Acorn;2025-01-01\nBirch\";2025-01-02\nC;\n",
        "row 2 has a quote that closes several lines later (line 3,",
    );
    refused(
        "Name;Joined;Notes\nA;\"2025-01-01;x\nBirch\";2025-01-02;\n",
        "row 2 has a quote that closes several lines later (line 3,",
    );
    refused("Name\nA\n\"Acorn Row\nBirchgate\nCedar\"\n", "row 3 has a quote that closes several lines later");
    // What belongs to a cell stays in it.
    for (text, notes) in [
        ("Name,Notes\nA,\"1 Main St\nRiverton, NY\"\nB,x\n", "1 Main St\nRiverton, NY"),
        ("Name,Notes,City\nA,\"12 Main St,\nSuite 4, Riverton\",Q\nB,x,\n", "12 Main St,\nSuite 4, Riverton"),
        (
            "Name,Notes,City\nA,\"Dear all,\nwe meet on Monday, and Tuesday.\",Q\nB,x,\n",
            "Dear all,\nwe meet on Monday, and Tuesday.",
        ),
        ("Name,Notes\nA,\"a night\nabout 10,000 people\"\nB,x\n", "a night\nabout 10,000 people"),
        ("Name,Notes\nA,\"say \"\"x\"\",\n\"\"y\"\"\" \nB,x\n", "say \"x\",\n\"y\""),
        ("Name,Notes\nA,a 12\" board\nB,x\n", "a 12\" board"),
        ("\"Name\",\"Notes\"\n\"A\",\"a,b\nc,d\"\n\"B\",\"\"\n", "a,b\nc,d"),
        ("Type,Name,Notes\nother,\"Carnegie\nLibrary\",\"x\ny\"\nother,B,\n", "x\ny"),
    ] {
        let rows = values(text, FileFormat::Csv);
        assert_eq!((rows.len(), rows[0].1["Notes"].as_str().unwrap().trim()), (2, notes), "{text}");
    }
}

#[test]
fn a_table_may_be_laid_out_as_it_is_said() {
    let laid_out = |text: &str, separator: Option<u8>, heading_row: Option<usize>| {
        let layout = Layout { separator, heading_row, ..Layout::default() };
        let file =
            RawTable::of_text(text, &layout).read(&layout, heading_row).map_err(|error| error.message().to_owned())?;
        Ok::<_, String>(file.rows.into_iter().map(|row| (row.place, Value::Object(row.values))).collect::<Vec<_>>())
    };
    let expected = vec![("row 4".to_owned(), json!({ "Name": "A", "Joined": "2025-04-01" }))];
    let text = "\"Quillback file\";\"as of 2 May\"\n\nName;Joined\nA;2025-04-01\n";
    assert_eq!(laid_out(text, None, Some(3)).unwrap(), expected);
    assert_eq!(laid_out(&text.replace(';', "|"), Some(b'|'), Some(3)).unwrap(), expected);
    assert_eq!(laid_out(text, None, Some(9)).unwrap_err(), "row 9 is empty, so it has no headings");
    let error = laid_out("Quillback\nName,Joined\nA,2025-04-01\n", None, None).unwrap_err();
    assert!(error.contains("row 3 has 2 cells") && error.contains("--heading-row N"), "{error}");
    let twice = laid_out("Name,Joined\nA,2025-04-01\n\u{feff}Name,Joined\nB,\n", None, None);
    let places: Vec<String> = twice.unwrap().into_iter().map(|(place, _)| place).collect();
    assert_eq!(places, ["row 2", "row 4"], "headings that a file repeats are no record");
}

#[test]
fn text_stays_as_it_is_written() {
    let odd = ["0x5a", "no", "1e3", "2026-01-01", "012", "1_000", "0o17", "true", ".5", "12:30:45", "=", "N"];
    for word in odd {
        let yaml = format!("- name: {word}\n- {{name: {word}, x: '{word}'}}\n");
        let rows = values(&yaml, FileFormat::Yaml);
        assert_eq!(rows[0].1, json!({ "name": word }), "{word}");
        assert_eq!(rows[1], ("entry 2".to_owned(), json!({ "name": word, "x": word })));
        assert_eq!(values(&format!("name\n{word}\n"), FileFormat::Csv)[0].1, json!({ "name": word }));
    }
    for null_spelling in ["~", "null", "Null"] {
        let yaml = format!("- name: {null_spelling}\n  a: {{ b: {null_spelling} }}\n  q: '{null_spelling}'\n");
        let file = read(&yaml, FileFormat::Yaml, &[]).unwrap();
        assert_eq!(
            Value::Object(file.rows[0].values.clone()),
            json!({ "name": null, "a": { "b": null }, "q": null_spelling })
        );
        assert_eq!(
            (file.rows[0].null_spelling("name"), file.rows[0].null_spelling("a.b")),
            (Some(null_spelling), Some(null_spelling))
        );
        let listed = read(&format!("members:\n- name: {null_spelling}\n"), FileFormat::Yaml, &[]).unwrap();
        assert_eq!(listed.rows[0].null_spelling("name"), Some(null_spelling));
    }
}

#[test]
fn yaml_and_json_give_the_same_types() {
    let yaml = "- extra: {a: true, b: 3, c: 1.5, d: 007, e: no, f: '4', g: [1, x], h: 0x5a, i: 9223372036854775808}\n";
    let json = "[{\"extra\": {\"a\": true, \"b\": 3, \"c\": 1.5, \"d\": \"007\", \"e\": \"no\", \"f\": \"4\", \"g\": [1, \"x\"], \
        \"h\": \"0x5a\", \"i\": 9223372036854775808}}]";
    let typed = |text: &str, format| {
        let file = read(text, format, &[]).unwrap();
        file.rows[0].typed_value("extra").unwrap().clone()
    };
    assert_eq!(typed(yaml, FileFormat::Yaml), typed(json, FileFormat::Json));
    assert_eq!(typed(yaml, FileFormat::Yaml)["i"], json!("9223372036854775808"));
    assert_eq!(values(yaml, FileFormat::Yaml)[0].1["extra"]["b"], json!("3"), "a field judges text as it is written");
}

#[test]
fn entries_are_found_where_they_stand() {
    let entries = vec![("entry 1".to_owned(), json!({ "name": "A" })), ("entry 2".to_owned(), json!({ "name": "B" }))];
    let files = [
        ("[{\"name\":\"A\"},{\"name\":\"B\"}]", FileFormat::Json),
        ("{\"format_version\":1,\"records\":[{\"name\":\"A\"},{\"name\":\"B\"}]}", FileFormat::Json),
        ("{\"x\":[{\"name\":\"Z\"}],\"members\":[{\"name\":\"A\"},{\"name\":\"B\"}]}", FileFormat::Json),
        ("- name: A\n- name: B\n", FileFormat::Yaml),
        ("whatever:\n  - name: A\n  - name: B\n", FileFormat::Yaml),
        ("base: &a\n  name: A\nmembers:\n  - *a\n  - {<<: *a, name: B}\n", FileFormat::Yaml),
        ("[[members]]\nname = \"A\"\n[[members]]\nname = \"B\"\n", FileFormat::Toml),
    ];
    for (text, format) in files {
        assert_eq!(values(text, format), entries, "{text}");
    }
    let by_id = vec![("entry a".to_owned(), json!({ "name": "A", "id": "a" }))];
    assert_eq!(values("a:\n  name: A\n", FileFormat::Yaml), by_id);
    assert_eq!(values("[a]\nname = \"A\"\n", FileFormat::Toml), by_id);
    let lines = values("{\"name\":\"A\"}\n\n{\"name\":5}\n", FileFormat::JsonLines);
    assert_eq!(lines[1], ("line 3".to_owned(), json!({ "name": 5 })));
    assert_eq!(
        values("[[m]]\nday = 2026-03-01\nat = 10:30:00\n", FileFormat::Toml)[0].1,
        json!({ "day": "2026-03-01", "at": "10:30:00" })
    );
}

#[test]
fn a_path_leads_into_tables_and_lists() {
    let row = FileRow {
        values: json!({ "a.b": 1, "t": [{ "x": 2 }, { "x": 3 }], "o": { "p": { "q": 4 } } })
            .as_object()
            .unwrap()
            .clone(),
        ..FileRow::default()
    };
    for (path, expected) in [("a.b", 1), ("t.0.x", 2), ("t.-1.x", 3), ("o.p.q", 4)] {
        assert_eq!(row.value(path), Some(&json!(expected)), "{path}");
    }
    for path in ["t.2.x", "t.-3.x", "t.x", "o.p.q.r", "nothing", ""] {
        assert_eq!(row.value(path), None, "{path}");
    }
}

/// A bomb of aliases: ten of ten of ten.
fn laughs() -> String {
    let mut text = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for level in 1..12 {
        let ten = vec![format!("*a{}", level - 1); 10].join(", ");
        text += &format!("a{level}: &a{level} [{ten}]\n");
    }
    text
}

#[test]
fn files_that_are_no_register_are_refused_with_their_place() {
    let long = "x".repeat(MAX_TEXT + 1);
    let deep = |open: &str, close: &str| format!("[{{\"a\": {}1{}}}]", open.repeat(90), close.repeat(90));
    let cases: Vec<(Vec<u8>, FileFormat, &str)> = vec![
        (b"".to_vec(), FileFormat::Csv, "empty"),
        (b"name,city\n".to_vec(), FileFormat::Csv, "headings but no rows"),
        (b"name,city\nA,B\nA\nA,B,C\n".to_vec(), FileFormat::Csv, "row 3 has 1 cells, row 4 has 3 cells"),
        (b"name,city\nA,\"B\nC,D\nE,F\n".to_vec(), FileFormat::Csv, "row 2 opens a quote"),
        (b"name,city\nA,\"x\ny\"\n\nA,\"B\n".to_vec(), FileFormat::Csv, "row 4 opens a quote"),
        (b"\xff\xfen\0a\0m\0e\0".to_vec(), FileFormat::Csv, "headings but no rows"),
        (b"name\nA\nB\0\n".to_vec(), FileFormat::Csv, "line 3 has a NUL"),
        (b"name\nA\nMej\xeda\n".to_vec(), FileFormat::Csv, "line 3 is not UTF-8"),
        (b"PK\x03\x04xxxx".to_vec(), FileFormat::Csv, "this is a spreadsheet"),
        (format!("name\nA\n{long}\n").into_bytes(), FileFormat::Csv, "row 3 has a cell with more than"),
        (format!("name\nA\n\"{long}\"\n").into_bytes(), FileFormat::Csv, "row 3 has a cell with more than"),
        (format!("- name: A\n- name: {long}\n").into_bytes(), FileFormat::Yaml, "line 2 has a value of more than"),
        (laughs().into_bytes(), FileFormat::Yaml, "aliases"),
        (b"- &a [*a]\n".to_vec(), FileFormat::Yaml, "line 1"),
        (b"- name: A\n  name: B\n".to_vec(), FileFormat::Yaml, "line 2 names the field `name` a second time"),
        (b"- name: A\n- name: [\n".to_vec(), FileFormat::Yaml, "is not valid YAML"),
        (b"- ? [a]\n  : b\n".to_vec(), FileFormat::Yaml, "as the name of a field"),
        (b"".to_vec(), FileFormat::Yaml, "empty"),
        (b"just text\n".to_vec(), FileFormat::Yaml, "single value"),
        (b"- A\n- B\n".to_vec(), FileFormat::Yaml, "entry 1 is a single value"),
        ("[".repeat(100_000).into_bytes(), FileFormat::Yaml, "line 1"),
        ("- ".repeat(100_000).into_bytes(), FileFormat::Yaml, "line 1"),
        ("{a: ".repeat(100_000).into_bytes(), FileFormat::Yaml, "line 1"),
        ("[".repeat(100_000).into_bytes(), FileFormat::Json, "not valid JSON"),
        (deep("[", "]").into_bytes(), FileFormat::Json, "entry 1 nests values"),
        (b"[{\"name\": \"A\"".to_vec(), FileFormat::Json, "line 1"),
        (b"[]".to_vec(), FileFormat::Json, "no entries"),
        (b"{}".to_vec(), FileFormat::Json, "no list"),
        (b"7".to_vec(), FileFormat::Json, "single value"),
        (b"{\"a\":[{}],\"b\":[{}]}".to_vec(), FileFormat::Json, "several lists (a, b)"),
        (b"{\"name\":1}\n{\"name\"\n".to_vec(), FileFormat::JsonLines, "line 2 is not valid JSON"),
        (b"{}\n[]\n".to_vec(), FileFormat::JsonLines, "line 2 is not a JSON object"),
        (b"\n\n".to_vec(), FileFormat::JsonLines, "no entries"),
        (b"a = 1\nb = \n".to_vec(), FileFormat::Toml, "line 2 is not valid TOML"),
        (b"a = 1\n".to_vec(), FileFormat::Toml, "no list"),
    ];
    for (bytes, format, expected) in cases {
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
        match text(&bytes, None).and_then(|text| read(&text, format, &["members"])) {
            Ok(_) => panic!("{start:?} as {format:?} was taken"),
            Err(error) => assert!(error.message().contains(expected), "{start:?}: {error} without {expected:?}"),
        }
    }
}

#[test]
fn endings_tell_formats() {
    for (name, format) in [
        ("a.CSV", FileFormat::Csv),
        ("a.b.tsv", FileFormat::Csv),
        ("x.yml", FileFormat::Yaml),
        ("x.ndjson", FileFormat::JsonLines),
    ] {
        assert_eq!(FileFormat::of_name(name), Some(format));
    }
    assert_eq!((FileFormat::of_name("-"), FileFormat::of_name("a.xlsx")), (None, Some(FileFormat::Xlsx)));
    assert_eq!(FileFormat::of_name("a.ODS"), Some(FileFormat::Xlsx));
    assert!(is_spreadsheet("a.numbers") && !is_spreadsheet("a.xls"));
}

#[test]
fn a_heading_twice_or_missing_loses_no_column() {
    let rows = values("name,Phone, Phone ,\nA,1,2,3\n", FileFormat::Csv);
    assert_eq!(rows[0].1, json!({ "name": "A", "Phone": "1", "Phone (2)": "2", "Column 4": "3" }));
    assert_eq!(values("a,b\n1,2,,\n", FileFormat::Csv)[0].1, json!({ "a": "1", "b": "2" }), "empty cells at the end");
}

#[test]
fn the_separator_divides_all_rows_alike() {
    for (text, expected) in [
        ("a|b\n1|2\n", json!({ "a": "1", "b": "2" })),
        ("a;b\n1,5;2,5\n2,5;3\n", json!({ "a": "1,5", "b": "2,5" })),
        ("Members of Alder, Birch, Cedar and Dune\na;b\n1;2\n3;4\n", json!({})),
        ("a,b\nx; y,2\nz; w,3\n", json!({ "a": "x; y", "b": "2" })),
        ("a\tb\n1, 2\t3\n", json!({ "a": "1, 2", "b": "3" })),
    ] {
        let layout = Layout { heading_row: Some(if expected == json!({}) { 2 } else { 1 }), ..Layout::default() };
        let file = RawTable::of_text(text, &layout).read(&layout, layout.heading_row).unwrap();
        let row = Value::Object(file.rows[0].values.clone());
        assert_eq!(row, if expected == json!({}) { json!({ "a": "1", "b": "2" }) } else { expected }, "{text}");
    }
}

#[test]
fn a_list_is_chosen_by_its_path() {
    let text = "{\"a\":[{\"n\":1}],\"b\":{\"people\":[{\"n\":2}],\"sigs\":[{\"n\":3}]}}";
    let chosen = |chosen: &'static str| read(text, FileFormat::Json, Lists { known: &[], chosen: Some(chosen) });
    assert_eq!(chosen("b.people").unwrap().rows[0].values["n"], json!(2));
    assert_eq!(chosen("sigs").unwrap().rows[0].values["n"], json!(3));
    assert!(chosen("x").unwrap_err().message().contains("the lists are a, b.people, b.sigs"));
    let wrapped = values("{\"meta\":{\"count\":1},\"data\":{\"people\":[{\"name\":\"A\"}]}}", FileFormat::Json);
    assert_eq!(wrapped[0].1, json!({ "name": "A" }));
    let one = values("name: A\ncontact_details:\n- {type: email, value: a@x.org}\n", FileFormat::Yaml);
    assert_eq!(one.len(), 1, "a record in a file of its own");
    let error = read("{\"a\":[{\"n\":1}],\"b\":[{\"n\":1}]}", FileFormat::Json, &[]).unwrap_err();
    assert!(error.message().contains("several lists (a, b); choose one, such as --list a"), "{error}");
}
