//! The progress of a goal: the last measurement between the baseline and the target, and a chart of all measurements.

use super::super::context::view;
use super::super::site::{PageForm, Site};
use crate::document::Chart;
use crate::document::words::{capitalize, format_date, number, short_day, way};
use crate::output::document_html;
use crate::record::goal::Measure;
use crate::record::value::Number;
use chrono::NaiveDate;

view! {
    /// How far a goal is.
    pub(super) struct ProgressView {
        /// In a line: `4,716 of 5,600 students with a card (November 9, 2026)`.
        pub line: String,
        /// In a word: `73% of the way`, if there is a way to measure.
        pub share: Option<String>,
        /// Where it began.
        pub baseline: Option<String>,
        /// A drawing of the figures, from two on: a Mermaid chart in Markdown, bars in HTML. Print it with `safe`.
        pub chart: Option<String>,
    }
}

impl ProgressView {
    /// What a measure says on a day; `None` if it says nothing yet.
    pub(super) fn of(measure: &Measure, site: &Site<'_>) -> Option<ProgressView> {
        let today = site.today;
        let readings = measure.readings_on(today);
        let unit = measure.unit.as_ref().map(|unit| unit.value.as_str());
        let target = measure.target.as_ref().map(|target| target.value);
        let baseline = measure.baseline.as_ref().map(|baseline| baseline.value);
        let line = match (readings.last(), target) {
            (Some((date, value)), Some(target)) => {
                format!(
                    "{} ({})",
                    figures_with_unit(&format!("{} of {}", number(value.0), number(target.0)), unit),
                    format_date(*date)
                )
            }
            (Some((date, value)), None) => {
                format!("{} ({})", figures_with_unit(&number(value.0), unit), format_date(*date))
            }
            (None, Some(target)) => {
                format!("Not measured yet; the target is {}", figures_with_unit(&number(target.0), unit))
            }
            (None, None) => return None,
        };
        Some(ProgressView {
            line,
            share: measure.progress(today).map(|share| capitalize(&way(share.0))),
            baseline: baseline.filter(|_| !readings.is_empty()).map(|baseline| number(baseline.0)),
            chart: match site.form {
                PageForm::Markdown => chart(&readings, unit, target),
                PageForm::Html => bars(&readings, target),
            },
        })
    }
}

fn figures_with_unit(figures: &str, unit: Option<&str>) -> String {
    unit.map_or_else(|| figures.to_owned(), |unit| format!("{figures} {unit}"))
}

/// How many figures a chart shows, so that their days can be read.
const CHARTED: usize = 8;

/// A bar for each of the last figures, as a part of the target or of the highest figure.
fn bars(readings: &[(NaiveDate, Number)], target: Option<Number>) -> Option<String> {
    if readings.len() < 2 {
        return None;
    }
    let readings = readings.get(readings.len().saturating_sub(CHARTED)..)?;
    let whole = readings.iter().map(|(_, value)| value.0).chain(target.map(|target| target.0)).max()?;
    let mut chart = Chart::new();
    if let Some(mark) = target.and_then(|target| target.0.checked_div(whole)) {
        chart = chart.with_mark(mark);
    }
    for (date, value) in readings {
        chart.bar(short_day(*date), value.0.checked_div(whole)?, number(value.0));
    }
    Some(document_html::chart(&chart))
}

/// A bar for each of the last figures, and the target as a line. Git hosts draw it.
fn chart(readings: &[(NaiveDate, Number)], unit: Option<&str>, target: Option<Number>) -> Option<String> {
    if readings.len() < 2 {
        return None;
    }
    let readings = readings.get(readings.len().saturating_sub(CHARTED)..)?;
    let days: Vec<_> = readings.iter().map(|(date, _)| format!("\"{}\"", short_day(*date))).collect();
    let values: Vec<_> = readings.iter().map(|(_, value)| value.to_string()).collect();
    let all = || readings.iter().map(|(_, value)| *value).chain(target);
    let low = all().min().unwrap_or_default().min(Number::default());
    let high = all().max().unwrap_or_default();
    if low == high {
        return None;
    }
    let title = unit.map(label).filter(|unit| !unit.is_empty()).map(|unit| format!("\"{unit}\" ")).unwrap_or_default();
    let mut chart = "```mermaid\nxychart-beta\n".to_owned();
    if target.is_some() {
        chart += "    title \"The line is the target\"\n";
    }
    chart += &format!("    x-axis [{}]\n", days.join(", "));
    chart += &format!("    y-axis {title}{low} --> {high}\n");
    chart += &format!("    bar [{}]\n", values.join(", "));
    if let Some(target) = target {
        chart += &format!("    line [{}]\n", vec![target.to_string(); values.len()].join(", "));
    }
    Some(chart + "```")
}

/// Text for a chart: only letters, digits and the plainest marks, since Mermaid has no escape for others.
fn label(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, ',' | '.' | '-' | '(' | ')' | '/') { c } else { ' ' })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number(text.parse().unwrap())
    }

    #[test]
    fn a_chart_needs_two_figures_and_holds_no_markup() {
        let date = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let readings = [(date(1), number("5")), (date(9), number("7.5"))];
        assert_eq!(chart(&readings[..1], Some("stops"), None), None);
        assert_eq!(chart(&[(date(1), number("0")), (date(9), number("0"))], None, None), None, "nothing to draw");
        let unit = "stops\"\n```\n%%{init: {}}%% <b> & more";
        let drawn = chart(&readings, Some(unit), Some(number("10"))).unwrap();
        let expected = [
            "```mermaid",
            "xychart-beta",
            "    title \"The line is the target\"",
            "    x-axis [\"Mar 1, 2026\", \"Mar 9, 2026\"]",
            "    y-axis \"stops init b more\" 0 --> 10",
            "    bar [5, 7.5]",
            "    line [10, 10]",
            "```",
        ];
        assert_eq!(drawn.lines().collect::<Vec<_>>(), expected);
    }
}
