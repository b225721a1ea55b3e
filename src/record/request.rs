//! Requests: help that a member asks for, and who answered.

use super::table::table;
use super::value::{List, MemberId, Opt, Prose, choices};
use chrono::NaiveDate;

table! {
    /// Help that a member asks its partners for. Each has a file in `requests/`.
    pub struct Request as "a request" {
        /// The member who asks for help.
        [required] member: Opt<MemberId> = "\"millbrook-friends\"",
        /// The date of the request.
        [required, past] date: Opt<NaiveDate> = "2026-03-01",
        /// What the member needs.
        [required, quote] need: Opt<Prose> = "\"Six people to carry books on Saturday.\"",
        /// The date by which the help is needed.
        [ahead] due: Opt<NaiveDate> = "2026-03-14",
        /// The members whom the matter affects. Anyone else who helps does so even though it is not their issue.
        affects: List<MemberId> = "[\"county-library\"]",
        /// The date the request was settled.
        [past] closed: Opt<NaiveDate> = "2026-03-20",
        /// The result.
        [quote] outcome: Opt<Prose> = "\"Eight people came.\"",
        /// The answers, one entry each.
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
        /// The member who answers.
        [required] member: Opt<MemberId> = "\"county-library\"",
        /// The date of the answer.
        [past] date: Opt<NaiveDate> = "2026-03-03",
        /// The answer.
        answer: Opt<Answer> = "\"yes\"",
        /// What the member will do, or why it cannot.
        [quote] note: Opt<Prose> = "\"two people and the van\"",
    }
    keyed by (member) as one;
}
