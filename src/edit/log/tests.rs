//! What is noted, and what is refused, on small ledgers in memory.

use super::attendance::{Attendee, Participation, attendance};
use super::contact::{NewContact, callers, contact};
use super::contribution::{NewContribution, contribution};
use super::drill::drill;
use super::position::{Matter, NewPosition, position};
use super::reading::reading;
use super::*;
use crate::check::base_ledger;
use crate::disclosure::{Consents, Unlisted};
use crate::edit::record_change;
use crate::error::Error;
use crate::kind::Kind;
use crate::ledger::load;
use crate::record::common::{Channel, Contact};
use crate::record::contribution::ContributionKind;
use crate::record::field::TableDef;
use crate::record::table::RecordTable;
use crate::record::value::Choices;
use crate::record::{AnyRecord, committee, contribution as gifts, decision, goal};

const GOAL: &str = "goals/evening-hours.toml";
const VOTE: &str = "decisions/festival.toml";
const MEETING: &str = "meetings/2026-06-02.toml";

/// The base ledger with some files more.
fn ledger(files: &[(&str, &str)]) -> Ledger {
    let mut source = base_ledger();
    for (path, text) in files {
        source.put(path, text.as_bytes());
    }
    load(&source).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn today() -> NaiveDate {
    date("2026-06-15")
}

/// What each file says afterwards.
fn written(ledger: &Ledger, entry: &LogEntry) -> Vec<String> {
    let change = |(key, edits): &(RecordKey, Vec<Edit>)| record_change(ledger, key, edits).unwrap().after.unwrap();
    entry.records.iter().map(change).collect()
}

/// What one file says afterwards, below its first lines.
fn below(ledger: &Ledger, entry: &LogEntry, before: &str) -> String {
    let [text] = written(ledger, entry).try_into().unwrap();
    text.strip_prefix(before).unwrap_or_else(|| panic!("{text}")).to_owned()
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>, facts: &[&str]) {
    let message = result.unwrap_err().to_string();
    for fact in facts {
        assert!(message.contains(fact), "{fact} is missing from {message}");
    }
}

#[test]
fn what_is_noted_has_happened() {
    assert_eq!(happened(today(), today(), false), Ok(today()));
    refused(happened(date("2026-06-16"), today(), false), &["2026-06-16 is in the future"]);
    assert!(happened(date("2026-06-16"), today(), true).is_ok());
    // The rule is that of the check: it looks at dates that are marked as past.
    let is_past = |table: &TableDef, field: &str| table.field(field).unwrap().flags.past;
    assert!(is_past(Contact::DEF, "date") && is_past(gifts::Contribution::DEF, "date"));
    assert!(is_past(goal::GoalPosition::DEF, "date") && is_past(decision::Position::DEF, "date"));
    assert!(is_past(goal::Reading::DEF, "date") && is_past(committee::Committee::DEF, "last_drill"));
}

#[test]
fn a_contact_is_an_entry_with_everybody_in_the_order_of_its_fields() {
    let ledger = ledger(&[("campaigns/letters.toml", "name = \"Letters\"\n")]);
    let ana = ledger.advocates.find("ana-lopez").unwrap();
    let with: [&dyn AnyRecord; 2] =
        [ledger.advocates.find("ben-okoro").unwrap(), ledger.members.find("birch-library").unwrap()];
    let made = NewContact {
        by: ana,
        channel: Channel::Video,
        date: date("2026-06-10"),
        summary: Some("Will come.\nBrings \"tea\"."),
        follow_up: Some(date("2026-07-01")),
        campaign: ledger.campaigns.find("letters"),
    };
    let entry = contact(&ledger, today(), &with, &made).unwrap();
    let expected = "\n[[contacts]]\ndate = 2026-06-10\nby = \"ana-lopez\"\nchannel = \"video\"\nsummary = \"\"\"\nWill \
                    come.\nBrings \\\"tea\\\".\"\"\"\nfollow_up = 2026-07-01\ncampaign = \"letters\"\n";
    let texts = written(&ledger, &entry);
    assert_eq!(texts.len(), 2);
    assert!(texts.iter().all(|text| text.ends_with(expected)), "{texts:?}");
    let keys: Vec<&str> = expected.lines().filter_map(|line| line.split_once(" = ").map(|(key, _)| key)).collect();
    // That someone followed up is known later.
    let fields = Contact::DEF.fields.iter().map(|field| field.name).filter(|name| *name != "followed_up");
    assert_eq!(keys, fields.collect::<Vec<_>>());
    assert_eq!(
        entry.message,
        "Ana Lopez was in touch with Ben Okoro and Birch Public Library by video call on June 10, 2026; follow-up due by July \
         1, 2026."
    );
    refused(contact(&ledger, today(), &[ana], &made), &["Ana Lopez is both under --by and among the people contacted"]);
    let early = NewContact { follow_up: Some(made.date), ..made };
    refused(contact(&ledger, today(), &with, &early), &["--follow-up 2026-06-10 must be later than 2026-06-10"]);
}

#[test]
fn a_contact_says_what_it_does_to_a_promise() {
    let record = "name = \"Ben Okoro\"\n\n[[contacts]]\ndate = 2026-06-01\nfollow_up = 2026-06-12\n";
    let ledger = ledger(&[("advocates/ben-okoro.toml", record)]);
    let with: [&dyn AnyRecord; 1] = [ledger.advocates.find("ben-okoro").unwrap()];
    let message = |day: &str| {
        let by = ledger.advocates.find("ana-lopez").unwrap();
        let (channel, date) = (Channel::Phone, date(day));
        let made = NewContact { by, channel, date, summary: None, follow_up: None, campaign: None };
        contact(&ledger, today(), &with, &made).unwrap().message
    };
    let open = "The follow-up with Ben Okoro that is due June 12, 2026 is still open. If this was it: coalition done \
                \"Follow up with Ben Okoro\" --date 2026-06-08";
    assert!(message("2026-06-08").ends_with(open), "{}", message("2026-06-08"));
    assert!(
        message("2026-06-12").ends_with("The follow-up with Ben Okoro that was due June 12, 2026 is done with it.")
    );
}

#[test]
fn the_ledger_says_who_is_to_be_in_touch() {
    let ledger = ledger(&[("officials/pat.toml", "name = \"Pat\"\nowner = \"ben-okoro\"\n")]);
    let ids = |kind, id| {
        let callers = callers(&ledger, today(), &[ledger.find(kind, id).unwrap()]);
        callers.iter().map(|caller| caller.key.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(ids(Kind::Advocate, "ben-okoro"), ["ana-lopez"]);
    assert_eq!(ids(Kind::Official, "pat"), ["ben-okoro"]);
    assert_eq!(ids(Kind::Advocate, "ana-lopez"), Vec::<String>::new());
}

#[test]
fn a_gift_is_a_record_with_an_id_and_a_name_of_its_facts() {
    let ledger = ledger(&[
        (
            "contributions/2026-06-10-volunteers-birch-library.toml",
            "name = \"One\"\nkind = \"volunteers\"\ndate = 2026-06-10\n",
        ),
        ("contributions/2025/old.toml", "name = \"Old\"\nkind = \"food\"\ndate = 2025-01-10\n"),
        ("contributions/sub/2026-06-10-volunteers-birch-library-2.toml", "broken = [\n"),
    ]);
    let member = ledger.members.find("birch-library");
    let everybody = Unlisted::default();
    let given = |kind, hours, amount, in_kind| NewContribution {
        kind,
        member,
        advocate: None,
        date: date("2026-06-10"),
        hours,
        amount,
        currency: None,
        in_kind,
        goal: None,
        campaign: None,
        name: None,
        unlisted: &everybody,
    };
    let made = |given: &NewContribution<'_>| {
        let change = contribution(&ledger, given, false).unwrap().files.remove(0);
        (change.path.to_string(), change.after.unwrap())
    };
    let (path, text) = made(&given(ContributionKind::Volunteers, Some("12.50"), None, false));
    let letters = |path: &str, before: &str| {
        let id = path.strip_prefix(before).and_then(|rest| rest.strip_suffix(".toml"));
        let is_tail = |id: &&str| id.len() == 4 && id.bytes().all(|byte| byte.is_ascii_lowercase());
        id.filter(is_tail).unwrap_or_else(|| panic!("{path}")).to_owned()
    };
    let tail = letters(&path, "contributions/2026-06-10-volunteers-birch-library-");
    // Another gift of that day has another file, on whatever branch it is logged, and the same one has the same.
    let (other, _) = made(&given(ContributionKind::Volunteers, Some("3"), None, false));
    assert_ne!(letters(&other, "contributions/2026-06-10-volunteers-birch-library-"), tail);
    assert_eq!(made(&given(ContributionKind::Volunteers, Some("12.50"), None, false)).0, path);
    assert_eq!(
        text,
        "name = \"12.5 hours of volunteer work from Birch Public Library\"\nmember = \"birch-library\"\nkind = \
         \"volunteers\"\ndate = 2026-06-10\nhours = 12.50\n"
    );
    let name = |kind, hours, amount, in_kind| {
        let (_, text) = made(&given(kind, hours, amount, in_kind));
        text.lines().next().unwrap().replace("name = ", "")
    };
    use ContributionKind::{Expertise, Food, Funding, MeetingSpace};
    assert_eq!(name(MeetingSpace, None, None, false), "\"Meeting space from Birch Public Library\"");
    assert_eq!(name(Funding, None, Some("250.00"), false), "\"$250 of funding from Birch Public Library\"");
    assert_eq!(name(Food, None, Some("80"), true), "\"Food worth $80 from Birch Public Library\"");
    assert_eq!(
        name(Expertise, Some("1"), Some("9.5"), true),
        "\"1 hour of expertise worth $9.50 from Birch Public Library\""
    );
    let (path, _) = made(&NewContribution { date: date("2025-06-10"), ..given(Food, None, None, false) });
    // Into the folder of the year that there is.
    letters(&path, "contributions/2025/2025-06-10-food-birch-library-");
    let refusal = |given: &NewContribution<'_>, facts: &[&str]| refused(contribution(&ledger, given, false), facts);
    refusal(
        &given(Funding, None, Some("250 USD"), false),
        &["`250 USD` is not an amount", "digits and a decimal point"],
    );
    refusal(&given(Expertise, Some("six"), None, false), &["`six` is not a number", "7.5"]);
    refusal(&given(Expertise, Some("-2"), None, false), &["`hours` is -2"]);
    assert!(contribution(&ledger, &given(Expertise, Some("six"), None, false), true).is_ok());
}

#[test]
fn who_came_stands_there_once() {
    let text = "name = \"June\"\ndate = 2026-06-02\n\n[[attendance]]\nadvocate = \"ana-lopez\"\n\n[[attendance]]\nname = \
                \"Pat Doe\"\nregrets = true\n";
    let ledger = ledger(&[(MEETING, text), ("meetings/later.toml", "name = \"Later\"\ndate = 2026-07-01\n")]);
    let june = ledger.meetings.find("2026-06-02").unwrap();
    let [ana, ben] = ["ana-lopez", "ben-okoro"].map(|id| Attendee::Advocate(ledger.advocates.find(id).unwrap()));
    let came = Participation { member: None, regrets: false };
    let regrets = Participation { member: None, regrets: true };
    let note = |people: &[Attendee<'_>], part| attendance(&ledger, today(), june, people, part, false).unwrap();
    let entry = note(&[ben, Attendee::Guest("Kim Lee"), ben, ana], came);
    let expected = "\n[[attendance]]\nadvocate = \"ben-okoro\"\n\n[[attendance]]\nname = \"Kim Lee\"\n";
    assert_eq!(below(&ledger, &entry, text), expected);
    assert!(entry.message.contains("came to \u{201c}June\u{201d}"), "{}", entry.message);
    assert!(note(&[ana, ana], came).records[0].1.is_empty(), "she is there already");
    let entry = note(&[Attendee::Guest("pat doe")], came);
    assert_eq!(written(&ledger, &entry), [text.replace("regrets = true\n", "")]);
    let entry = note(&[ana], regrets);
    assert_eq!(written(&ledger, &entry), [text.replace("\"ana-lopez\"\n", "\"ana-lopez\"\nregrets = true\n")]);
    let behalf = Participation { member: ledger.members.find("birch-library"), regrets: false };
    let entry = note(&[ana], behalf);
    assert_eq!(
        written(&ledger, &entry),
        [text.replace("\"ana-lopez\"\n", "\"ana-lopez\"\nmember = \"birch-library\"\n")]
    );
    let later = ledger.meetings.find("later").unwrap();
    refused(attendance(&ledger, today(), later, &[ana], came, false), &["July 1, 2026", "--regrets"]);
    assert!(attendance(&ledger, today(), later, &[ana], regrets, false).is_ok());
}

/// A decision on which Birch objects, for a reason.
const VOTE_TEXT: &str = "name = \"Festival\"\ntext = \"We go.\"\n\n[[positions]]\nmember = \"birch-library\" # by phone\noption = \
                         \"object\"\ndate = 2026-06-01\nreason = \"No one is free.\"\naccommodation = \"A later day.\"\n";

fn stated<'a>(ledger: &'a Ledger, member: &str, matter: Matter<'_>, option: &str) -> NewPosition<'a> {
    NewPosition {
        member: ledger.members.find(member).unwrap(),
        option: matter.options().iter().find(|choice| choice.word == option).unwrap(),
        date: None,
        reason: None,
        accommodation: None,
        revisit: None,
    }
}

#[test]
fn a_position_is_added_or_takes_the_place_of_the_one_before() {
    let ledger = ledger(&[(VOTE, VOTE_TEXT), (GOAL, "name = \"Evening hours\"\n")]);
    let vote = Matter::Decision(ledger.decisions.find("festival").unwrap());
    let note = |stated: &NewPosition<'_>| position(&ledger, today(), vote, stated, false);
    let first = NewPosition {
        reason: Some("Good."),
        revisit: Some(date("2026-09-01")),
        ..stated(&ledger, "alder-friends", vote, "agree")
    };
    let expected = "\n[[positions]]\nmember = \"alder-friends\"\noption = \"agree\"\ndate = 2026-06-15\nreason = \
                    \"Good.\"\nrevisit = 2026-09-01\n";
    assert_eq!(below(&ledger, &note(&first).unwrap(), VOTE_TEXT), expected);
    let goal = Matter::Goal(ledger.goals.find("evening-hours").unwrap());
    let support = stated(&ledger, "alder-friends", goal, "support");
    let entry = position(&ledger, today(), goal, &support, false).unwrap();
    assert!(written(&ledger, &entry)[0].ends_with("option = \"support\"\ndate = 2026-06-15\n"));

    let agrees = || stated(&ledger, "birch-library", vote, "agree");
    refused(note(&agrees()), &["objects as of June 1, 2026", "No one is free.", "--reason \"\""]);
    let entry = note(&NewPosition { reason: Some(""), ..agrees() }).unwrap();
    let expected = VOTE_TEXT
        .replace("\"object\"\ndate = 2026-06-01\nreason = \"No one is free.\"\n", "\"agree\"\ndate = 2026-06-15\n");
    assert_eq!(written(&ledger, &entry), [expected], "the remark and the promise stay");
    assert_eq!(
        entry.message,
        "On \u{201c}Festival\u{201d}, Birch Public Library agrees as of June 15, 2026 (before: objects as of June 1, 2026)."
    );
    let entry = note(&NewPosition { reason: Some("The day moved."), ..agrees() }).unwrap();
    assert!(written(&ledger, &entry)[0].contains("date = 2026-06-15\nreason = \"The day moved.\"\naccommodation"));
    let early = NewPosition { date: Some(date("2026-05-01")), reason: Some(""), ..agrees() };
    refused(note(&early), &["later than 2026-05-01", "the later position counts"]);
    let again = note(&stated(&ledger, "birch-library", vote, "object")).unwrap();
    assert_eq!(written(&ledger, &again), [VOTE_TEXT], "the same again changes nothing, its day neither");
    let revisit = NewPosition { revisit: Some(date("2026-06-01")), ..stated(&ledger, "birch-library", vote, "object") };
    refused(note(&revisit), &["--revisit 2026-06-01 must be later"]);
}

#[test]
fn a_position_in_braces_or_with_other_line_ends_stays_so() {
    let ledger = ledger(&[
        (
            VOTE,
            "name = \"Festival\"\r\ntext = \"We go.\"\r\n[[positions]]\r\nmember = \"birch-library\"\r\noption = \
             \"object\"\r\nreason = \"No.\"",
        ),
        (
            GOAL,
            "name = \"G\"\npositions = [\n  { member = \"birch-library\", option = \"oppose\", reason = \"No.\" }, # by \
             phone\n]\n",
        ),
    ]);
    let vote = Matter::Decision(ledger.decisions.find("festival").unwrap());
    let goal = Matter::Goal(ledger.goals.find("evening-hours").unwrap());
    let note = |matter, option| {
        let stated = NewPosition { reason: Some(""), ..stated(&ledger, "birch-library", matter, option) };
        written(&ledger, &position(&ledger, today(), matter, &stated, false).unwrap()).remove(0)
    };
    let text = note(vote, "agree");
    assert!(text.contains("option = \"agree\"\r\ndate = 2026-06-15") && !text.contains("reason"), "{text}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let braces = "  { member = \"birch-library\", option = \"support\", date = 2026-06-15 }, # by phone\n]\n";
    assert!(note(goal, "support").ends_with(braces), "{}", note(goal, "support"));
}

#[test]
fn a_position_that_does_not_count_is_told_so() {
    let ledger = ledger(&[
        (VOTE, VOTE_TEXT),
        (GOAL, "name = \"G\"\n"),
        ("members/press.toml", "name = \"The Press\"\nclassification = \"media\"\n"),
    ]);
    let vote = Matter::Decision(ledger.decisions.find("festival").unwrap());
    let goal = Matter::Goal(ledger.goals.find("evening-hours").unwrap());
    for (matter, option) in [(vote, "agree"), (goal, "support")] {
        let message = |member| {
            position(&ledger, today(), matter, &stated(&ledger, member, matter, option), false).unwrap().message
        };
        assert!(
            message("press").ends_with("This position does not count: not a member that day."),
            "{}",
            message("press")
        );
        assert!(!message("alder-friends").contains("count"), "{}", message("alder-friends"));
    }
}

#[test]
fn what_was_decided_stays_as_it_was_decided() {
    let text = format!("decided = 2026-06-05\nresult = \"rejected\"\n{VOTE_TEXT}");
    let ledger = ledger(&[(VOTE, &text)]);
    let vote = Matter::Decision(ledger.decisions.find("festival").unwrap());
    let late = stated(&ledger, "alder-friends", vote, "agree");
    refused(position(&ledger, today(), vote, &late, false), &["decided on June 5, 2026", "--date", "supersedes"]);
    assert!(position(&ledger, today(), vote, &late, true).is_ok());
    let then = NewPosition { date: Some(date("2026-06-05")), ..stated(&ledger, "alder-friends", vote, "agree") };
    assert!(position(&ledger, today(), vote, &then, false).is_ok());
}

#[test]
fn entries_that_could_not_be_read_are_not_counted_past() {
    let positions = "positions = [7, { member = \"birch-library\", option = \"object\" }]\n";
    let ledger = ledger(&[
        (VOTE, &format!("name = \"Festival\"\ntext = \"We go.\"\n{positions}")),
        (MEETING, "name = \"June\"\ndate = 2026-06-02\n[attendance]\nadvocate = \"ana-lopez\"\n"),
        (GOAL, "name = \"G\"\nmeasure = { readings = [1] }\n"),
    ]);
    let vote = Matter::Decision(ledger.decisions.find("festival").unwrap());
    let agrees = stated(&ledger, "birch-library", vote, "agree");
    refused(position(&ledger, today(), vote, &agrees, false), &[VOTE, "mistakes in `positions`", "coalition check"]);
    let june = ledger.meetings.find("2026-06-02").unwrap();
    let part = Participation { member: None, regrets: false };
    refused(attendance(&ledger, today(), june, &[Attendee::Guest("A B")], part, false), &[MEETING, "`attendance`"]);
    refused(reading(&ledger, ledger.goals.find("evening-hours").unwrap(), "3", today()), &["`measure.readings`"]);
}

#[test]
fn a_day_has_one_figure() {
    let text = "name = \"Evening hours\"\n\n[measure]\nunit = \"hours a week\"\nbaseline = 4\ntarget = \
                16\n\n[[measure.readings]]\ndate = 2026-06-01\nvalue = 8\n";
    let ledger = ledger(&[(GOAL, text), ("goals/bare.toml", "name = \"Bare\"\n")]);
    let goal = ledger.goals.find("evening-hours").unwrap();
    let note = |value: &str, day: &str| reading(&ledger, goal, value, date(day));
    let entry = note("10.50", "2026-06-10").unwrap();
    assert_eq!(below(&ledger, &entry, text), "\n[[measure.readings]]\ndate = 2026-06-10\nvalue = 10.50\n");
    assert_eq!(entry.message, "Evening hours stood at 10.5 hours a week on June 10, 2026: 54% of the way.");
    let entry = note("9", "2026-06-01").unwrap();
    assert_eq!(written(&ledger, &entry), [text.replace("value = 8", "value = 9")]);
    assert!(entry.message.contains("stood at 9 hours a week instead of 8 on June 1, 2026"), "{}", entry.message);
    let again = note("8.0", "2026-06-01").unwrap();
    assert!(
        again.records.is_empty() && again.message.contains("already has this measurement on June 1, 2026"),
        "{}",
        again.message
    );
    let earlier = note("5", "2026-05-01").unwrap();
    assert!(earlier.message.ends_with("on May 1, 2026."), "a later figure says how far it is: {}", earlier.message);
    for value in ["4,716", "six", "", "1e3", "NaN", "0x5a"] {
        refused(note(value, "2026-06-10"), &["is not a number", "like 4716 or 7.5"]);
    }
    assert!(note("-3", "2026-06-10").is_ok());
    refused(reading(&ledger, ledger.goals.find("bare").unwrap(), "3", today()), &["Bare", "measure.target"]);
}

#[test]
fn a_drill_never_takes_the_place_of_a_later_one() {
    let text = "name = \"Swift\"\nemergency = true\nlast_drill = 2026-03-01 # by phone\n";
    let ledger = ledger(&[("committees/swift.toml", text), ("committees/books.toml", "name = \"Books\"\n")]);
    let swift = ledger.committees.find("swift").unwrap();
    let entry = drill(swift, date("2026-06-01"));
    assert_eq!(written(&ledger, &entry), [text.replace("2026-03-01", "2026-06-01")]);
    assert_eq!(entry.message, "Swift had a drill on June 1, 2026.");
    let earlier = drill(swift, date("2026-02-01"));
    assert!(
        earlier.records.is_empty() && earlier.message.contains("a later drill, on March 1, 2026"),
        "{}",
        earlier.message
    );
    assert_eq!(written(&ledger, &drill(swift, date("2026-03-01"))), [text]);
    let books = drill(ledger.committees.find("books").unwrap(), today());
    assert!(books.message.contains("emergency = true"), "{}", books.message);
}

#[test]
fn the_words_for_a_position_are_those_of_its_field() {
    let ledger = ledger(&[(VOTE, VOTE_TEXT), (GOAL, "name = \"G\"\n")]);
    let goal = Matter::Goal(ledger.goals.find("evening-hours").unwrap());
    assert_eq!(goal.options(), goal::GoalOption::CHOICES);
    assert_eq!(goal.record().key().kind, Kind::Goal);
}

#[test]
fn a_gift_tells_nobody_who_is_not_listed() {
    let ledger = ledger(&[
        ("advocates/eve-moss.toml", "name = \"Eve Moss\"\nrole = \"trustee\"\nmember = \"alder-friends\"\n"),
        (
            "members/eve-moss.toml",
            "name = \"Eve Moss\"\nclassification = \"individual\"\nrepresentative = \"eve-moss\"\n",
        ),
        ("contributions/2026-06-10-food.toml", "name = \"Soup\"\nkind = \"food\"\ndate = 2026-06-10\n"),
    ]);
    let unlisted = Unlisted::of(&ledger, &Consents::of(&ledger, today()));
    let given = |member, advocate| NewContribution {
        kind: ContributionKind::Food,
        member,
        advocate,
        date: date("2026-06-10"),
        hours: None,
        amount: None,
        currency: None,
        in_kind: false,
        goal: None,
        campaign: None,
        name: None,
        unlisted: &unlisted,
    };
    let eve = ledger.advocates.find("eve-moss");
    let entry = contribution(&ledger, &given(None, eve), false).unwrap();
    let change = entry.files[0].clone();
    assert_eq!(change.path.as_str().len(), "contributions/2026-06-10-food-bcdf.toml".len(), "{}", change.path);
    let text = change.after.unwrap();
    assert!(
        text.starts_with("name = \"Food from a trustee from Friends of the Alder Library\"\nadvocate = \"eve-moss\"\n"),
        "{text}"
    );
    assert!(entry.message.contains("contribution/2026-06-10-food has the same date and kind"), "{}", entry.message);
    let in_person =
        contribution(&ledger, &given(ledger.members.find("eve-moss"), None), false).unwrap().files.remove(0);
    assert!(!in_person.path.as_str().contains("eve"), "{}", in_person.path);
    assert!(in_person.after.unwrap().contains("name = \"Food from an individual member\""));
    let named =
        contribution(&ledger, &given(ledger.members.find("alder-friends"), eve), false).unwrap().files.remove(0);
    assert!(named.path.as_str().starts_with("contributions/2026-06-10-food-alder-friends-"), "{}", named.path);
}
