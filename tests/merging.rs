//! Merges in real git: everyday changes on two branches, by merge, rebase, cherry-pick and stash; what happens without the
//! program; and `resolve` after the fact.

use crate::history::{commit, git};
use crate::ledger::{Ledger, run_in};
use assert_cmd::cargo::cargo_bin;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const DAY: &str = "2026-11-10";

const CHARTER: &str = "name = \"Charter\"\nkind = \"charter\"\nrequired_of = \"nobody\"\nversion = 1\ntext = \"\"\"\n1. We meet monthly.\n\n2. We share news.\n\n3. We decide by consensus.\n\n4. We review this yearly.\n\"\"\"\n\n[[signatures]]\nmember = \"alder-friends\"\nby = \"ana\"\ndate = 2026-02-01\nversion = 1\nterms = \"sha256:8e659198c36bf65e4d352e754d11188daf4a3f0d53c487787558eb7bbfa3506a\"\n";
const ANA: &str = "name = \"Ana\"\nmember = \"alder-friends\"\ntags = [\"founding\"]\nlanguages = [\"English\"]\n\n[[contacts]]\ndate = 2026-01-05\nby = \"bo\"\nchannel = \"phone\"\n";
const MEETING: &str = "name = \"March meeting\"\ndate = 2026-03-10\n\n[[agenda]]\nitem = \"News\"\n\n[[attendance]]\nadvocate = \"ana\"\n\n[[actions]]\nwhat = \"Call the mayor\"\nowner = \"ana\"\ndue = 2026-04-01\n";
const GOAL: &str = "name = \"Sunday hours\"\ncommunity_need = \"Evenings\"\nproposed = 2026-01-10\nserves = [\"evening-hours\"]\n\n[measure]\nunit = \"hours\"\nbaseline = 0\ntarget = 16\n\n[[measure.readings]]\ndate = 2026-02-01\nvalue = 2\n\n[[milestones]]\nname = \"Survey\"\ndue = 2026-05-01\n";
const COMMITTEE: &str = "name = \"Steering\"\npurpose = \"Steers.\"\n\n[[seats]]\nrole = \"chair\"\nadvocate = \"ana\"\nstart_date = 2026-01-01\n";
const DECISION: &str = "name = \"Festival\"\ntext = \"The coalition takes a table at the festival.\"\nmethod = \"consensus\"\n\n[[positions]]\nmember = \"alder-friends\"\noption = \"agree\"\ndate = 2026-03-01\n";
const MEMBER: &str = "name = \"Friends of the Alder Library\"\nclassification = \"friends-group\"\njoined = 2025-01-15\nrepresentative = \"ana\"\nsector = \"education\"\nurl = \"https://alder.example.org\"\ninterests = [\"reading\"]\n";
const REQUEST: &str = "name = \"Van\"\nmember = \"alder-friends\"\ndate = 2026-03-01\nneed = \"A van\"\n";

/// A ledger in a repository with one commit on `main`, in which git merges records with the program.
fn repository(files: &[(&str, &str)], is_set_up: bool) -> Ledger {
    let ledger = Ledger::of_three();
    for (path, text) in files {
        ledger.put(path, text);
    }
    git(ledger.path(), DAY, &["init", "-q", "-b", "main"]);
    if is_set_up {
        let answer = ledger.run(&["git-setup"]);
        assert_eq!((answer.status, answer.stderr.as_str()), (0, ""), "{}", answer.stdout);
    }
    commit(ledger.path(), DAY);
    ledger
}

/// Runs git, whatever it answers.
fn try_git(folder: &Path, arguments: &[&str]) -> Output {
    let mut git = Command::new("git");
    let names = [("GIT_AUTHOR_NAME", "A"), ("GIT_AUTHOR_EMAIL", "a@example.org")];
    git.current_dir(folder).args(["-c", "commit.gpgsign=false"]).args(arguments).envs(names);
    git.envs([("GIT_COMMITTER_NAME", "A"), ("GIT_COMMITTER_EMAIL", "a@example.org"), ("GIT_EDITOR", "true")]);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").output().unwrap()
}

/// Writes a file on two branches, `main` and `other`.
fn on_two_branches(ledger: &Ledger, path: &str, ours: &str, theirs: &str) {
    git(ledger.path(), DAY, &["switch", "-q", "-c", "other"]);
    ledger.put(path, theirs);
    commit(ledger.path(), DAY);
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    ledger.put(path, ours);
    commit(ledger.path(), DAY);
}

