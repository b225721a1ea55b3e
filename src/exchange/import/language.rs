//! The languages in a cell: `English/Spanish`, `español, inglés`, `Eng, Span` are two each, as codes where the language is known.

use crate::parse::alike::fold_accents;

/// The field with the languages that someone speaks.
pub(super) const LANGUAGES: &str = "languages";

/// Codes of languages (ISO 639-1, or 639-3 where that has none), each with the names of the language, also in short and in other
/// languages, in small letters without accents.
const KNOWN: &[(&str, &[&str])] = &[
    ("en", &["english", "eng", "ingles", "anglais", "englisch", "en us", "en gb"]),
    ("es", &["spanish", "spa", "span", "espanol", "castellano", "espagnol", "spanisch", "es mx", "es es", "es us"]),
    ("fr", &["french", "fra", "francais", "frances", "franzosisch"]),
    ("de", &["german", "deu", "ger", "deutsch", "aleman", "allemand"]),
    ("it", &["italian", "ita", "italiano", "italien", "italienisch"]),
    ("pt", &["portuguese", "por", "portugues", "portugais", "portugiesisch", "pt br"]),
    ("zh", &["chinese", "chi", "chino", "chinois", "chinesisch", "中文", "zh cn", "zh tw"]),
    ("cmn", &["mandarin", "mandarin chinese", "chinese (mandarin)"]),
    ("yue", &["cantonese", "chinese (cantonese)", "cantones", "kantonesisch"]),
    ("vi", &["vietnamese", "vie", "vietnamita", "vietnamien", "vietnamesisch", "tieng viet"]),
    ("ko", &["korean", "kor", "coreano", "coreen", "koreanisch", "한국어"]),
    ("ja", &["japanese", "jpn", "japones", "japonais", "japanisch", "日本語"]),
    ("ar", &["arabic", "ara", "arabe", "arabisch", "العربية"]),
    ("ru", &["russian", "rus", "ruso", "russe", "russisch", "русскии", "русский"]),
    ("uk", &["ukrainian", "ukr", "ucraniano", "ukrainien", "ukrainisch", "українська"]),
    ("pl", &["polish", "pol", "polaco", "polonais", "polnisch", "polski"]),
    ("tl", &["tagalog", "tgl"]),
    ("fil", &["filipino"]),
    ("hi", &["hindi", "hin"]),
    ("ur", &["urdu", "urd"]),
    ("pa", &["punjabi", "pan", "panjabi"]),
    ("bn", &["bengali", "ben", "bangla"]),
    ("gu", &["gujarati", "guj"]),
    ("so", &["somali", "som"]),
    ("sw", &["swahili", "swa", "kiswahili"]),
    ("am", &["amharic", "amh"]),
    ("ht", &["haitian creole", "hat", "kreyol", "creole", "haitian"]),
    ("fa", &["persian", "fas", "farsi", "persa", "persan", "persisch"]),
    ("tr", &["turkish", "tur", "turco", "turc", "turkisch", "turkce"]),
    ("el", &["greek", "ell", "griego", "grec", "griechisch"]),
    ("he", &["hebrew", "heb", "hebreo", "hebreu", "hebraisch"]),
    ("nl", &["dutch", "nld", "neerlandes", "neerlandais", "niederlandisch", "nederlands"]),
    ("hmn", &["hmong"]),
    ("km", &["khmer", "khm", "cambodian"]),
    ("ase", &["american sign language", "asl", "sign language"]),
    ("ca", &["catalan", "cat", "catala", "katalanisch"]),
    ("sv", &["swedish", "swe", "sueco", "suedois", "schwedisch", "svenska"]),
    ("cs", &["czech", "ces", "checo", "tcheque", "tschechisch", "cestina"]),
];

/// The languages in a text, in its order, each once.
pub(super) fn split_languages(text: &str) -> Vec<String> {
    const BETWEEN: [&str; 9] = ["and", "y", "und", "et", "e", "or", "o", "ou", "oder"];
    let mut found: Vec<String> = Vec::new();
    for part in text.split([',', ';', '/', '|', '\n', '&', '+']) {
        let mut words: Vec<&str> = Vec::new();
        let mut add = |words: &mut Vec<&str>| {
            let language = words.join(" ");
            words.clear();
            let language = code_of(language.trim_matches('.'));
            if !language.is_empty() && !found.contains(&language) {
                found.push(language);
            }
        };
        for word in part.split_whitespace() {
            if BETWEEN.contains(&word.to_lowercase().as_str()) {
                add(&mut words);
            } else {
                words.push(word);
            }
        }
        add(&mut words);
    }
    found
}

/// The code of a language, or the word as it is.
fn code_of(word: &str) -> String {
    let plain = fold_accents(word).replace(['_', '-'], " ");
    let known = KNOWN.iter().find(|(code, words)| *code == plain || words.contains(&plain.as_str()));
    known.map_or_else(|| word.to_owned(), |(code, _)| (*code).to_owned())
}

#[cfg(test)]
mod tests {
    use super::split_languages;

    #[test]
    fn languages_are_found_however_they_are_listed() {
        for cell in [
            "English,Spanish",
            "inglés, español",
            "English/Spanish",
            "English and Spanish",
            "Eng, Span",
            "EN; ES",
            "Englisch und Spanisch",
            "English & Spanish",
            "en-US | es",
        ] {
            assert_eq!(split_languages(cell), ["en", "es"], "{cell}");
        }
        assert_eq!(split_languages("Haitian Creole; Q'eqchi'"), ["ht", "Q'eqchi'"]);
        assert_eq!(split_languages("Français"), ["fr"]);
    }
}
