//! Private keys in a text, found in one place for the check that reports them and for all output, which never shows
//! one.

use std::borrow::Cow;
use std::ops::Range;

/// What is in place of a private key in everything that is printed.
const LEFT_OUT: &str = "(a private key, left out here)";

/// Where a key ends that begins at a byte of a text, if a key begins there.
type End = fn(&str, usize) -> Option<usize>;

/// What each form of a private key begins with, and where it ends.
const FORMS: [(&str, End); 4] = [
    // PEM (RFC 7468), OpenSSH, OpenPGP (RFC 9580, section 6.2) and SSH2 (RFC 4716).
    ("BEGIN ", armor),
    ("PuTTY-User-Key-File-", putty),
    ("AGE-SECRET-KEY-1", age),
    // The first letters of `openssh-key-v1` in base64 (OpenSSH, PROTOCOL.key), for a body without its first line.
    ("b3BlbnNzaC1rZXktdjE", body),
];

/// Where private keys are in a text, from the first letter of each to its last, in their order. The forms are those of
/// PEM, OpenSSH, OpenPGP, SSH2, PuTTY and age. One that breaks off goes on to the end of the text.
pub(crate) fn find_private_keys(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (begin, end) in FORMS {
        let mut rest = 0;
        while let Some(at) = text.get(rest..).and_then(|behind| behind.find(begin)).map(|at| rest + at) {
            rest = at + begin.len();
            if let Some(end) = end(text, at) {
                let armor = text.get(..at).unwrap_or_default().trim_end_matches([' ', '-']).len();
                let start = if begin == "BEGIN " { armor + blanks(text, armor) } else { at };
                found.push(start..end);
                rest = end.max(rest);
            }
        }
    }
    found.sort_by_key(|key| (key.start, key.end));
    // A body stands inside its armor too.
    found.dedup_by(|next, before| {
        let is_one = next.start < before.end;
        before.end = if is_one { before.end.max(next.end) } else { before.end };
        is_one
    });
    found
}

/// The text with words in place of each private key in it.
pub(crate) fn without_private_keys(text: &str) -> Cow<'_, str> {
    let keys = find_private_keys(text);
    if keys.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut shown = String::new();
    let mut from = 0;
    for key in keys {
        shown += text.get(from..key.start).unwrap_or_default();
        shown += LEFT_OUT;
        from = key.end;
    }
    Cow::Owned(shown + text.get(from..).unwrap_or_default())
}

/// The spaces at a place.
fn blanks(text: &str, at: usize) -> usize {
    let behind = text.get(at..).unwrap_or_default();
    behind.len() - behind.trim_start_matches(' ').len()
}

/// The end of the label of an armor that speaks of a private key, with the dashes after it.
fn label(text: &str, at: usize) -> Option<usize> {
    const LONGEST: usize = 60;
    let line = text.get(at..)?.split('\n').next()?;
    let words = line.find('-')?;
    (words <= LONGEST && line.get(..words)?.contains("PRIVATE KEY")).then_some(())?;
    let behind = line.get(words..)?;
    Some(at + words + (behind.len() - behind.trim_start_matches('-').len()))
}

/// The end of a key in an armor whose `BEGIN` is here.
fn armor(text: &str, at: usize) -> Option<usize> {
    const END: &str = "END ";
    let is_armor = text.get(..at)?.trim_end_matches(' ').ends_with("--");
    let mut rest = label(text, at).filter(|_| is_armor)?;
    while let Some(end) = text.get(rest..).and_then(|behind| behind.find(END)).map(|end| rest + end) {
        if let Some(end) = label(text, end) {
            return Some(end);
        }
        rest = end + END.len();
    }
    Some(text.len())
}

