//! Each command as people and scripts call it.

use crate::ledger::{Ledger, repository, run_in};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

fn riverton(arguments: &[&str]) -> crate::ledger::Answer {
    run_in(&repository("examples/riverton"), arguments)
}

#[test]
fn lists_are_narrowed_sorted_and_written_for_others() {
    let ids = |query: &[&str]| riverton(&[&["list", "members", "--format", "ids"], query].concat()).stdout;
    assert_eq!(ids(&["classification:friends-group"]), "friends-bookmobile\nfriends-mill-bend\nfriends-riverton\n");
    assert_eq!(ids(&["stage:left"]), "alder-valley-chamber\n");
    assert_eq!(ids(&["joined:2026.."]).lines().count(), ids(&["joined:2026"]).lines().count());
    assert_eq!(
        ids(&["not:stage:joined", "not:stage:left", "not:stage:declined"]),
        "alder-community-college\nriverton-courier\n"
    );
    assert_eq!(ids(&["stage:left", "--today", "2026-03-09"]), "", "it left on the tenth");
    assert_eq!(ids(&["stage:left", "--today", "2026-03-10"]), "alder-valley-chamber\n");
    assert_eq!(ids(&["friends", "not:stage:joined", "-q"]), ids(&["-q", "friends", "--", "-stage:joined"]));
    assert_eq!(riverton(&["list", "members", "friends", "--privat"]).status, 2);
    let sorted = riverton(&["list", "meetings", "--sort", "-date", "--format", "csv", "--fields", "date,name"]).stdout;
    let lines: Vec<&str> = sorted.lines().collect();
    assert_eq!((lines[0], lines[1]), ("date,name", "2026-12-01,\"Regular meeting, December 2026\""));
    let json: Value = serde_json::from_str(&riverton(&["list", "goal", "--format", "json"]).stdout).unwrap();
    assert_eq!((json["kind"].as_str(), json["records"].as_array().unwrap().len()), (Some("goal"), 6));
    let yaml: Value = serde_yaml::from_str(&riverton(&["list", "goal", "--format", "yaml"]).stdout).unwrap();
    assert_eq!(json, yaml);
    let answer = riverton(&["list", "members", "clasification:library"]);
    assert_eq!(answer.status, 2);
    assert!(answer.stderr.contains("did you mean `classification`?"), "{}", answer.stderr);
}

#[test]
fn a_spreadsheet_finds_no_formula() {
    let ledger = Ledger::of_three();
    ledger.put("goals/sum.toml", "name = \"=SUM(A1:A9)\"\n");
    assert_eq!(ledger.run(&["list", "goals", "--format", "csv", "--fields", "name"]).stdout, "name\n'=SUM(A1:A9)\n");
}

#[test]
fn a_record_is_shown_with_all_that_names_it() {
    let json: Value =
        serde_json::from_str(&riverton(&["show", "friends-riverton", "--format", "json"]).stdout).unwrap();
    assert_eq!(json["record"], "member/friends-riverton");
    assert_eq!(json["fields"]["stage"], "joined");
    let mentions = json["referred_to_by"].as_array().unwrap();
    let dates: Vec<&str> = mentions.iter().filter_map(|mention| mention["date"].as_str()).collect();
    assert!(dates.len() > 20 && dates.windows(2).all(|pair| pair[0] >= pair[1]), "newest first: {dates:?}");
    assert!(
        mentions
            .iter()
            .any(|mention| mention["record"] == "agreement/charter" && mention["field"] == "signatures.member")
    );

    let answer = riverton(&["show", "tobias-renner"]);
    assert_eq!(answer.status, 2);
    assert!(answer.stderr.contains("member/tobias-renner or advocate/tobias-renner"), "{}", answer.stderr);
    let answer = riverton(&["show", "friends-rivertown"]);
    assert!(answer.stderr.contains("did you mean `friends-riverton`?"), "{}", answer.stderr);
}

