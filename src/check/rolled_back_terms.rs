//! `rolled-back-terms`: the words of an agreement, or a key, are those of an older state that had been given up.

use super::{Check, Context, Example, ExampleFile, Group, Run, SIGNED_CHARTER, finding, name_span};
use crate::finding::{CheckName, Finding, Severity};

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("rolled-back-terms"),
    severity: Severity::Warning,
    group: Group::Agreements,
    what: "The terms of an agreement are again those of an older commit, though a higher version, or words that \
        somebody had signed, took their place in between; or a key counts again as it did before it was removed or its \
        time was cut short.",
    why: "Old words bring old signatures back to life, and an old key brings back whoever lost it. It may be a merge gone \
        wrong or somebody\u{2019}s intent; either way members are bound by what they had left behind.",
    fix: "Look at both commits. If it was a mistake, restore what stood in between. If going back was decided, say so: \
        raise the version with an `[[amendments]]` entry and let members sign it; give a key that counts again a new \
        `valid_from`.",
    policy: &[],
    bad: Example::of(&[ExampleFile::new(
        CHARTER,
        r##"name = "Charter"
kind = "charter"
text = "We meet monthly and speak with one voice."  # <-- here
effective = 2025-02-01
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[signatures]]
member = "alder-friends"
by = "ana-lopez"
date = 2025-01-20
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"

[[signatures]]
member = "birch-library"
by = "ben-okoro"
date = 2025-01-22
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"
"##,
    )])
    .after(&[&[ExampleFile::new(CHARTER, SIGNED_CHARTER)], &[ExampleFile::new(CHARTER, SECOND_VERSION)]]),
    good: Example::of(&[ExampleFile::new(CHARTER, THIRD_VERSION)])
        .after(&[&[ExampleFile::new(CHARTER, SIGNED_CHARTER)], &[ExampleFile::new(CHARTER, SECOND_VERSION)]]),
    run: Run::Ledger(run),
};

const CHARTER: &str = "agreements/charter.toml";

/// What the coalition had agreed on in between.
const SECOND_VERSION: &str = r##"name = "Charter"
kind = "charter"
version = 2
text = "We meet monthly, and whoever disagrees says so there first."
effective = 2025-02-01
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[amendments]]
version = 2
date = 2026-03-10
summary = "Lets members disagree in meetings."
resign = true
sign_by = 2026-04-30
"##;

/// The first words again, as a version of their own that members have signed.
const THIRD_VERSION: &str = r##"name = "Charter"
kind = "charter"
version = 3
text = "We meet monthly and speak with one voice."
effective = 2025-02-01
rights = ["one vote each"]
responsibilities = ["come to the meetings"]

[[amendments]]
version = 2
date = 2026-03-10
summary = "Lets members disagree in meetings."

[[amendments]]
version = 3
date = 2026-05-12
summary = "Goes back to the first words, by decision of the assembly."
resign = true
sign_by = 2026-07-31

[[signatures]]
member = "alder-friends"
by = "ana-lopez"
date = 2026-05-25
version = 3
terms = "sha256:0248b785390a3c2a2ef343e14e55abf4a7a53b817283ce5993b4ebd6b956d892"

[[signatures]]
member = "birch-library"
by = "ben-okoro"
date = 2026-05-26
version = 3
terms = "sha256:0248b785390a3c2a2ef343e14e55abf4a7a53b817283ce5993b4ebd6b956d892"
"##;

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(history) = context.history else { return };
    for agreement in context.signing.agreements() {
        let version = agreement.version_number();
        let Some(digest) = context.signing.digest_of(agreement, version) else { continue };
        let Some(back) = history.rolled_back(&agreement.key.id, version, &digest) else { continue };
        let message = format!(
            "the terms are those of commit {} again, though commit {} had put others in their place",
            back.first, back.left
        );
        let help = "restore the later terms; or, if going back was decided, raise the version and let members sign it";
        let span = agreement.text.as_ref().map(|text| text.span);
        let span = span.or(agreement.text_file.as_ref().map(|file| file.span)).unwrap_or(name_span(agreement));
        findings.push(finding(&CHECK, agreement, span, message, help));
    }
    for advocate in &context.ledger.advocates {
        for key in &advocate.keys {
            let ended = key.valid_until.as_ref().is_some_and(|until| until.value < context.today);
            let Some(back) = history.revived(&advocate.key.id, key).filter(|_| !ended) else { continue };
            let Some(line) = &key.key else { continue };
            let message = format!(
                "this key counts again as it did in commit {}, though commit {} had taken it back",
                back.first, back.left
            );
            let help = "remove the key again; or, to use it again, set its valid_from to today";
            findings.push(finding(&CHECK, advocate, line.span, message, help));
        }
    }
}
