//! What a ledger says of files that it does not read, and of clones that are not whole.

use crate::ledger::{Answer, Ledger};
use std::fs;
use std::path::Path;
use std::process::Command;

const MEMBER: &str = "members/cedar-school.toml";
const CHARTER: &str = "agreements/charter.toml";

/// Runs git in a folder as Ana.
fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"])
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .envs([("HOME", "/nonexistent"), ("GIT_CONFIG_NOSYSTEM", "1")])
        .envs([("GIT_AUTHOR_NAME", "Ana Z"), ("GIT_AUTHOR_EMAIL", "ana@example.org")])
        .envs([("GIT_COMMITTER_NAME", "Ana Z"), ("GIT_COMMITTER_EMAIL", "ana@example.org")])
        .output()
        .expect("these tests need git");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn commit(folder: &Path) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "--allow-empty", "-m", "x"]);
}

/// Three members who have all signed.
fn signed() -> Ledger {
    let ledger = Ledger::of_three();
    for (member, advocate) in [("alder-friends", "ana"), ("birch-library", "ben"), ("cedar-school", "cam")] {
        ledger.sign(member, advocate);
    }
    ledger
}

/// The same in a repository of one commit.
fn committed() -> Ledger {
    let ledger = signed();
    git(ledger.path(), &["init", "-q"]);
    commit(ledger.path());
    ledger
}

fn clone(ledger: &Ledger, arguments: &[&str]) -> Ledger {
    let copy = Ledger::empty();
    let url = format!("file://{}", ledger.path().display());
    git(copy.path(), &[&["clone", "-q"], arguments, &[&url, "."]].concat());
    copy
}

fn moved(ledger: &Ledger, from: &str, to: &str) {
    let to = ledger.path().join(to);
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::rename(ledger.path().join(from), to).unwrap();
}

/// Both gates.
fn gates(ledger: &Ledger, more: &[&str]) -> (Answer, Answer) {
    (ledger.run(&[&["check"], more].concat()), ledger.run(&["verify"]))
}

#[track_caller]
fn is_red(ledger: &Ledger, fact: &str) {
    let (check, verify) = gates(ledger, &[]);
    assert_eq!((check.status, verify.status), (1, 1), "{fact}: {}{}", check.stdout, check.stderr);
    assert!(check.stdout.contains(fact), "{fact} is missing from\n{}", check.stdout);
}

#[track_caller]
fn is_green(ledger: &Ledger, about: &str) {
    let (check, verify) = gates(ledger, &[]);
    assert_eq!((check.status, verify.status), (0, 0), "{about}: {}{}", check.stdout, verify.stdout);
}

/// Places for the file of a member that no one reads.
const PLACES: [&str; 20] = [
    "members/cedar-school.toml.off",
    "members/cedar-school.tom",
    "members/cedar-school.txt",
    "members/cedar-school",
    "members/.cedar-school.toml",
    "members/.old/cedar-school.toml",
    "members/.cedar-school.toml.new",
    "members/cedar-school.toml~",
    "archive/2025/members/old/cedar-school.toml",
    "a/b/c/d/e/f/cedar-school.toml",
    "former-members/cedar-school.txt",
    "templates/cedar-school.toml",
    "schema/cedar-school.toml",
    "target/cedar-school.toml",
    "node_modules/cedar-school.toml",
    "cedar-school.toml",
    ".cedar-school.toml",
    ".github/members/cedar-school.toml",
    "Members/cedar-school.toml",
    "goals/.cedar-school.toml",
];

#[test]
fn a_member_in_a_file_that_nobody_reads_is_never_passed_over() {
    for place in PLACES {
        let ledger = signed();
        moved(&ledger, MEMBER, place);
        is_red(&ledger, &format!("`{place}` is not read, but has fields of a member"));
        ledger.append(
            "coalition.toml",
            "unknown-folder = \"off\"\nunsigned-agreement = \"off\"\n\n[[allow]]\ncheck = \"unknown-folder\"\nbecause = \"x\"\n",
        );
        for more in [&[][..], &["--only", "empty-ledger"], &["--skip", "unknown-folder"], &["members"]] {
            let (check, verify) = gates(&ledger, more);
            assert_eq!((check.status, verify.status), (1, 1), "{place} {more:?}");
        }
    }
}

