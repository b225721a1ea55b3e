//! The name of a person as people write it in one cell: `Okoro, Ben`, `Ana Mejía <ana@example.org>`, `Nia Eriksen (chair)`,
//! `MAX ERIKSEN`, `Ms. June Abbott`, `Otto & Pia Eriksen`.

use super::person_name::{is_courtesy, is_generation, is_title};
use crate::record::common::is_email;

/// What a cell with a name says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct WrittenName {
    /// The name as people say it.
    pub name: String,
    /// The email address beside it.
    pub email: Option<String>,
    /// What stands in brackets after it.
    pub aside: Option<Aside>,
    /// Whether the family name came first, or the letters were all capitals.
    pub is_turned: bool,
    /// Whether it may name two people.
    pub may_be_two: bool,
}

/// What stands in brackets beside a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Aside {
    /// What the person is: `chair`.
    Title(String),
    /// Another name: `née Roux`, or a nickname inside the name.
    OtherName(String),
    /// Pronouns.
    Pronouns(String),
    /// Anything else.
    Note(String),
}

/// Small words before a family name.
const PARTICLES: [&str; 29] = [
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "du", "des", "la", "le", "las", "los",
    "zu", "zum", "zur", "ter", "ten", "ibn", "bin", "al", "el", "y", "e", "af",
];

/// What follows a name behind a comma and is no given name.
const DEGREES: [&str; 27] = [
    "md", "phd", "dds", "dvm", "esq", "rn", "cpa", "mba", "mls", "mlis", "msw", "lcsw", "jd", "ma", "ba", "bs", "ms",
    "edd", "dmin", "ret", "retired", "inc", "llc", "ltd", "cfre", "pe", "do",
];

/// Words that say what someone is.
const ROLES: [&str; 44] = [
    "chair",
    "cochair",
    "chairperson",
    "chairman",
    "chairwoman",
    "president",
    "vice",
    "treasurer",
    "secretary",
    "director",
    "manager",
    "pastor",
    "board",
    "member",
    "coordinator",
    "librarian",
    "principal",
    "teacher",
    "mayor",
    "clerk",
    "owner",
    "founder",
    "editor",
    "trustee",
    "volunteer",
    "staff",
    "officer",
    "lead",
    "leader",
    "head",
    "organizer",
    "representative",
    "rep",
    "delegate",
    "alternate",
    "presidenta",
    "presidente",
    "tesorera",
    "tesorero",
    "vorsitzende",
    "vorsitzender",
    "kassierer",
    "presidente",
    "tresoriere",
];

/// Reads a cell with a name. `sorted` tells whether most names of the column begin with the family name and a comma.
pub(super) fn read_name(text: &str, sorted: bool) -> WrittenName {
    let mut written = WrittenName::default();
    let (text, email) = split_email(text);
    written.email = email;
    let (text, aside) = split_aside(&text);
    written.aside = aside;
    let mut name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(turned) = turn(&name, sorted) {
        written.is_turned = true;
        name = turned;
    }
    if let Some(lower) = lower_capitals(&name) {
        written.is_turned = true;
        name = lower;
    }
    name = without_courtesy(&name);
    written.may_be_two = names_two(&name);
    written.name = name;
    written
}

/// A name without a title that everyone has, unless nothing but one word would be left: `Ms. June Abbott` is June Abbott.
fn without_courtesy(name: &str) -> String {
    let mut words: Vec<&str> = name.split(' ').collect();
    while words.len() > 2 && words.first().is_some_and(|word| is_plain_courtesy(word)) && !names_two(name) {
        words.remove(0);
    }
    words.join(" ")
}

/// Whether a word can only be a title: Don and M are also names.
fn is_plain_courtesy(word: &str) -> bool {
    let plain = word.trim_end_matches('.').to_lowercase();
    is_courtesy(word)
        && (word.ends_with('.') || !["don", "dona", "m", "sr", "sir/madam", "pan", "sig"].contains(&plain.as_str()))
}

/// A name without its titles, as it goes into an id.
pub(super) fn without_titles(name: &str) -> &str {
    let mut rest = name;
    while let Some((first, more)) = rest.split_once(' ') {
        let is_written_as_title = first.ends_with('.') || is_plain_courtesy(first);
        if !is_title(first) || !is_written_as_title || more.trim().is_empty() {
            break;
        }
        rest = more.trim_start();
    }
    rest
}

