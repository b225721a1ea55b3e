//! The pages that people follow are followed here: files are written, commands are run, and what is shown as their output
//! is what they print. `BLESS=1 cargo test` writes the outputs anew.
//!
//! A page is read from top to bottom. A `toml` block under `` `path`: `` is a file, under `` `path`, added at the end: `` its
//! continuation. Commands in `sh` blocks are run if they are `coalition`, `cd` or `cargo run`. A block between
//! `<!-- output -->` and `<!-- /output -->` is what the last block of commands printed; with `lines 3-20` or `sections A; B`,
//! that part of it.
//! `<!-- change path: old => new -->` edits a file, in which `TODAY` is the day, unseen by the reader, and `<!-- check CHECK -->` runs a check on the
//! example in which it fires, `<!-- example NAME -->` lays out an example of the repository.

use crate::ledger::{Ledger, repository, run_in};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// A page on its way through its steps.
struct Walk {
    ledger: Ledger,
    folder: PathBuf,
    printed: String,
    outputs: usize,
    /// The day on which the page is followed, if it is another one than that of the tests.
    today: Option<&'static str>,
}

impl Walk {
    fn new() -> Walk {
        let ledger = Ledger::empty();
        let folder = ledger.path().to_owned();
        Walk { ledger, folder, printed: String::new(), outputs: 0, today: None }
    }

    /// The page with the outputs that its commands have now.
    fn follow(&mut self, page: &str) -> String {
        let lines: Vec<&str> = page.lines().collect();
        let mut now = Vec::new();
        let mut caption = "";
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            let end = |mark: &str| at + 1 + lines[at + 1..].iter().position(|line| *line == mark).unwrap();
            if let Some(part) = line.strip_prefix("<!-- output").and_then(|rest| rest.strip_suffix("-->")) {
                now.push((*line).to_owned());
                now.extend(self.shown(part.trim()));
                at = end("<!-- /output -->");
                continue;
            }
            match *line {
                "```sh" => self.run(&lines[at + 1..end("```")]),
                "```toml" | "```text" => self.write(caption, &lines[at + 1..end("```")]),
                _ => self.change(line),
            }
            if !line.is_empty() && !line.starts_with("```") {
                caption = line;
            }
            now.push((*line).to_owned());
            at += 1;
        }
        now.join("\n") + "\n"
    }

    fn run(&mut self, commands: &[&str]) {
        self.printed.clear();
        for command in commands {
            let command = command.split(" #").next().unwrap().trim();
            let words = words(command);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            match words.as_slice() {
                ["cd", folder] => self.folder.push(folder),
                ["coalition", "--version"] => {}
                ["cat", path] => self.printed += &fs::read_to_string(self.folder.join(path)).unwrap(),
                ["coalition", arguments @ ..] => self.coalition(arguments),
                ["cargo", "run", "--release", "--", arguments @ ..] => self.coalition(arguments),
                _ => {}
            }
        }
    }

    /// Runs the program; on an example of the repository, from there.
    fn coalition(&mut self, arguments: &[&str]) {
        let example = matches!(arguments, ["-C", folder, ..] if folder.starts_with("examples/"));
        let folder = if example { repository("") } else { self.folder.clone() };
        let on_day: Vec<&str> =
            self.today.iter().flat_map(|day| ["--today", day]).chain(arguments.iter().copied()).collect();
        let answer = run_in(&folder, &on_day);
        assert!(answer.status != 2, "coalition {arguments:?}: {}", answer.stderr);
        // Readers follow the pages on a day of their own, which nothing sets.
        self.printed += &answer.stdout.replace(" (set by COALITION_TODAY)", "");
    }

    fn write(&mut self, caption: &str, lines: &[&str]) {
        let Some((path, how)) = caption.strip_prefix('`').and_then(|rest| rest.split_once('`')) else { return };
        let place = self.folder.join(path);
        let text = lines.join("\n") + "\n";
        let whole = match how {
            ":" => text,
            ", added at the end:" => fs::read_to_string(&place).unwrap() + "\n" + &text,
            _ => return,
        };
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, whole).unwrap();
    }

    /// Lays out the bad example of a check, without its marks, and runs the check on it.
    fn check(&mut self, name: &str) {
        let example = &coalition::internal::check::find(name).unwrap().bad;
        for (path, bytes) in example.ledger().files() {
            let text = String::from_utf8_lossy(bytes).replace(coalition::internal::check::MARK, "");
            let lines: Vec<_> = text.lines().map(str::trim_end).collect();
            self.ledger.put(path, &(lines.join("\n") + "\n"));
        }
        self.printed.clear();
        self.coalition(&["check", "--only", name]);
    }

    /// Lays out an example of the repository.
    fn example(&mut self, name: &str) {
        let example = repository("examples").join(name);
        for entry in walkdir::WalkDir::new(&example).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
            let path = entry.path().strip_prefix(&example).unwrap().to_str().unwrap();
            self.ledger.put(path, &fs::read_to_string(entry.path()).unwrap());
        }
    }

    fn change(&mut self, line: &str) {
        if let Some(name) = line.strip_prefix("<!-- example ").and_then(|rest| rest.strip_suffix(" -->")) {
            return self.example(name);
        }
        if let Some(name) = line.strip_prefix("<!-- check ").and_then(|rest| rest.strip_suffix(" -->")) {
            return self.check(name);
        }
        let Some(change) = line.strip_prefix("<!-- change ").and_then(|rest| rest.strip_suffix(" -->")) else { return };
        let (path, change) = change.split_once(": ").unwrap();
        let today = self.today.unwrap_or(crate::ledger::TODAY);
        let change = change.replace("TODAY", today);
        let (old, new) = change.split_once(" => ").unwrap();
        let place = self.folder.join(path);
        let inside = place.strip_prefix(self.ledger.path()).unwrap().to_str().unwrap();
        self.ledger.replace(inside, old, new);
    }

    /// What the last commands printed, or the lines of it that are asked for, as a block.
    fn shown(&mut self, part: &str) -> Vec<String> {
        self.outputs += 1;
        let lines: Vec<&str> = self.printed.trim_end().lines().collect();
        if let Some(names) = part.strip_prefix("sections ") {
            return block(&sections(&lines, &names.split("; ").collect::<Vec<_>>()));
        }
        let (first, last) = match part.strip_prefix("lines ") {
            Some(range) => {
                let (first, last) = range.split_once('-').unwrap();
                (first.parse::<usize>().unwrap(), last.parse::<usize>().unwrap())
            }
            None => (1, lines.len()),
        };
        assert!(last <= lines.len() && first <= last, "there are {} lines, not {first} to {last}", lines.len());
        block(&lines[first - 1..last])
    }
}

