//! Writes a sheet as text, with canonical spacing.

use super::sheet::{Margin, Sheet};
use crate::edit::literal::bare;

/// The text of a sheet, with `\n` at the end of each line.
pub(super) fn write_sheet(sheet: &Sheet<'_>) -> String {
    let mut text = String::new();
    lines(&sheet.top, &mut text);
    for block in &sheet.blocks {
        if let Some((path, is_list, behind)) = block.heading {
            blank(&mut text);
            lines(&block.above, &mut text);
            let (open, close) = if is_list { ("[[", "]]") } else { ("[", "]") };
            text += open;
            text += &key(path);
            text += close;
            end_line(behind, &mut text);
        }
        for (at, entry) in block.entries.iter().enumerate() {
            // The comments at the top decide whether there is an empty line above the first field.
            let above = match entry.above.as_slice() {
                [Margin::Blank, rest @ ..] if at == 0 => rest,
                above => above,
            };
            lines(above, &mut text);
            text += &key(entry.path);
            text += " = ";
            text += entry.value;
            end_line(entry.behind, &mut text);
        }
        lines(&block.below, &mut text);
    }
    if !sheet.end.is_empty() {
        blank(&mut text);
        lines(&sheet.end, &mut text);
    }
    let end = text.trim_end_matches('\n').len();
    text.truncate(if end == 0 { 0 } else { end + 1 });
    text
}

/// One empty line, unless there is one or nothing is above.
fn blank(text: &mut String) {
    if !text.is_empty() && !text.ends_with("\n\n") {
        text.push('\n');
    }
}

fn lines(beside: &[Margin<'_>], text: &mut String) {
    for line in beside {
        match line {
            Margin::Blank => blank(text),
            Margin::Comment(comment) => {
                *text += comment;
                text.push('\n');
            }
        }
    }
}

/// The comment after a field or a heading, at least one space away. More spaces stay: people put such comments below each
/// other, and whoever changes one line should not have to move the others.
fn end_line(behind: &str, text: &mut String) {
    let comment = behind.trim_start_matches([' ', '\t']);
    let blanks = behind.len() - comment.len();
    if !comment.is_empty() {
        let blanks = if behind.get(..blanks).is_some_and(|gap| gap.contains('\t')) { 1 } else { blanks.max(1) };
        *text += &" ".repeat(blanks);
        *text += comment;
    }
    text.push('\n');
}

/// A key, in quotes only where it needs them.
fn key(path: &[String]) -> String {
    path.iter().map(|word| bare(word)).collect::<Vec<_>>().join(".")
}
