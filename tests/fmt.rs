//! `coalition fmt` as people and hooks call it.

use crate::ledger::{Ledger, repository, run_in};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files =
        WalkDir::new(folder).into_iter().map(|entry| entry.unwrap()).filter(|entry| entry.file_type().is_file());
    files.map(|file| (file.path().strip_prefix(folder).unwrap().to_owned(), fs::read(file.path()).unwrap())).collect()
}

fn text(ledger: &Ledger, path: &str) -> String {
    fs::read_to_string(ledger.path().join(path)).unwrap()
}

/// A ledger in canonical form, with one member that is not.
fn with_one_wrong() -> Ledger {
    let ledger = Ledger::of_three();
    assert_eq!(ledger.run(&["fmt", "-q"]).status, 0);
    ledger.put(
        "members/cedar-school.toml",
        "# Since the start.\njoined=2025-01-15\ninvited='2025-01-10'\nclassification = \"other\"\nname = \"CEDAR SCHOOL\" # as it says\nrepresentative = \"cam\"\n",
    );
    ledger
}

const RIGHT: &str = "name = \"CEDAR SCHOOL\" # as it says\nclassification = \"other\"\ninvited = 2025-01-10\n# Since the start.\njoined = 2025-01-15\n\
                     representative = \"cam\"\n";

