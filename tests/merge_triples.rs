//! Merges of generated records: the two sides may be swapped, a side that changed nothing changes nothing, nothing that either
//! side added is lost, and where git finds no conflict and is right, the result is git's, byte by byte.

use coalition::LedgerPath;
use coalition::internal::merge::{LineMerge, Marking, Outcome, Versions, merge};
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use toml_1_0::{Table, Value};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.roll(from.len())]
    }
}

/// An entry of a list, with a comment above it.
#[derive(Debug, Clone)]
struct Entry {
    comment: Option<String>,
    fields: Vec<(&'static str, String)>,
}

/// A record that is written in one way or another.
#[derive(Debug, Clone)]
struct Draft {
    fields: Vec<(&'static str, String)>,
    words: Vec<String>,
    on_lines: bool,
    entries: Vec<Entry>,
}

/// What records of a kind are made of.
struct Mold {
    path: &'static str,
    fields: &'static [(&'static str, &'static [&'static str])],
    words: &'static str,
    list: &'static str,
    /// The fields of an entry, the ones that tell entries apart first.
    entry: &'static [(&'static str, &'static [&'static str])],
    /// How many of them tell entries apart.
    key: usize,
}

const DAYS: &[&str] =
    &["2026-01-05", "2026-01-19", "2026-02-02", "2026-02-16", "2026-03-02", "2026-03-16", "2026-03-30", "2026-04-13"];
const PEOPLE: &[&str] = &["\"ana\"", "\"ben\"", "\"cam\"", "\"dana\"", "\"eli\"", "\"fay\"", "\"gus\"", "\"hal\""];
const TEXTS: &[&str] = &["\"One.\"", "\"Two.\"", "\"Three.\"", "\"Four.\"", "\"Five.\""];

const MOLDS: &[Mold] = &[
    Mold {
        path: "advocates/x.toml",
        fields: &[("title", TEXTS), ("pronouns", TEXTS), ("notes", TEXTS), ("start_date", DAYS)],
        words: "tags",
        list: "contacts",
        entry: &[
            ("date", DAYS),
            ("by", PEOPLE),
            ("channel", &["\"phone\"", "\"email\""]),
            ("summary", TEXTS),
            ("follow_up", &["2026-05-01", "2026-06-01"]),
        ],
        key: 4,
    },
    Mold {
        path: "decisions/x.toml",
        fields: &[("method", &["\"consensus\"", "\"majority\""]), ("notes", TEXTS), ("closes", DAYS)],
        words: "tags",
        list: "positions",
        entry: &[
            ("member", PEOPLE),
            ("option", &["\"agree\"", "\"object\"", "\"abstain\""]),
            ("reason", TEXTS),
            ("revisit", DAYS),
        ],
        key: 1,
    },
    Mold {
        path: "goals/x.toml",
        fields: &[("community_need", TEXTS), ("notes", TEXTS), ("due", DAYS)],
        words: "serves",
        list: "milestones",
        entry: &[("name", TEXTS), ("due", DAYS), ("owner", PEOPLE)],
        key: 1,
    },
    Mold {
        path: "committees/x.toml",
        fields: &[("purpose", TEXTS), ("notes", TEXTS)],
        words: "tags",
        list: "seats",
        entry: &[
            ("role", &["\"chair\"", "\"deputy\"", "\"member\""]),
            ("advocate", PEOPLE),
            ("start_date", DAYS),
            ("end_date", &["2027-01-31", "2027-06-30"]),
        ],
        key: 3,
    },
    Mold {
        path: "meetings/x.toml",
        fields: &[("location", TEXTS), ("notes", TEXTS), ("date", DAYS)],
        words: "tags",
        list: "attendance",
        entry: &[("advocate", PEOPLE), ("member", PEOPLE), ("regrets", &["true", "false"])],
        key: 1,
    },
    Mold {
        path: "agreements/x.toml",
        fields: &[("notes", TEXTS), ("text", TEXTS), ("effective", DAYS)],
        words: "rights",
        list: "signatures",
        entry: &[("member", PEOPLE), ("by", PEOPLE), ("date", DAYS)],
        key: 1,
    },
];

impl Mold {
    fn new_entry(&self, dice: &mut Dice) -> Entry {
        let fields = self.entry.iter().enumerate().filter_map(|(at, (name, values))| {
            let is_there = at < self.key || at == 1 || dice.roll(2) == 0;
            is_there.then(|| (*name, (*dice.pick(values)).to_owned()))
        });
        Entry {
            fields: fields.collect(),
            comment: (dice.roll(5) == 0).then(|| format!("# comment {}", dice.roll(1000))),
        }
    }

    fn key(&self, entry: &Entry) -> Vec<String> {
        let value = |name: &str| entry.fields.iter().find(|(field, _)| *field == name).map(|(_, value)| value.clone());
        self.entry.iter().take(self.key).map(|(name, _)| value(name).unwrap_or_default()).collect()
    }

