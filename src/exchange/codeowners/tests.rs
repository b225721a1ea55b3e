//! Tests of the owners of a ledger's files.

use super::{Owner, People, codeowners, coordinators, starter_text};
use crate::error::Error;
use crate::ledger::{Ledger, load};
use crate::source::memory::Memory;
use chrono::NaiveDate;

fn today() -> NaiveDate {
    "2026-06-15".parse().unwrap()
}

fn account(handle: &str) -> String {
    format!("[[accounts]]\nhost = \"github.com\"\nhandle = \"{handle}\"\n")
}

/// A ledger of members with `[representative, backup, signatory]`, and of people with their accounts.
fn ledger(members: &[(&str, &str)], people: &[(&str, String)]) -> Ledger {
    let mut files = vec![("coalition.toml".to_owned(), "name = \"C\"\n".to_owned())];
    for (path, fields) in members {
        files.push(((*path).to_owned(), format!("name = \"M\"\nclassification = \"other\"\n{fields}")));
    }
    for (id, fields) in people {
        files.push((format!("advocates/{id}.toml"), format!("name = \"{id}\"\n{fields}")));
    }
    load(&Memory::new(files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())))).unwrap()
}

fn owned(ledger: &Ledger, folder: &str) -> Result<super::CodeownersFile, Error> {
    let people = People { ledger, host: "github.com", today: today() };
    let words = ["@c1".to_owned(), "@c2".to_owned()];
    codeowners(&people, folder, &coordinators(&words, Some(&people)).unwrap())
}

/// The owners of a file, as a git host finds them: the last line that matches. Knows the patterns that are written here.
fn owners<'t>(text: &'t str, file: &str) -> &'t str {
    let matches = |pattern: &str| {
        let pattern = pattern.replace("\\ ", " ");
        let path = format!("/{file}");
        match pattern.as_str() {
            "*" => true,
            name if !name.contains('/') => path.ends_with(&format!("/{name}")),
            folder if folder.ends_with('/') => path.starts_with(folder),
            whole => {
                let (parts, wanted): (Vec<_>, Vec<_>) = (path.split('/').collect(), whole.split('/').collect());
                parts.len() == wanted.len()
                    && parts.iter().zip(wanted).all(|(part, wanted)| wanted == "*" || *part == wanted)
            }
        }
    };
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let split = lines.filter_map(|line| line.split_once(" @"));
    split.filter(|(pattern, _)| matches(pattern)).map(|(_, owners)| owners).next_back().unwrap()
}

#[test]
fn members_own_their_files_and_coordinators_the_rest() {
    let joined = "joined = 2025-01-01\nrepresentative = \"ana\"\n";
    let alder =
        format!("{joined}backup_representative = \"ben\"\nsignatories = [\"cam\", \"ana\", \"gone\", \"nobody\"]\n");
    let ledger = ledger(
        &[
            ("members/alder.toml", &alder),
            ("members/east/birch.toml", "joined = 2025-01-01\nrepresentative = \"ben\"\n"),
            ("members/cedar.toml", "joined = 2025-01-01\nrepresentative = \"cam\"\n"),
            ("members/dogwood.toml", "invited = 2025-01-01\nrepresentative = \"ana\"\n"),
            ("members/elm.toml", "joined = 2025-01-01\nleft = 2026-01-01\nrepresentative = \"ana\"\n"),
        ],
        &[
            ("ana", account("Ana")),
            ("ben", "[[accounts]]\nhost = \"gitlab.com\"\nhandle = \"other\"\n".to_owned() + &account("ben")),
            ("cam", String::new()),
            ("gone", format!("end_date = 2026-06-14\n{}", account("gone"))),
        ],
    );
    let made = owned(&ledger, "").unwrap();
    for (file, expected) in [
        ("members/alder.toml", "Ana @ben"),
        ("signatures/charter/alder.toml", "Ana @ben"),
        ("signatures/data-sharing/alder.toml", "Ana @ben"),
        ("members/east/birch.toml", "ben"),
        ("signatures/charter/birch.toml", "ben"),
        // No one of these has an account, or they are not members today.
        ("members/cedar.toml", "c1 @c2"),
        ("members/dogwood.toml", "c1 @c2"),
        ("members/elm.toml", "c1 @c2"),
        ("signatures/charter/cedar.toml", "c1 @c2"),
        ("agreements/charter.toml", "c1 @c2"),
        ("agreements/texts/alder.toml", "c1 @c2"),
        ("advocates/ana.toml", "c1 @c2"),
        ("coalition.toml", "c1 @c2"),
        (".github/CODEOWNERS", "c1 @c2"),
        (".github/workflows/coalition.yml", "c1 @c2"),
        (".gitlab-ci.yml", "c1 @c2"),
        ("README.md", "c1 @c2"),
    ] {
        assert_eq!(owners(&made.text, file), expected, "{file}\n{}", made.text);
    }
    assert_eq!(made.without_account, ["cedar"]);
    assert!(made.text.contains("#   cedar\n") && !made.text.contains("gone"), "{}", made.text);
}

