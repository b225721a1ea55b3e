//! `unanswered-request`: a request for help is not settled, its member has not left, `request_answer_days` have
//! passed since its `date`, and no other member has helped: none has answered, or all answered `no`.

use super::{Change, Check, Context, Example, ExampleFile, Group, Run, finding};
use crate::document::words::count_of;
use crate::finding::{CheckName, Finding, Severity};
use crate::practice::Practice;
use crate::practice::mutual_support::requests_made;
use crate::practice::wait::Wait;
use crate::record::AnyRecord;
use crate::record::value::RecordId;

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("unanswered-request"),
    severity: Severity::Warning,
    group: Group::Practice(Practice::MutualSupport),
    policy: &["request_answer_days"],
    run: Run::Ledger(run),
    what: "More than `request_answer_days` days after a current member asked for help, the request is not settled and \
        no other member has helped. None has answered, or all answered `no`. An answer that does not say `yes`, \
        `partly` or `no` counts as help.",
    why: "A partner who asks and hears nothing does not ask again, and has little reason to come when others call. \
        Even a no is an answer.",
    fix: "Ask one partner by name to answer, and record the answer under `[[responses]]`. If help has come or is \
        no longer needed, set `closed` and say in `outcome` how it went.",
    bad: BAD,
    good: GOOD,
};

fn run(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for one in requests_made(context.as_of).into_iter().filter(|one| one.is_unanswered()) {
        let wait = Wait::new(context.as_of, one.date.value, context.policy.request_answer_days());
        let (name, waiting) = (one.request.name(), wait.words_since());
        let message = match one.answers.len() {
            0 => format!("no one has answered \u{201c}{name}\u{201d} {waiting}"),
            refused => {
                let refused = count_of(refused, "member has", "members have");
                format!("no one has helped with \u{201c}{name}\u{201d} {waiting}; {refused} said no")
            }
        };
        let help = "ask a partner by name and record its answer under `[[responses]]`; if the request is settled, set `closed`";
        let finding = finding(&CHECK, one.request, one.date.span, message, help).because_of(&one.request.path);
        let asker = one.request.member.as_ref().map(|member| member.key());
        findings.push(asker.into_iter().fold(finding, Finding::with_about));
    }
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "requests/reading-night.toml",
    r##"name = "Chairs for the reading night"
member = "birch-library"
date = 2026-05-04  # <-- here
need = "Forty folding chairs on a Friday."
"##,
)]);

const GOOD: Example = BAD.change(&[Change::Add {
    below: r#"need = "Forty folding chairs on a Friday.""#,
    lines: r#"
[[responses]]
member = "alder-friends"
date = 2026-05-22
answer = "yes""#,
}]);
