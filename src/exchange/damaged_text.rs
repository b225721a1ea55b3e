//! Text damaged on its way from one program to another: invisible characters, lost letters, and UTF-8 read in another encoding.

use super::incoming::{Incoming, Problem, quote};
use crate::source::Unseen;
use serde_json::Value;
use unicode_script::{Script, UnicodeScript};

/// A text without spaces and without idle invisible characters at its ends.
pub(crate) fn trim_edges(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || Unseen::of(letter).is_some_and(Unseen::is_idle))
}

/// Describes an invisible character in a text, if there is one. Many scripts need joiners, and Hebrew and Arabic need direction marks;
/// an address needs neither.
pub(crate) fn describe_hidden(text: &str, is_address: bool) -> Option<String> {
    let written_from_right =
        || text.chars().any(|c| matches!(c.script(), Script::Hebrew | Script::Arabic | Script::Syriac));
    let stands = |letter: char| match Unseen::of(letter) {
        None => false,
        Some(_) if is_address => true,
        Some(Unseen::Direction) => !written_from_right(),
        Some(unseen) => unseen.is_idle(),
    };
    let letter = text.chars().find(|letter| stands(*letter))?;
    let code = u32::from(letter);
    Some(format!("{} contains an invisible character (U+{code:04X}); type it again by hand", quote(text)))
}

/// Describes letters in a text that were lost or read in the wrong encoding, if there are any.
pub(crate) fn describe_garbled(text: &str) -> Option<String> {
    let text_shown = quote(text);
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return Some(format!(
            "{text_shown} has lost a letter (replaced by U+FFFD); export the file again with UTF-8 encoding, or type the text again"
        ));
    }
    let meant = restore(text)?;
    Some(format!(
        "{text_shown} was read in the wrong encoding and should probably be {}; export the file again with UTF-8 encoding",
        quote(&meant)
    ))
}

/// The damaged texts in records, each with its field.
pub(crate) fn find_damage(records: &[Incoming]) -> Vec<Problem> {
    fn find(value: &Value) -> Option<String> {
        match value {
            Value::String(text) => describe_garbled(text),
            Value::Array(items) => items.iter().find_map(find),
            Value::Object(fields) => fields.values().find_map(find),
            _ => None,
        }
    }
    let of_record = |record: &Incoming| {
        let find_damage = record.fields.iter().filter_map(|(name, value)| Some((name.clone(), find(value)?)));
        let problem = |(column, reason)| Problem { place: record.place.clone(), column: Some(column), reason };
        find_damage.map(problem).collect::<Vec<_>>()
    };
    records.iter().flat_map(of_record).collect()
}

/// Restores a text in which UTF-8 was read as Windows-1252, as spreadsheets do: `CafÃ©`. Only runs of letters that are unlikely to be
/// anything else count.
fn restore(text: &str) -> Option<String> {
    let mut restored = String::with_capacity(text.len());
    let mut found = false;
    let mut rest = text;
    while let Some(start) = rest.find(|letter: char| !letter.is_ascii()) {
        let (plain, from) = rest.split_at(start);
        let (run, behind) = from.split_at(from.find(|letter: char| letter.is_ascii()).unwrap_or(from.len()));
        restored += plain;
        let bytes: Option<Vec<u8>> = run.chars().map(windows_byte).collect();
        let around = (restored.chars().next_back(), behind.chars().next());
        match bytes.and_then(|bytes| String::from_utf8(bytes).ok()).filter(|meant| is_likely(run, meant, around)) {
            Some(meant) => {
                found = true;
                restored += &meant;
            }
            None => restored += run,
        }
        rest = behind;
    }
    found.then(|| restored + rest)
}

/// Characters that often follow a letter in undamaged text: the end of a quotation, a dash, a mark.
const CLOSERS: [char; 10] = ['\u{2019}', '\u{201d}', '…', '»', '›', '®', '©', '™', '–', '—'];

