//! `duplicate-entry`: a member signs the same version twice or states its position twice, a person attends a meeting
//! twice, or two current people have the same account on a git host.

use super::{Check, Context, Example, ExampleFile, Group, Run, signature_finding};
use crate::agreement::{Flaw, JudgedSignature, fingerprint};
use crate::finding::{CheckName, Finding, Severity};
use crate::kind::{Kind, RecordKey};
use crate::ledger::Ledger;
use crate::parse::Repeat;
use crate::record::agreement::Amendment;
use crate::record::decision::Position;
use crate::record::goal::GoalPosition;
use crate::record::meeting::Attendance;
use crate::record::table::RecordTable;
use crate::record::value::{At, MemberId, RecordId};
use crate::record::{Advocate, Agreement, AnyRecord, Committee, Record};
use crate::source::{LedgerPath, Span};
use serde::Serialize;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// The check.
pub(super) static CHECK: Check = Check {
    name: CheckName::new("duplicate-entry"),
    severity: Severity::Error,
    group: Group::Structure,
    policy: &[],
    run: Run::Ledger(run),
    what: "A member signs the same version twice or states its position twice, a person attends a meeting twice, or \
        two current people have the same account on a git host. Any other exact duplicate in a list is at most a \
        warning. Two vacant seats or two agenda items may be identical.",
    why: "No one may vote or sign twice. An account that approves a change must belong to one person.",
    fix: "Keep the entry that is correct and delete the other; git remembers it. A signature that was withdrawn stays, \
        marked `withdrawn`. A signature on an older text may stay above the one on the current text, and one without a \
        proof may stay above one with a proof.",
    bad: BAD,
    good: GOOD,
};

/// How to fix most of them.
const HELP: &str = "keep the correct entry and delete the other";

fn run<'l>(context: &Context<'l>, findings: &mut Vec<Finding>) {
    let ledger: &'l Ledger = context.ledger;
    for agreement in &ledger.agreements {
        let what = "has already signed this version";
        for (judged, member) in signed_twice(context, agreement) {
            let span = if member.span == Span::START { judged.signature.span } else { member.span };
            let message = format!("{} {what}", ledger.name_of(&member.value));
            findings.push(signature_finding(&CHECK, agreement, &judged, span, message, HELP));
        }
        let named = |amendment: &'l Amendment| amendment.version.as_ref().map(|version| (version.span, "this version"));
        let entries = repeated(&agreement.amendments, named);
        report_repeats(entries, "already has an amendment", agreement.path(), agreement.key(), findings);
    }
    for decision in &ledger.decisions {
        let named = |position: &'l Position| named_member(ledger, position.member.as_ref());
        let entries = repeated(&decision.positions, named);
        report_repeats(entries, "has already stated its position", decision.path(), decision.key(), findings);
    }
    for goal in &ledger.goals {
        let named = |position: &'l GoalPosition| named_member(ledger, position.member.as_ref());
        let entries = repeated(&goal.positions, named);
        report_repeats(entries, "has already stated its position", goal.path(), goal.key(), findings);
    }
    for meeting in &ledger.meetings {
        // A guest is known only by name, however it was typed.
        let named = |attendance: &'l Attendance| match (&attendance.advocate, &attendance.name) {
            (Some(advocate), _) => Some((advocate.span, ledger.name_of(&advocate.value))),
            (None, Some(name)) => Some((name.span, name.as_str())),
            (None, None) => None,
        };
        let entries = repeated(&meeting.attendance, named);
        report_repeats(entries, "is already on the attendance list", meeting.path(), meeting.key(), findings);
    }
    shared_accounts(context, findings);
    shared_keys(context, findings);
    findings.extend(ledger.repeats.iter().filter(|repeat| is_mistake(context, repeat)).map(repeat_finding));
}

/// Whether an entry that appears twice in a list is a mistake. Two seats of one role may both be vacant.
fn is_mistake(context: &Context<'_>, repeat: &Repeat) -> bool {
    let key = repeat.record.as_ref().filter(|key| key.kind == Kind::Committee && repeat.field == "seats");
    let committee = key.and_then(|key| context.ledger.committees.find(&key.id));
    let is_vacant =
        |committee: &Committee| committee.seats.iter().any(|seat| seat.span == repeat.span && seat.advocate.is_none());
    !committee.is_some_and(|committee| is_vacant(committee))
}

/// The finding on an entry that appears twice in a list, letter for letter. No one is counted twice for it.
fn repeat_finding(repeat: &Repeat) -> Finding {
    let message = format!("this entry of `{}` appears twice", repeat.field);
    let help = "delete one of the two";
    let finding = Finding::new(CHECK.name, &repeat.path, repeat.span, message, help).soften();
    match &repeat.record {
        Some(record) => finding.with_record(record.clone()),
        None => finding,
    }
}

