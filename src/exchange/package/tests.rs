//! Packages that did not come from an export as it is: changed by hand, broken, from elsewhere.

use super::*;
use crate::check::base_ledger;
use crate::edit::progress::Silent;
use crate::exchange::date_format::DateFormat;
use crate::exchange::import::{ImportOptions, plan};
use crate::exchange::incoming::Incoming;
use crate::ledger::load;
use serde_json::json;

fn exported() -> Vec<PackageFile> {
    let mut ledger = base_ledger();
    ledger.put("goals/cards.toml", b"name = \"Cards\"\nmilestones = [{ name = \"one\" }, { name = \"two\" }]\n");
    let ledger = load(&ledger).unwrap();
    files(&Outgoing::of(&ledger, "2026-06-15".parse().unwrap(), true), &mut || {}).unwrap()
}

/// The package with some words of a file replaced.
fn changed(name: &str, old: &str, new: &str) -> Result<Vec<Incoming>, String> {
    let mut files = exported();
    let file = files.iter_mut().find(|file| file.name == name).unwrap();
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    assert!(text.contains(old), "{name} has no {old}");
    file.bytes = text.replacen(old, new, 1).into_bytes();
    read_all(&files)
}

/// The records of a package in which every cell is what its column holds.
fn read_all(files: &[PackageFile]) -> Result<Vec<Incoming>, String> {
    let package = read(files, &DateFormat::default()).map_err(|error| error.to_string())?;
    match package.problems.as_slice() {
        [] => Ok(package.records),
        [problem, ..] => Err(problem.to_string()),
    }
}

fn goal(records: Vec<Incoming>) -> Incoming {
    records.into_iter().find(|record| record.id.as_deref() == Some("cards")).unwrap()
}

#[test]
fn entries_come_in_the_order_of_their_numbers() {
    let goal = goal(changed("goal_milestones.csv", "cards,1,", "cards,11,").unwrap());
    assert_eq!(goal.fields["milestones"], json!([{ "name": "two" }, { "name": "one" }]));
    assert_eq!((goal.place.as_str(), goal.kind), ("goals.csv, line 2", crate::kind::Kind::Goal));
}

#[test]
fn a_column_of_ones_own_and_a_value_of_another_type_are_kept_for_the_reader_of_records() {
    let records = changed("goals.csv", "id,folder,name,other_names", "id,folder,name,color").unwrap();
    assert_eq!(goal(records).fields.get("color"), None, "there is nothing in it");
    let mut files = exported();
    for file in files.iter_mut().filter(|file| file.name == "goals.csv") {
        file.bytes =
            b"\xef\xbb\xbfid,name,color,due,measure_target,tags\r\ncards,'=Cards,'-red,2026-05-01 00:00:00,many,x\r\n"
                .to_vec();
    }
    let goal = goal(read_all(&files).unwrap());
    let milestones = json!([{ "name": "one" }, { "name": "two" }]);
    let expected = json!({ "name": "=Cards", "color": "-red", "due": "2026-05-01", "measure": { "target": "many" }, "tags": "x",
        "milestones": milestones });
    assert_eq!(serde_json::Value::Object(goal.fields), expected);
}

#[test]
fn what_is_not_a_package_is_reported() {
    let said = |result: Result<Vec<Incoming>, String>, words: &str| {
        let error = result.map(|records| records.len()).unwrap_err();
        assert!(error.contains(words), "{error}");
    };
    said(changed("goal_milestones.csv", "cards,1,", "card,1,"), "goal_milestones.csv, line 2: there is no goal `card`");
    said(changed("goal_milestones.csv", "cards,1,", "cards,,"), "goal_milestones.csv, line 2 has no number");
    said(changed("goals.csv", "cards,", ","), "goals.csv, line 2 does not name its goal");
    said(changed("goals.csv", "\ncards,", "\ncards\ncards,"), "goals.csv, line 2 cannot be read");
    said(changed(DESCRIPTOR, "\"name\": \"goals\"", "\"name\": \"gaols\""), "no table `gaols`; did you mean `goals`?");
    said(changed(DESCRIPTOR, "\"path\": \"goals.csv\"", "\"path\": \"g.csv\""), "g.csv is missing");
    for path in ["../goals.csv", "/etc/passwd", "https://example.org/goals.csv", "C:goals.csv", ".hidden", ""] {
        let new = format!("\"path\": \"{path}\"");
        said(
            changed(DESCRIPTOR, "\"path\": \"goals.csv\"", &new),
            "the file of the table `goals` is not in the same folder",
        );
    }
    said(changed(DESCRIPTOR, "{", "["), "datapackage.json is not JSON");
    said(changed(DESCRIPTOR, "\"resources\"", "\"sources\""), "has no `resources`");
    let mut twice = exported();
    for file in twice.iter_mut().filter(|file| file.name == "goals.csv") {
        file.bytes = b"id,name\ncards,A\ncards,B\n".to_vec();
    }
    said(read_all(&twice), "goals.csv, line 3: the goal `cards` appears twice");
    said(read_all(&[]), "datapackage.json is missing");
}