/// The text without the email address in it, if something is left that can be a name.
fn split_email(text: &str) -> (String, Option<String>) {
    let bare = |word: &str| {
        let marks = |c: char| matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';' | '"' | '\'');
        word.trim_matches(marks).trim_start_matches("mailto:").to_owned()
    };
    let is_address = |word: &&str| word.contains('@') && is_email(&bare(word));
    // In `Ana<ana@example.org>`, no space stands before the address.
    let spaced = text.replace('<', " <");
    let addresses: Vec<&str> = spaced.split_whitespace().filter(is_address).collect();
    let [address] = addresses.as_slice() else { return (text.to_owned(), None) };
    let rest: Vec<&str> = spaced.split_whitespace().filter(|word| word != address).collect();
    let rest = rest.join(" ");
    let rest = rest
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',' | ';' | ':' | '-' | '–' | '/' | '|'));
    match rest.chars().any(char::is_alphabetic) {
        true => (rest.to_owned(), Some(bare(address))),
        false => (text.to_owned(), None),
    }
}

/// The text without what stands in brackets in it.
fn split_aside(text: &str) -> (String, Option<Aside>) {
    let whole = || (text.to_owned(), None);
    let Some((before, after)) = text.split_once('(') else { return whole() };
    let Some((inside, behind)) = after.split_once(')') else { return whole() };
    let (before, inside, behind) = (before.trim(), inside.trim(), behind.trim());
    if before.is_empty() || inside.is_empty() || behind.contains('(') {
        return whole();
    }
    let lower = inside.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let is_maiden =
        ["née", "nee", "né", "born", "geb", "formerly", "aka"].iter().any(|start| words.first() == Some(start));
    let are_pronouns = words.len() > 1
        && words.iter().all(|word| {
            ["she", "her", "hers", "he", "him", "his", "they", "them", "theirs", "ze", "hir", "any", "all"]
                .contains(word)
        });
    let aside = if are_pronouns {
        Aside::Pronouns(inside.to_owned())
    } else if is_maiden {
        Aside::OtherName(inside.split_once(' ').map_or(inside, |(_, name)| name).trim().to_owned())
    } else if !behind.is_empty() && words.len() == 1 {
        Aside::OtherName(inside.to_owned())
    } else if words.iter().any(|word| ROLES.contains(word)) {
        Aside::Title(inside.to_owned())
    } else {
        Aside::Note(inside.to_owned())
    };
    (format!("{before} {behind}").trim().to_owned(), Some(aside))
}

/// The name in the order in which people say it, if it is certain that the family name comes first.
fn turn(name: &str, sorted: bool) -> Option<String> {
    let (family, given) = name.split_once(',')?;
    let (family, given) = (family.trim(), given.trim());
    if given.contains(',') || names_two(name) {
        return None;
    }
    let is_name = |word: &&str| {
        let plain = plain(word);
        let is_word = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'));
        let is_large = word.chars().next().is_some_and(|first| first.is_uppercase() || !first.is_lowercase());
        is_word && (is_large || PARTICLES.contains(&plain.as_str())) && !ROLES.contains(&plain.as_str())
    };
    let families: Vec<&str> = family.split(' ').collect();
    let mut givens: Vec<&str> = given.split(' ').collect();
    if !families.iter().all(is_name) || !givens.iter().all(is_name) {
        return None;
    }
    let is_shout = |text: &str| text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase);
    let is_degree = |word: &str| {
        let bare = plain(word).replace('.', "");
        DEGREES.contains(&bare.as_str())
            || is_generation(word)
            || (is_shout(word) && !is_shout(family) && (2..=5).contains(&bare.len()))
    };
    let suffix = givens.last().copied().filter(|word| givens.len() > 1 && is_degree(word));
    if suffix.is_some() {
        givens.pop();
    }
    if givens.iter().any(|word| is_degree(word)) || givens.len() > 3 {
        return None;
    }
    // `Ana Mejía, Ben Okoro` may be two people, unless all names of the column have a comma.
    let full =
        families.iter().filter(|word| !PARTICLES.contains(&plain(word).as_str()) && !is_generation(word)).count();
    if full > 2 || (full == 2 && givens.len() > 1 && !sorted) {
        return None;
    }
    let name = format!("{} {}", givens.join(" "), families.join(" "));
    Some(suffix.map_or_else(|| name.clone(), |suffix| format!("{name} {suffix}")))
}

/// A name of two words or more in capitals, as people write it; `None` if it is not all in capitals.
fn lower_capitals(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_shout = name.chars().any(char::is_uppercase) && !name.chars().any(char::is_lowercase);
    let is_word = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let has_vowel = |word: &str| word.chars().any(|c| "AEIOUYÀÁÂÃÄÅÈÉÊËÌÍÎÏÒÓÔÕÖÙÚÛÜÝ".contains(c));
    if !is_shout
        || words.len() < 2
        || letters < 5
        || words.iter().filter(|word| is_word(word)).any(|word| !has_vowel(word))
    {
        return None;
    }
    let lower = |(at, word): (usize, &&str)| {
        let plain = plain(word);
        if at > 0 && PARTICLES.contains(&plain.as_str()) {
            return word.to_lowercase();
        }
        if ["ii", "iii", "iv"].contains(&plain.as_str()) {
            return (*word).to_owned();
        }
        let mut text = String::new();
        let mut begins = true;
        for letter in word.chars() {
            let after_mc = text == "Mc";
            if begins || after_mc {
                text.push(letter)
            } else {
                text.extend(letter.to_lowercase())
            }
            begins = !letter.is_alphabetic();
        }
        text
    };
    Some(words.iter().enumerate().map(lower).collect::<Vec<_>>().join(" "))
}

