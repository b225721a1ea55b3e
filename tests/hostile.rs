//! What a repository may bring on purpose: links in place of the program's own files, trees without end, lines without end; and
//! what happens when the system refuses to write.

use crate::history::{commit, git};
use crate::ledger::{Ledger, run_in};
use std::fs;
use std::process::{Command, Stdio};

#[cfg(unix)]
#[test]
fn own_files_are_never_opened_through_links() {
    use std::os::unix::fs::symlink;
    let journal = |ledger: &Ledger| ledger.path().join(".coalition-journal");
    let refused = |ledger: &Ledger| {
        let set = ledger.run(&["set", "cedar-school", "notes=x"]);
        assert_eq!(set.status, 2, "{}{}", set.stdout, set.stderr);
        assert!(set.stderr.contains(".coalition-journal is not a regular file"), "{}", set.stderr);
        assert_eq!(ledger.run(&["list", "members", "--format", "ids"]).status, 0, "reading goes on");
        let found = ledger.findings(&["--only", "unfinished-change"]);
        assert_eq!(found.len(), 1, "{found:?}");
    };
    let ledger = Ledger::of_three();
    symlink("/dev/zero", journal(&ledger)).unwrap();
    refused(&ledger);
    assert!(fs::symlink_metadata(journal(&ledger)).unwrap().is_symlink(), "and it is left where it is");
    fs::remove_file(journal(&ledger)).unwrap();
    assert!(Command::new("mkfifo").arg(journal(&ledger)).status().unwrap().success());
    refused(&ledger);
    fs::remove_file(journal(&ledger)).unwrap();
    let outside = tempfile::tempdir().unwrap();
    let made = outside.path().join("made");
    symlink(&made, ledger.path().join(".coalition-lock")).unwrap();
    let set = ledger.run(&["set", "cedar-school", "notes=x"]);
    assert!(set.status == 2 && set.stderr.contains("cannot be locked"), "{}", set.stderr);
    assert!(!made.exists());
}

#[test]
fn a_journal_of_another_form_is_left_alone_and_told() {
    let ledger = Ledger::of_three();
    let text = "{\"coalition_journal\": 99, \"what\": \"x\"}\n{\"end\": true}\n";
    ledger.put(".coalition-journal", text);
    for command in [&["set", "cedar-school", "notes=x"][..], &["recover"], &["recover", "--undo"]] {
        let answer = ledger.run(command);
        assert!(answer.status == 2 && answer.stderr.contains("not in the form"), "{}{}", answer.stdout, answer.stderr);
    }
    assert_eq!(fs::read_to_string(ledger.path().join(".coalition-journal")).unwrap(), text);
    assert_eq!(ledger.findings(&["--only", "unfinished-change"]).len(), 1);
}