#[test]
fn rows_have_the_numbers_that_a_spreadsheet_shows_whatever_ends_their_lines() {
    let read = |rows: &str| {
        let mut files = exported();
        for file in files.iter_mut().filter(|file| file.name == "goal_milestones.csv") {
            file.bytes = rows.as_bytes().to_vec();
        }
        read_all(&files)
    };
    let rows = "goal,number,name\ncards,1,A\ncards,2,\"B\nb\"\n\ncard,3,C\n";
    for rows in [rows.to_owned(), rows.replace('\n', "\r\n")] {
        let message = read(&rows).map(|records| records.len()).unwrap_err();
        assert!(message.starts_with("goal_milestones.csv, line 6: there is no goal `card`"), "{message}");
    }
    let message = read("goal,number,name\r\ncards,1,A\r\ncards,1,B\r\n").map(|records| records.len()).unwrap_err();
    assert!(
        message.starts_with("goal_milestones.csv, line 3: an earlier row of the goal `cards` also has the number 1"),
        "{message}"
    );
    let goal = read("goal,number,name\ncards,2.0,B\ncards,1.00,A\n")
        .unwrap()
        .into_iter()
        .find(|r| r.id.as_deref() == Some("cards"));
    assert_eq!(goal.unwrap().fields["milestones"], json!([{ "name": "A" }, { "name": "B" }]));
}

#[test]
fn a_package_names_the_files_that_are_to_be_read() {
    let files = exported();
    let description = files.iter().find(|file| file.name == DESCRIPTOR).unwrap();
    let mut names = file_names(&description.bytes).unwrap();
    names.push(DESCRIPTOR.to_owned());
    assert_eq!(names, files.iter().map(|file| file.name.clone()).collect::<Vec<_>>());
}

#[test]
fn what_a_public_package_cannot_restore_is_told_with_table_and_row() {
    let public = |private: bool| {
        let ledger = load(&base_ledger()).unwrap();
        files(&Outgoing::of(&ledger, "2026-06-15".parse().unwrap(), private), &mut || {}).unwrap()
    };
    assert_eq!(require_restorable(&public(true)), Ok(()));
    let mut files = public(false);
    let changed = files.iter_mut().find(|file| file.name == "agreement_signatures.csv").unwrap();
    changed.bytes = b"agreement,number,member,by,date\ncharter,1,alder-friends,unlisted_1,2025-03-01\n".to_vec();
    let message = require_restorable(&files).unwrap_err().to_string();
    let expected = "without --private, so it lacks `by` in agreement_signatures.csv, line 2";
    assert!(message.contains(expected), "{message}");
}

#[test]
fn a_spreadsheet_may_have_put_semicolons() {
    let mut files = exported();
    for file in files.iter_mut().filter(|file| file.name == "goals.csv") {
        file.bytes = b"\xef\xbb\xbfid;name;summary\r\ncards;Cards, all;x\r\n".to_vec();
    }
    let goal = goal(read_all(&files).unwrap());
    assert_eq!((&goal.fields["name"], &goal.fields["summary"]), (&json!("Cards, all"), &json!("x")));
}

#[test]
fn an_id_in_a_package_is_never_a_name() {
    let mut ledger = base_ledger();
    ledger.put("members/no.toml", b"name = \"No\"\nclassification = \"other\"\n");
    ledger.put("members/n.toml", b"name = \"no\"\nclassification = \"other\"\nsponsor = \"no\"\n");
    let ledger = load(&ledger).unwrap();
    let today = "2026-06-15".parse().unwrap();
    let package = files(&Outgoing::of(&ledger, today, true), &mut || {}).unwrap();
    let options = |by_id| ImportOptions { update: false, identified: false, by_id, today, progress: &Silent };
    let planned = |by_id| {
        plan(&crate::ledger::Ledger::default(), read_all(&package).unwrap(), Vec::new(), &options(by_id)).problems
    };
    assert!(!planned(true).iter().any(|problem| problem.column.is_some()), "{:?}", planned(true));
    assert!(planned(false).iter().any(|problem| problem.column.as_deref() == Some("sponsor")));
}