fn read(ledger: &Ledger, path: &str) -> String {
    fs::read_to_string(ledger.path().join(path)).unwrap()
}

/// One everyday change on each of two branches.
struct Pair {
    what: &'static str,
    path: &'static str,
    base: &'static str,
    /// What each side does to the text: an old piece and a new one; an empty old piece is the end.
    ours: (&'static str, &'static str),
    theirs: (&'static str, &'static str),
    /// What the merged text has, or what the conflict says.
    outcome: Result<&'static [&'static str], &'static str>,
}

fn changed(base: &str, (old, new): (&str, &str)) -> String {
    if old.is_empty() {
        return format!("{base}{new}");
    }
    assert!(base.contains(old), "{old} in {base}");
    base.replacen(old, new, 1)
}

const PAIRS: &[Pair] = &[
    Pair {
        what: "two contacts with one person",
        path: "advocates/ana.toml",
        base: ANA,
        ours: ("", "\n[[contacts]]\ndate = 2026-03-05\nby = \"bo\"\nchannel = \"phone\"\n"),
        theirs: ("", "\n[[contacts]]\ndate = 2026-02-05\nby = \"cam\"\nchannel = \"email\"\n"),
        outcome: Ok(&["2026-02-05\nby = \"cam\"\nchannel = \"email\"\n\n[[contacts]]\ndate = 2026-03-05"]),
    },
    Pair {
        what: "two tags",
        path: "advocates/ana.toml",
        base: ANA,
        ours: ("tags = [\"founding\"]", "tags = [\"founding\", \"press\"]"),
        theirs: ("tags = [\"founding\"]", "tags = [\"founding\", \"board\"]"),
        outcome: Ok(&["tags = [\"founding\", \"press\", \"board\"]"]),
    },
    Pair {
        what: "two ways to reach one person",
        path: "advocates/ana.toml",
        base: ANA,
        ours: ("", "\n[[contact_details]]\ntype = \"email\"\nvalue = \"ana@example.org\"\n"),
        theirs: ("", "\n[[contact_details]]\ntype = \"phone\"\nvalue = \"555-0100\"\n"),
        outcome: Ok(&["ana@example.org", "555-0100"]),
    },
    Pair {
        what: "two positions",
        path: "decisions/festival.toml",
        base: DECISION,
        ours: ("", "\n[[positions]]\nmember = \"birch-library\"\noption = \"agree\"\n"),
        theirs: ("", "\n[[positions]]\nmember = \"cedar-school\"\noption = \"object\"\nreason = \"No one is free.\"\n"),
        outcome: Ok(&["birch-library\"\noption = \"agree\"", "cedar-school\"\noption = \"object\""]),
    },
    Pair {
        what: "two positions of one member",
        path: "decisions/festival.toml",
        base: DECISION,
        ours: ("", "\n[[positions]]\nmember = \"birch-library\"\noption = \"agree\"\n"),
        theirs: (
            "\n[[positions]]\n",
            "\n[[positions]]\nmember = \"birch-library\"\noption = \"object\"\nreason = \"No one is free.\"\n\n[[positions]]\n",
        ),
        outcome: Err("Both sides give the position of BIRCH LIBRARY on this decision, but differently."),
    },
    Pair {
        what: "the result and a position",
        path: "decisions/festival.toml",
        base: DECISION,
        ours: ("method = \"consensus\"\n", "method = \"consensus\"\ndecided = 2026-03-20\nresult = \"adopted\"\n"),
        theirs: (
            "method = \"consensus\"\n\n",
            "method = \"consensus\"\n\n[[positions]]\nmember = \"cedar-school\"\noption = \"agree\"\n\n",
        ),
        outcome: Ok(&["result = \"adopted\"", "cedar-school"]),
    },
    Pair {
        what: "two people at a meeting",
        path: "meetings/march.toml",
        base: MEETING,
        ours: ("advocate = \"ana\"\n", "advocate = \"ana\"\n\n[[attendance]]\nadvocate = \"bo\"\n"),
        theirs: ("advocate = \"ana\"\n", "advocate = \"ana\"\n\n[[attendance]]\nadvocate = \"cam\"\nregrets = true\n"),
        outcome: Ok(&["advocate = \"bo\"", "advocate = \"cam\"\nregrets = true"]),
    },
    Pair {
        what: "two points of an agenda",
        path: "meetings/march.toml",
        base: MEETING,
        ours: ("item = \"News\"\n", "item = \"News\"\n\n[[agenda]]\nitem = \"Money\"\n"),
        theirs: ("item = \"News\"\n", "item = \"News\"\n\n[[agenda]]\nitem = \"Festival\"\nlead = \"bo\"\n"),
        outcome: Ok(&["item = \"Money\"\n\n[[agenda]]\nitem = \"Festival\"\nlead = \"bo\""]),
    },
    Pair {
        what: "two actions",
        path: "meetings/march.toml",
        base: MEETING,
        ours: ("", "\n[[actions]]\nwhat = \"Book a room\"\nowner = \"bo\"\n"),
        theirs: ("", "\n[[actions]]\nwhat = \"Print flyers\"\nowner = \"cam\"\n"),
        outcome: Ok(&["Book a room", "Print flyers"]),
    },
    Pair {
        what: "an action done and another due date",
        path: "meetings/march.toml",
        base: MEETING,
        ours: ("due = 2026-04-01\n", "due = 2026-04-01\ndone = 2026-03-28\n"),
        theirs: ("due = 2026-04-01\n", "due = 2026-04-15\n"),
        outcome: Ok(&["due = 2026-04-15\ndone = 2026-03-28"]),
    },
    Pair {
        what: "two readings",
        path: "goals/sunday.toml",
        base: GOAL,
        ours: ("value = 2\n", "value = 2\n\n[[measure.readings]]\ndate = 2026-04-01\nvalue = 5\n"),
        theirs: ("value = 2\n", "value = 2\n\n[[measure.readings]]\ndate = 2026-03-01\nvalue = 4\n"),
        outcome: Ok(&["value = 4\n\n[[measure.readings]]\ndate = 2026-04-01\nvalue = 5\n\n[[milestones]]"]),
    },
    Pair {
        what: "two readings of one day",
        path: "goals/sunday.toml",
        base: GOAL,
        ours: ("value = 2\n", "value = 2\n\n[[measure.readings]]\ndate = 2026-03-01\nvalue = 5\n"),
        theirs: ("value = 2\n", "value = 2\n\n[[measure.readings]]\ndate = 2026-03-01\nvalue = 4\n"),
        outcome: Err("Both sides have the reading (2026-03-01), but the two differ."),
    },
    Pair {
        what: "two milestones",
        path: "goals/sunday.toml",
        base: GOAL,
        ours: ("", "\n[[milestones]]\nname = \"Petition\"\n"),
        theirs: ("", "\n[[milestones]]\nname = \"Hearing\"\n"),
        outcome: Ok(&["Petition", "Hearing"]),
    },
    Pair {
        what: "two seats",
        path: "committees/steering.toml",
        base: COMMITTEE,
        ours: ("", "\n[[seats]]\nrole = \"deputy\"\nadvocate = \"bo\"\n"),
        theirs: ("", "\n[[seats]]\nrole = \"treasurer\"\nadvocate = \"cam\"\n"),
        outcome: Ok(&["deputy", "treasurer"]),
    },
    Pair {
        what: "the end of a term and another seat",
        path: "committees/steering.toml",
        base: COMMITTEE,
        ours: ("start_date = 2026-01-01\n", "start_date = 2026-01-01\nend_date = 2026-12-31\n"),
        theirs: ("", "\n[[seats]]\nrole = \"treasurer\"\nadvocate = \"cam\"\n"),
        outcome: Ok(&["end_date = 2026-12-31\n\n[[seats]]\nrole = \"treasurer\""]),
    },
    Pair {
        what: "two signatures in one record",
        path: "agreements/charter.toml",
        base: CHARTER,
        ours: (
            "",
            "\n[[signatures]]\nmember = \"birch-library\"\nby = \"bo\"\ndate = 2026-02-02\nversion = 1\nterms = \"sha256:8e659198c36bf65e4d352e754d11188daf4a3f0d53c487787558eb7bbfa3506a\"\n",
        ),
        theirs: (
            "",
            "\n[[signatures]]\nmember = \"cedar-school\"\nby = \"cam\"\ndate = 2026-02-03\nversion = 1\nterms = \"sha256:8e659198c36bf65e4d352e754d11188daf4a3f0d53c487787558eb7bbfa3506a\"\n",
        ),
        outcome: Ok(&["alder-friends", "birch-library", "cedar-school"]),
    },
    Pair {
        what: "two edits of one text",
        path: "agreements/charter.toml",
        base: CHARTER,
        ours: ("1. We meet monthly.", "1. We meet weekly."),
        theirs: ("4. We review this yearly.", "4. We review this monthly."),
        outcome: Err("Both sides change the text of this agreement."),
    },
    Pair {
        what: "two fields beside each other",
        path: "members/alder-friends.toml",
        base: MEMBER,
        ours: ("sector = \"education\"", "sector = \"culture\""),
        theirs: ("url = \"https://alder.example.org\"", "url = \"https://friends.example.org\""),
        outcome: Ok(&["sector = \"culture\"\nurl = \"https://friends.example.org\""]),
    },
    Pair {
        what: "a signatory and a backup",
        path: "members/alder-friends.toml",
        base: MEMBER,
        ours: ("representative = \"ana\"\n", "representative = \"ana\"\nbackup_representative = \"bo\"\n"),
        theirs: ("representative = \"ana\"\n", "representative = \"ana\"\nsignatories = [\"ana\", \"cam\"]\n"),
        outcome: Ok(&["backup_representative = \"bo\"", "signatories = [\"ana\", \"cam\"]"]),
    },
    Pair {
        what: "two answers to a request",
        path: "requests/van.toml",
        base: REQUEST,
        ours: ("", "\n[[responses]]\nmember = \"birch-library\"\ndate = 2026-03-02\nanswer = \"yes\"\n"),
        theirs: ("", "\n[[responses]]\nmember = \"cedar-school\"\ndate = 2026-03-03\nanswer = \"no\"\n"),
        outcome: Ok(&[
            "birch-library\"\ndate = 2026-03-02\nanswer = \"yes\"",
            "cedar-school\"\ndate = 2026-03-03\nanswer = \"no\"",
        ]),
    },
    Pair {
        what: "two interests, one of them gone",
        path: "members/alder-friends.toml",
        base: MEMBER,
        ours: ("interests = [\"reading\"]", "interests = [\"sunday-hours\"]"),
        theirs: ("interests = [\"reading\"]", "interests = [\"reading\", \"parking\"]"),
        outcome: Ok(&["interests = [\"sunday-hours\", \"parking\"]"]),
    },
];