/// The words of a command; spaces in quotes do not end one.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for letter in command.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(letter),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Lines as a block of text.
fn block(lines: &[&str]) -> Vec<String> {
    let mut block = vec!["```text".to_owned()];
    block.extend(lines.iter().map(|line| line.trim_end().to_owned()));
    block.push("```".to_owned());
    block
}

/// The head of a report and some of its sections, with `[…]` where others are left out.
fn sections<'l>(lines: &[&'l str], names: &[&str]) -> Vec<&'l str> {
    let is_rule = |line: &str| !line.is_empty() && line.chars().all(|c| c == '-');
    let starts: Vec<usize> = (1..lines.len()).filter(|at| is_rule(lines[*at])).map(|at| at - 1).collect();
    let mut shown: Vec<&str> = lines[..starts[0]].to_vec();
    let mut after = 0;
    for name in names {
        let at = starts.iter().position(|start| lines[*start] == *name).unwrap();
        if at > after {
            shown.extend(["[…]", ""]);
        }
        after = at + 1;
        shown.extend(&lines[starts[at]..starts.get(after).copied().unwrap_or(lines.len())]);
    }
    if after < starts.len() {
        shown.push("[…]");
    }
    shown
}

/// Follows a page and compares it with what it shows.
fn follow(path: &str, outputs: usize) {
    let place = repository(path);
    let page = fs::read_to_string(&place).unwrap().replace("\r\n", "\n");
    let mut walk = Walk::new();
    let now = walk.follow(&page);
    assert_eq!(walk.outputs, outputs, "{path} shows another number of outputs");
    if std::env::var_os("BLESS").is_some() {
        fs::write(place, &now).unwrap();
    } else {
        let different = page.lines().zip(now.lines()).find(|(shown, printed)| shown != printed);
        assert_eq!(different, None, "{path} is not current; `BLESS=1 cargo test` writes it anew");
        assert_eq!(page.len(), now.len(), "{path} is not current; `BLESS=1 cargo test` writes it anew");
    }
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    follow("README.md", 3);
}

