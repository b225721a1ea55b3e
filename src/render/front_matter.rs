//! YAML front matter, which site generators such as Jekyll, Hugo and mdBook read from the top of a page.

use crate::output::yaml::scalar;
use chrono::NaiveDate;
use std::fmt;

/// What a page says of itself to a site generator.
#[derive(Debug)]
pub(super) struct FrontMatter<'a> {
    title: &'a str,
    kind: &'a str,
    id: &'a str,
    date: Option<NaiveDate>,
}

impl<'a> FrontMatter<'a> {
    /// The front matter of a page. The date is when its subject began, never one to come, since generators leave out
    /// pages of the future.
    pub(super) fn new(title: &'a str, kind: &'a str, id: &'a str, date: Option<NaiveDate>) -> FrontMatter<'a> {
        FrontMatter { title, kind, id, date }
    }

    /// The title of the page.
    pub(super) fn title(&self) -> &str {
        self.title
    }
}

impl fmt::Display for FrontMatter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = [("title", self.title), ("kind", self.kind), ("id", self.id)];
        writeln!(f, "---")?;
        fields.iter().try_for_each(|(name, value)| writeln!(f, "{name}: {}", scalar(value)))?;
        // A date is one to every generator, so it stands without quotes.
        self.date.iter().try_for_each(|date| writeln!(f, "date: {date}"))?;
        // Jekyll would take braces in the words of an agreement for its own.
        write!(f, "render_with_liquid: false\n---\n\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_yaml_whatever_the_title() {
        for title in [
            "Plain",
            "a: b # c",
            "---",
            "\"quoted\" 'twice'",
            "- [x] {y}",
            "true",
            "line\n---\nline",
            "2026-01-01",
            "{{ x }}",
            "No",
            "18:30:00",
            "\u{85}next",
        ] {
            let text = FrontMatter::new(title, "goal", "sunday-hours", NaiveDate::from_ymd_opt(2026, 3, 3)).to_string();
            let yaml = text.strip_prefix("---\n").and_then(|rest| rest.strip_suffix("---\n\n")).unwrap();
            assert!(!yaml.lines().any(|line| line == "---"), "{yaml}");
            let read: serde_json::Value = serde_yaml::from_str(yaml).unwrap();
            assert_eq!(read["title"], title);
            assert_eq!(read["date"], "2026-03-03");
            assert!(!text.contains("title: No\n") && !text.contains("title: 18:30"), "{text}");
        }
    }
}
