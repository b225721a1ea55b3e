//! What someone said that they would do, at a meeting or for a campaign.

use super::meetings::meetings_held;
use crate::ledger::AsOf;
use crate::record::AnyRecord;
use crate::record::meeting::Action;
use crate::record::value::At;
use chrono::NaiveDate;

/// Something that someone said that they would do.
#[derive(Clone, Copy)]
pub(crate) struct AgreedAction<'l> {
    /// The meeting or the campaign whose record says so.
    pub record: &'l dyn AnyRecord,
    /// The date of the meeting, or the first day of the campaign, if that has come.
    pub agreed: NaiveDate,
    /// The action.
    pub action: &'l At<Action>,
}

/// Something that someone said that they would do, and have not done.
#[derive(Clone, Copy)]
pub(crate) struct OpenAction<'l> {
    /// The meeting or the campaign.
    pub record: &'l dyn AnyRecord,
    /// The action.
    pub action: &'l At<Action>,
    /// Whether someone who serves is to do it. Who is unknown may well serve.
    pub is_owned: bool,
    /// How many days ago it should have been done.
    pub days_overdue: Option<i64>,
}

/// What is to be done, without a final stop: it stands inside of sentences.
pub(crate) fn words(action: &Action) -> Option<&str> {
    action.what.as_ref().map(|what| what.trim_end_matches('.'))
}

/// All actions of meetings that took place, and of campaigns.
pub(crate) fn actions<'l>(as_of: AsOf<'l>) -> impl Iterator<Item = AgreedAction<'l>> {
    let of_meetings = meetings_held(as_of).flat_map(|(agreed, meeting)| {
        meeting.actions.iter().map(move |action| AgreedAction { record: meeting, agreed, action })
    });
    let of_campaigns = as_of.ledger.campaigns.iter().flat_map(move |campaign| {
        let agreed = as_of.past(&campaign.opens).unwrap_or(as_of.today);
        campaign.actions.iter().map(move |action| AgreedAction { record: campaign, agreed, action })
    });
    of_meetings.chain(of_campaigns)
}

/// The actions that are not done, in the order of the files.
pub(crate) fn open_actions<'l>(as_of: AsOf<'l>) -> impl Iterator<Item = OpenAction<'l>> {
    let open = actions(as_of).filter(move |agreed| !as_of.has_come(&agreed.action.done));
    open.map(move |AgreedAction { record, action, .. }| {
        let serves = |id| as_of.ledger.advocates.get(id).is_none_or(|advocate| as_of.serves(advocate));
        let days_overdue = action.due.as_ref().map(|due| as_of.days_since(due.value)).filter(|days| *days > 0);
        let is_owned = action.owner.as_ref().is_some_and(|owner| serves(&owner.value));
        OpenAction { record, action, is_owned, days_overdue }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::base_ledger;
    use crate::ledger::{Ledger, load};

    /// The base ledger with these meetings, each an id and its fields.
    fn ledger(meetings: &[(&str, &str)]) -> Ledger {
        let mut files = base_ledger();
        for (id, fields) in meetings {
            files.put(&format!("meetings/{id}.toml"), format!("name = \"{id}\"\n{fields}\n").as_bytes());
        }
        load(&files).unwrap()
    }

    /// A ledger on a day.
    fn as_of<'l>(ledger: &'l Ledger, today: &str) -> AsOf<'l> {
        AsOf::new(ledger, today.parse().unwrap())
    }

    #[test]
    fn an_action_is_owned_by_somebody_who_serves() {
        let fields = "date = 2026-06-02\n[[actions]]\nwhat = \"a\"\n[[actions]]\nwhat = \"b\"\nowner = \"ana-lopez\"\ndue = 2026-06-15\n\
                      [[actions]]\nwhat = \"c\"\nowner = \"ana-lopez\"\ndue = 2026-06-14\n[[actions]]\nwhat = \"d\"\ndone = 2026-06-03\n";
        let ledger = ledger(&[("june", fields), ("july", "date = 2026-07-01\n[[actions]]\nwhat = \"e\"\n")]);
        let open: Vec<_> = open_actions(as_of(&ledger, "2026-06-15"))
            .map(|open| (open.action.what.as_ref().unwrap().value.clone(), open.is_owned, open.days_overdue))
            .collect();
        let expected = [("a", false, None), ("b", true, None), ("c", true, Some(1))];
        assert_eq!(open, expected.map(|(what, owned, days)| (what.to_owned(), owned, days)));
    }
}
