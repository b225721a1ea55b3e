//! What people type first: it is taken, or refused with the line that does what was meant.

use crate::ledger::Ledger;
use std::fs;

/// A small coalition, founded with fields behind the name.
fn founded() -> Ledger {
    let ledger = Ledger::empty();
    ledger.put("coalition.toml", "name = \"Elm Library Coalition\"\n");
    for arguments in [
        &["new", "person", "Ana López", "email=ana@example.org"][..],
        &["new", "person", "Ben Okoro", "--phone", "614-555-0142"],
        &["new", "organization", "Friends of the Elm Library", "classification=Friends group", "joined=March 3"],
        &["new", "organization", "Elm Public Library", "--classification", "library"],
        &["new", "meeting", "December meeting", "--date", "December 1", "--start-time=6:30pm"],
        &["new", "goal", "Sunday hours", "proposed=today"],
        &["new", "committee", "Emergency team", "--emergency"],
        &["new", "official", "Pat Quill"],
        &["new", "campaign", "Save Sundays"],
        &["new", "decision", "Open Sundays", "text=We open.", "proposed=November 1"],
        &["new", "request", "Chairs", "member=Friends", "date=today", "need=40 chairs"],
        &["new", "agreement", "Charter", "kind=charter", "text=We meet."],
        &["log", "contribution", "funding", "200", "--from", "Friends"],
    ] {
        taken(&ledger, arguments);
    }
    ledger
}

fn taken(ledger: &Ledger, arguments: &[&str]) -> String {
    let answer = ledger.run(arguments);
    assert_eq!((answer.status, answer.stderr.as_str()), (0, ""), "{arguments:?}: {}", answer.stdout);
    answer.stdout
}

/// What is said of a line that is refused.
fn refused(ledger: &Ledger, arguments: &[&str]) -> String {
    let answer = ledger.run(arguments);
    assert_ne!(answer.status, 0, "{arguments:?}: {}", answer.stdout);
    answer.stdout + &answer.stderr
}

