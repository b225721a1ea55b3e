//! `one-way-support`: a member has asked its partners for help but has never helped with a request of theirs,
//! although at least one was made since it joined and is settled or older than `request_answer_days`.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::practice::Practice;
use crate::practice::mutual_support::askers;
use crate::record::AnyRecord;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("one-way-support"),
    severity: Severity::Note,
    group: Group::Practice(Practice::MutualSupport),
    policy: &["request_answer_days"],
    run: Run::Ledger(run),
    what: "A member has asked its partners for help but has never helped with one of their requests. An answer of \
        `no` is not help. The check counts only requests that partners made since the member joined and that are \
        settled or older than `request_answer_days`; there must be at least one.",
    why: "One-way support wears out. Often the member did not know that it could help, or it helped and no one \
        recorded it.",
    fix: "Talk with the member about what it could do for others. Record its answers under `[[responses]]` of the \
        requests, including each no.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for asker in askers(context.as_of).into_iter().filter(|asker| !asker.answered) {
        let asked = if asker.asked == 1 { "once".to_owned() } else { format!("{} times", asker.asked) };
        let others = match asker.chances {
            1 => "has not helped with the one request that another member has made since it joined".to_owned(),
            chances => format!("has helped with none of the {chances} requests that others have made since it joined"),
        };
        let message = format!("{} asked for help {asked} but {others}", asker.member.name());
        let help = "ask it what it can do for others, and record its answers under `[[responses]]` of the requests";
        findings.push(context.unless_unread(Kind::Request, context.absent(&CHECK, asker.member, message, help)));
    }
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "members/birch-library.toml",
        r##"name = "Birch Public Library"  # <-- here
classification = "library"
joined = 2025-01-15
representative = "ben-okoro"
backup_representative = "dana-reyes"
interests = ["evening-hours"]

[process]
approver = "the director"
lead_days = 14
"##,
    ),
    ExampleFile::new(
        "requests/reading-night.toml",
        r##"name = "Chairs for the reading night"
member = "birch-library"
date = 2026-05-04
need = "Forty folding chairs on a Friday."

[[responses]]
member = "alder-friends"
date = 2026-05-22
answer = "yes"
"##,
    ),
    ExampleFile::new(
        "requests/book-sale.toml",
        r##"name = "Sorting the book sale"
member = "alder-friends"
date = 2026-05-22
need = "Two people on Saturday morning."
closed = 2026-05-30
outcome = "Our own volunteers came."
"##,
    ),
]);

const GOOD: Example = Example::of(&[
    ExampleFile::new(
        "requests/reading-night.toml",
        r##"name = "Chairs for the reading night"
member = "birch-library"
date = 2026-05-04
need = "Forty folding chairs on a Friday."

[[responses]]
member = "alder-friends"
date = 2026-05-22
answer = "yes"
"##,
    ),
    ExampleFile::new(
        "requests/book-sale.toml",
        r##"name = "Sorting the book sale"
member = "alder-friends"
date = 2026-05-22
need = "Two people on Saturday morning."
closed = 2026-05-30
outcome = "Two librarians came."

[[responses]]
member = "birch-library"
date = 2026-05-26
answer = "yes"
"##,
    ),
]);
