//! ◦ The lines of a question on the terminal, drawn again after each key.

use crate::output::layout::wrap;
use anyhow::{Context as _, Result};
use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste, Event, KeyEventKind};
use crossterm::terminal::{Clear, ClearType, disable_raw_mode, enable_raw_mode, size};
use crossterm::{cursor, execute, queue, style::Print};
use std::io::{Write as _, stderr};
use textwrap::core::display_width;

/// The place of the terminal that a question takes, while it is asked. The terminal gives the keys one by one until it is dropped.
#[derive(Debug)]
pub(super) struct Frame {
    /// The row of the cursor, counted from the first row of the frame.
    row: u16,
}

/// What a frame shows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Picture {
    /// The rows.
    pub lines: Vec<String>,
    /// The row and the column of the cursor.
    pub cursor: (u16, u16),
}

impl Picture {
    /// A question with what is typed after it; `before` is the part of that in front of the cursor.
    pub(super) fn of(question: &str, typed: &str, before: &str, columns: usize) -> Picture {
        let mut lines: Vec<String> =
            wrap(question, "? ", "  ", columns.saturating_sub(1)).lines().map(str::to_owned).collect();
        let last = lines.last().map_or(0, |line| display_width(line));
        // What is typed begins on a line of its own where it has no room behind the question.
        let is_beside = last + 1 + display_width(typed) < columns;
        let mut line = if is_beside { lines.pop().unwrap_or_default() + " " } else { "  ".to_owned() };
        let mut cursor = (0, 0);
        for (at, letter) in typed.char_indices().chain(std::iter::once((typed.len(), ' '))) {
            if display_width(&line) + display_width(letter.encode_utf8(&mut [0; 4])) >= columns {
                lines.push(std::mem::replace(&mut line, "  ".to_owned()));
            }
            if at == before.len() {
                cursor = (fit(lines.len()), fit(display_width(&line)));
            }
            line.push(letter);
        }
        lines.push(line);
        Picture { lines, cursor }
    }
}

fn fit(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

impl Frame {
    /// Begins below what is on the terminal.
    pub(super) fn begin() -> Result<Frame> {
        enable_raw_mode().context("cannot read the keys of this terminal")?;
        let frame = Frame { row: 0 };
        execute!(stderr(), EnableBracketedPaste).context("cannot write to this terminal")?;
        Ok(frame)
    }

    /// The columns and the rows of the terminal.
    pub(super) fn size() -> (usize, usize) {
        const USUAL: (u16, u16) = (80, 24);
        let (columns, rows) = size().ok().filter(|(columns, rows)| *columns > 0 && *rows > 0).unwrap_or(USUAL);
        (usize::from(columns.max(20)), usize::from(rows.max(5)))
    }

    /// Shows this in place of what was shown.
    pub(super) fn draw(&mut self, picture: &Picture) -> Result<()> {
        let mut out = stderr();
        self.clear()?;
        queue!(out, Print(picture.lines.join("\r\n")), cursor::MoveToColumn(0))?;
        let last = fit(picture.lines.len().saturating_sub(1));
        let (row, column) = picture.cursor;
        match last.saturating_sub(row) {
            0 => {}
            up => queue!(out, cursor::MoveUp(up))?,
        }
        queue!(out, cursor::MoveToColumn(column))?;
        self.row = row;
        out.flush().context("cannot write to this terminal")
    }

    /// Removes what was shown.
    pub(super) fn clear(&mut self) -> Result<()> {
        let mut out = stderr();
        queue!(out, cursor::MoveToColumn(0))?;
        if self.row > 0 {
            queue!(out, cursor::MoveUp(self.row))?;
        }
        queue!(out, Clear(ClearType::FromCursorDown))?;
        self.row = 0;
        out.flush().context("cannot write to this terminal")
    }

    /// Leaves these lines where the question was.
    pub(super) fn end(mut self, lines: &str) -> Result<()> {
        self.clear()?;
        let mut out = stderr();
        queue!(out, Print(lines.replace('\n', "\r\n")), Print("\r\n"))?;
        out.flush().context("cannot write to this terminal")
    }

    /// Waits for a key, a paste or a new size.
    pub(super) fn next() -> Result<Event> {
        loop {
            let event = event::read().context("cannot read the keys of this terminal")?;
            let is_release = matches!(&event, Event::Key(key) if key.kind == KeyEventKind::Release);
            if !is_release {
                return Ok(event);
            }
        }
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        // There is no one left to tell.
        let _ = execute!(stderr(), DisableBracketedPaste);
        let _ = disable_raw_mode();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_stands_behind_the_question() {
        let picture = Picture::of("Name:", "Ana", "An", 20);
        assert_eq!(picture, Picture { lines: vec!["? Name: Ana ".to_owned()], cursor: (0, 10) });
    }

    #[test]
    fn no_word_of_a_question_is_broken_and_long_text_goes_on_below() {
        let picture = Picture::of("Day (Enter leaves it out):", "2026-11-29 or so it says", "", 20);
        assert_eq!(picture.lines, ["? Day (Enter leaves", "  it out):", "  2026-11-29 or so ", "  it says "]);
        assert_eq!(picture.cursor, (2, 2));
        assert!(picture.lines.iter().all(|line| line.len() < 20));
    }
}