#[test]
fn everyday_changes_on_two_branches_merge() {
    let files: Vec<(&str, &str)> = PAIRS.iter().map(|pair| (pair.path, pair.base)).collect();
    let ledger = repository(&files, true);
    let mut merged = 0;
    for pair in PAIRS {
        let what = pair.what;
        git(ledger.path(), DAY, &["switch", "-q", "--detach", "main"]);
        let start = try_git(ledger.path(), &["rev-parse", "HEAD"]);
        let start = String::from_utf8(start.stdout).unwrap().trim().to_owned();
        ledger.put(pair.path, &changed(pair.base, pair.theirs));
        commit(ledger.path(), DAY);
        let theirs = try_git(ledger.path(), &["rev-parse", "HEAD"]);
        let theirs = String::from_utf8(theirs.stdout).unwrap().trim().to_owned();
        git(ledger.path(), DAY, &["switch", "-q", "--detach", &start]);
        ledger.put(pair.path, &changed(pair.base, pair.ours));
        commit(ledger.path(), DAY);
        let answer = try_git(ledger.path(), &["merge", "-q", "--no-edit", &theirs]);
        let text = read(&ledger, pair.path);
        match pair.outcome {
            Ok(pieces) => {
                assert!(answer.status.success(), "{what}:\n{text}");
                for piece in pieces {
                    assert!(text.contains(piece), "{what}: {piece}\n{text}");
                }
                merged += 1;
            }
            Err(words) => {
                assert_eq!(answer.status.code(), Some(1), "{what}:\n{text}");
                assert!(text.contains(&format!("# {words}")), "{what}: {words}\n{text}");
                let left = ledger.run(&["resolve"]);
                assert_eq!(left.status, 1, "{what}");
                assert!(left.stdout.contains(&format!("{}: {words}", pair.path)), "{what}: {}", left.stdout);
                let found = ledger.run(&["check", "--only", "conflict-marker"]);
                assert!(
                    found.stdout.contains("a merge was left unfinished: \u{201c}HEAD\u{201d} and"),
                    "{}",
                    found.stdout
                );
                git(ledger.path(), DAY, &["merge", "--abort"]);
            }
        }
    }
    assert_eq!((PAIRS.len(), merged), (21, 18));
}

