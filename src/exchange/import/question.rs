//! Headings of forms, which ask: `What is your full name?` is the heading of names.

use super::heading::words_of;

/// What a question begins with, in front of what it asks for.
const OPENINGS: [&str; 22] = [
    "what is",
    "what s",
    "whats",
    "what are",
    "which is",
    "which",
    "cual es",
    "cuales son",
    "quel est",
    "quelle est",
    "quels sont",
    "wie lautet",
    "wie lauten",
    "wie ist",
    "was ist",
    "please enter",
    "please provide",
    "please give",
    "please give us",
    "bitte",
    "enter",
    "please",
];

/// Words that say only who is asked.
const ASIDES: [&str; 38] = [
    "you",
    "your",
    "the",
    "my",
    "if",
    "any",
    "to",
    "reach",
    "best",
    "here",
    "below",
    "us",
    "at",
    "this",
    "required",
    "optional",
    "su",
    "tu",
    "sus",
    "tus",
    "votre",
    "vos",
    "ton",
    "ta",
    "ihr",
    "ihre",
    "dein",
    "deine",
    "deinen",
    "indique",
    "escriba",
    "entrez",
    "preferred",
    "current",
    "participant",
    "attendee",
    "respondent",
    "s",
];

/// Words that show that a heading asks someone.
const SIGNS: [&str; 14] = [
    "you",
    "your",
    "su",
    "tu",
    "votre",
    "vos",
    "ihr",
    "ihre",
    "dein",
    "deine",
    "please",
    "enter",
    "participant",
    "attendee",
];

/// Whom every column of a list is about.
const OF_WHOM: [&str; 18] = [
    "donor",
    "person",
    "attendee",
    "participant",
    "supporter",
    "volunteer",
    "client",
    "customer",
    "subscriber",
    "guest",
    "constituent",
    "patron",
    "registrant",
    "respondent",
    "invitee",
    "individual",
    "signer",
    "buyer",
];

/// Whether words in brackets only say how to answer.
fn is_explanation(inside: &str) -> bool {
    const WORDS: [&str; 36] = [
        "required",
        "optional",
        "if",
        "any",
        "applicable",
        "check",
        "all",
        "that",
        "apply",
        "please",
        "specify",
        "first",
        "last",
        "and",
        "full",
        "e",
        "g",
        "example",
        "select",
        "one",
        "choose",
        "freiwillig",
        "pflichtfeld",
        "falls",
        "vorhanden",
        "opcional",
        "obligatorio",
        "facultatif",
        "obligatoire",
        "option",
        "with",
        "area",
        "code",
        "digits",
        "only",
        "mandatory",
    ];
    let words = words_of(inside);
    words.iter().all(|word| word.len() == 1 || WORDS.contains(&word.as_str()))
}

/// Whether a question asks which organization someone speaks for or belongs to.
fn asks_for_organization(words: &[String]) -> bool {
    const STARTS: [&str; 22] = [
        "which",
        "what",
        "welche",
        "welcher",
        "welchem",
        "fur",
        "que",
        "cual",
        "a",
        "en",
        "de",
        "quelle",
        "quel",
        "au",
        "on",
        "who",
        "name",
        "represents",
        "representing",
        "are",
        "do",
        "per",
    ];
    const NOUNS: [&str; 20] = [
        "organization",
        "organisation",
        "organizations",
        "organizacion",
        "organisme",
        "organizzazione",
        "organizacao",
        "organisatie",
        "company",
        "group",
        "gruppe",
        "verein",
        "association",
        "asociacion",
        "entidad",
        "firma",
        "institution",
        "employer",
        "church",
        "congregation",
    ];
    const LINKS: [&str; 24] = [
        "represent",
        "representing",
        "represents",
        "with",
        "belong",
        "from",
        "affiliated",
        "behalf",
        "for",
        "sprechen",
        "vertreten",
        "vertritt",
        "angehoren",
        "gehoren",
        "representa",
        "pertenece",
        "nombre",
        "representez",
        "represente",
        "rappresenta",
        "rappresenti",
        "name",
        "work",
        "nom",
    ];
    const OTHERS: [&str; 26] = [
        "our", "about", "hear", "heard", "support", "help", "how", "why", "would", "should", "type", "kind", "many",
        "size", "unsere", "unser", "notre", "nuestra", "email", "phone", "address", "website", "role", "art", "tipo",
        "types",
    ];
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    words.first().is_some_and(|first| STARTS.contains(&first.as_str())) && has(&NOUNS) && has(&LINKS) && !has(&OTHERS)
}