#[test]
fn a_ledger_in_the_ledger_hides_nobody() {
    let ledger = signed();
    ledger.put("archive/coalition.toml", "name = \"Old\"\n");
    moved(&ledger, MEMBER, "archive/members/cedar-school.toml");
    is_red(&ledger, "`archive/members/cedar-school.toml` is not read");
}

#[test]
fn every_kind_that_decides_is_recognized() {
    let cases = [
        (CHARTER, "agreements/.charter.toml", "fields of an agreement"),
        (CHARTER, "old/charter.toml", "fields of an agreement"),
        ("advocates/ana.toml", "advocates/ana.toml.off", "fields of a person"),
    ];
    for (from, to, what) in cases {
        let ledger = signed();
        moved(&ledger, from, to);
        is_red(&ledger, &format!("`{to}` is not read, but has {what}"));
    }
    let ledger = signed();
    let text = fs::read_to_string(ledger.path().join(CHARTER)).unwrap();
    ledger.put("signatures/charter/.alder-friends.toml", &text[text.find("[[signatures]]").unwrap()..]);
    is_red(&ledger, "`signatures/charter/.alder-friends.toml` is not read, but has signatures");
}

#[test]
fn fields_are_recognized_in_broken_toml_and_in_other_notations() {
    let cases = [
        (
            "members/a.txt",
            "name = \"A\"\nclassification = other\njoined 2025-01-15\nrepresentative = \"ana\"\nsector = \n",
        ),
        ("members/a.yaml", "name: A\nclassification: other\njoined: 2025-01-15\n"),
        ("members/a.yml", "- name: A\n  classification: other\n"),
        ("members/a.json", "{\"name\": \"A\", \"classification\": \"other\", \"joined\": \"2025-01-15\"}"),
        ("archive/a.toml", "Name = 'A'\nClassification = 'other'\n"),
        ("old.toml", "[[members]]\nname = \"A\"\nclassification = \"other\"\n"),
        ("keys.toml", "title = \"x\"\n\n[[keys]]\nkey = \"ssh-ed25519 AAAA\"\nvalid_from = 2026-01-01\n"),
        ("goals/a.toml", "name = \"A\"\nclassification = \"other\"\njoined = 2025-01-15\nrepresentative = \"ana\"\n"),
    ];
    for (path, text) in cases {
        let ledger = signed();
        ledger.put(path, text);
        is_red(&ledger, path);
    }
}

