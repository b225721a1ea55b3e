//! Words that may not come back. `docs/style.md` lists them with what to write instead; these tests look for them in all
//! that people read: pages, help, the texts of checks, schemas, examples, and the strings and comments of the source.
//!
//! An area is searched once it is in [`CLEAN`]. When you have cleaned another one, add it there; the test names what is found.

use crate::ledger::{Ledger, repository};
use coalition::internal::check;
use std::collections::BTreeMap;
use std::fs;
use walkdir::WalkDir;

/// The areas that contain none of the words any more. A module of `src/` is an area of its own.
const CLEAN: &[&str] = &[
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "checks",
    "docs/architecture.md",
    "docs/changes.md",
    "docs/checks",
    "docs/editing-on-the-web.md",
    "docs/editing.md",
    "docs/export.md",
    "docs/glossary.md",
    "docs/import.md",
    "docs/logging.md",
    "docs/merging.md",
    "docs/practices.md",
    "docs/privacy.md",
    "docs/publishing.md",
    "docs/records.md",
    "docs/reports.md",
    "docs/security.md",
    "docs/signing.md",
    "docs/templates.md",
    "docs/tutorial.md",
    "docs/working-together.md",
    "examples",
    "help",
    "schema",
    "src/agreement",
    "src/check",
    "src/cli",
    "src/difference",
    "src/disclosure",
    "src/document",
    "src/edit",
    "src/exchange",
    "src/finding",
    "src/history",
    "src/kind",
    "src/ledger",
    "src/lib",
    "src/mail",
    "src/merge",
    "src/output",
    "src/parse",
    "src/practice",
    "src/record",
    "src/reference",
    "src/render",
    "src/report",
    "src/source",
    "src/starter",
];

/// Words that stay where they are: the beginning of the path, the word as `docs/style.md` has it, and why.
const EXPECTED: &[(&str, &str, &str)] = &[
    ("src/exchange/", "organis*", "headings of spreadsheets in British spelling are understood"),
    ("src/exchange/import/aliases.rs", "remark", "a heading of spreadsheets"),
    ("src/exchange/import/aliases.rs", "remarks", "a heading of spreadsheets"),
    ("src/exchange/import/entries.rs", "remarks", "a heading of spreadsheets"),
    ("src/exchange/import/organizations.rs", "centre", "a word in names of organizations"),
    ("src/exchange/", "telephone*", "a heading of spreadsheets, and a type of contact in other files"),
    ("src/kind.rs", "organis*", "the kind in British spelling is understood"),
    ("src/parse/other_names.rs", "organis*", "fields of other programs in British spelling are understood"),
    ("src/parse/other_names.rs", "remarks", "a field that people may expect"),
    ("src/parse/informal/synonym.rs", "telephone*", "a word that people may write"),
    ("src/parse/reader.rs", "telephone*", "a field of other programs"),
    ("src/exchange/", "e-mail*", "headings of spreadsheets and other files"),
    ("docs/import.md", "e-mail*", "a heading of a spreadsheet"),
    ("examples/riverton/", "somebody", "people in the examples speak as people do"),
    ("examples/riverton/", "told", "people in the examples speak as people do"),
    ("examples/riverton/agreements/", "spoken for", "the text of an agreement that has been signed"),
    ("examples/riverton/docs/agreements/", "spoken for", "the text of an agreement that has been signed"),
    ("CHANGELOG.md", "unauthoris*", "the former name of a check"),
    ("src/check/registry.rs", "unauthoris*", "the former name of `unauthorized-signatory` leads to the new one"),
];

/// A word of a text, in lower case, with its line.
struct Word {
    text: String,
    line: usize,
}

/// The words of a text that begins at a line. What is joined by an underscore is one word: a name in code.
fn words(text: &str, first_line: usize) -> Vec<Word> {
    let mut words = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let parts = line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|part| !part.is_empty());
        words.extend(parts.map(|part| Word { text: part.to_lowercase(), line: first_line + at }));
    }
    words
}

/// A word or a phrase that may not come back.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Banned {
    /// As the page has it.
    name: String,
    words: Vec<String>,
    /// Whether the last word may have any ending.
    is_stem: bool,
}

impl Banned {
    fn parse(written: &str) -> Banned {
        let phrase = written.trim_end_matches('*');
        let words = phrase.split([' ', '-']).map(str::to_lowercase).collect();
        Banned { name: written.to_owned(), words, is_stem: phrase.len() < written.len() }
    }