/// The words that a question asks for: `full name` for `1. What is your full name? (required)`; `None` if the heading is no question.
pub(super) fn words_asked(heading: &str) -> Option<String> {
    // What stands in brackets may be an explanation, and a number or a colon divides a question from its answer.
    let mut plain = String::new();
    let mut rest = heading;
    while let Some((before, after)) = rest.split_once(['(', '[']) {
        let (inside, behind) = after.split_once([')', ']']).unwrap_or((after, ""));
        plain += before;
        // `Email (spouse)` is not the email address of the person.
        if !is_explanation(inside) {
            plain += &format!(" {inside} ");
        }
        rest = behind;
    }
    plain += rest;
    let numbered = |text: &str| {
        let words = words_of(text);
        let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
        let is_mark = |word: &String| ["question", "q", "frage", "pregunta"].contains(&word.as_str());
        !words.is_empty() && words.iter().all(|word| is_number(word) || is_mark(word))
    };
    let start =
        plain.split_once([':', '.', ')']).filter(|(before, _)| numbered(before)).map(|(_, rest)| rest.to_owned());
    let was_numbered = start.is_some();
    let plain = start.unwrap_or(plain);
    let words = words_of(&plain);
    // In a list of donors, `Donor's First Name` is the first name.
    if let [who, rest @ ..] = words.as_slice()
        && OF_WHOM.contains(&who.as_str())
    {
        let rest: Vec<&str> = rest.iter().map(String::as_str).skip_while(|word| *word == "s").collect();
        return (!rest.is_empty()).then(|| rest.join(" "));
    }
    let is_question = plain.contains('?') || words.iter().any(|word| SIGNS.contains(&word.as_str()));
    let was_explained = words_of(heading) != words;
    if !is_question && !was_numbered && !was_explained {
        return None;
    }
    let text = words.join(" ");
    if is_question && asks_for_organization(&words) {
        return Some("organization".to_owned());
    }
    let opening = OPENINGS
        .iter()
        .filter(|opening| text == **opening || text.strip_prefix(*opening).is_some_and(|rest| rest.starts_with(' ')))
        .max_by_key(|opening| opening.len());
    let rest = opening.and_then(|opening| text.strip_prefix(opening)).unwrap_or(&text);
    let asked: Vec<&str> = rest.split_whitespace().filter(|word| !ASIDES.contains(word)).collect();
    (!asked.is_empty()).then(|| asked.join(" "))
}

#[cfg(test)]
mod tests {
    use super::words_asked;

    #[test]
    fn a_question_is_the_heading_of_what_it_asks_for() {
        for (heading, asked) in [
            ("What is your full name?", Some("full name")),
            ("1. Your e-mail address (required)", Some("e mail address")),
            ("Question 2: Your phone?", Some("phone")),
            ("Best phone number to reach you", Some("phone number")),
            ("Which organization do you represent (if any)?", Some("organization")),
            ("What group are you with?", Some("organization")),
            ("Für welche Organisation sprechen Sie?", Some("organization")),
            ("¿Qué organización representa?", Some("organization")),
            ("How did you hear about our organization?", Some("how did hear about our organization")),
            ("What type of organization do you represent?", Some("what type of organization do represent")),
            ("Donor's First Name", Some("first name")),
            ("Person - Organization", Some("organization")),
            ("¿Cuál es su correo electrónico?", Some("correo electronico")),
            ("Wie lautet Ihre Telefonnummer?", Some("telefonnummer")),
            ("Quel est votre nom complet ?", Some("nom complet")),
            ("Phone (optional)", Some("phone")),
            ("Email (spouse)", None),
            ("Phone 1 Full Number (F)", Some("phone 1 full number")),
            ("Participant email", Some("email")),
            ("Can we email you?", Some("can we email")),
            ("Is your e-mail current?", Some("is e mail")),
            ("Name", None),
            ("Date added", None),
        ] {
            assert_eq!(words_asked(heading).as_deref(), asked, "{heading}");
        }
    }
}