#[test]
fn nothing_private_is_shown_unless_asked_for() {
    let ledger = Ledger::of_three();
    ledger.append(
        "advocates/ana.toml",
        "notes = \"SECRET\"\n[[contact_details]]\ntype = \"phone\"\nvalue = \"+1 614-555-0100 SECRET\"\n[[contact_details]]\n\
         type = \"phone\"\nvalue = \"+1 614-555-0199\"\npublic = true\n[[contacts]]\ndate = 2026-11-01\nby = \"ben\"\nsummary \
         = \"SECRET\"\n",
    );
    assert_eq!(ledger.run(&["check", "--only", "unknown-field,wrong-type,invalid-value,invalid-toml"]).status, 0);
    for arguments in [
        &["show", "ana"] as &[&str],
        &["show", "ana", "--format", "json"],
        &["list", "advocates", "--format", "json"],
        &["list", "advocates", "--format", "csv", "--fields", "notes,contact_details.value,contacts.summary"],
        &["report"],
        &["report", "--format", "json"],
    ] {
        let answer = ledger.run(arguments);
        assert!(answer.status == 0 && !answer.stdout.contains("SECRET"), "{arguments:?}: {}", answer.stdout);
    }
    assert!(ledger.run(&["show", "ana"]).stdout.contains("+1 614-555-0199"));
    assert!(ledger.run(&["show", "ana", "--private"]).stdout.contains("SECRET"));
}

#[test]
fn reports_are_written_for_people_and_for_scripts() {
    let json: Value = serde_json::from_str(&riverton(&["report", "--format", "json"]).stdout).unwrap();
    let yaml: Value = serde_yaml::from_str(&riverton(&["report", "--format", "yaml"]).stdout).unwrap();
    assert_eq!((json["format_version"].as_u64(), json["report"].as_str()), (Some(1), Some("brief")));
    assert_eq!(json, yaml);
    let list = riverton(&["report", "--list"]).stdout;
    let names: Vec<_> = list.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(names, coalition::internal::report::ALL.iter().map(|report| report.name).collect::<Vec<_>>());
    assert!(names.starts_with(&["brief", "health", "signatures"]));
    let html = riverton(&["report", "--format", "html"]).stdout;
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<h1>Riverton Library Coalition</h1>"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("brief.md");
    let answer = riverton(&["report", "--format", "markdown", "--output", file.to_str().unwrap()]);
    assert_eq!((answer.status, answer.stdout), (0, format!("Wrote {}\n", file.display())));
    assert!(fs::read_to_string(file).unwrap().starts_with("# Riverton Library Coalition\n"));
}

#[test]
fn a_check_is_explained_as_it_is_here() {
    let ledger = Ledger::of_three();
    ledger.append(
        "coalition.toml",
        "unsigned-agreement = \"warning\"\nno-agreement = \"error\"\n\n[policy]\nsign_days = 45\n",
    );
    let text = ledger.run(&["explain", "no-agreement"]).stdout;
    assert!(text.starts_with("no-agreement (error, warning by default)\n"), "{text}");
    let text = ledger.run(&["explain", "unsigned-agreement"]).stdout;
    assert!(text.starts_with("unsigned-agreement (error)\n") && text.contains("sign_days = 45"), "{text}");
    let set: Vec<_> = ledger.findings(&["--only", "invalid-value"]).into_iter().map(|found| found.1).collect();
    assert_eq!(set, ["coalition.toml"], "the gate cannot be lowered");
    assert_eq!(ledger.run(&["check"]).status, 1);
    assert_eq!(ledger.run(&["explain", "unsigned-agrement"]).status, 2);
    let all = ledger.run(&["explain"]).stdout;
    assert!(coalition::internal::check::ALL.iter().all(|check| all.contains(check.name.as_str())));
}

