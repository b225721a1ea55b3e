//! `contested-turf`: two or more current members claim the same work or audience as their own, and no agreement in
//! force binds them to share it.

use super::{Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::list_names;
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::Kind;
use crate::parse::collation::by_place;
use crate::practice::Practice;
use crate::practice::turf::grounds;
use crate::record::{AnyRecord, Member, Record};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("contested-turf"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::Turf),
    policy: &[],
    run: Run::Ledger(run),
    what: "Two or more current members claim the same work or audience as their own, and no agreement in force \
        binds them to share it.",
    why: "Disputes about turf rarely come into the open; members just stop talking to each other. If you raise one \
        early and put the answer in writing, it takes an evening to settle.",
    fix: "Bring the members who claim it together, agree on who does what and when, and write an agreement between them \
        that names the area in `shares_turf`.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for ground in grounds(context.as_of, &context.signing).into_iter().filter(|ground| !ground.unbound.is_empty()) {
        let Some((first, claim)) = ground.claims.first() else { continue };
        let claimants: Vec<&Record<Member>> = ground.claims.iter().map(|(member, _)| *member).collect();
        let unbound = ground.unbound.len();
        let preposition = if unbound == 2 { "between" } else { "among" };
        let among = match unbound {
            2 if claimants.len() == 2 => "between them".to_owned(),
            _ if unbound == claimants.len() => "among all of them".to_owned(),
            _ => format!("{preposition} {}", list_names(&names(&ground.unbound))),
        };
        let message = format!(
            "{} claim \u{201c}{}\u{201d} as their own, but no agreement in force divides it {among}",
            list_names(&names(&claimants)),
            ground.name
        );
        let help = "agree on who does what, in an agreement that names it in `shares_turf`";
        let finding = finding(&CHECK, *first, claim.span, message, help);
        let others = ground.claims.iter().skip(1).map(|(member, _)| member.key.clone());
        findings.push(context.unless_unread(Kind::Agreement, others.fold(finding, Finding::with_about)));
    }
}

/// The names of these members, in the order in which people look for them.
fn names<'l>(members: &[&'l Record<Member>]) -> Vec<&'l str> {
    let mut names: Vec<&str> = members.iter().map(|member| member.name()).collect();
    names.sort_by(|one, other| by_place(one, other));
    names
}

const BAD: Example = Example::of(&[
    ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"
turf = ["book-sales"]  # <-- here
"##,
    ),
    ExampleFile::new(
        "members/birch-library.toml",
        r##"name = "Birch Public Library"
classification = "library"
joined = 2025-01-15
representative = "ben-okoro"
backup_representative = "dana-reyes"
turf = ["book-sales"]
interests = ["evening-hours"]

[process]
approver = "the director"
lead_days = 14
"##,
    ),
]);

const GOOD: Example = Example::of(&[
    ExampleFile::new(
        "members/alder-friends.toml",
        r##"name = "Friends of the Alder Library"
classification = "friends-group"
joined = 2026-05-20
representative = "ana-lopez"
turf = ["book-sales"]
"##,
    ),
    ExampleFile::new(
        "members/birch-library.toml",
        r##"name = "Birch Public Library"
classification = "library"
joined = 2025-01-15
representative = "ben-okoro"
backup_representative = "dana-reyes"
turf = ["book-sales"]
interests = ["evening-hours"]

[process]
approver = "the director"
lead_days = 14
"##,
    ),
    ExampleFile::new(
        "agreements/charter.toml",
        r##"name = "Charter"
kind = "charter"
text = "We meet monthly and speak with one voice."
effective = 2025-02-01
rights = ["one vote each"]
responsibilities = ["come to the meetings"]
shares_turf = ["book-sales"]

[[signatures]]
member = "alder-friends"
by = "ana-lopez"
date = 2026-05-25
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"

[[signatures]]
member = "birch-library"
by = "ben-okoro"
date = 2025-01-22
terms = "sha256:edd2a03367b395768cb7d2d771761efc1033066a4bde9bc9fd5bd9888e4bf81b"
"##,
    ),
]);