#[test]
fn check_names_what_is_not_canonical_and_writes_nothing() {
    let ledger = with_one_wrong();
    let before = files(ledger.path());
    let answer = ledger.run(&["fmt", "--check"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (1, "members/cedar-school.toml\n"));
    assert!(answer.stderr.contains("1 file is not in canonical form"), "{}", answer.stderr);
    let answer = ledger.run(&["fmt", "--dry-run"]);
    assert_eq!(answer.status, 0);
    for fact in [
        "Nothing was written",
        "members/cedar-school.toml",
        "- invited='2025-01-10'",
        "+ invited = 2025-01-10",
        "1 file would be",
    ] {
        assert!(answer.stdout.contains(fact), "{fact}: {}", answer.stdout);
    }
    assert_eq!(files(ledger.path()), before);
}

#[test]
fn what_is_not_canonical_is_written_and_the_rest_is_not_touched() {
    let ledger = with_one_wrong();
    let mut expected = files(ledger.path());
    let answer = ledger.run(&["fmt"]);
    assert_eq!((answer.status, answer.stderr.as_str()), (0, ""));
    assert_eq!(answer.stdout, "members/cedar-school.toml\n1 file was changed, 7 were right already.\n");
    expected.insert("members/cedar-school.toml".into(), RIGHT.into());
    expected.remove(Path::new(".coalition-lock"));
    let mut found = files(ledger.path());
    found.remove(Path::new(".coalition-lock"));
    assert_eq!(found, expected);
    let answer = ledger.run(&["fmt", "--check"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (0, ""));
    assert_eq!(ledger.run(&["fmt"]).stdout, "0 files were changed, 8 were right already.\n");
}

#[test]
fn only_what_is_named_is_looked_at() {
    let ledger = with_one_wrong();
    ledger.put("advocates/ana.toml", "member = \"alder-friends\"\nname = \"ana Z\"\n");
    let checked = |paths: &[&str]| ledger.run(&[&["fmt", "--check"], paths].concat()).stdout;
    assert_eq!(checked(&["members"]), "members/cedar-school.toml\n");
    assert_eq!(checked(&["advocates/ana.toml"]), "advocates/ana.toml\n");
    assert_eq!(checked(&["advocate/ana", "member/birch-library"]), "advocates/ana.toml\n");
    assert_eq!(checked(&["agreements", "."]), checked(&[]));
    assert_eq!(checked(&["coalition.toml"]), "");
    for word in ["member/ana", "nothing", "../x"] {
        let answer = ledger.run(&["fmt", word]);
        assert_eq!(answer.status, 2, "{word}: {}", answer.stdout);
    }
    ledger.put("agreements/charter.md", "We  meet.\n");
    let answer = ledger.run(&["fmt", "agreements/charter.md"]);
    assert!(answer.status == 2 && answer.stderr.contains("holds no record"), "{}", answer.stderr);
}

#[test]
fn what_cannot_be_formatted_is_named_and_left_and_the_others_are_formatted() {
    let ledger = with_one_wrong();
    let broken = [
        ("members/broken.toml", "name = \"A\njoined=1\n", "members/broken.toml: line 1 is not TOML"),
        (
            "goals/merge.toml",
            "name = \"A\"\nnotes = \"\"\"\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n\"\"\"\n",
            "goals/merge.toml, line 3: a merge was left unfinished",
        ),
    ];
    for (path, text, _) in broken {
        ledger.put(path, text);
    }
    fs::write(ledger.path().join("goals/latin.toml"), b"name = \"Mej\xeda\"\n").unwrap();
    for arguments in [&["fmt", "--check"] as &[&str], &["fmt"]] {
        let answer = ledger.run(arguments);
        assert_eq!(answer.status, 1);
        for fact in broken.map(|(_, _, told)| told).into_iter().chain(["goals/latin.toml is not UTF-8 text"]) {
            assert!(answer.stderr.contains(fact), "{fact}: {}", answer.stderr);
        }
        assert!(answer.stdout.starts_with("members/cedar-school.toml\n"), "{}", answer.stdout);
    }
    assert_eq!(text(&ledger, "members/cedar-school.toml"), RIGHT);
    for (path, before, _) in broken {
        assert_eq!(text(&ledger, path), before);
    }
    assert_eq!(ledger.run(&["fmt", "goals"]).status, 2, "nothing of it can be read");
}

#[test]
fn a_date_stays_in_quotes_where_an_error_would_follow() {
    let ledger = Ledger::of_three();
    ledger.put(
        "members/dale-club.toml",
        "classification = \"other\"\nname = \"DALE\"\njoined = \"2025-01-15\"\nrepresentative = \"ana\"\n",
    );
    let answer = ledger.run(&["fmt", "member/dale-club", "member/cedar-school"]);
    assert_eq!(answer.status, 1);
    assert!(answer.stderr.contains("members/dale-club.toml, line 3"), "{}", answer.stderr);
    assert!(answer.stderr.contains("once they are read as dates"), "{}", answer.stderr);
    let expected = "name = \"DALE\"\nclassification = \"other\"\njoined = \"2025-01-15\"\nrepresentative = \"ana\"\n";
    assert_eq!(text(&ledger, "members/dale-club.toml"), expected);
}

#[cfg(unix)]
#[test]
fn links_out_of_the_ledger_and_pipes_are_never_opened() {
    let (ledger, outside) = (with_one_wrong(), tempfile::tempdir().unwrap());
    let foreign = outside.path().join("x.toml");
    fs::write(&foreign, "joined=1\nname=\"x\"\n").unwrap();
    std::os::unix::fs::symlink(&foreign, ledger.path().join("members/away.toml")).unwrap();
    std::os::unix::fs::symlink("cedar-school.toml", ledger.path().join("members/cedar-too.toml")).unwrap();
    let pipe = std::process::Command::new("mkfifo").arg(ledger.path().join("members/pipe.toml")).status().unwrap();
    assert!(pipe.success());
    let answer = ledger.run(&["fmt"]);
    assert_eq!(answer.status, 1);
    assert!(answer.stderr.contains("members/away.toml is a link to a place outside"), "{}", answer.stderr);
    assert!(answer.stderr.contains("members/pipe.toml is not a regular file"), "{}", answer.stderr);
    assert_eq!(fs::read_to_string(&foreign).unwrap(), "joined=1\nname=\"x\"\n");
    assert_eq!(text(&ledger, "members/cedar-too.toml"), RIGHT, "a link inside stays one");
    assert!(fs::symlink_metadata(ledger.path().join("members/cedar-too.toml")).unwrap().is_symlink());
}

#[test]
fn the_examples_and_new_ledgers_are_canonical() {
    for example in ["examples/riverton", "examples/minimal"] {
        let answer = run_in(&repository(example), &["fmt", "--check"]);
        assert_eq!((answer.status, answer.stdout.as_str()), (0, ""), "{example}: {}", answer.stderr);
    }
    let ledger = Ledger::empty();
    assert_eq!(ledger.run(&["init", ".", "--name", "C"]).status, 0);
    let answer = ledger.run(&["fmt", "--check"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (0, ""), "{}", answer.stderr);
}

/// A number that looks random and is the same in every run.
fn next(seed: &mut u64) -> usize {
    *seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    (*seed >> 33) as usize
}

fn shuffled<T>(mut items: Vec<T>, seed: &mut u64) -> Vec<T> {
    for at in (1..items.len()).rev() {
        items.swap(at, next(seed) % (at + 1));
    }
    items
}

/// The same record with its fields, tables and logs in another order.
fn disordered(text: &str, seed: &mut u64, logs: &mut usize) -> String {
    let mut blocks = text.split("\n\n").map(str::trim_end).map(str::to_owned);
    let root = blocks.next().unwrap_or_default();
    let blocks: Vec<String> = blocks.collect();
    let (schema, root) = match root.split_once('\n') {
        Some((schema, rest)) if schema.starts_with("#:schema") => (format!("{schema}\n"), rest.to_owned()),
        _ => (String::new(), root),
    };
    // What is inside an entry has to stay behind it, and lists that are no logs in their order: whole kinds of blocks move.
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for block in blocks {
        let heading = block.lines().find(|line| line.starts_with('[')).unwrap_or_default();
        let key: String = heading.trim_start_matches('[').split([']', '.']).next().unwrap_or_default().to_owned();
        match groups.iter_mut().find(|(own, _)| *own == key) {
            Some((_, blocks)) => blocks.push(block),
            None => groups.push((key, vec![block])),
        }
    }
    let root = shuffled(root.lines().map(str::to_owned).collect(), seed).join("  \n");
    let lines = |block: String, seed: &mut u64| {
        let (heading, fields) = block.split_once('\n').unwrap_or((&block, ""));
        let fields: Vec<String> = fields.lines().map(|line| line.replacen(" = ", "=", 1)).collect();
        // Keys of one's own stay as they come.
        let fields = if heading.starts_with("[extra") { fields } else { shuffled(fields, seed) };
        format!("{heading}\n{}", fields.join("\n"))
    };
    let mut blocks = Vec::new();
    for (_, group) in shuffled(groups, seed) {
        // A log comes back from any order, where no two of its entries are of one day.
        let line = |block: &str, start: &str| block.lines().find(|line| line.starts_with(start)).map(str::to_owned);
        let days: BTreeSet<_> = group.iter().filter_map(|block| line(block, "date = ")).collect();
        let headings: BTreeSet<_> = group.iter().filter_map(|block| line(block, "[")).collect();
        let is_log = days.len() == group.len() && headings.len() == 1 && !headings.contains("[extra]");
        *logs += usize::from(is_log && group.len() > 1);
        let group = if is_log { shuffled(group, seed) } else { group };
        blocks.extend(group.into_iter().map(|block| lines(block, seed)));
    }
    format!("{schema}{root}\n\n\n{}\n", blocks.join("\n"))
}

#[test]
fn records_in_disorder_come_back_to_the_same_text() {
    let mut seed = 20261122;
    let folder = repository("examples/riverton");
    let ledger = Ledger::empty();
    let (mut tried, mut logs, mut paths) = (0, 0, Vec::new());
    for (path, bytes) in files(&folder) {
        let text = String::from_utf8(bytes).unwrap();
        let name = path.to_str().unwrap().replace('\\', "/");
        ledger.put(&name, &text);
        // Remarks and texts on lines of their own cannot be shuffled line by line.
        let plain = !text.contains("\"\"\"")
            && !text.contains("= [\n")
            && !text.lines().skip(1).any(|line| line.starts_with('#'));
        if path.extension().is_some_and(|ending| ending == "toml") && plain && name != "coalition.toml" {
            paths.push((name, text));
        }
    }
    for _ in 0..3 {
        for (path, text) in &paths {
            ledger.put(path, &disordered(text, &mut seed, &mut logs));
        }
        let changed = ledger.run(&["fmt"]);
        assert_eq!(changed.status, 0, "{}{}", changed.stdout, changed.stderr);
        for (path, expected) in &paths {
            tried += 1;
            assert_eq!(text(&ledger, path), *expected, "{path}");
        }
    }
    assert!(tried > 150 && logs > 20, "{tried} records, {logs} logs");
}
