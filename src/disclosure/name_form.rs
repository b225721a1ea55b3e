//! The ways to write one person's name: with or without a title or an organization, with all first names or only one.

use crate::parse::alike::alike;

/// Words before or after a name that are not part of it, compared without periods and capitals.
const TITLES: [&str; 56] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "rev",
    "reverend",
    "fr",
    "sr",
    "jr",
    "hon",
    "sen",
    "senator",
    "rep",
    "councilor",
    "councillor",
    "mayor",
    "judge",
    "justice",
    "capt",
    "sgt",
    "ii",
    "iii",
    "iv",
    "phd",
    "md",
    "esq",
    "rabbi",
    "pastor",
    "imam",
    "deacon",
    "elder",
    "bishop",
    "father",
    "sister",
    "brother",
    "coach",
    "chief",
    "officer",
    "sheriff",
    "commissioner",
    "councilmember",
    "councilman",
    "councilwoman",
    "supervisor",
    "superintendent",
    "principal",
    "governor",
    "trustee",
    "mls",
    "mlis",
    "cpa",
    "rn",
];

/// Characters that end a name: `Pat Quill (Elm School)`, `Pat Quill – Elm School`.
const ENDS: [char; 8] = ['(', '[', '/', ';', ':', '\u{2013}', '\u{2014}', '|'];

/// Words after which a guest's organization follows: Hana Zelenka of the Gazette.
const BEHIND: [&str; 5] = [" of ", " from ", " at ", " with ", " for "];

/// Words by which a name of several words is an organization's.
const ORGANIZATIONS: [&str; 45] = [
    "agency",
    "association",
    "authority",
    "bank",
    "board",
    "bureau",
    "center",
    "chamber",
    "church",
    "city",
    "club",
    "coalition",
    "college",
    "commission",
    "committee",
    "company",
    "council",
    "county",
    "courier",
    "department",
    "district",
    "federation",
    "foundation",
    "friends",
    "gazette",
    "herald",
    "inc",
    "institute",
    "journal",
    "league",
    "library",
    "llc",
    "mosque",
    "museum",
    "news",
    "office",
    "press",
    "school",
    "society",
    "synagogue",
    "temple",
    "times",
    "town",
    "union",
    "university",
];

/// Whether a name is that of an organization: City Council, Riverton Courier.
pub(super) fn is_organization(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let is_one = |word: &&&str| ORGANIZATIONS.contains(&word.to_lowercase().as_str());
    // Hana Zelenka, Gazette is a person.
    !name.contains([',', '(', '-'])
        && words.len() > 1
        && words.last().filter(is_one).is_some()
        && !BEHIND.iter().any(|behind| name.contains(behind))
}

/// A name without titles and degrees, if it has any.
pub(super) fn untitled(name: &str) -> Option<String> {
    let seen = alike(name);
    let plain = strip_titles(seen.split(',').next().unwrap_or_default()).join(" ");
    (plain != seen && plain.contains(' ')).then_some(plain)
}

/// The forms of a name, the name itself first. Every other form has at least two capitalized words.
pub(super) fn forms(name: &str) -> Vec<String> {
    let seen = alike(name);
    let mut forms = vec![seen.clone()];
    let outside = without_brackets(&seen);
    for part in [&seen, &outside] {
        let person = part.split(ENDS).next().unwrap_or_default();
        let person = person.split(" - ").next().unwrap_or_default();
        let person = BEHIND.iter().fold(person, |person, word| person.split(word).next().unwrap_or_default());
        for person in person.split(" and ").flat_map(|part| part.split(" & ")) {
            add_forms(person, &mut forms);
        }
    }
    // A nickname is in parentheses or quotes: Margarethe (Greta) Olmhurst.
    let last = strip_titles(&outside).last().map(|word| (*word).to_owned());
    for nickname in
        bracket_contents(&seen).into_iter().filter(|nickname| is_capitalized(nickname) && !nickname.contains(' '))
    {
        forms.extend(last.iter().map(|last| format!("{nickname} {last}")));
    }
    let mut unique = Vec::new();
    for form in forms {
        let is_name = unique.is_empty() || form.split(' ').filter(|word| is_capitalized(word)).count() > 1;
        if is_name && !unique.contains(&form) {
            unique.push(form);
        }
    }
    unique
}

