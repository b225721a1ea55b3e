//! The workflows that act on the change requests of others: which ones they touch, and that nothing in a request is run or trusted.
//! The scripts run here as the hosts would run them, with stand-ins for the hosts' own programs.

use crate::history::{commit, git};
use crate::ledger::{Ledger, run_in};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

const DAY: &str = "2026-11-10";
const COMMIT: &str = "0fd72864705584e2c0c40ea3bc5375f292f1d5cf";

/// A file of a new ledger for a host, with a program that is installed from git.
fn of_host(host: &str, path: &str) -> Value {
    let ledger = Ledger::empty();
    let source = format!("git=https://git.example.org/o/coalition@{COMMIT}");
    let answer = ledger.run(&["init", "--ci", host, "--program", &source]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    serde_yaml::from_str(&fs::read_to_string(ledger.path().join(path)).unwrap()).unwrap()
}

/// A program in a folder that stands in for another one.
fn put_program(folder: &Path, name: &str, script: &str) {
    let place = folder.join(name);
    fs::write(&place, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(place, fs::Permissions::from_mode(0o755)).unwrap();
}

fn have(program: &str) -> bool {
    Command::new("sh").args(["-c", &format!("command -v {program}")]).output().unwrap().status.success()
}

/// Runs a script in a folder as a host does, with programs in front of those of the system.
fn run_script(folder: &Path, programs: &Path, options: &str, script: &str, variables: &[(&str, &str)]) -> String {
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let mut command = Command::new("bash");
    command
        .arg(options)
        .args(Some("pipefail").filter(|_| options == "-eo"))
        .args(["-c", script])
        .current_dir(folder)
        .env("PATH", path)
        .envs(variables.iter().copied());
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    said
}

/// What the comment workflow does with a description: the calls of GitHub's program that change something, and the comment.
fn comment_on(description: &[u8], size: &str, numbers: &str, known: &str) -> (Vec<String>, String) {
    let workflow = of_host("github", ".github/workflows/coalition-comment.yml");
    let script = workflow["jobs"]["comment"]["steps"][0]["run"].as_str().unwrap().to_owned();
    let (folder, programs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(programs.path().join("description"), description).unwrap();
    let stand_in = format!(
        "case \"$*\" in\n*/artifacts*) echo '{size}' ;;\n*'repos/o/r/pulls '*) printf -- '{numbers}' ;;\n\
         *'run download'*) mkdir described && cp '{0}/description' described/changes.md ;;\n\
         *--paginate*) printf '{known}' ;;\n*) echo \"$*\" >> '{0}/calls'; cp comment '{0}/comment' ;;\nesac",
        programs.path().display()
    );
    put_program(programs.path(), "gh", &stand_in);
    let variables = [
        ("GH_REPO", "o/r"),
        ("RUN", "7"),
        ("HEAD", COMMIT),
        ("BRANCH", "a$(touch x);b"),
        ("OWNER", "o"),
        ("LC_ALL", "C.UTF-8"),
    ];
    run_script(folder.path(), programs.path(), "-e", &script, &variables);
    assert!(!folder.path().join("x").exists() && !folder.path().join("touched").exists());
    let read = |name: &str| fs::read(programs.path().join(name)).map(|bytes| String::from_utf8(bytes).unwrap());
    let calls = read("calls").unwrap_or_default().lines().map(str::to_owned).collect();
    (calls, read("comment").unwrap_or_default())
}

#[test]
fn one_comment_is_posted_and_updated() {
    let (calls, comment) = comment_on("# Changes\n\n- Ana signed\n".as_bytes(), "200", "12\\n", "");
    assert_eq!(calls, ["api --method POST repos/o/r/issues/12/comments -F body=@comment --silent"]);
    assert_eq!(comment, "<!-- coalition changes -->\n# Changes\n\n- Ana signed\n");
    // A request that leaves the ledger as it is gets no comment; one that had one is brought up to date.
    let nothing = b"# Changes\n\nNothing changed.\n";
    assert_eq!(comment_on(nothing, "200", "12\\n", "").0, Vec::<String>::new());
    assert_eq!(comment_on(nothing, "200", "12\\n", "901\\n").0.len(), 1);
    let (calls, _) = comment_on(b"x\n", "200", "12\\n", "901\\n902\\n");
    assert_eq!(calls, ["api --method PATCH repos/o/r/issues/comments/901 -F body=@comment --silent"]);
}

#[test]
fn a_description_is_text_from_a_stranger() {
    // No request, several, or something else than a number: nothing is written anywhere.
    for numbers in ["", "1\\n2\\n", "1/../2\\n", "1; touch touched\\n", "-1\\n"] {
        assert_eq!(comment_on(b"x\n", "200", numbers, "").0, Vec::<String>::new(), "{numbers}");
    }
    for size in ["0", "999999999"] {
        assert_eq!(comment_on(b"x\n", size, "12\\n", "").0, Vec::<String>::new(), "{size}");
    }
    let hostile =
        "@everyone ![x](https://example.org/x.png) <IMG src=x> $(touch touched) `touch touched`\u{0}\n".as_bytes();
    let (_, comment) = comment_on(&[hostile, b"\xff\xfe"].concat(), "200", "12\\n", "");
    assert!(
        !comment.contains("@everyone") && !comment.contains("![") && !comment.to_lowercase().contains("<img"),
        "{comment}"
    );
    let long = "a\u{301}\u{1f600}".repeat(40_000);
    let (calls, comment) = comment_on(long.as_bytes(), "200", "12\\n", "");
    assert!(calls.len() == 1 && comment.len() < 400 && comment.contains("coalition diff"), "{}", comment.len());
}

#[test]
fn what_may_write_runs_nothing_of_a_request() {
    let workflow = of_host("github", ".github/workflows/coalition-comment.yml");
    let events: Vec<&String> = workflow["on"].as_object().unwrap().keys().collect();
    assert_eq!(events, ["workflow_run"]);
    assert_eq!(workflow["on"]["workflow_run"]["workflows"][0], "coalition");
    assert_eq!(workflow["permissions"], serde_json::json!({}));
    let job = &workflow["jobs"]["comment"];
    assert_eq!(job["permissions"], serde_json::json!({ "actions": "read", "pull-requests": "write" }));
    let steps = job["steps"].as_array().unwrap();
    assert!(steps.iter().all(|step| step.get("uses").is_none()), "no checkout: {steps:?}");
    assert!(steps.iter().all(|step| !step["run"].as_str().unwrap().contains("${{")), "{steps:?}");
    // What checks a request may write nothing, and describes it without deciding.
    let check = of_host("github", ".github/workflows/coalition.yml");
    assert_eq!(check["name"], "coalition");
    assert_eq!(check["permissions"], serde_json::json!({ "contents": "read" }));
    let steps = check["jobs"]["check"]["steps"].as_array().unwrap();
    let upload = steps
        .iter()
        .position(|step| step["uses"].as_str().is_some_and(|uses| uses.starts_with("actions/upload-artifact@")));
    for step in &steps[upload.unwrap() - 1..=upload.unwrap()] {
        assert_eq!(
            (&step["if"], &step["continue-on-error"]),
            (&"github.event_name == 'pull_request'".into(), &true.into())
        );
    }
    // On GitLab, a pipeline of a merge request never has the job that may write.
    let pipeline = of_host("gitlab", ".gitlab-ci.yml");
    let rules = pipeline["coalition-requests"]["rules"].as_array().unwrap();
    assert_eq!(rules[0]["when"], "never");
    assert_eq!(
        (&rules[1]["if"], &rules[1]["when"]),
        (&"$CI_PIPELINE_SOURCE == \"merge_request_event\"".into(), &"never".into())
    );
    assert_eq!(rules[2], serde_json::json!({ "if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" }));
    assert_eq!(rules.len(), 3);
    assert!(!pipeline["coalition"].to_string().contains("COALITION_TOKEN"));
}

/// A repository with a main branch and branches for merge requests, cloned as a runner clones it.
struct Host {
    around: tempfile::TempDir,
}

impl Host {
    fn new() -> Host {
        let around = tempfile::tempdir().unwrap();
        let ledger = Ledger::of_three();
        git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
        ledger.put(".gitattributes", "*.toml merge=coalition\n");
        commit(ledger.path(), DAY);
        let contact = |member: &str, day: &str| {
            ledger.append(
                &format!("members/{member}.toml"),
                &format!(
                    "\n[[contacts]]\ndate = {day}\nby = \"ben\"\nchannel = \"phone\"\nsummary = \"Call of {day}\"\n"
                ),
            );
            commit(ledger.path(), DAY);
        };
        for (branch, day) in [("calls", "2026-11-01"), ("fork", "2026-11-02"), ("x$(touch${IFS}x)", "2026-11-03")] {
            git(ledger.path(), DAY, &["switch", "-q", "-c", branch, "main"]);
            contact("alder-friends", day);
        }
        git(ledger.path(), DAY, &["switch", "-q", "main"]);
        contact("alder-friends", "2026-11-05");
        let bare = around.path().join("host.git");
        git(around.path(), DAY, &["clone", "-q", "--bare", ledger.path().to_str().unwrap(), bare.to_str().unwrap()]);
        for (number, branch) in [("3", "calls"), ("4", "fork"), ("5", "x$(touch${IFS}x)")] {
            let head = git(&bare, DAY, &["rev-parse", &format!("refs/heads/{branch}")]);
            git(&bare, DAY, &["update-ref", &format!("refs/merge-requests/{number}/head"), &head]);
        }
        git(around.path(), DAY, &["clone", "-q", bare.to_str().unwrap(), "runner"]);
        Host { around }
    }

    fn head(&self, branch: &str) -> String {
        git(&self.around.path().join("host.git"), DAY, &["rev-parse", &format!("refs/heads/{branch}")])
    }
}

#[test]
fn merge_requests_get_a_note_and_the_main_branch() {
    if !have("jq") {
        // The job installs it; what it does without GitLab can be tried only where it is.
        return;
    }
    let pipeline = of_host("gitlab", ".gitlab-ci.yml");
    let script =
        pipeline["coalition-requests"]["script"].as_array().unwrap().last().unwrap().as_str().unwrap().to_owned();
    let host = Host::new();
    let (runner, programs) = (host.around.path().join("runner"), tempfile::tempdir().unwrap());
    fs::copy(assert_cmd::cargo::cargo_bin("coalition"), programs.path().join("coalition")).unwrap();
    let requests = r#"[{"iid":3,"source_project_id":1,"target_project_id":1,"source_branch":"calls"},
        {"iid":4,"source_project_id":2,"target_project_id":1,"source_branch":"fork"},
        {"iid":5,"source_project_id":1,"target_project_id":1,"source_branch":"x$(touch${IFS}x)"}]"#;
    fs::write(programs.path().join("requests"), requests).unwrap();
    let notes = r#"[{"id":70,"author":{"id":8},"body":"<!-- coalition changes -->\nforged"},
        {"id":71,"author":{"id":9},"body":"<!-- coalition changes -->\nearlier"}]"#;
    fs::write(programs.path().join("notes"), notes).unwrap();
    let stand_in = format!(
        "for last; do :; done\ncase \"$*\" in\n*/user) echo '{{\"id\":9}}' ;;\n*state=opened*) cat '{0}/requests' ;;\n\
         *--request*) echo \"$*\" | sed 's/.*--request/--request/;s/body@[^ ]*/BODY/' >> '{0}/calls'\n\
         note=\"$(echo \"$*\" | sed 's/.*body@//;s/ .*//')\"; cat \"$note\" >> '{0}/written' ;;\n\
         */3/notes*) cat '{0}/notes' ;;\n*) echo '[]' ;;\nesac",
        programs.path().display()
    );
    put_program(programs.path(), "curl", &stand_in);
    let before = (host.head("fork"), host.head("main"));
    let url = format!("file://{}", host.around.path().join("host").display());
    let main = host.head("main");
    let variables = [
        ("COALITION_TOKEN", "secret-token"),
        ("COALITION_TODAY", "2026-11-22"),
        ("CI_SERVER_HOST", "gitlab.example.org"),
        ("CI_API_V4_URL", "https://gitlab.example.org/api/v4"),
        ("CI_PROJECT_ID", "1"),
        ("CI_PROJECT_URL", &url),
        ("CI_DEFAULT_BRANCH", "main"),
        ("CI_COMMIT_SHA", &main),
        ("GIT_AUTHOR_DATE", "2026-11-12T12:00:00Z"),
    ];
    let said = run_script(&runner, programs.path(), "-eo", &script, &variables);
    let read = |name: &str| fs::read_to_string(programs.path().join(name)).unwrap();
    let calls = read("calls");
    let calls: Vec<&str> = calls.lines().collect();
    let at = "https://gitlab.example.org/api/v4/projects/1/merge_requests";
    assert_eq!(
        calls,
        [
            format!("--request PUT --data-urlencode BODY {at}/3/notes/71"),
            format!("--request POST --data-urlencode BODY {at}/4/notes"),
            format!("--request POST --data-urlencode BODY {at}/5/notes"),
        ],
        "{said}"
    );
    let written = read("written");
    assert_eq!(written.matches("<!-- coalition changes -->\n# Changes from ").count(), 3, "{written}");
    assert!(!written.contains("Call of") && written.contains("private"), "{written}");
    assert!(!said.contains("secret-token") && !calls.concat().contains("secret-token"), "{said}");
    // Both contacts are in the merged branch; the fork and the main branch are as they were.
    assert_eq!((host.head("fork"), host.head("main")), before);
    for (branch, day) in [("calls", "2026-11-01"), ("x$(touch${IFS}x)", "2026-11-03")] {
        let head = host.head(branch);
        let text =
            git(&host.around.path().join("host.git"), DAY, &["show", &format!("{head}:members/alder-friends.toml")]);
        assert!(
            text.contains(&format!("Call of {day}")) && text.contains("Call of 2026-11-05"),
            "{branch}: {text}\n{said}"
        );
    }
    assert!(!runner.join("x").exists());
    // A second run changes nothing more.
    let merged = host.head("calls");
    let again = host.head("calls");
    git(&host.around.path().join("host.git"), DAY, &["update-ref", "refs/merge-requests/3/head", &again]);
    run_script(&runner, programs.path(), "-eo", &script, &variables);
    assert_eq!(host.head("calls"), merged);
    assert_eq!(run_in(&runner, &["check", "--only", "invalid-toml"]).status, 0);
}

/// What the workflow of the brief makes, and what it asks the program, where the program lists these meetings for each day.
fn brief_for(event: &str, meetings: &str) -> (Option<String>, String) {
    let workflow = of_host("github", ".github/workflows/coalition-brief.yml");
    let steps = workflow["jobs"]["brief"]["steps"].as_array().unwrap();
    let script = steps.iter().find(|step| step["id"] == "brief").unwrap()["run"].as_str().unwrap().to_owned();
    let (folder, programs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let place = |name: &str| programs.path().join(name);
    let calls = place("calls");
    let stand_in = format!(
        "echo \"$*\" >> '{}'\ncase \"$1\" in\nlist) printf '{meetings}' ;;\nreport) echo '<!DOCTYPE html>' ;;\nesac",
        calls.display()
    );
    put_program(programs.path(), "coalition", &stand_in);
    let variables = [
        ("GITHUB_EVENT_NAME", event),
        ("RUNNER_TEMP", programs.path().to_str().unwrap()),
        ("GITHUB_OUTPUT", &*place("output").display().to_string()),
    ];
    run_script(folder.path(), programs.path(), "-e", &script, &variables);
    let made = fs::read_to_string(place("brief/brief.html")).ok();
    let said = fs::read_to_string(place("output")).unwrap_or_default();
    assert_eq!(made.is_some(), said == "made=yes\n", "{said}");
    (made, fs::read_to_string(calls).unwrap_or_default())
}

#[test]
fn the_brief_is_made_before_a_meeting_and_when_someone_asks() {
    let (made, calls) = brief_for("schedule", "");
    assert!(made.is_none() && calls.lines().count() == 2 && calls.starts_with("list meetings date:2"), "{calls}");
    let (made, calls) = brief_for("schedule", "2026-12-01-regular\\n");
    assert_eq!(made.as_deref(), Some("<!DOCTYPE html>\n"));
    assert!(calls.ends_with("report brief --format html\n"), "{calls}");
    let (made, calls) = brief_for("workflow_dispatch", "");
    assert!(made.is_some() && !calls.contains("list"), "{calls}");
}
