//! Meetings: what was on the agenda, who came, what they said they would do.

use super::table::table;
use super::value::{AdvocateId, CommitteeId, DecisionId, FilePath, GoalId, List, MemberId, Opt, Prose, Url};
use crate::finding::name;
use crate::parse::Reader;
use chrono::{NaiveDate, NaiveTime};

table! {
    /// A meeting of the coalition or of a committee, held or planned: one file for each in `meetings/`.
    pub struct Meeting as "a meeting" {
        /// The day.
        [required] date: Opt<NaiveDate> = "2026-03-10",
        /// When it begins.
        start_time: Opt<NaiveTime> = "18:30:00",
        /// When it ends.
        end_time: Opt<NaiveTime> = "20:00:00",
        /// Where it takes place.
        location: Opt<String> = "\"Millbrook Library, reading room\"",
        /// Where to join it from afar: whoever has the address can come in.
        [private] url: Opt<Url> = "\"https://meet.example.org/riverton\"",
        /// The day the invitation went out.
        [past] notice_sent: Opt<NaiveDate> = "2026-02-24",
        /// The committee that meets. Leave it out for a meeting of the whole coalition.
        committee: Opt<CommitteeId> = "\"steering\"",
        /// The advocate in the chair.
        chair: Opt<AdvocateId> = "\"rosa-delgado\"",
        /// Whether it was called off.
        cancelled: Opt<bool> = "true",
        /// What is to be talked about, in order.
        agenda: List<AgendaItem> = "[[agenda]]\nitem = \"Evening hours\"\nlead = \"tom-okafor\"\nminutes = 20",
        /// Who came, and who sent regrets.
        attendance: List<Attendance> = "[[attendance]]\nadvocate = \"rosa-delgado\"\nmember = \"millbrook-friends\"",
        /// The minutes. Use this or `minutes_file`. Until they are published, on the day under `minutes_published`, they are private.
        minutes: Opt<Prose> = "\"\"\"\nThe assembly heard the survey.\n\"\"\"",
        /// The file that holds the minutes, seen from this file's folder.
        minutes_file: Opt<FilePath> = "\"2026-03-10-minutes.md\"",
        /// The day the minutes were sent to all members.
        [past, privacy] minutes_published: Opt<NaiveDate> = "2026-03-17",
        /// What somebody said they would do.
        actions: List<Action> = "[[actions]]\nwhat = \"Ask the sheriff about parking\"\nowner = \"tom-okafor\"\ndue = 2026-03-31",
    }
    order {
        notice_sent <= date;
        date <= minutes_published;
    }
    also ends_after_it_begins;
}

fn ends_after_it_begins(meeting: &Meeting, reader: &mut Reader<'_>) {
    if let (Some(start), Some(end)) = (&meeting.start_time, &meeting.end_time)
        && end.value <= start.value
    {
        let message = format!("the meeting ends at {}, before it begins at {}", end.value, start.value);
        reader.report(name::DATES_OUT_OF_ORDER, end.span, message, "correct the time that is wrong, in 24 hours");
    }
}

table! {
    /// A point on the agenda.
    pub struct AgendaItem as "a point on the agenda" {
        /// What it is about.
        [required] item: Opt<String> = "\"Evening hours: the survey\"",
        /// The advocate who leads it.
        lead: Opt<AdvocateId> = "\"tom-okafor\"",
        /// How many minutes it may take.
        minutes: Opt<u32> = "20",
        /// The decision it is to come to.
        decision: Opt<DecisionId> = "\"adopt-evening-hours\"",
    }
}

table! {
    /// Someone who came, or sent regrets.
    pub struct Attendance as "an attendance" {
        /// The advocate.
        advocate: Opt<AdvocateId> = "\"rosa-delgado\"",
        /// The name of a guest who is no advocate.
        name: Opt<String> = "\"Pat from the bus company\"",
        /// The member on whose behalf.
        member: Opt<MemberId> = "\"millbrook-friends\"",
        /// Whether the person sent regrets instead of coming.
        regrets: Opt<bool> = "true",
    }
}

table! {
    /// Something that somebody said they would do.
    pub struct Action as "an action" {
        /// What is to be done.
        [required] what: Opt<String> = "\"Ask the bus company about the last run\"",
        /// The advocate who does it.
        owner: Opt<AdvocateId> = "\"tom-okafor\"",
        /// The day by which it should be done.
        due: Opt<NaiveDate> = "2026-03-31",
        /// The day it was done.
        [past] done: Opt<NaiveDate> = "2026-03-28",
        /// The goal it serves.
        goal: Opt<GoalId> = "\"evening-hours\"",
    }
}

impl Meeting {
    /// Whether it was called off.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.as_ref().is_some_and(|cancelled| cancelled.value)
    }

    /// Whether it is one of the whole coalition.
    pub fn is_assembly(&self) -> bool {
        self.committee.is_none()
    }
}

impl Attendance {
    /// Whether the person was there.
    pub fn was_there(&self) -> bool {
        !self.regrets.as_ref().is_some_and(|regrets| regrets.value)
    }
}
