//! The thresholds that the checks use: each with its meaning and its default, said once.

use super::advocate::Role;
use super::member::Classification;
use super::table::table;
use super::value::{CountOrShare, List, Month, Opt, Share, Slug, choices};
use rust_decimal::Decimal;

choices! {
    /// Whether signatures must carry an SSH proof.
    pub enum SshSignatures {
        Optional = "optional": "welcome, not needed",
        Required = "required": "needed",
    }
}

/// Declares the policy: the table, and a method for each threshold that gives the set value or the default.
macro_rules! policy {
    ($( $(#[doc = $doc:literal])* $([$($flag:ident),*])? $field:ident: $slot:ty = $default_text:literal => $kind:ident($($default:expr)?), )*) => {
        table! {
            /// Every threshold that the checks use. What is not set here has the default.
            pub struct Policy as "the policy" {
                $( $(#[doc = $doc])* $([$($flag),*])? $field: $slot = $default_text, )*
            }
        }

        /// The thresholds in force: what the ledger sets, else the defaults.
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
    (@get list, $(#[doc = $doc:literal])* $field:ident, $slot:ty) => {
        $(#[doc = $doc])*
        pub fn $field(&self) -> impl Iterator<Item = &<$slot as super::table::Slot>::Of> {
            self.$field.iter().map(|at| &at.value)
        }
    };
}

policy! {
    /// Days that may pass between contacts with an advocate or a member.
    contact_days: Opt<u32> = "90" => days(90),
    /// Days that may pass between contacts with an official.
    official_contact_days: Opt<u32> = "92" => days(92),
    /// Days within which a request for help is answered.
    request_answer_days: Opt<u32> = "14" => days(14),
    /// Days within which minutes are published.
    minutes_days: Opt<u32> = "14" => days(14),
    /// Days within which a contribution is acknowledged.
    credit_days: Opt<u32> = "60" => days(60),
    /// Days after which a goal without news counts as stale.
    goal_stale_days: Opt<u32> = "180" => days(180),
    /// Days that a step on the way to a goal may be overdue.
    milestone_days: Opt<u32> = "30" => days(30),
    /// Days that may pass between meetings of the whole coalition.
    meeting_days: Opt<u32> = "100" => days(100),
    /// Days after a campaign's last day by which its outcome is recorded.
    outcome_days: Opt<u32> = "30" => days(30),
    /// Days of notice before a term ends.
    term_notice_days: Opt<u32> = "60" => days(60),
    /// Days of notice before an agreement expires.
    agreement_notice_days: Opt<u32> = "60" => days(60),
    /// Words that a message may have.
    message_words: Opt<u32> = "12" => days(12),
    /// Days before a meeting by which its notice is sent.
    notice_days: Opt<u32> = "7" => days(7),
    /// Members that should endorse a goal: a number, or a share of the current members, like `0.5` (`1.0` is all of them).
    goal_endorsers: Opt<CountOrShare> = "3" => value(CountOrShare::Count(3)),
    /// Members that should develop a goal together.
    goal_developers: Opt<u32> = "2" => days(2),
    /// The largest share that one member may have of seats, chairs, proposals, contributions and attendance.
    max_share: Opt<Share> = "0.4" => share(Decimal::new(4, 1)),
    /// The share of eligible members that must state a position on a decision.
    quorum: Opt<Share> = "0.5" => share(Decimal::new(5, 1)),
    /// The months of the budget season, 1 to 12.
    budget_months: List<Month> = "[]" => list(),
    /// The share of a year's contacts with officials that may fall in the budget season.
    budget_share: Opt<Share> = "0.6" => share(Decimal::new(6, 1)),
    /// Days that may pass between drills of the emergency committee.
    drill_days: Opt<u32> = "365" => days(365),
    /// Days that a prospect may wait, and that may pass without a new member or advocate.
    recruit_days: Opt<u32> = "180" => days(180),
    /// Days that may pass without asking anything of a notable.
    notable_ask_days: Opt<u32> = "365" => days(365),
    /// Days after joining within which a member signs what is required of it.
    [duty] sign_days: Opt<u32> = "30" => days(30),
    /// Sectors that should have a current member.
    required_sectors: List<Slug> = "[]" => list(),
    /// Classifications that should have a current member.
    required_classifications: List<Classification> = "[]" => list(),
    /// Roles that should have an active advocate.
    required_roles: List<Role> = "[]" => list(),
    /// Days that a new coalition, a new member or a new advocate has before it is asked for what cannot all be done at once.
    settling_days: Opt<u32> = "30" => days(30),
    /// Days that they have before they are asked for what is only worth a note; `settling_days` where that is more.
    note_settling_days: Opt<u32> = "90" => days(90),
    /// Days that one person may hold the chair of a committee before a change is thought of.
    chair_days: Opt<u32> = "730" => days(730),
    /// Whether signatures must carry an SSH proof: `"optional"` or `"required"`.
    [duty] ssh_signatures: Opt<SshSignatures> = "\"optional\"" => value(SshSignatures::Optional),
}
