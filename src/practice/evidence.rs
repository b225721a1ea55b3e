//! What was counted of a practice: the figures behind a row of the scorecard.

use crate::document::words;
use crate::record::value::Number;
use rust_decimal::Decimal;
use serde::Serialize;
use std::collections::BTreeMap;

/// The figures of a practice. Without anything to judge there is no data, and no data is never success.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// How many things there were to judge: members, decisions, meetings.
    pub judged: usize,
    /// What was counted of them, in the order of the report.
    pub counted: Vec<Counted>,
}

/// A figure with the words that tell it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// What was counted, for programs: `members_with_interests`.
    pub name: &'static str,
    /// The figure.
    pub count: usize,
    /// Of how many, where it is a part of a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<usize>,
    /// The figure in a sentence without a final stop: "9 of 11 members state their interests".
    pub text: String,
    /// The other figures that the sentence tells, by name: a limit, a total.
    #[serde(flatten)]
    pub figures: BTreeMap<&'static str, Number>,
    /// Whether a part of the whole is not as it should be.
    #[serde(skip)]
    pub falls_short: bool,
}

impl Counted {
    fn new(name: &'static str, count: usize, of: Option<usize>, text: String, falls_short: bool) -> Counted {
        Counted { name, count, of, text, figures: BTreeMap::new(), falls_short }
    }
}

/// An aside on those who are not counted, because nothing is due from them yet; empty where there are none.
pub(crate) fn with_time_left(others: usize) -> String {
    match others {
        0 => String::new(),
        1 => " (1 more is new and has time)".to_owned(),
        others => format!(" ({others} more are new and have time)"),
    }
}

impl Evidence {
    /// The same with how many of a whole are as they should be. The whole counts as judged.
    pub fn part(self, name: &'static str, count: usize, of: usize, text: impl Into<String>) -> Evidence {
        self.share(name, count, of, count < of, text)
    }

    /// The same with a part of a whole of which not all need be as they should: whether it falls short is said apart.
    pub fn share(
        mut self,
        name: &'static str,
        count: usize,
        of: usize,
        falls_short: bool,
        text: impl Into<String>,
    ) -> Evidence {
        self.judged += of;
        if of > 0 {
            self.counted.push(Counted::new(name, count, Some(of), text.into(), falls_short));
        }
        self
    }

    /// The same with a part of a whole, written as "9 of 11 members state their interests". The words must read well
    /// after one and after many.
    pub fn part_of(self, name: &'static str, count: usize, of: usize, [one, many]: [&str; 2], tells: &str) -> Evidence {
        self.part(name, count, of, format!("{} {tells}", words::part_of(count, of, one, many)))
    }

    /// The same, where what it tells has to agree: "1 of 5 meetings has its minutes", "2 of 5 meetings have theirs".
    pub fn part_that(
        self,
        name: &'static str,
        count: usize,
        of: usize,
        nouns: [&str; 2],
        [one, many]: [&str; 2],
    ) -> Evidence {
        let tells = if count == 1 || of == 1 { one } else { many };
        self.part_of(name, count, of, nouns, tells)
    }

    /// How many of the parts are not as they should be.
    pub fn shortfalls(&self) -> usize {
        self.counted.iter().filter(|counted| counted.falls_short).count()
    }

    /// The same with a figure that stands for itself and is not judged.
    pub fn figure(mut self, name: &'static str, count: usize, text: impl Into<String>) -> Evidence {
        self.counted.push(Counted::new(name, count, None, text.into(), false));
        self
    }

    /// The same with a further figure of what was counted under a name, where anything was: the limit that its words
    /// tell.
    pub fn with_figure(mut self, of: &str, name: &'static str, figure: impl Into<Decimal>) -> Evidence {
        if let Some(counted) = self.counted.iter_mut().find(|counted| counted.name == of) {
            counted.figures.insert(name, Number(figure.into()));
        }
        self
    }

    /// The same with the figures of another.
    pub fn and(mut self, other: Evidence) -> Evidence {
        self.judged += other.judged;
        self.counted.extend(other.counted);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::Evidence;

    #[test]
    fn what_is_a_part_of_nothing_is_no_evidence() {
        let evidence = Evidence::default().part("goals_with_a_need", 0, 0, "none of no goals");
        assert_eq!(evidence, Evidence::default());
        let evidence =
            evidence.part("goals_with_a_need", 2, 3, "2 of 3 goals").figure("goals_met", 1, "1 goal was met");
        assert_eq!((evidence.judged, evidence.counted.len()), (3, 2));
        assert_eq!(
            (evidence.shortfalls(), Evidence::default().share("early", 2, 3, false, "2 of 3").shortfalls()),
            (1, 0)
        );
        let both = evidence.clone().and(evidence);
        assert_eq!((both.judged, both.counted.len()), (6, 4));
    }

    #[test]
    fn a_further_figure_stands_beside_what_was_counted() {
        let evidence = Evidence::default().part("goals_with_news", 3, 4, "3 of 4 in 180 days");
        let evidence = evidence.with_figure("goals_with_news", "limit_days", 180).with_figure("other", "limit_days", 1);
        let data = serde_json::to_value(&evidence.counted).unwrap();
        assert_eq!(data[0]["limit_days"], 180);
        assert_eq!(data.as_array().map(Vec::len), Some(1));
    }
}
