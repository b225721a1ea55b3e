//! Who is named for a part in the work, and no longer serves: the leads and owners of goals and their steps, the leads of
//! campaigns, the owners of officials, those who speak or watch for committees, and who has a part in meetings to come.

use super::Evidence;
use super::meetings::meetings_to_come;
use super::structure::at_work;
use super::year_round::in_office;
use crate::kind::{Kind, RecordKey};
use crate::ledger::AsOf;
use crate::record::member::Stage;
use crate::record::value::{AdvocateId, At, MemberId, Opt, RecordId};
use crate::record::{Advocate, AnyRecord, Member};
use crate::source::Span;
use std::collections::BTreeSet;

/// A part in the work for which someone is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChargeRole<'l> {
    /// The member who leads a goal or a campaign.
    Lead,
    /// The person who sees to a goal.
    Owner,
    /// The person who sees to a step on the way to a goal, with the step.
    Step(&'l str),
    /// The person who keeps in touch with an official.
    Touch,
    /// The person who speaks to the press for a committee.
    Press,
    /// A person on the watch of a committee.
    Watch,
    /// The person who is to chair a meeting.
    Chair,
    /// The person who is to lead a point of a meeting's agenda, with the point.
    Point(&'l str),
}

/// Someone who is named for a part.
#[derive(Clone, Copy)]
pub(crate) struct Charge<'l> {
    /// What the part is in: a goal, a campaign, an official, a committee.
    pub of: &'l dyn AnyRecord,
    /// The part.
    pub part: ChargeRole<'l>,
    /// Who is named: a member or a person.
    pub key_of: (Kind, &'l str),
    /// Where.
    pub span: Span,
    /// Whether whoever is named no longer serves.
    pub is_departed: bool,
}

impl Charge<'_> {
    /// Who is named.
    pub(crate) fn who(&self) -> RecordKey {
        let (kind, id) = self.key_of;
        match kind {
            Kind::Member => MemberId::new(id).key(),
            _ => AdvocateId::new(id).key(),
        }
    }
}

/// Whether a person's service is over, or the person's organization has left or declined. Whoever has not begun has not gone.
pub(crate) fn has_departed(as_of: AsOf<'_>, advocate: &Advocate) -> bool {
    !as_of.serves(advocate) && as_of.may_have_come(&advocate.start_date)
}

/// Whether an organization has left or declined.
fn has_left(as_of: AsOf<'_>, member: &Member) -> bool {
    matches!(member.stage(as_of.today), Stage::Left | Stage::Declined)
}

/// The person who is named, unless that person has departed; whoever is unknown may well serve.
pub(crate) fn person<'l>(as_of: AsOf<'l>, named: &'l Opt<AdvocateId>) -> Option<&'l At<AdvocateId>> {
    let gone = |id: &AdvocateId| as_of.ledger.advocates.get(id).is_some_and(|advocate| has_departed(as_of, advocate));
    named.as_ref().filter(|id| !gone(&id.value))
}

/// The member who is named, unless it has left or declined.
pub(crate) fn member<'l>(as_of: AsOf<'l>, named: &'l Opt<MemberId>) -> Option<&'l At<MemberId>> {
    let gone = |id: &MemberId| as_of.ledger.members.get(id).is_some_and(|member| has_left(as_of, member));
    named.as_ref().filter(|id| !gone(&id.value))
}

/// Everyone who is named for a part of what goes on now: live goals and their open steps, campaigns that have not closed,
/// officials in office, committees at work, meetings to come. A person who left together with the lead is not counted beside it.
pub(crate) fn charges(as_of: AsOf<'_>) -> Vec<Charge<'_>> {
    let mut charges = Vec::new();
    for goal in as_of.live_goals() {
        let lead = lead(as_of, goal, &goal.lead);
        let goes_with_it = |id: &Opt<AdvocateId>| {
            let owner_member = id.as_ref().and_then(|id| as_of.ledger.advocates.get(&id.value)?.member.as_ref());
            let of_lead = owner_member
                .zip(goal.lead.as_ref())
                .is_some_and(|(owner_member, lead)| owner_member.value == lead.value);
            of_lead && lead.is_some_and(|lead| lead.is_departed)
        };
        charges.extend(lead);
        let open = goal.milestones.iter().filter(|step| !as_of.has_come(&step.done));
        let steps = open.map(|step| {
            let name = step.name.as_ref().map_or("", |name| name.as_str());
            (ChargeRole::Step(name), &step.value.owner)
        });
        let named = [(ChargeRole::Owner, &goal.owner)].into_iter().chain(steps);
        charges.extend(
            named.filter(|(_, id)| !goes_with_it(id)).filter_map(|(part, id)| current_charges(as_of, goal, part, id)),
        );
    }
    for campaign in as_of.ledger.campaigns.iter().filter(|campaign| !campaign.has_closed(as_of.today)) {
        charges.extend(lead(as_of, campaign, &campaign.lead));
    }
    for official in as_of.ledger.officials.iter().filter(|official| in_office(as_of, official)) {
        charges.extend(current_charges(as_of, official, ChargeRole::Touch, &official.owner));
    }
    for committee in at_work(as_of) {
        charges.extend(current_charges(as_of, committee, ChargeRole::Press, &committee.spokesperson));
        let mut known = BTreeSet::new();
        let watch = committee
            .watch
            .iter()
            .filter_map(|watch| current_charges(as_of, committee, ChargeRole::Watch, &watch.advocate));
        charges.extend(watch.filter(|charge| known.insert(charge.key_of.1)));
    }
    for meeting in meetings_to_come(as_of) {
        charges.extend(current_charges(as_of, meeting, ChargeRole::Chair, &meeting.chair));
        let points = meeting.agenda.iter().filter_map(|point| {
            let name = point.item.as_ref().map_or("", |item| item.as_str());
            current_charges(as_of, meeting, ChargeRole::Point(name), &point.value.lead)
        });
        charges.extend(points);
    }
    charges
}

fn lead<'l>(as_of: AsOf<'l>, of: &'l dyn AnyRecord, named: &'l Opt<MemberId>) -> Option<Charge<'l>> {
    let id = named.as_ref()?;
    let is_departed = member(as_of, named).is_none();
    Some(Charge { of, part: ChargeRole::Lead, key_of: (Kind::Member, id.as_str()), span: id.span, is_departed })
}

