//! Which records a row may be, and which it is not: names that make one id, parts of records, words that are ids elsewhere.

use super::{after, ids, import, ledger, problems};
use crate::exchange::import::{ColumnOptions, RowOutcome};
use crate::kind::Kind;

#[test]
fn names_that_make_one_id_are_not_one_name() {
    let long = "The Association of the Friends of the Public Libraries of Greater Riverton";
    let has = ledger(&[
        ("members/c.toml", "name = \"C\"\nclassification = \"other\"\n"),
        ("members/alpha.toml", "name = \"Zeta Other Org\"\nclassification = \"other\"\n"),
        (
            "members/the-association-of-the-friends-of-the-public-libraries-of.toml",
            &format!("name = \"{long} North\"\nclassification = \"other\"\n"),
        ),
        ("members/z.toml", "name = \"Zed\"\nother_names = [\"Omega\"]\nclassification = \"other\"\n"),
    ]);
    let text = format!("name,type\nC++,library\nAlpha,library\n{long} South,library\n");
    for update in [false, true] {
        let taken = import(&has, &text, Kind::Member, &ColumnOptions::default(), update);
        let cut = "the-association-of-the-friends-of-the-public-libraries-of-2";
        assert_eq!((ids(&taken), problems(&taken)), (vec!["c-2".into(), "alpha-2".into(), cut.into()], Vec::new()));
        let full = after(&has, &taken);
        assert_eq!(full.members.find("c").unwrap().common.name.as_ref().unwrap().value.as_str(), "C");
        let again = import(&full, &text, Kind::Member, &ColumnOptions::default(), update);
        assert_eq!((again.changes.files.len(), problems(&again)), (0, Vec::new()));
    }
    let reported =
        problems(&import(&has, "name,type\nOMEGA,library\n", Kind::Member, &ColumnOptions::default(), false));
    assert!(reported[0].starts_with("row 2: member/z has the same name"), "{reported:?}");
    let changed = import(&has, "name,type\nOmega,library\n", Kind::Member, &ColumnOptions::default(), true);
    let expected = "name = \"Zed\"\nother_names = [\"Omega\"]\nclassification = \"library\"\n";
    assert_eq!(changed.changes.files[0].after.as_deref(), Some(expected));
    assert!(matches!(changed.rows[0].outcome, RowOutcome::Update(_)));
}

#[test]
fn a_word_is_an_id_where_it_is_written_as_one() {
    let has = ledger(&[
        ("members/alpha.toml", "name = \"Beta\"\nclassification = \"other\"\n"),
        ("members/beta.toml", "name = \"Alpha\"\nclassification = \"other\"\n"),
        ("members/gamma.toml", "name = \"Delta\"\nclassification = \"other\"\n"),
        ("members/d.toml", "name = \"gamma\"\nclassification = \"other\"\n"),
    ]);
    let text = "name,type,sponsor\nX,other,Alpha\nY,other,alpha\n";
    let full = after(&has, &import(&has, text, Kind::Member, &ColumnOptions::default(), false));
    let sponsor = |id: &str| full.members.find(id).unwrap().sponsor.as_ref().unwrap().value.to_string();
    assert_eq!((sponsor("x"), sponsor("y")), ("beta".to_owned(), "alpha".to_owned()));
    let reported =
        problems(&import(&has, "name,type,sponsor\nX,other,gamma\n", Kind::Member, &ColumnOptions::default(), false));
    assert!(
        reported.len() == 1 && reported[0].starts_with("row 2, sponsor: \"gamma\" is the id of one member"),
        "{reported:?}"
    );
}

#[test]
fn a_row_may_be_a_part_of_a_record_that_is_there() {
    let has = ledger(&[("members/a.toml", "name = \"A\"\nclassification = \"other\"\n")]);
    for text in ["name,phone\nA,555\n", "id,phone\na,555\n"] {
        let changed = import(&has, text, Kind::Member, &ColumnOptions::default(), true);
        assert_eq!(problems(&changed), Vec::<String>::new(), "{text}");
        let after = changed.changes.files[0].after.as_deref().unwrap();
        assert!(after.starts_with("name = \"A\"\nclassification = \"other\"\n") && after.contains("555"), "{after}");
    }
    let named = import(&has, "name\nA\n", Kind::Member, &ColumnOptions::default(), false);
    assert_eq!((problems(&named), named.changes.files.len()), (Vec::new(), 0));
    let reported = problems(&import(&has, "id,phone\na,555\nb,556\n", Kind::Member, &ColumnOptions::default(), true));
    assert!(reported.len() == 2 && reported[0].starts_with("row 3: a member needs `name`"), "{reported:?}");
    let detail =
        problems(&import(&has, "name,contact_details.note\nA,x\n", Kind::Member, &ColumnOptions::default(), true));
    assert!(!detail.is_empty(), "an entry needs all that an entry needs");
}
