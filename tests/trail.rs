//! `history` in real git: what it says of a record commit by commit, through renames, moves, merges and mistakes, and what it says
//! where the clone does not hold everything.

use crate::history::{commit, git};
use crate::ledger::{Answer, Ledger, run_in};
use serde_json::Value;
use std::fs;
use std::path::Path;

const DAY: &str = "2026-11-10";
const MEMBER: &str = "members/alder-friends.toml";

/// A ledger of three members in a repository with one commit on `main`.
fn committed() -> Ledger {
    let ledger = Ledger::of_three();
    git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
    commit(ledger.path(), DAY);
    ledger
}

fn commit_with(ledger: &Ledger, message: &str) {
    git(ledger.path(), DAY, &["add", "-A"]);
    git(ledger.path(), DAY, &["commit", "-q", "-m", message]);
}

/// A contact for a file of a member.
fn contact(day: &str) -> String {
    format!("\n[[contacts]]\ndate = {day}\nby = \"ben\"\nchannel = \"phone\"\nsummary = \"Plum secret of {day}\"\n")
}

fn data(answer: &Answer) -> Value {
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    serde_json::from_str(&answer.stdout).unwrap()
}

fn history(folder: &Path, record: &str) -> Value {
    data(&run_in(folder, &["history", record, "--format", "json"]))
}

/// What a history says, a line for each thing that changed, the newest first; commits begin with their subject.
fn said(history: &Value) -> Vec<String> {
    let list = |value: &Value, key: &str| value[key].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut lines = Vec::new();
    for step in list(history, "commits") {
        let subject = text(&step["subject"]);
        let mut add = |line: String| lines.push(format!("{subject}: {line}"));
        list(&step, "events").iter().for_each(|event| add(text(&event["text"])));
        for change in list(&step, "fields") {
            add(format!("{} {} -> {}", text(&change["field"]), text(&change["before"]), text(&change["after"])));
        }
        list(&step, "entries")
            .iter()
            .for_each(|entry| add(format!("{} {}", text(&entry["list"]), text(&entry["change"]))));
        for renamed in list(&step, "renamed") {
            add(format!("{} -> {}", text(&renamed["file_was"]), text(&renamed["file_now"])));
        }
        list(&step, "only_comments").iter().for_each(|_| add("comments".to_owned()));
        if !step["unreadable"].is_null() {
            add(text(&step["unreadable"]));
        }
    }
    lines
}

/// Without what the first commit says.
fn said_since(folder: &Path, record: &str) -> Vec<String> {
    said(&history(folder, record)).into_iter().filter(|line| !line.starts_with("x: ")).collect()
}

#[test]
fn each_commit_is_told_with_its_author_its_day_and_whom_it_names() {
    let ledger = committed();
    ledger.append(MEMBER, "tags = [\"one\"]\n");
    let message = "Tag it\n\nBecause.\n\nCo-authored-by: Ben Z <ben@example.org>\nSigned-off-by: Cam <cam@example.org>";
    commit_with(&ledger, message);
    ledger.append("members/birch-library.toml", "tags = [\"other\"]\n");
    commit_with(&ledger, "Another record");
    ledger.append(MEMBER, &format!("notes = \"Pear secret\"\n{}", contact("2026-11-09")));
    commit_with(&ledger, "Log a call");
    ledger.replace(MEMBER, "name =", "# A comment.\nname =");
    commit_with(&ledger, "Explain");
    let found = history(ledger.path(), "ALDER FRIENDS");
    assert_eq!(found["record"], "member/alder-friends");
    let subjects: Vec<&Value> = found["commits"].as_array().unwrap().iter().map(|step| &step["subject"]).collect();
    assert_eq!(subjects, ["Explain", "Log a call", "Tag it", "x"]);
    let step = &found["commits"][2];
    assert_eq!((&step["author"], &step["date"]), (&Value::from("Ana Z"), &Value::from(DAY)));
    assert_eq!(
        step["trailers"],
        serde_json::json!([
            { "key": "Co-authored-by", "value": "Ben Z" }, { "key": "Signed-off-by", "value": "Cam" }
        ])
    );
    let lines = said_since(ledger.path(), "alder-friends");
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert_eq!(lines[0], "Explain: comments");
    assert_eq!(lines[3], "Tag it: tags null -> [\"one\"]");
    for format in ["text", "markdown", "html", "json"] {
        let hidden = ledger.run(&["history", "alder-friends", "--format", format]).stdout;
        let shown = ledger.run(&["history", "alder-friends", "--format", format, "--private"]).stdout;
        for secret in ["Plum secret", "Pear secret", "ben@example.org"] {
            // Markdown keeps code hosts from making a link of an address.
            let plain = shown.replace('\\', "").replace("<!-- -->", "");
            assert!(!hidden.contains(secret) && plain.contains(secret), "{format} {secret}: {hidden}\n{shown}");
        }
        assert!(hidden.contains("Ben Z") && hidden.contains("private"), "{format}: {hidden}");
    }
    let text = ledger.run(&["history", "alder-friends"]).stdout;
    assert!(text.contains("November 10, 2026, Ana Z ("), "{text}");
    assert!(text.contains("Only comments or spacing changed"), "{text}");
    assert_eq!(ledger.run(&["history", "alder-friends", "--format", "csv"]).status, 2);
}

