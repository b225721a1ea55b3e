//! One short message: what a ledger shows of it.

use super::Evidence;
use crate::document::words::part_of;
use crate::kind::RecordKey;
use crate::ledger::AsOf;
use crate::parse::alike::fold;
use crate::record::value::{At, RecordId};
use crate::record::{Campaign, Goal, Record};
use crate::source::{LedgerPath, ROOT_FILE};
use std::collections::{BTreeSet, HashMap};

/// A message as the ear takes it: without regard to capitals, spacing, the shape of quotes and dashes, and the stop at its
/// end.
pub(crate) fn fold_message(message: &str) -> String {
    let message = fold(message);
    let words: Vec<&str> = message.split_whitespace().collect();
    let stops = ['.', '!', '?', ',', ';', ':', ' ', '\u{2026}', '\u{3002}', '\u{ff01}', '\u{ff1f}'];
    words.join(" ").trim_end_matches(stops).to_owned()
}

/// How many words a message has. A dash alone is none.
pub(crate) fn word_count(message: &str) -> usize {
    message.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// A live goal with what is said for it today.
#[derive(Debug, Clone)]
pub(crate) struct Voices<'l> {
    /// The goal.
    pub goal: &'l Record<Goal>,
    /// Each different message as first written, the goal's own first and then in the order of the campaigns.
    pub messages: Vec<&'l str>,
    /// The open campaigns that say something, in path order.
    pub campaigns: Vec<&'l Record<Campaign>>,
}

/// What is said today for each live goal, in path order; goals for which nothing is said are left out.
pub(crate) fn voices(as_of: AsOf<'_>) -> Vec<Voices<'_>> {
    let mut calls: HashMap<&str, Vec<&Record<Campaign>>> = HashMap::new();
    for campaign in as_of.ledger.campaigns.iter().filter(|campaign| campaign.is_open(as_of.today)) {
        if let (Some(goal), Some(_)) = (&campaign.goal, &campaign.message) {
            calls.entry(goal.as_str()).or_default().push(campaign);
        }
    }
    let voices = as_of.live_goals().map(|goal| {
        let campaigns = calls.remove(&*goal.key.id).unwrap_or_default();
        let said = goal.message.iter().chain(campaigns.iter().filter_map(|campaign| campaign.message.as_ref()));
        let mut known = BTreeSet::new();
        let messages =
            said.map(|message| message.as_str()).filter(|message| known.insert(fold_message(message))).collect();
        Voices { goal, messages, campaigns }
    });
    voices.filter(|voices| !voices.messages.is_empty()).collect()
}

/// A campaign that is open or still to come, with the message that it should carry.
#[derive(Debug, Clone)]
pub(crate) struct MessageLine<'l> {
    /// The campaign.
    pub campaign: &'l Record<Campaign>,
    /// What it says.
    pub says: &'l At<String>,
    /// What it should say.
    pub should_say: &'l str,
    /// The goal whose message that is; none where it is the coalition's.
    pub goal: Option<&'l Record<Goal>>,
}

impl MessageLine<'_> {
    /// Whether it says what it should.
    pub(crate) fn is_kept(&self) -> bool {
        fold_message(self.says) == fold_message(self.should_say)
    }
}

/// The campaigns that are open or still to come and whose message can be compared, in path order. A campaign for a live
/// goal should carry that goal's message; where there is no goal, or the goal has no message, the coalition's.
pub(crate) fn lines(as_of: AsOf<'_>) -> Vec<MessageLine<'_>> {
    let of_all = as_of.ledger.root.message.as_ref().map(|message| message.value.as_str());
    let campaigns = as_of.ledger.campaigns.iter().filter(|campaign| !campaign.has_closed(as_of.today));
    let lines = campaigns.filter_map(|campaign| {
        let says = campaign.message.as_ref()?;
        let goal = match &campaign.goal {
            Some(id) => Some(as_of.ledger.goals.get(&id.value).filter(|goal| goal.stage(as_of.today).is_live())?),
            None => None,
        };
        let goal_message = goal.and_then(|goal| Some((goal, goal.message.as_ref()?)));
        Some(match goal_message {
            Some((goal, message)) => MessageLine { campaign, says, should_say: message.as_str(), goal: Some(goal) },
            None => MessageLine { campaign, says, should_say: of_all?, goal: None },
        })
    });
    lines.collect()
}

/// A message that people are to repeat now.
#[derive(Debug, Clone)]
pub(crate) struct Message<'l> {
    /// Its words.
    pub text: &'l At<String>,
    /// The file it stands in.
    pub path: LedgerPath,
    /// The record it stands in; none for the coalition's own.
    pub record: Option<&'l RecordKey>,
    /// How many words it has.
    pub words: usize,
}

