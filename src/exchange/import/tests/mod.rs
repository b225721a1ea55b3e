//! From import files to changes of a ledger in memory.

mod rivals;
mod same;

use super::*;
use crate::edit::progress::Silent;
use crate::exchange::date_format::DateFormat;
use crate::exchange::import_file::{FileFormat, ImportFile, read};
use crate::kind::Kind;
use crate::ledger::{Ledger, load};
use crate::source::memory::Memory;
use serde_json::{Map, Value, json};

fn file(text: &str) -> ImportFile {
    read(text, FileFormat::Csv, &[]).unwrap()
}

/// A reader of values on a fixed day.
pub(super) fn value_reader(date_format: &DateFormat) -> ValueReader {
    ValueReader { dates: date_format.clone(), today: "2026-11-22".parse().unwrap(), is_own_export: false }
}

fn wishes(map: &[(&str, &str)]) -> ColumnOptions {
    ColumnOptions {
        map: map.iter().map(|(field, column)| ((*field).to_owned(), (*column).to_owned())).collect(),
        ..ColumnOptions::default()
    }
}

/// The fields of each row, or what is wrong.
fn rows(
    text: &str,
    kind: Kind,
    wishes: &ColumnOptions,
    date_format: &DateFormat,
) -> (Vec<Map<String, Value>>, Vec<String>) {
    let file = file(text);
    let mapping = map_columns(&file, kind, wishes).unwrap();
    let ImportRows { records, problems, .. } = read_rows(&file, kind, &mapping, &value_reader(date_format));
    let sound = records.into_iter().filter(|row| row.invalid_fields.is_empty());
    (sound.map(|row| row.fields).collect(), problems.iter().map(ToString::to_string).collect())
}

fn row(text: &str, kind: Kind) -> Value {
    let (mut rows, problems) = rows(text, kind, &ColumnOptions::default(), &DateFormat::default());
    assert_eq!(problems, Vec::<String>::new(), "{text}");
    Value::Object(rows.remove(0))
}

pub(super) fn ledger(files: &[(&str, &str)]) -> Ledger {
    let mut source = Memory::default();
    source.put("coalition.toml", b"name = \"C\"\n");
    for (path, text) in files {
        source.put(path, text.as_bytes());
    }
    load(&source).unwrap()
}

pub(super) fn import(ledger: &Ledger, text: &str, kind: Kind, wishes: &ColumnOptions, update: bool) -> ImportPlan {
    let file = file(text);
    let mapping = map_columns(&file, kind, wishes).unwrap();
    let ImportRows { records, problems, .. } = read_rows(&file, kind, &mapping, &value_reader(&DateFormat::default()));
    let options = ImportOptions {
        update,
        identified: false,
        by_id: false,
        today: "2026-11-22".parse().unwrap(),
        progress: &Silent,
    };
    plan(ledger, records, problems, &options)
}

/// The ledger with what was imported.
pub(super) fn after(ledger: &Ledger, import: &ImportPlan) -> Ledger {
    assert_eq!(import.problems, Vec::new());
    let mut source = Memory::default();
    for (path, text) in &ledger.texts {
        source.put(path.as_str(), text.as_bytes());
    }
    for file in &import.changes.files {
        assert_eq!(file.before.as_ref(), ledger.texts.get(&file.path), "{}", file.path);
        source.put(file.path.as_str(), file.after.as_ref().unwrap().as_bytes());
    }
    load(&source).unwrap()
}

pub(super) fn ids(import: &ImportPlan) -> Vec<String> {
    import.rows.iter().map(|row| row.outcome.id().unwrap_or("-").to_owned()).collect()
}