const SIGNED: (&str, &str) = ("agreements/charter.toml", CHARTER);

fn signature(member: &str) -> String {
    format!(
        "\n[[signatures]]\nmember = \"{member}\"\nby = \"bo\"\ndate = 2026-02-02\nversion = 1\nterms = \
         \"sha256:8e659198c36bf65e4d352e754d11188daf4a3f0d53c487787558eb7bbfa3506a\"\n"
    )
}

/// Whether all three members have signed in a text.
fn has_all(text: &str) -> bool {
    ["alder-friends", "birch-library", "cedar-school"].iter().all(|member| text.contains(member))
}

#[test]
fn every_way_to_bring_changes_together_keeps_all_signatures() {
    let (birch, cedar) = (signature("birch-library"), signature("cedar-school"));
    let ways: [&[&[&str]]; 4] = [
        &[&["merge", "--no-edit", "other"]],
        &[&["rebase", "other"]],
        &[&["cherry-pick", "other"]],
        &[&["reset", "-q", "--soft", "HEAD~1"], &["stash", "-q"], &["merge", "-q", "other"], &["stash", "pop"]],
    ];
    for way in ways {
        let ledger = repository(&[SIGNED], true);
        on_two_branches(&ledger, SIGNED.0, &format!("{CHARTER}{birch}"), &format!("{CHARTER}{cedar}"));
        for step in way {
            let answer = try_git(ledger.path(), step);
            assert!(answer.status.success(), "{step:?}: {}", String::from_utf8_lossy(&answer.stderr));
        }
        let text = read(&ledger, SIGNED.0);
        assert!(has_all(&text) && !text.contains("<<<<<<<"), "{way:?}\n{text}");
    }
}

