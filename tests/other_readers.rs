//! What the program writes is read alike by readers that know older versions of a format: TOML 1.0, and YAML 1.1 as PyYAML and Ruby
//! read it.

use crate::ledger::Ledger;
use std::fs;

/// Runs commands that have to do their work.
fn run(ledger: &Ledger, commands: &[&[&str]]) {
    for command in commands {
        let answer = ledger.run(command);
        assert!(answer.status < 2, "{command:?}: {}{}", answer.stdout, answer.stderr);
    }
}

/// Every TOML file in a ledger, read by a reader that knows TOML 1.0 alone. How many there are.
fn read_all(ledger: &Ledger) -> usize {
    let mut count = 0;
    for entry in walkdir::WalkDir::new(ledger.path()).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let text = fs::read_to_string(&path).unwrap();
            let read = toml_1_0::from_str::<toml_1_0::Table>(&text);
            assert!(read.is_ok(), "{}: {:?}\n{text}", path.display(), read.err());
            count += 1;
        }
    }
    count
}

#[test]
fn the_reader_knows_toml_1_0_alone() {
    for newer in ["t = 18:30\n", "t = { a = 1, }\n", "t = { a = 1,\n b = 2 }\n", "t = \"\\e\"\n", "t = \"\\x41\"\n"] {
        assert!(toml_1_0::from_str::<toml_1_0::Table>(newer).is_err(), "{newer}");
    }
}

#[test]
fn all_that_is_written_is_toml_1_0() {
    let ledger = Ledger::of_three();
    ledger.put(
        "meetings/typed.toml",
        "name = \"Typed\"\ndate = \"2026-11-02\"\nstart_time = 18:30\n\n[extra]\nt = [07:32]\n",
    );
    ledger.put(
        "meetings.csv",
        "name,date,start_time,end_time\nBoard,2026-10-01,18:30,20:00:15\nNight,2026-10-02,00:00,\"\"\n",
    );
    ledger.put(
        "people.yaml",
        "- {name: \"Tab\\tand \\e bell\\u0007\", role: friend, notes: \"two\\nlines \\\\ \\\"\\\"\\\" \\u007f\", extra: {when: 18:30, on: [1, {b: 2}]}}\n",
    );
    ledger.put(
        "goals.json",
        "[{\"name\": \"Cards\", \"milestones\": [{\"name\": \"one\", \"due\": \"2026-12-01\"}], \"extra\": {\"n\": 1e30, \"big\": 99999999999999999999}}]",
    );
    ledger.put(
        "requests.toml",
        "[[requests]]\nname = \"Room\"\nmember = \"birch-library\"\ndate = 2026-11-01\nneed = \"room\"\nextra = { at = 07:32, l = [1979-05-27T07:32Z,], }\n",
    );
    let long = "extra.long=[07:32, \"a rather long entry of a list\", \"another rather long entry of it\", { a = 1, b = [2,], }, \"and one more\"]";
    run(
        &ledger,
        &[
            &["import", "meetings", "meetings.csv"],
            &["import", "advocates", "people.yaml"],
            &["import", "goals", "goals.json"],
            &["import", "requests", "requests.toml"],
            &["new", "meeting", "Spring", "--set", "date=2026-12-01", "--set", "start_time=18:30"],
            &["new", "committee", "Emergency", "--set", "emergency=yes", "--set", "extra.at=08:15"],
            &["set", "meeting/board", "start_time=19:00", "location=The \\ \"old\" hall \u{1b}", long],
            &["set", "meeting/board", "extra.inline={ a = 18:30, }"],
            &["log", "contact", "ana", "--by", "ben", "--channel", "phone", "--summary", "said \"yes\"\nand left"],
            &["log", "contribution", "copying", "Leaflets", "--member", "birch-library", "--hours", "2"],
            &["sign", "charter", "--member", "alder-friends", "--by", "ana", "--yes"],
            &["amend", "charter", "--summary", "shorter"],
            &["fmt"],
            &["rename", "meeting/night", "late"],
        ],
    );
    let board = fs::read_to_string(ledger.path().join("meetings/board.toml")).unwrap();
    assert!(board.contains("start_time = 19:00:00\n") && board.contains("end_time = 20:00:15\n"), "{board}");
    assert!(board.contains("inline = { a = 18:30:00 }\n") && board.contains("07:32:00"), "{board}");
    let typed = fs::read_to_string(ledger.path().join("meetings/typed.toml")).unwrap();
    assert!(typed.contains("start_time = 18:30:00\n") && typed.contains("t = [07:32:00]"), "{typed}");
    fs::remove_file(ledger.path().join("requests.toml")).unwrap();
    assert!(read_all(&ledger) > 15);
    let folder = ledger.path().join("tables");
    run(&ledger, &[&["export", "--private", "--to", folder.to_str().unwrap()]]);
    let again = Ledger::empty();
    again.put("coalition.toml", "name = \"Again\"\n");
    run(&again, &[&["import", "package", folder.to_str().unwrap()]]);
    let request = fs::read_to_string(again.path().join("requests/room.toml")).unwrap();
    assert!(request.contains("at = 07:32:00\n") && request.contains("l = [1979-05-27T07:32:00Z]\n"), "{request}");
    assert!(read_all(&again) > 12);
    let fresh = Ledger::empty();
    run(&fresh, &[&["init", "--name", "Fresh", "--ci", "none"]]);
    assert!(read_all(&fresh) > 0);
}

