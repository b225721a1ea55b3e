//! ◦ Questions to the person at the terminal. Enter takes the default; Ctrl-C, Ctrl-D and Escape leave, with nothing written. The line
//! is edited as in a shell. A terminal that can only print lines is asked line by line.

mod frame;
mod menu;

use super::aside;
use super::invocation::Invocation;
use crate::error::Error;
use crate::output::layout::{shorten, wrap};
use crate::output::visible;
use anyhow::{Context as _, Result};
use crossterm::event::{Event, KeyCode, KeyModifiers};
use frame::{Frame, Picture};
use menu::Menu;
use std::io::BufRead as _;
use tui_input::backend::crossterm::EventHandler as _;
use tui_input::{Input, InputRequest};

/// One of several answers to choose from.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// How it reads.
    pub label: String,
    /// What it means.
    pub value: String,
}

/// Asks for a line of text until it fits. An empty line is the default, or empty.
///
/// # Errors
/// If the person leaves without an answer.
pub(super) fn ask_text(
    question: &str,
    default: Option<&str>,
    check: impl Fn(&str) -> Result<(), Error>,
) -> Result<String> {
    let question = visible(question);
    if !is_plain() {
        return edit_line(&question, default, check);
    }
    loop {
        let hint = default.map(|default| format!(" [{default}]")).unwrap_or_default();
        aside::print(&format!("{question}{hint} "));
        let line = read_line()?;
        let answer = if line.trim().is_empty() { default.unwrap_or_default().to_owned() } else { line };
        match check(answer.trim()) {
            Ok(()) => return Ok(answer.trim().to_owned()),
            Err(error) => aside::print(&format!("{}\n", visible(&error.to_string()))),
        }
    }
}

/// The same on a terminal that can draw. What was typed stays where it does not fit, so that it can be corrected.
fn edit_line(question: &str, default: Option<&str>, check: impl Fn(&str) -> Result<(), Error>) -> Result<String> {
    let asked = default.map_or_else(|| question.to_owned(), |default| format!("{question} ({default})"));
    let mut frame = Frame::begin()?;
    let mut line = Input::default();
    let mut problem = String::new();
    loop {
        let (columns, _) = Frame::size();
        let (typed, before) = (visible(line.value()), visible(&start_of(&line)));
        let mut picture = Picture::of(&asked, &typed, &before, columns);
        if !problem.is_empty() {
            picture.lines.extend(wrap(&problem, "  ", "  ", columns - 1).lines().map(str::to_owned));
        }
        frame.draw(&picture)?;
        match Key::of(Frame::next()?) {
            Key::Leave => return stop(frame),
            Key::Enter => {
                let typed = line.value().trim();
                let answer = if typed.is_empty() { default.unwrap_or_default() } else { typed };
                match check(answer) {
                    Ok(()) => {
                        let answer = answer.to_owned();
                        end(frame, question, &answer)?;
                        return Ok(answer);
                    }
                    Err(error) => problem = visible(&error.to_string()),
                }
            }
            Key::Other(event) => {
                type_event(&mut line, &event);
                problem.clear();
            }
        }
    }
}

/// Asks to choose one of several answers, by arrows or by typing a part of it. The first is the default.
///
/// # Errors
/// If the person leaves without an answer.
pub(super) fn choose(question: &str, answers: Vec<Answer>) -> Result<Answer> {
    let question = visible(question);
    if !is_plain() {
        return pick(&question, answers);
    }
    let word = |answer: &Answer| if answer.value.is_empty() { answer.label.clone() } else { answer.value.clone() };
    let words: Vec<String> = answers.iter().map(word).collect();
    aside::print(&format!("{question} {}\n", visible(&words.join(", "))));
    let meant = |text: &str| {
        let is_meant =
            |answer: &&Answer| [&answer.value, &answer.label].iter().any(|word| word.eq_ignore_ascii_case(text));
        answers.iter().find(is_meant).cloned()
    };
    let check = |text: &str| meant(text).map(|_| ()).ok_or_else(|| Error::usage("answer with one of these words"));
    let text = ask_text("Which one?", words.first().map(String::as_str), check)?;
    meant(&text).context("no answer was given")
}

/// The same on a terminal that can draw.
fn pick(question: &str, answers: Vec<Answer>) -> Result<Answer> {
    const ROWS: usize = 10;
    const HELP: &str = "arrows move, typing narrows the list, Enter chooses";
    let mut frame = Frame::begin()?;
    let mut line = Input::default();
    let mut menu = Menu::new(answers);
    loop {
        let (columns, rows) = Frame::size();
        let (typed, before) = (visible(line.value()), visible(&start_of(&line)));
        let mut picture = Picture::of(question, &typed, &before, columns);
        let help = wrap(HELP, "  (", "  ", columns - 2) + ")";
        let room = rows.saturating_sub(picture.lines.len() + 1);
        let has_help = room > help.lines().count() + 3;
        let room = if has_help { room - help.lines().count() } else { room };
        let page = menu.page(ROWS.min(room).max(1));
        let more = menu.count() - page.len();
        for (answer, is_marked) in page {
            let mark = if is_marked { "> " } else { "  " };
            picture.lines.push(format!("{mark}{}", shorten(&visible(&answer.label), columns - 3)));
        }
        if menu.count() == 0 {
            let none = format!("nothing in the list has \u{201c}{typed}\u{201d}; Ctrl-U deletes it");
            picture.lines.extend(wrap(&none, "  ", "  ", columns - 1).lines().map(str::to_owned));
        } else if has_help {
            let more = if more > 0 { format!("  \u{2026} {more} more") } else { String::new() };
            picture.lines.extend(Some(more).filter(|more| !more.is_empty() && room > ROWS));
            picture.lines.extend(help.lines().map(str::to_owned));
        }
        frame.draw(&picture)?;
        match Key::of(Frame::next()?) {
            Key::Leave => return stop(frame),
            Key::Enter => {
                if let Some(answer) = menu.marked().cloned() {
                    end(frame, question, &answer.label)?;
                    return Ok(answer);
                }
            }
            Key::Other(event) => match steps(&event) {
                Some(by) => menu.step(by),
                None if type_event(&mut line, &event) => menu.narrow(line.value()),
                None => {}
            },
        }
    }
}