#[test]
fn a_record_added_on_both_sides_keeps_the_entries_of_both() {
    let ledger = repository(&[], true);
    let (ours, theirs) = (format!("{ANA}\n[[contacts]]\ndate = 2026-03-05\nby = \"bo\"\n"), ANA.to_owned());
    on_two_branches(&ledger, "advocates/new.toml", &ours, &theirs);
    let answer = try_git(ledger.path(), &["merge", "--no-edit", "other"]);
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stdout));
    assert_eq!(read(&ledger, "advocates/new.toml"), ours);
}

/// Replaces the program in the registered command.
fn register(ledger: &Ledger, program: &str) {
    let config = ledger.path().join(".git/config");
    let text = fs::read_to_string(&config).unwrap();
    let (before, after) = text.split_once("driver = \"").unwrap();
    let (_, arguments) = after.split_once(" merge-driver ").unwrap();
    fs::write(&config, format!("{before}driver = \"{program} merge-driver {arguments}")).unwrap();
}

#[test]
#[cfg(unix)]
fn without_the_program_git_merges_line_by_line_and_nothing_disappears() {
    use std::os::unix::fs::PermissionsExt;
    let scripts = tempfile::tempdir().unwrap();
    let script = |name: &str, text: &str| {
        let place = scripts.path().join(name);
        fs::write(&place, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(&place, fs::Permissions::from_mode(0o755)).unwrap();
        place.display().to_string()
    };
    let programs = [
        "/nowhere/coalition".to_owned(),
        script("killed", "kill -9 $$"),
        script("old", "echo unknown command >&2; exit 2"),
        script("broken", "exit 134"),
    ];
    let (birch, cedar) = (signature("birch-library"), signature("cedar-school"));
    for program in programs {
        let ledger = repository(&[SIGNED], true);
        register(&ledger, &program);
        on_two_branches(&ledger, SIGNED.0, &format!("{CHARTER}{birch}"), &format!("{CHARTER}{cedar}"));
        let answer = try_git(ledger.path(), &["merge", "--no-edit", "other"]);
        let text = read(&ledger, SIGNED.0);
        assert_eq!(answer.status.code(), Some(1), "{program}");
        assert!(text.contains("<<<<<<< HEAD") && text.contains(">>>>>>> other") && has_all(&text), "{program}\n{text}");
        // What git could not merge, the program merges after the fact.
        let answer = ledger.run(&["resolve"]);
        assert_eq!(answer.status, 0, "{}", answer.stdout);
        assert!(answer.stdout.contains("Merged 1 record") && answer.stdout.contains(SIGNED.0), "{}", answer.stdout);
        let text = read(&ledger, SIGNED.0);
        assert!(has_all(&text) && !text.contains("<<<<<<<"), "{text}");
        let status = try_git(ledger.path(), &["status", "--porcelain"]);
        assert!(String::from_utf8(status.stdout).unwrap().contains("UU agreements/charter.toml"), "nothing is staged");
        // Changes of different lines are merged, too.
        git(ledger.path(), DAY, &["merge", "--abort"]);
    }
}

#[test]
fn resolve_takes_every_style_of_markers_and_the_index() {
    let (birch, cedar) = (signature("birch-library"), signature("cedar-school"));
    for style in ["merge", "diff3", "zdiff3"] {
        let ledger = repository(&[SIGNED], false);
        git(ledger.path(), DAY, &["config", "merge.conflictStyle", style]);
        on_two_branches(&ledger, SIGNED.0, &format!("{CHARTER}{birch}"), &format!("{CHARTER}{cedar}"));
        assert_eq!(try_git(ledger.path(), &["merge", "other"]).status.code(), Some(1), "{style}");
        let marked = read(&ledger, SIGNED.0);
        let dry = ledger.run(&["resolve", "--dry-run"]);
        assert_eq!((dry.status, read(&ledger, SIGNED.0)), (0, marked.clone()), "{}", dry.stdout);
        // From within a folder, by the name of the file.
        let answer = run_in(&ledger.path().join("agreements"), &["resolve", "charter.toml"]);
        assert_eq!(answer.status, 0, "{style}: {}{}", answer.stdout, answer.stderr);
        let text = read(&ledger, SIGNED.0);
        assert_eq!(text, format!("{CHARTER}{birch}{cedar}"), "{style}");
        // Our own text without markers, as git leaves it where a program is missing.
        ledger.put(SIGNED.0, &format!("{CHARTER}{birch}"));
        assert_eq!(ledger.run(&["resolve"]).status, 0);
        assert_eq!(read(&ledger, SIGNED.0), format!("{CHARTER}{birch}{cedar}"), "{style}");
        // Done by hand.
        ledger.put(SIGNED.0, &format!("{CHARTER}{cedar}{birch}"));
        let answer = ledger.run(&["resolve"]);
        assert!(answer.status == 0 && answer.stdout.contains("No conflicts are left"), "{}", answer.stdout);
        git(ledger.path(), DAY, &["add", "-A"]);
        assert_eq!(ledger.run(&["resolve"]).stdout, "No records are in conflict.\n");
    }
    // Outside of a merge, markers that do not show the base leave doubt.
    let ledger = repository(&[SIGNED], false);
    ledger.put(SIGNED.0, &format!("<<<<<<< a\n{CHARTER}=======\n{CHARTER}# x\n>>>>>>> b\n"));
    let answer = ledger.run(&["resolve"]);
    assert!(
        answer.status == 1 && answer.stdout.contains("do not show what both sides started from"),
        "{}",
        answer.stdout
    );
}

#[test]
fn nothing_of_a_name_is_run() {
    let ledger = repository(&[], true);
    let path = "advocates/$(touch PWNED) `touch PWNED`;touch PWNED'x.toml";
    ledger.put(path, ANA);
    commit(ledger.path(), DAY);
    let ours = format!("{ANA}\n[[contacts]]\ndate = 2026-03-05\nby = \"bo\"\n");
    let theirs = format!("{ANA}\n[[contacts]]\ndate = 2026-02-05\nby = \"bo\"\n");
    on_two_branches(&ledger, path, &ours, &theirs);
    git(ledger.path(), DAY, &["branch", "-m", "other", "$(touch${IFS}PWNED)"]);
    let answer = try_git(ledger.path(), &["merge", "--no-edit", "$(touch${IFS}PWNED)"]);
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stdout));
    assert!(!ledger.path().join("PWNED").exists());
    assert!(read(&ledger, path).contains("2026-02-05") && read(&ledger, path).contains("2026-03-05"));
}

