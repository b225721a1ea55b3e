//! Assignments as people type them.

use super::*;
use crate::edit::apply_edits;
use crate::error::Error;
use crate::kind::Kind;

fn set(kind: Kind, text: &str, assignments: &[&str]) -> Result<String, Error> {
    let order = Order::of(kind);
    let interpreter = Interpreter { ledger: None, today: "2026-06-15".parse().unwrap() };
    assignments.iter().try_fold(text.to_owned(), |text, assignment| {
        let edits = Assignment::parse(assignment, &order, &interpreter)?.edits(&text)?;
        apply_edits(&text, &edits, &order)
    })
}

#[test]
fn a_value_becomes_what_its_field_holds() {
    let member = "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\"]\n";
    let cases: [(&[&str], &str); 19] = [
        (
            &["joined=2026-01-02"],
            "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\"]\njoined = 2026-01-02\n",
        ),
        (&["joined=today"], "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\"]\njoined = 2026-06-15\n"),
        (&["name=B \"x\" = y"], "name = \"B \\\"x\\\" = y\" # it\nclassification = \"school\"\ntags = [\"a\"]\n"),
        (&["tags+=b, c", "tags+=a"], "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\", \"b\", \"c\"]\n"),
        (&["tags-=a"], "name = \"A\" # it\nclassification = \"school\"\n"),
        (&["tags=x,y", "tags-=x"], "name = \"A\" # it\nclassification = \"school\"\ntags = [\"y\"]\n"),
        (&["tags=[\"p\", \"q\"]"], "name = \"A\" # it\nclassification = \"school\"\ntags = [\"p\", \"q\"]\n"),
        (&["tags="], "name = \"A\" # it\nclassification = \"school\"\n"),
        (&["url="], member),
        (
            &["process.lead_days=21"],
            "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\"]\n\n[process]\nlead_days = 21\n",
        ),
        (
            &["extra.shirt=M", "extra.no=0x5a"],
            "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\"]\n\n[extra]\nshirt = \"M\"\nno = \"0x5a\"\n",
        ),
        (
            &["notes=one\ntwo"],
            "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\"]\nnotes = \"\"\"\none\ntwo\"\"\"\n",
        ),
        (
            &["interests=evening-hours"],
            "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\"]\ninterests = [\"evening-hours\"]\n",
        ),
        (&["classification=school"], member),
        (&["classification=School"], member),
        (&["classification=Friends group"], "name = \"A\" # it\nclassification = \"friends-group\"\ntags = [\"a\"]\n"),
        (&["tags+=b,b"], "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\", \"b\"]\n"),
        (&["tags.1=z"], "name = \"A\" # it\nclassification = \"school\"\ntags = [\"z\"]\n"),
        (
            &["notes=C:\\new\\table"],
            "name = \"A\" # it\nclassification = \"school\"\ntags = [\"a\"]\nnotes = \"C:\\\\new\\\\table\"\n",
        ),
    ];
    for (assignments, expected) in cases {
        assert_eq!(set(Kind::Member, member, assignments).unwrap(), expected, "{assignments:?}");
    }
    let meeting = "name = \"M\"\ndate = 2026-05-01\n\n[[actions]]\nwhat = \"x\"\n\n[[actions]]\nwhat = \"y\"\n";
    let done = set(Kind::Meeting, meeting, &["actions.2.done=today", "cancelled=no", "start_time=18:30"]).unwrap();
    assert!(done.contains("what = \"y\"\ndone = 2026-06-15\n") && done.contains("cancelled = false"), "{done}");
    assert!(done.contains("\nstart_time = 18:30:00\n"), "{done}");
    let listed = "areas = [\n  \"a\", # one\n  \"b\", # two\n  # more\n]\n";
    let changed = set(Kind::Member, listed, &["areas=b,c"]).unwrap();
    assert_eq!(changed, "areas = [\n  # one\n  \"b\", # two\n  \"c\",\n  # more\n]\n");
    assert_eq!(set(Kind::Member, listed, &["areas-=a,b"]).unwrap(), "areas = [\n  # one\n  # two\n  # more\n]\n");
    let extra =
        set(Kind::Member, "[extra]\nn = 1\nd = 2026-01-01\n", &["extra.n=12", "extra.d=2026-02-01", "extra.t=12"]);
    assert_eq!(extra.unwrap(), "[extra]\nn = 12\nd = 2026-02-01\nt = \"12\"\n");
    let agreement = set(Kind::Agreement, "name = \"A\"\n", &["required_of=a, b"]).unwrap();
    assert_eq!(agreement, "name = \"A\"\nrequired_of = [\"a\", \"b\"]\n");
    let agreement = set(Kind::Agreement, "name = \"A\"\n", &["required_of={ sector = [\"x\"] }"]).unwrap();
    assert_eq!(agreement, "name = \"A\"\nrequired_of = { sector = [\"x\"] }\n");
}