/// A ledger that its package comes back to, with these words of a table replaced.
fn updated(old: &str, new: &str, style: &DateFormat) -> (Vec<String>, Option<String>) {
    let mut source = base_ledger();
    let seats = "name = \"Board\"\n\n[[seats]]\nrole = \"chair\"\nstart_date = 2026-01-01\n\n[[seats]] # second\nrole = \"member\"\n\
        start_date = 2026-02-01\n";
    source.put("committees/east/board.toml", seats.as_bytes());
    let ledger = load(&source).unwrap();
    let today = "2026-06-15".parse().unwrap();
    let mut package = files(&Outgoing::of(&ledger, today, true), &mut || {}).unwrap();
    let table = package.iter_mut().find(|file| file.name == "committee_seats.csv").unwrap();
    let text = String::from_utf8(table.bytes.clone()).unwrap();
    assert!(text.contains(old), "{text}");
    table.bytes = text.replacen(old, new, 1).into_bytes();
    let read = read(&package, style).unwrap();
    let options = ImportOptions { update: true, identified: false, by_id: true, today, progress: &Silent };
    let import = plan(&ledger, read.records, read.problems, &options);
    assert!(import.changes.files.iter().all(|file| file.path.as_str() == "committees/east/board.toml"));
    let found = import.problems.iter().map(ToString::to_string).collect();
    (found, import.changes.files.into_iter().next().and_then(|file| file.after))
}

#[test]
fn an_entry_is_known_by_its_number() {
    let seats = |second: &str| {
        Some(format!(
            "name = \"Board\"\n\n[[seats]]\nrole = \"chair\"\nstart_date = 2026-01-01\n\n[[seats]] # second\nrole = \"member\"\n{second}"
        ))
    };
    let plain = DateFormat::default();
    let ended = updated("member,,,2026-02-01,\n", "member,,,2026-02-01,2026-05-01\n", &plain);
    assert_eq!(ended, (Vec::new(), seats("start_date = 2026-02-01\nend_date = 2026-05-01\n")));
    let moved = updated("2026-02-01", "2026-03-01", &plain);
    assert_eq!(moved, (Vec::new(), seats("start_date = 2026-03-01\n")));
    let added =
        updated("member,,,2026-02-01,\n", "member,,,2026-02-01,\nboard,3,treasurer,,,2026-03-01,\n,,,,,,\n", &plain);
    let third = "start_date = 2026-02-01\n\n[[seats]]\nrole = \"treasurer\"\nstart_date = 2026-03-01\n";
    assert_eq!(added, (Vec::new(), seats(third)));
    let same = updated("member,,,2026-02-01,\n", "member,,,2026-02-01,\n,,,,,,\n \u{200b},,,,,,\n", &plain);
    assert_eq!(same, (Vec::new(), None));
}

#[test]
fn dates_that_a_spreadsheet_wrote_otherwise_need_their_form() {
    let (found, _) = updated("2026-02-01", "01/02/2026", &DateFormat::default());
    let expected = "committee_seats.csv, line 3, start_date: \"01/02/2026\" is not a date like 2026-03-01; if the file uses \
        another format, name it: --date-format \"%d/%m/%Y\"";
    assert_eq!(found, [expected]);
    let style = DateFormat::parse("%d/%m/%Y").unwrap();
    assert_eq!(updated("2026-02-01", "01/02/2026", &style), (Vec::new(), None));
}

#[test]
fn text_behind_a_closing_quote_is_refused_with_its_table_and_row() {
    let message = changed("goals.csv", "Cards", "\"Car\"ds").unwrap_err();
    assert!(message.starts_with("goals.csv: row 2 has text after a closing quote"), "{message}");
}

