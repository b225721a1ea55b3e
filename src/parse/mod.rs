//! Parses text into a tree of values with places, and reports what is not TOML. [`TomlDocument`] is the tree of one file;
//! [`Reader`] gives its values to `record` and reports wrong and unknown fields.

pub(crate) mod alike;
pub(crate) mod collation;
pub(crate) mod conflict;
mod expected;
mod fault;
mod foreign;
pub(crate) mod informal;
mod likely;
mod number;
mod other_names;
mod reader;
mod recovery;
mod repeat;
pub(crate) mod slug;
pub(crate) mod suggest;

pub(crate) use expected::{ExpectedValue, FindField, Form, is_nothing};
pub(crate) use likely::has_thousands_points;
pub(crate) use other_names::other_names;

pub(crate) use reader::{FieldFace, Reader, TableReader, leading_key};
pub(crate) use repeat::Repeat;

use crate::finding::{Finding, Fix, TextEdit, name};
use crate::source::{LedgerPath, Span};
use recovery::Recovered;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value of a file, with its place.
pub(crate) type TomlItem<'a> = &'a Spanned<DeValue<'a>>;

/// The place of an item.
pub(crate) fn span_of<T>(item: &Spanned<T>) -> Span {
    item.span().into()
}

/// One file as a tree of values. Where the text is not TOML, the tree holds what could be made out.
#[derive(Debug)]
pub struct TomlDocument<'a> {
    /// The top level of the file.
    pub table: DeTable<'a>,
    /// Places that are not TOML. A value there has been reported and is passed over.
    pub broken: Vec<Span>,
    /// Whether something is wrong with the syntax, so that a field may have been lost.
    pub is_whole: bool,
}

impl TomlDocument<'_> {
    /// The broken place of a file in which nothing is certain.
    pub const EVERYTHING: Span = Span { start: 0, end: u32::MAX };
}

/// Reads the text of one file and hands its document to `read`. Every mistake of its syntax becomes a finding; `find_field`
/// knows the fields of the file, so that the finding can say what to write.
pub(crate) fn with_document<T>(
    text: &str,
    path: &LedgerPath,
    find_field: FindField<'_>,
    findings: &mut Vec<Finding>,
    read: impl FnOnce(&TomlDocument<'_>) -> T,
) -> T {
    let unread = || TomlDocument { table: DeTable::new(), broken: vec![TomlDocument::EVERYTHING], is_whole: false };
    if let Some(found) = conflict::find(text, path) {
        findings.extend(found);
        return read(&unread());
    }
    if let Some((finding, plain)) = line_end_finding(text, path) {
        findings.push(finding);
        return with_document(&plain, path, find_field, findings, read);
    }
    if let Some(found) = foreign::find_nothing(text, path) {
        findings.push(found);
        return read(&unread());
    }
    findings.extend(foreign::find_disabled(text, path, find_field));
    let (table, errors) = DeTable::parse_recoverable(text);
    let swallows = fault::swallowed::may_swallow(text)
        && !recovery::swallowed_faults(text, &recovery::values(table.get_ref()), find_field).is_empty();
    if errors.is_empty() && !swallows {
        let mut document = TomlDocument { table: table.into_inner(), broken: Vec::new(), is_whole: true };
        document.refuse_numbers(text, path, findings);
        return read(&document);
    }
    if let Some(found) = foreign::find_foreign(text, path).filter(|_| !swallows) {
        findings.push(found);
        return read(&unread());
    }
    let mut recovered = Recovered::new(text, find_field);
    let faults = std::mem::take(&mut recovered.faults);
    let broken = faults.iter().filter_map(|fault| fault.spoiled).collect();
    findings.extend(faults.into_iter().map(|fault| fault.finding(path)));
    let mut document = TomlDocument { table: recovered.table(), broken, is_whole: false };
    document.refuse_numbers(text, path, findings);
    read(&document)
}

/// The finding on a text whose lines end with a carriage return alone, as on an old Mac, and the text with line ends that
/// TOML knows, at the same places.
fn line_end_finding(text: &str, path: &LedgerPath) -> Option<(Finding, String)> {
    let bytes = text.as_bytes();
    let is_lone = |at: usize| bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) != Some(&b'\n');
    let lone: Vec<usize> = text.match_indices('\r').map(|(at, _)| at).filter(|at| is_lone(*at)).collect();
    let first = *lone.first()?;
    let message = if text.contains('\n') {
        "a line here ends with a carriage return alone, as on an old Mac"
    } else {
        "the lines of this file end with a carriage return alone, as on an old Mac, so it looks like a single line"
    };
    let help = "save the file with the line ends of Windows or Linux; `coalition check --fix` does it";
    let edits =
        lone.iter().map(|at| TextEdit { path: path.clone(), span: Span::from(*at..at + 1), text: "\n".to_owned() });
    let fix = Fix::of(edits.collect(), help.to_owned()).if_certain(true);
    let finding =
        Finding::new(name::INVALID_TOML, path, Span::from(first..first + 1), message, help).with_fix(Some(fix));
    let mut plain = text.to_owned();
    for at in lone {
        plain.replace_range(at..at + 1, "\n");
    }
    Some((finding, plain))
}

