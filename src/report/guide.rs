//! The founding of a coalition, step by step: what is done and what comes next, from the ledger alone.

use crate::agreement::required_signatures;
use crate::document::{Document, Item, Line, Section, words};
use crate::ledger::AsOf;
use crate::record::goal::GoalStage;
use crate::record::value::RecordId as _;
use crate::record::{AnyRecord, Committee, Record};
use serde::Serialize;

/// A step of the founding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct GuideStep {
    /// What to do.
    pub title: &'static str,
    /// Whether the ledger shows that it is done.
    pub done: bool,
    /// Why, and what to think of.
    pub why: &'static str,
    /// The commands that do it, most important first.
    pub commands: Vec<String>,
}

/// The steps in their order. Each is done when the ledger shows it, whatever the others are.
pub(crate) fn steps(as_of: AsOf<'_>) -> Vec<GuideStep> {
    let ledger = as_of.ledger;
    let coalition = &ledger.root.coalition;
    let members: Vec<_> = as_of.current_members().collect();
    let someone = as_of.serving_advocates().next();
    let person = someone.map_or("Ana López", |person| person.name());
    let agreement = ledger.agreements.iter().next();
    let signatures = required_signatures(ledger, as_of.today);
    let lacking = signatures.iter().find(|cell| cell.is_lacking());
    let proposed = ledger.goals.iter().any(|goal| goal.stage(as_of.today) != GoalStage::Idea);
    let idea = ledger.goals.iter().next().filter(|_| !proposed);
    let is_emergency = |committee: &&Record<Committee>| committee.emergency.as_ref().is_some_and(|it| it.value);
    let emergency = ledger.committees.iter().filter(is_emergency);
    let is_seated = |committee: &Record<Committee>| {
        committee.seats.iter().any(|seat| seat.is_current(as_of.today) && seat.advocate.is_some())
    };
    let step = |title, done, why, commands: &[String]| GuideStep { title, done, why, commands: commands.to_vec() };
    vec![
        step(
            "Say who you are",
            coalition.community.is_some(),
            "A sentence about the community that the coalition serves, for everyone who hears of it for the first time.",
            &["coalition set coalition community=\"The readers of Riverton\"".to_owned()],
        ),
        step(
            "Write down the first people",
            as_of.serving_advocates().nth(1).is_some(),
            "Begin with yourself and one other person. Organizations come next; each is represented by a person.",
            &["coalition new person \"Ana López\" --set email=ana@example.org".to_owned()],
        ),
        step(
            "Write down the first members",
            members.len() > 1,
            "A coalition is two organizations or more. The date on which each joined makes it a member.",
            &["coalition new organization \"Friends of the Library\" --set classification=friends-group --set joined=today".to_owned()],
        ),
        step(
            "Say who represents each member",
            !members.is_empty()
                && members.iter().all(|member| member.representative.is_some() && member.backup_representative.is_some()),
            "A representative speaks and signs for the member, and a backup steps in. Every member has both.",
            &[represent(as_of)],
        ),
        step(
            "Agree on one message",
            coalition.message.is_some(),
            "One sentence that everyone repeats, short enough to remember.",
            &["coalition set coalition message=\"Open when people are free.\"".to_owned()],
        ),
        step(
            "Set the first goal",
            proposed,
            "One goal that several members want, with something to count, so that you can see how far you are.",
            &match idea {
                Some(goal) => vec![format!("coalition set {} proposed=today", goal.key)],
                None => vec![
                    "coalition new goal \"Open on Sundays\" --set proposed=today".to_owned(),
                    "coalition set \"Open on Sundays\" measure.unit=\"hours a week\" measure.baseline=0 measure.target=4".to_owned(),
                ],
            },
        ),
        step(
            "Write the charter",
            agreement.is_some_and(|agreement| agreement.text.is_some() || agreement.text_file.is_some()),
            "What members expect of each other, on a page. Every member signs exactly this text.",
            &["coalition new agreement Charter --set kind=charter --set text=@charter.md --set sign_by=\"next month\"".to_owned()],
        ),
        step(
            "Collect the signatures",
            !signatures.is_empty() && lacking.is_none(),
            "Each representative signs for the member, in person or with a note of where the paper is kept.",
            &[match lacking {
                Some(cell) => format!("coalition sign {} --member {} --by {}", cell.agreement.key.id, quoted(cell.member.name()), signer(as_of, cell.member)),
                None => "coalition sign charter --member \"Friends of the Library\" --by \"Ana López\"".to_owned(),
            }],
        ),
        step(
            "Plan the first meeting",
            ledger.meetings.iter().next().is_some(),
            "A date, an agenda and an invitation. Before it, `coalition report` prints the brief.",
            &[
                "coalition new meeting \"First meeting\" --set date=\"next month\" --set start_time=6:30pm".to_owned(),
                "coalition log agenda \"First meeting\" \"Opening hours\" --minutes 20".to_owned(),
            ],
        ),
        step(
            "Name an emergency committee",
            emergency.clone().any(is_seated),
            "Who may decide when there is no time to ask everyone, and who is on call when.",
            &match emergency.clone().next() {
                Some(committee) => vec![
                    format!("coalition add {} seats role=chair advocate={}", committee.key, quoted(person)),
                    format!("coalition log watch {} {} --days mon-fri --from 8am --to 8pm", committee.key, quoted(person)),
                ],
                None => vec![
                    "coalition new committee \"Emergency team\" --set emergency=yes".to_owned(),
                    format!("coalition add \"Emergency team\" seats role=chair advocate={}", quoted(person)),
                    format!("coalition log watch \"Emergency team\" {} --days mon-fri --from 8am --to 8pm", quoted(person)),
                ],
            },
        ),
    ]
}