#[test]
fn what_cannot_be_meant_is_refused_with_what_could() {
    let cases = [
        ("joined", "write FIELD=VALUE"),
        ("joind=today", "did you mean `joined`?"),
        ("joined=3/11/2026", "March 11, 2026 or November 3, 2026; write 2026-03-11 or 2026-11-03"),
        ("joined=soon", "a date like 2026-03-01"),
        ("contact_days=many", "a whole number"),
        ("name+=x", "write name=x"),
        ("tags-=zz", "does not contain \"zz\""),
        ("process=x", "process.approver=x"),
        ("contacts=x", "coalition add RECORD contacts date=x"),
        ("contacts.date=today", "contacts.1.date"),
        ("contacts.2.date=today", "a new one is contacts.1"),
        ("contacts+=x", "coalition add RECORD contacts"),
        ("process.leaddays=3", "did you mean `lead_days`?"),
        ("name.x=3", "no field `x`"),
        ("tags=[x", "is not a list"),
    ];
    for (assignment, expected) in cases {
        let refusal = set(Kind::Member, "name = \"A\"\ntags = [\"a\"]\n", &[assignment]).unwrap_err().to_string();
        assert!(refusal.contains(expected), "{assignment}: {refusal}");
    }
}

#[test]
fn a_field_that_goes_leaves_no_empty_heading() {
    let cases: [(&str, &[&str], &str); 9] = [
        (
            "name = \"A\"\n\n[process]\nlead_days = 3\n\n[extra]\na = 1\n",
            &["process.lead_days="],
            "name = \"A\"\n\n[extra]\na = 1\n",
        ),
        ("name = \"A\"\n\n[process]\nlead_days = 3\n", &["process.lead_days="], "name = \"A\"\n"),
        (
            "name = \"A\"\n\n# how\n[process]\n# slow\nlead_days = 3\n",
            &["process.lead_days="],
            "name = \"A\"\n\n# how\n# slow\n",
        ),
        (
            "name = \"A\"\n[process]\nlead_days = 3\nmeets = \"May\"\n",
            &["process.lead_days="],
            "name = \"A\"\n[process]\nmeets = \"May\"\n",
        ),
        ("[[contacts]]\nsummary = \"x\"\n", &["contacts.1.summary="], "[[contacts]]\n"),
        ("name = \"A\"\nprocess = { lead_days = 3 } # slow\n", &["process.lead_days="], "name = \"A\"\n"),
        (
            "name = \"A\"\nprocess.lead_days = 3\n# kept\nprocess.meets = \"May\"\njoined = 2025-01-01\n",
            &["process="],
            "name = \"A\"\n# kept\njoined = 2025-01-01\n",
        ),
        ("[extra]\ndeep.a = 1\ndeep.b = 2\n[process]\nlead_days = 3\n", &["extra.deep="], "[process]\nlead_days = 3\n"),
        (
            "name = \"A\"\n\n[process]\nlead_days = 3\n",
            &["process.lead_days=", "process.meets=May"],
            "name = \"A\"\n\n[process]\nmeets = \"May\"\n",
        ),
    ];
    for (text, assignments, expected) in cases {
        assert_eq!(set(Kind::Member, text, assignments).unwrap(), expected, "{text}");
    }
}

