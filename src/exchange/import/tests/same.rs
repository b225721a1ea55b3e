//! What looks the same is the same, a date tells records apart, and a row hears of all its mistakes.

use super::{after, file, ids, import, ledger, problems};
use crate::edit::progress::Silent;
use crate::exchange::date_format::DateFormat;
use crate::exchange::import::{ColumnOptions, ImportOptions, ImportPlan, ImportRows, map_columns, plan, read_rows};
use crate::exchange::import_file::{FileFormat, read};
use crate::kind::Kind;
use crate::ledger::Ledger;
use serde_json::json;

const HERON: (&str, &str) = ("members/heron.toml", "name = \"Heron Street\"\nclassification = \"other\"\n");

fn civic() -> ColumnOptions {
    ColumnOptions { set: vec![("classification".to_owned(), "civic-group".to_owned())], ..ColumnOptions::default() }
}

#[test]
fn a_name_is_one_whatever_program_typed_it() {
    let pairs = [
        ("Caf\u{e9} Liaison", "Cafe\u{301} Liaison"),
        ("Reader's Circle", "Reader\u{2019}s Circle"),
        ("Acorn Row", "Acorn\u{a0} Row"),
        ("North-South", "North\u{2013}South"),
        ("Birchgate", "\u{200b}Birchgate\u{feff}"),
    ];
    for (one, other) in pairs {
        for (first, second) in [(one, other), (other, one)] {
            let empty = ledger(&[]);
            let full = after(&empty, &import(&empty, &format!("Name\n{first}\n"), Kind::Member, &civic(), false));
            let text = format!("Name\n{second}\n");
            for update in [false, true] {
                let again = import(&full, &text, Kind::Member, &civic(), update);
                assert_eq!((again.changes.files.len(), problems(&again)), (0, Vec::new()), "{first} {second}");
            }
            let both = import(&empty, &format!("Name\n{first}\n{second}\n"), Kind::Member, &civic(), false);
            assert_eq!((both.changes.files.len(), both.repeated.len()), (1, 1), "{first} {second}");
        }
    }
}

#[test]
fn letters_with_accents_are_written_as_one_character_and_named_in_either_form() {
    let has = ledger(&[("advocates/rene.toml", "name = \"Ren\u{e9} Orsolic\"\n")]);
    let text = "Name,Representative\nCafe\u{301} Liaison,Rene\u{301} Orsolic\n";
    let full = after(&has, &import(&has, text, Kind::Member, &civic(), false));
    let member = full.members.find("cafe-liaison").unwrap();
    assert_eq!(member.common.name.as_ref().unwrap().value, "Caf\u{e9} Liaison");
    assert_eq!(member.representative.as_ref().unwrap().value.to_string(), "rene");
}

#[test]
fn words_that_are_signed_count_to_the_letter() {
    let has = ledger(&[("agreements/pact.toml", "name = \"Pact\"\nkind = \"other\"\ntext = \"Caf\u{e9} speaks.\"\n")]);
    let text = "name,kind,text\nPact,other,Cafe\u{301} speaks.\n";
    let refused = problems(&import(&has, text, Kind::Agreement, &ColumnOptions::default(), false));
    assert!(refused[0].contains("has the same name"), "{refused:?}");
    let changed = import(&has, text, Kind::Agreement, &ColumnOptions::default(), true);
    assert!(changed.changes.files[0].after.as_deref().unwrap().contains("Cafe\u{301} speaks."));
}

#[test]
fn a_gift_of_another_month_is_another_gift() {
    let gifts = |month: &str, hours: &str| {
        format!("Name,Member,Kind,Date,Hours\nShelving,heron,volunteers,{month}-01,{hours}\n")
    };
    let has = ledger(&[HERON]);
    let march =
        after(&has, &import(&has, &gifts("2026-03", "3"), Kind::Contribution, &ColumnOptions::default(), false));
    for update in [false, true] {
        let april = import(&march, &gifts("2026-04", "3"), Kind::Contribution, &ColumnOptions::default(), update);
        assert_eq!((ids(&april), problems(&april)), (vec!["shelving-2".to_owned()], Vec::new()));
        let both = after(&march, &april);
        assert_eq!(both.contributions.find("shelving").unwrap().date.as_ref().unwrap().to_string(), "2026-03-01");
        let again = import(&both, &gifts("2026-04", "3"), Kind::Contribution, &ColumnOptions::default(), update);
        assert_eq!((again.changes.files.len(), problems(&again)), (0, Vec::new()));
        let more = import(&both, &gifts("2026-04", "4"), Kind::Contribution, &ColumnOptions::default(), true);
        assert_eq!((ids(&more), more.changes.files.len()), (vec!["shelving-2".to_owned()], 1));
        let year = format!("{}Shelving,Heron Street,volunteers,2026-04-01,5\n", gifts("2026-03", "2"));
        let two = import(&both, &year, Kind::Contribution, &ColumnOptions::default(), true);
        assert_eq!((ids(&two), problems(&two)), (vec!["shelving".to_owned(), "shelving-2".to_owned()], Vec::new()));
    }
}

