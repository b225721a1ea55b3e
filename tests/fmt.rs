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
    assert!(answer.stderr.contains("1 file is not formatted"), "{}", answer.stderr);
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
    assert_eq!(answer.stdout, "members/cedar-school.toml\n1 file was changed, 7 were already formatted.\n");
    expected.insert("members/cedar-school.toml".into(), RIGHT.into());
    expected.remove(Path::new(".coalition-lock"));
    let mut found = files(ledger.path());
    found.remove(Path::new(".coalition-lock"));
    assert_eq!(found, expected);
    let answer = ledger.run(&["fmt", "--check"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (0, ""));
    assert_eq!(ledger.run(&["fmt"]).stdout, "0 files were changed, 8 were already formatted.\n");
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
    assert!(answer.status == 2 && answer.stderr.contains("has no records"), "{}", answer.stderr);
}

#[test]
fn what_cannot_be_formatted_is_named_and_left_and_the_others_are_formatted() {
    let ledger = with_one_wrong();
    let broken = [
        ("members/broken.toml", "name = \"A\njoined=1\n", "members/broken.toml: line 1 is not valid TOML"),
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
        for fact in broken.map(|(_, _, found)| found).into_iter().chain(["goals/latin.toml is not UTF-8 text"]) {
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
    assert!(answer.stderr.contains("if they become dates"), "{}", answer.stderr);
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

/// Whether a die of so many sides shows its first.
fn one_in(sides: usize, seed: &mut u64) -> bool {
    next(seed).is_multiple_of(sides)
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
        match groups.iter_mut().find(|(name, _)| *name == key) {
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

/// A ledger in which signatures stand in the record of the charter, with comments, and one in a file.
fn signed() -> Ledger {
    let ledger = Ledger::of_three();
    ledger.replace("agreements/charter.toml", "name =", "#:schema ../.coalition/schema/agreement.schema.json\nname =");
    ledger.append("agreements/charter.toml", "\n# Signed at the founding.\n\n# by letter");
    ledger.sign("alder-friends", "ana");
    ledger.replace(
        "agreements/charter.toml",
        "member = \"alder-friends\"",
        "member = \"alder-friends\" # of the founders",
    );
    ledger.append("agreements/charter.toml", "# behind it\n");
    ledger.sign("birch-library", "ben");
    ledger.append("agreements/charter.toml", "withdrawn = 2025-06-01\n");
    ledger.sign("birch-library", "ben");
    let record = text(&ledger, "agreements/charter.toml");
    let (rest, last) = record.rsplit_once("\n[[signatures]]\nmember = \"birch-library\"\n").unwrap();
    ledger.put("agreements/charter.toml", &format!("{rest}\n# The end.\n[extra]\nkept = true\n"));
    ledger.put(
        "signatures/charter/birch-library.toml",
        &format!("# again\n[[signatures]]\n{}", last.replace("2025-01-20", "2025-07-01")),
    );
    ledger
}

/// What `list signatures` says of each entry, without its place.
fn judged(ledger: &Ledger) -> Vec<String> {
    let answer = ledger.run(&["list", "signatures", "--format", "jsonl"]);
    let entry = |line: &str| {
        let mut entry: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
        assert!(entry.shift_remove("file").is_some());
        entry.sort_keys();
        serde_json::Value::Object(entry).to_string()
    };
    let mut entries: Vec<String> = answer.stdout.lines().map(entry).collect();
    entries.sort();
    entries
}

#[test]
fn signatures_move_to_files_of_their_members_and_count_as_they_did() {
    let ledger = signed();
    let (before, was) = (files(ledger.path()), judged(&ledger));
    let check = |ledger: &Ledger| ledger.run(&["check"]).stdout;
    assert_eq!(was.len(), 3);
    let said = check(&ledger);
    let answer = ledger.run(&["fmt", "--split-signatures", "--check"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (1, "agreements/charter.toml\n"));
    assert!(answer.stderr.contains("1 record has signatures"), "{}", answer.stderr);
    let answer = ledger.run(&["fmt", "--split-signatures", "--dry-run"]);
    assert!(
        answer.status == 0 && answer.stdout.contains("New file signatures/charter/alder-friends.toml"),
        "{}",
        answer.stdout
    );
    assert!(answer.stdout.contains("2 signatures would move to 2 files."), "{}", answer.stdout);
    assert_eq!(files(ledger.path()), before);
    let answer = ledger.run(&["fmt", "--split-signatures"]);
    assert_eq!((answer.status, answer.stderr.as_str()), (0, ""));
    let places =
        "agreements/charter.toml\nsignatures/charter/alder-friends.toml\nsignatures/charter/birch-library.toml\n";
    assert_eq!(answer.stdout, format!("{places}2 signatures moved to 2 files.\n"));
    let record = text(&ledger, "agreements/charter.toml");
    assert!(record.ends_with("\n\n# Signed at the founding.\n\n# The end.\n[extra]\nkept = true\n"), "{record}");
    let digest = ledger.run(&["terms", "charter", "--digest"]).stdout;
    let entry = |by: &str, date: &str| format!("by = \"{by}\"\ndate = {date}\nterms = \"{}\"\n", digest.trim());
    let schema = "#:schema ../../.coalition/schema/signatures.schema.json\n";
    assert_eq!(
        text(&ledger, "signatures/charter/alder-friends.toml"),
        format!(
            "{schema}\n# by letter\n[[signatures]]\n# of the founders\n{}# behind it\n",
            entry("ana", "2025-01-20")
        )
    );
    assert_eq!(
        text(&ledger, "signatures/charter/birch-library.toml"),
        format!(
            "# again\n[[signatures]]\n{}\n[[signatures]]\n{}withdrawn = 2025-06-01\n",
            entry("ben", "2025-07-01"),
            entry("ben", "2025-01-20")
        )
    );
    let moved = files(ledger.path());
    assert_eq!((judged(&ledger), check(&ledger)), (was, said.replace("9 files", "10 files")));
    for arguments in [&["fmt", "--split-signatures"][..], &["fmt", "--split-signatures", "charter"]] {
        let again = ledger.run(arguments);
        assert_eq!((again.status, again.stdout.as_str()), (0, "No record of an agreement has signatures.\n"));
    }
    assert_eq!(ledger.run(&["fmt", "--split-signatures", "--check"]).status, 0);
    assert_eq!(files(ledger.path()), moved);
}

#[test]
fn files_of_signatures_are_formatted_like_records() {
    let ledger = signed();
    ledger.run(&["fmt", "-q", "--split-signatures"]);
    let was = judged(&ledger);
    let file = "signatures/charter/birch-library.toml";
    let answer = ledger.run(&["fmt", "--check", "signatures"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (1, "signatures/charter/birch-library.toml\n"));
    assert_eq!(ledger.run(&["fmt", "-q", file]).status, 0);
    let dates: Vec<String> =
        text(&ledger, file).lines().filter(|line| line.starts_with("date")).map(str::to_owned).collect();
    assert_eq!(dates, ["date = 2025-01-20", "date = 2025-07-01"]);
    assert!(text(&ledger, file).contains("\n\n# again\n[[signatures]]\n"), "{}", text(&ledger, file));
    ledger.put(
        file,
        "[[signatures]]\nwithdrawn='2025-06-01' # gone\nterms = \"x\"\n# when\ndate = '2025-01-20'\nby = \"ben\"\n",
    );
    assert_eq!(ledger.run(&["fmt", "-q"]).status, 0);
    let right =
        "[[signatures]]\nby = \"ben\"\n# when\ndate = 2025-01-20\nterms = \"x\"\nwithdrawn = 2025-06-01 # gone\n";
    assert_eq!(text(&ledger, file), right);
    assert_eq!(was.len(), 3);
}

#[test]
fn agreements_are_named_by_path_id_or_name_and_nothing_else_moves() {
    for words in [&["charter"][..], &["agreement/charter"], &["agreements/charter.toml"], &["agreements"], &["Charter"]]
    {
        let ledger = signed();
        ledger.put(
            "agreements/other.toml",
            "name = \"Other\"\ntext = \"x\"\nrequired_of = \"nobody\"\nsignatures = [{ by = \"ana\" }]\n",
        );
        let before = files(ledger.path());
        let answer = ledger.run(&[&["fmt", "--split-signatures"], words].concat());
        if words == ["agreements"] {
            // The other one has what cannot move, and then nothing does.
            assert_eq!(answer.status, 1);
            assert!(
                answer.stdout.contains("agreements/other.toml, line 4: the signatures are in brackets"),
                "{}",
                answer.stdout
            );
            assert_eq!(files(ledger.path()), before);
        } else {
            assert_eq!(answer.status, 0, "{words:?}: {}{}", answer.stdout, answer.stderr);
            assert!(!text(&ledger, "agreements/charter.toml").contains("[[signatures]]"));
        }
    }
    let ledger = signed();
    for (word, expected) in [
        ("members", "has no agreements"),
        ("member/ana", "this needs an agreement"),
        ("nothing", "there is no file or folder"),
    ] {
        let answer = ledger.run(&["fmt", "--split-signatures", word]);
        assert_eq!((answer.status, answer.stdout.as_str()), (2, ""));
        assert!(answer.stderr.contains(expected), "{word}: {}", answer.stderr);
    }
}

#[test]
fn what_cannot_move_is_told_with_its_place_and_nothing_is_written() {
    let entry = "\n[[signatures]]\nby = \"ana\"\ndate = 2025-01-20\n";
    for (path, more, expected) in [
        (
            "agreements/charter.toml",
            entry.to_owned(),
            "agreements/charter.toml, line 32: the entry does not name a member",
        ),
        (
            "agreements/charter.toml",
            format!("{entry}member = \"Alder-Friends\"\n"),
            "line 35: \"Alder-Friends\" is not the id",
        ),
        (
            "agreements/charter.toml",
            format!("{entry}member = \"alder-fiends\"\n"),
            "line 32: there is no member `alder-fiends`",
        ),
        ("signatures/charter/birch-library.toml", "[own\n".to_owned(), "signatures/charter/birch-library.toml: line"),
        ("agreements/charter.toml", "x = \n".to_owned(), "agreements/charter.toml, line 31 is not valid TOML"),
    ] {
        let ledger = signed();
        ledger.append(path, &more);
        let before = files(ledger.path());
        let answer = ledger.run(&["fmt", "--split-signatures"]);
        assert_eq!(answer.status, 1, "{}{}", answer.stdout, answer.stderr);
        assert!(answer.stdout.contains(expected), "{expected}: {}", answer.stdout);
        assert_eq!(files(ledger.path()), before);
    }
}

#[test]
fn what_cannot_be_read_is_not_added_to() {
    for path in ["signatures/charter/alder-friends.toml", "agreements/charter.toml"] {
        let ledger = signed();
        let mut bytes = fs::read(ledger.path().join(path)).unwrap_or_default();
        bytes.extend(b"# caf\xe9\n");
        fs::write(ledger.path().join(path), bytes).unwrap();
        let before = files(ledger.path());
        let answer = ledger.run(&["fmt", "--split-signatures"]);
        assert_eq!(answer.status, 1, "{}{}", answer.stdout, answer.stderr);
        assert!(answer.stdout.contains(&format!("{path} cannot be read")), "{}", answer.stdout);
        assert_eq!(files(ledger.path()), before);
    }
}

#[test]
fn records_written_in_any_way_lose_nothing_when_they_are_split() {
    let mut seed = 20261122;
    let (mut moved, mut proofs) = (0, 0);
    for round in 0..40 {
        let ledger = Ledger::of_three();
        let mut record = text(&ledger, "agreements/charter.toml");
        let mut comments = 0;
        for _ in 0..1 + next(&mut seed) % 5 {
            let member = ["alder-friends", "birch-library", "cedar-school"][next(&mut seed) % 3];
            let mut lines = vec![
                format!("member = \"{member}\""),
                "by='ana'".to_owned(),
                format!("date = 2025-0{}-11", 1 + next(&mut seed) % 9),
                format!("terms = \"sha256:{}\"", (next(&mut seed) % 10).to_string().repeat(64)),
            ];
            if one_in(3, &mut seed) {
                lines.push(
                    "signature = \"\"\"\n-----BEGIN SSH SIGNATURE-----\n# no comment\n\n[[signatures]]\n\"\"\""
                        .to_owned(),
                );
                proofs += 1;
            }
            let mut comment = |text: &str| {
                comments += 1;
                format!("{text}# {comments}")
            };
            let mut text = String::new();
            for _ in 0..next(&mut seed) % 3 {
                text += &match next(&mut seed) % 4 {
                    0 => comment(""),
                    1 => "  ".to_owned(),
                    blank => "\n".repeat(blank - 2),
                };
                text += "\n";
            }
            text += ["[[signatures]]", "[[ 'signatures' ]]", " [[signatures]] "][next(&mut seed) % 3];
            text += &if one_in(3, &mut seed) { comment(" ") } else { String::new() };
            text += "\n";
            for line in shuffled(lines, &mut seed) {
                text += ["", "\n", "\t", "  "][next(&mut seed) % 4];
                text += &line;
                text += &if one_in(3, &mut seed) { comment("   ") } else { String::new() };
                text += "\n";
                text += &if one_in(5, &mut seed) { comment("") + "\n" } else { String::new() };
            }
            record += &text;
        }
        record += ["", "\n[extra]\nx = 1\n", "# last\n[[amendments]]\nversion = 1\ndate = 2025-02-01\n", "\n\n"]
            [next(&mut seed) % 4];
        if one_in(3, &mut seed) {
            record = record.trim_end().to_owned();
        }
        if one_in(2, &mut seed) {
            record = record.replace('\n', "\r\n");
        }
        if one_in(3, &mut seed) {
            record.insert(0, '\u{feff}');
        }
        ledger.put("agreements/charter.toml", &record);
        let was = judged(&ledger);
        let report = |ledger: &Ledger| -> serde_json::Value {
            let mut report: serde_json::Value =
                serde_json::from_str(&ledger.run(&["verify", "--format", "json"]).stdout).unwrap();
            // They name the files.
            report.as_object_mut().unwrap().remove("problems").unwrap();
            report
        };
        let matrix = report(&ledger);
        let answer = ledger.run(&["fmt", "--split-signatures"]);
        assert_eq!(answer.status, 0, "round {round}: {}{}\n{record}", answer.stdout, answer.stderr);
        assert_eq!(judged(&ledger), was, "{record}");
        assert_eq!(report(&ledger), matrix, "{record}");
        moved += was.len();
        let all: String = files(ledger.path())
            .into_iter()
            .filter(|(path, _)| path.starts_with("agreements") || path.starts_with("signatures"))
            .map(|(_, bytes)| String::from_utf8(bytes).unwrap() + "\n")
            .collect();
        for number in 1..=comments {
            let kept = all.lines().filter(|line| line.trim_end().ends_with(&format!("# {number}"))).count();
            assert_eq!(kept, 1, "comment {number} of\n{record}\n---\n{all}");
        }
        // Every line but those with the member is there as it was, or is one of the comment behind it.
        let mut left: Vec<&str> = all.split('\n').map(|line| line.trim_end_matches('\r')).collect();
        for line in record.trim_start_matches('\u{feff}').split('\n').map(|line| line.trim_end_matches('\r')) {
            let line = line.trim_start_matches('\u{feff}');
            if line.trim().is_empty() || line.trim().starts_with("member =") {
                continue;
            }
            let at = left.iter().position(|other| other.trim_start_matches('\u{feff}') == line);
            left.remove(at.unwrap_or_else(|| panic!("{line:?} is lost from\n{record}\n---\n{all}")));
        }
        let again = files(ledger.path());
        assert_eq!(ledger.run(&["fmt", "--split-signatures"]).status, 0);
        assert_eq!(files(ledger.path()), again);
    }
    assert!(moved > 80 && proofs > 20, "{moved} signatures, {proofs} proofs");
}
