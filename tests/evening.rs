//! The first evening of a coalition, with commands alone: every fact enters by one command, as people say it.

use crate::ledger::Ledger;
use std::fs;

/// A coalition that was founded with commands, on the day of the tests.
fn founded() -> Ledger {
    let ledger = Ledger::empty();
    ledger.put("coalition.toml", "name = \"Elm Library Coalition\"\n");
    for arguments in [
        &["new", "person", "Ana López", "--set", "email=ana@example.org"][..],
        &["new", "person", "Ben Okoro", "--set", "phone=+1 614-555-0142"],
        &[
            "new",
            "organization",
            "Friends of the Elm Library",
            "--set",
            "classification=Friends group",
            "--set",
            "joined=March 3",
            "--set",
            "representative=Ana Lopez",
        ],
        &["new", "meeting", "December meeting", "--set", "date=December 1, 2026", "--set", "start_time=6:30pm"],
        &["new", "goal", "Sunday hours", "--set", "proposed=last month"],
        &["new", "committee", "Emergency team", "--set", "emergency=yes"],
        &["new", "request", "Chairs", "--set", "member=Friends", "--set", "date=today", "--set", "need=40 chairs"],
    ] {
        succeed(&ledger, arguments);
    }
    ledger
}

fn succeed(ledger: &Ledger, arguments: &[&str]) -> String {
    let answer = ledger.run(arguments);
    assert_eq!((answer.status, answer.stderr.as_str()), (0, ""), "{arguments:?}: {}", answer.stdout);
    answer.stdout
}