#[test]
fn what_another_member_gave_or_asked_for_is_another_record() {
    let other = ("members/fennel.toml", "name = \"Fennel\"\nclassification = \"other\"\n");
    let has = ledger(&[
        HERON,
        other,
        (
            "contributions/chairs.toml",
            "name = \"Chairs\"\nmember = \"heron\"\nkind = \"equipment\"\ndate = 2026-03-01\n",
        ),
        ("requests/room.toml", "name = \"Room\"\nmember = \"heron\"\nneed = \"room\"\ndate = 2026-03-01\n"),
        ("meetings/board.toml", "name = \"Board\"\ndate = 2026-03-01\n"),
    ]);
    let cases = [
        (Kind::Contribution, "name,member,kind,date\nChairs,Fennel,equipment,2026-03-01\n", "chairs-2"),
        (Kind::Request, "name,member,need,date\nRoom,fennel,room,2026-03-01\n", "room-2"),
        (Kind::Meeting, "name,date\nBoard,2026-04-01\n", "board-2"),
    ];
    for (kind, text, id) in cases {
        let taken = import(&has, text, kind, &ColumnOptions::default(), true);
        assert_eq!((ids(&taken), problems(&taken)), (vec![id.to_owned()], Vec::new()), "{kind}");
    }
}

#[test]
fn a_row_hears_of_all_its_mistakes() {
    let empty = ledger(&[HERON]);
    let text = "Name,Member,Kind,Date,Amount,Hours\nRent,herring,funding,soon,\"1.234.50\",\"2,5,5\"\n,heron,fnding,2026-01-02,,\n";
    let reported = problems(&import(&empty, text, Kind::Contribution, &ColumnOptions::default(), false));
    let starts = [
        "row 2, Date: \"soon\" is not a date",
        "row 2, Amount: \"1.234.50\" is not an amount",
        "row 2, Hours: \"2,5,5\" is not a number",
        "row 2, member: there is no member with the id or the name \"herring\"",
        "row 3, Kind: \"fnding\" is not one of the allowed values",
        "row 3: a contribution needs `name`",
    ];
    assert_eq!(reported.len(), starts.len(), "{reported:#?}");
    for (problem, start) in reported.iter().zip(starts) {
        assert!(problem.starts_with(start), "{problem} without {start}");
    }
}

#[test]
fn characters_at_the_edge_of_a_cell_are_dropped_and_named() {
    let text = "Name,E-mail\n\u{feff}Acorn\u{200b},\u{202a}acorn@example.org\u{202c}\nBirch ,b@example.org\n";
    let file = file(text);
    let mapping = map_columns(&file, Kind::Member, &ColumnOptions::default()).unwrap();
    let ImportRows { records, problems, cleaned, .. } =
        read_rows(&file, Kind::Member, &mapping, &super::value_reader(&DateFormat::default()));
    assert_eq!(problems, Vec::new());
    let details = json!([{ "type": "email", "value": "acorn@example.org" }]);
    assert_eq!((&records[0].fields["name"], &records[0].fields["contact_details"]), (&json!("Acorn"), &details));
    let place = |column: &str| ("row 2".to_owned(), column.to_owned());
    assert_eq!(cleaned, [place("Name"), place("E-mail")]);
}

/// An import of a nested file with all columns that match nothing.
fn nested(ledger: &Ledger, text: &str, format: FileFormat) -> ImportPlan {
    let file = read(text, format, &[]).unwrap();
    let wishes = ColumnOptions { extra: true, ..ColumnOptions::default() };
    let mapping = map_columns(&file, Kind::Member, &wishes).unwrap();
    let ImportRows { records, problems, .. } =
        read_rows(&file, Kind::Member, &mapping, &super::value_reader(&DateFormat::default()));
    let options = ImportOptions {
        update: false,
        identified: false,
        by_id: false,
        today: "2026-11-22".parse().unwrap(),
        progress: &Silent,
    };
    plan(ledger, records, problems, &options)
}

