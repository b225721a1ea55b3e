//! Member organizations, from the first idea of inviting them to the day they leave.

use super::common::{Contact, ContactDetail};
use super::table::table;
use super::value::{AdvocateId, List, MemberId, Opt, Prose, Slug, Url, choices};
use chrono::NaiveDate;

choices! {
    /// The type of organization a member is.
    pub enum Classification {
        FriendsGroup = "friends-group": "Friends group",
        Library = "library": "Library",
        LibrarySystem = "library-system": "Library system",
        TrusteeBoard = "trustee-board": "Trustee board",
        School = "school": "School",
        University = "university": "University",
        Nonprofit = "nonprofit": "Nonprofit",
        Foundation = "foundation": "Foundation",
        Business = "business": "Business",
        LaborUnion = "labor-union": "Labor union",
        FaithGroup = "faith-group": "Faith group",
        CivicGroup = "civic-group": "Civic group",
        Media = "media": "Media",
        Government = "government": "Government",
        Individual = "individual": "Individual",
        Other = "other": "Other organization",
    }
}

table! {
    /// A member organization of the coalition, or one that may become a member. Each has a file in `members/`.
    ///
    /// The dates show its stage: identified, invited, joined, declined or left. A current member has joined and not
    /// left.
    pub struct Member as "a member" {
        /// The type of organization.
        [required, duty, privacy] classification: Opt<Classification> = "\"friends-group\"",
        /// The part of the community it belongs to, in your own word, such as `education` or `business`.
        [duty] sector: Opt<Slug> = "\"education\"",
        /// The places the organization serves.
        areas: List<String> = "[\"Millbrook\", \"East Riverton\"]",
        /// The date someone suggested inviting it.
        [past] identified: Opt<NaiveDate> = "2024-09-10",
        /// The date it was invited to join.
        [past] invited: Opt<NaiveDate> = "2024-10-01",
        /// The date it joined. Without it, the organization is not a member yet and has nothing to sign.
        [past, duty] joined: Opt<NaiveDate> = "2024-11-12",
        /// The date it declined.
        [past] declined: Opt<NaiveDate> = "2024-10-20",
        /// The date it left. If it joined again later, the date its earlier membership ended.
        [past, duty] left: Opt<NaiveDate> = "2026-06-30",
        /// The person who represents it in the coalition.
        [duty] representative: Opt<AdvocateId> = "\"rosa-delgado\"",
        /// The person who fills in for the representative.
        backup_representative: Opt<AdvocateId> = "\"tom-okafor\"",
        /// The people who may sign agreements for it. Default: the representative.
        [duty] signatories: List<AdvocateId> = "[\"rosa-delgado\", \"tom-okafor\"]",
        /// People who could sign for it earlier. What they signed then still counts.
        [duty] former_signatories: List<FormerSignatory> = "[[former_signatories]]\nadvocate = \"ida-brandt\"\nuntil = 2026-03-31",
        /// Memberships that ended before it joined again. A member who joins again must sign again.
        [duty] earlier_memberships: List<EarlierMembership> = "[[earlier_memberships]]\njoined = 2023-02-01\nleft = 2024-06-30",
        /// What the organization needs for itself, in words that goals use under `serves`.
        interests: List<Slug> = "[\"early-literacy\", \"evening-hours\"]",
        /// Work or audiences that it considers its own area.
        turf: List<Slug> = "[\"book-sales\"]",
        /// The member who recruited it.
        sponsor: Opt<MemberId> = "\"county-library\"",
        /// The maximum number of days between contacts, if different from the policy.
        contact_days: Opt<u32> = "60",
        /// The organization's web page.
        url: Opt<Url> = "\"https://friends.example.org\"",
        /// How to reach the organization.
        contact_details: List<ContactDetail> = "[[contact_details]]\ntype = \"email\"\nvalue = \"friends@example.org\"\npublic = true",
        /// How the organization makes its own decisions.
        process: Opt<Process> = "[process]\napprover = \"the board\"\nlead_days = 21\nmeets = \"second Tuesday\"",
        /// The log of contacts with the organization.
        contacts: List<Contact> = "[[contacts]]\ndate = 2026-03-14\nby = \"rosa-delgado\"\nchannel = \"phone\"",
    }
    order {
        identified <= invited;
        identified <= joined;
        invited <= joined;
        identified <= declined;
        invited <= declined;
        declined <= joined;
    }
}

