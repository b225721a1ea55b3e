//! Requests: help that a member asks of its partners, and who answered.

use super::table::table;
use super::value::{List, MemberId, Opt, Prose, choices};
use chrono::NaiveDate;

table! {
    /// Help that a member asks of its partners: one file for each in `requests/`.
    pub struct Request as "a request" {
        /// The member that asks.
        [required] member: Opt<MemberId> = "\"millbrook-friends\"",
        /// The day.
        [required, past] date: Opt<NaiveDate> = "2026-03-01",
        /// What it needs.
        [required, quote] need: Opt<Prose> = "\"Six people to carry books on Saturday.\"",
        /// The day by which it is needed.
        due: Opt<NaiveDate> = "2026-03-14",
        /// The members whom the matter touches; the others help although it is not their issue.
        affects: List<MemberId> = "[\"county-library\"]",
        /// The day it was settled.
        [past] closed: Opt<NaiveDate> = "2026-03-20",
        /// What came of it.
        [quote] outcome: Opt<Prose> = "\"Eight people came.\"",
        /// Who answered, and what.
        responses: List<Response> = "[[responses]]\nmember = \"county-library\"\ndate = 2026-03-03\nanswer = \"yes\"",
    }
    order {
        date <= due;
        date <= closed;
    }
}

choices! {
    /// An answer to a request.
    pub enum Answer {
        Yes = "yes": "yes",
        No = "no": "no",
        Partly = "partly": "in part",
    }
}

table! {
    /// An answer to a request.
    pub struct Response as "an answer" {
        /// The member that answers.
        [required] member: Opt<MemberId> = "\"county-library\"",
        /// The day.
        [past] date: Opt<NaiveDate> = "2026-03-03",
        /// The answer.
        answer: Opt<Answer> = "\"yes\"",
        /// What it will do, or why it cannot.
        [quote] note: Opt<Prose> = "\"two people and the van\"",
    }
}
