//! Campaigns: calls to action, to whom, with what message and with what outcome.

use super::table::table;
use super::value::{GoalId, List, MemberId, OfficialId, Opt, Prose, choices};
use chrono::NaiveDate;

choices! {
    /// Whom a campaign calls.
    pub enum Audience {
        Legislators = "legislators": "legislators",
        Librarians = "librarians": "librarians",
        Supporters = "supporters": "supporters",
        Press = "press": "the press",
        Public = "public": "the public",
    }
}

table! {
    /// A call to action: one file for each in `campaigns/`.
    pub struct Campaign as "a campaign" {
        /// The goal it serves.
        goal: Opt<GoalId> = "\"evening-hours\"",
        /// Whom it calls.
        audience: List<Audience> = "[\"legislators\", \"supporters\"]",
        /// What it says, in a sentence short enough to repeat.
        message: Opt<String> = "\"Open when people are free.\"",
        /// Whether it answers a crisis.
        crisis: Opt<bool> = "true",
        /// The first day.
        opens: Opt<NaiveDate> = "2026-04-01",
        /// The last day.
        closes: Opt<NaiveDate> = "2026-05-31",
        /// The officials it is aimed at.
        officials: List<OfficialId> = "[\"jane-example\"]",
        /// The ways it goes: letters, calls, posters.
        channels: List<String> = "[\"letters\", \"phone calls\"]",
        /// The member that leads it.
        lead: Opt<MemberId> = "\"millbrook-friends\"",
        /// How many people it reached.
        reach: Opt<u32> = "1200",
        /// How many people acted.
        responses: Opt<u32> = "340",
        /// What came of it.
        outcome: Opt<Prose> = "\"The board kept Sunday hours.\"",
    }
    order { opens <= closes; }
}

impl Campaign {
    /// Whether its last day has passed.
    pub fn has_closed(&self, on: NaiveDate) -> bool {
        self.closes.as_ref().is_some_and(|closes| closes.value < on)
    }

    /// Whether it runs on a day; where a day is not given, nothing ends it or holds it up.
    pub fn is_open(&self, on: NaiveDate) -> bool {
        self.opens.as_ref().is_none_or(|opens| opens.value <= on) && !self.has_closed(on)
    }
}