#[test]
fn a_record_is_followed_through_ids_files_and_folders() {
    let ledger = committed();
    ledger.append(MEMBER, "tags = [\"one\"]\n");
    commit_with(&ledger, "Tag");
    assert_eq!(ledger.run(&["rename", "member/alder-friends", "alder"]).status, 0);
    commit_with(&ledger, "Rename");
    fs::create_dir(ledger.path().join("members/old")).unwrap();
    fs::rename(ledger.path().join("members/alder.toml"), ledger.path().join("members/old/alder.toml")).unwrap();
    commit_with(&ledger, "Move the file");
    fs::create_dir(ledger.path().join("ledger")).unwrap();
    for name in ["coalition.toml", "members", "advocates", "agreements"] {
        fs::rename(ledger.path().join(name), ledger.path().join("ledger").join(name)).unwrap();
    }
    commit_with(&ledger, "Move the ledger");
    let below = ledger.path().join("ledger");
    assert_eq!(run_in(&below, &["set", "alder", "sector=education"]).status, 0);
    let expected = [
        "Move the file: members/alder.toml -> members/old/alder.toml",
        "Rename: members/alder-friends.toml -> members/alder.toml",
        "Tag: tags null -> [\"one\"]",
    ];
    assert_eq!(said_since(&below, "alder"), expected);
    // The former id means the same record, and what is not committed is said apart.
    let found = history(&below, "member/alder-friends");
    assert_eq!(found["record"], "member/alder");
    assert_eq!(found["uncommitted"]["fields"][0]["field"], "sector");
    assert_eq!(history(ledger.path().join("ledger").as_path(), "birch-library")["uncommitted"], Value::Null);
    let earlier = run_in(&below, &["history", "alder-friends", "--at", "HEAD~3", "--format", "json"]);
    let found = data(&earlier);
    assert_eq!((&found["record"], &found["uncommitted"]), (&Value::from("member/alder-friends"), &Value::Null));
    // A rename that is not committed is followed too.
    assert_eq!(run_in(&below, &["rename", "member/alder", "alders"]).status, 0);
    let lines = said_since(&below, "alders");
    assert_eq!(lines, expected);
}

