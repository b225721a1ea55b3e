use super::*;
use crate::ledger::load;
use crate::record::common::Common;
use crate::record::field::{Shape, TableDef};
use crate::record::table::RecordTable as _;
use crate::record::table_of;
use crate::reference::example::example_of;
use crate::source::memory::Memory;

const TODAY: &str = "2026-11-22";

const ROOT: (&str, &str) = ("coalition.toml", "name = \"Alder County Library Coalition\"\n");

fn ledger(files: &[(&str, &str)]) -> Ledger {
    let mut memory = Memory::new([(ROOT.0, ROOT.1.as_bytes())]);
    files.iter().for_each(|(path, text)| memory.put(path, text.as_bytes()));
    load(&memory).unwrap()
}

fn compare_all(before: &Ledger, after: &Ledger, private: bool) -> Difference {
    compare(&Request { before, after, today: TODAY.parse().unwrap(), private, about: &[] })
}

fn diff(before: &[(&str, &str)], after: &[(&str, &str)]) -> Difference {
    compare_all(&ledger(before), &ledger(after), false)
}

/// The sentences of the events.
fn event_texts(found: &Difference) -> Vec<&str> {
    found.events.iter().map(|event| event.text.as_str()).collect()
}

/// A value of a field, and another one.
fn values(field: &Field) -> (String, String) {
    let example = field.example.to_owned();
    let other = match (field.shape)() {
        Shape::Line | Shape::Prose => "\"Quite another text\"".to_owned(),
        Shape::Slug => "\"another-word\"".to_owned(),
        Shape::Integer { min, .. } if example == min.to_string() => (min + 1).to_string(),
        Shape::Integer { min, .. } => min.to_string(),
        Shape::Number { .. } => "7.25".to_owned(),
        Shape::Share => "0.25".to_owned(),
        Shape::Amount => "\"99.00\"".to_owned(),
        Shape::Boolean => (example != "true").to_string(),
        Shape::Date => "2026-03-09".to_owned(),
        Shape::Time => "09:15:00".to_owned(),
        Shape::Currency => "\"EUR\"".to_owned(),
        Shape::TimeZone => "\"America/Chicago\"".to_owned(),
        Shape::Url => "\"https://another.example.org\"".to_owned(),
        Shape::Path => "\"another.md\"".to_owned(),
        Shape::Digest => format!("\"sha256:{}\"", "1".repeat(64)),
        Shape::Choice(choices) => {
            let other = choices.iter().find(|choice| !example.contains(&format!("\"{}\"", choice.word))).unwrap();
            format!("\"{}\"", other.word)
        }
        Shape::Reference(_) => "\"someone-else\"".to_owned(),
        Shape::Requirement => "\"nobody\"".to_owned(),
        Shape::Eligible => "[\"millbrook-friends\"]".to_owned(),
        Shape::Table(_) | Shape::Free | Shape::CheckSettings => unreachable!("written as a block"),
    };
    (example, if field.many { format!("[{other}]") } else { other })
}