#[test]
fn git_setup_undoes_itself_and_covers_a_ledger_in_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), DAY, &["init", "-q", "-b", "main"]);
    let ledger = folder.path().join("our ledger");
    fs::create_dir_all(ledger.join("advocates")).unwrap();
    fs::write(ledger.join("coalition.toml"), "name = \"X\"\n").unwrap();
    fs::write(ledger.join("advocates/ana.toml"), ANA).unwrap();
    fs::write(folder.path().join("other.toml"), "x = 1\n").unwrap();
    let config = folder.path().join(".git/config");
    let before = fs::read_to_string(&config).unwrap();
    let attributes = fs::read_to_string(folder.path().join(".git/info/attributes")).ok();
    let answer = run_in(&ledger, &["git-setup"]);
    assert!(answer.status == 0 && answer.stdout.contains("merge button"), "{}{}", answer.stdout, answer.stderr);
    let twice = run_in(&ledger, &["git-setup"]);
    assert!(twice.stdout.starts_with("No change"), "{}", twice.stdout);
    let given = |path: &str| {
        let answer = try_git(folder.path(), &["check-attr", "merge", "--", path]);
        String::from_utf8(answer.stdout).unwrap().trim().rsplit(' ').next().unwrap().to_owned()
    };
    assert_eq!(given("our ledger/advocates/ana.toml"), "coalition");
    assert_eq!(given("our ledger/coalition.toml"), "coalition");
    assert_eq!(given("other.toml"), "unspecified");
    // A change of a record shows the entry that it is in.
    commit(folder.path(), DAY);
    let changed = format!("{ANA}follow_up = 2026-05-01\n");
    fs::write(ledger.join("advocates/ana.toml"), &changed).unwrap();
    let shown = try_git(folder.path(), &["diff", "-U0"]);
    assert!(
        String::from_utf8_lossy(&shown.stdout).contains("@@ [[contacts]]"),
        "{}",
        String::from_utf8_lossy(&shown.stdout)
    );
    let answer = run_in(&ledger, &["git-setup", "--remove"]);
    assert_eq!(answer.status, 0);
    assert_eq!(fs::read_to_string(&config).unwrap(), before);
    assert_eq!(fs::read_to_string(folder.path().join(".git/info/attributes")).ok(), attributes);
    assert!(run_in(&ledger, &["git-setup", "--remove"]).stdout.starts_with("No change"));
}