#[test]
fn a_merge_tells_only_what_no_commit_tells() {
    let ledger = committed();
    let folder = ledger.path();
    let branch = |name: &str| git(folder, DAY, &["switch", "-q", "-c", name, "main"]);
    let merge = |name: &str, option: &str| git(folder, DAY, &["merge", "-q", "--no-ff", option, "-m", "Merge", name]);
    // Both change the record, in different places.
    branch("one");
    ledger.append(MEMBER, &contact("2026-11-01"));
    commit_with(&ledger, "Contact");
    git(folder, DAY, &["switch", "-q", "main"]);
    ledger.replace(MEMBER, "name =", "sector = \"libraries\"\nname =");
    commit_with(&ledger, "Sector");
    merge("one", "--no-edit");
    let lines = said_since(folder, "alder-friends");
    assert_eq!(lines.iter().map(|line| line.split(':').next().unwrap()).collect::<Vec<_>>(), ["Sector", "Contact"]);
    // One line changes a value that the other one changes too, and someone decides.
    branch("two");
    ledger.replace(MEMBER, "\"libraries\"", "\"education\"");
    commit_with(&ledger, "Education");
    git(folder, DAY, &["switch", "-q", "main"]);
    ledger.replace(MEMBER, "\"libraries\"", "\"parks\"");
    commit_with(&ledger, "Parks");
    merge("two", "-Xtheirs");
    let lines = said_since(folder, "alder-friends");
    assert_eq!(lines[0], "Merge: sector parks -> education");
    assert_eq!(lines.iter().filter(|line| line.starts_with("Merge")).count(), 1, "{lines:?}");
    // The merge takes one side whole, so a contact is lost: only the merge can say it.
    branch("three");
    ledger.append(MEMBER, &contact("2026-11-05"));
    commit_with(&ledger, "Another contact");
    git(folder, DAY, &["switch", "-q", "main"]);
    ledger.append("members/birch-library.toml", "tags = [\"a\"]\n");
    commit_with(&ledger, "Birch");
    merge("three", "-sours");
    let found = history(folder, "alder-friends");
    let step = &found["commits"][0];
    assert_eq!((&step["subject"], &step["is_merge"]), (&Value::from("Merge"), &Value::from(true)));
    assert!(said(&found)[0].contains("contact"), "{:?}", said(&found)[0]);
    // Words of a list that came from both sides are no change of the merge.
    branch("four");
    ledger.replace("members/birch-library.toml", "[\"a\"]", "[\n  \"a\",\n  \"b\",\n]");
    commit_with(&ledger, "B");
    git(folder, DAY, &["switch", "-q", "main"]);
    ledger.replace("members/birch-library.toml", "[\"a\"]", "[\"a\", \"c\"]");
    commit_with(&ledger, "C");
    merge("four", "-Xours");
    ledger.replace("members/birch-library.toml", "\"c\"", "\"c\", \"b\"");
    git(folder, DAY, &["commit", "-q", "-a", "--amend", "--no-edit"]);
    let lines = said_since(folder, "birch-library");
    let subjects: Vec<&str> = lines.iter().map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(subjects, ["C", "B", "Birch"], "{lines:?}");
}

#[test]
fn a_removed_record_is_found_by_its_id_and_its_name() {
    let ledger = committed();
    ledger.append("members/cedar-school.toml", "tags = [\"one\"]\n");
    commit_with(&ledger, "Tag");
    fs::remove_file(ledger.path().join("members/cedar-school.toml")).unwrap();
    commit_with(&ledger, "Remove");
    for word in ["cedar-school", "member/cedar-school", "organization/cedar-school", "Cedar School"] {
        let lines = said_since(ledger.path(), word);
        assert_eq!(lines.len(), 2, "{word}: {lines:?}");
        assert!(lines[0].starts_with("Remove: ") && lines[0].contains("was removed"), "{lines:?}");
    }
    for word in ["elm-club", "member/elm-club", "--output=x", "$(touch x)", "../x", ""] {
        let answer = ledger.run(&["history", "--", word]);
        assert_eq!(answer.status, 2, "{word}: {}", answer.stdout);
        assert!(!answer.stderr.is_empty(), "{word}");
    }
    assert!(!ledger.path().join("x").exists());
}