pub(super) fn problems(import: &ImportPlan) -> Vec<String> {
    import.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn headings_are_found_by_what_registers_call_them() {
    for heading in ["name", "Organization", "ORG NAME", "Organisation", "org_name", "Member", "Name*"] {
        assert_eq!(row(&format!("{heading}\nA\n"), Kind::Member), json!({ "name": "A" }), "{heading}");
    }
    let text = "Organization;Type;E-mail;Phone;Postal address;Homepage;Joined on;Tags;City;process.lead_days;Member since\n\
        A;Friends Group;a@x.org, b@x.org;+1 555;\"1 Main St\nRiverton\";x.org;2025-01-02;Early Literacy, two;R | Q;21;x\n";
    let expected = json!({
        "name": "A", "classification": "friends-group", "joined": "2025-01-02", "tags": ["early-literacy", "two"],
        "areas": ["R", "Q"], "url": "https://x.org", "process": { "lead_days": "21" },
        "contact_details": [
            { "type": "email", "value": "a@x.org" }, { "type": "email", "value": "b@x.org" },
            { "type": "phone", "value": "+1 555" }, { "type": "address", "value": "1 Main St, Riverton" },
        ],
    });
    assert_eq!(row(text, Kind::Member), expected);
    let left = map_columns(&file(text), Kind::Member, &ColumnOptions::default()).unwrap().unmapped;
    assert_eq!(left, ["Member since"], "the date stands in another column already");
    let person = row("First name,Last name,Cell,Website\nAna,Mejía,1,https://x.org\n", Kind::Advocate);
    assert_eq!(person["name"], "Ana Mejía");
    assert_eq!(person["contact_details"][1], json!({ "type": "url", "value": "https://x.org" }));
    let both = row("Name,First name,Last name\nDr. Ana B. Mejía,Ana,Mejía\n", Kind::Advocate);
    assert_eq!(both, json!({ "name": "Dr. Ana B. Mejía" }));
    let other = row("Name,First name,Last name\nAni,Ana,Mejía\n", Kind::Advocate);
    assert_eq!(other, json!({ "name": "Ani", "other_names": ["Ana Mejía"] }));
}

#[test]
fn what_is_said_of_columns_wins() {
    let text = "Name,Title,Weird Thing,Weird-thing\nA,B,c,d\n";
    let (found, _) =
        rows(text, Kind::Member, &wishes(&[("name", "title"), ("sector", "Weird thing")]), &DateFormat::default());
    assert_eq!(Value::Object(found[0].clone()), json!({ "name": "B", "sector": "c" }));
    let kept = ColumnOptions {
        extra: true,
        set: vec![("classification".to_owned(), "Library".to_owned())],
        ..ColumnOptions::default()
    };
    let (found, _) = rows(text, Kind::Member, &kept, &DateFormat::default());
    let expected = json!({
        "name": "A", "classification": "library", "extra": { "title": "B", "weird_thing": "c", "weird_thing_2": "d" },
    });
    assert_eq!(Value::Object(found[0].clone()), expected);
    for (map, expected) in [
        (("nmae", "Name"), "a member has no field `nmae`; did you mean `name`?"),
        (("name", "Titel"), "there is no column \"Titel\"; did you mean \"Title\"?"),
        (("name", "Something"), "the columns are Name, Title, Weird Thing"),
    ] {
        let error = map_columns(&file(text), Kind::Member, &wishes(&[map])).unwrap_err();
        assert!(error.message().contains(expected), "{error}");
    }
}

#[test]
fn values_that_do_not_fit_are_reported_with_row_and_column() {
    let cases = [
        ("joined", "31/13/2025", "row 2, joined: \"31/13/2025\" is not a date like 2026-03-01"),
        (
            "joined",
            "3/11/2025",
            "row 2, joined: \"3/11/2025\" could be March 11, 2025 or November 3, 2025; name the format of the file's dates: --date-format \"%m/%d/%Y\"",
        ),
        ("joined", "2025-02-30", "row 2, joined: \"2025-02-30\" does not exist in the calendar"),
        ("joined", "45838", "row 2, joined: \"45838\" is a spreadsheet's internal number for a date"),
        ("areas", "CafÃ©", "row 2, areas: \"CafÃ©\" was read in the wrong encoding and should probably be \"Café\""),
        ("notes", "Caf\u{fffd}", "row 2, notes: \"Caf\u{fffd}\" has lost a letter (replaced by U+FFFD)"),
        (
            "E-mail",
            "a@ex\u{200b}ample.org",
            "row 2, E-mail: \"a@ex\u{200b}ample.org\" contains an invisible character (U+200B)",
        ),
        (
            "Type",
            "freinds group",
            "row 2, Type: \"freinds group\" is not one of the allowed values; did you mean \"friends-group\"?",
        ),
        ("contact_days", "soon", "row 2, contact_days: \"soon\" is not a whole number"),
        ("Website", "see below", "row 2, Website: \"see below\" is not a web address"),
        ("tags", "!!", "row 2, tags: \"!!\" cannot become a word"),
        ("contacts", "called", "row 2, contacts: this field must be a list of entries"),
        ("id", "???", "row 2, id: \"???\" cannot become an id"),
    ];
    for (column, cell, expected) in cases {
        let (_, reported) = rows(
            &format!("name,{column}\nA,{cell}\n"),
            Kind::Member,
            &ColumnOptions::default(),
            &DateFormat::default(),
        );
        assert!(reported.len() == 1 && reported[0].starts_with(expected), "{reported:?} without {expected}");
    }
    let (_, reported) =
        rows("name,cancelled\nA,maybe\n", Kind::Meeting, &ColumnOptions::default(), &DateFormat::default());
    assert_eq!(reported, ["row 2, cancelled: \"maybe\" is not yes or no"]);
}

#[test]
fn dates_are_in_the_given_format_or_in_iso() {
    let date_format = DateFormat::parse("%d/%m/%Y").unwrap();
    let (found, reported) = rows(
        "name,joined\nA,31/12/2025\nB,2025-12-31\nC,2025-12-31T00:00:00Z\nD,12/31/2025\nE,1/2/26\n",
        Kind::Member,
        &ColumnOptions::default(),
        &date_format,
    );
    assert!(found.iter().all(|row| row["joined"] == "2025-12-31") && found.len() == 3, "{found:?}");
    assert!(
        reported.len() == 2
            && reported[0].starts_with("row 5, joined: \"12/31/2025\" is not a date in the format %d/%m/%Y")
    );
    assert!(reported[1].contains("year 26"), "{reported:?}");
    let (_, reported) =
        rows("name,joined\nA,0025-06-30\nB,31/02/2025\n", Kind::Member, &ColumnOptions::default(), &date_format);
    assert!(reported[0].contains("year 25") && reported[1].contains("there is no such day"), "{reported:?}");
    for form in ["%d/%m", "%Q", "%H:%M", "nonsense", "", "%Y-%m-%d %H:%M"] {
        assert!(DateFormat::parse(form).is_err(), "{form}");
    }
    for form in ["%m/%d/%y", "%e %B %Y", "%d.%m.%Y", "%b %d, %Y"] {
        assert!(DateFormat::parse(form).is_ok(), "{form}");
    }
}

#[test]
fn every_name_gets_an_id_of_its_own() {
    let long = "The Association of the Friends of the Public Libraries of Greater Riverton and Its Surroundings";
    let text = format!("name\nMejía\nMejía!\nCON\n???\n!!!\n{long}\nמכתבה\nBranch\nBranch #1\nBranch 2\nBranch.\n");
    let wishes =
        ColumnOptions { set: vec![("classification".to_owned(), "other".to_owned())], ..ColumnOptions::default() };
    let empty = ledger(&[]);
    let import = import(&empty, &text, Kind::Member, &wishes, false);
    let expected = [
        "mejia",
        "mejia-2",
        "member-con",
        "member",
        "member-2",
        "the-association-of-the-friends-of-the-public-libraries-of",
        "mktbh",
        "branch",
        "branch-1",
        "branch-2",
        "branch-3",
    ];
    assert_eq!(ids(&import), expected);
    let full = after(&empty, &import);
    assert_eq!(full.members.len(), 11);
    assert!(full.findings.is_empty(), "{:?}", full.findings);
    let again = super::tests::import(&full, &text, Kind::Member, &wishes, false);
    assert_eq!((ids(&again), problems(&again), again.changes.files.len()), (ids(&import), Vec::new(), 0));
}

#[test]
fn twice_is_once_whatever_the_order_and_whatever_a_coalition_adds() {
    let empty = ledger(&[]);
    let text = "name,type,city\nA,other,\nA,other,X\nA,other,Y\nA,other,X\nB,library,\n";
    let first = import(&empty, text, Kind::Member, &ColumnOptions::default(), false);
    assert_eq!((ids(&first), first.repeated.len()), (vec!["a".into(), "a-2".into(), "a-3".into(), "b".into()], 1));
    assert_eq!(first.repeated[0], ("row 5".to_owned(), "row 3".to_owned()));
    let mut grown = after(&empty, &first);
    for turned in [text, "city,type,name\nY,other,A\nX,other,A\n,library,B\n,other,A\n"] {
        let again = import(&grown, turned, Kind::Member, &ColumnOptions::default(), false);
        assert_eq!((again.changes.files.len(), problems(&again)), (0, Vec::new()), "{turned}");
    }
    let added =
        "name = \"A\" # ours\nclassification = \"other\"\nareas = [\"Z\", \"X\"]\nnotes = \"n\"\ntags = [\"t\"]\n";
    let mut source = Memory::default();
    for (path, text) in &grown.texts {
        source.put(path.as_str(), if path.as_str() == "members/a-2.toml" { added.as_bytes() } else { text.as_bytes() });
    }
    grown = load(&source).unwrap();
    let again = import(&grown, text, Kind::Member, &ColumnOptions::default(), false);
    assert_eq!((again.changes.files.len(), problems(&again)), (0, Vec::new()));
}

#[test]
fn what_may_be_a_record_that_is_there_is_refused_or_changes_it() {
    let has = "# kept\nname = \"A\"\nclassification = \"other\"\n\n[process]\napprover = \"board\"\n\n[[contact_details]]\ntype = \"email\"\nvalue = \"a@x.org\"\npublic = true\n";
    let ledger = ledger(&[("members/deep/a.toml", has)]);
    let text =
        "name,type,areas,email,process.lead_days,process.approver,Size\nA,library,X;Y,b@x.org; a@x.org,21,board,5\n";
    let refused = import(&ledger, text, Kind::Member, &ColumnOptions::default(), false);
    let reported = problems(&refused);
    assert!(reported.len() == 1 && reported[0].starts_with("row 2: member/a has the same name"), "{reported:?}");
    assert!(reported[0].contains("--update") && reported[0].contains("--id-from"));
    let by_id = ColumnOptions { id_from: Some("name".to_owned()), ..ColumnOptions::default() };
    let refused = import(&ledger, text, Kind::Member, &by_id, false);
    assert!(problems(&refused)[0].starts_with("row 2: member/a has a different value for `classification`"));
    for wishes in [ColumnOptions { extra: true, ..ColumnOptions::default() }, ColumnOptions { extra: true, ..by_id }] {
        let changed = import(&ledger, text, Kind::Member, &wishes, true);
        assert_eq!(problems(&changed), Vec::<String>::new());
        let file = &changed.changes.files[0];
        let expected = "# kept\nname = \"A\"\nclassification = \"library\"\nareas = [\"X\", \"Y\"]\n\n[process]\napprover = \"board\"\nlead_days = 21\n\n[[contact_details]]\ntype = \"email\"\nvalue = \"a@x.org\"\npublic = true\n\n[[contact_details]]\ntype = \"email\"\nvalue = \"b@x.org\"\n\n[extra]\nsize = \"5\"\n";
        assert_eq!((file.path.as_str(), file.after.as_deref()), ("members/deep/a.toml", Some(expected)));
        let again = import(&after(&ledger, &changed), text, Kind::Member, &wishes, true);
        assert_eq!(
            (again.changes.files.len(), again.count(|outcome| matches!(outcome, RowOutcome::Unchanged(_)))),
            (0, 1)
        );
    }
    let two = "name,type,Code\nA,library,7\nA,school,8\n";
    let reported = problems(&import(&ledger, two, Kind::Member, &ColumnOptions::default(), true));
    assert!(reported.len() == 2 && reported[0].contains("unclear which record this row refers to"), "{reported:?}");
    let coded = ColumnOptions { id_from: Some("code".to_owned()), ..ColumnOptions::default() };
    assert_eq!(ids(&import(&ledger, two, Kind::Member, &coded, false)), ["7", "8"]);
    let same = problems(&import(&ledger, "name,type,Code\nA,library,7\nB,school,7\n", Kind::Member, &coded, false));
    assert_eq!(same, ["row 3: row 2 has the same id `7`; give each row its own id"]);
}

#[test]
fn other_records_are_found_by_id_or_name_and_come_in_the_same_file() {
    let ledger = ledger(&[
        ("advocates/ana.toml", "name = \"Ana Mejía\"\n"),
        ("advocates/t1.toml", "name = \"Twin\"\n"),
        ("advocates/t2.toml", "name = \"Twin\"\n"),
    ]);
    let text =
        "name,type,representative,sponsor,signatories\nAlder,other,ana mejía,,ana; Ana Mejía\nBirch,other,ana,Alder,\n";
    let taken = import(&ledger, text, Kind::Member, &ColumnOptions::default(), false);
    let full = after(&ledger, &taken);
    let birch = full.members.find("birch").unwrap();
    assert_eq!(
        (birch.representative.as_ref().unwrap().value.to_string(), birch.sponsor.as_ref().unwrap().value.to_string()),
        ("ana".into(), "alder".into())
    );
    let again = import(&full, text, Kind::Member, &ColumnOptions::default(), false);
    assert_eq!((again.changes.files.len(), problems(&again)), (0, Vec::new()));
    let reported = problems(&import(
        &ledger,
        "name,type,representative\nX,other,Twin\nY,other,Nobody\n",
        Kind::Member,
        &ColumnOptions::default(),
        false,
    ));
    assert!(
        reported[0].starts_with("row 2, representative: several advocates are called \"Twin\" (t1, t2)"),
        "{reported:?}"
    );
    assert!(reported[1].starts_with("row 3, representative: there is no advocate called \"Nobody\""), "{reported:?}");
}

#[test]
fn what_would_be_wrong_in_the_ledger_is_told_by_row() {
    let empty = ledger(&[]);
    let text = "name,type,invited,joined,email\nA,,,,\nB,other,,2027-01-01,\nC,other,2025-02-01,2025-01-01,\nD,other,,,nobody\nE,other,,,\n,other,,,\n";
    let reported = problems(&import(&empty, text, Kind::Member, &ColumnOptions::default(), false));
    let starts = [
        "row 2: a member needs `classification`",
        "row 4: `joined`",
        "row 5, email: \"nobody\" is not an email address",
        "row 7: a member needs `name`",
    ];
    assert_eq!(reported.len(), starts.len(), "{reported:?}");
    for (problem, start) in reported.iter().zip(starts) {
        assert!(problem.starts_with(start), "{problem} without {start}");
    }
    let strict = ledger(&[("coalition.toml", "name = \"C\"\n\n[checks]\nfuture-date = \"error\"\n")]);
    let reported = problems(&import(
        &strict,
        "name,type,joined\nB,other,2027-01-01\n",
        Kind::Member,
        &ColumnOptions::default(),
        false,
    ));
    assert!(
        reported.len() == 1 && reported[0].starts_with("row 2: ") && reported[0].contains("2027-01-01"),
        "{reported:?}"
    );
}