#[test]
fn paths_begin_at_the_root_of_the_repository() {
    let ledger = ledger(
        &[("members/alder.toml", "joined = 2025-01-01\nrepresentative = \"ana\"\n")],
        &[("ana", account("ana"))],
    );
    let made = owned(&ledger, "our ledgers/river").unwrap().text;
    assert!(made.contains("\n/our\\ ledgers/river/members/alder.toml @ana\n"), "{made}");
    for (file, expected) in [
        ("our ledgers/river/members/alder.toml", "ana"),
        ("our ledgers/river/signatures/charter/alder.toml", "ana"),
        ("members/alder.toml", "c1 @c2"),
        ("our ledgers/river/coalition.toml", "c1 @c2"),
        (".github/workflows/x.yml", "c1 @c2"),
    ] {
        assert_eq!(owners(&made, file), expected, "{file}\n{made}");
    }
    for folder in ["a*", "a?b", "[a]", "#a", "a\\b", "a\tb", "a\nb", "a\u{fffd}", "!a", "a\u{2028}b"] {
        let error = owned(&ledger, folder).unwrap_err().to_string();
        assert!(error.contains("characters that have a special meaning in CODEOWNERS"), "{error}");
    }
}

#[test]
fn no_name_of_a_file_or_an_account_writes_a_line_of_its_own() {
    let of_ana = "joined = 2025-01-01\nrepresentative = \"ana\"\n";
    let ledger = ledger(
        &[
            ("members/*.toml", of_ana),
            ("members/a b.toml", of_ana),
            ("members/[a]/x.toml", of_ana),
            ("members/y\n* @eve.toml", of_ana),
            ("members/east side/birch.toml", of_ana),
        ],
        &[("ana", account("ana\\n* @eve") + &account("eve dora") + &account("@eve") + &account("ana"))],
    );
    let made = owned(&ledger, "").unwrap();
    assert!(!made.text.contains("@eve"), "{}", made.text);
    assert_eq!(made.unwritable.len(), 4, "{:?}", made.unwritable);
    assert_eq!(owners(&made.text, "members/east side/birch.toml"), "ana");
    assert_eq!(owners(&made.text, "members/other.toml"), "c1 @c2");
}

#[test]
fn coordinators_are_two_or_a_team_and_never_guessed() {
    let ledger = ledger(
        &[],
        &[
            ("ana", account("Ana")),
            ("cam", String::new()),
            ("gone", format!("end_date = 2020-01-01\n{}", account("gone"))),
        ],
    );
    let people = People { ledger: &ledger, host: "github.com", today: today() };
    let named = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        coordinators(&words, Some(&people)).map(|owners| super::join_owners(&owners)).map_err(|error| error.to_string())
    };
    assert_eq!(named(&["ana", "@ben"]).unwrap(), "@Ana @ben");
    assert_eq!(named(&["@riverton/coordinators"]).unwrap(), "@riverton/coordinators");
    for (words, why) in [
        (&["ana"][..], "alone cannot approve"),
        (&["ana", "@ANA"], "alone cannot approve"),
        (&["ana", "ben"], "there is no person with this id; for a handle, write the @: --owner @ben"),
        (&["ana", "cam"], "cam has no account at github.com; add [[accounts]]"),
        (&["ana", "gone"], "gone is not a current person on 2026-06-15"),
        (&["@a b", "@c"], "write an account with its @"),
        (&["@a\n* @eve", "@c"], "write an account with its @"),
        (&["@", "@c"], "write an account with its @"),
        (&["@org/", "@c"], "write an account with its @"),
    ] {
        let error = named(words).unwrap_err();
        assert!(error.contains(why), "{words:?}: {error}");
    }
    let nobody = codeowners(&people, "", &[]).unwrap_err().to_string();
    assert!(nobody.contains("--owner twice"), "{nobody}");
    let strict = coordinators(&["ana".to_owned(), "@b".to_owned()], None).unwrap_err().to_string();
    assert!(strict.contains("write an account"), "without a ledger no id is one: {strict}");
}

#[test]
fn a_new_ledger_says_what_to_fill_in() {
    let empty = starter_text("", &[]).unwrap();
    assert!(empty.lines().all(|line| line.is_empty() || line.starts_with('#')), "{empty}");
    assert!(empty.contains("#/agreements/ @<first coordinator> @<second coordinator>\n"), "{empty}");
    let filled = starter_text("river", &[Owner::parse("@a/b").unwrap()]).unwrap();
    assert_eq!(owners(&filled, "river/agreements/charter.toml"), "a/b");
    assert_eq!(owners(&filled, "anything"), "a/b");
    assert!(filled.contains("\n#/river/signatures/*/millbrook-friends.toml @rosa-delgado\n"), "{filled}");
    assert!(!filled.contains('<'), "{filled}");
}
