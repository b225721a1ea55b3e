//! The whole answer of every command on `examples/riverton`: what it prints, what it says beside, and its exit status. A change
//! of wording or order shows here before anyone reads it elsewhere. `INSTA_UPDATE=always cargo test --test all snapshots` writes
//! the files anew; read the difference before you accept it.
//!
//! The commands run on a copy outside git, so that the history of this repository has no part in it.

use crate::history::copy;
use crate::ledger::{repository, run_in};
use std::fs;
use std::path::Path;

/// A name for each command line. Those that write only show what they would write.
const COMMANDS: &[(&str, &[&str])] = &[
    ("help", &["--help"]),
    ("list_members", &["list", "members"]),
    ("list_members_json", &["list", "members", "classification:friends-group", "--format", "json"]),
    ("list_members_jsonl", &["list", "members", "classification:friends-group", "--format", "jsonl"]),
    ("list_members_yaml", &["list", "members", "classification:friends-group", "--format", "yaml"]),
    ("list_members_csv", &["list", "members", "--format", "csv"]),
    ("list_members_ids", &["list", "members", "--format", "ids"]),
    ("list_signatures", &["list", "signatures"]),
    ("list_advocates", &["list", "people"]),
    ("show_member", &["show", "friends-riverton"]),
    ("show_member_markdown", &["show", "friends-riverton", "--format", "markdown"]),
    ("show_member_json", &["show", "friends-riverton", "--format", "json"]),
    ("show_member_yaml", &["show", "friends-riverton", "--format", "yaml"]),
    ("show_goal", &["show", "goal/sunday-hours"]),
    ("report_brief", &["report"]),
    ("report_brief_markdown", &["report", "--format", "markdown"]),
    ("report_brief_html", &["report", "--format", "html"]),
    ("report_brief_json", &["report", "--format", "json"]),
    ("report_brief_yaml", &["report", "--format", "yaml"]),
    ("report_health", &["report", "health"]),
    ("report_signatures", &["report", "signatures"]),
    ("report_contacts", &["report", "contacts"]),
    ("report_goals", &["report", "goals"]),
    ("report_credit", &["report", "credit"]),
    ("report_balance", &["report", "balance"]),
    ("report_network", &["report", "network"]),
    ("report_network_graphml", &["report", "network", "--format", "graphml"]),
    ("report_recruitment", &["report", "recruitment"]),
    ("report_officials", &["report", "officials"]),
    ("report_campaigns", &["report", "campaigns"]),
    ("report_decisions", &["report", "decisions"]),
    ("report_calendar", &["report", "calendar"]),
    ("report_calendar_ics", &["report", "calendar", "--format", "ics"]),
    ("report_emergency", &["report", "emergency"]),
    ("report_member", &["report", "member", "friends-riverton"]),
    ("report_advocate", &["report", "advocate", "margaret-lindqvist"]),
    ("report_for_a_member", &["report", "--for", "friends-riverton"]),
    ("check", &["check"]),
    ("check_json", &["check", "--format", "json"]),
    ("check_github", &["check", "--format", "github"]),
    ("check_gitlab", &["check", "--format", "gitlab"]),
    ("check_junit", &["check", "--format", "junit"]),
    ("explain", &["explain"]),
    ("explain_check", &["explain", "unsigned-agreement"]),
    ("verify", &["verify"]),
    ("verify_markdown", &["verify", "--format", "markdown"]),
    ("verify_json", &["verify", "--format", "json"]),
    ("verify_csv", &["verify", "--format", "csv"]),
    ("terms", &["terms", "charter"]),
    ("statement", &["statement", "charter", "friends-riverton"]),
    ("schema", &["schema", "request"]),
    ("init", &["init", "--help"]),
    ("new", &["new", "goal", "A reading room", "--set", "community_need=A quiet place to read.", "--dry-run"]),
    ("new_refused", &["new", "member", "Pine Street Club", "--dry-run"]),
    ("set", &["set", "friends-riverton", "tags+=downtown", "--dry-run"]),
    ("set_unknown_field", &["set", "friends-riverton", "website=https://friends.example.org/", "--dry-run"]),
    ("set_refused", &["set", "friends-riverton", "joined=2026-02-30", "--dry-run"]),
    (
        "log_contact",
        &[
            "log",
            "contact",
            "walter-abernethy",
            "--by",
            "margaret-lindqvist",
            "--channel",
            "phone",
            "Will come.",
            "--dry-run",
        ],
    ),
    ("rename", &["rename", "member/friends-riverton", "friends-of-riverton", "--dry-run"]),
    ("remove_refused", &["remove", "friends-riverton", "--dry-run"]),
    ("fmt", &["fmt", "--dry-run"]),
    ("sign_refused", &["sign", "charter", "--member", "tobias-renner"]),
    ("withdraw_refused", &["withdraw", "charter", "--member", "friends-riverton", "--because", "We leave."]),
    ("amend_refused", &["amend", "charter", "--summary", "Dues", "--date", "2026-01-01"]),
    ("import_refused", &["import", "members", "no-such-file.csv"]),
    ("render", &["render", "--check"]),
    ("mail_actions", &["mail", "actions"]),
    ("mail_thanks", &["mail", "thanks"]),
    ("export_jsonl", &["export", "--format", "jsonl"]),
    ("export_preview", &["export", "--preview"]),
    ("export_codeowners", &["export", "codeowners"]),
    ("recover", &["recover"]),
    ("unknown_command", &["reprot"]),
    ("unknown_check", &["check", "--only", "unsigned-agreements"]),
    ("no_such_record", &["show", "friends-rivertown"]),
];

/// What a command answers, with the folder of the ledger under one name.
fn answer(folder: &Path, arguments: &[&str]) -> String {
    let answer = run_in(folder, arguments);
    let real = fs::canonicalize(folder).unwrap();
    let places = [real.to_string_lossy().into_owned(), folder.to_string_lossy().into_owned()];
    let text = format!(
        "$ coalition {}\n{}---- standard error\n{}---- exit status {}\n",
        arguments.join(" "),
        answer.stdout,
        answer.stderr,
        answer.status
    );
    places.iter().fold(text, |text, place| text.replace(place, "[ledger]"))
}

#[test]
fn every_command_answers_on_riverton_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("riverton");
    copy(&repository("examples/riverton"), &ledger);
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_snapshot_path("snapshots");
    settings.bind(|| {
        for (name, arguments) in COMMANDS {
            insta::allow_duplicates! { insta::assert_snapshot!(*name, answer(&ledger, arguments)) };
        }
    });
    // Nothing of all this has written anything.
    let source = repository("examples/riverton");
    let files = |root: &Path| -> Vec<_> {
        let walk = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = walk.filter(|entry| entry.file_type().is_file() && entry.file_name() != ".coalition-lock");
        files
            .map(|entry| (entry.path().strip_prefix(root).unwrap().to_owned(), fs::read(entry.path()).unwrap()))
            .collect()
    };
    assert_eq!(files(&ledger), files(&source));
}
