//! The name of a person from its parts, as address books keep them: title, given and middle names, particle, family names, suffix.

use std::collections::BTreeMap;

/// A part of a name, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NamePart {
    /// A title before the name: `Dr.`
    Prefix,
    /// The given name.
    Given,
    /// Other given names, or their initials.
    Middle,
    /// A particle before the family name: `de la`, `van`.
    Particle,
    /// The family name.
    Family,
    /// A second family name, as in Spanish.
    SecondFamily,
    /// What follows the name: `Jr.`, `MD`.
    Suffix,
}

impl NamePart {
    /// All parts, each with the word that `--map` uses for it and the headings that hold it, the most common first.
    pub(crate) const ALL: [(NamePart, &'static str, &'static [&'static str]); 7] = [
        (
            NamePart::Prefix,
            "prefix",
            &[
                "name prefix",
                "honorific prefix",
                "salutation",
                "honorific",
                "courtesy title",
                "anrede",
                "tratamiento",
                "aanhef",
                "appellativo",
                "civilite",
            ],
        ),
        (
            NamePart::Given,
            "given_name",
            &[
                "first name",
                "given name",
                "name.first",
                "name.given",
                "name.firstname",
                "first",
                "forename",
                "fname",
                "christian name",
                "nombre de pila",
                "nombres",
                "primer nombre",
                "prenom",
                "prenoms",
                "vorname",
                "vornamen",
                "rufname",
                "voornaam",
                "fornamn",
                "fornavn",
                "imie",
                "primeiro nome",
                "contact first name",
            ],
        ),
        (
            NamePart::Middle,
            "middle_name",
            &[
                "middle names",
                "additional name",
                "additional names",
                "middle initial",
                "middle",
                "mid name",
                "name.middle",
                "segundo nombre",
                "secondo nome",
                "tweede naam",
                "deuxieme prenom",
                "autres prenoms",
                "weitere vornamen",
                "zweiter vorname",
            ],
        ),
        (
            NamePart::Particle,
            "particle",
            &[
                "name particle",
                "nobiliary particle",
                "surname prefix",
                "family name prefix",
                "last name prefix",
                "tussenvoegsel",
                "namenszusatz",
                "particule",
            ],
        ),
        (
            NamePart::Family,
            "family_name",
            &[
                "last name",
                "name.last",
                "name.family",
                "name.lastname",
                "family name",
                "last",
                "surname",
                "lname",
                "apellido",
                "apellidos",
                "primer apellido",
                "apellido paterno",
                "nom de famille",
                "nachname",
                "familienname",
                "zuname",
                "achternaam",
                "cognome",
                "cognom",
                "cognoms",
                "sobrenome",
                "apelido",
                "efternamn",
                "etternavn",
                "efternavn",
                "nazwisko",
                "contact last name",
            ],
        ),
        (
            NamePart::SecondFamily,
            "second_family_name",
            &["segundo apellido", "apellido materno", "second last name", "second surname"],
        ),
        (
            NamePart::Suffix,
            "suffix",
            &[
                "name suffix",
                "honorific suffix",
                "generation suffix",
                "generation",
                "sufijo",
                "suffixe",
                "namenssuffix",
            ],
        ),
    ];
}

/// Titles that everyone has, which are not part of how people call someone.
const COURTESY: [&str; 36] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "messrs",
    "sir/madam",
    "herr",
    "frau",
    "fraulein",
    "sr",
    "sra",
    "srta",
    "senor",
    "senora",
    "don",
    "dona",
    "m",
    "mme",
    "mlle",
    "monsieur",
    "sig",
    "sig.ra",
    "sigra",
    "sig.na",
    "signor",
    "signora",
    "dhr",
    "mevr",
    "mevrouw",
    "senhor",
    "senhora",
    "pan",
    "pani",
    "sr.a",
    "herrn",
];

/// Whether a text is a title before a name, such as `Dr.` or `Mrs.`, and not an office.
pub(crate) fn is_title(text: &str) -> bool {
    const TITLES: [&str; 20] = [
        "dr", "dra", "prof", "rev", "hon", "fr", "sister", "brother", "rabbi", "imam", "pastor", "father", "capt",
        "col", "gen", "lt", "maj", "sgt", "madame", "judge",
    ];
    let words: Vec<String> = text.split_whitespace().map(plain).collect();
    !words.is_empty()
        && words.len() <= 3
        && words.iter().all(|word| COURTESY.contains(&word.as_str()) || TITLES.contains(&word.as_str()))
}

/// Whether a word is a title that everyone has: `Ms.`
pub(super) fn is_courtesy(word: &str) -> bool {
    COURTESY.contains(&plain(word).as_str())
}

fn plain(word: &str) -> String {
    deunicode::deunicode(word).to_lowercase().trim_matches(['.', ',']).to_owned()
}

/// The name from its parts; `None` if there is none that is a name.
pub(crate) fn compose_name(parts: &BTreeMap<NamePart, String>) -> Option<String> {
    let has_name = parts.keys().any(|part| !matches!(part, NamePart::Prefix | NamePart::Suffix | NamePart::Particle));
    if !has_name {
        return None;
    }
    let mut name = String::new();
    for (part, text) in parts {
        let text = text.trim();
        let is_courtesy = *part == NamePart::Prefix && text.split_whitespace().all(is_courtesy);
        // Some programs put the second family name, or the particle, into the family name too.
        let is_there = matches!(part, NamePart::SecondFamily) && name.ends_with(text);
        if text.is_empty() || is_courtesy || is_there {
            continue;
        }
        if !name.is_empty() {
            let is_degree = *part == NamePart::Suffix && !is_generation(text);
            name += if is_degree { ", " } else { " " };
        }
        name += text.trim_start_matches([',', ' ']);
    }
    Some(name).filter(|name| !name.is_empty())
}

/// Whether a suffix tells generations apart: `Jr.`, `III`.
pub(super) fn is_generation(suffix: &str) -> bool {
    matches!(
        plain(suffix).as_str(),
        "jr" | "sr" | "i" | "ii" | "iii" | "iv" | "v" | "2nd" | "3rd" | "hijo" | "fils" | "pere" | "junior" | "senior"
    )
}

#[cfg(test)]
mod tests {
    use super::NamePart::*;
    use super::*;

    #[test]
    fn names_are_written_as_people_say_them() {
        let name = |parts: &[(NamePart, &str)]| {
            compose_name(&parts.iter().map(|(part, text)| (*part, (*text).to_owned())).collect())
        };
        for (parts, expected) in [
            (&[(Given, "Ana"), (Family, "Mejía")][..], Some("Ana Mejía")),
            (
                &[
                    (Prefix, "Dr."),
                    (Given, "Ana"),
                    (Middle, "María"),
                    (Particle, "de la"),
                    (Family, "Cruz"),
                    (Suffix, "Jr."),
                ],
                Some("Dr. Ana María de la Cruz Jr."),
            ),
            (&[(Prefix, "Mrs."), (Given, "June"), (Family, "Abbott"), (Suffix, "MD")], Some("June Abbott, MD")),
            (&[(Given, "Luis"), (Family, "Ortega"), (SecondFamily, "Ruiz")], Some("Luis Ortega Ruiz")),
            (&[(Family, "Okoro")], Some("Okoro")),
            (&[(Prefix, "Mr.")], None),
            (&[], None),
        ] {
            assert_eq!(name(parts).as_deref(), expected);
        }
        assert!(
            is_title("Dr.")
                && is_title("Rev. Dr.")
                && is_title("Sra.")
                && !is_title("Director")
                && !is_title("Judge of elections")
        );
    }
}
