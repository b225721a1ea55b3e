//! What surrounds the gate in a repository: who owns which file, what a workflow runs, and where `init` puts it.

use crate::ledger::{Ledger, repository, run_in};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null").current_dir(folder);
    assert!(command.args(arguments).output().unwrap().status.success(), "git {arguments:?}");
}

fn account(handle: &str, host: &str) -> String {
    format!("\n[[accounts]]\nhost = \"{host}\"\nhandle = \"{handle}\"\n")
}

fn yaml(place: &Path) -> Value {
    serde_yaml::from_str(&fs::read_to_string(place).unwrap()).unwrap()
}

/// What a script calls `coalition` with, a line for each argument, and whether it succeeds.
fn called(script: &str, variables: &[(&str, &str)]) -> (String, bool) {
    let folder = tempfile::tempdir().unwrap();
    let stand_in = "coalition() { printf '<%s>\\n' coalition \"$@\"; }\n";
    let mut command = Command::new("bash");
    command.args(["-e", "-o", "pipefail", "-c", &format!("{stand_in}{script}")]).env_clear().current_dir(folder.path());
    command.env("PATH", std::env::var_os("PATH").unwrap()).envs(variables.iter().copied());
    let output = command.output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.success())
}

#[test]
fn owners_are_seen_from_the_root_of_the_repository() {
    let ledger = Ledger::of_three();
    let below = ledger.path().join("teams/our ledger");
    fs::create_dir_all(&below).unwrap();
    for part in ["coalition.toml", "members", "advocates", "agreements"] {
        fs::rename(ledger.path().join(part), below.join(part)).unwrap();
    }
    git(ledger.path(), &["init", "-q"]);
    ledger.append("teams/our ledger/advocates/ana.toml", &account("ana-z", "github.com"));
    ledger.append("teams/our ledger/advocates/ben.toml", &account("ben-z", "gitlab.com"));
    let answer = run_in(&below, &["export", "codeowners", "--owner", "ana", "--owner", "@zoe"]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let lines: Vec<&str> = answer.stdout.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    assert_eq!(
        lines,
        [
            "* @ana-z @zoe",
            "/teams/our\\ ledger/members/alder-friends.toml @ana-z",
            "/teams/our\\ ledger/signatures/*/alder-friends.toml @ana-z",
            "/teams/our\\ ledger/agreements/ @ana-z @zoe",
            "/teams/our\\ ledger/advocates/ @ana-z @zoe",
            "/teams/our\\ ledger/coalition.toml @ana-z @zoe",
            "/.github/ @ana-z @zoe",
            "/.gitlab/ @ana-z @zoe",
            "/.gitlab-ci.yml @ana-z @zoe",
            "CODEOWNERS @ana-z @zoe",
        ]
    );
    assert!(
        answer.stderr.contains("no one has an account at github.com for birch-library, cedar-school"),
        "{}",
        answer.stderr
    );
    let elsewhere =
        run_in(&below, &["export", "codeowners", "--host", "gitlab.com", "--owner", "ben", "--owner", "@team/two"]);
    assert!(elsewhere.stdout.contains("/members/birch-library.toml @ben-z\n"), "{}", elsewhere.stdout);
    assert!(!elsewhere.stdout.contains("@ana-z"), "{}", elsewhere.stdout);
}

#[test]
fn owners_are_named_and_never_guessed() {
    let ledger = Ledger::of_three();
    for (arguments, said) in [
        (&[][..], "name the coordinators"),
        (&["--owner", "@zoe"], "@zoe alone cannot approve"),
        (&["--owner", "ana", "--owner", "@zoe"], "ana Z has no account at github.com"),
        (&["--owner", "zoe", "--owner", "@amy"], "for a handle, write the @: --owner @zoe"),
        (&["--owner", "@zoe\n* @eve", "--owner", "@amy"], "write an account with its @"),
        (&["--host", "github.com/x", "--owner", "@zoe", "--owner", "@amy"], "this is not a git host"),
    ] {
        let answer = ledger.run(&[&["export", "codeowners"], arguments].concat());
        assert_eq!((answer.status, answer.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(answer.stderr.contains(said), "{arguments:?}: {}", answer.stderr);
    }
}

#[test]
fn accounts_leave_only_with_their_people() {
    let ledger = Ledger::of_three();
    ledger.append("advocates/ana.toml", &account("ana-z", "github.com"));
    let listed = format!("\n[consent]\nlisted = true\n{}", account("ben-z", "github.com"));
    ledger.append("advocates/ben.toml", &listed);
    let exported = |arguments: &[&str]| ledger.run(&[&["export", "--format", "jsonl"], arguments].concat()).stdout;
    assert!(exported(&[]).contains("ben-z") && !exported(&[]).contains("ana-z"));
    assert!(exported(&["--private"]).contains("ana-z"));
    assert_eq!(ledger.run(&["render"]).status, 0);
    for page in
        walkdir::WalkDir::new(ledger.path().join("docs")).into_iter().flatten().filter(|p| p.file_type().is_file())
    {
        assert!(!fs::read_to_string(page.path()).unwrap().contains("ana-z"), "{:?}", page.path());
    }
}

#[test]
fn what_a_host_reads_lies_at_the_root_of_the_repository() {
    let outer = Ledger::empty();
    git(outer.path(), &["init", "-q"]);
    let made = outer.run(&["init", "ledgers/none/../river", "--ci", "github", "--owner", "@amy", "--owner", "@zoe"]);
    assert_eq!(made.status, 0, "{}", made.stderr);
    assert!(!outer.path().join("ledgers/river/.github").exists());
    let workflow = yaml(&outer.path().join(".github/workflows/coalition.yml"));
    assert_eq!(workflow["jobs"]["check"]["env"]["COALITION_LEDGER"], "ledgers/river");
    let owners = fs::read_to_string(outer.path().join(".github/CODEOWNERS")).unwrap();
    assert!(owners.contains("\n/ledgers/river/agreements/ @amy @zoe\n"), "{owners}");
    assert!(made.stdout.contains(".github/CODEOWNERS\n"), "{}", made.stdout);

    // Nothing is overwritten there, and no second file of owners is made beside one that the host reads.
    outer.put(".gitlab-ci.yml", "ours: true\n");
    outer.put("docs/CODEOWNERS", "* @amy\n");
    let second = outer.run(&["init", "ledgers/hill", "--ci", "gitlab"]);
    assert_eq!(second.status, 0, "{}", second.stderr);
    assert!(second.stdout.contains("docs/CODEOWNERS (already existed, and is unchanged)"), "{}", second.stdout);
    assert!(!outer.path().join(".gitlab").exists());
    assert_eq!(fs::read_to_string(outer.path().join(".gitlab-ci.yml")).unwrap(), "ours: true\n");
}

#[test]
fn a_new_ledger_takes_only_sources_that_stay_the_same() {
    let commit = "0fd72864705584e2c0c40ea3bc5375f292f1d5cf";
    for source in [
        "git=https://git.example.org/o/coalition@main".to_owned(),
        format!("git=https://git.example.org/o/coalition;id@{commit}"),
        format!("git=https://git.example.org/o/${{{{x}}}}@{commit}"),
        "container=example.org/coalition:latest".to_owned(),
        "path=a\n    - run: id".to_owned(),
        "coalition".to_owned(),
    ] {
        let ledger = Ledger::empty();
        let answer = ledger.run(&["init", "--ci", "github", "--program", &source]);
        assert_eq!(answer.status, 2, "{source}");
        assert!(answer.stderr.contains("--program"), "{}", answer.stderr);
        assert!(!ledger.path().join("coalition.toml").exists(), "{source}");
    }
    let ledger = Ledger::empty();
    let source = format!("git=https://git.example.org/o/coalition@{commit}");
    assert_eq!(ledger.run(&["init", "--program", &source]).status, 2, "no workflow to write it to");
    let answer = ledger.run(&["init", "--ci", "gitlab", "--program", &source]);
    assert_eq!(answer.status, 0, "{}", answer.stderr);
    let script = &yaml(&ledger.path().join(".gitlab-ci.yml"))["coalition"]["script"];
    assert_eq!(script[0], format!("cargo install --locked --git https://git.example.org/o/coalition --rev {commit}"));
}

#[test]
fn without_a_source_the_first_step_fails_and_says_why() {
    for (ci, path, pointer) in [
        ("github", ".github/workflows/coalition.yml", "/jobs/check/steps/0/run"),
        ("gitlab", ".gitlab-ci.yml", "/coalition/script/0"),
    ] {
        let ledger = Ledger::empty();
        let answer = ledger.run(&["init", "--ci", ci]);
        if option_env!("COALITION_REVISION").is_none() {
            assert!(answer.stdout.contains("until its first step says where to get the program"), "{}", answer.stdout);
            let workflow = yaml(&ledger.path().join(path));
            let script = workflow.pointer(pointer).and_then(Value::as_str).unwrap();
            let (said, succeeds) = called(&format!("exec 2>&1\n{script}"), &[]);
            assert!(!succeeds, "{script}");
            assert!(said.contains("does not say where to get coalition") && said.lines().count() == 1, "{said}");
        }
    }
}

#[test]
fn a_change_is_judged_by_the_rules_before_it() {
    let ledger = Ledger::empty();
    assert_eq!(ledger.run(&["init", "--ci", "github"]).status, 0);
    let workflow = yaml(&ledger.path().join(".github/workflows/coalition.yml"));
    for event in ["pull_request", "merge_group", "push", "schedule"] {
        assert!(workflow["on"].get(event).is_some(), "{event}");
    }
    // Another target branch makes another change of it.
    assert!(workflow["on"]["pull_request"]["types"].as_array().unwrap().iter().any(|kind| kind == "edited"));
    let steps = workflow["jobs"]["check"]["steps"].as_array().unwrap();
    let checkout =
        steps.iter().find(|step| step["uses"].as_str().is_some_and(|uses| uses.starts_with("actions/checkout@")));
    assert_eq!(checkout.unwrap()["with"]["fetch-depth"], 0);
    let action = yaml(&repository("action.yml"));
    let action = action["runs"]["steps"].as_array().unwrap().last().unwrap();
    for step in [steps.last().unwrap(), action] {
        let script = step["run"].as_str().unwrap();
        assert!(!script.contains("${{"), "what a host says is never part of a script: {script}");
        assert_eq!(step["env"]["MERGE_GROUP_BASE"], "${{ github.event.merge_group.base_sha }}");
        let since = |variables: &[(&str, &str)]| {
            let (said, succeeds) = called(script, variables);
            assert!(succeeds && said.starts_with("<coalition>\n"), "{said}");
            said.split("<--since>\n").nth(1).map(|rest| rest.lines().next().unwrap().to_owned())
        };
        let odd = "a$(touch x)`id`;\"'b";
        for base in ["main", odd] {
            let said = since(&[("GITHUB_EVENT_NAME", "pull_request"), ("GITHUB_BASE_REF", base)]);
            assert_eq!(said, Some(format!("<refs/remotes/origin/{base}>")));
        }
        let group = since(&[("GITHUB_EVENT_NAME", "merge_group"), ("MERGE_GROUP_BASE", "0fd7286")]);
        assert_eq!(group, Some("<0fd7286>".to_owned()));
        for event in ["push", "schedule", "workflow_dispatch"] {
            assert_eq!(since(&[("GITHUB_EVENT_NAME", event), ("GITHUB_BASE_REF", "main")]), None, "{event}");
        }
    }
    let script = action["run"].as_str().unwrap();
    let (said, _) =
        called(script, &[("SINCE", "v1"), ("GITHUB_EVENT_NAME", "pull_request"), ("GITHUB_BASE_REF", "main")]);
    assert!(said.ends_with("<--since>\n<v1>\n"), "{said}");
}

#[test]
fn a_merge_request_is_judged_by_the_rules_before_it() {
    let ledger = Ledger::empty();
    assert_eq!(ledger.run(&["init", "--ci", "gitlab"]).status, 0);
    let job = &yaml(&ledger.path().join(".gitlab-ci.yml"))["coalition"];
    assert_eq!(job["variables"]["GIT_DEPTH"], 0);
    let script = job["script"].as_array().unwrap().last().unwrap().as_str().unwrap();
    let request = ("CI_PIPELINE_SOURCE", "merge_request_event");
    let base = ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "aaa");
    for (variables, expected) in [
        (&[request, base][..], "<coalition>\n<check>\n<--since>\n<aaa>\n"),
        (&[request, base, ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "bbb")], "<coalition>\n<check>\n<--since>\n<bbb>\n"),
        (&[("CI_PIPELINE_SOURCE", "push"), base], "<coalition>\n<check>\n"),
        (&[("CI_PIPELINE_SOURCE", "schedule")], "<coalition>\n<check>\n"),
    ] {
        assert_eq!(called(script, variables), (expected.to_owned(), true), "{variables:?}");
    }
    let failing = script.replace("coalition check \"$@\"", "false");
    assert!(!called(&failing, &[]).1, "the last check decides");
}

#[test]
fn no_setting_changes_the_words_of_an_agreement() {
    let ledger = Ledger::empty();
    assert_eq!(ledger.run(&["init"]).status, 0);
    git(ledger.path(), &["init", "-q"]);
    // What someone has set for all their repositories stands behind what the ledger says.
    let elsewhere = tempfile::NamedTempFile::new().unwrap();
    fs::write(elsewhere.path(), "* merge=union ident\n").unwrap();
    git(ledger.path(), &["config", "core.attributesFile", elsewhere.path().to_str().unwrap()]);
    for path in
        ["signatures/charter/alder-friends.toml", "agreements/charter.md", "agreements/x/y.toml", "texts/charter.txt"]
    {
        let asked = ["check-attr", "text", "eol", "merge", "ident", "--", path];
        let output = Command::new("git").current_dir(ledger.path()).args(asked).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let values: Vec<&str> = said.lines().filter_map(|line| line.rsplit(": ").next()).collect();
        // The program merges records; without it, git's usual merge does. Other texts have git's usual merge.
        let merge = if path.ends_with(".toml") { "coalition" } else { "set" };
        assert_eq!(values, ["set", "lf", merge, "unset"], "{said}");
    }
    let editors = fs::read_to_string(ledger.path().join(".editorconfig")).unwrap();
    // The last section that matches a file decides.
    let (_, agreements) = editors.rsplit_once('[').unwrap();
    assert_eq!(agreements, "agreements/**]\ntrim_trailing_whitespace = false\n");
    assert!(editors.contains("[*.{md,txt}]\ntrim_trailing_whitespace = false\n"), "{editors}");
}
