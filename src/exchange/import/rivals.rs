//! Which records a row may be, and which it is not: names that make one id, parts of records, words that are ids elsewhere.

use super::tests::{after, ids, import, ledger, problems};
use super::{Fate, Wishes};
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
        let taken = import(&has, &text, Kind::Member, &Wishes::default(), update);
        let cut = "the-association-of-the-friends-of-the-public-libraries-of-2";
        assert_eq!((ids(&taken), problems(&taken)), (vec!["c-2".into(), "alpha-2".into(), cut.into()], Vec::new()));
        let full = after(&has, &taken);
        assert_eq!(full.members.find("c").unwrap().common.name.as_ref().unwrap().value.as_str(), "C");
        let again = import(&full, &text, Kind::Member, &Wishes::default(), update);
        assert_eq!((again.changes.files.len(), problems(&again)), (0, Vec::new()));
    }
    let told = problems(&import(&has, "name,type\nOMEGA,library\n", Kind::Member, &Wishes::default(), false));
    assert!(told[0].starts_with("row 2: member/z has this name"), "{told:?}");
    let changed = import(&has, "name,type\nOmega,library\n", Kind::Member, &Wishes::default(), true);
    let expected = "name = \"Zed\"\nother_names = [\"Omega\"]\nclassification = \"library\"\n";
    assert_eq!(changed.changes.files[0].after.as_deref(), Some(expected));
    assert!(matches!(changed.outcomes[0].fate, Fate::Update(_)));
}
