//! Bars, one below the other: parts of a whole that are seen at a glance.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Bars of one scale, from nothing to the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chart {
    bars: Vec<ChartBar>,
    mark: Option<Decimal>,
    whole: Option<(Decimal, String)>,
}

/// A bar with what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartBar {
    label: String,
    share: Decimal,
    words: String,
}

impl Chart {
    /// A chart without bars yet.
    pub fn new() -> Chart {
        Chart::default()
    }

    /// The same with a mark across all bars, at a share of the whole: a limit, a target.
    pub fn with_mark(self, share: Decimal) -> Chart {
        Chart { mark: Some(within(share)), ..self }
    }

    /// The same with what the whole is, such as 12 organizations; otherwise it is all, 100 percent.
    pub fn with_whole(self, count: usize, unit: impl Into<String>) -> Chart {
        Chart { whole: Some((Decimal::from(count), unit.into())), ..self }
    }

    /// Adds a bar of so many of the whole that was given, and the words that give the figure.
    pub fn count(&mut self, label: impl Into<String>, count: usize, words: impl Into<String>) {
        let whole = self.whole.as_ref().map_or(Decimal::ONE, |(whole, _)| *whole);
        self.bar(label, Decimal::from(count).checked_div(whole).unwrap_or_default(), words);
    }

    /// What the whole is, in figures and in words.
    pub fn whole(&self) -> (Decimal, &str) {
        self.whole.as_ref().map_or((Decimal::ONE_HUNDRED, "Percent"), |(whole, unit)| (*whole, unit.as_str()))
    }

    /// Adds a bar: a share of the whole, cut at nothing and at the whole, and the words that give the figure.
    pub fn bar(&mut self, label: impl Into<String>, share: Decimal, words: impl Into<String>) {
        self.bars.push(ChartBar { label: label.into(), share: within(share), words: words.into() });
    }

    /// The bars.
    pub fn bars(&self) -> &[ChartBar] {
        &self.bars
    }

    /// The mark, as a share of the whole.
    pub fn mark_share(&self) -> Option<Decimal> {
        self.mark
    }

    /// Replaces its words.
    pub(super) fn rewrite(&mut self, by: &dyn Fn(&str) -> String) {
        for bar in &mut self.bars {
            bar.label = by(&bar.label);
            bar.words = by(&bar.words);
        }
    }

    /// Where the mark is, in steps of a whole of `steps`.
    pub fn mark(&self, steps: u16) -> Option<u16> {
        self.mark.map(|mark| steps_of(mark, steps))
    }
}

impl ChartBar {
    /// What it stands for.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The figure in words.
    pub fn words(&self) -> &str {
        &self.words
    }

    /// Its share of the whole.
    pub fn share(&self) -> Decimal {
        self.share
    }

    /// Its length in steps of a whole of `steps`, rounded down so that only the whole looks whole.
    pub fn length(&self, steps: u16) -> u16 {
        steps_of(self.share, steps)
    }
}

fn within(share: Decimal) -> Decimal {
    share.clamp(Decimal::ZERO, Decimal::ONE)
}

fn steps_of(share: Decimal, steps: u16) -> u16 {
    (share * Decimal::from(steps)).floor().to_u16().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_share_and_never_longer_than_the_whole() {
        let mut chart = Chart::new().with_mark(Decimal::new(35, 2));
        for (share, scale) in [(0, 0), (999, 3), (1, 0), (3, 0), (-2, 0)] {
            chart.bar("x", Decimal::new(share, scale), "");
        }
        let lengths: Vec<u16> = chart.bars().iter().map(|bar| bar.length(20)).collect();
        assert_eq!(lengths, [0, 19, 20, 20, 0]);
        assert_eq!(chart.mark(20), Some(7));
    }
}