    fn add_entry(&self, draft: &mut Draft, dice: &mut Dice) {
        let entry = self.new_entry(dice);
        if draft.entries.iter().all(|other| self.key(other) != self.key(&entry)) {
            let at = if dice.roll(3) == 0 { dice.roll(draft.entries.len() + 1) } else { draft.entries.len() };
            draft.entries.insert(at, entry);
        }
    }

    fn base(&self, dice: &mut Dice) -> Draft {
        let mut draft =
            Draft { fields: Vec::new(), words: Vec::new(), on_lines: dice.roll(2) == 0, entries: Vec::new() };
        for (name, values) in self.fields {
            if dice.roll(3) > 0 {
                draft.fields.push((name, (*dice.pick(values)).to_owned()));
            }
        }
        for _ in 0..dice.roll(6) {
            add_word(&mut draft, dice);
        }
        for _ in 0..dice.roll(6) {
            self.add_entry(&mut draft, dice);
        }
        draft
    }

    fn change(&self, draft: &mut Draft, dice: &mut Dice) {
        match dice.roll(9) {
            0 => {
                let (name, values) = dice.pick(self.fields);
                let value = (*dice.pick(values)).to_owned();
                match draft.fields.iter_mut().find(|(field, _)| field == name) {
                    Some((_, old)) => *old = value,
                    None => draft.fields.push((name, value)),
                }
            }
            1 if !draft.fields.is_empty() => {
                let at = dice.roll(draft.fields.len());
                draft.fields.remove(at);
            }
            2 => add_word(draft, dice),
            3 if !draft.words.is_empty() => {
                let at = dice.roll(draft.words.len());
                draft.words.remove(at);
            }
            4 if !draft.entries.is_empty() => {
                let at = dice.roll(draft.entries.len());
                draft.entries.remove(at);
            }
            5 if !draft.entries.is_empty() => {
                let at = dice.roll(draft.entries.len());
                let (name, values) = dice.pick(&self.entry[self.key..]);
                let value = (*dice.pick(values)).to_owned();
                let fields = &mut draft.entries[at].fields;
                match fields.iter_mut().find(|(field, _)| field == name) {
                    Some((_, old)) => *old = value,
                    None => fields.push((name, value)),
                }
            }
            _ => self.add_entry(draft, dice),
        }
    }

    fn text(&self, draft: &Draft) -> String {
        let mut text = String::from("# A record.\n\nname = \"X\"\n");
        for (name, value) in &draft.fields {
            text += &format!("{name} = {value}\n");
        }
        let words: Vec<String> = draft.words.iter().map(|word| format!("\"{word}\"")).collect();
        if draft.on_lines && !words.is_empty() {
            text += &format!(
                "{} = [\n{}]\n",
                self.words,
                words.iter().map(|word| format!("    {word},\n")).collect::<String>()
            );
        } else if !words.is_empty() {
            text += &format!("{} = [{}]\n", self.words, words.join(", "));
        }
        for entry in &draft.entries {
            let comment = entry.comment.as_ref().map_or_else(String::new, |comment| format!("{comment}\n"));
            text += &format!("\n{comment}[[{}]]\n", self.list);
            for (name, value) in &entry.fields {
                text += &format!("{name} = {value}\n");
            }
        }
        text
    }
}

fn add_word(draft: &mut Draft, dice: &mut Dice) {
    let word = format!("word-{}", dice.roll(30));
    if !draft.words.contains(&word) {
        let at = if dice.roll(2) == 0 { dice.roll(draft.words.len() + 1) } else { draft.words.len() };
        draft.words.insert(at, word);
    }
}

fn run(path: &str, base: &str, ours: &str, theirs: &str, by_git: Option<LineMerge>) -> Outcome {
    let versions = Versions { base: base.as_bytes(), ours: ours.as_bytes(), theirs: theirs.as_bytes() };
    merge(Some(&LedgerPath::new(path)), versions, by_git, &Marking::default(), &|_, _| None)
}

/// What a text says; the order of lists means nothing.
fn meaning(text: &str) -> String {
    fn sorted(value: Value) -> Value {
        match value {
            Value::Array(items) => {
                let mut items: Vec<Value> = items.into_iter().map(sorted).collect();
                items.sort_by_key(|item| format!("{item:?}"));
                Value::Array(items)
            }
            Value::Table(table) => {
                let table: BTreeMap<String, Value> =
                    table.into_iter().map(|(key, value)| (key, sorted(value))).collect();
                Value::Table(table.into_iter().collect())
            }
            other => other,
        }
    }
    let table: Table = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
    format!("{:?}", sorted(Value::Table(table)))
}

/// What git makes of it, and whether it finds no conflict.
fn by_git(folder: &std::path::Path, base: &str, ours: &str, theirs: &str) -> (Vec<u8>, bool) {
    for (name, text) in [("base", base), ("ours", ours), ("theirs", theirs)] {
        fs::write(folder.join(name), text).unwrap();
    }
    let labels = ["-L", "ours", "-L", "base", "-L", "theirs"];
    let mut git = Command::new("git");
    let git = git.current_dir(folder).args(["merge-file", "-p"]).args(labels).args(["ours", "base", "theirs"]);
    let answer = git.output().unwrap();
    (answer.stdout, answer.status.success())
}

