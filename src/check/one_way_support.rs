//! `one-way-support`: a member has asked its partners for help, and has never answered a request of theirs.

use super::{Check, Context, Example, ExampleFile, Group, Run};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::practice::Practice;
use crate::practice::mutual_support::askers;
use crate::record::AnyRecord;

/// The check.
pub static CHECK: Check = Check {
    name: CheckName::new("one-way-support"),
    severity: Severity::Note,
    group: Group::Practice(Practice::MutualSupport),
    what: "A member has asked its partners for help, and has never helped with a request of theirs, though one was made since \
        it joined and is settled or past `request_answer_days`. An answer `no` is no help.",
    why: "Support that runs one way wears out. Often the member simply did not know that it could help, or \
        helped and nobody wrote it down.",
    fix: "Talk with the member about what it could do for others. Write its answers under `[[responses]]` of \
        the requests, also those that say no.",
    policy: &["request_answer_days"],
    bad: Example::of(&[
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
    ]),
    good: Example::of(&[
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
    ]),
    run: Run::Ledger(run),
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for asker in askers(context.here).into_iter().filter(|asker| !asker.answered) {
        let asked = if asker.asked == 1 { "once".to_owned() } else { format!("{} times", asker.asked) };
        let others = match asker.chances {
            1 => "did not help with the request that another member made since it joined".to_owned(),
            chances => format!("helped with none of the {chances} requests that others made since it joined"),
        };
        let message = format!("{} asked for help {asked}, and {others}", asker.member.name());
        let help = "ask it what it can do for others, and write its answers under `[[responses]]` of the requests";
        findings.push(context.unless_unread(Kind::Request, context.absent(&CHECK, asker.member, message, help)));
    }
}