    fn begins(&self, words: &[Word]) -> bool {
        let last = self.words.len() - 1;
        words.len() > last
            && self.words.iter().zip(words).enumerate().all(|(at, (banned, word))| {
                word.text == *banned || (at == last && self.is_stem && word.text.starts_with(banned.as_str()))
            })
    }
}

/// The words in the first table of `docs/style.md`: those that may come back nowhere.
fn banned() -> Vec<Banned> {
    let page = fs::read_to_string(repository("docs/style.md")).unwrap();
    let (_, list) = page.split_once("### Anywhere").unwrap();
    let (table, _) = list.split_once("### In findings").unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.map(|row| row.trim_start_matches("| ").split(" |").next().unwrap());
    cells.flat_map(|cell| cell.split(", ").map(|word| Banned::parse(word.trim_matches('`')))).collect()
}

/// What is found in words at a path: `path:line: word`.
fn hits(path: &str, words: &[Word], banned: &[Banned]) -> Vec<String> {
    let is_expected =
        |name: &str| EXPECTED.iter().any(|(place, expected, _)| path.starts_with(place) && *expected == name);
    let mut hits = Vec::new();
    for at in 0..words.len() {
        for found in banned.iter().filter(|banned| banned.begins(&words[at..])) {
            if !is_expected(&found.name) {
                hits.push(format!("{path}:{}: {}", words[at].line, found.name));
            }
        }
    }
    hits
}

/// Texts that belong together: each a path with its words.
type Area = Vec<(String, Vec<Word>)>;

/// All areas by name.
fn areas() -> BTreeMap<String, Area> {
    let mut areas: BTreeMap<String, Area> = BTreeMap::new();
    let mut add = |name: &str, path: &str, words: Vec<Word>| {
        areas.entry(name.to_owned()).or_default().push((path.to_owned(), words));
    };
    for (path, text) in files("") {
        let folder = path.split_once('/').map_or("", |(folder, _)| folder);
        let area = match folder {
            "" | "docs" if path.ends_with(".md") && !path.starts_with("docs/checks/") => path.clone(),
            "docs" => "docs/checks".to_owned(),
            "schema" | "examples" => folder.to_owned(),
            "src" => path.splitn(3, '/').take(2).collect::<Vec<_>>().join("/").trim_end_matches(".rs").to_owned(),
            _ => continue,
        };
        // The page that lists the words has them all.
        if path == "docs/style.md" {
            continue;
        }
        if path.ends_with(".rs") {
            let is_test = path.ends_with("/tests.rs") || path.ends_with("/sweep.rs") || path.contains("/tests/");
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            if !is_test {
                add(&area, &path, source_words(code));
            }
        } else {
            add(&area, &path, words(&text, 1));
        }
    }
    for (command, help) in helps() {
        add("help", &format!("coalition {command} --help"), words(&help, 1));
    }
    for check in check::ALL {
        let text = format!("{}\n{}\n{}", check.what, check.why, check.fix);
        add("checks", check.name.as_str(), words(&text, 1));
    }
    areas
}

/// The text files of a folder of the repository with their paths from its root, without what cargo and git keep there.
fn files(folder: &str) -> Vec<(String, String)> {
    let root = repository(folder);
    let is_kept = |name: &str| name.starts_with('.') || name == "target";
    let walk = WalkDir::new(&root).sort_by_file_name().into_iter();
    let walk = walk.filter_entry(|entry| entry.depth() == 0 || !is_kept(&entry.file_name().to_string_lossy()));
    let mut files = Vec::new();
    for entry in walk.map(Result::unwrap).filter(|entry| entry.file_type().is_file()) {
        let path = entry.path().strip_prefix(&root).unwrap();
        let path = path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        if let Ok(text) = fs::read_to_string(entry.path()) {
            files.push((path, text.replace("\r\n", "\n")));
        }
    }
    files
}

/// The help of the program and of each command, and of each command of those.
fn helps() -> Vec<(String, String)> {
    let ledger = Ledger::empty();
    let mut helps = Vec::new();
    let mut to_ask: Vec<Vec<String>> = vec![Vec::new()];
    while let Some(command) = to_ask.pop() {
        let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
        arguments.push("--help");
        let help = ledger.run(&arguments).stdout;
        let list = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
        let names = list.filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
        for name in names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
            to_ask.push([command.clone(), vec![name.to_owned()]].concat());
        }
        helps.push((command.join(" "), help));
    }
    helps
}