/// The entries of a list, each as text.
fn entries(text: &str, list: &str) -> Vec<Table> {
    let table: Table = text.parse().unwrap();
    let list = table.get(list).and_then(Value::as_array).cloned().unwrap_or_default();
    list.into_iter().filter_map(|entry| entry.as_table().cloned()).collect()
}

#[test]
fn generated_records_merge_as_they_should() {
    let count: u64 = std::env::var("COALITION_TRIPLES").ok().and_then(|count| count.parse().ok()).unwrap_or(240);
    let folder = tempfile::tempdir().unwrap();
    let (mut merged, mut conflicts, mut clean, mut clean_conflicts, mut resolved) = (0, 0, 0, 0, 0);
    for seed in 0..count {
        let mut dice = Dice(seed.wrapping_mul(7919) + 17);
        dice.roll(2);
        let mold = &MOLDS[dice.roll(MOLDS.len())];
        let base = mold.base(&mut dice);
        let mut side = || {
            let mut draft = base.clone();
            for _ in 0..=dice.roll(3) {
                mold.change(&mut draft, &mut dice);
            }
            mold.text(&draft)
        };
        let (ours, theirs) = (side(), side());
        let base = if seed % 23 == 22 { String::new() } else { mold.text(&base) };
        let shown =
            || format!("triple {seed} of {}:\n--- base\n{base}\n--- ours\n{ours}\n--- theirs\n{theirs}", mold.path);
        let path = mold.path;
        assert_eq!(run(path, &base, &ours, &base, None), Outcome::Merged(ours.clone().into_bytes()), "{}", shown());
        assert_eq!(run(path, &base, &base, &ours, None), Outcome::Merged(ours.clone().into_bytes()), "{}", shown());
        let (by_git, is_clean) = by_git(folder.path(), &base, &ours, &theirs);
        let lines = LineMerge { bytes: by_git.clone(), is_clean };
        let one = run(path, &base, &ours, &theirs, Some(lines));
        let other = run(path, &base, &theirs, &ours, None);
        match (one, other) {
            (Outcome::Merged(one), Outcome::Merged(other)) => {
                merged += 1;
                resolved += usize::from(!is_clean);
                let (one, other) = (String::from_utf8(one).unwrap(), String::from_utf8(other).unwrap());
                assert_eq!(meaning(&one), meaning(&other), "{}\n--- merged\n{one}", shown());
                let (result, in_base) = (entries(&one, mold.list), entries(&base, mold.list));
                for entry in entries(&ours, mold.list).iter().chain(&entries(&theirs, mold.list)) {
                    let names: Vec<&str> = mold.entry.iter().take(mold.key).map(|(name, _)| *name).collect();
                    let is_same = |other: &Table| names.iter().all(|name| other.get(*name) == entry.get(*name));
                    if !in_base.iter().any(is_same) {
                        let found = result.iter().filter(|other| is_same(other)).count();
                        assert_eq!(found, 1, "{entry:?}\n{}\n--- merged\n{one}", shown());
                    }
                }
                if is_clean && meaning(&one) == meaning(&String::from_utf8_lossy(&by_git)) {
                    clean += 1;
                    assert_eq!(one.as_bytes(), by_git, "{}", shown());
                }
            }
            (Outcome::Conflict { bytes, collisions }, Outcome::Conflict { collisions: other, .. }) => {
                conflicts += 1;
                clean_conflicts += usize::from(is_clean);
                let text = String::from_utf8(bytes).unwrap();
                assert!(text.contains("<<<<<<< ours\n") && text.contains(">>>>>>> theirs\n"), "{text}");
                assert!(!collisions.is_empty(), "not merged as a record: {}\n--- conflict\n{text}", shown());
                assert_eq!(collisions.len(), other.len(), "{}", shown());
                for side in [0, 1] {
                    meaning(&one_side(&text, side));
                }
            }
            (one, other) => panic!("one way round only: {one:?}\n{other:?}\n{}", shown()),
        }
    }
    println!(
        "{count} triples: {merged} merged, {resolved} of them where git sees a conflict; {conflicts} conflicts, \
         {clean_conflicts} of them where git sees none; {clean} byte by byte as git"
    );
    assert!(merged > conflicts && resolved > 0 && clean > 0, "{merged} {conflicts} {resolved} {clean}");
}

/// A marked text with one side of each conflict.
fn one_side(text: &str, side: usize) -> String {
    let mut part = 2;
    let mut chosen = String::new();
    for line in text.split_inclusive('\n') {
        match line.get(..7) {
            Some("<<<<<<<") => part = 0,
            Some("=======") => part = 1,
            Some(">>>>>>>") => part = 2,
            _ if part == 2 || part == side => chosen.push_str(line),
            _ => {}
        }
    }
    chosen
}
