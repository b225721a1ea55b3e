//! The limits that the checks use: each with its meaning and its default.

use super::advocate::Role;
use super::member::Classification;
use super::table::table;
use super::value::{CountOrShare, List, Month, Opt, Share, Slug, choices};
use chrono::NaiveDate;
use rust_decimal::Decimal;

choices! {
    /// Whether signatures must have an SSH signature as proof.
    pub enum SshSignatures {
        Optional = "optional": "welcome, not needed",
        Required = "required": "needed",
    }
}

/// Declares the policy: the table, and a method for each threshold that gives the set value or the default.
macro_rules! policy {
    ($( $(#[doc = $doc:literal])* $([$($flag:ident),*])? $field:ident: $slot:ty = $default_text:literal => $kind:ident($($default:expr)?), )*) => {
        table! {
            /// The limits that the checks use. A limit that is not set here has its default.
            pub struct Policy as "the policy" {
                $( $(#[doc = $doc])* $([$($flag),*])? $field: $slot = $default_text, )*
            }
        }

        /// The limits in force: what the ledger sets, otherwise the defaults.
        impl Policy {
            $( policy!(@get $kind, $(#[doc = $doc])* $field, $slot $(, $default)?); )*
        }
    };
    (@get days, $(#[doc = $doc:literal])* $field:ident, $slot:ty, $default:expr) => {
        $(#[doc = $doc])*
        pub fn $field(&self) -> i64 {
            self.$field.as_ref().map_or($default, |at| i64::from(at.value))
        }
    };
    (@get share, $(#[doc = $doc:literal])* $field:ident, $slot:ty, $default:expr) => {
        $(#[doc = $doc])*
        pub fn $field(&self) -> Decimal {
            self.$field.as_ref().map_or($default, |at| at.value.0)
        }
    };
    (@get value, $(#[doc = $doc:literal])* $field:ident, $slot:ty, $default:expr) => {
        $(#[doc = $doc])*
        pub fn $field(&self) -> <$slot as super::table::Slot>::Of {
            self.$field.as_ref().map_or($default, |at| at.value)
        }
    };
    (@get date, $(#[doc = $doc:literal])* $field:ident, $slot:ty) => {
        $(#[doc = $doc])*
        pub fn $field(&self) -> Option<NaiveDate> {
            self.$field.as_ref().map(|at| at.value)
        }
    };
    (@get list, $(#[doc = $doc:literal])* $field:ident, $slot:ty) => {
        $(#[doc = $doc])*
        pub fn $field(&self) -> impl Iterator<Item = &<$slot as super::table::Slot>::Of> {
            self.$field.iter().map(|at| &at.value)
        }
    };
}

policy! {
    /// The maximum number of days between contacts with a person or a member.
    contact_days: Opt<u32> = "90" => days(90),
    /// The maximum number of days between contacts with an official.
    official_contact_days: Opt<u32> = "92" => days(92),
    /// The day the coalition began to record contacts. Without a later contact, days without contact count from this day.
    [past] contacts_since: Opt<NaiveDate> = "2026-01-01" => date(),
    /// The maximum number of days to answer a request for help.
    request_answer_days: Opt<u32> = "14" => days(14),
    /// The maximum number of days to publish minutes after a meeting.
    minutes_days: Opt<u32> = "14" => days(14),
    /// The maximum number of days to acknowledge a contribution.
    credit_days: Opt<u32> = "60" => days(60),
    /// The number of days without an update after which a goal counts as stale.
    goal_stale_days: Opt<u32> = "180" => days(180),
    /// The maximum number of days that a milestone may be overdue.
    milestone_days: Opt<u32> = "30" => days(30),
    /// The maximum number of days between meetings of the whole coalition.
    meeting_days: Opt<u32> = "100" => days(100),
    /// The maximum number of days to record the outcome of a campaign after its last day.
    outcome_days: Opt<u32> = "30" => days(30),
    /// Days of notice before a term ends.
    term_notice_days: Opt<u32> = "60" => days(60),
    /// Days of notice before an agreement expires.
    agreement_notice_days: Opt<u32> = "60" => days(60),
    /// The maximum number of words in a message.
    message_words: Opt<u32> = "12" => days(12),
    /// The minimum number of days between the notice and the meeting.
    notice_days: Opt<u32> = "7" => days(7),
    /// The minimum number of members who should endorse a goal: a number, or a share of current members, such as `0.5` (`1.0` is
    /// all of them).
    goal_endorsers: Opt<CountOrShare> = "3" => value(CountOrShare::Count(3)),
    /// The minimum number of members who should develop a goal together.
    goal_developers: Opt<u32> = "2" => days(2),
    /// The largest share one member may have of seats, chairs, proposals, contributions and attendance.
    max_share: Opt<Share> = "0.4" => share(Decimal::new(4, 1)),
    /// The smallest share of eligible members who must state a position on a decision.
    quorum: Opt<Share> = "0.5" => share(Decimal::new(5, 1)),
    /// The months of the budget season, 1 to 12.
    budget_months: List<Month> = "[]" => list(),
    /// The largest share of a year's contacts with officials that may be in the budget season.
    budget_share: Opt<Share> = "0.6" => share(Decimal::new(6, 1)),
    /// The maximum number of days between drills of the emergency committee.
    drill_days: Opt<u32> = "365" => days(365),
    /// The maximum number of days that a prospect may wait, or that may pass without a new member or person.
    recruit_days: Opt<u32> = "180" => days(180),
    /// The maximum number of days without asking anything of a well-known person.
    notable_ask_days: Opt<u32> = "365" => days(365),
    /// The number of days that a new member has to sign required agreements.
    [duty] sign_days: Opt<u32> = "30" => days(30),
    /// Sectors that should have a current member.
    required_sectors: List<Slug> = "[]" => list(),
    /// Classifications that should have a current member.
    required_classifications: List<Classification> = "[]" => list(),
    /// Roles that should have a current person.
    required_roles: List<Role> = "[]" => list(),
    /// The number of days before checks expect things that take time from a new coalition, member or person.
    settling_days: Opt<u32> = "30" => days(30),
    /// The number of days before checks report notes about a new coalition, member or person; at least `settling_days`.
    note_settling_days: Opt<u32> = "90" => days(90),
    /// The maximum number of days that one person should chair a committee.
    chair_days: Opt<u32> = "730" => days(730),
    /// Whether signatures must have an SSH signature as proof: `"optional"` or `"required"`.
    [duty] ssh_signatures: Opt<SshSignatures> = "\"optional\"" => value(SshSignatures::Optional),
}
