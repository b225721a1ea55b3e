//! How each figure of the scorecard is counted, in words from which somebody else can count it again. The page
//! `docs/practices.md` is made of them.

mod dangers;
mod practices;

use super::Practice;

/// What all definitions have in common.
#[cfg_attr(not(feature = "internal"), allow(dead_code, reason = "only the generated page has them"))]
pub(crate) const GROUND_RULES: &[&str] = &[
    "Everything is seen from one day, today, or the day of `--today`. What is dated later has not happened. A limit of N days is \
     kept on day N and exceeded on day N + 1. **The last year** is today and the 365 days before it.",
    "An organization is a **current member** from `joined` on, until the day before `left`; former memberships count for their \
     own days. A person **serves** from `start_date` to `end_date`, both included, unless the person's organization has left \
     or declined. A goal is **live** when it is proposed or adopted, and neither met nor dropped; **adopted** when it is live and \
     its `adopted` has come. A **committee is at work** from `start_date` to `end_date`, both included. An official is in \
     office likewise, and so is the term of a seat. Dates that are not given do not limit.",
    "A **notable** is a person with `role = \"notable\"` or a table `[notable]`. An **agreement is in force** until \
     the day before `ended`, and until `expires`, that day included; before `effective` too, so that members can sign in time. Where \
     the amendment of version 1 has a `date`, it is in force from the earliest of that date, `effective`, its first signature and its \
     first commit.",
    "A decision is **made** from `decided` on; without `decided`, once it has a `result` and `proposed` has come. It \
     is **open** until then, from `proposed` on. **The day of a decision** is `decided`, else the day of its meeting, \
     else `closes`, else its last position, whichever of these is written and has come, else today. **Eligible** are \
     the members the decision lists, else those who are current on that day. A decision is **replaced** where one that \
     was made names it under `supersedes` and holds: it was adopted or has no result, and has its quorum, a result \
     that its count gives, and no open block against a consensus, as far as these are judged.",
    "**What was never done** counts from when it could have begun: the record's own start (`start_date`, `joined`, `date`, \
     `adopted`), else the coalition's `founded`, and never from before `founded`. Where neither is known, it is not judged.",
    "Of several entries of one member, **its last word** counts: the one with the latest date, of those on one day the last in \
     the file; one without a date comes before all that have one.",
    "**Who is new is given time**: `settling_days` after `joined` or `start_date` (of a coalition: after `founded`, else after \
     the first `joined`), and `note_settling_days`, or `settling_days` where that is more, before a check that is a note asks \
     for anything.",
    "**No data is no fault.** What no one wrote down is neither met nor wrong. What no one can change any more is not reported after \
     the last year. Where two findings say the same, the narrower one is reported, and the wider one only where the narrower is \
     turned off, accepted or milder.",
    "**What looks the same is the same**: names and messages are compared in Unicode's form C without regard to capitals, with \
     quotes, apostrophes, dashes and spaces of any shape taken as one. Names stand in an order that knows no accents, with \
     numbers by their size.",
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