/// The keys of a text that is TOML: those at the top without a heading, and those of the tables there with its key as
/// theirs. `None` if it is not TOML.
pub(crate) fn keys_of_toml(text: &str) -> Option<Vec<(Option<String>, String)>> {
    let table = DeTable::parse(text).ok()?;
    let mut keys = Vec::new();
    for (key, value) in table.get_ref() {
        let key = key.get_ref();
        keys.push((None, key.to_string()));
        let entries = match value.get_ref() {
            DeValue::Array(entries) => entries.iter().collect(),
            _ => vec![value],
        };
        let tables = entries.into_iter().filter_map(|entry| entry.get_ref().as_table());
        keys.extend(
            tables.flat_map(|table| table.keys()).map(|inner| (Some(key.to_string()), inner.get_ref().to_string())),
        );
    }
    Some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::LineIndex;

    /// The checks and places of what is wrong with a text, and the keys that were read all the same.
    fn faults(text: &str) -> (Vec<(String, usize, usize)>, Vec<String>) {
        let mut findings = Vec::new();
        let keys = with_document(text, &LedgerPath::new("x.toml"), &|_, _| None, &mut findings, |document| {
            document.table.keys().map(|key| key.get_ref().to_string()).collect()
        });
        let index = LineIndex::new(text);
        let place = |finding: &Finding| {
            let start = index.position(finding.span.range().start);
            (finding.check.to_string(), start.line, start.column)
        };
        (findings.iter().map(place).collect(), keys)
    }

    #[test]
    fn every_slip_is_told_once_and_the_rest_is_read() {
        type Case = (&'static str, &'static [(&'static str, usize, usize)], &'static [&'static str]);
        let cases: [Case; 19] = [
            (
                "a = 0x\nb = [0b, 0o]\nc = 1_0\u{660}\nd = 0xff\n",
                &[("invalid-toml", 1, 5), ("invalid-toml", 2, 6), ("invalid-toml", 2, 10), ("invalid-toml", 3, 5)],
                &["a", "b", "c", "d"],
            ),
            ("a = 0x\nfoo bar\n", &[("invalid-toml", 2, 1), ("invalid-toml", 1, 5)], &["a"]),
            ("a = 1\nb = 2\nc = 3\n\na = 4\nb = 5\n", &[("invalid-toml", 5, 1)], &["a", "b", "c"]),
            ("name: \"A\"\nb = x\n", &[("invalid-toml", 1, 1), ("invalid-toml", 2, 5)], &["b", "name"]),
            ("a = 31.12.2026\nb = True\n", &[("invalid-toml", 1, 5), ("invalid-toml", 2, 5)], &["a", "b"]),
            ("a = 2025-01-01 extra\nb = 1\n", &[("invalid-toml", 1, 5)], &["a", "b"]),
            ("a = March 3, 2026\nb = 1\n", &[("invalid-toml", 1, 5)], &["a", "b"]),
            ("a = 1\nfoo bar\nb = 2\n", &[("invalid-toml", 2, 1)], &["a", "b"]),
            ("name : \"C\"\nb = 2\n", &[("invalid-toml", 1, 1)], &["b", "name"]),
            ("[process\nb = 2\n[x]\nc = 3\n", &[("invalid-toml", 1, 1)], &["process", "x"]),
            ("[[a]\nb = 2\n\n[[a]]\nb = 3 # c\n", &[("invalid-toml", 1, 1)], &["a"]),
            ("a = [\n 1, # one\n 2\nb = 2\n[c]\nd = 1\n", &[("invalid-toml", 1, 5)], &["a", "b", "c"]),
            ("a = {x = 1\nb = 2\n", &[("invalid-toml", 1, 5)], &["a", "b"]),
            (
                "a = 2025-02-30\nb = yes\nc = \n",
                &[("invalid-value", 1, 5), ("invalid-toml", 2, 5), ("invalid-toml", 3, 1)],
                &["a", "b", "c"],
            ),
            ("a = \"x\nb = 'y\nc = 1\n", &[("invalid-toml", 1, 5), ("invalid-toml", 2, 5)], &["a", "b", "c"]),
            ("a = \"\"\"\nx\n", &[("invalid-toml", 1, 5)], &["a"]),
            ("a = 1\na = 2\n", &[("invalid-toml", 2, 1)], &["a"]),
            ("- a\n- b\nc = 3\n", &[("invalid-toml", 1, 1), ("invalid-toml", 2, 1)], &["c"]),
            ("a == 1\nb = \"x\" y\n", &[("invalid-toml", 1, 4), ("invalid-toml", 2, 1)], &["a", "b"]),
        ];
        for (text, expected, keys) in cases {
            let (found, read) = faults(text);
            let expected: Vec<_> =
                expected.iter().map(|(check, line, column)| ((*check).to_owned(), *line, *column)).collect();
            assert_eq!(found, expected, "{text}");
            assert_eq!(read, keys, "{text}");
        }
    }

    /// What is said of a text: the message and the help of each finding.
    fn said(text: &str) -> Vec<(String, String)> {
        let mut findings = Vec::new();
        with_document(text, &LedgerPath::new("x.toml"), &|_, _| None, &mut findings, |_| ());
        findings.into_iter().map(|finding| (finding.message, finding.help)).collect()
    }

    #[test]
    fn help_fits_the_line_it_is_given_for() {
        let cases = [
            ("tags = [a, b]\n", "the text `a` is not in quotes", "if it is text, put it in straight quotes: \"a\""),
            (
                "tags = [ # =\n  other,\n]\n",
                "the text `other` is not in quotes",
                "if it is text, put it in straight quotes: \"other\"",
            ),
            (
                "x = friends\n",
                "the text `friends` is not in quotes",
                "if it is text, put it in straight quotes: x = \"friends\"",
            ),
            (
                "x = nope\n",
                "the text `nope` is not in quotes",
                "if it is text, put it in straight quotes: x = \"nope\"",
            ),
            ("x = [yes]\n", "`yes` is not a value; yes is written `true`", "write true"),
            ("x = { y = no }\n", "`no` is not a value; no is written `false`", "write y = false"),
            ("x = “é”\n", "the text is in curly quotes", "use straight quotes: x = \"é\""),
            (
                "[process]]\n",
                "this heading has an extra bracket",
                "close it with as many brackets as it opens with: [process] or [[contacts]]",
            ),
            ("[]\n", "this heading has no name", "write its name between the brackets: [process] or [[contacts]]"),
            ("= 1\n", "the name of the field is missing", "write `field = value`; a comment starts with `#`"),
        ];
        for (text, message, help) in cases {
            assert_eq!(said(text), [(message.to_owned(), help.to_owned())], "{text}");
        }
    }

    #[test]
    fn a_missing_character_is_one_finding_and_its_value_is_read() {
        type Case = (&'static str, (usize, usize), &'static [&'static str]);
        let cases: [Case; 15] = [
            ("[ process\nb = 1\n", (1, 1), &["process"]),
            ("[\"a b\" # c\nb = 1\n", (1, 1), &["a b"]),
            ("[a.'b ]'\nb = 1\n", (1, 1), &["a"]),
            ("process]\nb = 1\n", (1, 1), &["process"]),
            ("[a]]\nb = 1\n\n[[a]]\nb = 2\n", (1, 1), &["a"]),
            ("[[a]]\nb = 1\n\n[a]]\nb = 2\n", (4, 1), &["a"]),
            ("name \"x\"\nb = 1\n", (1, 1), &["b", "name"]),
            ("date 2026-01-01 # c\nb = 1\n", (1, 1), &["b", "date"]),
            ("by = ann\"\nb = 1\n", (1, 6), &["b", "by"]),
            ("by = teo\"\nb = 1\n", (1, 6), &["b", "by"]),
            ("by = [\"a\", ann\"]\nb = 1\n", (1, 12), &["b", "by"]),
            ("by = [\"a\", \"ann]\nb = 1\n", (1, 12), &["b", "by"]),
            ("by = [\n  \"a,\n  \"b\",\n]\nb = 1\n", (2, 3), &["b", "by"]),
            ("by = 'ann\nb = 1\n", (1, 6), &["b", "by"]),
            ("by = \"a # b\nb = 1\n", (1, 6), &["b", "by"]),
        ];
        for (text, (line, column), keys) in cases {
            let (found, read) = faults(text);
            assert_eq!(found, [("invalid-toml".to_owned(), line, column)], "{text}");
            assert_eq!(read, keys, "{text}");
        }
    }

    #[test]
    fn a_text_with_one_quote_keeps_its_words() {
        for text in ["by = teo\"\n", "by = \"teo\n", "by = [\"teo]\n", "by = [teo\"]\n", "by \"teo\"\n"] {
            with_document(text, &LedgerPath::new("x.toml"), &|_, _| None, &mut Vec::new(), |document| {
                let by = document.table["by"].get_ref();
                let word = by.as_array().and_then(|items| items.first()).map_or(by, |item| item.get_ref());
                assert_eq!((word.as_str(), document.broken.len()), (Some("teo"), 0), "{text}");
            });
        }
    }

    #[test]
    fn of_many_slips_the_first_are_told_and_nothing_behind_them_is_judged() {
        for line in ["k# = \"x\n", "foo# bar\n", "k# = [\n", "k# = word\n", "[k#\n"] {
            let text: String = (0..300).map(|at| line.replace('#', &at.to_string())).collect();
            let mut findings = Vec::new();
            let broken = with_document(&text, &LedgerPath::new("x.toml"), &|_, _| None, &mut findings, |document| {
                document.broken.clone()
            });
            assert!((64..=recovery::MOST_FAULTS).contains(&findings.len()), "{line}: {}", findings.len());
            assert!(findings.is_sorted_by_key(|finding| finding.span), "{line}");
            if findings.len() == recovery::MOST_FAULTS {
                assert!(broken.iter().any(|span| span.end == u32::MAX), "{line}");
            }
        }
    }

    #[test]
    fn places_after_a_mended_line_are_those_of_the_original() {
        let text = "[process\nlead_days = \"x\"\n\n[[contacts]\ndate = 2025-13-01\n";
        let mut findings = Vec::new();
        with_document(text, &LedgerPath::new("x.toml"), &|_, _| None, &mut findings, |document| {
            let DeValue::Table(process) = document.table["process"].get_ref() else { panic!("no table") };
            assert_eq!(&text[process["lead_days"].span()], "\"x\"");
        });
        let places: Vec<_> = findings.iter().map(|finding| &text[finding.span.range()]).collect();
        assert_eq!(places, ["[process", "[[contacts]", "2025-13-01"]);
    }
}
