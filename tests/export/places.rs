//! Where an export may be written, and what it does to what is there.

use super::files;
use crate::ledger::{Ledger, repository, run_in};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

fn names(folder: &Path) -> Vec<String> {
    files(folder).into_iter().map(|file| file.name).collect()
}

fn times(folder: &Path) -> Vec<SystemTime> {
    names(folder).iter().map(|name| fs::metadata(folder.join(name)).unwrap().modified().unwrap()).collect()
}

#[test]
fn nothing_is_written_where_nothing_changed_and_only_its_own_is_removed() {
    let ledger = Ledger::of_three();
    ledger.put("goals/g.toml", "name = \"G\"\nmilestones = [{ name = \"m\" }]\n");
    let folder = ledger.path().join("out/tables");
    let to = ["export", "--to", "out/tables"];
    assert_eq!(ledger.run(&to).status, 0);
    let before = times(&folder);
    assert_eq!(before.len(), 13, "eleven kinds, one list, and the description");
    let again = ledger.run(&to);
    assert!(again.stdout.contains("0 files written, 13 files unchanged"), "{}", again.stdout);
    assert_eq!(times(&folder), before);
    fs::write(folder.join("notes.csv"), "mine").unwrap();
    ledger.put("goals/g.toml", "name = \"G\"\n");
    let fewer = ledger.run(&to);
    assert!(fewer.stdout.contains("1 file removed"), "{}", fewer.stdout);
    assert!(!folder.join("goal_milestones.csv").exists() && folder.join("notes.csv").exists());
    let records = ledger.run(&[&to[..], &["--format", "jsonl"]].concat());
    assert_eq!(records.status, 0, "{}", records.stderr);
    let expected =
        ["advocates.jsonl", "agreements.jsonl", "datapackage.json", "goals.jsonl", "members.jsonl", "notes.csv"];
    assert_eq!(names(&folder), expected);
}

#[test]
fn what_a_killed_export_left_beside_its_files_goes_with_the_next_one() {
    let ledger = Ledger::of_three();
    let folder = ledger.path().join("out");
    let database = ledger.path().join("c.db");
    let exports = [
        &["export", "--to", folder.to_str().unwrap()][..],
        &["export", "--format", "sqlite", "--to", database.to_str().unwrap()],
    ];
    for export in exports {
        ledger.run(export);
    }
    let left = [folder.join(".members.csv.new"), folder.join(".datapackage.json.new"), ledger.path().join(".c.db.new")];
    left.iter().for_each(|file| fs::write(file, "half").unwrap());
    fs::write(folder.join(".mine.new"), "kept").unwrap();
    for export in exports {
        let answer = ledger.run(export);
        assert!(
            answer.stdout.contains("nothing changed") || answer.stdout.contains("0 files written"),
            "{}",
            answer.stdout
        );
    }
    assert!(left.iter().all(|file| !file.exists()) && folder.join(".mine.new").exists());
}

#[test]
fn what_others_wrote_or_changed_is_not_overwritten() {
    let ledger = Ledger::of_three();
    ledger.put("out/members.csv", "id\nmine\n");
    let refused = ledger.run(&["export", "--to", "out"]);
    assert_eq!((refused.status, refused.stdout.as_str()), (2, ""));
    assert!(refused.stderr.contains("members.csv already exists, and no export wrote it"), "{}", refused.stderr);
    assert_eq!(names(&ledger.path().join("out")), ["members.csv"], "nothing was written");
    assert_eq!(ledger.run(&["export", "--to", "out", "--force"]).status, 0);
    ledger.append("out/members.csv", "mine,,,,,,,,,,,,,,,,,,,,\n");
    let refused = ledger.run(&["export", "--to", "out"]);
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("members.csv has changed since it was exported"), "{}", refused.stderr);
    fs::remove_file(ledger.path().join("out/members.csv")).unwrap();
    assert_eq!(ledger.run(&["export", "--to", "out"]).status, 0);
    ledger.put("other/datapackage.json", "{\"name\": \"theirs\", \"resources\": []}\n");
    assert_eq!(ledger.run(&["export", "--to", "other"]).status, 2);
}

#[test]
fn a_description_from_elsewhere_removes_nothing() {
    let ledger = Ledger::of_three();
    let mark = "{\"coalition_export\": {}, \"resources\": [{\"path\": \"../coalition.toml\", \"hash\": \"\"}, {\"path\": \
                \"notes.csv\", \"hash\": \"\"}]}";
    ledger.put("out/datapackage.json", mark);
    ledger.put("out/notes.csv", "mine");
    assert_eq!(ledger.run(&["export", "--to", "out", "--force"]).status, 0);
    assert!(ledger.path().join("coalition.toml").exists() && ledger.path().join("out/notes.csv").exists());
}