#[test]
fn the_tutorial_leads_from_nothing_to_the_first_report() {
    follow("docs/tutorial.md", 9);
}

#[test]
fn the_tutorial_can_be_followed_on_any_day() {
    let page = fs::read_to_string(repository("docs/tutorial.md")).unwrap().replace("\r\n", "\n");
    for day in ["2026-12-31", "2027-03-01", "2028-02-29", "2031-08-15"] {
        let mut walk = Walk { today: Some(day), ..Walk::new() };
        walk.follow(&page);
        let check = run_in(&walk.folder, &["--today", day, "check"]);
        assert!(check.stdout.starts_with("All is well: "), "{day}: {}", check.stdout);
        let brief = run_in(&walk.folder, &["--today", day, "report"]).stdout;
        for fact in
            ["First meeting", "Opening hours (Omar Reyes, 20 min)", "Members  2 (quorum: 1)", "the target is 30"]
        {
            assert!(brief.contains(fact), "{day}: {brief}");
        }
    }
}

#[test]
fn the_page_for_members_shows_a_real_message() {
    follow("docs/editing-on-the-web.md", 1);
}

#[test]
fn the_page_on_reports_shows_them() {
    follow("docs/reports.md", 13);
}

#[test]
fn the_page_on_signing_shows_what_is_written() {
    follow("docs/signing.md", 4);
}

#[test]
fn the_page_on_registers_brings_one_in() {
    follow("docs/import.md", 4);
}

#[test]
fn the_page_on_editing_shows_what_is_written() {
    follow("docs/editing.md", 5);
}

#[test]
fn the_page_on_noting_shows_what_is_written() {
    follow("docs/logging.md", 5);
}

#[test]
fn words_with_tags_of_a_template_language_stand_where_no_generator_runs_them() {
    let ledger = Ledger::of_three();
    ledger.replace(
        "agreements/charter.toml",
        "We meet monthly",
        "We pay nothing.{% comment %} Except 9,000 dollars a year.{% endcomment %} {{ site.github.owner_name }}\\nWe meet monthly",
    );
    assert_eq!(ledger.run(&["render"]).status, 0);
    let page = std::fs::read_to_string(ledger.path().join("docs/agreements/charter.md")).unwrap();
    assert!(!page.contains("{%") && !page.contains("{{") && !page.contains("%}"), "{page}");
    let words: String = pulldown_cmark::Parser::new(&page)
        .filter_map(|event| match event {
            pulldown_cmark::Event::Text(text) => Some(text.to_string()),
            _ => None,
        })
        .collect();
    assert!(
        words.contains(
            "We pay nothing.{% comment %} Except 9,000 dollars a year.{% endcomment %} {{ site.github.owner_name }}"
        ),
        "{words}"
    );
    // A second rendering changes nothing.
    assert!(ledger.run(&["render", "--check"]).status == 0);
}

#[test]
fn every_path_that_the_architecture_page_names_exists() {
    let page = fs::read_to_string(repository("docs/architecture.md")).unwrap();
    let places =
        page.split('`').skip(1).step_by(2).filter(|code| code.starts_with("src/") || code.starts_with("docs/"));
    let places: Vec<&str> = places.filter(|place| !place.contains(['<', ' ', '*'])).collect();
    assert!(places.len() > 40, "only {} paths", places.len());
    let missing: Vec<_> = places.into_iter().filter(|place| !repository(place).exists()).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn every_test_that_the_security_page_names_exists() {
    let page = fs::read_to_string(repository("docs/security.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| `"));
    let last_cells = rows.filter_map(|row| row.trim_end_matches([' ', '|']).rsplit(" | ").next());
    let named: BTreeSet<&str> = last_cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    assert!(named.len() > 30, "only {} tests", named.len());
    let mut code = String::new();
    for folder in ["src", "tests"] {
        for entry in walkdir::WalkDir::new(repository(folder)) {
            let entry = entry.unwrap();
            if entry.path().extension().is_some_and(|ending| ending == "rs") {
                code += &fs::read_to_string(entry.path()).unwrap();
            }
        }
    }
    let missing: Vec<_> = named.into_iter().filter(|name| !code.contains(&format!("fn {name}()"))).collect();
    assert_eq!(missing, Vec::<&str>::new());
}