/// Whether the restored text is likelier than the one found. `around` are the letters before and after it.
fn is_likely(run: &str, meant: &str, around: (Option<char>, Option<char>)) -> bool {
    let (before, behind) = around;
    let mut letters = meant.chars();
    let (Some(only), None) = (letters.next(), letters.next()) else {
        // Several letters in a row rarely fit by chance.
        return meant.chars().all(|letter| letter.is_alphanumeric() || is_mark(letter));
    };
    let last = run.chars().next_back();
    let is_closed = last.is_some_and(|last| CLOSERS.contains(&last)) && !behind.is_some_and(char::is_alphanumeric);
    match run.chars().next() {
        // «MANHû ends in capitals, and û would not.
        Some('Ã') => !(is_closed && only.is_lowercase() && before.is_some_and(char::is_uppercase)),
        Some('Â') => true,
        // Swedish has “TVÅ”, and hardly ever an Ŕ.
        Some('Ä' | 'Å') => only <= '\u{17f}' && !is_closed,
        Some('â') => is_mark(only),
        _ => false,
    }
}

/// Whether a character is one of the marks that word processors set.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{a0}'..='\u{bf}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{203a}' | '€' | '™')
}

/// The byte that Windows-1252 has for a letter beyond ASCII.
fn windows_byte(letter: char) -> Option<u8> {
    /// The characters at 0x80 to 0x9F; unused positions keep their control character.
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
        '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match u32::from(letter) {
        code @ 0x80..=0xff => u8::try_from(code).ok(),
        _ => UPPER.iter().position(|upper| *upper == letter).and_then(|at| u8::try_from(0x80 + at).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_in_the_wrong_encoding_is_known_and_nothing_else_is() {
        for (describe_garbled, meant) in [
            ("CafÃ© Liaison", "Café Liaison"),
            ("Readerâ€™s Circle", "Reader\u{2019}s Circle"),
            ("MÃ¼hlgasse", "Mühlgasse"),
            ("MejÃ\u{ad}a", "Mejía"),
            ("ä»•äº‹", "仕事"),
            ("ÐŸÑ€Ð°Ð²Ð´Ð°", "Правда"),
            ("Ã‰cole", "École"),
            ("FORÃŠT", "FORÊT"),
            ("sÃ»r", "sûr"),
            ("cÅ“ur", "cœur"),
            ("20Â°C", "20°C"),
            ("FOOÂ®", "FOO®"),
            ("Å\u{81}ukasz", "Łukasz"),
        ] {
            assert_eq!(restore(describe_garbled).as_deref(), Some(meant), "{describe_garbled}");
        }
        for sound in [
            "Café",
            "São João",
            "Reader\u{2019}s – “x”",
            "図書館",
            "Łódź",
            "ÅÄÖ",
            "naïve Ü",
            "20 °C",
            "Ã la carte",
            "“CAFÉ”",
            "CAFÉ®",
            "É…",
            "«MANHû",
            "“TVÅ”",
            "«café»…",
            "déjà»…",
            "é®",
            "ÄÖ",
        ] {
            assert_eq!(describe_garbled(sound), None, "{sound}");
        }
        assert!(describe_garbled("Caf\u{fffd}").unwrap().contains("U+FFFD"));
    }

    #[test]
    fn an_address_has_nothing_hidden_and_a_name_what_its_script_needs() {
        assert_eq!(trim_edges(" \u{200b}\u{feff}Acorn\u{202c}\u{a0}"), "Acorn");
        for name in ["می\u{200c}خواهم", "\u{200f}ספרייה A\u{200e}", "👩\u{200d}🔬 Lab"] {
            assert_eq!(describe_hidden(name, false), None, "{name}");
        }
        assert!(describe_hidden("Birch\u{200e}gate", false).unwrap().contains("U+200E"));
        assert!(describe_hidden("b@exam\u{ad}ple.org", true).unwrap().contains("U+00AD"));
    }
}
