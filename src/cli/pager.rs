//! ◦ A pager for what is longer than the window: the one in PAGER, otherwise `less`.

use std::io::{IsTerminal as _, Write as _};
use std::process::{Command, Stdio};
use terminal_size::terminal_size;

/// Shows a text in a pager if it is longer than the window of a terminal that can show one. Whether it did.
pub(super) fn show(text: &str) -> bool {
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    let rows = terminal_size().map_or(usize::MAX, |(_, height)| height.0.into());
    let is_able = std::io::stdout().is_terminal() && std::io::stdin().is_terminal() && variable("TERM") != "dumb";
    if !is_able || text.lines().count() < rows {
        return false;
    }
    let named = variable("PAGER");
    let command = if named.trim().is_empty() { if cfg!(windows) { "more" } else { "less" }.to_owned() } else { named };
    let mut words = command.split_whitespace();
    let Some(program) = words.next() else { return false };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if variable("LESS").is_empty() {
        // Leave at the end of a short text, and leave the text on the screen.
        command.env("LESS", "FRX");
    }
    let Ok(mut pager) = command.spawn() else { return false };
    if let Some(mut input) = pager.stdin.take() {
        // Who leaves the pager early has seen enough.
        let _ = input.write_all(text.as_bytes());
    }
    pager.wait().is_ok()
}
