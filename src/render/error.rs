//! The errors of rendering: a template that cannot be read, or that asks for something that does not exist.

use std::error::Error as _;
use std::fmt;

/// A template that is wrong, with its place if known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RenderError {
    /// The template's name; empty where the mistake is between templates.
    pub template: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The column, from 1, in characters.
    pub column: Option<usize>,
    /// What is wrong.
    pub reason: String,
}

impl RenderError {
    /// The error of the template engine while it dealt with the template of this name.
    pub(crate) fn of(template: &str, error: &tera::Error) -> RenderError {
        let unplaced = |template: &str, reason: String| RenderError {
            template: template.to_owned(),
            line: None,
            column: None,
            reason,
        };
        match error.kind() {
            tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => RenderError {
                template: report.filename().to_owned(),
                line: Some(report.span().start_line),
                column: Some(report.span().start_col + 1),
                reason: report.message().to_owned(),
            },
            tera::ErrorKind::MissingParent { current, parent } => {
                unplaced(current, format!("it extends `{parent}`, but there is no such template"))
            }
            tera::ErrorKind::CircularExtend { tpl, .. } => unplaced(tpl, "it extends itself in a circle".to_owned()),
            tera::ErrorKind::CircularInclude { tpl, .. } => unplaced(tpl, "it includes itself in a circle".to_owned()),
            other => of_report(&other.to_string()).unwrap_or_else(|| {
                let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
                unplaced(template, format!("{other}{cause}"))
            }),
        }
    }
}

/// What a report in words says first: the engine looks for names that no one has given once all templates are read, and gives the
/// place in the text alone.
fn of_report(report: &str) -> Option<RenderError> {
    let mut lines = report.lines();
    let reason = lines.next()?.strip_prefix("error: ")?;
    let mut place = lines.next()?.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
    let (column, line, template) = (place.next()?.parse().ok()?, place.next()?.parse().ok()?, place.next()?);
    Some(RenderError {
        template: template.to_owned(),
        line: Some(line),
        column: Some(column),
        reason: reason.to_owned(),
    })
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.template.as_str(), self.line, self.column) {
            ("", _, _) => write!(f, "the templates do not fit together: {}", self.reason),
            (name, Some(line), Some(column)) => {
                write!(f, "template {name}, line {line}, column {column}: {}", self.reason)
            }
            (name, _, _) => write!(f, "template {name}: {}", self.reason),
        }
    }
}

impl std::error::Error for RenderError {}
