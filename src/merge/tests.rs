use super::*;

/// Merges three texts of a file.
fn run(path: &str, base: &str, ours: &str, theirs: &str) -> Outcome {
    let versions = Versions { base: base.as_bytes(), ours: ours.as_bytes(), theirs: theirs.as_bytes() };
    let name_of =
        |kind: Kind, id: &str| (kind == Kind::Member && id == "riverton").then(|| "Friends of Riverton".to_owned());
    merge(Some(&LedgerPath::new(path)), versions, None, &Marking::default(), &name_of)
}

/// The text of a merge without a conflict.
#[track_caller]
fn merged(path: &str, base: &str, ours: &str, theirs: &str) -> String {
    match run(path, base, ours, theirs) {
        Outcome::Merged(bytes) => String::from_utf8(bytes).unwrap(),
        Outcome::Conflict { bytes, collisions } => {
            panic!("a conflict: {collisions:?}\n{}", String::from_utf8_lossy(&bytes))
        }
    }
}

/// What collides, and the marked text.
#[track_caller]
fn conflict(path: &str, base: &str, ours: &str, theirs: &str) -> (Vec<String>, String) {
    match run(path, base, ours, theirs) {
        Outcome::Conflict { bytes, collisions } => (collisions, String::from_utf8(bytes).unwrap()),
        Outcome::Merged(bytes) => panic!("no conflict:\n{}", String::from_utf8_lossy(&bytes)),
    }
}

const ANA: &str = "name = \"Ana\"\nmember = \"riverton\"\n";

fn contact(date: &str, by: &str, summary: &str) -> String {
    format!("\n[[contacts]]\ndate = {date}\nby = \"{by}\"\nchannel = \"phone\"\nsummary = \"{summary}\"\n")
}

#[test]
fn two_contacts_are_both_kept_in_the_order_of_their_days() {
    let first = contact("2026-01-05", "rosa", "Hello.");
    let (march, april) = (contact("2026-03-01", "rosa", "March."), contact("2026-04-01", "tom", "April."));
    let base = format!("{ANA}{first}");
    let with = |more: &str| format!("{base}{more}");
    let expected = format!("{base}{march}{april}");
    assert_eq!(merged("advocates/ana.toml", &base, &with(&april), &with(&march)), expected);
    assert_eq!(merged("advocates/ana.toml", &base, &with(&march), &with(&april)), expected);
    // The first contacts of a person.
    assert_eq!(
        merged("advocates/ana.toml", ANA, &format!("{ANA}{april}"), &format!("{ANA}{march}")),
        format!("{ANA}{march}{april}")
    );
    // The same one on both sides is one.
    assert_eq!(merged("advocates/ana.toml", &base, &format!("{base}{march}{april}"), &with(&march)), expected);
}

#[test]
fn the_newest_first_stays_the_newest_first() {
    let entry = |date: &str| contact(date, "rosa", "Hello.");
    let base = format!("{ANA}{}{}", entry("2026-02-01"), entry("2026-01-01"));
    let with = |date: &str| format!("{ANA}{}{}{}", entry(date), entry("2026-02-01"), entry("2026-01-01"));
    let all = ["2026-04-01", "2026-03-01", "2026-02-01", "2026-01-01"].map(entry).concat();
    assert_eq!(merged("advocates/ana.toml", &base, &with("2026-03-01"), &with("2026-04-01")), format!("{ANA}{all}"));
}

#[test]
fn words_are_a_set_and_keep_their_lines() {
    let base = "name = \"Ana\"\ntags = [\"founding\"]\n";
    let ours = "name = \"Ana\"\ntags = [\"founding\", \"press\"]\n";
    let theirs = "name = \"Ana\"\ntags = [\"founding\", \"board\"] # a comment\n";
    let expected = "name = \"Ana\"\ntags = [\"founding\", \"press\", \"board\"] # a comment\n";
    assert_eq!(merged("advocates/ana.toml", base, ours, theirs), expected);
    let list = |words: &[&str]| {
        let lines: String = words.iter().map(|word| format!("    {word}\n")).collect();
        format!("name = \"Ana\"\ntags = [\n{lines}]\n")
    };
    let base = list(&["\"a\",", "\"c\", # the third", "\"e\","]);
    let ours = list(&["\"a\",", "\"b\",", "\"c\", # the third", "\"e\","]);
    let theirs = list(&["\"a\",", "# new here", "\"bb\",", "\"c\", # the third"]);
    let expected = list(&["\"a\",", "\"b\",", "# new here", "\"bb\",", "\"c\", # the third"]);
    assert_eq!(merged("advocates/ana.toml", &base, &ours, &theirs), expected);
    // Without a comma after the last one.
    let base = list(&["\"z\",", "\"c\""]);
    let ours = list(&["\"z\",", "\"c\",", "\"x\""]);
    let theirs = list(&["\"z\",", "\"c\",", "\"b\""]);
    assert_eq!(merged("advocates/ana.toml", &base, &ours, &theirs), list(&["\"z\",", "\"c\",", "\"x\",", "\"b\""]));
    // What either removed goes.
    let (base, ours, theirs) =
        ("tags = [\"a\", \"b\", \"c\"]", "tags = [\"a\", \"c\", \"d\"]", "tags = [\"a\", \"b\"]");
    let with_name = |tags: &str| format!("name = \"Ana\"\n{tags}\n");
    let all = [base, ours, theirs].map(with_name);
    assert_eq!(merged("advocates/ana.toml", &all[0], &all[1], &all[2]), with_name("tags = [\"a\", \"d\"]"));
}