/// The tables of a record as text, each value as its example, but the one at a place as another value.
fn write(heading: &str, tables: &[&'static TableDef], changed: &str, text: &mut String) {
    let fields = || tables.iter().flat_map(|table| table.fields);
    let place =
        |field: &Field| if heading.is_empty() { field.name.to_owned() } else { format!("{heading}.{}", field.name) };
    let is_block = |field: &&Field| matches!((field.shape)(), Shape::Table(_) | Shape::Free | Shape::CheckSettings);
    for field in fields().filter(|field| !is_block(field)) {
        let (example, other) = values(field);
        text.push_str(&format!("{} = {}\n", field.name, if place(field) == changed { other } else { example }));
    }
    for field in fields().filter(is_block) {
        let place = place(field);
        match (field.shape)() {
            Shape::Table(table) => {
                text.push_str(&if field.many { format!("\n[[{place}]]\n") } else { format!("\n[{place}]\n") });
                write(&place, &[table], changed, text);
            }
            Shape::Free => {
                text.push_str(&format!("\n[{place}]\nshirt_size = \"{}\"\n", if place == changed { "L" } else { "M" }))
            }
            _ => text.push_str(&format!(
                "\n[{place}]\nlikely-duplicate = \"{}\"\n",
                if place == changed { "note" } else { "off" }
            )),
        }
    }
}

/// The places of all values in tables, with the field of each and whether it is private.
fn places(heading: &str, tables: &[&'static TableDef], private: bool, found: &mut Vec<(String, &'static Field, bool)>) {
    for field in tables.iter().flat_map(|table| table.fields) {
        let place = if heading.is_empty() { field.name.to_owned() } else { format!("{heading}.{}", field.name) };
        let private = private || field.flags.private;
        match (field.shape)() {
            Shape::Table(table) => places(&place, &[table], private, found),
            _ => found.push((place, field, private)),
        }
    }
}

#[test]
fn every_field_of_every_kind_is_told_once() {
    let mut tried = 0;
    let mut wrong: Vec<String> = Vec::new();
    // What someone says is never another's: it is gone, and something new is there.
    let of_someone = ["positions.member", "responses.member", "signatures.member", "signatures.version"];
    let kinds = Kind::ALL
        .into_iter()
        .map(|kind| (format!("{}/{}.toml", kind.folder(), example_of(kind).0), vec![Common::DEF, table_of(kind)]));
    let root = ("coalition.toml".to_owned(), vec![Common::DEF, crate::record::coalition::Coalition::DEF]);
    for (path, tables) in kinds.chain([root]) {
        let text = |changed: &str| {
            let mut text = String::new();
            write("", &tables, changed, &mut text);
            text
        };
        let before = ledger(&[(&path, &text(""))]);
        assert!(compare_all(&before, &before, true).is_empty());
        let mut all = Vec::new();
        places("", &tables, false, &mut all);
        for (place, field, private) in all {
            let after = ledger(&[(&path, &text(&place))]);
            let found = compare_all(&before, &after, true);
            let count = found.events.len() + found.fields.len() + found.entries.len() + found.texts.len();
            let expected = if of_someone.contains(&place.as_str()) { 2 } else { 1 };
            let is_one_field = || found.entries.iter().all(|entry| entry.fields.len() == 1);
            if count != expected || !(expected == 2 || is_one_field()) {
                wrong.push(format!("{path} {place}, {count} times: {found:#?}"));
            }
            if !found.only_comments.is_empty() || !found.files.is_empty() {
                wrong.push(format!("{path} {place}: called a comment or a file"));
            }
            tried += 1;
            // The example of a coalition publishes what is under [extra].
            if private && !(path == "coalition.toml" && place == "extra") {
                let hidden = compare_all(&before, &after, false);
                let other = if matches!((field.shape)(), Shape::Free) { "\"L\"".to_owned() } else { values(field).1 };
                let shown = serde_json::to_string(&hidden.data()).unwrap();
                let page = document(&hidden, "").lines().join("\n");
                if shown.contains(&other) || page.contains(other.trim_matches('"')) || !page.contains("private") {
                    wrong.push(format!("{path} {place} shows {other}: {shown}\n{page}"));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert!(tried > 250, "{tried}");
}

const GOAL: &str =
    "name = \"Sunday hours\"\nproposed = 2026-01-10\n\n[measure]\nunit = \"hours\"\nbaseline = 0\ntarget = 16\n";
const COMMITTEE: &str =
    "name = \"Steering\"\n\n[[seats]]\nrole = \"treasurer\"\nadvocate = \"ana\"\nstart_date = 2026-01-01\n";
const ANA: &str = "name = \"Ana Li\"\nmember = \"alder\"\n";
const ALDER: &str = "name = \"Friends of the Alder Library\"\nclassification = \"friends-group\"\njoined = 2025-01-15\nrepresentative = \"ana\"\n";
const CHARTER: &str = "name = \"Charter\"\neffective = 2025-02-01\nrequired_of = \"members\"\ntext = \"\"\"\nWe meet monthly. We share news.\n\"\"\"\n";

fn signed(text: &str) -> String {
    let charter = ledger(&[("agreements/charter.toml", text)]);
    let agreement = charter.agreements.find("charter").unwrap();
    let digest = crate::agreement::digest(&crate::agreement::terms(&charter, agreement));
    format!("[[signatures]]\nby = \"ana\"\ndate = 2025-02-01\nterms = \"{digest}\"\n")
}

#[test]
fn changes_are_told_as_what_happened() {
    let before = [
        ("goals/sunday.toml", GOAL),
        ("committees/steering.toml", COMMITTEE),
        ("advocates/ana.toml", ANA),
        ("members/alder.toml", ALDER),
        ("agreements/charter.toml", CHARTER),
    ];
    let goal = format!("{GOAL}\n[[measure.readings]]\ndate = 2026-02-01\nvalue = 12.5\n");
    let goal = goal.replace("proposed", "adopted = 2026-02-03\nproposed");
    let committee = COMMITTEE.replace("advocate = \"ana\"\n", "");
    let member = ALDER.replace("representative", "left = 2026-10-01\nrepresentative");
    let ana =
        format!("{ANA}\n[[contacts]]\ndate = 2026-03-14\nby = \"bo\"\nchannel = \"phone\"\nsummary = \"Is ill.\"\n");
    let signature = signed(CHARTER);
    let after = [
        ("goals/sunday.toml", goal.as_str()),
        ("committees/steering.toml", &committee),
        ("advocates/ana.toml", &ana),
        ("members/alder.toml", &member),
        ("agreements/charter.toml", CHARTER),
        ("signatures/charter/alder.toml", &signature),
        (
            "decisions/fair.toml",
            "name = \"Fair\"\ntext = \"We go.\"\ndecided = 2026-05-01\nresult = \"adopted\"\n\n[[positions]]\nmember = \"alder\"\noption = \"object\"\nreason = \"It rains.\"\n",
        ),
    ];
    let found = diff(&before, &after);
    assert_eq!(
        event_texts(&found),
        [
            "Friends of the Alder Library left the coalition (October 1, 2026)",
            "Bo contacted Ana Li by phone (March 14, 2026)".replace("Bo", "bo").as_str(),
            "Goal adopted (February 3, 2026): Sunday hours",
            "Sunday hours: 12.5 of 16 hours, 78% of the way (February 1, 2026)",
            "Friends of the Alder Library signed \u{201c}Charter\u{201d} (Ana Li, February 1, 2025)",
            "New decision: Fair",
            "Decision adopted (May 1, 2026): Fair",
            "Friends of the Alder Library objects: \u{201c}Fair\u{201d}",
            "The treasurer seat on Steering became vacant; Ana Li held it",
        ]
    );
    let page = document(&found, "Changes").lines().join("\n");
    assert!(!page.contains("Is ill") && page.contains("Summary: private") && page.contains("It rains."), "{page}");
    assert_eq!(found.effects.quorum.map(|quorum| (quorum.before.members, quorum.after.members)), Some((1, 0)));
    assert_eq!(found.fields.iter().map(|change| change.field.as_str()).collect::<Vec<_>>(), ["text"], "{found:#?}");
}

#[test]
fn another_id_is_a_rename_and_what_refers_to_it_follows() {
    let before = [("members/alder.toml", ALDER), ("advocates/ana.toml", ANA), ("advocates/bo.toml", "name = \"Bo\"\n")];
    let renamed = format!("{ALDER}other_ids = [\"alder\"]\n");
    let ana = ANA.replace("\"alder\"", "\"alder-friends\"");
    let after = [
        ("members/alder-friends.toml", renamed.as_str()),
        ("advocates/ana.toml", &ana),
        ("advocates/old/bo.toml", "name = \"Bo\"\n"),
    ];
    let found = diff(&before, &after);
    let renamed: Vec<_> =
        found.renamed.iter().map(|one| (one.was.as_str(), one.now.as_str(), one.file_now.as_str())).collect();
    assert_eq!(
        renamed,
        [
            ("member/alder", "member/alder-friends", "members/alder-friends.toml"),
            ("advocate/bo", "advocate/bo", "advocates/old/bo.toml")
        ]
    );
    let counts = Counts { renamed: 1, following: 1, ..Counts::default() };
    assert_eq!(
        (found.counts.clone(), event_texts(&found).len(), found.only_comments.len()),
        (counts, 0, 0),
        "{found:#?}"
    );
    assert_eq!(found.effects, Effects::default());
}

#[test]
fn comments_and_spacing_are_called_that() {
    let found = diff(
        &[("members/alder.toml", ALDER)],
        &[("members/alder.toml", &format!("# Friends\n{}", ALDER.replace(" = ", "  =  ")))],
    );
    let expected = Difference { only_comments: vec!["members/alder.toml".to_owned()], ..Difference::default() };
    assert_eq!(found, expected);
    // The order of words means nothing.
    let tags = |words: &str| format!("{ALDER}tags = [{words}]\n");
    let found =
        diff(&[("members/alder.toml", &tags("\"a\", \"b\""))], &[("members/alder.toml", &tags("\"b\", \"a\""))]);
    assert_eq!(found, expected);
}

#[test]
fn what_cannot_be_read_is_not_called_a_comment() {
    let with = |line: &str| format!("{ALDER}{line}\n");
    let found =
        diff(&[("members/alder.toml", &with("mood = \"good\""))], &[("members/alder.toml", &with("mood = \"bad\""))]);
    assert_eq!(found.fields.iter().map(|change| change.sentence()).collect::<Vec<_>>(), ["Mood: changed (private)"]);
    let found = diff(
        &[("members/alder.toml", &with("contact_days = \"x\""))],
        &[("members/alder.toml", &with("contact_days = \"y\""))],
    );
    assert_eq!(found.fields.len(), 1, "{found:#?}");
}

#[test]
fn the_text_of_an_agreement_is_told_by_sentence() {
    let signature = signed(CHARTER);
    let with = |text: &str| {
        ledger(&[
            ("agreements/charter.toml", text),
            ("signatures/charter/alder.toml", &signature),
            ("members/alder.toml", ALDER),
            ("advocates/ana.toml", ANA),
        ])
    };
    let found = compare_all(&with(CHARTER), &with(&CHARTER.replace("monthly", "weekly")), false);
    let text = &found.texts[0];
    let sentences: Vec<_> = text.sentences.iter().map(|one| (one.mark, one.text.as_str())).collect();
    assert_eq!(sentences, [(sentence::Mark::Removed, "We meet monthly."), (sentence::Mark::Added, "We meet weekly.")]);
    assert_eq!(Named::names(&text.lapsed), ["Friends of the Alder Library"]);
    assert_eq!((found.fields.len(), found.effects.unmet.len()), (0, 1), "{found:#?}");
    let found = compare_all(&with(CHARTER), &with(&CHARTER.replace(". We", ".\nWe")), false);
    assert_eq!((found.texts[0].sentences.len(), found.texts[0].lapsed.len()), (0, 1));
}

#[test]
fn what_is_entered_after_the_meeting_is_late() {
    let meeting = ("meetings/march.toml", "name = \"March\"\ndate = 2026-03-10\n");
    let contact = |date: &str| format!("{ANA}\n[[contacts]]\ndate = {date}\nby = \"ana\"\n");
    let late = |date: &str| {
        diff(&[meeting, ("advocates/ana.toml", ANA)], &[meeting, ("advocates/ana.toml", &contact(date))]).late.len()
    };
    assert_eq!((late("2026-03-09"), late("2026-03-11")), (1, 0));
}

#[test]
fn a_comparison_can_be_about_some_records() {
    let (before, after) = (ledger(&[("members/alder.toml", ALDER), ("advocates/ana.toml", ANA)]), ledger(&[]));
    let about = [RecordKey::new(Kind::Advocate, "ana")];
    let found = compare(&Request {
        before: &before,
        after: &after,
        today: TODAY.parse().unwrap(),
        private: false,
        about: &about,
    });
    assert_eq!(event_texts(&found), ["The person \u{201c}Ana Li\u{201d} was removed from the records"]);
}