fn current_charges<'l>(
    as_of: AsOf<'l>,
    of: &'l dyn AnyRecord,
    part: ChargeRole<'l>,
    named: &'l Opt<AdvocateId>,
) -> Option<Charge<'l>> {
    let id = named.as_ref()?;
    let is_departed = person(as_of, named).is_none();
    Some(Charge { of, part, key_of: (Kind::Advocate, id.as_str()), span: id.span, is_departed })
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let charges = charges(as_of);
    let serving = charges.iter().filter(|charge| !charge.is_departed).count();
    let nouns = [
        "task in goals, campaigns, contacts, committees and meetings",
        "tasks in goals, campaigns, contacts, committees and meetings",
    ];
    let tells = ["is assigned to a current person", "are assigned to a current person"];
    Evidence::default().part_that("parts_in_serving_hands", serving, charges.len(), nouns, tells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::load;

    /// The parts that departed people and members have, in a ledger where Eve served until June 14 and Elm left with her.
    fn departed(path: &str, text: &str) -> Vec<String> {
        let mut files = crate::check::base_ledger();
        files.put(
            "members/elm.toml",
            b"name = \"Elm\"\nclassification = \"other\"\njoined = 2025-02-01\nleft = 2026-06-14\n",
        );
        files.put("advocates/eve.toml", b"name = \"Eve\"\nmember = \"elm\"\n");
        files.put("advocates/late.toml", b"name = \"Late\"\nstart_date = 2026-06-16\n");
        files.put(path, text.as_bytes());
        let ledger = load(&files).unwrap();
        assert!(ledger.findings.is_empty(), "{:?}", ledger.findings);
        let all = charges(AsOf::new(&ledger, "2026-06-15".parse().unwrap()));
        all.iter().filter(|one| one.is_departed).map(|one| format!("{:?} {}", one.part, one.who())).collect()
    }

    #[test]
    fn who_left_has_no_part_in_what_goes_on() {
        let goal = |rest: &str| departed("goals/x.toml", &format!("name = \"X\"\nproposed = 2026-01-01\n{rest}"));
        assert_eq!(goal("lead = \"elm\""), ["Lead member/elm"]);
        assert_eq!(goal("owner = \"eve\""), ["Owner advocate/eve"]);
        assert_eq!(goal("lead = \"elm\"\nowner = \"eve\""), ["Lead member/elm"], "they left together");
        assert_eq!(goal("lead = \"elm\"\ndropped = 2026-06-01"), [""; 0]);
        assert_eq!(goal("lead = \"birch-library\"\nowner = \"late\""), [""; 0], "has not begun");
        let step = |rest: &str| goal(&format!("[[milestones]]\nname = \"Survey\"\nowner = \"eve\"\n{rest}"));
        assert_eq!(step(""), ["Step(\"Survey\") advocate/eve"]);
        assert_eq!(step("done = 2026-06-01"), [""; 0]);
        let campaign =
            |closes: &str| departed("campaigns/x.toml", &format!("name = \"X\"\nlead = \"elm\"\ncloses = {closes}"));
        assert_eq!(campaign("2026-06-15"), ["Lead member/elm"]);
        assert_eq!(campaign("2026-06-14"), [""; 0]);
        let official = |rest: &str| departed("officials/x.toml", &format!("name = \"X\"\nowner = \"eve\"\n{rest}"));
        assert_eq!((official(""), official("end_date = 2026-06-14")), (vec!["Touch advocate/eve".to_owned()], vec![]));
        let watch = "[[watch]]\nadvocate = \"eve\"\ndays = [\"mon\"]\nfrom = 08:00:00\nto = 20:00:00\n".repeat(2);
        let committee = |rest: &str| {
            departed("committees/x.toml", &format!("name = \"X\"\nspokesperson = \"eve\"\n{rest}\n{watch}"))
        };
        assert_eq!(committee(""), ["Press advocate/eve", "Watch advocate/eve"]);
        assert_eq!(committee("end_date = 2026-06-14"), [""; 0], "it has done its work");
        let meeting = |rest: &str| {
            let agenda = "[[agenda]]\nitem = \"Doors\"\nlead = \"eve\"\n";
            departed("meetings/x.toml", &format!("name = \"X\"\nchair = \"eve\"\n{rest}\n{agenda}"))
        };
        assert_eq!(meeting("date = 2026-06-15"), ["Chair advocate/eve", "Point(\"Doors\") advocate/eve"]);
        assert_eq!((meeting("date = 2026-06-14"), meeting("date = 2026-07-01\ncancelled = true")), (vec![], vec![]));
    }
}