/// The end of a key in a file of PuTTY: its last line is `Private-MAC`, or `Private-Hash` in old ones.
fn putty(text: &str, at: usize) -> Option<usize> {
    let behind = text.get(at..)?;
    let last = ["Private-MAC:", "Private-Hash:"].iter().filter_map(|last| behind.find(last)).min();
    let Some(last) = last else { return Some(text.len()) };
    let digest = behind.get(last..)?.find(": ").map_or(last, |colon| last + colon + 2);
    let length = behind.get(digest..)?.find(|letter: char| !letter.is_ascii_hexdigit());
    Some(length.map_or(text.len(), |length| at + digest + length))
}

/// The end of a key of age: letters and digits of Bech32.
fn age(text: &str, at: usize) -> Option<usize> {
    const SHORTEST: usize = "AGE-SECRET-KEY-1".len() + 20;
    let key = text.get(at..)?;
    let length = key.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').unwrap_or(key.len());
    (length >= SHORTEST).then_some(at + length)
}

/// The end of base64, on one line or on several, which may begin with the mark of a comment or a quotation.
fn body(text: &str, at: usize) -> Option<usize> {
    /// A line that is this long goes on in the next.
    const FULL: usize = 60;
    let mut end = at;
    loop {
        let behind = text.get(end..)?;
        let is_base64 = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '/' | '=');
        let run = behind.find(|letter: char| !is_base64(letter)).unwrap_or(behind.len());
        end += run;
        let between = text.get(end..)?;
        let gap = between.find(is_base64).unwrap_or(between.len());
        let is_gap = |letter: char| letter.is_whitespace() || matches!(letter, '\\' | '#' | '>');
        if run < FULL || gap == between.len() || !between.get(..gap)?.chars().all(is_gap) {
            return Some(end);
        }
        end += gap;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_keys_are_found_and_public_ones_are_not() {
        let key = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blb\n-----END OPENSSH PRIVATE KEY-----";
        let text = format!(
            "a = 1\nkey = \"\"\"\n{key}\n\"\"\"\n-----BEGIN SSH SIGNATURE-----\nU1\n-----END SSH SIGNATURE-----\n"
        );
        let found = find_private_keys(&text);
        assert_eq!(found.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>(), [key]);
        let broken_off = "x -----BEGIN RSA PRIVATE KEY-----\nMII";
        assert_eq!(find_private_keys(broken_off), vec![2..broken_off.len()]);
        assert!(find_private_keys("-----BEGIN PUBLIC KEY-----\nMII\n-----END PUBLIC KEY-----").is_empty());
        assert!(find_private_keys("Begin with the private part. BEGIN A PRIVATE KEY- no").is_empty());
    }

    #[test]
    fn a_key_is_left_out_in_each_of_its_forms() {
        let line = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW";
        for key in [
            "-----BEGIN OPENSSH PRIVATE KEY----- b3Blb+/= -----END OPENSSH PRIVATE KEY-----".to_owned(),
            r"-----BEGIN EC PRIVATE KEY-----\nb3Blb\n-----END EC PRIVATE KEY-----".to_owned(),
            "----- BEGIN PRIVATE KEY -----\nMII\n----- END PRIVATE KEY -----".to_owned(),
            "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nxVg=\n-----END PGP PRIVATE KEY BLOCK-----".to_owned(),
            "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nP2/\n---- END SSH2 ENCRYPTED PRIVATE KEY ----".to_owned(),
            "PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nAAAA\nPrivate-MAC: 0a1b".to_owned(),
            "AGE-SECRET-KEY-1QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE".to_owned(),
            format!("{line}\n{line}\nIDBA=="),
            format!("{line}\n# {line}\n# IDBA=="),
        ] {
            let shown = "\u{201c}(a private key, left out here)\u{201d} is not a date";
            assert_eq!(without_private_keys(&format!("\u{201c}{key}\u{201d} is not a date")), shown, "{key}");
        }
        let public = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGTCZsx4RnsiUYVHZezvG0Ncbl3v98C/ko6Y4EFpsJob";
        assert_eq!(without_private_keys(public), public);
    }
}