#[test]
fn what_belongs_to_other_programs_is_no_record() {
    let ledger = signed();
    let example = fs::read_to_string(ledger.path().join(MEMBER)).unwrap();
    let commented: String = example.lines().map(|line| format!("# {line}\n")).collect();
    let files = [
        ("Cargo.toml", "[package]\nname = \"x\"\nversion = \"1.0.0\"\n\n[dependencies]\n".to_owned()),
        ("pyproject.toml", "[project]\nname = \"x\"\nversion = \"1\"\ndescription = \"y\"\n\n[tool.ruff]\n".to_owned()),
        (
            "hugo.toml",
            "baseURL = \"https://example.org\"\ntitle = \"x\"\ntheme = \"y\"\n\n[params]\ntext = \"x\"\n".to_owned(),
        ),
        ("zola/config.toml", "base_url = \"https://example.org\"\ntitle = \"x\"\ndescription = \"y\"\n".to_owned()),
        ("gleam.toml", "name = \"x\"\nversion = \"1.0.0\"\n".to_owned()),
        ("mkdocs.yml", "site_name: x\nnav:\n  - index.md\n".to_owned()),
        ("package.json", "{\"name\": \"x\", \"version\": \"1.0.0\"}".to_owned()),
        ("README.md", format!("# Members\n\nWrite:\n\n```toml\n{example}```\n\n[[keys]]\n")),
        ("members/README.md", format!("# How to join\n\nMake a file like this one:\n\n```toml\n{example}```\n")),
        ("members/example.txt", commented),
        ("members/.gitkeep", String::new()),
        ("members/.DS_Store", "\u{0}\u{1}Bud1".to_owned()),
        ("members/cedar-school.toml~", example.clone()),
        ("members/.cedar-school.toml.swp", example.clone()),
        ("members/cedar-school.toml.bak", example.clone()),
        ("members/cedar-school.toml.orig", example.clone()),
        ("members/.cedar-school.toml.new", example.clone()),
        (".coalition/schema/member.json", "{\"title\": \"Member\", \"properties\": {\"joined\": {}}}".to_owned()),
        (".coalition-lock", String::new()),
        (
            "pages/members/cedar-school.md",
            "---\ntitle: Cedar\nkind: member\nid: cedar-school\n---\n\n# Cedar\n".to_owned(),
        ),
        (
            "agreements/notes.md",
            "We = all of us.\n\nVersion = the second.\n\nText follows, and much more of it.\n".to_owned(),
        ),
        ("tool/Cargo.toml", "[package]\nname = \"x\"\n".to_owned()),
        ("tool/target/package/members/a.toml", example.clone()),
    ];
    for (path, text) in &files {
        ledger.put(path, text);
    }
    let found: Vec<_> = ledger.findings(&[]).into_iter().map(|(check, file, ..)| (check, file)).collect();
    let (left, found): (Vec<_>, Vec<_>) = found.into_iter().partition(|(_, file)| file.contains("cedar-school.toml"));
    let left: Vec<&str> = left.iter().map(|(_, file)| file.as_str()).collect();
    let copies = [".cedar-school.toml.swp", "cedar-school.toml.bak", "cedar-school.toml.orig", "cedar-school.toml~"];
    assert_eq!(left, copies.map(|name| format!("members/{name}")), "what an editor leaves is named");
    let expected = ["unknown-folder", "coalition.toml"].map(str::to_owned);
    // The folders `tool` and `zola`, and the file `gleam.toml`, are told as before.
    assert!(found.iter().all(|(check, file)| [check, file] == [&expected[0], &expected[1]]), "{found:?}");
    assert_eq!(found.len(), 3, "{found:?}");
    is_green(&ledger, "foreign files");
}

