//! Findings as workflow commands of GitHub Actions, which show them beside the lines of a change.

use super::visible;
use crate::check::{Gate, Reported, Verdict};
use crate::finding::Severity;

/// One line for each finding, one for what the gate judged, and where the page of a run does not show all, one with the
/// count. These two are at the end, but before the notices that are too many. `prefix` leads from the repository's root
/// to the ledger and is empty or ends with `/`.
pub fn annotations(verdict: &Verdict, prefix: &str, gate: &Gate) -> String {
    let [errors, warnings, notes] =
        [Severity::Error, Severity::Warning, Severity::Note].map(|severity| verdict.count(severity));
    // The sentence of the gate is a notice too.
    let hidden = if errors > SHOWN || warnings > SHOWN || notes + 1 > SHOWN {
        let count = verdict.reported.len();
        format!(
            "::notice title=coalition check::{count} findings; this page shows {SHOWN} of each severity, and the log has all\n"
        )
    } else {
        String::new()
    };
    let others = hidden + &format!("::notice title=Required signatures::{}\n", data(&visible(&gate.sentence())));
    let room = SHOWN - others.lines().count();
    let mut notices = 0;
    let last = verdict.reported.iter().position(|reported| {
        notices += usize::from(reported.severity <= Severity::Note);
        notices > room
    });
    let (first, rest) = verdict.reported.split_at(last.unwrap_or(verdict.reported.len()));
    let lines = |part: &[Reported]| -> String { part.iter().map(|one| annotation(one, prefix) + "\n").collect() };
    lines(first) + &others + &lines(rest)
}

/// How many annotations of a severity GitHub shows of a step.
const SHOWN: usize = 10;

fn annotation(reported: &Reported, prefix: &str) -> String {
    let level = match reported.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let finding = &reported.finding;
    let place = format!(
        "file={},line={},endLine={},title={}",
        property(&visible(&format!("{prefix}{}", finding.path))),
        reported.start.line,
        reported.end.line,
        property(finding.check.as_str()),
    );
    // Columns are allowed only where a finding is on one line.
    let columns = if reported.start.line == reported.end.line {
        format!(",col={},endColumn={}", reported.start.column, reported.end.column.max(reported.start.column))
    } else {
        String::new()
    };
    let text = format!("{}%0AHelp: {}", data(&visible(&finding.message)), data(&visible(&finding.help)));
    format!("::{level} {place}{columns}::{}", text)
}

/// Text after the last `::`, escaped as the runner expects it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which may not hold `:` and `,` either.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends_a_command_is_escaped() {
        assert_eq!(property("a,b:c%d\ne"), "a%2Cb%3Ac%25d%0Ae");
        assert_eq!(data("50% of: a, b\n"), "50%25 of: a, b%0A");
    }
}
