//! The names in examples: those of the ledger at hand in place of those of the ledger in which the examples are tested.

use crate::document::words::shell_word;
use crate::kind::Kind;
use crate::ledger::Ledger;

/// A name in an example, the kind of record that it names, which of them it is, and what stands for it where the ledger has none.
const NAMES: [(&str, Kind, usize, &str); 17] = [
    ("Henry Osei", Kind::Advocate, 0, "Ana Ruiz"),
    ("henry-osei", Kind::Advocate, 0, "ana-ruiz"),
    ("Noor Haidari", Kind::Advocate, 1, "Ben Cole"),
    ("Estelle Marchand", Kind::Advocate, 0, "Ana Ruiz"),
    ("local-417", Kind::Member, 0, "friends-of-the-library"),
    ("friends-riverton", Kind::Member, 0, "friends-of-the-library"),
    ("Ferry Street Merchants Association", Kind::Member, 0, "Friends of the Library"),
    ("sunday-hours", Kind::Goal, 0, "sunday-hours"),
    ("emergency", Kind::Committee, 0, "emergency-team"),
    ("2026-11-03-regular", Kind::Meeting, 0, "december-meeting"),
    ("2026-12-01-regular", Kind::Meeting, 0, "december-meeting"),
    ("november", Kind::Meeting, 0, "december-meeting"),
    ("navigator-grant-draft", Kind::Contribution, 0, "phone-bank"),
    ("levee-road-crossing", Kind::Request, 0, "forty-chairs"),
    ("charter", Kind::Agreement, 0, "charter"),
    ("riverton", Kind::Advocate, 0, "ana"),
    ("Order 300 card drive flyers", Kind::Meeting, 0, "Order flyers"),
];

/// A line of an example with names that whoever reads it knows.
pub(super) fn fit(line: &str, ledger: Option<&Ledger>) -> String {
    let mut line = line.to_owned();
    for (name, kind, nth, other) in NAMES {
        let is_own = ledger.is_some_and(|ledger| {
            let records = ledger.records_of(kind);
            records.into_iter().any(|record| &*record.key().id == name || record.name() == name)
        });
        if is_own {
            continue;
        }
        let record = ledger.and_then(|ledger| {
            let mut records = ledger.records_of(kind);
            records.nth(nth).or_else(|| ledger.records_of(kind).next())
        });
        let is_name = name.contains(' ');
        let stands_for = match record.filter(|_| kind != Kind::Meeting || !is_name) {
            Some(record) if name == "riverton" => record.name().split(' ').next().unwrap_or(other).to_lowercase(),
            Some(record) if is_name => record.name().to_owned(),
            Some(record) => record.key().id.to_string(),
            None => other.to_owned(),
        };
        // A name in quotes stays one word of the shell.
        line = match is_name {
            true => line.replace(&format!("\"{name}\""), &in_quotes(&stands_for)),
            false => replace_word(&line, name, &stands_for),
        };
    }
    line
}

fn in_quotes(name: &str) -> String {
    let word = shell_word(name);
    if word.starts_with('"') { word } else { format!("\"{word}\"") }
}

/// Replaces a word where it stands between spaces, quotes or the marks of a command line.
fn replace_word(line: &str, word: &str, by: &str) -> String {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let mut replaced = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(word) {
        let (before, found) = rest.split_at(at);
        let after = found.get(word.len()..).unwrap_or_default();
        let is_apart = !before.ends_with(is_part) && !after.starts_with(is_part);
        replaced.push_str(before);
        replaced.push_str(if is_apart { by } else { word });
        rest = after;
    }
    replaced + rest
}

/// The words of an example with such names.
pub(super) fn fit_words_of(words: Vec<String>, ledger: Option<&Ledger>) -> Vec<String> {
    let fitted = words.into_iter().map(|word| {
        let quoted = fit(&format!("\"{word}\""), ledger);
        let plain = quoted.strip_prefix('"').and_then(|word| word.strip_suffix('"')).unwrap_or(&quoted);
        plain.replace("\\\"", "\"")
    });
    fitted.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;
    use crate::record::AnyRecord as _;
    use crate::source::disk::Disk;

    #[test]
    fn an_example_names_the_records_at_hand() {
        let line = "coalition log contact \"Henry Osei\" --by \"Noor Haidari\" --channel phone";
        let ledger = load(&base_ledger()).unwrap();
        let people: Vec<String> = ledger.advocates.iter().take(2).map(|one| one.name().to_owned()).collect();
        let expected = format!("coalition log contact \"{}\" --by \"{}\" --channel phone", people[0], people[1]);
        assert_eq!(fit(line, Some(&ledger)), expected);
        assert_eq!(fit(line, None), line.replace("Henry Osei", "Ana Ruiz").replace("Noor Haidari", "Ben Cole"));
        let riverton = load(&Disk::new("examples/riverton")).unwrap();
        assert_eq!(fit(line, Some(&riverton)), line, "they are at hand there");
        let words = ["log", "drill", "emergency", "remove", "contribution/navigator-grant-draft", "emergency=yes"];
        let fitted = fit_words_of(words.iter().map(|word| (*word).to_owned()).collect(), None);
        assert_eq!(fitted[2..5], ["emergency-team", "remove", "contribution/phone-bank"]);
    }
}