/// Reports keys that two people have: a signature with such a key proves that one of them signed, but not which one.
fn shared_keys(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut seen: HashMap<String, &Record<Advocate>> = HashMap::new();
    for advocate in &context.ledger.advocates {
        for key in &advocate.keys {
            let (Some(print), Some(written)) = (fingerprint(key), &key.key) else { continue };
            match seen.get(&print) {
                Some(first) if first.key != advocate.key => {
                    let message =
                        format!("{} already has this key, so it does not prove which of them signed", first.name());
                    let help = "give each person a separate key, and end this one with `valid_until`";
                    let finding = Finding::new(CHECK.name, &advocate.path, written.span, message, help);
                    findings.push(finding.with_record(advocate.key.clone()).soften());
                }
                Some(_) => {}
                None => drop(seen.insert(print, advocate)),
            }
        }
    }
}

/// Reports accounts that another person has, or that one person has twice. A person who no longer serves may have handed an
/// account on.
fn shared_accounts(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut seen: HashMap<(String, String), &Record<Advocate>> = HashMap::new();
    for advocate in context.ledger.advocates.iter().filter(|advocate| advocate.serves(context.today)) {
        for account in &advocate.accounts {
            let (Some((host, handle)), Some(written)) = (account.on_host(), &account.handle) else { continue };
            if let Some(first) = seen.get(&(host.clone(), handle.to_ascii_lowercase())) {
                let what = format!("already has the account `{handle}` at {host}");
                findings.push(entry_finding(advocate.path(), advocate.key(), written.span, first.name(), &what));
            } else {
                seen.insert((host, handle.to_ascii_lowercase()), advocate);
            }
        }
    }
}

/// The entries of a list that are the same as one before, each with its place and a name. What makes two entries the same one
/// is said in their table; an entry that is not named is left out.
fn repeated<'e, T: RecordTable + Serialize>(
    entries: &'e [At<T>],
    named: impl Fn(&'e T) -> Option<(Span, &'e str)>,
) -> Vec<(Span, &'e str)> {
    let Some(key) = T::DEF.key else { return Vec::new() };
    let mut seen = HashSet::new();
    let mut again = Vec::new();
    for entry in entries {
        let Some(named) = named(&entry.value) else { continue };
        let Ok(Value::Object(fields)) = serde_json::to_value(&entry.value) else { continue };
        if !seen.insert(Value::Array(key.values_of(&fields)).to_string()) {
            again.push(named);
        }
    }
    again
}

fn named_member<'l>(ledger: &'l Ledger, member: Option<&'l At<MemberId>>) -> Option<(Span, &'l str)> {
    member.map(|member| (member.span, ledger.name_of(&member.value)))
}

/// Reports the entries that appear a second time.
fn report_repeats(
    entries: Vec<(Span, &str)>,
    what: &str,
    path: &LedgerPath,
    key: &RecordKey,
    findings: &mut Vec<Finding>,
) {
    findings.extend(entries.into_iter().map(|(span, name)| entry_finding(path, key, span, name, what)));
}

fn entry_finding(path: &LedgerPath, key: &RecordKey, span: Span, name: &str, what: &str) -> Finding {
    Finding::new(CHECK.name, path, span, format!("{name} {what}"), HELP).with_record(key.clone())
}

/// The signatures that follow one by the same member on the same version that counts, each with its member. An entry that does
/// not count may stay above the next one, so that nothing is lost, and a proof may follow an entry that has none.
fn signed_twice<'l>(
    context: &Context<'l>,
    agreement: &'l Record<Agreement>,
) -> Vec<(JudgedSignature<'l>, &'l At<MemberId>)> {
    // Whether the one that counts has a proof.
    let mut counting: HashMap<(&str, u32, usize), bool> = HashMap::new();
    let mut twice = Vec::new();
    for judged in context.signing.judge_all(agreement).filter(|judged| judged.signature.withdrawn.is_none()) {
        let Some(member) = &judged.signature.member else { continue };
        if judged.flaw == Some(Flaw::NotYet) {
            continue;
        }
        // A proof that came with its key must be given again.
        let has_proof =
            judged.signature.signature.is_some() && context.signing.came_with_key(judged.signature).is_none();
        let counts = judged.counts();
        // A member who left and rejoined signs again.
        let record = context.ledger.members.get(&member.value);
        let signed = judged.signature.date.as_ref().map(|date| date.value);
        let memberships = record.zip(signed).map_or(0, |(record, signed)| record.leavings_before(signed));
        let key = (member.as_str(), judged.version, memberships);
        if counting.get(&key).is_some_and(|proven| *proven || !counts || !has_proof) {
            twice.push((judged.clone(), member));
        }
        if counts {
            *counting.entry(key).or_default() |= has_proof;
        }
    }
    twice
}

const BAD: Example = Example::of(&[ExampleFile::new(
    "decisions/join-festival.toml",
    r##"name = "Join the river festival"
text = "The coalition has a table at the river festival."
method = "consensus"
closes = 2026-07-07

[[positions]]
member = "alder-friends"
option = "object"
reason = "No one is free that day."

[[positions]]
member = "alder-friends"  # <-- here
option = "agree"
"##,
)]);