#[test]
fn each_field_is_merged_by_itself() {
    let base = "name = \"A\"\nsector = \"x\"\nurl = \"https://a.example\"\njoined = 2025-01-01\n";
    let ours = "name = \"B\"\nsector = \"x\"\nurl = \"https://a.example\"\njoined = 2025-01-01\n";
    let theirs = "name = \"A\"\nsector = \"y\"\nurl = \"https://a.example\"\njoined = 2025-02-01\n";
    let expected = "name = \"B\"\nsector = \"y\"\nurl = \"https://a.example\"\njoined = 2025-02-01\n";
    assert_eq!(merged("members/a.toml", base, ours, theirs), expected);
    let (said, text) = conflict("members/a.toml", base, &base.replace("\"x\"", "\"z\""), theirs);
    assert_eq!(said, ["Both sides change `sector`, in different ways."]);
    let expected = "name = \"A\"\n<<<<<<< ours\n# Both sides change `sector`, in different ways.\nsector = \"z\"\n=======\nsector = \"y\"\n>>>>>>> theirs\nurl = \"https://a.example\"\njoined = 2025-02-01\n";
    assert_eq!(text, expected);
}

fn position(member: &str, option: &str) -> String {
    format!("\n[[positions]]\nmember = \"{member}\"\noption = \"{option}\"\ndate = 2026-03-01\n")
}

const MOTION: &str = "name = \"M\"\ntext = \"Do it.\"\nmethod = \"consensus\"\n";

#[test]
fn a_member_has_one_position() {
    let base = format!("{MOTION}{}", position("alder", "agree"));
    let with = |more: &str| format!("{base}{more}");
    let (agree, object) = (position("riverton", "agree"), position("riverton", "object"));
    let birch = position("birch", "agree");
    assert_eq!(merged("decisions/m.toml", &base, &with(&agree), &with(&birch)), format!("{base}{agree}{birch}"));
    let (said, text) = conflict("decisions/m.toml", &base, &with(&agree), &with(&object));
    let words = "Both sides give the position of Friends of Riverton on this decision, but differently.";
    assert_eq!(said, [words]);
    let marked = format!("{base}\n<<<<<<< ours\n# {words}\n{}=======\n{}>>>>>>> theirs\n", &agree[1..], &object[1..]);
    assert_eq!(text, marked);
    // In different places, where git sees no conflict.
    let first = format!("{MOTION}{object}{}", position("alder", "agree"));
    assert_eq!(conflict("decisions/m.toml", &base, &with(&agree), &first).0, [words]);
}

#[test]
fn two_edits_of_one_agreement_conflict_wherever_they_are() {
    let text = |one: &str, three: &str| {
        format!(
            "name = \"Charter\"\nkind = \"charter\"\ntext = \"\"\"\n{one}\n\n2. Two.\n\n2b. More.\n\n{three}\n\"\"\"\n"
        )
    };
    let base = text("1. One.", "3. Three.");
    let (said, marked) =
        conflict("agreements/charter.toml", &base, &text("1. Uno.", "3. Three."), &text("1. One.", "3. Tres."));
    assert!(said[0].starts_with("Both sides change the text of this agreement."), "{said:?}");
    assert!(
        marked.contains("1. Uno.")
            && marked.contains("3. Tres.")
            && !marked.contains("1. Uno.\n\n2. Two.\n\n2b. More.\n\n3. Tres.")
    );
    // Notes of several lines are put together, as git does.
    let notes =
        |one: &str, three: &str| format!("name = \"A\"\nnotes = \"\"\"\n{one}\n\nTwo.\n\nMore.\n\n{three}\n\"\"\"\n");
    let (base, ours, theirs) = (notes("One.", "Three."), notes("Uno.", "Three."), notes("One.", "Tres."));
    assert_eq!(merged("members/a.toml", &base, &ours, &theirs), notes("Uno.", "Tres."));
}