#[test]
fn schemas_are_printed_and_written() {
    let ledger = Ledger::empty();
    let member = ledger.run(&["schema", "members"]).stdout;
    let copy = fs::read_to_string(repository("schema/member.schema.json")).unwrap().replace("\r\n", "\n");
    assert!(member == copy, "the schema of members differs from schema/member.schema.json");
    assert_eq!(ledger.run(&["schema", "--to", "here"]).status, 0);
    assert_eq!(fs::read_dir(ledger.path().join("here")).unwrap().count(), 13);
    let signatures = ledger.run(&["schema", "signatures"]).stdout;
    assert_eq!(signatures, fs::read_to_string(ledger.path().join("here/signatures.schema.json")).unwrap());
    assert_eq!(ledger.run(&["schema", "membrs"]).status, 2);
}

/// A charter that two members signed, one in its record and one in a file of its own.
fn signed_in_two_places() -> Ledger {
    let ledger = Ledger::of_three();
    ledger.sign("alder-friends", "ana");
    ledger.sign("birch-library", "ben");
    let moved = ledger.run(&["fmt", "--split-signatures", "-q"]);
    assert_eq!(moved.status, 0, "{}", moved.stdout);
    fs::remove_file(ledger.path().join("signatures/charter/alder-friends.toml")).unwrap();
    ledger.sign("alder-friends", "ana");
    ledger.append("signatures/charter/birch-library.toml", "withdrawn = 2026-03-01\nwithdrawn_by = \"cam\"\n");
    let former = "\n[[former_signatories]]\nadvocate = \"cam\"\nuntil = 2026-04-01\n";
    ledger.append("members/birch-library.toml", former);
    ledger
}