/// The messages that people are to repeat now: the coalition's, those of live goals, and those of campaigns that are
/// open or still to come. What is repeated as it should be is there once, where it was said first.
pub(crate) fn messages(as_of: AsOf<'_>) -> Vec<Message<'_>> {
    let root = as_of.ledger.root.message.as_ref().map(|text| (text, LedgerPath::new(ROOT_FILE), None));
    let goals =
        as_of.live_goals().filter_map(|goal| Some((goal.message.as_ref()?, goal.path.clone(), Some(&goal.key))));
    let campaigns = as_of.ledger.campaigns.iter().filter(|campaign| !campaign.has_closed(as_of.today));
    let campaigns = campaigns.filter_map(|one| Some((one.message.as_ref()?, one.path.clone(), Some(&one.key))));
    let mut known = BTreeSet::new();
    let all = root.into_iter().chain(goals).chain(campaigns).filter(|(text, ..)| known.insert(fold_message(text)));
    all.map(|(text, path, record)| Message { text, path, record, words: word_count(text) }).collect()
}

/// Whether a message is short enough.
pub(crate) fn is_short(as_of: AsOf<'_>, message: &Message<'_>) -> bool {
    i64::try_from(message.words).is_ok_and(|words| words <= as_of.policy().message_words())
}

/// The figures of the scorecard.
pub(crate) fn evidence(as_of: AsOf<'_>) -> Evidence {
    let adopted: Vec<_> = as_of.adopted_goals().collect();
    let with_message = adopted.iter().filter(|goal| goal.message.is_some()).count();
    let voices = voices(as_of);
    let one_voice = voices.iter().filter(|voices| voices.messages.len() == 1).count();
    let lines = lines(as_of);
    let kept = lines.iter().filter(|line| line.is_kept()).count();
    let messages = messages(as_of);
    let short = messages.iter().filter(|message| is_short(as_of, message)).count();
    Evidence::default()
        .part(
            "goals_with_a_message",
            with_message,
            adopted.len(),
            format!("{} a message", part_of(with_message, adopted.len(), "adopted goal has", "adopted goals have")),
        )
        .part(
            "goals_with_one_message",
            one_voice,
            voices.len(),
            format!("{} a single agreed message", part_of(one_voice, voices.len(), "goal uses", "goals use")),
        )
        .part(
            "campaigns_on_message",
            kept,
            lines.len(),
            format!("{} the agreed message", part_of(kept, lines.len(), "campaign uses", "campaigns use")),
        )
        .part(
            "short_messages",
            short,
            messages.len(),
            format!(
                "{} at most {} words",
                part_of(short, messages.len(), "message has", "messages have"),
                as_of.policy().message_words()
            ),
        )
        .with_figure("short_messages", "limit_words", as_of.policy().message_words())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Ledger, load};

    #[test]
    fn capitals_spaces_and_final_stops_make_no_difference() {
        assert_eq!(fold_message("Open  Doors."), fold_message("open doors !"));
        assert_eq!(fold_message("It\u{2019}s your library"), fold_message("It's your library."));
        assert_eq!(fold_message("Caf\u{e9} for all"), fold_message("Cafe\u{301} for all"));
        assert_eq!(fold_message("Open\u{2014}now"), fold_message("open-now"));
        assert_ne!(fold_message("Caf\u{e9} for all"), fold_message("Cafe for all"), "an accent makes another word");
        assert_ne!(fold_message("Open doors"), fold_message("Open the doors"));
        assert_ne!(fold_message("Libraries: open doors"), fold_message("Libraries open doors"));
        assert_eq!(word_count("Libraries \u{2013} open doors, always"), 4);
    }

    fn ledger(files: &[(&str, &str)]) -> Ledger {
        let mut source = crate::check::base_ledger();
        for (path, text) in files {
            source.put(path, text.as_bytes());
        }
        load(&source).unwrap()
    }

    fn as_of(ledger: &Ledger) -> AsOf<'_> {
        AsOf::new(ledger, "2026-06-15".parse().unwrap())
    }

    const GOAL: (&str, &str) = ("goals/doors.toml", "name = \"D\"\nproposed = 2026-01-01\nmessage = \"Open doors\"\n");

    #[test]
    fn only_campaigns_that_run_speak_for_a_goal() {
        let said = |dates: &str| {
            let campaign = format!("name = \"C\"\ngoal = \"doors\"\nmessage = \"Open late\"\n{dates}");
            let ledger = ledger(&[GOAL, ("campaigns/c.toml", &campaign)]);
            voices(as_of(&ledger))[0].messages.len()
        };
        assert_eq!(said(""), 2);
        assert_eq!([said("opens = 2026-06-15\n"), said("opens = 2026-06-16\n")], [2, 1]);
        assert_eq!([said("closes = 2026-06-15\n"), said("closes = 2026-06-14\n")], [2, 1]);
    }

    #[test]
    fn a_campaign_carries_the_message_of_its_goal_else_of_the_coalition() {
        let root = ("coalition.toml", "name = \"A\"\nmessage = \"One library\"\n");
        let should = |campaign: &str, goal: (&str, &str)| {
            let campaign = format!("name = \"C\"\nmessage = \"Open doors!\"\n{campaign}");
            let ledger = ledger(&[root, goal, ("campaigns/c.toml", &campaign)]);
            let lines = lines(as_of(&ledger));
            lines.first().map(|line| (line.should_say.to_owned(), line.is_kept()))
        };
        assert_eq!(should("goal = \"doors\"\n", GOAL), Some(("Open doors".to_owned(), true)));
        assert_eq!(should("", GOAL), Some(("One library".to_owned(), false)));
        let silent = ("goals/doors.toml", "name = \"D\"\nproposed = 2026-01-01\n");
        assert_eq!(should("goal = \"doors\"\n", silent), Some(("One library".to_owned(), false)));
        let met = ("goals/doors.toml", "name = \"D\"\nadopted = 2026-01-01\nmet = 2026-06-01\n");
        assert_eq!(should("goal = \"doors\"\n", met), None);
        assert_eq!(should("goal = \"doors\"\ncloses = 2026-06-14\n", GOAL), None, "it is over");
        assert!(should("goal = \"doors\"\nopens = 2026-07-01\n", GOAL).is_some(), "it is to come");
    }

    #[test]
    fn a_message_that_is_repeated_is_judged_once() {
        let call = ("campaigns/c.toml", "name = \"C\"\ngoal = \"doors\"\nmessage = \"Open doors!\"\n");
        let over = ("campaigns/o.toml", "name = \"O\"\nmessage = \"Open late\"\ncloses = 2026-06-14\n");
        let ledger = ledger(&[GOAL, call, over]);
        let paths: Vec<_> = messages(as_of(&ledger)).into_iter().map(|message| message.path.to_string()).collect();
        assert_eq!(paths, ["goals/doors.toml"]);
    }

    #[test]
    fn twelve_words_are_short() {
        let short = |words: usize| {
            let root = format!("name = \"A\"\nmessage = \"{}\"\n", vec!["word"; words].join(" "));
            let ledger = ledger(&[("coalition.toml", &root)]);
            let as_of = as_of(&ledger);
            is_short(as_of, &messages(as_of)[0])
        };
        assert!(short(12) && !short(13));
    }
}