#[test]
fn what_is_not_a_record_is_merged_by_lines_and_doubt_is_a_conflict() {
    let (base, ours, theirs) = ("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n");
    assert_eq!(merged("members/README.md", base, ours, theirs), "A\nb\nC\n");
    // Not TOML: never clean.
    let (said, text) = conflict("members/a.toml", base, ours, theirs);
    assert!(said.is_empty());
    assert_eq!(text, "<<<<<<< ours\nA\nb\nc\n=======\na\nb\nC\n>>>>>>> theirs\n");
    let base =
        "name = \"A\"\nidentified = 2025-06-01\nsector = \"x\"\nclassification = \"media\"\njoined = 2025-06-01\n";
    let ours = base.replace("identified = 2025-06-01", "identified = 2025-05-30");
    let versions = Versions { base: base.as_bytes(), ours: ours.as_bytes(), theirs: b"\xff\xfe" };
    let outcome = merge(Some(&LedgerPath::new("members/a.toml")), versions, None, &Marking::default(), &|_, _| None);
    assert!(matches!(outcome, Outcome::Conflict { .. }), "{outcome:?}");
}

#[test]
fn files_added_on_both_sides_keep_the_entries_of_both() {
    let (a, b) = (contact("2026-01-05", "rosa", "One."), contact("2026-02-05", "tom", "Two."));
    let (ours, theirs) = (format!("{ANA}{b}"), format!("{ANA}{a}"));
    assert_eq!(merged("advocates/ana.toml", "", &ours, &theirs), format!("{ANA}{a}{b}"));
    let (said, _) = conflict("advocates/ana.toml", "", ANA, &ANA.replace("riverton", "alder"));
    assert_eq!(said, ["Both sides change `member`, in different ways."]);
}

#[test]
fn line_ends_marks_and_comments_stay_ours() {
    let crlf = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let base = format!("# Top.\n\n{ANA}{}", contact("2026-01-05", "rosa", "One."));
    let ours = format!("{base}# mine\n{}", &contact("2026-02-05", "rosa", "Two.")[1..]);
    let theirs = format!("{base}# theirs\n{}# end\n", &contact("2026-03-05", "tom", "Three.")[1..]);
    let text = merged("advocates/ana.toml", &crlf(&base), &crlf(&ours), &theirs);
    assert!(text.starts_with("\u{feff}# Top.\r\n") && !text.replace("\r\n", "").contains('\n'), "{text}");
    for remark in ["# mine\r\n[[contacts]]", "# theirs\r\n[[contacts]]\r\ndate = 2026-03-05", "# end"] {
        assert!(text.contains(remark), "{remark}\n{text}");
    }
}

#[test]
fn values_of_your_own_are_not_put_together_from_two() {
    let text = |a: &str, list: &str| format!("name = \"A\"\n\n[extra]\na = {a}\nb = 1\nc = 2\nlist = {list}\n");
    let base = text("1", "[\"x\"]");
    // Different values are different fields.
    let both = text("2", "[\"y\"]");
    assert_eq!(merged("members/a.toml", &base, &text("2", "[\"x\"]"), &text("1", "[\"y\"]")), both);
    let (said, _) = conflict("members/a.toml", &base, &text("1", "[\"x\", \"y\"]"), &text("1", "[\"x\", \"z\"]"));
    assert_eq!(said, ["Both sides change `extra.list`, in different ways."]);
    // A list of tables of one side's own comes in as a whole, beside a conflict elsewhere.
    let tables = |tags: &str, value: &str| {
        format!(
            "name = \"A\"\ntags = [{tags}]\n\n[[extra.lists]]\nx = 1\n\n[[extra.lists]]\nx = {value}\n\n[extra.more]\ny = 1\n"
        )
    };
    let (base, ours, theirs) = (tables("\"a\"", "2"), tables("\"a\", \"b\"", "2"), tables("\"a\", \"c\"", "3"));
    assert_eq!(merged("members/a.toml", &base, &ours, &theirs), tables("\"a\", \"b\", \"c\"", "3"));
    // Renamed on one side and removed on the other.
    let renamed = |name: &str| format!("name = \"A\"\n\n[extra]\nkept = 1\n{name}");
    let (base, ours, theirs) = (renamed("old = 2\n"), renamed("new = 2\n"), renamed(""));
    let (said, _) = conflict("members/a.toml", &base, &ours, &theirs);
    assert_eq!(said, ["Both sides remove a value, and ours has `extra.new`, perhaps in its place."]);
}