const GOOD: Example = Example::of(&[ExampleFile::new(
    "decisions/join-festival.toml",
    r##"name = "Join the river festival"
text = "The coalition has a table at the river festival."
method = "consensus"
closes = 2026-07-07

[[positions]]
member = "alder-friends"
option = "agree"

[[positions]]
member = "birch-library"
option = "agree"
"##,
)]);

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::check::{Context, base_ledger, judge};
    use crate::ledger::load;

    /// Where accounts are found twice, in a ledger where Ana has `ana-l` at github.com.
    fn found(others: &str) -> Vec<String> {
        let mut source = base_ledger();
        let account = |handle: &str, host: &str| format!("[[accounts]]\nhost = \"{host}\"\nhandle = \"{handle}\"\n");
        source.put("advocates/a.toml", format!("name = \"Ana L\"\n{}", account("ana-l", "github.com")).as_bytes());
        source.put("advocates/b.toml", format!("name = \"Bea M\"\n{others}").as_bytes());
        let ledger = load(&source).unwrap();
        let verdict = judge(&Context::new(&ledger, "2026-06-15".parse().unwrap()));
        let reported = verdict.reported.iter().map(|reported| &reported.finding);
        reported.filter(|finding| finding.check == CHECK.name).map(|f| format!("{}: {}", f.path, f.message)).collect()
    }

    #[test]
    fn the_same_entry_twice_is_a_warning() {
        let reported_lines = |path: &str, text: &str| {
            let mut source = base_ledger();
            source.put(path, text.as_bytes());
            let ledger = load(&source).unwrap();
            let verdict = judge(&Context::new(&ledger, "2026-06-15".parse().unwrap())).without_echoes();
            let in_file = verdict.reported.into_iter().filter(|reported| reported.finding.path.as_str() == path);
            in_file.map(|one| format!("{} {} {}", one.severity, one.finding.check, one.start.line)).collect::<Vec<_>>()
        };
        let goal = |rest: &str| reported_lines("goals/x.toml", &format!("name = \"X\"\n{rest}"));
        assert_eq!(goal("serves = [\"a\", \"b\", \"a\"]"), ["warning duplicate-entry 2"]);
        assert_eq!(goal("proposed_by = [\"birch-library\", \"birch-library\"]"), ["warning duplicate-entry 2"]);
        let step = "[[milestones]]\nname = \"a\"\ndue = 2026-07-01\n";
        let turned = "[[milestones]]\ndue = 2026-07-01\nname = \"a\"\n";
        assert_eq!(goal(&format!("{step}{turned}")), ["warning duplicate-entry 5"]);
        assert_eq!(goal(&format!("{step}{}", step.replace("07-01", "07-02"))), [""; 0]);
        let seat = "[[seats]]\nrole = \"member\"\n";
        let held = format!("{seat}advocate = \"ben-okoro\"\nstart_date = 2026-01-01\n");
        let committee = |seats: &str| {
            let chair = "[[seats]]\nrole = \"chair\"\nadvocate = \"dana-reyes\"\n";
            reported_lines("committees/x.toml", &format!("name = \"X\"\npurpose = \"x\"\n{chair}{seats}"))
        };
        assert_eq!(committee(&held.repeat(2)), ["warning duplicate-entry 10"], "and no overlapping terms beside it");
        assert!(!committee(&seat.repeat(2)).iter().any(|one| one.contains("duplicate")));
        assert_eq!(
            reported_lines("coalition.toml", "name = \"X\"\nfounded = 2025-01-15\n[policy]\nbudget_months = [5, 5]\n"),
            ["warning duplicate-entry 4"]
        );
    }

    #[test]
    fn a_guest_is_one_however_the_name_was_typed() {
        let mut source = base_ledger();
        let guests =
            "[[attendance]]\nname = \"Jos\u{e9} O'Hara\"\n[[attendance]]\nname = \"Jose\u{301} O\u{2019}Hara\"\n";
        source.put("meetings/m.toml", format!("name = \"M\"\ndate = 2026-06-10\n{guests}").as_bytes());
        let ledger = load(&source).unwrap();
        let verdict = judge(&Context::new(&ledger, "2026-06-15".parse().unwrap()));
        assert_eq!(verdict.reported.iter().filter(|one| one.finding.check == CHECK.name).count(), 1);
    }

    #[test]
    fn two_people_with_one_account_are_found() {
        let same = "[[accounts]]\nhost = \"GitHub.com\"\nhandle = \"Ana-L\"\n";
        assert_eq!(found(same), ["advocates/b.toml: Ana L already has the account `Ana-L` at github.com"]);
        assert_eq!(found(&same.replace("GitHub", "gitlab")), Vec::<String>::new());
        assert_eq!(found(&format!("end_date = 2026-06-14\n{same}")), Vec::<String>::new(), "it was handed on");
        let twice = same.replace("Ana-L", "bea");
        assert_eq!(found(&format!("{twice}{twice}")).len(), 1);
    }
}