#[test]
fn no_export_lies_among_the_records() {
    let ledger = Ledger::of_three();
    for place in ["members", "members/2026", "goals/new", ".", "out/../advocates", ".git/x", "coalition.toml"] {
        let refused = ledger.run(&["export", "--to", place]);
        assert_eq!((refused.status, refused.stdout.as_str()), (2, ""), "{place}");
    }
    for place in ["coalition.toml", "members/all.db", "out/../coalition.toml", "a.TOML"] {
        let refused = ledger.run(&["export", "--format", "sqlite", "--force", "--to", place]);
        assert_eq!((refused.status, refused.stdout.as_str()), (2, ""), "{place}");
    }
    assert!(ledger.run(&["list", "members"]).stdout.contains("alder-friends"));
    assert_eq!(fs::read_dir(ledger.path().join("members")).unwrap().count(), 3);
    assert!(!ledger.path().join("goals").exists());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("members", ledger.path().join("link")).unwrap();
        assert_eq!(ledger.run(&["export", "--to", "link"]).status, 2);
        std::os::unix::fs::symlink("coalition.toml", ledger.path().join("coalition.db")).unwrap();
        assert_eq!(ledger.run(&["export", "--format", "sqlite", "--to", "coalition.db", "--force"]).status, 2);
    }
}

#[test]
fn the_place_has_to_be_named_and_to_fit() {
    let ledger = Ledger::of_three();
    let said = |arguments: &[&str], words: &str| {
        let answer = ledger.run(arguments);
        assert_eq!(answer.status, 2, "{arguments:?}");
        assert!(answer.stderr.contains(words), "{}", answer.stderr);
    };
    said(&["export"], "--to DIR");
    said(&["export", "--format", "sqlite"], "--to coalition.db");
    said(&["export", "--format", "sqlite", "--to", "members"], "is a folder");
    said(&["export", "--format", "html", "--to", "out"], "cannot write html");
    said(&["export", "--to", "out", "allowed-signers"], "cannot be given together");
    assert_eq!(ledger.run(&["export", "allowed-signers"]).status, 0);
    let elsewhere = tempfile::tempdir().unwrap();
    let from = ["-C", ledger.path().to_str().unwrap(), "export", "--to", "tables", "-q"];
    let answer = run_in(elsewhere.path(), &from);
    assert_eq!((answer.status, answer.stdout.as_str(), answer.stderr.as_str()), (0, "", ""));
    assert!(elsewhere.path().join("tables/datapackage.json").exists(), "seen from where the command was called");
}

#[cfg(feature = "sqlite")]
#[test]
fn a_database_of_others_is_not_overwritten() {
    let ledger = Ledger::of_three();
    let to = ["export", "--format", "sqlite", "--to", "all.db"];
    ledger.put("all.db", "mine");
    assert_eq!(ledger.run(&to).status, 2);
    assert_eq!(ledger.run(&[&to[..], &["--force"]].concat()).status, 0);
    ledger.put("goals/g.toml", "name = \"G\"\n");
    assert_eq!(ledger.run(&to).status, 0, "an export wrote it");
}

/// The lines of the blocks of a page in one language.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).map(|block| block.split("```").next().unwrap()).collect()
}

#[test]
fn the_page_on_exports_can_be_followed() {
    let page = fs::read_to_string(repository("docs/export.md")).unwrap().replace("\r\n", "\n");
    let ledger = tempfile::tempdir().unwrap();
    let from = repository("examples/riverton");
    for entry in walkdir::WalkDir::new(&from).into_iter().map(|entry| entry.unwrap()) {
        let place = ledger.path().join(entry.path().strip_prefix(&from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(place).unwrap();
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
    let commands: Vec<&str> = blocks(&page, "sh").into_iter().flat_map(str::lines).collect();
    assert_eq!(commands.len(), 6);
    for command in commands {
        let words: Vec<&str> = command.split(' ').skip(1).collect();
        let answer = run_in(ledger.path(), &words);
        if cfg!(feature = "sqlite") || !command.contains("sqlite") {
            assert_eq!(answer.status, 0, "{command}: {}", answer.stderr);
        }
    }
    #[cfg(feature = "sqlite")]
    {
        let database = rusqlite::Connection::open(ledger.path().join("coalition.db")).unwrap();
        let queries = blocks(&page, "sql");
        assert_eq!(queries.len(), 2);
        for query in queries {
            let mut query = database.prepare(query).unwrap();
            let rows = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
            let names: Vec<String> = rows.map(|row| row.unwrap()).collect();
            assert!(names.len() > 5, "{names:?}");
        }
    }
    for named in page.split('`').filter(|word| word.ends_with(".csv") && !word.contains('/')) {
        assert!(ledger.path().join("tables").join(named).exists(), "{named}");
    }
}
