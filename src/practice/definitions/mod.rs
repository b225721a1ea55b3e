//! How each figure of the scorecard is counted, in enough detail for someone else to count it again. The page
//! `docs/practices.md` is made of them.

mod dangers;
mod practices;

use super::Practice;

/// What all definitions have in common.
#[cfg_attr(not(feature = "internal"), allow(dead_code, reason = "only the generated page has them"))]
pub(crate) const GROUND_RULES: &[&str] = &[
    "Every figure shows the ledger as of one date: today, or the date of `--today`. Entries with a later date are \
     ignored. A limit of N days is met on day N and exceeded on day N + 1. **The past year** is today and the 365 days \
     before it.",
    "An organization is a **current member** from `joined` until the day before `left`; earlier memberships count for \
     their own dates. A person is **current** from `start_date` through `end_date`, unless the person’s organization \
     has left or declined. A goal is **live** if it is proposed or adopted, and neither met nor dropped. It is \
     **adopted** if it is live and its `adopted` date has come. A committee is **active** from `start_date` through \
     `end_date`; an official’s time in office and the term of a seat work the same way. If a date is missing, there \
     is no limit on that side.",
    "A **notable** is a person with `role = \"notable\"` or a `[notable]` table. An **agreement is in force** until \
     the day before `ended`, and through `expires`. It is in force before `effective` too, so that members can sign in \
     time. If the amendment of version 1 has a `date`, the agreement is in force from the earliest of that date, \
     `effective`, its first signature and its first commit.",
    "A decision is **made** on its `decided` date or, without one, once it has a `result` and its `proposed` date has \
     come. From `proposed` until then, it is **open**. **The date of a decision** is the first of these that is known \
     and has come: `decided`, the date of its meeting, `closes`, its last position; if there is none, it is today. \
     **Eligible** members are those the decision lists; if it lists none, the members who are current on that date. A \
     decision is **replaced** if a valid one that was made names it under `supersedes`. It is valid if all of these \
     are true: it was adopted or has no result; it has its quorum; its result follows from its count; and, if it is a \
     consensus, no block is unanswered.",
    "**If something was never done**, counting starts when it could first have been done: at the record’s own start \
     (`start_date`, `joined`, `date`, `adopted`) or, without one, at the coalition’s `founded` date. It never starts \
     before `founded`. If neither is known, the figure leaves the record out.",
    "If a member has several positions, **the latest one** counts. If several have the same date, the last one in the \
        file counts. Positions without a date come before all others.",
    "**New members and people get time**: `settling_days` after `joined` or `start_date`. A new coalition has the same \
     time after `founded` or, without that date, after the first `joined`. Checks that are notes wait for \
     `note_settling_days`, or for `settling_days` if that is more; until then, a member or a person is **too new for \
     a note**.",
    "**Missing data is not a fault.** If no one has recorded something, it is neither met nor a gap. After a year, \
     the program does not report a problem that no one can fix anymore. If two findings say the same thing, the \
     program reports the narrower one. It reports the wider one only if the narrower one is turned off, accepted or \
     less severe.",
    "**Names that look the same are the same.** The program compares names and messages in Unicode form C, ignores \
     capitals, and treats all shapes of quotes, apostrophes, dashes and spaces as one. It sorts names without regard \
     to accents, and numbers by size.",
];

impl Practice {
    /// The figures of its row, by the names that `report health --format json` gives them, and what each counts.
    pub fn figures(self) -> &'static [Definition] {
        practices::figures(self).or_else(|| dangers::figures(self)).unwrap_or_default()
    }
}

/// A figure by its name, and what it counts.
pub(crate) type Definition = (&'static str, &'static str);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{AsOf, load};
    use crate::source::disk::Disk;

    #[test]
    fn every_figure_of_the_scorecard_is_defined() {
        for folder in ["examples/riverton", "examples/minimal"] {
            let ledger = load(&Disk::new(folder)).unwrap();
            for today in ["2026-11-22", "2025-12-01", "2027-11-22"] {
                let as_of = AsOf::new(&ledger, today.parse().unwrap());
                for practice in Practice::ALL {
                    let text: String =
                        practice.figures().iter().map(|(name, words)| format!("{name} {words}")).collect();
                    for counted in practice.evidence(as_of).counted {
                        let sort = counted.name.strip_prefix("members_within_share_of").unwrap_or(counted.name);
                        assert!(text.contains(sort), "{} of {}", counted.name, practice.key());
                    }
                    assert!(practice.figures().iter().all(|(_, words)| words.ends_with('.')), "{}", practice.key());
                }
            }
        }
    }
}