/// Adds the forms of a name that may begin with the family name, or have something else after a comma.
fn add_forms(text: &str, forms: &mut Vec<String>) {
    let mut parts = text.split(',').map(str::trim);
    let first = strip_titles(parts.next().unwrap_or_default()).join(" ");
    // Amundsen, Priscilla.
    if let Some(given) = parts.next().map(|given| strip_titles(given).join(" "))
        && !first.contains(' ')
        && is_capitalized(&given)
        && given.split(' ').count() <= 2
    {
        forms.push(format!("{given} {first}"));
    }
    let words: Vec<&str> = first.split(' ').collect();
    if let [given, .., last] = words.as_slice() {
        forms.push(first.clone());
        let is_between = |word: &&str| !is_initial(word);
        let whole: Vec<&str> = words.iter().copied().filter(is_between).collect();
        forms.push(whole.join(" "));
        // People use one of several first names; a lowercase word belongs to the family name.
        if words.iter().all(|word| is_capitalized(word)) && !is_initial(given) {
            forms.push(format!("{given} {last}"));
        }
        // The first word may be a title that is not known here, or a first name that the person does not use.
        if words.len() > 2 && words.iter().all(|word| is_capitalized(word)) && !is_initial(given) {
            let rest: Vec<&str> = words.iter().skip(1).copied().filter(is_between).collect();
            forms.push(rest.join(" "));
        }
    }
}

/// Whether a word is an initial: `J.`
fn is_initial(word: &str) -> bool {
    word.trim_end_matches('.').chars().count() == 1
}

/// The words of a name without titles before and after.
fn strip_titles(text: &str) -> Vec<&str> {
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches(',')).collect();
    let is_title = |word: &&str| {
        let plain: String = word.chars().filter(|letter| letter.is_alphanumeric()).collect();
        plain.is_empty() || TITLES.contains(&plain.to_lowercase().as_str())
    };
    let first = words.iter().position(|word| !is_title(word)).unwrap_or(words.len());
    let last = words.iter().rposition(|word| !is_title(word)).map_or(first, |last| last + 1);
    words.get(first..last).unwrap_or_default().to_vec()
}

/// The text without parts in brackets or double quotes.
fn without_brackets(text: &str) -> String {
    let mut plain = String::new();
    let mut within = false;
    for letter in text.chars() {
        match letter {
            '(' | '[' => within = true,
            ')' | ']' => within = false,
            '"' => within = !within,
            _ if !within => plain.push(letter),
            _ => {}
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parts of a text in brackets or double quotes.
fn bracket_contents(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inner: Option<String> = None;
    for letter in text.chars() {
        match (letter, inner.as_mut()) {
            ('(' | '[', _) | ('"', None) => inner = Some(String::new()),
            (')' | ']' | '"', Some(_)) => found.extend(inner.take()),
            (_, Some(text)) => text.push(letter),
            _ => {}
        }
    }
    found
}

fn is_capitalized(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_alphabetic() && !letter.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn a_person_is_named_with_and_without_what_stands_around_the_name() {
        for (written, name) in [
            ("Priscilla Amundsen, Alder Community College", "Priscilla Amundsen"),
            ("Priscilla Amundsen (Alder College)", "Priscilla Amundsen"),
            ("Priscilla Amundsen \u{2013} Alder College", "Priscilla Amundsen"),
            ("Amundsen, Priscilla", "Priscilla Amundsen"),
            ("Ms. Priscilla Amundsen and two students", "Priscilla Amundsen"),
            ("Dr. Patience Amberwell, MD", "Patience Amberwell"),
            ("Prof. Patience Amberwell PhD", "Patience Amberwell"),
            ("Robert J. Fenwick Jr.", "Robert Fenwick"),
            ("Robert James Fenwick", "Robert Fenwick"),
            ("Margarethe (Greta) Olmhurst", "Greta Olmhurst"),
            ("Margarethe (Greta) Olmhurst", "Margarethe Olmhurst"),
            ("Walter \"Walt\" Moss", "Walt Moss"),
        ] {
            assert!(forms(written).contains(&name.to_owned()), "{written}: {:?}", forms(written));
        }
    }

    #[test]
    fn what_is_no_name_has_no_other_form() {
        for name in ["Cher", "Two reporters", "the captain", "Students of Elm School", "Anna van der Berg"] {
            let forms = forms(name);
            let short = forms.iter().filter(|form| form.split(' ').count() < name.split(' ').count());
            assert_eq!(short.count(), 0, "{name}: {forms:?}");
        }
        assert_eq!(forms("Ana Lopez"), ["Ana Lopez"]);
    }
}
