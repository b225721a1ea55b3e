//! `deceptive-text`: a file contains characters that make text look like something else: marks that reverse the
//! direction of writing, invisible or control characters, or letters of another script that look like Latin ones.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity, name};
use crate::kind::RecordKey;
use crate::ledger::Ledger;
use crate::record::field::Leaf;
use crate::record::{Agreement, AnyRecord, Record};
use crate::source::{LedgerPath, Span, Unseen, is_needed, is_no_text};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use unicode_script::{Script, UnicodeScript};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("deceptive-text"),
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::Ledger(run),
    what: "A file contains characters that make text look like something else: marks that reverse the direction of \
        writing, invisible or control characters, or letters of another script that look like Latin ones. This is an \
        error in the name of a record and in the text of an agreement, and a warning elsewhere. In a text that no one \
        has signed yet, the check also warns about tabs and spaces at the end of a line, because editors change them.",
    why: "People could read and sign something other than what the file says, and two different ids could look the \
        same.",
    fix: "Retype the word by hand. Text in another script is fine as long as each word is written in one script.",
    bad: BAD,
    good: GOOD,
};

const HELP: &str = "retype the word by hand, with plain letters";

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let ledger = context.ledger;
    let owners: HashMap<&LedgerPath, &RecordKey> =
        ledger.records().map(|record| (record.path(), record.key())).collect();
    let strict = Strict::of(ledger);
    // A file in another encoding has one finding, about the file.
    let undecoded = ledger.findings.iter().filter(|finding| finding.check == name::UNREADABLE_FILE);
    let undecoded: HashSet<&LedgerPath> = undecoded.map(|finding| &finding.path).collect();
    // Nor is there text in a file of zero bytes.
    let is_text = |text: &str| text.contains(|letter| letter != '\0');
    for (path, text) in ledger.texts.iter().filter(|(path, text)| is_text(text) && !undecoded.contains(path)) {
        for (offset, line) in lines(text) {
            if let Some((at, message)) = deception(line, offset == 0) {
                let span = Span::from(offset + at.start..offset + at.end);
                let mut finding = Finding::new(CHECK.name, path, span, message, HELP);
                finding.record = owners.get(path).map(|key| (*key).clone());
                findings.push(strict.weigh(finding));
            }
        }
    }
    find_escapes(ledger, &strict, findings);
    frail(context, findings);
}

/// Reports what people cannot see, or what editors change, in the text of an agreement, to warn whoever is about to sign or pin
/// it.
pub(crate) fn in_words_of(ledger: &Ledger, agreement: &Record<Agreement>, today: NaiveDate) -> Vec<Finding> {
    let words = agreement.text_file.as_ref().and_then(|file| agreement.path.beside(file));
    let mut findings = Vec::new();
    run(&Context::new(ledger, today), &mut findings);
    findings.retain(|finding| finding.path == agreement.path || words.as_ref() == Some(&finding.path));
    findings
}

/// The places where people read what they sign and with whom they deal. There, deceptive text is an error.
struct Strict(HashMap<LedgerPath, Vec<Range<usize>>>);

impl Strict {
    fn of(ledger: &Ledger) -> Strict {
        let mut places: HashMap<LedgerPath, Vec<Range<usize>>> = HashMap::new();
        for record in ledger.records() {
            let name = record.common().name.as_ref().map(|name| name.span.range());
            places.entry(record.path().clone()).or_default().extend(name);
        }
        for agreement in &ledger.agreements {
            let text = agreement.text.as_ref().map(|text| text.span.range());
            places.entry(agreement.path.clone()).or_default().extend(text);
            if let Some(file) = agreement.text_file.as_ref().and_then(|file| agreement.path.beside(file)) {
                places.entry(file).or_default().push(0..usize::MAX);
            }
        }
        Strict(places)
    }

    fn weigh(&self, finding: Finding) -> Finding {
        let at = finding.span.range().start;
        let is_strict = self.0.get(&finding.path).is_some_and(|places| places.iter().any(|place| place.contains(&at)));
        if is_strict { finding } else { finding.soften() }
    }
}

/// Reports characters written as escapes, such as `\u202e`, which no line of the file shows.
fn find_escapes(ledger: &Ledger, strict: &Strict, findings: &mut Vec<Finding>) {
    ledger.each_leaf(|record, _, span, leaf| {
        let Leaf::Text(value) = leaf else { return };
        let written = ledger.texts.get(record.path()).and_then(|text| text.get(span.range())).unwrap_or_default();
        let is_plain = !written.contains('\\') || lines(written).any(|(_, line)| deception(line, false).is_some());
        let found = lines(value).find_map(|(_, line)| deception(line, false)).filter(|_| !is_plain);
        if let Some((_, message)) = found {
            let message = format!("{message}; the file writes it as an escape code");
            let finding = Finding::new(CHECK.name, record.path(), span, message, HELP);
            findings.push(strict.weigh(finding.with_record(record.key().clone())));
        }
    });
}

