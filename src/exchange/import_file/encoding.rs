//! The bytes of an import file as text: UTF-8, UTF-16, or another encoding that the command line names.

use crate::error::Error;
use crate::exchange::incoming::quote;
use std::fmt;
use std::str::FromStr;

/// How a file turns letters into bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextEncoding(&'static encoding_rs::Encoding);

impl FromStr for TextEncoding {
    type Err = Error;

    /// Reads the name of an encoding, as browsers know it.
    fn from_str(name: &str) -> Result<TextEncoding, Error> {
        let label = match name.trim().to_lowercase().as_str() {
            "ansi" | "windows" | "win1252" | "excel" | "outlook" => "windows-1252".to_owned(),
            "utf8" => "utf-8".to_owned(),
            "mac" | "macroman" | "mac-roman" => "macintosh".to_owned(),
            "utf16" => "utf-16".to_owned(),
            other => other.replace('_', "-"),
        };
        let found = encoding_rs::Encoding::for_label(label.as_bytes());
        found.map(TextEncoding).ok_or_else(|| {
            Error::usage(format!(
                "`{name}` is not an encoding; common ones are utf-8, utf-16, windows-1252, iso-8859-1 and macintosh"
            ))
        })
    }
}

impl fmt::Display for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.name().to_lowercase())
    }
}

/// The text of a file, with line ends as `\n`. Without an `encoding` it must be UTF-8, or UTF-16 that shows itself.
///
/// # Errors
/// The file is not text in this encoding; the message says which option reads it.
pub(crate) fn text(bytes: &[u8], encoding: Option<TextEncoding>) -> Result<String, Error> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(Error::data(
            "this is a spreadsheet or a package of files, not text; for an Excel file, add --from xlsx",
        ));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Error::data("this is a spreadsheet in an old Excel format; save it as .xlsx or as CSV"));
    }
    if bytes.starts_with(b"%PDF-") {
        return Err(Error::data(
            "this is a PDF, which has no rows; export the list as CSV from the program that made it",
        ));
    }
    let text = match encoding.map(|encoding| encoding.0).or_else(|| find_utf16(bytes)) {
        // The decoder follows a byte order mark and drops it.
        Some(encoding) => encoding.decode(bytes).0.into_owned(),
        None => utf8(bytes)?.to_owned(),
    };
    if let Some(at) = text.find('\0') {
        let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
        return Err(Error::data(format!(
            "line {line} has a NUL byte, which text files never have; save the file again"
        )));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(if text.contains('\n') { text.replace("\r\n", "\n") } else { text.replace('\r', "\n") })
}

/// The text of a page, in the encoding that it names, in UTF-8 or in that of older programs.
pub(super) fn text_of_page(bytes: &[u8]) -> String {
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(2048)).unwrap_or_default()).to_lowercase();
    let named = start.split_once("charset=").or_else(|| start.split_once("encoding=")).map(|(_, rest)| {
        let rest = rest.trim_start_matches(['"', '\'']);
        rest.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))
            .next()
            .unwrap_or_default()
            .to_owned()
    });
    let named = named.and_then(|name| encoding_rs::Encoding::for_label(name.as_bytes()));
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    let other = if is_utf8 { encoding_rs::UTF_8 } else { encoding_rs::WINDOWS_1252 };
    let encoding = find_utf16(bytes).or(named.filter(|named| is_utf8 || *named != encoding_rs::UTF_8)).unwrap_or(other);
    encoding.decode(bytes).0.into_owned()
}

/// UTF-16 by its byte order mark, or by the zero byte beside each plain letter.
fn find_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let start = bytes.get(..bytes.len().min(1000)).unwrap_or_default();
    let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let most = start.len() / 2 / 2;
    match start {
        [0xff, 0xfe, ..] => Some(encoding_rs::UTF_16LE),
        [0xfe, 0xff, ..] => Some(encoding_rs::UTF_16BE),
        _ if start.len() < 8 => None,
        _ if zeros(1) > most && zeros(0) == 0 => Some(encoding_rs::UTF_16LE),
        _ if zeros(0) > most && zeros(1) == 0 => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

/// The bytes as UTF-8.
///
/// # Errors
/// They are not; the message shows the line as the encoding of older Windows programs reads it, with the option for that.
fn utf8(bytes: &[u8]) -> Result<&str, Error> {
    std::str::from_utf8(bytes).map_err(|error| {
        let (before, after) = bytes.split_at(error.valid_up_to());
        let number = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let end = after.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| before.len() + at);
        // Enough around the letter to recognize the line.
        let from = start.max(before.len().saturating_sub(30));
        let line = bytes.get(from..end.min(before.len() + 30)).unwrap_or_default();
        let line = encoding_rs::WINDOWS_1252.decode_without_bom_handling(line).0;
        Error::data(format!(
            "line {number} is not UTF-8 text; older versions of Outlook and Excel write windows-1252: if {} is right, add \
             --encoding windows-1252, otherwise save the file again with UTF-8 encoding",
            quote(&line)
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_is_found_or_named() {
        let utf16 = |text: &str, little: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
        };
        let expected = "Name,Ort\nMühlgasse,Köln\n";
        for bytes in [
            expected.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", expected.as_bytes()].concat(),
            [b"\xff\xfe".to_vec(), utf16(expected, true)].concat(),
            [b"\xfe\xff".to_vec(), utf16(expected, false)].concat(),
            utf16(expected, true),
            utf16(&expected.replace('\n', "\r\n"), false),
        ] {
            assert_eq!(text(&bytes, None).unwrap(), expected);
        }
        let latin = b"Name,Ort\nM\xfchlgasse,K\xf6ln\n";
        let refused = text(latin, None).unwrap_err();
        assert!(refused.message().starts_with("line 2 is not UTF-8 text"), "{refused}");
        assert!(refused.message().contains("if \"Mühlgasse,Köln\" is right, add --encoding windows-1252"), "{refused}");
        for name in ["windows-1252", "cp1252", "latin1", "ANSI", "iso-8859-1"] {
            assert_eq!(text(latin, Some(name.parse().unwrap())).unwrap(), expected, "{name}");
        }
        assert!("klingon".parse::<TextEncoding>().unwrap_err().message().contains("windows-1252"));
        assert!(text(b"a\0b", None).unwrap_err().message().contains("line 1 has a NUL byte"));
    }
}