#[test]
fn what_an_entry_keeps_under_extra_stays_beside_columns_that_match_nothing() {
    let empty = ledger(&[]);
    let yaml = "- {name: A, classification: other, Zip: 07307, paid: true, extra: {zip: x, seats: 3, open: false, big: 99999999999999999999}}\n";
    let json = "[{\"name\": \"A\", \"classification\": \"other\", \"Zip\": \"07307\", \"paid\": true, \"extra\": {\"zip\": \"x\", \
        \"seats\": 3, \"open\": false, \"big\": 99999999999999999999}}]";
    for (text, format, other, other_format) in
        [(yaml, FileFormat::Yaml, json, FileFormat::Json), (json, FileFormat::Json, yaml, FileFormat::Yaml)]
    {
        let full = after(&empty, &nested(&empty, text, format));
        let extra = &full.members.find("a").unwrap().common.extra.as_ref().unwrap().0;
        let expected = json!({
            "zip": "x", "seats": 3, "open": false, "big": "99999999999999999999", "zip_2": "07307", "paid": true,
        });
        assert_eq!(serde_json::Value::Object(extra.clone()), expected);
        let again = nested(&full, other, other_format);
        assert_eq!((again.changes.files.len(), problems(&again)), (0, Vec::new()), "the same data in another format");
    }
}

#[test]
fn letters_that_were_lost_are_told_wherever_they_stand() {
    let empty = ledger(&[]);
    let yaml = "- {name: A, classification: other, areas: [\"CafÃ©\"], contacts: [{date: 2026-01-01, summary: \"Caf\u{fffd}\"}]}\n";
    let reported = problems(&nested(&empty, yaml, FileFormat::Yaml));
    assert!(reported[0].starts_with("entry 1, areas: \"CafÃ©\" was read in the wrong encoding"), "{reported:?}");
    assert!(reported[1].starts_with("entry 1, contacts: \"Caf\u{fffd}\" has lost a letter"), "{reported:?}");
    let listed = import(
        &empty,
        "name,type,areas\nA,other,Riverton;\u{200b}Alder\u{feff}\n",
        Kind::Member,
        &ColumnOptions::default(),
        false,
    );
    assert!(listed.changes.files[0].after.as_deref().unwrap().contains("areas = [\"Riverton\", \"Alder\"]"));
}

#[test]
fn a_signature_is_never_changed_nor_written_twice() {
    let has = ledger(&[
        HERON,
        ("agreements/pact.toml", "name = \"Pact\"\nkind = \"other\"\ntext = \"We agree.\"\n"),
        ("signatures/pact/heron.toml", "[[signatures]]\nby = \"ana\"\ndate = 2026-01-01\n"),
        ("advocates/ana.toml", "name = \"Ana\"\nmember = \"heron\"\n"),
    ]);
    let text = "id,signatures\npact,\"[{\"\"member\"\": \"\"heron\"\", \"\"by\"\": \"\"ana\"\", \"\"date\"\": \"\"2026-01-01\"\", \"\"title\"\": \"\"Chair\"\"}]\"\n";
    let reported = problems(&import(&has, text, Kind::Agreement, &ColumnOptions::default(), true));
    assert!(reported[1].contains("the ledger has different data for this signature of `heron`"), "{reported:?}");
}

#[test]
fn a_sign_beside_an_amount_says_its_currency() {
    let read = |text: &str| {
        let file = file(text);
        let mapping = map_columns(&file, Kind::Contribution, &ColumnOptions::default()).unwrap();
        read_rows(&file, Kind::Contribution, &mapping, &super::value_reader(&DateFormat::default()))
    };
    let rows = read("Name,Date,Kind,Amount\nA,2026-03-01,funding,\u{20ac}30\nB,2026-03-01,funding,\"$1,200\"\n");
    assert_eq!(rows.problems, Vec::new());
    let shown = |at: usize| {
        [&rows.records[at].fields["amount"], rows.records[at].fields.get("currency").unwrap_or(&json!(null))]
            .map(Clone::clone)
    };
    assert_eq!((shown(0), shown(1)), ([json!("30"), json!("EUR")], [json!("1200"), json!(null)]));
    for table in [
        "Name,Date,Kind,Amount,Currency\nA,2026-03-01,funding,\u{20ac}30,USD\n",
        "Name,Date,Kind,Currency,Amount\nA,2026-03-01,funding,USD,\u{20ac}30\n",
    ] {
        let problems = read(table).problems;
        assert!(problems.iter().any(|problem| problem.to_string().contains("the amount is in EUR")), "{problems:?}");
    }
}