/// Spaces at the ends of lines and tabs in a text that no one has signed yet: editors change them, and then no signature counts.
fn frail(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for agreement in context.signing.agreements() {
        let version = agreement.version_number();
        let mut signed = context.ledger.signatures_of(agreement).map(|entry| entry.signature);
        if signed.any(|signature| context.signing.version_of(agreement, signature) == version) {
            continue;
        }
        let Some(words) = context.ledger.words_of(agreement) else { continue };
        let at_end = |line: &str| line.trim_end_matches(['\r', '\n']).ends_with(char::is_whitespace);
        let Some((number, (_, line))) =
            lines(words).enumerate().find(|(_, (_, line))| at_end(line) || line.contains('\t'))
        else {
            continue;
        };
        let (what, help) = if at_end(line) {
            ("ends with spaces", "delete them before anyone signs")
        } else {
            ("contains a tab", "replace it with spaces before anyone signs")
        };
        let message = format!(
            "line {} of the text of \u{201c}{}\u{201d} {what}; many editors change that, and then signatures are no \
             longer valid",
            number + 1,
            agreement.name()
        );
        let span = agreement.text.as_ref().map(|text| text.span).or(agreement.text_file.as_ref().map(|file| file.span));
        findings.push(super::finding(&CHECK, agreement, span.unwrap_or(Span::START), message, help).soften());
    }
}

/// The lines of a text with the offset of each.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |next, line| {
        let offset = *next;
        *next += line.len();
        Some((offset, line))
    })
}

/// The first deception in a line, with its place in it.
fn deception(line: &str, first_line: bool) -> Option<(Range<usize>, String)> {
    if line.is_ascii() && !line.chars().any(is_no_text) {
        return None;
    }
    let hidden = line.char_indices().find_map(|(at, c)| {
        let mark = hidden_mark(c)?;
        let is_byte_order_mark = first_line && at == 0 && c == '\u{feff}';
        let (before, after) = (line[..at].chars().next_back(), line[at + c.len_utf8()..].chars().next());
        (!is_byte_order_mark && !is_needed(before, c, after)).then(|| {
            let message = format!("this line contains {mark} (U+{:04X}), which readers cannot see", u32::from(c));
            (at..at + c.len_utf8(), message)
        })
    });
    hidden.or_else(|| mixed_word(line))
}

/// Describes a character that is invisible and changes how the rest is read.
fn hidden_mark(c: char) -> Option<&'static str> {
    if is_no_text(c) {
        return Some("a control character");
    }
    Unseen::of(c).map(|unseen| match unseen {
        Unseen::Turn | Unseen::Direction => "a mark that reverses the direction of writing",
        Unseen::Invisible | Unseen::Shaping => "an invisible character",
        Unseen::Tag => "an invisible tag",
        Unseen::Private => "a private-use character",
    })
}

/// The first word that mixes letters of scripts that look alike.
fn mixed_word(line: &str) -> Option<(Range<usize>, String)> {
    let mut start = 0;
    for word in line.split(|c: char| !c.is_alphabetic()) {
        let at = line[start..].find(word).map_or(start, |found| start + found);
        start = at + word.len();
        let has = |script| word.chars().any(|c| c.script() == script);
        let scripts: Vec<_> = [(Script::Latin, "Latin"), (Script::Cyrillic, "Cyrillic"), (Script::Greek, "Greek")]
            .into_iter()
            .filter_map(|(script, name)| has(script).then_some(name))
            .collect();
        if scripts.len() > 1 {
            return Some((at..start, format!("\u{201c}{word}\u{201d} mixes {} letters", scripts.join(" and "))));
        }
    }
    None
}

const BAD: Example = Example::of(&[ExampleFile {
    path: "goals/evening-hours.toml",
    bytes: b"name = \"\xd0\x95vening hours\"  # <-- here\nmessage = \"Open\xe2\x80\x8b late\"  # <-- here\n",
}]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "goals/evening-hours.toml",
    r##"name = "Evening hours"
other_names = ["Вечерние часы"]
message = "Open late"
"##,
)]);

#[cfg(test)]
mod tests {
    use crate::check::{Context, base_ledger, judge};
    use crate::ledger::load;

    fn count(value: &str) -> usize {
        let mut source = base_ledger();
        source.put("goals/tested.toml", format!("name = {value}\n").as_bytes());
        let ledger = load(&source).unwrap();
        let verdict = judge(&Context::new(&ledger, "2026-06-15".parse().unwrap()));
        verdict.reported.iter().filter(|reported| reported.finding.check.as_str() == "deceptive-text").count()
    }

    #[test]
    fn what_is_hidden_is_told_once_however_it_is_written() {
        for value in [
            "\"a\u{202e}b\"",
            r#""a\u202eb""#,
            r#""a\U0000202eb""#,
            r#""\u00e9\u200bx""#,
            r#""P\u0430ul""#,
            "\"P\u{430}ul\"",
            "\"Ab\u{3164}cd\"",
            "\"Ab\u{34f}cd\"",
            "\"Ab\u{fe0f}cd\"",
            "\"Ab\u{2800}cd\"",
            "\"Ab\u{e0100}cd\"",
            "\"Ab\u{e000}cd\"",
            r#""Ab\u115fcd""#,
        ] {
            assert_eq!(count(value), 1, "{value}");
        }
        for value in
            ["\"Größe\"", r#""Caf\u00e9""#, "\"Вечерние часы\"", "\"👩\u{200d}🚒 \u{2764}\u{fe0f}\"", r#""a\tb""#]
        {
            assert_eq!(count(value), 0, "{value}");
        }
    }
}