#[test]
fn what_is_typed_is_written_as_toml_1_0() {
    let meeting = "name = \"M\"\nstart_time = 18:30\n";
    assert_eq!(set(Kind::Meeting, meeting, &["start_time=18:30"]).unwrap(), meeting, "the record already says this");
    let changed = set(Kind::Meeting, meeting, &["start_time=19:00", "end_time=20:00:30"]).unwrap();
    assert_eq!(changed, "name = \"M\"\nstart_time = 19:00:00\nend_time = 20:00:30\n");
    let extra = set(Kind::Member, "[extra]\nt = 07:00:00\n", &["extra.t=08:30", "extra.l=[07:32, {a = 1,},]"]).unwrap();
    assert_eq!(extra, "[extra]\nt = 08:30:00\nl = [07:32:00, { a = 1 }]\n");
}

#[test]
fn values_are_taken_as_people_write_them() {
    let set = |assignment: &str| set(Kind::Member, "name = \"A\"\n", &[assignment]).unwrap();
    for (assignment, line) in [
        ("joined=March 3", "joined = 2026-03-03"),
        ("joined=3 March 2026", "joined = 2026-03-03"),
        ("joined=yesterday", "joined = 2026-06-14"),
        ("contact_days=one week", "contact_days = 7"),
        ("classification=Civic group", "classification = \"civic-group\""),
        ("interests=Evening hours, Reading", "interests = [\"evening-hours\", \"reading\"]"),
        ("url=example.org", "url = \"https://example.org\""),
        ("notes=One.\\nTwo.", "notes = \"\"\"\nOne.\nTwo.\"\"\""),
    ] {
        assert_eq!(set(assignment), format!("name = \"A\"\n{line}\n"), "{assignment}");
    }
}

#[test]
fn an_entry_comes_with_its_first_field() {
    let meeting = "name = \"M\"\n\n[[actions]]\nwhat = \"x\"\n";
    let after = set(Kind::Meeting, meeting, &["actions.2.what=Order flyers", "actions.2.due=July 1"]).unwrap();
    assert_eq!(after, format!("{meeting}\n[[actions]]\nwhat = \"Order flyers\"\ndue = 2026-07-01\n"));
    let refusal = set(Kind::Meeting, meeting, &["actions.4.what=y"]).unwrap_err().to_string();
    assert!(refusal.contains("has 1 entry") && refusal.contains("actions.2"), "{refusal}");
    let goal = set(Kind::Goal, "name = \"G\"\n", &["measure.readings.1.value=4"]).unwrap();
    assert!(goal.ends_with("[[measure.readings]]\nvalue = 4\n"), "{goal}");
    let mut fields = Map::new();
    let interpreter = Interpreter { ledger: None, today: "2026-06-15".parse().unwrap() };
    for assignment in ["agenda.1.item=Hello", "agenda.1.minutes=half", "agenda.2.item=Bye"] {
        let parsed = Assignment::parse(assignment, &Order::of(Kind::Meeting), &interpreter);
        let _ = parsed.and_then(|parsed| parsed.into_fields(&mut fields));
    }
    assert_eq!(Value::Object(fields), serde_json::json!({ "agenda": [{ "item": "Hello" }, { "item": "Bye" }] }));
}

#[test]
fn a_phone_number_is_a_contact_detail() {
    let one = "name = \"A\"\n\n[[contact_details]]\ntype = \"phone\"\nvalue = \"+1 614-555-0142\"\n";
    let after = |text: &str, assignments: &[&str]| set(Kind::Advocate, text, assignments);
    assert_eq!(after("name = \"A\"\n", &["phone=+1 614-555-0142"]).unwrap(), one);
    assert_eq!(after(one, &["phone=+1 614-555-0199"]).unwrap(), one.replace("0142", "0199"));
    assert_eq!(after(one, &["phone="]).unwrap().trim_end(), "name = \"A\"");
    let two = after(one, &["phone+=+1 614-555-0100", "email=a@example.org"]).unwrap();
    assert_eq!(two.matches("[[contact_details]]").count(), 3, "{two}");
    let refusal = after(&two, &["phone=+1 614-555-0199"]).unwrap_err().to_string();
    assert!(refusal.contains("contact_details.1.value=") && refusal.contains("phone+="), "{refusal}");
    assert_eq!(after(&two, &["phone-=+1 614-555-0142"]).unwrap().matches("[[contact_details]]").count(), 2);
}
