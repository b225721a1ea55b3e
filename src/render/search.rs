//! What the search of an HTML site knows: a list that a page loads as a script, so that it works without a server and from a folder.

use serde_json::json;

/// What the search knows of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Its path.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its words.
    pub words: String,
}

/// The bytes that the list may have.
const MOST: usize = 96 << 10;

/// The fewest characters of a page that are worth a search.
const FEWEST: usize = 24;

/// The list as a script. Where all words are too many, each page has as many of its first words as there is room for; in a site of
/// thousands of pages only titles are left, and then the first of these.
pub(super) fn index(found: &[&Found]) -> String {
    let mut room = 4_000;
    loop {
        let script = script(found, room);
        if script.len() <= MOST {
            return script;
        }
        if room == 0 {
            return titles(found);
        }
        // The size that would just fit, with something to spare.
        let fits = room * MOST / (script.len() + 1) * 9 / 10;
        room = if fits < FEWEST { 0 } else { fits };
    }
}

/// The titles of the first pages, as many as there is room for.
fn titles(found: &[&Found]) -> String {
    let mut most = found.len();
    loop {
        let script = script(found.get(..most).unwrap_or_default(), 0);
        if script.len() <= MOST {
            return script;
        }
        most = (most * MOST / script.len()).min(most.saturating_sub(1));
    }
}

fn script(found: &[&Found], room: usize) -> String {
    let entry = |found: &&Found| {
        let words: Vec<&str> = found.words.split_whitespace().collect();
        let words = words.join(" ");
        // The title begins the page.
        let words = words.strip_prefix(found.title.as_str()).unwrap_or(&words).trim_start();
        let words: String = words.chars().take(room).collect();
        // What could end a line of a script in an old browser, or a script in a page, is written as a code.
        let line = json!([found.path, found.title, words]).to_string();
        line.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
    };
    let entries: Vec<String> = found.iter().map(entry).collect();
    format!("window.coalitionPages = [\n{}\n];\n", entries.join(",\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(script: &str) -> Vec<(String, String, String)> {
        let json = script.strip_prefix("window.coalitionPages = ").unwrap().strip_suffix(";\n").unwrap();
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn the_list_is_a_script_that_holds_text_alone() {
        let found = Found {
            path: "goals/a.html".to_owned(),
            title: "A </script><b>".to_owned(),
            words: "A </script><b>  said\n\u{2028}\"x\"".to_owned(),
        };
        let script = index(&[&found]);
        assert!(!script.contains('<') && !script.contains('\u{2028}'), "{script}");
        assert_eq!(read(&script), [(found.path, found.title, "said \"x\"".to_owned())]);
    }

    #[test]
    fn the_list_of_a_large_site_is_cut_to_its_size() {
        for (pages, length) in [(40, 9_000), (400, 3_000), (9_000, 500), (40_000, 10)] {
            let page = |nth: usize| Found {
                // The first are the longest.
                path: format!("members/member-{nth}{}.html", "-".repeat(if nth < 500 { 60 } else { 0 })),
                title: format!("Member {nth}"),
                words: "word ".repeat(length / 5),
            };
            let found: Vec<Found> = (0..pages).map(page).collect();
            let script = index(&found.iter().collect::<Vec<_>>());
            assert!(script.len() <= MOST, "{pages}");
            let known = read(&script).len();
            assert!(known == pages || known > 500, "{pages}: {known}");
        }
    }
}