/// What a key means for every question.
enum Key {
    /// To answer.
    Enter,
    /// To leave without an answer.
    Leave,
    /// Something else.
    Other(Event),
}

impl Key {
    fn of(event: Event) -> Key {
        let Event::Key(key) = &event else { return Key::Other(event) };
        let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Enter => Key::Enter,
            // Some terminals send the line feed itself.
            KeyCode::Char('j' | 'm') if is_control => Key::Enter,
            KeyCode::Esc => Key::Leave,
            KeyCode::Char('c' | 'd') if is_control => Key::Leave,
            _ => Key::Other(event),
        }
    }
}

/// How far a key moves the mark of a menu.
fn steps(event: &Event) -> Option<isize> {
    const PAGE: isize = 10;
    let Event::Key(key) = event else { return None };
    let is_control = key.modifiers.contains(KeyModifiers::CONTROL);
    Some(match key.code {
        KeyCode::Up => -1,
        KeyCode::Down | KeyCode::Tab => 1,
        KeyCode::Char('p') if is_control => -1,
        KeyCode::Char('n') if is_control => 1,
        KeyCode::PageUp => -PAGE,
        KeyCode::PageDown => PAGE,
        _ => return None,
    })
}

/// Changes a line as the key says, as a shell does. Whether its text is another one then.
fn type_event(line: &mut Input, event: &Event) -> bool {
    let before = line.value().to_owned();
    match event {
        // A paste is one line.
        Event::Paste(text) => {
            for letter in text.trim_end().chars() {
                line.handle(InputRequest::InsertChar(if letter.is_control() { ' ' } else { letter }));
            }
        }
        event => drop(line.handle_event(event)),
    }
    line.value() != before
}

/// What stands in front of the cursor.
fn start_of(line: &Input) -> String {
    line.value().chars().take(line.cursor()).collect()
}

/// Leaves the question with its answer on the terminal.
fn end(frame: Frame, question: &str, answer: &str) -> Result<()> {
    let (columns, _) = Frame::size();
    frame.end(&wrap(&format!("{question} {}", visible(answer)), "? ", "  ", columns - 1))
}

/// Leaves without an answer, and with nothing of the question on the terminal.
fn stop<T>(mut frame: Frame) -> Result<T> {
    frame.clear()?;
    Err(stopped())
}

/// Asks a question and reads yes or no; no is the default.
///
/// # Errors
/// If the person leaves without an answer.
pub(super) fn ask_yes_or_no(question: &str) -> Result<bool> {
    let check =
        |text: &str| parse_yes_or_no(text).map(|_| ()).ok_or_else(|| Error::usage("answer y for yes, or n for no"));
    let answer = ask_text(&format!("{question} [y/N]"), None, check)?;
    Ok(parse_yes_or_no(&answer) == Some(true))
}

/// Shows a text and asks a question about it, unless `--yes` answers already.
///
/// # Errors
/// If the answer is no, or if there is no terminal.
pub(super) fn confirm(invocation: &Invocation, yes: bool, text: &str, question: &str, command: &str) -> Result<()> {
    if yes {
        return Ok(());
    }
    if !invocation.can_ask() {
        stop!(usage, "`coalition {command}` needs confirmation, but there is no terminal; pass --yes");
    }
    aside::print(text);
    if ask_yes_or_no(question)? { Ok(()) } else { Err(Error::refused("Nothing was written.").into()) }
}

/// Reads an answer; an empty one means no.
fn parse_yes_or_no(answer: &str) -> Option<bool> {
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Some(true),
        "" | "n" | "no" => Some(false),
        _ => None,
    }
}

/// Whether the terminal can only print lines.
fn is_plain() -> bool {
    std::env::var("TERM").is_ok_and(|term| term == "dumb")
}

fn read_line() -> Result<String> {
    let mut line = String::new();
    let count = std::io::stdin().lock().read_line(&mut line).context("no answer was given")?;
    if count == 0 { Err(stopped()) } else { Ok(line) }
}

fn stopped() -> anyhow::Error {
    Error::refused("Stopped: nothing was written.").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_is_one() {
        for (answer, meaning) in [("y", Some(true)), (" YES ", Some(true)), ("", Some(false)), ("No", Some(false))] {
            assert_eq!(parse_yes_or_no(answer), meaning);
        }
        assert_eq!((parse_yes_or_no("yy"), parse_yes_or_no("ok")), (None, None));
    }
}