/// Whether a name may be that of two people.
pub(super) fn names_two(name: &str) -> bool {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let is_joiner = |word: &String| ["&", "and", "und", "et", "+", "/"].contains(&word.as_str());
    let inside = words.get(1..words.len().saturating_sub(1)).unwrap_or_default();
    inside.iter().any(is_joiner) || (name.contains('/') && words.len() > 1)
}

fn plain(word: &str) -> String {
    word.to_lowercase().trim_matches(['.', ',']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_people_write_them() {
        for (written, name) in [
            ("van der Berg, Anneliese", "Anneliese van der Berg"),
            ("ERIKSEN, MAX", "Max Eriksen"),
            ("MAX ERIKSEN", "Max Eriksen"),
            ("MCALLISTER, WILHELMINA", "Wilhelmina McAllister"),
            ("ANNA VAN DER BERG", "Anna van der Berg"),
            ("Washington Jr., D'Andre", "D'Andre Washington Jr."),
            ("Smith, John Jr.", "John Smith Jr."),
            ("O’Connell, Siobhán", "Siobhán O’Connell"),
            ("  Pia   Eriksen ", "Pia Eriksen"),
            ("Ms. Åsa Lindström", "Åsa Lindström"),
            ("Mrs. Abbott", "Mrs. Abbott"),
            ("Dr. Vera Lind", "Dr. Vera Lind"),
            ("Don Smith Jones", "Don Smith Jones"),
            // These stay as they are.
            ("Suki Ivanov, Jr.", "Suki Ivanov, Jr."),
            ("June Abbott, MD", "June Abbott, MD"),
            ("Ana Mejía, MLIS", "Ana Mejía, MLIS"),
            ("Ana Mejía, chair", "Ana Mejía, chair"),
            ("Ana Mejía, Board President", "Ana Mejía, Board President"),
            ("Ana Mejía, Ben Okoro", "Ana Mejía, Ben Okoro"),
            ("IBM", "IBM"),
            ("JT Roe", "JT Roe"),
        ] {
            assert_eq!(read_name(written, false).name, name, "{written}");
        }
        assert_eq!(read_name("Núñez de la Torre, José Luis", true).name, "José Luis Núñez de la Torre");
        assert_eq!(read_name("García López, Ana María", true).name, "Ana María García López");
    }

    #[test]
    fn what_stands_beside_a_name_is_kept_apart() {
        let read = |text: &str| read_name(text, false);
        for text in [
            "Ana Mejía <ana@example.org>",
            "Ana Mejía (ana@example.org)",
            "Ana Mejía, ana@example.org",
            "Ana Mejía<ana@example.org>",
            "ana@example.org Ana Mejía",
        ] {
            let found = read(text);
            assert_eq!(
                (found.name.as_str(), found.email.as_deref(), found.aside),
                ("Ana Mejía", Some("ana@example.org"), None),
                "{text}"
            );
        }
        assert_eq!((read("ana@example.org").name, read("ana@example.org").email), ("ana@example.org".to_owned(), None));
        assert_eq!(read("Nia Eriksen (chair)").aside, Some(Aside::Title("chair".to_owned())));
        assert_eq!(read("Nia Eriksen (from the bus)").aside, Some(Aside::Note("from the bus".to_owned())));
        assert_eq!(read("Nia Eriksen (she/her)").aside, Some(Aside::Pronouns("she/her".to_owned())));
        assert_eq!(read("Zoé Roux (née Lefèvre)").aside, Some(Aside::OtherName("Lefèvre".to_owned())));
        assert_eq!(
            (read("Robert (Bob) Smith").name, read("Robert (Bob) Smith").aside),
            ("Robert Smith".to_owned(), Some(Aside::OtherName("Bob".to_owned())))
        );
        for two in ["Otto & Pia Eriksen", "Otto and Pia Eriksen", "Mr. and Mrs. Abbott", "Otto/Pia Eriksen"] {
            assert!(read(two).may_be_two, "{two}");
        }
        assert!(!read("Ortega y Gasset").may_be_two && !read("Anders And").may_be_two);
        assert_eq!(without_titles("Rev. Dr. Vera Lind"), "Vera Lind");
        assert_eq!(without_titles("Judge Reinhold"), "Judge Reinhold");
    }
}
