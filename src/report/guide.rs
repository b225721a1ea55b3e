//! The founding of a coalition, step by step: what is done and what comes next, from the ledger alone.

use crate::agreement::required_signatures;
use crate::document::{Document, Item, Line, Section, words};
use crate::kind::Kind;
use crate::ledger::{AsOf, Ledger};
use crate::parse::alike::fold_accents;
use crate::parse::suggest::slug;
use crate::record::goal::GoalStage;
use crate::record::value::{AdvocateId, Opt, RecordId as _};
use crate::record::{Advocate, AnyRecord, Committee, Member, Record};
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
    let newcomer = unused(ledger, &PEOPLE, Kind::Advocate);
    let person = someone.map_or(newcomer, |person| person.name());
    let organization = unused(ledger, &ORGANIZATIONS, Kind::Member);
    let invited = ledger.members.iter().find(|member| member.joined.is_none() && member.left.is_none());
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
            "Add the first people",
            as_of.serving_advocates().nth(1).is_some(),
            "Begin with yourself and one other person. Organizations come next; each is represented by a person.",
            &[format!("coalition new person {} email=name@example.org", quoted(newcomer))],
        ),
        step(
            "Add the first members",
            members.len() > 1,
            "A coalition is two organizations or more. The date on which each joined makes it a member.",
            &[match invited {
                Some(member) => format!("coalition set {} joined=today", member.key),
                None => format!(
                    "coalition new organization {} classification=friends-group joined=today",
                    quoted(organization)
                ),
            }],
        ),
        step(
            "Say who represents each member",
            !members.is_empty()
                && members.iter().all(|member| member.representative.is_some() && member.backup_representative.is_some()),
            "A representative speaks and signs for the member, and a backup steps in. Every member has both.",
            &represent_first(as_of),
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
            "One goal that several members want, with something to count, so that you can see how far along you are.",
            &match idea {
                Some(goal) => vec![format!("coalition set {} proposed=today", goal.key)],
                None => vec![
                    "coalition new goal \"Open on Sundays\" proposed=today".to_owned(),
                    "coalition set \"Open on Sundays\" measure.unit=\"hours a week\" measure.baseline=0 measure.target=4".to_owned(),
                ],
            },
        ),
        step(
            "Write the charter",
            agreement.is_some_and(|agreement| agreement.text.is_some() || agreement.text_file.is_some()),
            "What members expect of each other, on a page. Every member signs exactly this text.",
            &[match agreement {
                Some(agreement) => format!("coalition set {} text=@charter.md", agreement.key),
                None => {
                    "coalition new agreement Charter kind=charter text=@charter.md sign_by=\"next month\"".to_owned()
                }
            }],
        ),
        step(
            "Collect the signatures",
            !signatures.is_empty() && lacking.is_none(),
            "Each representative signs for the member, in person or with a note of where the paper is kept.",
            &match lacking.map(|cell| (cell, signer(as_of, cell.member))) {
                Some((cell, Some(signer))) => vec![format!(
                    "coalition sign {} --member {} --by {signer}",
                    cell.agreement.key.id,
                    quoted(cell.member.name())
                )],
                Some((cell, None)) => represent(as_of, cell.member),
                None => vec![format!(
                    "coalition sign charter --member {} --by {}",
                    quoted(members.first().map_or(organization, |member| member.name())),
                    quoted(person)
                )],
            },
        ),
        step(
            "Plan the first meeting",
            ledger.meetings.iter().next().is_some(),
            "A date, an agenda and an invitation. Before it, `coalition report` prints the brief.",
            &[
                "coalition new meeting \"First meeting\" date=\"next month\" start_time=6:30pm".to_owned(),
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
                    "coalition new committee \"Emergency team\" emergency=yes".to_owned(),
                    format!("coalition add \"Emergency team\" seats role=chair advocate={}", quoted(person)),
                    format!("coalition log watch \"Emergency team\" {} --days mon-fri --from 8am --to 8pm", quoted(person)),
                ],
            },
        ),
    ]
}

/// Names for examples of people, of which one is taken that no one in the ledger has.
const PEOPLE: [&str; 4] = ["Ana López", "Ben Okoro", "Carla Reyes", "Dan Fisher"];

/// The same for organizations.
const ORGANIZATIONS: [&str; 4] = ["Friends of the Library", "Public Library", "School PTA", "Neighborhood Association"];