/// The words of comments and string literals in Rust code. Names in backticks and in the braces of a format are code.
fn source_words(code: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut line = 1;
    while let Some(c) = code[at..].chars().next() {
        let rest = &code[at..];
        let (text, length) = if rest.starts_with("//") {
            let comment = rest.lines().next().unwrap_or_default();
            (without_code(comment, '`', '`'), comment.len())
        } else if let Some((open, close)) = raw_string(rest) {
            let length = rest[open..].find(&close).unwrap();
            (without_code(&rest[open..open + length], '{', '}'), open + length + close.len())
        } else if c == '"' {
            let length = string_length(&rest[1..]);
            (without_code(&unescaped(&rest[1..=length]), '{', '}'), length + 2)
        } else {
            (String::new(), character(rest).unwrap_or(c.len_utf8()))
        };
        found.extend(words(&text, line));
        line += rest[..length].matches('\n').count();
        at += length;
    }
    found
}

/// How long the opening of a raw string is, and how it closes.
fn raw_string(code: &str) -> Option<(usize, String)> {
    let after = code.strip_prefix("br").or_else(|| code.strip_prefix('r'))?;
    let hashes = after.chars().take_while(|c| *c == '#').count();
    let is_string = after[hashes..].starts_with('"');
    is_string.then(|| (code.len() - after.len() + hashes + 1, format!("\"{}", "#".repeat(hashes))))
}

/// How many bytes a string has up to the quote that closes it.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    text.len()
}

/// How long a character literal is; `None` for anything else, such as a lifetime.
fn character(code: &str) -> Option<usize> {
    let after = code.strip_prefix('\'')?;
    let length = if after.starts_with('\\') {
        2 + after[2..].find('\'')?
    } else {
        after.chars().next().filter(|_| after.chars().nth(1) == Some('\''))?.len_utf8()
    };
    Some(1 + length + 1)
}

/// A string without its escapes; lines stay lines.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next() {
                Some('u') => drop(rest.by_ref().take_while(|c| *c != '}').count()),
                Some('\n') => plain.push('\n'),
                _ => plain.push(' '),
            },
            c => plain.push(c),
        }
    }
    plain
}

/// A text without what stands between two marks.
fn without_code(text: &str, open: char, close: char) -> String {
    let mut is_code = false;
    let mut plain = String::new();
    for c in text.chars() {
        if c == close && is_code {
            is_code = false;
        } else if c == open {
            is_code = true;
        } else if c == '\n' || !is_code {
            plain.push(c);
        }
    }
    plain
}

#[test]
fn words_that_may_not_come_back_do_not() {
    let banned = banned();
    assert!(banned.len() > 30, "docs/style.md lists only {} words", banned.len());
    let areas = areas();
    for name in CLEAN {
        let area = areas.get(*name).unwrap_or_else(|| panic!("there is no area {name}"));
        let count: usize = area.iter().map(|(_, words)| words.len()).sum();
        assert!(count > 50, "{name} has only {count} words");
        let hits: Vec<String> = area.iter().flat_map(|(path, words)| hits(path, words, &banned)).collect();
        assert!(hits.is_empty(), "docs/style.md says what to write instead:\n{}", hits.join("\n"));
    }
}

#[test]
fn banned_words_are_found_where_people_read_them() {
    let find = |text: &str, banned: &str| hits("x", &words(text, 1), &[Banned::parse(banned)]);
    assert_eq!(find("It was told,\nand\n  told again; `is_told` is code.", "told"), ["x:1: told", "x:3: told"]);
    assert_eq!(find("Amend it. Mending helps.", "mend*"), ["x:1: mend*"]);
    assert_eq!(find("no sign\n   of life", "sign of life"), ["x:1: sign of life"]);
    assert_eq!(find("By e-mail or E-mails.", "e-mail*"), ["x:1: e-mail*", "x:1: e-mail*"]);
    let code = "/// Told, or `told`.\nlet told = 'a'; // told\nlet x: &'a str = \"told {told}\\u{201c}, \\\n told\";\nr#\"a \"told\"\"#";
    let lines: Vec<usize> =
        source_words(code).iter().filter(|word| word.text == "told").map(|word| word.line).collect();
    assert_eq!(lines, [1, 2, 3, 4, 5]);
}

#[test]
fn every_area_that_people_read_is_there() {
    let areas = areas();
    for name in ["CHANGELOG.md", "docs/checks", "docs/records.md", "schema", "examples", "help", "checks", "src/check"]
    {
        assert!(areas.contains_key(name), "{name} is not searched");
    }
    assert!(areas["help"].len() > 20 && areas["docs/checks"].len() > 50 && areas.contains_key("src/starter"));
}
