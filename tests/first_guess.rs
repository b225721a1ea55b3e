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
    for fact in ["`foo`", "`progress`", "`status`", "write met=today", "coalition log reading"] {
        assert!(both.contains(fact), "{fact}: {both}");
    }
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