table! {
    /// A person who could sign for a member earlier.
    pub struct FormerSignatory as "a former signatory" {
        /// The person who could sign.
        [required, duty] advocate: Opt<AdvocateId> = "\"ida-brandt\"",
        /// The first day this person could sign. Leave it out if this person could sign from the beginning.
        [duty] since: Opt<NaiveDate> = "2024-11-12",
        /// The last day this person could sign.
        [required, duty] until: Opt<NaiveDate> = "2026-03-31",
    }
    keyed by (advocate, until);
    order { since <= until; }
}

table! {
    /// A membership that ended before the member joined again.
    pub struct EarlierMembership as "an earlier membership" {
        /// The date the member joined.
        [required, past, duty] joined: Opt<NaiveDate> = "2023-02-01",
        /// The date the member left.
        [required, past, duty] left: Opt<NaiveDate> = "2024-06-30",
    }
    keyed by (joined);
    order { joined <= left; }
}

table! {
    /// How a member makes its own decisions.
    pub struct Process as "a member's process" {
        /// Who must approve.
        approver: Opt<String> = "\"the board\"",
        /// The number of days it needs to decide.
        lead_days: Opt<u32> = "21",
        /// When it meets, such as the second Tuesday.
        meets: Opt<Prose> = "\"second Tuesday of the month\"",
    }
}

/// The stage of an organization on its way into the coalition and out of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// No date says anything yet.
    Unknown,
    /// Someone thought of it.
    Identified,
    /// It was asked.
    Invited,
    /// It is a member.
    Joined,
    /// It said no.
    Declined,
    /// It was a member.
    Left,
}

impl Stage {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Stage::Unknown => "unknown",
            Stage::Identified => "identified",
            Stage::Invited => "invited",
            Stage::Joined => "joined",
            Stage::Declined => "declined",
            Stage::Left => "left",
        }
    }
}

impl Member {
    /// Where it is on a day: of the dates up to that day, the strongest in the order left, declined, joined, invited,
    /// identified; but whoever declined or left first and joined later has joined.
    pub fn stage(&self, on: NaiveDate) -> Stage {
        let happened = |date: &Opt<NaiveDate>| date.as_ref().is_some_and(|date| date.value <= on);
        let joined_after = |date: &Opt<NaiveDate>| happened(&self.joined) && self.joined.as_deref() > date.as_deref();
        let joined_last = happened(&self.joined) && self.joined.as_deref() >= self.declined.as_deref();
        if self.is_current(on) && !happened(&self.declined) {
            Stage::Joined
        } else if happened(&self.left) && !joined_after(&self.left) {
            Stage::Left
        } else if happened(&self.declined) && !joined_last {
            Stage::Declined
        } else if happened(&self.joined) {
            Stage::Joined
        } else if self.memberships().any(|(_, left)| left.is_some_and(|left| left <= on)) {
            Stage::Left
        } else if happened(&self.invited) {
            Stage::Invited
        } else if happened(&self.identified) {
            Stage::Identified
        } else {
            Stage::Unknown
        }
    }

    /// Its memberships as days of joining and leaving: the earlier ones, then the one that its own dates tell. A `left`
    /// before `joined` ended an earlier membership of which no one wrote down the beginning.
    pub fn memberships(&self) -> impl Iterator<Item = (NaiveDate, Option<NaiveDate>)> {
        let earlier = self.earlier_memberships.iter().filter_map(|one| {
            let left = one.left.as_ref().map(|left| left.value);
            Some((one.joined.as_ref()?.value, Some(left?)))
        });
        let left = self.left.as_ref().map(|left| left.value);
        let joined = self.joined.as_ref().map(|joined| joined.value);
        earlier.chain(joined.map(|joined| (joined, left.filter(|left| *left >= joined))))
    }