fn text(ledger: &Ledger, path: &str) -> String {
    fs::read_to_string(ledger.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn values_and_names_are_taken_as_people_write_them() {
    let ledger = founded();
    let member = text(&ledger, "members/friends-of-the-elm-library.toml");
    let expected = "name = \"Friends of the Elm Library\"\nclassification = \"friends-group\"\njoined = 2026-03-03\n\
                    representative = \"ana-lopez\"\n";
    assert_eq!(member, expected);
    let meeting = text(&ledger, "meetings/2026/2026-12-01-december-meeting.toml");
    assert_eq!(meeting, "name = \"December meeting\"\ndate = 2026-12-01\nstart_time = 18:30:00\n");
    let goal = text(&ledger, "goals/sunday-hours.toml");
    assert!(goal.contains("proposed = 2026-10-22"), "{goal}");
    let refused = ledger.run(&["set", "Friends", "left=3/11/2026"]);
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("March 11, 2026 or November 3, 2026"), "{}", refused.stderr);
}

#[test]
fn every_entry_has_a_command() {
    let ledger = founded();
    let meeting = "meetings/2026/2026-12-01-december-meeting.toml";
    for (arguments, path, expected) in [
        (
            &["log", "agenda", "december-meeting", "Sunday opening", "--lead", "Ben", "--minutes", "20"][..],
            meeting,
            "[[agenda]]\nitem = \"Sunday opening\"\nlead = \"ben-okoro\"\nminutes = 20\n",
        ),
        (&["add", "december-meeting", "agenda", "item=Budget", "lead=Ana López", "minutes=half an hour"], meeting, ""),
        (
            &["log", "action", "December meeting", "Order flyers", "--owner", "Ana", "--due", "December 4"],
            meeting,
            "[[actions]]\nwhat = \"Order flyers\"\nowner = \"ana-lopez\"\ndue = 2026-12-04\n",
        ),
        (
            &["log", "milestone", "sunday", "Survey of readers", "--due", "2027-01-15", "--owner", "Ben Okoro"],
            "goals/sunday-hours.toml",
            "[[milestones]]\nname = \"Survey of readers\"\ndue = 2027-01-15\nowner = \"ben-okoro\"\n",
        ),
        (
            &["log", "watch", "Emergency", "Ana López", "--days", "mon,tue", "--from", "8am", "--to", "8pm"],
            "committees/emergency-team.toml",
            "[[watch]]\nadvocate = \"ana-lopez\"\ndays = [\"mon\", \"tue\"]\nfrom = 08:00:00\nto = 20:00:00\n",
        ),
        (
            &["log", "response", "Chairs", "--member", "Friends of the Elm Library", "--answer", "yes"],
            "requests/chairs.toml",
            "[[responses]]\nmember = \"friends-of-the-elm-library\"\ndate = 2026-11-22\nanswer = \"yes\"\n",
        ),
        (
            &["log", "ask", "Ben", "speak at the hearing", "--answer", "maybe"],
            "advocates/ben-okoro.toml",
            "[[notable.asks]]\ndate = 2026-11-22\nask = \"speak at the hearing\"\nanswer = \"maybe\"\n",
        ),
        (
            &["add", "Emergency team", "seats", "role=chair", "advocate=Ana"],
            "committees/emergency-team.toml",
            "[[seats]]\nrole = \"chair\"\nadvocate = \"ana-lopez\"\n",
        ),
        (&["set", "december", "actions.2.what=Book the hall"], meeting, "[[actions]]\nwhat = \"Book the hall\"\n"),
    ] {
        if expected.is_empty() {
            let refused = ledger.run(arguments);
            assert!(refused.status == 2 && refused.stderr.contains("a whole number"), "{}", refused.stderr);
            continue;
        }
        succeed(&ledger, arguments);
        let after = text(&ledger, path);
        assert!(after.contains(expected), "{arguments:?}: {after}");
    }
    succeed(&ledger, &["log", "contribution", "food", "Cookies", "--member", "Friends of the Elm Library"]);
    succeed(&ledger, &["log", "thanks", "Cookies", "--where", "Newsletter"]);
    let given = succeed(&ledger, &["log", "contribution", "funding", "--member", "Friends", "--amount", "$1,200"]);
    assert!(given.contains("amount = \"1200\""), "{given}");
    succeed(&ledger, &["set", "Sunday", "measure.unit=hours", "measure.baseline=0", "measure.target=2,000"]);
    let counted = succeed(&ledger, &["log", "reading", "Sunday", "1,200"]);
    assert!(counted.contains("value = 1200\n"), "{counted}");
    let listed = succeed(&ledger, &["list", "acknowledgements", "--format", "csv", "--fields", "record,where"]);
    assert!(
        listed.lines().nth(1).is_some_and(|row| row.starts_with("contribution/") && row.ends_with(",Newsletter")),
        "{listed}"
    );
}

#[test]
fn what_is_done_is_found_by_its_words() {
    let ledger = founded();
    succeed(&ledger, &["log", "action", "December", "Order flyers", "--owner", "Ana", "--due", "December 4"]);
    succeed(&ledger, &["log", "action", "December", "Order chairs"]);
    let open = succeed(
        &ledger,
        &["list", "actions", "open", "owner:Ana López", "due:next-30-days", "--format", "csv", "--fields", "what"],
    );
    assert_eq!(open, "what\nOrder flyers\n");
    let refused = ledger.run(&["done", "order"]);
    assert!(refused.status == 2 && refused.stderr.contains("--of"), "{}", refused.stderr);
    succeed(&ledger, &["done", "flyers", "--date", "yesterday"]);
    let meeting = text(&ledger, "meetings/2026/2026-12-01-december-meeting.toml");
    assert!(
        meeting.contains("what = \"Order flyers\"\nowner = \"ana-lopez\"\ndue = 2026-12-04\ndone = 2026-11-21\n"),
        "{meeting}"
    );
    assert_eq!(ledger.run(&["done", "flyers"]).status, 1, "it is done");
}

#[test]
fn a_campaign_has_actions_too() {
    let ledger = founded();
    succeed(&ledger, &["new", "campaign", "Letters", "--set", "opens=2026-11-01"]);
    succeed(&ledger, &["log", "action", "Letters", "Print the letters", "--owner", "Ben", "--due", "2026-11-10"]);
    let report = succeed(&ledger, &["report"]);
    assert!(report.contains("Print the letters"), "{report}");
    let check = ledger.run(&["check", "--only", "overdue-action"]);
    assert!(check.stdout.contains("Print the letters"), "{}", check.stdout);
}

#[test]
fn a_long_text_comes_from_a_file() {
    let ledger = founded();
    ledger.put("notes.md", "# Minutes\n\nWe met. C:\\new stays.\n");
    let notes = ledger.path().join("notes.md");
    succeed(&ledger, &["set", "december", &format!("minutes=@{}", notes.display())]);
    let meeting = text(&ledger, "meetings/2026/2026-12-01-december-meeting.toml");
    assert!(meeting.contains("minutes = \"\"\"\n# Minutes\n\nWe met. C:\\\\new stays.\n\"\"\"\n"), "{meeting}");
    let missing = ledger.run(&["set", "december", "minutes=@nowhere.md"]);
    assert!(missing.status == 2 && missing.stderr.contains("@@nowhere.md"), "{}", missing.stderr);
}

#[test]
fn the_program_alone_says_where_one_stands() {
    let ledger = founded();
    let home = succeed(&ledger, &[]);
    for fact in ["December meeting, December 1, 2026", "coalition guide", "What would help now", "git init"] {
        assert!(home.contains(fact), "{fact}: {home}");
    }
    let guide: serde_json::Value = serde_json::from_str(&succeed(&ledger, &["guide", "--format", "json"])).unwrap();
    assert_eq!(guide["next"], "Say who you are");
    let done: Vec<&str> = guide["steps"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|step| step["done"] == true)
        .map(|step| step["title"].as_str().unwrap())
        .collect();
    assert_eq!(done, ["Add the first people", "Set the first goal", "Plan the first meeting"]);
    assert_eq!(Ledger::empty().run(&[]).status, 2);
    for (command, tip) in
        [("undo", "coalition edit"), ("find", "coalition list"), ("join", "coalition new organization")]
    {
        let answer = ledger.run(&[command]);
        assert!(answer.status == 2 && answer.stderr.contains(tip), "{command}: {}", answer.stderr);
    }
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let ledger = founded();
    let bash = succeed(&ledger, &["completions", "bash"]);
    assert!(bash.contains("guide") && bash.contains("--no-pager"));
    let pages = ledger.path().join("man");
    succeed(&ledger, &["man", pages.to_str().unwrap()]);
    assert!(text(&ledger, "man/coalition-log.1").contains("coalition"));
    let output = ledger.path().join("brief.html");
    succeed(&ledger, &["report", "--output", output.to_str().unwrap()]);
    assert!(text(&ledger, "brief.html").starts_with("<!"));
}

#[test]
fn words_of_other_programs_are_understood() {
    let ledger = founded();
    for (arguments, path, expected) in [
        (
            &["new", "org", "Grace Church", "--set", "classification=church", "--set", "website=grace.example.org"][..],
            "members/grace-church.toml",
            "name = \"Grace Church\"\nclassification = \"faith-group\"\nurl = \"https://grace.example.org\"\n",
        ),
        (
            &["new", "person", "Mia Fox", "--set", "organization=Grace Church", "--set", "language=en"],
            "advocates/mia-fox.toml",
            "name = \"Mia Fox\"\nmember = \"grace-church\"\nlanguages = [\"en\"]\n",
        ),
        (&["new", "goal", "1,000 supporters"], "goals/1000-supporters.toml", "name = \"1,000 supporters\"\n"),
        (
            &["add", "Emergency team", "seats", "Mia Fox", "role=chair"],
            "committees/emergency-team.toml",
            "[[seats]]\nrole = \"chair\"\nadvocate = \"mia-fox\"\n",
        ),
        (
            &["log", "response", "Chairs", "Friends", "yes"],
            "requests/chairs.toml",
            "[[responses]]\nmember = \"friends-of-the-elm-library\"\ndate = 2026-11-22\nanswer = \"yes\"\n",
        ),
        (&["log", "position", "Sunday hours", "Friends", "for"], "goals/sunday-hours.toml", "option = \"support\""),
    ] {
        succeed(&ledger, arguments);
        let text = text(&ledger, path);
        assert!(text.contains(expected), "{arguments:?}: {text}");
    }
    for (query, found) in [
        (&["member=Grace"][..], "mia-fox\n"),
        (&["where", "member!=Grace"], "ana-lopez\nben-okoro\n"),
        (&["languages:*"], "mia-fox\n"),
    ] {
        let arguments: Vec<&str> =
            ["list", "people", "--format", "ids"].into_iter().chain(query.iter().copied()).collect();
        assert_eq!(succeed(&ledger, &arguments), found, "{query:?}");
    }
}

#[test]
fn a_due_date_without_a_year_is_the_next_one() {
    let ledger = founded();
    succeed(&ledger, &["set", "Sunday hours", "due=July 1"]);
    succeed(&ledger, &["log", "action", "December", "Order flyers", "--due", "June 15"]);
    assert!(text(&ledger, "goals/sunday-hours.toml").contains("due = 2027-07-01\n"));
    assert!(text(&ledger, "meetings/2026/2026-12-01-december-meeting.toml").contains("due = 2027-06-15\n"));
    let refused = ledger.run(&["new", "meeting", "Summer", "--set", "date=July 4"]);
    assert!(refused.stderr.contains("July 4, 2026 or July 4, 2027"), "{}", refused.stderr);
}

#[test]
fn what_is_refused_names_the_way_that_works() {
    let ledger = founded();
    succeed(&ledger, &["log", "milestone", "Sunday hours", "Flyers"]);
    succeed(&ledger, &["add", "Sunday hours", "milestones", "Flyers", "due=2027-01-01"]);
    for (arguments, expected) in [
        (&["new", "goal", "X", "--website", "y.org"][..], "no field `website`"),
        (&["log", "contact", "Ben", "--with", "Ana"], "coalition log contact Ben --by Ana"),
        (&["list", "people", "--member", "Friends"], "member:Friends"),
        (&["add", "ana-lopez", "phone=614-555-0100"], "coalition set ana-lopez phone=614-555-0100"),
        (&["add", "organization", "X"], "coalition new organization X"),
        (&["set", "message=Open"], "coalition set coalition message=Open"),
        (&["set", "message", "text=Open"], "coalition set coalition message="),
        (&["set", "Sunday hours", "measure=12"], "measure.unit=12"),
        (&["set", "Sunday hours", "lead=Ana López"], "is a person, and `lead` names a member"),
        (&["new", "library", "X"], "new organization \"Elm Library\""),
        (&["new", "person", "Y", "--set", "role=treasurer"], "title=\"treasurer\""),
        (&["export", "csv"], "coalition export --to FOLDER"),
        (&["export", "--to", "people.csv"], "coalition list people --format csv > people.csv"),
        (&["report", "--output", "x.pdf"], "--output x.html"),
        (&["log", "minutes", "december"], "coalition set december minutes=@minutes.md"),
        (&["done", "Flyers"], "milestones.2.done=2026-11-22"),
        (&["remove", "Sunday hours", "milestones", "Flyers"], "give the number"),
    ] {
        let answer = ledger.run(arguments);
        assert_eq!(answer.status, 2, "{arguments:?}: {}", answer.stdout);
        assert!(answer.stderr.contains(expected), "{arguments:?}: {}", answer.stderr);
    }
    assert!(!ledger.path().join("people.csv").exists());
    succeed(&ledger, &["remove", "Sunday hours", "milestones", "2"]);
    assert_eq!(text(&ledger, "goals/sunday-hours.toml").matches("[[milestones]]").count(), 1);
    succeed(&ledger, &["done", "Sunday hours", "Flyers"]);
}
