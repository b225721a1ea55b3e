//! What leaves the program: findings and documents as text, Markdown, JSON, HTML, annotations. What people wrote is
//! made harmless here, and only here: [`visible()`] for control characters, [`markdown_escape`], [`document_html`] and
//! [`picture_mermaid`] for markup.

pub(crate) mod calendar_ics;
pub(crate) mod document_html;
pub(crate) mod document_markdown;
pub(crate) mod document_text;
pub mod findings_github;
pub mod findings_gitlab;
pub mod findings_json;
pub mod findings_junit;
pub mod findings_sarif;
pub mod findings_text;
mod fingerprint;
pub(crate) mod layout;
mod log_command;
pub(crate) mod markdown_escape;
pub(crate) mod network_graph;
mod picture_mermaid;
mod picture_svg;
mod visible;
pub(crate) mod yaml;

pub(crate) use log_command::without_commands;
pub(crate) use visible::{visible, visible_text};