#[test]
fn a_record_that_decides_nothing_is_not_passed_over_either() {
    for (place, proper) in [
        ("campaign/spring.toml", "campaigns/spring.toml"),
        ("campaigns/spring.txt", "campaigns/spring.toml"),
        ("campaigns/2026/Spring Days", "campaigns/2026/spring-days.toml"),
        ("spring.toml", "campaigns/spring.toml"),
    ] {
        let ledger = signed();
        ledger.put(place, "name = \"Spring\"\ngoal = \"doors\"\nopens = 2026-01-01\n");
        let answer = ledger.run(&["check"]);
        assert_eq!(answer.status, 1, "{place}");
        assert!(
            answer.stdout.contains(&format!("`{place}` is not read, but has fields of a campaign")),
            "{}",
            answer.stdout
        );
        assert!(answer.stdout.contains(proper), "{}", answer.stdout);
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_what_is_read_hides_nothing_and_one_to_a_folder_may() {
    use std::os::unix::fs::symlink;
    let ledger = signed();
    fs::create_dir_all(ledger.path().join("board")).unwrap();
    symlink("../members/cedar-school.toml", ledger.path().join("board/chair.toml")).unwrap();
    moved(&ledger, CHARTER, "kept/charter.toml");
    symlink("../kept/charter.toml", ledger.path().join(CHARTER)).unwrap();
    is_green(&ledger, "links to files");
    symlink("../elsewhere", ledger.path().join("archive")).unwrap();
    is_green(&ledger, "a link that leads nowhere");
    fs::create_dir_all(ledger.path().join("old/x")).unwrap();
    symlink("x", ledger.path().join("old/members")).unwrap();
    is_red(&ledger, "`old/members` is a link to a folder");
}

#[test]
fn a_folder_and_its_commit_say_the_same_of_what_is_not_read() {
    let ledger = committed();
    for place in PLACES.into_iter().filter(|place| *place != "Members/cedar-school.toml") {
        ledger.put(place, "name = \"X\"\nclassification = \"other\"\njoined = 2025-01-15\n");
    }
    commit(ledger.path());
    let (disk, head) = (ledger.findings(&[]), ledger.findings(&["--at", "HEAD"]));
    assert_eq!(disk, head);
    // One of them is a copy that the program keeps beside the record; another one, of an editor, says something else.
    assert_eq!(disk.iter().filter(|(check, ..)| check == "unknown-folder").count(), PLACES.len() - 2, "{disk:?}");
}

#[test]
fn another_checkout_inside_the_ledger_is_no_part_of_it() {
    let ledger = committed();
    git(ledger.path(), &["worktree", "add", "-q", ".trees/spring"]);
    git(ledger.path(), &["worktree", "add", "-q", "trees/summer"]);
    is_green(&ledger, "two worktrees");
}

#[test]
fn scans_and_texts_in_other_encodings_are_told_apart() {
    let ledger = signed();
    let mut scan = b"%PDF-1.7\n/Name = x\n".to_vec();
    (0..200_000u32).for_each(|number| scan.extend(number.wrapping_mul(2_654_435_761).to_le_bytes()));
    fs::write(ledger.path().join("agreements/charter.pdf"), scan).unwrap();
    is_green(&ledger, "a scan");
    let text = fs::read_to_string(ledger.path().join(MEMBER)).unwrap();
    let wide: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    fs::write(ledger.path().join("members/wide.txt"), wide).unwrap();
    is_red(&ledger, "`members/wide.txt` is not read");
}

#[test]
fn a_sparse_checkout_never_passes() {
    let whole = committed();
    let ledger = clone(&whole, &["--sparse"]);
    git(ledger.path(), &["sparse-checkout", "set", "members", "advocates"]);
    is_red(&ledger, "leaves out files of the ledger: agreements/charter.toml");
    git(ledger.path(), &["sparse-checkout", "set", "--sparse-index", "members", "advocates"]);
    is_red(&ledger, "leaves out files of the ledger: agreements");
    git(ledger.path(), &["sparse-checkout", "disable"]);
    is_green(&ledger, "the checkout is whole again");
}

#[test]
fn files_that_git_is_told_to_pass_over_are_missed() {
    for mark in ["--skip-worktree", "--assume-unchanged"] {
        let ledger = committed();
        git(ledger.path(), &["update-index", mark, MEMBER]);
        is_green(&ledger, "the file is there");
        fs::remove_file(ledger.path().join(MEMBER)).unwrap();
        is_red(&ledger, MEMBER);
    }
    let ledger = committed();
    ledger.put("members/dogwood.toml", "name = \"D\"\nclassification = \"other\"\n");
    commit(ledger.path());
    fs::remove_file(ledger.path().join("members/dogwood.toml")).unwrap();
    is_green(&ledger, "a removal that is not staged is an ordinary day");
    let message = ledger.run(&["check"]).stdout;
    assert!(message.contains("warning[unreadable-file]") && message.contains("members/dogwood.toml"), "{message}");
    commit(ledger.path());
    assert!(!ledger.run(&["check"]).stdout.contains("unreadable-file"));
}

#[test]
fn a_submodule_in_the_ledger_never_passes_unseen() {
    let partners = Ledger::empty();
    partners.put("dogwood.toml", "name = \"D\"\nclassification = \"other\"\n");
    git(partners.path(), &["init", "-q"]);
    commit(partners.path());
    let whole = committed();
    let url = format!("file://{}", partners.path().display());
    git(whole.path(), &["submodule", "--quiet", "add", &url, "members/partners"]);
    commit(whole.path());
    is_green(&whole, "it is fetched and read");
    assert_eq!(whole.run(&["check", "--at", "HEAD"]).status, 1, "no commit of this repository has its files");
    is_red(&clone(&whole, &[]), "members/partners");
}

/// Adds a key, so that signatures may hang on the history.
fn with_key(ledger: &Ledger) {
    ledger.append(
        "advocates/ana.toml",
        "\n[[keys]]\nkey = \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIvis15C7u6kMsP2+szPFIVvB8k25yQ+UTvFZraXaEf9 a@b\"\n\
         valid_from = 2026-01-01\n",
    );
    commit(ledger.path());
}

#[test]
fn a_history_that_is_not_whole_is_told_and_red_where_proofs_hang_on_it() {
    for (arguments, words) in [
        (&["--depth", "1"], "this clone is shallow"),
        (&["--filter", "blob:none"], "this is a partial clone"),
        (&["--filter", "tree:0"], "this is a partial clone"),
    ] {
        let whole = committed();
        git(whole.path(), &["config", "uploadpack.allowFilter", "true"]);
        whole.replace(CHARTER, "come to the meetings", "come to meetings");
        whole.append(CHARTER, "\n# later\n");
        commit(whole.path());
        let ledger = clone(&whole, arguments);
        let (check, verify) = gates(&ledger, &[]);
        for answer in [&check, &verify] {
            assert!(answer.stderr.contains(words), "{arguments:?}: {}", answer.stderr);
        }
        let asked = ledger.run(&["check", "--only", "rolled-back-terms"]);
        assert!(asked.status == 1 && asked.stdout.contains(words), "{}", asked.stdout);
        with_key(&whole);
        is_red(&clone(&whole, arguments), words);
        is_green(&clone(&whole, &[]), "a whole clone");
        let first = clone(&whole, arguments).run(&["list", "agreements", "--at", "HEAD~2"]);
        assert!(first.status == 2 && first.stdout.is_empty() && first.stderr.contains("clone"), "{}", first.stderr);
    }
}

#[test]
fn other_forms_of_repositories_are_read_or_named() {
    let ledger = signed();
    git(ledger.path(), &["init", "-q", "--object-format=sha256"]);
    commit(ledger.path());
    with_key(&ledger);
    is_green(&ledger, "long ids");
    assert_eq!(ledger.run(&["check", "--at", "HEAD"]).status, 0);
    fs::remove_file(ledger.path().join(MEMBER)).unwrap();
    git(ledger.path(), &["update-index", "--skip-worktree", MEMBER]);
    is_red(&ledger, MEMBER);

    let ledger = committed();
    git(ledger.path(), &["update-index", "--skip-worktree", MEMBER]);
    git(ledger.path(), &["config", "core.repositoryFormatVersion", "1"]);
    let config = ledger.path().join(".git/config");
    fs::write(&config, fs::read_to_string(&config).unwrap() + "[extensions]\n\trefStorage = reftable\n").unwrap();
    let answer = ledger.run(&["list", "members", "--at", "HEAD"]);
    assert!(answer.status == 2 && answer.stderr.contains("as `reftable`"), "{}", answer.stderr);
    let (check, verify) = gates(&ledger, &[]);
    assert!(check.status == 0 && check.stderr.contains("reftable") && verify.stderr.contains("reftable"));
    fs::remove_file(ledger.path().join(MEMBER)).unwrap();
    is_red(&ledger, MEMBER);
}

#[test]
fn words_in_hidden_and_ignored_files_are_not_read() {
    let ledger = signed();
    git(ledger.path(), &["init", "-q"]);
    git(ledger.path(), &["config", "http.extraheader", "SECRET"]);
    ledger.put(".env", "SECRET\n");
    ledger.put(".texts/pact.md", "SECRET\n");
    ledger.put("drafts/pact.md", "SECRET\n");
    ledger.put(".gitignore", "drafts/\n");
    for file in ["../.git/config", "../.env", "../.texts/pact.md", "../drafts/pact.md"] {
        let pact =
            format!("name = \"Pact\"\ntext_file = \"{file}\"\neffective = 2026-01-01\nrequired_of = \"nobody\"\n");
        ledger.put("agreements/pact.toml", &pact);
        ledger
            .put("meetings/2026-11-03.toml", &format!("name = \"M\"\ndate = 2026-11-03\nminutes_file = \"{file}\"\n"));
        commit(ledger.path());
        is_red(&ledger, file);
        for command in
            [&["terms", "pact"][..], &["show", "meeting/2026-11-03"], &["export", "--format", "jsonl"], &["check"]]
        {
            let answer = ledger.run(command);
            assert!(!(answer.stdout + &answer.stderr).contains("SECRET"), "{file} {command:?}");
        }
        let found = ledger.findings(&[]).into_iter().filter(|(_, path, ..)| path.starts_with("meetings/")).count();
        assert!(found > 0, "{file}: the minutes are refused as well");
    }
    assert_eq!(ledger.run(&["check", "--at", "HEAD"]).status, 1, "what is not in the commit");
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_to_what_is_hidden() {
    let ledger = signed();
    git(ledger.path(), &["init", "-q"]);
    std::os::unix::fs::symlink("../.git/config", ledger.path().join("agreements/words.md")).unwrap();
    ledger.put("agreements/pact.toml", "name = \"Pact\"\ntext_file = \"words.md\"\neffective = 2026-01-01\n");
    is_red(&ledger, "is a link to a hidden file or folder");
    commit(ledger.path());
    let head = ledger.run(&["check", "--at", "HEAD"]).stdout;
    assert!(head.contains("is a link to a hidden file or folder"), "{head}");
}

/// A charter with its words in a file.
fn in_words(words: &str) -> Ledger {
    let ledger = Ledger::of_three();
    let text = "text = \"\"\"\nWe meet monthly and speak with one voice.\n\"\"\"\n";
    ledger.replace(CHARTER, text, "text_file = \"charter.md\"\n");
    ledger.put("agreements/charter.md", words);
    for (member, advocate) in [("alder-friends", "ana"), ("birch-library", "ben"), ("cedar-school", "cam")] {
        ledger.sign(member, advocate);
    }
    git(ledger.path(), &["init", "-q"]);
    ledger
}

#[test]
fn words_that_git_does_not_track_yet_are_told_and_read() {
    let ledger = in_words("We meet.\n");
    is_green(&ledger, "nothing is committed");
    git(ledger.path(), &["add", "coalition.toml", "members", "advocates", CHARTER]);
    git(ledger.path(), &["commit", "-q", "-m", "x"]);
    is_green(&ledger, "one writes files before adding them");
    let message = ledger.run(&["check"]).stdout;
    assert!(message.contains("git does not track the file `charter.md` yet"), "{message}");
    assert_eq!(ledger.run(&["terms", "charter"]).status, 0);
    commit(ledger.path());
    assert!(!ledger.run(&["check"]).stdout.contains("does not track"));
}

#[test]
fn keywords_that_git_spells_out_are_no_other_words() {
    let ledger = in_words("We meet. $Id$\n");
    ledger.put(".gitattributes", "*.md ident\n");
    commit(ledger.path());
    let clone = clone(&ledger, &[]);
    let spelled = fs::read_to_string(clone.path().join("agreements/charter.md")).unwrap();
    assert!(spelled.contains("$Id: "), "{spelled}");
    is_green(&clone, "the words are those that were signed");
    assert_eq!(clone.run(&["check", "--at", "HEAD"]).status, 0);
    let digest = |more: &[&str]| clone.run(&[&["terms", "charter", "--digest"], more].concat()).stdout;
    assert_eq!(digest(&[]), digest(&["--at", "HEAD"]));
}

#[test]
fn an_attribute_that_changes_words_is_named() {
    for attribute in ["filter=lfs", "working-tree-encoding=UTF-7"] {
        let ledger = in_words("We meet.\n");
        commit(ledger.path());
        is_green(&ledger, "no attribute");
        for place in [".gitattributes", "agreements/.gitattributes", ".git/info/attributes"] {
            ledger.put(place, &format!("*.md {attribute}\n*.pdf filter=lfs\n"));
            is_red(&ledger, &format!("the git attribute `{attribute}` changes the file `charter.md`"));
            fs::remove_file(ledger.path().join(place)).unwrap();
        }
    }
    let ledger = signed();
    git(ledger.path(), &["init", "-q"]);
    ledger.put(".gitattributes", "advocates/** filter=git-crypt\n* text=auto eol=lf\n");
    commit(ledger.path());
    is_green(&ledger, "private records may be kept from others");
    assert!(ledger.run(&["check"]).stdout.contains("warning[unreadable-file]"));
    ledger.put(".gitattributes", "members/*.toml working-tree-encoding=UTF-7\n");
    is_red(&ledger, "the git attribute `working-tree-encoding=UTF-7` changes this file");
}