/// The command that names who speaks for the first member of whom that is not known, with people of its own, and only what is
/// missing.
fn represent(as_of: AsOf<'_>) -> String {
    let lacks = |member: &&crate::record::Record<crate::record::Member>| {
        member.representative.is_none() || member.backup_representative.is_none()
    };
    let Some(member) = as_of.current_members().find(lacks) else {
        return "coalition set \"Friends of the Library\" representative=\"Ana López\" backup_representative=\"Ben Okoro\"".to_owned();
    };
    let named: Vec<&str> = [&member.representative, &member.backup_representative]
        .into_iter()
        .filter_map(|id| id.as_ref().map(|id| id.value.as_str()))
        .collect();
    let mut people = as_of.serving_advocates().filter(|person| {
        let is_of_member = person.member.as_ref().is_some_and(|own| own.value.as_str() == &*member.key.id);
        is_of_member && !named.contains(&&*person.key.id)
    });
    let missing =
        [("representative", &member.representative), ("backup_representative", &member.backup_representative)];
    let mut command = format!("coalition set {}", quoted(member.name()));
    for (field, _) in missing.into_iter().filter(|(_, named)| named.is_none()) {
        match people.next() {
            Some(person) => command += &format!(" {field}={}", quoted(person.name())),
            None => {
                return format!(
                    "coalition new person \"Ben Okoro\" --set member={}, and {command} {field}=\"Ben Okoro\"",
                    quoted(member.name())
                );
            }
        }
    }
    command
}

/// Who signs for a member.
fn signer(as_of: AsOf<'_>, member: &crate::record::Record<crate::record::Member>) -> String {
    let person = member.representative.as_ref().and_then(|id| as_of.ledger.advocates.get(&id.value));
    person.map_or_else(|| "PERSON".to_owned(), |person| quoted(person.name()))
}

/// A name as one word of a command line.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace(['"', '$', '`', '!'], ""))
}

