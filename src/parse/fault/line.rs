//! Syntax errors of a line: a missing `=`, brackets of headings, names.

use super::super::expected::{ExpectedValue, Form};
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
        let known = self.rule_line().or_else(|| self.comment_line()).or_else(|| self.mail_header());
        let known = known.or_else(|| self.numbered_line());
        if let Some(fault) = known.or_else(|| self.spaced_name()) {
            return fault;
        }
        if let Some(fault) = self.table_row() {
            return fault;
        }
        if let Some(colon) = self.colon() {
            let message = "the name and the value are joined by `:`";
            // `name: "A"` is written `name = "A"`.
            if let Some(fault) = self.whole_assignment(colon) {
                return fault;
            }
            let key = self.text.get(self.line.start..colon).unwrap_or_default().trim();
            let is_known = self.expected(key.trim_matches(['"', '\''])).is_some();
            let is_glued = self.text.get(..colon).is_some_and(|before| !before.ends_with(' '));
            let sign = if is_glued { " =" } else { "=" };
            return SyntaxFault::new(whole_line, message, "write `=` between the name of a field and its value")
                .with_repair(Repair { range: colon..colon + 1, with: "=".to_owned() })
                .with_fix(vec![(Span::from(colon..colon + 1), sign.to_owned())], is_known);
        }
        if looks_like_value(rest) {
            let key = self.text.get(self.line.start..self.at.start as usize + 1).unwrap_or_default();
            let key = key.split_whitespace().next().unwrap_or(self.found_text());
            let is_known = self.expected(key).is_some();
            let message = "the `=` between the name and the value is missing";
            return SyntaxFault::new(whole_line, message, "write `=` between the name of a field and its value")
                .with_repair(Repair { range: next..next, with: "=".to_owned() })
                .with_fix(vec![(Span::from(next..next), "= ".to_owned())], is_known);
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
        let help = "write `field = value`; if it is a comment, start the line with `#`; multi-line text goes \
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

    /// A line of nothing but dashes or the like, which separates parts of other texts.
    fn rule_line(&self) -> Option<SyntaxFault> {
        let line = self.line_text().trim();
        let mark = line.chars().next().filter(|c| matches!(c, '-' | '=' | '*' | '_' | '~' | '—' | '–'))?;
        if line.chars().count() < 2 || !line.chars().all(|c| c == mark) {
            return None;
        }
        let message = format!("the line `{}` separates nothing in a record", shorten(line));
        let end =
            self.text.get(self.line.end..)?.find('\n').map_or(self.line.end, |newline| self.line.end + newline + 1);
        let fault = SyntaxFault::new(self.whole_line(), message, "delete the line, or start it with `#`");
        let fault = fault.with_repair(Repair { range: self.line.clone(), with: " ".repeat(self.line.len()) });
        Some(fault.with_fix(vec![(Span::from(self.line.start..end), String::new())], true))
    }

    /// The heading of a table in other marks than square brackets: `Contacts:`, `((contacts))`, `== Contacts ==`.
    pub(super) fn heading_in_other_marks(&self) -> Option<SyntaxFault> {
        let line = self.line_text().trim();
        let is_mark = |c: char| c.is_ascii_punctuation() && c != '_';
        let name = line.trim_matches(|c: char| is_mark(c) || c == ' ');
        let spelled = name.to_lowercase().replace([' ', '-'], "_");
        let is_heading = line.starts_with('[') && !line.contains("] ]");
        if is_heading || name.len() == line.len() || spelled.contains(is_mark) || line.contains(['"', '\'']) {
            return None;
        }
        let field = (self.find_field)(&[], &spelled).filter(|field| field.form == Form::Table)?;
        let brackets = if field.many { 2 } else { 1 };
        let meant = format!("{}{}{}", "[".repeat(brackets), field.name, "]".repeat(brackets));
        if line == meant {
            return None;
        }
        let message = format!("`{}` is not a heading: a heading is in square brackets", shorten(line));
        let width = self.line.len();
        let repair = Repair { range: self.line.clone(), with: format!("{meant:<width$}") };
        let fault = SyntaxFault::new(self.whole_line(), message, format!("write {meant}")).with_repair(repair);
        Some(fault.with_fix(vec![(self.whole_line(), meant)], true))
    }

    /// A name of a field in the marks of Markdown: `**joined** = 2026-03-03`.
    pub(super) fn marked_name(&self) -> Option<SyntaxFault> {
        let (name, value) = self.line_text().split_once(['=', ':'])?;
        let bare = name.trim().trim_matches(['*', '_', '`', '~']).trim();
        let value = value.trim().trim_start_matches(['*', '_', '`']).trim();
        if bare.len() == name.trim().len() {
            return None;
        }
        let expected = self.expected(&bare.to_lowercase().replace(' ', "_"))?;
        let meant = if is_value(value) { value.to_owned() } else { expected.value_of(value)? };
        let line = format!("{} = {meant}", expected.name);
        let message = format!("a field name has no Markdown marks around it: `{}`", shorten(name.trim()));
        let fault = SyntaxFault::new(self.whole_line(), message, format!("write {}", shorten(&line)));
        let width = self.line.len();
        let fault = fault.with_repair(Repair { range: self.line.clone(), with: format!("{line:<width$}") });
        Some(fault.with_fix(vec![(self.whole_line(), line)], true))
    }

    /// A line with its number before it, as some programs show it: `3 joined = 2026-03-03`.
    fn numbered_line(&self) -> Option<SyntaxFault> {
        let line = self.line_text();
        let bare = line.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = bare.trim_start_matches(['.', ':', '|', ')', ' ', '\t']);
        let key = rest.split_once('=').map_or("", |(key, _)| key.trim());
        if bare.len() == line.trim_start().len() || rest.len() == bare.len() || self.expected(key).is_none() {
            return None;
        }
        let range = self.line.start..self.line.end - rest.len();
        let fault = SyntaxFault::new(
            self.whole_line(),
            "this line begins with a number, as when a program numbers the lines of a file",
            "delete the number at the start of each line",
        );
        let fault = fault.with_repair(Repair { with: " ".repeat(range.len()), range: range.clone() });
        Some(fault.with_fix(vec![(Span::from(range), String::new())], true))
    }

    /// A line with the mark of another text before it: `+name = "A"` from a comparison, `> name = "A"` from a mail.
    pub(super) fn quoted_line(&self) -> Option<SyntaxFault> {
        let line = self.line_text();
        let bare = line.trim_start();
        let mark = bare.chars().next().filter(|c| matches!(c, '+' | '>' | '|'))?;
        let rest = bare.trim_start_matches([mark, ' ']);
        let key = rest.split_once('=').map_or("", |(key, _)| key.trim());
        let is_field = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'));
        if !is_field && !rest.starts_with('[') && !rest.is_empty() {
            return None;
        }
        let whence = match mark {
            '+' => "as in a comparison of two versions (diff)",
            '>' => "as in a quoted email",
            _ => "as in a table",
        };
        let range = self.line.start..self.line.end - rest.len();
        let message = format!("this line begins with `{mark}`, {whence}");
        let help = format!("delete the `{mark}` at the start of each line");
        let fault = SyntaxFault::new(self.whole_line(), message, help)
            .with_repair(Repair { with: " ".repeat(range.len()), range: range.clone() });
        Some(fault.with_fix(vec![(Span::from(range), String::new())], mark != '|'))
    }

    /// A line of the header of a mail: `Subject: my entry`.
    fn mail_header(&self) -> Option<SyntaxFault> {
        const NAMES: [&str; 18] = [
            "from",
            "to",
            "cc",
            "bcc",
            "subject",
            "date",
            "sent",
            "reply-to",
            "message-id",
            "received",
            "return-path",
            "content-type",
            "mime-version",
            "attachments",
            "von",
            "betreff",
            "asunto",
            "objet",
        ];
        let (name, value) = self.line_text().split_once(':')?;
        let name = name.trim().to_lowercase();
        if !NAMES.contains(&name.as_str()) || value.contains('=') || self.expected(&name).is_some() {
            return None;
        }
        let message = "this line is from the header of an email";
        let fault =
            SyntaxFault::new(self.whole_line(), message, "delete the lines of the email, and keep those of the record");
        Some(fault.with_repair(Repair { range: self.line.clone(), with: " ".repeat(self.line.len()) }))
    }

    /// A row of a spreadsheet, or of a table on a web page.
    fn table_row(&self) -> Option<SyntaxFault> {
        let line = self.line_text().trim();
        let is_markdown = line.starts_with('|') && line.ends_with('|') && line.len() > 2;
        let cells = line.matches('\t').count();
        if (!is_markdown && cells < 2) || line.contains('=') {
            return None;
        }
        let message = "this line is a row of a table, not a field";
        let help = "write each of its values as a field on its own line, such as name = \"…\"; `coalition import KIND \
            FILE` reads a whole table";
        let fault = SyntaxFault::new(self.whole_line(), message, help);
        Some(fault.with_repair(Repair { range: self.line.clone(), with: " ".repeat(self.line.len()) }))
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
            (true, _) => "a field does not start with a bullet".to_owned(),
            (false, _) => format!("the name of a field cannot have spaces: `{}`", shorten(name.trim())),
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

    /// A heading whose name has spaces: `[[Contact Details]]`.
    fn spaced_heading(&self) -> Option<SyntaxFault> {
        let line = self.line_text().trim();
        let inner = line.trim_start_matches('[').trim_end_matches(']');
        let count = |whole: &str, part: &str| whole.len() - part.len();
        let opening = count(line, line.trim_start_matches('['));
        let is_closed = count(line, line.trim_end_matches(']')) == opening;
        let spelled = inner.trim().to_lowercase().replace([' ', '-'], "_");
        if !is_closed || !inner.trim().contains([' ', '-']) {
            return None;
        }
        let field = (self.find_field)(&[], &spelled)?;
        let brackets = if field.many { 2 } else { 1 };
        let meant = format!("{}{}{}", "[".repeat(brackets), field.name, "]".repeat(brackets));
        let message = format!("the name of a heading cannot have spaces: `{}`", shorten(inner.trim()));
        let fault = SyntaxFault::new(self.whole_line(), message, format!("write {meant}"));
        let fault = fault.with_repair(Repair {
            range: self.line.clone(),
            with: format!("{meant:<width$}", width = self.line.len()),
        });
        Some(fault.with_fix(vec![(self.whole_line(), meant)], true))
    }

    /// A heading without a closing bracket.
    pub(super) fn unclosed_heading(self) -> SyntaxFault {
        if let Some(fault) = self.spaced_heading() {
            return fault;
        }
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
        let name = inner.trim_end_matches([']', ' ']).trim();
        let known = (self.find_field)(&[], name).filter(|field| field.form == Form::Table);
        let help = known.map_or_else(
            || BRACKETS.to_owned(),
            |field| if field.many { format!("write [[{name}]]") } else { format!("write [{name}]") },
        );
        let fault = SyntaxFault::new(place, "this heading has no closing bracket", help)
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
        if let Some(fault) = self.single_brackets() {
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

    /// A second entry of a list under a heading with single brackets: `[contacts]`.
    fn single_brackets(&self) -> Option<SyntaxFault> {
        let heading = self.line_text().trim();
        let path = heading.strip_prefix('[')?.strip_suffix(']')?;
        let parts: Vec<&str> = path.split('.').map(str::trim).collect();
        let (name, headings) = parts.split_last()?;
        let field = (self.find_field)(headings, name).filter(|field| field.many && field.form == Form::Table)?;
        let mut edits = Vec::new();
        let mut offset = 0;
        for line in self.text.split_inclusive('\n') {
            if line.trim() == heading {
                let start = offset + line.len() - line.trim_start().len();
                edits.push((Span::from(start..start), "[".to_owned()));
                edits.push((Span::from(start + heading.len()..start + heading.len()), "]".to_owned()));
            }
            offset += line.len();
        }
        let message = format!("each entry of `{}` goes under a heading with double brackets", field.name);
        let help = format!("write [[{path}]]");
        let mut fault = SyntaxFault::new(self.whole_line(), message, help);
        for (span, with) in &edits {
            fault = fault.with_repair(Repair { range: span.range(), with: with.clone() });
        }
        Some(fault.with_fix(edits, true))
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