fn text(ledger: &Ledger, path: &str) -> String {
    fs::read_to_string(ledger.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn what_is_plainly_meant_is_taken() {
    let ledger = founded();
    let contributions = taken(&ledger, &["list", "contributions", "--format", "csv", "--fields", "amount,member"]);
    assert_eq!(contributions, "amount,member\n200,friends-of-the-elm-library\n");
    assert!(text(&ledger, "agreements/charter.toml").contains("sign_by = 2026-12-22\n"), "there is time to sign");
    let meeting = "meetings/2026/2026-12-01-december-meeting.toml";
    for (arguments, path, expected) in [
        (&["set", "December meeting", "--location", "Hall"][..], meeting, "location = \"Hall\"\n"),
        (&["add", "December", "agenda", "Budget", "--set", "minutes=10"], meeting, "item = \"Budget\"\nminutes = 10\n"),
        (
            &["log", "action", "December", "Flyers", "--person", "Ana", "--deadline", "next friday"],
            meeting,
            "what = \"Flyers\"\nowner = \"ana-lopez\"\ndue = 2026-11-27\n",
        ),
        (
            &["add", "Emergency", "watch", "advocate=Ana", "days=Mon-Fri", "from=8am", "to=8pm"],
            "committees/emergency-team.toml",
            "days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]\n",
        ),
        (
            &["add", "Emergency", "watch", "advocate=Ana", "days=weekends", "from=8am", "to=8pm"],
            "committees/emergency-team.toml",
            "days = [\"sat\", \"sun\"]\n",
        ),
        (
            &["set", "Chairs", "from=Elm Public Library", "needed=December 4"],
            "requests/chairs.toml",
            "member = \"elm-public-library\"\n",
        ),
        (
            &["log", "call", "Quill", "Asked again", "--by", "Ana"],
            "officials/pat-quill.toml",
            "by = \"ana-lopez\"\nchannel = \"phone\"\nsummary = \"Asked again\"\n",
        ),
        (&["set", "Save Sundays", "target=Pat"], "campaigns/save-sundays.toml", "officials = [\"pat-quill\"]\n"),
        (&["set", "Open Sundays", "question=Do we?"], "decisions/open-sundays.toml", "text = \"Do we?\"\n"),
        // The name of a gift holds the name of its giver, who is meant.
        (&["set", "Friends", "areas=Elm"], "members/friends-of-the-elm-library.toml", "areas = [\"Elm\"]\n"),
    ] {
        taken(&ledger, arguments);
        let after = text(&ledger, path);
        assert!(after.contains(expected), "{arguments:?}: {after}");
    }
    assert!(taken(&ledger, &["report", "since", "last", "month"]).contains("Since October 22, 2026"));
}

#[test]
fn a_refusal_names_the_line_that_does_what_was_meant() {
    let ledger = founded();
    for (arguments, line) in [
        (&["set", "Sunday hours", "status=done"][..], "coalition set \"Sunday hours\" met=today"),
        (&["set", "Sunday hours", "completed=yes"], "coalition set \"Sunday hours\" met=today"),
        (&["set", "Friends", "status=inactive"], "coalition set Friends left=today"),
        (&["set", "Sunday hours", "progress=50%"], "coalition log reading \"Sunday hours\" 50"),
        (&["set", "charter", "signed=yes"], "coalition sign charter friends-of-the-elm-library"),
        (&["set", "Emergency team", "chair=Ana"], "coalition add \"Emergency team\" seats role=chair advocate=Ana"),
        (&["set", "December meeting", "agenda=Budget"], "coalition add \"December meeting\" agenda Budget"),
        (&["set", "charter", "adopted=today"], "coalition set charter effective=today"),
        (&["set", "Open Sundays", "date=today"], "coalition set \"Open Sundays\" decided=today"),
        (&["set", "Sunday hours", "lead=Ana"], "coalition set \"Sunday hours\" owner=Ana"),
        (&["set", "Sunday hours", "due=June 2027"], "due=2027-06-30"),
        (&["new", "person", "Eve Moss", "public=yes"], "coalition new person \"Eve Moss\" consent.listed=yes"),
        (&["new", "person", "Eve", "Moss", "phone=1"], "coalition new person \"Eve Moss\" phone=1"),
        (&["new", "meeting", "Late"], "coalition new meeting Late date=2026-12-06"),
        (&["set", "Elm Public Library", "contact=Zoe Smith"], "coalition new person \"Zoe Smith\""),
        (&["log", "reading", "Sunday hours", "12"], "measure.unit="),
        (&["log", "contact", "Pat", "--with", "Ana"], "coalition log contact Pat --by Ana"),
        (&["log", "contact", "Pat"], "coalition log contact Pat --by ana-lopez --channel phone"),
        (&["log", "position", "Open Sundays"], "--member friends-of-the-elm-library --option agree"),
        (&["log", "watch", "Emergency", "Ana"], "coalition log watch Emergency Ana --days sat,sun --from 8am --to 8pm"),
        (&["sign", "charter", "Elm Public Library"], "coalition set member/elm-public-library joined=today"),
        (&["list"], "coalition list people"),
        (&["render", "--to", "pages"], "coalition set coalition render.output=pages"),
        (&["set", "Friends", "left=January 1"], "coalition set member/friends-of-the-elm-library left=today"),
    ] {
        let said = refused(&ledger, arguments);
        assert!(said.contains(line), "{arguments:?}: {said}");
    }
    let both = refused(&ledger, &["set", "Sunday hours", "foo=1", "progress=3", "status=done"]);
    for fact in ["`foo`", "`progress`", "`status`", "extra.foo=1 met=today", "coalition log reading"] {
        assert!(both.contains(fact), "{fact}: {both}");
    }
}

#[test]
fn what_people_say_in_place_of_a_field_or_a_word_of_it_is_taken() {
    let ledger = founded();
    taken(&ledger, &["set", "Ana", "member=Friends"]);
    taken(&ledger, &["add", "December", "tags", "open"]);
    let meeting = "meetings/2026/2026-12-01-december-meeting.toml";
    for (arguments, path, expected) in [
        (&["set", "December", "time=6:30pm to 8pm"][..], meeting, "start_time = 18:30:00\nend_time = 20:00:00\n"),
        (
            &["new", "meeting", "January", "date=January 5", "time=7-8:30pm"],
            "meetings/2027/2027-01-05-january.toml",
            "start_time = 19:00:00\nend_time = 20:30:00\n",
        ),
        (&["set", "Sunday hours", "lead=Ana"], "goals/sunday-hours.toml", "lead = \"friends-of-the-elm-library\"\n"),
        (
            &["set", "Sunday hours", "proposed_by=Ana, Elm Public Library"],
            "goals/sunday-hours.toml",
            "proposed_by = [\"friends-of-the-elm-library\", \"elm-public-library\"]\n",
        ),
        (&["set", "Sunday hours", "done=today"], "goals/sunday-hours.toml", "met = 2026-11-22\n"),
        (&["set", "Chairs", "done=today"], "requests/chairs.toml", "closed = 2026-11-22\n"),
        (
            &["new", "committee", "Outreach", "chair=Ana", "members=Ben"],
            "committees/outreach.toml",
            "[[seats]]\nrole = \"chair\"\nadvocate = \"ana-lopez\"\n\n[[seats]]\nrole = \"member\"\nadvocate = \"ben-okoro\"\n",
        ),
        (&["set", "Open Sundays", "method=vote"], "decisions/open-sundays.toml", "method = \"majority\"\n"),
        (&["set", "Open Sundays", "method=supermajority"], "decisions/open-sundays.toml", "method = \"two-thirds\"\n"),
        (&["set", "Open Sundays", "result=passed"], "decisions/open-sundays.toml", "result = \"adopted\"\n"),
        (&["set", "Pat Quill", "stance=ally"], "officials/pat-quill.toml", "stance = \"supportive\"\n"),
        (
            &["set", "Save Sundays", "ask=Call your commissioner"],
            "campaigns/save-sundays.toml",
            "message = \"Call your commissioner\"\n",
        ),
        (&["remove", "December", "tags.1"], "", ""),
        (&["set", "Ana", "cell=614-555-0111"], "advocates/ana-lopez.toml", "type = \"mobile\"\n"),
        (&["set", "December", "invited=today"], meeting, "notice_sent = 2026-11-22\n"),
        (&["set", "December", "from=6pm", "to=8pm"], meeting, "start_time = 18:00:00\nend_time = 20:00:00\n"),
        (
            &["set", "Save Sundays", "dates=November 20 to November 30"],
            "campaigns/save-sundays.toml",
            "closes = 2026-11-30\n",
        ),
        (&["set", "Pat Quill", "contact=Ana"], "officials/pat-quill.toml", "owner = \"ana-lopez\"\n"),
        (&["set", "Chairs", "by=December 4"], "requests/chairs.toml", "due = 2026-12-04\n"),
        (
            &["log", "meeting", "Quill", "At city hall", "--by", "Ana"],
            "officials/pat-quill.toml",
            "channel = \"in-person\"\n",
        ),
        (
            &["log", "action", "December", "Order pens", "Ben"],
            meeting,
            "what = \"Order pens\"\nowner = \"ben-okoro\"\n",
        ),
        (
            &["log", "attendance", "December", "--absent", "Ben", "--force"],
            meeting,
            "advocate = \"ben-okoro\"\nregrets = true\n",
        ),
        (&["log", "contribution", "snacks", "--from", "Ana"], "", ""),
        (
            &["log", "response", "Chairs", "Ana", "yes"],
            "requests/chairs.toml",
            "member = \"friends-of-the-elm-library\"\n",
        ),
    ] {
        let said = taken(&ledger, arguments);
        if !path.is_empty() {
            let after = text(&ledger, path);
            assert!(after.contains(expected), "{arguments:?}: {after}");
            assert!(
                said.lines().any(|line| expected.contains(line.trim_start_matches(['+', ' ']))),
                "it is shown: {said}"
            );
        }
    }
}

#[test]
fn a_position_of_several_members_is_one_line() {
    let ledger = founded();
    taken(&ledger, &["set", "Ana", "member=Friends"]);
    taken(&ledger, &["set", "Elm Public Library", "joined=2026-01-01"]);
    taken(&ledger, &["log", "position", "Open Sundays", "Friends", "Elm Public Library", "in favor"]);
    let after = text(&ledger, "decisions/open-sundays.toml");
    assert_eq!(after.matches("option = \"agree\"").count(), 2, "{after}");
    taken(&ledger, &["log", "position", "Open Sundays", "Ana", "object", "--reason", "Costs"]);
    let after = text(&ledger, "decisions/open-sundays.toml");
    assert!(after.contains("member = \"friends-of-the-elm-library\"\noption = \"object\"\n"), "{after}");
    let refused = refused(&ledger, &["log", "position", "Open Sundays", "Ben", "agree"]);
    for fact in ["Ben Okoro is a person without an organization", "coalition set advocate/ben-okoro member="] {
        assert!(refused.contains(fact), "{refused}");
    }
}

#[test]
fn a_report_or_a_list_comes_by_what_people_call_it() {
    let ledger = founded();
    taken(&ledger, &["log", "action", "December", "Later", "--owner", "Ana", "--due", "2026-12-20"]);
    taken(&ledger, &["log", "action", "December", "Sooner", "--owner", "Ben", "--due", "2026-12-10"]);
    taken(&ledger, &["log", "action", "December", "Gone", "--owner", "Ben", "--due", "2026-12-01"]);
    taken(&ledger, &["set", "December", "actions.3.done=today"]);
    let actions = taken(&ledger, &["list", "open", "actions", "--format", "csv", "--fields", "what"]);
    assert_eq!(actions, "what\nSooner\nLater\n");
    assert_eq!(
        taken(&ledger, &["list", "actions", "--format", "csv", "--fields", "what"]),
        "what\nGone\nSooner\nLater\n"
    );
    assert_eq!(taken(&ledger, &["list", "done", "actions", "--format", "csv", "--fields", "what"]), "what\nGone\n");
    assert_eq!(taken(&ledger, &["list", "upcoming", "meetings", "--format", "ids"]), "2026-12-01-december-meeting\n");
    assert_eq!(taken(&ledger, &["list", "open", "decisions", "--format", "ids"]), "open-sundays\n");
    let open = taken(&ledger, &["report", "actions"]);
    assert!(open.contains("Sooner") && !open.contains("Gone"), "{open}");
    for (word, fact) in
        [("calls", "Contacts"), ("call-sheet", "Call sheet"), ("people", "Ana López"), ("thanks", "Credit")]
    {
        let said = taken(&ledger, &["report", word]);
        assert!(said.to_lowercase().contains(&fact.to_lowercase()), "{word}: {said}");
    }
    assert_eq!(ledger.run(&["list", "overdue"]).status, 0);
    let unknown = refused(&ledger, &["log", "attendance", "December", "Elm Public Library"]);
    assert!(unknown.contains("`Elm Public Library` is a member, an organization"), "{unknown}");
    assert_eq!(taken(&ledger, &["list", "upcoming", "--format", "ids"]), "2026-12-01-december-meeting\n");
    assert!(taken(&ledger, &["report", "Ana López"]).contains("Ana López"));
    assert!(taken(&ledger, &["people"]).contains("Ana López"));
    assert!(taken(&ledger, &["brief", "--html"]).starts_with("<!"));
    assert!(taken(&ledger, &["version"]).starts_with("coalition "));
    let root = taken(&ledger, &["show", "coalition"]);
    assert!(root.contains("Elm Library Coalition") && root.contains("coalition.toml"), "{root}");
}

#[test]
fn a_text_from_a_file_stays_as_it_is() {
    let ledger = founded();
    ledger.put("text.md", "We meet.\n\n  Each pays \\n nothing.\n");
    let file = ledger.path().join("text.md").display().to_string();
    taken(&ledger, &["set", "charter", &format!("text=@{file}")]);
    let by_set = text(&ledger, "agreements/charter.toml");
    assert!(by_set.contains("text = \"\"\"\nWe meet.\n\n  Each pays \\\\n nothing.\n\"\"\"\n"), "{by_set}");
    let digest = taken(&ledger, &["terms", "charter"]);
    taken(&ledger, &["new", "agreement", "Pact", &format!("text=@{file}")]);
    let pact = text(&ledger, "agreements/pact.toml");
    assert!(pact.contains("  Each pays \\\\n nothing.\n\"\"\""), "{pact}");
    assert!(digest.ends_with("We meet.\n\n  Each pays \\n nothing.\n"), "{digest}");
    ledger.put("date.txt", "2026-12-08\n");
    let date = ledger.path().join("date.txt").display().to_string();
    taken(&ledger, &["set", "December", &format!("date=@{date}")]);
    ledger.put("empty.md", "\n");
    let empty = ledger.path().join("empty.md").display().to_string();
    assert!(refused(&ledger, &["set", "charter", &format!("text=@{empty}")]).contains("the file is empty"));
}

#[test]
fn what_a_record_shows_has_its_numbers_and_what_is_withheld_its_count() {
    let ledger = founded();
    taken(&ledger, &["log", "agenda", "December", "Budget"]);
    taken(&ledger, &["log", "agenda", "December", "Sundays"]);
    let shown = taken(&ledger, &["show", "December"]);
    assert!(shown.contains("1: Budget") && shown.contains("2: Sundays"), "{shown}");
    taken(&ledger, &["set", "December", "agenda.2.minutes=10"]);
    taken(&ledger, &["set", "Ana", "phone=614-555-0100"]);
    let shown = taken(&ledger, &["show", "Ana"]);
    assert!(shown.contains("2 private values are left out"), "{shown}");
    taken(&ledger, &["log", "call", "Pat", "First call", "--by", "Ana", "--date", "2026-11-01"]);
    taken(&ledger, &["log", "call", "Pat", "Second call", "--by", "Ana", "--date", "2026-11-10"]);
    let shown = taken(&ledger, &["show", "Pat", "--private"]);
    let (second, first) = (shown.find("2: November 10").unwrap(), shown.find("1: November 1").unwrap());
    assert!(second < first, "the newest first, with the number in the file: {shown}");
}

#[test]
fn a_line_that_no_command_understands_is_answered_in_the_voice_of_the_program() {
    let ledger = founded();
    for (arguments, facts) in [
        (
            &["remove", "charter", "rights"][..],
            &["say which entry of `rights`", "coalition remove charter rights 1"][..],
        ),
        (&["repot"], &["there is no command `repot`", "did you mean `report`"]),
        (&["show", "charter", "now"], &["`now` is one word too many for `coalition show`"]),
        (&["list", "people", "--format", "docx"], &["--format", "docx"]),
        (&["new", "frog", "Kermit"], &["`frog`"]),
        (&["log"], &[]),
    ] {
        let answer = ledger.run(arguments);
        let said = answer.stdout + &answer.stderr;
        for foreign in ["error: ", "tip: ", "For more information", "the following required", "unrecognized"] {
            assert!(!said.contains(foreign), "{arguments:?}: {said}");
        }
        for fact in facts {
            assert!(answer.status == 2 && said.contains(fact), "{arguments:?}: {said}");
        }
        for stranger in ["Henry Osei", "Noor Haidari", "riverton", "local-417"] {
            assert!(!said.contains(stranger), "{arguments:?}: {said}");
        }
    }
    let help = taken(&ledger, &["log", "contact", "--help"]);
    assert!(help.contains("Ana López") && !help.contains("Henry Osei"), "{help}");
    let help = taken(&ledger, &["new", "meeting", "--help"]);
    assert!(help.contains("start_time: The start time") && help.contains("date: The date"), "{help}");
    for word in ["undo", "commit"] {
        let said = refused(&ledger, &[word]);
        assert!(!said.contains("git restore") && !said.contains("`git diff`"), "there is no commit: {said}");
    }
    assert!(!taken(&ledger, &["remove", "Save Sundays"]).contains("git"), "there is no commit");
}

#[test]
fn contact_details_are_columns_and_lists() {
    let ledger = founded();
    let table = taken(&ledger, &["list", "people", "--private", "--format", "csv", "--fields", "name,phone,email"]);
    assert_eq!(table, "name,phone,email\nAna López,,ana@example.org\nBen Okoro,614-555-0142,\n");
    let phones = taken(&ledger, &["list", "phones", "--private", "--format", "csv", "--fields", "record,value"]);
    assert_eq!(phones, "record,value\nadvocate/ben-okoro,614-555-0142\n");
    assert!(ledger.run(&["list", "phones"]).stderr.contains("coalition list phones --private"));
}

#[test]
fn what_is_added_to_a_position_may_come_after_the_decision() {
    let ledger = founded();
    taken(&ledger, &["set", "Friends", "joined=2026-01-01"]);
    taken(
        &ledger,
        &["log", "position", "Open Sundays", "Friends", "object", "--reason", "Costs", "--date", "November 2"],
    );
    taken(&ledger, &["set", "Open Sundays", "decided=November 10", "result=adopted"]);
    taken(&ledger, &["log", "position", "Open Sundays", "Friends", "--accommodation", "We pay."]);
    let after = text(&ledger, "decisions/open-sundays.toml");
    assert!(after.contains("option = \"object\"\ndate = 2026-11-02\n") && after.contains("We pay."), "{after}");
    let late = refused(&ledger, &["log", "position", "Open Sundays", "Friends", "agree", "--reason", ""]);
    assert!(late.contains("--date 2026-11-10"), "{late}");
}

#[test]
fn a_new_ledger_has_made_no_mistake_yet() {
    let ledger = Ledger::empty();
    ledger.put("coalition.toml", "name = \"Elm\"\n");
    let home = taken(&ledger, &[]);
    assert!(home.contains("No organization is a member yet") && !home.contains("error"), "{home}");
    assert_eq!(ledger.run(&["check"]).status, 1, "the gate has nothing to look at");
}