#[test]
fn words_that_yaml_1_1_takes_for_something_else_stand_in_quotes() {
    let ledger = Ledger::of_three();
    ledger.replace("members/alder-friends.toml", "ALDER FRIENDS", "No");
    ledger.replace("members/birch-library.toml", "BIRCH LIBRARY", "18:30:00");
    ledger.append("members/cedar-school.toml", "areas = [\"0o7\", \"1_000\", \"y\", \"2026-03-01\", \"Riverton\"]\n");
    let listed = ledger.run(&["list", "members", "--format", "yaml"]).stdout;
    for line in
        ["name: \"No\"", "name: \"18:30:00\"", "- \"0o7\"", "- \"1_000\"", "- \"y\"", "- \"2026-03-01\"", "- Riverton"]
    {
        assert!(listed.contains(line), "{line}: {listed}");
    }
    assert!(listed.contains("joined: \"2025-01-15\""), "a date is text in both: {listed}");
    let read: serde_json::Value = serde_yaml::from_str(&listed).unwrap();
    let json: serde_json::Value =
        serde_json::from_str(&ledger.run(&["list", "members", "--format", "json"]).stdout).unwrap();
    assert_eq!(read, json);
}

#[test]
fn a_byte_order_mark_comes_where_it_is_asked_for() {
    let ledger = Ledger::of_three();
    let plain = ledger.run(&["list", "members", "--format", "csv"]).stdout;
    let marked = ledger.run(&["list", "members", "--format", "csv", "--bom"]).stdout;
    assert_eq!(marked.strip_prefix('\u{feff}'), Some(plain.as_str()));
    let matrix = ledger.run(&["verify", "--format", "csv", "--bom"]).stdout;
    assert!(matrix.starts_with('\u{feff}') && !matrix.get(3..).unwrap().contains('\u{feff}'));
    let folder = ledger.path().join("tables");
    let folder = folder.to_str().unwrap();
    run(&ledger, &[&["export", "--to", folder, "--private", "--bom"]]);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_table = path.extension().is_some_and(|ending| ending == "csv");
        assert_eq!(fs::read(&path).unwrap().starts_with(b"\xef\xbb\xbf"), is_table, "{}", path.display());
    }
    let again = ledger.run(&["import", "package", folder]);
    assert!(again.status == 0 && again.stdout.starts_with("Nothing is new"), "{}{}", again.stdout, again.stderr);
    for wrong in [
        &["list", "members", "--bom"][..],
        &["verify", "--format", "json", "--bom"],
        &["export", "--format", "jsonl", "--bom"],
    ] {
        assert_eq!(ledger.run(wrong).status, 2, "{wrong:?}");
    }
}