/// The first of some names that no record of a kind has.
fn unused(ledger: &Ledger, names: &[&'static str], kind: Kind) -> &'static str {
    let is_used = |name: &str| {
        let alike = |record: &dyn AnyRecord| fold_accents(record.name()) == fold_accents(name);
        ledger.records_of(kind).any(alike) || ledger.find(kind, &slug(name)).is_some()
    };
    names.iter().find(|name| !is_used(name)).or(names.last()).copied().unwrap_or_default()
}

/// The command that names who speaks for the first member of whom that is not known.
fn represent_first(as_of: AsOf<'_>) -> Vec<String> {
    let lacks = |member: &&Record<Member>| member.representative.is_none() || member.backup_representative.is_none();
    match as_of.current_members().find(lacks) {
        Some(member) => represent(as_of, member),
        None => vec![format!(
            "coalition set {} representative={}",
            quoted(unused(as_of.ledger, &ORGANIZATIONS, Kind::Member)),
            quoted(unused(as_of.ledger, &PEOPLE, Kind::Advocate))
        )],
    }
}

/// The commands that name who speaks for a member, with people of its own or of no member, and only what is missing.
fn represent(as_of: AsOf<'_>, member: &Record<Member>) -> Vec<String> {
    let id = |id: &Opt<AdvocateId>| id.as_ref().map(|id| id.value.as_str().to_owned());
    let representing = |member: &Record<Member>| {
        [id(&member.representative), id(&member.backup_representative)].into_iter().flatten().collect::<Vec<_>>()
    };
    let busy: Vec<String> = as_of.ledger.members.iter().flat_map(representing).collect();
    let of_member =
        |person: &&Record<Advocate>| person.member.as_ref().is_some_and(|own| own.value.as_str() == &*member.key.id);
    let is_free = |person: &&Record<Advocate>| {
        !busy.iter().any(|id| *id == *person.key.id) && (of_member(person) || person.member.is_none())
    };
    let (own, others): (Vec<_>, Vec<_>) = as_of.serving_advocates().filter(is_free).partition(of_member);
    let mut people = own.into_iter().chain(others);
    let missing =
        [("representative", &member.representative), ("backup_representative", &member.backup_representative)];
    let mut command = format!("coalition set {}", quoted(member.name()));
    for (nth, (field, _)) in missing.into_iter().filter(|(_, named)| named.is_none()).enumerate() {
        match people.next() {
            Some(person) => command += &format!(" {field}={}", quoted(person.name())),
            // Who is there can be named now.
            None if nth > 0 => break,
            None => {
                let person = quoted(unused(as_of.ledger, &PEOPLE, Kind::Advocate));
                let new = format!("coalition new person {person} member={}", quoted(member.name()));
                return vec![new, format!("{command} {field}={person}")];
            }
        }
    }
    vec![command]
}

/// Who signs for a member, if that is known.
fn signer(as_of: AsOf<'_>, member: &Record<Member>) -> Option<String> {
    let person = member.representative.as_ref().and_then(|id| as_of.ledger.advocates.get(&id.value))?;
    Some(quoted(person.name()))
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
        section.paragraph("Replace the words in quotes with your own. `--dry-run` shows what a command would write.");
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
        let mut source = Memory::default();
        source.put("coalition.toml", b"name = \"C\"\n");
        assert_eq!(done(&source), Vec::<&str>::new());
        source.put("coalition.toml", b"name = \"C\"\ncommunity = \"R\"\nmessage = \"M\"\n");
        assert_eq!(done(&source), ["Say who you are", "Agree on one message"]);
        let base = done(&base_ledger());
        assert!(base.contains(&"Add the first members") && base.contains(&"Write the charter"), "{base:?}");
        assert!(base.contains(&"Collect the signatures"), "{base:?}");
    }

    #[test]
    fn the_guide_creates_nothing_that_is_there() {
        let mut source = Memory::default();
        source.put("coalition.toml", b"name = \"C\"\n");
        source.put("advocates/ana-lopez.toml", b"name = \"Ana Lopez\"\n");
        source.put("members/elm.toml", b"name = \"Elm\"\nclassification = \"library\"\njoined = 2026-01-01\n");
        source.put("members/oak.toml", b"name = \"Oak\"\nclassification = \"library\"\n");
        source.put("agreements/charter.toml", b"name = \"Charter\"\n");
        let ledger = load(&source).unwrap();
        let steps = steps(AsOf::new(&ledger, "2026-06-15".parse().unwrap()));
        let commands: Vec<&str> = steps.iter().flat_map(|step| &step.commands).map(String::as_str).collect();
        for expected in [
            "coalition new person \"Ben Okoro\" email=name@example.org",
            "coalition set member/oak joined=today",
            "coalition set \"Elm\" representative=\"Ana Lopez\"",
            "coalition set agreement/charter text=@charter.md",
        ] {
            assert!(commands.contains(&expected), "{expected}: {commands:#?}");
        }
    }

    #[test]
    fn a_goal_no_one_proposed_and_a_committee_without_people_are_not_done() {
        let mut source = Memory::default();
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
