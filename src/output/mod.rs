//! What leaves the program: documents as text for a terminal and as Markdown. What people wrote is made harmless here, and
//! only here: [`visible`] for control characters, [`markdown_escape`] for markup.

pub mod document_markdown;
pub mod document_text;
pub mod markdown_escape;
pub mod visible;