    /// Whether it is a member on a day: it has joined and not left.
    pub fn is_current(&self, on: NaiveDate) -> bool {
        self.memberships().any(|(joined, left)| joined <= on && left.is_none_or(|left| left > on))
    }

    /// Whether someone was to come for it to a meeting on a day: it was a member the day before, and still is. Who joins or
    /// leaves on the day of a meeting is not expected there.
    pub fn is_expected(&self, on: NaiveDate) -> bool {
        self.is_current(on) && on.pred_opt().is_some_and(|before| self.is_current(before))
    }

    /// The last day of the membership before the one that a day falls into, where it was a member before: what it signed
    /// until then does not bind it anymore.
    pub fn left_before(&self, on: NaiveDate) -> Option<NaiveDate> {
        let joined = self.joined.as_ref().map(|joined| joined.value);
        let last = self.left.as_ref().map(|left| left.value).filter(|left| joined.is_some_and(|joined| *left < joined));
        let earlier = self.earlier_memberships.iter().filter_map(|one| Some(one.left.as_ref()?.value));
        earlier.chain(last).filter(|left| *left <= on).max()
    }

    /// How many times it had left before a day.
    pub fn leavings_before(&self, on: NaiveDate) -> usize {
        let earlier = self.earlier_memberships.iter().filter_map(|one| Some(one.left.as_ref()?.value));
        let last = self.left.as_ref().map(|left| left.value);
        earlier.chain(last).filter(|left| *left < on).count()
    }

    /// Who could sign for it earlier, on a day.
    pub fn could_sign(&self, by: &AdvocateId, on: NaiveDate) -> bool {
        self.former_signatories.iter().any(|former| {
            former.advocate.as_ref().is_some_and(|advocate| advocate.value == *by)
                && former.since.as_ref().is_none_or(|since| since.value <= on)
                && former.until.as_ref().is_some_and(|until| on <= until.value)
        })
    }

    /// Who may sign for it: its signatories, or where it names none its representative.
    pub fn signatory_ids(&self) -> Vec<&AdvocateId> {
        match &self.representative {
            Some(representative) if self.signatories.is_empty() => vec![&representative.value],
            _ => self.signatories.iter().map(|id| &id.value).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Stage;
    use crate::ledger::load;

    #[test]
    fn the_strongest_date_decides_and_the_last_word_counts() {
        let stages = |dates: &str, today: &str| {
            let mut source = crate::check::base_ledger();
            let text = format!("name = \"X\"\nclassification = \"other\"\n{dates}");
            source.put("members/x.toml", text.as_bytes());
            let ledger = load(&source).unwrap();
            let member = ledger.members.find("x").unwrap();
            (member.stage(today.parse().unwrap()), member.is_current(today.parse().unwrap()))
        };
        let path = "identified = 2025-01-01\ninvited = 2025-02-01\njoined = 2025-03-01\nleft = 2025-06-01\n";
        assert_eq!(stages(path, "2024-12-31"), (Stage::Unknown, false));
        assert_eq!(stages(path, "2025-01-31"), (Stage::Identified, false));
        assert_eq!(stages(path, "2025-02-28"), (Stage::Invited, false));
        assert_eq!(stages(path, "2025-03-01"), (Stage::Joined, true));
        assert_eq!(stages(path, "2025-05-31"), (Stage::Joined, true));
        assert_eq!(stages(path, "2025-06-01"), (Stage::Left, false));
        let at_second_thought = "declined = 2025-01-01\njoined = 2025-03-01\n";
        assert_eq!(stages(at_second_thought, "2025-02-01"), (Stage::Declined, false));
        assert_eq!(stages(at_second_thought, "2025-03-01"), (Stage::Joined, true));
        let contradictory = "joined = 2025-03-01\ndeclined = 2025-04-01\n";
        assert_eq!(stages(contradictory, "2025-05-01"), (Stage::Declined, true), "it has joined and not left");
    }
}