#[test]
fn the_driver_answers_0_or_1_whatever_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let deep = format!("name = \"X\"\nx = {}1{}\n", "[".repeat(100_000), "]".repeat(100_000));
    let long = format!("name = \"X\"\nnotes = \"{}\"\n", "x".repeat(3_000_000));
    let odd: [&[u8]; 6] = [b"", b"\xff\xfe\x00", deep.as_bytes(), long.as_bytes(), b"name = \"X\"\n\0", b"<<<<<<< x\n"];
    let program = cargo_bin("coalition");
    for (at, theirs) in odd.iter().enumerate() {
        for base in [&b""[..], b"name = \"A\"\n"] {
            if base == *theirs {
                continue;
            }
            let place = |name: &str| folder.path().join(name);
            fs::write(place("base"), base).unwrap();
            fs::write(place("ours"), b"name = \"B\"\ntags = [\"x\"]\n").unwrap();
            fs::write(place("theirs"), theirs).unwrap();
            let mut driver = Command::new(&program);
            let driver = driver.current_dir(folder.path()).args(["merge-driver", "base", "ours", "theirs"]);
            let answer = driver.args(["--path", "members/x.toml", "--marker-size", "9"]).output().unwrap();
            let text = fs::read(place("ours")).unwrap();
            let shown = String::from_utf8_lossy(&text[..text.len().min(300)]).into_owned();
            assert_eq!(answer.status.code(), Some(1), "{at}: {shown}");
            assert!(text.windows(10).any(|part| part == b"<<<<<<<<< "), "{at}: {shown}");
        }
    }
}

#[test]
fn two_gifts_of_one_member_on_one_day_are_two_files() {
    let ledger = repository(&[], true);
    let log = |hours: &str| {
        let gift = ["log", "contribution", "volunteers", "--member", "cedar-school", "--hours", hours];
        let answer = ledger.run(&gift);
        assert_eq!(answer.status, 0, "{}", answer.stderr);
        commit(ledger.path(), DAY);
    };
    git(ledger.path(), DAY, &["switch", "-q", "-c", "other"]);
    log("3");
    git(ledger.path(), DAY, &["switch", "-q", "main"]);
    log("4");
    let answer = try_git(ledger.path(), &["merge", "--no-edit", "other"]);
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stdout));
    assert_eq!(fs::read_dir(ledger.path().join("contributions")).unwrap().count(), 2);
}
