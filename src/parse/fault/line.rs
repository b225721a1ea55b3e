//! Syntax errors of a line: a missing `=`, brackets of headings, names.

use super::super::mending::Edit;
use super::{BRACKETS, Error, SyntaxFault, looks_like_value, shorten};

impl Error<'_> {
    /// A line that is not a field. Where it is plain what it was to be, it is read as that.
    pub(super) fn no_value(self) -> SyntaxFault {
        let whole_line = self.whole_line();
        let rest = &self.text[self.at.start as usize..self.line.end];
        let next = self.at.start as usize + rest.len() - rest.trim_start().len();
        let rest = rest.trim();
        if let Some(colon) = self.colon() {
            let message = "the name and the value are joined by `:`";
            return SyntaxFault::new(whole_line, message, "write `=` between the name of a field and its value")
                .with_repair(Edit { range: colon..colon + 1, with: "=".to_owned() });
        }
        if looks_like_value(rest) {
            let message = "the `=` between the name and the value is missing";
            return SyntaxFault::new(whole_line, message, "write `=` between the name of a field and its value")
                .with_repair(Edit { range: next..next, with: "=".to_owned() });
        }
        if let "]" | "]]" = rest {
            let start = whole_line.start as usize;
            return SyntaxFault::new(whole_line, "this heading has no opening bracket", BRACKETS)
                .with_repair(Edit { range: start..start, with: "[".repeat(rest.len()) });
        }
        let message = format!("`{}` is neither a field with a value nor a heading", shorten(self.line_text().trim()));
        let spaces = " ".repeat(self.line.len());
        SyntaxFault::new(whole_line, message, "write `field = value`; a comment starts with `#`")
            .with_repair(Edit { range: self.line, with: spaces })
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
        let message = format!("`{}` appears twice", self.found_text());
        let help = if self.is_heading() {
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
            return fault.with_repair(Edit { range: start..start, with: "[".to_owned() });
        }
        fault
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