/// The guide as people read it: what is done, then the next step with its commands, then what comes later.
pub(crate) fn document(as_of: AsOf<'_>) -> Document {
    let steps = steps(as_of);
    let done = steps.iter().filter(|step| step.done).count();
    let mut document = Document::new(format!("Founding {}", as_of.ledger.root.name()));
    document.add_subtitle(format!("{done} of {} steps done", steps.len()));
    let mut section = Section::new("Done");
    section.list(steps.iter().filter(|step| step.done).map(|step| Item::new(step.title)));
    document.add(section);
    let mut open = steps.iter().filter(|step| !step.done);
    if let Some(next) = open.next() {
        let mut section = Section::new(Line::new().plain("Next: ").plain(next.title));
        section.paragraph(next.why);
        section.list(next.commands.iter().map(|command| Item::new(command.as_str())));
        section
            .paragraph("Put your own words in place of those in quotes. `--dry-run` shows what a command would write.");
        document.add(section);
    } else {
        let mut section = Section::new("Founded");
        section.paragraph("Every step is done. `coalition report` prints the brief for your next meeting.");
        document.add(section);
    }
    let later: Vec<&str> = open.map(|step| step.title).collect();
    let mut section = Section::new("Later");
    section.list(later.into_iter().map(Item::new));
    document.add(section);
    document
}

/// The guide as data.
pub(crate) fn data(as_of: AsOf<'_>) -> serde_json::Value {
    let steps = steps(as_of);
    let next = steps.iter().find(|step| !step.done).map(|step| step.title);
    serde_json::json!({ "format_version": 1, "steps": steps, "next": next })
}

/// How many steps are not done, in words; `None` if all are.
pub(crate) fn open_steps(as_of: AsOf<'_>) -> Option<String> {
    let open = steps(as_of).iter().filter(|step| !step.done).count();
    (open > 0).then(|| words::count(open, "step", "steps"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::load;
    use crate::source::memory::Memory;

    fn done(source: &Memory) -> Vec<&'static str> {
        let ledger = load(source).unwrap();
        let steps = steps(AsOf::new(&ledger, "2026-06-15".parse().unwrap()));
        steps.iter().filter(|step| step.done).map(|step| step.title).collect()
    }

    #[test]
    fn a_step_is_done_when_the_ledger_shows_it() {
        let mut source = Memory::new([]);
        source.put("coalition.toml", b"name = \"C\"\n");
        assert_eq!(done(&source), Vec::<&str>::new());
        source.put("coalition.toml", b"name = \"C\"\ncommunity = \"R\"\nmessage = \"M\"\n");
        assert_eq!(done(&source), ["Say who you are", "Agree on one message"]);
        let base = done(&base_ledger());
        assert!(base.contains(&"Write down the first members") && base.contains(&"Write the charter"), "{base:?}");
        assert!(base.contains(&"Collect the signatures"), "{base:?}");
    }

    #[test]
    fn a_goal_no_one_proposed_and_a_committee_without_people_are_not_done() {
        let mut source = Memory::new([]);
        source.put("coalition.toml", b"name = \"C\"\n");
        source.put("goals/sundays.toml", b"name = \"Sundays\"\n");
        source.put("advocates/ana.toml", b"name = \"Ana\"\n");
        source.put("committees/alert.toml", b"name = \"Alert\"\nemergency = true\n");
        assert_eq!(done(&source), Vec::<&str>::new());
        let ledger = load(&source).unwrap();
        let steps = steps(AsOf::new(&ledger, "2026-06-15".parse().unwrap()));
        let commands: Vec<&str> = steps.iter().flat_map(|step| &step.commands).map(String::as_str).collect();
        assert!(commands.contains(&"coalition set goal/sundays proposed=today"), "{commands:?}");
        assert!(commands.contains(&"coalition add committee/alert seats role=chair advocate=\"Ana\""), "{commands:?}");
        source.put("goals/sundays.toml", b"name = \"Sundays\"\nproposed = 2026-06-01\n");
        source.put(
            "committees/alert.toml",
            b"name = \"Alert\"\nemergency = true\n[[seats]]\nrole = \"chair\"\nadvocate = \"ana\"\n",
        );
        assert_eq!(done(&source), ["Set the first goal", "Name an emergency committee"]);
    }
}
