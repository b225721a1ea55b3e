//! `rolled-back-terms`: the terms of an agreement are again those of an older commit, although a higher version, or a
//! text that someone had signed, replaced them in between; or a key counts again as it did before it was removed or
//! its validity was shortened.

use super::{Check, Context, Example, ExampleFile, Group, Run, SIGNED_CHARTER, finding, name_span};
use crate::finding::{CheckName, Finding, Severity};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("rolled-back-terms"),
    severity: Severity::Warning,
    group: Group::Agreements,
    policy: &[],
    run: Run::Ledger(run),
    what: "An agreement has the terms of an earlier commit again, even though a higher version or a signed text had \
        replaced them. Or a key that someone had removed or ended is valid again.",
    why: "An old text revives old signatures, and an old key lets the person who lost it sign again. Whether it is a \
        bad merge or someone’s intent, a text that members had replaced binds them again.",
    fix: "Look at both commits. If it was a mistake, restore the later text or key. If the members decided to go back, \
        say so: raise the version with an `[[amendments]]` entry and ask members to sign it. For a key, set a new date \
        in `valid_from`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(history) = context.history else { return };
    for agreement in context.signing.agreements() {
        let version = agreement.version_number();
        let Some(digest) = context.signing.digest_of(agreement, version) else { continue };
        let Some(back) = history.rolled_back(&agreement.key.id, version, &digest) else { continue };
        let message = format!(
            "the terms are those of commit {} again, although commit {} had replaced them",
            back.first, back.left
        );
        let help =
            "restore the later terms; or, if members decided to go back, raise the version and ask members to sign it";
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
                "this key is valid again as in commit {}, although commit {} had removed or ended it",
                back.first, back.left
            );
            let help = "remove the key, or, to keep using it, set its `valid_from` to today";
            findings.push(finding(&CHECK, advocate, line.span, message, help));
        }
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
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
.after(&[&[ExampleFile::new(CHARTER, SIGNED_CHARTER)], &[ExampleFile::new(CHARTER, SECOND_VERSION)]]);

const GOOD: Example = Example::of(&[ExampleFile::new(CHARTER, THIRD_VERSION)])
    .after(&[&[ExampleFile::new(CHARTER, SIGNED_CHARTER)], &[ExampleFile::new(CHARTER, SECOND_VERSION)]]);

const CHARTER: &str = "agreements/charter.toml";

/// What the coalition agreed on in between.
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

/// The first text again, as a separate version that members have signed.
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