#[test]
fn signatures_are_listed_wherever_they_stand_in_every_format() {
    let ledger = signed_in_two_places();
    let list = |more: &[&str]| {
        let answer = ledger.run(&[&["list", "signatures"], more].concat());
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        answer.stdout
    };
    let text = list(&[]);
    let lines: Vec<Vec<&str>> =
        text.lines().map(|line| line.split("  ").map(str::trim).filter(|c| !c.is_empty()).collect()).collect();
    assert_eq!(lines[0], ["Agreement", "Member", "By", "Date", "Version", "State"]);
    assert_eq!(lines[2], ["Charter", "ALDER FRIENDS", "ana Z", "January 20, 2025", "1", "signed"]);
    assert_eq!(lines[3], ["Charter", "BIRCH LIBRARY", "ben Z", "January 20, 2025", "1", "withdrawn"]);
    let csv = list(&["--format", "csv", "--fields", "member,state,file", "--sort", "-member"]);
    let file = "signatures/charter/birch-library.toml";
    assert_eq!(
        csv,
        format!("member,state,file\nbirch-library,withdrawn,{file}\nalder-friends,signed,agreements/charter.toml\n")
    );
    assert_eq!(list(&["--format", "ids"]), "charter/alder-friends\ncharter/birch-library\n");
    let json: Value = serde_json::from_str(&list(&["--format", "json", "state:withdrawn"])).unwrap();
    assert_eq!((&json["kind"], json["records"].as_array().unwrap().len()), (&"signature".into(), 1));
    let entry = &json["records"][0];
    assert_eq!((&entry["file"], &entry["withdrawn_by"], &entry["version"]), (&file.into(), &"cam".into(), &1.into()));
    assert!(entry["terms"].as_str().unwrap().starts_with("sha256:"));
    assert!(list(&["--format", "yaml"]).contains("member: birch-library"));
    assert_eq!(list(&["--format", "jsonl", "agreement:charter"]).lines().count(), 2);
    for (query, members) in [
        ("member:alder-friends", "charter/alder-friends\n"),
        ("not:state:signed", "charter/birch-library\n"),
        ("date:2025-01..2025-02", "charter/alder-friends\ncharter/birch-library\n"),
        ("version:2..", ""),
        ("file:signatures/charter/birch-library.toml", "charter/birch-library\n"),
        ("withdrawn:*", "charter/birch-library\n"),
        ("ben", "charter/birch-library\n"),
    ] {
        assert_eq!(list(&["--format", "ids", query]), members, "{query}");
    }
    let answer = ledger.run(&["list", "signature", "-q", "member:nobody"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (0, ""));
    for (words, expected) in [
        (&["signatures", "agrement:charter"][..], "a signature has no field `agrement`; did you mean `agreement`?"),
        (&["signatures", "stage:x"], "a signature has no stage"),
        (&["signaturs"], "did you mean `coalition list signatures`?"),
    ] {
        let answer = ledger.run(&[&["list"], words].concat());
        assert!(answer.status == 2 && answer.stderr.contains(expected), "{}", answer.stderr);
    }
    assert_eq!(
        ledger.run(&["list", "agreements", "--format", "ids", "signatures.member:birch-library"]).stdout,
        "charter\n"
    );
}

#[test]
fn a_record_is_shown_with_the_signatures_of_files() {
    let ledger = signed_in_two_places();
    let show = |record: &str| -> Value {
        serde_json::from_str(&ledger.run(&["show", record, "--format", "json"]).stdout).unwrap()
    };
    let charter = show("agreement/charter");
    let members: Vec<&str> = charter["fields"]["signatures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["member"].as_str().unwrap())
        .collect();
    assert_eq!(members, ["alder-friends", "birch-library"]);
    assert!(ledger.run(&["show", "charter"]).stdout.contains("member: BIRCH LIBRARY; by: ben Z"));
    let mentions = |record: &str| {
        let shown = show(record);
        let all = shown["referred_to_by"].as_array().unwrap().iter();
        let of_charter = all.filter(|mention| mention["record"] == "agreement/charter");
        let text = |mention: &Value, key: &str| mention[key].as_str().unwrap_or_default().to_owned();
        of_charter.map(|mention| ["field", "file", "date"].map(|key| text(mention, key)).join(" ")).collect::<Vec<_>>()
    };
    let file = "signatures/charter/birch-library.toml";
    assert_eq!(mentions("member/birch-library"), [format!("signatures.member {file} 2025-01-20")]);
    assert_eq!(mentions("member/alder-friends"), ["signatures.member agreements/charter.toml 2025-01-20"]);
    assert_eq!(mentions("advocate/ben"), [format!("signatures.by {file} 2025-01-20")]);
    assert_eq!(mentions("advocate/cam"), [format!("signatures.withdrawn_by {file} 2025-01-20")]);
    assert_eq!(ledger.run(&["rename", "member/birch-library", "birch"]).status, 0, "places are no lines to change");
}

#[test]
fn reports_and_pages_know_the_signatures_of_files() {
    let ledger = signed_in_two_places();
    ledger.append("advocates/ben.toml", "[consent]\nlisted = true\n");
    ledger.replace("signatures/charter/birch-library.toml", "withdrawn = 2026-03-01\nwithdrawn_by = \"cam\"\n", "");
    for (words, said) in [
        (&["report", "member", "birch-library"][..], "January 20, 2025"),
        (&["report", "advocate", "ben"], "Charter"),
        (&["report", "signatures"], "BIRCH LIBRARY"),
        (&["report"], "CEDAR SCHOOL"),
    ] {
        let answer = ledger.run(words);
        assert!(answer.stdout.contains(said), "{words:?}: {}", answer.stdout);
    }
    let json = |words: &[&str]| -> Value {
        serde_json::from_str(&ledger.run(&[words, &["--format", "json"]].concat()).stdout).unwrap()
    };
    let states = json(&["verify"]);
    let rows = states["members"].as_array().unwrap().iter();
    let states: Vec<&str> = rows.map(|row| row["cells"]["charter"]["state"].as_str().unwrap()).collect();
    assert_eq!(states.iter().filter(|state| **state == "signed").count(), 2);
    assert_eq!(ledger.run(&["render"]).status, 0);
    let pages = files(&ledger.path().join("docs"));
    let page = |name: &str| pages.iter().find(|(path, _)| path.contains(name)).map(|(_, text)| text.as_str()).unwrap();
    let charter = page("charter");
    assert!(
        charter.contains("ALDER FRIENDS") && charter.contains("BIRCH LIBRARY") && charter.contains("ben Z"),
        "{charter}"
    );
    assert!(page("birch-library").contains("Charter"));
    assert!(pages.values().all(|text| !text.contains("ana Z")), "she has not agreed to be listed");
}

/// All files below a folder with their text.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries =
        WalkDir::new(folder).into_iter().map(|entry| entry.unwrap()).filter(|entry| entry.file_type().is_file());
    entries
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn a_new_ledger_is_complete_and_overwrites_nothing() {
    let ledger = Ledger::empty();
    ledger.put("README.md", "ours\n");
    let answer = ledger.run(&["init", "--name", "Friends \"of\" Maple", "--ci", "github"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    assert!(answer.stdout.contains("README.md (already existed, and is unchanged)"), "{}", answer.stdout);
    let made = files(ledger.path());
    assert_eq!(made["README.md"], "ours\n");
    for path in [".github/workflows/coalition.yml", ".gitattributes", ".editorconfig", ".pre-commit-config.yaml"] {
        assert!(made.contains_key(path), "{path}");
    }
    for kind in coalition::Kind::ALL {
        assert!(made[&format!("{}/README.md", kind.folder())].contains("```toml\n#:schema ../.coalition/schema/"));
    }
    let findings: Vec<_> = ledger.findings(&[]).into_iter().map(|(check, ..)| check).collect();
    assert_eq!(findings, ["empty-ledger"]);
    assert!(ledger.run(&["report"]).stdout.contains("Friends \"of\" Maple"));

    assert_eq!(ledger.run(&["init"]).status, 2, "there is one already");
    assert_eq!(files(ledger.path()), made);
}

#[test]
fn pages_are_written_once_and_kept_current() {
    let ledger = Ledger::of_three();
    assert_eq!(ledger.run(&["render", "--check"]).status, 1);
    assert_eq!(ledger.run(&["render"]).status, 0);
    let pages = files(&ledger.path().join("docs"));
    assert!(pages.contains_key("index.md") && pages.contains_key("members/cedar-school.md"), "{:?}", pages.keys());
    assert!(pages["agreements/charter.md"].contains("We meet monthly and speak with one voice."));
    assert_eq!(ledger.run(&["render", "--check"]).status, 0);
    assert_eq!(ledger.run(&["render"]).stdout, format!("0 pages written, {} pages unchanged.\n", pages.len() - 1));
    assert!(ledger.run(&["check", "--only", "unknown-folder"]).status == 0, "pages are no records");

    ledger.put("docs/own.md", "mine\n");
    ledger.replace("members/cedar-school.toml", "CEDAR SCHOOL", "Cedar *School*");
    let answer = ledger.run(&["render", "--check"]);
    assert_eq!(answer.status, 1);
    assert!(answer.stdout.contains("to write:  members/cedar-school.md"), "{}", answer.stdout);
    assert_eq!(ledger.run(&["render"]).status, 0);
    let pages = files(&ledger.path().join("docs"));
    assert_eq!(pages["own.md"], "mine\n");
    assert!(pages["members/cedar-school.md"].contains("# Cedar \\*School\\*"), "{}", pages["members/cedar-school.md"]);

    fs::remove_file(ledger.path().join("members/cedar-school.toml")).unwrap();
    assert_eq!(ledger.run(&["render"]).status, 0);
    assert!(!ledger.path().join("docs/members/cedar-school.md").exists());
    assert!(ledger.path().join("docs/own.md").exists());
}

#[test]
fn a_coalition_has_templates_of_its_own() {
    let ledger = Ledger::of_three();
    let built_in = ledger.run(&["render", "--template", "member.md"]).stdout;
    ledger.put("templates/member.md", &(built_in + "\nOur own line.\n"));
    assert_eq!(ledger.run(&["render"]).status, 0);
    assert!(files(&ledger.path().join("docs"))["members/cedar-school.md"].contains("Our own line."));
    ledger.put("templates/member.md", "{{ nothing_of_the_kind }}\n");
    let answer = ledger.run(&["render"]);
    assert_eq!(answer.status, 2);
    assert!(answer.stderr.contains("member.md"), "{}", answer.stderr);
}

#[cfg(unix)]
#[test]
fn pages_are_never_written_through_a_link() {
    let ledger = Ledger::of_three();
    let outside = tempfile::tempdir().unwrap();
    fs::create_dir(ledger.path().join("docs")).unwrap();
    std::os::unix::fs::symlink(outside.path(), ledger.path().join("docs/members")).unwrap();
    assert_ne!(ledger.run(&["render"]).status, 0);
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    std::os::unix::fs::symlink(outside.path(), ledger.path().join("link")).unwrap();
    for output in ["../out", "/tmp/out", "members", ".git", "link/docs", "link", "templates"] {
        ledger.put("coalition.toml", &format!("name = \"X\"\n[render]\noutput = \"{output}\"\n"));
        assert_eq!(ledger.run(&["render"]).status, 2, "{output}");
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0, "{output}");
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    use std::process::{Command, Stdio};
    let program = assert_cmd::cargo::cargo_bin("coalition");
    let mut child = Command::new(program)
        .args(["report", "--format", "json", "-C"])
        .arg(repository("examples/riverton"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let answer = child.wait_with_output().unwrap();
    assert_eq!((answer.status.code(), answer.stderr.as_slice()), (Some(0), b"".as_slice()));
}

#[test]
fn the_calendar_is_written_for_other_calendars_and_nothing_else_is() {
    let riverton = crate::ledger::repository("examples/riverton");
    let run = |arguments: &[&str]| crate::ledger::run_in(&riverton, arguments);
    let calendar = run(&["report", "calendar", "--format", "ics"]);
    assert_eq!(calendar.status, 0);
    assert!(calendar.stdout.starts_with("BEGIN:VCALENDAR\r\n") && calendar.stdout.ends_with("END:VCALENDAR\r\n"));
    let signatures = run(&["report", "signatures", "--format", "ics"]);
    assert_eq!((signatures.status, signatures.stdout.as_str()), (2, ""));
    assert!(signatures.stderr.contains("only `coalition report calendar` writes it"), "{}", signatures.stderr);
    assert_eq!(run(&["check", "--format", "ics"]).status, 2);
}

#[test]
fn a_query_that_can_match_nothing_ends_with_an_error() {
    let ledger = Ledger::of_three();
    ledger.append("members/cedar-school.toml", "notes = \"meets in May\"\n");
    for (term, expected) in [
        ("joined:2025-13", "`joined:2025-13` cannot match anything; write a year, a month or a day"),
        ("not:joined:2026..2025", "write joined:2025..2026"),
        ("classification:otter", "did you mean other?"),
        ("notes:May", "`notes` is private"),
    ] {
        let answer = ledger.run(&["list", "members", term]);
        assert_eq!((answer.status, answer.stdout.as_str()), (2, ""), "{term}");
        assert!(answer.stderr.contains(expected), "{term}: {}", answer.stderr);
    }
    let found = ledger.run(&["list", "members", "notes:May", "--private", "--format", "ids"]);
    assert_eq!((found.status, found.stdout.as_str()), (0, "cedar-school\n"));
}

#[test]
fn what_cannot_be_read_is_named_by_list_and_show() {
    let ledger = Ledger::of_three();
    assert_eq!(ledger.run(&["list", "members"]).status, 0);
    ledger.put("members/moth-lane.toml", "name = \"Moth Lane\"\nclassification = \"other\"\njoined = 2025-13-01\n");
    ledger.put("members/otter-mill.toml", "name = \"Otter Mill\nclassification = \"school\"\n");
    for format in ["text", "csv", "json", "jsonl", "yaml", "ids"] {
        let answer = ledger.run(&["list", "members", "--format", format]);
        assert_eq!(answer.status, 1, "{format}");
        for file in ["members/moth-lane.toml", "members/otter-mill.toml"] {
            assert!(answer.stderr.contains(file), "{format}: {}", answer.stderr);
        }
    }
    assert_eq!(ledger.run(&["list", "goals"]).status, 0, "of other kinds nothing is missing");
    let answer = ledger.run(&["show", "moth-lane"]);
    assert!(answer.status == 1 && answer.stderr.contains("members/moth-lane.toml"), "{}", answer.stderr);
    assert_eq!(ledger.run(&["show", "alder-friends"]).status, 0);
}

#[test]
fn options_mean_what_clap_says() {
    let ledger = Ledger::of_three();
    let elsewhere = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| crate::ledger::run_in(elsewhere.path(), arguments);
    let attached = format!("-C{}", ledger.path().display());
    let answer = run(&["list", "members", &attached, "--format", "ids"]);
    assert_eq!((answer.status, answer.stdout.lines().count()), (0, 3), "{}", answer.stderr);
    let answer = run(&["list", "members", "-qC", ledger.path().to_str().unwrap(), "--sort", "-id", "--format", "ids"]);
    assert_eq!(answer.stdout.lines().next(), Some("cedar-school"), "{}", answer.stderr);
    assert_eq!(run(&["list", "members", &attached, "-stage:left"]).status, 2, "an option that is none");
}

#[test]
fn annotations_name_files_from_the_root_of_the_repository_wherever_they_are_made() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("groups, 50%/ledger");
    fs::create_dir_all(folder.join("members")).unwrap();
    crate::history::git(outer.path(), "2026-01-01", &["init", "-q", "-b", "main"]);
    fs::write(folder.join("coalition.toml"), "name = \"T\"\n").unwrap();
    for number in 0..12 {
        fs::write(folder.join(format!("members/m{number}.toml")), "name = \"M\"\nclassification = \"nope\"\n").unwrap();
    }
    let read = |at: &Path, arguments: &[&str]| {
        let answer = crate::ledger::run_in(
            at,
            &[&["check", "--format", "github", "--only", "invalid-value"], arguments].concat(),
        );
        assert_eq!(answer.status, 1, "{}", answer.stderr);
        answer.stdout
    };
    let inside = read(&folder, &[]);
    assert!(inside.contains("file=groups%2C 50%25/ledger/members/m0.toml,"), "{inside}");
    assert_eq!(inside, read(&folder.join("members"), &[]));
    assert!(inside.contains("13 findings; this page shows 10 of each severity"), "{inside}");
    let from_root = read(outer.path(), &["-C", "groups, 50%/ledger"]);
    assert!(from_root.contains("file=groups%2C 50%25/ledger/members/m0.toml,"), "{from_root}");
}

#[test]
fn a_report_about_one_is_not_limited_to_another() {
    let ledger = Ledger::of_three();
    for subject in [["member", "alder-friends"], ["advocate", "ana"]] {
        let report = [&["report"][..], &subject].concat();
        assert_eq!(ledger.run(&report).status, 0);
        let answer = ledger.run(&[&report[..], &["--for", "cedar-school"]].concat());
        assert_eq!((answer.status, answer.stdout.as_str()), (2, ""), "{subject:?}");
        assert!(answer.stderr.contains("--for MEMBER limits reports about the whole coalition"), "{}", answer.stderr);
    }
}

#[test]
fn an_html_site_needs_a_folder_of_its_own() {
    let ledger = Ledger::of_three();
    let answer = ledger.run(&["render", "--format", "html"]);
    assert_eq!(answer.status, 2);
    assert!(answer.stderr.contains("coalition render --format html --output site"), "{}", answer.stderr);
    let html = |folder: &str| ledger.run(&["render", "--format", "html", "--output", folder]);
    for folder in ["members", "templates", ".hidden"] {
        let folder = ledger.path().join(folder);
        assert_eq!(html(folder.to_str().unwrap()).status, 2, "{}", folder.display());
    }
    for folder in [ledger.path(), ledger.path().parent().unwrap()] {
        assert_eq!(html(folder.to_str().unwrap()).status, 2, "{}", folder.display());
    }
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("theirs.txt"), "x").unwrap();
    assert_eq!(html(elsewhere.path().to_str().unwrap()).status, 2, "there is something else");
    let site = elsewhere.path().join("site");
    let folder = site.to_str().unwrap();
    assert_eq!(html(folder).status, 0);
    let check = |folder: &str| ledger.run(&["render", "--format", "html", "--check", "--output", folder]).status;
    assert_eq!(check(folder), 0);
    let text = fs::read_to_string(site.join("members/cedar-school.html")).unwrap();
    let kept = text.replace("<!-- keep more -->\n", "<!-- keep more -->\n<p>Our own words.</p>\n");
    fs::write(site.join("members/cedar-school.html"), kept).unwrap();
    fs::remove_file(ledger.path().join("members/birch-library.toml")).unwrap();
    assert_eq!(html(folder).status, 0);
    let left = files(&site);
    assert!(left["members/cedar-school.html"].contains("<p>Our own words.</p>"));
    assert!(!left.contains_key("members/birch-library.html"));
    assert_eq!(html(folder).stdout, format!("0 pages written, {} pages unchanged.\n", left.len() - 1));
    assert!(!ledger.path().join("docs").exists());
}

#[test]
fn private_reports_go_to_a_folder_that_no_one_publishes() {
    let ledger = Ledger::of_three();
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = |name: &str| elsewhere.path().join(name).to_str().unwrap().to_owned();
    let render = |more: &[&str], name: &str| {
        ledger.run(&[&["render", "--format", "html", "--output", &folder(name)], more].concat())
    };
    assert_eq!(ledger.run(&["render", "--reports"]).status, 2, "it has to be said where");
    assert_eq!(render(&["--reports"], "own").status, 0);
    let own = files(&elsewhere.path().join("own"));
    for report in ["brief", "health", "contacts"] {
        assert!(own[&format!("reports/{report}.html")].starts_with("<!DOCTYPE html>"), "{report}");
    }
    // A folder that was made for the public, and one in a repository.
    assert_eq!(render(&[], "site").status, 0);
    assert!(!files(&elsewhere.path().join("site")).keys().any(|path| path.starts_with("reports/")));
    assert_eq!(render(&["--reports"], "site").status, 2);
    assert!(!elsewhere.path().join("site/reports").exists());
    fs::create_dir_all(elsewhere.path().join("repository/.git")).unwrap();
    assert_eq!(render(&["--reports"], "repository/own").status, 2);
    // Without the option they go again.
    assert_eq!(render(&[], "own").status, 0);
    assert!(!elsewhere.path().join("own/reports/brief.html").exists());
}

#[test]
fn a_template_is_copied_once_and_never_overwritten() {
    let ledger = Ledger::of_three();
    let answer = ledger.run(&["templates", "--eject", "goal.md"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let place = ledger.path().join("templates/goal.md");
    assert_eq!(fs::read_to_string(&place).unwrap(), ledger.run(&["render", "--template", "goal.md"]).stdout);
    fs::write(&place, "ours {{ title }}\n").unwrap();
    assert_ne!(ledger.run(&["templates", "--eject", "goal.md"]).status, 0);
    assert_eq!(fs::read_to_string(&place).unwrap(), "ours {{ title }}\n");
    let list = ledger.run(&["templates"]).stdout;
    assert!(list.contains("goal.md") && list.contains("(your own)") && list.contains("layout.html"), "{list}");
    assert!(ledger.run(&["templates", "--eject", "goals.md"]).stderr.contains("did you mean `goal.md`?"));
    // A template cannot read anything but what its page knows.
    ledger.put("goals/doors.toml", "name = \"Open doors\"\nproposed = 2026-01-01\n");
    for (wrong, said) in [
        ("{% include \"../coalition.toml\" %}", "template goal.md, line 1"),
        ("{{ get_env(name=\"HOME\") }}", "goal.md, line 1"),
        ("a\n{{ goal.stage | nothing_of_the_kind }}", "goal.md, line 2"),
    ] {
        fs::write(&place, wrong).unwrap();
        let answer = ledger.run(&["render"]);
        assert_eq!(answer.status, 2, "{wrong}");
        assert!(answer.stderr.contains(said), "{wrong}: {}", answer.stderr);
    }
}
