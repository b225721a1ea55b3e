//! What leaves the program: findings and documents as text, Markdown, JSON, HTML, annotations. What people wrote is
//! made harmless here, and only here: [`visible()`] for control characters, [`markdown_escape`] and [`document_html`] for
//! markup.

pub mod calendar_ics;
pub mod document_html;
pub mod document_markdown;
pub mod document_text;
pub mod findings_github;
pub mod findings_gitlab;
pub mod findings_json;
pub mod findings_junit;
pub mod findings_sarif;
pub mod findings_text;
mod fingerprint;
mod log_command;
pub mod markdown_escape;
mod visible;
pub mod yaml;

pub use log_command::without_commands;
pub use visible::{visible, visible_text};
