//! Syntax errors of a line: a missing `=`, brackets of headings, names.

use super::super::expected::ExpectedValue;
use super::super::recovery::{Repair, close_heading};
use super::assignment::is_value;
use super::{BRACKETS, Error, SyntaxFault, looks_like_value, shorten};
use crate::source::Span;

impl Error<'_> {
    /// A line that is not a field. Where it is plain what it was to be, it is read as that.
    pub(super) fn no_value(self) -> SyntaxFault {
        let whole_line = self.whole_line();
        let rest = &self.text[self.at.start as usize..self.line.end];
        let next = self.at.start as usize + rest.len() - rest.trim_start().len();
        let rest = rest.trim();
        if let Some(fault) = self.comment_line().or_else(|| self.spaced_name()) {
            return fault;
        }
        if let Some(colon) = self.colon() {
            let message = "the name and the value are joined by `:`";
            // `name: "A"` is written `name = "A"`.
            if let Some(fault) = self.whole_assignment(colon) {
                return fault;
            }
            let is_glued = self.text.get(..colon).is_some_and(|before| !before.ends_with(' '));
            let sign = if is_glued { " =" } else { "=" };
            return SyntaxFault::new(whole_line, message, "write `=` between the name of a field and its value")
                .with_repair(Repair { range: colon..colon + 1, with: "=".to_owned() })
                .with_fix(vec![(Span::from(colon..colon + 1), sign.to_owned())], true);
        }
        if looks_like_value(rest) {
            let message = "the `=` between the name and the value is missing";
            return SyntaxFault::new(whole_line, message, "write `=` between the name of a field and its value")
                .with_repair(Repair { range: next..next, with: "=".to_owned() })
                .with_fix(vec![(Span::from(next..next), "= ".to_owned())], true);
        }
        if let "]" | "]]" = rest {
            let start = whole_line.start as usize;
            return SyntaxFault::new(whole_line, "this heading has no opening bracket", BRACKETS)
                .with_repair(Repair { range: start..start, with: "[".repeat(rest.len()) });
        }
        if let Some(fault) = self.field_without_equals() {
            return fault;
        }
        let message = format!("`{}` is neither a field with a value nor a heading", shorten(self.line_text().trim()));
        let spaces = " ".repeat(self.line.len());
        let help = "write `field = value`; if it is a comment, start the line with `#`; text of several lines stands \
                    between three quotes";
        SyntaxFault::new(whole_line, message, help).with_repair(Repair { range: self.line, with: spaces })
    }

    /// A field and its value joined by a `:`, where the value has to be written otherwise too.
    fn whole_assignment(&self, colon: usize) -> Option<SyntaxFault> {
        let key = self.text.get(self.line.start..colon)?.trim().trim_matches(['"', '\'']);
        let value = self.text.get(colon + 1..self.line.end)?.trim();
        let value = value.trim_start_matches('=').trim();
        let bare = value.trim_end_matches([',', ';']);
        let is_doubled = self.text.get(colon + 1..self.line.end)?.trim_start().starts_with('=');
        if value.is_empty() || (is_value(value) && !is_doubled) {
            return None;
        }
        let expected = self.expected(&key.to_lowercase())?;
        let meant = if is_value(bare) { Some(bare.to_owned()) } else { expected.value_of(bare) }?;
        let line = format!("{} = {meant}", expected.name);
        let whole = self.whole_line();
        Some(
            SyntaxFault::new(whole, "the name and the value are joined by `:`", format!("write {line}"))
                .with_repair(Repair { range: self.line.clone(), with: " ".repeat(self.line.len()) })
                .with_fix(vec![(whole, line)], true),
        )
    }

    /// A line that begins with the name of a field, and goes on with something else than `=`: `joined – 2026-03-03`, `name is Ann`.
    fn field_without_equals(&self) -> Option<SyntaxFault> {
        let text = self.line_text().trim();
        let (key, rest) = text.split_once(|c: char| c.is_whitespace() || matches!(c, '–' | '—' | ':' | '>'))?;
        let expected = self.expected(&key.to_lowercase())?;
        let rest = rest.trim().trim_start_matches(['–', '—', '-', ':', '>', '~', ' ']);
        let rest = rest.strip_prefix("is ").unwrap_or(rest);
        let meant = if is_value(rest) { Some(rest.to_owned()) } else { expected.value_of(rest) }?;
        let message = "the `=` between the name and the value is missing";
        let help = format!("write {} = {}", expected.name, shorten(&meant));
        let spaces = " ".repeat(self.line.len());
        let repair = Repair { range: self.line.clone(), with: spaces };
        let line = format!("{} = {meant}", expected.name);
        let place = self.whole_line();
        Some(SyntaxFault::new(place, message, help).with_repair(repair).with_fix(vec![(place, line)], false))
    }

    /// A comment that starts as in other languages.
    fn comment_line(&self) -> Option<SyntaxFault> {
        let text = self.line_text().trim();
        let mark = ["//", "--", "/*", "<!--", ";"].into_iter().find(|mark| text.starts_with(mark))?;
        let place = self.whole_line();
        let start = place.start as usize;
        let message = format!("a comment starts with `#`, not with `{mark}`");
        let spaces = " ".repeat(self.line.len());
        Some(
            SyntaxFault::new(place, message, format!("write `#` in place of `{mark}`"))
                .with_repair(Repair { range: self.line.clone(), with: spaces })
                .with_fix(
                    vec![(Span::from(start..start + mark.len()), "#".to_owned())],
                    matches!(mark, "//" | ";" | "--"),
                ),
        )
    }

    /// A name of several words, or one after the mark of a list: `backup representative = "x"`, `- joined: 2026-01-01`.
    fn spaced_name(&self) -> Option<SyntaxFault> {
        let line = self.line_text();
        let at = line.find(['=', ':'])?;
        let (name, behind) = line.split_at(at);
        let value = behind.get(1..)?.trim();
        let bullet = name.trim_start().trim_start_matches(['-', '*', '•']);
        let is_item = bullet.len() < name.trim_start().len();
        let spelled = bullet.trim().to_lowercase().replace([' ', '-'], "_");
        let is_name = !spelled.is_empty() && spelled.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        let has_spaces = bullet.trim().contains(' ');
        if !is_name || !(is_item || has_spaces) || value.is_empty() {
            return None;
        }
        let expected: Option<ExpectedValue> = self.expected(&spelled);
        let key = expected.as_ref().map_or(spelled.as_str(), |expected| expected.name);
        if expected.is_none() && (!has_spaces || spelled.matches('_').count() > 3) {
            return None;
        }
        let written = value;
        let meant =
            if is_value(value) { Some(value.to_owned()) } else { expected.as_ref().and_then(|e| e.value_of(value)) };
        let value = meant.as_deref().unwrap_or(value);
        let message = match (is_item, has_spaces) {
            (true, _) => "the line of a field does not start with a mark of a list".to_owned(),
            (false, _) => format!("the name of a field has no spaces: `{}`", shorten(name.trim())),
        };
        let help = format!("write {key} = {}", shorten(value));
        let start = self.line.start + line.len() - line.trim_start().len();
        let range = start..self.line.start + at + 1;
        let known = expected.is_some();
        if meant.as_deref() != Some(written) {
            // The value has to be written otherwise too.
            let whole = self.whole_line();
            let fault = SyntaxFault::new(whole, message, help)
                .with_repair(Repair { range: self.line.clone(), with: " ".repeat(self.line.len()) });
            return Some(match meant {
                Some(meant) => fault.with_fix(vec![(whole, format!("{key} = {meant}"))], known),
                None => fault,
            });
        }
        let width = range.len();
        let mut with = format!("{key} =");
        let fault = SyntaxFault::new(self.whole_line(), message, help)
            .with_fix(vec![(Span::from(range.clone()), with.clone())], known);
        Some(if with.len() <= width {
            with.push_str(&" ".repeat(width - with.len()));
            fault.with_repair(Repair { range, with })
        } else {
            fault.with_repair(Repair { range: self.line.clone(), with: " ".repeat(self.line.len()) })
        })
    }

    /// A heading without a closing bracket.
    pub(super) fn unclosed_heading(self) -> SyntaxFault {
        let place = self.whole_line();
        let inner = self.line_text().trim().trim_start_matches('[').trim();
        let is_plain = !inner.is_empty()
            && inner
                .trim_end_matches(']')
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
        let opening = self.line_text().trim().bytes().take_while(|b| *b == b'[').count();
        let closing = inner.len() - inner.trim_end_matches(']').len();
        let end = place.end as usize;
        let lacking = "]".repeat(opening.saturating_sub(closing));
        let fault = SyntaxFault::new(place, "this heading has no closing bracket", BRACKETS)
            .with_repair(close_heading(self.text, self.line));
        if is_plain { fault.with_fix(vec![(Span::from(end..end), lacking)], true) } else { fault }
    }

    /// Where a `:` comes after the first word of the line, in place of the `=`.
    pub(super) fn colon(&self) -> Option<usize> {
        let line = &self.text[self.line.clone()];
        let key = line.trim_start().trim_start_matches(|c: char| c.is_alphanumeric() || "_-\"'".contains(c));
        let behind = key.trim_start();
        let begins = key.len() < line.trim_start().len() && behind.starts_with(':');
        begins.then(|| self.line.end - behind.len())
    }

    pub(super) fn duplicate(&self) -> SyntaxFault {
        if self.is_heading() && self.line_text().trim_end().ends_with("]]") && !self.is_entry() {
            return self.too_many_brackets();
        }
        let key = self.found_text();
        if key == "name" && !self.is_heading() && self.is_before_headings() {
            let rest = Span::from(self.line.start..self.text.len());
            let mut fault = SyntaxFault::new(self.whole_line(), "", "").spoiling(rest);
            fault.begins_record = Some(self.line_value().map(str::to_owned));
            return fault;
        }
        let message = format!("`{key}` appears twice");
        let help = if !self.is_heading() && self.is_before_headings() {
            "keep one of the two lines, and delete the other"
        } else if self.is_heading() {
            "keep one of the two; a list of entries is written with double brackets, like [[contacts]]"
        } else {
            "keep one of the two; if a new entry begins here, write its heading above it, like [[contacts]]"
        };
        SyntaxFault::new(self.at, message, help).spoiling(if self.is_heading() { self.whole_line() } else { self.at })
    }

    /// A heading like `[contacts]]`. Where the file has `[[contacts]]` too, it is read as that.
    pub(super) fn too_many_brackets(&self) -> SyntaxFault {
        let whole_line = self.whole_line();
        let fault = SyntaxFault::new(whole_line, "this heading has an extra bracket", BRACKETS);
        let whole = format!("[{}", self.line_text().trim());
        if !self.is_entry() && self.text.lines().any(|line| line.trim() == whole) {
            let start = whole_line.start as usize;
            return fault.with_repair(Repair { range: start..start, with: "[".to_owned() });
        }
        fault
    }

    /// Whether the line is above the first heading, where the fields of the record itself are.
    fn is_before_headings(&self) -> bool {
        let before = self.text.get(..self.line.start).unwrap_or_default();
        !before.lines().any(|line| line.trim_start().starts_with('['))
    }

    /// The text in quotes that a line gives its field.
    fn line_value(&self) -> Option<&str> {
        let (_, value) = self.line_text().split_once('=')?;
        value.trim().strip_prefix('"')?.split('"').next()
    }

    /// A value or a heading without a name.
    pub(super) fn nameless(&self) -> SyntaxFault {
        let (message, help) = if self.is_heading() {
            ("this heading has no name", "write its name between the brackets: [process] or [[contacts]]")
        } else {
            ("the name of the field is missing", "write `field = value`; a comment starts with `#`")
        };
        SyntaxFault::new(self.whole_line(), message, help)
    }
}
