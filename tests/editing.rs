//! Making, changing, renaming and removing records with whole commands: which lines change, and what is refused.

use crate::ledger::{Ledger, TODAY};
use crate::sign::{refused, state, text};
use std::fs;

/// What was typed wrong: exit 2, with these words.
fn misused(ledger: &Ledger, arguments: &[&str], found: &str) {
    let answer = ledger.run(arguments);
    assert!(answer.status == 2 && answer.stderr.contains(found), "{arguments:?}: {}{}", answer.stdout, answer.stderr);
}

#[test]
fn a_new_record_is_written_in_order_and_passes_the_check() {
    let ledger = Ledger::of_three();
    let answer = ledger.run(&[
        "new",
        "members",
        "Dogwood Club",
        "--set",
        "classification=civic-group",
        "--set",
        "joined=today",
        "--set",
        "tags=b,a",
        "--set",
        "process.lead_days=21",
        "--set",
        "representative=ana",
    ]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    let expected = format!(
        "name = \"Dogwood Club\"\ntags = [\"b\", \"a\"]\nclassification = \"civic-group\"\njoined = {TODAY}\n\
         representative = \"ana\"\n\n[process]\nlead_days = 21\n"
    );
    assert_eq!(text(&ledger, "members/dogwood-club.toml"), expected);
    assert!(answer.stdout.contains(&expected) && answer.stdout.contains("New file members/dogwood-club.toml"));
    // What editors look for is what the others have.
    ledger.put("goals/one.toml", "#:schema ../x/goal.schema.json\nname = \"One\"\n");
    assert_eq!(ledger.run(&["new", "goal", "Two"]).status, 0);
    assert_eq!(text(&ledger, "goals/two.toml"), "#:schema ../x/goal.schema.json\nname = \"Two\"\n");
}

#[test]
fn a_new_record_that_would_be_wrong_is_refused() {
    let ledger = Ledger::of_three();
    let cases: [(&[&str], &[&str]); 2] = [
        (
            &["new", "member", "Alder Friends", "--set", "classification=other"],
            &["already a member `alder-friends`", "--id alder-friends-2"],
        ),
        (&["new", "member", "Con", "--set", "classification=school"], &["Windows"]),
    ];
    for (arguments, facts) in cases {
        refused(&ledger, arguments, facts);
    }
    misused(&ledger, &["new", "member", "Dogwood", "--set", "classification=scool"], "did you mean school?");
    misused(&ledger, &["new", "meeting", "M", "--set", "date=soon"], "date must be a date like 2026-03-01");
    misused(&ledger, &["new", "member", "Dogwood"], "classification=friends-group|library");
    misused(&ledger, &["new", "member", "Dogwood", "--set", "clasification=school"], "did you mean `classification`?");
    misused(
        &ledger,
        &["new", "member", "Dogwood", "--id", "Dog Wood", "--set", "classification=school"],
        "--id Dog Wood",
    );
    misused(&ledger, &["new", "member", " "], "one line of text");
    let answer = ledger.run(&["new", "club", "X"]);
    assert_eq!(answer.status, 2);
    assert!(answer.stderr.contains("write `organization`"), "{}", answer.stderr);
    let shown = ledger.run(&["new", "goal", "G", "--dry-run"]);
    assert!(shown.stdout.contains("New file goals/g.toml") && !ledger.path().join("goals").exists());
}

#[test]
fn setting_a_field_changes_its_line_alone() {
    let ledger = Ledger::of_three();
    let path = "members/cedar-school.toml";
    let before = "# who\r\nname = 'CEDAR' # it\r\nclassification = \"other\"\r\njoined = 2025-01-15\r\nrepresentative = \"cam\" # Cam\r\n\r\n# last";
    ledger.put(path, before);
    let answer = ledger.run(&["set", "cedar-school", "representative=ana", "name=Cedar"]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    let kept = format!("\r\n\r\n[[former_signatories]]\r\nadvocate = \"cam\"\r\nuntil = {TODAY}");
    assert_eq!(text(&ledger, path), before.replace("\"cam\"", "\"ana\"").replace("'CEDAR'", "\"Cedar\"") + &kept);
    assert!(
        answer.stdout.contains("- representative = \"cam\" # Cam\n+ representative = \"ana\" # Cam\n"),
        "{}",
        answer.stdout
    );
    let stands = text(&ledger, path);
    let again = ledger.run(&["set", "member/cedar-school", "name=Cedar"]);
    assert_eq!((again.status, again.stdout.as_str()), (0, "No change: the record already says this.\n"));
    assert_eq!(text(&ledger, path), stands);
    assert_eq!(ledger.run(&["set", "coalition", "policy.contact_days=60"]).status, 0);
    assert!(text(&ledger, "coalition.toml").ends_with("\n[policy]\ncontact_days = 60\n"));
}

#[test]
fn what_brings_an_error_is_refused_unless_forced() {
    let ledger = Ledger::of_three();
    refused(
        &ledger,
        &["set", "cedar-school", "representative=nobody"],
        &["members/cedar-school.toml, line 4", "unresolved-reference"],
    );
    refused(&ledger, &["set", "cedar-school", "classification="], &["missing-field"]);
    misused(&ledger, &["set", "cedar-school", "joind=today"], "did you mean `joined`?");
    misused(&ledger, &["set", "cedar-school", "tags"], "write FIELD=VALUE");
    let forced = ledger.run(&["set", "cedar-school", "representative=nobody", "--force"]);
    assert_eq!(forced.status, 0);
    // What was wrong before stops nothing.
    assert_eq!(ledger.run(&["set", "cedar-school", "url=https://cedar.example.org"]).status, 0);
    ledger.put("members/alder-friends.toml", "name = \"A\nx\n");
    assert_eq!(ledger.run(&["set", "cedar-school", "url=https://cedar.example.com"]).status, 0);
    refused(&ledger, &["set", "alder-friends", "url=https://a.example.org"], &["members/alder-friends.toml", "line 2"]);
    let nobody = ledger.run(&["set", "cedar-scool", "url=x"]);
    assert_eq!(nobody.status, 2);
    assert!(nobody.stderr.contains("did you mean `cedar-school`?"), "{}", nobody.stderr);
}

#[test]
fn a_renamed_record_is_followed_by_every_reference() {
    let ledger = Ledger::of_three();
    ledger.put(
        "agreements/second.toml",
        "name = \"S\"\ntext = \"Two\"\nrequired_of = ['cedar-school', \"birch-library\"] # both\n",
    );
    ledger.put("goals/g.toml", "name = \"cedar-school\"\nlead = \"cedar-school\"\n\n[[positions]]\nmember = 'cedar-school'\noption = \"support\"\n");
    let checks =
        |ledger: &Ledger| -> Vec<String> { ledger.findings(&[]).into_iter().map(|(check, ..)| check).collect() };
    let before = checks(&ledger);
    let answer = ledger.run(&["rename", "cedar-school", "cedar"]);
    assert_eq!(answer.status, 0, "{}{}", answer.stdout, answer.stderr);
    assert!(answer.stdout.contains("3 other files refer to it and change too"), "{}", answer.stdout);
    assert!(text(&ledger, "agreements/second.toml").ends_with("required_of = ['cedar', \"birch-library\"] # both\n"));
    assert_eq!(
        text(&ledger, "goals/g.toml"),
        "name = \"cedar-school\"\nlead = \"cedar\"\n\n[[positions]]\nmember = 'cedar'\noption = \"support\"\n"
    );
    assert!(text(&ledger, "advocates/cam.toml").contains("member = \"cedar\""));
    assert!(!ledger.path().join("members/cedar-school.toml").exists());
    assert_eq!(checks(&ledger), before);
    refused(&ledger, &["rename", "cedar", "birch-library"], &["already a member `birch-library`"]);
    misused(&ledger, &["rename", "cedar", "Cedar School"], "like `cedar-school`");
}

#[test]
fn a_rename_that_would_undo_signatures_is_refused() {
    let ledger = Ledger::of_three();
    assert_eq!(ledger.run(&["sign", "charter", "--member", "cedar-school", "--yes"]).status, 0);
    refused(&ledger, &["rename", "agreement/charter", "compact"], &["1 signature would no longer count", "--force"]);
    assert_eq!(ledger.run(&["rename", "member/cedar-school", "cedar"]).status, 0);
    assert_eq!(state(&ledger, "cedar", &[]), "signed");
    assert!(ledger.path().join("signatures/charter/cedar.toml").exists());
    refused(&ledger, &["remove", "agreement/charter"], &["1 signature counts", "ended=today"]);
    refused(&ledger, &["remove", "agreement/charter", "--force"], &["1 signature counts"]);
    refused(&ledger, &["remove", "member/cedar"], &["signatures/charter/cedar.toml"]);
}

#[test]
fn a_record_that_others_refer_to_stays() {
    let ledger = Ledger::of_three();
    refused(
        &ledger,
        &["remove", "advocate/ana"],
        &["1 place refers", "members/alder-friends.toml:4: `representative`", "end_date=today"],
    );
    ledger.put("goals/g.toml", "# mine\nname = \"G\"");
    let answer = ledger.run(&["remove", "goal/g"]);
    assert_eq!((answer.status, answer.stdout.as_str()), (0, "Removed goals/g.toml:\n\n- # mine\n- name = \"G\"\n"));
    assert!(!ledger.path().join("goals/g.toml").exists());
}

#[cfg(unix)]
#[test]
fn the_editor_s_text_is_taken_or_kept() {
    let ledger = Ledger::of_three();
    let edit = |script: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_coalition"));
        command.arg("-C").arg(ledger.path()).args(["--today", TODAY, "edit", "cedar-school"]);
        command.env_remove("VISUAL").env("EDITOR", script).stdin(std::process::Stdio::null()).output().unwrap()
    };
    let out = edit("sed -i s/2025-01-15/2025-02-20/");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    assert!(text(&ledger, "members/cedar-school.toml").contains("joined = 2025-02-20"));
    let before = text(&ledger, "members/cedar-school.toml");
    let out = edit("sed -i s/2025-02-20/soon/");
    let message = String::from_utf8_lossy(&out.stdout).into_owned();
    assert_eq!(out.status.code(), Some(1), "{message}");
    let kept = message.lines().find_map(|line| line.strip_prefix("Your text is saved in ")).unwrap();
    assert_eq!(fs::read_to_string(kept).unwrap(), before.replace("2025-02-20", "soon"));
    fs::remove_dir_all(std::path::Path::new(kept).parent().unwrap()).unwrap();
    assert_eq!(text(&ledger, "members/cedar-school.toml"), before);
    assert_eq!(edit("no-such-editor").status.code(), Some(2));
    // The fields that are not there yet are comments; one that is used is saved, without the others.
    let out = edit("sed -i 's/^# tags = .*/tags = [\"town\"]/'");
    assert!(String::from_utf8_lossy(&out.stderr).contains("in the editor `sed -i"), "{out:?}");
    let expected = before.replacen("joined", "tags = [\"town\"]\njoined", 1);
    let saved = text(&ledger, "members/cedar-school.toml");
    assert_eq!(saved.len(), expected.len(), "{saved}");
    assert!(saved.contains("tags = [\"town\"]\n") && !saved.contains('#'), "{saved}");
    let out = edit("true");
    assert!(out.status.success() && text(&ledger, "members/cedar-school.toml") == saved);
}

#[test]
fn twenty_at_once_all_succeed_and_none_is_lost() {
    let ledger = Ledger::of_three();
    let children: Vec<_> = (0..20)
        .map(|at| {
            let word = format!("tags+=tag-{at}");
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_coalition"));
            command.arg("-C").arg(ledger.path()).args(["--today", TODAY, "set", "cedar-school", &word]);
            command.stdout(std::process::Stdio::null()).spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let written = text(&ledger, "members/cedar-school.toml");
    for at in 0..20 {
        assert!(written.contains(&format!("\"tag-{at}\"")), "{at}: {written}");
    }
    let left = fs::read_dir(ledger.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with('.'));
    assert_eq!(left.count(), 0);
}

#[test]
fn a_change_that_stopped_halfway_is_told_and_settled() {
    let half = || {
        let ledger = Ledger::of_three();
        let ana = text(&ledger, "advocates/ana.toml");
        let journal = [
            serde_json::json!({ "coalition_journal": 1, "what": "rename advocate/ana to anna" }),
            serde_json::json!({ "path": "advocates/anna.toml", "before": null, "after": ana }),
            serde_json::json!({ "path": "advocates/ana.toml", "before": ana, "after": null }),
            serde_json::json!({ "end": true }),
        ];
        let before = fs::read_to_string(ledger.path().join("members/alder-friends.toml")).unwrap();
        let follows = serde_json::json!({ "path": "members/alder-friends.toml", "before": before, "after": before.replace("\"ana\"", "\"anna\"") });
        let lines: Vec<String> =
            journal[..2].iter().chain([&follows]).chain(&journal[2..]).map(ToString::to_string).collect();
        ledger.put(".coalition-journal", &(lines.join("\n") + "\n"));
        ledger.put("advocates/anna.toml", &ana);
        ledger
    };
    let ledger = half();
    let check = ledger.run(&["check", "--only", "unfinished-change"]);
    assert_eq!(check.status, 1);
    for fact in
        ["rename advocate/ana to anna", "1 of 3 files", "members/alder-friends.toml", "coalition recover --undo"]
    {
        assert!(check.stdout.contains(fact), "{fact}: {}", check.stdout);
    }
    let refused = ledger.run(&["set", "cedar-school", "tags+=x"]);
    assert!(refused.status == 2 && refused.stderr.contains("coalition recover"), "{}", refused.stderr);
    assert_eq!(ledger.run(&["recover"]).status, 0);
    assert!(text(&ledger, "members/alder-friends.toml").contains("\"anna\""));
    assert!(!ledger.path().join("advocates/ana.toml").exists() && !ledger.path().join(".coalition-journal").exists());
    let ledger = half();
    assert_eq!(ledger.run(&["recover", "--undo"]).status, 0);
    assert!(
        text(&ledger, "members/alder-friends.toml").contains("\"ana\"")
            && !ledger.path().join("advocates/anna.toml").exists()
    );
    assert_eq!(ledger.run(&["recover"]).stdout, "No interrupted change found.\n");
}

#[test]
fn of_two_files_with_one_id_none_is_changed_by_mistake() {
    let ledger = Ledger::of_three();
    ledger.put("members/old/cedar-school.toml", "name = \"Old\"\nclassification = \"school\"\n");
    for arguments in [
        &["remove", "members/old/cedar-school.toml"][..],
        &["set", "cedar-school", "url=https://a.example.org"],
        &["rename", "member/cedar-school", "cedar"],
        &["log", "contact", "cedar-school", "--by", "ana", "--channel", "phone"],
    ] {
        let before = text(&ledger, "members/old/cedar-school.toml");
        let answer = ledger.run(arguments);
        assert!(answer.status == 2 && answer.stderr.contains("the same id"), "{arguments:?}: {}", answer.stderr);
        assert_eq!(text(&ledger, "members/old/cedar-school.toml"), before);
    }
    misused(&ledger, &["set", "members/nowhere/alder-friends.toml", "tags+=x"], "is members/alder-friends.toml");
    assert_eq!(ledger.run(&["set", "members/alder-friends.toml", "tags+=x"]).status, 0);
}

#[test]
fn a_file_that_cannot_be_read_may_refer_to_a_record() {
    let ledger = Ledger::of_three();
    ledger.put("goals/g.toml", "name = \"G\"\n<<<<<<< ours\nlead = \"cedar-school\"\n=======\n>>>>>>> theirs\n");
    ledger.put("goals/h.toml", "name = \"H\"\n");
    refused(
        &ledger,
        &["rename", "member/cedar-school", "cedar"],
        &["goals/g.toml", "may refer to member/cedar-school"],
    );
    assert_eq!(ledger.run(&["remove", "goal/h"]).status, 0);
    std::fs::write(ledger.path().join("goals/i.toml"), b"name = \"\xe9\"\nlead = \"cedar-school\"\n").unwrap();
    ledger.put("goals/g.toml", "name = \"G\"\n");
    refused(&ledger, &["rename", "member/cedar-school", "cedar"], &["goals/i.toml"]);
}

#[test]
fn a_journal_is_believed_about_records_alone() {
    let ledger = Ledger::of_three();
    let ana = text(&ledger, "advocates/ana.toml");
    ledger.put(".git/config", "[core]\n");
    let lines = [
        serde_json::json!({ "coalition_journal": 1, "what": "set" }),
        serde_json::json!({ "path": "advocates/ana.toml", "before": "x", "after": ana }),
        serde_json::json!({ "path": ".git/config", "before": "[core]\n", "after": "[core]\nfsmonitor = \"x\"\n" }),
        serde_json::json!({ "end": true }),
    ];
    ledger.put(".coalition-journal", &lines.map(|line| line.to_string() + "\n").concat());
    ledger.run(&["recover"]);
    assert_eq!(text(&ledger, ".git/config"), "[core]\n");
}
