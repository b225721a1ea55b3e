//! Meetings: the agenda, who came, and what they agreed to do.

use super::table::table;
use super::value::{AdvocateId, CommitteeId, DecisionId, FilePath, GoalId, List, MemberId, Opt, Prose, Url};
use crate::finding::name;
use crate::parse::Reader;
use chrono::{NaiveDate, NaiveTime, TimeDelta};

table! {
    /// A meeting of the coalition or of a committee, held or planned. Each has a file in `meetings/`.
    pub struct Meeting as "a meeting" {
        /// The date of the meeting.
        [required] date: Opt<NaiveDate> = "2026-03-10",
        /// The start time.
        start_time: Opt<NaiveTime> = "18:30:00",
        /// The end time. If it is earlier than the start time, it is on the next day.
        end_time: Opt<NaiveTime> = "20:00:00",
        /// The place of the meeting.
        location: Opt<String> = "\"Millbrook Library, reading room\"",
        /// The web address to join online. It stays private, because anyone who has it can join.
        [private] url: Opt<Url> = "\"https://meet.example.org/riverton\"",
        /// The date the invitation was sent.
        [past] notice_sent: Opt<NaiveDate> = "2026-02-24",
        /// The committee that meets. Leave it out for a meeting of the whole coalition.
        committee: Opt<CommitteeId> = "\"steering\"",
        /// The person who chairs the meeting.
        chair: Opt<AdvocateId> = "\"rosa-delgado\"",
        /// Whether the meeting was canceled.
        cancelled: Opt<bool> = "true",
        /// The agenda, in order, one entry for each item.
        agenda: List<AgendaItem> = "[[agenda]]\nitem = \"Evening hours\"\nlead = \"tom-okafor\"\nminutes = 20",
        /// Who came, and who sent regrets.
        attendance: List<Attendance> = "[[attendance]]\nadvocate = \"rosa-delgado\"\nmember = \"millbrook-friends\"",
        /// The minutes. Use this or `minutes_file`. They are private until the date in `minutes_published`.
        minutes: Opt<Prose> = "\"\"\"\nThe assembly heard the survey.\n\"\"\"",
        /// The file with the minutes. The path is relative to this record's folder.
        minutes_file: Opt<FilePath> = "\"2026-03-10-minutes.md\"",
        /// The date the minutes were sent to all members.
        [past, privacy] minutes_published: Opt<NaiveDate> = "2026-03-17",
        /// What people agreed to do, one entry each.
        actions: List<Action> = "[[actions]]\nwhat = \"Ask the sheriff about parking\"\nowner = \"tom-okafor\"\ndue = 2026-03-31",
    }
    order {
        notice_sent <= date;
        date <= minutes_published;
    }
    also ends_after_it_begins;
}

/// A meeting that begins at 19:30 and ends at 0:30 ends the next day. A forgotten “pm” of its end makes it longer than half a day.
fn ends_after_it_begins(meeting: &Meeting, reader: &mut Reader<'_>) {
    if let (Some(start), Some(end)) = (&meeting.start_time, &meeting.end_time)
        && end.value <= start.value
        && !meeting.ends_next_day()
    {
        let message = format!("the meeting ends at {}, before it begins at {}", end.value, start.value);
        reader.report(name::DATES_OUT_OF_ORDER, end.span, message, "correct the wrong time, on a 24-hour clock");
    }
}

table! {
    /// An agenda item.
    pub struct AgendaItem as "an agenda item" {
        /// The topic.
        [required] item: Opt<String> = "\"Evening hours: the survey\"",
        /// The person who leads the item.
        lead: Opt<AdvocateId> = "\"tom-okafor\"",
        /// The number of minutes planned for it.
        minutes: Opt<u32> = "20",
        /// The decision the item should lead to.
        decision: Opt<DecisionId> = "\"adopt-evening-hours\"",
    }
    keyed by (item) with (lead);
}

table! {
    /// Someone who came, or sent regrets.
    pub struct Attendance as "an attendance" {
        /// The person who came or sent regrets.
        advocate: Opt<AdvocateId> = "\"rosa-delgado\"",
        /// The name of a guest who has no record.
        name: Opt<String> = "\"Pat from the bus company\"",
        /// The member this person represented.
        member: Opt<MemberId> = "\"millbrook-friends\"",
        /// Whether the person sent regrets instead of coming.
        regrets: Opt<bool> = "true",
    }
    keyed by (advocate) or (name);
}

table! {
    /// Something that a person agreed to do.
    pub struct Action as "an action" {
        /// What to do.
        [required] what: Opt<String> = "\"Ask the bus company about the last run\"",
        /// The person who will do it.
        owner: Opt<AdvocateId> = "\"tom-okafor\"",
        /// The due date.
        [ahead] due: Opt<NaiveDate> = "2026-03-31",
        /// The date it was done.
        [past] done: Opt<NaiveDate> = "2026-03-28",
        /// The goal the action serves.
        goal: Opt<GoalId> = "\"evening-hours\"",
    }
    keyed by (what) with (owner);
}

impl Meeting {
    /// Whether it was called off.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.as_ref().is_some_and(|cancelled| cancelled.value)
    }

    /// Whether it goes on past midnight: it ends at an earlier hour than it begins, less than 12 hours later.
    pub fn ends_next_day(&self) -> bool {
        let (Some(start), Some(end)) = (&self.start_time, &self.end_time) else { return false };
        end.value < start.value && start.value - end.value > TimeDelta::hours(12)
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