#[test]
fn a_mistake_is_not_told_as_a_removal() {
    let ledger = committed();
    let text = fs::read_to_string(ledger.path().join(MEMBER)).unwrap();
    ledger.replace(MEMBER, "joined = 2025-01-15", "joined = = 3");
    commit_with(&ledger, "Break");
    fs::write(ledger.path().join(MEMBER), b"\xff\xfe\xff").unwrap();
    commit_with(&ledger, "Ruin");
    ledger.put(MEMBER, &text);
    commit_with(&ledger, "Repair");
    let lines = said_since(ledger.path(), "alder-friends");
    let told = |start: &str, fact: &str| lines.iter().any(|line| line.starts_with(start) && line.contains(fact));
    assert!(told("Break", "has a mistake") && told("Ruin", "can no longer be read"), "{lines:?}");
    assert!(told("Repair", "can be read again"), "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains("was removed") || line.contains("New organization")), "{lines:?}");
    let before = git(ledger.path(), DAY, &["rev-parse", "HEAD~1"]);
    let diff = ledger.run(&["diff", "HEAD~3", &before]).stdout;
    assert!(diff.contains("can no longer be read") && !diff.contains("was removed"), "{diff}");
}

#[test]
fn what_a_clone_does_not_hold_is_said() {
    let ledger = committed();
    git(ledger.path(), DAY, &["config", "uploadpack.allowFilter", "true"]);
    for day in ["2026-11-01", "2026-11-02", "2026-11-03"] {
        ledger.append(MEMBER, &contact(day));
        commit_with(&ledger, day);
    }
    let url = format!("file://{}", ledger.path().display());
    let around = tempfile::tempdir().unwrap();
    for (option, hint) in [
        ("--depth=2", "git fetch --unshallow"),
        ("--filter=tree:0", "git fetch --refetch --no-filter"),
        ("--filter=blob:none", "git fetch --refetch --no-filter"),
    ] {
        let place = around.path().join(option);
        git(around.path(), DAY, &["clone", "-q", option, &url, place.to_str().unwrap()]);
        let answer = run_in(&place, &["history", "alder-friends"]);
        assert_eq!(answer.status, 0, "{option}: {}", answer.stderr);
        assert!(answer.stdout.replace('\n', " ").contains(hint), "{option}: {}", answer.stdout);
        // Nothing is called new that was there before.
        assert!(!answer.stdout.contains("New organization"), "{option}: {}", answer.stdout);
        let told = said(&history(&place, "alder-friends"));
        if option == "--depth=2" {
            assert_eq!(told.len(), 1, "{told:?}");
        }
    }
}

#[test]
fn without_commits_there_is_no_history() {
    let outside = Ledger::of_three().run(&["history", "alder-friends"]);
    assert_eq!(outside.status, 2);
    assert!(outside.stderr.contains("not in a git repository"), "{}", outside.stderr);
    let unborn = Ledger::of_three();
    git(unborn.path(), DAY, &["init", "-q", "-b", "main"]);
    let found = history(unborn.path(), "alder-friends");
    assert_eq!(found["commits"], serde_json::json!([]));
    assert!(found["uncommitted"]["events"].as_array().is_some_and(|events| !events.is_empty()), "{found}");
}

/// The findings of `check --since main`, as check and message, and the exit status.
fn since_main(ledger: &Ledger) -> (Vec<(String, String)>, i32) {
    let answer = ledger.run(&["check", "--since", "main", "--format", "json"]);
    let json: Value = serde_json::from_str(&answer.stdout).unwrap_or_else(|_| panic!("{}", answer.stderr));
    let text = |found: &Value, key: &str| found[key].as_str().unwrap().to_owned();
    let found = json["findings"].as_array().unwrap().iter();
    (found.map(|found| (text(found, "check"), text(found, "message"))).collect(), answer.status)
}

/// A committed ledger whose members have all signed, with two mistakes of old, on a branch `change`.
fn with_old_mistakes() -> Ledger {
    let ledger = Ledger::of_three();
    for (member, advocate) in [("alder-friends", "ana"), ("birch-library", "ben"), ("cedar-school", "cam")] {
        ledger.sign(member, advocate);
    }
    ledger.put("goals/hours.toml", "name = \"Hours\"\nproposed = 2026-01-01\ncolor = \"red\"\nlead = \"no-one\"\n");
    git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
    commit(ledger.path(), DAY);
    git(ledger.path(), DAY, &["switch", "-q", "-c", "change"]);
    ledger
}

#[test]
fn a_change_is_charged_only_with_what_it_brings() {
    let ledger = with_old_mistakes();
    assert_eq!(ledger.run(&["check"]).status, 1);
    assert_eq!(since_main(&ledger), (Vec::new(), 0));
    // Lines shift, the file moves, the record gets another id: the mistakes are the same ones.
    ledger.replace("goals/hours.toml", "name =", "# A comment.\n\n\nname =");
    assert_eq!(since_main(&ledger), (Vec::new(), 0));
    assert_eq!(ledger.run(&["rename", "goal/hours", "sunday-hours"]).status, 0);
    fs::create_dir(ledger.path().join("goals/2026")).unwrap();
    fs::rename(ledger.path().join("goals/sunday-hours.toml"), ledger.path().join("goals/2026/sunday-hours.toml"))
        .unwrap();
    commit_with(&ledger, "Rename and move");
    assert_eq!(since_main(&ledger), (Vec::new(), 0));
    // A second mistake of the same kind in the same file is new.
    ledger.append("goals/2026/sunday-hours.toml", "shape = \"round\"\n");
    let (found, status) = since_main(&ledger);
    assert_eq!((found.len(), status), (1, 1), "{found:?}");
    assert!(found[0].0 == "unknown-field" && found[0].1.contains("shape"), "{found:?}");
    let text = ledger.run(&["check", "--since", "main"]).stdout;
    assert!(text.contains("Compared with main: 2 earlier findings are not shown."), "{text}");
    for format in ["github", "gitlab", "sarif", "junit"] {
        let answer = ledger.run(&["check", "--since", "main", "--format", format]);
        assert_eq!(answer.status, 1, "{format}");
        assert!(answer.stdout.contains("shape") && !answer.stdout.contains("no-one"), "{format}: {}", answer.stdout);
    }
    // What main has by now is not charged to the change either.
    git(ledger.path(), DAY, &["stash", "-q"]);
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    ledger.put("goals/other.toml", "name = \"Other\"\ncolor = \"blue\"\n");
    commit_with(&ledger, "Another mistake on main");
    git(ledger.path(), DAY, &["switch", "-q", "change"]);
    git(ledger.path(), DAY, &["merge", "-q", "--no-edit", "main"]);
    assert_eq!(since_main(&ledger), (Vec::new(), 0));
}

#[test]
fn the_gate_stays_whole() {
    let ledger = with_old_mistakes();
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    ledger.put(
        "members/dove.toml",
        "name = \"Dove\"\nclassification = \"other\"\njoined = 2025-05-05\nrepresentative = \"ana\"\n",
    );
    commit_with(&ledger, "A member who has not signed");
    git(ledger.path(), DAY, &["switch", "-q", "-C", "change"]);
    ledger.append("members/dove.toml", "tags = [\"one\"]\n");
    let (found, status) = since_main(&ledger);
    assert!(found.iter().all(|(check, _)| check == "unsigned-agreement") && !found.is_empty(), "{found:?}");
    assert_eq!(status, 1);
    // What a change weakens is said.
    ledger.replace("agreements/charter.toml", "required_of = \"members\"", "required_of = \"nobody\"");
    let (found, status) = since_main(&ledger);
    assert!(found.iter().any(|(check, _)| check == "weakened-gate"), "{found:?}");
    assert_eq!(status, 1);
    // A mistake that leaves open who has signed is said, though it is old.
    let doubtful = with_old_mistakes();
    git(doubtful.path(), DAY, &["switch", "-q", "main"]);
    doubtful.append("members/cedar-school.toml", "left = \"some day\"\n");
    commit_with(&doubtful, "A mistake");
    git(doubtful.path(), DAY, &["switch", "-q", "-C", "change"]);
    let (found, status) = since_main(&doubtful);
    assert_eq!(found.iter().map(|(check, _)| check.as_str()).collect::<Vec<_>>(), ["unsigned-agreement"], "{found:?}");
    assert_eq!(status, 1);
}

#[test]
fn a_revision_that_cannot_be_read_is_an_error_that_says_what_to_run() {
    let ledger = with_old_mistakes();
    for hostile in
        ["--output=x", "-x", "@{99999}", "main@{-1}", "", " ", "$(touch x)", "main:members", "no-such", "; touch x"]
    {
        let option = format!("--since={hostile}");
        let answer = ledger.run(&["check", &option]);
        assert_eq!(answer.status, 2, "{hostile}: {}", answer.stdout);
        assert!(!answer.stderr.trim().is_empty(), "{hostile}");
    }
    assert!(!ledger.path().join("x").exists() && !ledger.path().join("members").join("x").exists());
    commit(ledger.path(), "2026-11-11");
    let place = tempfile::tempdir().unwrap();
    let url = format!("file://{}", ledger.path().display());
    git(place.path(), DAY, &["clone", "-q", "--depth=1", &url, "clone"]);
    let answer = run_in(&place.path().join("clone"), &["check", "--since", "HEAD~1"]);
    assert_eq!(answer.status, 2);
    assert!(answer.stderr.contains("git fetch --unshallow"), "{}", answer.stderr);
}

/// The brief of a ledger: the texts of what was entered late.
fn late(ledger: &Ledger, options: &[&str]) -> Option<Vec<String>> {
    let found = data(&ledger.run(&[&["report", "--format", "json"], options].concat()));
    let late = found["entered_late"].as_array()?.clone();
    Some(
        late.iter()
            .map(|entry| format!("{} {}", entry["date"].as_str().unwrap(), entry["text"].as_str().unwrap()))
            .collect(),
    )
}

#[test]
fn the_brief_lists_what_was_entered_late() {
    let ledger = Ledger::of_three();
    let meeting =
        "name = \"Fall meeting\"\ndate = 2026-10-20\nminutes = \"We met.\"\n\n[[attendance]]\nadvocate = \"ana\"\n";
    ledger.put("meetings/fall.toml", meeting);
    git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
    commit(ledger.path(), "2026-10-19");
    let first = git(ledger.path(), DAY, &["rev-parse", "HEAD"]);
    assert_eq!(late(&ledger, &[]), Some(Vec::new()));
    // Dated before the meeting, and entered after it; another one is in time.
    ledger.append(MEMBER, &contact("2026-10-01"));
    ledger.append("members/birch-library.toml", &contact("2026-11-01"));
    commit(ledger.path(), "2026-11-02");
    let found = late(&ledger, &[]).unwrap();
    assert!(found.len() == 1 && found[0].starts_with("2026-10-01 ben Z contacted ALDER FRIENDS"), "{found:?}");
    let text = ledger.run(&["report"]).stdout;
    assert!(text.contains("Entered late, dated before October 20, 2026:"), "{text}");
    assert!(!text.contains("Plum secret"), "{text}");
    // The same by a day, and by a revision; what was entered before counts as known.
    assert_eq!(late(&ledger, &["--since", "2026-10-20"]).unwrap(), found);
    assert_eq!(late(&ledger, &["--since", "2026-11-03"]), Some(Vec::new()));
    assert_eq!(late(&ledger, &["--since", &first]).unwrap(), found);
    assert_eq!(late(&ledger, &["--since", "HEAD"]), Some(Vec::new()));
    assert_eq!(late(&ledger, &["--for", "alder-friends"]).unwrap().len(), 1);
    assert_eq!(late(&ledger, &["--for", "cedar-school"]), Some(Vec::new()));
    // What is not committed has been entered too.
    ledger.append("members/cedar-school.toml", &contact("2026-10-02"));
    assert_eq!(late(&ledger, &[]).unwrap().len(), 2);
    // Before the first commit, and without git, no one can say.
    assert_eq!(late(&ledger, &["--since", "2026-10-01"]), None);
    let outside = Ledger::of_three();
    outside.put("meetings/fall.toml", meeting);
    assert_eq!(late(&outside, &[]), None);
    let place = tempfile::tempdir().unwrap();
    let url = format!("file://{}", ledger.path().display());
    git(place.path(), DAY, &["clone", "-q", "--depth=1", &url, "clone"]);
    let answer = run_in(&place.path().join("clone"), &["report"]);
    assert_eq!(answer.status, 0);
    assert!(
        answer.stderr.contains("late entries cannot be listed") && answer.stderr.contains("shallow"),
        "{}",
        answer.stderr
    );
}

#[test]
fn quarters_are_told_from_the_commits() {
    let ledger = Ledger::of_three();
    git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
    commit(ledger.path(), "2025-12-01");
    ledger.sign("alder-friends", "ana");
    ledger.append(MEMBER, &contact("2026-02-10"));
    commit(ledger.path(), "2026-02-11");
    ledger.put(
        "members/dove.toml",
        "name = \"Dove\"\nclassification = \"other\"\njoined = 2026-05-05\nrepresentative = \"ana\"\n",
    );
    ledger.put("advocates/dan.toml", "name = \"Dan\"\nmember = \"dove\"\n");
    ledger.append(MEMBER, &contact("2026-05-10"));
    ledger.append(MEMBER, &contact("2026-05-11"));
    commit(ledger.path(), "2026-05-12");
    // Written down today, and dated in May: the quarter from April to June did not know it.
    ledger.append(MEMBER, &contact("2026-05-13"));
    let csv = ledger.run(&["stats", "--over-time", "--format", "csv"]);
    let expected = "figure,2025-Q4,2026-Q1,2026-Q2,2026-Q3,2026-Q4\nmembers,3,3,4,4,4\nadvocates,3,3,4,4,4\n\
                    signatures,0,1,1,1,1\ncontacts,0,1,2,0,0\n";
    assert_eq!(csv.stdout.replace("\r\n", "\n"), expected, "{}", csv.stderr);
    let json = data(&ledger.run(&["stats", "--over-time", "--format", "json"]));
    let quarters = json["quarters"].as_array().unwrap();
    assert_eq!(quarters.len(), 5);
    assert_eq!(
        (&quarters[1]["quarter"], &quarters[1]["contacts"], &quarters[1]["day"]),
        (&"2026-Q1".into(), &1.into(), &"2026-03-31".into())
    );
    assert_eq!(quarters[4]["day"], "2026-11-22");
    let text = ledger.run(&["stats", "--over-time"]).stdout;
    assert!(text.contains("Contacts in the quarter") && text.contains("2026-Q3"), "{text}");
    let health = data(&ledger.run(&["report", "health", "--quarterly", "--format", "json"]));
    let quarters = health["quarters"].as_array().unwrap();
    assert_eq!(
        quarters.iter().map(|quarter| quarter["quarter"].as_str().unwrap()).collect::<Vec<_>>().join(" "),
        "2025-Q4 2026-Q1 2026-Q2 2026-Q3 2026-Q4"
    );
    assert_eq!(quarters[0]["practices"].as_object().unwrap().len(), 23);
    let csv = ledger.run(&["report", "health", "--quarterly", "--format", "csv"]).stdout;
    assert!(csv.starts_with("practice,2025-Q4,") && csv.lines().count() == 24, "{csv}");
    for refused in [
        &["report", "--quarterly"][..],
        &["report", "contacts", "--quarterly"],
        &["report", "health", "--format", "csv"],
    ] {
        assert_eq!(ledger.run(refused).status, 2, "{refused:?}");
    }
    // A clone that ends earlier says so, and what it knows is the same.
    let place = tempfile::tempdir().unwrap();
    let url = format!("file://{}", ledger.path().display());
    git(place.path(), DAY, &["clone", "-q", "--depth=2", &url, "clone"]);
    let shallow = run_in(&place.path().join("clone"), &["stats", "--over-time"]).stdout.replace('\n', " ");
    assert!(
        shallow.contains("2026-Q1") && !shallow.contains("2025-Q4") && shallow.contains("git fetch --unshallow"),
        "{shallow}"
    );
    let outside = Ledger::of_three();
    let answer = outside.run(&["stats", "--over-time"]);
    assert!(answer.status == 2 && answer.stderr.contains("not in a git repository"), "{}", answer.stderr);
    let json = data(&outside.run(&["stats", "--format", "json"]));
    let members = json["kinds"].as_array().unwrap().iter().find(|kind| kind["kind"] == "members").unwrap();
    assert_eq!((&members["records"], &members["first_date"]), (&3.into(), &"2025-01-15".into()));
    assert!(members["bytes"].as_u64().unwrap() > 100);
}