#[test]
fn files_come_back_to_their_folders() {
    let mut source = base_ledger();
    source.put("goals/2026/spring/doors.toml", b"name = \"Doors\"\n");
    let ledger = load(&source).unwrap();
    let today = "2026-06-15".parse().unwrap();
    let outgoing = |private| Outgoing::of(&ledger, today, private);
    let options = ImportOptions { update: false, identified: false, by_id: true, today, progress: &Silent };
    let tables = files(&outgoing(true), &mut || {}).unwrap();
    let lines = add_descriptor(
        &ledger,
        &ledger.audience(today, true),
        crate::exchange::jsonl::files(&outgoing(true), &mut || {}),
    );
    let written = |package: &[PackageFile]| {
        let read = read(package, &DateFormat::default()).unwrap();
        let import = plan(&crate::ledger::Ledger::default(), read.records, read.problems, &options);
        let found: Vec<String> = import.problems.iter().map(ToString::to_string).collect();
        (import.changes.files.iter().map(|file| file.path.to_string()).collect::<Vec<_>>(), found)
    };
    for package in [&tables, &lines] {
        let (paths, found) = written(package);
        assert!(paths.contains(&"goals/2026/spring/doors.toml".to_owned()), "{paths:?}");
        assert_eq!(found, Vec::<String>::new());
    }
    for folder in ["..", "../x", "/etc", ".git", "a//b"] {
        let mut outside = tables.clone();
        let goals = outside.iter_mut().find(|file| file.name == "goals.csv").unwrap();
        goals.bytes = String::from_utf8(goals.bytes.clone()).unwrap().replace("2026/spring", folder).into_bytes();
        let (_, found) = written(&outside);
        assert!(found.iter().any(|found| found.contains("is not a valid subfolder")), "{folder}: {found:?}");
    }
    let public = files(&outgoing(false), &mut || {}).unwrap();
    assert!(
        !String::from_utf8(public.iter().find(|file| file.name == "goals.csv").unwrap().bytes.clone())
            .unwrap()
            .contains("spring")
    );
}

#[test]
fn what_json_cannot_hold_comes_back_as_it_was() {
    let extra = "[extra]\nd = nan\nf = 0.1234567890123456789\nh = 1.5\ni = 07:32:00\nj = 1979-05-27T00:32:00.999999-07:00\n\
        k = [1, \"x\", -inf]\nt = \"07:32:00\"\n\n[extra.deep]\n\"a/b\" = 2026-03-01\n";
    let mut source = base_ledger();
    let file = format!("name = \"Doors\"\n\n{extra}");
    source.put("goals/doors.toml", file.as_bytes());
    let ledger = load(&source).unwrap();
    let today = "2026-06-15".parse().unwrap();
    let outgoing = || Outgoing::of(&ledger, today, true);
    let tables = files(&outgoing(), &mut || {}).unwrap();
    let lines =
        add_descriptor(&ledger, &ledger.audience(today, true), crate::exchange::jsonl::files(&outgoing(), &mut || {}));
    let options = |update| ImportOptions { update, identified: false, by_id: true, today, progress: &Silent };
    for package in [&tables, &lines] {
        let records = || read(package, &DateFormat::default()).unwrap().records;
        let made = plan(&crate::ledger::Ledger::default(), records(), Vec::new(), &options(false));
        let doors = made.changes.files.iter().find(|file| file.path.as_str() == "goals/doors.toml").unwrap();
        assert_eq!(doors.after.as_deref(), Some(file.as_str()));
        let again = plan(&ledger, records(), Vec::new(), &options(false));
        assert_eq!((again.changes.files.len(), again.problems.len()), (0, 0));
        // A value that someone has changed in a spreadsheet is what it says now.
        let mut grown = base_ledger();
        grown.put("goals/doors.toml", b"name = \"Doors\"\n\n[extra]\nd = 1\ni = 08:00:00\n");
        let updated = plan(&load(&grown).unwrap(), records(), Vec::new(), &options(true));
        let doors = updated.changes.files.iter().find(|file| file.path.as_str() == "goals/doors.toml").unwrap();
        let text = doors.after.as_deref().unwrap();
        for line in
            ["d = nan\n", "i = 07:32:00\n", "k = [1, \"x\", -inf]\n", "\"a/b\" = 2026-03-01\n", "t = \"07:32:00\"\n"]
        {
            assert!(text.contains(line), "{text}");
        }
    }
    let mut changed = tables.clone();
    let goals = changed.iter_mut().find(|file| file.name == "goals.csv").unwrap();
    let cells = String::from_utf8(goals.bytes.clone()).unwrap();
    goals.bytes = cells.replacen("\"\"i\"\":\"\"07:32:00\"\"", "\"\"i\"\":\"\"late\"\"", 1).into_bytes();
    let made = plan(&crate::ledger::Ledger::default(), read_all(&changed).unwrap(), Vec::new(), &options(false));
    let doors = made.changes.files.iter().find(|file| file.path.as_str() == "goals/doors.toml").unwrap();
    assert!(doors.after.as_deref().unwrap().contains("i = \"late\"\n"));
}
