//! Ledgers in git repositories: earlier revisions, and what commits say of signatures, terms and keys.

use crate::ledger::{Ledger, repository, run_in};
use coalition::internal::record::Digest;
use coalition::{NAMESPACE, Purpose, Statement};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;
use walkdir::WalkDir;

/// Runs git in a folder as Ana, at noon of a day.
pub fn git(folder: &Path, day: &str, arguments: &[&str]) -> String {
    let date = format!("{day}T12:00:00Z");
    let output = Command::new("git")
        .args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", "-c", "merge.conflictStyle=merge"])
        .args(["-c", "protocol.file.allow=always", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"])
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("HOME", "/nonexistent")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs([("GIT_AUTHOR_NAME", "Ana Z"), ("GIT_AUTHOR_EMAIL", "ana@example.org"), ("GIT_AUTHOR_DATE", &date)])
        .envs([
            ("GIT_COMMITTER_NAME", "Ana Z"),
            ("GIT_COMMITTER_EMAIL", "a@example.org"),
            ("GIT_COMMITTER_DATE", &date),
        ])
        .output()
        .expect("these tests need git");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "git {arguments:?}: {message}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Commits everything, and gives the id.
pub fn commit(folder: &Path, day: &str) -> String {
    git(folder, day, &["add", "-A"]);
    git(folder, day, &["commit", "-q", "--allow-empty", "-m", "x"]);
    git(folder, day, &["rev-parse", "HEAD"])
}

fn start(folder: &Path, day: &str) -> String {
    git(folder, day, &["init", "-q"]);
    commit(folder, day)
}

/// Three members in a repository of one commit.
fn of_three() -> Ledger {
    let ledger = Ledger::of_three();
    start(ledger.path(), "2026-01-01");
    ledger
}

/// Copies a folder with all that is in it.
pub fn copy(from: &Path, to: &Path) {
    for entry in WalkDir::new(from) {
        let entry = entry.unwrap();
        let place = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(place).unwrap();
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

/// The findings of one check, as message.
fn found(folder: &Path, check: &str) -> Vec<String> {
    let answer = run_in(folder, &["check", "--only", check, "--format", "json"]);
    let json: Value = serde_json::from_str(&answer.stdout).unwrap_or_else(|_| panic!("{}", answer.stderr));
    let findings = json["findings"].as_array().unwrap().iter().filter(|finding| finding["check"] == check);
    findings.map(|finding| finding["message"].as_str().unwrap().to_owned()).collect()
}

/// A key made by `ssh-keygen`, and a signature with it on the charter as it stands, by Ana for her member.
fn signed(ledger: &Ledger) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        assert!(Command::new("ssh-keygen").args(arguments).current_dir(folder.path()).status().unwrap().success());
    };
    run(&["-q", "-t", "ed25519", "-N", "", "-C", "ana", "-f", "key"]);
    let digest = ledger.run(&["terms", "charter", "--digest"]).stdout.trim().to_owned();
    let terms = Digest::from_hex(digest.strip_prefix("sha256:").unwrap());
    let date = "2026-02-10".parse().unwrap();
    let statement = Statement {
        purpose: Purpose::Signature,
        agreement: "charter",
        version: 1,
        terms: &terms,
        member: "alder-friends",
        by: "ana",
        date,
    };
    fs::write(folder.path().join("text"), statement.text()).unwrap();
    run(&["-q", "-Y", "sign", "-n", NAMESPACE, "-f", "key", "text"]);
    let public = fs::read_to_string(folder.path().join("key.pub")).unwrap();
    let armor = fs::read_to_string(folder.path().join("text.sig")).unwrap();
    let signature = format!(
        "\n[[signatures]]\nmember = \"alder-friends\"\nby = \"ana\"\ndate = 2026-02-10\nterms = \"{digest}\"\n\
         signature = \"\"\"\n{armor}\"\"\"\n"
    );
    (format!("\n[[keys]]\nkey = \"{}\"\nvalid_from = 2026-01-01\n", public.trim()), signature)
}

const SELF_ADDED: &str = "self-added-key";
const ROLLED_BACK: &str = "rolled-back-terms";

#[test]
fn a_clean_tree_and_its_commit_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    copy(&repository("examples/riverton"), folder.path());
    start(folder.path(), "2026-11-01");
    for command in [
        &["check"][..],
        &["check", "--format", "json"],
        &["check", "--format", "sarif"],
        &["check", "members", "--format", "json"],
        &["report"],
        &["report", "health", "--format", "json"],
        &["report", "signatures", "--format", "json"],
        &["list", "advocates", "--format", "json"],
        &["verify"],
        &["terms", "charter"],
        &["explain", "unsigned-agreement"],
    ] {
        let disk = run_in(folder.path(), command);
        let head = run_in(folder.path(), &[command, &["--at", "HEAD"]].concat());
        assert_eq!((disk.status, &disk.stdout), (head.status, &head.stdout), "{command:?} {}", head.stderr);
    }
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_told_alike() {
    use std::os::unix::fs::symlink;
    let ledger = Ledger::of_three();
    let at = |path: &str| ledger.path().join(path);
    fs::write(at("members/latin.toml"), b"name = \"Caf\xe9\"\n").unwrap();
    fs::write(at("members/large.toml"), vec![b'#'; 2 * 1024 * 1024 + 1]).unwrap();
    fs::create_dir_all(at("goals/deep/.hidden")).unwrap();
    fs::create_dir_all(at("Members")).unwrap();
    fs::create_dir_all(at("target")).unwrap();
    ledger.put("goals/deep/doors.toml", "name = \"Doors\"\n");
    ledger.put("goals/.secret.toml", "name = \"Hidden\"\n");
    ledger.put("goals/deep/.hidden/x.toml", "name = \"Hidden\"\n");
    ledger.put("goals/friends.toml.txt", "name = \"Ending\"\n");
    ledger.put("Members/dogwood.toml", "name = \"Dogwood\"\n");
    ledger.put("target/x.toml", "x = 1\n");
    ledger.put("stray.toml", "x = 1\n");
    ledger.put("nested/coalition.toml", "name = \"Nested\"\n");
    ledger.put("agreements/pact.toml", "name = \"Pact\"\ntext_file = \"../words/pact.md\"\neffective = 2026-01-01\n");
    ledger.put("words/pact.md", "We agree.\n");
    symlink("../members/alder-friends.toml", at("goals/inside.toml")).unwrap();
    symlink("/etc/hostname", at("goals/outside.toml")).unwrap();
    symlink("../../outside.toml", at("goals/above.toml")).unwrap();
    symlink("nowhere.toml", at("goals/broken.toml")).unwrap();
    symlink("circle.toml", at("goals/circle.toml")).unwrap();
    symlink("deep", at("goals/folder.toml")).unwrap();
    symlink("goals", at("campaigns")).unwrap();
    start(ledger.path(), "2026-01-01");
    let run = |more: &[&str]| ledger.run(&[&["check", "--format", "json"], more].concat());
    let json = |answer: crate::ledger::Answer| serde_json::from_str::<Value>(&answer.stdout).expect(&answer.stderr);
    let (disk, head) = (json(run(&[])), json(run(&["--at", "HEAD"])));
    let findings = |json: &Value| {
        let findings = json["findings"].as_array().unwrap().iter();
        let text = |finding: &Value| format!("{} {}", finding["file"], finding["message"]);
        // A link to what is outside and not there is broken on disk; in git no one can know.
        findings.map(text).filter(|text| !text.contains("above.toml")).collect::<Vec<_>>()
    };
    assert_eq!(findings(&disk), findings(&head));
    assert!(findings(&head).len() > 10, "{:?}", findings(&head));
}

#[test]
fn every_way_to_name_a_revision_works() {
    let ledger = of_three();
    let folder = ledger.path();
    let first = git(folder, "2026-01-01", &["rev-parse", "HEAD"]);
    git(folder, "2026-01-01", &["tag", "-a", "founding", "-m", "x"]);
    ledger.put("goals/doors.toml", "name = \"Doors\"\n");
    commit(folder, "2026-03-01");
    git(folder, "2026-03-01", &["branch", "spring"]);
    ledger.put("goals/rooms.toml", "name = \"Rooms\"\n");
    commit(folder, "2026-05-01");
    ledger.put("goals/hours.toml", "name = \"Hours\"\n");
    let goals = |at: &str| ledger.run(&["list", "goals", "--format", "ids", "--at", at]);
    for (at, ids) in [
        ("HEAD", "doors\nrooms\n"),
        ("main", "doors\nrooms\n"),
        ("HEAD~1", "doors\n"),
        ("spring", "doors\n"),
        ("founding", ""),
        (&first, ""),
        (&first[..9], ""),
        ("2026-02-28", ""),
        ("2026-03-01", "doors\n"),
        ("2026-04-30", "doors\n"),
        ("2026-05-01", "doors\nrooms\n"),
        ("main@{2026-04-01}", "doors\n"),
        ("@{2026-04-01}", "doors\n"),
        ("HEAD@{1}", "doors\n"),
    ] {
        let answer = goals(at);
        assert_eq!((answer.status, answer.stdout.as_str()), (0, ids), "{at} {}", answer.stderr);
    }
    assert_eq!(ledger.run(&["list", "goals", "--format", "ids"]).stdout, "doors\nhours\nrooms\n", "not committed yet");
    for (at, words) in [
        ("nowhere", "not a branch, tag or commit"),
        ("2025-12-31", "the first one is dated 2026-01-01"),
        ("@{2025-01-01}", "a date, such as"),
        ("HEAD..main", "not a branch, tag or commit"),
        ("HEAD~9", "not a branch, tag or commit"),
        ("HEAD:goals", "not a commit, but a folder"),
        ("", "name a revision"),
        ("-x", "not a branch, tag or commit"),
    ] {
        let answer = ledger.run(&[&["list", "goals"][..], &[&format!("--at={at}")]].concat());
        assert_eq!(answer.status, 2, "{at}");
        assert!(answer.stderr.contains(words), "{at}: {}", answer.stderr);
    }
    // Git would take the tag, and whoever may push tags could so choose what is judged.
    git(folder, "2026-05-01", &["tag", "spring", "HEAD"]);
    let answer = goals("spring");
    assert!(answer.status == 2 && answer.stderr.contains("refs/tags/spring or refs/heads/spring"), "{}", answer.stderr);
    let answer = ledger.run(&["check", "--since", "spring~1"]);
    assert!(answer.status == 2 && answer.stderr.contains("refs/tags/spring"), "{}", answer.stderr);
    assert_eq!(goals("refs/heads/spring").stdout, "doors\n");
    git(folder, "2026-05-01", &["tag", "-f", "spring", "refs/heads/spring"]);
    assert_eq!(goals("spring").stdout, "doors\n", "both mean one commit");
    for command in [&["render"][..], &["init", "x"]] {
        let answer = ledger.run(&[command, &["--at", "HEAD"]].concat());
        assert!(answer.status == 2 && answer.stderr.contains("writes files"), "{}", answer.stderr);
    }
}

#[test]
fn a_ledger_may_lie_in_a_folder_of_a_repository_of_any_kind() {
    let outer = tempfile::tempdir().unwrap();
    let ledger = Ledger::of_three();
    copy(ledger.path(), &outer.path().join("work/ledger"));
    fs::write(outer.path().join("README.md"), "x\n").unwrap();
    start(outer.path(), "2026-01-01");
    let inside = outer.path().join("work/ledger/members");
    let ids = "alder-friends\nbirch-library\ncedar-school\n";
    let list = ["list", "members", "--format", "ids", "--at"];
    assert_eq!(run_in(&inside, &[&list[..], &["HEAD"]].concat()).stdout, ids);
    assert_eq!(run_in(&inside, &["check", "--at", "HEAD"]).status, run_in(&inside, &["check"]).status);

    // A linked worktree, a detached head, a bare repository, a shallow clone.
    let place = |name: &str| outer.path().parent().unwrap().join(format!("{name}-{}", std::process::id()));
    let (tree, bare, shallow) = (place("tree"), place("bare"), place("shallow"));
    commit(outer.path(), "2026-02-01");
    git(outer.path(), "2026-02-01", &["worktree", "add", "-q", "--detach", tree.to_str().unwrap(), "HEAD~1"]);
    assert_eq!(run_in(&tree.join("work/ledger"), &[&list[..], &["HEAD"]].concat()).stdout, ids);
    assert!(run_in(&tree.join("work/ledger"), &["check"]).stderr.is_empty());
    git(outer.path(), "2026-02-01", &["clone", "-q", "--bare", ".", bare.to_str().unwrap()]);
    let answer = run_in(&bare, &[&list[..], &["main"]].concat());
    assert!(answer.stderr.contains("has no ledger"), "{}", answer.stderr);
    let url = format!("file://{}", outer.path().display());
    git(outer.path(), "2026-02-01", &["clone", "-q", "--depth", "1", &url, shallow.to_str().unwrap()]);
    let answer = run_in(&shallow.join("work/ledger"), &[&list[..], &["HEAD~1"]].concat());
    assert!(answer.status == 2 && answer.stderr.contains("shallow"), "{}", answer.stderr);
    let answer = run_in(&shallow.join("work/ledger"), &[&list[..], &["2026-01-15"]].concat());
    assert!(answer.status == 2 && answer.stderr.contains("shallow"), "{}", answer.stderr);
    for folder in [tree, bare, shallow] {
        fs::remove_dir_all(folder).unwrap();
    }

    let files = of_three();
    let bare = tempfile::tempdir().unwrap();
    git(files.path(), "2026-02-01", &["clone", "-q", "--bare", ".", bare.path().join("x.git").to_str().unwrap()]);
    let answer = run_in(bare.path(), &[&["-C", "x.git"], &list[..], &["main"]].concat());
    assert_eq!(answer.stdout, ids, "{}", answer.stderr);
    assert_eq!(run_in(&bare.path().join("x.git"), &["check", "--at", "main", "-q", "--format", "json"]).stderr, "");
}

#[test]
fn without_commits_or_without_git_it_says_so() {
    let ledger = Ledger::of_three();
    let plain = ledger.run(&["check", "--format", "json"]);
    let answer = ledger.run(&["check", "--at", "HEAD"]);
    assert!(answer.status == 2 && answer.stderr.contains("not in a git repository"), "{}", answer.stderr);
    git(ledger.path(), "2026-01-01", &["init", "-q"]);
    let answer = ledger.run(&["check", "--at", "HEAD"]);
    assert!(answer.status == 2 && answer.stderr.contains("no commits yet"), "{}", answer.stderr);
    let unborn = ledger.run(&["check", "--format", "json"]);
    assert_eq!((plain.stdout, plain.stderr), (unborn.stdout, unborn.stderr));
}

#[cfg(unix)]
#[test]
fn nothing_that_a_repository_brings_is_run() {
    use std::os::unix::fs::PermissionsExt;
    let ledger = of_three();
    let trace = tempfile::tempdir().unwrap();
    let script = trace.path().join("run.sh");
    let mark = trace.path().join("mark");
    fs::write(&script, format!("#!/bin/sh\necho ran >> {}\n", mark.display())).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let words = script.to_str().unwrap();
    for hook in ["post-checkout", "pre-commit", "post-index-change", "reference-transaction", "fsmonitor-watchman"] {
        fs::create_dir_all(ledger.path().join(".git/hooks")).unwrap();
        fs::copy(&script, ledger.path().join(".git/hooks").join(hook)).unwrap();
    }
    let config = format!(
        "[core]\nfsmonitor = {words}\npager = {words}\neditor = {words}\nsshCommand = {words}\ngitProxy = {words}\n\
         alternateRefsCommand = {words}\n[filter \"x\"]\nclean = {words}\nsmudge = {words}\nprocess = {words}\n\
         [diff]\nexternal = {words}\n[credential]\nhelper = {words}\n[gpg]\nprogram = {words}\n\
         [include]\npath = {0}\n[includeIf \"gitdir:/\"]\npath = {0}\n",
        trace.path().join("included").display()
    );
    fs::write(trace.path().join("included"), "[core\nthis is no configuration\n").unwrap();
    let place = ledger.path().join(".git/config");
    fs::write(&place, fs::read_to_string(&place).unwrap() + &config).unwrap();
    fs::write(ledger.path().join(".git/info/attributes"), "* filter=x diff=x\n").unwrap();
    for command in [&["check"][..], &["check", "--at", "HEAD"], &["verify"], &["report", "health", "--since", "HEAD"]] {
        let answer = ledger.run(command);
        assert!(answer.status < 2 && answer.stderr.is_empty(), "{command:?}: {}", answer.stderr);
    }
    assert!(!mark.exists(), "{}", fs::read_to_string(mark).unwrap());
}

#[test]
fn a_key_that_comes_with_its_signature_is_told() {
    let ledger = of_three();
    let (key, signature) = signed(&ledger);
    ledger.append("advocates/ana.toml", &key);
    ledger.append("agreements/charter.toml", &signature);
    assert!(found(ledger.path(), SELF_ADDED).is_empty(), "not committed yet");
    let id = commit(ledger.path(), "2026-02-10");
    let message = found(ledger.path(), SELF_ADDED);
    assert_eq!(message.len(), 1);
    assert!(message[0].contains(&id[..10]) && message[0].contains("2026-02-10 by Ana Z"), "{message:?}");
    ledger.append("members/cedar-school.toml", "# later\n");
    commit(ledger.path(), "2026-03-10");
    git(ledger.path(), "2026-03-10", &["checkout", "-q", "--detach"]);
    assert_eq!(found(ledger.path(), SELF_ADDED), message, "it stays, whatever follows");
    ledger.replace("agreements/charter.toml", "terms = ", "terms  =  ");
    assert_eq!(found(ledger.path(), SELF_ADDED), message, "a space changes nothing");
    let answer = ledger.run(&["check", "--at", "HEAD", "--only", SELF_ADDED]);
    assert!(answer.stdout.contains(SELF_ADDED), "an earlier revision is judged by the commits up to it");
    ledger.append(
        "agreements/charter.toml",
        "\n[[allow]]\ncheck = \"self-added-key\"\nbecause = \"Ben called Ana on 11 February\"\n",
    );
    assert!(found(ledger.path(), SELF_ADDED).is_empty());
}

#[test]
fn an_entry_without_a_proof_below_one_with_it_vouches_for_no_key() {
    let ledger = of_three();
    let (keys, signature) = signed(&ledger);
    ledger.append("advocates/ana.toml", &keys);
    ledger.append("agreements/charter.toml", &signature);
    commit(ledger.path(), "2026-02-11");
    let bare = signature.split_once("signature = ").unwrap().0;
    ledger.append("agreements/charter.toml", bare);
    commit(ledger.path(), "2026-02-12");
    ledger.append("agreements/charter.toml", "# touched\n");
    commit(ledger.path(), "2026-02-13");
    assert_eq!(found(ledger.path(), SELF_ADDED).len(), 1, "the proof is not new each time the file changes");
}

#[test]
fn a_key_that_was_there_before_is_not() {
    let ledger = of_three();
    let (key, signature) = signed(&ledger);
    ledger.append("advocates/ana.toml", &key);
    commit(ledger.path(), "2026-02-09");
    ledger.append("agreements/charter.toml", &signature);
    commit(ledger.path(), "2026-02-10");
    assert!(found(ledger.path(), SELF_ADDED).is_empty());
    assert!(found(ledger.path(), "invalid-signature").is_empty());
}

#[test]
fn dates_that_make_a_key_count_vouch_no_better_and_later_keys_do_not_either() {
    let ledger = of_three();
    let (key, signature) = signed(&ledger);
    ledger.append("advocates/ana.toml", &key.replace("2026-01-01", "2026-06-01"));
    commit(ledger.path(), "2026-02-09");
    ledger.replace("advocates/ana.toml", "2026-06-01", "2026-01-01");
    ledger.append("agreements/charter.toml", &signature);
    commit(ledger.path(), "2026-02-10");
    assert_eq!(found(ledger.path(), SELF_ADDED).len(), 1);

    let ledger = of_three();
    ledger.append("agreements/charter.toml", &signature);
    commit(ledger.path(), "2026-02-10");
    ledger.append("advocates/ana.toml", &key);
    commit(ledger.path(), "2026-02-11");
    assert_eq!(found(ledger.path(), SELF_ADDED).len(), 1, "the signature was there before its key");
}

#[test]
fn a_ledger_that_is_brought_whole_or_cut_off_is_not_judged() {
    let ledger = Ledger::of_three();
    let (key, signature) = signed(&ledger);
    ledger.append("advocates/ana.toml", &key);
    ledger.append("agreements/charter.toml", &signature);
    start(ledger.path(), "2026-02-10");
    assert!(found(ledger.path(), SELF_ADDED).is_empty(), "nothing came before");

    let whole = of_three();
    whole.append("advocates/ana.toml", &key);
    whole.append("agreements/charter.toml", &signature);
    commit(whole.path(), "2026-02-10");
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", whole.path().display());
    git(clone.path(), "2026-02-10", &["clone", "-q", "--depth", "1", &url, "."]);
    assert!(found(clone.path(), SELF_ADDED).is_empty(), "what came before was left out of the clone");
    let json: Value = serde_json::from_str(&run_in(clone.path(), &["verify", "--format", "json"]).stdout).unwrap();
    assert!(json.to_string().contains("\"commit\":null") && !json.to_string().contains("Ana Z\",\"date"));
}

#[test]
fn merges_bring_what_their_lines_hold() {
    // The key on the main line, the signature on a branch from it: merged in silence, whichever side is first.
    let ledger = of_three();
    let folder = ledger.path();
    let (key, signature) = signed(&ledger);
    ledger.append("advocates/ana.toml", &key);
    commit(folder, "2026-02-01");
    git(folder, "2026-02-02", &["checkout", "-q", "-b", "sign"]);
    ledger.append("agreements/charter.toml", &signature);
    let signing = commit(folder, "2026-02-10");
    git(folder, "2026-02-11", &["checkout", "-q", "main"]);
    ledger.append("members/cedar-school.toml", "# later\n");
    commit(folder, "2026-02-11");
    git(folder, "2026-02-12", &["merge", "-q", "--no-edit", "sign"]);
    assert!(found(folder, SELF_ADDED).is_empty());
    let json: Value = serde_json::from_str(&ledger.run(&["verify", "--format", "json"]).stdout).unwrap();
    let row = json["members"].as_array().unwrap().iter().find(|row| row["id"] == "alder-friends").unwrap();
    let actual = &row["cells"]["charter"]["commit"];
    assert_eq!(*actual, serde_json::json!({ "id": signing, "date": "2026-02-10", "author": "Ana Z" }));
    let text = ledger.run(&["verify", "-v"]).stdout;
    assert!(text.contains(&signing[..10]) && !ledger.run(&["verify"]).stdout.contains(&signing[..10]), "{text}");

    // Both on a branch in one commit: told after the merge.
    let ledger = of_three();
    let folder = ledger.path();
    git(folder, "2026-02-02", &["checkout", "-q", "-b", "sign"]);
    ledger.append("advocates/ana.toml", &key);
    ledger.append("agreements/charter.toml", &signature);
    commit(folder, "2026-02-10");
    git(folder, "2026-02-11", &["checkout", "-q", "main"]);
    ledger.append("members/cedar-school.toml", "# later\n");
    commit(folder, "2026-02-11");
    git(folder, "2026-02-12", &["merge", "-q", "--no-edit", "sign"]);
    assert_eq!(found(folder, SELF_ADDED).len(), 1);
}

/// The charter at a second version.
fn raise(ledger: &Ledger) {
    ledger.replace("agreements/charter.toml", "name = \"Charter\"", "name = \"Charter\"\nversion = 2");
    ledger.replace("agreements/charter.toml", "one voice", "many voices");
}

#[test]
fn old_words_that_come_back_are_told() {
    let ledger = of_three();
    let first = git(ledger.path(), "2026-01-01", &["rev-parse", "HEAD"]);
    raise(&ledger);
    let second = commit(ledger.path(), "2026-02-01");
    assert!(found(ledger.path(), ROLLED_BACK).is_empty());
    git(ledger.path(), "2026-03-01", &["checkout", "-q", &first, "--", "agreements/charter.toml"]);
    let message = found(ledger.path(), ROLLED_BACK);
    assert_eq!(message.len(), 1, "before it is committed");
    assert!(message[0].contains(&first[..10]) && message[0].contains(&second[..10]), "{message:?}");
    commit(ledger.path(), "2026-03-01");
    assert_eq!(found(ledger.path(), ROLLED_BACK), message);
    fs::create_dir_all(ledger.path().join("agreements/old")).unwrap();
    git(ledger.path(), "2026-03-02", &["mv", "agreements/charter.toml", "agreements/old/charter.toml"]);
    commit(ledger.path(), "2026-03-02");
    assert_eq!(found(ledger.path(), ROLLED_BACK), message, "in another folder");
}

#[test]
fn a_merge_that_keeps_old_words_is_told_and_one_that_keeps_the_new_is_not() {
    for (keep, count) in [("ours", 1), ("theirs", 0)] {
        let ledger = of_three();
        let folder = ledger.path();
        git(folder, "2026-01-02", &["checkout", "-q", "-b", "old"]);
        ledger.append("agreements/charter.toml", "# a remark\n");
        commit(folder, "2026-01-10");
        git(folder, "2026-01-11", &["checkout", "-q", "main"]);
        raise(&ledger);
        ledger.append("agreements/charter.toml", "# another\n");
        commit(folder, "2026-02-01");
        git(folder, "2026-02-02", &["checkout", "-q", "old"]);
        if keep == "ours" {
            git(folder, "2026-02-03", &["merge", "-q", "--no-edit", "-s", "ours", "main"]);
        } else {
            git(folder, "2026-02-03", &["merge", "-q", "--no-edit", "-X", "theirs", "main"]);
        }
        assert_eq!(found(folder, ROLLED_BACK).len(), count, "{keep}");
    }
}

#[test]
fn a_report_since_a_revision_compares_with_the_files_of_then() {
    let ledger = of_three();
    ledger.put("coalition.toml", "name = \"Alder\"\nfounded = 2025-01-15\n");
    commit(ledger.path(), "2026-02-01");
    ledger.put("goals/doors.toml", "name = \"Doors\"\nproposed = 2025-06-01\n");
    commit(ledger.path(), "2026-03-01");
    let trend = |since: &str| {
        let answer = ledger.run(&["report", "health", "--format", "json", "--since", since]);
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        serde_json::from_str::<Value>(&answer.stdout).unwrap()["trend"].clone()
    };
    let (day, revision) = (trend("2026-02-01"), trend("HEAD~1"));
    assert_eq!((&day["since"], &revision["since"]), (&"2026-02-01".into(), &"2026-02-01".into()));
    assert_eq!((&day["by_revision"], &revision["by_revision"]), (&false.into(), &true.into()));
    let before = |trend: &Value| trend["findings_before"].as_u64().unwrap();
    assert!(before(&day) > before(&revision), "the goal was written down later: {day} {revision}");
    assert_eq!(ledger.run(&["report", "--since", "nowhere"]).status, 2);
    assert!(ledger.run(&["report", "--since", "2026-2-31"]).stderr.contains("must be a date"));
}

#[test]
fn of_a_huge_history_the_newest_part_is_asked() {
    let ledger = of_three();
    let mut stream = String::new();
    for second in 0..100_010_u64 {
        let from = if second == 0 { "from refs/heads/main^0\n" } else { "" };
        let time = 1_767_400_000 + second;
        let head = format!("commit refs/heads/main\ncommitter Ana Z <a@example.org> {time} +0000\ndata 1\nx\n{from}");
        stream += &format!("{head}M 100644 inline notes.txt\ndata {}\n{second}\n", second.to_string().len());
    }
    let place = ledger.path().join(".git/stream");
    fs::write(&place, stream).unwrap();
    let mut import = Command::new("git");
    import.args(["fast-import", "--quiet"]).current_dir(ledger.path());
    assert!(import.stdin(fs::File::open(place).unwrap()).status().unwrap().success());
    let answer = ledger.run(&["check"]);
    assert!(answer.stderr.contains("only the latest 100000 commits were examined"), "{}", answer.stderr);
    assert!(!answer.stdout.contains("unreadable-file"), "nothing hangs on it: {}", answer.stdout);
    ledger.append("coalition.toml", "\n[policy]\nssh_signatures = \"required\"\n");
    for command in ["check", "verify"] {
        let answer = ledger.run(&[command]);
        assert!(answer.status == 1 && answer.stdout.contains("only the latest 100000"), "{}", answer.stdout);
    }
}

/// What the program prints in a folder on the day of the clock: no one names another.
fn on_the_day_of_the_clock(folder: &Path, arguments: &[&str]) -> String {
    let mut command = assert_cmd::Command::cargo_bin("coalition").unwrap();
    let answer =
        command.env_remove("COALITION_TODAY").env_remove("COALITION_LEDGER").current_dir(folder).args(arguments);
    String::from_utf8(answer.output().unwrap().stdout).unwrap()
}

#[test]
fn a_ledger_as_it_was_on_a_day_is_judged_by_that_day_and_reports_say_so() {
    let ledger = of_three();
    let folder = ledger.path();
    ledger.put("goals/doors.toml", "name = \"Doors\"\ndue = 2026-04-01\n");
    commit(folder, "2026-03-01");
    git(folder, "2026-03-01", &["tag", "spring"]);
    ledger.put("goals/rooms.toml", "name = \"Rooms\"\n");
    commit(folder, "2026-05-01");
    for at in ["2026-03-15", "main@{2026-03-15}"] {
        let checked = on_the_day_of_the_clock(folder, &["check", "--at", at]);
        assert!(checked.contains("As of March 15, 2026 (set by --at)"), "{checked}");
        let brief = on_the_day_of_the_clock(folder, &["report", "--at", at]);
        let mut lines = brief.lines();
        assert!(lines.any(|line| line.contains("March") && line.contains("2026") && line.contains("15")), "{brief}");
        assert!(lines.next().is_some_and(|line| line.starts_with("The ledger as it was on ")), "{brief}");
    }
    let later = on_the_day_of_the_clock(folder, &["check", "--at", "2026-03-15", "--today", "2026-06-01"]);
    assert!(later.contains("As of June 1, 2026 (set by --today)"), "{later}");
    for report in coalition::internal::report::ALL
        .iter()
        .filter(|report| matches!(report.run, coalition::internal::report::ReportRun::Ledger(_)))
    {
        for (at, said) in
            [("2026-03-15", "The ledger as it was on "), ("spring", "The ledger as it was at spring, committed on ")]
        {
            for format in ["text", "markdown", "html", "json"] {
                let text = on_the_day_of_the_clock(folder, &["report", report.name, "--format", format, "--at", at]);
                assert!(text.contains(said), "{} {at} {format}: {text}", report.name);
            }
        }
        let now = on_the_day_of_the_clock(folder, &["report", report.name]);
        assert!(!now.contains("as it was"), "{now}");
    }
    assert!(on_the_day_of_the_clock(folder, &["verify", "--at", "spring"]).contains("The ledger as it was at spring"));
}

#[test]
fn a_ledger_that_was_moved_is_read_where_it_was() {
    let ledger = of_three();
    let folder = ledger.path();
    fs::create_dir(folder.join("ledger")).unwrap();
    for name in ["coalition.toml", "members", "advocates", "agreements"] {
        fs::rename(folder.join(name), folder.join("ledger").join(name)).unwrap();
    }
    commit(folder, "2026-03-01");
    let list = ["list", "members", "--format", "ids", "--at", "2026-02-01"];
    let inside = folder.join("ledger");
    let answer = run_in(&inside, &list);
    assert_eq!(
        (answer.status, answer.stdout.as_str()),
        (0, "alder-friends\nbirch-library\ncedar-school\n"),
        "{}",
        answer.stderr
    );
    // Another ledger that stays where it is was not this one.
    fs::create_dir_all(folder.join("other")).unwrap();
    fs::copy(inside.join("coalition.toml"), folder.join("other/coalition.toml")).unwrap();
    commit(folder, "2026-04-01");
    let answer = run_in(&folder.join("other"), &["list", "members", "--at", "2026-03-15"]);
    assert!(answer.status == 2 && answer.stderr.contains("has no ledger"), "{}{}", answer.stdout, answer.stderr);
}
