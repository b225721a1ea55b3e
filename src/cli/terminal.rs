//! ◦ How wide the terminals are on which answers and messages are shown.

use crate::output::document_text::Page;
use crate::output::layout::fit;
use std::io::IsTerminal as _;
use terminal_size::{Width, terminal_size_of};

/// The fewest columns that anything is laid out for.
const NARROWEST: usize = 20;

/// The columns of the terminal that shows the answer; `None` if it goes to a file or a program.
pub(super) fn answer_columns() -> Option<usize> {
    let stdout = std::io::stdout();
    if stdout.is_terminal() { columns(terminal_size_of(&stdout)) } else { None }
}

/// The columns of lines that people read on the terminal that shows the answer; `None` if it goes to a file or a program.
pub(super) fn reading_columns() -> Option<usize> {
    answer_columns().map(|columns| columns.min(Page::WIDEST))
}

/// The columns of the terminal that shows messages and questions; `None` if they go to a file or a program.
pub(super) fn message_columns() -> Option<usize> {
    let stderr = std::io::stderr();
    if stderr.is_terminal() { columns(terminal_size_of(&stderr)) } else { None }
}

/// A text whose lines end at the words that a line has room for, where `columns` are those of a terminal.
pub(super) fn fit_words(text: &str, columns: Option<usize>) -> String {
    columns.map_or_else(|| text.to_owned(), |columns| fit(text, columns.min(Page::WIDEST)))
}

fn columns(size: Option<(Width, terminal_size::Height)>) -> Option<usize> {
    // A terminal without a size, as of some tests, is no narrow one.
    size.map(|(width, _)| usize::from(width.0)).filter(|width| *width > 0).map(|width| width.max(NARROWEST))
}
