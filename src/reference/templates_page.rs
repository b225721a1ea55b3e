//! The page about templates, `docs/templates.md`: which there are, what each can print, and how a coalition changes them.

use crate::render::{BUILT_IN, Template, ViewInfo, frame_info};
use std::fmt::Write;

/// The beginning of the page.
const INTRODUCTION: &str = include_str!("templates_intro.md");

/// The page, as Markdown.
pub(crate) fn page() -> String {
    let mut text = INTRODUCTION.to_owned();
    text.push_str("\n## The templates\n\n| Template | Makes |\n| --- | --- |\n");
    for template in &BUILT_IN {
        let name = match template.view {
            Some(_) => format!("[`{0}`](#{1})", template.name, template.name.replace('.', "")),
            None => format!("`{}`", template.name),
        };
        let _ = writeln!(text, "| {name} | {} |", template.about);
    }
    text.push_str("\n## On every page\n\n");
    fields(&mut text, "", &frame_info());
    for template in &BUILT_IN {
        if let Some(view) = template.view {
            section(&mut text, template, &view());
        }
    }
    text
}

fn section(text: &mut String, template: &Template, view: &ViewInfo) {
    let _ = write!(text, "\n## `{}`\n\n{}\n\n", template.name, view.about.trim());
    fields(text, template.stem(), view);
}

/// The fields of a view as a table, those of what is in them below them.
fn fields(text: &mut String, before: &str, view: &ViewInfo) {
    text.push_str("| Field | Value | Meaning |\n| --- | --- | --- |\n");
    rows(text, before, view);
}

fn rows(text: &mut String, before: &str, view: &ViewInfo) {
    for field in &view.fields {
        let name = if before.is_empty() { field.name.to_owned() } else { format!("{before}.{}", field.name) };
        let _ = writeln!(text, "| `{name}` | {} |{} |", field.kind.words(), field.about);
        if let Some(inner) = field.kind.inner() {
            let each = if field.kind.is_list() { format!("{name}[]") } else { name };
            rows(text, &each, inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_every_template_and_every_field_that_a_template_prints() {
        let page = page();
        for template in &BUILT_IN {
            assert!(page.contains(&format!("`{}`", template.name)), "{}", template.name);
            // Whatever follows the name of the view in a template is one of its fields.
            let Some(view) = template.view.map(|view| view()) else { continue };
            let start = format!("{}.", template.stem());
            let names = template.text.split(start.as_str()).skip(1);
            for name in names.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()) {
                let is_file = template.text.contains(&format!("\"{}.{name}\"", template.stem()));
                assert!(is_file || view.fields.iter().any(|field| field.name == name), "{}: {name}", template.name);
            }
        }
        assert!(page.contains("| `goal.progress.line` | text |"), "fields of fields are listed");
        assert!(page.contains("| `goal.positions[].member` | link |"));
    }
}
