//! Campaigns: calls to action, with audience, message and outcome.

use super::meeting::Action;
use super::table::table;
use super::value::{GoalId, List, MemberId, OfficialId, Opt, Prose, choices};
use chrono::NaiveDate;

choices! {
    /// The audience of a campaign.
    pub enum Audience {
        Legislators = "legislators": "legislators",
        Librarians = "librarians": "librarians",
        Supporters = "supporters": "supporters",
        Press = "press": "the press",
        Public = "public": "the public",
    }
}

table! {
    /// A call to action. Each has a file in `campaigns/`.
    pub struct Campaign as "a campaign" {
        /// The goal the campaign serves.
        goal: Opt<GoalId> = "\"evening-hours\"",
        /// The audiences the campaign calls on.
        audience: List<Audience> = "[\"legislators\", \"supporters\"]",
        /// The message, in one sentence short enough to repeat.
        message: Opt<String> = "\"Open when people are free.\"",
        /// Whether the campaign responds to a crisis.
        crisis: Opt<bool> = "true",
        /// The first day of the campaign.
        opens: Opt<NaiveDate> = "2026-04-01",
        /// The last day of the campaign.
        [ahead] closes: Opt<NaiveDate> = "2026-05-31",
        /// The officials the campaign wants to reach.
        officials: List<OfficialId> = "[\"jane-example\"]",
        /// The ways to spread it, such as letters, calls and posters.
        channels: List<String> = "[\"letters\", \"phone calls\"]",
        /// The member who leads the campaign.
        lead: Opt<MemberId> = "\"millbrook-friends\"",
        /// What people agreed to do for the campaign, one entry each.
        actions: List<Action> = "[[actions]]\nwhat = \"Print the letters\"\nowner = \"tom-okafor\"\ndue = 2026-04-10",
        /// The number of people it reached.
        reach: Opt<u32> = "1200",
        /// The number of people who acted.
        responses: Opt<u32> = "340",
        /// The result of the campaign.
        outcome: Opt<Prose> = "\"The board kept Sunday hours.\"",
    }
    order { opens <= closes; }
}

impl Campaign {
    /// Whether its last day has passed.
    pub fn has_closed(&self, on: NaiveDate) -> bool {
        self.closes.as_ref().is_some_and(|closes| closes.value < on)
    }

    /// Whether it runs on a day. A missing date sets no limit.
    pub fn is_open(&self, on: NaiveDate) -> bool {
        self.opens.as_ref().is_none_or(|opens| opens.value <= on) && !self.has_closed(on)
    }
}
