//! Private keys in a text: said once for the check that reports them and for excerpts, which never show one.

use std::ops::Range;

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const PRIVATE: &str = "PRIVATE KEY-----";

/// Where private keys in the armor of PEM (RFC 7468) and OpenSSH stand in a text, each with its first and last line. One that breaks
/// off goes on to the end of the text.
pub fn private_keys(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(begin) = text.get(rest..).and_then(|behind| behind.find(BEGIN)).map(|at| rest + at) {
        let line_end = text.get(begin..).and_then(|line| line.find('\n')).map_or(text.len(), |at| begin + at);
        rest = begin + BEGIN.len();
        if !text.get(begin..line_end).is_some_and(|line| line.contains(PRIVATE)) {
            continue;
        }
        let end = text.get(line_end..).and_then(|behind| behind.find(END)).map_or(text.len(), |at| line_end + at);
        let end = text.get(end..).and_then(|line| line.find('\n')).map_or(text.len(), |at| end + at);
        found.push(begin..end);
        rest = end.max(rest);
    }
    found
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
        let found = private_keys(&text);
        assert_eq!(found.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>(), [key]);
        let broken_off = "x -----BEGIN RSA PRIVATE KEY-----\nMII";
        assert_eq!(private_keys(broken_off), vec![2..broken_off.len()]);
        assert!(private_keys("-----BEGIN PUBLIC KEY-----\nMII\n-----END PUBLIC KEY-----").is_empty());
    }
}