#[test]
fn a_tree_without_end_ends() {
    let ledger = Ledger::of_three();
    ledger.append(
        "advocates/cam.toml",
        "\n[[keys]]\nkey = \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJKkVuQxLDtjt0JpUNKGGqZ9vVNLU9DdNuWA1gZ3pCoM\"\n",
    );
    let folder = ledger.path();
    git(folder, "2026-01-01", &["init", "-q", "-b", "main"]);
    commit(folder, "2026-01-01");
    let make = |entries: &str| {
        let mut child = Command::new("git")
            .args(["mktree"])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), entries.as_bytes()).unwrap();
        String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap().trim().to_owned()
    };
    let blob = git(folder, "2026-01-01", &["rev-parse", "HEAD:coalition.toml"]);
    let mut tree = make(&format!("100644 blob {}\tx.toml\n", blob.trim()));
    // Nine folders that each hold the next one ten times name a billion files.
    for _ in 0..9 {
        tree = make(&(0..10).map(|number| format!("040000 tree {tree}\t{number}\n")).collect::<String>());
    }
    let root = git(folder, "2026-01-01", &["ls-tree", "HEAD"]);
    let with_bomb: String = root
        .lines()
        .map(|line| {
            if line.ends_with("\tagreements") {
                format!("040000 tree {tree}\tagreements\n")
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    let bomb = make(&with_bomb);
    let parent = git(folder, "2026-01-01", &["rev-parse", "HEAD"]);
    let hostile = git(folder, "2026-01-02", &["commit-tree", &bomb, "-p", parent.trim(), "-m", "x"]);
    let back = git(folder, "2026-01-03", &["commit-tree", "HEAD^{tree}", "-p", hostile.trim(), "-m", "x"]);
    git(folder, "2026-01-03", &["update-ref", "refs/heads/main", back.trim()]);
    let answer = ledger.run(&["check"]);
    assert!(answer.status == 1 && answer.stdout.contains("the commits have more or larger files"), "{}", answer.stdout);
    assert_eq!(ledger.run(&["verify"]).status, 1);
    let answer = ledger.run(&["list", "members", "--at", hostile.trim()]);
    assert!(answer.status == 2 && answer.stderr.contains("has more folders and files"), "{}", answer.stderr);
}

#[test]
fn thousands_of_mistakes_are_counted_and_a_long_line_is_shown_in_part() {
    let ledger = Ledger::of_three();
    let fields: String = (0..3_000).map(|number| format!("zz{number} = 1\n")).collect();
    ledger.append("members/cedar-school.toml", &fields);
    let answer = ledger.run(&["check", "--only", "unknown-field", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
    let found = json["findings"].as_array().unwrap();
    let in_file = found.iter().filter(|one| one["file"] == "members/cedar-school.toml");
    assert_eq!(in_file.count(), 1_001);
    assert!(answer.stdout.contains("2000 more mistakes in this file are not listed"));
    let ids: String = (0..500).map(|number| format!("\"nobody-{number}\", ")).collect();
    ledger.put("goals/long.toml", &format!("name = \"Long\"\ndeveloped_by = [{ids}]\n"));
    let text = ledger.run(&["check", "--only", "unresolved-reference"]).stdout;
    assert!(text.contains("nobody-250") && text.matches("goals/long.toml:2:").count() == 500, "{text}");
    assert!(text.len() < 500 * 1_000, "{} bytes", text.len());
    for format in ["sarif", "gitlab"] {
        let answer = ledger.run(&["check", "--only", "unresolved-reference", "--format", format]);
        assert!(answer.stdout.matches("goals/long.toml").count() >= 500);
    }
}

#[test]
fn a_rendering_that_stops_halfway_knows_its_pages_afterwards() {
    let ledger = Ledger::of_three();
    let obstacle = ledger.path().join("docs/.index.md.new/x");
    fs::create_dir_all(&obstacle).unwrap();
    assert_eq!(ledger.run(&["render"]).status, 2);
    assert!(ledger.path().join("docs/agreements/charter.md").exists(), "it came as far as here");
    fs::remove_dir_all(obstacle.parent().unwrap()).unwrap();
    // What a killed run leaves beside a page.
    ledger.put("docs/agreements/.charter.md.new", "half");
    ledger.replace("agreements/charter.toml", "one vote each", "two votes each");
    let again = ledger.run(&["render"]);
    assert_eq!(again.status, 0, "{}{}", again.stdout, again.stderr);
    assert!(!ledger.path().join("docs/agreements/.charter.md.new").exists());
    assert_eq!(ledger.run(&["render", "--check"]).status, 0);
}

#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_said_the_status_does() {
    let ledger = Ledger::of_three();
    let run = |arguments: &[&str], full_out: bool, full_err: bool| {
        let full = || Stdio::from(fs::File::options().write(true).open("/dev/full").unwrap());
        let mut command = Command::new(env!("CARGO_BIN_EXE_coalition"));
        command.args(arguments).current_dir(ledger.path()).env("COALITION_TODAY", "2026-11-22");
        command.stdout(if full_out { full() } else { Stdio::piped() });
        command.stderr(if full_err { full() } else { Stdio::piped() });
        let done = command.output().unwrap();
        (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    assert_eq!(run(&["report", "nope"], false, true).0, Some(2));
    assert_eq!(run(&["list", "members"], true, true).0, Some(2));
    let log = ["log", "contact", "cam", "--by", "ana", "--channel", "phone", "--summary", "hi"];
    let (status, found) = run(&log, true, false);
    assert_eq!(status, Some(2));
    assert!(found.contains("the ledger was changed: do not run this again"), "{found}");
    let written = fs::read_to_string(ledger.path().join("advocates/cam.toml")).unwrap();
    assert_eq!(written.matches("\"hi\"").count(), 1);
}

#[test]
fn a_report_takes_the_place_of_the_old_one_whole() {
    let ledger = Ledger::of_three();
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("brief.txt");
    fs::write(&file, "OLD REPORT").unwrap();
    // Nothing can be put beside it.
    let obstacle = out.path().join(".brief.txt.new");
    fs::create_dir_all(obstacle.join("x")).unwrap();
    let report = ["-C", ledger.path().to_str().unwrap(), "report", "--output", "brief.txt", "--today", "2026-11-22"];
    assert_eq!(run_in(out.path(), &report).status, 2);
    assert_eq!(fs::read_to_string(&file).unwrap(), "OLD REPORT");
    fs::remove_dir_all(&obstacle).unwrap();
    assert_eq!(run_in(out.path(), &report).status, 0);
    assert!(fs::read_to_string(&file).unwrap().contains("Alder County Library Coalition"));
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1);
}

#[test]
fn what_is_no_text_reaches_no_terminal_and_is_an_error_where_people_sign() {
    let ledger = Ledger::of_three();
    ledger.put("goals/one.toml", "name = \"One\"\nmessage = \"a\u{9b}31mred\u{9d}0;title\u{9c}\"\nzz = 1\n");
    let read = |path: &str| -> Vec<String> {
        let answer = ledger.run(&["check", "--only", "deceptive-text", "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&answer.stdout).unwrap();
        let found = json["findings"].as_array().unwrap().iter().filter(|one| one["file"] == path);
        found.map(|one| one["severity"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(read("goals/one.toml"), ["warning"]);
    let text = ledger.run(&["check"]).stdout;
    assert!(!text.contains(['\u{9b}', '\u{9d}', '\u{9c}']), "{text:?}");
    ledger.put("goals/one.toml", "name = \"O\u{ffff}ne\"\nzz = \"\u{fffe}\"\n");
    assert_eq!(read("goals/one.toml"), ["error", "warning"], "in a name it is an error");
    let junit = ledger.run(&["check", "--format", "junit"]).stdout;
    assert!(!junit.contains(['\u{fffe}', '\u{ffff}']));
    let inside = "text = \"\"\"\nWe meet monthly and speak with one voice.\n\"\"\"";
    ledger.replace("agreements/charter.toml", inside, "text_file = \"charter.md\"");
    ledger.put("agreements/charter.md", "We pay \u{1b}[8m9\u{1b}[0m10 dollars.\n\u{1b}[1A\u{1b}[2KWe pay nothing.\n");
    assert_eq!(read("agreements/charter.md"), ["error", "error"]);
}

#[test]
fn a_letter_that_nobody_sees_is_an_error_in_names_and_terms_and_a_sign_on_the_page() {
    let read = |ledger: &Ledger| ledger.findings(&["--only", "deceptive-text"]);
    for letter in [
        '\u{34f}',
        '\u{ad}',
        '\u{61c}',
        '\u{115f}',
        '\u{1160}',
        '\u{17b4}',
        '\u{180b}',
        '\u{180e}',
        '\u{200b}',
        '\u{2800}',
        '\u{3164}',
        '\u{fe0f}',
        '\u{fff9}',
        '\u{ffa0}',
        '\u{e000}',
        '\u{1bca0}',
        '\u{1d173}',
        '\u{e0041}',
        '\u{e0100}',
    ] {
        let ledger = Ledger::of_three();
        ledger.put("goals/one.toml", &format!("name = \"Gno{letter}sal\"\n"));
        ledger.replace("agreements/charter.toml", "We meet monthly", &format!("We pay{letter} monthly"));
        let found = read(&ledger);
        assert_eq!(found.len(), 2, "U+{:04X}: {found:?}", u32::from(letter));
        assert_eq!(ledger.run(&["check", "--only", "deceptive-text"]).status, 1);
        ledger.run(&["render"]);
        let page = fs::read_to_string(ledger.path().join("docs/agreements/charter.md")).unwrap();
        assert!(page.contains("We pay\u{fffd} monthly"), "U+{:04X}: {page}", u32::from(letter));
    }
    let ledger = Ledger::of_three();
    ledger.put("goals/one.toml", "name = \"Books \u{2764}\u{fe0f} 1\u{fe0f}\u{20e3}\"\n");
    assert!(read(&ledger).is_empty());
    for blank in ['\u{a0}', '\u{2003}', '\u{3000}'] {
        let ledger = Ledger::of_three();
        ledger.replace("agreements/charter.toml", "one voice.", &format!("one voice.{blank}"));
        assert_eq!(read(&ledger).len(), 1, "{blank:?}");
    }
}

#[test]
fn github_shows_the_count_and_the_gate_among_ten_notices() {
    let ledger = Ledger::of_three();
    ledger.put("coalition.toml", "name = \"A\"\n[checks]\nunresolved-reference = \"note\"\n");
    for number in 0..15 {
        ledger.put(&format!("goals/g{number}.toml"), "name = \"G\"\nlead = \"nobody\"\n");
    }
    let answer = ledger.run(&["check", "--format", "github", "--only", "unresolved-reference"]);
    let notices: Vec<&str> = answer.stdout.lines().filter(|line| line.starts_with("::notice ")).collect();
    let place = |title: &str| notices.iter().position(|line| line.contains(title));
    assert_eq!(
        (notices.len(), place("title=coalition check::15 findings"), place("title=Required signatures")),
        (17, Some(8), Some(9))
    );
}

#[test]
fn what_editors_change_is_told_before_anybody_signs() {
    let ledger = Ledger::of_three();
    let read = |ledger: &Ledger| ledger.findings(&["--only", "deceptive-text"]).len();
    assert_eq!(read(&ledger), 0);
    ledger.replace("agreements/charter.toml", "one voice.", "one voice.  ");
    assert_eq!(read(&ledger), 1);
    ledger.sign("cedar-school", "cam");
    assert_eq!(read(&ledger), 0, "what is signed stays as it is");
}

#[test]
fn a_private_key_is_named_and_never_shown() {
    let ledger = Ledger::of_three();
    let (_folder, path, public) = crate::ssh::key(&["-t", "ed25519"]);
    let private = fs::read_to_string(&path).unwrap();
    ledger.append("advocates/cam.toml", &format!("\n[[keys]]\nkey = \"\"\"\n{private}\"\"\"\n"));
    ledger.put("goals/one.toml", &format!("name = \"One\"\nnotes = \"\"\"\n{private}\"\"\"\nzz = 1\n"));
    let found = ledger.findings(&["--only", "private-key"]);
    assert_eq!(found.len(), 2, "{found:?}");
    let secret = private.lines().nth(3).unwrap();
    for format in ["text", "json", "github", "gitlab", "sarif", "junit"] {
        let answer = ledger.run(&["check", "--format", format]);
        assert_eq!(answer.status, 1);
        assert!(!answer.stdout.contains(secret) && !answer.stderr.contains(secret), "{format}");
    }
    // On one line, in fields that other findings and reports quote.
    let one_line = private.trim().replace('\n', " ");
    for (file, line) in [
        ("advocates/cam.toml", "role"),
        ("advocates/cam.toml", "contact_owner"),
        ("members/cedar-school.toml", "name"),
        ("members/cedar-school.toml", "unknown"),
    ] {
        let ledger = Ledger::of_three();
        let text = fs::read_to_string(ledger.path().join(file)).unwrap();
        let others: Vec<&str> = text.lines().filter(|written| !written.starts_with(&format!("{line} ="))).collect();
        ledger.put(file, &format!("{line} = \"{one_line}\"\n{}\n", others.join("\n")));
        assert_eq!(ledger.findings(&["--only", "private-key"]).len(), 1, "{line}");
        let checks =
            ["text", "json", "github", "gitlab", "sarif", "junit"].map(|format| vec!["check", "--format", format]);
        let mut commands = checks.to_vec();
        for format in ["text", "json", "yaml", "csv", "jsonl"] {
            commands.push(vec!["list", "members", "--private", "--format", format]);
        }
        for format in ["text", "json", "yaml", "markdown"] {
            commands.push(vec!["show", "member/cedar-school", "--private", "--format", format]);
            commands.push(vec!["show", "advocate/cam", "--private", "--format", format]);
            commands.push(vec!["report", "brief", "--format", format]);
        }
        for arguments in commands {
            let answer = ledger.run(&arguments);
            let said: String = (answer.stdout + &answer.stderr).split_whitespace().collect();
            assert!(!said.contains(&secret[..30]), "{line}: {arguments:?}: {said}");
        }
    }
    // One key of two people.
    let ledger = Ledger::of_three();
    for person in ["ana", "cam"] {
        ledger.append(&format!("advocates/{person}.toml"), &format!("\n[[keys]]\nkey = \"{public}\"\n"));
    }
    let found = ledger.findings(&["--only", "duplicate-entry"]);
    assert_eq!(found.len(), 1, "{found:?}");
}

/// What CI services read as commands, in a name, in a text, in a message and in a file's name.
const COMMANDS: [&str; 5] =
    ["::add-mask::secret", "##[error]gone", "##vso[task.complete]x", "section_start:1:a", "::set-env name=PATH::x"];

/// Whether a CI service would take something in a text for a command.
fn commands_in(text: &str) -> Vec<&str> {
    let is_command = |line: &&str| {
        let marks = ["##[", "##vso[", "section_start:", "section_end:"];
        line.trim_start().starts_with("::") || marks.iter().any(|mark| line.contains(mark))
    };
    text.split(['\n', '\r']).filter(is_command).collect()
}

#[test]
fn what_people_wrote_is_no_command_in_a_log() {
    for command in COMMANDS {
        let ledger = Ledger::of_three();
        ledger.replace("members/cedar-school.toml", "name = \"CEDAR SCHOOL\"", &format!("name = \"{command}\""));
        ledger.append(
            "members/cedar-school.toml",
            &format!("url = \"{command}\"\nzz = \"{command}\"\nareas = [\"{command}\"]\nnotes = \"\"\"\n\n  {command}\n\"\"\"\n"),
        );
        ledger.put(
            "goals/doors.toml",
            &format!("name = \"{} {command}\"\ncommunity = \"{command}\"\n", "long ".repeat(16)),
        );
        ledger.put(&format!("{command}.toml"), "name = \"x\"\n");
        let mut said = 0;
        for arguments in [
            &["check"][..],
            &["list", "members"],
            &["list", "members", "--fields", "name"],
            &["show", "member/cedar-school", "--private"],
            &["show", "goal/doors"],
            &["show", command],
            &["report"],
            &["report", "goals"],
            &["report", "health"],
            &["report", "member", "cedar-school"],
            &["verify"],
            &["set", "cedar-school", "name=x", "--dry-run"],
            &["set", "cedar-school", &format!("joined={command}")],
            &["log", "contact", "cedar-school", "--by", command, "--channel", "phone"],
            &["fmt", "--dry-run"],
            &["render"],
        ] {
            let answer = ledger.run(arguments);
            for text in [&answer.stdout, &answer.stderr] {
                assert_eq!(commands_in(text), [""; 0], "{arguments:?}");
                said += usize::from(text.contains('\\'));
            }
        }
        assert!(said > 5, "{command} in {said}");
    }
}

#[test]
fn the_terms_and_what_programs_read_stay_exact() {
    let ledger = Ledger::of_three();
    ledger.replace("agreements/charter.toml", "We meet monthly", "::add-mask::x\nWe meet monthly");
    assert!(ledger.run(&["terms", "charter"]).stdout.contains("\n::add-mask::x\n"));
    ledger.replace("members/cedar-school.toml", "name = \"CEDAR SCHOOL\"", "name = \"::x\"");
    let csv = ledger.run(&["list", "members", "--fields", "name", "--format", "csv"]);
    assert!(csv.stdout.contains("\n::x\n"), "{}", csv.stdout);
}

#[cfg(unix)]
#[test]
fn a_file_of_any_name_is_one_line_among_the_ids() {
    let ledger = Ledger::of_three();
    let member = "name = \"X\"\nclassification = \"other\"\njoined = 2025-01-15\n";
    ledger.put("members/a\nb\u{1b}[31m\u{9b}c.toml", member);
    for arguments in [
        &["list", "members", "--format", "ids"][..],
        &["list", "members"],
        &["check"],
        &["fmt", "--check"],
        &["report", "member", "cedar-school"],
        &["export", "codeowners", "--owner", "@a", "--owner", "@b"],
    ] {
        let answer = ledger.run(arguments);
        let said = answer.stdout + &answer.stderr;
        assert!(!said.contains(['\u{1b}', '\u{9b}']) && !said.contains("/a\nb"), "{arguments:?}: {said}");
    }
    ledger.put("members/::error::x.toml", member);
    let ids = ledger.run(&["list", "members", "--format", "ids"]);
    assert_eq!((ids.status, ids.stdout.as_str()), (1, "alder-friends\nbirch-library\ncedar-school\n"));
    assert!(ids.stderr.contains("left out 2 records whose file names are not valid ids: ::error::x"), "{}", ids.stderr);
}

#[test]
#[cfg(unix)]
fn a_rendering_writes_nothing_through_its_list_of_pages() {
    let ledger = Ledger::of_three();
    ledger.append("coalition.toml", "\n[render]\noutput = \"pages\"\n");
    let outside = tempfile::tempdir().unwrap();
    let target = outside.path().join("precious");
    std::fs::write(&target, "mine\n").unwrap();
    std::fs::create_dir(ledger.path().join("pages")).unwrap();
    let list = ledger.path().join("pages/.coalition-pages");
    std::os::unix::fs::symlink(&target, &list).unwrap();
    let answer = ledger.run(&["render"]);
    assert!(answer.status == 2 && answer.stderr.contains(".coalition-pages"), "{}", answer.stderr);
    assert_eq!(std::fs::read_to_string(&target).unwrap(), "mine\n");
    std::fs::remove_file(&list).unwrap();
    // A pipe would keep a reader waiting for ever.
    let pipe = |path: &std::path::Path| {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    pipe(&list);
    assert_eq!(ledger.run(&["render"]).status, 2);
    std::fs::remove_file(&list).unwrap();
    pipe(&ledger.path().join("pages/index.md"));
    let answer = ledger.run(&["render"]);
    assert!(answer.status == 1 && answer.stderr.contains("index.md"), "{}{}", answer.stdout, answer.stderr);
    // Nor is a file read whole that no page can be.
    std::fs::remove_file(ledger.path().join("pages/index.md")).unwrap();
    let large = std::fs::File::create(&list).unwrap();
    large.set_len(1 << 32).unwrap();
    let answer = ledger.run(&["render"]);
    assert!(answer.status == 2 && answer.stderr.contains("too large"), "{}", answer.stderr);
}
